"""Announced retirements as an iCalendar file (RFC 5545): one whole-day event for each, with its credit."""

import re
import uuid
from collections.abc import Iterator
from itertools import chain

from generator.base import dates
from generator.boards import sentences
from generator.boards.board import Board
from generator.boards.retirements import RetirementRow, to_come
from generator.boards.site import Site
from generator.render.addresses import absolute

PAGE = "models/retirements/"
_NAMESPACE = uuid.UUID("b6a3f0d2-8c1f-4f5e-9a0a-5c2f7f0e6d31")
"""Never to be changed: calendars tell events apart by the ids derived from it."""
_LONGEST_LINE = 75
_ESCAPED = re.compile(r"[\\;,]")
# The format wants at least one component, also where there is no event.
_UTC = (
    "BEGIN:VTIMEZONE",
    "TZID:UTC",
    "BEGIN:STANDARD",
    "DTSTART:19700101T000000",
    "TZOFFSETFROM:+0000",
    "TZOFFSETTO:+0000",
    "END:STANDARD",
    "END:VTIMEZONE",
)


def calendar(board: Board[RetirementRow], site: Site) -> str:
    """Return the retirements that are still to come, the soonest first."""
    credit = " ".join(citation.full for citation in board.citations)
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//{_text(site.config.name)}//{_text(site.version)}//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "X-WR-CALNAME:OpenRouter model retirements",
        f"X-WR-CALDESC:{_text(credit)}",
        *_UTC,
    ]
    moment = f"{dates.parse_as_of(board.citations[0].as_of):%Y%m%dT%H%M%SZ}"
    coming = to_come(board.rows)
    names = sentences.model_names(row.model_permaslug for row in coming)
    for row in coming:
        lines += _event(row, names[row.model_permaslug], moment, credit, site)
    lines.append("END:VCALENDAR")
    folded = chain.from_iterable(_folded(line) for line in lines)
    return "".join(f"{piece}\r\n" for piece in folded)


def _event(row: RetirementRow, name: str, moment: str, credit: str, site: Site) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{uuid.uuid5(_NAMESPACE, row.id)}"
    yield f"DTSTAMP:{moment}"
    yield f"DTSTART;VALUE=DATE:{row.day:%Y%m%d}"
    yield f"SUMMARY:{_text(f'{name} retires on OpenRouter')}"
    yield f"DESCRIPTION:{_text(f'Model ID: {row.id}. {credit}')}"
    if site.public_url:
        yield f"URL:{absolute(site, row.model_permaslug.path or PAGE)}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _text(value: str) -> str:
    """Return a text with what has a meaning in the format escaped; it holds no line breaks."""
    return _ESCAPED.sub(lambda match: f"\\{match[0]}", value)


def _folded(line: str) -> Iterator[str]:
    """Yield a line in pieces of at most 75 bytes; each but the first starts with a space."""
    piece = ""
    for char in line:
        if len(f"{piece}{char}".encode()) > _LONGEST_LINE:
            yield piece
            piece = " "
        piece += char
    yield piece
