"""``data/v1/``: every snapshot as it was stored, each dataset's tables, and what describes them."""

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

from generator.archive.history import History
from generator.archive.stored_snapshot import StoredSnapshot
from generator.base import files, tabular
from generator.base.artifact import Artifact
from generator.boards.site import DatasetState
from generator.endpoints import BY_NAME, models, rankings_daily
from generator.render import (
    change_list,
    data_catalogs,
    data_readme,
    day_zips,
    document_schemas,
    earlier_snapshots,
    schemas,
)
from generator.render.checksum_index import ChecksumIndex
from generator.render.context import Context
from generator.render.data_package import data_package
from generator.render.dataset_descriptions import describe_datasets
from generator.render.history_files import HistoryFiles
from generator.render.identity import identity_file
from generator.render.json_headers import dataset_header, site_header
from generator.render.latest import ROOT, LatestFiles
from generator.render.revisions import revisions
from generator.render.status_file import status_file

CREDITS = "credits.json"
"""The one file of a dataset that may not be redistributed."""
_STABILITY = "Dated files never change. Aliases (latest, history) are rebuilt by every build."
_LATEST_NOTE = "Aliases of the newest snapshot, rebuilt every day; cite the dated snapshot instead."


def make_downloads(context: Context) -> Iterator[Artifact]:
    """Yield every file below ``data/v1/``; the index and the checksums, which name all others, last."""
    index = ChecksumIndex()
    yield from _of_datasets(context, index)
    yield from _of_all(context, index)
    texts = _texts(context, index)
    for name, body in texts.items():
        yield index.add(name, body)
    for name, body in day_zips.day_zips(context.history):
        yield index.add(name, body)
    if context.latest:
        packed = {**texts, **_newest_tables(context.latest)}
        yield index.add("latest.zip", files.zipped(packed))
    yield index.add("index.json", _index(context, index))
    yield Artifact.text(f"{ROOT}/SHA256SUMS", index.sums())


def _of_datasets(context: Context, index: ChecksumIndex) -> Iterator[Artifact]:
    """Yield the snapshots and tables of each dataset; of one that may not be redistributed its credits."""
    history = context.history
    for state in context.site.datasets:
        if state.day is None:
            continue
        if state.redistributable:
            yield from _dataset(context, state, index)
        else:
            yield index.add(f"{state.name}/{CREDITS}", _credits(history, state))
    for of_dataset in context.tables.values():
        yield from _history(of_dataset, index)
    usage = history.daily_tokens
    if usage is not None and rankings_daily.NAME not in history.withheld:
        yield from index.add_parts(
            f"{rankings_daily.NAME}/revisions.csv", revisions(usage, context.cache)
        )


def _of_all(context: Context, index: ChecksumIndex) -> Iterator[Artifact]:
    """Yield the files about all datasets; those that describe them state the checksums of the tables."""
    history, site = context.history, context.site
    if models.NAME not in history.withheld:
        yield index.add("identity.json", identity_file(history, site))
    yield index.add("status.json", status_file(context))
    changes = change_list.change_list(context)
    if changes is not None:
        yield index.add(change_list.NAME, changes)
    yield index.add("datapackage.json", data_package(context, index))
    for name, body in data_catalogs.catalog_files(site, index.published):
        yield index.add(name, body)
    for name, schema in document_schemas.all_documents():
        yield index.add(name, tabular.indented(schema))


def _texts(context: Context, index: ChecksumIndex) -> dict[str, bytes]:
    """Return the texts beside the data, by name; each zip has them, too."""
    site = context.site
    datasets = describe_datasets(site, index.published)
    return {
        "LICENSE": data_readme.license_text(site).encode(),
        "README.md": data_readme.readme(site, datasets).encode(),
        "CITATION.cff": data_readme.citation_file(site, datasets.values()).encode(),
    }


def _dataset(context: Context, state: DatasetState, index: ChecksumIndex) -> Iterator[Artifact]:
    """Yield the snapshots of a dataset, those without an address of their own in zips, and its newest tables."""
    history, latest, folder = context.history, context.latest[state.name], state.name
    snapshots = history.archive.snapshots(state.name, history.today)
    # The newest keeps its address, to which others lead.
    first = min(context.left_out.snapshots, state.day or history.today)
    earlier = [snapshot for snapshot in snapshots if snapshot.day < first]
    zipped = [snapshot for snapshot in snapshots if context.left_out.is_zipped(snapshot.day)]
    for year, of_year in groupby(zipped, key=lambda snapshot: snapshot.day.year):
        yield index.add(f"{folder}/{year}.zip", day_zips.year_zip(year, list(of_year)))
    if earlier:
        listed = earlier_snapshots.earlier_file(context, state, earlier)
        yield index.add(f"{folder}/{earlier_snapshots.NAME}", listed)
    for snapshot in snapshots[len(earlier) :]:
        yield index.add_snapshot(f"{folder}/{snapshot.path.name}", snapshot)
        yield index.add(f"{folder}/{snapshot.manifest_path.name}", snapshot.read_manifest())
    for name, body in latest.files.items():
        yield index.add(f"{folder}/{name}", body)
    yield index.add(
        f"{folder}/latest.manifest.json", _latest_manifest(latest, history.newest(state.name))
    )
    yield index.add(f"{folder}/schema.json", tabular.indented(schemas.latest(BY_NAME[state.name])))


def _latest_manifest(latest: LatestFiles, newest: StoredSnapshot | None) -> bytes:
    """Return checksums of the newest tables, and the snapshot that they are made of: not always the first of its day."""
    checksums = latest.checksums()
    return tabular.indented(
        {
            **latest.header,
            "rows": latest.rows,
            "files": {name: checksum.record() for name, checksum in checksums.items()},
            "snapshot": newest.path.name if newest else None,
            "note": _LATEST_NOTE,
        }
    )


def _credits(history: History, state: DatasetState) -> bytes:
    """Return whom a dataset is credited to on each day held, and none of its rows: it may not be redistributed."""
    days = []
    for snapshot in history.archive.snapshots(state.name, history.today):
        citations = tabular.header(history.stored_citations(snapshot))["citations"]
        days.append({"day": str(snapshot.day), "citations": citations})
    top = dataset_header(state.citations, state.name, str(state.day))
    return tabular.json_file({**top, "redistributable": False}, days, "days")


def _history(of_dataset: HistoryFiles, index: ChecksumIndex) -> Iterator[Artifact]:
    """Yield a dataset's table in two times."""
    folder = of_dataset.table.endpoint.name
    for name, parts in of_dataset.texts():
        yield from index.add_parts(f"{folder}/{name}", parts)
    for path, body in of_dataset.parquet():
        yield index.add(f"{folder}/{path}", body)
        del body


def _newest_tables(latest: Mapping[str, LatestFiles]) -> dict[str, bytes]:
    """Return the newest CSV and JSON of each dataset, by path; a CSV without rows would name no source."""
    packed: dict[str, bytes] = {}
    for dataset, tables in latest.items():
        for name, body in tables.files.items():
            if tables.rows or not name.endswith(".csv"):
                packed[f"{dataset}/{name}"] = body
    return packed


def _index(context: Context, index: ChecksumIndex) -> bytes:
    """Return ``index.json``: all that the index has so far, by dataset."""
    site = context.site
    top = {
        **site_header(site),
        "demo": bool(site.demo),
        "stability": _STABILITY,
        "files": index.at_the_top(),
    }
    rows = []
    for state in site.datasets:
        if state.day and state.redistributable:
            rows.append(_index_row(context, state, index))
    return tabular.json_file(top, rows, "datasets")


def _index_row(context: Context, state: DatasetState, index: ChecksumIndex) -> dict[str, Any]:
    """Return a dataset's record in the index, with the days whose snapshots have addresses of their own."""
    earlier = f"{state.name}/{earlier_snapshots.NAME}"
    first = min(context.left_out.snapshots, state.days[-1])
    return {
        **tabular.header(state.citations[:1]),
        "dataset": state.name,
        "title": state.title,
        "description": state.about,
        "snapshot_date": str(state.day),
        "stale": state.stale,
        "rows": context.rows_of(state),
        "dates": [str(day) for day in state.days if day >= first],
        "earlier": earlier if index.checksum(earlier) else None,
        "files": index.below(state.name),
    }
