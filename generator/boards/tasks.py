"""What the classified sample of requests was for, and which models are chosen for each task."""

from collections.abc import Callable, Iterator
from functools import partial
from operator import call

from generator.base import formats, paths
from generator.boards.board import Board, Column, Entity, Row
from generator.boards.names import Names
from generator.endpoints.endpoint import Facts
from generator.endpoints.task_classifications import NAME, MacroRow, TaskRow

SCOPE = (
    "Shares of classified, sampled requests of seven days; requests that were not classified are left out. "
    "Shares are rounded to three places by the source."
)
_RANK = Column("rank", "Rank", "rank")
_MODEL = Column("model_permaslug", "Model", "entity")


def boards(facts: Facts, names: Names) -> Iterator[Board]:
    """Return all tasks, the macro-categories, and one board per task; where one raises, the next still comes."""
    rows = sorted(
        (row for row in facts.rows if isinstance(row, TaskRow)),
        key=lambda row: (-row.usage_share, row.tag),
    )
    macros = [row for row in facts.rows if isinstance(row, MacroRow)]
    labels = {row.key: formats.sanitize(row.label) for row in macros}
    makers: list[Callable[[], Board]] = [
        partial(_all, rows, labels, facts, names),
        partial(_macros, macros, facts),
    ]
    makers += [partial(_one, row, labels, facts, names) for row in rows]
    return map(call, makers)


def task(row: TaskRow) -> Entity:
    name, path = formats.sanitize(row.display_name), f"tasks/{paths.part(row.tag)}/"
    return Entity(row.tag, name, path, detail=formats.sanitize(row.tag))


def board_id(tag: str) -> str:
    return f"task.{paths.part(tag)}"


_ALL_COLUMNS = (
    _RANK,
    Column("tag", "Task", "entity"),
    Column("macro_category", "Group", "text"),
    Column("usage_share", "Requests", "share", "Of classified, sampled requests", bar=True),
    Column("token_share", "Tokens", "share", "Of the tokens of those requests"),
    Column(
        "intensity",
        "Intensity",
        "score",
        "Share of tokens over share of requests; above 1 is heavy",
    ),
    Column("leader", "Most chosen model", "entity"),
)


def _all(rows: list[TaskRow], labels: dict[str, str], facts: Facts, names: Names) -> Board:
    board_rows = tuple(
        Row(
            {
                "rank": rank,
                "tag": task(row),
                "macro_category": labels.get(
                    row.macro_category, formats.sanitize(row.macro_category)
                ),
                "usage_share": row.usage_share,
                "token_share": row.token_share,
                "intensity": round(row.token_share / row.usage_share, 2)
                if row.usage_share
                else None,
                "leader": names.model(row.models[0].id) if row.models else None,
            }
        )
        for rank, row in enumerate(rows, 1)
    )
    finding = ""
    if rows:
        finding = (
            f"{formats.sanitize(rows[0].display_name)} is the most common task with "
            f"{formats.share(rows[0].usage_share)} of requests"
        )
        heaviest = max(rows, key=lambda row: (row.token_share, row.tag))
        if heaviest is not rows[0]:
            finding += f"; {formats.sanitize(heaviest.display_name)} takes most tokens, {formats.share(heaviest.token_share)}"
        finding += "."
    return Board(
        id="tasks",
        title="What are models used for?",
        columns=_ALL_COLUMNS,
        rows=board_rows,
        citations=facts.citations,
        datasets=(NAME,),
        finding=finding,
        notes=("Intensity is the share of tokens divided by the share of requests.",),
        scope=SCOPE,
        processing="Ranks and intensity are computed here.",
    )


def _macros(macros: list[MacroRow], facts: Facts) -> Board:
    rows = sorted(macros, key=lambda row: (-row.usage_share, row.key))
    finding = ""
    if rows:
        heavy = max(rows, key=lambda row: (row.token_share, row.key))
        finding = (
            f"{formats.sanitize(heavy.label)} takes {formats.share(heavy.token_share)} of the tokens "
            f"with {formats.share(heavy.usage_share)} of the requests."
        )
    return Board(
        id="tasks-macro",
        title="Which kinds of work are common, and which are heavy?",
        columns=(
            Column("macro_category", "Key", "text"),
            Column("label", "Kind of work", "text"),
            Column("usage_share", "Requests", "share", "Of classified, sampled requests"),
            Column("token_share", "Tokens", "share", "Of the tokens of those requests"),
        ),
        rows=tuple(
            Row(
                {
                    "macro_category": formats.sanitize(row.key),
                    "label": formats.sanitize(row.label),
                    "usage_share": row.usage_share,
                    "token_share": row.token_share,
                },
                "unranked",
            )
            for row in rows
        ),
        citations=facts.citations,
        datasets=(NAME,),
        finding=finding,
        scope=SCOPE,
        processing="Order only.",
    )


_ONE_COLUMNS = (
    _RANK,
    _MODEL,
    Column("tag_usage_share", "Requests", "share", "Of this task's requests", bar=True),
    Column("tag_token_share", "Tokens", "share", "Of this task's tokens"),
)


def _one(row: TaskRow, labels: dict[str, str], facts: Facts, names: Names) -> Board:
    models = sorted(row.models, key=lambda model: (-model.tag_usage_share, model.id))
    rows = [
        Row(
            {
                "rank": rank,
                "model_permaslug": names.model(model.id),
                "tag_usage_share": model.tag_usage_share,
                "tag_token_share": model.tag_token_share,
            }
        )
        for rank, model in enumerate(models, 1)
    ]
    name = formats.sanitize(row.display_name)
    # Rounded shares can sum to a little more than one; the remainder is then nothing.
    rest_usage = max(0.0, round(1 - sum(model.tag_usage_share for model in models), 3))
    rest_tokens = max(0.0, round(1 - sum(model.tag_token_share for model in models), 3))
    if rows:
        rest = Entity("other", "Models not listed")
        values = {
            "model_permaslug": rest,
            "tag_usage_share": rest_usage,
            "tag_token_share": rest_tokens,
        }
        rows.append(Row(values, "other"))
    finding = ""
    if rows:
        lead, share = (
            rows[0].entity("model_permaslug").name,
            formats.share(models[0].tag_usage_share),
        )
        finding = f"{lead} is chosen most, for {share} of the task's requests."
    return Board(
        id=board_id(row.tag),
        title=f"Which models are chosen for {name}?",
        columns=_ONE_COLUMNS,
        rows=tuple(rows),
        citations=facts.citations,
        datasets=(NAME,),
        finding=finding,
        notes=(
            "The source lists the most chosen models only; the remainder to one is shown as models not listed.",
        ),
        scope=SCOPE,
        processing="Ranks and the remainder are computed here.",
        extra={
            "tag": row.tag,
            "name": name,
            "path": task(row).path,
            "macro_category": labels.get(row.macro_category, formats.sanitize(row.macro_category)),
            "usage_share": row.usage_share,
            "token_share": row.token_share,
        },
    )
