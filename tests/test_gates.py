"""The gates: each holds back what it names, and nothing that is usual."""

import json
import time
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from generator.archive import gates, held_state
from generator.archive.gates import GATES, Part
from generator.archive.tables import Table
from generator.base.dates import Window
from generator.endpoints import app_rankings, benchmarks, rankings_daily, task_classifications
from generator.endpoints.app_rankings import ListedApp
from generator.endpoints.endpoint import HeldState, Reply
from generator.render.latest import latest_files
from tests.tiny_archive import TODAY, Day, TinyArchive, ago

WEEK = Window.ending(ago(1), 30)


def day(*tokens: int, other: int | None = 100) -> Part:
    """A day of the rankings with a model for each number, and all other models."""
    named = {f"m/{number}": count for number, count in enumerate(tokens)}
    return gates.day_of({**named, **({} if other is None else {"other": other})})


def listed(*tokens: int, sort: str = "popular", first: int = 1) -> list[ListedApp]:
    """A page of apps with these tokens, whose ranks begin with ``first``."""
    return [
        ListedApp(sort, "", "", WEEK, "2026-11-21", rank, rank, "A", str(count), 1)
        for rank, count in enumerate(tokens, first)
    ]


def named(came: Part, held: Part | None) -> dict[str, str]:
    """What the gates say of one part, by gate."""
    found = gates.objections([came], [held] if held else [])
    return {one.gate: one.reason for one in found}


USUAL = day(*range(60, 80))


@pytest.mark.parametrize(
    ("came", "said"),
    [
        (USUAL, {}),
        # Restated within 15%, one model new and one gone.
        (day(*range(58, 77), 95), {}),
        (day(*range(60, 70)), {"rows": "11 rows came, 21 were held", "total": "the total moved by"}),
        (day(*range(60, 80), other=None), {"other": "`other` is missing"}),
        (day(*range(75, 95)), {"total": "the total moved by +20.1%: 1,790 tokens came, 1,490 were held"}),
        (day(*[75] * 20, other=75), {"equal": "all 21 values of total_tokens are equal"}),
        (day(*[0] * 20, other=0), {"total": "the total moved by −100.0%", "zero": "all tokens are 0"}),
        (
            gates.day_of({f"m/{n}": 1000 * (60 + n) for n in range(20)} | {"other": 100_000}),
            {"total": "the total moved", "unit": "total_tokens is typically 1,000 times what was held"},
        ),
    ],
)  # fmt: skip
def test_a_day_beside_the_one_held(came: Part, said: Mapping[str, str]) -> None:
    found = named(came, USUAL)
    assert found.keys() == said.keys()
    for gate, words in said.items():
        assert found[gate].startswith(words)


def test_a_short_list_among_several_may_lose_rows_but_not_all() -> None:
    held = Part(name="popular", rows=3)
    assert named(Part(name="popular", rows=1), held) == {}
    assert named(Part(rows=1), Part(rows=3)) == {"rows": "1 row came, 3 were held"}
    assert "rows" in named(Part(name="popular", rows=0), held)


def test_a_list_that_completes_one_cut_short_is_believed() -> None:
    assert named(USUAL, day(60, 61, 62)) == {}
    assert named(USUAL, day(*range(60, 80), other=None)) == {}


def test_a_new_day_is_compared_with_the_day_before_in_its_unit_alone() -> None:
    weekend = day(*range(30, 45), other=40)
    assert gates.between_days(weekend, USUAL) == ()
    assert gates.between_days(USUAL, None) == ()
    thousands = gates.day_of({f"m/{n}": 1000 * (60 + n) for n in range(20)})
    assert [one.gate for one in gates.between_days(thousands, USUAL)] == ["unit"]
    odd = replace(USUAL, restated_days=6, odd_days=4)
    (objection,) = gates.between_days(odd, USUAL)
    assert objection.reason == "4 of the 6 other days in its response are held back"
    assert gates.between_days(replace(odd, odd_days=3), USUAL) == ()
    assert gates.between_days(replace(odd, restated_days=2, odd_days=2), USUAL) == ()


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (listed(9, 8, 7), {}),
        (listed(9, 8) + listed(7, first=4), {"ranks": "rank 3 is missing"}),
        (listed(9, 8, 7) * 2, {"ranks": "rank 1 is given twice"}),
        (listed(9, 8) + listed(7, first=2), {"ranks": "rank 2 is given twice"}),
    ],
)  # fmt: skip
def test_pages_that_repeat_or_skip_ranks(rows: list[ListedApp], said: dict[str, str]) -> None:
    (part,) = gates.parts_of(replace(app_rankings.ENDPOINT, list_of=lambda _row: ""), rows)
    assert named(part, None) == said


def test_each_list_of_apps_is_compared_with_itself_and_what_is_trending_with_nothing() -> None:
    def parts(popular: int, trending: int) -> gates.Statement:
        rows = listed(*range(900, 900 + popular)) + listed(*range(trending), sort="trending")
        return gates.parts_of(app_rankings.ENDPOINT, rows)

    held = parts(24, 30)
    assert gates.objections(parts(24, 0), held) == ()
    (rows, total) = gates.objections(parts(17, 30), held)
    assert rows.reason == "17 rows came, 24 were held; popular: 17 rows came, 24 were held"
    assert total.gate == "total"
    # A short list among others varies on its own, until it is empty.
    assert (
        gates.objections(gates.parts_of(app_rankings.ENDPOINT, listed(*range(900, 924))), held)
        == ()
    )


def test_a_list_that_is_gone_is_named() -> None:
    task = task_classifications.TaskRow("t", "T", "code", 0.5, 0.5, 0.5, 0.5, ())
    macro = task_classifications.MacroRow("code", "Code", 1.0, 1.0)
    endpoint = task_classifications.ENDPOINT
    held = gates.parts_of(endpoint, [task, macro])
    (rows,) = gates.objections(gates.parts_of(endpoint, [task]), held)
    assert rows.reason == "1 row came, 2 were held; macro-categories: 0 rows came, 1 were held"


def scores(*indices: float | None) -> gates.Statement:
    rows = [
        benchmarks.AnalysisRow("artificial-analysis", f"a/{n}", "A", index, None, None)
        for n, index in enumerate(indices)
    ]
    return gates.parts_of(benchmarks.ARTIFICIAL_ANALYSIS, rows)


@pytest.mark.parametrize(
    ("came", "said"),
    [
        ((50, 51, 52, 53, 54, 60), []),
        ((50, 50, 50, 50, 50, 50), ["equal"]),
        ((0, 0, 0, 0, 0, 0), ["zero"]),
        ((None, None, None, None, None, None), ["values"]),
        ((0.5, 0.51, 0.52, 0.53, 0.54, 0.6), ["unit"]),
        ((50, 51), ["rows"]),
    ],
)
def test_scores_that_lost_their_meaning(came: tuple[float | None, ...], said: list[str]) -> None:
    held = scores(50, 51, 52, 53, 54, 55)
    assert [one.gate for one in gates.objections(scores(*came), held)] == said


def test_a_column_that_was_mostly_zero_may_become_zero() -> None:
    assert gates.objections(scores(0, 0, 0, 0, 0, 0), scores(0, 0, 0, 0, 5, 6)) == ()
    assert gates.objections(scores(7, 7, 7, 7, 7, 7), scores(7, 7, 7, 7, 5, 6)) == ()


def test_the_first_reasons_are_named_and_the_others_counted() -> None:
    held = [Part(name=f"l{n}", rows=30) for n in range(5)]
    (rows,) = gates.objections([Part(name=f"l{n}", rows=1) for n in range(5)], held)
    assert rows.reason.endswith("l2: 1 row came, 30 were held; and 2 more")
    (rows,) = gates.objections([Part(name=f"l{n}", rows=1) for n in range(4)], held[:4])
    assert rows.reason.endswith("; and 1 more")


def test_every_gate_is_played_here_or_with_the_times_of_a_run() -> None:
    assert [gate.name for gate in GATES] == [
        "ahead", "older", "rows", "other", "total", "equal", "zero", "values", "unit", "ranks", "response",
    ]  # fmt: skip


# Days of the rankings, run after run

LIST: Day = {f"m/{number}": 60 + number for number in range(20)} | {"other": 100}
HALF: Day = {slug: tokens // 2 for slug, tokens in LIST.items()}
DAYS = [ago(number) for number in range(8, 4, -1)]


def test_a_day_that_moved_is_held_back_twice_and_then_believed(tiny: TinyArchive) -> None:
    tiny.rankings({ago(5): LIST}, on=ago(4))
    shown, held_back = [], []
    for back in (3, 2, 1, 0):
        tiny.rankings({ago(5): HALF}, on=ago(back))
        usage = tiny.history(ago(back)).daily_tokens
        assert usage is not None
        shown.append(usage.days[ago(5)])
        held_back.append(len(usage.held_back))
    assert (shown, held_back) == ([LIST, LIST, HALF, HALF], [1, 1, 0, 0])
    # The day that it was released has a note, and no later one.
    (note,) = tiny.site(ago(1)).dataset("rankings-daily").notes
    assert note.endswith("accepted after 2 runs")
    assert tiny.site().dataset("rankings-daily").notes == ()


def test_two_runs_of_one_day_state_a_day_alike_once(tiny: TinyArchive) -> None:
    tiny.rankings({ago(5): LIST}, on=ago(4))
    tiny.rankings({ago(5): HALF}, on=ago(2))
    tiny.rankings({ago(5): HALF}, on=ago(1))
    tiny.rankings({ago(5): HALF, ago(3): LIST}, on=ago(1))
    rankings = tiny.history(ago(1)).daily_tokens
    assert rankings is not None
    assert rankings.days == {ago(5): LIST, ago(3): LIST}


def test_statements_that_differ_from_each_other_release_nothing(tiny: TinyArchive) -> None:
    tiny.rankings({ago(6): LIST}, on=ago(5))
    for back, part in ((4, 2), (3, 4), (2, 8), (1, 16), (1, 16), (0, 32)):
        odd = {slug: tokens // part for slug, tokens in LIST.items()}
        tiny.rankings({ago(6): odd}, on=ago(back))
    usage = tiny.history().daily_tokens
    assert usage is not None
    assert usage.days == {ago(6): LIST}
    assert [one.day for one in usage.held_back] == [ago(6)]


def test_a_new_day_of_an_odd_reply_is_left_out_and_the_rest_stays(tiny: TinyArchive) -> None:
    tiny.rankings(dict.fromkeys(DAYS, LIST), on=ago(4))
    tiny.rankings(dict.fromkeys([*DAYS, ago(4)], HALF), on=ago(3))
    usage = tiny.history().daily_tokens
    assert usage is not None
    assert usage.days == dict.fromkeys(DAYS, LIST)
    state = tiny.site().dataset("rankings-daily")
    assert [one.day for one in state.held_back] == [*DAYS, ago(4)]
    assert state.is_held_back
    assert str(state.held_back[-1]).endswith(
        "4 of the 4 other days in its response are held back; there is no earlier statement"
    )


def test_a_new_day_is_compared_with_the_day_before_as_it_is_held_or_stated_with_it(
    tiny: TinyArchive,
) -> None:
    thousands = {slug: 1000 * tokens for slug, tokens in LIST.items()}
    tiny.rankings({ago(9): LIST, ago(8): thousands}, on=ago(7))
    tiny.rankings({ago(6): LIST}, on=ago(5))
    tiny.rankings({ago(5): thousands, ago(3): thousands}, on=ago(2))
    usage = tiny.history().daily_tokens
    assert usage is not None
    assert list(usage.days) == [ago(9), ago(6), ago(3)], "no day was held before the last of them"
    reason = "total_tokens is typically 1,000 times what was held"
    assert [(one.day, one.reasons) for one in usage.held_back] == [
        (ago(8), reason),
        (ago(5), reason),
    ]


def test_what_is_held_back_is_not_settled(tiny: TinyArchive) -> None:
    tiny.rankings(dict.fromkeys(DAYS, LIST), on=ago(0) - timedelta(days=1))
    tiny.rankings({DAYS[0]: HALF}, on=ago(0))
    held = held_state.of_dataset(tiny.history(TODAY + timedelta(days=1)), "rankings-daily")
    assert held.stated_days - held.days == {DAYS[0]}


def test_the_history_states_a_day_from_the_run_that_released_it(tiny: TinyArchive) -> None:
    tiny.rankings({ago(6): LIST}, on=ago(4))
    for back in (3, 2, 1):
        tiny.rankings({ago(6): HALF}, on=ago(back))
    table = Table(tiny.history(), rankings_daily.ENDPOINT, None)
    spans = {(row["stated_on"], row["superseded_on"]) for row, _ in table.records("2026-11")}
    assert spans == {(str(ago(4)), str(ago(1))), (str(ago(1)), None)}


def test_the_newest_table_has_the_last_good_numbers_of_a_day_that_is_held_back(
    tiny: TinyArchive,
) -> None:
    tiny.rankings({ago(6): {"a/x": 100}}, on=ago(4))
    tiny.rankings({ago(6): {"a/x": 10}, ago(1): {"a/x": 100}}, on=ago(0))
    newest = latest_files(tiny.history(), tiny.site())["rankings-daily"]
    rows = json.loads(newest.files["latest.json"])["rows"]
    assert [(row["date"], row["total_tokens"], row["provisional"]) for row in rows] == [
        (str(ago(6)), "100", True),
        (str(ago(1)), "100", True),
    ]


@pytest.mark.parametrize(
    ("stated", "is_read"),
    [("2026-11-21", False), ("2027-01-01", False), ("2024-12-31", False), ("2026-11-20", True)],
)
def test_a_day_that_is_not_over_or_before_the_first_is_set_aside(
    stated: str, is_read: bool
) -> None:
    row = {"date": stated, "model_permaslug": "a/x", "total_tokens": "5"}
    meta = {"as_of": "2026-11-21", "start_date": "2024-01-01", "end_date": "2027-12-31"}
    body = json.dumps({"data": [row], "meta": {**meta, "version": "v1"}}).encode()
    call = rankings_daily.ENDPOINT.calls(TODAY, HeldState())[0]
    found = rankings_daily.parse(Reply(call, body, json.loads(body), RECEIVED))
    assert (len(found.rows), len(found.set_aside)) == (is_read, not is_read)
    if not is_read:
        assert "lies outside 2025-01-01 to 2026-11-20; row skipped" in found.set_aside[0]


RECEIVED = datetime(2026, 11, 21, 6, 17, tzinfo=UTC)


def test_the_moment_of_reception_is_told_in_utc_wherever_the_site_is_built(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    late = Part(rows=1, times=(("GET /x", "2026-11-21T06:27:01Z", RECEIVED),))
    with monkeypatch.context() as elsewhere:
        elsewhere.setenv("TZ", "Asia/Tokyo")
        time.tzset()
        said = named(late, None)["ahead"]
    time.tzset()
    assert said.endswith("later than it was received (2026-11-21 06:17 UTC)")


def test_times_that_cannot_be() -> None:
    late = Part(rows=1, times=(("GET /x", "2026-11-21T06:27:01Z", RECEIVED),))
    assert named(late, None)["ahead"].startswith(
        "the reply to GET /x is as of 2026-11-21T06:27:01Z"
    )
    assert named(replace(late, times=(("GET /x", "2026-11-21T06:27:00Z", RECEIVED),)), None) == {}
    held = Part(rows=1, as_of="2026-11-21")
    assert named(Part(rows=1, as_of="2026-11-20"), held)["older"] == (
        "the reply is as of 2026-11-20, older than the 2026-11-21 already held"
    )
