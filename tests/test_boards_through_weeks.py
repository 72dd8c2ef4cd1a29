"""Boards over all weeks of the history: how much was used, over how many authors, for nothing, and at what list price."""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.archive.coverage import Coverage
from generator.archive.daily_tokens import DailyTokens
from generator.archive.listings import Listings
from generator.base import attribution, formats
from generator.base.dates import Window, human_day
from generator.boards import concentration, implied_spend, use_history
from generator.boards.board import Entity
from generator.boards.dated_prices import DatedPrices
from generator.boards.names import Names
from generator.charts.catalogue import tok_history
from tests import sentence_rules as rules
from tests.sentence_rules import agreement_faults
from tests.tiny_archive import LAST, TinyArchive, ago, daily, days_of, listing, table, weeks
from tests.typed_boards import row

RULE = settings(rules.RULE, max_examples=15)
DAY = date(2026, 8, 20)


@st.composite
def histories(draw: st.DrawFn) -> tuple[int, DailyTokens]:
    """A number of weeks up to DAY, and their days, of which some are missing."""
    count = draw(st.integers(1, 3))
    missing = draw(st.sets(st.integers(1, 7 * count - 2), max_size=2))
    days = {
        DAY - timedelta(days=back): {"a/x": 1} for back in range(7 * count) if back not in missing
    }
    return count, DailyTokens(days, attribution.rankings("2026-08-21"))


def _week(number: int, count: int) -> date:
    """The last day of a week, the first of which has the number 0."""
    return DAY - timedelta(days=7 * (count - 1 - number))


def _coverage(count: int, tokens: DailyTokens) -> Coverage:
    return tokens.coverage(Window.ending(DAY, 7 * count))


def _gaps(tokens: DailyTokens, week: date) -> str:
    """What a sentence says behind a week that is not whole."""
    gaps = tokens.coverage(Window.ending(week, 7)).gaps
    return f" ({gaps})" if gaps else ""


# Use since the first day


def test_each_whole_week_of_the_history_has_its_tokens_and_its_change(tiny: TinyArchive) -> None:
    before = weeks({"a/x": 4}, {"a/x": 6}, *[{"a/x": 1, "other": 1}] * 12)
    tiny.rankings({**daily({"a/x": 99}, last=LAST - timedelta(days=98)), **before})
    board = tiny.board("use-history")
    rows = table(board, "week", "total_tokens", "change")
    assert rows[:3] == [
        ("2026-08-21", 28, None),
        ("2026-08-28", 42, 0.5),
        ("2026-09-04", 14, -0.666667),
    ]
    assert len(rows) == 14
    assert days_of(board) == (date(2026, 8, 15), LAST)
    assert board.finding == (
        "14 tokens in the week to 20 Nov 2026; 28 tokens in the week to 21 Aug 2026."
    )


def test_a_week_that_lacks_a_day_is_named_and_compared_with_none(tiny: TinyArchive) -> None:
    held = weeks({"a/x": 1}, {"a/x": 2}, {"a/x": 3})
    del held[date(2026, 11, 11)]
    tiny.rankings(held)
    board = tiny.board("use-history")
    assert table(board, "total_tokens", "change", "missing_days", "provisional") == [
        (7, None, 0, False),
        (12, None, 1, False),
        (21, None, 0, True),
    ]
    assert (
        board.finding == "21 tokens in the week to 20 Nov 2026; 7 tokens in the week to 6 Nov 2026."
    )


def test_before_a_week_is_whole_there_is_what_is_held_of_it(tiny: TinyArchive) -> None:
    tiny.rankings(daily({"a/x": 2}, {"a/x": 3}))
    assert tiny.board("use-history").finding == (
        "5 tokens in the week to 20 Nov 2026 (2 of 7 days; 5 are missing, the last of them 18 Nov 2026)."
    )
    assert tiny.board("use-history.authors").finding == (
        "a had the most tokens (2 of 7 days; 5 are missing, the last of them 18 Nov 2026)."
    )


def test_authors_are_shown_in_every_week_once_they_were_among_the_first_of_one(
    tiny: TinyArchive,
) -> None:
    many = {f"{name}/x": 10 - at for at, name in enumerate("bcdefghi")}
    tiny.rankings(weeks({**many, "z/x": 1, "a/x": 1}, {"a/x": 30, "b/x": 5, "other": 5}))
    board = tiny.board("use-history.authors")
    rows = table(board, "week", "author", "total_tokens", "share")
    assert [author for _, author, _, _ in rows[:10]] == [*"abcdefghi", "other"]
    assert rows[9] == ("2026-11-13", "other", 7, 0.018519)
    # The ninth of the first week leads the second, so both weeks show it; the tenth is never among the first.
    assert rows[10:] == [
        ("2026-11-20", "a", 210, 0.75),
        ("2026-11-20", "b", 35, 0.125),
        ("2026-11-20", "other", 35, 0.125),
    ]
    assert board.finding == "Of 2 weeks, a had the most tokens in 1 and b in 1."


def test_a_week_with_days_outside_the_top_fifty_has_bounds_of_an_author(
    tiny: TinyArchive,
) -> None:
    day = {"a/x": 40, "b/x": 30, "other": 10}
    without = {"a/x": 40, "c/x": 20, "other": 10}
    tiny.rankings(daily(*[day] * 6, without))
    keys = "author", "total_tokens", "total_tokens_high", "share", "share_high"
    rows = {row[0]: row[1:] for row in table(tiny.board("use-history.authors"), *keys)}
    assert rows["a"][:2] == (280, 280)
    assert rows["a"][2:] == pytest.approx((280 / 550, 280 / 550), abs=1e-6)
    # On the seventh day b had at most what all outside had: less than the smallest that is named.
    assert rows["b"][:2] == (180, 190)
    assert rows["b"][2:] == pytest.approx((180 / 550, 190 / 550), abs=1e-6)
    assert rows["other"][0] == rows["other"][1]


@pytest.mark.parametrize(("other", "told"), [(4, ""), (5, ", as far as the daily top 50 shows")])
def test_who_led_is_told_as_far_as_the_top_fifty_shows_where_that_may_decide(
    tiny: TinyArchive, other: int, told: str
) -> None:
    # In the second week b lacks 5 a day.
    tiny.rankings(weeks({"b/x": 9, "a/x": 1}, {"a/x": 30, "b/x": 25, "other": other}))
    finding = tiny.board("use-history.authors").finding
    assert finding == f"Of 2 weeks, a had the most tokens in 1 and b in 1{told}."


def test_of_more_authors_than_fit_beside_a_chart_the_largest_are_shown(tiny: TinyArchive) -> None:
    first = {f"{name}/x": 20 - at for at, name in enumerate("bcdefghi")}
    second = {f"{name}/x": 20 - at for at, name in enumerate("jklmnopq")}
    tiny.rankings(weeks(first, second, {"r/x": 1}))
    board = tiny.board("use-history.authors")
    rows = table(board, "week", "author", "total_tokens")
    assert [author for _, author, _ in rows] == [*"bcdefghi", "other", *"jklmnopq", *["other"] * 2]
    assert rows[-1] == ("2026-11-20", "other", 7)
    assert (
        "Shown are the 16 authors with the most tokens of those that were among the first 8 of any week."
        in board.notes
    )
    # Who is not shown has led all the same.
    assert board.finding == "Of 3 weeks, b had the most tokens in 1, j in 1 and r in 1."
    assert tok_history.CHART.subtitle(board).endswith(
        "The 16 largest of the authors among the first 8 of any week."
    )


@RULE
@given(histories(), st.lists(st.integers(0, 3), min_size=3, max_size=3))
def test_the_newest_week_has_the_most_only_if_no_other_can_have_as_many(
    drawn: tuple[int, DailyTokens], tokens: list[int]
) -> None:
    count, held = drawn
    rows: list[Any] = [
        row(use_history.UseWeekRow, {"week": _week(at, count), "total_tokens": tokens[at]})
        for at in range(count)
    ]
    sentence = use_history.finding(rows, _coverage(count, held))
    assert agreement_faults(sentence) == []
    told = re.findall(r"([\d,]+) tokens in the week to (\d+ \w+ \d{4})((?: \([^)]*\))?)", sentence)
    expected = [rows[-1], rows[0]] if count > 1 else [rows[0]]
    assert told == [
        (f"{one.total_tokens}", human_day(one.week), _gaps(held, one.week)) for one in expected
    ]
    highest = max(tokens[: count - 1], default=None)
    is_highest = highest is not None and tokens[count - 1] > highest
    assert ("the most in" in sentence) is (is_highest and _coverage(count, held).whole)


@pytest.mark.parametrize(
    ("shares", "changed"),
    [
        (
            {"p": (0.2, 0.25), "q": (0.3, 0.2), "r": (0.1, 0.12)},
            "p gained the most, from 20.0% to 25.0%; q lost the most, from 30.0% to 20.0%",
        ),
        (
            {"p": (0.2, 0.25), "q": (0.3, 0.35), "r": (0.1, 0.1)},
            "p and q gained the most, +5.0 percentage points each",
        ),
        (
            {"p": (0.25, 0.2), "q": (0.35, 0.3)},
            "p and q lost the most, −5.0 percentage points each",
        ),
        # 0.06 points, rounded to 0.1, where both shares round to 20.0%.
        (
            {"p": (0.1997, 0.2003), "q": (0.1, 0.1)},
            "p gained the most, +0.1 percentage points",
        ),
        ({"p": (0.2, 0.2004), "q": (0.3, 0.2996)}, "none gained or lost 0.1 percentage points"),
    ],
)
def test_whose_share_changed_the_most_is_told_with_both_shares_or_the_points_between(
    shares: Mapping[str, tuple[float, float]], changed: str
) -> None:
    first, newest = DAY - timedelta(days=7), DAY
    ends: list[Any] = []
    for name, both in shares.items():
        made = []
        for week, share in zip((first, newest), both, strict=True):
            values = {
                "week": week,
                "author": Entity(name, name),
                "share": share,
                "share_high": share,
            }
            made.append(row(use_history.AuthorUseWeekRow, values))
        ends.append(tuple(made))
    assert use_history.change_of_shares(ends, first, newest, "weeks") == (
        f"Of the {len(shares)} authors shown with models in the daily top 50 both weeks, {changed}."
    )


# Each share in a week with the most that it can have been; the furthest for certain is further than any other can be.
@pytest.mark.parametrize(
    ("before", "now", "is_certain"),
    [
        ((0.2, 0.22), (0.3, 0.3), True),
        ((0.2, 0.24), (0.3, 0.3), False),
        ((0.2, 0.2), (0.3, 0.9), True),
    ],
)
def test_what_share_can_have_been_before_decides_whose_gained_the_most_for_certain(
    before: tuple[float, float], now: tuple[float, float], is_certain: bool
) -> None:
    first, newest = DAY - timedelta(days=7), DAY
    shares = {"p": (before, now), "q": ((0.1, 0.1), (0.17, 0.17))}
    ends: list[Any] = []
    for name, both in shares.items():
        made = []
        for week, (low, high) in zip((first, newest), both, strict=True):
            values = {"week": week, "author": Entity(name, name), "share": low, "share_high": high}
            made.append(row(use_history.AuthorUseWeekRow, values))
        ends.append(tuple(made))
    sentence = use_history.change_of_shares(ends, first, newest, "weeks")
    assert "p gained the most, from " in sentence
    assert sentence.endswith("as far as the daily top 50 shows.") is not is_certain


@RULE
@given(histories(), st.data())
def test_authors_lead_the_weeks_in_which_none_has_more_tokens(
    drawn: tuple[int, DailyTokens], data: st.DataObject
) -> None:
    count, held = drawn
    amounts = st.dictionaries(st.sampled_from("abcde"), st.integers(0, 2))
    rows: list[Any] = []
    led: dict[str, int] = {}
    for at in range(count):
        tokens: Mapping[str, int] = data.draw(amounts)
        for name, amount in (*tokens.items(), ("other", 9)):
            standing = "other" if name == "other" else "ranked"
            values = {"week": _week(at, count), "author": Entity(name, name.upper())}
            more = {"total_tokens": amount, "share": 0.1, "standing": standing}
            rows.append(row(use_history.AuthorUseWeekRow, {**values, **more}))
        for name in tokens:
            led[name] = led.get(name, 0) + (tokens[name] == max(tokens.values()))
    sentence = use_history.author_finding(rows, _coverage(count, held))
    assert agreement_faults(sentence) == []
    leaders = {name.upper(): number for name, number in led.items() if number}
    assert bool(sentence) is bool(leaders)
    assert "OTHER" not in sentence
    if count == 1:
        told = set(re.findall(r"\b([A-E])\b", sentence.partition(" had ")[0]))
    else:
        pairs = re.findall(r"\b([A-E])(?: had the most tokens)? in (\d)", sentence)
        told = {name for name, _ in pairs}
        assert all(leaders[name] == int(number) for name, number in pairs)
    others = sum(int(number) for number in re.findall(r"and (\d) others?", sentence))
    assert told <= leaders.keys()
    assert len(told) + others == len(leaders)
    assert (_coverage(count, held).gaps in sentence) or not sentence


# Concentration


def test_use_is_as_concentrated_as_that_of_so_many_equal_authors(tiny: TinyArchive) -> None:
    even = {"a/x": 1, "a/y": 1, "b/x": 2}
    tiny.rankings(weeks(even, {"a/x": 3, "b/x": 2, "c/x": 1, "other": 4}))
    board = tiny.board("concentration")
    keys = ("week", "effective_low", "effective", "effective_high", "authors", "largest")
    assert table(board, *keys) == [
        ("2026-11-13", 2, 2, 2, 2, 0.5),
        # 1 / (0.7² + 0.2² + 0.1²), 1 / (0.3² + 0.2² + 0.1² + 0.4²), 1 / (0.3² + 0.2² + 0.1²)
        ("2026-11-20", 1.85, 3.33, 7.15, 3, 0.3),
    ]
    assert board.finding == (
        "In the week to 20 Nov 2026 use was as concentrated as if between 1.8 and 7.2 authors had equal "
        "shares; 1 week earlier it was as if 2.0 authors had."
    )


def test_where_no_author_is_named_there_may_be_any_number(tiny: TinyArchive) -> None:
    tiny.rankings(weeks({"other": 4}))
    board = tiny.board("concentration")
    bounds = table(board, "effective_low", "effective", "effective_high")
    assert bounds == [(1, 1, None)]
    assert board.finding == ""


@RULE
@given(
    st.lists(st.integers(1, 50), min_size=1, max_size=6), st.lists(st.integers(0, 20), max_size=4)
)
def test_however_what_is_not_named_is_divided_the_bounds_hold(
    named: list[int], unnamed: list[int]
) -> None:
    # Each part of the remainder goes to a named author or to one of its own.
    total = sum(named) + sum(unnamed)
    divided = [*named, *[0] * len(unnamed)]
    for at, tokens in enumerate(unnamed):
        divided[at * 3 % len(divided)] += tokens
    other, most = sum(unnamed), max(named)
    rest = [tokens / total for tokens in sorted(named)[:-1]]
    number = concentration.effective_number([tokens / total for tokens in divided])
    low = concentration.effective_number([(most + other) / total, *rest])
    high = concentration.effective_number([tokens / total for tokens in named])
    assert number is not None
    assert low is not None
    assert high is not None
    assert low - 1e-9 <= number <= high + 1e-9
    assert high <= len(named) * (total / sum(named)) ** 2 + 1e-9


@RULE
@given(histories(), st.lists(rules.holes(st.integers(10, 13)), min_size=6, max_size=6))
def test_concentration_has_the_bounds_of_the_week_and_each_week_names_what_it_lacks(
    drawn: tuple[int, DailyTokens], numbers: list[int | None]
) -> None:
    count, held = drawn
    rows: list[Any] = []
    for at in range(count):
        low, high = numbers[2 * at], numbers[2 * at + 1]
        if low is not None and high is not None:
            high = max(low, high)
        values = {"week": _week(at, count), "effective_low": low, "effective_high": high}
        rows.append(row(concentration.ConcentrationRow, values))
    sentence = concentration.finding(rows, held)
    assert agreement_faults(sentence) == []
    known = [one for one in (rows[-1], rows[0]) if one.effective_low and one.effective_high]
    assert bool(sentence) is bool(rows[-1].effective_low and rows[-1].effective_high)
    assert ("earlier" in sentence) is (bool(sentence) and count > 1 and len(known) == 2)
    for one, said in zip(known, sentence.split(" earlier"), strict=False):
        low, high = f"{one.effective_low:.1f}", f"{one.effective_high:.1f}"
        bounds = low if low == high else f"between {low} and {high}"
        assert not sentence or f"as if {bounds} authors had" in said
    assert not sentence or f"to {human_day(DAY)}{_gaps(held, DAY)} use" in sentence
    assert (
        not sentence
        or formats.counted(count - 1, "week") in sentence
        or len(known) < 2
        or count == 1
    )


# Free and paid


def _priced(tiny: TinyArchive, each: int = 1) -> None:
    """Three weeks: a listing that was free until the last of them, variants, and what no catalog prices."""
    free = {"prompt": "0", "completion": "0"}
    tiny.models(
        listing("a/one", pricing=free),
        listing("b/two", prompt="0.000003", pricing={"completion": "0.000001"}),
        listing("r/router", prompt="-1", pricing={"completion": "-1"}),
        on=ago(8),
    )
    tiny.models(listing("a/one"), listing("b/two", prompt="0.000004"), on=ago(1))
    used = {"a/one": 10, "b/two": 20, "b/two:free": 5, "r/router": 5, "no/where": 5, "other": 5}
    before = {slug: tokens * each for slug, tokens in used.items()}
    tiny.rankings(weeks(before, before, {"a/one": each, "b/two": each}))


@pytest.mark.parametrize(
    ("days", "day", "nearest"),
    [
        ("04 09", 4, 4),
        ("04 09", 6, 4),
        ("04 08", 6, 4),
        ("04 09", 7, 9),
        ("09 04", 30, 9),
        ("04", 1, 4),
    ],
)
def test_of_two_snapshots_as_near_the_earlier_has_the_prices(
    days: str, day: int, nearest: int
) -> None:
    listings = Listings([], [], {}, [f"2026-11-{listed}" for listed in days.split()])
    prices = DatedPrices(listings, Names(listings, ()))
    assert prices.nearest(date(2026, 11, day)) == date(2026, 11, nearest)


def test_a_listing_is_free_or_paid_by_the_snapshot_nearest_to_the_end_of_the_week(
    tiny: TinyArchive,
) -> None:
    _priced(tiny)
    board = tiny.board("free-use")
    keys = ("week", "free_share", "free_share_most", "free_of_known", "known")
    assert table(board, *keys) == [
        ("2026-11-06", 0.3, 0.6, 0.428571, 0.7),
        ("2026-11-13", 0.3, 0.6, 0.428571, 0.7),
        ("2026-11-20", 0, 0, 0, 1),
    ]
    assert board.finding == (
        "Free listings had 0.0% of the tokens in the week to 20 Nov 2026; "
        "2 weeks before it was between 30.0% and 60.0%."
    )
    assert days_of(board) == (date(2026, 10, 31), LAST)
    parts = tiny.board("free-use.parts")
    assert table(parts, "part", "part_name", "total_tokens", "share")[:4] == [
        ("free", "Free", 105, 0.3),
        ("unpriced", "Price not known", 70, 0.2),
        ("other", "Outside the top 50", 35, 0.1),
        ("paid", "Paid", 140, 0.4),
    ]
    assert parts.finding == board.finding


# List prices


def test_tokens_cost_between_the_lower_and_the_higher_list_price_of_each_listing(
    tiny: TinyArchive,
) -> None:
    _priced(tiny, each=10**6)
    tokens = {"a/one": 10**12, "b/two": 2 * 10**12, "no/where": 10**12}
    tiny.rankings(weeks(tokens, last=LAST))
    board = tiny.board("implied-spend")
    assert table(board, "week", "spend_low", "spend_high", "covered", "prices_of") == [
        # 140 million tokens of b/two at 1 and 3 dollars per million; a/one and b/two:free cost nothing.
        ("2026-11-06", 140, 420, 0.7, "2026-11-13"),
        ("2026-11-13", 140, 420, 0.7, "2026-11-13"),
        # 7 trillion at 1 and 2 dollars per million, 14 trillion at 2 and 4.
        ("2026-11-20", 35_000_000, 70_000_000, 0.75, "2026-11-20"),
    ]
    assert board.finding == (
        "At the list prices of 20 Nov 2026, 75.0% of the tokens of the week to 20 Nov 2026 would cost between "
        "$35.0 million and $70.0 million, depending on how many of them are input; "
        "this is no estimate of revenue."
    )


def test_a_listing_that_came_later_costs_what_it_did_at_first_to_the_cent(
    tiny: TinyArchive,
) -> None:
    tiny.models(listing("a/x"), on=ago(8))
    tiny.models(listing("b/late", prompt="0.000004"), on=ago(1))
    tiny.models(listing("b/late", prompt="0.000009"))
    tiny.rankings(weeks({"b/late": 12_345}, {"a/x": 1}))
    assert table(tiny.board("implied-spend"), "spend_low", "spend_high")[0] == (0.17, 0.35)


def test_of_the_names_of_a_listing_the_one_listed_then_has_its_price(tiny: TinyArchive) -> None:
    half = listing("c/half", pricing={"completion": "-1"})
    tiny.models(listing("a/old", "a/x", prompt="0.000002"), half, on=ago(8))
    tiny.models(listing("a/new", "a/x", prompt="0.000004"), half, on=ago(1))
    tiny.rankings(weeks({"a/x": 10**6}, {"a/x": 10**6, "c/half": 10**6}))
    keys = ("spend_low", "spend_high", "covered")
    assert table(tiny.board("implied-spend"), *keys) == [(14, 14, 1), (14, 28, 0.5)]


def test_where_no_price_is_known_nothing_is_said_of_the_cost(tiny: TinyArchive) -> None:
    tiny.models(listing("a/one"))
    tiny.rankings(weeks({"no/where": 3, "other": 1}))
    board = tiny.board("implied-spend")
    assert table(board, "spend_low", "spend_high", "covered") == [(0, 0, 0)]
    assert board.finding == ""


@RULE
@given(histories(), st.tuples(*[st.integers(0, 3)] * 3))
def test_the_cost_is_a_band_with_the_part_that_it_covers_and_no_revenue(
    drawn: tuple[int, DailyTokens], amounts: tuple[int, int, int]
) -> None:
    count, held = drawn
    low, more, covered = amounts
    values = {
        "week": DAY,
        "spend_low": low * 10**6,
        "spend_high": (low + more) * 10**6,
        "covered": covered / 3,
        "prices_of": DAY - timedelta(days=1),
    }
    rows: list[Any] = [row(implied_spend.SpendWeekRow, values)]
    sentence = implied_spend.finding(rows, _coverage(count, held))
    assert agreement_faults(sentence) == []
    assert bool(sentence) is bool(covered)
    if not covered:
        return
    assert sentence.startswith("At the list prices of 19 Aug 2026, ")
    assert f" {formats.share(covered / 3)} of the tokens of the week to 20 Aug 2026" in sentence
    assert f"20 Aug 2026{_gaps(held, DAY)} would cost" in sentence
    least, most = (formats.dollars_in_words(one * 10**6) for one in (low, low + more))
    assert (f"between {least} and {most}," in sentence) is bool(more)
    assert (f"would cost {least};" in sentence) is (more == 0)
    assert sentence.endswith("this is no estimate of revenue.")
