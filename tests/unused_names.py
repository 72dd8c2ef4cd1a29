"""Print the functions, methods, classes and variables of the package that nothing uses; fail on any.

vulture reads Python alone, so names that templates use are handed to it. Left out are the fields of
replies, of stored files and of the rows of boards, which are read by the name of their column.
"""

import re
import sys
from pathlib import Path

from vulture import Vulture

ROOT = Path(__file__).parent.parent
_NAME = re.compile(r"[A-Za-z_]\w+")
_FIELDS_READ_BY_NAME = (
    "generator/endpoints/",
    "generator/archive/envelope.py",
    "generator/boards/",
)
_CALLED_BY_LIBRARIES = {
    "bytecode_cache": "jinja2 reads it",
    "command_class": "click reads it",
    "get_help": "click calls it",
    "handle_request": "httpx calls it on a transport",
    "log_message": "http.server calls it for each request",
    "list_directory": "http.server calls it for a folder without a page",
    "compress_type": "zipfile reads it",
    "create_system": "zipfile reads it",
    "external_attr": "zipfile reads it",
    "fontSize": "altair reads it",
    "buffer_text": "expat reads it",
    "CharacterDataHandler": "expat calls it",
}


def unused_names(root: Path) -> list[str]:
    """Return one line per unused name, with its place."""
    reader = Vulture(ignore_decorators=["@cli.command"])
    reader.scavenge([str(root / "generator")])
    templates = [path.read_text(encoding="utf-8") for path in (root / "templates").rglob("*.*")]
    named_in_templates = set(_NAME.findall(" ".join(templates)))
    lines = []
    for item in reader.get_unused_code(min_confidence=60):
        place = Path(item.filename).relative_to(root).as_posix()
        is_field = item.typ == "variable" and place.startswith(_FIELDS_READ_BY_NAME)
        if is_field or item.name in named_in_templates or item.name in _CALLED_BY_LIBRARIES:
            continue
        lines.append(f"{place}:{item.first_lineno}: unused {item.typ} {item.name}")
    return lines


if __name__ == "__main__":
    unused = unused_names(ROOT)
    print("\n".join(unused) or "Nothing is unused.")
    sys.exit(bool(unused))
