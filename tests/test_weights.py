"""How much a reader on a phone has to load before a page can be read."""

import gzip
from pathlib import Path

from generator.base.site_config import SiteConfig
from generator.render import static_files
from tests.page_reading import read
from tests.running import Built

ENTITY_PAGES = (
    "models/*/*/index.html",
    "authors/*/index.html",
    "tasks/*/index.html",
    "apps/**/index.html",
    "data/*/index.html",
)
MOST_OF_AN_ENTITY = 13_500
"""Bytes as sent, of the 15 KB that such a page may have: real days have more than the demo."""
MOST_OF_A_LIST = 36_000
"""Bytes as sent, of the 40 KB that the list of all models and that of prices may have."""


def _sent(page: Path) -> int:
    return len(gzip.compress(page.read_bytes(), 6))


def test_a_page_of_one_thing_weighs_little(demo: Built) -> None:
    for pattern in ENTITY_PAGES:
        pages = sorted(demo.public.glob(pattern), key=lambda page: page.stat().st_size)
        assert pages, pattern
        heaviest = max(_sent(page) for page in pages[-3:])
        assert heaviest <= MOST_OF_AN_ENTITY, pattern


def test_the_lists_of_all_models_and_of_their_prices_weigh_little(demo: Built) -> None:
    assert _sent(demo.public / "models" / "index.html") <= MOST_OF_A_LIST
    assert _sent(demo.public / "prices" / "index.html") <= MOST_OF_A_LIST


def test_a_page_waits_for_two_files_before_it_is_shown(demo: Built) -> None:
    largest = max(demo.public.glob("models/*/*/index.html"), key=lambda page: page.stat().st_size)
    page = read(largest.read_text("utf-8"))
    styles = [one.get("href") for one in page.all("link") if one.get("rel") == "stylesheet"]
    scripts = page.all("script")
    waited = [one.get("src") for one in scripts if "defer" not in one.attributes]
    version = f"?v={static_files.version(SiteConfig())}"
    assert styles == [f"../../../static/css/site.css{version}"]
    assert waited == [f"../../../static/js/theme.js{version}"]
    assert len(scripts) > len(waited)
