"""No sentence on models, their authors, bills, or sessions of apps claims what its rows do not have."""

import re
from collections.abc import Collection
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.archive.daily_tokens import DailyTokens
from generator.archive.listings import Listings
from generator.base import attribution, formats
from generator.base.dates import Window, human_day
from generator.boards import (
    alternatives,
    authors_listed,
    bills,
    coding,
    known_shares,
    retirements,
    sentences,
    session_costs,
)
from generator.boards.alternatives import Scored
from generator.boards.board import Entity
from generator.boards.known_shares import KnownShare
from generator.boards.names import Names
from generator.boards.sources import Sources
from generator.endpoints.endpoint import Facts
from generator.endpoints.session_cost import SessionCost
from tests import sentence_rules as rules
from tests.sentence_rules import agreement_faults, counts, objects, subjects
from tests.typed_boards import row

RULE = settings(rules.RULE, max_examples=15)
DAY = date(2026, 8, 20)
LEVEL = "are level at the top by"


@st.composite
def coding_rows(draw: st.DrawFn) -> list[Any]:
    """Models, each with a rank by some of the measures, of which several may be the best."""
    made: list[Any] = []
    for model in draw(rules.models()):
        values: dict[str, Any] = {"model_permaslug": model, "prompt": "0.000001"}
        values["blended"] = draw(st.sampled_from((None, "0", "0.000001")))
        for key, rank in (("coding_index", "rank"), ("use", "use_rank"), ("elo", "elo_rank")):
            value = draw(rules.holes(st.integers(1, 4)))
            low = draw(st.integers(1, 3))
            if value is not None:
                values |= {key: value / 8, rank: low, f"{rank}_low": low}
        if "use" in values:
            values["use_high"] = values["use"] + draw(st.sampled_from((0, 0.125)))
        made.append(row(coding.CodingRow, values))
    return made


@RULE
@given(coding_rows())
def test_for_coding_all_are_named_that_can_be_first_of_those_that_are_measured(
    rows: list[Any],
) -> None:
    sentence = coding.finding(rows)
    assert agreement_faults(sentence) == []
    names = sentences.model_names(one.model_permaslug for one in rows)
    told = (
        ("coding_index", "rank", "has the highest coding index", f"{LEVEL} coding index"),
        (
            "use",
            "use_rank",
            "has the largest share of coding requests",
            f"{LEVEL} share of coding requests",
        ),
        ("elo", "elo_rank", "has the highest Elo for code", f"{LEVEL} Elo for code"),
    )
    for key, rank, alone, level in told:
        measured = [one for one in rows if one[key] is not None]
        first = [one.model_permaslug for one in measured if one[f"{rank}_low"] == 1]
        found = subjects(sentence, names, alone if len(first) == 1 else level)
        assert [subject.is_exactly(first) for subject in found] == [True] * bool(first)
        if first:
            among = "of" if len(first) == 1 else "among"
            assert f" {among} {formats.counted(len(measured), 'model')}, " in sentence
    lower = [one for one in rows if one.use_rank_low == 1 and one.use != one.use_high]
    assert ("at least" in sentence) is bool(lower)
    paid = [one for one in rows if one.blended == "0.000001" and one.coding_index is not None]
    cheap = subjects(sentence, names, "(?:has|share) the highest index")
    if cheap:
        best = max(one.coding_index for one in paid)
        assert cheap[0].is_exactly([m.model_permaslug for m in paid if m.coding_index == best])


def test_a_least_share_of_coding_requests_is_rounded_down() -> None:
    values = {"model_permaslug": Entity("a/x", "Ada"), "use": 0.1596, "use_rank_low": 1}
    for most, share in ((0.1596, "16.0%"), (0.2, "at least 15.9%")):
        sentence = coding.finding([row(coding.CodingRow, {**values, "use_high": most})])
        assert sentence == f"Ada has the largest share of coding requests of 1 model, {share}."


@st.composite
def bill_rows(draw: st.DrawFn) -> list[Any]:
    amounts = rules.holes(st.integers(0, 3))
    return [
        row(
            bills.BillRow,
            {
                "model_permaslug": model,
                "bill": draw(amounts),
                "bill_agent": draw(amounts),
                "bill_documents": draw(amounts),
                "is_batch": draw(st.booleans()),
            },
        )
        for model in draw(rules.models())
    ]


@RULE
@given(bill_rows())
def test_the_lowest_bill_is_of_paid_listings_and_says_that_batch_variants_are_apart(
    rows: list[Any],
) -> None:
    sentence = bills.finding(rows)
    assert agreement_faults(sentence) == []
    names = sentences.model_names(one.model_permaslug for one in rows)
    # A list of names is read after a space.
    spaced = re.sub(r"(\$[\d.]+) \(", r"\1 ( ", sentence)
    billed = 0
    for example in bills.EXAMPLES:
        paid = [one for one in rows if not one.is_batch and one[example.key]]
        if paid:
            billed += 1
            least = min(one[example.key] for one in paid)
            lowest = [one.model_permaslug for one in paid if one[example.key] == least]
            start = rf"{example.name.lower()} {re.escape(formats.dollars(least))} \("
            (who,) = objects(spaced, names, start)
            assert who.is_exactly(lowest)
    assert ("of paid listings, batch variants apart:" in sentence) is bool(billed)
    assert sentence.count("$") == billed


@st.composite
def retirement_rows(draw: st.DrawFn) -> list[Any]:
    made: list[Any] = []
    statuses = (retirements.ANNOUNCED, retirements.GONE)
    for model in draw(rules.models()):
        left = draw(st.integers(-1, 2))
        status = retirements.OVERDUE if left < 0 else draw(st.sampled_from(statuses))
        day = DAY + timedelta(days=left)
        values = {"model_permaslug": model, "day": day, "days_left": left, "status": status}
        made.append(row(retirements.RetirementRow, values))
    return sorted(made, key=lambda one: (one.status != retirements.ANNOUNCED, one.day))


@RULE
@given(retirement_rows())
def test_the_next_retirements_are_the_first_to_come_and_all_are_counted(rows: list[Any]) -> None:
    sentence = retirements.finding(rows)
    assert agreement_faults(sentence) == []
    coming = [one for one in rows if one.status == retirements.ANNOUNCED]
    if not coming:
        assert sentence == "The catalog announces no retirement."
        return
    names = sentences.model_names(one.model_permaslug for one in rows)
    soonest = min(one.day for one in coming)
    assert counts(sentence, "retirements? (?:is|are) announced") == [len(coming)]
    (who,) = objects(sentence, names, "Next:")
    assert who.is_exactly([one.model_permaslug for one in coming if one.day == soonest])
    left = (soonest - DAY).days
    when = f"in {formats.counted(left, 'day')}" if left else "which is the day of this catalog"
    assert sentence.endswith(f", on {human_day(soonest)}, {when}.")


@st.composite
def shares_of_weeks(draw: st.DrawFn) -> tuple[list[KnownShare], DailyTokens]:
    """Shares of weeks, newest first, and the days of the rankings, of which some are missing."""
    count = draw(st.integers(1, 3))
    made: list[KnownShare] = []
    for back in range(count):
        # Sevenths are no round percentages, so that a bound that is rounded the wrong way is none.
        least = draw(st.integers(0, 6))
        most = draw(st.integers(least, 7))
        week = Window.ending(DAY - timedelta(days=7 * back), 7)
        made.append(KnownShare(week, least / 7, most / 7, of_known=None, known=1.0))
    missing = draw(st.sets(st.integers(1, 7 * count - 2), max_size=2))
    days = {DAY - timedelta(days=back): {"a/x": 1} for back in range(7 * count)}
    held = {day: tokens for day, tokens in days.items() if (DAY - day).days not in missing}
    return made, DailyTokens(held, attribution.rankings("2026-08-21"))


@RULE
@given(shares_of_weeks())
def test_a_share_has_the_bounds_of_the_week_and_each_week_names_what_it_lacks(
    drawn: tuple[list[KnownShare], DailyTokens],
) -> None:
    shares, tokens = drawn
    sentence = known_shares.finding("Models listed with open weights", shares, tokens)
    assert agreement_faults(sentence) == []
    newest, *earlier = sentence.removesuffix(".").split(" before it was ")
    assert bool(earlier) is (len(shares) > 1)
    assert counts(sentence, "weeks? before it") == ([len(shares) - 1] if earlier else [])
    for one, said in zip((shares[0], shares[-1]), (newest, *earlier), strict=False):
        least, most = formats.share(one.least), formats.share(one.most)
        if least != most:
            least = formats.share_at_least(one.least) if one.least else "0.0%"
            most = formats.share_at_most(one.most)
            assert float(least.rstrip("%")) <= one.least * 100 + 1e-6
            assert float(most.rstrip("%")) >= one.most * 100 - 1e-6
        assert (least if least == most else f"between {least} and {most}") in said
        gaps = tokens.coverage(one.window).gaps
        assert (f"({gaps})" in said) if gaps else ("missing" not in said)
    assert f"the week to {human_day(shares[0].window.end)}" in newest


@st.composite
def listed_authors(draw: st.DrawFn) -> list[Any]:
    names = draw(st.lists(st.sampled_from(("Ada", "Bo", "Cy", "Dee", "Eli")), unique=True))
    authors = [Entity(name.lower(), name) for name in names]
    return [
        row(authors_listed.AuthorListedRow, {"author": author, "models": draw(rules.amounts(3))})
        for author in authors
    ]


@RULE
@given(listed_authors())
def test_authors_and_models_on_offer_are_counted_and_all_with_the_most_named(
    rows: list[Any],
) -> None:
    sentence = authors_listed.finding(rows)
    assert agreement_faults(sentence) == []
    offering = [one for one in rows if one.models]
    assert bool(sentence) is bool(offering)
    if not offering:
        return
    assert counts(sentence, "authors? ha(?:s|ve)") == [len(offering)]
    assert counts(sentence, "models? available") == [sum(one.models for one in rows)]
    names = {one.author: one.author.name for one in rows}
    most = max(one.models for one in offering)
    leaders = [one.author for one in offering if one.models == most]
    found = subjects(sentence, names, "ha(?:s|ve) the most")
    assert [who.is_exactly(leaders) for who in found] == [True] * (len(offering) > 1)


@st.composite
def scored(draw: st.DrawFn) -> list[Scored]:
    return [
        Scored(model, float(draw(rules.amounts(4))), Decimal(draw(rules.amounts(6))))
        for model in draw(rules.models(least=1))
    ]


@RULE
@given(scored())
def test_an_alternative_is_as_good_for_less_or_better_at_a_similar_price(
    models: list[Scored],
) -> None:
    own, *others = models
    cheaper, better = alternatives.cheaper(own, others), alternatives.better(own, others)
    for one in cheaper:
        assert one.index >= own.index
        assert 0 < one.price < own.price
    for one in better:
        assert one.index > own.index
        assert own.price * 4 <= one.price * 5
        assert one.price * 4 <= own.price * 5
    # None that is left out is cheaper, or better, than one that is named.
    as_good = [one for one in others if one.index >= own.index and 0 < one.price < own.price]
    assert sorted(one.price for one in as_good)[:3] == [one.price for one in cheaper]
    similar = [
        one
        for one in others
        if one.index > own.index
        and one.price * 4 <= own.price * 5
        and own.price * 4 <= one.price * 5
    ]
    assert sorted((one.index for one in similar), reverse=True)[:3] == [one.index for one in better]


@st.composite
def costs_of_sessions(draw: st.DrawFn) -> list[SessionCost]:
    """Costs of some models in sessions of two lengths of up to three apps, two of which are called alike."""
    made: list[SessionCost] = []
    models = draw(st.sampled_from((1, 2, 5)))
    cells = st.tuples(
        st.sampled_from(("coder", "twin", "writer")),
        st.sampled_from(("1-turn", "2-9-turns")),
        st.integers(1, models),
    )
    # All below a cent's half of the next: some are displayed alike.
    amounts = st.sampled_from(("0", "0.0101", "0.0102", "1", "1.001", "2"))
    for app, length, model in draw(st.lists(cells, min_size=1, max_size=9, unique=True)):
        name = "Writer" if app == "writer" else "Coder"
        made.append(
            SessionCost(
                app_slug=app,
                app_name=name,
                model_permaslug=f"m/{model}",
                turn_range=length,
                median_session_cost_usd=draw(amounts),
                window_days=30,
                window_end_date=DAY,
                as_of=str(DAY),
            )
        )
    return made


@RULE
@given(costs_of_sessions())
def test_the_apps_with_the_most_models_and_the_costs_at_both_ends_are_told(
    costs: list[SessionCost],
) -> None:
    names = Names(Listings([], [], {}), [])
    facts = Facts(tuple(costs), (attribution.rankings(str(DAY)),))
    (board,) = session_costs.boards(Sources(today=DAY, names=names, session_costs=facts))
    sentence = board.finding
    assert agreement_faults(sentence) == []
    models: dict[str, set[str]] = {}
    for cost in costs:
        models.setdefault(cost.app_slug, set()).add(cost.model_permaslug)
    most = max(len(of_app) for of_app in models.values())
    called = {slug: _called(slug, models) for slug in models}
    first = sorted(called[slug] for slug in models if len(models[slug]) == most)
    start, _, rest = sentence.partition(" In ")
    counted = formats.counted(most, "model")
    if len(models) == 1:
        assert start == f"Costs are published for 1 app, {first[0]}, and {counted}."
    elif len(first) == len(models):
        assert start == f"Costs are published for {len(models)} apps and {counted} each."
    else:
        have = "has" if len(first) == 1 else "have"
        each = " each" if len(first) > 1 else ""
        listed = formats.list_in_words(first)
        expected = (
            f"Of {len(models)} apps, {listed} {have} costs for the most models, {most}{each}."
        )
        assert start == expected
    app, _, span = rest.partition(" sessions of ")
    length, _, ends = span.partition(", ")
    assert app in first
    of_length = [
        cost
        for cost in costs
        if called[cost.app_slug] == app
        and {"1-turn": "1 turn", "2-9-turns": "2–9 turns"}[cost.turn_range] == length
    ]
    assert_ends_are_those_of_the_costs(ends, of_length)


def _called(slug: str, apps: Collection[str]) -> str:
    if slug == "writer":
        return "Writer"
    return f"Coder (App {slug})" if {"coder", "twin"} <= set(apps) else "Coder"


def assert_ends_are_those_of_the_costs(text: str, costs: list[SessionCost]) -> None:
    shown = {cost.model_permaslug: formats.cost(cost.median_session_cost_usd) for cost in costs}
    amounts = sorted(costs, key=lambda cost: Decimal(cost.median_session_cost_usd))
    low, high = (shown[cost.model_permaslug] for cost in (amounts[0], amounts[-1]))
    if len(costs) == 1:
        assert text == f"the one model is {costs[0].model_permaslug}, at a median of {low}."
    elif low == high:
        assert text == f"all {len(costs)} models have a median cost of {low}."
    else:
        assert text.startswith(f"the lowest median cost of {len(costs)} models is {low}, with ")
        assert f"; the highest is {high}, with " in text
        for end, amount in zip(text.removesuffix(".").split("; "), (low, high), strict=True):
            named = re.split(r", | and ", end.partition(", with ")[2])
            level = {slug for slug in shown if shown[slug] == amount}
            others = re.search(r"and (\d+) others$", end)
            if others:
                assert int(others[1]) + len(named) - 1 == len(level)
            assert {one for one in named if one.startswith("m/")} <= level
            assert bool(others) or set(named) == level
