"""What three sources say of each model for coding: its share of requests, its index, its Elo; by canonical slug."""

from generator.boards.names import Names
from generator.endpoints.benchmarks import AnalysisRow, ArenaRow
from generator.endpoints.endpoint import Facts
from generator.endpoints.task_classifications import TaskRow

KIND_OF_WORK = "code"
ARENA, CATEGORY = "models", "codecategories"


def coding_shares(tasks: Facts[TaskRow], names: Names) -> dict[str, float]:
    """Return each model's share of the classified coding requests; models listed for no coding task are absent."""
    shares: dict[str, float] = {}
    for task in tasks.rows:
        if task.macro_category != KIND_OF_WORK:
            continue
        for model in task.models:
            slug = names.canonical(model.id)
            share = task.category_usage_share * model.tag_usage_share
            shares[slug] = shares.get(slug, 0.0) + share
    return shares


def coding_indices(tests: Facts[AnalysisRow], names: Names) -> dict[str, float]:
    """Return each model's best coding index of all settings it was measured under."""
    best: dict[str, float] = {}
    for row in tests.rows:
        if row.coding_index is not None:
            slug = names.canonical(row.model_permaslug)
            best[slug] = max(best.get(slug, row.coding_index), row.coding_index)
    return best


def coding_ratings(arenas: tuple[Facts[ArenaRow], ...], names: Names) -> dict[str, float]:
    """Return each model's best Elo over all coding categories of the arena of models."""
    best: dict[str, float] = {}
    for facts in arenas:
        for row in facts.rows:
            if (row.arena, row.category) == (ARENA, CATEGORY):
                slug = names.canonical(row.model_permaslug)
                best[slug] = max(best.get(slug, row.elo), row.elo)
    return best
