"""What readers do with tables and themes, in a real browser on the built demo."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from generator.base.attribution import RANKINGS
from tests.browsing import Tab
from tests.page_reading import read
from tests.running import Built

CATALOGUE = "models/"
SHOWN = "[...document.querySelector('table[data-table]').querySelectorAll('tbody > tr')].filter(row => !row.hidden)"


@pytest.fixture
def page(browser: Any, site: str) -> Iterator[Any]:
    tab = Tab(browser, "about:blank", base_url=f"{site}/")
    yield tab.page
    assert tab.said == []


def _column(page: Any, key: str) -> list[str]:
    at = page.evaluate(f"document.querySelector('table[data-table] th[data-key={key}]').cellIndex")
    return list(page.evaluate(f"{SHOWN}.map(row => row.cells[{at}].dataset.v)"))


def _query(page: Any) -> str:
    return str(page.evaluate("location.search"))


def test_prices_sort_both_ways_by_button_with_missing_and_varying_ones_last(page: Any) -> None:
    page.goto(CATALOGUE)
    head = page.locator("th[data-key=prompt]").first
    for way, query in (("ascending", "?sort=prompt:asc"), ("descending", "?sort=prompt:desc")):
        head.locator("button").click()
        assert head.get_attribute("aria-sort") == way
        assert page.locator("th[aria-sort]").count() == page.locator("table[data-table]").count()
        assert _query(page).replace("%3A", ":") == query
        prices = [float(value) if value else -1.0 for value in _column(page, "prompt")]
        known = [price for price in prices if price >= 0]
        assert prices[: len(known)] == sorted(known, reverse=way == "descending")
        assert len(known) > 300


def test_sorting_is_stable_and_the_order_of_the_page_leaves_the_address_clean(page: Any) -> None:
    page.goto(CATALOGUE)
    before = _column(page, "model_permaslug")
    page.locator("th[data-key=output_modalities] button").first.click()
    kinds = dict(
        zip(_column(page, "model_permaslug"), _column(page, "output_modalities"), strict=True)
    )
    same = [slug for slug in kinds if kinds[slug] == "text"]
    assert same == [slug for slug in before if kinds[slug] == "text"]
    page.locator("th[data-key=rank] button").first.click()
    assert _query(page) == ""
    assert _column(page, "model_permaslug") == before


def test_the_other_models_stay_below_whatever_is_sorted(page: Any) -> None:
    page.goto("rankings/")
    page.locator("th[data-key=total_tokens] button").first.click()
    page.locator("th[data-key=total_tokens] button").first.click()
    assert page.locator("table[data-table]").first.locator("tfoot tr.other").is_visible()
    tokens = [int(value) for value in _column(page, "total_tokens")[:20]]
    assert tokens == sorted(tokens)


def test_filters_narrow_count_and_write_the_address_and_going_back_undoes_them(page: Any) -> None:
    page.goto(CATALOGUE)
    page.locator("summary", has_text="More filters").click()
    page.locator("[data-by=author]").select_option("openai")
    page.locator("[data-by=cost]").select_option("paid")
    status = page.locator(".tools [role=status]").first
    narrowed = status.inner_text()
    assert narrowed.endswith(f" of {len(page.query_selector_all('table[data-table] tbody tr'))}")
    assert _query(page) == "?author=openai&cost=paid"
    assert {slug.split("/")[0] for slug in _column(page, "model_permaslug")} == {"openai"}
    page.go_back()
    assert _query(page) == "?author=openai"
    assert page.locator("[data-by=cost]").input_value() == ""
    assert status.inner_text() != narrowed
    page.go_back()
    assert status.inner_text().endswith(" listings")


@pytest.mark.parametrize(
    ("query", "column", "fits"),
    [
        ("cost=free", "prompt", lambda value: float(value) == 0),
        ("price=0.5", "prompt", lambda value: 0 <= float(value) <= 0.5e-6),
        ("context=1000000", "context_length", lambda value: int(value) >= 1_000_000),
        ("input=image", "input_modalities", lambda value: "image" in value),
        ("output=image", "output_modalities", lambda value: "image" in value),
    ],
)
def test_an_address_with_filters_shows_only_what_fits_them(
    page: Any, query: str, column: str, fits: Any
) -> None:
    page.goto(f"{CATALOGUE}?{query}")
    values = _column(page, column)
    assert 0 < len(values) < 400
    assert all(fits(value) for value in values)


def test_every_board_of_models_is_filtered_by_its_address(page: Any) -> None:
    shown = f"{SHOWN}.map(row => row.dataset)"
    for path, count in (
        ("rankings/", 60),
        ("benchmarks/artificial-analysis/", 122),
        ("benchmarks/design-arena/models/codecategories/", 100),
        ("prices/", 396),
    ):
        page.goto(f"{path}?open_weights=yes&tools=yes&price=0.5")
        rows = page.evaluate(shown)
        told = page.locator(".tools [role=status]").first.inner_text()
        assert 0 < len(rows) < count, path
        assert told.startswith(f"Showing {len(rows)} of "), path
        assert all({"open_weights", "tools"} <= set(row["has"].split()) for row in rows), path
        assert all(float(row["price"]) <= 0.5 for row in rows), path
    assert page.locator("summary", has_text="More filters (3)").first.is_visible()
    page.get_by_label("Tools").first.uncheck()
    assert _query(page) == "?open_weights=yes&price=0.5"
    assert len(page.evaluate(shown)) > len(rows)


def test_where_nothing_fits_the_table_says_so_and_offers_the_way_back(page: Any) -> None:
    page.goto(f"{CATALOGUE}?q=nothing+is+called+so&reasoning=yes")
    told = page.locator("[data-none]").first
    assert told.inner_text().startswith("No models match these filters.")
    assert not page.locator("table[data-table]").first.is_visible()
    told.get_by_role("button", name="Clear filters").click()
    assert _query(page) == ""
    assert page.locator("table[data-table]").first.is_visible()
    assert not told.is_visible()


def _has_a_table_that_is_not_sorted(page: str) -> bool:
    return 0 < page.count('class="board sorts') < page.count(" data-table=")


def test_a_table_of_one_row_is_not_sorted(page: Any, demo: Built) -> None:
    path = next(
        path.parent.relative_to(demo.public)
        for path in sorted((demo.public / "models").rglob("index.html"))
        if _has_a_table_that_is_not_sorted(path.read_text(encoding="utf-8"))
    )
    page.goto(f"{path}/")
    tables = page.query_selector_all("table[data-table]")
    rows = [len(table.query_selector_all("tbody tr")) for table in tables]
    buttons = [len(table.query_selector_all("thead button")) for table in tables]
    assert [count > 1 for count in rows] == [count > 0 for count in buttons]
    assert 1 in rows


def test_a_second_table_keeps_a_state_of_its_own(page: Any) -> None:
    page.goto("rankings/?sort2=change:asc&q2=e")
    first, second = (
        page.locator("table[data-table]").nth(0),
        page.locator("table[data-table]").nth(1),
    )
    assert first.locator("th[aria-sort]").get_attribute("data-key") == "rank"
    assert second.locator("th[aria-sort]").get_attribute("data-key") == "change"


def test_typing_filters_slash_focuses_and_escape_clears(page: Any) -> None:
    page.goto(CATALOGUE)
    field = page.get_by_label("Filter by name").first
    field.focus()
    page.keyboard.type("claude opus")
    assert _query(page) == "?q=claude+opus"
    assert all("opus" in slug for slug in _column(page, "model_permaslug"))
    page.keyboard.press("Escape")
    assert _query(page) == ""
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.matches('input')") is True


def test_the_rows_in_sight_can_be_taken_along_with_exact_values_and_their_credit(page: Any) -> None:
    page.goto("rankings/?author=deepseek&sort=model_permaslug:asc")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download this view (CSV)").first.click()
    download = waiting.value
    rows = list(csv.DictReader(io.StringIO(Path(download.path()).read_text(encoding="utf-8"))))
    assert download.suggested_filename.startswith("models-7d-2026-08-1")
    assert [row["model_permaslug"] for row in rows] == _column(page, "model_permaslug")
    assert all(
        row["model_permaslug"].startswith("deepseek/") and row["total_tokens"].isdigit()
        for row in rows
    )
    assert {row["license"] for row in rows} == {"CC-BY-4.0"}
    assert all(RANKINGS.format(as_of=row["as_of"]) in row["citation"] for row in rows)
    assert list(rows[0])[-3:] == ["citation", "as_of", "license"]


def test_the_theme_changes_by_keyboard_and_is_remembered(page: Any) -> None:
    page.goto("")
    button = page.get_by_role("button", name="Theme")
    button.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    assert button.inner_text() == "Theme: dark"
    page.goto("rankings/")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert (
        page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
        == "rgb(25, 23, 20)"
    )


def test_eight_hundred_rows_are_sorted_with_what_is_missing_last_both_ways(
    page: Any, demo: Built
) -> None:
    html = demo.text("models/index.html")
    start = html.index("<tbody>")
    end = html.index("</table>", start)
    twice = html[:start] + html[start:end] * 2 + html[end:]
    page.route("**/models/", lambda route: route.fulfill(body=twice, content_type="text/html"))
    page.goto(CATALOGUE)
    assert page.locator("table[data-table] tbody tr").count() > 800
    for key, compared in (("total_tokens", int), ("created", str), ("prompt", float)):
        button = page.locator(f"th[data-key={key}] button").first
        orders = []
        for _ in range(2):
            button.click()
            values = _column(page, key)
            known = [compared(value) for value in values if value and not value.startswith("-")]
            assert not any(value and not value.startswith("-") for value in values[len(known) :]), (
                key
            )
            orders.append(known)
        rising, falling = sorted(orders, key=lambda order: order[0])
        assert (rising, falling) == (sorted(rising), sorted(falling, reverse=True)), key
        assert (len(rising), rising[0] < rising[-1]) == (len(falling), True), key
    assert len(orders[0]) < page.locator("table[data-table] tbody tr").count(), (
        "some prices are missing or vary"
    )


def test_nothing_moves_when_scripts_come_alive(page: Any) -> None:
    for path in ("", "rankings/", CATALOGUE):
        page.goto(path)
        moved = page.evaluate("""() => new Promise((done) => {
          let sum = 0;
          new PerformanceObserver((list) => { for (const one of list.getEntries()) sum += one.value; })
            .observe({ type: 'layout-shift', buffered: true });
          setTimeout(() => done(sum), 300);
        })""")
        assert moved < 0.02, path


def _some_of_each_kind(public: Path) -> Iterator[Path]:
    """Yield every page that is the only one of its kind, and some of each collection: they share a template."""
    kinds: dict[tuple[str, int], list[Path]] = {}
    for path in sorted(public.rglob("index.html")):
        parts = path.relative_to(public).parts
        kinds.setdefault((parts[0], len(parts)), []).append(path)
    for paths in kinds.values():
        yield from paths[:: 1 + len(paths) // 10]


def test_without_scripts_boards_can_be_read_are_in_order_and_are_credited(plain: Built) -> None:
    boards = rows = pages = 0
    for path in _some_of_each_kind(plain.public):
        text = path.read_text(encoding="utf-8")
        pages += 1
        # Half of the pages have none, and need not be taken apart.
        tree = read(text if "data-table" in text else "")
        for table in (node for node in tree.all("table") if "data-table" in node.attributes):
            boards += 1
            region = table.above("data-sources")
            assert region, path
            assert "Source: " in region.text, path
            body = [row for part in table.all("tbody") for row in part.all("tr")]
            rows += len(body)
            order = table.get("data-order")
            if order:
                at = next(
                    n for n, head in enumerate(table.all("th")) if head.get("data-key") == order
                )
                cells = [
                    [cell for cell in row if cell.tag in ("td", "th")][at].get("data-v")
                    for row in body
                ]
                known = [float(value) for value in cells if value]
                assert known == sorted(known), path
                assert all(cells[: len(known)]), path
    assert (pages > 100, boards > 60, rows > 1_000) == (True, True, True)


def test_without_scripts_no_dead_control_is_shown(browser: Any, site: str) -> None:
    page = Tab(browser, "about:blank", base_url=f"{site}/", java_script_enabled=False).page
    for path in ("", "rankings/", CATALOGUE, "charts/tok-top-stack/", "compare/", "frontier/"):
        page.goto(path)
        assert page.locator("table.board").count(), path
        dead = page.locator("button:visible, input:visible, select:visible").count()
        assert dead == 0, path
