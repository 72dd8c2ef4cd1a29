"""Visits of browser tests share pages: none finds anything of the one before."""

from pathlib import Path
from typing import Any

from tests.browsing import Tab, served


def test_a_visit_takes_the_page_of_one_that_is_over_and_finds_nothing_of_it(
    browser: Any, tmp_path: Path
) -> None:
    (tmp_path / "index.html").write_text('<link rel="icon" href="data:,"><title>First</title>')
    with served(tmp_path) as address:
        first = Tab(
            browser, f"{address}/", color_scheme="dark", viewport={"width": 400, "height": 300}
        )
        beside = Tab(browser, f"{address}/")
        first("{ localStorage.theme = 'dark'; sessionStorage.theme = 'dark' }")
        first.page.route("**/index.html", lambda route: route.fulfill(body="routed"))
        page = first.page
        first.leave()
        second = Tab(browser, f"{address}/index.html")
        assert (second.page is page, beside.page is page) == (True, False)
        assert second("[localStorage.length, sessionStorage.length, document.title]") == [
            0,
            0,
            "First",
        ]
        assert second("[innerWidth, matchMedia('(prefers-color-scheme: dark)').matches]") == [
            1300,
            False,
        ]
        second("console.log('heard')")
        second.until("true")
        assert (first.said, second.said) == ([], ["heard"])
        second.page.go_back()
        second.page.go_back()
        assert second.page.url == "about:blank"


def test_a_visit_has_settled_when_no_further_request_comes(browser: Any, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(
        '<link rel="icon" href="data:,"><title>0</title><script src="late.js"></script>'
    )
    (tmp_path / "late.js").write_text(
        "const ask = (times) => setTimeout(() => fetch('late.js').then(() => {"
        " document.title = times; if (times < 3) ask(times + 1); }), 400); ask(1);"
    )
    with served(tmp_path) as address:
        visit = Tab(browser, f"{address}/")
        visit.settle()
        assert visit("document.title") == "3"
