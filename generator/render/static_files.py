"""Files that are the same on every day: styles, scripts, icons, and the charts' runtime."""

import hashlib
from collections.abc import Iterator

from generator.base import browser_runtime, palette, resources
from generator.base.artifact import Artifact, Omission
from generator.base.site_config import SiteConfig
from generator.charts.native import CannotLoad
from generator.charts.runtime import runtime_js
from generator.render.context import Context

_COLORED = (".css", ".svg")
"""The ends of files that hold the accent color."""
_SHEET = "site.css"


def make_static_files(context: Context) -> Iterator[Artifact | Omission]:
    """Yield ``static/`` as it lies in the package, and what is bundled into it."""
    for path, body in _own_files(context.site.config):
        yield Artifact(path, body)
    try:
        yield Artifact(browser_runtime.PATH, runtime_js(context.cache))
    except CannotLoad as error:
        yield Omission(f"no chart is interactive, {browser_runtime.PATH} is missing: {error}")
    # Pages would otherwise run the tree through Jekyll and drop what starts with an underscore.
    yield Artifact(".nojekyll", b"")


def version(config: SiteConfig) -> str:
    """Return eight characters that tell the scripts and styles of this program and site from those of any other.

    Pages name them in the addresses of both, which a browser may have kept since before the site was published last.
    """
    digest = hashlib.sha256(repr(sorted(browser_runtime.CHECKSUMS.items())).encode())
    for path, body in _own_files(config):
        digest.update(b"%b\0%d\0%b" % (path.encode(), len(body), body))
    return digest.hexdigest()[:8]


def _own_files(config: SiteConfig) -> Iterator[tuple[str, bytes]]:
    """Yield path and bytes of each file of the package, in the colors of the site."""
    folder = resources.folder("static")
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            body = path.read_bytes()
            if path.suffix in _COLORED:
                body = config.recolored(body.decode()).encode()
            if path.name == _SHEET:
                body += _author_rules().encode()
            yield f"static/{path.relative_to(folder).as_posix()}", body


def _author_rules() -> str:
    """Return the style rules that give the dots, bars and lines of authors their colors in the dark theme."""
    rules = []
    for light in palette.OWN_COLORS:
        both = f"light-dark({light},{palette.DARK_OF[light]})"
        rules.append(f'[fill="{light}"]{{fill:{both}}}[stroke="{light}"]{{stroke:{both}}}')
    # On paper, which is light, the colors are those in the pages.
    return "@media screen {\n" + "\n".join(rules) + "\n}\n"
