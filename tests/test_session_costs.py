"""What a session of an app costs: the replies, the weekly question, the board, its chart and its page."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from generator.archive.store import Archive
from generator.base import formats, strict_json
from generator.base.config import Api, Secret
from generator.base.dates import Window
from generator.base.errors import ReplyError
from generator.boards import session_costs
from generator.charts.catalogue.session_cost import CHART
from generator.charts.chart import NARROW, WIDE
from generator.charts.kinds import heatmap
from generator.endpoints import models, session_cost
from generator.endpoints.endpoint import Call, Parsed, Reply
from generator.fetch.client import Client
from generator.fetch.report import Outcome, Report
from generator.fetch.snapshot import Run, take
from tests.clocks import FakeClock
from tests.loopback import KEY, Loopback
from tests.tiny import NOW
from tests.tiny_archive import TODAY, TinyArchive, ago, cost, days_of, table

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


# The board


def made(tiny: TinyArchive, *rows: Any, **window: Any) -> Any:
    tiny.costs(*rows, **window)
    return tiny.board("session-cost")


def test_rows_are_by_app_and_length_with_ranks_among_models_of_the_same(tiny: TinyArchive) -> None:
    board = made(
        tiny,
        cost("writer", "a/x", "1-turn", 0.5),
        cost("coder", "a/x", "50-plus-turns", 9),
        cost("coder", "a/x", "a-new-range", 1),
        cost("coder", "a/z", "1-turn", 0.0101),
        cost("coder", "a/y", "1-turn", 0.0102),
        cost("coder", "a/x", "1-turn", 0.0034),
        cost("coder", "a/x", "10-49-turns", 3),
        cost("coder", "a/y", "2-9-turns", 2),
    )
    keys = ("app_name", "turn_range", "length", "rank", "rank_high", "model_permaslug")
    assert table(board, *keys, "median_session_cost_usd") == [
        ("Coder", "1-turn", "1 turn", 1, 1, "a/x", "0.0034"),
        ("Coder", "1-turn", "1 turn", 2, 3, "a/z", "0.0101"),
        ("Coder", "1-turn", "1 turn", 2, 3, "a/y", "0.0102"),
        ("Coder", "2-9-turns", "2–9 turns", None, None, "a/y", "2"),
        ("Coder", "10-49-turns", "10–49 turns", None, None, "a/x", "3"),
        ("Coder", "50-plus-turns", "50+ turns", None, None, "a/x", "9"),
        ("Coder", "a-new-range", "a-new-range", None, None, "a/x", "1"),
        ("Writer", "1-turn", "1 turn", None, None, "a/x", "0.5"),
    ]
    assert days_of(board) == (date(2026, 10, 17), date(2026, 11, 15))
    assert board.notes[0].endswith("in US dollars, over 30 days. Refreshed weekly.")
    assert [one.as_of for one in board.citations] == ["2026-11-21T06:00:00Z"]


def test_apps_that_are_called_alike_are_told_apart_and_one_app_has_one_name(
    tiny: TinyArchive,
) -> None:
    board = made(
        tiny,
        cost("one", "a/x", "1-turn", 1, "Coder"),
        cost("two", "a/x", "1-turn", 1, "Coder"),
        cost("three", "a/x", "1-turn", 1, "Writer"),
        cost("three", "a/y", "1-turn", 1, "Writer Pro"),
    )
    assert [name for (name,) in table(board, "app_name")] == [
        "Coder (App one)",
        "Coder (App two)",
        "Writer",
        "Writer",
    ]


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        (
            [cost("coder", "a/x", "1-turn", 0.83)],
            (
                "Costs are published for 1 app, Coder, and 1 model. In Coder sessions of 1 turn, "
                "the one model is a/x, at a median of $0.83."
            ),
        ),
        (
            [cost("coder", "a/x", "1-turn", 1), cost("coder", "a/y", "1-turn", 1.001)],
            (
                "Costs are published for 1 app, Coder, and 2 models. In Coder sessions of 1 turn, "
                "all 2 models have a median cost of $1."
            ),
        ),
        (
            [
                cost("coder", "a/x", "1-turn", 7),
                *(cost("coder", f"a/{at}", "2-9-turns", at) for at in (1, 2, 3)),
                cost("coder", "a/4", "2-9-turns", 1),
                cost("writer", "a/x", "1-turn", 0),
            ],
            (
                "Of 2 apps, Coder has costs for the most models, 5. In Coder sessions of 2–9 turns, "
                "the lowest median cost of 4 models is $1, with a/1 and a/4; the highest is $3, with a/3."
            ),
        ),
        (
            [
                *(cost(app, f"a/{at}", "1-turn", at) for app in ("b", "c") for at in (0, 2)),
                *(cost("b", f"a/{at}", "50-plus-turns", at) for at in (0, 2)),
                cost("d", "a/0", "1-turn", 5),
            ],
            (
                "Of 3 apps, B and C have costs for the most models, 2 each. In B sessions of 1 turn, "
                "the lowest median cost of 2 models is $0, with a/0; the highest is $2, with a/2."
            ),
        ),
        (
            [cost(app, "a/x", "10-49-turns", 2) for app in ("b", "c")],
            (
                "Costs are published for 2 apps and 1 model each. In B sessions of 10–49 turns, "
                "the one model is a/x, at a median of $2."
            ),
        ),
    ],
)
def test_the_finding_names_its_set_and_who_is_level(
    tiny: TinyArchive, rows: list[Any], sentence: str
) -> None:
    assert made(tiny, *rows).finding == sentence


def test_without_a_window_the_board_says_so_and_without_rows_there_is_none(
    tiny: TinyArchive,
) -> None:
    tiny.costs(on=ago(1), days=None)
    assert "session-cost" not in tiny.boards(ago(1))
    board = made(tiny, cost("coder", "a/x", "1-turn", 1), days=None)
    assert board.window is None
    assert "over a period that the source does not state" in board.notes[0]
    assert session_costs.finding([]) == ""


def test_models_of_session_costs_have_pages_and_are_looked_up(tiny: TinyArchive) -> None:
    tiny.costs(cost("coder", "new/x:free", "1-turn", 1), on=ago(1))
    assert list(tiny.site().profiles) == ["new/x"]
    assert tiny.history().held(models.NAME).wanted_slugs == ("new/x",)


@pytest.mark.parametrize(
    ("amount", "shown"),
    [
        ("0", "$0"),
        ("0.0000001", "< $0.000001"),
        ("0.000001", "$0.0000010"),
        ("0.00345", "$0.0034"),
        ("0.0994", "$0.099"),
        ("0.0995", "$0.10"),
        ("0.83", "$0.83"),
        ("12", "$12"),
        ("12.3", "$12.30"),
        ("1234.5", "$1,235"),
        ("x", "–"),
    ],
)
def test_a_cost_is_shown_with_two_digits_at_least(amount: str, shown: str) -> None:
    assert formats.cost(amount) == shown


# The chart


def test_the_chart_is_of_the_app_with_the_most_models_the_cheapest_of_its_largest_length_first(
    tiny: TinyArchive,
) -> None:
    board = made(
        tiny,
        *(cost("coder", f"a/{at}", "10-49-turns", at) for at in (0, 1, 10, 100)),
        cost("coder", "a/0", "1-turn", 0.01),
        cost("coder", "a/new", "1-turn", 0.1),
        cost("editor", "a/0", "1-turn", 1),
    )
    wide = CHART.draw(board, WIDE)
    assert [name["down"] for name in wide.data["downs"]] == ["a/0", "a/1", "a/10", "a/100", "a/new"]
    assert [name["label"] for name in wide.data["alongs"]] == ["1", "10–49"]
    cells = {
        (one["down"], one["along"]): (one["label"], one["strength"]) for one in wide.data["rows"]
    }
    assert cells["a/0", "1 turn"] == ("$0.010", heatmap.PALEST)
    assert cells["a/0", "10–49 turns"] == ("$0", heatmap.PALEST)
    assert cells["a/1", "1 turn"] == ("·", 0.0)
    assert cells["a/10", "10–49 turns"] == ("$10", 0.395)
    assert cells["a/100", "10–49 turns"] == ("$100", heatmap.FULLEST)
    assert CHART.subtitle(board) == (
        "Median cost in US dollars of a session in Coder, by model and number of turns, 17 Oct to 15 Nov 2026."
    )
    assert CHART.alt(board) == board.finding


def test_a_chart_of_many_models_says_how_many_it_leaves_out(tiny: TinyArchive) -> None:
    board = made(tiny, *(cost("coder", f"a/{at:02}", "1-turn", 1) for at in range(21)))
    assert "the 20 cheapest of 21 models and number of turns" in CHART.subtitle(board)
    assert len(CHART.draw(board, NARROW).data["downs"]) == 20
