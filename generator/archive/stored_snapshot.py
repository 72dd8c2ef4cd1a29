"""A snapshot's file and its manifest, examined before anything in them is read; what is damaged says how to repair it."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import msgspec

from generator.archive import packs
from generator.archive.envelope import SCHEMA_VERSION, Manifest
from generator.archive.packs import Member, Packed
from generator.base import dates, files
from generator.base.errors import LeaderboardsError

Source = Path | Member
"""A file of the archive, or a member of a zip that has it."""

SNAPSHOT = ".json.gz"
"""The ending of a snapshot's name."""
RESTORE = "restore the file (for example from version control)"
_RESTORE_OR_DELETE = f"{RESTORE}, or delete it together with its manifest"
_MANIFEST = ".manifest.json"
_NAME = re.compile(
    r"(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})(?:\.r(?P<revision>[0-9]{1,3}))?\.json\.gz", re.ASCII
)


@dataclass(frozen=True, slots=True)
class StoredSnapshot:
    """One snapshot file whose contents are those that its manifest names.

    A path of its own for each takes 6 MiB with five years of days.

    Attributes:
        day: the UTC day of its run.
        revision: 1 for the day's first, 2 and more for others with other facts.
        folder: of the dataset.
        name: of the compressed file.
        manifest: the description beside it.
        packed: where its bytes are; None where they are a file.
        packed_manifest: where those of the manifest are; None where they are a file.
    """

    day: date
    revision: int
    folder: Path
    name: str
    manifest: Manifest
    packed: Member | None = None
    packed_manifest: Member | None = None

    @property
    def path(self) -> Path:
        """Return the path of the compressed file, where it is or was before its year was packed."""
        return self.folder / self.name

    @property
    def source(self) -> Source:
        """Return where its bytes are."""
        return self.packed or self.path

    @property
    def manifest_path(self) -> Path:
        return manifest_path(self.path)

    def read(self) -> bytes:
        """Return the bytes of the compressed file.

        Raises:
            LeaderboardsError: they cannot be read.
        """
        return _read(self.source)

    def read_manifest(self) -> bytes:
        """Return the bytes of the manifest.

        Raises:
            LeaderboardsError: they cannot be read.
        """
        return _read(self.packed_manifest or self.manifest_path)


@dataclass(frozen=True, slots=True)
class Damage:
    """A file of the archive that is not the one that was written there; ``str()`` says how to repair it."""

    path: Path
    what: str
    cure: str

    def __str__(self) -> str:
        return f"{self.path}: {self.what}; {self.cure}"


def _read(source: Source) -> bytes:
    """Return the bytes of a file.

    Raises:
        LeaderboardsError: they cannot be read.
    """
    try:
        return source.read_bytes()
    except OSError as error:
        place = source.zip if isinstance(source, Member) else source
        raise LeaderboardsError(f"{place} cannot be read: {error.strerror}") from error


def manifest_path(path: Path) -> Path:
    """Return the path of the manifest beside a snapshot."""
    return path.with_name(_manifest_name(path.name))


def _manifest_name(name: str) -> str:
    return name.removesuffix(SNAPSHOT) + _MANIFEST


def day_and_revision(name: str) -> tuple[date, int] | None:
    """Return the day and the revision in the name of a snapshot, None for any other name."""
    match = _NAME.fullmatch(name)
    if match is None:
        return None
    try:
        day = dates.parse_day(match["day"])
    except ValueError:
        return None
    return day, int(match["revision"] or 1)


def examined(
    folder: Path, name: str, packed: Packed, names: Collection[str]
) -> Iterator[StoredSnapshot | Damage]:
    """Yield the snapshot of that name, or how it is damaged; and that it differs from what is packed, where it does.

    Args:
        folder: of the dataset.
        name: of the snapshot.
        packed: what is in the zips of the folder.
        names: of what is in the folder.
    """
    manifest_name = _manifest_name(name)
    member, manifest_member = packed.members.get(name), packed.members.get(manifest_name)
    if member and manifest_member and name not in names:
        # As nearly all of years are: the system is not asked for files that are not there.
        yield _examined_at(folder, name, member, manifest_member)
        return
    path, beside = folder / name, folder / manifest_name
    manifest_source: Source = beside
    if manifest_member is not None and not beside.is_file():
        manifest_source = manifest_member
    if member is None:
        yield _examined_at(folder, name, None, manifest_source)
        return
    in_zip = _examined_at(folder, name, member, manifest_member or beside)
    if not path.is_file():
        yield in_zip
        return
    as_file = _examined_at(folder, name, None, manifest_source)
    if _differs(path, member) or _differs(beside, manifest_member):
        what = f"it or its manifest differs from the file of that name in {member.zip.name}"
        cure = "delete the file together with its manifest, or restore the zip (for example from version control)"
        yield Damage(path, what, cure)
        if isinstance(as_file, Damage):
            as_file = in_zip
    yield as_file


def _differs(path: Path, member: Member | None) -> bool:
    """Return whether a file and what was packed of it are both there, and not the same."""
    return member is not None and path.is_file() and packs.differs(path, member)


def _examined_at(
    folder: Path, name: str, member: Member | None, manifest_source: Source
) -> StoredSnapshot | Damage:
    """Return the snapshot of that name, with the contents of the member of a zip or of its file, or how it is damaged."""

    def damage(what: str) -> Damage:
        if member is not None:
            return Damage(member.zip, f"{name} in it: {what}", RESTORE)
        return Damage(folder / name, what, _RESTORE_OR_DELETE)

    named = day_and_revision(name)
    if named is None:
        return damage("its name is not that of a snapshot")
    try:
        manifest = msgspec.json.decode(manifest_source.read_bytes(), type=Manifest)
    except FileNotFoundError:
        return damage("its manifest is missing")
    except (msgspec.MsgspecError, OSError):
        return damage("its manifest cannot be read")
    source = member or folder / name
    wrong = _wrong_in_manifest(manifest, folder.name) or _wrong_in_file(source, manifest)
    if wrong:
        return damage(wrong)
    day, revision = named
    packed = manifest_source if isinstance(manifest_source, Member) else None
    shared = manifest.with_shared_texts()
    return StoredSnapshot(day, revision, folder, name, shared, member, packed)


def _wrong_in_manifest(manifest: Manifest, dataset: str) -> str:
    """Return why later steps could not understand the manifest, as a sentence; empty when they could."""
    if manifest.schema_version > SCHEMA_VERSION:
        return f"it was written by a newer generator (schema {manifest.schema_version})"
    if manifest.dataset != dataset:
        return f'its manifest is of the dataset "{manifest.dataset[:40]}"'
    try:
        dates.parse_as_of(manifest.as_of)
        for day in manifest.days:
            dates.parse_day(day)
    except ValueError as error:
        return f"its manifest cannot be read: {error}"
    return ""


def _wrong_in_file(source: Source, manifest: Manifest) -> str:
    """Return how the snapshot differs from its manifest, as a sentence; empty when it does not."""
    try:
        data = source.read_bytes()
    except OSError as error:
        return f"it cannot be read: {error.strerror}"
    if files.sha256(data) != manifest.sha256:
        return "its contents are not what its manifest says (sha256 differs): the file was modified or truncated"
    return ""
