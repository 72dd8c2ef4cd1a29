"""What charts cost: seconds and bytes for each kind, and how both grow with the number of variants.

    .venv/bin/python -m benchmarks.charts

It draws from the boards of the tests, so it needs neither archive nor network.
"""

import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from generator.boards.board import Board
from generator.charts import CHARTS, DrawnChart, draw_all
from tests.chart_samples import boards

VARIANTS = (10, 100, 1_000)


def _timed(make: Callable[[], list[DrawnChart]]) -> tuple[float, list[DrawnChart]]:
    start = time.process_time()
    made = make()
    return time.process_time() - start, made


def _bytes(made: list[DrawnChart]) -> int:
    return sum(len(one.file(file.path.removeprefix(f"charts/{one.id}"))) for one in made for file in one.files)


def _line(name: str, count: int, cold: float, warm: float, size: int) -> None:
    each = f"{cold / count * 1000:8.1f} {warm / count * 1000:8.1f} {size / count / 1000:8.1f}"
    print(f"{name:18}{count:6}{cold:9.2f}{warm:9.2f} {each}")


def _measured(name: str, held: Mapping[str, Board], only: str | None = None) -> None:
    charts = [chart for chart in CHARTS if only in (None, chart.id)]
    with tempfile.TemporaryDirectory() as folder:
        cold, made = _timed(lambda: list(draw_all(held, Path(folder), charts=charts)))
        warm, _ = _timed(lambda: list(draw_all(held, Path(folder), charts=charts)))
    _line(name, len(made), cold, warm, _bytes(made))


def main() -> None:
    """Prints the two tables."""
    held = boards()
    list(draw_all({"models-7d": held["models-7d"]}))  # the libraries' own start is none of a chart's cost
    print(f"{'chart':18}{'count':>6}{'cold s':>9}{'warm s':>9} {'cold ms':>8} {'warm ms':>8} {'kB each':>8}")
    for chart in CHARTS:
        _measured(chart.id, held, chart.id)
    _measured("all", held)
    print()
    for family, board in (("da-elo", "da.models.website"), ("tok-model", "model.deepseek.model-0")):
        for count in VARIANTS:
            many = {f"{board}{n}": replace(held[board], id=f"{board}{n}") for n in range(count)}
            _measured(family, many, family)


if __name__ == "__main__":
    main()
