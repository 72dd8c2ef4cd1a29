"""The words that credit a source: documented ones, and those that the published data themselves state."""

import gzip
import re
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Any

import msgspec

from generator.base import strict_json
from generator.base.attribution import APPS, BENCHMARKS, MODELS, RANKINGS, names_source

_SNAPSHOT = re.compile(
    r"data/v1/([^/]+)/([0-9]{4}-[0-9]{2}-[0-9]{2})(\.r[0-9]+)?\.json\.gz", re.ASCII
)
_WITHHELD = re.compile(r"data/v1/([^/]+)/credits\.json")
_NEWEST = re.compile(r"data/v1/(.+/)?latest\.json")
_DOCUMENTED = {"": tuple(text.split("{as_of}")[0] for text in (RANKINGS, APPS, MODELS))} | {
    source: (text,) for source, text in BENCHMARKS.items()
}
"""The documented words by the source of benchmarks; those of all other datasets under an empty text."""
_OF_BENCHMARKS = "benchmarks-"


@dataclass(frozen=True, slots=True)
class Credit:
    """A citation that a document states, with the time its data are of, both as the source wrote them."""

    text: str
    as_of: str

    @property
    def words(self) -> tuple[str, ...]:
        """The text without its time, in as many pieces as that leaves."""
        return tuple(self.text.split(self.as_of)) if self.as_of else (self.text,)

    def stands_in(self, text: str) -> bool:
        """Return whether a text holds both the citation and its time."""
        return self.text in text and self.as_of in text

    def words_stand_in(self, text: str) -> bool:
        """Return whether a text holds the citation but for its time."""
        return _holds_all(text, self.words)


class _Cited(msgspec.Struct):
    """What is read of a document here; its rows are skipped."""

    dataset: Any = None
    citations: Any = None
    days: Any = None


def credit_source(dataset: str) -> str:
    """Return the source that a dataset of benchmarks credits, an empty text for any other dataset."""
    return dataset.removeprefix(_OF_BENCHMARKS) if dataset.startswith(_OF_BENCHMARKS) else ""


def documented_words(dataset: str) -> tuple[str, ...]:
    """Return the documented words that credit the source of a dataset."""
    return _DOCUMENTED.get(credit_source(dataset), ())


class Citations:
    """What the published data say of their sources.

    Attributes:
        newest: by dataset, the credits that its newest table states.
    """

    def __init__(self, files: Mapping[str, Path]) -> None:
        self.newest: dict[str, list[Credit]] = {}
        self._dated: dict[str, list[tuple[str, Credit]]] = {}
        for name, path in files.items():
            snapshot = _SNAPSHOT.fullmatch(name)
            if snapshot:
                credits_ = _credits(_cited(unpacked, path))
                dated = self._dated.setdefault(snapshot[1], [])
                dated.extend((snapshot[2], credit) for credit in credits_)
            elif _NEWEST.fullmatch(name):
                document = _cited(bytes, path)
                if document is not None:
                    self.newest[str(document.dataset)] = _credits(document)
            elif _WITHHELD.fullmatch(name):
                self._add_withheld(_cited(bytes, path))
        for dated in self._dated.values():
            dated.sort(key=lambda day_and_credit: day_and_credit[0], reverse=True)

    def _add_withheld(self, document: _Cited | None) -> None:
        """Add the credits of a dataset whose rows are not published: of its newest snapshot, and of each day."""
        if document is None:
            return
        dataset = str(document.dataset)
        self.newest[dataset] = _credits(document)
        for stated in document.days if isinstance(document.days, list) else ():
            if isinstance(stated, dict):
                credits_ = _credits(_Cited(dataset, stated.get("citations")))
                dated = self._dated.setdefault(dataset, [])
                dated.extend((str(stated.get("day")), credit) for credit in credits_)

    @property
    def all_newest(self) -> Iterator[Credit]:
        """Return the credits that the newest tables state."""
        return chain.from_iterable(self.newest.values())

    def on_day(self, day: str, dataset: str = "") -> Sequence[Credit]:
        """Return the credits of the snapshots held on a day, of one dataset or of all; newest first in each."""
        credits_: list[Credit] = []
        for name in [dataset] if dataset else self._dated:
            dated = self._dated.get(name, ())
            credits_ += [credit for snapshot_day, credit in dated if snapshot_day <= day]

        return credits_

    def credit_a_source(self, text: str) -> bool:
        """Return whether a text holds the words of some source."""
        return any(_holds_all(text, words) for words in self._words)

    # Saves 10 s in checking the demo, which takes 4 s: asked for 21,000 times.
    @cached_property
    def _words(self) -> Sequence[tuple[str, ...]]:
        """Return the documented words, and those of the published data as far as they name their source."""
        words: dict[tuple[str, ...], None] = {}
        for texts in _DOCUMENTED.values():
            words |= {(text,): None for text in texts}
        for dataset, credit in self._stated():
            if names_source(credit.text, credit_source(dataset)):
                words[credit.words] = None
        return tuple(words)

    def _stated(self) -> Iterator[tuple[str, Credit]]:
        for dataset, credits_ in self.newest.items():
            yield from ((dataset, credit) for credit in credits_)
        for dataset, dated in self._dated.items():
            yield from ((dataset, credit) for _, credit in dated)


def _holds_all(text: str, parts: Iterable[str]) -> bool:
    return all(part in text for part in parts)


def unpacked(snapshot: bytes) -> bytes:
    """Return the JSON of a packed snapshot; its replies are kept as they came, also with half an emoji."""
    return strict_json.without_halves(gzip.decompress(snapshot))


def _cited(unpack: Callable[[bytes], bytes], path: Path) -> _Cited | None:
    """Return what a file states of its sources, None if it cannot be read: another check says so."""
    try:
        return msgspec.json.decode(unpack(path.read_bytes()), type=_Cited)
    except (ValueError, OSError, EOFError, zlib.error):
        return None


def _credits(document: _Cited | None) -> list[Credit]:
    """Return the citations that a document states, as far as they have the right shape."""
    listed = document.citations if document is not None else None
    credits_ = []
    for stated in listed if isinstance(listed, list) else ():
        text = stated.get("text") if isinstance(stated, dict) else None
        as_of = stated.get("as_of") if isinstance(stated, dict) else None
        if isinstance(text, str) and isinstance(as_of, str):
            credits_.append(Credit(text, as_of))
    return credits_
