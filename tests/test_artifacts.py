"""The files of a site as one stream: each made once, none that depends on which was made before it."""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

import pytest
from PIL import Image

from generator.archive.history import History
from generator.base.artifact import Artifact
from generator.base.files import sha256
from generator.boards import all_boards
from generator.charts import png
from generator.render import sitemap, static_files
from generator.render.all_artifacts import ARTIFACTS, artifacts
from generator.render.context import Context
from generator.render.downloads import make_downloads
from generator.render.latest import Checksum, latest_files
from generator.render.pages import render_pages
from generator.render.templates import Templates
from tests.forking import know_some_lists
from tests.site_samples import charts
from tests.tiny import DAY, archive
from tests.whole_files import read_whole

PUBLIC = "https://example.org/repo/"


@pytest.fixture(scope="module", autouse=True)
def _little_is_made(runtime: bytes) -> Iterator[None]:
    """Let sums of their pixels stand for bitmaps, and the script that the tests share for one that is bundled.

    Each list of apps has a page, a card and files: some of them show what all do.
    """

    def written(image: Image.Image, texts: Mapping[str, str], options: object = None) -> bytes:
        return repr((image.size, sha256(image.tobytes()), dict(texts))).encode()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(png, "written", written)
        know_some_lists(patch)
        patch.setattr(static_files, "runtime_js", lambda _cache: runtime)
        yield


@pytest.fixture(scope="module")
def context(tmp_path_factory: pytest.TempPathFactory) -> Context:
    """A tiny site that knows its address, with no chart and no earlier day."""
    history = History(archive(tmp_path_factory.mktemp("archive")), DAY)
    site = all_boards.site(history, demo="", public_url=PUBLIC, version="0")
    return Context(history, site, latest=latest_files(history, site))


def bodies(made: list[object]) -> dict[str, bytes]:
    return {
        part.path: part.body if isinstance(part.body, bytes) else part.body.read_bytes()
        for part in made
        if isinstance(part, Artifact)
    }


@pytest.fixture(scope="module")
def stream(context: Context) -> list[object]:
    made: list[object] = []
    for one in artifacts(context):
        made += read_whole([one]) if isinstance(one, Artifact) else [one]
    return made


@pytest.fixture(scope="module")
def made(stream: list[object]) -> dict[str, bytes]:
    return bodies(stream)


def test_makers_read_nothing_of_each_other(context: Context, made: dict[str, bytes]) -> None:
    data = list(read_whole(make_downloads(context)))
    published = {part.path: Checksum(part.sha256, part.size) for part in data}
    backwards: list[object] = []
    for make in reversed(ARTIFACTS):
        backwards += make(replace(context, published=published))
    assert bodies([*backwards, *data]) == made


def test_no_two_makers_claim_one_path(stream: list[object], made: dict[str, bytes]) -> None:
    assert len(stream) == len(made)


def test_each_page_is_stood_for_by_a_board_and_shows_a_card_that_is_made(
    context: Context, made: dict[str, bytes]
) -> None:
    # The source has no evaluations of its own yet.
    assert set(context.page_list.cards) - {"openrouter-evals", "session-cost"} <= set(
        context.site.boards
    )
    pages = {path: body.decode() for path, body in made.items() if path.endswith("index.html")}
    found = {path: re.findall(f'og:image" content="{PUBLIC}([^"]+)', pages[path]) for path in pages}
    shown = {path: cards for path, cards in found.items() if cards}
    assert len(shown) > 30
    assert [path for path, (card, *more) in shown.items() if more or card not in made] == []


def test_the_checksums_on_a_page_are_those_of_the_files(made: dict[str, bytes]) -> None:
    page = made["data/rankings-daily/index.html"].decode()
    index = json.loads(made["data/v1/index.json"])
    (dataset,) = [one for one in index["datasets"] if one["dataset"] == "rankings-daily"]
    (table,) = [one for one in dataset["files"] if one["path"] == "rankings-daily/latest.csv"]
    assert f'"sha256": "{table["sha256"]}"' in page
    assert f"{table['sha256']}  rankings-daily/latest.csv\n" in made["data/v1/SHA256SUMS"].decode()
    assert table["bytes"] == len(made["data/v1/rankings-daily/latest.csv"])


class CountedTemplates(Templates):
    """Templates that count what they rendered."""

    rendered = 0

    def render(self, name: str, values: Mapping[str, object]) -> str:
        self.rendered += 1
        return super().render(name, values)


def test_pages_are_rendered_one_at_a_time(context: Context) -> None:
    templates = CountedTemplates()
    stream = render_pages(replace(context, templates=templates))
    for count in (1, 2, 3):
        next(stream)
        assert templates.rendered == count


def test_the_sitemap_lists_pages_but_not_those_that_ask_to_be_left_out(
    made: dict[str, bytes],
) -> None:
    sitemap = made["sitemap.xml"].decode()
    for path in ("", "rankings/", "about/", "data/rankings-daily/"):
        assert f"<loc>{PUBLIC}{path}</loc>" in sitemap
    for path in ("search/", "embed/", "404.html", "robots.txt"):
        assert f"{PUBLIC}{path}" not in sitemap


@pytest.mark.parametrize(
    ("path", "as_of"),
    [
        ("benchmarks/design-arena/", "2026-08-17T06:00:00Z"),
        ("data/benchmarks-design-arena/", "2026-08-17T06:00:00Z"),
        ("apps/coding/", "2026-08-16T06:00:00Z"),
        ("prices/changes/", "2026-08-15T06:00:00Z"),
        ("rankings/", "2026-08-18T23:30:00Z"),
    ],
)
def test_a_page_last_changed_when_its_newest_facts_did(
    context: Context, path: str, as_of: str
) -> None:
    times = {
        "benchmarks-design-arena": "2026-08-17T06:00:00Z",
        "app-rankings": "2026-08-16T06:00:00Z",
        "models": "2026-08-15T06:00:00Z",
        "rankings-daily": "2026-08-18T23:30:00Z",
    }
    states = tuple(
        replace(state, as_of=times.get(state.name, "2026-08-01")) for state in context.site.datasets
    )
    dated = replace(context, site=replace(context.site, datasets=states))
    assert str(sitemap.changed_on(dated, path)) == as_of[:10]


def test_the_page_of_a_chart_changed_when_its_own_sources_did(context: Context) -> None:
    chart = charts()["app-top"]
    dated = replace(chart, citations=(replace(chart.citations[0], as_of="2026-08-09"),))
    with_chart = replace(context, charts={"app-top": dated})
    assert str(sitemap.changed_on(with_chart, "charts/app-top/")) == "2026-08-09"


def test_no_page_changed_after_the_build_and_of_prose_nobody_knows(context: Context) -> None:
    late = tuple(replace(state, as_of="2026-09-21") for state in context.site.datasets)
    dated = replace(context, site=replace(context.site, datasets=late))
    assert sitemap.changed_on(dated, "tasks/") == DAY
    assert sitemap.changed_on(dated, "about/") is None


def test_the_sitemap_states_a_day_only_where_one_is_known(made: dict[str, bytes]) -> None:
    lines = made["sitemap.xml"].decode().splitlines()
    (data,) = [line for line in lines if f"<loc>{PUBLIC}data/rankings-daily/</loc>" in line]
    assert data.endswith(f"<lastmod>{DAY}</lastmod></url>")
    assert f"<url><loc>{PUBLIC}about/</loc></url>" in lines


def test_a_page_tells_programs_the_day_that_the_sitemap_states(made: dict[str, bytes]) -> None:
    assert f'"dateModified": "{DAY}"' in made["rankings/index.html"].decode()
    assert '"@type": "WebPage"' in made["about/index.html"].decode()
    assert "dateModified" not in made["about/index.html"].decode()


def test_the_citation_file_names_the_address_of_the_data(made: dict[str, bytes]) -> None:
    assert f'url: "{PUBLIC}data/"\n' in made["data/v1/CITATION.cff"].decode()


def test_the_page_of_all_data_links_the_files_that_describe_it(made: dict[str, bytes]) -> None:
    page = made["data/index.html"].decode()
    for name in ("datapackage.json", "identity.json", "index.schema.json", "SHA256SUMS"):
        assert f"data/v1/{name}" in page
        assert f"data/v1/{name}" in made


def test_a_dataset_can_be_cited_with_bibtex_and_a_day_of_it_checked(
    made: dict[str, bytes],
) -> None:
    page = made["data/rankings-daily/index.html"].decode()
    assert "@misc{openrouter-leaderboards-data-rankings-daily-" in page
    snapshot = f"data/v1/rankings-daily/{DAY}.json.gz"
    digest = hashlib.sha256(made[snapshot]).hexdigest()
    assert f"{digest}  {DAY}.json.gz&#39; | sha256sum --check" in page
    assert page.count('id="cite"') == 1
