"""What came of playing one sort of fault many times."""

from collections.abc import Sequence
from dataclasses import dataclass

MOST_SHOWN = 20
"""Most faults to list of one outcome."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one sort of fault.

    Attributes:
        what: the fault and where it was played, in a few words.
        played: how many times.
        wrong: a sentence for each time that it did not end as it must.
    """

    what: str
    played: int
    wrong: tuple[str, ...] = ()

    @property
    def line(self) -> str:
        """The outcome as a row of the table."""
        return f"{self.played:>9,} {len(self.wrong):>6,}  {self.what}"


HEAD = f"{'played':>9} {'wrong':>6}  what"


def report(outcomes: Sequence[Outcome]) -> str:
    """Return the rows of the table and, below them, what went wrong."""
    lines = [HEAD, *(outcome.line for outcome in outcomes)]
    for outcome in outcomes:
        lines += [f"{outcome.what}: {sentence}" for sentence in outcome.wrong[:MOST_SHOWN]]
        left = len(outcome.wrong) - MOST_SHOWN
        if left > 0:
            lines.append(f"{outcome.what}: and {left:,} more")
    return "\n".join(lines)
