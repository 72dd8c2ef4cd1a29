"""Each column is declared once, with its type, and every published table keeps to it."""

import json
import re
from datetime import UTC, date, datetime
from typing import Any

import pytest

from generator.archive.coverage import stated_records
from generator.base import attribution, dates, strict_json
from generator.endpoints import BY_NAME, ENDPOINTS, columns
from generator.endpoints.columns import Column, ColumnType
from generator.endpoints.endpoint import HeldState, Reply
from generator.render import parquet_file, schemas
from generator.render.latest import Checksum
from tests import replies
from tests.tiny import ROWS, parsed

DAY = date(2026, 8, 18)
NOW = datetime(2026, 8, 18, 23, 30, tzinfo=UTC)
NAMES = [endpoint.name for endpoint in ENDPOINTS]
DECIMAL = re.compile(r"-?\d+(\.\d+)?(e-?\d+)?", re.IGNORECASE)


def records(dataset: str) -> list[dict[str, Any]]:
    """The table's records of all recorded replies, or of the one row where nothing was recorded."""
    endpoint = BY_NAME[dataset]
    rows: list[Any] = []
    for call in endpoint.calls(DAY, HeldState()):
        answer = replies.recorded(DAY, call.path, dict(call.params))
        value = strict_json.loads(answer.body)
        rows += endpoint.parse(Reply(call, answer.body, value, NOW)).rows
    if not rows:
        rows += parsed(dataset, [ROWS[dataset]]).rows
    made: list[dict[str, Any]] = []
    for row in rows:
        made += stated_records(endpoint, row, DAY)
    assert made
    return made


def fits(column_type: ColumnType, value: Any) -> bool:
    """Whether a value of the table has the column's type."""
    match column_type:
        case ColumnType.INTEGER | ColumnType.FLAG:
            return type(value) is (bool if column_type is ColumnType.FLAG else int)
        case ColumnType.NUMBER:
            return type(value) in (int, float)
        case ColumnType.DECIMAL:
            return DECIMAL.fullmatch(value) is not None
        case ColumnType.TOKENS:
            return isinstance(value, str) and value.isdigit()
        case ColumnType.DATE:
            return str(dates.parse_day(value)) == value
        case _:
            return isinstance(value, str)


@pytest.mark.parametrize("dataset", NAMES)
def test_every_record_has_the_declared_columns_with_values_of_their_types(dataset: str) -> None:
    declared = {column.name: column.type for column in BY_NAME[dataset].columns}
    assert len(declared) == len(BY_NAME[dataset].columns)
    named = set()
    for record in records(dataset):
        assert set(record) <= set(declared)
        named |= set(record)
        for name, value in record.items():
            assert value is None or fits(declared[name], value), (name, value)
    assert named == set(declared) - SEARCH_OR_CLASSIC.get(dataset, set())


SEARCH_OR_CLASSIC = {"benchmarks-openrouter": {"accuracy", "accuracy_stddev"}}
"""Columns of the classic form, of which nothing was recorded."""


@pytest.mark.parametrize("column_type", ColumnType)
def test_every_type_has_a_form_in_each_kind_of_file(column_type: ColumnType) -> None:
    endpoint = BY_NAME["models"]
    made = Column("a.b", column_type, "About.")
    changed = type(endpoint)(
        **{name: getattr(endpoint, name) for name in endpoint.__slots__} | {"columns": (made,)}
    )
    row = schemas.latest(changed)["properties"]["rows"]["items"]["properties"]["a.b"]
    credit = attribution.models("2026-08-18")
    (field, *_) = schemas.resource(changed, Checksum("0", 0), (credit,))["schema"]["fields"]
    in_json = {"INTEGER": "integer", "NUMBER": "number", "FLAG": "boolean"}.get(
        column_type.name, "string"
    )
    in_package = {
        "INTEGER": "integer",
        "NUMBER": "number",
        "DECIMAL": "number",
        "TOKENS": "integer",
        "DATE": "date",
        "FLAG": "boolean",
    }.get(column_type.name, "string")
    assert (row["type"], row["description"]) == ([in_json, "null"], "About.")
    assert field == {"name": "a.b", "type": in_package, "description": "About."}
    assert parquet_file.column_types(changed.columns)["a.b"] == {
        "INTEGER": "BIGINT",
        "NUMBER": "DOUBLE",
        "TOKENS": "BIGINT",
        "DATE": "DATE",
        "FLAG": "BOOLEAN",
    }.get(column_type.name, "VARCHAR")


def test_a_column_is_declared_by_the_name_of_its_type() -> None:
    for column_type in ColumnType:
        declare = getattr(columns, column_type.name.lower())
        assert declare("n", "About.") == Column("n", column_type, "About.")
        limited = declare("n", "About.", always=True, least=1, most=2)
        assert limited == Column("n", column_type, "About.", always=True, least=1, most=2)


@pytest.mark.parametrize("dataset", NAMES)
def test_a_column_that_always_has_a_value_is_missing_in_no_record(dataset: str) -> None:
    always = [column.name for column in BY_NAME[dataset].columns if column.always]
    assert always
    for record in records(dataset):
        assert [name for name in always if record.get(name) is None] == []


def test_a_task_gives_a_record_of_its_own_and_one_for_each_listed_model() -> None:
    shares = dict.fromkeys(
        ("usage_share", "token_share", "category_usage_share", "category_token_share"), 0.5
    )
    task = {"tag": "t", "display_name": "T", "macro_category": "code", **shares}
    chosen = [
        {"id": "a/x", "tag_usage_share": 0.2, "tag_token_share": 0.3},
        {"id": "b/y", "tag_usage_share": 0.1, "tag_token_share": 0.4},
    ]
    macro = {"key": "code", "label": "Code", "usage_share": 0.6, "token_share": 0.7}
    data = {
        "as_of": "2026-08-18",
        "classifications": [task | {"models": chosen}, task | {"tag": "u", "models": []}],
        "macro_categories": [macro],
    }
    endpoint = BY_NAME["task-classifications"]
    (call,) = endpoint.calls(DAY, HeldState())
    reply = Reply(call, json.dumps({"data": data}).encode(), {"data": data}, NOW)
    made: list[dict[str, Any]] = []
    for row in endpoint.parse(reply).rows:
        made += stated_records(endpoint, row, DAY)
    assert made == [
        {"level": "task"} | task,
        {"level": "model"} | task | chosen[0],
        {"level": "model"} | task | chosen[1],
        {"level": "task"} | task | {"tag": "u"},
        {
            "level": "macro-category",
            "macro_category": "code",
            "display_name": "Code",
            "usage_share": 0.6,
            "token_share": 0.7,
        },
    ]


def test_a_listing_gives_its_conditions_on_prices_and_what_it_is_an_alias_of() -> None:
    above = {"min_prompt_tokens": 200000, "prompt": "0.000002"}
    pricing = {"prompt": "0.000001", "completion": "0", "overrides": [above]}
    alias = ROWS["models"] | {"pricing": pricing, "alias_target": {"name": "X", "slug": "a/x"}}
    (row,) = parsed("models", [alias]).rows
    (record,) = BY_NAME["models"].table(row)
    assert json.loads(str(record["pricing.overrides"])) == [above]
    assert record["alias_target"] == "a/x"


def test_each_price_of_a_listing_says_what_it_is_the_price_of() -> None:
    about = {
        column.name: column.about
        for column in BY_NAME["models"].columns
        if column.name.startswith("pricing.") and column.name != "pricing.overrides"
    }
    assert len(set(about.values())) == len(about) == 14
    assert about["pricing.prompt"].startswith("US dollars per input token,")
    assert about["pricing.web_search"].startswith("US dollars per web search,")
    assert "empty" not in about["pricing.prompt"]
    assert about["pricing.request"].endswith("empty where the source states none")


def test_nested_objects_become_columns_with_the_path_as_their_name() -> None:
    (row,) = parsed("benchmarks-openrouter", [ROWS["benchmarks-openrouter"]]).rows
    (record,) = BY_NAME["benchmarks-openrouter"].table(row)
    assert record["run_config.max_agent_turns"] == 5
    assert record["run_config.reasoning_effort"] is None
    assert "run_config" not in record
    bare = {name: ROWS["benchmarks-design-arena"][name] for name in
            ("source", "model_permaslug", "display_name", "arena", "category", "elo", "win_rate")}  # fmt: skip
    (row,) = parsed("benchmarks-design-arena", [bare]).rows
    (record,) = BY_NAME["benchmarks-design-arena"].table(row)
    assert record["tournament_stats.total"] is None
    assert record["pricing.prompt"] is None
    assert (record["elo"], record["win_rate"]) == (1200, 50)


def test_a_model_becomes_one_record_and_the_count_none() -> None:
    full = ROWS["models"] | {
        "architecture": {
            "input_modalities": ["text", "image"],
            "output_modalities": ["text", "audio"],
            "tokenizer": "GPT",
        },
        "supported_parameters": ["tools", "top_p"],
        "knowledge_cutoff": "2026-01",
        "expiration_date": "2098-12-31",
        "hugging_face_id": "",
    }
    (row,) = parsed("models", [full]).rows
    (record,) = BY_NAME["models"].table(row)
    assert record == {
        "id": "a/one",
        "canonical_slug": "a/one",
        "name": "One",
        "created": 1_780_000_000,
        "context_length": 8192,
        "input_modalities": "text,image",
        "output_modalities": "text,audio",
        "tokenizer": "GPT",
        **{name: None for name in record if name.startswith("pricing.")},
        "pricing.prompt": "0.000001",
        "pricing.completion": "0.000002",
        "max_completion_tokens": 4096,
        "supported_parameters": "tools,top_p",
        "knowledge_cutoff": "2026-01",
        "expiration_date": "2098-12-31",
        "hugging_face_id": None,
        "pricing.overrides": '[{"min_prompt_tokens":1,"utc_start":0,"utc_end":800,"prompt":"1","discount":0}]',
        "alias_target": None,
    }
    without = {name: full[name] for name in full if name != "top_provider"}
    without |= {"pricing": {"prompt": "0", "completion": "0"}}
    alias = {"name": "One", "slug": "a/one-2"}
    more = {"hugging_face_id": "a/One", "alias_target": alias}
    (row,) = parsed("models", [without | more]).rows
    (record,) = BY_NAME["models"].table(row)
    assert (record["max_completion_tokens"], record["hugging_face_id"]) == (None, "a/One")
    assert (record["pricing.overrides"], record["alias_target"]) == (None, "a/one-2")


def test_parquet_has_the_same_bytes_after_its_database_was_closed() -> None:
    columns_ = [columns.integer("count", "of something", always=True)]
    made = parquet_file.parquet_file(columns_, [{"count": 1}], dict)
    parquet_file.release()
    parquet_file.release()
    assert parquet_file.parquet_file(columns_, [{"count": 1}], dict) == made
