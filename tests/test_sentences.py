"""No sentence claims a lead, a tie, a rise or a count that the rows do not have, whatever the rows."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, cast

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from generator.base import attribution, formats
from generator.base.dates import Window, human_day
from generator.boards import (
    app_shares,
    apps,
    author_profiles,
    catalogue,
    category_words,
    frontier,
    frontier_history,
    model_findings,
    parameters,
    prepared_comparisons,
    price_list,
    releases,
    sentences,
    task_lift,
    use_test_taste,
)
from generator.boards.app_shares import AppShareRow
from generator.boards.apps import AppRow
from generator.boards.author_profiles import AuthorWeekRow
from generator.boards.authors_used import AuthorUseRow
from generator.boards.board import Entity, Moved
from generator.boards.catalogue import CatalogueRow, ModalityRow
from generator.boards.frontier import FrontierRow, Offer
from generator.boards.frontier_comparison import first_and_newest
from generator.boards.frontier_history import CheapestRow, FrontierDayRow
from generator.boards.joined_models import Usage
from generator.boards.model_scores import ScoreRow
from generator.boards.model_tasks import ModelTask, ModelTaskRow
from generator.boards.parameters import ParameterRow
from generator.boards.prepared_comparisons import Candidate
from generator.boards.price_list import PriceRow
from generator.boards.rank_stability import RankRange
from generator.boards.releases import ReleaseRow
from generator.boards.task_lift import LiftRow
from generator.boards.use_test_taste import AgreementRow, WholeList
from generator.endpoints.benchmarks import AnalysisRow
from tests import sentence_rules as rules
from tests.sentence_rules import RULE, agreement_faults, counts, fractions, objects, subjects
from tests.typed_boards import row, typed_board

DAY = date(2026, 8, 20)
WINDOW = Window.ending(DAY, 30)


def best(rows: Sequence[Any], key: str, entity: str = "model_permaslug") -> list[Entity]:
    """Whose value is the highest of all rows that have one."""
    known = [one for one in rows if getattr(one, key) is not None]
    highest = max((getattr(one, key) for one in known), default=None)
    return [getattr(one, entity) for one in known if getattr(one, key) == highest]


# Names


@RULE
@given(rules.models(), rules.apps())
def test_no_two_models_and_no_two_apps_are_called_alike(
    models: list[Entity], used: list[Entity]
) -> None:
    for called in (sentences.model_names(models), sentences.app_names(used)):
        assert len(set(called.values())) == len(called)
        assert formats.UNNAMED not in called.values()


def test_of_more_than_four_names_three_are_told_and_the_others_counted() -> None:
    told = [sentences.listed(list("ABCDEFG")[:number]) for number in (1, 2, 4, 5, 7)]
    assert told == [
        "A",
        "A and B",
        "A, B, C and D",
        "A, B, C and 2 others",
        "A, B, C and 4 others",
    ]


def test_a_model_has_its_author_beside_it_only_where_another_has_its_short_name() -> None:
    ada = Entity("acme/ada", "Ada", author_name="Acme")
    other = Entity("zeta/ada", "Ada", author_name="Zeta")
    assert sentences.model_names([ada])[ada] == "Ada"
    assert list(sentences.model_names([ada, other]).values()) == ["Ada (Acme)", "Ada (Zeta)"]
    twin = Entity("acme/ada-2", "Ada", author_name="Acme")
    assert list(sentences.model_names([ada, twin]).values()) == [
        "Ada (Acme) (acme/ada)",
        "Ada (Acme) (acme/ada-2)",
    ]


def test_the_models_of_some_rows_are_told_from_those_of_all_rows() -> None:
    ada = Entity("acme/ada", "Ada", author_name="Acme")
    other = Entity("zeta/ada", "Ada", author_name="Zeta")
    rows = [
        PriceRow(
            model_permaslug=model,
            blended="0",
            prompt="0",
            completion="0",
            input_cache_read=None,
            context_length=None,
        )
        for model in (ada, other)
    ]
    assert sentences.models_listed(rows[:1], among=rows[:1]) == "Ada"
    assert sentences.models_listed(rows[:1], among=rows) == "Ada (Acme)"


def test_a_model_without_a_visible_name_keeps_its_id_where_another_is_called_so() -> None:
    unnamed = Entity("ada", formats.UNNAMED, author_name="Zeta")
    ada = Entity("acme/ada", "ada", author_name="Acme")
    assert list(sentences.model_names([unnamed, ada]).values()) == ["ada", "ada (Acme)"]


@RULE
@given(rules.models(least=1))
def test_who_leads_is_all_that_are_level_and_no_other(models: list[Entity]) -> None:
    names = sentences.model_names(models)
    sentence = sentences.leads(list(names.values()), "in votes")
    (subject,) = subjects(sentence, names, "leads" if len(models) == 1 else "share the lead")
    assert subject.is_exactly(models)
    assert agreement_faults(f"{sentence}.") == []


@RULE
@given(st.integers(0, 10**6))
def test_a_count_agrees_with_its_noun_and_a_rank_has_its_ending(number: int) -> None:
    assert agreement_faults(f"{formats.counted(number, 'model')}.") == []
    ending = formats.ordinal(number)[-2:]
    teen = number % 100 in (11, 12, 13)
    assert (ending == "st") is (number % 10 == 1 and not teen)
    assert (ending == "nd") is (number % 10 == 2 and not teen)
    assert (ending == "rd") is (number % 10 == 3 and not teen)


# Coding: used, tested, liked


_LEADS = "(?:leads|are level at the top)"


@st.composite
def agreements(draw: st.DrawFn) -> tuple[list[AgreementRow], list[WholeList]]:
    models = draw(rules.models())
    rows: list[AgreementRow] = []
    ranks = st.integers(1, 3)
    for model in models:
        use, test, taste = draw(ranks), draw(ranks), draw(ranks)
        rows.append(
            AgreementRow(
                model_permaslug=model,
                use_rank=use,
                use_rank_low=use,
                use_rank_high=use,
                use=1 / use,
                use_high=1 / use,
                test_rank=test,
                test_rank_low=test,
                test_rank_high=test,
                test=1 / test,
                taste_rank=taste,
                taste_rank_low=draw(st.integers(1, taste)),
                taste_rank_high=taste,
                taste=1 / taste,
                spread=max(use, test, taste) - min(use, test, taste),
            )
        )
    if rows:
        ranked = {f"{rank}_rank_low": 1 for rank in ("use", "test", "taste")}
        rows[0] = replace(rows[0], **ranked)
    of = st.integers(max(1, len(models)), 99)
    leader = models[:1] or [Entity("acme/ada", "Ada")]
    return rows, [WholeList(tuple(leader), draw(of)) for _ in range(3)]


@RULE
@given(agreements())
def test_who_leads_for_coding_is_told_of_the_common_models_and_of_each_whole_list(
    drawn: tuple[list[AgreementRow], list[WholeList]],
) -> None:
    rows, whole = drawn
    sentence = use_test_taste.finding(rows, whole)
    assert agreement_faults(sentence) == []
    assert bool(sentence) == bool(rows)
    if not rows:
        return
    names = sentences.model_names(row.model_permaslug for row in rows)
    common, everywhere = sentence.split(" Over each whole list, ")
    measures = ("coding requests", "the coding index", "Elo for code")
    for rank, words, one in zip(("use", "test", "taste"), measures, whole, strict=True):
        (lead,) = subjects(everywhere, names, f"(?:{_LEADS} )?in {words}")
        assert lead.is_exactly(one.leaders)
        assert f"in {words} ({formats.counted(one.models, 'model')})" in everywhere
        expected = [row.model_permaslug for row in rows if row[f"{rank}_rank_low"] == 1]
        if len(rows) > 1:
            (lead,) = subjects(common, names, f"(?:{_LEADS} )?in {words}")
            assert lead.is_exactly(expected)
    if len(rows) > 1:
        assert counts(common, "models covered by all three sources") == [len(rows)]
    else:
        (only,) = subjects(common, names, "is the only model covered by all three sources")
        assert only.is_exactly([rows[0].model_permaslug])


def test_a_leader_among_the_common_models_is_not_told_as_that_of_the_whole_list() -> None:
    ada, bo, cy = (
        Entity(f"acme/{name.lower()}", name, author="acme") for name in ("Ada", "Bo", "Cy")
    )
    ranks = ("use_rank_low", "test_rank_low", "taste_rank_low")
    rows = [
        row(AgreementRow, {"model_permaslug": model, "spread": 0} | dict.fromkeys(ranks, rank))
        for rank, model in enumerate((ada, bo), 1)
    ]
    whole = [WholeList((ada,), 17), WholeList((cy,), 124), WholeList((cy, ada), 106)]
    assert use_test_taste.finding(rows, whole) == (  # type: ignore[arg-type]
        "Of the 2 models covered by all three sources, Ada leads in coding requests, "
        "Ada in the coding index and Ada in Elo for code. Over each whole list, Ada leads in "
        "coding requests (17 models), Cy leads in the coding index (124 models) and "
        "Cy and Ada are level at the top in Elo for code (106 models)."
    )
    assert use_test_taste.disagreement(rows) == "The three rankings are the same."  # type: ignore[arg-type]


@RULE
@given(agreements())
def test_the_orders_differ_most_on_the_models_with_the_largest_spread(
    drawn: tuple[list[AgreementRow], list[WholeList]],
) -> None:
    rows, _ = drawn
    sentence = use_test_taste.disagreement(rows)
    assert agreement_faults(sentence) == []
    names = sentences.model_names(row.model_permaslug for row in rows)
    apart = objects(sentence, names, "differ the most on")
    largest = max((row.spread for row in rows), default=0)
    if len(rows) < 2:
        assert sentence == ""
    elif not largest:
        assert (sentence, apart) == ("The three rankings are the same.", [])
    else:
        assert apart[0].is_exactly(best(rows, "spread"))
        assert counts(sentence, "places?") == [largest]


# Apps


@st.composite
def app_rows(draw: st.DrawFn) -> list[AppRow]:
    used = draw(rules.apps())
    return [
        AppRow(
            rank=draw(st.integers(1, 3)),
            moved=Moved(None, "unknown"),
            app=app,
            total_tokens=draw(rules.amounts()),
            total_requests=draw(rules.amounts(2)),
            tokens_per_request=None,
        )
        for app in used
    ]


WHERE = st.sampled_from(("", "legal"))
WINDOWS = st.sampled_from((None, WINDOW, Window(DAY, DAY)))


@RULE
@given(app_rows(), WHERE, WINDOWS)
def test_the_most_used_apps_are_those_with_the_most_tokens_of_the_list(
    rows: list[AppRow], where: str, window: Window | None
) -> None:
    sentence = apps.popular_finding(rows, where, window)
    assert agreement_faults(sentence) == []
    assert bool(sentence) == bool(rows)
    names = sentences.app_names(row.app for row in rows)
    leaders = best(rows, "total_tokens", "app")
    most = max((row.total_tokens for row in rows), default=0)
    said = subjects(sentence, names, "used the most|share the lead|is the only listed app")
    assert len(said) == (1 if most else 0)
    assert all(one.is_exactly(leaders) for one in said)
    assert ("share the lead" in sentence) is (bool(most) and len(leaders) > 1)
    if len(rows) > 1:
        assert counts(sentence, "listed apps?") == [len(rows)]
    below = [row for row in rows if row.total_tokens < most]
    second = max((row.total_tokens for row in below), default=0)
    ahead = objects(sentence, names, "times as many as|just ahead of")
    assert bool(ahead) is (len(leaders) == 1 and second > 0)
    assert all(one.is_exactly(best(below, "total_tokens", "app")) for one in ahead)


def test_a_factor_of_one_has_a_decimal_and_takes_the_plural() -> None:
    lift = {"model_permaslug": Entity("a/x", "Ada"), "tag": Entity("law", "Law")}
    told = task_lift.finding([row(LiftRow, {**lift, "least_lift": 0.9, "most_lift": 1.0})])  # type: ignore[list-item]
    assert "at least 0.9 and at most 1.0 times as often as across all tasks" in told


def test_a_category_of_apps_is_a_place_in_the_same_words_as_one_of_models() -> None:
    rows = [row(AppRow, {"rank": 1, "app": Entity("1", "Ada"), "total_tokens": 1001})]
    for category in ("cli-agent", "codecategories"):
        place = category_words.within(category)
        for finding in (apps.popular_finding, apps.trending_finding):
            told = finding(rows, category, WINDOW)  # type: ignore[arg-type]
            assert told.startswith(f"Ada is the only listed app {place}"), told


def test_an_app_a_little_ahead_is_not_one_time_as_many() -> None:
    rows = [
        row(AppRow, {"rank": 1, "app": Entity("1", "Ada"), "total_tokens": 1001}),
        row(AppRow, {"rank": 2, "app": Entity("2", "Bo"), "total_tokens": 1000}),
    ]
    assert apps.popular_finding(rows, "legal", WINDOW) == (  # type: ignore[arg-type]
        "Of 2 listed apps in the legal category, Ada used the most: 1,001 tokens in 30 days, just ahead of Bo."
    )


@RULE
@given(app_rows(), WHERE, WINDOWS)
def test_the_app_that_grew_most_is_the_first_of_the_source_and_its_growth_is_no_number(
    rows: list[AppRow], where: str, window: Window | None
) -> None:
    sentence = apps.trending_finding(rows, where, window)
    assert agreement_faults(sentence) == []
    assert bool(sentence) == bool(rows)
    names = sentences.app_names(row.app for row in rows)
    first = min((row.rank for row in rows), default=0)
    leaders = [row.app for row in rows if row.rank == first]
    said = subjects(sentence, names, "added the most tokens|share the lead|is the only listed app")
    assert [one.is_exactly(leaders) for one in said] == [True] * bool(rows)
    assert bool(rows) is ("the amount is not published" in sentence)
    assert ("share the lead" in sentence) is (len(leaders) > 1)


@RULE
@given(app_rows())
def test_the_longest_and_the_shortest_requests_are_told_of_apps_that_have_requests(
    rows: list[AppRow],
) -> None:
    sentence = apps.request_sizes(rows)
    assert agreement_faults(sentence) == []
    counted = [row for row in rows if row.total_tokens and row.total_requests]
    assert bool(sentence) == bool(counted)
    names = sentences.app_names(row.app for row in rows)
    # As displayed: what differs behind the decimal point is level.
    sizes = {row.app: round(row.total_tokens / row.total_requests) for row in counted}
    most = [app for app in sizes if sizes[app] == max(sizes.values())]
    fewest = [app for app in sizes if sizes[app] == min(sizes.values())]
    if most != fewest:
        (high,) = subjects(sentence, names, "uses? the most tokens")
        (low,) = subjects(sentence, names, "uses? the fewest")
        assert high.is_exactly(most)
        assert low.is_exactly(fewest)
        assert counts(sentence, "apps?,") == [len(counted)]
    elif len(counted) > 1:
        assert rules.named(sentence, names) == set()
        assert counts(sentence, "apps use the same number") == [len(counted)]


def test_apps_whose_requests_are_all_as_long_are_told_by_their_count() -> None:
    rows = [
        AppRow(
            rank=1,
            moved=Moved(None, "unknown"),
            app=Entity(name, name),
            total_tokens=tokens,
            total_requests=10,
            tokens_per_request=None,
        )
        for name, tokens in (("one", 12_000), ("two", 12_003))  # 1,200.3 of the second
    ]
    assert apps.request_sizes(rows) == (
        "All 2 apps use the same number of tokens per request, 1,200."
    )


@st.composite
def share_rows(draw: st.DrawFn) -> list[AppShareRow]:
    rows: list[AppShareRow] = []
    kinds = draw(st.lists(st.sampled_from(("game", "legal", "art", "video")), unique=True))
    number = 100
    for kind in kinds:
        amounts = sorted(draw(st.lists(st.integers(1, 3), min_size=1, max_size=4)), reverse=True)
        for place, tokens in enumerate(amounts[:3], 1):
            number += 1
            rows.append(
                AppShareRow(
                    subcategory=kind,
                    kind=kind.title(),
                    place=place,
                    app=Entity(f"{number}", draw(st.sampled_from(("Ada", "Bo", "Cy")))),
                    total_tokens=tokens,
                    share=tokens / sum(amounts),
                    listed=len(amounts),
                )
            )
    return rows


@RULE
@given(share_rows())
def test_the_largest_share_of_a_kind_of_app_is_told_of_lists_of_several(
    rows: list[AppShareRow],
) -> None:
    sentence = app_shares.finding(rows)
    assert agreement_faults(sentence) == []
    assert bool(sentence) == bool(rows)
    if not rows:
        return
    names = sentences.app_names(row.app for row in rows)
    contested = [row for row in rows if row.listed > 1] or rows
    assert rules.named(sentence, names) == set(best(contested, "share", "app"))
    kinds = {row.subcategory for row in contested}
    assert counts(sentence, "kinds of app") == ([len(kinds)] if len(kinds) > 1 else [])
    top = max(row.share for row in contested)
    level = {row.subcategory for row in contested if row.share == top}
    assert ("level with that" in sentence) is (len(level) > 1)
    listed = {row.listed for row in contested if row.share == top and row.listed > 1}
    assert set(counts(sentence, "listed apps")) == listed


# Authors and models


@st.composite
def used_authors(draw: st.DrawFn) -> list[AuthorUseRow]:
    tokens = sorted(draw(st.lists(rules.amounts(), max_size=6)), reverse=True)
    names = ("Acme", "Zeta", "Yoyo", "Xeno", "Wave", "Vino")
    values = [
        {
            "rank": rank,
            "rank_low": rank,
            "rank_high": rank + amount % 2,
            "author": Entity(name.lower(), name),
            "total_tokens": amount,
            "share": amount / 100,
        }
        for rank, (name, amount) in enumerate(zip(names, tokens, strict=False), 1)
    ]
    rows = [row(AuthorUseRow, one) for one in values]
    return [one for one in rows if isinstance(one, AuthorUseRow)]


@RULE
@given(used_authors(), st.integers(0, 6), rules.amounts())
def test_an_authors_place_is_that_of_its_row_and_level_only_with_equals(
    ranked: list[AuthorUseRow], at: int, offered: int
) -> None:
    place = ranked[at] if at < len(ranked) else None
    entity = place.author if place else Entity("lost", "Lost")
    sentence = author_profiles.finding(entity, place, ranked, offered)
    assert agreement_faults(sentence) == []
    names = {row.author: row.author.name for row in ranked} | {entity: entity.name}
    assert counts(sentence, "models? available") == ([offered] if offered else [])
    assert ("this week" in sentence) is (bool(place) or bool(ranked and offered))
    level = objects(sentence, names, "level with")
    if place is None:
        assert "ranks" not in sentence
        assert level == []
        return
    assert place.rank_low is not None
    assert place.rank_high is not None
    rank = ordinals(place.rank_low, place.rank_high)
    assert f"ranks {rank} of {formats.counted(len(ranked), 'author')} " in sentence
    equals = [
        row.author for row in ranked if row.total_tokens == place.total_tokens and row is not place
    ]
    assert [one.is_exactly(equals) for one in level] == [True] * bool(equals)


@RULE
@given(st.lists(st.tuples(rules.amounts(), st.integers(0, 2)), max_size=5), st.integers(0, 3))
def test_an_authors_largest_share_is_of_the_weeks_looked_at(
    known: list[tuple[int, int]], gaps: int
) -> None:
    shares = [share for share, _ in known]
    rows = [
        row(
            AuthorWeekRow,
            {
                "week": DAY - timedelta(days=7 * back),
                "share": share / 10,
                "share_high": (share + hidden) / 10,
            },
        )
        for back, (share, hidden) in enumerate(known)
    ]
    weeks = len(rows) + gaps
    sentence = author_profiles.largest_share("Acme", rows[::-1], weeks)
    assert agreement_faults(sentence) == []
    assert bool(sentence) == bool(rows)
    if not rows:
        return
    top = [row for row in rows if row.share == max(shares) / 10]
    is_bound = top[0].share_high > top[0].share
    write = formats.share_at_least if is_bound else formats.share
    assert write(max(shares) / 10) in sentence
    # The rows are of falling age: the first of them is the newest.
    assert f"the week to {author_profiles.human_day(top[0].week)}" in sentence
    assert counts(sentence, "weeks") == ([weeks] if weeks > 1 else [])
    assert counts(sentence, "of them") == ([len(top)] if len(top) > 1 else [])
    assert ("at least" in sentence) == is_bound
    as_large = [one for one in rows if one not in top and one.share_high >= top[0].share]
    is_open = weeks > 1 and (gaps > 0 or bool(as_large))
    assert ("as far as the daily top 50 shows" in sentence) == is_open


@st.composite
def scores(draw: st.DrawFn) -> list[ScoreRow]:
    measures = ("Intelligence index", "Coding index", "Agentic index", "website (models)")
    rows: list[ScoreRow] = []
    for name in draw(st.lists(st.sampled_from(measures), unique=True)):
        of = draw(st.sampled_from((1, 9, 10, 99)))
        rank = draw(st.integers(1, of))
        index = name.endswith("index")
        rows.append(
            ScoreRow(
                source="Artificial Analysis" if index else "Design Arena",
                measure=Entity(name, name),
                score=1.0,
                rank=rank,
                rank_low=rank,
                rank_high=draw(st.integers(rank, of)),
                of=of,
                tournaments=None,
                as_of="20 Aug 2026",
                day=date(2026, 8, 20),
            )
        )
    return rows


@st.composite
def standings(draw: st.DrawFn) -> Usage | None:
    if draw(st.booleans()):
        return None
    rank, wide = draw(st.integers(1, 30)), draw(st.integers(0, 3))
    share, of = draw(st.sampled_from((0.0, 0.07))), draw(st.integers(33, 60))
    ranks, most = RankRange(rank, rank + wide), draw(st.sampled_from((1, 2)))
    return Usage(tokens=1, tokens_high=most, share=share, rank=rank, ranks=ranks, of=of)


_TASKS = ("Chat", "Review", "Translation", "Web Search")


def model_tasks(leads: Sequence[bool], day: str) -> list[ModelTask]:
    """A model's tasks, of which it leads some, as the source stated them on a day."""
    found: list[ModelTask] = []
    for name, leads_alone in zip(_TASKS, leads, strict=False):
        board = typed_board(
            f"task.{name}",
            [],
            title=name,
            columns=(),
            citations=(attribution.rankings(day),),
            datasets=("task-classifications",),
            task=Entity(name, name),
        )
        made = row(ModelTaskRow, {"tag": Entity(name, name), "model_rank": 1})
        found.append(ModelTask(board, made, leads_alone))  # type: ignore[arg-type]
    return found


def ordinals(low: int, high: int) -> str:
    first, last = formats.ordinal(low), formats.ordinal(high)
    return first if low == high else f"{first} to {last}"


_DAY, _EARLIER = date(2026, 8, 20), "2026-08-19"


@RULE
@given(
    rules.models(least=1, most=1),
    standings(),
    scores(),
    st.lists(st.booleans(), max_size=4),
    st.sampled_from((str(_DAY), _EARLIER)),
)
def test_a_model_is_told_with_the_ranges_of_its_ranks_and_the_tasks_that_it_leads_alone(
    models: list[Entity],
    standing: Usage | None,
    listed: list[ScoreRow],
    leads: list[bool],
    day: str,
) -> None:
    (model,) = models
    sentence = model_findings.finding(model, standing, listed, model_tasks(leads, day), _DAY)
    assert agreement_faults(sentence) == []
    assert len(objects(f". {sentence}", sentences.model_names(models), r"\.")) == 1
    long = {row.measure.name: row for row in listed if row.of >= 10}
    ordered = ("Intelligence index", "Coding index", "Agentic index", "website (models)")
    told = next((long[name] for name in ordered if name in long), None)
    places: list[tuple[RankRange, int, str]] = []
    if standing:
        places.append((standing.ranks, standing.of, "tokens this week"))
        exact = standing.tokens == standing.tokens_high
        write = formats.share if exact else formats.share_at_least
        least = "" if exact else "at least "
        assert f", with {least}{write(standing.share)} of the tokens" in sentence
    if told:
        is_index = told.measure.name.endswith(" index")
        named = f"the {told.source} " if is_index else f"{told.source}, "
        places.append((told.ranks, told.of, f"{named}{told.measure.name}"))
    assert sentence.count("ranks") == len(places)
    for ranks, of, by in places:
        where = ordinals(ranks.low, ranks.high)
        assert f"ranks {where} of {formats.counted(of, 'model')} by {by}" in sentence
    firsts = [name for name, first in zip(_TASKS, leads, strict=False) if first]
    assert ("handles the most requests for" in sentence) is bool(firsts)
    more = len(firsts) - 2
    leading = firsts[:2] + ([formats.counted(more, "other task")] if more > 0 else [])
    assert f"requests for {formats.list_in_words(leading)}" in sentence or not firsts
    # Days are named where parts of the sentence rest on different ones, and only there.
    differ = bool(places and firsts) and day == _EARLIER
    assert sentence.count("(20 Aug 2026)") == (len(places) if differ else 0)
    assert sentence.count("(19 Aug 2026)") == int(differ)
    nothing = not places and not listed and not leads
    assert ("is not currently ranked" in sentence) is nothing


# The catalog


@st.composite
def catalogue_rows(draw: st.DrawFn) -> list[CatalogueRow]:
    prices = st.sampled_from(("0", "0.000001", "0.000002"))
    return [
        CatalogueRow(
            rank=None,
            model_permaslug=model,
            prompt=draw(prices),
            completion=draw(prices),
            context_length=draw(st.sampled_from((8192, 128_000, 1_000_000))),
            intelligence_index=None,
            total_tokens=None,
            input_modalities="text",
            output_modalities="text",
            created=None,
            open_weights=False,
            tools=False,
            structured_outputs=False,
            reasoning=False,
        )
        for model in draw(rules.models())
    ]


@RULE
@given(catalogue_rows())
def test_listings_and_free_ones_are_counted(rows: list[CatalogueRow]) -> None:
    sentence = catalogue.finding(rows)
    assert agreement_faults(sentence) == []
    free = sum(1 for row in rows if row.prompt == "0" == row.completion)
    if len(rows) > 1:
        assert counts(sentence, "models and variants") == [len(rows)]
        assert counts(sentence, "of them free") == ([free] if free else [])
    elif rows:
        assert sentence.endswith("it is free.") is bool(free)
    else:
        assert sentence == ""


@RULE
@given(st.lists(rules.amounts(3), max_size=4), rules.amounts(3))
def test_the_most_common_modalities_are_those_of_most_listings(
    models: list[int], more: int
) -> None:
    pairs = [("text", "text"), ("image", "text"), ("text", "image"), ("audio", "text")]
    rows = [
        ModalityRow(
            input_modality=into,
            output_modality=out,
            models=count,
            input_models=count,
            output_models=count,
        )
        for (into, out), count in zip(pairs, models, strict=False)
    ]
    listings = max(models, default=0) + more
    sentence = catalogue.modality_finding(rows, listings, more)
    assert agreement_faults(sentence) == []
    assert bool(sentence) == bool(listings)
    if listings and rows:
        common = {f"{row.input_modality} to {row.output_modality}" for row in rows}
        most = max(models)
        expected = {
            f"{row.input_modality} to {row.output_modality}" for row in rows if row.models == most
        }
        assert {pair for pair in common if pair in sentence} == expected
        assert fractions(sentence) == [(most, listings), (more, listings)]


@RULE
@given(st.lists(rules.amounts(3), max_size=7), rules.amounts(3))
def test_the_most_widely_supported_parameters_are_those_of_most_listings(
    models: list[int], more: int
) -> None:
    listings = max(models, default=0) + more + 1
    named = ["tools", "seed", "stop", "top_p", "top_k", "min_p", "logprobs"]
    rows = [
        ParameterRow(rank=1, parameter=name, models=count, share=count / listings)
        for name, count in zip(named, models, strict=False)
    ]
    sentence = parameters.finding(rows, listings)
    assert agreement_faults(sentence) == []
    assert bool(sentence) == bool(rows)
    if rows:
        names = {Entity(row.parameter, row.parameter): row.parameter for row in rows}
        expected = [
            Entity(row.parameter, row.parameter) for row in rows if row.models == max(models)
        ]
        (said,) = objects(sentence, names, "supported parameters? (?:is|are)")
        assert said.is_exactly(expected)
        assert fractions(sentence) == [(max(models), listings)]
        assert sentence.endswith(" each.") is (len(expected) > 1)


@RULE
@given(st.integers(0, 3), st.integers(0, 3))
def test_models_added_in_a_month_are_counted_of_all_on_offer(added: int, more: int) -> None:
    sentence = releases.finding(added, DAY.replace(day=1), added + more)
    assert agreement_faults(sentence) == []
    assert bool(sentence) == bool(added + more)
    if sentence:
        assert counts(sentence, "available models?") == [added + more]
        assert counts(sentence, "(?:was|were) added in Aug 2026") == [added]


@RULE
@given(
    st.lists(
        st.tuples(st.integers(1, 4), st.sampled_from(("Acme", "Zeta", "Yoyo")), st.integers(1, 2))
    )
)
def test_who_added_most_models_and_when_is_that_of_the_rows(
    drawn: list[tuple[int, str, int]],
) -> None:
    rows = [
        ReleaseRow(month=date(2026, month, 1), author=Entity(name.lower(), name), models=count)
        for month, name, count in drawn
    ]
    sentence = releases.most_added(rows)
    assert agreement_faults(sentence) == []
    assert bool(sentence) == bool(rows)
    if not rows:
        return
    authors = {row.author: row.author.name for row in rows}
    sums = {author: sum(row.models for row in rows if row.author == author) for author in authors}
    months = {row.month: 0 for row in rows}
    for one in rows:
        months[one.month] += one.models
    (said,) = subjects(sentence, authors, "leads|share the lead")
    assert said.is_exactly([name for name in sums if sums[name] == max(sums.values())])
    busiest = {
        releases.month_in_words(day) for day in months if months[day] == max(months.values())
    }
    named = sentence.partition("busiest")[2]
    every = {releases.month_in_words(day) for day in months}
    assert {month for month in every if month in named} == busiest
    assert counts(sentence, "models? added since") == [sum(sums.values())]


def test_months_in_which_as_many_models_were_added_are_told_together() -> None:
    rows = [
        ReleaseRow(month=date(2026, month, 1), author=Entity(name.lower(), name), models=count)
        for month, name, count in ((1, "Acme", 2), (2, "Zeta", 1), (2, "Yoyo", 1))
    ]
    added = "added since Jan 2026 and still available"
    assert releases.most_added(rows) == (
        f"Of 4 models {added}, Acme leads with 2; "
        "the busiest months are Jan 2026 and Feb 2026, with 2 each."
    )
    assert releases.most_added(rows[:2]) == (
        f"Of 3 models {added}, Acme leads with 2; the busiest month is Jan 2026, with 2."
    )


@st.composite
def price_rows(draw: st.DrawFn) -> list[PriceRow]:
    rows: list[PriceRow] = []
    for model in draw(rules.models()):
        variant = draw(st.sampled_from(("", "free", "batch", "thinking")))
        price = "0" if variant == "free" else draw(st.sampled_from(("0", "0.000001", "0.000002")))
        slug = f"{model.id}:{variant}" if variant else model.id
        rows.append(
            PriceRow(
                model_permaslug=replace(model, id=slug),
                blended=price,
                prompt=price,
                completion=price,
                input_cache_read=None,
                context_length=None,
            )
        )
    return rows


@RULE
@given(price_rows())
def test_the_cheapest_listing_is_told_of_those_that_cost_money_and_are_no_batch(
    rows: list[PriceRow],
) -> None:
    sentence = price_list.finding(rows)
    assert agreement_faults(sentence) == []
    free = [row for row in rows if row.blended == "0"]
    paid = [row for row in rows if row.blended != "0"]
    plain = [row for row in paid if not row.model_permaslug.id.endswith(":batch")]
    assert bool(sentence) == bool(plain)
    if not plain:
        return
    names = sentences.model_names(row.model_permaslug for row in rows)
    lowest = min(row.blended for row in plain)
    (said,) = subjects(sentence, names, "is the cheapest|share the lowest price")
    assert said.is_exactly([row.model_permaslug for row in plain if row.blended == lowest])
    assert f": {formats.per_million(lowest)} per million tokens" in sentence
    assert ("batch variants apart" in sentence) is (len(plain) < len(paid))
    assert counts(sentence, "listings? (?:is|are) free") == ([len(free)] if free else [])
    variants = sum(1 for row in free if row.model_permaslug.id.endswith(":free"))
    if len(free) == 1:
        assert ("(a free variant)" in sentence) is (variants == 1)
    else:
        assert counts(sentence, "of them (?:a )?free variants?") == ([variants] if variants else [])
    assert counts(sentence, "others?|listings?") == (
        [len(free), len(plain)] if free else [len(plain)]
    )


# The frontier


@st.composite
def frontier_rows(draw: st.DrawFn) -> list[FrontierRow]:
    """Rows as the board makes them of offers, with equal scores and equal prices among them."""
    offers: list[Offer] = []
    entities: dict[str, Entity] = {}
    for model in draw(rules.models()):
        price = Decimal(draw(st.integers(0, 2))) / 1_000_000
        index = float(draw(st.sampled_from((30, 40, 47))))
        named = AnalysisRow("artificial-analysis", model.id, model.name, index, None, None)
        offers.append(Offer(named, index, price, price, price))
        entities[model.id] = model
    offers.sort(key=lambda one: (one.price, -one.index, one.row.model_permaslug))
    places = {place.offer.row.model_permaslug: place for place in frontier.placed(offers)}
    rows: list[FrontierRow] = []
    for one in offers:
        place = places.get(one.row.model_permaslug)
        rival = place.rival if place else None
        rows.append(
            FrontierRow(
                model_permaslug=entities[one.row.model_permaslug],
                intelligence_index=one.index,
                prompt=f"{one.price:f}",
                completion=f"{one.price:f}",
                blended=f"{one.price:f}",
                on_frontier="yes" if place and place.on_frontier else "",
                beaten_by=entities[rival.row.model_permaslug] if rival else None,
            )
        )
    return rows


def unbeaten(rows: list[FrontierRow]) -> list[FrontierRow]:
    """The paid models for which no other scores higher for the same price, or as high for less."""
    paid = [row for row in rows if frontier.price(row) > 0]

    def beats(one: FrontierRow, other: FrontierRow) -> bool:
        scores = (one.intelligence_index, other.intelligence_index)
        prices = (frontier.price(one), frontier.price(other))
        higher = scores[0] > scores[1] and prices[0] <= prices[1]
        return higher or (scores[0] == scores[1] and prices[0] < prices[1])

    return [row for row in paid if not any(beats(other, row) for other in paid)]


@RULE
@given(frontier_rows())
def test_the_frontier_has_the_paid_models_that_nothing_beats_and_counts_them(
    rows: list[FrontierRow],
) -> None:
    sentence = frontier.finding(rows)
    assert agreement_faults(sentence) == []
    paid = [row for row in rows if frontier.price(row) > 0]
    assert [row for row in rows if row.on_frontier] == unbeaten(rows)
    assert all((row.beaten_by is None) is bool(row.on_frontier) for row in paid)
    assert fractions(sentence) == ([(len(unbeaten(rows)), len(paid))] if paid else [])


@RULE
@given(frontier_rows())
def test_the_frontier_is_told_from_its_cheapest_to_its_best(rows: list[FrontierRow]) -> None:
    sentence = frontier.finding(rows)
    names = sentences.model_names(row.model_permaslug for row in rows if frontier.price(row) > 0)
    lowest = min((frontier.price(row) for row in unbeaten(rows)), default=None)
    cheapest = [row.model_permaslug for row in unbeaten(rows) if frontier.price(row) == lowest]
    highest = best(unbeaten(rows), "intelligence_index")
    told = [*objects(sentence, names, "best value,(?: from)?"), *objects(sentence, names, r"\) to")]
    expected = [cheapest, highest] if set(cheapest) != set(highest) else [cheapest]
    assert len(told) == (len(expected) if cheapest else 0)
    assert all(one.is_exactly(those) for one, those in zip(told, expected, strict=False))


@RULE
@given(frontier_rows())
def test_the_cheapest_near_the_top_is_paid_within_seven_points_and_none_costs_less(
    rows: list[FrontierRow],
) -> None:
    found = frontier.cheapest_near_top(rows)
    top = max((row.intelligence_index for row in rows), default=0.0)
    near = [row for row in rows if frontier.price(row) > 0 and top - row.intelligence_index <= 7]
    lowest = min((frontier.price(row) for row in near), default=None)
    assert found == [row for row in near if frontier.price(row) == lowest]


def test_seven_points_below_the_top_are_near_it_whatever_floats_make_of_them() -> None:
    assert 64.4 - 57.4 > 7
    rows = [
        row(FrontierRow, {"intelligence_index": index, "blended": price})
        for index, price in ((64.4, "0.000002"), (57.4, "0.000001"))
    ]
    assert frontier.cheapest_near_top(rows) == [rows[1]]  # type: ignore[arg-type,comparison-overlap]


@st.composite
def frontier_days(draw: st.DrawFn) -> tuple[list[FrontierDayRow], date, date]:
    days = [DAY - timedelta(days=back) for back in range(draw(st.integers(1, 3)))][::-1]
    known = draw(rules.models())
    rows = [
        FrontierDayRow(
            day=day,
            era=1,
            model_permaslug=model,
            intelligence_index=float(draw(rules.amounts())),
            prompt="0.000001",
            completion="0.000001",
            blended="0.000001",
        )
        for day in days
        for model in known
        if draw(st.booleans())
    ]
    return rows, days[0], days[-1]


def test_the_frontier_is_compared_with_the_day_that_its_chart_draws_at_most_a_year_ago() -> None:
    start, within = DAY - timedelta(days=400), DAY - timedelta(days=365)
    rows: list[FrontierDayRow] = []
    for day in (start, within, DAY):
        values = {"day": day, "era": 1, "model_permaslug": Entity("a/x", "X")}
        rows.append(cast(FrontierDayRow, row(FrontierDayRow, values)))
    sentence = frontier_history.finding(rows, start, DAY, rebased=True)
    assert f"compared with {human_day(within)}, 0 are new" in sentence
    assert first_and_newest(rows)[0][0].day == within
    assert f"re-based by {human_day(start)}" in sentence


@RULE
@given(frontier_days(), st.booleans())
def test_what_is_new_on_the_frontier_is_counted_against_the_first_day_of_the_era(
    drawn: tuple[list[FrontierDayRow], date, date], rebased: bool
) -> None:
    rows, first_day, last_day = drawn
    sentence = frontier_history.finding(rows, first_day, last_day, rebased=rebased)
    assert agreement_faults(sentence) == []
    before = {row.model_permaslug for row in rows if row.day == first_day}
    now = {row.model_permaslug for row in rows if row.day == last_day}
    assert counts(sentence, "models? (?:is|are) on the frontier") == [len(now)]
    assert ("compared with" in sentence) is (first_day < last_day)
    if first_day < last_day:
        assert counts(sentence, "(?:is|are) new") == [len(now - before)]
        assert counts(sentence, "(?:is|are) no longer on it") == [len(before - now)]
        names = sentences.model_names(row.model_permaslug for row in rows)
        assert rules.named(sentence, names) <= now - before
    assert ("re-based" in sentence) is rebased


@RULE
@given(frontier_days())
def test_the_highest_score_on_the_frontier_is_of_its_newest_day(
    drawn: tuple[list[FrontierDayRow], date, date],
) -> None:
    rows, _, _ = drawn
    sentence = frontier_history.highest_score(rows)
    assert agreement_faults(sentence) == []
    newest = max((row.day for row in rows), default=None)
    of_day = [row for row in rows if row.day == newest]
    names = sentences.model_names(row.model_permaslug for row in rows)
    said = objects(sentence, names, r"[\d.]+, of")
    expected = best(of_day, "intelligence_index")
    assert [one.is_exactly(expected) for one in said] == [True] * bool(rows)


@RULE
@given(st.lists(st.sampled_from((30, 40, 50, 60)), unique=True), rules.models(least=1, most=1))
def test_each_level_has_its_own_least_price(levels: list[int], models: list[Entity]) -> None:
    rows = [
        CheapestRow(
            day=DAY,
            era=1,
            level=level,
            **dict.fromkeys(("prompt", "completion", "blended"), f"0.0000{level}"),
            model_permaslug=models[0],
        )
        for level in levels
    ]
    sentence = frontier_history.cheapest_finding(rows, DAY)
    assert agreement_faults(sentence) == []
    assert sorted(counts(sentence, "or more")) == sorted(levels)
    assert all(f"{level} or more" in sentence for level in levels)
    assert all(formats.per_million(f"0.0000{level}") in sentence for level in levels)
    assert frontier_history.cheapest_finding(rows, DAY + timedelta(days=1)) == ""


# Prepared comparisons


@RULE
@given(rules.models(least=2), st.integers(2, 4), st.data())
def test_a_prepared_comparison_claims_the_first_places_only_where_no_other_has_them(
    models: list[Entity], count: int, data: st.DataObject
) -> None:
    assume(count <= len(models))
    values = data.draw(st.lists(rules.amounts(), min_size=len(models), max_size=len(models)))
    values.sort(reverse=True)
    candidates = [Candidate(*pair) for pair in zip(models, values, strict=True)]
    # One that has no page may be passed over.
    passed = data.draw(st.sampled_from((None, 0)))
    chosen = [one for at, one in enumerate(candidates) if at != passed][:count]
    assume(len(chosen) == count)
    sentence = prepared_comparisons.finding("most used models", chosen, candidates)
    rest = [one.value for one in candidates if one not in chosen]
    clear = max(rest, default=-1) < min(one.value for one in chosen)
    words = {2: "two", 3: "three", 4: "four"}[count]
    assert sentence == (
        f"The {words} most used models, side by side."
        if clear
        else f"{words.capitalize()} of the most used models, side by side."
    )


@pytest.mark.parametrize("name", [formats.UNNAMED, "Acme: Ada"])
def test_the_only_app_of_a_list_is_called_by_its_number_where_it_has_no_name(name: str) -> None:
    rows = [row(AppRow, {"rank": 1, "app": Entity("7", name), "total_tokens": 5})]
    called = "App 7" if name == formats.UNNAMED else name
    assert apps.popular_finding(rows, "", WINDOW) == (  # type: ignore[arg-type]
        f"{called} is the only listed app: 5 tokens in 30 days."
    )


def test_a_model_that_may_have_as_much_leaves_open_who_the_first_are() -> None:
    ada, bo, cy = (
        Candidate(Entity(name, name), value) for name, value in (("a", 3), ("b", 2), ("c", 1))
    )
    finding = prepared_comparisons.finding
    assert (
        finding("first models", [ada, bo], [ada, bo, cy]) == "The two first models, side by side."
    )
    open_ = replace(cy, most=2)
    assert (
        finding("first models", [ada, bo], [ada, bo, open_])
        == "Two of the first models, side by side."
    )
