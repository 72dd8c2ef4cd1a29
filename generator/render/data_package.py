"""``data/v1/datapackage.json``: the newest tables and the histories as a Frictionless data package."""

from collections.abc import Iterator
from typing import Any

from generator.base import tabular
from generator.endpoints import BY_NAME, rankings_daily
from generator.render import schemas
from generator.render.checksum_index import ChecksumIndex
from generator.render.context import Context
from generator.render.history_files import HistoryFiles
from generator.render.json_headers import site_credit


def data_package(context: Context, index: ChecksumIndex) -> bytes:
    """Return the package, as JSON, with the tables that the index has.

    It names no license: a resource without one of its own would have that of the package.
    """
    site = context.site
    return tabular.indented(
        {
            **site_credit(site),
            "name": site.config.slug,
            "title": site.config.name,
            "created": f"{site.today}T00:00:00Z",
            "resources": list(_resources(context, index)),
        }
    )


def _resources(context: Context, index: ChecksumIndex) -> Iterator[dict[str, Any]]:
    for state in context.site.datasets:
        checksum = index.checksum(f"{state.name}/latest.csv")
        if checksum is not None:
            yield schemas.resource(BY_NAME[state.name], checksum, state.citations)
    for of_dataset in context.tables.values():
        yield from _history_resources(of_dataset, index)
    checksum = index.checksum(f"{rankings_daily.NAME}/revisions.csv")
    usage = context.history.daily_tokens
    if checksum is not None and usage is not None:
        yield schemas.revisions_resource(checksum, (usage.citation,))


def _history_resources(of_dataset: HistoryFiles, index: ChecksumIndex) -> Iterator[dict[str, Any]]:
    """Yield the files of a dataset's history, as far as they were made."""
    endpoint, citations = of_dataset.table.endpoint, of_dataset.table.citations
    checksum = index.checksum(f"{endpoint.name}/history.csv")
    if checksum is not None:
        yield schemas.history_resource(endpoint, checksum, citations)
    for month, path in of_dataset.parts:
        checksum = index.checksum(f"{endpoint.name}/{path}")
        if checksum is not None:
            yield schemas.parquet_resource(endpoint, month, path, checksum, citations)
