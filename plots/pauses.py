"""How long a collector stops the program, by the objects that are alive.

From the rows of bench_collector, which collect a heap of a known size on request, where there are several sizes.
(The longest pause of a workload says little: its heap's size is what it is.)
"""

import statistics

from matplotlib.lines import Line2D

from plots import style
from plots.axes import decade_axis, marker
from plots.footer import HATCHED
from plots.sheet import Sheet

KIND = "collector"
PAUSE, LIVE = "collection_pause_max_seconds", "collection_live_objects_max"
QUESTION = "How long does the collector stop the program?"


def points(results):
    """strategy -> [(objects alive, pauses in ms, enough of them?)], rising, in every legend's order."""
    found = {}
    for row in results.measured.values():
        pauses = [1e3 * seconds for seconds in row.metrics.get(PAUSE, ()) if seconds > 0]
        alive = statistics.median(row.metrics.get(LIVE) or (0,))
        if row.kind == KIND and pauses and alive > 0:
            found.setdefault(row.strategy, []).append((alive, pauses, row.enough))
    return {strategy: sorted(found[strategy]) for strategy in sorted(found, key=style.rank)}


def collector_pauses(results, folder):
    found = points(results)
    sizes = {row.workload for row in rows_of(results) if row.metrics.get(PAUSE)}
    return by_live_objects(results, found, folder) if found and len(sizes) > 1 else []


def rows_of(results):
    return [row for row in results.measured.values() if row.kind == KIND]


def failures(results):
    """A note of the rows that have no point."""
    said = [f"{row.strategy}, {row.workload.split('/')[-1]} ({row.lack})"
            for row in results.unmeasured.values() if row.kind == KIND]
    return [f"No measurement: {', '.join(said)}."] if said else []


def linear_legend():
    return [(Line2D([], [], color="#888888", linestyle=style.DOTTED, linewidth=1.2),
             "linear growth")]


def by_live_objects(results, found, folder):
    """The pause itself, and beside it the pause per object, where linear growth is level."""
    sheet = Sheet(
        QUESTION,
        "One collection of a heap in which nearly everything is alive, by the number of objects. All "
        "scales are logarithmic; lower is better. Point: median of the repetitions; bar: "
        "shortest to longest. Left: along a dotted line the pause grows as the objects do. Right: there a line "
        "is level; where it rises the pause grows faster. All strategies that count references share "
        "one cycle collector.",
        failures(results) + [HATCHED] * (not all(row.enough for row in rows_of(results)))
        + results.footer(rows_of(results)), panels=2, columns=2, panel=(3.9, 3.3),
        gap=(0.85, 0.6), left=0.85, strategies=list(found), extra_legend=linear_legend(), label=results.label)
    whole, each = sheet.axes
    draw_lines(whole, found, "pause", "ms")
    draw_guides(whole)
    per_object = {strategy: [(alive, [1e6 * ms / alive for ms in pauses], enough) for alive, pauses, enough in line]
                  for strategy, line in found.items()}
    draw_lines(each, per_object, "pause per object alive", "ns")
    return sheet.save(folder, "collector_pauses" + results.suffix)


def set_axes(axes, lines, ylabel):
    alive = [x for line in lines.values() for x, _, _ in line]
    values = [y for line in lines.values() for _, ys, _ in line for y in ys]
    decade_axis(axes.xaxis, min(alive) / 1.6, max(alive) * 1.6)
    decade_axis(axes.yaxis, min(values) / 1.8, max(values) * 1.8)
    axes.set_xlabel("objects alive")
    axes.set_ylabel(ylabel)


def draw_lines(axes, lines, title, unit):
    """A line per strategy, side by side at each number of objects, so that bars can be told apart."""
    axes.set_title(title, loc="left")
    set_axes(axes, lines, f"{title} ({unit})")
    for place, (strategy, line) in enumerate(lines.items()):
        look = style.look(strategy)
        shift = 1.25 ** ((place + 0.5) / len(lines) - 0.5)
        places = [(alive * shift, statistics.median(values)) for alive, values, _ in line]
        axes.plot(*zip(*places), color=look.color, linestyle=look.line, linewidth=1.4, zorder=4)
        for (x, y), (_, values, enough) in zip(places, line):
            axes.plot([x] * 2, [min(values), max(values)], color=look.color, linewidth=1.1, zorder=3)
            marker(axes, x, y, look, enough, 5)


def draw_guides(axes):
    """Lines of slope 1, a factor of ten apart."""
    (left, right), (low, high) = axes.get_xlim(), axes.get_ylim()
    start = low * left / right
    while start < high:
        axes.plot([left, right], [start, start * right / left], color="#BBBBBB",
                  linestyle=style.DOTTED, linewidth=1.1, zorder=1)
        start *= 10
    axes.set(xlim=(left, right), ylim=(low, high))
