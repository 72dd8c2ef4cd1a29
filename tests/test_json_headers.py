"""What stands at the top of a JSON file about all datasets."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from generator.render.json_headers import iso_day, site_credit, site_header
from tests.board_samples import CREDITS
from tests.site_samples import site, state

YESTERDAY, NOW, AHEAD = "2026-08-17", "2026-08-18T22:46:17Z", "2026-09-21"


def header_of(*times: str) -> dict[str, Any]:
    """The header of a site on 18 August whose datasets are as of these times."""
    citation = CREDITS["models"]
    datasets = [state("models", citations=(replace(citation, as_of=time),)) for time in times]
    return site_header(site(datasets=tuple(datasets)))


@pytest.mark.parametrize(
    ("times", "newest"),
    [
        ((YESTERDAY, NOW, AHEAD), NOW),
        ((NOW, YESTERDAY), NOW),
        ((AHEAD,), AHEAD),
        ((), None),
    ],
)
def test_the_time_of_all_data_is_the_newest_that_has_come_already(
    times: tuple[str, ...], newest: str | None
) -> None:
    assert header_of(*times)["as_of"] == newest


def test_a_header_states_day_version_and_rule() -> None:
    header = header_of(NOW)
    assert (header["schema_version"], header["snapshot_date"]) == (1, "2026-08-18")
    assert "snapshot_date" not in site_credit(site())
    assert (iso_day(date(2026, 8, 18)), iso_day(None)) == ("2026-08-18", None)
