"""How fast new models are adopted: tokens per day by the days since each was first in a daily top 50."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from generator.archive.coverage import Coverage
from generator.archive.daily_tokens import DailyTokens
from generator.base import formats
from generator.base.dates import Window, human_day
from generator.boards import sentences, token_columns
from generator.boards.board import AnyBoard, Board, BoardId, Column, Entity, UnrankedRow
from generator.boards.catalogue import created
from generator.boards.joined_models import totals_by_day
from generator.boards.names import Names
from generator.boards.sources import BoardMaker, Sources, required
from generator.boards.totals import ABSENT, SCOPE, most_first
from generator.endpoints.rankings_daily import NAME

ID, DAYS_ID = BoardId("adoption"), BoardId("adoption", "days")
LAUNCHES = 12
"""The number of launches that have a line: those with the most tokens in their first days."""
FIRST_DAYS = 30
"""Launches are compared by the tokens of this many days from the first on."""
MOST_DAYS = 90
"""A line ends after this many days."""
NEW_WITHIN = 30
"""A model that the catalog had for more days than this when it entered a top 50 was not new then."""
_MEAN_OF_DAYS = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class LaunchRow(UnrankedRow):
    """A new model and its tokens in its first days.

    Attributes:
        first_day: on which it was first in a daily top 50.
        total_tokens: in the first thirty days, on those that name it.
        days: how many of these days have passed.
        days_named: on how many of them it was in the top 50.
    """

    model_permaslug: Entity
    first_day: date
    total_tokens: int
    days: int
    days_named: int

    @property
    def own_window(self) -> Window:
        """The first days, as far as they have passed."""
        return Window(self.first_day, self.first_day + timedelta(days=self.days - 1))


@dataclass(frozen=True, slots=True, kw_only=True)
class AdoptionRow(UnrankedRow):
    """A new model on one day.

    Attributes:
        days: since the day on which it was first in a daily top 50, which is 0.
        tokens: per day, the mean of the seven days up to ``day``; None unless each of the seven names it.
    """

    model_permaslug: Entity
    days: int
    day: date
    tokens: int | None

    @property
    def own_window(self) -> Window:
        """The seven days."""
        return Window.ending(self.day, _MEAN_OF_DAYS)


@dataclass(frozen=True, slots=True)
class _Launch:
    """A new model: its first day in a top 50, and its tokens on each day that names it."""

    slug: str
    first: date
    by_day: Mapping[date, int]

    @property
    def first_days(self) -> Window:
        """The days that launches are compared by, of which some may still be to come."""
        return Window(self.first, self.first + timedelta(days=FIRST_DAYS - 1))

    @property
    def first_tokens(self) -> int:
        """The tokens of the first days, on those of them that name the model."""
        return sum(self.by_day.get(day, 0) for day in self.first_days)

    def mean(self, day: date) -> int | None:
        """Return the tokens per day over the seven days up to a day; None where one does not name the model."""
        days = Window.ending(day, _MEAN_OF_DAYS)
        tokens = [self.by_day[past] for past in days if past in self.by_day]
        if len(tokens) < _MEAN_OF_DAYS:
            return None
        return round(sum(tokens) / _MEAN_OF_DAYS)


_COLUMNS = (
    Column("model_permaslug", "Model", "entity"),
    Column("first_day", "First day", "day", "First day in a daily top 50"),
    Column(
        "total_tokens",
        "Tokens, first 30 days",
        "tokens",
        "On those of the first 30 days that have it in the top 50",
        bar=True,
    ),
    Column("days", "Days so far", "integer", "Of the first 30 days, those that have passed"),
    Column("days_named", "Days in top 50", "integer", "Of the first 30 days"),
)
_DAY_COLUMNS = (
    Column("model_permaslug", "Model", "entity"),
    Column("days", "Days since", "integer", "Since its first day in a daily top 50"),
    Column("day", "Day", "day", "Last of the seven days"),
    Column("tokens", "Tokens per day", "tokens", "Mean of seven days"),
)
_MEANS = (
    "Each value is the mean of the seven days up to a day, so that lines start on the seventh day. Where "
    "one of the seven does not name the model there is none."
)


def boards(sources: Sources) -> Iterator[AnyBoard]:
    """Yield the launches by the tokens of their first days, and the days of each; none before the first launch."""
    daily, names = required(sources.daily_tokens), sources.names
    launches = _launches(daily, names)
    if not launches:
        return

    largest = launches[:LAUNCHES]
    rows = [_launch_row(launch, daily.last, names) for launch in largest]
    window = Window(daily.first, daily.last)
    coverage = daily.coverage(window)
    sentence = finding(rows, len(launches), coverage)
    notes = _notes(daily)

    yield Board(
        id=ID,
        title="Which new models were adopted the fastest?",
        columns=_COLUMNS,
        phone=("model_permaslug", "first_day", "total_tokens"),
        rows=tuple(rows),
        citations=(daily.citation,),
        datasets=(NAME,),
        finding=sentence,
        notes=notes,
        scope=SCOPE,
        window=window,
        coverage=coverage,
        processing="First days and sums over days are computed here from the daily totals.",
    )
    yield Board(
        id=DAYS_ID,
        title="How fast are new models adopted?",
        columns=_DAY_COLUMNS,
        phone=("model_permaslug", "days", "tokens"),
        rows=tuple(_day_rows(largest, daily.last, names)),
        citations=(daily.citation,),
        datasets=(NAME,),
        finding=sentence,
        notes=(*notes, _MEANS),
        scope=SCOPE,
        window=window,
        coverage=coverage,
        processing=token_columns.PROCESSING,
    )


def _notes(daily: DailyTokens) -> tuple[str, ...]:
    """Return which models count as new, and what their tokens are."""
    new = (
        "A model is new when it enters a daily top 50 for the first time, unless the catalog says that it was "
        f"added more than {NEW_WITHIN} days before. Models in the top 50 of {human_day(daily.first)}, the first "
        "day, are left out."
    )
    return new, "A model is the sum over its listings. " + ABSENT


def _launches(daily: DailyTokens, names: Names) -> list[_Launch]:
    """Return all launches, those with the most tokens in their first days first."""
    by_model: dict[str, dict[date, int]] = {}
    for totals in totals_by_day(daily, names):
        day = totals.window.end
        for slug, tokens in totals.by.items():
            by_model.setdefault(slug, {})[day] = tokens

    launches: dict[str, _Launch] = {}
    for slug, by_day in by_model.items():
        first = min(by_day)
        if first > daily.first and _is_new(slug, first, names):
            launches[slug] = _Launch(slug, first, by_day)

    first_tokens = {slug: launch.first_tokens for slug, launch in launches.items()}
    return [launches[slug] for slug in most_first(first_tokens)]


def _is_new(slug: str, first: date, names: Names) -> bool:
    """Return whether no catalog had the model long before that day; what no catalog lists is taken for new."""
    added = [created(entry) for entry in names.entries(slug)]
    if not added:
        return True
    return (first - min(added)).days <= NEW_WITHIN


def _launch_row(launch: _Launch, last: date, names: Names) -> LaunchRow:
    passed = Window(launch.first, min(launch.first_days.end, last))
    return LaunchRow(
        model_permaslug=names.page(launch.slug),
        first_day=launch.first,
        total_tokens=launch.first_tokens,
        days=passed.days,
        days_named=sum(1 for day in passed if day in launch.by_day),
    )


def _day_rows(launches: Sequence[_Launch], last: date, names: Names) -> Iterator[AdoptionRow]:
    for launch in launches:
        model = names.page(launch.slug)
        for days in range(_MEAN_OF_DAYS - 1, MOST_DAYS):
            day = launch.first + timedelta(days=days)
            if day > last:
                break
            yield AdoptionRow(model_permaslug=model, days=days, day=day, tokens=launch.mean(day))


def finding(rows: Sequence[LaunchRow], launches: int, coverage: Coverage) -> str:
    """Return whose first days had the most tokens; empty without any.

    The tokens are a lower bound where a day that has passed does not name the model.

    Args:
        rows: the launches with the most tokens.
        launches: all that there were.
        coverage: of the whole history.
    """
    leaders = sentences.at_top(rows, lambda row: row.total_tokens)
    if not leaders:
        return ""
    names = sentences.model_names(row.model_permaslug for row in rows)
    who = sentences.listed([names[row.model_permaslug] for row in leaders])
    exact = all(row.days_named == row.days for row in leaders)
    tokens = sentences.tokens_of(leaders[0].total_tokens, exact=exact)
    if len(leaders) > 1:
        tokens += " each"
    since = human_day(coverage.window.start)
    sentence = (
        f"Of {launches:,} models new to the daily top 50 after {since}, {who} had the most tokens, {tokens}, "
        f"in the first {FIRST_DAYS} days"
    )
    if launches == 1:
        sentence = (
            f"{who} is the only model new to the daily top 50 after {since}; it had {tokens} tokens in its first "
            f"{FIRST_DAYS} days"
        )
    if len(leaders) == 1 and leaders[0].days < FIRST_DAYS:
        passed = formats.counted(leaders[0].days, "has passed", "have passed")
        sentence += f", of which {passed}"
    return coverage.qualified(f"{sentence}.")


MAKER = BoardMaker(families=("adoption",), make=boards, needs=("daily_tokens",))
