"""Classes define __format__, and otherwise __str__ fills an empty spec."""


class Money:
    def __init__(self, cents):
        self.cents = cents

    def __format__(self, spec):
        if spec == "short":
            return str(self.cents // 100)
        return "[" + spec + "]" + str(self.cents / 100)


class Named:
    def __str__(self):
        return "str-of-named"

    def __repr__(self):
        return "repr-of-named"


m = Money(12345)
print(f"{m}", f"{m:short}", f"{m:anything at all}", format(m, "short"), "{:short} {}".format(m, m))
n = Named()
print(f"{n}", f"{n!r}", f"{n!s:>15}|", "%s %r" % (n, n), "{} {!r}".format(n, n), str(n), [n])


class Same:
    def __format__(self, spec):
        return f"{spec is SPEC} {spec}"


SPEC = "a spec of its own"
print(format(Same(), SPEC), f"{Same():{SPEC}}", Same().__format__(SPEC))
