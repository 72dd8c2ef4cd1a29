"""Which columns a table shows, and which of them phones fold away: the same for all tables with the same columns."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import attrgetter

from generator.boards.board import AnyBoard, BoardRow, Column, Kind


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """What all tables with the same columns have in common; there is one for each such set of columns.

    Attributes:
        columns: those shown, in their order.
        folded: the numbers, from 1, of those that phones fold away.
        heading: the key of the column that names a row, empty for none.
        moved: the column of the change of rank that phones show below the rank, None for none.
        ranks: the places, from 0, of the columns that show the change of rank as well.
        measured: the places of the columns whose cells depend on all values of the column.
        values: returns a row's values of the columns.
    """

    columns: tuple[Column, ...]
    folded: tuple[int, ...]
    heading: str
    moved: Column | None
    ranks: tuple[int, ...]
    measured: tuple[int, ...]
    values: Callable[[BoardRow], tuple[object, ...]]


def layout(board: AnyBoard, only: Iterable[str] = ()) -> Layout:
    """Return how the board's table, or the columns of the given keys that it has, are laid out."""
    return _layout(board.columns, board.phone, tuple(only))


def chosen(board: AnyBoard, only: Iterable[str] = ()) -> tuple[Column, ...]:
    """Return the board's columns for tables, or those of the given keys that it has."""
    return layout(board, only).columns


def folded(board: AnyBoard, columns: Sequence[Column]) -> tuple[int, ...]:
    """Return the numbers, from 1, of the columns that phones fold away; none where fewer than two would be left."""
    return _folded(board.phone, columns)


# A key for what else is made once for such tables: it is compared at once, where tuples of columns take a tenth of
# the time of a page.
@lru_cache(maxsize=1024)
def _layout(columns: tuple[Column, ...], phone: tuple[str, ...], only: tuple[str, ...]) -> Layout:
    shown = [column for column in columns if column.in_table and (not only or column.key in only)]
    folded_away = _folded(phone, shown)
    moved = _first([shown[number - 1] for number in folded_away], "moved")
    heading = _first(shown, "entity")
    return Layout(
        columns=tuple(shown),
        folded=folded_away,
        heading=heading.key if heading else "",
        moved=moved,
        ranks=_places(shown, lambda column: column.kind == "rank" and moved is not None),
        measured=_places(shown, _is_measured),
        values=_values([column.key for column in shown]),
    )


def _first(columns: Iterable[Column], kind: Kind) -> Column | None:
    """Return the first column of a kind, None for none."""
    for column in columns:
        if column.kind == kind:
            return column
    return None


def _places(columns: Iterable[Column], is_wanted: Callable[[Column], bool]) -> tuple[int, ...]:
    """Return the places of some columns, from 0."""
    return tuple(place for place, column in enumerate(columns) if is_wanted(column))


def _folded(phone: Sequence[str], columns: Sequence[Column]) -> tuple[int, ...]:
    away = [number for number, column in enumerate(columns, 1) if column.key not in phone]
    is_worth_it = len(columns) - len(away) >= 2
    return tuple(away) if is_worth_it else ()


def _is_measured(column: Column) -> bool:
    """Return whether a cell of the column depends on all its values: on the largest, or on their decimals."""
    return column.bar or (column.kind == "score" and not column.mixed)


def _values(keys: Sequence[str]) -> Callable[[BoardRow], tuple[object, ...]]:
    """Return what returns the fields of these names of a row."""
    if len(keys) > 1:
        return attrgetter(*keys)
    return lambda row: tuple(getattr(row, key) for key in keys)
