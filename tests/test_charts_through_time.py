"""The charts of launches, of prices as steps, of use against score, and of each author in a panel."""

import math
import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from generator.base import formats
from generator.base.dates import Window
from generator.boards.board import AnyBoard, Entity, EventMark, rows_of
from generator.boards.use_history import MOST, AuthorUseWeekRow
from generator.charts.catalogue import (
    mod_releases,
    price_index,
    price_model,
    tok_adoption,
    tok_author_panels,
    tok_concentration,
    tok_history,
    tok_model,
    tok_rank_bump,
    tok_spend,
    tok_top_stack,
    use_score,
)
from generator.charts.chart import MEDIUM, NARROW, SIZES, WIDE, Chart, DrawnChart
from generator.charts.draw import draw_all
from generator.charts.kinds import controls, events, phrases, stacked
from generator.charts.kinds.bar_names import Bars
from tests.chart_samples import LAST, LEADER, boards, covered, model, price_steps
from tests.chart_samples import board as sample
from tests.chart_samples import daily as one_model
from tests.tiny_archive import TinyArchive, ago, daily, listing, table, weeks

_KEY = "model_permaslug"
_WINDOW = Window.ending(LAST, 84)


def _launch(*tokens: int | None, at: int = 0) -> list[dict[str, Any]]:
    """A launch's days from the sixth on, of which the newest is the last."""
    first = LAST - timedelta(days=len(tokens) - 1)
    return [
        {_KEY: model(at), "days": 6 + nth, "day": first + timedelta(days=nth), "tokens": one}
        for nth, one in enumerate(tokens)
    ]


def _adoption(*rows: dict[str, Any], provisional: int = 0) -> AnyBoard:
    kinds = f"{_KEY}:entity days:integer day:day tokens:tokens"
    more: dict[str, Any] = {"window": _WINDOW, "coverage": covered(_WINDOW, provisional)}
    return sample("adoption.days", kinds, list(rows), **more)


def test_a_launch_has_a_line_that_breaks_where_a_day_has_no_value() -> None:
    board = _adoption(*_launch(10, 20, None, 40), *_launch(None, None, at=1))
    drawing = tok_adoption.CHART.draw(board, WIDE)
    shown = [(row["days"], row["tokens"], row["run"][-1]) for row in drawing.data["rows"]]
    assert shown == [(6, 10, "0"), (7, 20, "0"), (9, 40, "1")]
    assert [row["days"] for row in drawing.data["rows"] if row["last"]] == [9]
    assert list(drawing.colors) == [model(0).id]
    assert "the 1 launch with the most tokens" in tok_adoption.CHART.subtitle(board)
    assert not tok_adoption.CHART.applies_to(_adoption(*_launch(None)))


def test_a_launchs_line_is_dashed_from_the_last_settled_day_on() -> None:
    drawing = tok_adoption.CHART.draw(_adoption(*_launch(10, 20, 30), provisional=1), NARROW)
    states = [(row["days"], row["state"]) for row in drawing.data["rows"]]
    # Each value is the mean of seven days.
    assert states == [(6, "settled"), (7, "settled"), (7, "provisional"), (8, "provisional")]


def test_the_scale_of_launches_is_told_with_the_readers_choice() -> None:
    board = _adoption(*_launch(10, 2000), *_launch(10, 20, at=1))
    scale, focus = tok_adoption.CHART.draw(board, WIDE).controls
    assert "log scale" in tok_adoption.CHART.subtitle(board)
    assert [option.subtitle.count("linear scale") for option in scale.options] == [0, 1]
    assert [option.label for option in focus.options] == ["None", LEADER, model(1).name]


def _drawn(board: AnyBoard, chart: Chart) -> DrawnChart:
    (drawn,) = draw_all({board.id: board}, charts=[chart], pictures_only=True)
    assert isinstance(drawn, DrawnChart)
    return drawn


def test_a_day_between_two_without_a_value_is_a_dot_of_its_launchs_line() -> None:
    board = _adoption(*_launch(10, None, 30, None, 40, 50))
    picture = _drawn(board, tok_adoption.CHART).file(".svg").decode()
    assert len(re.findall(r'd="M[0-9.]+,0A', picture)) == 3, "two days, and the end of the line"


def test_what_a_model_had_at_most_is_a_line_over_each_whole_day_outside_the_top_50() -> None:
    picture = _drawn(one_model(), tok_model.CHART).file(".svg").decode()
    (line,) = re.findall(r'<path d="M([^"]*)" stroke="#655f56" stroke-width="1"', picture)
    lengths = []
    for run in line.split("M"):
        places = [float(x) for x in re.findall(r"([0-9.]+),", run)]
        lengths.append(places[-1] - places[0])
    day = lengths[-1]
    assert lengths == [pytest.approx(day * days, rel=0.02) for days in (10, 1, 1)]
    assert day > 10


def test_what_is_said_of_a_week_is_left_out_where_it_would_touch_the_next() -> None:
    days = (LAST - timedelta(days=8), LAST - timedelta(days=50))
    board = replace(boards()["models-weekly"], coverage=covered(_WINDOW, 3, *days))
    drawn = _drawn(board, tok_top_stack.CHART)
    seen = {}
    for suffix in (".svg", ".narrow.svg"):
        texts = re.findall(r"<text([^>]*)>(6 of 7 days|provisional)<", drawn.file(suffix).decode())
        seen[suffix] = [words for look, words in texts if 'opacity="0"' not in look]
    assert seen == {".svg": ["6 of 7 days", "provisional"], ".narrow.svg": ["provisional"]}


@pytest.mark.parametrize("chart", [tok_concentration.CHART, tok_spend.CHART])
def test_nothing_joins_the_weeks_on_two_sides_of_one_of_which_nothing_is_known(
    chart: Chart,
) -> None:
    board = boards()[chart.board]
    nothing = {"effective": None, "covered": 0.0}
    fields = {key: value for key, value in nothing.items() if board.rows[0].has(key)}
    rows = list(board.rows)
    rows[-2] = replace(rows[-2], **fields)
    drawing = chart.draw(replace(board, rows=tuple(rows)), WIDE)
    lines = [
        row for row in drawing.data["rows"] if row["series"] == drawing.data["rows"][0]["series"]
    ]
    assert str(LAST - timedelta(days=7)) not in {row["date"] for row in lines}
    assert lines[-1]["run"] != lines[-2]["run"]


def _ratios(*ratios: float) -> AnyBoard:
    rows = [
        {_KEY: model(at), "ratio": ratio, "total_tokens": 100, "expected_tokens": 50}
        | {"intelligence_index": 50.0, "blended": "0.000001", "standing": "unranked"}
        for at, ratio in enumerate(ratios)
    ]
    kinds = f"{_KEY}:entity ratio:score total_tokens:tokens expected_tokens:tokens blended:price"
    return sample("use-against-score", kinds, rows, window=_WINDOW)


def test_use_beside_what_is_expected_is_a_line_from_one() -> None:
    board = _ratios(2.5, 0.5)
    rows = use_score.CHART.draw(board, WIDE).data["rows"]
    assert [(row["start"], row["stop"], row["value"]) for row in rows] == [
        (1, 2.5, 2.5),
        (0.5, 1, 0.5),
    ]
    assert rows[1]["cells"] == ["0.50×", "100", "50"]
    assert "highest" not in use_score.CHART.subtitle(board)


def test_of_many_models_those_furthest_from_expected_are_drawn() -> None:
    board = _ratios(*(10 / (at + 1) for at in range(25)))
    drawn = [row["id"] for row in use_score.CHART.draw(board, WIDE).data["rows"]]
    assert drawn == [model(at).id for at in (*range(10), *range(15, 25))]
    assert "25 models" in use_score.CHART.subtitle(board)
    assert "the 10 highest and the 10 lowest" in use_score.CHART.subtitle(board)


def test_a_models_prices_are_steps_that_break_where_the_hour_decides() -> None:
    board = price_steps(("0.000001", "0.000002"), (None, "0.000003"), ("0.000004", "0.000003"))
    drawing = price_model.CHART.draw(board, WIDE)
    points: dict[str, list[tuple[float, str]]] = {}
    for row in drawing.data["rows"]:
        points.setdefault(row["series"], []).append((row["value"], row["run"]))
    assert points == {
        "completion": [(2, "completion 0")] * 2 + [(3, "completion 0")] * 4,
        "prompt": [(1, "prompt 0")] * 2 + [(4, "prompt 1")] * 2,
    }
    assert drawing.controls[0].key == "focus", "a period would lose the steps that began before it"
    assert not price_model.CHART.applies_to(price_steps((None, None), (None, None)))


def test_the_foot_of_a_model_is_told_of_only_where_there_is_one(tiny: TinyArchive) -> None:
    tiny.rankings(daily(*[{"a/x": 9, "b/y": 5}] * 4, {"a/x": 9, "c/z": 5, "other": 4}))
    whole, broken = (tiny.model(slug).usage_board for slug in ("a/x", "b/y"))
    assert whole is not None
    assert broken is not None
    assert "Gray foot" not in tok_model.CHART.subtitle(whole)
    assert "Gray foot: outside the top 50, where" in tok_model.CHART.subtitle(broken)


def test_each_model_has_the_steps_of_its_own_listings(tiny: TinyArchive) -> None:
    before = [listing("a/x", prompt="0.000001"), listing("a/x:batch", "a/x", prompt="0.000001")]
    tiny.models(*before, listing("b/y"), on=ago(2))
    after = [listing("a/x", prompt="0.000003"), listing("a/x:batch", "a/x", prompt="0.000002")]
    tiny.models(*after, listing("b/y"))
    board = tiny.model("a/x").price_history
    assert board is not None
    assert board.id == "model-prices.a.x"
    assert table(board, _KEY, "day", "prompt")[:2] == [
        ("a/x", "2026-11-19", "0.000001"),
        ("a/x", "2026-11-21", "0.000003"),
    ]
    assert "changed once between 19 Nov 2026 and 21 Nov 2026" in board.finding
    assert "input from $1 to $3" in board.finding
    assert board.id in tiny.site().charted_boards
    assert tiny.model("b/y").price_history is None


def _shares(**by_author: list[float | None]) -> AnyBoard:
    """The shares of authors, week by week up to the newest; None where a week does not name one."""
    rows: list[dict[str, Any]] = []
    for author, shares in by_author.items():
        entity = Entity(author, author.title(), None, author)
        for back, share in zip(range(len(shares) - 1, -1, -1), shares, strict=True):
            week = LAST - timedelta(days=7 * back)
            if share is not None:
                tokens = round(share * 1000)
                least = {"total_tokens": tokens, "share": share}
                most = {"total_tokens_high": tokens, "share_high": share}
                rows.append({"week": week, "author": entity, **least, **most})
    kinds = "week:day author:entity total_tokens:tokens share:share"
    more: dict[str, Any] = {"window": _WINDOW, "finding": "One led."}
    return sample("use-history.authors", kinds, rows, **more)


@pytest.mark.parametrize(("size", "columns"), [(WIDE, 3), (NARROW, 2)])
def test_authors_stand_in_panels_by_the_newest_week(size: Any, columns: int) -> None:
    board = _shares(b=[0.1, None, 0.2], gone=[0.6, 0.5, None], a=[0.2, 0.3, 0.4], c=[0.1] * 3)
    drawing = tok_author_panels.CHART.draw(board, size)
    panels = drawing.data["panels"]
    assert [(panel["series"], panel["share"]) for panel in panels] == [
        ("a", "40.0%"),
        ("b", "20.0%"),
        ("c", "10.0%"),
        ("gone", ""),
    ]
    (chart,) = draw_all({board.id: board}, charts=[tok_author_panels.CHART], pictures_only=True)
    assert isinstance(chart, DrawnChart)
    picture = chart.file(f"{size.suffix}.svg").decode()
    first = phrases.short_day(min(phrases.day(row, "week") for row in board.rows))
    assert picture.count(f">{first}<") == columns, "the first day stands below the lowest of each"
    tick = formats.share(max(drawing.params["ticks"])).replace(".0", "")  # type: ignore[arg-type]
    assert picture.count(f">{tick}<") == math.ceil(4 / columns), "and values beside the leftmost"
    runs = [row["run"] for row in drawing.data["rows"] if row["series"] == "b"]
    assert runs == ["b 0", "b 1"], "nothing joins weeks between which one does not name the author"
    assert drawing.params["top"] == 0.6, "one scale for all"
    tokens = drawing.controls[0].options[1]
    assert tokens.params["top"] == max(row["total_tokens"] for row in drawing.data["rows"])


def test_a_panel_is_filled_up_to_the_weeks_that_may_be_restated() -> None:
    board = replace(_shares(a=[0.2, 0.3, 0.4]), coverage=covered(_WINDOW, 3))
    (chart,) = draw_all({board.id: board}, charts=[tok_author_panels.CHART], pictures_only=True)
    assert isinstance(chart, DrawnChart)
    picture = chart.file(".svg").decode()
    (corners,) = re.findall(r'<path d="([^"]*)Z" fill="#', picture)
    assert len(re.split("[ML]", corners)) - 1 == 2 * 2, "two weeks, above and below"
    assert "fill-opacity" not in picture


def test_weeks_are_labeled_where_their_values_are() -> None:
    board = boards()["concentration"]
    chart = _drawn(board, tok_concentration.CHART)
    weeks = {phrases.short_day(phrases.day(row, "week")) for row in board.rows}
    said = re.findall(r">(\d+ [A-Z][a-z]{2})</text>", chart.file(".svg").decode())
    assert phrases.short_day(LAST) in said
    assert set(said) < weeks


def test_the_scale_of_an_index_is_around_its_values() -> None:
    drawing = price_index.CHART.draw(boards()["price-index"], WIDE)
    values = [row["value"] for row in drawing.data["rows"]]
    bottom, top = drawing.params["bottom"], drawing.params["top"]
    assert 0 < bottom <= min(values) <= max(values) < top
    assert bottom % 10 == top % 10 == 0


def test_who_gained_and_who_lost_is_told_of_those_in_the_first_and_the_newest_week() -> None:
    board = _shares(a=[0.2, 0.4], b=[0.3, 0.1], new=[None, 0.5])
    assert tok_author_panels.CHART.alt(board) == (
        "Of the 2 authors shown with models in the daily top 50 both in the week to 10 Aug 2026 "
        "and in the week to 17 Aug 2026, A gained the most, from 20.0% to 40.0%; "
        "B lost the most, from 30.0% to 10.0%. One led."
    )
    assert tok_author_panels.CHART.alt(_shares(a=[0.2])) == "One led."
    slight = _shares(a=[0.04955, 0.05015], b=[0.5, 0.5])
    assert "A gained the most, +0.1 percentage points. " in tok_author_panels.CHART.alt(slight)
    level = _shares(a=[0.1, 0.3], b=[0.2, 0.4], c=[0.7, 0.3])
    assert "B and A gained the most, +20.0 percentage points each;" in tok_author_panels.CHART.alt(
        level
    )


def _as_bounds(board: AnyBoard, more: dict[str, float]) -> AnyBoard:
    """The board with so much more of the authors' shares that can have been outside the top 50."""
    rows = [
        replace(
            row,
            share_high=row.share + more.get(row.author.id, 0.0),
            total_tokens_high=row.total_tokens + round(1000 * more.get(row.author.id, 0.0)),
        )
        for row in rows_of(board, AuthorUseWeekRow)
    ]
    return replace(board, rows=tuple(rows))


def test_a_share_that_is_a_lower_bound_is_marked_as_one_in_its_panel() -> None:
    board = _as_bounds(_shares(a=[0.2, 0.4], b=[0.3, 0.1]), {"a": 0.002})
    panels = tok_author_panels.CHART.draw(board, WIDE).data["panels"]
    assert [(panel["share"], panel["tokens"]) for panel in panels] == [
        ("≥ 40.0%", "≥ 400"),
        ("10.0%", "100"),
    ]
    tips = [row["tip"] for row in tok_author_panels.CHART.draw(board, WIDE).data["rows"]]
    assert tips[0]["Share"] == "20.0% to 20.2%"
    assert tips[0]["Tokens"] == "200 to 202"


def test_who_gained_is_told_as_far_as_the_top_fifty_shows_where_that_may_decide() -> None:
    shares = _shares(a=[0.2, 0.4], b=[0.3, 0.1], c=[0.1, 0.2])
    of_a = tok_author_panels.CHART.alt(_as_bounds(shares, {"a": 0.04}))
    assert "A gained the most, from at least 20.0% to at least 40.0%; B lost the most, " in of_a
    assert of_a.endswith("from 30.0% to 10.0%. One led.")
    # With the most outside the top 50 at the end, and nothing at the start, C gained as much.
    of_c = tok_author_panels.CHART.alt(_as_bounds(shares, {"c": 0.1}))
    assert "A gained the most, from 20.0% to 40.0%, as far as the daily top 50 shows;" in of_c
    level = _as_bounds(_shares(a=[0.1, 0.3], b=[0.2, 0.4], c=[0.7, 0.3]), {"b": 0.001})
    assert "points each, as far as the daily top 50 shows;" in tok_author_panels.CHART.alt(level)
    alone = _as_bounds(_shares(a=[0.2, 0.4]), {"a": 0.01})
    assert "from at least 20.0% to at least 40.0%." in tok_author_panels.CHART.alt(alone)


def test_authors_are_called_the_largest_only_where_some_are_left_out() -> None:
    every = {f"a{number}": [0.1] for number in range(MOST)}
    several = "authors among the first 8 of any week."
    assert tok_history.CHART.subtitle(_shares(**every)).endswith(f"The 16 largest of the {several}")
    del every["a0"]
    assert tok_history.CHART.subtitle(_shares(**every)).endswith(f". {several.capitalize()}")


def test_a_period_can_be_chosen_only_where_it_is_shorter_than_all() -> None:
    weeks_ = [LAST - timedelta(days=7 * back) for back in (2, 1, 0)]
    names = [(count, f"{count}w", f"{count} weeks") for count in (2, 3, 4)]
    options = controls.newest("week", weeks_, names).options
    assert [(one.value, one.params) for one in options] == [
        ("", {}),
        ("2w", {"since": str(weeks_[1])}),
    ]


def test_a_period_of_days_can_be_chosen_where_it_is_clearly_shorter_than_all() -> None:
    def periods(days: int, each: int = 1) -> list[tuple[str, object]]:
        options = controls.day_ranges(LAST - timedelta(days=days - each), LAST, each).options
        return [(one.value, one.params.get("since")) for one in options]

    month = ("30d", str(LAST - timedelta(days=29)))
    assert periods(36) == [("", None)]
    assert periods(37) == [("", None), month]
    assert [value for value, _ in periods(109)] == ["", "30d", "90d"]
    assert periods(42, 7) == [("", None), ("30d", str(LAST - timedelta(days=23)))]


def test_events_stand_at_their_place_on_the_axis_and_together_where_they_would_touch() -> None:
    days = [LAST - timedelta(days=back) for back in (60, 30, 29, 0)]
    marks = [EventMark(day, f"{nth} led.") for nth, day in enumerate(days)]
    axis = [LAST - timedelta(days=7 * back) for back in range(6, -1, -1)]
    rows = events.marked(marks, "week", axis, NARROW)
    assert [(row["week"], row["letter"], list(row["tip"].values())) for row in rows] == [
        ("2026-07-06", "A", ["Event A", "0 led."]),
        ("2026-07-20", "B", ["Event B", "1 led.", "2 led."]),
        ("2026-08-17", "C", ["Event C", "3 led."]),
    ]
    assert events.marked(marks, "week", axis[:1], NARROW)[0]["letter"] == "A"
    each_day = list(_WINDOW)
    near = [row["day"] for row in events.marked(marks, "day", each_day, NARROW)]
    apart = [row["day"] for row in events.marked(marks[1:3], "day", each_day[-40:], WIDE)]
    assert near == [str(days[0]), str(days[1]), str(days[3])]
    assert apart == [str(days[1])], "a day of forty takes less than a letter's room"
    assert events.control([]) is None
    many = [EventMark(LAST, f"{nth}.") for nth in range(5)]
    (row,) = events.marked(many, "week", axis, NARROW)
    assert list(row["tip"].values())[1:] == ["0. And 4 more."]


def test_boards_of_tokens_carry_who_entered_the_top_ten_and_who_leads(tiny: TinyArchive) -> None:
    tiny.rankings(weeks({"a/x": 9, "b/y": 1}, {"a/x": 9, "b/y": 1}, {"a/x": 1, "c/new": 99}))
    charted = tiny.site().charted_boards
    told = [mark.text for mark in charted["use-history.authors"].marks]
    assert [text for text in told if "took the lead" in text] == [
        "c/new took the lead by tokens over seven days from a/x."
    ]
    assert any(text.startswith("c/new entered the top 10") for text in told)
    (control,) = (
        one
        for one in tok_history.CHART.draw(charted["use-history.authors"], WIDE).controls
        if one.key == "events"
    )
    assert [option.params for option in control.options] == [{}, {"events": 1}]


def _by_week(*of_weeks: dict[int, int]) -> AnyBoard:
    """The tokens of each week up to the last day, by the last digit of the model, as a board."""
    rows: list[dict[str, object]] = []
    for back, tokens in enumerate(reversed(of_weeks)):
        week, total = LAST - timedelta(days=7 * back), sum(tokens.values())
        for at, amount in tokens.items():
            share = amount / total
            rows.append(
                {"week": week, _KEY: model(10 + at), "total_tokens": amount, "share": share}
            )
    kinds = f"week:day {_KEY}:entity total_tokens:tokens share:share"
    return sample("models-weekly", kinds, rows[::-1], window=_WINDOW)


def _names_in(board: AnyBoard, *, shares: bool = False) -> dict[str, list[str]]:
    """The models that the pictures name in or above a bar and not at its end, by the size of the picture."""
    chart = replace(
        tok_top_stack.CHART,
        draw=lambda board, size: stacked.drawing(board, _KEY, size, shares=shares),
    )
    (drawn,) = draw_all({board.id: board}, charts=[chart], pictures_only=True)
    assert isinstance(drawn, DrawnChart), drawn
    at_end = {row.entity(_KEY).name for row in board.rows if phrases.day(row, "week") == LAST}
    named = {}
    for size in SIZES:
        texts = re.findall(r">([^<]*)</text>", drawn.file(f"{size.suffix}.svg").decode())
        # Each stands there with a rim first.
        names = {text for text in texts if text.startswith("Model ")} - at_end
        named[size.name] = sorted(names)
    return named


def test_who_is_gone_is_named_in_its_bar_where_that_has_room_for_the_name() -> None:
    board = _by_week({0: 60, 1: 10, 2: 30}, {0: 40, 1: 20, 2: 40}, {2: 100})
    assert _names_in(board) == {
        "wide": ["Model 10", "Model 11"],
        "medium": ["Model 10", "Model 11"],
        "narrow": ["Model 10", "Model 11"],
    }
    # A part that is too low for a line of text.
    low = _by_week({0: 60, 1: 2, 2: 38}, {2: 100})
    assert _names_in(low)["wide"] == ["Model 10"]


def test_who_led_and_is_gone_is_named_above_a_bar_where_no_other_bar_lies_below_the_name() -> None:
    falling = [{0: 60, 1: 40}, *({1: 90 - 2 * week} for week in range(14))]
    # At the left edge there is no room for a name that is much longer than its bar.
    assert _names_in(_by_week(*falling)) == {"wide": ["Model 10"], "medium": [], "narrow": []}
    in_the_middle = [*({1: 60} for _ in range(7)), {0: 70, 1: 30}, *({1: 60} for _ in range(7))]
    named = ["Model 10"]
    assert _names_in(_by_week(*in_the_middle)) == {"wide": named, "medium": named, "narrow": named}
    beside_a_higher = [*in_the_middle[:6], {1: 110}, *in_the_middle[7:]]
    nowhere: list[str] = []
    assert _names_in(_by_week(*beside_a_higher)) == {
        "wide": nowhere,
        "medium": nowhere,
        "narrow": nowhere,
    }
    # Of shares, all bars are of one height.
    assert _names_in(_by_week(*beside_a_higher), shares=True)["narrow"] == named


def test_a_leader_is_named_above_the_week_where_its_name_has_room() -> None:
    lower = {1: 60}
    higher = [lower, lower, lower, {0: 70, 1: 20}, {1: 120}, *[lower] * 5]
    board = _by_week(*higher, {0: 65, 1: 60}, *[lower] * 4)
    drawing = tok_top_stack.CHART.draw(board, MEDIUM)
    named = [row["week"] for row in drawing.data["rows"] if row["past"]]
    assert named == [str(LAST - timedelta(days=7 * 4))]


def test_names_above_bars_keep_clear_of_each_other_and_of_marks() -> None:
    weeks_ = [LAST + timedelta(days=7 * week) for week in range(10)]
    tops = dict.fromkeys(weeks_, 50.0)
    bars = Bars(300, tops, {weeks_[9]: "provisional"})
    assert bars.has_room(weeks_[4], "A name")
    bars.take(weeks_[4], "A name")
    assert not bars.has_room(weeks_[5], "A name")
    assert bars.has_room(weeks_[6], "A name")
    assert not bars.has_room(weeks_[8], "A name")
    assert not bars.has_room(weeks_[0], "A long name")
    over_its_own = Bars(300, {**tops, weeks_[4]: 10.0}, {})
    assert over_its_own.has_room(weeks_[4], "A name")
    assert not over_its_own.has_room(weeks_[3], "A name")
    assert over_its_own.has_room(weeks_[3], "i")


def test_a_tooltip_rounds_a_share_as_the_pages_do() -> None:
    board = one_model()
    shares = {0: 0.0245, 1: 0.02449, 2: 0.0004}
    rows = [
        replace(row, share=shares[at]) if at in shares else row for at, row in enumerate(board.rows)
    ]
    shown = tok_model.CHART.draw(replace(board, rows=tuple(rows)), WIDE).data["rows"]
    assert [row["share"] for row in shown[:4]] == ["2.5%", "2.4%", "<0.1%", "2.0%"]


def test_every_leader_that_is_gone_is_named_and_of_others_those_with_room() -> None:
    weeks_ = [LAST - timedelta(days=back) for back in (14, 7, 0)]
    ranks = [{10: 1, 13: 2}, {11: 1, 14: 2}, {12: 1}]
    rows: list[dict[str, object]] = []
    for week, of_week in zip(weeks_, ranks, strict=True):
        for at, rank in of_week.items():
            rows.append({"week": week, _KEY: model(at), "rank": rank})
    board = sample("models-ranks", f"week:day {_KEY}:entity rank:rank", rows, window=_WINDOW)
    points = tok_rank_bump.CHART.draw(board, WIDE).data["rows"]
    assert [point["past"] for point in points if point["past"]] == [
        "Model 10",
        "Model 13",
        "Model 11",
    ]


def test_authors_without_a_row_of_months_are_one_rest() -> None:
    rows = mod_releases.CHART.draw(boards()["releases"], WIDE).data["rows"]
    models: dict[str, int] = {}
    for row in rows:
        models[row["author"]] = models.get(row["author"], 0) + row["models"]
    assert len(models) == 1 + mod_releases.MOST + 1
    assert models["all"] == sum(models.values()) - models["all"]
