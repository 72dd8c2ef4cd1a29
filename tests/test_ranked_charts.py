"""Charts of ranked rows: what their rows are, and that names, bars and words have room at every width."""

from dataclasses import replace
from typing import Any

import pytest

from generator.boards.board import AnyBoard
from generator.charts.catalogue import CHARTS
from generator.charts.chart import SIZES, WIDE, Chart, Drawing, Size
from generator.charts.kinds import bars, dots, phrases, ranked, text_width
from tests.chart_samples import board, boards, model

BY_ID = {chart.id: chart for chart in CHARTS}


def chart(name: str) -> Chart:
    return BY_ID[name]


def rows(drawing: Drawing) -> list[dict[str, Any]]:
    return list(drawing.data["rows"])


def drawn(name: str, id_: str, size: Size = WIDE) -> Drawing:
    return chart(name).draw(boards()[id_], size)


def bar(value: float, name: str = "Model", label: str = "1.0%") -> bars.Bar:
    return bars.Bar(ranked.Item(name, name), value, label)


def plot(drawing: Drawing, size: Size) -> float:
    return size.width - 2 * size.margin - drawing.left - drawing.right


def number(drawing: Drawing, name: str) -> float:
    value = drawing.params[name]
    assert isinstance(value, (int, float))
    return float(value)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: size.name)
@pytest.mark.parametrize("label", ["1%", "12.5 trillion tokens and more"], ids=["short", "long"])
def test_each_bar_leaves_room_for_its_words(size: Size, label: str) -> None:
    listed = [bar(9, label="9"), bar(5, label=label), bar(0, label=label)]
    drawing = bars.drawing(listed, size)
    pixels = plot(drawing, size) / number(drawing, "high")
    ends = [one.value * pixels + one.words for one in listed]
    assert max(ends) == pytest.approx(plot(drawing, size), abs=1)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: size.name)
@pytest.mark.parametrize("values", [(9, 4, -2), (3, 1), (-1, -8), (0, 0)], ids=str)
def test_names_stand_opposite_their_bars_and_nothing_leaves_the_plot(
    size: Size, values: tuple[float, ...]
) -> None:
    listed = [bar(value, name="Model with a long name") for value in values]
    drawing = bars.diverging("sample", listed, size)
    low, high = number(drawing, "low"), number(drawing, "high")
    room = plot(drawing, size)
    pixels = room / (high - low)
    for row, one in zip(rows(drawing), listed, strict=True):
        name = text_width.width(row["name"], 12) + 8
        words = abs(one.value) * pixels + one.words
        left, right = (name, words) if one.value >= 0 else (words, name)
        assert left <= -low * pixels + 0.1
        assert right <= high * pixels + 0.1


def test_ranks_and_names_stand_beside_the_bars_and_above_them_where_it_is_narrow() -> None:
    item = ranked.Item("a", "W" * 90, rank="10–12")
    for size in SIZES:
        drawing = bars.drawing([bars.Bar(item, 1, "1")], size)
        (row,) = rows(drawing)
        assert row["name"].endswith("…")
        above = number(drawing, "above")
        assert above == size.narrow
        start = drawing.left + number(drawing, "names")
        end = start + text_width.width(row["name"], 12)
        assert start >= text_width.width("10–12", 12)
        assert end <= (size.width - 2 * size.margin if above else drawing.left)


def test_many_rows_stand_close_enough_for_a_first_view_and_two_points_of_one_apart() -> None:
    def step(count: int, close: float = 20) -> float:
        items = [ranked.Item(f"{at}", "Model") for at in range(count)]
        return ranked.layout(items, WIDE, count=len(items), close=close).step

    assert [step(count) for count in (10, 15, 20)] == [26, pytest.approx(20.4), 20]
    assert step(20, close=26) == 26
    changes = drawn("price-steps", "price-changes")
    listed = {row["place"] for row in rows(changes)}
    assert changes.height == 26 * len(listed)


def test_arrows_are_explained_where_there_are_some() -> None:
    held = boards()["models-7d"]
    assert "arrows show the change" in chart("tok-top-bar").subtitle(held)
    new = tuple(replace(row, change=None) for row in held.rows)  # type: ignore[call-arg]
    assert "arrows" not in chart("tok-top-bar").subtitle(replace(held, rows=new))


def test_a_choice_of_index_shows_its_own_order_ranks_and_scale() -> None:
    drawing = drawn("aa-bars", "artificial-analysis")
    (control,) = drawing.controls
    assert (control.key, [option.label for option in control.options]) == (
        "index",
        ["Intelligence", "Coding", "Agentic"],
    )
    for option, highest in zip(control.options, ("63.1", "70.0", "60.0"), strict=True):
        listed = [row for row in rows(drawing) if row["of"] == option.params["shown"]]
        assert [row["place"] for row in listed] == list(range(1, 21))
        assert listed[0]["label"] == highest
        assert f"Analysis {option.label} Index" in option.subtitle
    assert control.options[1].params["high"] != control.options[0].params["high"]


def test_an_index_that_the_board_lacks_is_no_choice() -> None:
    held = boards()["artificial-analysis"]
    bare = tuple(replace(row, coding_index=None, agentic_index=None) for row in held.rows)  # type: ignore[call-arg]
    assert chart("aa-bars").draw(replace(held, rows=bare), WIDE).controls == ()


def test_the_length_of_session_with_the_most_models_is_shown_first() -> None:
    drawing = drawn("session-cost", "session-cost")
    (control,) = drawing.controls
    assert [(option.value, option.label) for option in control.options] == [
        ("", "1 turn"),
        ("2-9-turns", "2–9 turns"),
        ("50-plus-turns", "50+ turns"),
    ]
    shown = [row for row in rows(drawing) if not row["of"]]
    assert [row["label"] for row in shown][:2] == ["$0.0030", "$0.0060"]
    assert "The 20 cheapest of 24 models." in control.options[0].subtitle


def test_a_category_with_two_models_has_no_chart_of_ratings() -> None:
    rated = boards()["da.models.website"]
    assert chart("da-elo").applies_to(replace(rated, rows=rated.rows[:3]))
    assert not chart("da-elo").applies_to(replace(rated, rows=rated.rows[:2]))


def test_ratings_have_the_intervals_that_their_board_has() -> None:
    rated = boards()["da.models.website"]
    first, *others = rated.rows
    sure = replace(first, interval_low=1380.0, interval_high=1420.0)  # type: ignore[call-arg]
    drawing = chart("da-elo").draw(replace(rated, rows=(sure, *others)), WIDE)
    assert [(row.get("start"), row.get("stop")) for row in rows(drawing)][:2] == [
        (1380.0, 1420.0),
        (None, None),
    ]
    assert number(drawing, "high") > 1420
    assert "confidence" in chart("da-elo").subtitle(replace(rated, rows=(sure, *others)))
    assert "confidence" not in chart("da-elo").subtitle(rated)


def test_first_places_are_compared_with_chance() -> None:
    drawing = drawn("da-podium", "da.models.codecategories")
    assert (drawing.params["line"], drawing.params["said"]) == (0.25, "25% = chance")
    first = rows(drawing)[0]
    assert first["start"] < first["value"] < first["stop"]
    assert first["cells"] == ["44.4%", "27", "27.6–62.7%"]


@pytest.mark.parametrize("size", SIZES, ids=lambda size: size.name)
def test_columns_have_room_right_of_the_plot(size: Size) -> None:
    heads = ("First column", "Second", "Third")
    row = dots.Row(ranked.Item("a", "A"), ("12.5%", "a longer text", "3"), [dots.Point(0.5)])
    drawing = dots.drawing(dots.Dots("sample", heads, "datum.value"), [row], size)
    edges = [0.0, *rows(drawing)[0]["edges"]]
    shown = list(zip(heads, row.cells, edges, edges[1:], strict=False))
    assert len(shown) == size.of(2, 2, 3)
    for head, cell, start, end in shown:
        widest = max(text_width.width(head, 12), text_width.width(cell, 12))
        assert end - start > widest
    assert drawing.right >= edges[-1]


def test_a_tasks_remainder_is_said_and_not_drawn() -> None:
    held = boards()["task.code--general_impl"]
    assert len(rows(chart("task-models").draw(held, WIDE))) == 10
    said = "Models that the source does not list: 30.0% of requests, 30.0% of tokens."
    assert said in chart("task-models").subtitle(held)
    named = replace(held, rows=held.ranked)
    assert "does not list" not in chart("task-models").subtitle(named)


def tasks_of(*intensities: float | None) -> AnyBoard:
    listed = [
        {
            "rank": at,
            "tag": model(at),
            "usage_share": 0.1,
            "token_share": 0.1,
            "intensity": times,
            "least_intensity": times,
            "most_intensity": times,
        }
        for at, times in enumerate(intensities, 1)
    ]
    return board(
        "tasks", "rank:rank tag:entity usage_share:share token_share:share intensity:score", listed
    )


@pytest.mark.parametrize(
    ("intensities", "said"),
    [
        ([2.0, 0.5], "All 2 tasks."),
        (
            [2.0, 0.5, None],
            "2 of 3 tasks; 1 task with under 0.5% of requests or of tokens left out.",
        ),
        ([1.5] * 20, "The 8 highest and the 8 lowest of 20 tasks."),
        (
            [1.5] * 20 + [None] * 9,
            "The 8 highest and the 8 lowest of 20 tasks; 9 tasks with under 0.5% of requests or of tokens left out.",
        ),
    ],
    ids=["all", "some", "cut", "both"],
)
def test_the_intensity_of_tasks_says_which_are_left_out(
    intensities: list[float | None], said: str
) -> None:
    held = tasks_of(*intensities)
    assert chart("task-intensity").subtitle(held).endswith(said)
    shown = rows(chart("task-intensity").draw(held, WIDE))
    assert len(shown) == min(16, sum(one is not None for one in intensities))


def test_growing_apps_are_a_list_with_numbers_and_without_marks() -> None:
    drawing = drawn("app-trend", "apps.trending")
    assert all("value" not in row for row in rows(drawing))
    assert rows(drawing)[0]["cells"] == ["11.3 T", "11.3 M", "1.00 M"]
    assert [head["text"] for head in drawing.data["heads"]] == ["Tokens", "Per request", "Requests"]


def test_apps_with_the_most_and_the_fewest_tokens_per_request_are_ranked_among_all() -> None:
    held = boards()["apps.popular"]
    many = tuple(
        replace(held.rows[0], app=model(at), total_tokens=10**6 * (at + 1))  # type: ignore[call-arg]
        for at in range(30)
    )
    drawing = chart("app-efficiency").draw(replace(held, rows=many), WIDE)
    assert [row["rank"] for row in rows(drawing)] == [
        *map(str, range(1, 11)),
        *map(str, range(21, 31)),
    ]
    assert drawing.params["said"] == "Median 16"


def test_two_kinds_of_app_are_too_few_for_a_chart() -> None:
    held = boards()["apps-shares"]
    assert chart("app-share-cat").applies_to(held)
    few = tuple(row for row in held.rows if row["subcategory"] != "game")
    assert not chart("app-share-cat").applies_to(replace(held, rows=few))


def test_input_and_output_each_have_their_own_bars() -> None:
    shown = rows(drawn("mod-matrix", "modalities"))
    assert [(row["name"], row["label"]) for row in shown] == [
        ("Text input", "401"),
        ("Image input", "235"),
        ("Text output", "401"),
        ("Image output", "11"),
    ]


def test_a_price_change_has_a_line_and_a_percentage_for_input_and_output() -> None:
    drawing = drawn("price-steps", "price-changes")
    above, below = rows(drawing)[:2]
    assert (above["ring"], above["value"], above["lane"]) == (1.0, 2.0, -below["lane"])
    assert (below["ring"], below["value"]) == (4.0, 8.0)
    assert above["cells"] == ["+100%", "+100%", "17 Aug"]
    assert (above["first"], below["first"]) == (1, 0)
    assert [head["text"] for head in drawing.data["heads"]] == ["Input", "Output", "Since"]


def test_months_without_models_keep_their_place_and_totals_follow_the_period() -> None:
    drawing = drawn("mod-releases", "releases")
    every = [row for row in rows(drawing) if row["author"] == "all"]
    assert [row["month"] for row in every][3:6] == ["2025-04-01", "2025-05-01", "2025-06-01"]
    assert every[4]["models"] == 0
    assert len({row["author"] for row in rows(drawing)}) == 11
    (control,) = drawing.controls
    assert [dict(option.params) for option in control.options] == [{}, {"since": "2025-07-01"}]


@pytest.mark.parametrize(
    ("count", "said"),
    [(1, ""), (2, "All 2 tasks."), (15, "All 15 tasks."), (29, "The 15 most common of 29 tasks.")],
)
def test_a_subtitle_says_how_many_of_how_many_are_shown(count: int, said: str) -> None:
    assert phrases.most(count, 15, "most common", "tasks") == said


@pytest.mark.parametrize(
    ("per_token", "said"), [("0.000003", "$3 per million"), ("0", "free"), ("-1", "varies")]
)
def test_only_a_price_in_dollars_is_told_per_million(per_token: str, said: str) -> None:
    assert phrases.price(per_token) == said


def test_tooltips_state_both_bounds_of_what_is_not_known_exactly() -> None:
    assert phrases.count_between(1_234_900, 1_234_900) == "1.23 M"
    assert phrases.count_between(1_239_000, 2_001_000) == "1.23 M to 2.01 M"
    assert phrases.count_between(None, 2_001_000) == "at most 2.01 M"
    assert phrases.share_between(0.1499, 0.1499) == "15.0%"
    assert phrases.share_between(0.1499, 0.1501) == "14.9% to 15.1%"
    assert phrases.share_or_more(0.1499, 0.1499) == "15.0%"
    assert phrases.share_or_more(0.1499, 0.1501) == "≥ 14.9%"
    author = boards()["author.openai"]
    wide = tuple(replace(row, share_high=0.5) for row in author.rows)  # type: ignore[call-arg]
    drawing = chart("tok-author").draw(replace(author, rows=wide), WIDE)
    assert rows(drawing)[-1]["tip"]["Share"] == "1.0% to 50.0%"
    assert rows(drawing)[-1]["more"] == "≥ 1.0%"


def test_shares_beside_stacked_weeks_say_which_are_only_the_least() -> None:
    authors = boards()["authors-weekly"]
    exact, *others = (replace(row, share_high=row.number("share")) for row in authors.rows)  # type: ignore[call-arg]
    open_ = replace(exact, share_high=0.9)
    drawing = chart("tok-author-share").draw(replace(authors, rows=(open_, *others)), WIDE)
    assert [row["more"].startswith("≥ ") for row in rows(drawing)] == [True, *[False] * len(others)]
