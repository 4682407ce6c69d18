"""Random expressions and short pieces of statements, hundreds to a program."""
import re
import warnings

import templates
from head import HEAD
from programs import Piece, Program, batch_text

PIECES = 400
HOLE = re.compile(r"\$(\w+)")
BARE = re.compile(r"[a-zA-Z_]\w*(\([^()]*\))?|'[^']*'|\[[^][]*\]")  # needs no parentheses anywhere


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
