"""Each kind of app: the share of tokens that its largest app has among those listed."""

from generator.base import formats
from generator.base.palette import LIGHT
from generator.boards.app_shares import AppShareRow
from generator.boards.board import AnyBoard, rows_of
from generator.charts.chart import Chart, Size
from generator.charts.kinds import bars, phrases, text_width, theme
from generator.charts.kinds.ranked import Item

_LEAST = 3


def _kinds(board: AnyBoard) -> list[list[AppShareRow]]:
    """Return the named apps of each kind, the kind whose largest app has the largest share first."""
    kinds: dict[str, list[AppShareRow]] = {}
    for row in rows_of(board, AppShareRow):
        if row.place is not None:
            kinds.setdefault(row.subcategory, []).append(row)
    return sorted(kinds.values(), key=lambda apps: (-apps[0].share, apps[0].subcategory))


def _bar(apps: list[AppShareRow], size: Size) -> bars.Bar:
    first = apps[0]
    shares = [(row.app.name, formats.share(row.share)) for row in apps]
    (leader, share), *others = shares
    more = text_width.short(leader, theme.LABEL, size.of(130.0, 150.0, 190.0))
    if size.wide and others:
        name, next_share = others[0]
        more += f", then {text_width.short(name, theme.LABEL, 150)} {next_share}"
    item = Item(
        first.subcategory,
        formats.sanitize(first.kind),
        LIGHT.accent,
        tip={**dict(shares), "Listed apps": f"{first.listed:,}"},
    )
    return bars.Bar(item, first.share, share, more)


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
