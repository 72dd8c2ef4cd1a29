"""The plan of a run: which calls, and how long they take at most. Arithmetic only."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from generator.endpoints import CORE
from generator.endpoints.endpoint import AnyEndpoint, Call, HeldState
from generator.fetch.pacing import MOST_CALLS, WINDOW_SECONDS


@dataclass(frozen=True, slots=True)
class Plan:
    """The calls that are certain, and the number of calls when every list has a second page.

    Attributes:
        calls: in the order of the run.
        most: the number of calls with every further page and look-up.
        most_keyed: the number of those that count against the key's limit.
        left_out: a sentence for each dataset that the run has no calls left for.
    """

    calls: tuple[Call, ...]
    most: int
    most_keyed: int
    left_out: tuple[str, ...] = ()

    def seconds(self, per_minute: int, *, at_most: bool) -> int:
        """Return how long the pace makes the run, in seconds; a minute's worth of calls goes out at once."""
        certain_keyed = sum(call.keyed for call in self.calls)
        keyed = self.most_keyed if at_most else certain_keyed
        if not per_minute or not keyed:
            return 0
        full_windows = math.ceil(keyed / per_minute) - 1
        return round(WINDOW_SECONDS) * full_windows


def plan(
    today: date,
    states: Mapping[str, HeldState],
    endpoints: Iterable[AnyEndpoint] = CORE,
) -> Plan:
    """Return the run of one day, given the state of each dataset; a dataset without one is new.

    A dataset that is not due is not asked for, nor is an extended one that the run has no calls left for.

    Args:
        endpoints: that are asked, in the order of the run.
    """
    calls: list[Call] = []
    left_out: list[str] = []
    most = most_keyed = 0
    for endpoint in endpoints:
        state = states.get(endpoint.name, HeldState())
        if not endpoint.is_due(today, state):
            continue
        certain = endpoint.calls(today, state)
        reason = over_budget(endpoint, len(certain), len(calls))
        if reason:
            left_out.append(reason)
            continue
        max_calls = len(certain)
        if endpoint.max_calls is not None:
            max_calls = endpoint.max_calls(today, state)

        calls += certain
        most += max_calls
        if any(call.keyed for call in certain):
            most_keyed += max_calls
    return Plan(tuple(calls), most, most_keyed, tuple(left_out))


def over_budget(endpoint: AnyEndpoint, calls: int, used: int) -> str:
    """Return why an extended dataset is left out of a run; empty where the run has calls for it, or it is no such.

    Args:
        calls: that the dataset needs.
        used: requests of the run so far.
    """
    if not endpoint.extended or used + calls <= MOST_CALLS:
        return ""
    return (
        f"{endpoint.name}: left out of this run: it needs {calls} calls, "
        f"and {used} of at most {MOST_CALLS} are used"
    )
