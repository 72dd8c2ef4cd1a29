"""What is on offer: every model of the catalogue, and what goes in and comes out of them."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime

from generator.base import formats
from generator.base.attribution import Citation
from generator.boards.board import Board, Column, Row
from generator.boards.names import Names
from generator.endpoints import benchmarks
from generator.endpoints.endpoint import Facts
from generator.endpoints.models import NAME, ModelRow

SCOPE = "Prices are what OpenRouter lists right now, in US dollars; some change with the length of a prompt or the hour."


def listed(facts: Facts) -> list[ModelRow]:
    """The catalogue's models without aliases, each id once."""
    rows = {row.id: row for row in facts.rows if isinstance(row, ModelRow) and not row.is_alias}
    return [rows[id_] for id_ in sorted(rows)]


def boards(
    facts: Facts, names: Names, usage: Board | None, scores: Facts | None
) -> Iterator[Board]:
    """The whole catalogue with use and score beside it, and the modalities."""
    rows = listed(facts)
    yield _catalogue(rows, facts, names, usage, scores)
    yield _modalities(rows, facts)


def created(row: ModelRow) -> date | None:
    """The UTC day the model was added; None for what cannot be a date."""
    try:
        return datetime.fromtimestamp(row.created, UTC).date()
    except (OverflowError, ValueError, OSError):
        return None


_KINDS = ("text", "image", "file", "audio", "video")


def in_order(modalities: Iterable[str]) -> str:
    """``text, image, file``: every model's in the same order, for the source has none."""
    ordered = sorted(
        modalities, key=lambda one: (_KINDS.index(one) if one in _KINDS else len(_KINDS), one)
    )
    return ", ".join(map(formats.sanitize, ordered))


def _catalogue(
    rows: list[ModelRow], facts: Facts, names: Names, usage: Board | None, scores: Facts | None
) -> Board:
    used = {row.entity("model_permaslug").id: row for row in usage.ranked} if usage else {}
    indices = _indices(scores, names)
    found = [_row(row, names, used, indices) for row in rows]
    found.sort(
        key=lambda row: (
            row.number("rank") or float("inf"),
            row.entity("model_permaslug").name.casefold(),
        )
    )
    citations: list[Citation] = [*facts.citations[:1]]
    datasets = [NAME]
    if usage:
        citations += usage.citations
        datasets += usage.datasets
    if scores:
        citations += scores.citations
        datasets.append(benchmarks.ARTIFICIAL_ANALYSIS.name)
    free = sum(
        1
        for row in rows
        if formats.decimal(row.pricing.prompt) == 0 == formats.decimal(row.pricing.completion)
    )
    return Board(
        id="catalogue",
        title="Which models are on offer?",
        columns=_COLUMNS,
        rows=tuple(found),
        citations=tuple(dict.fromkeys(citations)),
        datasets=tuple(datasets),
        finding=f"{len(rows)} models and variants are on offer, {free} of them free.",
        notes=(
            "A price of a router varies with the model it chooses; it is never ranked.",
            "Rank and tokens are of the last seven days; without them the model was outside every daily top fifty.",
        ),
        scope=SCOPE,
        processing="Prices are shown per million tokens; rank, tokens and score are joined by canonical slug.",
    )


def _row(row: ModelRow, names: Names, used: Mapping[str, Row], indices: Mapping[str, float]) -> Row:
    variant = row.id.partition(":")[2]
    slug = f"{row.canonical_slug}:{variant}" if variant else row.canonical_slug
    use = used.get(slug)
    return Row(
        {
            "model_permaslug": names.model(slug),
            "prompt": row.pricing.prompt,
            "completion": row.pricing.completion,
            "context_length": row.context_length,
            "input_modalities": in_order(row.architecture.input_modalities),
            "output_modalities": in_order(row.architecture.output_modalities),
            "created": created(row),
            "rank": use["rank"] if use else None,
            "total_tokens": use["total_tokens"] if use else None,
            "intelligence_index": None if variant else indices.get(row.canonical_slug),
        },
        "unranked",
    )


_COLUMNS = (
    Column("rank", "Rank", "rank", "Place by tokens over seven days"),
    Column("model_permaslug", "Model", "entity"),
    Column("prompt", "Input", "price", "US dollars per million input tokens"),
    Column("completion", "Output", "price", "US dollars per million output tokens"),
    Column("context_length", "Context", "context", "Tokens of context"),
    Column("intelligence_index", "Intelligence", "score", "Artificial Analysis index"),
    Column("total_tokens", "Tokens, 7 days", "tokens"),
    Column("input_modalities", "In", "text", minor=True),
    Column("output_modalities", "Out", "text", minor=True),
    Column("created", "Added", "day", "UTC day on which OpenRouter added it", minor=True),
)


def _indices(scores: Facts | None, names: Names) -> dict[str, float]:
    """The best index of each model: one can be measured under several settings."""
    best: dict[str, float] = {}
    for row in scores.rows if scores else ():
        if isinstance(row, benchmarks.AnalysisRow) and row.intelligence_index is not None:
            slug = names.canonical(row.model_permaslug)
            best[slug] = max(best.get(slug, row.intelligence_index), row.intelligence_index)
    return best


def _modalities(rows: list[ModelRow], facts: Facts) -> Board:
    pairs = Counter(
        (formats.sanitize(into), formats.sanitize(out))
        for row in rows
        for into in sorted(set(row.architecture.input_modalities))
        for out in sorted(set(row.architecture.output_modalities))
    )
    ordered = sorted(pairs.items(), key=lambda item: (-item[1], item[0]))
    return Board(
        id="modalities",
        title="What goes in, and what comes out?",
        columns=(
            Column("input_modality", "In", "text"),
            Column("output_modality", "Out", "text"),
            Column("models", "Models", "integer"),
        ),
        rows=tuple(
            Row({"input_modality": into, "output_modality": out, "models": count}, "unranked")
            for (into, out), count in ordered
        ),
        citations=facts.citations[:1],
        datasets=(NAME,),
        finding=_modality_finding(rows),
        notes=("A model that takes or gives several kinds is counted under each.",),
        scope="Modalities as the catalogue states them.",
        processing="Counts are computed here.",
    )


def _modality_finding(rows: list[ModelRow]) -> str:
    seeing = sum(1 for row in rows if "image" in row.architecture.input_modalities)
    return f"{seeing} of {len(rows)} models and variants take images." if rows else ""
