"""Boards of new models, of use beside score and price, and of list prices over time."""

import math
import re
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.archive.coverage import Coverage
from generator.base import formats
from generator.base.dates import Window, human_day
from generator.boards import (
    adoption,
    price_changes,
    price_history,
    price_index,
    price_moves,
    sentences,
    use_against_score,
)
from generator.boards.board import Entity
from generator.boards.use_against_score import Fit, Used
from tests import sentence_rules as rules
from tests.board_samples import model as sample
from tests.sentence_rules import agreement_faults, counts, subjects
from tests.tiny_archive import (
    LAST,
    TinyArchive,
    ago,
    created_on,
    daily,
    days_of,
    listing,
    score,
    table,
    weeks,
)
from tests.typed_boards import row

RULE = settings(rules.RULE, max_examples=15)
DAY = date(2026, 8, 20)
WINDOW = Window.ending(DAY, 60)

# Adoption


def test_new_models_are_compared_by_their_first_thirty_days(tiny: TinyArchive) -> None:
    start = LAST - timedelta(days=39)
    tiny.models(
        listing("a/old", created=created_on(start - timedelta(days=99))),
        listing("b/new", created=created_on(start)),
        listing("b/new:free", "b/new", created=created_on(start)),
        listing("c/late", created=created_on(start - timedelta(days=29))),
        listing("d/back", created=created_on(start - timedelta(days=30))),
    )
    days = [{"a/old": 9}] + [{"a/old": 9, "b/new": 2, "c/late": 1, "d/back": 5}] * 39
    days[3] = {"a/old": 9, "b/new": 2, "d/back": 5}
    days[32] = {"b/new": 1, "b/new:free": 6, "z/new": 40, "other": 9}
    tiny.rankings(daily(*days))
    board = tiny.board("adoption")
    keys = ("model_permaslug", "first_day", "total_tokens", "days", "days_named", "provisional")
    assert table(board, *keys) == [
        ("b/new", "2026-10-13", 60, 30, 30, False),
        ("z/new", "2026-11-13", 40, 8, 1, True),
        ("c/late", "2026-10-13", 29, 30, 29, False),
    ]
    assert board.finding == (
        "Of 3 models new to the daily top 50 after 12 Oct 2026, b/new had the most tokens, 60, in the first 30 days."
    )
    assert tiny.board("adoption.days").finding == board.finding
    assert board.phone == ("model_permaslug", "first_day", "total_tokens")


def test_a_day_of_a_new_model_is_the_mean_of_seven_that_name_it(tiny: TinyArchive) -> None:
    held = daily({"a/x": 1}, *[{"a/x": 1, "b/new": 7 * at} for at in range(12)])
    del held[LAST - timedelta(days=1)]
    held[LAST - timedelta(days=2)] = {"a/x": 1}
    tiny.rankings(held)
    rows = table(tiny.board("adoption.days"), "model_permaslug", "days", "day", "tokens")
    assert rows == [
        ("b/new", 6, "2026-11-15", 21),
        ("b/new", 7, "2026-11-16", 28),
        ("b/new", 8, "2026-11-17", 35),
        ("b/new", 9, "2026-11-18", None),
        ("b/new", 10, "2026-11-19", None),
        ("b/new", 11, "2026-11-20", None),
    ]
    assert tiny.board("adoption").finding == (
        "b/new is the only model new to the daily top 50 after 8 Nov 2026; it had at least 329 tokens in its first 30 "
        "days, of which 12 have passed (12 of 13 days; 19 Nov 2026 is missing)."
    )


def test_of_a_model_that_is_new_today_one_day_has_passed(tiny: TinyArchive) -> None:
    tiny.rankings(daily({"a/x": 1}, {"a/x": 1, "b/new": 7}))
    assert "in its first 30 days, of which 1 has passed." in tiny.board("adoption").finding


def test_where_every_model_was_there_on_the_first_day_none_is_new(tiny: TinyArchive) -> None:
    tiny.rankings(daily({"a/x": 1, "other": 1}, {"a/x": 2}))
    assert not tiny.boards().keys() & {"adoption", "adoption.days"}


@st.composite
def launches(draw: st.DrawFn) -> list[Any]:
    made: list[Any] = []
    for model in draw(rules.models()):
        values = {"model_permaslug": model, "first_day": DAY, "days": draw(st.integers(29, 30))}
        made.append(row(adoption.LaunchRow, {**values, "total_tokens": draw(rules.amounts(3))}))
    return sorted(made, key=lambda one: -one.total_tokens)


@RULE
@given(launches(), st.integers(0, 9), st.booleans())
def test_the_new_models_with_the_most_tokens_are_all_named(
    rows: list[Any], more: int, is_whole: bool
) -> None:
    coverage = Coverage(WINDOW, missing=() if is_whole else (DAY,))
    every = len(rows) + more
    sentence = adoption.finding(rows, every, coverage)
    assert agreement_faults(sentence) == []
    assert bool(sentence) is bool(rows)
    if not rows:
        return
    names = sentences.model_names(one.model_permaslug for one in rows)
    leaders = [one for one in rows if one.total_tokens == rows[0].total_tokens]
    verb = "had the most tokens" if every > 1 else "is the only model"
    (who,) = subjects(sentence, names, verb)
    assert who.is_exactly([one.model_permaslug for one in leaders])
    assert f"after {human_day(WINDOW.start)}" in sentence
    assert formats.tokens_in_words(rows[0].total_tokens) in sentence
    assert (" each" in sentence) is (len(leaders) > 1)
    assert counts(sentence, "models new") == ([every] if every > 1 else [])
    unfinished = len(leaders) == 1 and leaders[0].days < 30
    assert re.findall(r"of which (\d+) have passed", sentence) == ["29"] * unfinished
    assert (coverage.gaps in sentence) is True
    assert ("missing" in sentence) is not is_whole


# Use against score


def _priced(slug: str, price: str) -> dict[str, Any]:
    return listing(slug, prompt=price, pricing={"completion": price})


def test_a_model_is_compared_with_what_its_score_and_its_price_suggest(
    tiny: TinyArchive,
) -> None:
    # Tokens double with every ten points whatever the price; one pair is four times above and below.
    used: dict[str, int] = {"x/absent": 9, "x/unscored": 9, "x/varies": 9, "other": 9}
    scores = [score("x/varies", 30), score("x/absent", 30)]
    entries = [listing("x/unscored"), _priced("x/varies", "-1"), listing("x/absent")]
    for at, index in enumerate((10, 20, 30, 40, 50)):
        factor = 4 if index == 30 else 1
        for slug, tokens in ((f"a/{index}", 2**at * factor), (f"b/{index}", 2**at / factor)):
            used[slug] = round(tokens * 1024)
            scores.append(score(slug, index))
            entries.append(_priced(slug, f"0.00000{1 + at % 2}"))
    days = weeks(used | {"b/30:free": 10**6})
    days[LAST] = {slug: tokens for slug, tokens in days[LAST].items() if slug != "x/absent"}
    tiny.models(*entries)
    tiny.scores(*scores)
    tiny.rankings(days)
    board = tiny.board("use-against-score")
    keys = ("model_permaslug", "ratio", "total_tokens", "expected_tokens", "blended")
    rows = table(board, *keys)
    assert rows[0] == ("a/30", 4, 7 * 2**14, 7 * 2**12, "0.000001")
    assert rows[-1] == ("b/30", 0.25, 7 * 2**10, 7 * 2**12, "0.000001")
    assert {ratio for _, ratio, _, _, _ in rows[1:-1]} == {1}
    assert len(rows) == 10
    # Of the squares 2 x (4 + 1 + 0 + 1 + 4) of the fit and 2 x 4 of the pair, in doublings: 20 of 28.
    assert board.finding == (
        "Score and price explain 71.4% of the variance of tokens (log scale) among 10 models in the week to "
        "20 Nov 2026. Given score and price, a/30 is used the most, 4 times as much as expected, and b/30 the "
        "least, 0.25 times."
    )
    assert (board.models, days_of(board)) == ("model_permaslug", (ago(7), LAST))


def test_through_few_models_or_models_of_one_price_there_is_no_line(tiny: TinyArchive) -> None:
    models = [Used(f"a/{at}", 2**at, float(at), Decimal(1 + at % 2)) for at in range(10)]
    assert use_against_score.fitted(models) is not None
    assert use_against_score.fitted(models[1:]) is None
    alike = [Used(model.slug, model.tokens, model.index, Decimal(3)) for model in models]
    assert use_against_score.fitted(alike) is None
    follows = [Used(m.slug, m.tokens, 0.3 + 7.7 * math.log(m.price), m.price) for m in models]
    assert use_against_score.fitted(follows) is None
    even = [Used(model.slug, 7, model.index, model.price) for model in models]
    assert use_against_score.fitted(even) is None


@st.composite
def used_models(draw: st.DrawFn) -> list[Used]:
    amounts = st.integers(1, 9)
    return [
        Used(f"a/{at}", draw(amounts) ** 4, float(draw(amounts)), Decimal(draw(amounts)))
        for at in range(draw(st.integers(10, 14)))
    ]


@RULE
@given(used_models())
def test_what_the_fit_leaves_has_nothing_to_do_with_score_or_price(models: list[Used]) -> None:
    fit = use_against_score.fitted(models)
    if fit is None:
        return
    left = [math.log(model.tokens / fit.expected(model)) for model in models]
    assert abs(sum(left)) < 1e-6
    assert abs(sum(r * model.index for r, model in zip(left, models, strict=True))) < 1e-6
    by_price = [r * math.log(model.price) for r, model in zip(left, models, strict=True)]
    assert abs(sum(by_price)) < 1e-6
    assert -1e-9 <= fit.explained <= 1 + 1e-9


@st.composite
def compared(draw: st.DrawFn) -> list[Any]:
    made: list[Any] = []
    for model in draw(rules.models(least=1)):
        values = {"model_permaslug": model, "ratio": draw(st.integers(1, 3)) / 2}
        made.append(row(use_against_score.AgainstScoreRow, values))
    return made


@RULE
@given(compared(), st.booleans())
def test_all_that_are_used_the_most_and_the_least_for_their_score_are_named(
    rows: list[Any], is_whole: bool
) -> None:
    week = Coverage(Window.ending(DAY, 7), missing=() if is_whole else (DAY,))
    sentence = use_against_score.finding(rows, Fit(0, 0, 0, 0.25), week)
    assert agreement_faults(sentence) == []
    assert counts(sentence, "models? in the week") == [len(rows)]
    assert "explain 25.0% of the variance" in sentence
    assert ("missing" in sentence) is not is_whole
    names = sentences.model_names(one.model_permaslug for one in rows)
    ratios = [one.ratio for one in rows]
    told = len(set(ratios)) > 1
    for words, extreme in (("(?:is|are) used the most", max(ratios)), ("the least", min(ratios))):
        found = subjects(sentence, names, words)
        expected = [one.model_permaslug for one in rows if one.ratio == extreme]
        assert [who.is_exactly(expected) for who in found] == [True] * told
        factor = "1.0" if extreme == 1 else formats.number(extreme)
        assert (f" {factor} times" in sentence) or not told


def test_what_is_hardly_used_for_its_score_is_not_said_to_be_used_not_at_all() -> None:
    rows: list[Any] = [
        row(use_against_score.AgainstScoreRow, {"model_permaslug": sample(at), "ratio": ratio})
        for at, ratio in enumerate((2.5, 0.0))
    ]
    week = Coverage(Window.ending(DAY, 7))
    sentence = use_against_score.finding(rows, Fit(0, 0, 0, 0.25), week)
    assert sentence.endswith("the least, less than 0.01 times.")


# List prices


def _catalogues(tiny: TinyArchive) -> None:
    """Three snapshots: one price doubles and halves again, one model leaves, one comes, one becomes free."""
    same = _priced("b/same", "0.000004")
    gone, freed = _priced("c/gone", "0.000001"), _priced("d/freed", "0.000001")
    variant = listing("a/up:batch", "a/up", prompt="0.000009")
    tiny.models(_priced("a/up", "0.000001"), same, gone, freed, variant, on=ago(3))
    free = _priced("d/freed", "0")
    new = _priced("e/new", "0.000001")
    up = listing("a/up", prompt="0.000004", pricing={"completion": "0.000001"})
    tiny.models(up, same, _priced("c/gone", "0.000001"), free, new, on=ago(2))
    tiny.models(_priced("a/up", "0.000002"), same, _priced("e/new", "0.000009"), freed)


def test_the_index_chains_the_geometric_means_of_what_is_listed_throughout(
    tiny: TinyArchive,
) -> None:
    _catalogues(tiny)
    board = tiny.board("price-index")
    assert table(board, "day", "index", "index_prompt", "index_completion", "models") == [
        ("2026-11-18", 100, 100, 100, 4),
        # One of three rises: input fourfold, the blend from 1 to (3 x 4 + 1) / 4 = 3.25.
        ("2026-11-19", 148.12, 158.74, 100, 3),
        # One of two changes: the blend from 3.25 to 2, input to half, output to double.
        ("2026-11-21", 116.2, 112.25, 141.42, 2),
    ]
    assert board.finding == (
        "By a chained index, list prices of the 4 models listed on 18 Nov 2026 were 16.2% higher on "
        "21 Nov 2026 (input +12.3%, output +41.4%); 2 of them remain."
    )


def test_one_snapshot_has_an_index_and_nothing_to_say(tiny: TinyArchive) -> None:
    tiny.models(listing("a/x"), listing("b/free", prompt="0"))
    board = tiny.board("price-index")
    assert table(board, "index", "models") == [(100, 1)]
    assert board.finding == ""
    assert "price-history" not in tiny.boards()


def test_without_a_priced_model_on_the_first_day_there_is_no_index(tiny: TinyArchive) -> None:
    tiny.models(listing("a/x", prompt="-1"), on=ago(1))
    tiny.models(listing("a/x"))
    assert "price-index" not in tiny.boards()


@RULE
@given(*[st.sampled_from((50.0, 99.96, 100.0, 100.2, 250.0))] * 3, st.integers(1, 2))
def test_prices_are_higher_or_lower_as_the_index_is(
    blended: float, prompt: float, completion: float, models: int
) -> None:
    first = {"day": DAY, "index": 100.0, "models": 2}
    values = {"index": blended, "index_prompt": prompt, "index_completion": completion}
    newest = {"day": DAY + timedelta(days=3), "models": models, **values}
    rows: list[Any] = [row(price_index.PriceIndexRow, one) for one in (first, newest)]
    sentence = price_index.finding(rows)
    assert agreement_faults(sentence) == []
    compared = re.findall(r"were (?:([<\d.]+%) (higher|lower)|the same) on 23 Aug 2026", sentence)
    size = formats.share(abs(blended / 100 - 1))
    direction = "higher" if blended > 100 else "lower"
    assert compared == [(size, direction) if blended != 100 else ("", "")]
    changes = [formats.change(one / 100 - 1) for one in (prompt, completion)]
    assert f"(input {changes[0]}, output {changes[1]})" in sentence
    assert ("1 of them remains" in sentence) is (models == 1)


def test_each_price_of_a_listing_is_a_step_from_day_to_day(tiny: TinyArchive) -> None:
    _catalogues(tiny)
    board = tiny.board("price-history")
    rows = table(board, "model_permaslug", "day", "until", "prompt", "completion")
    assert rows[:3] == [
        ("a/up", "2026-11-18", "2026-11-18", "0.000001", "0.000001"),
        ("a/up", "2026-11-19", "2026-11-19", "0.000004", "0.000001"),
        ("a/up", "2026-11-21", "2026-11-21", "0.000002", "0.000002"),
    ]
    assert [row[0] for row in rows[3:]] == ["d/freed"] * 3 + ["e/new"] * 2
    assert board.finding == (
        "3 listings have changed the price of input or output since 18 Nov 2026; a/up and d/freed "
        "the most often, twice each."
    )


def test_the_steps_of_a_price_have_the_name_of_the_day_of_the_last_change(
    tiny: TinyArchive,
) -> None:
    for back, name, price in ((3, "One", 1), (2, "Two", 2), (1, "Three", 4), (0, "Four", 4)):
        tiny.models(listing("a/x", name=name, prompt=f"0.00000{price}"), on=ago(back))
    board = tiny.board("price-history")
    assert table(board, "model_permaslug_name", "prompt") == [
        ("Three", "0.000001"),
        ("Three", "0.000002"),
        ("Three", "0.000004"),
    ]


def test_a_model_has_its_own_steps_with_the_prices_of_both_ends(tiny: TinyArchive) -> None:
    _catalogues(tiny)
    every: Any = tiny.board("price-history")
    up, freed, same = (
        Entity(slug, slug, f"models/{slug}/") for slug in ("a/up", "d/freed", "b/same")
    )
    board = price_history.model_board(up, every)
    assert board is not None
    assert (board.id, board.models, len(board.rows)) == ("model-prices.a.up", "", 3)
    assert board.finding == (
        "The price of a/up changed twice between 18 Nov 2026 and 21 Nov 2026, per million tokens: "
        "input from $1 to $2, output from $1 to $2."
    )
    board = price_history.model_board(freed, every)
    assert board is not None
    assert board.finding.endswith(": input $1 on both days, output $1 on both days.")
    assert price_history.model_board(same, every) is None
    assert price_history.model_board(replace(up, path=None), every) is None
    assert price_history.model_board(up, None) is None


def test_a_price_that_hours_hide_is_the_one_last_shown(tiny: TinyArchive) -> None:
    night = {"utc_start": 0, "utc_end": 1200, "prompt": "0.000001"}
    day = listing("a/x", prompt="0.000003", pricing={"overrides": [night]})
    tiny.models(day, on=ago(1))
    tiny.models(listing("a/x", prompt="0.000001", pricing={"overrides": [night]}))
    assert table(tiny.board("price-index"), "index") == [(100,), (100,)]


@st.composite
def price_steps(draw: st.DrawFn) -> list[Any]:
    made: list[Any] = []
    for model in draw(rules.models(least=1)):
        for _ in range(draw(st.integers(2, 4))):
            made.append(row(price_history.PriceStepRow, {"model_permaslug": model}))
    return made


def test_the_price_that_changed_most_often_is_told_with_its_changes() -> None:
    a, b = (
        row(price_history.PriceStepRow, {"model_permaslug": Entity(name, name)}) for name in "ab"
    )
    rows: list[Any] = [a, a, a, b, b]
    changed = "changed the price of input or output since"
    assert (
        price_history.finding(rows, DAY)
        .partition(changed)[2]
        .endswith("; a the most often, twice.")
    )
    assert price_history.finding([*rows, b], DAY).endswith("; a and b the most often, twice each.")
    assert price_history.finding(rows[:3], DAY).endswith(", twice.")


@RULE
@given(price_steps())
def test_the_prices_that_changed_most_often_are_all_named(rows: list[Any]) -> None:
    sentence = price_history.finding(rows, DAY)
    assert agreement_faults(sentence) == []
    models = [one.model_permaslug for one in rows]
    assert counts(sentence, "listings? ha(?:s|ve)") == [len(set(models))]
    times = max(models.count(model) for model in models) - 1
    assert counts(sentence, "times") == ([times] if times > 2 else [])
    assert ("twice" in sentence) is (times == 2)
    names = sentences.model_names(models)
    found = subjects(sentence, names, "the most often")
    often = [model for model in set(models) if models.count(model) == times + 1]
    told = times > 1 and len(set(models)) > 1
    assert [who.is_exactly(often) for who in found] == [True] * told


def test_the_newest_moves_are_those_of_each_model_a_days_largest_first() -> None:
    def change(model: str, day: date, prompt: str, completion: str) -> Any:
        before, changes = ("0.000001", "0.000002"), []
        for old, new in zip(before, (prompt, completion), strict=True):
            changes.append(float(Decimal(new) / Decimal(old) - 1) if new != old else None)
        values = {
            "day": day,
            "model_permaslug": Entity(model, model),
            "prompt_before": before[0],
            "completion_before": before[1],
            "prompt": prompt,
            "completion": completion,
            "prompt_change": changes[0],
            "completion_change": changes[1],
        }
        return row(price_changes.PriceChangeRow, values)

    earlier = DAY - timedelta(days=1)
    rows = [
        change("a/less", DAY, "0.0000012", "0.000002"),
        change("b/most", DAY, "0.0000011", "0.0000005"),  # output by −75%
        change("c/more", DAY, "0.0000015", "0.0000025"),
        change("c/more:batch", DAY, "0.000009", "0.000009"),
        change("d/free", DAY, "0", "0.000009"),
        change("a/less", earlier, "0.000009", "0.000002"),
        change("e/old", earlier, "0.000009", "0.000002"),
    ]
    newest = price_moves.newest(rows)
    told = [(one.model_permaslug.id, price_moves.largest(one)) for one in newest]
    assert told == [("b/most", 0.75), ("c/more", 0.5), ("a/less", 0.2), ("e/old", 8.0)]
