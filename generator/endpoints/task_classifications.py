"""/classifications/task: what OpenRouter is used for, from a sample of classified requests."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import msgspec

from generator.base import attribution
from generator.endpoints import parsing
from generator.endpoints.endpoint import Call, Endpoint, HeldState, Parsed, Reply

NAME = "task-classifications"
PATH = "/classifications/task"


class TaskModel(msgspec.Struct, frozen=True):
    """A model's part of one task: fractions of that task's requests and tokens."""

    id: parsing.Name
    tag_usage_share: parsing.Share
    tag_token_share: parsing.Share


class TaskRow(msgspec.Struct, frozen=True):
    """One task. Shares are of the classified sample; the ``category`` ones of its macro-category.

    Never cut the tag at a colon to get the group: general tasks have no prefix.
    """

    tag: parsing.Name
    display_name: str
    macro_category: parsing.Name
    usage_share: parsing.Share
    token_share: parsing.Share
    category_usage_share: parsing.Share
    category_token_share: parsing.Share
    models: tuple[TaskModel, ...]


class MacroRow(msgspec.Struct, frozen=True):
    """One macro-category's part of the classified sample."""

    key: parsing.Name
    label: str
    usage_share: parsing.Share
    token_share: parsing.Share


def calls(_today: date, _held: HeldState) -> list[Call]:
    return [Call(NAME, PATH, (("window", "7d"),))]


def parse(reply: Reply) -> Parsed:
    """Rows are the tasks, then the macro-categories. There is no ``meta``; the as-of is a day inside ``data``."""
    data: Mapping[str, Any] = parsing.member(reply, "data", dict, "an object")
    meta = reply.value.get("meta")
    given = data.get("as_of") or (meta.get("as_of") if isinstance(meta, dict) else None)
    as_of = parsing.as_of(reply.call, given, "data.as_of")
    tasks = _list(reply, data, "classifications", TaskRow)
    macros = _list(reply, data, "macro_categories", MacroRow)
    return Parsed(
        tasks.rows + macros.rows,
        attribution.rankings(as_of),
        None,
        tasks.set_aside + macros.set_aside,
        tasks.noticed + macros.noticed,
    )


def _list(
    reply: Reply, data: Mapping[str, Any], name: str, kind: type[msgspec.Struct]
) -> parsing.Rows:
    items = data.get(name)
    if not isinstance(items, list):
        raise parsing.refuse(reply.call, f"data.{name}", "a list", items)
    return parsing.rows(reply, items, kind, f"data.{name}")


def table(row: TaskRow | MacroRow) -> list[dict[str, Any]]:
    """One record per task and listed model; a task without listed models and a macro-category give one."""
    if isinstance(row, MacroRow):
        return [
            {
                "macro_category": row.key,
                "display_name": row.label,
                "usage_share": row.usage_share,
                "token_share": row.token_share,
            }
        ]
    task = {name: getattr(row, name) for name in TaskRow.__struct_fields__ if name != "models"}
    if not row.models:
        return [task]
    return [
        {
            **task,
            "id": model.id,
            "tag_usage_share": model.tag_usage_share,
            "tag_token_share": model.tag_token_share,
        }
        for model in row.models
    ]


def doubts(rows: list[TaskRow | MacroRow]) -> list[str]:
    """Shares are rounded to three places, so their sum may miss 1 a little, not a lot."""
    tasks = [row for row in rows if isinstance(row, TaskRow)]
    found = []
    for name in ("usage_share", "token_share"):
        total = sum(getattr(row, name) for row in tasks)
        if tasks and abs(total - 1) > 0.02:
            found.append(
                f"{NAME}: {name} sums to {total:.3f} over {len(tasks)} tasks, 1 was expected"
            )
    return found


ENDPOINT = Endpoint(
    name=NAME,
    title="Task classifications",
    about="What the classified sample of requests was for, and which models are chosen for each task.",
    calls=calls,
    parse=parse,
    key=lambda row: (type(row).__name__, row.key if isinstance(row, MacroRow) else row.tag),
    table=table,
    doubts=doubts,
    columns=(
        ("tag", "the task; empty on rows that sum up a macro-category"),
        ("display_name", "its name"),
        ("macro_category", "code, data, agent or general"),
        ("usage_share", "fraction of classified, sampled requests"),
        ("token_share", "fraction of their tokens"),
        ("category_usage_share", "fraction of the macro-category's requests"),
        ("category_token_share", "fraction of the macro-category's tokens"),
        ("id", "a model listed for the task"),
        ("tag_usage_share", "that model's fraction of the task's requests"),
        ("tag_token_share", "that model's fraction of the task's tokens"),
    ),
)
