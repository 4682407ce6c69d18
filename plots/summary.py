"""The one chart: per kind, how fast each strategy is at all cores, and in words what can be said of it."""

from plots import style
from plots.axes import bar, beside, draw_limit, limit_legend, span, strategy_rows, times
from plots.footer import HATCHED, WHISKERS
from plots.sheet import Sheet, name_margin

def title_of(results, conclusion, workers=None):
    """A panel's title; with the file's name where several files have the same."""
    count = workers or conclusion.workers
    title = f"{conclusion.subject}, {count:,} worker{'s' if count > 1 else ''}"
    same = [each for each in results.conclusions
            if (each.subject, each.workers) == (conclusion.subject, conclusion.workers)]
    return f"{title} · {conclusion.session.name}" if len(same) > 1 else title


def row_heights(counts, columns, each, least=0.1):
    """Inches of each row of panels, by how many strategies its panels have."""
    return [each * max(counts[start:start + columns]) + least for start in range(0, len(counts), columns)]


def speeds_of(conclusion):
    """([(standing, its speed)], over what): over the baseline with one worker, where there is such a row."""
    found = [(each, each.speed_over_one) for each in conclusion.standings if each.speed_over_one]
    over = f"{conclusion.baseline} with one worker"
    if not found:
        found = [(each, each.speed) for each in conclusion.standings if each.speed]
        over = f"{conclusion.baseline} with as many workers"
    return sorted(found, key=lambda each: -each[1].value), over


def limit_of(conclusion):
    """What the machine's cores gave, where there are as many workers that compute; waiting needs no cores."""
    said = conclusion.session.report
    return said.machine_limit if said.limit_cores == conclusion.workers and conclusion.kind != "io" else None


def summary(results, folder):
    panels = [each for each in results.concluded(*results.kinds) if speeds_of(each)[0]]
    if not panels:
        return []
    drawn = [speeds_of(each)[0] for each in panels]
    names = [standing.strategy for each in drawn for standing, _ in each]
    enough = all(standing.enough for each in drawn for standing, _ in each)
    limits = [limit_legend(limit_of(each), each.workers)[0] for each in panels if limit_of(each)]
    sheet = Sheet(
        "What does the global lock cost, and what does each way out of it bring?",
        "Speed, geometric mean over the kind's workloads, the same for all strategies of a panel; the line is 1, and "
        f"further right is faster. {WHISKERS} {'' if enough else HATCHED}",
        [each.sentence for each in panels]
        + results.footer([row for each in panels for row in results.rows_of(each)]),
        panels=len(panels), columns=2, panel=(3.1, 0), left=name_margin(names), right=0.75,
        heights=row_heights([max(2, len(each)) for each in drawn], 2, 0.3), gap=(0.8 + name_margin(names), 0.85),
        label=results.label, extra_legend=limits[:1])
    for index, (axes, conclusion, speeds) in enumerate(zip(sheet.axes, panels, drawn)):
        axes.set_title(title_of(results, conclusion), loc="left")
        tallest = max(2, *(len(each) for each in drawn[index // 2 * 2:index // 2 * 2 + 2]))
        strategy_rows(axes, [standing.strategy for standing, _ in speeds], tallest)
        axes.set_xlabel(f"speed over {speeds_of(conclusion)[1]}")
        limit = limit_of(conclusion)
        axes.set_xlim(0, max(span([speed for _, speed in speeds])[1], limit.value if limit else 1, 1) * 1.04)
        axes.axvline(1, color="black", linewidth=1, zorder=3)
        if limit:
            draw_limit(axes.axvline, axes.axvspan, limit)
        for row, (standing, speed) in enumerate(speeds):
            bar(axes, row, speed, style.look(standing.strategy).color, standing.enough)
            beside(axes, row, times(speed.value))
    return sheet.save(folder, "summary" + results.suffix)
