"""pop, remove, clear, del: what is left and what comes back."""
a = list(range(10))
print(a.pop(), a.pop(0), a.pop(-2), a.pop(3), a)
a.remove(3)
print(a)
b = [1, 2, 1, 2, 1]
b.remove(2)
b.remove(1)
print(b, b.count(1), b.index(2))
del b[0]
print(b)
c = b
c.clear()
print(b, c, b is c)
d = list(range(10))
del d[2:5]
print(d)
del d[::2]
print(d)
del d[-1:], d[:1]
print(d)
