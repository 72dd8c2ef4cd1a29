"""Descriptions of a page for machines: search engines, and places where a link is shared.

Full addresses are needed for most of it, so a site that was not told where it will live says less.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from generator.base.attribution import LICENCE_ID, LICENCE_URL, Citation
from generator.base.dates import Window
from generator.boards.site import DatasetState, Site
from generator.charts.cards import HEIGHT, WIDTH
from generator.endpoints import BY_NAME
from generator.render.addresses import absolute
from generator.render.latest import Checksum
from generator.render.page_list import PageList
from generator.render.share_cards import ShareCards

LONGEST = 160
"""Number of characters of a description that a search engine shows."""

_SCHEMA = "https://schema.org"
_CREATORS = {
    "benchmarks-artificial-analysis": ("Artificial Analysis", "https://artificialanalysis.ai"),
    "benchmarks-design-arena": ("Design Arena", "https://www.designarena.ai"),
}
_OPENROUTER = ("OpenRouter", "https://openrouter.ai")


@dataclass(frozen=True, slots=True)
class Image:
    """The picture shown beside a link."""

    url: str
    alt: str
    width: int
    height: int
    citations: tuple[Citation, ...]


class Metadata:
    """Describes every page of one site.

    Args:
        pages: lead to each other.
        site: says where it lives and on what day it was made.
        cards: of every page.
        checksums: of published files, by path; files without one are described without.
    """

    def __init__(
        self,
        pages: PageList,
        site: Site,
        cards: ShareCards,
        checksums: Mapping[str, Checksum],
    ) -> None:
        self._pages = pages
        self._site = site
        self._cards = cards
        self._checksums = checksums

    def image(self, path: str) -> Image | None:
        """Return the card of a page; None without full addresses."""
        card = self._cards.at(path) if self._site.public_url else None
        if card is None:
            return None
        return Image(absolute(self._site, card.path), card.alt, WIDTH, HEIGHT, card.citations)

    def page(self, path: str, title: str, description: str) -> dict[str, object] | None:
        """Return a schema.org/WebPage with breadcrumbs and picture; None without full addresses."""
        if not self._site.public_url or path == "404.html":
            return None
        described: dict[str, object] = {
            "@context": _SCHEMA,
            "@type": "WebPage",
            "url": absolute(self._site, path),
            "name": title,
            "description": brief(description),
            "dateModified": str(self._site.today),
            "isPartOf": {
                "@type": "WebSite",
                "name": self._site.config.name,
                "url": absolute(self._site, ""),
            },
        }
        if path:
            described["breadcrumb"] = self._breadcrumb(path, title)
        image = self.image(path)
        if image:
            described["primaryImageOfPage"] = {
                "@type": "ImageObject",
                "contentUrl": image.url,
                "caption": image.alt,
                "creditText": " ".join(citation.full for citation in image.citations),
                **_licence(image.citations),
                "acquireLicensePage": absolute(self._site, "attribution/"),
            }
        return described

    def dataset(self, state: DatasetState) -> dict[str, object] | None:
        """Return a schema.org/Dataset with its files; None without full addresses or a snapshot, or without files."""
        if not (self._site.public_url and state.day and state.redistributable):
            return None
        name, url = _CREATORS.get(state.name, _OPENROUTER)
        endpoint = BY_NAME.get(state.name)
        sources = [citation.url for citation in state.citations if citation.url]
        return {
            "@context": _SCHEMA,
            "@type": "Dataset",
            "name": state.title,
            "description": _described(state),
            "url": absolute(self._site, f"data/{state.name}/"),
            "identifier": state.name,
            **_licence(state.citations),
            "creator": {"@type": "Organization", "name": name, "url": url},
            "publisher": {
                "@type": "Organization",
                "name": self._site.config.name,
                "url": absolute(self._site, ""),
            },
            "isBasedOn": list(dict.fromkeys(sources)),
            "creditText": " ".join(citation.full for citation in state.citations),
            "dateModified": str(state.day),
            "temporalCoverage": _coverage(state),
            "isAccessibleForFree": True,
            "variableMeasured": [column.name for column in endpoint.columns] if endpoint else [],
            "distribution": [
                self._file(f"data/v1/{state.name}/latest.csv", "text/csv"),
                self._file(f"data/v1/{state.name}/latest.json", "application/json"),
                *self._history(state),
                self._dated(state),
            ],
        }

    def _dated(self, state: DatasetState) -> dict[str, object]:
        """Return the newest snapshot's file; of a day with several it is the last."""
        if state.packed is None:
            return self._file(f"data/v1/{state.name}/{state.day}.json.gz", "application/gzip")
        name, digest, size = state.packed
        return self._file(
            f"data/v1/{state.name}/{name}", "application/gzip", Checksum(digest, size)
        )

    def _history(self, state: DatasetState) -> list[dict[str, object]]:
        """Return the files of all that was ever stated, where they were made."""
        folder = f"data/v1/{state.name}"
        kinds = {"history.csv": "text/csv", "history.json": "application/json"}
        paths = {f"{folder}/{name}": kind for name, kind in kinds.items()}
        return [self._file(path, kind) for path, kind in paths.items() if path in self._checksums]

    def _file(self, path: str, kind: str, checksum: Checksum | None = None) -> dict[str, object]:
        described: dict[str, object] = {
            "@type": "DataDownload",
            "encodingFormat": kind,
            "contentUrl": absolute(self._site, path),
        }
        checksum = checksum or self._checksums.get(path)
        if checksum:
            described["sha256"] = checksum.sha256
            described["contentSize"] = f"{checksum.size} B"
        return described

    def _breadcrumb(self, path: str, title: str) -> dict[str, object]:
        between = [(entry.path, entry.name) for entry in self._pages.breadcrumb(path)]
        steps = [("", self._site.config.name), *between, (path, title)]
        return {
            "@type": "BreadcrumbList",
            "itemListElement": [
                {
                    "@type": "ListItem",
                    "position": number,
                    "name": name,
                    "item": absolute(self._site, at),
                }
                for number, (at, name) in enumerate(steps, 1)
            ],
        }


def brief(text: str) -> str:
    """Return at most 160 characters of a text: whole sentences where one fits, else whole words."""
    text = " ".join(text.split())
    if len(text) <= LONGEST:
        return text
    sentence = text.rfind(". ", 0, LONGEST)
    if sentence >= LONGEST // 3:
        return text[: sentence + 1]
    return (
        text[: text.rfind(" ", 0, LONGEST)].rstrip(",;: ") + "…"
        if " " in text[:LONGEST]
        else text[: LONGEST - 1] + "…"
    )


def _licence(citations: Sequence[Citation]) -> dict[str, str]:
    stated = citations and all(citation.licence == LICENCE_ID for citation in citations)
    return {"license": LICENCE_URL} if stated else {}


def _described(state: DatasetState) -> str:
    """Return the description, longer than the fifty characters that catalogs of datasets require."""
    return f"{state.about} Dated snapshots of OpenRouter's Data API, {_span(state.days)}, with source and license."


def _coverage(state: DatasetState) -> str:
    """Return the days that the files cover, as schema.org writes them."""
    return _span(tuple(state.covered) if state.covered else state.days)


def _days(days: Sequence[date]) -> str:
    """Return the first and the last day for people."""
    return Window(days[0], days[-1]).human() if days else "none archived yet"


def _span(days: Sequence[date]) -> str:
    return f"{days[0]}/{days[-1]}" if days else ""
