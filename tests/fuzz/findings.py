"""Keeps findings: one folder each, with the program, its reduced form and how to see it again."""
import copy
import dataclasses
import hashlib
import pathlib
import shutil
import time

from judging import Finding, shape
from reducing import Reducer

REDUCE_SECONDS = 20
KINDS = ("crash", "hang", "leak", "difference")
LEAST_SECONDS = 2  # also for what is found at the session's end


class Findings:
    """The findings of one session. Several processes may write into one folder: the name of a
    finding is made of its signature, and who makes the folder first keeps it."""

    def __init__(self, folder, seed, reduce_seconds=REDUCE_SECONDS):
        self.folder, self.seed = pathlib.Path(folder), seed
        self.reduce_seconds = reduce_seconds
        self.deadline = None  # of the session: reducing does not outlast it by much

    def clear(self):
        """Takes away what an earlier session has left in the folder."""
        for folder in self.folder.glob("*-????????"):
            if folder.name.split("-")[0] in KINDS and (folder / "report.txt").exists():
                shutil.rmtree(folder)

    def folder_of(self, finding):
        digest = hashlib.sha1(finding.signature.encode("utf-8", "replace")).hexdigest()
        return self.folder / f"{finding.what}-{digest[:8]}"

    def add(self, finding, judge):
        """Saves what is new, reduced; returns its folder, or None where it is known already."""
        folder = self.folder_of(finding)
        try:
            folder.mkdir(parents=True)
        except FileExistsError:
            return None
        ending = ".json" if finding.program.how == "results" else ".py"
        self.save(folder / ("program" + ending), finding.text)
        self.report(folder, finding)
        if self.reduce_seconds > 0:
            small = self.reduced(finding, judge)
            self.save(folder / ("reduced" + ending), small)
        return folder

    @staticmethod
    def save(path, text):
        path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass"))

    def report(self, folder, finding):
        program = finding.program
        lines = [
            f"what: {finding.what} {finding.detail}",
            f"made by: tests/fuzz/run --seed={self.seed} --only={program.name}",
            f"from: {finding.label}",
            f"strategy: {finding.strategy} {' '.join(program.flags)}",
            f"as: {program.how}",
            f"CPython: {finding.theirs}",
            f"ours:    {finding.ours}",
        ]
        (folder / "report.txt").write_text("\n".join(lines) + "\n", encoding="utf-8", errors="replace")

    def reduced(self, finding, judge):
        """The text made small, while it still shows a finding of the same kind."""
        program = finding.program
        wanted = same_fault(finding)
        if finding.what == "hang":  # each attempt waits for its end: as short as may be
            judge = copy.copy(judge)
            judge.timeout, judge.slow = min(judge.timeout, 2), 1

        def fails(text):
            try:
                one = dataclasses.replace(program, text=text, pieces=[],
                                          strategies=(finding.strategy,))
                return any(wanted(found) for found in judge.judge(one))
            except (UnicodeError, OSError):
                return False

        left = self.deadline - time.monotonic() if self.deadline else self.reduce_seconds
        reducer = Reducer(fails, min(self.reduce_seconds, max(left, LEAST_SECONDS)))
        if program.how == "results":
            return reducer.reduce_json(finding.text)
        return reducer.reduce(finding.text)


def same_fault(finding: Finding):
    """A test whether another finding shows the same: the kind, and for differences the words."""
    words = [shape(line).split(" ", 2) for line in (finding.ours, finding.theirs)]

    def same(other):
        if other.what != finding.what or other.detail.split()[:1] != finding.detail.split()[:1]:
            return False
        if finding.what != "difference" or finding.program.how in ("workload", "results"):
            return True
        # "3 TypeError S" of a batch is "TypeError S" without its number, and so are both lines.
        others = [shape(strip_number(line)).split(" ", 2) for line in (other.ours, other.theirs)]
        return all(a[:1] == b[:1] for a, b in zip(words, others))

    return same


def strip_number(line):
    head, _, rest = line.partition(" ")
    return rest if head.isdigit() and rest else line
