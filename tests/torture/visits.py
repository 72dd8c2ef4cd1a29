"""A browser that opens page after page of a site, wakes the charts, and notes whatever must not happen there."""

import contextlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.browsing import chromium, served

_TRIES, _PAUSE = 1200, 50
"""How often a page is asked whether its charts are live, and the milliseconds between."""
_LACKING = """texts => {
  const said = document.body.textContent.replace(/[ \\n]+/g, " ");
  return texts.filter(text => !said.includes(text));
}"""
_READ_OUT = """() => [...document.querySelectorAll('.live')].flatMap(box => {
  const status = box.querySelector('[role=status]');
  const read = new Set();
  for (let again = false; !again;) {
    box.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight' }));
    again = read.has(status.textContent);
    read.add(status.textContent);
  }
  return [...read];
})"""


class Visits:
    """The visits to one site.

    Attributes:
        count: how many there were.
        wrong: a sentence for each dialog, error and warning, and for each request that leaves the site.
    """

    def __init__(self, page: Any, address: str) -> None:
        self.count = 0
        self.wrong: list[str] = []
        self._page, self._address, self._path = page, address, ""
        page.on("dialog", self._dismiss)
        page.on("console", lambda said: said.type in ("error", "warning") and self._note(said.text))
        page.on("pageerror", lambda error: self._note(str(error)))
        page.on("request", lambda asked: self._is_foreign(asked.url) and self._note(asked.url))

    def open(self, path: str) -> None:
        """Load a page of the site, and make the chart that it is about live."""
        self.count += 1
        self._path = path
        self._page.goto(f"{self._address}/{path}")
        if path.startswith(("charts/", "embed/")) and path != "charts/":
            self._wake()

    def lacking(self, texts: list[str]) -> list[str]:
        """Return those of the texts that the open page does not show."""
        found: list[str] = self._page.evaluate(_LACKING, texts)
        return found

    def read_out(self) -> list[str]:
        """Return what the live charts of the open page say of their rows, one after the other, until one repeats."""
        found: list[str] = self._page.evaluate(_READ_OUT)
        return found

    def _wake(self) -> None:
        from playwright.sync_api import Error

        buttons = self._page.query_selector_all("[data-explore]")
        for button in buttons:
            button.press("Enter")
        live = f"document.querySelectorAll('.live > svg, .live svg.marks').length >= {len(buttons)}"
        for _ in range(_TRIES):
            with contextlib.suppress(Error):
                if self._page.evaluate(f"() => {live}"):
                    return
            self._page.wait_for_timeout(_PAUSE)
        self._note("the chart did not come alive")

    def _dismiss(self, dialog: Any) -> None:
        self._note(f"a dialog: {dialog.message}")
        dialog.dismiss()

    def _note(self, what: str) -> None:
        self.wrong.append(f"{self._path}: {what}")

    def _is_foreign(self, url: str) -> bool:
        return not url.startswith((self._address, "data:image/", "blob:", "about:"))


@contextmanager
def visits(site: Path) -> Iterator[Visits]:
    """A browser for one site, which is served at a loopback address of its own."""
    with chromium() as browser, served(site) as address:
        yield Visits(browser.new_page(), address)
