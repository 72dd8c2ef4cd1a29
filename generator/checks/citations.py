"""The words that credit a source: documented ones, and those that the published data themselves state."""

import gzip
import re
import zlib
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Any

import msgspec

from generator.base import files, strict_json
from generator.base.attribution import APPS, BENCHMARKS, MODELS, RANKINGS, names_source
from generator.checks.memory import Memory

_SNAPSHOT = re.compile(
    r"data/v1/([^/]+)/([0-9]{4}-[0-9]{2}-[0-9]{2})(\.r[0-9]+)?\.json\.gz", re.ASCII
)
_DAY = re.compile(r"d/([0-9]{4}-[0-9]{2}-[0-9]{2})/", re.ASCII)
_CREDITED_BY_DAY = (".html", ".svg", ".md", ".txt")
_WITHHELD = re.compile(r"data/v1/([^/]+)/credits\.json")
_EARLIER = re.compile(r"data/v1/([^/]+)/earlier\.json")
"""The credits of snapshots that the site has no room for."""
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
        if not self.as_of:
            return (self.text,)
        return tuple(self.text.split(self.as_of))

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


def any_stands_in(text: str, credits_: Iterable[Credit]) -> bool:
    """Return whether a text holds one of some credits."""
    return any(credit.stands_in(text) for credit in credits_)


def credit_source(dataset: str) -> str:
    """Return the source that a dataset of benchmarks credits, an empty text for any other dataset."""
    if not dataset.startswith(_OF_BENCHMARKS):
        return ""
    return dataset.removeprefix(_OF_BENCHMARKS)


def day_of(name: str) -> str:
    """Return the day that a page or picture below ``d/<day>/`` is of, else an empty text."""
    match = _DAY.match(name)
    if match is None:
        return ""
    return match[1]


def documented_words(dataset: str) -> tuple[str, ...]:
    """Return the documented words that credit the source of a dataset."""
    return _DOCUMENTED.get(credit_source(dataset), ())


class Citations:
    """What the published data say of their sources.

    Attributes:
        newest: by dataset, the credits that its newest table states.
    """

    def __init__(
        self,
        names: Iterable[str],
        read: Callable[[str], bytes],
        memory: Memory,
        sum_of: Callable[[str], str],
    ) -> None:
        self._read = read
        self._memory = memory
        self.newest: dict[str, list[Credit]] = {}
        self._dated: dict[str, list[tuple[str, Credit]]] = {}
        for name in names:
            snapshot = _SNAPSHOT.fullmatch(name)
            if snapshot:
                credits_ = self._of_snapshot(name, sum_of)
                dated = self._dated.setdefault(snapshot[1], [])
                dated.extend((snapshot[2], credit) for credit in credits_)
            elif _NEWEST.fullmatch(name):
                document = _cited(read(name))
                if document is not None:
                    self.newest[str(document.dataset)] = _credits(document)
            elif _WITHHELD.fullmatch(name):
                self._add_withheld(_cited(read(name)))
            elif _EARLIER.fullmatch(name):
                self._add_days(_cited(read(name)))
        # Oldest first, so that those up to a day are found by halves: asked for each page of each day.
        self._days: dict[str, list[str]] = {}
        for dataset, dated in self._dated.items():
            dated.sort(key=lambda day_and_credit: day_and_credit[0], reverse=True)
            self._days[dataset] = [day for day, _ in reversed(dated)]

    def _of_snapshot(self, name: str, sum_of: Callable[[str], str]) -> Sequence[Credit]:
        """Return the credits of a dated snapshot."""
        if not self._memory.is_kept:
            return _credits(_cited(self._read(name), unpacked))
        checksum, kept_as = sum_of(name), f"credits/{name}"
        kept = self._memory.recall(kept_as, checksum)
        if kept is None:
            found = _credits(_cited(self._read(name), unpacked))
            self._memory.keep(kept_as, checksum, [(credit.text, credit.as_of) for credit in found])
            return found
        return [Credit(text, as_of) for text, as_of in kept]

    def _add_withheld(self, document: _Cited | None) -> None:
        """Add the credits of a dataset whose rows are not published: of its newest snapshot, and of each day."""
        if document is None:
            return
        self.newest[str(document.dataset)] = _credits(document)
        self._add_days(document)

    def _add_days(self, document: _Cited | None) -> None:
        """Add the credits that a document states for each day."""
        if document is None:
            return
        dataset = str(document.dataset)
        for stated in _objects(document.days):
            credits_ = _credits(_Cited(dataset, stated.get("citations")))
            dated = self._dated.setdefault(dataset, [])
            dated.extend((str(stated.get("day")), credit) for credit in credits_)

    @property
    def all_newest(self) -> Iterator[Credit]:
        """Return the credits that the newest tables state."""
        return chain.from_iterable(self.newest.values())

    def on_day(self, day: str, dataset: str = "") -> Iterator[Credit]:
        """Yield the credits of the snapshots held on a day, of one dataset or of all, newest first: few are looked at."""
        held = []
        for name in [dataset] if dataset else self._dated:
            if name in self._dated:
                up_to_then = bisect_right(self._days[name], day)
                held.append((self._dated[name], len(self._days[name]) - up_to_then))
        for age in range(max((len(dated) - later for dated, later in held), default=0)):
            for dated, later in held:
                if later + age < len(dated):
                    yield dated[later + age][1]

    def state(self, name: str) -> str:
        """Return a checksum of all that decides whether a file credits its sources.

        Pages, pictures and texts credit those of their day, or else of today. All other files credit any: that they
        were told from those of today alone had each snapshot of five years looked at again each day.
        """
        if not name.endswith(_CREDITED_BY_DAY):
            return self._state_known
        day = day_of(name)
        if not day:
            return self._state_today
        days, states = self._states
        at = bisect_right(days, day)
        if not at:
            return self._state_known
        return states[at - 1]

    # Asked for each file of a tree.
    @cached_property
    def _state_known(self) -> str:
        known = [sorted(self.newest), sorted(self._words)]
        return files.sha256(msgspec.json.encode(known))

    @cached_property
    def _state_today(self) -> str:
        stated = [(name, credit.text, credit.as_of) for name, credit in self._newest_credits()]
        return files.sha256(msgspec.json.encode([self._state_known, stated]))

    @cached_property
    def _states(self) -> tuple[list[str], list[str]]:
        """Return each day with snapshots, and a checksum of the credits of all up to it."""
        by_day: dict[str, list[tuple[str, str, str]]] = {}
        for dataset, dated in sorted(self._dated.items()):
            for day, credit in dated:
                by_day.setdefault(day, []).append((dataset, credit.text, credit.as_of))
        days, states, state = sorted(by_day), [], self._state_known
        for day in days:
            state = files.sha256(msgspec.json.encode([state, by_day[day]]))
            states.append(state)
        return days, states

    def credit_a_source(self, text: str) -> bool:
        """Return whether a text holds the words of some source."""
        return any(_holds_all(text, words) for words in self._words)

    def credit_a_source_in(self, data: bytes) -> bool:
        """Return whether bytes that are no text hold the words of some source, as UTF-8."""
        return any(_stand_in(data, words) for words in self._words)

    # Saves 10 s in checking the demo, which takes 4 s: asked for 21,000 times.
    @cached_property
    def _words(self) -> Sequence[tuple[str, ...]]:
        """Return the documented words, and those of the published data as far as they name their source."""
        words: dict[tuple[str, ...], None] = {}
        for text in chain.from_iterable(_DOCUMENTED.values()):
            words[text,] = None
        for dataset, credit in self._stated():
            # Snapshots of years state the same words.
            if credit.words not in words and names_source(credit.text, credit_source(dataset)):
                words[credit.words] = None
        return tuple(words)

    def _newest_credits(self) -> Iterator[tuple[str, Credit]]:
        for dataset, credits_ in self.newest.items():
            for credit in credits_:
                yield dataset, credit

    def _stated(self) -> Iterator[tuple[str, Credit]]:
        yield from self._newest_credits()
        for dataset, dated in self._dated.items():
            for _, credit in dated:
                yield dataset, credit


def _holds_all(text: str, parts: Iterable[str]) -> bool:
    return all(part in text for part in parts)


def _stand_in(data: bytes, parts: Iterable[str]) -> bool:
    return all(part.encode() in data for part in parts)


def unpacked(snapshot: bytes) -> bytes:
    """Return the JSON of a packed snapshot; its replies are kept as they came, also with half an emoji."""
    return strict_json.without_halves(gzip.decompress(snapshot))


def _cited(data: bytes, unpack: Callable[[bytes], bytes] = bytes) -> _Cited | None:
    """Return what a file states of its sources, None if it cannot be read: another check says so."""
    try:
        return msgspec.json.decode(unpack(data), type=_Cited)
    except (ValueError, OSError, EOFError, zlib.error):
        return None


def _credits(document: _Cited | None) -> list[Credit]:
    """Return the citations that a document states, as far as they have the right shape."""
    if document is None:
        return []
    credits_ = []
    for stated in _objects(document.citations):
        text, as_of = stated.get("text"), stated.get("as_of")
        if isinstance(text, str) and isinstance(as_of, str):
            credits_.append(Credit(text, as_of))
    return credits_


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    """Yield the objects of a list in JSON, nothing where it is none."""
    if isinstance(value, list):
        for member in value:
            if isinstance(member, dict):
                yield member
