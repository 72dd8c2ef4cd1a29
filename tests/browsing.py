"""A Chromium for tests, and a folder served as a static host serves it."""

import contextlib
import functools
import http.server
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from tests.serving import serving

CHROMIUM = (
    shutil.which("chromium-headless-shell") or shutil.which("chromium") or "/usr/bin/chromium"
)
"""The same engine without a window takes half of the processor time: 3.3 s for 15 visits, with all of its processes,
against 6.4 s. Nothing else spared as much: of 14 flags none made a difference that could be measured."""
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip

PATIENCE = 120
"""Seconds that a page has for what it is asked: a test says what comes, never how soon."""


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class names it so
        pass


class _Server(http.server.ThreadingHTTPServer):
    def handle_error(self, request: Any, client_address: Any) -> None:
        """Report nothing: a page that is left while it loads closes its connections."""


PORTS: set[int] = set()
"""Those that this process has served at: a browser keeps what it saw there."""


def _server_at_new_port(folder: Path) -> _Server:
    """Return a server at an address that no other folder had."""
    while True:
        server = _Server(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(folder)))
        if server.server_port not in PORTS:
            PORTS.add(server.server_port)
            return server
        server.server_close()


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The folder at a loopback address of its own, without a slash at its end."""
    server = _server_at_new_port(folder)
    with serving(server):
        yield f"http://127.0.0.1:{server.server_port}"


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


class Pages:
    """A pool of the pages of the one browser of a process.

    Opening a page in a context of its own takes 0.6 s of a processor, a visit to an open one 0.1 s. Nothing of a
    visit is left for the next one: no listener, route, storage, history or place of the pointer.

    Attributes:
        taken: the visits that hold a page, the oldest first.
    """

    def __init__(self) -> None:
        self.taken: list[Tab] = []
        self._contexts: dict[str, Any] = {}
        self._idle: dict[str, list[Any]] = {}

    def take(self, browser: Any, options: Mapping[str, Any]) -> Any:
        """Return an empty page, which no other visit holds, of a context with these options."""
        kind = repr(sorted(options.items()))
        if kind not in self._contexts:
            self._contexts[kind] = browser.new_context(**options)
            self._contexts[kind].set_default_timeout(1000 * PATIENCE)
            self._idle[kind] = []
        idle = self._idle[kind]
        return idle.pop() if idle else self._contexts[kind].new_page()

    def give_back(self, tab: "Tab") -> None:
        """Empty the page of a visit that is over, for the next one."""
        self.taken.remove(tab)
        page = tab.page
        if page.is_closed():
            return
        for event, listener in tab.listeners.items():
            page.remove_listener(event, listener)
        page.unroute_all()
        page.mouse.move(-1, -1)
        page.evaluate(FORGET)
        page.goto("about:blank")
        devtools = page.context.new_cdp_session(page)
        devtools.send("Page.resetNavigationHistory")
        devtools.detach()
        (kind,) = [kind for kind, context in self._contexts.items() if context == page.context]
        self._idle[kind].append(page)

    def close_others(self, browser: Any) -> None:
        """Close the contexts that did not come from this pool."""
        own = list(self._contexts.values())
        for context in browser.contexts:
            if context not in own:
                context.close()

    def close(self) -> None:
        """Close every page and its context, with the storage of the origins it visited."""
        for context in self._contexts.values():
            context.close()
        self.taken.clear()
        self._contexts.clear()
        self._idle.clear()


PAGES = Pages()
LOOKS = {
    "viewport": {"width": 1300, "height": 900},
    "color_scheme": "light",
    "reduced_motion": "no-preference",
}
"""The options of a context that a page can have by itself."""
FORGET = "() => { try { localStorage.clear(); sessionStorage.clear(); } catch { /* a page that may store nothing */ } }"


class Tab:
    """A visit to a page, with its console messages and requests; it lasts until its test ends.

    Attributes:
        said: what stood on its console, and its uncaught errors.
        asked: the address of each request.
        page: as Playwright has it.
    """

    def __init__(self, browser: Any, url: str, **context: Any) -> None:
        looks = {name: context.pop(name, usual) for name, usual in LOOKS.items()}
        viewport = looks.pop("viewport")
        self.said: list[str] = []
        self.asked: list[str] = []
        self._open: set[Any] = set()
        self.page = PAGES.take(browser, context)
        PAGES.taken.append(self)
        self.listeners = {
            "console": lambda message: self.said.append(message.text),
            "pageerror": lambda error: self.said.append(str(error)),
            "request": self._begin,
            "requestfinished": self._end,
            "requestfailed": self._end,
        }
        for event, listener in self.listeners.items():
            self.page.on(event, listener)
        self.page.set_viewport_size(viewport)
        self.page.emulate_media(media="null", **looks)
        self.page.goto(url)

    def _begin(self, request: Any) -> None:
        self.asked.append(request.url)
        self._open.add(request)

    def _end(self, request: Any) -> None:
        self._open.discard(request)

    def leave(self) -> None:
        """End the visit before its test ends, so that the next one can take its page."""
        PAGES.give_back(self)

    def __call__(self, script: str) -> Any:
        """Return the value of an expression in the page."""
        return self.page.evaluate(f"() => {script}")

    def until(self, script: str) -> None:
        """Evaluate an expression until it is true: Playwright's own waiting needs eval, which the policy forbids."""
        from playwright.sync_api import Error

        for _ in range(20 * PATIENCE):
            # While one page gives way to the next, there is nothing to ask.
            with contextlib.suppress(Error):
                if self(script):
                    # Of a page that is new, the address is there before the rest.
                    self.page.wait_for_load_state()
                    return
            self.page.wait_for_timeout(50)
        raise AssertionError(f"never true: {script}; the page said {self.said}")

    def settle(self) -> None:
        """Wait for three quarters of a second without a request, in which the scripts have run.

        Playwright's own "networkidle" never comes where a page on a busy machine makes its requests late.
        """
        self.page.wait_for_load_state()
        quiet = 0
        for _ in range(4 * PATIENCE):
            asked = len(self.asked)
            self.page.wait_for_timeout(250)
            quiet = 0 if self._open or len(self.asked) > asked else quiet + 1
            if quiet == 3:
                return
        raise AssertionError(f"never settled: {[request.url for request in self._open]}")

    def explore(self, count: int) -> None:
        """Make ``count`` charts interactive, by pressing every button for it.

        By key: a pointer on its way to a button may rest on a picture, which comes alive and is put away by the click.
        """
        for button in self.page.query_selector_all("[data-explore]"):
            button.press("Enter")
        self.until(f"document.querySelectorAll('.live > svg, .live svg.marks').length >= {count}")

    def keys(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def write(self, text: str) -> None:
        self.page.keyboard.type(text)

    @property
    def address(self) -> str:
        return unquote(self.page.url)
