"""The cost calculator's examples as its page needs them: whole numbers, and the addresses that set them."""

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from generator.boards import bills
from generator.boards.bills import Workload


@dataclass(frozen=True, slots=True)
class Example:
    """An example of a workload; ``query`` sets the form to it, with what differs from the first one."""

    name: str
    tokens_in: int
    tokens_out: int
    cached_percent: int
    requests: int
    turns: int
    query: str


def _numbers(example: Example) -> dict[str, int]:
    """Return the numbers by their names in the form and in addresses."""
    return {
        "in": example.tokens_in,
        "out": example.tokens_out,
        "cached": example.cached_percent,
        "requests": example.requests,
        "turns": example.turns,
    }


def _example(workload: Workload) -> Example:
    return Example(
        name=workload.name,
        tokens_in=round(workload.tokens_in),
        tokens_out=round(workload.tokens_out),
        cached_percent=round(workload.cached * 100),
        requests=round(workload.requests),
        turns=workload.turns,
        query="",
    )


def examples() -> list[Example]:
    """Return all examples, the one that the form starts with first."""
    made = [_example(workload) for workload in bills.EXAMPLES]
    usual = _numbers(made[0])
    with_query: list[Example] = []
    for example in made:
        numbers = _numbers(example)
        differing = {name: value for name, value in numbers.items() if value != usual[name]}
        with_query.append(replace(example, query=f"./?{urlencode(differing)}"))
    return with_query
