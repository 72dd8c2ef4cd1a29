"""Comparisons that stand ready under addresses of their own, for those who have no scripts to choose with."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from generator.boards.board import Board, Row
from generator.boards.comparison import in_order, key
from generator.boards.site import Site

MOST = 4


@dataclass(frozen=True, slots=True)
class Prepared:
    """A few models side by side.

    Attributes:
        path: inside the site; that of the most used ones is the page of comparisons itself.
        title: which comparison this is.
        said: who they are, in a sentence.
        keys: of the models, two to four, as a comparison names them.
    """

    path: str
    title: str
    said: str
    keys: tuple[str, ...]


_COUNTS = {2: "two", 3: "three", 4: "four"}


def prepared(site: Site) -> Iterator[Prepared]:
    """The most used first; a kind of which fewer than two models are known is left out."""
    known = [key(str(profile.model.path)) for profile in in_order(site)]
    used = known[:MOST]
    kinds = [("compare/", "Most used", "The {} most used models this week, side by side.", used)]
    for name, title, said, board, choose in _KINDS:
        if board in site.boards:
            kinds.append(
                (f"compare/{name}/", title, said, _keys(choose(site.boards[board]), known))
            )
    for path, title, said, keys in kinds:
        if len(keys) > 1:
            yield Prepared(path, title, said.format(_COUNTS[len(keys)]), tuple(keys))


def _keys(rows: Iterable[Row], known: list[str]) -> list[str]:
    """The first few models of these rows that can be compared, each once however many variants it has."""
    paths = (row.entity("model_permaslug").path or "" for row in rows)
    return [one for one in dict.fromkeys(map(key, paths)) if one in known][:MOST]


def _best_on_frontier(board: Board) -> list[Row]:
    """Those that nothing beats at their price, the best first."""
    unbeaten = [row for row in board.rows if row["on_frontier"]]
    return sorted(unbeaten, key=lambda row: -(row.number("intelligence_index") or 0))


def _risen(board: Board) -> list[Row]:
    return [row for row in board.rows if (row.number("difference") or 0) > 0]


_Choose = Callable[[Board], Iterable[Row]]
_KINDS: tuple[tuple[str, str, str, str, _Choose], ...] = (
    (
        "highest-scores",
        "Highest scores",
        "The {} models with the highest intelligence index, side by side.",
        "artificial-analysis",
        lambda board: board.rows,
    ),
    (
        "best-for-the-price",
        "Best for the price",
        "The {} best models that none beats for the same price or less, side by side.",
        "frontier",
        _best_on_frontier,
    ),
    (
        "rising",
        "Rising",
        "The {} models that gained most tokens this week, side by side.",
        "movers-7d",
        _risen,
    ),
    (
        "for-coding",
        "For coding",
        "The {} models chosen most for coding that are also tested and rated for it, side by side.",
        "use-test-taste",
        lambda board: board.rows,
    ),
)
