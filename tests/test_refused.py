"""Snapshots that an earlier, more lenient version stored and this one refuses: the next older ones are used."""

import json
import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from generator.archive import held_state, listings
from generator.archive.history import History
from generator.archive.store import Archive
from generator.base.errors import NothingToPublish
from generator.boards import all_boards
from generator.endpoints import BY_NAME, CORE
from generator.publish import parquet
from generator.publish.folders import Folders
from generator.publish.stage import stage
from tests.forking import know_some_lists
from tests.loopback import Loopback
from tests.running import LAST, Built, leaderboards, run
from tests.tiny import DAY, Edit, archive, edited, keep

BEFORE = DAY - timedelta(days=1)
HUGE = 10**320
ANALYSIS = "benchmarks-artificial-analysis"


def no_tags(value: Any) -> None:
    for task in value["data"]["classifications"]:
        del task["tag"]


def created(value: Any) -> None:
    for row in value["data"] if isinstance(value["data"], list) else []:
        row["created"] = HUGE


UNFIT: dict[str, Edit] = {
    "rankings-daily": edited("total_tokens", "5x"),
    "app-rankings": edited("total_requests", HUGE),
    "models": created,
    ANALYSIS: edited("intelligence_index", 1e9),
    "benchmarks-design-arena": edited("elo", HUGE),
    "task-classifications": no_tags,
}
"""For each dataset that always has rows a change that makes it unreadable."""


@pytest.fixture(scope="module", autouse=True)
def _some_lists() -> Iterator[None]:
    """Know a few lists of apps: all of them are four fifths of the replies of a tiny archive."""
    with pytest.MonkeyPatch.context() as patch:
        know_some_lists(patch)
        yield


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """One good day of each dataset, and a day after it that cannot be read."""
    made = archive(tmp_path_factory.mktemp("refused"), day=BEFORE)
    for name, edit in UNFIT.items():
        keep(made, name, edit, DAY)
    return made


@pytest.mark.parametrize("name", UNFIT)
def test_the_next_older_snapshot_serves_and_the_note_says_which_file_and_why(
    held: Archive, name: str
) -> None:
    history = History(held, DAY)
    newest = history.newest(name)
    assert newest is not None
    assert newest.day == BEFORE
    facts, before = history.facts(BY_NAME[name]), History(held, BEFORE).facts(BY_NAME[name])
    assert facts is not None
    assert facts == before
    assert [kept.day for kept in history.snapshots(name)] == [BEFORE]
    (refused,) = history.refused(name)
    assert str(held.root / name / f"{DAY}.json.gz") in str(refused)
    assert f"{name} reply to GET " in str(refused)
    assert "the next older snapshot serves" in str(refused)
    assert str(held.root) not in refused.note


def test_a_snapshot_in_a_packed_year_that_cannot_be_read_is_named_with_its_zip(
    held: Archive, tmp_path: Path
) -> None:
    copy = shutil.copytree(held.root, tmp_path / "data")
    assert list(Archive(copy).pack_finished_years(DAY + timedelta(days=500)))
    history = History(Archive(copy), DAY)
    assert history.facts(BY_NAME[ANALYSIS])
    (refused,) = history.refused(ANALYSIS)
    name = f"{DAY}.json.gz"
    assert str(refused).startswith(f"{copy / ANALYSIS / str(DAY.year)}.zip: {name} in it: ")
    assert "delete" not in str(refused)


def test_history_and_memory_are_of_the_good_days_alone(held: Archive) -> None:
    now, then = History(held, DAY), History(held, BEFORE)
    assert now.daily_tokens is not None
    assert now.daily_tokens == then.daily_tokens
    assert now.listings == then.listings == listings.recall(held, DAY)
    assert {kept.manifest.sha256 for kept in held.snapshots("models", DAY)} > set(now.listings.read)


def test_boards_are_those_of_the_day_before_and_the_status_names_the_files(held: Archive) -> None:
    site = all_boards.site(History(held, DAY), demo="", public_url="", version="0")
    assert site.failures == ()
    assert site.boards["artificial-analysis"].rows
    assert site.boards["frontier-history"].rows
    for state in site.datasets:
        if state.name in UNFIT:
            assert (state.day, state.stale) == (BEFORE, True)
            assert any(
                note.startswith(f"{DAY}.json.gz: this version cannot read it")
                for note in state.notes
            )


def test_the_next_run_is_planned_from_the_good_days_alone(tmp_path: Path) -> None:
    made = archive(tmp_path, day=BEFORE)
    for name, edit in UNFIT.items():
        keep(made, name, edit, DAY)
    history = History(made, DAY + timedelta(days=1))
    for name in UNFIT:
        plan = held_state.of_dataset(history, name)
        assert plan.newest == BEFORE, name
    # The newest day stood in the unreadable snapshot only: it is asked for again.
    assert max(held_state.of_dataset(history, "rankings-daily").stated_days) == BEFORE - timedelta(
        days=1
    )


def test_a_day_is_asked_for_again_whatever_an_archive_without_any_good_snapshot_holds(
    tmp_path: Path,
) -> None:
    made = Archive(tmp_path / "data")
    for name, edit in UNFIT.items():
        keep(made, name, edit, DAY)
    history = History(made, DAY + timedelta(days=1))
    assert all(held_state.of_dataset(history, name).newest is None for name in UNFIT)
    assert history.daily_tokens is None
    with pytest.raises(NothingToPublish):
        stage(Folders(tmp_path), DAY)


def test_an_export_leaves_the_unreadable_out_and_says_so(held: Archive, tmp_path: Path) -> None:
    said: list[str] = []
    parquet.export(held, tmp_path, said.append)
    for name in UNFIT:
        assert any(f"{name}/{DAY}.json.gz: this version cannot read it" in line for line in said), (
            name
        )


@pytest.fixture(scope="module")
def rendered(first_day: Built, once: Callable[..., Built]) -> Built:
    """A site whose last snapshots but one day's cannot be read, rendered the day after, with no day kept drawn."""
    return once("rendered", lambda folder: _rendered(first_day, folder))


def _rendered(first_day: Built, folder: Path) -> Built:
    site = first_day.copied(folder)
    shutil.rmtree(site / ".cache" / "days")
    held = Archive(site / "data")
    for name, edit in UNFIT.items():
        keep(held, name, edit, LAST)
    today = LAST + timedelta(days=1)
    return Built(
        site, leaderboards("render", "--site", site, "--today", str(today), key=None), today
    )


def test_an_archive_with_unreadable_snapshots_is_published_from_the_older_ones(
    first_day: Built, rendered: Built
) -> None:
    assert rendered.ran.code == 3, rendered.ran.err
    assert "Traceback" not in rendered.ran.err
    for name in UNFIT:
        assert (
            f"{name}/{LAST}.json.gz: this version cannot read it and goes without it"
            in rendered.ran.err
        )
        assert f"{name}: out of date since {first_day.today}" in rendered.ran.err
    status = rendered.text("status/index.html")
    assert status.count("this version cannot read it") == len(UNFIT)
    assert "intelligence_index: expected" in status
    mine, theirs = (
        json.loads(one.text(f"data/v1/{ANALYSIS}/latest.json")) for one in (rendered, first_day)
    )
    assert mine["rows"] == theirs["rows"]


def test_a_day_gone_by_whose_snapshots_cannot_be_read_keeps_its_page(rendered: Built) -> None:
    assert f"{LAST}" in rendered.text("d/index.html")
    assert "As published on" in rendered.text(f"d/{LAST}/index.html")


def test_a_bad_day_is_published_without_what_was_bad_and_the_next_day_is_whole(
    first_day: Built, tmp_path: Path
) -> None:
    bad = LAST - timedelta(days=1)
    with Loopback(small=True) as server:
        unfit = [
            {"source": "artificial-analysis", "model_permaslug": "a/one", "display_name": "One"}
        ]
        server.replace("/benchmarks", {"source": "artificial-analysis"}, [unfit[0] | _indices(1e9)])
        server.replace("/models/count", {}, f'{{"data":{{"count":{HUGE}}}}}')
        first = run(server, tmp_path / "site", bad)
        assert first.ran.code == 3, first.ran.err
        assert "Traceback" not in first.ran.err
        assert (
            f"{ANALYSIS} reply to GET /benchmarks?source=artificial-analysis, data[0].intelligence_index"
            in (first.ran.err)
        )
        refused = "GET /models/count?output_modalities=all, data.count: expected an integer"
        assert refused in first.text("status/index.html")
        assert "No data" in first.text("status/index.html")
    with Loopback(small=True) as server:
        second = run(server, tmp_path / "site", LAST)
    assert second.ran.code == 0, second.ran.err
    assert second.ran.err == ""
    assert "No data" not in second.text("status/index.html")
    assert all((second.data / endpoint.name / f"{LAST}.json.gz").is_file() for endpoint in CORE)


def _indices(value: float) -> dict[str, float]:
    return dict.fromkeys(("intelligence_index", "coding_index", "agentic_index"), value)
