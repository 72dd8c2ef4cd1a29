"""``<page>index.md``: the board of a page as Markdown, for programs that read text. Made from the same rows."""

import html
import json
import re
from collections.abc import Iterator, Mapping

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
_MARKUP = re.compile(r"([\\`*_\[\]<>|~])")


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
    top = header(board.citations)
    columns = [column for column in table_layout.chosen(board) if column.kind != "spark"]
    credits_ = dict.fromkeys(citation.full for citation in board.citations)
    lines = [
        "---",
        f"title: {json.dumps(board.title, ensure_ascii=False)}",
        f"page: {json.dumps(absolute(site, page))}",
        f"datasets: {' '.join(board.datasets)}",
        f"as_of: {json.dumps(top['as_of'])}",
        f"license: {json.dumps(top['license'])}",
        "---",
        "",
        f"# {_escaped(board.title)}",
        "",
        *_paragraphs(board.finding, _period(board)),
        *_left_out(shown, site, charts or {}),
        f"| {' | '.join(_escaped(column.label) for column in columns)} |",
        f"|{'|'.join('---:' if column.numeric else '---' for column in columns)}|",
        *(_row(row, columns) for row in shown.board.rows),
        "",
        *_paragraphs(board.scope, *board.notes, board.processing),
        *(f"{credit}\n" for credit in credits_),
        f"Definitions: {absolute(site, 'methodology/')}",
    ]
    return "\n".join(lines) + "\n"


def _period(board: AnyBoard) -> str:
    """Return the days that a board covers, with what is missing or may change."""
    if board.window is None:
        return ""
    provisional = board.coverage.provisional_days if board.coverage else ""
    parts = [f"Period: {board.window.human()}", board.gaps, provisional]
    return "; ".join(part for part in parts if part) + "."


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


def _row(row: BoardRow, columns: list[Column]) -> str:
    return f"| {' | '.join(_cell(column, row) for column in columns)} |"


def _cell(column: Column, row: BoardRow) -> str:
    value = row[column.key]
    if isinstance(value, Entity):
        id_ = f" ({value.api_id})" if value.api_id else ""
        return _escaped(f"{value.name}{id_}")
    if column.kind == "text":
        return _escaped(str(value)) if value is not None else formats.MISSING
    shown = table_cells.cell(column, value, "", row=row)
    return _escaped(html.unescape(_TAG.sub("", _FOR_EYES.sub("", shown))))


def _escaped(text: str) -> str:
    """Return one line of text in which nothing is Markdown."""
    return _MARKUP.sub(r"\\\1", " ".join(text.split()))
