"""Random programs of statements that always end: every loop is bounded, and every function and loop
body burns fuel, whose end is an error that no handler of the program catches."""
import itertools

from expressions import HEAD, Grammar
from programs import SHOW, Program

FUEL = '''
class OutOfFuel(BaseException):
    pass


fuel = [1500]


def tick():
    fuel[0] -= 1
    if fuel[0] < 0:
        raise OutOfFuel("no fuel")


def cut(x):
    if type(x) is int:
        return x if -10**40 < x < 10**40 else x % 10007
    if type(x) is str or type(x) is list or type(x) is tuple or type(x) is bytes:
        return x if len(x) < 100 else x[:9]
    if type(x) is range:
        return x if len(x) < 100 else range(3)
    return x


class Guard:
    def __init__(self, name, swallow=False):
        self.name = name
        self.swallow = swallow

    def __enter__(self):
        print("enter", self.name)
        return self

    def __exit__(self, kind, error, trace):
        print("exit", self.name, kind is None, show(str(error)))
        return self.swallow and kind is not OutOfFuel
'''

ERRORS = ("ValueError", "KeyError", "TypeError", "IndexError", "ZeroDivisionError", "X", "AttributeError",
          "RuntimeError", "LookupError", "ArithmeticError", "Exception", "StopIteration", "NameError",
          "(ValueError, TypeError)", "(X, LookupError)")


class Maker:
    """Writes one program, line by line."""

    def __init__(self, rng):
        self.rng, self.grammar = rng, Grammar()
        self.lines, self.indent = [], 0
        self.fresh = itertools.count()
        self.functions = []  # (name, number of parameters) of those already written
        self.generators = []
        self.names = []  # variables of this scope
        self.inside = []  # of: function, generator, loop
        self.budget = rng.randrange(25, 60)  # statements to come

    def put(self, line):
        self.lines.append("    " * self.indent + line)

    def name(self):
        """A new variable's name, or one that is there."""
        if self.names and self.rng.random() < 0.5:
            return self.rng.choice(self.names)
        return f"v{next(self.fresh)}"

    def bind(self, name):
        if name not in self.names:
            self.names.append(name)

    def expression(self, kind="any", depth=None):
        rng = self.rng
        if self.names and rng.random() < 0.55:
            return rng.choice(self.names)
        if self.functions and rng.random() < 0.25:
            name, count = rng.choice(self.functions)
            return f"{name}({', '.join(self.expression(depth=0) for _ in range(count))})"
        if self.names and kind == "any" and rng.random() < 0.5:
            operator = rng.choice(("+", "-", "*", "//", "%", "<", "==", "and", "or", "in", "is", "|", "&"))
            return f"({rng.choice(self.names)} {operator} {self.expression('small', 0)})"
        return self.grammar.value(rng, kind, rng.choice((0, 1, 1, 2)) if depth is None else depth)

    def iterable(self):
        if self.generators and self.rng.random() < 0.3:
            return f"{self.rng.choice(self.generators)}({self.expression('small', 0)})"
        return self.rng.choice((f"range({self.rng.randrange(5)})", self.expression("list", 1),
                                self.expression("str", 0), f"enumerate({self.expression('list', 0)})",
                                self.expression("iterable", 1),
                                f"zip({self.expression('list', 0)}, range(4))"))

    # ---- blocks ----

    def block(self, depth, most=4):
        self.indent += 1
        before = list(self.names)
        for _ in range(self.rng.randrange(1, most)):
            self.statement(depth - 1)
        self.names = before + [n for n in self.names if n not in before and self.rng.random() < 0.8]
        self.indent -= 1

    def statement(self, depth):
        self.budget -= 1
        simple = [self.assign, self.assign, self.augment, self.show, self.show, self.mutate,
                  self.unpack, self.comprehension, self.leave, self.raise_or_assert, self.delete]
        compound = [self.if_, self.for_, self.for_, self.while_, self.try_, self.try_, self.try_,
                    self.with_, self.closure, self.lambdas]
        deep = depth > 0 and self.budget > 0 and self.rng.random() < 0.55
        self.rng.choice(compound if deep else simple)(depth)

    # ---- simple statements ----

    def assign(self, depth):
        value, name = self.expression(), self.name()
        self.put(f"{name} = cut({value})")
        self.bind(name)

    def augment(self, depth):
        if not self.names:
            return self.assign(depth)
        name = self.rng.choice(self.names)
        operator = self.rng.choice(("+", "+", "-", "*", "//", "%", "|", "&", "^", ">>"))
        self.put(f"{name} {operator}= {self.expression('small' if operator == '*' else 'any', 0)}")
        self.put(f"{name} = cut({name})")

    def show(self, depth):
        self.put(f"print({self.rng.randrange(1000)}, show({self.expression()}))")

    def mutate(self, depth):
        if not self.names:
            return self.show(depth)
        name, value = self.rng.choice(self.names), self.expression(depth=0)
        self.put(self.rng.choice((
            f"{name}.append({value})", f"{name}[{self.expression('small', 0)}] = {value}",
            f"{name}.v = {value}", f"{name}[{value}] = {self.expression(depth=0)}", f"{name}.pop()",
            f"{name}.update({value})", f"{name}.extend({value})", f"{name}.add({value})",
            f"{name}[1:2] = {value}", f"{name}.sort()", f"del {name}[{self.expression('small', 0)}]")))

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
            choices += [f"if {self.expression(depth=0)}: break",
                        f"if {self.expression(depth=0)}: continue"]
        if "function" in self.inside:
            choices += [f"if {self.expression(depth=0)}: return {self.expression(depth=0)}"]
        if "generator" in self.inside:
            choices += [f"yield {self.expression(depth=0)}"] * 3
            choices += [f"{self.name()} = yield {self.expression(depth=0)}"]
        self.put(self.rng.choice(choices or ["pass"]))

    def raise_or_assert(self, depth):
        error = self.rng.choice(ERRORS[:8])
        self.put(self.rng.choice((
            f"if {self.expression(depth=0)}: raise {error}({self.expression(depth=0)})",
            f"assert {self.expression(depth=0)}, {self.expression(depth=0)}",
            f"if {self.expression(depth=0)}: raise {error} from {self.expression('exc', 0)}")))

    def delete(self, depth):
        if self.names and self.rng.random() < 0.5:
            self.put(f"del {self.rng.choice(self.names)}")  # read afterwards: an error, as it should be
        else:
            self.assign(depth)

    # ---- compound statements ----

    def if_(self, depth):
        self.put(f"if {self.expression()}:")
        self.block(depth)
        if self.rng.random() < 0.3:
            self.put(f"elif {self.expression()}:")
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
        self.put(f"while {counter} < {self.rng.randrange(1, 5)} and {self.expression()}:")
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
        names, self.names = self.names, [cell, "p", "rest", "k"]
        self.indent += 1
        self.put(f"nonlocal {cell}")
        self.put("tick()")
        self.put(f"{cell} = cut({self.expression(depth=1)})")
        self.indent -= 1
        self.block(min(depth, 1), 3)
        self.inside, self.names = outer, names
        self.bind(cell)
        self.put(f"print(show({name}({self.expression(depth=0)}, k={self.expression(depth=0)})), show({cell}))")

    def lambdas(self, depth):
        name = self.bound()
        self.put(f"{name} = list(map(lambda a, b={self.expression(depth=0)}: cut({self.expression(depth=1)}), "
                 f"{self.iterable()}))")

    # ---- definitions ----

    def function(self, generator=False):
        name = f"{'g' if generator else 'f'}{next(self.fresh)}"
        count = self.rng.randrange(3)
        parameters = [f"p{i}" for i in range(count if not generator else 1)]
        self.put(f"def {name}({', '.join(parameters)}):")
        self.inside = ["function", "generator"] if generator else ["function"]
        self.names = list(parameters)
        self.indent += 1
        self.put("tick()")
        self.indent -= 1
        self.block(3, 7)
        self.indent += 1
        self.put(f"yield {self.expression()}" if generator else f"return cut({self.expression()})")
        self.indent -= 1
        self.put("")
        (self.generators.append(name) if generator else self.functions.append((name, count)))
        self.inside, self.names = [], []

    def class_(self):
        name, base = f"C{next(self.fresh)}", self.rng.choice(("", "(T)", "(Q)", "(N)", "(X)"))
        self.put(f"class {name}{base}:")
        self.indent += 1
        self.put(f"tag = {self.expression(depth=0)}")
        for method in self.rng.sample(("go", "__repr__", "__len__", "__eq__", "__call__", "__contains__",
                                       "__iter__", "__getattr__", "__add__", "__lt__"), 3):
            self.put(f"def {method}(self, *args):")
            self.inside, self.names = ["function"], ["self", "args"]
            self.indent += 1
            self.put("tick()")
            if method in ("go", "__eq__") and base:
                self.put(f"print('super', show(super().{method}(*args)))")
            self.indent -= 1
            self.block(1, 3)
            self.indent += 1
            self.put({"__repr__": f"return {name!r}", "__len__": "return 2",
                      "__iter__": "return iter([1, self.tag])"}.get(method, f"return {self.expression()}"))
            self.indent -= 1
        self.indent -= 1
        self.put("")
        self.inside, self.names = [], []
        self.functions.append((name, 0 if base in ("", "(X)") else 1))

    def program(self):
        for _ in range(self.rng.randrange(4)):
            self.rng.choice((self.function, self.function, lambda: self.function(True), self.class_))()
        self.budget = self.rng.randrange(15, 40)
        while self.budget > 0:
            if self.rng.random() < 0.6:
                self.try_(3)
            else:
                self.statement(3)
        for name in list(self.names)[:6]:
            self.put(f"print({name!r}, show({name}))")
        return "\n".join(self.lines) + "\n"


def generate(rng, number, context):
    text = f"{SHOW}\n{HEAD}\n{FUEL}\n\n{Maker(rng).program()}"
    return Program("structured", number, text, strategies=context.choose(rng, 2),
                   flags=context.flags(rng), endless=True)
