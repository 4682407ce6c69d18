"""What goes wrong: updates lost without a lock."""

import statistics

from plots import style
from plots.axes import strategy_rows
from plots.sheet import Sheet, name_margin

COUNTER, LOST = "shared/unlocked_counter", "lost_updates_share"


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
