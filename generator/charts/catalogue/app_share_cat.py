"""Each kind of app: the share of tokens that its largest app has among those listed."""

from generator.base import formats
from generator.base.palette import LIGHT
from generator.boards.app_shares import AppShareRow
from generator.boards.board import AnyBoard, grouped, rows_of
from generator.charts.chart import Chart, Size
from generator.charts.kinds import bars, phrases, text_width, theme
from generator.charts.kinds.ranked import Item

_LEAST = 3


def _kinds(board: AnyBoard) -> list[list[AppShareRow]]:
    """Return the named apps of each kind, the kind whose largest app has the largest share first."""
    named = [row for row in rows_of(board, AppShareRow) if row.place is not None]
    kinds = grouped(named, lambda row: row.subcategory)
    return sorted(kinds.values(), key=lambda apps: (-apps[0].share, apps[0].subcategory))


def _bar(apps: list[AppShareRow], size: Size) -> bars.Bar:
    first, *others = apps
    more = text_width.short(first.app.name, theme.LABEL, size.of(130.0, 150.0, 190.0))
    if size.wide and others:
        second = text_width.short(others[0].app.name, theme.LABEL, 150)
        more += f", then {second} {formats.share(others[0].share)}"
    tip = {row.app.name: formats.share(row.share) for row in apps}
    tip["Listed apps"] = f"{first.listed:,}"
    item = Item(first.subcategory, formats.sanitize(first.kind), LIGHT.accent, tip=tip)
    return bars.Bar(item, first.share, formats.share(first.share), more)


CHART = Chart(
    id="app-share-cat",
    board="apps-shares",
    title="Which app leads each category?",
    subtitle=lambda board: (
        "The leading app's share of the tokens of the apps that each category lists, "
        f"{phrases.when(board)}. An app's whole use counts in every category it names."
    ),
    draw=lambda board, size: bars.drawing([_bar(apps, size) for apps in _kinds(board)], size),
    applies_to=lambda board: len(_kinds(board)) >= _LEAST,
)
