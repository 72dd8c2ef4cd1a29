"""What of a site's cache counts: that which a checksum outside of the cache vouches for."""

import io
import os
import shutil
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from generator.base import cache_seal
from generator.base.cache_seal import put_seal, sealed
from generator.base.files import sha256
from tests.running import files


@pytest.fixture(autouse=True)
def _a_second_later(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let each list of a cache be written a second after its files."""
    now = time.time_ns
    monkeypatch.setattr(time, "time_ns", lambda: now() + 10**9)


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    """A sealed cache of two files."""
    folder = tmp_path / ".cache"
    (folder / "charts").mkdir(parents=True)
    (folder / "charts" / "a").write_text("one")
    (folder / "b").write_text("two")
    put_seal(folder, seal_of(folder))
    _until_the_system_tells_times_apart(folder / "b", tmp_path / "later")
    return folder


def _until_the_system_tells_times_apart(written: Path, probe: Path) -> None:
    """Wait, for some milliseconds, until a file that is written now has a later time than one that was."""
    probe.touch()
    while probe.stat().st_ctime_ns <= written.stat().st_ctime_ns:
        probe.write_text("")
    probe.unlink()


def seal_of(cache: Path) -> Path:
    return cache.with_name(".cache.sha256")


def counting(cache: Path) -> list[str]:
    """What a run finds in the cache, apart from the list of checksums."""
    with sealed(cache, seal_of(cache)):
        return [name for name in files(cache) if not name.endswith(".sums")]


def test_what_a_run_leaves_counts_in_the_next(cache: Path) -> None:
    with sealed(cache, seal_of(cache)):
        (cache / "b").write_text("TWO")
        (cache / "days").mkdir()
        (cache / "days" / "c").write_text("three")
    assert counting(cache) == ["b", "charts/a", "days/c"]
    assert (cache / "b").read_text() == "TWO"
    assert len(list(cache.glob("*.sums"))) == 1


def test_a_run_that_changes_nothing_writes_nothing(cache: Path) -> None:
    paths = [seal_of(cache), *cache.rglob("*")]
    before = [path.stat().st_ctime_ns for path in paths]
    assert counting(cache) == ["b", "charts/a"]
    assert [path.stat().st_ctime_ns for path in paths] == before


def test_what_is_added_or_changed_between_runs_does_not_count_and_the_rest_does(
    cache: Path,
) -> None:
    (cache / "charts" / "a").write_text("eno")
    (cache / "charts" / "planted").write_text("planted")
    assert counting(cache) == ["b"]


def test_one_list_of_checksums_stays(cache: Path) -> None:
    (cache / "b").write_text("three")
    put_seal(cache, seal_of(cache))
    (kept,) = cache.glob("*.sums")
    assert seal_of(cache).read_text() == f"{kept.stem}\n"


def test_a_list_that_was_changed_with_the_entries_vouches_for_nothing(cache: Path) -> None:
    (stated,) = cache.glob("*.sums")
    (cache / "b").write_text("planted")
    digest = sha256(b"planted")
    lines = [line for line in stated.read_text().splitlines() if not line.endswith("  b")]
    stated.write_text("\n".join([*lines, f"{digest}  b", ""]))
    assert counting(cache) == []


@pytest.mark.parametrize("stated", [None, "", "0" * 64, "../b", "\x00", "é"])
def test_without_its_seal_or_with_another_nothing_counts(cache: Path, stated: str | None) -> None:
    seal_of(cache).unlink()
    if stated is not None:
        seal_of(cache).write_text(stated, encoding="latin-1")
    assert counting(cache) == []
    (cache / "b").write_text("two")
    with sealed(cache, seal_of(cache)):
        (cache / "b").write_text("two")
    assert counting(cache) == ["b"]


def test_links_and_pipes_in_a_cache_are_removed_and_what_they_lead_to_stays(
    cache: Path, tmp_path: Path
) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "a").write_text("one")
    (cache / "b").unlink()
    (cache / "b").symlink_to(outside / "a")
    (cache / "charts" / "a").unlink()
    (cache / "charts").rmdir()
    (cache / "charts").symlink_to(outside)
    os.mkfifo(cache / "pipe")
    assert counting(cache) == []
    assert (outside / "a").read_text() == "one"


def test_something_else_in_the_place_of_the_cache_is_removed(cache: Path, tmp_path: Path) -> None:
    elsewhere = cache.rename(tmp_path / "elsewhere")
    cache.symlink_to(elsewhere)
    assert counting(cache) == []
    assert (elsewhere / "b").read_text() == "two"
    cache.write_text("a file")
    assert counting(cache) == []
    assert not cache.exists()


def test_an_error_costs_nothing_of_what_was_made_before_it(cache: Path) -> None:
    def fail() -> None:
        with sealed(cache, seal_of(cache)):
            (cache / "c").write_text("three")
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert counting(cache) == ["b", "c", "charts/a"]


def test_a_run_that_is_killed_leaves_what_was_there_before(cache: Path) -> None:
    run = sealed(cache, seal_of(cache))
    run.__enter__()
    (cache / "b").write_text("half")
    (cache / "c").write_text("three")
    assert counting(cache) == ["charts/a"]


def test_a_file_that_nobody_has_written_since_it_was_read_is_not_read_again(cache: Path) -> None:
    with sealed(cache, seal_of(cache)) as vouched:
        assert vouched.checksum(cache / "charts" / "a") == sha256(b"one")
        (cache / "charts" / "a").write_text("eno")
        (cache / "new").write_text("one")
        assert vouched.checksum(cache / "charts" / "a") is None
        assert vouched.checksum(cache / "new") is None
        assert vouched.checksum(cache / "b") == sha256(b"two")


def opened(cache: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the names of the files that a run reads to see whether they count, but for the list itself."""
    names: list[str] = []

    def counted(path: str) -> io.FileIO:
        names.append(Path(path).name)
        return io.FileIO(path)

    with monkeypatch.context() as patch:
        patch.setattr(cache_seal, "io", SimpleNamespace(FileIO=counted))
        run = sealed(cache, seal_of(cache))
        run.__enter__()
    return sorted(name for name in names if not name.endswith(".sums"))


def test_a_file_that_has_not_changed_since_it_was_sealed_is_not_read(
    cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert opened(cache, monkeypatch) == []
    shutil.copytree(tmp_path, tmp_path / "restored")
    assert opened(tmp_path / "restored" / ".cache", monkeypatch) == ["a", "b"]
    times = (cache / "b").stat()
    (cache / "b").write_text("owt")
    os.utime(cache / "b", ns=(times.st_atime_ns, times.st_mtime_ns))
    assert opened(cache, monkeypatch) == ["b"]
    assert not (cache / "b").exists()


def test_a_file_that_has_just_changed_is_read_the_next_time(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    status = (cache / "b").stat()
    monkeypatch.setattr(time, "time_ns", lambda: status.st_ctime_ns)
    put_seal(cache, seal_of(cache))
    assert opened(cache, monkeypatch) == ["a", "b"]
