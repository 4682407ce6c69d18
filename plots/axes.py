"""Axes as all charts have them."""

import math

from matplotlib.lines import Line2D
from matplotlib.ticker import FixedLocator, FuncFormatter, NullFormatter, NullLocator

from plots import style

TICKS = (1 / 64, 1 / 32, 1 / 16, 1 / 8, 1 / 4, 1 / 2, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024)
MOST_TICKS = 8
LIMIT = "#B00020"
FINE_TICKS = (0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1, 1.25, 1.5, 2, 2.5, 3, 4)


def plain(value):
    """A number as one writes it: 0.05, 0.5, 1, 1.25, 16."""
    return f"{value:.0f}" if value >= 10 else f"{value:.3g}"


def log_axis(axis, low, high, ticks=None):
    """A log scale from low to high with ticks that people read: powers of two, finer when short."""
    axis.axes.set(**{f"{axis.axis_name}scale": "log", f"{axis.axis_name}lim": (low, high)})
    ticks = ticks or (FINE_TICKS if high / low < 5 else TICKS)
    shown = [t for t in ticks if low <= t <= high]
    if len(shown) > MOST_TICKS:  # every second one, 1 among them
        shown = [t for t in shown if (shown.index(t) - (shown.index(1) if 1 in shown else 0)) % 2 == 0]
    axis.set_major_locator(FixedLocator(shown))
    axis.set_minor_locator(NullLocator())
    axis.set_major_formatter(FuncFormatter(lambda value, _: plain(value)))
    axis.set_minor_formatter(NullFormatter())


def decades(low, high):
    """Ticks at powers of ten, and between them where fewer than two would be seen."""
    powers = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    whole = [10.0 ** power for power in powers]
    if sum(low <= tick <= high for tick in whole) >= 2:
        return whole
    return [step * tick for tick in whole for step in (1, 2, 5)]


def thousands(value):
    """A tick as one writes it: 0.1, 10, 1,000."""
    return f"{value:,.0f}" if value >= 1 else f"{value:g}"


def decade_axis(axis, low, high):
    """A log scale over several powers of ten."""
    log_axis(axis, low, high, decades(low, high))
    axis.set_major_formatter(FuncFormatter(lambda value, _: thousands(value)))


def strategy_rows(axes, strategies, places=None):
    """Strategies down the y axis, the first on top; with room for as many as the tallest panel has."""
    axes.set_ylim((places or len(strategies)) - 0.4, -0.6)
    axes.set_yticks(range(len(strategies)), strategies)
    axes.grid(axis="y", visible=False)
    axes.tick_params(axis="y", length=0)


def span(estimates):
    """The lowest and the highest that an axis is to show: the values, and of their intervals what fits. The
    interval of a few blocks may be so wide that nothing else could be seen."""
    values = [each.value for each in estimates]
    low, high = min(values), max(values)
    ends = [each for each in estimates if each.has_interval]
    return (min([low] + [max(each.low, low / 1.6) for each in ends]),
            max([high] + [min(each.high, high * 1.6) for each in ends]))


def whisker(axes, row, estimate, rim="white"):
    """The interval, with a rim so that it is seen on a dark bar too; nothing where there is none."""
    if not estimate.has_interval:
        return
    for color, wide in ((rim, 2.6), ("#222222", 1.1)):
        axes.errorbar(estimate.value, row, color=color, elinewidth=wide, capsize=2.5, capthick=wide, zorder=4,
                      xerr=[[estimate.value - estimate.low], [estimate.high - estimate.value]])


def bar(axes, row, estimate, color, enough, start=0.0):
    """A bar with its whisker; hatched where there are too few blocks for a verdict."""
    axes.barh(row, estimate.value - start, left=start, height=0.64, facecolor=color if enough else "white",
              edgecolor="#222222" if enough else color, hatch=None if enough else "//////", linewidth=0.5,
              alpha=0.85, zorder=2)
    whisker(axes, row, estimate)


def marker(axes, x, y, look, enough, size=6.0):
    """A strategy's point; hatched where there are too few blocks for a verdict."""
    if enough or look.marker in style.UNFILLED:
        axes.plot(x, y, marker=look.marker, color=look.color, markersize=size, markeredgecolor="#222222",
                  markeredgewidth=0.4, linestyle="none", zorder=5)
    else:
        axes.scatter([x], [y], marker=look.marker, s=size * size * 1.2, facecolor="white", edgecolor=look.color,
                     hatch="////////", linewidth=0.9, zorder=5)


def draw_limit(line, shade, limit):
    """What the machine's cores gave at once over one. line, shade: axvline and axvspan, or axhline and axhspan."""
    line(limit.value, color=LIMIT, linestyle=style.DASHED, linewidth=1.2, zorder=1)
    if limit.has_interval:
        shade(limit.low, limit.high, color=LIMIT, alpha=0.09, linewidth=0, zorder=0)


def limit_legend(limit, cores):
    return [(Line2D([], [], color=LIMIT, linestyle=style.DASHED, linewidth=1.2),
             f"what {cores} cores gave: {times(limit.value)} of one")]


def beside(axes, row, text, faint=False):
    """Text right of a row."""
    look = {"color": "#777777", "fontsize": 8} if faint else {"fontsize": 8.5, "fontweight": "bold"}
    axes.text(1.03, row, text, transform=axes.get_yaxis_transform(), va="center", **look)


def times(value):
    """A ratio as a number beside a bar."""
    return f"{value:.2f}×" if value < 10 else f"{value:.1f}×" if value < 100 else f"{value:,.0f}×"
