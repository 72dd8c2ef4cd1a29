"""``verify --rebuild``: make a day again from the archive and compare it with what is published."""

import json
import shutil
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from generator.archive.store import Archive
from generator.base import cache_seal, dates, files, formats
from generator.base.errors import UsageError
from generator.base.program import version
from generator.base.site_config import SiteConfig
from generator.endpoints import ENDPOINTS
from generator.publish import stage
from generator.publish.folders import Folders
from generator.publish.verify import Verified
from generator.render.latest import ROOT


def rebuild(folders: Folders, day: date, public_url: str, config: SiteConfig) -> Verified:
    """Render the published site once more, without what the cache has of a day, and compare every file.

    Args:
        folders: of the site.
        day: whose page, tables and charts are made from the archive alone.
        public_url: where the site is published, as its build was told.
        config: what the owner of the site says of it.

    Raises:
        UsageError: nothing is published, it was rendered by another version of the generator or for another address, or
            the day has no snapshot.
        NothingToPublish, ArchiveDamaged, NotPublishable: as :func:`generator.publish.stage.stage` says.
    """
    today = _published_day(folders)
    _refuse_other_address(folders, public_url)
    if day > today or not _has_snapshot(Archive(folders.data), day):
        raise UsageError(
            f"{folders.data} holds no snapshot of {day} that the published site could have"
        )
    root = Path(tempfile.mkdtemp(prefix=files.STAGING, dir=folders.root))
    try:
        made_in = Folders(root)
        made_in.data.symlink_to(folders.data.resolve(), target_is_directory=True)
        _copy_cache(folders, made_in, day, is_newest=day == today)
        staged = stage.stage(made_in, today, public_url, config=config)
        return _compared(staged.path, folders.public, day)
    finally:
        shutil.rmtree(root, ignore_errors=True)


def _published_day(folders: Folders) -> date:
    """Return the day for which the published tree was rendered.

    Raises:
        UsageError: there is none, or another version rendered it.
    """
    try:
        status = json.loads((folders.public / ROOT / "status.json").read_bytes())
        day, rendered_by = dates.parse_day(status["snapshot_date"]), status["generator"]
    except (OSError, ValueError, KeyError, TypeError):
        raise UsageError(
            f"{folders.public} holds no published site; run leaderboards build"
        ) from None
    if rendered_by != version():
        raise UsageError(
            f"{folders.public} was rendered by version {rendered_by}, and this is {version()}; "
            "only the same version gives the same files"
        )
    return day


def _refuse_other_address(folders: Folders, public_url: str) -> None:
    """Refuse an address that the published tree was not rendered for: a third of its files would differ.

    Raises:
        UsageError: it was rendered for another address, or for none.
    """
    try:
        described = json.loads((folders.public / "openapi.json").read_bytes())
        published = str(described["servers"][0]["url"])
    except (OSError, ValueError, LookupError, TypeError):
        # The comparison names a file that is not as it was.
        return
    published = published.removeprefix(".")
    if published == public_url.rstrip("/"):
        return
    cure = f"add --public-url {published}/" if published else "leave --public-url out"
    raise UsageError(f"{folders.public} was rendered for {published or 'no address'}; {cure}")


def _has_snapshot(archive: Archive, day: date) -> bool:
    for endpoint in ENDPOINTS:
        newest = archive.newest(endpoint.name, day)
        if newest is not None and newest.day == day:
            return True
    return False


def _copy_cache(folders: Folders, target: Folders, day: date, *, is_newest: bool) -> None:
    """Copy the cache but for what it has of the day, which on the newest day the charts of the whole site are.

    What is remembered of the days before is computed again, too.
    """
    cache = folders.cache
    left_out = {"charts", "cards", "remembered"} if is_newest else {"remembered"}

    def ignored(folder: str, names: list[str]) -> list[str]:
        path = Path(folder)
        if path == cache:
            return [name for name in names if name in left_out]
        return [name for name in names if path == cache / "days" and name == str(day)]

    # What is not vouched for may be of any kind, which cannot be copied.
    with cache_seal.sealed(cache, folders.seal):
        if cache.is_dir() and folders.seal.is_file():
            shutil.copytree(cache, target.cache, ignore=ignored)
            shutil.copyfile(folders.seal, target.seal)


def _compared(made: Path, published: Path, day: date) -> Verified:
    """Return how the files of two trees compare, those of the day counted."""
    wrong: list[str] = []
    made_files, there = set(_files(made)), set(_files(published))
    for path in sorted(made_files | there):
        if path not in there:
            wrong.append(f"{path}: is missing, and the archive gives it")
        elif path not in made_files:
            wrong.append(f"{path}: is published, and the archive does not give it")
        elif (made / path).read_bytes() != (published / path).read_bytes():
            wrong.append(f"{path}: is not what the archive gives")
    of_day = sum(path.startswith(f"d/{day}/") for path in made_files)
    total = formats.counted(len(made_files), "file")
    compared = f"{total} rendered again and compared, {of_day:,} of them made anew for {day}"
    return Verified((compared,), tuple(wrong))


def _files(root: Path) -> Iterator[str]:
    for path in root.rglob("*"):
        if path.is_file():
            yield path.relative_to(root).as_posix()
