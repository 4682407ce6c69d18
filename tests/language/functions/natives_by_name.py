"""Arguments of built-in functions and methods given by name, in any order, some left out."""
import math
import threading
import zlib

print("a b c".split(maxsplit=1), "a-b-c".rsplit(maxsplit=1, sep="-"), "a-b".split("-", maxsplit=0))
print("a\nb".splitlines(keepends=True), "a\tb".expandtabs(tabsize=2))
print("é".encode(encoding="utf-8"), "é".encode(errors="replace", encoding="ascii"))
print(b"\xc3\xa9".decode(encoding="utf-8"), b"\xff".decode(errors="replace"))
print(b"a b c".split(maxsplit=1), b"abcd".hex(bytes_per_sep=2, sep=":"))
print((5).to_bytes(length=2), (5).to_bytes(byteorder="little", length=3))
print((-5).to_bytes(2, "big", signed=True), int.from_bytes(b"\xff\xfe", signed=True))
print(int.from_bytes(bytes=b"\x01\x02", byteorder="little"))
print(int("ff", base=16), int("0b11", base=0))
print(str(object=5), str(object=b"x", encoding="ascii"), str(b"\xff", errors="replace"))
print(bytes(source=[1, 2]), bytes("é", errors="ignore", encoding="ascii"))
print(list(enumerate(iterable="ab", start=3)), list(enumerate("ab", start=1)))
print(list(zip("ab", [1, 2], strict=True)))
print(pow(base=2, exp=5), pow(mod=7, base=3, exp=4), round(number=2.567, ndigits=1))
print(round(ndigits=-1, number=25), sum([1, 2], start=10))
print(sorted([3, 1, 2], reverse=True), sorted(["bb", "a"], key=len))
print(min([], default="none"), max("ab", "c", key=len), min([3, -4], key=abs, default=0))
values = [3, 1, 2]
values.sort(reverse=True)
print(values, end="!\n", sep="")
print(1, 2, sep="-", flush=False)
values.sort(key=lambda value: -value)
print(values)
print(math.prod([2, 3], start=2), math.isclose(a=1.0, b=1.1, rel_tol=0.2))
print(math.isclose(1.0, 1.5, abs_tol=0.6), zlib.decompress(zlib.compress(b"aa", level=9)))
lock = threading.Lock()
print(lock.acquire(blocking=False), lock.acquire(timeout=0.001), lock.acquire(False))
print({"a": 1} | dict(b=2), dict([("a", 1)], a=3), "{x}{0}".format(1, x=2))


class Celsius:
    def __init__(self, degrees):
        self._degrees = degrees

    def get(self):
        return self._degrees

    def set(self, value):
        self._degrees = value

    degrees = property(fset=set, fget=get)


celsius = Celsius(20)
celsius.degrees = 25
print(celsius.degrees)
