"""Design Arena: how often each model came first, and how sure that is."""

from generator.base import formats
from generator.boards import first_places
from generator.boards.board import AnyBoard, rows_of
from generator.boards.design_arena import CategoryRow
from generator.charts.catalogue.da_elo import place
from generator.charts.chart import Chart, Drawing, Size
from generator.charts.kinds import dots, phrases, ranked, theme

MOST = 12
_KIND = dots.Dots("shares", ("First", "of", "95% CI"), theme.PERCENT_TICK)


def _counted(board: AnyBoard) -> list[CategoryRow]:
    return first_places.counted(rows_of(board, CategoryRow))


def _shown(row: CategoryRow) -> str:
    return formats.share(first_places.rate(row))


def _row(row: CategoryRow, rank: str) -> dots.Row:
    rate, interval = first_places.rate(row), first_places.interval(row)
    cells = [_shown(row), f"{row.tournaments:,}", first_places.range_in_words(row)]
    places = ("first", "second", "third", "fourth")
    tip = {"First places": cells[0], "95% CI": cells[2]}
    tip |= {f"Came {place_}": f"{phrases.number(row, place_):,.0f}" for place_ in places}
    tip["Tournaments"] = cells[1]
    item = ranked.item(row, "model_permaslug", tip, rank=rank)
    return dots.Row(item, cells, [dots.Point(rate, interval=(interval.low, interval.high))])


def _draw(board: AnyBoard, size: Size) -> Drawing:
    shown = ranked.tied(_counted(board), _shown)[:MOST]
    reach = max(first_places.interval(row).high for row, _ in shown)
    ends, line = (0.0, max(reach, 0.35) * 1.02), dots.Line(0.25, "25% = chance")
    return dots.drawing(_KIND, [_row(row, rank) for row, rank in shown], size, ends=ends, line=line)


def _subtitle(board: AnyBoard) -> str:
    counted = len(_counted(board))
    what = "models" if counted == len(board.ranked) else "models with counted tournaments"
    won = "Share of four-way tournaments won, with 95% confidence intervals"
    drawn = f"{won}, {phrases.when(board)}. {phrases.most(counted, MOST, 'highest', what)}"
    if counted > 1:
        return f"{drawn} Models whose intervals overlap may be equal."
    return drawn.strip()


CHART = Chart(
    id="da-podium",
    board="da.",
    title=lambda board: f"How often does each model come first? ({place(board)})",
    subtitle=_subtitle,
    alt=lambda board: f"{first_places.finding(_counted(board))} {board.finding}",
    draw=_draw,
    notes=("Intervals are computed here, by Wilson's score; the source gives none.",),
    applies_to=lambda board: bool(_counted(board)),
)
