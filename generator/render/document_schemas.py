"""JSON Schemas of the published files that are no tables: index, status, identity, manifests, snapshots."""

from collections.abc import Iterator
from typing import Any

from generator.archive.gates import GATE_NAMES
from generator.boards.board import VALUE_TYPES
from generator.boards.events import KINDS
from generator.render.schemas import (
    AS_OF,
    CITATION,
    COUNT,
    CREDIT,
    DAY,
    FILE_NAME,
    FILLED,
    FLAG,
    SHA256,
    TEXT,
    TIME,
    document,
    items,
    or_null,
    record,
)

_VERSION = {"const": 1}
_VALUE = {"type": ["string", "number", "boolean", "null"]}
_FILE = record({"path": FILLED, "sha256": SHA256, "bytes": COUNT})
_TOP = {**CREDIT, "schema_version": _VERSION, "snapshot_date": DAY}
_DATASET_TOP = {**_TOP, "license_url": or_null(TEXT), "dataset": FILLED}
_SITE_TOP = {**_TOP, "as_of_rule": FILLED}
"""Of a file about all datasets, whose ``as_of`` is the newest of theirs."""


def all_documents() -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the name below ``data/v1`` and the schema of each kind of file."""
    yield "index.schema.json", _index()
    yield "status.schema.json", _status()
    yield "identity.schema.json", _identity()
    yield "changes.schema.json", _changes()
    yield "snapshot.schema.json", _snapshot()
    yield "manifest.schema.json", _manifest()
    yield "latest.manifest.schema.json", _latest_manifest()
    yield "day-boards.schema.json", _day_boards()
    yield "rows.schema.json", _rows()
    yield "chart.schema.json", _chart()
    yield "comparison.schema.json", _comparison()
    yield "search.schema.json", _search()
    yield "calculator.schema.json", _calculator()
    yield "earlier.schema.json", _earlier()
    yield "credits.schema.json", _credits()
    yield "oembed.schema.json", _oembed()


def _index() -> dict[str, Any]:
    dataset = record(
        {
            **CREDIT,
            "dataset": FILLED,
            "title": FILLED,
            "description": FILLED,
            "snapshot_date": DAY,
            "stale": FLAG,
            "rows": COUNT,
            "dates": items(DAY, minItems=1),
            "earlier": or_null(FILLED),
            "files": items(_FILE, minItems=1),
        }
    )
    members = {
        **_SITE_TOP,
        "demo": FLAG,
        "stability": FILLED,
        "files": items(_FILE),
        "datasets": items(dataset),
    }
    return document("index.json", "Every dataset, day and file.", record(members))


def _status() -> dict[str, Any]:
    states = {"type": "object", "additionalProperties": or_null(TEXT)}
    members = {
        **_SITE_TOP,
        "last_run": or_null(DAY),
        "generator": FILLED,
        "demo": FLAG,
        "runs": items(record({"day": DAY, "datasets": states})),
        "exports": or_null(_exports()),
        "datasets": items(_dataset_state()),
    }
    return document("status.json", "What the last runs could refresh.", record(members))


def _dataset_state() -> dict[str, Any]:
    held_back = {
        "snapshot": FILE_NAME,
        "snapshot_date": DAY,
        "day": or_null(DAY),
        "gates": items({"enum": list(GATE_NAMES)}, minItems=1),
        "reason": FILLED,
        "shown": or_null(DAY),
    }
    return record(
        {
            "dataset": FILLED,
            "newest": or_null(DAY),
            "as_of": or_null(AS_OF),
            "stale": FLAG,
            "failed": FLAG,
            "unchanged_since": or_null(DAY),
            "message": TEXT,
            "held_back": items(record(held_back)),
            "rows": COUNT,
            "days_held": COUNT,
            "notes": items(TEXT),
        }
    )


def _exports() -> dict[str, Any]:
    """Return the schema of how the source's own files agree with what is held."""
    compared = {
        "path": FILLED,
        "day": DAY,
        "checksum_agrees": or_null(FLAG),
        "unreadable": TEXT,
        "compared": COUNT,
        "equal": COUNT,
        "equal_to_another_snapshot": COUNT,
        "different": COUNT,
        "missing_here": COUNT,
        "missing_there": COUNT,
        "differences": items(TEXT),
    }
    return record({"read_on": DAY, "unread": items(TEXT), "files": items(record(compared))})


def _identity() -> dict[str, Any]:
    model = record(
        {
            "canonical_slug": FILLED,
            "name": TEXT,
            "short_name": TEXT,
            "author": TEXT,
            "ids": items(FILLED),
            "listed": FLAG,
            "first_seen": or_null(DAY),
            "last_seen": or_null(DAY),
            "page": TEXT,
        }
    )
    about = "Which ids, slugs and variants are one model."
    return document("identity.json", about, record({**_SITE_TOP, "models": items(model)}))


def _changes() -> dict[str, Any]:
    change = record(
        {
            "id": FILLED,
            "day": DAY,
            "after": or_null(DAY),
            "kind": {"enum": list(KINDS)},
            "kind_name": FILLED,
            "dataset": FILLED,
            "subject": FILLED,
            "name": TEXT,
            "page": or_null(TEXT),
            "text": FILLED,
            "as_of": AS_OF,
        }
    )
    about = (
        "The changes of the last 60 days, newest first. A change happened after the day `after`, where there is "
        "one, and by `day`; `as_of` is the time of the source that first showed it."
    )
    return document("changes.json", about, record({**_TOP, "changes": items(change)}))


def _snapshot() -> dict[str, Any]:
    call = record(
        {
            "path": {"type": "string", "pattern": "^/"},
            "params": {"type": "object", "additionalProperties": TEXT},
            "reply": {"description": "the original response of the source"},
            "received_at": TIME,
        },
        {"status": {"type": "integer", "minimum": 100, "maximum": 599}},
    )
    members = {
        "schema_version": _VERSION,
        "dataset": FILLED,
        "snapshot_date": DAY,
        "fetched_at": TIME,
        "as_of": AS_OF,
        "license": FILLED,
        "citation": FILLED,
        "citations": items(CITATION, minItems=1),
        "generator": FILLED,
        "calls": items(call, minItems=1),
    }
    return document("<day>.json.gz", "A day's replies, unpacked.", record(members))


def _manifest() -> dict[str, Any]:
    members = {
        "schema_version": _VERSION,
        "dataset": FILLED,
        "snapshot_date": DAY,
        "file": FILE_NAME,
        "sha256": SHA256,
        "bytes": COUNT,
        "rows": COUNT,
        "as_of": AS_OF,
        "license": FILLED,
        "citation": FILLED,
        "calls": {**COUNT, "minimum": 1},
        "facts": SHA256,
        "generator": FILLED,
    }
    objection = record({"gate": {"enum": list(GATE_NAMES)}, "reason": FILLED})
    optional = {
        "notes": items(TEXT),
        "days": items(DAY),
        "held_back": items(objection),
        "releases": items(FILE_NAME),
        "accepted": FLAG,
    }
    about = "What a day's snapshot holds, with its checksum."
    return document("<day>.manifest.json", about, record(members, optional))


def _latest_manifest() -> dict[str, Any]:
    checksum = record({"sha256": SHA256, "bytes": COUNT})
    members = {
        **_DATASET_TOP,
        "stale": FLAG,
        "rows": COUNT,
        "files": {"type": "object", "additionalProperties": checksum, "minProperties": 1},
        "snapshot": FILE_NAME,
        "note": FILLED,
    }
    about = "The checksums of a dataset's newest tables."
    return document("latest.manifest.json", about, record(members))


def _day_boards() -> dict[str, Any]:
    kinds = sorted(VALUE_TYPES)
    board = record(
        {
            "board": FILLED,
            "title": FILLED,
            "window": {**record({"start": DAY, "end": DAY}), "type": ["object", "null"]},
            "columns": items(record({"key": FILLED, "label": TEXT, "kind": {"enum": kinds}})),
            "rows": items(
                {
                    "type": "object",
                    "additionalProperties": _VALUE,
                    "description": "Values by the keys of the columns. Of one that is not certain, <key>_low and "
                    "<key>_high say what it is at least and at most; without <key>_low it is itself the least. "
                    "A share of tokens is as certain as these.",
                }
            ),
        }
    )
    members = {
        **_TOP,
        # A day on which nothing could be fetched has no source.
        "citation": TEXT,
        "as_of": or_null(AS_OF),
        "license": TEXT,
        "citations": items(CITATION),
        "events": items(record({"kind": FILLED, "text": FILLED})),
        "boards": items(board),
    }
    about = (
        "The tables on a day's page, and what became known on it. Once there is no room for a file of each day, those of "
        "a finished year are in d/boards-<year>.zip."
    )
    return document("d/<day>/boards.json", about, record(members))


def _rows() -> dict[str, Any]:
    members = {
        **CREDIT,
        "datasets": items(FILLED, minItems=1),
        "title": FILLED,
        "rows": items({"type": "object", "additionalProperties": _VALUE}),
    }
    about = "The rows of a chart, or of a leaderboard that has files of its own."
    return document("charts/<id>.json", about, record(members))


def _chart() -> dict[str, Any]:
    column = record(
        {
            "name": FILLED,
            "title": TEXT,
            "kind": {"enum": sorted(VALUE_TYPES)},
            "description": TEXT,
            "unit": TEXT,
        }
    )
    of_a_window = dict.fromkeys(("provisional", "missing", "cut_short"), items(DAY))
    members = {
        **CREDIT,
        "id": FILLED,
        "chart": FILLED,
        "title": FILLED,
        "subtitle": TEXT,
        "finding": TEXT,
        "datasets": items(FILLED, minItems=1),
        "window": {**items(DAY, minItems=2, maxItems=2), "type": ["array", "null"]},
        "provisional_days": COUNT,
        "computed_here": TEXT,
        "scope": TEXT,
        "notes": items(FILLED),
        "rows": COUNT,
        "columns": items(column),
    }
    about = "What a chart shows, in words, and its columns."
    return document("charts/<id>.metadata.json", about, record(members, of_a_window))


def _comparison() -> dict[str, Any]:
    measure = {"key": FILLED, "group": TEXT, "label": TEXT, "kind": TEXT, "barred": FLAG}
    model = {
        "name": TEXT,
        "author": TEXT,
        "color": TEXT,
        "values": {"type": "object", "additionalProperties": _VALUE},
        "shown": {"type": "object", "additionalProperties": TEXT},
        "series": items({"type": ["number", "null"]}),
        "highest": TEXT,
        "ids": items(FILLED),
    }
    members = {
        **CREDIT,
        "note": FILLED,
        "first_day": or_null(DAY),
        "missing_days": items(DAY),
        "measures": items(record(measure)),
        "models": {"type": "object", "additionalProperties": record(model)},
    }
    return document("compare/models.json", "What models are compared by.", record(members))


def _search() -> dict[str, Any]:
    group = record({"kind": FILLED, "at": TEXT, "rows": items(items(TEXT, minItems=2))})
    members = {**CREDIT, "groups": items(group)}
    about = "What has a page: name, address, what it is, and other words for it."
    return document("search/index.json", about, record(members))


def _calculator() -> dict[str, Any]:
    price = {"type": ["number", "null"], "minimum": 0}
    prices = dict.fromkeys(("fresh", "written", "read", "output", "call"), price)
    tiers = items(record({"least": COUNT, **prices}), minItems=1)
    model = {
        "tiers": {**tiers, "type": ["array", "null"]},
        "context": or_null(COUNT),
        "batch": FLAG,
    }
    members = {
        **CREDIT,
        "note": FILLED,
        "models": {"type": "object", "additionalProperties": record(model)},
    }
    about = "Prices by length of prompt, as the cost calculator uses them."
    return document("prices/calculator/prices.json", about, record(members))


def _earlier() -> dict[str, Any]:
    citation = record({"text": FILLED, "as_of": AS_OF, "license": FILLED})
    snapshot = {
        "day": DAY,
        "path": FILE_NAME,
        "zip": or_null(FILLED),
        "member": or_null(FILLED),
        "archive": FILLED,
        "archive_url": or_null(FILLED),
        "sha256": SHA256,
        "bytes": COUNT,
        "citations": items(citation, minItems=1),
    }
    members = {**_DATASET_TOP, "note": FILLED, "days": items(record(snapshot), minItems=1)}
    about = "Where the snapshots are that have left their addresses."
    return document("earlier.json", about, record(members))


def _credits() -> dict[str, Any]:
    day = record({"day": DAY, "citations": items(CITATION, minItems=1)})
    members = {**_DATASET_TOP, "redistributable": {"const": False}, "days": items(day)}
    about = "Whom a dataset is credited to whose rows may not be redistributed."
    return document("credits.json", about, record(members))


def _oembed() -> dict[str, Any]:
    size = {**COUNT, "minimum": 1}
    members = {
        **CREDIT,
        "version": {"const": "1.0"},
        "type": {"const": "rich"},
        "provider_name": FILLED,
        "provider_url": FILLED,
        "title": FILLED,
        "cache_age": COUNT,
        "width": size,
        "height": size,
        "html": {**TEXT, "pattern": "^<iframe "},
    }
    thumbnail = {"thumbnail_url": FILLED, "thumbnail_width": size, "thumbnail_height": size}
    about = "The oEmbed answer of a chart or table, which other sites show it by."
    return document("oembed/<id>.json", about, record(members, thumbnail))
