"""The only module that imports the template libraries: templates in, HTML out."""

import contextlib
import os
import re
import sys
import traceback
from collections.abc import Callable, Mapping, Set
from importlib.metadata import version
from importlib.util import cache_from_source
from pathlib import Path
from typing import Any

import jinja2
import markdown
from jinja2 import nodes
from jinja2.bccache import Bucket
from jinja2.ext import Extension
from jinja2.parser import Parser
from markupsafe import Markup

from generator.archive.gates import ALIKE_RUNS, GATES
from generator.base import attribution, dates, files, formats, palette, resources
from generator.base.errors import NotPublishable, UsageError
from generator.boards import category_words, comparison
from generator.render import (
    cell_values,
    citing,
    column_room,
    filters,
    front_matter,
    inline_svg,
    long_tables,
    notices,
    settled_cells,
    table_body,
    table_cells,
    table_layout,
)

_LOOSE = re.compile(r"(?<=[0-9]) (?=[TBMQ]\b|trillion|billion|million|/ M)")

ORIGINAL = "original"
"""The folder under whose name an overridden template can still be reached."""


class Templates:
    """The templates of one folder, and of another whose files take the place of those of the same name.

    Every value is escaped, and a name that is not set is an error.
    """

    def __init__(
        self,
        folder: Path | None = None,
        overrides: Path | None = None,
    ) -> None:
        """Find the templates.

        Args:
            folder: of the templates, the package's own by default.
            overrides: a folder of the same layout. A file in it can extend or import the one that it
                replaces under the name ``original/...``.
        """
        self._overrides = overrides
        self._jinja = jinja2.Environment(
            loader=_loader(folder or resources.folder("templates"), overrides),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            extensions=["jinja2.ext.do", _Once],
            # They do not change while a site is rendered: the next render reads them again.
            auto_reload=False,
        )
        # A template of the site's owner may say something else on every page.
        self._jinja.globals[_Once.MEMORY] = _NoMemory() if overrides else _Memory()
        if not folder:
            # What they compile to saves 1.4 s of 10 s in a render of the demo.
            self._jinja.bytecode_cache = _compiled_templates()
        self._jinja.globals.update(cells=table_cells, facets=filters, room=column_room)
        self._jinja.globals.update(long_tables=long_tables)
        self._jinja.globals.update(sketches=_safe_sketches())
        self._jinja.globals.update(gates=GATES, alike_runs=ALIKE_RUNS)
        self._jinja.globals.update(light=palette.LIGHT, dark=palette.DARK)
        self._jinja.filters.update(_FILTERS)

    def render(self, name: str, values: Mapping[str, object]) -> str:
        """Return the template's text with these values in place.

        Raises:
            NotPublishable: the template, or one that it takes in, is wrong; the text names the line.
            UsageError: a template of the owner's cannot be read.
        """
        try:
            return self._jinja.get_template(name).render(values)
        except jinja2.TemplateNotFound as error:
            what = f"{error.name!r} not found"
            raise NotPublishable(f"{_line_of(error)}: {what}; correct the template") from error
        except jinja2.TemplateError as error:
            raise NotPublishable(
                f"{_line_of(error)}: {error.message}; correct the template"
            ) from error
        except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
            line = _line_of(error)
            if self._overrides is None or not line.startswith(f"{self._overrides}{os.sep}"):
                raise
            raise NotPublishable(f"{line}: {error}; correct the template") from error

    def prose(self, file: Path) -> tuple[dict[str, str], Markup]:
        """Return the front matter of a Markdown page of our own or of the site's owner, and its body as HTML.

        Raises:
            UsageError: it cannot be read, or lacks a front matter with a title and a description.
        """
        fields, body = front_matter.split(files.read_text(file))
        if not (fields.get("title") and fields.get("description")):
            raise UsageError(
                f"{file}: expected a front matter with title and description between two lines of ---"
            )
        html = markdown.markdown(
            body,
            extensions=["tables", "fenced_code", "toc", "attr_list", "smarty"],
            output_format="html",
        )
        return fields, Markup(html)  # noqa: S704 - text of ours or of the owner; data never passes through Markdown


def _loader(folder: Path, overrides: Path | None) -> jinja2.BaseLoader:
    """Return what finds the templates: those of the owner first, which reach what they replace as ``original/...``."""
    own = _PageLoader(folder)
    if overrides is None:
        return own
    original = jinja2.PrefixLoader({ORIGINAL: own})
    return jinja2.ChoiceLoader([_PageLoader(overrides), original, own])


class _Once(Extension):
    """``{% once a, b %}...{% endonce %}``: what is the same on many pages is made once for each value of its key.

    The key has to name all that the text between depends on and that differs from page to page.
    """

    tags = {"once"}  # noqa: RUF012 - as the class above has it
    MEMORY = "made_once"
    """The global variable that holds what was made, by place in the templates and key."""

    def parse(self, parser: Parser) -> list[nodes.Node]:
        # As if a template looked it up: a call with the text between as its caller takes a tenth of a page's time.
        line = next(parser.stream).lineno
        key = nodes.Tuple([nodes.Const(f"{parser.name}:{line}"), parser.parse_tuple()], "load")
        body = parser.parse_statements(("name:endonce",), drop_needle=True)
        memory = nodes.Name(self.MEMORY, "load")
        whole, made = parser.free_identifier(), parser.free_identifier()
        keep = nodes.Call(nodes.Getattr(memory, "keep", "load"), [whole, made], [], None, None)
        statements = [
            nodes.Assign(whole, key),
            nodes.Assign(made, nodes.Getitem(memory, whole, "load")),
            nodes.If(
                nodes.Compare(made, [nodes.Operand("eq", nodes.Const(None))]),
                [nodes.AssignBlock(made, None, body), nodes.ExprStmt(keep)],
                [],
                [],
            ),
            nodes.Output([made]),
        ]
        return [statement.set_lineno(line) for statement in statements]


class _Memory(dict[tuple[str, object], str]):
    """What was made once, by place and key; None for what was not."""

    def __missing__(self, _key: tuple[str, object]) -> None:
        return None

    def keep(self, key: tuple[str, object], made: str) -> None:
        self[key] = made


class _NoMemory(_Memory):
    """Keeps nothing."""

    def keep(self, key: tuple[str, object], made: str) -> None:
        pass


class _CompiledTemplates(jinja2.FileSystemBytecodeCache):
    """Keeps what the package's own templates compile to; where that cannot be written, it is compiled again.

    Of the templates of a site's owner nothing is kept: they have no key.
    """

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        own = resources.folder("templates")
        if filename is None or not Path(filename).is_relative_to(own):
            return ""
        return super().get_cache_key(name, filename)

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key:
            super().load_bytecode(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.key:
            with contextlib.suppress(OSError):
                super().dump_bytecode(bucket)


def _line_of(error: Exception) -> str:
    """Return the file and the line of a template at which something was found wrong."""
    if isinstance(error, jinja2.TemplateSyntaxError):
        return f"{error.filename or error.name}:{error.lineno}"
    # Jinja shows the lines of templates in place of those that they are compiled to.
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if frame.filename.endswith(".j2"):
            return f"{frame.filename}:{frame.lineno}"
    return "a template"


def _compiled_templates() -> _CompiledTemplates | None:
    """Return where compiled templates are kept: beside this module's own byte code, None if Python keeps none.

    They are code that a render runs, so they are as safe as the program. A cache that comes with a site is not.
    """
    if sys.dont_write_bytecode:
        return None
    # What a template compiles to follows from this module as well: from the block that it adds.
    made_by = f"{version('jinja2')}-{files.code_digest([Path(__file__)])[:16]}"
    folder = Path(cache_from_source(__file__)).parent / f"templates-{made_by}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    return _CompiledTemplates(str(folder))


class _PageLoader(jinja2.FileSystemLoader):
    """Loads templates without their front matter, and without the mark that some editors put before a text."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, encoding="utf-8-sig")
        self._folder = folder

    def get_source(
        self, environment: jinja2.Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        try:
            text, path, is_current = super().get_source(environment, template)
        except UnicodeDecodeError:
            raise UsageError(f"{self._folder / template} is not UTF-8; save it as UTF-8") from None
        _, body = front_matter.split(text)
        # A comment of as many lines stands for it, so that errors name the right line of the file.
        lines = text.count("\n") - body.count("\n")
        if lines:
            body = "{#" + "\n" * (lines - 1) + "#}\n" + body
        return body, path, is_current


def _safe_sketches() -> dict[str, Any]:
    """Return the drawings, marked as HTML: they contain numbers and colors only, no upstream string."""

    def marked(draw: Any) -> Any:
        return lambda *args: Markup(draw(*args))  # noqa: S704

    return {
        "dot": marked(inline_svg.dot),
        "lines": marked(inline_svg.lines),
        "spark": marked(inline_svg.spark),
        "swatch": marked(inline_svg.swatch),
    }


def tied(text: str) -> str:
    """Return a sentence whose numbers keep their units on the line: ``14.5%``, ``1.24 T``, ``$2 / M``."""
    return _LOOSE.sub("\u00a0", text)


_WITH_ADDRESS = {"table", "compare", "frontier", "calculator", "chart", "gallery"}
_SCRIPTS = ("table", "compare", "frontier", "calculator", "gallery", "moved", "chart", "chart-page")


def scripts(uses: Set[str]) -> tuple[str, ...]:
    """Return the names of the scripts that what a page uses is brought to life by, in their order."""
    used = tuple(name for name in _SCRIPTS if name in uses)
    if _WITH_ADDRESS.isdisjoint(uses):
        return used
    return ("address", *used)


_FILTERS = {
    "scripts": scripts,
    "table_layout": table_layout.layout,
    "table_body": table_body.body,
    "rank_order": filters.order,
    "tuple": tuple,
    "tied": tied,
    "bibtex": citing.bibtex,
    "bibtex_key": citing.bibtex_key,
    "full_credits": attribution.full_credits,
    "once_a_day": attribution.once_a_day,
    "human_day": dates.human_day,
    "human_as_of": dates.human_as_of,
    "first_of_each_day": attribution.first_of_each_day,
    "days_in_words": attribution.days_in_words,
    "datasets_shown": notices.datasets_shown,
    "by_reason": notices.by_reason,
    "credit_in_short": attribution.in_short,
    "tokens": formats.tokens,
    "tokens_at_least": formats.tokens_at_least,
    "counted": formats.counted,
    "context": formats.context,
    "share": formats.share,
    "share_at_least": formats.share_at_least,
    "file_size": formats.file_size,
    "in_words": category_words.heading,
    "model_key": comparison.key,
    "spoken": lambda text: cell_values.as_html(settled_cells.spoken(text)),
}
