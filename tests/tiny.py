"""Replies of one row, with a value in every documented field that holds a number; and archives made of them."""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from generator.archive.envelope import Snapshot
from generator.archive.store import Archive
from generator.base import strict_json
from generator.endpoints import BY_NAME, CORE
from generator.endpoints.endpoint import Call, HeldState, Parsed, Reply
from tests.replies import recorded

DAY = date(2026, 8, 18)
NOW = datetime(2026, 8, 18, 23, 30, tzinfo=UTC)
META = {
    "as_of": "2026-08-18T06:00:00Z",
    "version": "v1",
    "start_date": "2026-08-11",
    "end_date": "2026-08-17",
}
_NAMED = {"model_permaslug": "a/one", "display_name": "One"}
_PRICED = {"prompt": "0.000001", "completion": "0.000002"}
_ENTRY = {
    "id": "a/one",
    "canonical_slug": "a/one",
    "name": "One",
    "created": 1_780_000_000,
    "context_length": 8192,
    "architecture": {"input_modalities": ["text"], "output_modalities": ["text"]},
    "pricing": {
        **_PRICED,
        "discount": 0,
        "overrides": [
            {"min_prompt_tokens": 1, "utc_start": 0, "utc_end": 800, "prompt": "1", "discount": 0}
        ],
    },
    "top_provider": {"context_length": 8192, "max_completion_tokens": 4096},
}
ROWS: dict[str, dict[str, Any]] = {
    "rankings-daily": {"date": "2026-08-17", "model_permaslug": "a/one", "total_tokens": "5"},
    "app-rankings": {
        "rank": 1,
        "app_id": 7,
        "app_name": "App",
        "total_tokens": "5",
        "total_requests": 2,
    },
    "session-cost": {
        "app_name": "App",
        "app_slug": "app",
        "median_session_cost_usd": 0.5,
        "model_permaslug": "a/one",
        "turn_range": "1-turn",
    },
    "rankings-slices": {
        "date": "2026-08-17",
        "model_permaslug": "a/one",
        "total_tokens": "5",
    },
    "rankings-slices-weekly": {
        "date": "2026-08-17",
        "model_permaslug": "a/one",
        "total_tokens": "5",
    },
    "models": _ENTRY,
    "benchmarks-artificial-analysis": {
        "source": "artificial-analysis",
        **_NAMED,
        "intelligence_index": 50,
        "coding_index": 40,
        "agentic_index": 30,
        "pricing": _PRICED,
    },
    "benchmarks-design-arena": {
        "source": "design-arena",
        **_NAMED,
        "arena": "models",
        "category": "website",
        "elo": 1200,
        "win_rate": 50,
        "avg_generation_time_ms": 9000,
        "tournament_stats": dict.fromkeys(
            ("first_place", "second_place", "third_place", "fourth_place", "total"), 1
        ),
    },
    "benchmarks-openrouter": {
        "source": "openrouter",
        **_NAMED,
        "benchmark_type": "search",
        "primary_metric": "accuracy",
        "primary_score": 0.5,
        "total_tasks": 10,
        "last_run_timestamp": "2026-08-17",
        "avg_cost_per_task": 1,
        "avg_latency_per_task_ms": 100,
        "run_config": {"max_agent_turns": 5, "temperature": 1},
    },
}


def body(dataset: str, rows: list[dict[str, Any]]) -> dict[str, Any]:
    """A whole reply with these rows."""
    return {"data": rows, "meta": META} if dataset != "models" else {"data": rows}


def reply(dataset: str, rows: list[dict[str, Any]] | bytes) -> Reply:
    """The reply to the dataset's last planned call but the count's, with these rows or of exactly these bytes."""
    data = rows if isinstance(rows, bytes) else json.dumps(body(dataset, rows)).encode()
    return Reply(call(dataset), data, strict_json.loads(data), NOW)


def call(dataset: str) -> Call:
    planned = BY_NAME[dataset].calls(DAY, HeldState())
    return planned[0] if dataset == "models" else planned[-1]


def parsed(dataset: str, rows: list[dict[str, Any]] | bytes) -> Parsed:
    return BY_NAME[dataset].parse(reply(dataset, rows))


Edit = Callable[[Any], None]
"""Changes a recorded reply's value in place."""


def archive(root: Path, edits: Mapping[str, Edit] | None = None, day: date = DAY) -> Archive:
    """An archive with a snapshot of each dataset on that day; ``edits`` are made by dataset.

    Nothing looks at what the edits make of a reply: so a reader that took everything would have kept it.
    """
    made = Archive(root)
    for endpoint in CORE:
        keep(made, endpoint.name, (edits or {}).get(endpoint.name), day)
    return made


def keep(into: Archive, dataset: str, edit: Edit | None = None, day: date = DAY) -> None:
    """Store a snapshot of one dataset on that day, of recorded replies of a small world."""
    endpoint = BY_NAME[dataset]
    replies, parsed = [], []
    for asked in endpoint.calls(day, HeldState()):
        answer = recorded(day, asked.path, dict(asked.params), few=True)
        whole = Reply(
            asked,
            answer.body,
            strict_json.loads(answer.body),
            NOW.replace(day=day.day, month=day.month),
        )
        parsed.append(endpoint.parse(whole))
        value = json.loads(answer.body)
        if edit is not None:
            edit(value)
        text = json.dumps(value).encode()
        replies.append(Reply(asked, text, strict_json.loads(text), whole.received_at))
    days = (
        sorted({row.date for one in parsed for row in one.rows})
        if dataset == "rankings-daily"
        else []
    )
    citations = tuple(dict.fromkeys(one.citation for one in parsed))
    rows = sum(len(one.rows) for one in parsed)
    into.keep(Snapshot(endpoint, day, tuple(replies), citations, rows, (), tuple(days)), "test")


def edited(name: str, value: object) -> Edit:
    """Give every row that has the field this value."""

    def edit(reply: Any) -> None:
        for row in reply["data"]:
            if name in row:
                row[name] = value

    return edit
