"""An archive in which each dataset has a name and a number that are in no other, and what is in a file of any kind."""

import gzip
import io
import zipfile
from collections.abc import Collection, Iterator
from datetime import date, timedelta

from PIL import Image

from tests.tiny_archive import (
    TODAY,
    TinyArchive,
    ago,
    app,
    chosen,
    cost,
    daily,
    evaluation,
    kind_of_work,
    listing,
    rating,
    score,
    task,
)

MARKS = {
    "rankings-daily": ("rankmark", "7654321012345"),
    "app-rankings": ("appmark", "8765432101234"),
    "session-cost": ("costmark", "0.7654321"),
    "models": ("modelmark", "0.00000765432"),
    "benchmarks-artificial-analysis": ("analysismark", "47.6543"),
    "benchmarks-design-arena": ("arenamark", "1357.2468"),
    "benchmarks-openrouter": ("evalmark", "0.765431"),
    "task-classifications": ("taskmark", "0.0765431"),
}
"""By dataset, a part of a name and a number as it is written in files."""


def fill(tiny: TinyArchive) -> None:
    """Two days of every dataset; the second restates a number of the first."""
    for on in (ago(1), TODAY):
        _fill(tiny, on)


def _fill(tiny: TinyArchive, on: date) -> None:
    marked = 7654321012345
    before = {"a/x": 10**6, "b/y": 5 * 10**5, "ranks/rankmark": marked - (TODAY - on).days}
    last = {"a/x": 10**6 + 5, "b/y": 5 * 10**5, "ranks/rankmark": marked}
    tiny.rankings(daily(before, last, last=on - timedelta(days=1)), on=on)
    named = listing(
        "offers/modelmark",
        name="Offers: modelmark",
        prompt="0.00000765432",
        expiration_date="2026-12-31",
    )
    tiny.models(listing("a/x"), listing("b/y"), named, on=on)
    indices = {"coding_index": 47.6543, "agentic_index": 47.6543}
    tiny.scores(
        score("a/x", 50, "0.000001", coding_index=40),
        score("indices/analysismark", 47.6543, "0.000001", **indices),
        on=on,
    )
    tiny.ratings([rating("a/x", 1200), rating("ratings/arenamark", 1357.2468)], on=on)
    tiny.evaluations(evaluation("a/x", 0.5), evaluation("evals/evalmark", 0.765431), on=on)
    tiny.tasks(
        task("code:general_impl", 0.5, 0.5, chosen("a/x", 0.1), kind="code"),
        task("taskmark", 0.0765431, 0.0765431, chosen("a/x", 0.0765431)),
        kinds=[kind_of_work("code", 0.5, 0.5), kind_of_work("general", 0.4, 0.4)],
        on=on,
    )
    named_app = app(2, 8765432101234, name="appmark")
    lists = {"popular": [app(1, 9 * 10**12), named_app], "trending": [named_app]}
    tiny.apps({**lists, "popular.coding": [named_app]}, on=on)
    tiny.costs(
        cost("codex", "a/x", "1-turn", 0.5), cost("costmark", "a/x", "1-turn", 0.7654321), on=on
    )


def marks_in(name: str, body: bytes, marks: Collection[str]) -> list[str]:
    """Those of the marks that are in a file, whatever it is packed in."""
    inside = b"\n".join(_unpacked(name, body))
    return [mark for mark in marks if mark.encode() in inside]


def _unpacked(name: str, body: bytes) -> Iterator[bytes]:
    if name.endswith(".gz"):
        yield gzip.decompress(body)
    elif name.endswith(".zip"):
        with zipfile.ZipFile(io.BytesIO(body)) as box:
            for member in box.namelist():
                yield from _unpacked(member, box.read(member))
    elif name.endswith(".parquet"):
        # Takes 0.3 s to import, which each worker would do for the tests of one.
        import polars

        yield polars.read_parquet(io.BytesIO(body)).write_json().encode()
    elif name.endswith(".png"):
        with Image.open(io.BytesIO(body)) as picture:
            yield repr(picture.info).encode()
    else:
        yield body
