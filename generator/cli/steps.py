"""What each command does, without the command line: the steps in a row, and what is said of them.

What needs the network is in :mod:`generator.cli.online`, which rendering never loads.
"""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Protocol

from generator.archive.store import Archive
from generator.base import config, files
from generator.base.errors import LeaderboardsError, NotPublishable, UsageError
from generator.checks import check as verdict
from generator.fetch.recorded import DEMO_DAYS
from generator.publish import stage
from generator.publish.stage import Folders

MOST_FINDINGS = 200
"""How many findings are listed one by one; a broken template breaks every page alike."""


class Reporter(Protocol):
    """Whom a command tells what."""

    def say(self, text: str) -> None: ...
    def detail(self, text: str) -> None: ...
    def trouble(self, text: str) -> None: ...
    def advance(self) -> None: ...
    def progress(self, label: str, length: int) -> AbstractContextManager[None]: ...


@contextmanager
def site_lock(site: Path) -> Iterator[Folders]:
    """The site folder, made if needed, held against other runs, and cleared of what a killed one left.

    Raises:
        UsageError: the path cannot be a site folder, or another run is at work in it.
    """
    folders = Folders(files.usable_folder(site))
    with files.alone_in(folders.root):
        files.sweep(folders.root)
        yield folders


def demo_day(folders: Folders) -> date | None:
    """The day a demo archive is rendered for, None for an archive of real runs."""
    return DEMO_DAYS[-1] if stage.demo_sentence(Archive(folders.data)) else None


def render(folders: Folders, today: date, public_url: str, voice: Reporter) -> bool:
    """Stages, checks and publishes. True when something on the site is stale.

    Raises:
        NothingToPublish, ArchiveDamaged: there is nothing to render from.
        NotPublishable: a check found something; the published tree is as it was.
    """
    staged = stage.stage(folders, today, public_url)
    try:
        for sentence in (*staged.damages, *staged.lost, *staged.stale):
            voice.trouble(sentence)
        voice.say(f"Rendered {staged.artifacts:,} files")
        check(staged.path, voice)
        stage.publish(folders, staged)
    except BaseException:
        stage.discard(staged)
        raise
    voice.say(f"Published to {folders.public}")
    return bool(staged.stale or staged.damages or staged.lost)


def check(root: Path, voice: Reporter) -> None:
    """All checks over a built folder.

    Raises:
        NotPublishable: there are findings; each has been told.
    """
    found = verdict(root, config.key_from())
    for finding in found.findings[:MOST_FINDINGS]:
        voice.trouble(str(finding))
    if found.findings:
        count = len(found.findings)
        raise NotPublishable(
            f"{count} finding{'s' if count > 1 else ''}: this must not be published"
        )
    for note in found.notes[:MOST_FINDINGS]:
        voice.detail(note)
    if found.notes:
        voice.say(f"Noted, and no reason to hold anything back: {_noted(found.notes)}")
    voice.say(
        "Checked " + ", ".join(f"{count:,} {what}" for what, count in sorted(found.counted.items()))
    )


def _noted(notes: Sequence[str]) -> str:
    more = len(notes) - 1
    return f"{notes[0]}{f', and {more} more (--verbose lists them)' if more else ''}"


def check_published(site: Path, voice: Reporter) -> None:
    """The checks over the published tree of a site folder.

    Raises:
        UsageError: there is none.
        NotPublishable: there are findings.
    """
    public = Folders(site).public
    if not public.is_dir():
        raise UsageError(f"{public} is not there; run leaderboards build first")
    check(public, voice)


def render_again(site: Path, voice: Reporter) -> None:
    """For the preview: as the last run was; what goes wrong is said, and the old tree stays."""
    folders = Folders(site)
    runs = Archive(folders.data).runs()
    today = runs[-1][0] if runs else datetime.now(UTC).date()
    try:
        with site_lock(site) as folders:
            render(folders, today, "", voice)
    except LeaderboardsError as error:
        voice.trouble(str(error))
