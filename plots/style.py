"""How a strategy looks: one fixed colour, marker and line per name, the same on every chart.

Colours are Okabe and Ito's (distinguishable to the colour-blind) and two greys for the references;
names of one family share a colour and differ in marker and line.
"""

import dataclasses
import zlib

BLACK, ORANGE, SKY, GREEN = "#000000", "#E69F00", "#56B4E9", "#009E73"
YELLOW, BLUE, VERMILLION, PURPLE = "#F0E442", "#0072B2", "#D55E00", "#CC79A7"
GREY, LIGHT_GREY = "#6E6E6E", "#A0A0A0"

SOLID, DASHED, DOTTED, DASH_DOT = "-", (0, (4, 1.5)), (0, (1, 1.2)), (0, (5, 1.5, 1, 1.5))
UNKNOWN_LINE = (0, (2, 1, 2, 1, 6, 1))


@dataclasses.dataclass(frozen=True)
class Look:
    color: str
    marker: object
    line: object


# In the order of every legend, axis and table.
LOOKS = {
    "global_lock": Look(BLACK, "o", SOLID),
    "global_lock_ticks": Look(BLACK, (4, 1, 0), DOTTED),
    "per_object_lock": Look(ORANGE, "s", SOLID),
    "atomic_refcount": Look(VERMILLION, "^", SOLID),
    "atomic_immortal": Look(VERMILLION, "<", DASHED),
    "biased_immortal": Look(GREEN, ">", DOTTED),
    "biased_deferred": Look(GREEN, "p", DASHED),
    "biased_refcount": Look(GREEN, "P", SOLID),
    "tracing_gc": Look(PURPLE, "X", SOLID),
    "multi_process": Look(BLUE, "D", SOLID),
    "subinterpreters": Look(SKY, "v", SOLID),
    "event_loop": Look(YELLOW, "*", SOLID),
    "unsynchronized": Look(PURPLE, "d", DOTTED),
    "cpython_threads": Look(GREY, "8", DASH_DOT),
    "cpython_processes": Look(LIGHT_GREY, "H", DASH_DOT),
    "pypy_threads": Look(GREY, "h", DASHED),
    "pypy_processes": Look(LIGHT_GREY, (6, 1, 0), DASHED),
}

REFERENCES = ("cpython", "pypy")  # how the names of other Pythons begin
SECOND_LINE = (0, (1, 2))

FALLBACK_COLORS = (ORANGE, SKY, GREEN, BLUE, VERMILLION, PURPLE)
FALLBACK_MARKERS = ("1", "2", "3", "4", "+", "x")
UNFILLED = (*FALLBACK_MARKERS, (4, 1, 0), (6, 1, 0))  # have no face to hatch


def original(strategy):
    """"X" of "X#2", a second name of one strategy; a name without a number of its own as it is."""
    name, mark, number = strategy.rpartition("#")
    return name if name and number.isascii() and number.isdigit() else strategy


def family(strategy):
    """Whose look it has: a second name's, and another version's of a Python ("cpython_threads_3.14.0")."""
    name = original(strategy)
    of_version = (known for known in LOOKS if known.startswith(REFERENCES) and name.startswith(known + "_"))
    return next(of_version, name)


def look(strategy):
    """The strategy's look; an unknown name gets one computed from its letters, so that it too keeps
    its look from chart to chart and run to run."""
    if strategy in LOOKS:
        return LOOKS[strategy]
    if family(strategy) in LOOKS:
        return dataclasses.replace(LOOKS[family(strategy)], line=SECOND_LINE)
    number = zlib.crc32(strategy.encode())
    return Look(
        FALLBACK_COLORS[number % len(FALLBACK_COLORS)],
        FALLBACK_MARKERS[number // 7 % len(FALLBACK_MARKERS)],
        UNKNOWN_LINE,
    )


def rank(strategy):
    """Sort key: the table's order, unknown names after it (a second Python beside the first)."""
    names = list(LOOKS)
    known = family(strategy)
    return (names.index(known) if known in names else len(names), strategy)


def readable_on(red, green, blue):
    """Black or white: the text colour with the better contrast on this background (each 0 to 1)."""
    return "black" if 0.299 * red + 0.587 * green + 0.114 * blue > 0.55 else "white"


SETTINGS = {
    "text.parse_math": False,  # a name with a dollar sign is a name
    "font.family": "DejaVu Sans",
    "font.size": 9,
    "axes.titlesize": 9.5,
    "axes.titleweight": "bold",
    "axes.labelsize": 9,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": "#555555",
    "axes.linewidth": 0.8,
    "axes.grid": True,
    "axes.axisbelow": True,
    "grid.color": "#E2E2E2",
    "grid.linewidth": 0.7,
    "xtick.color": "#333333",
    "ytick.color": "#333333",
    "xtick.labelsize": 8,
    "ytick.labelsize": 8,
    "hatch.linewidth": 0.5,
    "svg.fonttype": "path",
    "svg.hashsalt": "gilbench",
    "figure.facecolor": "white",
    "savefig.facecolor": "white",
}
