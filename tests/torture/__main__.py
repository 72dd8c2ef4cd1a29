"""Play all parts, or those that are named, and print a table for each; fail where something went wrong.

make torture
make torture ONLY="schema_mutations"
"""

import sys
from collections.abc import Callable, Iterator, Sequence

from tests.torture import (
    hostile_replies,
    hostile_strings,
    kills,
    schema_mutations,
    simulated_year,
    withheld,
)
from tests.torture.outcome import HEAD, Outcome

PARTS: tuple[tuple[str, Callable[[], Iterator[Outcome]]], ...] = (
    ("hostile_strings", hostile_strings.play),
    ("hostile_replies", hostile_replies.play),
    ("schema_mutations", schema_mutations.play),
    ("kills", kills.play),
    ("simulated_year", simulated_year.play),
    ("withheld", withheld.play),
)
"""Each part's name and what plays it, in the order of a run of all."""


def main(names: Sequence[str]) -> int:
    """Play the parts of these names, or all; return the exit code."""
    unknown = set(names) - {name for name, _ in PARTS}
    if unknown:
        print(f"no such part: {', '.join(sorted(unknown))}", file=sys.stderr)
        return 2
    failed = False
    for name, play in PARTS:
        if names and name not in names:
            continue
        print(f"{name}\n{HEAD}", flush=True)
        for outcome in play():
            print(outcome.report, flush=True)
            failed = failed or bool(outcome.wrong)
        print()
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
