"""bytes literals, their repr and their length."""
print(b"abc", b"", b'with "quotes"', b"it's", b"\x00\x01\xff", b"tab\t nl\n cr\r back\\")
print(len(b"abc"), len(b"\x00"), b"a" b"b", rb"raw\n", bytes(3), bytes([65, 66, 255]), bytes())
print(b"abc" == b"abc", b"abc" == "abc", b"a" < b"b", b"ab" < b"abc", b"\xff" > b"a")
print(repr(b"'"), repr(b"'\""), str(b"xy"), bytes(b"copy"), bytes(range(5)))
print(bool(b""), bool(b"\0"), [b"a"], {b"k": b"v"}, {b"k": 1}[b"k"])
