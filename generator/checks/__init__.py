"""All checks over one folder."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from generator.base.config import Secret
from generator.checks import attribution, feeds, layout, links, policy, secrets, syntax
from generator.checks.built_tree import Finding, Tree

T = TypeVar("T")
CHECKS = (
    layout.CHECK,
    syntax.CHECK,
    policy.CHECK,
    links.CHECK,
    attribution.CHECK,
    feeds.CHECK,
    secrets.CHECK,
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


def check(root: Path, secret: Secret | None = None) -> Verdict:
    """Everything that keeps the folder from being published; empty findings mean that nothing does."""
    tree = Tree(root, secret)
    findings = tuple(_findings(tree))
    return Verdict(findings, tree.counted, tuple(dict.fromkeys(tree.notes)))


def _findings(tree: Tree) -> Iterator[Finding]:
    """Each file is read and parsed once, for all checks that look at its kind.

    Snapshots come before pages: the pages of a day are held to what the snapshots of that day say.
    """
    yield from _each(
        tree, (".json", ".json.gz"), tree.document, [one.document for one in CHECKS if one.document]
    )
    yield from _each(tree, (".html",), tree.page, [one.page for one in CHECKS if one.page])
    yield from _each(
        tree,
        (".svg", ".xml", ".atom"),
        tree.drawing,
        [one.drawing for one in CHECKS if one.drawing],
    )
    for one in CHECKS:
        if one.tree is not None:
            yield from one.tree(tree)


def _each(
    tree: Tree,
    suffixes: tuple[str, ...],
    read: Callable[[str], T],
    looks: Sequence[Callable[[Tree, str, T], Iterator[Finding]]],
) -> Iterator[Finding]:
    for name in tree.under(*suffixes):
        parsed = read(name)
        for look in looks:
            yield from look(tree, name, parsed)
