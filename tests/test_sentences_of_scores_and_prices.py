"""Charts of scores, ratings, tasks, modalities and prices in words: no lead, tie, rise or count that the rows lack."""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.base import formats
from generator.base.dates import human_day
from generator.boards import level_words, price_history, sentences
from generator.boards.board import AnyBoard, Entity
from generator.boards.intervals import ratio_interval
from generator.boards.price_changes import relative_change
from generator.boards.price_differences import percent
from generator.boards.task_trend import Part, Stated, trends
from generator.charts.catalogue import (
    aa_pair,
    da_podium,
    da_speed,
    fr_scatter,
    fr_time,
    price_steps,
    task_intensity,
    task_macro,
    task_trend,
)
from generator.charts.chart import WIDE
from tests import sentence_rules as rules
from tests.chart_samples import SCORES as SCORED
from tests.chart_samples import board as sample
from tests.chart_samples import one_of_each
from tests.sentence_rules import agreement_faults, marked, subjects

RULE = settings(rules.RULE, max_examples=30)
LAST = date(2026, 8, 20)
NAMED = 3
"""Of more models that are level, sentences on scores name so many."""

# Few values, close together on both sides of a rounding, so that ties and near ties are common.
_SCORES = st.sampled_from((-3.0, 0.0, 49.496, 49.504, 49.5, 50.0, 62.25))
_RATINGS = st.sampled_from((-5.0, 1199.996, 1200.0, 1205.0, 1210.0, 1220.0, 1400.0))

Rows = list[dict[str, Any]]


def _entity(at: int) -> Entity:
    """The model or task of that number; the first has no name that can be seen."""
    return Entity(f"a/x{at}", f"M{at}" if at else formats.UNNAMED, author="a")


def _names(rows: Rows, key: str = "model_permaslug") -> Mapping[Entity, str]:
    return {row[key]: level_words.name(row[key]) for row in rows}


def _level(rows: Rows, key: str, value: Any) -> list[Entity]:
    """The models whose value is displayed as that one is."""
    shown = formats.number(value)
    return [row["model_permaslug"] for row in rows if formats.number(row[key]) == shown]


# Prices

_PRICES = st.sampled_from(("0", "0.000001", "0.0000015", "0.000002", "0.000003", "0.000004", None))


@st.composite
def _changed(draw: st.DrawFn) -> Rows:
    """Changes of prices, newest first, of listings of which some are variants or changed twice."""
    models = draw(rules.models(least=1, most=6))
    variant = Entity(f"{models[0].id}:batch", models[0].name)
    moved: list[tuple[int, Entity]] = []
    for model in (*models, variant):
        for back in sorted(draw(st.sets(st.integers(0, 4), max_size=2))):
            moved.append((back, model))
    moved.sort(key=lambda one: one[0])
    return [
        _change(model, back, *(draw(_PRICES) for _ in ("in", "to", "out", "to")))
        for back, model in moved
    ]


def _change(model: Entity, back: int, *prices: str | None) -> dict[str, Any]:
    before, now, output_before, output = prices
    return {
        "day": LAST - timedelta(days=back),
        "model_permaslug": model,
        "prompt_before": before,
        "prompt": now,
        "completion_before": output_before,
        "completion": output,
        "prompt_change": relative_change(before, now),
        "completion_change": relative_change(output_before, output),
    }


def _steps(row: Mapping[str, Any]) -> dict[str, Fraction]:
    """The changes of input and output, by name; none where one of the prices is unknown or free."""
    prices = [
        (what, row[f"{key}_before"], row[key])
        for what, key in (("input", "prompt"), ("output", "completion"))
    ]
    if any(price is None or Decimal(price) <= 0 for _, *pair in prices for price in pair):
        return {}
    changes = {what: Fraction(now) / Fraction(before) - 1 for what, before, now in prices}
    return {what: change for what, change in changes.items() if change}


_ADA, _BO = Entity("acme/ada", "Ada"), Entity("acme/bo", "Bo")
_UP, _DOWN = ("0.000002", "0.000003"), ("0.000002", "0.000001")


@RULE
@example([_change(_ADA, 0, *_UP, *_DOWN), _change(_BO, 0, *_DOWN, *_DOWN)])
@given(_changed())
def test_prices_that_moved_the_most_are_told_each_with_its_own_way_up_or_down(rows: Rows) -> None:
    board = sample("price-changes", "day:day prompt:price", rows, finding="Some moved.")
    newest: dict[Entity, dict[str, Fraction]] = {}
    for row in rows:
        if _steps(row) and ":" not in row["model_permaslug"].id:
            newest.setdefault(row["model_permaslug"], _steps(row))
    assert price_steps.CHART.applies_to(board) == bool(newest)
    if not newest:
        return
    text = price_steps.CHART.alt(board)
    assert agreement_faults(text) == []
    sizes = {model: max(abs(step) for step in steps.values()) for model, steps in newest.items()}
    most = [model for model in newest if sizes[model] == max(sizes.values())]
    steps = {
        model: ", ".join(f"{what} {percent(float(step))}" for what, step in newest[model].items())
        for model in most
    }
    names = sentences.model_names(newest)
    if len(newest) == 1:
        assert text == f"Some moved. The listing drawn is {names[most[0]]}: {steps[most[0]]}."
        return
    said = text.removeprefix(f"Some moved. Of {len(newest)} listings drawn, ")
    if len(most) == 1:
        assert said == f"{names[most[0]]} moved the most: {steps[most[0]]}."
        return
    told = re.findall(r"‹(\d+)› \(([^)]+)\)", marked(said, names))
    listed = {list(names)[int(at)]: by for at, by in told}
    assert listed == {model: by for model, by in steps.items() if model in listed}
    others = re.search(r" and (\d+) others? moved the most\.$", said)
    assert len(listed) + (int(others[1]) if others else 0) == len(most), text
    assert said.endswith(" moved the most.")


def test_a_price_that_moved_again_is_not_called_the_price_of_now() -> None:
    rows = [_change(_ADA, 0, "0.000003", "0", "0.000003", "0"), _change(_ADA, 1, *_UP, *_UP)]
    board = sample("price-changes", "day:day prompt:price", rows)
    assert "before (ring) and after (dot)" in price_steps.CHART.subtitle(board)
    assert price_steps.CHART.alt(board) == "The listing drawn is Ada: input +50%, output +50%."


@st.composite
def _price_steps(draw: st.DrawFn) -> Rows:
    """The steps of the listings of a model, those of each one after the other, oldest first."""
    rows: Rows = []
    for listing in draw(rules.models(least=1, most=3)):
        steps = draw(st.integers(2, 4))
        for at in range(steps):
            day = LAST - timedelta(days=2 * (steps - at))
            ends = {"day": day, "until": day + timedelta(days=1)}
            prices = {"prompt": draw(_PRICES), "completion": draw(_PRICES)}
            rows.append({"model_permaslug": listing, **ends, **prices})
    return rows


@RULE
@given(_price_steps())
def test_the_prices_of_both_ends_are_those_of_a_listing_that_changed_most_often(rows: Rows) -> None:
    board: Any = sample("price-history", "day:day", rows)
    text = price_history.model_finding(board.rows)
    assert agreement_faults(text) == []
    by_listing: dict[Entity, Rows] = {}
    for row in rows:
        by_listing.setdefault(row["model_permaslug"], []).append(row)
    most = max(len(steps) for steps in by_listing.values())
    (told,) = rules.objects(text, sentences.model_names(by_listing), "^The price of")
    (listing,) = told.entities
    first, *_, newest = by_listing[listing]
    assert len(by_listing[listing]) == most
    changes = {2: "once", 3: "twice"}.get(most, f"{most - 1} times")
    ends = f"between {human_day(first['day'])} and {human_day(newest['until'])}"
    assert f" changed {changes} {ends}, per million tokens: " in text
    for what, key in (("input", "prompt"), ("output", "completion")):
        shown = [
            formats.per_million(row[key]) if row[key] else "a price by the hour"
            for row in (first, newest)
        ]
        both = f"{shown[0]} on both days"
        assert f"{what} {both if len(set(shown)) == 1 else 'from {} to {}'.format(*shown)}" in text


# Tasks

_SHARES = st.sampled_from((0.004, 0.005, 0.1, 0.101, 0.2, 0.3, 0.303, 0.6))


@st.composite
def _tasks(draw: st.DrawFn) -> Rows:
    rows: Rows = []
    for at, (requests, tokens) in enumerate(
        draw(st.lists(st.tuples(_SHARES, _SHARES), min_size=1, max_size=20))
    ):
        bounds = ratio_interval(tokens, requests)
        times = tokens / requests if bounds else None
        least, most = (bounds.low, bounds.high) if bounds else (None, None)
        ratio = {"intensity": times, "least_intensity": least, "most_intensity": most}
        values = {"tag": _entity(at), "usage_share": requests, "token_share": tokens}
        rows.append({"rank": at + 1, **values, **ratio})
    return rows


def _task(at: int, requests: float, tokens: float) -> dict[str, Any]:
    times = tokens / requests
    ratio = {"intensity": times, "least_intensity": times - 0.1, "most_intensity": times + 0.1}
    return {"rank": at, "tag": _entity(at), "usage_share": requests, "token_share": tokens, **ratio}


# In floats 0.3 / 0.1 is a little less than 0.6 / 0.2.
_THREE_TIMES = [_task(1, 0.1, 0.3), _task(2, 0.2, 0.6)]


@RULE
@example(_THREE_TIMES)
@example([*_THREE_TIMES, _task(3, 0.6, 0.1), _task(4, 0.6, 0.1)])
@given(_tasks())
def test_the_heaviest_and_the_lightest_tasks_are_all_that_are_level_there(rows: Rows) -> None:
    board = sample("tasks", "usage_share:share", rows)
    known = [row for row in rows if row["intensity"]]
    assert task_intensity.CHART.applies_to(board) == bool(known)
    if not known:
        return
    text, names = task_intensity.CHART.alt(board), _names(rows, "tag")
    assert agreement_faults(text) == []
    _tasks_are_counted(task_intensity.CHART.subtitle(board), len(known), len(rows))
    assert ("is the only task" in text) == (len(known) == 1)
    shown = {row["tag"]: round(row["intensity"], 2) for row in known}
    if len(set(shown.values())) == 1:
        same = f"The {len(known)} tasks with 0.5% or more of requests and of tokens have the same "
        assert len(known) == 1 or text.startswith(same)
        assert _bounds(text) == [_widest(known)]
        return
    assert text.startswith(f"Of {len(known)} tasks with 0.5% or more ")
    ends = (max(shown.values()), "highest", 1), (min(shown.values()), "lowest", -1)
    for part, (end, word, sign) in zip(text.split("; "), ends, strict=True):
        first = [tag for tag in shown if shown[tag] == end]
        (told,) = subjects(part, names, f"(?:has|have) the {word}")
        assert told.is_exactly(first), text
        assert (" has the " in part) == (len(first) == 1)
        level = [row for row in known if row["tag"] in first]
        assert _bounds(part) == [_widest(level)]
        reach = [row for row in known if row["tag"] not in first and _reaches(row, level, sign)]
        could = [int(count) for count in re.findall(r"\((\d+) others? could be level", part)]
        assert could == ([len(reach)] if reach else []), text
        assert part.count("level with it)") == (bool(reach) and len(first) == 1)


def _reaches(row: Mapping[str, Any], level: Rows, sign: int) -> bool:
    """Whether the interval of a task reaches those at the upper or at the lower end."""
    if sign > 0:
        return bool(row["most_intensity"] >= min(one["least_intensity"] for one in level))
    return bool(row["least_intensity"] <= max(one["most_intensity"] for one in level))


def _bounds(text: str) -> list[tuple[float, float]]:
    found = re.findall(r"([\d.]+) to ([\d.]+) times", text)
    return [(float(low), float(high)) for low, high in found]


def _widest(level: Rows) -> tuple[float, float]:
    """The bounds of all, rounded outwards as they are shown."""
    low = min(row["least_intensity"] for row in level)
    size = 10 if low >= 1 else 100
    high = max(row["most_intensity"] for row in level)
    least, most = math.floor(round(low * size, 6)), math.ceil(round(high * size, 6))
    return least / size, most / size


def _tasks_are_counted(text: str, known: int, every: int) -> None:
    assert agreement_faults(text) == []
    if every == 1:
        assert text.endswith("The only task.")
    elif known > 16:
        assert f"The 8 highest and the 8 lowest of {known} tasks" in text
    elif known == every:
        assert f"All {known} tasks." in text
    else:
        assert f"{known} of {every} tasks;" in text
    omitted = [int(count) for count in re.findall(r"; (\d+) tasks? with under 0.5%", text)]
    assert omitted == ([every - known] if known < every else [])


@RULE
@given(st.lists(st.tuples(*[st.sampled_from((0.0, 0.1, 0.1004, 0.4))] * 2), min_size=1, max_size=6))
def test_the_most_common_work_and_that_of_most_tokens_are_all_that_are_level(
    shares: list[tuple[float, float]],
) -> None:
    kinds = [_entity(at + 1) for at in range(len(shares))]
    rows: Rows = [
        {"macro_category": kind.id, "label": kind.name, "usage_share": usage, "token_share": tokens}
        for kind, (usage, tokens) in zip(kinds, shares, strict=True)
    ]
    text = task_macro.CHART.alt(sample("tasks-macro", "usage_share:share", rows))
    assert agreement_faults(text) == []
    names = {kind: kind.name for kind in kinds}
    if len(kinds) == 1:
        assert text == "M1 is the only type of work."
        return
    (common, requests), (heavy, tokens) = (
        _largest(kinds, [pair[at] for pair in shares]) for at in (0, 1)
    )
    several = f"are the most common types of work, level at {requests} of requests"
    one = f"is the most common type of work with {requests} of requests"
    told = subjects(text, names, one if len(common) == 1 else several)
    assert [who.is_exactly(common) for who in told] == [True] * bool(common)
    told = subjects(text, names, f"uses? the most tokens, (?:level at )?{tokens}")
    is_told = bool(heavy) and (heavy != common or len(heavy) > 1)
    assert [who.is_exactly(heavy) for who in told] == [True] * is_told
    assert (text == "All shares are zero.") == (not common and not heavy)


def _largest(kinds: list[Entity], shares: list[float]) -> tuple[list[Entity], str]:
    """What has the largest displayed share, and that; none where it is zero."""
    most = formats.share(max(shares))
    first = [
        kind for kind, share in zip(kinds, shares, strict=True) if formats.share(share) == most
    ]
    return ([], most) if most == "0.0%" else (first, most)


_PARTS = st.dictionaries(
    st.integers(0, 4), st.sampled_from((0.0, 0.1, 0.102, 0.2, 0.3)), min_size=1, max_size=5
)


@RULE
@given(st.lists(_PARTS, min_size=2, max_size=3), st.sampled_from((1, 7)))
def test_the_tasks_that_moved_the_most_are_those_of_the_first_and_the_newest_day(
    shares: list[dict[int, float]], apart: int
) -> None:
    days = [LAST - timedelta(days=apart * back) for back in range(len(shares))][::-1]
    stated = [
        Stated(
            day, {}, {str(at): Part(_entity(at), share, 0.0) for at, share in of.items()}, SCORED
        )
        for day, of in zip(days, shares, strict=True)
    ]
    (board,) = trends(stated)
    text, newest = task_trend.CHART.alt(board), shares[-1]
    names = {_entity(at): level_words.name(_entity(at)) for at in newest}
    assert agreement_faults(text) == []
    most = formats.share(max(newest.values()))
    leaders = [_entity(at) for at in newest if formats.share(newest[at]) == most]
    verb = "are level at" if len(leaders) > 1 else "has" if len(newest) == 1 else "leads with"
    (told,) = subjects(text, names, f"{verb} {most} of requests")
    assert told.is_exactly(leaders), text
    moves = {at: round(newest[at] - shares[0][at], 3) for at in newest if at in shares[0]}
    assert bool(board.finding) == (bool(moves) and (LAST - days[0]).days >= 7)
    if board.finding:
        _moves_are_told(board.finding, moves, names)


def _moves_are_told(text: str, moves: Mapping[int, float], names: Mapping[Entity, str]) -> None:
    size = max(abs(move) for move in moves.values())
    first = [_entity(at) for at in moves if abs(moves[at]) == size]
    if size <= 0.002:
        assert " moved by more than 0.2 percentage points" in text
        return
    if len(moves) > 1:
        assert text.startswith(f"Of the {len(moves)} followed since ")
    verb = "moved the most," if len(moves) > 1 else "moved by"
    (told,) = subjects(text, names, verb)
    assert told.is_exactly(first), text
    signed = [move for move in moves.values() if abs(move) == size]
    points = f"by {size * 100:.1f}" if len(first) > 1 else formats.points(signed[0])
    assert f"{points} percentage points" in text, text


# Ratings

_COUNTS = st.none() | st.tuples(*[st.integers(0, 30)] * 4)
_SECONDS = st.none() | st.sampled_from((0.0, 5.0, 5.001, 5.004, 20.0))
_RATED = st.lists(st.tuples(_RATINGS, _COUNTS, _SECONDS), min_size=1, max_size=20)

Rated = list[tuple[float, tuple[int, int, int, int] | None, float | None]]


def _category(rated: Rated) -> tuple[AnyBoard, Rows]:
    rows: Rows = []
    ordered = sorted(rated, key=lambda one: -one[0])
    for at, (elo, counts, seconds) in enumerate(ordered):
        row = {"rank": at + 1, "model_permaslug": _entity(at), "elo": elo, "seconds": seconds}
        if counts:
            places = ("first", "second", "third", "fourth")
            row |= {"tournaments": sum(counts), **dict(zip(places, counts, strict=True))}
        rows.append(row)
    board = sample("da.models.website", "rank:rank elo:score", rows, citations=(SCORED,))
    return board, rows


@RULE
@given(_RATED)
def test_who_is_first_most_often_is_reached_by_as_many_as_are_told(rated: Rated) -> None:
    board, rows = _category(rated)
    counted = [row for row in rows if row.get("tournaments")]
    assert da_podium.CHART.applies_to(board) == bool(counted)
    if not counted:
        return
    text, names = da_podium.CHART.alt(board), _names(rows)
    shown = {row["model_permaslug"]: formats.share(_rate(row)) for row in counted}
    highest = formats.share(max(_rate(row) for row in counted))
    first = [model for model in shown if shown[model] == highest]
    alone = f"is the only model with counted tournaments: first in {highest}"
    several = f"are level at {highest}"
    one = f"is highest: first in {highest}"
    verb = alone if len(counted) == 1 else several if len(first) > 1 else one
    (told,) = subjects(text, names, re.escape(verb))
    assert told.is_exactly(first), text
    assert (" is highest" in text) == (verb is one), text
    if verb is one:
        own = next(row for row in counted if row["model_permaslug"] in first)
        low, high = _wilson(own)
        assert f" of {formats.counted(own['tournaments'], 'tournament')} (" in text
        assert f"(95% CI {low * 100:.1f}–{high * 100:.1f}%)" in text
        reach = [row for row in counted if row is not own and _wilson(row)[1] >= low]
        assert f"; {_who_reaches(len(reach))} into it. " in text
    _models_are_counted(da_podium.CHART.subtitle(board), len(counted), len(rows))


def _rate(row: Mapping[str, Any]) -> float:
    return float(Fraction(row["first"], row["tournaments"]))


def _wilson(row: Mapping[str, Any]) -> tuple[float, float]:
    """The rates p for which the observed one is 1.96 standard errors away: the roots of a quadratic equation."""
    number, rate, square = row["tournaments"], _rate(row), 1.96**2
    a, b, c = number + square, -(2 * number * rate + square), number * rate**2
    root = math.sqrt(max(0.0, b * b - 4 * a * c))
    return (-b - root) / (2 * a), (-b + root) / (2 * a)


def _who_reaches(count: int) -> str:
    if count == 1:
        return "1 other's interval reaches"
    return f"{count} others' intervals reach" if count else "no other interval reaches"


def _models_are_counted(text: str, counted: int, every: int) -> None:
    assert agreement_faults(text) == []
    which = "models" if counted == every else "models with counted tournaments"
    assert (f"All {counted} {which}." in text) == (1 < counted <= 12)
    assert (f"The 12 highest of {counted} {which}." in text) == (counted > 12)
    assert ("Models whose intervals overlap" in text) == (counted > 1)


@RULE
@given(_RATED)
def test_the_highest_rated_and_the_fastest_are_those_with_a_time(rated: Rated) -> None:
    board, rows = _category(rated)
    timed = [row for row in rows if row["seconds"]]
    assert da_speed.CHART.applies_to(board) == (len(timed) > 1)
    if len(timed) < 2:
        return
    text, names = da_speed.CHART.alt(board), _names(rows)
    assert text.startswith(f"{board.finding} Of {len(timed)} models with a time, ")
    best, quickest = max(row["elo"] for row in timed), min(row["seconds"] for row in timed)
    elo, seconds = formats.number(best), formats.number(quickest)
    (told,) = subjects(text, names, f"(?:has|have) the highest rating, {elo};")
    assert told.is_exactly(_level(timed, "elo", best)), text
    (told,) = subjects(text, names, rf"(?:is|are) the fastest, {seconds} s\.")
    assert told.is_exactly(_level(timed, "seconds", quickest)), text
    subtitle = da_speed.CHART.subtitle(board)
    assert agreement_faults(subtitle) == []
    assert f"{len(timed)} of {len(rows)} models have a time; " in subtitle
    _as_many_are_in_color_as_told(subtitle, [row["elo"] for row in timed], 15, "rating")


def _as_many_are_in_color_as_told(text: str, values: Sequence[float], most: int, what: str) -> None:
    """The first of all and those level with the last of them."""
    last = sorted(values, reverse=True)[:most][-1]
    colored = [value for value in values if value >= last]
    if len(colored) == len(values):
        assert text.endswith("; all are in color.")
    else:
        assert text.endswith(f"; the {len(colored)} with the highest {what} are in color.")


# Indices


@RULE
@given(st.lists(st.tuples(st.none() | _SCORES, st.none() | _SCORES), min_size=1, max_size=25))
def test_who_leads_one_of_two_indices_does_so_of_the_models_with_both(
    scores: list[tuple[float | None, float | None]],
) -> None:
    rows: Rows = [
        {"model_permaslug": _entity(at), "coding_index": coding, "agentic_index": agentic}
        for at, (coding, agentic) in enumerate(scores)
    ]
    board = sample("artificial-analysis", "rank:rank", rows, citations=(SCORED,))
    both = [row for row in rows if None not in (row["coding_index"], row["agentic_index"])]
    assert aa_pair.CHART.applies_to(board) == bool(both)
    if not both:
        return
    text, subtitle = aa_pair.CHART.alt(board), aa_pair.CHART.subtitle(board)
    if len(both) == 1:
        ((name, coding, agentic),) = (tuple(row.values()) for row in both)
        points = f"{formats.index(coding)} on coding and {formats.index(agentic)} on agentic work"
        only = f"{level_words.name(name)} is the only model with both indices"
        assert text == f"{only}: {points}."
        assert subtitle.endswith(". 1 model has both.")
        return
    start, _, said = text.removesuffix(".").partition(": ")
    assert start == f"Of {len(both)} models with both indices"
    clauses = said.split("; ")
    for clause, key, what in zip(
        clauses, ("coding_index", "agentic_index"), ("coding", "agentic work"), strict=True
    ):
        _leaders_and_followers_are_those_of(clause, both, key, f"on {what}")
    assert f". {len(both)} models have both; " in subtitle
    sums = [row["coding_index"] + row["agentic_index"] for row in both]
    _as_many_are_in_color_as_told(subtitle, sums, 20, "sum")


def _leaders_and_followers_are_those_of(clause: str, rows: Rows, key: str, what: str) -> None:
    names = _names(rows)
    best = max(row[key] for row in rows)
    first, score = _level(rows, key, best), formats.index(best)
    if len(first) > NAMED:
        (told,) = rules.objects(clause, names, f"Level at {score} {what}:")
    else:
        verb = f"leads {what} with {score}" if len(first) == 1 else f"are level at {score} {what}"
        (told,) = subjects(clause, names, verb)
    assert told.is_exactly(first), clause
    behind = [row for row in rows if row["model_permaslug"] not in first]
    assert (", ahead of " in clause) == (bool(behind) and len(first) <= NAMED)
    if ", ahead of " in clause:
        next_best = max(row[key] for row in behind)
        second = _level(behind, key, next_best)
        (told,) = rules.objects(clause, names, "ahead of")
        assert told.is_exactly(second), clause
        joint = "with" if len(second) == 1 else "level at"
        assert clause.endswith(f" {joint} {formats.index(next_best)}")


# The frontier


@st.composite
def _frontiers(draw: st.DrawFn) -> Rows:
    """The frontiers of a few days, in one or two eras, some of them more than a year ago."""
    backs = draw(st.sets(st.sampled_from((0, 3, 30, 366, 367)), min_size=1))
    break_at = draw(st.sampled_from((0, 3, 400)))
    known = draw(rules.models(least=1, most=5))
    rows: Rows = []
    for back in sorted(backs, reverse=True):
        for model in draw(st.lists(st.sampled_from(known), min_size=1, unique=True)):
            day = {"day": LAST - timedelta(days=back), "era": 1 if back > break_at else 2}
            offer = {"intelligence_index": draw(_SCORES), "blended": "0.000001"}
            rows.append({**day, "model_permaslug": model, **offer})
    return rows


def _best_value(at: int, index: float, **more: Any) -> dict[str, Any]:
    day = {"day": LAST, "era": 1, "model_permaslug": _entity(at)}
    return {**day, "intelligence_index": index, "blended": f"0.00000{at}", **more}


_DISPLAYED_ALIKE = 49.496, 49.504


@RULE
@example([_best_value(at, index) for at, index in enumerate(_DISPLAYED_ALIKE, 1)])
@given(_frontiers())
def test_the_frontier_is_that_of_its_newest_day_and_rings_those_that_joined(rows: Rows) -> None:
    board = sample("frontier-history", "day:day era:integer", rows, citations=(SCORED,))
    newest = max(row["day"] for row in rows)
    now = [row for row in rows if row["day"] == newest]
    text = fr_time.CHART.alt(board)
    assert agreement_faults(text) == []
    assert text.startswith(board.finding)
    best = max(row["intelligence_index"] for row in now)
    names = sentences.model_names(row["model_permaslug"] for row in rows)
    day = human_day(newest)
    score = formats.index(best)
    highest = f"The highest score on the frontier of {day} is {score}, of"
    (told,) = rules.objects(text, names, re.escape(highest))
    assert told.is_exactly(_level(now, "intelligence_index", best)), text
    year = [
        row["day"]
        for row in rows
        if row["era"] == now[0]["era"] and (newest - row["day"]).days <= 366
    ]
    subtitle = fr_time.CHART.subtitle(board)
    assert agreement_faults(subtitle) == []
    first = min(year)
    two = f" on {human_day(first)} (wide gray line) and {day} (thin line)."
    assert (two if first < newest else f" on {day}.") in subtitle
    before = {row["model_permaslug"] for row in rows if row["day"] == first}
    joined = {row["model_permaslug"] for row in now} - before
    assert ("Ringed: " in subtitle) == bool(joined)


def test_of_best_values_whose_scores_are_displayed_alike_the_cheapest_is_named() -> None:
    rows = [
        _best_value(at, index, on_frontier="yes") for at, index in enumerate(_DISPLAYED_ALIKE, 1)
    ]
    text = fr_scatter.CHART.alt(sample("frontier", "on_frontier:text", rows, citations=(SCORED,)))
    assert (
        "2 of 2 paid models are best value, M1 (49.5 points at $1 per million tokens, blended): no"
        in text
    )


# Every chart


def _few(board: AnyBoard, count: int) -> AnyBoard:
    return replace(board, rows=board.rows[:count])


def test_the_words_above_drawings_of_few_rows_are_grammatical() -> None:
    faults: dict[tuple[str, int], list[str]] = {}
    for id_, (chart, board) in one_of_each().items():
        for count in (1, 2, len(board.rows)):
            few = _few(board, count)
            if chart.applies_to(few):
                faults[id_, count] = agreement_faults(chart.subtitle(few))
    assert {at: found for at, found in faults.items() if found} == {}


_COUNTED = re.compile(
    r"\b(?:all|top|the|the top) (\d+) (?:of|most|largest|highest|lowest|cheapest|models|tasks|listed)\b",
    re.IGNORECASE,
)


def test_as_many_rows_are_drawn_as_the_words_above_them_say() -> None:
    """Of the drawings with a row for each thing that is counted: the list that is shown first."""
    pairs: dict[tuple[str, int], tuple[int, int]] = {}
    counted: set[str] = set()
    for id_, (chart, board) in one_of_each().items():
        for count in (2, 3, len(board.rows)):
            few = _few(board, count)
            stated = sum(map(int, _COUNTED.findall(chart.subtitle(few))))
            if not (stated and chart.applies_to(few)):
                continue
            rows = [row for row in chart.draw(few, WIDE).data["rows"] if "of" in row]
            shown = {row["place"] for row in rows if row["of"] == rows[0]["of"]}
            if shown:
                counted.add(chart.id)
                pairs[id_, count] = (stated, len(shown))
    assert {at: pair for at, pair in pairs.items() if len(set(pair)) > 1} == {}
    assert counted == {
        "aa-bars",
        "app-top",
        "da-elo",
        "da-podium",
        "mod-params",
        "session-cost",
        "task-share",
        "tok-top-bar",
        "use-score",
    }
