"""What others can take of a site beside its live charts: frozen embeds, oEmbed answers, badges."""

import html
import re
from datetime import timedelta
from pathlib import Path
from xml.etree import ElementTree as ET

from PIL import Image

from generator.base import palette
from generator.charts.chart import SIZES
from tests.fewer_replies import RANKED
from tests.running import LAST, Built

BEFORE = LAST - timedelta(days=1)
PICTURES = tuple(f"{size.suffix}{end}" for size in SIZES for end in (".svg", ".dark.svg"))


def _main(built: Built) -> list[str]:
    return sorted(
        path.stem.removesuffix(".600") for path in (built.public / "charts").glob("*.600.png")
    )


def test_a_frozen_embed_shows_what_the_site_of_that_day_showed(
    first_day: Built, second_day: Built
) -> None:
    compared = 0
    for id_ in _main(first_day):
        for end in PICTURES:
            frozen = second_day.public / f"d/{BEFORE}/charts/{id_}{end}"
            assert frozen.read_bytes() == (first_day.public / f"charts/{id_}{end}").read_bytes(), (
                id_,
                end,
            )
            compared += 1
    assert compared > 20


def test_only_an_embed_of_a_day_gone_by_speaks_of_a_newer_one(plain: Built) -> None:
    old, new = (plain.text(f"d/{day}/embed/tok-top-bar/index.html") for day in (BEFORE, LAST))
    assert "newer version" in old
    assert "newer version" not in new
    assert "it does not follow the data" in old
    assert "it does not follow the data" in new
    assert 'name="robots" content="noindex"' in old


def test_every_line_of_the_embed_guide_leads_to_a_file_of_the_site(plain: Built) -> None:
    guide = html.unescape(plain.text("embed-guide/index.html")).replace("<day>", str(LAST))
    addresses = set(re.findall(r"https://example\.org/([^\s\"?)&<]+)", guide))
    assert {f"d/{LAST}/charts/tok-top-stack.600.png", "embed/tok-top-bar/"} < addresses
    for address in addresses:
        path = plain.public / address
        assert (path / "index.html" if address.endswith("/") else path).is_file(), address


def test_without_an_address_there_is_no_oembed(plain: Built) -> None:
    assert not (plain.public / "oembed").exists()
    assert "json+oembed" not in plain.text("charts/tok-top-bar/index.html")


def test_every_ranked_model_has_a_badge_with_its_rank_and_the_credit(plain: Built) -> None:
    made = sorted((plain.public / "badges").rglob("*.svg"))
    assert len(made) == 4 * RANKED
    for path in made:
        small = ".small" in path.suffixes
        assert path.with_name(
            path.name.replace(".svg", ".dark.svg").replace(".dark.dark", ".dark")
        ).is_file()
        root = ET.fromstring(path.read_bytes())  # noqa: S314 - a file that was drawn here
        texts = {element.tag.rpartition("}")[2]: element.text or "" for element in root}
        assert re.search(r": No\. \d+(–\d+)? of \d+ models by tokens in 7 days", texts["title"])
        assert texts["desc"].startswith("Source: OpenRouter (openrouter.ai/rankings), as of ")
        assert texts["desc"].endswith("Licensed under CC BY 4.0.")
        seen = [element.text or "" for element in root if element.tag.endswith("text")]
        assert root.get("height") == ("20" if small else "60")
        alone = ", provisional" if small else ""
        assert f"most used on OpenRouter this week{alone}" in seen
        assert texts["title"].endswith(", provisional")
        assert re.fullmatch(r"#\d+(–\d+)?", seen[0])
        name = re.sub(
            r"(\.small)?(\.dark)?\.svg$", "", path.relative_to(plain.public / "badges").as_posix()
        )
        own = palette.author_color(name.partition("/")[0])
        color = palette.DARK_OF[own] if ".dark" in path.suffixes else own
        assert color in path.read_text(encoding="utf-8")
        page = plain.text(f"models/{name}/index.html")
        for form in (".svg", ".dark.svg", ".small.svg", ".small.dark.svg"):
            assert f"badges/{name}{form}" in page


def test_a_chart_page_offers_every_file_that_it_has(plain: Built) -> None:
    for id_ in (*_main(plain), "da-elo.models.codecategories"):
        page = plain.text(f"charts/{id_}/index.html")
        for end in (
            ".csv",
            ".json",
            ".vl.json",
            ".metadata.json",
            ".svg",
            ".dark.svg",
            ".png",
            ".zip",
        ):
            assert (f"charts/{id_}{end}" in page) == Path(
                plain.public, f"charts/{id_}{end}"
            ).is_file(), (id_, end)


def test_something_is_drawn_on_each_bitmap(demo: Built) -> None:
    bitmaps = sorted(demo.public.glob("charts/*.png")) + sorted(
        demo.public.glob("d/*/charts/*.png")
    )
    assert len(bitmaps) > 80
    # As many as are quick to look at, of charts and cards alike.
    for path in bitmaps[::7]:
        colors = Image.open(path).convert("RGB").getcolors(2**16)
        assert colors is not None, path
        assert len(colors) > 16, path
