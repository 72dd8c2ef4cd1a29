"""The plan of a run: which calls, and how long they take at most. Arithmetic only."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from generator.endpoints import ENDPOINTS
from generator.endpoints.endpoint import Call, HeldState
from generator.fetch.pacing import WINDOW_SECONDS


@dataclass(frozen=True, slots=True)
class Plan:
    """The calls that are certain, and the number of calls when every list has a second page.

    Attributes:
        calls: in the order of the run.
        most: the number of calls with every further page and look-up.
        most_keyed: the number of those that count against the key's limit.
    """

    calls: tuple[Call, ...]
    most: int
    most_keyed: int

    def seconds(self, per_minute: int, *, at_most: bool) -> int:
        """Return how long the pace makes the run, in seconds; a minute's worth of calls goes out at once."""
        certain_keyed = sum(call.keyed for call in self.calls)
        keyed = self.most_keyed if at_most else certain_keyed
        if not per_minute or not keyed:
            return 0
        full_windows = math.ceil(keyed / per_minute) - 1
        return round(WINDOW_SECONDS) * full_windows


def plan(today: date, states: Mapping[str, HeldState]) -> Plan:
    """Return the run of one day, given the state of each dataset; a dataset without one is new.

    A dataset that is not due is not asked for.
    """
    calls: list[Call] = []
    most = most_keyed = 0
    for endpoint in ENDPOINTS:
        state = states.get(endpoint.name, HeldState())
        if not endpoint.is_due(today, state):
            continue
        certain = endpoint.calls(today, state)
        max_calls = len(certain)
        if endpoint.max_calls is not None:
            max_calls = endpoint.max_calls(today, state)

        calls += certain
        most += max_calls
        if any(call.keyed for call in certain):
            most_keyed += max_calls
    return Plan(tuple(calls), most, most_keyed)
