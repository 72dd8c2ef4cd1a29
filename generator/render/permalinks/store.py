"""The cache of earlier days: their embeds as files, which a published tree links.

<cache>/<day>/record.json                 which charts there are, and what they were made from
<cache>/<day>/boards.html                 the part of the day's page that shows its boards
<cache>/<day>/boards.json                 the same as data, which is published
<cache>/<day>/static/<id>.html            each chart as one page with its picture inside
<cache>/<day>/interactive/<id><suffix>    each chart's pictures, its specs, and its page
<cache>/<day>/bitmaps/<id><suffix>        each chart's PNG for newsletters, of some charts
<cache>/<day>/pages/<path>                the pages of an older day, as they are published
<cache>/<day>/pages/record.json           what they were made from
<cache>/<day>/later.json                  what was known later of the values of its boards
"""

import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import product
from pathlib import Path

import msgspec

from generator.base import files
from generator.base.artifact import Artifact
from generator.base.cache_seal import Vouched
from generator.base.file_cache import FileCache
from generator.charts.chart import SIZES

PICTURES = tuple(f"{size.suffix}{end}" for size, end in product(SIZES, (".svg", ".dark.svg")))
SPECS, PAGE = ".spec.js", ".html"
STATIC, INTERACTIVE, BITMAPS = "static", "interactive", "bitmaps"
PAGES = "pages"
BOARDS, DATA = "boards.html", "boards.json"
_RECORD = "record.json"
_LATER = "later.json"


@dataclass(frozen=True, slots=True)
class Kept:
    """What a day still has beside its boards.

    Attributes:
        charts: static embeds of its charts.
        interactive: interactive ones, too.
        spare: where it has no charts, whether the cache still keeps those that it had.
    """

    charts: bool
    interactive: bool
    spare: bool = False


class Missing(msgspec.Struct, frozen=True):
    """What could not be made of a day, which a later run tries again.

    Attributes:
        boards: a sentence for each board, or whatever else is no chart.
        charts: the ids of charts.
        reasons: a sentence for each reason for which these could not be drawn.
        lacks_package: whether a package that charts need could not be loaded.
        again: whether a second run could not make it either.
    """

    boards: list[str] = []
    charts: list[str] = []
    reasons: list[str] = []
    lacks_package: bool = False
    again: bool = False

    @property
    def sentences(self) -> list[str]:
        """Return what the operator is told of it."""
        return [*self.boards, *self.reasons]


class Record(msgspec.Struct, frozen=True):
    """The contents of a day's folder.

    Attributes:
        made_from: the fingerprint of all that they were made from.
        interactive: whether there are interactive embeds.
        charts: titles by id, in the order of the catalog; none of a day that keeps its boards only.
        variants: the ids of all others that the day's boards gave.
        headline: the finding of the day.
        withheld: the ids of charts of data that may not be redistributed: they have a static embed only.
        bitmaps: the names of PNGs.
        sums: the sha256 of each file, by its path inside the folder.
        missing: what could not be made of its boards and charts.
        undrawn_last: those of its charts that ended on this day whose last page could not be drawn.
    """

    made_from: str
    interactive: bool
    charts: dict[str, str]
    variants: list[str]
    headline: str
    withheld: list[str] = []
    bitmaps: list[str] = []
    sums: dict[str, str] = {}
    missing: Missing = Missing()
    undrawn_last: Missing = Missing()

    @property
    def interactive_charts(self) -> list[str]:
        """Return the ids of the charts that have interactive embeds, where the folder has any."""
        return [id_ for id_ in self.charts if id_ not in self.withheld]

    def reduced(self, *, charts: bool) -> "Record":
        """Return the record of a day without interactive embeds, or without all its charts.

        Args:
            charts: whether the static embeds stay.
        """
        gone = _gone(charts=charts)
        sums: dict[str, str] = {}
        for name, digest in self.sums.items():
            folder, _, _ = name.partition("/")
            if folder not in gone:
                sums[name] = digest
        record = msgspec.structs.replace(self, interactive=False, bitmaps=[], sums=sums)
        if charts:
            return record
        missing = Missing(boards=self.missing.boards, again=self.missing.again)
        return msgspec.structs.replace(
            record,
            charts={},
            variants=[],
            withheld=[],
            missing=missing,
            undrawn_last=Missing(),
        )


def _gone(*, charts: bool) -> tuple[str, ...]:
    """Return the folders that a day loses which keeps its static embeds, or its boards alone."""
    return (INTERACTIVE, BITMAPS) if charts else (STATIC, INTERACTIVE, BITMAPS)


class _Pages(msgspec.Struct, frozen=True):
    """What a day's pages were made from, and the sha256 of each by its path in the day's folder."""

    made_from: str
    sums: dict[str, str]


@dataclass(frozen=True, slots=True)
class KeptPage:
    """A page in the cache, and its sha256."""

    path: Path
    sha256: str


class DayCache:
    """A folder with one folder for each day.

    Args:
        folder: of all days.
        vouched: the files in it that were read already, and need not be read again; None for none.
    """

    def __init__(self, folder: Path, vouched: Vouched | None = None) -> None:
        self._folder = folder
        self._vouched = vouched

    def _of(self, day: date) -> Path:
        """Return the folder of a day."""
        return self._folder / str(day)

    def prune(self, days: Iterable[date]) -> None:
        """Remove every other day."""
        wanted = {str(day) for day in days}
        for path in self._folder.glob("*"):
            if path.name in wanted:
                continue
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink()

    def record(self, day: date) -> Record | None:
        """Return what there is of the day; None also when a file of it is missing or not what was stored."""
        folder = self._of(day)
        try:
            record = msgspec.json.decode((folder / _RECORD).read_bytes(), type=Record)
            if BOARDS not in record.sums:
                return None
            if not self._holds(folder, record.sums):
                return None
        except (OSError, msgspec.MsgspecError):
            return None
        return record

    def _holds(self, folder: Path, sums: Mapping[str, str]) -> bool:
        """Return whether the files of a folder have these checksums.

        Raises:
            OSError: one of them cannot be read.
        """
        for name, digest in sums.items():
            path = folder / name
            # Saves the reading of 1.2 GB, 3 s, in a render of five years of days.
            known = self._vouched.checksum(path) if self._vouched else None
            if (known or files.sha256(path.read_bytes())) != digest:
                return False
        return True

    def store(self, day: date, record: Record, made: Mapping[str, bytes]) -> Record:
        """Replace a day in one step and return its record; ``made`` are its files by their paths inside its folder."""
        sums = {name: files.sha256(body) for name, body in made.items()}
        record = msgspec.structs.replace(record, sums=sums)
        self._folder.mkdir(parents=True, exist_ok=True)
        making = Path(tempfile.mkdtemp(prefix=files.STAGING, dir=self._folder))
        making.chmod(0o755)
        for name, body in {**made, _RECORD: msgspec.json.encode(record)}.items():
            files.place(making / name, body)
        files.exchange(making, self._of(day))
        return record

    def reduced(self, day: date, record: Record, *, charts: bool) -> Record:
        """Remove the interactive embeds of a day, or all its charts, and return its new record.

        Args:
            charts: whether the static embeds stay.
        """
        record = self.note(day, record.reduced(charts=charts))
        for folder in _gone(charts=charts):
            shutil.rmtree(self._of(day) / folder, ignore_errors=True)
        return record

    def note(self, day: date, record: Record) -> Record:
        """Replace the record of a day whose files stay as they are, and return it."""
        files.write_over(self._of(day) / _RECORD, msgspec.json.encode(record))
        return record

    def data(self, day: date) -> bytes:
        """Return the boards of a day as data."""
        return (self._of(day) / DATA).read_bytes()

    def data_file(self, day: date) -> Path:
        """Return where they are."""
        return self._of(day) / DATA

    def boards(self, day: date) -> str:
        """Return the boards of the day's page, as HTML."""
        return (self._of(day) / BOARDS).read_text(encoding="utf-8")

    def has_static(self, day: date, id_: str) -> bool:
        """Return whether there is a static embed of that chart."""
        return (self._of(day) / STATIC / f"{id_}{PAGE}").is_file()

    def page(self, day: date, form: str, id_: str) -> str:
        """Return a chart's page; ``form`` is ``static`` or ``interactive``."""
        return (self._of(day) / form / f"{id_}{PAGE}").read_text(encoding="utf-8")

    def add_static(self, day: date, id_: str, page: str) -> None:
        """Store the static embed of a chart that the record does not list; empty where it cannot be drawn."""
        files.write_over(self._of(day) / STATIC / f"{id_}{PAGE}", page.encode())

    def static_pages(self, day: date, record: Record, ids: Iterable[str]) -> Iterator[Artifact]:
        """Yield the static embeds of these charts."""
        for id_ in ids:
            name = f"{STATIC}/{id_}{PAGE}"
            path = self._of(day) / name
            yield Artifact(f"d/{day}/embed/{id_}/index.html", path, record.sums[name])

    def pages(self, day: date, made_from: str) -> dict[str, KeptPage] | None:
        """Return the pages of a day by their paths in its folder, None where they were made from something else.

        None also where one of them is missing or not what was kept.
        """
        folder = self._of(day) / PAGES
        try:
            kept = msgspec.json.decode((folder / _RECORD).read_bytes(), type=_Pages)
            if kept.made_from != made_from:
                return None
            if not self._holds(folder, kept.sums):
                return None
        except (OSError, msgspec.MsgspecError):
            return None
        return {name: KeptPage(folder / name, digest) for name, digest in kept.sums.items()}

    def keep_pages(
        self, day: date, made_from: str, pages: Mapping[str, str]
    ) -> dict[str, KeptPage]:
        """Replace the pages of a day, and return where they are."""
        folder = self._of(day) / PAGES
        kept = {}
        for name, page in pages.items():
            body = page.encode()
            files.write_over(folder / name, body)
            kept[name] = KeptPage(folder / name, files.sha256(body))
        sums = {name: page.sha256 for name, page in kept.items()}
        files.write_over(folder / _RECORD, msgspec.json.encode(_Pages(made_from, sums)))
        return kept

    def later(self, day: date, made_from: str) -> bytes | None:
        """Return what was known later of a day's values; None where that follows from something else, or is damaged."""
        return FileCache(self._of(day)).get(_LATER, made_from)

    def keep_later(self, day: date, made_from: str, later: bytes) -> None:
        """Keep what was known later of a day's values."""
        FileCache(self._of(day)).put(_LATER, made_from, later)

    def interactive_files(self, day: date, record: Record) -> Iterator[Artifact]:
        """Yield the pictures and the specs of the interactive embeds, and the day's PNGs."""
        folder = self._of(day)

        def linked(path: str, name: str) -> Artifact:
            return Artifact(f"d/{day}/{path}", folder / name, record.sums.get(name, ""))

        for id_ in record.interactive_charts:
            yield linked(f"embed/{id_}/spec.js", f"{INTERACTIVE}/{id_}{SPECS}")
            for end in PICTURES:
                yield linked(f"charts/{id_}{end}", f"{INTERACTIVE}/{id_}{end}")
        for name in record.bitmaps:
            yield linked(f"charts/{name}", f"{BITMAPS}/{name}")
