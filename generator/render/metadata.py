"""Descriptions of a page for machines: search engines, and places where a link is shared.

Full addresses are needed for most of it, so a site that was not told where it will live says less.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from generator.base.attribution import LICENSE_ID, LICENSE_URL, Citation
from generator.boards.site import Site
from generator.charts.card import HEIGHT, WIDTH
from generator.render.addresses import absolute
from generator.render.dataset_descriptions import DatasetDescription, DatasetFile
from generator.render.latest import ROOT
from generator.render.page_list import PageList
from generator.render.share_cards import ShareCards

LONGEST = 160
"""Number of characters of a description that a search engine shows."""

_SCHEMA = "https://schema.org"


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
        cards: of every page; None on a site without full addresses, which names none.
        datasets: with their files, by name.
        changed_on: returns the day of the last change of what the page at a path shows, None where it is not known.
    """

    def __init__(
        self,
        pages: PageList,
        site: Site,
        cards: ShareCards | None,
        datasets: Mapping[str, DatasetDescription],
        changed_on: Callable[[str], date | None] = lambda _path: None,
    ) -> None:
        self._pages = pages
        self._site = site
        self._cards = cards
        self._datasets = datasets
        self._changed_on = changed_on

    def image(self, path: str) -> Image | None:
        """Return the card of a page; None without full addresses."""
        if self._cards is None or not self._site.public_url:
            return None
        card = self._cards.at(path)
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
            "isPartOf": {
                "@type": "WebSite",
                "name": self._site.config.name,
                "url": absolute(self._site, ""),
            },
        }
        day = self._changed_on(path)
        if day is not None:
            described["dateModified"] = str(day)
        if path:
            described["breadcrumb"] = self._breadcrumb(path, title)
        image = self.image(path)
        if image:
            described["primaryImageOfPage"] = self._image_object(image)
        return described

    def dataset(self, name: str) -> dict[str, object] | None:
        """Return a schema.org/Dataset with its files; None without full addresses, or without files to name."""
        dataset = self._datasets.get(name)
        if dataset is None or not self._site.public_url:
            return None
        files = (*dataset.data_files, *dataset.snapshots[:1])
        return {
            "@context": _SCHEMA,
            "@type": "Dataset",
            "name": dataset.title,
            "description": dataset.long_about,
            "url": absolute(self._site, dataset.page),
            "identifier": dataset.name,
            **_license(dataset.citations),
            "creator": {
                "@type": "Organization",
                "name": dataset.creator,
                "url": dataset.creator_url,
            },
            "publisher": {
                "@type": "Organization",
                "name": self._site.config.name,
                "url": absolute(self._site, ""),
            },
            "isBasedOn": list(dataset.source_urls),
            "creditText": dataset.credit,
            "dateModified": str(dataset.newest),
            "temporalCoverage": dataset.iso_coverage,
            "isAccessibleForFree": True,
            "variableMeasured": _columns(dataset),
            "distribution": list(map(self._file, files)),
        }

    def _image_object(self, image: Image) -> dict[str, object]:
        return {
            "@type": "ImageObject",
            "contentUrl": image.url,
            "caption": image.alt,
            "creditText": " ".join(citation.full for citation in image.citations),
            **_license(image.citations),
            "acquireLicensePage": absolute(self._site, "attribution/"),
        }

    def _file(self, file: DatasetFile) -> dict[str, object]:
        return {
            "@type": "DataDownload",
            "encodingFormat": file.media_type,
            "contentUrl": absolute(self._site, f"{ROOT}/{file.path}"),
            "sha256": file.checksum.sha256,
            "contentSize": f"{file.checksum.size} B",
        }

    def _breadcrumb(self, path: str, title: str) -> dict[str, object]:
        between = [(entry.path, entry.name) for entry in self._pages.breadcrumb(path)]
        steps = [("", self._site.config.name), *between, (path, title)]
        items = []
        for number, (at, name) in enumerate(steps, 1):
            address = absolute(self._site, at)
            step = {"@type": "ListItem", "position": number, "name": name, "item": address}
            items.append(step)
        return {"@type": "BreadcrumbList", "itemListElement": items}


def brief(text: str) -> str:
    """Return at most 160 characters of a text: whole sentences where one fits, else whole words."""
    text = " ".join(text.split())
    if len(text) <= LONGEST:
        return text
    sentence = text.rfind(". ", 0, LONGEST)
    if sentence >= LONGEST // 3:
        return text[: sentence + 1]
    word = text.rfind(" ", 0, LONGEST)
    if word < 0:
        return text[: LONGEST - 1] + "…"
    return text[:word].rstrip(",;: ") + "…"


def _columns(dataset: DatasetDescription) -> list[str]:
    """Return the names of the columns of a dataset's first table, none of one without a table."""
    if not dataset.tables:
        return []
    return [column.name for column in dataset.tables[0].columns]


def _license(citations: Sequence[Citation]) -> dict[str, str]:
    """Return the license as a member, where every source states it."""
    if citations and all(citation.license == LICENSE_ID for citation in citations):
        return {"license": LICENSE_URL}
    return {}
