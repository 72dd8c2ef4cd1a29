"""The choices that interactive charts give: a period, series to highlight."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from generator.boards.board import AnyBoard
from generator.charts.chart import Control, Option
from generator.charts.kinds import ranked

_RANGES = ((30, "30d", "30 days"), (90, "90d", "90 days"), (365, "365d", "1 year"))


def several(*controls: Control | None) -> tuple[Control, ...]:
    """Return those controls in which there is something to choose."""
    return tuple(control for control in controls if control and len(control.options) > 1)


def ranges(field: str, shorter: Iterable[tuple[str, str, str]]) -> Control:
    """Return a choice of periods up to the newest day.

    Args:
        field: of the rows, which holds the day.
        shorter: the first day of each, its value in addresses and its name.
    """
    options = [Option(value, label, {"since": since}) for since, value, label in shorter]
    return Control("range", "Period", (Option("", "All"), *options), field)


def day_ranges(field: str, first: date, last: date) -> Control:
    """Return a choice of those periods of 30, 90 and 365 days that are clearly shorter than all."""
    days = (last - first).days + 1
    return ranges(
        field,
        (
            (str(last - timedelta(days=length - 1)), value, label)
            for length, value, label in _RANGES
            if days > length * 1.2
        ),
    )


def focus(field: str, series: Sequence[tuple[str, str]]) -> Control:
    """Return a choice of the series to highlight, each with its id and its name."""
    options = [Option(id_, name) for id_, name in series] if len(series) > 1 else []
    return Control("focus", "Highlight", (Option("", "None"), *options), field)


def colours(board: AnyBoard, key: str) -> Mapping[str, str]:
    """Return the color of each series of a board by its id."""
    entities = {row.entity(key).id: row.entity(key) for row in board.rows}
    return {id_: ranked.colour(entity) for id_, entity in entities.items()}
