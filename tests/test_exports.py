"""The source's own dated files: what is asked for, what is made of any form of them, and what the status page says."""

import hashlib
import json
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from generator.archive import export_comparison
from generator.archive import exports as archived
from generator.archive.export_comparison import Comparison, ExportsState
from generator.archive.history import History
from generator.archive.store import Archive
from generator.base.config import Api, Secret
from generator.boards import all_boards
from generator.endpoints import CORE, exports
from generator.fetch.client import LARGEST_FILE, Client, Limits
from generator.fetch.exports import read
from generator.fetch.recorded import Answer
from generator.fetch.snapshot import Run, take
from generator.render.context import Context
from generator.render.page_list import PageList, read_pages
from generator.render.pages import render_pages
from tests.clocks import FakeClock
from tests.loopback import KEY, Loopback, Request
from tests.page_reading import read as parse
from tests.tiny_archive import TODAY, TinyArchive, ago, rating, score

DAY = date(2026, 11, 17)
FOLDER = "/datasets/exports"
HTML = {"content-type": "text/html; charset=utf-8"}


class FakeSource:
    """A server of dated files, a client of it, and an archive that holds rankings and scores of the day."""

    def __init__(self, server: Loopback, root: Path) -> None:
        self.server = server
        self.clock = FakeClock()
        self.tiny = TinyArchive(root)
        self.tiny.rankings({DAY: {"a/x": 100, "b/y": 60, "c/z": 7}}, on=ago(3))
        self.tiny.rankings({DAY: {"a/x": 100, "b/y": 61, "c/z": 7}})
        self.tiny.scores(score("a/x", 50.5), score("b/y", 40), on=DAY)
        self.tiny.ratings([rating("a/x", 1200)], on=DAY)
        server.fail(FOLDER, 404)

    def serves(self, path: str, body: Any, headers: dict[str, str] | None = None) -> None:
        self.server.fail(f"{FOLDER}/{path}", 200, body, headers=headers)

    def client(self, key: str = KEY) -> Client:
        api = Api(self.server.url, Secret(key), 0)
        return Client(api, clock=self.clock, limits=Limits(attempts=40))

    def read(self) -> ExportsState:
        """What the status page knows after a run."""
        with self.client() as client:
            read(client, self.tiny.root, TODAY, lambda _line: None)
        return self.state()

    def state(self, *withheld: str) -> ExportsState:
        found = export_comparison.state(
            History(Archive(self.tiny.root), TODAY, frozenset(withheld))
        )
        assert found is not None
        return found

    @property
    def asked(self) -> list[str]:
        return [one.path.removeprefix(f"{FOLDER}/") for one in self.server.asked(FOLDER)]


@pytest.fixture
def source(tmp_path: Path) -> Iterator[FakeSource]:
    with Loopback(day=TODAY) as server:
        yield FakeSource(server, tmp_path / "data")


def ranked(**tokens: int) -> list[dict[str, Any]]:
    """Rows of the rankings as the API has them; a name's underscore stands for the slash."""
    return [
        {
            "date": str(DAY),
            "model_permaslug": name.replace("_", "/"),
            "total_tokens": str(count),
        }
        for name, count in tokens.items()
    ]


def test_a_file_of_a_settled_day_is_compared_number_by_number(source: FakeSource) -> None:
    body = json.dumps({"data": ranked(a_x=100, b_y=60, c_z=8, d_w=1)})
    digest = hashlib.sha256(body.encode()).hexdigest()
    source.serves("index.json", {"datasets": [{"name": "rankings"}, {"name": "app-rankings"}]})
    source.serves(f"rankings/{DAY}.json", body)
    source.serves(f"rankings/{DAY}.manifest.json", {"files": {"json": {"sha256": digest}}})
    assert source.read() == ExportsState(
        TODAY,
        (
            Comparison(
                f"{FOLDER}/rankings/{DAY}.json",
                DAY,
                checksum=True,
                compared=3,
                equal=2,
                # 60 is what the source stated before it restated it as 61.
                earlier=1,
                different=1,
                missing_here=1,
                differences=("c/z, total_tokens, 2026-11-17: 8 in the export, 7 here",),
            ),
        ),
        (),
    )
    assert source.asked == [
        "index.json",
        f"rankings/{DAY}.manifest.json",
        f"rankings/{DAY}.json",
    ]
    assert not any("authorization" in one.headers for one in source.server.requests)
    # What may not be redistributed is counted and not told.
    (shut,) = source.state("rankings-daily").comparisons
    assert (shut.different, shut.differences) == (1, ())
    # A second run of the day finds what the first received, word for word.
    source.read()
    assert len(source.asked) == 3
    reading = archived.newest(source.tiny.root, TODAY)
    assert reading is not None
    assert reading.received[-1].body == body
    assert archived.newest(source.tiny.root, ago(1)) is None


def test_rows_that_state_no_day_are_of_the_day_of_their_file(source: FakeSource) -> None:
    rows = ranked(a_x=100, b_y=60, c_z=8)
    for row in rows:
        del row["date"]
    source.serves("index.json", ["rankings"])
    source.serves(f"rankings/{DAY}.json", {"data": rows})
    (compared,) = source.read().comparisons
    assert (compared.compared, compared.equal, compared.earlier, compared.different) == (3, 2, 1, 1)


def test_a_score_that_the_source_has_restated_is_an_earlier_one(source: FakeSource) -> None:
    source.tiny.scores(score("a/x", 49), on=DAY - timedelta(days=1))
    source.serves("index.json", {"datasets": ["benchmarks"]})
    rows = [{"model_permaslug": "a/x", "intelligence_index": 49}]
    source.serves(f"benchmarks/{DAY}.json", json.dumps({"data": rows}))
    (compared,) = source.read().comparisons
    assert (compared.compared, compared.earlier, compared.different) == (1, 1, 0)


def test_a_table_of_scores_in_csv_agrees_and_its_manifest_does_not(source: FakeSource) -> None:
    source.serves("index.json", [f"benchmarks/{DAY}.csv"])
    lines = [
        "# CC BY 4.0",
        "model,intelligence_index,arena,category,elo",
        "a/x,50.50,,,",
        "b/y,40,,,",
        "a/x,,models,website,1200",
    ]
    source.serves(f"benchmarks/{DAY}.csv", "\n".join(lines), {"content-type": "text/csv"})
    source.serves(
        f"benchmarks/{DAY}.manifest.json", {"sha256": "ab" * 32}, {"content-type": "text/plain"}
    )
    found = source.read()
    (compared,) = found.comparisons
    assert (compared.compared, compared.equal, compared.different) == (3, 3, 0)
    assert (compared.missing_here, compared.missing_there) == (0, 0)
    assert (compared.checksum, compared.agrees) == (False, False)
    # The form that there is none of was asked for first.
    (unread,) = found.unread
    assert unread.startswith(f"{FOLDER}/benchmarks/{DAY}.json: HTTP 404")


def test_the_key_goes_only_to_addresses_without_a_text_of_the_source(source: FakeSource) -> None:
    def guarded(request: Request) -> Answer:
        if "authorization" not in request.headers:
            return Answer(401, {}, b"")
        found = request.path == exports.INDEX
        return Answer(200, {}, b'["rankings", "our-rankings"]') if found else Answer(404, {}, b"")

    source.server.fail(FOLDER, fault=guarded)
    found = source.read()
    keyed = [one.path for one in source.server.requests if "authorization" in one.headers]
    assert keyed == [
        exports.INDEX,
        *(f"{FOLDER}/rankings/{DAY}.{ending}" for ending in ("manifest.json", "json", "csv")),
    ]
    assert [sentence for sentence in found.unread if "our-rankings" in sentence] == [
        f"{FOLDER}/our-rankings/{DAY}.{ending}: HTTP 401 without the key"
        for ending in ("manifest.json", "json", "csv")
    ]


@pytest.mark.parametrize(
    ("status", "body", "headers", "why"),
    [
        (404, None, None, "HTTP 404"),
        (200, "<!doctype html><p>Hi", HTML, "the answer is a page of HTML"),
        (302, "", {"location": "https://elsewhere.example/x"}, "(not followed)"),
        (200, b" " * (LARGEST_FILE + 1), None, "larger than 2 MiB"),
        (200, b"\xff\xfe", None, "it is not text in UTF-8"),
        (200, "{", None, "it is not proper JSON"),
        (200, {"datasets": ["app-rankings", "uptime"]}, None, "names no dataset that is held"),
        (200, json.dumps({"key": KEY}), None, "repeats the API key"),
    ],
)
def test_an_index_that_cannot_be_used_is_told_with_its_reason(
    source: FakeSource, status: int, body: Any, headers: dict[str, str] | None, why: str
) -> None:
    source.server.fail(f"{FOLDER}/index.json", status, body, headers=headers)
    found = source.read()
    assert found.comparisons == ()
    (unread,) = found.unread
    assert unread.startswith(f"{FOLDER}/index.json: ")
    assert why in unread
    assert source.asked == ["index.json"]
    assert KEY not in archived.path_of(source.tiny.root, TODAY).read_bytes().decode("latin-1")


def test_nothing_more_is_asked_for_when_the_time_is_over(source: FakeSource) -> None:
    def slow(_request: Request) -> Answer:
        source.clock.at += 100
        return Answer(200, {}, b'["rankings"]')

    source.serves("index.json", ["rankings"])
    source.server.fail(f"{FOLDER}/rankings/{DAY}.manifest.json", fault=slow)
    found = source.read()
    assert [sentence.partition(": ")[2] for sentence in found.unread] == [
        "the reply did not end within its deadline",
        "not asked, no time was left",
        "not asked, no time was left",
    ]
    assert len(source.asked) == 2


def test_a_file_of_another_form_is_said_to_be_one(source: FakeSource) -> None:
    source.serves("index.json", {"rankings": {"latest": "latest.json"}})
    source.serves(f"rankings/{DAY}.json", {"data": [{"rank": 1, "who": "a/x\u202e"}]})
    (compared,) = source.read().comparisons
    assert compared.unreadable == "it has no rows with a model and a number that are known here"
    assert (compared.checksum, compared.agrees) == (None, False)


def test_a_run_asks_for_them_after_all_datasets_and_the_archive_has_none_more(
    tmp_path: Path,
) -> None:
    lines: list[str] = []
    with Loopback(small=True) as server:
        api = Api(server.url, Secret(KEY), 0)
        server.fail("", 500)
        with Client(api, clock=FakeClock(), limits=Limits(tries=1)) as client:
            run = Run(Archive(tmp_path), client, server.day, "1", lines.append, reads_exports=True)
            take(run)
        assert server.asked(FOLDER) == []

        server.mend()
        with Client(api, clock=FakeClock(), limits=Limits(tries=1)) as client:
            endpoints = tuple(one for one in CORE if one.name == "task-classifications")
            run = Run(
                Archive(tmp_path),
                client,
                server.day,
                "1",
                lines.append,
                endpoints=endpoints,
                reads_exports=True,
            )
            report = take(run)
        assert server.requests[-1].path == exports.INDEX
    assert [outcome.state for outcome in report.outcomes] == ["fresh"]
    assert lines[-1] == "exports: 0 files of the source read, 1 not"
    assert Archive(tmp_path).datasets() == ["task-classifications"]


@pytest.mark.parametrize(
    ("index", "names"),
    [
        (["benchmarks", "rankings", "prices"], ("rankings", "benchmarks")),
        ({"datasets": {"model-rankings": {"files": []}}}, ("model-rankings",)),
        ({"rankings": {"latest": {}}, "benchmarks": {}}, ("rankings", "benchmarks")),
        ({"files": [{"path": "x/design-arena/2026-11-17.json"}]}, ("design-arena",)),
        ({"datasets": [{"id": "../rankings"}, {"id": "Rankings?"}]}, ()),
        ([f"ranking-{number}" for number in range(9)], tuple(f"ranking-{n}" for n in range(4))),
        ({"rankings": [{"name": "rankings-daily"}]}, ("rankings-daily",)),
        (7, ()),
    ],
)
def test_an_index_may_name_its_datasets_in_several_ways(
    index: object, names: tuple[str, ...]
) -> None:
    assert exports.held_names(index) == names


@pytest.mark.parametrize(
    ("manifest", "agrees"),
    [
        ({"files": [{"name": "2026-11-17.json", "sha256": "sha256:" + "AB" * 32}]}, True),
        ({"2026-11-17.json": "cd" * 32, "2026-11-17.csv": "ef" * 32}, False),
        ({"checksums": {"json": "cd" * 32, "csv": "ef" * 32}}, False),
        ({"checksums": {"csv": "cd" * 32, "parquet": "ef" * 32}}, None),
        ({"rows": 7}, None),
    ],
)
def test_a_manifest_may_state_its_checksums_in_several_ways(
    manifest: object, agrees: bool | None
) -> None:
    assert exports.checksum_agrees(manifest, "2026-11-17.json", "ab" * 32) is agrees


def test_a_mark_before_the_text_hides_no_rows() -> None:
    mark = b"\xef\xbb\xbf"
    fact = exports.Fact("rankings-daily", str(DAY), "a/x", "total_tokens")
    for body in (
        json.dumps(ranked(a_x=100)).encode(),
        f"date,model_permaslug,total_tokens\n{DAY},a/x,100\n".encode(),
    ):
        assert exports.numbers(mark + body, TODAY) == {fact: 100}


def test_a_table_whose_quote_does_not_end_is_no_table() -> None:
    body = 'model,tokens\na/x,"' + "9" * 200_000
    with pytest.raises(ValueError, match="not a CSV table"):
        exports.numbers(body.encode(), DAY)


@pytest.mark.parametrize("number", ["1e999999999", "1e-999999999", "1e41"])
def test_a_number_beyond_all_that_can_be_held_is_none(number: str) -> None:
    rows = [*ranked(b_y=60), *ranked(a_x=1)]
    rows[1]["total_tokens"] = number
    (fact,) = exports.numbers(json.dumps(rows).encode(), DAY)
    assert fact.model == "b/y"


def test_a_reading_that_is_broken_is_passed_over(tmp_path: Path) -> None:
    assert archived.newest(tmp_path, TODAY) is None
    archived.keep(tmp_path, archived.Reading(str(ago(1)), [], []))
    archived.path_of(tmp_path, TODAY).write_bytes(b"no gzip")
    found = archived.newest(tmp_path, TODAY)
    assert found is not None
    assert found.day == str(ago(1))


def test_a_row_may_name_its_test_and_a_document_may_hold_its_rows_in_any_member() -> None:
    rows = [
        {"model": "a/x", "metric": "coding_index", "score": "12.5"},
        {"model": "a/x", "metric": "gpqa", "accuracy": 0.5},
        {"model": "a/x", "tokens": 7, "date": "soon"},
        {"tokens": 8},
        "no row",
    ]
    body = json.dumps({"data": {"models": [], "rows": rows}, "items": 1}).encode()
    analysis, own = "benchmarks-artificial-analysis", "benchmarks-openrouter"
    assert exports.numbers(body, DAY) == {
        exports.Fact(analysis, "", "a/x", "coding_index"): Decimal("12.5"),
        exports.Fact(own, "", "a/x", "gpqa"): Decimal("0.5"),
        exports.Fact("rankings-daily", str(DAY), "a/x", "total_tokens"): Decimal(7),
    }
    for empty in ({}, {"data": 1}, {"data": {"items": "x"}}):
        with pytest.raises(ValueError, match="no rows with a model"):
            exports.numbers(json.dumps(empty).encode(), DAY)


def status_page(tiny: TinyArchive, demo: str = "") -> str:
    site = all_boards.site(tiny.history(), demo=demo, public_url="", version="1", makers=())
    page_list = read_pages()
    alone = PageList(tuple(entry for entry in page_list.entries if entry.path == "status/"))
    body = next(render_pages(Context(tiny.history(), site, page_list=alone))).body
    assert isinstance(body, bytes)
    (section,) = [
        node for node in parse(body.decode()).all("section") if node.get("id") == "exports"
    ]
    return " ".join(section.text.split())


def test_the_status_page_says_what_was_read_and_how_it_agrees(source: FakeSource) -> None:
    assert "Nothing was read: the recorded replies" in status_page(source.tiny, demo="Demo.")
    source.serves("index.json", ["rankings", "benchmarks"])
    source.serves(f"rankings/{DAY}.json", ranked(a_x=100, b_y=5))
    source.read()
    said = status_page(source.tiny)
    assert "The run of 21 Nov 2026 read dated files that OpenRouter exports" in said
    assert f"{FOLDER}/rankings/{DAY}.json Differs" in said
    assert "2 numbers compared: 1 equal, 1 different. Only in the export: 0; only here: 1." in said
    assert "No manifest states its sha256." in said
    assert "b/y, total_tokens, 2026-11-17: 5 in the export, 61 here" in said
    assert f"Not read: {FOLDER}/rankings/{DAY}.manifest.json: HTTP 404" in said
