"""A rolling checksum over bytes, as network protocols compute it."""


def adler(data):
    a = 1
    b = 0
    for byte in data:
        a = (a + byte) % 65521
        b = (b + a) % 65521
    return (b << 16) | a


def fletcher(data):
    low = high = 0
    for byte in data:
        low = (low + byte) % 255
        high = (high + low) % 255
    return high << 8 | low


for data in (b"", b"a", b"Wikipedia", bytes(range(256)), b"\xff" * 1000):
    print(len(data), adler(data), hex(adler(data)), fletcher(data))
