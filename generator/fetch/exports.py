"""Once a day: the source's own dated files, asked for after all datasets, for what time and calls are left.

They are compared with the archive where the site is rendered. Whatever goes wrong here is told and costs nothing else.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date
from pathlib import Path

from generator.archive import exports as archived
from generator.archive.exports import Reading, ReceivedFile
from generator.base import formats, strict_json
from generator.base.errors import ReplyError
from generator.endpoints import exports
from generator.endpoints.endpoint import Call
from generator.fetch.client import Client

MOST_SECONDS = 60.0
"""For all files together; no further one is asked for after that."""
MOST_REQUESTS = 2 * (1 + 3 * exports.MOST_NAMES)
"""The index, and of each dataset the manifest and the file in two forms; each a second time with the key."""


@dataclass(slots=True)
class _Reader:
    client: Client
    ends: float
    received: list[ReceivedFile] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)

    def file(self, call: Call, *, may_send_key: bool) -> bytes | None:
        """Return a file's bytes, kept as they came; None where it could not be read, which is noted."""
        if self.client.now() >= self.ends:
            self.unread.append(f"{call.path}: not asked, no time was left")
            return None
        try:
            file = self.client.get_file(call, may_send_key=may_send_key)
            body = file.body.decode("utf-8")
        except ReplyError as error:
            self.unread.append(f"{call.path}: {error}")
            return None
        except UnicodeDecodeError:
            self.unread.append(f"{call.path}: it is not text in UTF-8")
            return None
        received_at = f"{file.received_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
        self.received.append(ReceivedFile(call.path, body, received_at))
        return file.body


def read(client: Client, root: Path, today: date, say: Callable[[str], None]) -> None:
    """Ask for the index and for the files of a settled day, and store what came in the archive at ``root``.

    A run that finds what an earlier one of the day received asks for nothing.
    """
    if archived.path_of(root, today).exists():
        return
    try:
        reading = _reading(client, today)
        archived.keep(root, reading)
    except Exception as error:
        # Nothing rests on these files: neither a bug here nor a full disk may fail the run.
        say(f"exports: not read ({type(error).__name__})")
        return
    count = formats.counted(len(reading.received), "file")
    say(f"exports: {count} of the source read, {len(reading.unread)} not")


def _reading(client: Client, today: date) -> Reading:
    reader = _Reader(client, client.now() + MOST_SECONDS)
    names = _names(reader)
    day = archived.settled_day(today)
    for name in names:
        is_known = name in exports.KNOWN_NAMES
        reader.file(exports.file_call(name, f"{day}.manifest.json"), may_send_key=is_known)
        for ending in ("json", "csv"):
            body = reader.file(exports.file_call(name, f"{day}.{ending}"), may_send_key=is_known)
            if body is not None:
                break
    unread = [formats.clean(sentence) for sentence in reader.unread]
    return Reading(str(today), reader.received, unread)


def _names(reader: _Reader) -> tuple[str, ...]:
    """Return the datasets of the index that are held here too; none where that cannot be told, which is noted."""
    index = Call("exports", exports.INDEX, keyed=False, optional=True)
    body = reader.file(index, may_send_key=True)
    if body is None:
        return ()
    try:
        names = exports.held_names(strict_json.loads(body))
    except ValueError:
        reader.unread.append(f"{exports.INDEX}: it is not proper JSON")
        return ()
    if not names:
        reader.unread.append(f"{exports.INDEX}: it names no dataset that is held here")
    return names
