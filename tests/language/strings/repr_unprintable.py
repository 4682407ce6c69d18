"""repr() escapes the characters that Unicode calls unprintable, ascii() all beyond ASCII."""
for s in ("\xa0", "\xad", "\u200b", "\u2028", "\ue000", "\ufeff", "\u0301", "\u3000", "\U000e0001"):
    print(repr(s), ascii(s), s.isprintable())
print(["é\u200b中"], {"\xa0": "\xad"}, f"{chr(0x10ffff)!r}", repr("\u0378"))
