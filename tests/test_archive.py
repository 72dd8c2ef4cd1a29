"""The archive: immutable, deterministic, honest about damage."""

import errno
import gzip
import json
import os
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from generator.archive.envelope import Snapshot, facts_digest
from generator.archive.store import Archive
from generator.base import files
from generator.base.attribution import rankings
from generator.endpoints import app_rankings, task_classifications
from generator.endpoints.endpoint import Call, Reply

DAY = date(2026, 11, 20)
ENDPOINT = task_classifications.ENDPOINT


def snapshot(body: bytes = b'{"data": {"a" : 1.50}}', day: date = DAY, hour: int = 6) -> Snapshot:
    call = Call(ENDPOINT.name, "/classifications/task", (("window", "7d"),))
    reply = Reply(call, body, json.loads(body), datetime(2026, 11, 20, hour, 17, tzinfo=UTC))
    return Snapshot(ENDPOINT, day, (reply,), (rankings("2026-11-19"),), 1, ())


def state(root: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(root)): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


def test_the_envelope_holds_the_reply_word_for_word_and_its_credit(tmp_path: Path) -> None:
    kept = Archive(tmp_path).keep(snapshot(), "1.0")
    assert kept is not None
    text = gzip.decompress(kept.path.read_bytes())
    assert b'"reply":{"data": {"a" : 1.50}}' in text
    envelope = json.loads(text)
    assert envelope["citation"] == (
        "Source: OpenRouter (openrouter.ai/rankings), as of 2026-11-19. Licensed under CC BY 4.0."
    )
    assert (envelope["as_of"], envelope["license"], envelope["dataset"]) == (
        "2026-11-19",
        "CC-BY-4.0",
        ENDPOINT.name,
    )
    assert envelope["calls"][0]["params"] == {"window": "7d"}


def test_a_second_run_with_the_same_facts_changes_no_file(tmp_path: Path) -> None:
    Archive(tmp_path).keep(snapshot(), "1.0")
    before = state(tmp_path)
    assert Archive(tmp_path).keep(snapshot(b'{"data":{"a":1.5}}', hour=9), "1.1") is None
    assert state(tmp_path) == before


def test_other_facts_of_the_same_day_stand_beside_and_the_newest_counts(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    archive.keep(snapshot(), "1.0")
    before = state(tmp_path)
    archive.keep(snapshot(b'{"data":{"a":2}}'), "1.0")
    after = state(tmp_path)
    assert {name: after[name] for name in before} == before
    assert sorted(after.keys() - before.keys()) == [
        f"{ENDPOINT.name}/{DAY}.r2.json.gz",
        f"{ENDPOINT.name}/{DAY}.r2.manifest.json",
    ]
    newest = Archive(tmp_path).newest(ENDPOINT.name)
    assert newest is not None
    assert newest.revision == 2


def test_the_same_snapshot_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        Archive(tmp_path / name).keep(snapshot(), "1.0")
    assert state(tmp_path / "one") == state(tmp_path / "two")


def test_noise_is_no_fact_and_order_is_none_either() -> None:
    def digest(*rows: dict[str, object], as_of: str = "x") -> str:
        body = json.dumps({"data": rows, "meta": {"as_of": as_of}}).encode()
        call = Call("app-rankings", "/x")
        reply = Reply(call, body, json.loads(body), datetime(2026, 1, 1, tzinfo=UTC))
        return facts_digest(app_rankings.ENDPOINT, [reply])

    one, two = {"app_id": 1, "app_name": "A", "n": 1}, {"app_id": 2, "app_name": "B", "n": 2}
    assert digest(one, two) == digest(two, one, as_of="y")
    assert digest(one, two) == digest({**one, "app_name": "alias"}, two)
    assert digest(one, two) != digest({**one, "n": 9}, two)


def put_a_folder_in_place(path: Path) -> None:
    path.unlink()
    path.mkdir()


def state_in_manifest(**values: object) -> Callable[[Path], object]:
    """Return what states other values in a snapshot's manifest than were written there."""

    def change(path: Path) -> None:
        manifest = path.with_name(path.name.replace(".json.gz", ".manifest.json"))
        manifest.write_text(json.dumps(json.loads(manifest.read_bytes()) | values))

    return change


@pytest.mark.parametrize(
    ("break_it", "said"),
    [
        (lambda path: path.write_bytes(path.read_bytes()[:-5]), "sha256 differs"),
        (
            lambda path: path.with_name(path.name.replace(".json.gz", ".manifest.json")).unlink(),
            "manifest is missing",
        ),
        (
            lambda path: path.with_name(path.name.replace(".json.gz", ".manifest.json")).write_text(
                "{}"
            ),
            "manifest cannot be read",
        ),
        (lambda path: path.rename(path.with_name("yesterday.json.gz")), "not that of a snapshot"),
        (put_a_folder_in_place, "it cannot be read: Is a directory"),
        (
            state_in_manifest(as_of="soon"),
            'manifest cannot be read: expected an ISO 8601 time, got "soon"',
        ),
        (state_in_manifest(as_of="9999-12-31T23:59:59-14:00"), "outside the calendar"),
        (
            state_in_manifest(days=["2026-11-19", "2026-02-30"]),
            "2026-02-30 is not a valid date",
        ),
        (state_in_manifest(days=[""]), "expected a day as YYYY-MM-DD"),
        (state_in_manifest(days="2026-11-19"), "manifest cannot be read"),
        (state_in_manifest(dataset="nobody"), 'its manifest is of the dataset "nobody"'),
        (state_in_manifest(schema_version=99), "written by a newer generator"),
    ],
)
def test_damage_is_named_and_the_next_older_snapshot_serves(
    tmp_path: Path, break_it: object, said: str
) -> None:
    archive = Archive(tmp_path)
    archive.keep(snapshot(day=date(2026, 11, 19)), "1.0")
    kept = archive.keep(snapshot(b'{"data":{"a":2}}'), "1.0")
    assert kept is not None
    assert callable(break_it)
    break_it(kept.path)
    again = Archive(tmp_path)
    newest = again.newest(ENDPOINT.name)
    assert newest is not None
    assert newest.day == date(2026, 11, 19)
    (damage,) = again.damages(ENDPOINT.name)
    assert said in str(damage)
    assert "restore the file" in str(damage)


def test_a_manifest_without_its_snapshot_is_what_a_killed_run_leaves_and_harms_nothing(
    tmp_path: Path,
) -> None:
    kept = Archive(tmp_path).keep(snapshot(), "1.0")
    assert kept is not None
    kept.path.unlink()
    again = Archive(tmp_path).keep(snapshot(b'{"data":{"a":2}}'), "1.0")
    assert again is not None
    assert again.path == kept.path
    assert Archive(tmp_path).damages(ENDPOINT.name) == []


def _no_links(*_: object) -> None:
    raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))


@pytest.mark.parametrize("links", [True, False])
def test_a_file_is_never_written_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, links: bool
) -> None:
    if not links:
        monkeypatch.setattr(os, "link", _no_links)
    path = tmp_path / "x"
    files.write_new(path, b"one")
    with pytest.raises(FileExistsError):
        files.write_new(path, b"two")
    assert path.read_bytes() == b"one"
    assert [one.name for one in tmp_path.iterdir()] == ["x"]
    assert path.stat().st_mode & 0o777 == 0o644


def test_published_files_are_readable_by_all_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0o077)
    try:
        with files.readable_by_all():
            files.place(tmp_path / "a" / "b.html", b"x")
        assert os.umask(0o077) == 0o077
    finally:
        os.umask(before)
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o755
    assert (tmp_path / "a" / "b.html").stat().st_mode & 0o777 == 0o644
