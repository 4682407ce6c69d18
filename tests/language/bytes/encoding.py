"""encode and decode between str and bytes; hex there and back."""
for s in ("plain", "é", "中文", "😀", ""):
    data = s.encode()
    print(s, data, len(s), len(data), data.decode() == s, s.encode("utf-8") == data)
print("abc".encode("ascii"), b"abc".decode("ascii"))
print("é".encode("latin-1"), b"\xe9".decode("latin-1"))
print(str(b"abc", "utf-8"), bytes("é", "utf-8"), b"\xe4\xb8\xad".decode("utf-8"))
print(b"\x01\xab\xff".hex(), bytes.fromhex("01abFF"), bytes.fromhex("00 10 20"), b"".hex())

for make in [
    lambda: bytes("a", 5),
    lambda: bytes("a", encoding=5),
    lambda: bytes("a", "utf-8", 5),
    lambda: "a".encode(5),
    lambda: b"a".decode("utf-8", 5),
]:
    try:
        print(make())
    except TypeError as error:
        print(error)
try:
    print(str(errors=b""))
except TypeError as error:
    print(error)
print(repr(str(errors="x")), repr(str(encoding="y")))
