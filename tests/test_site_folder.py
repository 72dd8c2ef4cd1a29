"""A site folder in any state: what stands in the wrong place is one line or mended, and every file can be served."""

import ctypes
import errno
import os
from datetime import date
from pathlib import Path

import pytest

from generator.base import files
from generator.base.errors import UsageError
from generator.cli import commands, online, steps
from generator.publish import stage, verify
from generator.publish.folders import Folders
from generator.publish.stage import Staged
from tests.loopback import Loopback
from tests.running import LAST, leaderboards, run
from tests.tiny_archive import TinyArchive, score


@pytest.mark.parametrize("name", ["public", "data"])
@pytest.mark.parametrize("kind", ["a file", "a symbolic link"])
def test_what_is_no_folder_in_a_folders_place_is_refused_and_stays(
    tmp_path: Path, name: str, kind: str
) -> None:
    path = tmp_path / name
    if kind == "a file":
        path.write_text("mine")
    else:
        path.symlink_to(tmp_path / "nowhere")
    with (
        pytest.raises(UsageError, match=f"{name} is {kind}, not a folder"),
        steps.site_lock(tmp_path),
    ):
        pass
    assert path.is_symlink() or path.read_text() == "mine"
    assert [one.name for one in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize("command", [["snapshot", "--plan"], ["serve", "--port", "0"]])
def test_a_file_in_the_place_of_the_site_is_refused_by_what_only_reads_it(
    tmp_path: Path, command: list[str]
) -> None:
    (tmp_path / "site").write_text("mine")
    arguments = [*command, "--site", str(tmp_path / "site")]
    with pytest.raises(UsageError, match="site is a file, not a folder"):
        commands.cli.main(arguments, standalone_mode=False)


def test_the_archive_may_be_a_link_to_a_folder_and_the_published_tree_may_not(
    tmp_path: Path,
) -> None:
    site, elsewhere = tmp_path / "site", tmp_path / "elsewhere"
    site.mkdir()
    elsewhere.mkdir()
    (site / "data").symlink_to(elsewhere)
    with steps.site_lock(site):
        pass
    (site / "public").symlink_to(elsewhere)
    with pytest.raises(UsageError, match="public is a symbolic link"), steps.site_lock(site):
        pass


def test_a_published_tree_that_is_a_mount_point_is_refused_before_anything_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = tmp_path / "site"
    (site / "public").mkdir(parents=True)
    monkeypatch.setattr(Path, "is_mount", lambda path: path == site / "public")
    with (
        pytest.raises(UsageError, match=f"public is a mount point, .*; mount {site} instead$"),
        steps.site_lock(site),
    ):
        pass


@pytest.mark.parametrize("make", [Path.mkdir, os.mkfifo, lambda path: path.symlink_to(path)])
def test_something_else_in_the_place_of_the_lock_is_one_line(tmp_path: Path, make: object) -> None:
    assert callable(make)
    make(tmp_path / ".lock")
    with (
        pytest.raises(UsageError, match=r"\.lock is no file; remove it"),
        steps.site_lock(tmp_path),
    ):
        pass


def test_a_pipe_in_the_archive_is_one_line_and_holds_up_nobody(tmp_path: Path) -> None:
    dataset = tmp_path / "data" / "models"
    dataset.mkdir(parents=True)
    (dataset / "linked").symlink_to(dataset)
    (dataset / "gone").symlink_to(tmp_path / "nowhere")
    with steps.site_lock(tmp_path):
        pass
    for name in ("2026-08-17.json.gz", "2026-08-17.manifest.json", "2025.zip"):
        pipe = dataset / name
        os.mkfifo(pipe)
        said = rf"models/{name} is a pipe, a socket or a device, not a file; remove it"
        with pytest.raises(UsageError, match=said), steps.site_lock(tmp_path):
            pass
        with pytest.raises(UsageError, match=said):
            verify.verify_folder(tmp_path / "data")
        with pytest.raises(UsageError, match=said):
            online.day_plan(tmp_path, LAST, extended=False)
        pipe.unlink()
    os.mkfifo(tmp_path / "data" / "DEMO")
    ran = leaderboards("render", "--site", tmp_path)
    assert (ran.code, len(ran.err.splitlines())) == (2, 1)


@pytest.mark.parametrize("name", ["data", "data/models"])
def test_a_folder_of_the_archive_that_may_not_be_read_does_not_pass_for_an_empty_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    (tmp_path / "data/models").mkdir(parents=True)
    closed = tmp_path / name
    # To root nothing is closed.
    is_open = os.access
    monkeypatch.setattr(
        os, "access", lambda path, mode: Path(path) != closed and is_open(path, mode)
    )
    said = f"{name} cannot be read; fix its permissions"
    with pytest.raises(UsageError, match=said), steps.site_lock(tmp_path):
        pass
    with pytest.raises(UsageError, match=said):
        verify.verify_folder(tmp_path)
    with pytest.raises(UsageError, match=said):
        online.day_plan(tmp_path, LAST, extended=False)


def test_a_published_tree_is_no_site_folder_and_stays_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "SHA256SUMS").write_text("")
    said = "is a published tree, which a build replaces; name the folder that it is in"
    with pytest.raises(UsageError, match=said), steps.site_lock(tmp_path):
        pass
    assert [path.name for path in tmp_path.iterdir()] == ["SHA256SUMS"]


def test_a_file_where_the_archive_has_a_folder_is_one_line_and_the_next_run_recovers_and_packs(
    tmp_path: Path,
) -> None:
    in_the_way = tmp_path / "site/data/runs"
    in_the_way.parent.mkdir(parents=True)
    in_the_way.write_text("mine")
    with Loopback(small=True) as server:
        first = run(server, tmp_path / "site", LAST, "snapshot")
        assert in_the_way.read_text() == "mine"
        in_the_way.unlink()
        TinyArchive(tmp_path / "site/data").scores(score("a/one", 50.0), on=date(2025, 6, 1))
        second = run(server, tmp_path / "site", LAST, "snapshot")
    assert first.ran.code == 2
    (line,) = first.ran.err.splitlines()
    assert "data/runs" in line
    assert "move away what is in its place (the published site is unchanged)" in line
    assert (second.ran.code, second.ran.err) == (0, "")
    packed = "benchmarks-artificial-analysis: 1 snapshot of 2025 packed into 2025.zip"
    assert packed in second.ran.out.splitlines()


def test_a_file_that_only_its_owner_may_read_is_published_for_all(tmp_path: Path) -> None:
    for name in ("open", "closed"):
        (tmp_path / name).write_text(name)
    (tmp_path / "closed").chmod(0o600)
    (tmp_path / "link").symlink_to(tmp_path / "open")
    before = os.umask(0o077)
    try:
        with files.readable_by_all():
            for name in ("open", "closed", "link"):
                files.link_or_copy(tmp_path / name, tmp_path / "public" / name)
    finally:
        os.umask(before)
    published = {path.name: path for path in (tmp_path / "public").iterdir()}
    assert {path.lstat().st_mode & 0o777 for path in published.values()} == {0o644}
    assert published["closed"].read_text() == "closed"
    assert published["open"].samefile(tmp_path / "open")
    assert not published["link"].is_symlink()


@pytest.fixture
def two_steps(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A folder with a staged and a published tree, on a system that cannot exchange them in one step."""

    def missing(*_arguments: object, **_options: object) -> object:
        raise OSError

    monkeypatch.setattr(ctypes, "CDLL", missing)
    for name in (".staging-a", "public"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "index.html").write_text(name)
    return tmp_path


def test_where_trees_cannot_be_exchanged_two_renames_do_it(two_steps: Path) -> None:
    files.exchange(two_steps / ".staging-a", two_steps / "public")
    assert (two_steps / "public/index.html").read_text() == ".staging-a"
    assert [path.name for path in two_steps.iterdir()] == ["public"]


def test_a_second_rename_that_fails_takes_the_first_back(
    two_steps: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rename = Path.rename

    def fails(path: Path, target: Path) -> Path:
        if path.name == ".staging-a":
            raise OSError("no room")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", fails)
    with pytest.raises(OSError, match="no room"):
        files.exchange(two_steps / ".staging-a", two_steps / "public")
    assert (two_steps / "public/index.html").read_text() == "public"


def _staged_beside_published(folder: Path) -> Staged:
    for name in (".staging-a", "public"):
        (folder / name).mkdir()
        (folder / name / "index.html").write_text(name)
    return Staged(folder / ".staging-a", {}, (), (), ())


def test_a_new_tree_is_on_the_disk_before_the_old_one_is_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    staged = _staged_beside_published(tmp_path)
    synced = []

    def note(folder: Path) -> None:
        published = (tmp_path / "public/index.html").read_text()
        synced.append((folder.name, published, staged.path.is_dir()))

    monkeypatch.setattr(files, "sync_file_system", note)
    monkeypatch.setattr(files, "sync_folder", note)
    stage.publish(Folders(tmp_path), staged)
    assert synced == [(".staging-a", "public", True), (tmp_path.name, ".staging-a", True)]
    assert [path.name for path in tmp_path.iterdir()] == ["public"]


def test_a_disk_that_is_found_full_only_when_it_is_synced_leaves_the_old_tree(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    staged = _staged_beside_published(tmp_path)

    class Full:
        def syncfs(self, _handle: int) -> int:
            ctypes.set_errno(errno.ENOSPC)
            return -1

    monkeypatch.setattr(ctypes, "CDLL", lambda *_, **__: Full())
    with pytest.raises(OSError, match="No space left"):
        stage.publish(Folders(tmp_path), staged)
    assert (tmp_path / "public/index.html").read_text() == "public"


def test_a_tree_that_a_killed_run_had_put_aside_is_put_back(tmp_path: Path) -> None:
    (tmp_path / ".staging-a-old").mkdir()
    (tmp_path / ".staging-a-old" / "index.html").write_text("old")
    with steps.site_lock(tmp_path):
        assert (tmp_path / "public/index.html").read_text() == "old"
    assert not list(tmp_path.glob(".staging*"))


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is closed to root")
def test_an_old_tree_whose_folders_may_not_be_written_is_removed_all_the_same(
    tmp_path: Path,
) -> None:
    (tmp_path / "old/inner").mkdir(parents=True)
    (tmp_path / "old/inner/index.html").write_text("old")
    (tmp_path / "old/inner").chmod(0o555)
    files.remove_tree(tmp_path / "old")
    assert not (tmp_path / "old").exists()


def test_a_tree_is_removed_without_what_its_links_lead_to(tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept/page.html").write_text("kept")
    (tmp_path / "old/inner").mkdir(parents=True)
    (tmp_path / "old/inner/index.html").write_text("old")
    (tmp_path / "old/inner/folder").symlink_to(tmp_path / "kept")
    (tmp_path / "old/gone.html").symlink_to(tmp_path / "nowhere")
    files.remove_tree(tmp_path / "old")
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["kept", "page.html"]
