"""By how much days were restated, from statements small enough to compare by hand."""

from typing import cast

import pytest

from generator.boards import restatements
from generator.boards.restatements import RestatementRow
from generator.charts.catalogue import tok_restated
from generator.charts.chart import WIDE
from generator.render.context import Context
from generator.render.page_list import PageList, read_pages
from generator.render.pages import render_pages
from tests.page_reading import Node, read
from tests.tiny_archive import TODAY, TinyArchive, ago, table
from tests.typed_boards import row

MANY = {f"a/{number:02}": 10 for number in range(20)}


def test_each_restatement_has_what_was_stated_before_and_after(tiny: TinyArchive) -> None:
    first = {"a/x": 70, "b/y": 20, "other": 10}
    second = {"a/x": 68, "b/y": 20, "other": 14}
    third = {"a/x": 68, "c/z": 25, "other": 8}
    tiny.rankings({ago(9): {"a/x": 1}, ago(8): first}, on=ago(7))
    tiny.rankings({ago(8): second}, on=ago(6))
    tiny.rankings({ago(8): third, ago(1): first})
    board = tiny.board("restatements")
    columns = ("day", "seen", "days_after", "tokens_before", "tokens_after", "change", "listings")
    assert table(board, *columns) == [
        (str(ago(8)), str(TODAY), 8, 102, 101, -0.009804, 3),
        (str(ago(8)), str(ago(6)), 2, 100, 102, 0.02, 2),
    ]
    most = ("model_permaslug", "model_before", "model_after", "completed")
    assert table(board, *most) == [("c/z", None, 25, False), ("other", 10, 14, False)]
    assert board.finding == (
        "1 of 3 days was restated, each time by −0.98% to +2.00% of all tokens, at most 8 days later."
    )
    assert [record["provisional"] for record in board.records()] == [False, False]


def test_a_list_that_was_cut_short_is_completed_and_not_restated(tiny: TinyArchive) -> None:
    tiny.rankings({ago(8): {"a/00": 10}}, on=ago(7))
    tiny.rankings({ago(8): MANY})
    board = tiny.board("restatements")
    assert table(board, "change", "completed") == [(19.0, True)]
    assert board.finding == "No restatement in 1 day."


def test_days_that_are_stated_alike_are_not_restated(tiny: TinyArchive) -> None:
    tiny.rankings({ago(8): MANY, ago(7): MANY}, on=ago(6))
    tiny.rankings({ago(8): MANY, ago(1): MANY})
    board = tiny.board("restatements")
    assert board.rows == ()
    assert board.finding == "No restatement in 3 days."


def test_no_number_is_restated_by_more_than_is_told(tiny: TinyArchive) -> None:
    tiny.rankings({ago(9): {**MANY, "a/x": 30_000}}, on=ago(7))
    # 371 of 30,000 are 1.2367%.
    tiny.rankings({ago(9): {**MANY, "a/x": 30_371}})
    assert tiny.board("restatement-ages").finding == (
        "1 number of 1 day was restated, by no more than 1.24%."
    )
    # 370 of 30,000 are 1.2333%, which is more than 1.23%.
    tiny.rankings({ago(9): {**MANY, "a/x": 30_370}})
    assert tiny.board("restatement-ages").finding.endswith("none by more than 1.24%.")


def test_restated_numbers_are_summed_up_by_how_late_they_came(tiny: TinyArchive) -> None:
    first = {**MANY, "a/x": 100}
    tiny.rankings({ago(9): first, ago(8): first}, on=ago(7))
    tiny.rankings({ago(9): {**first, "a/x": 101}, ago(8): {**MANY, "a/x": 90, "c/z": 5}}, on=ago(6))
    tiny.rankings({ago(8): {**MANY, "a/x": 90, "c/z": 6}})
    board = tiny.board("restatement-ages")
    columns = ("days_after", "days", "numbers", "listed", "typical", "largest")
    assert table(board, *columns) == [
        (2, 1, 2, 1, 0.1, 0.1),
        (3, 1, 1, 0, 0.01, 0.01),
        (8, 1, 1, 0, 0.2, 0.2),
    ]
    assert table(board, "model_permaslug", "day") == [
        ("a/x", str(ago(8))),
        ("a/x", str(ago(9))),
        ("c/z", str(ago(8))),
    ]
    assert board.finding == (
        "4 numbers of 2 days were restated: half of the 3 in both lists by 10.00% or less, "
        "none by more than 20.00%."
    )


def test_numbers_of_a_completed_list_are_not_restated(tiny: TinyArchive) -> None:
    tiny.rankings({ago(8): {"a/00": 10}}, on=ago(7))
    tiny.rankings({ago(8): MANY})
    board = tiny.board("restatement-ages")
    assert (board.rows, board.finding) == ((), "")


def test_a_number_that_only_enters_a_list_has_no_change(tiny: TinyArchive) -> None:
    tiny.rankings({ago(8): MANY}, on=ago(7))
    tiny.rankings({ago(8): {**MANY, "b/y": 1}})
    board = tiny.board("restatement-ages")
    assert table(board, "numbers", "listed", "typical", "largest", "model_permaslug") == [
        (1, 1, None, None, None)
    ]
    assert board.finding == "1 number of 1 day was restated."


def test_how_much_is_told_only_of_numbers_in_both_lists(tiny: TinyArchive) -> None:
    day = {**MANY, "a/x": 1_000_000}
    tiny.rankings({ago(8): day}, on=ago(7))
    entered = {**day, "b/y": 1, "b/z": 2}
    board = "restatement-ages"
    tiny.rankings({ago(8): {**entered, "a/x": 1_000_001}}, on=ago(6))
    assert tiny.board(board).finding == (
        "3 numbers of 1 day were restated: the one in both lists by less than 0.01%."
    )
    tiny.rankings({ago(8): {**entered, "a/x": 1_000_002}}, on=ago(5))
    assert tiny.board(board).finding == (
        "4 numbers of 1 day were restated, none of the 2 in both lists by 0.01% or more."
    )


def test_a_change_too_small_to_show_is_called_less_than_a_hundredth_of_a_percent(
    tiny: TinyArchive,
) -> None:
    first = {"a/x": 1_000_000, "b/y": 1_000}
    tiny.rankings({ago(9): first, ago(8): first}, on=ago(7))
    tiny.rankings({ago(8): {**first, "a/x": 1_000_010}})
    assert tiny.board("restatements").finding == (
        "1 of 2 days was restated, by less than 0.01% of all tokens, at most 8 days later."
    )
    ages = "restatement-ages"
    assert tiny.board(ages).finding == "1 number of 1 day was restated, by less than 0.01%."
    tiny.rankings({ago(9): {"a/x": 1_000_010, "b/y": 1_020}, ago(8): {**first, "a/x": 1_000_020}})
    assert tiny.board(ages).finding == (
        "4 numbers of 2 days were restated: half of them by less than 0.01%, none by more than 2.00%."
    )


@pytest.mark.parametrize(
    ("changes", "by"),
    [
        ((0.01001, 0.01002), "+1.00%"),
        ((-0.01, 0.0), "−1.00% to ±0%"),
        ((0.0, 0.0), "±0%"),  # only parts of the total moved
        ((0.0, 0.00004), "less than 0.01%"),
        ((-0.00004, 0.0), "less than 0.01%"),
        ((-0.00004, 0.00005), "±0% to +0.01%"),
        ((-0.00005, 0.00004), "−0.01% to ±0%"),
    ],
)
def test_the_least_and_the_most_change_are_stated_once_where_they_look_alike(
    changes: tuple[float, float], by: str
) -> None:
    rows: list[RestatementRow] = []
    for change in changes:
        values = {"day": ago(2), "days_after": 1, "change": change}
        rows.append(cast(RestatementRow, row(RestatementRow, values)))
    assert restatements.finding(rows, 7) == (
        f"1 of 7 days was restated, each time by {by} of all tokens, at most 1 day later."
    )


PAGE_LIST = PageList(tuple(one for one in read_pages().entries if one.path == "data/restatements/"))
"""The page of restatements alone."""


def page_of(tiny: TinyArchive) -> Node:
    page = next(render_pages(Context(tiny.history(), tiny.site(), page_list=PAGE_LIST)))
    assert page.path == "data/restatements/index.html"
    assert isinstance(page.body, bytes)
    return read(page.body.decode())


def test_the_page_shows_the_newest_restatements_and_leads_to_all(tiny: TinyArchive) -> None:
    tiny.rankings({ago(8): {"a/x": 100}}, on=ago(7))
    tiny.rankings({ago(8): {"a/x": 102}})
    page = page_of(tiny)
    headings = [heading.text for name in ("h1", "h2") for heading in page.all(name)]
    assert headings == [
        "How much are days restated?",
        "How many days later are numbers restated?",
        "Newest restatements",
    ]
    ages, days = (body.all("tr")[0] for body in page.all("tbody"))
    assert [cell.text for cell in days.all("td")][:6] == [
        "13 Nov 2026", "21 Nov 2026", "8", "100", "102", "+2.0%",
    ]  # fmt: skip
    assert [cell.text for cell in ages.all("td")][:6] == ["8", "1", "1", "0", "2.0%", "2.0%"]
    linked = {link.get("href") for link in page.all("a")}
    assert "../../data/v1/rankings-daily/revisions.csv" in linked


def test_the_page_says_how_much_was_compared_where_nothing_was_restated(tiny: TinyArchive) -> None:
    tiny.rankings({ago(8): {"a/x": 100}}, on=ago(7))
    tiny.rankings({ago(8): {"a/x": 100}})
    text = " ".join(page_of(tiny).text.split())
    assert "No restatement in 1 day." in text
    assert "2 snapshots have been compared: no number differs between them." in text


def test_a_restated_day_is_drawn_with_its_change_since_the_first_whole_statement(
    tiny: TinyArchive,
) -> None:
    first = {"a/x": 80, "a/z": 5, "b/y": 5, "c/u": 5, "c/v": 5}
    tiny.rankings({ago(4): first, ago(3): {"a/x": 30}}, on=ago(2))
    tiny.rankings({ago(4): {**first, "b/y": 7}, ago(3): first}, on=ago(1))
    tiny.rankings({ago(4): {**first, "b/y": 10}, ago(3): {**first, "b/y": 6}})
    board = tiny.board("restatements")
    drawing = tok_restated.CHART.draw(board, WIDE)
    shown = [(row["date"], row["change"], row["provisional"]) for row in drawing.data["rows"]]
    assert shown == [(str(ago(4)), 0.05, False), (str(ago(3)), 0.01, True)]
    assert [row["label"] for row in drawing.data["rows"]] == ["+5.00%", ""]
    assert list(drawing.data["rows"][0]["tip"].values())[1:] == [
        "100 tokens",
        "102, +2.00%",
        "105, +2.94%",
    ]


def test_no_chart_is_drawn_while_no_day_was_restated(tiny: TinyArchive) -> None:
    tiny.rankings({ago(8): {"a/00": 10}}, on=ago(7))
    tiny.rankings({ago(8): MANY})
    assert not tok_restated.CHART.applies_to(tiny.board("restatements"))
