"""The plan of a run: which calls, and how long they take at most. Arithmetic only."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from generator.endpoints import ENDPOINTS
from generator.endpoints.endpoint import Call, HeldState

SECONDS_A_WINDOW = 60


@dataclass(frozen=True, slots=True)
class Plan:
    """The calls that are certain, and how many there can be when every list goes on for a second page.

    Attributes:
        calls: in the order of the run.
        most: with every further page and look-up.
        most_keyed: those of them that count against the key's limit.
    """

    calls: tuple[Call, ...]
    most: int
    most_keyed: int

    def seconds(self, per_minute: int, *, at_most: bool) -> int:
        """How long the pace makes it, in seconds; a window's worth of calls goes out at once."""
        keyed = self.most_keyed if at_most else sum(call.keyed for call in self.calls)
        if not per_minute or not keyed:
            return 0
        return SECONDS_A_WINDOW * (math.ceil(keyed / per_minute) - 1)


def plan(today: date, held: Mapping[str, HeldState]) -> Plan:
    """The run of one day, given what each dataset holds."""
    calls: list[Call] = []
    most = most_keyed = 0
    for endpoint in ENDPOINTS:
        mine = held.get(endpoint.name, HeldState())
        certain = endpoint.calls(today, mine)
        longest = endpoint.longest(today, mine) if endpoint.longest else len(certain)
        calls += certain
        most += longest
        most_keyed += longest if any(call.keyed for call in certain) else 0
    return Plan(tuple(calls), most, most_keyed)
