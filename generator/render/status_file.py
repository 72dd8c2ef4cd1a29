"""``data/v1/status.json``: the state of each dataset, what the last runs could refresh, and what was compared."""

from collections.abc import Mapping
from typing import Any

from generator.archive.export_comparison import Comparison, ExportsState
from generator.archive.gates import HeldBack
from generator.base import tabular
from generator.boards.site import DatasetState
from generator.render.context import Context
from generator.render.json_headers import iso_day, site_header

_MOST_RUNS = 60


def status_file(context: Context) -> bytes:
    """Return the file, as JSON: the datasets in the site's order, and the last sixty runs."""
    history, site = context.history, context.site
    runs = []
    for day, report in history.archive.runs(history.today, most=_MOST_RUNS):
        runs.append({"day": str(day), "datasets": _run_states(report)})
    top = {
        **site_header(site),
        "last_run": iso_day(site.last_run),
        "generator": site.version,
        "demo": bool(site.demo),
        "runs": runs,
        "exports": _exports(site.exports),
    }
    datasets = [_dataset(state, context.rows_of(state)) for state in site.datasets]
    return tabular.json_file(top, datasets, "datasets")


def _dataset(state: DatasetState, rows: int) -> dict[str, Any]:
    return {
        "dataset": state.name,
        "newest": iso_day(state.day),
        "as_of": state.as_of,
        "stale": state.stale,
        "failed": state.failed,
        "unchanged_since": iso_day(state.unchanged_since),
        "message": state.message,
        "held_back": [_held_back(held) for held in state.held_back],
        "rows": rows,
        "days_held": len(state.days),
        "notes": list(state.notes),
    }


def _held_back(held: HeldBack) -> dict[str, Any]:
    return {
        "snapshot": held.snapshot,
        "snapshot_date": str(held.snapshot_day),
        "day": iso_day(held.day),
        "gates": [objection.gate for objection in held.objections],
        "reason": held.reasons,
        "shown": iso_day(held.shown),
    }


def _run_states(report: Mapping[str, Any]) -> dict[str, object]:
    """Return the state in which a run left each dataset, by dataset."""
    return {name: outcome.get("state") for name, outcome in report.get("datasets", {}).items()}


def _exports(state: ExportsState | None) -> dict[str, Any] | None:
    """Return how the source's own dated files agree with what is held; None where none were read."""
    if state is None:
        return None
    return {
        "read_on": str(state.read_on),
        "unread": list(state.unread),
        "files": [_compared(comparison) for comparison in state.comparisons],
    }


def _compared(comparison: Comparison) -> dict[str, Any]:
    return {
        "path": comparison.path,
        "day": str(comparison.day),
        "checksum_agrees": comparison.checksum,
        "unreadable": comparison.unreadable,
        "compared": comparison.compared,
        "equal": comparison.equal,
        "equal_to_another_snapshot": comparison.earlier,
        "different": comparison.different,
        "missing_here": comparison.missing_here,
        "missing_there": comparison.missing_there,
        "differences": list(comparison.differences),
    }
