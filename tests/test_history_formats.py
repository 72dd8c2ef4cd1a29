"""A month of a history in each of its formats, from a few rows."""

import io
import json
from pathlib import Path

import duckdb

from generator.base import attribution, tabular
from generator.endpoints import columns
from generator.render.history_formats import Row, in_csv, in_json, in_parquet, plain_columns
from tests.board_samples import CREDITS

COLUMNS = (
    columns.text("name", "of a model"),
    columns.number("score", "of a hundred"),
    columns.decimal("price", "in US dollars"),
    columns.integer("rank", "by score"),
)
CREDIT = CREDITS["models"]


def rows() -> list[Row]:
    records: list[dict[str, object]] = [
        {"name": "a", "score": 100, "price": "0.000001", "rank": 1},
        {"name": "b", "score": 99.5, "price": "1E-7", "rank": 2},
        {"name": "c", "score": None, "price": "2", "rank": None},
    ]
    return [(record, CREDIT) for record in records]


def test_a_fraction_has_its_point_in_csv_whatever_its_value() -> None:
    heading = tabular.csv_heading([column.name for column in COLUMNS])
    table = list(tabular.csv_rows(heading + in_csv("models", COLUMNS, rows())))
    assert [row[:4] for row in table[1:]] == [
        ["a", "100.0", "0.000001", "1"],
        ["b", "99.5", "1E-7", "2"],
        ["c", "", "2.0", ""],
    ]
    assert plain_columns(COLUMNS) == {"score", "price", "rank"}


def test_a_record_keeps_its_values_in_json_with_the_time_of_its_source() -> None:
    first, *_ = io.BytesIO(in_json("models", COLUMNS, rows()))
    assert json.loads(first.rstrip(b",\n")) == {**rows()[0][0], "as_of": CREDIT.as_of}


def test_a_parquet_file_names_its_dataset_and_its_credit(tmp_path: Path) -> None:
    path = tmp_path / "part.parquet"
    path.write_bytes(in_parquet("models", COLUMNS, rows()))
    file = str(path)
    with duckdb.connect() as engine:
        stated = dict(
            engine.execute("SELECT key, value FROM parquet_kv_metadata(?)", [file]).fetchall()
        )
        credited = engine.execute("SELECT DISTINCT citation FROM read_parquet(?)", [file])
        assert credited.fetchall() == [(CREDIT.full,)]
    assert (stated[b"dataset"], stated[b"citation"]) == (b"models", CREDIT.full.encode())


def test_of_a_source_with_several_times_a_parquet_file_states_the_last(tmp_path: Path) -> None:
    later = attribution.models("2026-08-19T23:30:00Z")
    [first, second, _] = rows()
    path = tmp_path / "part.parquet"
    path.write_bytes(in_parquet("models", COLUMNS, [first, (second[0], later)]))
    with duckdb.connect() as engine:
        asked = "SELECT value FROM parquet_kv_metadata(?) WHERE key = 'as_of'"
        assert engine.execute(asked, [str(path)]).fetchall() == [(later.as_of.encode(),)]
