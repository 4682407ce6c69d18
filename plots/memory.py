"""How much memory a worker needs: all of the first one's, and what each further one adds."""

import statistics

from matplotlib.patches import Patch

from plots.axes import strategy_rows
from plots.footer import left_out_notes
from plots.sheet import Sheet, name_margin
from plots.summary import row_heights, title_of

ALONE, ADDED = "#FFFFFF", "#0072B2"


def mebibytes(row):
    return statistics.median(row.peak_rss_bytes) / 2**20 if row and row.peak_rss_bytes else None


def memory_of(results, conclusion):
    """strategy -> (peaks with one worker, what each further one adds), numbers in MiB: one for each of the
    workloads of which it is known under all strategies."""
    rows = {(row.strategy, row.workload, row.workers): mebibytes(row) for row in results.rows_of(conclusion)}
    names, count = [standing.strategy for standing in conclusion.standings], conclusion.workers
    workloads = [w for w in conclusion.workloads
                 if all(rows.get((s, w, n)) for s in names for n in {1, count})]
    if not workloads:
        return {}
    return {s: ([rows[s, w, 1] for w in workloads],
                [(rows[s, w, count] - rows[s, w, 1]) / (count - 1) for w in workloads] if count > 1 else [])
            for s in names}


def memory_per_worker(results, folder, alone=False):
    kinds = [kind for kind in results.kinds if kind != "io"] or results.kinds
    panels = [(each, found) for each in results.concluded(*kinds, alone=alone) if (found := memory_of(results, each))]
    if not panels:
        return []
    names = [strategy for _, found in panels for strategy in found]
    sheet = Sheet(
        "How much memory does a worker need?",
        "Peak resident memory of all threads and processes. White: with one worker; blue: what each further worker "
        "adds, (peak of N - peak of 1) / (N - 1). Lower is better. Bar and number: median over the workloads; "
        "strokes: workloads.",
        left_out_notes([each for each, _ in panels])
        + results.footer([row for each, _ in panels for row in results.rows_of(each)]),
        panels=len(panels), columns=2, panel=(3.1, 0), left=name_margin(names), right=0.85,
        heights=row_heights([len(found) for _, found in panels], 2, 0.46), gap=(0.9 + name_margin(names), 0.85),
        extra_legend=[(Patch(facecolor=ALONE, edgecolor="#444444"), "one worker"),
                      (Patch(facecolor=ADDED, edgecolor="#444444"), "each further worker")], label=results.label)
    for index, (axes, (conclusion, found)) in enumerate(zip(sheet.axes, panels)):
        axes.set_title(title_of(results, conclusion), loc="left")
        strategies = sorted(found, key=lambda s: statistics.median(found[s][1] or found[s][0]))
        tallest = max(len(each) for _, each in panels[index // 2 * 2:index // 2 * 2 + 2])
        strategy_rows(axes, strategies, tallest)
        values = [value for pair in found.values() for part in pair for value in part]
        axes.set_xlim(min([0, *values]) * 1.05, max(values) * 1.05)
        axes.set_xlabel("MiB")
        for row, strategy in enumerate(strategies):
            for place, (values, color) in enumerate(zip(found[strategy], (ALONE, ADDED))):
                draw_bar(axes, row + (place - 0.5) * 0.38, values, color)
    return sheet.save(folder, "memory_per_worker" + results.suffix)


def draw_bar(axes, y, values, color):
    if not values:
        return
    middle = statistics.median(values)
    axes.barh(y, middle, height=0.34, facecolor=color, edgecolor="#444444", linewidth=0.6, alpha=0.75, zorder=2)
    axes.plot(values, [y] * len(values), marker="|", markersize=5, linestyle="none", color="#222222",
              markeredgewidth=0.8, zorder=4)
    axes.text(1.015, y, f"{middle:.1f} MiB", transform=axes.get_yaxis_transform(), va="center", fontsize=8)
