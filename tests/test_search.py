"""The search index: everything that has a page is in it, small enough to be fetched on a phone."""

import gzip
import json
import re
from dataclasses import replace
from typing import Any

from generator.base.attribution import LICENSE_ID
from generator.base.formats import UNNAMED
from generator.render.context import Context
from generator.render.search_index import PATH, make_search_index
from tests.board_samples import HOSTILE, MODELS
from tests.running import Built
from tests.site_samples import context, site
from tests.tiny_archive import TinyArchive, ago, app, listing, score

LARGEST = 40_000
"""Bytes, packed: what the box may cost a reader, index and script together."""


def _index(**changed: Any) -> dict[str, Any]:
    (artifact,) = make_search_index(context(site(**changed)))
    assert artifact.path == PATH
    assert isinstance(artifact.body, bytes)
    found: dict[str, Any] = json.loads(artifact.body)
    return found


def _addresses(index: dict[str, Any]) -> list[str]:
    return [group["at"] + row[1] for group in index["groups"] for row in group["rows"]]


def test_the_index_credits_its_sources_at_its_top() -> None:
    index = _index()
    assert list(index)[:3] == ["citation", "as_of", "license"]
    assert index["as_of"] in index["citation"]
    assert LICENSE_ID in index["license"]


def test_every_model_task_and_chart_is_found_under_its_name() -> None:
    groups = {group["kind"]: group for group in _index()["groups"]}
    found = {row[1] for row in groups["Model"]["rows"]}
    assert found == {one.path.removeprefix("models/") for one in MODELS if one.path}
    assert [row[0] for row in groups["Task"]["rows"]] == ["Classification", "Code Generation"]
    assert ["What does artificial-analysis say?", "aa-bars/"] in groups["Chart"]["rows"]


def test_the_most_used_models_come_first() -> None:
    models = next(group for group in _index()["groups"] if group["kind"] == "Model")
    assert [row[0] for row in models["rows"][:4]] == [
        "DeepSeek V4 Flash",
        "Hy3",
        "GPT-5.6 Luna",
        "MiMo-V2.5",
    ]


def test_a_model_says_its_author_and_rank_and_has_its_ids() -> None:
    models = next(group for group in _index()["groups"] if group["kind"] == "Model")
    assert models["rows"][2] == [
        "GPT-5.6 Luna",
        "openai/gpt-5.6-luna-20260709/",
        "openai · No. 3–4 (provisional)",
        "openai/gpt-5.6-luna-20260709:free",
    ]


def test_an_author_has_as_many_models_as_are_on_offer(tiny: TinyArchive) -> None:
    left = [listing("a/old"), listing("b/old")]
    tiny.models(listing("a/x"), *left, on=ago(1))
    tiny.models(listing("a/x"))
    (artifact,) = make_search_index(context(tiny.site(), {}))
    assert isinstance(artifact.body, bytes)
    groups = {group["kind"]: group["rows"] for group in json.loads(artifact.body)["groups"]}
    assert [row[:3] for row in groups["Author"]] == [["a", "a/", "1 model"], ["b", "b/", ""]]


def test_what_comes_from_data_that_may_not_be_redistributed_is_left_out() -> None:
    held = [replace(state, redistributable=False) for state in site().datasets]
    groups = {group["kind"]: group["rows"] for group in _index(datasets=tuple(held))["groups"]}
    assert groups["Model"][2][:3] == ["GPT-5.6 Luna", "openai/gpt-5.6-luna-20260709/", "openai"]
    assert groups["App"] == groups["Task"] == []


def test_a_page_is_found_by_everyday_words() -> None:
    pages = next(group for group in _index()["groups"] if group["kind"] == "Page")
    # A page may have no words but its name.
    words = {row[1]: row[4].split(", ") for row in pages["rows"] if len(row) > 4}
    assert "context window" in words["models/"]
    assert {"download", "api"} <= set(words["data/"])
    assert {"badge", "embed", "wordpress"} <= set(words["embed-guide/"])
    assert "intelligence index" in words["benchmarks/artificial-analysis/"]
    assert "csv of prices by day" in words["data/"]
    assert "blended price" in words["prices/"]
    assert "what is new this week" in words["changes/"]


def test_an_app_leads_to_its_row_in_the_narrowest_list_that_it_stands_in() -> None:
    apps = next(group for group in _index()["groups"] if group["kind"] == "App")
    assert apps["rows"][1][:2] == ["Claude Code", "coding/cli-agent/#app-1"]
    assert apps["rows"][1][2].startswith("CLI agent · No. 2 · ")
    assert HOSTILE in [row[0] for row in apps["rows"]]


def _rows(tiny: TinyArchive, *withheld: str) -> dict[str, list[list[str]]]:
    """The rows of each kind, where these datasets may not be redistributed."""
    site = tiny.site()
    states = [replace(state, redistributable=state.name not in withheld) for state in site.datasets]
    context = Context(tiny.history(), replace(site, datasets=tuple(states)))
    (artifact,) = make_search_index(context)
    assert isinstance(artifact.body, bytes)
    return {group["kind"]: group["rows"] for group in json.loads(artifact.body)["groups"]}


def test_how_many_models_an_author_has_is_left_out_with_the_model_list(tiny: TinyArchive) -> None:
    tiny.models(listing("a/x"))
    tiny.scores(score("a/x", 50.0))
    assert _rows(tiny)["Author"] == [["a", "a/", "1 model", "a"]]
    assert _rows(tiny, "models")["Author"] == [["a", "a/", "", "a"]]


def test_apps_come_by_use_then_by_name_and_lead_to_a_list_with_addresses(
    tiny: TinyArchive,
) -> None:
    used = [app(1, 500, name="Zed"), app(2, 400, name="Ada")]
    growing = [app(4, 9, name="beta"), app(3, 8, name="Alpha"), app(1, 7, name="Zed")]
    tiny.apps({"trending": growing, "popular": used})
    assert _rows(tiny)["App"] == [
        ["Zed", "#app-1", "No. 1 · 500 tokens"],
        ["Ada", "#app-2", "No. 2 · 400 tokens"],
        ["Alpha", "", "Fastest-growing"],
        ["beta", "", "Fastest-growing"],
    ]


def test_without_a_source_to_credit_there_is_no_index() -> None:
    assert list(make_search_index(context(site(datasets=()), {}))) == []


def test_the_index_of_the_demo_leads_to_pages_that_are_there_and_is_small(plain: Built) -> None:
    body = (plain.public / PATH).read_bytes()
    # One that stands in no category is not of one without a name.
    assert UNNAMED not in body.decode()
    addresses = _addresses(json.loads(body))
    assert len(addresses) > 300
    missing = []
    for address in addresses:
        path, _, row = address.partition("#")
        page = plain.public / path / "index.html"
        if not page.is_file() or (row and f'id="{row}"' not in page.read_text("utf-8")):
            missing.append(address)
    assert missing == []
    said = re.search(
        "OpenAI has the most, (\\d+)", (plain.public / "authors/index.html").read_text()
    )
    authors = next(group for group in json.loads(body)["groups"] if group["kind"] == "Author")
    (openai,) = [row for row in authors["rows"] if row[0] == "OpenAI"]
    assert said is not None
    assert openai[2].endswith(f"· {said[1]} models")
    script = (plain.public / "static/js/search.js").read_bytes()
    assert len(gzip.compress(body)) + len(gzip.compress(script)) < LARGEST


def test_twice_the_models_of_the_full_demo_still_fit(plain: Built) -> None:
    index = json.loads((plain.public / PATH).read_bytes())
    models = next(group for group in index["groups"] if group["kind"] == "Model")
    more = [
        [f"{name} {lap} {at}", f"{lap}{path[::-1]}", *rest]
        for lap in range(5)
        for at, (name, path, *rest) in enumerate(models["rows"])
    ]
    models["rows"] += more
    assert len(gzip.compress(json.dumps(index, ensure_ascii=False).encode())) < LARGEST
