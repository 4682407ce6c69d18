"""What goes wrong or stands still: updates lost without a lock, and the collector's pauses."""

import statistics

from matplotlib.lines import Line2D

from plots import style
from plots.axes import decade_axis, strategy_rows
from plots.sheet import Sheet, name_margin, strategy_handle

COUNTER, LOST = "shared/unlocked_counter", "lost_updates_share"
PAUSE, LIVE = "collection_pause_max_seconds", "collection_live_objects_max"


def lost_updates(results, folder):
    """The share of `x += 1` that is lost where nothing guards the statement."""
    strategies = results.strategies_with(COUNTER, LOST)
    counts = sorted({row.workers for row in results.measured.values()
                     if row.workload == COUNTER and row.workers > 1})
    if not strategies or not counts:
        return []
    workers = counts[-1] if results.cores not in counts else results.cores
    skipped = {row.strategy for row in results.by_key.values()
               if row.workload == COUNTER and row.letter == "S"}
    rows = sorted(set(strategies) | skipped, key=style.rank)
    shares = {s: [100 * v for v in results.metric(s, COUNTER, workers, LOST)] for s in rows}
    sheet = Sheet(
        "How many updates does an unlocked counter lose?",
        f"{workers} workers add 1 to one attribute, `x += 1`, without a lock: it reads, adds and "
        "writes, and another worker may write in between. Share of the additions that are lost; 0 "
        "means that the strategy never switched inside the statement, not that it promises so. Bar: "
        "median; whisker: lowest to highest repetition.",
        results.machine_lines(), panel=(5.4, 0.34 * len(rows) + 0.1), left=name_margin(rows),
        right=1.75, panel_titles=False)
    axes = sheet.axes[0]
    strategy_rows(axes, rows)
    highest = max([max(values) for values in shares.values() if values] + [1.0])
    axes.set_xlim(0, highest * 1.04)
    axes.set_xlabel("additions lost (%)")
    for row, strategy in enumerate(rows):
        draw_share(axes, row, style.look(strategy).color, shares[strategy], strategy in skipped)
    return sheet.save(folder, "lost_updates")


def draw_share(axes, row, color, values, skipped):
    beside = axes.get_yaxis_transform()
    if not values:
        text = "– shares no objects" if skipped else "– not measured"
        axes.text(1.02, row, text, transform=beside, va="center", fontsize=8, color="#777777")
        return
    middle = statistics.median(values)
    axes.barh(row, middle, height=0.66, color=color, edgecolor="#222222", linewidth=0.5, alpha=0.85,
              zorder=2)
    if max(values) > min(values):
        for ink, wide in (("white", 2.6), ("#222222", 1.1)):
            axes.errorbar(middle, row, xerr=[[middle - min(values)], [max(values) - middle]],
                          color=ink, elinewidth=wide, capsize=2.5, capthick=wide, zorder=4)
    axes.text(1.02, row, f"{middle:.1f} %" if middle else "0", transform=beside, va="center",
              fontsize=8.5, fontweight="bold")


def collector_pauses(results, folder):
    """The longest pause of each run over the objects that lived then: a point per row."""
    points = {}
    for row in results.measured.values():
        pause, live = row.metrics.get(PAUSE), row.metrics.get(LIVE)
        if not pause or not live:
            continue
        pause_ms, objects = 1e3 * statistics.median(pause), statistics.median(live)
        if pause_ms > 0 and objects > 0:
            points.setdefault(row.strategy, []).append((objects, pause_ms))
    strategies = sorted(points, key=style.rank)
    if not strategies:
        return []
    x = [objects for per in points.values() for objects, _ in per]
    y = [pause_ms for per in points.values() for _, pause_ms in per]
    linear = Line2D([], [], color="#888888", linestyle=style.DOTTED, linewidth=1.2)
    sheet = Sheet(
        "How long does the collector stop the program?",
        "The longest pause of a run over the most objects that were alive at a collection: a point "
        "per workload and number of workers. Both scales are logarithmic; lower is better. Along a "
        "dotted line the pause grows as the objects do; steeper would be worse than linear.",
        results.machine_lines(), panel=(6.2, 3.6), left=0.85, panel_titles=False,
        extra_legend=[(marker_only(s), s) for s in strategies] + [(linear, "linear growth")])
    axes = sheet.axes[0]
    decade_axis(axes.xaxis, min(x) / 1.6, max(x) * 1.6)
    decade_axis(axes.yaxis, min(y) / 1.8, max(y) * 1.8)
    axes.set_xlabel("objects alive")
    axes.set_ylabel("longest pause (ms)")
    draw_guides(axes)
    for strategy in strategies:
        look = style.look(strategy)
        axes.plot(*zip(*points[strategy]), color=look.color, marker=look.marker, markersize=6,
                  linestyle="none", markeredgecolor="#222222", markeredgewidth=0.5, zorder=3)
    return sheet.save(folder, "collector_pauses")


def marker_only(strategy):
    handle = strategy_handle(strategy)
    handle.set_linestyle("none")
    return handle


def draw_guides(axes):
    """Lines of slope 1, a factor of ten apart."""
    (left, right), (low, high) = axes.get_xlim(), axes.get_ylim()
    start = low * left / right
    while start < high:
        axes.plot([left, right], [start, start * right / left], color="#BBBBBB",
                  linestyle=style.DOTTED, linewidth=1.1, zorder=1)
        start *= 10
    axes.set(xlim=(left, right), ylim=(low, high))
