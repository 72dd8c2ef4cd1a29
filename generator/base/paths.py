"""Paths made of upstream ids: below the root, portable, and different for different ids."""

import hashlib
import re
import unicodedata
from itertools import product

_PLAIN = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._~()+-]*[A-Za-z0-9_~()+-])?", re.ASCII)
_UNFIT = re.compile(r"[^A-Za-z0-9._()+-]+", re.ASCII)
_LONGEST = 100
# Names that Windows keeps for devices, and those under which this site has files of its own.
_PORTS = map("".join, product(("com", "lpt"), "0123456789¹²³"))
_DEVICES = frozenset(["con", "prn", "aux", "nul", "conin$", "conout$", *_PORTS])
_TAKEN = frozenset(["index", "index.html", "feed.xml", "static", "data", "30-days"])


def names_device(name: str) -> bool:
    """Return whether Windows takes a name in a path for a device: whatever follows its first dot."""
    return name.partition(".")[0].rstrip(" ").lower() in _DEVICES


def part(text: str) -> str:
    """Return an id as one name of a path: with ``:`` as ``--`` where that is portable, else with a hash."""
    name = unicodedata.normalize("NFC", text).replace(":", "--")
    if (
        _PLAIN.fullmatch(name)
        and len(name) <= _LONGEST
        and name.lower() not in _TAKEN
        and not names_device(name)
        and ".." not in name
    ):
        return name
    mark = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:8]
    if names_device(name):
        name = name.replace(".", "-")
    rest = _UNFIT.sub("-", name).strip("-.")[: _LONGEST - 9].rstrip("-.")
    return f"{rest}-{mark}" if rest else mark


def lone_part(text: str) -> str:
    """Return an id as one name of a path that no other id has, also on file systems that ignore case."""
    name = part(text)
    # Only what is written small, and without the replacement of a colon, is the name of one id alone.
    if name == name.lower() and "--" not in text:
        return name
    mark = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:8]
    return f"{name.lower()}-{mark}"


def slug(text: str) -> str:
    """Return ``author/slug`` as two names of a path, and any other id as one."""
    author, slash, rest = text.partition("/")
    return f"{part(author)}/{part(rest)}" if slash and rest else part(text)


class Distinct:
    """Paths that differ even on file systems that ignore case."""

    def __init__(self) -> None:
        self._given: dict[str, str] = {}
        self._by_id: dict[str, str] = {}

    def path(self, id_: str) -> str:
        """Return the path of an id, always the same; no other id of this object gets it."""
        if id_ not in self._by_id:
            path = slug(id_)
            if self._given.setdefault(path.casefold(), id_) != id_:
                path += "-" + hashlib.sha256(id_.encode("utf-8", "replace")).hexdigest()[:8]
                self._given[path.casefold()] = id_
            self._by_id[id_] = path
        return self._by_id[id_]
