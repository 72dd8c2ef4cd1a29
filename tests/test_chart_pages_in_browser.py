"""The gallery and the page of one chart, as readers use them, in a real browser on the built demo."""

from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from tests.browsing import Tab
from tests.page_reading import read
from tests.running import Built

LAPTOP = {"width": 1280, "height": 800}
STACK = "charts/tok-top-stack/"
FILE = "openrouter-leaderboards_tok-top-stack_2026-08-18"
SHOWN_CARDS = "[...document.querySelectorAll('.gallery li')].filter(one => one.checkVisibility())"
SELECTED = "document.querySelector('[role=tab][aria-selected=true]').textContent"
SHOWN_PANELS = (
    "[...document.querySelectorAll('#chart, #table')].filter(one => one.checkVisibility())"
    ".map(one => one.id)"
)


def test_the_gallery_is_filtered_by_words_which_the_address_keeps(browser: Any, site: str) -> None:
    tab = Tab(browser, f"{site}/charts/?q=api+parameters", viewport=LAPTOP)
    status = "document.querySelector('[data-gallery-tools] [role=status]').textContent"
    found = tab(f"{SHOWN_CARDS}.map(one => one.querySelector('a').href)")
    assert (found, tab(status).split(" of ")[0]) == ([f"{site}/charts/mod-params/"], "Showing 1")
    tab.page.focus("[data-gallery-tools] input")
    tab.keys("Control+a")
    tab.write("nothing like this")
    assert tab.address == f"{site}/charts/?q=nothing+like+this"
    assert tab("document.querySelector('[data-gallery-nothing]').checkVisibility()")
    assert tab("document.querySelectorAll('main h2').length") > 5
    assert (
        tab("[...document.querySelectorAll('main h2')].some(one => one.checkVisibility())") is False
    )
    assert tab("document.querySelector('.onpage').checkVisibility()") is False
    tab.page.click("[data-gallery-nothing] button")
    assert tab.address == f"{site}/charts/"
    total = tab("document.querySelectorAll('li[data-words]').length")
    assert tab(status) == f"{total} charts"
    assert tab("document.activeElement.type") == "search"
    # The lists of its use and of its prices are opened, which have what is looked for, and closed after that.
    tab.write("luna")
    opened = "document.querySelectorAll('[data-gallery-family][open]').length"
    assert tab(opened) == 2
    tab.page.click("[data-gallery-tools] button")
    assert tab(opened) == 0
    assert tab.said == []


def test_without_scripts_chart_and_table_stand_one_after_the_other(plain: Built) -> None:
    page = read(plain.text(f"{STACK}index.html"))
    parts = [node for node in page if node.get("id") in ("chart", "table", "download")]
    assert [node.get("id") for node in parts] == ["chart", "table", "download"]
    assert not [node.get("id") for node in parts if node.above("hidden")]
    (links,) = page.having("data-tabs")
    assert [link.get("href") for link in links.all("a")] == ["#chart", "#table"]
    # The style shows these where scripts run.
    (scripted,) = [node for node in page.having("class") if "scripted" in node.get("class")]
    names = [button.text for button in scripted.all("button")]
    assert names == ["Interactive", "Copy link", "Download SVG", "Download PNG", "Full screen"]


def test_a_chart_and_its_controls_are_in_the_first_view_and_its_table_is_one_key_away(
    browser: Any, site: str
) -> None:
    tab = Tab(browser, f"{site}/{STACK}", viewport=LAPTOP)
    box = "document.querySelector('{}').getBoundingClientRect()".format
    assert tab(f"{box('[data-plot]')}.bottom") <= LAPTOP["height"]
    assert tab(f"{box('[data-controls]')}.bottom <= {box('[data-plot]')}.top + 1")
    assert tab(SHOWN_PANELS) == ["chart"]
    tab.page.focus("[role=tab][aria-selected=true]")
    tab.keys("ArrowRight")
    assert tab(f"[{SELECTED}, document.activeElement.textContent]") == ["Table", "Table"]
    assert tab.address == f"{site}/{STACK}?tab=table"
    assert tab(SHOWN_PANELS) == ["table"]
    assert tab("document.querySelector('#table table').checkVisibility()")
    tab.page.go_back()
    assert tab(SHOWN_PANELS) == ["chart"]
    # A link to the table, and one to something below both.
    tab("location.hash = '#table'")
    tab.until(f"{SELECTED} === 'Table'")
    tab.page.click("[role=tab][aria-selected=false]")
    assert tab.address == f"{site}/{STACK}"
    tab.page.goto(f"{site}/{STACK}?tab=table#cite")
    assert tab(SHOWN_PANELS) == ["table"]
    assert tab.said == []


def _saved(tab: Tab, kind: str) -> tuple[str, bytes]:
    with tab.page.expect_download() as download:
        tab.page.click(f"[data-view={kind}]")
    return download.value.suggested_filename, Path(download.value.path()).read_bytes()


def test_a_view_is_taken_along_as_it_is_as_link_lines_and_picture(
    browser: Any, site: str, demo: Built
) -> None:
    tab = Tab(browser, f"{site}/{STACK}", permissions=["clipboard-read", "clipboard-write"])
    lines = "document.querySelector('#embed > div code').textContent"
    name, unchanged = _saved(tab, "svg")
    assert (name, unchanged.decode()) == (
        f"{FILE}.svg",
        demo.text("charts/tok-top-stack.svg"),
    )
    tab.page.select_option("[data-control=stack]", "share")
    tab.until("document.querySelector('.live svg') !== null")
    assert f'src="{site}/embed/tok-top-stack/?theme=light&amp;stack=share"' in tab(lines)
    tab.page.click("[data-view=link]")
    tab.until("document.querySelector('[data-view-status]').textContent === 'Link copied.'")
    assert tab.page.evaluate("navigator.clipboard.readText()") == f"{site}/{STACK}?stack=share"
    name, drawn = _saved(tab, "svg")
    assert name == f"{FILE}_stack-share.svg"
    picture = list(ElementTree.fromstring(drawn).iter())  # noqa: S314 - drawn by our page
    words = " ".join(node.text or "" for node in picture if node.tag.endswith("}text"))
    assert tab("document.querySelector('h1').textContent") in words
    assert "Source: OpenRouter (openrouter.ai/rankings), as of 2026-08-18T22:46:17.000Z" in words
    for name in ("style", "class", "tabindex", "role", "aria-label"):
        assert not [node.tag for node in picture if name in node.attrib], name
    name, bitmap = _saved(tab, "png")
    assert name == f"{FILE}_stack-share.png"
    width, height = (int.from_bytes(bitmap[at : at + 4], "big") for at in (16, 20))
    assert f'width="{width // 2}" height="{height // 2}"' in drawn.decode()
    tab.page.go_back()
    assert f'src="{site}/embed/tok-top-stack/?theme=light"' in tab(lines)
    assert tab.said == []


def test_full_screen_shows_all_of_the_chart_until_escape_and_keeps_it_alive(
    browser: Any, site: str
) -> None:
    tab = Tab(browser, f"{site}/{STACK}?stack=share", viewport=LAPTOP)
    tab.until("document.querySelector('.live svg') !== null")
    tab.page.click("[data-view=full]")
    tab.until("document.fullscreenElement?.matches('figure')")
    tab.until("document.querySelector('[data-view=full]').textContent === 'Exit full screen'")
    for part in ("[data-controls]", "[data-plot]", "figcaption .credit", "[data-view=full]"):
        box = f"document.querySelector('{part}').getBoundingClientRect()"
        assert tab(f"{box}.top >= 0 && {box}.bottom <= innerHeight && {box}.right <= innerWidth"), (
            part
        )
    tab.page.focus("[data-control=stack]")
    tab.keys("Escape")
    tab.until("!document.fullscreenElement")
    assert tab("document.querySelector('.live svg') !== null")
    tab.until("document.querySelector('[data-plot]').style.length === 0")
    assert tab.said == []
