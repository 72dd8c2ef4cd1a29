"""What replies mean: tolerant of what is new, strict about what is documented."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from generator.base import strict_json
from generator.base.errors import ReplyError
from generator.endpoints import BY_NAME, CORE, app_rankings, models, rankings_daily
from generator.endpoints.endpoint import Call, HeldState, Parsed, Reply
from tests import replies, tiny

DAY = date(2026, 8, 18)
NOW = datetime(2026, 8, 18, 23, 30, tzinfo=UTC)
Edit = Callable[[Any], None]


def recorded(dataset: str, number: int | None = None) -> tuple[Call, Any]:
    """One of the dataset's calls on the last recorded day, and its reply as JSON values."""
    if number is None:
        # The recordings begin in 2026: the backfill's first window is empty.
        number = 1 if dataset == "rankings-daily" else 0
    call = BY_NAME[dataset].calls(DAY, HeldState())[number]
    answer = replies.recorded(DAY, call.path, dict(call.params))
    assert answer.status == 200, answer.body
    return call, json.loads(answer.body)


def parsed(dataset: str, edit: Edit = lambda _value: None, number: int | None = None) -> Parsed:
    call, value = recorded(dataset, number)
    edit(value)
    body = json.dumps(value).encode()
    return BY_NAME[dataset].parse(Reply(call, body, strict_json.loads(body), NOW))


def test_every_recorded_reply_is_read_without_a_word_but_on_windows_that_were_not_asked_for() -> (
    None
):
    noticed: list[str] = []
    for endpoint in CORE:
        for number in range(len(endpoint.calls(DAY, HeldState()))):
            found = parsed(endpoint.name, number=number)
            assert found.set_aside == ()
            noticed += found.noticed
            assert found.citation.text.startswith("Source: ")
    trending, cli_agents = noticed
    assert "covers 2026-05-30 to 2026-06-28, where 2026-07-19 to 2026-08-17 was" in trending
    assert "subcategory=cli-agent" in cli_agents
    assert "covers 2026-08-24 to 2026-08-30, where 2026-07-19 to 2026-08-17 was" in cli_agents


@pytest.mark.parametrize("dataset", ["rankings-daily", "app-rankings"])
@pytest.mark.parametrize("name", ["start_date", "end_date"])
def test_a_reply_about_other_days_than_asked_is_noticed(dataset: str, name: str) -> None:
    assert parsed(dataset).noticed == ()
    other = {"start_date": "2025-12-31", "end_date": "2026-12-31"}[name]
    (notice,) = parsed(dataset, lambda v: v["meta"].update({name: other})).noticed
    assert notice.startswith(f"{dataset}: the reply to GET /datasets/{dataset}?")
    call, _ = recorded(dataset)
    asked = {day: call.param(day) for day in ("start_date", "end_date")}
    covered = asked | {name: other}
    assert notice.endswith(
        f" covers {' to '.join(covered.values())}, where {' to '.join(asked.values())} was asked for"
    )


@pytest.mark.parametrize(
    ("dataset", "edit", "sentence"),
    [
        (
            "app-rankings",
            lambda v: v["data"][3].update(rank="n/a"),
            'data[3].rank: expected an integer, got "n/a"',
        ),
        (
            "rankings-daily",
            lambda v: v["data"][0].update(total_tokens="1_000"),
            "a string of 1 to 20 digits",
        ),
        (
            "rankings-daily",
            lambda v: v["data"][0].update(total_tokens=12),
            "expected a string, got 12",
        ),
        (
            "rankings-daily",
            lambda v: v["data"][0].update(date="2026-02-30"),
            "expected a day as YYYY-MM-DD",
        ),
        (
            "rankings-daily",
            lambda v: v["data"][0].pop("model_permaslug"),
            "model_permaslug: expected a value",
        ),
        ("rankings-daily", lambda v: v["data"][0].update(date="2030-01-01"), "lies outside"),
        (
            "task-classifications",
            lambda v: v["data"]["classifications"][0].update(usage_share=1.5),
            "usage_share",
        ),
        (
            "benchmarks-design-arena",
            lambda v: v["data"][0].update(win_rate=101),
            "win_rate: expected an integer <= 100",
        ),
        (
            "models",
            lambda v: v["data"][0]["pricing"].update(prompt="cheap"),
            "expected a decimal number as a string",
        ),
    ],
)
def test_one_wrong_row_is_set_aside_and_named(dataset: str, edit: Edit, sentence: str) -> None:
    rows = len(parsed(dataset).rows)
    found = parsed(dataset, edit)
    assert len(found.rows) == rows - 1
    assert sentence in found.set_aside[0]
    assert found.set_aside[0].startswith(dataset)


def test_null_for_a_member_that_may_be_absent_means_that_it_is() -> None:
    def edit(value: Any) -> None:
        for row in value["data"]:
            row["supported_parameters"] = None
            row["pricing"]["overrides"] = None
            row["top_provider"] = {"is_moderated": None, "context_length": 8}

    found = parsed("models", edit)
    assert found.set_aside == ()
    assert {row.supported_parameters for row in found.rows} == {()}
    assert {row.pricing.overrides for row in found.rows} == {()}
    assert {row.top_provider.is_moderated for row in found.rows} == {False}


def test_a_wrong_value_is_told_and_not_the_null_beside_it() -> None:
    def edit(value: Any) -> None:
        value["data"][0]["pricing"].update(overrides=None, prompt=None)

    (sentence,) = parsed("models", edit).set_aside
    assert "data[0].pricing.prompt: expected a string, got null" in sentence


def test_more_than_one_wrong_row_in_twenty_refuse_the_reply() -> None:
    def edit(value: Any) -> None:
        for row in value["data"][:4]:
            row["rank"] = "n/a"

    with pytest.raises(
        ReplyError,
        match=r'app-rankings reply to GET .*data\[0\]\.rank: expected an integer, got "n/a"',
    ):
        parsed("app-rankings", edit)


@pytest.mark.parametrize(
    ("rows", "wrong", "is_read"),
    [(1, 1, False), (2, 1, True), (2, 2, False), (39, 1, True), (39, 2, False), (40, 2, True)],
)
def test_one_wrong_row_among_others_is_set_aside_however_short_the_list(
    rows: int, wrong: int, is_read: bool
) -> None:
    """A short list is one of forty: it must not take the others with it."""

    def edit(value: Any) -> None:
        del value["data"][rows:]
        for row in value["data"][:wrong]:
            row["app_name"] = None

    if is_read:
        assert len(parsed("app-rankings", edit).set_aside) == wrong
    else:
        with pytest.raises(ReplyError, match=f"{wrong} of {rows} rows are wrong"):
            parsed("app-rankings", edit)


@pytest.mark.parametrize(
    ("edit", "sentence"),
    [
        (lambda v: v.pop("data"), "data: expected a list, got null"),
        (lambda v: v.update(data={}), "data: expected a list, got {}"),
        (lambda v: v.pop("meta"), "meta: expected an object"),
        (
            lambda v: v["meta"].pop("as_of"),
            "meta.as_of: expected an ISO 8601 time or day, got null",
        ),
        (
            lambda v: v["meta"].update(as_of="soon"),
            'meta.as_of: expected an ISO 8601 time or day, got "soon"',
        ),
        (lambda v: v["meta"].update(version="v2"), "meta.version"),
        (lambda v: v["meta"].update(start_date="2027-01-01"), "meta.start_date"),
    ],
)
def test_an_envelope_that_cannot_be_cited_is_refused(edit: Edit, sentence: str) -> None:
    with pytest.raises(ReplyError) as caught:
        parsed("rankings-daily", edit)
    assert sentence in str(caught.value)
    assert str(caught.value).startswith("rankings-daily reply to GET /datasets/rankings-daily?")


def test_unknown_fields_and_sources_are_noticed_and_passed_over() -> None:
    def edit(value: Any) -> None:
        value["data"][0]["brand_new"] = {"a": 1}
        value["data"].append({"source": "elsewhere", "score": 1})

    rows = len(parsed("benchmarks-artificial-analysis").rows)
    found = parsed("benchmarks-artificial-analysis", edit)
    assert len(found.rows) == rows
    assert any('undocumented field "brand_new"' in note for note in found.noticed)
    assert any('source "elsewhere"' in note for note in found.noticed)


@pytest.mark.parametrize("dataset", sorted(tiny.ROWS))
def test_what_a_reply_credits_names_its_dataset(dataset: str) -> None:
    reply = tiny.reply(dataset, [tiny.ROWS[dataset]])
    assert BY_NAME[dataset].read(reply).citation.dataset == dataset


LOOK_ALIKE = "sk-or-v1-0123456789abcdef0123456789abcdef"


def with_look_alikes(value: Any) -> None:
    value["data"][0]["app_name"] = f"App {LOOK_ALIKE}"
    value["data"][1]["rank"] = f"no rank but {LOOK_ALIKE}"
    value["data"][2][LOOK_ALIKE] = 1


def test_what_looks_like_a_key_is_masked_in_rows_and_sentences_and_noticed_once() -> None:
    for hide in (lambda text: text, lambda text: text.replace("sk-", "\\u0073k-")):
        call, value = recorded("app-rankings")
        with_look_alikes(value)
        body = hide(json.dumps(value)).encode()
        reply = Reply(call, body, strict_json.loads(body), NOW)
        found = BY_NAME["app-rankings"].read(reply)
        assert found.rows[0].app_name == "App sk-or-…"
        assert found.citation.dataset == "app-rankings"
        assert LOOK_ALIKE not in " ".join((*found.set_aside, *found.noticed))
        assert sum("looks like an API key" in note for note in found.noticed) == 1
        assert reply.value["data"][0]["app_name"] == f"App {LOOK_ALIKE}"


def test_what_looks_like_a_key_is_never_quoted_even_where_a_reply_is_not_masked_before() -> None:
    found = parsed("app-rankings", with_look_alikes)
    assert LOOK_ALIKE not in " ".join((*found.set_aside, *found.noticed))


def test_a_list_that_came_as_a_string_of_json_is_masked_behind_both_escapes() -> None:
    call, value = recorded("app-rankings")
    with_look_alikes(value)
    value["data"] = json.dumps(value["data"]).replace("sk-", "\\u0073k-")
    body = json.dumps(value).encode()
    found = BY_NAME["app-rankings"].read(Reply(call, body, strict_json.loads(body), NOW))
    assert found.rows[0].app_name == "App sk-or-…"


def test_whole_numbers_may_come_with_a_point() -> None:
    body = (
        b'{"data":[{"rank":1.0,"app_id":7,"app_name":"x","total_tokens":"5","total_requests":2.0}],'
    )
    body += b'"meta":{"as_of":"2026-08-18","version":"v1","start_date":"2026-07-19","end_date":"2026-08-17"}}'
    call = app_rankings.calls(DAY, HeldState())[0]
    row = app_rankings.parse(Reply(call, body, strict_json.loads(body), NOW)).rows[0]
    assert (row.rank, row.total_requests, row.tokens) == (1, 2, 5)


def test_a_list_that_came_as_a_string_of_json_is_read() -> None:
    rows = parsed("rankings-daily").rows
    assert (
        parsed("rankings-daily", lambda value: value.update(data=json.dumps(value["data"]))).rows
        == rows
    )


def test_the_order_of_the_reply_does_not_matter_and_other_comes_last() -> None:
    straight = parsed("rankings-daily").rows
    assert parsed("rankings-daily", lambda value: value["data"].reverse()).rows == straight
    assert straight[-1].model_permaslug == "other"
    named = [row.tokens for row in straight if row.date == straight[-1].date][:-1]
    assert named == sorted(named, reverse=True)


def test_a_model_may_stand_twice_in_a_benchmark() -> None:
    def edit(value: Any) -> None:
        value["data"].append(
            {**value["data"][0], "display_name": "The same (high)", "intelligence_index": 1}
        )

    rows = len(parsed("benchmarks-artificial-analysis").rows)
    assert len(parsed("benchmarks-artificial-analysis", edit).rows) == rows + 1


def test_the_catalogue_needs_neither_links_nor_a_count_and_takes_negative_prices() -> None:
    def edit(value: Any) -> None:
        value.pop("links", None)
        value.pop("total_count", None)
        value["data"][0]["pricing"].update(prompt="-1", completion="-1")

    found = parsed("models", edit)
    assert found.rows[0].pricing.prompt == "-1"
    assert found.citation.license != "CC-BY-4.0"


def test_a_slug_the_api_does_not_know_is_an_answer() -> None:
    body = b'{"error":{"code":404,"message":"not found"}}'
    call = Call("models", "/model/stealth/gone", keyed=False, optional=True)
    assert models.parse(Reply(call, body, strict_json.loads(body), NOW, 404)).rows == ()


def test_citations_are_the_documented_words_with_the_replys_own_as_of() -> None:
    lines = {name: parsed(name).citation.line for name in BY_NAME}
    assert (
        lines["rankings-daily"]
        == "Source: OpenRouter (openrouter.ai/rankings), as of 2026-08-18T22:46:17.000Z."
    )
    assert (
        lines["app-rankings"]
        == "Source: OpenRouter (openrouter.ai/apps), as of 2026-08-18T22:46:17.000Z."
    )
    assert (
        lines["task-classifications"]
        == "Source: OpenRouter (openrouter.ai/rankings), as of 2026-09-21."
    )
    assert lines["benchmarks-design-arena"] == (
        "Source: Design Arena (www.designarena.ai) via OpenRouter (openrouter.ai/rankings). As of 2026-08-18."
    )


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/",
        "https://evilartificialanalysis.ai/",
        "https://openrouter.ai@evil.example/",
        "https://evil@openrouter.ai/",
        "http://artificialanalysis.ai/",
        "javascript:alert(1)",
    ],
)
def test_a_citation_never_links_to_a_host_that_is_not_credited(address: str) -> None:
    found = parsed("benchmarks-artificial-analysis", lambda v: v["meta"].update(source_url=address))
    assert found.citation.url == "https://artificialanalysis.ai"


def test_a_citation_links_to_a_page_of_a_host_that_is_credited() -> None:
    address = "https://www.artificialanalysis.ai/models"
    found = parsed("benchmarks-artificial-analysis", lambda v: v["meta"].update(source_url=address))
    assert found.citation.url == address


def test_a_full_page_of_apps_asks_for_the_next_and_never_past_the_deepest() -> None:
    call, value = recorded("app-rankings")
    row = value["data"][0]
    value["data"] = [{**row, "rank": n, "app_id": n} for n in range(1, 101)]
    body = json.dumps(value).encode()
    reply = Reply(call, body, strict_json.loads(body), NOW)
    (following,) = app_rankings.more(reply, app_rankings.parse(reply))
    assert following.param("offset") == "100"
    last = Reply(following, body, strict_json.loads(body), NOW)
    assert app_rankings.more(last, app_rankings.parse(last)) == []


def test_rankings_are_asked_in_calendar_years_and_never_for_today() -> None:
    first = rankings_daily.calls(date(2026, 11, 21), HeldState())
    assert [(call.param("start_date"), call.param("end_date")) for call in first] == [
        ("2025-01-01", "2025-12-31"),
        ("2026-01-01", "2026-11-20"),
    ]
