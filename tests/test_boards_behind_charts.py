"""What single charts choose of a board and say of it: which rows, in which order, and the sentence."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, TypeVar

import pytest

from generator.boards import (
    artificial_analysis_pairs,
    authors_by_week,
    context_sizes,
    design_arena_ranks,
    frontier_comparison,
    model_best_days,
    releases_by_month,
    restatements_by_day,
    weekly_rank_leaders,
)
from generator.boards.board import AnyBoard, BoardRow, Entity
from generator.boards.catalogue import CatalogueRow
from generator.boards.design_arena_places import PlaceRow
from generator.boards.frontier_history import FrontierDayRow
from generator.boards.model_days import ModelDayRow
from generator.boards.releases import ReleaseRow
from generator.boards.restatements import RestatementRow
from generator.boards.use_history import AuthorUseWeekRow
from generator.boards.weekly_ranks import RankRow
from tests.board_samples import CREDITS
from tests.typed_boards import row, typed_board

A, B, C = (Entity(name, name.upper()) for name in "abc")
FIRST, SECOND, THIRD = date(2026, 9, 1), date(2026, 10, 1), date(2026, 11, 1)

RowT = TypeVar("RowT", bound=BoardRow)


def made(row_type: type[RowT], *listed: Mapping[str, Any]) -> list[RowT]:
    rows = [row(row_type, values) for values in listed]
    return [one for one in rows if isinstance(one, row_type)]


def board(name: str, listed: Iterable[Mapping[str, Any]]) -> AnyBoard:
    credit = CREDITS["models"]
    words = {"title": "", "processing": "", "finding": ""}
    return typed_board(name, listed, columns=(), citations=(credit,), datasets=("models",), **words)


def named(rows: Iterable[Any], key: str = "model_permaslug") -> list[str]:
    return [getattr(one, key).id for one in rows]


def test_of_models_with_both_indices_the_highest_sum_comes_first() -> None:
    listed: list[dict[str, Any]] = [
        {"model_permaslug": A, "coding_index": 50.0, "agentic_index": 20.0},
        {"model_permaslug": B, "coding_index": 90.0},
        {"model_permaslug": C, "coding_index": 40.0, "agentic_index": 40.0},
    ]
    assert named(artificial_analysis_pairs.scored(board("artificial-analysis", listed))) == [
        "c",
        "a",
    ]


def test_authors_come_by_their_newest_week_and_those_without_one_last() -> None:
    weeks = made(
        AuthorUseWeekRow,
        {"week": FIRST, "author": A, "total_tokens": 9, "share": 0.9},
        {"week": FIRST, "author": B, "total_tokens": 1, "share": 0.1, "share_high": 0.1},
        {"week": SECOND, "author": B, "total_tokens": 4, "share": 0.4, "share_high": 0.4},
        {"week": SECOND, "author": C, "total_tokens": 6, "share": 0.6},
        {"week": SECOND, "author": Entity("x", "X"), "total_tokens": 99, "standing": "other"},
    )
    found = authors_by_week.by_author(weeks, 3)
    assert [author.id for author in found] == ["c", "b", "a"]
    assert [row.total_tokens for row in found[B]] == [1, 4]
    assert len(authors_by_week.by_author(weeks, 2)) == 2
    assert authors_by_week.changes(found, FIRST, FIRST, "weeks") == ""
    assert authors_by_week.changes(found, FIRST, SECOND, "weeks").startswith(
        "Of those shown, only B"
    )


@pytest.mark.parametrize(
    ("length", "place"), [(124_999, 0), (125_000, 1), (131_072, 1), (999_999, 3), (1_000_000, 4)]
)
def test_a_context_window_is_of_the_largest_size_that_it_reaches(length: int, place: int) -> None:
    [model] = made(CatalogueRow, {"context_length": length})
    assert context_sizes.place(model) == place


def test_of_listings_with_one_rank_the_first_stands_for_the_model() -> None:
    listed: list[dict[str, Any]] = [
        {"model_permaslug": A, "rank": 2, "prompt": "0.000001", "context_length": 1},
        {"model_permaslug": B, "rank": 1, "prompt": "0", "context_length": 1},
        {"model_permaslug": C, "rank": 1, "prompt": "0.000001", "context_length": 1},
        {"model_permaslug": C, "rank": 3, "prompt": "-1", "context_length": 1},
        {"model_permaslug": C, "rank": 4, "prompt": "0"},
    ]
    assert named(context_sizes.listed(board("catalogue", listed))) == ["b", "a"]


def test_models_rated_in_half_of_the_categories_come_by_their_mean_rank() -> None:
    places = {
        "one": ((A, 1), (B, 2)),
        "two": ((B, 1),),
        "three": ((B, 1), (C, 2)),
        "four": ((C, 1),),
    }
    rows = made(
        PlaceRow,
        *(
            {"category": category, "model_permaslug": model, "rank": rank, "elo": 1000.0 - rank}
            for category, ranked in places.items()
            for model, rank in ranked
        ),
    )
    assert design_arena_ranks.categories(rows) == ["one", "three", "four", "two"]
    found = design_arena_ranks.by_model(rows, 5)
    assert {model.id: len(own) for model, own in found.items()} == {"b": 3, "c": 2}
    assert [model.id for model in found] == ["b", "c"]


def test_a_frontier_is_compared_with_the_first_of_its_era() -> None:
    def model(day: date, entity: Entity, score: float, dollars: int) -> dict[str, Any]:
        blended = f"{dollars}e-6"
        values = {"day": day, "model_permaslug": entity, "intelligence_index": score}
        return {**values, "blended": blended, "era": 0 if day == FIRST else 1}

    rows = made(
        FrontierDayRow,
        model(FIRST, A, 10.0, 1),
        model(SECOND, B, 30.0, 4),
        model(SECOND, A, 10.0, 1),
        model(THIRD, C, 40.0, 1),
        model(THIRD, B, 41.0, 9),
    )
    earlier, now = frontier_comparison.first_and_newest(rows)
    assert (named(earlier), named(now)) == (["a", "b"], ["c", "b"])
    assert {entity.id for entity in frontier_comparison.joined(earlier, now)} == {"c"}
    assert frontier_comparison.joined([], now) == set()
    assert frontier_comparison.furthest_apart(earlier, now) == pytest.approx(2.0)
    assert [frontier_comparison.score(earlier, price) for price in (0.5, 2, 4)] == [0.0, 10.0, 30.0]
    assert frontier_comparison.first_and_newest(rows[:1]) == ([], rows[:1])


def test_the_highest_days_of_a_model_are_named() -> None:
    days = made(
        ModelDayRow,
        {"date": FIRST, "total_tokens": 7_000_000},
        {"date": SECOND, "total_tokens": 9_000_000},
        {"date": THIRD, "total_tokens": 9_000_000},
    )
    assert model_best_days.finding(days) == (
        "Of its 3 days in the top 50, 1 Oct 2026 and 1 Nov 2026 were the highest, with 9.00 million tokens each."
    )
    assert model_best_days.finding(days[:2]) == (
        "Of its 2 days in the top 50, 1 Oct 2026 was the highest, with 9.00 million tokens."
    )
    assert model_best_days.finding(days[1:]) == (
        "It had 9.00 million tokens on each of its 2 days in the top 50."
    )


def test_releases_are_counted_by_month_for_the_authors_with_most_and_for_all_others() -> None:
    rows = made(
        ReleaseRow,
        {"month": FIRST, "author": A, "models": 1},
        {"month": FIRST, "author": B, "models": 2},
        {"month": SECOND, "author": A, "models": 4},
        {"month": SECOND, "author": C, "models": 1},
    )
    found = releases_by_month.by_author(rows, 1)
    assert found == {
        releases_by_month.ALL: Counter({FIRST: 3, SECOND: 5}),
        A: Counter({FIRST: 1, SECOND: 4}),
        releases_by_month.OTHERS: Counter({FIRST: 2, SECOND: 1}),
    }
    assert releases_by_month.OTHERS not in releases_by_month.by_author(rows, 3)
    assert releases_by_month.through(FIRST, THIRD) == [FIRST, SECOND, THIRD]


def test_a_day_counts_from_the_snapshot_that_completed_it() -> None:
    rows = made(
        RestatementRow,
        {"day": FIRST, "seen": THIRD, "tokens_before": 200, "tokens_after": 150},
        {"day": FIRST, "seen": SECOND, "tokens_before": 100, "tokens_after": 200},
        {"day": SECOND, "seen": SECOND, "tokens_before": 5, "tokens_after": 9},
        {"day": SECOND, "seen": THIRD, "tokens_before": 9, "tokens_after": 8, "completed": True},
        {"day": THIRD, "seen": THIRD, "tokens_before": 0, "tokens_after": 8},
    )
    found = restatements_by_day.by_day(rows)
    assert {day: len(steps) for day, steps in found.items()} == {FIRST: 2}
    assert restatements_by_day.change(found[FIRST]) == 0.5


def test_who_leads_a_week_is_said_as_firmly_as_its_rank_is_known() -> None:
    rows = made(
        RankRow,
        {"week": FIRST, "model_permaslug": A, "rank": 1},
        {"week": SECOND, "model_permaslug": C, "rank": 3},
        {"week": SECOND, "model_permaslug": A, "rank": 2},
        {"week": SECOND, "model_permaslug": B, "rank": 1, "rank_high": 1},
    )
    newest = weekly_rank_leaders.newest(rows)
    assert named(newest) == ["b", "a", "c"]
    said = weekly_rank_leaders.finding(newest, "this week", "1 or 2")
    assert said == "B leads this week, ahead of A and C."
    said = weekly_rank_leaders.finding(newest[:1], "this week", "1")
    assert said == "B is the only model in the daily top 50 this week."
    open_lead = made(RankRow, {"model_permaslug": B, "rank": 1, "rank_high": 2})
    said = weekly_rank_leaders.finding([*open_lead, *newest[1:]], "this week", "1 or 2")
    assert said == "No model firmly leads this week; B is ranked 1st, or 1 or 2."
