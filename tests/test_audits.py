"""The built demo under axe, and as it looks: no page wider than its window, no target too small, nothing moving."""

import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.base import AXE_FILE_PATH

from generator.base import palette, resources
from generator.render.page_collections import COLLECTIONS
from generator.render.page_list import read_pages
from tests.browsing import Tab, served
from tests.contrast import contrast
from tests.running import Built

COLLECTED = {
    "model": ["models/deepseek/deepseek-v4-flash-20260731/"],
    "author": ["authors/deepseek/"],
    "arena": ["benchmarks/design-arena/models/codecategories/"],
    "task": ["tasks/code--general_impl/"],
    "apps": ["apps/coding/"],
    "compare": ["compare/rising/"],
    "chart": ["charts/tok-top-stack/"],
    "embed": ["embed/tok-top-stack/", "d/2026-08-17/embed/tok-top-stack/"],
    "dataset": ["data/rankings-daily/"],
}
"""Pages of each collection, by the name of its template."""
DAYS = ("d/2026-08-18/",)

SINGLE = tuple(entry.path for entry in read_pages().entries if not entry.path.endswith(".txt"))
PAGES = (*SINGLE, *chain.from_iterable(COLLECTED.values()), *DAYS)
"""Every page that is one file, and one of each kind of those that are many."""

SHEET = (resources.folder("static") / "css" / "site.css").read_text(encoding="utf-8")


def test_every_kind_of_page_is_in_this_audit(plain: Built) -> None:
    # Only a site that fetches the extended datasets has a page of categories: the demo's table page is its like.
    templates = {f"collections/{name}.html.j2" for name in (*COLLECTED, "categories")}
    assert templates == {collection.template for collection in COLLECTIONS}
    missing = [
        path for path in PAGES if not (plain.public / path.removesuffix("404.html")).exists()
    ]
    assert not missing
    texts = [plain.text(path if path.endswith(".html") else f"{path}index.html") for path in PAGES]
    assert sum(text.count('<label class="columns">') for text in texts) > 15


SHORTENED = """document.querySelectorAll('main :is(tbody tr, li):nth-child(n + 6):not(:last-child)')
  .forEach((one) => one.remove())"""
"""Rows are alike, and items of a list; what axe does grows with their number."""

LOOKS = ("color-contrast", "link-in-text-block", "scrollable-region-focusable")
"""The rules of axe that a theme or a width can break; what the others judge is the same in all."""

FIND_VIOLATIONS = """async (options) => {
  const styleOf = (one) => {
    const { color, backgroundColor, backgroundImage, opacity, filter, fontSize, fontWeight } = getComputedStyle(one);
    return [color, backgroundColor, backgroundImage, opacity, filter, fontSize, fontWeight].join(';');
  };
  const lookOf = (one) => (one ? [styleOf(one), ...lookOf(one.parentElement)] : []);
  const hasText = (one) => [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
  const looks = new Map();
  for (const one of document.querySelectorAll('body *')) {
    one.removeAttribute('data-judged');
    if (!hasText(one) || !one.checkVisibility()) continue;
    const look = [...new Set(lookOf(one))].join('/');
    if (!looks.has(look)) looks.set(look, one);
  }
  const judged = [...looks.values()].flatMap((one) => [one, ...one.querySelectorAll('*')]);
  for (const one of judged) one.setAttribute('data-judged', '');
  axe.configure({ rules: [{ id: 'color-contrast', selector: '[data-judged]' }] });
  const { violations } = await axe.run({ resultTypes: ['violations'], preload: false, ...options });
  return violations.map(({ id, nodes }) => [id, nodes[0].html.slice(0, 200)]);
}"""
"""Judges the contrast of one text of each look: that is most of what axe does, and grows with the number of texts.
One run for it and the other rules takes a tenth less than one for each.

Texts look alike whose colors, grounds and sizes are the same, and those of all elements around them.
"""


TOO_WIDE = """() => [...document.querySelectorAll('.fitted .board, .compared')]
  .filter((table) => table.offsetWidth > table.parentElement.offsetWidth)
  .map((table) => table.caption.textContent)"""


TARGETS = """() => [...document.querySelectorAll('button, select, input, summary, .top nav a, .views a, .take a, .name a')]
  .filter((one) => one.checkVisibility() && !one.closest('.sr') && one.tabIndex >= 0)
  .map((one) => (one.type === 'checkbox' ? one.closest('label') : one))
  .map((one) => [one.outerHTML.slice(0, 120), one.getBoundingClientRect().height])
  .filter(([, height]) => height < 43.5)"""


OUT_OF_VIEW = """() => [...document.querySelectorAll('.board:not(.plain, .sample, .beside-table:not(.compared)) :is(th, td)')]
  .filter((cell) => cell.checkVisibility())
  .map((cell) => [cell.outerHTML.slice(0, 120), cell.getBoundingClientRect()])
  .filter(([, { left, right }]) => left < 0 || right > innerWidth)
  .map(([text, { left, right }]) => [text, left, right])"""


@pytest.fixture(scope="module")
def axe() -> Iterator[str]:
    """The address of axe: a browser keeps what it compiles of a file (44 ms of a processor a page, a text 76 ms)."""
    with served(AXE_FILE_PATH.parent) as address:
        yield f"{address}/{AXE_FILE_PATH.name}"


@pytest.mark.parametrize("path", PAGES)
def test_a_page_fits_its_window_has_targets_of_44_pixels_and_passes_axe_on_a_light_phone_and_a_dark_desk(
    browser: Any, site: str, axe: str, path: str
) -> None:
    desk = {"width": 1280, "height": 900}
    page = Tab(browser, f"{site}/{path}", viewport=desk, bypass_csp=True).page
    for width in (1280, 1024, 768, 642, 320):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), width
        assert width == 320 or page.evaluate(TOO_WIDE) == [], width
    page.set_viewport_size({"width": 360, "height": 900})
    assert page.evaluate(TARGETS) == []
    assert page.evaluate(OUT_OF_VIEW) == []
    page.evaluate(SHORTENED)
    page.add_script_tag(url=axe)
    found = page.evaluate(FIND_VIOLATIONS, {})
    page.set_viewport_size(desk)
    page.emulate_media(color_scheme="dark")
    found += page.evaluate(FIND_VIOLATIONS, {"runOnly": list(LOOKS)})
    assert found == []


def test_on_a_phone_a_page_is_as_wide_as_the_screen_and_its_targets_as_high(
    browser: Any, site: str
) -> None:
    phone = {"viewport": {"width": 360, "height": 800}, "has_touch": True, "is_mobile": True}
    tab = Tab(browser, f"{site}/rankings/", **phone)
    widths = "[innerWidth, document.documentElement.scrollWidth, visualViewport.scale]"
    assert tab(widths) == [360, 360, 1]
    assert tab.page.evaluate(TARGETS) == []
    assert tab.page.evaluate(OUT_OF_VIEW) == []


SPACED_TEXT = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync('* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }');
  document.adoptedStyleSheets.push(sheet);
  return document.documentElement.scrollWidth;
}"""
"""Spaces words and letters as a reader may want to (WCAG 1.4.12)."""


def test_a_table_is_no_wider_than_a_phone_where_a_reader_spaces_its_text(
    browser: Any, site: str
) -> None:
    tab = Tab(browser, f"{site}/prices/changes/", viewport={"width": 360, "height": 800})
    assert tab.page.evaluate(SPACED_TEXT) == 360


HIDDEN_BY_HEADING = """row => {
  const heading = document.querySelector('thead th[data-kind=entity]').getBoundingClientRect();
  return document.querySelector(`tbody tr:nth-child(${row})`).getBoundingClientRect().top < heading.bottom - 1;
}"""


@pytest.mark.parametrize("width", [360, 768, 900, 1280])
def test_headings_stay_in_view_while_a_long_table_is_read(
    browser: Any, site: str, width: int
) -> None:
    page = Tab(browser, "about:blank", viewport={"width": width, "height": 800}).page
    for path in ("rankings/", "models/"):
        page.goto(f"{site}/{path}")
        assert not page.evaluate(HIDDEN_BY_HEADING, 1), path
        page.evaluate(
            "document.querySelector('tbody tr:nth-child(20)').scrollIntoView({ behavior: 'instant' })"
        )
        top = "document.querySelector('thead th[data-kind=entity]').getBoundingClientRect().top"
        assert 0 <= page.evaluate(top) < 60, path
        assert not page.evaluate(HIDDEN_BY_HEADING, 20), path


def test_headings_and_names_stay_in_view_while_all_columns_of_a_table_are_read(
    browser: Any, site: str
) -> None:
    tablet = {"viewport": {"width": 768, "height": 800}, "java_script_enabled": False}
    page = Tab(browser, f"{site}/prices/changes/", **tablet).page
    page.get_by_label("All columns").check()
    frame = page.locator(".scroll").first
    box = frame.evaluate(
        "frame => { frame.scrollTo(200, 900); frame.scrollIntoView({ behavior: 'instant' });"
        " const { x, y } = frame.getBoundingClientRect(); return [x, y, frame.scrollLeft, frame.scrollTop] }"
    )
    heading = page.locator("thead th[data-kind=entity]").first.bounding_box()
    assert [heading["x"], heading["y"], 200, 900] == pytest.approx(box, abs=1)
    page.set_viewport_size({"width": 1280, "height": 800})
    assert not page.get_by_label("All columns").is_visible()
    assert (
        page.evaluate("getComputedStyle(document.querySelector('.scroll')).overflow") == "visible"
    )


def test_on_paper_headings_are_those_of_a_table_and_no_buttons(browser: Any, site: str) -> None:
    page = Tab(browser, f"{site}/rankings/", viewport={"width": 700, "height": 800}).page
    page.emulate_media(media="print")
    heads = "[...document.querySelectorAll('.sorts thead button')].map((one) => getComputedStyle(one).display)"
    assert set(page.evaluate(heads)) == {"contents"}
    columns = "[...document.querySelector('.sorts').tHead.rows[0].cells].map((one) => one.offsetWidth > 0)"
    assert set(page.evaluate(columns)) == {True}
    assert (
        page.evaluate("getComputedStyle(document.querySelector('.sorts th')).position") == "static"
    )
    page.emulate_media(media="screen")


def test_names_stay_in_view_while_numbers_scroll_on_a_phone(browser: Any, site: str) -> None:
    phone = {"viewport": {"width": 360, "height": 800}, "java_script_enabled": False}
    page = Tab(browser, f"{site}/models/", **phone).page
    page.get_by_label("All columns").check()
    where = "document.querySelector('tbody th[scope=row]').getBoundingClientRect().left"
    page.evaluate("{ document.querySelector('.scroll').scrollLeft = 400 }")
    assert page.evaluate("document.querySelector('.scroll').scrollLeft") > 300
    assert 0 <= page.evaluate(where) < 80
    assert page.evaluate(
        "[...document.querySelectorAll('th, td')].every(cell => getComputedStyle(cell).display != 'none')"
    )


def test_focus_is_always_seen(browser: Any, site: str) -> None:
    page = Tab(browser, f"{site}/rankings/").page
    for _ in range(40):
        page.keyboard.press("Tab")
        style, width = page.evaluate(
            "(look => [look.outlineStyle, look.outlineWidth])(getComputedStyle(document.activeElement))"
        )
        assert (style, float(width.removesuffix("px")) >= 1) == ("solid", True), page.evaluate(
            "document.activeElement.outerHTML.slice(0, 200)"
        )


def test_nothing_is_animated_for_those_who_ask_for_less_motion(browser: Any, site: str) -> None:
    page = Tab(browser, f"{site}/rankings/", reduced_motion="reduce").page
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
    moving = "[...document.querySelectorAll('*')].filter(one => parseFloat(getComputedStyle(one).transitionDuration) > 0)"
    assert page.evaluate(f"{moving}.length") == 0


def test_print_is_black_on_white_without_controls(browser: Any, site: str, tmp_path: Path) -> None:
    page = Tab(browser, f"{site}/rankings/", color_scheme="dark").page
    page.emulate_media(media="print")
    assert (
        page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
        == "rgb(255, 255, 255)"
    )
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).color") == "rgb(0, 0, 0)"
    screen = "fieldset, .theme, nav, .onward, .take, .actions, button:not(thead button), details:not([open], .credit)"
    assert page.locator(screen).locator("visible=true").count() == 0
    assert page.locator(".credit").first.is_visible()
    assert page.evaluate("getComputedStyle(document.querySelector('td')).fontSize") == "12.5px"


def test_a_dark_drawing_that_is_shown_is_printed_light_and_whole(browser: Any, site: str) -> None:
    page = Tab(browser, f"{site}/charts/tok-top-stack/", color_scheme="dark").page
    page.wait_for_function("document.querySelector('.plate img').currentSrc.endsWith('.dark.svg')")
    # A browser that prints shows another drawing if that comes in time, and waits for none.
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    drawing, sources = page.locator(".plate img"), page.locator(".plate source")
    assert sources.count() == 0
    assert drawing.get_attribute("src").endswith(".dark.svg")
    assert drawing.evaluate("one => getComputedStyle(one).filter.startsWith('invert(1)')")
    plate, shown = page.locator(".plate").bounding_box(), drawing.bounding_box()
    assert shown["y"] >= plate["y"] - 1
    # The drawing, which is printed whole, has the title of the page.
    assert not page.locator("h1").is_visible()
    assert shown["y"] + shown["height"] <= plate["y"] + plate["height"] + 1
    page.emulate_media(media="screen")
    page.evaluate("dispatchEvent(new Event('beforeprint')), dispatchEvent(new Event('afterprint'))")
    assert sources.count() == 5
    assert drawing.get_attribute("class") in (None, "")
    page.evaluate("document.querySelector('[data-theme-toggle]').click()")
    page.wait_for_function("!document.querySelector('.plate img').currentSrc.includes('.dark.')")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert drawing.get_attribute("class") in (None, "")


@pytest.mark.parametrize(("width", "drawn"), [(1400, 556), (390, 336)])
def test_a_drawing_of_the_overview_is_printed_as_large_as_it_is_drawn(
    browser: Any, site: str, width: int, drawn: int
) -> None:
    """A browser keeps the drawing of the screen on paper, where half of the page would halve its words."""
    page = Tab(browser, f"{site}/", viewport={"width": width, "height": 900}).page
    drawing = page.locator(".pair .half img").first
    drawing.scroll_into_view_if_needed()
    page.wait_for_function("document.querySelector('.half img').naturalWidth > 0")
    page.emulate_media(media="print")
    assert drawing.evaluate("one => [one.naturalWidth, one.clientWidth]") == [drawn, drawn]


def _themes() -> Iterator[tuple[str, dict[str, str]]]:
    blocks = {
        "light": SHEET.split("@media")[0],
        "dark": SHEET.split(':root[data-theme="dark"]')[1].split("}")[0],
    }
    for name, block in blocks.items():
        yield name, dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", block))


@pytest.mark.parametrize(("name", "colors"), list(_themes()))
def test_every_ink_can_be_read_on_every_ground(name: str, colors: dict[str, str]) -> None:
    pairs = [
        (ink, ground)
        for ink in ("ink", "soft", "accent", "up", "down")
        for ground in ("paper", "wash")
    ]
    poor = {pair: contrast(colors[pair[0]], colors[pair[1]]) for pair in pairs}
    assert not {pair: ratio for pair, ratio in poor.items() if ratio < 4.5}


def test_every_color_of_an_author_stands_out_from_its_paper() -> None:
    derived = {
        f"author-{number}": palette.author_color(f"author-{number}") for number in range(500)
    }
    colors = {**palette.AUTHORS, **derived}
    assert not {who for who, it in colors.items() if contrast(it, palette.LIGHT.paper) < 3}
    dark = {who: palette.DARK_OF[it] for who, it in colors.items()}
    assert not {who for who, it in dark.items() if contrast(it, palette.DARK.paper) < 3}


def test_type_has_five_sizes_and_two_weights() -> None:
    root = SHEET.split("@media")[0].split("}")[0]
    assert len(re.findall(r"--(?:small|table|text|head|title): ", root)) == 5
    weights = set(re.findall(r"font-weight: (\w+)", SHEET)) | set(
        re.findall(r"font: (\d+) ", SHEET)
    )
    assert weights <= {"400", "700"}
