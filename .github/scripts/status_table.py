"""Prints a published status.json as a Markdown table whose cells can neither link, mention nor break out."""

import json
import re
import sys
from pathlib import Path
from typing import Any

LONGEST = 200


def cell(value: object) -> str:
    """A value as a code span, so that nothing in it is Markdown; empty stays empty."""
    text = re.sub(r"[\x00-\x20\x7f`|\\]+", " ", "" if value is None else str(value)).strip()
    return f"`{text[:LONGEST]}`" if text else ""


def table(status: dict[str, Any]) -> str:
    lines = ["| dataset | newest | state | why |", "| --- | --- | --- | --- |"]
    for one in status["datasets"]:
        state = "stale" if one["stale"] else "fresh"
        lines.append(
            f"| {cell(one['dataset'])} | {cell(one['newest'])} | {state} | {cell(one['message'])} |"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    print(table(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))))  # noqa: T201 - its only output
