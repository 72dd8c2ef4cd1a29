"""Whether the tests would notice a wrong change: ``make mutants``, or ``make mutants ONLY=generator/boards/apps.py``.

mutmut changes one operator, number, argument or string at a time in the packages that pyproject.toml names, and runs
the tests that reach the changed function. What it left of an earlier run is in ``mutants/``.
"""

import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from fnmatch import fnmatch
from pathlib import Path

MUTMUT = (sys.executable, "-m", "mutmut")
LOG = Path("mutants") / "run.log"


def names(paths: Sequence[str]) -> list[str]:
    """Return the patterns that mutmut knows the mutants of these files and folders by."""
    return [path.removesuffix(".py").strip("/").replace("/", ".") + ".*" for path in paths]


def outcomes(lines: Iterable[str], patterns: Sequence[str]) -> dict[str, str]:
    """Return what became of each mutant that was run, by its name, from lines such as ``name: survived``.

    Args:
        patterns: whose mutants are meant; none means all.
    """
    found: dict[str, str] = {}
    for line in lines:
        name, colon, outcome = line.strip().partition(": ")
        meant = not patterns or any(fnmatch(name, pattern) for pattern in patterns)
        if colon and outcome != "not checked" and meant:
            found[name] = outcome
    return found


def report(found: dict[str, str]) -> str:
    """Return the names of the mutants that no test noticed, and a line of totals."""
    counts = Counter(found.values())
    # A mutant that never ends, or ends the process, is noticed too.
    noticed = counts["killed"] + counts["timeout"] + counts["segfault"]
    unnoticed = sorted(name for name, outcome in found.items() if outcome != "killed")
    listed = [f"{found[name]}: {name}" for name in unnoticed]
    percent = 100 * noticed / len(found) if found else 0.0
    total = f"{noticed} killed, {len(found) - noticed} survived, {percent:.1f}% killed"
    return "\n".join([*listed, total, "To see one: .venv/bin/mutmut show NAME"])


def main(paths: Sequence[str]) -> int:
    """Run the mutants of these paths, or all, and print the report; return the exit code."""
    LOG.parent.mkdir(exist_ok=True)
    print(f"Running the mutants of {', '.join(paths) or 'all packages'}; progress is in {LOG} ...")
    with LOG.open("w") as log:
        ran = subprocess.run(
            [*MUTMUT, "run", "--max-children", "1", *names(paths)],
            stdout=log,
            stderr=subprocess.STDOUT,
            check=False,
        )
    if ran.returncode:
        print(f"mutmut could not run; the end of {LOG} says why.", file=sys.stderr)
        return ran.returncode
    results = subprocess.run(
        [*MUTMUT, "results", "--all", "true"], capture_output=True, text=True, check=True
    )
    print(report(outcomes(results.stdout.splitlines(), names(paths))))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
