"""Design Arena: how often each model came first, and how sure that is."""

from generator.base import formats
from generator.boards import level_words
from generator.boards.board import AnyBoard, BoardRow
from generator.boards.rank_stability import Interval, tied_rank_ranges, ties, wilson_interval
from generator.charts.catalogue.da_elo import finding, place
from generator.charts.chart import Chart, Drawing, Size
from generator.charts.kinds import dots, phrases, ranked
from generator.charts.kinds.theme import PERCENT_TICK

MOST = 12
_KEY = "model_permaslug"
_KIND = dots.Dots("shares", PERCENT_TICK)
_CHANCE = dots.Line(0.25, "25% = chance")


def _counted(board: AnyBoard) -> list[BoardRow]:
    """Return the rows with at least one tournament, the largest rate of first places first.

    A model that came first more often than it took part in is left out: its rate is none.
    """
    rows = [
        row
        for row in board.ranked
        if row.number("first") is not None
        and phrases.number(row, "tournaments") > 0
        and _rate(row) <= 1
    ]
    return sorted(
        rows, key=lambda row: (-_rate(row), -phrases.number(row, "elo"), row.entity(_KEY).id)
    )


def _first_places(row: BoardRow) -> Interval:
    return wilson_interval(phrases.number(row, "first"), phrases.number(row, "tournaments"))


def _rate(row: BoardRow) -> float:
    return phrases.number(row, "first") / phrases.number(row, "tournaments")


def _range(interval: Interval) -> str:
    """Return ``6.3–54.7%``."""
    return f"{interval.low * 100:.1f}–{interval.high * 100:.1f}%"


def _row(row: BoardRow, rank: str) -> dots.Row:
    rate, interval = _rate(row), _first_places(row)
    tournaments = f"{phrases.number(row, 'tournaments'):,.0f}"
    places = [
        (f"Came {place_}", f"{phrases.number(row, place_):,.0f}")
        for place_ in ("first", "second", "third", "fourth")
    ]
    item = ranked.item(
        row,
        _KEY,
        ("First places", formats.share(rate)),
        ("95% CI", _range(interval)),
        *places,
        ("Tournaments", tournaments),
        rank=rank,
        rate=rate,
    )
    point = dots.Point(rate, interval=(interval.low, interval.high))
    return dots.Row(item, [formats.share(rate), tournaments, _range(interval)], [point])


def _draw(board: AnyBoard, size: Size) -> Drawing:
    rows = _counted(board)
    ranks = tied_rank_ranges([formats.share(_rate(row)) for row in rows])
    shown = [_row(row, rank.words) for row, rank in list(zip(rows, ranks, strict=True))[:MOST]]
    reach = max(_first_places(row).high for row in rows[:MOST])
    ends = (0.0, max(reach, 0.35) * 1.02)
    heads = ("First", "of", "95% CI")
    return dots.drawing(_KIND, shown, size, heads=heads, ends=ends, line=_CHANCE)


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


def _subtitle(board: AnyBoard) -> str:
    counted = len(_counted(board))
    what = "models" if counted == len(board.ranked) else "models with counted tournaments"
    parts = (
        f"Share of four-way tournaments won, with 95% confidence intervals, {phrases.when(board)}.",
        phrases.most(counted, MOST, "highest", what),
        "Models whose intervals overlap may be equal." if counted > 1 else "",
    )
    return " ".join(filter(None, parts))


CHART = Chart(
    id="da-podium",
    board="da.",
    title=lambda board: f"How often does each model come first? ({place(board)})",
    subtitle=_subtitle,
    alt=_alt,
    draw=_draw,
    notes=("Intervals are computed here, by Wilson's score; the source gives none.",),
    applies_to=lambda board: bool(_counted(board)),
)
