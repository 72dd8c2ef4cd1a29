"""The pages of earlier days, and what is kept of their charts: for two weeks, for a year, and after that."""

import json
import posixpath
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from generator.archive.history import History
from generator.archive.store import Archive
from generator.base import files
from generator.base.artifact import Artifact, Omission
from generator.base.dates import human_day
from generator.boards import all_boards
from generator.boards.sources import read_sources
from generator.charts import native
from generator.charts.catalogue import REPLACED
from generator.charts.chart import DrawnChart
from generator.checks import attribution, policy
from generator.checks.built_tree import Tree
from generator.checks.html_page import Page
from generator.fetch.recorded import DEMO_DAYS
from generator.publish.folders import demo_sentence
from generator.render.context import Context
from generator.render.gallery import QUESTIONS
from generator.render.permalinks import render_permalinks
from generator.render.permalinks.day_pages import is_settled, month_end
from generator.render.permalinks.store import Record
from generator.render.thinning import Thinned, kept_days
from tests.forking import SOME_CHARTS, SOME_DAYS, know_some_charts
from tests.page_reading import Node, read
from tests.running import LAST, Built

DAYS = [DEMO_DAYS[at] for at in SOME_DAYS]
FIRST, BEFORE = DAYS[0], LAST - timedelta(days=1)
RICH, KEPT = 2, 3
ALONE = DAYS[-KEPT]
"""The oldest day that still has embeds where three days have some, and two have full ones."""
EMBEDDED = SOME_CHARTS - {"da-elo", "task-share"}
"""What that day has an embed of: its tasks are those of another day, and Elo is drawn by category."""
VARIANT = "da-elo.models.codecategories"
Publish = Callable[..., dict[str, str]]


def _page(built: Built, day: object) -> str:
    return built.text(f"d/{day}/index.html")


def test_all_days_are_listed_newest_first_and_each_has_its_page(plain: Built) -> None:
    tree = read(plain.text("d/index.html"))
    listed = [
        node.parent.get("href")
        for node in tree.all("time")
        if node.parent and node.parent.tag == "a"
    ]
    assert listed == [f"{day}/" for day in reversed(DAYS)]
    assert all((plain.public / "d" / href / "index.html").is_file() for href in listed)


def test_the_page_of_a_day_shows_what_was_known_on_that_day(plain: Built) -> None:
    tree = read(_page(plain, BEFORE))
    then = all_boards.gather(read_sources(History(Archive(plain.data), BEFORE))).boards
    for name in ("models-7d", "apps.popular", "artificial-analysis"):
        board = then[name]
        [section] = [
            node for node in tree.having("data-sources") if node.text.startswith(board.title)
        ]
        shown = [row.having("data-v")[0].get("data-v") for row in section.all("tr")[1:]]
        assert shown == [str(row["rank"]) for row in board.ranked[: len(shown)]]
        assert len(shown) == 20
        assert board.citations[0].line in section.text
        assert section.get("data-sources").split() == list(board.datasets)


def test_a_day_gone_by_says_so_and_leads_on_while_the_newest_does_not(plain: Built) -> None:
    old, new = _page(plain, BEFORE), _page(plain, LAST)
    assert "As published on" in old
    assert f"week to {human_day(BEFORE - timedelta(days=1))}" in read(old).text
    assert "You are viewing archived data" in old
    assert "You are viewing archived data" not in new
    assert f'rel="prev" href="../{BEFORE - timedelta(days=1)}/"' in old
    assert f'rel="next" href="../{LAST}/"' in old
    assert 'rel="next"' not in new
    assert 'rel="prev"' not in _page(plain, FIRST)


def test_the_page_of_a_day_is_no_rival_of_the_overview_in_a_search(plain: Built) -> None:
    [canonical] = [
        node.get("href")
        for node in read(_page(plain, BEFORE)).all("link")
        if node.get("rel") == "canonical"
    ]
    assert canonical == "../../"
    assert not (plain.public / "sitemap.xml").exists()


def test_the_page_of_a_day_is_described_where_its_link_is_shared(plain: Built) -> None:
    page = _page(plain, BEFORE)
    assert '<meta property="og:title" content="Rankings as published on 17 Aug 2026">' in page
    said = "As published on 17 Aug 2026: week to 16 Aug 2026. "
    assert f'<meta property="og:description" content="{said}' in page
    assert '<meta property="og:type" content="article">' in page


def test_the_page_of_a_day_names_its_files_with_their_checksums(plain: Built) -> None:
    tree = read(_page(plain, BEFORE))
    sums = next(node.text for node in tree.all("code") if "rankings-daily/" in node.text)
    named = re.findall(r"([0-9a-f]{64}) ([\w/.-]+)", sums)
    assert len(named) == len(list(plain.data.glob(f"*/{BEFORE}.json.gz")))
    for digest, path in named:
        assert files.sha256((plain.public / "data/v1" / path).read_bytes()) == digest
        assert f"../../data/v1/{path}" in [node.get("href") for node in tree.all("a")]


def test_the_page_of_a_day_is_cited_by_its_own_address_and_with_every_source(plain: Built) -> None:
    codes = [node.text for node in read(_page(plain, BEFORE)).all("code")]
    [csl] = [json.loads(code) for code in codes if code.startswith("{")]
    assert csl["URL"].endswith(f"/d/{BEFORE}/")
    assert csl["issued"] == {"date-parts": [[BEFORE.year, BEFORE.month, BEFORE.day]]}
    bibtex = next(code for code in codes if code.startswith("@misc"))
    for source in (
        "openrouter.ai/rankings",
        "openrouter.ai/apps",
        "artificialanalysis.ai",
        "www.designarena.ai",
    ):
        assert source in csl["note"]
        assert source in bibtex


@pytest.fixture(scope="module", autouse=True)
def _few_charts() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        know_some_charts(patch)
        yield


@pytest.fixture(scope="module")
def context(plain: Built) -> Context:
    """The boards of the demo without charts, and no cache."""
    archive = Archive(plain.data)
    history = History(archive, LAST)
    site = all_boards.site(history, demo=demo_sentence(archive), public_url="", version="0")
    return Context(history, site)


@pytest.fixture(scope="module")
def publish(plain: Built, drawn: dict[str, DrawnChart], context: Context) -> Publish:
    """Return the files of earlier days by path; three days are kept, two of them interactive, and ``gone`` is not drawn."""
    ids = [path.name for path in (plain.public / "charts").iterdir() if path.is_dir()]
    anything = next(iter(drawn.values()))

    def published(cache: Path, gone: tuple[str, ...] = ()) -> dict[str, str]:
        charts = {id_: anything for id_ in ids if id_ not in gone}
        context_then = replace(context, charts=charts, cache=cache)
        bodies = {}
        for artifact in render_permalinks(context_then, interactive_days=RICH, embedded_days=KEPT):
            assert isinstance(artifact, Artifact)
            body = artifact.body
            bodies[artifact.path] = body if isinstance(body, bytes) else body.read_bytes()
        return {path: body.decode("utf-8", "replace") for path, body in bodies.items()}

    return published


@pytest.fixture
def cache(plain: Built, tmp_path: Path) -> Path:
    shutil.copytree(plain.site / ".cache" / "days", tmp_path / "days")
    return tmp_path


@pytest.fixture(scope="module")
def static(
    plain: Built, publish: Publish, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, str]:
    kept = tmp_path_factory.mktemp("kept")
    shutil.copytree(plain.site / ".cache" / "days", kept / "days")
    return publish(kept, (VARIANT, "tok-top-bar"))


def _framed(body: str) -> Node:
    """A page without what is inside its pictures."""
    return read(re.sub(r"(<svg[^>]*>).*?</svg>", r"\1</svg>", body, flags=re.DOTALL))


def _embeds(made: dict[str, str], day: object) -> dict[str, str]:
    return {path: body for path, body in made.items() if path.startswith(f"d/{day}/embed/")}


def test_an_older_day_keeps_one_page_for_each_chart_with_its_picture_inside(
    static: dict[str, str],
) -> None:
    found = _embeds(static, ALONE)
    assert found.keys() == {f"d/{ALONE}/embed/{id_}/index.html" for id_ in EMBEDDED}
    assert all(path.endswith("/index.html") for path in found)
    assert not [path for path in static if path.startswith(f"d/{ALONE}/charts/")]
    for path, body in found.items():
        tree = _framed(body)
        assert [node.get("viewbox").split()[2] for node in tree.all("svg")] == [
            "880",
            "556",
            "336",
        ], path
        assert len(tree.all("h1")) == 1, path
        assert tree.all("img") == [], path
        assert "Source: " in tree.all("figcaption")[0].text, path
        assert "it does not follow the data. A newer version is available." in tree.text, path


def test_the_last_day_of_each_month_keeps_its_embeds_for_good() -> None:
    days = [date(2025, 11, 29), date(2025, 11, 30), date(2025, 12, 30), date(2026, 1, 2)]
    days += [date(2026, 1, 3), date(2026, 1, 4)]
    assert kept_days(days, 2) == [date(2025, 11, 30), date(2025, 12, 30), *days[-2:]]
    assert kept_days(days, 6) == days
    assert kept_days([], 2) == []


def test_pages_are_settled_before_the_last_month_that_is_over() -> None:
    days = [date(2026, 8, 31), date(2026, 9, 30), date(2026, 10, 2), date(2026, 11, 1)]
    last = month_end(days, date(2026, 11, 21))
    assert last == date(2026, 10, 2)
    assert [is_settled(day, last) for day in days] == [True, True, False, False]
    assert not is_settled(date(2026, 10, 1), last)
    nothing_yet = month_end(days[-1:], date(2026, 11, 21))
    assert not is_settled(days[0], nothing_yet)


def test_a_day_that_loses_its_charts_keeps_its_boards_and_what_is_linked() -> None:
    sums = {
        "boards.html": "1",
        "static/x.html": "2",
        "interactive/x.svg": "3",
        "bitmaps/x.png": "4",
    }
    whole = Record(
        made_from="code",
        interactive=True,
        charts={"x": "X", "y": "Y"},
        variants=["x.z"],
        headline="One led.",
        withheld=["y"],
        bitmaps=["x.png"],
        sums=sums,
    )
    assert whole.interactive_charts == ["x"]
    static = whole.reduced(charts=True)
    assert set(static.sums) == {"boards.html", "static/x.html"}
    assert (static.charts, static.variants, static.withheld) == (whole.charts, ["x.z"], ["y"])
    bare = whole.reduced(charts=False)
    assert set(bare.sums) == {"boards.html"}
    assert (bare.charts, bare.variants, bare.withheld) == ({}, [], [])
    assert {(one.interactive, tuple(one.bitmaps)) for one in (static, bare)} == {(False, ())}


def test_a_page_that_stands_alone_passes_the_checks_and_leads_nowhere_that_is_not_there(
    plain: Built, static: dict[str, str]
) -> None:
    tree = Tree(plain.public)
    there = {*tree.files, *static}
    for path, body in static.items():
        if path.endswith(".html"):
            page = Page(body.encode())
            assert list(attribution.Attribution(tree).page(path, page)) == []
            assert list(policy.Policy(tree).page(path, page)) == []
            for node in _framed(body):
                way = (node.get("href") or node.get("src")).partition("#")[0]
                if way and ":" not in way:
                    target = posixpath.normpath(posixpath.join(posixpath.dirname(path), way))
                    assert there & {target, posixpath.normpath(f"{target}/index.html")}, (path, way)


def test_a_day_older_than_that_keeps_its_page_its_boards_and_its_data(
    static: dict[str, str], plain: Built
) -> None:
    assert _embeds(static, FIRST) == {}
    page = static[f"d/{FIRST}/index.html"]
    assert "Charts are kept for a year" in page
    assert len(read(page).all("table")) == len(read(_page(plain, FIRST)).all("table")) > 1
    assert static[f"d/{FIRST}/boards.json"] == plain.text(f"d/{FIRST}/boards.json")
    assert f"../../data/v1/rankings-daily/{FIRST}.json.gz" in page
    assert "Source: OpenRouter (openrouter.ai/rankings), as of " in page


def test_a_change_of_the_code_draws_an_older_day_again(
    cache: Path, publish: Publish, static: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = cache / "days" / str(ALONE)
    for path, was, now in (
        (kept / "static/tok-top-bar.html", "</main>", "<!-- as it was --></main>"),
        (kept / "record.json", '"made_from":"', '"made_from":"other '),
    ):
        path.write_text(path.read_text("utf-8").replace(was, now), encoding="utf-8")
    path = f"d/{ALONE}/embed/tok-top-bar/index.html"
    assert publish(cache)[path] == static[path]
    assert not (kept / "interactive").exists()


def test_the_newest_days_have_a_bitmap_for_newsletters_of_the_first_chart_of_each_question(
    cache: Path, publish: Publish, plain: Built
) -> None:
    name = "charts/tok-top-stack.600.png"
    assert (plain.public / f"d/{LAST}/{name}").read_bytes() == (plain.public / name).read_bytes()
    drawn = {path.name for path in (plain.public / f"d/{BEFORE}/charts").glob("*.png")}
    firsts = {question.charts[0] for question in QUESTIONS if question.charts}
    assert drawn == {
        f"{id_}.600.png" for id_ in firsts if (plain.public / f"d/{BEFORE}/embed/{id_}").exists()
    }
    assert "tok-top-stack.600.png" in drawn
    made = publish(cache)
    assert f"d/{BEFORE}/{name}" in made
    assert f"d/{ALONE}/{name}" not in made
    assert not (cache / "days" / str(ALONE) / "bitmaps").exists()


def test_the_addresses_of_a_chart_that_left_the_catalog_lead_to_what_replaces_it(
    cache: Path, publish: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(REPLACED, "past", "tok-top-bar")
    made = publish(cache)
    for path in (
        "charts/past/",
        "embed/past/",
        f"d/{BEFORE}/embed/past/",
        f"d/{ALONE}/embed/past/",
    ):
        [link] = read(made[f"{path}index.html"]).all("a")
        target = posixpath.normpath(posixpath.join(path, link.get("href")))
        assert target == path.rstrip("/").replace("past", "tok-top-bar")
        assert (link.get("target") == "_blank") == ("embed/" in path)
    assert f"d/{FIRST}/embed/past/index.html" not in made


def test_what_the_cache_has_lost_is_drawn_again_as_it_was(
    cache: Path, publish: Publish, static: dict[str, str]
) -> None:
    (cache / "days" / str(ALONE) / "static/tok-top-bar.html").unlink()
    again = _embeds(publish(cache), ALONE)
    assert again == _embeds(static, ALONE)


def test_a_day_that_gets_its_charts_back_soon_is_not_drawn_again(
    context: Context, cache: Path, static: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def published(first: date) -> dict[str, str]:
        then = replace(context, cache=cache, left_out=Thinned(charts=first))
        made = render_permalinks(then, interactive_days=RICH, embedded_days=KEPT)
        pages = {}
        for one in made:
            if isinstance(one, Artifact) and isinstance(one.body, Path):
                pages[one.path] = one.body.read_text("utf-8", "replace")
        return _embeds(pages, ALONE)

    def refuse(_spec: str) -> str:
        raise ValueError("nothing is drawn")

    assert published(ALONE + timedelta(days=1)) == {}
    monkeypatch.setattr(native, "vega_to_svg", refuse)
    assert published(ALONE) == _embeds(static, ALONE)
    assert published(ALONE + timedelta(days=60)) == {}
    assert not (cache / "days" / str(ALONE) / "static").exists()
    assert published(ALONE) == {}


@pytest.mark.parametrize("id_", ["tok-top-bar", VARIANT])
def test_the_addresses_of_a_chart_that_is_given_up_lead_to_its_last_picture(
    static: dict[str, str], id_: str
) -> None:
    last = static[f"d/{LAST}/embed/{id_}/index.html"]
    assert "<svg" in last
    assert "this is the last" in last
    assert "newer version" not in last
    for path, opens in ((f"embed/{id_}/index.html", "_blank"), (f"charts/{id_}/index.html", "")):
        moved = read(static[path])
        assert [node.get("target") for node in moved.all("a")] == [opens]
        assert [node.get("href") for node in moved.all("a")] == [f"../../d/{LAST}/embed/{id_}/"]
        assert f'http-equiv="refresh" content="0; url=../../d/{LAST}/embed/{id_}/"' in static[path]
    assert "newer version" in static[f"d/{ALONE}/embed/tok-top-bar/index.html"]


def test_no_chart_that_is_drawn_is_taken_for_given_up(static: dict[str, str]) -> None:
    assert {path.split("/")[1] for path in static if path.startswith("embed/")} == {
        VARIANT,
        "tok-top-bar",
    }


def test_what_cannot_be_drawn_of_an_earlier_day_is_told_and_the_rest_is_published(
    context: Context, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.rmtree(cache / "days" / str(BEFORE))
    draw = native.vega_to_svg

    def refuse(spec: str) -> str:
        if '"Change, tokens"' in spec:
            raise ValueError("no such thing can be drawn")
        return draw(spec)

    monkeypatch.setattr(native, "vega_to_svg", refuse)
    cached = replace(context, cache=cache)
    made = list(render_permalinks(cached, interactive_days=0, embedded_days=2))
    told = [part.sentence for part in made if isinstance(part, Omission)]
    assert told == [
        f"{BEFORE}: chart tok-movers could not be drawn: ValueError: no such thing can be drawn"
    ]
    paths = {part.path for part in made if isinstance(part, Artifact)}
    assert f"d/{BEFORE}/embed/tok-top-stack/index.html" in paths
    assert f"d/{BEFORE}/embed/tok-movers/index.html" not in paths


def test_without_a_cache_there_are_no_permalinks(context: Context) -> None:
    assert list(render_permalinks(context)) == []
