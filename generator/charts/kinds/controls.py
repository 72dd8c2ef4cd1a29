"""The choices that interactive charts give: a period, series to highlight."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from generator.base import palette
from generator.base.palette import LIGHT
from generator.boards.board import Entity
from generator.charts.chart import Control, Option

_RANGES = ((30, "30d", "30 days"), (90, "90d", "90 days"), (365, "365d", "1 year"))


def several(*controls: Control | None) -> tuple[Control, ...]:
    """Return those controls in which there is something to choose."""
    return tuple(control for control in controls if control and len(control.options) > 1)


def newest(
    field: str, axis: Sequence[date], shorter: Iterable[tuple[int, str, str]], days: int = 1
) -> Control:
    """Return a choice of the newest of the days, weeks or months that an axis has, ascending.

    Args:
        field: of the rows, which holds them.
        shorter: the number of places of each period, its value in addresses and its name.
        days: how many days end with each place.
    """
    options = [Option("", "All")]
    for count, value, label in shorter:
        if count < len(axis):
            options.append(Option(value, label, {"since": str(axis[-count])}))
    return Control("range", "Period", tuple(options), field, days)


def day_ranges(first: date, last: date, days: int = 1) -> Control:
    """Return a choice of those periods of 30, 90 and 365 days that are clearly shorter than all."""
    length = (last - first).days + days
    options = [Option("", "All")]
    for period, value, label in _RANGES:
        if length > period * 1.2:
            since = last - timedelta(days=period - days)
            options.append(Option(value, label, {"since": str(since)}))
    return Control("range", "Period", tuple(options), "date", days)


def scales(usual: str, other: str, subtitle: str = "") -> Control:
    """Return the choice between the usual scale, ``Log`` or ``Linear``, and the other one, with its subtitle."""
    value = other.lower()
    option = Option(value, other, {"scale": value}, subtitle)
    return Control("scale", "Scale", (Option("", usual), option))


def focus(field: str, series: Iterable[Entity]) -> Control:
    """Return a choice of the series to highlight."""
    options = [Option("", "None"), *(Option(entity.id, entity.name) for entity in series)]
    # There is nothing to choose of one series.
    if len(options) <= 2:
        options = []
    return Control("focus", "Highlight", tuple(options), field)


def colors(entities: Iterable[Entity]) -> Mapping[str, str]:
    """Return a color for each series by its id, the most important first: gray for what has no author.

    It is the author's, or a tone of it where that would be mistaken.
    """
    by_id = {entity.id: entity for entity in entities}
    authored = {id_: entity.author for id_, entity in by_id.items() if entity.author}
    chosen = palette.series_colors(list(authored.values()))
    colors_ = dict(zip(authored, chosen, strict=True))
    return {id_: colors_.get(id_, LIGHT.other) for id_ in by_id}
