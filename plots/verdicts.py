"""What is asked of a number, and whether it is met, as far as its interval can tell.

Met: the interval lies wholly within what is asked. Missed: wholly outside. Else, or with too few blocks for a
verdict, it cannot be told.
"""

import dataclasses
import math

from plots.report import Estimate

MET, MISSED, UNKNOWN = "met", "missed", "cannot be told"


@dataclasses.dataclass(frozen=True)
class Line:
    """One line of the table: what is measured, what is asked, what came out."""

    what: str
    asked: str
    measured: str
    verdict: str  # MET, MISSED, UNKNOWN, or "" where nobody asked or measured


@dataclasses.dataclass(frozen=True)
class Asked:
    least: float = 0.0
    most: float = math.inf

    def verdict(self, number, enough=True):
        if not number.has_interval or not enough:
            return UNKNOWN
        if self.least <= number.low and number.high <= self.most:
            return MET
        return MISSED if number.high < self.least or number.low > self.most else UNKNOWN


def shown(number, unit=""):
    ends = f" ({number.low:.3g} to {number.high:.3g})" if number.has_interval and number.low != number.high else ""
    return f"{number.value:.3g}{unit}{ends}"


def line_of(what, asked_text, number, asked, unit="", enough=True):
    if number is None:
        return Line(what, asked_text, "not measured", "")
    return Line(what, asked_text, shown(number, unit), asked.verdict(number, enough) if asked else "")


def together(verdicts):
    """Of a target that asks several things."""
    return MISSED if MISSED in verdicts else UNKNOWN if UNKNOWN in verdicts else MET


def quotient(above, below):
    """Of two that are not measured together: its ends are those of the extremes."""
    if above is None or below is None or below.low <= 0:
        return None
    return Estimate(above.value / below.value, above.low / below.high, above.high / below.low, above.blocks)


def to_text(lines):
    """A table in Markdown."""
    rows = [("what", "asked", "measured (95 % interval)", "")] + [
        (line.what, line.asked, line.measured, line.verdict) for line in lines]
    text = [f"| {' | '.join(row)} |" for row in rows]
    text.insert(1, "|---|---|---|---|")
    return "\n".join(text)
