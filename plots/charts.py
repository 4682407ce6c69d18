"""The charts, each a function (results, folder) -> paths written; none if there is nothing to show.

Speed everywhere means: the baseline's median time with one worker over this time, so that 1 is
where everybody starts and 2 is twice as fast as the plain lock with one worker.
"""

import math
import re
import statistics

import matplotlib
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from plots import data, ladder, losses, pauses, style, under_load
from plots.axes import log_axis, mean_beside, plain, strategy_rows
from plots.sheet import Sheet, message, name_margin


def ideal_line(results, kind, counts):
    """Speed with no cost at all: one per worker, for computing no more than there are cores."""
    if kind == "io":
        return counts, counts
    points = sorted(set(counts) | {min(results.cores, counts[-1])})
    return points, [min(n, results.cores) for n in points]


def speedup(results, kind, folder):
    """Small multiples: speed over workers, a panel per workload, a line per strategy."""
    workloads, counts = results.workloads(kind), results.worker_counts(kind)
    strategies = [s for s in results.strategies
                  if any(results.speeds(s, w, n) for w in workloads for n in counts)]
    if not strategies:
        return []
    ideal_x, ideal_y = ideal_line(results, kind, counts)
    values = [v for s in strategies for w in workloads for n in counts
              for v in results.speeds(s, w, n)] + list(ideal_y)
    low, high = min(values) / 1.12, max(values) * 1.12
    ideal = Line2D([], [], color="#888888", linestyle=style.DOTTED, linewidth=1.4)
    crowded = len(strategies) > 8
    what = "one per worker" if kind == "io" else "one per worker, up to the cores"
    sheet = Sheet(
        f"Which way out of the global lock wins? {kind} workloads",
        f"Total work is fixed and split among the workers. Speed 1 = {results.baseline} with one "
        f"worker; higher is better; dotted: the ideal, {what}. Points: median; bars: slowest to "
        "fastest repetition.",
        results.machine_lines(), panels=len(workloads), columns=3 if crowded else 4,
        panel=(3.2, 2.9) if crowded else (2.3, 1.85), gap=(0.3, 0.62), left=0.7, strategies=strategies,
        extra_legend=[(ideal, "ideal")])
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
        if not results.base_seconds(workload):
            message(axes, f"no time for {results.baseline}\nwith one worker")
            continue
        axes.axhline(1, color="#BBBBBB", linewidth=0.9, zorder=1)
        axes.plot(ideal_x, ideal_y, color="#888888", linestyle=style.DOTTED, linewidth=1.4,
                  zorder=1)
        for place, strategy in enumerate(strategies):
            draw_speed_line(axes, results, strategy, workload, counts, place, len(strategies))
    return sheet.save(folder, "speedup_" + re.sub(r"[^\w-]", "_", kind))


def draw_speed_line(axes, results, strategy, workload, counts, place, places):
    """One strategy's line; side by side with the others' at each count, so that bars do not hide
    each other. A count without a time breaks the line."""
    look = style.look(strategy)
    step = counts[-1] / counts[0] if len(counts) > 1 else 2
    shift = step ** (0.10 * ((place + 0.5) / places - 0.5))
    points = []
    for count in counts:
        speeds = results.speeds(strategy, workload, count)
        middle = results.base_seconds(workload) / results.get(strategy, workload, count).median \
            if speeds else math.nan
        points.append((count * shift, middle))
        if len(speeds) > 1:
            axes.plot([count * shift] * 2, [min(speeds), max(speeds)], color=look.color,
                      linewidth=1.1, zorder=3)
    axes.plot(*zip(*points), color=look.color, marker=look.marker, linestyle=look.line,
              linewidth=1.4, markersize=5, markeredgecolor="#222222", markeredgewidth=0.4, zorder=4)


def spread_dots(axes, values, row, color):
    """One dot per workload around a row, in a fixed zigzag; returns the largest one's offset."""
    offset = 0.0
    for index, value in enumerate(sorted(values)):
        offset = (-0.17, 0.0, 0.17)[index % 3]
        axes.plot(value, row + offset, marker="o", markersize=3.6, color=color,
                  markeredgecolor="#222222", markeredgewidth=0.4, linestyle="none", zorder=4)
    return offset


def cost_one_worker(results, folder):
    """What a strategy costs before it pays: time at one worker over the baseline's."""
    kinds = [k for k in ("cpu", "shared") if k in results.kinds]
    ratios = {}
    for kind in kinds:
        for strategy in results.strategies:
            for workload in results.workloads(kind):
                row = results.get(strategy, workload, 1)
                base = results.base_seconds(workload)
                if base and row and row.seconds:
                    ratios.setdefault((kind, strategy), {})[workload] = row.median / base
    kinds = [k for k in kinds if any(key[0] == k for key in ratios)]
    strategies = [s for s in results.strategies
                  if s != results.baseline and any((k, s) in ratios for k in kinds)]
    if not strategies:
        return []
    values = [v for per in ratios.values() for v in per.values()]
    sheet = Sheet(
        "What does each strategy cost before it gains anything?",
        f"Time with one worker relative to {results.baseline} (= 1, the line); lower is better. "
        "Dots: workloads, the dearest one named; bar and number: geometric mean.",
        results.machine_lines(), panels=len(kinds), columns=2,
        panel=(3.6, 0.42 * len(strategies) + 0.15), left=name_margin(strategies), right=0.7,
        gap=(0.75, 0.6))
    low, high = min(values + [1]) / 1.08, max(values + [1.2]) * 1.08
    high *= (high / low) ** 0.4  # room for the name right of the dearest dot
    for index, (axes, kind) in enumerate(zip(sheet.axes, kinds)):
        axes.set_title(f"{kind} workloads", loc="left")
        strategy_rows(axes, strategies)
        log_axis(axes.xaxis, low, high)
        axes.set_xlabel(f"time with one worker ÷ {results.baseline}'s")
        if not sheet.is_left(index):
            axes.tick_params(labelleft=False)
        axes.axvline(1, color="black", linewidth=1, zorder=3)
        for row, strategy in enumerate(strategies):
            draw_cost(axes, row, style.look(strategy).color, ratios.get((kind, strategy)))
    return sheet.save(folder, "cost_one_worker")


def draw_cost(axes, row, color, per_workload):
    if not per_workload:
        axes.text(1.03, row, "–", transform=axes.get_yaxis_transform(), va="center", fontsize=8)
        return
    mean = data.geometric_mean(per_workload.values())
    axes.barh(row, mean - 1, left=1, height=0.62, color=color, alpha=0.45, zorder=2)
    top_offset = spread_dots(axes, per_workload.values(), row, color)
    axes.text(1.03, row, f"{mean:.2f}×", transform=axes.get_yaxis_transform(), va="center",
              fontsize=8.5, fontweight="bold")
    worst = max(per_workload, key=per_workload.get)
    axes.annotate(worst.split("/", 1)[-1], (per_workload[worst], row + top_offset), fontsize=6.5,
                  xytext=(5, 0), textcoords="offset points", va="center", color="#444444", zorder=5)


def heatmap(results, workers, kinds, folder):
    """Workload × strategy: speed at this many workers; a letter where there is no time."""
    rows = [(kind, w) for kind in kinds for w in results.workloads(kind)
            if any(results.get(s, w, workers) for s in results.strategies)]
    columns = [s for s in results.strategies
               if any(results.get(s, w, workers) for _, w in rows)]
    if not rows or not columns:
        return []
    letters = set()
    cells = [[heatmap_cell(results, s, w, workers) for s in columns] for _, w in rows]
    for cell in (cell for line in cells for cell in line):
        if isinstance(cell, str):
            letters.add(cell)
    sizes = [abs(math.log2(c)) for line in cells for c in line if not isinstance(c, str)]
    limit = min(4, max([1.0] + sizes))
    notes = ["; ".join(f"{letter}: {reason_text(results, letter, workers)}"
                       for letter in data.REASONS if letter in letters)] if letters - {""} else []
    if "" in letters:
        notes.append("Hatched without a letter: not run.")
    sheet = Sheet(
        f"How fast is each workload with {workers} worker{'s' if workers > 1 else ''}?",
        f"Speed relative to {results.baseline} with one worker; blue: faster, red: slower "
        "(logarithmic colours).",
        notes + results.machine_lines(), panel=(max(3.2, 0.72 * len(columns)), 0.27 * len(rows)),
        left=1.85, right=1.2, bottom=0.4 + 0.62 * (name_margin(columns) - 0.3),
        panel_titles=False)
    axes = sheet.axes[0]
    palette = matplotlib.colormaps["RdBu"]
    scale = matplotlib.colors.Normalize(-limit, limit)
    axes.set(xlim=(-0.5, len(columns) - 0.5), ylim=(len(rows) - 0.5, -0.5))
    axes.grid(False)
    for side in axes.spines.values():
        side.set_visible(False)
    axes.tick_params(length=0)
    axes.set_xticks(range(len(columns)), columns, rotation=38, ha="right", rotation_mode="anchor")
    axes.set_yticks(range(len(rows)), [w for _, w in rows])
    for y, line in enumerate(cells):
        if y and rows[y][0] != rows[y - 1][0]:
            axes.axhline(y - 0.5, color="black", linewidth=1.2, zorder=5)
        for x, cell in enumerate(line):
            draw_cell(axes, x, y, cell, palette, scale)
    add_scale(sheet, axes, palette, scale, limit)
    return sheet.save(folder, f"heatmap_{workers}_workers")


def heatmap_cell(results, strategy, workload, workers):
    """The median speed, or the letter that says why there is none ("": not run)."""
    row = results.get(strategy, workload, workers)
    if not row:
        return ""
    if not row.seconds:
        return row.letter
    base = results.base_seconds(workload)
    return base / row.median if base else "B"


def reason_text(results, letter, workers):
    """What the letter means, with the rows' own words where they all say the same."""
    said = {row.reason for row in results.by_key.values()
            if row.letter == letter and row.workers == workers}
    own = said.pop() if len(said) == 1 else ""
    return data.REASONS[letter] + (f" ({own})" if own and len(own) <= 90 else "")


def draw_cell(axes, x, y, cell, palette, scale):
    box = {"xy": (x - 0.5, y - 0.5), "width": 1, "height": 1, "edgecolor": "white"}
    if isinstance(cell, str):
        axes.add_patch(matplotlib.patches.Rectangle(
            **{**box, "edgecolor": "#C9C9C9"}, facecolor="#EFEFEF", hatch="////", linewidth=0))
        axes.text(x, y, cell, ha="center", va="center", fontsize=8, fontweight="bold",
                  color="#555555")
        return
    color = palette(scale(math.log2(cell)))
    axes.add_patch(matplotlib.patches.Rectangle(**box, facecolor=color, linewidth=1))
    axes.text(x, y, f"{cell:.2f}" if cell < 10 else f"{cell:.1f}", ha="center", va="center",
              fontsize=8, color=style.readable_on(*color[:3]))


def add_scale(sheet, axes, palette, scale, limit):
    """The colour scale right of the map, marked in factors."""
    width, height = sheet.figure.get_size_inches()
    box = axes.get_position()
    tall = min(max(box.height, 0.9 / height), 1.9 / height)
    bar = sheet.figure.add_axes([box.x1 + 0.2 / width, box.y1 - tall, 0.14 / width, tall])
    colors = sheet.figure.colorbar(matplotlib.cm.ScalarMappable(scale, palette), cax=bar)
    ticks = range(-int(limit), int(limit) + 1)
    colors.set_ticks(ticks, labels=[f"{plain(2 ** t)}×" for t in ticks])
    colors.outline.set_visible(False)
    bar.set_title("speed", fontsize=8, fontweight="normal", loc="left")


def memory_per_worker(results, folder):
    """Peak resident memory divided by the workers, one dot per workload, with one and many."""
    kinds = [k for k in results.kinds if k != "io"] or results.kinds
    many = results.all_cores(*kinds)
    found = {}
    for row in results.by_key.values():
        if row.kind in kinds and row.seconds and row.peak_rss_bytes and row.workers in (1, many):
            found.setdefault((row.strategy, row.workers), []).append(
                row.peak_rss_bytes / row.workers / 2**20)
    strategies = [s for s in results.strategies if any((s, n) in found for n in (1, many))]
    if not strategies:
        return []
    counts = sorted({1, many})
    values = [v for per in found.values() for v in per]
    colors = {1: "#FFFFFF", many: "#0072B2"} if many != 1 else {1: "#0072B2"}
    sheet = Sheet(
        "How much memory does a worker need?",
        "Peak resident memory of all threads and processes divided by the number of workers; lower "
        f"is better. Bar and number: median over the workloads ({', '.join(kinds)}); strokes: "
        "workloads.",
        results.machine_lines(), panel=(6.2, 0.52 * len(strategies) + 0.1),
        left=name_margin(strategies), right=0.85,
        panel_titles=False,
        extra_legend=[(Patch(facecolor=colors[n], edgecolor="#444444"),
                       f"{n} worker{'s' if n > 1 else ''}") for n in counts])
    axes = sheet.axes[0]
    strategy_rows(axes, strategies)
    axes.set_xlim(0, max(values) * 1.05)
    axes.set_xlabel("peak memory per worker (MiB)")
    height = 0.74 / len(counts)
    for row, strategy in enumerate(strategies):
        for place, count in enumerate(counts):
            per = found.get((strategy, count))
            y = row + (place - (len(counts) - 1) / 2) * height
            if not per:
                axes.text(1.015, y, "–", transform=axes.get_yaxis_transform(), va="center",
                          fontsize=8)
                continue
            middle = statistics.median(per)
            axes.barh(y, middle, height=height * 0.9, facecolor=colors[count], edgecolor="#444444",
                      linewidth=0.6, alpha=0.75, zorder=2)
            axes.plot(per, [y] * len(per), marker="|", markersize=5, linestyle="none",
                      color="#222222", markeredgewidth=0.8, zorder=4)
            axes.text(1.015, y, f"{middle:.1f} MiB", transform=axes.get_yaxis_transform(),
                      va="center", fontsize=8)
    return sheet.save(folder, "memory_per_worker")


def summary(results, folder):
    """The one chart: per kind, geometric-mean speed of each strategy at all cores."""
    panels = []
    for kind in results.kinds:
        workers = results.all_cores(kind)
        means = {s: results.mean_speed(s, kind, workers) for s in results.strategies}
        if any(means.values()):
            panels.append((kind, workers, means))
    strategies = [s for s in results.strategies if any(means[s] for _, _, means in panels)]
    if not panels or not strategies:
        return []
    sheet = Sheet(
        "What does the global lock cost, and what does each way out of it bring?",
        f"Speed relative to {results.baseline} with one worker (the line), geometric mean over the "
        "kind's workloads; further right is better. Whiskers: lowest to highest repetition.",
        ["(n of m): only n of the kind's m workloads have a time under this strategy; its mean is "
         "over those."] * any(m and m[3] < m[4] for _, _, means in panels for m in means.values())
        + results.machine_lines(),
        panels=len(panels), columns=2, panel=(3.3, 0.36 * len(strategies) + 0.1),
        left=name_margin(strategies), right=1.2, gap=(1.35, 0.85))
    for index, (axes, (kind, workers, means)) in enumerate(zip(sheet.axes, panels)):
        axes.set_title(f"{kind}, {workers} worker{'s' if workers > 1 else ''}", loc="left")
        strategy_rows(axes, strategies)
        if not sheet.is_left(index):
            axes.tick_params(labelleft=False)
        axes.set_xlabel("speed (×)")
        top = max([m[2] for m in means.values() if m] + [1.0])
        axes.set_xlim(0, top * 1.04)
        axes.axvline(1, color="black", linewidth=1, zorder=3)
        for row, strategy in enumerate(strategies):
            draw_mean(axes, row, style.look(strategy).color, means[strategy])
    return sheet.save(folder, "summary")


def draw_mean(axes, row, color, mean):
    """A bar with its whisker and its number; a dash where no workload has a time."""
    beside = axes.get_yaxis_transform()
    if not mean:
        axes.text(1.03, row, "– no time", transform=beside, va="center", fontsize=8,
                  color="#777777")
        return
    middle, low, high, timed, all_of_them = mean
    axes.barh(row, middle, height=0.66, color=color, edgecolor="#222222", linewidth=0.5, alpha=0.85,
              zorder=2)
    for color, wide in (("white", 2.6), ("#222222", 1.1)):  # white rim: seen on a black bar too
        axes.errorbar(middle, row, xerr=[[middle - low], [high - middle]], color=color,
                      elinewidth=wide, capsize=2.5, capthick=wide, zorder=4)
    mean_beside(axes, row, middle, timed, all_of_them)


def draw_all(results, folder):
    """Every chart that the results hold; their paths as drawn."""
    paths = speeds(results, folder)
    for chart in (ladder.ladder, under_load.latency, under_load.packets,
                  under_load.switch_intervals, losses.lost_updates, pauses.collector_pauses):
        paths += chart(results, folder)
    return paths


def speeds(results, folder):
    """The charts of times; none without a time."""
    if not any(row.seconds for row in results.by_key.values()):
        return []
    paths = summary(results, folder)
    for kind in results.kinds:
        paths += speedup(results, kind, folder)
    paths += cost_one_worker(results, folder)
    at_cores = {kind: results.all_cores(kind) for kind in results.kinds}
    cores = results.all_cores(*[k for k in results.kinds if k != "io"] or ["io"])
    paths += heatmap(results, cores, results.kinds, folder)
    for workers in sorted({n for n in at_cores.values() if n not in (None, cores)}):
        paths += heatmap(results, workers, results.kinds, folder)
    paths += memory_per_worker(results, folder)
    return paths
