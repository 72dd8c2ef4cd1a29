"""The lines between two fences at the top of a page's file, as ``name: value``; an indented line goes on with the value.

A value may stand in quotes, as in YAML.
"""

import re

_QUOTED = re.compile(r'"[^"]*"|\'[^\']*\'')
FENCE = "---\n"


def split(text: str) -> tuple[dict[str, str], str]:
    """Return the fields of a page's front matter and the text below it; no fields where it has none."""
    if not text.startswith(FENCE):
        return {}, text
    front, fence, body = text.removeprefix(FENCE).partition("\n" + FENCE)
    if not fence:
        return {}, text
    fields: dict[str, str] = {}
    last = ""
    for line in front.splitlines():
        name, colon, value = line.partition(":")
        if last and line.startswith(" "):
            fields[last] = f"{fields[last]} {line.strip()}"
        elif colon:
            last = name.strip()
            fields[last] = value.strip()
    return {name: _unquoted(value) for name, value in fields.items()}, body


def _unquoted(value: str) -> str:
    """Return a value without the quotes around all of it; quotes around a part of it stay."""
    return value[1:-1] if _QUOTED.fullmatch(value) else value
