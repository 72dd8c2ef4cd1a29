"""Charts and boards of tokens in words, over generated days: no lead, tie, rise or count that the days lack."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.archive.daily_tokens import DailyTokens
from generator.archive.listings import Listings
from generator.base import attribution, formats
from generator.base.dates import Window, human_day
from generator.boards import (
    authors_used,
    model_days,
    outside_top_fifty,
    sentences,
    use_history,
    weekly,
    weekly_ranks,
)
from generator.boards.board import AnyBoard, Entity
from generator.boards.names import Names
from generator.boards.sources import Sources
from generator.charts.catalogue import (
    price_context,
    tok_author_panels,
    tok_history,
    tok_model,
    tok_rank_bump,
)
from tests import sentence_rules as rules
from tests.chart_samples import board as sample
from tests.sentence_rules import agreement_faults, objects

RULE = settings(rules.RULE, max_examples=60)
LAST = date(2026, 8, 20)
CREDIT = attribution.rankings(f"{LAST}T06:00:00Z")
AUTHORS = ("ada", "bo", "cy", "dee")
LISTINGS = ("ada/x", "ada/y", "bo/x", "cy/x", "dee/x")

Day = Mapping[str, int]

_DAY = st.dictionaries(st.sampled_from((*LISTINGS, "other")), st.integers(1, 5), min_size=2).filter(
    lambda day: day.keys() != {"other"}
)


@st.composite
def _archives(draw: st.DrawFn) -> DailyTokens:
    """One to three weeks of like days, some of which are of their own or missing."""
    every: list[Day] = []
    for _ in range(draw(st.integers(1, 3))):
        every += [draw(_DAY)] * 7
    for _ in range(draw(st.integers(0, 3))):
        every[draw(st.integers(0, len(every) - 1))] = draw(_DAY)
    first = LAST - timedelta(days=len(every) - 1)
    days = {first + timedelta(days=at): day for at, day in enumerate(every)}
    for lost in draw(st.lists(st.integers(1, len(every) - 2), max_size=2)):
        days.pop(first + timedelta(days=lost), None)
    return DailyTokens(days, CREDIT)


@dataclass(frozen=True)
class _Made:
    """What is made of the days of an archive."""

    daily: DailyTokens
    boards: Mapping[str, AnyBoard]

    def rows(self, id_: str, week: date | None = None) -> list[Any]:
        """The rows with a standing of their own, of one week if given."""
        every: list[Any] = [row for row in self.boards[id_].rows if row.standing != "other"]
        return every if week is None else [row for row in every if row.week == week]

    def is_whole(self, last: date, days: int = 7) -> bool:
        return self.daily.coverage(Window.ending(last, days)).whole

    def tokens(self, last: date, name: str = "", days: int = 7) -> int:
        """What an author has on the days that are held, or all have."""
        total = 0
        for day in Window.ending(last, days):
            for slug, tokens in self.daily.days.get(day, {}).items():
                total += tokens if not name or slug.startswith(f"{name}/") else 0
        return total

    def part(self, last: date, name: str, days: int = 7) -> Fraction:
        return Fraction(self.tokens(last, name, days), self.tokens(last, days=days))


def _boards(daily: DailyTokens) -> Iterator[AnyBoard]:
    names = Names(Listings([], [], {}), [])
    sources = Sources(today=LAST, names=names, daily_tokens=daily)
    for maker in (authors_used, outside_top_fifty, weekly, weekly_ranks, use_history):
        yield from maker.MAKER.make(sources)


def _weeks(*every: Day) -> DailyTokens:
    first = LAST - timedelta(days=7 * len(every) - 1)
    days = (day for day in every for _ in range(7))
    return DailyTokens({first + timedelta(days=at): day for at, day in enumerate(days)}, CREDIT)


_REST = {"ada/y": 1, "dee/x": 1}
# In floats the two equal gains differ.
_LEVEL_GAINS = _weeks(
    {"ada/x": 1, "bo/x": 1, "cy/x": 6, **_REST},
    {"ada/x": 2, "bo/x": 2, "cy/x": 4, **_REST},
)


# One archive serves all checks.
@RULE
@example(_LEVEL_GAINS)
@given(_archives())
def test_no_board_or_chart_of_tokens_says_more_than_the_days(daily: DailyTokens) -> None:
    made = _Made(daily, {str(board.id): board for board in _boards(daily)})
    for days in (7, 30):
        _authors_in_front_have_what_is_said(made, days)
    _the_part_outside_was_as_high_and_low_as_told(made)
    _the_newest_week_is_told_in_total(made)
    _authors_who_gained_and_lost_the_most_did(made)
    _who_leads_the_ranks_does_so_before_all_others(made)
    _the_highest_days_of_each_model_are_all_told(made)


def _authors_in_front_have_what_is_said(made: _Made, days: int) -> None:
    text = made.boards[f"authors-{days}d"].finding
    rows = made.rows(f"authors-{days}d")
    assert agreement_faults(text) == []
    found = re.match(
        r"(.+?) accounts? for (at least )?([\d.]+%) of tokens"
        r"(?:; (\w+) gained the most, (at least )?(\S+) percentage points)?(?: \(.+\))?\.$",
        text,
    )
    assert found, text
    told = _named(found[1])
    assert (" accounts " in text) == (len(told) == 1)
    least = min(made.tokens(LAST, name, days) for name in told)
    others = [row.author.id for row in rows if row.author.id not in told]
    assert all(made.tokens(LAST, name, days) <= least for name in others), text
    write = formats.share_at_least if found[2] else formats.share
    assert found[3] == write(float(sum(made.part(LAST, name, days) for name in told)))
    exact = all(row.total_tokens == row.total_tokens_high for row in rows if row.author.id in told)
    assert bool(found[2]) != exact, text
    assert (" days; " in text) != made.is_whole(LAST, days), text
    if found[4]:
        _gained_more_than_any_other(made, days, found[4], text)


def _gained_more_than_any_other(made: _Made, days: int, name: str, text: str) -> None:
    week_before = LAST - timedelta(days=7)
    assert made.is_whole(LAST, days)
    assert made.is_whole(week_before, days)
    gains = {
        author: made.part(LAST, author, days) - made.part(week_before, author, days)
        for author in AUTHORS
        if author == name or _has_every_listing(made, author, days + 7)
    }
    assert gains[name] > 0, text
    assert [author for author in gains if gains[author] >= gains[name]] == [name], text


def _has_every_listing(made: _Made, author: str, days: int) -> bool:
    """Whether no listing of the author was outside the top 50 on a day."""
    own = {slug for slug in LISTINGS if slug.startswith(f"{author}/")}
    return all(own <= made.daily.days[day].keys() for day in Window.ending(LAST, days))


def _named(text: str) -> list[str]:
    return re.split(", | and ", text)


def _the_part_outside_was_as_high_and_low_as_told(made: _Made) -> None:
    board = made.boards.get("other-share")
    ends = [day for day in made.daily.days if made.is_whole(day)]
    assert (board is None) == (not ends)
    if board is None:
        return
    parts = {end: _outside(made.daily, end) for end in ends}
    shares = {end: formats.share(float(part)) for end, part in parts.items()}
    newest = shares[ends[-1]]
    finding = board.finding
    assert finding.startswith(f"{newest} of tokens in the newest ")
    is_flat = len(set(shares.values())) == 1
    assert (" between " in finding) == (not is_flat), finding
    assert (" as in every " in finding) == (is_flat and len(ends) > 1), finding
    whole = (LAST - ends[0]).days + 1 == len(ends)
    assert ("whole weeks" in finding or "every whole week" in finding) == (
        not whole and len(ends) > 1
    ), finding
    if not is_flat:
        low, high = (
            formats.share(float(edge(parts.values())))  # type: ignore[operator]
            for edge in (min, max)
        )
        assert f"between {low} and {high} since" in finding


def _outside(daily: DailyTokens, end: date) -> Fraction:
    days = [daily.days[day] for day in Window.ending(end, 7)]
    return Fraction(
        sum(day.get("other", 0) for day in days), sum(sum(day.values()) for day in days)
    )


def _the_newest_week_is_told_in_total(made: _Made) -> None:
    text = tok_history.CHART.alt(made.boards["use-history.authors"])
    assert agreement_faults(text) == []
    week = f"the week to {human_day(LAST)}"
    assert (f"{week} (" in text) != made.is_whole(LAST), text
    total = formats.tokens_in_words(made.tokens(LAST))
    assert text.startswith(f"{total} tokens in {week}")


def _authors_who_gained_and_lost_the_most_did(made: _Made) -> None:
    board = made.boards["use-history.authors"]
    text = tok_author_panels.CHART.alt(board)
    assert agreement_faults(text) == []
    assert text.endswith(board.finding)
    words = text.removesuffix(board.finding).strip()
    first = min(row.week for row in made.rows(str(board.id)))
    if first == LAST:
        assert not words
        return
    in_both = [
        author for author in AUTHORS if made.tokens(first, author) and made.tokens(LAST, author)
    ]
    changes = {name: made.part(LAST, name) - made.part(first, name) for name in in_both}
    for week in (first, LAST):
        assert (f"to {human_day(week)} (" in words) != made.is_whole(week)
    if len(in_both) < 2:
        assert words.startswith(
            ("No author shown had", *(f"Of those shown, only {one} had" for one in in_both))
        )
        return
    assert words.startswith(f"Of the {len(in_both)} authors shown with")
    for verb, furthest in (("gained", max(changes.values())), ("lost", min(changes.values()))):
        moved = furthest > 0 if verb == "gained" else furthest < 0
        found = re.search(
            rf"(?:, |; )(?P<names>[\w, ]+?) {verb} the most, (?P<how>[^;]+?)[;.](?: |$)",
            words + " ",
        )
        assert bool(found) == (moved and formats.points(float(furthest)) != "±0"), text
        if found:
            level = [name for name in in_both if changes[name] == furthest]
            assert set(_named(found["names"])) == set(level), text
    still = all(formats.points(float(change)) == "±0" for change in changes.values())
    assert ("none gained or lost 0.1 percentage points" in words) == still, text


def _who_leads_the_ranks_does_so_before_all_others(made: _Made) -> None:
    text = tok_rank_bump.CHART.alt(made.boards["models-ranks"])
    assert agreement_faults(text) == []
    rows = made.rows("models-ranks", LAST)
    first = min(rows, key=lambda row: row.rank)
    tokens = {row.model_permaslug.id: _model_tokens(made, row.model_permaslug.id) for row in rows}
    own = tokens.pop(first.model_permaslug.id)
    assert ("is the only model" in text) == (not tokens), text
    if " leads in " in text and " firmly " not in text:
        assert all(other < own for other in tokens.values()), text
        assert first.rank_high == 1
    assert (f"the week to {human_day(LAST)} (" in text) != made.is_whole(LAST), text
    _who_climbed_the_most_places_did(made, text)


def test_a_leader_of_the_ranks_is_ahead_of_the_two_that_follow_it() -> None:
    boards = _boards(_weeks({"a/x": 9, "b/x": 6, "c/x": 4, "d/x": 2}))
    (ranks,) = [board for board in boards if board.id == "models-ranks"]
    text = tok_rank_bump.CHART.alt(ranks)
    week = f"in the week to {human_day(LAST)}"
    assert text.startswith(f"a/x leads {week}, ahead of b/x and c/x."), text


def _who_climbed_the_most_places_did(made: _Made, text: str) -> None:
    found = re.search(r"of the rest, (.+) climbed the most, (\d+) places?( each)?", text)
    if not found:
        return
    rows = made.rows("models-ranks")
    start = min(row.week for row in rows)
    before = {row.model_permaslug.name: row.rank for row in rows if row.week == start}
    now = {row.model_permaslug.name: row.rank for row in rows if row.week == LAST}
    climbs = {name: before[name] - rank for name, rank in now.items() if name in before}
    most = max(climbs.values())
    assert most == int(found[2])
    assert set(_named(found[1])) == {name for name in climbs if climbs[name] == most}, text


def _model_tokens(made: _Made, slug: str) -> int:
    days = (made.daily.days.get(day, {}) for day in Window.ending(LAST, 7))
    return sum(day.get(slug, 0) for day in days)


def _the_highest_days_of_each_model_are_all_told(made: _Made) -> None:
    names = Names(Listings([], [], {}), [])
    sources = Sources(today=LAST, names=names)
    by_model = model_days.days_by_model(sources, made.daily)
    outside = model_days.outside_rows(made.daily)
    for listing in LISTINGS:
        model = Entity(listing, "X", f"models/{listing}/")
        board = model_days.days_board(model, made.daily, by_model.get(listing, {}), outside)
        if board is not None and tok_model.CHART.applies_to(board):
            _the_highest_days_are_all_told(made, listing, board)


def _the_highest_days_are_all_told(made: _Made, listing: str, board: AnyBoard) -> None:
    text = tok_model.CHART.alt(board)
    tokens = {day: of_day[listing] for day, of_day in made.daily.days.items() if listing in of_day}
    best = [day for day in tokens if tokens[day] == max(tokens.values())]
    amount = formats.tokens_in_words(tokens[best[0]])
    if len(best) == len(tokens):
        assert text.startswith(f"It had {amount} tokens on each of its {len(tokens)} days "), text
        return
    listed = sentences.listed([human_day(day) for day in best])
    were = "was the highest" if len(best) == 1 else "were the highest"
    assert text.startswith(f"Of its {len(tokens)} days in the top 50, {listed} {were}, "), text
    assert f"with {amount} tokens{' each' if len(best) > 1 else ''}. " in text, text


@st.composite
def _offered(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Listings by their rank; of some the price or the context is not known."""
    rows: list[dict[str, Any]] = []
    for model in draw(rules.models(least=1)):
        price = draw(st.sampled_from(("-1", "", "0", "0.000001", "0.0000010", "0.000002")))
        context = draw(st.sampled_from((None, 8_192, 999_999, 1_000_000, 2_000_000)))
        rank = draw(st.sampled_from((None, len(rows) + 1)))
        values = {"model_permaslug": model, "prompt": price, "context_length": context}
        rows.append({**values, "rank": rank, "standing": "unranked"})
    return rows


def _million(slug: str, rank: int) -> dict[str, Any]:
    model = Entity(slug, slug)
    return {"model_permaslug": model, "prompt": "0.000001", "context_length": 10**6, "rank": rank}


@RULE
@example([_million("acme/ada", 1), _million("acme/bo", 2)])
@given(_offered())
def test_the_longest_context_and_the_lowest_price_of_a_million_are_those_of_what_is_drawn(
    rows: list[dict[str, Any]],
) -> None:
    board = sample("catalogue", "rank:rank prompt:price", rows)
    drawn = [
        row
        for row in rows
        if row["rank"] and row["prompt"] not in ("-1", "") and row["context_length"]
    ]
    assert price_context.CHART.applies_to(board) == bool(drawn)
    if not drawn:
        return
    text = price_context.CHART.alt(board)
    assert agreement_faults(text) == []
    models = (
        "most-used listing that states" if len(drawn) == 1 else f"{len(drawn)} most-used listings"
    )
    longest = formats.context(max(row["context_length"] for row in drawn))
    assert re.match(rf"The longest context window of the {models} .+ is {longest} tokens[.;]", text)
    paid = [row for row in drawn if row["context_length"] >= 10**6 and float(row["prompt"]) > 0]
    assert (" its input costs " in text) == (bool(paid) and len(drawn) == 1)
    assert (" start at " in text) == (bool(paid) and len(drawn) > 1)
    if paid and len(drawn) > 1:
        price = min(float(row["prompt"]) for row in paid)
        cheapest = [row["model_permaslug"] for row in paid if float(row["prompt"]) == price]
        names = sentences.model_names(row["model_permaslug"] for row in drawn)
        assert f" start at {formats.per_million(str(price))} " in text
        (subject,) = objects(text, names, "tokens:")
        assert subject.is_exactly(cheapest), text
