"""A small good tree for the checks, and what they find once something in it is changed."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from generator.base.config import Secret
from generator.base.files import gzip_bytes
from generator.checks import CHECKS, Verdict, check
from generator.checks.built_tree import Check

AS_OF = "2026-11-21T06:17:00Z"
LINE = f"Source: OpenRouter (openrouter.ai/rankings), as of {AS_OF}."
FULL = f"{LINE} Licensed under CC BY 4.0."
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'"
TOP = {"citation": FULL, "as_of": AS_OF, "license": "CC-BY-4.0"}
CELL = '<table><tbody><tr><td data-v="12">12</td></tr></tbody></table>'
BOARD = f'<section data-sources="rankings-daily">{CELL}<p>{LINE}</p></section>'
CREDITS = [
    {"text": LINE, "url": "https://openrouter.ai/rankings", "as_of": AS_OF, "license": "CC-BY-4.0"}
]
SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">'

Edit = Mapping[str, bytes | str | None]


def page(body: str, root: str = "") -> str:
    """Return a page; ``root`` leads from its folder to that of the site."""
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        f'<title>T</title><link rel="stylesheet" href="{root}static/site.css"></head>'
        f'<body><a href="{root}index.html">Home</a>{body}</body></html>'
    )


def picture(inside: str) -> str:
    """Return an SVG picture with its credit."""
    return f"{SVG}<text>{LINE[:30]}</text><text>{LINE[30:]}</text>{inside}</svg>"


GOOD: dict[str, bytes | str] = {
    "index.html": page(BOARD + '<a href="about/#top">About</a>'),
    "about/index.html": page('<h1 id="top">About</h1>', "../"),
    "404.html": page("<p>Nothing here</p>"),
    "static/site.css": "body{color:#000}",
    "data/v1/index.json": json.dumps({**TOP, "datasets": []}),
    "data/v1/rankings-daily/latest.json": json.dumps(
        {**TOP, "dataset": "rankings-daily", "citations": CREDITS, "rows": []}
    ),
    "data/v1/rankings-daily/latest.csv": f'a,citation,as_of,license\n1,"{FULL}",{AS_OF},CC-BY-4.0\n',
    "data/v1/rankings-daily/2026-11-21.json.gz": gzip_bytes(json.dumps(TOP).encode()),
    "SHA256SUMS": b"",
    "data/v1/SHA256SUMS": b"",
    "charts/x.svg": picture(""),
}


def write(folder: Path, edit: Edit) -> None:
    """Write the good tree with some files changed, added or, where None stands, left out."""
    for name, body in {**GOOD, **edit}.items():
        if body is not None:
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(body.encode() if isinstance(body, str) else body)


def verdict(
    folder: Path,
    edit: Edit,
    secret: str | None = None,
    checks: Sequence[type[Check]] = CHECKS,
) -> Verdict:
    """Return what the checks say of the good tree with some files changed."""
    write(folder, edit)
    return check(folder, Secret(secret) if secret else None, checks)


def findings(folder: Path, edit: Edit, secret: str | None = None) -> list[str]:
    """Return the lines of all findings."""
    return [str(finding) for finding in verdict(folder, edit, secret).findings]
