"""site.toml: a site gets the name, the color, the pages and the rules of its owner, and nothing of anyone else's."""

import gzip
import io
import json
import re
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from generator.archive.history import History
from generator.base import attribution
from generator.base.contrast import ratio
from generator.base.errors import UsageError
from generator.base.palette import DARK, LIGHT, tints
from generator.base.site_config import Accent, Link, SiteConfig, read_config
from generator.boards import all_boards
from generator.boards.all_boards import BOARDS
from generator.charts import png
from generator.checks import check
from generator.cli import steps
from generator.cli.commands import cli
from generator.endpoints import BY_NAME
from generator.publish.folders import Folders
from generator.publish.stage import stage
from generator.render.board_files import CALENDAR, TARIFFS, make_board_files
from generator.render.board_files import FILES as BOARD_FILES
from generator.render.comparison_data import make_comparison_data
from generator.render.context import Context
from generator.render.page_list import read_pages
from generator.render.search_index import make_search_index
from generator.render.templates import Templates
from tests.drawings import DRAWINGS
from tests.forking import blank_bitmaps, know_some_lists
from tests.running import PUBLIC_URL, Built, files, leaderboards
from tests.schema_errors import schema_errors
from tests.tiny import DAY, archive
from tests.tiny_archive import TODAY, TinyArchive, daily, listing, score

ONLY_THERE = "1357.2468"
OWN = """
name = "Acme Index"
extended = true
description = "What Acme looks at."
contact = "models@acme.example"
accent = "#0b57d0"
footer = "Run by [Acme](https://acme.example/), see the [imprint](imprint/)."
templates = "own-templates"

[pages]
"imprint/" = "imprint.md"

[[menu]]
label = "Acme itself"
address = "https://acme.example/"

[[menu]]
label = "Our key"
address = "imprint/"
section = "What's new"

[datasets.benchmarks-design-arena]
redistributable = false

[datasets.app-rankings]
charted = false
"""
IMPRINT = """---
title: Imprint
description: Who runs this site.
name: Imprint
section: About
search: Imprint
---

Acme *Limited*.

```html
<p>Not a paragraph.
```
"""


def written(folder: Path, text: str) -> Path:
    """A site.toml with this text, a Markdown file and an empty folder beside it."""
    (folder / "own-templates").mkdir()
    (folder / "imprint.md").write_text(IMPRINT)
    (folder / "site.toml").write_text(text)
    return folder / "site.toml"


def one_rating(reply: Any) -> None:
    """Give the first row of each reply a rating that occurs nowhere else."""
    for row in reply["data"][:1]:
        row["elo"] = float(ONLY_THERE)


def of_one_author(reply: Any) -> None:
    """Leave out the models of all authors but one, whose charts are those of the others under other names."""
    if isinstance(reply["data"], list):
        reply["data"] = [
            row
            for row in reply["data"]
            if row.get("canonical_slug", row.get("model_permaslug")).startswith(
                ("deepseek/", "other")
            )
        ]


@pytest.fixture
def parsed(tmp_path: Path) -> Callable[[str], SiteConfig]:
    """``parsed(text)``: what a file with this text says."""

    def read(text: str) -> SiteConfig:
        (tmp_path / "site.toml").write_text(text)
        return read_config(tmp_path / "site.toml", BY_NAME)

    return read


@pytest.fixture(scope="module")
def own(once: Callable[..., dict[str, bytes]], first_day: Built) -> dict[str, bytes]:
    """Every file of a small site with a configuration of its own, by its path; only a few charts are drawn."""
    return once("own", _own)


def _own(folder: Path) -> dict[str, bytes]:
    config = written(folder, OWN)
    (folder / "own-templates" / "prose.html.j2").write_text(
        '{% extends "original/prose.html.j2" %}'
        "{% block content %}<p>From Acme.</p>{{ super() }}{% endblock %}"
    )
    site = Folders(folder / "site")
    few = dict.fromkeys(("rankings-daily", "models"), of_one_author)
    archive(site.data, {"benchmarks-design-arena": one_rating, **few})
    tiny = TinyArchive(site.data)
    tiny.slices({("modality", "text"): {date(2026, 8, 17): {"a/x": 7}}}, on=DAY)
    tiny.slices({("category", "marketing/seo"): {date(2026, 8, 10): {"a/x": 5, "a/y": 3}}}, on=DAY)
    DRAWINGS.lend(site.root)
    families = {"models-7d", "categories", "da", "da-arena", "design-arena", "apps", "changes"}
    families |= {"coding", "retirements"}
    makers = [maker for maker in BOARDS if families & set(maker.families)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(png, "png", blank_bitmaps())
        know_some_lists(patch)
        staged = stage(site, DAY, PUBLIC_URL, makers, read_config(config, BY_NAME))
    assert staged.omissions == ()
    assert [str(finding) for finding in check(staged.path).findings] == []
    return files(staged.path)


def unpacked(name: str, body: bytes) -> bytes:
    """Return what is in a file, packed or not."""
    if name.endswith(".gz"):
        return gzip.decompress(body)
    if name.endswith(".zip"):
        with zipfile.ZipFile(io.BytesIO(body)) as box:
            return b"\n".join(box.read(member) for member in box.namelist())
    return body


def test_nothing_of_the_default_name_is_left_in_a_site_with_a_name_of_its_own(
    own: dict[str, bytes],
) -> None:
    default = re.compile(rb"openrouter[ -](<b>|<tspan[^>]*>)?leaderboards", re.IGNORECASE)
    named = [name for name, body in own.items() if default.search(unpacked(name, body))]
    assert named == []
    for name in (
        "index.html",
        "data/v1/CITATION.cff",
        "data/v1/datapackage.json",
        "changes/feed.xml",
        "changes/feed.json",
        "oembed/tok-top-bar.json",
        "embed/tok-top-bar/index.html",
        f"d/{DAY}/index.html",
        f"d/{DAY}/embed/da-heat/index.html",
        "charts/tok-top-bar/index.html",
    ):
        assert b"Acme Index" in own[name], name
    front = own["index.html"].decode()
    assert '<a href="./" aria-current="page">Acme <b>Index</b></a>' in front
    assert '<meta name="description" content="What Acme looks at.">' in front
    assert '<a href="https://acme.example/" rel="noopener">Acme itself</a></li>' in front
    assert '<a href="mailto:models@acme.example" rel="noopener">models@acme.example</a>' in front
    assert "@misc{acme-index-" in own["attribution/index.html"].decode()
    assert b"PRODID:-//Acme Index//" in own["models/retirements/retirements.ics"]


def test_a_site_that_asks_for_more_has_its_pages_files_checksums_and_states(
    own: dict[str, bytes],
) -> None:
    states = {row["dataset"]: row for row in json.loads(own["data/v1/status.json"])["datasets"]}
    resources = json.loads(own["data/v1/datapackage.json"])["resources"]
    packaged = {resource["path"] for resource in resources}
    sums = own["SHA256SUMS"].decode()
    listed = own["data/index.html"].decode()
    for name, title, rows in (
        ("rankings-slices", "Model rankings by modality and context", 1),
        ("rankings-slices-weekly", "Model rankings by category and language type", 2),
    ):
        assert [states[name][key] for key in ("rows", "stale")] == [rows, False]
        assert title in listed
        page = own[f"data/{name}/index.html"].decode()
        assert title in page
        assert "Source: OpenRouter (openrouter.ai/rankings), as of 2026-08-18T" in page
        for file in ("latest.csv", "history.csv", "history/year=2026/month=8/part-0.parquet"):
            assert f"  data/v1/{name}/{file}\n" in sums
            assert f"{name}/{file}" in packaged
        for file in (f"{DAY}.json.gz", "schema.json", "history.schema.json", "croissant.json"):
            assert f"data/v1/{name}/{file}" in own
    assert (
        '<a href="categories/">Models by category of request' in own["rankings/index.html"].decode()
    )
    page = own["rankings/categories/index.html"].decode()
    finding = "In the week to 16 Aug 2026, a/x leads by estimated tokens in 1 of 1 category."
    assert finding in page.replace("\u00a0", " ")
    assert "Source: OpenRouter (openrouter.ai/rankings), as of 2026-08-18T" in page
    assert "Marketing: SEO" in own["rankings/categories/index.md"].decode()
    assert "rankings/categories/" in own["sitemap.xml"].decode()
    (first, _) = json.loads(own["data/v1/rankings-slices-weekly/history.json"])["rows"]
    assert {
        key: first[key] for key in ("slice_value", "valid_from", "valid_to", "provisional")
    } == {
        "slice_value": "marketing/seo",
        "valid_from": "2026-08-10",
        "valid_to": "2026-08-16",
        "provisional": True,
    }


def test_an_entry_of_the_menu_stands_beside_the_sections_or_among_the_views_of_one(
    own: dict[str, bytes],
) -> None:
    page = own["changes/index.html"].decode()
    header, views, footer = (
        page.partition(start)[2].partition(end)[0]
        for start, end in (
            ('<header class="top">', "</header>"),
            ('<nav class="views"', "</nav>"),
            ('<footer class="foot">', "</footer>"),
        )
    )
    assert header.count("Acme itself</a>") == 2
    assert "Acme itself" not in views + footer
    assert '<a href="../imprint/">Our key</a>' in views
    assert '<a href="../imprint/">Our key</a>' in footer
    assert "Our key" not in header


def test_the_sources_stay_credited_in_their_words(own: dict[str, bytes]) -> None:
    credit = b"Source: OpenRouter (openrouter.ai/rankings), as of 2026-08-"
    for name in ("index.html", "rankings/index.html", "charts/tok-top-bar.csv"):
        assert credit in own[name], name
    arena = b"Source: Design Arena (www.designarena.ai) via OpenRouter (openrouter.ai/rankings)."
    for name in ("benchmarks/design-arena/index.html", "charts/da-heat.svg"):
        assert arena in own[name], name


def test_the_accent_is_in_styles_icon_and_charts(own: dict[str, bytes]) -> None:
    styles = own["static/css/site.css"].decode()
    assert styles.count("--accent: #0b57d0") == 1
    usual = [LIGHT.accent, *tints(LIGHT.accent, LIGHT.paper)]
    usual += [DARK.accent, *tints(DARK.accent, DARK.paper)]
    default = re.compile("|".join(usual).encode())
    colored = {name: body for name, body in own.items() if name.endswith((".css", ".svg", ".json"))}
    assert [name for name, body in colored.items() if default.search(body)] == []


def test_an_own_page_stands_where_its_front_matter_says(own: dict[str, bytes]) -> None:
    page = own["imprint/index.html"].decode()
    assert "<p>Acme <em>Limited</em>.</p>" in page
    assert "<title>Imprint · Acme Index</title>" in page
    assert '<a href="../imprint/">Imprint</a></li>' in page
    assert '<pre><code class="language-html">&lt;p&gt;Not a paragraph.' in page
    assert b'"imprint/"' in own["search/index.json"]
    assert f"<loc>{PUBLIC_URL}imprint/</loc>" in own["sitemap.xml"].decode()


def test_an_own_template_takes_the_place_of_another_and_can_build_on_it(
    own: dict[str, bytes],
) -> None:
    page = own["about/index.html"].decode()
    assert "<p>From Acme.</p>" in page
    assert "<h1>About this site</h1>" in page


def test_no_file_holds_the_rows_of_a_dataset_that_may_not_be_redistributed(
    own: dict[str, bytes],
) -> None:
    held = {name for name, body in own.items() if ONLY_THERE.encode() in unpacked(name, body)}
    assert {name for name in held if not name.endswith(".html")} == set()
    # It is shown, and drawn.
    assert "benchmarks/design-arena/models/codecategories/index.html" in held
    assert {"charts/da-heat.svg", "charts/da-heat.narrow.dark.svg", "charts/da-heat.png"} <= set(
        own
    )
    kinds = re.compile(r"(charts/|embed/|d/.*)da-.*(json|csv|js|zip)")
    assert [name for name in own if kinds.fullmatch(name)] == []
    folder = "data/v1/benchmarks-design-arena/"
    assert [name for name in own if name.startswith(folder)] == [f"{folder}credits.json"]
    for page in ("data/benchmarks-design-arena", "attribution", "benchmarks/design-arena"):
        assert b"This data may not be redistributed" in own[f"{page}/index.html"], page
    # Its ratings are in a table with the data of other sources, too.
    assert [name for name in own if name.startswith("coding/")] == ["coding/index.html"]
    assert b"No files of this table: its data may not be redistributed." in own["coding/index.html"]
    assert b"not be redistributed: Design Arena ratings" in own["data/v1/LICENSE"]


def test_the_credits_of_a_withheld_dataset_keep_to_their_schema_and_broken_ones_do_not(
    own: dict[str, bytes],
) -> None:
    stated = json.loads(own["data/v1/benchmarks-design-arena/credits.json"])
    assert stated["days"]
    assert schema_errors("credits", stated) == []
    broken = stated | {"redistributable": True, "days": [{"day": "soon", "citations": []}]}
    assert len(schema_errors("credits", broken)) == 4


def test_an_oembed_answer_frames_the_embed_and_is_found_from_the_page(
    own: dict[str, bytes],
) -> None:
    answer = json.loads(own["oembed/tok-top-bar.json"])
    assert answer["version"] == "1.0"
    assert answer["type"] == "rich"
    assert f'src="{PUBLIC_URL}embed/tok-top-bar/"' in answer["html"]
    assert 'sandbox="allow-scripts ' in answer["html"]
    assert answer["citation"].startswith("Source: OpenRouter")
    link = f'type="application/json+oembed" href="{PUBLIC_URL}oembed/tok-top-bar.json"'
    for page in ("charts/tok-top-bar/index.html", "embed/tok-top-bar/index.html"):
        assert link in own[page].decode(), page


def test_every_oembed_answer_keeps_to_its_schema_and_a_broken_one_does_not(
    own: dict[str, bytes],
) -> None:
    answers = {name: json.loads(own[name]) for name in own if re.match("oembed/.*json", name)}
    charts = {name.split("/")[1] for name in own if re.fullmatch("charts/.*/index.html", name)}
    assert len(answers) > len(charts) > 5
    for path, answer in answers.items():
        assert schema_errors("oembed", answer) == [], path
    broken = answers["oembed/tok-top-bar.json"] | {"height": 0, "html": "<script>", "extra": 1}
    assert len(schema_errors("oembed", broken)) == 3


def test_no_file_of_a_board_holds_prices_or_ids_that_may_not_be_redistributed(
    tiny: TinyArchive,
) -> None:
    tiny.models(listing("a/public", "a/x-2026", "A: X", expiration_date="2098-12-31"))
    tiny.rankings(daily({"a/x-2026": 10}))
    tiny.scores(score("a/x-2026", 50, coding_index=40))

    def published(withheld: frozenset[str]) -> dict[str, bytes]:
        history = History(tiny.history().archive, TODAY, withheld)
        config = SiteConfig(withheld=withheld)
        site = all_boards.site(history, demo="", public_url="", version="1", config=config)
        context = Context(history, site)
        made = [*make_board_files(context), *make_comparison_data(context)]
        made += make_search_index(context)
        return {one.path: one.body for one in made if isinstance(one.body, bytes)}

    boards = {f"{path}.{kind}" for path in BOARD_FILES.values() for kind in ("json", "csv")}
    shared = {"compare/models.json", "search/index.json"}
    usual = published(frozenset())
    assert usual.keys() == boards | shared | {TARIFFS, CALENDAR}
    withheld = published(frozenset({"models"}))
    assert withheld.keys() == shared
    for path in shared:
        assert b"a/public" in usual[path], path
        assert b"a/public" not in withheld[path], path
        assert b"a/x-2026" in withheld[path], path


def test_a_short_credit_says_what_may_not_be_redistributed() -> None:
    open_, shut = attribution.rankings("2026-08-18"), attribution.apps("2026-08-18").as_withheld()
    day = "Source: OpenRouter, 18 Aug 2026"
    assert attribution.in_short([shut]) == f"{day}. May not be redistributed"
    both = "CC BY 4.0; parts may not be redistributed"
    assert attribution.in_short([open_, shut]) == f"{day}. {both}"
    all_three = "CC BY 4.0 except the model catalog; parts may not be redistributed"
    prices = attribution.models("2026-08-18")
    assert attribution.in_short([open_, shut, prices]) == f"{day}. {all_three}"


def test_what_is_not_to_be_charted_is_in_no_chart_and_still_on_its_pages(
    own: dict[str, bytes],
) -> None:
    assert [name for name in own if name.startswith(("charts/app-", "embed/app-"))] == []
    assert b"<table" in own["apps/index.html"]
    assert "data/v1/app-rankings/latest.csv" in own


@pytest.mark.parametrize(
    "command",
    [("build", "--demo"), ("render",), ("snapshot", "--plan"), ("export",), ("mirror", "s3://b")],
)
def test_a_file_beside_a_site_is_not_passed_over_by_a_command_in_another_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    file, site, elsewhere = tmp_path / "site.toml", tmp_path / "site", tmp_path / "elsewhere"
    elsewhere.mkdir()
    file.write_text('name = "Acme"')
    monkeypatch.chdir(elsewhere)
    expected = f"{file} is read only by commands in its own folder; name it with --config {file}"
    with pytest.raises(UsageError, match=f"^{re.escape(expected)}$"):
        cli.main([*command, "--site", str(site)], standalone_mode=False)
    assert not site.exists()
    assert steps.read_config(file, site).name == "Acme"
    monkeypatch.chdir(tmp_path)
    assert steps.read_config(None, Path("site")).name == "Acme"


def test_without_the_file_a_site_is_that_of_the_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert read_config(None, BY_NAME) == SiteConfig()
    written(tmp_path, "")
    assert read_config(None, BY_NAME) == SiteConfig(file=Path("site.toml"))
    assert SiteConfig().drawn_with == ()
    (tmp_path / "site.toml").unlink()
    (tmp_path / "site.toml").symlink_to("nowhere.toml")
    with pytest.raises(UsageError, match=r"site\.toml: cannot be read \(No such file"):
        read_config(None, BY_NAME)
    plain = "a { color: #9a3412 }"
    assert SiteConfig().recolored(plain) == plain


def test_a_color_for_dark_pages_is_derived_or_given(parsed: Callable[[str], SiteConfig]) -> None:
    def accent(text: str) -> Accent:
        return parsed(f"accent = {text}").accent

    derived = accent('"#0b57d0"')
    assert derived.light == "#0b57d0"
    assert ratio(derived.dark, DARK.paper) >= 4.5
    assert accent('{ light = "#0B57D0", dark = "#8AB4F8" }') == Accent("#0b57d0", "#8ab4f8")
    with pytest.raises(UsageError, match=r"accent: #ffcc00 has a contrast of 1\.4:1 .* would do"):
        accent('"#ffcc00"')
    with pytest.raises(UsageError, match=r"accent\.dark: #222222 has a contrast of 1\.1:1"):
        accent('{ light = "#0b57d0", dark = "#222222" }')


def test_the_footer_is_text_and_links(parsed: Callable[[str], SiteConfig]) -> None:
    assert parsed('footer = "By [us](https://a.example/) & [b](about/)"').footer == (
        Link("By "),
        Link("us", "https://a.example/"),
        Link(" & "),
        Link("b", "about/"),
    )


def test_a_file_may_begin_with_a_byte_order_mark(tmp_path: Path) -> None:
    file = tmp_path / "site.toml"
    file.write_bytes(b"\xef\xbb\xbfname = 'Acme'")
    assert read_config(file, ()).name == "Acme"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("nam = 'x'", "nam: no such key; use one of name, description, contact, accent, footer"),
        ("name = 3", 'name: expected text in quotes, as in name = "..."'),
        ("name = '<b>'", "name: expected at most 60 characters without"),
        ("name = 'a\\nb", "is not TOML"),
        ("menu = " + "[" * 100_000, "is not TOML"),
        ("contact = 'me'", "contact: expected an email address or an https:// address"),
        ("contact = 'http://a.example'", "contact: expected an email address or an https://"),
        ("accent = 'blue'", 'accent: expected a color as "#rrggbb"'),
        ("accent = {dark = '#ffffff'}", "accent.light: is missing"),
        ("accent = {lite = '#000000'}", "accent.lite: no such key; use one of light, dark"),
        ("footer = '<script>'", "footer: takes text and links, no HTML"),
        ("footer = '[a](javascript:x)'", "footer: 'javascript:x' is no address"),
        ("footer = '[a](https://x.example/a_(b))'", "footer: has a link with a space or a paren"),
        ("templates = 'none'", "templates: "),
        ("pages = 'x'", "pages: expected a table"),
        ("pages = {'Imprint' = 'imprint.md'}", 'pages."Imprint": expected an address'),
        ("pages = {'us/con/' = 'a.md'}", 'pages."us/con/": holds a name that Windows keeps'),
        ("pages = {'a/' = 'none.md'}", "is no Markdown file"),
        ("menu = 'x'", "menu: expected a list of tables"),
        ("menu = [{label = 'a'}]", "menu, entry 1.address: is missing"),
        ("menu = [{label = 'a', address = '//x'}]", "menu, entry 1.address: '//x' is no address"),
        ("menu = [{label='a', address='b/', section=''}]", "menu, entry 1.section: expected text"),
        ("[datasets.x]", "datasets.x: no such dataset; use one of app-rankings, "),
        ("[datasets.models]\ncharted = 'no'", "datasets.models.charted: expected true or false"),
        ("[datasets.models]\nshown = true", "datasets.models.shown: no such key"),
        # What stands below the heading of a table belongs to that table.
        (
            "[datasets.models]\nextended = true",
            "datasets.models.extended: move this line above the first line in [brackets]",
        ),
        ("[pages]\nname = 'x'", "pages.name: move this line above the first line in [brackets]"),
        ("[datasets]\nfooter = 'x'", "datasets.footer: move this line above the first line in"),
        ("[[menu]]\nname = 'x'", "menu, entry 1.name: move this line above the first line in"),
    ],
)
def test_what_cannot_be_used_is_refused_in_one_line_that_names_the_key(
    tmp_path: Path, text: str, line: str
) -> None:
    (tmp_path / "site.toml").write_text(text)
    with pytest.raises(UsageError) as caught:
        read_config(tmp_path / "site.toml", BY_NAME)
    said = str(caught.value)
    assert line in said
    assert said.startswith(str(tmp_path / "site.toml"))
    assert "\n" not in said


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (
            "about/",
            "the site has a page of its own there; choose another address, or put pages/about",
        ),
        ("models/ours/", "the site keeps its own files in models/; choose another address"),
    ],
)
def test_a_page_cannot_have_an_address_that_is_taken(tmp_path: Path, path: str, line: str) -> None:
    (tmp_path / "x.md").write_text(IMPRINT)
    with pytest.raises(UsageError, match=line):
        read_pages(own={path: tmp_path / "x.md"})


def test_a_page_that_is_replaced_keeps_its_place_unless_it_says_otherwise(tmp_path: Path) -> None:
    def listed(text: str, name: str = "index.md") -> tuple[str, str]:
        for old in (tmp_path / "pages" / "about").glob("*"):
            old.unlink()
        (tmp_path / "pages" / "about").mkdir(parents=True, exist_ok=True)
        (tmp_path / "pages" / "about" / name).write_text(text)
        (entry,) = (one for one in read_pages(overrides=tmp_path).entries if one.path == "about/")
        return entry.name, entry.template

    assert listed("Ours.\n", "index.html.j2") == ("About", "pages/about/index.html.j2")
    assert listed("---\nname: Us\n---\nOurs.\n") == ("Us", "pages/about/index.md")


def test_the_command_says_what_is_wrong_and_touches_nothing(tmp_path: Path) -> None:
    config = written(tmp_path, "[[menu]]\nlabel = 'x'\naddress = 'nowhere/'")
    site = tmp_path / "site"
    ran = leaderboards("render", "--site", site, "--config", config)
    assert ran.code == 2
    assert ran.err.strip().endswith(
        f"{config}: menu: 'nowhere/' is no page of this site; add it under [pages], or name another"
    )
    config.write_text("[[menu]]\nlabel = 'x'\naddress = 'about/'\nsection = 'News'")
    ran = leaderboards("render", "--site", site, "--config", config)
    assert ran.code == 2
    assert f"{config}: menu: 'News' is no section; use one of Rankings, Models, " in ran.err
    ran = leaderboards("render", "--site", site, "--config", tmp_path / "none.toml")
    assert ran.code == 2
    assert "none.toml: cannot be read (No such file or directory)" in ran.err


@pytest.mark.parametrize(
    ("card", "said"),
    [
        ("model-7d", "'model-7d' is no board; did you mean models-7d or "),
        ("tok-top-stack", "'tok-top-stack' is no board; the board of this chart is models-weekly"),
        ("da.elo.x", ""),
        ("da-elo", "'da-elo' is no board; the board of this chart is da"),
        ("zzz", "'zzz' is no board; use one of adoption, apps, apps-shares, "),
    ],
)
def test_the_card_of_a_page_is_a_board_or_the_page_is_named(
    tmp_path: Path, card: str, said: str
) -> None:
    page = tmp_path / "ours.md"
    page.write_text(f"---\ntitle: A\ndescription: B\nname: C\ncard: {card}\n---\nText.")
    config = written(tmp_path, "[pages]\n'imprint/' = 'ours.md'")
    ran = leaderboards("render", "--site", tmp_path / "site", "--config", config)
    (line,) = ran.err.splitlines()
    # A board that this site alone lacks may be there tomorrow: its page has another card until then.
    assert line.startswith(
        f"leaderboards: {page}: card: {said}" if said else "leaderboards: no data"
    )


def test_templates_are_found_by_the_same_layout(tmp_path: Path) -> None:
    (tmp_path / "prose.html.j2").write_text("{{ title }}!")
    assert Templates(overrides=tmp_path).render("prose.html.j2", {"title": "T"}) == "T!"


def test_what_is_kept_between_builds_depends_on_all_that_an_owner_may_change() -> None:
    changed = [
        SiteConfig(name="X"),
        SiteConfig(accent=Accent(light="#112233")),
        SiteConfig(accent=Accent(dark="#112233")),
        SiteConfig(withheld=frozenset({"models"})),
        SiteConfig(uncharted=frozenset({"models"})),
    ]
    known = [config.drawn_with for config in (SiteConfig(), *changed)]
    assert known[0] == ()
    assert len(set(known)) == len(known)
