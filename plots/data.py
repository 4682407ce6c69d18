"""Result files in, rows and their comparisons out. Knows nothing about drawing.

A result file has Google Benchmark's shape: {"context": {...}, "benchmarks": [row, ...]}. A row is
ours when it names a `strategy` and a `workload`; a row without a time carries `skipped` or
`error_message` and is kept, as a reason and never as a number.
"""

import dataclasses
import json
import math
import statistics

from plots import style

KINDS = ("cpu", "shared", "io", "mixed")
NO_SPEED = ("mixed", "collector")  # kinds whose rows are about something else than how fast they are
UNITS_PER_SECOND = {"s": 1.0, "ms": 1e3, "us": 1e6, "ns": 1e9}
BASELINE = "global_lock"
CALM_SLOWDOWN = 1.15  # kCalmSlowdown in bench/speed_probe.h


class DataError(Exception):
    """A file that cannot be used; the message is one line for the user."""


@dataclasses.dataclass(frozen=True)
class Row:
    """One benchmark: a workload under a strategy with a number of workers."""

    strategy: str
    workload: str  # "cpu/primes"
    kind: str
    workers: int
    seconds: tuple  # one per repetition, of calm ones if there are any; empty: the row has no time
    reason: str = ""  # why there is no time
    letter: str = ""  # the reason's class, for a table's cell
    peak_rss_bytes: int = 0  # 0: not known
    version: str = ""  # of the interpreter, in rows of another one than ours
    metrics: dict = dataclasses.field(default_factory=dict)  # name -> a number per repetition
    fixed_duration: bool = False  # the time was set: no speed
    switch_interval_us: int = 0  # where several were measured; 0: the file's own
    sharing: str = ""  # what the workers share and change

    @property
    def median(self):
        """Seconds of the middle repetition, or None without a time."""
        return statistics.median(self.seconds) if self.seconds else None


REASONS = {
    "S": "skipped",
    "E": "error in the program",
    "W": "wrong answer",
    "T": "timed out",
    "K": "worker killed",
    "C": "engine crashed",
    "H": "engine hung",
    "L": "objects leaked",
    "B": "no baseline to compare with",
}


LETTERS = {"wrong_answer": "W", "timeout": "T", "killed": "K", "leak": "L", "error": "E",
           "crash": "C", "hang": "H"}


def classify(skipped, message, error_kind):
    """The letter of REASONS for a row without a time: by its kind, else by its message."""
    if skipped:
        return "S"
    if error_kind in LETTERS:
        return LETTERS[error_kind]
    text = message.lower()
    for words, letter in ((("wrong answer",), "W"), (("timeout", "timed out"), "T"),
                          (("signal", "killed"), "K"), (("leaked",), "L")):
        if any(word in text for word in words):
            return letter
    return "E"


def positive_numbers(values):
    return tuple(
        float(v)
        for v in values
        if isinstance(v, (int, float)) and not isinstance(v, bool) and 0 < v < math.inf
    )


def calm_ones(seconds, slowdowns):
    """The repetitions during which others did not slow the machine down (bench/speed_probe.h)."""
    if not isinstance(slowdowns, list) or len(slowdowns) != len(seconds):
        return []
    return [s for s, slowdown in zip(seconds, slowdowns)
            if isinstance(slowdown, (int, float)) and slowdown <= CALM_SLOWDOWN]


def is_summary(raw):
    """Whether an entry summarises others. A row without a time is an aggregate by its type too, so
    that Google Benchmark's tools ask it for none, but it has a reason."""
    return raw.get("run_type") == "aggregate" and not (
        raw.get("skipped") or raw.get("error_message") or raw.get("error_occurred"))


def parse_metrics(raw):
    """name -> finite numbers, those that are none left out."""
    if not isinstance(raw, dict):
        return {}
    numbers = {
        str(name): tuple(float(v) for v in values if isinstance(v, (int, float))
                         and not isinstance(v, bool) and math.isfinite(v))
        for name, values in raw.items() if isinstance(values, list)
    }
    return {name: values for name, values in numbers.items() if values}


def parse_row(raw):
    """A Row from one entry of "benchmarks", or None for an entry that is not ours."""
    if not isinstance(raw, dict) or is_summary(raw):
        return None
    strategy, workload = raw.get("strategy"), raw.get("workload")
    if not isinstance(strategy, str) or not isinstance(workload, str):
        return None
    workers = raw.get("workers")
    if not isinstance(workers, int) or isinstance(workers, bool) or workers < 1:
        return None
    skipped = raw.get("skipped") or ""
    message = str(raw.get("error_message") or raw.get("skip_message") or "")
    seconds = ()
    if not (skipped or message or raw.get("error_occurred")):
        listed = raw.get("seconds")
        listed = listed if isinstance(listed, list) else []
        seconds = positive_numbers(calm_ones(listed, raw.get("slowdown")) or listed)
        if not seconds:
            per_second = UNITS_PER_SECOND.get(str(raw.get("time_unit")), 1e9)
            seconds = tuple(
                t / per_second for t in positive_numbers([raw.get("real_time")])
            )
    reason = message or (skipped if isinstance(skipped, str) else "") or "no time"
    rss = positive_numbers([raw.get("peak_rss_bytes")])
    return Row(
        strategy=strategy,
        workload=workload,
        kind=str(raw.get("kind") or workload.split("/")[0]),
        workers=workers,
        seconds=seconds,
        reason="" if seconds else " ".join(reason.split()),
        letter="" if seconds else classify(bool(skipped), message, raw.get("error_kind")),
        peak_rss_bytes=int(rss[0]) if rss else 0,
        version=str(raw.get("version") or ""),
        metrics=parse_metrics(raw.get("metrics")) if seconds else {},
        fixed_duration=raw.get("fixed_duration") is True,
        switch_interval_us=int((positive_numbers([raw.get("switch_interval_us")]) or (0,))[0]),
        sharing=str(raw.get("sharing") or ""),
    )


def read_file(path):
    """(context, rows) of one result file. Raises DataError."""
    try:
        with open(path, encoding="utf-8") as file:
            document = json.load(file)
    except OSError as error:
        raise DataError(f"{path}: {error.strerror or error}") from None
    except (ValueError, RecursionError) as error:
        raise DataError(f"{path}: not JSON ({error})") from None
    benchmarks = document.get("benchmarks") if isinstance(document, dict) else None
    if not isinstance(benchmarks, list):
        raise DataError(f"{path}: not a result of bench_workloads (no list \"benchmarks\")")
    rows = [row for row in map(parse_row, benchmarks) if row]
    if not rows:
        raise DataError(
            f"{path}: not a result of bench_workloads (no row names a strategy and a workload)"
        )
    context = document.get("context")
    return (context if isinstance(context, dict) else {}), rows


def pool_repetitions(rows):
    """One row per benchmark: entries of the same name in one file are its repetitions."""
    pooled = {}
    for row in rows:
        key = (row.strategy, row.workload, row.workers, row.switch_interval_us)
        before = pooled.get(key)
        if before and before.seconds and row.seconds:
            row = dataclasses.replace(
                before,
                seconds=before.seconds + row.seconds,
                peak_rss_bytes=max(before.peak_rss_bytes, row.peak_rss_bytes),
                metrics={name: before.metrics.get(name, ()) + row.metrics.get(name, ())
                         for name in {**before.metrics, **row.metrics}},
            )
        elif before and not before.seconds:
            row = before  # a repetition that failed spoils the benchmark
        pooled[key] = row
    return list(pooled.values())


class Results:
    """Rows of one or more files, looked up by (strategy, workload, workers): `by_key` has those whose
    time is a speed, `measured` those that have metrics (a row may be in both), `unmeasured` those
    that should have and failed, and `swept` those measured with several switch intervals, by
    interval."""

    def __init__(self, files):
        """files: [(context, rows)]. The same benchmark in two files: the later one counts, but two
        versions of Python stay apart, the later one under a name of its own."""
        self.contexts = [context for context, _ in files]
        self.by_key, self.measured, self.unmeasured, self.swept = {}, {}, {}, {}
        versions = {}
        for context, rows in files:
            for row in pool_repetitions(rows):
                if row.strategy.startswith("cpython"):
                    version = row.version or str(context.get("python_version") or "")
                    first = versions.setdefault(row.strategy, version)
                    if version != first:
                        row = dataclasses.replace(row, strategy=f"{row.strategy} {version}")
                self.add(row, context.get("switch_interval_us"))
        rows = self.by_key.values()
        self.strategies = sorted({row.strategy for row in rows}, key=style.rank)
        self.kinds = sorted(
            {row.kind for row in rows},
            key=lambda kind: (KINDS.index(kind) if kind in KINDS else len(KINDS), kind),
        )
        self.cores = next(
            (c["num_cpus"] for c in self.contexts if isinstance(c.get("num_cpus"), int)), 1
        )
        timed = {row.strategy for row in rows if row.seconds and row.workers == 1}
        if BASELINE in timed or not timed:
            self.baseline = BASELINE
        else:
            self.baseline = min(timed, key=style.rank)

    def add(self, row, own_interval_us):
        key = (row.strategy, row.workload, row.workers)
        if row.switch_interval_us:
            self.swept.setdefault(key, {})[row.switch_interval_us] = row
            if row.switch_interval_us != own_interval_us:
                return
        if row.metrics:
            self.measured[key] = row
        elif row.kind in NO_SPEED:
            self.unmeasured[key] = row
        if not row.fixed_duration and row.kind not in NO_SPEED:
            self.by_key[key] = row

    def metric(self, strategy, workload, workers, name):
        """The repetitions' values, () where there are none."""
        row = self.measured.get((strategy, workload, workers))
        return row.metrics.get(name, ()) if row else ()

    def strategies_with(self, workload, name):
        """Those that have this metric of this workload, in every legend's order."""
        return sorted({row.strategy for row in self.measured.values()
                       if row.workload == workload and name in row.metrics}, key=style.rank)

    def get(self, strategy, workload, workers):
        return self.by_key.get((strategy, workload, workers))

    def workloads(self, kind):
        return sorted({row.workload for row in self.by_key.values() if row.kind == kind})

    def worker_counts(self, *kinds):
        return sorted({row.workers for row in self.by_key.values() if row.kind in kinds})

    def all_cores(self, *kinds):
        """The worker count at which strategies are compared: one per core where the kinds have such
        rows, else the most there are. I/O needs no cores: it is compared at its most workers."""
        counts = self.worker_counts(*kinds)
        if not counts:
            return None
        if kinds != ("io",) and self.cores in counts:
            return self.cores
        return counts[-1]

    def base_seconds(self, workload):
        """Median seconds of the baseline with one worker, or None."""
        row = self.get(self.baseline, workload, 1)
        return row.median if row else None

    def speeds(self, strategy, workload, workers):
        """Speed of each repetition relative to the baseline with one worker; () when not known."""
        base, row = self.base_seconds(workload), self.get(strategy, workload, workers)
        if not base or not row:
            return ()
        return tuple(base / seconds for seconds in row.seconds)

    def ratios(self, above, below, kinds=("cpu",), unshared=False, without=()):
        """workload -> median seconds of `above` over those of `below`, each (strategy, workers)."""
        found = {}
        for workload in (w for kind in kinds for w in self.workloads(kind)):
            rows = [self.get(strategy, workload, workers) for strategy, workers in (above, below)]
            if workload in without or not all(row and row.seconds for row in rows):
                continue
            if unshared and any(row.sharing != "none" for row in rows):
                continue
            found[workload] = rows[0].median / rows[1].median
        return found

    def mean_speed(self, strategy, kind, workers):
        """Geometric mean over the kind's workloads: (mean, lowest, highest, timed, all), the spread
        being that of the mean over the repetitions; None when no workload has a time."""
        workloads = [w for w in self.workloads(kind) if self.base_seconds(w)]
        speeds = [s for w in workloads if (s := self.speeds(strategy, w, workers))]
        if not speeds:
            return None
        repetitions = min(map(len, speeds))
        per_repetition = [geometric_mean(s[i] for s in speeds) for i in range(repetitions)]
        middle = geometric_mean(statistics.median(s) for s in speeds)
        return (
            middle,
            min(per_repetition + [middle]),
            max(per_repetition + [middle]),
            len(speeds),
            len(self.workloads(kind)),
        )

    def machine_lines(self):
        """The small print: what each file was measured on, equal lines once."""
        return list(dict.fromkeys(map(describe_context, self.contexts)))


def geometric_mean(values):
    return statistics.geometric_mean(list(values))


def describe_context(context):
    parts = []
    cores = context.get("num_cpus")
    cpu = context.get("cpu_model") or context.get("host_name")
    if cpu:
        parts.append(" ".join(str(cpu).split()))
    if cores:
        parts.append(f"{cores} core" + ("s" if cores != 1 else ""))
    if context.get("python_version"):
        parts.append("CPython " + " ".join(str(context["python_version"]).split()[:1]))
    elif context.get("compiler"):
        parts.append(str(context["compiler"]))
    if context.get("commit"):
        parts.append("commit " + str(context["commit"])[:12])
    if context.get("date"):
        parts.append(str(context["date"])[:10])
    if context.get("size"):
        parts.append(f"size {context['size']}")
    return " · ".join(parts) or "machine not recorded"


def load(paths):
    """Results of all files. Raises DataError for the first that cannot be used."""
    return Results([read_file(path) for path in paths])
