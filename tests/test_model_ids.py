"""Ids and aliases of the API: each leads to the page of its model's permaslug."""

import json
from dataclasses import replace

from generator.render.comparison_data import make_comparison_data
from generator.render.model_ids import addresses, ids_by_listing
from generator.render.pages import render_pages
from tests.page_reading import read
from tests.site_samples import context
from tests.tiny_archive import TinyArchive, listing, weeks


def _filled(tiny: TinyArchive) -> None:
    tiny.models(
        listing("a/x", "a/x-20261001", name="A: X"),
        listing("a/x:free", "a/x-20261001", prompt="0"),
        listing("b/y"),
        listing("B/Y", "b/z-20261001"),
        listing("~a/latest", alias_target={"name": "A: X", "slug": "a/x"}),
    )
    tiny.rankings(weeks({"a/x-20261001": 3, "b/y": 2}))


def test_an_id_and_an_alias_make_an_address_but_a_variant_or_the_path_of_a_page_does_not(
    tiny: TinyArchive,
) -> None:
    _filled(tiny)
    assert [(path, profile.model.path) for path, profile in addresses(tiny.site())] == [
        ("models/a/x/", "models/a/x-20261001/"),
        ("models/~a/latest/", "models/a/x-20261001/"),
    ]


def test_the_page_there_leads_on_without_a_script_credits_its_source_and_is_not_in_the_sitemap(
    tiny: TinyArchive,
) -> None:
    _filled(tiny)
    made = {
        one.path: one.body.decode()
        for one in render_pages(
            context(replace(tiny.site(), public_url="https://o.github.io/r/"), {})
        )
        if isinstance(one.body, bytes)
    }
    page = read(made["models/a/x/index.html"])
    [refresh] = [node for node in page.all("meta") if node.get("http-equiv") == "refresh"]
    [canonical] = [node for node in page.all("link") if node.get("rel") == "canonical"]
    [region] = page.having("data-sources")
    assert refresh.get("content") == "0; url=../../../models/a/x-20261001/"
    assert canonical.get("href") == "https://o.github.io/r/models/a/x-20261001/"
    assert region.text.startswith("X Source: ")
    assert "Source: OpenRouter (openrouter.ai/models), as of " in region.text
    assert len(made["models/a/x/index.html"]) < 1500
    assert "/models/a/x-20261001/" in made["sitemap.xml"]
    assert "/models/a/x/" not in made["sitemap.xml"]
    assert 'href="https://github.com/o/r"' in made["index.html"]


def test_comparisons_and_charts_know_each_listing_by_its_other_names(tiny: TinyArchive) -> None:
    _filled(tiny)
    site = tiny.site()
    assert ids_by_listing(site) == {
        "a/x-20261001": ("a/x", "~a/latest"),
        "a/x-20261001:free": ("a/x:free",),
        "b/z-20261001": ("B/Y",),
    }
    (file,) = make_comparison_data(context(site))
    assert isinstance(file.body, bytes)
    models = json.loads(file.body)["models"]
    assert models["a/x-20261001"]["ids"] == ["a/x", "a/x:free", "~a/latest"]
    assert models["b/y"]["ids"] == []
