"""What goes wrong: updates lost without a lock."""

import statistics

from plots import style
from plots.axes import bar, beside, strategy_rows
from plots.footer import HATCHED
from plots.report import Estimate
from plots.sheet import Sheet, name_margin

COUNTER, LOST = "shared/unlocked_counter", "lost_updates_share"


def lost_updates(results, folder):
    """The share of `x += 1` that is lost where nothing guards the statement."""
    return [path for place, workload in enumerate(results.sizes_of(COUNTER))
            for path in lost_updates_of(results, workload, f"_{place}" if place else "", folder)]


def lost_updates_of(results, workload, suffix, folder):
    strategies = results.strategies_with(workload, LOST)
    measured = [row for row in results.measured.values() if row.workload == workload and row.workers > 1]
    if not strategies or not measured:
        return []
    counts = {row.workers for row in measured}
    workers = results.cores if results.cores in counts else max(counts)
    skipped = {row.strategy for row in results.by_key.values()
               if row.workload == workload and row.failed and row.letter == "S"}
    shares = {s: [100 * v for v in results.metric(s, workload, workers, LOST)] for s in {*strategies, *skipped}}
    rows = sorted(shares, key=lambda s: (not shares[s], statistics.median(shares[s] or [0]), style.rank(s)))
    enough = {row.strategy: row.enough for row in measured if row.workers == workers}
    sheet = Sheet(
        "How many updates does an unlocked counter lose?",
        f"{workers} workers add 1 to one attribute, `x += 1`, without a lock: it reads, adds and "
        "writes, and another worker may write in between. Share of the additions that are lost; 0 "
        "means that the strategy never switched inside the statement, not that it promises so. Bar: "
        "median of the repetitions; whisker: lowest to highest.",
        [HATCHED] * (not all(enough.values()))
        + results.footer([row for row in measured if row.workers == workers]),
        panel=(5.4, 0.34 * len(rows) + 0.1), left=name_margin(rows), right=1.75, panel_titles=False,
        label=results.label)
    axes = sheet.axes[0]
    strategy_rows(axes, rows)
    highest = max([max(values) for values in shares.values() if values] + [1.0])
    axes.set_xlim(0, highest * 1.04)
    axes.set_xlabel("additions lost (%)")
    for row, strategy in enumerate(rows):
        draw_share(axes, row, style.look(strategy).color, shares[strategy], strategy in skipped,
                   enough.get(strategy, True))
    return sheet.save(folder, f"lost_updates{suffix}{results.suffix}")


def draw_share(axes, row, color, values, skipped, enough):
    if not values:
        beside(axes, row, "– shares no objects" if skipped else "– not measured", faint=True)
        return
    middle = statistics.median(values)
    spread = (min(values), max(values)) if max(values) > min(values) else (None, None)
    bar(axes, row, Estimate(middle, *spread, len(values)), color, enough)
    beside(axes, row, f"{middle:.1f} %" if middle else "0")
