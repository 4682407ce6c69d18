"""What a strategy costs before it pays: its time with one worker over the baseline's."""

from plots import style
from plots.axes import bar, beside, log_axis, span, strategy_rows, times
from plots.footer import HATCHED, WHISKERS, left_out_notes
from plots.sheet import Sheet, name_margin
from plots.summary import row_heights, title_of

KINDS = ("cpu", "shared", "program")


def costs_of(conclusion):
    """[(standing, cost)], the cheapest first; not of the baseline, whose cost is 1."""
    found = [(each, each.cost) for each in conclusion.standings if each.cost and each.strategy != conclusion.baseline]
    return sorted(found, key=lambda each: each[1].value)


def workload_costs(results, conclusion, strategy):
    """workload -> cost, of those that the mean is over."""
    rows = {row.workload: row for row in results.rows_of(conclusion) if row.strategy == strategy and row.workers == 1}
    return {name: row.fact.cost for name, row in rows.items() if row.fact.cost}


def cost_one_worker(results, folder):
    panels = [each for each in results.concluded(*KINDS, workers=1) if costs_of(each)]
    if not panels:
        return []
    drawn = [costs_of(each) for each in panels]
    names = [standing.strategy for each in drawn for standing, _ in each]
    enough = all(standing.enough for each in drawn for standing, _ in each)
    baselines = " or ".join(dict.fromkeys(each.baseline for each in panels))
    sheet = Sheet(
        "What does each strategy cost before it gains anything?",
        f"Time with one worker over {baselines}'s: right of the line a strategy costs, left of it it gains. Dots: "
        f"workloads, the dearest one named; bar and number: geometric mean. {WHISKERS} {'' if enough else HATCHED}",
        left_out_notes(panels) + results.footer([row for each in panels for row in results.rows_of(each)]),
        panels=len(panels), columns=2, panel=(3.3, 0), left=name_margin(names), right=0.75,
        heights=row_heights([len(each) for each in drawn], 2, 0.4, 0.15), gap=(0.8 + name_margin(names), 0.85),
        label=results.label)
    dots = [cost for panel, each in zip(panels, drawn) for standing, _ in each
            for cost in workload_costs(results, panel, standing.strategy).values()]
    low, high = span([cost for each in drawn for _, cost in each] + dots)
    low, high = min(low, 1) / 1.08, max(high, 1.2) * 1.08
    high *= (high / low) ** 0.4  # room for the name right of the dearest dot
    for index, (axes, conclusion, costs) in enumerate(zip(sheet.axes, panels, drawn)):
        axes.set_title(title_of(results, conclusion), loc="left")
        tallest = max(len(each) for each in drawn[index // 2 * 2:index // 2 * 2 + 2])
        strategy_rows(axes, [standing.strategy for standing, _ in costs], tallest)
        log_axis(axes.xaxis, low, high)
        axes.set_xlabel(f"time over {conclusion.baseline}'s")
        axes.axvline(1, color="black", linewidth=1, zorder=3)
        for row, (standing, cost) in enumerate(costs):
            color = style.look(standing.strategy).color
            bar(axes, row, cost, color, standing.enough, start=1.0)
            beside(axes, row, times(cost.value))
            draw_workloads(axes, row, color, workload_costs(results, conclusion, standing.strategy))
    return sheet.save(folder, "cost_one_worker" + results.suffix)


def draw_workloads(axes, row, color, costs):
    """One dot per workload around a row, in a fixed zigzag, with the dearest one's name."""
    for index, (workload, cost) in enumerate(sorted(costs.items(), key=lambda each: each[1].value)):
        offset = (-0.2, 0.2)[index % 2]
        axes.plot(cost.value, row + offset, marker="o", markersize=3.6, color=color, markeredgecolor="#222222",
                  markeredgewidth=0.4, linestyle="none", zorder=5)
        if 1 < len(costs) == index + 1:
            axes.annotate(workload.split("/", 1)[-1], (max(cost.value, 1), row + offset), fontsize=6.5, xytext=(5, 0),
                          textcoords="offset points", va="center", color="#444444", zorder=5)
