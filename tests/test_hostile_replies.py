"""A sample of what make torture plays: days of hostile replies, through the boards to every chart and page."""

import tempfile
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, Phase, given, settings

from generator.archive.history import History
from generator.archive.store import Archive
from generator.base import formats
from generator.base.artifact import Artifact
from generator.base.errors import ReplyError
from generator.boards import all_boards
from generator.boards.site import Site
from generator.charts import native
from generator.charts.catalogue import da_podium, tok_top_bar
from generator.charts.chart import DrawnChart
from generator.charts.draw import draw_all
from generator.render.context import Context
from generator.render.history_files import history_files
from generator.render.latest import latest_files
from generator.render.pages import render_pages
from generator.render.templates import Templates
from tests.forking import know_some_lists
from tests.tiny_archive import TinyArchive, ago, listing, rating
from tests.torture.hostile_replies import (
    World,
    dangling,
    page_faults,
    spec_faults,
    unsaid,
    worlds,
)
from tests.torture.runs import DAY, taken

PLOT = '<svg><g class="plot"></g></svg>'
"""What the native library draws in these tests: the specification is what is looked at."""
SPECS = (".vg.json", ".vl.json")


def test_hostile_replies_become_sound_charts_and_pages(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    know_some_lists(monkeypatch)
    monkeypatch.setattr(native, "vega_to_svg", lambda _spec: PLOT)
    monkeypatch.setattr("generator.charts.png.png", lambda *_: b"")
    templates = Templates()

    @settings(max_examples=2, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(world=worlds())
    def each(world: World) -> None:
        with tempfile.TemporaryDirectory() as folder:
            assert unsaid(taken(world.answer, Path(folder))) == []
            history = History(Archive(Path(folder)), DAY)
            site = all_boards.site(history, demo="", public_url="", version="0")
            assert site.failures == ()
            charts = _charts(site)
            latest = latest_files(history, site)
            context = Context(history, site, charts, latest=latest, templates=templates)
            pages = {one.path: bytes_of(one).decode() for one in render_pages(context)}
        wrong = [*dangling(pages)]
        for path, text in pages.items():
            wrong += page_faults(path, text) if path.endswith(".html") else []
        assert wrong == []

    each()


def bytes_of(artifact: Artifact) -> bytes:
    assert isinstance(artifact.body, bytes)
    return artifact.body


def _charts(site: Site) -> dict[str, DrawnChart]:
    charts: dict[str, DrawnChart] = {}
    for chart in draw_all(site.drawn_boards):
        assert isinstance(chart, DrawnChart), chart.failure
        for file in chart.files:
            if file.path.endswith(SPECS):
                assert [*spec_faults(file.path, bytes_of(file))] == []
        charts[chart.id] = chart
    return charts


def test_a_price_of_many_digits_sets_its_row_aside_and_no_sum_of_dollars_is_too_large_to_show(
    tiny: TinyArchive,
) -> None:
    tiny.models(*(listing(f"a/m{number}") for number in range(20)), listing("b/y", prompt="9" * 7))
    assert "b/y" in {entry.id for entry in tiny.history().listings.entries}
    with pytest.raises(ReplyError, match="pricing"):
        tiny.models(listing("b/y", prompt="9" * 8))
    assert formats.dollars(1e30) == f"${int(1e30):,}"


def test_token_counts_beyond_64_bits_are_exact_in_boards_charts_and_parquet(
    tiny: TinyArchive,
) -> None:
    tiny.rankings({ago(1): {"a/x": 10**20 - 1, "b/y": 10**20 - 1}})
    boards = {"models-7d": tiny.board("models-7d")}
    (chart,) = draw_all(boards, charts=[tok_top_bar.CHART])
    assert isinstance(chart, DrawnChart), chart.failure
    assert b"99999999999999999999" in chart.file(".json")
    files = history_files(tiny.history(), None)
    assert files.failures == ()
    ((_, part),) = files.files["rankings-daily"].parquet()
    with tempfile.NamedTemporaryFile() as file:
        Path(file.name).write_bytes(part)
        (largest,) = duckdb.read_parquet(file.name).max("total_tokens").fetchall()
    assert largest == (Decimal(10**20 - 1),)


def test_a_model_that_came_first_more_often_than_it_took_part_is_not_on_the_podium(
    tiny: TinyArchive,
) -> None:
    said = {"first_place": 3, "total": 2}
    tiny.ratings([rating("a/x", 1200, tournament_stats=said)])
    assert not da_podium.CHART.applies_to(tiny.board("da.models.website"))


def test_where_no_model_is_ranked_there_is_no_chart_of_the_most_used(tiny: TinyArchive) -> None:
    tiny.rankings({ago(1): {"other": 5}})
    assert [*draw_all(tiny.boards(), charts=[tok_top_bar.CHART])] == []
