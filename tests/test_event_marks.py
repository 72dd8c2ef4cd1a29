"""Which events the time charts mark: those of their own model, author, basket or index, with their credits."""

import pytest

from generator.archive.history import History
from generator.archive.store import Archive
from generator.base import palette
from generator.base.site_config import SiteConfig
from generator.boards import all_boards
from generator.boards.board import AnyBoard, rows_of
from generator.boards.changes import ChangeRow
from generator.charts.catalogue import price_index, price_model, tok_author, tok_model
from generator.charts.chart import WIDE
from tests.tiny_archive import TODAY, Json, TinyArchive, ago, listing, score, weeks

MODELS, RANKINGS, ANALYSIS = "models", "rankings-daily", "benchmarks-artificial-analysis"


def fill(tiny: TinyArchive) -> None:
    """A model that takes the lead and whose price is cut, one whose price is not, and an index that is re-based."""
    before = {"a/x": 1, "b/y": 99}
    tiny.rankings(weeks(before, before, {"a/x": 99, "b/y": 1}))
    dear = {"completion": "0.000004"}
    tiny.models(listing("a/x", prompt="0.000003", pricing=dear), listing("b/y"), on=ago(3))
    tiny.models(listing("a/x", prompt="0.000001"), listing("b/y"), on=ago(2))
    tiny.models(listing("a/x", prompt="0.000001"), listing("b/y"))
    for days, more in ((3, 0), (2, 9), (0, 9)):
        slugs = ("a/x", "b/y", "c/z")
        tiny.scores(*[score(slug, 40 + more, "0.000001") for slug in slugs], on=ago(days))


def told(board: AnyBoard) -> list[tuple[str, str]]:
    return [(str(mark.day), mark.text) for mark in board.marks]


def test_a_single_board_has_the_events_that_it_has_among_all(tiny: TinyArchive) -> None:
    fill(tiny)
    site = tiny.site()
    find, boards = site.charted_board(), site.charted_boards
    assert {id_: find(id_) for id_ in boards} == dict(boards)
    assert boards["model.a.x"].marks
    assert find("no-such-board") is None


def test_a_time_chart_marks_what_happened_to_what_it_is_about(tiny: TinyArchive) -> None:
    fill(tiny)
    boards = tiny.site().charted_boards
    led = (str(ago(3)), "a/x took the lead by tokens over seven days from b/y.")
    cut = (
        str(ago(2)),
        "a/x: listed price cut: input $3 to $1 (−67%).",
    )
    rebased = boards["frontier-cheapest"].marks[1].text
    assert told(boards["model.a.x"]) == [led, cut]
    assert told(boards["model-prices.a.x"]) == [led, cut]
    assert told(boards["model.b.y"]) == []
    assert told(boards["author.a"]) == [led]
    assert told(boards["author.b"]) == []
    assert told(boards["price-index"]) == [cut]
    assert told(boards["frontier-cheapest"]) == [cut, (str(ago(2)), rebased)]
    assert rebased.startswith("The intelligence index of Artificial Analysis was re-based")
    assert told(boards["concentration"]) == [led]


@pytest.mark.parametrize("author", ["Ab", "a--b", "index", "a b"])
def test_an_authors_chart_is_of_the_author_whatever_its_page_is_called(
    tiny: TinyArchive, author: str
) -> None:
    before = {f"{author}/x": 1, "b/y": 99}
    tiny.rankings(weeks(before, before, {f"{author}/x": 99, "b/y": 1}))
    tiny.models(listing(f"{author}/x"), listing("b/y"))
    site = tiny.site()
    weeks_board = site.authors[author].usage_board
    assert weeks_board
    board = site.charted_boards[weeks_board.id]
    assert [mark.text.partition(" took")[0] for mark in board.marks] == [f"{author}/x"]
    colors = set(tok_author.CHART.draw(board, WIDE).colors.values())
    assert colors == {palette.author_color(author)}


def test_an_event_brings_the_credit_of_its_source(tiny: TinyArchive) -> None:
    fill(tiny)
    boards = tiny.site().charted_boards
    sources = {id_: boards[id_].datasets for id_ in ("model.a.x", "model.b.y", "frontier-cheapest")}
    assert sources == {
        "model.a.x": (RANKINGS, MODELS),
        "model.b.y": (RANKINGS,),
        "frontier-cheapest": (ANALYSIS, MODELS),
    }
    credit = boards["price-index"].citations[0]
    assert boards["model.a.x"].citations[1:] == (credit,)


def test_a_mark_of_a_price_has_the_name_once_and_whole(tiny: TinyArchive) -> None:
    tiny.rankings(weeks({"a/x": 1}, {"a/x": 1}))
    named = "Acme: X, the second"
    dear: Json = {"prompt": "0.0000005", "pricing": {"completion": "0.000001"}}
    tiny.models(listing("a/x", name=named, **dear), on=ago(2))
    free: Json = {"prompt": "0", "pricing": {"completion": "0"}}
    tiny.models(listing("a/x", name=named, **free), on=ago(1))
    assert told(tiny.site().charted_boards["model.a.x"]) == [
        (
            str(ago(1)),
            "X, the second became free; it cost $0.50 / $1 per million tokens (input / output).",
        )
    ]


def test_events_of_models_and_prices_are_switched_on_by_the_reader(tiny: TinyArchive) -> None:
    fill(tiny)
    boards = tiny.site().charted_boards
    charts = {tok_model: "model.a.x", price_model: "model-prices.a.x", price_index: "price-index"}
    choices = []
    for module, id_ in charts.items():
        drawing = module.CHART.draw(boards[id_], WIDE)
        assert drawing.data["events"][0]["letter"] == "A"
        (control,) = (one for one in drawing.controls if one.key == "events")
        choices.append([option.value for option in control.options])
    assert choices == [["", "all"], ["", "all"], ["", "prices"]]


def test_a_source_that_must_not_be_charted_marks_no_other_chart(tiny: TinyArchive) -> None:
    fill(tiny)
    config = SiteConfig(uncharted=frozenset({MODELS}))
    site = all_boards.site(
        tiny.history(TODAY), demo="", public_url="", version="1.0", config=config
    )
    board = site.drawn_boards["model.a.x"]
    assert board.datasets == (RANKINGS,)
    assert not [mark for mark in board.marks if "price" in mark.text]


def test_a_source_that_must_not_be_handed_on_marks_no_other_chart(tiny: TinyArchive) -> None:
    fill(tiny)
    history = History(Archive(tiny.root), TODAY, frozenset({MODELS}))
    site = all_boards.site(history, demo="", public_url="", version="1.0")
    boards = site.charted_boards
    assert boards["model.a.x"].datasets == (RANKINGS,)
    assert boards["price-index"].marks


def test_levels_of_one_index_are_not_marked_where_another_is_re_based(tiny: TinyArchive) -> None:
    tiny.rankings(weeks({"a/x": 1}, {"a/x": 1}))
    for days, coding in ((3, 40), (2, 49), (0, 49)):
        slugs = ("a/x", "b/y", "c/z")
        rows = [score(slug, 40, "0.000001", coding_index=coding) for slug in slugs]
        tiny.scores(*rows, on=ago(days))
    boards = tiny.site().charted_boards
    kinds = [(row.event.kind, row.event.of) for row in rows_of(boards["changes"], ChangeRow)]
    assert kinds == [("rebased", "coding_index")]
    assert told(boards["frontier-cheapest"]) == []


def test_prices_of_variants_leave_the_index_unmarked_and_those_of_dear_models_the_levels(
    tiny: TinyArchive,
) -> None:
    tiny.rankings(weeks({"a/x": 99, "c/z": 1}, {"a/x": 99, "c/z": 1}))
    for days, price in ((3, "0.000009"), (0, "0.000008")):
        batch, dear = listing("b/y:batch", prompt=price), listing("c/z", prompt=price)
        tiny.models(listing("a/x"), listing("b/y"), batch, dear, on=ago(days))
        tiny.scores(score("a/x", 60, "0.000001"), score("c/z", 50, price), on=ago(days))
    boards = tiny.site().charted_boards
    (mark,) = boards["price-index"].marks
    assert mark.text.startswith("c/z: ")
    assert told(boards["frontier-cheapest"]) == []
