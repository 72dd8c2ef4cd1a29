"""Listings and models are told apart: a model's figures are those of all its listings, never of one of them."""

import json
import random
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from generator.base import formats
from generator.base.site_config import SiteConfig
from generator.boards.comparison import comparison
from generator.boards.rank_stability import rank_words
from generator.boards.site import ModelProfile, Site
from generator.render import table_body
from generator.render.badges import draw_badges
from generator.render.comparison_data import make_comparison_data
from generator.render.pages import render_pages
from tests.page_reading import Node, read
from tests.site_samples import context
from tests.tiny_archive import (
    LAST,
    Day,
    Json,
    TinyArchive,
    ago,
    chosen,
    daily,
    evaluation,
    listing,
    rating,
    score,
    search_evaluation,
    table,
    task,
    weeks,
)

FREE: Json = {"prompt": "0", "pricing": {"completion": "0"}}


def ultra(tiny: TinyArchive) -> None:
    """A model with a paid and a free listing, of which the free one is used more."""
    tiny.models(
        listing("n/ultra:free", "n/ultra-1", "N: Ultra (free)", context_length=9000, **FREE),
        listing(
            "n/ultra",
            "n/ultra-1",
            "N: Ultra",
            prompt="0.0000006",
            pricing={"completion": "0.0000036"},
            context_length=1_000_000,
        ),
        listing("b/x", name="B: X"),
    )
    tiny.rankings(weeks({"b/x": 6, "n/ultra-1:free": 4, "n/ultra-1": 3, "c/y": 2, "other": 5}))
    tiny.scores(score("n/ultra-1", 38.3), score("b/x", 20))


def compared(site: Site) -> dict[str, dict[str, Any]]:
    """The values in the file of the comparison by model and key of their measure."""
    (file,) = make_comparison_data(context(site))
    assert isinstance(file.body, bytes)
    found = json.loads(file.body)
    keys = [measure["key"] for measure in found["measures"]]
    return {
        model: {keys[int(place)]: value for place, value in entry["values"].items()}
        for model, entry in found["models"].items()
    }


def badges(site: Site) -> dict[str, str]:
    """What each badge says, by the path of its model's page."""
    said: dict[str, str] = {}
    for badge in draw_badges(context(site)):
        assert isinstance(badge.body, bytes)
        root = ET.fromstring(badge.body)  # noqa: S314 - a file that was drawn here
        title = next(element.text for element in root if element.tag.endswith("title"))
        if badge.path.endswith((".dark.svg", ".small.svg")):
            continue
        said[badge.path.removeprefix("badges/").removesuffix(".svg")] = title or ""
    return said


# A model with a paid and a free listing


def test_a_model_has_the_tokens_and_the_rank_of_all_its_listings(tiny: TinyArchive) -> None:
    ultra(tiny)
    model = tiny.model("n/ultra-1")
    assert (model.rank, model.of, model.tokens, model.share) == (1, 3, 49, 0.35)
    assert model.finding == (
        "Ultra ranks 1st of 3 models by tokens this week, "
        "with 35.0% of the tokens OpenRouter publishes."
    )
    assert [near.id for near in model.neighbors] == ["n/ultra-1", "b/x", "c/y"]


def test_a_models_page_has_each_listing_with_its_own_figures(tiny: TinyArchive) -> None:
    ultra(tiny)
    board = tiny.model("n/ultra-1").listings
    keys = ("model_permaslug", "model_permaslug_name", "ids", "rank", "total_tokens")
    assert table(board, *keys, "prompt", "completion") == [
        ("n/ultra-1", "N: Ultra", "n/ultra", 3, 21, "0.0000006", "0.0000036"),
        ("n/ultra-1:free", "N: Ultra (free)", "n/ultra:free", 2, 28, "0", "0"),
    ]
    assert board is not None
    assert board.finding == (
        "Model rank among models (sum over listings): 1st of 3, with 49 tokens over seven days."
    )
    assert board.datasets == ("models", "rankings-daily")
    entities = [row.entity("model_permaslug") for row in board.rows]
    assert {(entity.path, entity.detail) for entity in entities} == {(None, "")}, "it is this page"


def test_figures_of_a_model_that_was_outside_the_top_fifty_are_lower_bounds_everywhere(
    tiny: TinyArchive,
) -> None:
    tiny.models(listing("n/ultra"), listing("b/x"))
    day: Day = {"b/x": 9, "n/ultra": 8, "c/y": 8}
    # On the last day n/ultra can have had as much as c/y, the last of the top 50.
    tiny.rankings(daily(*[day] * 6, {"b/x": 9, "c/y": 8, "other": 30}))
    model, whole = tiny.model("n/ultra"), tiny.model("b/x")
    assert (model.tokens, model.tokens_high, model.exact) == (48, 56, False)
    assert (whole.tokens, whole.tokens_high, whole.exact) == (63, 63, True)
    assert model.listings is not None
    assert model.listings.finding == (
        "Model rank among models (sum over listings): 2nd to 3rd of 3, "
        "with at least 48 tokens over seven days."
    )
    author = tiny.author("n").models
    assert author is not None
    shown = {
        board.title: [
            cell.text for cell in read(f"<table>{table_body.body(board, '')}</table>").all("td")
        ]
        for board in (model.listings, author)
    }
    assert shown["How is n/ultra listed?"][1:3] == ["2–3", "≥at least 48"]
    assert shown["n's models"][:2] == ["2–3", "≥at least 48"]
    compared = comparison(tiny.site())
    assert compared is not None
    texts = {key: one.texts for key, one in compared.models.items()}
    assert texts["n/ultra"] == {"model_rank": "2–3", "model_tokens": "≥48", "model_share": "≥24.3%"}
    assert texts["b/x"] == {"model_rank": "1"}


def test_an_authors_row_is_of_the_model_and_its_price_that_of_the_paid_listing(
    tiny: TinyArchive,
) -> None:
    ultra(tiny)
    keys = ("model_rank", "model_permaslug", "model_tokens", "prompt", "completion", "also_free")
    rows = table(tiny.author("n").models, *keys, "context_length", "intelligence_index")
    assert rows == [
        (1, "n/ultra-1", 49, "0.0000006", "0.0000036", "also free", 1_000_000, 38.3),
    ]


def test_a_comparison_has_the_figures_of_the_model(tiny: TinyArchive) -> None:
    ultra(tiny)
    values = compared(tiny.site())["n/ultra-1"]
    assert values["model_rank"] == 1
    assert values["model_tokens"] == 49
    assert values["model_share"] == 0.35
    assert (values["prompt"], values["completion"]) == ("0.0000006", "0.0000036")
    assert values["also_free"] == "also free"
    assert values["context_length"] == 1_000_000


def test_a_badge_has_the_rank_of_the_model(tiny: TinyArchive) -> None:
    ultra(tiny)
    assert badges(tiny.site()) == {
        "n/ultra-1": "Ultra: No. 1 of 3 models by tokens in 7 days to 20 Nov 2026, 35.0% "
        "of the tokens OpenRouter publishes, provisional",
        "b/x": "X: No. 2 of 3 models by tokens in 7 days to 20 Nov 2026, 30.0% "
        "of the tokens OpenRouter publishes, provisional",
        "c/y": "c/y: No. 3 of 3 models by tokens in 7 days to 20 Nov 2026, 10.0% "
        "of the tokens OpenRouter publishes, provisional",
    }


def test_without_charts_of_its_dataset_a_model_has_no_badge(tiny: TinyArchive) -> None:
    ultra(tiny)
    config = SiteConfig(uncharted=frozenset({"rankings-daily"}))
    assert badges(replace(tiny.site(), config=config)) == {}


def test_the_days_of_a_model_are_ranked_among_models(tiny: TinyArchive) -> None:
    tiny.rankings(
        daily(
            {"a/x": 5, "a/x:free": 3, "b/x": 6, "other": 6},
            {"a/x": 1, "a/x:free": 1, "b/x": 3, "b/x:free": 1, "c/x": 9},
        )
    )
    usage = tiny.model("a/x").usage_board
    assert table(usage, "total_tokens", "model_rank", "share") == [(8, 1, 0.4), (2, 3, 0.133333)]
    assert usage is not None
    assert usage.finding == (
        "a/x had a listing in the top 50 on 2 of 2 days; its best rank among models was 1."
    )


def test_the_tasks_of_a_model_are_summed_over_its_listings(tiny: TinyArchive) -> None:
    tiny.tasks(
        task(
            "zoo",
            1,
            1,
            chosen("b/x", 0.3, 0.1),
            chosen("a/x", 0.2, 0.2),
            chosen("a/x:free", 0.2, 0.1),
        )
    )
    keys = ("tag", "model_rank", "tag_usage_share", "tag_token_share")
    assert table(tiny.model("a/x").tasks, *keys) == [("zoo", 1, 0.4, 0.3)]
    assert table(tiny.model("b/x").tasks, *keys) == [("zoo", 2, 0.3, 0.1)]


# On the pages


def pages(site: Site) -> dict[str, Node]:
    """Every page of models and authors by its folder."""
    made: dict[str, Node] = {}
    for page in render_pages(context(site, {})):
        if page.path.startswith(("models/", "authors/")):
            assert isinstance(page.body, bytes)
            made[page.path.removesuffix("index.html")] = read(page.body.decode())
    return made


def test_a_models_page_names_what_each_figure_belongs_to(tiny: TinyArchive) -> None:
    ultra(tiny)
    page = pages(tiny.site())["models/n/ultra-1/"]
    facts = [f"{fact.all('dt')[0].text}: {fact.all('dd')[0].text}" for fact in facts_of(page)]
    assert facts[:4] == [
        "Price per 1M tokens, input / output: $0.60 / $3.60, also free",
        "Usage rank, 7 days: 1 of 3 models",
        "Share of published tokens, 7 days: 35.0%, 49 tokens",
        "Intelligence index: 38.3, ranked 1st of 2",
    ]
    assert "Model rank among models (sum over listings): 1st of 3" in page.text
    assert "Ultra (free)" in page.text


def test_a_whole_index_has_its_decimal_place_among_the_facts(tiny: TinyArchive) -> None:
    ultra(tiny)
    assert tiny.model("b/x").facts[0] == ("Intelligence index", "20.0, ranked 2nd of 2")


def facts_of(page: Node) -> list[Node]:
    """The pairs of label and text in the page's first list of facts."""
    return page.all("dl")[0].all("div")


def test_a_price_change_of_a_free_listing_names_the_listing(tiny: TinyArchive) -> None:
    dear = listing("n/ultra:free", "n/ultra-1", "N: Ultra (free)", prompt="0.000002")
    tiny.models(listing("n/ultra", "n/ultra-1", "N: Ultra"), dear, on=ago(1))
    gift = {**dear, "pricing": {**dear["pricing"], "prompt": "0.000001"}}
    tiny.models(listing("n/ultra", "n/ultra-1", "N: Ultra"), gift)
    page = pages(tiny.site())["models/n/ultra-1/"]
    tables = [one for one in page.all("table") if "price-changes" in (one.get("data-table") or "")]
    assert "Ultra (free)" in tables[0].text


# Which price is a model's


def price_of(tiny: TinyArchive, *entries: Json) -> str:
    tiny.models(*entries)
    offer = tiny.model("a/x-1").offer
    assert offer is not None
    return offer.price


def test_a_profile_keeps_of_its_listing_what_is_read(tiny: TinyArchive) -> None:
    read_fields = {"supported_parameters": ["tools", "top_p"], "context_length": 8000}
    tiny.models(listing("a/x", "a/x-1", **read_fields, description="Long.", benchmarks={"a": 1}))
    offer = tiny.model("a/x-1").offer
    assert offer is not None
    assert offer.listing.supported_parameters == ("tools", "top_p")
    assert offer.listing.context_length == 8000
    assert offer.listing.description is offer.listing.benchmarks is None


PAID = listing("a/x", "a/x-1", prompt="0.0000006", pricing={"completion": "0.0000036"})
GIFT = listing("a/x:free", "a/x-1", **FREE)
BATCH = listing("a/x:batch", "a/x-1", prompt="0.0000003", pricing={"completion": "0.0000018"})


@pytest.mark.parametrize(
    ("entries", "price"),
    [
        ([PAID], "$0.60 / $3.60"),
        ([GIFT, PAID], "$0.60 / $3.60, also free"),
        ([BATCH, GIFT, PAID], "$0.60 / $3.60, also free"),
        ([BATCH, GIFT], "$0.30 / $1.80, also free"),
        ([GIFT], "free"),
        ([GIFT, listing("a/x", "a/x-1", **FREE)], "free"),
        ([listing("a/x", "a/x-1", prompt="-1", pricing={"completion": "-1"})], "varies"),
        ([listing("a/x", "a/x-1", prompt="0")], "free / $2"),
    ],
)
def test_a_models_price_is_that_of_its_paid_listing(
    tiny: TinyArchive, entries: list[Json], price: str
) -> None:
    assert price_of(tiny, *entries) == price


def test_a_listing_that_is_gone_has_its_last_price_and_its_last_day(tiny: TinyArchive) -> None:
    tiny.models(GIFT, PAID, on=ago(1))
    tiny.models(PAID)
    model = tiny.model("a/x-1")
    assert table(model.listings, "ids", "prompt", "last_seen") == [
        ("a/x", "0.0000006", None),
        ("a/x:free", "0", "2026-11-20"),
    ]
    assert model.offer is not None
    assert not model.offer.also_free
    # The ID of a listing that is gone stands in its row, not as a former one.
    assert model.listings is not None
    assert "former_ids" not in model.listings.records()[0]


def test_two_ids_of_one_listing_are_one_row(tiny: TinyArchive) -> None:
    tiny.models(listing("a/b", "a/x-1", prompt="0.000005"), PAID)
    tiny.rankings(weeks({"a/x-1": 1}))
    rows = table(tiny.model("a/x-1").listings, "model_permaslug", "ids", "rank", "prompt")
    assert rows == [("a/x-1", "a/b, a/x", 1, "0.000005")]


def test_a_listing_under_a_new_id_keeps_its_former_id(tiny: TinyArchive) -> None:
    tiny.models(listing("a/older", "a/x-1", prompt="0.000009"), on=ago(1))
    tiny.models(PAID)
    board = tiny.model("a/x-1").listings
    assert table(board, "ids", "former_ids", "prompt") == [("a/x", "a/older", "0.0000006")]
    assert board is not None
    assert "last_seen" not in board.records()[0]


def test_the_plain_listing_stands_before_a_variant_that_sorts_first(tiny: TinyArchive) -> None:
    tiny.models(listing("a/b", "a/z"))
    tiny.rankings(weeks({"a/b:free": 3, "a/z": 2}))
    rows = table(tiny.model("a/z").listings, "model_permaslug", "rank")
    assert rows == [("a/z", 2), ("a/b:free", 1)]


# Ranks of scores


def test_each_evaluation_ranks_its_own_models(tiny: TinyArchive) -> None:
    tiny.evaluations(
        evaluation("a/x", 0.6, "gpqa_diamond"),
        search_evaluation("a/x", 0.4, "search_hle"),
        evaluation("b/x", 0.7, "math"),
    )
    assert table(tiny.model("a/x").scores, "measure_name", "rank", "of") == [
        ("gpqa_diamond", 1, 1),
        ("search_hle", 1, 1),
    ]


def test_each_arena_and_category_ranks_its_own_models(tiny: TinyArchive) -> None:
    tiny.ratings(
        [rating("a/x", 1100), rating("b/x", 1300), rating("b/x", 1000, "gamedev")],
        [rating("a/x", 900, arena="agents"), rating("c/x", 800, arena="agents")],
    )
    assert table(tiny.model("a/x").scores, "measure_name", "rank", "of") == [
        ("Website (agents)", 1, 2),
        ("Website (models)", 2, 2),
    ]


def test_a_model_is_ranked_once_by_the_best_of_its_scores(tiny: TinyArchive) -> None:
    tiny.scores(
        score("a/x", 60, display_name="high"),
        score("a/x", 50, display_name="low"),
        score("a/x:free", 55),
        score("b/x", 40),
    )
    assert table(tiny.model("a/x").scores, "score", "rank", "of") == [(60, 1, 2)]
    assert table(tiny.model("b/x").scores, "score", "rank", "of") == [(40, 2, 2)]


def test_a_sentence_names_the_rank_by_the_intelligence_index_even_where_another_is_better(
    tiny: TinyArchive,
) -> None:
    tiny.scores(*[score(f"a/{n}", 40 - n, coding_index=9 if n == 1 else 8 - n) for n in range(10)])
    assert tiny.model("a/1").finding == (
        "a/1 ranks 2nd of 10 models by the Artificial Analysis Intelligence index."
    )
    assert tiny.model("a/9").finding == (
        "a/9 ranks 10th of 10 models by the Artificial Analysis Intelligence index."
    )


def test_a_sentence_names_the_tasks_that_the_model_leads_alone(tiny: TinyArchive) -> None:
    tiny.tasks(
        *[
            task(tag, 0.2, 0.2, chosen("a/x", 0.5), chosen("b/x", 0.3))
            for tag in ("one", "two", "six")
        ],
        task("level", 0.2, 0.2, chosen("a/x", 0.4), chosen("b/x", 0.4)),
    )
    model = tiny.model("a/x")
    assert model.finding == "a/x handles the most requests for One, Six and 1 other task."
    assert table(model.tasks, "tag", "model_rank", "model_rank_high")[0] == ("level", 1, 2)
    assert "the most" not in tiny.model("b/x").finding


def test_a_sentence_names_the_next_index_where_there_is_no_intelligence_index(
    tiny: TinyArchive,
) -> None:
    coded = [score(f"a/{n}", None, coding_index=40 - n, agentic_index=n) for n in range(10)]
    acting = [score(f"b/{n}", None, agentic_index=20 + n) for n in range(10)]
    tiny.scores(*coded, *acting)
    tiny.ratings([rating(f"a/{n}", 1000 + n) for n in range(10)])
    assert tiny.model("a/8").finding == (
        "a/8 ranks 9th of 10 models by the Artificial Analysis Coding index."
    )
    assert tiny.model("b/8").finding == (
        "b/8 ranks 2nd of 20 models by the Artificial Analysis Agentic index."
    )


def test_a_sentence_names_the_longest_list_where_there_is_no_index(tiny: TinyArchive) -> None:
    tiny.ratings(
        [rating(f"a/{n}", 2000 - 100 * n) for n in range(11)]
        + [rating(f"a/{n}", 1000 + 100 * n, "gamedev") for n in range(10)]
    )
    assert tiny.model("a/9").finding == (
        "a/9 ranks 10th of 11 models by Design Arena, Website (models)."
    )


def test_a_sentence_names_no_list_of_fewer_than_ten_models(tiny: TinyArchive) -> None:
    tiny.scores(*[score(f"a/{n}", 40 - n) for n in range(9)])
    tiny.rankings(weeks({"a/0": 1}))
    assert tiny.model("a/0").finding == (
        "a/0 ranks 1st of 1 model by tokens this week, "
        "with 100.0% of the tokens OpenRouter publishes."
    )
    assert tiny.model("a/1").finding == (
        "a/1 is not ranked by tokens this week; it has 1 benchmark score."
    )


# Every page of random archives, worked out again from the facts


class RandomFacts:
    """A small market: models with some listings each, used, priced, scored and chosen at random."""

    def __init__(self, seed: int) -> None:
        rng = random.Random(seed)  # noqa: S311 - not a secret
        self.entries: list[Json] = []
        self.slugs: list[str] = []
        for number in range(8):
            self._add_model(f"{rng.choice('abc')}/m{number}", rng)
        self.slugs += ["a/retired", "b/retired:free"]
        self.days: dict[date, Day] = daily(*[self._day(rng) for _ in range(9)])
        self.scores = [
            score(slug, rng.randint(1, 9), coding_index=rng.choice([None, 3, 4, 5]))
            for slug in rng.sample(self.slugs, 8)
        ]
        self.evaluations = [
            evaluation(slug, rng.randint(1, 9) / 10, rng.choice(["gpqa", "math"]))
            for slug in rng.sample(self.slugs, 8)
        ]

    def _add_model(self, id_: str, rng: random.Random) -> None:
        variants = rng.sample(["", ":free", ":batch"], rng.randint(1, 3))
        for variant in variants:
            dollars = 0 if variant == ":free" else rng.randint(0, 3)
            price = f"0.00000{dollars}" if dollars else "0"
            prices = {"prompt": price, "pricing": {"completion": price}}
            context_length = rng.randint(1000, 9000)
            entry = listing(id_ + variant, f"{id_}-1", context_length=context_length, **prices)
            self.entries.append(entry)
            self.slugs.append(f"{id_}-1{variant}")

    def _day(self, rng: random.Random) -> Day:
        used = rng.sample(self.slugs, rng.randint(3, len(self.slugs)))
        return {**{slug: rng.randint(1, 6) for slug in used}, "other": rng.randint(0, 9)}

    def keep(self, tiny: TinyArchive) -> None:
        tiny.models(*self.entries)
        tiny.rankings(self.days)
        tiny.scores(*self.scores)
        tiny.evaluations(*self.evaluations)

    def tokens_of_the_week(self, of: Iterable[str]) -> int:
        """The tokens of these listings over the last seven days."""
        wanted = set(of)
        week = [day for at, day in self.days.items() if (LAST - at).days < 7]
        return sum(count for day in week for slug, count in day.items() if slug in wanted)

    def listings_of(self, model: str) -> list[str]:
        return [slug for slug in self.slugs if slug.partition(":")[0] == model]


def places(amounts: Mapping[str, int]) -> dict[str, int]:
    """The place of each name by its amount, ties by name, without those that have nothing."""
    known = {name: amount for name, amount in amounts.items() if amount}
    ordered = sorted(known, key=lambda name: (-known[name], name))
    return {name: at for at, name in enumerate(ordered, 1)}


def dear(entry: Json) -> bool:
    return any(float(entry["pricing"][side]) for side in ("prompt", "completion"))


def least_and_most(facts: RandomFacts, model: str, days: Iterable[date]) -> tuple[int, int]:
    """The tokens a model has on these days, and has at most with what the days do not name."""
    two_weeks = [day for at, day in facts.days.items() if (LAST - at).days < 14]
    known = [s for s in facts.listings_of(model) if any(s in day for day in two_weeks)]
    least, most = 0, 0
    for day in (facts.days[at] for at in days):
        named = [day[slug] for slug in known if slug in day]
        smallest = min(tokens for slug, tokens in day.items() if slug != "other")
        hidden = (len(known) - len(named)) * smallest
        least += sum(named)
        most += sum(named) + min(hidden, day["other"])
    return least, most


def open_ranks(facts: RandomFacts, model: str) -> tuple[int, int]:
    """The best and the worst rank of a model with any one day left out, (0, 0) for one without tokens."""
    week = [at for at in facts.days if (LAST - at).days < 7]
    models = {slug.partition(":")[0] for at in week for slug in facts.days[at] if slug != "other"}
    if model not in models:
        return 0, 0
    ranks: set[int] = set()
    for left_out in (None, *week):
        kept = [at for at in week if at != left_out]
        least, most = least_and_most(facts, model, kept)
        others = [least_and_most(facts, other, kept) for other in models - {model}]
        ranks.add(1 + sum(low > most for low, _ in others))
        ranks.add(1 + sum(high >= least for _, high in others))
    return min(ranks), max(ranks)


class Expected:
    """What a model's pages must say, from the facts alone."""

    def __init__(self, facts: RandomFacts, model: str) -> None:
        models = {slug.partition(":")[0] for slug in facts.slugs}
        sums = {one: facts.tokens_of_the_week(facts.listings_of(one)) for one in models}
        ranks = places(sums)
        everything = sum(sums.values()) + facts.tokens_of_the_week(["other"])
        self.rank, self.of = ranks.get(model), len(ranks)
        self.low, self.high = open_ranks(facts, model)
        self.tokens = sums[model] or None
        week = [at for at in facts.days if (LAST - at).days < 7]
        self.least_and_most = least_and_most(facts, model, week)
        self.share = sums[model] / everything if sums[model] else None
        entries = [one for one in facts.entries if one["canonical_slug"] == model]
        entries.sort(key=lambda one: (not dear(one), ":" in one["id"], one["id"]))
        first = entries[0] if entries else {}
        self.prompt = first.get("pricing", {}).get("prompt")
        self.context_length = first.get("context_length")
        others_free = any(not dear(one) for one in entries)
        self.also_free = "also free" if entries and dear(first) and others_free else None
        self.listing_tokens = {
            slug: facts.tokens_of_the_week([slug]) for slug in facts.listings_of(model)
        }
        self.listing_ranks = places(
            {slug: facts.tokens_of_the_week([slug]) for slug in facts.slugs}
        )


def expected_scores(facts: RandomFacts, model: str) -> set[tuple[str, float, int, int]]:
    """Each of the model's scores: measure, score, rank and number of models, by the best of each."""
    lists: dict[str, dict[str, float]] = {}
    named = [("Intelligence index", "intelligence_index"), ("Coding index", "coding_index")]
    scored = [(name, row, row[key]) for name, key in named for row in facts.scores]
    scored += [(row["benchmark_type"], row, row["accuracy"] * 100) for row in facts.evaluations]
    for name, row, value in scored:
        if value is not None:
            of = row["model_permaslug"].partition(":")[0]
            best = lists.setdefault(name, {})
            best[of] = max(best.get(of, value), value)
    return {
        (name, round(best[model], 1), 1 + sum(v > best[model] for v in best.values()), len(best))
        for name, best in lists.items()
        if model in best
    }


@pytest.mark.parametrize("seed", range(12))
def test_no_page_of_a_random_archive_mixes_listings_with_models(
    tiny: TinyArchive, seed: int
) -> None:
    facts = RandomFacts(seed)
    facts.keep(tiny)
    site = tiny.site()
    rows, entries, said = _author_rows(site), compared(site), badges(site)
    for slug, model in site.profiles.items():
        expected = Expected(facts, slug)
        _check_page(model, expected, expected_scores(facts, slug))
        _check_author_row(rows[slug], expected)
        _check_entry(entries[slug], expected)
        _check_badge(said.get(slug), expected)
    assert set(site.profiles) == {slug.partition(":")[0] for slug in facts.slugs}


def _author_rows(site: Site) -> dict[str, dict[str, Any]]:
    rows: dict[str, dict[str, Any]] = {}
    for author in site.authors.values():
        assert author.models is not None
        rows.update({str(row["model_permaslug"]): row for row in author.models.records()})
    return rows


def _check_page(
    model: ModelProfile, expected: Expected, scores: set[tuple[str, float, int, int]]
) -> None:
    assert (model.rank, model.tokens) == (expected.rank, expected.tokens)
    assert (model.of, model.share) == (expected.of, pytest.approx(expected.share))
    rows = table(model.listings, "model_permaslug", "total_tokens", "rank")
    assert {row[0] for row in rows} >= {
        slug for slug, tokens in expected.listing_tokens.items() if tokens
    }
    for slug, tokens, rank in rows:
        assert (tokens or 0, rank) == (
            expected.listing_tokens[slug],
            expected.listing_ranks.get(slug),
        )
    stated = table(model.scores, "measure_name", "score", "rank", "of") if model.scores else []
    assert set(stated) == scores
    if expected.rank:
        low, high = formats.ordinal(expected.low), formats.ordinal(expected.high)
        ranks = low if low == high else f"{low} to {high}"
        place = f" ranks {ranks} of {expected.of} models by tokens this week"
        assert f"{place}, with {_share(expected)} of the tokens" in model.finding


def _check_author_row(row: Mapping[str, Any], expected: Expected) -> None:
    assert (row["model_rank"], row["model_tokens"]) == (expected.rank, expected.tokens)
    assert (row["prompt"], row["also_free"]) == (expected.prompt, expected.also_free)
    assert row["context_length"] == expected.context_length


def _check_entry(values: Mapping[str, Any], expected: Expected) -> None:
    assert (values.get("model_rank"), values.get("model_tokens")) == (
        expected.rank,
        expected.tokens,
    )
    assert values.get("model_share") == pytest.approx(expected.share)
    assert values.get("prompt") == expected.prompt
    assert values.get("also_free") == expected.also_free
    assert values.get("context_length") == expected.context_length


def _check_badge(title: str | None, expected: Expected) -> None:
    if title is None:
        assert expected.rank is None
        return
    ranks = rank_words(expected.low, expected.high)
    assert f": No. {ranks} of {expected.of} models by tokens in 7 days" in title
    assert expected.share is not None
    assert f", {_share(expected)} of the tokens OpenRouter publishes" in title


def _share(expected: Expected) -> str:
    """The share in words: at least that where days outside the top fifty can have held more."""
    least, most = expected.least_and_most
    share = expected.share or 0.0
    return formats.share(share) if least == most else f"at least {formats.share_at_least(share)}"
