"""Replies derived from the recorded ones: longer lists, and short ones from which a site is built quickly."""

import functools
import json
from collections.abc import Container, Mapping
from datetime import date
from typing import Any

from generator.fetch.recorded import DEMO_DAYS, Answer, RecordedApi

MODELS = (
    "anthropic/claude-opus-5-20260723",
    "deepseek/deepseek-v4-flash-20260423",
    "deepseek/deepseek-v4-flash-20260731",
    "google/gemini-3.6-flash-20260721",
    "openai/gpt-5.6-luna-20260709",
    "z-ai/glm-5.2-20260616",
)
"""The models of the short replies: some leaders of the last recorded week, so that every board and chart has rows.

Each has two pages and is drawn, checked and listed in every build: with twelve a build took a quarter longer.
"""

ARENAS = ("agents/webapps", "models/codecategories", "models/website")
TASKS = (
    "classification_tagging",
    "data:extraction",
    "roleplay_fiction",
    "code:general_impl",
    "agent:multi_step_planning",
)
"""Of every macro-category at least one, for each task has a page and a chart."""
APPS = 6


def long_list(count: int) -> list[dict[str, Any]]:
    """A ranking of ``count`` apps: recorded rows, each as often as need be, with new ranks and ids of their own."""
    api = RecordedApi(DEMO_DAYS[-1])
    reply = api.answer(
        "/datasets/app-rankings", {"subcategory": "cli-agent", "limit": "100"}, authorized=True
    )
    rows = json.loads(reply.body)["data"]
    laps = [
        row | {"app_id": row["app_id"] + lap * 10**8}
        for lap in range(-(-count // len(rows)))
        for row in rows
    ]
    laps = sorted(laps[:count], key=lambda row: -int(row["total_tokens"]))
    return [row | {"rank": rank} for rank, row in enumerate(laps, 1)]


def recorded(
    day: date, path: str, params: Mapping[str, str], *, authorized: bool = True, few: bool = False
) -> Answer:
    """Return what the recorded API answers to a request on a day; of a ``few`` models only, as :func:`small` does."""
    return _recorded(day, path, tuple(sorted(params.items())), authorized, few)


# Two files of tests ask 1,760 times for 140 answers: saves 3 of the 17 s that they take.
@functools.lru_cache(maxsize=512)
def _recorded(
    day: date, path: str, params: tuple[tuple[str, str], ...], authorized: bool, few: bool
) -> Answer:
    answer = RecordedApi(day).answer(path, dict(params), authorized=authorized)
    return small(path, answer) if few else answer


def small(path: str, answer: Answer) -> Answer:
    """Return a recorded reply with the rows of a few models only; the numbers in them are the recorded ones.

    Only ``other`` takes in the tokens of the models that left, and the last task the shares of the tasks that left,
    so that the totals are what they were. No look-up finds anything: of so few models, those found on the first day
    alone would make the second day's list seem cut.
    """
    if path.startswith("/model/"):
        return Answer(404, answer.headers, b'{"error":{"code":404,"message":"Resource not found"}}')
    if path not in _KEPT or answer.status != 200:
        return answer
    value = json.loads(answer.body)
    few = value | {"data": _KEPT[path](value["data"])}
    return Answer(200, answer.headers, json.dumps(few, ensure_ascii=False).encode())


def rankings(rows: list[dict[str, Any]], models: Container[str]) -> list[dict[str, Any]]:
    """Return the rows of some models, with the tokens of all others in ``other``."""
    kept = [row for row in rows if row["model_permaslug"] in models]
    rest: dict[str, int] = {}
    for row in rows:
        if row["model_permaslug"] not in models:
            rest[row["date"]] = rest.get(row["date"], 0) + int(row["total_tokens"])
    others = [
        {"date": day, "model_permaslug": "other", "total_tokens": str(sum_)}
        for day, sum_ in rest.items()
    ]
    # Within a day the ranked come first, and "other" last, as the API has it.
    return sorted(kept + others, key=lambda row: row["date"])


def arena(row: dict[str, Any]) -> str:
    """Return the arena and the category of a rating."""
    return f"{row['arena']}/{row['category']}"


def _scores(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        row
        for row in rows
        if row["model_permaslug"] in MODELS and ("arena" not in row or arena(row) in ARENAS)
    ]


def _tasks(data: dict[str, Any]) -> dict[str, Any]:
    listed = [
        task | {"models": [model for model in task["models"] if model["id"] in MODELS]}
        for task in data["classifications"]
        if task["tag"] in TASKS
    ]
    left = [task for task in data["classifications"] if task["tag"] not in TASKS]
    rest = {
        name: round(sum(task[name] for task in (listed[-1], *left)), 3)
        for name in ("usage_share", "token_share")
    }
    return data | {"classifications": [*listed[:-1], listed[-1] | rest]}


_KEPT: dict[str, Any] = {
    "/datasets/rankings-daily": lambda rows: rankings(rows, MODELS),
    "/datasets/app-rankings": lambda rows: rows[:APPS],
    "/benchmarks": _scores,
    "/classifications/task": _tasks,
    "/models": lambda rows: [row for row in rows if row["canonical_slug"] in MODELS],
    # Fewer than the list has, with its variants: only more would be odd.
    "/models/count": lambda _count: {"count": len(MODELS)},
}
