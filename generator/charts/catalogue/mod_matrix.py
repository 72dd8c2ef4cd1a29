"""What goes into models and what comes out: how many take each kind and give each kind."""

from collections import Counter
from typing import Any

from generator import formats
from generator.boards.board import Board
from generator.charts import words
from generator.charts.chart import Chart, Drawing, Size, Template
from generator.charts.grammar import alt, at, chart, spec, text
from generator.palette import LIGHT

_PALEST, _FULLEST = 0.08, 0.5


def _cells(board: Board) -> dict[tuple[str, str], int]:
    return {
        (formats.clean(str(row["input_modality"])), formats.clean(str(row["output_modality"]))): int(
            words.number(row, "models")
        )
        for row in board.rows
    }


def _order(cells: dict[tuple[str, str], int], place: int) -> list[str]:
    sums: Counter[str] = Counter()
    for pair, count in cells.items():
        sums[pair[place]] += count
    return sorted(sums, key=lambda name: (-sums[name], name))


def _rows(cells: dict[tuple[str, str], int]) -> list[dict[str, Any]]:
    most = max(cells.values())
    rows = []
    for into in _order(cells, 0):
        for out in _order(cells, 1):
            count = cells.get((into, out), 0)
            part = (count / most) ** 0.5
            rows.append(
                {
                    "input_modality": into,
                    "output_modality": out,
                    "models": count,
                    "label": f"{count:,}" if count else "·",
                    "strength": round(_PALEST + (_FULLEST - _PALEST) * part, 3) if count else 0,
                    "tip": {"title": f"{into} → {out}", "Models": f"{count:,}"},
                }
            )
    return rows


def _draw(board: Board, size: Size) -> Drawing:
    cells = _cells(board)
    ins, outs = _order(cells, 0), _order(cells, 1)
    return Drawing(
        template=_TEMPLATE,
        data={
            "rows": _rows(cells),
            "ins": [{"input_modality": name, "label": name} for name in ins],
            "outs": [{"output_modality": name, "label": name} for name in outs],
            "titles": [{"label": "takes ↓  gives →"}],
        },
        height=46.0 * len(ins),
        left=96,
        right=0 if size.narrow else max(0.0, 740 - 110.0 * len(outs)),
        top=30,
        bottom=4,
    )


def _spec() -> dict[str, Any]:
    x = alt.X("output_modality:O", axis=None, sort=None, scale=alt.Scale(paddingInner=0, paddingOuter=0))
    y = alt.Y("input_modality:O", axis=None, sort=None, scale=alt.Scale(paddingInner=0, paddingOuter=0))
    cells = chart("rows").mark_rect(fill=LIGHT.accent, stroke=LIGHT.paper, strokeWidth=2)
    strength = alt.FillOpacity("strength:Q", scale=None)
    return spec(
        cells.encode(x=x, y=y, fillOpacity=strength, tooltip=alt.Tooltip("tip:N")),
        text("rows", "label", align="center", baseline="middle").encode(x=x, y=y),
        text("ins", "label", align="right", baseline="middle").encode(x=at("x", "-10"), y=y),
        text("outs", "label", align="center", baseline="bottom").encode(x=x, y=at("y", "-8")),
        text("titles", "label", colour=LIGHT.soft, size=11, align="right", baseline="bottom").encode(
            x=at("x", "-10"), y=at("y", "-8")
        ),
    )


_TEMPLATE = Template("matrix", _spec)


def _alt(board: Board) -> str:
    (into, out), count = max(_cells(board).items(), key=lambda item: (item[1], item[0]))
    return f"From {into} to {out} leads with {count:,} models and variants. {board.finding}".strip()


CHART = Chart(
    id="mod-matrix",
    board="modalities",
    title="What goes in, and what comes out?",
    subtitle=lambda board: f"Models and variants by what they take and give, {words.when(board)}.",
    alt=_alt,
    draw=_draw,
    notes=("A model that takes or gives several kinds counts under each.",),
)
