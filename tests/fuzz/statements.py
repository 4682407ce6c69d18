"""Random statements of structured programs, within scopes whose variables have known kinds (mostly)."""
import itertools

from expressions import GRAMMAR, Grammar

ERRORS = ("ValueError", "KeyError", "TypeError", "IndexError", "ZeroDivisionError", "X", "AttributeError",
          "RuntimeError", "LookupError", "ArithmeticError", "Exception", "StopIteration", "NameError",
          "(ValueError, TypeError)", "(X, LookupError)")


# What a variable of a kind can be told to do, and what may be added to it in place.
CHANGES = {
    "list": ("{0}.append({1})", "{0}.insert({2}, {1})", "{0}[{2}] = {1}", "{0}.extend({3})", "{0}.pop()", "{0}.reverse()",
             "{0}[1:2] = {3}", "{0}.sort(key=str)", "del {0}[{2}:]", "{0}.remove({1})"),
    "dict": ("{0}[{2}] = {1}", "{0}.pop({2}, None)", "{0}.update({{{2}: {1}}})", "{0}.setdefault({2}, []).append({1})",
             "del {0}[{2}]", "{0}.update(a={1})"),
    "set": ("{0}.add({2})", "{0}.discard({2})", "{0}.update({3})", "{0} -= {{{2}}}"),
    "own": ("{0}.v = {1}", "{0}.w = {1}", "print(show({0}.go({1})))", "{0}[{2}] = {1}"),
}
AUGMENTS = {"int": "+-*%|&^", "small": "+-*", "float": "+-*/", "str": "+", "list": "+", "tuple": "+", "bytes": "+",
            "dict": "|", "set": "|&-^", "own": "+"}
VALUES = ("int", "small", "str", "list", "dict", "own", "float", "tuple", "set", "bytes", "bool")


class ScopedGrammar(Grammar):
    """The grammar of expressions, with the variables of a scope among its leaves."""

    def __init__(self):
        self.__dict__.update(GRAMMAR.__dict__)
        self.kinds = {}  # variable -> kind, as far as known

    def value(self, rng, kind, depth):
        if rng.random() < 0.5 and kind not in ("attr", "spec", "slice"):
            groups = self.GROUPS.get(kind, (kind,))
            fitting = [n for n, k in self.kinds.items() if kind == "any" or k in groups]
            if fitting:
                return rng.choice(fitting)
        return super().value(rng, kind, depth)


class Maker:
    """Writes statements, line by line."""

    def __init__(self, rng):
        self.rng, self.grammar = rng, ScopedGrammar()
        self.lines, self.indent = [], 0
        self.fresh = itertools.count()
        self.functions = []  # (name, number of parameters) of those already written
        self.generators = []
        self.inside = []  # of: function, generator, loop
        self.budget = rng.randrange(25, 60)  # statements to come

    def put(self, line):
        self.lines.append("    " * self.indent + line)

    @property
    def names(self):
        """The variables of this scope."""
        return list(self.grammar.kinds)

    def scope(self, parameters=()):
        """Begins a scope; returns the one around it."""
        before = self.grammar.kinds
        self.grammar.kinds = dict(parameters)
        return before

    def name(self):
        """A new variable's name, or one that is there."""
        if self.names and self.rng.random() < 0.8:
            return self.rng.choice(self.names)
        return f"v{next(self.fresh)}"

    def bind(self, name, kind="any"):
        self.grammar.kinds[name] = kind

    def first_names(self, count):
        """Variables of a scope that have a value from its start on."""
        for kind in self.rng.sample(VALUES, count):
            name = f"v{next(self.fresh)}"
            self.put(f"{name} = {Grammar.value(self.grammar, self.rng, kind, 0)}")
            self.bind(name, kind)

    def expression(self, kind="any", depth=None):
        rng = self.rng
        if self.functions and rng.random() < 0.15 and kind == "any":
            name, count = rng.choice(self.functions)
            return f"{name}({', '.join(self.expression(depth=0) for _ in range(count))})"
        return self.grammar.value(rng, kind, rng.choice((0, 1, 1, 2)) if depth is None else depth)

    def condition(self):
        return self.rng.choice((self.expression("bool"), self.expression("any", 0),
                                f"{self.expression('int', 0)} < {self.expression('int', 0)}",
                                f"{self.expression('any', 0)} == {self.expression('any', 0)}"))

    def iterable(self):
        if self.generators and self.rng.random() < 0.3:
            return f"{self.rng.choice(self.generators)}({self.expression('small', 0)})"
        return self.rng.choice((f"range({self.rng.randrange(5)})", f"{self.expression('list', 1)}[:5]",
                                f"{self.expression('str', 0)}[:4]", f"enumerate({self.expression('list', 0)}[:4])",
                                f"list({self.expression('dict', 1)}.items())[:4]",
                                f"zip({self.expression('list', 0)}, range(4))"))

    # ---- blocks ----

    def block(self, depth, most=4):
        self.indent += 1
        before = set(self.names)
        for _ in range(self.rng.randrange(1, most)):
            self.statement(depth - 1)
        for name in self.names:  # mostly what surely has a value
            if name not in before and self.rng.random() < 0.9:
                del self.grammar.kinds[name]
        self.indent -= 1

    def statement(self, depth):
        self.budget -= 1
        simple = [self.assign, self.assign, self.augment, self.show, self.show, self.show, self.mutate,
                  self.mutate, self.unpack, self.comprehension, self.leave, self.raise_or_assert, self.delete]
        compound = [self.if_, self.for_, self.for_, self.while_, self.try_, self.try_, self.try_,
                    self.with_, self.closure, self.lambdas]
        deep = depth > 0 and self.budget > 0 and self.rng.random() < 0.55
        self.rng.choice(compound if deep else simple)(depth)

    # ---- simple statements ----

    def assign(self, depth):
        kind, name = self.rng.choice((*VALUES, "any")), self.name()
        self.put(f"{name} = cut({self.expression(kind)})")
        self.bind(name, kind)

    def augment(self, depth):
        fitting = [(n, k) for n, k in self.grammar.kinds.items() if k in AUGMENTS]
        if not fitting:
            return self.assign(depth)
        name, kind = self.rng.choice(fitting)
        operator = self.rng.choice(AUGMENTS[kind])
        operand = self.expression("small" if operator == "*" else kind, 1)
        self.put(f"{name} {operator}= {operand}")
        self.put(f"{name} = cut({name})")

    def show(self, depth):
        self.put(f"print({self.rng.randrange(1000)}, show({self.expression()}))")

    def mutate(self, depth):
        fitting = [(n, k) for n, k in self.grammar.kinds.items() if k in CHANGES]
        if not fitting:
            return self.show(depth)
        name, kind = self.rng.choice(fitting)
        self.put(self.rng.choice(CHANGES[kind]).format(
            name, self.expression(depth=1), self.expression("small", 0), self.expression("list", 1)))

    def unpack(self, depth):
        names = [self.name() for _ in range(self.rng.choice((2, 2, 3)))]
        star = self.rng.randrange(len(names)) if self.rng.random() < 0.4 else None
        targets = ", ".join("*" + n if i == star else n for i, n in enumerate(names))
        value = self.rng.choice((self.expression("list"), self.expression("tuple"),
                                 ", ".join(self.expression(depth=0) for _ in names)))
        self.put(f"{targets} = {value}")
        for name in names:
            self.bind(name)

    def comprehension(self, depth):
        self.put(self.rng.choice((
            "{0} = [cut(i) for i in {1} if {2}]", "{0} = {{i: {3} for i in {1}}}",
            "{0} = sorted([str(i) for i in {1}])", "{0} = list(i for i in {1} for _ in range(2))[:50]",
            "{0} = [(i, j) for i in {1} for j in range(2)][:50]",
            "{0} = sum(1 for i in {1} if (w := i) is not None)",
            "{0} = [f() for f in [lambda: i for i in {1}]]")).format(
                self.bound(), self.iterable(), self.expression(depth=0), self.expression(depth=0)))

    def bound(self):
        name = self.name()
        self.bind(name)
        return name

    def leave(self, depth):
        """break, continue, return or yield, where they may stand."""
        choices = []
        if "loop" in self.inside[-2:]:
            choices += [f"if {self.condition()}: break",
                        f"if {self.condition()}: continue"]
        if "function" in self.inside:
            choices += [f"if {self.condition()}: return {self.expression(depth=0)}"]
        if "generator" in self.inside:
            choices += [f"yield {self.expression(depth=0)}"] * 3
            choices += [f"{self.name()} = yield {self.expression(depth=0)}"] * 2
        self.put(self.rng.choice(choices or ["pass"]))

    def raise_or_assert(self, depth):
        error = self.rng.choice(ERRORS[:8])
        self.put(self.rng.choice((
            f"if {self.condition()}: raise {error}({self.expression(depth=0)})",
            f"assert {self.expression(depth=0)}, {self.expression(depth=0)}",
            f"if {self.condition()}: raise {error} from {self.expression('exc', 0)}")))

    def delete(self, depth):
        if self.names and self.rng.random() < 0.1:
            self.put(f"del {self.rng.choice(self.names)}")  # read afterwards: an error, as it is to be
        else:
            self.assign(depth)

    # ---- compound statements ----

    def if_(self, depth):
        self.put(f"if {self.condition()}:")
        self.block(depth)
        if self.rng.random() < 0.3:
            self.put(f"elif {self.condition()}:")
            self.block(depth)
        if self.rng.random() < 0.5:
            self.put("else:")
            self.block(depth)

    def loop_body(self, depth):
        self.inside.append("loop")
        self.indent += 1
        self.put("tick()")
        self.indent -= 1
        self.block(depth)
        self.inside.pop()
        if self.rng.random() < 0.25:
            self.put("else:")
            self.block(depth, 2)

    def for_(self, depth):
        target = self.name()
        if self.rng.random() < 0.2:
            target = f"{self.name()}, {self.name()}"
        self.put(f"for {target} in {self.iterable()}:")
        for name in target.split(", "):
            self.bind(name)
        self.loop_body(depth)

    def while_(self, depth):
        counter = f"c{next(self.fresh)}"
        self.put(f"{counter} = 0")
        self.put(f"while {counter} < {self.rng.randrange(1, 5)} and {self.condition()}:")
        self.indent += 1
        self.put(f"{counter} += 1")
        self.indent -= 1
        self.loop_body(depth)

    def try_(self, depth):
        self.put("try:")
        self.block(depth, 5)
        final = self.rng.random() < 0.35
        for error in self.rng.sample(ERRORS, self.rng.choice((0, 1, 2) if final else (1, 2))):
            self.handler(depth, error)
        if self.rng.random() < 0.6 or not final:
            self.handler(depth, "Exception")
            if self.rng.random() < 0.3:
                self.put("else:")
                self.block(depth, 3)
        if final:
            self.put("finally:")
            self.block(depth, 3)

    def handler(self, depth, error):
        self.put(f"except {error} as error:")
        self.indent += 1
        self.put("print(type(error).__name__, show(str(error)), show(error.args))")
        if self.rng.random() < 0.2:
            self.put(self.rng.choice(("raise", "raise X('again') from error", "raise X('other')",
                                      "print(type(error.__context__).__name__)")))
        self.indent -= 1
        self.block(depth, 3)

    def with_(self, depth):
        number, swallow = self.rng.randrange(100), self.rng.random() < 0.4
        more = f", Guard({number + 1})" if self.rng.random() < 0.2 else ""
        self.put(f"with Guard({number}, {swallow}) as g{number}{more}:")
        self.block(depth)

    def closure(self, depth):
        """A function within: it changes a variable of the one around it."""
        if "function" not in self.inside:
            return self.if_(depth)
        cell, name = f"n{next(self.fresh)}", f"h{next(self.fresh)}"
        self.put(f"{cell} = cut({self.expression(depth=0)})")
        self.put(f"def {name}(p={self.expression(depth=0)}, *rest, k=2):")
        outer, self.inside = self.inside, ["function"]
        around = self.scope({cell: "any", "p": "any", "rest": "tuple", "k": "any"})
        self.indent += 1
        self.put(f"nonlocal {cell}")
        self.put("tick()")
        self.first_names(1)
        self.put(f"{cell} = cut({self.expression(depth=1)})")
        self.indent -= 1
        self.block(min(depth, 1), 3)
        self.inside, self.grammar.kinds = outer, around
        self.bind(cell)
        self.put(f"print(show({name}({self.expression(depth=0)}, k={self.expression(depth=0)})), show({cell}))")

    def lambdas(self, depth):
        name = self.bound()
        self.put(f"{name} = list(map(lambda a, b={self.expression(depth=0)}: cut({self.expression(depth=1)}), "
                 f"{self.iterable()}))")
