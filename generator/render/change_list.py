"""``data/v1/changes.json``: what the page of changes shows, each change with the time of its source."""

from generator.base import tabular
from generator.base.attribution import Citation
from generator.boards import changes
from generator.boards.changes import ChangeRow
from generator.boards.events import KINDS, Event
from generator.render.context import Context
from generator.render.feeds import credit_of_events
from generator.render.json_headers import SCHEMA_VERSION, iso_day
from generator.render.latest import ROOT

NAME = "changes.json"
PATH = f"{ROOT}/{NAME}"


def change_list(context: Context) -> bytes | None:
    """Return the changes of the last sixty days, newest first; None where nothing may be published of them."""
    site = context.site
    board = site.boards.find(changes.ID, ChangeRow)
    if board is None:
        return None
    withheld = {state.name for state in site.withheld}
    citations: list[Citation] = []
    for dataset, citation in zip(board.datasets, board.citations, strict=True):
        if dataset not in withheld:
            citations.append(citation)
    if not citations:
        return None
    top = {
        **tabular.header(citations),
        "schema_version": SCHEMA_VERSION,
        "snapshot_date": str(site.today),
    }
    credit = credit_of_events(context.history, board)
    rows = []
    for row in board.rows:
        if row.event.dataset not in withheld:
            rows.append({**_record(row.event), "as_of": credit(row.event).as_of})
    return tabular.json_file(top, rows, "changes")


def _record(event: Event) -> dict[str, object]:
    return {
        "id": event.id,
        "day": str(event.day),
        "after": iso_day(event.after),
        "kind": event.kind,
        "kind_name": KINDS[event.kind],
        "dataset": event.dataset,
        "subject": event.model.id,
        "name": event.model.source_name,
        "page": event.model.path,
        "text": event.text,
    }
