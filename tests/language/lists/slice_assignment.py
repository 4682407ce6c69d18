"""Assigning to slices: growing, shrinking, extended slices, and oneself."""
a = list(range(8))
a[2:4] = ["a", "b", "c"]
print(a)
a[1:6] = []
print(a)
a[1:1] = [10, 20]
print(a)
a[::2] = ["even"] * len(a[::2])
print(a)
a[len(a) :] = [98, 99]
a[:0] = (-2, -1)
print(a)
a[::-1] = range(len(a))
print(a)
a[2:5] = "xyz"
print(a)
a[:] = a[::-1]
print(a)
b = [1, 2, 3]
b[1:2] = b
print(b)
b[10:20] = [7]
b[-1:0] = ["in"]
print(b)
