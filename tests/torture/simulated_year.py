"""A year of daily runs against a small API of which the truth is known, with one fault in ten runs.

The API restates each day's tokens until it has settled, as the real one does. At the end every day is held, every
number is the true one or marked as provisional, and no snapshot that was ever stored has changed. Now and then the
site is rendered: what is out of date there says so.
"""

import json
import random
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from generator.archive.coverage import SETTLING_DAYS
from generator.archive.history import History
from generator.archive.store import Archive
from generator.archive.tables import Table
from generator.base import config
from generator.base.errors import LeaderboardsError
from generator.cli import steps
from generator.endpoints import benchmarks, models, parsing, rankings_daily
from generator.endpoints.endpoint import AnyEndpoint
from generator.fetch import snapshot
from generator.fetch.client import Client
from generator.fetch.pacing import Clock
from generator.publish import stage, verify
from generator.render.latest import ROOT
from tests import forking
from tests.tiny import ROWS
from tests.torture.file_faults import Faults, injected
from tests.torture.outcome import Outcome

DAYS = 365
RENDER_EVERY = 30
FAULTY = 0.1
SEED = 11
FIRST = parsing.FIRST_DAY + timedelta(days=7)
QUIET_END = 2 * SETTLING_DAYS
"""So many runs at the end have no fault: what can be repaired must be repaired then."""
MODELS = tuple(f"author-{at % 3}/model-{at}" for at in range(8))
ENDPOINTS: tuple[AnyEndpoint, ...] = (
    rankings_daily.ENDPOINT,
    benchmarks.ARTIFICIAL_ANALYSIS,
    models.ENDPOINT,
)
_URL = "http://127.0.0.1/api/v1"


class Killed(BaseException):
    """The run was ended in the middle."""


def play() -> Iterator[Outcome]:
    """Yield what came of the faults of a year, and of what was held and published."""
    with tempfile.TemporaryDirectory() as folder, one_chart():
        year = Year(Path(folder) / "site")
        year.play(DAYS)
        yield from year.outcomes()


@contextmanager
def one_chart() -> Iterator[None]:
    """Know one chart of all: each day's are drawn once more when a site is rendered after some days."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(forking, "SOME_CHARTS", {"tok-top-bar"})
        patch.setattr("generator.charts.png.png", forking.blank_bitmaps())
        forking.know_some_charts(patch)
        yield


# The API


def tokens(day: date, model: int, stated_on: date) -> int:
    """Return the tokens of a model on a day, as the API states them on another."""
    total = (model + 1) * 10**9 + day.toordinal() * 1_000_003 % 10**8
    unsettled = max(0, SETTLING_DAYS + 1 - (stated_on - day).days)
    return total - total * unsettled // 100


def _rankings(today: date, params: dict[str, str]) -> list[dict[str, Any]]:
    first, last = (date.fromisoformat(params[name]) for name in ("start_date", "end_date"))
    days = [first + timedelta(days=at) for at in range((last - first).days + 1)]
    rows = []
    for day in days:
        for model, slug in enumerate((*MODELS, rankings_daily.OTHER)):
            count = str(tokens(day, model, today))
            rows.append({"date": str(day), "model_permaslug": slug, "total_tokens": count})
    return rows


def _scores(today: date) -> list[dict[str, Any]]:
    row = ROWS[benchmarks.ARTIFICIAL_ANALYSIS.name]
    return [
        {**row, "model_permaslug": slug, "display_name": slug, "intelligence_index": index}
        for slug, index in ((slug, score(today, at)) for at, slug in enumerate(MODELS))
    ]


def score(today: date, model: int) -> int:
    """Return the index of a model, which moves each week."""
    return 30 + model + today.toordinal() // 7 % 10


def _listings() -> list[dict[str, Any]]:
    row = ROWS[models.NAME]
    return [{**row, "id": slug, "canonical_slug": slug, "name": slug} for slug in MODELS]


def right_answer(today: date, path: str, params: dict[str, str]) -> Any:
    """Return what the API replies on a day when nothing is wrong."""
    meta: dict[str, Any] = {"as_of": f"{today}T22:00:00Z", "version": "v1"}
    if path == rankings_daily.PATH:
        window = {name: params[name] for name in ("start_date", "end_date")}
        return {"data": _rankings(today, params), "meta": {**meta, **window}}
    if path == models.COUNT:
        return {"data": {"count": len(MODELS)}}
    if path == models.LIST:
        return {"data": _listings()}
    return {"data": _scores(today), "meta": {**meta, "source": "artificial-analysis"}}


Fault = Callable[[Any, date], Any]
"""Changes a right answer, or raises, or returns bytes or a status instead."""


def _half(answer: Any, _today: date) -> Any:
    data = answer["data"]
    return {**answer, "data": data[::2]} if isinstance(data, list) else answer


def _tenfold(answer: Any, _today: date) -> Any:
    data = answer["data"]
    if isinstance(data, list):
        for row in data:
            if "total_tokens" in row:
                row["total_tokens"] += "0"
    return answer


def _ahead(answer: Any, today: date) -> Any:
    meta = {**answer.get("meta", {}), "as_of": f"{today + timedelta(days=30)}T00:00:00Z"}
    return {**answer, "meta": meta}


def _killed(_answer: Any, _today: date) -> Any:
    raise Killed


FAULTS: dict[str, Fault] = {
    "half of the rows": _half,
    "ten times the tokens": _tenfold,
    "no rows": lambda answer, _today: {**answer, "data": []},
    "as of next month": _ahead,
    "cut in the middle": lambda answer, _today: json.dumps(answer).encode()[:-40],
    "HTTP 500": lambda _answer, _today: 500,
    "HTTP 429": lambda _answer, _today: 429,
    "HTTP 401": lambda _answer, _today: 401,
    "a page instead of data": lambda _answer, _today: b"<!doctype html><title>Busy</title>",
    "killed while it asks": _killed,
}
FULL_DISK, NO_RUN = "a full disk", "no run for up to nine days"


class _Year(Clock):
    """Shows late evening of a simulated day; sleeping passes at once."""

    def __init__(self, day: date) -> None:
        self.at = 0.0
        self.day = day
        self.monotonic = lambda: self.at
        self.sleep = self._sleep

    def _sleep(self, seconds: float) -> None:
        self.at += seconds

    def now(self) -> datetime:
        return datetime.combine(self.day, time(23, 30), UTC)


class _Api(httpx.BaseTransport):
    """Answers a day's requests, from the ``since``-th on with a fault."""

    def __init__(self, day: date, fault: Fault | None, since: int) -> None:
        self._day = day
        self._fault = fault
        self._left = since

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        path = request.url.path.removeprefix("/api/v1")
        answer = right_answer(self._day, path, dict(request.url.params))
        self._left -= 1
        if self._fault is not None and self._left < 0:
            answer = self._fault(answer, self._day)
        status, kind = 200, "application/json"
        if isinstance(answer, int):
            status, answer = answer, {"error": {"code": answer, "message": "no"}}
        if isinstance(answer, bytes):
            kind = "text/html"
        body = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
        headers = {"content-type": kind}
        return httpx.Response(status, headers=headers, stream=httpx.ByteStream(body))


# The year


@dataclass
class Year:
    """A site, and what has been seen of it.

    Attributes:
        site: its folder.
        rng: decides on the faults.
        faults: how often each was played.
        runs, rendered: how many of each there were.
        today: the simulated day.
        stored: the snapshots after the last run, by path.
        unrefreshed: what could not be refreshed on a day without a fault; datasets may be held back after one.
        wrong: sentences on what was lost, on wrong numbers, and on the site.
    """

    site: Path
    rng: random.Random = field(default_factory=lambda: random.Random(SEED))  # noqa: S311
    faults: Counter[str] = field(default_factory=Counter)
    runs: int = 0
    rendered: int = 0
    today: date = FIRST
    stored: dict[str, bytes] = field(default_factory=dict)
    unrefreshed: dict[date, list[str]] = field(default_factory=dict)
    wrong: dict[str, list[str]] = field(
        default_factory=lambda: {"lost": [], "wrong": [], "site": []}
    )

    def play(self, days: int, render_every: int = RENDER_EVERY) -> None:
        """Let so many days pass, and render the site after so many days, and at the end; 0 for never."""
        paused_until = self.today
        last = self.today + timedelta(days=days - 1)
        while self.today <= last:
            is_quiet = (last - self.today).days < QUIET_END
            is_faulty = not is_quiet and self.rng.random() < FAULTY
            fault = self.rng.choice([*FAULTS, FULL_DISK, NO_RUN]) if is_faulty else ""
            if fault == NO_RUN:
                paused_until = self.today + timedelta(days=self.rng.randint(1, 9))
            if is_quiet or self.today >= paused_until:
                self._run(fault)
            elif fault:
                fault = NO_RUN
            self.faults[fault] += bool(fault)
            passed = (self.today - FIRST).days
            if render_every and (passed % render_every == 0 or self.today == last):
                self._render()
            self.today += timedelta(days=1)
        self.today = last

    def _run(self, fault: str) -> None:
        """Take the day's snapshot; the error that ends the run is not looked at, what it left is."""
        self.runs += 1
        clock = _Year(self.today)
        api = _Api(self.today, FAULTS.get(fault), self.rng.randint(0, 3))
        options = config.Api(_URL, config.Secret("sk-or-v1-simulated"), requests_per_minute=0)
        number = self.rng.randint(1, 20) if fault == FULL_DISK else 0
        disk = Faults(number, "ENOSPC", for_ever=True)
        try:
            with (
                steps.site_lock(self.site) as folders,
                Client(options, transport=api, clock=clock) as client,
                injected(disk),
            ):
                run = snapshot.Run(
                    Archive(folders.data), client, self.today, "test", endpoints=ENDPOINTS
                )
                failed = snapshot.take(run).failed
            if failed and not fault:
                self.unrefreshed[self.today] = [outcome.message for outcome in failed]
        except (LeaderboardsError, OSError, Killed):
            if not fault:
                raise
        self._compare_stored()

    def _compare_stored(self) -> None:
        """Note each snapshot that is gone or has changed."""
        paths = sorted((self.site / "data").glob("*/*.json.gz"))
        now = {str(path.relative_to(self.site)): path.read_bytes() for path in paths}
        gone = [name for name, body in self.stored.items() if now.get(name) != body]
        self.wrong["lost"] += [f"{self.today}: {name} is gone or has changed" for name in gone]
        self.stored = now

    def _render(self) -> None:
        """Publish the site; note what is out of date there and does not say so."""
        self.rendered += 1
        with steps.site_lock(self.site) as folders:
            try:
                staged = stage.stage(folders, self.today)
            except LeaderboardsError as error:
                self.wrong["site"].append(f"{self.today}: {error}")
                return
            stage.publish(folders, staged)
        status = json.loads((self.site / "public" / ROOT / "status.json").read_bytes())
        archive = Archive(self.site / "data")
        for row in status["datasets"]:
            newest = archive.newest(row["dataset"], self.today)
            is_old = newest is not None and newest.day < self.today
            if is_old and not row["stale"]:
                self.wrong["site"].append(f"{self.today}: {row['dataset']} is old and not stale")
        self._compare_tokens(settled_only=False)

    def _compare_tokens(self, *, settled_only: bool) -> None:
        """Note each number that is neither the true one nor marked."""
        history = History(Archive(self.site / "data"), self.today)
        table = Table(history, rankings_daily.ENDPOINT, None)
        held = set()
        for month in table.months:
            for row, _ in table.records(month):
                if row["superseded_on"] is None:
                    held.add(str(row["date"]))
                    if not row[rankings_daily.PROVISIONAL]:
                        self._compare(row)
        if settled_only:
            days = (self.today - parsing.FIRST_DAY).days
            every = {str(parsing.FIRST_DAY + timedelta(days=at)) for at in range(days)}
            self.wrong["lost"] += [f"no tokens of {day}" for day in sorted(every - held)]

    def _compare(self, row: dict[str, object]) -> None:
        day, slug = date.fromisoformat(str(row["date"])), str(row["model_permaslug"])
        model = (*MODELS, rankings_daily.OTHER).index(slug)
        right = tokens(day, model, day + timedelta(days=SETTLING_DAYS + 1))
        if int(str(row["total_tokens"])) != right:
            sentence = f"{slug} on {day} is {row['total_tokens']}, not {right}, on {self.today}"
            self.wrong["wrong"].append(sentence)

    def outcomes(self) -> Iterator[Outcome]:
        """Yield the faults that were played, and what is wrong at the end of the year."""
        self._compare_tokens(settled_only=True)
        self._compare_scores()
        self.wrong["lost"] += self.unrefreshed.get(self.today, [])
        self.wrong["lost"] += verify.verify_folder(self.site / "data").wrong
        for name, times in sorted(self.faults.items()):
            if name:
                yield Outcome(f"a run with a fault: {name}", times)
        yield Outcome("runs: snapshots and days lost", self.runs, tuple(self.wrong["lost"]))
        numbers = len(MODELS) * (self.today - parsing.FIRST_DAY).days
        yield Outcome("numbers: wrong and not marked", numbers, tuple(self.wrong["wrong"]))
        yield Outcome("renders: out of date, not marked", self.rendered, tuple(self.wrong["site"]))

    def _compare_scores(self) -> None:
        """Note each snapshot with fewer rows than the API had, or other numbers."""
        history = History(Archive(self.site / "data"), self.today)
        for stored in history.snapshots(benchmarks.ARTIFICIAL_ANALYSIS.name):
            (parsed,) = history.parsed(benchmarks.ARTIFICIAL_ANALYSIS, stored)
            rows: Any = parsed.rows
            found = {row.model_permaslug: row.intelligence_index for row in rows}
            right = {slug: score(stored.day, at) for at, slug in enumerate(MODELS)}
            if found != right:
                self.wrong["wrong"].append(f"scores of {stored.day} are not those of the API")
