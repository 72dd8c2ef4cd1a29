"""Credit lines: every string that credits a source is made here and nowhere else.

The words are those of OpenRouter's Data API documentation; ``{as_of}`` is the reply's own, never the
time of the build, so that a page made again next year still says when its numbers were true.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from urllib.parse import urlsplit

from generator.base import dates, formats

RANKINGS = "Source: OpenRouter (openrouter.ai/rankings), as of {as_of}."
APPS = "Source: OpenRouter (openrouter.ai/apps), as of {as_of}."
SESSION_COSTS = "Source: OpenRouter Data API (openrouter.ai/docs/cookbook/administration/data-api), as of {as_of}."
MODELS = "Source: OpenRouter (openrouter.ai/models), as of {as_of}."
BENCHMARKS = {
    "artificial-analysis": (
        "Source: Artificial Analysis (artificialanalysis.ai) via OpenRouter (openrouter.ai/rankings)."
    ),
    "design-arena": "Source: Design Arena (www.designarena.ai) via OpenRouter (openrouter.ai/rankings).",
    "openrouter": "Source: OpenRouter evals (openrouter.ai) via OpenRouter (openrouter.ai/rankings).",
}
BENCHMARK_URLS = {
    "artificial-analysis": "https://artificialanalysis.ai",
    "design-arena": "https://www.designarena.ai",
    "openrouter": "https://openrouter.ai/rankings",
}

LICENSE = "Licensed under CC BY 4.0."
LICENSE_ID = "CC-BY-4.0"
LICENSE_URL = "https://creativecommons.org/licenses/by/4.0/"
NO_LICENSE = "none stated by the source"
"""The ``license`` of the model catalog, for which OpenRouter names none."""
WITHHELD = "redistribution not permitted"
"""The ``license`` of data that the owner of a site says may not be redistributed."""
WITHHELD_SENTENCE = "This data may not be redistributed."

_MOST_DAYS_NAMED = 3
_NAMES = {"artificial-analysis": "artificialanalysis", "design-arena": "designarena"}
"""The name of a source in a text reduced to letters and digits; every other source is OpenRouter."""
_SOURCES = {
    "artificial-analysis": "Artificial Analysis via OpenRouter",
    "design-arena": "Design Arena via OpenRouter",
}
"""How the short line of a section names these sources; every other source is OpenRouter."""
_CREDITED_HOSTS = ("openrouter.ai", "artificialanalysis.ai", "designarena.ai")


@dataclass(frozen=True, slots=True)
class Citation:
    """One source's credit line.

    Attributes:
        text: the sentence, verbatim.
        url: where the source lives; None when upstream named a place we do not link to.
        as_of: the reply's own, verbatim: a time with ``Z`` or an offset, or a day.
        license: ``CC-BY-4.0`` or what stands in its place.
        dataset: whose reply it credits; empty where that is not known. Of two datasets with the same line it names either.
    """

    text: str
    url: str | None
    as_of: str
    license: str = LICENSE_ID
    dataset: str = field(default="", compare=False)

    @property
    def states_as_of(self) -> bool:
        """Whether the text itself names the as_of."""
        return self.as_of in self.text

    @property
    def line(self) -> str:
        """The text, followed by the as_of where the source's own words leave it out."""
        return self.text if self.states_as_of else f"{self.text} As of {self.as_of}."

    @property
    def full(self) -> str:
        """The credit for republished data: the line and, where there is one, its license."""
        if self.withheld:
            return f"{self.line} {WITHHELD_SENTENCE}"
        return f"{self.line} {LICENSE}" if self.license == LICENSE_ID else self.line

    @property
    def source(self) -> str:
        """The name of the source for a line in short; the text is its credit."""
        named = (name for key, name in _SOURCES.items() if names_source(self.text, key))
        return next(named, "OpenRouter")

    @property
    def withheld(self) -> bool:
        """Whether the data that it credits may be shown and not be handed on as files."""
        return self.license == WITHHELD

    def as_withheld(self) -> "Citation":
        """Return the same credit for data that may not be redistributed."""
        return replace(self, license=WITHHELD)

    @property
    def day(self) -> date:
        """The UTC day of the as_of."""
        return dates.parse_as_of(self.as_of).date()

    @property
    def human_as_of(self) -> str:
        """The as_of for people, such as ``21 Nov 2026, 06:17 UTC``."""
        return dates.human_as_of(self.as_of)


def rankings(as_of: str) -> Citation:
    """Return the credit for /datasets/rankings-daily and /classifications/task."""
    return Citation(RANKINGS.format(as_of=as_of), "https://openrouter.ai/rankings", as_of)


def apps(as_of: str) -> Citation:
    """Return the credit for /datasets/app-rankings."""
    return Citation(APPS.format(as_of=as_of), "https://openrouter.ai/apps", as_of)


def session_costs(as_of: str) -> Citation:
    """Return the credit for /datasets/session-cost, which has no page of its own."""
    url = "https://openrouter.ai/docs/cookbook/administration/data-api"
    return Citation(SESSION_COSTS.format(as_of=as_of), url, as_of)


def models(as_of: str) -> Citation:
    """Return the credit for /models, which no license statement of OpenRouter names."""
    return Citation(MODELS.format(as_of=as_of), "https://openrouter.ai/models", as_of, NO_LICENSE)


def benchmark(
    source: str, as_of: str, citation: str | None = None, url: str | None = None
) -> Citation:
    """Return the reply's own ``meta.citation`` where it has one, else the documented words for that source.

    Words that do not name the source credit nobody: they follow the documented ones.
    """
    text = formats.sanitize(citation) if citation else BENCHMARKS[source]
    if not names_source(text, source):
        text = f"{BENCHMARKS[source]} {text}".strip()
    return Citation(text, linkable(url) or BENCHMARK_URLS[source], as_of)


def names_source(text: str, source: str) -> bool:
    """Return whether a text names a source of benchmarks, or OpenRouter for any other source or dataset."""
    bare = "".join(letter for letter in text.casefold() if letter.isalnum())
    return _NAMES.get(source, "openrouter") in bare


def linkable(url: str | None) -> str | None:
    """Return the URL if it is https on a host that we credit, else None: an upstream string may name any place."""
    if not url or url != formats.sanitize(url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    is_secure = parts.scheme == "https" and "@" not in parts.netloc
    if not is_secure or not _is_credited(parts.hostname or ""):
        return None
    return url


def _is_credited(host: str) -> bool:
    return any(host == name or host.endswith(f".{name}") for name in _CREDITED_HOSTS)


def first_of_each_day(citations: Iterable[Citation]) -> list[Citation]:
    """Return the first citation of each UTC day that these are as of, by day."""
    first: dict[date, Citation] = {}
    for citation in citations:
        first.setdefault(dates.parse_as_of(citation.as_of).date(), citation)
    return [first[day] for day in sorted(first)]


def days_in_words(citations: Iterable[Citation]) -> str:
    """Return the days that the sources are as of: up to three of them, or the first and the last."""
    by_day = first_of_each_day(citations)
    days = [dates.human_day(dates.parse_as_of(citation.as_of).date()) for citation in by_day]
    if len(days) > _MOST_DAYS_NAMED:
        return f"{days[0]} to {days[-1]}"
    return formats.list_in_words(days)


def in_short(citations: Sequence[Citation]) -> str:
    """Return sources, dates and license in one line; it names the credits, and does not replace them.

    ``Source: OpenRouter, 18 Aug 2026, 22:46 UTC. CC BY 4.0``. Of a source with several times, their days.
    """
    by_source: dict[str, list[Citation]] = {}
    for citation in citations:
        by_source.setdefault(citation.source, []).append(citation)
    named = [f"{source}, {_times(cited)}" for source, cited in by_source.items()]
    label = "Source" if len(named) == 1 else "Sources"
    return f"{label}: {'; '.join(named)}. {_terms(citations)}"


def _terms(citations: Iterable[Citation]) -> str:
    """Return the license of all, of some or of none, in words; only the model catalog is without one."""
    licenses = {citation.license for citation in citations}
    if licenses == {WITHHELD}:
        return "May not be redistributed"
    if licenses == {LICENSE_ID}:
        return "CC BY 4.0"
    terms = "No license stated"
    if LICENSE_ID in licenses:
        terms = "CC BY 4.0 except the model catalog" if NO_LICENSE in licenses else "CC BY 4.0"
    if WITHHELD in licenses:
        return f"{terms}; parts may not be redistributed"
    return terms


def _times(citations: Sequence[Citation]) -> str:
    times = {citation.human_as_of for citation in citations}
    return times.pop() if len(times) == 1 else days_in_words(citations)


def full_credits(citations: Iterable[Citation]) -> tuple[str, ...]:
    """Return the credits for republished data, each once."""
    return _full_credits(tuple(citations))


# Most pages of models rest on the same few sources; with the line for BibTeX it takes 3% of their time.
@lru_cache(maxsize=256)
def _full_credits(citations: tuple[Citation, ...]) -> tuple[str, ...]:
    lines = (f"{first.full} {later}".strip() for first, later in once_a_day(citations))
    return tuple(dict.fromkeys(lines))


def once_a_day(citations: Iterable[Citation]) -> list[tuple[Citation, str]]:
    """Return in their order the credits that differ in more than the time of one UTC day, those of each dataset apart.

    A dataset of many calls has a credit for each of them. The earliest stands for all of its day, beside a sentence on
    the newest; empty where it is alone.
    """
    alike: dict[tuple[object, ...], list[Citation]] = {}
    for citation in citations:
        words = citation.text.replace(citation.as_of, "")
        same = citation.dataset, words, citation.url, citation.license, citation.day
        alike.setdefault(same, []).append(citation)
    return [_first_and_newest(same) for same in alike.values()]


def _first_and_newest(citations: Sequence[Citation]) -> tuple[Citation, str]:
    by_time = sorted(citations, key=lambda citation: dates.parse_as_of(citation.as_of))
    first, newest = by_time[0], by_time[-1]
    later = "" if newest.as_of == first.as_of else f"Newest response as of {newest.as_of}."
    return first, later


def distinct(citations: Iterable[Citation]) -> tuple[Citation, ...]:
    """Return the citations in order of first appearance, each once."""
    return tuple(dict.fromkeys(citations))
