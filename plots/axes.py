"""Axes as all charts have them."""

import math

from matplotlib.ticker import FixedLocator, FuncFormatter, NullFormatter, NullLocator

TICKS = (1 / 64, 1 / 32, 1 / 16, 1 / 8, 1 / 4, 1 / 2, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024)
FINE_TICKS = (0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1, 1.25, 1.5, 2, 2.5, 3, 4)


def plain(value):
    """A number as one writes it: 0.05, 0.5, 1, 1.25, 16."""
    return f"{value:.0f}" if value >= 10 else f"{value:.3g}"


def log_axis(axis, low, high, ticks=None):
    """A log scale from low to high with ticks that people read: powers of two, finer when short."""
    axis.axes.set(**{f"{axis.axis_name}scale": "log", f"{axis.axis_name}lim": (low, high)})
    ticks = ticks or (FINE_TICKS if high / low < 5 else TICKS)
    axis.set_major_locator(FixedLocator([t for t in ticks if low <= t <= high]))
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


def strategy_rows(axes, strategies):
    """Strategies down the y axis, the first on top."""
    axes.set_ylim(len(strategies) - 0.4, -0.6)
    axes.set_yticks(range(len(strategies)), strategies)
    axes.grid(axis="y", visible=False)
    axes.tick_params(axis="y", length=0)


def mean_beside(axes, row, mean, timed, all_of_them):
    """A mean beside its bar; of how many workloads, where some of them have no time."""
    number = axes.text(1.03, row, f"{mean:.2f}×", transform=axes.get_yaxis_transform(), va="center",
                       fontsize=8.5, fontweight="bold")
    if timed < all_of_them:
        axes.annotate(f"({timed} of {all_of_them})", xy=(1, 0.5), xycoords=number, xytext=(3, 0),
                      textcoords="offset points", va="center", fontsize=7, color="#666666")
