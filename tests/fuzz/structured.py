"""Random programs of statements that always end: every loop is bounded, and every function and loop
body burns fuel, whose end is an error that no handler of the program catches."""
from expressions import compiles
from head import HEAD
from programs import SHOW, Program
from statements import Maker

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


class ProgramMaker(Maker):
    """Writes one program: functions, generators and classes, then what uses them."""

    def function(self, generator=False):
        name = f"{'g' if generator else 'f'}{next(self.fresh)}"
        count = self.rng.randrange(3)
        parameters = [f"p{i}" for i in range(count if not generator else 1)]
        self.put(f"def {name}({', '.join(parameters)}):")
        self.inside = ["function", "generator"] if generator else ["function"]
        self.scope(dict.fromkeys(parameters, "any"))
        self.indent += 1
        self.put("tick()")
        self.first_names(3)
        self.indent -= 1
        self.block(3, 7)
        self.indent += 1
        self.put(f"yield {self.expression()}" if generator else f"return cut({self.expression()})")
        self.indent -= 1
        self.put("")
        (self.generators.append(name) if generator else self.functions.append((name, count)))
        self.inside = []
        self.scope()

    def class_(self):
        name, base = f"C{next(self.fresh)}", self.rng.choice(("", "(T)", "(Q)", "(N)", "(X)"))
        self.put(f"class {name}{base}:")
        self.indent += 1
        self.put(f"tag = {self.expression(depth=0)}")
        for method in self.rng.sample(("go", "__repr__", "__len__", "__eq__", "__call__", "__contains__",
                                       "__iter__", "__getattr__", "__add__", "__lt__"), 3):
            self.put(f"def {method}(self, *args):")
            self.inside = ["function"]
            self.scope({"self": "own", "args": "tuple"})
            self.indent += 1
            self.put("tick()")
            self.first_names(2)
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
        self.inside = []
        self.scope()
        self.functions.append((name, 0 if base in ("", "(X)") else 1))

    def program(self):
        for _ in range(self.rng.randrange(4)):
            self.rng.choice((self.function, self.function, lambda: self.function(True), self.class_))()
        self.budget = self.rng.randrange(30, 80)
        self.first_names(6)
        guarded = self.rng.random() < 0.9  # else an error may end the program
        while self.budget > 0:
            if not guarded:
                self.statement(3)
                continue
            self.put("try:")
            self.block(3, 3)
            self.put("except Exception as error:")
            self.put("    print(type(error).__name__, show(str(error)))")
            if self.rng.random() < 0.3:
                self.put(f"print({self.rng.randrange(1000)}, show([{', '.join(self.names[:8])}]))")
        for name in list(self.names)[:6]:
            self.put(f"print({name!r}, show({name}))")
        return "\n".join(self.lines) + "\n"


def generate(rng, number, context):
    for _ in range(20):
        text = f"{SHOW}\n{HEAD}\n{FUEL}\n\n{ProgramMaker(rng).program()}"
        if compiles(text):
            break
    return Program("structured", number, text, strategies=context.choose(rng, 2),
                   flags=context.flags(rng), endless=True)
