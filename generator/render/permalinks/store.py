"""What was made of days gone by, kept from one build to the next as files that a published tree only links.

<cache>/<day>/record.json          which charts there are, and what each form was made from
<cache>/<day>/boards.html          the part of the day's page that shows its boards
<cache>/<day>/lean/<id>.html       each chart as one page that stands alone
<cache>/<day>/full/<id><suffix>    each chart's pictures, its specs, and its page
"""

import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

import msgspec

from generator.base import files
from generator.base.artifact import Artifact

PICTURES = (".svg", ".dark.svg", ".narrow.svg", ".narrow.dark.svg")
SPECS, PAGE = ".spec.js", ".html"
BOARDS = "boards.html"
_RECORD = "record.json"


class Record(msgspec.Struct, frozen=True):
    """What a day's folder holds.

    Attributes:
        lean: what the lean form was made from.
        full: the same of the full form, empty when the folder has none.
        charts: titles by id, in the order of the catalogue.
        variants: the ids of all others that the day's boards gave.
        headline: the finding of the day.
        former: as ``charts``, those that the catalogue had on that day and has no more: they have a lean form only.
    """

    lean: str
    full: str
    charts: dict[str, str]
    variants: list[str]
    headline: str
    former: dict[str, str] = {}

    @property
    def lean_ones(self) -> dict[str, str]:
        """The titles of all charts that have a lean form, by id."""
        return {**self.charts, **self.former}


class DayCache:
    """The folder with one folder for each day."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def prune(self, days: Iterable[date]) -> None:
        """Removes what it holds of any other day."""
        wanted = {str(day) for day in days}
        for path in self._folder.glob("*"):
            if path.name not in wanted:
                shutil.rmtree(path) if path.is_dir() else path.unlink()

    def record(self, day: date) -> Record | None:
        """What is held of the day; None also when a file of it is missing."""
        folder = self._folder / str(day)
        try:
            record = msgspec.json.decode((folder / _RECORD).read_bytes(), type=Record)
            whole = (folder / BOARDS).is_file() and _all_in(
                folder / "lean", record.lean_ones, (PAGE,)
            )
            if record.full:
                whole = whole and _all_in(folder / "full", record.charts, (*PICTURES, SPECS, PAGE))
            return record if whole else None
        except (OSError, msgspec.MsgspecError):
            return None

    def put(
        self, day: date, record: Record, made: Mapping[str, bytes], before: Record | None
    ) -> Record:
        """Stores a day in one step, instead of what was held of it, and says what is held now.

        Args:
            made: by their paths inside the day's folder.
            before: what was held; where it was made from the same data, charts that were not made again stay.
        """
        former: dict[str, str] = {}
        if before is not None and before.lean == record.lean:
            former = {
                id_: title for id_, title in before.lean_ones.items() if id_ not in record.charts
            }
        record = msgspec.structs.replace(record, former=former)
        pages = {f"lean/{id_}{PAGE}": self.page(day, "lean", id_).encode() for id_ in former}
        self._folder.mkdir(parents=True, exist_ok=True)
        making = Path(tempfile.mkdtemp(prefix=files.STAGING, dir=self._folder))
        making.chmod(0o755)
        for name, body in {**pages, **made, _RECORD: msgspec.json.encode(record)}.items():
            files.place(making / name, body)
        files.exchange(making, self._folder / str(day))
        return record

    def drop_interactive(self, day: date, record: Record) -> Record:
        """Leaves the day its lean form only, and says what is held now."""
        path = self._folder / str(day)
        record = msgspec.structs.replace(record, full="")
        files.write_over(path / _RECORD, msgspec.json.encode(record))
        shutil.rmtree(path / "full", ignore_errors=True)
        return record

    def boards(self, day: date) -> str:
        return (self._folder / str(day) / BOARDS).read_text(encoding="utf-8")

    def has(self, day: date, id_: str) -> bool:
        """Whether there is a lean page of that chart."""
        return (self._folder / str(day) / "lean" / f"{id_}{PAGE}").is_file()

    def page(self, day: date, form: str, id_: str) -> str:
        """A chart's page, ``form`` is ``lean`` or ``full``."""
        return (self._folder / str(day) / form / f"{id_}{PAGE}").read_text(encoding="utf-8")

    def add(self, day: date, id_: str, page: str) -> None:
        """Stores one more lean page, of a chart that the day's record does not have; empty, it says there is none."""
        files.write_over(self._folder / str(day) / "lean" / f"{id_}{PAGE}", page.encode())

    def lean(self, day: date, ids: Iterable[str]) -> Iterator[Artifact]:
        folder = self._folder / str(day) / "lean"
        for id_ in ids:
            yield Artifact(f"d/{day}/embed/{id_}/index.html", folder / f"{id_}{PAGE}")

    def full(self, day: date, record: Record) -> Iterator[Artifact]:
        """The full form without its pages."""
        folder = self._folder / str(day) / "full"
        for id_ in record.charts:
            yield Artifact(f"d/{day}/embed/{id_}/spec.js", folder / f"{id_}{SPECS}")
            for end in PICTURES:
                yield Artifact(f"d/{day}/charts/{id_}{end}", folder / f"{id_}{end}")


def _all_in(folder: Path, ids: Iterable[str], ends: Sequence[str]) -> bool:
    return {id_ + end for id_ in ids for end in ends} <= {path.name for path in folder.iterdir()}
