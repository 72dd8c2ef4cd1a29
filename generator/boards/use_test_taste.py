"""Use, test and taste: whether three rankings of models for coding agree."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.base.attribution import distinct
from generator.boards import score_columns
from generator.boards.board import AnyBoard, Board, BoardId, Column, Entity, UnrankedRow
from generator.boards.names import Names
from generator.boards.sources import BoardMaker, Sources, required
from generator.boards.tasks import SCOPE
from generator.boards.totals import most_first
from generator.endpoints import benchmarks, task_classifications
from generator.endpoints.benchmarks import AnalysisRow, ArenaRow
from generator.endpoints.endpoint import Facts
from generator.endpoints.task_classifications import TaskRow

KIND_OF_WORK = "code"
ARENA, CATEGORY = "models", "codecategories"

ID = BoardId("use-test-taste")


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementRow(UnrankedRow):
    """A model's share of coding requests, its coding index and its Elo, each with its place.

    Attributes:
        spread: places between the best and the worst of the three.
    """

    model_permaslug: Entity
    use_rank: int
    use: float
    test_rank: int
    test: float
    taste_rank: int
    taste: float
    spread: int


_COLUMNS = (
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


@dataclass(frozen=True, slots=True)
class _Measure:
    """A value for each model, and its place by it among these models."""

    values: Mapping[str, float]
    places: Mapping[str, int]

    @property
    def leader(self) -> str:
        return min(self.places, key=lambda slug: (self.places[slug], slug))


def boards(sources: Sources) -> Iterator[AnyBoard]:
    """Yield the models that all three sources know, by use."""
    names = sources.names
    tasks, tests, tastes = required(sources.tasks), required(sources.analysis), sources.arenas
    shares, indices, ratings = (
        _coding_shares(tasks, names),
        _coding_indices(tests, names),
        _coding_ratings(tastes, names),
    )
    # Ranks are among the models that all three know: places in lists of different length do not compare.
    common = shares.keys() & indices.keys() & ratings.keys()
    use, test, taste = _ranked(shares, common), _ranked(indices, common), _ranked(ratings, common)
    rows = [_row(slug, use, test, taste, names) for slug in _by_place(use)]

    finding = ""
    if rows:
        used, tested, liked = (names.page(measure.leader).name for measure in (use, test, taste))
        finding = (
            f"For coding, {used} is used most, {tested} tests best, and {liked} is liked best."
        )
    citations = (tasks.citations[0], tests.citations[0], tastes[0].citations[0])
    yield Board(
        id=ID,
        title="Used, tested, liked: do the rankings for coding agree?",
        columns=_COLUMNS,
        rows=tuple(rows),
        citations=distinct(citations),
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
        scope=SCOPE,
        processing="Shares of use are summed, and all ranks computed, here.",
    )


def _coding_shares(tasks: Facts[TaskRow], names: Names) -> dict[str, float]:
    """Each model's share of the classified coding requests; models listed for no coding task are absent."""
    shares: dict[str, float] = {}
    for task in tasks.rows:
        if task.macro_category != KIND_OF_WORK:
            continue
        for model in task.models:
            slug = names.canonical(model.id)
            share = task.category_usage_share * model.tag_usage_share
            shares[slug] = shares.get(slug, 0.0) + share
    return shares


def _coding_indices(tests: Facts[AnalysisRow], names: Names) -> dict[str, float]:
    """Each model's best coding index of all settings it was measured under."""
    best: dict[str, float] = {}
    for row in tests.rows:
        if row.coding_index is not None:
            slug = names.canonical(row.model_permaslug)
            best[slug] = max(best.get(slug, row.coding_index), row.coding_index)
    return best


def _coding_ratings(arenas: tuple[Facts[ArenaRow], ...], names: Names) -> dict[str, float]:
    """Each model's best Elo in the code categories."""
    best: dict[str, float] = {}
    for facts in arenas:
        for row in facts.rows:
            if (row.arena, row.category) == (ARENA, CATEGORY):
                slug = names.canonical(row.model_permaslug)
                best[slug] = max(best.get(slug, row.elo), row.elo)
    return best


def _ranked(values: Mapping[str, float], common: set[str]) -> _Measure:
    shared = {slug: values[slug] for slug in common}
    ordered = most_first(shared)
    places = score_columns.ranks([shared[slug] for slug in ordered])
    return _Measure(shared, dict(zip(ordered, places, strict=True)))


def _by_place(measure: _Measure) -> list[str]:
    return sorted(measure.places, key=lambda slug: (measure.places[slug], slug))


def _row(slug: str, use: _Measure, test: _Measure, taste: _Measure, names: Names) -> AgreementRow:
    places = [measure.places[slug] for measure in (use, test, taste)]
    return AgreementRow(
        model_permaslug=names.page(slug),
        use_rank=use.places[slug],
        use=round(use.values[slug], 4),
        test_rank=test.places[slug],
        test=test.values[slug],
        taste_rank=taste.places[slug],
        taste=taste.values[slug],
        spread=max(places) - min(places),
    )


MAKER = BoardMaker(families=("use-test-taste",), make=boards, needs=("tasks", "analysis", "arenas"))
