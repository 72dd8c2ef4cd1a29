"""``render --report``: what a published site weighs by kind of file, and what it will weigh in ten years."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path

from generator.charts.catalogue import CHARTS
from generator.checks.layout import LARGEST_SITE
from generator.render.day_zips import DAYS as ZIPPED_DAYS
from generator.render.thinned_charts import FORMATS, LIMIT
from generator.render.thinning import (
    EMBEDDED_DAYS,
    INTERACTIVE_DAYS,
    PAGE,
    ROOM,
    SHORT_PAGE,
    ZIPPED_BOARDS,
    ChartWeights,
    Thinned,
    kept_days,
    thinned,
)

YEAR, DECADE = 365, 3653
"""In days."""
_FIRST = date(2025, 1, 1)
"""Of the days that a site will have held; which ones they are changes the number of month ends by one at most."""
_DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
_SPECS = re.compile(rf"d/({_DAY})/embed/.*/spec\.js", re.ASCII)

Counted = Callable[[Sequence[date], Thinned], float]
"""Returns how many of the days held have files of a kind, once what there is no room for is left out."""


def _all(days: Sequence[date], _: Thinned) -> int:
    return len(days)


def _whole_pages(days: Sequence[date], left_out: Thinned) -> float:
    """Return as many days as have pages that weigh so much whole."""
    short = sum(day < left_out.tables for day in days)
    return len(days) - short * (1 - SHORT_PAGE / PAGE)


def _interactive(days: Sequence[date], _: Thinned) -> int:
    return min(len(days), INTERACTIVE_DAYS)


def _frozen(days: Sequence[date], left_out: Thinned) -> int:
    return len(kept_days(days, EMBEDDED_DAYS, left_out)) - _interactive(days, left_out)


def _zipped(days: Sequence[date], _: Thinned) -> int:
    return min(len(days), ZIPPED_DAYS)


def _with_changes(days: Sequence[date], left_out: Thinned) -> int:
    return sum(day >= left_out.changes for day in days)


def _with_boards(days: Sequence[date], left_out: Thinned) -> int:
    return sum(day >= left_out.boards for day in days)


def _boards_in_zips(days: Sequence[date], left_out: Thinned) -> int:
    return sum(day < left_out.boards for day in days)


def _in_zips(days: Sequence[date], left_out: Thinned) -> int:
    return sum(left_out.is_zipped(day) for day in days)


def _with_snapshots(days: Sequence[date], left_out: Thinned) -> int:
    return sum(day >= left_out.snapshots for day in days)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of files.

    Attributes:
        name: as the report shows it.
        files: a pattern of their paths; a group in it is the day that a file is of.
        counted: how many days have such files; None for files that are of no day.
    """

    name: str
    files: re.Pattern[str]
    counted: Counted | None = None


_INTERACTIVE = Kind(
    "interactive charts of days",
    re.compile(rf"d/({_DAY})/(?:charts|embed)/.*", re.ASCII),
    _interactive,
)
_PAGES = Kind("pages of days", re.compile(rf"d/({_DAY})/index\.html", re.ASCII), _whole_pages)
_BOARD_ZIPS = Kind(
    "zips of boards of days", re.compile(r"d/boards-([0-9]{4})\.zip", re.ASCII), _boards_in_zips
)
_SNAPSHOTS = Kind(
    "snapshots", re.compile(rf"data/v1/[^/]+/({_DAY})\..*", re.ASCII), _with_snapshots
)
_YEARS = Kind("zips of years", re.compile(r"data/v1/[^/]+/([0-9]{4})\.zip", re.ASCII), _in_zips)
_HISTORIES = Kind(
    "histories", re.compile(r"data/v1/[^/]+/history/(year=.*)/part.*", re.ASCII), _all
)
_OF_TODAY = Kind("charts and embeds", re.compile(r"(?:charts|embed|badges)/.*"))
_PER_ENTITY = "|".join(chart.id for chart in CHARTS if chart.per_entity)
_SPARED = re.compile(
    rf"charts/(?:{_PER_ENTITY})\..*\.(?:vl|vg)\.json|embed/(?:{_PER_ENTITY})\..*/spec\.js"
)
"""What leaves today's charts once the days have no more to give."""
_DESCRIBED = re.compile(rf"((?:{_PER_ENTITY})\..*)\.metadata\.json")
KINDS = (
    _PAGES,
    Kind("changes of days", re.compile(rf"d/({_DAY})/changes/.*", re.ASCII), _with_changes),
    Kind("boards of days as data", re.compile(rf"d/({_DAY})/boards\.json", re.ASCII), _with_boards),
    _BOARD_ZIPS,
    _INTERACTIVE,
    Kind("frozen charts of days", re.compile(rf"d/({_DAY})/embed/.*", re.ASCII), _frozen),
    _SNAPSHOTS,
    Kind("zips of days", re.compile(rf"data/v1/({_DAY})\.zip", re.ASCII), _zipped),
    _YEARS,
    _HISTORIES,
    _OF_TODAY,
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


@dataclass(slots=True)
class _Files:
    """The files of one kind.

    Attributes:
        count: how many there are.
        size: their bytes.
        days: the bytes of each day that they are of; an empty text stands for none.
    """

    count: int = 0
    size: int = 0
    days: dict[str, int] = field(default_factory=dict)

    @property
    def a_day(self) -> float:
        """Return the bytes of a day: those of the newest year, of which no page is short."""
        newest = sorted(self.days)[-YEAR:]
        return sum(self.days[day] for day in newest) / max(1, len(newest))


def weigh(public: Path) -> list[Weight]:
    """Return the weight of each kind of files of a published site."""
    sizes = _sizes(public)
    by_kind = _by_kind(sizes)
    held = len(by_kind[KINDS[0].name].days)
    snapshots = by_kind[_SNAPSHOTS.name]
    snapshots_a_day = snapshots.size // max(1, len(snapshots.days))
    histories_a_day = by_kind[_HISTORIES.name].size / max(1, held)
    charts = _chart_weights(sizes)
    of_no_day = 0
    for kind in KINDS:
        if kind.counted is None:
            of_no_day += by_kind[kind.name].size

    def days_held(number: int) -> tuple[Sequence[date], Thinned]:
        others = of_no_day + histories_a_day * number
        return _days_held(number, snapshots_a_day, charts, others)

    now, then, at_last = days_held(held), days_held(held + YEAR), days_held(DECADE)
    weights = []
    for kind in KINDS:
        of_kind = by_kind[kind.name]
        a_day = of_kind.a_day
        if kind is _HISTORIES:
            # A month of a history is as heavy as the days held in it.
            a_day = histories_a_day
        elif kind is _YEARS:
            a_day = snapshots_a_day
        elif kind is _BOARD_ZIPS:
            a_day = ZIPPED_BOARDS
        in_a_year = _size(kind, of_kind.size, a_day, then) - _size(kind, of_kind.size, a_day, now)
        in_ten_years = _size(kind, of_kind.size, a_day, at_last)
        weights.append(Weight(kind, of_kind.count, of_kind.size, in_a_year, in_ten_years))
    spared = sum(size for name, size in sizes.items() if _SPARED.match(name))
    return list(_with_room(weights, spared))


def _sizes(public: Path) -> dict[str, int]:
    """Return the bytes of each file of a published site, by its path inside."""
    sizes: dict[str, int] = {}
    for path in public.rglob("*"):
        if path.is_file():
            sizes[path.relative_to(public).as_posix()] = path.stat().st_size
    return sizes


def _by_kind(sizes: Mapping[str, int]) -> dict[str, _Files]:
    """Return the files of each kind, by its name."""
    interactive = set()
    for name in sizes:
        specs = _SPECS.fullmatch(name)
        if specs:
            interactive.add(specs[1])
    by_kind = {kind.name: _Files() for kind in KINDS}
    for name, size in sizes.items():
        kind, day = _kind(name, interactive)
        of_kind = by_kind[kind.name]
        of_kind.count += 1
        of_kind.size += size
        of_kind.days[day] = of_kind.days.get(day, 0) + size
    return by_kind


def _with_room(weights: Sequence[Weight], spared: int) -> Iterator[Weight]:
    """Yield the weights with as much of these bytes of today's charts gone as there is no room for in ten years."""
    excess = sum(weight.in_ten_years for weight in weights) - LIMIT
    gone = max(0, min(excess, spared))
    for weight in weights:
        if weight.kind is _OF_TODAY:
            yield replace(weight, in_ten_years=weight.in_ten_years - gone)
        else:
            yield weight


def _days_held(
    number: int, snapshots: int, charts: ChartWeights, others: float
) -> tuple[Sequence[date], Thinned]:
    """Return so many days, and what is left out of them.

    Args:
        number: how many.
        snapshots: the bytes of those of a day.
        charts: what those of a day weigh.
        others: the bytes of all files that are of no day.
    """
    days = [_FIRST + timedelta(days=at) for at in range(number)]
    sizes = dict.fromkeys(days, snapshots)
    return days, thinned(sizes, min(ROOM, LIMIT - round(others)), charts)


def _chart_weights(sizes: Mapping[str, int]) -> ChartWeights:
    """Return what the heaviest days weigh by their embeds: those with specs, and those without."""
    of_days: dict[str, int] = {}
    with_specs = set()
    for name, size in sizes.items():
        match = _INTERACTIVE.files.fullmatch(name)
        if match:
            of_days[match[1]] = of_days.get(match[1], 0) + size
            if _SPECS.fullmatch(name):
                with_specs.add(match[1])
    heaviest = ChartWeights()
    frozen, interactive = heaviest.frozen, heaviest.interactive
    for day, size in of_days.items():
        if day in with_specs:
            interactive = max(interactive, size)
        else:
            frozen = max(frozen, size)
    return ChartWeights(frozen, interactive)


def _size(kind: Kind, size: int, a_day: float, held: tuple[Sequence[date], Thinned]) -> int:
    """Return the bytes of a kind once these days are held."""
    if kind.counted is None:
        return size
    return round(a_day * kind.counted(*held))


def _kind(name: str, interactive: set[str]) -> tuple[Kind, str]:
    """Return the kind of a file and the day that it is of, an empty text where it is of none.

    Args:
        name: its path inside the published tree.
        interactive: days (YYYY-MM-DD) whose charts are.
    """
    for kind in KINDS:
        match = kind.files.fullmatch(name)
        if match is None:
            continue
        day = match[1] if match.groups() else ""
        if kind is not _INTERACTIVE or day in interactive:
            return kind, day
    raise ValueError(f"{name} is of no kind")


def lines(weights: list[Weight]) -> Iterator[str]:
    """Yield the lines of a table: files and megabytes of each kind, of the whole site, and what a host takes."""
    yield f"{'':28}{'files':>9}{'MB':>9}{'per year':>10}{'10 years':>10}"
    for weight in weights:
        yield _line(weight.kind.name, [weight])
    yield _line("the whole site", weights)
    yield f"GitHub Pages takes {LARGEST_SITE / 10**6:,.0f} MB; the oldest is left out before that, as counted here."


def lacking(public: Path) -> Iterator[str]:
    """Yield a sentence for each kind of files that some of today's charts already go without."""
    names = {path.name for path in (public / "charts").glob("*.*")}
    ids = []
    for name in names:
        described = _DESCRIBED.fullmatch(name)
        if described:
            ids.append(described[1])
    for format_ in FORMATS:
        without = sum(id_ + format_.suffixes[0] not in names for id_ in ids)
        if without:
            yield f"Left out already: {format_.sentence(without)}"


def _line(name: str, weights: Sequence[Weight]) -> str:
    """Return the line of one kind, or of several together: bytes in megabytes."""
    files = sum(weight.files for weight in weights)
    size = sum(weight.size for weight in weights) / 1e6
    in_a_year = sum(weight.in_a_year for weight in weights) / 1e6
    in_ten_years = sum(weight.in_ten_years for weight in weights) / 1e6
    return f"{name:28}{files:9,}{size:9,.1f}{in_a_year:+10,.1f}{in_ten_years:10,.1f}"
