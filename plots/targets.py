"""What gilbench is to reach, beside what results files say: a table of text. Knows no drawing.

Times are as `conclude` says. A metric is a number per repetition, and its interval is from the lowest to the
highest. A target that nobody measured is neither met nor missed.
"""

import dataclasses
import math
import statistics
import sys

from plots import data, report
from plots.output import print_text
from plots.report import Estimate
from plots.verdicts import MISSED, Asked, Line, line_of, quotient, shown, to_text, together

# Workloads whose time is native code that lets go of the global lock.
NATIVE = ("cpu/sha256_chunks", "cpu/compress_chunks")
FREE = ("per_object_lock", "atomic_refcount", "atomic_immortal", "biased_immortal",
        "biased_deferred", "biased_refcount", "tracing_gc", "unsynchronized")


class Files:
    """Files to look numbers up in, whatever their size."""

    def __init__(self, paths):
        self.sets = data.load(paths)
        self.conclusions = [each for results in self.sets for each in results.conclusions]

    def row(self, strategy, workload, workers):
        """The last one, of any size."""
        found = [row for results in self.sets for (name, place, count), row in results.by_key.items()
                 if (name, count) == (strategy, workers) and workload in (place, place.split(" (")[0])
                 and row.is_timed]
        return found[-1] if found else None

    def speedup(self, strategy, workload, workers):
        """(its own time with one worker over that, whether that carries a verdict)."""
        row = self.row(strategy, workload, workers)
        alone = self.row(strategy, workload, 1)
        return (row.fact.speedup, row.enough and bool(alone) and alone.enough) if row else (None, False)

    def standing(self, strategy, kind, workers, conclusions=None):
        """(standing, conclusion) of the one over the most workloads; (None, None) without."""
        found = [(each.standing(strategy), each) for each in (conclusions or self.conclusions)
                 if (each.kind, each.workers) == (kind, workers) and each.standing(strategy)]
        return max(found, key=lambda each: (len(each[1].workloads), each[0].seconds.blocks), default=(None, None))

    def without(self, workloads):
        """The conclusions where these workloads are left out."""
        sessions = [session for results in self.sets for session in results.sessions
                    if {row.workload for row in session.rows} - set(workloads)]
        return [dataclasses.replace(each, session=session) for session in sessions
                for each in report.ask(session.path, (f"--without={','.join(workloads)}",)).conclusions]

    def metric(self, strategy, workload, workers, name):
        """An Estimate over the repetitions; None where there are none."""
        for results in self.sets:
            for place in results.sizes_of(workload):
                values = results.metric(strategy, place, workers, name)
                if values:
                    return Estimate(statistics.median(values), min(values), max(values), len(values))
        return None


def mean_line(what, asked_text, found, name, asked=None, floor=None):
    """A line about a mean over a kind's workloads. found: (standing, conclusion); name: of the estimate; floor: what
    none of the workloads may fall below, or None. The worst workload is named."""
    standing, conclusion = found
    number = getattr(standing, name) if standing else None
    if number is None:
        return Line(what, asked_text, "not measured", "")
    singles = {fact.workload: getattr(fact, name) for fact in conclusion_facts(standing, conclusion, name)}
    verdict = asked.verdict(number, standing.enough) if asked else ""
    text = shown(number)
    if len(singles) > 1:
        pick = max if asked and asked.most < math.inf and not asked.least else min
        worst = pick(singles, key=lambda workload: singles[workload].value)
        text += f"; {worst.split('/')[1]} {shown(singles[worst])}; {len(singles)} workloads"
    if floor is not None:
        verdict = together([verdict] + [Asked(floor).verdict(each, standing.enough) for each in singles.values()])
    return Line(what, asked_text, text, verdict)


def conclusion_facts(standing, conclusion, name):
    """Of the workloads that the mean is over."""
    workers = 1 if name == "cost" else conclusion.workers
    return [row.fact for row in conclusion.session.rows
            if (row.strategy, row.workers) == (standing.strategy, workers) and row.workload in conclusion.workloads
            and row.is_timed and getattr(row.fact, name)]


def against_cpython(files):
    """CPython in the same blocks."""
    lines = []
    for kind in ("cpu", "shared"):
        standing, conclusion = files.standing("cpython_threads", kind, 1)
        if conclusion and conclusion.baseline != "global_lock":
            standing = None  # its own file: there is nothing of ours in it
        lines.append(mean_line(f"global_lock, 1 worker: CPython's time over ours, {kind}",
                               "1.0, none under 0.6", (standing, conclusion), "cost", Asked(1.0), floor=0.6))
    return lines


def cost_of_one(files):
    return [mean_line("biased_refcount over global_lock, 1 worker, cpu: time", "at most 1.08",
                      files.standing("biased_refcount", "cpu", 1), "cost", Asked(most=1.08))]


def speed_ups(files):
    """How much two workers bring over one, under each strategy that has promised something."""
    def up(strategy, conclusions=None):
        return files.standing(strategy, "cpu", 2, conclusions)

    bytecode = files.without(NATIVE)
    number, enough = files.speedup("global_lock", NATIVE[0], 2)
    lines = [
        mean_line("multi_process, 2 workers over 1, cpu", "1.85", up("multi_process"), "speedup", Asked(1.85)),
        mean_line("global_lock, 2 workers over 1, cpu without native code", "0.95 to 1.05",
                  up("global_lock", bytecode), "speedup", Asked(0.95, 1.05)),
        mean_line("CPython with its lock, the same", "as measured", up("cpython_threads", bytecode), "speedup"),
        line_of("global_lock, 2 workers over 1, sha256_chunks", "1.85", number, Asked(1.85), enough=enough),
    ]
    lines += [mean_line(f"{strategy}, 2 workers over 1, cpu", "1.9, none under 1.7", up(strategy), "speedup",
                        Asked(1.9), floor=1.7)
              for strategy in ("biased_refcount", "subinterpreters")]
    lines.append(mean_line("tracing_gc, 2 workers over 1, cpu", "1.7", up("tracing_gc"), "speedup", Asked(1.7)))
    config = {strategy: files.speedup(strategy, "shared/shared_config", 2) for strategy in FREE}
    number, enough = config["biased_refcount"]
    lines.append(line_of("biased_refcount, 2 workers over 1, shared_config", "1.7", number, Asked(1.7), enough=enough))
    others = [f"{strategy} {shown(number)}" for strategy, (number, _) in config.items() if number]
    if others:
        lines.append(Line("the same under each strategy without the lock", "as measured", ", ".join(others), ""))
    return lines


def waiting(files):
    """Workers that sleep or wait."""
    lines = []
    for workload in ("io/sleep", "io/upstream_request"):
        number, enough = files.speedup("global_lock", workload, 16)
        lines.append(line_of(f"global_lock, 16 workers over 1, {workload}", "15", number, Asked(15), enough=enough))
    number, enough = files.speedup("event_loop", "io/sleep", 1000)
    lines.append(line_of("event_loop, 1,000 workers over 1, io/sleep", "500", number, Asked(500), enough=enough))
    many = files.row("event_loop", "io/sleep", 1000)
    one = next((row for row in many.session.rows if (row.strategy, row.workload, row.workers)
                == ("event_loop", many.workload, 1)), None) if many else None
    lines.append(line_of("the same: memory beyond one worker's", "at most 20 MiB", memory_beyond(one, many),
                         Asked(-math.inf, 20), " MiB"))
    return lines


def memory_beyond(one, many):
    if not (one and many and one.memory_bytes and many.memory_bytes):
        return None
    above, below = [[number / 2**20 for number in row.memory_bytes] for row in (many, one)]
    return Estimate(statistics.median(above) - statistics.median(below), min(above) - max(below),
                    max(above) - min(below), len(above))


def under_load(files):
    """One worker answers datagrams while another computes."""
    def p50(strategy, workers):
        return files.metric(strategy, "mixed/udp_latency", workers, "latency_p50_ms")

    def packets(strategy, workers):
        return files.metric(strategy, "mixed/udp_bandwidth", workers, "packets_per_second")

    near = Asked(0.8, 1.2)
    return [
        line_of("global_lock, one CPU worker beside: p50 of the round trip", "5 to 6 ms", p50("global_lock", 2),
                Asked(5, 6), " ms"),
        line_of("the same p50 over CPython's", "0.8 to 1.2", quotient(p50("global_lock", 2), p50("cpython_threads", 2)),
                near),
        line_of("global_lock, one CPU worker beside: packets a second", "under 250", packets("global_lock", 2),
                Asked(most=250)),
        line_of("the same packets over CPython's", "0.8 to 1.2",
                quotient(packets("global_lock", 2), packets("cpython_threads", 2)), near),
        line_of("biased_refcount, one CPU worker beside: p50 over the unloaded one", "at most 2",
                quotient(p50("biased_refcount", 2), p50("biased_refcount", 1)), Asked(most=2)),
        line_of("the same: packets a second over the unloaded", "0.8",
                quotient(packets("biased_refcount", 2), packets("biased_refcount", 1)), Asked(0.8)),
    ]


SOME = Asked(5e-324)  # more than nothing


def lost_updates(files):
    """Shares of `x += 1` that got lost with two workers."""
    def share(strategy):
        return files.metric(strategy, "shared/unlocked_counter", 2, "lost_updates_share")

    free = {strategy: number for strategy in FREE if (number := share(strategy))}
    lowest = min(free, key=lambda strategy: free[strategy].value) if free else None
    line = line_of("strategies without the lock: lost updates", "over 0", free.get(lowest), SOME)
    if lowest:
        line = dataclasses.replace(line, measured=f"from {line.measured}, {lowest}")
    return [line_of("global_lock_ticks: lost updates", "over 0", share("global_lock_ticks"), SOME), line]


def pause_growth(files, strategy):
    """The power of the live objects that the pause grows with, from 10^5 to 10^6 of them: 1 is linear."""
    sizes, live = ("collector/live_100000", "collector/live_1000000"), "collection_live_objects_max"
    alive = [files.metric(strategy, workload, 1, live) for workload in sizes]
    pauses = [files.metric(strategy, workload, 1, "collection_pause_max_seconds") for workload in sizes]
    if not all(each and each.low > 0 for each in alive + pauses) or alive[0].value == alive[1].value:
        return None
    grown, objects = quotient(pauses[1], pauses[0]), math.log(alive[1].value / alive[0].value)
    low, value, high = sorted(math.log(each) / objects for each in (grown.low, grown.value, grown.high))
    return Estimate(value, low, high, grown.blocks)


def pauses(files):
    """Growth of the stop-the-world pauses, of the strategy in which they grow the most."""
    names = {row.strategy for results in files.sets for row in results.measured.values()}
    powers = {name: power for name in sorted(names) if (power := pause_growth(files, name))}
    worst = max(powers, key=lambda name: powers[name].value) if powers else None
    line = line_of("pause from 10^5 to 10^6 live objects, all strategies: power of their number", "at most 1.1",
                   powers.get(worst), Asked(-math.inf, 1.1))
    return [dataclasses.replace(line, measured=f"{line.measured} at most, {worst}") if worst else line]


def machine(files):
    """What speed-ups are to be seen beside: no strategy brings more than the cores give."""
    limits = [limit for results in files.sets if (limit := results.machine_limit())]
    return [line_of(f"the machine: {cores} cores at once over one", "as measured", limit, None)
            for limit, cores in limits[:1]]


def table(files):
    """The lines, in the order of the questions that a reader asks."""
    return [*machine(files), *against_cpython(files), *cost_of_one(files), *speed_ups(files),
            *waiting(files), *under_load(files), *lost_updates(files), *pauses(files)]


def main(arguments):
    """Prints the table of the files named. Status 0; 1 where a target is missed, or the table cannot be
    written; 2 with one line for what cannot be used."""
    if not arguments or any(argument.startswith("-") for argument in arguments):
        print("usage: ./run targets FILE...", file=sys.stderr)
        return 2
    try:
        lines = table(Files(arguments))
    except data.DataError as error:
        print(f"targets: {error}", file=sys.stderr)
        return 2
    missed = any(line.verdict == MISSED for line in lines)
    return print_text("targets", to_text(lines)) or int(missed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
