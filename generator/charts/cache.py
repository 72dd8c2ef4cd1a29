"""What earlier runs drew, kept by what it was drawn from: a build in which nothing changed draws nothing."""

import contextlib
import hashlib
import sys
from collections.abc import Callable, Iterable, Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from generator.base.artifact import Slice

_LIBRARIES = ("altair", "msgspec", "pillow", "vl-convert-python")
_DIGEST = hashlib.sha256().digest_size


class Cache:
    """Keeps each drawing in a file of its own, behind the checksum of its content.

    The keys cover all code that a drawing can depend on, so nothing outlives a change. What does not match its
    checksum is not used.

    Args:
        folder: of all caches; None keeps nothing.
        name: of the one with these drawings.
    """

    def __init__(self, folder: Path | None, name: str) -> None:
        self._folder = folder / name if folder else None
        self._used: set[str] = set()
        self._code = hashlib.sha256(b"\0".join(_code()) if folder else b"")

    def key(self, *parts: bytes) -> str:
        """Return the name of what is drawn from these parts."""
        digest = self._code.copy()
        for part in parts:
            digest.update(b"%d\0%b" % (len(part), part))
        return digest.hexdigest()

    def get(self, key: str) -> bytes | None:
        """Return what an earlier run kept, None if nothing, or if it is damaged."""
        if self._folder is None:
            return None
        try:
            kept = (self._folder / key).read_bytes()
        except OSError:
            return None
        content = memoryview(kept)[_DIGEST:]
        if hashlib.sha256(content).digest() != kept[:_DIGEST]:
            return None
        self.keep(key)
        return bytes(content)

    def keep(self, key: str) -> None:
        """Do not forget it, though this run had no use for it."""
        self._used.add(key)

    def put(self, key: str, content: bytes) -> bool:
        """Keep it for later runs, and return whether it is kept; one that cannot be costs them time, and this one none."""
        if self._folder is None:
            return False
        self.keep(key)
        with contextlib.suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            (self._folder / key).write_bytes(hashlib.sha256(content).digest() + content)
            return True
        return False

    def slices(self, key: str, start: int, sizes: Iterable[int]) -> Iterator[Slice]:
        """Yield parts of what is kept, one after the other.

        Args:
            key: of what :meth:`get` returned or :meth:`put` kept.
            start: where in it the first one begins.
            sizes: the number of bytes of each.
        """
        if self._folder is None:
            return
        path, start = self._folder / key, _DIGEST + start
        for size in sizes:
            yield Slice(path, start, size)
            start += size

    def made(self, key: str, make: Callable[[], bytes]) -> bytes:
        """Return what an earlier run kept, or what is made now, and keep that."""
        kept = self.get(key)
        if kept is None:
            kept = make()
            self.put(key, kept)
        return kept

    def forget_unused(self) -> None:
        """Remove what this run did not ask for."""
        if self._folder is None or not self._folder.is_dir():
            return
        for path in self._folder.iterdir():
            if path.name not in self._used:
                path.unlink(missing_ok=True)


def _code() -> Iterator[bytes]:
    """Everything besides a board that decides what its drawings look like: our code, the libraries, Python."""
    yield sys.version.encode()
    for library in _LIBRARIES:
        # Without one of them nothing is drawn, but all else is made.
        with contextlib.suppress(PackageNotFoundError):
            yield version(library).encode()
    package = Path(__file__).parents[1]
    for folder in ("archive", "base", "boards", "charts", "endpoints"):
        for path in sorted((package / folder).rglob("*.py")):
            yield path.read_bytes()
