"""os: a pipe carries bytes; environ is a mapping."""
import os

r, w = os.pipe()
print(os.write(w, b"hello"), os.read(r, 100))
print(os.write(w, b""), os.write(w, b"abcdef"), os.read(r, 2), os.read(r, 2), os.read(r, 2))
os.write(w, bytes(1000))
print(len(os.read(r, 600)), len(os.read(r, 600)))
os.write(w, b"last")
os.close(w)
print(os.read(r, 10), os.read(r, 10))
os.close(r)
print(os.environ.get("GILBENCH_NO_SUCH_NAME", "default"), "GILBENCH_NO_SUCH_NAME" in os.environ)
f = os.open("/dev/zero", os.O_RDONLY)
print(os.read(f, 4))
os.close(f)
g = os.open("/dev/null", os.O_RDWR)
print(os.write(g, b"gone"), os.read(g, 4))
os.close(g)
