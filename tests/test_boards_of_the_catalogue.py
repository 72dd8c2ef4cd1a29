"""Boards on what is on offer and what it costs, from catalogues of a few entries."""

import time
from datetime import date

import pytest

from generator.boards.listed_prices import PER_TOKEN, PER_UNIT
from generator.render.table_body import body
from tests.page_reading import read
from tests.tiny_archive import (
    TODAY,
    Json,
    TinyArchive,
    ago,
    created_on,
    listing,
    score,
    table,
    weeks,
)


def modalities(into: list[str], out: list[str]) -> Json:
    return {"architecture": {"input_modalities": into, "output_modalities": out}}


# The catalog


def test_the_most_used_stand_first_and_the_rest_by_name(tiny: TinyArchive) -> None:
    tiny.models(
        listing("a/plain", "a/plain-1", "bravo", context_length=1000),
        listing("a/plain:free", "a/plain-1", "Charlie", prompt="0"),
        listing("z/second", name="Zulu"),
        listing("y/unused", name="alpha"),
        listing("x/unused", name="Delta"),
    )
    tiny.rankings(weeks({"a/plain-1:free": 3, "z/second": 2, "a/unlisted": 1, "other": 4}))
    board = tiny.board("catalogue")
    assert board.finding.endswith(" of them free; the most used come first.")
    keys = ("rank", "model_permaslug", "total_tokens", "prompt", "context_length")
    assert table(board, *keys) == [
        (1, "a/plain-1:free", 21, "0", None),
        (2, "z/second", 14, "0.000001", None),
        (None, "y/unused", None, "0.000001", None),
        (None, "a/plain-1", None, "0.000001", 1000),
        (None, "x/unused", None, "0.000001", None),
    ]


def test_a_model_is_free_if_input_and_output_are(tiny: TinyArchive) -> None:
    tiny.models(
        listing("a/paid"),
        listing("a/free", prompt="0", pricing={"completion": "0"}),
        *[listing(f"a/free-in-{number}", prompt="0") for number in range(2)],
        *[listing(f"a/free-out-{number}", pricing={"completion": "0"}) for number in range(3)],
        listing("a/varies", prompt="-1", pricing={"completion": "-1"}),
        listing("~a/latest", alias_target={"name": "Paid", "slug": "a/paid"}),
    )
    assert tiny.board("catalogue").finding == "8 models and variants, 1 of them free."


def test_a_model_has_the_best_index_of_its_settings_and_a_variant_has_none(
    tiny: TinyArchive,
) -> None:
    tiny.models(listing("a/x", "a/x-1"), listing("a/x:free", "a/x-1"), listing("b/y"))
    tiny.scores(
        score("a/x-1", 40, display_name="low"),
        score("a/x-1", 55.5, display_name="high"),
        score("a/x-1", None, display_name="none"),
        score("a/x-1:free", 50),
    )
    rows = table(tiny.board("catalogue"), "model_permaslug", "intelligence_index")
    assert sorted(rows) == [("a/x-1", 55.5), ("a/x-1:free", None), ("b/y", None)]


def test_a_model_that_is_listed_as_a_variant_alone_has_its_index(tiny: TinyArchive) -> None:
    tiny.models(listing("a/x:free", "a/x-1"))
    tiny.scores(score("a/x-1", 40))
    rows = table(tiny.board("catalogue"), "model_permaslug", "intelligence_index")
    assert rows == [("a/x-1:free", 40)]


def test_the_catalogue_credits_every_source_that_it_joins(tiny: TinyArchive) -> None:
    tiny.models(listing("a/x"))
    assert tiny.board("catalogue").datasets == ("models",)
    tiny.rankings(weeks({"a/x": 1}))
    tiny.scores(score("a/x", 40))
    board = tiny.board("catalogue")
    assert board.datasets == ("models", "rankings-daily", "benchmarks-artificial-analysis")
    assert [credit.url for credit in board.citations] == [
        "https://openrouter.ai/models",
        "https://openrouter.ai/rankings",
        "https://artificialanalysis.ai",
    ]


def test_kinds_of_input_stand_in_one_order_and_unknown_ones_last(tiny: TinyArchive) -> None:
    many = ["video", "smell", "audio", "file", "aura", "image", "text"]
    tiny.models(listing("a/x", **modalities(many, ["image", "text"])))
    rows = table(tiny.board("catalogue"), "input_modalities", "output_modalities")
    assert rows == [("text, image, file, audio, video, aura, smell", "text, image")]


def test_the_day_added_is_that_of_utc(tiny: TinyArchive) -> None:
    midnight = created_on(date(2026, 3, 1))
    tiny.models(
        listing("a/before", created=midnight - 1),
        listing("a/on", created=midnight),
    )
    rows = table(tiny.board("catalogue"), "model_permaslug", "created")
    assert rows == [("a/before", "2026-02-28"), ("a/on", "2026-03-01")]


def test_the_day_added_is_that_of_utc_wherever_the_site_is_built(
    tiny: TinyArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as elsewhere:
        elsewhere.setenv("TZ", "Asia/Tokyo")
        time.tzset()
        tiny.models(listing("a/x", created=created_on(date(2026, 3, 1)) - 1))
        assert table(tiny.board("catalogue"), "created") == [("2026-02-28",)]
    time.tzset()


def test_each_kind_of_input_is_counted_with_each_kind_of_output(tiny: TinyArchive) -> None:
    tiny.models(
        listing("a/x", **modalities(["text", "image", "text"], ["text"])),
        listing("b/x", **modalities(["text"], ["text", "image"])),
        listing("c/x", **modalities(["image"], ["text"])),
        listing("d/x", **modalities(["audio"], ["text"])),
    )
    board = tiny.board("modalities")
    keys = ("input_modality", "output_modality", "models", "input_models", "output_models")
    assert table(board, *keys) == [
        ("image", "text", 2, 2, 4),
        ("text", "text", 2, 2, 4),
        ("audio", "text", 1, 1, 4),
        ("text", "image", 1, 2, 1),
    ]
    assert board.finding == (
        "The most common pairs are image to text and text to text: 2 of 4 models and variants "
        "each. 2 of 4 models and variants accept image input."
    )


# Releases and parameters


def test_models_are_counted_by_month_and_author(tiny: TinyArchive) -> None:
    tiny.models(
        listing("b/one", created=created_on(date(2026, 11, 1))),
        listing("a/one", created=created_on(date(2026, 11, 21))),
        listing("a/tomorrow", created=created_on(date(2026, 11, 22))),
        listing("c/two", created=created_on(date(2026, 10, 31))),
        listing("c/two:free", created=created_on(date(2026, 11, 2))),
        listing("c/three", created=created_on(date(2026, 10, 1))),
        listing("a/four", created=created_on(date(2026, 10, 9))),
        listing("~a/latest", created=created_on(date(2026, 11, 1))),
    )
    board = tiny.board("releases")
    assert table(board, "month", "author", "models") == [
        ("2026-10-01", "c", 2),
        ("2026-10-01", "a", 1),
        ("2026-11-01", "a", 1),
        ("2026-11-01", "b", 1),
    ]
    assert board.finding == "Of 6 available models, 2 were added in Nov 2026."


def test_a_model_was_added_with_its_plain_listing_or_with_the_only_variant_that_is_listed(
    tiny: TinyArchive,
) -> None:
    october, november = created_on(date(2026, 10, 9)), created_on(date(2026, 11, 9))
    tiny.models(
        listing("a/both:batch", "a/both-1", created=october),
        listing("a/both", "a/both-1", created=november),
        listing("b/free:free", "b/free-1", created=october),
    )
    assert table(tiny.board("releases"), "month", "author", "models") == [
        ("2026-10-01", "b", 1),
        ("2026-11-01", "a", 1),
    ]
    assert tiny.board("releases").finding == "Of 2 available models, 1 was added in Nov 2026."


def test_twenty_four_months_are_shown_the_current_one_included(tiny: TinyArchive) -> None:
    tiny.models(
        listing("a/first", created=created_on(date(2024, 12, 1))),
        listing("a/before", created=created_on(date(2024, 11, 30))),
        listing("a/january", created=created_on(date(2026, 1, 31))),
        listing("a/december", created=created_on(date(2025, 12, 1))),
    )
    assert table(tiny.board("releases"), "month") == [
        ("2024-12-01",),
        ("2025-12-01",),
        ("2026-01-01",),
    ]


@pytest.mark.parametrize(
    ("today", "first"),
    [(date(2026, 12, 31), "2025-01-01"), (date(2026, 1, 1), "2024-02-01")],
)
def test_the_first_of_twenty_four_months_is_counted_over_the_turn_of_the_year(
    tiny: TinyArchive, today: date, first: str
) -> None:
    day = date.fromisoformat(first)
    tiny.models(
        listing("a/in", created=created_on(day)),
        listing("a/out", created=created_on(day) - 1),
        on=today,
    )
    assert table(tiny.board("releases", today), "month") == [(first,)]


def test_parameters_are_ranked_by_how_many_models_take_them(tiny: TinyArchive) -> None:
    tiny.models(
        listing("a/x", supported_parameters=["seed", "tools", "seed"]),
        listing("b/x", supported_parameters=["tools"]),
        listing("c/x", supported_parameters=["tools", "logit_bias"]),
        listing("d/x"),
    )
    board = tiny.board("parameters")
    assert table(board, "rank", "parameter", "models", "share") == [
        (1, "tools", 3, 0.75),
        (2, "logit_bias", 1, 0.25),
        (3, "seed", 1, 0.25),
    ]
    assert board.finding == (
        "The most widely supported parameter is tools: 3 of 4 models and variants."
    )


def test_without_parameters_nothing_is_said_of_them(tiny: TinyArchive) -> None:
    tiny.models(listing("a/x"))
    assert (tiny.board("parameters").records(), tiny.board("parameters").finding) == ([], "")


# Prices


def test_prices_stand_cheapest_first_and_varying_ones_are_left_out(tiny: TinyArchive) -> None:
    tiny.models(
        listing("d/dear", prompt="0.000003", pricing={"completion": "0.000003"}),
        listing("b/same", prompt="0.000001", pricing={"completion": "0.000005"}),
        listing("a/same", "a/same-1", prompt="0.000002", pricing={"completion": "0.000002"}),
        listing("a/same:free", "a/same-1", prompt="0", pricing={"completion": "0"}),
        listing("c/free", prompt="0", pricing={"completion": "0"}),
        listing("r/in", prompt="-1"),
        listing("r/out", pricing={"completion": "-1"}),
    )
    board = tiny.board("prices")
    assert table(board, "model_permaslug", "blended", "prompt", "completion") == [
        ("a/same-1:free", "0", "0", "0"),
        ("c/free", "0", "0", "0"),
        ("a/same-1", "0.000002", "0.000002", "0.000002"),
        ("b/same", "0.000002", "0.000001", "0.000005"),  # (3 x 1 + 5) / 4
        ("d/dear", "0.000003", "0.000003", "0.000003"),
    ]
    assert board.finding == (
        "2 listings are free (1 of them a free variant); of 3 others, a/same and b/same "
        "share the lowest price: $2 per million tokens (blended 3:1)."
    )


def test_a_price_has_the_cache_and_the_context_beside_it(tiny: TinyArchive) -> None:
    tiny.models(listing("a/x", pricing={"input_cache_read": "0.0000001"}, context_length=128000))
    rows = table(tiny.board("prices"), "input_cache_read", "context_length")
    assert rows == [("0.0000001", 128000)]


def test_the_only_free_listing_is_told_in_the_singular(tiny: TinyArchive) -> None:
    tiny.models(listing("a/x"), listing("a/x:free", prompt="0", pricing={"completion": "0"}))
    assert tiny.board("prices").finding.startswith(
        "1 listing is free (a free variant); of 1 other, a/x is the cheapest: "
    )


def test_where_all_is_free_none_is_cheapest(tiny: TinyArchive) -> None:
    tiny.models(listing("a/x", prompt="0", pricing={"completion": "0"}))
    assert tiny.board("prices").finding == ""


def test_each_price_of_a_model_stands_in_its_own_column(tiny: TinyArchive) -> None:
    per_token = {field: f"0.0000{number}" for number, field in enumerate(PER_TOKEN, 11)}
    per_unit = {field: f"0.0{number}0" for number, field in enumerate(PER_UNIT, 11)}
    tiny.models(listing("a/x", pricing={**per_token, **per_unit}))
    board = tiny.model("a/x").prices
    assert board is not None
    (stated,) = board.records()
    in_dollars = {field: f"$0.0{number}" for number, field in enumerate(PER_UNIT, 11)}
    assert stated == {"id": "a/x", **per_token, **in_dollars}


STEPS = ("day", "model_permaslug", "prompt_before", "prompt", "completion_before", "completion")


def test_a_change_of_price_stands_on_the_day_it_was_first_seen(tiny: TinyArchive) -> None:
    def priced(id_: str, prompt: str, completion: str) -> Json:
        return listing(id_, prompt=prompt, pricing={"completion": completion})

    unmoved = priced("b/x", "0.000001", "0.00001")
    tiny.models(priced("a/x", "0.000004", "0.00004"), unmoved, on=ago(3))
    tiny.models(priced("a/x", "0.000002", "0.00002"), unmoved, on=ago(2))
    tiny.models(priced("a/x", "0.000002", "0.00002"), unmoved, on=ago(1))
    tiny.models(priced("a/x", "0.000003", "0.00003"), priced("b/x", "0.000005", "0.00005"))
    board = tiny.board("price-changes")
    assert table(board, *STEPS, "prompt_change", "completion_change") == [
        ("2026-11-21", "a/x", "0.000002", "0.000003", "0.00002", "0.00003", 0.5, 0.5),
        ("2026-11-21", "b/x", "0.000001", "0.000005", "0.00001", "0.00005", 4.0, 4.0),
        ("2026-11-19", "a/x", "0.000004", "0.000002", "0.00004", "0.00002", -0.5, -0.5),
    ]
    # The columns of input and output say it all.
    assert table(board, "what") == [(None,)] * 3
    assert board.finding == "1 price cut and 2 price increases since 18 Nov 2026."


def test_a_change_of_neither_input_nor_output_stands_below_the_name(tiny: TinyArchive) -> None:
    def listed(cache: str, output: str = "0.00004", *overrides: Json) -> Json:
        pricing = {"completion": output, "input_cache_read": cache, "overrides": [*overrides]}
        return listing("a/x", prompt="0.000004", pricing=pricing)

    at_night = {"utc_start": 0, "utc_end": 600, "prompt": "0.000001"}
    tiny.models(listed("0.000001"), on=ago(3))
    tiny.models(listed("0.000002"), on=ago(2))
    tiny.models(listed("0.000004", "0.00002"), on=ago(1))
    tiny.models(listed("0.000004", "0.00002", at_night))
    board = tiny.board("price-changes")
    assert [row.note for row in board.rows] == ["price varies", "", "cache read +100%"]
    assert table(board, "what")[1:] == [
        ("output $40 to $20 (−50%), cache read $2 to $4 (+100%) per million tokens",),
        ("cache read $1 to $2 (+100%) per million tokens",),
    ]
    names = [cell.text for cell in read(f"<table>{body(board, '')}</table>").all("th")]
    assert [name.endswith("cache read +100%") for name in names] == [False, False, True]


def test_changes_of_the_last_thirty_days_are_told_apart_from_all_of_them(tiny: TinyArchive) -> None:
    for days, prompt in ((60, "4"), (50, "3"), (29, "2"), (1, "1")):
        tiny.models(listing("a/x", prompt=f"0.00000{prompt}"), on=ago(days))
    assert tiny.board("price-changes").finding == (
        "In the last 30 days: 2 price cuts. In all: 3 price cuts since 22 Sep 2026."
    )
    tiny.models(listing("a/x"), on=ago(-31))
    assert tiny.board("price-changes", ago(-31)).finding == (
        "In the last 30 days: no price changes. In all: 3 price cuts since 22 Sep 2026."
    )


def test_the_price_of_a_variant_changes_for_itself(tiny: TinyArchive) -> None:
    tiny.models(listing("a/x:batch", "a/x-1", prompt="0.000004"), on=ago(1))
    tiny.models(listing("a/x:batch", "a/x-1", prompt="0.000002"))
    assert table(tiny.board("price-changes"), "model_permaslug") == [("a/x-1:batch",)]


@pytest.mark.parametrize(
    ("now", "rows"),
    [("0.00010099", 0), ("0.000101", 1), ("0.00009901", 0), ("0.000099", 1)],
)
def test_a_change_of_price_by_one_in_a_hundred_counts_and_a_smaller_one_does_not(
    tiny: TinyArchive, now: str, rows: int
) -> None:
    tiny.models(listing("a/x", prompt="0.0001"), on=ago(1))
    tiny.models(listing("a/x", prompt=now))
    assert len(tiny.board("price-changes").records()) == rows
    assert bool(tiny.board("price-changes").finding) == bool(rows)


def test_a_change_too_small_to_count_hides_no_later_one(tiny: TinyArchive) -> None:
    for day, price in ((2, "0.0001"), (1, "0.0001001"), (0, "0.0002002")):
        tiny.models(listing("a/x", prompt=price), listing("b/x", prompt=price), on=ago(day))
    rows = table(tiny.board("price-changes"), "day", "model_permaslug", "prompt_before")
    assert rows == [("2026-11-21", "a/x", "0.0001001"), ("2026-11-21", "b/x", "0.0001001")]


@pytest.mark.parametrize(("before", "now"), [("-1", "0.000002"), ("0.000002", "-1")])
def test_a_price_that_varies_has_no_change(tiny: TinyArchive, before: str, now: str) -> None:
    tiny.models(listing("a/x", prompt=before, pricing={"completion": before}), on=ago(1))
    tiny.models(listing("a/x", prompt=now, pricing={"completion": now}))
    assert tiny.board("price-changes").records() == []


def test_an_alias_has_no_change_of_price(tiny: TinyArchive) -> None:
    target = {"name": "X", "slug": "a/x"}
    for day, price in ((1, "0.000001"), (0, "0.000009")):
        tiny.models(
            listing("~a/latest", prompt=price, alias_target=target),
            listing("~a/older", prompt=price),
            on=ago(day),
        )
    assert tiny.board("price-changes").records() == []


# All prices of one model


def test_every_listing_and_condition_of_a_model_has_its_prices(tiny: TinyArchive) -> None:
    above = {"min_prompt_tokens": 272000, "prompt": "0.000004", "completion": "0.000002"}
    night = {"utc_start": 1630, "utc_end": 30, "prompt": "0.0000005", "completion": "0.000001"}
    tiny.models(
        listing(
            "a/x",
            "a/x-1",
            "A: X",
            prompt="0.000002",
            pricing={"overrides": [above, night], "web_search": "0.010", "request": "0"},
        ),
        listing("a/x:free", "a/x-1", "A: X (free)", prompt="0"),
    )
    board = tiny.model("a/x-1").prices
    assert table(board, "id", "condition", "prompt", "completion", "request", "web_search") == [
        ("a/x", "standard", "0.000002", "0.000002", "$0", "$0.01"),
        ("a/x", "above 272K prompt tokens", "0.000004", "0.000002", "$0", "$0.01"),
        ("a/x", "16:30 to 00:30 UTC", "0.0000005", "0.000001", "$0", "$0.01"),
        ("a/x:free", "standard", "0", "0.000002", None, None),
    ]
    assert board is not None
    assert board.notes == (
        "If several conditions apply, the last one wins; other prices stay the same.",
    )
    assert board.title == "What does X cost?"
    assert "image" not in board.records()[0]


@pytest.mark.parametrize(
    ("override", "condition"),
    [
        ({"min_prompt_tokens": 128000}, "above 128K prompt tokens"),
        ({"utc_start": 905, "utc_end": 2359}, "09:05 to 23:59 UTC"),
        ({"utc_start": 900}, "09:00 to 00:00 UTC"),
        ({"utc_end": 900}, "00:00 to 09:00 UTC"),
        ({}, "under unspecified conditions"),
        ({"utc_days": ["Sat", "Sun"]}, "on Sat, Sun"),
        (
            {"min_prompt_tokens": 1, "utc_start": 0, "utc_end": 1, "utc_days": [6]},
            "above 1 prompt tokens, 00:00 to 00:01 UTC, on 6",
        ),
    ],
)
def test_a_condition_is_said_in_words(tiny: TinyArchive, override: Json, condition: str) -> None:
    tiny.models(listing("a/x", pricing={"overrides": [{**override, "prompt": "0.000009"}]}))
    assert table(tiny.model("a/x").prices, "condition") == [("standard",), (condition,)]


def test_conditions_that_change_nothing_need_no_rows(tiny: TinyArchive) -> None:
    same = {"min_prompt_tokens": 9, "prompt": "0.000001"}
    equal = {**same, "prompt": "0.0000010"}
    tiny.models(listing("a/x", pricing={"overrides": [same, equal]}))
    board = tiny.model("a/x").prices
    assert table(board, "id", "prompt") == [("a/x", "0.000001")]
    assert board is not None
    assert board.notes == ()
    assert "condition" not in board.records()[0]


def test_a_condition_that_takes_another_back_has_a_row(tiny: TinyArchive) -> None:
    dear = {"min_prompt_tokens": 1000, "prompt": "0.000009"}
    back = {"min_prompt_tokens": 2000, "prompt": "0.000001"}
    tiny.models(listing("a/x", pricing={"overrides": [dear, back]}))
    assert table(tiny.model("a/x").prices, "condition", "prompt") == [
        ("standard", "0.000001"),
        ("above 1K prompt tokens", "0.000009"),
        ("above 2K prompt tokens", "0.000001"),
    ]


def test_a_price_under_a_condition_is_shown_and_one_that_is_not_stated_is_missing(
    tiny: TinyArchive,
) -> None:
    odd = {"min_prompt_tokens": 9, "request": "0.50"}
    tiny.models(listing("a/x", pricing={"overrides": [odd]}))
    rows = table(tiny.model("a/x").prices, "request")
    assert rows == [(None,), ("$0.50",)]


def test_a_price_per_unit_that_varies_is_no_number(tiny: TinyArchive) -> None:
    tiny.models(listing("a/x", pricing={"request": "-1", "image": "0.10"}))
    assert table(tiny.model("a/x").prices, "request", "image") == [("varies", "$0.10")]


def test_what_is_no_longer_listed_keeps_its_last_prices(tiny: TinyArchive) -> None:
    tiny.models(listing("a/x", "a/x-1", prompt="0.000004"), listing("b/y"), on=ago(3))
    tiny.models(listing("a/x", "a/x-1", prompt="0.000002"), listing("b/y"), on=ago(2))
    tiny.models(listing("b/y"))
    board = tiny.model("a/x-1").prices
    assert table(board, "id", "prompt", "completion", "last_seen") == [
        ("a/x", "0.000002", "0.000002", "2026-11-19")
    ]
    assert board is not None
    assert board.title == "What did a/x cost?"
    assert len(board.notes) == 1
    listed = tiny.model("b/y").prices
    assert listed is not None
    assert "last_seen" not in listed.records()[0]


def test_a_former_listing_keeps_its_last_prices_under_every_condition(tiny: TinyArchive) -> None:
    above = {"min_prompt_tokens": 200000, "prompt": "0.000004"}
    gone = listing("a/x", "a/x-1", pricing={"input_cache_read": "1e-7", "overrides": [above]})
    tiny.models(gone, listing("k/x"), on=ago(1))
    tiny.models(listing("k/x"))
    keys = ("condition", "prompt", "input_cache_read", "last_seen")
    assert table(tiny.model("a/x-1").prices, *keys) == [
        ("standard", "0.000001", "1e-7", "2026-11-20"),
        ("above 200K prompt tokens", "0.000004", "1e-7", "2026-11-20"),
    ]


def test_several_conditions_of_a_former_listing_have_the_note_on_which_wins(
    tiny: TinyArchive,
) -> None:
    above = {"min_prompt_tokens": 200000, "prompt": "0.000004"}
    night = {"utc_start": 0, "utc_end": 600, "prompt": "0.0000005"}
    tiny.models(
        listing("a/x", "a/x-1", pricing={"overrides": [above, night]}), listing("k/x"), on=ago(1)
    )
    tiny.models(listing("k/x"))
    board = tiny.model("a/x-1").prices
    assert board is not None
    assert [note.partition(",")[0] for note in board.notes] == [
        "If several conditions apply",
        "Removed listings show the prices of their last day in the catalog",
    ]


def test_former_listings_stand_after_those_of_today(tiny: TinyArchive) -> None:
    night = {"utc_start": 0, "utc_end": 600, "prompt": "0.0000005"}
    tiny.models(listing("a/x", "a/x-1"), listing("a/x:beta", "a/x-1"), on=ago(1))
    tiny.models(listing("a/x", "a/x-1", pricing={"overrides": [night]}))
    board = tiny.model("a/x-1").prices
    assert table(board, "id", "condition", "last_seen") == [
        ("a/x", "standard", None),
        ("a/x", "00:00 to 06:00 UTC", None),
        ("a/x:beta", "standard", "2026-11-20"),
    ]
    assert board is not None
    assert board.title == "What does a/x cost?"


# Names


def test_a_name_comes_from_the_entry_that_fits_best(tiny: TinyArchive) -> None:
    tiny.models(
        listing("a/old", "a/x-1", "Old"),
        listing("a/x:free", "a/x-1", "A: X (free)"),
        listing("b/only:free", "b/only-1", "B: Only (free)"),
        listing("~a/latest", name="Latest", alias_target={"name": "X", "slug": "a/x"}),
        on=ago(1),
    )
    tiny.models(
        listing("a/x", "a/x-1", "A: X"),
        listing("a/x:free", "a/x-1", "A: X (gratis)"),
        listing("b/only:free", "b/only-1", "B: Only (free)"),
        listing("~a/latest", name="Latest", alias_target={"name": "X", "slug": "a/x"}),
    )
    slugs = ["a/x-1", "a/x-1:free", "a/x-1:batch", "b/only-1", "b/only-1:free", "a/x", "c/new"]
    tiny.rankings(weeks({slug: 9 - place for place, slug in enumerate(slugs)}))
    names = table(tiny.board("models-7d"), "model_permaslug", "model_permaslug_name")
    assert names == [
        ("a/x-1", "A: X"),
        ("a/x-1:free", "A: X (gratis)"),
        ("a/x-1:batch", "A: X (batch)"),
        ("b/only-1", "B: Only"),
        ("b/only-1:free", "B: Only (free)"),
        ("a/x", "A: X"),
        ("c/new", "c/new"),
    ]


def test_an_id_leads_to_the_page_of_its_model_and_an_alias_to_none(tiny: TinyArchive) -> None:
    tiny.models(
        listing("a/x", "a/x-1"),
        listing("~a/latest", alias_target={"name": "X", "slug": "a/x"}),
        listing("~a/older", alias_target={"name": "X", "slug": "a/x"}),
        listing("~b/lost", alias_target={"name": "Gone", "slug": "b/gone"}),
    )
    tiny.rankings(weeks({"a/x:free": 2, "other": 1, "c/new": 1}))
    profiles = tiny.site().profiles
    assert list(profiles) == ["a/x-1", "c/new"]
    assert profiles["a/x-1"].aliases == ("~a/latest", "~a/older")
    assert profiles["a/x-1"].model.path == "models/a/x-1/"
    assert (profiles["a/x-1"].first_seen, profiles["c/new"].first_seen) == (TODAY, None)
