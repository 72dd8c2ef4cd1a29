"""/classifications/task: what OpenRouter is used for, from a sample of classified requests."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import msgspec

from generator.base import attribution
from generator.endpoints import columns, parsing
from generator.endpoints.endpoint import (
    Call,
    Endpoint,
    HeldState,
    Parsed,
    Reply,
    RowT,
    rows_of_kind,
)
from generator.endpoints.ordering import Record, largest_first

NAME = "task-classifications"
PATH = "/classifications/task"
_LARGEST_MISS = 0.02


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


def calls(_today: date, _state: HeldState) -> list[Call]:
    """Return the one call, over the only window that is documented: seven days."""
    return [Call(NAME, PATH, (("window", "7d"),))]


def parse(reply: Reply) -> Parsed[TaskRow | MacroRow]:
    """Return the tasks, then the macro-categories.

    The reply has no ``meta`` of its own; its as_of is a day inside ``data``.

    Raises:
        ReplyError: the reply cannot be used.
    """
    data = parsing.member(reply, "data", dict, "an object")
    meta = reply.value.get("meta")
    stated = data.get("as_of")
    if not stated and isinstance(meta, dict):
        stated = meta.get("as_of")
    as_of = parsing.as_of(reply.call, stated, "data.as_of")

    tasks = _list(reply, data, "classifications", TaskRow)
    macros = _list(reply, data, "macro_categories", MacroRow)
    return Parsed(
        rows=tasks.rows + macros.rows,
        citation=attribution.rankings(as_of),
        set_aside=tasks.set_aside + macros.set_aside,
        noticed=tasks.noticed + macros.noticed,
    )


def _list(
    reply: Reply, data: Mapping[str, Any], name: str, row_type: type[RowT]
) -> parsing.Rows[RowT]:
    items = data.get(name)
    if not isinstance(items, list):
        raise parsing.refuse(reply.call, f"data.{name}", "a list", items)
    return parsing.rows(reply, items, row_type, f"data.{name}")


def key(row: TaskRow | MacroRow) -> tuple[str, str]:
    """Return the kind of row and its own key: a macro-category may be named as a task is."""
    if isinstance(row, MacroRow):
        return ("macro-category", row.key)
    return ("task", row.tag)


def table(row: TaskRow | MacroRow) -> list[Mapping[str, object]]:
    """Return a record for a macro-category; for a task one of its own and one for each model listed for it.

    A sum over tasks takes the records of one ``level``: the task's shares stand beside each of its models too.
    """
    if isinstance(row, MacroRow):
        macro = {
            "level": "macro-category",
            "macro_category": row.key,
            "display_name": row.label,
            "usage_share": row.usage_share,
            "token_share": row.token_share,
        }
        return [macro]

    task = {name: getattr(row, name) for name in TaskRow.__struct_fields__ if name != "models"}
    models = [{"level": "model", **task, **msgspec.structs.asdict(model)} for model in row.models]
    return [{"level": "task", **task}, *models]


def doubts(rows: list[TaskRow | MacroRow]) -> list[str]:
    """Return a sentence for each kind of share whose sum over all tasks is further than 0.02 from 1."""
    tasks = rows_of_kind(rows, TaskRow)
    if not tasks:
        return []

    # Shares are rounded to three places, so their sum may miss 1 a little; a miss has no more places than they.
    sums = {
        "usage_share": sum(task.usage_share for task in tasks),
        "token_share": sum(task.token_share for task in tasks),
    }
    sentences = []
    for name, total in sums.items():
        if round(abs(total - 1), 3) > _LARGEST_MISS:
            stated = f"{name} sums to {total:.3f} over {len(tasks)} tasks"
            sentences.append(f"{NAME}: {stated}, 1 was expected")
    return sentences


def order(record: Record) -> tuple[object, ...]:
    """Return what sorts tasks by use, each before its models by theirs, and puts the macro-categories last."""
    model = record.get("id")
    return (
        record["level"] == "macro-category",
        largest_first(record["usage_share"]),
        record["macro_category"],
        record.get("tag") or "",
        model is not None,
        largest_first(record.get("tag_usage_share")),
        model or "",
    )


ENDPOINT = Endpoint(
    name=NAME,
    title="Task classifications",
    about="Request share by task in a classified sample, and the top models for each task.",
    calls=calls,
    parse=parse,
    key=key,
    table=table,
    doubts=doubts,
    key_columns=("level", "macro_category", "tag", "id"),
    order=order,
    model_column="id",
    list_of=lambda row: "macro-categories" if isinstance(row, MacroRow) else "tasks",
    columns=(
        columns.text(
            "level",
            "what the row is about: `task`, `model` (one listed for a task) or `macro-category`; "
            "a model's row repeats the shares of its task, so a sum takes the rows of one level",
            always=True,
            least=1,
        ),
        columns.text("tag", "the task; empty on rows that sum up a macro-category", least=1),
        columns.text("display_name", "its name", always=True),
        columns.text("macro_category", "code, data, agent or general", always=True, least=1),
        columns.number(
            "usage_share", "fraction of classified, sampled requests", always=True, least=0, most=1
        ),
        columns.number("token_share", "fraction of their tokens", always=True, least=0, most=1),
        columns.number(
            "category_usage_share", "fraction of the macro-category's requests", least=0, most=1
        ),
        columns.number(
            "category_token_share", "fraction of the macro-category's tokens", least=0, most=1
        ),
        columns.text("id", "a model listed for the task", least=1),
        columns.number(
            "tag_usage_share", "that model's fraction of the task's requests", least=0, most=1
        ),
        columns.number(
            "tag_token_share", "that model's fraction of the task's tokens", least=0, most=1
        ),
    ),
)
