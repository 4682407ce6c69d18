"""One worker answers datagrams while others compute: latency, bandwidth, and the switch interval.

A panel per strategy rather than a line per strategy: most of them lie on each other.
"""

import math
import statistics

from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from plots import data, style
from plots.axes import decade_axis, log_axis, plain
from plots.sheet import Sheet

LATENCY, BANDWIDTH = "mixed/udp_latency", "mixed/udp_bandwidth"
P50, P99 = "latency_p50_ms", "latency_p99_ms"
PACKETS = "packets_per_second"
REFERENCE = "global_lock"


def middle(values):
    return statistics.median(values) if values else None


def loads(results, workload):
    """The numbers of computing workers that were measured: one worker answers."""
    return sorted({row.workers - 1 for row in results.measured.values()
                   if row.workload == workload})


def series(results, strategy, workload, counts, name):
    """The median of this metric for each number of computing workers, NaN where there is none."""
    found = (middle(results.metric(strategy, workload, n + 1, name)) for n in counts)
    return [math.nan if value is None else value for value in found]


def known(values):
    return [value for value in values if value > 0]


def limits(values):
    """Of a log axis on which all values lie, with some room for their labels."""
    return min(values) / 2.2, max(values) * 3.2


def panels_of(sheet, strategies, counts, low, high, ylabel):
    """Every strategy's panel with its axes made; yields (axes, strategy, positions on x)."""
    places = range(len(counts))
    for index, (axes, strategy) in enumerate(zip(sheet.axes, strategies)):
        axes.set_title(strategy, loc="left", fontsize=8.5)
        decade_axis(axes.yaxis, low, high)
        axes.set_xlim(-0.45, len(counts) - 0.4)
        axes.set_xticks(list(places), [str(n) for n in counts])
        axes.grid(axis="x", visible=False)
        if sheet.is_left(index):
            axes.set_ylabel(ylabel)
        else:
            axes.tick_params(labelleft=False)
        if sheet.is_bottom(index):
            axes.set_xlabel("workers computing")
        yield axes, strategy, places


def short(value):
    """A label at a point: 0.16, 5.2, 390, 12k."""
    if value >= 10_000:
        return f"{value / 1000:.0f}k"
    return f"{value:,.0f}" if value >= 10 else plain(float(f"{value:.2g}"))


def draw_reference(axes, places, values):
    axes.plot(places, values, color="#9A9A9A", linewidth=1.2, linestyle=style.DASHED, zorder=2)


def draw_points(axes, strategy, places, values, floor):
    """The line with a label at each point; a zero is a triangle at the floor: it cannot be drawn on
    a log scale and must not be missing either."""
    look = style.look(strategy)
    drawn = [value if value > 0 else math.nan for value in values]
    axes.plot(places, drawn, color=look.color, marker=look.marker, linewidth=1.5, markersize=5,
              markeredgecolor="#222222", markeredgewidth=0.4, zorder=4)
    for place, value in zip(places, values):
        if math.isnan(value):
            continue
        if value > 0:
            axes.annotate(short(value), (place, value), xytext=(0, 5), textcoords="offset points",
                          ha="center", fontsize=6.5, zorder=5)
        else:
            axes.plot(place, floor * 1.25, marker="v", color="#B00020", markersize=5, zorder=4)
            axes.annotate("0", (place, floor * 1.25), xytext=(0, 5), textcoords="offset points",
                          ha="center", fontsize=6.5, color="#B00020", zorder=5)


def reference_legend(strategies):
    if REFERENCE not in strategies:
        return []
    line = Line2D([], [], color="#9A9A9A", linewidth=1.2, linestyle=style.DASHED)
    return [(line, f"{REFERENCE}, for comparison")]


def failures(results, workload):
    """A note of the rows that have no point, so that nobody takes a gap for a good sign."""
    said = [f"{row.strategy} with {row.workers - 1} computing ({data.REASONS.get(row.letter, 'nothing measured')})"
            for row in results.unmeasured.values() if row.workload == workload]
    return [f"No measurement: {', '.join(said)}."] if said else []


def latency(results, folder):
    """Round trips of a datagram every 20 ms, by the number of workers that compute."""
    strategies = results.strategies_with(LATENCY, P50)
    counts = loads(results, LATENCY)
    if not strategies:
        return []
    lines = {(s, name): series(results, s, LATENCY, counts, name)
             for s in strategies for name in (P50, P99)}
    values = [value for line in lines.values() for value in known(line)]
    if not values:
        return []
    low, high = limits(values)
    sheet = Sheet(
        "How long does an answer take while other workers compute?",
        "One worker answers a datagram every 20 ms, the others compute. Round trip in milliseconds, "
        "logarithmic; lower is better. Line and numbers: median; shade: up to the 99th percentile. "
        "A flat line means: the computing workers do not hold up the one that answers.",
        failures(results, LATENCY) + results.machine_lines(),
        panels=len(strategies), columns=min(5, len(strategies)), panel=(1.5, 1.45),
        gap=(0.22, 0.55), left=0.8,
        extra_legend=reference_legend(strategies)
        + [(Patch(facecolor="#999999", alpha=0.35), "median to 99th percentile")])
    for axes, strategy, places in panels_of(sheet, strategies, counts, low, high, "round trip (ms)"):
        if strategy != REFERENCE and REFERENCE in strategies:
            draw_reference(axes, places, lines[REFERENCE, P50])
        axes.fill_between(places, lines[strategy, P50], lines[strategy, P99],
                          color=style.look(strategy).color, alpha=0.28, linewidth=0, zorder=1)
        draw_points(axes, strategy, places, lines[strategy, P50], low)
    return sheet.save(folder, "latency_under_load")


def packets(results, folder):
    """Packets per second of a ping-pong, by the number of workers that compute."""
    strategies = results.strategies_with(BANDWIDTH, PACKETS)
    counts = loads(results, BANDWIDTH)
    lines = {s: series(results, s, BANDWIDTH, counts, PACKETS) for s in strategies}
    values = [value for line in lines.values() for value in known(line)]
    if not values:
        return []
    low, high = limits(values)
    zero = any(value == 0 for line in lines.values() for value in line)
    sheet = Sheet(
        "How many packets get through while other workers compute?",
        "One worker gives back packets of 1,024 bytes, one at a time, the others compute. Packets "
        "per second, logarithmic; higher is better. A flat line means: the computing workers do not "
        "hold up the one that answers.",
        ["▼ 0: no packet was answered before the computing workers were done."] * zero
        + failures(results, BANDWIDTH) + results.machine_lines(),
        panels=len(strategies), columns=min(5, len(strategies)), panel=(1.5, 1.45),
        gap=(0.22, 0.55), left=0.85, extra_legend=reference_legend(strategies))
    for axes, strategy, places in panels_of(sheet, strategies, counts, low, high,
                                            "packets per second"):
        if strategy != REFERENCE and REFERENCE in strategies:
            draw_reference(axes, places, lines[REFERENCE])
        draw_points(axes, strategy, places, lines[strategy], low)
    return sheet.save(folder, "packets_under_load")


# A number of computing workers has the same look in both panels.
LOAD_LOOKS = (("#000000", "o"), ("#0072B2", "s"), ("#D55E00", "^"), ("#009E73", "D"), ("#CC79A7", "v"))


def switch_intervals(results, folder):
    """What a shorter switch interval buys the worker that answers, under the global lock."""
    measured = [(workload, name, title, unit) for workload, name, title, unit in (
        (LATENCY, P50, "median round trip", "ms"),
        (BANDWIDTH, PACKETS, "packets answered", "packets per second"))
        if any(key[0] == REFERENCE and key[1] == workload and len(by) > 1
               for key, by in results.swept.items())]
    if not measured:
        return []
    counts = sorted({workers - 1 for strategy, workload, workers in results.swept
                     if strategy == REFERENCE and workload in (LATENCY, BANDWIDTH)})
    looks = {n: LOAD_LOOKS[index % len(LOAD_LOOKS)] for index, n in enumerate(counts)}
    sheet = Sheet(
        "What does a shorter switch interval buy?",
        "global_lock only: a thread that waits asks for the lock after this time. One worker answers "
        "datagrams, the others compute. Both scales are logarithmic.",
        results.machine_lines(), panels=len(measured), columns=2, panel=(3.3, 2.6), gap=(0.85, 0.6),
        left=0.8, extra_legend=[
            (Line2D([], [], color=color, marker=marker, markeredgecolor="#222222",
                    markeredgewidth=0.4), f"{n} computing")
            for n, (color, marker) in looks.items()])
    for axes, (workload, name, title, unit) in zip(sheet.axes, measured):
        axes.set_title(title, loc="left")
        draw_sweep(axes, results, workload, name, looks)
        axes.set_xlabel("switch interval (ms)")
        axes.set_ylabel(unit)
    return sheet.save(folder, "switch_interval")


def draw_sweep(axes, results, workload, name, looks):
    intervals, values = set(), []
    for count, (color, marker) in looks.items():
        by_interval = results.swept.get((REFERENCE, workload, count + 1), {})
        points = [(us / 1000, statistics.median(row.metrics[name]))
                  for us, row in sorted(by_interval.items()) if row.metrics.get(name)]
        points = [point for point in points if point[1] > 0]
        if not points:
            continue
        intervals |= {x for x, _ in points}
        values += [y for _, y in points]
        axes.plot(*zip(*points), color=color, marker=marker, linewidth=1.4, markersize=5,
                  markeredgecolor="#222222", markeredgewidth=0.4, zorder=3)
    if values:
        ticks = sorted(intervals)
        log_axis(axes.xaxis, ticks[0] / 1.4, ticks[-1] * 1.4, ticks)
        decade_axis(axes.yaxis, min(values) / 1.6, max(values) * 1.6)
