"""Changes of the top 10: told once, of whole weeks, and not taken back by what is stated later."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.boards import changes
from generator.boards.changes import ChangeRow
from generator.boards.events import Event
from generator.boards.sources import read_sources
from tests.tiny_archive import LAST, TODAY, Day, TinyArchive, ago, daily, listing, table


def told(tiny: TinyArchive) -> list[tuple[Any, ...]]:
    return table(tiny.board("changes"), "day", "after", "kind", "model_permaslug", "text")


def ids(tiny: TinyArchive, days: int = 0) -> list[tuple[str, str]]:
    """The events as of so many days ago, with their texts."""
    rows = tiny.board("changes", ago(days)).rows
    return [(row.event.id, row.event.text) for row in rows if isinstance(row, ChangeRow)]


A_LEADS: Day = {"a/x": 2, "b/x": 1}
B_RISES: Day = {"a/x": 2, "b/x": 99}
"""Two such days of seven make a lead that holds without any one of them."""
A_RISES: Day = {"a/x": 99, "b/x": 2}


def test_a_change_in_weeks_with_a_missing_day_is_told_with_the_next_whole_week(
    tiny: TinyArchive,
) -> None:
    days = daily(*[A_LEADS] * 9, B_RISES, B_RISES, *[A_LEADS] * 5)
    missing = ago(8)
    del days[missing]
    tiny.rankings(days)
    # The week to 12 Nov is whole; the next seven hold 13 Nov, on which the day is missing.
    assert told(tiny) == [
        (
            "2026-11-20",
            "2026-11-12",
            "New leader",
            "b/x",
            "b/x took the lead by tokens over seven days from a/x between 12 and 20 Nov 2026.",
        )
    ]
    assert tiny.board("changes").notes[-1] == (
        "13 Nov 2026 is missing: weeks with such a day are not compared, "
        "and changes since then are reported for the next whole week."
    )


def test_who_enters_in_a_week_with_a_missing_day_enters_with_the_next_whole_one(
    tiny: TinyArchive,
) -> None:
    ten = {f"t/{n}": 100 - n for n in range(10)}
    days = daily(*[ten] * 8, *[{**ten, "new/x": 500}] * 9)
    del days[ago(9)]
    tiny.rankings(days)
    texts = {slug: text for _, _, kind, slug, text in told(tiny) if kind != "New leader"}
    assert texts == {
        "new/x": "new/x entered the top 10 by tokens over seven days between 11 and 19 Nov 2026, at No. 1.",
        "t/9": "t/9 left the top 10 by tokens over seven days between 11 and 19 Nov 2026.",
    }


def test_weeks_that_still_hold_a_missing_day_are_withheld_with_a_note(tiny: TinyArchive) -> None:
    days = daily(*[A_LEADS] * 8, B_RISES, B_RISES, B_RISES)
    del days[ago(3)]
    tiny.rankings(days)
    assert told(tiny) == []
    assert tiny.board("changes").notes[-1].startswith("18 Nov 2026 is missing: weeks with")


def test_without_a_missing_day_nothing_is_said_of_one(tiny: TinyArchive) -> None:
    tiny.rankings(daily(*[A_LEADS] * 8))
    assert not any("is missing" in note for note in tiny.board("changes").notes)


def test_a_restated_day_changes_no_event_that_was_told(tiny: TinyArchive) -> None:
    first = daily(*[A_LEADS] * 7, B_RISES, B_RISES, last=ago(3))
    tiny.rankings(first, on=ago(2))
    before = ids(tiny, 2)
    assert before == [
        ("2026-11-18/leader/b/x", "b/x took the lead by tokens over seven days from a/x.")
    ]
    restated = {**first, ago(4): A_RISES, ago(3): A_RISES}
    tiny.rankings({**restated, ago(2): A_LEADS}, on=ago(1))
    back = ("2026-11-19/leader/a/x", "a/x took the lead by tokens over seven days from b/x.")
    assert ids(tiny) == [back, *before]


def test_a_day_that_is_stated_late_changes_no_event_that_was_told(tiny: TinyArchive) -> None:
    days = daily(*[A_LEADS] * 9, B_RISES, B_RISES, *[A_LEADS] * 5)
    gap = {day: tokens for day, tokens in days.items() if day != ago(8)}
    tiny.rankings(gap, on=ago(0))
    before = ids(tiny)
    tiny.rankings({ago(8): B_RISES}, on=TODAY)
    assert ids(tiny) == before != []


def test_a_day_that_is_not_over_is_not_told(tiny: TinyArchive) -> None:
    tiny.rankings(daily(*[A_LEADS] * 7, B_RISES, last=ago(1)), on=ago(1))
    assert told(tiny) == []
    tiny.rankings({ago(1): A_LEADS})
    assert told(tiny) == []


def test_a_model_that_is_named_or_renamed_later_keeps_its_events(tiny: TinyArchive) -> None:
    tiny.models(listing("a/x", name="A: X"), on=ago(1))
    tiny.rankings(daily(*[A_LEADS] * 7, B_RISES, B_RISES, last=ago(2)), on=ago(1))
    before = ids(tiny, 1)
    assert before == [
        ("2026-11-19/leader/b/x", "b/x took the lead by tokens over seven days from X.")
    ]
    tiny.models(listing("a/x", name="A: Y"), listing("b/x", name="B: X"))
    assert [event for event in ids(tiny) if "leader" in event[0]] == before


def test_a_variant_is_named_by_its_model_where_the_catalogue_lists_only_that(
    tiny: TinyArchive,
) -> None:
    tiny.models(listing("b/x", name="B: X"), on=ago(1))
    before, rises = {"a/x": 2, "b/x:free": 1}, {"b/x:free": 99}
    tiny.rankings(daily(*[before] * 7, rises, rises, last=ago(2)), on=ago(1))
    text = "X (free) took the lead by tokens over seven days from a/x."
    assert [event[1] for event in ids(tiny)] == [text]


def test_rankings_and_catalogue_that_end_on_two_days_are_both_counted(tiny: TinyArchive) -> None:
    tiny.models(listing("k/x"), listing("gone/x"), on=ago(1))
    tiny.models(listing("k/x"))
    tiny.rankings(daily(*[A_LEADS] * 7, B_RISES, B_RISES))
    assert tiny.board("changes").finding == (
        "21 Nov 2026: 1 listing removed. 20 Nov 2026: 1 new leader."
    )


# Over generated days

FIRM = {"a/first": 60, "b/second": 60, **{f"t/{n}": 50 - n for n in range(7)}}
"""Nine models that hold the first nine places; which of the first two leads is drawn."""


@st.composite
def _days(draw: st.DrawFn) -> list[Day]:
    """Three weeks in which the lead and the last places of the top 10 change hands."""
    every: list[Day] = []
    for _ in range(3):
        led = draw(st.sampled_from(("a/first", "b/second")))
        last = {f"z/{name}": draw(st.integers(30, 44)) for name in "pqr"}
        every += [{**FIRM, **last, led: 63}] * 7
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(every) - 1))
        name = draw(st.sampled_from(("a/first", "b/second", "z/p", "z/q")))
        every[at] = {**every[at], name: draw(st.integers(1, 90))}
    return every


def _ranks(week: Sequence[Day], slug: str) -> list[int]:
    """The best and the worst rank of a model with all days of a week, and without any one of them."""
    ranks: list[int] = []
    for left_out in (None, *range(7)):
        kept = [day for at, day in enumerate(week) if at != left_out]
        sums = {name: sum(day.get(name, 0) for day in kept) for day in kept for name in day}
        own = sums.get(slug, 0)
        ranks.append(1 + sum(1 for name, count in sums.items() if name != slug and count > own))
        ranks.append(1 + sum(1 for name, count in sums.items() if name != slug and count >= own))
    return [min(ranks), max(ranks)]


def _check(event: Event, week: Sequence[Day]) -> None:
    low, high = _ranks(week, event.model.id)
    if event.kind == "leader":
        assert (low, high) == (1, 1), event.text
    elif event.kind == "left":
        assert low > 10, event.text
    else:
        said = re.search(r"at No\. (\d+)(?:–(\d+))?\.$", event.text)
        assert said is not None
        assert [int(said[1]), int(said[2] or said[1])] == [low, high], event.text
        assert high <= 10, event.text


@settings(max_examples=15, deadline=None, derandomize=True, database=None)
@given(_days())
def test_every_change_of_the_top_ten_holds_with_any_day_left_out(days: list[Day]) -> None:
    with TemporaryDirectory() as folder:
        tiny = TinyArchive(Path(folder))
        tiny.rankings(daily(*days))
        (board,) = changes.boards(read_sources(tiny.history()))
    first = LAST - timedelta(days=len(days) - 1)
    leader: dict[date, str] = {}
    members: set[str] = set()
    for row in sorted(board.rows, key=lambda row: str(row["day"])):
        assert isinstance(row, ChangeRow)
        end = (row.day - first).days + 1
        _check(row.event, days[end - 7 : end])
        if row.event.kind == "leader":
            leader[row.day] = row.event.model.id
        elif row.event.kind != "left":
            assert row.event.model.id not in members
            members.add(row.event.model.id)
        else:
            members.discard(row.event.model.id)
    told = [leader[day] for day in sorted(leader)]
    assert all(one != other for one, other in pairwise(told))
