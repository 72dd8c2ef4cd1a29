"""The models that are to be retired on an announced day, and those that were."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from generator.archive.listings import ListingHistory
from generator.base import formats
from generator.base.dates import human_day, parse_day
from generator.boards import sentences
from generator.boards.board import AnyBoard, Board, BoardId, Column, Entity, UnrankedRow
from generator.boards.sources import BoardMaker, Sources, required
from generator.endpoints.models import NAME

ID = BoardId("retirements")
ANNOUNCED, OVERDUE, GONE = "announced", "past its day, still listed", "no longer listed"


@dataclass(frozen=True, slots=True, kw_only=True)
class RetirementRow(UnrankedRow):
    """A listing with an announced day of retirement.

    Attributes:
        day: of the retirement.
        days_left: from the day of the catalog on; below zero when it is past.
        status: announced, past its day and still listed, or no longer listed.
        announced: the day of the first snapshot that states this day.
        last_listed: of a listing that is gone, its last day in the catalog.
    """

    day: date
    model_permaslug: Entity
    id: str
    days_left: int
    status: str
    announced: date
    last_listed: date | None


_COLUMNS = (
    Column("day", "Retires on", "day", "The day that the catalog states"),
    Column("model_permaslug", "Model", "entity"),
    Column("id", "Model ID", "text", "The ID that the API takes"),
    Column("days_left", "Days left", "integer", "From the day of the catalog on"),
    Column("status", "Status", "text"),
    Column("announced", "First seen", "day", "The first snapshot here that states this day"),
    Column("last_listed", "Last listed", "day", "Of a listing that is gone"),
)


def boards(sources: Sources) -> Iterator[AnyBoard]:
    """Yield the announced retirements, those to come first and the soonest of them at the top."""
    facts = required(sources.catalogue)
    today = facts.citations[0].day
    listed = {entry.id for entry in facts.rows}
    rows: list[RetirementRow] = []
    for entry in sources.listings.entries:
        if entry.is_alias:
            continue
        row = _row(entry, today, sources, is_listed=entry.id in listed)
        if row is not None:
            rows.append(row)
    rows.sort(key=_order)
    yield Board(
        id=ID,
        title="Which models will be retired?",
        columns=_COLUMNS,
        rows=tuple(rows),
        citations=facts.citations[:1],
        datasets=(NAME,),
        models="model_permaslug",
        phone=("day", "model_permaslug", "status"),
        finding=finding(rows),
        notes=(
            "A day is an announcement: a model can be withdrawn earlier or stay longer.",
            "A model can leave the catalog without a day announced there; What's new lists every departure.",
        ),
        scope="Days that OpenRouter's model catalog states (expiration_date); 31 Dec 2098 means none is set.",
        processing="Days left are counted from the day of the catalog.",
    )


def _row(
    entry: ListingHistory, today: date, sources: Sources, *, is_listed: bool
) -> RetirementRow | None:
    """Return the retirement of a listing as it was last announced; None where it has no day."""
    if not entry.retirements:
        return None
    newest = entry.retirements[-1]
    if newest.date is None:
        return None
    day, last_seen = parse_day(newest.date), parse_day(entry.last_seen)
    status = ANNOUNCED
    if not is_listed:
        status = GONE
    elif day < today:
        status = OVERDUE
    return RetirementRow(
        day=day,
        model_permaslug=sources.names.listing(entry, last_seen),
        id=formats.sanitize(entry.id),
        days_left=(day - today).days,
        status=status,
        announced=parse_day(newest.day),
        last_listed=None if is_listed else last_seen,
    )


def _order(row: RetirementRow) -> tuple[bool, int, str]:
    """Return a sort key: retirements to come, the soonest first; then past ones, the newest first."""
    day = row.day.toordinal()
    if row.days_left < 0 or row.status == GONE:
        return True, -day, row.id
    return False, day, row.id


def to_come(rows: Sequence[RetirementRow]) -> list[RetirementRow]:
    """Return the listings that are still offered and have a day to come."""
    return [row for row in rows if row.status == ANNOUNCED]


def finding(rows: Sequence[RetirementRow]) -> str:
    """Return how many retirements are to come, and which is next.

    Args:
        rows: in the order of the board, the next retirement first.
    """
    coming = to_come(rows)
    if not coming:
        return "The catalog announces no retirement."
    first = [row for row in coming if row.day == coming[0].day]
    who = sentences.models_listed(first, among=rows)
    left = "which is the day of this catalog"
    days = first[0].days_left
    if days:
        left = f"in {formats.counted(days, 'day')}"
    announced = formats.counted(len(coming), "retirement is", "retirements are")
    return f"{announced} announced. Next: {who}, on {human_day(first[0].day)}, {left}."


MAKER = BoardMaker(families=("retirements",), make=boards, needs=("catalogue",))
