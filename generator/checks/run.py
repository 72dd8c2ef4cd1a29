"""All checks over one folder."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from generator.checks import attributed, feeds, links, parses, policy, secrets, shape
from generator.checks.tree import Finding, Tree
from generator.config import Secret

CHECKS = (shape.CHECK, parses.CHECK, policy.CHECK, links.CHECK, attributed.CHECK, feeds.CHECK, secrets.CHECK)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found, and how much was looked at."""

    findings: tuple[Finding, ...]
    counted: dict[str, int]


def check(root: Path, secret: Secret | None = None) -> Verdict:
    """Everything that keeps the folder from being published; empty findings mean that nothing does."""
    tree = Tree(root, secret)
    return Verdict(tuple(_findings(tree)), tree.counted)


def _findings(tree: Tree) -> Iterator[Finding]:
    for name in tree.under(".html"):
        page = tree.page(name)
        for one in CHECKS:
            if one.page is not None:
                yield from one.page(tree, name, page)
    for name in tree.under(".json", ".json.gz"):
        document = tree.document(name)
        for one in CHECKS:
            if one.document is not None:
                yield from one.document(tree, name, document)
    for one in CHECKS:
        if one.tree is not None:
            yield from one.tree(tree)
