"""What the published tables promise: JSON Schema and Data Package descriptions of their columns."""

from typing import Any

from generator.endpoints.endpoint import Endpoint

_INTEGERS = frozenset(
    {
        "rank",
        "app_id",
        "total_requests",
        "created",
        "context_length",
        "max_completion_tokens",
        "total_tasks",
    }
)
_NUMBERS = (
    "_share",
    "_index",
    "elo",
    "win_rate",
    "_ms",
    "accuracy",
    "primary_score",
    "_per_task",
    "_stddev",
)


def latest(endpoint: Endpoint) -> dict[str, Any]:
    """JSON Schema (2020-12) of the dataset's ``latest.json``."""
    text = {"type": "string"}
    row = {name: {**_type(name), "description": about} for name, about in endpoint.columns}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": endpoint.title,
        "description": endpoint.about,
        "type": "object",
        "required": ["citation", "as_of", "license", "dataset", "snapshot_date", "rows"],
        "properties": {
            "citation": text,
            "as_of": text,
            "license": text,
            "dataset": {"const": endpoint.name},
            "snapshot_date": {"type": "string", "format": "date"},
            "rows": {"type": "array", "items": {"type": "object", "properties": row}},
        },
    }


def _type(name: str) -> dict[str, Any]:
    if name in _INTEGERS or name.startswith("tournament_stats."):
        return {"type": ["integer", "null"]}
    if name.endswith(_NUMBERS) or name == "run_config.temperature":
        return {"type": ["number", "null"]}
    if name == "run_config.max_agent_turns":
        return {"type": ["integer", "null"]}
    return {"type": ["string", "null"]}


def resource(endpoint: Endpoint) -> dict[str, Any]:
    """The dataset's ``latest.csv`` as a resource of a Frictionless data package."""
    kinds = {"integer": "integer", "number": "number", "string": "string"}
    fields = [
        {"name": name, "type": kinds[_type(name)["type"][0]], "description": about}
        for name, about in endpoint.columns
    ]
    credit = [{"name": name, "type": "string"} for name in ("citation", "as_of", "license")]
    return {
        "name": endpoint.name,
        "title": endpoint.title,
        "description": endpoint.about,
        "path": f"{endpoint.name}/latest.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {"fields": [*fields, *credit], "missingValues": [""]},
    }
