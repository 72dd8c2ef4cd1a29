"""The types that every endpoint is described with: call, reply, parsed rows, and the endpoint itself."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, Generic, TypeAlias, TypeVar

import msgspec

from generator.base import attribution, formats, key_text
from generator.base.attribution import Citation
from generator.base.dates import Window
from generator.base.errors import ReplyError
from generator.endpoints.columns import Column
from generator.endpoints.ordering import Order, Record

_LONGEST_KEY = 100

RowT = TypeVar("RowT", bound=msgspec.Struct)
RowT_co = TypeVar("RowT_co", bound=msgspec.Struct, covariant=True)
KindT = TypeVar("KindT", bound=msgspec.Struct)


@dataclass(frozen=True, slots=True)
class Call:
    """One GET request to the API.

    Attributes:
        dataset: the dataset its reply belongs to.
        path: below the API root, with a leading slash.
        params: in the order in which they are sent.
        keyed: the endpoint needs the key; without it the call is sent bare first.
        optional: its failure costs nothing but its own facts (a look-up of a retired model): it is noted, tried
            only once, and never sent again with the key after a refusal without it.
        separable: it asks for one list of several: where that is no longer there, or cannot be read, the others are
            kept without it.
    """

    dataset: str
    path: str
    params: tuple[tuple[str, str], ...] = ()
    keyed: bool = True
    optional: bool = False
    separable: bool = field(default=False, compare=False)

    def param(self, name: str, default: str = "") -> str:
        """Return the value that is sent for a parameter, the default where it is not sent."""
        return dict(self.params).get(name, default)

    def __str__(self) -> str:
        query = "&".join(f"{name}={value}" for name, value in self.params)
        return f"GET {self.path}{'?' + query if query else ''}"


@dataclass(frozen=True, slots=True)
class Reply:
    """The API's reply to one call: the body word for word, and the same as JSON values.

    Attributes:
        announced: a sentence on the end of what was asked for, where the reply's headers announce one.
    """

    call: Call
    body: bytes
    value: Any
    received_at: datetime
    status: int = 200
    announced: str = ""


@dataclass(frozen=True, slots=True)
class HeldState:
    """The state of a dataset that earlier runs left: all that the plan and the checks of a run depend on.

    Attributes:
        days: the days that are settled, for datasets whose rows state a day: the source no longer restates them, and
            nothing of them is held back.
        stated_days: the days that rows of the archive state, settled or not.
        newest: the newest snapshot's day, None before the first.
        rows: the number of rows in that snapshot.
        as_of: that snapshot's as_of.
        known_slugs: ids and canonical slugs that an archived model list or look-up has named.
        absent_slugs: slugs that were looked up and that the API has nothing of that name for, with the day of the look-up.
        wanted_slugs: slugs that rankings, benchmarks and session costs name, most used first.
    """

    days: frozenset[date] = frozenset()
    stated_days: frozenset[date] = frozenset()
    newest: date | None = None
    rows: int = 0
    as_of: str | None = None
    known_slugs: frozenset[str] = frozenset()
    absent_slugs: Mapping[str, date] = field(default_factory=dict)
    wanted_slugs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Facts(Generic[RowT_co]):
    """Rows of one type and the sources they rest on, never apart."""

    rows: tuple[RowT_co, ...]
    citations: tuple[Citation, ...]

    def __post_init__(self) -> None:
        if not self.citations:
            raise ValueError("facts without a citation")

    def of_kind(self, row_type: type[KindT]) -> "Facts[KindT]":
        """Return the rows of one type, for an endpoint that has rows of several, with all sources."""
        return Facts(rows_of_kind(self.rows, row_type), self.citations)


def rows_of_kind(rows: Iterable[msgspec.Struct], row_type: type[KindT]) -> tuple[KindT, ...]:
    """Return those of the rows that have this type."""
    return tuple(row for row in rows if isinstance(row, row_type))


@dataclass(frozen=True, slots=True)
class Parsed(Generic[RowT_co]):
    """The typed rows of one reply.

    Attributes:
        rows: in the reply's order.
        citation: the credit for exactly these rows, with this reply's as_of.
        window: the days that the reply says it covers, None where it does not say.
        set_aside: one sentence, with its place, for each row that could not be read.
        noticed: one sentence for each field, source or shape that is not documented.
    """

    rows: tuple[RowT_co, ...]
    citation: Citation
    window: Window | None = None
    set_aside: tuple[str, ...] = ()
    noticed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Endpoint(Generic[RowT]):
    """One dataset of the archive and how to fill it.

    Attributes:
        name: the dataset's name, as in its folder.
        title: a heading for people.
        about: one sentence on what it holds.
        calls: returns the calls of a run on ``today`` after earlier runs left ``state``; arithmetic only.
        more: returns the calls that one reply makes necessary (the next page).
        parse: returns a reply's rows; raises ReplyError when the reply cannot be used.
        key: returns what makes a row unique within a snapshot; :meth:`without_repeats` enforces it.
        doubts: returns a sentence on whatever is odd about the rows of a whole snapshot.
        unasked: returns a sentence on whatever earlier runs left and the calls leave out.
        columns: the fields of its table, in order.
        table: returns a row as one or more flat records of those columns.
        volatile: fields of replies and rows that change from call to call without any fact having changed.
        may_be_empty: an empty list is an answer, not a fault.
        extended: it is asked for only where the owner of the site says so, and after all others.
        every_days: the days between two snapshots that hold rows.
        look_ups: how the paths of calls begin that look one thing up: their rows never contest those of the list.
            Empty without such calls.
        max_calls: returns how many calls a run can grow to; None where it is the number of ``calls``.
        row_day: returns the UTC day that a row states, or the first of several; None where rows state the day of
            their snapshot. With it, a snapshot holds as many days as were asked for, a later snapshot restates the
            days it names, and a column says whether a row is provisional.
        key_columns: those of its columns that say what a record is about; the others say what is stated of it.
            Without any, records are told apart by their place in a snapshot.
        order: returns what a record of its table is sorted by; what it leaves level, the cells decide.
        row_window: returns the days that a row sums up; None where it states no such days.
        model_column: the column that names a model by its slug; empty where none does.
        list_of: returns the name of the list that a row is in, for people; empty where the rows are one list. Each
            list is compared with the one of the same name before.
        is_steady: returns False for a row of a list whose rows come and go from day to day.
        moves_daily: its as_of is another every day; where it stands still, an old reply is served again.
    """

    name: str
    title: str
    about: str
    calls: Callable[[date, HeldState], list[Call]]
    parse: Callable[[Reply], Parsed[RowT]]
    key: Callable[[RowT], tuple[Hashable, ...]]
    columns: tuple[Column, ...]
    table: Callable[[RowT], Iterable[Mapping[str, object]]]
    more: Callable[[Reply, Parsed[RowT]], list[Call]] = lambda _reply, _parsed: []
    doubts: Callable[[list[RowT]], list[str]] = lambda _rows: []
    unasked: Callable[[HeldState], list[str]] = lambda _state: []
    volatile: frozenset[str] = frozenset({"as_of"})
    may_be_empty: bool = False
    extended: bool = False
    every_days: int = 1
    look_ups: str = ""
    max_calls: Callable[[date, HeldState], int] | None = None
    row_day: Callable[[RowT], date] | None = None
    key_columns: tuple[str, ...] = ()
    order: Order = lambda _record: ()
    row_window: Callable[[RowT], Window | None] = lambda _row: None
    model_column: str = ""
    list_of: Callable[[RowT], str] = lambda _row: ""
    is_steady: Callable[[RowT], bool] = lambda _row: True
    moves_daily: bool = True

    def first_call(self, today: date) -> Call:
        """Return the call that a first run on a day begins with: it names the path, and whether the key is needed."""
        return self.calls(today, HeldState())[0]

    def is_look_up(self, path: str) -> bool:
        """Return whether a call of that path looks one thing up."""
        return bool(self.look_ups) and path.startswith(self.look_ups)

    def is_due(self, today: date, state: HeldState) -> bool:
        """Return whether the day's run asks for it: the newest snapshot is old enough, or has no rows."""
        if state.newest is None or not state.rows:
            return True
        return (today - state.newest).days >= self.every_days

    def last_day(self, row: RowT) -> date | None:
        """Return the last UTC day that a row states; None where rows state the day of their snapshot."""
        if self.row_day is None:
            return None
        span = self.row_window(row)
        return self.row_day(row) if span is None else span.end

    def place(self, record: Record) -> tuple[Any, ...]:
        """Return what a record of its table is sorted by; its cells as text where :attr:`order` leaves it level."""
        return (*self.order(record), [str(cell) for cell in record.values()])

    def read(self, reply: Reply) -> Parsed[RowT]:
        """Return what :attr:`parse` makes of the reply, with each text masked that looks like an API key.

        The reply itself stays word for word; that something in it is shown masked is among what was noticed.

        Raises:
            ReplyError: the reply cannot be used.
        """
        if not key_text.may_look_alike(reply.body):
            return self._credited(self.parse(reply))

        try:
            masked = key_text.mask_value(reply.value)
        except RecursionError:
            raise ReplyError(f"{self.name} reply to {reply.call}: nested too deep") from None
        parsed = self._credited(self.parse(replace(reply, value=masked)))
        if masked == reply.value:
            return parsed
        note = f"a text that looks like an API key was found; kept in the snapshot, shown as {key_text.MASK}"
        return replace(parsed, noticed=(*parsed.noticed, f"{self.name}: {note}"))

    def _credited(self, parsed: Parsed[RowT]) -> Parsed[RowT]:
        return replace(parsed, citation=replace(parsed.citation, dataset=self.name))

    def credits_of(self, answers: Iterable[Parsed[Any]]) -> tuple[Citation, ...]:
        """Return the credits of the parsed replies of a snapshot, each once.

        Where as_of is the time of a measurement, an empty list states the time at which it was asked for instead, and
        credits nothing beside lists that are not empty.
        """
        parsed = tuple(answers)
        credited = parsed
        if not self.moves_daily:
            credited = tuple(reply for reply in parsed if reply.rows) or parsed
        return attribution.distinct(reply.citation for reply in credited)

    def without_repeats(
        self, answers: Iterable[tuple[Call, Parsed[RowT]]]
    ) -> tuple[Parsed[RowT], ...]:
        """Return the parsed replies of a whole snapshot, in their order, with each row once.

        A row that repeats an earlier one is dropped; so is any row of an optional call whose key is taken: a
        look-up adds facts and never contests those of the list.

        Raises:
            ReplyError: two rows have one :attr:`key` and differ in a field that is not volatile.
        """
        first_rows: dict[Hashable, RowT] = {}
        distinct = []
        for call, parsed in answers:
            rows = []
            for row in parsed.rows:
                key = self.key(row)
                if key not in first_rows:
                    first_rows[key] = row
                    rows.append(row)
                elif not call.optional and self._stated(row) != self._stated(first_rows[key]):
                    quoted = formats.sanitize(" ".join(str(part) for part in key))[:_LONGEST_KEY]
                    raise ReplyError(
                        f'{self.name} reply to {call}: two different rows for "{quoted}"'
                    )
            distinct.append(replace(parsed, rows=tuple(rows)))
        return tuple(distinct)

    def _stated(self, row: RowT) -> tuple[object, ...]:
        """Return the row's type and all of its fields that are facts."""
        names = [name for name in row.__struct_fields__ if name not in self.volatile]
        return (type(row), *(getattr(row, name) for name in names))


AnyEndpoint: TypeAlias = Endpoint[Any]
"""An endpoint in a place that holds endpoints of all row types."""
