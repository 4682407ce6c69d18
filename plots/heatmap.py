"""Workload × strategy: speed at one number of workers; a letter where there is no time."""

import math

import matplotlib
from matplotlib.patches import Rectangle

from plots import style
from plots.axes import plain
from plots.footer import HATCHED
from plots.rows import REASONS
from plots.sheet import Sheet, name_margin

HATCH = "////"


def cell_of(results, strategy, workload, workers):
    """The row, or the letter that says why it has no speed ("": not run)."""
    row = results.get(strategy, workload, workers)
    if not row:
        return ""
    if not row.is_timed:
        return row.letter
    return row if row.fact.speed_over_one else "B"


def reason_text(results, letter, workers):
    """What the letter means, with the rows' own words where they all say the same."""
    said = {row.reason for row in results.by_key.values()
            if row.letter == letter and row.workers == workers and not row.is_timed}
    own = said.pop() if len(said) == 1 else ""
    return REASONS[letter] + (f" ({own})" if own and len(own) <= 90 else "")


def notes_of(results, cells, workers):
    flat = [cell for line in cells for cell in line]
    letters = {cell for cell in flat if isinstance(cell, str)}
    rows = [cell for cell in flat if not isinstance(cell, str)]
    notes = ["; ".join(f"{letter}: {reason_text(results, letter, workers)}"
                       for letter in REASONS if letter in letters)] if letters - {""} else []
    if "" in letters:
        notes.append("Grey without a letter: not run.")
    if not all(row.enough for row in rows):
        notes.append(HATCHED)
    return notes + results.footer(rows)


def heatmap(results, workers, folder):
    rows = [(kind, w) for kind in results.kinds for w in results.workloads(kind)
            if any(results.get(s, w, workers) for s in results.strategies)]
    columns = [s for s in results.strategies if any(results.get(s, w, workers) for _, w in rows)]
    cells = [[cell_of(results, s, w, workers) for s in columns] for _, w in rows]
    speeds = [cell.fact.speed_over_one.value for line in cells for cell in line if not isinstance(cell, str)]
    if not speeds:
        return []
    limit = min(4, max([1.0] + [abs(math.log2(speed)) for speed in speeds]))
    sheet = Sheet(
        f"How fast is each workload with {workers:,} worker{'s' if workers > 1 else ''}?",
        f"Speed over {results.baseline} with one worker; blue: faster, red: slower (logarithmic colours); white: the "
        "95 % interval contains 1.",
        notes_of(results, cells, workers), panel=(max(3.2, 0.72 * len(columns)), 0.27 * len(rows)),
        left=name_margin([w for _, w in rows]), right=1.2, bottom=0.4 + 0.62 * (name_margin(columns) - 0.3),
        panel_titles=False, label=results.label)
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
    return sheet.save(folder, f"heatmap_{workers}_workers{results.suffix}")


def color_of(row, palette, scale):
    """White where the interval contains 1: nobody can tell which side it is on."""
    speed = row.fact.speed_over_one
    return (1.0, 1.0, 1.0, 1.0) if speed.contains(1) else palette(scale(math.log2(speed.value)))


def draw_cell(axes, x, y, cell, palette, scale):
    box = {"xy": (x - 0.5, y - 0.5), "width": 1, "height": 1, "linewidth": 1}
    if isinstance(cell, str):
        axes.add_patch(Rectangle(**box, edgecolor="white", facecolor="#E4E4E4"))
        axes.text(x, y, cell, ha="center", va="center", fontsize=8, fontweight="bold", color="#555555")
        return
    value, color = cell.fact.speed_over_one.value, color_of(cell, palette, scale)
    axes.add_patch(Rectangle(**box, edgecolor="white", facecolor=color))
    text = f"{value:.2f}" if value < 10 else f"{value:.1f}" if value < 100 else f"{value:,.0f}"
    under = {}
    if not cell.enough:
        axes.add_patch(Rectangle(**{**box, "linewidth": 0}, edgecolor="#8A8A8A", facecolor="none", hatch=HATCH))
        under = {"bbox": {"facecolor": color, "edgecolor": "none", "pad": 0.8}}
    axes.text(x, y, text, ha="center", va="center", fontsize=8, color=style.readable_on(*color[:3]), **under)


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
