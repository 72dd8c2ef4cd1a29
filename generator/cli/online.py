"""What the commands do that ask someone: the API for the day's facts, or a published site for its files."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from generator.archive.history import History
from generator.archive.store import Archive
from generator.base import config, dates, files
from generator.base.errors import ArchiveDamaged, NothingToPublish, UsageError
from generator.cli.steps import Reporter
from generator.endpoints import ENDPOINTS
from generator.fetch import snapshot
from generator.fetch.client import Client
from generator.fetch.demo import DemoClock, DemoTransport
from generator.fetch.plan import Plan, plan
from generator.fetch.published import fetcher
from generator.fetch.recorded import DEMO_DAYS
from generator.fetch.report import Report
from generator.fetch.snapshot import Run
from generator.publish import stage, verify
from generator.publish.stage import DEMO_MARK, Folders


@dataclass(frozen=True, slots=True)
class ApiOptions:
    """How a run speaks to the API."""

    base_url: str
    requests_per_minute: int


def day_plan(site: Path, today: date) -> Plan:
    """The plan of the day's run, given what the site holds."""
    history = History(Archive(Folders(site).data), today)
    return plan(today, {endpoint.name: history.held(endpoint.name) for endpoint in ENDPOINTS})


def print_plan(site: Path, today: date, per_minute: int, voice: Reporter) -> None:
    """The calls of the day's run, one a line, and how long they take."""
    made = day_plan(site, today)
    for call in made.calls:
        voice.say(f"{call.dataset:32} {call}")
    least, most = (
        _duration(made.seconds(per_minute, at_most=at_most)) for at_most in (False, True)
    )
    pace = f"at {per_minute} keyed calls a minute" if per_minute else "without pacing"
    voice.say(
        f"{len(made.calls)} calls, at most {made.most} with further pages and look-ups; "
        f"about {least}, at most {most} {pace}."
    )


def _duration(seconds: int) -> str:
    return "a few seconds" if seconds == 0 else f"{seconds // 60} min"


def take_snapshot(folders: Folders, today: date, ask: ApiOptions, voice: Reporter) -> bool:
    """Asks the API and keeps what came. True when some dataset could not be refreshed.

    Raises:
        UsageError: there is no key, or the archive is a demo's.
        NothingToPublish: nothing came and nothing is held.
    """
    key = config.key_from()
    if key is None:
        raise UsageError(
            f"{config.KEY_VARIABLE} is not set; put a key of openrouter.ai into the environment, "
            "or see the site with recorded data: leaderboards build --demo"
        )
    archive = Archive(folders.data)
    if stage.demo_sentence(archive):
        raise UsageError(
            f"{folders.data} holds demo data; name another folder with --site, or remove it"
        )
    with Client(config.Api(ask.base_url, key, ask.requests_per_minute)) as client:
        run = Run(archive, client, today, stage.version(), voice.say, voice.advance)
        # Without a look at the archive, where something may be odd: the bar need not be exact.
        with voice.progress(f"Asking for {today}", len(plan(today, {}).calls)):
            report = snapshot.take(run)
    _report_outcomes(report, voice, key)
    if not any(archive.newest(outcome.dataset, today) for outcome in report.outcomes):
        raise NothingToPublish(
            "no data yet: nothing could be read from the API, and nothing is held"
        )
    return bool(report.failed)


def _report_outcomes(report: Report, voice: Reporter, key: config.Secret | None = None) -> None:
    for outcome in report.failed:
        voice.trouble(outcome.message)
        trace = outcome.traceback.replace(key.reveal(), "…") if key else outcome.traceback
        for line in trace.splitlines():
            voice.detail(line)
    for outcome in report.outcomes:
        for note in outcome.notes:
            voice.detail(note)


def demo_snapshots(folders: Folders, voice: Reporter) -> date:
    """Fills the archive day by day from the recordings; returns the last recorded day.

    Raises:
        UsageError: the archive holds real snapshots.
    """
    if Archive(folders.data).datasets() and not (folders.data / DEMO_MARK).is_file():
        raise UsageError(
            f"{folders.data} holds real snapshots; give the demo a folder of its own with --site"
        )
    last = DEMO_DAYS[-1]
    sentence = f"Demo: recorded data of {dates.human_day(last)} and the days before, not today's."
    files.write_over(folders.data / DEMO_MARK, f"{sentence}\n".encode())
    api = config.Api(config.BASE_URL, config.Secret("demo-needs-no-key"), requests_per_minute=0)
    for day in DEMO_DAYS:
        clock = DemoClock(day)
        with Client(
            api, transport=DemoTransport(day, config.BASE_URL, clock), clock=clock
        ) as client:
            report = snapshot.take(Run(Archive(folders.data), client, day, stage.version()))
        fresh = len(report.outcomes) - len(report.failed)
        voice.say(
            f"{day}: {fresh} of {len(report.outcomes)} datasets from {report.attempts} recorded replies"
        )
        _report_outcomes(report, voice)
    return last


def verify_site(where: str, voice: Reporter) -> None:
    """Every file of a site folder, or of a site on the web, against its sha256.

    Raises:
        ArchiveDamaged: some differ; each has been told.
    """
    on_the_web = where.startswith(("https://", "http://"))
    wrong = list(verify.published(fetcher(where)) if on_the_web else verify.folder(Path(where)))
    for sentence in wrong:
        voice.trouble(sentence)
    if wrong:
        raise ArchiveDamaged(
            f"{len(wrong)} file{'s are' if len(wrong) > 1 else ' is'} not what was written"
        )
    voice.say(f"{where}: every file is what its manifest says")
