"""The words that every endpoint is described in."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from generator.base import key_text
from generator.base.attribution import Citation
from generator.base.dates import Window
from generator.base.errors import ReplyError

RowT_co = TypeVar("RowT_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Call:
    """One GET.

    Attributes:
        dataset: the dataset its reply belongs to.
        path: below the API root, with a leading slash.
        params: in the order in which they are sent.
        keyed: the endpoint needs the key; without it the call is sent bare first.
        optional: its failure costs nothing but its own facts (a look-up of a retired model): it is noted, tried
            only once, and never with the key when it was refused without.
    """

    dataset: str
    path: str
    params: tuple[tuple[str, str], ...] = ()
    keyed: bool = True
    optional: bool = False

    def param(self, name: str, default: str = "") -> str:
        return dict(self.params).get(name, default)

    def __str__(self) -> str:
        query = "&".join(f"{name}={value}" for name, value in self.params)
        return f"GET {self.path}{'?' + query if query else ''}"


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back: the body word for word, and the same as JSON values."""

    call: Call
    body: bytes
    value: Any
    received_at: datetime
    status: int = 200


@dataclass(frozen=True, slots=True)
class HeldState:
    """What earlier runs left: everything that planning and doubting may depend on.

    Attributes:
        days: for rankings: the days whose totals are held.
        newest: the newest snapshot's day, None before the first.
        rows: how many rows that snapshot had.
        as_of: its as_of.
        known_slugs: permaslugs and canonical slugs that some held model list or look-up has named.
        absent_slugs: looked up, and unknown to the API, with the day it was asked.
    """

    days: frozenset[date] = frozenset()
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


@dataclass(frozen=True, slots=True)
class Parsed:
    """One reply's meaning.

    Attributes:
        rows: typed, in the reply's order.
        citation: the credit for exactly these rows, with this reply's as_of.
        window: the days the reply says it covers, where it says so.
        set_aside: rows and fields that could not be read, one sentence each, with their place.
        noticed: what the documentation does not know: new fields, sources, shapes; one sentence each.
    """

    rows: tuple[Any, ...]
    citation: Citation
    window: Window | None = None
    set_aside: tuple[str, ...] = ()
    noticed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One dataset of the archive and how to fill it.

    Attributes:
        name: the dataset's name, as in its folder.
        title: for people.
        about: one sentence on what it holds.
        calls: pure arithmetic: the calls of a run on ``today`` given what is held.
        more: the calls that one reply makes necessary (the next page).
        parse: a reply's rows; raises ReplyError when the reply cannot be used.
        key: what makes a row unique within its dataset.
        doubts: sentences on what is odd about a whole snapshot, empty when nothing is.
        unasked: sentences on what is held and was left out of the calls, empty when nothing was.
        columns: the fields of its table, in order, for CSV and JSON, each with its description.
        table: a row as one or more flat records of those columns.
        volatile: reply fields that change from call to call without any fact having changed.
        may_be_empty: an empty list is an answer, not a fault.
        longest: how many calls the plan can grow to.
    """

    name: str
    title: str
    about: str
    calls: Callable[[date, HeldState], list[Call]]
    parse: Callable[[Reply], Parsed]
    key: Callable[[Any], tuple[object, ...]]
    columns: tuple[tuple[str, str], ...]
    table: Callable[[Any], Iterable[dict[str, Any]]]
    more: Callable[[Reply, Parsed], list[Call]] = lambda _reply, _parsed: []
    doubts: Callable[[list[Any]], list[str]] = lambda _rows: []
    unasked: Callable[[HeldState], list[str]] = lambda _held: []
    volatile: frozenset[str] = frozenset({"as_of"})
    may_be_empty: bool = False
    longest: Callable[[date, HeldState], int] | None = None

    def read(self, reply: Reply) -> Parsed:
        """Return what :attr:`parse` makes of the reply, with each text masked that looks like an API key.

        The reply itself stays word for word; that something in it is shown masked is among what was noticed.

        Raises:
            ReplyError: the reply cannot be used.
        """
        if not key_text.may_look_alike(reply.body):
            return self.parse(reply)
        try:
            masked = key_text.mask_value(reply.value)
        except RecursionError:
            raise ReplyError(f"{self.name} reply to {reply.call}: nested too deep") from None
        parsed = self.parse(replace(reply, value=masked))
        if masked == reply.value:
            return parsed
        note = f"a text that looks like an API key was found; kept in the snapshot, shown as {key_text.MASK}"
        return replace(parsed, noticed=(*parsed.noticed, f"{self.name}: {note}"))
