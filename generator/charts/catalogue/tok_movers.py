"""Whose tokens rose and fell most against the week before."""

from generator.base import formats
from generator.boards.board import AnyBoard, BoardRow
from generator.charts.chart import Chart, Drawing, Size
from generator.charts.kinds import bars, phrases

_KEY = "model_permaslug"


def _signed(difference: float) -> str:
    return f"{'+' if difference > 0 else formats.MINUS}{formats.tokens(abs(round(difference)))}"


def _entry(row: BoardRow) -> bars.Entry:
    difference, change = phrases.number(row, "difference"), row.number("change")
    relative = "" if change is None else formats.change(change)
    tip = phrases.tip(
        ("Difference", f"{difference:+,.0f}".replace("-", formats.MINUS)),
        ("This week", phrases.exact(row.number("total_tokens"))),
        ("Week before", phrases.exact(row.number("before"))),
        ("Change", relative),
    )
    glyph = "▲" if difference > 0 else "▼"
    fields = {_KEY: row.entity(_KEY).id, "difference": difference}
    label = f"{glyph} {_signed(difference)}"
    return bars.entry(row, _KEY, difference, label, more=relative, tip=tip, fields=fields)


def _draw(board: AnyBoard, size: Size) -> Drawing:
    entries = sorted((_entry(row) for row in board.rows), key=lambda entry: -entry.value)
    return bars.diverging(entries, size)


def _subtitle(board: AnyBoard) -> str:
    return f"Tokens {phrases.when(board)}, less those of the seven days before."


def _alt(board: AnyBoard) -> str:
    ordered = sorted(board.rows, key=lambda row: -phrases.number(row, "difference"))
    best, worst = ordered[0], ordered[-1]
    parts = []
    for row, verb in ((best, "gained"), (worst, "lost")):
        difference = phrases.number(row, "difference")
        if (difference > 0) == (verb == "gained"):
            amount = formats.tokens_in_words(abs(round(difference)))
            parts.append(f"{formats.sanitize(row.entity(_KEY).name)} {verb} most, {amount} tokens")
    return "; ".join(parts) + "."


CHART = Chart(
    id="tok-movers",
    board="movers-7d",
    title="Which models rose and fell most this week?",
    subtitle=_subtitle,
    alt=_alt,
    draw=_draw,
    notes=("Only models inside a daily top fifty in both weeks are compared.",),
)
