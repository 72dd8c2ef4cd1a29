"""The checksums of downloads: each noted once its file is made, and asked for by folder."""

from hashlib import sha256

from generator.base.artifact import Parts
from generator.render.checksum_index import ChecksumIndex
from generator.render.latest import Checksum


def index_of(*paths: str) -> ChecksumIndex:
    """An index in which each file holds its own path."""
    index = ChecksumIndex()
    for path in paths:
        index.add(path, path.encode())
    return index


def test_a_folder_lists_its_files_and_not_those_of_a_folder_whose_name_starts_alike() -> None:
    index = index_of("models-more/a.csv", "models/b.csv", "models/history/c.csv", "README.md")
    assert [file["path"] for file in index.below("models")] == [
        "models/b.csv",
        "models/history/c.csv",
    ]
    assert index.at_the_top() == [
        {"path": "README.md", "sha256": sha256(b"README.md").hexdigest(), "bytes": 9}
    ]


def test_sums_are_by_path_and_as_sha256sum_reads_them() -> None:
    assert index_of("z.txt", "a/b.txt").sums() == (
        f"{sha256(b'a/b.txt').hexdigest()}  a/b.txt\n{sha256(b'z.txt').hexdigest()}  z.txt\n"
    )


def test_a_file_in_parts_has_a_checksum_once_it_is_written() -> None:
    index = ChecksumIndex()
    parts = index.add_parts("a.csv", [b"one,", b"two"])
    artifact = next(parts)
    assert index.checksum("a.csv") is None
    assert artifact.path == "data/v1/a.csv"
    assert isinstance(artifact.body, Parts)
    written = b"".join(artifact.body)
    assert next(parts, None) is None
    assert index.checksum("a.csv") == Checksum.of(written)
