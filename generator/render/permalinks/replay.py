"""The boards and charts of an earlier day, made again from what the archive had on that day."""

from collections.abc import Container, Iterable, Sequence
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
from generator.render.permalinks.store import Missing


@dataclass(frozen=True, slots=True)
class Replayed:
    """An earlier day.

    Attributes:
        boards: by id.
        charts: the wanted ones, as far as the boards give them.
        missing: the boards that could not be made, and the wanted charts that could not be drawn.
    """

    boards: Boards
    charts: tuple[DrawnChart, ...]
    missing: Missing


def replay(
    archive: Archive,
    day: date,
    wanted: Container[str],
    config: SiteConfig | None = None,
    lettered: Container[str] = (),
) -> Replayed:
    """Return the boards of the day and the charts whose ids are wanted, as the site's owner allows.

    Args:
        archive: may have later days, too.
        day: the one to make again.
        wanted: ids of charts.
        config: what the owner of the site says of it.
        lettered: the ids of charts that have a bitmap for newsletters.
    """
    config = config or SiteConfig()
    gathered = all_boards.gather(read_sources(History(archive, day, config.withheld)))
    boards = gathered.boards
    events = boards.find(changes.ID, ChangeRow)
    shown = with_events(boards.values(), events, config.uncharted)
    allowed = chartable(shown.values(), config.uncharted)
    charted = {id_: board for id_, board in allowed.items() if _is_wanted(board.id, wanted)}
    charts: list[DrawnChart] = []
    undrawn: list[UndrawnChart] = []
    made = draw_all(charted, pictures_only=True, lettered=lettered, recolor=config.recolored)
    for chart in made:
        # Several charts draw one board, so that more is drawn than is wanted.
        if chart.id not in wanted:
            continue
        if isinstance(chart, UndrawnChart):
            undrawn.append(chart)
        else:
            charts.append(chart)
    return Replayed(boards, tuple(charts), missing_of(gathered.failures, undrawn))


def missing_of(boards: Iterable[str], undrawn: Sequence[UndrawnChart]) -> Missing:
    """Return what could not be made of a day.

    Args:
        boards: a sentence for each board, or whatever else is no chart.
        undrawn: the charts that could not be drawn.
    """
    return Missing(
        boards=list(boards),
        charts=[chart.id for chart in undrawn],
        reasons=failures(undrawn),
        lacks_package=any(chart.lacks_package for chart in undrawn),
    )


def _is_wanted(board_id: BoardId, wanted: Container[str]) -> bool:
    return any(chart.id_for(board_id) in wanted for chart in CHARTS)
