"""The days of the rankings in Parquet: each as last stated in full, and whether it is provisional."""

from pathlib import Path

import duckdb

from generator.archive.store import Archive
from generator.publish import parquet
from tests.tiny_archive import TODAY, TinyArchive, ago


def test_a_day_that_came_back_cut_short_is_exported_as_it_was(
    tiny: TinyArchive, tmp_path: Path
) -> None:
    tiny.rankings({ago(9): {"a/x": 60, "b/x": 40}, ago(2): {"a/x": 50}}, on=ago(1))
    tiny.rankings({ago(9): {"a/x": 60}, ago(2): {"a/x": 52}})
    parquet.export(Archive(tiny.root), tmp_path, lambda _line: None)
    asked = (
        "SELECT date, model_permaslug, total_tokens, snapshot_date, provisional "
        "FROM read_parquet(?) WHERE superseded_on IS NULL ORDER BY ALL"
    )
    with duckdb.connect() as engine:
        files = f"{tmp_path}/rankings-daily/**/*.parquet"
        rows = engine.execute(asked, [files]).fetchall()
    assert rows == [
        (ago(9), "a/x", 60, ago(1), False),
        (ago(9), "b/x", 40, ago(1), False),
        (ago(2), "a/x", 52, TODAY, True),
    ]
