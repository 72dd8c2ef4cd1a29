"""What is known of one model and of one author, joined from a few facts."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from generator.archive.daily_tokens import DailyTokens
from generator.base.attribution import Citation
from generator.base.dates import Window
from generator.boards import author_profiles, model_profiles
from generator.boards.board import Entity
from generator.boards.model_days import ModelDay, days_board, outside_rows
from generator.boards.rank_stability import RankRange
from generator.boards.sources import read_sources
from generator.render import table_body
from tests.page_reading import read
from tests.tiny_archive import (
    LAST,
    TODAY,
    TinyArchive,
    ago,
    chosen,
    created_on,
    daily,
    evaluation,
    listing,
    rating,
    score,
    table,
    task,
    weeks,
)

DAYS = ("date", "total_tokens", "model_rank", "share", "bound")
SCORES = ("source", "measure_name", "score", "rank", "of")


# A model's days


def test_the_days_of_a_model_sum_its_variants(tiny: TinyArchive) -> None:
    tiny.rankings(
        daily(
            {"b/x": 9, "other": 1},
            {"a/x": 5, "a/x:free": 3, "b/x": 6, "other": 6},
            {"b/x": 4, "c/x": 2, "other": 1},
            {"a/x": 1, "b/x": 9},
        )
    )
    profile = tiny.model("a/x")
    assert table(profile.usage_board, *DAYS) == [
        ("2026-11-18", 8, 1, 0.4, None),  # 5 + 3 of 20, more than the 6 of b/x
        ("2026-11-19", None, None, None, 2),  # at most what the last of the top 50 had
        ("2026-11-20", 1, 2, 0.1, None),
    ]
    assert profile.usage_board is not None
    assert profile.usage_board.finding == (
        "a/x had a listing in the top 50 on 2 of 3 days; its best rank among models was 1."
    )
    assert profile.usage_board.provisional == 3
    assert profile.usage_board.window is not None
    assert (profile.usage_board.window.start, profile.usage_board.window.end) == (ago(3), LAST)


def test_a_model_that_fell_out_is_told_with_its_last_day(tiny: TinyArchive) -> None:
    tiny.rankings(daily({"a/x": 3, "b/x": 1}, {"a/x": 1, "b/x": 2}, {"b/x": 2}))
    usage = tiny.model("a/x").usage_board
    assert usage is not None
    assert usage.finding == (
        "a/x had a listing in the top 50 on 2 of 3 days; its best rank among models was 1. "
        "It was last there on 19 Nov 2026."
    )


def test_a_day_that_is_not_held_has_no_bound(tiny: TinyArchive) -> None:
    days = daily(*[{"a/x": 2}] * 3)
    del days[ago(2)]
    tiny.rankings(days)
    assert table(tiny.model("a/x").usage_board, "date", "total_tokens", "bound") == [
        ("2026-11-18", 2, None),
        ("2026-11-19", None, None),
        ("2026-11-20", 2, None),
    ]


RANKS = ("model_rank", "model_rank_low", "model_rank_high")


def test_equal_tokens_of_a_day_share_a_rank(tiny: TinyArchive) -> None:
    tiny.rankings(daily({"b/x": 2, "a/x": 2, "c/x": 1}))
    assert table(tiny.model("b/x").usage_board, *RANKS) == [(1, 1, 2)]
    assert table(tiny.model("a/x").usage_board, *RANKS) == [(1, 1, 2)]
    assert table(tiny.model("c/x").usage_board, *RANKS) == [(3, 3, 3)]
    usage = tiny.model("b/x").usage_board
    assert usage is not None
    assert usage.finding == (
        "b/x had a listing in the top 50 on 1 of 1 day; its best rank among models was 1–2."
    )


def test_a_listing_outside_the_top_fifty_leaves_the_rank_of_a_day_open(tiny: TinyArchive) -> None:
    # On the newest day b/x:free has at most the 4 of c/x: with 5 to 9 in all, b/x is first or second.
    tiny.rankings(
        daily(
            {"a/x": 9, "b/x": 5, "b/x:free": 5},
            {"a/x": 8, "b/x": 5, "c/x": 4, "other": 6},
        )
    )
    assert table(tiny.model("b/x").usage_board, *RANKS) == [(1, 1, 1), (2, 1, 2)]
    assert table(tiny.model("a/x").usage_board, *RANKS) == [(2, 2, 2), (1, 1, 2)]
    best = [profile.usage_board for profile in map(tiny.model, ("b/x", "a/x"))]
    assert [board.finding.partition("; ")[2] for board in best if board] == [
        "its best rank among models was 1.",
        "its best rank among models was 1–2.",
    ]


# A model's place


def test_a_models_place_share_and_neighbors_are_of_the_week(tiny: TinyArchive) -> None:
    day = {f"m/{number}": 20 - number for number in range(6)}  # 20 ... 15: together 105
    tiny.rankings(weeks({**day, "other": 95}))
    third = tiny.model("m/2")
    assert (third.rank, third.of, third.share) == (3, 6, 0.09)  # 18 of 200
    assert third.finding == (
        "m/2 ranks 3rd of 6 models by tokens this week, "
        "with 9.0% of the tokens OpenRouter publishes."
    )
    assert (third.model.path, third.model.author) == ("models/m/2/", "m")
    assert (third.model.name, third.model.detail) == ("m/2", "not in the model list")
    first = third.neighbors[0]
    assert (first.path, first.author, first.is_slug) == ("models/m/0/", "m", True)
    assert [model.id for model in third.neighbors] == ["m/0", "m/1", "m/2", "m/3", "m/4"]
    assert [model.id for model in third.others_near] == ["m/0", "m/1", "m/3", "m/4"]
    beside_a_lost_page = replace(third, neighbors=(*third.neighbors, Entity("m/lost", "Lost")))
    assert beside_a_lost_page.others_near == third.others_near
    first, last = tiny.model("m/0"), tiny.model("m/5")
    assert [model.id for model in first.neighbors] == ["m/0", "m/1", "m/2"]
    assert [model.id for model in last.neighbors] == ["m/3", "m/4", "m/5"]
    assert [credit.url for credit in third.citations] == ["https://openrouter.ai/rankings"]
    assert third.datasets == ("rankings-daily",)


def test_a_model_outside_the_week_has_no_place(tiny: TinyArchive) -> None:
    tiny.rankings(daily({"a/x": 5, "b/x": 1}, *[{"b/x": 1}] * 7))
    profile = tiny.model("a/x")
    assert (profile.rank, profile.share, profile.of, profile.neighbors) == (None, None, 1, ())
    assert profile.finding == "a/x is not currently ranked."


def test_a_score_of_a_model_is_told_after_its_place(tiny: TinyArchive) -> None:
    tiny.rankings(weeks({"a/x": 1}))
    others = [score(f"m/{number}", number, coding_index=60) for number in range(8)]
    tiny.scores(score("a/x", 40, coding_index=70), score("b/x", 50), score("c/x", None), *others)
    assert tiny.model("a/x").finding == (
        "a/x ranks 1st of 1 model by tokens this week, "
        "with 100.0% of the tokens OpenRouter publishes; "
        "it ranks 2nd of 10 models by the Artificial Analysis Intelligence index."
    )
    assert tiny.model("b/x").finding == (
        "b/x ranks 1st of 10 models by the Artificial Analysis Intelligence index."
    )
    assert tiny.model("c/x").finding == "c/x is not currently ranked."


def test_a_place_among_fewer_than_ten_models_is_not_told(tiny: TinyArchive) -> None:
    tiny.scores(score("a/x", 40, coding_index=70), score("b/x", 50))
    assert tiny.model("a/x").finding == (
        "a/x is not ranked by tokens this week; it has 2 benchmark scores."
    )


# A model's scores


def test_each_score_has_its_place_among_all_that_have_one(tiny: TinyArchive) -> None:
    tiny.scores(
        score("a/x", 40, coding_index=30, agentic_index=20),
        score("b/x", 50, coding_index=30),
        score("c/x", None, coding_index=99),
    )
    tiny.ratings(
        [
            rating("a/x", 1100, "website", tournament_stats={"total": 12}),
            rating("b/x", 1200, "website"),
            rating("a/x", 1300, "gamedev"),
        ]
    )
    tiny.evaluations(evaluation("b/x", 0.5), evaluation("a/x", 0.4567))
    board = tiny.model("a/x").scores
    assert table(board, *SCORES) == [
        ("Artificial Analysis", "Agentic index", 20, 1, 1),
        ("Artificial Analysis", "Coding index", 30, 2, 3),  # shared with b/x, after c/x
        ("Artificial Analysis", "Intelligence index", 40, 2, 2),
        ("Design Arena", "Game development (models)", 1300, 1, 1),
        ("Design Arena", "Website (models)", 1100, 2, 2),
        ("OpenRouter", "gpqa", 45.7, 2, 2),
    ]
    assert board is not None
    assert [row.entity("measure").path for row in board.rows] == [
        *["benchmarks/artificial-analysis/"] * 3,
        "benchmarks/design-arena/models/gamedev/",
        "benchmarks/design-arena/models/website/",
        "benchmarks/openrouter/",
    ]
    assert [row[0] for row in table(board, "tournaments")] == [None, None, None, None, 12, None]
    assert table(board, "as_of")[0] == ("21 Nov 2026, 06:00 UTC",)
    assert board is not None
    assert board.datasets == (
        "benchmarks-artificial-analysis",
        "benchmarks-design-arena",
        "benchmarks-openrouter",
    )


def test_a_whole_index_reads_alike_among_the_scores_and_the_facts(tiny: TinyArchive) -> None:
    tiny.scores(score("a/x", 23, coding_index=30.5))
    tiny.ratings([rating("a/x", 1300)])
    model = tiny.model("a/x")
    assert [text.partition(",")[0] for _, text in model.facts[:2]] == ["23.0", "30.5"]
    assert model.scores is not None
    cells = read(f"<table>{table_body.body(model.scores, '')}</table>").all("td")
    texts = [cell.text for cell in cells]
    assert [text for text in texts if text in {"23.0", "23", "30.5", "1,300"}] == [
        "30.5",
        "23.0",
        "1,300",
    ]


def test_scores_of_one_source_stand_by_place_and_then_by_name(tiny: TinyArchive) -> None:
    tiny.scores(
        score("a/x", 90, coding_index=90, agentic_index=10), score("b/x", 50, agentic_index=50)
    )
    rows = table(tiny.model("a/x").scores, "measure_name", "rank")
    assert rows == [("Coding index", 1), ("Intelligence index", 1), ("Agentic index", 2)]


def test_without_tournaments_there_is_no_column_for_them(tiny: TinyArchive) -> None:
    tiny.ratings([rating("a/x", 1100)])
    board = tiny.model("a/x").scores
    assert board is not None
    assert "tournaments" not in board.records()[0]


def test_a_model_without_a_score_has_no_board_of_them(tiny: TinyArchive) -> None:
    tiny.scores(score("a/x", None))
    assert tiny.model("a/x").scores is None


# A model's tasks


def test_a_models_tasks_stand_by_its_place_in_them(tiny: TinyArchive) -> None:
    tiny.tasks(
        task("zoo", 0.5, 0, chosen("a/x", 0.2, 0.3), chosen("b/x", 0.1)),
        task("art", 0.3, 0, chosen("a/x", 0.4, 0.1)),
        task("cook", 0.2, 0, chosen("b/x", 0.2), chosen("a/x", 0.1)),
        task("none", 0.0, 0, chosen("b/x", 0.2)),
    )
    board = tiny.model("a/x").tasks
    assert table(board, "tag", "model_rank", "tag_usage_share", "tag_token_share") == [
        ("art", 1, 0.4, 0.1),
        ("zoo", 1, 0.2, 0.3),
        ("cook", 2, 0.1, 0.1),
    ]
    assert board is not None
    assert board.title == "What is a/x used for?"
    assert "other" not in tiny.site().profiles


def test_a_model_that_is_listed_for_no_task_has_no_board_of_them(tiny: TinyArchive) -> None:
    tiny.tasks(task("zoo", 1, 1, chosen("a/x", 0.2)))
    tiny.scores(score("b/x", 1))
    assert tiny.model("b/x").tasks is None


# What the catalog says of a model


def test_the_facts_of_a_model_are_those_of_its_plain_listing(tiny: TinyArchive) -> None:
    tiny.models(
        listing("a/x:free", "a/x-1", context_length=9),
        listing(
            "a/x",
            "a/x-1",
            created=created_on(date(2026, 3, 1)),
            context_length=1_050_000,
            architecture={"input_modalities": ["image", "text"], "output_modalities": ["text"]},
            top_provider={"max_completion_tokens": 128000},
            knowledge_cutoff="2026-01-31",
            expiration_date="2026-12-24T00:00:00Z",
            hugging_face_id="a/weights",
            supported_parameters=["tools", "seed"],
        ),
    )
    model = tiny.model("a/x-1")
    assert [text for _, text in model.facts] == [
        "1 Mar 2026",
        "1.05M tokens",
        "128K tokens",
        "text, image",
        "text",
        "31 Jan 2026",
        "24 Dec 2026",
        "a/weights",
    ]
    assert model.parameters == "seed, tools"
    assert model.links == (
        ("OpenRouter", "https://openrouter.ai/a/x"),
        ("Hugging Face", "https://huggingface.co/a/weights"),
    )


def test_an_id_that_is_no_repository_leads_nowhere(tiny: TinyArchive) -> None:
    tiny.models(listing("a/x", hugging_face_id="../evil?x"))
    assert [label for label, _ in tiny.model("a/x").links] == ["OpenRouter"]


def test_a_model_that_is_listed_as_a_variant_only_has_the_facts_of_that(
    tiny: TinyArchive,
) -> None:
    tiny.models(listing("a/x:free", "a/x-1", context_length=9000))
    assert [text for _, text in tiny.model("a/x-1").facts][:2] == ["1 Oct 2026", "9K tokens"]


def test_a_month_that_the_catalog_states_for_a_day_stands_as_it_came(tiny: TinyArchive) -> None:
    tiny.models(listing("a/x", knowledge_cutoff="2026-01"))
    assert ("Knowledge cutoff", "2026-01") in tiny.model("a/x").facts


def test_what_the_catalogue_leaves_open_is_no_fact(tiny: TinyArchive) -> None:
    tiny.models(
        listing("a/x", expiration_date="2098-12-31", hugging_face_id=""),
        listing("b/x", expiration_date="soon", top_provider={"max_completion_tokens": None}),
    )
    assert [text for _, text in tiny.model("a/x").facts] == ["1 Oct 2026", "text", "text"]
    assert [text for _, text in tiny.model("b/x").facts] == ["1 Oct 2026", "text", "text", "soon"]


def test_a_model_that_left_says_when_it_was_last_listed(tiny: TinyArchive) -> None:
    tiny.models(listing("a/x", "a/x-1"), listing("b/x"), on=ago(5))
    tiny.models(listing("a/x", "a/x-1"), listing("a/x:free", "a/x-1"), listing("b/x"), on=ago(3))
    tiny.models(listing("b/x"))
    tiny.rankings(weeks({"c/x": 1}))
    gone, stays, unknown = (tiny.model(slug) for slug in ("a/x-1", "b/x", "c/x"))
    assert (gone.listed, stays.listed, unknown.listed) == (False, True, False)
    assert (gone.first_seen, gone.last_seen) == (ago(5), ago(3))
    assert (stays.first_seen, stays.last_seen) == (ago(5), TODAY)
    assert gone.facts == (("Added", "1 Oct 2026"), ("Catalog", "last listed on 18 Nov 2026"))
    assert gone.ids == ("a/x-1", "a/x", "a/x:free")
    assert (unknown.first_seen, unknown.last_seen, unknown.ids) == (None, None, ("c/x",))
    assert unknown.prices is None
    assert [credit.url for credit in unknown.citations] == [
        "https://openrouter.ai/rankings",
        "https://openrouter.ai/models",
    ]
    assert gone.datasets == ("models",)


def test_the_plain_listing_stands_before_variants_and_former_ids(tiny: TinyArchive) -> None:
    tiny.models(listing("a/older", "a/x-1"), on=ago(2))
    tiny.models(listing("a/x:free", "a/x-1"), listing("a/b", "a/x-1"), on=ago(1))
    tiny.models(listing("a/x:free", "a/x-1"), listing("a/x", "a/x-1"))
    assert tiny.model("a/x-1").ids == ("a/x-1", "a/x", "a/b", "a/older", "a/x:free")


# Authors


def test_an_authors_weeks_are_summed_and_ranked(tiny: TinyArchive) -> None:
    tiny.rankings(
        weeks(
            {"b/x": 9, "other": 1},
            {"a/x": 4, "a/y": 2, "b/x": 3, "other": 1},
            {"a/x": 2, "b/x": 6, "other": 2},
        )
    )
    author = tiny.author("a")
    assert (author.author.id, author.author.path) == ("a", "authors/a/")
    assert (author.author.author, author.author.detail) == ("a", "a")
    assert table(author.usage_board, "week", "total_tokens", "share", "rank") == [
        ("2026-11-13", 42, 0.6, 1),
        ("2026-11-20", 14, 0.2, 2),
    ]
    assert author.usage_board is not None
    assert "60.0%" in author.usage_board.finding
    assert "13 Nov 2026" in author.usage_board.finding
    assert (author.rank, author.share) == (2, 0.2)
    assert author.finding == (
        "a ranks 2nd of 2 authors by tokens this week, "
        "with at least 20.0% of the tokens OpenRouter publishes; it has no models available."
    )


def test_the_weeks_of_an_author_have_the_ranks_that_ties_and_single_days_leave(
    tiny: TinyArchive,
) -> None:
    level, other = {"a/x": 4, "b/x": 4, "c/x": 1}, {"a/x": 5, "b/x": 4, "c/x": 1}
    tiny.rankings(daily(*[level] * 7, *[other] * 6, {"a/x": 1, "b/x": 9, "c/x": 1}))
    keys = ("rank", "rank_low", "rank_high")
    # In the second week 31 against 33; without its last day 30 against 24.
    assert table(tiny.author("a").usage_board, *keys) == [(1, 1, 2), (2, 1, 2)]
    assert table(tiny.author("b").usage_board, *keys) == [(1, 1, 2), (1, 1, 2)]
    assert table(tiny.author("c").usage_board, *keys) == [(3, 3, 3), (3, 3, 3)]


def test_the_largest_share_of_an_author_is_told_as_far_as_the_top_fifty_shows(
    tiny: TinyArchive,
) -> None:
    # In the second week a/y has at most all others together: 5 to 7 of 10 each day, against 6 in the first.
    first, second = {"a/x": 4, "a/y": 2, "b/x": 3, "other": 1}, {"a/x": 5, "b/x": 3, "other": 2}
    tiny.rankings(weeks(first, second))
    board = tiny.author("a").usage_board
    keys = ("share", "share_high", "total_tokens", "total_tokens_high")
    assert table(board, *keys) == [(0.6, 0.6, 42, 42), (0.5, 0.7, 35, 49)]
    assert board is not None
    assert board.finding == (
        "Of the last 2 weeks, a's share of the tokens OpenRouter publishes was largest "
        "in the week to 13 Nov 2026 as far as the daily top 50 shows: 60.0%."
    )


def test_the_largest_share_of_an_author_can_be_of_any_week(tiny: TinyArchive) -> None:
    rest = {"b/x": 9, "other": 1}
    tiny.rankings(weeks({"a/x": 10, **rest}, {"a/x": 30, **rest}, {"a/x": 20, **rest}))
    usage = tiny.author("a").usage_board
    assert table(usage, "share") == [(0.5,), (0.75,), (0.666667,)]
    assert usage is not None
    assert "75.0%" in usage.finding
    assert "13 Nov 2026" in usage.finding


def test_twenty_six_weeks_of_an_author_are_shown(tiny: TinyArchive) -> None:
    tiny.rankings(weeks(*[{"a/x": 1}] * 27))
    rows = table(tiny.author("a").usage_board, "week")
    assert (len(rows), rows[0], rows[-1]) == (26, ("2026-05-29",), ("2026-11-20",))


def test_an_authors_models_stand_by_use_then_listed_then_by_name(tiny: TinyArchive) -> None:
    tiny.models(listing("a/gone"), listing("a/used"), on=ago(1))
    tiny.models(
        listing("a/zeta", name="zeta", context_length=5),
        listing("a/alpha", name="Alpha"),
        listing("a/used", prompt="0.000003"),
        listing("b/x"),
    )
    tiny.rankings(weeks({"a/used": 2, "b/x": 1, "a/lost": 3}))
    tiny.scores(score("a/alpha", 40))
    author = tiny.author("a")
    assert [row[0] for row in table(author.models, "completion")] == [
        None,
        "0.000002",
        "0.000002",
        "0.000002",
        None,
    ]
    assert author.models is not None
    assert author.models.models == "model_permaslug", "its rows can be filtered by what models are"
    assert [credit.url for credit in author.citations] == [
        "https://openrouter.ai/rankings",
        "https://openrouter.ai/models",
        "https://artificialanalysis.ai",
    ]
    keys = ("model_rank", "model_permaslug", "model_tokens", "prompt", "context_length")
    assert table(author.models, *keys, "intelligence_index", "last_seen") == [
        (1, "a/lost", 21, None, None, None, None),
        (2, "a/used", 14, "0.000003", None, None, None),
        (None, "a/alpha", None, "0.000001", None, 40, None),
        (None, "a/zeta", None, "0.000001", 5, None, None),
        (None, "a/gone", None, None, None, None, "2026-11-20"),
    ]
    assert author.finding == (
        "a ranks 1st of 2 authors by tokens this week, "
        "with 83.3% of the tokens OpenRouter publishes; it has 3 models available."
    )
    assert author.datasets == ("rankings-daily", "models", "benchmarks-artificial-analysis")


@pytest.mark.parametrize(
    ("count", "words"),
    [(1, "1 model available, which was not"), (2, "2 models available, none of them")],
)
def test_an_author_outside_the_week_says_so(tiny: TinyArchive, count: int, words: str) -> None:
    tiny.models(*[listing(f"a/{number}") for number in range(count)])
    tiny.rankings(weeks({"b/x": 1}))
    author = tiny.author("a")
    assert author.finding == f"a has {words} in a daily top 50 this week."
    assert (author.rank, author.share, author.usage_board) == (None, None, None)


def test_an_author_that_was_never_in_a_top_fifty_has_no_weeks(tiny: TinyArchive) -> None:
    tiny.models(listing("a/x"))
    tiny.rankings(weeks({"b/x": 1}))
    assert tiny.author("a").usage_board is None
    assert list(tiny.site().authors) == ["a", "b"]


def test_without_a_catalogue_an_author_has_no_table_of_models(tiny: TinyArchive) -> None:
    tiny.rankings(weeks({"b/x": 1}))
    assert tiny.author("b").models is None


def test_the_board_of_a_model_has_a_year_of_days_and_its_sentence_all_of_them() -> None:
    model = Entity("a/x", "X", "models/a/x/")
    first = LAST - timedelta(days=399)
    in_top = {LAST, first}
    every = {day: {"a/x": 5} for day in Window(first, LAST)}
    daily_tokens = DailyTokens(every, Citation("c", None, "2026-11-21"))
    days = {day: ModelDay(5, 1, RankRange(1, 1), 1.0) for day in in_top}
    outside = outside_rows(daily_tokens)
    board = days_board(model, daily_tokens, days, outside)
    assert board is not None
    assert (board.rows[0].date, board.rows[-1].date) == (LAST - timedelta(days=365), LAST)
    assert board.finding.startswith("X had a listing in the top 50 on 2 of 400 days")
    assert "the history of the daily rankings has all since" in board.notes[-1]
    # A year of rows for each of a thousand models would be 40 MB.
    assert all(row is outside[row.date] for row in board.rows if row.date not in days)
    assert days_board(model, daily_tokens, {first: days[first]}, outside) is None


def test_an_author_whose_profile_cannot_be_made_keeps_one_that_says_so(tiny: TinyArchive) -> None:
    tiny.models(listing("a/x"), listing("b/y"))
    tiny.rankings(weeks({"a/x": 2, "b/y": 1}))
    sources = read_sources(tiny.history())
    models = {profile.model.id: profile for profile in model_profiles.profiles(sources).profiles}
    odd = {**models, "b/y": replace(models["b/y"], model=None)}  # type: ignore[arg-type]
    made = author_profiles.profiles(odd, sources)
    first, second = made.profiles
    assert first.finding
    assert "could not be put together" not in first.finding
    assert second.finding == "The figures of b could not be put together for this day."
    (failure,) = made.failures
    assert failure.startswith("the profile of b could not be made (AttributeError in ")
