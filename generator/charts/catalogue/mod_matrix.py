"""What goes into models and what comes out: how many take each kind and give each kind."""

from collections import Counter

from generator.base import formats
from generator.boards.board import AnyBoard
from generator.charts.chart import Chart, Drawing, Size
from generator.charts.kinds import heatmap, phrases

_CORNER = "input ↓  output →"
_UPRIGHT = heatmap.Heat("modalities-upright", _CORNER)
_LEVEL = heatmap.Heat("modalities", _CORNER, upright=False)


def _counts(board: AnyBoard) -> dict[tuple[str, str], int]:
    return {
        (
            formats.sanitize(str(row["input_modality"])),
            formats.sanitize(str(row["output_modality"])),
        ): int(phrases.number(row, "models"))
        for row in board.rows
    }


def _order(counts: dict[tuple[str, str], int], place: int) -> list[str]:
    sums: Counter[str] = Counter()
    for pair, count in counts.items():
        sums[pair[place]] += count
    return sorted(sums, key=lambda name: (-sums[name], name))


def _cell(into: str, out: str, count: int, most: int) -> heatmap.Cell:
    return heatmap.Cell(
        down=into,
        along=out,
        label=f"{count:,}",
        shade=(count / most) ** 0.5,
        tip={"title": f"{into} → {out}", "Models": f"{count:,}"},
        fields={"input_modality": into, "output_modality": out, "models": count},
    )


def _draw(board: AnyBoard, size: Size) -> Drawing:
    counts = _counts(board)
    ins, outs = _order(counts, 0), _order(counts, 1)
    most = max(counts.values())
    cells = [_cell(into, out, count, most) for (into, out), count in counts.items() if count]

    down = [(name, name) for name in ins]
    along = [(name, name) for name in outs]
    # Few columns have room for names that lie flat.
    kind = _UPRIGHT if len(outs) > size.of(3, 5, 7) else _LEVEL
    return heatmap.drawing(kind, down, along, cells, size, step=46.0)


CHART = Chart(
    id="mod-matrix",
    board="modalities",
    title="Input and output modalities",
    subtitle=lambda board: (
        f"Models and variants by input and output modality, {phrases.when(board)}."
    ),
    alt=lambda board: board.finding,
    draw=_draw,
    notes=("A model with several modalities counts under each.",),
)
