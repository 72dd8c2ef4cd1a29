"""What days no longer have where there is no room: the oldest first, by a written order, and said so."""

import json
from datetime import date, timedelta
from pathlib import Path

from generator.base.artifact import Artifact
from generator.checks.attribution import Attribution
from generator.checks.built_tree import Note, Tree
from generator.checks.html_page import Page
from generator.endpoints import benchmarks
from generator.render.context import Context
from generator.render.downloads import make_downloads
from generator.render.latest import latest_files
from generator.render.permalinks import render_permalinks
from generator.render.thinning import ROOM, Thinned, kept_days, snapshot_sizes, thinned
from tests.tiny_archive import TODAY, TinyArchive, score

MB = 10**6
SCORES = benchmarks.ARTIFICIAL_ANALYSIS.name


def held(days: int, size: int = MB // 4) -> dict[date, int]:
    """The bytes of the snapshots of so many days up to TODAY."""
    return {TODAY - timedelta(days=ago): size for ago in range(days)}


def test_nothing_is_left_out_while_there_is_room_nor_of_the_newest_year_or_quarter() -> None:
    assert thinned({}) == Thinned()
    assert thinned(held(1), room=0) == Thinned()
    assert thinned(held(92), room=0) == Thinned()
    assert thinned(held(365)) == Thinned()
    nothing_fits = thinned(held(4000), room=0)
    assert nothing_fits == Thinned(
        snapshots=TODAY - timedelta(days=365),
        changes=TODAY - timedelta(days=365),
        charts=TODAY - timedelta(days=91),
        month_ends=date(2021, 11, 1),
    )


def test_the_oldest_is_left_out_first_and_in_the_written_order() -> None:
    days = held(1000)
    first = min(days)
    all_of_it = 1000 * (MB // 4 + 160_000) + len(kept_days(sorted(days), 365)) * 850_000
    assert thinned(days, room=all_of_it) == Thinned()
    assert thinned(days, room=all_of_it - 1) == Thinned(snapshots=first + timedelta(days=1))
    two_days = thinned(days, room=all_of_it - MB // 4 - 1)
    assert two_days == Thinned(snapshots=first + timedelta(days=2))
    without_snapshots = all_of_it - 634 * (MB // 4)
    with_changes = thinned(days, room=without_snapshots)
    assert with_changes == Thinned(snapshots=TODAY - timedelta(days=365))
    assert thinned(days, room=without_snapshots - 1).changes == first + timedelta(days=1)


def test_ten_years_of_the_largest_days_recorded_fit() -> None:
    days = held(3653)
    left_out = thinned(days)
    charted = kept_days(sorted(days), 365, left_out)
    size = sum(bytes_ for day, bytes_ in days.items() if day >= left_out.snapshots)
    size += 3653 * 100_000 + sum(60_000 for day in days if day >= left_out.changes)
    assert size + len(charted) * 850_000 <= ROOM
    assert TODAY - timedelta(days=90) in charted
    assert date(2022, 3, 31) in charted
    assert left_out.sentences[0].startswith("Days before ")


def published(tiny: TinyArchive, left_out: Thinned) -> dict[str, bytes]:
    """Every file of the days and of the data, by path."""
    history, site = tiny.history(), tiny.site()
    context = Context(
        history,
        site,
        latest=latest_files(history, site),
        left_out=left_out,
        cache=tiny.root / "cache",
    )
    parts = [*make_downloads(context), *render_permalinks(context, embedded_days=0)]
    made = {}
    for part in parts:
        assert isinstance(part, Artifact)
        made[part.path] = part.body if isinstance(part.body, bytes) else part.body.read_bytes()
    return made


def test_a_day_says_where_its_snapshots_are_and_keeps_tables_checksums_and_credits(
    tiny: TinyArchive, tmp_path: Path
) -> None:
    old = TODAY - timedelta(days=1)
    tiny.scores(score("a/b", 60.0), on=old)
    tiny.scores(score("a/b", 61.0))
    assert list(snapshot_sizes(tiny.history(), tiny.site())) == [old, TODAY]
    before = published(tiny, Thinned())
    made = published(tiny, Thinned(snapshots=TODAY, changes=TODAY))
    snapshot = f"data/v1/{SCORES}/{old}.json.gz"
    assert {path for path in before if path not in made} == {
        snapshot,
        snapshot.replace(".json.gz", ".manifest.json"),
    }
    [gone] = json.loads(made[f"data/v1/{SCORES}/earlier.json"])["days"]
    assert (gone["day"], gone["path"]) == (str(old), f"{old}.json.gz")
    page = made[f"d/{old}/index.html"].decode()
    assert "are in the archive of this site" in page
    assert gone["sha256"] in page
    assert f'href="../../{snapshot}"' not in page
    assert (
        f'href="../../data/v1/{SCORES}/{TODAY}.json.gz"' in made[f"d/{TODAY}/index.html"].decode()
    )
    assert "no longer listed, to save space" in made[f"d/{old}/changes/index.html"].decode()
    index = json.loads(made["data/v1/index.json"])["datasets"]
    assert [row["dates"] for row in index if row["dataset"] == SCORES] == [[str(TODAY)]]

    for path, body in made.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(body)
    check = Attribution(Tree(tmp_path))
    results = list(check.page(f"d/{old}/index.html", Page(page)))
    assert [result for result in results if not isinstance(result, Note)] == []
    assert results == []
