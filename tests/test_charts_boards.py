"""The boards that only charts show: how kinds of app are shared, and how the work has changed."""

from datetime import date

import pytest

from generator.base import attribution
from generator.boards import app_shares, task_trend
from generator.boards.apps import AppRow, AppsBoard
from generator.boards.board import BoardId, Column, Entity, Moved
from generator.boards.task_trend import Part, Stated

FIRST, LAST = date(2026, 8, 11), date(2026, 8, 18)


def apps(subcategory: str, *tokens: int, sort: str = "popular") -> AppsBoard:
    rows = [
        AppRow(
            rank=at,
            moved=Moved(None, "unknown"),
            app=Entity(f"{at}", f"App {at}"),
            total_tokens=one,
            total_requests=1,
            tokens_per_request=None,
        )
        for at, one in enumerate(tokens, 1)
    ]
    return AppsBoard(
        id=BoardId("apps", sort, "coding", subcategory),
        title="Which?",
        columns=(Column("app", "App", "entity"),),
        rows=tuple(rows),
        citations=(attribution.apps(f"2026-08-18T06:0{len(tokens)}:00Z"),),
        datasets=("app-rankings",),
        sort=sort,
        category="coding",
        subcategory=subcategory,
    )


def stated(day: date, **usage: float) -> Stated:
    parts = {key: Part(Entity(key, key.title()), share, share / 2) for key, share in usage.items()}
    return Stated(day, parts, {}, attribution.rankings(str(day)))


def test_each_kind_of_app_is_shared_by_its_first_three_and_the_rest() -> None:
    (board,) = app_shares.shares(
        [apps("cli-agent", 50, 30, 10, 6, 4), apps("ide-extension", 300, 100)]
    )
    assert [(row["subcategory"], row["place"]) for row in board.rows] == [
        ("ide-extension", 1),
        ("ide-extension", 2),
        *(("cli-agent", place) for place in (1, 2, 3, None)),
    ], "the kind with most tokens comes first"
    assert [row["share"] for row in board.rows] == [0.75, 0.25, 0.5, 0.3, 0.1, 0.1]
    assert board.rows[-1].standing == "other"
    assert board.finding == (
        "App 1 has 75.0% of the tokens of the 2 listed apps in the IDE extension category, "
        "the largest share of 2 kinds of app."
    )


def test_one_credit_of_the_newest_list_stands_for_all_kinds_of_app() -> None:
    (board,) = app_shares.shares([apps("game", 1, 1), apps("roleplay", 1, 1, 1)])
    assert [citation.as_of for citation in board.citations] == ["2026-08-18T06:03:00Z"]


@pytest.mark.parametrize(
    "lists", [[], [apps("game")], [apps("game", 0)], [apps("game", 5, sort="trending")]]
)
def test_without_a_list_of_used_apps_no_kind_is_shared(lists: list[AppsBoard]) -> None:
    assert list(app_shares.shares(lists)) == []


def test_a_single_day_is_no_trend() -> None:
    assert list(task_trend.trends([stated(LAST, code=0.4)])) == []


def test_the_trend_says_which_kind_of_work_moved_most() -> None:
    (board,) = task_trend.trends(
        [stated(FIRST, code=0.4, data=0.3), stated(LAST, code=0.39, data=0.35)]
    )
    assert board.id == "task-trend"
    assert board.finding == (
        "Of the 2 followed since 11 Aug 2026, Data moved the most, +5.0 percentage points to 35.0% of requests."
    )
    assert [
        (row["day"], row.entity("macro_category").id, row["usage_share"]) for row in board.rows
    ] == [
        (FIRST, "code", 0.4),
        (FIRST, "data", 0.3),
        (LAST, "code", 0.39),
        (LAST, "data", 0.35),
    ]
    assert (board.window.start, board.window.end) == (FIRST, LAST) if board.window else False


def test_what_the_newest_day_does_not_name_has_no_line_and_what_is_new_starts_late() -> None:
    (board,) = task_trend.trends(
        [stated(FIRST, code=0.4, gone=0.6), stated(LAST, code=0.4, new=0.1)]
    )
    assert [(row["day"], row.entity("macro_category").id) for row in board.rows] == [
        (FIRST, "code"),
        (LAST, "code"),
        (LAST, "new"),
    ]
    assert board.finding == (
        "Code has not moved by more than 0.2 percentage points since 11 Aug 2026."
    )
