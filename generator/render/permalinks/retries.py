"""Which days are made again in a run because something of them could not be made before."""

from generator.render.permalinks.store import Missing


class Retries:
    """What fails in one run, which says what is not tried again in it.

    What failed once is tried again by the next run, whatever the reason was: it may have been one of that run. What
    failed again may be something that no run can make, so of that each chart and board is tried until it fails on one
    day, and on the other days only if it does not: what can never be drawn costs a run one day and not all. Without a
    package that charts need nothing is tried after the first day that lacks it.
    """

    def __init__(self) -> None:
        self._failed: set[str] = set()
        self._lacks_package = False

    def are_due(self, missing: Missing) -> bool:
        """Return whether what is missing of a day is to be tried now."""
        if missing.lacks_package:
            return not self._lacks_package
        if missing.again:
            return not self._failed.issuperset(_names(missing))
        return bool(missing.sentences)

    def note(self, missing: Missing) -> None:
        """Remember what this run could not make."""
        self._failed.update(_names(missing))
        self._lacks_package = self._lacks_package or missing.lacks_package


def _names(missing: Missing) -> list[str]:
    """Return what tells failures apart on all days: the reason of a chart can quote what only one day has."""
    return [*missing.boards, *missing.charts]
