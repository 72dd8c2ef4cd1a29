"""Which prices have moved: from where to where."""

from generator.base import formats
from generator.base.palette import AUTHORS, LIGHT
from generator.boards import sentences
from generator.boards.board import AnyBoard, BoardRow
from generator.boards.listed_prices import percent
from generator.charts.chart import Chart, Drawing, Size
from generator.charts.kinds import dots, phrases, ranked
from generator.charts.kinds.theme import DOLLARS_TICK

MOST = 16
_KEY = "model_permaslug"
_KINDS = (("prompt", "input"), ("completion", "output"))
_KIND = dots.Dots("prices", DOLLARS_TICK, log=True, leads=False)
_WAYS = {"up": LIGHT.accent, "down": AUTHORS["google"], "same": LIGHT.other}
"""Colors of rising and falling prices; no author is meant."""


def _million(row: BoardRow, key: str) -> float:
    return phrases.dollars(row, key) or 0.0


def _can_be_drawn(row: BoardRow) -> bool:
    """Return whether input or output moved, and both, before and now, are known and not free."""
    known = all(
        _million(row, kind) > 0 and _million(row, f"{kind}_before") > 0 for kind, _ in _KINDS
    )
    return known and _largest(row) > 0


def _changes(row: BoardRow) -> list[tuple[str, float]]:
    """Return the relative changes of input and output, without one that did not move."""
    changes = [(what, row.number(f"{kind}_change") or 0.0) for kind, what in _KINDS]
    return [(what, change) for what, change in changes if change]


def _largest(row: BoardRow) -> float:
    """Return the larger of the two changes, without its sign."""
    return max((abs(change) for _, change in _changes(row)), default=0.0)


def _moved(board: AnyBoard) -> list[BoardRow]:
    """Return each model's newest change between prices above zero, a day's largest changes first."""
    newest: dict[str, BoardRow] = {}
    for row in board.rows:
        if _can_be_drawn(row):
            newest.setdefault(row.entity(_KEY).id, row)

    # Batch and other variants move with their model and would crowd out the rest.
    plain = [row for id_, row in newest.items() if ":" not in id_]
    return sorted(
        plain,
        key=lambda row: (-phrases.day(row, "day").toordinal(), -_largest(row)),
    )[:MOST]


def _point(row: BoardRow, kind: str) -> dots.Point:
    before, now = _million(row, f"{kind}_before"), _million(row, kind)
    way = "same" if now == before else "up" if now > before else "down"
    return dots.Point(now, ring=before, group=way, colour=_WAYS[way])


def _row(row: BoardRow) -> dots.Row:
    tips = []
    for kind, what in _KINDS:
        before = formats.per_million(str(row[f"{kind}_before"]))
        told = f"{before} → {formats.per_million(str(row[kind]))} per million"
        tips.append((f"{what.capitalize()} price", told))
    day = phrases.day(row, "day")
    item = ranked.item(row, _KEY, *tips, ("Since", phrases.dated(day)))
    percents = [percent(row.number(f"{kind}_change") or 0.0) for kind, _ in _KINDS]
    points = [_point(row, kind) for kind, _ in _KINDS]
    return dots.Row(item, [*percents, phrases.short_day(day)], points)


def _draw(board: AnyBoard, size: Size) -> Drawing:
    rows = [_row(row) for row in _moved(board)]
    prices: list[float] = []
    for row in rows:
        for point in row.points:
            prices += (point.value, point.ring or point.value)
    ends = dots.around(prices, log=True)
    return dots.drawing(_KIND, rows, size, heads=("Input", "Output", "Since"), ends=ends)


def _alt(board: AnyBoard) -> str:
    rows = _moved(board)
    names = sentences.model_names(row.entity(_KEY) for row in rows)
    most = sentences.at_top(rows, _largest)
    first = names[most[0].entity(_KEY)]
    if len(rows) == 1:
        said = f"The listing drawn is {first}: {_steps(most[0])}."
    elif len(most) == 1:
        said = f"Of {len(rows)} listings drawn, {first} moved the most: {_steps(most[0])}."
    else:
        # Changes of one size can go both ways.
        level = sentences.listed([f"{names[row.entity(_KEY)]} ({_steps(row)})" for row in most])
        said = f"Of {len(rows)} listings drawn, {level} moved the most."
    return f"{board.finding} {said}".strip()


def _steps(row: BoardRow) -> str:
    """Return ``input +120%, output −74%``."""
    return ", ".join(f"{what} {percent(change)}" for what, change in _changes(row))


CHART = Chart(
    id="price-steps",
    board="price-changes",
    title="Which models changed their prices?",
    subtitle=lambda board: (
        "US dollars per million tokens before (ring) and after (dot), log scale: upper line input, "
        f"lower line output, with the change of each; newest first, {phrases.when(board)}."
    ),
    alt=_alt,
    draw=_draw,
    notes=(
        "The day is that of the snapshot in which the new price was first seen.",
        "These are listed prices for short prompts.",
        "Variants of a model, prices that depend on the hour, and changes from or to free are left out.",
    ),
    applies_to=lambda board: bool(_moved(board)),
)
