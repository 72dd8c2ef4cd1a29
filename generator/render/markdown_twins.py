"""``<page>index.md``: the board of a page as Markdown, for programs that read text. Made from the same rows."""

import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from generator.base import formats
from generator.base.artifact import Artifact
from generator.base.tabular import header
from generator.boards.board import AnyBoard, BoardRow, Column, Entity, is_withheld
from generator.boards.site import Site
from generator.charts.chart import DrawnChart, UndrawnChart
from generator.render import long_tables, table_cells, table_layout
from generator.render.addresses import absolute
from generator.render.board_pages import pages_of_boards
from generator.render.context import Context
from generator.render.long_tables import ShownTable
from generator.render.page_list import PageList

NAME = "index.md"
_FOR_EYES = re.compile(r'<span aria-hidden="true">[^<]*</span>|<svg.*?</svg>', re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_MARKUP = re.compile(
    r"""[\\`*_\[\]<>|~]   # emphasis, code, links, tags and cells
    | &(?=\#?\w+;)         # a letter by its name or number
    | ^\#(?=\#*(\s|$))     # a heading
    | ^[-+](?=[-\s]|$)     # an entry of a list, or a line across
    """,
    re.VERBOSE,
)
_NUMBERED = re.compile(r"^([0-9]+)([.)])(?=\s|$)", re.ASCII)
"""The beginning of a numbered entry of a list."""


def make_markdown_twins(context: Context) -> Iterator[Artifact]:
    """Yield the Markdown file of each page that is about one board."""
    for page, board in boards_of_twins(context.site, context.page_list).items():
        text = markdown(board, page, context.site, context.figures)
        yield Artifact.text(f"{page}{NAME}", text)


def boards_of_twins(site: Site, page_list: PageList) -> Mapping[str, AnyBoard]:
    """Return the board of each page that has a twin, by the page's path."""
    boards: dict[str, AnyBoard] = {}
    for id_, page in pages_of_boards(site, page_list).items():
        board = site.boards.get(id_)
        if page and board is not None and board.rows and not is_withheld(board):
            boards[page] = board
    return boards


def markdown(
    board: AnyBoard,
    page: str,
    site: Site,
    charts: Mapping[str, DrawnChart | UndrawnChart] | None = None,
) -> str:
    """Return a board with its finding, its notes and its credit; at the top what programs ask first.

    Args:
        board: with all its rows, of which a long one has the newest days here.
        page: the path of its page.
        site: says where that is published.
        charts: one of them may have all rows as a file.
    """
    shown = long_tables.newest(board)
    columns = [column for column in table_layout.chosen(board) if column.kind != "spark"]
    credits_ = dict.fromkeys(citation.full for citation in board.citations)
    lines = [
        *_front_matter(board, absolute(site, page)),
        "",
        f"# {_escaped(board.title)}",
        "",
        *_paragraphs(board.finding, _period(board)),
        *_left_out(shown, site, charts or {}),
        *_table(shown.board.rows, columns),
        "",
        *_paragraphs(board.scope, *board.notes, board.processing),
        *_definitions(columns),
        *(f"{credit}\n" for credit in credits_),
        f"Definitions: {absolute(site, 'methodology/')}",
    ]
    return "\n".join(lines) + "\n"


def _front_matter(board: AnyBoard, address: str) -> Iterator[str]:
    top = header(board.citations)
    yield "---"
    yield f"title: {json.dumps(board.title, ensure_ascii=False)}"
    yield f"page: {json.dumps(address)}"
    yield f"datasets: {' '.join(board.datasets)}"
    yield f"as_of: {json.dumps(top['as_of'])}"
    yield f"license: {json.dumps(top['license'])}"
    yield "---"


def _period(board: AnyBoard) -> str:
    """Return the days that a board covers, with what is missing or may change."""
    if board.window is None:
        return ""
    parts = [f"Period: {board.window.human()}", board.gaps]
    if board.coverage:
        parts.append(board.coverage.provisional_days)
    return "; ".join(filter(None, parts)) + "."


def _left_out(
    shown: ShownTable, site: Site, charts: Mapping[str, DrawnChart | UndrawnChart]
) -> Iterator[str]:
    """Yield how many rows a long table has here, and where all of them are; nothing for one that has them all."""
    if not shown.note:
        return
    yield from _paragraphs(shown.note)
    whole = long_tables.chart_with_rows(shown.board, charts)
    if whole is not None:
        yield f"All rows: {absolute(site, f'charts/{whole.id}.csv')}\n"


def _paragraphs(*texts: str) -> Iterator[str]:
    for text in texts:
        if text:
            yield _escaped(text)
            yield ""


def _table(rows: Iterable[BoardRow], columns: Sequence[Column]) -> Iterator[str]:
    """Yield the lines of a table: its heading, on which side each column stands, and its rows."""
    yield _line(_escaped(column.label) for column in columns)
    sides = ["---:" if column.numeric else "---" for column in columns]
    yield f"|{'|'.join(sides)}|"
    for row in rows:
        yield _line(_cell(column, row) for column in columns)


def _definitions(columns: Iterable[Column]) -> Iterator[str]:
    """Yield what each column is, such as the unit of a price, which its label does not say."""
    described = [column for column in columns if column.about]
    for column in described:
        yield f"- {_escaped(column.label)}: {_escaped(column.about)}"
    if described:
        yield ""


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(column: Column, row: BoardRow) -> str:
    value = row[column.key]
    if isinstance(value, Entity):
        name = f"{value.name} ({value.api_id})" if value.api_id else value.name
        return _escaped(name)
    if column.kind == "text" and value is None:
        return formats.MISSING
    if column.kind == "text":
        return _escaped(str(value))
    shown = table_cells.cell(column, value, "", row=row)
    return _escaped(html.unescape(_TAG.sub("", _FOR_EYES.sub("", shown))))


def _escaped(text: str) -> str:
    """Return one line of text in which nothing is Markdown."""
    escaped = _MARKUP.sub(r"\\\g<0>", " ".join(text.split()))
    return _NUMBERED.sub(r"\1\\\2", escaped)
