"""Design Arena: how often each model came first to fourth, and how sure that is."""

from itertools import chain
from typing import Any

from generator.base import formats
from generator.base.palette import LIGHT
from generator.boards import level_words
from generator.boards.board import AnyBoard, BoardRow
from generator.boards.rank_stability import Interval, ties, wilson_interval
from generator.charts.catalogue.da_elo import finding, place
from generator.charts.chart import Chart, Drawing, Rows, Size, Template
from generator.charts.kinds import bars, parts, phrases, text_width
from generator.charts.kinds.grammar import alt, at, chart, grid, spec, text, tick_labels

MOST = 12
_KEY = "model_permaslug"
_PLACES = (
    ("first", "First", 1.0),
    ("second", "Second", 0.62),
    ("third", "Third", 0.36),
    ("fourth", "Fourth", 0.18),
)
_NAME = 12


def _counted(board: AnyBoard) -> list[BoardRow]:
    """Return the rows with at least one tournament, the largest rate of first places first."""
    rows = [
        row
        for row in board.ranked
        if row.number("first") is not None and phrases.number(row, "tournaments") > 0
    ]
    return sorted(
        rows, key=lambda row: (-_rate(row), -phrases.number(row, "elo"), row.entity(_KEY).id)
    )


def _first_places(row: BoardRow) -> Interval:
    return wilson_interval(phrases.number(row, "first"), phrases.number(row, "tournaments"))


def _rate(row: BoardRow) -> float:
    return phrases.number(row, "first") / phrases.number(row, "tournaments")


def _parts(at_: int, row: BoardRow) -> Rows:
    total = phrases.number(row, "tournaments")
    entity = row.entity(_KEY)
    low = 0.0
    shown: Rows = []
    for key, label, tint in _PLACES:
        count = phrases.number(row, key)
        high = min(1.0, low + count / total)
        tip = {
            "title": f"{formats.sanitize(entity.name)}: {label.lower()}",
            "Times": f"{count:,.0f} of {total:,.0f}",
            "Rate": formats.share(count / total),
        }
        shown.append(
            {
                "place": at_,
                _KEY: entity.id,
                "colour": bars.colour(entity),
                "tint": tint,
                "tip": tip,
                "low": low,
                "high": high,
            }
        )
        low = high
    return shown


def _interval(at_: int, row: BoardRow) -> dict[str, Any]:
    interval = _first_places(row)
    name = formats.sanitize(row.entity(_KEY).name)
    tip = {
        "title": name,
        "First places": formats.share(_rate(row)),
        "95% CI": _range(interval),
    }
    return {
        "place": at_,
        "low": interval.low,
        "high": interval.high,
        "rate": _rate(row),
        "tip": tip,
    }


def _range(interval: Interval) -> str:
    """Return ``6.3–54.7%``."""
    return f"{interval.low * 100:.1f}–{interval.high * 100:.1f}%"


def _draw(board: AnyBoard, size: Size) -> Drawing:
    rows = list(enumerate(_counted(board)[:MOST], 1))
    step = 40.0 if size.narrow else 28.0
    names = [(n, formats.sanitize(row.entity(_KEY).name)) for n, row in rows]
    wide = min(
        size.of(240.0, 190.0, 240.0), max(text_width.width(name, _NAME) for _, name in names)
    )
    room = size.width - 2 * size.margin if size.narrow else wide
    shown = chain.from_iterable(_parts(n, row) for n, row in rows)

    return Drawing(
        template=_TEMPLATE,
        data={
            "rows": list(shown),
            "intervals": [_interval(n, row) for n, row in rows],
            "names": [{"place": n, "name": text_width.fit(name, _NAME, room)} for n, name in names],
            "counts": [
                {"place": n, "label": f"{phrases.number(row, 'tournaments'):,.0f}"}
                for n, row in rows
            ],
            "ticks": parts.ticks(),
            "titles": [{"label": "of"}],
        },
        height=step * len(rows),
        left=0 if size.narrow else wide + 12,
        right=44,
        top=16,
        bottom=24,
        params={
            "names_x": 0 if size.narrow else -wide - 12,
            "lift": -9 if size.narrow else 0.5,
            "sink": 8 if size.narrow else 0,
            "thick": 12 if size.narrow else 15,
        },
    )


def _spec() -> dict[str, Any]:
    x, y = parts.along, parts.down()
    sink, lift = alt.ExprRef("sink"), alt.ExprRef("lift")
    halo = chart("intervals").mark_rule(stroke=LIGHT.paper, strokeWidth=4.5, yOffset=sink)
    tick = chart("intervals").mark_rule(stroke=LIGHT.ink, strokeWidth=2, yOffset=sink)
    ends = chart("intervals").mark_tick(
        orient="vertical", size=9, thickness=2, fill=LIGHT.ink, yOffset=sink
    )
    name = text("names", "name", align="left", baseline="middle", dy=lift)
    count = text(
        "counts", "label", colour=LIGHT.soft, size=12, align="right", baseline="middle", dy=sink
    )
    title = text("titles", "label", colour=LIGHT.soft, size=12, align="right", baseline="bottom")
    return spec(
        grid("ticks", "x", x("v")),
        parts.marks(gap=0.5),
        halo.encode(x=x("low"), x2=alt.X2("high:Q"), y=y),
        tick.encode(x=x("low"), x2=alt.X2("high:Q"), y=y, tooltip=alt.Tooltip("tip:N")),
        ends.encode(x=x("low"), y=y),
        ends.encode(x=x("high"), y=y),
        name.encode(x=at("x", "names_x"), y=y),
        count.encode(x=at("x", "width + 40"), y=y),
        title.encode(x=at("x", "width + 40"), y=at("y", "-4")),
        tick_labels("ticks", "x", x("v")),
        params=("names_x", "lift", "sink", "thick"),
    )


_TEMPLATE = Template("podium", _spec)


def _alt(board: AnyBoard) -> str:
    rows = _counted(board)
    best = ties(rows, lambda row: formats.share(_rate(row)))[0]
    names = level_words.names([row.entity(_KEY) for row in best])
    rate = formats.share(_rate(best[0]))
    if len(best) > 1:
        return f"By share of first places {names} are level at {rate}. {finding(board)}"

    interval = _first_places(best[0])
    others = sum(_first_places(row).high >= interval.low for row in rows[1:])
    lead = (
        f"By share of first places {names} is highest: first in {rate} of "
        f"{phrases.number(best[0], 'tournaments'):,.0f} tournaments (95% CI {_range(interval)})"
    )
    if len(rows) == 1:
        return (
            f"{names} is the only model with counted tournaments: first in {rate}. {finding(board)}"
        )
    whose = "1 other's interval reaches" if others == 1 else f"{others} others' intervals reach"
    return f"{lead}; {whose if others else 'no other interval reaches'} into it. {finding(board)}"


CHART = Chart(
    id="da-podium",
    board="da.",
    title=lambda board: f"Win rate with 95% confidence interval: {place(board)}",
    subtitle=lambda board: (
        "Share of tournaments in which a model came first, second, third, fourth, dark to light, "
        f"{phrases.when(board)}. The line is the 95% confidence interval of the win rate (share of first places)."
    ),
    alt=_alt,
    draw=_draw,
    notes=(
        "Intervals are computed here, by Wilson's score; the source gives none.",
        "Models whose lines overlap may be told apart only by a direct test.",
    ),
    applies_to=lambda board: bool(_counted(board)),
)
