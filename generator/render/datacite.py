"""``data/v1/<dataset>/datacite.json``: a dataset in the metadata schema of DataCite, ready for a repository.

It names no DOI, which only a repository can give: the address of the dataset stands in its place.
"""

from typing import Any

from generator.base.attribution import LICENCE_ID
from generator.boards.site import Site
from generator.render.addresses import absolute
from generator.render.dataset_descriptions import DatasetDescription

SCHEMA = "http://datacite.org/schema/kernel-4"


def datacite(dataset: DatasetDescription, site: Site) -> dict[str, Any]:
    """Return the metadata of the newest release of a dataset."""
    coverage = f"{dataset.coverage.start}/{dataset.coverage.end}"
    urls = dict.fromkeys(citation.url for citation in dataset.citations)
    sources = [url for url in urls if url]
    described: dict[str, Any] = {
        "schemaVersion": SCHEMA,
        "types": {"resourceTypeGeneral": "Dataset", "resourceType": "Table"},
        "creators": [{"name": dataset.creator, "nameType": "Organizational"}],
        "titles": [{"title": f"{dataset.title} ({site.config.name})", "lang": "en"}],
        "publisher": {"name": site.config.name},
        "publicationYear": str(dataset.newest.year),
        "dates": [
            {"date": dataset.citations[0].as_of, "dateType": "Updated"},
            {"date": str(dataset.days[0]), "dateType": "Issued"},
            {"date": coverage, "dateType": "Collected"},
        ],
        "language": "en",
        "version": str(dataset.newest),
        "formats": sorted({file.media_type for file in dataset.files if file.is_data}),
        "sizes": [f"{file.name}: {file.checksum.size} B" for file in dataset.files if file.is_data],
        "rightsList": [_rights(dataset)],
        "descriptions": [
            {"description": dataset.long_about, "descriptionType": "Abstract", "lang": "en"},
            {"description": dataset.credit, "descriptionType": "Other", "lang": "en"},
        ],
        "relatedIdentifiers": [
            {
                "relatedIdentifier": address,
                "relatedIdentifierType": "URL",
                "relationType": "IsDerivedFrom",
            }
            for address in sources
        ],
    }
    if site.public_url:
        address = absolute(site, dataset.page)
        described["alternateIdentifiers"] = [
            {"alternateIdentifier": address, "alternateIdentifierType": "URL"}
        ]
        described["url"] = address
    return described


def _rights(dataset: DatasetDescription) -> dict[str, str]:
    if dataset.licence_url is None:
        return {"rights": dataset.licence}
    return {
        "rights": "Creative Commons Attribution 4.0 International",
        "rightsUri": dataset.licence_url,
        "rightsIdentifier": LICENCE_ID,
        "rightsIdentifierScheme": "SPDX",
        "schemeUri": "https://spdx.org/licenses/",
    }
