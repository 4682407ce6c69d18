"""strip, lstrip and rstrip of blanks and of chosen characters; removeprefix and removesuffix."""
s = "  \t padded \n "
print([s.strip(), s.lstrip(), s.rstrip()])
print(["xxabcxx".strip("x"), "xyabcyx".strip("xy"), "xxabc".lstrip("x"), "abcxx".rstrip("x")])
print(["".strip(), "   ".strip(), "abc".strip(""), "aaa".strip("a"), "abcba".strip("ab")])
print(["\u2003wide\u00a0".strip(), "é!é".strip("é"), "www.example.org".strip("w.og")])
print("prefix_name".removeprefix("prefix_"), "name".removeprefix("x"), "a.py".removesuffix(".py"))
print("aaa".removeprefix("a"), "aaa".removesuffix("aa"), "x".removesuffix(""))
