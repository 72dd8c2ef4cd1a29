"""``openapi.json``: the published files as an OpenAPI 3.1 description, for tools that make clients of one.

Every path is a file. There is no parameter but the day in the name of a dated file.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

from generator.base import tabular
from generator.base.artifact import Artifact
from generator.boards.site import Site
from generator.render.addresses import absolute
from generator.render.context import Context
from generator.render.dataset_descriptions import DatasetDescription, DatasetFile, describe_datasets
from generator.render.day_zips import published_zips
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
_MEDIA_TYPES = {".zip": "application/zip", ".jsonld": "application/ld+json"}
"""By the end of a file's name; all others are JSON."""
_SCHEMAS = ("index.json", "status.json", "identity.json", "changes.json")
_TABLE_SCHEMAS = {"latest.json": "schema.json", "history.json": "history.schema.json"}
_DOCUMENT_SCHEMAS = {
    "latest.manifest.json": "latest.manifest.schema.json",
    "earlier.json": "earlier.schema.json",
}
_DAY = {"$ref": "#/components/parameters/day"}
_MISSING = {"404": {"$ref": "#/components/responses/missing"}}
_TEXT = {"type": "string"}
_OBJECT = {"type": "object"}


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
    if published_zips(published):
        about = "All snapshots of one of the newest days, with manifests, license and credits"
        paths[f"/{ROOT}/{{day}}.zip"] = _file("day_zip", about, "application/zip", _DAY)
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
        "servers": [{"url": _server(site)}],
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
    """Return a line for each dataset held, with its first source."""
    lines = []
    for state in site.datasets:
        if state.day and state.citations:
            lines.append(f"- {state.name}: {state.citations[0].full}")
    return "\n".join(lines)


def _server(site: Site) -> str:
    if not site.public_url:
        return "."
    return absolute(site, "").rstrip("/")


def _catalog(published: Mapping[str, Checksum]) -> Iterator[tuple[str, Any]]:
    """Yield path and description of each file about all datasets."""
    for name, about in _CATALOG.items():
        path = f"{ROOT}/{name}"
        if path in published:
            media_type = _MEDIA_TYPES.get(PurePosixPath(name).suffix, "application/json")
            yield f"/{path}", _file(_id(name), about, media_type, schema=_catalog_schema(name))


def _catalog_schema(name: str) -> Mapping[str, Any] | None:
    if name.endswith(".zip"):
        return None
    if name in _SCHEMAS:
        return {"$ref": f"{ROOT}/{name.replace('.json', '.schema.json')}"}
    return _OBJECT


def _dataset(dataset: DatasetDescription) -> Iterator[tuple[str, Any]]:
    """Yield path and description of each file of a dataset, those of all its days as one."""
    for file in dataset.files:
        about = f"{dataset.title}: {file.about or file.name}"
        described = _file(_id(file.path), about, file.media_type, schema=_schema(file))
        yield f"/{ROOT}/{file.path}", described
    of_a_day = f"/{ROOT}/{dataset.name}/{{day}}"
    id_ = f"{_id(dataset.name)}_day"
    about = f"{dataset.title}: the responses of a day"
    yield f"{of_a_day}.json.gz", _file(id_, about, "application/gzip", _DAY)
    about = f"{dataset.title}: checksum, size and source of a day"
    manifest = {"$ref": f"{ROOT}/manifest.schema.json"}
    yield (
        f"{of_a_day}.manifest.json",
        _file(f"{id_}_manifest", about, "application/json", _DAY, schema=manifest),
    )


def _schema(file: DatasetFile) -> Mapping[str, Any] | None:
    """Return the schema of a file; None for one that is neither JSON nor text."""
    folder = file.path.removesuffix(file.name)
    if file.name in _TABLE_SCHEMAS:
        return {"$ref": f"{ROOT}/{folder}{_TABLE_SCHEMAS[file.name]}"}
    if file.name in _DOCUMENT_SCHEMAS:
        return {"$ref": f"{ROOT}/{_DOCUMENT_SCHEMAS[file.name]}"}
    if file.media_type == "application/json":
        return _OBJECT
    if file.media_type.startswith("text/"):
        return _TEXT
    return None


def _feeds() -> Iterator[tuple[str, Any]]:
    for name, (title, _) in TOPICS.items():
        as_json = _file(f"{name}_json_feed", title, "application/feed+json", schema=_OBJECT)
        yield f"/{PAGE}{name}.json", as_json
        as_atom = _file(f"{name}_atom_feed", title, "application/atom+xml", schema=_TEXT)
        yield f"/{PAGE}{name}.xml", as_atom


def _file(
    id_: str,
    about: str,
    media_type: str,
    *parameters: Mapping[str, Any],
    schema: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Return the path item of one file; one whose bytes are no text has a media type and no schema."""
    content: dict[str, Any] = {}
    if schema is not None:
        content["schema"] = dict(schema)
    found = {"description": "The file.", "content": {media_type: content}}
    operation: dict[str, Any] = {
        "operationId": id_,
        "summary": about,
        "responses": {"200": found, **_MISSING},
    }
    if parameters:
        operation["parameters"] = [dict(parameter) for parameter in parameters]
    return {"get": operation}


def _id(path: str) -> str:
    """Return an operation's id: ``rankings_daily_latest_csv``."""
    return re.sub(r"[^A-Za-z0-9]", "_", path)
