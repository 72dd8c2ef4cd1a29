"""/benchmarks: scores from three sources, each a dataset of its own.

The source is always sent: it is optional, but with it the reply names its citation. ``max_results`` is never
sent: without it every row comes.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

import msgspec

from generator.base import attribution
from generator.endpoints import columns, parsing
from generator.endpoints.endpoint import Call, Endpoint, HeldState, Parsed, Reply, RowT
from generator.endpoints.ordering import Record, largest_first

PATH = "/benchmarks"
ARENAS = ("models", "builders", "agents")
_TRUNCATIONS = (50, 100)
"""Lengths of a list at which an API may have cut it without a word."""


class Pricing(msgspec.Struct, frozen=True):
    """US dollars per token, as decimal strings."""

    prompt: parsing.Decimal
    completion: parsing.Decimal


class Tournaments(msgspec.Struct, frozen=True):
    """The tournaments in which a model came first to fourth, and all that it took part in."""

    first_place: parsing.Count | None = None
    second_place: parsing.Count | None = None
    third_place: parsing.Count | None = None
    fourth_place: parsing.Count | None = None
    total: parsing.Count | None = None


class AnalysisRow(msgspec.Struct, frozen=True):
    """Artificial Analysis: three composite indices, higher is better, each possibly not measured."""

    source: str
    model_permaslug: parsing.Name
    display_name: str
    intelligence_index: parsing.Score | None
    coding_index: parsing.Score | None
    agentic_index: parsing.Score | None
    pricing: Pricing | None = None


class ArenaRow(msgspec.Struct, frozen=True):
    """Design Arena: one model in one category of one arena; ``win_rate`` is in percent."""

    source: str
    model_permaslug: parsing.Name
    display_name: str
    arena: parsing.Name
    category: parsing.Name
    elo: parsing.Elo
    win_rate: parsing.Percent
    avg_generation_time_ms: parsing.Milliseconds | None = None
    tournament_stats: Tournaments | None = None
    pricing: Pricing | None = None


class EvalRow(msgspec.Struct, frozen=True):
    """OpenRouter's own evaluations, classic form: ``accuracy`` is a fraction."""

    source: str
    model_permaslug: parsing.Name
    display_name: str
    benchmark_type: parsing.Name
    accuracy: parsing.Share
    total_tasks: parsing.Count
    last_run_timestamp: str
    accuracy_stddev: parsing.Amount | None = None
    avg_cost_per_task: parsing.Amount | None = None


class RunConfig(msgspec.Struct, frozen=True):
    """The settings of a search evaluation."""

    max_agent_turns: parsing.Count | None = None
    reasoning_effort: str | None = None
    temperature: parsing.Amount | None = None


class SearchRow(msgspec.Struct, frozen=True):
    """OpenRouter's own evaluations, search form: ``primary_score`` is a fraction."""

    source: str
    model_permaslug: parsing.Name
    display_name: str
    benchmark_type: parsing.Name
    primary_metric: str
    primary_score: parsing.Share
    total_tasks: parsing.Count
    last_run_timestamp: str
    search_engine: str | None = None
    search_surface: str | None = None
    avg_cost_per_task: parsing.Amount | None = None
    avg_latency_per_task_ms: parsing.Milliseconds | None = None
    run_config: RunConfig | None = None


Params = tuple[tuple[str, str], ...]


def _analysis_type(item: Mapping[str, Any]) -> type[AnalysisRow] | None:
    return AnalysisRow if item.get("source") == "artificial-analysis" else None


def _arena_type(item: Mapping[str, Any]) -> type[ArenaRow] | None:
    return ArenaRow if item.get("source") == "design-arena" else None


def _evaluation_type(item: Mapping[str, Any]) -> type[EvalRow | SearchRow] | None:
    if item.get("source") != "openrouter":
        return None
    if "primary_score" in item:
        return SearchRow
    if "accuracy" in item:
        return EvalRow
    return None


def _parse(source: str, row_type_of: parsing.RowTypeOf[RowT], reply: Reply) -> Parsed[RowT]:
    meta = parsing.meta(reply)
    items = parsing.member(reply, "data", list, "a list")
    scores = parsing.rows_of_kinds(reply, items, row_type_of)

    noticed = list(scores.noticed)
    if len(items) in _TRUNCATIONS:
        noticed.append(
            f"{reply.call.dataset}: exactly {len(items)} rows came, the list may have been cut"
        )
    citation = attribution.benchmark(
        source, meta["as_of"], _text(meta, "citation"), _text(meta, "source_url")
    )
    return Parsed(scores.rows, citation, None, scores.set_aside, tuple(noticed))


def _parse_analysis(reply: Reply) -> Parsed[AnalysisRow]:
    return _parse("artificial-analysis", _analysis_type, reply)


def _parse_arena(reply: Reply) -> Parsed[ArenaRow]:
    return _parse("design-arena", _arena_type, reply)


def _parse_evaluations(reply: Reply) -> Parsed[EvalRow | SearchRow]:
    return _parse("openrouter", _evaluation_type, reply)


def _text(meta: Mapping[str, Any], name: str) -> str | None:
    value = meta.get(name)
    return value if isinstance(value, str) and value else None


def _calls(name: str, sources: Sequence[Params], _today: date, _state: HeldState) -> list[Call]:
    # Of the sources several lists are asked for only of Design Arena: one for each arena.
    return [Call(name, PATH, params, separable=number > 0) for number, params in enumerate(sources)]


def table(row: msgspec.Struct) -> list[dict[str, object]]:
    """Return a row as one flat record: members of nested objects have the path as their name."""
    record: dict[str, object] = {}
    for name, value in msgspec.structs.asdict(row).items():
        nested_type = _NESTED.get(name)
        if nested_type is None:
            record[name] = value
            continue
        for part in nested_type.__struct_fields__:
            record[f"{name}.{part}"] = getattr(value, part, None)
    return [record]


def _key(row: RowT) -> tuple[RowT]:
    """Return the whole row: a model can have several under one name, one for each of its settings."""
    return (row,)


def _analysis_order(record: Record) -> tuple[object, ...]:
    score = largest_first(record["intelligence_index"])
    return (score, record["model_permaslug"], record["display_name"])


def _arena_order(record: Record) -> tuple[object, ...]:
    names = ("model_permaslug", "display_name")
    rating = largest_first(record["elo"])
    return (record["arena"], record["category"], rating, *(record[name] for name in names))


def _evaluation_order(record: Record) -> tuple[object, ...]:
    score = largest_first(record.get("accuracy", record.get("primary_score")))
    return (record["benchmark_type"], score, record["model_permaslug"], record["display_name"])


_NESTED: dict[str, type[msgspec.Struct]] = {
    "pricing": Pricing,
    "tournament_stats": Tournaments,
    "run_config": RunConfig,
}
# The bounds of Score, Amount and Milliseconds in the row types above.
_SCORE = columns.Limits(least=-1e4, most=1e4)
_AMOUNT = columns.Limits(least=0, most=1e6)
_MILLISECONDS = columns.Limits(least=0, most=1e9)
_MODEL = (
    columns.text("source", "who measured", always=True, least=1),
    columns.text(
        "model_permaslug",
        "the model's permanent slug, or the source's own id where it is not mapped",
        always=True,
        least=1,
    ),
    columns.text(
        "display_name",
        "the name the source gives it; one permaslug can occur under several",
        always=True,
    ),
)
_PRICES = (
    columns.decimal("pricing.prompt", "US dollars per input token, an exact decimal"),
    columns.decimal("pricing.completion", "US dollars per output token, an exact decimal"),
)

ARTIFICIAL_ANALYSIS = Endpoint(
    name="benchmarks-artificial-analysis",
    title="Artificial Analysis indices",
    about="Three composite indices per model: intelligence, coding and agentic work.",
    calls=partial(_calls, "benchmarks-artificial-analysis", [(("source", "artificial-analysis"),)]),
    parse=_parse_analysis,
    key=_key,
    table=table,
    key_columns=("model_permaslug", "display_name"),
    order=_analysis_order,
    model_column="model_permaslug",
    moves_daily=False,
    columns=(
        *_MODEL,
        columns.number(
            "intelligence_index",
            "composite index, higher is better; empty where not measured",
            **_SCORE,
        ),
        columns.number("coding_index", "the same, for coding", **_SCORE),
        columns.number("agentic_index", "the same, for agentic work", **_SCORE),
        *_PRICES,
    ),
)

DESIGN_ARENA = Endpoint(
    name="benchmarks-design-arena",
    title="Design Arena ratings",
    about="Elo ratings from blind votes on designs, per arena and category.",
    calls=partial(
        _calls,
        "benchmarks-design-arena",
        [(("source", "design-arena"), ("arena", arena)) for arena in ARENAS],
    ),
    parse=_parse_arena,
    key=_key,
    table=table,
    key_columns=("arena", "category", "model_permaslug", "display_name"),
    order=_arena_order,
    model_column="model_permaslug",
    list_of=lambda row: row.arena,
    moves_daily=False,
    columns=(
        *_MODEL,
        columns.text("arena", "models, builders or agents", always=True, least=1),
        columns.text("category", "what was designed; an open set", always=True, least=1),
        columns.number(
            "elo",
            "rating; a 100-point lead means winning about 64%",
            always=True,
            least=-1e4,
            most=1e5,
        ),
        columns.number("win_rate", "percent of comparisons won", always=True, least=0, most=100),
        columns.number(
            "avg_generation_time_ms", "average generation time in milliseconds", **_MILLISECONDS
        ),
        columns.integer(
            "tournament_stats.first_place", "tournaments in which it came first", least=0
        ),
        columns.integer("tournament_stats.second_place", "second", least=0),
        columns.integer("tournament_stats.third_place", "third", least=0),
        columns.integer("tournament_stats.fourth_place", "fourth", least=0),
        columns.integer("tournament_stats.total", "tournaments in all", least=0),
        *_PRICES,
    ),
)

OPENROUTER = Endpoint(
    name="benchmarks-openrouter",
    title="OpenRouter evaluations",
    about="OpenRouter's own evaluations: classic benchmarks and web search.",
    calls=partial(
        _calls,
        "benchmarks-openrouter",
        [(("source", "openrouter"), ("include_run_config", "true"))],
    ),
    parse=_parse_evaluations,
    key=_key,
    table=table,
    key_columns=(
        "model_permaslug",
        "display_name",
        "benchmark_type",
        "search_engine",
        "search_surface",
        "run_config.max_agent_turns",
        "run_config.reasoning_effort",
        "run_config.temperature",
    ),
    order=_evaluation_order,
    model_column="model_permaslug",
    may_be_empty=True,
    moves_daily=False,
    columns=(
        *_MODEL,
        columns.text("benchmark_type", "which evaluation", always=True, least=1),
        columns.number("accuracy", "fraction correct (classic evaluations)", least=0, most=1),
        columns.number("accuracy_stddev", "standard deviation over runs", **_AMOUNT),
        columns.text("primary_metric", "what the primary score is (search evaluations)"),
        columns.number(
            "primary_score", "fraction, higher is better (search evaluations)", least=0, most=1
        ),
        columns.integer("total_tasks", "tasks run", always=True, least=0),
        columns.number("avg_cost_per_task", "US dollars", **_AMOUNT),
        columns.number("avg_latency_per_task_ms", "milliseconds", **_MILLISECONDS),
        columns.text("search_engine", "engine used"),
        columns.text("search_surface", "how the engine was offered"),
        columns.integer("run_config.max_agent_turns", "limit on turns", least=0),
        columns.text("run_config.reasoning_effort", "as configured"),
        columns.number("run_config.temperature", "as configured", **_AMOUNT),
        columns.time("last_run_timestamp", "when it last ran", always=True),
    ),
)
