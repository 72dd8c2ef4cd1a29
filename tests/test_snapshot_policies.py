"""The rules by which a run accepts replies, holds a dataset back, or stops asking."""

import gzip
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Literal

import httpx
import pytest

from generator.archive import held_state, unused
from generator.archive.gates import Objection
from generator.archive.history import History
from generator.archive.store import Archive
from generator.base.config import Api, Secret
from generator.base.dates import Window, parse_day
from generator.base.errors import LeaderboardsError
from generator.endpoints import (
    app_rankings,
    benchmarks,
    models,
    rankings_daily,
    task_classifications,
)
from generator.endpoints.endpoint import Call, Endpoint, HeldState, Parsed, Reply
from generator.fetch.acceptance import Answers, accepted, judged
from generator.fetch.client import Client
from generator.fetch.giving_up import reason_not_to_ask
from generator.fetch.pacing import Clock
from generator.fetch.report import Outcome
from generator.fetch.snapshot import Run, take
from generator.publish.verify import verify_folder
from generator.render import day_zips
from tests import tiny

TODAY = date(2026, 11, 21)
RECEIVED = datetime(2026, 11, 21, 6, 17, tzinfo=UTC)
SCORES = benchmarks.ARTIFICIAL_ANALYSIS
RATINGS = benchmarks.DESIGN_ARENA
EVALUATIONS = benchmarks.OPENROUTER
SCORES_ALONE = (SCORES,)


def score(number: int, index: int = 50) -> dict[str, Any]:
    """A row of Artificial Analysis."""
    return {
        "source": "artificial-analysis",
        "model_permaslug": f"a/{number}",
        "display_name": f"Model {number}",
        "intelligence_index": index,
        "coding_index": None,
        "agentic_index": None,
    }


def scores(count: int, as_of: str = "2026-11-10") -> dict[str, Any]:
    """A reply with so many rows."""
    rows = [score(number) for number in range(count)]
    return {"data": rows, "meta": {"as_of": as_of, "version": "v1"}}


class StillClock(Clock):
    """A clock that always shows one moment and never waits."""

    def __init__(self, now: datetime = RECEIVED) -> None:
        self._now = now
        self.monotonic = lambda: 0.0
        self.sleep = lambda _seconds: None

    def now(self) -> datetime:
        return self._now


class World:
    """An archive and an API whose replies a test sets by path; days are runs on the same archive."""

    def __init__(self, root: Path) -> None:
        self.archive = Archive(root)
        self.root = root
        self.replies: dict[str, Any] = {}
        self.headers: dict[str, str] = {}
        self.asked: list[str] = []
        self.lines: list[str] = []
        self.advanced = 0

    def run(
        self,
        day: date,
        endpoints: tuple[Endpoint, ...] = SCORES_ALONE,
        accept: date | Literal["nothing"] | None = "nothing",
        **replies: Any,
    ) -> list[Outcome]:
        """Return the outcomes of a day's run.

        Args:
            accept: the day whose snapshots are accepted though they are held back, None for this one's.
        """
        self.replies |= replies
        now = datetime(day.year, day.month, day.day, 6, 17, tzinfo=UTC)
        api = Api("http://127.0.0.1/api/v1", Secret("sk-or-v1-test"), 0)
        transport = httpx.MockTransport(self._respond)
        with Client(api, transport=transport, clock=StillClock(now)) as client:
            run = Run(
                Archive(self.root),
                client,
                day,
                "test",
                self.lines.append,
                self._advance,
                endpoints,
                {} if accept == "nothing" else {endpoint.name: [accept] for endpoint in endpoints},
            )
            report = take(run)
            self.attempts = report.attempts
        self.archive = Archive(self.root)
        return report.outcomes

    def _advance(self) -> None:
        self.advanced += 1

    def _respond(self, request: httpx.Request) -> httpx.Response:
        path = request.url.path.removeprefix("/api/v1")
        self.asked.append(str(request.url).partition("/api/v1")[2])
        reply = self.replies[path.strip("/").replace("/", "_").replace("-", "_")]
        if callable(reply):
            reply = reply(dict(request.url.params))
        status = reply if isinstance(reply, int) else 200
        body = httpx.ByteStream(json.dumps(reply).encode())
        headers = {"content-type": "application/json", **self.headers}
        return httpx.Response(status, stream=body, headers=headers)

    def days(self, dataset: str = SCORES.name) -> list[str]:
        """The names of the dataset's snapshots, without extensions."""
        paths = (self.root / dataset).glob("*.json.gz")
        return sorted(path.name.removesuffix(".json.gz") for path in paths)


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


def after(days: int) -> date:
    return TODAY + timedelta(days=days)


def test_a_cut_list_is_held_back_twice_and_then_believed(world: World) -> None:
    states, notes, messages = [], [], []
    for number, count in enumerate((120, 89, 89, 89, 89)):
        (outcome,) = world.run(after(number), benchmarks=scores(count))
        states.append(outcome.state)
        notes.append(outcome.notes)
        messages.append(outcome.message)
    assert states == ["fresh", "held back", "held back", "fresh", "fresh"]
    lost = "89 rows came, 120 were held"
    name = SCORES.name
    assert notes == [(), (), (), (f"{name}: {lost}; accepted after 2 runs",), ()]
    held_back = f"{name}: held back: {lost}"
    assert messages == ["", held_back, held_back, "", ""]
    # From the fourth run on, what the two before it brought is good; on their own days it was not.
    assert [len(world.archive.snapshots(name, after(day))) for day in range(5)] == [1, 1, 1, 4, 5]
    assert [len(world.archive.set_aside(name, after(day))) for day in range(5)] == [0, 1, 2, 0, 0]


def test_a_list_that_comes_back_whole_starts_the_count_again(world: World) -> None:
    states = []
    for number, count in enumerate((100, 10, 10, 100, 10, 10, 10)):
        (outcome,) = world.run(after(number), benchmarks=scores(count))
        states.append(outcome.state)
    held_twice = ["held back", "held back", "fresh"]
    assert states == ["fresh", *held_twice, *held_twice]


def test_two_runs_of_one_day_count_as_one(world: World) -> None:
    world.run(TODAY, benchmarks=scores(100))
    states = []
    for day in (1, 1, 1, 2, 3):
        (outcome,) = world.run(after(day), benchmarks=scores(10))
        states.append(outcome.state)
    assert states == ["held back", "held back", "held back", "held back", "fresh"]


def test_a_run_that_a_later_one_of_its_day_put_right_does_not_count(world: World) -> None:
    states = []
    for day, count in ((0, 100), (1, 10), (1, 100), (2, 10), (3, 10), (4, 10)):
        (outcome,) = world.run(after(day), benchmarks=scores(count))
        states.append(outcome.state)
    assert states == ["fresh", "held back", "fresh", "held back", "held back", "fresh"]


def held(world: World, day: date) -> tuple[list[str], list[str]]:
    """The files of the scores that are good on a day, and of those that are held back."""
    good = world.archive.snapshots(SCORES.name, day)
    set_aside = world.archive.set_aside(SCORES.name, day)
    return [one.path.name[8:10] for one in good], [one.path.name[8:10] for one in set_aside]


def test_what_is_held_back_is_kept_word_for_word_and_accepted_by_its_owner(world: World) -> None:
    world.run(TODAY, benchmarks=scores(100))
    world.run(after(1), benchmarks=scores(10))
    assert held(world, after(1)) == (["21"], ["22"])
    (set_aside,) = world.archive.set_aside(SCORES.name)
    assert set_aside.manifest.held_back == (Objection("rows", "10 rows came, 100 were held"),)
    assert json.loads(world.archive.unpacked(set_aside))["calls"][0]["reply"] == scores(10)
    (held_back,) = History(world.archive, after(1)).held_back(SCORES.name)
    assert str(held_back) == (
        f"{SCORES.name}: {set_aside.path.name} is held back: 10 rows came, 100 were held; "
        "the statement of 21 Nov 2026 is shown"
    )
    assert History(world.archive, TODAY).held_back(SCORES.name) == ()
    assert verify_folder(world.root).compared == ("2 archived snapshots match their manifests",)
    # The same facts once more: this time they are accepted, and so are those like them.
    (outcome,) = world.run(after(2), accept=None)
    assert (outcome.state, outcome.notes) == (
        "fresh",
        (f"{SCORES.name}: 10 rows came, 100 were held; accepted by the owner of the site",),
    )
    assert held(world, after(2)) == (["21", "22", "23"], [])
    # On its own day it is still not known, nor in the zip of that day.
    assert held(world, after(1)) == (["21"], ["22"])
    zips = [name for name, _ in day_zips.day_zips(History(world.archive, after(3)))]
    assert zips == ["2026-11-23.zip", "2026-11-21.zip"]


def test_a_second_run_of_the_day_accepts_what_the_first_held_back(world: World) -> None:
    world.run(TODAY, benchmarks=scores(100))
    world.run(after(1), benchmarks=scores(10))
    world.run(after(1))
    assert world.days() == ["2026-11-21", "2026-11-22"]
    (outcome,) = world.run(after(1), accept=None)
    assert (outcome.state, world.days()[-1]) == ("fresh", "2026-11-22.r2")
    world.run(after(1), accept=None)
    assert len(world.days()) == 3


def test_the_snapshot_of_one_day_is_accepted_alone(world: World) -> None:
    world.run(TODAY, benchmarks=scores(100))
    world.run(after(1), benchmarks=scores(10))
    world.run(after(2), benchmarks=scores(100))
    assert held(world, after(2)) == (["21", "23"], ["22"])
    (outcome,) = world.run(after(2), accept=after(1))
    assert outcome.state == "fresh"
    assert held(world, after(2)) == (["21", "22", "23", "23"], [])


def test_what_came_between_two_that_are_alike_starts_the_count_again(world: World) -> None:
    states = []
    for number, count in enumerate((100, 10, 50, 10, 10, 10)):
        (outcome,) = world.run(after(number), benchmarks=scores(count))
        states.append(outcome.state)
    assert states == ["fresh", *["held back"] * 4, "fresh"]
    # Three alike are good; the one apart stays where it is.
    assert held(world, after(5)) == (["21", "24", "25", "26"], ["22", "23"])


def test_pages_that_repeat_ranks_are_held_back_though_nothing_was_held(world: World) -> None:
    def twice(params: dict[str, str]) -> dict[str, Any]:
        return app_page(params | {"offset": "0"})

    (outcome,) = world.run(TODAY, (app_rankings.ENDPOINT,), datasets_app_rankings=twice)
    assert outcome.state == "held back"
    assert outcome.message == "app-rankings: held back: popular: rank 1 is given twice"
    assert world.archive.newest(app_rankings.NAME) is None


@pytest.mark.parametrize(("days", "state"), [(3, "held back"), (4, "fresh")])
def test_totals_of_periods_are_compared_that_end_three_days_apart_or_fewer(
    world: World, days: int, state: str
) -> None:
    def doubled(params: dict[str, str]) -> dict[str, Any]:
        page = app_page(params)
        rows = [{**row, "total_tokens": "2"} for row in page["data"]]
        return page | {"data": rows}

    world.run(TODAY, (app_rankings.ENDPOINT,), datasets_app_rankings=app_page)
    (outcome,) = world.run(after(days), (app_rankings.ENDPOINT,), datasets_app_rankings=doubled)
    assert outcome.state == state
    assert ("the total moved by +100.0%" in outcome.message) is (state == "held back")


@pytest.mark.parametrize("pause", [3, 10, 40])
def test_however_long_a_pause_no_day_keeps_a_number_that_was_provisional(
    world: World, pause: int
) -> None:
    def as_asked_on(today: date) -> Any:
        def of_days(asked: dict[str, str]) -> dict[str, Any]:
            reply = ranking_reply(asked["start_date"], asked["end_date"])
            days = Window(parse_day(asked["start_date"]), parse_day(asked["end_date"]))
            stated = {day: 100 if (today - day).days > 3 else 95 for day in days}
            reply["data"] = [
                {**reply["data"][0], "date": str(day), "total_tokens": str(tokens)}
                for day, tokens in stated.items()
            ]
            return reply

        return of_days

    every = (rankings_daily.ENDPOINT,)
    for day in (TODAY, after(pause)):
        world.run(day, every, datasets_rankings_daily=as_asked_on(day))
    usage = History(world.archive, after(pause)).daily_tokens
    assert usage is not None
    provisional = {day for day, tokens in usage.days.items() if tokens["a/x"] == 95}
    assert provisional == set(Window.ending(after(pause - 1), 3))
    assert len(usage.days) == (after(pause) - date(2025, 1, 1)).days


def test_days_of_the_rankings_are_held_back_one_by_one_and_the_reply_is_kept(world: World) -> None:
    def answer(tokens: int) -> Any:
        def of_days(asked: dict[str, str]) -> dict[str, Any]:
            reply = ranking_reply(asked["start_date"], asked["end_date"])
            days = Window(parse_day(asked["start_date"]), parse_day(asked["end_date"]))
            reply["data"] = [
                {**reply["data"][0], "date": str(day), "total_tokens": str(tokens)}
                for day in days
                if day >= after(-5)
            ]
            return reply

        return of_days

    every = (rankings_daily.ENDPOINT,)
    world.run(TODAY, every, datasets_rankings_daily=answer(100))
    (outcome,) = world.run(after(1), every, datasets_rankings_daily=answer(50))
    assert (outcome.state, outcome.rows) == ("held back", 6)
    assert outcome.message == (
        "rankings-daily: held back: 16 Nov 2026: the total moved by −50.0%: 50 tokens came, 100 were held; "
        "17 Nov 2026: the total moved by −50.0%: 50 tokens came, 100 were held; "
        "18 Nov 2026: the total moved by −50.0%: 50 tokens came, 100 were held …"
    )
    assert world.days("rankings-daily") == ["2026-11-21", "2026-11-22"]
    (outcome,) = world.run(after(1), every, accept=None)
    assert outcome.state == "fresh"
    usage = History(world.archive, after(1)).daily_tokens
    assert usage is not None
    assert {sum(tokens.values()) for tokens in usage.days.values()} == {50}


def failed(message: str, bug: str = "") -> Outcome:
    """A dataset that failed, of a path of its own."""
    name = message.partition(":")[0]
    return Outcome(name, "failed", message, traceback=bug, path=f"/{name}")


FRESH = Outcome("f", "fresh", rows=1, calls=1)


@pytest.mark.parametrize(
    ("outcomes", "reason"),
    [
        ([], ""),
        ([failed("a: GET /a: HTTP 500")] * 2, ""),
        ([failed("a: GET /a: HTTP 500"), failed("b: GET /b: HTTP 500")] * 2, ""),
        (
            [failed("a: GET /a: HTTP 500"), failed("b: GET /b: HTTP 500"), failed("c: HTTP 500")],
            "skipped after 3 similar failures: HTTP 500",
        ),
        ([failed("a: X"), failed("b: X"), failed("c: X")], "skipped after 3 similar failures: X"),
        ([FRESH, failed("a: X"), failed("b: X"), failed("c: X")], "skipped after 3 similar failures: X"),
        ([failed("a: X"), failed("b: Y"), failed("c: X")], ""),
        ([failed("a: Y"), failed("b: X"), failed("c: X"), failed("d: X")], "skipped after 3 similar failures: X"),
        ([failed("a: X"), FRESH, failed("b: X"), failed("c: X")], ""),
        ([failed("a: X"), failed("b: X"), replace(FRESH, state="held back", message="c: X")], ""),
        (
            [failed("a: X"), failed("b: X"), Outcome("w", "not due"), failed("c: X")],
            "skipped after 3 similar failures: X",
        ),
        ([failed("a: X"), failed("b: X", "Traceback"), failed("c: X")], ""),
    ],
)  # fmt: skip
def test_after_three_datasets_that_failed_alike_the_rest_is_not_asked(
    outcomes: list[Outcome], reason: str
) -> None:
    assert reason_not_to_ask(outcomes, keyed=True) == reason


def named(number: int) -> Endpoint:
    """A dataset of its own with one call at a path of its own."""
    name = f"d{number}"
    return replace(SCORES, name=name, calls=lambda _today, _state: [Call(name, f"/{name}")])


def test_a_run_stops_asking_after_three_and_reports_the_rest_as_failed(world: World) -> None:
    endpoints = tuple(named(number) for number in range(5))
    outcomes = world.run(TODAY, endpoints, d0=scores(1), d1=404, d2=404, d3=404, d4=scores(1))
    assert [outcome.state for outcome in outcomes] == ["fresh"] + ["failed"] * 4
    assert world.asked == ["/d0", "/d1", "/d2", "/d3"]
    assert outcomes[4].message.startswith("d4: skipped after 3 similar failures: the endpoint")


def test_a_path_that_is_gone_takes_no_other_with_it(world: World) -> None:
    """Three datasets come from one path, each with a source of its own."""
    endpoints = (SCORES, RATINGS, EVALUATIONS, named(1))
    outcomes = world.run(TODAY, endpoints, benchmarks=404, d1=scores(1))
    assert [outcome.state for outcome in outcomes] == ["failed"] * 3 + ["fresh"]


@pytest.mark.parametrize(
    ("status", "is_asked"), [(401, True), (402, True), (403, True), (429, True), (500, False)]
)
def test_a_key_that_is_refused_leaves_what_needs_none(
    world: World, status: int, is_asked: bool
) -> None:
    bare = replace(named(4), calls=lambda _today, _state: [Call("d4", "/d4", keyed=False)])
    endpoints = (*map(named, range(4)), bare, named(5))
    refused = {f"d{number}": status for number in range(4)}
    outcomes = world.run(TODAY, endpoints, **refused, d4=scores(1), d5=scores(1))
    assert ("/d3" in world.asked, "/d4" in world.asked, "/d5" in world.asked) == (
        False,
        is_asked,
        False,
    )
    assert outcomes[4].state == ("fresh" if is_asked else "failed")


def ranking_reply(first: str, last: str) -> dict[str, Any]:
    """A reply of one row whose meta names this window."""
    row = {"date": last, "model_permaslug": "a/x", "total_tokens": "5"}
    meta = {"as_of": "2026-11-21T06:00:00Z", "start_date": first, "end_date": last}
    return {"data": [row], "meta": {**meta, "version": "v1"}}


def listed(number: int) -> dict[str, Any]:
    return {**tiny.ROWS["models"], "id": f"a/{number}"}


def test_a_catalog_that_comes_in_pages_is_read_to_its_end(world: World) -> None:
    """Documented is that the whole list comes where no page is asked for."""

    def page(params: dict[str, str]) -> dict[str, Any]:
        start = int(params.get("offset", "0"))
        rows = [listed(number) for number in range(start, min(start + 2, 5))]
        following = "https://elsewhere.example/" if start + 2 < 5 else None
        return {"data": rows, "links": {"next": following}, "total_count": 5}

    (outcome,) = world.run(
        TODAY, (models.ENDPOINT,), models=page, models_count={"data": {"count": 5}}
    )
    assert (outcome.state, outcome.rows, outcome.notes) == ("fresh", 6, ())
    pages = [asked.partition("all")[2] for asked in world.asked if "count" not in asked]
    assert pages == ["", "&offset=2&limit=1000", "&offset=4&limit=1000"]


@pytest.mark.parametrize("links", [None, 7, {}, {"next": None}, {"next": ""}])
def test_a_catalog_that_names_no_next_page_is_whole(world: World, links: Any) -> None:
    replies = {
        "models": {"data": [listed(1)], "links": links},
        "models_count": {"data": {"count": 1}},
    }
    world.run(TODAY, (models.ENDPOINT,), **replies)
    assert len(world.asked) == 2


@pytest.mark.parametrize(
    ("offset", "rows", "asks"), [(9998, 2, True), (9999, 2, False), (0, 0, False)]
)
def test_a_catalog_whose_pages_have_no_end_is_given_up(offset: int, rows: int, asks: bool) -> None:
    call = Call(models.NAME, models.LIST, (("offset", str(offset)),))
    value = {"data": [listed(row) for row in range(rows)], "links": {"next": "/api/v1/models"}}
    reply = Reply(call, b"", value, RECEIVED)
    following = models.more(reply, models.parse(reply))
    assert bool(following) is asks
    assert not any(call.keyed for call in following), "the list is public"


def test_a_look_up_that_fails_is_noted_and_the_catalog_is_kept(world: World) -> None:
    def of_asked_days(asked: dict[str, str]) -> dict[str, Any]:
        return ranking_reply(asked["start_date"], asked["end_date"])

    world.run(TODAY, (rankings_daily.ENDPOINT,), datasets_rankings_daily=of_asked_days)
    (outcome,) = world.run(
        TODAY,
        (models.ENDPOINT,),
        models={"data": [tiny.ROWS["models"]]},
        models_count={"data": {"count": 1}},
        model_a_x=500,
    )
    assert (outcome.state, len(outcome.notes)) == ("fresh", 1)
    assert "/model/a/x" in outcome.notes[0]


@pytest.mark.parametrize("count", [500, 404, {"data": 7}])
def test_a_count_that_fails_costs_no_list(world: World, count: Any) -> None:
    listed = {"data": [tiny.ROWS["models"]]}
    (outcome,) = world.run(TODAY, (models.ENDPOINT,), models=listed, models_count=count)
    assert (outcome.state, outcome.rows, len(outcome.notes)) == ("fresh", 1, 1)
    assert "/models/count" in outcome.notes[0]


def test_a_reply_about_other_days_than_asked_is_kept_with_a_note_on_both(world: World) -> None:
    def answer(asked: dict[str, str]) -> dict[str, Any]:
        if asked["start_date"] == "2025-01-01":
            return ranking_reply(asked["start_date"], asked["end_date"])
        return ranking_reply("2026-10-01", "2026-10-07")

    (outcome,) = world.run(TODAY, (rankings_daily.ENDPOINT,), datasets_rankings_daily=answer)
    assert outcome.state == "fresh"
    call = "GET /datasets/rankings-daily?start_date=2026-01-01&end_date=2026-11-20&period=day"
    (both,) = [note for note in outcome.notes if "asked for" in note]
    assert both == (
        f"rankings-daily: the reply to {call} covers 2026-10-01 to 2026-10-07, "
        "where 2026-01-01 to 2026-11-20 was asked for"
    )
    assert not [note for note in outcome.notes if "2025-12-31" in note]


@pytest.mark.parametrize(
    ("as_of", "is_accepted"),
    [
        ("2026-11-10T12:00:00Z", True),
        ("2026-11-10T12:00:01Z", True),
        ("2026-11-10T11:59:59Z", False),
        ("2026-11-10T13:00:00+01:00", True),
        ("2026-11-10", False),
        ("2026-11-11", True),
    ],
)
def test_an_as_of_never_goes_back(world: World, as_of: str, is_accepted: bool) -> None:
    world.run(TODAY, benchmarks=scores(1, "2026-11-10T12:00:00Z"))
    (outcome,) = world.run(after(1), benchmarks=scores(2, as_of))
    assert outcome.state == ("fresh" if is_accepted else "held back")
    if not is_accepted:
        assert outcome.message == (
            f"benchmarks-artificial-analysis: held back: the reply is as of {as_of}, "
            "older than the 2026-11-10T12:00:00Z already held"
        )
        newest = world.archive.newest(SCORES.name)
        assert newest is not None
        assert newest.day == TODAY


def test_an_empty_list_is_refused_where_rows_are_expected(world: World) -> None:
    (outcome,) = world.run(TODAY, benchmarks=scores(0))
    assert outcome == Outcome(
        SCORES.name,
        "failed",
        "benchmarks-artificial-analysis: unexpected empty response",
        path="/benchmarks",
    )
    assert world.days() == []


def evaluations(count: int) -> dict[str, Any]:
    row = {
        "source": "openrouter",
        "model_permaslug": "a/x",
        "benchmark_type": "gpqa",
        "accuracy": 0.5,
        "total_tasks": 10,
        "last_run_timestamp": "2026-11-01",
    }
    rows = [row | {"display_name": f"X {number}"} for number in range(count)]
    return {"data": rows, "meta": {"as_of": "2026-11-10", "version": "v1"}}


def test_a_list_that_may_be_empty_may_be_so_only_until_it_has_had_rows(world: World) -> None:
    states = []
    for number, count in enumerate((0, 0, 2, 0)):
        (outcome,) = world.run(after(number), (EVALUATIONS,), benchmarks=evaluations(count))
        states.append((outcome.state, outcome.rows))
    assert states == [("fresh", 0), ("fresh", 0), ("fresh", 2), ("failed", 0)]


def test_a_second_run_of_a_day_stores_only_other_facts(world: World) -> None:
    world.run(TODAY, benchmarks=scores(2))
    (outcome,) = world.run(TODAY, benchmarks=scores(2, as_of="2026-11-11"))
    assert (outcome.state, world.days()) == ("fresh", ["2026-11-21"])
    # The day's own snapshot is not what it is compared with: a cut list is no loss yet.
    (outcome,) = world.run(TODAY, benchmarks=scores(1))
    assert (outcome.state, world.days()) == ("fresh", ["2026-11-21", "2026-11-21.r2"])
    world.run(TODAY, benchmarks=scores(2))
    assert world.days() == ["2026-11-21", "2026-11-21.r2", "2026-11-21.r3"]


def ratings(params: dict[str, str]) -> dict[str, Any]:
    arena = params["arena"]
    row = {
        "source": "design-arena",
        "model_permaslug": "a/x",
        "display_name": "X",
        "arena": arena,
        "category": "website",
        "elo": 1200,
        "win_rate": 50,
    }
    days = {"models": "2026-11-10", "builders": "2026-11-11", "agents": "2026-11-10"}
    return {"data": [row], "meta": {"as_of": days[arena], "version": "v1"}}


def lacking(arena: str, instead: Any) -> Callable[[dict[str, str]], Any]:
    return lambda params: instead if params["arena"] == arena else ratings(params)


@pytest.mark.parametrize(
    ("arena", "instead", "state"),
    [
        *[("agents", status, "fresh") for status in (400, 404, 410, 422)],
        ("agents", {"data": 7}, "fresh"),
        (
            "agents",
            {"data": [{"source": "design-arena"}], "meta": {"as_of": "2026-11-10"}},
            "fresh",
        ),
        *[("agents", status, "failed") for status in (401, 403, 429, 500)],
        ("models", 400, "failed"),
    ],
)
def test_a_list_that_is_gone_leaves_the_other_lists(
    world: World, arena: str, instead: Any, state: str
) -> None:
    (outcome,) = world.run(TODAY, (RATINGS,), benchmarks=lacking(arena, instead))
    assert outcome.state == state
    if state == "fresh":
        (note,) = [note for note in outcome.notes if f"arena={arena}" in note]
        assert note.startswith(RATINGS.name)
        assert (outcome.rows, outcome.calls) == (2, 2)


def test_a_list_that_goes_is_held_back_like_one_that_lost_its_rows(world: World) -> None:
    world.run(TODAY, (RATINGS,), benchmarks=ratings)
    outcomes = [
        world.run(after(day), (RATINGS,), benchmarks=lacking("agents", 400))[0]
        for day in range(1, 4)
    ]
    assert [outcome.state for outcome in outcomes] == ["held back", "held back", "fresh"]
    assert outcomes[0].message.endswith("agents: 0 rows came, 1 were held")


def test_the_lists_of_all_cannot_be_left_out() -> None:
    scored, rated, listed = (
        [call for call in endpoint.calls(TODAY, HeldState()) if not call.separable]
        for endpoint in (SCORES, RATINGS, app_rankings.ENDPOINT)
    )
    assert [call.param("source") for call in scored] == ["artificial-analysis"]
    assert [call.param("arena") for call in rated] == ["models"]
    assert [call.param("sort") for call in listed] == ["popular", "trending"]


def test_a_run_reports_each_dataset_and_counts_replies_and_attempts(world: World) -> None:
    outcomes = world.run(
        TODAY,
        (SCORES, RATINGS),
        benchmarks=lambda params: ratings(params) if "arena" in params else scores(1000),
    )
    assert outcomes == [
        Outcome(SCORES.name, "fresh", "", 1000, 1, path="/benchmarks"),
        Outcome(RATINGS.name, "fresh", "", 3, 3, path="/benchmarks"),
    ]
    assert world.lines == [
        "benchmarks-artificial-analysis: 1,000 rows from 1 call",
        "benchmarks-design-arena: 3 rows from 3 calls",
    ]
    assert (world.advanced, world.attempts) == (4, 4)
    ((day, report),) = world.archive.runs()
    assert day == TODAY
    assert report["schema_version"] == 1
    assert report["day"] == "2026-11-21"
    assert report["datasets"][RATINGS.name] == {
        "state": "fresh",
        "message": "",
        "rows": 3,
        "calls": 3,
        "notes": [],
    }
    snapshot = world.archive.newest(RATINGS.name)
    assert snapshot is not None
    assert (snapshot.manifest.rows, snapshot.manifest.calls, snapshot.manifest.days) == (3, 3, ())
    assert (snapshot.manifest.as_of, snapshot.manifest.generator) == ("2026-11-10", "test")
    credit_lines = world.archive.opened(snapshot).citations
    assert [credit.as_of for credit in credit_lines] == ["2026-11-10", "2026-11-11"]


def test_a_dataset_is_taken_whole_or_not_at_all(world: World) -> None:
    (outcome,) = world.run(TODAY, (RATINGS,), benchmarks=lacking("agents", 500))
    assert outcome.state == "failed"
    assert "arena=agents" in outcome.message
    assert world.days(RATINGS.name) == []
    ((_, report),) = world.archive.runs()
    assert report["datasets"][RATINGS.name]["message"] == outcome.message


def test_an_announced_end_is_noted_once_for_a_dataset(world: World) -> None:
    world.headers = {"sunset": "Sat, 26 Dec 2026 00:00:00 GMT"}
    (outcome,) = world.run(TODAY, (RATINGS,), benchmarks=ratings)
    end = "the API announces the end of /benchmarks (Sunset: Sat, 26 Dec 2026 00:00:00 GMT)"
    assert (outcome.state, outcome.notes) == ("fresh", (f"{RATINGS.name}: {end}",))


def unused_replies(world: World, dataset: str) -> tuple[str, list[Any]]:
    """Why replies made no snapshot, and the replies, from the one file that has them."""
    (path,) = unused.kept(world.root)
    assert path == world.root / dataset / f"{TODAY}.unused.gz"
    content = json.loads(gzip.decompress(path.read_bytes()))
    return content["why"], [call["reply"] for call in content["calls"]]


def test_a_reply_that_cannot_be_used_is_kept_word_for_word(world: World) -> None:
    """Scores cannot be asked for again: a version that understands them may still read them."""
    newer = {"data": [], "meta": {"as_of": "2026-11-10", "version": "v2"}}
    (outcome,) = world.run(TODAY, benchmarks=newer)
    assert unused_replies(world, SCORES.name) == (outcome.message, [newer])
    assert world.archive.datasets() == []


def test_replies_are_kept_when_another_of_their_dataset_fails_or_contradicts_them(
    world: World,
) -> None:
    (outcome,) = world.run(TODAY, (RATINGS,), benchmarks=lacking("builders", 500))
    assert unused_replies(world, RATINGS.name) == (outcome.message, [ratings({"arena": "models"})])


def test_a_list_that_cannot_be_read_is_kept_beside_the_snapshot_without_it(world: World) -> None:
    world.run(TODAY, (RATINGS,), benchmarks=lacking("agents", {"data": 7}))
    why, replies = unused_replies(world, RATINGS.name)
    assert replies == [{"data": 7}]
    assert "arena=agents" in why
    assert world.days(RATINGS.name) == [str(TODAY)]


def test_replies_that_a_bug_of_ours_trips_over_are_kept(world: World) -> None:
    broken = replace(SCORES, doubts=lambda _rows: [1 / 0])
    (outcome,) = world.run(TODAY, (broken,), benchmarks=scores(1))
    assert unused_replies(world, SCORES.name) == (outcome.message, [scores(1)])


def test_a_second_run_that_fails_leaves_what_the_first_one_kept(world: World) -> None:
    for rows in ([7], [8]):
        world.run(TODAY, benchmarks={"data": rows, "meta": {"as_of": "2026-11-10"}})
    assert unused_replies(world, SCORES.name)[1][0]["data"] == [7]


def test_a_run_that_uses_every_reply_or_gets_none_keeps_no_others(world: World) -> None:
    world.run(TODAY, benchmarks=scores(1))
    world.run(after(1), benchmarks=500)
    assert unused.kept(world.root) == []


def test_verify_finds_a_changed_byte_in_replies_that_were_not_used(world: World) -> None:
    world.run(TODAY, benchmarks=scores(0))
    (path,) = unused.kept(world.root)
    verified = verify_folder(world.root)
    assert verified.compared == (
        "1 file matches the checksum in it, of responses that were not used",
    )
    whole = path.read_bytes()
    for at in (0, 5, len(whole) // 2, len(whole) - 1):
        path.chmod(0o644)
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        assert verify_folder(world.root).wrong == (
            f"{path}: it is damaged; restore it, or delete it",
        )


def test_a_full_disk_ends_the_run(world: World) -> None:
    (world.root / SCORES.name).write_text("a file where the folder should be")
    with pytest.raises(FileExistsError):
        world.run(TODAY, benchmarks=scores(1))


def test_known_trouble_that_is_not_of_a_reply_ends_the_run(world: World) -> None:
    def broken(_reply: Reply) -> Parsed:
        raise LeaderboardsError("the archive is broken")

    with pytest.raises(LeaderboardsError, match="the archive is broken"):
        world.run(TODAY, (replace(SCORES, parse=broken),), benchmarks=scores(1))


def test_a_bug_is_one_failed_dataset_with_its_place_and_traceback(world: World) -> None:
    def broken(_reply: Reply) -> Parsed:
        raise KeyError("secret words of the reply")

    (outcome, other) = world.run(
        TODAY, (replace(SCORES, name="x", parse=broken), SCORES), benchmarks=scores(1)
    )
    assert outcome.message.startswith(
        "x: failed: unexpected KeyError in test_snapshot_policies.py:"
    )
    assert outcome.message.endswith(" (a bug; run with -v for the traceback)")
    assert "secret words" not in outcome.message
    assert outcome.traceback.startswith("Traceback (most recent call last):\n")
    assert outcome.traceback.endswith("KeyError: 'secret words of the reply'\n")
    assert other.state == "fresh"


def ranking(day: date, slug: str = "a/x") -> dict[str, Any]:
    return {"date": str(day), "model_permaslug": slug, "total_tokens": "5"}


def rankings(params: dict[str, str]) -> dict[str, Any]:
    """Tokens of the last two days that were asked for, where they are in 2026."""
    end = date.fromisoformat(params["end_date"])
    window = {"start_date": params["start_date"], "end_date": params["end_date"]}
    rows = [ranking(end), ranking(end - timedelta(days=1))] if end.year == 2026 else []
    return {"data": rows, "meta": {"as_of": "2026-11-20T06:00:00Z", "version": "v1", **window}}


def test_a_manifest_names_the_days_that_rows_state(world: World) -> None:
    (outcome,) = world.run(TODAY, (rankings_daily.ENDPOINT,), datasets_rankings_daily=rankings)
    assert (outcome.state, outcome.rows, outcome.calls) == ("fresh", 2, 2)
    snapshot = world.archive.newest("rankings-daily")
    assert snapshot is not None
    assert snapshot.manifest.days == ("2026-11-19", "2026-11-20")
    state = held_state.of_dataset(History(world.archive, after(1)), "rankings-daily")
    assert (state.days, min(state.stated_days)) == (frozenset(), date(2026, 11, 19))


def answer(
    *rows: Any, as_of: str = "2026-11-20", received: datetime = RECEIVED, **parsed: Any
) -> tuple[Reply, Parsed]:
    """A reply about tasks that means these rows."""
    call = Call(task_classifications.NAME, task_classifications.PATH)
    reply = Reply(call, b"{}", {}, received)
    citation = task_classifications.attribution.rankings(as_of)
    return reply, Parsed(rows, citation, **parsed)


def answers(*pairs: tuple[Reply, Parsed], notes: tuple[str, ...] = ()) -> Answers:
    replies, parsed = zip(*pairs, strict=True)
    return Answers(replies, parsed, notes)


def app_page(params: dict[str, str]) -> dict[str, Any]:
    """A hundred apps on the first page of the popular list of all, one on any other page."""
    is_full = params["sort"] == "popular" and "category" not in params and params["offset"] == "0"
    first = int(params["offset"]) + 1
    rows = [
        {
            "rank": rank,
            "app_id": rank,
            "app_name": "A",
            "total_tokens": "1",
            "total_requests": 1,
        }
        for rank in range(first, first + (100 if is_full else 1))
    ]
    window = {name: params[name] for name in ("start_date", "end_date")}
    return {"data": rows, "meta": {"as_of": "2026-11-20", "version": "v1", **window}}


def test_a_second_page_is_asked_for_right_after_the_first(world: World) -> None:
    (outcome,) = world.run(TODAY, (app_rankings.ENDPOINT,), datasets_app_rankings=app_page)
    assert (outcome.state, outcome.calls, outcome.rows) == ("fresh", 41, 100 + 1 + 39)
    offsets = [url.rpartition("offset=")[2] for url in world.asked]
    assert offsets == ["0", "100"] + ["0"] * 39
    assert world.advanced == 41


MACRO = task_classifications.MacroRow("code", "Code", 1.0, 1.0)
TASKS = replace(
    task_classifications.ENDPOINT,
    doubts=lambda rows: [f"{len(rows)} rows are odd"],
    unasked=lambda _state: ["nobody asked"],
)


def test_notes_come_in_the_order_of_the_run_and_each_once() -> None:
    first = answer(MACRO, set_aside=("s1",), noticed=("n1", "n1"))
    second = answer(set_aside=("s2", "s1"), noticed=("n2",))
    snapshot = accepted(TASKS, answers(first, second, notes=("o1",)), HeldState(), TODAY)
    assert snapshot.notes == (
        "s1", "n1", "s2", "n2", "o1", "nobody asked", "1 rows are odd",
    )  # fmt: skip
    assert (snapshot.endpoint, snapshot.day, snapshot.rows) == (TASKS, TODAY, 1)
    assert len(snapshot.replies) == 2
    assert len(snapshot.citations) == 1


@pytest.mark.parametrize(
    ("as_of", "is_accepted"),
    [
        ("2026-11-21T06:27:00Z", True),
        ("2026-11-21T06:27:01Z", False),
        ("2026-11-21T08:27:00+02:00", True),
        ("2026-11-22", False),
    ],
)
def test_an_as_of_may_be_ten_minutes_ahead_of_its_reception(
    tmp_path: Path, as_of: str, is_accepted: bool
) -> None:
    pairs = answers(answer(MACRO), answer(as_of=as_of))
    history = History(Archive(tmp_path), TODAY)
    snapshot = judged(accepted(TASKS, pairs, HeldState(), TODAY), pairs, history, HeldState())
    reason = (
        f"the reply to GET /classifications/task is as of {as_of}, "
        "later than it was received (2026-11-21 06:17 UTC)"
    )
    assert snapshot.held_back == (() if is_accepted else (Objection("ahead", reason),))


@pytest.mark.parametrize(
    ("as_of", "notes"),
    [
        ("2026-11-22T23:59:59Z", 0),
        ("2026-11-23T00:00:00Z", 1),
        ("2026-11-25T00:00:00Z", 1),
    ],
)
def test_an_as_of_of_the_day_after_tomorrow_is_noted(as_of: str, notes: int) -> None:
    endpoint = task_classifications.ENDPOINT
    late = answer(as_of=as_of, received=datetime(2026, 12, 1, tzinfo=UTC))
    task = task_classifications.TaskRow("t", "T", "code", 1, 1, 1, 1, ())
    snapshot = accepted(endpoint, answers(answer(task), late), HeldState(), TODAY)
    day = as_of[:10]
    sentence = (
        f"task-classifications: as of {day}, which lies after the day of the snapshot (2026-11-21)"
    )
    assert snapshot.notes == (sentence,) * notes


def catalogue(count: int) -> Iterator[dict[str, Any]]:
    for number in range(count):
        yield {
            "id": f"a/{number}",
            "canonical_slug": f"a/{number}",
            "name": f"Model {number}",
            "created": 1,
            "architecture": {"input_modalities": [], "output_modalities": []},
            "pricing": {"prompt": "1", "completion": "1"},
        }


def test_a_new_catalogue_is_remembered_at_once_and_its_count_is_compared(world: World) -> None:
    replies = {"models": {"data": list(catalogue(3))}, "models_count": {"data": {"count": 4}}}
    (outcome,) = world.run(TODAY, (models.ENDPOINT,), **replies)
    assert (outcome.state, outcome.rows, outcome.calls) == ("fresh", 4, 2)
    assert outcome.notes == ("models: /models/count says 4, the list has 3",)
    assert (world.root / "models" / "memory.json").is_file()
    state = held_state.of_dataset(History(world.archive, after(1)), "models")
    assert state.known_slugs == {"a/0", "a/1", "a/2"}
    (outcome,) = world.run(after(1), SCORES_ALONE, benchmarks=scores(1))
    assert not (world.root / SCORES.name / "memory.json").exists()
