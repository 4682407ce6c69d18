"""Speed over workers, a panel per workload: as lines, or where there are one or two numbers of workers as dots.

Speed is the time of the baseline with one worker over this time, so that 1 is where everybody starts.
"""

import math
import re

from matplotlib.lines import Line2D

from plots import style
from plots.axes import beside, draw_limit, limit_legend, log_axis, marker, span, strategy_rows, times, whisker
from plots.footer import HATCHED, WHISKERS
from plots.sheet import Sheet, message, name_margin
from plots.summary import row_heights

GREY = "#888888"


def speed_of(results, strategy, workload, workers):
    """An Estimate; None where there is no time, or none of the baseline's."""
    row = results.get(strategy, workload, workers)
    return row.fact.speed_over_one if row and row.is_timed else None


def speedup(results, kind, folder):
    workloads, counts = results.workloads(kind), results.worker_counts(kind)
    speeds = {(s, w, n): speed for s in results.strategies for w in workloads for n in counts
              if (speed := speed_of(results, s, w, n))}
    # Where the baseline stands alone with one worker there is nothing to see.
    if not any(n > 1 or s != results.baseline for s, _, n in speeds):
        return []
    draw = dots if len(counts) <= 2 else lines
    sheet = draw(results, kind, workloads, counts, speeds)
    return sheet.save(folder, "speedup_" + re.sub(r"[^\w-]", "_", kind) + results.suffix)


def ideal_of(results, kind, workers):
    """Speed with no cost at all: one per worker, for computing no more than there are cores."""
    return workers if kind == "io" else min(workers, results.cores)


def limit_of(results, kind):
    """What the machine's cores gave at once over one, and how many; waiting needs no cores."""
    found = results.machine_limit()
    return found if found and kind != "io" else None


def guides(results, kind):
    """Legend of what speeds are to be compared with."""
    what = "one per worker" if kind == "io" else "one per worker, up to the cores"
    found = [(Line2D([], [], color=GREY, linestyle=style.DOTTED, linewidth=1.4), f"ideal: {what}")]
    limit = limit_of(results, kind)
    return found + (limit_legend(*limit) if limit else [])


def notes_of(results, rows):
    notes = [] if all(row.enough for row in rows) else [HATCHED]
    return notes + results.footer(rows)


def timed_rows(results, speeds):
    return [results.get(*place) for place in speeds]


# ---- dots ----

def dots(results, kind, workloads, counts, speeds):
    """A row for each strategy, fastest first: its dot with all workers, a stroke with one."""
    most = counts[-1]
    panels = [panel for workload in workloads if (panel := panel_of(results, workload, counts, speeds))]
    columns = min(3, len(panels))
    names = [s for _, _, strategies in panels for s in strategies]
    handle = Line2D([], [], color="#555555", marker="o", linestyle="none", markersize=6)
    alone = Line2D([], [], color="#555555", marker="|", linestyle="none", markersize=8, markeredgewidth=1.4)
    legend = [(handle, f"{most:,} worker{'s' if most > 1 else ''}")]
    legend += [(alone, "one worker")] * (len(counts) > 1) + guides(results, kind) * (most > 1)
    limit = limit_of(results, kind)
    ideal = ideal_of(results, kind, most)
    low, high = span(list(speeds.values()))
    low, high = min(low, 1) / 1.12, max(high, ideal, limit[0].value if limit else 1) * 1.12
    sheet = Sheet(
        f"Which way out of the global lock wins? {kind} workloads",
        f"Speed over {results.baseline} with one worker (the line at 1); further right is faster; each panel has its "
        f"own order. The total work is fixed and split among the workers. {WHISKERS}",
        notes_of(results, timed_rows(results, speeds)), panels=len(panels), columns=columns, panel=(2.3, 0),
        left=name_margin(names), right=0.7, gap=(0.7 + name_margin(names), 0.75),
        heights=heights_of(panels, columns), extra_legend=legend, label=results.label)
    for index, (axes, (workload, workers, strategies)) in enumerate(zip(sheet.axes, panels)):
        axes.set_title(workload.split("/", 1)[-1] + ", one worker" * (workers < most), loc="left")
        row_of_panels = panels[index // columns * columns:(index // columns + 1) * columns]
        tallest = max(2, *(len(each) for _, _, each in row_of_panels))
        strategy_rows(axes, strategies, tallest)
        log_axis(axes.xaxis, low, high)
        axes.set_xlabel("speed (×)")
        axes.axvline(1, color="#999999", linewidth=0.9, zorder=1)
        if workers > 1:
            axes.axvline(ideal, color=GREY, linestyle=style.DOTTED, linewidth=1.4, zorder=1)
            if limit:
                draw_limit(axes.axvline, axes.axvspan, limit[0])
        for row, strategy in enumerate(strategies):
            draw_dot(axes, row, results, (strategy, workload, workers), speeds, counts)
    return sheet


def panel_of(results, workload, counts, speeds):
    """(workload, the most workers that it has a speed with, strategies, fastest first); None without a speed."""
    workers = max((n for n in counts for s in results.strategies if (s, workload, n) in speeds), default=None)
    if workers is None:
        return None

    def slowness(strategy):
        speed = speeds.get((strategy, workload, workers))
        return -speed.value if speed else 0

    return workload, workers, sorted((s for s in results.strategies if results.get(s, workload, workers)), key=slowness)


def heights_of(panels, columns):
    return row_heights([max(2, len(each)) for _, _, each in panels], columns, 0.23)


def draw_dot(axes, row, results, place, speeds, counts):
    strategy, workload, workers = place
    speed, look = speeds.get(place), style.look(strategy)
    if not speed:
        beside(axes, row, "–", faint=True)
        return
    alone = speeds.get((strategy, workload, counts[0])) if workers > counts[0] else None
    if alone:
        below = row + 0.3
        axes.plot(alone.value, below, marker="|", markersize=5, markeredgewidth=1.3, color="#555555", zorder=3)
        if alone.has_interval:
            axes.plot([alone.low, alone.high], [below] * 2, color="#888888", linewidth=0.9, zorder=2)
    whisker(axes, row, speed)
    marker(axes, speed.value, row, look, results.get(*place).enough)
    axes.text(1.03, row, times(speed.value), transform=axes.get_yaxis_transform(), va="center", fontsize=7)


# ---- lines ----

def lines(results, kind, workloads, counts, speeds):
    """A line for each strategy. A count without a time breaks it."""
    strategies = [s for s in results.strategies if any(place[0] == s for place in speeds)]
    ideal_x = counts if kind == "io" else sorted({*counts, min(results.cores, counts[-1])})
    ideal_y = [ideal_of(results, kind, n) for n in ideal_x]
    low, high = span(list(speeds.values()))
    low, high = min(low, 1) / 1.12, max(high, *ideal_y) * 1.12
    crowded, limit = len(strategies) > 8, limit_of(results, kind)
    sheet = Sheet(
        f"Which way out of the global lock wins? {kind} workloads",
        f"Speed over {results.baseline} with one worker (the line at 1); higher is faster. The total work is fixed and "
        f"split among the workers. {WHISKERS}",
        notes_of(results, timed_rows(results, speeds)), panels=len(workloads), columns=3 if crowded else 4,
        panel=(3.2, 2.9) if crowded else (2.3, 1.85), gap=(0.3, 0.62), left=0.7, strategies=strategies,
        extra_legend=guides(results, kind), label=results.label)
    for index, (axes, workload) in enumerate(zip(sheet.axes, workloads)):
        axes.set_title(workload.split("/", 1)[-1], loc="left")
        log_axis(axes.xaxis, counts[0] / 1.25, counts[-1] * 1.25, counts)
        log_axis(axes.yaxis, low, high)
        if sheet.is_left(index):
            axes.set_ylabel("speed (×)")
        else:
            axes.tick_params(labelleft=False)
        if sheet.is_bottom(index):
            axes.set_xlabel("workers")
        if not any(place[1] == workload for place in speeds):
            message(axes, f"no time for {results.baseline}\nwith one worker")
            continue
        axes.axhline(1, color="#BBBBBB", linewidth=0.9, zorder=1)
        axes.plot(ideal_x, ideal_y, color=GREY, linestyle=style.DOTTED, linewidth=1.4, zorder=1)
        if limit:
            draw_limit(axes.axhline, axes.axhspan, limit[0])
        for place, strategy in enumerate(strategies):
            draw_line(axes, results, strategy, workload, counts, speeds, (place + 0.5) / len(strategies) - 0.5)
    return sheet


def draw_line(axes, results, strategy, workload, counts, speeds, place):
    """place: from -0.5 to 0.5, side by side with the others' at each count, so that whiskers do not hide each
    other."""
    look = style.look(strategy)
    shift = (counts[-1] / counts[0]) ** (0.04 * place)
    points = []
    for count in counts:
        speed = speeds.get((strategy, workload, count))
        points.append((count * shift, speed.value if speed else math.nan))
        if speed and speed.has_interval:
            axes.plot([count * shift] * 2, [speed.low, speed.high], color=look.color, linewidth=1.1, zorder=3)
    axes.plot(*zip(*points), color=look.color, linestyle=look.line, linewidth=1.4, zorder=4)
    for count, (x, y) in zip(counts, points):
        if not math.isnan(y):
            marker(axes, x, y, look, results.get(strategy, workload, count).enough, 5)
