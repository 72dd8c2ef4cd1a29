"""The models on offer by the month in which they were added, and by author."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from generator.base.slugs import Slug
from generator.boards.board import AnyBoard, Board, BoardId, Column, Entity, UnrankedRow
from generator.boards.catalogue import created, listed
from generator.boards.names import author
from generator.boards.sources import BoardMaker, Sources, required
from generator.endpoints.endpoint import Facts
from generator.endpoints.models import NAME, ModelRow

MONTHS = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseRow(UnrankedRow):
    """The number of models an author added in a month, which is named by its first day."""

    month: date
    author: Entity
    models: int


def boards(sources: Sources) -> Iterator[AnyBoard]:
    """Yield the models added in the last two years."""
    facts = required(sources.catalogue)
    added = _days_added(facts)
    counts: Counter[tuple[date, str]] = Counter()
    for slug, day in added.items():
        if day <= sources.today:
            counts[day.replace(day=1), author(slug)] += 1

    this_month = sources.today.replace(day=1)
    first_month = _months_before(sources.today, MONTHS - 1)
    months = sorted(counts, key=lambda key: (key[0], -counts[key], key[1]))
    rows = [
        ReleaseRow(month=month, author=sources.names.author(name), models=counts[month, name])
        for month, name in months
        if month >= first_month
    ]
    added_this_month = sum(count for (month, _), count in counts.items() if month == this_month)
    yield Board(
        id=BoardId("releases"),
        title="When were the models on offer added?",
        columns=(
            Column("month", "Month", "day", "First day of the month"),
            Column("author", "Author", "entity"),
            Column("models", "Models", "integer", "Models of today's catalogue, without variants"),
        ),
        rows=tuple(rows),
        citations=facts.citations[:1],
        datasets=(NAME,),
        finding=f"{added_this_month} models were added this month; {len(added)} are on offer.",
        notes=("Models that have been withdrawn since are not counted.",),
        scope="Days on which OpenRouter added a model, not those on which its author released it.",
        processing="Counts are computed here.",
    )


def _days_added(facts: Facts[ModelRow]) -> dict[str, date]:
    """By canonical slug the day each model was added, variants left out."""
    days: dict[str, date] = {}
    for entry in listed(facts):
        day = created(entry)
        if day is not None and not Slug.parse(entry.id).is_variant:
            days[entry.canonical_slug] = day
    return days


def _months_before(day: date, months: int) -> date:
    """The first day of the month that lies so many months before."""
    number = day.year * 12 + day.month - 1 - months
    return date(number // 12, number % 12 + 1, 1)


MAKER = BoardMaker(families=("releases",), make=boards, needs=("catalogue",))
