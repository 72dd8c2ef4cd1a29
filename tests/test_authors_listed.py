"""The index of authors, from a few facts."""

from datetime import date

from tests.tiny_archive import TinyArchive, ago, created_on, daily, listing, score, table, weeks


def test_authors_stand_by_usage_then_by_name_and_those_without_models_on_offer_last(
    tiny: TinyArchive,
) -> None:
    tiny.models(listing("a/gone"), on=ago(1))
    tiny.models(
        listing("z/one", name="Zed: One", created=created_on(date(2026, 3, 1))),
        listing("z/one:free", "z/one", created=created_on(date(2026, 4, 1))),
        listing("z/two", created=created_on(date(2026, 2, 1))),
        listing("m/only", name="Emm: Only"),
        listing("b/only", name="Bee: Only"),
    )
    tiny.rankings(weeks({"z/one": 2, "m/only": 1, "other": 1}))
    tiny.scores(score("z/two", 60), score("z/one", 40), score("b/only", None))
    board = tiny.board("authors")
    keys = ("rank", "author", "total_tokens", "share", "models", "best_model", "newest")
    assert table(board, *keys) == [
        (1, "z", 14, 0.5, 2, "z/two", "2026-04-01"),
        (2, "m", 7, 0.25, 1, None, "2026-10-01"),
        (None, "b", None, None, 1, None, "2026-10-01"),
        (None, "a", None, None, 0, None, None),
    ]
    assert [row.intelligence_index for row in board.rows] == [60, None, None, None]
    assert board.finding == "3 authors have 4 models available; Zed has the most, 2."
    assert board.datasets == ("models", "rankings-daily", "benchmarks-artificial-analysis")


def test_the_best_model_of_an_author_is_one_that_is_available(tiny: TinyArchive) -> None:
    tiny.models(listing("a/gone"), listing("b/gone"), listing("a/one"), on=ago(1))
    tiny.models(listing("a/one"), listing("a/two"))
    tiny.scores(score("a/gone", 70), score("b/gone", 60), score("a/one", 40), score("a/two", 30))
    keys = ("author", "best_model", "intelligence_index")
    assert table(tiny.board("authors"), *keys) == [("a", "a/one", 40), ("b", None, None)]


def test_authors_are_listed_before_anything_is_known_of_use_or_scores(tiny: TinyArchive) -> None:
    tiny.models(listing("a/one", name="Ay: One"), listing("b/one"))
    board = tiny.board("authors")
    assert table(board, "rank", "author", "models") == [(None, "a", 1), (None, "b", 1)]
    assert board.finding == "2 authors have 2 models available; Ay and b have the most, 1 each."
    assert board.datasets == ("models",)
    tiny.models(listing("a/one", name="Ay: One"))
    assert tiny.board("authors").finding == "1 author has 1 model available."


def test_an_author_has_the_range_of_rank_and_tokens_that_the_week_leaves(tiny: TinyArchive) -> None:
    tiny.models(listing("a/x"), listing("b/x"), listing("c/x"))
    tiny.rankings(
        daily(
            {"a/x": 9, "b/x": 5, "c/x": 6, "other": 9},
            {"a/x": 9, "b/x": 5, "other": 9},
        )
    )
    board = tiny.board("authors")
    keys = ("author", "rank", "rank_low", "rank_high", "total_tokens", "total_tokens_high")
    assert table(board, *keys) == [
        ("a", 1, 1, 1, 18, 18),
        ("b", 2, 2, 3, 10, 10),
        ("c", 3, 2, 3, 6, 11),
    ]
    week = tiny.board("authors-7d")
    assert (board.window, board.coverage) == (week.window, week.coverage)


def test_where_all_models_have_gone_nobody_has_any(tiny: TinyArchive) -> None:
    tiny.models(listing("a/gone"), on=ago(1))
    tiny.catalogue([], {"a/gone": None})
    board = tiny.board("authors")
    assert (table(board, "author", "models"), board.finding) == ([("a", 0)], "")
