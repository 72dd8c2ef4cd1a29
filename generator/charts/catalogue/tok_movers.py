"""Whose tokens rose and fell most against the week before."""

from generator import formats
from generator.boards.board import Board, Row
from generator.charts import measure, ranked, words
from generator.charts.chart import Chart, Drawing, Size

_KEY = "model_permaslug"


def _signed(difference: float) -> str:
    return f"{'+' if difference > 0 else formats.MINUS}{formats.tokens(abs(round(difference)))}"


def _entry(row: Row) -> ranked.Entry:
    difference, change = words.number(row, "difference"), row.number("change")
    relative = "" if change is None else formats.change(change)
    tip = words.tip(
        ("Difference", f"{difference:+,.0f}".replace("-", formats.MINUS)),
        ("This week", words.exact(row.number("total_tokens"))),
        ("Week before", words.exact(row.number("before"))),
        ("Change", relative),
    )
    glyph = "▲" if difference > 0 else "▼"
    fields = {_KEY: row.entity(_KEY).id, "difference": difference}
    label = f"{glyph} {_signed(difference)}"
    return ranked.entry(row, _KEY, difference, label, more=relative, tip=tip, fields=fields)


def _draw(board: Board, size: Size) -> Drawing:
    entries = sorted((_entry(row) for row in board.rows), key=lambda one: -one.value)
    reach = max(abs(one.value) for one in entries)
    falls, rises = min(0.0, entries[-1].value), max(0.0, entries[0].value)
    # Labels of falls stand left of their bars, inside the plot: about this part of its width.
    words_room = max((measure.width(f"{one.label}  {one.more}", 13) for one in entries if one.value < 0), default=0.0)
    plot = size.width - (90 if size.narrow else 500)
    extra = (rises - falls or reach) * words_room / max(60.0, plot - words_room)
    return ranked.drawing(ranked.BARS, entries, size, low=falls - (extra if falls else 0), high=rises or reach * 0.05)


def _subtitle(board: Board) -> str:
    return f"Tokens {words.when(board)}, less those of the seven days before."


def _alt(board: Board) -> str:
    ordered = sorted(board.rows, key=lambda row: -words.number(row, "difference"))
    best, worst = ordered[0], ordered[-1]
    parts = []
    for row, verb in ((best, "gained"), (worst, "lost")):
        difference = words.number(row, "difference")
        if (difference > 0) == (verb == "gained"):
            amount = formats.tokens_in_words(abs(round(difference)))
            parts.append(f"{formats.clean(row.entity(_KEY).name)} {verb} most, {amount} tokens")
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
