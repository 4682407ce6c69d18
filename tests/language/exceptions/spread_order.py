"""f(*a, **k): keywords are evaluated before *a is looked at; who gives a keyword twice is told."""


def t(f):
    try:
        print(f())
    except Exception as error:
        print(type(error).__name__, error)


def boom():
    raise KeyError("second")


def both(*a, **k):
    return a, k


def h(k=0):
    return k


class Mapping:
    def __init__(self, *names):
        self.names = names

    def keys(self):
        return self.names

    def __getitem__(self, name):
        print("asked for", name)
        if name == "bad":
            raise KeyError(name)
        return name + "!"


t(lambda: both(*5, **boom()))
t(lambda: both(*5))
t(lambda: both(*5, **6))
t(lambda: both(*"ab", **{"x": 1}))
t(lambda: both(*[1, 2]))
t(lambda: both(*(1, 2)))
t(lambda: both(*range(3), 4))
t(lambda: both(*{"a": 1}))
t(lambda: print(*5))
t(lambda: max(*[1, 5]))
t(lambda: both(**{1: 2}))
t(lambda: both(**{1: 2}, **boom()))
t(lambda: h(**Mapping("k")))
t(lambda: h(k=1, **Mapping("k")))
t(lambda: h(**Mapping("k", "k")))
t(lambda: h(**Mapping("bad")))
t(lambda: h(k=1, **Mapping("bad")))
t(lambda: h(**Mapping(1)) if False else h(**Mapping("bad", "k")))
t(lambda: h(**{"k": 1}, **Mapping("k")))
t(lambda: h(**{"k": 1}, **{"k": 2}))
t(lambda: h(**5))
