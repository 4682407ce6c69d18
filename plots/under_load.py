"""One worker answers datagrams while others compute: latency and bandwidth.

A panel per strategy rather than a line per strategy: most of them lie on each other.
"""

import math
import statistics

from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from plots import style
from plots.axes import decade_axis, marker, plain
from plots.footer import HATCHED
from plots.sheet import Sheet

LATENCY, BANDWIDTH = "mixed/udp_latency", "mixed/udp_bandwidth"
P50 = "latency_p50_ms"
PACKETS = "packets_per_second"
REFERENCE = "global_lock"


def loads(results, workload):
    """The numbers of computing workers that were measured: one worker answers."""
    return sorted({row.workers - 1 for row in results.measured.values()
                   if row.workload == workload})


def series(results, strategy, workload, counts, name):
    """The repetitions' values for each number of computing workers, () where there are none."""
    return [results.metric(strategy, workload, n + 1, name) for n in counts]


def middles(values):
    """Medians, NaN where there is nothing."""
    return [statistics.median(each) if each else math.nan for each in values]


def pooled(results, strategy, workload, counts, quantile, values):
    """Milliseconds at a quantile ("p50") for each number of computing workers, NaN where there is none: of all
    questions together, as conclude says, or in older files the median of the repetitions' own."""
    rows = [results.measured.get((strategy, workload, n + 1)) for n in counts]
    said = [row.fact.latency if row and row.is_timed else {} for row in rows]
    return [1e3 * each[quantile] if quantile in each else math.nan if each else middle
            for each, middle in zip(said, middles(values))]


def rows_of(results, workload):
    return [row for row in results.measured.values() if row.workload == workload]


def notes_of(results, workload):
    rows = rows_of(results, workload)
    few = any(not row.enough for row in rows)
    return failures(results, workload) + [HATCHED] * few + results.footer(rows)


def suffixes(results, workload):
    """[(the workload under the name of one of its sizes, what its chart's file and title end with)]."""
    names = results.sizes_of(workload)
    return [(name, f"_{place}" if place else "", name.removeprefix(workload).strip(" ()") if place else "")
            for place, name in enumerate(names)]


def known(values):
    return [value for each in values for value in each if value > 0]


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


def enough_of(results, strategy, workload, counts):
    """Of each number of computing workers whether there are enough blocks for a verdict."""
    rows = [results.measured.get((strategy, workload, n + 1)) for n in counts]
    return [bool(row and row.enough) for row in rows]


def draw_points(axes, strategy, places, values, repetitions, enough, floor):
    """The line of values with a label at each point and a whisker over the repetitions; a zero is a triangle
    at the floor: it cannot be drawn on a log scale and must not be missing either."""
    look = style.look(strategy)
    for place, each in zip(places, repetitions):
        if len(each) > 1 and min(each) > 0:
            axes.plot([place] * 2, [min(each), max(each)], color=look.color, linewidth=1.1, zorder=3)
    drawn = [value if value > 0 else math.nan for value in values]
    axes.plot(places, drawn, color=look.color, linewidth=1.5, zorder=4)
    for place, value, is_enough in zip(places, values, enough):
        if math.isnan(value):
            continue
        if value > 0:
            marker(axes, place, value, look, is_enough, 5)
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
    said = [f"{row.strategy} with {row.workers - 1} computing ({row.lack})"
            for row in results.unmeasured.values() if row.workload == workload]
    return [f"No measurement: {', '.join(said)}."] if said else []


REPETITIONS = "Line and numbers: median; bars: lowest to highest repetition."


def layout(results, strategies, size):
    """What sheets with a panel for each strategy have in common."""
    return {"panels": len(strategies), "columns": min(5, len(strategies)), "panel": (1.5, 1.45),
            "gap": (0.22, 0.55), "label": " ".join(filter(None, [size, results.label]))}


def latency(results, folder):
    """Round trips of a datagram every few milliseconds, by the number of workers that compute."""
    return [path for workload, suffix, size in suffixes(results, LATENCY)
            for path in latency_of(results, workload, suffix, size, folder)]


def latency_of(results, workload, suffix, size, folder):
    strategies = results.strategies_with(workload, P50)
    counts = loads(results, workload)
    repetitions = {s: series(results, s, workload, counts, P50) for s in strategies}
    lines = {(s, quantile): pooled(results, s, workload, counts, quantile,
                                   series(results, s, workload, counts, f"latency_{quantile}_ms"))
             for s in strategies for quantile in ("p50", "p99")}
    values = [value for line in lines.values() for value in line if value > 0]
    values += [value for each in repetitions.values() for value in known(each)]
    if not values:
        return []
    low, high = limits(values)
    sheet = Sheet(
        "How long does an answer take while other workers compute?",
        "One worker answers datagrams that come at fixed times, the others compute. Round trip in milliseconds, "
        f"logarithmic; lower is better. {REPETITIONS} Shade: up to the 99th percentile. "
        "A flat line means: the computing workers do not hold up the one that answers.",
        notes_of(results, workload),
        left=0.8, extra_legend=reference_legend(strategies)
        + [(Patch(facecolor="#999999", alpha=0.35), "median to 99th percentile")],
        **layout(results, strategies, size))
    for axes, strategy, places in panels_of(sheet, strategies, counts, low, high, "round trip (ms)"):
        if strategy != REFERENCE and REFERENCE in strategies:
            draw_reference(axes, places, lines[REFERENCE, "p50"])
        axes.fill_between(places, lines[strategy, "p50"], lines[strategy, "p99"],
                          color=style.look(strategy).color, alpha=0.28, linewidth=0, zorder=1)
        draw_points(axes, strategy, places, lines[strategy, "p50"], repetitions[strategy],
                    enough_of(results, strategy, workload, counts), low)
    return sheet.save(folder, f"latency_under_load{suffix}{results.suffix}")


def packets(results, folder):
    """Packets per second of a ping-pong, by the number of workers that compute."""
    return [path for workload, suffix, size in suffixes(results, BANDWIDTH)
            for path in packets_of(results, workload, suffix, size, folder)]


def packets_of(results, workload, suffix, size, folder):
    strategies = results.strategies_with(workload, PACKETS)
    counts = loads(results, workload)
    lines = {s: series(results, s, workload, counts, PACKETS) for s in strategies}
    values = [value for line in lines.values() for value in known(line)]
    if not values:
        return []
    low, high = limits(values)
    zero = any(value == 0 for line in lines.values() for value in middles(line))
    sheet = Sheet(
        "How many packets get through while other workers compute?",
        "One worker gives back packets of 1,024 bytes, one at a time, the others compute. Packets "
        f"per second, logarithmic; higher is better. {REPETITIONS} A flat line means: the computing workers do not "
        "hold up the one that answers.",
        ["▼ 0: no packet was answered before the computing workers were done."] * zero
        + notes_of(results, workload),
        left=0.85, extra_legend=reference_legend(strategies), **layout(results, strategies, size))
    for axes, strategy, places in panels_of(sheet, strategies, counts, low, high,
                                            "packets per second"):
        if strategy != REFERENCE and REFERENCE in strategies:
            draw_reference(axes, places, middles(lines[REFERENCE]))
        draw_points(axes, strategy, places, middles(lines[strategy]), lines[strategy],
                    enough_of(results, strategy, workload, counts), low)
    return sheet.save(folder, f"packets_under_load{suffix}{results.suffix}")
