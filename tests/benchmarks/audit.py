"""Audits of the built site by two tools that need more than Python: the Nu HTML checker (Java) and Lighthouse (Node.js).

    make audit

They are fetched with npm into ``.audit/``. Every page is checked; seven are opened by Lighthouse as on a phone.
"""

import contextlib
import functools
import gzip
import http.server
import json
import os
import shutil
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

TOOLS = Path(".audit")
PACKAGES = {"vnu-jar": ">=26", "lighthouse": "^12.8"}
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
FLAGS = "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
MOST_SENTENCES = 30
TEXT = {".html", ".css", ".js", ".json", ".svg", ".csv", ".txt", ".xml"}


def _fetched() -> None:
    for command, package in (
        ("npm", "nodejs npm"),
        ("java", "default-jre-headless"),
        ("chromium", "chromium"),
    ):
        if shutil.which(command) is None:
            sys.exit(
                f"The audit needs {command}, which is not installed; on Debian: apt-get install {package}"
            )
    if not all((TOOLS / "node_modules" / name).is_dir() for name in PACKAGES):
        wanted = [f"{name}@{version}" for name, version in PACKAGES.items()]
        quiet = ["--no-save", "--silent", "--no-fund", "--no-audit", "--ignore-scripts"]
        subprocess.run(["npm", "install", "--prefix", str(TOOLS), *quiet, *wanted], check=True)  # noqa: S607


def _markup(public: Path) -> int:
    """Print the checker's messages on all pages, equal ones once; return the number of errors."""
    jar = TOOLS / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
    # In files there is no origin, so nothing is "self": the browser tests look at the policy, over HTTP.
    asked = [
        "--skip-non-html",
        "--exit-zero-always",
        "--format",
        "json",
        "--filterpattern",
        ".*Security Policy.*",
    ]
    command = ["java", "-Xss8m", "-jar", str(jar), *asked, str(public)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    messages = json.loads(done.stderr)["messages"]
    said = Counter((one["type"], one["message"]) for one in messages)
    places = {
        (one["type"], one["message"]): Path(one["url"].removeprefix("file:"))
        for one in reversed(messages)
    }
    for (kind, sentence), count in said.most_common(MOST_SENTENCES):
        place = places[kind, sentence]
        shown = place.relative_to(public) if place.is_relative_to(public) else place
        print(f"{count:6} x {kind}: {sentence} (first in {shown})")
    errors = sum(count for (kind, _), count in said.items() if kind != "info")
    print(
        f"HTML: {errors} errors, {said.total() - errors} remarks on {sum(1 for _ in public.rglob('*.html'))} pages"
    )
    return errors


class _Packed(http.server.SimpleHTTPRequestHandler):
    """Serves a folder as GitHub Pages does: text is sent compressed."""

    def log_message(self, *_: object) -> None:
        return

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if path.suffix not in TEXT or not path.is_file():
            super().do_GET()
            return
        body = gzip.compress(path.read_bytes(), 6)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextlib.contextmanager
def served(public: Path) -> Iterator[str]:
    handler = functools.partial(_Packed, directory=str(public))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()
    server.server_close()


def _pages(public: Path) -> Iterator[str]:
    yield from ("", "rankings/", "models/", "compare/", "prices/", "coding/")
    # An address of an API ID is a page that only leads on.
    for path in sorted(public.glob("models/*/*/index.html")):
        if 'http-equiv="refresh"' not in path.read_text("utf-8"):
            yield f"{path.parent.relative_to(public)}/"
            break


def _judged(address: str) -> dict[str, Any]:
    script = TOOLS / "node_modules" / "lighthouse" / "cli" / "index.js"
    asked = [
        "--quiet",
        "--output=json",
        f"--chrome-flags={FLAGS}",
        f"--only-categories={','.join(CATEGORIES)}",
    ]
    environment = os.environ | {"CHROME_PATH": str(shutil.which("chromium"))}
    command = ["node", str(script), address, *asked]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _phone(public: Path) -> None:
    """Print a row for each page, with the failed audits below it."""
    head = "".join(f"{name[:11]:>12}" for name in CATEGORIES)
    print(f"{'page, as on a phone':46}{head}{'LCP ms':>8}{'TBT ms':>8}{'CLS':>7}{'kB':>7}")
    with served(public) as root:
        for path in _pages(public):
            found = _judged(root + path)
            audits = found["audits"]
            scores = "".join(
                f"{(found['categories'][name]['score'] or 0) * 100:12.0f}" for name in CATEGORIES
            )
            times = [
                audits[name]["numericValue"]
                for name in ("largest-contentful-paint", "total-blocking-time")
            ]
            shift, weight = (
                audits[name]["numericValue"]
                for name in ("cumulative-layout-shift", "total-byte-weight")
            )
            print(
                f"{path or '(overview)':46}{scores}{times[0]:8.0f}{times[1]:8.0f}{shift:7.3f}{weight / 1000:7.0f}"
            )
            for name in CATEGORIES[1:]:
                parts = found["categories"][name]["auditRefs"]
                failed = [
                    one["id"] for one in parts if one["weight"] and audits[one["id"]]["score"] == 0
                ]
                if failed:
                    print(f"    {name}: {', '.join(failed)}")


def main(site: Path) -> int:
    """Run both audits over a site folder and return the exit code: 1 if the markup has errors."""
    public = (site / "public").resolve()
    if not public.is_dir():
        sys.exit(f"{public} is not there; make demo builds it, and SITE=folder names another")
    _fetched()
    errors = _markup(public)
    print()
    _phone(public)
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
