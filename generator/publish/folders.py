"""The folders of a site, and what each of its files may say: the version, and whether it is a demo.

Apart from the rendering, so that a run that only asks the API loads neither templates nor charts.
"""

from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from generator.archive.store import Archive

DEMO_MARK = "DEMO"
"""A file of this name in the archive says that it was filled from recordings."""


@dataclass(frozen=True, slots=True)
class Folders:
    """The folders of a site folder: archive, published tree, cache."""

    root: Path

    @property
    def data(self) -> Path:
        return self.root / "data"

    @property
    def public(self) -> Path:
        return self.root / "public"

    @property
    def cache(self) -> Path:
        return self.root / ".cache"


def version() -> str:
    """Return the generator's version, as installed; ``0`` where it is not installed."""
    try:
        return metadata.version("openrouter-leaderboards")
    except metadata.PackageNotFoundError:
        return "0"


def demo_sentence(archive: Archive) -> str:
    """Return the notice on every page of a demo; empty for an archive of real runs."""
    mark = archive.root / DEMO_MARK
    return mark.read_text(encoding="utf-8").strip() if mark.is_file() else ""
