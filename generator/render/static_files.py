"""Files that are the same on every day: styles, scripts, icons, and the charts' runtime."""

from collections.abc import Iterator

from generator.base import resources
from generator.base.artifact import Artifact
from generator.charts.runtime import THIRD_PARTY, runtime_js
from generator.render.context import Context


def make_static_files(context: Context) -> Iterator[Artifact]:
    """Yield ``static/`` as it lies in the package, and what is bundled into it."""
    folder = resources.folder("static")
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield Artifact(f"static/{path.relative_to(folder).as_posix()}", path.read_bytes())
    yield Artifact("static/js/vega.js", runtime_js(context.cache))
    yield Artifact.text("static/THIRD-PARTY.txt", THIRD_PARTY)
    # Pages would otherwise run the tree through Jekyll and drop what starts with an underscore.
    yield Artifact(".nojekyll", b"")
