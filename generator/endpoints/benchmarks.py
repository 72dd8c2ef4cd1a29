"""/benchmarks: scores from three sources, each a dataset of its own.

The source is always sent: it is optional, but with it the reply names its citation. ``max_results`` never
is: absent, every row comes.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import msgspec

from generator.base import attribution
from generator.endpoints import parsing
from generator.endpoints.endpoint import Call, Endpoint, HeldState, Parsed, Reply

PATH = "/benchmarks"
ARENAS = ("models", "builders", "agents")
_TRUNCATIONS = (50, 100)


class Pricing(msgspec.Struct, frozen=True):
    """US dollars per token, as decimal strings."""

    prompt: parsing.Decimal
    completion: parsing.Decimal


class Tournaments(msgspec.Struct, frozen=True):
    """How often a model came first to fourth, and of how many tournaments."""

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
    """How a search evaluation was run."""

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


Shape = Callable[[Mapping[str, Any]], type[msgspec.Struct] | None]


def _only(source: str, kind: type[msgspec.Struct]) -> Shape:
    return lambda item: kind if item.get("source") == source else None


def _eval(item: Mapping[str, Any]) -> type[msgspec.Struct] | None:
    if item.get("source") != "openrouter":
        return None
    return SearchRow if "primary_score" in item else EvalRow if "accuracy" in item else None


def _parse(source: str, shape: Shape) -> Callable[[Reply], Parsed]:
    def parse(reply: Reply) -> Parsed:
        meta = parsing.meta(reply)
        items = parsing.member(reply, "data", list, "a list")
        found = parsing.rows(reply, items, shape)
        noticed = list(found.noticed)
        if len(items) in _TRUNCATIONS:
            noticed.append(
                f"{reply.call.dataset}: exactly {len(items)} rows came, the list may have been cut"
            )
        citation = attribution.benchmark(
            source, meta["as_of"], _text(meta, "citation"), _text(meta, "source_url")
        )
        return Parsed(found.rows, citation, None, found.set_aside, tuple(noticed))

    return parse


def _text(meta: Mapping[str, Any], name: str) -> str | None:
    value = meta.get(name)
    return value if isinstance(value, str) and value else None


def _calls(
    name: str, *params: tuple[tuple[str, str], ...]
) -> Callable[[date, HeldState], list[Call]]:
    return lambda _today, _held: [Call(name, PATH, one) for one in params]


def _flat(row: msgspec.Struct) -> list[dict[str, Any]]:
    """A row as one flat record: members of nested objects get the path as their name."""
    record: dict[str, Any] = {}
    for name in row.__struct_fields__:
        value = getattr(row, name)
        nested = _NESTED.get(name)
        if nested is None:
            record[name] = value
        else:
            for part in nested.__struct_fields__:
                record[f"{name}.{part}"] = getattr(value, part) if value is not None else None
    return [record]


_NESTED: dict[str, type[msgspec.Struct]] = {
    "pricing": Pricing,
    "tournament_stats": Tournaments,
    "run_config": RunConfig,
}
_MODEL = (
    ("source", "who measured"),
    (
        "model_permaslug",
        "the model's permanent slug, or the source's own id where it is not mapped",
    ),
    ("display_name", "the name the source gives it; one permaslug can occur under several"),
)
_PRICES = (
    ("pricing.prompt", "US dollars per input token, an exact decimal"),
    ("pricing.completion", "US dollars per output token, an exact decimal"),
)

ARTIFICIAL_ANALYSIS = Endpoint(
    name="benchmarks-artificial-analysis",
    title="Artificial Analysis indices",
    about="Three composite indices per model: intelligence, coding and agentic work.",
    calls=_calls("benchmarks-artificial-analysis", (("source", "artificial-analysis"),)),
    parse=_parse("artificial-analysis", _only("artificial-analysis", AnalysisRow)),
    key=lambda row: (row.model_permaslug, row.display_name),
    table=_flat,
    columns=(
        *_MODEL,
        ("intelligence_index", "composite index, higher is better; empty where not measured"),
        ("coding_index", "the same, for coding"),
        ("agentic_index", "the same, for agentic work"),
        *_PRICES,
    ),
)

DESIGN_ARENA = Endpoint(
    name="benchmarks-design-arena",
    title="Design Arena ratings",
    about="Elo ratings from blind votes on designs, per arena and category.",
    calls=_calls(
        "benchmarks-design-arena",
        *((("source", "design-arena"), ("arena", arena)) for arena in ARENAS),
    ),
    parse=_parse("design-arena", _only("design-arena", ArenaRow)),
    key=lambda row: (row.arena, row.category, row.model_permaslug, row.display_name),
    table=_flat,
    columns=(
        *_MODEL,
        ("arena", "models, builders or agents"),
        ("category", "what was designed; an open set"),
        ("elo", "rating; 100 points are about 64 wins in 100"),
        ("win_rate", "percent of comparisons won"),
        ("avg_generation_time_ms", "mean milliseconds to a design"),
        ("tournament_stats.first_place", "tournaments in which it came first"),
        ("tournament_stats.second_place", "second"),
        ("tournament_stats.third_place", "third"),
        ("tournament_stats.fourth_place", "fourth"),
        ("tournament_stats.total", "tournaments in all"),
        *_PRICES,
    ),
)

OPENROUTER = Endpoint(
    name="benchmarks-openrouter",
    title="OpenRouter evaluations",
    about="OpenRouter's own evaluations: classic benchmarks and web search.",
    calls=_calls(
        "benchmarks-openrouter", (("source", "openrouter"), ("include_run_config", "true"))
    ),
    parse=_parse("openrouter", _eval),
    key=lambda row: (
        row.model_permaslug,
        row.display_name,
        row.benchmark_type,
        getattr(row, "search_engine", None),
        getattr(row, "search_surface", None),
    ),
    table=_flat,
    may_be_empty=True,
    columns=(
        *_MODEL,
        ("benchmark_type", "which evaluation"),
        ("accuracy", "fraction right (classic evaluations)"),
        ("accuracy_stddev", "standard deviation over runs"),
        ("primary_metric", "what the primary score is (search evaluations)"),
        ("primary_score", "fraction, higher is better (search evaluations)"),
        ("total_tasks", "tasks run"),
        ("avg_cost_per_task", "US dollars"),
        ("avg_latency_per_task_ms", "milliseconds"),
        ("search_engine", "engine used"),
        ("search_surface", "how the engine was offered"),
        ("run_config.max_agent_turns", "limit on turns"),
        ("run_config.reasoning_effort", "as configured"),
        ("run_config.temperature", "as configured"),
        ("last_run_timestamp", "when it last ran"),
    ),
)
