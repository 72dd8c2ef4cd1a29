"""What stands side by side, what the overview says first, and what a price depends on."""

import gzip
import json

import msgspec

from generator.base.attribution import models as listed_credit
from generator.boards import model_prices, overview
from generator.boards.board import Entity, Moved, Row
from generator.boards.comparison import comparison
from generator.endpoints.endpoint import Facts
from generator.endpoints.models import ModelRow
from generator.render.comparison_data import PATH, comparison_file
from tests.board_samples import HOSTILE, MODELS, boards, moved
from tests.page_reading import read
from tests.running import Built
from tests.site_samples import site

LARGEST = 40_000


def test_every_model_with_a_page_can_be_compared_and_the_most_used_comes_first() -> None:
    compared = comparison(site())
    assert compared is not None
    assert [one.model.id for one in compared.models.values()][:4] == [one.id for one in MODELS[:4]]
    assert len(compared.models) == sum(1 for one in MODELS if one.path)
    assert HOSTILE in [one.model.name for one in compared.models.values()]


def test_no_bar_is_drawn_for_a_rating_or_a_price() -> None:
    compared = comparison(site())
    assert compared is not None
    barred = {measure.column.kind for measure in compared.measures if measure.barred}
    assert barred <= {"tokens", "share", "score"}
    assert not [one for one in compared.measures if one.group == "Design Arena" and one.barred]


def test_a_site_that_holds_nothing_compares_nothing() -> None:
    assert comparison(site(boards={})) is None
    assert list(comparison_file(site(boards={}))) == []


def test_the_file_of_the_demo_is_credited_complete_and_small(demo: Built) -> None:
    body = (demo.public / PATH).read_bytes()
    found = json.loads(body)
    assert list(found)[:3] == ["citation", "as_of", "license"]
    assert len(found["models"]) > 300
    assert not [
        key
        for key in found["models"]
        if not (demo.public / "models" / key / "index.html").is_file()
    ]
    assert len(gzip.compress(body)) < LARGEST


def _row(**pricing: object) -> ModelRow:
    said = {"prompt": "0.0000002", "completion": "0.0000012", "web_search": "0.01", **pricing}
    raw = {
        "id": "a/b", "canonical_slug": "a/b-1", "name": "B", "created": 0, "pricing": said,
        "architecture": {"input_modalities": ["text"], "output_modalities": ["text"]},
    }  # fmt: skip
    return msgspec.convert(raw, ModelRow)


def test_a_tier_of_prices_is_a_row_and_a_sentence() -> None:
    override = {"min_prompt_tokens": 272000, "prompt": "0.0000004"}
    row = _row(overrides=[override])
    board = model_prices.board(
        "a/b-1", Entity("a/b-1", "B"), [row], Facts((row,), (listed_credit("2026-08-18"),))
    )
    assert [column.key for column in board.columns] == [
        "id",
        "condition",
        "prompt",
        "completion",
        "web_search",
    ]
    assert [(one["condition"], one["prompt"], one["completion"]) for one in board.rows] == [
        ("always", "0.0000002", "0.0000012"),
        ("above 272K prompt tokens", "0.0000004", "0.0000012"),
    ]
    assert (
        board.notes[0]
        == "a/b, above 272K prompt tokens: input $0.40 instead of $0.20, for a million tokens."
    )


def test_prices_without_conditions_need_no_column_for_them() -> None:
    row = _row()
    board = model_prices.board(
        "a/b-1", Entity("a/b-1", "B"), [row], Facts((row,), (listed_credit("2026-08-18"),))
    )
    assert "condition" not in [column.key for column in board.columns]
    assert board.notes == ()


def test_the_headline_drops_the_author_that_stands_before_the_name() -> None:
    used = boards()["models-7d"]
    assert overview.headline({"models-7d": used}) == used.finding
    assert overview.headline({}) == ""


def test_the_climber_is_the_one_with_most_places_and_never_a_newcomer() -> None:
    climber = next(one for one in overview.figures(boards()) if one.label == "Biggest climber")
    assert climber.value == "MiMo-V2.5"
    assert climber.exact == "14"
    assert moved(None).how == "new"
    assert overview._climbed(Moved(None, "returned")) == 0


def test_a_free_model_is_no_bargain() -> None:
    frontier = boards()["frontier"]
    bargain = next(
        one for one in overview.figures({"frontier": frontier}) if one.label.startswith("Cheapest")
    )
    row = next(one for one in frontier.rows if one["blended"] == bargain.exact)
    assert isinstance(row, Row)
    assert float(bargain.exact) > 0
    assert (row.number("intelligence_index") or 0) >= overview.NEAR_BEST_RATIO * 63.1


def test_the_page_of_a_model_has_everything_and_leads_on(demo: Built) -> None:
    tree = read(demo.text("models/openai/gpt-5.6-luna-20260709/index.html"))
    headings = [node.text for node in tree.all("h2")]
    assert headings[:5] == ["Use", "Prices", "Scores", "Chosen for", "Names it runs under"]
    relations = {
        node.get("rel"): node.get("href")
        for node in tree.all("a")
        if node.get("rel") in ("prev", "next")
    }
    assert set(relations) == {"prev", "next"}
    links = [node.get("href") for node in tree.all("a")]
    assert "../../../authors/openai/" in links
    assert [
        one for one in links if one.startswith("../../../compare/?m=openai/gpt-5.6-luna-20260709~")
    ]


def test_a_model_that_left_keeps_its_page_and_says_when_it_was_last_seen(demo: Built) -> None:
    identity = json.loads((demo.public / "data/v1/identity.json").read_bytes())["models"]
    gone = [one for one in identity if not one["listed"] and one["last_seen"]]
    assert gone
    for one in gone:
        text = read(demo.text(f"{one['page']}index.html")).text
        assert "No longer in the catalogue. Last seen there on" in text, one["page"]
