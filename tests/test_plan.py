"""The plan is arithmetic over the day and what is held."""

from collections import Counter
from datetime import date, timedelta

import pytest

from generator.endpoints import models, parsing
from generator.endpoints.endpoint import Call, HeldState
from generator.fetch.plan import Plan, plan

TODAY = date(2026, 11, 21)
PATH = "/datasets/rankings-daily"
ALL = frozenset(
    date(2025, 1, 1) + timedelta(days=n) for n in range((TODAY - date(2025, 1, 1)).days)
)


def windows(held_days: frozenset[date], today: date = TODAY) -> list[tuple[str, str]]:
    made = plan(today, {"rankings-daily": HeldState(days=held_days, newest=today)})
    calls = [call for call in made.calls if call.dataset == "rankings-daily"]
    return [(call.param("start_date"), call.param("end_date")) for call in calls]


def calls_of(dataset: str, state: HeldState | None = None) -> list[Call]:
    made = plan(TODAY, {dataset: state} if state else {})
    return [call for call in made.calls if call.dataset == dataset]


FIRST_RUN = {
    "task-classifications": 1,
    "benchmarks-artificial-analysis": 1,
    "benchmarks-design-arena": 3,
    "benchmarks-openrouter": 1,
    "session-cost": 1,
    "rankings-daily": 2,
    "models": 2,
    "app-rankings": 40,
}
"""The calls of a first run: a call costs quota, so each number is written down on purpose."""


def test_a_first_run_makes_these_calls_in_this_order() -> None:
    made = plan(TODAY, {})
    datasets = [call.dataset for call in made.calls]
    assert list(dict.fromkeys(datasets)) == list(FIRST_RUN)
    assert Counter(datasets) == FIRST_RUN


def test_a_run_grows_by_second_pages_and_look_ups() -> None:
    second_pages, first_look_ups, look_ups = 40 + 10, 20, 8
    first = plan(TODAY, {})
    assert first.most == len(first.calls) + second_pages + first_look_ups
    assert first.most_keyed == sum(call.keyed for call in first.calls) + second_pages
    daily = plan(
        TODAY,
        {"rankings-daily": HeldState(days=ALL, newest=TODAY), "models": HeldState(newest=TODAY)},
    )
    assert len(daily.calls) == len(first.calls) - 1
    assert daily.most == len(daily.calls) + second_pages + look_ups
    assert daily.most_keyed == first.most_keyed - 1


@pytest.mark.parametrize(
    ("days", "rows", "is_asked"),
    [(6, 9, False), (7, 9, True), (8, 9, True), (1, 0, True), (1, 9, False)],
)
def test_session_costs_are_asked_for_weekly_and_daily_until_the_first_release(
    days: int, rows: int, is_asked: bool
) -> None:
    held = HeldState(newest=TODAY - timedelta(days=days), rows=rows)
    made = plan(TODAY, {"session-cost": held})
    first = plan(TODAY, {})
    asked = [call for call in made.calls if call.dataset == "session-cost"]
    assert len(asked) == is_asked
    pages = 0 if is_asked else 11
    assert (made.most, made.most_keyed) == (first.most - pages, first.most_keyed - pages)


def test_every_other_dataset_is_asked_for_daily() -> None:
    held = HeldState(newest=TODAY - timedelta(days=1), rows=9)
    made = plan(TODAY, dict.fromkeys(FIRST_RUN, held))
    assert {call.dataset for call in made.calls} == set(FIRST_RUN) - {"session-cost"}


def test_look_ups_that_are_planned_are_not_counted_twice() -> None:
    wanted = tuple(f"a/{number}" for number in range(30))
    made = plan(TODAY, {"models": HeldState(newest=TODAY, wanted_slugs=wanted)})
    assert made.most == plan(TODAY, {"models": HeldState(newest=TODAY)}).most


def test_a_daily_run_asks_for_the_last_seven_complete_days() -> None:
    assert windows(ALL) == [("2026-11-14", "2026-11-20")]


MONDAY = date(2026, 11, 16)


def test_a_hole_is_asked_for_again_in_a_call_of_its_own_on_mondays() -> None:
    hole = [("2025-03-05", "2025-03-05")]
    assert windows(ALL - {date(2025, 3, 5)}, MONDAY) == [*hole, ("2026-11-09", "2026-11-15")]
    assert windows(ALL - {date(2025, 3, 5)}) == [("2026-11-14", "2026-11-20")]


@pytest.mark.parametrize("pause", [3, 10, 40])
def test_what_was_provisional_when_last_asked_for_is_asked_again_however_long_the_pause(
    pause: int,
) -> None:
    last_run = TODAY - timedelta(days=pause)
    provisional = {last_run - timedelta(days=days) for days in (1, 2, 3)}
    stated = frozenset(day for day in ALL if day < last_run)
    state = HeldState(days=stated - provisional, stated_days=stated, newest=last_run)
    calls = [call for call in plan(TODAY, {"rankings-daily": state}).calls if call.path == PATH]
    first = min(*provisional, TODAY - timedelta(days=7))
    assert [(call.param("start_date"), call.param("end_date")) for call in calls] == [
        (str(first), "2026-11-20")
    ]


def test_a_day_that_is_not_settled_is_asked_for_on_any_day_however_old_it_is() -> None:
    odd = date(2026, 2, 1)
    state = HeldState(days=ALL - {odd}, stated_days=ALL, newest=TODAY)
    calls = [call for call in plan(TODAY, {"rankings-daily": state}).calls if call.path == PATH]
    assert [call.param("start_date") for call in calls] == ["2026-02-01", "2026-11-14"]


def test_in_january_the_last_days_of_december_are_a_window_of_their_own() -> None:
    held = frozenset(date(2025, 1, 1) + timedelta(days=n) for n in range(800))
    assert windows(held, date(2027, 1, 4)) == [
        ("2026-12-28", "2026-12-31"),
        ("2027-01-01", "2027-01-03"),
    ]


def test_every_endpoint_of_the_api_is_asked() -> None:
    asked = {(call.path, *call.params[:2]) for call in plan(TODAY, {}).calls}
    paths = {one[0] for one in asked}
    assert paths == {
        "/classifications/task", "/benchmarks", "/datasets/rankings-daily", "/models", "/models/count",
        "/datasets/app-rankings", "/datasets/session-cost",
    }  # fmt: skip
    assert "/models/user" not in paths
    sources = {
        dict(call.params).get("source")
        for call in plan(TODAY, {}).calls
        if call.path == "/benchmarks"
    }
    assert sources == {"artificial-analysis", "design-arena", "openrouter"}
    arenas = [
        dict(call.params).get("arena")
        for call in plan(TODAY, {}).calls
        if "arena" in dict(call.params)
    ]
    assert arenas == ["models", "builders", "agents"]
    apps = [call for call in plan(TODAY, {}).calls if call.dataset == "app-rankings"]
    assert len({(c.param("sort"), c.param("category"), c.param("subcategory")) for c in apps}) == 40


@pytest.mark.parametrize(
    ("keyed", "per_minute", "seconds"),
    [(0, 28, 0), (1, 28, 0), (28, 28, 0), (29, 28, 60), (56, 28, 60), (57, 28, 120), (57, 0, 0)],
)
def test_the_pace_makes_a_run_as_long_as_its_full_minutes(
    keyed: int, per_minute: int, seconds: int
) -> None:
    bare = Call("d", "/y", keyed=False)
    certain = Plan((*[Call("d", "/x")] * keyed, *[bare] * 100), 0, 0)
    assert certain.seconds(per_minute, at_most=False) == seconds
    at_most = Plan((), 0, keyed)
    assert at_most.seconds(per_minute, at_most=True) == seconds


@pytest.mark.parametrize(
    ("missing", "expected"),
    [
        ([], [("2026-11-14", "2026-11-20")]),
        (["2026-11-14"], [("2026-11-14", "2026-11-20")]),
        (["2026-11-13"], [("2026-11-13", "2026-11-20")]),
        (["2026-10-22", "2026-11-01"], [("2026-10-22", "2026-11-20")]),
        (["2026-10-21"], [("2026-11-14", "2026-11-20")]),
        (["2024-12-31"], [("2026-11-14", "2026-11-20")]),
    ],
)
def test_a_window_reaches_from_the_first_missing_day_to_the_last(
    missing: list[str], expected: list[tuple[str, str]]
) -> None:
    assert windows(ALL - {date.fromisoformat(day) for day in missing}) == expected


def test_the_first_day_is_the_first_day_that_is_asked_for() -> None:
    assert windows(frozenset(), date(2025, 1, 1)) == []
    assert windows(frozenset(), date(2025, 1, 2)) == [("2025-01-01", "2025-01-01")]
    calls = [call for call in plan(TODAY, {}).calls if call.path == PATH]
    assert [(call.param("start_date"), call.param("end_date")) for call in calls[:2]] == [
        ("2025-01-01", "2025-12-31"),
        ("2026-01-01", "2026-11-20"),
    ]


def test_rankings_are_asked_for_by_day() -> None:
    call = calls_of("rankings-daily")[0]
    assert call == Call(
        "rankings-daily",
        "/datasets/rankings-daily",
        (("start_date", "2025-01-01"), ("end_date", "2025-12-31"), ("period", "day")),
    )


def test_the_other_calls_are_these() -> None:
    (task,) = calls_of("task-classifications")
    assert str(task) == "GET /classifications/task?window=7d"
    (scores,) = calls_of("benchmarks-artificial-analysis")
    assert str(scores) == "GET /benchmarks?source=artificial-analysis"
    assert str(calls_of("benchmarks-design-arena")[2]) == (
        "GET /benchmarks?source=design-arena&arena=agents"
    )
    (evaluations,) = calls_of("benchmarks-openrouter")
    assert str(evaluations) == "GET /benchmarks?source=openrouter&include_run_config=true"
    (costs,) = calls_of("session-cost")
    assert str(costs) == "GET /datasets/session-cost?limit=500&offset=0"
    listed, count = calls_of("models")
    assert str(listed) == "GET /models?output_modalities=all"
    assert str(count) == "GET /models/count?output_modalities=all"
    assert [(call.keyed, call.optional) for call in (listed, count)] == [
        (False, False),
        (False, True),
    ]
    popular, trending = calls_of("app-rankings")[:2]
    assert str(popular) == (
        "GET /datasets/app-rankings?sort=popular"
        "&start_date=2026-10-22&end_date=2026-11-20&limit=100&offset=0"
    )
    assert trending.param("sort") == "trending"
    assert trending.param("category") == ""
    assert str(Call("d", "/x")) == "GET /x"


def looked_up(state: HeldState) -> list[str]:
    calls = [call for call in calls_of("models", state) if call.path.startswith("/model/")]
    assert all(call.optional and not call.keyed for call in calls)
    return [call.path.removeprefix("/model/") for call in calls]


WANTED = tuple(f"a/{number}" for number in range(30))


@pytest.mark.parametrize(("newest", "budget"), [(None, 20), (TODAY, 8)])
def test_a_first_run_looks_up_twenty_slugs_and_a_later_one_eight(
    newest: date | None, budget: int
) -> None:
    assert looked_up(HeldState(newest=newest, wanted_slugs=WANTED)) == list(WANTED[:budget])
    few = HeldState(newest=newest, wanted_slugs=WANTED[:3])
    assert looked_up(few) == list(WANTED[:3])


def test_a_known_slug_is_not_looked_up_and_takes_nothing_of_the_budget() -> None:
    state = HeldState(newest=TODAY, wanted_slugs=WANTED, known_slugs=frozenset({"a/0"}))
    assert looked_up(state) == list(WANTED[1:9])


@pytest.mark.parametrize(("days", "is_asked"), [(0, False), (29, False), (30, True), (31, True)])
def test_a_slug_that_was_absent_is_looked_up_again_after_thirty_days(
    days: int, is_asked: bool
) -> None:
    absent = {"a/0": TODAY - timedelta(days=days)}
    state = HeldState(newest=TODAY, wanted_slugs=WANTED[:2], absent_slugs=absent)
    assert looked_up(state) == (["a/0", "a/1"] if is_asked else ["a/1"])


@pytest.mark.parametrize(
    ("slug", "is_asked"),
    [
        ("a/b", True),
        ("a-1.x_y/b-2.z:free", True),
        ("a/" + "b" * 198, True),
        ("a/" + "b" * 199, False),
        ("a/b:free:x", False),
        ("a", False),
        ("a/", False),
        ("/b", False),
        ("a/b/c", False),
        ("a/..", False),
        ("./b", False),
        ("a/...", True),
        ("~a/b", False),
        ("a/b\n", False),
    ],
)
def test_only_a_slug_of_the_documented_form_is_looked_up(slug: str, is_asked: bool) -> None:
    state = HeldState(newest=TODAY, wanted_slugs=(slug,))
    assert looked_up(state) == ([slug] if is_asked else [])
    quoted = parsing.quote(slug)
    sentence = "models: 1 ranked slugs are not author/slug and were not looked up, first " + quoted
    assert models.unasked(state) == ([] if is_asked else [sentence])


def test_slugs_of_another_form_are_counted_unless_a_list_names_them() -> None:
    state = HeldState(wanted_slugs=("x", "a/b", "y", "z"), known_slugs=frozenset({"x"}))
    (sentence,) = models.unasked(state)
    assert sentence.startswith("models: 2 ranked slugs")
    assert sentence.endswith('first "y"')
    assert models.unasked(HeldState()) == []
