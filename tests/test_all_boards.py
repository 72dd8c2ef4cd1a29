"""The list of boards: complete, in order, and no stronger than its weakest maker."""

import pkgutil
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import date
from importlib import import_module
from typing import Any, get_args

import pytest

import generator.boards
from generator.archive.history import History
from generator.archive.listings import Listings
from generator.archive.store import Archive
from generator.base.attribution import rankings
from generator.base.isolation import Failure
from generator.boards.all_boards import BOARDS, gather, site
from generator.boards.board import (
    VALUE_TYPES,
    AnyBoard,
    Board,
    BoardId,
    BoardRow,
    Boards,
    Column,
    Entity,
    Kind,
    narrowed,
)
from generator.boards.names import Names
from generator.boards.sources import BoardMaker, SourceName, Sources, read_sources, required
from generator.endpoints import CORE
from tests.running import Built
from tests.tiny_archive import TODAY, TinyArchive, listing

EMPTY = Sources(today=date(2026, 8, 18), names=Names(Listings([], [], {}), []))


@dataclass(frozen=True, slots=True, kw_only=True)
class CountRow(BoardRow):
    """A row with one number."""

    count: int


class OtherBoard(Board[CountRow]):
    """A board that carries more than rows."""


def board(id_: BoardId, *counts: Any) -> Board[CountRow]:
    rows = tuple(CountRow(count=count) for count in counts)
    column = Column("count", "Count", "integer")
    return Board(id_, "How many?", (column,), rows, (rankings("2026-08-18"),), ("rankings-daily",))


def maker(*boards: AnyBoard, families: tuple[str, ...] = ("x",), **more: Any) -> BoardMaker:
    return BoardMaker(families, lambda _: iter(boards), **more)


def test_every_file_that_makes_boards_is_in_the_list() -> None:
    names = [found.name for found in pkgutil.iter_modules(generator.boards.__path__)]
    modules = [import_module(f"generator.boards.{name}") for name in names]
    makers = [module.MAKER for module in modules if hasattr(module, "MAKER")]
    assert len(makers) == len(BOARDS)
    assert all(maker in BOARDS for maker in makers)


def test_no_family_has_two_makers_and_what_is_read_was_made_before() -> None:
    made: list[str] = []
    for one in BOARDS:
        assert set(one.after) <= set(made), one.families
        assert not set(one.families) & set(made)
        made += one.families


def test_a_need_is_a_field_of_the_sources() -> None:
    assert set(get_args(SourceName)) <= {field.name for field in fields(Sources)}


def test_every_maker_makes_boards_of_its_families_from_the_demo(plain: Built) -> None:
    sources = read_sources(History(Archive(plain.data), plain.today))
    gathered = gather(sources)
    assert gathered.failures == ()
    made = {one.id.family for one in gathered.boards.values()}
    named = {family for one in BOARDS for family in one.families}
    # The recordings hold no evaluations, no session costs and no slices, and tasks of a single day.
    assert named - made == {"categories", "openrouter-evals", "session-cost", "task-trend"}
    # A page explains columns by their labels.
    for one in gathered.boards.values():
        labels = [column.label for column in one.columns]
        assert len({*labels}) == len(labels), one.id


def test_an_archive_that_holds_nothing_gives_no_board_and_no_failure() -> None:
    gathered = gather(EMPTY)
    assert (list(gathered.boards), gathered.failures) == ([], ())


def test_a_maker_that_fails_is_named_and_costs_its_own_boards_only() -> None:
    def failing(_: Sources) -> Iterator[AnyBoard]:
        yield board(BoardId("half"), 1)
        raise ZeroDivisionError("division by zero")

    broken = BoardMaker(("half", "other-half"), failing)
    gathered = gather(EMPTY, (broken, maker(board(BoardId("x"), 1))))
    assert list(gathered.boards) == ["x"]
    (sentence,) = gathered.failures
    assert sentence.startswith(
        "boards of half, other-half could not be made (ZeroDivisionError in "
    )
    assert "division by zero" not in sentence


def test_a_maker_without_what_it_needs_is_left_out() -> None:
    needs_tasks = maker(board(BoardId("x"), 1), needs=("tasks",))
    reads_y = maker(board(BoardId("x"), 1), after=("y",))
    for one in (needs_tasks, reads_y):
        gathered = gather(EMPTY, (one,))
        assert (list(gathered.boards), gathered.failures) == ([], ())
    makes_y = maker(board(BoardId("y", "part"), 1), families=("y",))
    assert list(gather(EMPTY, (makes_y, reads_y)).boards) == ["y.part", "x"]


def test_datasets_stand_in_the_order_of_their_boards_and_those_of_none_last(
    tiny: TinyArchive,
) -> None:
    first = replace(board(BoardId("x"), 1), datasets=("models", "rankings-daily"))
    second = replace(board(BoardId("x", "y"), 1), datasets=("rankings-daily", "app-rankings"))
    found = site(
        tiny.history(), demo="", public_url="", version="1", makers=(maker(first, second),)
    )
    names = [state.name for state in found.datasets]
    assert names[:3] == ["models", "rankings-daily", "app-rankings"]
    assert names[3:] == [one.name for one in CORE if one.name not in names[:3]]


def test_a_maker_may_fail_to_make_one_of_its_boards_and_make_the_others() -> None:
    outcomes = [board(BoardId("x"), 1), Failure("no y"), board(BoardId("x", "z"), 1)]
    gathered = gather(EMPTY, (BoardMaker(("x",), lambda _: iter(outcomes)),))
    assert (list(gathered.boards), gathered.failures) == (["x", "x.z"], ("no y",))


def test_a_maker_that_reads_a_source_it_does_not_name_among_its_needs_is_told_so() -> None:
    assert required("source") == "source"
    with pytest.raises(LookupError, match="does not name among its needs"):
        required(None)


def test_a_board_of_a_family_that_its_maker_does_not_name_is_a_failure() -> None:
    (failure,) = gather(EMPTY, (maker(board(BoardId("z"), 1)),)).failures
    assert failure.startswith("boards of x could not be made (ValueError in boards/all_boards.py")


def test_a_board_made_twice_is_a_failure() -> None:
    (failure,) = gather(EMPTY, (maker(*[board(BoardId("x"), 1)] * 2),)).failures
    assert failure.startswith("boards of x could not be made (ValueError in boards/all_boards.py")


def test_a_column_that_is_no_field_of_the_rows_raises() -> None:
    good = board(BoardId("x"), 1)
    with pytest.raises(ValueError, match="row 1, column missing: CountRow has no field missing"):
        Board(
            good.id,
            good.title,
            (Column("missing", "Missing", "text"),),
            good.rows,
            good.citations,
            good.datasets,
        )


@pytest.mark.parametrize(
    "named",
    [
        {"models": "missing"},
        {"phone": ("count", "missing")},
        {"choices": (("count", "count"), ("count", "missing"))},
    ],
)
def test_a_board_that_names_a_column_it_has_not_raises(named: dict[str, Any]) -> None:
    good = board(BoardId("x"), 1)
    assert replace(good, phone=("count",)).phone == ("count",)
    with pytest.raises(ValueError, match="board x has no column missing"):
        replace(good, **named)


def test_a_number_is_no_entity_and_a_board_of_another_type_is_not_narrowed() -> None:
    good = board(BoardId("x"), 1)
    with pytest.raises(TypeError, match="count holds 1, not an entity"):
        good.rows[0].entity("count")
    assert narrowed(good, Board) is good
    with pytest.raises(TypeError, match="board x is no OtherBoard"):
        narrowed(good, OtherBoard)


@pytest.mark.parametrize("value", ["1", 1.5, Entity("a", "A")])
def test_a_value_that_does_not_fit_its_column_raises(value: object) -> None:
    with pytest.raises(ValueError, match="row 2, column count: expected a value of kind integer"):
        board(BoardId("x"), 1, value)


def test_a_missing_value_fits_every_column() -> None:
    assert board(BoardId("x"), None).records() == [{"count": None}]
    assert set(VALUE_TYPES) == set(get_args(Kind))


def test_an_id_is_its_text_and_keeps_its_parts() -> None:
    id_ = BoardId("da", "models", "v1.5")
    assert id_ == "da.models.v1.5"
    assert (id_.family, id_.parts) == ("da", ("models", "v1.5"))
    assert id_.below("da") == ("models", "v1.5")
    assert id_.below("da", "models", "v1.5") == ()
    assert id_.below("d") is None
    assert id_.below("da", "v1.5") is None


def test_boards_are_found_by_id_with_their_rows_typed_and_by_family() -> None:
    boards = Boards([board(BoardId("x"), 1), board(BoardId("x", "y"), 2), board(BoardId("z"), 3)])
    assert [one.id for one in boards.family("x")] == ["x", "x.y"]
    assert boards.find("gone", CountRow) is None
    found = boards.find("z", CountRow)
    assert found is not None
    assert found.rows[0].count == 3

    @dataclass(frozen=True, slots=True, kw_only=True)
    class OtherRow(BoardRow):
        count: int

    with pytest.raises(TypeError, match="board z holds CountRow, not OtherRow"):
        boards.find("z", OtherRow)


def test_a_dataset_has_failed_unless_the_newest_run_got_it_or_had_no_need_to(
    tiny: TinyArchive,
) -> None:
    tiny.models(listing("a/x"))
    assert {state.failed for state in tiny.site().datasets} == {False}
    outcomes = {"models": "fresh", "session-cost": "not due", "rankings-daily": "failed"}
    reported = {name: {"state": state, "message": state} for name, state in outcomes.items()}
    Archive(tiny.root).report(TODAY, {"schema_version": 1, "datasets": reported})
    states = {state.name: state for state in tiny.site().datasets}
    failed = [name for name in outcomes if states[name].failed]
    assert failed == ["rankings-daily"]
    assert states["rankings-daily"].message == "failed"
