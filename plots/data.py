"""Rows of result files and their comparisons. Knows nothing about files and about drawing."""

import dataclasses
import statistics

from plots import style
from plots.result_file import DataError
from plots.rows import REASONS, checked_context, parse_row, read_file  # noqa: F401: for users

KINDS = ("cpu", "shared", "io", "mixed")
NO_SPEED = ("mixed", "collector")  # kinds whose rows are about something else than how fast they are
BASELINE = "global_lock"
# A chart has a line for each strategy and a panel for each workload; more would be no chart, and at
# some size no picture.
MOST_STRATEGIES, MOST_WORKLOADS = 100, 400


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
        versions of Python stay apart, the later one under a name of its own, and so do a workload's
        sizes."""
        self.contexts = [context for context, _ in files]
        self.by_key, self.measured, self.unmeasured, self.swept = {}, {}, {}, {}
        versions, sizes = {}, {}
        for context, rows in files:
            for row in pool_repetitions(rows):
                if row.strategy.startswith("cpython"):
                    version = row.version or str(context.get("python_version") or "")
                    first = versions.setdefault(row.strategy, version)
                    if version != first:
                        row = dataclasses.replace(row, strategy=f"{row.strategy} {version}")
                # Times of another size are of another workload.
                size = row.size or context.get("size") or ""
                if size and size != sizes.setdefault(row.workload, size):
                    row = dataclasses.replace(row, workload=f"{row.workload} ({size})")
                self.add(row, context.get("switch_interval_us"))
        self.check_size()
        rows = self.by_key.values()
        self.strategies = sorted({row.strategy for row in rows}, key=style.rank)
        self.kinds = sorted(
            {row.kind for row in rows},
            key=lambda kind: (KINDS.index(kind) if kind in KINDS else len(KINDS), kind),
        )
        self.cores = next((c["num_cpus"] for c in self.contexts if "num_cpus" in c), 1)
        timed = {row.strategy for row in rows if row.seconds and row.workers == 1}
        if BASELINE in timed or not timed:
            self.baseline = BASELINE
        else:
            self.baseline = min(timed, key=style.rank)

    def check_size(self):
        """Raises DataError where there is more than charts can show."""
        every = [row for rows in (self.by_key, self.measured, self.unmeasured)
                 for row in rows.values()]
        for what, names, most in (
                ("strategies", {row.strategy for row in every}, MOST_STRATEGIES),
                ("workloads", {row.workload for row in every}, MOST_WORKLOADS)):
            if len(names) > most:
                raise DataError(f"{len(names)} {what} are more than the {most} that can be shown")

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
