"""How firmly days settle ranks and changes by tokens, from numbers small enough to check by hand."""

from collections.abc import Mapping

import pytest

from generator.base.dates import Window
from generator.boards.rank_stability import (
    RankRange,
    ShareGain,
    TokenBounds,
    TokenGain,
    TokenSpan,
    certain_change,
    certain_token_leader,
    named_listings,
    rank_gains,
    share_gains,
    token_bounds,
    token_gains,
    token_rank_ranges,
    undetermined_token_ranks,
)
from tests.tiny_archive import LAST, Day, ago, daily

WEEK = Window.ending(LAST, 7)
BEFORE = WEEK.shifted(-7)


def bounds(*days: Day) -> TokenBounds:
    """Of successive days, the newest of which is LAST."""
    held = daily(*days)
    return token_bounds(held, held, named_listings(held, held))


def both(before: list[Day], now: list[Day]) -> tuple[TokenBounds, TokenBounds]:
    """Of two weeks, each of the listings of both."""
    held = daily(*before, *now)
    listings = named_listings(held, held)
    return token_bounds(held, WEEK, listings), token_bounds(held, BEFORE, listings)


def firm_rank_moves(now: TokenBounds, before: TokenBounds) -> set[str]:
    """The names whose rank certainly rose, or certainly fell."""
    return {name for name, gain in rank_gains(now, before).items() if gain.firm}


def ranges(*days: Day) -> Mapping[str, tuple[int, int]]:
    found = token_rank_ranges(bounds(*days))
    return {name: (found[name].low, found[name].high) for name in sorted(found)}


def test_a_day_outside_the_top_fifty_holds_at_most_the_smallest_count() -> None:
    made = bounds({"a": 9, "b": 4, "other": 20}, {"a": 9, "other": 20})
    assert made.span("b") == TokenSpan(4, 13)  # 4, and 0 to 9
    assert not made.span("b").exact
    assert made.span("a") == TokenSpan(18, 18)
    assert made.span("a").exact
    assert made.span("nobody") == TokenSpan(0, 0)
    assert made.days_named == {"a": 2, "b": 1}


def test_a_day_outside_the_top_fifty_holds_at_most_all_others_together() -> None:
    assert bounds({"a": 9, "b": 4, "other": 0}, {"a": 9, "other": 3}).span("b") == TokenSpan(4, 7)


def test_a_day_that_names_all_there_were_leaves_nothing_open() -> None:
    assert bounds({"a": 9, "b": 4}, {"a": 9}).span("b") == TokenSpan(4, 4)


def test_of_fifty_named_models_without_a_rest_the_rest_is_not_known() -> None:
    fifty = {f"a/{number}": 100 + number for number in range(50)}
    assert bounds({"b": 4}, fifty).span("b") == TokenSpan(4, 104)


def test_an_authors_listings_outside_the_top_fifty_add_up_to_all_others_at_most() -> None:
    held = daily({"a/x": 9, "a/y": 8, "a/z": 7, "other": 9}, {"a/x": 6, "other": 10})
    made = token_bounds(held, held, named_listings(held, held), lambda slug: slug[:1])
    assert made.span("a") == TokenSpan(30, 40)  # 24 and 6, and two of at most 6, 10 together
    assert made.days_named == {"a": 2}


def test_a_rank_that_any_day_may_be_left_out_of_is_one_rank() -> None:
    assert ranges(*[{"a": 3, "b": 2}] * 7) == {"a": (1, 1), "b": (2, 2)}


def test_a_rank_that_hangs_on_one_day_is_a_range() -> None:
    # 30 against 28; without the last day 12 against 24.
    days = [*[{"a": 2, "b": 4}] * 6, {"a": 18, "b": 4}]
    assert ranges(*days) == {"a": (1, 2), "b": (1, 2)}


def test_the_example_of_the_methodology_page_is_right() -> None:
    now: list[Day] = [*[{"A": 2, "B": 4, "other": 1}] * 6, {"A": 18, "B": 4, "C": 3}]
    assert ranges(*now) == {"A": (1, 2), "B": (1, 2), "C": (3, 3)}
    after, before = both([{"A": 2, "B": 4}] * 7, now)
    assert [after.span(name) for name in "ABC"] == [
        TokenSpan(30, 30),
        TokenSpan(28, 28),
        TokenSpan(3, 9),
    ]
    assert not firm_rank_moves(after, before) & {"A", "B"}


def test_equal_tokens_share_a_range() -> None:
    assert ranges(*[{"a": 2, "b": 2, "c": 1}] * 7) == {"a": (1, 2), "b": (1, 2), "c": (3, 3)}


def test_days_outside_the_top_fifty_widen_a_range() -> None:
    # c has 6 on one day and up to 5 on the other: 6 to 11 beside the 10 of b.
    days = [{"a": 9, "b": 5, "c": 6, "other": 9}, {"a": 9, "b": 5, "other": 9}]
    assert ranges(*days) == {"a": (1, 1), "b": (2, 3), "c": (2, 3)}
    assert undetermined_token_ranks(bounds(*days)) == ["b", "c"]


def test_one_day_alone_is_left_out_of_nothing() -> None:
    assert ranges({"a": 2, "b": 1}) == {"a": (1, 1), "b": (2, 2)}
    # Of two, each is.
    assert ranges({"a": 9, "b": 1}, {"a": 1, "b": 2}) == {"a": (1, 2), "b": (1, 2)}


def test_only_names_of_the_window_are_counted() -> None:
    held = daily({"gone": 9, "other": 9}, {"a": 2, "other": 9})
    made = token_bounds(held, [LAST], {"a", "gone"})
    assert token_rank_ranges(made) == {"a": RankRange(1, 1)}


def test_a_leader_is_certain_when_nobody_can_have_as_much() -> None:
    assert certain_token_leader(bounds({"a": 3, "b": 2})) == "a"
    assert certain_token_leader(bounds({"a": 2, "b": 2})) is None
    assert certain_token_leader(bounds({"a": 2, "b": 9, "other": 9}, {"a": 8, "other": 9})) is None


@pytest.mark.parametrize(
    ("last", "firm"),
    [
        ({"a": 4, "b": 3}, {"a", "b"}),  # 28 against 21, without any day 24 against 18
        ({"a": 18, "b": 3}, {"a", "b"}),
        ({"a": 1, "b": 3}, {"a", "b"}),
    ],
)
def test_a_move_that_no_weekday_decides_is_firm(last: Day, firm: set[str]) -> None:
    now, before = both([{"a": 2, "b": 3}] * 7, [*[{"a": 4, "b": 3}] * 6, last])
    assert firm_rank_moves(now, before) == firm


def test_a_move_that_one_weekday_decides_is_not_firm() -> None:
    now, before = both([{"a": 2, "b": 3}] * 7, [*[{"a": 2, "b": 3}] * 6, {"a": 18, "b": 3}])
    assert now.span("a").low > now.span("b").high
    assert firm_rank_moves(now, before) == set()


def test_no_move_is_not_firm() -> None:
    now, before = both([{"a": 3, "b": 2}] * 7, [{"a": 4, "b": 2}] * 7)
    assert firm_rank_moves(now, before) == set()


def test_who_is_new_moves_firmly_when_it_cannot_have_been_as_high_before() -> None:
    before = [{"a": 9, "b": 5, "other": 3}] * 7
    # At most 3 a day before, which is the third rank at best; now the first.
    assert "new" in firm_rank_moves(*both(before, [{"new": 20, "a": 9, "other": 3}] * 7))
    # Now the third: it can have been the third before.
    now = [{"a": 9, "b": 5, "new": 4, "other": 3}] * 7
    assert "new" not in firm_rank_moves(*both(before, now))


def test_a_thirty_day_window_leaves_out_all_days_of_a_weekday() -> None:
    # a leads on Fridays only, and there are five in the window.
    days = [{"a": 2, "b": 3}] * 7 + [{"a": 2, "b": 3}] * 30
    rises = [{"a": 20, "b": 3} if at % 7 == 1 else day for at, day in enumerate(days)]
    held = daily(*rises)
    listings = {"a", "b"}
    now = token_bounds(held, Window.ending(LAST, 30), listings)
    assert sum(day.weekday() == LAST.weekday() for day in now.days) == 5
    assert token_rank_ranges(now)["a"] == RankRange(1, 1)
    before = token_bounds(daily(*days), Window.ending(LAST, 30), listings)
    assert firm_rank_moves(now, before) == set()


def test_a_newcomer_gained_at_least_what_it_can_not_have_had() -> None:
    gains = token_gains(*both([{"a": 5, "other": 4}] * 7, [{"a": 5, "new": 6, "other": 4}] * 7))
    assert gains["new"] == TokenGain(14, 42, firm=True)  # 42 less 0 to 28
    assert gains["a"] == TokenGain(0, 0, firm=False)


def test_a_day_in_the_top_fifty_is_no_growth() -> None:
    before: list[Day] = [*[{"a": 5, "other": 9}] * 6, {"a": 5, "b": 4, "other": 9}]
    gain = token_gains(*both(before, [{"a": 5, "b": 4, "other": 9}] * 7))["b"]
    assert gain == TokenGain(-6, 24, firm=False)  # 28 less 4 to 34


def test_who_leaves_the_top_fifty_has_lost_what_it_cannot_have_any_more() -> None:
    gain = token_gains(*both([{"a": 5, "b": 9}] * 7, [{"a": 5, "other": 2}] * 7))["b"]
    assert gain == TokenGain(-63, -49, firm=True)  # 0 to 14 less 63


def test_a_weekday_that_only_one_window_has_is_not_left_out() -> None:
    # One window is Fridays alone: without them nothing is left to compare.
    fridays = daily({"a": 6, "b": 1})
    before = daily(*[{"a": 4, "b": 5}] * 7, last=ago(8))
    now = token_bounds(fridays, fridays, {"a", "b"})
    assert firm_rank_moves(now, token_bounds(before, before, {"a", "b"})) == {"a", "b"}
    assert firm_rank_moves(token_bounds(before, before, {"a", "b"}), now) == {"a", "b"}


def test_a_day_that_names_nobody_holds_nothing() -> None:
    assert bounds({"a": 3}, {"other": 0}).span("a") == TokenSpan(3, 3)
    assert bounds({"a": 3}, {"other": 2}).span("a") == TokenSpan(3, 3)


def test_who_was_in_no_top_fifty_stands_right_behind_all_that_were() -> None:
    before = daily({"a": 9, "b": 4}, last=ago(2))
    listings = {"a", "b", "c", "new"}
    now = token_bounds(daily({"a": 9, "b": 4, "c": 3, "new": 2}), [LAST], listings)
    # Both newcomers were third before: one of them still is.
    assert firm_rank_moves(now, token_bounds(before, before, listings)) == {"new"}


def test_a_weekday_is_left_out_of_both_windows() -> None:
    assert token_gains(*both([{"a": 10}] * 7, [{"a": 11}] * 7))["a"] == TokenGain(7, 7, firm=True)


def test_a_gain_that_is_a_loss_without_one_weekday_is_not_firm() -> None:
    now: list[Day] = [*[{"a": 4, "b": 6}] * 6, {"a": 30}]
    windows = both([{"a": 5, "b": 5}] * 7, now)
    assert token_gains(*windows)["a"] == TokenGain(19, 19, firm=False)
    gain = share_gains(*windows)["a"]
    assert (gain.low, gain.high, gain.firm) == (pytest.approx(0.1), pytest.approx(0.1), False)
    after, before = windows
    assert (after.share("a"), after.share("a", LAST.weekday())) == ((0.6, 0.6), (0.4, 0.4))
    assert not share_gains(before, after)["a"].firm
    assert bounds({"a": 0}).share("a") == (0.0, 0.0)


def test_a_share_that_rises_or_falls_without_any_weekday_is_firm() -> None:
    windows = both([{"a": 5, "b": 5}] * 7, [{"a": 6, "b": 4}] * 7)
    gains = share_gains(*windows)
    assert (gains["a"].firm, gains["b"].firm) == (True, True)
    assert list(share_gains(*windows, ["b"])) == ["b"]


def test_a_share_that_may_have_been_as_large_is_not_firm() -> None:
    # 0.4 of all, and nothing to a half of them in the other week.
    known: list[Day] = [{"a": 12, "b": 8, "other": 0}] * 7
    open_: list[Day] = [{"a": 10, "other": 10}] * 7
    assert not share_gains(*both(known, open_))["b"].firm
    assert not share_gains(*both(open_, known))["b"].firm


def test_a_rank_that_rises_with_one_weekday_and_falls_without_it_is_not_firm() -> None:
    steady: list[Day] = [{"b": 5, "a": 4, "c": 3}] * 7
    uneven: list[Day] = [*[{"b": 5, "c": 4, "a": 3}] * 6, {"b": 5, "c": 4, "a": 30}]
    assert "a" not in firm_rank_moves(*both(steady, uneven))
    assert "a" not in firm_rank_moves(*both(uneven, steady))


def test_a_gain_of_one_weekday_is_not_firm() -> None:
    gain = token_gains(*both([{"a": 5}] * 7, [*[{"a": 5}] * 6, {"a": 6}]))["a"]
    assert gain == TokenGain(1, 1, firm=False)


@pytest.mark.parametrize(
    ("low", "high", "certain"),
    [
        (14, 42, 14),
        (1, 5, 1),
        (-63, -49, -49),
        (-6, 24, None),
        (-0.5, 0.5, None),
        (-5, 0, None),
        (0, 0, 0),
        (0, 5, None),
        (2, None, 2),
    ],
)
def test_what_is_certain_of_a_change_is_its_bound_nearer_to_zero(
    low: float, high: float | None, certain: float | None
) -> None:
    assert certain_change(low, high) == certain


def test_a_share_gains_by_the_bounds_of_its_tokens() -> None:
    now, before = both([{"a": 10, "other": 10}] * 7, [{"a": 10, "b": 10, "other": 0}] * 7)
    gains = share_gains(now, before)
    assert gains["a"] == ShareGain(0.0, 0.0, firm=False)
    assert gains["b"] == ShareGain(0.0, 0.5, firm=False)  # a half, less nothing to a half
