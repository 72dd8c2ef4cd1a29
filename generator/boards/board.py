"""What a leaderboard is: columns, rows, the sources they rest on, and the sentence that sums it up."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from generator.base import palette
from generator.base.attribution import Citation
from generator.base.dates import Window

Kind = Literal[
    "rank",  # int; shown bare
    "moved",  # Moved; change of rank against the week before
    "entity",  # Entity; a model, author, app, task or arena, linked where it has a page
    "tokens",  # int; tokens or requests, shown as 1.24 T
    "integer",  # int; shown in full with separators
    "share",  # float 0..1; shown as 14.3 %, with a bar where `bar` is set
    "change",  # float; relative change, 0.125 is +12.5 %
    "points",  # float; difference of two shares, in fractions, shown in points
    "price",  # str; USD per token as the API sends it, shown in $ per million tokens
    "score",  # float; an index, an Elo rating, a rate: shown as it came
    "context",  # int; tokens of a context window
    "day",  # date
    "text",  # str
    "spark",  # tuple of float | None; drawn as a small line, never the only carrier of a value
]
Standing = Literal["ranked", "other", "unranked"]


@dataclass(frozen=True, slots=True)
class Entity:
    """Something with a name.

    Attributes:
        id: as the API writes it: a permaslug, an author, an app_id, a tag.
        name: for people, already cleaned.
        path: its page inside the site (``models/openai/gpt-5/``), None where it has none.
        author: the author whose colour it wears, empty for none.
        detail: a second, smaller line, such as the slug.
    """

    id: str
    name: str
    path: str | None = None
    author: str = ""
    detail: str = ""

    @property
    def colour(self) -> str:
        return palette.author_colour(self.author) if self.author else ""


@dataclass(frozen=True, slots=True)
class Moved:
    """Against the same window a week before: places climbed (negative: lost), or what else happened."""

    places: int | None
    how: Literal["same", "up", "down", "new", "returned", "unknown"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes:
        key: its name in JSON and CSV: the API's own field name where it has one.
        label: its heading.
        kind: how its values are typed and shown.
        about: what it says, for the heading's tooltip and the column's documentation.
        bar: draw the value's size inside the cell, against the largest of the column.
        minor: on a phone it may scroll out of view first.
    """

    key: str
    label: str
    kind: Kind
    about: str = ""
    bar: bool = False
    minor: bool = False

    @property
    def numeric(self) -> bool:
        return self.kind not in ("entity", "text", "day", "spark")


@dataclass(frozen=True, slots=True)
class Row:
    """One row: a value (or None for missing) for each column's key."""

    values: Mapping[str, object]
    standing: Standing = "ranked"

    def __getitem__(self, key: str) -> object:
        return self.values.get(key)

    def entity(self, key: str) -> Entity:
        """The named thing in a column of entities."""
        value = self.values[key]
        if not isinstance(value, Entity):
            raise TypeError(f"{key} holds {value!r}, not an entity")
        return value

    def number(self, key: str) -> float | None:
        """The number in a numeric column, None where it is missing."""
        value = self.values.get(key)
        return float(value) if isinstance(value, (int, float)) else None


@dataclass(frozen=True, slots=True)
class Board:
    """A leaderboard, ready to be shown, charted or downloaded.

    Attributes:
        id: stable, kebab-case; parts of a family are joined by dots: ``da.models.codecategories``.
        title: the question it answers.
        columns, rows: rows stand in their final order; ``other`` rows come last and have no rank.
        citations: never empty.
        datasets: the datasets the rows come from, in the order of the citations' sources.
        finding: one sentence drawn from the data, without markup.
        notes: what is counted and what is not, in a few short sentences.
        scope: the one-line caveat that stands with every number of this kind.
        window: the days it covers, if it covers a window.
        provisional: days of the window that are younger than three days and may still be restated.
        processing: what was computed here and not sent by the source; CC BY asks to indicate changes.
        extra: facts that the board's chart needs beside the rows, such as the tick values of its scale.
    """

    id: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    citations: tuple[Citation, ...]
    datasets: tuple[str, ...]
    finding: str = ""
    notes: tuple[str, ...] = ()
    scope: str = ""
    window: Window | None = None
    provisional: int = 0
    processing: str = ""
    extra: Mapping[str, object] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.citations or not self.datasets:
            raise ValueError(f"board {self.id} names no source; every board must")

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    @property
    def ranked(self) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if row.standing == "ranked")

    def column(self, key: str) -> Column:
        return next(column for column in self.columns if column.key == key)

    def records(self) -> list[dict[str, object]]:
        """The rows as plain JSON values: what downloads and charts are made of.

        An entity gives its id under the column's key and its name under ``<key>_name``; dates are ISO
        days; a sparkline is left out, since the values it sketches stand in a dataset of their own.
        """
        return [record(self.columns, row) for row in self.rows]


def record(columns: tuple[Column, ...], row: Row) -> dict[str, object]:
    flat: dict[str, object] = {}
    for column in columns:
        value = row[column.key]
        if column.kind == "spark":
            continue
        if isinstance(value, Entity):
            flat[column.key] = value.id
            flat[f"{column.key}_name"] = value.name
        elif isinstance(value, Moved):
            flat[column.key] = value.places if value.places is not None else value.how
        elif column.kind == "day" and value is not None:
            flat[column.key] = str(value)
        else:
            flat[column.key] = value
    return flat
