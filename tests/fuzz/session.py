"""One session of fuzzing: shares its time among the kinds, in as many processes as jobs.

Program n of a kind is made from the seed, the kind and n alone, whatever the time: the same seed makes
the same programs, and --only=KIND/N makes one of them again. How many are run depends on the time.
"""
import collections
import importlib
import multiprocessing
import pathlib
import random
import resource
import signal
import tempfile
import time

from findings import Findings
from judging import Judge
from running import MEMORY_BYTES, Binary, CPython

# kind -> (module, share of the time)
KINDS = {
    "expressions": ("expressions", 4),
    "structured": ("structured", 4),
    "mutations": ("mutations", 4),
    "natives": ("natives", 2),
    "transfer": ("transfer", 2),
    "concurrent": ("concurrent_programs", 3),
    "malformed": ("malformed", 2),
    "results": ("results_files", 2),
}
UNCOUNTED = 10**9
SHARE_NOTHING = ("multi_process", "subinterpreters")


class Context:
    """What generators may ask: the strategies of this build, flags for a program, its natives."""

    def __init__(self, binary, strategies):
        self.binary, self.strategies = binary, list(strategies)
        self.sharing = [s for s in self.strategies if s not in SHARE_NOTHING]
        self.copying = [s for s in self.strategies if s in SHARE_NOTHING]
        self.cache = {}

    def choose(self, rng, count, among=None):
        names = self.strategies if among is None else among
        return tuple(rng.sample(names, min(count, len(names))))

    def flags(self, rng):
        """Flags that must make no difference."""
        return rng.choice(((), (), (), ("--gc=off",), ("--collect-every=7",)))


Options = collections.namedtuple(
    "Options", "build python seed seconds jobs kinds strategies only folder programs timeout reduce")


def random_for(seed, kind, number):
    return random.Random(f"{seed}/{kind}/{number}")


def generate(options, context, kind, number):
    module = importlib.import_module(KINDS[kind][0])
    return module.generate(random_for(options.seed, kind, number), number, context)


class Worker:
    """One process of a session: every jobs-th program of each kind."""

    def __init__(self, options, index):
        self.options, self.index = options, index
        self.binary = Binary(options.build)
        self.context = Context(self.binary, options.strategies)
        self.findings = Findings(options.folder, options.seed, options.reduce)
        self.totals = collections.Counter()
        self.ended = False

    def run(self):
        """What it counted; SIGTERM ends it after the program at hand."""
        signal.signal(signal.SIGTERM, lambda *_: setattr(self, "ended", True))
        if not self.binary.sanitizer:
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        cpython = CPython(self.options.python)
        try:
            with tempfile.TemporaryDirectory(prefix="gilbench-fuzz-") as folder:
                judge = Judge(self.binary, cpython, pathlib.Path(folder), self.options.timeout)
                self.loop(judge)
                self.totals.update(judge.counts)
        finally:
            cpython.close()
        return self.totals

    def loop(self, judge):
        """The kind that is furthest behind its share goes next: its share of the programs, where they
        are numbered, so that they are the same on every machine, or else of the time."""
        counted = self.options.programs < UNCOUNTED
        end = time.monotonic() + self.options.seconds
        self.findings.deadline = None if self.options.only else end
        spent = dict.fromkeys(self.options.kinds, 0.0)
        numbers = dict.fromkeys(self.options.kinds, self.index)
        while time.monotonic() < end and not self.ended:
            if self.options.only:
                kind, number = self.options.only
            else:
                kind = min(spent, key=lambda kind: spent[kind] / KINDS[kind][1])
                number = numbers[kind]
                numbers[kind] += self.options.jobs
            started = time.monotonic()
            self.one(kind, number, judge)
            spent[kind] += 1 if counted else time.monotonic() - started
            if self.options.only or self.totals["programs"] >= self.options.programs:
                break

    def one(self, kind, number, judge):
        program = generate(self.options, self.context, kind, number)
        if program is None:
            return
        self.totals["programs"] += 1
        self.totals[f"{kind} programs"] += 1
        self.totals["snippets"] += program.snippets
        for finding in judge.judge(program):
            folder = self.findings.add(finding, judge)
            self.totals["findings"] += 1
            if folder or self.options.only:
                self.totals["new findings"] += bool(folder)
                print(f"{finding.what} in {program.name} under {finding.strategy}: "
                      f"{folder or self.findings.folder_of(finding)}\n"
                      f"    CPython: {finding.theirs[:200]}\n    ours:    {finding.ours[:200]}",
                      flush=True)


def work(options, index, totals):
    try:
        totals.put(Worker(options, index).run())
    except BaseException:
        totals.put(None)  # its traceback is printed by multiprocessing
        raise


def run(options):
    """Runs a session; the sum of what its workers counted, or None where one of them failed."""
    jobs = 1 if options.only else options.jobs
    options = options._replace(jobs=jobs)
    if not options.only:
        Findings(options.folder, options.seed).clear()
    if jobs == 1:
        return Worker(options, 0).run()
    results = multiprocessing.get_context("fork").Queue()
    processes = [multiprocessing.Process(target=work, args=(options, i, results)) for i in range(jobs)]
    for process in processes:
        process.start()
    signal.signal(signal.SIGTERM, lambda *_: [process.terminate() for process in processes])
    totals = [results.get() for _ in processes]
    for process in processes:
        process.join()
    return None if None in totals else sum(totals, collections.Counter())
