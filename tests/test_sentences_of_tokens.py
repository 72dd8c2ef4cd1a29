"""Sentences on tokens, over generated days: none claims a lead, a tie, a rise or a count that the rows lack."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.boards.board import AnyBoard
from generator.charts.catalogue import tok_rank_bump
from tests.tiny_archive import Day, TinyArchive, daily

_DAY = st.dictionaries(
    st.sampled_from(("a/x", "a/y", "b/x", "c/x", "other")), st.integers(1, 6), min_size=2
).filter(lambda day: day.keys() != {"other"})


@st.composite
def _successive_days(draw: st.DrawFn) -> list[Day]:
    """Up to three weeks of like days, a few of which are of their own."""
    every: list[Day] = []
    for _ in range(draw(st.integers(1, 3))):
        every += [draw(_DAY)] * 7
    for _ in range(draw(st.integers(0, 3))):
        every[draw(st.integers(0, len(every) - 1))] = draw(_DAY)
    return every[draw(st.integers(0, 6)) :]


@dataclass(frozen=True)
class _Made:
    """What a site says of successive days; rows are of any type, as their boards are."""

    days: Sequence[Day]
    boards: Mapping[str, AnyBoard]
    figures: Mapping[str, str]
    headline: str

    def ranked(self, id_: str) -> list[Any]:
        return list(self.boards[id_].ranked)


def _made(days: Sequence[Day]) -> _Made:
    with TemporaryDirectory() as folder:
        tiny = TinyArchive(Path(folder))
        tiny.rankings(daily(*days))
        site = tiny.site()
    figures = {figure.label: f"{figure.value} {figure.detail}" for figure in site.figures}
    return _Made(days, site.boards, figures, site.headline)


# One site serves all checks: making it is what takes the time.
@settings(max_examples=40, deadline=None, derandomize=True, database=None)
@given(_successive_days())
def test_no_sentence_on_tokens_says_more_than_the_rows(days: list[Day]) -> None:
    made = _made(days)
    _who_leads_has_the_most_on_every_choice_of_days(made)
    _windows_in_a_row_do_not_overlap(made)
    _a_share_moved_the_way_that_is_told_without_any_weekday(made)
    _who_gained_or_lost_the_most_did(made)
    _who_climbed_most_did_so_firmly(made)
    _pictures_in_words_name_all_that_are_level(made)


def _first(rows: Sequence[Any], key: str = "model_permaslug") -> set[str]:
    """The names with the most tokens."""
    most = max(row.total_tokens for row in rows)
    return {row.entity(key).name for row in rows if row.total_tokens == most}


def _named(text: str) -> list[str]:
    return re.split(", | and ", text)


def _who_leads_has_the_most_on_every_choice_of_days(made: _Made) -> None:
    sentences = [
        (id_, made.boards[id_].finding) for id_ in ("models-1d", "models-7d", "models-30d")
    ]
    for id_, text in [*sentences, ("models-7d", made.headline)]:
        rows = made.ranked(id_)
        if " leads with " in text:
            assert {text.partition(" leads")[0]} == _first(rows), text
            assert rows[0].rank_high == 1, text
        elif " are level with " in text:
            names = _named(text.partition(" are level")[0])
            assert set(names) == _first(rows) or names == [f"{len(_first(rows))} models"], text
        else:
            assert " but not firmly" in text or " have at least " in text, text


def _windows_in_a_row_do_not_overlap(made: _Made) -> None:
    found = re.search(r"has led (two|three) 7-day periods", made.boards["models-7d"].finding)
    if found:
        assert len(made.days) >= {"two": 14, "three": 21}[found[1]]


def _a_share_moved_the_way_that_is_told_without_any_weekday(made: _Made) -> None:
    found = re.search(r", (up|down) ([0-9.]+) percentage", made.boards["models-7d"].finding)
    if not found:
        return
    slug = made.ranked("models-7d")[0].model_permaslug.id
    sign = 1 if found[1] == "up" else -1
    for left_out in (None, *range(7)):
        now, before = made.days[-7:], made.days[-14:-7]
        assert sign * (_share(now, slug, left_out) - _share(before, slug, left_out)) > 0


def _share(days: Sequence[Day], slug: str, left_out: int | None) -> float:
    kept = [day for at, day in enumerate(days) if at != left_out]
    return sum(day.get(slug, 0) for day in kept) / sum(sum(day.values()) for day in kept)


def _who_gained_or_lost_the_most_did(made: _Made) -> None:
    text = made.boards["movers-7d"].finding
    rows: list[Any] = list(made.boards["movers-7d"].rows)
    for verb, sign in (("gained", 1), ("lost", -1)):
        pattern = rf"(?:^|; )([^;]+?) {verb} (the most, )?(at least )?(\d+) tokens"
        found = re.search(pattern, text)
        if not found:
            continue
        names = _named(found[1].removesuffix(", which entered the top 50,"))
        told = [row for row in rows if row.model_permaslug.name in names]
        assert len(told) == len(names), text
        for row in told:
            assert row.firm, text
            assert row.difference == sign * int(found[4]), text
            assert bool(found[3]) == (row.difference_low != row.difference_high), text
        others = [row for row in rows if row not in told]
        if found[2]:
            assert all(sign * row.difference < int(found[4]) for row in others), text


def _who_climbed_most_did_so_firmly(made: _Made) -> None:
    rows = made.ranked("models-7d")
    firm = [row for row in rows if row.firm and row.moved.how == "up"]
    places = [(row.moved_low, row.moved_high) for row in firm if row.days == row.days_before == 7]
    certain = max((low for low, _ in places), default=0)
    level = [(low, high) for low, high in places if high >= certain]
    for label, text in made.figures.items():
        found = re.search(r"up (\d+)(?:–(\d+))? place", text)
        if label.startswith("Biggest climber") and found:
            assert (int(found[1]), int(found[2] or found[1])) == level[0]
            assert ("climbers" in label) == (len(level) > 1)
    for label in made.figures:
        if label.startswith("Highest new entr"):
            assert not places
            new = [row for row in rows if row.moved.how == "new"]
            level = [row for row in new if row.rank_low <= new[0].rank_high]
            assert all(row.firm for row in level)
            assert label == f"Highest new {'entry' if len(level) == 1 else 'entries'}"


def _pictures_in_words_name_all_that_are_level(made: _Made) -> None:
    bump = tok_rank_bump.CHART.alt(made.boards["models-ranks"])
    newest = made.ranked("models-ranks")[-1].week
    [first] = [row for row in made.ranked("models-ranks") if row.week == newest and row.rank == 1]
    assert bump.startswith("No model firmly leads") == (first.rank_high > 1), bump

    for id_, key in (("models-weekly", "model_permaslug"), ("authors-weekly", "author")):
        rows = [row for row in made.ranked(id_) if row.week == made.ranked(id_)[-1].week]
        text = made.boards[id_].finding
        names = _first(rows, key)
        assert all(name in text for name in names) or f"{len(names)} names" in text, text
        assert (" each" in text) == (len(names) > 1), text
