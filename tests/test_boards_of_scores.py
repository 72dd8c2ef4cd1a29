"""Boards on scores and what they cost, from a handful of rows."""

import pytest

from generator.boards.frontier_history import CheapestBoard, HistoryBoard
from tests.tiny_archive import (
    TinyArchive,
    ago,
    evaluation,
    listing,
    rating,
    score,
    search_evaluation,
    table,
)

# Artificial Analysis


def test_scores_are_ranked_and_what_was_not_measured_comes_last(tiny: TinyArchive) -> None:
    tiny.scores(
        score("d/none", None, "0.000001", coding_index=90),
        score("c/low", 40.5, agentic_index=7),
        score("b/tied", 50, "0.000001", "0.000004"),
        score("a/tied", 50),
        score("e/top", 60.25, coding_index=30, agentic_index=20.5),
    )
    board = tiny.board("artificial-analysis")
    keys = ("rank", "model_permaslug", "intelligence_index", "coding_index", "agentic_index")
    assert table(board, *keys) == [
        (1, "e/top", 60.25, 30, 20.5),
        (2, "a/tied", 50, None, None),
        (2, "b/tied", 50, None, None),
        (4, "c/low", 40.5, None, 7),
        (None, "d/none", None, 90, None),
    ]
    assert table(board, "prompt", "completion") == [
        (None, None),
        (None, None),
        ("0.000001", "0.000004"),
        (None, None),
        ("0.000001", "0.000001"),
    ]
    assert [row.standing for row in board.rows] == ["ranked"] * 4 + ["unranked"]
    assert board.finding == (
        "e/top leads on the intelligence index with 60.25, ahead of a/tied and b/tied, level at 50.0."
    )


def test_settings_of_one_model_stand_under_their_own_names(tiny: TinyArchive) -> None:
    tiny.scores(
        score("a/one", 50, display_name="One (low)"),
        score("a/one", 50, display_name="One (high)"),
        score("a/one", 40, display_name="A: One"),
    )
    tiny.models(listing("a/one", name="A: One"))
    names = table(tiny.board("artificial-analysis"), "model_permaslug", "model_permaslug_name")
    assert names == [("a/one", "One (high)"), ("a/one", "One (low)"), ("a/one", "A: One")]


def test_a_score_alone_is_ahead_of_nobody_and_none_is_no_finding(tiny: TinyArchive) -> None:
    tiny.scores(score("a/one", 50), score("b/two", None), on=ago(1))
    tiny.scores(score("b/two", None))
    alone = tiny.board("artificial-analysis", ago(1))
    assert alone.finding == "a/one is the only model scored on the intelligence index, with 50.0."
    assert tiny.board("artificial-analysis").finding == ""
    assert table(tiny.board("artificial-analysis"), "rank") == [(None,)]


def test_a_model_without_a_page_keeps_the_name_of_its_source(tiny: TinyArchive) -> None:
    tiny.scores(score("unmapped", 50, display_name="Un Mapped"))
    rows = table(tiny.board("artificial-analysis"), "model_permaslug", "model_permaslug_name")
    assert rows == [("unmapped", "Un Mapped")]


# The frontier


def test_a_model_is_on_the_frontier_if_none_as_cheap_scores_as_high(tiny: TinyArchive) -> None:
    tiny.scores(
        score("free/x", 30, "0"),
        score("tied/low", 20, "0.000002"),
        score("cheap/x", 25, "0.000001"),
        score("dear/same", 40, "0.000005"),
        score("tied/high", 40, "0.000002"),
        score("dear/top", 41, "0.000005"),
        score("dear/low", 10, "0.000009"),
    )
    board = tiny.board("frontier")
    keys = ("model_permaslug", "intelligence_index", "blended", "on_frontier", "beaten_by")
    assert table(board, *keys) == [
        ("free/x", 30, "0", "", None),
        ("cheap/x", 25, "0.000001", "yes", None),
        ("tied/high", 40, "0.000002", "yes", None),
        ("tied/low", 20, "0.000002", "", "tied/high"),
        ("dear/top", 41, "0.000005", "yes", None),
        ("dear/same", 40, "0.000005", "", "dear/top"),
        ("dear/low", 10, "0.000009", "", "dear/top"),
    ]
    assert board.finding == (
        "3 of 6 paid models are best value, from cheap/x (25.0 points at $1 per million tokens, blended) to dear/top "
        "(41.0 at $5): no other scores higher for the same price, or as high for less."
    )


def test_models_with_one_price_and_score_do_not_beat_each_other(
    tiny: TinyArchive,
) -> None:
    tiny.scores(*[score(slug, 40, "0.000001") for slug in ("b/x", "a/x")], score("c/x", 39, "0.1"))
    rows = table(tiny.board("frontier"), "model_permaslug", "on_frontier", "beaten_by")
    assert rows == [("a/x", "yes", None), ("b/x", "yes", None), ("c/x", "", "a/x")]
    assert tiny.board("frontier").title == "Which models score highest for their price?"


def test_a_price_is_three_input_tokens_to_one_output_token(tiny: TinyArchive) -> None:
    tiny.scores(score("a/x", 40, "0.000001", "0.000005"))
    rows = table(tiny.board("frontier"), "prompt", "completion", "blended")
    assert rows == [("0.000001", "0.000005", "0.000002")]  # (3 x 1 + 5) / 4


def test_what_has_no_score_or_no_price_to_rank_by_is_left_out(tiny: TinyArchive) -> None:
    tiny.scores(
        score("no/price", 40),
        score("no/score", None, "0.000001"),
        score("varies/in", 40, "-1", "0.000001"),
        score("varies/out", 40, "0.000001", "-1"),
        score("free/in", 40, "0", "0.000004"),
    )
    assert table(tiny.board("frontier"), "model_permaslug", "blended", "on_frontier") == [
        ("free/in", "0.000001", "yes")
    ]


def test_free_models_alone_make_no_finding(tiny: TinyArchive) -> None:
    tiny.scores(score("free/x", 30, "0"))
    assert tiny.board("frontier").finding == ""


# The frontier through time


def test_the_frontier_is_told_day_by_day(tiny: TinyArchive) -> None:
    old = score("old/cheap", 30, "0.000001"), score("old/dear", 40, "0.000004")
    tiny.scores(*old, score("free/x", 90, "0"), on=ago(1))
    tiny.scores(
        *old,
        score("new/cheap", 35, "0.0000005"),
        score("new/top", 50, "0.000002"),
        score("new/dear", 60, "0.000008"),
    )
    board = tiny.board("frontier-history")
    assert table(board, "day", "era", "model_permaslug", "intelligence_index", "blended") == [
        ("2026-11-20", 1, "old/cheap", 30, "0.000001"),
        ("2026-11-20", 1, "old/dear", 40, "0.000004"),
        ("2026-11-21", 1, "new/cheap", 35, "0.0000005"),
        ("2026-11-21", 1, "new/top", 50, "0.000002"),
        ("2026-11-21", 1, "new/dear", 60, "0.000008"),
    ]
    assert board.finding == (
        "On 21 Nov 2026 3 models are on the frontier; compared with 20 Nov 2026, 3 are new "
        "(new/cheap, new/dear and new/top) and 2 are no longer on it."
    )
    assert [credit.as_of for credit in board.citations] == ["2026-11-21T06:00:00Z"]


def test_the_least_that_each_level_costs_is_told_day_by_day(tiny: TinyArchive) -> None:
    tiny.scores(score("a/thirty", 30, "0.000001"), on=ago(1))
    tiny.scores(
        score("free/x", 90, "0"),
        score("b/almost", 29.9, "0.0000001"),
        score("a/thirty", 30, "0.000001"),
        score("c/fifty", 50, "0.000003"),
        score("d/fifty", 55, "0.000004"),
        score("e/almost", 59.9, "0.000009"),
    )
    board = tiny.board("frontier-cheapest")
    assert table(board, "day", "level", "blended", "model_permaslug") == [
        ("2026-11-20", 30, "0.000001", "a/thirty"),
        ("2026-11-21", 30, "0.000001", "a/thirty"),
        ("2026-11-21", 40, "0.000003", "c/fifty"),
        ("2026-11-21", 50, "0.000003", "c/fifty"),
    ]
    assert board.finding == (
        "On 21 Nov 2026 an index of 50 or more cost at least $3 per million tokens, with c/fifty; "
        "30 or more $1 and 40 or more $3."
    )
    assert [credit.as_of for credit in board.citations] == ["2026-11-21T06:00:00Z"]


def test_charts_get_the_models_that_are_best_at_another_ratio_only(tiny: TinyArchive) -> None:
    tiny.scores(
        score("a/input", 50, "0.000001", "0.000009"),
        score("b/output", 50, "0.000003", "0.000004"),
        score("c/beaten", 40, "0.000003", "0.000009"),
    )
    history, levels = tiny.board("frontier-history"), tiny.board("frontier-cheapest")
    assert table(history, "model_permaslug") == [("a/input",)]
    assert set(table(levels, "model_permaslug")) == {("a/input",)}
    for board in (history, levels):
        assert isinstance(board, (HistoryBoard, CheapestBoard))
        best = {row.model_permaslug.id for row in board.at_some_ratio}
        assert best == {"a/input", "b/output"}


def test_the_highest_level_is_sixty(tiny: TinyArchive) -> None:
    tiny.scores(score("a/top", 99, "0.000001"))
    board = tiny.board("frontier-cheapest")
    assert table(board, "level") == [(30,), (40,), (50,), (60,)]
    assert board.finding.startswith("On 21 Nov 2026 an index of 60 or more cost")


def test_where_no_level_is_reached_today_nothing_is_said_of_the_least(tiny: TinyArchive) -> None:
    tiny.scores(score("a/x", 30, "0.000001"), on=ago(1))
    tiny.scores(score("a/x", 29, "0.000001"))
    assert table(tiny.board("frontier-cheapest"), "day") == [("2026-11-20",)]
    assert tiny.board("frontier-cheapest").finding == ""


@pytest.mark.parametrize(
    ("changed", "eras"),
    [(0, [1, 1]), (2, [1, 1]), (3, [1, 2]), (4, [1, 2])],
)
def test_an_index_is_rebased_when_more_than_half_of_the_scores_change(
    tiny: TinyArchive, changed: int, eras: list[int]
) -> None:
    before = [score(f"a/{n}", 40 + n, "0.000001") for n in range(4)]
    now = [score(f"a/{n}", 40 + n - (1 if n < changed else 0), "0.000001") for n in range(4)]
    tiny.scores(*before, on=ago(1))
    tiny.scores(*now)
    for id_ in ("frontier-history", "frontier-cheapest"):
        by_day = dict(table(tiny.board(id_), "day", "era"))
        assert list(by_day.values()) == eras


def test_only_scores_of_both_days_tell_whether_an_index_was_rebased(tiny: TinyArchive) -> None:
    same = [score("a/same", 40, "0.000001"), score("a/also", 39, "0.000001")]
    gone = [score(f"gone/{n}", 30, "0.000001") for n in range(9)]
    unknown = [score(f"un/{n}", None, "0.000001") for n in range(9)]
    tiny.scores(*same, score("a/moved", 20, "0.000001"), *gone, *unknown, on=ago(1))
    known = [score(f"un/{n}", 30, "0.000001") for n in range(9)]
    tiny.scores(*same, score("a/moved", 21, "0.000001"), *known)
    assert {era for (era,) in table(tiny.board("frontier-history"), "era")} == {1}


def test_days_without_a_common_score_are_one_era_and_eras_count_up(tiny: TinyArchive) -> None:
    tiny.scores(score("a/x", 50, "0.000001"), on=ago(3))
    tiny.scores(score("b/x", 60, "0.000001"), on=ago(2))
    tiny.scores(score("b/x", 48, "0.000001"), on=ago(1))
    tiny.scores(score("b/x", 38, "0.000001"))
    assert table(tiny.board("frontier-history"), "era") == [(1,), (1,), (2,), (3,)]


# Design Arena


def test_ratings_are_ranked_by_elo_within_their_category(tiny: TinyArchive) -> None:
    stats = {"first_place": 5, "second_place": 4, "third_place": 3, "fourth_place": 2, "total": 14}
    tiny.ratings(
        [
            rating("c/low", 1100, win_rate=40.5),
            rating("b/tied", 1200, avg_generation_time_ms=41250, tournament_stats=stats),
            rating("a/tied", 1200),
            rating("d/top", 1300.5, win_rate=61),
        ]
    )
    board = tiny.board("da.models.website")
    keys = ("rank", "model_permaslug", "elo", "win_rate", "tournaments", "seconds")
    assert table(board, *keys) == [
        (1, "d/top", 1300.5, 61, None, None),
        (2, "a/tied", 1200, 50, None, None),
        (2, "b/tied", 1200, 50, 14, 41.25),
        (4, "c/low", 1100, 40.5, None, None),
    ]
    places = table(board, "first", "second", "third", "fourth")
    assert places[2] == (5, 4, 3, 2)
    assert places[0] == (None, None, None, None)
    assert board.title == "Design Arena: website (models)"
    assert board.finding == (
        "d/top has the highest rating in the website category, 1,300.5; b/tied with 1,200 is level with it."
    )


def test_a_single_tournament_is_enough_for_an_interval_and_none_is_not(tiny: TinyArchive) -> None:
    names = ("first_place", "second_place", "third_place", "fourth_place")
    none = dict.fromkeys(names, 0)
    tiny.ratings(
        [
            rating("a/x", 1200, tournament_stats={**none, "first_place": 1, "total": 1}),
            rating("b/y", 1100, tournament_stats={**none, "total": 0}),
            rating("c/z", 1000, tournament_stats={**none, "fourth_place": 1, "total": 1}),
        ]
    )
    rows = table(tiny.board("da.models.website"), "model_permaslug", "interval_low")
    known = [(slug, low is not None) for slug, low in rows]
    assert known == [("a/x", True), ("b/y", False), ("c/z", True)]


def test_what_an_arena_does_not_count_has_no_column(tiny: TinyArchive) -> None:
    stats = {"first_place": 5}
    tiny.ratings([rating("a/x", 1100, tournament_stats=stats, avg_generation_time_ms=500)])
    (record,) = tiny.board("da.models.website").records()
    # Places without a total say nothing: five of how many?
    assert set(record) == {
        "rank", "rank_low", "rank_high", "model_permaslug", "model_permaslug_name", "elo", "win_rate",
        "seconds",
    }  # fmt: skip
    assert record["seconds"] == 0.5


def test_the_overview_names_the_leader_of_each_category(tiny: TinyArchive) -> None:
    tiny.ratings(
        [
            rating("a/x", 1200, "website"),
            rating("b/x", 1100, "website"),
            rating("a/x", 1000, "gamedev"),
            rating("b/x", 1001, "gamedev"),
        ],
        [rating("b/x", 900, "iosapps", "agents")],
    )
    board = tiny.board("design-arena")
    assert table(board, "arena", "category", "category_name", "leader", "elo", "models") == [
        ("Models", "gamedev", "Game development", "b/x", 1001, 2),
        ("Models", "website", "Website", "a/x", 1200, 2),
        ("Agents", "iosapps", "iOS apps", "b/x", 900, 1),
    ]
    assert board.finding == ("No category has ten rated models, so first places are not counted.")
    assert [credit.as_of for credit in board.citations] == [
        "2026-11-21T06:00:00Z",
        "2026-11-21T06:01:00Z",
    ]
    assert [credit.as_of for credit in tiny.board("da.agents.iosapps").citations] == [
        "2026-11-21T06:01:00Z"
    ]


def test_places_in_all_categories_of_an_arena_stand_together(tiny: TinyArchive) -> None:
    tiny.ratings(
        [rating("a/x", 10, "website", "agents"), rating("a/x", 11, "gamedev", "agents")],
        [
            rating("a/x", 12, "website"),
            rating("b/x", 13, "website"),
            rating("a/x", 14, "gamedev"),
        ],
        [rating("a/x", 15, "website", "builders")],
    )
    boards = tiny.boards()
    assert table(boards["da-arena"], "model_permaslug", "category", "rank", "of", "elo") == [
        ("a/x", "Game development", 1, 1, 14),
        ("b/x", "Website", 1, 2, 13),
        ("a/x", "Website", 2, 2, 12),
    ]
    assert table(boards["da-arena.agents"], "category", "elo") == [
        ("Game development", 11),
        ("Website", 10),
    ]
    # One category has nothing to be compared with.
    assert "da-arena.builders" not in boards
    assert boards["da-arena"].title == "Design Arena ranks by category: models"


def test_without_any_rating_there_is_no_board_of_the_arena(tiny: TinyArchive) -> None:
    tiny.ratings([])
    assert [id_ for id_ in tiny.boards() if id_.startswith("d")] == []


# OpenRouter's own evaluations


def test_evaluations_are_ranked_each_for_itself(tiny: TinyArchive) -> None:
    tiny.evaluations(
        evaluation("c/x", 0.25, "tau", avg_cost_per_task=0.01234, total_tasks=7),
        evaluation("b/x", 0.5, "gpqa", accuracy_stddev=0.02),
        evaluation("a/x", 0.5, "gpqa"),
        evaluation("c/x", 0.75, "gpqa", avg_cost_per_task=0),
        evaluation("d/x", 0.125, "gpqa"),
        search_evaluation("a/x", 0.9, "search"),
    )
    board = tiny.board("openrouter-evals")
    keys = ("benchmark_type", "rank", "model_permaslug", "score", "stddev", "cost", "tasks")
    assert table(board, *keys) == [
        ("gpqa", 1, "c/x", 0.75, None, "0", 100),
        ("gpqa", 2, "a/x", 0.5, None, None, 100),
        ("gpqa", 2, "b/x", 0.5, 0.02, None, 100),
        ("gpqa", 4, "d/x", 0.125, None, None, 100),
        ("search", 1, "a/x", 0.9, None, None, 100),
        ("tau", 1, "c/x", 0.25, None, "0.01234", 7),
    ]
    assert board.finding == "3 evaluations of 4 models."


def test_an_evaluation_of_one_model_is_told_in_the_singular(tiny: TinyArchive) -> None:
    tiny.evaluations(evaluation("a/x", 0.5, avg_cost_per_task=0.00004))
    board = tiny.board("openrouter-evals")
    assert board.finding == "1 evaluation of 1 model."
    assert table(board, "cost") == [("0.00004",)]


def test_without_an_evaluation_there_is_no_board_of_them(tiny: TinyArchive) -> None:
    tiny.evaluations()
    assert "openrouter-evals" not in tiny.boards()
