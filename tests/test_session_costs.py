"""What a session of an app costs: the replies, the weekly question, the board, its chart and its page."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from generator.archive.store import Archive
from generator.base import strict_json
from generator.base.config import Api, Secret
from generator.base.dates import Window
from generator.base.errors import ReplyError
from generator.endpoints import session_cost
from generator.endpoints.endpoint import Call, Parsed, Reply
from generator.fetch.client import Client
from generator.fetch.report import Outcome, Report
from generator.fetch.snapshot import Run, take
from tests.clocks import FakeClock
from tests.loopback import KEY, Loopback
from tests.tiny import NOW
from tests.tiny_archive import TODAY, TinyArchive, ago, cost

META = {
    "as_of": "2026-08-18T06:00:00.000Z",
    "version": "v1",
    "window_days": 30,
    "window_end_date": "2026-08-15",
}


def parsed(*rows: Any, offset: int = 0, **meta: Any) -> tuple[Reply, Parsed[Any]]:
    """A page with these rows, and what is read of it; Ellipsis leaves a field of the meta out."""
    stated = {name: value for name, value in (META | meta).items() if value is not ...}
    data = json.dumps({"data": list(rows), "meta": stated}).encode()
    call = Call(session_cost.NAME, session_cost.PATH, (("limit", "500"), ("offset", str(offset))))
    reply = Reply(call, data, strict_json.loads(data), NOW)
    return reply, session_cost.ENDPOINT.read(reply)


def cells(count: int, first: int = 0) -> list[dict[str, Any]]:
    return [cost("coder", f"a/{number}", "1-turn", 1) for number in range(first, first + count)]


# The reply


def test_a_cell_is_read_with_its_window_and_its_cost_as_a_decimal_without_an_exponent() -> None:
    _, page = parsed(
        cost("coder", "a/x", "10-49-turns", 0.83), cost("coder", "a/y", "1-turn", 1e-7)
    )
    assert page.window == Window(date(2026, 7, 17), date(2026, 8, 15))
    assert page.citation.full == (
        "Source: OpenRouter Data API (openrouter.ai/docs/cookbook/administration/data-api), "
        "as of 2026-08-18T06:00:00.000Z. Licensed under CC BY 4.0."
    )
    first, second = page.rows
    assert session_cost.table(first) == [
        {
            "app_slug": "coder",
            "app_name": "Coder",
            "model_permaslug": "a/x",
            "turn_range": "10-49-turns",
            "median_session_cost_usd": "0.83",
            "window_days": 30,
            "window_end_date": "2026-08-15",
        }
    ]
    assert second.median_session_cost_usd == "0.0000001"


@pytest.mark.parametrize(
    ("meta", "days", "end", "sentence"),
    [
        ({"window_days": None, "window_end_date": None}, None, None, ""),
        ({"window_days": ..., "window_end_date": ...}, None, None, ""),
        ({"window_days": None}, None, date(2026, 8, 15), ""),
        ({"window_end_date": None}, 30, None, ""),
        (
            {"window_days": "30"},
            None,
            date(2026, 8, 15),
            'meta.window_days: expected a whole number from 1 to 366, or null, got "30"',
        ),
        (
            {"window_days": True},
            None,
            date(2026, 8, 15),
            "meta.window_days: expected a whole number from 1 to 366, or null, got true",
        ),
        (
            {"window_days": 0},
            None,
            date(2026, 8, 15),
            "meta.window_days: expected a whole number from 1 to 366, or null, got 0",
        ),
        (
            {"window_end_date": "2026-02-30"},
            30,
            None,
            'meta.window_end_date: expected a day from 2025-01-01 on, or null, got "2026-02-30"',
        ),
        (
            {"window_end_date": "0001-01-01"},
            30,
            None,
            'meta.window_end_date: expected a day from 2025-01-01 on, or null, got "0001-01-01"',
        ),
        (
            {"window_end_date": 7},
            30,
            None,
            "meta.window_end_date: expected a day from 2025-01-01 on, or null, got 7",
        ),
    ],
)
def test_a_window_that_is_not_stated_costs_no_cell(
    meta: dict[str, Any], days: int | None, end: date | None, sentence: str
) -> None:
    _, page = parsed(cost("coder", "a/x", "1-turn", 1), **meta)
    (row,) = page.rows
    assert (row.window_days, row.window_end_date, page.window) == (days, end, None)
    place = "session-cost reply to GET /datasets/session-cost?limit=500&offset=0, "
    assert page.noticed == ((place + sentence,) if sentence else ())


def test_the_answer_before_the_first_release_has_no_rows_and_is_read() -> None:
    reply, page = parsed(window_days=None, window_end_date=None)
    assert (page.rows, page.window, page.set_aside, page.noticed) == ((), None, (), ())
    assert session_cost.more(reply, page) == []
    assert session_cost.doubts([]) == []


def test_a_wrong_cost_sets_its_row_aside_with_its_place() -> None:
    _, page = parsed(
        *cells(40), cost("coder", "b/x", "1-turn", -0.01), cost("coder", "b/y", "1-turn", 1e300)
    )
    assert len(page.rows) == 40
    place = "session-cost reply to GET /datasets/session-cost?limit=500&offset=0"
    assert page.set_aside[0].startswith(f"{place}, data[40].median_session_cost_usd: expected ")
    assert page.set_aside[0].endswith(", got -0.01; row skipped")
    assert page.set_aside[1].startswith(f"{place}, data[41].median_session_cost_usd: expected ")


def test_undocumented_lengths_are_kept_and_counted() -> None:
    _, page = parsed(
        cost("coder", "a/x", "1-turn", 1),
        cost("coder", "a/x", "99-turns", 2),
        cost("coder", "a/y", "99-turns", 3),
    )
    assert [row.turn_range for row in page.rows] == ["1-turn", "99-turns", "99-turns"]
    assert session_cost.doubts(list(page.rows)) == [
        'session-cost: 2 rows of an undocumented turn_range, "99-turns"; kept as sent'
    ]


def test_pages_of_two_windows_and_full_lists_are_doubted() -> None:
    _, first = parsed(*cells(499))
    _, second = parsed(cost("coder", "b/x", "1-turn", 1), window_end_date="2026-08-16")
    assert session_cost.doubts([*first.rows, *second.rows]) == [
        "session-cost: the pages state 2 different windows",
        "session-cost: exactly 500 different rows came, the list may have been cut",
    ]
    assert session_cost.doubts(list(first.rows)) == []


@pytest.mark.parametrize(
    ("count", "offset", "following"),
    [(499, 0, None), (500, 0, "500"), (500, 4500, "5000"), (500, 5000, None), (0, 500, None)],
)
def test_a_full_page_is_followed_by_the_next_up_to_the_deepest_offset(
    count: int, offset: int, following: str | None
) -> None:
    calls = session_cost.more(*parsed(*cells(count), offset=offset))
    assert [call.param("offset") for call in calls] == ([following] if following else [])
    assert all(call.keyed and call.param("limit") == "500" for call in calls)


def test_a_page_with_rows_set_aside_counts_as_full() -> None:
    (call,) = session_cost.more(*parsed(*cells(495), 7, 7, 7, 7, 7))
    assert call.param("offset") == "500"


def test_one_cell_with_two_costs_refuses_the_snapshot_and_another_name_of_the_app_does_not() -> (
    None
):
    cell = cost("coder", "a/x", "1-turn", 1)
    renamed = parsed(cell, cell | {"app_name": "C"})
    contrary = parsed(cell, cell | {"median_session_cost_usd": 2})
    (page,) = session_cost.ENDPOINT.without_repeats([(renamed[0].call, renamed[1])])
    assert [row.app_name for row in page.rows] == ["Coder"]
    with pytest.raises(ReplyError, match='two different rows for "coder a/x 1-turn"'):
        session_cost.ENDPOINT.without_repeats([(contrary[0].call, contrary[1])])


# The run


PATH = session_cost.PATH


def run(server: Loopback, root: Path, day: date = TODAY) -> Report:
    """The day's run for session costs alone."""
    with Client(Api(server.url, Secret(KEY), 0), clock=FakeClock()) as client:
        return take(Run(Archive(root), client, day, "test", endpoints=(session_cost.ENDPOINT,)))


def test_session_costs_are_asked_for_daily_until_there_are_rows_and_then_weekly(
    tmp_path: Path,
) -> None:
    told: list[Any] = []
    with Loopback() as server:
        for number in range(10):
            if number == 1:
                server.replace(PATH, {}, cells(3))
            report = run(server, tmp_path, ago(9 - number))
            told.append((report.outcomes[0].state, report.outcomes[0].rows, report.attempts))
            assert report.failed == []
    waiting = [("not due", 0, 0)] * 6
    assert told == [("fresh", 0, 1), ("fresh", 3, 1), *waiting, ("fresh", 3, 1), ("not due", 0, 0)]
    held = [snapshot.day for snapshot in Archive(tmp_path).snapshots(session_cost.NAME)]
    assert held == [ago(9), ago(8), ago(1)]
    assert Outcome(session_cost.NAME, "not due").line == "session-cost: not due"


def test_a_second_run_of_the_day_asks_again_and_a_missed_day_is_made_up_for(tmp_path: Path) -> None:
    with Loopback() as server:
        server.replace(PATH, {}, cells(3))
        assert [run(server, tmp_path, ago(10)).attempts for _ in range(2)] == [1, 1]
        server.fail(PATH, 500)
        assert run(server, tmp_path, ago(3)).outcomes[0].state == "failed"
        server.mend()
        assert run(server, tmp_path, ago(2)).outcomes[0].state == "fresh"


def test_all_pages_are_kept_as_one_snapshot(tmp_path: Path) -> None:
    with Loopback() as server:
        server.replace(PATH, {}, cells(1100))
        (outcome,) = run(server, tmp_path).outcomes
        assert (outcome.rows, outcome.calls, outcome.notes) == (1100, 3, ())
        assert [one.params["offset"] for one in server.requests] == ["0", "500", "1000"]


def test_a_server_that_repeats_its_page_is_asked_eleven_times_and_doubted(tmp_path: Path) -> None:
    page = {"data": cells(500), "meta": META}
    with Loopback() as server:
        server.replace(PATH, {}, page)
        (outcome,) = run(server, tmp_path).outcomes
    assert (outcome.state, outcome.rows, outcome.calls) == ("fresh", 500, 11)
    assert outcome.notes == (
        "session-cost: exactly 500 different rows came, the list may have been cut",
    )


@pytest.mark.parametrize("status", [400, 401, 429])
def test_a_refusal_costs_the_snapshot_and_keeps_the_one_before(tmp_path: Path, status: int) -> None:
    with Loopback() as server:
        server.replace(PATH, {}, cells(3))
        run(server, tmp_path, ago(7))
        server.fail(PATH, status)
        (outcome,) = run(server, tmp_path).outcomes
    assert outcome.state == "failed"
    assert str(status) in outcome.message
    assert [one.day for one in Archive(tmp_path).snapshots(session_cost.NAME)] == [ago(7)]


def test_an_empty_answer_after_the_first_release_is_refused(tmp_path: Path) -> None:
    with Loopback() as server:
        server.replace(PATH, {}, cells(3))
        run(server, tmp_path, ago(7))
        server.replace(PATH, {}, [])
        (outcome,) = run(server, tmp_path).outcomes
    assert outcome.message == "session-cost: unexpected empty response"


@pytest.mark.parametrize(
    ("days", "is_stale"), [(0, False), (1, False), (6, False), (7, True), (9, True)]
)
def test_a_snapshot_is_out_of_date_from_the_day_on_which_the_next_is_due(
    tiny: TinyArchive, days: int, is_stale: bool
) -> None:
    tiny.costs(cost("coder", "a/x", "1-turn", 1), on=ago(days))
    reported = {"datasets": {session_cost.NAME: {"state": "not due"}}}
    Archive(tiny.root).report(TODAY, reported)
    state = tiny.site().dataset(session_cost.NAME)
    assert (state.stale, state.failed, state.every_days) == (is_stale, False, 7)


@pytest.mark.parametrize(("days", "is_stale"), [(0, False), (1, True)])
def test_an_empty_snapshot_is_out_of_date_after_a_day(
    tiny: TinyArchive, days: int, is_stale: bool
) -> None:
    tiny.costs(on=ago(days), days=None)
    assert tiny.site().dataset(session_cost.NAME).stale == is_stale
