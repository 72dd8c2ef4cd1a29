"""What a session of an app costs: the replies, the weekly question, the board, its chart and its page."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from generator.archive import held_state
from generator.archive.history import History
from generator.archive.store import Archive
from generator.base import formats, strict_json
from generator.base.config import Api, Secret
from generator.base.dates import Window
from generator.base.errors import ReplyError
from generator.boards import all_boards, session_costs
from generator.boards.board import AnyBoard
from generator.charts.catalogue.session_cost import CHART
from generator.charts.chart import WIDE
from generator.endpoints import models, session_cost
from generator.endpoints.endpoint import Call, Parsed, Reply
from generator.fetch.client import Client
from generator.fetch.report import Outcome
from generator.fetch.snapshot import Run, take
from generator.render.context import Context
from generator.render.downloads import make_downloads
from generator.render.latest import latest_files
from generator.render.pages import render_pages
from tests.clocks import FakeClock
from tests.loopback import KEY, Loopback
from tests.page_reading import Node, read
from tests.running import Built
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


@pytest.mark.parametrize(("days", "start"), [(1, date(2026, 8, 15)), (366, date(2025, 8, 15))])
def test_a_window_has_from_one_to_366_days(days: int, start: date) -> None:
    _, page = parsed(window_days=days)
    assert page.window == Window(start, date(2026, 8, 15))
    _, beyond = parsed(window_days=367)
    assert beyond.window is None


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


@dataclass(frozen=True)
class Days:
    """An archive, the API that fills it, and the client in between: runs ask for session costs alone."""

    root: Path
    server: Loopback
    client: Client

    def run(self, day: date = TODAY) -> Outcome:
        endpoints = (session_cost.ENDPOINT,)
        taken = take(Run(Archive(self.root), self.client, day, "test", endpoints=endpoints))
        assert taken.failed == [one for one in taken.outcomes if one.state == "failed"]
        return taken.outcomes[0]

    @property
    def held(self) -> list[date]:
        return [one.day for one in Archive(self.root).snapshots(session_cost.NAME)]


@pytest.fixture
def days(tmp_path: Path) -> Iterator[Days]:
    with (
        Loopback() as server,
        Client(Api(server.url, Secret(KEY), 0), clock=FakeClock()) as client,
    ):
        yield Days(tmp_path, server, client)


def test_session_costs_are_asked_for_daily_until_there_are_rows_and_then_weekly(days: Days) -> None:
    told = []
    for back in (9, 8, 7, 2, 1, 0):
        if back == 8:
            days.server.replace(PATH, {}, cells(3))
        outcome = days.run(ago(back))
        told.append((back, outcome.state, outcome.rows, len(days.server.requests)))
    assert told == [
        (9, "fresh", 0, 1),
        (8, "fresh", 3, 2),
        (7, "not due", 0, 2),
        (2, "not due", 0, 2),
        (1, "fresh", 3, 3),
        (0, "not due", 0, 3),
    ]
    assert days.held == [ago(9), ago(8), ago(1)]
    assert outcome.line == "session-cost: not due"


def test_a_second_run_of_the_day_asks_again_and_a_missed_day_is_made_up_for(days: Days) -> None:
    days.server.replace(PATH, {}, cells(3))
    assert [days.run(ago(10)).state for _ in range(2)] == ["fresh", "fresh"]
    days.server.fail(PATH, 400)
    assert days.run(ago(3)).state == "failed"
    days.server.mend()
    assert days.run(ago(2)).state == "fresh"


def test_all_pages_are_kept_as_one_snapshot(days: Days) -> None:
    days.server.replace(PATH, {}, cells(1100))
    outcome = days.run()
    assert (outcome.rows, outcome.calls, outcome.notes) == (1100, 3, ())
    assert [one.params["offset"] for one in days.server.requests] == ["0", "500", "1000"]


def test_a_server_that_repeats_its_page_is_asked_eleven_times_and_doubted(days: Days) -> None:
    days.server.replace(PATH, {}, {"data": cells(500), "meta": META})
    outcome = days.run()
    assert (outcome.state, outcome.rows, outcome.calls) == ("fresh", 500, 11)
    assert outcome.notes == (
        "session-cost: exactly 500 different rows came, the list may have been cut",
    )


def test_a_refusal_or_an_empty_answer_after_the_first_release_keeps_the_snapshot_before(
    days: Days,
) -> None:
    days.server.replace(PATH, {}, cells(3))
    days.run(ago(7))
    for status in (400, 401, 429):
        days.server.fail(PATH, status)
        outcome = days.run()
        assert (outcome.state, str(status) in outcome.message) == ("failed", True)
    days.server.mend()
    days.server.replace(PATH, {}, [])
    assert days.run().message == "session-cost: unexpected empty response"
    assert days.held == [ago(7)]


@pytest.mark.parametrize(
    ("back", "is_stale"), [(0, False), (1, False), (6, False), (7, True), (9, True)]
)
def test_a_snapshot_is_out_of_date_from_the_day_on_which_the_next_is_due(
    tiny: TinyArchive, back: int, is_stale: bool
) -> None:
    tiny.costs(cost("coder", "a/x", "1-turn", 1), on=ago(back))
    reported = {"datasets": {session_cost.NAME: {"state": "not due"}}}
    Archive(tiny.root).report(TODAY, reported)
    state = tiny.site().dataset(session_cost.NAME)
    assert (state.stale, state.failed, state.every_days) == (is_stale, False, 7)


@pytest.mark.parametrize(("back", "is_stale"), [(0, False), (1, True)])
def test_an_empty_snapshot_is_out_of_date_after_a_day(
    tiny: TinyArchive, back: int, is_stale: bool
) -> None:
    tiny.costs(on=ago(back), days=None)
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
    assert held_state.of_dataset(tiny.history(), models.NAME).wanted_slugs == ("new/x",)


@pytest.mark.parametrize(
    ("amount", "shown"),
    [
        ("0", "$0"),
        ("0.0000001", "< $0.000001"),
        ("0.000001", "$0.0000010"),
        ("0.00345", "$0.0035"),
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


def lists(board: AnyBoard) -> dict[str, list[tuple[str, str]]]:
    """The names and costs that the chart shows, by the length's value in addresses."""
    found: dict[str, list[tuple[str, str]]] = {}
    for one in CHART.draw(board, WIDE).data["rows"]:
        found.setdefault(one["of"], []).append((one["id"], one["label"]))
    return found


def test_the_chart_is_of_the_app_with_the_most_models_the_cheapest_of_each_length_first(
    tiny: TinyArchive,
) -> None:
    board = made(
        tiny,
        *(cost("coder", f"a/{at}", "10-49-turns", at) for at in (0, 10, 1)),
        cost("coder", "a/0", "1-turn", 0.01),
        cost("coder", "a/new", "1-turn", 0.1),
        cost("coder", "a/0", "a-new-range", 3),
        cost("editor", "a/0", "1-turn", 1),
    )
    assert lists(board) == {
        "": [("a/0", "$0"), ("a/1", "$1"), ("a/10", "$10")],
        "1-turn": [("a/0", "$0.010"), ("a/new", "$0.10")],
        "a-new-range": [("a/0", "$3")],
    }
    (choice,) = CHART.draw(board, WIDE).controls
    assert [(option.value, option.label) for option in choice.options] == [
        ("", "10–49 turns"),
        ("1-turn", "1 turn"),
        ("a-new-range", "a-new-range"),
    ]
    assert CHART.subtitle(board) == choice.options[0].subtitle
    assert CHART.subtitle(board) == (
        "Median cost in US dollars of a session of 10–49 turns in Coder, 17 Oct to 15 Nov 2026. All 3 models."
    )
    assert CHART.alt(board) == board.finding


def test_a_chart_of_many_models_says_how_many_it_leaves_out(tiny: TinyArchive) -> None:
    board = made(tiny, *(cost("coder", f"a/{at:02}", "1-turn", 1) for at in range(21)))
    assert CHART.subtitle(board).endswith(" 2026. The 20 cheapest of 21 models.")
    assert len(lists(board)[""]) == 20
    assert CHART.draw(board, WIDE).controls == (), "one length is no choice"


# The page and the files


def context(tiny: TinyArchive, withheld: frozenset[str] = frozenset()) -> Context:
    history = History(tiny.history().archive, TODAY, withheld)
    site = all_boards.site(history, demo="", public_url="", version="1")
    return Context(history, site, latest=latest_files(history, site))


def page(of: Context) -> Node:
    """The page of session costs; the pages after it are not made."""
    path = "apps/session-cost/index.html"
    return read(next(str(one.body, "utf-8") for one in render_pages(of) if one.path == path))


def words(node: Node) -> str:
    return " ".join(node.text.split())


def test_the_page_has_the_table_with_choices_of_app_and_length_and_the_credit(
    tiny: TinyArchive,
) -> None:
    tiny.costs(
        *(cost("coder", f"a/{at}", "1-turn", at) for at in range(12)),
        cost("w&r", "a/1", "50-plus-turns", 2.5, "Writer"),
    )
    made_page = page(context(tiny))
    choices = {
        select.get("data-by"): [(one.get("value"), one.text) for one in select.all("option")]
        for select in made_page.all("select")
    }
    assert choices == {
        "app_slug": [("", "Any"), ("coder", "Coder"), ("w&r", "Writer")],
        "turn_range": [("", "Any"), ("1-turn", "1 turn"), ("50-plus-turns", "50+ turns")],
    }
    last = made_page.all("tr")[-1]
    assert (last.get("data-app_slug"), last.get("data-turn_range")) == ("w&r", "50-plus-turns")
    cost_cell = last.all("td")[-1]
    assert (cost_cell.get("data-v"), words(cost_cell)) == ("2.5", "$2.50")
    said = words(made_page)
    assert "Updated 21 Nov 2026, 06:00 UTC · 17 Oct to 15 Nov 2026" in said
    assert f"{CREDIT.format(ago(0))} Licensed under CC BY 4.0." in said


CREDIT = (
    "Source: OpenRouter Data API (openrouter.ai/docs/cookbook/administration/data-api), "
    "as of {}T06:00:00Z."
)


def test_without_rows_the_page_says_that_the_source_publishes_none(
    first_day: Built, plain: Built
) -> None:
    path = "apps/session-cost/index.html"
    assert (
        "OpenRouter currently publishes no data for session costs (last checked 17 Aug 2026)."
    ) in words(read(first_day.text(path)))
    assert "This demo has no recorded data for session costs." in words(read(plain.text(path)))


def test_the_downloads_have_the_rows_unless_they_may_not_be_redistributed(
    tiny: TinyArchive,
) -> None:
    def downloads(withheld: frozenset[str]) -> dict[str, str]:
        folder = f"data/v1/{session_cost.NAME}/"
        made = make_downloads(context(tiny, withheld))
        return {
            one.path.removeprefix(folder): str(one.body, "utf-8")
            for one in made
            if one.path.startswith(folder) and isinstance(one.body, bytes)
        }

    tiny.costs(cost("coder", "a/x", "1-turn", 0.0034))
    usual = downloads(frozenset())
    full = f"{CREDIT.format(ago(0))} Licensed under CC BY 4.0."
    names = (
        "app_slug,app_name,model_permaslug,turn_range,median_session_cost_usd,window_days,"
        "window_end_date,citation,as_of,license"
    )
    assert usual["latest.csv"].splitlines() == [
        names,
        f'coder,Coder,a/x,1-turn,0.0034,30,2026-11-15,"{full}",2026-11-21T06:00:00Z,CC-BY-4.0',
    ]
    assert json.loads(usual["latest.json"])["rows"][0]["median_session_cost_usd"] == "0.0034"
    assert set(downloads(frozenset({session_cost.NAME}))) == {"credits.json"}
