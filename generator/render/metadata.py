"""What a page says about itself to those who do not read it: search engines, and places where it is shared.

Full addresses are needed for most of it, so a site that was not told where it will live says less.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from generator.base.attribution import LICENCE_ID, LICENCE_URL, Citation
from generator.boards.site import DatasetState, Site
from generator.charts import cards
from generator.charts.chart import DrawnChart
from generator.endpoints import BY_NAME

LONGEST = 160
"""Characters of a description that a search engine shows."""

SECTIONS = {
    "rankings/authors/": ("Authors", "tok-author-share"),
    "rankings/": ("Models used", "tok-top-stack"),
    "models/": ("Catalogue", "price-context"),
    "authors/": ("Authors", "tok-author-share"),
    "benchmarks/design-arena/": ("Design Arena", "da-heat"),
    "benchmarks/": ("Benchmarks", "aa-bars"),
    "frontier/": ("Frontier", "fr-scatter"),
    "compare/": ("Compare models", "fr-scatter"),
    "coding/": ("Coding", "use-test-taste"),
    "prices/": ("Prices", "price-steps"),
    "tasks/": ("Tasks", "task-share"),
    "apps/": ("Apps", "app-top"),
    "changes/": ("Changes", "tok-movers"),
    "charts/": ("Charts", "tok-top-stack"),
    "data/": ("Data", "tok-top-stack"),
    "": ("Overview", "tok-top-stack"),
}
"""By where a page's address begins, the longest first: the section's name, and the chart that stands for it."""

CARDS = tuple(dict.fromkeys(chart for _, chart in SECTIONS.values()))
_NAME = "OpenRouter Leaderboards"
_SCHEMA = "https://schema.org"
_CREATORS = {
    "benchmarks-artificial-analysis": ("Artificial Analysis", "https://artificialanalysis.ai"),
    "benchmarks-design-arena": ("Design Arena", "https://www.designarena.ai"),
}
_OPENROUTER = ("OpenRouter", "https://openrouter.ai")


@dataclass(frozen=True, slots=True)
class Image:
    """What is shown beside a link; width and height are 0 where they are not known."""

    url: str
    alt: str
    width: int
    height: int
    citations: tuple[Citation, ...]


class Metadata:
    """Of every page of one site.

    Args:
        site: says where it lives and on what day it was made.
        charts: those drawn, by id.
        sums: sha256 and size of published files, by path; files it does not have are described without.
    """

    def __init__(
        self, site: Site, charts: Mapping[str, DrawnChart], sums: Mapping[str, tuple[str, int]]
    ) -> None:
        self._site = site
        self._charts = charts
        self._sums = sums

    def image(self, path: str) -> Image | None:
        """A chart's own picture on its page, elsewhere the card of the section; None without full addresses."""
        if not self._site.public_url:
            return None
        own = (
            self._charts.get(path.removeprefix("charts/").strip("/"))
            if path.startswith("charts/")
            else None
        )
        if own and own.has(".png"):
            return Image(self._at(f"charts/{own.id}.png"), own.alt, 0, 0, own.citations)
        chart = self._charts.get(_section(path)[1]) or self._charts.get(SECTIONS[""][1])
        if chart is None:
            return None
        return Image(
            self._at(cards.path(chart.id)), chart.alt, cards.WIDTH, cards.HEIGHT, chart.citations
        )

    def page(self, path: str, title: str, description: str) -> dict[str, object] | None:
        """schema.org/WebPage with the way to it and its picture; None without full addresses."""
        if not self._site.public_url or path == "404.html":
            return None
        said: dict[str, object] = {
            "@context": _SCHEMA,
            "@type": "WebPage",
            "url": self._at(path),
            "name": title,
            "description": brief(description),
            "dateModified": str(self._site.today),
            "isPartOf": {"@type": "WebSite", "name": _NAME, "url": self._at("")},
        }
        if path:
            said["breadcrumb"] = self._way(path, title)
        image = self.image(path)
        if image:
            said["primaryImageOfPage"] = {
                "@type": "ImageObject",
                "contentUrl": image.url,
                "caption": image.alt,
                "creditText": " ".join(citation.full for citation in image.citations),
                **_licence(image.citations),
                "acquireLicensePage": self._at("attribution/"),
            }
        return said

    def dataset(self, state: DatasetState) -> dict[str, object] | None:
        """schema.org/Dataset with its files; None without full addresses or while nothing is held."""
        if not self._site.public_url or state.day is None:
            return None
        name, url = _CREATORS.get(state.name, _OPENROUTER)
        endpoint = BY_NAME.get(state.name)
        return {
            "@context": _SCHEMA,
            "@type": "Dataset",
            "name": state.title,
            "description": _described(state),
            "url": self._at(f"data/{state.name}/"),
            "identifier": state.name,
            **_licence(state.citations),
            "creator": {"@type": "Organization", "name": name, "url": url},
            "publisher": {"@type": "Organization", "name": _NAME, "url": self._at("")},
            "isBasedOn": list(dict.fromkeys(one.url for one in state.citations if one.url)),
            "creditText": " ".join(one.full for one in state.citations),
            "dateModified": str(state.day),
            "temporalCoverage": _span(state.days),
            "isAccessibleForFree": True,
            "variableMeasured": [column.name for column in endpoint.columns] if endpoint else [],
            "distribution": [
                self._file(f"data/v1/{state.name}/latest.csv", "text/csv"),
                self._file(f"data/v1/{state.name}/latest.json", "application/json"),
                self._dated(state),
            ],
        }

    def _dated(self, state: DatasetState) -> dict[str, object]:
        """The newest snapshot, word for word; of a day with several it is the last."""
        if state.packed is None:
            return self._file(f"data/v1/{state.name}/{state.day}.json.gz", "application/gzip")
        name, digest, size = state.packed
        return self._file(f"data/v1/{state.name}/{name}", "application/gzip", (digest, size))

    def _file(
        self, path: str, kind: str, known: tuple[str, int] | None = None
    ) -> dict[str, object]:
        said: dict[str, object] = {
            "@type": "DataDownload",
            "encodingFormat": kind,
            "contentUrl": self._at(path),
        }
        known = known or self._sums.get(path)
        if known:
            said["sha256"], said["contentSize"] = known[0], f"{known[1]} B"
        return said

    def _way(self, path: str, title: str) -> dict[str, object]:
        steps = [
            ("", _NAME),
            *((at, SECTIONS[at][0]) for at in reversed(SECTIONS) if _leads(at, path)),
            (path, title),
        ]
        return {
            "@type": "BreadcrumbList",
            "itemListElement": [
                {"@type": "ListItem", "position": number, "name": name, "item": self._at(at)}
                for number, (at, name) in enumerate(steps, 1)
            ],
        }

    def _at(self, path: str) -> str:
        return f"{self._site.public_url.rstrip('/')}/{quote(path, safe='/~')}"


def brief(text: str) -> str:
    """A description of at most 160 characters: whole sentences where there is room for one, else whole words."""
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


def _section(path: str) -> tuple[str, str]:
    return next(said for at, said in SECTIONS.items() if path.startswith(at))


def _leads(at: str, path: str) -> bool:
    """Whether a section's page is a step on the way; authors are listed on a page of another name."""
    return bool(at) and at not in (path, "authors/") and path.startswith(at)


def _licence(citations: Sequence[Citation]) -> dict[str, str]:
    stated = citations and all(one.licence == LICENCE_ID for one in citations)
    return {"license": LICENCE_URL} if stated else {}


def _described(state: DatasetState) -> str:
    """Catalogues of datasets refuse a description of less than fifty characters."""
    return f"{state.about} Dated snapshots of OpenRouter's Data API, {_span(state.days)}, with source and licence."


def _span(days: Sequence[date]) -> str:
    return f"{days[0]}/{days[-1]}" if days else ""
