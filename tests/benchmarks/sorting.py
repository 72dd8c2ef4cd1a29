"""How long a reader waits for eight hundred rows to be sorted, in a real browser."""

import shutil
import statistics
import threading
from pathlib import Path

from playwright.sync_api import sync_playwright

from generator.publish import preview

KEYS = ("prompt", "model_permaslug", "created", "total_tokens", "prompt")
SORT = """async (keys) => {
  const pause = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 50)));
  const times = [];
  for (const key of keys) {
    await pause();
    const start = performance.now();
    document.querySelector(`th[data-key=${key}] button`).click();
    document.querySelector('table[data-table]').rows[5].getBoundingClientRect();
    times.push(performance.now() - start);
  }
  return times;
}"""


def main(site: Path) -> None:
    """Print the milliseconds of each sort, layout included, on the built demo's longest table, its rows twice."""
    chromium = shutil.which("chromium")
    if chromium is None:
        print("sorting 800 rows: not measured, no Chromium was found")
        return
    html = (site / "public" / "models" / "index.html").read_text(encoding="utf-8")
    start, end = html.index("<tbody>") + len("<tbody>"), html.index("</tbody>")
    twice = html[:start] + html[start:end] * 2 + html[end:]
    server = preview.make_server(site / "public", 0)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--headless", "--no-sandbox"]
        )
        page = browser.new_page()
        page.route("**/models/", lambda route: route.fulfill(body=twice, content_type="text/html"))
        page.goto(f"http://127.0.0.1:{server.server_address[1]}/models/")
        times = page.evaluate(SORT, list(KEYS))
        rows = page.locator("table[data-table] tbody tr").count()
        browser.close()
    server.shutdown()
    server.server_close()
    each = ", ".join(f"{key} {took:.0f}" for key, took in zip(KEYS, times, strict=True))
    print(f"sorting {rows} rows, ms: {each}; median {statistics.median(times):.0f}")
