"""All checks over one folder."""

from dataclasses import dataclass
from pathlib import Path

from generator.checks import attributed, links, parses, policy, secrets, shape
from generator.checks.tree import Finding, Tree
from generator.config import Secret

CHECKS = (shape, parses, policy, links, attributed, secrets)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found, and how much was looked at."""

    findings: tuple[Finding, ...]
    counted: dict[str, int]


def check(root: Path, secret: Secret | None = None) -> Verdict:
    """Everything that keeps the folder from being published; empty findings mean that nothing does."""
    tree = Tree(root, secret)
    findings = tuple(finding for one in CHECKS for finding in one.findings(tree))
    return Verdict(findings, tree.counted)
