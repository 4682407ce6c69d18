"""What a generator makes: one program, and how it is to be run.

A batch is a program of many pieces: each is a function of its own, called by run(), which prints the
piece's number and what it returned or raised, in a form without addresses or the order of a set.
"""
import dataclasses

SHOW = '''
def show(x, deep=0):
    kind = type(x)
    if deep > 5:
        return "..."
    if kind is list or kind is tuple:
        text = ", ".join([show(i, deep + 1) for i in x[:60]])
        return "[" + text + "]" if kind is list else "(" + text + ",)"
    if kind is set or kind is frozenset:
        return kind.__name__ + "{" + ", ".join(sorted([show(i, deep + 1) for i in x])[:60]) + "}"
    if kind is dict:
        text = ", ".join([show(k, deep + 1) + ": " + show(x[k], deep + 1) for k in x][:60])
        return "{" + text + "}"
    if kind.__name__ in LAZY:
        return kind.__name__ + show([i for _, i in zip(range(20), x)], deep + 1)
    if deep < 3 and kind in OWN:
        return kind.__name__ + show(x.__dict__, deep + 2)
    text = repr(x)
    return text if len(text) < 400 else text[:200] + "~" + str(len(text)) + "~" + text[-100:]


LAZY = ("map", "filter", "zip", "enumerate", "reversed", "generator", "dict_keys", "dict_values",
        "dict_items", "list_iterator", "str_ascii_iterator", "range_iterator", "list_reverseiterator")
OWN = []
'''

RUN = '''
def run(number, function):
    try:
        text = show(function())
    except Exception as error:
        try:
            text = type(error).__name__ + " " + show(str(error))
        except Exception as second:
            text = type(error).__name__ + " whose str() is " + type(second).__name__
    print(number, text)
'''

@dataclasses.dataclass(frozen=True)
class Piece:
    """One snippet of a batch: the lines of a function's body, and what it was made from."""

    body: str
    label: str = ""

    def text(self, number):
        lines = "\n".join("    " + line for line in self.body.splitlines())
        return f"def piece{number}():\n{lines}\n\n\nrun({number}, piece{number})\n"


@dataclasses.dataclass
class Program:
    """`how`: script (as a user runs it), source (the same, may be no Python at all), workload (its answer
    is in it: EXPECT), loose (a workload that may be none) or results (a file for plot.py)."""

    kind: str
    number: int
    text: object  # str, or bytes
    how: str = "script"
    strategies: tuple = ()
    flags: tuple = ()
    head: str = ""  # of a batch: what stands before its pieces
    pieces: list = dataclasses.field(default_factory=list)
    label: str = ""  # what it was made from
    driver: str = ""  # of a workload: the lines that make CPython print "answer REPR"
    endless: bool = False  # it may not end under CPython either

    @property
    def snippets(self):
        return len(self.pieces)

    @property
    def name(self):
        return f"{self.kind}/{self.number}"


def batch_text(head, pieces, numbers=None):
    """The text of a batch; `numbers` are the pieces' own where some are left out."""
    numbers = range(len(pieces)) if numbers is None else numbers
    body = "\n\n".join(piece.text(number) for number, piece in zip(numbers, pieces))
    return f"{SHOW}\n{RUN}\n{head}\n\n{body}"
