"""Instance and class attributes: lookup order, shadowing and deletion."""


class C:
    shared = []
    name = "class"

    def __init__(self, n):
        self.n = n


a = C(1)
b = C(2)
a.shared.append("from a")
print(b.shared, C.shared, a.n, b.n, a.name)
a.name = "a's own"
print(a.name, b.name, C.name)
C.name = "changed"
print(a.name, b.name)
del a.name
print(a.name)
a.extra = {"k": 1}
a.extra["k"] += 1
a.n += 5
print(a.extra, a.n, hasattr(b, "extra"))
C.added = lambda self: self.n * 2
print(a.added(), b.added(), C.added(b))
print(type(a).__name__, a.__class__ is C, C.__name__, isinstance(a, C), C)
