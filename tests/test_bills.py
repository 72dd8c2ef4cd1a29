"""Monthly bills: the formula by the vectors that the browser's code is held to as well, and the board."""

import json
from dataclasses import replace

import pytest

from generator.base import formats
from generator.boards.bills import EXAMPLES, Tariff, Tier, Workload, monthly_bill, tariff
from generator.boards.board import Board
from generator.endpoints.models import Architecture, ModelRow, Override, Pricing
from generator.render.calculator_examples import examples
from tests.rehearsal import ROOT
from tests.tiny_archive import Json, TinyArchive, listing, table

VECTORS = json.loads((ROOT / "tests/vectors/bills.json").read_text("utf-8"))["vectors"]


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["says"])
def test_a_bill_is_that_of_the_vector(vector: dict) -> None:
    tiers = tuple(Tier(**tier) for tier in vector["tiers"])
    workload = Workload("", "", **vector["workload"])
    bill = monthly_bill(Tariff(tiers, vector["context"]), workload)
    assert bill == (None if vector["bill"] is None else pytest.approx(vector["bill"]))


def priced(*overrides: Override, context: int | None = None, **more: str) -> Tariff | None:
    pricing = Pricing("0.000001", "0.000002", overrides=overrides, **more)
    entry = ModelRow("a/x", "a/x", "X", 0, Architecture((), ()), pricing, context)
    return tariff(entry)


def tiers_of(found: Tariff | None) -> list[tuple[int, float, float, float, float]]:
    assert found is not None
    in_millions = []
    for tier in found.tiers:
        prices = (tier.fresh, tier.written, tier.read, tier.output)
        in_millions.append((tier.least, *(round(price * 1e6, 6) for price in prices)))
    return in_millions  # type: ignore[return-value]


def test_what_is_not_cached_is_written_at_its_own_price_or_at_what_storing_adds() -> None:
    whole = priced(input_cache_read="0.0000001", input_cache_write="0.00000125")
    assert tiers_of(whole) == [(0, 1, 1.25, 0.1, 2)]
    added = priced(input_cache_read="0.0000001", input_cache_write="0.00000025")
    assert tiers_of(added) == tiers_of(whole)
    same = priced(input_cache_read="0.0000001", input_cache_write="0.000001")
    assert tiers_of(same) == [(0, 1, 1, 0.1, 2)]
    # Without a price for reading nothing is cached.
    assert tiers_of(priced(input_cache_write="0.00000125")) == [(0, 1, 1, 1, 2)]


def test_prices_above_a_length_are_a_tier_and_hours_are_averaged_over_the_week() -> None:
    long = Override(min_prompt_tokens=1000, prompt="0.000003")
    assert tiers_of(priced(long)) == [(0, 1, 1, 1, 2), (1000, 3, 3, 3, 2)]
    # Six hours at 5 and eighteen at 1 are 2 on average; on one day of seven, 1 and a seventh of 7.
    night = Override(utc_start=2200, utc_end=400, prompt="0.000005")
    assert tiers_of(priced(night)) == [(0, 2, 2, 2, 2)]
    sunday = Override(utc_days=["sunday"], prompt="0.000008")
    assert tiers_of(priced(sunday)) == [(0, 2, 2, 2, 2)]


def test_a_call_may_have_a_price_of_its_own_and_a_long_one_another() -> None:
    found = priced(Override(min_prompt_tokens=1000, request="0.03"), request="0.01")
    assert found is not None
    assert [tier.call for tier in found.tiers] == [0.01, 0.03]


def test_a_note_says_what_limits_a_bill_or_why_there_is_none(tiny: TinyArchive) -> None:
    def special(id_: str, *overrides: Json, **prices: str) -> Json:
        return listing(id_, pricing={"overrides": list(overrides), **prices})

    by_hour = {"utc_start": 2200, "utc_end": 400, "prompt": "0.000005"}
    by_length = {"min_prompt_tokens": 200_000, "prompt": "0.000002"}
    tiny.models(
        special("a/hours", by_hour, input_cache_read="0"),
        special("b/both", by_hour, by_length),
        special("c/unknown", completion="-1"),
        listing("d/free", prompt="0", pricing={"completion": "-1"}),
    )
    assert table(tiny.board("bills"), "model_permaslug", "bill", "note") == [
        # 10,000 x (1,500 x 2 + 400 x 2) millionths: six hours at 5 and eighteen at 1.
        ("a/hours", 38, "average over the hours"),
        (
            "b/both",
            38,
            "average over the hours, other prices above 200K prompt tokens, no cache price",
        ),
        ("c/unknown", None, "price unknown"),
        ("d/free", None, "price unknown"),
    ]


def test_the_lowest_bill_is_told_of_all_that_have_it_and_of_none_without_a_price(
    tiny: TinyArchive,
) -> None:
    tiny.models(listing("a/free", prompt="0", pricing={"completion": "0"}))
    assert tiny.board("bills").finding == ""
    short = [listing(id_, prompt="0.000003", context_length=2000) for id_ in ("c/x", "b/x")]
    tiny.models(*short, listing("d/dear", prompt="0.000009"))
    board = tiny.board("bills")
    assert board.finding == (
        "Lowest monthly bills of paid listings, batch variants apart: chat assistant $53 (b/x and c/x), "
        "coding agent $9,430 (d/dear) and document extraction $905 (d/dear)."
    )
    assert table(board, "bill", "prompt", "completion", "input_cache_read")[0] == (
        53,
        "0.000003",
        "0.000002",
        None,
    )
    prices = board.rows[0]["tariff"]
    assert isinstance(prices, Tariff)
    assert monthly_bill(prices, EXAMPLES[0]) == pytest.approx(53)


def board(tiny: TinyArchive) -> Board:
    tiny.models(
        listing("a/paid", context_length=1_000_000, pricing={"input_cache_read": "0.0000001"}),
        listing("a/paid:batch", prompt="0.0000005", context_length=1_000_000),
        listing("b/free:free", prompt="0", pricing={"completion": "0"}),
        listing("c/router", prompt="-1", pricing={"completion": "-1"}),
        listing("d/short", context_length=1000),
        listing(
            "e/pictures",
            architecture={"input_modalities": ["text"], "output_modalities": ["image", "text"]},
        ),
        listing("~a/latest", alias_target={"name": "Paid", "slug": "a/paid"}),
    )
    return tiny.board("bills")


def test_free_listings_cost_nothing_and_unknown_prices_have_no_bill(tiny: TinyArchive) -> None:
    found = board(tiny)
    # Chat: 10,000 x (1,500 x 1 + 400 x 2) millionths. Documents: 5,000 x (20,000 x 1 + 500 x 2).
    assert table(found, "model_permaslug", "bill", "bill_documents", "note") == [
        ("a/paid:batch", 15.5, 55, "no cache price"),
        ("a/paid", 23, 105, ""),
        ("b/free:free", 0, 0, "free, rate limited"),
        ("c/router", None, None, "price varies with the model chosen"),
        ("d/short", None, None, "no cache price"),
    ]
    # Coding agent, 30 turns: prompts of 60,000 x 31/2 + 8,000 x 29/2 = 1,046,000 tokens, 80% of them cached.
    agent = 1000 * (1_046_000 * (0.8 * 0.1 + 0.2) + 8_000 * 2) / 1e6
    assert found.rows[1]["bill_agent"] == pytest.approx(agent)
    assert found.rows[1]["input_cache_read"] == "0.0000001"
    assert found.finding == (
        "Lowest monthly bills of paid listings, batch variants apart: chat assistant $23 (a/paid), "
        "coding agent $309 (a/paid) and document extraction $105 (a/paid)."
    )


def test_an_example_is_reached_by_what_differs_from_the_first() -> None:
    first, agent, documents = examples()
    assert (first.query, first.cached_percent, agent.cached_percent) == ("./?", 0, 80)
    assert agent.query == "./?in=60000&out=8000&cached=80&requests=1000&turns=30"
    assert documents.query == "./?in=20000&out=500&requests=5000"


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (0, "$0"),
        (0.004, "< $0.01"),
        (0.125, "$0.13"),
        (12, "$12"),
        (12.3, "$12.30"),
        (99.994, "$99.99"),
        (99.996, "$100"),
        (1234.5, "$1,235"),
        (1_234_567.4, "$1,234,567"),
    ],
)
def test_an_amount_has_cents_below_a_hundred_dollars(amount: float, text: str) -> None:
    assert formats.dollars(amount) == text


def test_nothing_is_billed_for_a_month_without_requests() -> None:
    found = priced()
    assert found is not None
    assert monthly_bill(found, replace(EXAMPLES[0], requests=0)) == 0
