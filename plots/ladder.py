"""The way from the global lock to PEP 703, one change at a time: what each rung costs or gains."""

from plots import style
from plots.axes import bar, beside, draw_limit, limit_legend, log_axis, span, strategy_rows, times
from plots.footer import HATCHED, WHISKERS, left_out_notes
from plots.sheet import Sheet, name_margin

# Each rung changes one policy of the rung before it; said as what it adds.
RUNGS = {
    "global_lock": "the lock",
    "atomic_refcount": "no lock: atomic counts,\na mutex per object",
    "atomic_immortal": "+ immortal constants",
    "biased_immortal": "+ counts biased\nto the owner",
    "biased_deferred": "+ deferred counts",
    "biased_refcount": "+ reads without locks",
}
KINDS = ("cpu", "shared")
FEWEST = 4  # of fewer rungs most steps would be several


def rungs_of(conclusion):
    """Those that have both a cost over the lock's and a speed-up."""
    found = {rung: conclusion.standing(rung) for rung in RUNGS}
    return {rung: each for rung, each in found.items() if each and each.cost and each.speedup}


def ladder(results, folder):
    """A pair of panels per kind: the cost with one worker, the speed-up at all cores, rung by rung."""
    panels = [each for each in results.concluded(*KINDS)
              if each.baseline == "global_lock" and len(rungs_of(each)) >= FEWEST]
    if not panels:
        return []
    shown = [rung for rung in RUNGS if any(rung in rungs_of(each) for each in panels)]
    labels = [f"{rung}\n{RUNGS[rung]}" for rung in shown]
    enough = all(each.enough for panel in panels for each in rungs_of(panel).values())
    limits = [limit_legend(limit_of(each), each.workers)[0] for each in panels if limit_of(each)]
    sheet = Sheet(
        "From the global lock to free threading: what is each step worth?",
        "Each row changes one thing of the row above it. Left: time of one worker over the global lock's; right of the "
        "line a strategy costs, left of it it gains. Right: speed with more workers over its own with one; right of "
        "the line the workers gain, left of it they cost. Geometric means over the same workloads for all. "
        f"{WHISKERS} {'' if enough else HATCHED}",
        left_out_notes(panels) + results.footer([row for each in panels for row in results.rows_of(each)]),
        panels=2 * len(panels), columns=2, panel=(3.0, 0.54 * len(shown) + 0.1), gap=(0.95, 0.85), right=1.1,
        left=name_margin([line for label in labels for line in label.split("\n")]), label=results.label,
        extra_legend=limits[:1])
    for index, panel in enumerate(panels):
        costs, gains = sheet.axes[2 * index], sheet.axes[2 * index + 1]
        found, workers = rungs_of(panel), panel.workers
        title = f"{panel.subject} · {panel.session.name}" if len(panels) > len(results.kinds) else panel.subject
        costs.set_title(f"{title}: with one worker", loc="left")
        costs.set_xlabel("time over global_lock's, both with one worker")
        draw_bars(costs, shown, labels, {rung: (each.cost, each.enough) for rung, each in found.items()})
        gains.set_title(f"{panel.subject}: with {workers} workers", loc="left")
        gains.set_xlabel(f"speed with {workers} workers over its own with one")
        draw_bars(gains, shown, labels, {rung: (each.speedup, each.enough) for rung, each in found.items()})
        if limit_of(panel):
            draw_limit(gains.axvline, gains.axvspan, limit_of(panel))
        gains.tick_params(labelleft=False)
    return sheet.save(folder, "ladder" + results.suffix)


def limit_of(panel):
    """What the cores gave at all, where it was measured with as many."""
    said = panel.session.report
    return said.machine_limit if said.limit_cores == panel.workers else None


def draw_bars(axes, rungs, labels, ratios):
    """Bars from 1 on, which is the line; their numbers beside them, and a step between the rungs."""
    strategy_rows(axes, labels)
    low, high = span([ratio for ratio, _ in ratios.values()])
    log_axis(axes.xaxis, min(low, 0.9) / 1.08, max(high, 1.2) * 1.08)
    axes.axvline(1, color="black", linewidth=1, zorder=3)
    before = None
    for row, rung in enumerate(rungs):
        if rung not in ratios:
            beside(axes, row, "– left out", faint=True)
            continue
        ratio, enough = ratios[rung]
        bar(axes, row, ratio, style.look(rung).color, enough, start=1.0)
        if before:  # the tread of the ladder: from the last rung's end to this one's
            axes.plot([before] * 2, [row - 0.7, row], color="#777777", linewidth=0.9,
                      linestyle=style.DOTTED, zorder=1)
            axes.plot([before, ratio.value], [row] * 2, color="#777777", linewidth=0.9,
                      linestyle=style.DOTTED, zorder=1)
        before = ratio.value
        beside(axes, row, times(ratio.value))
