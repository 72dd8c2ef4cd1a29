"""What pages say of themselves to machines."""

import json
import struct
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from generator.boards.site import Site
from generator.charts.cards import draw_cards
from generator.charts.chart import DrawnChart
from generator.render.latest import LatestFiles
from generator.render.metadata import LONGEST, Metadata, brief
from generator.render.page_list import read_pages
from generator.render.pages import render_pages
from tests.board_samples import CREDITS, HOSTILE
from tests.page_reading import Node, read
from tests.site_samples import charts, context, site

PUBLIC = "https://someone.example/leaderboards/"
TABLE = b"date,model_permaslug,total_tokens\n"
LATEST = {"rankings-daily": LatestFiles({}, 0, {"latest.csv": TABLE})}


def _trees(**changed: Any) -> dict[str, Node]:
    made = render_pages(context(site(**changed), latest=LATEST))
    return {
        one.path: read(one.body.decode())
        for one in made
        if one.path.endswith(".html") and isinstance(one.body, bytes)
    }


@pytest.fixture(scope="module")
def public() -> dict[str, Node]:
    return _trees(public_url=PUBLIC)


def _meta(tree: Node, name: str) -> list[str]:
    return [
        node.get("content")
        for node in tree.all("meta")
        if name in (node.get("name"), node.get("property"))
    ]


def _linked(tree: Node) -> list[dict[str, Any]]:
    scripts = [node for node in tree.all("script") if node.get("type") == "application/ld+json"]
    return [
        json.loads("".join(child for child in script.children if isinstance(child, str)))
        for script in scripts
    ]


def _own(trees: dict[str, Node]) -> dict[str, Node]:
    return {path: tree for path, tree in trees.items() if not path.startswith(("embed/", "404"))}


def test_a_short_description_stays_and_a_long_one_ends_with_a_sentence_or_a_word() -> None:
    assert brief("  One\n finding. ") == "One finding."
    assert (
        brief(f"{'A leads with 14.5% of all tokens. ' * 6}")
        == ("A leads with 14.5% of all tokens. " * 4).strip()
    )
    cut = brief("word " * 60)
    assert (cut[-5:], len(cut) <= LONGEST) == ("word…", True)
    assert len(brief("x" * 300)) == LONGEST


def test_every_page_describes_itself_in_what_a_search_engine_shows(public: dict[str, Node]) -> None:
    own = _own(public)
    assert len(own) > 40
    for path, tree in own.items():
        [said] = _meta(tree, "description")
        assert 0 < len(said) <= LONGEST, path
        assert _meta(tree, "og:description") == [said], path


def test_the_description_of_a_board_is_its_finding(public: dict[str, Node]) -> None:
    board = site().boards["models-7d"]
    assert _meta(public["rankings/index.html"], "description") == [brief(board.finding)]


def test_every_page_has_an_address_a_picture_and_a_place(public: dict[str, Node]) -> None:
    described = [f"data/{name}/" for name in CREDITS]
    for path, tree in _own(public).items():
        folder = path.removesuffix("index.html")
        canonical = [
            node.get("href") for node in tree.all("link") if node.get("rel") == "canonical"
        ]
        assert canonical == _meta(tree, "og:url"), path
        assert canonical[0].startswith(PUBLIC), path
        [image] = _meta(tree, "og:image")
        assert image.startswith((f"{PUBLIC}cards/", f"{PUBLIC}charts/")), path
        assert _meta(tree, "og:image:alt"), path
        [said] = _linked(tree)
        assert said["@type"] == ("Dataset" if folder in described else "WebPage"), path


def test_the_way_to_a_page_goes_through_pages_that_exist(public: dict[str, Node]) -> None:
    steps = 0
    for path, tree in _own(public).items():
        for said in _linked(tree):
            for step in said.get("breadcrumb", {}).get("itemListElement", []):
                folder = step["item"].removeprefix(PUBLIC)
                assert f"{folder}index.html" in public or "%" in folder, (path, step)
                steps += 1
    assert steps > 100


def test_a_dataset_names_its_files_with_sum_type_licence_creator_and_days(
    public: dict[str, Node],
) -> None:
    [said] = _linked(public["data/rankings-daily/index.html"])
    csv = said["distribution"][0]
    assert csv["encodingFormat"] == "text/csv"
    assert (csv["sha256"], csv["contentSize"]) == (sha256(TABLE).hexdigest(), f"{len(TABLE)} B")
    assert said["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert said["creator"]["name"] == "OpenRouter"
    assert said["temporalCoverage"].count("/") == 1
    assert CREDITS["rankings-daily"].full == said["creditText"]
    assert "total_tokens" in said["variableMeasured"]
    assert "license" not in _linked(public["data/models/index.html"])[0]


def test_a_hostile_title_cannot_end_the_script_that_holds_it(public: dict[str, Node]) -> None:
    [said] = _linked(public["charts/tok-movers/index.html"])
    assert said["name"] == HOSTILE


def test_a_site_that_does_not_know_its_address_claims_none() -> None:
    for path, tree in _trees().items():
        assert not _linked(tree), path
        assert not _meta(tree, "og:image"), path
        assert not _meta(tree, "og:url"), path


def test_a_missing_card_falls_back_on_the_overview_and_then_on_none() -> None:
    held: Site = site(public_url=PUBLIC)
    only = {"tok-top-stack": charts()["tok-top-stack"]}
    image = Metadata(read_pages(), held, only, {}).image("apps/")
    assert image
    assert image.url == f"{PUBLIC}cards/tok-top-stack.png"
    assert Metadata(read_pages(), held, {}, {}).image("apps/") is None


def test_cards_are_small_of_the_size_that_is_announced_and_carry_their_credit(
    drawn: dict[str, DrawnChart], tmp_path: Path
) -> None:
    wanted = ("tok-top-stack", "fr-scatter", "not-drawn")
    drawn = {id_: one for id_, one in drawn.items() if id_ in wanted}
    made = {one.path: one.body for one in draw_cards(drawn, wanted, "18 Aug 2026", tmp_path)}
    assert set(made) == {
        "cards/tok-top-stack.png",
        "cards/fr-scatter.png",
        "static/apple-touch-icon.png",
    }
    for path, body in made.items():
        assert isinstance(body, bytes)
        assert len(body) < 100_000, path
        size = struct.unpack(">II", body[16:24])
        assert size == ((1200, 630) if path.startswith("cards/") else (180, 180)), path
    for id_, chart in drawn.items():
        assert chart.citations[0].text.encode() in made[f"cards/{id_}.png"]  # type: ignore[operator]
    assert {
        one.path: one.body for one in draw_cards(drawn, wanted, "18 Aug 2026", tmp_path)
    } == made
