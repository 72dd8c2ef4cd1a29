"""Whether the published tree is the one that a render would make: then nothing is made, written or checked.

One checksum names all that a render reads: the program, the packages it runs with, the archive, the day, what the
owner of the site says, and the key of the run, which must be nowhere in the tree. It is kept with the published tree's
own list of files; where any of it is another one, all is rendered. Files are told by size and time of change.
"""

import contextlib
import os
import sys
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

import msgspec

from generator.base import files, resources
from generator.base.config import Secret
from generator.base.site_config import SiteConfig
from generator.publish.folders import Folders

_KEPT = "standing.json"


class _Published(msgspec.Struct, frozen=True):
    """What was published last.

    Attributes:
        inputs: the checksum of all that it was rendered from.
        public: the checksum of its list of files.
        stale: a sentence for each dataset that was not of its day.
    """

    inputs: str
    public: str
    stale: tuple[str, ...]


def inputs_digest(
    folders: Folders, today: date, public_url: str, config: SiteConfig, secret: Secret | None
) -> str:
    """Return the checksum of all that a render reads; the key stands in no other checksum and cannot be told from it."""
    program = Path(__file__).parents[1]
    read = [program, resources.folder("templates"), resources.folder("static")]
    read += [path for path in (config.file, config.templates, *config.pages.values()) if path]
    parts = [
        str(today),
        public_url,
        secret.reveal() if secret else "",
        sys.version,
        *_packages(),
        *_listed([folders.data]),
    ]
    return files.sha256("\n".join([*parts, *_checksums(read)]).encode(errors="surrogateescape"))


def stale_sentences(folders: Folders, made_from: str) -> tuple[str, ...] | None:
    """Return the sentences on stale datasets of the published tree where it is as it was rendered, else None.

    Args:
        folders: of the site.
        made_from: the checksum of all that a render would read now.
    """
    try:
        published = msgspec.json.decode((folders.cache / _KEPT).read_bytes(), type=_Published)
    except (OSError, msgspec.MsgspecError):
        return None
    is_same = published.inputs == made_from and published.public == _public(folders)
    return published.stale if is_same and folders.public.is_dir() else None


def remember(folders: Folders, made_from: str, stale: tuple[str, ...]) -> None:
    """Keep what the published tree was rendered from. Where nothing can be written, the next run renders again."""
    with contextlib.suppress(OSError):
        published = _Published(made_from, _public(folders), stale)
        files.write_over(folders.cache / _KEPT, msgspec.json.encode(published))


def _public(folders: Folders) -> str:
    """Return a checksum of the published tree's list of files."""
    listed = "\n".join(_listed([folders.public]))
    return files.sha256(listed.encode(errors="surrogateescape"))


def _packages() -> Iterator[str]:
    """Yield the name and version of each installed package, as pip writes them into the name of a folder."""
    for folder in sys.path:
        with contextlib.suppress(OSError):
            yield from sorted(path.name for path in Path(folder).glob("*.dist-info"))


def _listed(roots: Iterable[Path]) -> list[str]:
    """Return a line for each file below these folders: its path in them, its size and when it was changed."""
    lines: list[str] = []
    for root in roots:
        lines += _lines(str(root), "")
    return sorted(lines)


def _lines(folder: str, prefix: str) -> Iterator[str]:
    """Yield the lines of a folder, unsorted; none of one that cannot be listed."""
    try:
        entries = list(os.scandir(folder))
    except OSError:
        return
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            yield from _lines(entry.path, f"{prefix}{entry.name}/")
        else:
            state = entry.stat(follow_symlinks=False)
            yield f"{prefix}{entry.name} {state.st_size} {state.st_mtime_ns}"


def _checksums(paths: Iterable[Path]) -> Iterator[str]:
    """Yield the checksum of each of these files, and of each file in these folders, but for compiled ones.

    A file in a folder is named by its path there, which for a page of the owner's is its address.
    """
    for path in paths:
        if path.is_file():
            yield f"{path.name} {files.sha256(path.read_bytes())}"
        for file in sorted(path.rglob("*")):
            if file.is_file() and "__pycache__" not in file.parts:
                inside = file.relative_to(path).as_posix()
                yield f"{inside} {files.sha256(file.read_bytes())}"
