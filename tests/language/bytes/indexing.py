"""Indexing bytes gives ints, slicing gives bytes."""
b = b"gilbench"
print(b[0], b[-1], b[2:5], b[::-1], b[::2], b[:0], b[5:1:-2])
print(list(b), sum(b), max(b), min(b), 103 in b, b"bench" in b, b"x" not in b, 300 in [300])
for value in b"\x00A\xff":
    print(value, type(value).__name__)
print(b + b"!", b"ab" * 3, 2 * b"-", b"" + b"")
total = b""
for i in range(4):
    total += bytes([i * 16])
print(total, len(total))
print(tuple(b"hi"), sorted(b"cab"), [x ^ 0xFF for x in b"\x00\x0f"])
