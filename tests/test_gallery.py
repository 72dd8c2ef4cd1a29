"""Charts by question, credits in short, and the neighbors of what is ranked."""

from dataclasses import replace
from itertools import chain
from typing import Any

from generator.base import attribution
from generator.charts.catalogue import CHARTS
from generator.render import gallery
from generator.render.ordering import with_ranked_neighbors
from tests.board_samples import MODELS
from tests.site_samples import charts, profile


def test_every_chart_of_the_catalog_answers_one_question_and_has_a_name_for_its_variants() -> None:
    listed = chain.from_iterable(question.charts for question in gallery.QUESTIONS)
    assert sorted(listed) == sorted(chart.id for chart in CHARTS)
    of_many = {chart.id for chart in CHARTS if chart.board.endswith(".")}
    assert of_many <= set(gallery.FAMILY_NAMES)


def test_charts_stand_by_question_in_its_order_and_what_no_question_has_stands_last() -> None:
    sample = charts()["tok-movers"]
    ids = ("own-chart", "tok-movers", "tok-top-stack", "use-test-taste", "da-elo.models.code")
    made: Any = {id_: replace(sample, id=id_) for id_ in ids}
    (family,) = gallery.families(made)
    assert (family.name, len(family.charts)) == ("Design Arena ratings by category", 1)
    pages = [replace(family, leading=made["da-elo.models.code"])]
    groups = gallery.groups(made, pages)
    found = [(group.question.text, [card.id for card in group.cards]) for group in groups]
    assert found == [
        ("Which models are used the most?", ["tok-top-stack", "tok-movers"]),
        ("Which models score best?", ["use-test-taste", "da-elo"]),
        ("More charts", ["own-chart"]),
    ]
    _, of_scores, _ = groups
    assert [(card.title, card.count) for card in of_scores.cards] == [
        (sample.title, 0),
        ("Design Arena ratings by category", 1),
    ]


def test_a_filter_finds_a_chart_by_title_subtitle_question_and_what_else_it_is_called() -> None:
    sample: Any = replace(charts()["tok-movers"], subtitle="Tokens, 11 to 17 Aug 2026.")
    [group] = gallery.groups({"tok-movers": sample})
    for word in ("11 to 17 aug", "used the most", "traffic", "tok-movers"):
        assert word in group.cards[0].words, word


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
        "Artificial Analysis via OpenRouter, 18 Aug 2026. CC BY 4.0 except the model catalog"
    )


def test_only_what_is_ranked_has_neighbors_by_rank() -> None:
    ranks = (1, 2, None, None)
    profiles = [replace(profile(at), rank=rank) for at, rank in enumerate(ranks)]
    found = [
        (before and before.model.name, one.model.name, after and after.model.name)
        for before, one, after in with_ranked_neighbors(profiles)
    ]
    first, second, third, fourth = (model.name for model in MODELS[:4])
    assert found == [
        (None, first, second),
        (first, second, None),
        (None, third, None),
        (None, fourth, None),
    ]
