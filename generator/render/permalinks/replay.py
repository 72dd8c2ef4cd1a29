"""The boards and charts of a day gone by, made again from what the archive held on that day."""

from collections.abc import Container, Mapping
from datetime import date

from generator.archive.history import History
from generator.archive.store import Archive
from generator.boards import all_boards
from generator.boards.board import AnyBoard, Boards
from generator.boards.sources import read_sources
from generator.charts.catalogue import CHARTS
from generator.charts.chart import DrawnChart
from generator.charts.draw import draw_all


def boards(archive: Archive, day: date, lost: list[str]) -> Boards:
    """Return the boards of the day; ``lost`` gets a sentence for each that could not be made."""
    gathered = all_boards.gather(read_sources(History(archive, day)))
    lost += [f"{day}: {sentence}" for sentence in gathered.failures]
    return gathered.boards


def charts(
    day: date, held: Mapping[str, AnyBoard], wanted: Container[str], lost: list[str]
) -> list[DrawnChart]:
    """The wanted charts, by id, as far as these boards give them; ``lost`` hears of each that could not be drawn."""
    chosen = {
        id_: board
        for id_, board in held.items()
        if any(chart.id_for(board.id) in wanted for chart in CHARTS)
    }
    told: list[str] = []
    # Several charts draw one board, so that more is drawn than is asked for.
    drawn = [one for one in draw_all(chosen, undrawn=told, pictures_only=True) if one.id in wanted]
    lost += [f"{day}: {sentence}" for sentence in told]
    return drawn
