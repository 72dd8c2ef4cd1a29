"""One bad reply costs its own dataset, and nothing else: not the other six, not the next day."""

import json
import shutil
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, NoReturn

import pytest

from generator.archive.envelope import Snapshot
from generator.archive.history import History
from generator.archive.store import Archive
from generator.base import dates
from generator.base.config import Api, Secret
from generator.cli import commands, online
from generator.cli.terminal import Terminal
from generator.endpoints import BY_NAME, CORE, task_classifications
from generator.endpoints.endpoint import Reply
from generator.fetch import snapshot
from generator.fetch.client import Client
from generator.fetch.pacing import Clock
from generator.fetch.recorded import DEMO_DAYS, Answer
from generator.fetch.report import Report
from generator.fetch.snapshot import Run
from generator.publish.folders import Folders
from tests import replies
from tests.forking import SOME_DAYS, know_some_lists
from tests.loopback import KEY, Loopback, Request, Wire
from tests.running import LAST, Built, leaderboards, run

BEFORE = LAST - timedelta(days=1)
RECEIVED = datetime(2026, 11, 21, tzinfo=UTC)
JSON = {"content-type": "application/json"}
NAMES = [endpoint.name for endpoint in CORE]
TASKS, RANKINGS = "/classifications/task", "/datasets/rankings-daily"
APPS = "/datasets/app-rankings"
ARENA, SOURCE = "benchmarks-design-arena", "design-arena"


@pytest.fixture(autouse=True)
def _some_lists(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask for a few lists of apps: forty requests of a run's fifty are for them."""
    know_some_lists(monkeypatch)


class StoppedClock(Clock):
    """Always the moment at which the tests' replies arrive, however long a wait is."""

    sleep = staticmethod(lambda _seconds: None)

    def now(self) -> datetime:
        return RECEIVED


def taken(server: Loopback, data: Path, day: date) -> Report:
    """Return how a day's run went that keeps its snapshots in ``data`` and never waits between two tries."""
    server.day = day
    api = Api(server.url, Secret(KEY), requests_per_minute=0)
    clock = StoppedClock()
    with Client(api, transport=Wire(server), clock=clock, jitter=lambda: 0.0) as client:
        return snapshot.take(Run(Archive(data), client, day, "test"))


def failed(report: Report) -> list[str]:
    return [outcome.dataset for outcome in report.failed]


def value(path: str, **params: str) -> Any:
    """Return the honest reply of the small world on the first day."""
    return json.loads(replies.recorded(BEFORE, path, params, few=True).body)


def tasks(change: Callable[[dict[str, Any]], object]) -> bytes:
    """Return the reply about tasks after a change of its ``data``."""
    reply = value(TASKS)
    change(reply["data"])
    return json.dumps(reply).encode()


def nested(depth: int) -> Any:
    inner: Any = 1
    for _ in range(depth):
        inner = {"a": [inner]}
    return inner


BAD_REPLIES: dict[str, dict[str, Any]] = {
    "an unknown field nested 900 deep": {"body": tasks(lambda data: data.update(new=nested(450)))},
    "an unknown field nested 150 deep": {"body": tasks(lambda data: data.update(new=nested(75)))},
    "a list nested 900 deep": {"body": b"[" * 900 + b"]" * 900},
    "an as_of before the calendar begins": {
        "body": tasks(lambda data: data.update(as_of="0001-01-01T00:00:00+14:00"))
    },
    "an as_of after the calendar ends": {
        "body": tasks(lambda data: data.update(as_of="9999-12-31T23:59:59-14:00"))
    },
    "an as_of in the year 9999": {"body": tasks(lambda data: data.update(as_of="9999-01-01"))},
    "an as_of of the next year": {
        "body": tasks(lambda data: data.update(as_of="2027-03-01T00:00:00Z"))
    },
    "a wait until the year 10^20": {
        "status": 429,
        "headers": {**JSON, "retry-after": "Mon, 01 Jan 99999999999999999999 00:00:00 GMT"},
    },
    "a redirect to a script": {"status": 302, "headers": {"location": "javascript:alert(1)"}},
    "a redirect to half an address": {"status": 302, "headers": {"location": "http://[::1"}},
    "two members whose names are different halves of characters": {
        "body": tasks(lambda data: data.update(dict.fromkeys(("\ud83d", "\ud83e"), 1)))
    },
}


@pytest.mark.parametrize("reply", BAD_REPLIES.values(), ids=BAD_REPLIES)
def test_a_bad_reply_fails_its_dataset_alone_and_the_next_day_is_whole(
    tmp_path: Path, reply: dict[str, Any]
) -> None:
    with Loopback(small=True) as server:
        server.fail(TASKS, **{"status": 200, "headers": JSON} | reply)
        first = taken(server, tmp_path, BEFORE)
        server.mend()
        second = taken(server, tmp_path, LAST)
    assert failed(first) == ["task-classifications"]
    (outcome,) = first.failed
    assert outcome.message.startswith("task-classifications")
    assert "\n" not in outcome.message
    assert outcome.traceback == ""
    assert [name for name in NAMES if Archive(tmp_path).newest(name, BEFORE)] == [*NAMES[1:]]
    assert failed(second) == []


def test_an_end_that_every_call_announces_is_noted_once(tmp_path: Path) -> None:
    def ending(request: Request) -> Answer:
        known = replies.recorded(BEFORE, request.path, request.params, few=True)
        return replace(known, headers={**known.headers, "sunset": "Thu, 31 Dec 2026 00:00:00 GMT"})

    with Loopback(small=True) as server:
        server.fail(APPS, fault=ending)
        report = taken(server, tmp_path, BEFORE)
    [apps] = [outcome for outcome in report.outcomes if outcome.dataset == "app-rankings"]
    assert apps.state == "fresh"
    assert apps.calls > 1
    assert sum("announces the end" in note for note in apps.notes) == 1


def test_a_bad_reply_is_one_line_on_stderr_and_exit_code_3(
    first_day: Built, tmp_path: Path
) -> None:
    site = first_day.unpublished(tmp_path)
    with Loopback(small=True) as server:
        server.fail(
            TASKS, **{"status": 200, "headers": JSON} | BAD_REPLIES["an as_of in the year 9999"]
        )
        server.fail("/models", **BAD_REPLIES["a redirect to a script"])
        done = run(server, site, LAST, "snapshot").ran
    assert done.code == 3
    first, second = done.err.splitlines()
    assert first.startswith("leaderboards: task-classifications: ")
    assert "as of 9999-01-01, later than it was received" in first
    assert second.startswith("leaderboards: models: ")
    assert "moved to an address that cannot be asked" in second
    kept = {path.parent.name for path in (site / "data").glob(f"*/{LAST}.json.gz")}
    assert kept == {*NAMES} - {"models"}
    # What cannot be asked for again is kept, and not shown.
    archive = Archive(site / "data")
    newest = archive.newest("task-classifications")
    assert newest is not None
    assert newest.day == BEFORE
    assert [one.day for one in archive.set_aside("task-classifications")] == [LAST]


HALF = "\ud83d"


def test_half_a_character_becomes_a_mark_and_the_reply_stays_word_for_word(tmp_path: Path) -> None:
    def halve(data: dict[str, Any]) -> None:
        data["classifications"][0]["display_name"] = f"Code {HALF}"
        data[f"new {HALF}"] = [f"{HALF} \\ud83d \U0001f600"]

    body = tasks(halve)
    with Loopback(small=True) as server:
        server.replace(TASKS, {}, body)
        report = taken(server, tmp_path, BEFORE)
        again = taken(server, tmp_path, BEFORE)
    assert (failed(report), failed(again)) == ([], [])
    kept = Archive(tmp_path).newest("task-classifications")
    assert kept is not None
    assert kept.revision == 1
    facts = History(Archive(tmp_path), LAST).facts(task_classifications.ENDPOINT)
    assert facts is not None
    assert facts.rows[0].display_name == "Code \ufffd"
    (reply,) = Archive(tmp_path).replies(BY_NAME["task-classifications"], kept)
    assert reply.value["data"]["new \ufffd"] == ["\ufffd \\ud83d \U0001f600"]
    assert body in Archive(tmp_path).unpacked(kept)


@pytest.mark.parametrize(
    ("as_of", "accepted"),
    [
        ("2026-11-21T00:10:00Z", True),
        ("2026-11-21T00:10:01Z", False),
        ("2026-11-21T02:05:00+02:00", True),
        ("2026-11-21", True),
        ("2026-11-22", False),
        ("2027-03-01", False),
        ("9999-01-01", False),
    ],
)
def test_a_reply_may_be_ten_minutes_ahead_of_its_reception_and_no_more(
    tmp_path: Path, as_of: str, accepted: bool
) -> None:
    body = value("/benchmarks", source=SOURCE, arena="agents")
    body["meta"]["as_of"] = as_of
    with Loopback(small=True) as server:
        # The last of three replies: each is judged, not the first alone.
        server.replace("/benchmarks", {"source": SOURCE, "arena": "agents"}, body)
        report = taken(server, tmp_path, BEFORE)
    assert failed(report) == ([] if accepted else [ARENA])
    if not accepted:
        (outcome,) = report.failed
        assert f"as of {as_of}, later than it was received" in outcome.message
        assert "arena=agents" in outcome.message


def hold_from_the_future(data: Path, dataset: str, as_of: str) -> None:
    """Replace the newest snapshot by one of an earlier version, which accepted an as_of in the future."""
    archive, endpoint = Archive(data), BY_NAME[dataset]
    kept = archive.newest(dataset)
    assert kept is not None

    def moved(reply: Reply) -> Reply:
        body = json.loads(reply.body)
        (body["meta"] if "meta" in body else body["data"])["as_of"] = as_of
        return replace(reply, body=json.dumps(body).encode(), value=body)

    changed = tuple(moved(reply) for reply in archive.replies(endpoint, kept))
    citations = tuple(dict.fromkeys(endpoint.parse(reply).citation for reply in changed))
    kept.path.unlink()
    kept.manifest_path.unlink()
    Archive(data).keep(
        Snapshot(endpoint, kept.day, changed, citations, kept.manifest.rows, ()), "old"
    )


@pytest.mark.parametrize(
    "as_of", ["2026-08-25", "2027-03-01", "9999-01-01", "9999-12-31T23:59:59Z"]
)
def test_a_held_as_of_from_the_future_is_never_compared_with(
    first_day: Built, tmp_path: Path, as_of: str
) -> None:
    data = first_day.unpublished(tmp_path) / "data"
    for dataset in (ARENA, "app-rankings"):
        hold_from_the_future(data, dataset, as_of)
    with Loopback(small=True) as server:
        assert failed(taken(server, data, LAST)) == []


def test_a_stale_dataset_is_published_with_its_own_date_and_exit_code_3_and_one_held_from_the_future_as_fresh(
    first_day: Built, tmp_path: Path
) -> None:
    site = first_day.unpublished(tmp_path)
    hold_from_the_future(site / "data", ARENA, "9999-01-01")
    with Loopback(small=True) as server:
        server.fail(TASKS, 400, b'{"error":{"message":"gone"}}', headers=JSON)
        built = run(server, site, LAST)
    assert built.ran.code == 3
    assert 'HTTP 400 ("gone")' in built.ran.err
    assert f"task-classifications: out of date since {BEFORE}" in built.ran.err
    assert "17 Aug 2026" in built.text("status/index.html")
    status = json.loads(built.text("data/v1/status.json"))
    states = {row["dataset"]: row["stale"] for row in status["datasets"]}
    assert states == {name: name == "task-classifications" for name in NAMES}


def test_an_as_of_that_goes_back_is_held_back(tmp_path: Path) -> None:
    body = value(TASKS)
    body["data"]["as_of"] = "2026-08-16"
    earlier = value(TASKS)
    earlier["data"]["as_of"] = "2026-08-15"
    with Loopback(small=True) as server:
        server.replace(TASKS, {}, body)
        assert failed(taken(server, tmp_path, BEFORE)) == []
        server.replace(TASKS, {}, earlier)
        report = taken(server, tmp_path, LAST)
    assert failed(report) == ["task-classifications"]
    assert "older than the 2026-08-16 already held" in report.failed[0].message


def broken(_reply: Reply) -> NoReturn:
    raise KeyError(f"the reply said {KEY}")


@pytest.fixture
def bugs(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The datasets whose readers have a bug no test foresaw; a test may add to them before it runs."""
    names: list[str] = []
    take = snapshot.take

    def take_with_bugs(run: Run) -> Report:
        endpoints = [
            replace(endpoint, parse=broken) if endpoint.name in names else endpoint
            for endpoint in CORE
        ]
        return take(replace(run, endpoints=tuple(endpoints)))

    monkeypatch.setattr(snapshot, "take", take_with_bugs)
    return names


@pytest.mark.parametrize("verbose", [False, True])
def test_a_bug_fails_its_dataset_alone_and_shows_its_traceback_only_when_asked_to(
    bugs: list[str],
    verbose: bool,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    bugs.append("models")
    monkeypatch.setenv("OPENROUTER_API_KEY", KEY)
    with Loopback(small=True, day=LAST) as server:
        options = ["--site", str(tmp_path), "--today", str(LAST), "--base-url", server.url]
        options += ["--requests-per-minute", "0", *["-v"] * verbose]
        code = commands.cli.main(["snapshot", *options], standalone_mode=False)
    told = capsys.readouterr()
    assert code == 3
    (line,) = told.err.splitlines()
    assert line.startswith("leaderboards: models: failed: unexpected KeyError in ")
    assert line.endswith("(a bug; run with -v for the traceback)")
    assert ("Traceback (most recent call last)" in told.out) == verbose
    assert ("in broken" in told.out) == verbose
    assert KEY not in told.out + told.err
    assert sorted(
        path.parent.name for path in (tmp_path / "data").glob(f"*/{LAST}.json.gz")
    ) == sorted(name for name in NAMES if name != "models")
    report = json.loads((tmp_path / "data" / "runs" / f"{LAST}.json").read_bytes())
    assert report["datasets"]["models"]["state"] == "failed"
    assert "traceback" not in report["datasets"]["models"]


def test_one_bug_in_many_readers_does_not_keep_the_rest_from_being_asked(
    bugs: list[str], tmp_path: Path
) -> None:
    bugs += NAMES[:4]
    with Loopback(small=True) as server:
        report = taken(server, tmp_path, LAST)
    assert failed(report) == NAMES[:4]
    bugs.clear()
    with Loopback(small=True) as server:
        assert failed(taken(server, tmp_path, LAST)) == []


@pytest.mark.parametrize("end", [KeyboardInterrupt, SystemExit])
def test_whoever_ends_a_run_ends_it(tmp_path: Path, end: type[BaseException]) -> None:
    class Ended(Clock):
        def now(self) -> NoReturn:
            raise end

    with (
        Loopback(small=True) as server,
        Client(Api(server.url, Secret(KEY), 0), clock=Ended()) as client,
    ):
        server.day = LAST
        with pytest.raises(end):
            snapshot.take(Run(Archive(tmp_path), client, LAST, "test"))


ODD_REPORTS = [
    "[]",
    "7",
    '{"datasets": 7}',
    '{"datasets": {"models": 7}}',
    '{"datasets": {"models": {"state": []}}}',
]


@pytest.mark.parametrize("text", ODD_REPORTS)
def test_a_run_report_of_another_shape_is_passed_over(tmp_path: Path, text: str) -> None:
    data = tmp_path / "data"
    with Loopback(small=True) as server:
        taken(server, data, BEFORE)
        odd = data / "runs" / f"{BEFORE}.json"
        odd.write_text(text)
        server.replace("/models", {}, {"data": value("/models")["data"][:1]})
        report = taken(server, data, LAST)
    # Only the look at earlier runs' reports decides how long a cut list is held back.
    assert [(outcome.dataset, outcome.state) for outcome in report.failed] == [
        ("models", "held back")
    ]
    assert [day for day, _ in Archive(data).runs()] == [LAST]


def ranked(*slugs: str) -> bytes:
    """Return rankings in which these slugs lead the last day, in their order."""
    reply = value(RANKINGS, start_date="2026-08-10", end_date=str(BEFORE - timedelta(days=1)))
    last = reply["data"][-1]["date"]
    rows = [
        {"date": last, "model_permaslug": slug, "total_tokens": str(10**15 - place)}
        for place, slug in enumerate(slugs)
    ]
    return json.dumps(reply | {"data": [*reply["data"], *rows]}).encode()


@pytest.fixture(scope="module")
def before_all(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of the day before the first: every honest slug is known, and only the odd ones are looked up."""
    data = tmp_path_factory.mktemp("before-all")
    with pytest.MonkeyPatch.context() as patch, Loopback(small=True) as server:
        know_some_lists(patch)
        taken(server, data, BEFORE - timedelta(days=1))
    return data


@pytest.fixture
def known(before_all: Path, tmp_path: Path) -> Path:
    """A copy of that archive."""
    return shutil.copytree(before_all, tmp_path / "known")


LOST, GONE = "lost/model-1", "lost/model-2:free"
LOOK_UP_TROUBLE: Mapping[str, dict[str, Any]] = {
    "500": {"status": 500},
    "429": {"status": 429, "headers": {**JSON, "retry-after": "5"}},
    "HTML": {"status": 200, "body": "<html>", "headers": {"content-type": "text/html"}},
    "404 in HTML": {"status": 404, "body": "<html>", "headers": {"content-type": "text/html"}},
    "another shape": {"status": 200, "body": {"data": 7}},
    "a model without a name": {"status": 200, "body": {"data": {"id": LOST}}},
    "no answer": {"fault": lambda _request: b""},
    "a redirect to a script": {"status": 302, "headers": {"location": "javascript:alert(1)"}},
    "too deep": {"status": 200, "body": {"data": nested(75)}},
}


@pytest.mark.parametrize("trouble", LOOK_UP_TROUBLE.values(), ids=LOOK_UP_TROUBLE)
def test_a_look_up_that_fails_costs_only_its_own_facts(
    known: Path, trouble: dict[str, Any]
) -> None:
    with Loopback(small=True) as server:
        server.replace(RANKINGS, {}, ranked(LOST, GONE))
        server.fail(f"/model/{LOST}", **trouble)
        report = taken(server, known, BEFORE)
        asked = [request.path for request in server.asked("/model/")]
        server.mend()
        taken(server, known, LAST)
        again = [request.path for request in server.asked("/model/")][len(asked) :]
    assert failed(report) == []
    # One try: the look-up is made again on the next day, and the run's attempts are for the datasets.
    assert asked == [f"/model/{LOST}", "/model/lost/model-2"]
    (note,) = {note for outcome in report.outcomes for note in outcome.notes if "/model/" in note}
    assert note.startswith((f"models: GET /model/{LOST}", f"models reply to GET /model/{LOST}"))
    kept = Archive(known).newest("models", BEFORE)
    assert kept is not None
    assert note in kept.manifest.notes
    # Not known to be absent, as the other is: asked for again at once.
    assert again == [f"/model/{LOST}"]


def test_a_look_up_that_is_refused_is_not_repeated_with_the_key(known: Path) -> None:
    with Loopback(small=True) as server:
        server.replace(RANKINGS, {}, ranked(LOST))
        server.fail(f"/model/{LOST}", 401)
        report = taken(server, known, BEFORE)
    assert failed(report) == []
    (request,) = server.asked("/model/")
    assert "authorization" not in request.headers
    assert not any("authorization" in request.headers for request in server.asked("/models"))


ODD_SLUGS = (
    "evil/../../../../keys?x=1",
    "evil/..",
    "../models",
    "evil/a/b",
    "evil/a?x=1",
    "evil/a#b",
    "evil/%2e%2e",
    "evil/a b",
    "evil/a\u0000",
    "evil/a\n",
    "évil/a",
    "evil/",
    "/evil",
    "evil",
    "//evil.example/a",
    "evil/" + "a" * 2**16,
    f"evil/a{HALF}",
)


def test_only_slugs_of_the_documented_form_are_looked_up_and_the_others_are_noted(
    known: Path,
) -> None:
    with Loopback(small=True) as server:
        server.replace(RANKINGS, {}, ranked(*ODD_SLUGS, LOST))
        report = taken(server, known, BEFORE)
    assert failed(report) == []
    assert [
        request.path
        for request in server.requests
        if "evil" in request.target or "keys" in request.target
    ] == []
    assert [request.path for request in server.asked("/model/")] == [f"/model/{LOST}"]
    notes = [
        note for outcome in report.outcomes if outcome.dataset == "models" for note in outcome.notes
    ]
    (note,) = [note for note in notes if "not looked up" in note]
    assert note.startswith(f"models: {len(ODD_SLUGS)} ranked slugs")
    assert note.isascii()
    assert len(note) < 300


@pytest.mark.parametrize("location", ["javascript:alert(1)", "http://[::1", "http://a..b/"])
def test_verify_names_a_redirect_that_leads_nowhere_in_one_line(location: str) -> None:
    with Loopback() as server:
        server.fail("/data", 302, headers={"location": location})
        done = leaderboards("verify", server.url)
    assert done.code == 1
    (line,) = done.err.splitlines()
    assert "data/v1/SHA256SUMS cannot be fetched" in line


def test_verify_names_half_an_address_in_one_line() -> None:
    done = leaderboards("verify", "http://[::1")
    assert done.code == 2
    (line,) = done.err.splitlines()
    assert line.startswith('leaderboards: "http://[::1" is not the web address of a site; ')


@pytest.mark.parametrize("is_built", [True, False], ids=["days of the built demo", "other days"])
def test_the_demo_takes_every_dataset_on_every_day_and_none_before_its_as_of(
    plain: Built, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_built: bool
) -> None:
    some = [DEMO_DAYS[at] for at in SOME_DAYS]
    days = some if is_built else [day for day in DEMO_DAYS if day not in some]
    if not is_built:
        monkeypatch.setattr(online, "DEMO_DAYS", days)
        online.demo_snapshots(Folders(tmp_path), Terminal(quiet=True))
    archive = Archive(plain.data if is_built else Folders(tmp_path).data)
    for name in NAMES:
        for kept in archive.snapshots(name):
            for reply in archive.replies(BY_NAME[name], kept):
                as_of = BY_NAME[name].parse(reply).citation.as_of
                assert dates.parse_as_of(as_of) <= reply.received_at, (name, kept.day)
    runs = archive.runs()
    assert [day for day, _ in runs] == days
    states = {one["state"] for _, report in runs for one in report["datasets"].values()}
    assert states == {"fresh"}
