"""A sample of what make torture plays: changed replies end as foreseen, and what is kept gives boards."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.archive.history import History
from generator.archive.store import Archive
from generator.base import tabular
from generator.boards import all_boards
from tests.forking import know_some_lists
from tests.torture import hostile_strings
from tests.torture.hostile_replies import ABSURD
from tests.torture.mutations import MUTATIONS
from tests.torture.outcome import HEAD, Outcome
from tests.torture.runs import DAY, taken
from tests.torture.schema_mutations import Mutant, answering, ending, mutants

EVERY = 263
"""One mutant of so many; a prime, so that each mutation comes up."""
ALL = tuple(mutants())


@pytest.fixture(autouse=True)
def _small_world(monkeypatch: pytest.MonkeyPatch) -> None:
    know_some_lists(monkeypatch)


def test_every_place_of_every_reply_is_changed_in_fourteen_ways() -> None:
    places = {(one.call.dataset, one.node.path) for one in ALL}
    assert len(places) > 91
    assert len(MUTATIONS) == 14
    assert len(ALL) > 91 * 14


def test_a_changed_reply_ends_as_foreseen() -> None:
    wrong = [fault for _, fault in map(ending, ALL[::EVERY]) if fault]
    assert wrong == []


@settings(max_examples=20)
@given(mutant=st.sampled_from(ALL), value=ABSURD)
def test_no_value_in_any_place_of_a_reply_ends_a_run_or_goes_unsaid(
    mutant: Mutant, value: Any
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(MUTATIONS, mutant.change, lambda _value: value)
        assert ending(mutant)[1] == ""


def test_what_is_kept_of_hostile_texts_in_all_datasets_gives_every_board(tmp_path: Path) -> None:
    shown = {
        "task-classifications": "data.classifications.[].display_name",
        "benchmarks-artificial-analysis": "data.[].display_name",
        "benchmarks-design-arena": "data.[].category",
        "benchmarks-openrouter": "data.[].display_name",
        "session-cost": "data.[].app_name",
        "rankings-daily": "data.[].model_permaslug",
        "models": "data.[].name",
        "app-rankings": "data.[].app_name",
    }
    changed = [
        one
        for one in ALL
        if shown.get(one.call.dataset) == str(one.node)
        and one.change == "a hostile text"
        and not one.everywhere
    ]
    assert {one.call.dataset for one in changed} == set(shown)
    outcomes = taken(answering(changed), tmp_path)
    assert {one.state for one in outcomes} == {"fresh"}
    site = all_boards.site(History(Archive(tmp_path), DAY), demo="", public_url="", version="0")
    assert site.failures == ()
    assert "\x1b" not in "".join(board.finding for board in site.boards.values())


@given(text=st.text(max_size=20), start=st.sampled_from(["=1", "+1+1", "@x", "-x", "＝1"]))
def test_a_text_that_a_spreadsheet_would_compute_stays_a_text_in_one_row(
    text: str, start: str
) -> None:
    for before in ("", "\xa0", "\ufeff", " \u200b"):
        made = tabular.cell(f"{before}{start}{text}\r")
        assert made.startswith("'")
        assert "\r" not in made


def test_an_outcome_counts_what_was_played_and_lists_what_went_wrong() -> None:
    assert HEAD == "   played  wrong  what"
    assert Outcome("a", 1234).report == "    1,234      0  a"
    wrong = tuple(f"it fell {number}" for number in range(22))
    head, *lines, more = Outcome("b", 25, wrong).report.splitlines()
    assert head == "       25     22  b"
    assert lines == list(wrong[:20])
    assert more == "and 2 more"


def test_ten_thousand_hostile_texts_differ() -> None:
    assert len(set(hostile_strings.strings())) == hostile_strings.COUNT == 10_000
