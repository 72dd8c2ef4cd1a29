"""``data/v1/<dataset>/datacite.json``: a dataset in the metadata schema of DataCite, ready for a repository.

It names no DOI, which only a repository can give: the address of the dataset stands in its place.
"""

from typing import Any

from generator.base.attribution import LICENSE_ID
from generator.boards.site import Site
from generator.render.addresses import absolute
from generator.render.dataset_descriptions import DatasetDescription

SCHEMA = "http://datacite.org/schema/kernel-4"


def datacite(dataset: DatasetDescription, site: Site) -> dict[str, Any]:
    """Return the metadata of the newest release of a dataset."""
    described: dict[str, Any] = {
        "schemaVersion": SCHEMA,
        "types": {"resourceTypeGeneral": "Dataset", "resourceType": "Table"},
        "creators": [{"name": dataset.creator, "nameType": "Organizational"}],
        "titles": [{"title": f"{dataset.title} ({site.config.name})", "lang": "en"}],
        "publisher": {"name": site.config.name},
        "publicationYear": str(dataset.newest.year),
        "dates": _dates(dataset),
        "language": "en",
        "version": str(dataset.newest),
        "formats": sorted({file.media_type for file in dataset.data_files}),
        "sizes": [f"{file.name}: {file.checksum.size} B" for file in dataset.data_files],
        "rightsList": [_rights(dataset)],
        "descriptions": [
            {"description": dataset.long_about, "descriptionType": "Abstract", "lang": "en"},
            {"description": dataset.credit, "descriptionType": "Other", "lang": "en"},
        ],
        "relatedIdentifiers": _sources(dataset),
    }
    if site.public_url:
        address = absolute(site, dataset.page)
        described["alternateIdentifiers"] = [
            {"alternateIdentifier": address, "alternateIdentifierType": "URL"}
        ]
        described["url"] = address
    return described


def _dates(dataset: DatasetDescription) -> list[dict[str, str]]:
    """Return when the rows were stated, first held and gathered, and the days that they are about."""
    return [
        {"date": dataset.citations[0].as_of, "dateType": "Updated"},
        {"date": str(dataset.days[0]), "dateType": "Issued"},
        {"date": f"{dataset.days[0]}/{dataset.newest}", "dateType": "Collected"},
        {"date": dataset.iso_coverage, "dateType": "Coverage"},
    ]


def _sources(dataset: DatasetDescription) -> list[dict[str, str]]:
    return [
        {
            "relatedIdentifier": address,
            "relatedIdentifierType": "URL",
            "relationType": "IsDerivedFrom",
        }
        for address in dataset.source_urls
    ]


def _rights(dataset: DatasetDescription) -> dict[str, str]:
    if dataset.license_url is None:
        return {"rights": dataset.license}
    return {
        "rights": "Creative Commons Attribution 4.0 International",
        "rightsUri": dataset.license_url,
        "rightsIdentifier": LICENSE_ID,
        "rightsIdentifierScheme": "SPDX",
        "schemeUri": "https://spdx.org/licenses/",
    }
