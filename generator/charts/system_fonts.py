"""The fonts of the machine that vl-convert may read: all but those that it has in memory itself.

It opens a font that lies in a file again for each letter, which makes a bitmap twice as expensive: 6 s of 70 in a
build of the demo. And with the copies that it brings along, a bitmap is the same whichever release of Liberation Sans
a machine has.
"""

import atexit
import os
import shutil
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from xml.sax.saxutils import escape

VARIABLE = "FONTCONFIG_FILE"
"""The variable of the environment that names the file in which the folders of fonts are listed."""
OWN = "Liberation*"
"""The names of the files of fonts that vl-convert brings along."""
ROOTS = tuple(
    Path(os.path.expanduser(root))  # noqa: PTH111 - a user without a home is no error
    for root in ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts")
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
def listing() -> str:
    """Return the path of a file that lists the folders as fontconfig does; it is removed with the end of the program."""
    listed = "".join(f"<dir>{escape(str(folder))}</dir>" for folder in folders())
    made = Path(mkdtemp(prefix="leaderboards-"))
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    path = made / "fonts.conf"
    path.write_text(
        f"<fontconfig>{listed}</fontconfig>", encoding="utf-8", errors="surrogateescape"
    )
    return str(path)
