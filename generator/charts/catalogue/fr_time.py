"""How the frontier of price and score has moved."""

from collections.abc import Mapping
from datetime import date, timedelta
from itertools import chain
from typing import Any

from generator.base import formats
from generator.boards import frontier_history
from generator.boards.board import AnyBoard, BoardRow, rows_of
from generator.boards.frontier_history import FrontierDayRow
from generator.boards.names import name_in_colour
from generator.charts.chart import Chart, Drawing, Size
from generator.charts.kinds import bars, phrases, scatter

_KEY, _INDEX = "model_permaslug", "intelligence_index"
_APART = 25
_MOST = 4


def _price(row: BoardRow) -> float:
    return phrases.dollars(row, "blended") or 0.0


def _days(board: AnyBoard) -> list[date]:
    """Return the newest day, and before it the first day known and some in between, of the same era, weeks apart."""
    era = board.rows[-1]["era"]
    known = {phrases.day(row, "day") for row in board.rows if row["era"] == era}
    days = sorted(known, reverse=True)

    chosen = [days[0]]
    for day in days[1:]:
        if chosen[-1] - day >= timedelta(days=_APART) and len(chosen) < _MOST:
            chosen.append(day)
    return chosen if days[-1] in chosen or len(chosen) == _MOST else [*chosen, days[-1]]


def _on(board: AnyBoard, day: date) -> list[BoardRow]:
    return sorted((row for row in board.rows if row["day"] == day), key=_price)


def _spot(row: BoardRow, before: set[str]) -> scatter.Spot:
    entity, index = row.entity(_KEY), phrases.number(row, _INDEX)
    return scatter.Spot(
        name=name_in_colour(entity),
        x=_price(row),
        y=index,
        colour=bars.colour(entity),
        weight=index + (100 if entity.id not in before else 0),
        line=True,
        tip=phrases.tip(
            ("Index", formats.number(index)),
            ("Price", f"{formats.per_million(str(row['blended']))} per million"),
            ("Joined", "since then" if entity.id not in before else ""),
        ),
        fields={_KEY: entity.id, _INDEX: index},
    )


def _older(board: AnyBoard, day: date) -> list[Mapping[str, Any]]:
    return [
        {"x": _price(row), "y": phrases.number(row, _INDEX), "run": str(day)}
        for row in _on(board, day)
    ]


def _draw(board: AnyBoard, size: Size) -> Drawing:
    newest, *earlier = _days(board)
    before = {row.entity(_KEY).id for row in _on(board, earlier[-1])} if earlier else set()
    spots = [_spot(row, before) for row in _on(board, newest)]
    older = list(chain.from_iterable(_older(board, day) for day in earlier))

    every = [*(spot.y for spot in spots), *(point["y"] for point in older)]
    paid = [*spots, *(scatter.Spot("", point["x"], point["y"], "") for point in older)]
    up = scatter.linear(every, 10, "↑ Artificial Analysis Intelligence Index")
    return scatter.drawing(spots, scatter.prices(paid, size), up, size, older=older)


def _subtitle(board: AnyBoard) -> str:
    newest, *earlier = _days(board)
    then = (
        f"; lighter, on {formats.list_in_words([phrases.dated(day) for day in earlier])}"
        if earlier
        else ""
    )
    return f"Best-value models, on {phrases.dated(newest)}{then}. Score vs blended price."


def _alt(board: AnyBoard) -> str:
    highest = frontier_history.highest_score(rows_of(board, FrontierDayRow))
    return f"{board.finding} {highest}".strip()


CHART = Chart(
    id="fr-time",
    board="frontier-history",
    title="How have the best-value models changed?",
    subtitle=_subtitle,
    alt=_alt,
    draw=_draw,
    notes=(
        "Prices are on a logarithmic scale; three input tokens to one output token.",
        "Only days since the index was last re-based are drawn: earlier scores are not comparable.",
    ),
)
