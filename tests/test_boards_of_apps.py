"""Boards on apps, from short lists."""

from datetime import date

import pytest

from generator.base.dates import Window
from generator.boards import apps
from tests.tiny_archive import TODAY, TinyArchive, ago, app, days_of, table

SHARES = ("subcategory", "place", "app", "total_tokens", "share")


def test_apps_stand_in_the_order_of_the_source(tiny: TinyArchive) -> None:
    tiny.apps({"popular": [app(7, 300, 7, "Seven"), app(8, 120, 0), app(9, 125, 50)]})
    board = tiny.board("apps.popular")
    keys = ("rank", "moved", "app", "app_name", "total_tokens", "total_requests")
    assert table(board, *keys, "tokens_per_request") == [
        (1, "unknown", "7", "Seven", 300, 7, 43),  # 300 / 7 = 42.86
        (2, "unknown", "8", "App 8", 120, 0, None),
        (3, "unknown", "9", "App 9", 125, 50, 2),
    ]
    assert board.finding == (
        "Of 3 listed apps, Seven used the most: 300 tokens in 30 days, 2.4 times as many as App 9."
    )
    assert days_of(board) == (date(2026, 10, 22), date(2026, 11, 20))
    assert board.title == "Top apps by tokens"


def test_a_period_that_is_not_stated_has_no_number_of_days() -> None:
    assert apps.period_in_words(Window.ending(TODAY, 1)) == "in 1 day"
    assert apps.period_in_words(None) == "in the period"


def test_an_app_alone_has_no_other_to_be_compared_with(tiny: TinyArchive) -> None:
    tiny.apps({"popular": [app(1, 1_500_000)], "trending": [app(1, 5), app(2, 0)]})
    assert tiny.board("apps.popular").finding == (
        "App 1 is the only listed app: 1.50 million tokens in 30 days."
    )


def test_an_app_that_used_nothing_is_no_measure(tiny: TinyArchive) -> None:
    tiny.apps({"popular": [app(1, 5), app(2, 0)], "popular.coding": [app(1, 5), app(2, 2)]})
    boards = tiny.boards()
    assert boards["apps.popular"].finding == (
        "Of 2 listed apps, App 1 used the most: 5 tokens in 30 days."
    )
    assert boards["apps.popular.coding"].finding.endswith("2.5 times as many as App 2.")


def test_growing_apps_are_told_as_growing(tiny: TinyArchive) -> None:
    tiny.apps({"trending": [app(1, 5), app(2, 9)], "trending.coding.cli-agent": [app(3, 2_500)]})
    boards = tiny.boards()
    assert boards["apps.trending"].title == "Fastest-growing apps"
    assert boards["apps.trending"].finding == (
        "Of 2 listed apps, App 1 added the most tokens over its earlier average "
        "(the amount is not published); it used 5 tokens in 30 days."
    )
    assert boards["apps.trending.coding.cli-agent"].title == ("Fastest-growing apps: CLI agent")
    assert "growth" in boards["apps.trending"].notes[0]


def test_lists_of_a_category_say_so(tiny: TinyArchive) -> None:
    tiny.apps({"popular.coding": [app(1, 5)], "popular": []})
    boards = tiny.boards()
    assert boards["apps.popular.coding"].title == "Top apps by tokens: coding"
    assert "growth" not in boards["apps.popular.coding"].notes[0]
    assert (boards["apps.popular"].records(), boards["apps.popular"].finding) == ([], "")


@pytest.mark.parametrize(
    ("days", "moved"), [(7, [1, -1]), (9, [1, -1]), (10, ["unknown", "unknown"])]
)
def test_a_place_is_compared_only_with_a_list_of_about_a_week_before(
    tiny: TinyArchive, days: int, moved: list[object]
) -> None:
    tiny.apps({"popular": [app(1, 9), app(2, 8)]}, on=ago(days))
    tiny.apps({"popular": [app(2, 9), app(1, 8)]})
    assert table(tiny.board("apps.popular"), "moved") == [(change,) for change in moved]


def test_a_place_is_compared_with_the_same_list_of_a_week_before(tiny: TinyArchive) -> None:
    tiny.apps(
        {"popular": [app(1, 9), app(2, 8), app(3, 7)], "popular.coding": [app(4, 1)]}, on=ago(7)
    )
    tiny.apps({"popular": [app(9, 9), app(3, 8), app(1, 7)]}, on=ago(1))
    now = [app(3, 9), app(2, 8), app(4, 7), app(1, 6)]
    tiny.apps({"popular": now, "trending": [app(1, 1)]})
    boards = tiny.boards()
    assert table(boards["apps.popular"], "app", "moved") == [
        ("3", 2),
        ("2", 0),
        ("4", "new"),
        ("1", -3),
    ]
    assert table(boards["apps.trending"], "moved") == [("unknown",)]


def test_a_list_of_six_days_before_is_too_young_to_compare_with(tiny: TinyArchive) -> None:
    tiny.apps({"popular": [app(1, 9)]}, on=ago(6))
    tiny.apps({"popular": [app(1, 9)]})
    assert table(tiny.board("apps.popular"), "moved") == [("unknown",)]


def test_boards_of_apps_stand_in_the_order_of_the_lists(tiny: TinyArchive) -> None:
    tiny.apps(
        {
            "trending.creative": [app(1, 1)],
            "popular.creative": [app(1, 1)],
            "popular.coding.cli-agent": [app(1, 1)],
            "popular": [app(1, 1)],
        }
    )
    assert [id_ for id_ in tiny.boards() if id_.startswith("apps.")] == [
        "apps.popular",
        "apps.popular.coding.cli-agent",
        "apps.popular.creative",
        "apps.trending.creative",
    ]


# Shares within each kind of app


def test_the_three_largest_apps_of_a_kind_are_named_and_the_rest_summed(
    tiny: TinyArchive,
) -> None:
    tiny.apps(
        {
            "popular": [app(9, 10**6)],
            "popular.coding": [app(9, 10**5)],
            "trending.coding.cli-agent": [app(9, 10**4)],
            "popular.entertainment.game": [app(1, 60), app(2, 30)],
            "popular.coding.cli-agent": [
                app(4, 10), app(13, 40), app(12, 40), app(5, 5), app(3, 105),
            ],
        }
    )  # fmt: skip
    board = tiny.board("apps-shares")
    assert table(board, *SHARES) == [
        ("cli-agent", 1, "3", 105, 0.525),  # of 200
        ("cli-agent", 2, "12", 40, 0.2),
        ("cli-agent", 3, "13", 40, 0.2),
        ("cli-agent", None, "other", 15, 0.075),
        ("game", 1, "1", 60, 0.666667),  # of 90
        ("game", 2, "2", 30, 0.333333),
    ]
    assert table(board, "kind", "app_name")[3] == ("CLI agent", "All other listed apps")
    assert len(board.ranked) == 5
    assert board.finding == (
        "App 1 has 66.7% of the tokens of the 2 listed apps in the game category, "
        "the largest share of 2 kinds of app."
    )


def test_kinds_of_equal_size_stand_by_name_and_empty_ones_are_left_out(
    tiny: TinyArchive,
) -> None:
    tiny.apps(
        {
            "popular.creative.video-gen": [app(1, 5)],
            "popular.creative.image-gen": [app(2, 5)],
            "popular.productivity.legal": [app(3, 0)],
            "popular.productivity.general-chat": [app(4, 1)],
        }
    )
    assert table(tiny.board("apps-shares"), "subcategory", "place", "app") == [
        ("image-gen", 1, "2"),
        ("video-gen", 1, "1"),
        ("general-chat", 1, "4"),
    ]


def test_without_a_subcategory_there_are_no_shares(tiny: TinyArchive) -> None:
    tiny.apps({"popular": [app(1, 5)], "popular.coding": [app(1, 5)]})
    assert "apps-shares" not in tiny.boards()


def test_the_shares_have_the_window_and_the_credit_of_their_lists(tiny: TinyArchive) -> None:
    tiny.apps({"popular.coding.cli-agent": [app(1, 5)]})
    board = tiny.board("apps-shares")
    assert board.window == tiny.board("apps.popular.coding.cli-agent").window
    assert [credit.as_of for credit in board.citations] == [f"{TODAY}T06:00:00Z"]
