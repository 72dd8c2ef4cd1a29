"""The steps that need the network: asking the API, and verifying a published site."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from generator.archive import held_state
from generator.archive.history import History
from generator.archive.store import Archive
from generator.base import config, defaults, files, formats
from generator.base.errors import ArchiveDamaged, NothingToPublish, UsageError
from generator.base.program import version
from generator.cli.steps import MOST_FINDINGS, Reporter
from generator.endpoints import asked
from generator.fetch import demo, exports, snapshot
from generator.fetch.client import Client
from generator.fetch.demo import DemoClock, DemoTransport
from generator.fetch.plan import Plan, plan
from generator.fetch.published import fetcher
from generator.fetch.recorded import DEMO_DAYS
from generator.fetch.report import Report
from generator.fetch.snapshot import Run
from generator.publish import verify
from generator.publish.folders import DATA, DEMO_MARK, PUBLIC, Folders, demo_sentence

_STORES = ("s3://", "gs://", "az://")


@dataclass(frozen=True, slots=True)
class ApiOptions:
    """How the API is asked.

    Attributes:
        base_url: its root.
        requests_per_minute: the most calls with the key; 0 for no limit.
        extended: also for the datasets that only an owner's wish adds.
    """

    base_url: str
    requests_per_minute: int
    extended: bool = False


def day_plan(site: Path, today: date, *, extended: bool) -> Plan:
    """Return the calls of the day's run, given what the archive holds.

    Raises:
        UsageError: the path cannot be a site folder.
    """
    files.refuse_no_folder(site)
    files.refuse_unreadable(Folders(site).data)
    history = History(Archive(Folders(site).data), today)
    endpoints = asked(extended=extended)
    states = {
        endpoint.name: held_state.of_dataset(history, endpoint.name) for endpoint in endpoints
    }
    return plan(today, states, endpoints)


def print_plan(site: Path, today: date, ask: ApiOptions, reporter: Reporter) -> None:
    """Print the calls of the day's run, one a line, and how long they take."""
    per_minute = ask.requests_per_minute
    calls = day_plan(site, today, extended=ask.extended)
    for call in calls.calls:
        reporter.info(f"{call.dataset:32} {call}")
    for sentence in calls.left_out:
        reporter.info(sentence)
    least = _duration(calls.seconds(per_minute, at_most=False))
    most = _duration(calls.seconds(per_minute, at_most=True))
    pace = "without a limit"
    if per_minute:
        pace = f"at {per_minute} requests per minute with the key"
    reporter.info(
        f"{len(calls.calls)} requests, at most {calls.most} with further pages and look-ups; "
        f"about {least}, at most {most} {pace}."
    )
    reporter.info(
        f"Then, once a day, at most {exports.MOST_REQUESTS} requests for the source's own dated files."
    )


def _duration(seconds: int) -> str:
    return "a few seconds" if seconds == 0 else f"{seconds // 60} min"


def take_snapshot(
    folders: Folders,
    today: date,
    ask: ApiOptions,
    reporter: Reporter,
    accept: Mapping[str, Collection[date | None]] | None = None,
) -> bool:
    """Ask the API and store the replies; return whether some dataset could not be refreshed.

    Args:
        accept: by dataset the days whose snapshots are taken though they are held back; None for those of this run.

    Raises:
        UsageError: there is no key, or the archive is that of a demo.
        NothingToPublish: nothing could be read, and the archive is empty.
    """
    key = _key()
    archive = Archive(folders.data)
    if demo_sentence(archive):
        raise UsageError(f"{folders.data} contains demo data; use another --site or remove it")
    endpoints = asked(extended=ask.extended)
    with Client(config.Api(ask.base_url, key, ask.requests_per_minute)) as client:
        run = Run(
            archive=archive,
            client=client,
            today=today,
            generator=version(),
            say=reporter.info,
            advance=reporter.advance,
            endpoints=endpoints,
            accept=accept or {},
            reads_exports=True,
        )
        # Planned without the archive, which may be damaged: the bar need not be exact.
        with reporter.progress(f"Asking for {today}", len(plan(today, {}, endpoints).calls)):
            report = snapshot.take(run)
    _report_outcomes(report, reporter, key)
    for sentence in archive.pack_finished_years(today):
        reporter.info(sentence)
    if not any(archive.newest(outcome.dataset, today) for outcome in report.outcomes):
        raise NothingToPublish("no data: nothing could be fetched and the archive is empty")
    return bool(report.failed)


def _key() -> config.Secret:
    """Return the key from the environment.

    Raises:
        UsageError: there is none, or what is there cannot be one.
    """
    key = config.key_from()
    if key is None:
        raise UsageError(
            f"{config.KEY_VARIABLE} is not set; create a key at openrouter.ai/settings/keys and export it, "
            "or build the site from recorded data: leaderboards build --demo"
        )
    return key


def _report_outcomes(report: Report, reporter: Reporter, key: config.Secret | None = None) -> None:
    for outcome in report.failed:
        reporter.error(outcome.message)
        for line in outcome.traceback.splitlines():
            holds_key = key is not None and key.within(line.encode("utf-8", "replace"))
            reporter.detail("…" if holds_key else line)
    for outcome in report.outcomes:
        for note in outcome.notes:
            reporter.detail(note)


def demo_snapshots(folders: Folders, reporter: Reporter) -> date:
    """Fill the archive day by day from the recordings; return the last recorded day.

    Raises:
        UsageError: the archive holds real snapshots.
    """
    if Archive(folders.data).datasets() and not (folders.data / DEMO_MARK).is_file():
        raise UsageError(f"{folders.data} contains real snapshots; use another --site for the demo")
    last = DEMO_DAYS[-1]
    files.write_over(folders.data / DEMO_MARK, f"{demo.sentence()}\n".encode())
    api = config.Api(defaults.BASE_URL, config.Secret("demo-needs-no-key"), requests_per_minute=0)
    for day in DEMO_DAYS:
        clock = DemoClock(day)
        transport = DemoTransport(day, defaults.BASE_URL, clock)
        with Client(api, transport=transport, clock=clock) as client:
            archive = Archive(folders.data)
            run = Run(archive, client, day, version(), endpoints=demo.endpoints(day))
            report = snapshot.take(run)
        fresh = len(report.outcomes) - len(report.failed)
        reporter.info(
            f"{day}: {fresh} of {len(report.outcomes)} datasets from {report.attempts} recorded replies"
        )
        _report_outcomes(report, reporter)
    return last


def verify_site(where: str, reporter: Reporter) -> None:
    """Compare every file of a site folder, a published site or a bucket with its sha256, and say what was compared.

    Of many files that differ only the first are named; the error counts all.

    Raises:
        UsageError: there is nothing to verify, the address has no host, or a run is changing it.
        ArchiveDamaged: some differ; each has been reported.
    """
    if where.startswith(("https://", "http://")):
        config.refuse_no_host(where)
        verified = verify.verify_published(fetcher(where), verify.AT_ONCE)
    elif where.startswith(_STORES):
        # Loaded where it is asked for: it needs the extra "s3".
        from generator.publish import mirror

        verified = verify.verify_published(mirror.fetcher(where), verify.AT_ONCE)
    else:
        path = Path(where)
        site = path.parent if path.name in (PUBLIC, DATA) else path
        with files.unchanged(site):
            verified = verify.verify_folder(path)
    for sentence in verified.wrong[:MOST_FINDINGS]:
        reporter.error(sentence)
    for sentence in verified.compared:
        reporter.info(f"{where}: {sentence}")
    if verified.wrong:
        raise ArchiveDamaged(f"{formats.counted(len(verified.wrong), 'file')} failed verification")
