"""What a phone loads of the pages that are read most, and for how long they keep it busy.

    python -m tests.benchmarks.weights site

The work of the main thread is counted in CPU time and as a processor of a quarter of the speed would take it, so that
other work on the machine matters less: what each task takes beyond 50 ms is added up, from the first byte to seven
seconds after the page is there, when all rows of a long table are laid out.
"""

import gzip
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.benchmarks.audit import served

SLOWER = 4
LONG = 50
_WATCHED = ["toplevel", "devtools.timeline", "__metadata"]


def _pages(public: Path) -> Iterator[str]:
    yield from ("models/", "prices/", "prices/calculator/", "")
    for pattern in ("models/*/*/", "authors/*/"):
        yield (
            max(
                (page for page in public.glob(f"{pattern}index.html")),
                key=lambda page: page.stat().st_size,
            )
            .parent.relative_to(public)
            .as_posix()
            + "/"
        )


def _blocked(browser: Any, address: str) -> float:
    """Return the milliseconds of long tasks beyond 50 ms, on a processor of a quarter of the speed."""
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page, session = context.new_page(), browser.new_browser_cdp_session()
    events: list[dict[str, Any]] = []
    ended: list[bool] = []
    session.on("Tracing.dataCollected", lambda message: events.extend(message["value"]))
    session.on("Tracing.tracingComplete", lambda _message: ended.append(True))
    settings = {"includedCategories": _WATCHED}
    session.send("Tracing.start", {"transferMode": "ReportEvents", "traceConfig": settings})
    page.goto(address)
    page.wait_for_timeout(7000)
    session.send("Tracing.end")
    while not ended:
        page.wait_for_timeout(50)
    session.detach()
    context.close()
    # The browser has pages of its own, which other processes show.
    own = {event["pid"] for event in events if _parsed(event).startswith(address)}
    named = (event for event in events if event["name"] == "thread_name" and event["pid"] in own)
    main = {
        (event["pid"], event["tid"]) for event in named if event["args"]["name"] == "CrRendererMain"
    }
    tasks = [
        event["tdur"] / 1000 * SLOWER
        for event in events
        if event["name"].endswith("::RunTask") and "tdur" in event
        if (event["pid"], event["tid"]) in main
    ]
    return sum(task - LONG for task in tasks if task > LONG)


def _parsed(event: dict[str, Any]) -> str:
    """Return the address of the page whose text an event parses; empty for any other event."""
    if event["name"] != "ParseHTML":
        return ""
    address: str = event["args"].get("beginData", {}).get("url", "")
    return address


def main(site: Path) -> None:
    """Print a line for each page; without Chromium only what it weighs."""
    public, chromium = site / "public", shutil.which("chromium")
    print(f"{'page':46}{'kB':>8}{'kB sent':>9}{'blocked ms, 4x slower':>24}")
    with served(public) as root:
        times = dict(_times(root, public, chromium)) if chromium else {}
    for path in _pages(public):
        body = (public / path / "index.html").read_bytes()
        time = f"{times[path]:24.0f}" if path in times else f"{'no Chromium':>24}"
        print(
            f"{path or '(overview)':46}{len(body) / 1000:8.0f}{len(gzip.compress(body, 6)) / 1000:9.1f}{time}"
        )


def _times(root: str, public: Path, chromium: str) -> Iterator[tuple[str, float]]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-gpu", "--disable-quic"]
        )
        for path in _pages(public):
            yield path, min(_blocked(browser, root + path) for _ in range(3))
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
