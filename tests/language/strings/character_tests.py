"""isdigit, isalpha, isalnum, isspace and friends."""
for s in ("abc", "123", "abc123", " ", "\t\n", "", "a b", "-1", "1.5", "é", "中", "_x", "x_1", "1x"):
    print(repr(s), s.isalpha(), s.isdigit(), s.isalnum(), s.isspace(), s.isidentifier())
print("\n".isprintable(), "a b".isprintable(), "".isprintable(), "é".isprintable())
print("abc".isascii(), "é".isascii(), "12".isdecimal(), "12".isnumeric(), "\u00b2".isdigit())
