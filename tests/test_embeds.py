"""Embeds in somebody else's page: another origin, a sandbox, every width, with and without scripts."""

import gzip
import re
import shutil
from collections.abc import Iterator
from datetime import date
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest

from generator.base import resources
from generator.charts.chart import DrawnChart
from generator.render import frames as frames_around
from generator.render.permalinks import embeds
from generator.render.templates import Templates
from tests.browsing import Tab, served
from tests.chart_samples import HOSTILE
from tests.site_samples import site as sample_site

# The rules of WordPress's own wp-embed.js, for a frame that came by oEmbed: without our attributes but for these.
WORDPRESS = """
addEventListener("message", ({ data, source }) => {
  if (!data?.secret || /[^a-zA-Z0-9]/.test(data.secret)) return;
  for (const frame of document.querySelectorAll(`iframe[data-secret="${data.secret}"]`)) {
    if (frame.contentWindow !== source) continue;
    if (data.message === "height") frame.height = Math.min(1000, Math.max(200, parseInt(data.value, 10)));
    const target = data.message === "link" ? new URL(data.value) : null;
    if (target && target.host === new URL(frame.src).host && document.activeElement === frame) document.title = data.value;
  }
});
const ready = () => {
  for (const frame of document.querySelectorAll("iframe.wp-embedded-content")) {
    frame.contentWindow.postMessage({ message: "ready", secret: frame.dataset.secret }, "*");
  }
};
"""
FIVE = (
    "tok-top-bar",
    "tok-top-stack",
    "fr-scatter",
    "da-podium.models.codecategories",
    "use-test-taste",
)
SANDBOX = "allow-scripts allow-popups allow-popups-to-escape-sandbox"
DAY = date(2026, 8, 11)
HEAD = '<!doctype html><link rel="icon" href="data:,"><title>Host</title>'
TEMPLATES = Templates()


def _embed(one: DrawnChart, day: date | None = None) -> str:
    values = {
        "site": sample_site(),
        "c": one,
        "root": "../../../../" if day else "../../",
        "path": "",
        "pictures": "charts/",
        "day": day,
        "absolute": lambda path: path,
        "state": lambda _: None,
        "version_query": "?v=1a2b3c4d",
    }
    return TEMPLATES.render("collections/embed.html.j2", values)


@pytest.fixture(scope="module")
def root(
    tmp_path_factory: pytest.TempPathFactory, drawn: dict[str, DrawnChart], runtime: bytes
) -> Path:
    top = tmp_path_factory.mktemp("published")
    shutil.copytree(resources.folder("static"), top / "static")
    (top / "static/js/vega.js").write_bytes(runtime)
    (top / "charts").mkdir()
    for one in drawn.values():
        for file in one.files:
            (top / file.path).write_bytes(one.file(file.path.removeprefix(f"charts/{one.id}")))
    for id_, one in drawn.items():
        folder = top / "embed" / id_
        folder.mkdir(parents=True)
        (folder / "index.html").write_text(_embed(one), encoding="utf-8")
        (folder / "spec.js").write_bytes(one.script)
    (top / f"d/{DAY}/embed/tok-top-bar").mkdir(parents=True)
    (top / f"d/{DAY}/embed/tok-top-bar/index.html").write_text(
        _embed(drawn["tok-top-bar"], DAY), encoding="utf-8"
    )
    alone = top / f"d/{DAY}/embed/tok-top-stack/index.html"
    alone.parent.mkdir()
    alone.write_text(
        embeds.static_page(TEMPLATES, sample_site(), DAY, drawn["tok-top-stack"]),
        encoding="utf-8",
    )
    return top


@pytest.fixture(scope="module")
def home(root: Path) -> Iterator[str]:
    with served(root) as address:
        yield address


@pytest.fixture(scope="module")
def host(home: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A page of somebody else, on another origin."""
    folder = tmp_path_factory.mktemp("host")

    def frames(width: str) -> str:
        return "".join(
            f'<iframe src="{home}/embed/{id_}/" title="{id_}" width="{width}" height="300" '
            f'sandbox="{SANDBOX}"></iframe>'
            for id_ in FIVE
        )

    script = f'<script async src="{home}/static/js/embed-host.js"></script>'
    for width in (280, 480, 800, 1200):
        page = f"{HEAD}<body>{frames(str(width))}{script}"
        (folder / f"{width}.html").write_text(page)
        alone = f'<iframe src="{home}/d/{DAY}/embed/tok-top-stack/" width="{width}" sandbox="{SANDBOX}"></iframe>'
        (folder / f"alone-{width}.html").write_text(f"{HEAD}<body>{alone}{script}")
    flags = 'name="tok-top-bar" theme="dark" heading="0"'
    element = f'<leaderboard-chart {flags}><a href="{home}">A chart</a></leaderboard-chart>'
    bad = '<leaderboard-chart name="../../evil?">kept</leaderboard-chart>'
    page = f'{HEAD}{element}{bad}<script src="{home}/static/js/leaderboard-chart.js"></script>'
    (folder / "element.html").write_text(page)
    foreign = "parent.postMessage({ type: 'orlb:height', height: 900 }, '*')"
    (folder / "foreign.html").write_text(
        f"{HEAD}<body><script>setInterval(() => {foreign}, 50)</script>"
    )
    late = f'<iframe src="{home}/embed/aa-bars/" width="600" height="200" sandbox="{SANDBOX}"></iframe>'
    posted = "".join(
        f'<iframe class="wp-embedded-content" sandbox="allow-scripts" security="restricted" scrolling="no" width="{width}" '
        f'height="450" src="{home}/embed/{id_}/#?secret=secret{at}" data-secret="secret{at}"></iframe>'
        for at, (id_, width) in enumerate(
            (("use-test-taste", 600), ("tok-top-bar", 600), ("aa-bars", 420))
        )
    )
    (folder / "wordpress.html").write_text(f"{HEAD}<body>{posted}")
    page = f'{HEAD}<body>{late}<iframe src="foreign.html" width="300" height="250"></iframe>'
    (folder / "late.html").write_text(page)
    with served(folder) as address:
        yield address


def test_a_script_that_comes_late_asks_for_heights_and_believes_no_frame_but_ours(
    home: str, host: str, browser: Any
) -> None:
    visit = Tab(browser, f"{host}/late.html")
    visit.settle()
    heights = "[...document.querySelectorAll('iframe')].map(one => one.clientHeight)"
    assert visit(heights) == [200, 250]
    visit.page.add_script_tag(url=f"{home}/static/js/embed-host.js")
    visit.until(f"{heights}[0] > 300")
    frame = visit.page.frames[1]
    inside = frame.evaluate("() => document.body.getBoundingClientRect().height")
    assert abs(visit(heights)[0] - inside) <= 2
    assert visit(heights)[1] == 250
    assert frame.evaluate("() => document.querySelector('.credit a').target") == ""
    assert frame.evaluate("() => document.querySelector('base').target") == "_blank"
    assert visit.said == []


def test_wordpress_gives_its_frames_their_heights_follows_a_link_and_cuts_no_credit_off(
    home: str, host: str, browser: Any
) -> None:
    visit = Tab(browser, f"{host}/wordpress.html")
    visit.settle()
    visit.page.evaluate(WORDPRESS + "ready();")
    visit.until("[...document.querySelectorAll('iframe')].every(one => one.height !== '450')")
    heights = visit("[...document.querySelectorAll('iframe')].map(one => one.clientHeight)")
    insides = []
    for frame, height in zip(visit.page.frames[1:], heights, strict=True):
        insides.append(
            frame.evaluate("() => Math.ceil(document.body.getBoundingClientRect().height)")
        )
        below = frame.evaluate(
            "() => document.querySelector('.credit').getBoundingClientRect().bottom"
        )
        assert below <= height, frame.url
    assert heights == [min(1000, inside) for inside in insides]
    assert max(insides) > 1000
    # By key: frames further up may still grow, and move the link from under a pointer.
    visit.page.frames[2].press(".actions a", "Enter")
    visit.until(f"document.title === '{home}/charts/tok-top-bar/'")
    assert visit.said == []


@pytest.mark.parametrize("width", [280, 480, 800, 1200])
def test_five_sandboxed_frames_on_another_origin_fit_and_are_credited(
    home: str, host: str, browser: Any, drawn: dict[str, DrawnChart], width: int
) -> None:
    visit = Tab(browser, f"{host}/{width}.html")
    visit.settle()
    frames = [frame for frame in visit.page.frames if frame.parent_frame]
    heights = visit.page.evaluate(
        "() => [...document.querySelectorAll('iframe')].map(one => one.clientHeight)"
    )
    assert len(frames) == len(FIVE)
    for id_, frame, height in zip(FIVE, frames, heights, strict=True):
        suggested = frames_around.chart_height(drawn[id_], width, sample_site())
        assert height <= suggested < height + 120, (id_, height, suggested)
        inside = frame.evaluate("() => document.body.getBoundingClientRect().height")
        assert abs(inside - height) <= 2, (frame.url, inside, height)
        assert frame.evaluate("() => document.documentElement.scrollWidth <= innerWidth"), frame.url
        assert frame.evaluate(
            "() => document.querySelector('figcaption .credit').innerText"
        ).startswith("Source: ")
        assert frame.evaluate("() => self.origin") == "null"
    assert all(url.startswith((home, host)) for url in visit.asked)
    assert not [url for url in visit.asked if "vega" in url]
    assert visit.said == []


def test_a_sandboxed_frame_comes_alive_without_fetching_data(
    home: str, host: str, browser: Any
) -> None:
    visit = Tab(browser, f"{host}/800.html")
    visit.settle()
    frame = next(frame for frame in visit.page.frames if "tok-top-stack" in frame.url)
    # By key: frames further up may still grow, and move the button from under a pointer.
    frame.press("[data-explore]", "Enter")
    frame.wait_for_selector(".live svg")
    frame.select_option("[data-control=stack]", "share")
    visit.page.wait_for_timeout(200)
    assert frame.query_selector(".live svg") is not None
    assert not [url for url in visit.asked if ".vg.json" in url]
    # What a script loads is of the page's version, too.
    for name in ("chart", "vega", "explore"):
        assert f"{home}/static/js/{name}.js?v=1a2b3c4d" in visit.asked
    assert visit.said == []


@pytest.mark.parametrize("width", [280, 320, 600, 800, 1200])
def test_without_scripts_picture_and_credit_are_there(home: str, browser: Any, width: int) -> None:
    visit = Tab(
        browser,
        f"{home}/embed/tok-top-stack/",
        java_script_enabled=False,
        viewport={"width": width, "height": 800},
    )
    visit.settle()
    shown = visit("document.images[0].getBoundingClientRect().width")
    assert shown > width * 0.89
    # The words of a drawing are 12 or 13 pixels high; a phone of 280 is narrower than any drawing can be.
    scale = shown / visit("document.images[0].naturalWidth")
    assert 11 / 12 <= scale <= 17 / 13 or width == 280
    assert "Source: OpenRouter" in visit.page.query_selector(".credit").inner_text()
    assert not visit.page.query_selector(".controls").is_visible()


def test_no_flag_takes_the_credit_away_and_the_title_only_makes_the_frame_lower(
    home: str, browser: Any
) -> None:
    heights = {}
    for flags in ("", "?title=0", "?title=0&credit=0&plain=1&theme=dark&attribution=none"):
        visit = Tab(browser, f"{home}/embed/tok-top-bar/{flags}")
        visit.settle()
        assert visit.page.query_selector(".credit").is_visible()
        heights[flags] = visit.page.evaluate("() => document.body.getBoundingClientRect().height")
    assert heights["?title=0"] < heights[""] - 15
    assert visit.page.evaluate("() => document.documentElement.dataset.theme") == "dark"


def test_a_frozen_embed_says_so_and_points_to_what_is_newer(home: str, browser: Any) -> None:
    visit = Tab(browser, f"{home}/d/{DAY}/embed/tok-top-bar/", java_script_enabled=False)
    said = visit.page.query_selector(".frozen").inner_text()
    assert "Frozen on 11 Aug 2026" in said
    assert "newer version" in said
    assert visit.page.query_selector("meta[name=robots]").get_attribute("content") == "noindex"
    assert visit.page.query_selector("link[rel=canonical]") is None


@pytest.mark.parametrize("width", [280, 480, 800, 1200])
def test_a_page_that_stands_alone_fits_its_frame_and_asks_for_nothing_more(
    home: str, host: str, browser: Any, width: int
) -> None:
    visit = Tab(browser, f"{host}/alone-{width}.html")
    visit.settle()
    (frame,) = [frame for frame in visit.page.frames if frame.parent_frame]
    height = visit.page.evaluate("() => document.querySelector('iframe').clientHeight")
    assert abs(frame.evaluate("() => document.body.getBoundingClientRect().height") - height) <= 2
    assert frame.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    assert frame.query_selector("svg:visible").bounding_box()["width"] > width * 0.89
    assert "Source: OpenRouter" in frame.query_selector("figcaption").inner_text()
    assert "Frozen on 11 Aug 2026" in frame.query_selector("figcaption").inner_text()
    inside = [url for url in visit.asked if url.startswith(home)]
    assert {url.rpartition("/")[2] for url in inside} <= {
        "",
        "frozen.css",
        "embed.js",
        "embed-host.js",
        "favicon.svg",
    }
    assert visit.said == []


def test_a_page_that_stands_alone_needs_no_script_and_leaves_its_title_to_its_host(
    home: str, browser: Any
) -> None:
    at = f"{home}/d/{DAY}/embed/tok-top-stack/"
    still = Tab(browser, at, java_script_enabled=False)
    assert still.page.query_selector("svg").is_visible()
    assert "newer version" in still.page.query_selector("figcaption").inner_text()
    heights = []
    for flags in ("", "?title=0&credit=0&theme=dark"):
        visit = Tab(browser, at + flags)
        visit.settle()
        heights.append(visit.page.evaluate("() => document.body.getBoundingClientRect().height"))
        assert "Source: OpenRouter" in visit.page.query_selector("figcaption").inner_text()
    assert heights[1] < heights[0] - 15


def test_every_embed_is_light_before_anybody_wants_more(
    root: Path, drawn: dict[str, DrawnChart]
) -> None:
    shared = ("static/css/site.css", "static/js/embed.js", "static/js/chart.js")
    weight_of_all = sum(_weight(root / path) for path in shared)
    for id_ in drawn:
        own = (root / "embed" / id_ / "index.html", root / f"charts/{id_}.svg")
        weight = weight_of_all + sum(map(_weight, own))
        assert weight < 26_500, (id_, weight)


def _weight(file: Path) -> int:
    """Return the number of bytes of the compressed file."""
    return len(gzip.compress(file.read_bytes(), 6))


def test_embeds_stand_and_come_alive_without_a_word_to_the_console(
    home: str, drawn: dict[str, DrawnChart], browser: Any
) -> None:
    visit = Tab(browser, "about:blank")
    place = (
        "() => { const plate = document.querySelector('.plate'), top = plate.getBoundingClientRect().top,"
        " shown = plate.querySelector(':scope > :not([hidden])').getBoundingClientRect();"
        " return [shown.top - top, shown.width, shown.height]; }"
    )
    # Every kind comes alive, and changes its theme, in the tests of the charts: here it is what embeds add to that.
    for id_, theme in zip(list(drawn)[::6], cycle(("light", "dark")), strict=False):
        visit.page.goto(f"{home}/embed/{id_}/?theme={theme}")
        visit.page.evaluate("() => document.images[0].decode()")
        still = visit.page.evaluate(place)
        visit.page.click("[data-explore]")
        visit.page.wait_for_selector(".live svg")
        assert visit.page.evaluate(place) == pytest.approx(still, abs=1), id_
        assert (
            visit.page.evaluate(
                "() => document.querySelectorAll('.live :is(script, a, img, foreignObject)').length"
            )
            == 0
        )
    assert visit.said == []
    assert all(url.startswith(home) for url in visit.asked)


def test_the_element_is_an_embed_that_fits_and_takes_no_bad_name(
    home: str, host: str, browser: Any
) -> None:
    visit = Tab(browser, f"{host}/element.html")
    visit.settle()
    (frame,) = [frame for frame in visit.page.frames if frame.parent_frame]
    assert frame.url == f"{home}/embed/tok-top-bar/?theme=dark&title=0"
    height = visit.page.evaluate("() => document.querySelector('iframe').clientHeight")
    assert abs(frame.evaluate("() => document.body.getBoundingClientRect().height") - height) <= 2
    assert (
        visit.page.evaluate("() => document.querySelectorAll('leaderboard-chart')[1].textContent")
        == "kept"
    )


def test_the_host_script_is_small_and_believes_its_own_frames_only(root: Path) -> None:
    script = (root / "static/js/embed-host.js").read_text()
    assert len(script.encode()) < 1000
    assert "contentWindow === source" in script
    assert re.search(r"Math\.min\(2000, Math\.max\(120", script)


def test_a_hostile_title_stays_inside_its_attributes(
    root: Path, drawn: dict[str, DrawnChart]
) -> None:
    for id_, one in drawn.items():
        page = (root / "embed" / id_ / "index.html").read_text("utf-8")
        alone = embeds.static_page(TEMPLATES, sample_site(), DAY, one)
        assert HOSTILE[0] not in page + alone, id_
