"""The fonts of the machine that vl-convert may read: all but those that it has in memory itself.

It opens a font that lies in a file again for each letter, which makes a picture three times as expensive. And with
the copies that it brings along, a picture is the same whichever release of Liberation Sans a machine has.
"""

import os
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape

VARIABLE = "FONTCONFIG_FILE"
"""The variable of the environment that names the file in which the folders of fonts are listed."""
OWN = "Liberation*"
"""The names of the files of fonts that vl-convert brings along."""
ROOTS = tuple(
    Path(os.path.expanduser(root))  # noqa: PTH111 - a user without a home is no error
    for root in (
        "/usr/share/fonts",
        "/usr/local/share/fonts",
        "~/.local/share/fonts",
        "~/.fonts",
    )
)


def folders(roots: Iterable[Path] = ROOTS) -> Iterator[Path]:
    """Yield the largest folders below these that hold no font of vl-convert's; other fonts beside one are left out."""
    for root in roots:
        if not root.is_dir():
            continue
        if any(root.rglob(OWN)):
            yield from folders(sorted(inside for inside in root.iterdir() if inside.is_dir()))
        else:
            yield root


@cache
def descriptor() -> int | None:
    """Return an open file in memory that lists the folders as fontconfig does; None where there are no such files."""
    if not hasattr(os, "memfd_create"):
        return None
    listed = "".join(f"<dir>{escape(str(folder))}</dir>" for folder in folders())
    made = os.memfd_create("fonts.conf")
    os.write(made, f"<fontconfig>{listed}</fontconfig>".encode(errors="surrogateescape"))
    return made
