"""What earlier runs drew, kept by what it was drawn from: a build in which nothing changed draws nothing."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from generator.base import files, palette
from generator.charts.runtime import vl_convert_version


class Cache:
    """Keeps compiled templates and drawn plots in one file; what a run did not ask for is forgotten.

    The keys cover this room's own code and the versions of the libraries, so nothing outlives a change.

    Args:
        folder: where the file is; None keeps nothing.
        name: of the file; each user of a folder has its own.
    """

    def __init__(self, folder: Path | None, name: str = "charts.json") -> None:
        self._path = folder / name if folder else None
        self._held = self._read()
        self._used: dict[str, Any] = {}
        self._salt = files.sha256("\n".join(_cache_inputs()).encode()) if folder else ""

    def key(self, *parts: str) -> str:
        return files.sha256("\0".join((self._salt, *parts)).encode("utf-8", "replace"))

    def get(self, key: str) -> Any:
        """Return what an earlier run kept or this run has put there, None if nothing."""
        if key in self._held:
            self._used[key] = self._held[key]
        return self._used.get(key)

    def put(self, key: str, value: Any) -> None:
        self._used[key] = value

    def save(self) -> None:
        if self._path and self._used.keys() != self._held.keys():
            self._path.parent.mkdir(parents=True, exist_ok=True)
            files.write_over(
                self._path, json.dumps(self._used, ensure_ascii=False).encode("utf-8", "replace")
            )

    def _read(self) -> dict[str, Any]:
        try:
            entries = json.loads(self._path.read_bytes()) if self._path else {}
        except (OSError, ValueError):
            return {}
        return entries if isinstance(entries, dict) else {}


def _cache_inputs() -> Iterator[str]:
    """Everything besides rows that decides what a chart looks like."""
    yield vl_convert_version()
    room = Path(__file__).parent
    for path in (*sorted(room.rglob("*.py")), Path(palette.__file__)):
        yield path.read_text("utf-8")
