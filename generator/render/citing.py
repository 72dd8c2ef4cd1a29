"""How to cite a page of the site: in a sentence, and as an entry for BibTeX."""

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from urllib.parse import quote

from generator.base.dates import human_day
from generator.boards.site import Site
from generator.render.addresses import absolute
from generator.render.snippets import STAND_IN

_TEX = re.compile(r"[\\{}$&#^_~%]")
_TEX_WORDS = {"\\": r"\textbackslash{}", "^": r"\textasciicircum{}", "~": r"\textasciitilde{}"}


class Citing:
    """Cites the pages of one site.

    Args:
        site: with its name, its address and its day.
        newest_day: of all datasets, the page of which keeps what is cited; None where nothing is held.
    """

    def __init__(self, site: Site, newest_day: date | None) -> None:
        self._site = site
        self._top = absolute(site, "") if site.public_url else STAND_IN
        self._day = human_day(site.today)
        self._name = bibtex(site.config.name)
        self._kept = f" Archived version: {self._top}d/{newest_day}/" if newest_day else ""

    def sentence(self, named: str, path: str) -> str:
        """Return the sentence that cites what is named so, at this address inside the site."""
        name = self._site.config.name
        return f"{name}: {named}. Data as of {self._day}. {self._address(path)}{self._kept}"

    def bibtex(self, named: str, path: str, sources: Sequence[str]) -> str:
        """Return the same as an entry for BibTeX, with the words of its sources."""
        today = self._site.today
        place = path.replace("/", " ").strip().replace(" ", "-").replace("~", "-")
        note = f"Data as of {self._day}. {_sources_in_bibtex(tuple(sources))}{self._kept}"
        lines = (
            f"@misc{{{self._site.config.slug}-{place}-{today}",
            f"  title = {{{bibtex(named)}}}",
            f"  author = {{{{{self._name}}}}}",
            f"  year = {{{today.year}}}",
            f"  url = {{{self._address(path)}}}",
            f"  note = {{{note}}}\n}}",
        )
        return ",\n".join(lines)

    def _address(self, path: str) -> str:
        return self._top + quote(path)


def bibtex(text: str) -> str:
    """Return a text escaped for the braces of a BibTeX field."""
    return _TEX.sub(lambda match: _TEX_WORDS.get(match[0], "\\" + match[0]), text)


# Most pages of models rest on the same few sources.
@lru_cache(maxsize=256)
def _sources_in_bibtex(lines: tuple[str, ...]) -> str:
    return bibtex(" ".join(lines))
