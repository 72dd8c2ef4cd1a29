"""The recorded API answers as the documentation says, with the numbers that were recorded."""

import gzip
import hashlib
import json
from datetime import date
from typing import Any

import pytest

from generator.base.errors import UsageError
from generator.fetch.recorded import DEMO_DAYS, REPLIES, Answer, RecordedApi

RANKINGS, APPS = "/datasets/rankings-daily", "/datasets/app-rankings"
COSTS = "/datasets/session-cost"
LAST = DEMO_DAYS[-1]


def ask(path: str, day: date = LAST, authorized: bool = True, **params: Any) -> Answer:
    return RecordedApi(day).answer(path, params, authorized=authorized)


def value(path: str, day: date = LAST, **params: Any) -> Any:
    answer = ask(path, day, **params)
    assert answer.status == 200, answer.body
    return json.loads(answer.body)


def refusal(path: str, **params: Any) -> str:
    answer = ask(path, **params)
    error = json.loads(answer.body)["error"]
    assert (answer.status, error["code"]) == (400, 400)
    return str(error["message"])


def test_there_are_eight_successive_days_and_no_other_can_be_asked() -> None:
    assert [str(day) for day in DEMO_DAYS] == [f"2026-08-{number}" for number in range(11, 19)]
    with pytest.raises(UsageError, match=r"2026-08-19; .* 2026-08-11 to 2026-08-18"):
        RecordedApi(date(2026, 8, 19))


@pytest.mark.parametrize("path", [RANKINGS, APPS, COSTS, "/benchmarks", "/classifications/task"])
def test_without_a_key_a_keyed_endpoint_answers_the_documented_401(path: str) -> None:
    answer = ask(path, authorized=False)
    assert answer.status == 401
    assert answer.body == b'{"error":{"code":401,"message":"Missing Authentication header"}}'


@pytest.mark.parametrize("path", ["/models", "/models/count", "/model/openai/gpt-oss-120b"])
def test_the_catalogue_needs_no_key(path: str) -> None:
    assert ask(path, authorized=False).status == 200


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/datasets/no-such",
        "/models/openai/gpt-oss-120b",
        "/model/openai",
        "/model/nobody/nothing",
    ],
)
def test_what_is_not_there_answers_the_documented_404(path: str) -> None:
    answer = ask(path, authorized=False)
    assert (answer.status, answer.headers["content-type"]) == (404, "application/json")
    assert answer.body == b'{"error":{"code":404,"message":"Resource not found"}}'


def test_rankings_are_the_recorded_ones_with_other_last() -> None:
    day = value(RANKINGS, start_date="2026-08-10", end_date="2026-08-10")["data"]
    assert len(day) == 51
    assert (day[0]["model_permaslug"], day[0]["total_tokens"]) == (
        "tencent/hy3-20260706",
        "1766439374939",
    )
    assert (day[-1]["model_permaslug"], day[-1]["total_tokens"]) == ("other", "609494353205")


def test_without_dates_thirty_days_up_to_yesterday_are_answered() -> None:
    for day in DEMO_DAYS:
        reply = value(RANKINGS, day)
        assert len(reply["data"]) == 30 * 51
        assert (date.fromisoformat(reply["meta"]["end_date"]) - day).days == -1
        assert max(row["date"] for row in reply["data"]) == reply["meta"]["end_date"]
    assert value(RANKINGS)["meta"] == {
        "as_of": "2026-08-18T22:46:17.000Z",
        "version": "v1",
        "start_date": "2026-07-19",
        "end_date": "2026-08-17",
    }


def test_today_and_later_days_are_moved_back_to_yesterday() -> None:
    reply = value(RANKINGS, date(2026, 8, 12), start_date="2026-08-11", end_date="2026-08-17")
    assert reply["meta"]["end_date"] == "2026-08-11"
    assert {row["date"] for row in reply["data"]} == {"2026-08-11"}
    assert "after" in refusal(RANKINGS, start_date="2026-08-18", end_date="2026-08-18")


def test_a_start_before_the_first_day_is_moved_and_echoed_and_days_without_a_recording_have_no_rows() -> (
    None
):
    reply = value(RANKINGS, start_date="2024-06-01", end_date="2025-12-31")
    assert (reply["data"], reply["meta"]["start_date"]) == ([], "2025-01-01")
    reply = value(RANKINGS, start_date="2026-05-01", end_date="2026-05-24")
    assert {row["date"] for row in reply["data"]} == {"2026-05-24"}
    assert reply["data"][0]["total_tokens"] == "595090081549"


@pytest.mark.parametrize("path", [RANKINGS, APPS])
@pytest.mark.parametrize(
    ("start", "end", "why"),
    [
        ("2026-02-30", "2026-03-31", "start_date is not a day of the calendar"),
        ("2026-W20-1", "2026-08-01", "start_date is not a day of the calendar"),
        ("2026-08-02", "2026-08-01", "start_date is after end_date"),
        ("2025-01-01", "2026-01-02", "spans more than 366 days"),
        ("2024-01-01", "2024-12-31", "end_date is before 2025-01-01"),
    ],
)
def test_a_window_against_the_rules_is_refused(path: str, start: str, end: str, why: str) -> None:
    assert why in refusal(path, start_date=start, end_date=end)


def test_366_days_are_still_a_window() -> None:
    assert value(RANKINGS, start_date="2025-01-01", end_date="2026-01-01")["data"] == []


def test_what_was_published_on_one_day_stands_on_the_next_as_both_recorders_saw_it() -> None:
    window: dict[str, Any] = {"start_date": "2026-08-08", "end_date": "2026-08-10"}
    first, later = value(RANKINGS, DEMO_DAYS[0], **window), value(RANKINGS, **window)
    assert first["data"] == later["data"]
    assert first["meta"]["as_of"] == "2026-08-11T23:09:16.000Z"


def test_slices_of_the_rankings_that_nobody_recorded_are_empty_and_their_rules_hold() -> None:
    assert value(RANKINGS, category="marketing/seo")["data"] == []
    assert value(RANKINGS, period="week")["data"] == []
    assert "period=day" in refusal(RANKINGS, category="science", period="day")
    assert "combined" in refusal(RANKINGS, category="science", modality="text")
    assert "context_bucket" in refusal(RANKINGS, context_bucket="2K")


def test_popular_apps_are_those_of_the_day() -> None:
    tops = [value(APPS, day)["data"][0]["total_tokens"] for day in (DEMO_DAYS[0], DEMO_DAYS[4])]
    assert tops == ["33879761746574", "35419021932660"]
    assert value(APPS, start_date="2026-08-01", end_date="2026-08-07")["data"] == []


def test_pages_have_absolute_ranks_and_join_without_a_seam() -> None:
    pages = [
        value(APPS, subcategory="cli-agent", limit="30", offset=str(at))["data"]
        for at in (0, 30, 60, 90)
    ]
    assert [len(page) for page in pages] == [30, 30, 17, 0]
    assert [row["rank"] for page in pages for row in page] == list(range(1, 78))
    assert pages[1][0]["rank"] == 31


def test_a_list_recorded_in_another_window_keeps_its_own_meta() -> None:
    trending = value(APPS, sort="trending", start_date="2026-07-19", end_date="2026-08-17")
    assert trending["data"][1]["app_name"] == "pi"
    assert trending["meta"]["start_date"] == "2026-05-30"
    assert (
        value(APPS, sort="popular", category="coding", subcategory="cli-agent")["meta"]["end_date"]
        == "2026-08-30"
    )


def test_lists_that_nobody_recorded_are_empty_with_the_window_that_was_asked_for() -> None:
    reply = value(
        APPS, subcategory="personal-agent", start_date="2026-07-19", end_date="2026-08-17"
    )
    assert (reply["data"], reply["meta"]) == ([], value(RANKINGS)["meta"])
    assert value(APPS, sort="trending", category="coding")["data"] == []


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("sort", "newest"),
        ("category", "games"),
        ("subcategory", "cli"),
        ("limit", "0"),
        ("limit", "101"),
        ("limit", "ten"),
        ("offset", "101"),
        ("offset", "-1"),
    ],
)
def test_an_app_parameter_out_of_bounds_is_refused_by_name(name: str, wrong: str) -> None:
    assert f"{name} must be" in refusal(APPS, **{name: wrong})


def test_a_subcategory_of_another_category_is_refused() -> None:
    assert "does not belong" in refusal(APPS, category="creative", subcategory="cli-agent")


def test_each_benchmark_source_and_arena_answers_its_own_rows() -> None:
    analysis = value("/benchmarks", source="artificial-analysis")
    opus = next(
        row
        for row in analysis["data"]
        if row["model_permaslug"] == "anthropic/claude-opus-5-20260723"
    )
    assert (opus["intelligence_index"], opus["coding_index"], opus["agentic_index"]) == (
        63.1,
        78,
        59.2,
    )
    assert opus["pricing"] == {"prompt": "0.000005", "completion": "0.000025"}
    assert any(row["intelligence_index"] is None for row in analysis["data"])
    assert (len(analysis["data"]), analysis["meta"]["model_count"]) == (122, 122)
    counts = [
        len(value("/benchmarks", source="design-arena", arena=a)["data"])
        for a in ("models", "agents")
    ]
    assert counts == [766, 285]
    assert len(value("/benchmarks", source="design-arena")["data"]) == 766
    webapps = value("/benchmarks", source="design-arena", arena="agents", category="webapps")[
        "data"
    ]
    assert (webapps[0]["display_name"], webapps[0]["elo"]) == ("SpaceXAI: Grok 4.6", 1279)
    assert "source" in refusal("/benchmarks", source="lmarena")
    assert "arena" in refusal("/benchmarks", source="design-arena", arena="humans")


@pytest.mark.parametrize(
    "params", [{"source": "openrouter"}, {"source": "design-arena", "arena": "builders"}]
)
def test_benchmarks_that_nobody_recorded_are_empty_and_cite_their_source(
    params: dict[str, Any],
) -> None:
    reply = value("/benchmarks", **params)
    assert (reply["data"], reply["meta"]["model_count"]) == ([], 0)
    assert reply["meta"]["as_of"] == "2026-08-18T22:46:17.000Z"
    assert reply["meta"]["citation"].endswith("via OpenRouter (openrouter.ai/rankings).")


def test_without_a_source_no_single_citation_is_given() -> None:
    reply = value("/benchmarks")
    assert {row["source"] for row in reply["data"]} == {"artificial-analysis", "design-arena"}
    assert (reply["meta"]["source"], reply["meta"]["source_url"], reply["meta"]["citation"]) == (
        None,
        None,
        None,
    )


def test_tasks_come_word_for_word_and_only_for_seven_days() -> None:
    answer = ask("/classifications/task", window="7d")
    assert hashlib.sha256(answer.body).hexdigest().startswith("02fa58b48bcbe15287fffaebfb55f0f8")
    assert answer.headers["cache-control"] == "private, max-age=60, stale-while-revalidate=300"
    assert json.loads(answer.body)["data"]["as_of"] == "2026-09-21"
    assert "window must be one of 7d" in refusal("/classifications/task", window="30d")


def test_the_model_list_is_the_last_one_recorded_and_counts_itself() -> None:
    sizes = [len(value("/models", day, output_modalities="all")["data"]) for day in DEMO_DAYS]
    assert sizes == [336, 336, 336, 411, 413, 413, 414, 412]
    assert [value("/models/count", day)["data"]["count"] for day in DEMO_DAYS] == sizes
    models = value("/models")["data"]
    assert sum(row["pricing"]["prompt"] == "-1" for row in models) == 5
    assert sum("overrides" in row["pricing"] for row in models) == 61


def test_a_model_is_found_by_id_by_canonical_slug_and_as_it_was_that_day() -> None:
    assert (
        value("/model/anthropic/claude-opus-5-20260723")["data"]["id"] == "anthropic/claude-opus-5"
    )
    prices = [
        value("/model/~openai/gpt-latest", day)["data"]["pricing"]["prompt"]
        for day in (DEMO_DAYS[0], LAST)
    ]
    assert prices == ["0.000005", "0.0000025"]
    free = "/model/nvidia/nemotron-3.5-lightning"
    assert value(f"{free}:free", DEMO_DAYS[0])["data"]["id"].endswith(":free")
    assert ask(f"{free}-20260807", DEMO_DAYS[0]).status == 404


def test_a_reply_recorded_on_another_day_says_when() -> None:
    assert {ask(path).recorded for path in (RANKINGS, APPS, "/benchmarks")} == {None}
    assert ask("/classifications/task").recorded == date(2026, 9, 21)
    agents = {"category": "coding", "subcategory": "cli-agent"}
    assert ask(APPS, sort="popular", **agents).recorded == date(2026, 9, 29)
    assert ask(APPS, sort="trending", **agents).recorded is None
    lists = ("/models", "/models/count", "/model/anthropic/claude-opus-5")
    assert {ask(path).recorded for path in lists} == {LAST}
    assert {ask(path, DEMO_DAYS[2]).recorded for path in lists[:2]} == {date(2026, 8, 1)}


def test_without_later_replies_tasks_are_not_found_and_the_list_of_cli_agents_is_empty() -> None:
    api = RecordedApi(LAST, later=False)
    assert api.answer("/classifications/task", {"window": "7d"}, authorized=True).status == 404
    listed = api.answer(APPS, {"subcategory": "cli-agent"}, authorized=True)
    assert (json.loads(listed.body)["data"], listed.recorded) == ([], None)
    assert json.loads(listed.body)["meta"]["end_date"] == "2026-08-17"
    popular = api.answer(APPS, {}, authorized=True)
    assert len(json.loads(popular.body)["data"]) == 50


def test_the_same_question_gets_the_same_bytes() -> None:
    for path in (RANKINGS, APPS, "/benchmarks", "/models"):
        assert ask(path).body == ask(path).body


def test_what_ships_is_small_and_holds_no_descriptions() -> None:
    shipped = [path for path in REPLIES.rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in shipped) < 3_000_000
    assert {path.suffix for path in shipped} == {".gz", ".md"}
    for path in shipped:
        if path.suffix == ".gz":
            assert b'"description"' not in gzip.decompress(path.read_bytes()), path
            assert path.read_bytes()[4:8] == b"\0\0\0\0", "a time in the gzip header"


def test_session_costs_were_never_recorded_and_are_answered_as_before_their_first_release() -> None:
    reply = value(COSTS, limit="500", offset="0", turn_range="1-turn")
    assert reply["data"] == []
    assert reply["meta"] == {
        "as_of": value(RANKINGS)["meta"]["as_of"],
        "version": "v1",
        "window_days": None,
        "window_end_date": None,
    }
    assert refusal(COSTS, limit="501").endswith("limit must be a whole number from 1 to 500")
    assert refusal(COSTS, offset="5001").endswith("offset must be a whole number from 0 to 5000")
    assert "turn_range must be one of 1-turn, 2-9-turns" in refusal(COSTS, turn_range="3-turns")
