"""The script of the charts, in a real browser, under the policy that pages have."""

import functools
import http.server
import shutil
import threading
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

import pytest

from generator import resources
from generator.charts import draw_all, runtime_js
from generator.charts.svg import RECOLOUR
from tests.chart_samples import HOSTILE, boards

pytestmark = pytest.mark.browser
sync_api = pytest.importorskip("playwright.sync_api")
CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'"
)
DRAWN = {one.id: one for one in draw_all(boards())}
CHARTS = tuple(dict.fromkeys(next(id_ for id_ in DRAWN if DRAWN[id_].chart == one.chart) for one in DRAWN.values()))
"""One drawing of every chart."""
STYLE = (
    "img{width:100%;height:auto;display:block}"
    "#vg-tooltip-element{position:fixed;visibility:hidden}#vg-tooltip-element.visible{visibility:visible}"
)


def _controls(id_: str) -> str:
    selects = "".join(
        f'<select aria-label="{control.label}" data-control="{control.key}">'
        + "".join(f'<option value="{escape(one.value)}">{escape(one.label)}</option>' for one in control.options)
        + "</select>"
        for control in (DRAWN[id_].controls if id_ in DRAWN else ())
    )
    return f"<fieldset data-controls disabled>{selects}</fieldset>"


def _figure(id_: str, controls: str = "") -> str:
    at = f"charts/{id_}"
    return (
        f'<figure class="chart" data-chart="{id_}" data-root=""><div data-plot><picture>'
        f'<source media="(max-width: 40rem)" srcset="{at}.narrow.svg"><img src="{at}.svg" alt=""></picture></div>'
        f'<button type="button" data-explore hidden>Explore</button>{controls}</figure>'
    )


def _page(body: str) -> str:
    return (
        f'<!doctype html><html lang="en"><head><meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        '<meta charset="utf-8"><title>Charts</title><link rel="icon" href="icon.svg">'
        f'<link rel="stylesheet" href="style.css"></head>{body}<script src="static/js/chart.js"></script></html>'
    )


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    if not Path(CHROMIUM).is_file():
        pytest.skip("no Chromium was found")
    root = tmp_path_factory.mktemp("site")
    drawn = {id_: DRAWN[id_] for id_ in CHARTS}
    for folder in ("charts", "static/js"):
        (root / folder).mkdir(parents=True)
    for one in drawn.values():
        for file in one.files:
            (root / file.path).write_bytes(one.file(file.path.removeprefix(f"charts/{one.id}")))
    (root / "static/js/vega.js").write_bytes(runtime_js())
    shutil.copy(resources.folder("static") / "js" / "chart.js", root / "static/js/chart.js")
    (root / "style.css").write_text(STYLE)
    (root / "icon.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
    (root / "all.html").write_text(_page(f"<body>{''.join(map(_figure, CHARTS))}"))
    for id_ in CHARTS:
        (root / f"{id_}.html").write_text(_page(f"<body>{_figure(id_, _controls(id_))}"))
    (root / "lost.html").write_text(_page(f"<body>{_figure('tok-nothing')}"))
    (root / "spec.js").write_bytes(drawn["tok-top-bar"].script)
    (root / "embed.html").write_text(_page(f'<body data-embed="x">{_figure("tok-top-bar")}'))
    yield from _served(root)


def _served(root: Path) -> Iterator[str]:
    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Says nothing: the test's own output matters."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(root))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(scope="module")
def browser(site: str) -> Iterator[Any]:
    with sync_api.sync_playwright() as playwright:
        flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
        yield started
        started.close()


class Tab:
    """A page with everything it said and asked for."""

    def __init__(self, browser: Any, url: str, **context: Any) -> None:
        self.said: list[str] = []
        self.asked: list[str] = []
        self.page = browser.new_context(**{"viewport": {"width": 1000, "height": 900}, **context}).new_page()
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.goto(url)

    def __call__(self, script: str) -> Any:
        return self.page.evaluate(f"() => {script}")

    def until(self, script: str) -> None:
        """Asks again and again: Playwright's own waiting would need the eval that the policy forbids."""
        for _ in range(100):
            if self(script):
                return
            self.page.wait_for_timeout(50)
        raise AssertionError(f"never true: {script}; the page said {self.said}")

    def explore(self, count: int) -> None:
        for button in self.page.query_selector_all("[data-explore]"):
            button.click()
        self.until(f"document.querySelectorAll('.live > svg, .live svg.marks').length >= {count}")


HEIGHTS = "[...document.querySelectorAll('figure')].map(one => Math.round(one.getBoundingClientRect().height))"


@pytest.mark.parametrize("width", [1000, 390])
def test_charts_come_alive_in_place_without_a_word_to_the_console(site: str, browser: Any, width: int) -> None:
    tab = Tab(browser, f"{site}/all.html", viewport={"width": width, "height": 900})
    tab.until("[...document.images].every(one => one.complete && one.naturalWidth)")
    assert not [url for url in tab.asked if "vega" in url or ".vg.json" in url], (
        "nothing is fetched before it is wanted"
    )
    before = tab(HEIGHTS)
    tab.explore(len(CHARTS))
    assert all(abs(now - then) <= 1 for now, then in zip(tab(HEIGHTS), before, strict=True))
    assert tab.said == []
    assert all(url.startswith(site) for url in tab.asked)
    assert {url for url in tab.asked if ".vg.json" in url} == {
        f"{site}/charts/{id_}{'.narrow' if width < 640 else ''}.vg.json" for id_ in CHARTS
    }


@pytest.mark.parametrize("zone", ["America/Los_Angeles", "Pacific/Kiritimati"])
def test_the_pointer_is_told_exact_values_and_the_right_day(site: str, browser: Any, zone: str) -> None:
    tab = Tab(browser, f"{site}/all.html", timezone_id=zone)
    tab.explore(len(CHARTS))
    bar = tab.page.query_selector("figure[data-chart=tok-top-stack] .mark-rect path")
    bar.scroll_into_view_if_needed()
    box = bar.bounding_box()
    tab.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    tab.until("document.querySelector('#vg-tooltip-element.visible')")
    said = tab("document.querySelector('#vg-tooltip-element').innerText")
    assert "1 Jun 2026" in said
    assert "11,295,219,517,497" in said


def test_hostile_names_stay_text_in_the_live_chart(site: str, browser: Any) -> None:
    tab = Tab(browser, f"{site}/all.html")
    tab.explore(len(CHARTS))
    texts = tab("[...document.querySelectorAll('figure[data-chart=tok-top-bar] text')].map(one => one.textContent)")
    assert HOSTILE[0] in texts
    assert tab("document.querySelectorAll('.live script, .live a, .live img').length") == 0


def test_the_theme_of_the_page_recolours_what_is_alive(site: str, browser: Any) -> None:
    tab = Tab(browser, f"{site}/all.html", color_scheme="dark")
    tab.explore(len(CHARTS))
    live = "[...document.querySelectorAll('.live')].map(one => one.innerHTML).join('')"
    markup = tab(live)
    assert not [colour for colour in RECOLOUR if colour in markup]
    tab("{ document.documentElement.dataset.theme = 'light' }")
    tab.until(f"!{list(RECOLOUR.values())!r}.some(colour => {live}.includes(colour))")


def test_a_chart_that_cannot_be_loaded_leaves_its_picture_and_says_so(site: str, browser: Any) -> None:
    tab = Tab(browser, f"{site}/lost.html")
    tab.page.query_selector("[data-explore]").click()
    tab.until("document.querySelector('[role=status]')")
    assert tab("document.querySelector('[data-explore]')") is None
    assert tab("document.querySelector('picture').hidden") is False


def test_an_embed_uses_the_spec_it_brings_along(site: str, browser: Any) -> None:
    tab = Tab(browser, f"{site}/embed.html")
    tab.explore(1)
    assert not [url for url in tab.asked if ".vg.json" in url]
    assert tab.said == []


def test_escape_and_the_button_bring_the_picture_back(site: str, browser: Any) -> None:
    tab = Tab(browser, f"{site}/embed.html")
    for leave in (lambda: tab.page.keyboard.press("Escape"), lambda: tab.page.query_selector("button").click()):
        tab.explore(1)
        assert tab("document.querySelector('picture').hidden") is True
        leave()
        assert tab("document.querySelector('picture').hidden") is False
        assert tab("document.querySelector('.live')") is None
        assert tab("document.querySelector('button').textContent") == "Explore"


@pytest.mark.parametrize("id_", [id_ for id_ in CHARTS if DRAWN[id_].controls])
def test_every_choice_is_drawn_and_stands_in_the_address_until_it_is_taken_back(
    site: str, browser: Any, id_: str
) -> None:
    tab = Tab(browser, f"{site}/{id_}.html?theme=light&nonsense=1")
    tab.until("!document.querySelector('[data-controls]').disabled")
    assert tab("document.querySelector('.live')") is None, "what the address does not know changes nothing"
    for control in DRAWN[id_].controls:
        value = control.options[-1].value
        before = tab("document.querySelector('figure').getBoundingClientRect().height")
        tab.page.select_option(f"[data-control={control.key}]", value)
        tab.until("document.querySelector('.live svg')")
        tab.page.wait_for_timeout(80)
        asked = tab("new URLSearchParams(location.search).get(" + repr(control.key) + ")")
        assert asked == value
        assert abs(tab("document.querySelector('figure').getBoundingClientRect().height") - before) <= 1
        again = Tab(browser, tab.page.url)
        again.until("document.querySelector('.live svg')")
        assert again(f"document.querySelector('[data-control={control.key}]').value") == value
        assert again.said == []
        tab.page.select_option(f"[data-control={control.key}]", "")
        tab.until("!location.search.includes(" + repr(control.key + "=") + ")")
    assert tab.said == []


def test_a_focus_lets_the_other_series_step_back(site: str, browser: Any) -> None:
    tab = Tab(browser, f"{site}/tok-top-stack.html?focus=deepseek%2Fmodel-0")
    tab.until("document.querySelector('.live svg')")
    opacities = (
        "[...document.querySelectorAll('.live .mark-rect path[opacity]')].map(one => one.getAttribute('opacity'))"
    )
    assert set(tab(opacities)) == {"0.15", "1"}
    tab.page.keyboard.press("Escape")
    tab.page.query_selector("select[data-control=focus]").focus()
    assert tab("document.activeElement.dataset.control") == "focus"


def test_a_range_keeps_the_newest_weeks_only(site: str, browser: Any) -> None:
    bars = "document.querySelectorAll('.live .mark-rect path').length"
    whole, part = (
        Tab(browser, f"{site}/tok-top-stack.html?{asked}") for asked in ("stack=share", "stack=share&range=4w")
    )
    for tab in (whole, part):
        tab.until("document.querySelector('.live svg')")
    assert whole(bars) == 3 * part(bars)
