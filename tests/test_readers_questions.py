"""Questions that readers come with, and where a page answers them."""

import re

import pytest

from generator.render.pages import render_pages
from tests.page_reading import Node, read
from tests.site_samples import context
from tests.tiny_archive import TODAY, TinyArchive, ago, listing, weeks

RULE = "No price change of 1% or more since"


def rendered(tiny: TinyArchive, path: str) -> Node:
    """A page of the archive."""
    pages = {page.path: page.body for page in render_pages(context(tiny.site(), {}))}
    body = pages[f"{path}index.html"]
    assert isinstance(body, bytes)
    return read(body.decode())


def text(page: Node) -> str:
    return " ".join(page.text.split())


@pytest.mark.parametrize(
    ("before", "now", "told"),
    [
        ("0.000001", "0.000001", f"{RULE} 14 Nov 2026."),
        ("0.000001", "0.000001005", f"{RULE} 14 Nov 2026."),
        ("0.000001", "0.000002", ""),
        ("-1", "-1", ""),
    ],
)
def test_the_page_of_a_model_says_so_where_its_price_has_not_changed(
    tiny: TinyArchive, before: str, now: str, told: str
) -> None:
    tiny.models(listing("a/x", prompt=before), on=ago(7))
    tiny.models(listing("a/x", prompt=now))
    page = text(rendered(tiny, "models/a/x/"))
    assert (RULE in page) == bool(told)
    assert told in page


def test_a_model_of_the_newest_catalog_alone_has_no_time_without_a_change(
    tiny: TinyArchive,
) -> None:
    tiny.models(listing("a/old"), on=ago(7))
    tiny.models(listing("a/new"), listing("a/old"))
    assert RULE not in text(rendered(tiny, "models/a/new/"))
    # What has left the list has no price that could change.
    tiny.models(listing("a/new"), on=TODAY)
    assert RULE not in text(rendered(tiny, "models/a/old/"))


def test_the_changes_of_prices_lead_to_the_files_with_all_prices(tiny: TinyArchive) -> None:
    tiny.models(listing("a/x", prompt="0.000001"), on=ago(1))
    tiny.models(listing("a/x", prompt="0.000002"))
    links = [link.get("href") for link in rendered(tiny, "prices/changes/").all("a")]
    assert [link for link in links if link.endswith("data/models/#files")]
    sections = rendered(tiny, "data/models/").all("section")
    assert "files" in [section.get("id") for section in sections]


def test_the_only_model_of_a_ranking_is_the_first_of_one_model(tiny: TinyArchive) -> None:
    tiny.rankings(weeks({"a/x": 2}))
    page = text(rendered(tiny, "models/a/x/"))
    assert re.search(r"Usage rank, 7 days ?1 of ?1 model\b", page)
    assert "1 models" not in page
    assert "1 days" not in page


def test_the_share_of_open_weights_leads_to_the_models_that_have_them(tiny: TinyArchive) -> None:
    slugs = [f"a/{number}" for number in range(20)]
    tiny.rankings(weeks({slug: at for at, slug in enumerate(slugs, 1)}))
    tiny.models(listing(slugs[0]), *[listing(slug, hugging_face_id=slug) for slug in slugs[1:]])
    target = "rankings/?open_weights=yes"
    for path in ("rankings/open-weights/", ""):
        links = [link.get("href") for link in rendered(tiny, path).all("a")]
        assert [link for link in links if link.endswith(target)], path
    filters = [box.get("data-by") for box in rendered(tiny, "rankings/").all("input")]
    assert "open_weights" in filters
