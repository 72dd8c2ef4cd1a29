"""What stands side by side, what the overview says first, and what a price depends on."""

import gzip
import json
from collections import Counter
from datetime import date
from itertools import chain

import msgspec

from generator.base import dates, formats
from generator.base.attribution import models as listed_credit
from generator.boards import model_prices, overview
from generator.boards.board import Boards, Column, Entity, Moved
from generator.boards.comparison import Compared, Comparison, Measure, comparison
from generator.boards.frontier import NEAR_TOP_POINTS
from generator.endpoints.endpoint import Facts
from generator.endpoints.models import ModelRow
from generator.render.comparison_data import PATH, make_comparison_data
from tests.board_samples import HOSTILE, MODELS, boards, moved
from tests.page_reading import read
from tests.running import Built
from tests.site_samples import context, site

LARGEST = 40_000
LISTED = 358
"""The models of the full demo: the file has room for so many."""
OF_A_MODEL = 56
"""The packed bytes of a model without tokens and scores, as are those that this demo leaves out."""


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


def _compared(id_: str, series: tuple[int | None, ...], **values: object) -> Compared:
    return Compared(Entity(id_, id_.upper(), path=f"models/{id_}/", author="acme"), values, series)


def test_side_by_side_are_the_measures_that_some_model_has_and_the_largest_for_the_bars() -> None:
    tokens, price = Column("total_tokens", "Tokens", "tokens"), Column("prompt", "Input", "price")
    rating, score = Column("elo", "Elo", "score"), Column("coding", "Coding", "score")
    measures = (
        Measure("Use", tokens),
        Measure("Price and offer", price),
        Measure("Design Arena", rating),
        Measure("Artificial Analysis", score),
    )
    models = {
        "a": _compared("a", (5, None, 9), total_tokens=14, prompt="0.000001", elo=1200.5),
        "b": _compared("b", (), total_tokens=70, elo=1100.0),
        "c": _compared("c", (1, 2, 3), coding=50.0),
    }
    few = Comparison(measures, models, None, (), ()).side_by_side(["b", "a"])
    assert [one.model.id for one in few.models] == ["b", "a"]
    assert [
        (name, [(line.values, line.largest) for line in lines]) for name, lines in few.groups
    ] == [
        ("Use", [((70, 14), 70)]),
        ("Price and offer", [((None, "0.000001"), 0)]),
        ("Design Arena", [((1100.0, 1200.5), 0)]),
    ]
    assert few.lines == [((5, None, 9), few.models[1].model.color)]
    assert few.highest == 9
    assert Comparison(measures, models, None, (), ()).side_by_side(["b"]).highest == 0


def test_a_site_that_holds_nothing_compares_nothing() -> None:
    assert comparison(site(boards=Boards())) is None
    assert list(make_comparison_data(context(site(boards=Boards())))) == []


def test_the_file_of_the_demo_is_credited_complete_and_small(plain: Built) -> None:
    body = (plain.public / PATH).read_bytes()
    found = json.loads(body)
    assert list(found)[:3] == ["citation", "as_of", "license"]
    assert len(found["models"]) > 120
    assert not [
        key
        for key in found["models"]
        if not (plain.public / "models" / key / "index.html").is_file()
    ]
    left_out = LISTED - len(found["models"])
    assert len(gzip.compress(body)) + left_out * OF_A_MODEL < LARGEST


def test_the_file_has_the_text_of_every_value_as_tables_show_it(plain: Built) -> None:
    found = json.loads((plain.public / PATH).read_bytes())
    kinds = [
        "index" if measure["group"] == "Artificial Analysis" else measure["kind"]
        for measure in found["measures"]
    ]
    write = {
        "price": formats.per_million,
        "tokens": formats.tokens,
        "share": formats.share,
        "context": formats.context,
        "index": formats.index,
        "score": formats.number,
        "day": lambda day: dates.human_day(date.fromisoformat(day)),
        "text": str,
    }
    at_least = {"tokens": formats.tokens_at_least, "share": formats.share_at_least}
    texts: list[tuple[str, str]] = []
    for one in found["models"].values():
        for place, value in one["values"].items():
            kind, shown = kinds[int(place)], one["shown"].get(place, str(value))
            if kind == "rank":
                continue
            is_bound = shown.startswith("≥")
            texts.append((shown, f"≥{at_least[kind](value)}" if is_bound else write[kind](value)))
    assert len(texts) > 1300
    assert [pair for pair in texts if pair[0] != pair[1]] == []
    assert "$0.10" in {shown for shown, _ in texts}


def test_measures_stand_by_what_they_say_of_models_and_not_by_their_names(plain: Built) -> None:
    found = json.loads((plain.public / PATH).read_bytes())
    having = Counter(chain.from_iterable(one["values"] for one in found["models"].values()))
    labels: dict[str, list[str]] = {}
    counts: dict[str, list[int]] = {}
    for place, measure in enumerate(found["measures"]):
        labels.setdefault(measure["group"], []).append(measure["label"])
        counts.setdefault(measure["group"], []).append(having[str(place)])
    indices = ["Intelligence index", "Coding index", "Agentic index"]
    assert labels["Artificial Analysis"] == indices
    assert counts["Design Arena"] == sorted(counts["Design Arena"], reverse=True)
    # The most common task comes first.
    assert labels["Share of each task's requests"][:2] == ["Classification", "Data Extraction"]


def test_a_rank_that_is_open_is_compared_as_the_range_it_lies_in(plain: Built) -> None:
    found = json.loads((plain.public / PATH).read_bytes())
    (place,) = [str(at) for at, one in enumerate(found["measures"]) if one["kind"] == "rank"]
    ranked = [one for one in found["models"].values() if place in one["values"]]
    wide = 0
    for one in ranked:
        low, dash, high = one["shown"].get(place, str(one["values"][place])).partition("–")
        assert int(low) <= one["values"][place] <= int(high or low)
        wide += bool(dash)
    assert wide > len(ranked) / 2


def test_the_file_says_how_high_each_series_goes(plain: Built) -> None:
    found = json.loads((plain.public / PATH).read_bytes())["models"]
    drawn = [one for one in found.values() if one["series"]]
    assert drawn
    for one in drawn:
        assert one["highest"] == formats.tokens(
            round(max(day or 0 for day in one["series"]) * 1e6)
        ), one["name"]
    assert {one["highest"] for one in found.values() if not one["series"]} == {""}


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
        ("standard", "0.0000002", "0.0000012"),
        ("above 272K prompt tokens", "0.0000004", "0.0000012"),
    ]
    assert board.notes == ()  # the rows have what a sentence would repeat


def test_prices_without_conditions_need_no_column_for_them() -> None:
    row = _row()
    board = model_prices.board(
        "a/b-1", Entity("a/b-1", "B"), [row], Facts((row,), (listed_credit("2026-08-18"),))
    )
    assert "condition" not in [column.key for column in board.columns]
    assert board.notes == ()


def test_the_headline_drops_the_author_that_stands_before_the_name() -> None:
    used = boards()["models-7d"]
    assert overview.headline(Boards([used])) == used.finding
    assert overview.headline(Boards()) == ""


def test_the_climber_is_the_one_with_most_places_and_never_a_newcomer() -> None:
    climber = next(
        one for one in overview.figures(boards(), ()) if one.label == "Biggest climber this week"
    )
    assert climber.value == "MiMo-V2.5"
    assert climber.exact == "14"
    assert moved(None).how == "new"
    assert overview.places_gained(Moved(None, "returned")) == 0


def test_a_free_model_is_no_bargain() -> None:
    frontier = boards()["frontier"]
    bargain = next(
        one for one in overview.figures(Boards([frontier]), ()) if one.label.startswith("Cheapest")
    )
    row = next(one for one in frontier.rows if one["blended"] == bargain.exact)
    assert float(bargain.exact) > 0
    assert (row.number("intelligence_index") or 0) >= 63.1 - NEAR_TOP_POINTS


def test_the_page_of_a_model_has_everything_and_leads_on(plain: Built) -> None:
    tree = read(plain.text("models/openai/gpt-5.6-luna-20260709/index.html"))
    headings = [node.text for node in tree.all("h2")]
    assert headings[:5] == [
        "Usage",
        "Prices",
        "Alternatives",
        "Benchmark scores",
        "Top tasks",
    ]
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


def test_a_model_that_left_keeps_its_page_and_says_when_it_was_last_seen(plain: Built) -> None:
    identity = json.loads((plain.public / "data/v1/identity.json").read_bytes())["models"]
    gone = [one for one in identity if not one["listed"] and one["last_seen"]]
    assert gone
    for one in gone:
        text = read(plain.text(f"{one['page']}index.html")).text
        assert "No longer available on OpenRouter. Last listed on" in text, one["page"]
    for one in (one for one in identity if not one["listed"] and not one["last_seen"]):
        text = read(plain.text(f"{one['page']}index.html")).text
        assert "No longer available" not in text, one["page"]
        assert "Not in OpenRouter's model list since tracking began" in text, one["page"]
