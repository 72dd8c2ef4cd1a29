"""Attribution: every source that something shows is credited there, in its exact words, and nowhere else.

Exact words are the documented ones and those that a source sent itself, which its snapshots state. A page of a
day that has gone is held to the snapshots of that day; words that a source changed later do not concern it.
"""

import csv
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any
from xml.etree import ElementTree

from generator.base.attribution import (
    APPS,
    BENCHMARKS,
    LICENCE_ID,
    MODELS,
    NO_LICENCE,
    RANKINGS,
    names_source,
)
from generator.checks.built_tree import Check, Finding, Tree
from generator.checks.html_page import Element, Page

NAME = "attribution"
_DOCUMENTED = {"": tuple(text.split("{as_of}")[0] for text in (RANKINGS, APPS, MODELS))} | {
    source: (text,) for source, text in BENCHMARKS.items()
}
"""The documented words by the source of benchmarks; those of all other datasets under an empty text."""
_OF_BENCHMARKS = "benchmarks-"
_DAY = re.compile(r"d/([0-9]{4}-[0-9]{2}-[0-9]{2})/", re.ASCII)
_SOME_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_SHOWN = {"data-v": "a value", "data-chart": "a chart"}
_SPACE = re.compile(r"\s+")
_TAG = re.compile(r"<[^>]*>")
_UNCREDITED_JSON = ("schema.json",)
_CREDITED = ("README.txt", ".csv", ".json", ".svg")


def _tree(tree: Tree) -> Iterator[Finding]:
    """CSV, bitmaps and zips without the credit they owe, and sources whose words are not the documented ones."""
    yield from _sources(tree)
    for name in tree.under(".csv"):
        yield from _table(tree, name)
    for name in tree.under(".png"):
        yield from _bitmap(tree, name)
    for name in tree.under(".zip"):
        yield from _packed(tree, name)


def _page(tree: Tree, name: str, page: Page) -> Iterator[Finding]:
    regions = list(page.having("data-sources"))
    for attribute, what in _SHOWN.items():
        inside: dict[Element | None, bool] = {None: False}
        for element in page.having(attribute):
            around = element if "data-sources" in element.attributes else element.parent
            # Asked once for all cells of a row.
            if around not in inside:
                inside[around] = around is not None and around.inside("data-sources") is not None
            if not inside[around]:
                yield _finding(
                    name, page, element, f"shows {what} outside any element that names its source"
                )
    for region in regions:
        yield from _region(tree, name, page, region)
    if not regions:
        text = page.text()
        credit = next(
            (one["text"] for ones in tree.sources.values() for one in ones if one["text"] in text),
            None,
        )
        if credit:
            yield Finding(NAME, name, f'credits a source of which it shows nothing: "{credit}"')


def _finding(name: str, page: Page, element: Element, what: str) -> Finding:
    return Finding(NAME, f"{name}:{page.line(element.at)}", what)


def _region(tree: Tree, name: str, page: Page, region: Element) -> Iterator[Finding]:
    text = page.text(region)
    datasets = region.attributes["data-sources"].split()
    if not datasets:
        yield _finding(name, page, region, "an element shows data and names no dataset")
    for dataset in datasets:
        tree.count("credits on pages")
        known = tree.sources.get(dataset)
        if known is None:
            yield Finding(
                NAME,
                f"{name}:{page.line(region.at)}",
                f'names the dataset "{dataset}", which is not published',
            )
        elif not _credited(tree, dataset, name, text, known):
            day = _day(name)
            known = tree.held_by(day, dataset) if day else known
            expected = known[0]["text"] if known else "its citation"
            yield _finding(name, page, region, f'shows {dataset} without its credit "{expected}"')


def _day(name: str) -> str:
    """Return the day that a page or picture below ``d/<day>/`` is of, else an empty text."""
    found = _DAY.match(name)
    return found[1] if found else ""


def _credited(
    tree: Tree, dataset: str, name: str, text: str, newest: Sequence[dict[str, Any]]
) -> bool:
    """Return whether a text credits a dataset: with its newest citation, or that of the day the page is of."""
    day = _day(name)
    held = tree.held_by(day, dataset) if day else newest
    if any(one["text"] in text and one["as_of"] in text for one in held):
        return True
    # A snapshot may have gone since, and what was kept of a day still shows it: its source stays credited.
    words = [_words(one) for one in held] + [
        (known,) for known in _DOCUMENTED.get(_source(dataset), ())
    ]
    if not day or not _SOME_DAY.search(text) or not any(_stand(one, text) for one in words):
        return False
    tree.notes.append(f"d/{day}/: credits {dataset} as of a time of which no snapshot is held")
    return True


def _source(dataset: str) -> str:
    return dataset.removeprefix(_OF_BENCHMARKS) if dataset.startswith(_OF_BENCHMARKS) else ""


def _words(credit: dict[str, Any]) -> tuple[str, ...]:
    """Return a citation without its as-of, in as many pieces as that leaves."""
    text, as_of = credit["text"], credit["as_of"]
    return tuple(text.split(as_of)) if as_of else (text,)


def _stand(words: Sequence[str], text: str) -> bool:
    return all(part in text for part in words)


def _known(tree: Tree) -> list[tuple[str, ...]]:
    """Return the words of every source: the documented ones, and those of the tree that name their source."""
    if tree.words is None:
        stated = [(dataset, one) for dataset, ones in tree.sources.items() for one in ones]
        for dataset, held in tree.held.items():
            stated += [(dataset, one) for _, one in held]
        own = [
            _words(one) for dataset, one in stated if names_source(one["text"], _source(dataset))
        ]
        documented = [(one,) for ones in _DOCUMENTED.values() for one in ones]
        tree.words = list(dict.fromkeys((*documented, *own)))
    return tree.words


def _sources(tree: Tree) -> Iterator[Finding]:
    """Citations that name nobody; a source that changed its words is worth a note and no more."""
    for dataset, citations in tree.sources.items():
        source = _source(dataset)
        for one in citations:
            if not names_source(one["text"], source):
                where = f"data/v1/{dataset}/latest.json"
                yield Finding(
                    NAME, where, f'has a citation that does not name its source: "{one["text"]}"'
                )
            elif source and one["text"] not in _DOCUMENTED.get(source, ()):
                tree.notes.append(
                    f'{dataset}: the source changed the words of its credit, and this site follows it: "{one["text"]}"'
                )


def _bitmap(tree: Tree, name: str) -> Iterator[Finding]:
    """A PNG carries its credit as a text of its own, beside the one in its pixels."""
    if name.startswith("static/"):
        return
    tree.count("credits in pictures")
    if not is_credit(tree, tree.bytes(name).decode("utf-8", "replace")):
        yield Finding(NAME, name, "is a picture of data without a credit inside it")


def _packed(tree: Tree, name: str) -> Iterator[Finding]:
    with zipfile.ZipFile(tree.files[name]) as box:
        for member in box.namelist():
            tree.count("credits in zips")
            if member.endswith(_CREDITED) and not is_credit(tree, _plain(box.read(member), member)):
                yield Finding(
                    NAME, f"{name}: {member}", "is a packed file without a credit inside it"
                )


def _plain(data: bytes, name: str) -> str:
    text = data.decode("utf-8", "replace")
    # A credit is broken into lines inside a picture; its description has it in one piece.
    return _SPACE.sub(" ", _TAG.sub(" ", text)) if name.endswith(".svg") else text


def _document(tree: Tree, name: str, document: Any) -> Iterator[Finding]:
    if name.endswith(_UNCREDITED_JSON) or isinstance(document, Exception):
        return
    tree.count("credits in JSON")
    if not isinstance(document, dict):
        yield Finding(NAME, name, "is JSON without a place for a credit")
        return
    holder = (
        document.get("usermeta", document)
        if isinstance(document.get("usermeta", document), dict)
        else {}
    )
    citation, as_of, licence = (holder.get(key) for key in ("citation", "as_of", "license"))
    if not isinstance(citation, str) or not is_credit(tree, citation):
        yield Finding(NAME, name, "has no citation in the source's words")
    elif not as_of or not licence:
        yield Finding(NAME, name, "has no as_of or no license beside its citation")
    elif str(as_of) not in citation:
        yield Finding(NAME, name, "its citation does not state its as_of")
    elif LICENCE_ID not in str(licence) and NO_LICENCE not in str(licence):
        yield Finding(NAME, name, f'has a license of unknown words: "{licence}"')


def is_credit(tree: Tree, text: str) -> bool:
    """Return whether a text holds the words of some source: documented ones, or those that the tree's data state."""
    return any(_stand(words, text) for words in _known(tree))


def _table(tree: Tree, name: str) -> Iterator[Finding]:
    rows = csv.reader(io.StringIO(tree.bytes(name).decode("utf-8", "replace"), newline=""))
    heading = next(rows, [])
    if heading[-3:] != ["citation", "as_of", "license"]:
        yield Finding(NAME, name, "its last columns are not citation, as_of, license")
        return
    # Asked once for all rows of one credit.
    right: set[tuple[str, ...]] = set()
    for number, row in enumerate(rows, 2):
        tree.count("credits in CSV")
        credit = tuple(row[-3:])
        if len(row) == len(heading) and credit not in right and _complete(tree, *credit):
            right.add(credit)
        if len(row) != len(heading) or credit not in right:
            yield Finding(NAME, f"{name}:{number}", "a row without its credit")
            return


def _complete(tree: Tree, citation: str, as_of: str, licence: str) -> bool:
    return bool(as_of and licence) and as_of in citation and is_credit(tree, citation)


def _drawing(tree: Tree, name: str, root: ElementTree.Element | Exception) -> Iterator[Finding]:
    """Pictures and feeds without the credit they owe."""
    if isinstance(root, Exception) or name.startswith("static/") or name.endswith("sitemap.xml"):
        return
    text = "".join(root.itertext())
    if not name.endswith(".svg"):
        if not is_credit(tree, text):
            yield Finding(NAME, name, "has no citation in the source's words")
        return
    tree.count("credits in pictures")
    # A credit is broken into lines inside a picture, so spaces do not count.
    text = _SPACE.sub("", text)
    day = _day(name)
    newest = (one for ones in tree.sources.values() for one in ones)
    for one in tree.held_by(day) if day else newest:
        if _bare(one["text"]) in text and one["as_of"] in text:
            return
    yield Finding(NAME, name, "is a picture of data without a credit inside it")


@lru_cache(maxsize=1024)
def _bare(text: str) -> str:
    return _SPACE.sub("", text)


CHECK = Check(NAME, page=_page, document=_document, drawing=_drawing, tree=_tree)
