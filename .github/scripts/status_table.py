"""Print a published status.json as a Markdown table; text from the API appears in it as code, never as Markdown."""

import json
import re
import sys
from pathlib import Path
from typing import Any

LONGEST = 200


def cell(value: object) -> str:
    """Return a value as a code span, so that nothing in it is read as Markdown; empty for an empty value."""
    text = re.sub(r"[\x00-\x20\x7f`|\\]+", " ", "" if value is None else str(value)).strip()
    return f"`{text[:LONGEST]}`" if text else ""


def table(status: dict[str, Any]) -> str:
    """Return a row for each dataset: its name, newest day, whether it is stale or held back, and why."""
    lines = ["| dataset | newest | state | why |", "| --- | --- | --- | --- |"]
    for dataset in status["datasets"]:
        state = "stale" if dataset["stale"] else "fresh"
        if ": held back: " in (dataset["message"] or ""):
            state = "held back"
        name, newest, message = (cell(dataset[key]) for key in ("dataset", "newest", "message"))
        lines.append(f"| {name} | {newest} | {state} | {message} |")
    return "\n".join(lines)


if __name__ == "__main__":
    print(table(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))))  # noqa: T201 - its only output
