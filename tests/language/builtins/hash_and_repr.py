"""repr of every builtin value, ascii, and hashes of equal values."""
for v in (1, -5, 2 ** 65, 1.0, 1e50, True, None, "s", "q'q", b"b", (), (1,), [1], {}, {1: 2}, {3}):
    print(repr(v), str(v), end="; ")
print()
print(ascii("é\n"), ascii(["中"]), repr(range(1, 5, 2)))
print(repr(...), repr(NotImplemented), repr(slice(1, None)))
print(hash("ab") == hash("a" + "b"), hash((1, "x")) == hash((1.0, "x")), hash(b"a") == hash(b"a"))
print(hash(None) == hash(None), hash(()) == hash(()), hash(range(0)) == hash(range(2, 1)))
print(repr(""), repr(" "), repr("\\"), repr("é"), str(""), repr(repr("a")), repr(float("nan")))
