"""A Chromium for tests, and a folder served as a static host serves it."""

import contextlib
import functools
import http.server
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class names it so
        pass


class _Server(http.server.ThreadingHTTPServer):
    def handle_error(self, request: Any, client_address: Any) -> None:
        """A page that is left while it loads closes its connections; nobody needs to hear of it."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The folder at a loopback address, without a slash at its end."""
    server = _Server(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def chromium() -> Iterator[Any]:
    """A browser; the test is skipped, visibly, where there is none."""
    sync_api = pytest.importorskip("playwright.sync_api")
    if not Path(CHROMIUM).is_file():
        pytest.skip("no Chromium was found")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        try:
            yield browser
        finally:
            browser.close()


class Tab:
    """A page in a context of its own, with everything it said and asked for.

    Attributes:
        said: what stood on its console, and its uncaught errors.
        asked: the address of each request.
        page: as Playwright has it.
    """

    def __init__(self, browser: Any, url: str, **context: Any) -> None:
        self.said: list[str] = []
        self.asked: list[str] = []
        self.page = browser.new_context(
            **{"viewport": {"width": 1300, "height": 900}, **context}
        ).new_page()
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.goto(url)

    def __call__(self, script: str) -> Any:
        """The value of an expression in the page."""
        return self.page.evaluate(f"() => {script}")

    def until(self, script: str) -> None:
        """Asks again and again: Playwright's own waiting would need the eval that the policy forbids."""
        from playwright.sync_api import Error

        for _ in range(600):
            # While one page gives way to the next, there is nothing to ask.
            with contextlib.suppress(Error):
                if self(script):
                    return
            self.page.wait_for_timeout(50)
        raise AssertionError(f"never true: {script}; the page said {self.said}")

    def settle(self) -> None:
        """Waits until nothing is asked for any more, and what came had time to act."""
        self.page.wait_for_load_state("networkidle")
        self.page.wait_for_timeout(250)

    def explore(self, count: int) -> None:
        """Brings ``count`` charts to life, by all the buttons there are."""
        for button in self.page.query_selector_all("[data-explore]"):
            button.click()
        self.until(f"document.querySelectorAll('.live > svg, .live svg.marks').length >= {count}")

    def keys(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def write(self, text: str) -> None:
        self.page.keyboard.type(text)

    @property
    def address(self) -> str:
        return unquote(self.page.url)
