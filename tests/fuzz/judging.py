"""Runs a program under both interpreters and finds what must not be: crash, hang, leak, difference."""
import dataclasses
import itertools
import re

import known_differences
from programs import batch_text

ADDRESS = re.compile(r"0x[0-9a-f]{6,16}\b|(?<=owner=)\d+")
LEAK = re.compile(r"leaked objects:? +([1-9-]\d*)")
UNSUPPORTED = re.compile(r":\d+: .*(not supported|too deeply nested)")
SYNTAX = re.compile(r"^.*:\d+: ((?:Syntax|Indentation|Tab)Error: .*)$")
NO_ANSWER = 'EXPECT = {"small": None}'  # what a generated workload says


@dataclasses.dataclass
class Finding:
    """One thing that is wrong, with the program that shows it."""

    what: str  # crash | hang | leak | difference
    program: object
    text: object  # of the program, or of the one piece of a batch
    strategy: str
    ours: str
    theirs: str
    detail: str = ""  # a signal, a sanitizer's first line
    label: str = ""

    @property
    def signature(self):
        """What findings of the same fault have in common, as far as that can be told."""
        if self.what == "difference":
            return f"difference {shape(self.ours)} / {shape(self.theirs)}"
        return f"{self.what} {shape(self.detail)} {self.label}"


def shape(line):
    """A line without what differs from program to program: numbers and quoted text."""
    line = re.sub(r"'[^']*'|\"[^\"]*\"", "S", ADDRESS.sub("ADDRESS", line))
    return re.sub(r"-?\d[\d.e+]*|\bnan\b|\binf\b", "N", line)[:160]


def normal(text):
    return ADDRESS.sub("0x", text)


# Mutations of these tell what dies when: in cycles, and at the end, in no order that a program may
# count on. The programs themselves are tests.
AT_ITS_DEATH = ("abandoned/", "gc/")


class Judge:
    """Judges programs with one binary and one oracle; `folder` is for their files."""

    def __init__(self, binary, cpython, folder, timeout=10.0):
        self.binary, self.cpython, self.folder, self.timeout = binary, cpython, folder, timeout
        self.parsed = self.parsed_tree = None
        self.slow = 4  # what needs so many times the timeout, where CPython ended, hangs
        self.counts = {"endless": 0, "refused": 0, "known": 0, "wasted": 0}

    def write(self, text, name="program.py"):
        path = self.folder / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass"))
        return path

    def ours(self, text, program, strategy, timeout=None):
        flags = ["--workload", *program.flags] if program.how == "workload" else list(program.flags)
        path = self.write(text)
        return self.binary.run(path, strategy, flags, timeout or self.timeout,
                               self.tree(path, text, program))

    def tree(self, path, text, program):
        """The text's tree, parsed once for all strategies. What is malformed our own start reads."""
        if program.how == "loose":
            return None
        if text != self.parsed:
            self.parsed, self.parsed_tree = text, self.cpython.tree(path, self.timeout)
        return self.parsed_tree

    def theirs(self, text):
        return self.cpython.run(self.write(text), self.timeout)

    def judge(self, program):
        """All findings of one program, under each of its strategies."""
        if program.how == "results":
            return program.judge(program, self)
        if program.how == "loose":
            return list(itertools.chain(*(self.loose(program, s) for s in program.strategies)))
        if program.how == "workload":
            return list(itertools.chain(*(self.workload(program, s) for s in program.strategies)))
        theirs = self.theirs(program.text)
        if theirs.status is None:
            self.counts["endless"] += 1
            return []
        if program.pieces and theirs.status != 0:
            self.counts["wasted"] += 1
            return []
        one = self.batch if program.pieces else self.script
        return list(itertools.chain(*(one(program, theirs, s) for s in program.strategies)))

    # ---- what is wrong whatever CPython says ----

    def harm(self, outcome, text, program, strategy, their_seconds=0.0):
        """('crash' | 'hang' | 'leak', detail), or None."""
        if outcome.crash:
            return "crash", outcome.crash
        if outcome.status is None:
            if program.endless and their_seconds > 1:
                return None
            again = self.ours(text, program, strategy, timeout=self.slow * self.timeout)
            return ("hang", "") if again.status is None else None
        if strategy != "unsynchronized" and LEAK.search(outcome.errors + outcome.output):
            return "leak", ""
        return None

    def harms(self, text, program, strategy):
        return self.harm(self.ours(text, program, strategy), text, program, strategy)

    # ---- scripts ----

    def script(self, program, theirs, strategy):
        ours = self.ours(program.text, program, strategy)
        harm = self.harm(ours, program.text, program, strategy, theirs.seconds)
        if harm:
            yield Finding(harm[0], program, program.text, strategy, f"{harm[1]} status {ours.status}",
                          f"status {theirs.status}", harm[1], program.label)
            return
        differs = self.difference(program.text, ours, theirs)
        if differs and program.label.startswith(AT_ITS_DEATH):
            self.counts["known"] += 1
        elif differs:
            yield Finding("difference", program, program.text, strategy, *differs,
                          label=program.label)

    def difference(self, text, ours, theirs):
        """The first (our line, CPython's line) that differ and may not, or None."""
        if ours.status is None or theirs.status is None:
            return None
        text = text if isinstance(text, str) else text.decode("utf-8", "replace")
        mine, right = said(ours), said(theirs)
        if ours.status == 2 and UNSUPPORTED.search(ours.last_error):
            self.counts["refused"] += 1
            return None
        pairs = itertools.zip_longest(mine, right, fillvalue="(nothing)")
        for my_line, right_line in pairs:
            if my_line == right_line:
                continue
            if known_differences.reason(my_line, right_line, text):
                self.counts["known"] += 1
                return None  # what follows may follow from it
            return my_line, right_line
        return None

    # ---- batches ----

    def batch(self, program, theirs, strategy):
        ours = self.ours(program.text, program, strategy)
        if self.harm(ours, program.text, program, strategy) or ours.status != 0:
            harmful = set()
            for number, finding in self.harmful_pieces(program, strategy, ours):
                harmful.add(number)
                yield finding
            rest = [(n, p) for n, p in enumerate(program.pieces) if n not in harmful]
            text = batch_text(program.head, [p for _, p in rest], [n for n, _ in rest])
            ours = self.ours(text, program, strategy)
            if ours.status != 0:
                return
        right = numbered(theirs.output)
        for number, line in numbered(ours.output).items():
            piece, right_line = program.pieces[number], right.get(number, "")
            if line == right_line:
                continue
            if number not in right:  # a piece before it has closed CPython's own output
                self.counts["known"] += 1
                continue
            if known_differences.reason(line, right_line, piece.body):
                self.counts["known"] += 1
                continue
            text = batch_text(program.head, [piece], [number])
            yield Finding("difference", program, text, strategy, line, right_line,
                          label=piece.label)

    def harmful_pieces(self, program, strategy, ours):
        """(number, finding) of each piece that does harm alone; else (None, the whole batch)."""
        found = 0
        groups = [list(enumerate(program.pieces))]
        while groups and found < 4:
            group = groups.pop()
            text = batch_text(program.head, [p for _, p in group], [n for n, _ in group])
            outcome = self.ours(text, program, strategy)
            harm = self.harm(outcome, text, program, strategy)
            if not harm and outcome.status == 0:
                continue
            if len(group) == 1:
                found += 1
                what, detail = harm or ("difference", "")
                yield group[0][0], Finding(what, program, text, strategy,
                                           f"{detail} status {outcome.status} {outcome.last_error}",
                                           "status 0", detail, group[0][1].label)
                continue
            middle = len(group) // 2
            groups += [group[middle:], group[:middle]]
        if not found:
            harm = self.harm(ours, program.text, program, strategy) or ("difference", "")
            yield None, Finding(harm[0], program, program.text, strategy,
                                f"{harm[1]} status {ours.status} {ours.last_error}", "status 0",
                                harm[1], "the whole batch")

    def loose(self, program, strategy):
        """What has no right answer, but a right way to end."""
        ours = self.ours(program.text, program, strategy)
        harm = self.harm(ours, program.text, program, strategy)
        wrong = "" if harm else program.complaint(ours)
        if harm or wrong:
            what, detail = harm or ("difference", wrong)
            yield Finding(what, program, program.text, strategy, f"{detail} {ours.last_error}",
                          "answered, or an error in words", detail, program.label)

    # ---- workloads: their driver makes CPython print the answer, which becomes EXPECT ----

    def workload(self, program, strategy):
        right = self.cpython.run(self.write(program.text + program.driver), self.timeout)
        last = normal(right.output).splitlines()[-1:] or [""]
        kind, _, answer = last[0].partition(" ")
        if right.status != 0 or kind not in ("answer", "error"):
            self.counts["endless" if right.status is None else "wasted"] += 1
            return
        text = program.text.replace(NO_ANSWER, f'EXPECT = {{"small": {answer}}}' if kind == "answer"
                                    else f"EXPECT_ERROR = {answer!r}")
        ours = self.ours(text, program, strategy)
        harm = self.harm(ours, text, program, strategy)
        if not harm and (ours.status == 0 or known_differences.reason(ours.last_error, answer, text)):
            return
        what, detail = harm or ("difference", "")
        yield Finding(what, program, program.text, strategy,
                      f"{detail} status {ours.status} {ours.last_error}"[:2000], last[0][:2000], detail,
                      program.label)


def said(outcome):
    """The lines by which two outcomes are compared: output, last line of the error, exit status."""
    lines = normal(outcome.output).splitlines()
    if outcome.status and outcome.last_error:
        syntax = SYNTAX.match(outcome.last_error)
        lines.append("error: " + normal(syntax[1] if syntax else outcome.last_error))
    status = 1 if outcome.status == 2 and SYNTAX.match(outcome.last_error) else outcome.status
    return [*lines, f"exit status {status}"]


def numbered(output):
    """A batch's lines by the number of their piece; a line without one belongs to the one before."""
    lines, number = {}, None
    for line in normal(output).splitlines():
        head, _, rest = line.partition(" ")
        if head.isdigit() and int(head) not in lines:
            number = int(head)
            lines[number] = rest
        elif number is not None:
            lines[number] += "\n" + line
    return lines
