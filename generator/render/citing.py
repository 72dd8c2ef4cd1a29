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

_ENDS_KEY = re.compile(r"[\s\"#%'(),={}~/\\]")
"""What may not be in the key of an entry: BibTeX takes some of it, biber none."""
_TEX = re.compile(r"[\\{}$&#^_~%]")
_TEX_WORDS = {"\\": r"\textbackslash{}", "^": r"\textasciicircum{}", "~": r"\textasciitilde{}"}


class Citing:
    """Cites the pages of one site.

    Args:
        site: with its name, its address and the day of its data.
        newest_day: of all datasets, the page of which keeps what is cited; None where nothing is held.
    """

    def __init__(self, site: Site, newest_day: date | None) -> None:
        self._site = site
        self._top = absolute(site, "") or STAND_IN
        self._day = human_day(site.updated)
        self._name = bibtex(site.config.name)
        self._kept = ""
        if newest_day:
            self._kept = f" Archived version: {self._top}d/{newest_day}/"

    def sentence(self, named: str, path: str) -> str:
        """Return the sentence that cites what is named so, at this address inside the site."""
        name = self._site.config.name
        return f"{name}: {named}. Data as of {self._day}. {self._address(path)}{self._kept}"

    def bibtex(self, named: str, path: str, sources: Sequence[str]) -> str:
        """Return the same as an entry for BibTeX, with the words of its sources."""
        updated = self._site.updated
        note = f"Data as of {self._day}. {_sources_in_bibtex(tuple(sources))}{bibtex(self._kept)}"
        lines = (
            f"@misc{{{self._site.config.slug}-{bibtex_key(path)}-{updated}",
            f"  title = {{{bibtex(named)}}}",
            f"  author = {{{{{self._name}}}}}",
            f"  year = {{{updated.year}}}",
            f"  url = {{{self._address(path)}}}",
            f"  note = {{{note}}}\n}}",
        )
        return ",\n".join(lines)

    def _address(self, path: str) -> str:
        return self._top + quote(path)


def bibtex_key(name: str) -> str:
    """Return a path or an id as a part of the key of an entry: what may not be in one becomes a hyphen."""
    return _ENDS_KEY.sub("-", name.strip("/"))


def bibtex(text: str) -> str:
    """Return a text escaped for the braces of a BibTeX field."""
    return _TEX.sub(lambda match: _TEX_WORDS.get(match[0], "\\" + match[0]), text)


# Most pages of models rest on the same few sources.
@lru_cache(maxsize=256)
def _sources_in_bibtex(lines: tuple[str, ...]) -> str:
    return bibtex(" ".join(lines))
