"""Each documented field of each endpoint: wrong, missing and null; and what a reply as a whole must state."""

import copy
import json
from datetime import UTC, date, datetime
from typing import Any

import pytest

from generator.base import strict_json
from generator.base.errors import ReplyError
from generator.endpoints import BY_NAME, app_rankings, benchmarks, models, parsing, rankings_daily
from generator.endpoints import task_classifications as tasks
from generator.endpoints.endpoint import Call, Facts, HeldState, Parsed, Reply
from tests.tiny import META, ROWS, body

DAY = date(2026, 8, 18)
NOW = datetime(2026, 8, 18, 23, 30, tzinfo=UTC)
SHARES = dict.fromkeys(
    ("usage_share", "token_share", "category_usage_share", "category_token_share"), 0.5
)
CHOSEN = {"id": "a/x", "tag_usage_share": 0.2, "tag_token_share": 0.3}
TASK = {"tag": "x", "display_name": "X", "macro_category": "code", "models": [CHOSEN], **SHARES}
MACRO = {"key": "code", "label": "Code", "usage_share": 0.5, "token_share": 0.5}
ANALYSIS, ARENA, EVALS = (
    endpoint.name
    for endpoint in (benchmarks.ARTIFICIAL_ANALYSIS, benchmarks.DESIGN_ARENA, benchmarks.OPENROUTER)
)
CLASSIC = {
    "source": "openrouter",
    "model_permaslug": "a/one",
    "display_name": "One",
    "benchmark_type": "gpqa",
    "accuracy": 0.5,
    "accuracy_stddev": 0.1,
    "avg_cost_per_task": 1,
    "total_tasks": 10,
    "last_run_timestamp": "2026-08-17",
}
FORMS: dict[str, tuple[str, dict[str, Any]]] = {
    **{name: (name, row) for name, row in ROWS.items()},
    "classic evaluation": (EVALS, CLASSIC),
    "task": (tasks.NAME, TASK),
    "macro-category": (tasks.NAME, MACRO),
}
"""The forms of rows, each with its dataset and one row that is right."""

NUMBER, TEXT, LIST, OBJECT = {"a": 1}, 7, "x", "y"
"""A wrong value for a field of each type."""
REQUIRED: list[tuple[str, str, Any, str]] = [
    ("rankings-daily", "date", TEXT, "a day as YYYY-MM-DD"),
    ("rankings-daily", "model_permaslug", TEXT, "a string"),
    ("rankings-daily", "total_tokens", TEXT, "a string"),
    ("app-rankings", "rank", NUMBER, "an integer"),
    ("app-rankings", "app_id", NUMBER, "an integer"),
    ("app-rankings", "app_name", TEXT, "a string"),
    ("app-rankings", "total_tokens", TEXT, "a string"),
    ("app-rankings", "total_requests", NUMBER, "an integer"),
    ("session-cost", "app_name", TEXT, "a string"),
    ("session-cost", "app_slug", TEXT, "a string"),
    ("session-cost", "median_session_cost_usd", NUMBER, "an integer | a number"),
    ("session-cost", "model_permaslug", TEXT, "a string"),
    ("session-cost", "turn_range", TEXT, "a string"),
    ("models", "id", TEXT, "a string"),
    ("models", "canonical_slug", TEXT, "a string"),
    ("models", "name", TEXT, "a string"),
    ("models", "created", NUMBER, "an integer"),
    ("models", "architecture", OBJECT, "an object"),
    ("models", "architecture.input_modalities", LIST, "a list"),
    ("models", "architecture.output_modalities", LIST, "a list"),
    ("models", "pricing", OBJECT, "an object"),
    ("models", "pricing.prompt", TEXT, "a string"),
    ("models", "pricing.completion", TEXT, "a string"),
    (ANALYSIS, "model_permaslug", TEXT, "a string"),
    (ANALYSIS, "display_name", TEXT, "a string"),
    (ANALYSIS, "pricing.prompt", TEXT, "a string"),
    (ARENA, "model_permaslug", TEXT, "a string"),
    (ARENA, "display_name", TEXT, "a string"),
    (ARENA, "arena", TEXT, "a string"),
    (ARENA, "category", TEXT, "a string"),
    (ARENA, "elo", NUMBER, "an integer | a number"),
    (ARENA, "win_rate", NUMBER, "an integer | a number"),
    (EVALS, "model_permaslug", TEXT, "a string"),
    (EVALS, "display_name", TEXT, "a string"),
    (EVALS, "benchmark_type", TEXT, "a string"),
    (EVALS, "primary_metric", TEXT, "a string"),
    (EVALS, "total_tasks", NUMBER, "an integer"),
    (EVALS, "last_run_timestamp", TEXT, "a string"),
    ("classic evaluation", "model_permaslug", TEXT, "a string"),
    ("classic evaluation", "total_tasks", NUMBER, "an integer"),
    ("classic evaluation", "last_run_timestamp", TEXT, "a string"),
    ("task", "tag", TEXT, "a string"),
    ("task", "display_name", TEXT, "a string"),
    ("task", "macro_category", TEXT, "a string"),
    *(("task", name, NUMBER, "an integer | a number") for name in SHARES),
    ("task", "models", LIST, "a list"),
    ("task", "models.0.id", TEXT, "a string"),
    ("task", "models.0.tag_usage_share", NUMBER, "an integer | a number"),
    ("task", "models.0.tag_token_share", NUMBER, "an integer | a number"),
    ("macro-category", "key", TEXT, "a string"),
    ("macro-category", "label", TEXT, "a string"),
    ("macro-category", "usage_share", NUMBER, "an integer | a number"),
    ("macro-category", "token_share", NUMBER, "an integer | a number"),
]
"""A form of row, a field that it must have, a wrong value, and the type that is expected."""

OPTIONAL: list[tuple[str, str]] = [
    ("models", "context_length"),
    ("models", "top_provider"),
    ("models", "top_provider.context_length"),
    ("models", "top_provider.max_completion_tokens"),
    ("models", "pricing.discount"),
    ("models", "pricing.overrides.0.min_prompt_tokens"),
    ("models", "pricing.overrides.0.utc_start"),
    ("models", "pricing.overrides.0.utc_end"),
    ("models", "pricing.overrides.0.prompt"),
    (ANALYSIS, "pricing"),
    (ARENA, "avg_generation_time_ms"),
    (ARENA, "tournament_stats"),
    (ARENA, "tournament_stats.first_place"),
    (EVALS, "avg_cost_per_task"),
    (EVALS, "avg_latency_per_task_ms"),
    (EVALS, "run_config"),
    (EVALS, "run_config.max_agent_turns"),
    (EVALS, "run_config.temperature"),
    ("classic evaluation", "accuracy_stddev"),
    ("classic evaluation", "avg_cost_per_task"),
]
NULLABLE = ("intelligence_index", "coding_index", "agentic_index")


def changed(form: str, path: str, value: Any) -> dict[str, Any]:
    """A row of the form with another value at a path; Ellipsis leaves the field out."""
    row = copy.deepcopy(FORMS[form][1])
    *way, last = path.split(".")
    inner: Any = row
    for step in way:
        inner = inner[int(step)] if step.isdigit() else inner[step]
    if value is ...:
        del inner[last]
    else:
        inner[last] = value
    return row


def parse(form: str, rows: list[Any]) -> Parsed:
    """The dataset's reply with these rows among those of a form."""
    dataset = FORMS[form][0]
    value: Any = body(dataset, rows) if dataset != tasks.NAME else None
    if value is None:
        lists = {"classifications": rows, "macro_categories": []}
        if form == "macro-category":
            lists = {"classifications": [], "macro_categories": rows}
        value = {"data": {"as_of": "2026-08-18", **lists}}
    return parse_value(dataset, value)


def parse_value(dataset: str, value: Any) -> Parsed:
    call = BY_NAME[dataset].calls(DAY, HeldState())[0]
    data = json.dumps(value).encode()
    return BY_NAME[dataset].parse(Reply(call, data, strict_json.loads(data), NOW))


def among(form: str, row: Any, good: int = 20) -> Parsed:
    return parse(form, [*([FORMS[form][1]] * good), row])


def place(form: str, path: str) -> str:
    lists = {"task": "data.classifications", "macro-category": "data.macro_categories"}
    steps = [f"[{step}]" if step.isdigit() else f".{step}" for step in path.split(".")]
    return f"{lists.get(form, 'data')}[20]{''.join(steps)}"


@pytest.mark.parametrize(("form", "path", "wrong", "expected"), REQUIRED)
def test_a_field_that_is_wrong_missing_or_null_sets_its_row_aside(
    form: str, path: str, wrong: Any, expected: str
) -> None:
    for value, got in ((wrong, json.dumps(wrong)), (None, "null")):
        parsed = among(form, changed(form, path, value))
        assert len(parsed.rows) == 20
        (sentence,) = parsed.set_aside
        start, _, end = sentence.partition(f", {place(form, path)}: expected ")
        assert start.startswith(f"{FORMS[form][0]} reply to GET /")
        assert end.startswith(expected), sentence
        assert end.endswith(f", got {got}; row skipped")
    (sentence,) = among(form, changed(form, path, ...)).set_aside
    assert sentence.endswith(f", {place(form, path)}: expected a value, got nothing; row skipped")


@pytest.mark.parametrize(("form", "path"), OPTIONAL)
def test_a_field_that_may_be_missing_may_be_null_too_but_not_wrong(form: str, path: str) -> None:
    for value in (..., None):
        assert among(form, changed(form, path, value)).set_aside == ()
    assert len(among(form, changed(form, path, ["x"])).set_aside) == 1


@pytest.mark.parametrize("name", NULLABLE)
def test_an_index_may_be_null_and_must_be_stated(name: str) -> None:
    assert among(ANALYSIS, changed(ANALYSIS, name, None)).set_aside == ()
    assert len(among(ANALYSIS, changed(ANALYSIS, name, ...)).set_aside) == 1


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("item", [None, 7, "x", [], ["x"]])
def test_an_item_that_is_no_object_is_set_aside(form: str, item: Any) -> None:
    (sentence,) = among(form, item).set_aside
    assert f"[20]: expected an object, got {json.dumps(item)}; " in sentence


@pytest.mark.parametrize("form", FORMS)
def test_one_wrong_row_among_others_is_set_aside_and_one_by_itself_refuses_the_reply(
    form: str,
) -> None:
    assert len(among(form, 7, good=19).set_aside) == 1
    assert len(among(form, 7, good=1).set_aside) == 1
    with pytest.raises(ReplyError, match=r"expected an object, got 7 \(1 of 1 rows are wrong\)$"):
        among(form, 7, good=0)


@pytest.mark.parametrize("form", FORMS)
def test_an_undocumented_field_is_noticed_once_and_its_row_is_read(form: str) -> None:
    row = FORMS[form][1] | {"brand_new": {"a": 1}}
    parsed = parse(form, [row, row | {"x" * 100: 1}])
    assert len(parsed.rows) == 2
    dataset = FORMS[form][0]
    assert parsed.noticed[:2] == (
        f'{dataset}: an undocumented field "brand_new"; kept in the archive, not displayed',
        f'{dataset}: an undocumented field "{"x" * 60}"; kept in the archive, not displayed',
    )


def test_undocumented_fields_are_noticed_in_the_order_of_the_reply() -> None:
    names = [f"new_{number}" for number in range(20)]
    parsed = parse(ANALYSIS, [ROWS[ANALYSIS] | dict.fromkeys(names, 1)])
    assert [note.split('"')[1] for note in parsed.noticed] == names


@pytest.mark.parametrize(
    ("dataset", "stranger"),
    [
        (ANALYSIS, {"source": "design-arena"}),
        (ANALYSIS, {}),
        (ARENA, {"source": "artificial-analysis"}),
        (EVALS, {"source": "elsewhere", "accuracy": 1}),
        (EVALS, {"source": "openrouter"}),
    ],
)
def test_rows_of_another_kind_are_noticed_with_their_source(
    dataset: str, stranger: dict[str, Any]
) -> None:
    parsed = parse(dataset, [ROWS[dataset], stranger, stranger])
    assert len(parsed.rows) == 1
    source = json.dumps(stranger.get("source"))
    (sentence,) = parsed.noticed
    assert sentence == (
        f"{dataset}: 2 rows of an unknown kind, first data[1], source {source}; "
        "kept in the archive, not displayed"
    )


@pytest.mark.parametrize(
    ("count", "is_noticed"),
    [(49, False), (50, True), (51, False), (99, False), (100, True), (101, False)],
)
def test_a_list_of_exactly_fifty_or_a_hundred_scores_may_have_been_cut(
    count: int, is_noticed: bool
) -> None:
    parsed = parse(ANALYSIS, [ROWS[ANALYSIS]] * count)
    sentence = f"{ANALYSIS}: exactly {count} rows came, the list may have been cut"
    assert (sentence in parsed.noticed) == is_noticed


def test_the_form_of_an_evaluation_follows_from_its_score() -> None:
    both = ROWS[EVALS] | {"accuracy": 1}
    parsed = parse(EVALS, [CLASSIC, ROWS[EVALS], both])
    assert [type(row) for row in parsed.rows] == [
        benchmarks.EvalRow,
        benchmarks.SearchRow,
        benchmarks.SearchRow,
    ]


WITH_META = ("rankings-daily", "app-rankings", "session-cost", ANALYSIS, ARENA, EVALS)


def edited_meta(dataset: str, **fields: Any) -> Any:
    value = body(dataset, [ROWS[dataset]])
    value["meta"] = {name: field for name, field in (META | fields).items() if field is not ...}
    return value


@pytest.mark.parametrize("dataset", WITH_META)
@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"as_of": ...}, "meta.as_of: expected an ISO 8601 time or day, got null"),
        ({"as_of": 7}, "meta.as_of: expected an ISO 8601 time or day, got 7"),
        ({"as_of": "soon"}, 'meta.as_of: expected an ISO 8601 time or day, got "soon"'),
        (
            {"version": "v2"},
            'meta.version: expected "v1" (a new version of the API needs a new reader), got "v2"',
        ),
        ({"version": None}, 'meta.version: expected "v1"'),
    ],
)
def test_a_reply_states_its_as_of_and_a_version_that_is_understood(
    dataset: str, fields: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(ReplyError) as caught:
        parse_value(dataset, edited_meta(dataset, **fields))
    assert sentence in str(caught.value)
    assert parse_value(dataset, edited_meta(dataset, version=...)).citation.as_of == META["as_of"]


@pytest.mark.parametrize("dataset", ["rankings-daily", "app-rankings"])
@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"start_date": ...}, "meta.start_date: expected a day as YYYY-MM-DD, got null"),
        ({"end_date": ...}, "meta.end_date: expected a day as YYYY-MM-DD, got null"),
        ({"end_date": 7}, "meta.end_date: expected a day as YYYY-MM-DD, got 7"),
        ({"start_date": ""}, 'meta.start_date: expected a day as YYYY-MM-DD, got ""'),
        ({"start_date": "2026-02-30"}, "meta.start_date: expected a day"),
        (
            {"start_date": "2026-08-18"},
            'meta.start_date: expected a day up to 2026-08-17, got "2026-08-18"',
        ),
    ],
)
def test_a_window_has_two_days_in_their_order(
    dataset: str, fields: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(ReplyError) as caught:
        parse_value(dataset, edited_meta(dataset, **fields))
    assert sentence in str(caught.value)
    one_day = parse_value(dataset, edited_meta(dataset, start_date="2026-08-17"))
    assert one_day.window is not None
    assert one_day.window.days == 1


@pytest.mark.parametrize("dataset", [*WITH_META, "models"])
@pytest.mark.parametrize("value", [[], 7, None, "x"])
def test_a_reply_that_is_no_object_is_refused(dataset: str, value: Any) -> None:
    with pytest.raises(ReplyError) as caught:
        parse_value(dataset, value)
    got = json.dumps(value)
    assert str(caught.value).endswith(f", top level: expected an object, got {got}")


@pytest.mark.parametrize("dataset", [*WITH_META, "models"])
@pytest.mark.parametrize("data", [{}, 7, None, "x", "{}"])
def test_data_that_is_no_list_is_refused(dataset: str, data: Any) -> None:
    with pytest.raises(ReplyError) as caught:
        parse_value(dataset, body(dataset, []) | {"data": data})
    got = "{}" if data == "{}" else json.dumps(data)
    assert str(caught.value).endswith(f", data: expected a list, got {got}")


@pytest.mark.parametrize("dataset", WITH_META)
def test_the_credit_has_the_replys_own_as_of(dataset: str) -> None:
    parsed = parse(dataset, [ROWS[dataset]])
    assert parsed.citation.as_of == "2026-08-18T06:00:00Z"
    assert parsed.citation.license == "CC-BY-4.0"


@pytest.mark.parametrize(
    ("meta", "text"),
    [
        ({"citation": "Design Arena, in new words."}, "Design Arena, in new words."),
        ({"citation": ""}, benchmarks.attribution.BENCHMARKS["design-arena"]),
        ({"citation": 7}, benchmarks.attribution.BENCHMARKS["design-arena"]),
    ],
)
def test_scores_are_credited_in_the_sources_words(meta: dict[str, Any], text: str) -> None:
    parsed = parse_value(ARENA, edited_meta(ARENA, **meta))
    assert parsed.citation.text == text
    assert parsed.citation.url == "https://www.designarena.ai"
    url = "https://designarena.ai/board"
    linked = parse_value(ARENA, edited_meta(ARENA, source_url=url))
    assert linked.citation.url == url


@pytest.mark.parametrize(
    ("data", "meta", "as_of"),
    [
        ({"as_of": "2026-08-17"}, {}, "2026-08-17"),
        ({"as_of": "2026-08-17"}, {"meta": {"as_of": "2026-08-16"}}, "2026-08-17"),
        ({}, {"meta": {"as_of": "2026-08-16"}}, "2026-08-16"),
        ({}, {"meta": {}}, None),
        ({}, {"meta": []}, None),
        ({"as_of": ""}, {}, None),
    ],
)
def test_tasks_state_their_as_of_inside_the_data(
    data: dict[str, Any], meta: dict[str, Any], as_of: str | None
) -> None:
    value = {"data": {"classifications": [TASK], "macro_categories": [MACRO], **data}, **meta}
    if as_of is None:
        with pytest.raises(ReplyError, match=r"data\.as_of: expected an ISO 8601 time or day, got"):
            parse_value(tasks.NAME, value)
        return
    parsed = parse_value(tasks.NAME, value)
    assert parsed.citation.as_of == as_of
    assert [type(row) for row in parsed.rows] == [tasks.TaskRow, tasks.MacroRow]
    assert parsed.window is None


@pytest.mark.parametrize("name", ["classifications", "macro_categories"])
def test_both_lists_of_tasks_must_be_there(name: str) -> None:
    data = {"as_of": "2026-08-17", "classifications": [], "macro_categories": []}
    for value in (None, {}, "x"):
        with pytest.raises(ReplyError) as caught:
            parse_value(tasks.NAME, {"data": data | {name: value}})
        got = json.dumps(value)
        assert str(caught.value).endswith(f", data.{name}: expected a list, got {got}")


@pytest.mark.parametrize(
    ("share", "doubts"),
    [(0.5, 0), (0.49, 0), (0.4898, 0), (0.51, 0), (0.4894, 1), (0.5106, 1)],
)
def test_shares_of_all_tasks_may_miss_one_by_two_hundredths(share: float, doubts: int) -> None:
    rows = list(parse("task", [TASK | {"usage_share": share}, TASK]).rows)
    rows[0:0] = parse("macro-category", [MACRO]).rows
    sentences = tasks.doubts([*rows[:1], rows[1], rows[1]])
    total = share * 2
    assert len(sentences) == doubts
    if doubts:
        assert sentences[0] == (
            f"task-classifications: usage_share sums to {total:.3f} over 2 tasks, 1 was expected"
        )
    assert tasks.doubts([]) == []
    assert tasks.doubts(rows[:1]) == []


def test_each_kind_of_share_is_summed() -> None:
    (row,) = parse("task", [TASK | {"usage_share": 1, "token_share": 0.9796}]).rows
    assert tasks.doubts([row]) == []
    (row,) = parse("task", [TASK | {"usage_share": 1, "token_share": 0.25}]).rows
    assert tasks.doubts([row]) == [
        "task-classifications: token_share sums to 0.250 over 1 tasks, 1 was expected"
    ]


def ranking(day: str, slug: str = "a/one", tokens: str = "5") -> dict[str, str]:
    return {"date": day, "model_permaslug": slug, "total_tokens": tokens}


@pytest.mark.parametrize(
    ("day", "is_inside"),
    [("2026-08-10", False), ("2026-08-11", True), ("2026-08-17", True), ("2026-08-18", False)],
)
def test_rows_outside_of_the_window_are_set_aside(day: str, is_inside: bool) -> None:
    parsed = parse("rankings-daily", [ranking(day), ranking("2026-08-12", "b/x")])
    assert len(parsed.rows) == 1 + is_inside
    assert parsed.window is not None
    assert parsed.window.days == 7
    if not is_inside:
        (sentence,) = parsed.set_aside
        assert sentence.endswith(
            f": a/one on {day} lies outside 2026-08-11 to 2026-08-17; row skipped"
        )


def test_rankings_are_sorted_by_day_and_tokens_with_other_last() -> None:
    parsed = parse(
        "rankings-daily",
        [
            ranking("2026-08-12", "other", "99"),
            ranking("2026-08-12", "b/x", "7"),
            ranking("2026-08-12", "a/x", "7"),
            ranking("2026-08-12", "c/x", "30"),
            ranking("2026-08-11", "z/x", "1"),
        ],
    )
    slugs = [row.model_permaslug for row in parsed.rows]
    assert slugs == ["z/x", "c/x", "a/x", "b/x", "other"]
    assert [row.tokens for row in parsed.rows] == [1, 30, 7, 7, 99]
    assert rankings_daily.row_day(parsed.rows[0]) == date(2026, 8, 11)


def days(*numbers: int, rows: int = 1) -> list[rankings_daily.RankingRow]:
    return [
        rankings_daily.RankingRow(date(2026, 8, number), f"a/{place}", "1")
        for number in numbers
        for place in range(rows)
    ]


@pytest.mark.parametrize(
    ("rows", "sentences"),
    [
        ([], []),
        (days(1, 2, 3), []),
        (days(5), []),
        (days(1, 3), ["rankings-daily: no rows for 2026-08-02"]),
        (
            days(1, 7),
            [
                "rankings-daily: no rows for 2026-08-02, 2026-08-03, 2026-08-04, 2026-08-05, 2026-08-06"
            ],
        ),
        (
            days(1, 8),
            [
                "rankings-daily: no rows for 2026-08-02, 2026-08-03, 2026-08-04, 2026-08-05, 2026-08-06 …"
            ],
        ),
        (days(1, rows=51), []),
        (
            days(1, 2, rows=52),
            [
                "rankings-daily: 52 rows on 2026-08-01, at most 51 were expected",
                "rankings-daily: 52 rows on 2026-08-02, at most 51 were expected",
            ],
        ),
    ],
)
def test_missing_days_and_days_with_more_than_a_top_fifty_are_doubted(
    rows: list[rankings_daily.RankingRow], sentences: list[str]
) -> None:
    assert rankings_daily.doubts(rows) == sentences


def page(count: int, offset: str | None, wrong: int = 0) -> tuple[Reply, Parsed]:
    rows: list[Any] = [
        ROWS["app-rankings"] | {"rank": int(offset or 0) + number, "app_id": number}
        for number in range(1, count + 1)
    ]
    for number in range(wrong):
        rows[number] = 7
    params = (("sort", "popular"), *((("offset", offset),) if offset is not None else ()))
    value = body("app-rankings", rows)
    reply = Reply(Call("app-rankings", app_rankings.PATH, params), b"", value, NOW)
    return reply, app_rankings.parse(reply)


@pytest.mark.parametrize(
    ("count", "offset", "wrong", "following"),
    [
        (99, "0", 0, None),
        (100, "0", 0, "100"),
        (100, "0", 5, "100"),
        (100, None, 0, "100"),
        (100, "100", 0, None),
        (100, "1", 0, None),
        (0, "0", 0, None),
    ],
)
def test_only_a_full_first_page_is_followed_by_a_second(
    count: int, offset: str | None, wrong: int, following: str | None
) -> None:
    calls = app_rankings.more(*page(count, offset, wrong))
    assert [call.param("offset") for call in calls] == ([following] if following else [])
    for call in calls:
        assert (call.dataset, call.path) == ("app-rankings", "/datasets/app-rankings")
        assert call.params == (("sort", "popular"), ("offset", "100"))
        assert call.keyed


@pytest.mark.parametrize(
    ("offset", "ranks", "sentence"),
    [
        ("0", [1, 2], ""),
        ("100", [101, 102], ""),
        ("0", [1, 3], "from 1 to 2"),
        ("0", [2, 1], "from 1 to 2"),
        ("0", [2, 3], "from 1 to 2"),
        ("100", [1, 2], "from 101 to 102"),
    ],
)
def test_ranks_that_do_not_run_on_are_noticed(offset: str, ranks: list[int], sentence: str) -> None:
    rows = [ROWS["app-rankings"] | {"rank": rank, "app_id": rank} for rank in ranks]
    call = Call("app-rankings", "/x", (("offset", offset),))
    parsed = app_rankings.parse(Reply(call, b"", body("app-rankings", rows), NOW))
    expected = f"app-rankings: ranks of GET /x?offset={offset} do not run {sentence}"
    assert parsed.noticed == ((expected,) if sentence else ())
    assert [row.rank for row in parsed.rows] == sorted(ranks)


def test_ranks_are_not_looked_at_where_a_row_was_set_aside() -> None:
    _, parsed = page(30, "0", wrong=1)
    assert (len(parsed.set_aside), parsed.noticed) == (1, ())


def test_an_app_carries_its_list_and_window() -> None:
    params = (("sort", "trending"), ("category", "coding"), ("subcategory", "cli-agent"))
    call = Call("app-rankings", "/x", params)
    reply = Reply(call, b"", body("app-rankings", [ROWS["app-rankings"]]), NOW)
    (row,) = app_rankings.parse(reply).rows
    assert (row.sort, row.category, row.subcategory) == ("trending", "coding", "cli-agent")
    assert (row.as_of, row.tokens, row.total_requests) == (META["as_of"], 5, 2)
    assert app_rankings.table(row) == [
        {
            "sort": "trending",
            "category": "coding",
            "subcategory": "cli-agent",
            "start_date": "2026-08-11",
            "end_date": "2026-08-17",
            "rank": 1,
            "app_id": 7,
            "app_name": "App",
            "total_tokens": "5",
            "total_requests": 2,
        }
    ]


def model_reply(path: str, value: Any, status: int = 200) -> Parsed:
    call = Call("models", path, keyed=False, optional=path.startswith(models.ONE))
    return models.parse(Reply(call, b"", value, NOW, status))


def test_a_look_up_gives_one_row_and_an_unknown_slug_none() -> None:
    parsed = model_reply("/model/a/one", {"data": ROWS["models"]})
    assert [row.id for row in parsed.rows] == ["a/one"]
    assert parsed.citation.as_of == "2026-08-18T23:30:00Z"
    assert model_reply("/model/a/gone", {"error": {}}, 404).rows == ()
    with pytest.raises(ReplyError, match="data: expected an object, got"):
        model_reply("/model/a/one", {"data": [ROWS["models"]]})


@pytest.mark.parametrize("count", [0, 2**63 - 1])
def test_the_count_is_an_integer_of_64_bits(count: int) -> None:
    assert model_reply("/models/count", {"data": {"count": count}}).rows == (
        models.CountRow(count),
    )


@pytest.mark.parametrize("count", [2**63, -1, True, "7", 1.5, None])
def test_any_other_count_is_refused(count: Any) -> None:
    with pytest.raises(ReplyError) as caught:
        model_reply("/models/count", {"data": {"count": count}})
    assert str(caught.value) == (
        "models reply to GET /models/count, data.count: expected an integer, "
        f"got {json.dumps(count)}"
    )
    with pytest.raises(ReplyError, match="data: expected an object, got 7"):
        model_reply("/models/count", {"data": 7})


def test_a_count_above_the_list_is_doubted_and_one_below_is_not() -> None:
    listed = list(model_reply("/models", {"data": [ROWS["models"]]}).rows)
    assert models.doubts([*listed, models.CountRow(1)]) == []
    assert models.doubts([*listed, models.CountRow(0)]) == []
    assert models.doubts([*listed, models.CountRow(2)]) == [
        "models: /models/count says 2, the list has 1"
    ]


@pytest.mark.parametrize(
    ("fields", "is_alias"),
    [
        ({}, False),
        ({"id": "~a/latest"}, True),
        ({"alias_target": {"name": "One", "slug": "a/one"}}, True),
        ({"alias_target": None}, False),
    ],
)
def test_an_alias_is_known_by_its_target_or_its_mark(
    fields: dict[str, Any], is_alias: bool
) -> None:
    (row,) = model_reply("/models", {"data": [ROWS["models"] | fields]}).rows
    assert row.is_alias == is_alias


@pytest.mark.parametrize(
    ("value", "quoted"),
    [
        ("x" * 58, '"' + "x" * 58 + '"'),
        ("x" * 59, '"' + "x" * 59 + "…"),
        ({"a": date(2026, 1, 1)}, '{"a": "2026-01-01"}'),
        ("é", '"\\u00e9"'),
    ],
)
def test_a_value_is_quoted_as_json_of_at_most_sixty_characters(value: Any, quoted: str) -> None:
    assert parsing.quote(value) == quoted


def test_facts_never_come_without_a_credit() -> None:
    with pytest.raises(ValueError, match=r"^facts without a citation$"):
        Facts((), ())
