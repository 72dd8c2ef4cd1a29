"""The code on the page of a dataset, run as it is shown against a served site."""

import csv
import json
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import pytest

from generator.archive.history import History
from generator.archive.store import Archive
from generator.boards import all_boards
from generator.publish import tree
from generator.render.context import Context
from generator.render.dataset_descriptions import DatasetDescription, describe_datasets
from generator.render.downloads import make_downloads
from generator.render.history_files import history_files
from generator.render.latest import Checksum, latest_files
from generator.render.snippets import snippets
from tests.browsing import served
from tests.tiny_archive import TODAY, TinyArchive, daily, listing

NAME = "rankings-daily"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The published files of a tiny site."""
    tiny = TinyArchive(tmp_path_factory.mktemp("tiny"))
    tiny.rankings(daily({"a/x": 2**53 + 1, "b/y": 40}, {"a/x": 9}))
    tiny.models(listing("a/x", name='"A", or not'))
    history = History(Archive(tiny.root), TODAY)
    made = all_boards.site(history, demo="", public_url="", version="1")
    folder = tmp_path_factory.mktemp("site")
    tables = history_files(history, None).files
    tree.write(
        folder,
        make_downloads(Context(history, made, latest=latest_files(history, made), tables=tables)),
    )
    return folder


@pytest.fixture(scope="module")
def dataset(site: Path) -> DatasetDescription:
    paths = [path for path in site.glob("data/v1/*/*") if path.is_file()]
    published = {
        path.relative_to(site).as_posix(): Checksum.of(path.read_bytes()) for path in paths
    }
    history = History(Archive(site / "data/v1"), TODAY)
    return describe_datasets(
        all_boards.site(history, demo="", public_url="", version="1"), published
    )[NAME]


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    with served(site) as at:
        yield f"{at}/"


def codes(dataset: DatasetDescription, address: str) -> dict[str, str]:
    return {snippet.program: snippet.code for snippet in snippets(dataset, address)}


def run(folder: Path, *command: str) -> str:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout


def test_there_is_code_for_each_program_and_all_of_it_reads_the_history(
    dataset: DatasetDescription,
) -> None:
    shown = codes(dataset, "https://example.org/")
    assert list(shown) == [
        "curl",
        "curl: one day, checked against its checksum",
        "Python, pandas",
        "Python, polars",
        "DuckDB",
        "DuckDB: the rows as known on a day",
        "R",
        "JavaScript",
        "Google Sheets",
        "Excel, Power Query",
    ]
    without = [program for program, code in shown.items() if f"{NAME}/history." not in code]
    assert without == ["curl: one day, checked against its checksum"]


@pytest.mark.skipif(not shutil.which("curl"), reason="needs curl")
def test_curl_fetches_the_tables_and_checks_a_day(
    dataset: DatasetDescription, address: str, site: Path, tmp_path: Path
) -> None:
    shown = codes(dataset, address)
    run(tmp_path, "sh", "-ec", shown["curl"])
    checked = run(tmp_path, "sh", "-ec", shown["curl: one day, checked against its checksum"])
    assert checked == f"{TODAY}.json.gz: OK\n"
    for name in ("latest.csv", "history.csv", f"{TODAY}.json.gz"):
        assert (tmp_path / name).read_bytes() == (site / "data/v1" / NAME / name).read_bytes()
    assert json.loads((tmp_path / f"{TODAY}.json").read_bytes())["dataset"] == NAME


def test_duckdb_reads_every_row_and_every_token(dataset: DatasetDescription, site: Path) -> None:
    # Its reader of addresses is an extension that is fetched at first use: here it reads the same files in a folder.
    code = codes(dataset, f"{site}/")["DuckDB"]
    rows = duckdb.connect()
    rows.execute(code)
    rows.execute(
        "SELECT CAST(total_tokens AS BIGINT) FROM history WHERE model_permaslug = 'a/x' ORDER BY date"
    )
    assert rows.fetchall() == [(2**53 + 1,), (9,)]
    with (site / "data/v1" / NAME / "latest.csv").open(newline="") as file:
        count = len(list(csv.DictReader(file)))
    assert rows.sql("SELECT count(*) FROM newest").fetchall() == [(count,)]
    known = codes(dataset, f"{site}/")["DuckDB: the rows as known on a day"]
    counted = rows.sql(f"SELECT count(*) FROM ({known.removesuffix(';')})")  # noqa: S608 - it is ours
    assert counted.fetchall() == [(3,)]


@pytest.mark.skipif(not shutil.which("node"), reason="needs Node.js")
def test_javascript_reads_rows_and_citation(
    dataset: DatasetDescription, address: str, tmp_path: Path
) -> None:
    code = codes(dataset, address)["JavaScript"]
    said = run(tmp_path, "node", "--input-type=module", "--eval", code)
    assert said.startswith("3 {")
    assert "Source: OpenRouter (openrouter.ai/rankings), as of " in said


@pytest.mark.skipif(not shutil.which("Rscript"), reason="needs R")
def test_r_reads_every_row_and_name(
    dataset: DatasetDescription, address: str, tmp_path: Path
) -> None:
    code = codes(dataset, address)["R"]
    said = run(tmp_path, "Rscript", "-e", f"{code}\ncat(nrow(newest), history$model_permaslug)")
    assert said == "3 a/x b/y a/x"


def test_pandas_keeps_every_digit_of_the_tokens(dataset: DatasetDescription, address: str) -> None:
    pytest.importorskip("pandas")
    assert tokens(codes(dataset, address)["Python, pandas"]) == [2**53 + 1, 40, 9]


def test_polars_keeps_every_digit_of_the_tokens(dataset: DatasetDescription, site: Path) -> None:
    pytest.importorskip("polars")
    # It asks a web server for ranges of bytes, as hosts of static files answer them; the one of the tests does not.
    assert tokens(codes(dataset, f"{site}/")["Python, polars"]) == [2**53 + 1, 40, 9]


def tokens(code: str) -> list[int]:
    """Run code in Python and return the tokens in the table that it names history."""
    names: dict[str, Any] = {}
    exec(code, names)  # noqa: S102 - it is ours
    return [int(count) for count in names["history"]["total_tokens"]]


def test_pandas_keeps_token_counts_whole_where_some_are_missing(
    dataset: DatasetDescription,
) -> None:
    [pandas] = [part.code for part in snippets(dataset, "") if part.program == "Python, pandas"]
    assert pandas.count('dtype={"total_tokens": "Int64"})') == 2
    without = replace(dataset, tables=tuple(replace(table, columns=()) for table in dataset.tables))
    [pandas] = [part.code for part in snippets(without, "") if part.program == "Python, pandas"]
    assert "dtype" not in pandas
