"""Every author of a model: how much its models are used, how many are on offer, and how the best one scores."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain

from generator.base import formats
from generator.base.attribution import Citation
from generator.boards import authors_used, sentences, token_columns
from generator.boards.authors_used import AuthorUseRow
from generator.boards.board import AnyBoard, Board, BoardId, Column, Entity, UnrankedRow, grouped
from generator.boards.catalogue import created, joined_credits
from generator.boards.joined_models import JoinedModel, join
from generator.boards.names import Names, author, place_by_use
from generator.boards.sources import BoardMaker, Sources, required
from generator.boards.totals import SCOPE


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorListedRow(UnrankedRow):
    """An author of at least one model that has a page.

    Attributes:
        rank, total_tokens, share: over seven days, None outside the daily top fifty; with the ranges that the
            ranking of the week gives them.
        models: those in the catalog now, all listings of one counted once.
        best_model, intelligence_index: the highest score of those models, None where none was measured.
        newest: the UTC day on which the newest of those models was added.
    """

    rank: int | None = None
    rank_low: int | None = None
    rank_high: int | None = None
    author: Entity
    total_tokens: int | None = None
    total_tokens_high: int | None = None
    share: float | None = None
    models: int
    best_model: Entity | None = None
    intelligence_index: float | None = None
    newest: date | None


_COLUMNS = (
    token_columns.RANK,
    *token_columns.RANK_RANGE,
    token_columns.AUTHOR,
    token_columns.TOKENS,
    token_columns.TOKENS_HIGH,
    token_columns.SHARE,
    Column("models", "Models", "integer", "Models in the catalog now, variants not counted"),
    Column(
        "best_model",
        "Best model",
        "entity",
        "The model in the catalog now with the highest intelligence index; of several with one score the first by slug",
    ),
    Column(
        "intelligence_index", "Intelligence", "score", "Artificial Analysis index of that model"
    ),
    Column("newest", "Newest model", "day", "UTC day on which OpenRouter added its newest model"),
)


def boards(sources: Sources) -> Iterator[AnyBoard]:
    """Yield all authors, the most used first and the others by name."""
    facts = required(sources.catalogue)
    used: Mapping[str, AuthorUseRow] = {}
    use: Sequence[Citation] = ()
    window, coverage = None, None
    # The board is made without use, too: it stands beside the authors that have it.
    week = sources.boards.find(authors_used.WEEK, AuthorUseRow)
    if week is not None:
        used = {row.author.id: row for row in week.ranked}
        use, window, coverage = week.citations, week.window, week.coverage

    rows = _rows(sources, used)
    sourced = joined_credits(facts, use, sources.analysis)
    yield Board(
        id=BoardId("authors"),
        title="All model authors",
        columns=_COLUMNS,
        phone=("rank", "author", "total_tokens", "models"),
        rows=tuple(rows),
        citations=sourced.citations,
        datasets=sourced.datasets,
        finding=finding(rows),
        notes=(
            "An author without a rank had no model in a daily top fifty in these seven days.",
            "Authors whose models have all left the catalog stay listed, with no models.",
        ),
        scope=SCOPE,
        window=window,
        coverage=coverage,
        processing="Sums, counts and ranks are computed here; models are matched by canonical slug.",
    )


def _rows(sources: Sources, used: Mapping[str, AuthorUseRow]) -> list[AuthorListedRow]:
    """Return the authors of all models with a page, those with a rank first.

    Args:
        used: the rows of the ranking of the week, by author.
    """
    by_slug = join(sources).by_slug
    rows: list[AuthorListedRow] = []
    for name, slugs in grouped(sources.names.pages, author).items():
        models = [by_slug[slug] for slug in slugs]
        rows.append(_row(name, models, used.get(name), sources.names))
    return sorted(rows, key=_order)


def _order(row: AuthorListedRow) -> tuple[object, ...]:
    return place_by_use(row.rank, row.author, listed=row.models > 0)


def _row(
    name: str, models: Sequence[JoinedModel], use: AuthorUseRow | None, names: Names
) -> AuthorListedRow:
    available = [model for model in models if model.entries]
    best = sentences.at_top(available, lambda model: model.intelligence_index)
    entries = chain.from_iterable(model.entries for model in available)
    row = AuthorListedRow(
        author=names.author(name),
        models=len(available),
        newest=max(map(created, entries), default=None),
    )
    if best:
        index = best[0].intelligence_index
        row = replace(row, best_model=names.page(best[0].slug), intelligence_index=index)
    if use is None:
        return row
    return replace(
        row,
        rank=use.rank,
        rank_low=use.rank_low,
        rank_high=use.rank_high,
        total_tokens=use.total_tokens,
        total_tokens_high=use.total_tokens_high,
        share=use.share,
    )


def finding(rows: Sequence[AuthorListedRow]) -> str:
    """Return how many authors have models available and who has the most, empty where nobody has any."""
    offering = [row for row in rows if row.models]
    if not offering:
        return ""
    models = formats.counted(sum(row.models for row in offering), "model")
    authors = formats.counted(len(offering), "author has", "authors have")
    if len(offering) == 1:
        return f"{authors} {models} available."
    most = sentences.at_top(offering, lambda row: row.models)
    leaders = sentences.listed([row.author.name for row in most])
    if len(most) == 1:
        return f"{authors} {models} available; {leaders} has the most, {most[0].models:,}."
    return f"{authors} {models} available; {leaders} have the most, {most[0].models:,} each."


MAKER = BoardMaker(families=("authors",), make=boards, needs=("catalogue",))
