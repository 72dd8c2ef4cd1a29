"""The models for coding: three measures and a price in one table, each measure ranked over all that it covers."""

from tests.tiny_archive import TinyArchive, chosen, listing, rating, score, table, task


def _fill(tiny: TinyArchive) -> None:
    tiny.models(
        listing("a/top", name="A: Top", prompt="0.000005"),
        listing("b/value", name="B: Value", prompt="0.000001"),
        listing("b/value:free", name="B: Value (free)", prompt="0", pricing={"completion": "0"}),
        listing("c/beaten", name="C: Beaten", prompt="0.000001"),
        listing("d/free", name="D: Free", prompt="0", pricing={"completion": "0"}),
        listing("e/router", name="E: Router", prompt="-1", pricing={"completion": "-1"}),
        listing("x/chat", name="X: Chat"),
    )
    tiny.scores(
        score("a/top", 1, coding_index=70),
        score("b/value", 1, coding_index=50),
        score("b/value:free", 1, coding_index=60),
        score("c/beaten", 1, coding_index=59.5),
        score("d/free", 1, coding_index=65),
        score("e/router", 1, coding_index=66),
        score("x/chat", 99),
    )
    tiny.tasks(
        task("code:x", 0.5, 0.5, chosen("b/value:free", 0.2), chosen("gone/z", 0.5), kind="code"),
        task("chat", 0.5, 0.5, chosen("x/chat", 0.9)),
    )
    tiny.ratings([rating("c/beaten", 1300, "codecategories"), rating("a/top", 1400, "website")])


def test_every_model_with_a_measure_is_there_with_its_paid_price(tiny: TinyArchive) -> None:
    _fill(tiny)
    board = tiny.board("coding")
    keys = ("rank", "model_permaslug", "coding_index", "blended", "use", "elo", "best_value")
    # Blended: (3 x 5 + 2) / 4, (3 x 1 + 2) / 4. A free model is no paid one's rival.
    assert table(board, *keys) == [
        (1, "a/top", 70, "0.00000425", None, None, "yes"),
        (2, "e/router", 66, None, None, None, ""),
        (3, "d/free", 65, "0", None, None, ""),
        (4, "b/value", 60, "0.00000125", 0.1, None, "yes"),
        (5, "c/beaten", 59.5, "0.00000125", None, 1300, ""),
        (None, "gone/z", None, None, 0.25, None, ""),
    ]
    assert table(board, "use_rank", "elo_rank")[3:] == [(2, None), (None, 1), (1, None)]
    assert len(board.citations) == 4


def test_each_measure_has_a_leader_of_its_own_and_the_cheap_ones_have_theirs(
    tiny: TinyArchive,
) -> None:
    _fill(tiny)
    assert tiny.board("coding").finding == (
        "Top has the highest coding index of 5 models, 70.0; gone/z has the largest share of coding "
        "requests of 2 models, 25.0%; Beaten has the highest Elo for code of 1 model, 1,300. "
        "Of the paid models at up to $1 per million input tokens, Value has the highest index (60.0)."
    )


def test_models_without_an_index_stand_by_use_and_then_by_votes(tiny: TinyArchive) -> None:
    tiny.models(listing("z/use", context_length=8000))
    tiny.scores(score("m/index", 1, coding_index=50), score("l/index", 1, coding_index=50))
    tiny.tasks(task("code:x", 1, 1, chosen("z/use", 0.33333), chosen("b/use", 0.2), kind="code"))
    tiny.ratings(
        [rating("a/vote", 1200, "codecategories"), rating("y/vote", 1300, "codecategories")]
    )
    board = tiny.board("coding")
    keys = ("rank", "model_permaslug", "use", "elo", "completion", "context_length")
    assert table(board, *keys) == [
        (1, "l/index", None, None, None, None),
        (1, "m/index", None, None, None, None),
        (None, "z/use", 0.3333, None, "0.000002", 8000),
        (None, "b/use", 0.2, None, None, None),
        (None, "y/vote", None, 1300, None, None),
        (None, "a/vote", None, 1200, None, None),
    ]
    assert board.finding == (
        "l/index and m/index are level at the top by coding index among 2 models, 50.0; "
        "z/use has the largest share of coding requests of 2 models, 33.3%; "
        "y/vote has the highest Elo for code of 2 models, 1,300."
    )


def test_who_could_be_first_is_level_and_not_told_as_the_leader(tiny: TinyArchive) -> None:
    tiny.models(listing("a/x", name="A: Ada"), listing("b/x", name="B: Bo"))
    # The second task does not list b/x, which can have as much of it as a/x, the last one listed.
    tiny.tasks(
        task("code:x", 0.5, 0.5, chosen("b/x", 0.5), chosen("a/x", 0.3), kind="code"),
        task("code:y", 0.5, 0.5, chosen("a/x", 0.3), kind="code"),
    )
    tiny.scores(score("a/x", 1, coding_index=60.25), score("b/x", 1, coding_index=60.25))
    tiny.ratings([rating("a/x", 1300, "codecategories"), rating("b/x", 1291, "codecategories")])
    board = tiny.board("coding")
    assert board.finding == (
        "Ada and Bo are level at the top by coding index among 2 models, 60.25; Ada and Bo are level at the top "
        "by share of coding requests among 2 models, at least 25.0% to 30.0%; Ada and Bo are level at the top "
        "by Elo for code among 2 models, 1,291 to 1,300. "
        "Of the paid models at up to $1 per million input tokens, Ada and Bo share the highest index (60.25)."
    )
    keys = (
        "rank_low",
        "rank_high",
        "use_rank",
        "use_rank_high",
        "use",
        "use_high",
        "elo_rank_high",
    )
    assert table(board, "model_permaslug", *keys) == [
        ("a/x", 1, 2, 1, 2, 0.3, 0.3, 2),
        ("b/x", 1, 2, 2, 2, 0.25, 0.4003, 2),
    ]
    assert tiny.board("use-test-taste").finding.count("Ada and Bo are level at the top") == 6


def test_bounds_of_shares_are_rounded_outward_and_exact_shares_to_the_nearest(
    tiny: TinyArchive,
) -> None:
    tiny.tasks(
        task("code:x", 0.5, 0.5, chosen("a/x", 0.66677), chosen("b/x", 0.2), kind="code"),
        task("code:y", 0.5, 0.5, chosen("b/x", 0.12399), kind="code"),
    )
    slugs = ("a/x", "b/x")
    tiny.scores(*[score(slug, 1, coding_index=50) for slug in slugs])
    tiny.ratings([rating(slug, 1200, "codecategories") for slug in slugs])
    # a/x: 0.333385 of the one task, and at most (0.12399 + 0.0005) / 2 more of the other, which does not list it.
    for board in ("coding", "use-test-taste"):
        rows = table(tiny.board(board), "model_permaslug", "use", "use_high")
        assert rows == [("a/x", 0.3333, 0.3957), ("b/x", 0.162, 0.162)]


def test_ratings_are_credited_to_the_replies_that_hold_them(tiny: TinyArchive) -> None:
    tiny.tasks(task("code:x", 1, 1, chosen("a/x", 0.2), kind="code"))
    tiny.scores(score("a/x", 1, coding_index=50))
    tiny.ratings(
        [rating("a/x", 1300, "website", "agents")], [rating("a/x", 1200, "codecategories")]
    )
    for board in ("coding", "use-test-taste"):
        arena = "Design Arena"
        cited = [one for one in tiny.board(board).citations if arena in one.text]
        assert [one.as_of for one in cited] == ["2026-11-21T06:01:00Z"]


def test_equal_scores_at_equal_prices_are_both_the_best_value(tiny: TinyArchive) -> None:
    tiny.models(listing("a/x"), listing("b/x"), listing("c/x", prompt="0.000002"))
    tiny.scores(*[score(slug, 1, coding_index=50) for slug in ("a/x", "b/x", "c/x")])
    board = tiny.board("coding")
    assert table(board, "rank", "best_value") == [(1, "yes"), (1, "yes"), (1, "")]
    assert board.finding == (
        "a/x, b/x and c/x are level at the top by coding index among 3 models, 50.0. "
        "Of the paid models at up to $1 per million input tokens, a/x and b/x share the highest index (50.0)."
    )


def test_one_source_is_enough_and_none_gives_no_board(tiny: TinyArchive) -> None:
    tiny.models(listing("a/x"))
    assert "coding" not in tiny.boards()
    tiny.ratings([rating("a/x", 1200, "codecategories")])
    board = tiny.board("coding")
    assert table(board, "model_permaslug", "rank", "elo") == [("a/x", None, 1200)]
    assert board.finding == "a/x has the highest Elo for code of 1 model, 1,200."


def test_the_common_models_are_told_to_be_some_of_all(tiny: TinyArchive) -> None:
    tiny.tasks(task("code:x", 1, 1, chosen("a/x", 0.2), chosen("b/x", 0.1), kind="code"))
    tiny.scores(*[score(slug, 1, coding_index=50) for slug in ("a/x", "b/x", "c/x")])
    tiny.ratings([rating(slug, 1200, "codecategories") for slug in ("a/x", "b/x")])
    assert tiny.board("use-test-taste").title == (
        "Among the 2 coding models covered by all three sources: do usage, benchmarks and votes agree?"
    )
