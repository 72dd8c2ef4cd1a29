"""``render --report``: what a published site weighs by kind of file, and what it will weigh in ten years."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from generator.checks.layout import LARGEST_SITE
from generator.render.day_zips import DAYS as ZIPPED_DAYS
from generator.render.permalinks import INTERACTIVE_DAYS
from generator.render.thinning import EMBEDDED_DAYS

YEAR, DECADE = 365, 3653
"""In days."""
_DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
_SPECS = re.compile(rf"d/({_DAY})/embed/.*/spec\.js", re.ASCII)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of files.

    Attributes:
        name: as the report shows it.
        files: a pattern of their paths; a group in it is the day that a file is of.
        kept: how many of the newest days have such files; None for all, 0 where they are of no days.
        month_ends: whether the last days of earlier months have them too.
    """

    name: str
    files: re.Pattern[str]
    kept: int | None = 0
    month_ends: bool = False

    def days(self, held: int) -> int:
        """Return how many days have such files once so many are held."""
        if self.kept is None or held <= self.kept:
            return held
        return self.kept + ((held - self.kept) * 12 // YEAR if self.month_ends else 0)


KINDS = (
    Kind("pages of days", re.compile(rf"d/({_DAY})/index\.html", re.ASCII), None),
    Kind("changes of days", re.compile(rf"d/({_DAY})/changes/.*", re.ASCII), None),
    Kind("boards of days as data", re.compile(rf"d/({_DAY})/boards\.json", re.ASCII), None),
    Kind(
        "interactive charts of days",
        re.compile(rf"d/({_DAY})/(?:charts|embed)/.*", re.ASCII),
        INTERACTIVE_DAYS,
    ),
    Kind(
        "frozen charts of days",
        re.compile(rf"d/({_DAY})/embed/.*", re.ASCII),
        EMBEDDED_DAYS,
        month_ends=True,
    ),
    Kind("snapshots", re.compile(rf"data/v1/[^/]+/({_DAY})\..*", re.ASCII), None),
    Kind("zips of days", re.compile(rf"data/v1/({_DAY})\.zip", re.ASCII), ZIPPED_DAYS),
    Kind("histories", re.compile(r"data/v1/[^/]+/history.*/(year=.*)/part.*", re.ASCII), None),
    Kind("charts and embeds", re.compile(r"(?:charts|embed|badges)/.*")),
    Kind("all other files", re.compile(r".*", re.DOTALL)),
)
"""Every file is of the first of these kinds whose pattern its path has."""


@dataclass(frozen=True, slots=True)
class Weight:
    """The files of one kind: how many, how many bytes, and how many bytes in a year and in ten from the first day on.

    Attributes:
        in_a_year: more bytes once a year more is held.
        in_ten_years: all bytes once ten years are held.
    """

    kind: Kind
    files: int
    size: int
    in_a_year: int
    in_ten_years: int


def weigh(public: Path) -> list[Weight]:
    """Return the weight of each kind of files of a published site."""
    sizes: dict[str, int] = {}
    for path in public.rglob("*"):
        if path.is_file():
            sizes[path.relative_to(public).as_posix()] = path.stat().st_size
    interactive = {match[1] for match in map(_SPECS.fullmatch, sizes) if match}
    by_kind: dict[str, dict[str, int]] = {kind.name: {} for kind in KINDS}
    days: dict[str, set[str]] = {kind.name: set() for kind in KINDS}
    for name, size in sizes.items():
        kind, day = _kind(name, interactive)
        by_kind[kind.name][name] = size
        days[kind.name].add(day)
    held = len(days[KINDS[0].name])
    return [_weight(kind, by_kind[kind.name], len(days[kind.name]), held) for kind in KINDS]


def _kind(name: str, interactive: set[str]) -> tuple[Kind, str]:
    """Return the kind of a file and the day that it is of, an empty text where it is of none."""
    for kind in KINDS:
        match = kind.files.fullmatch(name)
        day = match[1] if match and match.groups() else ""
        if match and (kind.kept != INTERACTIVE_DAYS or day in interactive):
            return kind, day
    raise ValueError(f"{name} is of no kind")


def _weight(kind: Kind, sizes: dict[str, int], days: int, held: int) -> Weight:
    size = sum(sizes.values())
    if not days or kind.kept == 0:
        return Weight(kind, len(sizes), size, 0, size)
    # A month of a history is as heavy as the days held in it.
    a_day = size / (held if kind.name == "histories" else days)
    more = a_day * (kind.days(held + YEAR) - kind.days(held))
    return Weight(kind, len(sizes), size, round(more), round(a_day * kind.days(DECADE)))


def lines(weights: list[Weight]) -> Iterator[str]:
    """Yield the lines of a table: files and megabytes of each kind, of the whole site, and what a host takes."""
    yield f"{'':28}{'files':>9}{'MB':>9}{'per year':>10}{'10 years':>10}"
    for weight in weights:
        yield _line(
            weight.kind.name, weight.files, weight.size, weight.in_a_year, weight.in_ten_years
        )
    files = sum(weight.files for weight in weights)
    size = sum(weight.size for weight in weights)
    more = sum(weight.in_a_year for weight in weights)
    decade = sum(weight.in_ten_years for weight in weights)
    yield _line("the whole site", files, size, more, decade)
    yield f"GitHub Pages takes {LARGEST_SITE / 10**6:,.0f} MB."


def _line(name: str, files: int, size: int, more: int, decade: int) -> str:
    return f"{name:28}{files:9,}{size / 1e6:9,.1f}{more / 1e6:+10,.1f}{decade / 1e6:10,.1f}"
