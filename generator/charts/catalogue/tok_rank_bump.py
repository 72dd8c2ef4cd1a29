"""How the ranks of the newest week's leading models, and of those before them, came about."""

from typing import Any

from generator.base import dates, formats
from generator.base.palette import LIGHT
from generator.boards.board import AnyBoard, BoardRow, Entity
from generator.boards.names import name_in_colour
from generator.boards.weekly_ranks import LED
from generator.charts.chart import Chart, Drawing, Rows, Size, Template
from generator.charts.kinds import controls, phrases, strokes, text_width
from generator.charts.kinds.theme import (
    FADED_LABEL,
    LABEL,
    WEEK_TICK,
    WITHIN,
    alt,
    at,
    colour,
    haloed,
    in_bands,
    in_focus,
    rows,
    spec,
    text,
    within,
)

_KEY = "model_permaslug"
_LOWEST = 20
_COLOURED = 10


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


def _rows(board: AnyBoard, size: Size) -> Rows:
    """Return a point for each week and model, and for each unbroken run of weeks a line of its own."""
    weeks, past, states = _weeks(board), _past(board, size), strokes.states(_colours(board))
    last: dict[str, int] = {}
    runs: dict[str, int] = {}
    rows_: Rows = []
    for row in sorted(board.rows, key=lambda row: str(row["week"])):
        entity, at_ = row.entity(_KEY), weeks.index(str(row["week"]))
        if last.get(entity.id) != at_ - 1:
            runs[entity.id] = runs.get(entity.id, 0) + 1
        last[entity.id] = at_
        name = formats.sanitize(entity.name)
        rows_.append(
            {
                "week": weeks[at_],
                "series": entity.id,
                "rank": int(phrases.number(row, "rank")),
                "name": text_width.short(name_in_colour(entity), LABEL, size.of(130, 160, 200)),
                "past": past.get((entity.id, weeks[at_]), ""),
                "run": f"{entity.id} {runs[entity.id]}",
                "state": states[entity.id],
                "tip": {
                    "title": name,
                    "Week to": dates.human_day(phrases.day(row, "week")),
                    "Rank": phrases.ranks(row),
                },
            }
        )
    return rows_


def _past(board: AnyBoard, size: Size) -> dict[tuple[str, str], str]:
    """Return the names of models that once led and have no line in the newest week, where there is room for them.

    Each stands above the newest of its places in front, by its id and week. Who led a week is always named.
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
    names: dict[tuple[str, str], str] = {}
    taken: list[tuple[int, float]] = []
    for key in sorted(last, key=lambda key: (best[key], key)):
        row = last[key]
        at_, rank = weeks.index(str(row["week"])), phrases.number(row, "rank")
        is_free = all(rank != other or abs(at_ - week) > apart for week, other in taken)
        if best[key] > 1 and not is_free:
            continue
        taken.append((at_, rank))
        name = text_width.short(name_in_colour(row.entity(_KEY)), LABEL, size.of(80, 110, 110))
        names[key, weeks[at_]] = name
    return names


def _colours(board: AnyBoard) -> dict[str, str]:
    coloured = _coloured(board)
    final = [entity for _, entity in _final(board).values()]
    every = [*final, *(row.entity(_KEY) for row in board.rows)]
    gray = {entity.id: LIGHT.other for entity in every}
    return {**gray, **controls.colours(entity for entity in every if entity.id in coloured)}


def _draw(board: AnyBoard, size: Size) -> Drawing:
    rows_ = _rows(board, size)
    weeks = _weeks(board)
    ends = [row for row in rows_ if row["week"] == weeks[-1] and row["rank"] <= _LOWEST]
    shorter = [(weeks[-n], f"{n}w", f"{n} weeks") for n in (4, 8) if len(weeks) > n]
    named = [(entity.id, formats.sanitize(entity.name)) for _, entity in _final(board).values()]
    return Drawing(
        template=_TEMPLATE,
        data={"rows": rows_},
        height=22.0 * _LOWEST,
        left=24,
        right=30 + max(text_width.width(end["name"], LABEL) for end in ends),
        top=12,
        bottom=24,
        colours=_colours(board),
        controls=controls.several(
            controls.ranges("week", shorter, 7), controls.focus("series", named)
        ),
    )


def _spec() -> dict[str, Any]:
    week = in_bands("week", WEEK_TICK, type="point", padding=0.3)
    rank = alt.Y(
        "rank:Q",
        axis=alt.Axis(title=None, values=[1, 5, 10, 15, 20]),
        scale=alt.Scale(domain=[0.5, _LOWEST + 0.5], reverse=True, zero=False, nice=False),
    )
    shown = within(rows(), "week")
    newest = shown.transform_joinaggregate(newest="max(week)").transform_joinaggregate(
        last="max(week)", groupby=["series"]
    )
    ends = newest.transform_filter(f"datum.week == datum.newest && datum.rank <= {_LOWEST}")
    gone = newest.transform_filter("datum.past && datum.last < datum.newest")
    lines = shown.mark_line(strokeWidth=2.2, clip=True, strokeJoin="round", strokeCap="round")
    points = shown.mark_point(
        shape="circle",
        filled=True,
        opacity=1,
        size=46,
        stroke=LIGHT.paper,
        strokeWidth=1,
        clip=True,
    )
    place = text(
        ends.transform_calculate(place="'' + datum.rank"), "place", soft=True, align="right"
    )
    # Centered, a name of the first weeks would run out of the picture.
    side = alt.ExprRef("indexof(domain('x'), datum.week) < 3 ? 'left' : 'center'")
    past = haloed(gone, "past", align=side, baseline="bottom", dy=-7)
    return spec(
        lines.encode(
            x=week,
            y=rank,
            detail="run:N",
            color=colour("series"),
            opacity=in_focus("series"),
            strokeDash=strokes.dash(),
        ),
        points.encode(
            x=week,
            y=rank,
            fill=colour("series", "fill"),
            opacity=in_focus("series"),
            tooltip="tip:N",
        ),
        place.encode(x=at("x", "width + 20"), y=rank),
        *(label.encode(x=week, y=rank) for label in past),
        text(ends, "name").encode(
            x=at("x", "width + 28"), y=rank, opacity=in_focus("series", FADED_LABEL)
        ),
        params={**WITHIN, "focus": []},
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
    week = f"in {phrases.week_to(board, dates.parse_day(newest))}"
    if not rest:
        sentence = f"{names[0]} is the only model in the daily top 50 {week}."
    elif first["rank_high"] not in (None, 1):
        sentence = (
            f"No model firmly leads {week}; {names[0]} is ranked 1st, or {phrases.ranks(first)}."
        )
    else:
        after = formats.list_in_words(names[1:])
        sentence = f"{names[0]} leads {week}, ahead of {after}."
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
        "A dashed line has the color of another model by the same author.",
        f"Lines leave the chart below rank {_LOWEST}.",
    ),
)
