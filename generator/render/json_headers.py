"""The members at the top of a published JSON file, and days as they are written in one."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from generator.base import attribution, dates, tabular
from generator.base.attribution import Citation
from generator.boards.site import Site

SCHEMA_VERSION = 1
_AS_OF_RULE = "The newest of all datasets up to snapshot_date; each dataset states its own."


def dataset_header(citations: Sequence[Citation], dataset: str, day: str) -> dict[str, object]:
    """Return what stands at the top of a JSON file about one dataset.

    Args:
        citations: of its rows, at least one.
        dataset: its name.
        day: of the snapshot, as ``YYYY-MM-DD``.
    """
    licensed = citations[0].license == attribution.LICENSE_ID
    return {
        **tabular.header(citations),
        "license_url": attribution.LICENSE_URL if licensed else None,
        "schema_version": SCHEMA_VERSION,
        "dataset": dataset,
        "snapshot_date": day,
    }


def site_header(site: Site) -> dict[str, Any]:
    """Return what stands at the top of a JSON file about all datasets."""
    return {
        **site_credit(site),
        "schema_version": SCHEMA_VERSION,
        "snapshot_date": str(site.today),
    }


def site_credit(site: Site) -> dict[str, Any]:
    """Return the credit of all datasets, with the newest ``as_of`` of theirs; None where there is none."""
    # One that lies ahead is not a time of any data, unless all do, as where the clock is slow.
    times = [citation.as_of for citation in site.citations]
    past = [citation.as_of for citation in site.citations if citation.day <= site.today]
    newest = max(past or times, key=dates.parse_as_of, default=None)
    return {**tabular.header(site.citations), "as_of": newest, "as_of_rule": _AS_OF_RULE}


def iso_day(day: date | None) -> str | None:
    """Return a day as ``YYYY-MM-DD``, None where there is none."""
    return str(day) if day else None
