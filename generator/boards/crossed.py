"""Boards that join sources: use against test against taste, and what a model is chosen for above its weight."""

from collections.abc import Iterator

from generator.base import formats
from generator.base.attribution import Citation
from generator.boards import score_columns
from generator.boards.board import Board, Column, Row
from generator.boards.names import Names
from generator.boards.tasks import SCOPE as TASK_SCOPE
from generator.boards.tasks import task
from generator.endpoints import benchmarks, task_classifications
from generator.endpoints.endpoint import Facts
from generator.endpoints.task_classifications import TaskRow

CODE = "code"
CODE_CATEGORY = "codecategories"
LIFTED = 8
LEAST_SHARE = 0.01


def boards(
    tasks: Facts | None, tests: Facts | None, tastes: Facts | None, names: Names
) -> Iterator[Board]:
    """Whatever of the joins the held sources allow."""
    if tasks and tests and tastes:
        yield _use_test_taste(tasks, tests, tastes, names)
    if tasks:
        yield _lift(tasks, names)


def _task_rows(facts: Facts) -> list[TaskRow]:
    return [row for row in facts.rows if isinstance(row, TaskRow)]


def _code_use(tasks: Facts, names: Names) -> dict[str, float]:
    """Each model's share of the classified coding requests; models listed for no coding task are absent."""
    rows = [row for row in _task_rows(tasks) if row.macro_category == CODE]
    found: dict[str, float] = {}
    for row in rows:
        for model in row.models:
            slug = names.canonical(model.id)
            found[slug] = found.get(slug, 0.0) + row.category_usage_share * model.tag_usage_share
    return found


def _coding_index(tests: Facts, names: Names) -> dict[str, float]:
    found: dict[str, float] = {}
    for row in tests.rows:
        if isinstance(row, benchmarks.AnalysisRow) and row.coding_index is not None:
            slug = names.canonical(row.model_permaslug)
            found[slug] = max(found.get(slug, row.coding_index), row.coding_index)
    return found


def _code_elo(tastes: Facts, names: Names) -> dict[str, float]:
    found: dict[str, float] = {}
    for row in tastes.rows:
        if isinstance(row, benchmarks.ArenaRow) and (row.arena, row.category) == (
            "models",
            CODE_CATEGORY,
        ):
            slug = names.canonical(row.model_permaslug)
            found[slug] = max(found.get(slug, row.elo), row.elo)
    return found


def _places(values: dict[str, float]) -> dict[str, int]:
    ordered = sorted(values, key=lambda slug: (-values[slug], slug))
    return dict(zip(ordered, score_columns.ranks([values[slug] for slug in ordered]), strict=True))


_USE_TEST_TASTE_COLUMNS = (
    Column("model_permaslug", "Model", "entity"),
    Column("use_rank", "By use", "rank", "Place by share of classified coding requests"),
    Column(
        "use",
        "Share of coding",
        "share",
        "Of classified coding requests, where it is listed",
        bar=True,
    ),
    Column("test_rank", "By test", "rank", "Place by coding index"),
    Column("test", "Coding index", "score", "Artificial Analysis coding index"),
    Column("taste_rank", "By taste", "rank", "Place by Elo in code categories"),
    Column("taste", "Elo", "score", "Design Arena, code categories"),
    Column(
        "spread", "Disagreement", "integer", "Places between the best and the worst of the three"
    ),
)


def _use_test_taste(tasks: Facts, tests: Facts, tastes: Facts, names: Names) -> Board:
    measured = [_code_use(tasks, names), _coding_index(tests, names), _code_elo(tastes, names)]
    # Ranks are among the models that all three know: places in lists of different length say nothing together.
    common = set(measured[0]) & set(measured[1]) & set(measured[2])
    use, test, taste = ({slug: one[slug] for slug in common} for one in measured)
    placed = [_places(one) for one in (use, test, taste)]
    ordered = sorted(common, key=lambda slug: (placed[0][slug], slug))
    rows = tuple(
        Row(
            {
                "model_permaslug": names.page(slug),
                "use_rank": placed[0][slug],
                "use": round(use[slug], 4),
                "test_rank": placed[1][slug],
                "test": test[slug],
                "taste_rank": placed[2][slug],
                "taste": taste[slug],
                "spread": max(one[slug] for one in placed) - min(one[slug] for one in placed),
            },
            "unranked",
        )
        for slug in ordered
    )
    citations: list[Citation] = [*tasks.citations[:1], *tests.citations[:1], *tastes.citations[:1]]
    finding = ""
    if rows:
        leaders = [names.page(min(one, key=lambda slug: (one[slug], slug))).name for one in placed]
        finding = f"For coding, {leaders[0]} is used most, {leaders[1]} tests best, and {leaders[2]} is liked best."
    return Board(
        id="use-test-taste",
        title="Used, tested, liked: do the rankings for coding agree?",
        columns=_USE_TEST_TASTE_COLUMNS,
        rows=rows,
        citations=tuple(dict.fromkeys(citations)),
        datasets=(
            task_classifications.NAME,
            benchmarks.ARTIFICIAL_ANALYSIS.name,
            benchmarks.DESIGN_ARENA.name,
        ),
        finding=finding,
        notes=(
            "Only models that all three sources know are ranked, among each other.",
            "The share of use counts only tasks for which the source lists the model, so it is a lower bound.",
        ),
        scope=TASK_SCOPE,
        processing="Shares of use are summed, and all ranks computed, here.",
    )


_LIFT_COLUMNS = (
    Column("model_permaslug", "Model", "entity"),
    Column("tag", "Task", "entity"),
    Column(
        "lift",
        "Lift",
        "score",
        "Share in the task over share in all tasks; above 1 it is a speciality",
    ),
    Column("tag_usage_share", "In the task", "share", "Of the task's requests"),
    Column("overall", "Overall", "share", "Of all classified requests, where it is listed"),
)


def _lift(tasks: Facts, names: Names) -> Board:
    rows = _task_rows(tasks)
    overall: dict[str, float] = {}
    for row in rows:
        for model in row.models:
            overall[model.id] = overall.get(model.id, 0.0) + row.usage_share * model.tag_usage_share
    chosen = sorted(overall, key=lambda slug: (-overall[slug], slug))[:LIFTED]
    found = [
        Row(
            {
                "model_permaslug": names.model(model.id),
                "tag": task(row),
                "lift": round(model.tag_usage_share / overall[model.id], 2),
                "tag_usage_share": model.tag_usage_share,
                "overall": round(overall[model.id], 4),
            },
            "unranked",
        )
        for row in rows
        for model in row.models
        if model.id in chosen and overall[model.id] >= LEAST_SHARE
    ]
    found.sort(
        key=lambda row: (
            -(row.number("lift") or 0),
            row.entity("model_permaslug").id,
            row.entity("tag").id,
        )
    )
    finding = ""
    if found:
        best = found[0]
        finding = (
            f"{best.entity('model_permaslug').name} is chosen for {best.entity('tag').name} "
            f"{formats.number(best.number('lift') or 0)} times as often as over all tasks."
        )
    return Board(
        id="task-lift",
        title="What is each model chosen for above its weight?",
        columns=_LIFT_COLUMNS,
        rows=tuple(found),
        citations=tasks.citations,
        datasets=(task_classifications.NAME,),
        finding=finding,
        notes=(
            f"The {LIFTED} models chosen most; only tasks for which the source lists them.",
            "The overall share counts listed tasks only, so a lift can be a little too high.",
        ),
        scope=TASK_SCOPE,
        processing="Overall shares and lifts are computed here.",
    )
