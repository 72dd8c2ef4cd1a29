"""What the archive says as of a day: restated days, holes, and what a run is planned from."""

from dataclasses import replace
from datetime import date
from typing import NoReturn

import pytest

from generator.archive import held_state
from generator.archive.coverage import Coverage
from generator.archive.daily_tokens import DailyTokens
from generator.base.dates import Window
from generator.endpoints import BY_NAME, app_rankings, benchmarks, models
from generator.endpoints.endpoint import HeldState, Reply
from tests.tiny_archive import (
    LAST,
    TODAY,
    TinyArchive,
    ago,
    app,
    daily,
    evaluation,
    listing,
    rating,
    score,
    task,
    weeks,
)


def usage(tiny: TinyArchive, today: date = TODAY) -> DailyTokens:
    found = tiny.history(today).daily_tokens
    assert found is not None
    return found


# Days


def test_a_day_is_as_the_newest_snapshot_states_it(tiny: TinyArchive) -> None:
    tiny.rankings({ago(3): {"a/x": 100}, ago(2): {"a/x": 200, "b/x": 50}}, on=ago(1))
    tiny.rankings({ago(2): {"a/x": 202, "b/x": 50}, ago(1): {"a/x": 300}})
    assert usage(tiny).days == {
        ago(3): {"a/x": 100},
        ago(2): {"a/x": 202, "b/x": 50},
        ago(1): {"a/x": 300},
    }
    assert usage(tiny).citation.as_of == f"{TODAY}T06:00:00Z"


def test_the_second_snapshot_of_a_day_restates_the_first(tiny: TinyArchive) -> None:
    tiny.rankings({ago(1): {"a/x": 100}})
    tiny.rankings({ago(1): {"a/x": 101}})
    assert usage(tiny).days == {ago(1): {"a/x": 101}}


def test_days_stand_in_their_order_whenever_they_came(tiny: TinyArchive) -> None:
    tiny.rankings({ago(1): {"a/x": 1}}, on=ago(0))
    tiny.rankings({ago(9): {"a/x": 9}}, on=ago(0))
    assert list(usage(tiny).days) == [ago(9), ago(1)]
    assert usage(tiny).last == ago(1)


def test_the_day_itself_and_younger_ones_do_not_exist(tiny: TinyArchive) -> None:
    tiny.rankings({ago(1): {"a/x": 1}, ago(0): {"a/x": 2}})
    assert list(usage(tiny).days) == [ago(1)]


def test_a_snapshot_younger_than_the_day_does_not_exist(tiny: TinyArchive) -> None:
    tiny.rankings({ago(3): {"a/x": 100}}, on=ago(2))
    tiny.rankings({ago(3): {"a/x": 102}}, on=ago(1))
    assert usage(tiny, ago(2)).days == {ago(3): {"a/x": 100}}
    assert usage(tiny, ago(1)).days == {ago(3): {"a/x": 102}}
    assert tiny.history(ago(3)).daily_tokens is None


def test_a_snapshot_of_unfinished_days_only_says_nothing(tiny: TinyArchive) -> None:
    tiny.rankings({ago(0): {"a/x": 1}})
    assert tiny.history().daily_tokens is None


def test_a_window_ends_on_the_newest_day_held(tiny: TinyArchive) -> None:
    tiny.rankings({ago(9): {"a/x": 1}, ago(4): {"a/x": 1}})
    window = usage(tiny).window(3)
    assert list(window) == [ago(6), ago(5), ago(4)]


def test_a_model_outside_the_top_fifty_had_at_most_what_the_last_in_it_had(
    tiny: TinyArchive,
) -> None:
    tiny.rankings({ago(2): {"a/x": 5, "b/x": 3, "other": 1}, ago(1): {"other": 7}})
    found = usage(tiny)
    assert (found.bound(ago(2)), found.bound(ago(1)), found.bound(ago(3))) == (3, None, None)


# Facts


def test_facts_are_those_of_the_newest_snapshot_with_the_credit_of_each_reply_that_has_any(
    tiny: TinyArchive,
) -> None:
    tiny.ratings([rating("old/x", 1)], on=ago(1))
    tiny.ratings([rating("a/x", 1)], [rating("b/x", 2), rating("c/x", 3)], [])
    facts = tiny.history().facts(benchmarks.DESIGN_ARENA)
    assert facts is not None
    assert [row.model_permaslug for row in facts.rows] == ["a/x", "b/x", "c/x"]
    assert [credit.as_of for credit in facts.citations] == [
        "2026-11-21T06:00:00Z",
        "2026-11-21T06:01:00Z",
    ]
    assert tiny.history().citations(benchmarks.DESIGN_ARENA.name) == facts.citations


def test_a_credit_that_several_replies_share_stands_once(tiny: TinyArchive) -> None:
    tiny.apps({"popular": [app(1, 1)], "trending": [app(2, 1)]})
    facts = tiny.history().facts(app_rankings.ENDPOINT)
    assert facts is not None
    assert [len(facts.rows), len(facts.citations)] == [2, 1]


def test_what_is_not_held_has_no_facts(tiny: TinyArchive) -> None:
    tiny.scores(score("a/x", 1))
    assert tiny.history().facts(models.ENDPOINT) is None
    assert tiny.history(ago(1)).facts(benchmarks.ARTIFICIAL_ANALYSIS) is None


def test_a_snapshot_that_its_reader_stumbles_over_is_named_with_the_kind_of_the_error(
    tiny: TinyArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumbles(_reply: Reply) -> NoReturn:
        raise KeyError("whatever the reply holds")

    tiny.scores(score("a/x", 50))
    endpoint = benchmarks.ARTIFICIAL_ANALYSIS
    monkeypatch.setitem(BY_NAME, endpoint.name, replace(endpoint, parse=stumbles))
    history = tiny.history()
    assert history.newest(endpoint.name) is None
    (refused,) = history.refused(endpoint.name)
    assert refused.why == "KeyError"
    assert str(refused).startswith(f"{refused.snapshot.path}: this version cannot read it")
    assert str(refused).endswith("delete it together with its manifest to be rid of this note")


def test_the_week_before_is_the_newest_snapshot_at_least_seven_days_older(
    tiny: TinyArchive,
) -> None:
    for days in (9, 7, 6, 0):
        tiny.scores(score("a/x", days), on=ago(days))
    history = tiny.history()
    before = history.week_before("benchmarks-artificial-analysis")
    assert before is not None
    assert before.day == ago(7)


@pytest.mark.parametrize(("days", "found"), [(7, True), (9, True), (10, False), (27, False)])
def test_after_a_pause_no_snapshot_is_that_of_a_week_before(
    tiny: TinyArchive, days: int, found: bool
) -> None:
    for before in (days, 0):
        tiny.scores(score("a/x", before), on=ago(before))
    before = tiny.history().week_before("benchmarks-artificial-analysis")
    assert (before is not None) == found


def test_the_week_before_counts_from_the_newest_snapshot_not_from_today(
    tiny: TinyArchive,
) -> None:
    for days in (9, 7, 1):
        tiny.scores(score("a/x", days), on=ago(days))
    before = tiny.history().week_before("benchmarks-artificial-analysis")
    assert before is not None
    assert before.day == ago(9)
    assert tiny.history().week_before("models") is None
    assert tiny.history(ago(8)).week_before("benchmarks-artificial-analysis") is None


# What a run is planned from


def test_nothing_held_is_an_empty_state(tiny: TinyArchive) -> None:
    assert held_state.of_dataset(tiny.history(), "benchmarks-artificial-analysis") == HeldState()


def test_the_state_of_a_dataset_is_that_before_the_day(tiny: TinyArchive) -> None:
    tiny.scores(score("a/x", 1), score("b/x", 2), on=ago(1))
    tiny.scores(score("a/x", 3))
    held = held_state.of_dataset(tiny.history(), "benchmarks-artificial-analysis")
    assert held == HeldState(newest=LAST, rows=2, as_of="2026-11-20T06:00:00Z")


def test_an_as_of_after_the_day_of_its_snapshot_is_compared_with_no_reply(
    tiny: TinyArchive,
) -> None:
    tiny.scores(score("a/x", 1), on=ago(1), as_of=TODAY)
    held = held_state.of_dataset(tiny.history(), "benchmarks-artificial-analysis")
    assert held == HeldState(newest=LAST, rows=1, as_of=None)


def test_what_is_said_of_a_window_names_the_days_that_it_lacks() -> None:
    coverage = Coverage(Window.ending(LAST, 7), missing=(LAST,))
    assert coverage.qualified("A leads.") == "A leads (6 of 7 days; 20 Nov 2026 is missing)."
    assert coverage.qualified("") == ""
    assert Coverage(Window.ending(LAST, 7)).qualified("A leads.") == "A leads."


def test_a_day_is_settled_once_a_snapshot_of_the_fourth_day_after_it_states_it(
    tiny: TinyArchive,
) -> None:
    tiny.rankings({ago(9): {"a/x": 1}, ago(5): {"a/x": 1}, ago(4): {"a/x": 1}}, on=ago(1))
    tiny.rankings({ago(4): {"a/x": 1}})
    held = held_state.of_dataset(tiny.history(), "rankings-daily")
    assert (held.days, held.stated_days) == ({ago(9), ago(5)}, {ago(9), ago(5), ago(4)})
    assert (held.newest, held.rows) == (LAST, 3)


def test_a_day_of_a_slice_is_settled_as_one_of_all_models_is(tiny: TinyArchive) -> None:
    days = {ago(5): {"a/x": 1}, ago(4): {"a/x": 1}}
    tiny.slices({("modality", "text"): days}, on=ago(1))
    held = held_state.of_dataset(tiny.history(), "rankings-slices")
    assert (held.days, held.stated_days) == ({ago(5)}, set(days))


def test_before_the_first_ranking_no_day_is_held(tiny: TinyArchive) -> None:
    tiny.rankings({ago(1): {"a/x": 1}})
    assert held_state.of_dataset(tiny.history(), "rankings-daily").days == frozenset()


def test_slugs_known_before_the_day_need_no_look_up(tiny: TinyArchive) -> None:
    tiny.catalogue([listing("a/x", "a/x-1")], {"b/found": listing("b/y", "b/found")}, on=ago(1))
    tiny.models(listing("a/x", "a/x-1"), listing("c/new", "c/new-1"))
    held = held_state.of_dataset(tiny.history(), "models")
    assert held.known_slugs == {"a/x", "a/x-1", "b/y", "b/found"}
    assert held.newest == LAST


def test_slugs_that_were_looked_up_in_vain_are_held_with_their_day(tiny: TinyArchive) -> None:
    tiny.catalogue([listing("a/x")], {"b/lost": None, "c/late": None}, on=ago(3))
    tiny.catalogue([listing("a/x")], {"c/late": None}, on=ago(2))
    tiny.catalogue([listing("a/x")], {"d/today": None})
    assert held_state.of_dataset(tiny.history(), "models").absent_slugs == {
        "b/lost": ago(3),
        "c/late": ago(2),
    }


def test_the_first_catalogue_is_planned_from_the_days_rankings(tiny: TinyArchive) -> None:
    tiny.rankings(weeks({"a/x": 1}))
    held = held_state.of_dataset(tiny.history(), "models")
    assert held == HeldState(wanted_slugs=("a/x",))


def test_ranked_slugs_stand_by_use_then_those_with_scores(tiny: TinyArchive) -> None:
    tiny.rankings(
        daily(
            {"z/old": 999},
            {"b/x": 4, "a/x": 2, "c/x:free": 3, "other": 99, "~d/latest": 9, "nobody": 9},
            *[{"a/x": 0}] * 28,
            {"a/x": 2, "b/x:batch": 7},
        )
    )
    tiny.scores(score("s/two", 1), score("s/one:high", 2), score("a/x", 3), score("unmapped", 4))
    tiny.evaluations(evaluation("e/x", 0.5))
    tiny.ratings([rating("r/x", 1)])
    tiny.tasks(task("zoo", 1, 1))
    # Thirty days: b/x:batch 7, a/x 4 and b/x 4, c/x:free 3; z/old is older.
    assert held_state.ranked_slugs(tiny.history()) == (
        "nobody",
        "b/x",
        "a/x",
        "c/x",
        "s/one",
        "s/two",
        "unmapped",
        "e/x",
    )


def test_equally_used_slugs_stand_by_name(tiny: TinyArchive) -> None:
    tiny.rankings(weeks({"b/x": 1, "a/x": 1, "c/x": 2}))
    assert held_state.ranked_slugs(tiny.history()) == ("c/x", "a/x", "b/x")


def test_without_rankings_the_scores_alone_name_slugs(tiny: TinyArchive) -> None:
    assert held_state.ranked_slugs(tiny.history()) == ()
    tiny.scores(score("s/x", 1))
    assert held_state.ranked_slugs(tiny.history()) == ("s/x",)
