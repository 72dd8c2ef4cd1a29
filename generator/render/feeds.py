"""Feeds of changes, as Atom and as JSON Feed: of all, and by topic. Every entry credits its source."""

import uuid
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import accumulate
from xml.etree import ElementTree

from generator.archive.history import History
from generator.archive.listings import stated_day
from generator.archive.stored_snapshot import StoredSnapshot
from generator.base import attribution, dates, tabular
from generator.base.artifact import Artifact
from generator.base.attribution import Citation
from generator.boards import price_changes
from generator.boards.board import AnyBoard
from generator.boards.events import KINDS, Event
from generator.boards.site import Site
from generator.boards.weeks_told import WEEKS
from generator.endpoints import benchmarks, models, rankings_daily
from generator.render.addresses import absolute
from generator.render.context import Context

TOPICS: dict[str, tuple[str, tuple[str, ...]]] = {
    "feed": ("What's new", tuple(KINDS)),
    "rankings": ("Who entered, left and leads", ("leader", "entered", "returned", "left")),
    "catalogue": (
        "Listings added, returned and removed",
        ("added", "listed", "relisted", "withdrawn", "retiring", "staying"),
    ),
    "prices": ("Listed prices that changed", tuple(price_changes.KINDS)),
    "benchmarks": ("Indices re-based", ("rebased",)),
}
"""By file name: the title, and the kinds of change in it."""

PAGE = "changes/"
_ATOM = "http://www.w3.org/2005/Atom"
_NAMESPACE = uuid.UUID("6f3c1e52-5a0e-4c39-9a63-0d1f2a7f4b11")
"""Never to be changed: ids of entries are derived from it, whatever address the site has."""


def make_feeds(context: Context) -> Iterator[Artifact]:
    """Yield two files for each topic below ``changes/``; none without snapshots to compare."""
    site = context.site
    board = site.boards.get("changes")
    if board is None:
        return
    credit = credit_of_events(context.history, board)
    withheld = {state.name for state in site.withheld}
    events = [event for event in _events(board) if event.dataset not in withheld]
    every = [_Entry(event, credit(event)) for event in events]
    for name, (title, kinds) in TOPICS.items():
        entries = [entry for entry in every if entry.event.kind in kinds]
        feed = _Feed(site, board, name, f"{site.config.name}: {title}", entries)
        yield Artifact(f"{PAGE}{name}.xml", feed.atom())
        yield Artifact(f"{PAGE}{name}.json", feed.json())


@dataclass(frozen=True, slots=True)
class _Entry:
    """A change, with the credit of the snapshot that first showed it as it is."""

    event: Event
    citation: Citation

    @property
    def updated(self) -> str:
        """The moment as of which the source states the entry's facts, as RFC 3339."""
        moment = dates.parse_as_of(self.citation.as_of)
        return f"{moment:%Y-%m-%dT%H:%M:%SZ}"


def credit_of_events(history: History, board: AnyBoard) -> Callable[[Event], Citation]:
    """Return what credits an event: never a snapshot that only repeats what was known."""
    newest = dict(zip(board.datasets, board.citations, strict=True))
    first_shown = _first_to_state(history.archive.snapshots(models.NAME, history.today))
    told = _credits_of_other_days(history, board)

    def credit(event: Event) -> Citation:
        if event.dataset == models.NAME:
            snapshot = first_shown(event.day)
            if snapshot is not None:
                return attribution.models(snapshot.manifest.as_of)
        return told.get((event.dataset, event.day), newest[event.dataset])

    return credit


def _credits_of_other_days(history: History, board: AnyBoard) -> dict[tuple[str, date], Citation]:
    """Return the credits of rankings, and of indices that were re-based, by dataset and day of the snapshot."""
    credits_: dict[tuple[str, date], Citation] = {}
    for week in history.summarized(WEEKS):
        credits_[rankings_daily.NAME, week.day] = week.citation
    analysis = benchmarks.ARTIFICIAL_ANALYSIS
    rebased = {event.day for event in _events(board) if event.dataset == analysis.name}
    for snapshot in history.archive.snapshots(analysis.name, history.today):
        if snapshot.day in rebased and history.readable(snapshot):
            first_reply = history.parsed(analysis, snapshot)[0]
            credits_[analysis.name, snapshot.day] = first_reply.citation
    return credits_


def _first_to_state(
    catalogues: Sequence[StoredSnapshot],
) -> Callable[[date], StoredSnapshot | None]:
    """Return what finds the first snapshot that states a day or a later one: of its own day, the last that does."""
    stated = [stated_day(listed) for listed in catalogues]
    # An old list that was served again states an earlier day than the one before it.
    up_to = list(accumulate(stated, max))

    def first_to_state(day: date) -> StoredSnapshot | None:
        found = None
        for at in range(bisect_left(up_to, day), len(catalogues)):
            if found is not None and catalogues[at].day != found.day:
                break
            if stated[at] >= day:
                found = catalogues[at]
        return found

    return first_to_state


def _as_of(citation: Citation) -> datetime:
    return dates.parse_as_of(citation.as_of)


def _events(board: AnyBoard) -> Iterator[Event]:
    for row in board.rows:
        event = row["event"]
        if isinstance(event, Event):
            yield event


class _Feed:
    """One topic, in both forms."""

    def __init__(
        self, site: Site, board: AnyBoard, name: str, title: str, entries: Sequence[_Entry]
    ) -> None:
        self._site, self._name, self._title, self._entries = site, name, title, entries
        citations = dict(zip(board.datasets, board.citations, strict=True))
        named = {entry.event.dataset for entry in entries} or set(board.datasets)
        self._credits = [citations[dataset] for dataset in board.datasets if dataset in named]

    @property
    def _credit(self) -> str:
        return " ".join(citation.full for citation in self._credits)

    @property
    def _author(self) -> dict[str, str]:
        """Return the site, with its owner's contact where there is one, as JSON Feed names them."""
        config = self._site.config
        contact = config.contact_address
        author = {"name": config.name}
        if contact:
            author["url"] = contact
        return author

    def _address(self, path: str) -> str:
        """Return a full address; for a site without a public URL one relative to the feeds' folder."""
        address = absolute(self._site, path)
        return address if self._site.public_url else f"../{address}"

    def _page(self, event: Event) -> str:
        return self._address(event.model.path or f"{PAGE}#{event.kind}")

    def atom(self) -> bytes:
        """Return the feed as Atom 1.0."""
        feed = ElementTree.Element("feed", {"xmlns": _ATOM, "xml:lang": "en"})
        add = _adder(feed)
        add("id", text=_id(self._name))
        add("title", text=self._title)
        add("subtitle", text=self._credit)
        add("rights", text=self._credit)
        updated = max((entry.updated for entry in self._entries), default="")
        add("updated", text=updated or _moment(self._site.today))
        add(
            "link",
            rel="self",
            type="application/atom+xml",
            href=self._address(f"{PAGE}{self._name}.xml"),
        )
        add("link", rel="alternate", type="text/html", href=self._address(PAGE))
        add("generator", text=self._site.config.generator, version=self._site.version)
        self._add_author(add("author"))
        for entry in self._entries:
            self._entry(add("entry"), entry)
        ElementTree.indent(feed, " ")
        text = ElementTree.tostring(feed, encoding="unicode")
        return f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'.encode()

    def _add_author(self, element: ElementTree.Element) -> None:
        config = self._site.config
        add = _adder(element)
        add("name", text=config.name)
        if config.contact:
            add("email" if "@" in config.contact else "uri", text=config.contact)

    def _entry(self, element: ElementTree.Element, entry: _Entry) -> None:
        add, event, credit = _adder(element), entry.event, entry.citation
        add("id", text=_id(event.id))
        add("title", text=event.title)
        add("published", text=_moment(event.day))
        add("updated", text=entry.updated)
        add("link", rel="alternate", type="text/html", href=self._page(event))
        add("category", term=event.kind, label=KINDS[event.kind])
        add("rights", text=credit.full)
        add("content", type="text", text=f"{event.text} {credit.full}")

    def json(self) -> bytes:
        """Return the feed as JSON Feed 1.1, with the credit at its top, in a member named as extensions are."""
        top = {
            "version": "https://jsonfeed.org/version/1.1",
            "title": self._title,
            "description": self._credit,
            "home_page_url": self._address(PAGE),
            "feed_url": self._address(f"{PAGE}{self._name}.json"),
            "language": "en-US",
            "authors": [self._author],
            "_source": tabular.header(self._credits),
        }
        items = [self._item(entry) for entry in self._entries]
        return tabular.indented({**top, "items": items})

    def _item(self, entry: _Entry) -> dict[str, object]:
        event, credit = entry.event, entry.citation
        after = str(event.after) if event.after else None
        return {
            "id": _id(event.id),
            "url": self._page(event),
            "title": event.title,
            "content_text": f"{event.text} {credit.full}",
            "date_published": _moment(event.day),
            "date_modified": entry.updated,
            "tags": [event.kind],
            "_days": {"after": after, "day": str(event.day)},
            "_source": tabular.credit(credit),
        }


def _adder(parent: ElementTree.Element) -> Callable[..., ElementTree.Element]:
    """Return what adds an element with a text and attributes to another, and returns it."""

    def add(tag: str, text: str | None = None, **attributes: str) -> ElementTree.Element:
        child = ElementTree.SubElement(parent, tag, attributes)
        child.text = text
        return child

    return add


def _id(name: str) -> str:
    """Return the id of a feed or an entry: the same at whatever address the site is."""
    return f"urn:uuid:{uuid.uuid5(_NAMESPACE, name)}"


def _moment(day: date) -> str:
    """Return the beginning of a day as RFC 3339."""
    return f"{day}T00:00:00Z"
