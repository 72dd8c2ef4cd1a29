"""The gates: what is too odd about numbers that came, so that the last good ones are shown in their place.

A gate looks at one list of a dataset, or at one day of the rankings, as it came and as it was held before, and
returns what is odd about it. What any gate holds back is kept, and released when two runs before have stated it
alike, or when the owner of the site accepts it.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from statistics import median

import msgspec

from generator.base import dates, formats
from generator.endpoints.columns import ColumnType
from generator.endpoints.endpoint import Endpoint, RowT
from generator.endpoints.ordering import Record
from generator.endpoints.rankings_daily import OTHER

MIN_ROW_RATIO = 0.75
"""A list with a smaller part of the rows, or of the tokens, of the one before is cut short."""
LARGEST_MOVE = 0.15
"""A total of the same days moves by no more than this part of it."""
OTHER_UNIT = 10
"""Values that are typically so many times what they were, or one part in so many, are in another unit."""
ALIKE_RUNS = 2
"""The number of runs, on days of their own, whose statements are held back; the next one like them is believed."""
AHEAD = timedelta(minutes=10)
"""The server's clock may be ahead of ours by this much; a later as_of is not a time of any data."""
_LONG_LIST = 20
"""A shorter list among several varies on its own: only its being empty is odd."""
_FEW_VALUES = 5
"""Fewer values may be equal, or change alike, by chance."""
_FEW_DAYS = 3
"""Fewer odd days in a reply say nothing about its other days."""
_MOST_REASONS = 3

_RANK = "rank"
_NUMBERS = (ColumnType.INTEGER, ColumnType.NUMBER, ColumnType.DECIMAL, ColumnType.TOKENS)


class Objection(msgspec.Struct, frozen=True):
    """Why a statement is held back.

    Attributes:
        gate: the name of the gate.
        reason: what is odd, in words.
    """

    gate: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What is judged as one: a list of a dataset, all of its rows, or a day of the rankings.

    Attributes:
        name: of a list among several, for people; empty for all rows.
        rows: how many there are.
        numbers: by column and by the key of a row; values that are missing are left out.
        total: tokens, None where a total of other days, or none, would be compared.
        slugs: of a day of the rankings; empty for any other list.
        ranks: as the list states them; empty where it states none, or not all could be read.
        steady: False for a list whose rows come and go, such as the growing apps: nothing of it is compared.
        as_of: of the first reply; empty for a list among several.
        times: of each reply its call, its as_of, and the moment at which it was received.
        restated_days, odd_days: of a day that is new, how many others its reply restates, and how many of those are
            held back.
    """

    name: str = ""
    rows: int
    numbers: Mapping[str, Mapping[Hashable, float]] = field(default_factory=dict)
    total: int | None = None
    slugs: frozenset[str] = frozenset()
    ranks: tuple[int, ...] = ()
    steady: bool = True
    as_of: str = ""
    times: tuple[tuple[str, str, datetime], ...] = ()
    restated_days: int = 0
    odd_days: int = 0


@dataclass(frozen=True, slots=True)
class Gate:
    """One reason to hold a statement back.

    Attributes:
        name: for the status and its file.
        about: what it holds back, in a sentence.
        objection: returns what is odd about a part that came, beside the one held; empty where nothing is.
        between_days: it also compares a day that is stated for the first time with the day before it.
    """

    name: str
    about: str
    objection: Callable[[Part, Part | None], str]
    between_days: bool = False


def _too_few_rows(came: Part, held: Part | None) -> str:
    if held is None or came.rows >= MIN_ROW_RATIO * held.rows:
        return ""
    if came.name and came.rows and held.rows < _LONG_LIST:
        return ""
    return f"{formats.counted(came.rows, 'row')} came, {held.rows:,} were held"


def _without_rest(came: Part, held: Part | None) -> str:
    if held is None or OTHER not in held.slugs or OTHER in came.slugs:
        return ""
    return f"`{OTHER}` is missing"


def _moved_total(came: Part, held: Part | None) -> str:
    if held is None or came.total is None or not held.total:
        return ""
    # A longer list completes one that was cut short: its total is no other number for the same models.
    if held.rows < MIN_ROW_RATIO * came.rows or _without_rest(held, came):
        return ""
    if came.name and held.rows < _LONG_LIST:
        return ""
    if abs(came.total - held.total) <= LARGEST_MOVE * held.total:
        return ""
    move = came.total / held.total - 1
    totals = f"{formats.tokens(came.total)} tokens came, {formats.tokens(held.total)} were held"
    return f"the total moved by {formats.signed(100 * move, 1)}%: {totals}"


def _all_equal(came: Part, held: Part | None) -> str:
    if held is None:
        return ""
    for column, values in came.numbers.items():
        different = set(values.values())
        if len(values) < _FEW_VALUES or len(different) > 1 or 0 in different:
            continue
        times_before = Counter(held.numbers.get(column, {}).values())
        if times_before and 2 * max(times_before.values()) < times_before.total():
            return f"all {len(values):,} values of {column} are equal"
    return ""


def _all_zero(came: Part, held: Part | None) -> str:
    if came.rows and came.total == 0:
        return "all tokens are 0"
    if held is None:
        return ""
    for column, values in came.numbers.items():
        if not values or any(values.values()):
            continue
        before = held.numbers.get(column, {}).values()
        not_zero_before = sum(value != 0 for value in before)
        if 2 * not_zero_before > len(before):
            return f"all {len(values):,} values of {column} are 0"
    return ""


def _no_values(came: Part, held: Part | None) -> str:
    if held is None or not came.rows:
        return ""
    for column, values in held.numbers.items():
        most_rows_had_it = len(values) >= _FEW_VALUES and 2 * len(values) > held.rows
        if most_rows_had_it and not came.numbers.get(column):
            return f"no row has {column}, {len(values):,} rows had it"
    return ""


def _other_unit(came: Part, held: Part | None) -> str:
    if held is None:
        return ""
    for column, values in came.numbers.items():
        ratios = _ratios(values, held.numbers.get(column, {}))
        if len(ratios) < _FEW_VALUES:
            continue
        typical = median(ratios)
        if typical >= OTHER_UNIT or 0 < typical <= 1 / OTHER_UNIT:
            return f"{column} is typically {typical:,.6g} times what was held"
    return ""


def _ratios(came: Mapping[Hashable, float], held: Mapping[Hashable, float]) -> list[float]:
    """Return how many times what it was each value is that both have, but for those that were 0."""
    both = came.keys() & held.keys()
    return [came[key] / held[key] for key in both if held[key]]


def _wrong_ranks(came: Part, _held: Part | None) -> str:
    times = Counter(came.ranks)
    for rank in range(1, len(came.ranks) + 1):
        if not times[rank]:
            return f"rank {rank} is missing"
        if times[rank] > 1:
            return f"rank {rank} is given {formats.how_often(times[rank])}"
    return ""


def _odd_reply(came: Part, _held: Part | None) -> str:
    if came.odd_days < _FEW_DAYS or 2 * came.odd_days <= came.restated_days:
        return ""
    return f"{came.odd_days} of the {came.restated_days} other days in its response are held back"


def _as_of_ahead(came: Part, _held: Part | None) -> str:
    for call, as_of, received_at in came.times:
        if dates.parse_as_of(as_of) > received_at + AHEAD:
            received = f"{received_at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
            return f"the reply to {call} is as of {as_of}, later than it was received ({received})"
    return ""


def _as_of_behind(came: Part, held: Part | None) -> str:
    if held is None or not came.as_of or not held.as_of:
        return ""
    if dates.parse_as_of(came.as_of) >= dates.parse_as_of(held.as_of):
        return ""
    return f"the reply is as of {came.as_of}, older than the {held.as_of} already held"


GATES = (
    Gate("ahead", "A response as of a later time than it was received.", _as_of_ahead),
    Gate("older", "A response as of an earlier time than the one held.", _as_of_behind),
    Gate("rows", "A list that lost more than a quarter of its rows.", _too_few_rows),
    Gate("other", "A day without the tokens of all other models.", _without_rest),
    Gate("total", "A total of completed days that moved by more than 15%.", _moved_total),
    Gate("equal", "Values that are all equal and were not.", _all_equal, between_days=True),
    Gate("zero", "Values that are all 0 and were not.", _all_zero, between_days=True),
    Gate("values", "A column that lost all of its values.", _no_values),
    Gate("unit", "Values in another unit, such as thousands.", _other_unit, between_days=True),
    Gate("ranks", "Pages that repeat or skip ranks.", _wrong_ranks),
    Gate(
        "response",
        "A new day in a response of which most other days are held back.",
        _odd_reply,
        between_days=True,
    ),
)
"""All gates, in the order in which their reasons are given."""
GATE_NAMES = tuple(gate.name for gate in GATES)


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldBack:
    """A statement that is held back.

    Attributes:
        dataset: that it is of.
        snapshot: the name of the file that it is in.
        snapshot_day: the day of its run.
        day: the day of the rankings that it is about; None for a whole snapshot.
        objections: why.
        shown: the day of the run whose statement is shown in its place; None where there is none.
    """

    dataset: str
    snapshot: str
    snapshot_day: date
    day: date | None = None
    objections: tuple[Objection, ...]
    shown: date | None

    @property
    def reasons(self) -> str:
        """Everything that is odd about it."""
        return in_words(self.objections)

    def __str__(self) -> str:
        what = self.snapshot
        if self.day is not None:
            what = f"{dates.human_day(self.day)} in {self.snapshot}"
        sentence = f"{self.dataset}: {what} is held back: {self.reasons}"
        if self.shown is None:
            return f"{sentence}; there is no earlier statement"
        return f"{sentence}; the statement of {dates.human_day(self.shown)} is shown"


def in_words(objections: Iterable[Objection]) -> str:
    """Return the reasons as one sentence without a full stop."""
    return "; ".join(objection.reason for objection in objections)


Statement = Sequence[Part]
"""All parts that a snapshot states, or the one of a day."""


def objections(came: Statement, held: Statement) -> tuple[Objection, ...]:
    """Return all that is odd about the parts that came beside those of the same names that were held."""
    came_names = {part.name for part in came}
    gone = []
    for part in held:
        if part.name not in came_names:
            gone.append(Part(name=part.name, rows=0, steady=part.steady))

    before = {part.name: part for part in held}
    pairs: list[tuple[Part, Part | None]] = []
    for part in (*came, *gone):
        if part.steady:
            pairs.append((part, before.get(part.name)))
        else:
            pairs.append((part, None))
    return _objections(GATES, pairs)


def between_days(came: Part, day_before: Part | None) -> tuple[Objection, ...]:
    """Return what is odd about a day that is stated for the first time, beside the day before it."""
    gates = [gate for gate in GATES if gate.between_days]
    return _objections(gates, [(came, day_before)])


def _objections(
    gates: Iterable[Gate], pairs: Sequence[tuple[Part, Part | None]]
) -> tuple[Objection, ...]:
    """Return the objections of these gates to parts that came, each with the one held."""
    found: list[Objection] = []
    for gate in gates:
        sentences = []
        for came, held in pairs:
            reason = gate.objection(came, held)
            if reason and came.name:
                reason = f"{came.name}: {reason}"
            if reason:
                sentences.append(reason)
        if sentences:
            found.append(Objection(gate.name, _first_of(sentences)))
    return tuple(found)


def _first_of(sentences: Sequence[str]) -> str:
    """Return the first three of the sentences as one, with the number of others."""
    named = "; ".join(sentences[:_MOST_REASONS])
    others = len(sentences) - _MOST_REASONS
    if others <= 0:
        return named
    return f"{named}; and {others} more"


def alike(came: Statement, earlier: Statement) -> bool:
    """Return whether nothing is odd about a statement beside an earlier one.

    What is odd about it by itself does not count: that it comes again is what releases it.
    """
    return _gates_against(came, earlier) <= _gates_against(came, ())


def _gates_against(came: Statement, held: Statement) -> set[str]:
    """Return the names of the gates that find a statement odd."""
    return {objection.gate for objection in objections(came, held)}


def run_of_alike(came: Statement, set_aside: Sequence[tuple[date, Statement]]) -> tuple[int, int]:
    """Return how many of the newest statements that were set aside are alike, and on how many days they came.

    Args:
        set_aside: since the last good statement, each with the day of its run, oldest first.
    """
    newer, count = came, 0
    days: set[date] = set()
    for day, statement in reversed(set_aside):
        if not alike(newer, statement):
            break
        newer = statement
        days.add(day)
        count += 1
    return count, len(days)


def day_of(tokens: Mapping[str, int]) -> Part:
    """Return a day of the rankings, from its tokens by permaslug."""
    numbers: dict[Hashable, float] = dict(tokens.items())
    return Part(
        rows=len(tokens),
        numbers={"total_tokens": numbers},
        total=sum(tokens.values()),
        slugs=frozenset(tokens),
    )


def parts_of(endpoint: Endpoint[RowT], rows: Iterable[RowT]) -> tuple[Part, ...]:
    """Return what is judged of rows: all of them together, and each of their lists where there are several.

    Args:
        rows: as they came; a row that came twice counts once, and its rank twice.
    """
    lists: dict[str, list[RowT]] = {}
    steady: list[RowT] = []
    unsteady: set[str] = set()
    for row in rows:
        name = endpoint.list_of(row)
        lists.setdefault(name, []).append(row)
        if endpoint.is_steady(row):
            steady.append(row)
        else:
            unsteady.add(name)
    whole = _part(endpoint, "", steady)
    if set(lists) <= {""}:
        return (whole,)
    parts = [replace(whole, ranks=())]
    for name, listed in lists.items():
        parts.append(replace(_part(endpoint, name, listed), steady=name not in unsteady))
    return tuple(parts)


def _part(endpoint: Endpoint[RowT], name: str, rows: Sequence[RowT]) -> Part:
    """Return what is judged of the rows of one list."""
    types = {column.name: column.type for column in endpoint.columns if column.type in _NUMBERS}
    compared = [column for column in types if column not in (*endpoint.key_columns, _RANK)]
    numbers: dict[str, dict[Hashable, float]] = {column: {} for column in compared}
    ranks: list[int] = []
    for record in _records(endpoint, rows):
        key = tuple(record.get(column) for column in endpoint.key_columns)
        _add_numbers(numbers, key, record)
        if _RANK in types:
            ranks.append(int(str(record[_RANK])))

    total = None
    tokens = [column for column in compared if types[column] is ColumnType.TOKENS]
    if tokens:
        total = round(sum(numbers[tokens[0]].values()))
    keys = {endpoint.key(row) for row in rows}
    return Part(name=name, rows=len(keys), numbers=numbers, total=total, ranks=tuple(ranks))


def _records(endpoint: Endpoint[RowT], rows: Iterable[RowT]) -> Iterator[Record]:
    for row in rows:
        yield from endpoint.table(row)


def _add_numbers(
    numbers: Mapping[str, dict[Hashable, float]], key: Hashable, record: Record
) -> None:
    """Add the values that a record has in these columns, under its key."""
    for column, by_key in numbers.items():
        value = record.get(column)
        if value is not None:
            by_key[key] = float(str(value))
