"""Use, test and taste: whether three rankings of models for coding agree."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from generator.base import formats
from generator.base.attribution import distinct
from generator.boards import score_columns, sentences
from generator.boards.board import AnyBoard, Board, BoardId, Column, Entity, UnrankedRow
from generator.boards.coding_measures import (
    Measured,
    Placed,
    Write,
    coding_indices,
    coding_ratings,
    coding_shares,
    placed,
    rating_credits,
    rounded_share,
)
from generator.boards.names import Names
from generator.boards.sources import BoardMaker, Sources, required
from generator.boards.tasks import SCOPE
from generator.endpoints import benchmarks, task_classifications

ID = BoardId("use-test-taste")


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementRow(UnrankedRow):
    """A model's share of coding requests, its coding index and its Elo, each with its place.

    Attributes:
        use_high: the share with the most that cut lists leave.
        use_rank_low and others: the ranks that ties, the intervals of ratings, and cut lists leave.
        spread: places between the best and the worst of the three.
    """

    model_permaslug: Entity
    use_rank: int
    use_rank_low: int
    use_rank_high: int
    use: float
    use_high: float
    test_rank: int
    test_rank_low: int
    test_rank_high: int
    test: float
    taste_rank: int
    taste_rank_low: int
    taste_rank_high: int
    taste: float
    spread: int


_COLUMNS = (
    Column("model_permaslug", "Model", "entity"),
    Column("use_rank", "Usage rank", "rank", "Rank by share of classified coding requests"),
    *score_columns.rank_range("use_rank", "by usage"),
    Column(
        "use",
        "Share of coding requests",
        "share",
        "Of classified coding requests, where it is listed",
        bar=True,
    ),
    Column(
        "use_high",
        "Share at most",
        "share",
        "With the most that tasks which do not list the model can hold of it",
        in_table=False,
    ),
    Column("test_rank", "Benchmark rank", "rank", "Rank by coding index"),
    *score_columns.rank_range("test_rank", "by benchmark"),
    Column("test", "Coding index", "score", "Artificial Analysis coding index"),
    Column("taste_rank", "Vote rank", "rank", "Rank by Elo in code categories"),
    *score_columns.rank_range("taste_rank", "by votes"),
    Column("taste", "Elo", "score", "Design Arena, code categories"),
    Column(
        "spread",
        "Rank spread",
        "integer",
        "Places between the best and the worst of the three ranks",
    ),
)


@dataclass(frozen=True, slots=True)
class _Measure:
    """A value for each model, and its place by it among these models."""

    values: Mapping[str, Measured]
    places: Mapping[str, Placed]


@dataclass(frozen=True, slots=True)
class WholeList:
    """The models at the top of one source's whole list, and how many models that list has."""

    leaders: tuple[Entity, ...]
    models: int


_NOTES = (
    "Only models covered by all three sources are ranked, among themselves.",
    "The share of use counts only tasks for which the source lists the model; ≥ marks a lower bound.",
    (
        "Models are level where their values are displayed alike, where the intervals of their ratings overlap, "
        "or where lists that are cut leave their order open."
    ),
)


def boards(sources: Sources) -> Iterator[AnyBoard]:
    """Yield the models covered by all three sources, by use."""
    names = sources.names
    tasks, tests, tastes = required(sources.tasks), required(sources.analysis), sources.arenas
    shares = coding_shares(tasks, names)
    indices = coding_indices(tests, names)
    ratings = coding_ratings(tastes, names)
    # Ranks are among the models that all three know: places in lists of different length do not compare.
    common = shares.keys() & indices.keys() & ratings.keys()
    use = _ranked(shares, common, formats.share)
    test, taste = _ranked(indices, common), _ranked(ratings, common)
    rows = [_row(slug, use, test, taste, names) for slug in _by_place(use)]

    whole = [
        _whole_list(shares, names, formats.share),
        _whole_list(indices, names),
        _whole_list(ratings, names),
    ]
    citations = (tasks.citations[0], tests.citations[0], *rating_credits(tastes))
    yield Board(
        id=ID,
        title=_title(len(rows)),
        columns=_COLUMNS,
        models="model_permaslug",
        phone=("model_permaslug", "use_rank", "test_rank", "taste_rank"),
        rows=tuple(rows),
        citations=distinct(citations),
        datasets=(
            task_classifications.NAME,
            benchmarks.ARTIFICIAL_ANALYSIS.name,
            benchmarks.DESIGN_ARENA.name,
        ),
        finding=finding(rows, whole),
        notes=_NOTES,
        scope=SCOPE,
        processing="Shares of use are summed, and all ranks computed, here.",
    )


def _title(models: int) -> str:
    question = "do usage, benchmarks and votes agree?"
    if models < 2:
        return f"Coding models: {question}"
    return f"Among the {models} coding models covered by all three sources: {question}"


_RANKS = ("use_rank", "test_rank", "taste_rank")
_BY = ("in coding requests", "in the coding index", "in Elo for code")
"""What each of the three ranks is by, in sentences."""


def finding(rows: Sequence[AgreementRow], whole: Sequence[WholeList]) -> str:
    """Return who leads among the models covered by all three sources, and in each source's whole list.

    Args:
        rows: the models that all three sources know.
        whole: the lists of all models of the three sources, in the order of the columns.
    """
    if not rows:
        return ""
    leaders = [_first(rows, rank) for rank in _RANKS]
    known = sentences.models_of(rows)
    whole_leaders = [list_.leaders for list_ in whole]
    names = sentences.model_names(chain(known, *whole_leaders))

    if len(rows) == 1:
        among = f"{names[rows[0].model_permaslug]} is the only model covered by all three sources."
    else:
        among = f"Of the {len(rows)} models covered by all three sources, {_leading(leaders, _BY, names)}."
    by_size: list[str] = []
    for by, list_ in zip(_BY, whole, strict=True):
        by_size.append(f"{by} ({formats.counted(list_.models, 'model')})")
    return f"{among} Over each whole list, {_leading(whole_leaders, by_size, names)}."


def disagreement(rows: Sequence[AgreementRow]) -> str:
    """Return on which of several models the three orders differ most, empty for fewer than two models."""
    if len(rows) < 2:
        return ""
    apart = sentences.at_top(rows, lambda row: row.spread)
    places = apart[0].spread
    if not places:
        return "The three rankings are the same."
    on = sentences.models_listed(apart, among=rows)
    return f"The rankings differ the most on {on}, by {formats.counted(places, 'place')}."


def _first(rows: Sequence[AgreementRow], rank: str) -> list[Entity]:
    """Return the models that may have the first place."""
    return sentences.models_of(row for row in rows if row[f"{rank}_low"] == 1)


def _leading(
    leaders: Sequence[Sequence[Entity]], by: Sequence[str], names: Mapping[Entity, str]
) -> str:
    """Return ``A leads in votes, B in tests``, and where some are level ``A and B are level at the top in votes``.

    Args:
        leaders: of each list.
        by: what each list ranks by.
        names: of the leaders.
    """
    has_one_each = all(len(models) == 1 for models in leaders)
    clauses: list[str] = []
    for models, what in zip(leaders, by, strict=True):
        called = sentences.listed([names[model] for model in models])
        verb = formats.inflected(len(models), "leads", "are level at the top")
        # One verb is enough for all where it is the same.
        if has_one_each and clauses:
            clauses.append(f"{called} {what}")
        else:
            clauses.append(f"{called} {verb} {what}")
    return formats.list_in_words(clauses)


def _whole_list(
    values: Mapping[str, Measured], names: Names, write: Write = formats.number
) -> WholeList:
    """Return who is first among all models of a source, which are level where their values are written alike."""
    places = placed(values, write)
    first = [slug for slug in sorted(places) if places[slug].low == 1]
    leaders = tuple(names.page(slug) for slug in first)
    return WholeList(leaders, len(values))


def _ranked(
    values: Mapping[str, Measured], common: set[str], write: Write = formats.number
) -> _Measure:
    """Return the values of the models that all sources know, each with its place among these models."""
    shared = {slug: values[slug] for slug in common}
    return _Measure(shared, placed(shared, write))


def _by_place(measure: _Measure) -> list[str]:
    """Return the models by value, the highest first."""
    return sorted(measure.places, key=lambda slug: (-measure.values[slug].value, slug))


def _row(slug: str, use: _Measure, test: _Measure, taste: _Measure, names: Names) -> AgreementRow:
    used, tested, liked = use.places[slug], test.places[slug], taste.places[slug]
    places = [used.rank, tested.rank, liked.rank]
    share = rounded_share(use.values[slug].interval)
    return AgreementRow(
        model_permaslug=names.page(slug),
        use_rank=used.rank,
        use_rank_low=used.low,
        use_rank_high=used.high,
        use=share.low,
        use_high=share.high,
        test_rank=tested.rank,
        test_rank_low=tested.low,
        test_rank_high=tested.high,
        test=test.values[slug].value,
        taste_rank=liked.rank,
        taste_rank_low=liked.low,
        taste_rank_high=liked.high,
        taste=taste.values[slug].value,
        spread=max(places) - min(places),
    )


MAKER = BoardMaker(families=("use-test-taste",), make=boards, needs=("tasks", "analysis", "arenas"))
