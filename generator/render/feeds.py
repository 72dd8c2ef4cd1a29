"""Feeds of changes, as Atom and as JSON Feed: of all, and by topic. Every entry credits its source."""

import uuid
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from xml.etree import ElementTree

from generator.base import tabular
from generator.base.artifact import Artifact
from generator.base.attribution import Citation
from generator.boards import price_changes
from generator.boards.board import AnyBoard
from generator.boards.changes import KINDS, Event
from generator.boards.site import Site
from generator.render.addresses import absolute
from generator.render.context import Context

TOPICS: dict[str, tuple[str, tuple[str, ...]]] = {
    "feed": ("What has changed", tuple(KINDS)),
    "rankings": ("Who entered, left and leads", ("leader", "entered", "returned", "left")),
    "catalogue": (
        "Listings added, returned and withdrawn",
        ("added", "listed", "relisted", "withdrawn"),
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
    for name, (title, kinds) in TOPICS.items():
        events = [event for event in _events(board) if event.kind in kinds]
        feed = _Feed(site, board, name, f"OpenRouter Leaderboards: {title}", events)
        yield Artifact(f"{PAGE}{name}.xml", feed.atom())
        yield Artifact(f"{PAGE}{name}.json", feed.json())


def _events(board: AnyBoard) -> Iterator[Event]:
    for row in board.rows:
        event = row["event"]
        if isinstance(event, Event):
            yield event


class _Feed:
    """One topic, in both forms."""

    def __init__(
        self, site: Site, board: AnyBoard, name: str, title: str, events: Sequence[Event]
    ) -> None:
        self._site, self._name, self._title, self._events = site, name, title, events
        self._citations = dict(zip(board.datasets, board.citations, strict=True))
        named = {event.dataset for event in events} or set(board.datasets)
        credited = [dataset for dataset in board.datasets if dataset in named]
        self._credits = [self._citations[dataset] for dataset in credited]

    @property
    def _credit(self) -> str:
        return " ".join(citation.full for citation in self._credits)

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
        add("updated", text=_moment(self._events[0].day if self._events else self._site.today))
        add(
            "link",
            rel="self",
            type="application/atom+xml",
            href=self._address(f"{PAGE}{self._name}.xml"),
        )
        add("link", rel="alternate", type="text/html", href=self._address(PAGE))
        add("generator", text="openrouter-leaderboards", version=self._site.version)
        _adder(add("author"))("name", text="OpenRouter Leaderboards")
        for event in self._events:
            self._entry(add("entry"), event)
        ElementTree.indent(feed, " ")
        text = ElementTree.tostring(feed, encoding="unicode")
        return f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'.encode()

    def _entry(self, entry: ElementTree.Element, event: Event) -> None:
        add, credit = _adder(entry), self._citations[event.dataset]
        add("id", text=_id(event.id))
        add("title", text=event.text)
        add("updated", text=_moment(event.day))
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
            "language": "en",
            "authors": [{"name": "OpenRouter Leaderboards"}],
            "_source": tabular.header(self._credits),
        }
        items = [self._item(event, self._citations[event.dataset]) for event in self._events]
        return tabular.indented({**top, "items": items})

    def _item(self, event: Event, credit: Citation) -> dict[str, object]:
        return {
            "id": _id(event.id),
            "url": self._page(event),
            "title": event.text,
            "content_text": f"{event.text} {credit.full}",
            "date_published": _moment(event.day),
            "tags": [event.kind],
            "_days": {"after": str(event.after) if event.after else None, "day": str(event.day)},
            "_source": tabular.credit(credit),
        }


def _adder(parent: ElementTree.Element) -> Callable[..., ElementTree.Element]:
    def add(tag: str, text: str | None = None, **attributes: str) -> ElementTree.Element:
        child = ElementTree.SubElement(parent, tag, attributes)
        child.text = text
        return child

    return add


def _id(name: str) -> str:
    return f"urn:uuid:{uuid.uuid5(_NAMESPACE, name)}"


def _moment(day: date) -> str:
    return f"{day}T00:00:00Z"
