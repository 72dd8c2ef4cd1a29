"""The cache of earlier days: their embeds as files, which a published tree links.

<cache>/<day>/record.json                 which charts there are, and what they were made from
<cache>/<day>/boards.html                 the part of the day's page that shows its boards
<cache>/<day>/static/<id>.html            each chart as one page with its picture inside
<cache>/<day>/interactive/<id><suffix>    each chart's pictures, its specs, and its page
<cache>/<day>/bitmaps/<id><suffix>        each chart's PNGs, made on the day itself
"""

import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import product
from pathlib import Path

import msgspec

from generator.base import files
from generator.base.artifact import Artifact
from generator.charts.chart import SIZES

PICTURES = tuple(f"{size.suffix}{end}" for size, end in product(SIZES, (".svg", ".dark.svg")))
SPECS, PAGE = ".spec.js", ".html"
STATIC, INTERACTIVE, BITMAPS = "static", "interactive", "bitmaps"
BOARDS = "boards.html"
_RECORD = "record.json"


class Record(msgspec.Struct, frozen=True):
    """The contents of a day's folder.

    Attributes:
        static: the fingerprint of what the static embeds were made from.
        interactive: the same of the interactive embeds, empty when the folder has none.
        charts: titles by id, in the order of the catalog.
        variants: the ids of all others that the day's boards gave.
        headline: the finding of the day.
        withheld: the ids of charts of data that may not be redistributed: they have a static embed only.
        retired: titles by id of charts that the catalog had on that day and has no more: they have a
            static embed only.
        bitmaps: the names of PNGs. They are made on the day itself, and not again for a day gone by.
    """

    static: str
    interactive: str
    charts: dict[str, str]
    variants: list[str]
    headline: str
    retired: dict[str, str] = {}
    withheld: list[str] = []
    bitmaps: list[str] = []

    @property
    def interactive_charts(self) -> list[str]:
        """Return the ids of the charts that have interactive embeds, where the folder has any."""
        return [id_ for id_ in self.charts if id_ not in self.withheld]

    @property
    def static_charts(self) -> dict[str, str]:
        """Return the titles of all charts that have a static embed, by id."""
        return {**self.charts, **self.retired}


class DayCache:
    """A folder with one folder for each day."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def prune(self, days: Iterable[date]) -> None:
        """Remove every other day."""
        wanted = {str(day) for day in days}
        for path in self._folder.glob("*"):
            if path.name not in wanted:
                shutil.rmtree(path) if path.is_dir() else path.unlink()

    def record(self, day: date) -> Record | None:
        """Return what there is of the day; None also when a file of it is missing."""
        folder = self._folder / str(day)
        try:
            record = msgspec.json.decode((folder / _RECORD).read_bytes(), type=Record)
            whole = (folder / BOARDS).is_file() and _has_all(
                folder / STATIC, record.static_charts, (PAGE,)
            )
            if record.interactive:
                ends = (*PICTURES, SPECS, PAGE)
                whole = whole and _has_all(folder / INTERACTIVE, record.interactive_charts, ends)
            if record.bitmaps:
                whole = whole and _has_all(folder / BITMAPS, record.bitmaps, ("",))
            return record if whole else None
        except (OSError, msgspec.MsgspecError):
            return None

    def store(
        self, day: date, record: Record, made: Mapping[str, bytes], before: Record | None
    ) -> Record:
        """Replace a day in one step and return its new record.

        Args:
            day: whose folder it is.
            record: of what was made.
            made: files by their paths inside the day's folder.
            before: the old record; where it was made from the same data, charts that were not made again
                stay as retired ones.
        """
        retired: dict[str, str] = {}
        kept: dict[str, bytes] = {}
        if before is not None and before.static == record.static:
            for id_, title in before.static_charts.items():
                if id_ not in record.charts:
                    retired[id_] = title
            if record.interactive and not record.bitmaps:
                kept = self._bitmaps(day, before.bitmaps)
        bitmaps = record.bitmaps or list(kept)
        record = msgspec.structs.replace(record, retired=retired, bitmaps=bitmaps)
        kept = {f"{BITMAPS}/{name}": body for name, body in kept.items()}
        pages = {f"{STATIC}/{id_}{PAGE}": self.page(day, STATIC, id_).encode() for id_ in retired}
        self._folder.mkdir(parents=True, exist_ok=True)
        making = Path(tempfile.mkdtemp(prefix=files.STAGING, dir=self._folder))
        making.chmod(0o755)
        for name, body in {**kept, **pages, **made, _RECORD: msgspec.json.encode(record)}.items():
            files.place(making / name, body)
        files.exchange(making, self._folder / str(day))
        return record

    def drop_interactive(self, day: date, record: Record) -> Record:
        """Remove the interactive embeds of a day and return its new record."""
        path = self._folder / str(day)
        record = msgspec.structs.replace(record, interactive="", bitmaps=[])
        files.write_over(path / _RECORD, msgspec.json.encode(record))
        for folder in (INTERACTIVE, BITMAPS):
            shutil.rmtree(path / folder, ignore_errors=True)
        return record

    def _bitmaps(self, day: date, names: Iterable[str]) -> dict[str, bytes]:
        """Return those of these PNGs that the day's folder has."""
        folder = self._folder / str(day) / BITMAPS
        paths = (folder / name for name in names)
        return {path.name: path.read_bytes() for path in paths if path.is_file()}

    def boards(self, day: date) -> str:
        """Return the boards of the day's page, as HTML."""
        return (self._folder / str(day) / BOARDS).read_text(encoding="utf-8")

    def has_static(self, day: date, id_: str) -> bool:
        """Return whether there is a static embed of that chart."""
        return (self._folder / str(day) / STATIC / f"{id_}{PAGE}").is_file()

    def page(self, day: date, form: str, id_: str) -> str:
        """Return a chart's page; ``form`` is ``static`` or ``interactive``."""
        return (self._folder / str(day) / form / f"{id_}{PAGE}").read_text(encoding="utf-8")

    def add_static(self, day: date, id_: str, page: str) -> None:
        """Store the static embed of a chart that the record does not list; empty where it cannot be drawn."""
        files.write_over(self._folder / str(day) / STATIC / f"{id_}{PAGE}", page.encode())

    def static_pages(self, day: date, ids: Iterable[str]) -> Iterator[Artifact]:
        """Yield the static embeds of these charts."""
        folder = self._folder / str(day) / STATIC
        for id_ in ids:
            yield Artifact(f"d/{day}/embed/{id_}/index.html", folder / f"{id_}{PAGE}")

    def interactive_files(self, day: date, record: Record) -> Iterator[Artifact]:
        """Yield the pictures and the specs of the interactive embeds, and the day's PNGs."""
        folder = self._folder / str(day) / INTERACTIVE
        for id_ in record.interactive_charts:
            yield Artifact(f"d/{day}/embed/{id_}/spec.js", folder / f"{id_}{SPECS}")
            for end in PICTURES:
                yield Artifact(f"d/{day}/charts/{id_}{end}", folder / f"{id_}{end}")
        for name in record.bitmaps:
            yield Artifact(f"d/{day}/charts/{name}", self._folder / str(day) / BITMAPS / name)


def _has_all(folder: Path, ids: Iterable[str], ends: Sequence[str]) -> bool:
    names = {path.name for path in folder.iterdir()}
    return all(id_ + end in names for id_, end in product(ids, ends))
