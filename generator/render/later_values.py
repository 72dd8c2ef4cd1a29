"""What values of a day's tables are today: the tables are drawn once, with places for what becomes known later."""

import re
from collections.abc import Callable

from generator.render import settled_cells

_PLACE = re.compile(r"<!--later (?P<board>\S+) (?P<row>[0-9]+) (?P<column>\S+)-->")


def place_for_later(board: str, row: int, column: str) -> str:
    """Return the place in a cell, as an HTML comment.

    Args:
        board: its id.
        row: its number in the table, from 0.
        column: its key.
    """
    return f"<!--later {board} {row} {column}-->"


def with_later(drawn: str, later: Callable[[str, int, str], str]) -> str:
    """Return tables that have such places, with what became known of their values since.

    Args:
        drawn: the tables as HTML.
        later: returns the value of today as text by the board's id, the number of the row from 0 and the key
            of the column; empty where it has not changed.
    """

    def shown(place: re.Match[str]) -> str:
        text = later(place["board"], int(place["row"]), place["column"])
        return f'<small class="later">now {settled_cells.spoken(text)}</small>' if text else ""

    return _PLACE.sub(shown, drawn)
