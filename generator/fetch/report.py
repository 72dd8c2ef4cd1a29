"""The outcome of a run, dataset by dataset."""

from dataclasses import dataclass, field
from typing import Any, Literal

from generator.base import formats

State = Literal["fresh", "not due", "failed", "held back", "left out"]
SCHEMA_VERSION = 1


@dataclass(frozen=True, slots=True)
class Outcome:
    """The outcome of one dataset in a run.

    Attributes:
        dataset: its name.
        state: "fresh" with a new snapshot, "not due" where none was to be made, "left out" where the run had no calls
            left for it, else "failed" or "held back".
        message: why it failed, was held back or left out, empty otherwise.
        rows: the number of rows of the new snapshot.
        calls: the number of replies in it.
        notes: one sentence for each row that was set aside and for whatever was noticed.
        traceback: of a bug that failed it, with every line; empty for known failures.
        path: that its first call asks; several datasets may come from one.
        keyed: that call is sent with the key.
        of_key: it failed because of the key, which says nothing of calls without it.
    """

    dataset: str
    state: State
    message: str = ""
    rows: int = 0
    calls: int = 0
    notes: tuple[str, ...] = ()
    traceback: str = ""
    path: str = ""
    keyed: bool = True
    of_key: bool = False

    @property
    def line(self) -> str:
        """The outcome as one line for the terminal."""
        if self.state == "fresh":
            rows = formats.counted(self.rows, "row")
            return f"{self.dataset}: {rows} from {formats.counted(self.calls, 'call')}"
        if self.state == "not due":
            return f"{self.dataset}: not due"
        return self.message


@dataclass(slots=True)
class Report:
    """The outcome of a run.

    Attributes:
        outcomes: one per dataset, in the order of the run.
        attempts: requests sent, retries included.
    """

    outcomes: list[Outcome] = field(default_factory=list)
    attempts: int = 0

    @property
    def failed(self) -> list[Outcome]:
        """The outcomes of all datasets that were due and are not fresh."""
        return [outcome for outcome in self.outcomes if outcome.state not in ("fresh", "not due")]


def to_json(report: Report, day: str) -> dict[str, Any]:
    """Return the report as it is archived; tracebacks are only shown."""
    datasets = {outcome.dataset: _told(outcome) for outcome in report.outcomes}
    return {"schema_version": SCHEMA_VERSION, "day": day, "datasets": datasets}


def _told(outcome: Outcome) -> dict[str, Any]:
    return {
        "state": outcome.state,
        "message": formats.clean(outcome.message),
        "rows": outcome.rows,
        "calls": outcome.calls,
        "notes": [formats.clean(note) for note in outcome.notes],
    }
