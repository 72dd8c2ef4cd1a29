"""The plan is arithmetic over the day and what is held."""

from datetime import date, timedelta

from generator.endpoints.endpoint import HeldState
from generator.fetch.plan import plan

TODAY = date(2026, 11, 21)
ALL = frozenset(
    date(2025, 1, 1) + timedelta(days=n) for n in range((TODAY - date(2025, 1, 1)).days)
)


def windows(held_days: frozenset[date], today: date = TODAY) -> list[tuple[str, str]]:
    made = plan(today, {"rankings-daily": HeldState(days=held_days, newest=today)})
    calls = [call for call in made.calls if call.dataset == "rankings-daily"]
    return [(call.param("start_date"), call.param("end_date")) for call in calls]


def test_a_first_run_stays_under_300_calls_and_a_daily_one_under_100() -> None:
    first = plan(TODAY, {})
    daily = plan(
        TODAY,
        {"rankings-daily": HeldState(days=ALL, newest=TODAY), "models": HeldState(newest=TODAY)},
    )
    assert (len(first.calls), first.most) == (50, 110)
    assert (len(daily.calls), daily.most) == (49, 97)


def test_a_daily_run_asks_for_the_last_seven_complete_days() -> None:
    assert windows(ALL) == [("2026-11-14", "2026-11-20")]


def test_a_hole_is_asked_for_again() -> None:
    assert windows(ALL - {date(2025, 3, 5)}) == [
        ("2025-03-05", "2025-03-05"),
        ("2026-11-14", "2026-11-20"),
    ]


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
        "/datasets/app-rankings",
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


def test_the_pace_makes_a_run_as_long_as_its_windows() -> None:
    made = plan(TODAY, {})
    assert made.seconds(28, at_most=False) == 60
    assert made.seconds(28, at_most=True) == 180
    assert made.seconds(0, at_most=True) == 0


def test_missing_slugs_are_looked_up_without_the_key_and_not_again_for_a_month() -> None:
    wanted = tuple(f"a/{n}" for n in range(30))
    held = {"models": HeldState(newest=TODAY, wanted_slugs=wanted, known_slugs=frozenset({"a/0"}))}
    calls = [call for call in plan(TODAY, held).calls if call.path.startswith("/model/")]
    assert [call.path for call in calls] == [f"/model/a/{n}" for n in range(1, 9)]
    assert not any(call.keyed for call in calls)
    asked = {
        "models": HeldState(
            newest=TODAY, wanted_slugs=wanted, absent_slugs={"a/0": TODAY - timedelta(days=29)}
        )
    }
    assert plan(TODAY, asked).calls[-41].path == "/model/a/8"
    assert all(call.path != "/model/a/0" for call in plan(TODAY, asked).calls)
