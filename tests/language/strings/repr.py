"""repr() picks quotes and escapes what cannot be printed."""
for s in ("plain", "it's", 'say "hi"', "both ' and \"", "", "tab\t", "nl\n", "cr\r", "back\\"):
    print(repr(s), len(s))
for s in ("\x00", "\x1f", "\x7f", "\x80", "é", "中文", "😀"):
    print(repr(s), ascii(s), len(s))
print(["a'b", 'c"d', "\n"], ("x",), {"k": "v\t"})
