"""The way from the global lock to PEP 703, one change at a time: what each rung costs and brings."""

from plots import data, style
from plots.axes import log_axis, mean_beside, strategy_rows
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


def costs_of(results, strategy, kind):
    """Of each workload of the kind its time with one worker over the global lock's."""
    return results.ratios((strategy, 1), ("global_lock", 1), (kind,))


def gains_of(results, strategy, kind, workers):
    """Of each workload of the kind its speed with all workers over its own with one."""
    return results.ratios((strategy, 1), (strategy, workers), (kind,))


def ladder(results, folder):
    """A pair of panels per kind: cost at one worker, speed-up at all cores, rung by rung."""
    panels = []
    for kind in KINDS:
        workers = results.all_cores(kind)
        if not workers or workers < 2:
            continue
        pairs = {rung: (costs_of(results, rung, kind), gains_of(results, rung, kind, workers))
                 for rung in RUNGS}
        # Of fewer most steps would be several.
        if sum(all(pair) for pair in pairs.values()) >= 4:
            panels.append((kind, workers, pairs))
    if not panels:
        return []
    rungs = [rung for rung in RUNGS if any(any(pairs[rung]) for _, _, pairs in panels)]
    labels = [f"{rung}\n{RUNGS[rung]}" for rung in rungs]
    sheet = Sheet(
        "From the global lock to free threading: what is each step worth?",
        "Each row changes one thing of the row above it. Left: what one worker pays for it (its time "
        "over the global lock's; shorter is better). Right: what more workers bring (speed over its "
        "own with one worker; longer is better). Geometric means over the kind's workloads; (n of m): "
        "over those that have a time.",
        results.machine_lines(), panels=2 * len(panels), columns=2,
        panel=(3.0, 0.54 * len(rungs) + 0.1), gap=(0.95, 0.85), right=1.1,
        left=name_margin([line for label in labels for line in label.split("\n")]))
    for index, (kind, workers, pairs) in enumerate(panels):
        costs, gains = sheet.axes[2 * index], sheet.axes[2 * index + 1]
        costs.set_title(f"{kind}: cost of one worker", loc="left")
        costs.set_xlabel("time ÷ global_lock's, both with one worker")
        draw_bars(costs, rungs, labels, {rung: pairs[rung][0] for rung in rungs})
        gains.set_title(f"{kind}: gain of {workers} workers", loc="left")
        gains.set_xlabel(f"speed with {workers} workers ÷ its own with one")
        draw_bars(gains, rungs, labels, {rung: pairs[rung][1] for rung in rungs})
        gains.tick_params(labelleft=False)
    return sheet.save(folder, "ladder")


def draw_bars(axes, rungs, labels, ratios):
    """Bars from 1 on, which is the line; their numbers beside them, and a step between the rungs.

    ratios: for each rung those of the workloads that have a time.
    """
    strategy_rows(axes, labels)
    values = {rung: data.geometric_mean(of_rung.values()) if of_rung else None
              for rung, of_rung in ratios.items()}
    most = max(len(of_rung) for of_rung in ratios.values())
    known = [value for value in values.values() if value]
    log_axis(axes.xaxis, min(known + [0.9]) / 1.08, max(known + [1.2]) * 1.08)
    axes.axvline(1, color="black", linewidth=1, zorder=3)
    before = None
    for row, rung in enumerate(rungs):
        value = values[rung]
        if not value:
            axes.text(1.02, row, "– no time", transform=axes.get_yaxis_transform(), va="center",
                      fontsize=8, color="#777777")
            continue
        axes.barh(row, value - 1, left=1, height=0.6, color=style.look(rung).color,
                  edgecolor="#222222", linewidth=0.5, zorder=2)
        if before:  # the tread of the ladder: from the last rung's end to this one's
            axes.plot([before] * 2, [row - 0.7, row], color="#777777", linewidth=0.9,
                      linestyle=style.DOTTED, zorder=1)
            axes.plot([before, value], [row] * 2, color="#777777", linewidth=0.9,
                      linestyle=style.DOTTED, zorder=1)
        before = value
        mean_beside(axes, row, value, len(ratios[rung]), most)
