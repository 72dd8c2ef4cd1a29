"""Each dataset in two times: nine days are played one after another, and every file is asked what was known when."""

import gzip
import io
import json
import shutil
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest

from generator.archive.history import History
from generator.archive.store import Archive
from generator.archive.stored_snapshot import StoredSnapshot
from generator.archive.tables import Table
from generator.base.errors import LeaderboardsError
from generator.endpoints import BY_NAME, ENDPOINTS, models
from generator.endpoints.columns import Column
from generator.endpoints.endpoint import Endpoint
from generator.render import history_files, history_formats
from generator.render.parquet_file import parquet_file
from tests.tiny_archive import (
    TODAY,
    Day,
    TinyArchive,
    ago,
    app,
    chosen,
    cost,
    evaluation,
    kind_of_work,
    listing,
    rating,
    score,
    task,
)

Rows = list[dict[str, Any]]
Fact = tuple[tuple[str, str], ...]
"""A record as sorted pairs of column and value, for comparison."""

DAYS = [ago(8 - number) for number in range(9)]
FULL: Day = {f"a/{number}": 1000 - number for number in range(8)}
EDITS = {
    3: [(ago(7), "a/1", 999, 1998), (ago(7), "a/7", 993, None), (ago(7), "b/new", None, 40)],
    5: [(ago(6), "a/2", 998, 997), (ago(5), "a/0", 1000, 1001)],
}
"""By the number of a day what its snapshot of the rankings states otherwise: day, slug, tokens before and after."""
CUT_ON, CUT_DAY = 6, ago(4)
"""The number of the day on which a day came back with one row."""


@dataclass
class Played:
    """What became of nine days.

    Attributes:
        archive: of all of them.
        cache: what the builds kept.
        files: those of the last day, by dataset and name.
        published: what each day knew of each dataset.
    """

    archive: Archive
    cache: Path
    files: dict[str, dict[str, bytes]] = field(default_factory=dict)
    published: dict[date, dict[str, Counter[Fact]]] = field(default_factory=dict)

    def rows(self, dataset: str) -> Rows:
        rows: Rows = json.loads(self.files[dataset]["history.json"])["rows"]
        return rows


def made(history: History, cache: Path | None) -> dict[str, dict[str, bytes]]:
    """Every file of every dataset, by dataset and name."""
    files = history_files.history_files(history, cache).files
    return {name: {**texts(one), **dict(one.parquet())} for name, one in files.items()}


def texts(one: history_files.HistoryFiles) -> dict[str, bytes]:
    """The files of text of one dataset, by name."""
    return {name: b"".join(parts) for name, parts in one.texts()}


def fact(record: Mapping[str, object], dataset: str) -> Fact:
    """What a record states, without what depends on the day on which it is looked at."""
    columns = [column.name for column in BY_NAME[dataset].columns if column.name != "provisional"]
    return tuple(sorted((name, str(record.get(name))) for name in columns))


def known(history: History, dataset: str) -> Counter[Fact]:
    """What a site publishes of a dataset as of the history's day."""
    if dataset == "rankings-daily":
        assert history.daily_tokens is not None
        names = ("date", "model_permaslug", "total_tokens")
        return Counter(
            tuple(sorted(zip(names, (str(day), slug, str(tokens)), strict=True)))
            for day, said in history.daily_tokens.days.items()
            for slug, tokens in said.items()
        )
    endpoint = BY_NAME[dataset]
    if endpoint.row_day is not None:
        return of_each_day(history, endpoint)
    newest = history.newest(dataset)
    facts: Counter[Fact] = Counter()
    for parsed in history.parsed(endpoint, newest) if newest else ():
        for row in parsed.rows:
            facts.update(fact(record, dataset) for record in endpoint.table(row))
    return facts


def of_each_day(history: History, endpoint: Endpoint) -> Counter[Fact]:
    """Each day, or week, as the newest snapshot that names it states it."""
    days: dict[date, Counter[Fact]] = {}
    for snapshot in history.snapshots(endpoint.name):
        came: dict[date, Counter[Fact]] = {}
        for parsed in history.parsed(endpoint, snapshot):
            for row in parsed.rows:
                (record,) = endpoint.table(row)
                came.setdefault(row.date, Counter())[fact(record, endpoint.name)] += 1
        days |= came
    return sum(days.values(), Counter())


def stated(rows: Iterable[Mapping[str, Any]], day: date | None = None) -> list[Mapping[str, Any]]:
    """The rows that were the newest on a day, or are so today."""
    if day is None:
        return [row for row in rows if row["superseded_on"] is None]
    asked = str(day)
    return [
        row
        for row in rows
        if row["stated_on"] <= asked and (row["superseded_on"] or "9999") > asked
    ]


def play(tiny: TinyArchive, number: int) -> None:
    """Store the snapshots of one day."""
    on = DAYS[number]
    tiny.rankings(rankings(number), on=on)
    tiny.apps({"popular": [app(1, 100 + number), app(2, 90)], "trending": [app(2, 5)]}, on=on)
    first = [score("a/1", 50 + number // 3), score("a/2", 40.5)]
    tiny.scores(*first[: 1 if number == 5 else 2], on=on)
    if number == 4:
        tiny.scores(score("a/1", 77), score("a/2", 40.5), on=on)
    tiny.ratings([rating("a/1", 1300 + number), rating("a/2", 1200)], [], on=on)
    tiny.evaluations(*([evaluation("a/1", 0.5)] if number > 2 else []), on=on)
    tiny.tasks(
        task("code:x", 0.5, 0.5, chosen("a/1", 0.25)),
        kinds=[kind_of_work("code", 1 if number < 7 else 0.9, 1)],
        on=on,
    )
    prices = [{"min_prompt_tokens": 9, "prompt": "0.1"}] if number == 8 else []
    entries = [
        listing("a/1", prompt="0" if number == 2 else "0.000001", pricing={"overrides": prices}),
        listing("a/2", context_length=1000 if number < 4 else 2000),
        listing("a/3"),
    ]
    tiny.models(*entries[: 2 if number in (5, 6) else 3], on=on)
    read = {
        on_day: {"a/1": 50, "a/2": 40 + number} for on_day in (ago(10 - number), ago(9 - number))
    }
    tiny.slices({("modality", "text"): read, ("context_bucket", "1M"): read}, on=on)
    if number in (0, 7):
        tiny.costs(cost("app", "a/1", "1-turn", 0.5), on=on)
        week = date(2026, 11, 2)
        weeks = {week: {"a/1": 500, "a/2": 400 + number}}
        weeks |= {week + timedelta(days=7): {"a/2": 90}} if number else {}
        tiny.slices({("category", "marketing/seo"): weeks}, on=on)


def rankings(number: int) -> dict[date, Day]:
    """The days that a snapshot states: ten on the first day, then the last four."""
    asked = [ago(8 - number + back) for back in range(1, 11 if number == 0 else 5)]
    days = {}
    for day in reversed(asked):
        tokens = dict(FULL)
        for seen, edits in EDITS.items():
            changed = {slug: after for at, slug, _, after in edits if at == day and seen <= number}
            tokens |= {slug: after or 0 for slug, after in changed.items()}
        days[day] = {slug: count for slug, count in tokens.items() if count}
    if number == CUT_ON:
        days[CUT_DAY] = {"a/0": 1}
    return days


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Played:
    root = tmp_path_factory.mktemp("played")
    tiny = TinyArchive(root / "data")
    all_days = Played(Archive(tiny.root), root / "cache")
    for number, day in enumerate(DAYS):
        play(tiny, number)
        history = tiny.history(day)
        all_days.published[day] = {name: known(history, name) for name in BY_NAME}
        history_files.history_files(history, all_days.cache)
    all_days.files = made(tiny.history(), all_days.cache)
    return all_days


@pytest.mark.parametrize("name", BY_NAME)
def test_a_table_as_of_any_day_is_what_was_published_on_it(played: Played, name: str) -> None:
    rows = played.rows(name)
    for day in DAYS:
        facts = Counter(fact(row, name) for row in stated(rows, day))
        if name == "rankings-daily":
            names = ("date", "model_permaslug", "total_tokens")
            facts = Counter(
                tuple(pair for pair in one if pair[0] in names) for one in facts.elements()
            )
        assert facts == played.published[day][name], day


def test_the_newest_rows_are_those_of_the_replies_read_on_their_own(played: Played) -> None:
    folder = played.archive.root / "rankings-daily"
    days: dict[str, dict[str, int]] = {}
    for path in sorted(folder.glob("*.json.gz")):
        (call,) = json.loads(gzip.decompress(path.read_bytes()))["calls"]
        came: dict[str, dict[str, int]] = {}
        for row in call["reply"]["data"]:
            came.setdefault(row["date"], {})[row["model_permaslug"]] = int(row["total_tokens"])
        days |= {
            day: said for day, said in came.items() if len(said) * 4 >= len(days.get(day, {})) * 3
        }
    newest: dict[str, dict[str, int]] = {}
    for row in stated(played.rows("rankings-daily")):
        newest.setdefault(row["date"], {})[row["model_permaslug"]] = int(row["total_tokens"])
    assert newest == days


def test_every_edited_number_is_found_and_no_other(played: Played) -> None:
    rows = played.rows("rankings-daily")
    closed, opened = {}, {}
    first = {
        day: min(row["stated_on"] for row in rows if row["date"] == day)
        for day in {row["date"] for row in rows}
    }
    for row in rows:
        key = (row["date"], row["model_permaslug"])
        if row["superseded_on"]:
            closed[*key, row["superseded_on"]] = int(row["total_tokens"])
        if row["stated_on"] != first[row["date"]]:
            opened[*key, row["stated_on"]] = int(row["total_tokens"])
    expected = {}
    for number, edits in EDITS.items():
        for day, slug, before, after in edits:
            expected[str(day), slug, str(DAYS[number])] = (before, after)
    found = {key: (closed.get(key), opened.get(key)) for key in closed.keys() | opened.keys()}
    assert found == expected


def test_what_rarely_changes_has_rows_for_its_changes_alone(played: Played) -> None:
    names = ("id", "pricing.prompt", "valid_from", "valid_to", "superseded_on")
    rows = [row for row in played.rows("models") if row["id"] == "a/1"]
    spans = [(DAYS[0], DAYS[1], DAYS[2]), (DAYS[2], DAYS[2], DAYS[3]), (DAYS[3], DAYS[7], DAYS[8])]
    prices = ["0.000001", "0", "0.000001"]
    assert [tuple(row[name] for name in names) for row in rows] == [
        *(("a/1", price, *map(str, span)) for price, span in zip(prices, spans, strict=True)),
        ("a/1", "0.000001", str(DAYS[8]), None, None),
    ]
    assert [row["pricing.overrides"] for row in rows][
        -1
    ] == '[{"min_prompt_tokens":9,"prompt":"0.1"}]'
    listed = [row for row in played.rows("models") if row["id"] == "a/3"]
    assert [(row["valid_from"], row["valid_to"]) for row in listed] == [
        (str(DAYS[0]), str(DAYS[4])),
        (str(DAYS[7]), None),
    ]


def test_a_row_says_for_which_days_it_holds(played: Played) -> None:
    (popular, *_) = played.rows("app-rankings")
    assert (popular["valid_from"], popular["valid_to"]) == (str(ago(38)), str(ago(9)))
    costs = [(row["valid_from"], row["valid_to"]) for row in played.rows("session-cost")]
    assert costs == [(str(ago(43)), str(ago(14))), (str(ago(36)), str(ago(7)))]
    kinds = [row for row in played.rows("task-classifications") if row["level"] == "macro-category"]
    assert [(row["valid_from"], row["valid_to"]) for row in kinds] == [
        (str(ago(9)), str(ago(3))),
        (str(ago(2)), None),
    ]


def test_a_day_with_two_snapshots_is_known_as_the_second_states_it(played: Played) -> None:
    rows = [
        row
        for row in played.rows("benchmarks-artificial-analysis")
        if row["model_permaslug"] == "a/1"
    ]
    on_fourth = [row for row in rows if row["stated_on"] == str(DAYS[4])]
    assert [(row["intelligence_index"], row["superseded_on"]) for row in on_fourth] == [
        (77, str(DAYS[5]))
    ]


def test_the_names_of_models_are_joined(played: Played) -> None:
    named = {
        (row["model_permaslug"], row["model_name"], row["model_author"])
        for row in played.rows("rankings-daily")
        if row["model_permaslug"] in ("a/1", "b/new")
    }
    assert named == {("a/1", "a/1", "a"), ("b/new", None, "b")}


def test_one_day_after_another_makes_the_bytes_of_all_at_once(played: Played) -> None:
    assert made(History(played.archive, TODAY), None) == played.files


def test_losing_what_was_kept_changes_no_byte(played: Played, tmp_path: Path) -> None:
    kept = tmp_path / "cache"
    shutil.copytree(played.cache, kept)
    history = History(played.archive, TODAY)
    for number, path in enumerate(sorted(path for path in kept.rglob("*") if path.is_file())):
        if number % 3 == 0:
            path.unlink()
        elif number % 3 == 1:
            path.write_bytes(path.read_bytes()[:-9] + b"otherwise")
    assert made(history, kept) == played.files
    assert made(history, kept) == played.files


def test_a_place_where_nothing_can_be_kept_changes_no_byte(played: Played, tmp_path: Path) -> None:
    taken = tmp_path / "cache"
    taken.write_text("a file where a folder is wanted")
    assert made(History(played.archive, TODAY), taken) == played.files


def test_a_day_that_is_stored_later_or_not_at_all_makes_everything_again(
    played: Played, tmp_path: Path
) -> None:
    data, kept = tmp_path / "data", tmp_path / "cache"
    shutil.copytree(played.archive.root, data)
    shutil.copytree(played.cache, kept)
    late = sorted(data.glob(f"*/{DAYS[4]}*"))
    aside = {path: path.read_bytes() for path in late}
    for path in late:
        path.unlink()
    without = made(History(Archive(data), TODAY), kept)
    assert without == made(History(Archive(data), TODAY), None)
    assert without["rankings-daily"] != played.files["rankings-daily"]
    assert without["models"] != played.files["models"]
    for path, body in aside.items():
        path.write_bytes(body)
    assert made(History(Archive(data), TODAY), kept) == played.files


def test_what_may_not_be_redistributed_has_no_files_and_lends_no_names(played: Played) -> None:
    withheld = History(played.archive, TODAY, {"models"})
    files = history_files.history_files(withheld, None).files
    assert set(files) == set(BY_NAME) - {"models"}
    scores = texts(files["benchmarks-artificial-analysis"])["history.json"]
    assert {row["model_name"] for row in json.loads(scores)["rows"]} == {None}


def test_a_history_too_large_for_one_file_keeps_its_newest_months_there(
    tiny: TinyArchive, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    import pandas

    tiny.scores(score("a/1", 1), on=date(2026, 9, 30))
    tiny.scores(score("a/1", 2), on=date(2026, 10, 1))
    tiny.scores(score("a/1", 3))
    made(tiny.history(), tmp_path)
    monkeypatch.setattr(history_files, "LARGEST_TEXT", 600)
    files = made(tiny.history(), None)["benchmarks-artificial-analysis"]
    document = json.loads(files["history.json"])
    assert (document["complete"], len(document["rows"])) == (False, 1)
    table = pandas.read_csv(io.BytesIO(files["history.csv"]))
    assert list(table.intelligence_index) == [2, 3]
    kept = tmp_path / "history" / "benchmarks-artificial-analysis"
    made(tiny.history(), tmp_path)
    assert "2026-09.json" not in {path.name for path in kept.iterdir()}
    assert [path for path in files if path.endswith(".parquet")] == [
        f"history/year=2026/month={month}/part-0.parquet" for month in (9, 10, 11)
    ]


@pytest.mark.parametrize("endpoint", ENDPOINTS, ids=lambda endpoint: endpoint.name)
def test_every_reader_takes_every_file_as_it_is(
    played: Played, tmp_path: Path, endpoint: Any
) -> None:
    # They take a second of each process that collects the tests.
    import pandas
    import polars

    files = played.files[endpoint.name]
    rows = played.rows(endpoint.name)
    assert rows
    path = tmp_path / "history.csv"
    path.write_bytes(files["history.csv"])
    in_polars = polars.read_csv(path)
    part = tmp_path / "part.parquet"
    part.write_bytes(next(files[name] for name in files if "month=11" in name))
    with duckdb.connect() as engine:
        asked = "SELECT count(*), count(superseded_on) FROM read_csv(?)"
        ((count, closed),) = engine.execute(asked, [str(path)]).fetchall()
        asked = "SELECT value FROM parquet_kv_metadata(?) WHERE key = 'citation'"
        ((credit,),) = engine.execute(asked, [str(part)]).fetchall()
        ((in_parquet,),) = engine.execute(f"SELECT count(*) FROM '{part}'").fetchall()  # noqa: S608
    assert (len(pandas.read_csv(path)), len(in_polars), count) == (len(rows),) * 3
    assert count - closed == len(stated(rows))
    assert in_polars["superseded_on"].null_count() == len(stated(rows))
    assert bytes(credit).startswith(b"Source: ")
    assert len(polars.read_parquet(part)) == in_parquet > 0


def test_the_size_of_a_history_is_that_of_its_rows_in_each_format(tiny: TinyArchive) -> None:
    tiny.rankings({ago(1): {"a/x": 1}, ago(40): {"a/x": 2}})
    made = history_files.history_files(tiny.history(), None).files["rankings-daily"]
    texts_ = {name: b"".join(parts) for name, parts in made.texts()}
    in_csv = texts_["history.csv"].partition(b"\n")[2]
    in_json = texts_["history.json"].partition(b'"rows": [\n')[2].removesuffix(b"\n]\n}\n")
    in_parquet = [body for _, body in made.parquet()]
    # Between the two months of JSON stand a comma and a line break.
    assert made.size == len(in_csv) + len(in_json) - 2 + sum(map(len, in_parquet))


def test_a_table_reads_the_snapshot_of_a_new_day_alone(
    tiny: TinyArchive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for back in (2, 1):
        tiny.models(listing("a/x", name=f"Name {back}"), on=ago(back))
    folder = tmp_path / "tables"
    Table(tiny.history(ago(1)), models.ENDPOINT, folder)
    tiny.models(listing("a/x", name="Name 0"))

    read: list[date] = []
    unpacked = Archive.unpacked

    def noted(archive: Archive, snapshot: StoredSnapshot) -> bytes:
        read.append(snapshot.day)
        return unpacked(archive, snapshot)

    monkeypatch.setattr(Archive, "unpacked", noted)
    rows = []
    for kept in (folder, None):
        table = Table(tiny.history(), models.ENDPOINT, kept)
        rows.append([row["name"] for row, _ in table.records("2026-11")])
    assert rows[0] == rows[1] == ["Name 2", "Name 1", "Name 0"]
    assert read == [TODAY, ago(2), ago(1), TODAY]


def test_a_row_that_does_not_fit_costs_the_history_of_its_dataset_alone(
    tiny: TinyArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    make = parquet_file

    def refuse_tokens(table: Sequence[Column], *others: Any) -> bytes:
        if any(column.name == "total_tokens" for column in table):
            raise LeaderboardsError("a row does not fit its columns")
        return make(table, *others)

    monkeypatch.setattr(history_formats, "parquet_file", refuse_tokens)
    tiny.rankings({ago(1): {"a/x": 1}})
    tiny.scores(score("a/x", 1))
    histories = history_files.history_files(tiny.history(), None)
    assert set(histories.files) == {"benchmarks-artificial-analysis"}
    (failure,) = histories.failures
    assert failure.startswith("the history of rankings-daily could not be made (LeaderboardsError")
