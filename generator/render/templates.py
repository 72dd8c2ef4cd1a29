"""The only door to the template libraries: templates in, HTML out."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jinja2
import markdown
from markupsafe import Markup

from generator.base import dates, formats, palette, resources
from generator.base.errors import UsageError
from generator.boards import category_words, comparison
from generator.render import filters, inline_svg, table_cells

_FENCE = "---"
_LOOSE = re.compile(r"(?<=[0-9]) (?=%|[TBMQ]\b|trillion|billion|million|/ M)")

_TEX = re.compile(r"[\\{}$&#^_~%]")
_TEX_WORDS = {"\\": r"\textbackslash{}", "^": r"\textasciicircum{}", "~": r"\textasciitilde{}"}


class Templates:
    """The templates of one folder.

    Every value is escaped, and a name that no one set is an error instead of a hole in the page.
    """

    def __init__(self, folder: Path | None = None, cache: Path | None = None) -> None:
        """Templates of a folder, the package's own by default; ``cache`` is a folder for what they compile to."""
        self._folder = folder or resources.folder("templates")
        if cache:
            cache.mkdir(parents=True, exist_ok=True)
        self._jinja = jinja2.Environment(
            loader=jinja2.FileSystemLoader(self._folder),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            bytecode_cache=jinja2.FileSystemBytecodeCache(str(cache)) if cache else None,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            extensions=["jinja2.ext.do"],
        )
        self._jinja.globals.update(cells=table_cells, facets=filters, sketches=_safe_sketches())
        self._jinja.globals.update(light=palette.LIGHT, dark=palette.DARK)
        self._jinja.filters.update(_FILTERS)
        self._jinja.tests["variant"] = lambda name: ":" in name

    def render(self, name: str, values: Mapping[str, object]) -> str:
        """The template's text with these values in place."""
        return self._jinja.get_template(name).render(values)

    def names(self, room: str) -> list[str]:
        """Every template below a folder, as ``pages/rankings/index.html.j2``, in a stable order."""
        top = self._folder / room
        found = (path for path in top.rglob("*") if path.suffix in (".j2", ".md"))
        return sorted(path.relative_to(self._folder).as_posix() for path in found)

    def prose(self, name: str) -> tuple[dict[str, str], Markup]:
        """A Markdown page of our own: what its front matter says, and its body as HTML.

        Raises:
            UsageError: it lacks a front matter with a title and a description.
        """
        text = (self._folder / name).read_text(encoding="utf-8")
        _, fence, rest = text.partition(_FENCE + "\n")
        front, closing, body = rest.partition("\n" + _FENCE + "\n")
        said = dict(line.split(": ", 1) for line in front.splitlines() if ": " in line)
        if not (fence and closing and said.get("title") and said.get("description")):
            raise UsageError(
                f"{name}: expected a front matter with title and description between two lines of ---"
            )
        html = markdown.markdown(
            body, extensions=["tables", "toc", "attr_list", "smarty"], output_format="html"
        )
        return said, Markup(html)  # noqa: S704 - our own text; data never passes through Markdown


def _safe_sketches() -> dict[str, Any]:
    """The drawings, marked as HTML: they hold numbers and colours only, never an upstream string."""
    names = ("dot", "history", "lines", "places", "spark", "swatch")
    drawings = {name: getattr(inline_svg, name) for name in names}

    def marked(draw: Any) -> Any:
        return lambda *args: Markup(draw(*args))  # noqa: S704

    return {name: marked(draw) for name, draw in drawings.items()}


def bibtex(text: str) -> str:
    """A text as it must stand between the braces of a BibTeX field."""
    return _TEX.sub(lambda found: _TEX_WORDS.get(found[0], "\\" + found[0]), text)


def tied(text: str) -> str:
    """A sentence whose numbers stay on one line with what they count: ``14.5 %``, ``1.24 T``, ``$2 / M``."""
    return _LOOSE.sub("\u00a0", text)


_FILTERS = {
    "tied": tied,
    "bibtex": bibtex,
    "human_day": dates.human_day,
    "human_as_of": dates.human_as_of,
    "tokens": formats.tokens,
    "context": formats.context,
    "share": formats.share,
    "in_words": category_words.heading,
    "model_key": comparison.key,
}
