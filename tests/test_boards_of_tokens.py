"""Boards on tokens, from days small enough to add up by hand."""

from datetime import date

import pytest

from generator.boards import mover_words
from generator.boards.movers import MoverRow
from generator.charts.catalogue import tok_top_bar
from generator.charts.chart import WIDE
from generator.charts.kinds import stacked
from tests.tiny_archive import (
    LAST,
    TODAY,
    Day,
    TinyArchive,
    ago,
    daily,
    days_of,
    listing,
    table,
    weeks,
)
from tests.typed_boards import row

BEFORE = {"b/two": 6, "a/one": 4, "other": 10}
NOW = {"a/one": 9, "b/two": 5, "c/new": 1, "other": 5}
RANKED = ("rank", "moved", "model_permaslug", "total_tokens", "share", "change")


def test_a_week_is_summed_ranked_and_compared_with_the_week_before(tiny: TinyArchive) -> None:
    tiny.rankings(weeks(BEFORE, NOW))
    board = tiny.board("models-7d")
    assert table(board, *RANKED) == [
        (1, 1, "a/one", 63, 0.45, 1.25),  # 7 x 9 of 7 x 20; 63 / 28 - 1
        (2, -1, "b/two", 35, 0.25, -0.166667),  # 35 / 42 - 1
        (3, "new", "c/new", 7, 0.05, None),
        (None, None, "other", 35, 0.25, -0.5),  # 35 / 70 - 1
    ]
    assert days_of(board) == (date(2026, 11, 14), LAST)
    # 63 of 140 against 28 of 140: 45% against 20%.
    assert board.finding == (
        "a/one leads with 45.0% of tokens, up 25.0 percentage points from the previous week."
    )


def test_the_week_before_is_the_seven_days_before_and_no_other(tiny: TinyArchive) -> None:
    tiny.rankings(daily({"a/one": 1000}, *[{"a/one": 4}] * 7, *[{"a/one": 6}] * 7))
    assert table(tiny.board("models-7d"), "total_tokens", "change") == [(42, 0.5)]


def test_equal_tokens_are_ranked_by_slug(tiny: TinyArchive) -> None:
    tiny.rankings(weeks({"b/two": 5, "a/one": 5, "c/six": 6}))
    rows = table(tiny.board("models-7d"), "rank", "model_permaslug")
    assert rows == [(1, "c/six"), (2, "a/one"), (3, "b/two")]


def test_without_a_whole_week_before_no_change_is_stated(tiny: TinyArchive) -> None:
    tiny.rankings(daily(*[BEFORE] * 6, *[NOW] * 7))
    board = tiny.board("models-7d")
    assert table(board, "moved", "change") == [("unknown", None)] * 3 + [(None, None)]
    assert {row["firm"] for row in board.rows} == {None}, "no change is there to be firm"
    assert board.finding == "a/one leads with 45.0% of tokens."
    assert not [note for note in board.notes if note.startswith("Left")]


def test_without_a_whole_week_no_change_is_stated_and_the_gap_is(tiny: TinyArchive) -> None:
    days = weeks(BEFORE, NOW)
    del days[ago(3)], days[ago(5)]
    tiny.rankings(days)
    board = tiny.board("models-7d")
    assert table(board, "moved", "total_tokens", "change")[0] == ("unknown", 45, None)  # 5 x 9
    assert "2 of 7 days are missing, so changes are not shown." in board.notes


def test_a_whole_week_has_no_note_on_gaps(tiny: TinyArchive) -> None:
    tiny.rankings(weeks(BEFORE, NOW))
    assert not [note for note in tiny.board("models-7d").notes if "missing" in note]


def test_a_model_that_ranked_before_the_week_before_has_returned(tiny: TinyArchive) -> None:
    tiny.rankings(daily({"c/new": 1}, *[BEFORE] * 7, *[NOW] * 7))
    assert table(tiny.board("models-7d"), "moved")[2] == ("returned",)


def test_who_left_the_ranking_is_named_the_largest_first(tiny: TinyArchive) -> None:
    tiny.rankings(weeks({"a/one": 5, "z/big": 9, "b/two": 2, "c/tri": 1}, {"a/one": 5}))
    notes = tiny.board("models-7d").notes
    assert "Dropped out since the previous week: z/big, b/two, c/tri." in notes
    (of_a_day,) = [one for one in tiny.board("models-1d").notes if one.startswith("Dropped out")]
    assert of_a_day == "Dropped out since the same day a week earlier: z/big, b/two, c/tri."


def test_where_no_model_left_nobody_is_named(tiny: TinyArchive) -> None:
    tiny.rankings(weeks({"a/one": 5}, {"a/one": 5}))
    assert not [note for note in tiny.board("models-7d").notes if note.startswith("Dropped out")]


def test_models_outside_the_top_fifty_have_a_row_only_if_there_are_any(tiny: TinyArchive) -> None:
    tiny.rankings(weeks({"a/one": 1, "other": 0}))
    assert table(tiny.board("models-7d"), "model_permaslug") == [("a/one",)]


def test_a_leader_that_was_not_ranked_a_week_before_has_no_change_of_its_share(
    tiny: TinyArchive,
) -> None:
    tiny.rankings(weeks({"b/two": 1}, {"a/one": 2, "b/two": 1}))
    assert tiny.board("models-7d").finding == "a/one leads with 66.7% of tokens."


def test_a_falling_share_of_the_leader_goes_down(tiny: TinyArchive) -> None:
    tiny.rankings(weeks({"a/one": 9, "b/two": 1}, {"a/one": 6, "b/two": 4}))
    assert tiny.board("models-7d").finding == (
        "a/one leads with 60.0% of tokens, down 30.0 percentage points from the previous week; "
        "it has led two 7-day periods in a row."
    )


@pytest.mark.parametrize(
    ("count", "run"),
    [
        (1, ", up 33.3 percentage points from the previous week."),
        (2, "; it has led two 7-day periods in a row."),
        (3, "; it has led three 7-day periods in a row."),
        (10, "; it has led ten 7-day periods in a row."),
        (11, "; it has led 11 periods of 7 days in a row."),
    ],
)
def test_the_windows_in_front_are_counted_until_another_led(
    tiny: TinyArchive, count: int, run: str
) -> None:
    lead, other = {"a/one": 2, "b/two": 1}, {"a/one": 1, "b/two": 2}
    tiny.rankings(weeks(lead, other, *[lead] * count))
    assert tiny.board("models-7d").finding == f"a/one leads with 66.7% of tokens{run}"


def test_the_chart_of_the_ten_most_used_has_no_bar_for_all_others(tiny: TinyArchive) -> None:
    tiny.rankings(weeks({"a/one": 3, "b/two": 2, "other": 5}))
    assert tok_top_bar.CHART.subtitle(tiny.board("models-7d")).endswith(
        "Top 2 of 2 models (50.0% of tokens)."
    )


def test_a_share_that_hardly_moved_is_about_as_it_was(tiny: TinyArchive) -> None:
    tiny.rankings(weeks({"a/one": 5000, "b/two": 5001}, {"a/one": 5001, "b/two": 5000}))
    assert tiny.board("models-7d").finding == (
        "a/one leads with 50.0% of tokens, about as in the previous week."
    )


def test_windows_that_overlap_are_not_counted_twice(tiny: TinyArchive) -> None:
    # Ahead in each of the last eight windows that end on a day, of which two do not overlap.
    tiny.rankings(daily(*[{"a/one": 2, "b/two": 1}] * 14))
    assert tiny.board("models-7d").finding.endswith("it has led two 7-day periods in a row.")


def test_a_window_with_a_day_missing_ends_the_run(tiny: TinyArchive) -> None:
    days = weeks(*[{"a/one": 2, "b/two": 1}] * 4)
    del days[ago(18)]
    tiny.rankings(days)
    assert tiny.board("models-7d").finding.endswith("it has led two 7-day periods in a row.")


def test_a_window_in_which_two_were_level_ends_the_run(tiny: TinyArchive) -> None:
    lead = {"a/one": 2, "b/two": 1}
    tiny.rankings(weeks(lead, {"a/one": 2, "b/two": 2}, lead, lead))
    assert tiny.board("models-7d").finding.endswith("it has led two 7-day periods in a row.")


def test_two_in_front_are_level(tiny: TinyArchive) -> None:
    day = {"b/two": 2, "a/one": 2, "c/tri": 1}
    tiny.rankings(weeks(day, day))
    boards = tiny.boards()
    assert boards["models-7d"].finding == "a/one and b/two are level with 40.0% of tokens each."
    assert boards["models-1d"].finding == (
        "a/one and b/two are level with 40.0% of tokens that day each."
    )
    assert boards["models-weekly"].finding.endswith("a/one and b/two have 40.0% of them each.")


def test_a_lead_that_hangs_on_one_day_is_not_firm(tiny: TinyArchive) -> None:
    day = {"a/one": 2, "b/two": 4}
    tiny.rankings(daily(*[day] * 13, {"a/one": 18, "b/two": 4}))
    board = tiny.board("models-7d")
    assert board.finding == "a/one is ahead with 51.7% of tokens, but not firmly."
    assert table(board, "rank", "rank_low", "rank_high", "moved", "firm") == [
        (1, 1, 2, 1, False),
        (2, 1, 2, -1, False),
    ]


def test_of_a_lead_that_is_not_firm_no_run_is_told(tiny: TinyArchive) -> None:
    week = [*[{"a/one": 2, "b/two": 4}] * 6, {"a/one": 18, "b/two": 4}]
    tiny.rankings(daily(*week, *week))
    assert tiny.board("models-7d").finding == (
        "a/one is ahead with 51.7% of tokens, but not firmly."
    )


def test_a_rank_has_a_range_and_a_move_is_firm_or_not(tiny: TinyArchive) -> None:
    tiny.rankings(weeks(BEFORE, NOW))
    keys = ("model_permaslug", "rank_low", "rank_high", "firm", "days", "days_before")
    assert table(tiny.board("models-7d"), *keys) == [
        ("a/one", 1, 1, True, 7, 7),
        ("b/two", 2, 2, True, 7, 7),
        ("c/new", 3, 3, False, 7, 0),  # at most 7 x 4 before, which can have been the second
        ("other", None, None, None, None, None),
    ]


def test_a_change_between_unequal_days_is_what_is_certain_of_it(tiny: TinyArchive) -> None:
    before, now = {"a/x": 9, "other": 2}, {"a/x": 9, "b/x": 8, "c/x": 3, "other": 2}
    tiny.rankings(daily(*[before] * 6, {**before, "c/x": 3}, *[now] * 7))
    keys = ("model_permaslug", "change", "change_low", "change_high", "days", "days_before")
    assert table(tiny.board("models-7d"), *keys)[1:3] == [
        ("b/x", 3.0, 3.0, None, 7, 0),  # 56 against 14 at most
        ("c/x", 0.4, 0.4, 6.0, 7, 1),  # 21 against 3 to 15
    ]


def test_ranks_that_the_days_leave_open_are_counted(tiny: TinyArchive) -> None:
    day = {"a/x": 9, "b/x": 5, "other": 40}
    tiny.rankings(daily(*[day] * 6, {**day, "c/x": 6}))
    notes = tiny.board("models-7d").notes
    assert (
        "Days outside the top 50 leave 2 of 3 ranks open; "
        "≥ and ≤ mark numbers known only as a bound."
    ) in notes  # c/x has 6 to 36, b/x 35
    tiny.rankings(daily(*[day] * 7))
    assert not [note for note in tiny.board("models-7d").notes if "ranks open" in note]


def test_a_change_whose_sign_is_open_is_not_known(tiny: TinyArchive) -> None:
    before, now = {"a/x": 9, "other": 4}, {"a/x": 9, "c/x": 3, "other": 4}
    tiny.rankings(daily(*[before] * 6, {**before, "c/x": 3}, *[now] * 7))
    keys = ("change", "change_low", "change_high")
    assert table(tiny.board("models-7d"), *keys)[1] == (None, -0.222222, 6.0)  # 21: 3 to 27


def test_a_part_of_a_week_does_not_count_as_a_week_in_front(tiny: TinyArchive) -> None:
    tiny.rankings(daily(*[{"a/one": 1}] * 13))
    assert tiny.board("models-7d").finding == "a/one leads with 100.0% of tokens."


@pytest.mark.parametrize(
    ("id_", "label", "note"),
    [
        ("models-1d", "vs a week earlier", "Changes are vs 13 Nov 2026, a week earlier."),
        ("models-7d", "vs previous week", ""),
        (
            "models-30d",
            "vs a week earlier",
            "Changes are vs 15 Oct to 13 Nov 2026, a week earlier.",
        ),
    ],
)
def test_a_change_says_which_days_it_is_from(
    tiny: TinyArchive, id_: str, label: str, note: str
) -> None:
    tiny.rankings(daily(*[{"a/x": 1}] * 37))
    board = tiny.board(id_)
    assert [column.label for column in board.columns if column.key == "change"] == [label]
    told = [words for words in board.notes if words.startswith("Changes are vs")]
    assert told == list(filter(None, [note]))


def test_where_no_change_is_shown_no_days_are_named_that_it_would_be_from(
    tiny: TinyArchive,
) -> None:
    tiny.rankings(daily(*[{"a/x": 1}] * 36))
    for id_ in ("models-30d", "authors-30d"):
        assert not [note for note in tiny.board(id_).notes if note.startswith("Changes are vs")]


def test_who_gained_over_thirty_days_is_told_with_the_days_it_is_compared_with(
    tiny: TinyArchive,
) -> None:
    tiny.rankings(daily(*[{"a/x": 1, "b/x": 9}] * 30, *[{"a/x": 9, "b/x": 1}] * 7))
    board = tiny.board("authors-30d")
    assert board.finding == (
        "b and a account for 100.0% of tokens; "
        "a gained the most, +18.7 percentage points vs the 30 days a week earlier."
    )
    assert board.title != tiny.board("authors-7d").title
    assert tiny.board("authors-7d").finding.endswith(" gained the most, +80.0 percentage points.")


def test_a_day_is_compared_with_the_same_weekday_of_the_week_before(tiny: TinyArchive) -> None:
    rest = [{"c/tri": 50}] * 6
    tiny.rankings(daily({"a/one": 4, "b/two": 6}, *rest, {"a/one": 9, "b/two": 1}))
    board = tiny.board("models-1d")
    assert table(board, *RANKED) == [
        (1, 1, "a/one", 9, 0.9, 1.25),
        (2, -1, "b/two", 1, 0.1, -0.833333),  # 1 / 6 - 1
    ]
    assert board.finding == (
        "a/one leads with 90.0% of tokens that day, ahead of b/two with 10.0%."
    )
    assert board.provisional == 1


def test_thirty_days_are_compared_with_thirty_days_a_week_earlier(tiny: TinyArchive) -> None:
    tiny.rankings(daily(*[{"a/one": 2}] * 7, *[{"a/one": 4}] * 30))
    board = tiny.board("models-30d")
    # 30 x 4 = 120 now, 7 x 2 + 23 x 4 = 106 a week before.
    assert table(board, "total_tokens", "change") == [(120, round(120 / 106 - 1, 6))]
    assert board.finding == "a/one leads with 100.0% of tokens over 30 days."
    assert (days_of(board)[0], board.provisional) == (date(2026, 10, 22), 3)


def test_thirty_days_need_thirty_seven_for_a_change(tiny: TinyArchive) -> None:
    tiny.rankings(daily(*[{"a/one": 4}] * 36))
    assert table(tiny.board("models-30d"), "moved", "change") == [("unknown", None)]


@pytest.mark.parametrize(
    ("newest", "provisional"),
    [(ago(1), 3), (ago(2), 2), (ago(3), 1), (ago(4), 0)],
)
def test_days_younger_than_three_days_are_provisional(
    tiny: TinyArchive, newest: date, provisional: int
) -> None:
    tiny.rankings(daily(*[NOW] * 14, last=newest))
    boards = tiny.boards()
    ids = ("models-7d", "authors-7d", "movers-7d", "models-weekly", "authors-weekly", "other-share")
    assert {boards[id_].provisional for id_ in ids} == {provisional}


def test_a_day_that_is_not_held_is_not_provisional(tiny: TinyArchive) -> None:
    days = weeks(BEFORE, NOW)
    del days[ago(2)]
    tiny.rankings(days)
    assert tiny.board("models-7d").provisional == 2


def test_every_board_on_tokens_credits_the_rankings(tiny: TinyArchive) -> None:
    tiny.rankings(weeks(BEFORE, NOW))
    for id_, board in tiny.boards().items():
        assert [credit.as_of for credit in board.citations] == [f"{TODAY}T06:00:00Z"], id_
        assert board.datasets == ("rankings-daily",), id_


def test_the_newest_catalogue_names_the_models(tiny: TinyArchive) -> None:
    tiny.rankings(weeks({"a/one-2026": 2, "a/one-2026:free": 1}))
    tiny.models(
        listing("a/one", "a/one-2026", "A: One"),
        listing("a/one:free", "a/one-2026", "A: One (free)"),
    )
    assert table(tiny.board("models-7d"), "model_permaslug", "model_permaslug_name") == [
        ("a/one-2026", "A: One"),
        ("a/one-2026:free", "A: One (free)"),
    ]


# Authors


def test_an_author_has_the_tokens_of_all_its_models(tiny: TinyArchive) -> None:
    tiny.rankings(
        weeks(
            {"b/x": 18, "a/one": 2},
            {"a/one": 3, "a/one:free": 2, "a/two": 1, "b/x": 4, "other": 10},
        )
    )
    board = tiny.board("authors-7d")
    keys = ("rank", "moved", "author", "total_tokens", "share", "points", "models")
    assert table(board, *keys) == [
        (1, 1, "a", 42, 0.3, 0.2, 2),  # 6 of 20 after 2 of 20; a variant is no model of its own
        (2, -1, "b", 28, 0.2, -0.7, 1),
        (None, None, "other", 70, 0.5, 0.5, None),
    ]
    assert table(board, "rank_low", "rank_high") == [(1, 1), (2, 2), (None, None)]
    assert board.finding == (
        "a and b account for 50.0% of tokens; a gained the most, +20.0 percentage points."
    )


def test_an_authors_models_outside_the_top_fifty_widen_its_share(tiny: TinyArchive) -> None:
    before, now = {"a/x": 5, "b/x": 5, "other": 2}, {"a/x": 5, "a/y": 5, "b/x": 1, "other": 1}
    tiny.rankings(weeks(before, now))
    board = tiny.board("authors-7d")
    keys = ("author", "total_tokens", "total_tokens_high", "points", "points_low", "points_high")
    # a/y had at most 2 of 12 a day before: 10 of 12 now, less 5 or 7 of 12.
    assert table(board, *keys)[0] == ("a", 70, 70, 0.25, 0.25, 0.416667)
    assert board.finding == (
        "a and b account for 91.7% of tokens; a gained the most, at least +25.0 percentage points."
    )


def test_of_authors_that_gained_next_to_nothing_none_gained_the_most(tiny: TinyArchive) -> None:
    tiny.rankings(weeks({"a/x": 6000, "b/x": 4000}, {"a/x": 6001, "b/x": 3999}))
    assert tiny.board("authors-7d").finding == "a and b account for 100.0% of tokens."


def test_of_two_authors_that_gained_the_same_none_gained_the_most(tiny: TinyArchive) -> None:
    tiny.rankings(weeks({"a/x": 1, "b/x": 1, "c/x": 8}, {"a/x": 2, "b/x": 2, "c/x": 6}))
    assert tiny.board("authors-7d").finding == "c, a and b account for 100.0% of tokens."


def test_the_three_largest_authors_are_added_up(tiny: TinyArchive) -> None:
    day = {"a/x": 4, "b/x": 3, "c/x": 2, "d/x": 1}
    tiny.rankings(weeks(day, day))
    assert tiny.board("authors-7d").finding == ("a, b and c account for 90.0% of tokens.")


def test_one_author_alone_is_all(tiny: TinyArchive) -> None:
    tiny.rankings(weeks({"a/x": 4}))
    finding = tiny.board("authors-7d").finding
    assert finding == "a accounts for 100.0% of tokens."


def test_an_author_can_be_new_or_back(tiny: TinyArchive) -> None:
    now = {"a/x": 3, "b/x": 2, "c/x": 1}
    tiny.rankings(daily({"c/old": 1}, *[{"a/x": 1}] * 7, *[now] * 7))
    rows = table(tiny.board("authors-7d"), "author", "moved", "points")
    assert rows == [("a", 0, -0.5), ("b", "new", 0.333333), ("c", "returned", 0.166667)]


def test_without_a_whole_week_before_no_author_has_gained(tiny: TinyArchive) -> None:
    now = {"a/x": 2, "b/x": 1, "other": 1}
    tiny.rankings(daily(*[{"b/x": 1, "other": 1}] * 6, *[now] * 7))
    board = tiny.board("authors-7d")
    assert table(board, "author", "author_name", "points") == [
        ("a", "a", None),
        ("b", "b", None),
        ("other", "Models outside the top 50", None),
    ]
    assert board.finding == "a and b account for 75.0% of tokens."
    assert days_of(board) == (date(2026, 11, 14), LAST)


def test_authors_of_thirty_days_need_thirty_seven_for_a_change(tiny: TinyArchive) -> None:
    tiny.rankings(daily(*[{"a/x": 1}] * 36))
    assert table(tiny.board("authors-30d"), "moved", "points") == [("unknown", None)]
    tiny.rankings(daily(*[{"a/x": 1}] * 37))
    assert table(tiny.board("authors-30d"), "moved", "points", "total_tokens") == [(0, 0.0, 30)]


def test_the_catalogue_says_how_an_author_is_written(tiny: TinyArchive) -> None:
    tiny.rankings(weeks({"a/x": 3}))
    tiny.models(
        listing("a/x", name="Acme: X"),
        listing("a/y", name="Acme: Y"),
        listing("a/z", name="AAA: Z: 2"),
        listing("~a/first", name="AAA: Latest"),
        listing("~a/second", name="AAA: Newest"),
    )
    assert table(tiny.board("authors-7d"), "author_name") == [("Acme",)]


def test_of_two_ways_to_write_an_author_the_first_by_alphabet_is_taken(tiny: TinyArchive) -> None:
    tiny.rankings(weeks({"a/x": 3}))
    tiny.models(listing("a/x", name="Bcme: X"), listing("a/y", name="Acme: Y"))
    assert table(tiny.board("authors-7d"), "author_name") == [("Acme",)]


# Weeks


def test_the_weeks_show_the_newest_weeks_largest_and_one_rest(tiny: TinyArchive) -> None:
    ten = {f"a/{number}": 20 - number for number in range(10)}  # 20, 19, ... 11: together 155
    tiny.rankings(weeks({"a/0": 3, "z/gone": 4, "other": 1}, {**ten, "other": 5}))
    board = tiny.board("models-weekly")
    assert len(board.ranked) == 2 + 9
    assert table(board, "model_permaslug_name")[2] == ("All other models",)
    rows = table(board, "week", "model_permaslug", "total_tokens", "share")
    assert rows[:3] == [
        ("2026-11-13", "a/0", 21, 0.375),
        ("2026-11-13", "z/gone", 28, 0.5),  # led that week
        ("2026-11-13", "other", 7, 0.125),
    ]
    assert [row[1] for row in rows[3:]] == [*(f"a/{number}" for number in range(9)), "other"]
    assert rows[3] == ("2026-11-20", "a/0", 140, 0.125)  # 20 of 160
    assert rows[-1] == ("2026-11-20", "other", 112, 0.1)  # 7 x (11 + 5)
    assert board.finding == ("1,120 tokens in the week to 20 Nov 2026; a/0 has 12.5% of them.")
    assert days_of(board) == (date(2026, 11, 7), LAST)


def test_tokens_of_a_week_have_the_most_that_days_outside_the_top_50_can_have_held(
    tiny: TinyArchive,
) -> None:
    # On the last of seven days b/y is in no list: at most what the smallest there has, and no more than the rest.
    whole, cut = {"a/x": 60, "b/y": 30, "other": 10}, {"a/x": 80, "other": 20}
    tiny.rankings(daily(*[whole] * 6, cut))
    for id_, key, named in (
        ("models-weekly", "model_permaslug", ("a/x", "b/y")),
        ("authors-weekly", "author", ("a", "b")),
    ):
        keys = ("total_tokens", "total_tokens_high", "share", "share_high")
        assert table(tiny.board(id_), key, *keys) == [
            (named[0], 440, 440, 0.628571, 0.628571),
            (named[1], 180, 200, 0.257143, 0.285714),
            ("other", 80, 80, 0.114286, 0.114286),
        ]
        tips = [
            row["tip"]
            for row in stacked.drawing(tiny.board(id_), key, WIDE, shares=True).data["rows"]
        ]
        assert [(tip["Tokens"], tip["Share"]) for tip in tips] == [
            ("440", "62.9%"),
            ("180 to 200", "25.7% to 28.6%"),
            ("80", "11.4%"),
        ]


def test_no_leader_of_a_week_is_among_all_others(tiny: TinyArchive) -> None:
    every = [
        {f"m/{number}": 100 if number == led else 50 - number for number in range(20)}
        for led in range(12)
    ]
    leaders = {f"m/{number}" for number in range(12)}
    gone = [
        {"other": 1, **{slug: count for slug, count in day.items() if count == 100}}
        for day in every
    ]
    for days in (every, gone):
        tiny.rankings(weeks(*days))
        for id_ in ("models-weekly", "models-ranks"):
            board = tiny.board(id_)
            assert leaders <= {row[0] for row in table(board, "model_permaslug")}
            assert len({row[0] for row in table(board, "model_permaslug")}) <= 24


def test_leaders_of_earlier_weeks_are_followed_beyond_the_most_that_others_fill(
    tiny: TinyArchive,
) -> None:
    earlier = [{f"old/{week:02}": 9, f"second/{week:02}": 8} for week in range(11)]
    newest = {f"new/{number}": 50 - number for number in range(9)}
    tiny.rankings(weeks(*earlier, newest))
    rows = table(tiny.board("models-weekly"), "model_permaslug")
    leaders = {f"old/{week:02}" for week in range(11)}
    assert {row[0] for row in rows} == {*leaders, *newest, "other"}


def test_the_room_left_goes_to_the_best_places_of_earlier_weeks_then_to_the_most_tokens(
    tiny: TinyArchive,
) -> None:
    most = {f"z/{place}": 60 - place for place in range(1, 6)}
    fewer = {f"a/{place}": 9 - place for place in range(1, 6)}
    newest = {f"new/{number}": 50 - number for number in range(9)}
    tiny.rankings(weeks(most, fewer, newest))
    shown = {row[0] for row in table(tiny.board("models-weekly"), "model_permaslug")}
    # Sixteen: nine of the newest week, three places of both weeks, and the fourth of one.
    assert {*most, *fewer} - shown == {"a/4", "a/5", "z/5"}
    assert shown >= {*newest}


def test_of_models_with_equal_tokens_the_one_that_was_higher_once_comes_first(
    tiny: TinyArchive,
) -> None:
    newest = {f"new/{number}": 9 - number for number in range(5)}
    tiny.rankings(weeks({"b/once": 5}, {**newest, "a/never": 1, "b/once": 1}))
    rows = table(tiny.board("models-weekly"), "model_permaslug")
    assert [row[0] for row in rows[-3:]] == ["b/once", "a/never", "other"]


def test_models_without_tokens_in_the_newest_week_follow_by_their_best_rank(
    tiny: TinyArchive,
) -> None:
    tiny.rankings(weeks({"z/first": 5, "b/third": 3, "c/second": 4}, {"a/new": 1}))
    rows = table(tiny.board("models-weekly"), "model_permaslug")
    assert [row[0] for row in rows[:4]] == ["z/first", "c/second", "b/third", "other"]


def test_the_weeks_of_authors_are_summed_by_author(tiny: TinyArchive) -> None:
    tiny.rankings(weeks({"a/x": 1, "a/y": 2, "b/x": 4, "other": 3}))
    board = tiny.board("authors-weekly")
    assert table(board, "week", "author", "author_name", "total_tokens", "share") == [
        ("2026-11-20", "b", "b", 28, 0.4),
        ("2026-11-20", "a", "a", 21, 0.3),
        ("2026-11-20", "other", "All other authors", 21, 0.3),
    ]
    assert board.finding == "70 tokens in the week to 20 Nov 2026; b has 40.0% of them."


def test_the_largest_share_of_a_week_is_told_as_the_least_where_models_were_outside_the_top_fifty(
    tiny: TinyArchive,
) -> None:
    day = {"a/x": 6, "b/x": 3, "other": 1}
    tiny.rankings(daily(*[day] * 6, {**day, "a/y": 1}))
    assert tiny.board("authors-weekly").finding == (
        "71 tokens in the week to 20 Nov 2026; a has at least 60.5% of them."
    )
    assert tiny.board("models-weekly").finding.endswith("; a/x has 59.2% of them.")


def test_at_most_twelve_whole_weeks_are_shown(tiny: TinyArchive) -> None:
    tiny.rankings(weeks(*[{"a/x": 1}] * 13))
    ends = [row[0] for row in table(tiny.board("models-weekly"), "week")][::2]
    assert (len(ends), ends[0], ends[-1]) == (12, "2026-09-04", "2026-11-20")


def test_a_week_that_began_before_the_first_day_is_left_out(tiny: TinyArchive) -> None:
    tiny.rankings(daily(*[{"a/x": 1}] * 13))
    assert {row[0] for row in table(tiny.board("models-weekly"), "week")} == {"2026-11-20"}
    assert {row[0] for row in table(tiny.board("models-ranks"), "week")} == {"2026-11-20"}


def test_less_than_a_week_is_shown_as_the_week_so_far(tiny: TinyArchive) -> None:
    tiny.rankings(daily({"a/x": 2}, {"a/x": 1, "other": 1}))
    assert days_of(tiny.board("models-weekly")) == (date(2026, 11, 14), LAST)
    rows = table(tiny.board("models-weekly"), "week", "model_permaslug", "total_tokens")
    assert rows == [("2026-11-20", "a/x", 3), ("2026-11-20", "other", 1)]
    assert table(tiny.board("models-ranks"), "week", "rank") == [("2026-11-20", 1)]
    assert tiny.board("models-ranks").finding == ""


# Ranks


def test_ranks_are_followed_back_for_the_newest_weeks_largest(tiny: TinyArchive) -> None:
    tiny.rankings(
        weeks(
            {"c/x": 3, "b/x": 2, "a/x": 1, "z/gone": 9},
            {"c/x": 3, "a/x": 2},
            {"a/x": 4, "b/x": 3, "c/x": 2, "d/new": 1},
        )
    )
    board = tiny.board("models-ranks")
    assert table(board, "week", "model_permaslug", "rank") == [
        ("2026-11-06", "a/x", 4),
        ("2026-11-06", "b/x", 3),
        ("2026-11-06", "c/x", 2),
        ("2026-11-06", "z/gone", 1),  # led that week
        ("2026-11-13", "a/x", 2),
        ("2026-11-13", "c/x", 1),
        ("2026-11-20", "a/x", 1),
        ("2026-11-20", "b/x", 2),
        ("2026-11-20", "c/x", 3),
        ("2026-11-20", "d/new", 4),
    ]
    assert board.finding == (
        "2 weeks earlier, 1 of the current top 4 was in no daily top 50; "
        "of the rest, a/x climbed the most, 3 places."
    )
    assert days_of(board) == (date(2026, 10, 31), LAST)


def test_ranks_follow_fifteen_models(tiny: TinyArchive) -> None:
    tiny.rankings(weeks({f"a/{number:02}": 50 - number for number in range(16)}))
    rows = table(tiny.board("models-ranks"), "model_permaslug", "rank")
    assert (len(rows), rows[-1]) == (15, ("a/14", 15))


def test_whoever_was_among_the_first_five_of_a_week_is_followed(tiny: TinyArchive) -> None:
    tiny.rankings(weeks({f"old/{tokens}": tokens for tokens in range(1, 7)}, {"a/x": 1}))
    board = tiny.board("models-ranks")
    assert table(board, "model_permaslug", "rank") == [
        *((f"old/{tokens}", 7 - tokens) for tokens in (6, 5, 4, 3, 2)),
        ("a/x", 1),
    ]
    assert board.finding == "The previous week, 1 of the current top 1 was in no daily top 50."


def test_at_most_twenty_four_models_are_followed_the_best_of_earlier_weeks_first(
    tiny: TinyArchive,
) -> None:
    first, second = ({f"{author}/{at}": 9 - at for at in range(1, 6)} for author in "pq")
    newest = {f"new/{at:02}": 50 - at for at in range(15)}
    tiny.rankings(weeks(first, second, newest))
    followed = {row[0] for row in table(tiny.board("models-ranks"), "model_permaslug")}
    assert {*first, *second, *newest} - followed == {"q/5"}


def test_a_fall_is_no_climb(tiny: TinyArchive) -> None:
    tiny.rankings(weeks({"a/x": 2}, {"a/x": 2, "new/x": 3}))
    assert tiny.board("models-ranks").finding == (
        "The previous week, 1 of the current top 2 was in no daily top 50."
    )


def test_a_rank_of_a_week_has_the_range_that_its_days_leave(tiny: TinyArchive) -> None:
    tiny.rankings(
        daily({"a/x": 9, "b/x": 5, "c/x": 6, "other": 9}, {"a/x": 9, "b/x": 5, "other": 9})
    )
    rows = table(tiny.board("models-ranks"), "model_permaslug", "rank", "rank_low", "rank_high")
    assert rows == [("a/x", 1, 1, 1), ("b/x", 2, 2, 3), ("c/x", 3, 2, 3)]


def test_climbers_that_are_level_are_named_together(tiny: TinyArchive) -> None:
    before = {"p/x": 4, "q/x": 3, "a/x": 2, "b/x": 1}
    tiny.rankings(weeks(before, {"a/x": 4, "b/x": 3, "p/x": 2, "q/x": 1}))
    assert tiny.board("models-ranks").finding == (
        "The previous week, each of the current top 4 was in a daily top 50; "
        "of them, a/x and b/x climbed the most, 2 places each."
    )


def test_a_climb_that_hangs_on_one_day_is_not_named(tiny: TinyArchive) -> None:
    day = {"a/x": 3, "b/x": 2}
    tiny.rankings(daily(*[day] * 13, {"a/x": 3, "b/x": 18}))
    board = tiny.board("models-ranks")
    assert table(board, "model_permaslug", "rank")[2:] == [("b/x", 1), ("a/x", 2)]
    assert board.finding == "The previous week, each of the current top 2 was in a daily top 50."


def test_a_climb_that_another_may_have_equalled_is_not_named(tiny: TinyArchive) -> None:
    before = {"p/x": 9, "q/x": 8, "r/x": 7, "b/x": 6, "a/x": 5}
    others = {"q/x": 2, "r/x": 1}
    day = {"b/x": 12, "a/x": 11, "p/x": 10, **others}
    # a/x climbs from 5 to 2, b/x from 4 to 3; without the last day b/x is first.
    last = {"p/x": 50, "a/x": 20, "b/x": 3, **others}
    tiny.rankings(daily(*[before] * 7, *[day] * 6, last))
    board = tiny.board("models-ranks")
    ranks = dict(table(board, "model_permaslug", "rank")[5:])
    assert (ranks["a/x"], ranks["b/x"]) == (2, 3)
    assert board.finding == "The previous week, each of the current top 5 was in a daily top 50."


@pytest.mark.parametrize(
    ("before", "now", "climbed"),
    [
        (
            {"gone/x": 9, "a/x": 5, "b/x": 4},
            {"a/x": 5, "b/x": 4},
            "of them, a/x and b/x climbed the most, 1 place each",
        ),
        # Without n/new, d/x would have climbed by one place, too.
        (
            {"a/x": 9, "b/x": 8, "c/x": 7, "d/x": 6},
            {"b/x": 9, "a/x": 8, "n/new": 7, "d/x": 6, "c/x": 5},
            "of the rest, b/x climbed the most, 1 place",
        ),
    ],
)
def test_models_of_one_week_alone_count_among_the_places_that_others_gained(
    tiny: TinyArchive, before: Day, now: Day, climbed: str
) -> None:
    tiny.rankings(weeks(before, now))
    assert tiny.board("models-ranks").finding.endswith(f"; {climbed}.")


def test_a_climb_of_one_place_is_named(tiny: TinyArchive) -> None:
    day = {"a/x": 2, "b/x": 1}
    tiny.rankings(weeks(day, day, {"a/x": 1, "b/x": 2}))
    assert "b/x climbed the most, 1 place." in tiny.board("models-ranks").finding


def test_without_a_climber_none_is_named(tiny: TinyArchive) -> None:
    day = {"a/x": 2, "b/x": 1}
    tiny.rankings(weeks(day, day, day))
    assert tiny.board("models-ranks").finding == (
        "2 weeks earlier, each of the current top 2 was in a daily top 50."
    )


# Movers


def test_movers_start_with_the_largest_gain_and_end_with_the_largest_loss(
    tiny: TinyArchive,
) -> None:
    tiny.rankings(
        weeks(
            {"up/a": 1, "up/b": 1, "same/x": 5, "down/a": 6, "down/b": 9, "gone/x": 4},
            {"up/a": 3, "up/b": 4, "same/x": 5, "down/a": 4, "down/b": 6},
        )
    )
    board = tiny.board("movers-7d")
    keys = ("model_permaslug", "total_tokens", "before", "difference", "change")
    assert table(board, *keys) == [
        ("up/b", 28, 7, 21, 3.0),
        ("up/a", 21, 7, 14, 2.0),
        ("down/a", 28, 42, -14, -0.333333),
        ("down/b", 42, 63, -21, -0.333333),
        ("gone/x", None, 28, -28, -1.0),
    ]
    assert board.finding == "up/b gained the most, 21 tokens; gone/x lost the most, 28 tokens."
    assert days_of(board) == (date(2026, 11, 14), LAST)


def test_a_newcomer_moves_by_what_it_cannot_have_had_before(tiny: TinyArchive) -> None:
    before, now = {"a/x": 9, "other": 2}, {"a/x": 12, "n/new": 9, "other": 2}
    tiny.rankings(weeks(before, now))
    board = tiny.board("movers-7d")
    keys = ("model_permaslug", "total_tokens", "before", "before_high", "difference", "firm")
    assert table(board, *keys) == [
        ("n/new", 63, None, 14, 49, True),
        ("a/x", 84, 63, 63, 21, True),
    ]
    assert board.finding == (
        "n/new, which entered the top 50, gained the most, at least 49 tokens."
    )


def test_a_newcomer_behind_the_largest_gain_is_told_beside_it(tiny: TinyArchive) -> None:
    tiny.rankings(weeks({"a/x": 9, "other": 2}, {"a/x": 30, "n/new": 9, "other": 2}))
    assert tiny.board("movers-7d").finding == (
        "a/x gained the most, 147 tokens; n/new entered the top 50 with 63 tokens."
    )


def test_the_tokens_of_a_newcomer_outside_the_top_fifty_on_a_day_are_told_as_the_least(
    tiny: TinyArchive,
) -> None:
    before, alone = {"a/x": 9, "other": 2}, {"a/x": 30, "other": 2}
    tiny.rankings(daily(*[before] * 7, alone, *[{**alone, "n/new": 9}] * 6))
    assert tiny.board("movers-7d").finding == (
        "a/x gained the most, 147 tokens; n/new entered the top 50 with at least 54 tokens."
    )


def test_a_day_in_the_top_fifty_is_no_growth(tiny: TinyArchive) -> None:
    before, now = {"a/x": 9, "other": 9}, {"a/x": 9, "b/x": 4, "other": 9}
    tiny.rankings(daily(*[before] * 6, {**before, "b/x": 4}, *[now] * 7))
    assert table(tiny.board("movers-7d"), "model_permaslug") == []


def test_a_gain_of_one_weekday_is_shown_and_not_told(tiny: TinyArchive) -> None:
    before, now = {"a/x": 9, "b/x": 9}, {"a/x": 9, "b/x": 10}
    tiny.rankings(daily(*[before] * 7, *[now] * 6, {"a/x": 99, "b/x": 10}))
    board = tiny.board("movers-7d")
    assert table(board, "model_permaslug", "difference", "firm") == [
        ("a/x", 90, False),
        ("b/x", 7, True),
    ]
    assert board.finding == "b/x gained 7 tokens."


def test_a_gain_that_another_equals_on_one_day_is_not_the_most(tiny: TinyArchive) -> None:
    before, now = {"a/x": 9, "b/x": 9}, {"a/x": 10, "b/x": 9}
    tiny.rankings(daily(*[before] * 7, *[now] * 6, {"a/x": 10, "b/x": 16}))
    assert tiny.board("movers-7d").finding == "a/x gained 7 tokens."


def test_of_equal_gains_of_which_one_may_be_larger_the_first_is_named_alone(
    tiny: TinyArchive,
) -> None:
    before, day = {"a/x": 1, "b/x": 2, "c/x": 1, "other": 1}, {"b/x": 3, "c/x": 1, "other": 1}
    # b/x gains 7. a/x has 14 on its six days and at most 1 on the last: 7 more, or 8.
    tiny.rankings(daily(*[before] * 7, *[{**day, "a/x": 2}] * 5, {**day, "a/x": 4}, day))
    board = tiny.board("movers-7d")
    assert table(board, "model_permaslug", "difference", "difference_high")[:2] == [
        ("a/x", 7, 8),
        ("b/x", 7, 7),
    ]
    assert board.finding == "a/x gained at least 7 tokens."


def test_movers_with_equal_gains_stand_by_slug(tiny: TinyArchive) -> None:
    tiny.rankings(weeks({"b/x": 1, "a/x": 1}, {"b/x": 2, "a/x": 2}))
    board = tiny.board("movers-7d")
    assert table(board, "model_permaslug") == [("a/x",), ("b/x",)]
    assert board.finding == "a/x and b/x gained the most, 7 tokens each."


def test_eight_gained_and_eight_lost_are_shown(tiny: TinyArchive) -> None:
    before: dict[str, int] = {f"up/{number}": 1 for number in range(9)}
    before |= {f"down/{number}": 30 for number in range(9)}
    now = {f"up/{number}": 20 - number for number in range(9)}
    now |= {f"down/{number}": 10 + number for number in range(9)}
    tiny.rankings(weeks(before, now))
    shown = [row[0] for row in table(tiny.board("movers-7d"), "model_permaslug")]
    # The smallest gain (up/8) and the smallest loss (down/8) are left out.
    assert shown == [*(f"up/{n}" for n in range(8)), *(f"down/{n}" for n in reversed(range(8)))]


@pytest.mark.parametrize("missing", [3, 10])
def test_nothing_moved_as_far_as_is_known_when_a_day_is_missing(
    tiny: TinyArchive, missing: int
) -> None:
    days: dict[date, Day] = weeks({"a/x": 1}, {"a/x": 2})
    del days[ago(missing)]
    tiny.rankings(days)
    assert table(tiny.board("movers-7d"), "model_permaslug") == []
    assert tiny.board("movers-7d").finding == ""


BILLIONS = 293_990_000_000


@pytest.mark.parametrize(
    ("difference", "change", "words"),
    [
        # Each is what is certain, with the lowest and the highest that it can be.
        ((BILLIONS,) * 3, (0.5566,) * 3, ("+294 B", "+55.7%")),
        ((-BILLIONS,) * 3, (-0.5566,) * 3, ("−294 B", "−55.7%")),
        (
            (BILLIONS, BILLIONS, 9 * BILLIONS),
            (0.5566, 0.5566, 0.9),
            ("≥ +293 B", "≥ +55.6%"),
        ),
        (
            (-BILLIONS, -9 * BILLIONS, -BILLIONS),
            (-0.5566, -0.9, -0.5566),
            ("≤ −293 B", "≤ −55.6%"),
        ),
        ((1, 1, 1), (None, None, None), ("+1", "")),  # from nothing
        ((-1, -1, -1), (-1.0, -1.0, -1.0), ("−1", "−100.0%")),
    ],
)
def test_what_is_only_certain_of_a_move_is_told_as_a_bound_rounded_toward_zero(
    difference: tuple[int, int, int],
    change: tuple[float | None, float | None, float | None],
    words: tuple[str, str],
) -> None:
    values: dict[str, float | None] = {}
    for key, (certain, low, high) in (("difference", difference), ("change", change)):
        values |= {key: certain, f"{key}_low": low, f"{key}_high": high}
    mover = row(MoverRow, values)
    assert isinstance(mover, MoverRow)
    assert (mover_words.difference(mover), mover_words.change(mover)) == words


# What lies outside the top 50


def test_the_part_outside_the_top_fifty_is_of_seven_days_up_to_each(tiny: TinyArchive) -> None:
    tiny.rankings(daily({"a/x": 2, "other": 9}, *[{"a/x": 9, "other": 1}] * 7))
    board = tiny.board("other-share")
    assert table(board, "date", "other", "share") == [
        ("2026-11-19", 15, 0.211268),  # 9 + 6 of 11 + 60
        ("2026-11-20", 7, 0.1),
    ]
    assert board.finding == (
        "10.0% of tokens in the newest week went to models outside the daily top 50; "
        "it was between 10.0% and 21.1% since 13 Nov 2026."
    )
    assert days_of(board) == (date(2026, 11, 13), LAST)


def test_before_a_whole_week_is_held_the_part_outside_is_not_shown(tiny: TinyArchive) -> None:
    tiny.rankings(daily(*[NOW] * 6))
    assert "other-share" not in tiny.boards()
    tiny.rankings(daily(*[NOW] * 7))
    assert len(tiny.board("other-share").records()) == 1


def test_a_week_with_a_hole_is_no_point_of_the_part_outside(tiny: TinyArchive) -> None:
    days = daily(*[NOW] * 16)
    del days[ago(9)]
    tiny.rankings(days)
    # Seven whole days end on the 14th to 16th day before the hole, and on the last two.
    assert [row[0] for row in table(tiny.board("other-share"), "date")] == [
        "2026-11-11",
        "2026-11-19",
        "2026-11-20",
    ]
