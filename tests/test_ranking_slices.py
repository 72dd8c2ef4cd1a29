"""Rankings by category and the like: the calls, the replies, the calls of a run, and a site that asks for them."""

import json
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from generator.archive.history import History
from generator.archive.store import Archive
from generator.base import strict_json
from generator.base.config import Api, Secret
from generator.base.dates import Window
from generator.base.errors import ReplyError, UsageError
from generator.base.site_config import SiteConfig
from generator.boards import all_boards
from generator.boards.site import DatasetState
from generator.cli import commands
from generator.endpoints import CORE, ENDPOINTS
from generator.endpoints.endpoint import Call, HeldState, Parsed, Reply
from generator.endpoints.ranking_slices import DAILY, DAILY_SLICES, WEEKLY, WEEKLY_SLICES
from generator.fetch.client import Client
from generator.fetch.plan import plan
from generator.fetch.report import Report
from generator.fetch.snapshot import Run, take
from generator.render.page_list import read_pages
from generator.render.share_cards import ShareCards
from tests.loopback import KEY, Loopback
from tests.replies import MODELS
from tests.running import LAST
from tests.tiny_archive import TinyArchive

TODAY = date(2026, 11, 21)
"""A Saturday: the last complete week ended on the fifteenth."""
RECEIVED = datetime(2026, 11, 21, 6, 17, tzinfo=UTC)
PATH = "/datasets/rankings-daily"
NAMES = [DAILY.name, WEEKLY.name]


def parsed(kind: str, value: str, *rows: tuple[str, str, str], **meta: str) -> Parsed[Any]:
    """What is read of a reply with these rows: day, slug and tokens."""
    endpoint = DAILY if kind in DAILY_SLICES else WEEKLY
    calls = [call for call in endpoint.calls(TODAY, HeldState()) if call.param(kind) == value]
    days = {"start_date": calls[0].param("start_date"), "end_date": calls[0].param("end_date")}
    names = ("date", "model_permaslug", "total_tokens")
    body = {
        "data": [dict(zip(names, row, strict=True)) for row in rows],
        "meta": {"as_of": "2026-11-21T06:17:00Z", "version": "v1", **days, **meta},
    }
    data = json.dumps(body).encode()
    return endpoint.read(Reply(calls[0], data, strict_json.loads(data), RECEIVED))


def window(calls: list[Call]) -> tuple[str, str]:
    (days,) = {(call.param("start_date"), call.param("end_date")) for call in calls}
    return days


# The calls


def test_each_slice_is_one_call_for_whole_days_or_whole_weeks() -> None:
    daily, weekly = DAILY.calls(TODAY, HeldState()), WEEKLY.calls(TODAY, HeldState())
    assert (len(daily), len(weekly)) == (10, 14)
    assert window(daily) == ("2026-11-14", "2026-11-20")
    assert window(weekly) == ("2026-10-19", "2026-11-15")
    assert {call.param("period") for call in daily} == {"day"}
    assert {call.param("period") for call in weekly} == {"week"}
    assert str(weekly[3]) == (
        "GET /datasets/rankings-daily?start_date=2026-10-19&end_date=2026-11-15&period=week&category=marketing/seo"
    )
    for call in (*daily, *weekly):
        assert len({*DAILY_SLICES, *WEEKLY_SLICES} & set(dict(call.params))) == 1


@pytest.mark.parametrize(("today", "end"), [(15, "2026-11-08"), (16, "2026-11-15")])
def test_a_week_is_asked_for_once_it_is_over(today: int, end: str) -> None:
    assert window(WEEKLY.calls(date(2026, 11, today), HeldState()))[1] == end


def test_what_runs_have_missed_is_asked_for_again_within_a_year() -> None:
    days = frozenset(TODAY - timedelta(days=number) for number in range(1, 500))
    assert window(DAILY.calls(TODAY, HeldState(days=days)))[0] == "2026-11-14"
    hole = days - {date(2026, 10, 1), date(2026, 9, 30)}
    assert window(DAILY.calls(TODAY, HeldState(days=hole)))[0] == "2026-09-30"
    long_ago = days - {TODAY - timedelta(days=400)}
    assert window(DAILY.calls(TODAY, HeldState(days=long_ago)))[0] == "2026-11-14"
    without_a_week = days - {date(2026, 9, 7)}
    assert window(WEEKLY.calls(TODAY, HeldState(days=without_a_week)))[0] == "2026-09-07"
    new = frozenset({date(2026, 11, 20)})
    assert window(DAILY.calls(TODAY, HeldState(days=new))) == ("2025-11-22", "2026-11-20")


# The replies


def test_a_row_says_its_slice_and_its_days() -> None:
    found = parsed(
        "modality", "tool_calling", ("2026-11-20", "other", "9"), ("2026-11-20", "a/x", "5")
    )
    assert found.citation.full == (
        "Source: OpenRouter (openrouter.ai/rankings), as of 2026-11-21T06:17:00Z. Licensed under CC BY 4.0."
    )
    first, second = found.rows
    assert DAILY.table(first) == [
        {
            "slice_kind": "modality",
            "slice_value": "tool_calling",
            "period": "day",
            "date": "2026-11-20",
            "model_permaslug": "a/x",
            "total_tokens": "5",
        }
    ]
    assert (second.model_permaslug, DAILY.last_day(second)) == ("other", date(2026, 11, 20))
    (week,) = parsed("category", "marketing/seo", ("2026-11-09", "a/x", "5")).rows
    assert (week.slice_value, week.period) == ("marketing/seo", "week")
    assert WEEKLY.last_day(week) == date(2026, 11, 15)


def test_rows_of_other_days_are_set_aside_and_numbers_are_refused() -> None:
    found = parsed("category", "health", ("2026-11-16", "a/x", "5"), ("2026-11-11", "a/y", "5"))
    assert found.rows == ()
    place = "rankings-slices-weekly reply to GET /datasets/rankings-daily?start_date=2026-10-19&end_date=2026-11-15"
    assert found.set_aside == (
        f"{place}&period=week&category=health: a/x on 2026-11-16 lies outside 2026-10-19 to 2026-11-15; row skipped",
        f"{place}&period=week&category=health: a/y on 2026-11-11, which is no Monday; row skipped",
    )
    (notice,) = parsed("modality", "text", start_date="2026-11-15").noticed
    assert "covers 2026-11-15 to 2026-11-20, where 2026-11-14 to 2026-11-20 was asked for" in notice
    with pytest.raises(ReplyError, match="expected a string of 1 to 20 digits"):
        parsed("modality", "text", ("2026-11-20", "a/x", "-5"))


def test_a_filter_that_changes_nothing_is_doubted_and_an_empty_slice_is_named() -> None:
    rows = [
        *parsed("language_type", "natural", ("2026-11-09", "a/x", "5")).rows,
        *parsed("language_type", "programming", ("2026-11-09", "a/x", "5")).rows,
        *parsed("category", "programming", ("2026-11-09", "a/x", "5")).rows,
    ]
    doubts = WEEKLY.doubts(rows)
    alike = "rankings-slices-weekly: language_type=programming has the same rows as language_type=natural"
    assert (doubts[-1], len(doubts)) == (alike, 12)
    assert doubts[0] == "rankings-slices-weekly: no rows for category=roleplay"


# The board

WEEK = date(2026, 11, 9)


def test_the_board_ranks_the_models_of_each_category_in_the_newest_week(tiny: TinyArchive) -> None:
    tiny.slices(
        {
            ("category", "marketing/seo"): {
                WEEK - timedelta(days=7): {"a/old": 900},
                WEEK: {"a/z": 60, "a/y": 20, "other": 20},
            },
            ("category", "health"): {WEEK: {"a/x": 200, "a/y": 200}},
            ("category", "legal"): {WEEK: {"a/y": 7}},
            ("category", "trivia"): {WEEK: {"a/z": 3}},
            ("language_type", "natural"): {WEEK: {"a/z": 1000}},
        }
    )
    board = tiny.board("categories")
    assert board.window == Window(WEEK, date(2026, 11, 15))
    names = ("category", "category_name", "rank", "total_tokens", "share")
    assert [
        (*(row[name] for name in names), row.entity("model_permaslug").id) for row in board.rows
    ] == [
        ("health", "Health", 1, 200, 0.5, "a/x"),
        ("health", "Health", 1, 200, 0.5, "a/y"),
        ("marketing/seo", "Marketing: SEO", 1, 60, 0.6, "a/z"),
        ("marketing/seo", "Marketing: SEO", 2, 20, 0.2, "a/y"),
        ("legal", "Legal", 1, 7, 1.0, "a/y"),
        ("trivia", "Trivia", 1, 3, 1.0, "a/z"),
    ]
    assert board.finding == (
        "In the week to 15 Nov 2026, a/z leads by estimated tokens in 2 of 4 categories."
    )


def test_a_category_lists_ten_models_and_language_types_alone_make_no_board(
    tiny: TinyArchive,
) -> None:
    many = {f"a/{number:02}": 100 - number for number in range(12)}
    tiny.slices({("language_type", "natural"): {WEEK: many}}, on=TODAY - timedelta(days=7))
    assert "categories" not in tiny.boards(TODAY - timedelta(days=7))
    tiny.slices({("category", "health"): {WEEK: many}, ("category", "legal"): {WEEK: {"a/x": 0}}})
    board = tiny.board("categories")
    assert [row["rank"] for row in board.rows] == [*range(1, 11), 1]
    assert [row["share"] for row in board.rows][-1] == 0
    assert board.finding == (
        "In the week to 15 Nov 2026, a/00 and a/x each lead by estimated tokens in 1 of 2 categories."
    )
    tiny.slices({("category", "health"): {WEEK: many}})
    assert tiny.board("categories").finding == (
        "In the week to 15 Nov 2026, a/00 leads by estimated tokens in 1 of 1 category."
    )


def test_the_newest_credit_stands_for_all_categories(tiny: TinyArchive) -> None:
    names = ("health", "legal", "trivia")
    tiny.slices({("category", name): {WEEK: {"a/x": 1}} for name in names})
    (credit,) = tiny.board("categories").citations
    assert credit.as_of.endswith("T06:02:00Z")  # the third of three replies, a minute apart


def test_where_every_category_has_several_leaders_no_model_leads_the_most(
    tiny: TinyArchive,
) -> None:
    tiny.slices({("category", "health"): {WEEK: {"a/x": 5, "a/y": 5}}})
    assert tiny.board("categories").finding == ""


def test_a_category_in_which_two_are_level_is_led_by_neither(tiny: TinyArchive) -> None:
    tiny.slices(
        {
            ("category", "health"): {WEEK: {"a/x": 2, "a/y": 2}},
            ("category", "legal"): {WEEK: {"a/y": 1}},
        }
    )
    assert "2026, a/y leads by estimated tokens in 1 of 2" in tiny.board("categories").finding


def test_its_page_has_a_card_of_its_own_which_says_no_category_is_the_first(
    tiny: TinyArchive,
) -> None:
    tiny.slices({("category", name): {WEEK: {"a/x": 2, "a/y": 1}} for name in ("health", "legal")})
    history = tiny.history()
    made = all_boards.site(history, demo="", public_url="https://x.example/", version="1")
    card = ShareCards(made, {}, read_pages()).at("rankings/categories/")
    assert card
    assert card.path == "cards/boards/categories.png"
    assert card.leaders == ()
    assert card.sentence == made.boards["categories"].finding != ""


# The calls of a run


def test_a_run_has_them_last_and_stays_within_150_calls() -> None:
    assert not {call.dataset for call in plan(TODAY, {}).calls} & set(NAMES)
    made = plan(TODAY, {}, ENDPOINTS)
    assert [call.dataset for call in made.calls[-24:]] == [DAILY.name] * 10 + [WEEKLY.name] * 14
    assert (len(made.calls), made.most, made.left_out) == (75, 145, ())
    held = HeldState(newest=TODAY - timedelta(days=6), rows=9)
    asked = Counter(
        call.dataset for call in plan(TODAY, dict.fromkeys(NAMES, held), ENDPOINTS).calls
    )
    assert (asked[DAILY.name], asked[WEEKLY.name]) == (10, 0)


def test_what_the_calls_of_a_run_do_not_allow_is_left_out_and_said() -> None:
    # Ninety-five years of rankings take ninety-five calls: the rest of the core takes forty-nine.
    far = plan(date(2111, 11, 21), {}, ENDPOINTS)
    core = plan(date(2111, 11, 21), {})
    assert (len(core.calls), far.calls, core.left_out) == (136, (*core.calls, *far.calls[136:]), ())
    assert {call.dataset for call in far.calls[136:]} == {DAILY.name}
    assert far.left_out == (
        "rankings-slices-weekly: left out of this run: it needs 14 calls, and 146 of at most 150 are used",
    )


def slices_of(server: Loopback) -> None:
    """Let the API answer each slice with rows of its own, in the documented form."""
    for endpoint in (DAILY, WEEKLY):
        for number, call in enumerate(endpoint.calls(LAST, HeldState())):
            kind, value = call.params[-1]
            rows = [
                {
                    "date": call.param("end_date") if endpoint is DAILY else "2026-08-10",
                    "model_permaslug": slug,
                    "total_tokens": str(
                        10**9 * (len(MODELS) - (place + number) % len(MODELS)) + number
                    ),
                }
                for place, slug in enumerate(MODELS)
            ]
            server.replace(PATH, {kind: value}, rows)


def states_of(
    history: History, *, extended: bool = False, demo: str = ""
) -> dict[str, DatasetState]:
    """The state of each dataset of a site without boards, by name."""
    config = SiteConfig(extended=extended)
    site = all_boards.site(history, demo=demo, public_url="", version="1", makers=(), config=config)
    return {state.name: state for state in site.datasets}


def taken(server: Loopback, data: Path, endpoints: Any = ENDPOINTS, used: int = 0) -> Report:
    with Client(Api(server.url, Secret(KEY), 0)) as client:
        client.attempts = used
        return take(Run(Archive(data), client, LAST, "1", endpoints=endpoints))


def test_a_run_that_asks_for_them_sends_them_last_and_encodes_their_slash(tmp_path: Path) -> None:
    with Loopback(small=True, day=LAST) as server:
        slices_of(server)
        report = taken(server, tmp_path)
    targets = [request.target for request in server.requests]
    assert report.failed == []
    assert [outcome.dataset for outcome in report.outcomes[-2:]] == NAMES
    assert [(one.rows, one.calls, one.notes) for one in report.outcomes[-2:]] == [
        (10 * len(MODELS), 10, ()),
        (14 * len(MODELS), 14, ()),
    ]
    assert all("category=" in target or "language_type=" in target for target in targets[-14:])
    assert any(target.endswith("&category=marketing%2Fseo") for target in targets)
    (stored,) = Archive(tmp_path).snapshots(WEEKLY.name)
    assert stored.manifest.days == ("2026-08-10",)


def test_a_site_that_stops_asking_keeps_what_it_has_and_calls_it_no_failure(
    tiny: TinyArchive,
) -> None:
    tiny.slices({("modality", "text"): {date(2026, 11, 20): {"a/x": 5}}})
    states = states_of(tiny.history(TODAY + timedelta(days=90)))
    assert list(states) == [*(endpoint.name for endpoint in CORE), DAILY.name]
    state = states[DAILY.name]
    assert (state.day, state.stale, state.failed, state.asked) == (TODAY, True, False, False)
    assert state.message == "No longer fetched: extended is off in site.toml."


def test_a_dataset_covers_the_days_and_weeks_of_its_rows(tiny: TinyArchive) -> None:
    for on, week in ((TODAY - timedelta(days=7), WEEK - timedelta(days=7)), (TODAY, WEEK)):
        tiny.slices({("category", "legal"): {week: {"a/x": 5}}}, on=on)
    covered = states_of(tiny.history(), extended=True)[WEEKLY.name].covered
    assert covered == Window(date(2026, 11, 2), date(2026, 11, 15))


def test_only_a_site_that_asks_for_them_or_has_them_names_them(tiny: TinyArchive) -> None:
    assert list(states_of(tiny.history())) == [endpoint.name for endpoint in CORE]
    asked = states_of(tiny.history(), extended=True)
    assert list(asked) == [endpoint.name for endpoint in ENDPOINTS]
    assert (asked[WEEKLY.name].asked, asked[WEEKLY.name].stale) == (True, True)
    assert list(states_of(tiny.history(), extended=True, demo="Demo")) == list(asked)[:-2]


def test_a_run_with_few_calls_left_leaves_out_what_does_not_fit(tmp_path: Path) -> None:
    with Loopback(small=True, day=LAST) as server:
        slices_of(server)
        report = taken(server, tmp_path, (DAILY, WEEKLY), used=130)
    fresh, left = report.outcomes
    assert (fresh.state, left.state, report.failed) == ("fresh", "left out", [left])
    assert left.line == (
        "rankings-slices-weekly: left out of this run: it needs 14 calls, and 140 of at most 150 are used"
    )
    ((_, stored),) = Archive(tmp_path).runs()
    assert stored["datasets"][WEEKLY.name]["message"] == left.message


def test_site_toml_adds_them_to_the_plan(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = tmp_path / "site.toml"
    options = ["snapshot", "--plan", "--site", str(tmp_path / "site"), "--today", str(LAST)]
    asked = {}
    for said in ("true", "false"):
        config.write_text(f"extended = {said}\n")
        commands.cli.main([*options, "--config", str(config)], standalone_mode=False)
        asked[said] = Counter(line.split()[0] for line in capsys.readouterr().out.splitlines())
    assert asked["true"] - asked["false"] == {DAILY.name: 10, WEEKLY.name: 14, "75": 1}
    config.write_text('extended = "yes"\n')
    with pytest.raises(UsageError) as refused:
        commands.cli.main([*options, "--config", str(config)], standalone_mode=False)
    assert str(refused.value) == f"{config}: extended: expected true or false, without quotes"
