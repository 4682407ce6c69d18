"""del of names, items, slices, attributes and keys."""
x = 1
y = z = [2]
del x, y
print(z)
x = "back"
print(x)
a = [0, 1, 2, 3, 4, 5]
del a[0], a[-1]
del a[1:3]
print(a)
d = {"a": 1, "b": 2}
del d["a"]
print(d)


class C:
    pass


c = C()
c.v = 1
print(hasattr(c, "v"))
del c.v
print(hasattr(c, "v"))


def f():
    n = [1]
    m = n
    del n
    return m


print(f())
