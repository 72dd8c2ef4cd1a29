"""The dialog of a chart page, by keyboard, and the calm that readers who want no motion get."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browsing import Tab, served
from tests.page_reading import Node, read
from tests.running import LAST

CHART = "tok-top-stack"
OPEN = "document.querySelector('dialog[data-embed-dialog]').open"
PAGES = (
    "",
    f"charts/{CHART}/",
    f"embed/{CHART}/",
    f"d/{LAST}/",
    f"d/{LAST}/embed/{CHART}/",
    "compare/",
    "frontier/",
)
RESTLESS = """[...document.querySelectorAll('*')].filter(one => ['', '::before', '::after'].some(part => {
  const style = getComputedStyle(one, part);
  return style.animationName !== 'none' || style.transitionDuration.split(', ').some(time => parseFloat(time) > 0)
    || style.scrollBehavior === 'smooth';
})).map(one => one.outerHTML.slice(0, 80))"""


@pytest.fixture
def tab(browser: Any, site: str) -> Tab:
    """A chart page whose dialog was opened by keyboard."""
    tab = Tab(browser, f"{site}/charts/{CHART}/", permissions=["clipboard-read", "clipboard-write"])
    tab.settle()
    tab.page.focus("[data-embed-open]")
    tab.keys("Enter")
    tab.until(OPEN)
    return tab


def _code(tab: Tab) -> str:
    return str(tab("document.querySelector('dialog code').textContent"))


def _frame(tab: Tab) -> Node:
    """The frame that the lines to paste would make."""
    return read(_code(tab).replace(" async ", " ")).all("iframe")[0]


def _choose(tab: Tab, name: str, *keys: str) -> None:
    tab.page.focus(f"dialog select[name={name}]")
    tab.keys(*keys)


def test_the_dialog_opens_inside_itself_and_offers_the_live_chart(tab: Tab, site: str) -> None:
    assert tab("document.activeElement.closest('dialog') !== null")
    frame = _frame(tab)
    assert frame.get("src") == f"{site}/embed/{CHART}/?theme=light"
    assert frame.get("title") == tab("document.querySelector('h1').textContent")
    assert frame.get("sandbox") == "allow-scripts allow-popups allow-popups-to-escape-sandbox"
    assert "border:0" in frame.get("style")
    assert f'<script async src="{site}/static/js/embed-host.js"></script>' in _code(tab)


def test_each_choice_changes_the_lines_and_the_preview_alike(tab: Tab, site: str) -> None:
    _choose(tab, "theme", "ArrowDown")
    tab.page.focus("dialog input[name=width]")
    tab.write("480")
    _choose(tab, "title", "ArrowDown")
    frame = _frame(tab)
    assert frame.get("src") == f"{site}/embed/{CHART}/?theme=dark&title=0"
    assert frame.get("width") == "480"
    preview = "document.querySelector('dialog .preview iframe')"
    assert tab(f"{preview}.src") == frame.get("src")
    tab.until(
        f"{preview}.clientWidth === 480 && !{preview}.getAttribute('height').startsWith('{frame.get('height')}')"
    )
    seen = int(tab(f"{preview}.clientHeight"))
    assert seen < int(_frame(tab).get("height")) < seen + 30
    assert tab.said == []


def test_the_dialog_offers_the_table_of_the_chart_with_as_many_rows_as_wanted(
    browser: Any, site: str
) -> None:
    tab = Tab(browser, f"{site}/charts/tok-top-bar/")
    tab.page.click("[data-embed-open]")
    tab.page.select_option("dialog [name=show]", label="Table")
    tab.page.select_option("dialog [name=rows]", "5")
    frame = _frame(tab)
    assert frame.get("src") == f"{site}/embed/board-models-7d/?theme=light&rows=5"
    assert frame.get("title") == "Which models are used the most?"
    assert tab("document.querySelector('dialog [name=kind]').disabled")
    tab.settle()
    [inside] = [one for one in tab.page.frames if one.parent_frame]
    shown = (
        "() => [...document.querySelectorAll('tbody tr')].filter(one => one.offsetParent).length"
    )
    assert inside.evaluate(shown) == 5
    inside.goto(f"{site}/embed/board-models-7d/")
    assert inside.evaluate(shown) == 10
    assert "Source: OpenRouter" in inside.query_selector(".credit").inner_text()


@pytest.mark.parametrize("width", [280, 600, 800])
def test_a_table_fills_its_frame_from_the_top_and_is_no_wider(
    browser: Any, site: str, width: int
) -> None:
    tab = Tab(browser, f"{site}/embed/board-models-7d/", viewport={"width": width, "height": 470})
    assert tab("document.documentElement.scrollWidth") == width
    assert tab("getComputedStyle(document.querySelector('main > section')).marginTop") == "0px"


def test_a_frozen_embed_names_its_day_and_is_there(tab: Tab, site: str) -> None:
    _choose(tab, "kind", "ArrowDown")
    src = _frame(tab).get("src")
    assert src == f"{site}/d/{LAST}/embed/{CHART}/?theme=light"
    tab.settle()
    [inside] = [frame for frame in tab.page.frames if frame.parent_frame]
    assert inside.url == src
    assert "Frozen on" in inside.query_selector(".frozen").inner_text()


def test_what_is_chosen_in_the_chart_comes_along(tab: Tab, site: str) -> None:
    tab.keys("Escape")
    tab.page.select_option("figure [data-control=stack]", "share")
    tab.page.focus("[data-embed-open]")
    tab.keys("Enter")
    assert _frame(tab).get("src") == f"{site}/embed/{CHART}/?theme=light&stack=share"


def test_copying_takes_exactly_the_lines_that_are_shown(tab: Tab) -> None:
    _choose(tab, "theme", "ArrowDown")
    tab.page.focus("dialog [data-copy]")
    tab.keys("Enter")
    tab.until("document.querySelector('dialog [data-copy]').textContent === 'Copied'")
    assert tab.page.evaluate("() => navigator.clipboard.readText()") == _code(tab)
    assert tab(OPEN)


@pytest.mark.parametrize("way", ["Escape", "Close"])
def test_leaving_the_dialog_returns_to_the_button_and_ends_the_preview(tab: Tab, way: str) -> None:
    if way == "Close":
        tab.page.focus("dialog button[value=close]")
    tab.keys("Escape" if way == "Escape" else "Enter")
    tab.until(f"!{OPEN}")
    assert tab("document.activeElement.matches('[data-embed-open]')")
    tab.until("!document.querySelector('dialog iframe')")
    assert tab.said == []


@pytest.fixture
def pasted(tab: Tab, tmp_path: Path) -> Iterator[str]:
    """Somebody else's page, on another origin, with the lines of the dialog."""
    (tmp_path / "index.html").write_text(
        f'<!doctype html><link rel="icon" href="data:,">{_code(tab)}', "utf-8"
    )
    with served(tmp_path) as address:
        yield address


def test_the_lines_work_on_a_page_of_another_origin(pasted: str, browser: Any) -> None:
    host = Tab(browser, pasted)
    host.settle()
    [frame] = [frame for frame in host.page.frames if frame.parent_frame]
    height = host("document.querySelector('iframe').clientHeight")
    assert abs(frame.evaluate("() => document.body.getBoundingClientRect().height") - height) <= 2
    assert host("document.documentElement.scrollWidth <= innerWidth")
    assert host.said == []


def test_nothing_moves_for_readers_who_asked_for_that(browser: Any, site: str) -> None:
    tab = Tab(browser, f"{site}/", reduced_motion="reduce")
    for path in PAGES:
        tab.page.goto(f"{site}/{path}")
        if path.startswith(("charts/", "embed/")):
            tab.explore(1)
            tab.page.hover(".live svg")
        assert tab(RESTLESS) == [], path
        assert tab("document.getAnimations().length") == 0, path
