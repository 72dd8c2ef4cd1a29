"""What pages say of themselves to machines."""

import json
import struct
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from generator.base.site_config import SiteConfig
from generator.boards.board import Boards
from generator.boards.site import Site
from generator.charts.cards import ICON, draw_cards
from generator.render.latest import Checksum
from generator.render.metadata import LONGEST, Metadata, brief
from generator.render.page_list import read_pages
from generator.render.pages import render_pages
from generator.render.share_cards import ShareCards
from tests.board_samples import CREDITS, HOSTILE, MODELS
from tests.page_reading import Node, Trees
from tests.site_samples import charts, context, site

PUBLIC = "https://someone.example/leaderboards/"
TABLE = b"date,model_permaslug,total_tokens\n"
MODEL_PAGE = "models/deepseek/deepseek-v4-flash-20260731/"
CARDS = {
    "": "cards/boards/models-7d.png",
    "rankings/": "cards/boards/models-7d.png",
    "status/": "cards/boards/models-7d.png",
    MODEL_PAGE: "cards/models/deepseek/deepseek-v4-flash-20260731.png",
    "benchmarks/design-arena/models/codecategories/": "cards/boards/da.models.codecategories.png",
    "charts/da-elo.models.codecategories/": "cards/boards/da.models.codecategories.png",
    "charts/tok-top-stack/": "cards/boards/models-weekly.png",
}
"""The picture of the card at some addresses."""
PUBLISHED = {"data/v1/rankings-daily/latest.csv": Checksum.of(TABLE)}


def _trees(**changed: Any) -> Mapping[str, Node]:
    made = render_pages(context(site(**changed), published=PUBLISHED))
    return Trees({one.path: one.body.decode() for one in made if isinstance(one.body, bytes)})


@pytest.fixture(scope="module")
def public() -> Mapping[str, Node]:
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


def _own(trees: Mapping[str, Node]) -> dict[str, Node]:
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


def test_every_page_describes_itself_in_what_a_search_engine_shows(
    public: Mapping[str, Node],
) -> None:
    own = _own(public)
    assert len(own) > 40
    for path, tree in own.items():
        [said] = _meta(tree, "description")
        assert 0 < len(said) <= LONGEST, path
        assert _meta(tree, "og:description") == [said], path


def test_no_two_pages_have_one_title_and_that_of_a_model_says_what_is_there(
    public: Mapping[str, Node],
) -> None:
    titles = {path: tree.all("title")[0].text for path, tree in _own(public).items()}
    counted = Counter(titles.values())
    assert {path: title for path, title in titles.items() if counted[title] > 1} == {}
    [model] = [title for path, title in titles.items() if "/gpt-5.6-luna" in path]
    assert model == "GPT-5.6 Luna: price, rank and benchmarks · OpenRouter Leaderboards"


def test_the_description_of_a_board_is_its_finding(public: Mapping[str, Node]) -> None:
    board = site().boards["models-7d"]
    assert _meta(public["rankings/index.html"], "description") == [brief(board.finding)]


def test_every_page_has_an_address_a_picture_and_a_place(public: Mapping[str, Node]) -> None:
    described = [f"data/{name}/" for name in CREDITS]
    for path, tree in _own(public).items():
        folder = path.removesuffix("index.html")
        canonical = [
            node.get("href") for node in tree.all("link") if node.get("rel") == "canonical"
        ]
        assert canonical == _meta(tree, "og:url"), path
        assert canonical[0].startswith(PUBLIC), path
        [image] = _meta(tree, "og:image")
        assert image.startswith(f"{PUBLIC}cards/"), path
        assert _meta(tree, "og:image:alt")[0], path
        size = (*_meta(tree, "og:image:width"), *_meta(tree, "og:image:height"))
        assert size == ("1200", "630"), path
        [said] = _linked(tree)
        assert said["@type"] == ("Dataset" if folder in described else "WebPage"), path


def test_the_way_to_a_page_goes_through_pages_that_exist(public: Mapping[str, Node]) -> None:
    steps = 0
    for path, tree in _own(public).items():
        for said in _linked(tree):
            for step in said.get("breadcrumb", {}).get("itemListElement", []):
                folder = step["item"].removeprefix(PUBLIC)
                assert f"{folder}index.html" in public or "%" in folder, (path, step)
                steps += 1
    assert steps > 100


def test_a_dataset_names_its_files_with_sum_type_license_creator_and_days(
    public: Mapping[str, Node],
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


def test_a_hostile_title_cannot_end_the_script_that_holds_it(public: Mapping[str, Node]) -> None:
    [said] = _linked(public["charts/tok-movers/index.html"])
    assert said["name"] == f"Chart: {HOSTILE}"


def test_a_site_that_does_not_know_its_address_claims_none() -> None:
    for path, tree in _trees().items():
        assert not _linked(tree), path
        assert not _meta(tree, "og:image"), path
        assert not _meta(tree, "og:url"), path


@pytest.fixture
def cards() -> ShareCards:
    return ShareCards(site(public_url=PUBLIC), charts(), read_pages())


def test_a_model_a_board_and_its_chart_have_a_card_and_other_pages_that_of_the_page_above(
    cards: ShareCards,
) -> None:
    assert {path: card.path for path in CARDS if (card := cards.at(path))} == CARDS
    drawn = [card.path for card in cards]
    assert len(drawn) == len(set(drawn)) > len(MODELS)
    assert set(CARDS.values()) <= set(drawn)


def test_a_card_tells_rank_and_score_or_the_leaders_of_a_board_with_their_numbers(
    cards: ShareCards,
) -> None:
    model, board, weekly = (cards.at(list(CARDS)[at]) for at in (3, 1, 6))
    assert model
    assert board
    assert weekly
    assert model.alt == (
        "DeepSeek V4 Flash: #1–2 of 119 models by tokens, 7 days, provisional; "
        "63.1 Intelligence index, #1–2 of 101 models."
    )
    assert board.alt.startswith(
        "Which models are used the most? (Tokens, 11 to 17 Aug 2026, last 3 days provisional): "
        "DeepSeek V4 Flash 11.3 T; Hy3 9.70 T; "
    )
    assert [round(leader.part or 0, 2) for leader in board.leaders] == [1, 0.86, 0.49, 0.44, 0.39]
    assert weekly.leaders == ()
    assert weekly.alt == f"{weekly.headline}: models-weekly says a lot."


def test_a_page_without_a_board_shows_the_card_of_the_overview_and_an_empty_site_none() -> None:
    held: Site = site(public_url=PUBLIC)
    image = Metadata(read_pages(), held, ShareCards(held, {}, read_pages()), {}).image("status/")
    assert image
    assert image.url == f"{PUBLIC}cards/boards/models-7d.png"
    empty = replace(held, boards=Boards(), profiles={}, authors={})
    assert ShareCards(empty, {}, read_pages()).at("status/") is None


def test_what_no_source_says_anything_of_has_no_card_of_its_own() -> None:
    held: Site = site(public_url=PUBLIC)
    known = next(one for one in held.profiles.values() if one.model.path == MODEL_PAGE)
    silent = replace(
        known, citations=(), ranks=None, offer=None, prices=None, scores=None, usage_board=None
    )
    cards = ShareCards(replace(held, profiles={known.model.id: silent}), {}, read_pages())
    card = cards.at(MODEL_PAGE)
    assert card
    assert card.path == "cards/boards/catalogue.png"


def test_cards_are_small_of_the_size_that_is_announced_and_carry_their_credit(
    cards: ShareCards, tmp_path: Path
) -> None:
    by_path = {card.path: card for card in cards}
    some = [by_path[path] for path in dict.fromkeys(CARDS.values())]
    made = {
        one.path: one.body
        for one in draw_cards(some, SiteConfig(name="A site"), "18 Aug 2026", tmp_path)
    }
    assert set(made) == {*CARDS.values(), ICON}
    for path, body in made.items():
        assert isinstance(body, bytes)
        assert len(body) < 40_000, path
        size = struct.unpack(">II", body[16:24])
        assert size == ((180, 180) if path == ICON else (1200, 630)), path
        for credit in by_path[path].credits if path != ICON else ():
            assert credit.encode() in body, path
    again = {
        one.path: one.body
        for one in draw_cards(some, SiteConfig(name="A site"), "18 Aug 2026", tmp_path)
    }
    assert again == made
