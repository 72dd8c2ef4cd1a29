"""Menu, anchors and other addresses of a page, in a real browser, on the demo as it is built."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.browsing import Tab, served
from tests.running import LAST, Built

LUNA = "openai/gpt-5.6-luna"
MENU = ["Rankings", "Models", "Benchmarks", "Prices", "Tasks & apps", "What's new", "Data"]


@pytest.mark.parametrize("width", [360, 768])
def test_the_menu_is_there_without_scripts_and_wholly_inside_the_window(
    browser: Any, site: str, width: int
) -> None:
    context = browser.new_context(
        java_script_enabled=False, viewport={"width": width, "height": 800}
    )
    page = context.new_page()
    page.goto(f"{site}/rankings/1-day/")
    if width < 640:
        page.locator(".menu summary").click()
    links = page.locator(".top nav a:visible")
    assert links.all_inner_texts()[:7] == MENU
    assert page.locator(".top nav a[aria-current]:visible").all_inner_texts() == ["Rankings"]
    for box in [link.bounding_box() for link in links.all()]:
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
    assert page.locator(".views a[aria-current=page]").inner_text() == "Last day"
    if width < 640:
        page.get_by_role("link", name="Models for coding").click()
        assert page.url == f"{site}/coding/"
    context.close()


def test_only_the_current_item_is_marked_in_forced_colors(browser: Any, site: str) -> None:
    tab = Tab(browser, f"{site}/prices/changes/", forced_colors="active")
    items = "[...document.querySelectorAll('.sections a')]"
    marked = f"{items}.filter(one => getComputedStyle(one).borderBottomColor !== canvas)"
    canvas = (
        "(() => { const one = document.createElement('i'); one.style.color = 'Canvas';"
        " document.body.append(one); return getComputedStyle(one).color; })()"
    )
    assert tab(f"{{ const canvas = {canvas}; return {marked}.map(one => one.textContent); }}") == [
        "Prices"
    ]


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("models/", "mod-releases"),
        ("prices/", "changes"),
        ("rankings/", "movers"),
    ],
)
def test_a_link_to_a_part_of_a_page_ends_with_that_part_in_view(
    browser: Any, site: str, path: str, target: str
) -> None:
    tab = Tab(browser, f"{site}/{path}#{target}")
    tab.settle()
    place = f"document.getElementById('{target}').getBoundingClientRect().top"
    tab.keys("Shift")
    tab.until("document.querySelectorAll('.late').length === 0")
    assert 0 <= tab(place) < 500
    assert tab.said == []


def test_the_headings_of_a_sample_of_rows_hide_none_of_them(browser: Any, site: str) -> None:
    tab = Tab(browser, f"{site}/data/rankings-daily/")
    tab.settle()
    head = tab("document.querySelector('.sample thead th').getBoundingClientRect().bottom")
    row = tab("document.querySelector('.sample tbody tr').getBoundingClientRect().top")
    assert head <= row + 1
    assert tab.said == []


def test_the_id_of_the_api_names_a_model_in_every_address(browser: Any, site: str) -> None:
    still = browser.new_context(java_script_enabled=False).new_page()
    still.goto(f"{site}/models/{LUNA}/")
    still.wait_for_url(f"**/models/{LUNA}-20260709/")
    still.context.close()

    tab = Tab(browser, f"{site}/compare/?m={LUNA}~anthropic/claude-opus-5")
    heads = (
        "[...document.querySelectorAll('.compared thead a')]"
        ".map(one => one.pathname.split('/models/')[1].slice(0, -1))"
    )
    tab.until(f"{heads}.join() === '{LUNA}-20260709,anthropic/claude-opus-5-20260723'")
    assert tab("document.querySelector('[data-status]').textContent") == "2 of at most six"

    tab.page.goto(f"{site}/charts/tok-top-stack/?focus={LUNA}")
    # Which model an id of the API means is known as soon as the chart's data has come.
    tab.until(f"document.querySelector('[data-control=focus]').value === '{LUNA}-20260709'")
    assert tab.said == []


def test_a_day_gone_by_has_the_menu_and_the_search(browser: Any, site: str) -> None:
    tab = Tab(browser, f"{site}/d/2026-08-17/")
    items = "[...document.querySelectorAll('.sections a')].map(one => one.textContent)"
    assert tab(items) == MENU
    assert tab("document.querySelector('.sections [aria-current]').textContent") == "Data"
    tab.keys("/")
    tab.write("opus 5")
    tab.until("document.querySelectorAll('#found [role=option]').length > 0")
    assert tab.said == []


def test_a_page_tells_its_age_by_the_clock_of_its_reader(browser: Any, second_day: Built) -> None:
    built = datetime(LAST.year, LAST.month, LAST.day, tzinfo=UTC)
    page = browser.new_context().new_page()
    with served(second_day.public) as address:
        for hours, told in ((47, ""), (49, "Last updated 2 days ago."), (240, "10 days ago.")):
            page.clock.set_fixed_time(built + timedelta(hours=hours))
            page.goto(f"{address}/rankings/")
            notice = page.locator("[data-built]")
            assert notice.is_visible() == bool(told), hours
            assert told in notice.inner_text()
    page.context.close()
