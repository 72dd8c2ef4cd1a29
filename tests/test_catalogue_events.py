"""What the snapshots of the catalog show to have changed, and nothing else: prices, novelties, withdrawals."""

from datetime import date
from typing import Any

import pytest

from generator.boards.board import Entity
from generator.boards.changes import ChangeRow
from generator.boards.events import Event
from generator.boards.price_changes import counted
from generator.charts.catalogue.price_steps import CHART
from tests.tiny_archive import TODAY, Json, TinyArchive, ago, created_on, listing, table

DAY_HOURS = {"utc_start": 900, "utc_end": 1800, "prompt": "0.000003", "completion": "0.000006"}
NIGHT_HOURS = {"utc_start": 1800, "utc_end": 900, "prompt": "0.000001", "completion": "0.000002"}


def priced(prompt: str, completion: str, id_: str = "a/x", **pricing: Any) -> Json:
    """A listing with these prices for a million tokens, in US dollars."""
    million = {"completion": f"{completion}e-6", **pricing}
    return listing(id_, prompt=f"{prompt}e-6", pricing=million)


def told(tiny: TinyArchive, today: date = TODAY) -> list[tuple[Any, ...]]:
    return table(tiny.board("changes", today), "day", "kind", "text")


def events(tiny: TinyArchive, today: date = TODAY) -> list[Event]:
    rows = tiny.board("changes", today).rows
    return [row.event for row in rows if isinstance(row, ChangeRow)]


# Prices


@pytest.mark.parametrize("hours", [[DAY_HOURS], [DAY_HOURS, NIGHT_HOURS]])
def test_hours_that_stay_are_no_change_whichever_price_the_call_met(
    tiny: TinyArchive, hours: list[Json]
) -> None:
    for day, (prompt, completion) in enumerate([("1", "2"), ("3", "6"), ("1", "2")]):
        tiny.models(priced(prompt, completion, overrides=hours), on=ago(3 - day))
    assert told(tiny) == []
    assert tiny.board("price-changes").rows == ()


def test_hours_written_in_another_order_are_no_change(tiny: TinyArchive) -> None:
    tiny.models(priced("1", "2", overrides=[DAY_HOURS, NIGHT_HOURS]), on=ago(1))
    tiny.models(priced("3", "6", overrides=[NIGHT_HOURS, DAY_HOURS]))
    assert told(tiny) == []


def test_a_price_at_some_hours_is_told_with_the_hours(tiny: TinyArchive) -> None:
    tiny.models(priced("1", "2", overrides=[DAY_HOURS]), on=ago(1))
    tiny.models(priced("1", "2", overrides=[{**DAY_HOURS, "prompt": "0.000004"}]))
    text = (
        "a/x: listed price increase: 09:00 to 18:00 UTC: input $3 to $4 (+33%) per million tokens."
    )
    assert told(tiny) == [("2026-11-21", "Price increase", text)]
    steps = ("prompt_before", "prompt", "prompt_change", "what")
    assert table(tiny.board("price-changes"), *steps) == [
        (None, None, None, "09:00 to 18:00 UTC: input $3 to $4 (+33%) per million tokens")
    ]


def test_hours_that_begin_are_a_change_at_these_hours(tiny: TinyArchive) -> None:
    tiny.models(priced("1", "2"), on=ago(1))
    tiny.models(priced("3", "6", overrides=[DAY_HOURS]))
    text = (
        "a/x: listed price increase: 09:00 to 18:00 UTC: input $1 to $3 (+200%), "
        "output $2 to $6 (+200%) per million tokens."
    )
    assert told(tiny) == [("2026-11-21", "Price increase", text)]


def test_a_price_hidden_by_its_hours_is_compared_when_it_shows_again(tiny: TinyArchive) -> None:
    for day, prompt in ((4, "1"), (3, "3"), (2, "3"), (1, "0.5")):
        tiny.models(
            priced(prompt, "2", overrides=[{**DAY_HOURS, "completion": "0.000002"}]), on=ago(day)
        )
    text = (
        "a/x: listed price cut between 17 and 20 Nov 2026: 18:00 to 09:00 UTC: "
        "input $1 to $0.50 (−50%) per million tokens."
    )
    assert told(tiny) == [("2026-11-20", "Price cut", text)]
    assert [event.after for event in events(tiny)] == [ago(4)]


def test_a_price_above_a_length_of_prompt_is_told_with_the_length(tiny: TinyArchive) -> None:
    for day, dear in ((1, "0.000004"), (0, "0.000003")):
        above = {"min_prompt_tokens": 200000, "prompt": dear}
        tiny.models(priced("2", "8", overrides=[above]), on=ago(day))
    text = (
        "a/x: listed price cut: above 200K prompt tokens: input $4 to $3 (−25%) per million tokens."
    )
    assert told(tiny) == [("2026-11-21", "Price cut", text)]


def test_a_tier_that_stays_apart_from_a_cut_is_not_told(tiny: TinyArchive) -> None:
    above = {"min_prompt_tokens": 200000, "prompt": "0.000004"}
    tiny.models(priced("2", "8", overrides=[above]), on=ago(1))
    tiny.models(priced("1", "8", overrides=[above]))
    text = (
        "a/x: listed price cut: up to 200K prompt tokens: input $2 to $1 (−50%) per million tokens."
    )
    assert told(tiny) == [("2026-11-21", "Price cut", text)]


def test_prices_that_all_move_alike_are_told_in_short_and_listed_in_full(tiny: TinyArchive) -> None:
    for day, prompt, dear in ((1, "5", "10"), (0, "2.5", "5")):
        above = {"min_prompt_tokens": 272000, "prompt": f"{dear}e-6"}
        read = f"{prompt}e-7"
        tiny.models(priced(prompt, "8", input_cache_read=read, overrides=[above]), on=ago(day))
    text = (
        "a/x: listed price cut: input $5 to $2.50 (−50%) per million tokens; "
        "also −50%: cache read and prices above 272K prompt tokens."
    )
    assert told(tiny) == [("2026-11-21", "Price cut", text)]
    cache = "cache read $0.50 to $0.25 (−50%) per million tokens"
    assert table(tiny.board("price-changes"), "what")[0][0].split("; ") == [
        f"up to 272K prompt tokens: input $5 to $2.50 (−50%), {cache}",
        f"above 272K prompt tokens: input $10 to $5 (−50%), {cache}",
    ]


def test_a_price_of_another_kind_of_token_is_a_change_too(tiny: TinyArchive) -> None:
    tiny.models(priced("2", "8", input_cache_read="0.000001", image="0.01"), on=ago(1))
    tiny.models(priced("2", "8", input_cache_read="0.0000005", image="0.005"))
    text = (
        "a/x: listed price cut: cache read $1 to $0.50 (−50%) per million tokens; "
        "image $0.01 to $0.005 (−50%) each."
    )
    assert told(tiny) == [("2026-11-21", "Price cut", text)]


def test_input_up_and_output_down_is_neither_a_rise_nor_a_cut(tiny: TinyArchive) -> None:
    tiny.models(priced("1", "8"), on=ago(1))
    tiny.models(priced("2.2", "2.08"))
    text = (
        "a/x: listed price changed both ways: input $1 to $2.20 (+120%), "
        "output $8 to $2.08 (−74%) per million tokens."
    )
    assert told(tiny) == [("2026-11-21", "Price changed", text)]
    steps = ("kind", "prompt_change", "completion_change")
    assert table(tiny.board("price-changes"), *steps) == [("Price changed", 1.2, -0.74)]


def test_what_was_free_and_costs_money_now_became_paid_and_the_reverse(tiny: TinyArchive) -> None:
    tiny.models(priced("0", "0"), priced("0.5", "1", "b/x"), on=ago(1))
    tiny.models(priced("0.5", "1"), priced("0", "0", "b/x"))
    assert told(tiny) == [
        (
            "2026-11-21",
            "Became paid",
            "a/x became paid: $0.50 / $1 per million tokens (input / output).",
        ),
        (
            "2026-11-21",
            "Became free",
            "b/x became free; it cost $0.50 / $1 per million tokens (input / output).",
        ),
    ]
    assert tiny.board("price-changes").finding == (
        "1 listing became paid and 1 listing became free since 20 Nov 2026."
    )


def test_one_price_that_becomes_free_is_a_cut(tiny: TinyArchive) -> None:
    tiny.models(priced("1", "8"), on=ago(1))
    tiny.models(priced("0", "8"))
    assert told(tiny) == [
        ("2026-11-21", "Price cut", "a/x: listed price cut: input $1 to free per million tokens.")
    ]


def test_a_price_that_is_newly_stated_is_no_change(tiny: TinyArchive) -> None:
    tiny.models(priced("1", "8"), on=ago(1))
    tiny.models(priced("1", "8", input_cache_read="0.0000001"))
    assert told(tiny) == []


def test_the_same_price_with_other_digits_is_no_change(tiny: TinyArchive) -> None:
    tiny.models(listing("a/x", prompt="0.000001"), on=ago(1))
    tiny.models(listing("a/x", prompt="0.0000010"))
    assert told(tiny) == []


def test_a_step_too_small_for_two_digits_shows_more_of_them(tiny: TinyArchive) -> None:
    tiny.models(priced("0.28", "8"), on=ago(1))
    tiny.models(priced("0.284", "8"))
    text = "a/x: listed price increase: input $0.28 to $0.284 (+1.4%) per million tokens."
    assert told(tiny) == [("2026-11-21", "Price increase", text)]


def test_a_step_shows_the_digits_that_its_percentage_follows_from(tiny: TinyArchive) -> None:
    tiny.models(priced("0.125", "8"), on=ago(1))
    tiny.models(priced("0.25", "8.004"))
    text = "input $0.125 to $0.25 (+100%), output $8 to $8.004 (+0.1%) per million tokens."
    assert told(tiny) == [("2026-11-21", "Price increase", f"a/x: listed price increase: {text}")]


def test_the_last_snapshot_of_a_day_states_its_price(tiny: TinyArchive) -> None:
    tiny.models(priced("4", "8"), on=ago(1))
    tiny.models(priced("3", "8"))
    tiny.models(priced("2", "8"))
    assert told(tiny) == [
        (
            "2026-11-21",
            "Price cut",
            "a/x: listed price cut: input $4 to $2 (−50%) per million tokens.",
        )
    ]


def test_an_event_names_its_listing(tiny: TinyArchive) -> None:
    for day, price in ((1, "0.000004"), (0, "0.000002")):
        tiny.models(
            listing("a/x", "a/x-1", "A: X"),
            listing("a/x:batch", "a/x-1", "A: X", prompt=price),
            listing("a/x:extended", "a/x-1", "A: X (extended)", prompt=price),
            on=ago(day),
        )
    cut = "listed price cut: input $4 to $2 (−50%) per million tokens."
    assert [text for _, _, text in told(tiny)] == [
        f"X (batch): {cut}",
        f"X (extended): {cut}",
    ]


def test_listings_of_one_slug_have_events_of_their_own(tiny: TinyArchive) -> None:
    for day, price in ((1, "0.000004"), (0, "0.000002")):
        tiny.models(
            listing("a/x", "a/x-1", prompt=price),
            listing("a/x-1", "a/x-1", prompt=price),
            on=ago(day),
        )
    ids = [event.id for event in events(tiny)]
    assert ids == ["2026-11-21/cheaper/a/x", "2026-11-21/cheaper/a/x-1"]


def test_a_price_that_moved_during_a_pause_is_dated_by_both_snapshots(tiny: TinyArchive) -> None:
    tiny.models(priced("4", "8"), on=ago(9))
    tiny.models(priced("4", "8"), known("k/x"), on=ago(5))
    tiny.models(priced("2", "8"), known("k/x"))
    text = "a/x: listed price cut between 16 and 21 Nov 2026: input $4 to $2 (−50%) per million tokens."
    assert told(tiny)[0] == ("2026-11-21", "Price cut", text)
    assert next((event.after, event.day) for event in events(tiny)) == (ago(5), TODAY)


def test_what_follows_a_catalogue_that_stood_still_is_dated_from_the_first_of_its_days(
    tiny: TinyArchive,
) -> None:
    for day in (ago(4), ago(3), ago(2)):
        tiny.models(priced("4", "8"), known("gone/x"), on=day)
    tiny.models(priced("2", "8"), known("new/x", ago(5)), on=ago(1))
    between = "between 17 and 20 Nov 2026"
    cut = f"a/x: listed price cut {between}: input $4 to $2 (−50%) per million tokens."
    assert told(tiny) == [
        ("2026-11-20", "New listing", f"new/x was added to the catalog {between}."),
        ("2026-11-20", "Price cut", cut),
        ("2026-11-20", "Removed", f"gone/x was removed from the catalog {between}."),
    ]
    assert {event.after for event in events(tiny)} == {ago(4)}
    assert table(tiny.board("price-changes"), "after", "day") == [("2026-11-17", "2026-11-20")]


def test_what_follows_a_list_of_earlier_days_is_dated_by_the_day_that_it_is_as_of(
    tiny: TinyArchive,
) -> None:
    tiny.models(priced("4", "8"), known("gone/x"), on=ago(3), as_of=ago(9))
    tiny.catalogue([priced("4", "8"), known("gone/x")], {"b/x": known("b/x")}, ago(2), ago(9))
    tiny.models(priced("2", "8"), known("new/x", ago(8)), on=ago(1))
    between = "between 12 and 20 Nov 2026"
    cut = f"a/x: listed price cut {between}: input $4 to $2 (−50%) per million tokens."
    assert told(tiny) == [
        ("2026-11-20", "New listing", f"new/x was added to the catalog {between}."),
        ("2026-11-20", "Price cut", cut),
        ("2026-11-20", "Removed", f"gone/x was removed from the catalog {between}."),
    ]
    gone = tiny.model("gone/x")
    assert (gone.first_seen, gone.last_seen) == (ago(9), ago(9))
    assert gone.facts[-1] == ("Catalog", "last listed on 12 Nov 2026")


@pytest.mark.parametrize(
    ("now", "finding"),
    [
        (["2", "2", "5"], "2 price cuts and 1 price increase since 20 Nov 2026."),
        (["2", "5", "5"], "1 price cut and 2 price increases since 20 Nov 2026."),
        (["4", "4", "2"], "1 price cut since 20 Nov 2026."),
    ],
)
def test_price_changes_are_counted_by_kind(tiny: TinyArchive, now: list[str], finding: str) -> None:
    tiny.models(*(priced("4", "8", f"m/{n}") for n in range(3)), on=ago(1))
    tiny.models(*(priced(price, "8", f"m/{n}") for n, price in enumerate(now)))
    assert tiny.board("price-changes").finding == finding


def test_thousands_of_price_changes_are_counted_with_a_comma() -> None:
    assert counted({"dearer": 1, "cheaper": 1204}) == "1,204 price cuts and 1 price increase"


def drawn(tiny: TinyArchive) -> str:
    return CHART.alt(tiny.board("price-changes"))


def test_the_chart_says_which_price_its_percentages_are_of(tiny: TinyArchive) -> None:
    tiny.models(priced("1", "8"), priced("4", "8", "b/x"), priced("4", "8", "b/x:free"), on=ago(1))
    tiny.models(priced("2.2", "2.08"), priced("2", "8", "b/x"), priced("9", "9", "b/x:free"))
    assert drawn(tiny) == (
        "1 price cut, 1 price increase and 1 price changed both ways since 20 Nov 2026. "
        "Of 2 listings drawn, a/x moved the most: input +120%, output −74%."
    )


def test_the_chart_names_all_that_moved_most(tiny: TinyArchive) -> None:
    names = [f"m/{n}" for n in range(5)]
    tiny.models(*(priced("4", "8", name) for name in names), on=ago(1))
    tiny.models(
        *(priced("2", "8", name) for name in names[:2]),
        *(priced("6", "8", name) for name in names[2:]),
    )
    assert drawn(tiny) == (
        "2 price cuts and 3 price increases since 20 Nov 2026. "
        "Of 5 listings drawn, m/0 (input −50%), m/1 (input −50%), m/2 (input +50%) and 2 others "
        "moved the most."
    )


@pytest.mark.parametrize("now", [("0", "8"), ("1", "8")])
def test_what_is_free_or_did_not_move_is_not_drawn(tiny: TinyArchive, now: tuple[str, str]) -> None:
    tiny.models(priced("1", "8", input_cache_read="1e-7"), on=ago(1))
    tiny.models(priced(*now, input_cache_read="2e-7"))
    assert not CHART.applies_to(tiny.board("price-changes"))


# Who comes and goes


def known(id_: str, created: date = date(2023, 8, 2)) -> Json:
    """A listing that was created on that day."""
    return listing(id_, created=created_on(created))


@pytest.mark.parametrize(
    ("created", "kind", "text"),
    [
        (ago(0), "New listing", "b/x was added to the catalog."),
        (ago(7), "New listing", "b/x was added to the catalog."),
        (
            ago(8),
            "Older model added",
            "b/x was added to the catalog; it was created on 13 Nov 2026.",
        ),
    ],
)
def test_only_what_was_created_lately_is_new(
    tiny: TinyArchive, created: date, kind: str, text: str
) -> None:
    tiny.models(known("a/x"), on=ago(1))
    tiny.models(known("a/x"), known("b/x", created))
    assert told(tiny) == [("2026-11-21", kind, text)]


def test_what_was_gone_for_a_day_was_withdrawn_and_returned(tiny: TinyArchive) -> None:
    tiny.models(known("a/x"), known("b/x"), on=ago(3))
    tiny.models(known("a/x"), on=ago(2))
    withdrawn = ("2026-11-19", "Removed", "b/x was removed from the catalog.")
    assert told(tiny, ago(2)) == [withdrawn]
    tiny.models(known("a/x"), known("b/x"), on=ago(1))
    back = "b/x returned to the catalog; it was last listed on 18 Nov 2026."
    assert told(tiny) == [("2026-11-20", "Listed again", back), withdrawn]


def test_what_happened_during_a_pause_is_dated_by_both_snapshots(tiny: TinyArchive) -> None:
    tiny.models(known("a/x"), known("back/x"), known("gone/x"), on=ago(10))
    tiny.models(known("a/x"), known("gone/x"), on=ago(9))
    tiny.models(known("a/x"), known("back/x"), known("new/x", ago(8)), known("old/x"), on=ago(0))
    between = "between 12 and 21 Nov 2026"
    assert told(tiny)[:4] == [
        ("2026-11-21", "New listing", f"new/x was added to the catalog {between}."),
        (
            "2026-11-21",
            "Older model added",
            f"old/x was added to the catalog {between}; it was created on 2 Aug 2023.",
        ),
        (
            "2026-11-21",
            "Listed again",
            f"back/x returned to the catalog {between}; it was last listed on 11 Nov 2026.",
        ),
        (
            "2026-11-21",
            "Removed",
            f"gone/x was removed from the catalog {between}.",
        ),
    ]
    assert {(event.after, event.day) for event in events(tiny)[:4]} == {(ago(9), TODAY)}


def test_a_row_that_cannot_be_read_for_a_day_is_not_withdrawn(tiny: TinyArchive) -> None:
    others = [known(f"o/{n}") for n in range(30)]
    tiny.models(*others, known("a/x"), on=ago(2))
    tiny.models(*others, {**known("a/x"), "created": "yesterday"}, on=ago(1))
    tiny.models(*others, known("a/x"))
    assert told(tiny) == []


def test_a_look_up_is_no_listing(tiny: TinyArchive) -> None:
    tiny.models(known("a/x"), on=ago(2))
    tiny.catalogue([known("a/x")], {"b/x": known("b/x", ago(1))}, on=ago(1))
    tiny.models(known("a/x"))
    assert told(tiny) == []


def test_a_catalogue_that_is_read_late_changes_what_is_known(tiny: TinyArchive) -> None:
    tiny.models(known("a/x"), known("b/x"))
    tiny.models(known("a/x"), on=ago(1))
    assert [kind for _, kind, _ in told(tiny)] == ["Older model added"]


# What was told once


def test_a_model_that_is_renamed_later_keeps_its_events(tiny: TinyArchive) -> None:
    def named(name: str, price: str) -> Json:
        return listing("a/x", f"a/x-{name}", name, prompt=price)

    tiny.models(known("k/x"), on=ago(4))
    tiny.models(known("k/x"), named("Old", "0.000004"), on=ago(3))
    tiny.models(known("k/x"), named("Old", "0.000002"), on=ago(2))
    first = [(event.id, event.text) for event in events(tiny, ago(2))]
    assert [text.partition(" ")[0] for _, text in first] == ["Old:", "Old"]
    tiny.models(known("k/x"), named("New", "0.000002"), on=ago(1))
    assert [(event.id, event.text) for event in events(tiny)] == first


def test_an_alias_of_today_keeps_the_events_of_its_own_time(tiny: TinyArchive) -> None:
    target = {"name": "K", "slug": "k/x"}
    tiny.models(known("k/x"), on=ago(3))
    tiny.models(known("k/x"), known("a/x"), on=ago(2))
    first = told(tiny, ago(2))
    assert [kind for _, kind, _ in first] == ["Older model added"]
    tiny.models(known("k/x"), {**known("a/x"), "alias_target": target}, on=ago(1))
    assert [event for event in told(tiny) if event[0] == "2026-11-19"] == first


# The sentence of the page


def test_the_changes_of_the_newest_days_are_counted_by_kind(tiny: TinyArchive) -> None:
    tiny.models(priced("4", "8"), priced("4", "8", "b/x"), known("gone/x"), on=ago(1))
    tiny.models(priced("2", "8"), priced("5", "8", "b/x"), known("n/x", ago(1)))
    assert tiny.board("changes").finding == (
        "21 Nov 2026: 1 new listing, 1 price cut, 1 price increase and 1 listing removed."
    )


def test_an_event_alone_says_whose_its_model_is_at_the_first_mention() -> None:
    model = Entity("a/x", "X", author="a", author_name="Acme")
    event = Event(TODAY, "added", model, "X was added; X is new.", "models")
    assert event.title == "X (Acme) was added; X is new."
