"""What pages offer to take along, to compare, and to narrow."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from generator.archive.listings import ListingHistory, PricePoint
from generator.base.attribution import models as listed_credit
from generator.boards import model_prices
from generator.boards.board import Boards, Entity
from generator.boards.prepared_comparisons import prepared
from generator.endpoints.endpoint import Facts
from generator.endpoints.models import Pricing
from generator.render import table_body
from generator.render.citing import Citing, bibtex, bibtex_key
from generator.render.dataset_descriptions import describe_datasets
from generator.render.latest import Checksum
from generator.render.metadata import Metadata
from generator.render.page_list import read_pages
from generator.render.pages import render_pages
from tests.board_samples import boards
from tests.page_reading import Node, Trees, read
from tests.running import Built
from tests.site_samples import charts, context, site

PUBLIC = "https://someone.example/leaderboards/"
LEADER = "models/deepseek/deepseek-v4-flash-20260731/"


@pytest.fixture(scope="module")
def trees() -> Mapping[str, Node]:
    made = render_pages(context(site(public_url=PUBLIC)))
    return Trees({one.path: one.body.decode() for one in made if isinstance(one.body, bytes)})


def _copied(tree: Node) -> list[str]:
    return [node.text for node in tree.all("code")]


def test_a_model_is_cited_with_its_sources_its_address_and_as_bibtex(
    trees: Mapping[str, Node],
) -> None:
    copied = _copied(trees[f"{LEADER}index.html"])
    [entry] = [text for text in copied if text.startswith("@misc{")]
    assert f"url = {{{PUBLIC}{LEADER}}}" in entry
    assert any(
        text.startswith("Source: OpenRouter (openrouter.ai/rankings), as of ") for text in copied
    )


def test_an_author_is_cited_like_a_model(plain: Built) -> None:
    copied = _copied(read(plain.text("authors/deepseek/index.html")))
    assert [text for text in copied if text.startswith("@misc{")]


def test_what_means_something_to_tex_is_written_for_it() -> None:
    assert bibtex("50 % & {more} ^ a_b ~c \\d") == (
        r"50 \% \& \{more\} \textasciicircum{} a\_b \textasciitilde{}c \textbackslash{}d"
    )


def test_the_key_of_an_entry_has_nothing_that_ends_it_for_biber() -> None:
    assert bibtex_key("/tasks/data--extraction/") == "tasks-data--extraction"
    assert bibtex_key("agents/agenticslides(html)") == "agents-agenticslides-html-"
    assert bibtex_key("a~b c,d=e{f}g%h#i\"j'k\\l.1") == "a-b-c-d-e-f-g-h-i-j-k-l.1"


def test_a_page_is_cited_by_its_own_address_and_by_that_of_the_day_that_keeps_its_data() -> None:
    citing = Citing(site(public_url=PUBLIC), date(2026, 8, 17))
    kept = f"Archived version: {PUBLIC}d/2026-08-17/"
    assert citing.sentence("A & B", "models/a/x~é/") == (
        f"OpenRouter Leaderboards: A & B. Data as of 18 Aug 2026. {PUBLIC}models/a/x~%C3%A9/ {kept}"
    )
    assert citing.bibtex("A & B", "models/a/x~é/", ["One_source.", "Another."]) == (
        "@misc{openrouter-leaderboards-models-a-x-é-2026-08-18,\n"
        "  title = {A \\& B},\n"
        "  author = {{OpenRouter Leaderboards}},\n"
        "  year = {2026},\n"
        f"  url = {{{PUBLIC}models/a/x~%C3%A9/}},\n"
        f"  note = {{Data as of 18 Aug 2026. One\\_source. Another. {kept}}}\n"
        "}"
    )
    underscored = Citing(site(public_url="https://x.example/a_b/"), date(2026, 8, 17))
    note = "Data as of 18 Aug 2026.  Archived version: https://x.example/a\\_b/d/2026-08-17/"
    assert f"  note = {{{note}}}\n" in underscored.bibtex("A", "models/a/", [])
    without_data = Citing(site(), None)
    assert without_data.sentence("A", "models/a/").endswith(" https://example.org/models/a/")


def test_a_ranked_model_offers_its_badge_with_full_addresses(trees: Mapping[str, Node]) -> None:
    badge = f"{PUBLIC}badges/deepseek/deepseek-v4-flash-20260731.svg"
    offered = [text for text in _copied(trees[f"{LEADER}index.html"]) if badge in text]
    html, markdown = offered[:2]
    assert html.startswith(f'<a href="{PUBLIC}{LEADER}"><picture><source media=')
    assert f'<img src="{badge}" alt="Usage rank on OpenRouter" height="60">' in html
    assert markdown == f"[![Usage rank on OpenRouter]({badge})]({PUBLIC}{LEADER})"
    assert "badges/" not in "".join(_copied(trees["models/falak/barmaja/index.html"]))


def test_comparisons_stand_ready_under_addresses_of_their_own(trees: Mapping[str, Node]) -> None:
    paths = [one.path for one in prepared(site())]
    assert {"compare/", "compare/highest-scores/", "compare/rising/"} <= set(paths)
    for path in paths:
        tree = trees[f"{path}index.html"]
        [table] = [node for node in tree.all("table") if "beside-table" in node.get("class")]
        assert len(table.all("thead")[0].all("th")) in (3, 4, 5)
        [views] = [
            node for node in tree.all("nav") if node.get("aria-label") == "Prepared comparisons"
        ]
        assert [link.get("aria-current") for link in views.all("a")].count("page") == 1


def test_a_comparison_needs_two_models() -> None:
    movers = boards()["movers-7d"]
    alone = replace(movers, rows=movers.rows[:1])
    assert "compare/rising/" not in [one.path for one in prepared(site(boards=Boards([alone])))]


def _gone(day: str) -> ListingHistory:
    return ListingHistory(
        "a/b:free",
        "a/b-1",
        "B",
        0,
        "2026-08-01",
        day,
        None,
        [PricePoint("2026-08-01", Pricing("0.000001", "0.000004"))],
    )


def test_what_left_the_catalogue_keeps_its_last_prices_with_its_last_day() -> None:
    facts = Facts((), (listed_credit("2026-08-18"),))
    board = model_prices.board("a/b-1", Entity("a/b-1", "B"), [], facts, [_gone("2026-08-15")])
    [row] = board.rows
    assert (row["id"], row["prompt"], row["completion"]) == ("a/b:free", "0.000001", "0.000004")
    assert row["last_seen"] == date(2026, 8, 15)
    assert board.title == "What did B cost?"
    assert board.notes[-1] == (
        "Removed listings show the prices of their last day in the catalog, which no longer apply."
    )


def test_the_rows_of_a_long_table_wait_where_scripts_can_bring_them() -> None:
    board = boards()["catalogue"]
    long = replace(
        board, rows=tuple(board.rows[n % len(board.rows)] for n in range(table_body.LONG + 1))
    )
    late = 'late"'
    made = table_body.body(long, "")
    assert made.count(late) == table_body.LONG + 1 - table_body.AT_ONCE
    bodies = [body.count("<tr") for body in made.split("</tbody>")]
    assert bodies == [table_body.AT_ONCE] * 5 + [1, 0]
    short = table_body.body(replace(long, rows=long.rows[: table_body.LONG]), "")
    assert late not in short
    assert short.count("<tbody>") == 1


def test_the_newest_snapshot_is_described_with_its_name_and_checksum() -> None:
    listed = site(public_url=PUBLIC)
    name = listed.datasets[0].name
    files = {
        f"data/v1/{name}/2026-08-18.json.gz": Checksum("cd" * 32, 99),
        f"data/v1/{name}/2026-08-18.r2.json.gz": Checksum("ab" * 32, 12_345),
    }
    described = describe_datasets(listed, files)
    said = Metadata(read_pages(), listed, charts(), described).dataset(name)
    assert said is not None
    newest = said["distribution"][-1]  # type: ignore[index]
    assert newest["contentUrl"] == f"{PUBLIC}data/v1/{name}/2026-08-18.r2.json.gz"
    assert (newest["sha256"], newest["contentSize"]) == ("ab" * 32, "12345 B")
