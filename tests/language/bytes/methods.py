"""Searching, splitting, joining and replacing in bytes."""
b = b"one,two,,three"
print(b.split(b","), b.split(b",", 1), b" a  b ".split())
print(b.find(b"two"), b.find(b"z"), b.count(b","))
print(b",".join([b"x", b"y"]), b"".join([]), b.replace(b",", b";"), b.index(b"three"))
print(b.startswith(b"one"), b.endswith(b"three"))
print(b.startswith(b"x"), b"  pad ".strip(), b"xax".strip(b"x"))
print(b.upper(), b"ABC".lower(), b"12".isdigit())
print(b"ab".isalpha(), b.rfind(b","), b"k=v".partition(b"="))
print(b"a\nb\n".splitlines(), b"ab".ljust(4, b"."), b"ab".rjust(4), b"7".zfill(3))
