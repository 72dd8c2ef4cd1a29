"""``data/v1/<dataset>/croissant.json``: a dataset as Croissant 1.1 describes it, with the columns of its tables."""

from collections.abc import Mapping
from typing import Any

from generator.base import tabular
from generator.boards.site import Site
from generator.endpoints.columns import Column, ColumnType
from generator.render.addresses import absolute
from generator.render.dataset_descriptions import DatasetDescription, DatasetFile, Table
from generator.render.latest import ROOT

VERSION = "http://mlcommons.org/croissant/1.1"
# All terms of the standard, used here or not: validators compare the context with theirs.
_TERMS = (
    "citeAs column containedIn equivalentProperty extract field fileObject fileProperty fileSet format includes "
    "isLiveDataset jsonPath key md5 parentField path recordSet references regex repeated replace samplingRate "
    "separator source subField transform"
)
CONTEXT: Mapping[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "sc": "https://schema.org/",
    "cr": "http://mlcommons.org/croissant/",
    "dct": "http://purl.org/dc/terms/",
    "conformsTo": "dct:conformsTo",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "examples": {"@id": "cr:examples", "@type": "@json"},
    **{term: f"cr:{term}" for term in _TERMS.split()},
    "_source": None,
}
_TYPES: Mapping[ColumnType, str] = {
    ColumnType.INTEGER: "sc:Integer",
    ColumnType.NUMBER: "sc:Float",
    ColumnType.DECIMAL: "sc:Text",
    ColumnType.TOKENS: "sc:Integer",
    ColumnType.DATE: "sc:Date",
    ColumnType.TIME: "sc:Text",
    ColumnType.FLAG: "sc:Boolean",
    ColumnType.TEXT: "sc:Text",
    ColumnType.TEXT_LIST: "sc:Text",
}
"""A decimal stays text, as in the file: a binary fraction would not be exact."""


def croissant(dataset: DatasetDescription, site: Site) -> dict[str, Any]:
    """Return the dataset as JSON-LD; the addresses of files are relative where the site does not know its own."""
    # The newest snapshot's day as MAJOR.MINOR.PATCH, which the standard recommends.
    version = f"{dataset.newest.year}.{dataset.newest.month}.{dataset.newest.day}"
    return {
        "@context": dict(CONTEXT),
        "@type": "sc:Dataset",
        "conformsTo": VERSION,
        "name": dataset.name,
        "alternateName": dataset.title,
        "description": dataset.long_about,
        "url": _address(site, dataset.page, f"../../../{dataset.page}"),
        "license": dataset.license_url or dataset.license,
        "creditText": dataset.credit,
        "citeAs": dataset.credit,
        "creator": {
            "@type": "Organization",
            "name": dataset.creator,
            "url": dataset.creator_url,
        },
        "publisher": {"@type": "Organization", "name": site.config.name},
        "datePublished": str(dataset.days[0]),
        "dateModified": str(dataset.newest),
        "temporalCoverage": dataset.iso_coverage,
        "version": version,
        "inLanguage": "en",
        "isLiveDataset": True,
        "distribution": [_file(file, site) for file in dataset.data_files],
        "recordSet": [_records(table) for table in dataset.tables],
        "_source": tabular.header(dataset.citations),
    }


def _file(file: DatasetFile, site: Site) -> dict[str, Any]:
    return {
        "@type": "cr:FileObject",
        "@id": file.name,
        "name": file.name,
        "description": file.about,
        "contentUrl": _address(site, f"{ROOT}/{file.path}", file.name),
        "encodingFormat": file.media_type,
        "contentSize": f"{file.checksum.size} B",
        "sha256": file.checksum.sha256,
    }


def _records(table: Table) -> dict[str, Any]:
    name = table.file.name.removesuffix(".csv")
    return {
        "@type": "cr:RecordSet",
        "@id": name,
        "name": name,
        "description": table.about,
        "field": [_field(name, column, table.file) for column in table.columns],
    }


def _field(records: str, column: Column, file: DatasetFile) -> dict[str, Any]:
    return {
        "@type": "cr:Field",
        "@id": f"{records}/{column.name}",
        "name": column.name,
        "description": column.about,
        "dataType": _TYPES[column.type],
        "source": {"fileObject": {"@id": file.name}, "extract": {"column": column.name}},
    }


def _address(site: Site, path: str, relative: str) -> str:
    """Return an address, the relative one for a site without a public URL."""
    if not site.public_url:
        return relative
    return absolute(site, path)
