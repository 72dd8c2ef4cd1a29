"""``mirror``: a site folder on an object store: S3, or what speaks like it (R2, MinIO, B2), or Google's, or Azure's.

    URL/...           the published tree
    URL/archive/...   the archive; ``--restore`` brings it back
    URL/parquet/...   the Parquet tables, where there are any

It may be stopped at any moment and run again: what is pointed to goes up before what points to it, the
front page and the index of the data last, and only then is taken away what the site no longer has. Dated
snapshots and packed years are never written over unless the store damaged them, and never taken away but for the
archive's snapshots that are in a packed year there. What the store already has, by its checksum, is not sent.

``URL/.leaderboards-mirror.json`` lists what was mirrored, and nothing that it does not name is ever taken away.
It is written before the first file, with what it named and what will be sent, and again after the last removal:
whenever a run is stopped, all that it sent is on the list.
"""

import hashlib
import json
import re
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import product
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from generator.archive import exports, packs
from generator.archive.packs import Member
from generator.base import files
from generator.base.errors import ArchiveDamaged, UsageError

try:
    import obstore
    from obstore.exceptions import BaseError, NotFoundError
    from obstore.store import ObjectStore, from_url
except ModuleNotFoundError as error:
    raise UsageError(
        'mirror needs obstore, which is not installed; add the extra "s3": pip install "openrouter-leaderboards[s3]"'
    ) from error

ARCHIVE, PARQUET = "archive/", "parquet/"
LIST = ".leaderboards-mirror.json"
_INDEX = "data/v1/index.json"
_LAST = ("index.html", _INDEX, "data/v1/SHA256SUMS", "SHA256SUMS", "sitemap.xml")
_DATED = re.compile(
    r".*/[0-9]{4}-[0-9]{2}-[0-9]{2}(\.r[0-9]+)?\.(json\.gz|manifest\.json)", re.ASCII
)
_PACKED = re.compile(r"archive/.*/[0-9]{4}(\.[0-9]+)?\.zip", re.ASCII)
_SCHEMES = ("s3://", "gs://", "az://")
_AT_ONCE = 8
_PHASES = 5
_RETRIES: Any = {"max_retries": 5}
_LONG, _SHORT = "public, max-age=31536000, immutable", "public, max-age=600"
_TYPES = {
    ".cff": "application/yaml",
    ".css": "text/css; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".gz": "application/gzip",
    ".html": "text/html; charset=utf-8",
    ".ics": "text/calendar; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".jsonld": "application/ld+json",
    ".md": "text/markdown; charset=utf-8",
    ".parquet": "application/vnd.apache.parquet",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".xml": "application/xml",
    ".zip": "application/zip",
}
_TEXTS = ("LICENSE", "SHA256SUMS")
"""Names of files of plain text that have no suffix."""
_FEEDS = re.compile(r"(^|.*/)changes/[a-z]+\.(xml|json)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Mirrored:
    """The numbers of files sent, already there, and removed because the site no longer has them.

    Attributes:
        left: how many objects are there that no list of this command names; they stay as they are.
    """

    sent: int
    same: int
    removed: int
    left: int = 0


@dataclass(frozen=True, slots=True)
class Remote:
    """A file in the store: its size in bytes, and its entity tag, which is the MD5 unless the store encrypts."""

    size: int
    tag: str


def push(site: Path, url: str, withheld: Collection[str] = frozenset()) -> Mirrored:
    """Make the store a copy of the site folder.

    Args:
        site: a site folder with a published tree.
        url: bucket and folder, as ``s3://bucket/folder``; credentials, region and endpoint come from the
            environment, under the names that Amazon's own tools read.
        withheld: datasets that may not be redistributed: their archive and tables are not sent, and are taken
            away where they were.

    Raises:
        UsageError: nothing is published, or the store cannot be reached, read or written, or it is a bucket
            without a folder that holds something else.
        ArchiveDamaged: the store has a dated snapshot that is not the one held here.
    """
    local = {name: path for name, path in _local(site).items() if not _is_of(name, withheld)}
    if "index.html" not in local:
        raise UsageError(f"{site / 'public'} contains no site; run leaderboards build first")
    with _errors_of(url):
        store = _store(url)
        remote = dict(_listed(store))
        listed = bytes(obstore.get(store, LIST).bytes()) if LIST in remote else None
        mirrored = _mirrored(store, url, remote, listed)
        checksums = listed is not None and remote[LIST].tag == _md5(listed)
        for name in _damaged_there(local, remote, checksums=checksums):
            del remote[name]

        before_and_now = (mirrored or set()) | local.keys()
        _list(store, before=mirrored, now=before_and_now)
        sent = _send_all(store, local, remote)

        missing = ((mirrored or set()) & remote.keys()) - local.keys()
        gone = _gone(site, missing, remote, withheld)
        if gone:
            obstore.delete(store, gone)
        remaining = (missing | local.keys()).difference(gone)
        _list(store, before=before_and_now, now=remaining)
    left = remote.keys() - remaining - {LIST, *gone}
    return Mirrored(sent, len(local) - sent, len(gone), len(left))


def _send_all(store: ObjectStore, local: dict[str, Path], remote: dict[str, Remote]) -> int:
    """Send each file that the store lacks, those last that point to others; return the number of files sent."""

    def send(name: str) -> bool:
        return _sent(store, name, local[name], remote.get(name))

    sent = 0
    for names in _phases(local):
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            sent += sum(pool.map(send, names))
    return sent


def _gone(
    site: Path, missing: set[str], remote: dict[str, Remote], withheld: Collection[str]
) -> list[str]:
    """Return those of the files missing here that are to be removed from the store."""
    gone = []
    for name in missing:
        if _is_of(name, withheld) or not _kept_for_ever(name):
            gone.append(name)
    return [*gone, *_packed_meanwhile(site, missing.difference(gone), remote)]


def _mirrored(
    store: ObjectStore, url: str, remote: dict[str, Remote], listed: bytes | None
) -> set[str] | None:
    """Return the names on ``listed``, the store's list of what was mirrored, None where it has no list.

    A list that cannot be read names nothing: then nothing is taken away.

    Raises:
        UsageError: there is no list, no folder, and something else in the bucket.
    """
    if listed is not None:
        return _names(listed)
    in_folder = bool(urlsplit(url).path.strip("/"))
    if remote and not in_folder and not _of_an_older_version(store, remote):
        raise UsageError(
            f"{url} already contains other files, such as {min(remote)[:80]!r}; nothing was sent: "
            f"add a folder, as in {url.rstrip('/')}/leaderboards, or name an empty bucket"
        )
    return None


def _names(body: bytes) -> set[str]:
    try:
        listed = json.loads(body)["files"]
        return {name for name in listed if isinstance(name, str)}
    except (ValueError, LookupError, TypeError, RecursionError):
        return set()


def _of_an_older_version(store: ObjectStore, remote: dict[str, Remote]) -> bool:
    """Return whether the store has a mirror that an earlier version made, which kept no list."""
    if _INDEX not in remote:
        return False
    try:
        index = json.loads(bytes(obstore.get(store, _INDEX).bytes()))
        return bool({"schema_version", "stability", "datasets"} <= index.keys())
    except (ValueError, AttributeError, RecursionError):
        return False


def _list(store: ObjectStore, *, before: set[str] | None, now: set[str]) -> None:
    """Write the list of what is mirrored, unless it says so already."""
    if before == now:
        return
    about = "What leaderboards mirror put here. It removes nothing that this list does not name; leave it in place."
    body = json.dumps({"about": about, "files": sorted(now)}, indent=1).encode()
    attributes = {"Content-Type": "application/json", "Cache-Control": "no-store"}
    obstore.put(store, LIST, body, attributes=attributes, use_multipart=False)


def restore(site: Path, url: str) -> int:
    """Download what the archive here lacks; return the number of files. Nothing here is overwritten.

    Raises:
        UsageError: the store cannot be read, or holds no archive.
    """
    data = files.usable_folder(site) / "data"
    with _errors_of(url):
        store = _store(url)
        names = [name for name, _ in _listed(store) if name.startswith(ARCHIVE)]
        if not names:
            raise UsageError(
                f"{url} contains no archive; use the address that was given to leaderboards mirror"
            )
        packed = [name for name in names if _PACKED.fullmatch(name)]
        # The packed years first: what they have is not fetched once more.
        restored = _restored(store, data, packed)
        there = _in_zips(data)
        single = [name for name in sorted(names, key=_rank) if name not in there]
        return restored + _restored(store, data, single)


def _restored(store: ObjectStore, data: Path, names: Collection[str]) -> int:
    """Download the files that are not there; return their number."""
    missing = [name for name in names if not _inside(data, name).exists()]
    for name in missing:
        files.write_new(_inside(data, name), bytes(obstore.get(store, name).bytes()))
    return len(missing)


def _in_zips(data: Path) -> dict[str, Member]:
    """Return the files of the archive that are in a packed year, by their names in the store."""
    members = {}
    for folder in sorted({path.parent for path in data.glob("*/*.zip")}):
        for name, member in packs.packed(folder).members.items():
            members[f"{ARCHIVE}{folder.name}/{name}"] = member
    return members


def _packed_meanwhile(
    site: Path, missing: Collection[str], remote: dict[str, Remote]
) -> Iterator[str]:
    """Yield the files that the archive here no longer has, and that the store has as they are in a packed year."""
    if not missing:
        return
    in_zips = _in_zips(site / "data")
    for name in missing:
        member, there = in_zips.get(name), remote.get(name)
        if member is not None and there is not None and there.tag == _md5(member.read_bytes()):
            yield name


def fetcher(url: str) -> Callable[[str], bytes | None]:
    """Return a function from a path below the store's folder to its bytes, None where there is no such file.

    The function raises UsageError when the store cannot be reached or read; several threads may call it.
    """
    with _errors_of(url):
        store = _store(url)

    def fetch(path: str) -> bytes | None:
        with _errors_of(url):
            try:
                return bytes(obstore.get(store, path).bytes())
            except (FileNotFoundError, NotFoundError):
                return None

    return fetch


def _inside(data: Path, name: str) -> Path:
    path = (data / name.removeprefix(ARCHIVE)).resolve()
    if not path.is_relative_to(data.resolve()):
        raise UsageError(f"the store names a file outside the archive: {name}")
    return path


def _local(site: Path) -> dict[str, Path]:
    """Return every file to be mirrored, by its name in the store."""
    folders = {"": site / "public", ARCHIVE: site / "data", PARQUET: site / "parquet"}
    paths = {}
    for prefix, folder in folders.items():
        for path in sorted(folder.rglob("*")):
            inside = path.relative_to(folder)
            if path.is_file() and not any(part.startswith(".") for part in inside.parts):
                paths[prefix + inside.as_posix()] = path
    return paths


def _phases(local: dict[str, Path]) -> Iterator[list[str]]:
    """Yield the names of the files that are sent at the same time, phase by phase."""
    phases: list[list[str]] = [[] for _ in range(_PHASES)]
    for name in local:
        phases[_rank(name)].append(name)
    yield from phases


def _rank(name: str) -> int:
    """Return the place in the order of uploads: a file before those that link to it, a manifest before its snapshot."""
    if name.startswith((ARCHIVE, PARQUET)):
        return 1 if name.endswith(".json.gz") else 0
    if name in _LAST:
        return _PHASES - 1
    return 3 if name.endswith((".html", ".xml")) else 2


def _listed(store: ObjectStore) -> Iterator[tuple[str, Remote]]:
    for batch in obstore.list(store):
        for entry in batch:
            yield entry["path"], Remote(entry["size"], (entry["e_tag"] or "").strip('"'))


def _is_of(name: str, datasets: Collection[str]) -> bool:
    """Return whether a file holds rows of one of these datasets: in the archive, in the tables, or a dated download."""
    if datasets and name.startswith(f"{ARCHIVE}{exports.FOLDER}/"):
        # The source's own files are of several datasets.
        return True
    roots = [ARCHIVE, PARQUET]
    if _DATED.fullmatch(name):
        roots.append("data/v1/")
    folders = tuple(f"{root}{dataset}/" for root, dataset in product(roots, datasets))
    return name.startswith(folders)


def _never_changes(name: str) -> bool:
    return _DATED.fullmatch(name) is not None or _PACKED.fullmatch(name) is not None


def _kept_for_ever(name: str) -> bool:
    return name.startswith((ARCHIVE, PARQUET)) or _DATED.fullmatch(name) is not None


def _damaged_there(
    local: dict[str, Path], remote: dict[str, Remote], *, checksums: bool
) -> set[str]:
    """Return the dated files that the store holds with other bytes than the whole ones here.

    Args:
        local, remote: all files, by name.
        checksums: whether the store's entity tags are MD5s; where they are not, only sizes are compared.

    Raises:
        ArchiveDamaged: a dated file differs, and the one here may be the damaged one.
    """
    damaged = set()
    for name, path in local.items():
        there = remote.get(name)
        if there is None or not _never_changes(name) or _is_there(path, there, checksums):
            continue
        size = path.stat().st_size
        is_whole_here = _as_its_manifest_says(path) or packs.is_whole(path)
        if there.size != size or not is_whole_here:
            raise ArchiveDamaged(
                f"{name} in the store has {there.size} bytes, {path} has {size}, and they differ; a dated snapshot "
                "never changes: check which is intact (leaderboards verify), and remove the other"
            )
        damaged.add(name)
    return damaged


def _is_there(path: Path, there: Remote, checksums: bool) -> bool:
    """Return whether the store has this file, as far as its entity tags tell."""
    if there.size != path.stat().st_size:
        return False
    return not checksums or there.tag == _md5(path.read_bytes())


def _as_its_manifest_says(path: Path) -> bool:
    """Return whether a snapshot has the sha256 that the manifest beside it states; False for any other file."""
    beside = path.with_name(path.name.replace(".json.gz", ".manifest.json"))
    if beside == path:
        return False
    try:
        stated = json.loads(beside.read_bytes())["sha256"]
    except (OSError, ValueError, LookupError, TypeError):
        return False
    return bool(stated == files.sha256(path.read_bytes()))


def _md5(body: bytes) -> str:
    return hashlib.md5(body, usedforsecurity=False).hexdigest()


def _sent(store: ObjectStore, name: str, path: Path, there: Remote | None) -> bool:
    """Send a file unless the store has it; return whether it was sent."""
    body = path.read_bytes()
    if there and there.tag == _md5(body):
        return False
    if there and _never_changes(name):
        return False
    attributes = {
        "Content-Type": _content_type(name),
        "Cache-Control": _LONG if _DATED.fullmatch(name) else _SHORT,
    }
    # In one piece: the entity tag of a file sent in parts is no checksum of it.
    obstore.put(store, name, body, attributes=attributes, use_multipart=False)
    return True


def _content_type(name: str) -> str:
    if _FEEDS.fullmatch(name):
        return "application/atom+xml" if name.endswith(".xml") else "application/feed+json"
    if PurePosixPath(name).name in _TEXTS:
        return _TYPES[".txt"]
    return _TYPES.get(PurePosixPath(name).suffix, "application/octet-stream")


def _store(url: str) -> ObjectStore:
    if not url.startswith(_SCHEMES):
        raise UsageError(
            f'"{url[:80]}" is not the address of a bucket; write it as s3://bucket/folder (or gs://, az://)'
        )
    return from_url(url.rstrip("/"), retry_config=_RETRIES)


@contextmanager
def _errors_of(url: str) -> Iterator[None]:
    try:
        yield
    except BaseError as error:
        reason = " ".join(str(error).split("\n\nDebug source")[0].split())[:300]
        raise UsageError(
            f"{url}: {reason}; check the address, the credentials and the endpoint in the environment, and run it "
            "again: it resumes where it stopped"
        ) from error
