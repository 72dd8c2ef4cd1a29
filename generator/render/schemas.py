"""What the published tables promise: JSON Schema and Data Package descriptions of their columns."""

from typing import Any

from generator.endpoints.columns import ColumnType
from generator.endpoints.endpoint import AnyEndpoint

_JSON_TYPES = {
    ColumnType.INTEGER: "integer",
    ColumnType.NUMBER: "number",
    ColumnType.DECIMAL: "string",
    ColumnType.TOKENS: "string",
    ColumnType.DATE: "string",
    ColumnType.TIME: "string",
    ColumnType.TEXT: "string",
    ColumnType.TEXT_LIST: "string",
}
"""The same names serve JSON Schema and Frictionless."""


def latest(endpoint: AnyEndpoint) -> dict[str, Any]:
    """JSON Schema (2020-12) of the dataset's ``latest.json``."""
    text = {"type": "string"}
    row = {
        column.name: {"type": [_JSON_TYPES[column.type], "null"], "description": column.about}
        for column in endpoint.columns
    }
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


def resource(endpoint: AnyEndpoint) -> dict[str, Any]:
    """The dataset's ``latest.csv`` as a resource of a Frictionless data package."""
    fields = [
        {"name": column.name, "type": _JSON_TYPES[column.type], "description": column.about}
        for column in endpoint.columns
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
