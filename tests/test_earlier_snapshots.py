"""Where a snapshot is that has left its address, and what the index says of those that have not."""

import json
from datetime import date

import pytest

from generator.render.context import Context
from generator.render.downloads import make_downloads
from generator.render.earlier_snapshots import earlier_file
from generator.render.latest import latest_files
from generator.render.thinning import Thinned
from tests.site_samples import site, state
from tests.tiny_archive import TODAY, TinyArchive, ago, score
from tests.whole_files import read_whole

SCORES = "benchmarks-artificial-analysis"


@pytest.mark.parametrize(
    ("public_url", "link"),
    [
        (
            "https://someone.github.io/boards/",
            f"https://github.com/someone/boards/raw/snapshots/{SCORES}/2025-03-01.json.gz",
        ),
        ("https://boards.example/", None),
    ],
)
def test_a_snapshot_is_linked_in_the_repository_of_the_site(
    tiny: TinyArchive, public_url: str, link: str | None
) -> None:
    tiny.scores(score("a/b", 60.0), on=date(2025, 3, 1))
    history = tiny.history()
    held = state(SCORES, day=date(2025, 3, 1))
    context = Context(history, site(public_url=public_url))
    [listed] = json.loads(earlier_file(context, held, history.archive.snapshots(SCORES, TODAY)))[
        "days"
    ]
    assert (listed["archive"], listed["archive_url"]) == (f"{SCORES}/2025-03-01.json.gz", link)


def test_the_index_keeps_the_newest_day_of_a_dataset_that_has_had_none_since(
    tiny: TinyArchive,
) -> None:
    tiny.scores(score("a/b", 60.0), on=ago(5))
    tiny.scores(score("a/b", 61.0), on=ago(3))
    history, made = tiny.history(), tiny.site()
    context = Context(
        history, made, latest=latest_files(history, made), left_out=Thinned(snapshots=TODAY)
    )
    files = {part.path: part.body for part in read_whole(make_downloads(context))}
    index = json.loads(bytes(files["data/v1/index.json"]))
    [dates] = [row["dates"] for row in index["datasets"] if row["dataset"] == SCORES]
    assert dates == [str(ago(3))]
