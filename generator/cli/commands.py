"""The commands. Each imports what it needs, so that its help appears at once."""

import errno
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

import click

from generator.base.errors import STALE, LeaderboardsError, UsageError
from generator.cli.help_text import EXIT_CODES, HELP
from generator.cli.options import Accepted, options, past_day, utc_today
from generator.cli.terminal import Terminal

_DISK_ERRORS = (errno.ENOSPC, errno.EDQUOT, errno.EACCES, errno.EPERM, errno.EROFS, errno.EIO)
_LIMIT_ERRORS = (errno.EFBIG, errno.EMFILE, errno.ENFILE)
_PLACE_ERRORS = (errno.ENOTDIR, errno.EISDIR, errno.EEXIST, errno.ELOOP, errno.ENAMETOOLONG)
_MOUNT_ERRORS = (errno.EBUSY, errno.EXDEV)
_CURES = {
    **dict.fromkeys(_DISK_ERRORS, "free up disk space or fix permissions"),
    **dict.fromkeys(_LIMIT_ERRORS, "raise this limit of the system (ulimit -a lists them)"),
    **dict.fromkeys(_PLACE_ERRORS, "move away what is in its place"),
    **dict.fromkeys(
        _MOUNT_ERRORS,
        "a mount point, or a folder of a container image, cannot be replaced: mount the folder that it is in, "
        "or move it away",
    ),
}
"""What to do about an error of the system, by its number; any other is a bug."""
# Without the mark, click would fill its lines anew.
_EXIT_CODES = f"\b\n{EXIT_CODES}"


class _OutputUnread(Exception):
    """Whoever read the output has left; click would end an OSError that says so as it ends a bug."""


@contextmanager
def _unread_told() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError as error:
        raise _OutputUnread from error


class _Command(click.Command):
    """A command whose usage errors all say that they are its own; those of an option without a value do not in click."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as error:
            error.ctx = error.ctx or ctx
            raise


class _Commands(click.Group):
    """All commands, with the help that is shown without them too."""

    command_class = _Command

    def get_help(self, _context: click.Context) -> str:
        return HELP

    @_unread_told()
    def make_context(self, *arguments: Any, **options: Any) -> click.Context:
        return super().make_context(*arguments, **options)

    @_unread_told()
    def invoke(self, ctx: click.Context) -> Any:
        return super().invoke(ctx)


def _is_given(context: click.Context, option: str) -> bool:
    """Return whether an option was given, and has not its default."""
    return context.get_parameter_source(option) is not click.core.ParameterSource.DEFAULT


def _refuse_unused(context: click.Context, why: str, *options: str) -> None:
    """Refuse options that would change nothing: whoever gives one expects something of it.

    What an environment sets is meant for other calls, too, and is let be.

    Args:
        context: of the command.
        why: they change nothing.
        options: by the names of their parameters.

    Raises:
        UsageError: one stands on the command line.
    """
    for option in options:
        if context.get_parameter_source(option) is click.core.ParameterSource.COMMANDLINE:
            raise UsageError(f"--{option.replace('_', '-')} changes nothing {why}; leave it out")


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(package_name="openrouter-leaderboards", prog_name="leaderboards")
def cli() -> None:
    """Take the options that stand before a command."""


@cli.command(epilog=_EXIT_CODES)
@options(
    "demo",
    "site",
    "config",
    "today",
    "base_url",
    "requests_per_minute",
    "accept",
    "public_url",
    "quiet",
    "verbose",
)
@click.pass_context
def build(
    context: click.Context,
    /,
    *,
    demo: bool,
    site: Path,
    config: Path | None,
    today: date,
    base_url: str,
    requests_per_minute: int,
    accept: Accepted,
    public_url: str,
    quiet: bool,
    verbose: bool,
) -> int:
    """Snapshot every dataset, render the site, check it, and publish it to SITE/public.

    Needs OPENROUTER_API_KEY in the environment; or --demo, which uses recorded replies and says so on every
    page: of the last recorded day unless --today says otherwise.
    """
    from generator.cli import online, steps

    if demo:
        why = "with --demo, which asks no API"
        _refuse_unused(context, why, "base_url", "requests_per_minute", "accept")
    reporter = Terminal(quiet=quiet, verbose=verbose)
    steps.check_key()
    owner = steps.read_config(config, site)
    with steps.site_lock(site) as folders:
        if demo:
            failed, last_day = False, online.demo_snapshots(folders, reporter)
            today = today if _is_given(context, "today") else last_day
        else:
            ask = online.ApiOptions(base_url, requests_per_minute, owner.extended)
            failed = online.take_snapshot(folders, today, ask, reporter, accept)
        stale = steps.render(folders, today, public_url, reporter, owner)
    return STALE if failed or stale else 0


@cli.command(epilog=_EXIT_CODES)
@options("site", "config", "today", "base_url", "requests_per_minute", "accept", "quiet", "verbose")
@click.option(
    "--plan", is_flag=True, help="Only print the requests and how long they take. Needs no key."
)
@click.pass_context
def snapshot(
    context: click.Context,
    /,
    *,
    plan: bool,
    site: Path,
    config: Path | None,
    today: date,
    base_url: str,
    requests_per_minute: int,
    accept: Accepted,
    quiet: bool,
    verbose: bool,
) -> int:
    """Ask the API for the day's data and store it in SITE/data.

    A dataset is stored whole or not at all: one that cannot be refreshed keeps its last good snapshot; only one of
    several lists is left out where the API no longer has it. What differs too much is stored and held back. A
    second run on one day with the same data changes no file.
    """
    from generator.cli import online, steps

    reporter = Terminal(quiet=quiet, verbose=verbose)
    owner = steps.read_config(config, site)
    ask = online.ApiOptions(base_url, requests_per_minute, owner.extended)
    if plan:
        _refuse_unused(context, "with --plan, which asks no API", "accept")
        online.print_plan(site, today, ask, reporter)
        return 0
    with steps.site_lock(site) as folders:
        failed = online.take_snapshot(folders, today, ask, reporter, accept)
    return STALE if failed else 0


@cli.command(epilog=_EXIT_CODES)
@options("site", "config", "today", "public_url", "quiet", "verbose")
@click.option(
    "--report",
    is_flag=True,
    help="Also print files and bytes of each kind, their growth per year, and ten years of it.",
)
@click.pass_context
def render(
    context: click.Context,
    /,
    *,
    site: Path,
    config: Path | None,
    today: date,
    public_url: str,
    quiet: bool,
    verbose: bool,
    report: bool,
) -> int:
    """Render the site from the archive, check it, and publish it to SITE/public.

    Needs neither key nor network. An archive of demo data is rendered for its own last day unless --today
    says otherwise.
    """
    from generator.cli import steps

    reporter = Terminal(quiet=quiet, verbose=verbose)
    steps.check_key()
    owner = steps.read_config(config, site)
    with steps.site_lock(site) as folders:
        day = today
        if not _is_given(context, "today"):
            day = steps.demo_day(folders) or today
        stale = steps.render(folders, day, public_url, reporter, owner)
        if report:
            steps.print_weight(folders, reporter)
    return STALE if stale else 0


@cli.command(epilog=_EXIT_CODES)
@options("site", "quiet")
def check(*, site: Path, quiet: bool) -> int:
    """Check SITE/public: credits, links, syntax, policy, secrets.

    Lists every finding and exits with 6 if there is one.
    """
    from generator.cli import steps

    steps.check_published(site, Terminal(quiet=quiet))
    return 0


@cli.command()
@options("site", "config")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="0 picks a free port.",
)
@click.option("--watch", is_flag=True, help="Rebuild when a template, static file or FILE changes.")
@click.option("--open", "open_", is_flag=True, help="Open the site in a browser.")
def serve(*, site: Path, config: Path | None, port: int, watch: bool, open_: bool) -> int:
    """Preview SITE/public on http://127.0.0.1:PORT/."""
    import webbrowser

    from generator.cli import steps
    from generator.publish import preview

    public = site / "public"
    server = preview.make_server(public, port)
    address = f"http://127.0.0.1:{server.server_address[1]}/"
    click.echo(f"Serving {public} at {address} (Ctrl-C to stop)")
    stop = threading.Event()
    if watch:

        def render_again() -> None:
            steps.render_again(site, utc_today(), Terminal(), config)

        files = steps.watched_files(config, site)
        threading.Thread(
            target=preview.watch, args=(render_again, stop, files), daemon=True
        ).start()
    if open_:
        webbrowser.open(address)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        # That is how a preview ends.
        click.echo()
    finally:
        stop.set()
        server.server_close()
    return 0


@cli.command(epilog=_EXIT_CODES)
@click.argument("where", required=False, metavar="[PATH or URL]")
@click.option(
    "--site", "-s", metavar="PATH", help="The same as PATH, as the other commands take it."
)
@click.option(
    "--rebuild",
    metavar="YYYY-MM-DD",
    callback=past_day,
    help="Also render the site folder again, that day from its snapshots alone, and compare every file.",
)
@options("config", "public_url", "quiet")
@click.pass_context
def verify(
    context: click.Context,
    /,
    *,
    where: str | None,
    site: str | None,
    rebuild: date | None,
    config: Path | None,
    public_url: str,
    quiet: bool,
) -> int:
    """Compare every published file with SHA256SUMS and every archived snapshot with its manifest.

    PATH is a site folder, an archive or a published tree (default: site); URL is the root of a published
    site, or the bucket and folder of a mirror: s3://, gs:// or az://, which needs the extra "s3".
    """
    from generator.cli import online, steps

    if where and site:
        raise UsageError(f"--site {site}: a path is given already: {where}")
    place = where or site or "site"
    if rebuild is None:
        _refuse_unused(context, "without --rebuild", "config", "public_url")
    else:
        steps.refuse_no_site(place)
    reporter = Terminal(quiet=quiet)
    online.verify_site(place, reporter)
    if rebuild is not None:
        owner = steps.read_config(config, Path(place))
        steps.rebuild(Path(place), rebuild, public_url, reporter, owner)
    return 0


@cli.command(epilog=_EXIT_CODES)
@options("site", "config", "quiet")
@click.option(
    "--to",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Output directory. Default: SITE/parquet.",
)
def export(*, site: Path, config: Path | None, to: Path | None, quiet: bool) -> int:
    """Write the whole history as Parquet, one file per dataset and month: the files that the site has.

    Only months that are new or have changed are written. Datasets that may not be redistributed are left out.
    """
    from generator.archive.store import Archive
    from generator.base import cache_seal
    from generator.cli import steps
    from generator.publish import parquet

    reporter = Terminal(quiet=quiet)
    withheld = steps.read_config(config, site).withheld
    with steps.site_lock(site) as folders, cache_seal.sealed(folders.cache, folders.seal):
        archive, target = Archive(folders.data), to or site / "parquet"
        steps.refuse_own_folders(target, folders)
        done = parquet.export(archive, target, reporter.info, withheld, folders.cache)
    reporter.info(f"{done.written} files written, {done.unchanged} up to date")
    return 0


@cli.command(epilog=_EXIT_CODES)
@click.argument("url")
@options("site", "config", "quiet")
@click.option(
    "--restore",
    is_flag=True,
    help="Restore missing files from URL/archive into SITE/data.",
)
def mirror(*, url: str, site: Path, config: Path | None, restore: bool, quiet: bool) -> int:
    """Copy the site, its archive and its Parquet tables to a bucket: s3://, gs:// or az://. Needs the extra "s3".

    Credentials, region and endpoint come from the environment (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY,
    AWS_REGION, AWS_ENDPOINT_URL). It can be stopped at any moment and run again. It removes only what an
    earlier mirror uploaded, and refuses a bucket that holds other files unless a folder is named. Archive and
    tables of datasets that may not be redistributed stay here: back up SITE/data yourself.
    """
    from generator.cli import steps
    from generator.publish import mirror as store

    reporter = Terminal(quiet=quiet)
    if restore:
        with steps.site_lock(site) as folders:
            restored = store.restore(site, url)
        reporter.info(
            f"{restored} files restored to {folders.data}; leaderboards verify checks them"
        )
        return 0
    withheld = steps.read_config(config, site).withheld
    # A build would take the files away that are being sent.
    with steps.site_lock(site):
        done = store.push(site, url, withheld)
    reporter.info(f"{done.sent} files sent, {done.same} already there, {done.removed} removed")
    if done.left:
        reporter.info(
            f"{done.left} other files are left in place: this command did not upload them"
        )
    return 0


def run() -> NoReturn:
    """Run the command; a known error is one line, a bug keeps its traceback."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    reporter = Terminal()
    try:
        _run(reporter)
    except _OutputUnread:
        raise BrokenPipeError from None
    except BrokenPipeError:
        raise
    except Exception:
        import traceback

        # Printed as any message is: the text of an error may quote what a source sent.
        reporter.error(traceback.format_exc().rstrip())
        sys.exit(1)


def _help_of(error: click.ClickException) -> str:
    """Return the call that lists the options of the command that was used wrongly."""
    context = error.ctx if isinstance(error, click.UsageError) else None
    command = context.info_name if context and context.parent else None
    return f"leaderboards {command} --help" if command else "leaderboards --help"


def _run(reporter: Terminal) -> NoReturn:
    try:
        code = cli.main(standalone_mode=False)
    except LeaderboardsError as error:
        reporter.error(str(error))
        sys.exit(error.exit_code)
    except OSError as error:
        cure = _CURES.get(error.errno or 0)
        if cure is None:
            raise
        where = f"{error.filename}: " if error.filename else ""
        reporter.error(f"{where}{error.strerror}; {cure} (the published site is unchanged)")
        sys.exit(UsageError.exit_code)
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        sys.exit(error.exit_code)
    except click.ClickException as error:
        reporter.error(f"{error.format_message()} (see {_help_of(error)})")
        sys.exit(error.exit_code)
    except (KeyboardInterrupt, click.Abort):
        reporter.error("interrupted; the published site is unchanged")
        sys.exit(130)
    sys.exit(code)
