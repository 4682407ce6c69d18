"""getattr, setattr, hasattr, delattr and __getattr__."""


class C:
    kind = "c"

    def hello(self, name):
        return "hello " + name


c = C()
setattr(c, "size", 5)
print(getattr(c, "size"), c.size, getattr(c, "none", "default"))
print(getattr(c, "kind"), hasattr(c, "x"))
print(getattr(c, "hello")("you"), getattr(C, "hello")(c, "class"), hasattr(c, "hello"))
for name in ("a", "b"):
    setattr(c, name, name * 2)
print([getattr(c, n) for n in ("a", "b")])
delattr(c, "a")
print(hasattr(c, "a"), hasattr("text", "upper"), getattr("text", "upper")(), hasattr([], "nope"))


class Lazy:
    def __init__(self):
        self.real = 1

    def __getattr__(self, name):
        return "made " + name


z = Lazy()
print(z.real, z.anything, hasattr(z, "whatever"), getattr(z, "q", 0))
z.anything = "set"
print(z.anything)
