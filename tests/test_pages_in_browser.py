"""Search, comparison and frontier in a real browser, by keyboard, on the demo as it is built."""

import json
from typing import Any

import pytest

from tests.browsing import Tab
from tests.running import Built

LUNA, OPUS, GLM = (
    "openai/gpt-5.6-luna-20260709",
    "anthropic/claude-opus-5-20260723",
    "z-ai/glm-5.2-20260616",
)


OPTIONS = "[...document.querySelectorAll('#found [role=option]')]"
HEADS = (
    "[...document.querySelectorAll('.beside-table thead a')]"
    ".map(one => one.pathname.split('/models/')[1].slice(0, -1))"
)


WRITTEN_HEADS = "[...document.querySelectorAll('.compared thead th')].map(one => one.textContent)"
HIGHEST = "document.querySelector('[data-top]').textContent"


def _cells(tab: Tab) -> Any:
    """The text and the classes of every cell below the headings, row by row."""
    rows = "[...document.querySelectorAll('.beside-table tbody tr')]"
    return tab(f"{rows}.map(row => [...row.cells].map(cell => [cell.innerText, cell.className]))")


def test_nothing_is_fetched_for_the_search_before_somebody_turns_to_it(
    browser: Any, site: str
) -> None:
    tab = Tab(browser, f"{site}/")
    assert not [url for url in tab.asked if url.endswith("search/index.json")]
    tab.keys("/")
    tab.until("document.activeElement.id === 'search'")
    assert [url for url in tab.asked if url.endswith("search/index.json")]
    assert tab("document.querySelector('#search').value") == ""
    assert tab.said == []


def test_charts_of_the_overview_fill_their_columns_with_words_as_large_as_text(
    browser: Any, site: str
) -> None:
    tab = Tab(browser, f"{site}/")
    figures = "[...document.querySelectorAll('figure[data-chart]')]"
    drawing = "one.querySelector('picture img')"
    measured = (
        f"{figures}.map(one => [{drawing}.currentSrc, {drawing}.clientWidth, one.clientWidth])"
    )
    for width, suffix, drawn, fills in (
        (360, ".narrow", 336, True),
        (1000, ".narrow", 336, False),
        (1216, ".medium", 556, True),
        (1920, ".medium", 556, True),
    ):
        tab.page.set_viewport_size({"width": width, "height": 900})
        # A browser chooses among drawings some time after the window has its width.
        tab.until(f"{figures}.every(one => {drawing}.currentSrc.endsWith('{suffix}.svg'))")
        charts = tab(measured)
        assert len(charts) >= 2
        for address, pixels, column in charts:
            assert 11 <= 12 * pixels / drawn <= 16, (width, address)
            # The margin of a drawing lies outside of its column.
            assert not fills or 1 <= pixels / column < 1.1, (width, address)


def test_a_model_is_found_and_opened_without_a_mouse(browser: Any, site: str) -> None:
    tab = Tab(browser, f"{site}/status/")
    tab.keys("/")
    tab.write("opus 5")
    tab.until(f"{OPTIONS}.length > 0")
    field = "document.querySelector('#search')"
    assert tab(f"{field}.getAttribute('aria-expanded')") == "true"
    tab.keys("ArrowDown")
    chosen = tab(f"{field}.getAttribute('aria-activedescendant')")
    assert tab(f"document.getElementById('{chosen}').getAttribute('aria-selected')") == "true"
    assert "Claude Opus 5" in tab(f"document.getElementById('{chosen}').textContent")
    tab.keys("Enter")
    tab.until("location.pathname.startsWith('/models/')")
    assert tab.address == f"{site}/models/{OPUS}/"
    assert tab("document.querySelector('[data-chart]').dataset.chart") == (
        f"tok-model.{OPUS.replace('/', '.')}"
    )


def test_escape_closes_the_list_then_empties_the_box_and_leaves_it(browser: Any, site: str) -> None:
    tab = Tab(browser, f"{site}/")
    tab.keys("/")
    tab.write("gpt")
    tab.until(f"{OPTIONS}.length > 0")
    tab.keys("Escape")
    assert tab("document.querySelector('#found').hidden")
    assert tab("document.querySelector('#search').value") == "gpt"
    tab.keys("Escape")
    assert tab("document.activeElement === document.body")


def test_the_arrows_go_round_and_the_whole_list_is_a_page_with_an_address(
    browser: Any, site: str
) -> None:
    tab = Tab(browser, f"{site}/")
    tab.keys("/")
    tab.write("deepseek")
    tab.until(f"{OPTIONS}.length > 8")
    tab.keys("ArrowUp")
    assert tab("document.querySelector('[aria-selected=true]').textContent").startswith("All ")
    tab.keys("Enter")
    tab.until("document.querySelectorAll('[data-results] a').length > 8")
    assert tab.address == f"{site}/search/?q=deepseek"
    assert tab("document.querySelector('h1').textContent") == "Search: “deepseek”"
    first = tab("document.querySelector('.results li').innerText")
    assert first.startswith("DeepSeek\n")
    assert "models" in first
    model = tab(
        "document.querySelector('.results a[href*=\"models/deepseek/\"]').parentNode.innerText"
    )
    assert "deepseek/" in model
    assert "DeepSeek · No. " in model
    assert "per 1M" in model
    assert tab.said == []


def test_a_query_that_finds_nothing_names_what_is_closest_and_markup_in_it_stays_text(
    browser: Any, site: str
) -> None:
    tab = Tab(browser, f"{site}/search/?q=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E")
    tab.until("document.querySelector('[data-results] [role=status]')")
    said = tab("document.querySelector('[data-results] [role=status]').textContent")
    assert said == "Nothing found for “<img src=x onerror=alert(1)>”. Closest:"
    assert tab("document.querySelectorAll('.results a').length") == 3
    heading = tab("document.querySelector('h1').textContent")
    assert heading == "Search: “<img src=x onerror=alert(1)>”"
    assert tab("document.querySelectorAll('main img').length") == 0


def test_an_app_is_found_with_a_typing_error_and_its_row_is_marked(browser: Any, site: str) -> None:
    tab = Tab(browser, f"{site}/status/")
    tab.keys("/")
    tab.write("claude coed")
    tab.until(f"{OPTIONS}.length > 0")
    assert "App · CLI agent · No. " in tab(f"{OPTIONS}[0].innerText")
    tab.keys("ArrowDown")
    tab.keys("Enter")
    tab.until("document.querySelector('tr:target')")
    assert "Claude Code" in tab("document.querySelector('tr:target').innerText")
    assert tab.said == []


def test_a_shared_address_sets_those_models_side_by_side_with_their_sources(
    browser: Any, site: str
) -> None:
    tab = Tab(browser, f"{site}/compare/?m={LUNA}~{OPUS}~{GLM}")
    tab.until(f"{HEADS}.length === 3")
    assert tab(HEADS) == [LUNA, OPUS, GLM]
    assert tab("document.title").startswith("GPT-5.6 Luna against Claude Opus 5 against")
    assert tab("document.querySelectorAll('[data-lines] path.line').length") == 3
    for words in (
        "openrouter.ai/rankings",
        "openrouter.ai/models",
        "artificialanalysis.ai",
        "designarena.ai",
    ):
        assert words in tab("document.querySelector('.comparison .credit').textContent")
    assert tab.said == []


def test_the_script_writes_every_cell_as_the_page_without_it_does(
    browser: Any, site: str, demo: Built
) -> None:
    pages = sorted(path.parent for path in (demo.public / "compare").rglob("index.html"))
    assert len(pages) > 3
    for page in pages:
        still = Tab(browser, f"{site}/{page.relative_to(demo.public).as_posix()}/")
        keys = still("document.querySelector('[data-compare]').dataset.compare")
        written = _cells(still)
        live = Tab(browser, f"{site}/compare/?m={keys}")
        live.until("document.querySelector('[data-status]').textContent.endsWith('at most six')")
        assert len(written) > 20
        assert _cells(live) == written, page
        assert live(HIGHEST) == still(HIGHEST), page
        assert live(WRITTEN_HEADS) == still(WRITTEN_HEADS), page
        assert not [url for url in still.asked if url.endswith("models.json")]
        still.leave()
        live.leave()


def test_a_price_that_floats_cannot_hold_keeps_its_two_places(
    browser: Any, site: str, demo: Built
) -> None:
    compared = json.loads(demo.text("compare/models.json"))
    place = next(
        str(at)
        for at, one in enumerate(compared["measures"])
        if one["label"].startswith("Input, per")
    )
    # A million times this price is less than 0.1 in floats.
    cheap = [
        key for key, one in compared["models"].items() if one["values"].get(place) == "0.0000001"
    ][:6]
    assert len(cheap) == 6
    tab = Tab(browser, f"{site}/compare/?m={'~'.join(cheap)}")
    tab.until(f"{HEADS}.length === 6")
    row = next(row for row in _cells(tab) if row[0][0].startswith("Input, per"))
    assert {text for text, _ in row[1:]} == {"$0.10"}


def test_models_are_added_and_removed_by_keyboard_and_the_way_back_works(
    browser: Any, site: str
) -> None:
    tab = Tab(browser, f"{site}/compare/?m={LUNA}~{OPUS}")
    tab.until(f"{HEADS}.length === 2")
    tab.page.focus("#pick")
    tab.write("glm")
    tab.keys("Enter")
    tab.until(
        "document.querySelector('[data-status]').textContent.includes(' models match: choose one')"
    )
    assert tab(f"{HEADS}.length") == 2
    tab.keys("Tab", "Tab")
    chosen = tab("document.activeElement.closest('[data-matches]').textContent")
    assert "z-ai/glm-5.2" in chosen
    tab.page.focus("#pick")
    tab.write(" 5.2")
    assert not tab.page.locator("[data-matches]").is_visible()
    tab.keys("Enter")
    tab.until(f"{HEADS}.length === 3")
    assert tab.address.startswith(f"{site}/compare/?m={LUNA}~{OPUS}~z-ai/glm-5.2")
    tab.page.focus("[data-chosen] button")
    tab.keys("Enter")
    tab.until(f"{HEADS}.length === 2")
    assert LUNA not in tab.address
    tab("history.go(-2)")
    tab.until(f"{HEADS}.join('~') === '{LUNA}~{OPUS}'")


def test_models_of_a_readers_own_are_none_of_the_prepared_comparisons(
    browser: Any, site: str
) -> None:
    current = (
        "document.querySelectorAll('[aria-label=\"Prepared comparisons\"] [aria-current]').length"
    )
    tab = Tab(browser, f"{site}/compare/")
    assert tab(current) == 1
    tab.page.click("[data-chosen] button")
    tab.until("location.search !== ''")
    tab.until(f"{current} === 0")
    tab("history.back()")
    tab.until(f"{current} === 1")


def test_when_the_last_model_is_removed_none_is_shown(browser: Any, site: str) -> None:
    tab = Tab(browser, f"{site}/compare/?m={LUNA}")
    tab.until(f"{HEADS}.length === 1")
    tab.page.click("[data-chosen] button")
    tab.until("document.querySelector('[data-said]').textContent.startsWith('Nothing chosen yet')")
    assert tab("document.querySelector('.beside-table').offsetHeight") == 0


def test_unknown_models_and_a_seventh_are_said_to_be_left_out(browser: Any, site: str) -> None:
    tab = Tab(browser, f"{site}/compare/?m={LUNA}~nobody/nothing")
    tab.until("document.querySelector('[data-status]').textContent")
    assert "1 of the models asked for is not known here." in tab(
        "document.querySelector('[data-status]').textContent"
    )
    rows = "fetch('models.json').then(r => r.json()).then(d => Object.keys(d.models).slice(0, 7).join('~'))"
    many = Tab(browser, f"{site}/compare/?m={tab(rows)}")
    many.until(f"{HEADS}.length === 6")
    assert "Six at most" in many("document.querySelector('[data-status]').textContent")


def test_without_scripts_a_comparison_stands_there_with_links_to_others(
    browser: Any, site: str
) -> None:
    page = Tab(browser, f"{site}/compare/", java_script_enabled=False).page
    assert page.locator(".beside-table tbody tr").count() > 20
    assert page.locator("h2 + .hits a").count() == 10
    assert not page.locator(".picker").is_visible()
    assert not page.locator(".search").is_visible()


FRONTIER = "[...document.querySelector('table').tBodies[0].rows]"


def _on(tab: Tab) -> Any:
    at = "[...document.querySelector('table').tHead.rows[0].cells].findIndex(c => c.dataset.key === 'on_frontier')"
    return tab(
        f"{FRONTIER}.filter(r => r.cells[{at}].dataset.v).map(r => r.querySelector('th bdi').textContent)"
    )


def _pareto(tab: Tab, ratio: float) -> list[str]:
    """Return the frontier, computed from the table's exact values."""
    keys = tab("[...document.querySelector('table').tHead.rows[0].cells].map(c => c.dataset.key)")
    values = tab(
        f"{FRONTIER}.map(r => [r.querySelector('th bdi').textContent, ...[...r.cells].map(c => c.dataset.v)])"
    )
    rows = [(row[0], dict(zip(keys, row[1:], strict=True))) for row in values]
    offers = [
        (
            name,
            (float(v["prompt"]) * ratio + float(v["completion"])) / (ratio + 1),
            float(v["intelligence_index"]),
        )
        for name, v in rows
    ]
    return [
        name
        for name, price, index in offers
        if not any((p <= price and i >= index) and (p < price or i > index) for _, p, i in offers)
    ]


SAID = "document.querySelector('.finding').innerText"


@pytest.mark.parametrize("ratio", [0, 10, 30])
def test_the_frontier_follows_the_ratio_in_the_address(browser: Any, site: str, ratio: int) -> None:
    tab = Tab(browser, f"{site}/frontier/?ratio={ratio}")
    best = sorted(set(_pareto(tab, ratio)))
    tab.until(f"{SAID}.startsWith('Best value at {ratio}:1: ')")
    assert sorted(set(_on(tab))) == best
    assert f"{len(_on(tab))} of " in tab(SAID)
    figure = tab.page.locator("figure[data-chart=fr-scatter]")
    assert f"({ratio}:1 input to output tokens)" in figure.locator(".live").inner_text()
    assert figure.locator("[data-control=ratio]").input_value() == str(ratio)
    assert figure.locator(".credit summary").is_visible()
    cells = tab(f"{FRONTIER}.map(row => [...row.cells].map(cell => cell.dataset.v))")
    prices = [float(cell[4]) for cell in cells]
    assert prices == sorted(prices)
    # What the chart tells of its models stands in the table, too.
    told = tab(
        "[...document.querySelectorAll('.live path')].flatMap(one => one.__data__?.tooltip ?? [])"
        ".map(one => [one.title, one.Price.replace(' per million', '')])"
    )
    shown = tab(
        f"{FRONTIER}.map(row => [row.querySelector('th bdi').innerText, row.cells[4].innerText])"
    )
    assert len(shown) > 50
    assert {tuple(pair) for pair in shown} <= {tuple(pair) for pair in told}
    assert tab.said == []


def test_the_usual_ratio_is_what_the_page_was_built_with(browser: Any, site: str) -> None:
    tab = Tab(browser, f"{site}/frontier/")
    rows = f"{FRONTIER}.map(row => [...row.cells].map(cell => cell.innerText))"
    built = tab(rows)
    assert sorted(set(_on(tab))) == sorted(set(_pareto(tab, 3)))
    tab.page.focus("[data-number=ratio]")
    tab.write("12.5")
    tab.until(f"{SAID}.startsWith('Best value at 12.5:1: ')")
    assert tab.address == f"{site}/frontier/?ratio=12.5"
    chosen = "document.querySelector('[data-control=ratio]').selectedOptions[0].textContent"
    assert tab(chosen) == "12.5:1"
    assert tab(rows) != built
    tab.page.select_option("[data-control=ratio]", "")
    tab.until("!location.search")
    tab.until(f"{SAID}.includes('paid models are best value')")
    assert tab("document.querySelector('[data-number=ratio]').value") == ""
    assert sorted(tab(rows)) == sorted(built)
    # The chart computes at the usual ratio what the page was built with.
    tab.page.select_option("[data-control=scale]", "linear")
    tab.until("document.querySelector('.live svg')")
    words = tab(
        "Object.fromEntries([...document.querySelectorAll('.live path')].flatMap(one => one.__data__?.tooltip ?? [])"
        ".map(one => [one.title, one]))"
    )
    for name, *_, price, _, best in built:
        told = words[name.split("\n")[0]]
        assert (told["Price"], told.get("Best value", "")) == (f"{price} per million", best)
    height = "document.querySelector('[data-plot]').getBoundingClientRect().height"
    before = tab(height)
    tab.page.focus(".live")
    tab.keys("ArrowRight")
    assert "Index" in tab("document.querySelector('.live [role=status]').textContent")
    assert tab(height) == before, "what is read out takes no room"
    assert tab.said == []


@pytest.mark.parametrize("ratio", ["", "-1", "x", "1e9", "%00"])
def test_a_ratio_that_makes_no_sense_is_the_usual_one(browser: Any, site: str, ratio: str) -> None:
    tab = Tab(browser, f"{site}/frontier/?ratio={ratio}")
    if ratio:
        tab.until("document.querySelector('.live svg')")
    assert tab("document.querySelector('[data-control=ratio]').value") == ""
    assert "Best value at" not in tab(SAID)
    assert tab.said == []


WAITING = "document.querySelectorAll('[data-table=catalogue] .late').length"
SEEN = "[...document.querySelectorAll('[data-table=catalogue] tbody tr')].filter(one => one.offsetHeight).length"


def test_the_rows_of_a_long_table_come_with_the_first_sign_of_a_reader(
    browser: Any, site: str
) -> None:
    tab = Tab(browser, f"{site}/models/")
    rows = tab("document.querySelectorAll('[data-table=catalogue] tbody tr').length")
    waiting, seen = tab(f"[{WAITING}, {SEEN}]")
    assert 0 < waiting < rows
    assert seen == rows - waiting
    tab.keys("Tab")
    tab.until(f"{SEEN} === {rows}")
    assert tab.said == []


def test_a_long_table_is_sorted_whole_whatever_has_come_of_it(browser: Any, site: str) -> None:
    tab = Tab(browser, f"{site}/models/?sort=context_length:desc")
    rows = "[...document.querySelectorAll('[data-table=catalogue] tbody tr')]"
    before = f"{rows}.map(row => Number(row.cells[4].dataset.v))"
    sizes = tab(before)
    assert sizes == sorted(sizes, reverse=True)
    tab.page.click("[data-table=catalogue] [data-key=context_length] button")
    assert tab(before) == sizes[::-1]
    tab.until(f"{SEEN} === {len(sizes)}")
    assert tab(before) == sizes[::-1]
    assert tab.said == []


def test_rows_that_wait_are_shown_where_the_script_of_tables_does_not_come(
    browser: Any, site: str
) -> None:
    page = browser.new_context().new_page()
    page.route("**/table.js?*", lambda route: route.abort())
    page.goto(f"{site}/models/")
    page.wait_for_function(f"{WAITING} === 0")
    assert page.locator("[data-table=catalogue] tbody tr").last.is_visible()
    page.context.close()


def test_a_filter_finds_rows_that_were_still_waiting(browser: Any, site: str) -> None:
    tab = Tab(browser, f"{site}/models/?q=ling")
    tab.until("document.querySelector('[data-tools] [role=status]').textContent.includes(' of ')")
    told = tab("document.querySelector('[data-tools] [role=status]').textContent")
    left = int(told.removeprefix("Showing ").split(" of ")[0])
    assert left > 0
    assert tab(SEEN) == left


def test_without_scripts_every_row_is_there_from_the_start(browser: Any, site: str) -> None:
    page = Tab(browser, f"{site}/models/", java_script_enabled=False).page
    assert page.locator("[data-table=catalogue] tbody tr").last.is_visible()


def test_a_workload_in_the_address_is_billed_and_a_typed_one_gets_into_it(
    browser: Any, site: str
) -> None:
    tab = Tab(browser, f"{site}/prices/calculator/?in=2000000&out=0&requests=1&author=anthropic")
    opus = f"document.querySelector('th[data-v=\"{OPUS}\"]')"
    tab.until(f"{opus} && {opus}.nextElementSibling.textContent === '–'")
    assert tab(f"{opus}.nextElementSibling.title") == "Longer than the model's context"
    tab.page.fill("[name=in]", "100000")
    # 100,000 tokens at $5 per million; without output, caching and further turns.
    tab.until(f"{opus}.nextElementSibling.textContent === '$0.50'")
    assert tab.address.endswith("?in=100000&out=0&requests=1&author=anthropic")
    rows = "[...document.querySelectorAll('[data-table=bills] tbody tr:not([hidden])')]"
    bills = tab(f"{rows}.map(row => Number(row.cells[1].dataset.v))")
    assert len(bills) > 5
    assert bills == sorted(bills)
    assert not tab(f"{rows}.some(row => row.textContent.includes('(batch)'))")
    tab.page.check("[name=batch]")
    tab.until(f"{rows}.length > 1 && {rows}.every(row => row.textContent.includes('(batch)'))")
    assert tab.address.endswith("&author=anthropic&batch=1")
    for odd, used in (("-5", "0"), ("", "1500")):
        tab.page.fill("[name=in]", odd)
        tab.page.locator("[name=in]").blur()
        assert tab.page.input_value("[name=in]") == used
    assert tab.said == []


def test_models_for_coding_up_to_a_dollar_are_asked_for_in_the_address(
    browser: Any, site: str
) -> None:
    tab = Tab(browser, f"{site}/coding/?price=1")
    rows = "[...document.querySelectorAll('[data-table=coding] tbody tr:not([hidden])')]"
    inputs = tab(f"{rows}.map(row => Number(row.cells[4].dataset.v) * 1e6)")
    assert (
        20 < len(inputs) < tab("document.querySelectorAll('[data-table=coding] tbody tr').length")
    )
    assert max(inputs) <= 1
    assert tab(f"{rows}[0].cells[2].dataset.v") == "76.1"
    assert tab.said == []
