"""How much memory a worker needs: all of the first one's, and what each further one adds."""

import statistics

from matplotlib.patches import Patch

from plots.axes import span, strategy_rows
from plots.footer import HATCHED, left_out_notes
from plots.report import Estimate
from plots.sheet import Sheet, name_margin
from plots.summary import row_heights, title_of

MEBIBYTE = 2**20
ALONE, ADDED = "#FFFFFF", "#0072B2"


def alone_of(row):
    """An Estimate in MiB with one worker: the middle repetition, from the lowest to the highest."""
    if not row or not row.memory_bytes:
        return None
    values = [number / MEBIBYTE for number in row.memory_bytes]
    ends = (min(values), max(values)) if len(values) > 1 else (None, None)
    return Estimate(statistics.median(values), *ends, len(values))


def added_of(row, alone):
    """An Estimate in MiB: as conclude says, or of older files from the peaks alone."""
    if not row or not alone or row.workers < 2:
        return None
    said = row.fact.memory
    if said:
        ends = (said.low / MEBIBYTE, said.high / MEBIBYTE) if said.has_interval else (None, None)
        return Estimate(said.value / MEBIBYTE, *ends, said.blocks)
    both = alone_of(row)
    return Estimate((both.value - alone_of(alone).value) / (row.workers - 1), None, None, 1) if both else None


def memory_of(results, conclusion):
    """strategy -> ([an Estimate with one worker], [what each further one adds]), one for each of the workloads of
    which all is known under all strategies; with one worker the second list is empty."""
    rows = {(row.strategy, row.workload, row.workers): row for row in results.rows_of(conclusion)}
    names, count = [standing.strategy for standing in conclusion.standings], conclusion.workers
    pairs = {(s, w): (alone_of(rows.get((s, w, 1))), added_of(rows.get((s, w, count)), rows.get((s, w, 1))))
             for s in names for w in conclusion.workloads}
    workloads = [w for w in conclusion.workloads if all(pairs[s, w][0] and (pairs[s, w][1] or count == 1)
                                                        for s in names)]
    if not workloads:
        return {}
    return {s: ([pairs[s, w][0] for w in workloads], [pairs[s, w][1] for w in workloads if count > 1]) for s in names}


def middle_of(estimates):
    return statistics.median(each.value for each in estimates)


def memory_per_worker(results, folder, alone=False):
    kinds = [kind for kind in results.kinds if kind != "io"] or results.kinds
    panels = [(each, found) for each in results.concluded(*kinds, alone=alone) if (found := memory_of(results, each))]
    if not panels:
        return []
    names = [strategy for _, found in panels for strategy in found]
    rows = [row for each, _ in panels for row in results.rows_of(each)]
    of_peaks = [row for row in rows if row.workers > 1 and not row.fact.memory]
    enough = all(each.enough for panel, _ in panels for each in panel.standings)
    sheet = Sheet(
        "How much memory does a worker need?",
        "Memory of all threads and processes. White: with one worker; blue: what each further worker adds. Lower is "
        "better. Bar and number: median over the workloads; strokes: workloads; lines: 95 % intervals over blocks "
        f"(white: lowest to highest repetition). {'' if enough else HATCHED}",
        ["Of peaks: where a collection comes a moment earlier or later counts as much as what a worker needs, and a "
         "further one may seem to need less than nothing."] * bool(of_peaks)
        + left_out_notes([each for each, _ in panels]) + results.footer(rows),
        panels=len(panels), columns=2, panel=(3.1, 0), left=name_margin(names), right=0.85,
        heights=row_heights([len(found) for _, found in panels], 2, 0.46), gap=(0.9 + name_margin(names), 0.85),
        extra_legend=[(Patch(facecolor=ALONE, edgecolor="#444444"), "one worker"),
                      (Patch(facecolor=ADDED, edgecolor="#444444"), "each further worker")], label=results.label)
    for index, (axes, (conclusion, found)) in enumerate(zip(sheet.axes, panels)):
        axes.set_title(title_of(results, conclusion), loc="left")
        strategies = sorted(found, key=lambda s: middle_of(found[s][1] or found[s][0]))
        tallest = max(len(each) for _, each in panels[index // 2 * 2:index // 2 * 2 + 2])
        strategy_rows(axes, strategies, tallest)
        drawn = [each for pair in found.values() for part in pair for each in part]
        axes.set_xlim(min(0, *(each.value for each in drawn)) * 1.05, span(drawn)[1] * 1.04)
        axes.set_xlabel("MiB")
        for row, strategy in enumerate(strategies):
            for place, (estimates, color) in enumerate(zip(found[strategy], (ALONE, ADDED))):
                draw_bar(axes, row + (place - 0.5) * 0.38, estimates, color, conclusion.standing(strategy).enough)
    return sheet.save(folder, "memory_per_worker" + results.suffix)


def draw_bar(axes, y, estimates, color, enough):
    if not estimates:
        return
    middle = middle_of(estimates)
    axes.barh(y, middle, height=0.34, facecolor=color, edgecolor="#444444", linewidth=0.6, alpha=0.75, zorder=2,
              hatch=None if enough else "//////")
    for each in estimates:
        axes.plot(each.value, y, marker="|", markersize=5, color="#222222", markeredgewidth=0.8, zorder=4)
        if each.has_interval and each.high > each.low:
            axes.plot([each.low, each.high], [y] * 2, color="#222222", linewidth=0.6, zorder=3)
    axes.text(1.015, y, f"{middle:.1f} MiB", transform=axes.get_yaxis_transform(), va="center", fontsize=8)
