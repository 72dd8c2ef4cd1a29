"""What the published tables promise: JSON Schema and Data Package descriptions of their columns."""

from collections.abc import Mapping, Sequence
from typing import Any

from generator.archive.tables import CONFIRMED, TIMES
from generator.base import attribution, tabular
from generator.base.attribution import Citation
from generator.base.tabular import CREDIT_COLUMNS
from generator.endpoints import columns, rankings_daily
from generator.endpoints.columns import DECIMAL_PATTERN, LARGEST_INTEGER, Column, ColumnType
from generator.endpoints.endpoint import AnyEndpoint
from generator.render.latest import Checksum

MODEL_NAME = columns.text(
    "model_name", "the model's name in the newest catalog; empty where none names it", least=1
)
MODEL_AUTHOR = columns.text("model_author", "the author in the model's slug", least=1)
REVISION_COLUMNS: tuple[Column, ...] = (
    *rankings_daily.ENDPOINT.columns[:2],
    columns.tokens(
        "tokens_before", "as stated before; empty where the day did not name the listing"
    ),
    columns.tokens("tokens_after", "as stated since; empty where the day no longer names it"),
    columns.date("snapshot_date", "The snapshot that states the later number", always=True),
    columns.flag(
        rankings_daily.PROVISIONAL, "true where that snapshot came while the day may still change"
    ),
)
"""The columns of ``revisions.csv``."""
_HISTORY_ABOUT = (
    "Every row as it was stated, and from when until when: those stated up to a day (stated_on) and not superseded "
    "up to it (superseded_on) are the dataset as known on that day; those that nothing has superseded are the newest."
)
_DIALECT = "https://json-schema.org/draft/2020-12/schema"

# Validators may take a format for a remark, so a pattern stands beside each.
DAY: Mapping[str, Any] = {
    "type": "string",
    "format": "date",
    "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
}
TIME: Mapping[str, Any] = {
    "type": "string",
    "format": "date-time",
    "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$",
}
AS_OF: Mapping[str, Any] = {
    "type": "string",
    "description": "a time or a day in the words of the source",
    "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9:.,]+(Z|[+-][0-9:.]+)?)?$",
}
TEXT: Mapping[str, Any] = {"type": "string"}
FILLED: Mapping[str, Any] = {"type": "string", "minLength": 1}
COUNT: Mapping[str, Any] = {"type": "integer", "minimum": 0, "maximum": LARGEST_INTEGER}
FLAG: Mapping[str, Any] = {"type": "boolean"}
SHA256: Mapping[str, Any] = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
FILE_NAME: Mapping[str, Any] = {"type": "string", "pattern": "^[^/]+$"}

_JSON_TYPES: Mapping[ColumnType, Mapping[str, Any]] = {
    ColumnType.INTEGER: {
        "type": "integer",
        "minimum": -LARGEST_INTEGER - 1,
        "maximum": LARGEST_INTEGER,
    },
    ColumnType.NUMBER: {"type": "number"},
    ColumnType.DECIMAL: {"type": "string", "pattern": f"^{DECIMAL_PATTERN}$"},
    ColumnType.TOKENS: {"type": "string", "pattern": "^[0-9]{1,20}$"},
    ColumnType.DATE: DAY,
    ColumnType.TIME: TEXT,
    ColumnType.FLAG: FLAG,
    ColumnType.TEXT: TEXT,
    ColumnType.TEXT_LIST: TEXT,
}
_FRICTIONLESS_TYPES = {
    ColumnType.INTEGER: "integer",
    ColumnType.NUMBER: "number",
    # Both are exact: a Table Schema number is decimal text, an integer has no largest one.
    ColumnType.DECIMAL: "number",
    ColumnType.TOKENS: "integer",
    ColumnType.DATE: "date",
    ColumnType.TIME: "string",
    ColumnType.FLAG: "boolean",
    ColumnType.TEXT: "string",
    ColumnType.TEXT_LIST: "string",
}
_TEXTS = (ColumnType.TIME, ColumnType.TEXT, ColumnType.TEXT_LIST)


def record(
    required: Mapping[str, Mapping[str, Any]],
    optional: Mapping[str, Mapping[str, Any]] | None = None,
) -> dict[str, Any]:
    """Return the schema of an object with these members and no others."""
    return {
        "type": "object",
        "properties": {**required, **(optional or {})},
        "required": list(required),
        "additionalProperties": False,
    }


def items(item: Mapping[str, Any], **limits: int) -> dict[str, Any]:
    """Return the schema of a list."""
    return {"type": "array", "items": dict(item), **limits}


def or_null(schema: Mapping[str, Any]) -> dict[str, Any]:
    """Return the schema of a value that may be missing."""
    return {**schema, "type": [schema["type"], "null"]}


def document(title: str, about: str, schema: Mapping[str, Any]) -> dict[str, Any]:
    """Return a whole JSON Schema (2020-12) of one file."""
    return {"$schema": _DIALECT, "title": title, "description": about, **schema}


CITATION = record({"text": FILLED, "url": or_null(TEXT), "as_of": AS_OF, "license": FILLED})
CREDIT: Mapping[str, Mapping[str, Any]] = {
    "citation": FILLED,
    "as_of": AS_OF,
    "license": FILLED,
    "citations": items(CITATION, minItems=1),
}
"""The members at the top of every published JSON document."""


def dataset_top(dataset: str) -> dict[str, Mapping[str, Any]]:
    """Return the members at the top of a JSON file about one dataset."""
    return {
        **CREDIT,
        "license_url": or_null(TEXT),
        "schema_version": {"const": 1},
        "dataset": {"const": dataset},
        "snapshot_date": DAY,
    }


def latest(endpoint: AnyEndpoint) -> dict[str, Any]:
    """Return the JSON Schema of the dataset's ``latest.json``."""
    # Where the replies differ in their as_of, each row states its own.
    row = record(_members(endpoint.columns), {"as_of": AS_OF})
    members = {**dataset_top(endpoint.name), "stale": FLAG, "rows": items(row)}
    return document(endpoint.title, endpoint.about, record(members))


def history_columns(endpoint: AnyEndpoint) -> tuple[Column, ...]:
    """Return the columns of the dataset's history: those of its newest table, its times, and its models' names."""
    table = list(endpoint.columns)
    if endpoint.row_day is not None:
        table.append(CONFIRMED)
    table += TIMES
    if endpoint.model_column:
        table += (MODEL_NAME, MODEL_AUTHOR)
    return tuple(table)


def history(endpoint: AnyEndpoint) -> dict[str, Any]:
    """Return the JSON Schema of the dataset's ``history.json``."""
    row = record({**_members(history_columns(endpoint)), "as_of": AS_OF})
    members = {**dataset_top(endpoint.name), "complete": FLAG, "rows": items(row)}
    return document(_history_title(endpoint), _HISTORY_ABOUT, record(members))


def _history_title(endpoint: AnyEndpoint) -> str:
    return f"{endpoint.title}, history"


def _members(table: Sequence[Column]) -> dict[str, dict[str, Any]]:
    return {column.name: _member(column) for column in table}


def _member(column: Column) -> dict[str, Any]:
    schema = dict(_JSON_TYPES[column.type])
    least, most = "minimum", "maximum"
    if column.type in _TEXTS:
        least, most = "minLength", "maxLength"
    if column.least is not None:
        schema[least] = column.least
    if column.most is not None:
        schema[most] = column.most
    if not column.always:
        schema = or_null(schema)
    return {**schema, "description": column.about}


def resource(
    endpoint: AnyEndpoint, checksum: Checksum, citations: Sequence[Citation]
) -> dict[str, Any]:
    """Return the dataset's ``latest.csv`` as a resource of a Frictionless data package."""
    stated = {"name": endpoint.name, "title": endpoint.title, "description": endpoint.about}
    path = f"{endpoint.name}/latest.csv"
    return _resource({**stated, "path": path}, endpoint.columns, checksum, citations)


def history_resource(
    endpoint: AnyEndpoint, checksum: Checksum, citations: Sequence[Citation]
) -> dict[str, Any]:
    """Return the dataset's ``history.csv`` as a resource of a Frictionless data package."""
    stated = {
        "name": f"{endpoint.name}-history",
        "title": _history_title(endpoint),
        "description": _HISTORY_ABOUT,
        "path": f"{endpoint.name}/history.csv",
    }
    return _resource(stated, history_columns(endpoint), checksum, citations)


def parquet_resource(
    endpoint: AnyEndpoint,
    month: str,
    path: str,
    checksum: Checksum,
    citations: Sequence[Citation],
) -> dict[str, Any]:
    """Return a month of the dataset's history as a file of a Frictionless data package: Parquet has its own types.

    Args:
        endpoint: of the dataset.
        month: as YYYY-MM.
        path: below the folder of the dataset.
        checksum: of the file.
        citations: of its rows.
    """
    stated = {
        "name": f"{endpoint.name}-history-{month}",
        "type": "file",
        "title": f"{_history_title(endpoint)}, {month}",
        "path": f"{endpoint.name}/{path}",
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
    }
    return _file(stated, checksum, citations)


def revisions_resource(checksum: Checksum, citations: Sequence[Citation]) -> dict[str, Any]:
    """Return ``rankings-daily/revisions.csv`` as a resource of a Frictionless data package."""
    stated = {
        "name": f"{rankings_daily.NAME}-revisions",
        "title": "Model rankings by day, restated numbers",
        "description": "Every number that a later snapshot states otherwise, with both, in the order seen.",
        "path": f"{rankings_daily.NAME}/revisions.csv",
    }
    return _resource(stated, REVISION_COLUMNS, checksum, citations)


def _resource(
    stated: Mapping[str, str],
    table: Sequence[Column],
    checksum: Checksum,
    citations: Sequence[Citation],
) -> dict[str, Any]:
    """Return a CSV file as a resource; of the credit every row has its ``as_of``, and the first of each the rest."""
    fields = [_field(column) for column in table]
    for credited in CREDIT_COLUMNS:
        field: dict[str, Any] = {"name": credited, "type": "string"}
        if credited == "as_of":
            field["constraints"] = {"required": True}
        fields.append(field)
    described = {**stated, "format": "csv", "mediatype": "text/csv", "encoding": "utf-8"}
    return {
        **_file(described, checksum, citations),
        "schema": {"fields": fields, "missingValues": [""]},
    }


def _file(
    stated: Mapping[str, str], checksum: Checksum, citations: Sequence[Citation]
) -> dict[str, Any]:
    """Return a file as a resource; a license is named where every source states it."""
    described: dict[str, Any] = {
        **stated,
        "bytes": checksum.size,
        "hash": f"sha256:{checksum.sha256}",
        "sources": [_source(citation) for citation in tabular.first_of_each_source(citations)],
    }
    if all(citation.license == attribution.LICENSE_ID for citation in citations):
        described["licenses"] = [
            {"name": attribution.LICENSE_ID, "path": attribution.LICENSE_URL, "title": "CC BY 4.0"}
        ]
    return described


def _source(citation: Citation) -> dict[str, str]:
    source = {"title": citation.text}
    if citation.url:
        source["path"] = citation.url
    return source


def _field(column: Column) -> dict[str, Any]:
    field: dict[str, Any] = {
        "name": column.name,
        "type": _FRICTIONLESS_TYPES[column.type],
        "description": column.about,
    }
    constraints = _constraints(column)
    if constraints:
        field["constraints"] = constraints
    return field


def _constraints(column: Column) -> dict[str, Any]:
    """Return what a value in CSV has to keep to; there an empty text is a missing value."""
    constraints: dict[str, Any] = {}
    is_text = column.type in _TEXTS
    if column.always and (not is_text or column.least):
        constraints["required"] = True
    if not is_text and column.least is not None:
        constraints["minimum"] = column.least
    if not is_text and column.most is not None:
        constraints["maximum"] = column.most
    return constraints
