"""The models on offer by the month in which they were added, and by author."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from generator.base import formats
from generator.base.dates import human_day
from generator.base.slugs import Slug
from generator.boards import sentences
from generator.boards.board import AnyBoard, Board, BoardId, Column, Entity, UnrankedRow
from generator.boards.catalogue import created, listed
from generator.boards.names import author
from generator.boards.sources import BoardMaker, Sources, required
from generator.endpoints.endpoint import Facts
from generator.endpoints.models import NAME, ModelRow

MONTHS = 24
"""The number of the newest months that are shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseRow(UnrankedRow):
    """The number of models an author added in a month, which is named by its first day."""

    month: date
    author: Entity
    models: int


def boards(sources: Sources) -> Iterator[AnyBoard]:
    """Yield the models added in the last two years, oldest first, the author with the most of a month first."""
    facts = required(sources.catalogue)
    added = _days_added(facts)
    counts: Counter[tuple[date, str]] = Counter()
    in_month: Counter[date] = Counter()
    for slug, day in added.items():
        if day <= sources.today:
            month = day.replace(day=1)
            counts[month, author(slug)] += 1
            in_month[month] += 1

    this_month = sources.today.replace(day=1)
    first_month = _months_before(sources.today, MONTHS - 1)
    rows: list[ReleaseRow] = []
    for month, name in sorted(counts, key=lambda key: (key[0], -counts[key], key[1])):
        if month >= first_month:
            models = counts[month, name]
            rows.append(ReleaseRow(month=month, author=sources.names.author(name), models=models))
    yield Board(
        id=BoardId("releases"),
        title="When were today's models added?",
        columns=(
            Column("month", "Month", "day", "First day of the month"),
            Column("author", "Author", "entity"),
            Column("models", "Models", "integer", "Models of today's catalog, each counted once"),
        ),
        rows=tuple(rows),
        citations=facts.citations[:1],
        datasets=(NAME,),
        finding=finding(in_month[this_month], this_month, len(added)),
        notes=("Models removed since then are not counted.",),
        scope="Days on which OpenRouter added a model, not those on which its author released it.",
        processing="Counts are computed here.",
    )


def finding(added: int, month: date, offered: int) -> str:
    """Return how many of the models on offer were added in a month, empty without any on offer.

    Args:
        added: in that month.
        month: its first day.
        offered: all models on offer.
    """
    if not offered:
        return ""
    were = formats.inflected(added, "was", "were")
    return (
        f"Of {formats.counted(offered, 'available model')}, {added:,} {were} added in "
        f"{month_in_words(month)}."
    )


def most_added(rows: Sequence[ReleaseRow]) -> str:
    """Return whose models are the most and in which month the most were added, empty without any."""
    by_author: Counter[Entity] = Counter()
    by_month: Counter[date] = Counter()
    for row in rows:
        by_author[row.author] += row.models
        by_month[row.month] += row.models
    authors = sentences.at_top(sorted(by_author, key=lambda author: author.id), by_author.get)
    months = sentences.at_top(sorted(by_month), by_month.get)
    if not authors:
        return ""

    total = formats.counted(by_author.total(), "model")
    first_month = month_in_words(min(by_month))
    leaders = sentences.leads([author.name for author in authors], "with")
    most = f"{by_author[authors[0]]:,}{sentences.each(authors)}"
    busiest = sentences.listed([month_in_words(month) for month in months])
    most_in_month = f"{by_month[months[0]]:,}{sentences.each(months)}"
    are = formats.inflected(len(months), "month is", "months are")
    return (
        f"Of {total} added since {first_month} and still available, {leaders} {most}; "
        f"the busiest {are} {busiest}, with {most_in_month}."
    )


def month_in_words(month: date) -> str:
    """Return ``Nov 2026``."""
    _, _, words = human_day(month).partition(" ")
    return words


def _days_added(facts: Facts[ModelRow]) -> dict[str, date]:
    """Return by canonical slug the day each model was added: that of its plain listing, if it has one."""
    days: dict[str, date] = {}
    for entry in sorted(listed(facts), key=_plain_and_oldest_first):
        days.setdefault(entry.canonical_slug, created(entry))
    return days


def _plain_and_oldest_first(entry: ModelRow) -> tuple[bool, date]:
    # Models that are listed as a free variant alone are models, too.
    return Slug.parse(entry.id).is_variant, created(entry)


def _months_before(day: date, months: int) -> date:
    """Return the first day of the month that lies so many months before."""
    months_since_year_0 = day.year * 12 + (day.month - 1) - months
    year, month = divmod(months_since_year_0, 12)
    return date(year, month + 1, 1)


MAKER = BoardMaker(families=("releases",), make=boards, needs=("catalogue",))
