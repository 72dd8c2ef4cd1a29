"""``data/v1/dcat.jsonld``: all datasets with their files as a catalog in the vocabulary DCAT 3."""

from collections.abc import Iterable, Mapping
from typing import Any

from generator.base import tabular
from generator.boards.site import Site
from generator.render.addresses import absolute
from generator.render.dataset_descriptions import DatasetDescription, DatasetFile
from generator.render.latest import ROOT

_DATE = "http://www.w3.org/2001/XMLSchema#date"
CONTEXT: Mapping[str, Any] = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "spdx": "http://spdx.org/rdf/terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "_source": None,
}
_ENGLISH = "http://id.loc.gov/vocabulary/iso639-1/en"
_FREQUENCIES = {1: "DAILY", 7: "WEEKLY"}
_FREQUENCY = "http://publications.europa.eu/resource/authority/frequency/"
_MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"


def catalog(datasets: Iterable[DatasetDescription], site: Site) -> dict[str, Any]:
    """Return the catalog as JSON-LD; addresses are relative where the site does not know its own."""
    return {
        "@context": dict(CONTEXT),
        "@id": _address(site, f"{ROOT}/dcat.jsonld"),
        "@type": "dcat:Catalog",
        "dct:title": site.config.name,
        "dct:description": "Dated snapshots of the OpenRouter Data API: static files, rebuilt every day.",
        "dct:publisher": _agent(site.config.name),
        "dct:modified": _day(str(site.today)),
        "dct:language": {"@id": _ENGLISH},
        "foaf:homepage": {"@id": _address(site, "data/")},
        "dcat:dataset": [_dataset(dataset, site) for dataset in datasets],
        "_source": tabular.header(site.citations),
    }


def _dataset(dataset: DatasetDescription, site: Site) -> dict[str, Any]:
    files = (*dataset.data_files, *dataset.snapshots[:1])
    return {
        "@id": _address(site, dataset.page),
        "@type": "dcat:Dataset",
        "dct:identifier": dataset.name,
        "dct:title": dataset.title,
        "dct:description": dataset.long_about,
        "dct:creator": _agent(dataset.creator),
        "dct:publisher": _agent(site.config.name),
        "dct:issued": _day(str(dataset.days[0])),
        "dct:modified": _day(str(dataset.newest)),
        "dct:temporal": {
            "@type": "dct:PeriodOfTime",
            "dcat:startDate": _day(str(dataset.coverage.start)),
            "dcat:endDate": _day(str(dataset.coverage.end)),
        },
        "dct:accrualPeriodicity": {
            "@id": _FREQUENCY + _FREQUENCIES.get(dataset.every_days, "OTHER")
        },
        "dct:bibliographicCitation": dataset.credit,
        "dcat:landingPage": {"@id": _address(site, dataset.page)},
        "dcat:distribution": [_distribution(file, dataset, site) for file in files],
    }


def _distribution(file: DatasetFile, dataset: DatasetDescription, site: Site) -> dict[str, Any]:
    address = {"@id": _address(site, f"{ROOT}/{file.path}")}
    return {
        "@type": "dcat:Distribution",
        "dct:title": file.name,
        "dcat:accessURL": address,
        "dcat:downloadURL": address,
        **_format(file),
        "dcat:byteSize": {
            "@value": str(file.checksum.size),
            "@type": "xsd:nonNegativeInteger",
        },
        "spdx:checksum": {
            "@type": "spdx:Checksum",
            "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"},
            "spdx:checksumValue": file.checksum.sha256,
        },
        **_rights(dataset),
    }


def _format(file: DatasetFile) -> dict[str, Any]:
    """Return the media type of a file, of a compressed one that of what it unpacks to, with its compression."""
    if not file.path.endswith(".json.gz"):
        return {"dcat:mediaType": {"@id": _MEDIA_TYPES + file.media_type}}
    return {
        "dcat:mediaType": {"@id": f"{_MEDIA_TYPES}application/json"},
        "dcat:compressFormat": {"@id": _MEDIA_TYPES + file.media_type},
    }


def _rights(dataset: DatasetDescription) -> dict[str, Any]:
    if dataset.license_url is None:
        stated = {"@type": "dct:RightsStatement", "rdfs:label": dataset.license}
        return {"dct:rights": stated}
    return {"dct:license": {"@id": dataset.license_url}}


def _agent(name: str) -> dict[str, str]:
    return {"@type": "foaf:Agent", "foaf:name": name}


def _day(day: str) -> dict[str, str]:
    return {"@value": day, "@type": _DATE}


def _address(site: Site, path: str) -> str:
    """Return an address; without a public URL one relative to ``data/v1/``, where the catalog is."""
    if not site.public_url:
        return f"../../{path}"
    return absolute(site, path)
