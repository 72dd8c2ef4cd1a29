"""Large files are made part by part: written, summed and compared with the standing ones without being held whole."""

import hashlib
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.archive.remembered import Remembered
from generator.base import tabular
from generator.base.artifact import Artifact, Parts, Slice
from generator.base.file_cache import FileCache
from generator.publish import tree
from tests.board_samples import CREDITS

PARTS = (b"one,", b"", b"two")
WHOLE = b"one,two"


def _written(folder: Path, standing: Path) -> tree.Written:
    folder.mkdir()
    return tree.write(folder, [Artifact("a/b.txt", Parts(PARTS))], standing)


def test_a_file_in_parts_is_written_with_its_checksum(tmp_path: Path) -> None:
    made = Artifact("a/b.txt", Parts(PARTS))
    (tmp_path / "new").mkdir()
    sums = tree.write(tmp_path / "new", [made]).sums
    assert (tmp_path / "new/a/b.txt").read_bytes() == WHOLE
    assert sums["a/b.txt"] == made.known_sum == hashlib.sha256(WHOLE).hexdigest()
    assert made.size == len(WHOLE)


@pytest.mark.parametrize(
    ("stands", "mode", "is_linked"),
    [(WHOLE, 0o644, True), (WHOLE, 0o600, False), (b"one,tow", 0o644, False), (b"", 0o644, False)],
    ids=["the same", "not for all", "of the same size", "empty"],
)
def test_it_is_the_standing_file_where_that_has_the_same_bytes(
    stands: bytes, mode: int, tmp_path: Path, *, is_linked: bool
) -> None:
    standing = tmp_path / "standing/a/b.txt"
    standing.parent.mkdir(parents=True)
    standing.write_bytes(stands)
    standing.chmod(mode)
    _written(tmp_path / "new", tmp_path / "standing")
    assert (tmp_path / "new/a/b.txt").read_bytes() == WHOLE
    assert (tmp_path / "new/a/b.txt").samefile(standing) is is_linked


def test_it_is_written_where_none_stands(tmp_path: Path) -> None:
    _written(tmp_path / "new", tmp_path / "standing")
    assert (tmp_path / "new/a/b.txt").read_bytes() == WHOLE


def test_a_part_of_a_file_is_written_and_is_the_standing_file_from_then_on(tmp_path: Path) -> None:
    (tmp_path / "kept").write_bytes(b"head" + WHOLE + b"tail")
    made = Artifact("a/b.txt", Slice(tmp_path / "kept", 4, len(WHOLE)))
    for folder, standing in (("first", None), ("second", tmp_path / "first")):
        (tmp_path / folder).mkdir()
        sums = tree.write(tmp_path / folder, [made], standing).sums
        assert sums["a/b.txt"] == hashlib.sha256(WHOLE).hexdigest()
    assert (tmp_path / "first/a/b.txt").read_bytes() == WHOLE
    assert (tmp_path / "second/a/b.txt").samefile(tmp_path / "first/a/b.txt")
    assert made.size == len(WHOLE)


def test_a_long_table_in_parts_has_the_bytes_of_the_whole() -> None:
    credit = CREDITS["models"]
    rows = [({"text": "x" * 1000}, credit)] * 1000
    parts = list(tabular.csv_parts(["text"], rows))
    assert len(parts) > 3
    assert b"".join(parts) == tabular.csv_lines(["text"], rows)
    assert parts[1].startswith(b"x" * 1000 + b",,")
    first = tabular.csv_lines(["text"], rows[:1])
    others = b"".join(tabular.csv_parts(["text"], rows[1:], above=credit))
    assert first + others == b"".join(parts)


def test_what_is_kept_in_parts_is_what_is_kept_whole(tmp_path: Path) -> None:
    cache, key = FileCache(tmp_path), "0" * 64
    cache.put("whole", key, WHOLE)
    cache.put_parts("parts", key, PARTS)
    assert cache.get("parts", key) == WHOLE
    assert cache.size("parts", key) == len(WHOLE)
    assert (tmp_path / "parts").read_bytes() == (tmp_path / "whole").read_bytes()


def test_what_is_remembered_is_not_held_as_one_text(tmp_path: Path) -> None:
    remembered = Remembered(tmp_path)
    values = remembered.values("name", "0" * 64, str)
    values.update((str(at), "x" * 10_000) for at in range(300))
    tracemalloc.start()
    remembered.keep("name", "0" * 64, list(values))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 1_000_000
    assert Remembered(tmp_path).values("name", "0" * 64, str) == values


def test_nothing_is_remembered_as_nothing(tmp_path: Path) -> None:
    remembered = Remembered(tmp_path)
    remembered.values("name", "0" * 64, str)["a"] = "b"
    remembered.keep("name", "0" * 64, ["a"])
    remembered.keep("name", "0" * 64, [])
    assert Remembered(tmp_path).values("name", "0" * 64, str) == {}


def _rows() -> Iterator[bytes]:
    for _ in range(300):
        yield b"x" * 10_000


def test_a_file_in_parts_is_never_held_whole(tmp_path: Path) -> None:
    tracemalloc.start()
    tree.write(tmp_path, [Artifact("a.txt", Parts(_rows()))])
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 1_000_000
    assert (tmp_path / "a.txt").stat().st_size == 3_000_000
