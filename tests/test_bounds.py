"""Numbers that a reply may hold: up to a limit they are read, beyond it their row is set aside."""

import copy
import json
import re
from typing import Any

import pytest

from generator.base import strict_json
from generator.base.errors import ReplyError
from generator.endpoints import BY_NAME, models
from generator.endpoints.endpoint import Call, HeldState, Reply
from generator.render import schemas
from tests.tiny import DAY, META, NOW, ROWS, call, parsed

LARGEST = 2**63 - 1
END_OF_9999 = 253_402_300_799
ANALYSIS, ARENA, EVALS = (
    "benchmarks-artificial-analysis",
    "benchmarks-design-arena",
    "benchmarks-openrouter",
)
FIELDS: tuple[tuple[str, str, int, int], ...] = (
    ("app-rankings", "rank", 1, LARGEST),
    ("app-rankings", "app_id", 0, LARGEST),
    ("app-rankings", "total_requests", 0, LARGEST),
    ("session-cost", "median_session_cost_usd", 0, 10**6),
    ("models", "created", 0, END_OF_9999),
    ("models", "context_length", 0, LARGEST),
    ("models", "top_provider.context_length", 0, LARGEST),
    ("models", "top_provider.max_completion_tokens", 0, LARGEST),
    ("models", "pricing.discount", -10_000, 10_000),
    ("models", "pricing.overrides.0.min_prompt_tokens", 0, LARGEST),
    ("models", "pricing.overrides.0.utc_start", 0, 2400),
    ("models", "pricing.overrides.0.utc_end", 0, 2400),
    ("models", "pricing.overrides.0.discount", -10_000, 10_000),
    (ANALYSIS, "intelligence_index", -10_000, 10_000),
    (ANALYSIS, "coding_index", -10_000, 10_000),
    (ANALYSIS, "agentic_index", -10_000, 10_000),
    (ARENA, "elo", -10_000, 100_000),
    (ARENA, "win_rate", 0, 100),
    (ARENA, "avg_generation_time_ms", 0, 10**9),
    *(
        (ARENA, f"tournament_stats.{name}", 0, LARGEST)
        for name in ("first_place", "fourth_place", "total")
    ),
    (EVALS, "primary_score", 0, 1),
    (EVALS, "total_tasks", 0, LARGEST),
    (EVALS, "avg_cost_per_task", 0, 10**6),
    (EVALS, "avg_latency_per_task_ms", 0, 10**9),
    (EVALS, "run_config.max_agent_turns", 0, LARGEST),
    (EVALS, "run_config.temperature", 0, 10**6),
)
"""The dataset, the way to a field, the least and the largest number that it may hold."""


def with_value(dataset: str, path: str, value: object) -> dict[str, Any]:
    """The dataset's row with another value at the end of the path."""
    row = copy.deepcopy(ROWS[dataset])
    *way, last = path.split(".")
    inner: Any = row
    for step in way:
        inner = inner[int(step)] if step.isdigit() else inner[step]
    inner[last] = value
    return row


def among_many(dataset: str, row: dict[str, Any]) -> list[dict[str, Any]]:
    """The row after twenty good ones, so that it is not more than one wrong row in twenty."""
    marks = {"models": "id", "app-rankings": "app_id", "session-cost": "app_slug"}
    mark = marks.get(dataset, "display_name")
    return [
        ROWS[dataset] | {mark: at if mark == "app_id" else f"a/{at}"} for at in range(100, 120)
    ] + [row]


@pytest.mark.parametrize(("dataset", "path", "least", "largest"), FIELDS)
def test_a_number_is_read_up_to_its_limit_and_beyond_it_its_row_is_set_aside(
    dataset: str, path: str, least: int, largest: int
) -> None:
    for fit in (least, largest):
        assert parsed(dataset, among_many(dataset, with_value(dataset, path, fit))).set_aside == ()
    for unfit in (least - 1, largest + 1, 10**400, -(10**400)):
        found = parsed(dataset, among_many(dataset, with_value(dataset, path, unfit)))
        assert len(found.rows) == 20
        (sentence,) = found.set_aside
        assert sentence.startswith(f"{dataset} reply to GET ")
        assert path.rpartition(".")[2] in sentence
        with pytest.raises(ReplyError, match=re.escape("(1 of 1 rows are wrong)")):
            parsed(dataset, [with_value(dataset, path, unfit)])


def test_every_number_of_every_row_has_its_limits_in_the_table() -> None:
    def numbers(value: object, path: str = "") -> list[str]:
        if isinstance(value, dict):
            parts = [(str(name), one) for name, one in value.items()]
        elif isinstance(value, list):
            parts = [(str(at), one) for at, one in enumerate(value)]
        else:
            return [path] if isinstance(value, int | float) else []
        found: list[str] = []
        for name, one in parts:
            found += numbers(one, f"{path}.{name}".removeprefix("."))
        return found

    listed = {(dataset, path) for dataset, path, *_ in FIELDS}
    places = {"tournament_stats.second_place", "tournament_stats.third_place"}
    for dataset, row in ROWS.items():
        assert [
            path for path in numbers(row) if path not in places and (dataset, path) not in listed
        ] == []


@pytest.mark.parametrize("price", ["1e-06", "1E-6", "1e+1", "1E1", "-1", "9.5e+06", "1e0"])
def test_a_price_may_have_an_exponent(price: str) -> None:
    row = with_value("models", "pricing.prompt", price)
    (model,) = parsed("models", [row]).rows
    assert model.pricing.prompt == price
    stated = schemas.latest(models.ENDPOINT)["properties"]["rows"]["items"]["properties"]
    assert re.search(stated["pricing.prompt"]["pattern"], price)


@pytest.mark.parametrize(
    "price", ["1e999999999", "9" * 31, "NaN", "Infinity", "1e100", "1e7", "12e6", "1e+", ""]
)
def test_a_price_under_a_condition_is_a_decimal_like_any_other(price: str) -> None:
    row = with_value("models", "pricing.overrides.0.prompt", price)
    assert (
        "a decimal number as a string" in parsed("models", among_many("models", row)).set_aside[0]
    )


@pytest.mark.parametrize("count", [2**63, 10**400, -1, True, 1.5, None])
def test_a_count_of_models_beyond_all_limits_is_refused(count: object) -> None:
    data = json.dumps({"data": {"count": count}}).encode()
    with pytest.raises(ReplyError, match=r"data\.count: expected an integer"):
        models.parse(Reply(Call("models", models.COUNT), data, strict_json.loads(data), NOW))


def test_shares_of_tasks_are_fractions() -> None:
    task = {"tag": "x", "display_name": "X", "macro_category": "code", "models": []}
    shares = dict.fromkeys(
        ("usage_share", "token_share", "category_usage_share", "category_token_share"), 0.5
    )
    endpoint = BY_NAME["task-classifications"]
    (asked,) = endpoint.calls(DAY, HeldState())
    for name in shares:
        for unfit in (-0.001, 1.001, 10**400):
            listed = [task | shares | {name: unfit}]
            data = json.dumps(
                {"data": {"as_of": "2026-08-17", "classifications": listed, "macro_categories": []}}
            )
            with pytest.raises(ReplyError, match=name):
                endpoint.parse(Reply(asked, data.encode(), strict_json.loads(data.encode()), NOW))


@pytest.mark.parametrize(
    "data",
    [
        '[{"a":NaN}]',
        '[{"a":Infinity}]',
        '[{"a":1e999}]',
        '[{"a":1,"a":2}]',
        "[" * 100_000,
        f"[{'1' * 5000}]",
        "[1][2]",
        "\ud800",
    ],
)
def test_a_list_that_comes_as_text_is_read_as_strictly_as_the_reply_around_it(data: str) -> None:
    value = {"data": data, "meta": META}
    with pytest.raises(ReplyError, match="data: expected a list"):
        BY_NAME[ANALYSIS].parse(Reply(call(ANALYSIS), b"", value, NOW))


def test_a_number_in_a_list_that_comes_as_text_has_the_same_limits() -> None:
    rows = [ROWS[ANALYSIS] | {"intelligence_index": 10_001}]
    data = json.dumps({"data": json.dumps(rows), "meta": META}).encode()
    with pytest.raises(ReplyError, match="intelligence_index: expected an integer <= 10000"):
        parsed(ANALYSIS, data)


def test_an_integer_with_thousands_of_digits_is_refused_in_our_own_words() -> None:
    with pytest.raises(ValueError, match="an integer has thousands of digits"):
        strict_json.loads(b'{"data":[' + b"9" * 5000 + b"]}")


def test_an_undocumented_field_of_an_object_inside_is_noticed_with_the_way_to_it() -> None:
    row = with_value("models", "pricing.overrides.0.surcharge", "1")
    row["architecture"]["quantization"] = "fp8"
    assert parsed("models", [row]).noticed == tuple(
        f'models: an undocumented field "{name}"; kept in the archive, not displayed'
        for name in ("architecture.quantization", "pricing.overrides.surcharge")
    )
