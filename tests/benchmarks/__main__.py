"""Run all benchmarks and print a table for each.

    make bench

On the recorded replies that the package brings along, in a temporary folder. CPU seconds can be compared between
runs on one machine; wall seconds only when it does nothing else.
"""

import tempfile
from pathlib import Path

from tests.benchmarks import (
    archives,
    charts,
    commands,
    decade,
    pages,
    rank_stability,
    sorting,
    steady,
    weights,
)

ON_THE_DEMO = (
    commands.main,
    pages.main,
    weights.main,
    charts.main,
    sorting.main,
)
"""Each prints its tables; the first builds the demo in the folder that all are given."""
ALONE = (
    archives.sizes,
    rank_stability.main,
    decade.few_days,
    steady.few,
)

if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder) / "site"
        for benchmark in ON_THE_DEMO:
            benchmark(site)
            print()
    for own in ALONE:
        own()
        print()
