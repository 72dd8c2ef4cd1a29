"""Boards of new models, of use beside score and price, and of list prices over time."""

import re
from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.archive.coverage import Coverage
from generator.base import formats
from generator.base.dates import Window, human_day
from generator.boards import adoption, sentences
from tests import sentence_rules as rules
from tests.sentence_rules import agreement_faults, counts, subjects
from tests.tiny_archive import LAST, TinyArchive, created_on, daily, listing, table
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
        "b/new is the only model new to the daily top 50 after 8 Nov 2026; it had 329 tokens in its first 30 "
        "days, of which 12 have passed (12 of 13 days; 19 Nov 2026 is missing)."
    )


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
