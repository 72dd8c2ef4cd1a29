"""All checks over one built folder: each file is read and parsed once, and every check sees it.

A file in which an earlier run found nothing is not looked at again, as long as its bytes, the code of the checks and
the credits that it is held to are the same. What only all files together show is asked each time.
"""

import csv
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from xml.parsers import expat

import msgspec

from generator.base.config import Secret
from generator.checks import (
    attribution,
    citations,
    csv_table,
    feeds,
    layout,
    links,
    policy,
    scripts,
    secrets,
    syntax,
)
from generator.checks.built_tree import Check, Finding, Note, Result, Tree
from generator.checks.html_page import Page
from generator.checks.memory import Memory
from generator.checks.twins import Seen, Twins
from generator.checks.xml_file import XmlFile

CHECKS: tuple[type[Check], ...] = (
    layout.Layout,
    syntax.Syntax,
    policy.Policy,
    scripts.Scripts,
    links.Links,
    attribution.Attribution,
    feeds.Feeds,
    secrets.Secrets,
)

_UNREADABLE = (
    ValueError,
    OSError,
    EOFError,
    RecursionError,
    zlib.error,
    csv.Error,
    ElementTree.ParseError,
    expat.ExpatError,
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found, and how much was looked at.

    Attributes:
        findings: what keeps the folder from being published.
        counted: how much each check looked at.
        notes: what is worth knowing and keeps nothing back.
    """

    findings: tuple[Finding, ...]
    counted: dict[str, int]
    notes: tuple[str, ...] = ()


def check(
    root: Path,
    secret: Secret | None = None,
    checks: Sequence[type[Check]] = CHECKS,
    *,
    sums: Mapping[str, str] | None = None,
    memory: Memory | None = None,
) -> Verdict:
    """Return everything that keeps a folder from being published; no findings mean that nothing does.

    Args:
        root: the built folder.
        secret: the key of this run, which must be nowhere in it.
        checks: which checks to run.
        sums: the sha256 of its files by name, as far as they are known.
        memory: what earlier checks with this key found; what it knows of a file is not found out again.
    """
    tree = Tree(root, secret, sums or {}, memory or Memory())
    running = [make(tree) for make in checks]
    results = list(_results(tree, running))
    tree.memory.save()
    findings = tuple(result for result in results if isinstance(result, Finding))
    notes = dict.fromkeys(str(result) for result in results if isinstance(result, Note))
    return Verdict(findings, dict(tree.counted), tuple(notes))


def _results(tree: Tree, checks: Sequence[Check]) -> Iterator[Result]:
    """Yield what is found in each file that is not remembered, then in all files together."""
    twins = Twins()
    for name in tree.files:
        if not tree.memory.is_kept:
            results, _ = _look(tree, name, checks, twins)
            yield from results
            continue
        state = f"{tree.sum_of(name)} {tree.citations.state(name)}"
        remembered = tree.memory.recall(name, state)
        if remembered is not None:
            _take(tree, name, checks, remembered)
            continue
        results, seen = _look(tree, name, checks, twins)
        yield from results
        if seen is not None:
            tree.memory.keep(name, state, seen)
    for running in checks:
        yield from running.whole()


def _look(
    tree: Tree, name: str, checks: Sequence[Check], twins: Twins
) -> tuple[list[Result], Seen | None]:
    """Look at a file unless its twin was; return what was found, and what to remember where that is nothing."""
    data = tree.read(name)
    seen = twins.seen(name, data)
    if seen is not None:
        _take(tree, name, checks, seen)
        return [], seen
    if not tree.memory.is_kept and not twins.is_dark(name):
        return list(_looked_at(name, data, checks)), None
    before = tree.counted.copy()
    results = list(_looked_at(name, data, checks))
    if results:
        return results, None
    seen = dict(tree.counted - before), _facts(name, checks)
    twins.keep(name, data, seen)
    return [], seen


def _take(tree: Tree, name: str, checks: Sequence[Check], seen: Seen) -> None:
    """Take what was seen of a file, or of one that it is like, in place of a look at it."""
    counted, facts = seen
    tree.counted.update(counted)
    for running in checks:
        running.recall(name, facts.get(running.name))


def _facts(name: str, checks: Sequence[Check]) -> dict[str, Any]:
    """Return what checks need to know again of a file that was just looked at, by their names."""
    facts = {running.name: running.facts(name) for running in checks}
    return {check: known for check, known in facts.items() if known is not None}


def _looked_at(name: str, data: bytes, checks: Sequence[Check]) -> Iterator[Result]:
    for running in checks:
        yield from running.file(name, data)
    try:
        look = _parse(name, data)
    except _UNREADABLE as error:
        yield Finding(syntax.Syntax.name, name, f"cannot be parsed: {error}")
        return
    for running in checks:
        yield from look(running)


def _parse(name: str, data: bytes) -> Callable[[Check], Iterable[Result]]:
    """Parse a file as what its name says; return how a check looks at it.

    Raises:
        _UNREADABLE: it is something else than its name says.
    """
    if name.endswith(".html"):
        page = Page(data)
        return lambda running: running.page(name, page)
    if name.endswith((".json", ".jsonld", ".json.gz")):
        if name.endswith(".gz"):
            data = citations.unpacked(data)
        document = _document(data)
        return lambda running: running.document(name, document)
    if name.endswith(".csv"):
        table = csv_table.read(data)
        return lambda running: running.table(name, table)
    if name.endswith((".svg", ".xml", ".atom")):
        drawing = XmlFile(data)
        return lambda running: running.drawing(name, drawing)
    return lambda _running: ()


class _Row:
    """The place of a row of a table in JSON, at which no check looks."""


def _document(data: bytes) -> Any:
    """Return a JSON document, one of a megabyte or more without what its rows say.

    Each of these rows is read all the same, one at a time: together, those of a history of 16 MB take 50 MiB, and 0.4 so.

    Raises:
        ValueError: it is none.
    """
    if len(data) < _LARGE or not data.startswith(b"{"):
        return msgspec.json.decode(data)
    members = msgspec.json.decode(data, type=dict[str, msgspec.Raw])
    return {name: _read_member(name, member) for name, member in members.items()}


def _read_member(name: str, data: msgspec.Raw) -> Any:
    if name != "rows":
        return msgspec.json.decode(data)
    try:
        return _ROWS.decode(data)
    except msgspec.ValidationError:
        # Something else has that name, too.
        return msgspec.json.decode(data)


_LARGE = 1_000_000
_ROWS = msgspec.json.Decoder(list[_Row], dec_hook=lambda kind, _row: kind())
