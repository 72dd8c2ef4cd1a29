"""Attribution: every source that something shows is credited there, in its exact words, and nowhere else."""

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

from generator.attribution import APPS, BENCHMARKS, LICENCE_ID, MODELS, NO_LICENCE, RANKINGS
from generator.checks.markup import Element, Page
from generator.checks.tree import Check, Finding, Tree

NAME = "attribution"
_WORDS = tuple(text.split("{as_of}")[0] for text in (RANKINGS, APPS, MODELS)) + tuple(BENCHMARKS.values())
_SHOWN = {"data-v": "a value", "data-chart": "a chart"}
_SPACE = re.compile(r"\s+")
_TAG = re.compile(r"<[^>]*>")
_UNCREDITED_JSON = ("schema.json",)
_CREDITED = ("README.txt", ".csv", ".json", ".svg")


def _tree(tree: Tree) -> Iterator[Finding]:
    """CSV, bitmaps and zips without the credit they owe."""
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
                yield _finding(name, page, element, f"shows {what} outside any element that names its source")
    for region in regions:
        yield from _region(tree, name, page, region)
    if not regions:
        text = page.text()
        credit = next((one["text"] for ones in tree.sources.values() for one in ones if one["text"] in text), None)
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
                NAME, f"{name}:{page.line(region.at)}", f'names the dataset "{dataset}", which is not published'
            )
        elif not any(_stands(one, text, whenever=_frozen(name)) for one in known):
            expected = known[0]["text"] if known else "its citation"
            yield _finding(name, page, region, f'shows {dataset} without its credit "{expected}"')


def _frozen(name: str) -> bool:
    """Pages and pictures of a day that has gone by credit the snapshot of that day, not the newest."""
    return name.startswith("d/")


def _stands(credit: dict[str, Any], text: str, *, whenever: bool) -> bool:
    if whenever:
        return all(part in text for part in str(credit["text"]).split(str(credit["as_of"])))
    return credit["text"] in text and credit["as_of"] in text


def _bitmap(tree: Tree, name: str) -> Iterator[Finding]:
    """A PNG carries its credit as a text of its own, beside the one in its pixels."""
    if name.startswith("static/"):
        return
    tree.count("credits in pictures")
    if not is_credit(tree.bytes(name).decode("utf-8", "replace")):
        yield Finding(NAME, name, "is a picture of data without a credit inside it")


def _packed(tree: Tree, name: str) -> Iterator[Finding]:
    with zipfile.ZipFile(tree.files[name]) as box:
        for member in box.namelist():
            tree.count("credits in zips")
            if member.endswith(_CREDITED) and not is_credit(_plain(box.read(member), member)):
                yield Finding(NAME, f"{name}: {member}", "is a packed file without a credit inside it")


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
    holder = document.get("usermeta", document) if isinstance(document.get("usermeta", document), dict) else {}
    citation, as_of, licence = (holder.get(key) for key in ("citation", "as_of", "license"))
    if not isinstance(citation, str) or not is_credit(citation):
        yield Finding(NAME, name, "has no citation in the source's words")
    elif not as_of or not licence:
        yield Finding(NAME, name, "has no as_of or no license beside its citation")
    elif str(as_of) not in citation:
        yield Finding(NAME, name, "its citation does not state its as_of")
    elif LICENCE_ID not in str(licence) and NO_LICENCE not in str(licence):
        yield Finding(NAME, name, f'has a license of unknown words: "{licence}"')


def is_credit(text: str) -> bool:
    """Whether it holds the words of some source."""
    return any(words in text for words in _WORDS)


def _table(tree: Tree, name: str) -> Iterator[Finding]:
    rows = csv.reader(io.StringIO(tree.bytes(name).decode("utf-8", "replace"), newline=""))
    heading = next(rows, [])
    if heading[-3:] != ["citation", "as_of", "license"]:
        yield Finding(NAME, name, "its last columns are not citation, as_of, license")
        return
    for number, row in enumerate(rows, 2):
        tree.count("credits in CSV")
        if len(row) != len(heading) or not is_credit(row[-3]) or not row[-2] or not row[-1]:
            yield Finding(NAME, f"{name}:{number}", "a row without its credit")
            return


def _drawing(tree: Tree, name: str, root: ElementTree.Element | Exception) -> Iterator[Finding]:
    """Pictures and feeds without the credit they owe."""
    if isinstance(root, Exception) or name.startswith("static/") or name.endswith("sitemap.xml"):
        return
    text = "".join(root.itertext())
    if not name.endswith(".svg"):
        if not is_credit(text):
            yield Finding(NAME, name, "has no citation in the source's words")
        return
    tree.count("credits in pictures")
    # A credit is broken into lines inside a picture, so spaces do not count.
    text = _SPACE.sub("", text)
    known = (one for ones in tree.sources.values() for one in ones)
    bare = ({key: _SPACE.sub("", str(one[key])) for key in ("text", "as_of")} for one in known)
    if not any(one["text"] in text or (_frozen(name) and _stands(one, text, whenever=True)) for one in bare):
        yield Finding(NAME, name, "is a picture of data without a credit inside it")


CHECK = Check(NAME, page=_page, document=_document, drawing=_drawing, tree=_tree)
