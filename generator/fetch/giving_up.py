"""The rule by which a run stops asking: what failed three times alike would fail again."""

from collections.abc import Sequence

from generator.fetch.report import Outcome

GIVE_UP_AFTER = 3
"""After datasets of so many paths in a row failed in the same way, the rest is not asked."""


def reason_not_to_ask(outcomes: Sequence[Outcome], *, keyed: bool) -> str:
    """Return how the last datasets failed if those of three paths failed alike, empty otherwise.

    Further calls would then only burn the day's quota. Several datasets come from one path, which may be gone by
    itself; and what is refused to the key may be given to a call without it.

    Args:
        outcomes: of the run so far.
        keyed: the next call is sent with the key.
    """
    last = _failed_alike([outcome for outcome in outcomes if _counts(outcome, keyed=keyed)])
    paths = {outcome.path for outcome in last}
    if len(paths) < GIVE_UP_AFTER:
        return ""
    if not keyed and all(outcome.of_key for outcome in last):
        return ""
    return f"skipped after {GIVE_UP_AFTER} similar failures: {_reason(last[0])}"


def _counts(outcome: Outcome, *, keyed: bool) -> bool:
    """Return whether an outcome says anything about a call with the key, or about one without it."""
    return outcome.state != "not due" and (outcome.keyed or not keyed)


def _failed_alike(outcomes: Sequence[Outcome]) -> list[Outcome]:
    """Return the last outcomes that failed in one way; a bug of ours says nothing about the answer to another call."""
    last: list[Outcome] = []
    for outcome in reversed(outcomes):
        if outcome.state != "failed" or outcome.traceback:
            break
        if last and _reason(outcome) != _reason(last[0]):
            break
        last.append(outcome)
    return last


def _reason(outcome: Outcome) -> str:
    return outcome.message.rpartition(": ")[2]
