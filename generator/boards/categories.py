"""The models with the most estimated tokens in each category of requests, in the newest week."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.base import dates, formats
from generator.base.dates import Window
from generator.boards import category_words, sentences
from generator.boards.board import AnyBoard, Board, BoardId, BoardRow, Column, Entity, grouped
from generator.boards.names import Names
from generator.boards.sources import BoardMaker, Sources, required
from generator.boards.totals import most_first
from generator.endpoints.ranking_slices import WEEKLY_NAME, SliceRow
from generator.endpoints.rankings_daily import OTHER

ID = BoardId("categories")
PATH = "rankings/categories/"
"""The page of the board, on a site that has it."""
MOST = 10
"""The number of models of each category that are listed; the dataset has up to fifty."""

_KIND = "category"
_LONGEST_ABBREVIATION = 3
"""What follows a category's slash is an abbreviation up to this many letters: ``seo``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryRow(BoardRow):
    """A model in one category, ranked by tokens; equal tokens share a rank.

    Attributes:
        category: as the source writes it.
        category_name: the same for people.
        share: of all tokens of the category, those of models outside its top 50 included.
    """

    category: str
    category_name: str
    rank: int
    model_permaslug: Entity
    total_tokens: int
    share: float


_COLUMNS = (
    Column("category", "Category ID", "text", "As the source writes it", in_table=False),
    Column("category_name", "Category", "text", "What the requests were about"),
    Column("rank", "Rank", "rank", "Rank by estimated tokens within the category"),
    Column("model_permaslug", "Model", "entity", "A listing: variants are listed separately"),
    Column(
        "total_tokens",
        "Estimated tokens",
        "tokens",
        "Prompt plus completion tokens, scaled up from a sample of requests",
    ),
    Column("share", "Share", "share", "Share of the category's estimated tokens"),
)


def boards(sources: Sources) -> Iterator[AnyBoard]:
    """Yield one board of all categories; none while the source has no rows of them."""
    facts = required(sources.weekly_slices)
    stated = [row for row in facts.rows if row.slice_kind == _KIND]
    if not stated:
        return
    week = max(stated, key=lambda row: row.date).window
    rows = tuple(_rows([row for row in stated if row.date == week.start], sources.names))
    # The slices are replies of one run, moments apart; one credit line of the newest is enough for all.
    newest = max(facts.citations, key=lambda citation: citation.as_of)
    yield Board(
        id=ID,
        title="Which models lead in each category?",
        columns=_COLUMNS,
        models="model_permaslug",
        choices=(("category", "category_name"),),
        phone=("category_name", "rank", "model_permaslug", "share"),
        rows=rows,
        citations=(newest,),
        datasets=(WEEKLY_NAME,),
        finding=finding(rows, week),
        notes=(
            "Weekly estimates from a sample of requests, without a margin of error: close models may rank otherwise.",
            f"The {MOST} models with the most tokens in each category; the dataset {WEEKLY_NAME} has up to 50.",
        ),
        scope=(
            "Public traffic through OpenRouter only; tokens are counted by each provider's own tokenizer; "
            "the newest week may include traffic after its end."
        ),
        window=week,
        processing="Ranks and shares are computed here.",
    )


def _rows(stated: Sequence[SliceRow], names: Names) -> Iterator[CategoryRow]:
    """Yield the first models of each category, the categories with the most tokens first.

    Args:
        stated: of one week, those of a category the most tokens first.
    """
    by_category = grouped(stated, lambda row: row.slice_value)
    totals: Counter[str] = Counter()
    for row in stated:
        totals[row.slice_value] += row.tokens
    for category in most_first(totals):
        total = totals[category]
        named = [row for row in by_category[category] if row.model_permaslug != OTHER]
        tokens = [row.tokens for row in named]
        for row in named[:MOST]:
            yield CategoryRow(
                category=formats.sanitize(category),
                category_name=_heading(category),
                # Equal tokens share the best rank.
                rank=tokens.index(row.tokens) + 1,
                model_permaslug=names.model(row.model_permaslug),
                total_tokens=row.tokens,
                share=row.tokens / total if total else 0.0,
            )


def _heading(category: str) -> str:
    """Return ``Marketing: SEO`` for ``marketing/seo``."""
    whole, _, part = category.partition("/")
    heading = category_words.heading(whole)
    if not part:
        return heading
    if len(part) <= _LONGEST_ABBREVIATION:
        return f"{heading}: {part.upper()}"
    return f"{heading}: {category_words.phrase(part)}"


def finding(rows: Sequence[CategoryRow], week: Window) -> str:
    """Return which model leads in the most categories, all of them where several lead in as many.

    Empty where no model leads a category alone.
    """
    by_category = grouped(rows, lambda row: row.category)
    leads: Counter[Entity] = Counter()
    for of_category in by_category.values():
        leaders = [row.model_permaslug for row in of_category if row.rank == 1]
        if len(leaders) == 1:
            leads[leaders[0]] += 1
    if not leads:
        return ""
    leading = sentences.at_top(leads, leads.get)
    names = sentences.model_names(leads)
    who = sentences.listed([names[model] for model in leading])
    lead = "leads" if len(leading) == 1 else "each lead"
    counted = formats.counted(len(by_category), "category", "categories")
    return (
        f"In the week to {dates.human_day(week.end)}, {who} {lead} "
        f"by estimated tokens in {leads[leading[0]]:,} of {counted}."
    )


MAKER = BoardMaker(families=("categories",), make=boards, needs=("weekly_slices",))
