"""__eq__ and __ne__ of built-in types, called by name: NotImplemented for a type that they do not know."""
values = [1, 2.0, True, "a", b"a", [1], (1,), {1: 2}, {1}, frozenset([1]), range(1), None, len, slice(1)]
for a in values:
    print(repr(a), [a.__eq__(b) for b in values])
    print(repr(a), [a.__ne__(b) for b in values])
print({1: 2}.keys().__eq__({1}), {1: 2}.items().__eq__({(1, 2)}), {1: 2}.keys().__eq__([1]))
