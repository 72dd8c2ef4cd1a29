"""``openapi.json``: the published files as an OpenAPI 3.1 description, for tools that make clients of one.

Every path is a file. There is no parameter but the day in the name of a dated file.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from generator.base import tabular
from generator.base.artifact import Artifact
from generator.boards.site import Site
from generator.render.addresses import absolute
from generator.render.context import Context
from generator.render.dataset_descriptions import DatasetDescription, DatasetFile, describe_datasets
from generator.render.feeds import PAGE, TOPICS
from generator.render.latest import ROOT, Checksum

NAME = "openapi.json"
_ABOUT = (
    "Static files, rebuilt once a day from the OpenRouter Data API. They are dated snapshots and tables made of them: "
    "no file answers a query, none takes a query parameter, and nothing here stands in for the API of the source, "
    "which has newer numbers. Each file states its source, the time of its data and the license; show the credit "
    "wherever you use the data. Files of a day never change; `latest` and `history` change once a day, so ask for "
    "them no more often."
)
_CATALOG: Mapping[str, str] = {
    "index.json": "Every dataset, day and file with size and checksum",
    "status.json": "What the last runs could refresh",
    "identity.json": "Which ids, slugs and variants are one model",
    "changes.json": "The changes of the last 60 days",
    "datapackage.json": "All tables as a Data Package",
    "dcat.jsonld": "All datasets as a DCAT catalog",
    "latest.zip": "The newest tables of all datasets",
}
_SCHEMAS = ("index.json", "status.json", "identity.json", "changes.json")
_TABLE_SCHEMAS = {"latest.json": "schema.json", "history.json": "history.schema.json"}
_DAY = {"$ref": "#/components/parameters/day"}
_MISSING = {"404": {"$ref": "#/components/responses/missing"}}
_TEXT = {"type": "string"}
_OBJECT = {"type": "object"}
_PACKED = {"description": "binary"}


def make_openapi(context: Context) -> Iterator[Artifact]:
    """Yield the description; of a site that publishes no data, nothing."""
    datasets = describe_datasets(context.site, context.published)
    if datasets:
        described = _described(context.site, datasets, context.published)
        yield Artifact(NAME, tabular.indented(described))


def _described(
    site: Site, datasets: Mapping[str, DatasetDescription], published: Mapping[str, Checksum]
) -> dict[str, Any]:
    paths = dict(_catalog(published))
    for dataset in datasets.values():
        paths.update(_dataset(dataset))
    if any(path.endswith(".zip") and path != f"{ROOT}/latest.zip" for path in published):
        about = "All snapshots of one of the newest days, with manifests, license and credits"
        paths[f"/{ROOT}/{{day}}.zip"] = _file("day_zip", about, "application/zip", _PACKED, _DAY)
    if site.boards.get("changes") is not None:
        paths.update(_feeds())
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"{site.config.name}: files",
            "version": str(site.today),
            "description": f"{_ABOUT}\n\n{_credits(site)}",
            "license": {
                "name": "CC BY 4.0 where stated; each file states its own",
                "url": absolute(site, f"{ROOT}/LICENSE"),
            },
        },
        "servers": [{"url": absolute(site, "").rstrip("/") if site.public_url else "."}],
        "paths": paths,
        "components": {
            "parameters": {
                "day": {
                    "name": "day",
                    "in": "path",
                    "required": True,
                    "description": "A UTC day that index.json lists.",
                    "schema": {"type": "string", "format": "date"},
                }
            },
            "responses": {"missing": {"description": "There is no such file."}},
        },
        "x-source": tabular.header(site.citations),
    }


def _credits(site: Site) -> str:
    return "\n".join(f"- {state.name}: {state.citations[0].full}" for state in _published(site))


def _published(site: Site) -> list[Any]:
    return [state for state in site.datasets if state.day and state.citations]


def _catalog(published: Mapping[str, Checksum]) -> Iterator[tuple[str, Any]]:
    for name, about in _CATALOG.items():
        path = f"{ROOT}/{name}"
        if path not in published:
            continue
        if name.endswith(".zip"):
            yield f"/{path}", _file(_id(name), about, "application/zip", _PACKED)
            continue
        schema: Mapping[str, Any] = _OBJECT
        if name in _SCHEMAS:
            schema = {"$ref": f"{ROOT}/{name.replace('.json', '.schema.json')}"}
        kind = "application/ld+json" if name.endswith(".jsonld") else "application/json"
        yield f"/{path}", _file(_id(name), about, kind, schema)


def _dataset(dataset: DatasetDescription) -> Iterator[tuple[str, Any]]:
    for file in dataset.files:
        about = f"{dataset.title}: {file.about}" if file.about else f"{dataset.title}: {file.name}"
        yield f"/{ROOT}/{file.path}", _file(_id(file.path), about, file.media_type, _schema(file))
    start = f"{dataset.title}: "
    named = _id(dataset.name)
    yield (
        f"/{ROOT}/{dataset.name}/{{day}}.json.gz",
        _file(
            f"{named}_day",
            f"{start}the responses of a day",
            "application/gzip",
            _PACKED,
            _DAY,
        ),
    )
    manifest = {"$ref": f"{ROOT}/manifest.schema.json"}
    yield (
        f"/{ROOT}/{dataset.name}/{{day}}.manifest.json",
        _file(
            f"{named}_day_manifest",
            f"{start}checksum, size and source of a day",
            "application/json",
            manifest,
            _DAY,
        ),
    )


def _schema(file: DatasetFile) -> Mapping[str, Any]:
    folder = file.path.removesuffix(file.name)
    if file.name in _TABLE_SCHEMAS:
        return {"$ref": f"{ROOT}/{folder}{_TABLE_SCHEMAS[file.name]}"}
    if file.name == "latest.manifest.json":
        return {"$ref": f"{ROOT}/latest.manifest.schema.json"}
    if file.media_type == "application/json":
        return _OBJECT
    return _TEXT if file.media_type.startswith("text/") else _PACKED


def _feeds() -> Iterator[tuple[str, Any]]:
    for name, (title, _) in TOPICS.items():
        yield (
            f"/{PAGE}{name}.json",
            _file(f"{name}_json_feed", title, "application/feed+json", _OBJECT),
        )
        yield (
            f"/{PAGE}{name}.xml",
            _file(f"{name}_atom_feed", title, "application/atom+xml", _TEXT),
        )


def _file(
    id_: str, about: str, kind: str, schema: Mapping[str, Any], *parameters: Mapping[str, Any]
) -> dict[str, Any]:
    """Return the path item of one file."""
    # Bytes that are no text have a media type and no schema in OpenAPI 3.1.
    content = {kind: {} if schema is _PACKED else {"schema": dict(schema)}}
    operation: dict[str, Any] = {
        "operationId": id_,
        "summary": about,
        "responses": {"200": {"description": "The file.", "content": content}, **_MISSING},
    }
    if parameters:
        operation["parameters"] = [dict(parameter) for parameter in parameters]
    return {"get": operation}


def _id(path: str) -> str:
    """Return an operation's id: ``rankings_daily_latest_csv``."""
    return "".join(letter if letter.isalnum() else "_" for letter in path)
