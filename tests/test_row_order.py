"""A source that lists the same rows in another order: what is published of them has the same bytes."""

import json
from pathlib import Path
from typing import Any

import pytest

from generator.archive.history import History
from generator.archive.store import Archive
from generator.boards import all_boards
from generator.endpoints import BY_NAME, CORE, benchmarks
from generator.render.history_files import history_files
from generator.render.latest import latest_files
from tests.forking import know_some_lists
from tests.torture.runs import DAY, Answering, Params, taken
from tests.torture.schema_mutations import answering

RECORDED = answering(())
ROWS = {"data", "classifications", "macro_categories", "models"}
"""The members of replies that are lists of rows, or hold them."""


def _measured_twice(path: str, params: Params) -> tuple[int, bytes]:
    """Return the recorded reply, with a model under two settings that have one name and one score."""
    status, body = RECORDED(path, params)
    reply = json.loads(body)
    if path == benchmarks.PATH and reply["data"]:
        first = reply["data"][0]
        other = {"coding_index": 1} if "coding_index" in first else {"win_rate": 1}
        reply["data"].append(first | other)
    return status, json.dumps(reply).encode()


def _reversed(path: str, params: Params) -> tuple[int, bytes]:
    status, body = _measured_twice(path, params)
    return status, json.dumps(_backwards(json.loads(body))).encode()


def _backwards(value: Any) -> Any:
    """Return a reply in which each list of rows is the other way round; what is in a row stays."""
    if isinstance(value, list):
        return [_backwards(item) for item in reversed(value)]
    if not isinstance(value, dict):
        return value
    return {name: _backwards(member) if name in ROWS else member for name, member in value.items()}


def _told(answer: Answering, folder: Path) -> tuple[dict[str, Any], dict[str, bytes]]:
    """Return the boards, and the files of the newest rows and of all rows in time, of a run's snapshots."""
    assert {one.state for one in taken(answer, folder)} == {"fresh"}
    history = History(Archive(folder), DAY)
    site = all_boards.site(history, demo="", public_url="", version="0")
    published: dict[str, bytes] = {}
    for dataset, latest in latest_files(history, site).items():
        published |= {f"{dataset}/{name}": body for name, body in latest.files.items()}
    for dataset, table in history_files(history, None).files.items():
        published |= {f"{dataset}/{name}": b"".join(parts) for name, parts in table.texts()}
    return dict(site.boards), published


def test_rows_in_another_order_give_the_same_boards_and_the_same_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    know_some_lists(monkeypatch)
    boards, published = _told(_measured_twice, tmp_path / "recorded")
    again, same = _told(_reversed, tmp_path / "reversed")
    assert {name.partition("/")[0] for name in published} == {one.name for one in CORE}
    assert [name for name in published if published[name] != same[name]] == []
    assert [id_ for id_ in boards if boards[id_] != again[id_]] == []


@pytest.mark.parametrize(
    ("dataset", "records"),
    [
        (
            "benchmarks-artificial-analysis",
            [
                {"intelligence_index": 60.0, "model_permaslug": "b/b", "display_name": "B"},
                {"intelligence_index": 50.0, "model_permaslug": "a/a", "display_name": "A"},
                {"intelligence_index": None, "model_permaslug": "a/0", "display_name": "0"},
            ],
        ),
        (
            "rankings-daily",
            [
                {"date": "2026-11-19", "model_permaslug": "a/a", "total_tokens": "9"},
                {"date": "2026-11-20", "model_permaslug": "b/b", "total_tokens": "10"},
                {"date": "2026-11-20", "model_permaslug": "a/a", "total_tokens": "9"},
                {"date": "2026-11-20", "model_permaslug": "other", "total_tokens": "99"},
            ],
        ),
        (
            "task-classifications",
            [
                {"level": "task", "macro_category": "code", "tag": "b", "usage_share": 0.5},
                {"level": "model", "macro_category": "code", "tag": "b", "usage_share": 0.5}
                | {"id": "b/b", "tag_usage_share": 0.4},
                {"level": "model", "macro_category": "code", "tag": "b", "usage_share": 0.5}
                | {"id": "a/a", "tag_usage_share": 0.3},
                {"level": "task", "macro_category": "code", "tag": "a", "usage_share": 0.2},
                {"level": "macro-category", "macro_category": "code", "usage_share": 0.7},
            ],
        ),
        (
            "app-rankings",
            [
                {"category": "", "subcategory": "", "sort": "popular", "rank": 2, "app_id": 7},
                {"category": "", "subcategory": "", "sort": "popular", "rank": 10, "app_id": 1},
                {"category": "", "subcategory": "", "sort": "trending", "rank": 1, "app_id": 1},
                {"category": "coding", "subcategory": "", "sort": "popular", "rank": 1}
                | {"app_id": 1},
            ],
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_published_rows_have_the_order_of_their_dataset(
    dataset: str, records: list[dict[str, Any]]
) -> None:
    backwards = records[::-1]
    backwards.sort(key=BY_NAME[dataset].place)
    assert backwards == records
