"""What stands side by side, and the overview's figures, from a few facts."""

from itertools import groupby
from typing import Any

import pytest

from generator.boards.board import Entity
from generator.boards.comparison import Comparison, comparison
from generator.boards.names import name_in_color
from generator.boards.prepared_comparisons import prepared
from tests.tiny_archive import (
    LAST,
    TODAY,
    TinyArchive,
    ago,
    app,
    chosen,
    daily,
    evaluation,
    listing,
    rating,
    score,
    table,
    task,
    weeks,
)


def compared(tiny: TinyArchive) -> Comparison:
    found = comparison(tiny.site())
    assert found is not None
    return found


def ready(tiny: TinyArchive) -> dict[str, tuple[str, ...]]:
    """The models of each prepared comparison by its address."""
    return {one.path: one.keys for one in prepared(tiny.site())}


# Comparisons


def test_the_values_of_every_model_stand_under_their_measure(tiny: TinyArchive) -> None:
    tiny.rankings(weeks({"a/x": 3, "b/x": 1}))
    tiny.models(listing("b/x", context_length=1000), listing("c/x", prompt="0"))
    tiny.scores(score("a/x", 40, coding_index=30), score("b/x", 50))
    tiny.ratings([rating("b/x", 1100)])
    tiny.evaluations(evaluation("b/x", 0.5))
    tiny.tasks(task("zoo", 1, 1, chosen("a/x", 0.25)))
    found = compared(tiny)
    values: dict[str, dict[str, Any]] = {
        name: {key: value for key, value in model.values.items() if key != "created"}
        for name, model in found.models.items()
    }
    assert list(values) == ["a/x", "b/x", "c/x"]
    assert [model.model.id for model in found.models.values()] == list(values)
    assert [credit.as_of for credit in found.citations][:2] == [
        "2026-11-21T06:00:00Z",
        "2026-11-21T06:17:00Z",
    ]
    assert values["a/x"] == {
        "model_rank": 1,
        "model_share": 0.75,
        "model_tokens": 21,
        "Artificial Analysis: Intelligence index": 40,
        "Artificial Analysis: Coding index": 30,
        "task: zoo": 0.25,
    }
    assert values["b/x"] == {
        "model_rank": 2,
        "model_share": 0.25,
        "model_tokens": 7,
        "prompt": "0.000001",
        "completion": "0.000002",
        "context_length": 1000,
        "input_modalities": "text",
        "output_modalities": "text",
        "Artificial Analysis: Intelligence index": 50,
        "Design Arena: Website (models)": 1100,
        "OpenRouter: gpqa": 50.0,
    }
    assert values["c/x"] == {
        "prompt": "0",
        "completion": "0.000002",
        "input_modalities": "text",
        "output_modalities": "text",
    }
    assert found.datasets == (
        "rankings-daily",
        "models",
        "benchmarks-artificial-analysis",
        "benchmarks-design-arena",
        "benchmarks-openrouter",
        "task-classifications",
    )


def test_measures_stand_by_group_and_by_what_they_say_of_models(tiny: TinyArchive) -> None:
    tiny.rankings(weeks({"a/x": 3}))
    tiny.scores(score("a/x", 40, coding_index=30))
    tiny.ratings([rating("a/x", 1, "website"), rating("a/x", 2, "gamedev")])
    tiny.evaluations(evaluation("a/x", 0.5))
    # Level measures stand by name, tasks by their share of requests.
    tiny.tasks(task("zoo", 0.4, 1, chosen("a/x", 0.2)), task("art", 0.6, 1, chosen("a/x", 0.1)))
    found = compared(tiny)
    keys = [measure.column.key for measure in found.measures]
    assert keys[:3] == ["model_rank", "model_tokens", "model_share"]
    assert keys[3:10] == [
        "prompt",
        "completion",
        "also_free",
        "context_length",
        "input_modalities",
        "output_modalities",
        "created",
    ]
    assert keys[10:] == [
        "Artificial Analysis: Intelligence index",
        "Artificial Analysis: Coding index",
        "Design Arena: Game development (models)",
        "Design Arena: Website (models)",
        "OpenRouter: gpqa",
        "task: art",
        "task: zoo",
    ]
    groups = [measure.group for measure in found.measures]
    assert [len(list(same)) for _, same in groupby(groups)] == [3, 7, 2, 2, 1, 2]
    barred = [measure.column.key for measure in found.measures if measure.barred]
    assert barred == ["model_tokens", "model_share", *keys[10:12], *keys[14:]]


def test_the_best_of_several_settings_is_compared(tiny: TinyArchive) -> None:
    tiny.scores(score("a/x", 40, display_name="low"), score("a/x", 50, display_name="high"))
    assert compared(tiny).models["a/x"].values == {"Artificial Analysis: Intelligence index": 50}


def test_listed_models_stand_before_former_ones_and_by_name(tiny: TinyArchive) -> None:
    tiny.models(listing("g/gone", name="Aaa"), on=ago(1))
    tiny.models(
        listing("z/x", name="bravo"),
        listing("y/x", name="Charlie"),
        listing("x/x", name="Alpha"),
        listing("w/x", name="alpha"),
    )
    assert list(compared(tiny).models) == ["w/x", "x/x", "z/x", "y/x", "g/gone"]


def test_a_series_is_of_the_last_sixty_days(tiny: TinyArchive) -> None:
    days = daily({"a/x": 61}, {"a/x": 60}, *[{"b/x": 2}] * 57, {"a/x": 2}, {"b/x": 1})
    tiny.rankings(days)
    tiny.models(listing("c/x"))
    found = compared(tiny)
    assert (found.first, found.last) == (ago(60), LAST)
    assert found.models["a/x"].series == (60, *[None] * 57, 2, None)
    assert found.models["b/x"].series == (None, *[2] * 57, None, 1)
    assert found.models["c/x"].series == ()


def test_a_model_that_was_used_only_before_has_no_series(tiny: TinyArchive) -> None:
    tiny.rankings(daily({"a/x": 1}, *[{"b/x": 2}] * 60))
    assert compared(tiny).models["a/x"].series == ()


def test_without_days_there_is_no_series(tiny: TinyArchive) -> None:
    tiny.models(listing("c/x"))
    found = compared(tiny)
    assert (found.first, found.last, found.models["c/x"].series) == (None, None, ())


def test_where_nothing_is_held_nothing_is_compared(tiny: TinyArchive) -> None:
    assert comparison(tiny.site()) is None
    assert ready(tiny) == {}


# Prepared comparisons


def test_the_four_most_used_stand_side_by_side(tiny: TinyArchive) -> None:
    tiny.rankings(weeks({f"m/{number}": 9 - number for number in range(5)}))
    (one,) = prepared(tiny.site())
    assert (one.path, one.title) == ("compare/", "Most used")
    assert one.keys == ("m/0", "m/1", "m/2", "m/3")
    assert one.finding.startswith("The four most-used models")


def test_the_four_most_used_are_four_of_them_where_the_fourth_rank_is_open(
    tiny: TinyArchive,
) -> None:
    # The sums are 44 and 35, but without the last day m/4 is ahead of m/3.
    day = {"m/0": 90, "m/1": 80, "m/2": 70, "m/3": 4, "m/4": 5}
    tiny.rankings(daily(*[day] * 6, {**day, "m/3": 20}))
    (one,) = prepared(tiny.site())
    assert one.keys == ("m/0", "m/1", "m/2", "m/3")
    assert one.finding == "Four of the most-used models this week, side by side."


@pytest.mark.parametrize(("count", "word"), [(1, ""), (2, " two "), (3, " three ")])
def test_two_models_can_be_compared_and_one_can_not(
    tiny: TinyArchive, count: int, word: str
) -> None:
    tiny.rankings(weeks({f"m/{number}": 9 - number for number in range(count)}))
    said = [one.finding for one in prepared(tiny.site())]
    assert len(said) == (1 if word else 0)
    assert all(word in sentence for sentence in said)


def test_the_highest_scores_and_the_best_for_the_price_are_prepared(tiny: TinyArchive) -> None:
    tiny.scores(
        score("a/cheap", 30, "0.000001"),
        score("b/dear", 50, "0.000003"),
        score("b/dear", 49, "0.000009", display_name="again"),
        score("c/beaten", 40, "0.000004"),
        score("unmapped", 45, "0.000002"),
    )
    found = ready(tiny)
    assert found["compare/highest-scores/"] == ("b/dear", "c/beaten", "a/cheap")
    assert found["compare/best-for-the-price/"] == ("b/dear", "a/cheap")


def test_the_models_that_gained_most_are_prepared(tiny: TinyArchive) -> None:
    before = {"a/x": 1, "b/x": 1, "c/x": 9, "d/x": 5}
    # c/x loses, and d/x gains on the last day only.
    now = {"a/x": 2, "b/x": 5, "c/x": 1, "d/x": 5}
    tiny.rankings(daily(*[before] * 7, *[now] * 6, {**now, "d/x": 90}))
    assert ready(tiny)["compare/rising/"] == ("b/x", "a/x")


@pytest.mark.parametrize(
    ("other", "sentence"), [(40, "Four of the models"), (5, "The four models")]
)
def test_the_four_that_gained_most_are_four_of_them_where_a_newcomer_may_have_gained_more(
    tiny: TinyArchive, other: int, sentence: str
) -> None:
    before = {f"m/{number}": 100 for number in range(4)}
    now = {"m/0": 140, "m/1": 135, "m/2": 130, "m/3": 125}
    # A day outside the top 50 held from 0 to as much as all others: the newcomer gained 20 to 60, or 19 to 24.
    newcomer = {"n/x": 60 if other == 40 else 24}
    tiny.rankings(daily(*[{**before, "other": other}] * 7, *[{**now, **newcomer}] * 7))
    (rising,) = [one for one in prepared(tiny.site()) if one.path == "compare/rising/"]
    assert rising.keys == ("m/0", "m/1", "m/2", "m/3")
    assert rising.finding.startswith(f"{sentence} whose listings certainly gained the most tokens")


def test_the_models_for_coding_are_prepared_by_use(tiny: TinyArchive) -> None:
    models = ("a/x", "b/x")
    tiny.tasks(
        task("code:x", 1, 1, chosen("b/x", 0.5), chosen("a/x", 0.2), kind="code"),
    )
    tiny.scores(*[score(slug, None, coding_index=9) for slug in models])
    tiny.ratings([rating(slug, 1000, "codecategories") for slug in models])
    assert ready(tiny)["compare/for-coding/"] == ("b/x", "a/x")


# The overview


def test_the_figures_of_the_week_are_its_tokens_its_leader_and_its_climber(
    tiny: TinyArchive,
) -> None:
    tiny.rankings(
        weeks(
            {"a/x": 400, "b/x": 300, "c/x": 200, "d/x": 100},
            {"a/x": 4_000_000, "d/x": 300, "c/x": 250, "b/x": 200, "n/new": 900, "other": 350},
        )
    )
    tiny.models(listing("a/x", name="Acme: X"), listing("d/x", name="Delta"))
    figures = tiny.figures()
    tokens = figures["Tokens this week"]
    # 7 x (4,000,000 + 300 + 250 + 200 + 900 + 350) = 28,014,000
    assert (tokens.value, tokens.exact) == ("28.0 million", "28014000")
    assert tokens.detail == "14 to 20 Nov 2026"
    leader = figures["Most-used model"]
    assert (leader.value, leader.detail) == ("X", "100.0% of tokens")
    assert float(leader.exact) == pytest.approx(4_000_000 / 4_002_000)
    assert [credit.as_of for credit in leader.citations] == [f"{TODAY}T06:00:00Z"]
    climber = figures["Biggest climber this week"]
    # From 4 to 3: n/new has come between a/x and d/x.
    assert (climber.value, climber.exact, climber.detail) == (
        "Delta",
        "1",
        "up 1 place to No. 3",
    )
    assert {figure.path for figure in (tokens, climber)} == {"rankings/"}
    assert leader.path == "models/a/x/"
    assert tiny.site().headline.startswith("X leads with 100.0% of tokens")


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Acme: X: Y", "X: Y"),
        ("ACME: X", "X"),
        ("A: X", "X"),
        ("Acme:X", "Acme:X"),
        ("Second series: X", "Second series: X"),
        ("Acme", "Acme"),
    ],
)
def test_a_name_is_told_without_its_author(tiny: TinyArchive, name: str, short: str) -> None:
    tiny.rankings(weeks({"a/x": 1}))
    tiny.models(
        listing("a/x", name=name),
        listing("a/y", name="Acme: Y"),
        listing("a/z", name="Acme: Z"),
    )
    assert tiny.figures()["Most-used model"].value == short
    assert tiny.site().headline.startswith(f"{short} leads with")


@pytest.mark.parametrize(
    ("model", "shown"),
    [
        (Entity("a/x", "a/x", is_slug=True), "x"),
        (Entity("a/x-20260826", "a/x-20260826", is_slug=True), "x 0826"),
        (Entity("a/x", "Acme/x"), "Acme/x"),
        (Entity("x", "x", is_slug=True), "x"),
    ],
)
def test_a_slug_loses_its_author_where_a_color_tells_whose_it_is(model: Entity, shown: str) -> None:
    assert name_in_color(model) == shown


def test_a_model_says_its_author_and_its_api_id_below_its_name(tiny: TinyArchive) -> None:
    tiny.rankings(weeks({"acme/x-20260801:free": 3, "acme/x-20260801": 2, "b/unlisted-1": 1}))
    tiny.models(listing("acme/x", "acme/x-20260801", "Acme: Acme X"), listing("b/y", name="Bo: Y"))
    free, plain, unlisted = (row.model_permaslug for row in tiny.board("models-7d").rows)
    assert (plain.name, plain.detail) == ("Acme X", "Acme · acme/x")
    assert (free.name, free.detail) == ("Acme X (free)", "Acme · acme/x:free")
    assert (unlisted.name, unlisted.detail) == ("b/unlisted-1", "not in the model list")
    assert [one.is_slug for one in (free, plain, unlisted)] == [False, False, True]
    other = tiny.model("b/y").model
    assert [one.titled for one in (plain, other, unlisted)] == ["Acme X", "Y (Bo)", "b/unlisted-1"]
    assert [one.source_name for one in (plain, other)] == ["Acme: Acme X", "Bo: Y"]


def test_a_model_that_is_listed_as_a_variant_alone_has_the_id_of_that(tiny: TinyArchive) -> None:
    tiny.scores(score("acme/x-1", 50, "0"), score("acme/y-1", 40, "0.000001"))
    tiny.models(
        listing("acme/x:free", "acme/x-1", "Acme: X (free)"),
        listing("acme/y", "acme/y-1", "Acme: Y"),
        listing("acme/y:free", "acme/y-1", "Acme: Y (free)"),
    )
    free, plain = (row.model_permaslug for row in tiny.board("artificial-analysis").rows)
    assert (free.api_id, plain.api_id) == ("acme/x:free", "acme/y")


def test_models_of_two_authors_that_are_called_alike_say_whose_they_are(tiny: TinyArchive) -> None:
    tiny.models(
        listing("a/x", name="Acme: X"),
        listing("b/x", name="Bo: X"),
        listing("b/y", name="Bo: Y"),
    )
    names = {tiny.model(slug).model.name for slug in ("a/x", "b/x", "b/y")}
    assert names == {"X (Acme)", "X (Bo)", "Y"}


def test_authors_that_are_called_alike_say_their_slugs(tiny: TinyArchive) -> None:
    tiny.models(
        listing("meta/x", name="Meta: X"),
        listing("meta-llama/y", name="Meta: Y"),
        listing("b/z", name="Bo: Z"),
    )
    names = {tiny.author(slug).author.name for slug in ("meta", "meta-llama", "b")}
    assert names == {"Meta (meta)", "Meta (meta-llama)", "Bo"}


def test_equal_climbs_are_told_together(tiny: TinyArchive) -> None:
    tiny.rankings(
        weeks(
            {"a/x": 5, "b/x": 4, "c/x": 3, "d/x": 2, "e/x": 1},
            {"c/x": 5, "b/x": 4, "e/x": 3, "a/x": 2, "d/x": 1},
        )
    )
    climber = tiny.figures()["Biggest climbers this week"]
    assert (climber.value, climber.detail) == ("c/x and e/x", "up 2 places each")


def test_a_climb_that_one_day_decides_is_not_told(tiny: TinyArchive) -> None:
    day = {"a/x": 2, "b/x": 1}
    tiny.rankings(daily(*[day] * 13, {"a/x": 2, "b/x": 99}))
    assert "Biggest climber this week" not in tiny.figures()


def test_a_climb_needs_every_day_of_both_weeks(tiny: TinyArchive) -> None:
    before, now = {"a/x": 3, "b/x": 2, "other": 1}, {"a/x": 3, "b/x": 4, "other": 1}
    tiny.rankings(daily({"a/x": 3, "other": 1}, *[before] * 6, *[now] * 7))
    [climber, *_] = table(
        tiny.board("models-7d"), "model_permaslug", "moved", "firm", "days_before"
    )
    assert climber == ("b/x", 1, True, 6)
    assert "Biggest climber this week" not in tiny.figures()


def test_without_a_climber_the_newcomer_in_front_is_told(tiny: TinyArchive) -> None:
    before = {"a/x": 9, "b/x": 5, "other": 2}
    tiny.rankings(weeks(before, {**before, "n/new": 7, "n/low": 3}))
    figures = tiny.figures()
    newcomer = figures["Highest new entry"]
    assert (newcomer.value, newcomer.detail) == ("n/new", "straight to No. 2")


def test_newcomers_that_can_be_as_high_are_told_together(tiny: TinyArchive) -> None:
    before = {"a/x": 9, "b/x": 5, "c/x": 2, "d/x": 2, "other": 1}
    first, second = {**before, "n/new": 3, "n/low": 2}, {**before, "n/new": 2, "n/low": 3}
    tiny.rankings(daily(*[before] * 7, *[first] * 3, *[second] * 3, first))
    assert table(tiny.board("models-7d"), "model_permaslug", "rank_low", "rank_high")[2:4] == [
        ("n/new", 3, 4),  # 18 against 17; without a day on which it has 3, 15 and 15
        ("n/low", 3, 4),
    ]
    newcomers = tiny.figures()["Highest new entries"]
    assert newcomers.value == "n/new and n/low"
    assert newcomers.detail == "straight to No. 3–4 and No. 3–4"


def test_a_newcomer_whose_best_rank_is_the_worst_of_the_first_is_told_with_it(
    tiny: TinyArchive,
) -> None:
    before = {"a/x": 90, "b/x": 20, "c/x": 10, "d/x": 10, "other": 1}
    now = {**before, "n/new": 20, "n/low": 20}
    above = {**now, "n/new": 21}  # without it n/new and b/x are equal
    below = {**now, "n/new": 21, "b/x": 21}  # without it b/x and n/low are equal
    tiny.rankings(daily(*[before] * 7, *[now] * 5, above, below))
    assert table(tiny.board("models-7d"), "model_permaslug", "rank_low", "rank_high")[1:4] == [
        ("n/new", 2, 3),
        ("b/x", 2, 4),
        ("n/low", 3, 4),
    ]
    newcomers = tiny.figures()["Highest new entries"]
    assert (newcomers.detail, newcomers.exact) == ("straight to No. 2–3 and No. 3–4", "2")


def test_climbers_that_can_have_climbed_as_far_are_told_together(tiny: TinyArchive) -> None:
    before = {"a/x": 9, "b/x": 8, "c/x": 7, "d/x": 6, "e/x": 5, "other": 100}
    now = {"a/x": 5, "b/x": 7, "c/x": 9, "d/x": 8, "e/x": 4, "other": 100}
    # Without the last day c/x has 54 and d/x 54: each is first or second.
    tiny.rankings(daily(*[before] * 7, *[now] * 6, {**now, "d/x": 9, "c/x": 10}))
    keys = ("model_permaslug", "moved", "moved_low", "moved_high", "firm")
    assert table(tiny.board("models-7d"), *keys)[:2] == [
        ("c/x", 2, 2, 2, True),
        ("d/x", 2, 2, 2, True),
    ]
    climbers = tiny.figures()["Biggest climbers this week"]
    assert (climbers.value, climbers.detail) == ("c/x and d/x", "up 2 places each")
    hangs = {**now, "d/x": 20}
    tiny.rankings(daily(*[before] * 7, *[now] * 6, hangs))
    assert table(tiny.board("models-7d"), *keys)[:2] == [
        ("d/x", 3, 2, 3, True),
        ("c/x", 1, 1, 2, True),
    ]
    climbers = tiny.figures()["Biggest climbers this week"]
    assert (climbers.value, climbers.detail) == ("d/x and c/x", "up 2–3 places and 1–2 places")


def test_the_biggest_climber_names_its_set_where_another_climbed_more(tiny: TinyArchive) -> None:
    before = {"a/x": 9, "b/x": 8, "c/x": 7, "d/x": 6, "other": 1}
    now = {"d/x": 9, "c/x": 8, "a/x": 7, "b/x": 6, "other": 1}
    late = {slug: tokens for slug, tokens in before.items() if slug != "d/x"}
    tiny.rankings(daily(late, *[before] * 6, *[now] * 7))
    climber = tiny.figures()["Biggest climber this week"]
    assert (climber.value, climber.detail) == (
        "c/x",
        "up 1 place to No. 2, of models in the top 50 on all 14 days",
    )


def test_a_newcomer_that_can_have_been_as_high_before_is_not_told(tiny: TinyArchive) -> None:
    before = {"a/x": 9, "b/x": 5, "other": 2}
    tiny.rankings(weeks(before, {**before, "n/low": 3}))
    assert (
        "Highest new entry" not in tiny.figures()
    )  # at most 2 a day before, which can have been the third


def test_the_most_used_model_has_the_tokens_of_all_its_listings(tiny: TinyArchive) -> None:
    tiny.rankings(weeks({"a/x": 5, "b/y": 4, "b/y:free": 3, "other": 8}))
    tiny.models(listing("a/x"), listing("b/y"), listing("b/y:free", canonical_slug="b/y"))
    figure = tiny.figures()["Most-used model"]
    assert (figure.value, figure.detail, figure.exact) == ("b/y", "35.0% of tokens", "0.35")
    assert tiny.site().headline.startswith("a/x leads with 25.0% of tokens")


def test_a_first_rank_that_one_day_decides_is_shown_as_a_range(tiny: TinyArchive) -> None:
    day = {"a/x": 4, "b/x": 3}
    tiny.rankings(daily(*[day] * 6, {"a/x": 1, "b/x": 6}))
    figures = tiny.figures()
    # a/x has 25 of 49; without the first day both have 21.
    assert figures["Most-used model"].detail == "51.0% of tokens (rank 1–2)"
    assert figures["Top author"].detail == "51.0% of tokens (rank 1–2)"


def test_models_with_equal_tokens_are_named_together(tiny: TinyArchive) -> None:
    tiny.rankings(weeks({"a/x": 5, "b/y": 4, "b/y:free": 1, "other": 10}))
    tiny.models(listing("a/x"), listing("b/y"), listing("b/y:free", canonical_slug="b/y"))
    figure = tiny.figures()["Most-used models"]
    assert (figure.value, figure.detail) == ("a/x and b/y", "25.0% of tokens each")
    assert figure.path == "rankings/"


def test_without_a_climb_there_is_no_climber(tiny: TinyArchive) -> None:
    tiny.rankings(weeks({"a/x": 1}, {"a/x": 1}))
    assert list(tiny.figures()) == ["Tokens this week", "Most-used model", "Top author"]


def test_the_largest_author_is_told_with_its_share(tiny: TinyArchive) -> None:
    tiny.rankings(weeks({"a/x": 1, "b/x": 3}, {"a/x": 3, "b/x": 1}))
    author = tiny.figures()["Top author"]
    assert (author.value, author.exact, author.path) == ("a", "0.75", "rankings/authors/")
    assert author.detail == "75.0% of tokens, +50.0 percentage points"


def test_without_a_week_before_an_author_has_gained_nothing_known(tiny: TinyArchive) -> None:
    tiny.rankings(weeks({"a/x": 1}))
    assert tiny.figures()["Top author"].detail == "100.0% of tokens"


def test_authors_with_the_same_tokens_are_told_together(tiny: TinyArchive) -> None:
    tiny.rankings(weeks({"a/x": 1, "b/x": 1}))
    authors = tiny.figures()["Top authors"]
    assert (authors.value, authors.detail) == ("a and b", "50.0% of tokens each")


def test_of_an_author_only_what_is_certain_is_told(tiny: TinyArchive) -> None:
    day = {"a/x": 6, "b/x": 2, "other": 2}
    tiny.rankings(daily(*[day] * 13, {**day, "a/y": 2}))
    # a/y had at most 2 on each of six days: 42 + 2 of 72, and a change from 0 to 19 points.
    assert tiny.figures()["Top author"].detail == "at least 61.1% of tokens"


def test_of_level_authors_a_share_is_exact_only_if_it_is_of_all(tiny: TinyArchive) -> None:
    day = {"a/x": 10, "b/x": 10, "c/x": 1, "other": 1}
    # b/y is outside the top 50 on all days but the last, so b can have had more than a.
    tiny.rankings(daily(*[day] * 6, {"a/x": 10, "b/x": 9, "b/y": 1, "c/x": 1, "other": 1}))
    authors = tiny.figures()["Top authors"]
    assert (authors.value, authors.detail) == ("a and b", "at least 45.4% of tokens each")


def test_the_cheapest_near_the_top_is_within_seven_points_of_it(tiny: TinyArchive) -> None:
    tiny.scores(
        score("free/x", 100, "0"),
        score("low/x", 92.9, "0.000001"),
        score("near/x", 93, "0.000002"),
        score("near/dear", 98, "0.000003"),
        score("far/x", 10, "0.0000001"),
    )
    bargain = tiny.figures()["Cheapest within 7 points of the top score"]
    assert (bargain.value, bargain.exact) == ("near/x", "0.000002")
    assert bargain.detail == "$2 per 1M tokens (blended 3:1), intelligence index 93.0 vs 100.0"
    assert (bargain.path, bargain.datasets) == ("frontier/", ("benchmarks-artificial-analysis",))


def test_models_near_the_top_that_cost_the_same_are_told_with_their_highest_score(
    tiny: TinyArchive,
) -> None:
    level = [score("near/x", 93, "0.000002"), score("near/y", 95, "0.000002")]
    tiny.scores(score("free/x", 100, "0"), *level)
    bargain = tiny.figures()["Cheapest within 7 points of the top score"]
    assert bargain.value == "near/y and near/x"
    assert (
        bargain.detail == "$2 per 1M tokens (blended 3:1), intelligence index up to 95.0 vs 100.0"
    )


def test_the_cheapest_that_has_the_highest_score_itself_is_not_compared_with_it(
    tiny: TinyArchive,
) -> None:
    tiny.scores(score("near/x", 93, "0.000003"), score("top/x", 95, "0.000002"))
    bargain = tiny.figures()["Cheapest within 7 points of the top score"]
    assert bargain.detail == "$2 per 1M tokens (blended 3:1), intelligence index 95.0, the highest"


def test_without_a_price_nothing_is_cheapest(tiny: TinyArchive) -> None:
    tiny.scores(score("free/x", 99, "0"))
    assert tiny.figures() == {}


def test_the_most_used_app_is_told_with_its_tokens(tiny: TinyArchive) -> None:
    tiny.apps({"popular": [app(1, 2_500_000, name="Claw"), app(2, 1)]})
    figure = tiny.figures()["Top app"]
    assert (figure.value, figure.exact, figure.path) == ("Claw", "2500000", "apps/")
    assert figure.detail == "2.50 M tokens in 30 days"


def test_where_nothing_is_held_there_is_no_headline(tiny: TinyArchive) -> None:
    assert (tiny.site().headline, tiny.figures()) == ("", {})
