"""Tables of years: a page has the newest days of a long one, each whole, and leads to a file with all rows."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import product

import pytest

from generator.base.artifact import Artifact
from generator.base.dates import Window
from generator.boards import token_columns, use_history
from generator.boards.board import AnyBoard, Board, BoardId, Boards, Column, Entity, UnrankedRow
from generator.charts.chart import UndrawnChart
from generator.render import long_tables
from generator.render.context import Context
from generator.render.markdown_twins import markdown
from generator.render.page_list import PageList
from generator.render.pages import render_pages
from tests.board_samples import CREDITS, boards
from tests.page_reading import read
from tests.site_samples import SampleChart, context, site
from tests.tiny_archive import TinyArchive, rating
from tests.typed_boards import row

NEWEST = date(2026, 8, 14)
AUTHORS = [Entity(f"author-{at}", f"Author {at}") for at in range(60)]
WEEKS = [NEWEST - timedelta(days=7 * back) for back in reversed(range(104))]
NOTE = "The newest 480 of 6,240 rows: 20 Jun to 14 Aug 2026."
"""Of 104 weeks with 60 rows, 8 are no more than 500 rows."""


@dataclass(frozen=True)
class ChartWithRows(SampleChart):
    """A chart whose rows may be handed on."""

    def has(self, suffix: str) -> bool:
        return suffix in (".svg", ".csv", ".json")


@dataclass(frozen=True)
class SingleChart(ChartWithRows):
    """One of many of its kind: of a single model."""

    is_variant: bool = True


@dataclass(frozen=True)
class PicturesOnly(SampleChart):
    """A chart of data that may not."""

    def has(self, suffix: str) -> bool:
        return suffix == ".svg"


@dataclass(frozen=True, slots=True, kw_only=True)
class DayRow(UnrankedRow):
    """A number of a day."""

    day: date
    number: int


def _weeks() -> AnyBoard:
    """6,240 rows: sixty authors in each of 104 weeks."""
    columns = (token_columns.WEEK, token_columns.AUTHOR, token_columns.TOKENS, token_columns.SHARE)
    values = (
        {"week": week, "author": author, "total_tokens": 1, "share": 0.1}
        for week, author in product(WEEKS, AUTHORS)
    )
    return Board(
        id=use_history.AUTHORS_ID,
        title="Who has been used the most?",
        columns=columns,
        rows=tuple(row(use_history.AuthorUseWeekRow, one) for one in values),
        citations=(CREDITS["rankings-daily"],),
        datasets=("rankings-daily",),
    )


def _days(days: Iterable[date], columns: Sequence[str] = ("day", "number")) -> AnyBoard:
    every = {"day": Column("day", "Day", "day"), "number": Column("number", "N", "integer")}
    return Board(
        id=BoardId("days"),
        title="Days",
        columns=tuple(every[key] for key in columns),
        rows=tuple(DayRow(day=day, number=at) for at, day in enumerate(days)),
        citations=(CREDITS["models"],),
        datasets=("models",),
    )


def _ago(days: int) -> date:
    return NEWEST - timedelta(days=days)


def test_a_long_table_of_weeks_has_the_newest_of_them_whole() -> None:
    board = _weeks()
    shown = long_tables.newest(board)
    assert shown.board.rows == board.rows[-480:]
    assert shown.board.rows[0]["week"] == WEEKS[-8]
    assert shown.note == NOTE
    assert shown.window == Window(WEEKS[-8] - timedelta(days=6), NEWEST)


def test_the_newest_days_are_shown_though_they_come_first_or_in_any_order() -> None:
    falling = _days(_ago(at // 3) for at in range(600))
    shown = long_tables.newest(falling)
    assert shown.board.rows == falling.rows[:498]
    assert shown.note == f"The newest 498 of 600 rows: {Window(_ago(165), NEWEST).human()}."
    mixed = _days(_ago(at % 200) for at in range(600))
    kept = long_tables.newest(mixed).board.rows
    assert len(kept) == 498
    assert min(one["day"] for one in kept if isinstance(one["day"], date)) == _ago(165)


def test_five_hundred_rows_are_not_too_many() -> None:
    board = _days(_ago(at) for at in range(510))
    assert long_tables.newest(board).board.rows == board.rows[:500]
    exact = _days(_ago(at) for at in range(500))
    assert long_tables.newest(exact).board is exact


def test_of_the_chart_of_a_single_model_a_page_has_the_newest_hundred_days() -> None:
    board = _days(_ago(at) for at in range(366))
    page = _pages(SingleChart, board)["charts/tok-history/index.html"]
    assert page.count("<tr") == 1 + 100
    assert "<summary>The newest 100 rows</summary>" in page
    shown = f"The newest 100 of 366 rows: {Window(_ago(99), NEWEST).human()}."
    [note] = [node for node in read(page).having("class") if node.text.startswith(shown)]
    assert note.text == f"{shown} All rows: CSV, JSON."
    # That of a chart of the gallery has them all.
    assert _pages(ChartWithRows, board)["charts/tok-history/index.html"].count("<tr") == 1 + 366


def test_of_the_chart_of_a_single_model_that_was_not_drawn_a_page_has_as_many() -> None:
    board = _days(_ago(at) for at in range(366))
    ends = (".csv", ".json")
    of_one, of_all = "tok-model.a.x", "tok-history"
    undrawn = {}
    for id_, kind in ((of_one, "tok-model"), (of_all, "tok-history")):
        files = tuple(Artifact.text(f"charts/{id_}{end}", "") for end in ends)
        undrawn[id_] = UndrawnChart(id_, kind, board, board.title, files, "no reason")
    made = render_pages(context(site(boards=Boards([board])), {}, undrawn=undrawn))
    pages = {page.path: page.body.decode() for page in made if isinstance(page.body, bytes)}
    page = pages[f"charts/{of_one}/index.html"]
    assert page.count("<tr") == 1 + 100
    assert f"The newest 100 of 366 rows: {Window(_ago(99), NEWEST).human()}." in page
    assert pages[f"charts/{of_all}/index.html"].count("<tr") == 1 + 366


def test_a_day_alone_with_more_rows_than_that_is_shown_whole() -> None:
    board = _days([NEWEST] * 2500 + [_ago(1)])
    shown = long_tables.newest(board)
    assert shown.board.rows == board.rows[:2500]
    assert shown.note == "The newest 2,500 of 2,501 rows: 14 Aug 2026."
    assert long_tables.newest(_days([NEWEST] * 2500)).note == ""


@pytest.mark.parametrize(
    "board",
    [
        _days(_ago(at) for at in range(500)),
        _days((_ago(at) for at in range(600)), ("number", "day")),
        _days([]),
    ],
    ids=["five hundred rows", "rows that are no days", "no rows"],
)
def test_other_tables_are_shown_whole(board: AnyBoard) -> None:
    shown = long_tables.newest(board)
    assert shown.board is board
    assert shown.note == ""


def _pages(chart: Callable[..., SampleChart], board: AnyBoard) -> dict[str, str]:
    drawn = {"tok-history": chart("tok-history", board, board.title, board.citations)}
    held = Boards([*(one for one in boards().values() if one.id != board.id), board])
    made = render_pages(context(site(boards=held), drawn))
    return {one.path: one.body.decode() for one in made if isinstance(one.body, bytes)}


def test_the_page_of_a_chart_says_what_its_table_leaves_out_and_leads_to_all_rows() -> None:
    page = _pages(ChartWithRows, _weeks())["charts/tok-history/index.html"]
    assert page.count("<tr") == 1 + 480
    assert "<summary>The newest 480 rows</summary>" in page
    [note] = [
        one for one in read(page).having("class") if one.get("class") == "said" and NOTE in one.text
    ]
    assert note.text == f"{NOTE} All rows: CSV, JSON."
    links = re.findall(r'href="([^"]*)"', page[page.index(NOTE) :])[:2]
    assert links == ["../../charts/tok-history.csv", "../../charts/tok-history.json"]


def test_where_no_file_has_all_rows_the_page_leads_to_the_history_of_the_data() -> None:
    page = _pages(PicturesOnly, _weeks())["charts/tok-history/index.html"]
    assert re.search(NOTE + r'\s+All days: <a href="../../data/rankings-daily/">history of', page)


def test_the_text_for_programs_has_the_same_rows_and_leads_to_all() -> None:
    board = _weeks()
    charts = {"tok-history": ChartWithRows("tok-history", board, board.title, board.citations)}
    of = replace(site(), public_url="https://example.org/my_site/")
    text = markdown(board, "rankings/", of, charts)  # type: ignore[arg-type]
    lines = text.splitlines()
    assert len([line for line in lines if line.startswith("|")]) == 2 + 480
    assert NOTE in lines
    assert "All rows: https://example.org/my_site/charts/tok-history.csv" in lines


def test_a_short_table_says_nothing_of_that() -> None:
    board = replace(_weeks(), rows=_weeks().rows[-300:])
    page = _pages(ChartWithRows, board)["charts/tok-history/index.html"]
    assert "<summary>All 300 rows</summary>" in page
    assert "All rows: " not in page + markdown(board, "rankings/", site())


def test_a_model_with_many_scores_has_each_of_them_once_in_one_table(tiny: TinyArchive) -> None:
    tiny.ratings([rating("a/x", 1300 - at, f"kind-{at:02}") for at in range(14)])
    own = Context(tiny.history(), tiny.site(), page_list=PageList(()))
    made = (page for page in render_pages(own) if isinstance(page, Artifact))
    body = next(page.body for page in made if page.path == "models/a/x/index.html")
    assert isinstance(body, bytes)
    page = body.decode()
    assert 'type="checkbox"> All 14 scores</label>' in page
    assert page.count('data-table="scores.a/x"') == 1
    assert [page.count(f"{1300 - at:,}</td>") for at in range(14)] == [1] * 14
