"""What changed lately, from weeks and catalogues of a few models."""

from datetime import date
from typing import Any

import pytest

from tests.tiny_archive import Day, Json, TinyArchive, ago, created_on, daily, listing, table, weeks


def events(tiny: TinyArchive) -> list[tuple[Any, ...]]:
    return table(tiny.board("changes"), "day", "kind", "model_permaslug")


def ten(**more: int) -> Day:
    """Ten models that hold the first ten places with 100 to 91 tokens, and others."""
    first = {f"top/{number}": 100 - number for number in range(10)}
    return {**first, **{f"new/{name}": tokens for name, tokens in more.items()}}


def without(day: Day, slug: str) -> Day:
    return {name: tokens for name, tokens in day.items() if name != slug}


def test_a_new_leader_is_told_on_the_day_its_lead_is_firm(tiny: TinyArchive) -> None:
    # The week to 19 Nov has 15 for a and 20 for b: without b's best day 15 and 8. That to 20 Nov has
    # 12 and 32, without it 12 and 20.
    tiny.rankings(daily(*[{"a/x": 3, "b/x": 2}] * 7, {"b/x": 2}, {"b/x": 12}, {"b/x": 12}))
    board = tiny.board("changes")
    assert table(board, "day", "kind", "model_permaslug", "text") == [
        (
            "2026-11-20",
            "New leader",
            "b/x",
            "b/x took the lead by tokens over seven days from a/x.",
        )
    ]
    assert board.finding == "20 Nov 2026: 1 new leader."


def test_a_lead_of_one_day_is_no_event(tiny: TinyArchive) -> None:
    tiny.rankings(daily(*[{"a/x": 3, "b/x": 2}] * 7, {"a/x": 3, "b/x": 99}, {"a/x": 3, "b/x": 2}))
    assert events(tiny) == []


def test_who_enters_the_top_ten_is_told_with_its_place_and_who_leaves_too(
    tiny: TinyArchive,
) -> None:
    tiny.rankings(daily(*[ten(a=10)] * 7, ten(a=720), ten(a=720)))
    # a: 5 x 10 + 2 x 720 = 1,490, and without one of the two 770, more than 7 x 100; top/9 with 7 x 91
    # is now the eleventh.
    assert table(tiny.board("changes"), "day", "kind", "model_permaslug", "text") == [
        (
            "2026-11-20",
            "New leader",
            "new/a",
            "new/a took the lead by tokens over seven days from top/0.",
        ),
        (
            "2026-11-20",
            "Entered the top 10",
            "new/a",
            "new/a entered the top 10 by tokens over seven days, at No. 1.",
        ),
        (
            "2026-11-20",
            "Left the top 10",
            "top/9",
            "top/9 left the top 10 by tokens over seven days.",
        ),
    ]


def test_who_enters_the_top_ten_does_so_with_the_range_of_its_rank(tiny: TinyArchive) -> None:
    # 648 tokens stand before the 644 of the ninth; without the best day 551 stand behind its 552.
    tiny.rankings(daily(*[ten()] * 7, ten(a=97), ten(a=91), *[ten(a=92)] * 5))
    texts = dict(table(tiny.board("changes"), "kind", "text"))
    assert texts["Entered the top 10"] == (
        "new/a entered the top 10 by tokens over seven days, at No. 9–10."
    )


def test_who_was_in_the_top_ten_earlier_returns_to_it(tiny: TinyArchive) -> None:
    # Two days that are far up, the five days until one of them has left the window, and again.
    rise = [ten(a=720)] * 2
    tiny.rankings(daily(*[ten(a=10)] * 7, *rise, *[ten(a=10)] * 7, *rise))
    told = [(day, kind) for day, kind, slug in events(tiny) if slug == "new/a"]
    assert told == [
        ("2026-11-20", "New leader"),
        ("2026-11-20", "Returned to the top 10"),
        ("2026-11-18", "Left the top 10"),
        ("2026-11-11", "New leader"),
        ("2026-11-11", "Entered the top 10"),
    ]
    text = table(tiny.board("changes"), "text")[1][0]
    assert text == "new/a re-entered the top 10 by tokens over seven days, at No. 1."


def test_a_change_is_told_again_neither_way_while_one_day_decides_it(tiny: TinyArchive) -> None:
    near = [ten(a=92) if day % 2 else ten(a=90) for day in range(30)]
    tiny.rankings(daily(*near))
    assert events(tiny) == []


def test_the_eleventh_place_is_not_in_the_top_ten(tiny: TinyArchive) -> None:
    tiny.rankings(daily(*[ten(a=10, b=9)] * 7, ten(a=10, b=90)))
    assert events(tiny) == []


@pytest.mark.parametrize(("days", "told"), [(60, [("2026-09-22", "New leader", "b/x")]), (61, [])])
def test_sixty_days_of_the_ranking_are_told(
    tiny: TinyArchive, days: int, told: list[tuple[str, str, str]]
) -> None:
    tiny.rankings(daily(*[{"a/x": 2, "b/x": 1}] * 8, {"b/x": 99}, {"b/x": 99}, last=ago(days)))
    assert events(tiny) == told


def test_the_first_whole_week_is_compared_with_nothing(tiny: TinyArchive) -> None:
    tiny.rankings(daily({"b/x": 99}, *[{"a/x": 1}] * 6))
    assert events(tiny) == []
    assert tiny.board("changes").finding == ""


# The catalog


def new(id_: str, day: date) -> Json:
    """A listing that was added on that day."""
    return listing(id_, created=created_on(day))


def test_new_and_withdrawn_models_are_told(tiny: TinyArchive) -> None:
    comes = listing("c/comes:free", "c/comes-1", "Comes (free)", created=created_on(ago(1)))
    tiny.models(listing("a/stays"), listing("b/goes", name="Goes"), on=ago(2))
    tiny.models(listing("a/stays"), comes, on=ago(1))
    tiny.models(listing("a/stays"), comes)
    assert table(tiny.board("changes"), "day", "kind", "model_permaslug", "text") == [
        (
            "2026-11-20",
            "New listing",
            "c/comes-1:free",
            "Comes (free) was added to the catalog.",
        ),
        (
            "2026-11-20",
            "Removed",
            "b/goes",
            "Goes was removed from the catalog.",
        ),
    ]


def test_an_alias_comes_and_goes_without_a_word(tiny: TinyArchive) -> None:
    target = {"name": "X", "slug": "a/x"}
    tiny.models(listing("a/x"), listing("~a/old", alias_target=target), on=ago(1))
    tiny.models(listing("a/x"), listing("~a/new", alias_target=target), listing("~a/bare"))
    assert events(tiny) == []


@pytest.mark.parametrize(("days", "told"), [(60, 1), (61, 0)])
def test_sixty_days_of_the_catalogue_are_told(tiny: TinyArchive, days: int, told: int) -> None:
    tiny.models(listing("a/x"), on=ago(90))
    tiny.models(listing("a/x"), new("b/x", ago(days)), on=ago(days))
    tiny.models(listing("a/x"), new("b/x", ago(days)))
    assert len(events(tiny)) == told


@pytest.mark.parametrize(("days", "told"), [(60, 1), (61, 0)])
def test_a_model_withdrawn_sixty_days_ago_is_told(tiny: TinyArchive, days: int, told: int) -> None:
    tiny.models(listing("a/x"), listing("b/x"), on=ago(days + 1))
    tiny.models(listing("a/x"), on=ago(days))
    assert len(events(tiny)) == told


@pytest.mark.parametrize(("days", "told"), [(60, 1), (61, 0)])
def test_sixty_days_of_prices_are_told(tiny: TinyArchive, days: int, told: int) -> None:
    tiny.models(listing("a/x", prompt="0.000004"), on=ago(90))
    tiny.models(listing("a/x", prompt="0.000002"), on=ago(days))
    assert len(events(tiny)) == told


def test_a_price_cut_and_a_price_rise_are_told_with_what_moved(tiny: TinyArchive) -> None:
    def prices(prompt: str, completion: str) -> dict[str, Any]:
        return {"prompt": prompt, "pricing": {"completion": completion}}

    tiny.models(
        listing("a/x", **prices("0.000004", "0.000008")),
        listing("b/x", **prices("0.000001", "0.000002")),
        on=ago(1),
    )
    tiny.models(
        listing("a/x", **prices("0.000002", "0.000004")),
        listing("b/x", **prices("0.000001", "0.000003")),
    )
    assert table(tiny.board("changes"), "day", "kind", "text") == [
        (
            "2026-11-21",
            "Price cut",
            "a/x: listed price cut: input $4 to $2 (−50%), output $8 to $4 (−50%) per million tokens.",
        ),
        (
            "2026-11-21",
            "Price increase",
            "b/x: listed price increase: output $2 to $3 (+50%) per million tokens.",
        ),
    ]


@pytest.mark.parametrize(
    ("now", "told"), [("0.00010099", 0), ("0.000101", 1), ("0.00009901", 0), ("0.000099", 1)]
)
def test_a_price_that_moved_by_one_in_a_hundred_is_told(
    tiny: TinyArchive, now: str, told: int
) -> None:
    tiny.models(listing("a/x", prompt="0.0001"), on=ago(1))
    tiny.models(listing("a/x", prompt=now))
    assert len(events(tiny)) == told


def test_a_price_that_varies_is_not_compared(tiny: TinyArchive) -> None:
    def both(price: str) -> dict[str, Any]:
        return {"prompt": price, "pricing": {"completion": price}}

    tiny.models(listing("a/x", **both("-1")), listing("b/x", **both("0.000001")), on=ago(1))
    tiny.models(listing("a/x", **both("0.000001")), listing("b/x", **both("-1")))
    assert events(tiny) == []


def test_events_stand_newest_first_then_by_kind_then_by_model(tiny: TinyArchive) -> None:
    tiny.rankings(daily(*[{"a/x": 2, "b/x": 1}] * 7, {"b/x": 99}, last=ago(0)), on=ago(0))
    tiny.models(listing("k/x"), on=ago(3))
    tiny.models(listing("k/x"), new("z/x", ago(2)), on=ago(2))
    tiny.models(
        listing("k/x"), new("z/x", ago(2)), new("d/x", ago(1)), new("c/x", ago(1)), on=ago(1)
    )
    tiny.models(listing("k/x"), new("z/x", ago(2)), new("d/x", ago(1)), new("c/x", ago(1)))
    found = events(tiny)
    assert found == [
        ("2026-11-20", "New listing", "c/x"),
        ("2026-11-20", "New listing", "d/x"),
        ("2026-11-19", "New listing", "z/x"),
    ]
    assert tiny.board("changes").finding == "20 Nov 2026: 2 new listings."


def test_a_change_of_the_leader_stands_before_one_of_the_catalogue(tiny: TinyArchive) -> None:
    tiny.rankings(daily(*[{"a/x": 2, "b/x": 1}] * 7, {"b/x": 99}, {"b/x": 99}))
    tiny.models(listing("k/x"), on=ago(2))
    tiny.models(listing("k/x"), new("a/new", ago(1)), on=ago(1))
    tiny.models(listing("k/x"), new("a/new", ago(1)))
    assert events(tiny) == [
        ("2026-11-20", "New leader", "b/x"),
        ("2026-11-20", "New listing", "a/new"),
    ]


def test_changes_credit_the_sources_that_are_held(tiny: TinyArchive) -> None:
    tiny.models(listing("k/x"))
    assert tiny.board("changes").datasets == ("models",)
    tiny.rankings(weeks({"a/x": 1}))
    board = tiny.board("changes")
    assert board.datasets == ("rankings-daily", "models")
    assert [credit.url for credit in board.citations] == [
        "https://openrouter.ai/rankings",
        "https://openrouter.ai/models",
    ]


def test_without_a_ranking_and_a_catalogue_nothing_can_change(tiny: TinyArchive) -> None:
    tiny.tasks()
    assert "changes" not in tiny.boards()
