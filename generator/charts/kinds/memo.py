"""What both sizes of a chart, its words and its files rest on is found out once."""

from collections.abc import Callable
from typing import TypeVar

from generator.boards.board import Board

T = TypeVar("T")


def per_board(find: Callable[[Board], T]) -> Callable[[Board], T]:
    """Keeps what was found in the newest board: all drawings and sentences of a board are made in a row.

    Nobody may change what it returns.
    """
    held: list[tuple[Board, T]] = []

    def found(board: Board) -> T:
        if not held or held[0][0] is not board:
            held[:] = [(board, find(board))]
        return held[0][1]

    return found
