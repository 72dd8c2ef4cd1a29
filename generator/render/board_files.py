"""Boards as files beside their pages: JSON and CSV, the calculator's tariffs, and retirements as a calendar."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict

from generator.base import tabular
from generator.base.artifact import Artifact
from generator.boards import bills, coding, open_weights, retirements
from generator.boards.bills import BillRow
from generator.boards.board import AnyBoard, Board, Boards, is_withheld
from generator.boards.retirements import RetirementRow
from generator.charts import exports
from generator.render.context import Context
from generator.render.retirement_calendar import calendar

FILES: Mapping[str, str] = {
    coding.ID: "coding/coding",
    bills.ID: "prices/calculator/bills",
    retirements.ID: "models/retirements/retirements",
    open_weights.ID: "rankings/open-weights/open-weights",
}
"""Where a board's JSON and CSV lie, without the ending, by its id."""

TARIFFS = "prices/calculator/prices.json"
CALENDAR = "models/retirements/retirements.ics"
_NOTE = (
    "tiers: prices in US dollars of prompts of at least so many tokens, per input token without caching (fresh), "
    "written to the cache (written) and read from it (read), per output token, and for each call; null where the "
    "price is not known or varies. Prices that vary by hour are averages over the week."
)


def make_board_files(context: Context) -> Iterator[Artifact]:
    """Yield the files of each of these boards that was made, and whose data may be redistributed."""
    boards = Boards(board for board in context.site.boards.values() if not is_withheld(board))
    for id_, path in FILES.items():
        board = boards.get(id_)
        if board is not None:
            yield from _tables(board, path)
    billed = boards.find(bills.ID, BillRow)
    if billed is not None:
        yield Artifact(TARIFFS, _tariffs(billed))
    retiring = boards.find(retirements.ID, RetirementRow)
    if retiring is not None:
        yield Artifact.text(CALENDAR, calendar(retiring, context.site))


def _tables(board: AnyBoard, path: str) -> Iterator[Artifact]:
    records = board.records()
    yield Artifact(f"{path}.json", exports.rows_json(board, board.title, records))
    yield Artifact(f"{path}.csv", exports.rows_csv(board, records))


def _tariffs(board: Board[BillRow]) -> bytes:
    models = {row.model_permaslug.id: _tariff(row) for row in board.rows}
    return tabular.compact({**tabular.header(board.citations), "note": _NOTE, "models": models})


def _tariff(row: BillRow) -> dict[str, object]:
    if row.tariff is None:
        return {"tiers": None, "context": None, "batch": row.is_batch}
    tiers = [asdict(tier) for tier in row.tariff.tiers]
    return {"tiers": tiers, "context": row.tariff.context, "batch": row.is_batch}
