"""What boards show of an archive of years: the newest weeks and days, and a note on where all others are."""

from datetime import date, timedelta

import pytest

from generator.base.dates import Window
from tests.tiny_archive import LAST, TODAY, TinyArchive, ago, daily, days_of, listing, table, weeks
from tests.tiny_archive import kind_of_work as kind

NOW = date(2027, 3, 6)
END = date(2027, 3, 5)
"""The newest complete day, 106 weeks after the first of 22 February 2025."""
DAYS_NOTE = (
    "Shown are the newest 366 days; the history of the daily rankings has all days since "
    "22 Feb 2025."
)


def _years(tiny: TinyArchive) -> None:
    """106 weeks, of which an author leads the first alone, and nothing is outside the top 50 after the first year."""
    early = [{"b/early": 9, "a/x": 1, "other": 90}] * 7
    later = [{"a/x": 4}] * (105 * 7)
    tiny.rankings(daily(*early, *later, last=END), on=NOW)
    tiny.models(listing("a/x"), on=NOW)


@pytest.mark.parametrize("id_", ["use-history.authors", "concentration", "free-use.parts"])
def test_boards_of_weeks_have_the_newest_hundred_and_four(tiny: TinyArchive, id_: str) -> None:
    _years(tiny)
    board = tiny.board(id_, NOW)
    assert len(set(table(board, "week"))) == 104
    assert days_of(board) == (END - timedelta(days=104 * 7 - 1), END)
    assert board.notes[-1] == (
        "Shown are the newest 104 weeks; the history of the daily rankings has all days since "
        "22 Feb 2025."
    )


def test_authors_that_led_a_week_that_is_not_shown_have_no_series(tiny: TinyArchive) -> None:
    _years(tiny)
    assert {row[0] for row in table(tiny.board("use-history.authors", NOW), "author")} == {
        "a",
        "other",
    }


def test_all_weeks_together_are_the_whole_history(tiny: TinyArchive) -> None:
    _years(tiny)
    board = tiny.board("use-history", NOW)
    rows = table(board, "week", "total_tokens")
    assert (len(rows), rows[0]) == (106, ("2025-02-28", 700))
    assert days_of(board) == (date(2025, 2, 22), END)


def test_all_weeks_in_front_are_counted(tiny: TinyArchive) -> None:
    _years(tiny)
    finding = tiny.board("models-7d", NOW).finding
    assert finding.endswith("it has led 105 periods of 7 days in a row.")


def test_two_years_of_weeks_need_no_note(tiny: TinyArchive) -> None:
    tiny.rankings(weeks(*[{"a/x": 1}] * 104, last=END), on=NOW)
    board = tiny.board("use-history.authors", NOW)
    assert len(set(table(board, "week"))) == 104
    assert not [note for note in board.notes if note.startswith("Shown are the newest")]


def test_what_lies_outside_the_top_fifty_is_shown_of_a_year(tiny: TinyArchive) -> None:
    _years(tiny)
    board = tiny.board("other-share", NOW)
    rows = table(board, "date", "share")
    assert (len(rows), rows[0]) == (360, ("2026-03-11", 0))
    assert days_of(board) == (date(2026, 3, 5), END)
    assert board.notes[-1] == DAYS_NOTE
    assert board.finding == (
        "0.0% of tokens in the newest week went to models outside the daily top 50, as in every week "
        "since 5 Mar 2026."
    )


def test_restatements_of_days_of_a_year_ago_are_in_the_ledger_alone(tiny: TinyArchive) -> None:
    old, new = LAST - timedelta(days=366), LAST - timedelta(days=365)
    for day in (old, new):
        tiny.rankings({day: {"a/x": 100}}, on=day + timedelta(days=1))
        tiny.rankings({day: {"a/x": 102}}, on=day + timedelta(days=3))
    tiny.rankings({LAST: {"a/x": 10}})
    board = tiny.board("restatements")
    assert table(board, "day", "tokens_before", "tokens_after") == [(str(new), 100, 102)]
    assert board.finding.startswith("1 of 2 days was restated")
    assert table(tiny.board("restatement-ages"), "days_after", "numbers") == [(3, 1)]
    assert [one.day for one in tiny.history().daily_tokens.revisions] == [old, new]  # type: ignore[union-attr]


def test_restated_numbers_are_told_one_by_one_forwards_and_backwards(tiny: TinyArchive) -> None:
    day, huge = LAST - timedelta(days=3), 10**20 - 1
    first = {"a/x": 100, "b/\u00fc": huge - 1, "c/z": 80}
    tiny.rankings({day: first}, on=day + timedelta(days=1))
    second = {"a/x": 102, "b/\u00fc": huge, "d/v": 80}
    tiny.rankings({day: second}, on=day + timedelta(days=2))
    tiny.rankings({day: {**second, "a/x": 103}}, on=day + timedelta(days=3))
    usage = tiny.history().daily_tokens
    assert usage is not None
    told = [(one.slug, one.before, one.after) for one in usage.revisions]
    assert told == [
        ("a/x", 100, 102),
        ("b/\u00fc", huge - 1, huge),
        ("c/z", 80, None),
        ("d/v", None, 80),
        ("a/x", 102, 103),
    ]
    backwards = [(one.slug, one.before, one.after) for one in reversed(usage.revisions)]
    assert backwards == told[::-1]
    assert list(usage.revisions.within(Window(day, day))) == list(usage.revisions)
    assert not list(usage.revisions.within(Window(LAST, LAST)))


def _prices(tiny: TinyArchive) -> None:
    """A price that changed twice 400 days ago or more, and once last month."""
    for days, price in ((450, 1), (420, 2), (400, 4), (30, 8), (0, 8)):
        tiny.models(listing("a/x", prompt=f"0.00000{price}"), on=ago(days))


def test_price_changes_of_a_year_are_shown_and_all_are_counted(tiny: TinyArchive) -> None:
    _prices(tiny)
    board = tiny.board("price-changes")
    assert table(board, "day", "prompt_before", "prompt") == [
        (str(ago(30)), "0.000004", "0.000008")
    ]
    assert board.finding == (
        "In the last 30 days: no price changes. In all: 3 price increases since 28 Aug 2025."
    )
    assert board.notes[-1] == (
        "Shown are the changes of the newest 366 days; the history of the catalog has all prices since "
        "28 Aug 2025."
    )


def test_a_step_starts_when_its_price_did_though_that_is_not_shown(tiny: TinyArchive) -> None:
    _prices(tiny)
    board = tiny.board("price-history")
    assert table(board, "day", "until", "prompt") == [
        (str(ago(400)), str(ago(400)), "0.000004"),
        (str(ago(30)), str(TODAY), "0.000008"),
    ]
    assert board.finding == (
        "1 listing has changed the price of input or output since 21 Nov 2025."
    )


def test_a_price_that_has_not_changed_for_a_year_has_no_steps(tiny: TinyArchive) -> None:
    for days, price in ((450, 1), (420, 2), (0, 2)):
        tiny.models(listing("a/x", prompt=f"0.00000{price}"), on=ago(days))
    assert "price-history" not in tiny.boards()
    board = tiny.board("price-changes")
    assert board.records() == []
    assert board.finding.endswith("In all: 1 price increase since 28 Aug 2025.")


def test_long_ago_the_index_has_a_row_for_the_last_day_of_each_month(tiny: TinyArchive) -> None:
    for days in (430, 429, 420, 410, 366, 365, 300, 0):
        price = "0.000001" if days > 429 else "0.000002"
        tiny.models(listing("a/x", prompt=price, pricing={"completion": price}), on=ago(days))
    board = tiny.board("price-index")
    assert table(board, "day", "index") == [
        (str(ago(430)), 100),
        (str(ago(420)), 200),
        (str(ago(410)), 200),
        (str(ago(365)), 200),
        (str(ago(300)), 200),
        (str(TODAY), 200),
    ]
    assert board.notes[-1].startswith("Before 21 Nov 2025, shown are the first snapshot")


def test_tasks_of_years_ago_have_the_first_day_of_each_month(tiny: TinyArchive) -> None:
    for days in (460, 455, 430, 366, 365, 364, 2, 0):
        tiny.tasks(kinds=[kind("code", 0.5, 0.5)], on=ago(days))
    days_shown = [ago(days + 1) for days in (460, 430, 364, 2, 0)]
    assert [row[0] for row in table(tiny.board("task-trend"), "day")] == list(map(str, days_shown))
    assert tiny.board("task-trend").notes[-1].startswith("Starts 17 Aug 2025, when tracking began")
