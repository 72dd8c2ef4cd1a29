"""What a page shows, and what of it is out of date: for the notice at its top and the sources at its foot."""

import re
from collections.abc import Iterable
from datetime import date

from generator.boards.site import DatasetState

_SOURCES = ' data-sources="'
_QUOTED_REPLY = re.compile(r' \(".*"\)$')
"""What the API answered, at the end of the message of a failed request."""


def datasets_shown(html: str) -> tuple[str, ...]:
    """Return the names of the datasets that regions of a page are made from, in their order, each once."""
    names: dict[str, None] = {}
    # Split and not matched: a page is searched in a twentieth of the time. As plain text, because parts of marked text
    # would be marked again.
    for region in str.split(html, _SOURCES)[1:]:
        names |= dict.fromkeys(region[: region.index('"')].split())
    return tuple(names)


def by_reason(
    states: Iterable[DatasetState],
) -> list[tuple[tuple[date | None, str], list[DatasetState]]]:
    """Return datasets that are out of date, those together that share the day of the last update and the reason."""
    groups: dict[tuple[date | None, str], list[DatasetState]] = {}
    for state in states:
        groups.setdefault((state.stale_since, reason_in_short(state.message)), []).append(state)
    return list(groups.items())


def reason_in_short(message: str) -> str:
    """Return what readers need of the message of a failure; the page of the status has all of it.

    Without the dataset and the request, which come before the reason, and the cure and the reply after it: these are for
    the owner of the site, and differ where eight datasets failed for one reason.
    """
    reason = _QUOTED_REPLY.sub("", message).rpartition(": ")[2]
    return reason.partition("; ")[0]
