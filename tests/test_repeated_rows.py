"""A row counts once in a snapshot, whatever reply repeats it, and rows that contradict each other refuse it."""

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from generator.archive.envelope import Snapshot
from generator.archive.history import History
from generator.archive.store import Archive
from generator.base.errors import ReplyError
from generator.endpoints import (
    BY_NAME,
    app_rankings,
    benchmarks,
    models,
    rankings_daily,
    task_classifications,
)
from generator.endpoints.endpoint import Call, Parsed, Reply
from tests.tiny import ROWS, body

DAY = date(2026, 8, 18)
NOW = datetime(2026, 8, 18, 23, 30, tzinfo=UTC)
TASK = {
    "tag": "x",
    "display_name": "X",
    "macro_category": "code",
    "models": [],
    "usage_share": 1,
    "token_share": 1,
    "category_usage_share": 1,
    "category_token_share": 1,
}


def reply(call: Call, value: Any) -> Reply:
    return Reply(call, json.dumps(value).encode(), value, NOW)


def distinct(*replies: Reply) -> tuple[Parsed, ...]:
    """The replies of one snapshot, read and without repeats."""
    endpoint = BY_NAME[replies[0].call.dataset]
    return endpoint.without_repeats([(reply.call, endpoint.read(reply)) for reply in replies])


def sizes(*replies: Reply) -> list[int]:
    return [len(parsed.rows) for parsed in distinct(*replies)]


def whole(dataset: str, rows: Sequence[dict[str, Any]]) -> Reply:
    """A reply of the dataset with these rows."""
    value = body(dataset, list(rows)) if dataset != "task-classifications" else tasks(rows)
    return reply(Call(dataset, "/models" if dataset == "models" else "/x"), value)


def tasks(rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    return {"data": {"as_of": "2026-08-18", "classifications": list(rows), "macro_categories": []}}


ROW_OF = {**ROWS, "task-classifications": TASK}
OTHER_FACTS = {
    "rankings-daily": ("total_tokens", "6"),
    "app-rankings": ("total_requests", 9),
    "models": ("created", 7),
    "benchmarks-artificial-analysis": ("coding_index", 1),
    "benchmarks-design-arena": ("elo", 1),
    "benchmarks-openrouter": ("primary_score", 0.25),
    "session-cost": ("median_session_cost_usd", 0.6),
    "task-classifications": ("token_share", 0.5),
}
OTHER_KEYS = [
    ("rankings-daily", "date", "2026-08-16"),
    ("rankings-daily", "model_permaslug", "a/two"),
    ("app-rankings", "app_id", 8),
    ("session-cost", "app_slug", "other"),
    ("session-cost", "model_permaslug", "a/two"),
    ("session-cost", "turn_range", "2-9-turns"),
    ("models", "id", "a/two"),
    ("benchmarks-artificial-analysis", "model_permaslug", "a/two"),
    ("benchmarks-artificial-analysis", "display_name", "One (high)"),
    ("benchmarks-design-arena", "arena", "agents"),
    ("benchmarks-design-arena", "category", "slides"),
    ("benchmarks-design-arena", "model_permaslug", "a/two"),
    ("benchmarks-design-arena", "display_name", "One (high)"),
    ("benchmarks-openrouter", "model_permaslug", "a/two"),
    ("benchmarks-openrouter", "display_name", "One (high)"),
    ("benchmarks-openrouter", "benchmark_type", "other"),
    ("benchmarks-openrouter", "search_engine", "exa"),
    ("benchmarks-openrouter", "search_surface", "plugin"),
    ("benchmarks-openrouter", "run_config", {"reasoning_effort": "high"}),
    ("task-classifications", "tag", "y"),
]


@pytest.mark.parametrize("dataset", OTHER_FACTS)
def test_a_row_that_comes_twice_counts_once(dataset: str) -> None:
    row = ROW_OF[dataset]
    assert sizes(whole(dataset, [row, dict(row)])) == [1]
    assert sizes(whole(dataset, [row]), whole(dataset, [row])) == [1, 0]


SCORES = [dataset for dataset in OTHER_FACTS if dataset.startswith("benchmarks-")]
"""A model can be measured under several settings, all under one name: each is a row of its own."""


@pytest.mark.parametrize("dataset", SCORES)
def test_a_model_measured_under_several_settings_has_a_row_for_each(dataset: str) -> None:
    name, value = OTHER_FACTS[dataset]
    row = ROW_OF[dataset]
    other = row | {name: value}
    assert sizes(whole(dataset, [row, other, row])) == [2]
    assert sizes(whole(dataset, [row]), whole(dataset, [other, row])) == [1, 1]


@pytest.mark.parametrize("dataset", [dataset for dataset in OTHER_FACTS if dataset not in SCORES])
def test_two_rows_that_contradict_each_other_refuse_the_snapshot(dataset: str) -> None:
    name, value = OTHER_FACTS[dataset]
    row = ROW_OF[dataset]
    other = row | {name: value}
    for replies in (
        [whole(dataset, [row, other])],
        [whole(dataset, [row]), whole(dataset, [other])],
    ):
        with pytest.raises(ReplyError) as caught:
            distinct(*replies)
        assert str(caught.value).startswith(f"{dataset} reply to GET /")
        assert ": two different rows for " in str(caught.value)


@pytest.mark.parametrize(("dataset", "name", "value"), OTHER_KEYS)
def test_every_part_of_a_key_keeps_rows_apart(dataset: str, name: str, value: Any) -> None:
    row = ROW_OF[dataset]
    assert sizes(whole(dataset, [row, row | {name: value}])) == [2]


def test_the_sentence_names_the_key_of_the_rows() -> None:
    row = ROWS["rankings-daily"]
    call = Call("rankings-daily", rankings_daily.PATH, (("period", "day"),))
    value = body("rankings-daily", [row, row | {"total_tokens": "6"}])
    with pytest.raises(ReplyError) as caught:
        distinct(reply(call, value))
    assert str(caught.value) == (
        "rankings-daily reply to GET /datasets/rankings-daily?period=day: "
        'two different rows for "2026-08-17 a/one"'
    )


def test_a_key_is_quoted_short_and_masked() -> None:
    slug = "a/sk-or-v1-0123456789abcdef0123456789abcdef" + "x" * 200
    row = ROWS["rankings-daily"] | {"model_permaslug": slug}
    call = Call("rankings-daily", rankings_daily.PATH)
    rows = rankings_daily.ENDPOINT.parse(
        reply(call, body("rankings-daily", [row, row | {"total_tokens": "6"}]))
    )
    with pytest.raises(ReplyError) as caught:
        rankings_daily.ENDPOINT.without_repeats([(call, rows)])
    assert "0123456789" not in str(caught.value)
    assert len(str(caught.value)) < 250


def app_page(offset: int, *rows: dict[str, Any], **meta: Any) -> Reply:
    params = (("sort", "popular"), ("offset", str(offset)))
    value = body(app_rankings.NAME, list(rows))
    value["meta"] = value["meta"] | meta
    return reply(Call(app_rankings.NAME, app_rankings.PATH, params), value)


def app(rank: int, **more: Any) -> dict[str, Any]:
    return ROWS["app-rankings"] | {"rank": rank, "app_id": rank, **more}


def test_a_second_page_that_repeats_the_first_adds_nothing() -> None:
    first = app_page(0, app(1), app(2))
    again = app_page(100, app(1, app_name="Alias"), app(2), as_of="2026-08-18T06:00:01Z")
    assert sizes(first, again) == [2, 0]


def test_an_app_on_two_pages_with_two_ranks_refuses_the_lists() -> None:
    with pytest.raises(ReplyError, match='two different rows for "popular 1"'):
        distinct(app_page(0, app(1)), app_page(100, app(2, app_id=1)))


def test_an_app_may_be_in_many_lists() -> None:
    lists = [
        Call(app_rankings.NAME, app_rankings.PATH, params)
        for params in (
            (("sort", "popular"),),
            (("sort", "trending"),),
            (("sort", "popular"), ("category", "coding")),
            (("sort", "popular"), ("category", "coding"), ("subcategory", "cli-agent")),
        )
    ]
    replies = [reply(call, body(app_rankings.NAME, [app(1)])) for call in lists]
    assert sizes(*replies) == [1, 1, 1, 1]


def look_up(slug: str, row: dict[str, Any]) -> Reply:
    call = Call(models.NAME, models.ONE + slug, keyed=False, optional=True)
    return reply(call, {"data": row})


def test_a_look_up_never_contests_the_list_and_adds_what_the_list_lacks() -> None:
    listed = whole("models", [ROWS["models"]])
    other_words = ROWS["models"] | {"name": "Another name"}
    unlisted = ROWS["models"] | {"id": "a/two"}
    count = reply(Call(models.NAME, models.COUNT), {"data": {"count": 1}})
    replies = distinct(
        listed, count, look_up("a/one", other_words), look_up("a/two", unlisted), count
    )
    assert [len(parsed.rows) for parsed in replies] == [1, 1, 0, 1, 0]
    assert replies[0].rows[0].name == "One"


def test_a_model_named_count_is_not_the_count() -> None:
    row = ROWS["models"] | {"id": "count"}
    count = reply(Call(models.NAME, models.COUNT), {"data": {"count": 1}})
    assert sizes(whole("models", [row]), count) == [1, 1]


def test_a_macro_category_may_be_named_as_a_task_is() -> None:
    value = tasks([TASK])
    macro = {"key": "x", "label": "X", "usage_share": 1, "token_share": 1}
    value["data"]["macro_categories"] = [macro, macro]
    call = Call(task_classifications.NAME, task_classifications.PATH)
    assert sizes(reply(call, value)) == [2]
    value["data"]["macro_categories"] = [macro, macro | {"label": "Y"}]
    with pytest.raises(ReplyError, match='two different rows for "macro-category x"'):
        distinct(reply(call, value))


def test_a_search_evaluation_is_not_a_classic_one() -> None:
    search = ROWS["benchmarks-openrouter"]
    classic = {name: search[name] for name in search if name != "primary_score"} | {"accuracy": 1}
    dataset = benchmarks.OPENROUTER.name
    assert sizes(whole(dataset, [search, classic])) == [2]


def store(archive: Archive, day: date, *replies: Reply) -> None:
    """Stores a snapshot as a version before this one did, which looked at no key."""
    endpoint = BY_NAME[replies[0].call.dataset]
    citations = (endpoint.read(replies[0]).citation,)
    archive.keep(Snapshot(endpoint, day, replies, citations, 1, ()), "old")


def test_facts_of_an_archived_snapshot_have_each_row_once(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    store(archive, DAY, app_page(0, app(1), app(2)), app_page(100, app(1), app(2)))
    facts = History(archive, DAY).facts(app_rankings.ENDPOINT)
    assert facts is not None
    assert [row.rank for row in facts.rows] == [1, 2]


def test_an_archived_snapshot_that_contradicts_itself_gives_way_to_the_one_before(
    tmp_path: Path,
) -> None:
    archive = Archive(tmp_path)
    store(archive, date(2026, 8, 17), app_page(0, app(1)))
    store(archive, DAY, app_page(0, app(1)), app_page(100, app(2, app_id=1)))
    history = History(archive, DAY)
    newest = history.newest(app_rankings.NAME)
    assert newest is not None
    assert newest.day == date(2026, 8, 17)
    (refused,) = history.refused(app_rankings.NAME)
    assert "two different rows" in refused.note
