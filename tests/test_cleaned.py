"""Whatever a reply holds, no message, report, manifest or page shows it raw: not a control character, not a key."""

import json
from pathlib import Path
from typing import Any

import pytest

from generator.archive.envelope import Snapshot, document, manifest
from generator.archive.history import History
from generator.archive.store import Archive
from generator.base.errors import ReplyError
from generator.boards import all_boards
from generator.cli.terminal import Terminal
from generator.endpoints import BY_NAME
from generator.endpoints.endpoint import HeldState
from generator.fetch import acceptance, report
from generator.fetch.acceptance import Answers
from generator.fetch.report import Outcome, Report
from tests.tiny import DAY, ROWS, keep, reply

LOOK_ALIKE = "sk-or-v1-" + "0123456789abcdef" * 2
HOSTILE = f"ESC\x1b[2J CR\rBEL\x07 \u202e{LOOK_ALIKE}"


def fault(text: str) -> str:
    """Return what a text shows that it must not, empty if nothing."""
    unfit = [character for character in text if character in "\x1b\x07\u202e"]
    return "".join(unfit) + ("a key" if LOOK_ALIKE[:20] in text else "")


def places(value: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Return the ways to all values inside of a value."""
    parts: list[tuple[str | int, Any]] = []
    if isinstance(value, dict):
        parts = list(value.items())
    elif isinstance(value, list):
        parts = list(enumerate(value))
    found = [path]
    for step, inner in parts:
        found += places(inner, (*path, step))
    return found


def hostile_rows(dataset: str) -> list[list[dict[str, Any]]]:
    """Return for each place of the dataset's row a list in which that place of one row among many is hostile.

    The last one has a hostile member.
    """
    good = [json.loads(json.dumps(ROWS[dataset])) for _ in range(21)]
    marks = {"models": "id", "app-rankings": "app_id", "session-cost": "app_slug"}
    for number, row in enumerate(good):
        mark = marks.get(dataset, "model_permaslug")
        row[mark] = number if mark == "app_id" else f"a/{number}"
    made = []
    for path in places(ROWS[dataset])[1:]:
        rows = json.loads(json.dumps(good))
        inner = rows[0]
        for step in path[:-1]:
            inner = inner[step]
        inner[path[-1]] = HOSTILE
        made.append(rows)
    return [*made, [*good[1:], {**good[0], HOSTILE: 1}]]


def outcome(dataset: str, rows: list[dict[str, Any]]) -> tuple[Outcome, Snapshot | None]:
    """Return how a run ends that gets these rows."""
    endpoint = BY_NAME[dataset]
    answer = reply(dataset, rows)
    try:
        answers = Answers((answer,), (endpoint.read(answer),))
        kept = acceptance.accepted(endpoint, answers, HeldState(), DAY)
    except ReplyError as error:
        return Outcome(dataset, "failed", str(error)), None
    return Outcome(dataset, "fresh", notes=kept.notes), kept


@pytest.mark.parametrize("dataset", ROWS)
def test_no_place_of_a_reply_reaches_a_report_or_a_manifest_raw(dataset: str) -> None:
    said = 0
    for rows in hostile_rows(dataset):
        ended, kept = outcome(dataset, rows)
        stored = json.dumps(report.to_json(Report([ended]), str(DAY)), ensure_ascii=False)
        assert fault(stored) == "", rows[0]
        said += bool(ended.message or ended.notes)
        if kept is not None:
            described = manifest(kept, "x", b"", "", "test")
            told = " ".join([described.citation, described.as_of, *described.notes])
            assert fault(told) == "", rows[0]
            # The reply itself is stored as it came.
            assert json.dumps(HOSTILE)[1:-1].encode() in document(kept, "test")
    assert said > len(places(ROWS[dataset])) // 3


def test_what_an_earlier_version_stored_raw_is_shown_cleaned(tmp_path: Path) -> None:
    made = Archive(tmp_path / "data")
    keep(made, "models", day=DAY)
    (path,) = (made.root / "models").glob("*.manifest.json")
    stored = json.loads(path.read_text())
    path.write_text(json.dumps({**stored, "notes": [f"models: {HOSTILE}"]}))
    made.report(DAY, {"datasets": {"models": {"state": "failed", "message": HOSTILE}}})
    site = all_boards.site(History(Archive(made.root), DAY), demo="", public_url="", version="0")
    (state,) = (one for one in site.datasets if one.name == "models")
    assert any("[2J" in note for note in state.notes)
    assert "[2J" in state.message
    assert [fault(text) for text in (state.message, *state.notes)] == [""] * (1 + len(state.notes))


def test_nothing_reaches_a_terminal_raw(capsys: pytest.CaptureFixture[str]) -> None:
    terminal = Terminal(verbose=True)
    for show in (terminal.info, terminal.detail, terminal.error):
        show(HOSTILE)
        told = "".join(capsys.readouterr())
        assert "[2J CR BEL" in told
        assert fault(told) == ""
        assert "\r" not in told
