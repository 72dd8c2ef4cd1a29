"""What today's site goes without where it has too many models: those that matter least first, and said so."""

import shutil
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import pytest

from generator.base.artifact import Artifact
from generator.boards.board import AnyBoard, BoardId
from generator.boards.model_days import ModelDayRow
from generator.boards.model_profiles import ModelProfile
from generator.boards.site import Site
from generator.charts.catalogue import CHARTS
from generator.charts.chart import SIZES, Control, DrawnChart
from generator.charts.draw import draw_all
from generator.checks import check
from generator.checks.layout import LARGEST_SITE
from generator.publish.folders import Folders
from generator.publish.stage import stage
from generator.render.page_list import read_pages
from generator.render.share_cards import ShareCards
from generator.render.thinned_charts import (
    CARD,
    EDITABLE,
    INTERACTIVE,
    LIMIT,
    LeftOutToday,
    left_out_today,
    reckoned,
)
from generator.render.thinning import ROOM, ChartWeights, Thinned, days_size, thinned
from tests.drawings import DRAWINGS
from tests.forking import know_some_charts
from tests.tiny_archive import TODAY, TinyArchive, ago, created_on, listing, weeks

EDITABLE_BYTES, INTERACTIVE_BYTES = 100, 840
"""Of each chart in these tests; what makes it interactive is on the site 1.4 times."""


def _chart(id_: str, board: AnyBoard) -> DrawnChart:
    sizes = {".vl.json": EDITABLE_BYTES, ".json": 10, ".csv": 10}
    for size in SIZES:
        sizes[f"{size.suffix}.svg"] = sizes[f"{size.suffix}.dark.svg"] = 1000
        sizes[f"{size.suffix}.vg.json"] = INTERACTIVE_BYTES * 5 // 21
    drawn = tuple(Artifact(f"charts/{id_}{end}", b"x" * count) for end, count in sizes.items())
    chosen = Control("range", "Range", ())
    chart = id_.partition(".")[0]
    return DrawnChart(id_, chart, board, "", drawn, "", "", (), (), (chosen,))


def _charts(site: Site) -> dict[str, DrawnChart]:
    """The charts of all models and authors, each named for them, and two of no single one."""
    top = site.boards["models-7d"]
    made = [_chart("tok-top-bar", top), _chart("task-models.code", top)]
    for slug, profile in site.profiles.items():
        name = slug.replace("/", ".")
        if profile.price_history:
            made.append(_chart(f"price-model.{name}", profile.price_history))
        if profile.usage_board:
            made.append(_chart(f"tok-model.{name}", profile.usage_board))
    for name, author in site.authors.items():
        if author.usage_board:
            made.append(_chart(f"tok-author.{name}", author.usage_board))
    return {chart.id: chart for chart in made}


@pytest.fixture
def site(tiny: TinyArchive, monkeypatch: pytest.MonkeyPatch) -> Site:
    """Five models of one author: gone, never used, little used, most used, and new; one of them is the most used."""
    monkeypatch.setattr("generator.render.thinned_charts.MOST_USED", 1)
    old = created_on(date(2026, 1, 1))
    entries = {
        "a/gone": {"created": old},
        "a/idle": {"created": old},
        "a/little": {"created": old},
        "a/most": {"created": old},
        "a/new": {"created": created_on(ago(30))},
    }
    every = [listing(slug, **more) for slug, more in entries.items()]
    dearer = [listing(slug, prompt="0.000003", **more) for slug, more in entries.items()]
    tiny.models(*every, on=ago(3))
    tiny.models(*dearer, on=ago(2))
    tiny.models(*dearer[1:], on=TODAY)
    used = {"a/little": 5, "a/most": 500, "a/new": 1}
    tiny.rankings(weeks(used, used))
    return replace(tiny.site(), public_url="https://example.org/")


def _lost(left_out: LeftOutToday) -> set[tuple[str, str]]:
    """Each chart with what it goes without: its editable or its interactive form."""
    names = {EDITABLE: "editable", INTERACTIVE: "interactive"}
    return {(id_, names[one]) for id_, lacks in left_out.formats.items() for one in lacks}


GONE, IDLE = "price-model.a.gone", "price-model.a.idle"
LITTLE = ("price-model.a.little", "tok-model.a.little")
LAST_GROUP = (
    "price-model.a.new",
    "tok-model.a.new",
    "price-model.a.most",
    "tok-model.a.most",
    "tok-author.a",
)
ORDER = (
    *((id_, "editable") for id_ in (GONE, IDLE)),
    *((id_, "interactive") for id_ in (GONE, IDLE)),
    *((id_, "editable") for id_ in LITTLE),
    *((id_, "interactive") for id_ in LITTLE),
    *((id_, "editable") for id_ in LAST_GROUP),
    *((id_, "interactive") for id_ in LAST_GROUP),
)
"""What goes after the cards, one chart after the other."""


def test_nothing_is_left_out_of_today_while_there_is_room(site: Site) -> None:
    charts = _charts(site)
    assert left_out_today(site, charts, 0) == left_out_today(site, charts, -5) == LeftOutToday()
    assert LeftOutToday().sentences == ()
    assert LeftOutToday().applied(charts) == charts


def test_what_matters_least_goes_first_and_no_more_than_there_is_no_room_for(site: Site) -> None:
    charts, saved = _charts(site), CARD
    assert left_out_today(site, charts, 1) == LeftOutToday(frozenset({"models/a/gone/"}))
    assert left_out_today(site, charts, CARD).formats == {}
    for count, (_, what) in enumerate(ORDER, 1):
        left_out = left_out_today(site, charts, saved + 1)
        assert _lost(left_out) == set(ORDER[:count])
        saved += EDITABLE_BYTES if what == "editable" else INTERACTIVE_BYTES
        assert left_out_today(site, charts, saved) == left_out
    # Nothing else can go, however little room there is.
    assert _lost(left_out_today(site, charts, saved + 10**9)) == set(ORDER)


def test_a_site_that_is_published_nowhere_has_no_cards_to_go_without(site: Site) -> None:
    left_out = left_out_today(replace(site, public_url=""), _charts(site), 1)
    assert (left_out.cards, _lost(left_out)) == (frozenset(), {ORDER[0]})


def test_the_most_used_are_as_many_as_there_are_tokens_for(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.render.thinned_charts.MOST_USED", 100)
    of_unused = CARD + 2 * (EDITABLE_BYTES + INTERACTIVE_BYTES)
    left_out = left_out_today(site, _charts(site), of_unused + 1)
    # Both unused models go first all the same, and nobody is left between them and the most used.
    assert _lost(left_out) == {*ORDER[:4], ("price-model.a.new", "editable")}


def test_a_chart_keeps_rows_and_pictures_and_what_it_lacks_is_counted(site: Site) -> None:
    charts = _charts(site)
    left_out = left_out_today(site, charts, CARD + 3 * EDITABLE_BYTES)
    assert left_out.sentences == (
        "1 model no longer in the catalog and without use in the last year: no card of their own.",
        "2 charts of single models or authors, the least used first: no Vega-Lite spec to download.",
        "1 chart of single models or authors, the least used first: a picture, table and files, and no interactive form.",
    )
    made = left_out.applied(charts)
    assert list(made) == list(charts)
    still = {artifact.path.removeprefix(f"charts/{GONE}") for artifact in made[GONE].files}
    pictures = {f"{size.suffix}{dark}.svg" for size in SIZES for dark in ("", ".dark")}
    assert still == {".csv", ".json", *pictures}
    assert (made[GONE].is_interactive, made[GONE].controls) == (False, ())
    assert made[IDLE].is_interactive
    assert made[IDLE].controls
    assert not made[IDLE].has(".vl.json")
    assert made["tok-top-bar"] == charts["tok-top-bar"]


def test_a_model_without_a_card_has_that_of_all_models(site: Site) -> None:
    gone, idle = "models/a/gone/", "models/a/idle/"
    cards = ShareCards(site, {}, read_pages(), {gone})
    every = ShareCards(site, {}, read_pages())
    assert {card.path for card in every} - {card.path for card in cards} == {
        "cards/models/a/gone.png"
    }
    assert cards.at(idle) == every.at(idle)
    assert cards.at(gone) == every.at("models/nobody/")


def test_a_long_table_is_reckoned_with_the_rows_that_the_page_has(site: Site) -> None:
    chart = _charts(site)["tok-model.a.most"]
    rows = Artifact("charts/tok-model.a.most.json", bytes(36_600))
    first = chart.board.rows[0]
    assert isinstance(first, ModelDayRow)
    days = tuple(replace(first, date=ago(number)) for number in range(366))
    every = {number: replace(chart.board, rows=days[:number]) for number in (100, 366)}
    short, long = (
        reckoned(site, [replace(chart, files=(rows,), board=board)], 0) for board in every.values()
    )
    # The same bytes, of which the page has all rows, or a hundred of 366.
    assert short - long == 2 * (36_600 - 10_000)


def test_more_models_and_charts_are_reckoned_heavier(site: Site) -> None:
    charts = _charts(site)
    every = reckoned(site, charts.values(), 0)
    assert reckoned(site, charts.values(), 10**6) == every + 10**6
    fewer = reckoned(site, [one for one in charts.values() if one.id != GONE], 0)
    assert 24_000 < every - fewer - charts[GONE].files[0].size < 40_000
    unpublished = reckoned(replace(site, public_url=""), charts.values(), 0)
    assert every - unpublished == 6 * CARD


DECADE = 3653
_FILES = {
    ".csv": bytes(22_000),
    ".json": bytes(60_000),
    ".metadata.json": bytes(3_000),
    ".vl.json": bytes(49_000),
    **{f"{size.suffix}{dark}.svg": bytes(26_000) for size in SIZES for dark in ("", ".dark")},
    **{f"{size.suffix}.vg.json": bytes(46_000) for size in SIZES},
}
"""As heavy as the files of a chart of all days of a year, where 300 and 1,000 models were measured."""


def _with_models(site: Site, count: int) -> tuple[Site, dict[str, DrawnChart]]:
    """So many models that were each used on every day of a year, with their charts."""
    profile = site.profiles["a/most"]
    board = profile.usage_board
    assert board is not None
    days = tuple(replace(board.rows[0], date=ago(number)) for number in range(366))
    profiles: dict[str, ModelProfile] = {}
    charts: dict[str, DrawnChart] = {}
    for number in range(count):
        id_ = f"tok-model.a.{number}"
        used = replace(board, id=BoardId("model", f"a/{number}"), rows=days)
        drawn = tuple(Artifact(f"charts/{id_}{end}", body) for end, body in _FILES.items())
        profiles[f"a/{number}"] = replace(profile, usage_board=used, price_history=None)
        charts[id_] = DrawnChart(id_, "tok-model", used, "", drawn, "", "", (), (), ())
    return replace(site, profiles=profiles), charts


def _reckoned_after_ten_years(site: Site, models: int) -> tuple[int, Thinned]:
    """What a site of so many models weighs as reckoned, once what leaves it has left, and what leaves the days."""
    site, charts = _with_models(site, models)
    days = {TODAY - timedelta(days=number): 250_000 for number in range(DECADE)}
    histories, weights = 220_000_000, ChartWeights(frozen=1_750_000, interactive=7_000_000)
    today = reckoned(site, charts.values(), histories)
    of_days = thinned(days, min(ROOM, LIMIT - today), weights)
    whole = today + days_size(days, of_days, weights)
    left_out = left_out_today(site, charts, whole - LIMIT)
    saved = len(left_out.cards) * CARD
    for id_, lacks in left_out.formats.items():
        saved += sum(one.saved(charts[id_]) for one in lacks)
    return whole - saved, of_days


def test_age_alone_stops_no_publication_of_850_models_with_charts(site: Site) -> None:
    weight, of_days = _reckoned_after_ten_years(site, 850)
    assert weight <= LARGEST_SITE
    # By then all has gone that days can give, and pages and tables of the last year are whole.
    year = TODAY - timedelta(days=365)
    assert (of_days.tables, of_days.changes, of_days.boards) == (year, year, date(2026, 1, 1))


def test_of_half_as_many_again_ten_years_do_not_fit(site: Site) -> None:
    assert _reckoned_after_ten_years(site, 1350)[0] > LARGEST_SITE


def test_a_thinned_site_passes_every_check_links_nothing_that_left_and_says_what_did(
    tiny: TinyArchive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    used = {"a/most": 500, "a/little": 5}
    for prompt, day in (("0.000001", ago(2)), ("0.000002", TODAY)):
        tiny.models(*(listing(slug, prompt=prompt) for slug in used), on=day)
        tiny.rankings(weeks(used, used, last=day - timedelta(days=1)), on=day)
    (tmp_path / "site").mkdir()
    folders = Folders(tmp_path / "site")
    shutil.copytree(tiny.root, folders.data)
    DRAWINGS.lend(folders.root)
    know_some_charts(monkeypatch)
    some = [one for one in CHARTS if one.per_entity or one.id == "tok-top-bar"]
    monkeypatch.setattr("generator.publish.stage.draw_all", partial(draw_all, charts=some))

    whole = stage(folders, TODAY, "https://example.org/")
    monkeypatch.setattr("generator.publish.stage.LIMIT", 0)
    thinned = stage(folders, TODAY, "https://example.org/")
    gone = whole.sums.keys() - thinned.sums.keys()
    charts = {
        "price-model.a.most", "price-model.a.little", "tok-model.a.most", "tok-model.a.little", "tok-author.a",
    }  # fmt: skip
    ends = (".vl.json", ".vg.json", ".medium.vg.json", ".narrow.vg.json")
    files = {f"charts/{id_}{end}" for id_ in charts for end in ends}
    families = {"price-model", "tok-model", "tok-author"}
    scripts = {f"embed/{id_}/spec.js" for id_ in charts | families}
    assert gone == files | scripts
    assert thinned.sums.keys() <= whole.sums.keys()
    for staged in (whole, thinned):
        assert [str(finding) for finding in check(staged.path).findings] == []

    assert "Left out for room" not in (whole.path / "status/index.html").read_text()
    status = (thinned.path / "status/index.html").read_text()
    assert "5 charts of single models or authors, the least used first: no Vega-Lite spec" in status
    assert "5 charts of single models or authors, the least used first: a picture" in status
    page = (thinned.path / "charts/tok-model.a.little/index.html").read_text()
    assert "this chart has no interactive form" in page
    assert "may not be redistributed" not in page
    assert 'href="../../charts/tok-model.a.little.metadata.json"' in page
    assert "data-still" in page
    assert "data-controls" not in page
    for path in thinned.path.rglob("*"):
        if path.suffix in {".html", ".json", ".jsonld", ".xml", ".txt", ".md"}:
            said = path.read_text()
            assert not [name for name in gone if name in said], path
    missing = (thinned.path / "404.html").read_text()
    assert "have fewer files" in missing
    assert "have fewer files" not in (whole.path / "404.html").read_text()
