"""__repr__ and __str__ in print, repr, str, f-strings and containers."""


class Both:
    def __repr__(self):
        return "Both()"

    def __str__(self):
        return "both as text"


class OnlyRepr:
    def __init__(self, x):
        self.x = x

    def __repr__(self):
        return f"OnlyRepr({self.x!r})"


class OnlyStr:
    def __str__(self):
        return "only str"


b = Both()
print(b, str(b), repr(b), [b], (b,), {"k": b}, f"{b} {b!r}", "%s %r" % (b, b))
r = OnlyRepr(OnlyRepr("in"))
print(r, str(r), [r, {r.x.x: r}], f"{r!s}")
s = OnlyStr()
print(s, str(s), repr(s).startswith("<__main__.OnlyStr object at 0x"), repr(s).endswith(">"))
print(OnlyStr, [OnlyStr], repr(int), str(list), type(None), print, len)
