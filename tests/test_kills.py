"""Small versions of what ``make torture`` plays: runs that are killed or whose disk fails, and weeks with faults."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.torture import kills
from tests.torture.file_faults import KILL, Faults
from tests.torture.kills import Job
from tests.torture.simulated_year import Year


@pytest.fixture(params=[kills.publishing, kills.archiving, kills.packing])
def job(request: pytest.FixtureRequest, tmp_path: Path) -> Job:
    make: Callable[[Path], Job] = request.param
    return make(tmp_path)


def test_a_kill_or_a_full_disk_leaves_the_old_or_the_new_and_the_next_run_recovers(
    job: Job,
) -> None:
    calls = range(1, kills.count_calls(job) + 1)
    for outcome in (
        kills.at_calls(job, calls[::6], Faults(kind=KILL)),
        kills.at_calls(job, calls[1::12], Faults(kind="ENOSPC")),
        kills.at_calls(job, calls[2::12], Faults(kind="EIO", for_ever=True)),
    ):
        assert outcome.played > 1
        assert outcome.wrong == (), outcome.what


def test_a_tree_that_is_published_file_by_file_is_found_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def file_by_file(staged: Path, live: Path, **_options: bool) -> None:
        for path in sorted(staged.rglob("*")):
            if path.is_file():
                target = live / path.relative_to(staged)
                target.parent.mkdir(parents=True, exist_ok=True)
                path.replace(target)

    job = kills.publishing(tmp_path)
    monkeypatch.setattr("generator.base.files.exchange", file_by_file)
    calls = kills.count_calls(job)
    outcome = kills.at_calls(job, range(calls - 8, calls - 6), Faults(kind=KILL))
    assert any("neither the old nor the new" in sentence for sentence in outcome.wrong)


def test_in_three_weeks_with_faults_no_day_is_lost_and_no_wrong_number_is_unmarked(
    tmp_path: Path,
) -> None:
    year = Year(tmp_path / "site")
    year.play(21, render_every=0)
    outcomes = list(year.outcomes())
    assert len(outcomes) > 3
    assert [outcome.wrong for outcome in outcomes if outcome.wrong] == []
