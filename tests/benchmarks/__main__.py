"""Run all benchmarks and print a table for each.

    make bench

On the recorded replies that the package brings along, in a temporary folder. CPU seconds can be compared between
runs on one machine; wall seconds only when it does nothing else.
"""

import tempfile
from pathlib import Path

from tests.benchmarks import charts, commands, decade, rank_stability, sorting

if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder) / "site"
        commands.main(site)
        print()
        charts.main(site)
        print()
        sorting.main(site)
        print()
        rank_stability.main()
        print()
        decade.main([decade.FEW_DAYS])
