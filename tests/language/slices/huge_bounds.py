"""Slice bounds beyond 64 bits are clipped."""
a = [0, 1, 2]
big = 10 ** 30
print(a[:big], a[-big:], a[big:], a[:-big], a[::big], a[::-big], a[big:-big:-1])
print("abc"[-big:big], (1, 2)[0:big], range(5)[1:big], b"xyz"[:big], a[True:])
a[big:] = [9]
print(a)
