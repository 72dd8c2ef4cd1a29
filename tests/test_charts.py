"""Every chart of the catalog, drawn from boards with hostile names."""

import csv
import gzip
import io
import json
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterable
from dataclasses import replace
from html import unescape
from importlib.metadata import PackageNotFoundError
from itertools import combinations, product
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import altair
import pytest
from PIL import Image

import generator.charts.catalogue
from generator.base import formats, palette, resources
from generator.base.artifact import Slice
from generator.base.dates import Window
from generator.base.errors import LeaderboardsError
from generator.boards import mover_words
from generator.boards.board import BoardId, rows_of
from generator.boards.movers import MoverRow
from generator.charts import compiler, native
from generator.charts.catalogue import CHARTS, tok_movers, tok_top_bar
from generator.charts.chart import SIZES, WIDE, DrawnChart, UndrawnChart
from generator.charts.compiler import compiled
from generator.charts.draw import draw_all, failures
from generator.charts.frame import Wording, framed
from generator.charts.kinds import text_width
from generator.charts.native import CannotLoad
from generator.charts.runtime import runtime_js, unsupported_transforms
from generator.charts.svg import RECOLOR
from tests.chart_samples import (
    HOSTILE,
    LEADER,
    boards,
    cannot_load,
    covered,
    daily,
    one_of_each,
    used,
)
from tests.tiny_archive import TinyArchive, weeks

PICTURES = tuple(f"{size.suffix}{end}" for size in SIZES for end in (".svg", ".dark.svg"))
COMPILED = tuple(f"{size.suffix}.vg.json" for size in SIZES)
SPECS = (".vl.json", *COMPILED)
TOLD_BY_COLOR = (
    "tok-top-stack",
    "tok-author-share",
    "tok-rank-bump",
    "tok-history",
    "tok-adoption",
    "use-test-taste",
    "task-trend",
)
"""The charts whose series stand so close that their colors, too, have to tell them apart."""
_LIGHT_NEUTRALS = {getattr(palette.LIGHT, name) for name in palette.LIGHT.__slots__}
NEUTRAL = _LIGHT_NEUTRALS | {RECOLOR[color] for color in _LIGHT_NEUTRALS}


def _text(one: DrawnChart, suffix: str) -> str:
    return one.file(suffix).decode("utf-8")


def _bodies(one: DrawnChart) -> dict[str, bytes]:
    suffixes = (file.path.removeprefix(f"charts/{one.id}") for file in one.files)
    return {suffix: one.file(suffix) for suffix in suffixes}


def _tree(svg: bytes | str) -> ET.Element:
    return ET.fromstring(svg)  # noqa: S314 - a file that was drawn here


def _texts(svg: bytes) -> list[str]:
    return [" ".join(element.itertext()) for element in _tree(svg).iter() if _is(element, "text")]


def _is(element: ET.Element, name: str) -> bool:
    return element.tag.rpartition("}")[2] == name


def _colors(svg: str) -> set[str]:
    return set(re.findall(r"#[0-9a-f]{6}", svg))


def test_every_chart_is_drawn_from_its_board(drawn: dict[str, DrawnChart]) -> None:
    assert {one.chart for one in drawn.values()} == {chart.id for chart in CHARTS}


def test_every_file_of_the_catalogue_is_in_its_tuple() -> None:
    folder = Path(generator.charts.catalogue.__file__).parent
    written = {path.stem.replace("_", "-") for path in folder.glob("*.py")} - {"--init--"}
    assert written == {chart.id for chart in CHARTS}


def test_ids_are_distinct_and_variants_carry_the_rest_of_the_boards_id(
    drawn: dict[str, DrawnChart],
) -> None:
    assert len({chart.id for chart in CHARTS}) == len(CHARTS)
    variants = {
        "app-top",
        "app-top.coding.cli-agent",
        "da-elo.models.codecategories",
        "task-models.code--general_impl",
    }
    assert variants < set(drawn)
    assert "tok-model.deepseek.model-0" in drawn


def test_a_board_without_rows_gives_no_chart(drawn: dict[str, DrawnChart]) -> None:
    assert not [id_ for id_ in drawn if "legal" in id_]


def test_the_bytes_do_not_depend_on_order_or_cache(tmp_path: Path) -> None:
    """Nor do they on process or time zone, which a test of builds shows."""
    chosen = {"models-7d", "model.deepseek.model-0"}
    some = {id_: one for id_, one in boards().items() if id_ in chosen}
    first = list(draw_all(some, tmp_path))
    assert list(draw_all(dict(reversed(some.items())), tmp_path)) == first
    anew = [_bodies(one) for one in draw_all(some)]
    assert anew == [_bodies(one) for one in first]


def test_a_warm_cache_draws_nothing_and_a_damaged_one_is_drawn_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    some = {"models-7d": used()}
    first = list(draw_all(some, tmp_path))
    kept = {path: path.read_bytes() for path in (tmp_path / "charts").iterdir()}
    with monkeypatch.context() as patched:
        # Neither is a drawing composed, nor its kind built.
        patched.setattr("generator.charts.draw.framed", None)
        patched.setattr("generator.charts.draw.compiler", None)
        assert list(draw_all(some, tmp_path)) == first
    assert {path: path.read_bytes() for path in kept} == kept
    for path, content in kept.items():
        path.write_bytes(content.replace(b"</svg>", b"<b/></svg>"))
    assert list(draw_all(some, tmp_path)) == first
    assert {path: path.read_bytes() for path in kept} == kept


def test_where_a_package_cannot_be_loaded_one_sentence_names_it_the_cure_and_all_charts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Broken:
        def __getattr__(self, _name: str) -> Any:
            raise ImportError("libx.so.6: cannot open shared object file")

    monkeypatch.setattr(compiler, "alt", Broken())
    monkeypatch.setattr(compiler, "altair_fault", compiler.altair_fault.__wrapped__)
    monkeypatch.setattr(compiler, "COMPILED", {})
    ids = (used().id, BoardId("da", "models", "a"), BoardId("da", "models", "b"))
    some = {id_: replace(used(), id=id_) for id_ in ids}
    charts = [tok_top_bar.CHART, replace(tok_top_bar.CHART, id="many", board="da.models.")]
    undrawn = list(draw_all(some, charts=charts))
    assert [chart.id for chart in undrawn] == ["tok-top-bar", "many.a", "many.b"]
    assert all(isinstance(chart, UndrawnChart) and chart.has(".csv") for chart in undrawn)
    (sentence,) = failures(chart for chart in undrawn if isinstance(chart, UndrawnChart))
    assert sentence == (
        "3 charts could not be drawn: "
        "the package altair cannot be loaded (ImportError: libx.so.6: cannot open shared object file); "
        "install it again, with what it needs: pip install --force-reinstall altair "
        "(they are tok-top-bar, many (2))"
    )


def test_without_a_package_the_charts_in_the_cache_are_drawn_and_the_cache_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    board = used()
    (drawn,) = draw_all({board.id: board}, tmp_path, [tok_top_bar.CHART])
    kept = {path.name for path in (tmp_path / "charts").iterdir()}
    monkeypatch.setattr(native, "vega_to_svg", cannot_load)
    later = replace(board, title="Another")
    (undrawn,) = draw_all({board.id: later}, tmp_path, [tok_top_bar.CHART])
    assert isinstance(undrawn, UndrawnChart)
    assert {path.name for path in (tmp_path / "charts").iterdir()} >= kept
    assert list(draw_all({board.id: board}, tmp_path, [tok_top_bar.CHART])) == [drawn]


def test_charts_of_packages_that_are_not_installed_are_looked_for_and_not_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def is_missing(name: str) -> str:
        raise PackageNotFoundError(name)

    for module in ("cache", "runtime"):
        monkeypatch.setattr(f"generator.charts.{module}.version", is_missing)
    monkeypatch.setattr(native, "vega_to_svg", cannot_load)
    monkeypatch.setattr(native, "javascript_bundle", cannot_load)
    (undrawn,) = draw_all({"models-7d": used()}, tmp_path, [tok_top_bar.CHART])
    assert isinstance(undrawn, UndrawnChart)
    assert undrawn.reason.startswith("the package vl-convert-python cannot be loaded (not there);")
    with pytest.raises(CannotLoad, match="vl-convert-python"):
        runtime_js(tmp_path)


def test_a_python_without_altair_can_import_every_kind_and_says_so_at_its_first_use() -> None:
    program = (
        "import importlib.util as u; found = u.find_spec\n"
        "u.find_spec = lambda name, *more: None if name == 'altair' else found(name, *more)\n"
        "from generator.charts import catalogue, compiler; print(compiler.altair_fault())"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert (ran.stdout, ran.stderr) == ("ModuleNotFoundError: No module named 'altair'\n", "")


def test_files_stay_in_the_cache_and_are_held_only_where_it_cannot_be_written(
    tmp_path: Path,
) -> None:
    some = {"models-7d": used()}
    (tmp_path / "charts").write_text("not a folder")
    (held,), (kept,) = (
        list(draw_all(some, folder, [tok_top_bar.CHART]))
        for folder in (tmp_path, tmp_path / "other")
    )
    for file, in_cache in zip(held.files, kept.files, strict=True):
        assert isinstance(in_cache.body, Slice)
        assert file == replace(in_cache, body=in_cache.body.read_bytes())
        assert file.size == in_cache.size


def test_a_cache_forgets_what_is_drawn_no_more_and_a_kind_that_is_stays(tmp_path: Path) -> None:
    before = used()
    later = replace(before, title="Another")
    names = []
    for board in (before, before, later):
        list(draw_all({board.id: board}, tmp_path))
        names.append({path.name for path in (tmp_path / "charts").iterdir()})
    assert names[0] == names[1]
    assert len(names[2]) == len(names[0])
    kinds = names[0] & names[2]
    assert 0 < len(kinds) < len(names[0])


def test_every_file_carries_every_credit_line(drawn: dict[str, DrawnChart]) -> None:
    for one in drawn.values():
        for suffix in (*PICTURES, *SPECS, ".json", ".csv"):
            body = unescape(_text(one, suffix))
            for citation in one.citations:
                assert citation.full.rstrip(".") in body, (one.id, suffix)


def test_the_credit_can_be_read_inside_the_picture(drawn: dict[str, DrawnChart]) -> None:
    for one in drawn.values():
        for suffix in PICTURES:
            shown = " ".join(_texts(one.file(suffix)))
            assert all(citation.full in shown for citation in one.citations), (one.id, suffix)
            assert one.title in shown
            assert one.subtitle in shown


def test_pictures_say_the_finding_to_those_who_cannot_see_them(
    drawn: dict[str, DrawnChart],
) -> None:
    for one in drawn.values():
        root = _tree(one.file(".svg"))
        texts = {element.tag.rpartition("}")[2]: element.text or "" for element in root[:2]}
        assert texts["title"] == one.title
        assert one.alt in texts["desc"]
        assert root.attrib["role"] == "img"


def test_the_alternative_text_states_the_leader(drawn: dict[str, DrawnChart]) -> None:
    assert drawn["tok-top-bar"].alt == f"{LEADER} leads with 20.0% of tokens."
    assert drawn["tok-movers"].alt == f"{LEADER} gained the most, 900 billion tokens."
    assert drawn["aa-bars"].alt.startswith(
        f"{LEADER} leads on the intelligence index with 63.1, ahead of "
    )
    assert drawn["da-elo.models.codecategories"].alt.startswith(
        f"{LEADER} has the highest rating in all coding categories, 1,403.2; "
    )
    assert (
        drawn["task-macro"].alt
        == "Code is the most common type of work with 40.0% of requests; Agent uses the most tokens, 40.0%."
    )
    for one in drawn.values():
        compared = (
            r"\blead|\bmost\b|highest|largest|longest|peaked|at least|between|from .* to|lower"
        )
        assert re.search(compared, one.alt), one.id
        assert one.alt.endswith("."), one.id


def test_hostile_names_are_shown_as_text_and_nothing_else(drawn: dict[str, DrawnChart]) -> None:
    for one in drawn.values():
        for suffix in PICTURES:
            body = _text(one, suffix)
            tags = {element.tag.rpartition("}")[2] for element in _tree(body).iter()}
            assert tags <= {
                "svg",
                "title",
                "desc",
                "rect",
                "g",
                "path",
                "text",
                "tspan",
                "line",
                "clipPath",
                "defs",
            }, one.id
            assert not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", body)
            assert not re.search(r"<[^>]*\s(href|xlink:href|style|on\w+)=", body)
        for suffix in COMPILED:
            assert "<" not in _text(one, suffix), f"{one.id}: a script element could be closed"


def test_a_name_of_three_hundred_letters_is_cut_to_its_room(drawn: dict[str, DrawnChart]) -> None:
    shown = set(_texts(drawn["tok-top-bar"].file(".narrow.svg")))
    (cut,) = [text for text in shown if text.startswith("WWWW")]
    assert cut.endswith("…")
    assert len(cut) < 40


def test_names_of_all_scripts_reach_the_picture(drawn: dict[str, DrawnChart]) -> None:
    shown = set(_texts(drawn["tok-top-bar"].file(".svg")))
    assert {HOSTILE[0], HOSTILE[4], HOSTILE[7]} <= shown


def test_each_color_has_one_in_the_dark_twin_which_has_none_of_the_light_one(
    drawn: dict[str, DrawnChart],
) -> None:
    for one in drawn.values():
        for light, dark in zip(PICTURES[::2], PICTURES[1::2], strict=True):
            used_light, used_dark = _colors(_text(one, light)), _colors(_text(one, dark))
            assert not used_dark & set(RECOLOR), one.id
            assert {RECOLOR[color] for color in used_light} == used_dark, one.id


def test_neutral_colors_have_one_counterpart_each_and_are_no_authors() -> None:
    assert len(NEUTRAL) == 2 * len(palette.LIGHT.__slots__)
    assert not NEUTRAL & set(palette.AUTHORS.values())


def test_at_most_ten_series_are_colored(drawn: dict[str, DrawnChart]) -> None:
    for name in ("tok-top-stack", "tok-rank-bump", "tok-author-share"):
        colors = {one for one in _series_colors(drawn[name]).values() if one != palette.LIGHT.other}
        assert 0 < len(colors) <= 10, name
        for one, other in combinations(colors, 2):
            assert palette.distance(one, other) >= palette.APART, (name, one, other)


def test_an_author_has_tones_of_one_color_in_every_chart(drawn: dict[str, DrawnChart]) -> None:
    found = 0
    for one in drawn.values():
        for series, color in _series_colors(one).items():
            author = series.partition("/")[0]
            if author in palette.AUTHORS and color != palette.LIGHT.other:
                assert color in palette.tones(author), (one.id, series)
                found += 1
    assert found > 20


@pytest.mark.parametrize("name", TOLD_BY_COLOR)
def test_series_that_color_tells_apart_have_colors_far_from_each_other(
    drawn: dict[str, DrawnChart], name: str
) -> None:
    charts = [one for one in drawn.values() if one.chart == name]
    assert charts
    for one in charts:
        by_color: dict[str, set[str]] = {}
        for series, color in _series_colors(one).items():
            by_color.setdefault(color, set()).add(series.partition("/")[0])
        assert len(by_color) > 1, one.id
        for color, authors in by_color.items():
            assert color == palette.LIGHT.other or len(authors) == 1, (one.id, color)
        for color, near in combinations(by_color, 2):
            assert palette.distance(color, near) >= palette.APART, (one.id, color, near)


@pytest.mark.parametrize("name", ["tok-free", "tok-open-weights", "price-steps"])
def test_parts_and_directions_can_be_told_apart(drawn: dict[str, DrawnChart], name: str) -> None:
    colors = set(_series_colors(drawn[name]).values())
    assert len(colors) > 2
    for one, other in combinations(colors, 2):
        assert palette.distance(one, other) >= palette.APART, (one, other)


def test_the_vega_lite_spec_has_the_colors_of_its_series_in_scales(
    drawn: dict[str, DrawnChart],
) -> None:
    for one in drawn.values():
        scales: list[dict[str, Any]] = []
        for layer in json.loads(one.file(".vl.json"))["layer"]:
            for channel in layer.get("encoding", {}).values():
                if isinstance(channel, dict):
                    scales.append(channel.get("scale") or {})
        assert _colors_of(scales) == _series_colors(one), one.id


def _series_colors(one: DrawnChart) -> dict[str, str]:
    """Return the color of each value of the scales of a chart that have colors."""
    return _colors_of(json.loads(one.file(".vg.json")).get("scales", []))


def _colors_of(scales: Iterable[dict[str, Any]]) -> dict[str, str]:
    colors: dict[str, str] = {}
    for scale in scales:
        values = scale.get("range")
        if isinstance(values, list) and values and str(values[0]).startswith("#"):
            colors |= dict(zip(scale["domain"], values, strict=True))
    return colors


def test_who_led_a_week_and_is_gone_is_named_in_the_picture(tiny: TinyArchive) -> None:
    tiny.rankings(weeks({"z/gone": 9, "a/x": 5}, {"a/x": 5, "b/x": 4}))
    for id_ in ("models-weekly", "models-ranks"):
        [one] = draw_all({id_: tiny.board(id_)}, pictures_only=True)
        assert isinstance(one, DrawnChart)
        for picture in PICTURES[::2]:
            assert any("gone" in text for text in _texts(one.file(picture))), (id_, picture)


def test_a_week_outside_the_top_fifty_breaks_the_line(drawn: dict[str, DrawnChart]) -> None:
    rows = json.loads(drawn["tok-rank-bump"].file(".vl.json"))["datasets"]["rows"]
    runs = {row["run"] for row in rows if row["series"].endswith("model-3")}
    assert len(runs) == 2


def test_a_day_outside_the_top_fifty_is_a_band_and_not_a_zero() -> None:
    (one,) = draw_all({"model.deepseek.model-0": daily()})
    data = json.loads(one.file(".vl.json"))["datasets"]
    assert len(data["gaps"]) == 12
    assert len({row["run"] for row in data["rows"]}) == 4
    assert all(row["total_tokens"] > 0 for row in data["rows"])
    dots = re.findall(
        rf'<path [^>]*d="M[^"]*A[^"]*"[^>]*fill="{palette.AUTHORS["deepseek"]}"', _text(one, ".svg")
    )
    assert dots, "a lone day is a point"


def _place(root: ET.Element, wanted: ET.Element) -> tuple[float, float]:
    """Return where an element stands in a picture: the sum of the shifts of all that it lies in."""
    x = y = 0.0
    inside = {child: parent for parent in root.iter() for child in parent}
    element: ET.Element | None = wanted
    while element is not None:
        shift = re.match(r"translate\(([-\d.]+),([-\d.]+)\)", element.attrib.get("transform", ""))
        if shift:
            x, y = x + float(shift[1]), y + float(shift[2])
        element = inside.get(element)
    return x, y


def _still(one: DrawnChart, **params: Any) -> bytes:
    """Return the picture that the live drawing shows when these parameters are set."""
    spec = json.loads(one.file(".vg.json"))
    for signal in spec["signals"]:
        signal["value"] = params.get(signal["name"], signal.get("value"))
        if "update" in signal:
            del signal["value"]
    return native.vega_to_svg(json.dumps(spec)).encode()


def test_picture_and_live_drawing_have_the_same_frame(drawn: dict[str, DrawnChart]) -> None:
    for one in drawn.values():
        live = json.loads(one.file(".vg.json"))
        root = _tree(one.file(".svg"))
        padding = live["padding"]
        assert float(root.attrib["width"]) == live["width"] + padding["left"] + padding["right"]
        assert float(root.attrib["height"]) == live["height"] + padding["top"] + padding["bottom"]
        plot = next(element for element in root if _is(element, "g"))
        assert plot.attrib["transform"] == f"translate({padding['left']:g},{padding['top']:g})"


def test_every_title_begins_at_the_margin_whatever_is_drawn_above_the_plot(
    drawn: dict[str, DrawnChart],
) -> None:
    for one, size in product(drawn.values(), SIZES):
        root = _tree(one.file(f"{size.suffix}.svg"))
        headline = next(text for text in root.iter() if text.attrib.get("font-size") == "16px")
        left, top = _place(root, headline)
        assert left == size.margin, one.id
        assert abs(top - (size.margin + 15.6)) < 1, (one.id, size.name, top)


def test_nothing_runs_out_of_the_picture(drawn: dict[str, DrawnChart]) -> None:
    for one in drawn.values():
        for size, picture in zip(SIZES, one.pictures, strict=True):
            assert (picture.size, picture.width) == (size.name, size.width)
            root = _tree(one.file(f"{size.suffix}.svg"))
            assert root.attrib["viewBox"] == f"0 0 {picture.width} {picture.height}"
            assert 150 < picture.height < 1100


def test_words_of_a_drawing_have_two_sizes_and_its_title_and_credit_their_own(
    drawn: dict[str, DrawnChart],
) -> None:
    for one, size in product(drawn.values(), SIZES):
        sizes = set(re.findall(r'font-size="([\d.]+)px"', _text(one, f"{size.suffix}.svg")))
        assert sizes <= {"10.5", "12", "13", "16"}, (one.id, size.name)


def test_long_words_wrap_and_are_never_lost() -> None:
    chart, board = tok_top_bar.CHART, used()
    title, subtitle = "Which " * 30 + "?", "word " * 200
    for size in SIZES:
        frame = framed(chart.draw(board, size), size, Wording(title, subtitle), board.citations)
        headline = frame.params["headline"]
        assert isinstance(headline, list)
        assert " ".join(headline) == " ".join(title.split())
        assert frame.params["lines"] == frame.byline
        assert " ".join(frame.byline) == " ".join(subtitle.split())


def test_the_vega_lite_spec_is_whole_and_valid(drawn: dict[str, DrawnChart]) -> None:
    seen: set[str] = set()
    for one in drawn.values():
        spec = json.loads(one.file(".vl.json"))
        assert spec["$schema"].startswith("https://vega.github.io/schema/vega-lite/v6")
        assert spec["description"] == one.alt
        assert spec["usermeta"]["citation"] == " ".join(citation.full for citation in one.citations)
        assert spec["usermeta"]["as_of"] == one.citations[0].as_of
        assert {"license", "datasets"} <= spec["usermeta"].keys()
        assert {layer["data"]["name"] for layer in spec["layer"]} == set(spec["datasets"])
        params = {param["name"]: param.get("value") for param in spec["params"]}
        assert " ".join(params["headline"]) == " ".join(one.title.split())
        layers = [_with_new_parts(layer, seen) for layer in spec["layer"]]
        altair.LayerChart.validate(spec | {"layer": [layer for layer in layers if layer]})


def _with_new_parts(layer: dict[str, Any], seen: set[str]) -> dict[str, Any]:
    """Return a layer with those of its parts that are in no layer before it, and with its mark.

    Each part is valid or not by itself, and charts share most of theirs: five of six need not be looked at again.
    """

    def is_new(*part: object) -> bool:
        before = len(seen)
        seen.add(json.dumps(part, sort_keys=True))
        return len(seen) > before

    mark = {"mark": layer["mark"]}
    new = {name: part for name, part in layer.items() if is_new(name, part)}
    if "encoding" in new:
        channels = new["encoding"].items()
        new["encoding"] = {name: one for name, one in channels if is_new("encoding", name, one)}
    if "transform" in new:
        new["transform"] = [one for one in new["transform"] if is_new("transform", one)]
    return mark | new if new else {}


def test_compiled_specs_fetch_nothing_and_need_nothing_that_the_runtime_lacks(
    drawn: dict[str, DrawnChart],
) -> None:
    for one in drawn.values():
        for suffix in COMPILED:
            spec: dict[str, Any] = json.loads(one.file(suffix))
            assert not [entry for entry in spec["data"] if "url" in entry]
            assert unsupported_transforms(spec) == set()
            given = spec["usermeta"].pop("recolor")
            used = _colors(json.dumps(spec)) & set(RECOLOR)
            assert given == {color: RECOLOR[color] for color in used}


def test_only_the_live_spec_has_tooltips_and_both_compute_their_subtitle() -> None:
    for chart, board in one_of_each().values():
        kind = compiled(chart.draw(board, WIDE).template)
        assert "tooltip" in json.dumps(kind.live), chart.id
        assert "tooltip" not in json.dumps(kind.still), chart.id
        for spec in (kind.live, kind.still):
            names = {signal["name"] for signal in spec["signals"]}
            assert {"byline", "days_said", "late_said"} <= names, chart.id


def test_the_guard_names_transforms_that_the_runtime_leaves_out() -> None:
    inner = {"type": "group", "data": [{"name": "b", "transform": [{"type": "regression"}]}]}
    spec = {
        "data": [{"name": "a", "transform": [{"type": "geojson"}, {"type": "filter"}]}],
        "marks": [inner],
    }
    assert unsupported_transforms(spec) == {"geojson", "regression"}


def test_csv_cells_are_no_formulas_and_the_credit_stands_in_the_first_row(
    drawn: dict[str, DrawnChart],
) -> None:
    body = _text(drawn["tok-top-bar"], ".csv")
    assert "\r" not in body
    rows = list(csv.DictReader(io.StringIO(body)))
    assert "'=HYPERLINK(1)" in {row["model_permaslug_name"] for row in rows}
    assert all(row["total_tokens"].isdigit() for row in rows)
    credits_ = [[row["citation"], row["as_of"], row["license"]] for row in rows]
    as_of = "2026-08-18T06:00:00.000Z"
    stated = f"Source: OpenRouter (openrouter.ai/rankings), as of {as_of}."
    assert credits_[0] == [f"{stated} Licensed under CC BY 4.0.", as_of, "CC-BY-4.0"]
    assert credits_[1:] == [["", as_of, ""]] * (len(rows) - 1)


def test_the_rows_are_the_boards_own(drawn: dict[str, DrawnChart]) -> None:
    for one in drawn.values():
        data = json.loads(one.file(".json"))
        assert data["rows"] == json.loads(json.dumps(one.board.records(), ensure_ascii=False))
        assert data["title"] == one.title


def test_a_chart_that_fails_is_named_and_the_others_are_drawn(drawn: dict[str, DrawnChart]) -> None:
    held = boards()
    some = {id_: held[id_] for id_ in ("models-7d", "movers-7d", "tasks-macro")}
    broken = replace(held["tasks-macro"], id=BoardId("movers-7d"))
    done = list(draw_all({**some, "movers-7d": broken}, pictures_only=True))
    assert [chart.id for chart in done] == [
        one.id for one in drawn.values() if one.board.id in some
    ]
    assert done[0].chart != done[-1].chart != "tok-movers"
    (failed,) = [chart for chart in done if isinstance(chart, UndrawnChart)]
    assert failed.id == "tok-movers"
    assert failed.reason.startswith("TypeError: ")


@pytest.mark.parametrize("sign", [1, -1])
def test_a_week_in_which_all_rise_or_all_fall_is_drawn(sign: int) -> None:
    board = boards()["movers-7d"]
    rows = tuple(row for row in board.rows if (row.number("difference") or 0) * sign > 0)
    (one,) = draw_all({board.id: replace(board, rows=rows)})
    signs = {text.removeprefix("≥ ").removeprefix("≤ ")[:1] for text in _texts(one.file(".svg"))}
    assert ("+" in signs, "−" in signs) == (sign > 0, sign < 0)


def test_numbers_that_are_only_the_least_possible_say_so_and_are_rounded_down() -> None:
    board = used()
    first = replace(board.rows[0], total_tokens_high=9 * 10**15, share=0.14567)
    item = tok_top_bar.CHART.draw(replace(board, rows=(first,)), SIZES[0])
    text = str(dict(item.data))
    assert "≥ 14.5%" in text
    assert f"≥ {formats.tokens_at_least(int(first.number('total_tokens') or 0))}" in text
    movers = boards()["movers-7d"]
    fall = {"difference": -293_990_000_000, "difference_low": -9 * 10**11, "change": -0.5566}
    drawn = tok_movers.CHART.draw(
        replace(movers, rows=(replace(movers.rows[0], **fall, change_low=-0.9),)), SIZES[0]
    )
    text = str(dict(drawn.data))
    assert "≤ −293 B" in text
    assert "≤ −55.6%" in text
    (mover,) = rows_of(replace(movers, rows=movers.rows[:1]), MoverRow)
    open_change = replace(mover, change=None, change_low=-0.1, change_high=0.2)
    assert mover_words.change(open_change) == "", "nothing is certain of it"


def test_a_change_that_is_not_firm_is_a_gray_bar(drawn: dict[str, DrawnChart]) -> None:
    rows = json.loads(drawn["tok-movers"].file(".vl.json"))["datasets"]["rows"]
    assert [row["group"] == "not firm" for row in rows] == [False, True, False, False]
    assert "not firm" in rows[1]["more"]
    assert _series_colors(drawn["tok-movers"])["not firm"] == palette.LIGHT.other


def test_the_first_week_of_a_history_is_drawn() -> None:
    for name in ("models-weekly", "authors-weekly", "models-ranks"):
        board = boards()[name]
        rows = tuple(row for row in board.rows if row["week"] == board.rows[-1]["week"])
        (one,) = draw_all({name: replace(board, rows=rows)})
        assert any("deepseek" in text.lower() for text in _texts(one.file(".svg")))


def test_the_runtime_is_small_sets_one_global_and_is_kept_as_long_as_it_is_whole(
    runtime: bytes, shared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert len(gzip.compress(runtime, 9)) < 175_000
    assert re.findall(rb"window\.(\w+)=", runtime) == [b"leaderboardsVega"]
    assert runtime.startswith(b"(()=>{")

    bundled: list[str] = []

    def bundle(snippet: str, _version: str) -> str:
        bundled.append(snippet)
        return runtime.decode().removeprefix('(()=>{"use strict";').removesuffix("})();\n")

    monkeypatch.setattr(native, "javascript_bundle", bundle)
    (stored,) = (shared / "runtime").iterdir()
    kept = tmp_path / stored.name
    shutil.copy(stored, kept)
    assert runtime_js(tmp_path) == runtime
    assert bundled == []
    kept.write_bytes(runtime[:-1])
    assert runtime_js(tmp_path) == runtime
    kept.unlink()
    kept.mkdir()
    assert runtime_js(tmp_path) == runtime
    assert len(bundled) == 2
    monkeypatch.setattr(native, "javascript_bundle", lambda *_: "planted()")
    with pytest.raises(LeaderboardsError, match=r"not the known one: its sha256 is [0-9a-f]{64}"):
        runtime_js()


def test_the_notices_name_what_the_runtime_is_made_of() -> None:
    notices = (resources.folder("static") / "THIRD-PARTY.txt").read_text(encoding="utf-8")
    for words in ("Interactive Data Lab", "BSD 3-Clause", "Mike Bostock", "ISC License"):
        assert words in notices


def _png_texts(png_bytes: bytes) -> dict[str, str]:
    """Return the texts inside a PNG, by keyword."""
    image = Image.open(io.BytesIO(png_bytes))
    image.load()
    return {str(name): value for name, value in image.info.items() if isinstance(value, str)}


def test_a_bitmap_is_small_and_has_the_words_of_its_picture() -> None:
    (one,) = draw_all({"models-7d": used()}, charts=[tok_top_bar.CHART])
    assert len(one.file(".png")) < 120_000
    drawn = Image.open(io.BytesIO(one.file(".png"))).convert("L")
    # The title stands above the plot, in ink.
    assert drawn.crop((0, 0, drawn.width, 60)).getextrema()[0] < 80


def test_a_bitmap_says_whose_data_it_shows(drawn: dict[str, DrawnChart]) -> None:
    for one in drawn.values():
        assert one.has(".png") == (
            not one.is_variant and one.chart not in ("tok-model", "tok-author")
        ), one.id
        if one.has(".png"):
            body, letter = one.file(".png"), one.file(".600.png")
            assert one.bitmap[0] == 2 * one.wide.width
            assert int.from_bytes(letter[16:20], "big") == 600
            assert _png_texts(letter) == _png_texts(body)
            said = _png_texts(body)
            assert said["Title"] == one.title
            assert all(citation.full in said["Copyright"] for citation in one.citations)
            assert one.bitmap[0] / one.bitmap[1] == pytest.approx(
                one.wide.width / one.wide.height, rel=0.01
            )


def test_a_zip_has_the_files_and_a_readme_and_never_says_when_it_was_made(
    drawn: dict[str, DrawnChart],
) -> None:
    one = drawn["tok-top-bar"]
    with zipfile.ZipFile(io.BytesIO(one.file(".zip"))) as box:
        names = box.namelist()
        assert names[0] == "README.txt"
        for name in names[1:]:
            assert box.read(name) == one.file(name.removeprefix(one.id))
        assert all(citation.full in box.read("README.txt").decode() for citation in one.citations)
        assert {member.date_time for member in box.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert {".csv", ".json", ".metadata.json", ".svg", ".vl.json"} == {
        name.removeprefix(one.id) for name in names[1:]
    }


def test_the_metadata_says_what_each_column_is_and_what_was_computed_here(
    drawn: dict[str, DrawnChart],
) -> None:
    for one in drawn.values():
        said = json.loads(one.file(".metadata.json"))
        assert said["finding"] == one.alt
        assert all(said[key] for key in ("citation", "as_of", "license"))
        assert [column["name"] for column in said["columns"]] == [
            column.key for column in one.board.columns
        ]


def test_the_metadata_names_the_unit_of_the_rows_where_pages_show_another(
    drawn: dict[str, DrawnChart],
) -> None:
    units: dict[str, set[str]] = {}
    for one in drawn.values():
        for column in json.loads(one.file(".metadata.json"))["columns"]:
            units.setdefault(column["kind"], set()).add(column["unit"].partition(",")[0])
    assert units["price"] == {"US dollars per token"}
    assert units["share"] == units["change"] == {"fraction"}
    assert units["rank"] == {""}


def test_a_chart_whose_board_lacks_what_it_is_about_is_not_drawn(
    drawn: dict[str, DrawnChart],
) -> None:
    assert {"da-elo.models.website", "da-podium.models.codecategories"} < set(drawn)
    assert not {"da-podium.models.website", "da-speed.models.website"} & set(drawn)


def test_the_podium_gives_the_interval_of_its_own_measure_and_the_leader_of_the_page(
    drawn: dict[str, DrawnChart],
) -> None:
    said = drawn["da-podium.models.codecategories"].alt
    assert said.startswith(
        f"By share of first places {LEADER} is highest: first in 44.4% of 27 tournaments "
        "(95% CI 27.6–62.7%); 9 others' intervals reach into it. "
    )
    assert said.endswith(drawn["da-elo.models.codecategories"].alt)


def test_no_line_is_drawn_across_a_rebasing(drawn: dict[str, DrawnChart]) -> None:
    rows = json.loads(drawn["fr-cheapest"].file(".vl.json"))["datasets"]["rows"]
    sides: dict[str, set[bool]] = {}
    for row in rows:
        sides.setdefault(row["run"], set()).add(row["date"] >= "2026-06-18")
    assert all(len(side) == 1 for side in sides.values())
    assert (
        "Lines break on 18 Jun 2026: the index was re-based by then."
        in drawn["fr-cheapest"].subtitle
    )
    assert "17 Aug 2026" in drawn["fr-time"].subtitle
    assert "19 May 2026" not in drawn["fr-time"].subtitle, (
        "a day before the re-basing is compared with nothing"
    )


def test_days_that_may_be_restated_are_dashed() -> None:
    board = daily()
    board = replace(
        board, coverage=covered(Window(board.rows[0]["date"], board.rows[-1]["date"]), 3)
    )
    (one,) = draw_all({board.id: board})
    assert 'stroke-dasharray="3,3"' in _text(one, ".svg")
    (settled,) = draw_all({board.id: daily()})
    assert 'stroke-dasharray="3,3"' not in _text(settled, ".svg")


def test_a_years_worth_of_one_model_stays_small() -> None:
    (one,) = draw_all({"model.deepseek.model-0": daily()})
    assert (
        sum(len(one.file(file.path.removeprefix(f"charts/{one.id}"))) for file in one.files)
        < 160_000
    )


def test_every_control_has_a_default_and_names_a_field_of_the_rows(
    drawn: dict[str, DrawnChart],
) -> None:
    for one in drawn.values():
        spec = json.loads(one.file(".vg.json"))
        fields = {key for data in spec["data"] for row in data.get("values", ()) for key in row}
        for control in one.controls:
            assert control.key in {
                "range", "stack", "scale", "focus", "index", "length", "events", "ratio"
            }  # fmt: skip
            assert [option.value for option in control.options].count("") == 1
            assert control.options[0].value == ""
            assert not control.field or control.field in fields, (one.id, control.key)
        assert [control["key"] for control in spec["usermeta"]["controls"]] == [
            one_.key for one_ in one.controls
        ]


def test_the_rank_of_each_day_stands_in_a_strip_below_its_tokens() -> None:
    (one,) = draw_all({"model.deepseek.model-0": daily()})
    live = json.loads(one.file(".vg.json"))
    assert {"#1", "#10", "#50", "#3"} <= set(_texts(one.file(".svg")))
    (line,) = re.findall(
        rf'<path d="([^"]*)" stroke="{palette.LIGHT.soft}" stroke-width="1.5"', _text(one, ".svg")
    )
    assert line.count("M") == 4, "days outside the top 50 are gaps in the ranks too"
    heights = {float(y) for y in re.findall(r",([0-9.]+)", line)}
    assert len(heights) == 1, "it was third on every day"
    assert min(heights) > live["height"]


def test_a_model_whose_days_lie_far_apart_can_be_seen_on_a_logarithmic_scale() -> None:
    (one,) = draw_all({"model.deepseek.model-0": daily()})
    scale = next(control for control in one.controls if control.key == "scale")
    log = scale.options[1]
    assert log.params == {"scale": "log"}
    texts = _texts(_still(one, scale="log"))
    assert [text for text in texts if text.endswith(" B")][:3] == ["1 B", "10 B", "100 B"]
    near = replace(
        daily(), rows=tuple(row for row in daily().rows if (row.number("total_tokens") or 0) > 40e9)
    )
    (flat,) = draw_all({near.id: near})
    assert "scale" not in {control.key for control in flat.controls}


def test_the_line_to_a_provisional_day_is_joined_to_the_firm_one(
    drawn: dict[str, DrawnChart],
) -> None:
    rows = json.loads(drawn["tok-other-share"].file(".vl.json"))["datasets"]["rows"]
    firm = [row["date"] for row in rows if row["state"] == "settled"]
    pale = [row for row in rows if row["state"] == "provisional"]
    assert len({row["run"] for row in pale}) == 1
    assert pale[0]["date"] == firm[-1]
    assert len(pale) == 4


def test_the_kind_of_app_whose_leader_has_most_comes_first(drawn: dict[str, DrawnChart]) -> None:
    one = drawn["app-share-cat"]
    rows = json.loads(one.file(".vl.json"))["datasets"]["rows"]
    assert [row["value"] for row in rows] == [0.3, 0.2, 0.1]
    assert one.alt.startswith("WWW")
    said = " each have 30.0% of the tokens of the 5 listed apps in the CLI agent category, "
    assert said + "the largest share of 3 kinds of app." in one.alt


def test_the_work_can_be_followed_by_requests_and_by_tokens(drawn: dict[str, DrawnChart]) -> None:
    one = drawn["task-trend"]
    tokens = one.controls[0].options[1]
    assert (one.controls[0].key, tokens.value, tokens.params["other"]) == ("stack", "tokens", 1)
    rows = json.loads(one.file(".vl.json"))["datasets"]["rows"]
    assert all(row["other"] != row["value"] for row in rows)
    assert "task-trend.tasks" in drawn


def test_a_name_that_is_cut_keeps_the_word_that_tells_versions_apart() -> None:
    names = ("DeepSeek V4 Flash 0731", "DeepSeek V4 Flash 0423")
    assert {text_width.short(name, 12, 110)[-5:] for name in names} == {"…0731", "…0423"}
    assert all(text_width.width(text_width.short(name, 12, 110), 12) <= 110 for name in names)
    assert text_width.short(names[0], 12, 300) == names[0]
    assert text_width.short("W" * 40, 12, 60).endswith("W…")
    assert text_width.width("…", 10) == 10


def test_the_subtitle_says_whether_tokens_or_shares_are_stacked(
    drawn: dict[str, DrawnChart],
) -> None:
    for id_, usual, other in (
        ("tok-top-stack", "Tokens per week", "Share of all tokens per week"),
        ("tok-author-share", "Share of all tokens by author", "Tokens by author"),
    ):
        one = drawn[id_]
        stack = next(control for control in one.controls if control.key == "stack")
        assert one.subtitle.startswith(usual)
        assert stack.options[1].says(one.subtitle).startswith(other)
        chosen = json.loads(one.file(".vg.json"))["usermeta"]["controls"]
        (written,) = [control["options"][1] for control in chosen if control["key"] == "stack"]
        assert " ".join(written["params"]["lines"]).startswith(other)
