"""The folders of a site, and whether its archive is that of a demo."""

from dataclasses import dataclass
from pathlib import Path

from generator.archive.store import Archive

DATA, PUBLIC = "data", "public"
"""The names of the folders of archive and published tree."""
DEMO_MARK = "DEMO"
"""A file of this name in the archive says that it was filled from recordings."""


@dataclass(frozen=True, slots=True)
class Folders:
    """The folders of a site folder: archive, published tree, cache and its seal."""

    root: Path

    @property
    def data(self) -> Path:
        return self.root / DATA

    @property
    def public(self) -> Path:
        return self.root / PUBLIC

    @property
    def cache(self) -> Path:
        return self.root / ".cache"

    @property
    def seal(self) -> Path:
        """The file that says which contents of the cache count; see :mod:`generator.base.cache_seal`."""
        return self.root / ".cache.sha256"


def demo_sentence(archive: Archive) -> str:
    """Return the notice on every page of a demo; empty for an archive of real runs."""
    mark = archive.root / DEMO_MARK
    return mark.read_text(encoding="utf-8").strip() if mark.is_file() else ""
