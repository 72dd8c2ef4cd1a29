"""The cost of drawing: CPU seconds of all processes and bytes, for each chart, and how both grow with the variants."""

import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from generator.archive.history import History
from generator.archive.store import Archive
from generator.boards import all_boards
from generator.boards.board import AnyBoard, BoardId
from generator.charts.catalogue import CHARTS
from generator.charts.draw import draw_all
from generator.fetch.recorded import DEMO_DAYS
from tests.benchmarks.processes import cpu_so_far

VARIANTS = (10, 100, 1_000)


def _boards(site: Path) -> dict[str, AnyBoard]:
    found = all_boards.site(
        History(Archive(site / "data"), DEMO_DAYS[-1]), demo="", public_url="", version="0"
    )
    return dict(found.charted_boards)


def _drawn(held: Mapping[str, AnyBoard], folder: Path, only: str | None) -> tuple[float, int, int]:
    """Return CPU seconds, the number of charts, and bytes."""
    start = cpu_so_far()
    made = list(
        draw_all(held, folder, charts=[chart for chart in CHARTS if only in (None, chart.id)])
    )
    took = cpu_so_far() - start
    return (
        took,
        len(made),
        sum(file.size for one in made for file in one.files),
    )


def _measured(name: str, held: Mapping[str, AnyBoard], only: str | None = None) -> None:
    with tempfile.TemporaryDirectory() as folder:
        cold, count, size = _drawn(held, Path(folder), only)
        warm, _, _ = _drawn(held, Path(folder), only)
    each = (
        f"{cold / count * 1000:8.1f} {warm / count * 1000:8.1f} {size / count / 1000:8.1f}"
        if count
        else ""
    )
    print(f"{name:18}{count:6}{cold:9.2f}{warm:9.2f} {each}")


def main(site: Path) -> None:
    """Print two tables, from the archive of a built demo."""
    held = _boards(site)
    list(
        draw_all({"models-7d": held["models-7d"]})
    )  # the libraries' own start is none of a chart's cost
    print(
        f"{'chart':18}{'count':>6}{'cold s':>9}{'warm s':>9} {'cold ms':>8} {'warm ms':>8} {'kB each':>8}"
    )
    for chart in CHARTS:
        _measured(chart.id, held, chart.id)
    _measured("all", held)
    print()
    usage = next(id_ for id_ in sorted(held) if id_.startswith("model."))
    for family, board in (("da-elo", "da.models.website"), ("tok-model", usage)):
        for count in VARIANTS:
            own = held[board].id
            ids = [
                BoardId(own.family, *own.parts[:-1], f"{own.parts[-1]}{n}") for n in range(count)
            ]
            many = {id_: replace(held[board], id=id_) for id_ in ids}
            _measured(family, many, family)
