"""Packed years: read as before, each file by itself, and packed without losing a byte."""

import shutil
import zipfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from generator.archive import packs
from generator.archive.store import Archive
from generator.archive.stored_snapshot import Damage
from generator.base import files
from generator.base.artifact import Artifact
from generator.base.errors import ArchiveDamaged
from generator.endpoints import benchmarks, rankings_daily
from generator.publish import verify
from generator.render.context import Context
from generator.render.downloads import make_downloads
from generator.render.latest import latest_files
from tests.running import files as files_of
from tests.tiny_archive import TODAY, TinyArchive, daily, score
from tests.whole_files import read_whole

OLD = date(2025, 12, 30)
RANKINGS, SCORES = rankings_daily.NAME, benchmarks.ARTIFICIAL_ANALYSIS.name


@pytest.fixture
def tiny(tmp_path: Path) -> TinyArchive:
    """Two days and a revision of 2025, and a day of this year."""
    made = TinyArchive(tmp_path / "data")
    for at, day in enumerate((OLD, OLD + timedelta(days=1), OLD + timedelta(days=1), TODAY)):
        made.rankings(daily({"a/one": at + 1}, last=day - timedelta(days=1)), on=day)
    made.scores(score("a/one", 50.0), on=OLD)
    return made


def packed(tiny: TinyArchive, today: date = TODAY) -> list[str]:
    return list(Archive(tiny.root).pack_finished_years(today))


def held(root: Path) -> list[tuple[str, bytes, bytes]]:
    """Name, bytes and manifest of every snapshot."""
    archive = Archive(root)
    return [
        (one.path.name, one.read(), one.read_manifest())
        for name in archive.datasets()
        for one in archive.snapshots(name)
    ]


def downloads(tiny: TinyArchive) -> dict[str, bytes]:
    history, site = tiny.history(), tiny.site()
    made = read_whole(make_downloads(Context(history, site, latest=latest_files(history, site))))
    return {one.path: _body(one) for one in made}


def _body(one: Artifact) -> bytes:
    return one.body if isinstance(one.body, bytes) else one.body.read_bytes()


def test_a_packed_year_is_read_verified_and_published_as_its_files_were(tiny: TinyArchive) -> None:
    before, site = held(tiny.root), downloads(tiny)
    assert packed(tiny) == [
        f"{SCORES}: 1 snapshot of 2025 packed into 2025.zip",
        f"{RANKINGS}: 3 snapshots of 2025 packed into 2025.zip",
    ]
    assert sorted(files_of(tiny.root)) == [
        f"{SCORES}/2025.zip",
        f"{RANKINGS}/2025.zip",
        f"{RANKINGS}/{TODAY}.json.gz",
        f"{RANKINGS}/{TODAY}.manifest.json",
    ]
    assert held(tiny.root) == before
    assert downloads(tiny) == site
    archive = Archive(tiny.root)
    newest = archive.newest(RANKINGS, OLD + timedelta(days=1))
    assert newest is not None
    assert newest.path.name == "2025-12-31.r2.json.gz"
    (reply,) = archive.replies(rankings_daily.ENDPOINT, newest)
    assert reply.value["data"][0]["total_tokens"] == "3"
    assert verify.verify_folder(tiny.root).compared == (
        "5 archived snapshots match their manifests",
    )


def test_any_program_reads_a_zip_and_the_same_files_make_the_same_one(
    tiny: TinyArchive, tmp_path: Path
) -> None:
    before = files_of(tiny.root / RANKINGS)
    copy = TinyArchive(Path(shutil.copytree(tiny.root, tmp_path / "copy")))
    packed(tiny)
    packed(copy, TODAY + timedelta(days=9))
    path = tiny.root / RANKINGS / "2025.zip"
    assert path.read_bytes() == (copy.root / RANKINGS / "2025.zip").read_bytes()
    with zipfile.ZipFile(path) as opened:
        inside = {name: opened.read(name) for name in opened.namelist()}
    assert inside == {name: body for name, body in before.items() if name.startswith("2025")}
    assert packed(tiny) == []


def test_a_file_is_read_without_those_beside_it(tiny: TinyArchive) -> None:
    packed(tiny)
    path = tiny.root / RANKINGS / "2025.zip"
    members = list(packs.packed(path.parent).members.values())
    first = members[0].read_bytes()
    # All between the first file and the list at the end of the zip is lost.
    data = path.read_bytes()
    end = data.index(b"PK\x01\x02")
    start = members[1].header
    path.write_bytes(data[:start] + b"\0" * (end - start) + data[end:])
    assert members[0].read_bytes() == first
    with pytest.raises(OSError, match=r"it is damaged in 2025\.zip"):
        members[1].read_bytes()


@pytest.mark.parametrize(
    ("today", "is_packed"), [(date(2026, 4, 2), False), (date(2026, 4, 3), True)]
)
def test_a_year_is_packed_92_days_after_its_end(
    tiny: TinyArchive, today: date, is_packed: bool
) -> None:
    tiny.scores(score("a/one", 50.0), on=date(9999, 12, 31))
    assert bool(packed(tiny, today)) == is_packed


def test_what_comes_later_or_has_no_room_is_packed_beside_it(
    tiny: TinyArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packs, "LARGEST", 1)
    before = held(tiny.root)
    assert packed(tiny)[1:] == [
        f"{RANKINGS}: 1 snapshot of 2025 packed into {name}"
        for name in ("2025.zip", "2025.2.zip", "2025.3.zip")
    ]
    assert held(tiny.root) == before
    tiny.rankings(daily({"a/one": 9}, last=OLD), on=OLD + timedelta(days=1))
    assert (tiny.root / RANKINGS / "2025-12-31.r3.json.gz").is_file()
    assert packed(tiny) == [f"{RANKINGS}: 1 snapshot of 2025 packed into 2025.4.zip"]
    assert len(held(tiny.root)) == len(before) + 1


def test_a_file_beside_the_same_packed_one_is_taken_and_the_next_run_removes_it(
    tiny: TinyArchive,
) -> None:
    path = tiny.root / RANKINGS / f"{OLD}.json.gz"
    body = path.read_bytes()
    packed(tiny)
    path.write_bytes(body)
    archive = Archive(tiny.root)
    assert archive.snapshots(RANKINGS)[0].source == path
    assert archive.damages(RANKINGS) == []
    assert packed(tiny) == [f"{RANKINGS}: 1 file removed that a zip has as well"]
    assert not path.exists()
    assert Archive(tiny.root).snapshots(RANKINGS)[0].read() == body


def test_a_manifest_that_a_killed_run_left_beside_its_packed_snapshot_is_removed(
    tiny: TinyArchive,
) -> None:
    manifest = tiny.root / SCORES / f"{OLD}.manifest.json"
    body = manifest.read_bytes()
    packed(tiny)
    manifest.write_bytes(body)
    assert packed(tiny) == [f"{SCORES}: 1 file removed that a zip has as well"]
    assert not manifest.exists()


@pytest.mark.parametrize("edited", ["json.gz", "manifest.json"])
def test_a_file_that_differs_from_the_packed_one_is_one_line_and_stays(
    tiny: TinyArchive, edited: str
) -> None:
    before = held(tiny.root)
    files_before = files_of(tiny.root / RANKINGS)
    packed(tiny)
    for name in (f"{OLD}.json.gz", f"{OLD}.manifest.json"):
        more = b"\n" if name.endswith(edited) else b""
        (tiny.root / RANKINGS / name).write_bytes(files_before[name] + more)
    (line,) = verify.verify_folder(tiny.root).wrong
    assert line == (
        f"{tiny.root / RANKINGS / f'{OLD}.json.gz'}: it or its manifest differs from the file of that name in 2025.zip; "
        "delete the file together with its manifest, or restore the zip (for example from version control)"
    )
    assert packed(tiny) == []
    assert (tiny.root / RANKINGS / f"{OLD}.{edited}").is_file()
    assert [body for _, body, _ in held(tiny.root)] == [body for _, body, _ in before]


def spoiled(path: Path, at: int) -> None:
    data = bytearray(path.read_bytes())
    data[at] ^= 1
    path.write_bytes(data)


def test_a_damaged_file_in_a_zip_is_named_and_the_others_serve(tiny: TinyArchive) -> None:
    packed(tiny)
    path = tiny.root / RANKINGS / "2025.zip"
    name = "2025-12-31.r2.json.gz"
    spoiled(
        path, path.read_bytes().index(b"\x1f\x8b", packs.packed(path.parent).members[name].header)
    )
    archive = Archive(tiny.root)
    (damage,) = archive.damages(RANKINGS)
    assert str(damage) == (
        f"{path}: {name} in it: it cannot be read: it is damaged in 2025.zip; "
        "restore the file (for example from version control)"
    )
    assert [one.revision for one in archive.snapshots(RANKINGS)] == [1, 1, 1]
    with pytest.raises(zipfile.BadZipFile), zipfile.ZipFile(path) as opened:
        opened.read(name)


def damages(path: Path) -> Iterator[Damage]:
    yield from Archive(path.parent.parent).damages(path.parent.name)


def test_what_is_no_such_zip_is_named(tiny: TinyArchive) -> None:
    packed(tiny)
    path = tiny.root / RANKINGS / "2025.zip"
    (path.parent / "notes.zip").write_bytes(b"mine")
    whole = path.read_bytes()
    path.write_bytes(whole[:-30])
    (damage,) = damages(path)
    assert damage.what == "it cannot be read as a zip (File is not a zip file)"
    size = whole.index(b"PK\x01\x02") + 24
    path.write_bytes(whole[:size] + b"\xff\xff\xff\x7f" + whole[size + 4 :])
    (damage,) = damages(path)
    assert damage.what == f"it cannot be read as a zip ('{OLD}.json.gz' ends beyond it)"
    path.write_bytes(files.zipped({f"{OLD}.json.gz": b"x"}))
    (damage,) = damages(path)
    assert damage.what == f"it cannot be read as a zip ('{OLD}.json.gz' in it is compressed)"


def test_a_zip_of_a_year_is_whole_under_its_own_name_and_with_its_own_bytes(
    tiny: TinyArchive,
) -> None:
    packed(tiny)
    path = tiny.root / RANKINGS / "2025.zip"
    assert packs.is_whole(path)
    assert not packs.is_whole(shutil.copy(path, path.with_name("backup.zip")))
    data = bytearray(path.read_bytes())
    data[60] ^= 1
    path.write_bytes(data)
    assert not packs.is_whole(path)


def test_nothing_is_removed_where_a_zip_does_not_hold_what_was_written(
    tiny: TinyArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = files_of(tiny.root)

    def failing(path: Path, data: bytes) -> None:
        path.write_bytes(data[:50] + b"?" + data[51:])

    monkeypatch.setattr("generator.base.files.write_new", failing)
    with pytest.raises(
        ArchiveDamaged, match=r"2025\.zip: what was written there could not be read"
    ):
        packed(tiny)
    assert files_of(tiny.root) == before
