"""Attribution: every source that something shows is credited there, in its exact words, and nowhere else.

Exact words are the documented ones and those that a source sent itself, which its snapshots state. A page of a
day that has gone is held to the snapshots of that day; words that a source changed later do not concern it.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from generator.base.attribution import LICENSE_ID, NO_LICENSE, WITHHELD, names_source
from generator.checks.built_tree import Check, Finding, Note, Result
from generator.checks.citations import (
    Credit,
    any_stands_in,
    credit_source,
    day_of,
    documented_words,
)
from generator.checks.csv_table import Table
from generator.checks.html_page import Element, Page
from generator.checks.xml_file import XmlFile

_SOME_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_SHOWN = {"data-v": "a value", "data-chart": "a chart"}
_UNCREDITED = ", ".join(f"[{name}]:not([data-sources], [data-sources] *)" for name in _SHOWN)
_TAG = re.compile(r"<[^>]*>")
_UNCREDITED_JSON = ("schema.json",)
_PARQUET = b"PAR1"
_CREDITED = ("README.txt", "README.md", ".csv", ".json", ".svg")
_HOLDERS = ("usermeta", "_source", "x-source")
"""The members that hold the credit in formats whose top has no room for it: charts, feeds, catalogs, OpenAPI."""
_FRONT_MATTER = re.compile(r"---\n(.*?)\n---\n", re.DOTALL)
_DATASETS = re.compile(r"^datasets: (.*)$", re.MULTILINE)
_CREDIT_COLUMNS = ["citation", "as_of", "license"]
_UNREADABLE_ZIP = (zipfile.BadZipFile, OSError, EOFError, RuntimeError, ValueError, zlib.error)


class Attribution(Check):
    """What is shown without the credit it owes, and what is credited and not shown."""

    name = "attribution"

    def page(self, name: str, page: Page) -> Iterator[Result]:
        """Look at the values, charts and regions of a page."""
        for element in page.select(_UNCREDITED):
            # The selector alone does not see what is around a <template>.
            if not element.has_around("data-sources"):
                shown = next(what for name_, what in _SHOWN.items() if name_ in element.attributes)
                fault = f"shows {shown} outside any element that names its source"
                yield self._at(name, element, fault)
        regions = page.select("[data-sources]")
        for region in regions:
            yield from self._region(name, region)
        if not regions:
            text = page.text()
            for credit in self.tree.citations.all_newest:
                if credit.text in text:
                    what = f'credits a source of which it shows nothing: "{credit.text}"'
                    yield self.finding(name, what)
                    return

    def _at(self, name: str, element: Element, what: str) -> Finding:
        return self.finding(f"{name}: {element}", what)

    def _region(self, name: str, region: Element) -> Iterator[Result]:
        datasets = region.attributes["data-sources"].split()
        if not datasets:
            yield self._at(name, region, "shows data and names no dataset")
        text = region.text()
        day = day_of(name)
        for dataset in datasets:
            self.counted["credits on pages"] += 1
            if dataset not in self.tree.citations.newest:
                what = f'names the dataset "{dataset}", which is not published'
                yield self._at(name, region, what)
            elif not any_stands_in(text, self._credits(dataset, day)):
                yield self._uncredited(name, region, dataset, day)

    def _credits(self, dataset: str, day: str) -> Iterable[Credit]:
        """Return the credits of a dataset of which a page has to show one: for a page of a day, those of any day up to it."""
        if day:
            return self.tree.citations.on_day(day, dataset)
        return self.tree.citations.newest[dataset]

    def _uncredited(self, name: str, region: Element, dataset: str, day: str) -> Result:
        """Return what is to say of a region that shows a dataset and none of its credits."""
        credits_ = list(self._credits(dataset, day))
        if day and _is_credited_as_of_some_day(dataset, credits_, region.text()):
            what = f"credits {dataset} as of a time of which no snapshot is held"
            return Note(f"d/{day}/: {what}")
        known = credits_ or self.tree.citations.newest[dataset]
        expected = "its citation"
        if known:
            expected = known[0].text
        return self._at(name, region, f'shows {dataset} without its credit "{expected}"')

    def document(self, name: str, document: Any) -> Iterator[Finding]:
        """Look at the credit beside the data of a JSON document."""
        if name.endswith(_UNCREDITED_JSON):
            return
        self.counted["credits in JSON"] += 1
        if not isinstance(document, dict):
            yield self.finding(name, "is JSON without a place for a credit")
            return
        fault = self._credit_fault(_holder(name, document))
        if fault:
            yield self.finding(name, fault)

    def _credit_fault(self, holder: dict[str, Any]) -> str:
        citation, as_of, license_ = (holder.get(key) for key in _CREDIT_COLUMNS)
        if not isinstance(citation, str) or not self.tree.citations.credit_a_source(citation):
            return "has no citation in the source's words"
        if not as_of or not license_:
            return "has no as_of or no license beside its citation"
        if str(as_of) not in citation:
            return "its citation does not state its as_of"
        if not any(known in str(license_) for known in (LICENSE_ID, NO_LICENSE, WITHHELD)):
            return f'has a license of unknown words: "{license_}"'
        return ""

    def drawing(self, name: str, drawing: XmlFile) -> Iterator[Finding]:
        """Look at the credit in a picture or a feed."""
        if name.startswith("static/") or name.endswith("sitemap.xml"):
            return
        text = drawing.text
        if not name.endswith(".svg"):
            if not self.tree.citations.credit_a_source(text):
                yield self.finding(name, "has no citation in the source's words")
            return
        self.counted["credits in pictures"] += 1
        day = day_of(name)
        # Both stop at the first that stands there: nearly always the newest of a day, of thousands in five years.
        is_stated = any_stands_in(text, self._credits_in_pictures(day))
        if not is_stated and not _is_drawn(self._credits_in_pictures(day), text):
            yield self.finding(name, "is a picture of data without a credit inside it")

    def _credits_in_pictures(self, day: str) -> Iterator[Credit]:
        """Yield the credits of which a picture has to hold one: for that of a day, those of any day up to it."""
        if day:
            return self.tree.citations.on_day(day)
        return self.tree.citations.all_newest

    def file(self, name: str, data: bytes) -> Iterator[Finding]:
        """Look at the credit in bitmaps, zips and texts for programs."""
        if name.endswith(".png") and not name.startswith("static/"):
            self.counted["credits in pictures"] += 1
            # A PNG carries its credit as a text of its own, beside the one in its pixels.
            if not self.tree.citations.credit_a_source_in(data):
                yield self.finding(name, "is a picture of data without a credit inside it")
        elif name.endswith(".zip"):
            yield from self._zip(name, data)
        elif name.endswith(".parquet"):
            self.counted["credits in Parquet"] += 1
            about = _parquet_about(data)
            if not self.tree.citations.credit_a_source(about):
                yield self.finding(name, "is a table without a credit in its description")
        elif name.endswith((".md", "llms.txt")):
            yield from self._text(name, data.decode("utf-8", "replace"))

    def _text(self, name: str, text: str) -> Iterator[Finding]:
        """Look at the credits of a text for programs: of the datasets that it names at its top, or of any."""
        self.counted["credits in texts"] += 1
        datasets = _named_datasets(text)
        if datasets is None:
            if not self.tree.citations.credit_a_source(text):
                yield self.finding(name, "has no citation in the source's words")
            return
        for dataset in datasets:
            credits_ = self.tree.citations.newest.get(dataset, [])
            if not any_stands_in(text, credits_):
                yield self.finding(name, f"shows {dataset} without its credit")

    def table(self, name: str, table: Table) -> Iterator[Finding]:
        """Look at the credit of each row of a table."""
        if table.heading[-3:] != _CREDIT_COLUMNS:
            yield self.finding(name, "its last columns are not citation, as_of, license")
            return
        self.counted["credits in CSV"] += table.rows
        for (width, in_words, stated), number in table.forms.items():
            # A row may leave out the credit that it shares with the row above.
            is_shared = stated == ("", *in_words[1:2], "")
            if width != len(table.heading) or not (is_shared or self._is_complete(*stated)):
                yield self.finding(f"{name}:{number}", "a row without its credit")
                return

    def _is_complete(self, citation: str, as_of: str, license_: str) -> bool:
        stated = bool(as_of and license_) and as_of in citation
        return stated and self.tree.citations.credit_a_source(citation)

    def _zip(self, name: str, data: bytes) -> Iterator[Finding]:
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                members = {member: archive.read(member) for member in archive.namelist()}
        except _UNREADABLE_ZIP as error:
            yield self.finding(name, f"cannot be unpacked: {error}")
            return
        for member, packed in members.items():
            self.counted["credits in zips"] += 1
            text = _plain(packed, member)
            if member.endswith(_CREDITED) and not self.tree.citations.credit_a_source(text):
                what = "is a packed file without a credit inside it"
                yield self.finding(f"{name}: {member}", what)

    def whole(self) -> Iterator[Result]:
        """Find citations that name nobody; a source that changed its words is worth a note and no more."""
        for dataset, credits_ in self.tree.citations.newest.items():
            for credit in credits_:
                if not names_source(credit.text, credit_source(dataset)):
                    what = f'has a citation that does not name its source: "{credit.text}"'
                    yield self.finding(f"data/v1/{dataset}/latest.json", what)
                elif credit_source(dataset) and credit.text not in documented_words(dataset):
                    what = "the source changed the words of its credit, and this site follows it"
                    yield Note(f'{dataset}: {what}: "{credit.text}"')


def _is_drawn(credits_: Iterable[Credit], text: str) -> bool:
    """Return whether one of some credits stands in a picture's text broken into lines, where spaces do not count."""
    drawn = _without_spaces(text)
    return any(
        _without_spaces(credit.text) in drawn and credit.as_of in drawn for credit in credits_
    )


def _named_datasets(text: str) -> Sequence[str] | None:
    """Return the datasets that a text for programs names at its top, None where it has no such line."""
    top = _FRONT_MATTER.match(text)
    if top is None:
        return None
    named = _DATASETS.search(top[1])
    if named is None:
        return None
    return named[1].split()


def _without_spaces(text: str) -> str:
    return "".join(text.split())


def _holder(name: str, document: dict[str, Any]) -> dict[str, Any]:
    """Return what holds the citation, as_of and license of a document, in the place that its format has for it."""
    if name.endswith("datacite.json"):
        return _datacite_credit(document)
    for member in _HOLDERS:
        if member in document:
            return next(iter(_objects([document[member]])), {})
    return document


def _datacite_credit(document: dict[str, Any]) -> dict[str, Any]:
    """Return the credit in a DataCite document, which takes no members but its own."""
    return {
        "citation": " ".join(_texts(document.get("descriptions"), "description")),
        "as_of": next(_texts(document.get("dates"), "date"), None),
        "license": "; ".join(_texts(document.get("rightsList"), "rightsIdentifier", "rights")),
    }


def _texts(listed: Any, *names: str) -> Iterator[str]:
    """Yield of each object in a list the first text that it has under one of some names."""
    for member in _objects(listed):
        for name in names:
            text = member.get(name)
            if text and isinstance(text, str):
                yield text
                break


def _objects(value: Any) -> list[dict[str, Any]]:
    if not isinstance(value, list):
        return []
    return [member for member in value if isinstance(member, dict)]


def _is_credited_as_of_some_day(dataset: str, credits_: Sequence[Credit], text: str) -> bool:
    """Return whether a text credits a dataset as of a day that no snapshot is of.

    A snapshot may have gone since, and what was kept of a day still shows it: its source stays credited.
    """
    if not _SOME_DAY.search(text):
        return False
    if any(words in text for words in documented_words(dataset)):
        return True
    return any(credit.words_stand_in(text) for credit in credits_)


def _parquet_about(data: bytes) -> str:
    """Return the end of a Parquet file as text: there it describes itself, without compression, after the rows."""
    length = int.from_bytes(data[-8:-4], "little")
    is_whole = data[:4] == data[-4:] == _PARQUET and length + 12 <= len(data)
    if not is_whole:
        return ""
    return data[-8 - length : -8].decode("utf-8", "replace")


def _plain(data: bytes, name: str) -> str:
    text = data.decode("utf-8", "replace")
    if not name.endswith(".svg"):
        return text
    # A credit is broken into lines inside a picture; its description has it in one piece.
    return " ".join(_TAG.sub(" ", text).split())
