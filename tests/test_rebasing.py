"""Days on which an index was re-based: found in the scores, told as events, and shown where scores stand."""

from typing import Any

import pytest

from generator.boards.board import Boards
from generator.render.pages import render_pages
from tests.board_samples import TODAY as SAMPLE_DAY
from tests.board_samples import board as sample_board
from tests.page_reading import read
from tests.site_samples import context, site
from tests.tiny_archive import Json, TinyArchive, ago, listing, score, table


def scores(*indices: float | None, **more: Any) -> list[Json]:
    """One model for each intelligence index, all at one price."""
    return [score(f"m/{n}", index, "0.000001", **more) for n, index in enumerate(indices)]


def told(tiny: TinyArchive) -> list[tuple[Any, ...]]:
    return table(tiny.board("changes"), "day", "after", "kind", "model_permaslug", "text")


BEFORE = (50, 40, 30, 20, 10)
SCALED = (40, 32, 24, 16, 8)


def test_scores_that_all_change_at_once_are_a_rebasing(tiny: TinyArchive) -> None:
    tiny.models(listing("m/0"))
    tiny.scores(*scores(*BEFORE), on=ago(2))
    tiny.scores(*scores(*SCALED), on=ago(1))
    tiny.scores(*scores(*SCALED))
    text = (
        "The intelligence index of Artificial Analysis was re-based on 20 Nov 2026: "
        "5 of 5 scores changed, all down. Scores before and after are not comparable."
    )
    assert told(tiny) == [
        ("2026-11-20", "2026-11-19", "Index re-based", "artificial-analysis", text)
    ]
    assert tiny.board("changes").finding == "20 Nov 2026: 1 index re-based."
    assert tiny.board("changes").datasets == ("models", "benchmarks-artificial-analysis")
    keys = ("day", "after", "index", "common", "rose", "fell", "text")
    assert tiny.board("rebasings").phone == ("day", "text")
    assert table(tiny.board("rebasings"), *keys) == [
        ("2026-11-20", "2026-11-19", "intelligence_index", 5, 0, 5, text)
    ]


def test_a_rebasing_alone_is_a_change(tiny: TinyArchive) -> None:
    tiny.scores(*scores(*BEFORE), on=ago(1))
    tiny.scores(*scores(*SCALED))
    assert [kind for _, _, kind, _, _ in told(tiny)] == ["Index re-based"]


def test_of_several_settings_under_one_name_the_best_decides(tiny: TinyArchive) -> None:
    weak = scores(*[1] * len(BEFORE))
    tiny.scores(*scores(*BEFORE), *weak, on=ago(1))
    tiny.scores(*scores(*SCALED), *weak)
    assert [kind for _, _, kind, _, _ in told(tiny)] == ["Index re-based"]


def test_scores_of_models_that_were_renamed_are_compared(tiny: TinyArchive) -> None:
    tiny.scores(*scores(*BEFORE, display_name="xAI: Grok"), on=ago(1))
    tiny.scores(*scores(*SCALED, display_name="SpaceXAI: Grok"))
    assert table(tiny.board("rebasings"), "common", "rose", "fell") == [(5, 0, 5)]


def test_settings_of_one_model_are_compared_by_name(tiny: TinyArchive) -> None:
    tiny.scores(*scores(*BEFORE), score("m/0", 90, "0.000001", display_name="high"), on=ago(1))
    low = score("m/0", 41, "0.000001", display_name="low")
    tiny.scores(*scores(*SCALED), score("m/0", 91, "0.000001", display_name="high"), low)
    # The five plain settings fell and the high one rose; what was "low" the day before is not known.
    assert table(tiny.board("rebasings"), "common", "rose", "fell") == [(6, 1, 5)]


def test_a_setting_that_joins_the_only_one_of_a_model_is_compared_with_none(
    tiny: TinyArchive,
) -> None:
    tiny.scores(*scores(*BEFORE), on=ago(1))
    tiny.scores(*scores(*SCALED), score("m/0", 41, "0.000001", display_name="high"))
    assert table(tiny.board("rebasings"), "common", "rose", "fell") == [(5, 0, 5)]


def test_a_rebasing_between_two_snapshots_is_dated_by_both(tiny: TinyArchive) -> None:
    tiny.scores(*scores(*BEFORE), on=ago(9))
    tiny.scores(*scores(*SCALED), on=ago(4))
    ((day, after, _, _, text),) = told(tiny)
    assert (day, after) == ("2026-11-17", "2026-11-12")
    assert "was re-based between 12 and 17 Nov 2026: 5 of 5" in text


def test_scores_that_stood_still_are_dated_by_their_source(tiny: TinyArchive) -> None:
    tiny.scores(*scores(*BEFORE), on=ago(2), as_of=ago(14))
    tiny.scores(*scores(*BEFORE), on=ago(1), as_of=ago(14))
    tiny.scores(*scores(*SCALED))
    ((day, after, _, _, text),) = told(tiny)
    assert (day, after) == ("2026-11-21", "2026-11-07")
    assert "was re-based between 7 and 21 Nov 2026: 5 of 5" in text


def test_each_index_is_rebased_for_itself(tiny: TinyArchive) -> None:
    tiny.scores(*scores(*BEFORE, coding_index=60, agentic_index=50), on=ago(1))
    tiny.scores(*scores(*BEFORE, coding_index=66, agentic_index=50))
    ((_, _, _, _, text),) = told(tiny)
    assert text.startswith("The coding index of Artificial Analysis was re-based on 21 Nov 2026")
    assert text.endswith(
        "5 of 5 scores changed, all up. Scores before and after are not comparable."
    )
    assert {era for (era,) in table(tiny.board("frontier-history"), "era")} == {1}


def test_the_newest_rebasing_stands_first_and_those_of_a_day_in_the_order_of_the_indices(
    tiny: TinyArchive,
) -> None:
    tiny.scores(*scores(*BEFORE, coding_index=60, agentic_index=50), on=ago(2))
    tiny.scores(*scores(*BEFORE, coding_index=60, agentic_index=55), on=ago(1))
    tiny.scores(*scores(*SCALED, coding_index=66, agentic_index=55))
    assert table(tiny.board("rebasings"), "day", "index") == [
        ("2026-11-21", "intelligence_index"),
        ("2026-11-21", "coding_index"),
        ("2026-11-20", "agentic_index"),
    ]


def test_the_only_score_that_changed_is_told_in_the_singular(tiny: TinyArchive) -> None:
    tiny.models(listing("m/0"))
    tiny.scores(*scores(50), on=ago(1))
    tiny.scores(*scores(40))
    (row,) = tiny.board("rebasings").rows
    assert "moved on 21 Nov 2026: 1 of 1 score changed, all down." in str(row["text"])


@pytest.mark.parametrize(
    ("now", "told_as"),
    [
        ((50, 40, 30, 20, 10), ""),
        ((51, 41, 30, 20, 10), ""),
        ((51, 41, 31, 20, 10), "moved on 21 Nov 2026: 3 of 5 scores changed, all up."),
        (
            (49, 41, 29, 19, 10),
            "was re-based on 21 Nov 2026: 4 of 5 scores changed, 3 down and 1 up.",
        ),
    ],
)
def test_a_rebasing_moves_nearly_all_scores_and_no_line_joins_more_than_half(
    tiny: TinyArchive, now: tuple[float, ...], told_as: str
) -> None:
    tiny.models(listing("m/0"))
    tiny.scores(*scores(*BEFORE), on=ago(1))
    tiny.scores(*scores(*now))
    board = tiny.boards().get("rebasings")
    sentences = [str(row["text"]) for row in board.rows] if board else []
    assert [told_as in sentence for sentence in sentences] == ([True] if told_as else [])
    assert len(told(tiny)) == told_as.startswith("was re-based")


def test_two_scores_are_too_few_to_tell_a_rebasing(tiny: TinyArchive) -> None:
    tiny.models(listing("m/0"))
    tiny.scores(*scores(50, 40), on=ago(1))
    tiny.scores(*scores(40, 32))
    assert told(tiny) == []


def test_the_last_scores_of_a_day_are_those_of_the_day(tiny: TinyArchive) -> None:
    tiny.scores(*scores(*BEFORE), on=ago(1))
    tiny.scores(*scores(*SCALED))
    tiny.scores(*scores(*BEFORE))
    assert "rebasings" not in tiny.boards()
    assert table(tiny.board("frontier-history"), "day") == [("2026-11-20",), ("2026-11-21",)]


def test_the_pages_of_scores_and_of_the_frontier_say_where_scores_do_not_compare() -> None:
    values = {"day": SAMPLE_DAY, "after": SAMPLE_DAY, "text": "The index was re-based."}
    rows = [values | {"index": index} for index in ("intelligence_index", "coding_index")]
    columns = "day|Day|day index|Index|text text|Text|text"
    shifted = sample_board("rebasings", columns, rows, "benchmarks-artificial-analysis")
    made = {one.path: one.body for one in render_pages(context(site(boards=Boards([shifted])), {}))}

    def lines(path: str) -> list[str]:
        body = made[path]
        assert isinstance(body, bytes)
        items = read(body.decode()).all("li")
        return [item.text for item in items if "re-based" in item.text]

    assert lines("frontier/index.html") == ["18 Aug 2026 The index was re-based."]
    assert len(lines("benchmarks/artificial-analysis/index.html")) == 2
