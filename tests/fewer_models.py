"""The recordings with the models of one in six listings: the demo of them has every sort of page and chart.

Pages and drawings of models are most of the cost of the demo. What has to hold for all models is tested on
``plain``, and the full demo is built and verified by continuous integration.
"""

import gzip
import json
from pathlib import Path
from typing import Any

from tests import replies

ONE_IN = 6
LEADERS = 15
"""The first of a week, of an index and of an arena, which stay beside one in six of the listed."""

Rows = list[dict[str, Any]]


def leave_out_models(folder: Path) -> None:
    """Rewrite a folder of recorded replies; the numbers that stay are the recorded ones."""
    kept = _kept(folder)
    for path in folder.rglob("*.json.gz"):
        name = path.relative_to(folder).parts[0]
        reply = _read(path)
        if name == "models":
            rows = reply["data"]
            reply["data"] = [row for row in rows if row["canonical_slug"] in kept]
        elif name == "benchmarks":
            rows = reply["data"]
            reply["data"] = [row for row in rows if row["model_permaslug"] in kept]
        elif name == "rankings-daily.json.gz":
            reply["data"] = replies.rankings(reply["data"], kept)
        path.write_bytes(gzip.compress(json.dumps(reply, ensure_ascii=False).encode(), 1))


def _kept(folder: Path) -> frozenset[str]:
    """Return the permaslugs of the leaders, of what tasks name, and of one in six of the others."""
    [last] = sorted(folder.glob("models/*"))[-1:]
    listed = sorted({row["canonical_slug"] for row in _read(last)["data"]})
    ranked = _read(folder / "rankings-daily.json.gz")["data"]
    leaders = [row["model_permaslug"] for row in ranked if row["date"] == ranked[-1]["date"]]
    scored: list[str] = []
    for source in sorted((folder / "benchmarks").iterdir()):
        [scores] = sorted(source.iterdir())[-1:]
        names = dict.fromkeys(row["model_permaslug"] for row in _read(scores)["data"])
        scored += list(names)[:LEADERS]
    return frozenset((*listed[::ONE_IN], *leaders[:LEADERS], *scored))


def _read(path: Path) -> Any:
    return json.loads(gzip.decompress(path.read_bytes()))
