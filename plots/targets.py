"""What gilbench is to reach, beside what result files say: a table of text. Knows no drawing.

Each target is a ratio of medians out of one run, or a count. Where a row is not in the files the
line says so: a target that nobody measured is neither reached nor missed.
"""

import dataclasses
import math
import statistics
import sys

from plots import data
from plots.output import print_text

# Workloads whose time is native code that lets go of the global lock.
NATIVE = ("cpu/sha256_chunks", "cpu/compress_chunks")
FREE = ("per_object_lock", "atomic_refcount", "atomic_immortal", "biased_immortal",
        "biased_deferred", "biased_refcount", "tracing_gc", "unsynchronized")


@dataclasses.dataclass(frozen=True)
class Line:
    """One line of the table: what is measured, what is asked, what came out."""

    what: str
    asked: str
    measured: str
    met: object  # True, False, or None where nobody asked or measured


def mean_line(what, asked, found, least=None, most=None, floor=None):
    """A line about a geometric mean, with the worst workload by name."""
    if not found:
        return Line(what, asked, "not measured", None)
    mean = data.geometric_mean(found.values())
    worst = max(found, key=found.get) if most and not least else min(found, key=found.get)
    met = ((least is None or mean >= least) and (most is None or mean <= most)
           and (floor is None or found[worst] >= floor))
    measured = f"{mean:.3g}"
    if len(found) > 1:
        measured += f" ({worst.split('/')[1]} {found[worst]:.3g}; {len(found)} workloads)"
    return Line(what, asked, measured, met)


def value_line(what, asked, value, met, unit=""):
    if value is None:
        return Line(what, asked, "not measured", None)
    return Line(what, asked, f"{value:.3g}{unit}", met(value))


def metric(results, strategy, workload, workers, name):
    values = results.metric(strategy, workload, workers, name)
    return statistics.median(values) if values else None


def quotient(above, below):
    return above / below if above is not None and below else None


def against_cpython(results):
    return [mean_line("global_lock, 1 worker: CPython's time over ours, cpu and shared",
                      "1.0, none under 0.6",
                      results.ratios(("cpython_threads", 1), ("global_lock", 1),
                                     ("cpu", "shared")), least=1.0, floor=0.6)]


def own_speed_up(results, strategy, workers, **options):
    return results.ratios((strategy, 1), (strategy, workers), **options)


def speed_ups(results):
    """How much two workers bring over one, under each strategy that has promised something."""
    def up(strategy, **options):
        return own_speed_up(results, strategy, 2, **options)

    lines = [
        mean_line("multi_process, 2 workers over 1, cpu", "1.85",
                  up("multi_process", unshared=True), least=1.85),
        mean_line("global_lock, 2 workers over 1, cpu without native code", "0.95 to 1.05",
                  up("global_lock", without=NATIVE), least=0.95, most=1.05),
        mean_line("CPython with its lock, the same", "as measured",
                  up("cpython_threads", without=NATIVE)),
        mean_line("global_lock, 2 workers over 1, sha256_chunks", "1.85",
                  {w: r for w, r in up("global_lock").items() if w == NATIVE[0]}, least=1.85),
    ]
    lines += [mean_line(f"{strategy}, 2 workers over 1, cpu", "1.9, none under 1.7",
                        up(strategy, unshared=True), least=1.9, floor=1.7)
              for strategy in ("biased_refcount", "subinterpreters")]
    lines.append(mean_line("tracing_gc, 2 workers over 1, cpu", "1.7", up("tracing_gc"),
                           least=1.7))
    config = {strategy: up(strategy, kinds=("shared",)).get("shared/shared_config")
              for strategy in FREE}
    lines.append(value_line("biased_refcount, 2 workers over 1, shared_config", "1.7",
                            config["biased_refcount"], lambda value: value >= 1.7))
    others = [f"{strategy} {value:.2f}" for strategy, value in config.items() if value]
    if others:
        lines.append(Line("the same under each strategy without the lock", "as measured",
                          ", ".join(others), None))
    return lines


def cost_of_one(results):
    return [mean_line("biased_refcount over global_lock, 1 worker, cpu: time", "at most 1.08",
                      results.ratios(("biased_refcount", 1), ("global_lock", 1)), most=1.08)]


def waiting(results):
    """Workers that sleep or wait."""
    lines = []
    for workload in ("io/sleep", "io/upstream_request"):
        found = {w: r for w, r in own_speed_up(results, "global_lock", 16, kinds=("io",)).items()
                 if w == workload}
        lines.append(mean_line(f"global_lock, 16 workers over 1, {workload}", "15", found,
                               least=15))
    # Where files of several sizes are read, one is named in the workload.
    one, thousand = next(
        ((one, thousand) for name in ("io/sleep", "io/sleep (many)")
         for one, thousand in [[results.get("event_loop", name, n) for n in (1, 1000)]] if thousand),
        (None, None))
    timed = one and thousand and one.seconds and thousand.seconds
    lines.append(value_line("event_loop, 1,000 workers over 1, io/sleep", "500",
                            one.median / thousand.median if timed else None,
                            lambda value: value >= 500))
    lines.append(value_line(
        "the same: memory beyond one worker's", "at most 20 MiB",
        (thousand.peak_rss_bytes - one.peak_rss_bytes) / 2**20 if timed else None,
        lambda value: value <= 20, " MiB"))
    return lines


def under_load(results):
    """One worker answers datagrams while another computes."""
    def p50(strategy, workers):
        return metric(results, strategy, "mixed/udp_latency", workers, "latency_p50_ms")

    def packets(strategy, workers):
        return metric(results, strategy, "mixed/udp_bandwidth", workers, "packets_per_second")

    def near(value):
        return 0.8 <= value <= 1.2

    return [
        value_line("global_lock, one CPU worker beside: p50 of the round trip", "5 to 6 ms",
                   p50("global_lock", 2), lambda value: 5 <= value <= 6, " ms"),
        value_line("the same p50 over CPython's", "0.8 to 1.2",
                   quotient(p50("global_lock", 2), p50("cpython_threads", 2)), near),
        value_line("global_lock, one CPU worker beside: packets a second", "under 250",
                   packets("global_lock", 2), lambda value: value < 250),
        value_line("the same packets over CPython's", "0.8 to 1.2",
                   quotient(packets("global_lock", 2), packets("cpython_threads", 2)), near),
        value_line("biased_refcount, one CPU worker beside: p50 over the unloaded one",
                   "at most 2", quotient(p50("biased_refcount", 2), p50("biased_refcount", 1)),
                   lambda value: value <= 2),
        value_line("the same: packets a second over the unloaded", "0.8",
                   quotient(packets("biased_refcount", 2), packets("biased_refcount", 1)),
                   lambda value: value >= 0.8),
    ]


def lost_updates(results):
    """Shares of `x += 1` that got lost with two workers."""
    def share(strategy):
        return metric(results, strategy, "shared/unlocked_counter", 2, "lost_updates_share")

    lines = [value_line("global_lock_ticks: lost updates", "over 0", share("global_lock_ticks"),
                        lambda value: value > 0)]
    free = {strategy: value for strategy in FREE if (value := share(strategy)) is not None}
    lowest = min(free, key=free.get) if free else None
    lines.append(Line("strategies without the lock: lost updates", "over 0",
                      f"from {free[lowest]:.3g} ({lowest})" if free else "not measured",
                      free[lowest] > 0 if free else None))
    return lines


def pause_growth(results, strategy):
    """The power of the live objects that the pause grows with, from 10^5 to 10^6 of them: 1 is
    linear. Of the shortest repetitions, which the machine has disturbed the least."""
    points = []
    for workload in ("collector/live_100000", "collector/live_1000000"):
        seconds = results.metric(strategy, workload, 1, "collection_pause_max_seconds")
        live = results.metric(strategy, workload, 1, "collection_live_objects_max")
        if not seconds or not live or min(seconds) <= 0 or min(live) <= 0:
            return None
        points.append((math.log(statistics.median(live)), math.log(min(seconds))))
    if points[0][0] == points[1][0]:
        return None
    return (points[1][1] - points[0][1]) / (points[1][0] - points[0][0])


def pauses(results):
    """Growth of the stop-the-world pauses, of the strategy in which they grow the most."""
    names = results.strategies_with("collector/live_1000000", "collection_pause_max_seconds")
    powers = {name: power for name in names if (power := pause_growth(results, name)) is not None}
    worst = max(powers, key=powers.get) if powers else None
    return [Line("pause from 10^5 to 10^6 live objects, all strategies", "live^1, to 1.1",
                 f"live^{powers[worst]:.2f} at most ({worst})" if powers else "not measured",
                 powers[worst] < 1.1 if powers else None)]


def table(results):
    """The lines, in the order of the questions that a reader asks."""
    return [*against_cpython(results), *cost_of_one(results), *speed_ups(results),
            *waiting(results), *under_load(results), *lost_updates(results), *pauses(results)]


def to_text(lines):
    """A table in Markdown."""
    rows = [("what", "asked", "measured", "")] + [
        (line.what, line.asked, line.measured,
         {True: "reached", False: "missed", None: ""}[line.met]) for line in lines]
    text = [f"| {' | '.join(row)} |" for row in rows]
    text.insert(1, "|---|---|---|---|")
    return "\n".join(text)


def main(arguments):
    """Prints the table of the files named. Status 0; 1 where a target is missed, or the table cannot be
    written; 2 with one line for what cannot be used."""
    if not arguments or any(argument.startswith("-") for argument in arguments):
        print("usage: ./run targets FILE...", file=sys.stderr)
        return 2
    try:
        lines = table(data.load(arguments))
    except data.DataError as error:
        print(f"targets: {error}", file=sys.stderr)
        return 2
    missed = any(line.met is False for line in lines)
    return print_text("targets", to_text(lines)) or int(missed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
