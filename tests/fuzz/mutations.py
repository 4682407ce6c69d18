"""Programs of tests/language and the workloads, changed at random places of their syntax trees.

Each loop and function of the result burns fuel, so that a condition changed for the worse still ends.
Left out is what touches files, processes, sockets or the clock.
"""
import ast
import copy
import functools
import re

from programs import Program
from running import ROOT

HARMFUL = re.compile(r"\b(import|from) +(os|socket|time)\b|import gc, os")
COUNTS = re.compile(r"gc\.collect\(\)|getrefcount")  # what their collectors find differs
FUEL = '''
class OutOfFuel(BaseException):
    pass


fuel_left = [30000]


def burn_fuel():
    fuel_left[0] -= 1
    if fuel_left[0] < 0:
        raise OutOfFuel
'''
DRIVER = '''
if __name__ == "__main__":
    size_to_run = {size!r}
    state_to_run = setup(size_to_run) if {has_setup} else None
    print(combine([work(state_to_run, size_to_run, i, 2) for i in range(2)]))
'''
CONSTANTS = (0, 1, -1, 2, 3, 255, 256, 2**31, 2**63 - 1, 2**63, -(2**63), 10**30, True, False, None, "", "a",
             "abc", "é", "%s", "{}", b"", b"ab", 0.0, -0.0, 0.5, 1e308, float("inf"))
BINARY = (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.FloorDiv, ast.Mod, ast.BitAnd, ast.BitOr, ast.BitXor)
COMPARISONS = (ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.Eq, ast.NotEq, ast.In, ast.NotIn, ast.Is, ast.IsNot)


@functools.lru_cache(None)
def sources():
    """(name, tree) of what there is to mutate."""
    found = []
    for path in sorted((ROOT / "tests" / "language").glob("*/*.py")):
        text = path.read_text(encoding="utf-8")
        if path.parent.name != "refused" and not HARMFUL.search(text) and not COUNTS.search(text):
            found.append((f"{path.parent.name}/{path.stem}", ast.parse(text)))
    for path in sorted((ROOT / "workloads").glob("[cs]*/*.py")):
        text = path.read_text(encoding="utf-8")
        sizes = re.search(r"^SIZES = (\{.*\})$", text, re.MULTILINE)
        if sizes and not HARMFUL.search(text):
            size = min(ast.literal_eval(re.sub(r"(\d+) \*\* (\d+)", "64", sizes[1]))["small"], 60)
            text += DRIVER.format(size=size, has_setup="def setup" in text)
            found.append((f"workloads/{path.stem}", ast.parse(text)))
    return found


@functools.lru_cache(None)
def donors():
    """All expressions and statements, to be put where others were."""
    trees = [tree for _, tree in sources()]
    expressions = [n for t in trees for n in ast.walk(t)
                   if isinstance(n, ast.expr) and isinstance(getattr(n, "ctx", ast.Load()), ast.Load)
                   and not isinstance(n, (ast.Starred, ast.Slice, ast.Yield, ast.JoinedStr, ast.FormattedValue))]
    statements = [n for t in trees for n in ast.walk(t) if isinstance(n, ast.stmt)
                  and not isinstance(n, (ast.Return, ast.Break, ast.Continue, ast.Import, ast.ImportFrom,
                                         ast.Nonlocal, ast.Global))]
    return expressions, [s for s in statements if len(ast.dump(s)) < 1500]


class Mutator:
    """Changes a tree in place."""

    def __init__(self, rng, tree):
        self.rng, self.tree = rng, tree

    def nodes(self, *kinds):
        return [n for n in ast.walk(self.tree) if isinstance(n, kinds)]

    def mutate(self):
        changes = [self.constant, self.operator, self.comparison, self.swap, self.drop, self.double,
                   self.graft, self.graft_statement, self.rename, self.method, self.argument]
        self.rng.choice(changes)()

    def blocks(self):
        return [(n, f) for n in ast.walk(self.tree) for f in ("body", "orelse", "finalbody")
                if isinstance(getattr(n, f, None), list) and getattr(n, f)]

    def constant(self):
        nodes = [n for n in self.nodes(ast.Constant) if not isinstance(n.value, type(Ellipsis))]
        inside = {id(c) for n in self.nodes(ast.JoinedStr) for c in ast.walk(n)}
        nodes = [n for n in nodes if id(n) not in inside]
        if nodes:
            node = self.rng.choice(nodes)
            other = self.rng.choice(nodes)
            node.value = other.value if self.rng.random() < 0.4 else self.rng.choice(CONSTANTS)

    def operator(self):
        nodes = self.nodes(ast.BinOp, ast.AugAssign)
        if nodes:
            self.rng.choice(nodes).op = self.rng.choice(BINARY)()

    def comparison(self):
        nodes = self.nodes(ast.Compare)
        if nodes:
            node = self.rng.choice(nodes)
            node.ops[self.rng.randrange(len(node.ops))] = self.rng.choice(COMPARISONS)()

    def swap(self):
        owner, field = self.rng.choice(self.blocks())
        items = getattr(owner, field)
        i, j = self.rng.randrange(len(items)), self.rng.randrange(len(items))
        items[i], items[j] = items[j], items[i]

    def drop(self):
        owner, field = self.rng.choice(self.blocks())
        items = getattr(owner, field)
        if len(items) > 1:
            del items[self.rng.randrange(len(items))]

    def double(self):
        owner, field = self.rng.choice(self.blocks())
        items = getattr(owner, field)
        i = self.rng.randrange(len(items))
        items.insert(self.rng.randrange(len(items) + 1), copy.deepcopy(items[i]))

    def slots(self):
        return [(n, f, i) for n in ast.walk(self.tree) for f, v in ast.iter_fields(n)
                for i, item in (enumerate(v) if isinstance(v, list) else [(None, v)])
                if isinstance(item, ast.expr) and isinstance(getattr(item, "ctx", ast.Load()), ast.Load)
                and not isinstance(n, ast.JoinedStr) and f not in ("bases", "decorator_list", "keywords")
                and not isinstance(item, (ast.JoinedStr, ast.Slice, ast.Starred))]

    def graft(self):
        """Another expression, of this program (mostly) or another."""
        slots = self.slots()
        if not slots:
            return
        owner, field, index = self.rng.choice(slots)
        if self.rng.random() < 0.6:
            where, name, i = self.rng.choice(slots)
            value = getattr(where, name) if i is None else getattr(where, name)[i]
        else:
            value = self.rng.choice(donors()[0])
        value = copy.deepcopy(value)
        if index is None:
            setattr(owner, field, value)
        else:
            getattr(owner, field)[index] = value

    def graft_statement(self):
        owner, field = self.rng.choice(self.blocks())
        items = getattr(owner, field)
        items.insert(self.rng.randrange(len(items) + 1), copy.deepcopy(self.rng.choice(donors()[1])))

    def rename(self):
        nodes = [n for n in self.nodes(ast.Name) if isinstance(n.ctx, ast.Load)]
        if nodes:
            self.rng.choice(nodes).id = self.rng.choice(nodes).id

    def method(self):
        nodes = self.nodes(ast.Attribute)
        if nodes:
            self.rng.choice(nodes).attr = self.rng.choice(nodes).attr

    def argument(self):
        calls = self.nodes(ast.Call)
        if calls:
            call, other = self.rng.choice(calls), self.rng.choice(calls)
            if call.args and self.rng.random() < 0.5:
                del call.args[self.rng.randrange(len(call.args))]
            elif other.args:
                call.args.insert(0, copy.deepcopy(self.rng.choice(other.args)))


class Fuelled(ast.NodeTransformer):
    """Burns fuel at the start of every function and of every loop's body."""

    def fuelled(self, node):
        self.generic_visit(node)
        node.body.insert(0, ast.parse("burn_fuel()").body[0])
        return node

    visit_For = visit_While = visit_FunctionDef = fuelled


def generate(rng, number, context):
    """None where what came out is no Python."""
    name, tree = rng.choice(sources())
    tree = copy.deepcopy(tree)
    mutator = Mutator(rng, tree)
    for _ in range(rng.choice((1, 1, 2, 2, 3, 5, 8))):
        mutator.mutate()
    if isinstance(tree.body[0], ast.Expr) and isinstance(tree.body[0].value, ast.Constant):
        del tree.body[0]
    try:
        text = FUEL + ast.unparse(ast.fix_missing_locations(Fuelled().visit(tree))) + "\n"
    except (ValueError, AttributeError, TypeError, RecursionError):
        return None
    return Program("mutations", number, text, strategies=context.choose(rng, 2),
                   flags=context.flags(rng), label=name, endless=True)
