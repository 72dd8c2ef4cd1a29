"""Design Arena: ratings of one category of one arena."""

from generator.base import formats
from generator.boards.board import Board, Row
from generator.charts.chart import Chart, Drawing, Size
from generator.charts.kinds import bars, phrases

MOST = 15
_KEY = "model_permaslug"


def _entry(row: Row) -> bars.Entry:
    elo, rate = phrases.number(row, "elo"), row.number("win_rate")
    tip = phrases.tip(
        ("Elo", formats.number(elo)),
        ("Win rate", "" if rate is None else f"{formats.number(rate)} %"),
        ("Tournaments", phrases.exact(row.number("tournaments"))),
    )
    more = "" if rate is None else f"{rate:.0f} % won"
    return bars.entry(
        row,
        _KEY,
        elo,
        f"{elo:,.0f}",
        more=more,
        tip=tip,
        fields={_KEY: row.entity(_KEY).id, "elo": elo},
    )


def _draw(board: Board, size: Size) -> Drawing:
    entries = [_entry(row) for row in bars.top(board, MOST)]
    values = [one.value for one in entries]
    # A rating has no zero: the scale starts a little below the lowest that is shown.
    spread = max(values) - min(values)
    return bars.drawing(bars.DOTS, entries, size, low=min(values) - max(spread * 0.12, 5.0))


def place(board: Board) -> str:
    category = formats.sanitize(str(board.extra.get("category", board.id.rpartition(".")[2])))
    arena = formats.sanitize(str(board.extra.get("arena", board.id.split(".")[1])))
    return f"{category}, {arena}"


def _alt(board: Board) -> str:
    first, *rest = bars.top(board, 3)
    lead = f"{formats.sanitize(first.entity(_KEY).name)} leads with an Elo of {phrases.number(first, 'elo'):,.0f}"
    others = [
        f"{formats.sanitize(r.entity(_KEY).name)} ({phrases.number(r, 'elo'):,.0f})" for r in rest
    ]
    return f"{lead}; then {phrases.listed(others)}." if others else f"{lead}."


CHART = Chart(
    id="da-elo",
    board="da.",
    title=lambda board: f"Whose designs win? ({place(board)})",
    subtitle=lambda board: (
        f"Elo rating from blind votes, {phrases.when(board)}. "
        f"The best {min(MOST, len(board.ranked))} of {len(board.ranked)} models; the scale does not start at zero."
    ),
    alt=_alt,
    draw=_draw,
    notes=(
        "With few tournaments the order of neighbours is close to chance; 100 points are about 64 % of wins.",
    ),
)
