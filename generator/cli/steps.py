"""The steps of each command, in a row, and what they report.

What needs the network is in :mod:`generator.cli.online`, which rendering never loads; a step that renders or checks
loads what it needs itself, so that a run that only asks the API, or that has nothing new, is over at once.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import date
from pathlib import Path
from typing import Protocol

from generator.archive.store import Archive
from generator.base import allocator, cache_seal, defaults, files, formats, site_config
from generator.base import config as run_config
from generator.base.cache_seal import Vouched
from generator.base.errors import ArchiveDamaged, LeaderboardsError, NotPublishable, UsageError
from generator.base.site_config import SiteConfig
from generator.endpoints import BY_NAME
from generator.publish import up_to_date
from generator.publish.folders import Folders, demo_sentence
from generator.publish.tree import SUMS

MOST_FINDINGS = 200
"""Most findings to list: a broken template breaks every page alike."""


class Reporter(Protocol):
    """Shows a command's messages.

    ``info`` is for everyone, ``detail`` for those who asked for more, ``error`` for what went wrong. Inside
    of ``progress`` each ``advance`` is one of ``length`` steps.
    """

    def info(self, text: str) -> None: ...
    def detail(self, text: str) -> None: ...
    def error(self, text: str) -> None: ...
    def advance(self) -> None: ...
    def progress(self, label: str, length: int) -> AbstractContextManager[None]: ...


@contextmanager
def site_lock(site: Path) -> Iterator[Folders]:
    """Yield the site folder, made if needed, locked against other runs, and cleared of what a killed one left.

    Raises:
        UsageError: the path cannot be a site folder, or another run is at work in it.
    """
    is_new = not site.exists()
    folders = Folders(files.usable_folder(site))
    _check_places(folders)
    try:
        with files.alone_in(folders.root):
            files.put_back(folders.public)
            files.sweep(folders.root, whole=folders.public)
            yield folders
    except OSError as error:
        # A full disk names no file.
        error.filename = error.filename or str(folders.root)
        raise
    finally:
        # A mistyped path leaves no folder behind.
        if is_new:
            files.remove_unused(folders.root)


def _check_places(folders: Folders) -> None:
    """Refuse what stands where this program would put a folder, and what cannot be read; the archive may be a link.

    Raises:
        UsageError: something does, or the folder is itself a published tree.
    """
    if (folders.root / SUMS).is_file():
        raise UsageError(
            f"{folders.root} is a published tree, which a build replaces; name the folder that it is in"
        )
    for folder in (folders.data, folders.public):
        is_link = folder.is_symlink()
        is_wrong_link = is_link and (folder == folders.public or not folder.is_dir())
        if is_wrong_link or (folder.exists() and not folder.is_dir()):
            kind = "a symbolic link" if is_link else "a file"
            raise UsageError(f"{folder} is {kind}, not a folder; move it or use another --site")
    if folders.public.is_mount():
        raise UsageError(
            f"{folders.public} is a mount point, which no build can replace; mount {folders.root} instead"
        )
    files.refuse_unreadable(folders.data)


def refuse_own_folders(target: Path, folders: Folders) -> None:
    """Refuse to write tables where only runs write: the archive is kept for good, and what is published is checked.

    Raises:
        UsageError: the target is the archive or the published tree, or inside one of them.
    """
    for folder in (folders.data, folders.public):
        if target.resolve().is_relative_to(folder.resolve()):
            raise UsageError(f"--to {target}: only runs write to {folder}; name another folder")


def demo_day(folders: Folders) -> date | None:
    """Return the day that a demo archive is rendered for, None for an archive of real runs."""
    archive = Archive(folders.data)
    return last_run(archive) if demo_sentence(archive) else None


def last_run(archive: Archive) -> date | None:
    """Return the day of the last run that the archive reports, None if it reports none."""
    runs = archive.runs(most=1)
    return runs[-1][0] if runs else None


def check_key() -> None:
    """Refuse a key that cannot be one, before anything is done that needs none.

    Raises:
        UsageError: there is such a key in the environment.
    """
    run_config.key_from()


def read_config(path: Path | None, site: Path) -> SiteConfig:
    """Return what the owner says of the site.

    Args:
        path: the file; None for that of the current folder, if there is one.
        site: the site folder.

    Raises:
        UsageError: the file cannot be read, says something that cannot be used, or stands beside the site folder where
            it is not looked for.
    """
    config = site_config.read_config(path, BY_NAME)
    unread = site.resolve().parent / defaults.SITE_FILE
    # Without it a site would publish what its owner withholds: a timer may run the command in any folder.
    if config.file is None and unread.is_file():
        raise UsageError(
            f"{unread} is read only by commands in its own folder; name it with --config {unread}"
        )
    return config


def watched_files(path: Path | None, site: Path) -> list[Path]:
    """Return the files and folders of the owner's that a site is rendered from, whether they exist or not."""
    config = read_config(path, site)
    folders = [config.templates] if config.templates else []
    return [path or Path(defaults.SITE_FILE), *config.pages.values(), *folders]


def render(
    folders: Folders,
    today: date,
    public_url: str,
    reporter: Reporter,
    config: SiteConfig | None = None,
) -> bool:
    """Stage, check and publish, unless it would all be as it is; return whether something is stale or missing.

    Raises:
        NothingToPublish, ArchiveDamaged: there is nothing to render from.
        NotPublishable: a check found something; the published tree is unchanged.
    """
    config = config or SiteConfig()
    made_from = up_to_date.inputs_digest(folders, today, public_url, config, run_config.key_from())
    stale = up_to_date.stale_sentences(folders, made_from)
    if stale is not None:
        for sentence in stale:
            reporter.error(sentence)
        reporter.info(f"Nothing is new: {folders.public} is unchanged")
        return bool(stale)
    # What checks remember counts only with the seal, as drawings do.
    with cache_seal.sealed(folders.cache, folders.seal) as vouched:
        return _rendered(
            folders, today, public_url, reporter, config, made_from=made_from, vouched=vouched
        )


def _rendered(
    folders: Folders,
    today: date,
    public_url: str,
    reporter: Reporter,
    config: SiteConfig,
    *,
    made_from: str,
    vouched: Vouched,
) -> bool:
    """Stage, check and publish; return whether something is stale or missing."""
    from generator.publish import stage

    staged = stage.stage(folders, today, public_url, config=config, vouched=vouched)
    try:
        for sentence in (*staged.damages, *staged.omissions, *staged.stale):
            reporter.error(sentence)
        reporter.info(f"Rendered {len(staged.sums):,} files")
        allocator.give_back()
        check(staged.path, reporter, sums=staged.sums, memory=folders.cache / "checked")
        stage.publish(folders, staged)
    except BaseException:
        stage.discard(staged)
        raise
    reporter.info(f"Published to {folders.public}")
    incomplete = bool(staged.damages or staged.omissions)
    if not incomplete:
        up_to_date.remember(folders, made_from, staged.stale)
    return bool(staged.stale) or incomplete


def print_weight(folders: Folders, reporter: Reporter) -> None:
    """Report what the published site weighs by kind of file, and what it will weigh in ten years."""
    from generator.publish import report

    for line in (*report.lines(report.weigh(folders.public)), *report.lacking(folders.public)):
        reporter.info(line)


def refuse_no_site(place: str) -> None:
    """Refuse what is not a site folder with a published tree: there a day cannot be made again.

    Raises:
        UsageError: it is a published tree, an archive or an address.
    """
    if not Folders(Path(place)).public.is_dir():
        raise UsageError(
            f"--rebuild: {place} is no site folder with a published tree in public/; "
            "name the folder given to --site"
        )


def rebuild(site: Path, day: date, public_url: str, reporter: Reporter, config: SiteConfig) -> None:
    """Make a published day again from its snapshots, compare every file of the site, and say what was compared.

    Raises:
        UsageError: there is no such day, or nothing that this version published.
        ArchiveDamaged: some files differ; each has been reported.
    """
    from generator.publish.rebuild import rebuild as rebuild_site

    with site_lock(site) as folders:
        compared = rebuild_site(folders, day, public_url, config)
    for sentence in compared.wrong[:MOST_FINDINGS]:
        reporter.error(sentence)
    for sentence in compared.compared:
        reporter.info(f"{site}: {sentence}")
    if compared.wrong:
        differ = formats.counted(len(compared.wrong), "file differs", "files differ")
        raise ArchiveDamaged(f"{differ} from what the archive gives")


def check(
    root: Path,
    reporter: Reporter,
    *,
    sums: Mapping[str, str] | None = None,
    memory: Path | None = None,
) -> None:
    """Run all checks over a built folder and report what they counted.

    Args:
        root: the folder.
        reporter: reports.
        sums: the sha256 of its files by name, where they are known.
        memory: the folder of what earlier checks found out; without one, every file is looked at.

    Raises:
        NotPublishable: there are findings; each has been reported.
    """
    from generator.checks import check as run_checks
    from generator.checks.memory import Memory

    secret = run_config.key_from()
    verdict = run_checks(root, secret, sums=sums, memory=Memory(memory, secret))
    for finding in verdict.findings[:MOST_FINDINGS]:
        reporter.error(str(finding))
    if verdict.findings:
        raise NotPublishable(f"{formats.counted(len(verdict.findings), 'finding')}: not published")
    for note in verdict.notes[:MOST_FINDINGS]:
        reporter.detail(note)
    if verdict.notes:
        reporter.info(f"Noted, published all the same: {_noted(verdict.notes)}")
    counted = [f"{count:,} {what}" for what, count in sorted(verdict.counted.items())]
    reporter.info(f"Checked {', '.join(counted)}")


def _noted(notes: Sequence[str]) -> str:
    """Return the first of the notes, with the number of the others."""
    first, *others = notes
    if not others:
        return first
    return f"{first}, and {len(others)} more (--verbose lists them)"


def check_published(site: Path, reporter: Reporter) -> None:
    """Run all checks over the published tree of a site folder.

    Raises:
        UsageError: there is none, a run is replacing it, or the key in the environment cannot be one.
        NotPublishable: there are findings.
    """
    check_key()
    public = Folders(site).public
    if not public.is_dir():
        raise UsageError(f"{public} does not exist; run leaderboards build first")
    with files.unchanged(site):
        check(public, reporter)


def render_again(site: Path, today: date, reporter: Reporter, config: Path | None = None) -> None:
    """Render as the last run did, for the preview; report what goes wrong, and keep the old tree.

    Args:
        site: the site folder.
        today: the day to render for where the archive reports no run.
        reporter: reports.
        config: the file that makes the site its owner's, read again each time.
    """
    try:
        with site_lock(site) as folders:
            day = last_run(Archive(folders.data)) or today
            render(folders, day, "", reporter, read_config(config, site))
    except LeaderboardsError as error:
        reporter.error(str(error))
