"""site.toml: a site gets the name, the color, the pages and the rules of its owner, and nothing of anyone else's."""

import gzip
import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from generator.base.contrast import ratio
from generator.base.errors import UsageError
from generator.base.palette import DARK, LIGHT
from generator.base.site_config import Accent, Link, SiteConfig, read_config
from generator.boards.all_boards import BOARDS
from generator.checks import check
from generator.endpoints import BY_NAME
from generator.publish.stage import Folders, stage
from generator.render.page_list import read_pages
from generator.render.templates import Templates
from tests.drawings import DRAWINGS
from tests.running import PUBLIC_URL, Built, files, leaderboards
from tests.tiny import DAY, archive

ONLY_THERE = "1357.2468"
OWN = """
name = "Acme Index"
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
"""


def written(folder: Path, text: str) -> Path:
    """A site.toml with this text, a Markdown file and an empty folder beside it."""
    (folder / "own-templates").mkdir()
    (folder / "imprint.md").write_text(IMPRINT)
    (folder / "site.toml").write_text(text)
    return folder / "site.toml"


def one_rating(reply: Any) -> None:
    """Gives the first row of each reply a rating that stands nowhere else."""
    for row in reply["data"][:1]:
        row["elo"] = float(ONLY_THERE)


@pytest.fixture
def parsed(tmp_path: Path) -> Callable[[str], SiteConfig]:
    """``parsed(text)``: what a file with this text says."""

    def read(text: str) -> SiteConfig:
        (tmp_path / "site.toml").write_text(text)
        return read_config(tmp_path / "site.toml", BY_NAME)

    return read


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory, first_day: Built) -> dict[str, bytes]:
    """Every file of a small site of somebody's own, by its path; of the drawings only a few are made."""
    folder = tmp_path_factory.mktemp("own")
    config = written(folder, OWN)
    (folder / "own-templates" / "prose.html.j2").write_text(
        '{% extends "original/prose.html.j2" %}'
        "{% block content %}<p>From Acme.</p>{{ super() }}{% endblock %}"
    )
    site = Folders(folder / "site")
    archive(site.data, {"benchmarks-design-arena": one_rating})
    DRAWINGS.lend(site.root)
    families = {"models-7d", "design-arena", "apps", "changes"}
    makers = [maker for maker in BOARDS if families & set(maker.families)]
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
    assert '<a href="./">Acme <b>Index</b></a>' in front
    assert '<meta name="description" content="What Acme looks at.">' in front
    assert '<a href="https://acme.example/" rel="noopener">Acme itself</a></li>' in front
    assert '<a href="mailto:models@acme.example" rel="noopener">models@acme.example</a>' in front
    assert "@misc{acme-index-" in own["attribution/index.html"].decode()


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
    default = re.compile(f"{LIGHT.accent}|{DARK.accent}".encode())
    coloured = {
        name: body for name, body in own.items() if name.endswith((".css", ".svg", ".json"))
    }
    assert [name for name, body in coloured.items() if default.search(body)] == []


def test_an_own_page_stands_where_its_front_matter_says(own: dict[str, bytes]) -> None:
    page = own["imprint/index.html"].decode()
    assert "<p>Acme <em>Limited</em>.</p>" in page
    assert "<title>Imprint · Acme Index</title>" in page
    assert '<a href="../imprint/">Imprint</a></li>' in page
    assert b'"imprint/"' in own["search/index.json"]
    assert f"<loc>{PUBLIC_URL}imprint/</loc>" in own["sitemap.xml"].decode()


def test_an_own_template_takes_the_place_of_another_and_can_build_on_it(
    own: dict[str, bytes],
) -> None:
    page = own["about/index.html"].decode()
    assert "<p>From Acme.</p>" in page
    assert "<h1>About these leaderboards</h1>" in page


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
    assert b"not be redistributed: Design Arena ratings" in own["data/v1/LICENSE"]


def test_what_is_not_to_be_charted_is_in_no_chart_and_still_on_its_pages(
    own: dict[str, bytes],
) -> None:
    assert [name for name in own if name.startswith(("charts/app-", "embed/app-"))] == []
    assert b"<table" in own["apps/index.html"]
    assert "data/v1/app-rankings/latest.csv" in own


def test_without_the_file_a_site_is_that_of_the_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert read_config(None, BY_NAME) == SiteConfig()
    written(tmp_path, "")
    assert read_config(None, BY_NAME) == SiteConfig(file=Path("site.toml"))
    assert SiteConfig().drawn_with == ()
    plain = "a { color: #9a3412 }"
    assert SiteConfig().recoloured(plain) == plain


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


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("nam = 'x'", "nam: no such key; use one of name, description, contact, accent, footer"),
        ("name = 3", 'name: expected text in quotes, as in name = "..."'),
        ("name = '<b>'", "name: expected at most 60 characters without"),
        ("name = 'a\\nb", "is not TOML"),
        ("contact = 'me'", "contact: expected an email address or an https:// address"),
        ("contact = 'http://a.example'", "contact: expected an email address or an https://"),
        ("accent = 'blue'", 'accent: expected a color as "#rrggbb"'),
        ("accent = {dark = '#ffffff'}", "accent.light: is missing"),
        ("accent = {lite = '#000000'}", "accent.lite: no such key; use one of light, dark"),
        ("footer = '<script>'", "footer: takes text and links, no HTML"),
        ("footer = '[a](javascript:x)'", "footer: 'javascript:x' is no address"),
        ("templates = 'none'", "templates: "),
        ("pages = 'x'", "pages: expected a table"),
        ("pages = {'Imprint' = 'imprint.md'}", 'pages."Imprint": expected an address'),
        ("pages = {'a/' = 'none.md'}", "is no Markdown file"),
        ("menu = 'x'", "menu: expected a list of tables"),
        ("menu = [{label = 'a'}]", "menu, entry 1.address: is missing"),
        ("menu = [{label = 'a', address = '//x'}]", "menu, entry 1.address: '//x' is no address"),
        ("[datasets.x]", "datasets.x: no such dataset; use one of app-rankings, "),
        ("[datasets.models]\ncharted = 'no'", "datasets.models.charted: expected true or false"),
        ("[datasets.models]\nshown = true", "datasets.models.shown: no such key"),
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
    ran = leaderboards("render", "--site", site, "--config", tmp_path / "none.toml")
    assert ran.code == 2
    assert "none.toml: cannot be read (No such file or directory)" in ran.err


def test_templates_are_found_by_the_same_layout(tmp_path: Path) -> None:
    (tmp_path / "prose.html.j2").write_text("{{ title }}!")
    assert Templates(overrides=tmp_path).render("prose.html.j2", {"title": "T"}) == "T!"
