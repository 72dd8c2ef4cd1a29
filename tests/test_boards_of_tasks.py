"""Boards on what models are used for, from a few classified tasks."""

from datetime import date
from typing import Any

import pytest

from generator.boards import task_lift
from generator.boards.board import Entity
from tests.tiny_archive import (
    TinyArchive,
    ago,
    chosen,
    days_of,
    kind_of_work,
    listing,
    rating,
    score,
    table,
    task,
)
from tests.typed_boards import row

# Tasks


def test_tasks_stand_by_their_share_of_requests(tiny: TinyArchive) -> None:
    tiny.tasks(
        task("b:same", 0.2, 0.5, kind="code"),
        task("none", 0.0, 0.1, kind="unknown"),
        task("a:same", 0.2, 0.1, chosen("x/one", 0.3), chosen("x/two", 0.4)),
        task("most", 0.6, 0.3),
        kinds=[kind_of_work("code", 0.2, 0.5), kind_of_work("general", 0.8, 0.5)],
    )
    board = tiny.board("tasks")
    keys = ("rank", "tag", "macro_category", "usage_share", "token_share", "intensity", "leader")
    assert table(board, *keys) == [
        (1, "most", "General", 0.6, 0.3, 0.5, None),
        (2, "a:same", "General", 0.2, 0.1, 0.5, "x/two"),
        (2, "b:same", "Code", 0.2, 0.5, 2.5, None),
        (4, "none", "unknown", 0.0, 0.1, None, None),
    ]
    assert board.finding == (
        "Most is the most common task with 60.0% of requests; B:Same uses the most tokens, 50.0%."
    )


def test_a_task_that_is_most_common_and_heaviest_is_named_once(tiny: TinyArchive) -> None:
    tiny.tasks(task("most", 0.6, 0.6), task("least", 0.4, 0.4))
    assert tiny.board("tasks").finding == "Most is the most common task with 60.0% of requests."


def test_the_intensity_is_rounded_to_two_places(tiny: TinyArchive) -> None:
    tiny.tasks(task("most", 0.3, 0.2))
    assert table(tiny.board("tasks"), "intensity") == [(0.67,)]  # 0.2 / 0.3


def test_without_a_task_there_is_nothing_to_say(tiny: TinyArchive) -> None:
    tiny.tasks(kinds=[kind_of_work("code", 0.2, 0.5)])
    assert (tiny.board("tasks").records(), tiny.board("tasks").finding) == ([], "")


def test_kinds_of_work_stand_by_requests_and_the_heaviest_is_named(tiny: TinyArchive) -> None:
    tiny.tasks(
        task("x", 1, 1),
        kinds=[
            kind_of_work("general", 0.3, 0.1),
            kind_of_work("data", 0.4, 0.3),
            kind_of_work("code", 0.3, 0.6),
        ],
    )
    board = tiny.board("tasks-macro")
    assert table(board, "macro_category", "label", "usage_share", "token_share") == [
        ("data", "Data", 0.4, 0.3),
        ("code", "Code", 0.3, 0.6),
        ("general", "General", 0.3, 0.1),
    ]
    assert board.finding == (
        "Data is the most common type of work with 40.0% of requests; Code uses the most tokens, 60.0%."
    )


def test_without_kinds_of_work_there_is_nothing_to_say(tiny: TinyArchive) -> None:
    tiny.tasks(task("x", 1, 1))
    assert (tiny.board("tasks-macro").records(), tiny.board("tasks-macro").finding) == ([], "")


def test_the_models_of_a_task_are_ranked_and_the_rest_is_what_remains(tiny: TinyArchive) -> None:
    tiny.tasks(
        task(
            "code:fix",
            1,
            1,
            chosen("c/x", 0.1, 0.25),
            chosen("b/x", 0.2, 0.125),
            chosen("a/x", 0.1, 0.0),
        )
    )
    board = tiny.board("task.code--fix")
    assert table(board, "rank", "model_permaslug", "tag_usage_share", "tag_token_share") == [
        (1, "b/x", 0.2, 0.125),
        (2, "a/x", 0.1, 0.0),
        (2, "c/x", 0.1, 0.25),
        (None, "other", 0.6, 0.625),  # 1 - 0.4, 1 - 0.375
    ]
    assert table(board, "model_permaslug_name")[-1] == ("All other models",)
    assert board.title == "Which models are used for Code:Fix?"
    assert board.finding == "b/x handles the most: 20.0% of the task's requests."


def test_shares_that_sum_to_more_than_one_leave_nothing(tiny: TinyArchive) -> None:
    tiny.tasks(task("x", 1, 1, chosen("a/x", 0.501, 0.6), chosen("b/x", 0.5, 0.401)))
    assert table(tiny.board("task.x"), "tag_usage_share", "tag_token_share")[-1] == (0.0, 0.0)


def test_a_task_without_models_has_no_rows(tiny: TinyArchive) -> None:
    tiny.tasks(task("x", 1, 1))
    assert (tiny.board("task.x").records(), tiny.board("task.x").finding) == ([], "")


# Through time


def test_tasks_are_followed_from_the_first_day_stated(tiny: TinyArchive) -> None:
    tiny.tasks(
        task("most", 0.5, 0.4),
        task("gone", 0.5, 0.6),
        kinds=[kind_of_work("code", 0.3, 0.6), kind_of_work("data", 0.7, 0.4)],
        on=ago(9),
    )
    tiny.tasks(task("gone", 1, 1), kinds=[kind_of_work("data", 1, 1)], on=ago(4))
    tiny.tasks(
        task("new", 0.1, 0.2),
        task("most", 0.9, 0.8),
        kinds=[kind_of_work("code", 0.4, 0.7), kind_of_work("data", 0.6, 0.3)],
    )
    boards = tiny.boards()
    work = boards["task-trend"]
    assert table(work, "day", "macro_category", "usage_share", "token_share") == [
        ("2026-11-11", "data", 0.7, 0.4),
        ("2026-11-11", "code", 0.3, 0.6),
        ("2026-11-16", "data", 1, 1),
        ("2026-11-20", "data", 0.6, 0.3),
        ("2026-11-20", "code", 0.4, 0.7),
    ]
    assert days_of(work) == (date(2026, 11, 11), date(2026, 11, 20))
    assert table(work, "macro_category_name")[:2] == [("Data",), ("Code",)]
    assert work.title == "How task types are changing"
    tasks = table(
        boards["task-trend.tasks"], "day", "tag", "tag_name", "usage_share", "token_share"
    )
    assert tasks == [
        ("2026-11-11", "most", "Most", 0.5, 0.4),
        ("2026-11-20", "most", "Most", 0.9, 0.8),
        ("2026-11-20", "new", "New", 0.1, 0.2),
    ]
    assert boards["task-trend.tasks"].finding == (
        "Most moved by +40.0 percentage points since 11 Nov 2026, to 90.0% of requests."
    )
    assert [credit.as_of for credit in work.citations] == ["2026-11-20"]


def test_one_day_is_no_trend(tiny: TinyArchive) -> None:
    tiny.tasks(task("x", 1, 1), kinds=[kind_of_work("code", 1, 1)])
    assert [id_ for id_ in tiny.boards() if id_.startswith("task-trend")] == []


def test_without_kinds_of_work_only_tasks_have_a_trend(tiny: TinyArchive) -> None:
    tiny.tasks(task("x", 1, 1), on=ago(1))
    tiny.tasks(task("x", 1, 1))
    assert [id_ for id_ in tiny.boards() if id_.startswith("task-t")] == ["task-trend.tasks"]


@pytest.mark.parametrize(
    ("before", "now", "finding"),
    [
        (0.6, 0.4, "C moved the most, −20.0 percentage points to 40.0% of requests."),
        (0.5, 0.497, "C moved the most, −0.3 percentage points to 49.7% of requests."),
        (0.5, 0.498, "none has moved by more than 0.2 percentage points."),
        (0.5, 0.502, "none has moved by more than 0.2 percentage points."),
        (0.0, 0.003, "C moved the most, +0.3 percentage points to 0.3% of requests."),
    ],
)
def test_the_largest_move_is_told_whichever_way_it_went(
    tiny: TinyArchive, before: float, now: float, finding: str
) -> None:
    tiny.tasks(task("c", before, 0), task("d", 0.1, 1), on=ago(9))
    tiny.tasks(task("c", now, 0), task("d", 0.1, 1))
    assert tiny.board("task-trend.tasks").finding == (
        f"Of the 2 followed since 11 Nov 2026, {finding}"
    )


def test_tasks_that_moved_as_far_in_either_direction_are_named_together(
    tiny: TinyArchive,
) -> None:
    tiny.tasks(task("c", 0.5, 0), task("d", 0.1, 1), on=ago(9))
    tiny.tasks(task("c", 0.4, 0), task("d", 0.2, 1))
    assert tiny.board("task-trend.tasks").finding == (
        "Of the 2 followed since 11 Nov 2026, C and D moved the most, "
        "by 10.0 percentage points each."
    )


def test_what_was_not_there_on_the_first_day_has_not_moved(tiny: TinyArchive) -> None:
    tiny.tasks(task("old", 1, 1), on=ago(9))
    tiny.tasks(task("new", 1, 1))
    assert tiny.board("task-trend.tasks").finding == ""


def test_the_eight_most_common_tasks_are_followed(tiny: TinyArchive) -> None:
    tiny.tasks(*[task(f"t{n}", 0.1, 0) for n in range(9)], on=ago(9))
    tiny.tasks(*[task(f"t{n}", 0.01 * (n + 1), 0) for n in range(9)])
    tags = [tag for (tag,) in table(tiny.board("task-trend.tasks"), "tag")]
    assert tags[8:] == ["t8", "t7", "t6", "t5", "t4", "t3", "t2", "t1"]


def test_a_day_that_is_stated_twice_counts_as_last_stated(tiny: TinyArchive) -> None:
    tiny.tasks(task("x", 0.1, 1), on=ago(3), as_of=ago(5))
    tiny.tasks(task("x", 0.2, 1), on=ago(2), as_of=ago(4))
    tiny.tasks(task("x", 0.3, 1), on=ago(1), as_of=ago(4))
    assert table(tiny.board("task-trend.tasks"), "day", "usage_share") == [
        ("2026-11-16", 0.1),
        ("2026-11-17", 0.3),
    ]


def test_older_snapshots_than_eight_weeks_count_once_a_week(tiny: TinyArchive) -> None:
    # 21 Nov is a Saturday: 57 and 58 days before are a Friday and a Thursday of one week,
    # 62 days before is the Sunday of the week before, 56 days before a Saturday that counts daily.
    for days in (62, 58, 57, 56, 1, 0):
        tiny.tasks(task("x", days / 100, 1), on=ago(days))
    shares = [share for (share,) in table(tiny.board("task-trend.tasks"), "usage_share")]
    assert shares == [0.62, 0.57, 0.56, 0.01, 0.0]


# Lift


def test_the_lift_is_the_share_in_the_task_over_the_share_in_all(tiny: TinyArchive) -> None:
    tiny.tasks(
        task("big", 0.75, 0, chosen("a/x", 0.2), chosen("b/x", 0.4)),
        task("small", 0.25, 0, chosen("a/x", 0.6)),
    )
    board = tiny.board("task-lift")
    # a: 0.75 x 0.2 + 0.25 x 0.6 = 0.3; b: 0.75 x 0.4 = 0.3.
    assert table(board, "model_permaslug", "tag", "lift", "tag_usage_share", "overall") == [
        ("a/x", "small", 2.0, 0.6, 0.3),
        ("b/x", "big", 1.33, 0.4, 0.3),
        ("a/x", "big", 0.67, 0.2, 0.3),
    ]
    # At least 0.5995 / (0.75 x 0.2005 + 0.25 x 0.5995), with all roundings the other way at most.
    assert board.finding == (
        "a/x is used for Small at least 1.9 and at most 2.1 times as often as across all tasks, "
        "the highest such ratio of the most-used models."
    )


def test_equal_lifts_stand_by_model_and_then_by_task(tiny: TinyArchive) -> None:
    tiny.tasks(
        task("two", 0.5, 0, chosen("b/x", 0.2), chosen("a/x", 0.4)),
        task("one", 0.5, 0, chosen("b/x", 0.2), chosen("a/x", 0.4)),
    )
    rows = table(tiny.board("task-lift"), "model_permaslug", "tag")
    assert rows == [("a/x", "one"), ("a/x", "two"), ("b/x", "one"), ("b/x", "two")]


@pytest.mark.parametrize(("share", "rows"), [(0.01, 1), (0.0099, 0)])
def test_a_model_needs_a_hundredth_of_all_requests_for_a_lift(
    tiny: TinyArchive, share: float, rows: int
) -> None:
    tiny.tasks(task("x", 1.0, 0, chosen("a/x", share)))
    assert len(tiny.board("task-lift").records()) == rows
    assert bool(tiny.board("task-lift").finding) == bool(rows)


def test_the_eight_models_chosen_most_have_a_lift(tiny: TinyArchive) -> None:
    tiny.tasks(task("x", 1.0, 0, *[chosen(f"a/{n}", 0.02 + n / 100) for n in range(9)]))
    slugs = sorted(slug for (slug,) in table(tiny.board("task-lift"), "model_permaslug"))
    assert slugs == [f"a/{n}" for n in range(1, 9)]


@pytest.mark.parametrize(
    ("most_of_others", "reaching"),
    [
        ([9.99], ""),
        ([10.0], " (1 other could be level with it)"),
        ([9.99, 10.0, 11.0], " (2 others could be level with it)"),
    ],
)
def test_a_lift_that_may_be_as_large_as_the_least_of_the_largest_reaches_into_it(
    most_of_others: list[float], reaching: str
) -> None:
    listed: list[Any] = []
    for number, most in enumerate([12.34, *most_of_others]):
        model, task_ = Entity(f"a/{number}", f"Model {number}"), Entity("code", "Coding")
        values = {"model_permaslug": model, "tag": task_, "least_lift": 10.0, "most_lift": most}
        listed.append(row(task_lift.LiftRow, values))
    assert task_lift.finding(listed) == (
        "Model 0 is used for Coding at least 10 and at most 12.4 times as often as across all tasks, "
        f"the highest such ratio of the most-used models{reaching}."
    )


# Use, test and taste


def coding(tiny: TinyArchive) -> None:
    """Three models covered by all three sources, and some that only one or two of them know."""
    tiny.models(listing("a/x", "a/x-1"), listing("a/x:free", "a/x-1"))
    tiny.tasks(
        task("code:new", 0.5, 0, chosen("a/x-1", 0.2), chosen("b/x", 0.5), kind="code"),
        task("code:fix", 0.125, 0, chosen("a/x-1:free", 0.4), chosen("c/x", 0.123), kind="code"),
        task("code:two", 0.125, 0, chosen("no-test/x", 0.4), chosen("no-taste/x", 1), kind="code"),
        task("talk", 0.25, 0, chosen("c/x", 0.9), chosen("no-use/x", 0.9), chosen("a/x-1", 0.1)),
    )
    tiny.scores(
        score("a/x-1", 1, coding_index=60.5, display_name="high"),
        score("a/x-1", 1, coding_index=40, display_name="low"),
        score("b/x", 1, coding_index=45, display_name="low"),
        score("b/x", 1, coding_index=50, display_name="high"),
        score("c/x", 99, coding_index=60.5),
        score("no-use/x", 1, coding_index=99),
        score("no-taste/x", 1, coding_index=99),
        score("no-test/x", 99, coding_index=None),
    )
    tiny.ratings(
        [
            rating("a/x-1:free", 1100, "codecategories"),
            rating("a/x-1", 1000, "codecategories"),
            rating("b/x", 1200, "codecategories"),
            rating("c/x", 1050, "codecategories"),
            rating("c/x", 1900, "website"),
            rating("no-use/x", 1999, "codecategories"),
            rating("no-test/x", 1999, "codecategories"),
        ],
        [rating("c/x", 1901, "codecategories", "agents")],
    )


def test_models_that_all_three_sources_know_are_ranked_among_each_other(
    tiny: TinyArchive,
) -> None:
    coding(tiny)
    board = tiny.board("use-test-taste")
    keys = ("use_rank", "use", "test_rank", "test", "taste_rank", "taste", "spread")
    # Use: a 0.5 x 0.2 + 0.125 x 0.4 = 0.15, b 0.5 x 0.5 = 0.25, c 0.125 x 0.123 = at least 0.015375: new does not list it.
    assert table(board, "model_permaslug", *keys) == [
        ("b/x", 1, 0.25, 3, 50, 1, 1200, 2),
        ("a/x-1", 2, 0.15, 1, 60.5, 2, 1100, 1),
        ("c/x", 3, 0.0153, 1, 60.5, 3, 1050, 2),
    ]
    assert board.datasets == (
        "task-classifications",
        "benchmarks-artificial-analysis",
        "benchmarks-design-arena",
    )
    assert [credit.url for credit in board.citations] == [
        "https://openrouter.ai/rankings",
        "https://artificialanalysis.ai",
        "https://www.designarena.ai",
    ]


def test_without_one_of_the_three_sources_there_is_no_such_board(tiny: TinyArchive) -> None:
    tiny.tasks(task("x", 1, 1))
    tiny.scores(score("a/x", 1))
    assert "use-test-taste" not in tiny.boards()
    tiny.ratings([rating("a/x", 1)])
    board = tiny.board("use-test-taste")
    assert (board.records(), board.finding) == ([], "")


def test_a_task_says_how_many_of_its_models_no_catalogue_lists(tiny: TinyArchive) -> None:
    tiny.models(listing("a/one"), listing("b/two"))
    tiny.tasks(
        task("known", 0.5, 0.5, chosen("a/one", 0.5), chosen("b/two", 0.3)),
        task("later", 0.3, 0.3, chosen("c/three", 0.5), chosen("a/one", 0.3)),
    )
    boards = tiny.boards()
    assert not any("model lists" in note for note in boards["task.known"].notes)
    assert boards["task.later"].notes[-1] == (
        "1 of the 2 models here is in none of the archived model lists and is shown by slug."
    )
    assert boards["tasks"].notes[-1] == boards["task.later"].notes[-1]


@pytest.mark.parametrize(
    ("models", "told"),
    [
        (
            ["a/x"],
            "The only model here is in none of the archived model lists and is shown by slug.",
        ),
        (
            ["a/x", "b/x"],
            "All 2 models here are in none of the archived model lists and are shown by slug.",
        ),
    ],
)
def test_a_task_of_models_that_no_catalogue_lists_says_so_of_all(
    tiny: TinyArchive, models: list[str], told: str
) -> None:
    tiny.tasks(task("x", 0.5, 0.5, *[chosen(slug, 0.2) for slug in models]))
    assert tiny.board("task.x").notes[-1] == told
