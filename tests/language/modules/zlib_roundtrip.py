"""zlib: what was compressed comes back; checksums."""
import zlib

for data in (b"", b"a", b"hello " * 100, bytes(range(256)) * 20):
    packed = zlib.compress(data)
    print(len(data), len(packed) < len(data) + 20, zlib.decompress(packed) == data)
fast = zlib.compress(b"abc" * 1000, 1)
best = zlib.compress(b"abc" * 1000, 9)
print(zlib.decompress(fast) == zlib.decompress(best), len(best) <= len(fast))
print(zlib.crc32(b"hello"), zlib.adler32(b"hello"), zlib.crc32(b""), zlib.adler32(b""))
print(zlib.crc32(b"world", zlib.crc32(b"hello ")) == zlib.crc32(b"hello world"))
print(zlib.error.__name__)
try:
    zlib.decompress(b"a")
except zlib.error as error:
    print(type(error).__name__, error)
