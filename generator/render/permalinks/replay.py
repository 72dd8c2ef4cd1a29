"""The boards and charts of an earlier day, made again from what the archive had on that day."""

from collections.abc import Container
from dataclasses import dataclass
from datetime import date

from generator.archive.history import History
from generator.archive.store import Archive
from generator.base.site_config import SiteConfig
from generator.boards import all_boards, changes
from generator.boards.board import BoardId, Boards
from generator.boards.changes import ChangeRow
from generator.boards.site import chartable, with_events
from generator.boards.sources import read_sources
from generator.charts.catalogue import CHARTS
from generator.charts.chart import DrawnChart, UndrawnChart
from generator.charts.draw import draw_all, failures


@dataclass(frozen=True, slots=True)
class Replayed:
    """An earlier day.

    Attributes:
        boards: by id.
        charts: the wanted ones, as far as the boards give them.
        failures: a sentence for each board that could not be made, and each reason for which charts could not be.
    """

    boards: Boards
    charts: tuple[DrawnChart, ...]
    failures: tuple[str, ...]


def replay(
    archive: Archive, day: date, wanted: Container[str], config: SiteConfig | None = None
) -> Replayed:
    """Return the boards of the day and the charts whose ids are wanted, as the site's owner allows."""
    config = config or SiteConfig()
    gathered = all_boards.gather(read_sources(History(archive, day, config.withheld)))
    boards = gathered.boards
    sentences = list(gathered.failures)
    events = boards.find(changes.ID, ChangeRow)
    shown = with_events(boards.values(), events, config.uncharted)
    allowed = chartable(shown.values(), config.uncharted)
    charted = {id_: board for id_, board in allowed.items() if _is_wanted(board.id, wanted)}
    charts: list[DrawnChart] = []
    undrawn: list[UndrawnChart] = []
    for chart in draw_all(charted, pictures_only=True, recolor=config.recolored):
        if isinstance(chart, UndrawnChart):
            undrawn.append(chart)
        # Several charts draw one board, so that more is drawn than is wanted.
        elif chart.id in wanted:
            charts.append(chart)
    sentences += failures(undrawn)
    return Replayed(boards, tuple(charts), tuple(sentences))


def _is_wanted(board_id: BoardId, wanted: Container[str]) -> bool:
    return any(chart.id_for(board_id) in wanted for chart in CHARTS)
