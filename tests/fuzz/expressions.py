"""Random expressions and short pieces of statements, hundreds to a program."""
import re
import warnings

import templates
from programs import Piece, Program, batch_text

PIECES = 400
HOLE = re.compile(r"\$(\w+)")
BARE = re.compile(r"[a-zA-Z_]\w*(\([^()]*\))?|'[^']*'|\[[^][]*\]")  # needs no parentheses anywhere

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


def split(text):
    """The alternatives of a table's entry; \\| is a bar within one."""
    parts = re.split(r"(?<!\\)\|", text)
    return [part.strip().replace("\\|", "|") for part in parts if part.strip()]


class Grammar:
    """Makes expressions of a type, from the tables of templates.py."""

    GROUPS = {
        "seq": ["list", "list", "tuple", "str", "range", "bytes", "dict", "set", "own"],
        "iterable": ["list", "list", "tuple", "str", "range", "bytes", "dict", "set", "own", "iterator"],
    }

    WRONG = ("float", "str", "bytes", "none", "list", "tuple", "dict", "own", "func", "exc", "bool")

    def __init__(self):
        self.leaves = {name: split(text) for name, text in templates.LEAVES.items()}
        self.nodes = {name: split(text) for name, text in templates.NODES.items()}
        self.leaves["attr"] = split(templates.ATTRIBUTES)
        self.statements = [line for line in templates.STATEMENTS.splitlines() if line.strip()]

    def resolve(self, rng, kind):
        """A type of the tables for a hole; now and then another than the hole asks for."""
        if kind in ("attr", "spec"):
            return kind
        if kind == "any":
            return rng.choice(templates.ANY)
        if rng.random() < 0.04:
            return rng.choice(self.WRONG)  # no int: a huge count or exponent takes for ever
        return rng.choice(self.GROUPS[kind]) if kind in self.GROUPS else kind

    def value(self, rng, kind, depth):
        """The text of an expression, in parentheses where it needs them."""
        asked, kind = kind, self.resolve(rng, kind)
        if depth <= 0 or rng.random() < 0.25 or kind not in self.nodes:
            text = rng.choice(self.leaves[kind])
        else:
            source = "any" if asked == "any" and rng.random() < 0.3 else kind
            text = self.fill(rng, rng.choice(self.nodes[source]), depth - 1)
        return text if BARE.fullmatch(text) else f"({text})"

    def fill(self, rng, template, depth):
        """The template with a value in each hole. Within quotes of an f-string only names fit."""
        if re.search(r"f['\"]", template) and "$" in template:
            names = HOLE.findall(template)
            body = template
            for number in range(len(names)):
                body = HOLE.sub(f"v{number}", body, count=1)
            parameters = ", ".join(f"v{number}" for number in range(len(names)))
            values = ", ".join(self.value(rng, name, depth) for name in names)
            return f"(lambda {parameters}: {body})({values})"
        return HOLE.sub(lambda hole: self.value(rng, hole[1], depth), template)

    def piece(self, rng):
        """One piece: an expression, or statements and a last value."""
        depth = rng.choice((0, 1, 1, 2, 2, 3))
        if rng.random() < 0.6:
            kind = rng.choice([k for k in self.nodes if k != "small"] + ["any"] * 4)
            template = rng.choice(self.nodes[kind])
            return Piece("return " + self.fill(rng, template, depth), template)
        template = rng.choice(self.statements)
        if "; " not in template:
            return Piece(self.fill(rng, template, depth), template)
        return Piece("\n".join(self.filled_statements(rng, template, depth)), template)

    def filled_statements(self, rng, template, depth):
        *statements, last = template.split("; ")
        for statement in statements:
            yield self.fill(rng, statement, depth)
        yield "return " + self.fill(rng, last, depth)


GRAMMAR = Grammar()


def compiles(text):
    """Whether CPython takes it at all: one piece that it refuses would cost the whole batch."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile(text, "piece", "exec")
    except SyntaxError:
        return False
    return True


def generate(rng, number, context):
    """A program of PIECES pieces."""
    pieces = [piece for piece in (GRAMMAR.piece(rng) for _ in range(PIECES)) if compiles(piece.text(0))]
    return Program("expressions", number, batch_text(HEAD, pieces), head=HEAD, pieces=pieces,
                   strategies=context.choose(rng, 1), flags=context.flags(rng))
