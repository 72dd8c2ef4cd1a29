"""A leaderboard: typed rows, the columns that show them, the sources they rest on, and a finding."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Generic, Literal, TypeAlias, TypeVar, cast

from generator.archive.coverage import Coverage
from generator.base import palette
from generator.base.attribution import Citation, distinct
from generator.base.dates import Window

Kind = Literal[
    "rank",
    "moved",
    "entity",
    "tokens",
    "integer",
    "share",
    "change",
    "points",
    "price",
    "dollars",
    "cost",
    "score",
    "context",
    "day",
    "text",
    "flag",
    "spark",
]
Standing = Literal["ranked", "other", "unranked"]


@dataclass(frozen=True, slots=True)
class Entity:
    """Something with a name.

    Attributes:
        id: as the API writes it: a permaslug, an author, an app_id, a tag.
        name: for people, already cleaned: of a model its short name, without the author before it.
        path: its page inside the site (``models/openai/gpt-5/``), None where it has none.
        author: the author whose color it has, empty for none.
        detail: a second, smaller line: of a model its author and API ID.
        full_name: as the source writes it, for files; empty where that is the name.
        author_name: of a model, for people: ``OpenAI``.
        api_id: of a model, what a request names: ``openai/gpt-5``; empty where no model list has it.
        is_slug: whether no model list names the model, so that its name is its slug.
    """

    id: str
    name: str
    path: str | None = None
    author: str = ""
    detail: str = ""
    full_name: str = ""
    author_name: str = ""
    api_id: str = ""
    is_slug: bool = False

    @property
    def source_name(self) -> str:
        """The name that files state: ``OpenAI: GPT-5``."""
        return self.full_name or self.name

    @property
    def titled(self) -> str:
        """The name where it stands alone, ``GPT-5 (OpenAI)``; alone where it already says its author."""
        says_author = self.author_name.casefold() in self.name.casefold()
        if self.is_slug or says_author:
            return self.name
        return f"{self.name} ({self.author_name})"

    @property
    def color(self) -> str:
        if not self.author:
            return ""
        return palette.author_color(self.author)


@dataclass(frozen=True, slots=True)
class Moved:
    """Against the same window a week before: places climbed (negative: lost), or what else happened."""

    places: int | None
    how: Literal["same", "up", "down", "new", "returned", "unknown"]


VALUE_TYPES: Mapping[Kind, tuple[type, ...]] = {
    "rank": (int,),  # shown bare
    "moved": (Moved,),  # change of rank against the week before
    "entity": (Entity,),  # a model, author, app, task or arena, linked where it has a page
    "tokens": (int,),  # tokens or requests, shown as 1.24 T
    "integer": (int,),  # shown in full with separators
    "share": (int, float),  # a fraction of 0..1, shown as 14.3%, with a bar where `bar` is set
    "change": (int, float),  # relative change: 0.125 is shown as +12.5%
    "points": (int, float),  # difference of two shares as a fraction, shown in points
    "price": (str,),  # US dollars per token as the API sends them, shown per million tokens
    "dollars": (int, float),  # US dollars in all, such as those of a month: shown as $12.30
    "cost": (str,),  # US dollars per use, exact as text: shown as $0.0034, $12.30
    "score": (int, float),  # an index, an Elo rating, a rate: shown as it came
    "context": (int,),  # tokens of a context window
    "day": (date,),
    "text": (str,),
    "flag": (bool,),  # shown as yes or no
    "spark": (tuple,),  # of float | None; drawn as a small line, never the only carrier of a value
}
"""The Python types of a column's values, by its kind; None stands for a missing value in any column."""

UNITS: Mapping[Kind, str] = {
    "share": "fraction, shown as a percentage: 0.143 is 14.3%",
    "change": "fraction, shown as a percentage: 0.125 is +12.5%",
    "points": "fraction, shown in percentage points: 0.012 is 1.2 points",
    "price": "US dollars per token, shown per million tokens: 0.000001 is $1",
    "dollars": "US dollars",
    "cost": "US dollars",
    "context": "tokens",
}
"""What the values of a column are in, by its kind: in rows and files, while its description is of what pages show."""


class BoardId(str):
    """The public id of a board: its family and, joined by dots, what tells it from others of the family.

    It is the text itself (``da.models.codecategories``), so that it can be a key, a file name or an
    attribute in HTML; its parts are kept beside it, because a part may hold a dot of its own.

    Attributes:
        family: the name that all boards of one kind share: ``da``.
        parts: what tells this one from the others: ``("models", "codecategories")``.
    """

    __slots__ = ("family", "parts")

    family: str
    parts: tuple[str, ...]

    def __new__(cls, family: str, *parts: str) -> "BoardId":
        self = super().__new__(cls, ".".join((family, *parts)))
        self.family = family
        self.parts = parts
        return self

    def below(self, *names: str) -> tuple[str, ...] | None:
        """Return the parts that follow the family and parts given; None when it does not start with them."""
        own = (self.family, *self.parts)
        if own[: len(names)] != names:
            return None
        return own[len(names) :]


@dataclass(frozen=True, slots=True)
class EventMark:
    """What happened on a day, in a sentence, for charts of the days around it."""

    day: date
    text: str


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes:
        key: its name in JSON and CSV and the field of the rows: the API's own field name where it has one.
        label: its heading.
        kind: how its values are typed (see :data:`VALUE_TYPES`) and shown.
        about: a description, for the heading's tooltip and the column's documentation.
        bar: draw the value's size inside the cell, against the largest of the column.
        in_table: False for what only files carry; tables show it inside another cell or not at all.
        mixed: its scores are of several scales: each is shown as its row words it, or with the decimals it needs itself.
    """

    key: str
    label: str
    kind: Kind
    about: str = ""
    bar: bool = False
    in_table: bool = True
    mixed: bool = False

    @property
    def numeric(self) -> bool:
        return self.kind not in ("entity", "text", "day", "spark")


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardRow:
    """One row: the base of every board's own row type, whose fields are named like its columns.

    ``row["key"]`` and the methods below read a field by the key of a column, for code that shows any
    board; code that knows the board reads the typed fields.
    """

    standing: Standing = "ranked"

    @property
    def own_window(self) -> Window | None:
        """The days that this row alone is of; None where it is of the board's window."""
        return None

    @property
    def note(self) -> str:
        """A few words below the row's name, on what its numbers do not show; empty for none."""
        return ""

    @property
    def score_words(self) -> str:
        """Return what a column of several scales shows of the row's score; empty for the decimals that the number needs."""
        return ""

    def __getitem__(self, key: str) -> object:
        """Return the value of a field, None where it is missing.

        Raises:
            KeyError: the row has no such field.
        """
        if key not in self.__dataclass_fields__:
            raise KeyError(f"{type(self).__name__} has no field {key}")
        return getattr(self, key)

    def has(self, key: str) -> bool:
        """Return whether rows of this type have such a field."""
        return key in self.__dataclass_fields__

    def entity(self, key: str) -> Entity:
        """Return the named thing in a column of entities.

        Raises:
            TypeError: the field holds something else, or nothing.
        """
        value = self[key]
        if not isinstance(value, Entity):
            raise TypeError(f"{key} holds {value!r}, not an entity")
        return value

    def number(self, key: str) -> float | None:
        """Return the number in a numeric column, None where it is missing."""
        value = self[key]
        if not isinstance(value, (int, float)):
            return None
        return float(value)


@dataclass(frozen=True, slots=True, kw_only=True)
class UnrankedRow(BoardRow):
    """A row of a board that ranks nothing."""

    standing: Standing = "unranked"


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekRow(BoardRow):
    """A row of a board over weeks; ``week`` is the last of its seven days."""

    week: date

    @property
    def own_window(self) -> Window:
        """The week."""
        return Window.ending(self.week, 7)


_T = TypeVar("_T")
_KeyT = TypeVar("_KeyT")
RowT = TypeVar("RowT", bound=BoardRow)
RowT_co = TypeVar("RowT_co", bound=BoardRow, covariant=True)


@dataclass(frozen=True, slots=True)
class Board(Generic[RowT_co]):
    """A leaderboard, ready to be shown, charted or downloaded.

    Attributes:
        id: stable and public.
        title: the question it answers.
        columns, rows: rows are in their final order; ``other`` rows come last and have no rank.
        citations: never empty.
        datasets: the datasets the rows come from, in the order of the citations' sources.
        finding: one sentence drawn from the data, without markup.
        notes: what is counted and what is not, in a few short sentences.
        scope: the one-line caveat that goes with every number of this kind.
        window: the days it covers, if it covers a window.
        coverage: which days of the rankings it rests on are held whole, and which are provisional.
        processing: what was computed here and not sent by the source; CC BY asks to indicate changes.
        models: the key of the column with the model that a row is about; empty where rows are no models.
            Readers can filter the rows by what the model list says of these models.
        choices: what readers can choose rows by: pairs of the column with the value and the column with its words.
        phone: the keys of the columns that fit a phone, where the others wait behind "All columns":
            rank, name and the numbers that the board is about. Empty where all columns fit. Wider windows
            add the others from left to right, as far as there is room.
        marks: what happened on its days by the same sources, oldest first, for its charts.
        ordered_by: the key of the column by which the rows ascend, where that is their order and no rank says so.

    Raises:
        ValueError: it names no source or a column that it lacks, a column is no field of a row, or a value is not
            of the column's kind.
    """

    id: BoardId
    title: str
    columns: tuple[Column, ...]
    rows: tuple[RowT_co, ...]
    citations: tuple[Citation, ...]
    datasets: tuple[str, ...]
    finding: str = ""
    notes: tuple[str, ...] = ()
    scope: str = ""
    window: Window | None = None
    coverage: Coverage | None = None
    processing: str = ""
    models: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    phone: tuple[str, ...] = ()
    marks: tuple[EventMark, ...] = ()
    ordered_by: str = ""

    def __post_init__(self) -> None:
        if not self.citations or not self.datasets:
            raise ValueError(f"board {self.id} names no source; every board must")
        for key in filter(None, (self.models, self.ordered_by, *self.phone, *chain(*self.choices))):
            if all(column.key != key for column in self.columns):
                raise ValueError(f"board {self.id} has no column {key}")
        for column in self.columns:
            self._check(column)

    def _check(self, column: Column) -> None:
        expected = VALUE_TYPES[column.kind]
        for number, row in enumerate(self.rows, 1):
            try:
                value = row[column.key]
            except KeyError as error:
                raise ValueError(f"{self._place(number, column)}: {error.args[0]}") from None
            if value is not None and not isinstance(value, expected):
                place = self._place(number, column)
                raise ValueError(f"{place}: expected a value of kind {column.kind}, got {value!r}")

    def _place(self, number: int, column: Column) -> str:
        return f"board {self.id}, row {number}, column {column.key}"

    @property
    def dated_title(self) -> str:
        """The title with the days that the board covers, which tell its table from that of another window."""
        if self.window is None:
            return self.title
        return f"{self.title} {self.window.human()}"

    @property
    def provisional(self) -> int:
        """The number of days that the source may still restate."""
        return len(self.coverage.provisional) if self.coverage else 0

    @property
    def gaps(self) -> str:
        """The days that are missing or cut short, in words; empty where all are held whole."""
        return self.coverage.gaps if self.coverage else ""

    @property
    def ranked(self) -> tuple[RowT_co, ...]:
        return tuple(row for row in self.rows if row.standing == "ranked")

    def records(self) -> list[dict[str, object]]:
        """Return the rows as plain JSON values: what downloads and charts are made of.

        An entity gives its id under the column's key and its name under ``<key>_name``. A change of rank
        gives its places, None where there are none, and says under ``<key>_how`` what happened. Dates are ISO
        days; a sparkline is left out, since its values are published in a dataset of their own. Rows that
        rest on daily rankings say whether they are provisional and, where they sum up several days, how
        many of these are not held whole.
        """
        records = [_record(self.columns, row) for row in self.rows]
        if self.coverage is not None:
            for row, record in zip(self.rows, records, strict=True):
                record.update(_known(row.own_window or self.coverage.window, self.coverage))
        return records


def _known(days: Window, coverage: Coverage) -> dict[str, object]:
    """Return what is known of the days that a row is of."""
    known: dict[str, object] = {"provisional": any(day in days for day in coverage.provisional)}
    if days.start != days.end:
        gaps = (*coverage.missing, *coverage.cut)
        known["missing_days"] = sum(1 for day in gaps if day in days)
    return known


def _record(columns: tuple[Column, ...], row: BoardRow) -> dict[str, object]:
    flat: dict[str, object] = {}
    for column in columns:
        value = row[column.key]
        if column.kind == "spark":
            continue
        if isinstance(value, Entity):
            flat[column.key] = value.id
            flat[f"{column.key}_name"] = value.source_name
        elif isinstance(value, Moved):
            flat[column.key] = value.places
            flat[f"{column.key}_how"] = value.how
        elif column.kind == "moved":
            flat[column.key] = flat[f"{column.key}_how"] = None
        elif isinstance(value, date):
            flat[column.key] = str(value)
        else:
            flat[column.key] = value
    return flat


def grouped(rows: Iterable[_T], key: Callable[[_T], _KeyT]) -> dict[_KeyT, list[_T]]:
    """Return the rows by what ``key`` returns of each, both in the order in which they come."""
    groups: dict[_KeyT, list[_T]] = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    return groups


AnyBoard: TypeAlias = Board[BoardRow]
"""A board whose row type does not matter to the code that reads it."""

BoardT = TypeVar("BoardT", bound=AnyBoard)


def narrowed(board: AnyBoard, board_type: type[BoardT]) -> BoardT:
    """Return the board as the type that carries more than rows.

    Raises:
        TypeError: it is of another type.
    """
    if not isinstance(board, board_type):
        raise TypeError(f"board {board.id} is no {board_type.__name__}")
    return board


def rows_of(board: AnyBoard, row_type: type[RowT]) -> tuple[RowT, ...]:
    """Return the board's rows as the type that they are of.

    Raises:
        TypeError: a row is of another type.
    """
    for row in board.rows:
        if not isinstance(row, row_type):
            raise TypeError(f"board {board.id} holds {type(row).__name__}, not {row_type.__name__}")
    return cast(tuple[RowT, ...], board.rows)


def has_values(rows: Iterable[BoardRow], key: str) -> bool:
    """Return whether any row has a value in a column."""
    return any(row[key] is not None for row in rows)


def citations_of(boards: Iterable[AnyBoard]) -> tuple[Citation, ...]:
    """Return the citations of several boards, each once."""
    return distinct(chain.from_iterable(board.citations for board in boards))


def datasets_of(boards: Iterable[AnyBoard]) -> tuple[str, ...]:
    """Return the datasets of several boards, each once."""
    return tuple(dict.fromkeys(chain.from_iterable(board.datasets for board in boards)))


def is_withheld(board: AnyBoard) -> bool:
    """Return whether a board rests on data that may be drawn and not be handed on: its charts are pictures only."""
    return any(citation.withheld for citation in board.citations)


class Boards(Mapping[str, AnyBoard]):
    """Boards by id, in the order in which they were made."""

    def __init__(self, boards: Iterable[AnyBoard] = ()) -> None:
        self._by_id: dict[str, AnyBoard] = {board.id: board for board in boards}

    def __getitem__(self, id_: str) -> AnyBoard:
        return self._by_id[id_]

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_id)

    def __len__(self) -> int:
        return len(self._by_id)

    def find(self, id_: str, row_type: type[RowT]) -> Board[RowT] | None:
        """Return the board of that id with its rows typed; None when it was not made.

        Raises:
            TypeError: a row is of another type.
        """
        board = self.get(id_)
        if board is None:
            return None
        rows_of(board, row_type)
        return cast(Board[RowT], board)

    def family(self, name: str) -> tuple[AnyBoard, ...]:
        """Return all boards of a family."""
        return tuple(board for board in self.values() if board.id.family == name)

    def of_type(self, board_type: type[BoardT]) -> tuple[BoardT, ...]:
        """Return all boards of a type that carries more than rows."""
        return tuple(board for board in self.values() if isinstance(board, board_type))
