"""Filters of tables of models: what is known of each row's model, and what readers can choose from."""

from dataclasses import replace
from decimal import Decimal

import pytest

from generator.boards.board import AnyBoard
from generator.boards.site import Site
from generator.render import filters, listed_models, table_body, table_layout
from generator.render.filters import Facets
from tests.page_reading import Node, read
from tests.tiny_archive import Json, TinyArchive, app, chosen, listing, rating, score, task, weeks

FACTS = ("author", "input", "output", "context", "has", "price", "cost")


def _facets(site: Site, id_: str) -> Facets:
    models = listed_models.model_list(site.boards.get("catalogue"), site.authors)
    return filters.of(site.boards[id_], models)


def _rows(board: AnyBoard, facets: Facets) -> list[Node]:
    table = f"<table>{table_body.body(board, '', marks=facets.attributes)}</table>"
    return read(table).all("tr")


def _facts(site: Site, id_: str) -> dict[str, tuple[str, ...]]:
    """By model what its row says for the filters."""
    rows = _rows(site.boards[id_], _facets(site, id_))
    return {
        str(row.all("th")[0].get("data-v")): tuple(row.get(f"data-{name}") for name in FACTS)
        for row in rows
    }


def able(*parameters: str, **more: object) -> Json:
    architecture = {"input_modalities": ["text", "image"], "output_modalities": ["text"]}
    return {"supported_parameters": list(parameters), "architecture": architecture, **more}


def test_every_board_of_models_knows_what_is_listed_of_them(tiny: TinyArchive) -> None:
    open_one = able("tools", "reasoning", hugging_face_id="a/One", context_length=128000)
    tiny.models(
        listing("a/one", "a/one-1", "A: One", **open_one),
        listing("a/one:free", "a/one-1", "A: One", prompt="0", pricing={"completion": "0"}),
        listing("b/two", "b/two-1", "B: Two", prompt="-1", **able("structured_outputs")),
    )
    tiny.rankings(weeks({"a/one-1": 9, "a/one-1:free": 8, "b/two-1": 7, "c/gone": 6, "other": 5}))
    tiny.scores(score("a/one-1", 50.0), score("b/two-1", 40.0, "0.000003"))
    tiny.ratings([rating("a/one-1", 1200), rating("b/two-1:thinking", 1100)])
    site = tiny.site()

    one = ("a", "text image", "text", "128000", "open_weights tools reasoning", "1", "paid")
    varies = ("b", "text image", "text", "", "structured_outputs", "", "")
    unlisted = ("",) * 6
    assert _facts(site, "models-7d") == {
        "a/one-1": one,
        "a/one-1:free": ("a", "text", "text", "", "", "0", "free"),
        "b/two-1": varies,
        "c/gone": ("c", *unlisted),
        "other": ("", *unlisted),
    }
    assert [slug for slug, _ in _facets(site, "models-7d").authors] == ["a", "b", "c"]
    paid = (*varies[:5], "3", "paid")
    assert _facts(site, "artificial-analysis") == {"a/one-1": one, "b/two-1": paid}
    arena = _facts(site, "da.models.website")
    assert arena == {"a/one-1": one, "b/two-1:thinking": ("b", *unlisted)}


def test_a_model_is_free_where_both_input_and_output_are(tiny: TinyArchive) -> None:
    prices = {"a/free": "0", "b/half": "0.000001"}
    tiny.models(
        *(listing(slug, prompt="0", pricing={"completion": out}) for slug, out in prices.items())
    )
    tiny.rankings(weeks({"a/free": 9, "b/half": 8}))
    costs = {slug: facts[-2:] for slug, facts in _facts(tiny.site(), "models-7d").items()}
    assert costs == {"a/free": ("0", "free"), "b/half": ("0", "paid")}


def test_a_page_stands_for_its_paid_listing_and_authors_alike_but_for_case_say_their_slugs(
    tiny: TinyArchive,
) -> None:
    free = listing("a/one", name="Meta: One", prompt="0", pricing={"completion": "0"})
    tiny.models(free, listing("a/one:thinking"), listing("b/two", name="META: Two"))
    site = tiny.site()
    models = listed_models.model_list(site.boards.get("catalogue"), site.authors)
    by_page = {path: row.model_permaslug.id for path, row in models.by_page.items()}
    assert by_page == {"models/a/one/": "a/one:thinking", "models/b/two/": "b/two"}
    assert models.authors == {"a": "Meta (a)", "b": "META (b)"}


def test_readers_choose_from_what_the_table_has(tiny: TinyArchive) -> None:
    tiny.models(
        listing("meta/one", name="Meta: One", context_length=200_000),
        listing("meta-llama/two", name="Meta: Two"),
        listing("z-ai/three", name="Z.ai: Three", **able("tools")),
        listing("x/four", name="X: Four", **able("reasoning")),
    )
    tiny.scores(*(score(slug, 50.0) for slug in ("meta/one", "meta-llama/two", "z-ai/three")))
    facets = _facets(tiny.site(), "artificial-analysis")
    assert [(slug, name) for slug, name in facets.authors] == [
        ("meta", "Meta (meta)"),
        ("meta-llama", "Meta (meta-llama)"),
        ("z-ai", "Z.ai"),
    ]
    assert (facets.inputs, facets.outputs) == (("image", "text"), ("text",))
    assert facets.contexts == (32_000, 128_000, 200_000)
    assert facets.abilities == (("tools", "Tools"),)


def test_a_board_that_is_not_of_models_has_no_filters_but_text(tiny: TinyArchive) -> None:
    tiny.models(listing("a/one"))
    tiny.rankings(weeks({"a/one": 9, "other": 5}))
    site = tiny.site()
    assert not _facets(site, "authors-7d")
    assert filters.noun(site.boards["authors-7d"]) == "rows"
    models = site.boards["models-7d"]
    assert filters.noun(models) == "models"
    twice = replace(models, rows=(models.rows[0], *models.rows))
    assert filters.noun(twice) == "rows"


def test_where_variants_have_rows_of_their_own_they_are_counted_as_listings(
    tiny: TinyArchive,
) -> None:
    tiny.rankings(weeks({"a/one": 9, "a/one:free": 5}))
    assert filters.noun(tiny.site().boards["models-7d"]) == "listings"


def test_boards_with_many_columns_name_those_that_a_phone_shows(tiny: TinyArchive) -> None:
    tiny.models(listing("a/one"), listing("b/two"))
    tiny.rankings(weeks({"a/one": 9, "b/two": 8, "other": 5}, {"a/one": 9, "b/two": 7, "other": 5}))
    tiny.scores(score("a/one", 50.0, "0.000001"), score("b/two", 40.0, "0.000002"))
    tiny.ratings([rating("a/one", 1200), rating("b/two", 1100)])
    tiny.tasks(task("code:debug", 0.5, 0.5, chosen("a/one", 0.5), chosen("b/two", 0.5)))
    tiny.apps({"popular": [app(1, 10)]})
    site = tiny.site()
    boards = [*site.charted_boards.values()]
    profile = site.profiles["a/one"]
    boards += [part for part in (profile.prices, profile.scores, profile.tasks) if part]
    wide = [board for board in boards if len(table_layout.chosen(board)) > 4]
    assert len(wide) > 10
    for board in wide:
        columns = table_layout.chosen(board)
        away = table_layout.folded(board, columns)
        left = [column for at, column in enumerate(columns, 1) if at not in away]
        assert 2 <= len(left) <= 4, board.id
        names = [column.key for column in columns if column.kind == "entity"][:1]
        assert {*names} <= {column.key for column in left}, board.id


def test_a_table_is_in_order_of_the_column_that_its_board_names(tiny: TinyArchive) -> None:
    prices = {"a/dear": "0.000003", "b/cheap": "0.0000005", "c/free": "0"}
    tiny.models(*[listing(slug, prompt=price) for slug, price in prices.items()])
    tiny.scores(*[score(slug, 40, price) for slug, price in prices.items()])
    for id_ in ("prices", "frontier"):
        board = tiny.board(id_)
        assert filters.order(board, board.columns) == "blended"
        assert filters.order(board, board.columns[:1]) == ""
        blended = [Decimal(row["blended"]) for row in board.rows]
        assert len(blended) == 3
        assert blended == sorted(blended)


def test_a_board_names_a_column_of_its_own_for_its_order(tiny: TinyArchive) -> None:
    tiny.models(listing("a/x"))
    with pytest.raises(ValueError, match="board prices has no column score"):
        replace(tiny.board("prices"), ordered_by="score")
