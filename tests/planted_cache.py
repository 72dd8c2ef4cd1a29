"""A cache in which every entry has been replaced by another, with its own checksum put right."""

import hashlib
import json
import zlib
from pathlib import Path

from generator.base import files

_SAID, _PLANTED = b"OpenRouter", b"OpenRooter"
"""Of one length, so that a planted entry can be decoded."""


def plant(cache: Path) -> int:
    """Replace every entry that says something; return how many."""
    planted = [
        _plant_drawn(path) for name in ("charts", "cards") for path in (cache / name).iterdir()
    ]
    planted += [_plant_packed(path) for path in cache.glob("tables/*/*")]
    planted += [_plant_packed(path) for path in cache.glob("history/*/*")]
    planted += [_plant_day(folder) for folder in (cache / "days").iterdir()]
    return sum(planted)


def _plant_drawn(path: Path) -> bool:
    body = path.read_bytes()[32:]
    planted = body.replace(_SAID, _PLANTED)
    path.unlink()
    path.write_bytes(hashlib.sha256(planted).digest() + planted)
    return planted != body


def _plant_packed(path: Path) -> bool:
    stored = path.read_bytes()
    body = zlib.decompress(stored[144:])
    planted = body.replace(_SAID, _PLANTED)
    digest = files.sha256(planted).encode()
    path.write_bytes(stored[:64] + digest + stored[128:144] + zlib.compress(planted, 1))
    return planted != body


def _plant_day(folder: Path) -> bool:
    record = json.loads((folder / "record.json").read_bytes())
    for name in record["sums"]:
        planted = (folder / name).read_bytes().replace(_SAID, _PLANTED)
        # Linked, so that the published file would change as well.
        (folder / name).unlink()
        (folder / name).write_bytes(planted)
        record["sums"][name] = files.sha256(planted)
    (folder / "record.json").write_text(json.dumps(record))
    return True
