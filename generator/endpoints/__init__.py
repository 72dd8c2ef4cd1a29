"""The list of endpoints, in the order in which a run calls them.

Facts that cannot be asked for later come first, so that a run cut short loses least; the model list comes
after the rankings, because they decide which slugs need a look-up. The extended ones come last: they may use what
is left of a run's calls.
"""

from generator.endpoints import (
    app_rankings,
    benchmarks,
    models,
    ranking_slices,
    rankings_daily,
    session_cost,
    task_classifications,
)
from generator.endpoints.endpoint import AnyEndpoint

ENDPOINTS: tuple[AnyEndpoint, ...] = (
    task_classifications.ENDPOINT,
    benchmarks.ARTIFICIAL_ANALYSIS,
    benchmarks.DESIGN_ARENA,
    benchmarks.OPENROUTER,
    session_cost.ENDPOINT,
    rankings_daily.ENDPOINT,
    models.ENDPOINT,
    app_rankings.ENDPOINT,
    ranking_slices.DAILY,
    ranking_slices.WEEKLY,
)

CORE = tuple(endpoint for endpoint in ENDPOINTS if not endpoint.extended)
"""Those that every site asks for."""

BY_NAME = {endpoint.name: endpoint for endpoint in ENDPOINTS}


def asked(*, extended: bool) -> tuple[AnyEndpoint, ...]:
    """Return the endpoints of a run, in its order."""
    return ENDPOINTS if extended else CORE
