"""callable, id equality, and is."""
a = [1]
b = a
c = [1]
print(a is b, a is c, a is not c, id(a) == id(b), a == c, None is None, type(id(a)).__name__)
for x in (len, print, int, str, lambda: 0, "".join, a.append, type, 5, "s", None, [], range(3)):
    print(callable(x), end=" ")
print()
print(a is not None, tuple(()) is tuple(()), True is True, (1 == 1) is True, [] is [], {} is {})
