"""What the pieces of a batch, and structured programs, find before them."""

# What the pieces find: classes whose special methods do something, fail, or give nonsense.
HEAD = '''
import gc
import math

nan = float("nan")
G = 0


class X(Exception):
    pass


def boom(*args):
    raise X("boom", len(args))


def ident(x):
    return x


def add(x, y):
    return x + y


def one(x=1):
    return x


def gen(n):
    for i in range(n):
        try:
            got = yield i
            if got is not None:
                yield got
        except ValueError as error:
            yield str(error)
    return n


class T:
    def __init__(self, v):
        self.v = v

    def go(self, *args):
        return (self.v, args)

    def __eq__(self, other):
        return type(other) is T and self.v == other.v

    def __hash__(self):
        return 7

    def __add__(self, other):
        return T([self.v, other])

    def __radd__(self, other):
        return T([other, self.v])

    def __lt__(self, other):
        return str(self.v) < str(other)

    def __getitem__(self, index):
        if index == 4:
            raise IndexError("four")
        return index

    def __mul__(self, other):
        return NotImplemented

    def __pow__(self, other):
        return T(other)

    def __rpow__(self, other):
        return T(("rpow", other))

    def __neg__(self):
        return T(("neg", self.v))

    def __iadd__(self, other):
        self.v = ("iadd", self.v)
        return self

    def __format__(self, spec):
        return "T<" + spec + ">"

    def __repr__(self):
        return "T(" + repr(self.v) + ")"


class N:
    def __init__(self, v):
        self.v = v

    def __index__(self):
        return self.v

    def __int__(self):
        return 40

    def __float__(self):
        return 4.5

    def __bool__(self):
        return self.v > 0

    def __repr__(self):
        return "N(%r)" % (self.v,)

    def __round__(self, digits=None):
        return ("round", digits)

    def __floordiv__(self, other):
        return ("floordiv", other)

    def __rmod__(self, other):
        return ("rmod", other)

    def __and__(self, other):
        return ("and", other)

    def __rlshift__(self, other):
        return ("rlshift", other)

    def __abs__(self):
        return self

    def __invert__(self):
        return ~self.v


class Q:
    def __init__(self, items):
        self.items = list(items)

    def __len__(self):
        return len(self.items)

    def __iter__(self):
        return iter(self.items)

    def __getitem__(self, index):
        return self.items[index]

    def __setitem__(self, index, value):
        self.items[index] = value

    def __delitem__(self, index):
        del self.items[index]

    def __contains__(self, item):
        return item in self.items

    def __call__(self, *args, **kwargs):
        return (args, kwargs)

    def __repr__(self):
        return "Q of " + str(len(self.items))

    def __reversed__(self):
        return iter(["reversed"])


class E:
    def __eq__(self, other):
        raise X("eq")

    def __hash__(self):
        raise X("hash")

    def __repr__(self):
        raise X("repr")

    def __len__(self):
        return -1

    def __iter__(self):
        return 5

    def __lt__(self, other):
        raise X("lt")

    def __index__(self):
        return "no int"

    def __bool__(self):
        return 1


class H:
    def __init__(self, v):
        self.v = v

    def __hash__(self):
        return 1

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return name

    def __repr__(self):
        return "H"

    def __next__(self):
        raise StopIteration(self.v)

    def __iter__(self):
        return self


class U:
    __hash__ = None

    def __repr__(self):
        return "U"

    def __eq__(self, other):
        return True

    def __getitem__(self, index):
        if index > 3:
            raise IndexError(index)
        return index * 2


class K:
    count = 0

    def __init__(self, v):
        self.v = v

    @property
    def p(self):
        return ("p", self.v)

    @p.setter
    def p(self, value):
        self.v = value

    @staticmethod
    def s(x):
        return x

    @classmethod
    def c(cls, x):
        return (cls.__name__, x)

    def __str__(self):
        return 5

    def __repr__(self):
        return type(self).__name__ + " object"


class W(K):
    def __init__(self, v):
        super().__init__(v)

    def __call__(self):
        return super().s(1)


OWN.extend([T, H, U, K, W])
'''
