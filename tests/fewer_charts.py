"""The recordings with the models of the last day, fewer arenas and fewer days: a demo of them has every sort of page.

Each ranked model and each arena has charts of its own, each day draws those of all boards, and drawing is most of the
cost of the demo. All models stay in the lists. The full demo is built and checked by continuous integration.
"""

import gzip
import json
from pathlib import Path
from typing import Any

from tests import replies
from tests.forking import SOME_DAYS


def leave_out_charts(folder: Path) -> None:
    """Rewrite a folder of recorded replies; of what left the ranking, the tokens stay in ``other``."""
    rankings = folder / "rankings-daily.json.gz"
    rows = _read(rankings)["data"]
    last = {row["model_permaslug"] for row in rows if row["date"] == rows[-1]["date"]}
    _write(rankings, _read(rankings) | {"data": replies.rankings(rows, last - {"other"})})
    for path in folder.glob("benchmarks/design-arena/*"):
        scores = _read(path)
        kept = [row for row in scores["data"] if _is_kept(row)]
        _write(path, scores | {"data": kept})


def leave_out_days(recorded: Path) -> None:
    """Change the package that plays the recordings so that the demo has the days of forked commands."""
    with (recorded / "__init__.py").open("a") as code:
        code.write(f"\nDEMO_DAYS = tuple(DEMO_DAYS[at] for at in {SOME_DAYS})\n")


def _is_kept(row: dict[str, Any]) -> bool:
    return row["arena"] == "models" or replies.arena(row) in replies.ARENAS


def _read(path: Path) -> Any:
    return json.loads(gzip.decompress(path.read_bytes()))


def _write(path: Path, reply: Any) -> None:
    path.write_bytes(gzip.compress(json.dumps(reply, ensure_ascii=False).encode(), 1))
