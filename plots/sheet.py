"""A figure whose margins are counted in inches: title and question on top, small print below.

Fixed margins keep text from overlapping whatever the number of panels, which automatic layout does
not promise for legends and notes outside the axes.
"""

import os
import textwrap

import matplotlib.pyplot as plt
from matplotlib.lines import Line2D

from plots import style

DPI = 150
SMALL_PRINT = 7.2  # points
LINE = 0.155  # inches per line of small print
LEGEND_ROW = 0.235  # inches
NARROWEST = 7.6  # inches: the longest title fits
# Measured with DejaVu Sans, with some room for wide letters.
SMALL_PRINT_PER_INCH = 17.0  # characters
SUBTITLE_PER_INCH = 15.3
LABEL_INCHES = 0.07  # a character of a strategy's name, 8 points


def name_margin(names):
    """Inches that these names need left of an axis."""
    return 0.35 + LABEL_INCHES * max(map(len, names))


class Sheet:
    """One chart. `panels` (rows × columns of axes, each of panel size) lie between the header and
    the footer; `self.axes` is a flat list of them, unused ones hidden."""

    def __init__(self, title, subtitle, notes, panels=1, columns=1, panel=(7.0, 3.5), left=0.75,
                 right=0.25, heights=None, gap=(0.45, 0.6), bottom=0.55, strategies=(), extra_legend=(),
                 panel_titles=True, label=""):
        """panel, gap: (width, height) in inches; heights: of each row of panels, where they differ; strategies:
        names for the legend; extra_legend: [(handle, label)] after them; notes: lines of small print; label: what
        distinguishes this chart from another of the same title."""
        columns = max(1, min(columns, panels))
        rows = -(-panels // columns)
        width = left + columns * panel[0] + (columns - 1) * gap[0] + right
        width = max(width, NARROWEST)
        notes = [part for note in notes
                 for part in textwrap.wrap(note, int((width - 0.3) * SMALL_PRINT_PER_INCH))]
        subtitle = f"{label[0].upper()}{label[1:]}. {subtitle}" if label else subtitle
        subtitle = textwrap.wrap(subtitle, int((width - 0.3) * SUBTITLE_PER_INCH))
        handles = [(strategy_handle(name), name) for name in strategies] + list(extra_legend)
        longest = max((len(label) for _, label in handles), default=1)
        per_row = max(1, int((width - 0.3) / (0.58 + LABEL_INCHES * longest)))
        legend_rows = -(-len(handles) // per_row)
        header = 0.42 + 0.18 * len(subtitle) + (0.3 if panel_titles else 0.1)
        footer = bottom + legend_rows * LEGEND_ROW + len(notes) * LINE + 0.18
        heights = list(heights or [panel[1]] * rows)
        height = header + sum(heights) + (rows - 1) * gap[1] + footer
        self.figure = plt.figure(figsize=(width, height))
        self.figure.text(0.15 / width, 1 - 0.13 / height, title, fontsize=12.5,
                         fontweight="bold", va="top")
        self.figure.text(0.15 / width, 1 - 0.4 / height, "\n".join(subtitle), fontsize=8.8,
                         color="#444444", va="top", linespacing=1.25)
        self.figure.text(0.15 / width, 0.1 / height, "\n".join(notes), fontsize=SMALL_PRINT,
                         color="#666666", va="bottom", linespacing=1.3)
        if handles:
            self.figure.legend(
                # matplotlib leaves out what begins with an underscore.
                [h for h, _ in handles], [" " * label.startswith("_") + label for _, label in handles], ncol=per_row,
                loc="lower left", frameon=False, fontsize=8, handlelength=2.6, columnspacing=1.2,
                bbox_to_anchor=(0.08 / width, (0.08 + len(notes) * LINE) / height),
                borderaxespad=0.2, labelspacing=0.45)
        self.axes = []
        for index in range(panels):
            row, column = divmod(index, columns)
            x = left + column * (panel[0] + gap[0])
            y = footer + sum(heights[row + 1:]) + (rows - 1 - row) * gap[1]
            self.axes.append(self.figure.add_axes(
                [x / width, y / height, panel[0] / width, heights[row] / height]))
        self.columns, self.rows = columns, rows

    def is_left(self, index):
        return index % self.columns == 0

    def is_bottom(self, index):
        """True when no panel lies below this one."""
        return index + self.columns >= len(self.axes)

    def save(self, folder, name):
        """Writes NAME.png and NAME.svg; returns their paths. Raises OSError."""
        paths = [os.path.join(folder, f"{name}.{kind}") for kind in ("png", "svg")]
        for path in paths:
            metadata = {"Date": None} if path.endswith(".svg") else None
            self.figure.savefig(path, dpi=DPI, metadata=metadata)
        plt.close(self.figure)
        return paths


def strategy_handle(strategy):
    look = style.look(strategy)
    return Line2D([], [], color=look.color, marker=look.marker, linestyle=look.line, linewidth=1.6,
                  markersize=6, markeredgecolor="#222222", markeredgewidth=0.5)


def message(axes, text):
    """A panel with nothing to draw says why."""
    axes.text(0.5, 0.5, text, transform=axes.transAxes, ha="center", va="center", fontsize=8,
              color="#888888")
