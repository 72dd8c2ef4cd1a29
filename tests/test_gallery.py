"""Charts by question, credits in short, and the neighbors of what is ranked."""

from dataclasses import replace
from typing import Any

from generator.base import attribution
from generator.render import gallery
from generator.render.ordering import with_ranked_neighbours
from tests.board_samples import MODELS
from tests.site_samples import charts, profile


def test_charts_stand_by_question_with_the_flagship_first_and_what_fits_none_last() -> None:
    sample = charts()["tok-movers"]
    ids = ("tok-movers", "tok-top-stack", "own-chart", "da-elo.models.code", "use-test-taste")
    made: Any = {id_: replace(sample, id=id_) for id_ in ids}
    found = [(group.question, [one.id for one in group.charts]) for group in gallery.groups(made)]
    assert found == [
        ("Which models are used the most?", ["tok-top-stack", "tok-movers"]),
        ("Which models score best?", ["use-test-taste"]),
        ("More charts", ["own-chart"]),
    ]
    families = [(family.name, len(family.charts)) for family in gallery.families(made)]
    assert families == [("Design Arena ratings by category", 1)]


def test_a_line_of_credit_names_each_source_with_its_time_and_the_license() -> None:
    use = attribution.rankings("2026-08-18T22:46:17Z")
    apps = attribution.apps("2026-08-16T10:00:00Z")
    tested = attribution.benchmark("artificial-analysis", "2026-08-18")
    prices = attribution.models("2026-08-18T23:30:00Z")
    said = attribution.in_short
    assert said([use]) == "Source: OpenRouter, 18 Aug 2026, 22:46 UTC. CC BY 4.0"
    assert said([prices]) == "Source: OpenRouter, 18 Aug 2026, 23:30 UTC. No license stated"
    assert said([use, apps, tested, prices]) == (
        "Sources: OpenRouter, 16 Aug 2026 and 18 Aug 2026; "
        "Artificial Analysis via OpenRouter, 18 Aug 2026. CC BY 4.0 where stated"
    )


def test_only_what_is_ranked_has_neighbors_by_rank() -> None:
    ranks = (1, 2, None, None)
    profiles = [replace(profile(at), rank=rank) for at, rank in enumerate(ranks)]
    found = [
        (before and before.model.name, one.model.name, after and after.model.name)
        for before, one, after in with_ranked_neighbours(profiles)
    ]
    first, second, third, fourth = (model.name for model in MODELS[:4])
    assert found == [
        (None, first, second),
        (first, second, None),
        (None, third, None),
        (None, fourth, None),
    ]
