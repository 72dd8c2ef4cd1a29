"""The sitemap: the address of every page for readers, with the day on which what it shows last changed."""

from collections.abc import Iterable, Iterator
from datetime import date

from generator.base import dates
from generator.endpoints import (
    app_rankings,
    benchmarks,
    models,
    rankings_daily,
    session_cost,
    task_classifications,
)
from generator.render.context import Context

_PROSE = ".md"
_DATASET_OF = {
    "data/restatements/": rankings_daily.NAME,
    "tasks/": task_classifications.NAME,
    "apps/session-cost/": session_cost.NAME,
    "apps/": app_rankings.NAME,
    "prices/": models.NAME,
    "benchmarks/artificial-analysis/": benchmarks.ARTIFICIAL_ANALYSIS.name,
    "benchmarks/design-arena/": benchmarks.DESIGN_ARENA.name,
    "benchmarks/openrouter/": benchmarks.OPENROUTER.name,
}
"""The dataset of all pages whose addresses start so; any other page may show each dataset."""


def entries(context: Context, paths: Iterable[str]) -> Iterator[tuple[str, date | None]]:
    """Yield the listed ones of these addresses, each with the day of its last change; None where it is not known."""
    hidden = {entry.path for entry in context.page_list.entries if not entry.in_sitemap}
    for path in sorted(paths):
        if path not in hidden and not path.startswith("embed/"):
            yield path, changed_on(context, path)


def changed_on(context: Context, path: str) -> date | None:
    """Return the day that the newest facts of a page are as of, at most the day of the build.

    A page of prose has no such day: only its own history knows when it changed.
    """
    if _is_prose(context, path):
        return None
    days = [dates.parse_as_of(as_of).date() for as_of in _times(context, path)]
    if not days:
        return None
    return min(max(days), context.site.today)


def _is_prose(context: Context, path: str) -> bool:
    for entry in context.page_list.entries:
        if entry.path == path:
            return entry.template.endswith(_PROSE)
    return False


def _times(context: Context, path: str) -> list[str]:
    """Return every as_of of what a page shows."""
    folder, _, rest = path.partition("/")
    name = rest.strip("/")
    if folder == "charts" and name in context.charts:
        return [citation.as_of for citation in context.charts[name].citations]
    dataset = _dataset_of(path)
    if not dataset and folder == "data":
        dataset = name
    times = []
    for state in context.site.datasets:
        if state.as_of is not None and dataset in ("", state.name):
            times.append(state.as_of)
    return times


def _dataset_of(path: str) -> str:
    """Return the name of the one dataset that a page shows, an empty text for any other page."""
    for start, dataset in _DATASET_OF.items():
        if path.startswith(start):
            return dataset
    return ""
