"""Boards: sums, ranks, shares and changes, from histories small enough to check by hand."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

import pytest

from generator.archive.coverage import Statement
from generator.archive.daily_tokens import DailyTokens
from generator.archive.listings import ListingHistory, Listings
from generator.base.attribution import rankings
from generator.base.dates import Window
from generator.boards import all_boards, frontier
from generator.boards.board import (
    AnyBoard,
    Board,
    BoardId,
    BoardRow,
    Column,
    Entity,
    Moved,
)
from generator.boards.names import Names
from generator.boards.sources import Sources
from generator.boards.totals import token_totals
from generator.endpoints.benchmarks import AnalysisRow, Pricing

LAST = date(2026, 11, 20)
TODAY = date(2026, 11, 21)


def usage(*days: dict[str, int]) -> DailyTokens:
    """A history whose last day is LAST."""
    credit = rankings("2026-11-21T06:17:00Z")
    tokens = {LAST - timedelta(days=len(days) - 1 - n): day for n, day in enumerate(days)}
    return DailyTokens(tokens, credit, dict.fromkeys(tokens, Statement(TODAY, credit)))


def entry(
    id_: str, slug: str, name: str, *, last: str = "2026-11-21", alias: str | None = None
) -> ListingHistory:
    return ListingHistory(id_, slug, name, 0, "2026-11-01", last, alias)


NAMES = Names(
    Listings(
        [],
        [
            entry("a/one", "a/one-20260101", "A: One"),
            entry("a/one:free", "a/one-20260101", "A: One (free)"),
            entry("~a/one-latest", "~a/one-latest", "A One Latest", alias="a/one"),
            entry("b/two", "b/two", "Two"),
        ],
        {},
    ),
    ["a/one-20260101:free", "stealth/x", "other"],
)


def board(history: DailyTokens, id_: str = "models-7d") -> AnyBoard:
    gathered = all_boards.gather(Sources(today=TODAY, names=NAMES, daily_tokens=history))
    assert gathered.failures == ()
    return gathered.boards[id_]


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleRow(BoardRow):
    """A row with a value of several kinds."""

    model_permaslug: Entity
    day: date
    s: tuple[int, ...]


WEEK_BEFORE = [{"b/two": 6, "a/one-20260101": 4, "other": 10}] * 7
THIS_WEEK = [{"a/one-20260101": 9, "b/two": 5, "stealth/x": 1, "other": 5}] * 7


def test_tokens_shares_and_ranks_are_of_whole_weeks() -> None:
    first, second, third, rest = board(usage(*WEEK_BEFORE, *THIS_WEEK)).rows
    assert [row["total_tokens"] for row in (first, second, third, rest)] == [63, 35, 7, 35]
    assert [row["share"] for row in (first, second, third, rest)] == [0.45, 0.25, 0.05, 0.25]
    assert [row["rank"] for row in (first, second, third, rest)] == [1, 2, 3, None]
    assert rest.standing == "other"
    assert first["change"] == pytest.approx(9 / 4 - 1)


def test_other_is_last_and_never_ranked_even_where_it_is_largest() -> None:
    rows = board(usage(*[{"other": 100, "b/two": 1}] * 14)).rows
    assert [row.entity("model_permaslug").id for row in rows] == ["b/two", "other"]
    assert rows[0]["rank"] == 1
    assert rows[0]["share"] == pytest.approx(1 / 101)


def test_new_returned_and_moved_are_told_apart() -> None:
    old = [{"stealth/x": 1, "b/two": 2}] * 7
    history = usage(*old, *WEEK_BEFORE, *THIS_WEEK)
    moved = {row.entity("model_permaslug").id: row["moved"] for row in board(history).ranked}
    assert moved == {
        "a/one-20260101": Moved(1, "up"),
        "b/two": Moved(-1, "down"),
        "stealth/x": Moved(None, "returned"),
    }
    fresh = {
        row.entity("model_permaslug").id: row["moved"]
        for row in board(usage(*WEEK_BEFORE, *THIS_WEEK)).ranked
    }
    assert fresh["stealth/x"] == Moved(None, "new")


def test_a_week_with_a_missing_day_is_compared_with_nothing() -> None:
    history = usage(*WEEK_BEFORE, *THIS_WEEK)
    days = {day: tokens for day, tokens in history.days.items() if day != LAST - timedelta(days=9)}
    found = board(DailyTokens(days, history.citation))
    assert {row["change"] for row in found.rows} == {None}
    assert all(row["moved"] == Moved(None, "unknown") for row in found.ranked)
    gone = {day: tokens for day, tokens in history.days.items() if day != LAST - timedelta(days=2)}
    assert any(
        "1 of 7 days is missing" in note
        for note in board(DailyTokens(gone, history.citation)).notes
    )


def test_absent_days_are_gaps_and_the_youngest_three_are_provisional() -> None:
    found = board(usage({"a/one-20260101": 3}, {"b/two": 2}, {"a/one-20260101": 4}))
    spark = next(r for r in found.rows if r.entity("model_permaslug").id == "a/one-20260101")[
        "spark"
    ]
    assert isinstance(spark, tuple)
    assert spark[-3:] == (3, None, 4)
    assert found.provisional == 3


def test_authors_are_summed_over_their_models_and_variants() -> None:
    history = usage(*[{"a/one-20260101": 3, "a/one-20260101:free": 2, "b/two": 4, "other": 1}] * 14)
    first, second, rest = board(history, "authors-7d").rows
    assert (first.entity("author").id, first["total_tokens"], first["models"]) == ("a", 35, 1)
    assert (second.entity("author").name, second["share"]) == ("b", 0.4)
    assert rest.standing == "other"


def test_movers_compare_only_models_of_both_weeks() -> None:
    rows = board(usage(*WEEK_BEFORE, *THIS_WEEK), "movers-7d").rows
    assert [(row.entity("model_permaslug").id, row["difference"]) for row in rows] == [
        ("a/one-20260101", 35),
        ("b/two", -7),
    ]


def test_a_variant_keeps_its_own_rank_and_shares_its_models_page() -> None:
    plain, free = NAMES.model("a/one-20260101"), NAMES.model("a/one-20260101:free")
    assert (plain.name, free.name) == ("One", "One (free)")
    assert plain.path == free.path == "models/a/one-20260101/"
    assert NAMES.model("a/one-20260101:batch").name == "One (batch)"


def test_an_unknown_slug_is_its_own_name_and_aliases_have_no_page() -> None:
    assert NAMES.model("stealth/x").name == "stealth/x"
    assert NAMES.pages == ["a/one-20260101", "b/two", "stealth/x"]
    assert NAMES.author("a").name == "A"


def test_the_finding_says_who_leads_and_for_how_long() -> None:
    finding = board(usage(*THIS_WEEK, *THIS_WEEK, *THIS_WEEK)).finding
    assert finding == ("One leads with 45.0% of tokens; it has led three 7-day periods in a row.")


def test_a_board_without_a_source_cannot_exist() -> None:
    with pytest.raises(ValueError, match="names no source"):
        Board(BoardId("x"), "X?", (Column("a", "A", "text"),), (), (), ("rankings-daily",))
    with pytest.raises(ValueError, match="names no source"):
        Board(BoardId("x"), "X?", (Column("a", "A", "text"),), (), (rankings("2026-11-20"),), ())


def test_the_frontier_keeps_what_no_cheaper_model_beats() -> None:
    prices = [("1", 10.0), ("1", 9.0), ("2", 10.0), ("3", 11.0)]
    rows = [
        AnalysisRow("", f"a/{at}", "", index, None, None, Pricing(price, price))
        for at, (price, index) in enumerate(prices)
    ]
    offers = frontier.offers(rows)
    assert [place.on_frontier for place in frontier.placed(offers)] == [True, False, False, True]
    assert frontier.blended(Decimal(4), Decimal(8)) == Decimal(5)


def test_records_are_plain_values_with_the_apis_own_field_names() -> None:
    columns = (
        Column("model_permaslug", "Model", "entity"),
        Column("day", "Day", "day"),
        Column("s", "S", "spark"),
    )
    row = SampleRow(model_permaslug=Entity("a/b", "B"), day=LAST, s=(1, 2))
    made = Board(
        BoardId("x"), "X?", columns, (row,), (rankings("2026-11-20"),), ("rankings-daily",)
    )
    assert made.records() == [
        {"model_permaslug": "a/b", "model_permaslug_name": "B", "day": "2026-11-20"}
    ]


def test_a_bound_is_the_last_of_the_top_fifty_and_never_other() -> None:
    history = usage({"a/one-20260101": 5, "b/two": 3, "other": 1})
    assert history.bound(LAST) == 3
    assert token_totals(history, Window(LAST, LAST)).all == 9


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedRow(BoardRow):
    """A row of nothing but a change of rank."""

    moved: Moved | None


def test_a_change_of_rank_is_a_number_and_what_happened_a_word_beside_it() -> None:
    changes = (Moved(2, "up"), Moved(0, "same"), Moved(None, "new"), Moved(None, "unknown"), None)
    made = Board(
        id=BoardId("made"),
        title="Made",
        columns=(Column("moved", "Change", "moved"),),
        rows=tuple(MovedRow(moved=moved) for moved in changes),
        citations=(rankings("2026-11-21T06:17:00Z"),),
        datasets=("rankings-daily",),
    )
    assert [(record["moved"], record["moved_how"]) for record in made.records()] == [
        (2, "up"),
        (0, "same"),
        (None, "new"),
        (None, "unknown"),
        (None, None),
    ]
