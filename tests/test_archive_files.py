"""The archive's files: what is stored is read back the same, and what cannot be read is named or left out."""

import gzip
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import httpx
import pytest

from generator.archive.envelope import Snapshot, facts_digest
from generator.archive.store import Archive
from generator.archive.stored_snapshot import StoredSnapshot
from generator.base import attribution, files
from generator.endpoints import app_rankings, models, rankings_daily, task_classifications
from generator.endpoints.endpoint import Call, Endpoint, Reply
from generator.fetch.demo import DemoClock, DemoTransport
from generator.fetch.pacing import Clock

DAY = date(2026, 11, 20)
ENDPOINT = task_classifications.ENDPOINT
RECEIVED = datetime(2026, 11, 20, 6, 17, tzinfo=UTC)


def reply(
    value: Any,
    call: Call | None = None,
    received: datetime = RECEIVED,
    status: int = 200,
) -> Reply:
    call = call or Call(ENDPOINT.name, "/classifications/task", (("window", "7d"),))
    return Reply(call, json.dumps(value).encode(), value, received, status)


def snapshot(*replies: Reply, day: date = DAY, endpoint: Endpoint = ENDPOINT) -> Snapshot:
    citations = (
        attribution.rankings("2026-11-19"),
        attribution.models("2026-11-20T01:02:03Z"),
    )
    days = (date(2026, 11, 18), date(2026, 11, 19))
    return Snapshot(endpoint, day, replies, citations, 7, ("a note",), days)


def keep(root: Path, value: Any, day: date = DAY) -> StoredSnapshot:
    stored = Archive(root).keep(snapshot(reply(value), day=day), "1.0")
    assert stored is not None
    return stored


def test_replies_are_read_back_as_they_came(tmp_path: Path) -> None:
    look_up = Call(models.NAME, "/model/a/b", keyed=False, optional=True)
    answered = Call(models.NAME, "/models", (("output_modalities", "all"), ("a", "b")), keyed=False)
    later = RECEIVED.astimezone(timezone(timedelta(hours=2))) + timedelta(minutes=1)
    given = (
        reply({"data": [1]}, answered),
        reply({"error": "gone"}, look_up, later, 404),
    )
    archive = Archive(tmp_path)
    stored = archive.keep(snapshot(*given, endpoint=models.ENDPOINT), "1.0")
    assert stored is not None
    first, second = Archive(tmp_path).replies(models.ENDPOINT, stored)
    assert (first.call.dataset, first.call.path) == ("models", "/models")
    assert first.call.params == (("output_modalities", "all"), ("a", "b"))
    assert (first.call.optional, second.call.optional) == (False, True)
    assert [(one.body, one.value, one.status) for one in (first, second)] == [
        (one.body, one.value, one.status) for one in given
    ]
    assert (first.received_at, second.received_at) == (RECEIVED, later)


def test_an_envelope_and_its_manifest_state_these_facts(tmp_path: Path) -> None:
    later = reply({"b": 2}, received=RECEIVED + timedelta(hours=1))
    archive = Archive(tmp_path)
    stored = archive.keep(snapshot(later, reply({"a": 1})), "1.0")
    assert stored is not None
    lines = (
        "Source: OpenRouter (openrouter.ai/rankings), as of 2026-11-19.",
        "Source: OpenRouter (openrouter.ai/models), as of 2026-11-20T01:02:03Z.",
    )
    envelope = json.loads(archive.unpacked(stored))
    assert {name: envelope[name] for name in envelope if name != "calls"} == {
        "schema_version": 1,
        "dataset": "task-classifications",
        "snapshot_date": "2026-11-20",
        "fetched_at": "2026-11-20T07:17:00Z",
        "as_of": "2026-11-19",
        "license": "CC-BY-4.0",
        "citation": f"{lines[0]} Licensed under CC BY 4.0.",
        "citations": [
            {
                "text": lines[0],
                "url": "https://openrouter.ai/rankings",
                "as_of": "2026-11-19",
                "license": "CC-BY-4.0",
            },
            {
                "text": lines[1],
                "url": "https://openrouter.ai/models",
                "as_of": "2026-11-20T01:02:03Z",
                "license": "none stated by the source",
            },
        ],
        "generator": "1.0",
    }
    assert envelope["calls"][0] == {
        "path": "/classifications/task",
        "params": {"window": "7d"},
        "reply": {"b": 2},
        "received_at": "2026-11-20T07:17:00Z",
    }
    packed = stored.path.read_bytes()
    assert json.loads(stored.manifest_path.read_bytes()) == {
        "schema_version": 1,
        "dataset": "task-classifications",
        "snapshot_date": "2026-11-20",
        "file": "2026-11-20.json.gz",
        "sha256": files.sha256(packed),
        "bytes": len(packed),
        "rows": 7,
        "as_of": "2026-11-19",
        "license": "CC-BY-4.0",
        "citation": f"{lines[0]} Licensed under CC BY 4.0.",
        "calls": 2,
        "facts": stored.manifest.facts,
        "generator": "1.0",
        "notes": ["a note"],
        "days": ["2026-11-18", "2026-11-19"],
    }
    assert stored.manifest_path.name == "2026-11-20.manifest.json"
    assert stored.manifest_path.read_bytes().startswith(b'{\n "schema_version": 1,\n')
    citations = [credit.citation() for credit in archive.opened(stored).citations]
    assert citations == [
        attribution.rankings("2026-11-19"),
        attribution.models("2026-11-20T01:02:03Z"),
    ]


def digest(*replies: Reply, endpoint: Endpoint = ENDPOINT) -> str:
    return facts_digest(endpoint, replies)


A, B = {"n": 1, "v": [1, {"x": 1}]}, {"n": 2, "v": []}


@pytest.mark.parametrize(
    ("one", "other", "is_equal"),
    [
        ({"data": [A, B]}, {"data": [B, A]}, True),
        ({"data": {"p": 1, "q": 2}}, {"data": {"q": 2, "p": 1}}, True),
        ({"data": [[1, 2], [3]]}, {"data": [[3], [2, 1]]}, True),
        ({"data": [A], "as_of": "x"}, {"data": [A], "as_of": "y"}, True),
        ({"data": [A | {"as_of": "x"}]}, {"data": [A | {"as_of": 7}]}, True),
        ({"data": [A], "as_of": "x"}, {"data": [A]}, True),
        ({"data": [A, A]}, {"data": [A]}, False),
        ({"data": [A]}, {"data": [B]}, False),
        ({"data": [1]}, {"data": ["1"]}, False),
        ({"data": [A]}, {"data": [A], "app_name": "x"}, False),
        ({"data": []}, {"data": {}}, False),
        ({"data": None}, {}, False),
    ],
)
def test_a_digest_is_of_facts_alone_in_whatever_order(one: Any, other: Any, is_equal: bool) -> None:
    assert (digest(reply(one)) == digest(reply(other))) == is_equal


def test_a_digest_is_of_the_calls_too() -> None:
    plain = digest(reply(A))
    assert digest(reply(A, Call("d", "/other", (("window", "7d"),)))) != plain
    assert digest(reply(A, Call("d", "/classifications/task", (("window", "8d"),)))) != plain
    assert digest(reply(A, status=404)) != plain
    assert digest(reply(A), reply(A)) != plain
    assert digest(reply(A, received=RECEIVED + timedelta(days=1))) == plain
    named = reply({"data": [A | {"app_name": "x"}]})
    assert digest(named, endpoint=app_rankings.ENDPOINT) == digest(
        reply({"data": [A]}), endpoint=app_rankings.ENDPOINT
    )


def test_snapshots_come_oldest_first_up_to_a_day(tmp_path: Path) -> None:
    days = [DAY + timedelta(days=number) for number in (3, 0, 1)]
    for number, day in enumerate(days):
        keep(tmp_path, {"n": number}, day)
    keep(tmp_path, {"n": 9}, days[2])
    archive = Archive(tmp_path)
    found = [(stored.day.day, stored.revision) for stored in archive.snapshots(ENDPOINT.name)]
    assert found == [(20, 1), (21, 1), (21, 2), (23, 1)]
    until = [stored.day.day for stored in archive.snapshots(ENDPOINT.name, DAY)]
    assert until == [20]
    newest = archive.newest(ENDPOINT.name, DAY + timedelta(days=2))
    assert newest is not None
    assert (newest.day.day, newest.revision) == (21, 2)
    assert archive.newest(ENDPOINT.name, DAY - timedelta(days=1)) is None
    assert archive.newest("nothing") is None
    assert archive.damages(ENDPOINT.name) == []


def test_ten_revisions_of_a_day_are_in_their_order(tmp_path: Path) -> None:
    for number in range(11):
        keep(tmp_path, {"n": number})
    revisions = [stored.revision for stored in Archive(tmp_path).snapshots(ENDPOINT.name)]
    assert revisions == list(range(1, 12))


def test_the_same_facts_as_an_older_revision_or_day_are_stored_again(tmp_path: Path) -> None:
    keep(tmp_path, {"n": 1}, DAY - timedelta(days=1))
    assert keep(tmp_path, {"n": 1}).revision == 1
    assert keep(tmp_path, {"n": 2}).revision == 2
    assert keep(tmp_path, {"n": 1}).revision == 3
    archive = Archive(tmp_path)
    assert archive.keep(snapshot(reply({"n": 1})), "1.1") is None
    # The older day is not held against its own snapshot by what came after it.
    early = snapshot(reply({"n": 1}), day=DAY - timedelta(days=1))
    assert archive.keep(early, "1.1") is None


def test_an_archive_knows_at_once_what_it_has_stored(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    assert archive.newest(ENDPOINT.name) is None
    stored = archive.keep(snapshot(reply(A)), "1.0")
    assert archive.newest(ENDPOINT.name) == stored


def test_a_damaged_revision_keeps_its_number(tmp_path: Path) -> None:
    keep(tmp_path, {"n": 1})
    damaged = keep(tmp_path, {"n": 2})
    damaged.path.write_bytes(b"cut off")
    assert keep(tmp_path, {"n": 3}).revision == 3
    assert damaged.path.read_bytes() == b"cut off"


def test_only_folders_with_snapshots_are_datasets(tmp_path: Path) -> None:
    keep(tmp_path, A)
    archive = Archive(tmp_path)
    archive.report(DAY, {"datasets": {}})
    archive.keep(snapshot(reply(A), endpoint=rankings_daily.ENDPOINT), "1.0")
    (tmp_path / "empty").mkdir()
    (tmp_path / "x.json.gz").write_bytes(b"")
    assert archive.datasets() == ["rankings-daily", "task-classifications"]
    assert Archive(tmp_path / "nowhere").datasets() == []


NOT_NAMES = (
    "yesterday",
    "2026-02-30",
    "2026-11-20.r1000",
    "2026-11-20.r",
    "2026-11-20.x",
    "20261120",
    "2026-11-20.r2.r3",
)


@pytest.mark.parametrize("stem", NOT_NAMES)
def test_a_file_of_another_name_is_damage_and_serves_nobody(tmp_path: Path, stem: str) -> None:
    stored = keep(tmp_path, A)
    path = stored.path.with_name(f"{stem}.json.gz")
    path.write_bytes(stored.path.read_bytes())
    archive = Archive(tmp_path)
    (damage,) = archive.damages(ENDPOINT.name)
    assert str(damage) == (
        f"{path}: its name is not that of a snapshot; restore the file (for example from version "
        "control), or delete it together with its manifest"
    )
    assert [kept.path for kept in archive.snapshots(ENDPOINT.name)] == [stored.path]


def edit(**fields: Any) -> Callable[[StoredSnapshot], object]:
    def change(stored: StoredSnapshot) -> None:
        manifest = json.loads(stored.manifest_path.read_bytes())
        stored.manifest_path.write_text(json.dumps(manifest | fields))

    return change


@pytest.mark.parametrize(
    ("damage", "what"),
    [
        (
            lambda stored: stored.path.write_bytes(b""),
            "(sha256 differs): the file was modified or truncated",
        ),
        (lambda stored: stored.manifest_path.unlink(), "its manifest is missing"),
        (lambda stored: stored.manifest_path.write_text("{"), "its manifest cannot be read"),
        (lambda stored: stored.manifest_path.write_text("[]"), "its manifest cannot be read"),
        (edit(rows="7"), "its manifest cannot be read"),
        (edit(schema_version=2), "it was written by a newer generator (schema 2)"),
        (edit(dataset="x" * 50), f'its manifest is of the dataset "{"x" * 40}"'),
        (edit(as_of="soon"), "its manifest cannot be read: expected an ISO 8601 time"),
        (edit(days=["x"]), "its manifest cannot be read: expected a day as YYYY-MM-DD"),
        (edit(sha256="0" * 64), "its contents are not what its manifest says"),
    ],
)
def test_each_damage_is_named_and_the_older_snapshot_is_the_newest(
    tmp_path: Path, damage: Callable[[StoredSnapshot], object], what: str
) -> None:
    older = keep(tmp_path, A, DAY - timedelta(days=1))
    damage(keep(tmp_path, B))
    archive = Archive(tmp_path)
    (found,) = archive.damages(ENDPOINT.name)
    assert what in found.what
    assert found.path.name == f"{DAY}.json.gz"
    assert archive.newest(ENDPOINT.name) == older


@pytest.mark.parametrize("fields", [{"schema_version": 1}, {"schema_version": 0}, {"notes": []}])
def test_an_older_or_shorter_manifest_is_read(tmp_path: Path, fields: dict[str, Any]) -> None:
    edit(**fields)(keep(tmp_path, A))
    assert Archive(tmp_path).newest(ENDPOINT.name) is not None


@pytest.mark.parametrize("packed", [b"", b"no gzip", gzip.compress(b"x" * 999, mtime=0)[:-9]])
def test_what_is_no_whole_gzip_file_says_so(tmp_path: Path, packed: bytes) -> None:
    stored = keep(tmp_path, A)
    stored.path.write_bytes(packed)
    if not packed:
        assert Archive(tmp_path).unpacked(stored) == b""
        return
    with pytest.raises(ValueError, match="incomplete gzip file: "):
        Archive(tmp_path).unpacked(stored)


GOOD_REPORT = {"datasets": {"x": {"state": "fresh"}}}


@pytest.mark.parametrize(
    ("report", "is_read"),
    [
        (GOOD_REPORT, True),
        ({}, True),
        ({"datasets": {}}, True),
        ({"datasets": {"x": {}}}, True),
        ([], False),
        (7, False),
        ({"datasets": []}, False),
        ({"datasets": None}, False),
        ({"datasets": {"x": []}}, False),
        ({"datasets": {"x": {"state": 7}}}, False),
        ({"datasets": {"x": {"state": "fresh"}, "y": 7}}, False),
        ({"datasets": {"y": 7, "x": {"state": "fresh"}}}, False),
    ],
)
def test_reports_of_another_form_are_left_out(tmp_path: Path, report: Any, is_read: bool) -> None:
    archive = Archive(tmp_path)
    folder = tmp_path / "runs"
    folder.mkdir()
    (folder / "2026-11-19.json").write_text(json.dumps(report))
    (folder / "2026-11-17.json").write_text("{")
    (folder / "notes.json").write_text("{}")
    (folder / "2026-11-18.json").mkdir()
    archive.report(DAY, GOOD_REPORT)
    expected = [(DAY, GOOD_REPORT)]
    if is_read:
        expected.insert(0, (date(2026, 11, 19), report))
    assert archive.runs() == expected
    assert archive.runs(DAY) == expected
    assert archive.runs(DAY - timedelta(days=1)) == expected[:-1]
    assert Archive(tmp_path).runs(most=1) == expected[-1:]
    before = Archive(tmp_path).runs(DAY - timedelta(days=1), most=1)
    assert before == expected[:-1]


def test_a_report_is_written_over_only_where_it_differs(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    archive.report(DAY, GOOD_REPORT)
    path = tmp_path / "runs" / "2026-11-20.json"
    assert path.read_text() == '{\n "datasets": {\n  "x": {\n   "state": "fresh"\n  }\n }\n}\n'
    first = path.stat().st_ino
    archive.report(DAY, dict(GOOD_REPORT))
    assert path.stat().st_ino == first
    archive.report(DAY, {"datasets": {}})
    assert archive.runs() == [(DAY, {"datasets": {}})]


def test_a_demo_answers_as_of_its_day_and_shows_when_a_reply_was_recorded() -> None:
    day = date(2026, 8, 18)
    clock = DemoClock(day)
    assert clock.now() == datetime(2026, 8, 18, 23, 30, tzinfo=UTC)
    transport = DemoTransport(day, "https://openrouter.ai/api/v1", clock)
    with httpx.Client(transport=transport, base_url="https://openrouter.ai/api/v1") as client:
        key = {"authorization": "Bearer x"}
        refused = client.get("/classifications/task", params={"window": "7d"})
        assert refused.status_code == 401
        tasks = client.get("/classifications/task", params={"window": "7d"}, headers=key)
        assert tasks.status_code == 200
        assert tasks.headers["content-type"] == "application/json"
        assert tasks.json()["data"]["as_of"] == "2026-09-21"
        assert clock.now() == datetime(2026, 9, 21, 23, 30, tzinfo=UTC)
        listed = client.get("/models", params={"output_modalities": "all"})
        assert listed.json()["data"]
        assert clock.now() == datetime(2026, 8, 18, 23, 30, tzinfo=UTC)
        assert client.get("/nothing").status_code == 404


def test_the_real_clock_is_in_utc() -> None:
    assert Clock().now().utcoffset() == timedelta(0)


def test_two_snapshots_in_one_archive_do_not_mix(tmp_path: Path) -> None:
    stored = keep(tmp_path, A)
    other = replace(snapshot(reply(A)), endpoint=rankings_daily.ENDPOINT)
    assert Archive(tmp_path).keep(other, "1.0") is not None
    assert [kept.path for kept in Archive(tmp_path).snapshots(ENDPOINT.name)] == [stored.path]
