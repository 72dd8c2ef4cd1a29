"""The published JSON keeps to its schemas, and the schemas refuse what is broken."""

import copy
import gzip
import hashlib
import json
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from generator.archive.history import History
from generator.base.artifact import Artifact
from generator.boards import all_boards
from generator.endpoints import CORE
from generator.render.board_files import FILES, TARIFFS
from generator.render.context import Context
from generator.render.downloads import make_downloads
from generator.render.history_files import history_files
from generator.render.latest import latest_files
from tests.running import Built
from tests.schema_errors import schema_errors
from tests.tiny import DAY, ROWS, Edit, archive
from tests.whole_files import read_whole

NAMES = [endpoint.name for endpoint in CORE]
FOLDER = "data/v1/"
Break = Callable[[Any], object]
"""Changes a document in place."""


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Every file below data/v1 of a tiny site, with a row of each dataset that was recorded empty, too."""
    edits: dict[str, Edit] = {
        name: partial(_append, ROWS[name]) for name in ("benchmarks-openrouter", "session-cost")
    }
    history = History(archive(tmp_path_factory.mktemp("archive"), edits), DAY)
    site = all_boards.site(history, demo="", public_url="", version="0")
    latest, tables = latest_files(history, site), history_files(history, None)
    made = read_whole(make_downloads(Context(history, site, latest=latest, tables=tables.files)))
    return {file.path.removeprefix(FOLDER): body(file) for file in made}


def _append(row: dict[str, Any], reply: Any) -> None:
    reply["data"].append(row)


def body(file: Artifact) -> bytes:
    return file.body if isinstance(file.body, bytes) else gzip.decompress(file.body.read_bytes())


def schema_of(path: str) -> str:
    """The name of the schema of a published file."""
    folder, _, name = path.rpartition("/")
    if not folder:
        return path.replace(".json", ".schema.json")
    if name == "latest.json":
        return f"{folder}/schema.json"
    if name == "history.json":
        return f"{folder}/history.schema.json"
    if name == "latest.manifest.json":
        return name.replace(".json", ".schema.json")
    return "manifest.schema.json" if name.endswith(".manifest.json") else "snapshot.schema.json"


def refusals(published: dict[str, bytes], path: str, document: object) -> list[str]:
    """What the schema of that file finds wrong in a document."""
    schema = json.loads(published[schema_of(path)])
    checker = jsonschema.Draft202012Validator.FORMAT_CHECKER
    validator = jsonschema.Draft202012Validator(schema, format_checker=checker)
    return [error.message for error in validator.iter_errors(document)]


def test_every_published_json_file_keeps_to_its_schema(published: dict[str, bytes]) -> None:
    described = [
        path
        for path in published
        if path.endswith((".json", ".json.gz"))
        and not path.endswith("schema.json")
        and not path.endswith(("datapackage.json", "croissant.json", "datacite.json"))
    ]
    assert len(described) == 5 * len(NAMES) + 4
    for path in described:
        assert refusals(published, path, json.loads(published[path])) == [], path


def test_every_schema_is_one_and_is_listed_in_the_index(published: dict[str, bytes]) -> None:
    schemas = [path for path in published if path.endswith("schema.json")]
    assert len(schemas) == 2 * len(NAMES) + 16
    for path in schemas:
        jsonschema.Draft202012Validator.check_schema(json.loads(published[path]))
    assert {schema_of(path) for path in published if path.endswith("latest.json")} <= set(schemas)
    index = json.loads(published["index.json"])
    listed = {file["path"] for file in index["files"]}
    for dataset in index["datasets"]:
        listed |= {file["path"] for file in dataset["files"]}
    assert set(schemas) <= listed


def test_every_object_names_its_members_and_takes_no_others(published: dict[str, bytes]) -> None:
    for path, text in published.items():
        if path.endswith("schema.json"):
            for schema in objects(json.loads(text)):
                assert schema["additionalProperties"] is not True, path
                assert "required" in schema or schema["additionalProperties"] is not False, path


def objects(schema: Any) -> list[dict[str, Any]]:
    """Every schema of an object inside a schema."""
    if isinstance(schema, list):
        inside = schema
    elif isinstance(schema, dict):
        inside = list(schema.values())
    else:
        return []
    found = [schema] if isinstance(schema, dict) and schema.get("type") == "object" else []
    for member in inside:
        found += objects(member)
    return found


def row(name: str, value: object) -> Break:
    """Gives the first row this value."""
    return lambda document: document["rows"][0].update({name: value})


def top(name: str, value: object) -> Break:
    return lambda document: document.update({name: value})


BROKEN: list[tuple[str, str, Break]] = [
    (
        "rankings-daily/latest.json",
        "'total_tokens' is a required property",
        lambda document: document["rows"][0].pop("total_tokens"),
    ),
    ("rankings-daily/latest.json", "'abc' does not match", row("total_tokens", "abc")),
    ("rankings-daily/latest.json", "12 is not of type 'string'", row("total_tokens", 12)),
    ("rankings-daily/latest.json", "None is not of type 'string'", row("date", None)),
    ("rankings-daily/latest.json", "'yesterday' is not a 'date'", row("date", "yesterday")),
    ("rankings-daily/latest.json", "'2026-02-30' is not a 'date'", row("date", "2026-02-30")),
    ("rankings-daily/latest.json", "'' should be non-empty", row("model_permaslug", "")),
    (
        "rankings-daily/latest.json",
        "'date' is a required property",
        lambda document: document["rows"].append({}),
    ),
    ("rankings-daily/latest.json", "('extra' was unexpected)", row("extra", 1)),
    ("rankings-daily/latest.json", "('extra' was unexpected)", top("extra", 1)),
    ("rankings-daily/latest.json", "'now' does not match", top("as_of", "now")),
    ("rankings-daily/latest.json", "'rankings-daily' was expected", top("dataset", "models")),
    ("rankings-daily/history.json", "'abc' does not match", row("total_tokens", "abc")),
    ("rankings-daily/history.json", "'yesterday' is not a 'date'", row("date", "yesterday")),
    (
        "rankings-daily/history.json",
        "'rows' is a required property",
        lambda document: document.pop("rows"),
    ),
    *((f"{name}/history.json", "('extra' was unexpected)", top("extra", 1)) for name in NAMES),
    ("models/history.json", "'now' is not a 'date'", row("superseded_on", "now")),
    ("models/history.json", "None is not of type 'string'", row("valid_from", None)),
    ("models/history.json", "'yes' is not of type 'boolean'", top("complete", "yes")),
    ("app-rankings/latest.json", "0 is less than the minimum of 1", row("rank", 0)),
    ("app-rankings/latest.json", "1.5 is not of type 'integer'", row("rank", 1.5)),
    ("app-rankings/latest.json", "None is not of type 'string'", row("total_tokens", None)),
    ("benchmarks-design-arena/latest.json", "maximum of 100", row("win_rate", 1000)),
    ("benchmarks-design-arena/latest.json", "None is not of type 'number'", row("elo", None)),
    ("benchmarks-artificial-analysis/latest.json", "maximum of", row("coding_index", 1e9)),
    ("benchmarks-openrouter/latest.json", "maximum of 1", row("primary_score", 7)),
    ("session-cost/latest.json", "0 is less than the minimum of 1", row("window_days", 0)),
    ("session-cost/latest.json", "0.5 is not of type", row("median_session_cost_usd", 0.5)),
    ("task-classifications/latest.json", "7 is greater than the maximum", row("usage_share", 7)),
    ("task-classifications/latest.json", "minimum of 0", row("token_share", -0.1)),
    ("models/latest.json", "'free' does not match", row("pricing.prompt", "free")),
    ("models/latest.json", "None is not of type 'string'", row("pricing.prompt", None)),
    ("models/latest.json", "'' should be non-empty", row("id", "")),
    (
        "index.json",
        "'sha256' is a required property",
        lambda document: document["files"][0].pop("sha256"),
    ),
    (
        "index.json",
        "'today' is not a 'date'",
        lambda document: document["datasets"][0]["dates"].append("today"),
    ),
    ("index.json", "('extra' was unexpected)", top("extra", 1)),
    (
        "status.json",
        "'no' is not of type 'boolean'",
        lambda document: document["datasets"][0].update(stale="no"),
    ),
    ("status.json", "'runs' is a required property", lambda document: document.pop("runs")),
    ("changes.json", "'changes' is a required", lambda document: document.pop("changes")),
    (
        "changes.json",
        "'cheap' is not one of",
        lambda document: document["changes"].append({"kind": "cheap"}),
    ),
    (
        "identity.json",
        "'canonical_slug' is a required property",
        lambda document: document["models"][0].pop("canonical_slug"),
    ),
    (
        "identity.json",
        "'soon' is not a 'date'",
        lambda document: document["models"][0].update(last_seen="soon"),
    ),
    ("models/latest.manifest.json", "-1 is less than the minimum", top("rows", -1)),
    (
        "models/latest.manifest.json",
        "'abc' does not match",
        lambda document: document["files"]["latest.csv"].update(sha256="abc"),
    ),
    (f"models/{DAY}.manifest.json", "'abc' does not match", top("sha256", "abc")),
    (f"models/{DAY}.manifest.json", "'../x' does not match", top("file", "../x")),
    (f"models/{DAY}.manifest.json", "1 was expected", top("schema_version", 2)),
    (f"models/{DAY}.json.gz", "should be non-empty", top("calls", [])),
    (f"models/{DAY}.json.gz", "does not match", top("fetched_at", "2026-08-18 06:00")),
    (
        f"models/{DAY}.json.gz",
        "'reply' is a required property",
        lambda document: document["calls"][0].pop("reply"),
    ),
]


@pytest.mark.parametrize(("path", "why", "damage"), BROKEN)
def test_a_broken_file_is_refused_with_its_reason(
    published: dict[str, bytes], path: str, why: str, damage: Break
) -> None:
    document = json.loads(published[path])
    broken = copy.deepcopy(document)
    damage(broken)
    assert any(why in message for message in refusals(published, path, broken)), refusals(
        published, path, broken
    )


def test_there_is_a_broken_copy_for_each_kind_of_file(published: dict[str, bytes]) -> None:
    schemas = {path for path in published if path.endswith("schema.json")}
    of_the_site = {f"{name}.schema.json" for name, _, _ in BROKEN_OF_THE_SITE}
    named = {schema_of(path) for path, _, _ in BROKEN} | of_the_site
    # Files that not every site has are broken where they are made, beside the other tests of them.
    elsewhere = {f"{name}.schema.json" for name in ("day-boards", "earlier", "credits", "oembed")}
    assert named == schemas - elsewhere


def kinds(site: Path) -> Iterator[tuple[str, Path]]:
    """Each file of a site that states data outside of data/v1, after the name of its schema."""
    for path in sorted(site.glob("charts/*.json")):
        if path.name.endswith(".metadata.json"):
            yield "chart", path
        elif not path.name.endswith((".vl.json", ".vg.json")):
            yield "rows", path
    for board in FILES.values():
        if (site / f"{board}.json").is_file():
            yield "rows", site / f"{board}.json"
    yield "comparison", site / "compare/models.json"
    yield "search", site / "search/index.json"
    yield "calculator", site / TARIFFS


def test_the_rows_of_charts_and_boards_and_what_scripts_read_keep_to_their_schemas(
    first_day: Built,
) -> None:
    described = list(kinds(first_day.public))
    assert {name for name, _ in described} == {name for name, _, _ in BROKEN_OF_THE_SITE}
    for name, path in described:
        assert schema_errors(name, json.loads(path.read_bytes())) == [], path


BROKEN_OF_THE_SITE: list[tuple[str, str, Break]] = [
    ("rows", "{} is not of type 'string'", row("share", {})),
    ("chart", "'rows' is a required property", lambda document: document.pop("rows")),
    ("chart", "'later' is not a 'date'", top("missing", ["later"])),
    ("comparison", "'soon' is not a 'date'", top("first_day", "soon")),
    ("search", "('extra' was unexpected)", top("extra", 1)),
    ("calculator", "'many' is not of type 'object'", top("models", "many")),
]


@pytest.mark.parametrize(("name", "why", "damage"), BROKEN_OF_THE_SITE)
def test_a_broken_file_of_the_site_is_refused_with_its_reason(
    first_day: Built, name: str, why: str, damage: Break
) -> None:
    path = next(path for kind, path in kinds(first_day.public) if kind == name)
    document = json.loads(path.read_bytes())
    damage(document)
    assert any(why in message for message in schema_errors(name, document)), schema_errors(
        name, document
    )


def resources(published: dict[str, bytes]) -> dict[str, dict[str, Any]]:
    """The data package's resources by path."""
    package = json.loads(published["datapackage.json"])
    return {resource["path"]: resource for resource in package["resources"]}


def test_the_package_holds_every_table_and_the_history_with_size_and_sum(
    published: dict[str, bytes],
) -> None:
    held = resources(published)
    months = {path for path in published if path.endswith(".parquet")}
    assert len(months) >= len(NAMES)
    assert set(held) == {
        "rankings-daily/revisions.csv",
        *(f"{name}/{file}.csv" for name in NAMES for file in ("latest", "history")),
        *months,
    }
    for path, resource in held.items():
        assert resource["bytes"] == len(published[path])
        assert resource["hash"] == f"sha256:{hashlib.sha256(published[path]).hexdigest()}"
        assert resource["sources"]
        if path not in months:
            (heading, *_) = published[path].decode().splitlines()
            assert heading == ",".join(field["name"] for field in resource["schema"]["fields"])


def test_each_resource_names_its_sources_and_a_license_where_one_is_stated(
    published: dict[str, bytes],
) -> None:
    held = resources(published)
    design = held["benchmarks-design-arena/latest.csv"]
    assert design["sources"] == [
        {
            "title": "Source: Design Arena (www.designarena.ai) via OpenRouter (openrouter.ai/rankings).",
            "path": "https://www.designarena.ai",
        }
    ]
    assert [license_["name"] for license_ in design["licenses"]] == ["CC-BY-4.0"]
    assert "licenses" not in held["models/latest.csv"]
    assert "licenses" in held["rankings-daily/history.csv"]
    # A resource without one has that of the package, which may not state one for the catalog.
    assert "licenses" not in json.loads(published["datapackage.json"])
    assert "licenses" not in held["models/history/year=2026/month=8/part-0.parquet"]


def test_fields_of_the_package_are_typed_and_bounded(published: dict[str, bytes]) -> None:
    held = resources(published)
    typed = {}
    tables = [resource for path, resource in held.items() if path.endswith("latest.csv")]
    for resource in tables:
        for field in resource["schema"]["fields"]:
            typed[field["name"]] = (field["type"], field.get("constraints"))
    assert typed["total_tokens"] == ("integer", {"required": True})
    assert typed["date"] == ("date", {"required": True})
    assert typed["pricing.prompt"][0] == "number"
    assert typed["rank"] == ("integer", {"required": True, "minimum": 1})
    assert typed["win_rate"] == ("number", {"required": True, "minimum": 0, "maximum": 100})
    assert typed["usage_share"] == ("number", {"required": True, "minimum": 0, "maximum": 1})
    # An empty text is a missing value in CSV: it must not be required of what may be empty.
    assert typed["subcategory"] == ("string", None)
    assert typed["as_of"] == ("string", {"required": True})
    fields = held["models/history.csv"]["schema"]["fields"]
    typed = {field["name"]: (field["type"], field.get("constraints")) for field in fields}
    assert typed["stated_on"] == ("date", {"required": True})
    assert typed["superseded_on"] == ("date", None)
    # A row has the credit of the one above it where it states none.
    assert (typed["citation"], typed["as_of"][1]) == (("string", None), {"required": True})
