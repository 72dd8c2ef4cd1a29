"""By how much days were restated, from statements small enough to compare by hand."""

from generator.charts.catalogue import tok_restated
from generator.charts.chart import WIDE
from tests.tiny_archive import TODAY, TinyArchive, ago, table

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
        "1 of 3 days was restated, by −0.98% to +2.00% of all tokens, at most 8 days later."
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
