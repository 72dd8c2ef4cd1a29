"""``data/v1/``: every snapshot as it was stored, and each dataset's newest state as JSON and CSV."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

from generator.archive.daily_tokens import DailyTokens
from generator.archive.export_comparison import Comparison, ExportsState
from generator.archive.gates import HeldBack
from generator.archive.history import History
from generator.archive.packs import Member
from generator.archive.stored_snapshot import StoredSnapshot
from generator.base import dates, files, tabular
from generator.base.artifact import Artifact, Parts
from generator.base.attribution import Citation
from generator.boards.site import DatasetState, Site
from generator.endpoints import BY_NAME, models, rankings_daily
from generator.render import (
    change_list,
    data_catalogs,
    data_readme,
    day_zips,
    document_schemas,
    schemas,
)
from generator.render.addresses import repository
from generator.render.context import Context
from generator.render.dataset_descriptions import describe_datasets
from generator.render.history_files import HistoryFiles, plain_columns
from generator.render.latest import (
    ROOT,
    SCHEMA_VERSION,
    Checksum,
    LatestFiles,
    dataset_header,
)
from generator.render.open_models import open_models

EARLIER = "earlier.json"
"""Where the snapshots are that the site has no room for as files of their own."""
_WHERE_EARLIER = (
    "These files have left their addresses. Where zip names one, it has each as member, with its manifest beside it, "
    "below data/v1/. The archive of this site keeps all: archive names the file there, or the zip that has it by its "
    "name. Their rows are in the history of the dataset."
)
CREDITS = "credits.json"
"""The one file of a dataset that may not be redistributed."""


class ChecksumIndex:
    """The checksum of each file made so far; files are asked for by their path below ``data/v1/``.

    Attributes:
        published: the checksums by the files' paths inside the site.
    """

    def __init__(self) -> None:
        self.published: dict[str, Checksum] = {}

    def add(self, path: str, body: bytes) -> Artifact:
        """Return the file as an artifact, its checksum noted."""
        checksum = Checksum.of(body)
        artifact = Artifact(f"{ROOT}/{path}", body, checksum.sha256)
        self.published[artifact.path] = checksum
        return artifact

    def add_parts(self, path: str, parts: Iterable[bytes]) -> Iterator[Artifact]:
        """Yield the file as an artifact, its checksum noted once it is written."""
        artifact = Artifact(f"{ROOT}/{path}", Parts(parts))
        yield artifact
        self.published[artifact.path] = Checksum(artifact.known_sum, artifact.size)

    def add_snapshot(self, path: str, snapshot: StoredSnapshot) -> Artifact:
        """Return a snapshot's file, linked unless it is packed, with the checksum that its manifest states."""
        checksum = Checksum(snapshot.manifest.sha256, snapshot.manifest.bytes)
        source = snapshot.source
        body = source if isinstance(source, Path) else snapshot.read()
        artifact = Artifact(f"{ROOT}/{path}", body, checksum.sha256)
        self.published[artifact.path] = checksum
        return artifact

    def checksum(self, path: str) -> Checksum | None:
        """Return the checksum of a file, None where it was not made."""
        return self.published.get(f"{ROOT}/{path}")

    def below(self, folder: str) -> list[dict[str, Any]]:
        """Return path, sha256 and size of each file whose path starts so."""
        start = f"{ROOT}/{folder}"
        return [
            {"path": path.removeprefix(f"{ROOT}/"), **checksum.record()}
            for path, checksum in self.published.items()
            if path.startswith(start)
        ]

    def sums(self) -> str:
        """Return a line for each file, as ``sha256sum`` writes and reads them."""
        ordered = sorted(self.published.items())
        lines = (f"{one.sha256}  {path.removeprefix(f'{ROOT}/')}\n" for path, one in ordered)
        return "".join(lines)


def make_downloads(context: Context) -> Iterator[Artifact]:
    """Yield every file below ``data/v1/``; the index and the checksums, which name all others, last."""
    history, site = context.history, context.site
    index = ChecksumIndex()
    for state in site.datasets:
        if state.day is not None and state.redistributable:
            yield from _dataset(context, state, index)
        elif state.day is not None:
            yield index.add(f"{state.name}/{CREDITS}", _credits(history, state))
    for files_ in context.tables.values():
        yield from _history(files_, index)
    usage = history.daily_tokens
    if usage is not None and rankings_daily.NAME not in history.withheld:
        yield from index.add_parts(f"{rankings_daily.NAME}/revisions.csv", _revisions(usage))
    yield from _described(context, index)
    datasets = describe_datasets(site, index.published)
    about = {
        "LICENSE": data_readme.licence(site).encode(),
        "README.md": data_readme.readme(site, datasets).encode(),
        "CITATION.cff": data_readme.citation_file(site, datasets.values()).encode(),
    }
    for name, body in about.items():
        yield index.add(name, body)
    for name, body in day_zips.day_zips(history):
        yield index.add(name, body)
    if context.latest:
        yield index.add("latest.zip", files.zipped({**about, **_newest_tables(context.latest)}))
    yield index.add("index.json", _index(context, index))
    yield Artifact.text(f"{ROOT}/SHA256SUMS", index.sums())


def _described(context: Context, index: ChecksumIndex) -> Iterator[Artifact]:
    """Yield the files about all datasets; those that describe them state the checksums of the tables."""
    history, site = context.history, context.site
    if models.NAME not in history.withheld:
        yield index.add("identity.json", _identity(history, site))
    yield index.add("status.json", _status(history, site))
    changes = change_list.change_list(context)
    if changes is not None:
        yield index.add(change_list.NAME, changes)
    yield index.add("datapackage.json", _datapackage(context, index))
    for name, body in data_catalogs.catalog_files(site, index.published):
        yield index.add(name, body)
    for name, schema in document_schemas.all_documents():
        yield index.add(name, tabular.indented(schema))


def _dataset(context: Context, state: DatasetState, index: ChecksumIndex) -> Iterator[Artifact]:
    history, latest, folder = context.history, context.latest[state.name], state.name
    snapshots = history.archive.snapshots(state.name, history.today)
    # The newest keeps its address, to which others lead.
    first = min(context.left_out.snapshots, state.day or history.today)
    earlier = [snapshot for snapshot in snapshots if snapshot.day < first]
    zipped = [snapshot for snapshot in snapshots if context.left_out.is_zipped(snapshot.day)]
    for year, of_year in groupby(zipped, key=lambda snapshot: snapshot.day.year):
        yield index.add(f"{folder}/{year}.zip", day_zips.year_zip(year, list(of_year)))
    if earlier:
        yield index.add(f"{folder}/{EARLIER}", _earlier(context, state, earlier))
    for snapshot in snapshots[len(earlier) :]:
        yield index.add_snapshot(f"{folder}/{snapshot.path.name}", snapshot)
        yield index.add(f"{folder}/{snapshot.manifest_path.name}", snapshot.read_manifest())
    for name, body in latest.files.items():
        yield index.add(f"{folder}/{name}", body)
    yield index.add(f"{folder}/latest.manifest.json", _manifest(state, latest))
    yield index.add(f"{folder}/schema.json", tabular.indented(schemas.latest(BY_NAME[state.name])))


def _newest_tables(latest: Mapping[str, LatestFiles]) -> dict[str, bytes]:
    """Return the newest CSV and JSON of each dataset, by path; a CSV without rows would name no source."""
    packed: dict[str, bytes] = {}
    for dataset, tables in latest.items():
        for name, body in tables.files.items():
            if tables.rows or not name.endswith(".csv"):
                packed[f"{dataset}/{name}"] = body
    return packed


def _credits(history: History, state: DatasetState) -> bytes:
    """Return whom a dataset is credited to on each day held, and none of its rows: it may not be redistributed."""
    days = [
        {
            "day": str(snapshot.day),
            "citations": tabular.header(history.stored_citations(snapshot))["citations"],
        }
        for snapshot in history.archive.snapshots(state.name, history.today)
    ]
    top = dataset_header(state.citations, state.name, str(state.day))
    return tabular.json_file({**top, "redistributable": False}, days, "days")


def _earlier(context: Context, state: DatasetState, snapshots: Sequence[StoredSnapshot]) -> bytes:
    """Return name, place, checksum, size and credit of each snapshot that has left its address."""
    rows = []
    for snapshot in snapshots:
        manifest, name = snapshot.manifest, snapshot.path.name
        is_zipped = context.left_out.is_zipped(snapshot.day)
        kept_in = snapshot.source.zip if isinstance(snapshot.source, Member) else snapshot.source
        kept = f"{state.name}/{kept_in.name}"
        branch = repository(context.site)
        rows.append(
            {
                "day": str(snapshot.day),
                "path": name,
                "zip": f"{state.name}/{snapshot.day.year}.zip" if is_zipped else None,
                "member": f"{state.name}/{name}" if is_zipped else None,
                "archive": kept,
                "archive_url": f"{branch}/raw/snapshots/{kept}" if branch else None,
                "sha256": manifest.sha256,
                "bytes": manifest.bytes,
                "citations": [
                    {
                        "text": manifest.citation,
                        "as_of": manifest.as_of,
                        "license": manifest.license,
                    }
                ],
            }
        )
    top = {**dataset_header(state.citations, state.name, str(state.day)), "note": _WHERE_EARLIER}
    return tabular.json_file(top, rows, "days")


def _manifest(state: DatasetState, latest: LatestFiles) -> bytes:
    note = "Aliases of the newest snapshot, rebuilt every day; cite the dated snapshot instead."
    checksums = latest.checksums()
    return tabular.indented(
        {
            **latest.header,
            "rows": latest.rows,
            "files": {name: checksum.record() for name, checksum in checksums.items()},
            "snapshot": f"{state.day}.json.gz",
            "note": note,
        }
    )


def _history(of_dataset: HistoryFiles, index: ChecksumIndex) -> Iterator[Artifact]:
    """Yield a dataset's table in two times."""
    folder = of_dataset.table.endpoint.name
    for name, parts in of_dataset.texts():
        yield from index.add_parts(f"{folder}/{name}", parts)
    for path, body in of_dataset.parquet():
        yield index.add(f"{folder}/{path}", body)
        del body


def _revisions(usage: DailyTokens) -> Iterator[bytes]:
    """Yield, part by part, the numbers that a later snapshot stated otherwise, each with the credit of that snapshot."""
    columns = [column.name for column in schemas.REVISION_COLUMNS]
    rows: Iterable[tuple[Mapping[str, object], Citation]] = (
        (
            {
                "date": revision.day,
                "model_permaslug": revision.slug,
                "tokens_before": revision.before,
                "tokens_after": revision.after,
                "snapshot_date": revision.seen.snapshot_day,
                rankings_daily.PROVISIONAL: revision.seen.provisional(revision.day),
            },
            revision.seen.citation,
        )
        for revision in usage.revisions
    )
    yield tabular.csv_heading(columns)
    yield from tabular.csv_parts(columns, rows, plain_columns(schemas.REVISION_COLUMNS))


def _identity(history: History, site: Site) -> bytes:
    """Return which ids, slugs and variants are one model, as JSON."""
    rows = [
        {
            "canonical_slug": profile.model.id,
            "name": profile.model.source_name,
            "short_name": profile.model.name,
            "author": profile.model.author,
            "ids": list(profile.ids),
            "listed": profile.listed,
            "first_seen": str(profile.first_seen) if profile.first_seen else None,
            "last_seen": str(profile.last_seen) if profile.last_seen else None,
            "page": profile.model.path,
        }
        for profile in open_models(history, site).values()
    ]
    top = {
        **_header(site),
        "schema_version": SCHEMA_VERSION,
        "snapshot_date": str(site.today),
    }
    return tabular.json_file(top, rows, "models")


def _history_resources(of_dataset: HistoryFiles, index: ChecksumIndex) -> Iterator[dict[str, Any]]:
    """Yield the files of a dataset's history, as far as they were made, as resources of the data package."""
    endpoint, citations = of_dataset.table.endpoint, of_dataset.table.citations
    checksum = index.checksum(f"{endpoint.name}/history.csv")
    if checksum is not None:
        yield schemas.history_resource(endpoint, checksum, citations)
    for month, path in of_dataset.parts:
        checksum = index.checksum(f"{endpoint.name}/{path}")
        if checksum is not None:
            yield schemas.parquet_resource(endpoint, month, path, checksum, citations)


def _header(site: Site) -> dict[str, Any]:
    """Return the members at the top of a file about all datasets: its ``as_of`` is the newest of theirs."""
    # One that lies ahead is not a time of any data, unless all do, as where the clock is slow.
    times = [citation.as_of for citation in site.citations]
    past = [citation.as_of for citation in site.citations if citation.day <= site.today]
    newest = max(past or times, key=dates.parse_as_of, default=None)
    rule = "The newest of all datasets up to snapshot_date; each dataset states its own."
    return {**tabular.header(site.citations), "as_of": newest, "as_of_rule": rule}


def _status(history: History, site: Site) -> bytes:
    top = {
        **_header(site),
        "schema_version": SCHEMA_VERSION,
        "snapshot_date": str(site.today),
        "last_run": str(site.last_run) if site.last_run else None,
        "generator": site.version,
        "demo": bool(site.demo),
    }
    rows = [_state(state) for state in site.datasets]
    top["runs"] = [
        {"day": str(day), "datasets": _run_states(report)}
        for day, report in history.archive.runs(history.today, most=60)
    ]
    top["exports"] = _exports(site.exports) if site.exports else None
    return tabular.json_file(top, rows, "datasets")


def _exports(state: ExportsState) -> dict[str, Any]:
    """Return how the source's own dated files agree with what is held."""
    return {
        "read_on": str(state.read_on),
        "unread": list(state.unread),
        "files": [_compared(comparison) for comparison in state.comparisons],
    }


def _compared(one: Comparison) -> dict[str, Any]:
    return {
        "path": one.path,
        "day": str(one.day),
        "checksum_agrees": one.checksum,
        "unreadable": one.unreadable,
        "compared": one.compared,
        "equal": one.equal,
        "equal_to_another_snapshot": one.earlier,
        "different": one.different,
        "missing_here": one.missing_here,
        "missing_there": one.missing_there,
        "differences": list(one.differences),
    }


def _state(state: DatasetState) -> dict[str, Any]:
    return {
        "dataset": state.name,
        "newest": str(state.day) if state.day else None,
        "as_of": state.as_of,
        "stale": state.stale,
        "failed": state.failed,
        "unchanged_since": str(state.unchanged_since) if state.unchanged_since else None,
        "message": state.message,
        "held_back": [_held_back(held) for held in state.held_back],
        "rows": state.rows,
        "days_held": len(state.days),
        "notes": list(state.notes),
    }


def _held_back(one: HeldBack) -> dict[str, Any]:
    return {
        "snapshot": one.snapshot,
        "snapshot_date": str(one.snapshot_day),
        "day": str(one.day) if one.day else None,
        "gates": [objection.gate for objection in one.objections],
        "reason": one.reasons,
        "shown": str(one.shown) if one.shown else None,
    }


def _run_states(report: Mapping[str, Any]) -> dict[str, object]:
    """Return the state in which a run left each dataset, by dataset."""
    return {name: outcome.get("state") for name, outcome in report.get("datasets", {}).items()}


def _index(context: Context, index: ChecksumIndex) -> bytes:
    site = context.site
    top = {
        **_header(site),
        "schema_version": SCHEMA_VERSION,
        "snapshot_date": str(site.today),
        "demo": bool(site.demo),
        "stability": "Dated files never change. Aliases (latest, history) are rebuilt by every build.",
        "files": [file for file in index.below("") if "/" not in file["path"]],
    }
    listed = [state for state in site.datasets if state.day and state.redistributable]
    rows = [_index_row(state, index, context.left_out.snapshots) for state in listed]
    return tabular.json_file(top, rows, "datasets")


def _index_row(state: DatasetState, index: ChecksumIndex, first: date) -> dict[str, Any]:
    earlier = f"{state.name}/{EARLIER}"
    return {
        **tabular.header(state.citations[:1]),
        "dataset": state.name,
        "title": state.title,
        "description": state.about,
        "snapshot_date": str(state.day),
        "stale": state.stale,
        "rows": state.rows,
        "dates": [str(day) for day in state.days if day >= min(first, state.days[-1])],
        "earlier": earlier if index.checksum(earlier) else None,
        "files": index.below(f"{state.name}/"),
    }


def _datapackage(context: Context, index: ChecksumIndex) -> bytes:
    """Return a Frictionless data package of the newest tables and the histories, as JSON."""
    history, site = context.history, context.site
    resources = []
    for state in site.datasets:
        checksum = index.checksum(f"{state.name}/latest.csv")
        if checksum is not None:
            resources.append(schemas.resource(BY_NAME[state.name], checksum, state.citations))
    for of_dataset in context.tables.values():
        resources += _history_resources(of_dataset, index)
    checksum = index.checksum(f"{rankings_daily.NAME}/revisions.csv")
    if checksum is not None and history.daily_tokens is not None:
        resources.append(schemas.revisions_resource(checksum, (history.daily_tokens.citation,)))
    return tabular.indented(
        {
            **_header(site),
            "name": site.config.slug,
            "title": site.config.name,
            "created": f"{site.today}T00:00:00Z",
            "resources": resources,
        }
    )
