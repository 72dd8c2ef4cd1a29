"""Every table and every description of them, by the validators and readers of others.

``make interop`` installs frictionless and mlcroissant; without them their tests are skipped, and say so.
What takes half a second to import is imported by the tests that use it, and not by each worker.
"""

import copy
import json
import warnings
from datetime import timedelta
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any

import duckdb
import pytest

from generator.archive.history import History
from generator.boards import all_boards
from generator.publish import tree
from generator.render.context import Context
from generator.render.downloads import make_downloads
from generator.render.history_files import history_files
from generator.render.latest import latest_files
from tests.tiny import DAY, ROWS, Edit, archive, keep

WANTED = "not installed; make interop installs it and runs this"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder data/v1 of a tiny site, with a row of each dataset that was recorded empty, too."""
    edits: dict[str, Edit] = {
        name: partial(_append, ROWS[name]) for name in ("benchmarks-openrouter", "session-cost")
    }
    made = archive(tmp_path_factory.mktemp("archive"), edits)
    # The last snapshot restates one number of the one before.
    keep(made, "rankings-daily", _one_token_more, DAY - timedelta(days=1))
    history = History(made, DAY)
    site = all_boards.site(history, demo="", public_url="", version="0", makers=())
    latest, tables = latest_files(history, site), history_files(history, None).files
    folder = tmp_path_factory.mktemp("site")
    tree.write(folder, make_downloads(Context(history, site, latest=latest, tables=tables)))
    return folder / "data" / "v1"


def _append(row: dict[str, Any], reply: Any) -> None:
    reply["data"].append(row)


def _one_token_more(reply: Any) -> None:
    for row in reply["data"][:1]:
        row["total_tokens"] = str(int(row["total_tokens"]) + 1)


def package_of(data: Path) -> dict[str, Any]:
    package = json.loads((data / "datapackage.json").read_bytes())
    assert isinstance(package, dict)
    return package


def rows_of(path: Path, engine: duckdb.DuckDBPyConnection) -> tuple[list[str], int]:
    """The names of a table's fields, and how many rows it has as DuckDB counts them."""
    reads = "read_parquet" if path.suffix == ".parquet" else "read_csv"
    given = "" if path.suffix == ".parquet" else ", sample_size = -1"
    table = engine.sql(f"FROM {reads}('{path}'{given})")
    return table.columns, len(table)


def test_duckdb_pandas_and_polars_read_the_same_rows_of_every_table(data: Path) -> None:
    import pandas
    import polars

    resources = package_of(data)["resources"]
    published = {
        path.relative_to(data).as_posix()
        for path in data.rglob("*")
        if path.suffix in (".csv", ".parquet")
    }
    assert {resource["path"] for resource in resources} == published
    with duckdb.connect() as engine:
        counted = {path: rows_of(data / path, engine) for path in published}
    for resource in resources:
        path = data / resource["path"]
        names, count = counted[resource["path"]]
        if path.suffix == ".parquet":
            in_polars = polars.read_parquet(path, hive_partitioning=False)
            names = [name for name in names if name not in ("year", "month")]
        else:
            in_pandas = pandas.read_csv(path)
            in_polars = polars.read_csv(path, infer_schema_length=None)
            assert [field["name"] for field in resource["schema"]["fields"]] == names
            assert (list(in_pandas.columns), len(in_pandas)) == (names, count), path
        assert (in_polars.columns, len(in_polars)) == (names, count), path
        assert count > 0, path


def test_each_of_them_refuses_a_table_that_was_cut_off(data: Path, tmp_path: Path) -> None:
    import pandas
    import polars

    whole = next(data.rglob("*.parquet")).read_bytes()
    part = tmp_path / "part.parquet"
    part.write_bytes(whole[:-9])
    with pytest.raises(duckdb.Error, match="magic bytes"), duckdb.connect() as engine:
        engine.sql(f"FROM read_parquet('{part}')")
    with pytest.raises(polars.exceptions.ComputeError):
        polars.read_parquet(part)
    # A row with one value more than the heading has names.
    table = tmp_path / "table.csv"
    table.write_bytes((data / "models/latest.csv").read_bytes() + b"," * 60 + b"\n")
    with pytest.raises(pandas.errors.ParserError, match="Expected"):
        pandas.read_csv(table)


# What make interop installs


@pytest.fixture(scope="module")
def frictionless() -> ModuleType:
    return imported("frictionless")


@pytest.fixture(scope="module")
def mlcroissant() -> ModuleType:
    return imported("mlcroissant")


def imported(name: str) -> ModuleType:
    """A validator, whose own warnings are none of ours."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        module = pytest.importorskip(name, reason=WANTED)
    assert isinstance(module, ModuleType)
    return module


def texts(package: dict[str, Any]) -> dict[str, Any]:
    """The package without its Parquet files, for which frictionless has no reader of its own."""
    kept = [one for one in package["resources"] if one["path"].endswith(".csv")]
    return {**package, "resources": kept}


def judged(frictionless: ModuleType, data: Path, package: dict[str, Any]) -> list[str]:
    """What frictionless finds wrong: in the package, or in a row of a file."""
    made = frictionless.Package.from_descriptor(package, basepath=str(data))
    report = made.validate()
    found: list[str] = [one.message for one in report.errors]
    for task in report.tasks:
        found += [f"{task.place}: {one.message}" for one in task.errors]
    return found


@pytest.mark.filterwarnings("ignore")
def test_frictionless_finds_every_file_as_the_package_describes_it(
    frictionless: ModuleType, data: Path
) -> None:
    package = texts(package_of(data))
    assert len(package["resources"]) >= 15
    assert judged(frictionless, data, package) == []


@pytest.mark.filterwarnings("ignore")
def test_frictionless_refuses_a_file_with_a_number_that_is_none(
    frictionless: ModuleType, data: Path, tmp_path: Path
) -> None:
    package = texts(package_of(data))
    (one,) = [part for part in package["resources"] if part["path"] == "rankings-daily/latest.csv"]
    path = tmp_path / one["path"]
    path.parent.mkdir()
    heading, first, *_ = (data / one["path"]).read_text().splitlines()
    cells = first.split(",")
    cells[2] = "many"
    path.write_text(f"{heading}\n{','.join(cells)}\n")
    alone = {**package, "resources": [one]}
    found = judged(frictionless, tmp_path, alone)
    assert any("many" in sentence and "integer" in sentence for sentence in found), found
    assert any("hash" in sentence for sentence in found), found


# Each dataset's description, by mlcroissant


@pytest.mark.filterwarnings("ignore")
def test_mlcroissant_takes_every_description_and_reads_the_records_it_names(
    mlcroissant: ModuleType, data: Path, caplog: pytest.LogCaptureFixture
) -> None:
    found = sorted(data.glob("*/croissant.json"))
    assert len(found) >= 7
    for path in found:
        dataset = mlcroissant.Dataset(jsonld=str(path))
        issues = dataset.metadata.ctx.issues
        assert (issues.errors, issues.warnings) == (set(), set()), path
        described = json.loads(path.read_bytes())
        for records in described["recordSet"]:
            first = next(iter(dataset.records(records["@id"])), None)
            assert first is not None, (path, records["@id"])
            assert len(first) == len(records["field"])
    assert [one.message for one in caplog.records if "not standard" in one.message] == []


@pytest.mark.filterwarnings("ignore")
def test_mlcroissant_refuses_a_description_whose_column_is_of_no_file(
    mlcroissant: ModuleType, data: Path
) -> None:
    described = json.loads((data / "rankings-daily/croissant.json").read_bytes())
    broken = copy.deepcopy(described)
    del broken["recordSet"][0]["field"][0]["source"]["fileObject"]
    with pytest.raises(mlcroissant.ValidationError):
        mlcroissant.Dataset(jsonld=broken)
