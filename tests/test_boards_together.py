"""Everything that a site shows, from an archive that holds a little of each dataset."""

from dataclasses import replace
from datetime import timedelta
from typing import Any, get_args

import pytest

from generator.archive.store import Archive
from generator.boards import all_boards, author_profiles, model_profiles
from generator.boards.author_profiles import AuthorProfile
from generator.boards.board import Boards, Kind, Standing
from generator.boards.model_profiles import ModelProfile
from generator.boards.pageless import without_lost_pages
from generator.boards.plain import plain
from generator.boards.sources import read_sources
from generator.endpoints import BY_NAME
from tests.tiny_archive import (
    TODAY,
    TinyArchive,
    ago,
    app,
    chosen,
    cost,
    evaluation,
    kind_of_work,
    listing,
    rating,
    score,
    task,
    weeks,
)

BOARDS = [
    "models-1d",
    "models-7d",
    "authors-7d",
    "models-30d",
    "authors-30d",
    "authors",
    "models-weekly",
    "authors-weekly",
    "models-ranks",
    "movers-7d",
    "artificial-analysis",
    "frontier",
    "catalogue",
    "modalities",
    "da.models.codecategories",
    "da.models.website",
    "da-arena",
    "design-arena",
    "openrouter-evals",
    "tasks",
    "tasks-macro",
    "task.code",
    "task-trend",
    "task-trend.tasks",
    "apps.popular",
    "apps.popular.coding.cli-agent",
    "apps.trending",
    "apps-shares",
    "session-cost",
    "categories",
    "use-test-taste",
    "coding",
    "open-weights",
    "open-weights.parts",
    "use-history",
    "use-history.authors",
    "restatements",
    "restatement-ages",
    "concentration",
    "free-use",
    "free-use.parts",
    "implied-spend",
    "bills",
    "retirements",
    "task-lift",
    "other-share",
    "prices",
    "price-changes",
    "price-history",
    "price-index",
    "releases",
    "parameters",
    "frontier-history",
    "frontier-cheapest",
    "changes",
]


def fill(tiny: TinyArchive) -> None:
    """Two days of every dataset, so that every board has rows."""
    fill_day(tiny, 7, "0.000001")
    tiny.rankings({ago(8): {"a/x": 10, "b/x:free": 3, "other": 1}}, on=ago(6))
    fill_day(tiny, 0, "0.000002")


def fill_day(tiny: TinyArchive, days: int, price: str) -> None:
    """A snapshot of every dataset, taken so many days ago."""
    on = ago(days)
    names = ("a/x", "b/x:free")
    tokens = {"a/x": 4 + days, "b/x:free": 3, "other": 1}
    tiny.rankings(weeks(tokens, last=ago(days + 1)), on=on)
    more = {"supported_parameters": ["seed"], "expiration_date": "2027-01-31"}
    tiny.catalogue([listing("a/x", prompt=price, **more)], {"gone/x": None}, on)
    tiny.scores(*[score(slug, 40, price, coding_index=30) for slug in names], on=on)
    ratings = [rating(slug, 1000, "codecategories") for slug in names]
    tiny.ratings([*ratings, rating("a/x", 1000 + days)], on=on)
    tiny.evaluations(evaluation("a/x", 0.5), on=on)
    asked = task("code", 1, 1, chosen("a/x", 0.5), kind="code")
    tiny.tasks(asked, kinds=[kind_of_work("code", 1, 1)], on=on)
    lists = {name: [app(1, 9)] for name in ("popular", "popular.coding.cli-agent", "trending")}
    tiny.apps(lists, on=on)
    tiny.costs(*(cost("coder", slug, "1-turn", 4 + days) for slug in names), on=on)
    week = on - timedelta(days=on.weekday() + 7)
    tiny.slices({("category", "legal"): {week: dict.fromkeys(names, 5) | {names[0]: 9}}}, on=on)


def test_every_board_is_there(tiny: TinyArchive) -> None:
    fill(tiny)
    assert sorted(tiny.boards()) == sorted(BOARDS)
    assert sorted(tiny.site().boards) == sorted(BOARDS)


def test_every_board_has_rows_under_columns_that_can_be_shown(tiny: TinyArchive) -> None:
    fill(tiny)
    for id_, board in tiny.boards().items():
        assert board.id == id_
        assert board.title, id_
        assert not board.title.endswith("."), id_
        assert board.records(), id_
        assert {column.kind for column in board.columns} <= set(get_args(Kind)), id_
        keys = [column.key for column in board.columns]
        assert len(set(keys)) == len(keys), id_
        assert all(column.label for column in board.columns), id_


WINDOWS = {
    "models-1d": 1, "models-7d": 7, "models-30d": 30, "authors-7d": 7, "authors-30d": 30,
    "models-weekly": 14, "authors-weekly": 14, "models-ranks": 14, "movers-7d": 7, "authors": 7,
    "task-trend": 8, "task-trend.tasks": 8, "apps.popular": 30, "apps.popular.coding.cli-agent": 30,
    "apps.trending": 30, "apps-shares": 30, "other-share": 14, "open-weights": 14,
    "open-weights.parts": 14, "session-cost": 30, "use-history": 14, "use-history.authors": 14,
    "concentration": 14, "free-use": 14, "free-use.parts": 14, "implied-spend": 14, "restatements": 14,
    "restatement-ages": 14, "categories": 7,
}  # fmt: skip
"""The days of each board that covers some; the others are of the newest snapshots."""

OF_MODELS = {
    "models-1d", "models-7d", "models-30d", "movers-7d", "artificial-analysis", "frontier",
    "catalogue", "da.models.codecategories", "da.models.website", "openrouter-evals", "task.code",
    "use-test-taste", "coding", "task-lift", "prices", "bills", "price-changes", "price-history",
    "retirements", "session-cost", "categories",
}  # fmt: skip
"""Boards that can be filtered by what the model list says of the model of a row."""

WHOLE_ON_PHONES = {
    "models-ranks", "other-share", "open-weights.parts", "releases", "use-history",
    "free-use.parts",
}  # fmt: skip


def test_every_board_says_what_it_covers_and_what_a_phone_shows_of_it(tiny: TinyArchive) -> None:
    fill(tiny)
    boards = tiny.boards()
    assert {id_: board.window.days for id_, board in boards.items() if board.window} == WINDOWS
    daily = {id_ for id_ in WINDOWS if "rankings-daily" in boards[id_].datasets}
    assert {id_ for id_, board in boards.items() if board.coverage} == {*daily, "changes"}
    assert {id_ for id_, board in boards.items() if board.models} == OF_MODELS
    assert {id_ for id_, board in boards.items() if not board.phone} == WHOLE_ON_PHONES
    assert [id_ for id_, board in boards.items() if not board.finding] == ["da-arena"]
    for id_, board in boards.items():
        # One look-up of a slug a second later is no further source.
        assert len(board.citations) == len(board.datasets), id_
        assert all(credit.text for credit in board.citations), id_
        assert set(board.datasets) <= set(BY_NAME), id_
    unexplained = [id_ for id_, board in boards.items() if not board.notes]
    assert unexplained == ["tasks-macro", "parameters"]


RANKED = {
    "models-1d", "models-7d", "models-30d", "authors-7d", "authors-30d", "models-weekly",
    "authors-weekly", "models-ranks", "artificial-analysis", "da.models.codecategories",
    "da.models.website", "openrouter-evals", "tasks", "task.code", "apps.popular",
    "apps.popular.coding.cli-agent", "apps.trending", "apps-shares", "parameters",
    "session-cost", "use-history.authors", "categories",
}  # fmt: skip
"""Boards whose rows have a place of their own; the rows of the others are counts, days or pairs."""


def test_rows_are_ranked_on_boards_that_give_places(tiny: TinyArchive) -> None:
    fill(tiny)
    boards = tiny.boards()
    assert {id_ for id_, board in boards.items() if board.ranked} == RANKED
    model, author = tiny.model("a/x"), tiny.author("a")
    parts = (
        model.usage_board,
        model.prices,
        model.scores,
        model.tasks,
        author.usage_board,
        author.models,
    )
    owned = [board for board in parts if board]
    assert [board.id for board in owned] == [
        "model.a.x",
        "prices.a/x",
        "scores.a/x",
        "tasks.a/x",
        "author.a",
        "author-models.a",
    ]
    assert [len(board.ranked) for board in owned] == [0] * 6
    for board in (*boards.values(), *owned):
        assert {row.standing for row in board.rows} <= set(get_args(Standing)), board.id


def test_where_nothing_is_held_there_is_no_board(tiny: TinyArchive) -> None:
    assert tiny.boards() == {}
    assert (dict(tiny.site().profiles), dict(tiny.site().authors)) == ({}, {})


def test_each_dataset_alone_gives_its_own_boards(tiny: TinyArchive) -> None:
    tiny.tasks(task("x", 1, 1, chosen("a/new", 0.5)))
    assert list(tiny.boards()) == ["tasks", "tasks-macro", "task.x", "task-lift"]
    # A model that only a task names has a page, too.
    assert list(tiny.site().profiles) == ["a/new"]


def test_every_source_of_slugs_gives_models_pages(tiny: TinyArchive) -> None:
    tiny.rankings(weeks({"r/x": 1, "other": 1, "no-author": 1}))
    tiny.scores(score("s/x", 1))
    tiny.ratings([rating("d/x", 1)])
    tiny.evaluations(evaluation("e/x", 0.5))
    tiny.models(listing("m/x"))
    assert list(tiny.site().profiles) == ["d/x", "e/x", "m/x", "r/x", "s/x"]
    assert list(tiny.site().authors) == ["d", "e", "m", "r", "s"]


# How fresh each dataset is


def test_a_dataset_of_today_is_fresh(tiny: TinyArchive) -> None:
    tiny.scores(score("a/x", 1), on=ago(3))
    tiny.scores(score("a/x", 1), score("b/x", 2))
    state = tiny.site().dataset("benchmarks-artificial-analysis")
    assert (state.day, state.as_of, state.rows) == (TODAY, f"{TODAY}T06:00:00Z", 2)
    assert (state.stale, state.message, state.notes) == (False, "", ())
    assert state.days == (ago(3), TODAY)
    assert [credit.as_of for credit in state.citations] == [f"{TODAY}T06:00:00Z"]


def test_a_dataset_of_yesterday_is_stale_and_says_why(tiny: TinyArchive) -> None:
    tiny.scores(score("a/x", 1), on=ago(1))
    archive = Archive(tiny.root)
    reason = {"datasets": {"benchmarks-artificial-analysis": {"message": "no answer"}}}
    archive.report(ago(1), {"datasets": {}})
    archive.report(TODAY, reason)
    site = tiny.site()
    state = site.dataset("benchmarks-artificial-analysis")
    assert (state.day, state.stale, state.message) == (ago(1), True, "no answer")
    assert site.dataset("models").message == ""
    assert tiny.site(ago(1)).dataset("benchmarks-artificial-analysis").message == ""
    assert not tiny.site(ago(1)).dataset("benchmarks-artificial-analysis").stale


def test_a_dataset_that_is_not_held_is_stale_and_empty(tiny: TinyArchive) -> None:
    state = tiny.site().dataset("models")
    assert (state.day, state.as_of, state.rows, state.stale) == (None, None, 0, True)
    assert (state.citations, state.days, state.notes) == ((), (), ())
    assert state.title == "Model catalog"
    assert state.about.startswith("Every available model")


def test_a_damaged_snapshot_is_told_and_the_one_before_serves(tiny: TinyArchive) -> None:
    tiny.scores(score("a/x", 1), on=ago(1))
    tiny.scores(score("a/x", 2))
    path = tiny.root / "benchmarks-artificial-analysis" / f"{TODAY}.json.gz"
    path.write_bytes(path.read_bytes()[:-1])
    state = tiny.site().dataset("benchmarks-artificial-analysis")
    assert (state.day, state.notes) == (ago(1), (f"damaged: {TODAY}.json.gz",))


def test_two_snapshots_of_a_day_are_one_day(tiny: TinyArchive) -> None:
    tiny.scores(score("a/x", 1))
    tiny.scores(score("a/x", 2))
    assert tiny.site().dataset("benchmarks-artificial-analysis").days == (TODAY,)


def test_a_site_carries_its_day_and_its_version(tiny: TinyArchive) -> None:
    site = tiny.site()
    assert (site.today, site.version, site.demo, site.public_url) == (TODAY, "1.0", "", "")
    with pytest.raises(KeyError):
        site.dataset("unheard-of")


def test_a_day_of_the_past_is_shown_as_it_was(tiny: TinyArchive) -> None:
    fill_day(tiny, 7, "0.000001")
    before = {id_: board.records() for id_, board in tiny.boards(ago(7)).items()}
    fill_day(tiny, 0, "0.000002")
    tiny.rankings(weeks({"z/later": 9}, last=ago(8)))
    after = {id_: board.records() for id_, board in tiny.boards(ago(7)).items()}
    assert after == before
    site = tiny.site(ago(7))
    assert sorted(site.profiles) == ["a/x", "b/x"]
    assert {state.days for state in site.datasets} == {(ago(7),)}


# What could not be made


def test_names_lead_to_no_page_of_a_board_that_could_not_be_made(tiny: TinyArchive) -> None:
    fill(tiny)
    made = tiny.boards()
    gone = {"da.models.website", "task.code"}
    left = without_lost_pages(Boards(board for id_, board in made.items() if id_ not in gone))

    def lost(id_: str, key: str) -> list[str]:
        pairs = zip(made[id_].rows, left[id_].rows, strict=True)
        entities = [(before.entity(key), after.entity(key)) for before, after in pairs]
        return [before.id for before, after in entities if before.path and not after.path]

    assert list(left) == [id_ for id_ in made if id_ not in gone]
    assert lost("design-arena", "category") == ["website"]
    assert lost("tasks", "tag") == ["code"]
    assert lost("models-7d", "model_permaslug") == []
    assert left["models-7d"].records() == made["models-7d"].records()


def test_a_board_that_stands_alone_has_bare_names_and_no_bars(tiny: TinyArchive) -> None:
    fill(tiny)
    board = tiny.boards()["models-7d"]
    bare = plain(board)
    assert any(column.bar for column in board.columns)
    assert not any(column.bar for column in bare.columns)
    models = [row.entity("model_permaslug") for row in bare.rows]
    assert {(model.path, model.detail) for model in models} == {(None, "")}
    assert bare.records() == board.records()


def test_models_and_authors_whose_figures_cannot_be_put_together_keep_their_names(
    tiny: TinyArchive,
) -> None:
    fill(tiny)
    gathered = all_boards.gather(read_sources(tiny.history()))
    sources = replace(read_sources(tiny.history()), boards=gathered.boards)
    # Nothing that reads days can read this.
    unreadable: Any = object()
    broken = replace(sources, daily_tokens=unreadable)
    found = model_profiles.profiles(broken)
    facts = sources.catalogue
    assert facts is not None
    assert [profile.model.id for profile in found.profiles] == ["a/x", "b/x"]
    assert found.profiles[0] == ModelProfile(
        model=sources.names.page("a/x"),
        ids=("a/x",),
        listed=True,
        first_seen=None,
        last_seen=None,
        facts=(),
        finding="The figures of a/x could not be put together for this day.",
        rank=None,
        ranks=None,
        of=0,
        share=None,
        usage_board=None,
        prices=None,
        scores=None,
        tasks=None,
        neighbors=(),
        citations=facts.citations[:1],
        datasets=("models",),
    )
    assert len(found.failures) == 1
    unlisted = model_profiles.profiles(replace(broken, catalogue=None)).profiles[0]
    assert (unlisted.citations, unlisted.datasets) == ((), ())
    authors = author_profiles.profiles(tiny.site().profiles, broken)
    assert authors.profiles[0] == AuthorProfile(
        author=sources.names.author("a"),
        rank=None,
        share=None,
        finding="The figures of a could not be put together for this day.",
        usage_board=None,
        models=None,
        citations=(),
        datasets=(),
    )
    assert len(authors.failures) == 1
