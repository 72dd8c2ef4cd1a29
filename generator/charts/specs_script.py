"""The compiled specs of a chart's widths as one script, in which what several have alike stands once."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

import msgspec

_LEAST = 40
"""In bytes: parts that are shorter stand in each spec."""

# What is not looked into keeps its bytes.
_MEMBERS = msgspec.json.Decoder(dict[str, msgspec.Raw])
_ITEMS = msgspec.json.Decoder(list[msgspec.Raw])


def specs_script(specs: Mapping[str, bytes]) -> bytes:
    """Return a script that sets ``leaderboardsSpecs``: a sandboxed embed may load that, but may fetch no JSON.

    Most rows and marks are alike in all widths: it is half as long as the specs together, 8 of the 16 MB that
    the demo has of them.

    Args:
        specs: JSON objects, by name.
    """
    read = {name: _Spec(body) for name, body in specs.items()}
    places = {part: b"s[%d]" % at for at, part in enumerate(_shared(read.values()))}
    written = (b'"%s":%s' % (name.encode(), spec.written(places)) for name, spec in read.items())
    parts = b",".join(written), b",".join(places)
    return b"window.leaderboardsSpecs=(s=>({%s}))([%s]);\n" % parts


class _Spec:
    """A JSON object in parts: each of its members, or each item of those that are lists."""

    def __init__(self, body: bytes) -> None:
        self._members: dict[str, list[bytes]] = {}
        self._lists: set[str] = set()
        for key, value in _MEMBERS.decode(body).items():
            parts = [bytes(value)]
            if parts[0].startswith(b"["):
                self._lists.add(key)
                parts = [bytes(item) for item in _ITEMS.decode(value)]
            self._members[key] = parts

    def __iter__(self) -> Iterator[bytes]:
        return chain.from_iterable(self._members.values())

    def written(self, places: Mapping[bytes, bytes]) -> bytes:
        """Return the object with expressions of the places of shared parts instead of them."""
        members = []
        for key, parts in self._members.items():
            value = b",".join(places.get(part, part) for part in parts)
            form = b'"%s":[%s]' if key in self._lists else b'"%s":%s'
            members.append(form % (key.encode(), value))
        return b"{%s}" % b",".join(members)


def _shared(specs: Iterable[_Spec]) -> Iterator[bytes]:
    """Yield each part that several specs have, and none of them twice: what a spec has twice are two things."""
    times: Counter[bytes] = Counter()
    having: Counter[bytes] = Counter()
    for spec in specs:
        parts = list(spec)
        times.update(parts)
        having.update(dict.fromkeys(parts).keys())
    for part, count in having.items():
        if count > 1 and count == times[part] and len(part) >= _LEAST:
            yield part
