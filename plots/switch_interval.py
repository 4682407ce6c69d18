"""What a shorter switch interval buys the worker that answers datagrams while others compute."""

import statistics

from matplotlib.lines import Line2D

from plots import style
from plots.axes import decade_axis, log_axis, marker
from plots.footer import HATCHED
from plots.sheet import Sheet
from plots.under_load import BANDWIDTH, LATENCY, P50, PACKETS, REFERENCE, known

# A number of computing workers has the same look in both panels.
LOAD_LOOKS = (("#000000", "o"), ("#0072B2", "s"), ("#D55E00", "^"), ("#009E73", "D"), ("#CC79A7", "v"))


def switch_intervals(results, folder):
    """What a shorter switch interval buys the worker that answers, under the global lock."""
    swept = {key: by for key, by in results.swept.items() if key[0] == REFERENCE and len(by) > 1}
    measured = [(workload, name, title, unit) for base, name, title, unit in (
        (LATENCY, P50, "median round trip", "ms"),
        (BANDWIDTH, PACKETS, "packets answered", "packets per second"))
        for workload in results.sizes_of(base)
        if any(key[1] == workload and known([row.metrics.get(name, ()) for row in by.values()])
               for key, by in swept.items())]
    if not measured:
        return []
    workloads = {workload for workload, *_ in measured}
    counts = sorted({workers - 1 for _, workload, workers in swept if workload in workloads})
    looks = {n: LOAD_LOOKS[index % len(LOAD_LOOKS)] for index, n in enumerate(counts)}
    rows = [row for key, by in swept.items() if key[1] in workloads for row in by.values()]
    sheet = Sheet(
        "What does a shorter switch interval buy?",
        "global_lock only: a thread that waits asks for the lock after this time. One worker answers "
        "datagrams, the others compute. Both scales are logarithmic. Points: median of the repetitions; bars: lowest "
        "to highest.",
        [HATCHED] * (not all(row.enough for row in rows)) + results.footer(rows),
        panels=len(measured), columns=2, panel=(3.3, 2.6), gap=(0.85, 0.6),
        left=0.8, label=results.label, extra_legend=[
            (Line2D([], [], color=color, marker=shape, markeredgecolor="#222222",
                    markeredgewidth=0.4), f"{n} computing")
            for n, (color, shape) in looks.items()])
    for axes, (workload, name, title, unit) in zip(sheet.axes, measured):
        axes.set_title(title, loc="left")
        draw_sweep(axes, results, workload, name, looks)
        axes.set_xlabel("switch interval (ms)")
        axes.set_ylabel(unit)
    return sheet.save(folder, "switch_interval" + results.suffix)


def draw_sweep(axes, results, workload, name, looks):
    intervals, drawn = set(), []
    for count, (color, shape) in looks.items():
        by_interval = results.swept.get((REFERENCE, workload, count + 1), {})
        points = [(us / 1000, values, row.enough) for us, row in sorted(by_interval.items())
                  if (values := [value for value in row.metrics.get(name, ()) if value > 0])]
        if not points:
            continue
        intervals |= {x for x, _, _ in points}
        drawn += [value for _, values, _ in points for value in values]
        axes.plot([x for x, _, _ in points], [statistics.median(values) for _, values, _ in points], color=color,
                  linewidth=1.4, zorder=3)
        for x, values, enough in points:
            axes.plot([x] * 2, [min(values), max(values)], color=color, linewidth=1.1, zorder=2)
            marker(axes, x, statistics.median(values), style.Look(color, shape, style.SOLID), enough, 5)
    if drawn:
        ticks = sorted(intervals)
        log_axis(axes.xaxis, ticks[0] / 1.4, ticks[-1] * 1.4, ticks)
        decade_axis(axes.yaxis, min(drawn) / 1.6, max(drawn) * 1.6)
