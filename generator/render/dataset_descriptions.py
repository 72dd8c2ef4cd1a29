"""What is known of each published dataset, gathered once: pages and catalogs of data are made from it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from pathlib import PurePosixPath

from generator.archive.stored_snapshot import day_and_revision
from generator.base.attribution import LICENSE_ID, LICENSE_URL, Citation
from generator.base.dates import Window, parse_day
from generator.boards.site import DatasetState, Site
from generator.endpoints import BY_NAME
from generator.endpoints.columns import Column
from generator.render import schemas
from generator.render.latest import ROOT, Checksum

_DATED = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})(\.r[0-9]+)?\.(json\.gz|manifest\.json)", re.ASCII
)
_MANIFEST = ".manifest.json"
_CREATORS = {
    "benchmarks-artificial-analysis": ("Artificial Analysis", "https://artificialanalysis.ai"),
    "benchmarks-design-arena": ("Design Arena", "https://www.designarena.ai"),
}
_OPENROUTER = ("OpenRouter", "https://openrouter.ai")
_DESCRIPTIONS = (_MANIFEST, "schema.json", "croissant.json", "datacite.json", "earlier.json")
_MEDIA_TYPES = {
    ".csv": "text/csv",
    ".json": "application/json",
    ".gz": "application/gzip",
    ".parquet": "application/vnd.apache.parquet",
    ".zip": "application/zip",
}
_ZIPPED_YEAR = re.compile(r"([0-9]{4})\.zip", re.ASCII)
_ABOUT = {
    "earlier.json": "where the API responses of days before the oldest dated file are",
    "latest.csv": "the rows of the newest snapshot, with source, date and license in the last columns",
    "latest.json": "the rows of the newest snapshot, with source, date and license at the top",
    "latest.manifest.json": "checksums, sizes and number of rows of the newest files",
    "history.csv": "every row as it was stated, with the days it holds for and from when until when it stood",
    "history.json": "the same as JSON",
    "revisions.csv": "every number that a later snapshot restates, before and after",
    "schema.json": "JSON Schema of latest.json",
    "history.schema.json": "JSON Schema of history.json",
    "croissant.json": "Croissant 1.1 description, for machine learning tools",
    "datacite.json": "DataCite metadata, for repositories and reference managers",
}
_PLACES = {name: place for place, name in enumerate(_ABOUT)}
_TABLES = {
    "latest.csv": "newest rows",
    "history.csv": "every row as it was stated",
    "revisions.csv": "restated numbers",
}
"""The tables of a dataset, by file name: those whose columns are described."""


@dataclass(frozen=True, slots=True)
class DatasetFile:
    """One file below ``data/v1/``.

    Attributes:
        path: from ``data/v1/`` on: ``models/latest.csv``.
        checksum: of its bytes, with their number.
        day: of the snapshot that it holds or was made from.
        about: what it holds, in a few words; empty for a dated file.
        dated: whether it is of one day and never changes.
    """

    path: str
    checksum: Checksum
    day: date
    about: str = ""
    dated: bool = False

    @property
    def name(self) -> str:
        """The path inside the folder of its dataset."""
        return self.path.partition("/")[2]

    @property
    def is_data(self) -> bool:
        """Whether it holds rows or responses, and does not only describe them."""
        return self.dated or not self.path.endswith(_DESCRIPTIONS)

    @property
    def media_type(self) -> str:
        """Its type as HTTP and catalogs name it."""
        return _MEDIA_TYPES.get(PurePosixPath(self.path).suffix, "application/octet-stream")


@dataclass(frozen=True, slots=True)
class Table:
    """A CSV file with the columns that come before those of the credit."""

    file: DatasetFile
    about: str
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class DatasetDescription:
    """One dataset that is published.

    Attributes:
        name, title, about: as its endpoint says.
        citations: of the newest snapshot, the first one first.
        creator, creator_url: who makes the data.
        days: with a snapshot, oldest first; at least one.
        every_days: how many days lie between two snapshots.
        covered: the days that its rows are of, None where those of the snapshots say it.
        files: those that change with each build, in its own folder.
        parts: those in folders below it: one table in pieces, such as its months.
        snapshots: the responses of each day, newest first.
        manifests: of these snapshots, by the day's file name.
        tables: its CSV files.
    """

    name: str
    title: str
    about: str
    citations: tuple[Citation, ...]
    creator: str
    creator_url: str
    days: tuple[date, ...]
    every_days: int
    covered: Window | None
    files: tuple[DatasetFile, ...]
    parts: tuple[DatasetFile, ...]
    snapshots: tuple[DatasetFile, ...]
    manifests: Mapping[str, DatasetFile]
    tables: tuple[Table, ...]

    @property
    def earlier(self) -> DatasetFile | None:
        """The list of where the responses of days are that have left their addresses; None where none have."""
        return self.file("earlier.json")

    @property
    def data_files(self) -> tuple[DatasetFile, ...]:
        """The files in its own folder that hold rows or responses of all days."""
        return tuple(file for file in self.files if file.is_data)

    @property
    def source_urls(self) -> tuple[str, ...]:
        """Return the addresses of its sources, each once; none for a source that names no place."""
        urls = dict.fromkeys(citation.url for citation in self.citations)
        return tuple(url for url in urls if url)

    @property
    def newest(self) -> date:
        """The day of the newest snapshot."""
        return self.days[-1]

    @property
    def page(self) -> str:
        """The path of its page inside the site."""
        return f"data/{self.name}/"

    @property
    def long_about(self) -> str:
        """The description with the days held: longer than the fifty characters that catalogs require."""
        held = Window(self.days[0], self.newest)
        return f"{self.about} Dated snapshots of OpenRouter's Data API, {held.start}/{held.end}, with source and license."

    @property
    def coverage(self) -> Window:
        """The first and the last day that the rows are of."""
        return self.covered or Window(self.days[0], self.newest)

    @property
    def iso_coverage(self) -> str:
        """The days of the rows as an interval of ISO 8601: ``2026-05-24/2026-08-17``."""
        return f"{self.coverage.start}/{self.coverage.end}"

    @property
    def credit(self) -> str:
        """The credit line of each source, in its words."""
        return " ".join(dict.fromkeys(citation.full for citation in self.citations))

    @property
    def license_url(self) -> str | None:
        """The address of the license, None where a source states none."""
        licenses = {citation.license for citation in self.citations}
        return LICENSE_URL if licenses == {LICENSE_ID} else None

    @property
    def license(self) -> str:
        """The license in the words of the files: an identifier, or that none is stated."""
        return "; ".join(dict.fromkeys(citation.license for citation in self.citations))

    @property
    def gaps(self) -> tuple[Window, ...]:
        """The spans of days without a snapshot between the first and the last one, where one was due."""
        return tuple(_gaps(self.days, self.every_days))

    def file(self, name: str) -> DatasetFile | None:
        """Return the file of that name inside the folder, None where there is none."""
        return next((file for file in self.files if file.name == name), None)


def describe_datasets(
    site: Site, published: Mapping[str, Checksum]
) -> dict[str, DatasetDescription]:
    """Return every dataset that has a snapshot and may be redistributed, by name.

    Args:
        site: says what each dataset holds.
        published: the checksums of the files below ``data/v1/``, by their path inside the site.
    """
    by_dataset: dict[str, dict[str, Checksum]] = {}
    for path, checksum in published.items():
        folder, _, name = path.removeprefix(f"{ROOT}/").partition("/")
        if name:
            by_dataset.setdefault(folder, {})[name] = checksum
    datasets: dict[str, DatasetDescription] = {}
    for state in site.datasets:
        if state.day is not None and state.redistributable:
            datasets[state.name] = _described(state, state.day, by_dataset.get(state.name, {}))
    return datasets


def _described(
    state: DatasetState, day: date, checksums: Mapping[str, Checksum]
) -> DatasetDescription:
    files: list[DatasetFile] = []
    parts: list[DatasetFile] = []
    snapshots: list[DatasetFile] = []
    manifests: dict[str, DatasetFile] = {}
    for name, checksum in checksums.items():
        path = f"{state.name}/{name}"
        dated = _DATED.fullmatch(name)
        if dated is None:
            listed = parts if "/" in name else files
            listed.append(DatasetFile(path, checksum, day, _about(name)))
            continue
        file = DatasetFile(path, checksum, parse_day(dated[1]), dated=True)
        if name.endswith(_MANIFEST):
            manifests[name.replace(_MANIFEST, ".json.gz")] = file
        else:
            snapshots.append(file)
    files.sort(key=_tables_first)
    creator, creator_url = _CREATORS.get(state.name, _OPENROUTER)
    return DatasetDescription(
        name=state.name,
        title=state.title,
        about=state.about,
        citations=state.citations,
        creator=creator,
        creator_url=creator_url,
        days=state.days or (day,),
        every_days=state.every_days,
        covered=state.covered,
        files=tuple(files),
        parts=tuple(sorted(parts, key=lambda file: file.path, reverse=True)),
        snapshots=tuple(sorted(snapshots, key=_day_and_revision, reverse=True)),
        manifests=manifests,
        tables=tuple(_tables(state.name, files)),
    )


def _day_and_revision(file: DatasetFile) -> tuple[date, int]:
    """Return what orders snapshots: the tenth of a day comes after the second."""
    return day_and_revision(file.name) or (file.day, 1)


def _tables_first(file: DatasetFile) -> tuple[bool, int, str]:
    """Return what orders the files of a dataset: rows before what only describes them, as listed above."""
    place = _PLACES.get(file.name, len(_PLACES))
    return not file.is_data, place, file.name


def _tables(dataset: str, files: Sequence[DatasetFile]) -> Iterator[Table]:
    columns: dict[str, Sequence[Column]] = {"revisions.csv": schemas.REVISION_COLUMNS}
    endpoint = BY_NAME.get(dataset)
    if endpoint is not None:
        columns["latest.csv"] = endpoint.columns
        columns["history.csv"] = schemas.history_columns(endpoint)
    for file in files:
        if file.name in _TABLES:
            yield Table(file, _TABLES[file.name], tuple(columns.get(file.name, ())))


def _gaps(days: Sequence[date], every_days: int) -> Iterator[Window]:
    for before, after in pairwise(days):
        if (after - before).days > every_days:
            yield Window(before + timedelta(days=1), after - timedelta(days=1))


def _about(name: str) -> str:
    zipped = _ZIPPED_YEAR.fullmatch(name)
    if zipped is None:
        return _ABOUT.get(name, "")
    return f"the API responses of {zipped[1]}, compressed and never modified, with their manifests"
