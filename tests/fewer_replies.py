"""The recordings with fewer models, arenas and days: a demo of them has every sort of page and of chart.

Each model has pages, a card and downloads, each ranked one and each arena has charts, and each day draws those of all
boards; these are most of the cost of the demo. The full demo is built and checked by continuous integration.
"""

import gzip
import json
from pathlib import Path
from typing import Any

from tests import replies
from tests.forking import SOME_DAYS

RANKED = 26
"""So many of the first fifty models of the last day stay in the ranking: enough for a table that is folded."""
EVERY = 4
"""Of the models that are neither ranked nor gone from the list one in so many stays: free, old, with variants."""


def leave_out_charts(folder: Path) -> None:
    """Rewrite a folder of recorded replies; of what left the ranking, the tokens stay in ``other``."""
    rankings = folder / "rankings-daily.json.gz"
    rows = _read(rankings)["data"]
    last = [row["model_permaslug"] for row in rows if row["date"] == rows[-1]["date"]]
    _write(rankings, _read(rankings) | {"data": replies.rankings(rows, last[:RANKED])})
    for path in folder.glob("benchmarks/design-arena/*"):
        scores = _read(path)
        kept = [row for row in scores["data"] if _is_kept(row)]
        _write(path, scores | {"data": kept})


def leave_out_models(folder: Path) -> None:
    """Rewrite the lists of models and the scores in a folder of recorded replies."""
    ranked = _models(folder / "rankings-daily.json.gz", "model_permaslug")
    lists = sorted(folder.glob("models/*"))
    scores = sorted(folder.glob("benchmarks/*/*"))
    named = [_models(path, "canonical_slug") for path in lists]
    rated = [_models(path, "model_permaslug") for path in scores]
    gone = set().union(*named) - named[-1]
    others = sorted(set().union(*named, *rated) - ranked - gone)
    kept = ranked | gone | set(others[::EVERY])
    for paths, name in ((lists, "canonical_slug"), (scores, "model_permaslug")):
        for path in paths:
            reply = _read(path)
            _write(path, reply | {"data": [row for row in reply["data"] if row[name] in kept]})


def leave_out_days(recorded: Path) -> None:
    """Change the package that plays the recordings so that the demo has the days of forked commands."""
    with (recorded / "__init__.py").open("a") as code:
        code.write(f"\nDEMO_DAYS = tuple(DEMO_DAYS[at] for at in {SOME_DAYS})\n")


def _models(path: Path, name: str) -> set[str]:
    return {row[name] for row in _read(path)["data"]}


def _is_kept(row: dict[str, Any]) -> bool:
    return row["arena"] == "models" or replies.arena(row) in replies.ARENAS


def _read(path: Path) -> Any:
    return json.loads(gzip.decompress(path.read_bytes()))


def _write(path: Path, reply: Any) -> None:
    path.write_bytes(gzip.compress(json.dumps(reply, ensure_ascii=False).encode(), 1))
