"""The compiled specs of a chart's widths as one script, in which what several have alike stands once."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

import msgspec

_LEAST = 40
"""In bytes: parts that are shorter stand in each spec."""
_Member = tuple[bytes, list[bytes], bytes]
"""A member of an object: what stands before its parts (its value, or the items of its list), they, and what follows."""

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
    read = {name: list(_members(body)) for name, body in specs.items()}
    places = {part: b"s[%d]" % at for at, part in enumerate(_shared(read.values()))}
    written = [
        b'"%s":{%s}' % (name.encode(), _written(spec, places)) for name, spec in read.items()
    ]
    parts = b",".join(written), b",".join(places)
    return b"window.leaderboardsSpecs=(s=>({%s}))([%s]);\n" % parts


def _members(body: bytes) -> Iterator[_Member]:
    for key, value in _MEMBERS.decode(body).items():
        start = b'"%s":' % key.encode()
        if bytes(value).startswith(b"["):
            yield start + b"[", list(map(bytes, _ITEMS.decode(value))), b"]"
        else:
            yield start, [bytes(value)], b""


def _written(members: Iterable[_Member], places: Mapping[bytes, bytes]) -> bytes:
    """Return the members with expressions of the places of shared parts instead of them."""
    texts = []
    for start, parts, end in members:
        texts.append(start + b",".join(places.get(part, part) for part in parts) + end)
    return b",".join(texts)


def _shared(specs: Iterable[list[_Member]]) -> Iterator[bytes]:
    """Yield each part that several specs have, and none of them twice: what a spec has twice are two things."""
    times: Counter[bytes] = Counter()
    having: Counter[bytes] = Counter()
    for members in specs:
        parts = list(chain.from_iterable(own for _, own, _ in members))
        times.update(parts)
        having.update(dict.fromkeys(parts).keys())
    for part, count in having.items():
        if count > 1 and count == times[part] and len(part) >= _LEAST:
            yield part
