"""Published files against their checksums: each changed byte is found, and what was compared is said."""

import shutil
import subprocess
from pathlib import Path

import pytest

from generator.archive import exports
from generator.base import files
from generator.base.artifact import Artifact, Omission
from generator.base.errors import ArchiveDamaged, LeaderboardsError, UsageError
from generator.cli import online
from generator.cli.terminal import Terminal
from generator.publish import tree, verify
from tests.tiny_archive import TinyArchive, daily

PAGE, CHART, DATA, LINKED = (
    "rankings/index.html",
    "charts/tok-top-bar.csv",
    "data/v1/models/latest.csv",
    "d/2026-11-21/embed/tok-top-bar/index.html",
)
SHA256SUM = shutil.which("sha256sum") or ""


@pytest.fixture
def public(tmp_path: Path) -> Path:
    """A site folder's published tree: a page, the rows of a chart, a table, and a file linked out of the cache."""
    cached = tmp_path / "cached.html"
    cached.write_text("<p>Frozen</p>")
    folder = tmp_path / "site" / "public"
    tree.write(
        folder,
        [
            Artifact.text(PAGE, "<p>13.9%</p>"),
            Artifact.text(CHART, "model,share\na,0.139\n"),
            Artifact.text(DATA, "id\na/b\n"),
            Artifact(LINKED, cached),
        ],
    )
    return folder


def spoil(path: Path) -> None:
    """Changes the last byte, in a file of its own: a linked one is the cache's too."""
    body = path.read_bytes()
    path.unlink()
    path.write_bytes(body[:-1] + bytes([body[-1] ^ 1]))


def test_every_file_of_a_written_tree_is_verified_whatever_folder_is_named(public: Path) -> None:
    for named in (public, public.parent):
        verified = verify.verify_folder(named)
        assert verified.wrong == ()
        assert verified.compared == ("4 published files match SHA256SUMS",)


@pytest.mark.parametrize("name", [PAGE, CHART, DATA, LINKED])
def test_one_changed_byte_is_found_in_every_kind_of_file(public: Path, name: str) -> None:
    spoil(public / name)
    verified = verify.verify_folder(public.parent)
    assert verified.wrong == (f"{name}: does not match SHA256SUMS",)
    assert verified.compared == ("3 of 4 published files match SHA256SUMS",)


def test_a_file_that_is_gone_is_named(public: Path) -> None:
    (public / CHART).unlink()
    assert verify.verify_folder(public).wrong == (f"{CHART}: is missing",)


def test_a_line_that_is_no_checksum_is_quoted(public: Path) -> None:
    (public / "SHA256SUMS").write_text("d41d8cd9  index.html\n")
    assert verify.verify_folder(public).wrong == (
        "SHA256SUMS: malformed checksum line: d41d8cd9 index.html",
    )


def test_a_foreign_name_changes_nothing_on_a_terminal_and_shows_no_key() -> None:
    key = "sk-or-v1-" + "a1" * 32
    lines = [f"{'0' * 64}  a\x9b2J\u202eb", f"{'0' * 64}  {key}", "c\x9b2J"]
    fetch = {"SHA256SUMS": "\n".join(lines).encode()}.get
    assert verify.verify_published(fetch).wrong == (
        "a\ufffd2J\ufffdb: is missing",
        "sk-or-\u2026: is missing",
        "SHA256SUMS: malformed checksum line: c\ufffd2J",
    )


def test_a_line_that_leads_out_of_the_folder_reads_nothing_there(public: Path) -> None:
    (public / "SHA256SUMS").write_text(f"{'0' * 64}  ../../cached.html\n")
    assert verify.verify_folder(public).wrong == ("../../cached.html: is missing",)


def test_the_checksums_are_the_same_in_whatever_order_files_were_written(tmp_path: Path) -> None:
    files = [Artifact.text("a.txt", "a"), Artifact.text("b/c.txt", "c")]
    tree.write(tmp_path / "one", files)
    tree.write(tmp_path / "two", reversed(files))
    sums = (tmp_path / "one/SHA256SUMS").read_text()
    assert sums == (tmp_path / "two/SHA256SUMS").read_text()
    assert sums == (
        "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb  a.txt\n"
        "2e7d2c03a9507ae265ecf5b5356885a53393a2029d241394997265a1a25aefc6  b/c.txt\n"
    )


def test_a_hidden_file_is_the_hosts_and_has_no_checksum(tmp_path: Path) -> None:
    tree.write(tmp_path, [Artifact(".nojekyll", b""), Artifact.text("a.txt", "a")])
    assert verify.verify_folder(tmp_path).compared == ("1 published file matches SHA256SUMS",)


@pytest.mark.skipif(not SHA256SUM, reason="there is no sha256sum")
def test_sha256sum_reads_the_checksums(public: Path) -> None:
    command = [SHA256SUM, "--check", "--strict", "--quiet", "SHA256SUMS"]
    done = subprocess.run(command, cwd=public, check=False)
    assert done.returncode == 0


def test_what_was_written_is_counted_with_the_checksums_and_omissions_are_told(
    tmp_path: Path,
) -> None:
    written = tree.write(tmp_path / "site", [Artifact.text("a.txt", "a"), Omission("b is missing")])
    assert (len(written.sums), written.omissions) == (2, ("b is missing",))


@pytest.mark.parametrize("path", ["../a.txt", "/a.txt", "a/../../b.txt"])
def test_nothing_is_written_outside_of_the_tree(tmp_path: Path, path: str) -> None:
    with pytest.raises(LeaderboardsError, match="would leave the site"):
        tree.write(tmp_path / "site", [Artifact.text(path, "a")])


def test_two_files_cannot_have_one_path(tmp_path: Path) -> None:
    twice = [Artifact.text("a.txt", "a"), Artifact.text("a.txt", "b")]
    with pytest.raises(LeaderboardsError, match=r"two artifacts for one path: a\.txt"):
        tree.write(tmp_path / "site", twice)


def test_what_stands_with_the_same_bytes_is_linked_and_not_written(tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    with files.readable_by_all():
        tree.write(old, [Artifact.text(f"{name}.txt", name) for name in "abe"])
        (old / "c.txt").symlink_to(old / "a.txt")
        (old / "e.txt").chmod(0o600)
        texts = {"a.txt": "a", "b.txt": "d", "c.txt": "a", "e.txt": "e"}
        tree.write(new, [Artifact.text(path, text) for path, text in texts.items()], standing=old)
    assert {path: (new / path).read_text() for path in texts} == texts
    assert (new / "a.txt").samefile(old / "a.txt")
    assert not (new / "b.txt").samefile(old / "b.txt")
    assert not (new / "c.txt").is_symlink()
    assert (new / "e.txt").stat().st_mode & 0o777 == 0o644


def test_a_site_of_an_older_version_is_verified_as_far_as_it_has_checksums(tmp_path: Path) -> None:
    (tmp_path / "data/v1").mkdir(parents=True)
    (tmp_path / "data/v1/a.txt").write_text("a")
    (tmp_path / "data/v1/SHA256SUMS").write_text(
        "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb  a.txt\n"
    )
    verified = verify.verify_folder(tmp_path)
    assert verified.wrong == ()
    assert verified.compared == (
        "1 published file matches data/v1/SHA256SUMS, and no file outside of data/v1 was compared",
    )
    spoil(tmp_path / "data/v1/a.txt")
    assert verify.verify_folder(tmp_path).wrong == (
        "data/v1/a.txt: does not match data/v1/SHA256SUMS",
    )


def test_archived_snapshots_are_counted_beside_published_files(
    tiny: TinyArchive, public: Path
) -> None:
    tiny.rankings(daily({"a/one": 3}, {"a/one": 4}))
    shutil.copytree(tiny.root, public.parent / "data")
    assert verify.verify_folder(public.parent).compared == (
        "4 published files match SHA256SUMS",
        "1 archived snapshot matches its manifest",
    )


def test_a_damaged_snapshot_is_named_and_not_counted(tiny: TinyArchive, public: Path) -> None:
    tiny.rankings(daily({"a/one": 3}, {"a/one": 4}))
    shutil.copytree(tiny.root, public.parent / "data")
    (snapshot,) = (public.parent / "data").rglob("*.json.gz")
    spoil(snapshot)
    verified = verify.verify_folder(public.parent)
    assert "its contents are not what its manifest says" in verified.wrong[0]
    assert verified.compared[1] == "0 of 1 archived snapshot matches its manifest"


def test_a_folder_with_nothing_to_compare_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="neither a published site nor an archive"):
        verify.verify_folder(tmp_path)


def test_an_address_without_checksums_is_refused() -> None:
    with pytest.raises(ArchiveDamaged, match="SHA256SUMS is missing"):
        verify.verify_published(lambda _path: None)


def test_more_files_than_a_site_has_are_not_asked_for() -> None:
    asked: list[str] = []
    line = f"{'0' * 64}  a\n".encode()

    def fetch(path: str) -> bytes:
        asked.append(path)
        return line * (verify.MOST_FILES + 1)

    with pytest.raises(ArchiveDamaged, match=r"names 200,001 files; 200,000 are the most"):
        verify.verify_published(fetch)
    assert asked == ["SHA256SUMS"]


def test_of_many_files_that_differ_the_first_are_named_and_all_are_counted(
    public: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (public / "SHA256SUMS").write_text(f"{'0' * 64}  a\n" * 1000)
    with pytest.raises(ArchiveDamaged, match="1,000 files failed"):
        online.verify_site(str(public), Terminal())
    assert len(capsys.readouterr().err.splitlines()) == 200


@pytest.mark.parametrize("address", ["http://..", "http://xn--/", "http://\u202e/"])
def test_an_address_that_cannot_be_asked_is_one_line(address: str) -> None:
    with pytest.raises(LeaderboardsError, match=r"SHA256SUMS cannot be fetched \([a-z ]+\)$"):
        online.verify_site(address, Terminal())


@pytest.mark.parametrize(
    "address",
    [
        "http://",
        "https://",
        "http:///x",
        "https:///x",
        "https://:8000/",
        "https://me@/",
        "https://?x",
        "http://[::1",
        "http://a.example:99999/",
        "http://a.example:0/",
        "http://a b/",
    ],
)
def test_an_address_without_a_host_is_refused_before_anything_is_asked(address: str) -> None:
    with pytest.raises(UsageError) as caught:
        online.verify_site(address, Terminal())
    assert str(caught.value) == (
        f'"{address}" is not the web address of a site; write it as https://user.github.io/repository/'
    )


def test_the_command_says_what_it_compared(
    public: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    online.verify_site(str(public), Terminal())
    assert "4 published files match SHA256SUMS" in capsys.readouterr().out


def test_any_changed_byte_of_what_the_source_exports_is_found(tmp_path: Path) -> None:
    data = tmp_path / "data"
    received = exports.ReceivedFile("/datasets/exports/index.json", "[]", "2026-11-21T06:17:00Z")
    exports.keep(data, exports.Reading("2026-11-21", [received], []))
    (data / "exports" / "2026-11-22.gz").write_bytes(
        (data / "exports" / "2026-11-21.gz").read_bytes()
    )
    verified = verify.verify_folder(tmp_path)
    said = "2 archived readings match the checksums in them, of the source's own files"
    assert (verified.compared, verified.wrong) == ((said,), ())

    path = data / "exports" / "2026-11-22.gz"
    body = path.read_bytes()
    for at in range(len(body)):
        path.write_bytes(body[:at] + bytes([body[at] ^ 0xFF]) + body[at + 1 :])
        assert verify.verify_folder(data).wrong == (
            f"{path}: it is damaged; restore it, or delete it",
        ), at
    for other in (body + b"\0", body[:-1], b""):
        path.write_bytes(other)
        assert not exports.is_whole(path)
    assert verify.verify_folder(data).compared == (
        "1 of 2 archived readings match the checksums in them, of the source's own files",
    )
