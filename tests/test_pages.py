"""What every page keeps to, whatever it shows."""

import json
import posixpath
import re
from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import unquote, urlsplit

import pytest

from generator.base import resources
from generator.base.site_config import SiteConfig
from generator.boards.board import Boards
from generator.render import static_files
from generator.render.page_collections import app_views
from generator.render.page_list import read_pages
from generator.render.pages import render_pages
from tests.board_samples import CREDITS, HOSTILE, LONG
from tests.page_reading import Node, Trees, read
from tests.site_samples import DEMO, charts, context, site

PUBLIC = "https://example.org/repo/"
SHEET = (resources.folder("static") / "css" / "site.css").read_text(encoding="utf-8")
# Made by others: downloads, charts, badges, the days that have gone by, and what lies in static/.
ELSEWHERE = (
    "SHA256SUMS",
    "openapi.json",
    "llms.txt",
    "data/v1/",
    "static/",
    "compare/models.json",
    "badges/",
    "d/2",
)


def _made(**changed: object) -> dict[str, str]:
    artifacts = list(render_pages(context(site(**changed))))
    assert len({artifact.path for artifact in artifacts}) == len(artifacts), (
        "two pages for one path"
    )
    return {one.path: one.body.decode() for one in artifacts if isinstance(one.body, bytes)}


@pytest.fixture(scope="module")
def made() -> dict[str, str]:
    return _made()


@pytest.fixture(scope="module")
def public() -> dict[str, str]:
    """The pages of a site that knows its own address."""
    return _made(public_url=PUBLIC)


@pytest.fixture(scope="module")
def trees(made: dict[str, str]) -> Mapping[str, Node]:
    return Trees(made)


def test_every_page_the_contract_names_is_there(made: dict[str, str]) -> None:
    folders = (
        "", "rankings/", "rankings/1-day/", "rankings/30-days/", "rankings/authors/", "models/", "benchmarks/",
        "apps/", "charts/", "data/", "status/", "tasks/", "prices/", "compare/", "changes/",
        "benchmarks/design-arena/models/codecategories/", "models/deepseek/deepseek-v4-flash-20260731/",
        "models/nvidia/nemotron-3-ultra-550b-a55b-20260604--free/", "tasks/code--general_impl/", "apps/coding/",
        "apps/coding/cli-agent/", "charts/tok-top-stack/", "embed/tok-top-stack/", "data/rankings-daily/",
    )  # fmt: skip
    folders += tuple(entry.path for entry in read_pages().entries if entry.path.endswith("/"))
    assert {f"{folder}index.html" for folder in folders} <= made.keys()
    assert {"404.html", "robots.txt"} <= made.keys()
    assert "sitemap.xml" not in made


def test_every_page_nests_and_its_policy_comes_before_anything_that_it_governs(
    trees: Mapping[str, Node],
) -> None:
    assert len(trees) > 50
    for path, tree in trees.items():
        head = [node.tag for node in tree.all("head")[0].children if isinstance(node, Node)]
        first = tree.all("meta")[0]
        assert head[0] == "meta", path
        assert first.get("http-equiv") == "Content-Security-Policy", path
        assert "default-src 'none'; script-src 'self'; style-src 'self'" in first.get("content"), (
            path
        )


def test_nothing_in_a_page_needs_a_looser_policy(trees: Mapping[str, Node]) -> None:
    for path, tree in trees.items():
        for node in tree:
            assert node.tag != "style", path
            assert not [
                name for name in node.attributes if name == "style" or name.startswith("on")
            ], (path, node)
            if node.tag == "script" and "src" not in node.attributes:
                assert node.get("type") in ("application/json", "application/ld+json"), path


def test_every_link_leads_somewhere_inside_or_is_a_plain_link_out(
    trees: Mapping[str, Node],
) -> None:
    checked = 0
    for path, tree in trees.items():
        for node in tree:
            for url in (node.get("href"), node.get("src"), node.get("srcset")):
                if urlsplit(url).scheme:
                    assert (node.tag, urlsplit(url).scheme) == ("a", "https"), (path, url)
                    assert "noopener" in node.get("rel"), (path, url)
                elif url:
                    _assert_leads_on(trees, path, url)
                    checked += 1
    assert checked > 3000


def _assert_leads_on(trees: Mapping[str, Node], path: str, url: str) -> None:
    parts = urlsplit(url)
    if path == "404.html" and parts.path:
        # A host shows it at any address, so its links start at the top.
        assert parts.path.startswith("/"), url
        parts = parts._replace(path=parts.path[1:] or "./")
    assert not parts.path.startswith("/"), (path, url)
    target = (
        posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(parts.path)))
        if parts.path
        else path
    )
    assert not target.startswith(".."), (path, url)
    if (
        target.startswith(ELSEWHERE)
        or target.endswith("/index.md")
        or (target.startswith("charts/") and not parts.path.endswith("/"))
    ):
        return
    if not parts.path or parts.path.endswith("/"):
        target = path if not parts.path else posixpath.normpath(f"{target}/index.html")
    assert target in trees, (path, url)
    if parts.fragment:
        assert parts.fragment in [node.get("id") for node in trees[target]], (path, url)


def test_every_value_stands_where_its_sources_are_named_and_credited(
    trees: Mapping[str, Node],
) -> None:
    values = regions = 0
    for path, tree in trees.items():
        for node in tree.having("data-v"):
            assert node.above("data-sources"), (path, node.text)
            values += 1
        for region in tree.having("data-sources"):
            regions += 1
            for name in region.get("data-sources").split():
                assert CREDITS[name].text in region.text, (path, name)
                assert CREDITS[name].as_of in region.text, (path, name)
    assert values > 1500
    assert regions > 60


def test_a_chart_stands_only_beside_its_credit(trees: Mapping[str, Node]) -> None:
    figures = [figure for tree in trees.values() for figure in tree.having("data-chart")]
    assert len(figures) > 15
    for figure in figures:
        assert any(CREDITS[name].text in figure.text for name in CREDITS)


def test_prose_shows_no_data_and_credits_nothing(trees: Mapping[str, Node]) -> None:
    for path in (
        "about/index.html",
        "methodology/index.html",
        "embed-guide/index.html",
        "404.html",
    ):
        assert not trees[path].having("data-v")
        assert not trees[path].having("data-sources")
        assert not [one for one in CREDITS.values() if one.text in trees[path].text]


def test_every_page_of_a_demo_says_so_and_no_other_does(trees: Mapping[str, Node]) -> None:
    for path, tree in trees.items():
        assert DEMO in [node.text for node in tree.having("role") if node.get("role") == "note"], (
            path
        )
    assert DEMO not in "".join(_made(demo="").values())


def test_a_hostile_name_is_shown_as_text_wherever_it_appears(
    made: dict[str, str], trees: Mapping[str, Node]
) -> None:
    shown = [path for path, tree in trees.items() if HOSTILE in tree.text]
    assert len(shown) > 8
    assert not [
        path for path, html in made.items() if "<img src=x" in html or "</script><b>" in html
    ]
    assert not [
        path for path, tree in trees.items() for node in tree.all("img") if node.get("src") == "x"
    ]


def test_an_embed_has_no_data_of_its_own_until_somebody_wants_it(
    made: dict[str, str], trees: Mapping[str, Node]
) -> None:
    scripts = trees["embed/tok-movers/index.html"].all("script")
    version = f"?v={static_files.version(SiteConfig())}"
    assert [script.get("src") for script in scripts] == [
        f"../../static/js/{name}.js{version}" for name in ("embed", "address", "chart")
    ]
    assert len(made["embed/tok-movers/index.html"]) < 10_000


def test_an_embed_states_its_license_in_html_and_is_kept_out_of_indexes(
    trees: Mapping[str, Node],
) -> None:
    for path, tree in trees.items():
        if path.startswith("embed/"):
            robots = [
                node.get("content") for node in tree.all("meta") if node.get("name") == "robots"
            ]
            relations = [node.get("rel") for node in tree.all("link")]
            # A page that is kept out of indexes cannot also say which one to index instead.
            assert (robots, "canonical" in relations) == (["noindex"], False)
            if not tree.having("data-sources"):
                assert "allows no chart" in tree.text
                continue
            assert "Licensed under CC BY 4.0." in tree.text or "openrouter.ai/models" in tree.text


def test_a_chart_is_cited_with_the_page_that_keeps_its_numbers(trees: Mapping[str, Node]) -> None:
    codes = [node.text for node in trees["charts/tok-movers/index.html"].all("code")]
    held = max(state.day for state in site().datasets if state.day)
    kept = f"Archived version: https://example.org/d/{held}/"
    assert len([code for code in codes if kept in code]) == 2


def test_files_of_a_whole_dataset_are_named_after_it(trees: Mapping[str, Node]) -> None:
    page = trees["models/index.html"]
    taken = [node.text for node in page.all("p") if node.get("class") == "take"]
    downloads = [text.split()[:3] for text in taken if "Download" in text]
    assert downloads == [["Download", "Models", "CSV"]]


def test_a_file_of_a_chart_is_named_after_the_site_and_the_day(trees: Mapping[str, Node]) -> None:
    links = trees["charts/tok-movers/index.html"].all("a")
    named = {node.get("href"): node.get("download") for node in links if node.get("download")}
    name = f"openrouter-leaderboards_tok-movers_{site().today}"
    assert named["../../charts/tok-movers.png"] == f"{name}.png"
    assert named["../../charts/tok-movers.narrow.dark.svg"] == f"{name}.narrow.dark.svg"


def test_the_embed_code_survives_a_title_with_quotes(trees: Mapping[str, Node]) -> None:
    code = next(
        node.text
        for node in trees["charts/tok-movers/index.html"].all("code")
        if "iframe" in node.text
    )
    frame = read(code.replace(" async ", " ")).all("iframe")[0]
    assert frame.get("title") == HOSTILE
    assert frame.get("src") == "https://example.org/embed/tok-movers/?theme=light"


def test_each_page_has_one_title_one_heading_and_a_description(trees: Mapping[str, Node]) -> None:
    for path, tree in trees.items():
        assert len(tree.all("h1")) == len(tree.all("title")) == len(tree.all("main")) == 1, path
        description = [
            node.get("content") for node in tree.all("meta") if node.get("name") == "description"
        ]
        assert description, path
        assert description[0], path
        ids = [node.get("id") for node in tree.having("id")]
        assert len(ids) == len(set(ids)), path


def test_the_filters_of_two_tables_on_a_page_have_names_of_their_own(
    trees: Mapping[str, Node],
) -> None:
    names = {
        path: [one.get("aria-label") for one in tree.all("fieldset") if one.get("class") == "tools"]
        for path, tree in trees.items()
    }
    assert len(names["rankings/index.html"]) == 2
    assert all(len(set(some)) == len(some) for some in names.values())


def test_a_page_on_paper_has_its_address_where_the_site_knows_its_own(
    public: dict[str, str],
) -> None:
    address = f'<meta property="og:url" content="{PUBLIC}rankings/">'
    assert address in public["rankings/index.html"]
    assert 'meta[property="og:url"]::before { content: attr(content); }' in SHEET


def test_pictures_say_what_they_show_and_keep_their_place(trees: Mapping[str, Node]) -> None:
    for path, tree in trees.items():
        for image in tree.all("img"):
            assert "alt" in image.attributes, path
            # Of badges in a part that is closed, the height is known and alike.
            assert image.get("width") or "badges/" in str(image.get("src")), path
            assert image.get("height"), path


def test_what_is_out_of_date_is_said_once_on_each_page_that_shows_it(
    trees: Mapping[str, Node],
) -> None:
    said = "Models: not updated since 18 Aug 2026 (GET /models gave 503 four times)."
    for path, tree in trees.items():
        shown = " ".join(node.get("data-sources") for node in tree.having("data-sources")).split()
        notices = [node for node in tree.all("p") if "stale" in node.get("class").split()]
        about = [node for node in notices if said in node.text]
        assert len(about) == ("models" in shown), path
        marks = [node for node in tree.all("a") if node.get("class") == "late-mark"]
        assert not marks or about, path
    for path in ("rankings/index.html", "models/index.html", "compare/index.html"):
        assert said in trees[path].text
    assert [
        node for node in trees["models/index.html"].all("a") if node.get("class") == "late-mark"
    ]
    assert "no key is set" in trees["status/index.html"].text


def test_each_section_has_one_line_of_credit_and_the_page_the_words_of_all_sources(
    trees: Mapping[str, Node],
) -> None:
    for path, tree in trees.items():
        for section in (one for one in tree.all("section") if one.get("data-sources")):
            lines = [node for node in section.all("details") if node.get("class") == "credit"]
            assert len(lines) <= 1, path
        shown = " ".join(node.get("data-sources") for node in tree.having("data-sources")).split()
        foot = [node for node in tree.having("id") if node.get("id") == "sources"]
        standalone = path.startswith("embed/") or path == "attribution/index.html"
        assert bool(foot) == (bool(shown) and not standalone), path
        for name in shown if foot else ():
            assert CREDITS[name].full in foot[0].text, path
    line = trees["rankings/index.html"].all("summary")
    assert "Source: OpenRouter, 18 Aug 2026. CC BY 4.0 except the model catalog" in [
        one.text for one in line
    ]


@pytest.mark.parametrize(
    ("title", "cited"),
    [
        ("Weekly tokens by model", "“Weekly tokens by model.” Data"),
        ("Who leads?", "“Who leads?” Data"),
    ],
)
def test_the_title_of_a_cited_chart_ends_before_the_next_sentence(title: str, cited: str) -> None:
    drawn = {"tok-top-stack": replace(charts()["tok-top-stack"], title=title)}
    pages = (one for one in render_pages(context(site(), drawn)) if isinstance(one.body, bytes))
    page = next(one for one in pages if one.path == "charts/tok-top-stack/index.html")
    assert f"OpenRouter Leaderboards: {cited} as of 18 Aug 2026. " in read(page.body.decode()).text


def test_the_limit_of_the_rankings_is_called_alike_on_every_page(trees: Mapping[str, Node]) -> None:
    assert [path for path, tree in trees.items() if "top fifty" in tree.text.lower()] == []


def test_a_missing_board_and_an_empty_one_say_what_is_missing(trees: Mapping[str, Node]) -> None:
    assert (
        "No data for OpenRouter's evaluations yet."
        in trees["benchmarks/openrouter/index.html"].text
    )
    assert (
        "No app in this category for this period"
        in trees["apps/productivity/legal/index.html"].text
    )


def test_a_site_that_holds_nothing_still_has_its_pages_and_shows_no_data() -> None:
    bare = {"boards": Boards(), "profiles": {}, "figures": (), "headline": "", "datasets": ()}
    found = {
        one.path: read(one.body.decode())
        for one in render_pages(context(site(**bare), {}))
        if isinstance(one.body, bytes)
    }
    assert "No data for the overview yet." in found["index.html"].text
    assert not [
        path for path, tree in found.items() if tree.having("data-v") or tree.having("data-sources")
    ]


def test_full_addresses_appear_only_where_the_site_knows_its_own(
    made: dict[str, str], public: dict[str, str]
) -> None:
    assert f"<loc>{PUBLIC}rankings/</loc>" in public["sitemap.xml"]
    assert "embed/" not in public["sitemap.xml"]
    assert f"Sitemap: {PUBLIC}sitemap.xml" in public["robots.txt"]
    assert f'<link rel="canonical" href="{PUBLIC}rankings/">' in public["rankings/index.html"]
    # Only lines to copy name a stand-in, which scripts exchange for the address.
    alone = made["rankings/index.html"]
    assert "example.org" not in re.sub(
        r'data-absolute="[^"]*"|<pre.*?</pre>', "", alone, flags=re.S
    )


def test_the_lines_of_the_embed_guide_have_the_address_of_the_site(
    made: dict[str, str], public: dict[str, str]
) -> None:
    guide = "embed-guide/index.html"
    known = read(public[guide]).text
    assert f'<iframe src="{PUBLIC}embed/tok-top-bar/' in known
    assert known.count("https://example.org/") == known.count(PUBLIC) > 10
    # Without an address the page's script exchanges it, as in other lines to paste.
    box = next(node for node in read(made[guide]).all("article") if node.get("data-absolute"))
    assert (box.get("data-absolute"), box.get("data-root")) == ("https://example.org/", "../")


def test_a_dataset_describes_itself_to_machines(public: dict[str, str]) -> None:
    page = read(public["data/rankings-daily/index.html"])
    script = next(node for node in page.all("script") if node.get("type") == "application/ld+json")
    said = json.loads("".join(child for child in script.children if isinstance(child, str)))
    assert said["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert said["creditText"] == CREDITS["rankings-daily"].full
    assert said["distribution"][0]["contentUrl"] == f"{PUBLIC}data/v1/rankings-daily/latest.csv"


def test_the_same_site_gives_the_same_bytes(made: dict[str, str]) -> None:
    assert _made() == made


def test_a_very_long_name_is_on_the_page_in_full(trees: Mapping[str, Node]) -> None:
    assert LONG in trees["rankings/index.html"].text


def test_the_categories_of_apps_lead_to_all_others_and_to_the_subcategories_of_the_chosen_one() -> (
    None
):
    slices = ("coding", "coding.cli_agent", "games", "games.chess")
    top, below = app_views(slices, "coding")
    assert [path for _, path in top] == ["apps/", "apps/coding/", "apps/games/"]
    assert [path for _, path in below] == ["apps/coding/", "apps/coding/cli_agent/"]
    assert app_views(slices, "")[1] == []


def test_a_model_that_was_never_among_the_top_fifty_says_so(trees: Mapping[str, Node]) -> None:
    text = trees["models/falak/barmaja/index.html"].text
    assert "so no usage figures are published" in text
