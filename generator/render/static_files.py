"""Files that are the same on every day: styles, scripts, icons, and the charts' runtime."""

from collections.abc import Iterator

from generator.base import browser_runtime, palette, resources
from generator.base.artifact import Artifact
from generator.charts.runtime import runtime_js
from generator.render.context import Context

_COLORED = (".css", ".svg")
"""The ends of files that hold the accent color."""
_SHEET = "site.css"


def make_static_files(context: Context) -> Iterator[Artifact]:
    """Yield ``static/`` as it lies in the package, and what is bundled into it."""
    folder, config = resources.folder("static"), context.site.config
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            body = path.read_bytes()
            if path.suffix in _COLORED:
                body = config.recolored(body.decode()).encode()
            if path.name == _SHEET:
                body += _author_rules().encode()
            yield Artifact(f"static/{path.relative_to(folder).as_posix()}", body)
    yield Artifact(browser_runtime.PATH, runtime_js(context.cache))
    # Pages would otherwise run the tree through Jekyll and drop what starts with an underscore.
    yield Artifact(".nojekyll", b"")


def _author_rules() -> str:
    """Return the style rules that give the dots, bars and lines of authors their colors in the dark theme."""
    rules = []
    for light in palette.OWN_COLORS:
        both = f"light-dark({light},{palette.DARK_OF[light]})"
        rules.append(f'[fill="{light}"]{{fill:{both}}}[stroke="{light}"]{{stroke:{both}}}')
    # On paper, which is light, the colors are those in the pages.
    return "@media screen {\n" + "\n".join(rules) + "\n}\n"
