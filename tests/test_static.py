"""The files that pages share: style, scripts, icon."""

import gzip
import re
import shutil
from pathlib import Path

import pytest

from generator.base import browser_runtime, palette, resources
from generator.base.site_config import Accent, SiteConfig
from generator.render import static_files
from tests.contrast import contrast
from tests.running import Built

STATIC = resources.folder("static")
SHEET = (STATIC / "css" / "site.css").read_text(encoding="utf-8")


def _tokens(block: str) -> dict[str, str]:
    return dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", block))


def test_the_style_sheet_has_the_colors_of_the_palette() -> None:
    light = _tokens(SHEET.split("@media")[0])
    dark = _tokens(SHEET.split(':root[data-theme="dark"]')[1].split("}")[0])
    system = _tokens(SHEET.split(':root:not([data-theme="light"])')[1].split("}")[0])
    for theme, found in ((palette.LIGHT, light), (palette.DARK, dark), (palette.DARK, system)):
        for name in theme.__slots__:
            assert found[name] == getattr(theme, name), name


def test_authors_have_the_colors_of_the_dark_theme_in_pages_on_dark_screens(plain: Built) -> None:
    rules = plain.text("static/css/site.css").rpartition("@media screen {")[2]
    for light in palette.OWN_COLORS:
        both = f"light-dark({light},{palette.DARK_OF[light]})"
        assert f'[fill="{light}"]{{fill:{both}}}[stroke="{light}"]{{stroke:{both}}}' in rules


def test_pages_ask_for_scripts_and_styles_of_their_version_and_frozen_ones_for_any(
    plain: Built,
) -> None:
    version = f"?v={static_files.version(SiteConfig())}"
    asked: dict[bool, set[str]] = {True: set(), False: set()}
    for page in plain.public.rglob("*.html"):
        path = page.relative_to(plain.public).as_posix()
        is_frozen = bool(re.match(r"d/\d", path))
        html = page.read_text("utf-8")
        asked[is_frozen] |= set(
            re.findall(r'<(?:script|link)[^>]*"([^"]*static/[cj]s?s/[^"]*)"', html)
        )
    assert len(asked[False]) > 10
    assert not [url for url in asked[False] if not url.endswith(version)]
    assert asked[True]
    assert not [url for url in asked[True] if "?" in url]
    # What others name in their pages keeps its address.
    lines = plain.text("charts/tok-top-bar/index.html")
    assert "static/js/embed-host.js&#34;" in lines or 'static/js/embed-host.js"' in lines


def test_the_version_of_scripts_and_styles_is_that_of_their_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = static_files.version(SiteConfig())
    assert re.fullmatch(r"[0-9a-f]{8}", ours)
    assert static_files.version(SiteConfig(name="Another")) == ours
    assert static_files.version(SiteConfig(accent=Accent(light="#112233"))) != ours
    shutil.copytree(STATIC, tmp_path / "static")
    monkeypatch.setattr(resources, "folder", tmp_path.joinpath)
    assert static_files.version(SiteConfig()) == ours
    with (tmp_path / "static/js/page.js").open("a") as script:
        script.write("\n")
    assert static_files.version(SiteConfig()) != ours
    monkeypatch.undo()
    monkeypatch.setattr(browser_runtime, "CHECKSUMS", {"2": "0"})
    assert static_files.version(SiteConfig()) != ours


def test_text_can_be_read_in_both_themes() -> None:
    blocks = SHEET.split("@media")[0], SHEET.split(':root[data-theme="dark"]')[1].split("}")[0]
    for found in map(_tokens, blocks):
        for ink in ("ink", "soft", "accent", "up", "down"):
            for ground in ("paper", "wash"):
                assert contrast(found[ink], found[ground]) >= 4.5, (ink, ground)


def test_the_scripts_keep_to_their_size_and_ask_nothing_of_other_hosts() -> None:
    # Compressed, as they travel: types and comments are long and compress well. Heights asked for again by
    # late scripts, links passed on by WordPress, rows of tables, charts that have a name and undo a
    # choice, and boards in the zips of their years are in these.
    limits = {
        "table.js": 6144,
        "theme.js": 1536,
        "embed-host.js": 640,
        "embed.js": 2560,
        "chart.js": 1408,
        "explore.js": 8704,
        "frontier.js": 1664,
        "chart-page.js": 4736,
        "gallery.js": 1536,
        "moved.js": 1280,
    }
    for name, limit in limits.items():
        script = (STATIC / "js" / name).read_bytes()
        assert len(gzip.compress(script, 6)) < limit, name
        assert b"http" not in script, name
        assert b"eval(" not in script, name
        assert b"innerHTML" not in script, name


def test_the_style_sheet_loads_nothing() -> None:
    assert "url(" not in SHEET
    assert "@import" not in SHEET


def test_the_style_of_a_table_does_not_hang_on_its_rows() -> None:
    """All rows would get their style again whenever more of a long table arrives."""
    assert not re.findall(r"(?:table|tbody|\.board(?:\.[\w-]+)*):has\(", SHEET)
