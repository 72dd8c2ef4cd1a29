"""What came of playing one sort of fault many times."""

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
    def report(self) -> str:
        """The outcome as a row of the table and, below it, what went wrong."""
        lines = [f"{self.played:>9,} {len(self.wrong):>6,}  {self.what}", *self.wrong[:MOST_SHOWN]]
        left = len(self.wrong) - MOST_SHOWN
        return "\n".join([*lines, f"and {left:,} more"] if left > 0 else lines)


HEAD = f"{'played':>9} {'wrong':>6}  what"
