"""The history as Parquet, read back by an engine that knows nothing of this program."""

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from generator.archive.history import History
from generator.archive.store import Archive
from generator.base.errors import UsageError
from generator.base.tabular import CREDIT_COLUMNS
from generator.cli import steps
from generator.endpoints import BY_NAME, CORE
from generator.publish import parquet
from generator.render import schemas
from tests.running import Built, leaderboards
from tests.tiny_archive import TinyArchive, ago, listing, weeks


def quiet(_line: str) -> None:
    """Report nothing."""


KNOWN_ON = (
    "SELECT count(*) FROM t WHERE stated_on <= ? AND (superseded_on IS NULL OR superseded_on > ?)"
)


def asked(folder: Path, sql: str, *values: object) -> list[tuple[Any, ...]]:
    """Return the rows of a query over ``t``, all files below the folder; what is between the slashes are columns too."""
    with duckdb.connect() as engine:
        engine.execute(
            f"CREATE VIEW t AS FROM read_parquet('{folder}/**/*.parquet', hive_partitioning = true)"
        )
        return engine.execute(sql, values).fetchall()


@pytest.fixture(scope="module")
def tables(plain: Built, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("parquet")
    parquet.export(Archive(plain.data), folder, quiet)
    return folder


def test_every_day_of_the_rankings_is_there_once_and_as_last_stated(
    plain: Built, tables: Path
) -> None:
    usage = History(Archive(plain.data), plain.today).daily_tokens
    assert usage is not None
    expected = {
        (day, slug): tokens for day, said in usage.days.items() for slug, tokens in said.items()
    }
    newest = "SELECT date, model_permaslug, total_tokens FROM t WHERE superseded_on IS NULL"
    rows = asked(tables / "rankings-daily", newest)
    assert {(day, slug): tokens for day, slug, tokens in rows} == expected
    assert len(rows) == len(expected)


def test_rows_lie_in_the_folder_of_their_month(tables: Path) -> None:
    rows = asked(
        tables / "rankings-daily",
        "SELECT DISTINCT year, month FROM t WHERE (year, month) = (year(date), month(date)) ORDER BY ALL",
    )
    assert rows == [(2026, month) for month in (5, 6, 7, 8)]
    assert asked(
        tables / "rankings-daily",
        "SELECT count(*) FROM t WHERE (year, month) <> (year(date), month(date))",
    ) == [(0,)]


@pytest.mark.parametrize(
    "name", [endpoint.name for endpoint in CORE if endpoint.name != "rankings-daily"]
)
def test_every_snapshot_has_all_its_rows(plain: Built, tables: Path, name: str) -> None:
    archive = Archive(plain.data)
    expected = {}
    for kept in archive.snapshots(name):
        parsed = History(archive, kept.day).parsed(BY_NAME[name], kept)
        count = sum(len(list(BY_NAME[name].table(row))) for one in parsed for row in one.rows)
        expected.update({kept.day: count} if count else {})
    for day in {kept.day for kept in archive.snapshots(name)}:
        rows = asked(tables / name, KNOWN_ON, day, day) if (tables / name).is_dir() else [(0,)]
        assert rows == [(expected.get(day, 0),)], day


def test_numbers_and_dates_are_typed_and_every_row_has_its_credit(
    tables: Path,
) -> None:
    ((day, tokens, citation, as_of, license_),) = asked(
        tables / "rankings-daily",
        "SELECT date, total_tokens, citation, as_of, license FROM t ORDER BY date, total_tokens DESC LIMIT 1",
    )
    assert (type(day), type(tokens), license_) == (date, int, "CC-BY-4.0")
    assert (
        citation
        == f"Source: OpenRouter (openrouter.ai/rankings), as of {as_of}. Licensed under CC BY 4.0."
    )
    for folder in tables.iterdir():
        assert asked(folder, "SELECT count(*) FROM t WHERE citation IS NULL OR as_of IS NULL") == [
            (0,)
        ]


def test_a_price_keeps_all_its_decimals_under_the_name_it_has_in_csv(
    tiny: TinyArchive, tmp_path: Path
) -> None:
    cheap = "0.0000000000000000000003"
    tiny.models(listing("a/one", prompt=cheap))
    parquet.export(Archive(tiny.root), tmp_path, quiet)
    ((price,),) = asked(tmp_path / "models", 'SELECT "pricing.prompt" FROM t')
    assert price == cheap


def test_the_columns_have_the_names_that_they_have_in_csv(
    tiny: TinyArchive, tmp_path: Path
) -> None:
    tiny.models(listing("a/one"))
    parquet.export(Archive(tiny.root), tmp_path, quiet)
    columns = [row[0] for row in asked(tmp_path / "models", "DESCRIBE FROM t")]
    stated = [column.name for column in schemas.history_columns(BY_NAME["models"])]
    assert columns == [*stated, *CREDIT_COLUMNS, "month", "year"]


def test_a_second_export_writes_nothing_and_a_new_day_only_its_month(
    plain: Built, tmp_path: Path
) -> None:
    site, folder = tmp_path / "site", tmp_path / "out"
    shutil.copytree(plain.data, site / "data")
    last = sorted((site / "data" / "models").glob("2026-*"))[-2:]
    aside = [(path, path.read_bytes()) for path in last]
    for path in last:
        path.unlink()
    cache = tmp_path / "cache"
    first = parquet.export(Archive(site / "data"), folder, quiet, cache=cache)
    before = {path: path.read_bytes() for path in folder.rglob("*.parquet")}
    again = parquet.export(Archive(site / "data"), folder, quiet, cache=cache)
    assert again == parquet.Exported(0, first.written)
    for path, data in aside:
        path.write_bytes(data)
    next_day = parquet.export(Archive(site / "data"), folder, quiet, cache=cache)
    assert next_day == parquet.Exported(1, first.written - 1)
    changed = {
        path.parent.parent.parent.name for path in before if path.read_bytes() != before[path]
    }
    assert changed == {"models"}


def test_the_same_archive_gives_the_same_bytes(plain: Built, tables: Path, tmp_path: Path) -> None:
    parquet.export(Archive(plain.data), tmp_path, quiet)
    made = {path.relative_to(tmp_path): path.read_bytes() for path in tmp_path.rglob("*.parquet")}
    assert made == {
        path.relative_to(tables): path.read_bytes() for path in tables.rglob("*.parquet")
    }
    assert made


def test_files_of_others_stay_beside_what_a_withheld_dataset_loses(
    tiny: TinyArchive, tmp_path: Path
) -> None:
    tiny.models(listing("a/one"))
    tiny.rankings({ago(1): {"a/one": 5}})
    parquet.export(Archive(tiny.root), tmp_path, quiet)
    notes = {tmp_path / "models/notes.txt", tmp_path / "app-rankings/notes.txt"}
    for path in notes:
        path.parent.mkdir(exist_ok=True)
        path.write_text("not of this program")
    parquet.export(Archive(tiny.root), tmp_path, quiet, withheld={"models"})
    left = {path for path in tmp_path.rglob("*") if path.is_file()}
    rankings = tmp_path / "rankings-daily/year=2026/month=11/part-0.parquet"
    assert left == {*notes, rankings}
    assert not (tmp_path / "models/year=2026").exists()


def test_a_month_that_the_archive_no_longer_has_leaves_with_its_folders(
    tiny: TinyArchive, tmp_path: Path
) -> None:
    tiny.models(listing("a/one"))
    gone = tmp_path / "models/year=2020/month=1/part-0.parquet"
    gone.parent.mkdir(parents=True)
    gone.write_bytes(b"of an earlier archive")
    parquet.export(Archive(tiny.root), tmp_path, quiet)
    assert [path.name for path in (tmp_path / "models").iterdir()] == ["year=2026"]


def test_a_dataset_of_which_nothing_can_be_read_keeps_its_files(
    tiny: TinyArchive, tmp_path: Path
) -> None:
    tiny.models(listing("a/one"))
    parquet.export(Archive(tiny.root), tmp_path, quiet)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*.parquet")}
    for path in tiny.root.glob("models/*"):
        path.unlink()
    with pytest.raises(UsageError, match="contains no snapshot to export"):
        parquet.export(Archive(tiny.root), tmp_path, quiet)
    assert {path: path.read_bytes() for path in tmp_path.rglob("*.parquet")} == before


def test_an_empty_archive_is_said_to_be_empty(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="contains no snapshot to export"):
        parquet.export(Archive(tmp_path / "data"), tmp_path / "out", quiet)
    assert list(tmp_path.iterdir()) == []


def test_a_file_in_the_place_of_the_tables_names_the_option_to_change(tiny: TinyArchive) -> None:
    tiny.rankings(weeks({"a/x": 1}))
    taken = tiny.root / "file"
    taken.touch()
    with pytest.raises(UsageError, match="is a file, not a folder; use another --to or move it"):
        parquet.export(Archive(tiny.root), taken, quiet)


def test_a_mistyped_site_has_no_folder_after_an_export(tmp_path: Path) -> None:
    with pytest.raises(UsageError), steps.site_lock(tmp_path / "typo") as folders:
        parquet.export(Archive(folders.data), folders.root / "parquet", quiet)
    assert list(tmp_path.iterdir()) == []


def test_the_command_writes_beside_the_site_unless_told_where(plain: Built, tmp_path: Path) -> None:
    ran = leaderboards(
        "export", "--site", plain.site, "--to", tmp_path / "elsewhere", "--quiet", key=None
    )
    assert (ran.code, ran.out, ran.err) == (0, "", "")
    without_rows = {"benchmarks-openrouter", "session-cost"}
    made = {path.name for path in (tmp_path / "elsewhere").iterdir()}
    assert made == {endpoint.name for endpoint in CORE} - without_rows
