"""Names beside the points of a scatter plot, and what tables of cells, strips and orders show."""

import json
import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from itertools import combinations, pairwise, product
from typing import Any

import pytest

from generator.base import palette
from generator.base.palette import LIGHT
from generator.boards.board import AnyBoard, Entity, rows_of
from generator.boards.use_test_taste import AgreementRow
from generator.charts import exports, native
from generator.charts.catalogue import (
    aa_pair,
    da_heat,
    fr_scatter,
    fr_time,
    price_context,
    task_lift,
    use_test_taste,
)
from generator.charts.chart import MEDIUM, NARROW, SIZES, WIDE, Chart, Drawing, Size
from generator.charts.compiler import compiled, filled
from generator.charts.frame import Wording, framed
from generator.charts.kinds import dots, heatmap, labels, scatter, strokes, text_width
from generator.charts.kinds.labels import Box, Point
from generator.charts.kinds.ranked import Item
from tests.chart_samples import board, boards, model

PLOT = (0.0, 0.0, 500.0, 300.0)


def crossing(box: Box, other: Box) -> bool:
    return box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3]


def letters(row: dict[str, Any]) -> Box:
    """Return the box of a name's letters."""
    long = text_width.width(row["name"], 12)
    start = row["px"] - {"right": long, "left": 0, "center": long / 2}[row["side"]]
    return start, row["py"] - 6, start + long, row["py"] + 6


def place(points: Sequence[Point], walls: Sequence[Box] = (), size: Size = WIDE) -> Any:
    return labels.placed(points, walls, PLOT, size)


def test_a_name_stands_beside_its_point_where_there_is_room() -> None:
    assert place([Point("Ada", 100, 100, 1)]) == [
        {"name": "Ada", "px": 92, "py": 100, "side": "right"}
    ]
    assert place([Point("Ada", 4, 100, 1)])[0]["side"] == "left", "it would leave the plot"


def test_points_without_weight_have_no_name_and_the_most_important_ones_come_first() -> None:
    points = [Point(f"{at}", 20 * at, 150, at) for at in range(25)]
    named = [row["name"] for row in place(points, size=NARROW)]
    assert "0" not in named
    assert named == [str(at) for at in range(24, 17, -1)], "seven have room in the narrow drawing"


@pytest.mark.parametrize("size", SIZES)
def test_no_name_covers_another_or_a_point_or_a_line_or_leaves_the_plot(size: Size) -> None:
    # A spiral, so that points lie close together in the middle and far apart outside.
    points = [
        Point(
            f"Model {at}",
            250 + 6 * at * math.cos(at),
            150 + 3 * at * math.sin(at),
            40 - at,
            half=(5.0, 3.0)[at % 2],
        )
        for at in range(40)
    ]
    walls = [(0.0, 148.0, 250.0, 152.0), (248.0, 10.0, 252.0, 150.0)]
    rows = place(points, walls, size)
    assert len(rows) > 2
    boxes = [letters(row) for row in rows]
    assert not [pair for pair in combinations(boxes, 2) if crossing(*pair)]
    dots = [(p.x - p.half, p.y - p.half, p.x + p.half, p.y + p.half) for p in points]
    assert not [pair for pair in product(boxes, (*dots, *walls)) if crossing(*pair)]
    assert all(box[0] >= 0 and box[2] <= 500 and box[1] >= 0 and box[3] <= 300 for box in boxes)


def test_a_name_without_room_beside_its_point_stands_apart_at_the_end_of_a_line() -> None:
    points = [Point("Ada", 250, 150, 1)]
    around = set(product((238, 250, 262), (138, 150, 162))) - {(250, 150), (262, 138)}
    points += [Point("", x, y, 0) for x, y in sorted(around)]
    [row] = place(points)
    assert (row["side"], "lx" in row) == ("left", True)
    assert row["lx"] > 250
    assert row["ly2"] < row["ly"] < 150, "the line leaves through the gap"


def test_a_name_is_cut_before_it_is_left_out() -> None:
    narrow = (0.0, 0.0, 140.0, 300.0)
    [row] = labels.placed([Point("A model of many words 0731", 120, 150, 1)], [], narrow, WIDE)
    assert row["name"].endswith("…0731")


def test_scales_end_at_steps_around_their_values() -> None:
    assert scatter.around([12, 48], 10) == (10, 50)
    assert scatter.around([12, 49], 10) == (10, 60), "the highest has some room above it"
    assert scatter.apart([0, 1, 8]) == (0.8, 10)
    assert scatter.apart([0]) == (0.8, 1.25)


def test_the_scale_of_prices_is_a_parameter_with_names_placed_for_each() -> None:
    drawn = fr_scatter.CHART.draw(boards()["frontier"], WIDE)
    ratio, scale = drawn.controls
    assert [(one.value, one.params) for one in scale.options] == [
        ("", {}),
        ("linear", {"scale": "linear"}),
    ]
    assert [(one.value, one.params) for one in ratio.options] == [
        ("", {}),
        ("1", {"blend": 1}),
        ("10", {"blend": 10}),
        ("30", {"blend": 30}),
    ]
    assert {row["scale"] for row in drawn.data["labels"]} == {"log", "linear"}
    axes = compiled(drawn.template).lite["layer"]
    titles = {
        layer["encoding"]["x"]["axis"]["title"]
        for layer in axes
        if "axis" in layer.get("encoding", {}).get("x", {})
    }
    assert titles == {"US dollars per million tokens"}


def test_points_in_the_background_are_solid_and_gray() -> None:
    for chart, name in ((fr_scatter.CHART, "frontier"), (aa_pair.CHART, "artificial-analysis")):
        drawn = chart.draw(boards()[name], WIDE)
        assert drawn.colors["others"] == palette.LIGHT.other
        marks = json.dumps(compiled(drawn.template).still)
        assert "fillOpacity" not in marks
    pale = {row["series"] for row in drawn.data["rows"] if not row["strong"]}
    assert pale == {"others"}


def test_smaller_drawings_of_two_scores_leave_the_lower_half_out() -> None:
    scored = boards()["artificial-analysis"]
    counts = [len(aa_pair.CHART.draw(scored, size).data["rows"]) for size in SIZES]
    assert counts[0] > 20
    assert counts[1:] == [20, 20], "half, but never fewer than are in color"


def best(day: date, *scored: tuple[str, float, str]) -> list[dict[str, Any]]:
    return [
        {
            "day": day,
            "era": 1,
            "model_permaslug": Entity(f"a/{name}", name, author="a"),
            "intelligence_index": index,
            **dict.fromkeys(("prompt", "completion", "blended"), blended),
            "standing": "unranked",
        }
        for name, index, blended in scored
    ]


def _picture(chart: Chart, one: AnyBoard) -> str:
    drawn = chart.draw(one, WIDE)
    words = Wording(chart.title_for(one), chart.subtitle(one))
    layout = framed(drawn, WIDE, words, one.citations)
    spec = exports.to_json(filled(compiled(drawn.template).still, drawn, layout))
    return native.vega_to_svg(spec.decode())


def test_two_frontiers_have_their_dates_and_who_arrived_has_a_ring() -> None:
    first, last = date(2026, 8, 14), date(2026, 8, 18)
    before = best(first, ("Bo", 20, "0.000001"), ("Cy", 40, "0.000004"))
    now = best(last, ("Bo", 20, "0.000001"), ("Di", 38, "0.000002"), ("Cy", 40, "0.000004"))
    kinds = "day:day era:integer model_permaslug:entity intelligence_index:score blended:price"
    one = board("frontier-history", kinds, before + now)
    drawn = fr_time.CHART.draw(one, WIDE)
    rows = [(row["model_permaslug"], row["when"], row["since"]) for row in drawn.data["rows"]]
    assert rows == [
        *(("a/Bo", "then", ""), ("a/Cy", "then", "")),
        *((f"a/{name}", "now", "14 Aug 2026") for name in ("Bo", "Di", "Cy")),
    ]
    named = [row["name"] for row in drawn.data["labels"]]
    assert named == ["14 Aug 2026", "18 Aug 2026", "Di", "Cy", "Bo"]
    assert fr_time.CHART.subtitle(one) == (
        "Score vs blended price of the best-value models on 14 Aug 2026 (wide gray line) and "
        "18 Aug 2026 (thin line). Ringed: best value since then."
    )
    picture = _picture(fr_time.CHART, one)
    assert picture.count('stroke-width="6"') == picture.count('stroke-width="2"') == 1
    assert picture.count('stroke="#1f1d1a"') == 1, "of three models one joined since"
    single = replace(one, rows=one.rows[2:])
    alone = fr_time.CHART.draw(single, WIDE)
    assert {(row["when"], row["since"]) for row in alone.data["rows"]} == {("now", "")}
    picture = _picture(fr_time.CHART, single)
    assert 'stroke-width="6"' not in picture
    assert 'stroke="#1f1d1a"' not in picture
    assert "18 Aug 2026." in fr_time.CHART.subtitle(single)


def listed(*models: tuple[int | None, str | None, int | None]) -> AnyBoard:
    rows = [
        {
            "rank": rank,
            "model_permaslug": model(at),
            "prompt": prompt,
            "context_length": context,
            "input_modalities": "text",
        }
        for at, (rank, prompt, context) in enumerate(models)
    ]
    kinds = (
        "rank:rank model_permaslug:entity prompt:price context_length:context input_modalities:text"
    )
    return board("catalogue", kinds, rows)


@pytest.mark.parametrize(
    ("context", "strip"),
    [(8_192, 0), (124_999, 0), (128_000, 1), (262_144, 2), (524_288, 3), (1_000_000, 4)],
)
def test_a_context_window_stands_in_the_strip_of_its_size(context: int, strip: int) -> None:
    drawn = price_context.CHART.draw(listed((1, "0.000001", context)), WIDE)
    assert [row["y"] for row in drawn.data["rows"]] == [strip]


def test_only_the_fifty_most_used_models_of_one_price_have_a_point() -> None:
    many = listed(*((rank, "0.000001", 128_000) for rank in range(60, 0, -1)))
    drawn = price_context.CHART.draw(many, NARROW)
    places = [(row["x"], row["y"]) for row in drawn.data["rows"]]
    assert len(places) == 50
    assert all(0.5 < y < 1.5 for _, y in places), "they stay in their strip"
    few = listed((1, "-1", 128_000), (None, "0", 128_000), (2, "0", None), (3, "0", 128_000))
    assert len(price_context.CHART.draw(few, WIDE).data["rows"]) == 1
    assert price_context.CHART.alt(few) == (
        "The longest context window of the most-used listing that states a fixed price and a context window "
        "is 128K tokens."
    )


def test_points_of_one_price_stand_above_each_other() -> None:
    drawn = price_context.CHART.draw(listed(*((at, "0", 128_000) for at in (1, 2, 3))), WIDE)
    heights = sorted(row["y"] for row in drawn.data["rows"])
    assert heights[1] == 1
    assert heights[0] < 1 < heights[2]


def blanks(drawn: Drawing) -> list[dict[str, Any]]:
    return [row for row in drawn.data["rows"] if row["label"] == "·"]


@pytest.mark.parametrize(
    ("draw", "name"), [(da_heat.CHART.draw, "da-arena"), (task_lift.CHART.draw, "task-lift")]
)
def test_blank_cells_tell_nothing_to_the_pointer(
    draw: Callable[[AnyBoard, Size], Drawing], name: str
) -> None:
    shown = boards()[name]
    drawn = draw(replace(shown, rows=shown.rows[1:]), WIDE)
    assert blanks(drawn)
    assert all("tip" not in row and row["tint"] == LIGHT.paper for row in blanks(drawn))
    updates = [mark["encode"]["update"] for mark in compiled(drawn.template).live["marks"]]
    [told] = [update["tooltip"] for update in updates if "tooltip" in update]
    assert told == {"signal": "datum.tip"}, "which blank cells lack"


def test_a_heat_map_has_the_best_model_and_the_category_of_most_models_first() -> None:
    one = boards()["da-arena"]
    ranks = [("Few", 1, 2), ("Many", 3, 1), ("Many", 1, 2), ("Many", 2, 3), ("Few", 2, 3)]
    rows = [
        replace(one.rows[0], category=category, rank=rank, model_permaslug=model(at + 20))
        for category, rank, at in ranks
    ]
    drawn = da_heat.CHART.draw(replace(one, rows=tuple(rows)), WIDE)
    assert drawn.params["down_names"] == ["Model 22", "Model 23", "Model 21"]
    assert drawn.params["along_names"] == ["Many", "Few"]


def test_columns_whose_numbers_would_touch_are_left_out_and_names_keep_their_order() -> None:
    along = {f"c{at}": f"Category {at}" for at in range(13)}
    down = {"m": "A model of some length"}
    cells = [heatmap.Cell("m", key, "26", 0.5, {"Rank": "26"}) for key in reversed(along)]
    drawn = {size: heatmap.drawing(down, along, cells, size) for size in SIZES}
    columns = {size: [row["along"] for row in one.data["rows"]] for size, one in drawn.items()}
    assert columns[WIDE] == columns[MEDIUM] == list(along)
    assert columns[NARROW] == list(along)[: len(columns[NARROW])]
    assert len(columns[NARROW]) < 13
    plot = NARROW.width - 2 * NARROW.margin - drawn[NARROW].left - drawn[NARROW].right
    assert plot / len(columns[NARROW]) >= text_width.width("26", 12) + 7


@pytest.mark.parametrize(
    ("shade", "color", "step"),
    [(0, LIGHT.accent, 0), (1, LIGHT.accent, -1), (-1, LIGHT.soft, -1), (-9, LIGHT.soft, -1)],
)
def test_a_value_below_the_usual_has_a_solid_tint_of_its_own(
    shade: float, color: str, step: int
) -> None:
    cell = heatmap.Cell("m", "c", "1", shade, {"Lift": "1"})
    [row] = heatmap.drawing({"m": "M"}, {"c": "C"}, [cell], WIDE).data["rows"]
    assert row["tint"] == palette.tints(color, LIGHT.paper)[step]


def test_lines_of_one_color_differ_in_their_dashes() -> None:
    colors = {"a/1": "#4871d9", "b/1": "#005a43", "a/2": "#4871d9", "a/3": "#4871d9"}
    gray = dict.fromkeys(("c/1", "c/2"), LIGHT.other)
    states = strokes.states({**colors, **gray})
    assert states["a/1"] == states["b/1"] == states["c/1"] == states["c/2"] == "settled"
    assert len({states[model_] for model_ in ("a/1", "a/2", "a/3")}) == 3
    orders = boards()["use-test-taste"]
    own = []
    for row in rows_of(orders, AgreementRow)[:5]:
        own.append(replace(row, model_permaslug=replace(row.model_permaslug, author="qwen")))
    drawn = use_test_taste.CHART.draw(replace(orders, rows=tuple(own)), WIDE)
    looks = {(drawn.colors[row["model_permaslug"]], row["state"]) for row in drawn.data["rows"]}
    assert len(drawn.colors) > len(set(drawn.colors.values()))
    assert len(looks) == len(drawn.colors)


def test_models_of_one_rank_stand_apart_and_siblings_are_told_apart() -> None:
    orders = boards()["use-test-taste"]
    sibling = replace(orders.rows[1].entity("model_permaslug"), author="deepseek")
    tied = replace(rows_of(orders, AgreementRow)[1], use_rank=1, model_permaslug=sibling)
    drawn = use_test_taste.CHART.draw(
        replace(orders, rows=(orders.rows[0], tied, *orders.rows[2:])), WIDE
    )
    first = [row for row in drawn.data["rows"] if row["order"] == "use" and row["rank"] == 1]
    assert [row["place"] for row in first] == [0.75, 1.25]
    dashed = [row["model_permaslug"] for row in drawn.data["rows"] if row["state"] != "settled"]
    assert dashed == [sibling.id] * 3, "no tone of its own can be told from all others"
    [control] = drawn.controls
    assert (control.key, control.field) == ("focus", "model_permaslug")
    assert all(not option.params for option in control.options), "the page sets the focus itself"


def test_a_dot_without_a_group_has_the_color_of_its_row() -> None:
    points = [dots.Point(1.0), dots.Point(2.0, group="up", color="#654321")]
    mixed = dots.Row(Item("a", "A", "#123456", "a"), ["1"], points)
    grouped = dots.Row(Item("b", "B", "#abcdef", "b"), ["2"], points[1:])
    drawn = dots.drawing(dots.Dots("none", ("Value",)), [mixed, grouped], WIDE)
    assert drawn.colors == {"a": "#123456", "up": "#654321"}


def test_of_a_text_that_is_too_long_as_many_letters_stay_as_fit() -> None:
    name = "Wide  illicit 漢字 model name"
    cuts = [f"{name[:end].rstrip()}…" for end in range(len(name))]
    for room in range(20, 150, 3):
        fitting = [cut for cut in cuts if text_width.width(cut, 12) <= room]
        assert text_width.fit(name, 12, room) == fitting[-1]
    assert text_width.fit(name, 12, 1) == "…"


@pytest.mark.parametrize("bold", [False, True])
def test_lines_are_as_long_as_their_room_allows_and_no_longer(bold: bool) -> None:
    text = "Tokens of a week “é”: 14.5% at 12 px, a-very-long-word-that-has-a-line-of-its-own and others"
    words = text.split()
    for room in range(40, 300, 20):
        lines = text_width.wrap(" ".join(words), 12, room, bold=bold)
        assert " ".join(lines).split() == words
        several = [line for line in lines if " " in line]
        assert text_width.widest(several, 12, bold=bold) <= room
        for line, later in pairwise(lines):
            longer = f"{line} {later.split()[0]}"
            assert text_width.width(longer, 12, bold=bold) > room
