"""What the demo says of itself: nothing in it is younger than its own sentence."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from generator.base import attribution
from generator.boards.site import DatasetState
from generator.fetch import demo
from generator.fetch.demo import DemoClock
from generator.fetch.recorded import DEMO_DAYS, RecordedApi
from tests.tiny_archive import TODAY, TinyArchive, ago, chosen, listing, rating, score, task

LAST = DEMO_DAYS[-1]


def test_the_demo_names_its_days_and_what_was_recorded_at_other_times() -> None:
    assert demo.sentence() == (
        "Demo: recorded data of 11 to 18 Aug 2026, not today's. Recorded at other times: "
        "growing apps 29 Jun 2026, tasks 21 Sep 2026, apps of CLI agents 29 Sep 2026."
    )


def test_tasks_which_were_recorded_later_are_asked_for_on_the_last_day_only() -> None:
    for day in DEMO_DAYS:
        asked = {endpoint.name for endpoint in demo.endpoints(day)}
        assert ("task-classifications" in asked) == (day == LAST)
        assert {"rankings-daily", "models", "app-rankings"} < asked


def test_a_list_recorded_before_the_day_it_is_played_on_is_received_when_it_was_recorded() -> None:
    clock = DemoClock(DEMO_DAYS[1])
    clock.show(RecordedApi(DEMO_DAYS[1]).answer("/models", {}, authorized=False).recorded)
    assert clock.now() == datetime(2026, 8, 1, 23, 30, tzinfo=UTC)
    clock.show(RecordedApi(DEMO_DAYS[1]).answer("/benchmarks", {}, authorized=True).recorded)
    assert clock.now() == datetime(2026, 8, 12, 23, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("times", "said"),
    [
        (["2026-08-18T06:00:00Z"], "18 Aug 2026"),
        (["2026-08-18T06:00:00Z", "2026-08-18"], "18 Aug 2026"),
        (["2026-09-21", "2026-08-18", "2026-08-18T01:00:00Z"], "18 Aug 2026 and 21 Sep 2026"),
        (
            ["2026-08-16", "2026-08-17", "2026-08-18"],
            "16 Aug 2026, 17 Aug 2026 and 18 Aug 2026",
        ),
        (
            ["2026-08-16", "2026-08-17", "2026-08-18", "2026-08-19"],
            "16 Aug 2026 to 19 Aug 2026",
        ),
    ],
)
def test_every_day_of_the_sources_is_named(times: Sequence[str], said: str) -> None:
    citations = [attribution.rankings(as_of) for as_of in times]
    assert attribution.days_in_words(citations) == said


def test_a_board_that_joins_sources_of_several_days_names_them_all(tiny: TinyArchive) -> None:
    tiny.models(listing("a/one"))
    tiny.tasks(task("code:x", 0.5, 0.5, chosen("a/one", 0.5), kind="code"), as_of=ago(3))
    tiny.scores(score("a/one", 50, coding_index=40), on=ago(2))
    tiny.ratings([rating("a/one", 1200, "codecategories")], on=TODAY)
    board = tiny.board("use-test-taste")
    assert board.rows
    assert attribution.days_in_words(board.citations) == (
        "18 Nov 2026, 19 Nov 2026 and 21 Nov 2026"
    )


def test_a_dataset_is_stale_since_no_day_before_the_one_it_is_as_of(tiny: TinyArchive) -> None:
    tiny.tasks(task("t", 0.5, 0.5), on=ago(3))
    state = tiny.site().dataset("task-classifications")
    assert (state.stale, state.stale_since) == (True, ago(3))
    late = replace(state, as_of="2026-12-24T06:00:00Z")
    assert late.stale_since == date(2026, 12, 24)
    assert nothing_held(state).stale_since is None


def nothing_held(state: DatasetState) -> DatasetState:
    return replace(state, day=None, as_of=None)
