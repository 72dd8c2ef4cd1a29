"""The command line. Everything heavy is imported by the command that needs it, so that help comes at once."""

import errno
import gc
import signal
import sys
import threading
import webbrowser
from datetime import date
from pathlib import Path
from typing import NoReturn

import click

from generator.base.errors import STALE, LeaderboardsError, UsageError
from generator.cli.options import options
from generator.cli.terminal import Terminal

_DISK_TROUBLE = (errno.ENOSPC, errno.EDQUOT, errno.EACCES, errno.EPERM, errno.EROFS, errno.EIO)
_EXIT_CODES = """
\b
Exit codes:
  0  fine
  2  the command, the environment or the configuration is wrong
  3  published, but a dataset is stale, or something could not be made and is left out
  4  nothing published: the API could not be read and nothing held can serve
  5  the archive is damaged
  6  a check found something that must not be published
"""


@click.group(
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=_EXIT_CODES,
)
@click.version_option(package_name="openrouter-leaderboards", prog_name="leaderboards")
def cli() -> None:
    """Turns the OpenRouter Data API into published leaderboards.

    snapshot turns the network into files, render turns files into a site, and check decides whether anyone
    may see it. build is the three in a row.
    """


@cli.command(epilog=_EXIT_CODES)
@options(
    "demo", "site", "today", "base_url", "requests_per_minute", "public_url", "quiet", "verbose"
)
def build(
    *,
    demo: bool,
    site: Path,
    today: date,
    base_url: str,
    requests_per_minute: int,
    public_url: str,
    quiet: bool,
    verbose: bool,
) -> int:
    """Snapshot every dataset, render the site, check it, and publish it to SITE/public.

    Needs OPENROUTER_API_KEY in the environment; or --demo, which takes the same path with recorded replies
    underneath and says so on every page.
    """
    from generator.cli import online, steps

    voice = Terminal(quiet=quiet, verbose=verbose)
    with steps.site_lock(site) as folders:
        if demo:
            failed, today = False, online.demo_snapshots(folders, voice)
        else:
            failed = online.take_snapshot(
                folders, today, online.ApiOptions(base_url, requests_per_minute), voice
            )
        stale = steps.render(folders, today, public_url, voice)
    return STALE if failed or stale else 0


@cli.command(epilog=_EXIT_CODES)
@options("site", "today", "base_url", "requests_per_minute", "quiet", "verbose")
@click.option(
    "--plan", is_flag=True, help="Only print the calls and how long they will take. Needs no key."
)
def snapshot(
    *,
    plan: bool,
    site: Path,
    today: date,
    base_url: str,
    requests_per_minute: int,
    quiet: bool,
    verbose: bool,
) -> int:
    """Ask the API for the day's facts and keep them in SITE/data.

    A dataset is taken whole or not at all: what cannot be refreshed keeps its last good snapshot. A second
    run of a day that brings the same facts changes no file.
    """
    from generator.cli import online, steps

    voice = Terminal(quiet=quiet, verbose=verbose)
    if plan:
        online.print_plan(site, today, requests_per_minute, voice)
        return 0
    with steps.site_lock(site) as folders:
        failed = online.take_snapshot(
            folders, today, online.ApiOptions(base_url, requests_per_minute), voice
        )
    return STALE if failed else 0


@cli.command(epilog=_EXIT_CODES)
@options("site", "today", "public_url", "quiet", "verbose")
@click.pass_context
def render(
    context: click.Context,
    /,
    *,
    site: Path,
    today: date,
    public_url: str,
    quiet: bool,
    verbose: bool,
) -> int:
    """Make the site from the archive, check it, and publish it to SITE/public.

    Needs neither key nor network. An archive of demo data is rendered for its own last day unless --today
    says otherwise.
    """
    from generator.cli import steps

    voice = Terminal(quiet=quiet, verbose=verbose)
    said = context.get_parameter_source("today") is not click.core.ParameterSource.DEFAULT
    with steps.site_lock(site) as folders:
        day = today if said else steps.demo_day(folders) or today
        stale = steps.render(folders, day, public_url, voice)
    return STALE if stale else 0


@cli.command(epilog=_EXIT_CODES)
@options("site", "quiet")
def check(*, site: Path, quiet: bool) -> int:
    """Decide whether SITE/public may be shown: credits, links, parsing, policy, secrets.

    Lists every finding and exits 6 if there is one.
    """
    from generator.cli import steps

    steps.check_published(site, Terminal(quiet=quiet))
    return 0


@cli.command()
@options("site")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="0 takes any free one.",
)
@click.option("--watch", is_flag=True, help="Render again when a template or static file changes.")
@click.option("--open", "open_", is_flag=True, help="Open the site in a browser.")
def serve(*, site: Path, port: int, watch: bool, open_: bool) -> int:
    """Preview SITE/public on http://127.0.0.1:PORT/."""
    from generator.cli import steps
    from generator.publish import preview

    public = site / "public"
    server = preview.server(public, port)
    address = f"http://127.0.0.1:{server.server_address[1]}/"
    click.echo(f"Serving {public} at {address} (Ctrl-C ends it)")
    stop = threading.Event()
    if watch:
        again = (lambda: steps.render_again(site, Terminal()), stop)
        threading.Thread(target=preview.watch, args=again, daemon=True).start()
    if open_:
        webbrowser.open(address)
    try:
        server.serve_forever()
    finally:
        stop.set()
        server.server_close()
    return 0


@cli.command(epilog=_EXIT_CODES)
@click.argument("where", default="site", metavar="[PATH or URL]")
@options("quiet")
def verify(*, where: str, quiet: bool) -> int:
    """Compare every published and archived file with the sha256 in its manifest.

    PATH is a site folder, an archive or a published tree (default: site); URL is the root of a published site.
    """
    from generator.cli import online

    online.verify_site(where, Terminal(quiet=quiet))
    return 0


@cli.command(epilog=_EXIT_CODES)
@options("site", "quiet")
@click.option(
    "--to", type=click.Path(path_type=Path), metavar="DIR", help="Where to. Default: SITE/parquet."
)
def export(*, site: Path, to: Path | None, quiet: bool) -> int:
    """Write the whole history as Parquet, one file per dataset and month. Needs the extra "parquet".

    Only months that are new or have changed are written.
    """
    from generator.archive.store import Archive
    from generator.publish import parquet

    voice = Terminal(quiet=quiet)
    done = parquet.export(Archive(site / "data"), to or site / "parquet", voice.say)
    voice.say(f"{done.written} files written, {done.unchanged} were up to date")
    return 0


@cli.command(epilog=_EXIT_CODES)
@click.argument("url")
@options("site", "quiet")
@click.option(
    "--restore",
    is_flag=True,
    help="The other way: bring back what SITE/data lacks from URL/archive.",
)
def mirror(*, url: str, site: Path, restore: bool, quiet: bool) -> int:
    """Copy the site, its archive and its Parquet tables to a bucket: s3://, gs:// or az://. Needs the extra "s3".

    Credentials, region and endpoint come from the environment (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY,
    AWS_REGION, AWS_ENDPOINT_URL). It may be stopped at any moment and run again. It removes only what an
    earlier mirror put there, and refuses a bucket without a folder that holds anything else.
    """
    from generator.publish import mirror as store

    voice = Terminal(quiet=quiet)
    if restore:
        voice.say(
            f"{store.restore(site, url)} files restored to {site / 'data'}; leaderboards verify checks them"
        )
        return 0
    done = store.push(site, url)
    voice.say(f"{done.sent} files sent, {done.same} were there, {done.removed} removed")
    if done.left:
        voice.say(
            f"{done.left} other files are there and stay: no list of this command says that it put them there"
        )
    return 0


def main() -> NoReturn:
    """Runs the command; known trouble is one line, a bug keeps its traceback."""
    # A build makes millions of small objects that live as long as it does; looking through them for cycles
    # every seven hundred costs a fifth of its time.
    gc.set_threshold(200_000, 50, 100)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    voice = Terminal()
    try:
        code = cli.main(standalone_mode=False)
    except LeaderboardsError as error:
        voice.trouble(str(error))
        sys.exit(error.exit_code)
    except OSError as error:
        if error.errno not in _DISK_TROUBLE:
            raise
        where = f"{error.filename}: " if error.filename else ""
        voice.trouble(
            f"{where}{error.strerror}; make room or mend the permissions (the published site is as it was)"
        )
        sys.exit(UsageError.exit_code)
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        sys.exit(error.exit_code)
    except click.ClickException as error:
        voice.trouble(f"{error.format_message()} (see leaderboards --help)")
        sys.exit(error.exit_code)
    except (KeyboardInterrupt, click.Abort):
        voice.trouble("interrupted; the published site is as it was")
        sys.exit(130)
    sys.exit(code)
