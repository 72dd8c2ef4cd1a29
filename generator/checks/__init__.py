"""All checks over one built folder: each file is read and parsed once, and every check sees it."""

import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

import msgspec

from generator.base.config import Secret
from generator.checks import (
    attribution,
    citations,
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
    ElementTree.ParseError,
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
    root: Path, secret: Secret | None = None, checks: Sequence[type[Check]] = CHECKS
) -> Verdict:
    """Return everything that keeps a folder from being published; no findings mean that nothing does.

    Args:
        root: the built folder.
        secret: the key of this run, which must be nowhere in it.
        checks: which checks to run.
    """
    tree = Tree(root, secret)
    running = [make(tree) for make in checks]
    results = list(_results(tree, running))
    findings = tuple(result for result in results if isinstance(result, Finding))
    notes = dict.fromkeys(str(result) for result in results if isinstance(result, Note))
    counted = sum((running_check.counted for running_check in running), Counter[str]())
    return Verdict(findings, dict(counted), tuple(notes))


def _results(tree: Tree, checks: Sequence[Check]) -> Iterator[Result]:
    for name, path in tree.files.items():
        data = path.read_bytes()
        for running in checks:
            yield from running.file(name, data)
        try:
            look = _parse(name, data)
        except _UNREADABLE as error:
            yield Finding(syntax.Syntax.name, name, f"cannot be parsed: {error}")
            continue
        for running in checks:
            yield from look(running)
    for running in checks:
        yield from running.whole()


def _parse(name: str, data: bytes) -> Callable[[Check], Iterable[Result]]:
    """Parse a file as what its name says; return how a check looks at it.

    Raises:
        _UNREADABLE: it is something else than its name says.
    """
    if name.endswith(".html"):
        page = Page(data.decode())
        return lambda running: running.page(name, page)
    if name.endswith((".json", ".jsonld", ".json.gz")):
        document = msgspec.json.decode(citations.unpacked(data) if name.endswith(".gz") else data)
        return lambda running: running.document(name, document)
    if name.endswith((".svg", ".xml", ".atom")):
        # Files of our own making, a few kilobytes each; entities would be refused as undefined.
        root = ElementTree.fromstring(data)  # noqa: S314
        return lambda running: running.drawing(name, root)
    return lambda _running: ()
