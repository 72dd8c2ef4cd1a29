"""How two sheets of listed prices differ: by length of prompt, by day and by hour, in words."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from generator.boards.listed_prices import OTHER_DAYS, Case, Sheet, clock_time
from generator.boards.price_differences import Difference, difference, percent
from generator.endpoints.models import Override, Pricing

DAY, NEXT = date(2026, 11, 20), date(2026, 11, 21)
WEEKEND = ["sat", "sun"]


def millions(dollars: float | str) -> str:
    """A price for a million tokens as the API states it, for one."""
    return f"{dollars}e-6"


def over(prompt: float | str | None = None, **more: Any) -> Override:
    return Override(prompt=None if prompt is None else millions(prompt), **more)


def sheet(
    prompt: float | str, *overrides: Override, completion: float | str = 2, **more: Any
) -> Sheet:
    pricing = Pricing(millions(prompt), millions(completion), overrides=overrides, **more)
    return Sheet.read(pricing, more.pop("day", DAY))


def moved(before: Sheet, now: Sheet) -> Difference:
    found = difference(before, now)
    assert found is not None
    return found


RISE = "input $1 to $3 (+200%) per million tokens"


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        ({"utc_days": WEEKEND}, "on sat, sun"),
        ({}, "under unspecified conditions"),
        ({"utc_start": 900, "utc_end": 1800}, "09:00 to 18:00 UTC"),
        ({"utc_start": 1800, "utc_end": 900}, "18:00 to 09:00 UTC"),
        ({"utc_end": 900}, "00:00 to 09:00 UTC"),
        ({"utc_start": 900, "utc_end": 2400}, "09:00 to 00:00 UTC"),
        ({"min_prompt_tokens": 200_000}, "above 200K prompt tokens"),
        (
            {"min_prompt_tokens": 200_000, "utc_days": ["sun"], "utc_start": 905, "utc_end": 1000},
            "above 200K prompt tokens, on sun, 09:05 to 10:00 UTC",
        ),
    ],
)
def test_a_price_under_a_condition_is_told_with_the_condition(
    condition: dict[str, Any], words: str
) -> None:
    found = moved(sheet(9, over(1, **condition)), sheet(9, over(3, **condition)))
    assert (found.text, found.brief, found.is_plain) == (f"{words}: {RISE}", found.text, False)


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        ({"utc_days": WEEKEND}, "on other days"),
        ({"utc_start": 900, "utc_end": 1800}, "18:00 to 09:00 UTC"),
        ({"min_prompt_tokens": 200_000}, "up to 200K prompt tokens"),
    ],
)
def test_a_price_that_holds_otherwise_is_told_with_what_is_left(
    condition: dict[str, Any], words: str
) -> None:
    found = moved(sheet(1, over(9, **condition)), sheet(3, over(9, **condition)))
    assert (found.text, found.is_plain) == (f"{words}: {RISE}", False)


def test_days_of_which_each_has_a_price_of_its_own_are_told_apart() -> None:
    found = moved(
        sheet(1, over(5, utc_days=["sat"]), over(9, utc_days=["sun"])),
        sheet(3, over(4, utc_days=["sat"]), over(9, utc_days=["sun"])),
    )
    assert found.text == (
        f"on other days: {RISE}; on sat: input $5 to $4 (−20%) per million tokens"
    )
    assert found.kind == "mixed"


def test_hours_with_one_change_are_told_together() -> None:
    morning = {"utc_start": 600, "utc_end": 900}
    evening = {"utc_start": 1800, "utc_end": 2100}
    found = moved(
        sheet(9, over(1, **morning), over(1, **evening)),
        sheet(9, over(3, **morning), over(3, **evening)),
    )
    assert found.text == f"06:00 to 09:00 and 18:00 to 21:00 UTC: {RISE}"


def test_lengths_with_one_change_are_told_together() -> None:
    lengths = [
        over(2, min_prompt_tokens=100_000),
        over(3, min_prompt_tokens=200_000),
        over(4, min_prompt_tokens=300_000),
    ]
    after = [
        over(6, min_prompt_tokens=100_000),
        over(6, min_prompt_tokens=200_000),
        over(4, min_prompt_tokens=300_000),
    ]
    found = moved(sheet(1, *lengths), sheet(3, *after))
    assert found.text == (
        f"up to 100K prompt tokens: {RISE}; "
        "above 100K and up to 200K prompt tokens: input $2 to $6 (+200%) per million tokens; "
        "above 200K and up to 300K prompt tokens: input $3 to $6 (+100%) per million tokens"
    )
    assert found.brief == found.text
    above = [{"min_prompt_tokens": length} for length in (100_000, 200_000)]
    both = moved(
        sheet(1, *(over(2, **one) for one in above)), sheet(1, *(over(6, **one) for one in above))
    )
    assert both.text == "above 100K prompt tokens: input $2 to $6 (+200%) per million tokens"


def test_what_moved_alike_is_told_in_short() -> None:
    above = {"min_prompt_tokens": 200_000}
    found = moved(
        sheet(1, over(2, **above), completion=4, input_cache_read=millions(0.5), image="0.01"),
        sheet(2, over(4, **above), completion=8, input_cache_read=millions(1), image="0.02"),
    )
    assert found.brief == (
        "input $1 to $2 (+100%), output $4 to $8 (+100%) per million tokens; "
        "also +100%: cache read, image and prices above 200K prompt tokens"
    )
    assert (found.kind, found.is_plain) == ("dearer", False)
    same_above = {"completion": millions(4), **above}
    only_output = moved(
        sheet(1, over(1, **same_above), completion=2, input_cache_read=millions(2)),
        sheet(1, over(1, **{**same_above, "completion": millions(2)}), completion=1,
              input_cache_read=millions(1)),
    )  # fmt: skip
    assert only_output.brief == (
        "output $2 to $1 (−50%) per million tokens; "
        "also −50%: cache read and prices above 200K prompt tokens"
    )


@pytest.mark.parametrize(
    ("before", "now"),
    [
        (sheet(1), sheet(2)),  # there is nothing more to say
        (sheet(1, completion=2), sheet(2, completion=3)),
        (sheet(1, input_cache_read="1e-6"), sheet(1, input_cache_read="2e-6")),
        (sheet(0, input_cache_read="0"), sheet(1, input_cache_read="1e-6")),
        (
            sheet(1, over(2, min_prompt_tokens=9), input_cache_read="1e-6"),
            sheet(2, over(2, min_prompt_tokens=9), input_cache_read="2e-6"),
        ),
        (
            sheet(1, over(5, utc_start=900, utc_end=1800), input_cache_read="1e-6"),
            sheet(2, over(10, utc_start=900, utc_end=1800), input_cache_read="2e-6"),
        ),
    ],
)
def test_what_moved_otherwise_is_told_in_full(before: Sheet, now: Sheet) -> None:
    found = moved(before, now)
    assert found.brief == found.text


def test_only_input_and_output_that_moved_in_all_cases_are_plain() -> None:
    assert moved(sheet(1, completion=4), sheet(2, completion=8)).is_plain
    assert not moved(sheet(1, image="1"), sheet(2, image="2")).is_plain


def test_each_price_that_moved_is_told_once_in_a_few_words() -> None:
    above = {"min_prompt_tokens": 200_000}
    before = sheet(1, over(2, **above), completion=4, input_cache_read=millions(1), image="0")
    now = sheet(1, over(3, **above), completion=2, input_cache_read=millions(3), image="0.1")
    words = "output −50%, cache read +200%, image, input above 200K +50%"
    assert moved(before, now).short == words


@pytest.mark.parametrize(
    ("before", "now", "kind"),
    [
        (sheet(1), sheet(2), "dearer"),
        (sheet(2), sheet(1), "cheaper"),
        (sheet(1, completion=2), sheet(2, completion=1), "mixed"),
        (sheet(1), sheet(0, completion=0), "free"),
        (sheet(0, completion=0), sheet(1), "paid"),
        (sheet(0, completion=0, image="0.1"), sheet(1, completion=0, image="0.1"), "dearer"),
        (sheet(0, completion=-1), sheet(1, completion=-1), "dearer"),
    ],
)
def test_a_change_is_of_the_kind_of_its_steps(before: Sheet, now: Sheet, kind: str) -> None:
    assert moved(before, now).kind == kind


def test_less_than_one_in_a_hundred_is_no_news() -> None:
    assert difference(sheet(100), sheet("100.9")) is None
    assert difference(sheet(100), sheet("99.1")) is None
    assert moved(sheet(100), sheet(101)).text == "input $100 to $101 (+1%) per million tokens"
    assert moved(sheet(0), sheet(1)).text == "input free to $1 per million tokens"
    assert difference(sheet(1), sheet(1)) is None


def test_prices_that_look_alike_are_told_with_all_their_digits() -> None:
    tiny = moved(sheet("0.00001234"), sheet("0.00001239", completion=1))
    assert tiny.text == (
        "input $0.00001234 to $0.00001239 (+0.4%), output $2 to $1 (−50%) per million tokens"
    )
    pictures = moved(sheet(1, image="0.50"), sheet(1, image="0.75", web_search="1"))
    assert pictures.text == "image $0.50 to $0.75 (+50%) each"


def test_a_change_is_dated_by_the_last_day_that_showed_all_former_prices() -> None:
    hours = {"utc_start": 900, "utc_end": 1800}
    former = Sheet.read(Pricing(millions(1), millions(2)), DAY)
    hiding = Pricing(millions(3), millions(2), overrides=(over(3, **hours),))
    hidden = Sheet.read(hiding, NEXT, former)
    assert hidden.usual("completion") == Decimal("2e-6")
    shown = sheet("0.5", over(3, **hours))
    assert (moved(hidden, shown).last_seen, moved(hidden, shown).text) == (
        DAY,
        "18:00 to 09:00 UTC: input $1 to $0.50 (−50%) per million tokens",
    )
    dearer = Sheet.read(Pricing(millions(1), millions(2), overrides=(over(6, **hours),)), NEXT)
    assert moved(hidden, dearer).last_seen == NEXT
    # What no earlier snapshot showed is not known.
    assert Sheet.read(hiding, NEXT).usual("prompt") is None


def test_a_usual_price_is_that_of_short_prompts_at_all_hours() -> None:
    assert sheet(1, over(2, min_prompt_tokens=9)).usual("prompt") == Decimal("1e-6")
    assert sheet(1, over(2, utc_start=0, utc_end=900)).usual("prompt") is None
    # A price above a length hides no other, even where it is the same.
    assert sheet(1, over(1, min_prompt_tokens=9)).usual("prompt") == Decimal("1e-6")
    assert sheet(1, over(1, utc_start=0, utc_end=900)).usual("prompt") is None
    assert sheet(1).usual("image") is None


@pytest.mark.parametrize(
    ("overrides", "average"),
    [
        ([], 1),
        ([over(13, utc_start=600, utc_end=630)], 1.25),  # half an hour of 24 at 12 more
        ([over(8, utc_days=WEEKEND)], 3),  # two days of seven at 7 more
        ([over(8, utc_days=["sun"], utc_start=0, utc_end=1200)], 1.5),
        ([over(8, utc_days=["mon", "tue", "wed", "thu", "fri", *WEEKEND])], 8),
        ([over(9, min_prompt_tokens=9)], 1),
        ([over(8)], 1),  # nothing says when it holds
        ([over(9), over(8, utc_days=WEEKEND)], 3),
    ],
)
def test_an_average_counts_the_minutes_of_a_week(overrides: list[Override], average: float) -> None:
    found = sheet(1, *overrides).average("prompt", 0)
    assert found is not None
    assert float(found) == pytest.approx(average / 1_000_000)


def test_a_price_that_is_the_same_at_all_hours_is_known_for_short_prompts_alone() -> None:
    """Lengths are those that the sheet itself names."""
    same = sheet(1)
    assert same.average("prompt", 0) == same.price("prompt", Case(0, OTHER_DAYS, 0))
    assert (same.average("prompt", 1), same.average("image", 0)) == (None, None)


def test_a_relative_change_has_a_place_below_ten_percent() -> None:
    told = [percent(change) for change in (1.2, -0.74, 0.104, 0.1)]
    assert told == ["+120%", "−74%", "+10%", "+10%"]
    told = [percent(change) for change in (0.0996, 0.0995, 0.0994, 0.014, 0.02, -0.004)]
    assert told == ["+10%", "+10%", "+9.9%", "+1.4%", "+2%", "−0.4%"]
    assert [clock_time(hhmm) for hhmm in (0, 905, 1630)] == ["00:00", "09:05", "16:30"]
