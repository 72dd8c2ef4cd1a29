"""Days of the rankings that are missing, cut short or restated, wherever their numbers are shown."""

from datetime import date, timedelta

import pytest

from generator.archive.coverage import Coverage, cut_days, is_cut
from generator.archive.daily_tokens import DailyTokens
from generator.base.dates import Window
from generator.boards.board import AnyBoard
from generator.charts.catalogue import CHARTS
from generator.charts.chart import WIDE, Chart, Drawing
from tests.tiny_archive import LAST, TODAY, Day, TinyArchive, ago, daily, table, weeks

GAP = "6 of 7 days; 17 Nov 2026 is missing"
A, B = {"a/x": 3, "b/x": 2, "other": 5}, {"a/x": 6, "b/x": 2, "other": 2}


def usage(tiny: TinyArchive, today: date = TODAY) -> DailyTokens:
    found = tiny.history(today).daily_tokens
    assert found is not None
    return found


def without(days: dict[date, Day], *gone: date) -> dict[date, Day]:
    return {day: tokens for day, tokens in days.items() if day not in gone}


def with_hole(tiny: TinyArchive) -> None:
    """Three weeks, the newest without the 17th."""
    tiny.rankings(without(weeks(B, A, B), ago(4)))


def fifty(tokens: int, models: int = 50, other: int = 1) -> Day:
    """A whole list of a day."""
    named = {f"m/{number}": tokens for number in range(models)}
    return {**named, "other": other} if other else named


def chart(id_: str) -> Chart:
    return next(chart for chart in CHARTS if chart.id == id_)


def drawing(id_: str, board: AnyBoard) -> Drawing:
    return chart(id_).draw(board, WIDE)


# Which days there are


def test_a_window_names_the_days_that_it_lacks(tiny: TinyArchive) -> None:
    tiny.rankings(without(daily(*[A] * 30), ago(4), ago(9), ago(12), ago(13)))
    held = usage(tiny)
    assert held.coverage(Window.ending(ago(5), 4)).gaps == ""
    assert held.coverage(held.window(7)).gaps == GAP
    assert held.coverage(held.window(9)).gaps == (
        "7 of 9 days; 12 Nov 2026 and 17 Nov 2026 are missing"
    )
    assert held.coverage(held.window(14)).gaps == (
        "10 of 14 days; 4 are missing, the last of them 17 Nov 2026"
    )
    assert held.coverage(Window(ago(12), ago(3))).causes == (
        "9 Nov 2026, 12 Nov 2026 and 17 Nov 2026 are missing"
    )


def test_a_window_of_one_day_may_lack_it() -> None:
    day = Window(LAST, LAST)
    assert Coverage(day, cut=(LAST,)).gaps == "0 of 1 day; 20 Nov 2026 is cut short"
    assert Coverage(Window(ago(2), LAST), provisional=(ago(2),)).provisional_days == (
        "1 day provisional"
    )


def test_where_every_day_is_missing_or_provisional_none_is_the_last_settled_one() -> None:
    window = Window(ago(2), LAST)
    assert Coverage(window, provisional=(LAST,)).settled == ago(2)
    assert Coverage(window, missing=(ago(2),), provisional=(LAST,)).settled is None


@pytest.mark.parametrize(
    ("numbers", "cut"),
    [
        ([40], []),
        ([100, 20], [1]),
        ([20, 14], [1]),
        ([20, 15], []),
        ([19, 14], []),  # lists of fewer than 20 vary on their own
        ([14, 19, 20, 20, 20], [0]),
        # Of the fourteen days around the last of 20 models half have 100: 60 are usual there.
        ([*[20] * 10, *[100] * 10], [9]),
        ([*[100] * 10, *[20] * 10], [10]),
    ],
)
def test_a_list_of_less_than_three_quarters_of_those_around_it_is_cut_short(
    numbers: list[int], cut: list[int]
) -> None:
    days = daily(*[fifty(1, models, other=0) for models in numbers])
    assert cut_days(days) == tuple(list(days)[place] for place in cut)


@pytest.mark.parametrize(("with_rest", "cut"), [("++-", [2]), ("+-", [1]), ("+--", []), ("++", [])])
def test_a_list_without_the_rest_that_most_around_it_have_is_cut_short(
    with_rest: str, cut: list[int]
) -> None:
    days = daily(*[fifty(1, other=int(sign == "+")) for sign in with_rest])
    assert cut_days(days) == tuple(list(days)[place] for place in cut)


def test_exactly_three_quarters_of_the_rows_and_tokens_are_no_cut() -> None:
    held = {"a/x": 25, "b/x": 25, "c/x": 25, "d/x": 25}
    assert not is_cut({"a/x": 25, "b/x": 25, "c/x": 25}, held)
    assert is_cut({"a/x": 25, "b/x": 25, "c/x": 24}, held)
    assert is_cut({"a/x": 50, "b/x": 50}, held)


def test_a_day_is_provisional_until_a_later_snapshot_states_it(tiny: TinyArchive) -> None:
    tiny.rankings(daily(*[A] * 7, last=ago(11)), on=ago(10))
    tiny.rankings(daily(*[A] * 3))
    covered = usage(tiny).coverage(Window(ago(17), LAST))
    # The pause left the days before it as they were first stated.
    assert covered.provisional == (ago(13), ago(12), ago(11), ago(3), ago(2), ago(1))
    assert covered.provisional_days == "6 days provisional"
    assert usage(tiny).coverage(Window(ago(3), LAST)).provisional_days == (
        "last 3 days provisional"
    )
    assert usage(tiny).coverage(Window(LAST, LAST)).provisional_days == "last day provisional"


# A day that comes back cut short


@pytest.mark.parametrize(
    ("came", "used"),
    [
        ({"a/x": 50, "b/x": 35}, "came"),  # 85 of 100 tokens
        ({"a/x": 50, "b/x": 34}, "held"),  # 84 of 100 tokens
        ({"a/x": 100}, "held"),  # half of the rows
    ],
)
def test_a_day_that_lost_a_quarter_of_its_rows_or_a_sixth_of_its_tokens_stays_as_it_was(
    tiny: TinyArchive, came: Day, used: str
) -> None:
    held = {"a/x": 60, "b/x": 40}
    tiny.rankings({ago(2): held}, on=ago(1))
    tiny.rankings({ago(2): came, ago(1): held})
    assert usage(tiny).days == {ago(2): came if used == "came" else held, ago(1): held}
    # The reply itself is kept, and the rest of it is used.
    assert len(tiny.history().snapshots("rankings-daily")) == 2


def test_the_status_names_the_day_that_came_back_cut_short(tiny: TinyArchive) -> None:
    tiny.rankings({ago(2): {"a/x": 60, "b/x": 40}}, on=ago(1))
    tiny.rankings({ago(2): {"a/x": 60}, ago(1): {"a/x": 60}})
    (held_back,) = tiny.site().dataset("rankings-daily").held_back
    assert str(held_back) == (
        "rankings-daily: 19 Nov 2026 in 2026-11-21.json.gz is held back: 1 row came, 2 were held; "
        "the total moved by −40.0%: 60 tokens came, 100 were held; the statement of 20 Nov 2026 is shown"
    )


def test_a_day_that_comes_back_in_full_is_doubted_no_more(tiny: TinyArchive) -> None:
    tiny.rankings({ago(3): {"a/x": 60, "b/x": 40}}, on=ago(2))
    tiny.rankings({ago(3): {"a/x": 60}}, on=ago(1))
    tiny.rankings({ago(3): {"a/x": 61, "b/x": 40}})
    assert usage(tiny).days == {ago(3): {"a/x": 61, "b/x": 40}}
    assert tiny.site().dataset("rankings-daily").held_back == ()


@pytest.mark.parametrize("cut", [fifty(9, models=20), fifty(9, other=0)])
def test_a_day_first_stated_cut_short_does_not_pass_for_a_whole_one(
    tiny: TinyArchive, cut: Day
) -> None:
    days = daily(*[fifty(9)] * 14)
    tiny.rankings({**days, ago(4): cut})
    board = tiny.board("models-7d")
    assert board.finding.endswith("(6 of 7 days; 17 Nov 2026 is cut short).")
    assert "1 of 7 days is cut short, so changes are not shown." in board.notes
    assert {row["change"] for row in board.rows} == {None}
    assert "17 Nov 2026 is cut short" in tiny.site().dataset("rankings-daily").notes[0]
    # What it names is counted all the same.
    assert usage(tiny).days[ago(4)] == cut


# Where the numbers are shown


def test_no_week_with_a_hole_is_called_a_week(tiny: TinyArchive) -> None:
    with_hole(tiny)
    week = tiny.board("models-7d")
    # Two whole weeks went before, but nobody knows who led on the 17th.
    assert week.finding == f"a/x leads with 60.0% of tokens ({GAP})."
    assert "1 of 7 days is missing, so changes are not shown." in week.notes
    assert "In the line of 30 days: 17 Nov 2026 is missing." in week.notes
    assert tiny.board("authors-7d").finding == (f"a and b account for 80.0% of tokens ({GAP}).")
    assert tiny.board("models-1d").finding.startswith("a/x leads with 60.0% of tokens that day")
    assert tiny.board("movers-7d").finding == ""
    assert tiny.site().headline == week.finding
    assert tiny.figures()["Tokens this week"].detail.startswith(f"14 to 20 Nov 2026 ({GAP})")


def test_a_hole_in_the_week_before_is_why_no_change_is_stated(tiny: TinyArchive) -> None:
    tiny.rankings(without(weeks(B, A, B), ago(11)))
    for id_ in ("models-7d", "authors-7d", "movers-7d"):
        assert (
            "Changes are not shown: in the period a week earlier, 10 Nov 2026 is missing."
            in tiny.board(id_).notes
        ), id_
    assert tiny.board("models-7d").finding == "a/x leads with 60.0% of tokens."


def test_a_lead_is_counted_back_to_the_hole_and_no_further(tiny: TinyArchive) -> None:
    tiny.rankings(without(weeks(*[B] * 5), ago(18)))
    assert tiny.board("models-7d").finding.endswith("; it has led two 7-day periods in a row.")


def test_the_weeks_of_models_and_authors_say_which_is_not_whole(tiny: TinyArchive) -> None:
    with_hole(tiny)
    for id_, chart_id in (
        ("models-weekly", "tok-top-stack"),
        ("authors-weekly", "tok-author-share"),
    ):
        board = tiny.board(id_)
        assert board.finding.endswith(f"({GAP})."), id_
        assert "17 Nov 2026 is missing, last 3 days provisional" in chart(chart_id).subtitle(board)
        marks = drawing(chart_id, board).data["provisional"]
        assert [(mark["week"], mark["text"]) for mark in marks] == [("2026-11-20", "6 of 7 days")]
        rows = drawing(chart_id, board).data["rows"]
        assert {row["tip"].get("Days") for row in rows if row["week"] == "2026-11-20"} == {GAP}
        assert {row["tip"].get("Days") for row in rows if row["week"] != "2026-11-20"} == {None}


def test_the_weeks_of_one_author_say_which_is_not_whole(tiny: TinyArchive) -> None:
    tiny.rankings(without(weeks(A, A, B), ago(4)))
    board = tiny.author("a").usage_board
    assert board is not None
    assert board.finding == (
        "Of the last 3 weeks, a's share of the tokens OpenRouter publishes was largest "
        f"in the week to 20 Nov 2026: 60.0% ({GAP})."
    )
    assert table(board, "week", "missing_days", "provisional") == [
        ("2026-11-06", 0, False),
        ("2026-11-13", 0, False),
        ("2026-11-20", 1, True),
    ]
    assert "17 Nov 2026 is missing" in chart("tok-author").subtitle(board)
    states = [row["state"] for row in drawing("tok-author", board).data["rows"]]
    assert states == ["settled", "settled", "provisional", "provisional"], "the last week is open"


def test_a_whole_week_of_the_largest_share_is_told_without_days(tiny: TinyArchive) -> None:
    tiny.rankings(without(weeks(A, B, A), ago(4)))
    board = tiny.author("a").usage_board
    assert board is not None
    assert board.finding.endswith("was largest in the week to 13 Nov 2026: 60.0%.")


def test_the_ranks_of_weeks_say_which_is_not_whole(tiny: TinyArchive) -> None:
    with_hole(tiny)
    board = tiny.board("models-ranks")
    assert board.finding.endswith(f"({GAP}).")
    assert "17 Nov 2026 is missing, last 3 days provisional" in chart("tok-rank-bump").subtitle(
        board
    )


def test_the_part_outside_stops_at_the_hole_and_does_not_call_that_now(tiny: TinyArchive) -> None:
    with_hole(tiny)
    board = tiny.board("other-share")
    assert table(board, "date")[-1] == ("2026-11-16",)
    assert "in the newest whole week, to 16 Nov 2026 (17 Nov 2026 is missing)," in board.finding
    # None of its days is provisional: the lines that are left are not dashed.
    rows = drawing("tok-other-share", board).data["rows"]
    assert {row["state"] for row in rows} == {"settled"}


def test_provisional_points_of_the_part_outside_are_those_of_provisional_days(
    tiny: TinyArchive,
) -> None:
    tiny.rankings(without(daily(*[A] * 30), ago(9)))
    board = tiny.board("other-share")
    rows = drawing("tok-other-share", board).data["rows"]
    dashed = [row for row in rows if row["state"] == "provisional"]
    assert [row["date"] for row in dashed if "joint" not in row] == ["2026-11-19", "2026-11-20"]
    # Nothing joins the points on both sides of the hole.
    assert len({row["run"] for row in rows if row["date"] <= "2026-11-11"}) == 1
    assert not {row["run"] for row in rows if row["date"] <= "2026-11-11"} & {
        row["run"] for row in rows if row["date"] > "2026-11-11"
    }


def test_a_missing_day_of_a_model_is_not_one_outside_the_top_fifty(tiny: TinyArchive) -> None:
    days = weeks({"a/x": 5, "b/x": 3}, {"a/x": 5, "b/x": 3})
    tiny.rankings({**without(days, ago(4)), ago(6): {"b/x": 3}})
    board = tiny.model("a/x").usage_board
    assert board is not None
    assert board.finding == (
        "a/x had a listing in the top 50 on 12 of 13 days; its best rank among models was 1. "
        "17 Nov 2026 is missing."
    )
    shown = table(board, "date", "total_tokens", "bound")
    assert ("2026-11-15", None, 3) in shown
    assert ("2026-11-17", None, None) in shown
    assert "17 Nov 2026 is missing" in chart("tok-model").subtitle(board)
    gaps = drawing("tok-model", board).data["gaps"]
    assert [gap["date"] for gap in gaps] == ["2026-11-15"]


def test_a_model_is_dashed_from_the_first_provisional_day_on(tiny: TinyArchive) -> None:
    tiny.rankings(without(daily(*[A] * 14), ago(2)))
    board = tiny.model("a/x").usage_board
    assert board is not None
    rows = drawing("tok-model", board).data["rows"]
    dashed = [row["date"] for row in rows if row["state"] == "provisional" and "joint" not in row]
    # The 19th is missing.
    assert dashed == ["2026-11-18", "2026-11-20"]


def test_changes_say_which_weeks_are_not_compared(tiny: TinyArchive) -> None:
    with_hole(tiny)
    assert tiny.board("changes").notes[-1] == (
        "17 Nov 2026 is missing: weeks with such a day are not compared, "
        "and changes since then are reported for the next whole week."
    )


def test_rows_of_data_say_whether_their_days_are_provisional_and_whole(tiny: TinyArchive) -> None:
    with_hole(tiny)
    whole_week = table(tiny.board("models-7d"), "provisional", "missing_days")
    assert set(whole_week) == {(True, 1)}
    weekly = table(tiny.board("models-weekly"), "week", "provisional", "missing_days")
    assert sorted(set(weekly)) == [
        ("2026-11-06", False, 0),
        ("2026-11-13", False, 0),
        ("2026-11-20", True, 1),
    ]
    days = table(tiny.model("a/x").usage_board, "date", "provisional")
    assert [day for day, provisional in days if provisional] == [
        str(LAST - timedelta(days=back)) for back in (2, 1, 0)
    ]
