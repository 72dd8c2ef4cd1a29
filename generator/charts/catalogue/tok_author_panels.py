"""One small panel for each author, all on the same scale, so that it is seen who gains."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from generator.base import formats
from generator.base.palette import LIGHT
from generator.boards import sentences
from generator.boards.board import AnyBoard, BoardRow, Entity
from generator.boards.use_history import LED
from generator.charts.chart import Chart, Control, Drawing, Option, Rows, Size, Template
from generator.charts.kinds import controls, phrases, strokes, text_width, timelines
from generator.charts.kinds.theme import (
    LABEL,
    PERCENT_TICK,
    TOKENS_TICK,
    at,
    colour,
    rows,
    spec,
    text,
)

MOST = 12
_KEY = "author"
_SERIES = "series"
_GAP, _HEAD = 18.0, 20.0
"""Between two panels side by side, and the height of a panel's name, in pixels."""
_WEEK = timedelta(days=7)
_LONG = timedelta(days=180)


def _authors(board: AnyBoard) -> Mapping[Entity, list[BoardRow]]:
    """Return the weeks of each author, oldest first; those with the most tokens in the newest week come first."""
    newest = max(phrases.day(row, "week") for row in board.rows)
    weeks: dict[Entity, list[BoardRow]] = {}
    for row in board.rows:
        if row.standing == "ranked":
            weeks.setdefault(row.entity(_KEY), []).append(row)

    def importance(author: Entity) -> tuple[float, float, str]:
        tokens = [phrases.number(row, "total_tokens") for row in weeks[author]]
        is_there = phrases.day(weeks[author][-1], "week") == newest
        return -tokens[-1] if is_there else 0.0, -sum(tokens), author.id

    return {author: weeks[author] for author in sorted(weeks, key=importance)[:MOST]}


def _points(board: AnyBoard, author: Entity, weeks: Sequence[BoardRow]) -> Iterator[dict[str, Any]]:
    """Return the weeks of an author as a line that breaks where weeks in between do not name it."""
    steps = []
    for row in weeks:
        week = phrases.day(row, "week")
        tokens, share = phrases.number(row, "total_tokens"), phrases.number(row, "share")
        shown = {
            _SERIES: author.id,
            "week": str(week),
            "total_tokens": round(tokens),
            "share": round(share, 5),
            "tip": {
                "title": formats.sanitize(author.name),
                "Week to": phrases.dated(week),
                "Tokens": phrases.count(tokens),
                "Share": formats.share(share),
            },
        }
        steps.append(strokes.Step(week.toordinal(), timelines.is_open(board, week), shown))
    return strokes.broken(steps, author.id, _WEEK.days)


def _draw(board: AnyBoard, size: Size) -> Drawing:
    authors = _authors(board)
    columns, deep = size.of(2, 2, 3), size.of(62.0, 70.0, 76.0)
    left = size.of(38.0, 40.0, 44.0)
    wide = (size.width - 2 * size.margin - left - _GAP * (columns - 1)) / columns
    dates = sorted({phrases.day(row, "week") for row in board.rows})
    cells: dict[str, dict[str, Any]] = {}
    for place, (author, weeks) in enumerate(authors.items()):
        is_there = phrases.day(weeks[-1], "week") == dates[-1]
        share, tokens = "", ""
        if is_there:
            share = formats.share(phrases.number(weeks[-1], "share"))
            tokens = phrases.count(weeks[-1].number("total_tokens"))
        room = wide - max(text_width.width(newest, LABEL) for newest in (share, tokens)) - 8
        cells[author.id] = {
            "px": round(place % columns * (wide + _GAP), 1),
            "py": place // columns * (deep + _HEAD + 12) + _HEAD,
            "name": text_width.fit(formats.sanitize(author.name), LABEL, room, bold=True),
            "share": share,
            "tokens": tokens,
            "is_first": place % columns == 0,
            "is_lowest": place + columns >= len(authors),
        }
    drawn: Rows = []
    for author, weeks in authors.items():
        cell = {key: cells[author.id][key] for key in ("px", "py")}
        drawn += [{**cell, **point} for point in _points(board, author, weeks)]
    most = {key: _most(drawn, key) for key in ("share", "total_tokens")}
    steps = -(-len(authors) // columns)
    return Drawing(
        template=_KIND,
        data={
            "rows": drawn,
            "panels": [{_SERIES: id_, **cell} for id_, cell in cells.items()],
        },
        height=steps * (deep + _HEAD + 12) - 12,
        left=left,
        bottom=22,
        params={
            "wide": round(wide, 1),
            "deep": deep,
            "first": timelines.moment(dates[0]),
            "last": timelines.moment(max(dates[-1], dates[0] + _WEEK)),
            "ends": [_short(day, dates) for day in (dates[0], dates[-1])],
            "top_share": most["share"],
            "top_amount": most["total_tokens"],
            "shares": _ticks(most["share"]),
            "amounts": _ticks(most["total_tokens"]),
        },
        colours=controls.colours(authors),
        controls=(_measure(board),),
    )


def _most(drawn: Rows, key: str) -> float:
    """Return the largest value of a field; 1 where all are zero."""
    return max(row[key] for row in drawn) or 1.0


def _measure(board: AnyBoard) -> Control:
    amounts = Option("abs", "Tokens", {"stack": "abs"}, _subtitle(board, "Tokens per week"))
    return Control("stack", "Values", (Option("", "Share"), amounts))


def _subtitle(board: AnyBoard, what: str) -> str:
    authors = formats.counted(len(_authors(board)), "author")
    return (
        f"{what}, {phrases.when(board)}, all on one scale: {authors} among the first {LED} of any week, by the newest "
        "week, whose value is in gray."
    )


def _ticks(top: float) -> list[float]:
    """Return round numbers from 0 up to the end of the scale."""
    return [tick for tick in text_width.ticks(top, 3) if tick <= top]


def _short(day: date, dates: Sequence[date]) -> str:
    """Return ``17 Aug``, or on a long axis ``Aug 2026``."""
    if dates[-1] - dates[0] > _LONG:
        return phrases.dated(day).split(" ", 1)[1]
    return phrases.short_day(day)


def _spec() -> dict[str, Any]:
    along = "datum.px + wide * (toNumber(toDate(datum.week)) - first) / (last - first)"
    up = "datum.py + deep * (1 - (stack == 'share' ? datum.share : datum.total_tokens) / top)"
    x, y = at("x", along), at("y", up)
    values = rows().transform_filter("!datum.joint")
    # Above weeks that may still be restated there is a dashed line only.
    settled = rows().transform_filter("datum.state == 'settled'")
    area = settled.mark_area().encode(
        x=x, y=y, y2=at("y2", "datum.py + deep"), detail="run:N", fill=colour(_SERIES, "fill")
    )
    rules, *words = _frame()
    return spec(
        rules,
        area,
        strokes.line(rows(), x, y, _SERIES),
        strokes.lone(rows(), x, y, _SERIES),
        strokes.pointed(values, x, y),
        *words,
        given=(
            *("wide", "deep", "first", "last", "ends"),
            *("top_share", "top_amount", "shares", "amounts"),
        ),
        params={"stack": "share"},
        derived={
            "ticks": "stack == 'share' ? shares : amounts",
            "top": "stack == 'share' ? top_share : top_amount",
        },
    )


def _frame() -> list[Any]:
    """Return the grid of all panels, the labels of its lines, names, newest values, and the first and last day."""
    panels = rows("panels")
    grid = panels.transform_calculate(tick="ticks").transform_flatten(["tick"])
    level = "datum.py + deep * (1 - datum.tick / top)"
    rules = grid.mark_rule(stroke=LIGHT.line).encode(
        x=at("x", "datum.px"), x2=at("x2", "datum.px + wide"), y=at("y", level)
    )
    label = (
        f"stack == 'share' ? {PERCENT_TICK.replace('datum.value', 'datum.tick')} : "
        f"({TOKENS_TICK.replace('datum.value', 'datum.tick')})"
    )
    ticks = text(
        grid.transform_filter("datum.is_first").transform_calculate(label=label),
        "label",
        soft=True,
        align="right",
    ).encode(x=at("x", "datum.px - 6"), y=at("y", level))
    name = text(panels, "name", fontWeight="bold").encode(
        x=at("x", "datum.px"), y=at("y", "datum.py - 11")
    )
    latest = panels.transform_calculate(newest="stack == 'share' ? datum.share : datum.tokens")
    newest = text(latest, "newest", soft=True, align="right").encode(
        x=at("x", "datum.px + wide"), y=at("y", "datum.py - 11")
    )
    lowest = panels.transform_filter("datum.is_lowest")
    ends = [
        text(
            lowest.transform_calculate(end=f"ends[{which}]"),
            "end",
            soft=True,
            align=align,
        ).encode(x=at("x", place), y=at("y", "datum.py + deep + 14"))
        for which, align, place in ((0, "left", "datum.px"), (1, "right", "datum.px + wide"))
    ]
    return [rules, ticks, name, newest, *ends]


_KIND = Template("author-panels", _spec)


def _alt(board: AnyBoard) -> str:
    """Return who gained and who lost the most of the authors that the first and the newest week name."""
    days = [phrases.day(row, "week") for row in board.rows]
    first, newest = min(days), max(days)
    if first == newest:
        return board.finding
    shares: dict[str, tuple[float, float]] = {}
    authors = _authors(board)
    names = sentences.model_names(authors)
    for author, weeks in authors.items():
        if weeks[0]["week"] == first and weeks[-1]["week"] == newest:
            ends = phrases.number(weeks[0], "share"), phrases.number(weeks[-1], "share")
            shares[names[author]] = ends
    both = f"in {phrases.week_to(board, first)} and in {phrases.week_to(board, newest)}"
    return f"{_changes(shares, both)} {board.finding}".strip()


def _changes(shares: Mapping[str, tuple[float, float]], both: str) -> str:
    """Return who gained and who lost the most of those with a share in both weeks.

    Args:
        shares: by name, of the first and of the newest week.
        both: names the two weeks.
    """
    if not shares:
        return f"No author shown had models in the daily top 50 both {both}."
    if len(shares) == 1:
        ((name, (before, now)),) = shares.items()
        return f"Of those shown, only {name} had models in the daily top 50 both {both}: {_step(before, now)}."
    said = [
        clause
        for verb, sign in (("gained", 1), ("lost", -1))
        if (clause := _furthest(shares, verb, sign))
    ]
    changed = "; ".join(said) or "none gained or lost 0.1 percentage points"
    among = f"{len(shares)} authors shown with models in the daily top 50 both {both}"
    return f"Of the {among}, {changed}."


def _furthest(shares: Mapping[str, tuple[float, float]], verb: str, sign: int) -> str:
    """Return a clause on whose share moved furthest one way; empty where none did so visibly."""
    # Equal changes of shares differ in the last digits of a float.
    moved = {name: round(sign * (now - before), 12) for name, (before, now) in shares.items()}
    level = sentences.at_top(moved, moved.get)
    before, now = shares[level[0]]
    points = formats.points(now - before)
    if moved[level[0]] <= 0 or points == "±0":
        return ""
    if len(level) > 1:
        return f"{sentences.listed(level)} {verb} the most, {points} percentage points each"
    is_seen = formats.share(before) != formats.share(now)
    return f"{level[0]} {verb} the most, {_step(before, now) if is_seen else f'{points} percentage points'}"


def _step(before: float, now: float) -> str:
    """Return ``from 20.0% to 40.0%``, or ``20.0% in both`` where no change shows."""
    start, end = formats.share(before), formats.share(now)
    return f"{start} in both" if start == end else f"from {start} to {end}"


CHART = Chart(
    id="tok-author-panels",
    board="use-history.authors",
    title="Which authors gain and lose use?",
    subtitle=lambda board: _subtitle(board, "Share of all tokens per week"),
    alt=_alt,
    draw=_draw,
    notes=(
        "Where a line breaks, the author had no model in the daily top 50 of a week.",
        "A dashed line may still be restated.",
    ),
    applies_to=lambda board: bool(_authors(board)),
)
