"""Default values are evaluated once, when the function is defined."""
base = 10


def f(a, b=base, c=None):
    return a, b, c


base = 20
print(f(1), f(1, 2), f(1, 2, 3), f(1, c=5), f(b=2, a=1), f(c=0, b=0, a=0))


def collect(item, into=[]):
    into.append(item)
    return into


print(collect(1), collect(2), collect(3, []), collect(4))
a = collect(5)
a.append("seen by the default")
print(collect(6), a is collect(7))


def later(x, table={}):
    table[x] = len(table)
    return dict(table)


print(later("a"), later("b"), later("c", {}))
functions = []
for i in range(3):

    def g(x=i):
        return x

    functions.append(g)
print([h() for h in functions], [h(9) for h in functions])
