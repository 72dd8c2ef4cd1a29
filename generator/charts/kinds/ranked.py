"""The rows of ranked charts: a rank and a name left of each row's marks, in the narrow drawing above them."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from generator.base.palette import LIGHT
from generator.boards.board import BoardRow, Entity
from generator.boards.intervals import tied_rank_ranges
from generator.charts.chart import Param, Size, T
from generator.charts.kinds import phrases, text_width
from generator.charts.kinds.theme import HOVER, LABEL, alt, placed, rows, text

_STEP, _LEAST_STEP, _ROWS = 26.0, 20.0, 306.0
"""In pixels: the most and the least from one row to the next, and the height at which more rows stand closer."""
_NOTHING: Mapping[str, Any] = MappingProxyType({})
DERIVED: Mapping[str, str] = {
    "ranks": "names - 8",
    "lift": "above ? -9 : 0.5",
    "sink": "above ? 8 : 0",
    "thick": "above ? 10 : 14",
}
"""Where ranks end, how far names and marks are from the middle of their row, and how thick bars are, in pixels."""


@dataclass(frozen=True, slots=True)
class Item:
    """What a row is about."""

    key: str
    name: str
    color: str = LIGHT.soft  # of its marks; items of one `group` have the same
    group: str = ""
    rank: str = ""  # before the name, empty for none
    tip: Mapping[str, str] = field(default_factory=dict)  # the texts of its tooltip, by label


@dataclass(frozen=True, slots=True)
class Layout:
    """Where names and marks stand, in pixels."""

    left: float  # room for ranks and names beside the plot
    plot: float  # width that remains for it
    step: float  # from one row to the next
    name: float  # the most that a name may take
    params: Mapping[str, Param]  # from :func:`params`


def color(entity: Entity) -> str:
    """Return the author's color; a neutral one for entities without one (apps, tasks), gray for the remainder."""
    if entity.id == "other":
        return LIGHT.other
    return entity.color or LIGHT.soft


def both_ends(rows: Sequence[T], each: int) -> list[T]:
    """Return the first and the last rows, or all where these are all."""
    return [*rows[:each], *rows[max(each, len(rows) - each) :]]


def tied(rows: Sequence[T], shown: Callable[[T], str]) -> list[tuple[T, str]]:
    """Return rows, the highest score first, each with its rank: ``3``, or ``3–5`` of a tie.

    Args:
        shown: the text of a row's score.
    """
    ranks = tied_rank_ranges([shown(row) for row in rows])
    return [(row, rank.words) for row, rank in zip(rows, ranks, strict=True)]


def item(
    row: BoardRow,
    key: str,
    tip: Mapping[str, str] = _NOTHING,
    *,
    rank: str | None = None,
    look: tuple[str, str] | None = None,
) -> Item:
    """Return what a board's row is about: the entity in the column ``key``.

    Args:
        rank: in place of the row's own.
        look: group and color in place of its author and that author's.
    """
    entity = row.entity(key)
    group, tone = look or (entity.author, color(entity))
    if rank is None:
        rank = phrases.ranks(row)
    return Item(entity.id, entity.name, tone, group, rank, tip)


def layout(
    items: Sequence[Item],
    size: Size,
    *,
    count: int,
    right: float = 0.0,
    least: float = 0.0,
    close: float = _LEAST_STEP,
    alone: bool = False,
) -> Layout:
    """Return where names and marks of these items stand.

    Args:
        count: the number of rows, of the longest list where the reader chooses one.
        right: room that is taken right of the plot.
        least: room that the marks need left of the plot in any case.
        close: the least room from one row to the next.
        alone: no marks, so that the names have all the room.
    """
    ranks = text_width.widest((item_.rank for item_ in items), LABEL)
    if ranks:
        ranks = max(22.0, ranks + 8)
    above = size.narrow and not alone
    if above:
        left, name, step = max(ranks, least), size.room - ranks, 38.0
    else:
        name = text_width.widest((item_.name for item_ in items), LABEL) + 4
        most = size.of(190.0, 190.0, 250.0)
        if alone:
            most = size.room - ranks - right - 10
        name, step = min(most, name), max(close, min(_STEP, _ROWS / count))
        left = ranks + name + 10
    plot = size.room - math.ceil(left) - math.ceil(right)
    return Layout(left, plot, step, name, params(ranks - left, above=above))


def row(one: Item, place: int, room: float, of: str = "") -> dict[str, Any]:
    """Return the row of an item, whose name has ``room``, in the list ``of`` from which the reader chooses."""
    return {
        "id": one.key,
        "of": of,
        "place": place,
        "rank": one.rank,
        "name": text_width.short(one.name, LABEL, room),
        "group": one.group,
        "tip": phrases.tip(one.name, one.tip),
    }


def params(names: float = 0.0, *, above: bool = False, shown: str = "") -> dict[str, Param]:
    """Return the parameters of ranked rows: where names start, whether they stand above the marks of their row, and
    the ``of`` of the rows that are drawn."""
    return {"names": names, "above": int(above), "shown": shown}


def axis(tick: str) -> Any:
    """Return the axis of the values in ``ticks``, labeled by an expression; none without one."""
    if not tick:
        return None
    return alt.Axis(grid=True, labelExpr=tick, values=alt.ExprRef("ticks"))


def colors(items: Sequence[Item]) -> dict[str, str]:
    """Return the color of each group."""
    return {item_.group: item_.color for item_ in items}


def shown() -> "alt.Chart":
    """Return a chart of the rows of the list that is shown."""
    return rows().transform_filter("datum.of == shown")


def down() -> Any:
    """Return the band of a row."""
    return alt.Y("place:O", axis=None, sort=None, scale=alt.Scale(paddingInner=0, paddingOuter=0))


def words(listed: "alt.Chart") -> list[Any]:
    """Return the ranks and the names of the rows of a chart."""
    lift = alt.ExprRef("lift")
    rank = text(listed, "rank", "ranks", down(), soft=True, align="right", dy=lift)
    return [rank, text(listed, "name", "names", down(), dy=lift)]


def hover_areas(listed: "alt.Chart") -> Any:
    """Return an unseen mark over each row of a chart, in its whole length, that has its tooltip."""
    band = placed(listed.mark_rect(opacity=0), x="0", x2="width", y=down(), tooltip="datum.tip")
    return band.properties(name=HOVER)
