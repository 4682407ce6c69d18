"""Sources that are broken: cut off, in wrong encodings, with NUL bytes, too deep, with huge literals;
and workload files that are none. Right is CPython's answer, or one line and exit status 2."""
import ast
import functools
import re

from mutations import HARMFUL
from programs import Program
from running import ROOT

CODINGS = ("utf-8", "latin-1", "ascii", "utf-16", "cp1252", "nonsense", "utf-8-sig", "koi8-r", "rot13", "",
           "shift_jis", "idna", "utf-7", "hex")
JUNK = (b"\x00", b"\xff", b"\xef\xbb\xbf", b"\r", b"\r\n", b"\x0c", b"\t", b"\\", b"\\\n", b"\xc3", b"\xe2\x80\xa8",
        b"'''", b'"', b"(", b")", b"[", b"}", b":", b";", b",", b"=", b"#", b"\x1a", b"\x7f", b"\xf0\x9f\x98\x80",
        b"\xed\xa0\x80", b" ", b"\n", b"    ", b"0", b"lambda", b"yield", b"*", b"**", b"@", b"...", b"async ", b"await ",
        b"f'{", b"}'", b"print", b"if ", b"else", b"def ", b"class ", b"return ", b"global x\n", b"nonlocal y\n", b"del ",
        b"0x", b"1e", b"1_", b"'\\N{", b"b'\xc3'", b"\\u12", b"!r", b":=", b"->", b"import ", b"from . ")
DEEP = ("({0}1{1})", "[{0}{1}]", "x = {0}1{1}", "-" * 50 + "{0}1{1}", "print({0}1{1})", "f'{{{0}1{1}}}'", "{0}{1}")
PAIRS = ("()", "[]", "{}", ("(lambda: ", ")"), ("not ", ""), ("-", ""), ("1 if 1 else ", "0"), ("1 + ", "1"),
         ("[x for x in ", "[]]"), ("a.", "b"), ("f(", ")"), ("{1: ", "}"), ("*", ""), ("1 < ", "2"), ("~", "1"), ("1 ** ", "1"),
         ("x = ", "1"), ("x[", "]"), ("lambda: ", "1"))
BLOCKS = ("if 1:", "for x in [1]:", "while 0:", "def f():", "class C:", "try:", "with a:", "else:", "elif 1:", "lambda")
HUGE = ("x = 0x{0}", "x = {0}", "x = '{0}'", "x = b'{0}'", "{0} = 1", "x = 1e{0}", "x = {0}.{0}", "x = 0b" + "1" * 300,
        "# {0}", "x.{0}", "def {0}(): pass", "x = '{0}' '{0}'", "print(len('{0}'))", "x = 0o{0}", "x = {0}j",
        "'%{0}d' % 1", "'{{:{0}}}'.format(1)", "f'{{1:{0}}}'", "x = [{0}]", "import {0}", "x = -{0}")
WORKLOAD = '''"""Counts."""
SHARING = "none"
SIZES = {"small": 10}
EXPECT = {"small": 10}


def setup(size):
    return [size]


def work(state, size, worker, workers):
    return len(range(worker, size, workers))


def combine(parts):
    return sum(parts)


def metrics(parts):
    return {"parts": len(parts)}
'''
ODD = ("None", "5", "[]", "{}", "{'small': None}", "{1: 2}", "'small'", "{'small': 10**400}", "{'small': 'x'}", "{**{}}",
       "{'small': [1]}", "lambda: 0", "print", "{'small': float('nan')}", "undefined", "1 / 0", "{'': 1}", "{'small': -1}",
       "'write'", "'read'", "'everything'", "True", "{'small': {'small': 1}}", "{'small': 1, 'small': 2}", "(1,)", "...")
EXTRA = ("del SIZES", "del EXPECT", "SIZES = None", "EXPECT = 5", "work = None", "combine = 7", "metrics = 1", "setup = int",
         "EXPECT_ERROR = 'ValueError: x'", "EXPECT_ERROR = 5", "FIXED_DURATION = 3", "SIZES.clear()", "EXPECT.clear()",
         "SIZES['small'] = 'many'", "del work", "del combine", "raise ValueError('body')", "import nowhere", "work = work(1, 2, 3)",
         "def work(): pass", "def combine(): pass", "def setup(): pass", "raise SystemExit(3)", "def work(state, size, worker): pass",
         "def metrics(parts): return 5", "def metrics(parts): return {1: 2}", "def metrics(parts): return {'a': 'b'}",
         "def metrics(parts): return {'a': float('nan')}", "def metrics(parts): raise KeyError", "def combine(parts): return parts",
         "def setup(size): raise ValueError(size)", "def work(state, size, worker, workers): raise KeyError(worker)",
         "def work(state, size, worker, workers): yield 1", "class work: pass", "def combine(parts): return (lambda: 1)",
         "SHARING = 'write'", "SHARING = 5", "global SIZES", "for SIZES in (): pass", "def setup(size): return SIZES.clear()")


@functools.lru_cache(None)
def sources():
    """(name, bytes) of the language tests that touch nothing."""
    found = []
    for path in sorted((ROOT / "tests" / "language").glob("*/*.py")):
        text = path.read_text(encoding="utf-8")
        if not HARMFUL.search(text) and path.parent.name != "gc":
            found.append((f"{path.parent.name}/{path.stem}", text.encode()))
    return found


def broken(rng):
    """A program of tests/language with bytes cut off, put in, or taken out."""
    name, data = rng.choice(sources())
    for _ in range(rng.choice((1, 1, 2, 3, 6))):
        at = rng.randrange(len(data) + 1)
        what = rng.randrange(6)
        if what == 0:
            data = data[:at]
        elif what <= 2:
            data = data[:at] + rng.choice(JUNK) + data[at:]
        elif what == 3:
            data = data[:at] + data[at + rng.randrange(1, 20):]
        elif what == 4:
            data = data[:at] + bytes([rng.randrange(256)]) + data[at + 1:]
        else:
            other = rng.choice(sources())[1]
            start = rng.randrange(len(other))
            data = data[:at] + other[start:start + rng.randrange(60)] + data[at:]
    return name, data


def encoded(rng):
    name, data = rng.choice(sources())
    coding = rng.choice(CODINGS)
    data = b"# -*- coding: " + coding.encode() + b" -*-\n" + data
    if rng.random() < 0.5:
        try:
            data = data.decode().encode(coding)
        except (LookupError, UnicodeError):
            data = data.replace(b"print", b"\xe9\xa0print", 1)
    return f"{coding} {name}", data


def deep(rng):
    pair = rng.choice(PAIRS)
    count = rng.choice((20, 90, 150, 250, 900, 1100, 3000, 20000))
    if rng.random() < 0.2:
        lines = [" " * i + rng.choice(BLOCKS[:5]) for i in range(min(count, 150))]
        return "deep blocks", "\n".join([*lines, " " * len(lines) + "pass\n"]).encode()
    text = rng.choice(DEEP).format(pair[0] * count, pair[1] * count)
    return f"deep {pair} {count}", (text + "\nprint('ok')\n").encode()


def huge(rng):
    count = rng.choice((50, 400, 4299, 4301, 20000, 200000))
    word = rng.choice(("9", "1", "a", "f0", "7", "é", "_", "x1", "1,", "0"))
    text = rng.choice(HUGE).replace("{0}", word * (count // len(word))).replace("{{", "{").replace("}}", "}")
    return f"huge {word} {count}", (text + "\nprint('ok')\n").encode()


def workload(rng):
    """A workload file with something odd in the place of what is asked for."""
    text = WORKLOAD
    for _ in range(rng.choice((1, 1, 2))):
        what = rng.randrange(4)
        if what == 0:
            name = rng.choice(("SHARING", "SIZES", "EXPECT"))
            odd = rng.choice(ODD)
            text = re.sub(rf"^{name} = .*$", lambda _: f"{name} = {odd}", text, flags=re.MULTILINE)
        elif what == 1:
            text += "\n\n" + rng.choice(EXTRA) + "\n"
        elif what == 2:
            lines = text.splitlines(keepends=True)
            del lines[rng.randrange(len(lines))]
            text = "".join(lines)
        else:
            at = rng.randrange(len(text))
            text = text[:at] + rng.choice(JUNK).decode("utf-8", "replace") + text[at:]
    return "workload", text.encode("utf-8", "replace")


class OneLine(Program):
    """A malformed workload: exit status 0, 1 with an error, or 2 with one line; nothing else."""

    def complaint(self, outcome):
        lines = outcome.errors.strip().splitlines()
        if outcome.status not in (0, 1, 2):
            return f"exit status {outcome.status}"
        if outcome.status == 2 and len(lines) != 1:
            return f"exit status 2 with {len(lines)} lines"
        if outcome.status == 1 and not lines:
            return "exit status 1 without a word"
        return ""


def takes_long(data):
    """Whether what comes out may multiply or repeat something for minutes."""
    try:
        tree = ast.parse(data)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return any(isinstance(n, ast.While) for n in ast.walk(tree))


def generate(rng, number, context):
    make = rng.choice((broken, broken, broken, encoded, deep, huge, workload, workload))
    label, data = make(rng)
    if make is workload:
        return OneLine("malformed", number, data, how="loose", label=label,
                       strategies=context.choose(rng, 1), flags=("--workload", "--timeout-s=5"))
    return Program("malformed", number, data, how="source", label=label, strategies=context.choose(rng, 1),
                   endless=takes_long(data))
