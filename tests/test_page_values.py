"""The values that every template may use."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from generator.boards import price_changes
from generator.boards.site import Site
from generator.render.page_values import shared_values
from tests.board_samples import TODAY
from tests.site_samples import context, profile, site, state

SHOWN_FROM = TODAY - timedelta(days=price_changes.SHOWN_DAYS - 1)


def watched_since(first_seen: date | None, *datasets: str) -> object:
    seen = replace(profile(0), first_seen=first_seen)
    held: Site = site(
        profiles={seen.model.id: seen}, datasets=tuple(state(name) for name in datasets)
    )
    return shared_values(context(held, {}), {})["watched"]


@pytest.mark.parametrize(
    ("first_seen", "since"),
    [
        (TODAY - timedelta(days=2), TODAY - timedelta(days=2)),
        (SHOWN_FROM - timedelta(days=1), SHOWN_FROM),
        (None, None),
    ],
    ids=["since a model was seen first", "as long as changes are shown", "no model was seen"],
)
def test_price_changes_are_shown_since_models_are_watched_or_for_so_many_days(
    first_seen: date | None, since: date | None
) -> None:
    assert watched_since(first_seen, "rankings-daily", "models") == since


def test_without_a_catalog_of_today_the_first_day_is_that_of_the_models() -> None:
    long_ago = SHOWN_FROM - timedelta(days=1)
    assert watched_since(long_ago, "rankings-daily") == long_ago
