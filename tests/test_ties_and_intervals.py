"""Ties, intervals and ranges on boards of scores, ratings and tasks, in rows and in sentences."""

from typing import Any

import pytest

from generator.boards import task_intensity
from generator.boards.board import AnyBoard
from generator.boards.design_arena_leaders import CategoryLead
from generator.boards.intervals import (
    Interval,
    at_least,
    at_most,
    elo_interval,
    interval_rank_ranges,
    lift_interval,
    ratio_interval,
    share_interval,
    tied_rank_ranges,
    unlisted_share,
    wilson_interval,
)
from generator.boards.rank_stability import RankRange, rank_words
from generator.charts.catalogue import CHARTS
from generator.render import table_body, table_layout
from tests.tiny_archive import (
    TinyArchive,
    ago,
    chosen,
    evaluation,
    kind_of_work,
    listing,
    rating,
    score,
    table,
    task,
)

# Rules


def test_scores_displayed_alike_share_a_range_of_ranks() -> None:
    assert tied_rank_ranges(["60.25", "50", "50", "49.5"]) == [
        RankRange(1, 1),
        RankRange(2, 3),
        RankRange(2, 3),
        RankRange(4, 4),
    ]
    assert tied_rank_ranges([]) == []


def test_a_range_of_ranks_is_written_as_one_rank_or_from_best_to_worst() -> None:
    assert (rank_words(3, 3), rank_words(3, 5)) == ("3", "3–5")
    assert (RankRange(3, 3).ordinals, RankRange(3, 5).ordinals) == ("3rd", "3rd to 5th")


def test_a_rating_has_the_interval_that_its_places_leave() -> None:
    # With one tournament more at each place: 13, 7, 6 and 5 of 31, m = 0.6344, v = 0.13880; so
    # sqrt(v / 31) = 0.06691 and 1.96 x 173.718 x 0.06691 / (0.6344 x 0.3656) = 98.2.
    found = elo_interval(1200, (12, 6, 5, 4))
    assert (round(found.low, 1), round(found.high, 1)) == (1101.8, 1298.2)


def test_more_tournaments_make_an_interval_narrower_and_unanimous_ones_still_have_one() -> None:
    few, many = elo_interval(0, (9, 0, 0, 0)), elo_interval(0, (900, 0, 0, 0))
    assert few.high > many.high > 0
    assert elo_interval(0, (1, 0, 0, 0)).high > few.high


@pytest.mark.parametrize("places", [None, (0, 0, 0, 0)])
def test_a_rating_without_counted_places_is_level_within_ten_points(
    places: tuple[int, int, int, int] | None,
) -> None:
    first = elo_interval(1210.4, places)
    assert first == Interval(1205.4, 1215.4)
    assert elo_interval(1200.4, places).high >= first.low
    assert elo_interval(1200.39, places).high < first.low


def test_intervals_leave_ranks_open_and_one_displayed_score_has_one_range() -> None:
    intervals = [Interval(90, 110), Interval(85, 95), Interval(50, 99), Interval(79, 81)]
    ranges = interval_rank_ranges(intervals, ["100", "90", "80", "80"])
    assert ranges == [RankRange(1, 3), RankRange(1, 3), RankRange(1, 4), RankRange(1, 4)]
    touching = interval_rank_ranges([Interval(9, 10), Interval(7, 9)], ["9.5", "8"])
    assert touching == [RankRange(1, 2), RankRange(1, 2)]
    apart = interval_rank_ranges([Interval(9, 10), Interval(7, 8)], ["9.5", "7.5"])
    assert apart == [RankRange(1, 1), RankRange(2, 2)]


def test_an_intensity_has_two_places_below_one_alone() -> None:
    assert task_intensity.in_words(Interval(1, 1.27), " to ") == "1 to 1.3"
    assert task_intensity.in_words(Interval(0.99, 1.27), " to ") == "0.99 to 1.27"
    assert task_intensity.in_words(Interval(1.23, 1.27), " to ") == "1.2 to 1.3"


def test_first_places_have_the_interval_of_wilson() -> None:
    found = wilson_interval(12, 27)
    assert (round(found.low, 3), round(found.high, 3)) == (0.276, 0.627)
    assert wilson_interval(0, 5).low == 0.0
    assert wilson_interval(5, 5).high == 1.0


def test_a_ratio_of_rounded_shares_has_the_range_that_rounding_leaves() -> None:
    assert share_interval(0.0002) == Interval(0.0, 0.0007)
    assert share_interval(1.0).high == 1.0
    found = ratio_interval(0.021, 0.005)
    assert found is not None
    assert (round(found.low, 3), round(found.high, 3)) == (3.727, 4.778)
    assert ratio_interval(0.021, 0.0049) is None
    assert ratio_interval(0.0049, 0.021) is None


def test_a_model_behind_the_cut_has_at_most_the_smallest_listed_share_and_the_remainder() -> None:
    assert unlisted_share([0.2, 0.1]) == pytest.approx(0.1005)
    assert unlisted_share([0.6, 0.35, 0.04]) == pytest.approx(0.0115)
    assert unlisted_share([]) == 1.0


def test_a_lift_has_the_range_of_its_shares_and_of_what_the_other_tasks_hide() -> None:
    found = lift_interval(0.3, 0.01, Interval(0.03, 0.05))
    assert found is not None
    assert found.low == pytest.approx(0.2995 / (0.0105 * 0.2995 + 0.05))
    assert found.high == pytest.approx(0.3005 / (0.0095 * 0.3005 + 0.03))
    assert lift_interval(0.0049, 0.01, Interval(0.03, 0.05)) is None
    assert lift_interval(0.005, 0.01, Interval(0.03, 0.05)) is not None
    # Of a task that nobody may have asked for, and a model without other requests, anything is possible.
    assert lift_interval(0.3, 0.0005, Interval(0.0, 0.05)) is None


def test_bounds_are_rounded_outwards() -> None:
    assert (at_least(5.19), at_most(8.31)) == (5.1, 8.4)
    assert (at_least(5.1), at_most(8.4)) == (5.1, 8.4)
    # What adding floats leaves behind the sixth place is noise.
    assert (at_least(5.09999996), at_most(8.40000004)) == (5.1, 8.4)


# Scores


def alt(chart: str, board: AnyBoard) -> str:
    return next(one for one in CHARTS if one.id == chart).alt(board)


def test_indices_displayed_alike_are_level_on_the_page_and_in_the_chart(
    tiny: TinyArchive,
) -> None:
    tiny.scores(score("b/x", 49.496), score("a/x", 49.504), score("c/x", 48))
    board = tiny.board("artificial-analysis")
    assert table(board, "rank", "rank_low", "rank_high", "model_permaslug") == [
        (1, 1, 2, "a/x"),
        (1, 1, 2, "b/x"),
        (3, 3, 3, "c/x"),
    ]
    assert board.finding == (
        "a/x and b/x are level at 49.5 on the intelligence index, ahead of c/x with 48.0."
    )
    assert alt("aa-bars", board) == board.finding


def test_of_many_that_are_level_three_are_named(tiny: TinyArchive) -> None:
    tiny.scores(*[score(f"{slug}/x", 0) for slug in "abcde"])
    assert tiny.board("artificial-analysis").finding == (
        "Level at 0.0 on the intelligence index: a/x, b/x, c/x and 2 others."
    )


def test_a_pair_of_indices_speaks_of_the_models_that_have_both(tiny: TinyArchive) -> None:
    tiny.scores(
        score("a/x", 1, coding_index=60, agentic_index=50),
        score("b/x", 1, coding_index=60, agentic_index=40),
        score("c/x", 1, coding_index=90),
    )
    assert alt("aa-pair", tiny.board("artificial-analysis")) == (
        "Of 2 models with both indices: a/x and b/x are level at 60.0 on coding; "
        "a/x leads on agentic work with 50.0, ahead of b/x with 40.0."
    )


def test_a_table_shows_the_range_in_the_cell_of_the_rank_and_files_have_columns_for_it(
    tiny: TinyArchive,
) -> None:
    tiny.scores(score("b/x", 50), score("a/x", 50), score("c/x", 48))
    board = tiny.board("artificial-analysis")
    body = str(table_body.body(board, ""))
    assert (
        '<td class="n rank" data-v="1"><span title="Rank 1; 1 to 2 are possible">1–2</span></td>'
        in body
    )
    assert '<td class="n rank" data-v="3">3</td>' in body
    assert [column.key for column in table_layout.chosen(board)][:2] == ["rank", "model_permaslug"]
    assert list(board.records()[0])[:3] == ["rank", "rank_low", "rank_high"]


def test_a_tie_holds_within_one_evaluation_only(tiny: TinyArchive) -> None:
    tiny.evaluations(
        evaluation("a/x", 0.5004, "gpqa"),
        evaluation("b/x", 0.4996, "gpqa"),
        evaluation("c/x", 0.5, "tau"),
    )
    keys = ("benchmark_type", "rank", "rank_low", "rank_high", "model_permaslug")
    assert table(tiny.board("openrouter-evals"), *keys) == [
        ("gpqa", 1, 1, 2, "a/x"),
        ("gpqa", 1, 1, 2, "b/x"),
        ("tau", 1, 1, 1, "c/x"),
    ]


# Ratings


def places(*counts: int) -> dict[str, Any]:
    keys = ("first_place", "second_place", "third_place", "fourth_place")
    return {"tournament_stats": dict(zip(keys, counts, strict=True)) | {"total": sum(counts)}}


def test_ratings_without_counts_are_level_within_ten_points(tiny: TinyArchive) -> None:
    tiny.ratings([rating("a/x", 1250.4), rating("b/x", 1249.6), rating("c/x", 1240.3)])
    board = tiny.board("da.models.website")
    assert table(board, "rank", "rank_low", "rank_high") == [(1, 1, 2), (2, 1, 3), (3, 2, 3)]
    assert board.finding == (
        "a/x has the highest rating in the website category, 1,250.4; b/x with 1,249.6 is level with it."
    )
    assert alt("da-elo", board) == board.finding


def test_equal_ratings_are_level_and_nobody_leads(tiny: TinyArchive) -> None:
    tiny.ratings(
        [rating("a/x", 1442.4, "3d"), rating("b/x", 1442.4, "3d"), rating("c/x", 1436, "3d")]
    )
    assert tiny.board("da.models.3d").finding == (
        "a/x and b/x are level at 1,442.4 in the 3D category; c/x with 1,436 is level with them."
    )


def test_counted_places_give_a_rating_its_interval(tiny: TinyArchive) -> None:
    tiny.ratings(
        [
            rating("a/x", 1300, **places(300, 250, 240, 210)),
            rating("b/x", 1290, **places(300, 250, 240, 210)),
            rating("c/x", 1280, **places(3, 2, 2, 2)),
            rating("d/x", 1200, **places(300, 250, 240, 210)),
        ]
    )
    board = tiny.board("da.models.website")
    keys = ("rank", "rank_low", "rank_high", "interval_low", "interval_high")
    assert table(board, *keys)[0] == (1, 1, 3, 1283.84, 1316.16)
    assert board.finding == (
        "a/x has the highest rating in the website category, 1,300 (95% CI 1,284–1,316); "
        "2 others are level with it."
    )
    assert "direct test" in " ".join(board.notes)


def test_a_rating_whose_interval_none_reaches_leads(tiny: TinyArchive) -> None:
    tiny.ratings([rating("a/x", 1300, **places(300, 250, 240, 210)), rating("b/x", 1100)])
    assert tiny.board("da.models.website").finding == (
        "a/x leads in the website category with 1,300 (95% CI 1,284–1,316), ahead of b/x with 1,100."
    )


def test_a_model_rated_alone_leads_nobody(tiny: TinyArchive) -> None:
    tiny.ratings([rating("a/x", 1300)])
    finding = tiny.board("da.models.website").finding
    assert finding == "a/x is the only model rated in the website category, with 1,300."


def rated(category: str, *first: tuple[str, float]) -> list[dict[str, Any]]:
    """A category of ten models: these, and as many others as are missing, far below."""
    others = [rating(f"z/{at}", 900 - at, category) for at in range(10 - len(first))]
    return [*[rating(slug, elo, category) for slug, elo in first], *others]


def test_first_places_are_counted_over_categories_of_ten_models_and_more(
    tiny: TinyArchive,
) -> None:
    tiny.ratings(
        [
            *rated("website", ("a/x", 1300), ("b/x", 1200)),
            *rated("gamedev", ("a/x", 1201), ("b/x", 1200)),
            *rated("3d", ("b/x", 1211), ("a/x", 1200)),
            *rated("image", ("a/x", 1200), ("b/x", 1200)),
            rating("c/x", 1000, "video"),
        ]
    )
    boards = tiny.boards()
    said = (
        "a/x is first in 2 of 4 categories with at least ten models, more than any other, "
        "in 1 by more than 10 Elo points."
    )
    assert boards["design-arena"].finding == said
    assert alt("da-heat", boards["da-arena"]) == f"Arena models: {said}"
    assert table(boards["design-arena"], "category", "leader", "lead", "level") == [
        ("3d", "b/x", 11, 0),
        ("gamedev", "a/x", 1, 1),
        ("image", "a/x", 0, 1),
        ("video", "c/x", None, 0),
        ("website", "a/x", 100, 0),
    ]


def test_a_lead_is_clear_from_above_ten_points() -> None:
    points = (None, 10.0, 10.01)
    assert [CategoryLead(None, lead, 10).is_clear for lead in points] == [False, False, True]


def test_models_that_are_first_equally_often_are_named_together(tiny: TinyArchive) -> None:
    tiny.ratings([*rated("website", ("b/x", 1300)), *rated("gamedev", ("a/x", 905))])
    assert tiny.board("design-arena").finding == (
        "a/x and b/x are each first in 1 of 2 categories with at least ten models, "
        "together in 1 by more than 10 Elo points."
    )


def test_a_model_that_is_first_most_often_is_called_by_its_short_name(tiny: TinyArchive) -> None:
    tiny.models(listing("a/x", name="Acme: X One"))
    rows = rated("website", ("a/x", 1300), ("b/x", 1200))
    tiny.ratings([{**row, "display_name": "Acme: X One"} for row in rows])
    assert tiny.board("design-arena").finding.startswith("X One is first in 1 of 1 category")


def test_where_all_categories_are_tied_no_model_is_first(tiny: TinyArchive) -> None:
    tiny.ratings(rated("website", ("b/x", 1300), ("a/x", 1300)))
    assert tiny.board("design-arena").finding == (
        "No model has the highest rating alone in any of 1 category with at least ten models."
    )


def test_the_chart_of_times_names_the_leader_of_the_page_and_says_what_it_is_drawn_from(
    tiny: TinyArchive,
) -> None:
    tiny.ratings(
        [
            rating("a/untimed", 1505),
            rating("b/x", 1364, avg_generation_time_ms=20000),
            rating("c/x", 1300, avg_generation_time_ms=5000),
        ]
    )
    assert alt("da-speed", tiny.board("da.models.website")) == (
        "a/untimed leads in the website category with 1,505, ahead of b/x with 1,364. "
        "Of 2 models with a time, b/x has the highest rating, 1,364; c/x is the fastest, 5 s."
    )


def test_the_podium_says_by_which_measure_it_orders(tiny: TinyArchive) -> None:
    tiny.ratings(
        [
            rating("a/x", 1400, **places(100, 200, 50, 50)),
            rating("b/x", 1200, **places(200, 50, 50, 100)),
        ]
    )
    assert alt("da-podium", tiny.board("da.models.website")) == (
        "By share of first places b/x is highest: first in 50.0% of 400 tournaments "
        "(95% CI 45.1–54.9%); no other interval reaches into it. "
        "a/x leads in the website category with 1,400 (95% CI 1,378–1,422), ahead of b/x with 1,200."
    )
    first_of_one = [
        rating("a/x", 1400, **places(1, 0, 0, 0)),
        rating("b/x", 1200, **places(0, 1, 0, 0)),
    ]
    tiny.ratings(first_of_one)
    assert "a/x is highest: first in 100.0% of 1 tournament (" in alt(
        "da-podium", tiny.board("da.models.website")
    )
    podium = next(one for one in CHARTS if one.id == "da-podium")
    said = podium.subtitle(tiny.board("da.models.website"))
    assert said.endswith("All 2 models. Models whose intervals overlap may be equal.")


# Tasks


def test_tasks_displayed_with_one_share_are_level(tiny: TinyArchive) -> None:
    tiny.tasks(
        task("b", 0.3, 0.5), task("a", 0.3, 0.2), task("c", 0.4, 0.2), task("d", 0.4, 0.1),
        kinds=[kind_of_work("code", 0.5, 0.5), kind_of_work("data", 0.5, 0.5)],
    )  # fmt: skip
    board = tiny.board("tasks")
    assert table(board, "rank", "rank_low", "rank_high", "tag") == [
        (1, 1, 2, "c"),
        (1, 1, 2, "d"),
        (3, 3, 4, "a"),
        (3, 3, 4, "b"),
    ]
    assert board.finding == (
        "C and D are the most common tasks, level at 40.0% of requests; B uses the most tokens, 50.0%."
    )
    assert alt("task-share", board) == board.finding
    kinds = tiny.board("tasks-macro")
    assert kinds.finding == (
        "Code and Data are the most common types of work, level at 50.0% of requests; "
        "Code and Data use the most tokens, level at 50.0%."
    )
    assert alt("task-macro", kinds) == kinds.finding


def test_tasks_that_use_as_many_tokens_are_named_in_the_order_of_their_tags(
    tiny: TinyArchive,
) -> None:
    tiny.tasks(task("b", 0.6, 0.5), task("a", 0.4, 0.5))
    assert tiny.board("tasks").finding == (
        "B is the most common task with 60.0% of requests; "
        "A and B use the most tokens, level at 50.0%."
    )


def test_models_chosen_equally_often_are_level(tiny: TinyArchive) -> None:
    models = [chosen("b/x", 0.113), chosen("a/x", 0.113), chosen("c/x", 0.1)]
    tiny.tasks(task("fix", 1, 1, *models), task("empty", 0, 0, chosen("a/x", 0)))
    board = tiny.board("task.fix")
    assert table(board, "rank", "rank_low", "rank_high", "model_permaslug") == [
        (1, 1, 2, "a/x"),
        (1, 1, 2, "b/x"),
        (3, 3, 3, "c/x"),
        (None, None, None, "other"),
    ]
    assert board.finding == "a/x and b/x are level, each with 11.3% of the task's requests."
    assert alt("task-models", board) == board.finding
    assert tiny.board("task.empty").finding == ""


def test_an_intensity_is_given_as_a_range_and_not_of_shares_below_half_a_per_cent(
    tiny: TinyArchive,
) -> None:
    tiny.tasks(
        task("devops", 0.001, 0.005),
        task("config", 0.005, 0.021),
        task("light", 0.4, 0.1),
        task("usual", 0.594, 0.874),
    )
    board = tiny.board("tasks")
    assert table(board, "tag", "intensity", "least_intensity", "most_intensity") == [
        ("usual", 1.47, 1.46, 1.48),
        ("light", 0.25, 0.24, 0.26),
        ("config", 4.2, 3.72, 4.78),
        ("devops", None, None, None),
    ]
    assert alt("task-intensity", board) == (
        "Of 3 tasks with 0.5% or more of requests and of tokens, Config has the highest share of tokens "
        "for its requests, 3.7 to 4.8 times the average; Light has the lowest, 0.24 to 0.26 times."
    )
    chart = next(one for one in CHARTS if one.id == "task-intensity")
    left_out = "3 of 4 tasks; 1 task with under 0.5% of requests or of tokens left out."
    assert left_out in chart.subtitle(board)


def test_a_lift_is_given_as_at_least_and_at_most(tiny: TinyArchive) -> None:
    tiny.tasks(
        task("support", 0.02, 0, chosen("a/x", 0.4), chosen("b/x", 0.004)),
        task("code", 0.5, 0, chosen("a/x", 0.04), chosen("b/x", 0.03)),
        task("talk", 0.48, 0, chosen("b/x", 0.3), chosen("c/x", 0.02)),
    )
    board = tiny.board("task-lift")
    # a/x is not listed for talk: its share there is 0 to 0.0205.
    # At least 0.3995 / (0.0205 x 0.3995 + 0.5005 x 0.0405 + 0.4805 x 0.0205) = 10.42,
    # at most 0.4005 / (0.0195 x 0.4005 + 0.4995 x 0.0395) = 14.55.
    assert table(board, "model_permaslug", "tag", "least_lift", "most_lift")[0] == (
        "a/x",
        "support",
        10.42,
        14.55,
    )
    assert ("b/x", "support") not in table(board, "model_permaslug", "tag")
    assert board.finding == (
        "a/x is used for Support at least 10.4 and at most 14.6 times as often as across all tasks, "
        "the highest such ratio of the most-used models."
    )
    assert alt("task-lift", board) == board.finding


@pytest.mark.parametrize(
    ("days", "finding"),
    [(6, ""), (7, "Of the 2 followed since 13 Nov 2026, A moved the most, +10.0 percentage points to 50.0% of requests.")],
)  # fmt: skip
def test_windows_with_days_in_common_have_no_trend_in_words(
    tiny: TinyArchive, days: int, finding: str
) -> None:
    tiny.tasks(task("a", 0.4, 1), task("b", 0.5, 1), on=ago(days))
    tiny.tasks(task("a", 0.5, 1), task("b", 0.5, 1))
    board = tiny.board("task-trend.tasks")
    assert board.finding == finding
    lead = "A and B are level at 50.0% of requests."
    assert alt("task-trend", board) == f"{lead} {finding}".strip()
