"""What the card of a model, an author or a board says."""

from collections.abc import Iterable, Iterator
from itertools import islice

from generator.base import dates, formats
from generator.base.attribution import Citation, distinct
from generator.base.palette import LIGHT
from generator.boards import authors_used, models_used, sentences
from generator.boards.author_profiles import AuthorProfile
from generator.boards.authors_used import AuthorUseRow
from generator.boards.board import AnyBoard, Board, BoardRow, Column, Entity
from generator.boards.catalogue import created
from generator.boards.joined_models import ALSO_FREE, Offer
from generator.boards.model_findings import told_score
from generator.boards.model_profiles import ModelProfile
from generator.boards.model_scores import ScoreRow
from generator.boards.site import Site
from generator.charts.card import MOST_LEADERS, Card, Fact, Leader
from generator.render import cell_values, settled_cells

FOLDER = "cards/"
MOST_FACTS = 3
_MEASURED = ("tokens", "share", "score")
"""The kinds of a column that a board can lead by."""
_FROM_ZERO = ("tokens", "share")
"""Those of them that start at zero, so that a bar does not mislead."""

_CitedFact = tuple[Fact, tuple[Citation, ...]]
"""A fact, and the sources of it."""


def _with_credits(cited: Iterable[_CitedFact]) -> tuple[tuple[Fact, ...], tuple[Citation, ...]]:
    """Return the facts, and the sources of all of them, each once."""
    facts: list[Fact] = []
    citations: list[Citation] = []
    for fact, sources in cited:
        facts.append(fact)
        citations += sources
    return tuple(facts), distinct(citations)


def model_card(profile: ModelProfile, site: Site) -> Card:
    """Return a model's rank, price and best-known score; of a model without them, the finding."""
    model = profile.model
    owner = site.authors.get(model.author)
    facts, cited = _with_credits(islice(_model_facts(profile, site), MOST_FACTS))
    return Card(
        path=f"{FOLDER}{str(model.path).rstrip('/')}.png",
        kicker=owner.author.name if owner else "",
        headline=model.name,
        citations=cited or profile.citations,
        facts=facts,
        sentence=profile.finding,
        color=model.color or LIGHT.accent,
    )


def _model_facts(profile: ModelProfile, site: Site) -> Iterator[_CitedFact]:
    """Yield the facts of a model, the most telling first."""
    week = site.boards.get(models_used.WEEK)
    if profile.ranks is not None and week:
        label = f"of {formats.counted(profile.of, 'model')} by tokens, {_days(week)}"
        yield Fact(f"#{profile.ranks.words}", label), week.citations
    if profile.offer and profile.prices:
        yield _price(profile.offer), profile.prices.citations
    if profile.scores:
        yield from _score_facts(profile.scores)
    if profile.offer and profile.prices:
        for fact in _offered(profile.offer):
            yield fact, profile.prices.citations


def _price(offer: Offer) -> Fact:
    price, also_free, _ = offer.price.partition(f", {ALSO_FREE}")
    label = "price of its tokens"
    if " / " in price:
        label = "per million tokens, input / output"
    if also_free:
        label = f"{label}, {ALSO_FREE}"
    return Fact(price, label)


def _score_facts(scores: Board[ScoreRow]) -> Iterator[_CitedFact]:
    """Yield the best-known score of a model with its place; nothing where it has none that is told."""
    score = told_score(scores.rows)
    if score is None:
        return
    place = f"#{score.ranks.words} of {formats.counted(score.of, 'model')}"
    fact = Fact(formats.number(score.score), f"{score.measure.name}, {place}")
    yield fact, _citations_of_score(scores.citations, score)


def _citations_of_score(citations: tuple[Citation, ...], score: ScoreRow) -> tuple[Citation, ...]:
    """Return the citations that name the score's source; all of them where none does."""
    source = score.source.casefold()
    own = tuple(citation for citation in citations if source in citation.text.casefold())
    return own or citations


def _offered(offer: Offer) -> Iterator[Fact]:
    if offer.listing.context_length:
        yield Fact(formats.context(offer.listing.context_length), "tokens of context")
    yield Fact(dates.human_day(created(offer.listing)), "added to OpenRouter")


def _days(week: AnyBoard) -> str:
    """Return ``7 days``, or ``6 of 7 days, provisional`` of a week with a hole that the source may still restate."""
    days = "7 days"
    if week.coverage and not week.coverage.whole:
        days = f"{week.coverage.held} of 7 days"
    return f"{days}, provisional" if week.provisional else days


def author_card(profile: AuthorProfile, site: Site) -> Card:
    """Return an author's rank and share, and the number of its models; of one without them, the finding."""
    facts, cited = _with_credits([*_use_facts(profile, site), *_model_count(profile, site)])
    return Card(
        path=f"{FOLDER}{str(profile.author.path).rstrip('/')}.png",
        kicker="AI models by",
        headline=profile.author.name,
        citations=cited or profile.citations,
        facts=facts,
        sentence=profile.finding,
        color=profile.author.color or LIGHT.accent,
    )


def _use_facts(profile: AuthorProfile, site: Site) -> Iterator[_CitedFact]:
    """Yield an author's rank and share by tokens; nothing of one that no day of the week names."""
    week = site.boards.find(authors_used.WEEK, AuthorUseRow)
    if week is None:
        return
    authors = {row.author.id: row for row in week.ranked}
    place = authors.get(profile.author.id)
    if place is None or place.ranks is None:
        return
    label = f"of {formats.counted(len(authors), 'author')} by tokens, {_days(week)}"
    yield Fact(f"#{place.ranks.words}", label), week.citations
    exact = place.total_tokens == place.total_tokens_high
    share = sentences.share_of(place.share, exact=exact)
    yield Fact(share, f"of all published tokens, {_days(week)}"), week.citations


def _model_count(profile: AuthorProfile, site: Site) -> Iterator[_CitedFact]:
    """Yield the number of an author's models that are in the newest catalog; nothing where there is none."""
    listed = 0
    for model in site.profiles.values():
        if model.listed and model.model.author == profile.author.id:
            listed += 1
    if profile.models is None or not listed:
        return
    catalogue = site.boards.get("catalogue")
    cited = profile.models.citations
    if catalogue is not None:
        cited = catalogue.citations[:1]
    yield Fact(str(listed), "models available" if listed > 1 else "model available"), cited


def board_card(board: AnyBoard) -> Card:
    """Return a board's question and its leaders; of a board that ranks nothing, the finding."""
    column = _measure(board)
    leaders = tuple(_leaders(board, column)) if column else ()
    about: list[str] = []
    if column and leaders:
        about.append(column.label)
    if board.window:
        about.append(board.window.human())
    if board.coverage:
        about += [board.gaps, board.coverage.provisional_days]
    return Card(
        path=f"{FOLDER}boards/{board.id}.png",
        kicker=", ".join(part for part in about if part),
        headline=board.title,
        citations=board.citations,
        leaders=leaders,
        sentence=board.finding,
    )


def _measure(board: AnyBoard) -> Column | None:
    """Return the column that a board leads by: the first with bars, else the first number; None without either."""
    measured = [column for column in board.columns if column.kind in _MEASURED and column.in_table]
    # Sorting keeps the order of the columns otherwise.
    measured.sort(key=lambda column: not column.bar)
    return measured[0] if measured else None


def _leaders(board: AnyBoard, column: Column) -> Iterator[Leader]:
    """Yield the first rows of a ranking of one window; nothing of any other board, nor of one of several rankings."""
    entities = [column.key for column in board.columns if column.kind == "entity"]
    if not entities or board.choices or any(row.own_window for row in board.ranked):
        return
    rows = board.ranked[:MOST_LEADERS]
    longest = max((row.number(column.key) or 0 for row in rows), default=0)
    for row in rows:
        yield _leader(row, row[entities[0]], column, longest)


def _leader(row: BoardRow, entity: object, column: Column, longest: float) -> Leader:
    name, color = formats.MISSING, ""
    if isinstance(entity, Entity):
        name, color = entity.name, entity.color
    value = row[column.key]
    if not isinstance(value, (int, float)):
        return Leader(name, formats.MISSING, None, color)

    words = settled_cells.in_text(column, value, row, cell_values.text(column, value))
    is_drawn = column.bar or column.kind in _FROM_ZERO
    part = value / longest if is_drawn and longest > 0 else None
    return Leader(name, words, part, color)
