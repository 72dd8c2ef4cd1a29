"""How the ranks of the newest week's leading models, and of those before them, came about."""

from typing import Any

from generator.base import dates, formats
from generator.base.palette import LIGHT
from generator.boards.board import AnyBoard, BoardRow, Entity
from generator.boards.names import name_in_colour
from generator.boards.weekly_ranks import LED
from generator.charts.chart import Chart, Control, Drawing, Option, Rows, Size, Template
from generator.charts.kinds import bars, phrases, text_width
from generator.charts.kinds.grammar import alt, at, chart, grid, spec, text, tick_labels

_KEY = "model_permaslug"
_LOWEST = 20
_COLOURED = 10
_LABEL = 12
_WEEKS_AT_THE_EDGE = 3


def _weeks(board: AnyBoard) -> list[str]:
    return sorted({str(phrases.day(row, "week")) for row in board.rows})


def _final(board: AnyBoard) -> dict[str, tuple[int, Entity]]:
    """Return rank and entity of each model in the newest week, best first."""
    newest = _weeks(board)[-1]
    rows = [row for row in board.rows if str(row["week"]) == newest]
    return {
        row.entity(_KEY).id: (int(phrases.number(row, "rank")), row.entity(_KEY))
        for row in sorted(rows, key=lambda row: phrases.number(row, "rank"))
    }


def _coloured(board: AnyBoard) -> set[str]:
    """Return the newest week's first ten, and whoever was among the first of any week."""
    coloured = set(list(_final(board))[:_COLOURED])
    for row in board.rows:
        if phrases.number(row, "rank") <= LED:
            coloured.add(row.entity(_KEY).id)
    return coloured


def _rows(board: AnyBoard) -> Rows:
    """Return a point for each week and model, and for each unbroken run of weeks a line of its own."""
    weeks, coloured = _weeks(board), _coloured(board)
    last: dict[str, int] = {}
    runs: dict[str, int] = {}
    rows = []
    for row in sorted(board.rows, key=lambda row: str(row["week"])):
        entity, at_ = row.entity(_KEY), weeks.index(str(row["week"]))
        if last.get(entity.id) != at_ - 1:
            runs[entity.id] = runs.get(entity.id, 0) + 1
        last[entity.id] = at_
        name, rank = formats.sanitize(entity.name), int(phrases.number(row, "rank"))
        rows.append(
            {
                "week": weeks[at_],
                _KEY: entity.id,
                "name": name,
                "rank": rank,
                "run": f"{entity.id} {runs[entity.id]}",
                "colour": bars.colour(entity) if entity.id in coloured else LIGHT.other,
                "tip": {
                    "title": name,
                    "Week to": dates.human_day(phrases.day(row, "week")),
                    "Rank": phrases.ranks(row),
                },
            }
        )
    return rows


def _labels(board: AnyBoard, room: float) -> Rows:
    return [
        {
            _KEY: entity.id,
            "rank": rank,
            "place": str(rank),
            "name": text_width.short(name_in_colour(entity), _LABEL, room),
        }
        for rank, entity in _final(board).values()
        if rank <= _LOWEST
    ]


def _past(board: AnyBoard, size: Size) -> Rows:
    """Return the names of models that once led and have no line in the newest week, where there is room for them.

    Each stands above the newest of its places in front. Who led a week is always named.
    """
    ending = {key for key, (rank, _) in _final(board).items() if rank <= _LOWEST}
    last: dict[str, BoardRow] = {}
    best: dict[str, float] = {}
    for row in sorted(board.rows, key=lambda row: str(row["week"])):
        rank, key = phrases.number(row, "rank"), row.entity(_KEY).id
        if key not in ending and rank <= LED:
            last[key] = row
            best[key] = min(best.get(key, rank), rank)
    weeks, apart = _weeks(board), size.of(7, 3, 2)
    rows: Rows = []
    taken: list[tuple[int, float]] = []
    for key in sorted(last, key=lambda key: (best[key], key)):
        row = last[key]
        at_, rank = weeks.index(str(row["week"])), phrases.number(row, "rank")
        is_free = all(rank != other or abs(at_ - week) > apart for week, other in taken)
        if best[key] > 1 and not is_free:
            continue
        taken.append((at_, rank))
        name = text_width.short(name_in_colour(row.entity(_KEY)), _LABEL, size.of(80, 110, 110))
        # Centered, a name of the first weeks would run out of the picture.
        side = "left" if at_ < _WEEKS_AT_THE_EDGE else "center"
        rows.append({_KEY: key, "week": weeks[at_], "rank": rank, "name": name, "side": side})
    return rows


def _draw(board: AnyBoard, size: Size) -> Drawing:
    weeks, last = _weeks(board), len(_weeks(board)) - 1
    every = size.of(4, 2, 1)
    ends = _labels(board, size.of(130, 160, 200))
    return Drawing(
        template=_TEMPLATE,
        data={
            "rows": _rows(board),
            "ends": ends,
            "past": _past(board, size),
            "weeks": [
                {
                    "week": week,
                    "label": phrases.short_day(dates.parse_day(week))
                    if (last - n) % every == 0
                    else "",
                    "align": "center",
                }
                for n, week in enumerate(weeks)
            ],
            "ticks": [{"rank": rank, "label": str(rank)} for rank in (1, 5, 10, 15, 20)],
        },
        height=22.0 * _LOWEST,
        left=24,
        right=30 + max(text_width.width(end["name"], _LABEL) for end in ends),
        bottom=24,
        params={"lowest": _LOWEST + 0.5},
        controls=_controls(board),
    )


def _controls(board: AnyBoard) -> tuple[Control, ...]:
    weeks = _weeks(board)
    shorter = [Option(f"{n}w", f"{n} weeks", since=weeks[-n]) for n in (4, 8) if len(weeks) > n]
    every = [
        Option(entity.id, formats.sanitize(entity.name)) for _, entity in _final(board).values()
    ]
    ranges = Control("range", "Period", (Option("", "All"), *shorter), "week", "weeks")
    focus = Control("focus", "Highlight", (Option("", "None"), *every), _KEY)
    return (ranges, focus) if shorter else (focus,)


def _rank() -> Any:
    scale = alt.Scale(
        domainMin=0.5, domainMax=alt.ExprRef("lowest"), reverse=True, zero=False, nice=False
    )
    return alt.Y("rank:Q", axis=None, scale=scale)


def _spec() -> dict[str, Any]:
    week = alt.X("week:O", axis=None, sort=None, scale=alt.Scale(type="point", padding=0.3))
    colour, side = alt.Stroke("colour:N", scale=None), alt.ExprRef("datum.side")
    lines = chart("rows").mark_line(
        strokeWidth=2.2, clip=True, strokeJoin="round", strokeCap="round"
    )
    points = chart("rows").mark_point(
        shape="circle", filled=True, size=46, stroke=LIGHT.paper, strokeWidth=1, clip=True
    )
    place = text("ends", "place", colour=LIGHT.soft, size=12, align="right", baseline="middle")
    return spec(
        grid("ticks", "y", _rank()),
        lines.encode(x=week, y=_rank(), detail="run:N", stroke=colour),
        points.encode(
            x=week, y=_rank(), fill=alt.Fill("colour:N", scale=None), tooltip=alt.Tooltip("tip:N")
        ),
        tick_labels("ticks", "y", _rank()),
        tick_labels("weeks", "x", week),
        place.encode(x=at("x", "width + 20"), y=_rank()),
        text("past", "name", size=12, align=side, baseline="bottom", dy=-7).encode(
            x=week, y=_rank()
        ),
        text("ends", "name", align="left", baseline="middle").encode(
            x=at("x", "width + 28"), y=_rank()
        ),
        params=("lowest",),
    )


_TEMPLATE = Template("rank-bump", _spec)


def _subtitle(board: AnyBoard) -> str:
    return f"Weekly rank by tokens, {phrases.when(board)}. A line breaks where a model was outside the top 50."


def _alt(board: AnyBoard) -> str:
    newest = _weeks(board)[-1]
    first, *rest = sorted(
        (row for row in board.rows if str(row["week"]) == newest),
        key=lambda row: phrases.number(row, "rank"),
    )
    names = [row.entity(_KEY).name for row in (first, *rest[:2])]
    week = f"in the week to {dates.human_day(dates.parse_day(newest))}"
    if first["rank_high"] not in (None, 1):
        sentence = (
            f"No model firmly leads {week}; {names[0]} is ranked 1st, or {phrases.ranks(first)}."
        )
    else:
        after = f", ahead of {formats.list_in_words(names[1:])}" if rest else ""
        sentence = f"{names[0]} leads {week}{after}."
    return f"{sentence} {board.finding}" if board.finding else sentence


CHART = Chart(
    id="tok-rank-bump",
    board="models-ranks",
    title="How rankings have changed",
    subtitle=_subtitle,
    alt=_alt,
    draw=_draw,
    notes=(
        f"The newest week's first {_COLOURED} and the top {LED} of every week have their author's color, the rest are gray.",
        f"Lines leave the chart below rank {_LOWEST}.",
    ),
)
