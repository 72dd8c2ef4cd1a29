"""The catalog: every model on offer, and the modalities that go in and come out."""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from itertools import product

from generator.archive.listings import ListingHistory
from generator.base import formats
from generator.base.attribution import Citation
from generator.base.slugs import Slug, listing_slug
from generator.boards import models_used, price_columns, sentences, token_columns
from generator.boards.board import AnyBoard, Board, BoardId, Column, Entity, UnrankedRow
from generator.boards.credits import Credits
from generator.boards.models_used import ModelUseRow
from generator.boards.names import Names
from generator.boards.sources import BoardMaker, Sources, required
from generator.endpoints import rankings_daily
from generator.endpoints.benchmarks import ARTIFICIAL_ANALYSIS, AnalysisRow
from generator.endpoints.endpoint import Facts
from generator.endpoints.models import NAME, ModelRow, Pricing

SCOPE = "Current OpenRouter list prices in US dollars. Some vary by prompt length or time of day."

ID = BoardId("catalogue")


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueRow(UnrankedRow):
    """A listing, with its rank and tokens of the week and its best index; prices are US dollars per token.

    Attributes:
        open_weights: whether the entry names its weights on Hugging Face.
        tools, structured_outputs, reasoning: whether requests can ask for them.
    """

    rank: int | None = None
    model_permaslug: Entity
    prompt: str
    completion: str
    context_length: int | None
    intelligence_index: float | None
    total_tokens: int | None = None
    input_modalities: str
    output_modalities: str
    created: date
    open_weights: bool
    tools: bool
    structured_outputs: bool
    reasoning: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ModalityRow(UnrankedRow):
    """The number of models and variants that take one modality and give another.

    Attributes:
        input_models, output_models: how many take the one, and how many give the other, with whatever else.
    """

    input_modality: str
    output_modality: str
    models: int
    input_models: int
    output_models: int


def listed(facts: Facts[ModelRow]) -> list[ModelRow]:
    """Return the catalog's models without aliases, each id once, by id."""
    rows = {row.id: row for row in facts.rows if not row.is_alias}
    return [rows[id_] for id_ in sorted(rows)]


def created(row: ModelRow | ListingHistory) -> date:
    """Return the UTC day the model was added."""
    return datetime.fromtimestamp(row.created, UTC).date()


_MODALITIES = ("text", "image", "file", "audio", "video")
"""The order in which modalities are named; others follow by name."""


def modalities_in_words(modalities: Iterable[str]) -> str:
    """Return ``text, image, file``: in the same order for every model, for the source has none."""

    def place(modality: str) -> tuple[int, str]:
        if modality in _MODALITIES:
            return _MODALITIES.index(modality), modality
        return len(_MODALITIES), modality

    ordered = sorted(modalities, key=place)
    return ", ".join(formats.sanitize(modality) for modality in ordered)


def boards(sources: Sources) -> Iterator[AnyBoard]:
    """Yield the whole catalog with use and score beside it, and the modalities."""
    facts = required(sources.catalogue)
    rows = listed(facts)
    yield _catalogue(rows, facts, sources)
    yield _modalities(rows, facts)


_COLUMNS = (
    Column("rank", "Rank", "rank", "Rank of the listing by tokens over seven days"),
    token_columns.MODEL,
    price_columns.PROMPT,
    price_columns.COMPLETION,
    price_columns.CONTEXT,
    Column("intelligence_index", "Intelligence", "score", "Artificial Analysis index"),
    Column("total_tokens", "Tokens, 7 days", "tokens"),
    Column("input_modalities", "Input types", "text"),
    Column("output_modalities", "Output types", "text"),
    Column("created", "Added", "day", "UTC day on which OpenRouter added it"),
    Column(
        "open_weights",
        "Open weights",
        "flag",
        "Whether the entry names its weights on Hugging Face",
        in_table=False,
    ),
    Column("tools", "Tools", "flag", "Whether it can call tools", in_table=False),
    Column(
        "structured_outputs",
        "Structured output",
        "flag",
        "Whether its output can follow a JSON schema",
        in_table=False,
    ),
    Column("reasoning", "Reasoning", "flag", "Whether it can reason first", in_table=False),
)


def _catalogue(
    entries: Sequence[ModelRow], facts: Facts[ModelRow], sources: Sources
) -> Board[CatalogueRow]:
    used: Mapping[str, ModelUseRow] = {}
    use: Sequence[Citation] = ()
    # The board is made without use and scores, too: they stand beside the listings that have them.
    week = sources.boards.find(models_used.WEEK, ModelUseRow)
    if week is not None:
        used = {row.model_permaslug.id: row for row in week.ranked}
        use = week.citations
    indices = best_indices(sources.analysis, sources.names)
    measured = _measured(entries, indices)
    rows = [_row(entry, sources.names, used, measured) for entry in entries]
    rows.sort(key=_most_used_then_name)

    sourced = joined_credits(facts, use, sources.analysis)
    return Board(
        id=ID,
        title="All models: prices, context and rankings",
        columns=_COLUMNS,
        models="model_permaslug",
        phone=("model_permaslug", "prompt", "completion", "intelligence_index"),
        rows=tuple(rows),
        citations=sourced.citations,
        datasets=sourced.datasets,
        finding=finding(rows),
        notes=(
            "Router prices vary by the model chosen, so routers are not ranked by price.",
            "Rank and tokens cover the last seven days; they are blank if the model was in no daily top 50.",
        ),
        scope=SCOPE,
        processing="Prices are shown per million tokens; rank, tokens and score are joined by canonical slug.",
    )


def joined_credits(
    catalogue: Facts[ModelRow], use: Sequence[Citation], analysis: Facts[AnalysisRow] | None
) -> Credits:
    """Return the sources of a board of the catalog with use and scores beside it.

    Args:
        use: the credits of the daily tokens, empty where none are held.
    """
    sourced = Credits()
    sourced.add(NAME, *catalogue.citations[:1])
    if use:
        sourced.add(rankings_daily.NAME, *use)
    if analysis:
        sourced.add(ARTIFICIAL_ANALYSIS.name, *analysis.citations)
    return sourced


def _measured(entries: Sequence[ModelRow], indices: Mapping[str, float]) -> dict[str, float]:
    """Return by id the index of each listing that was measured: the plain one of a model, else all that it has."""
    plain = {entry.canonical_slug for entry in entries if not Slug.parse(entry.id).is_variant}
    measured: dict[str, float] = {}
    for entry in entries:
        is_beside_plain = Slug.parse(entry.id).is_variant and entry.canonical_slug in plain
        if entry.canonical_slug in indices and not is_beside_plain:
            measured[entry.id] = indices[entry.canonical_slug]
    return measured


def _row(
    entry: ModelRow,
    names: Names,
    used: Mapping[str, ModelUseRow],
    indices: Mapping[str, float],
) -> CatalogueRow:
    slug = listing_slug(entry.id, entry.canonical_slug)
    row = CatalogueRow(
        model_permaslug=names.model(slug),
        prompt=entry.pricing.prompt,
        completion=entry.pricing.completion,
        context_length=entry.context_length,
        intelligence_index=indices.get(entry.id),
        input_modalities=modalities_in_words(entry.architecture.input_modalities),
        output_modalities=modalities_in_words(entry.architecture.output_modalities),
        created=created(entry),
        open_weights=has_open_weights(entry),
        tools="tools" in entry.supported_parameters,
        structured_outputs="structured_outputs" in entry.supported_parameters,
        reasoning=bool(entry.reasoning) or "reasoning" in entry.supported_parameters,
    )
    use = used.get(slug)
    if use is None:
        return row
    return replace(row, rank=use.rank, total_tokens=use.total_tokens)


def has_open_weights(entry: ModelRow) -> bool:
    """Return whether an entry names its weights on Hugging Face."""
    return bool(entry.hugging_face_id)


def _most_used_then_name(row: CatalogueRow) -> tuple[float, str]:
    return row.rank or float("inf"), row.model_permaslug.name.casefold()


def finding(rows: Sequence[CatalogueRow]) -> str:
    """Return how many listings there are, how many of them are free, and their order; empty without any."""
    if not rows:
        return ""
    offered = models_and_variants(len(rows))
    free = [row for row in rows if is_free(row)]
    if len(rows) == 1:
        return f"{offered}, and it is {'free' if free else 'not free'}."
    count = f"{len(free):,}" if free else "none"
    # Phones have no room for the rank.
    order = "; the most used come first" if any(row.rank for row in rows) else ""
    return f"{offered}, {count} of them free{order}."


def is_free(listing: CatalogueRow | Pricing) -> bool:
    """Return whether neither input nor output costs anything."""
    return all(formats.decimal(price) == 0 for price in (listing.prompt, listing.completion))


def best_indices(scores: Facts[AnalysisRow] | None, names: Names) -> dict[str, float]:
    """Return the best intelligence index of each model by canonical slug, of all settings it was measured under."""
    best: dict[str, float] = {}
    if scores is None:
        return best
    for row in scores.rows:
        slug, index = names.canonical(row.model_permaslug), row.intelligence_index
        if index is not None and index > best.get(slug, -math.inf):
            best[slug] = index
    return best


def _modality_rows(entries: Iterable[ModelRow]) -> Iterator[ModalityRow]:
    """Yield each pair of input and output that some listing has, the most frequent first."""
    pairs: Counter[tuple[str, str]] = Counter()
    inputs: Counter[str] = Counter()
    outputs: Counter[str] = Counter()
    for entry in entries:
        taken = set(map(formats.sanitize, entry.architecture.input_modalities))
        given = set(map(formats.sanitize, entry.architecture.output_modalities))
        pairs.update(product(taken, given))
        inputs.update(taken)
        outputs.update(given)
    for into, out in sorted(pairs, key=lambda pair: (-pairs[pair], pair)):
        yield ModalityRow(
            input_modality=into,
            output_modality=out,
            models=pairs[into, out],
            input_models=inputs[into],
            output_models=outputs[out],
        )


def _modalities(entries: Sequence[ModelRow], facts: Facts[ModelRow]) -> Board[ModalityRow]:
    rows = list(_modality_rows(entries))
    taking_images = sum(1 for entry in entries if "image" in entry.architecture.input_modalities)
    return Board(
        id=BoardId("modalities"),
        title="Input and output modalities",
        columns=(
            Column("input_modality", "Input", "text"),
            Column("output_modality", "Output", "text"),
            Column("models", "Models", "integer"),
            Column("input_models", "With this input", "integer", "Whatever the output"),
            Column("output_models", "With this output", "integer", "Whatever the input"),
        ),
        phone=("input_modality", "output_modality", "models"),
        rows=tuple(rows),
        citations=facts.citations[:1],
        datasets=(NAME,),
        finding=modality_finding(rows, len(entries), taking_images),
        notes=("A model with several input or output modalities is counted under each.",),
        scope="Modalities as OpenRouter lists them.",
        processing="Counts are computed here.",
    )


def modality_finding(rows: Sequence[ModalityRow], listings: int, taking_images: int) -> str:
    """Return the most common pair of input and output and how many listings accept images, empty without any.

    Args:
        rows: the pairs.
        listings: all models and variants.
        taking_images: those that accept images.
    """
    if not listings:
        return ""
    of_all = f"of {models_and_variants(listings)}"
    accept = "accepts" if taking_images == 1 else "accept"
    images = f"{taking_images:,} {of_all} {accept} image input."
    common = sentences.at_top(rows, lambda row: row.models)
    if not common:
        return images

    pairs = sentences.listed([f"{row.input_modality} to {row.output_modality}" for row in common])
    count = f"{common[0].models:,} {of_all}"
    if len(common) == 1:
        return f"The most common pair is {pairs}: {count}. {images}"
    return f"The most common pairs are {pairs}: {count} each. {images}"


def models_and_variants(count: int) -> str:
    """Return ``401 models and variants``."""
    return formats.counted(count, "model or variant", "models and variants")


MAKER = BoardMaker(families=("catalogue", "modalities"), make=boards, needs=("catalogue",))
