"""The plot of one model's days as SVG: its tokens, the days outside the top 50, its rank in a strip below.

There are hundreds of these, and Vega would take a hundred times as long over each.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from generator.base.palette import LIGHT
from generator.charts.chart import Rows

PALE = 0.55
GAP, STRIP, LOWEST = 22.0, 44.0, 50
"""Between plot and strip; the strip's height; the rank at its lower edge. Ranks stand on a logarithmic scale."""


@dataclass(frozen=True, slots=True)
class Day:
    """A day in the top 50: how many days after the first, its tokens and rank; ``run`` changes after a gap."""

    at: int
    tokens: float
    rank: int
    run: int


@dataclass(frozen=True, slots=True)
class Days:
    """What is drawn; ``gaps`` pairs each day outside the top 50 with the most that it can have had.

    Attributes:
        count: days from the first to the last.
        firm: so many of them are settled; what comes later may still be restated.
        lone: days between two gaps, which no line would show.
    """

    count: int
    firm: int
    days: Sequence[Day]
    gaps: Sequence[tuple[int, float]]
    lone: Sequence[Day]


def depth(rank: int) -> float:
    """Return how far below the upper edge of the strip a rank stands, in pixels."""
    return STRIP * math.log(min(rank, LOWEST)) / math.log(LOWEST)


class Plot:
    """The days at one size, on a scale from nothing to ``top``."""

    def __init__(self, days: Days, top: float, width: float, height: float) -> None:
        self._days = days
        self._top, self._width, self._height = top, width, height
        self._step = width / days.count

    def svg(self, colour: str, labels: dict[str, Rows], ticks: Sequence[tuple[int, str]]) -> str:
        """Return the plot as SVG: lines in the model's color, with the template's labels; ``ticks`` label days."""
        firm = [day for day in self._days.days if day.at < self._days.firm]
        pale = (
            [day for day in self._days.days if day.at >= self._days.firm - 1]
            if self._days.firm
            else []
        )
        late = self._line(pale) if len(firm) < len(self._days.days) else ""
        lone = "".join(
            f"M{self._x(day.at + 0.5)},{self._y(day.tokens)}h0" for day in self._days.lone
        )
        line = f'stroke="{colour}" stroke-width='
        parts = (
            (self._grid(labels), f'stroke="{LIGHT.line}"'),
            (self._bands(), f'fill="{LIGHT.other}" fill-opacity="0.3"'),
            (
                self._ranks(),
                f'stroke="{LIGHT.soft}" stroke-width="1.5" stroke-linejoin="round" stroke-linecap="round"',
            ),
            (self._line(firm), f'{line}"2" stroke-linejoin="round" stroke-linecap="round"'),
            (late, f'{line}"2" stroke-opacity="{PALE}"'),
            (lone, f'{line}"6" stroke-linecap="round"'),
        )
        drawn = "".join(f'<path d="{path}" {look}/>' for path, look in parts if path)
        return drawn + "".join(self._words(labels, ticks))

    def _grid(self, labels: dict[str, Rows]) -> str:
        lines = [self._y(row["v"]) for row in labels["ticks"]]
        lines += [f"{self._height + GAP + depth(row['rank']):.1f}" for row in labels["places"]]
        return "".join(f"M0,{y}H{self._width:g}" for y in lines)

    def _bands(self) -> str:
        foot = f"{self._height:g}"
        return "".join(
            f"M{self._x(at)},{foot}V{self._y(bound)}H{self._x(at + 1)}V{foot}Z"
            for at, bound in self._days.gaps
        )

    def _line(self, days: Sequence[Day]) -> str:
        return self._joined([(day.run, self._x(day.at + 0.5), self._y(day.tokens)) for day in days])

    def _ranks(self) -> str:
        foot = self._height + GAP
        return self._joined(
            [
                (day.run, self._x(day.at + 0.5), f"{foot + depth(day.rank):.1f}")
                for day in self._days.days
            ]
        )

    def _joined(self, points: Sequence[tuple[int, str, str]]) -> str:
        """Return an SVG path, broken between runs; the stroke's round caps make a dot of a run of one day."""
        path: list[str] = []
        before = None
        for run, x, y in points:
            path.append(f"L{x},{y}" if run == before else f"M{x},{y}h0")
            before = run
        return "".join(path)

    def _words(self, labels: dict[str, Rows], ticks: Sequence[tuple[int, str]]) -> list[str]:
        soft, strip = f'font-size="12px" fill="{LIGHT.soft}"', self._height + GAP
        end = f'<text x="{self._width + 8:g}" y='
        parts = [
            f'<text text-anchor="end" x="-8" y="{float(self._y(row["v"])) + 4:.1f}" {soft}>{row["label"]}</text>'
            for row in labels["ticks"]
        ]
        parts += [
            f'<text text-anchor="end" x="-8" y="{strip + depth(row["rank"]) + 4:.1f}" {soft}>{row["label"]}</text>'
            for row in labels["places"]
        ]
        parts += [
            f'<text text-anchor="middle" x="{self._x(at + 0.5)}" y="{strip + STRIP + 17:g}" {soft}>{label}</text>'
            for at, label in ticks
        ]
        for row in labels["ends"]:
            ink = f'font-size="12px" fill="{LIGHT.ink}"'
            parts.append(
                f'{end}"{float(self._y(row["v"])) + 4:.1f}" {ink} font-weight="bold">{row["label"]}</text>'
            )
            parts.append(f'{end}"{strip + depth(row["rank"]) + 4:.1f}" {ink}>{row["place"]}</text>')
        return parts

    def _x(self, at: float) -> str:
        return f"{at * self._step:.1f}"

    def _y(self, tokens: float) -> str:
        return f"{self._height * (1 - tokens / self._top):.1f}"
