"""What the boards of a day said: as data, beside those of other days, and beside what is known today."""

import json
import shutil
from dataclasses import replace
from datetime import date, timedelta

import msgspec
import pytest

from generator.base.artifact import Artifact
from generator.base.attribution import WITHHELD
from generator.base.dates import human_day
from generator.base.site_config import SiteConfig
from generator.boards.board import Boards
from generator.render.context import Context
from generator.render.later_values import with_later
from generator.render.permalinks import day_boards, day_pages, render_permalinks
from generator.render.permalinks.board_changes import Changed, differences
from generator.render.permalinks.day_boards import DayBoards
from generator.render.permalinks.known_today import Today
from generator.render.permalinks.store import Record
from tests.page_reading import read
from tests.schema_errors import schema_errors
from tests.tiny_archive import LAST, TODAY, TinyArchive, app, created_on, listing, score, weeks

YESTERDAY = TODAY - timedelta(days=1)
A, B, C = "anthropic/claude-a", "openai/gpt-b", "google/gemini-c"


def _published(tiny: TinyArchive, day: date) -> DayBoards:
    boards = tiny.site(day).boards
    return day_boards.read(day_boards.file(day, boards))


def _today(tiny: TinyArchive) -> Today:
    return Today(tiny.site().boards, tiny.history().daily_tokens)


def test_a_file_has_the_rows_of_each_board_and_their_credit(tiny: TinyArchive) -> None:
    tiny.rankings(weeks({A: 700, B: 300}))
    tiny.scores(score(A, 60.0), score(B, 50.0))
    held = _published(tiny, TODAY)
    assert [board.board for board in held.boards] == [
        "models-7d",
        "authors-7d",
        "artificial-analysis",
    ]
    week = held.boards[0]
    assert week.window is not None
    assert week.window.window.end == LAST
    assert [(row["rank"], row["model_permaslug"], row["total_tokens"]) for row in week.rows] == [
        (1, A, 4900),
        (2, B, 2100),
    ]
    text = day_boards.file(TODAY, tiny.site().boards).decode()
    assert "Source: OpenRouter (openrouter.ai/rankings)" in text
    assert "Artificial Analysis" in text


def test_a_value_that_is_a_bound_on_the_page_has_both_bounds_in_the_file(
    tiny: TinyArchive,
) -> None:
    *before, last = weeks({A: 700, B: 300}).items()
    # On the last day B is outside the top 50, where it has at most what its last place has.
    tiny.rankings({**dict(before), last[0]: {A: 700, C: 90, "other": 80}})
    week = _published(tiny, TODAY).boards[0]
    by_model = {row["model_permaslug"]: row for row in week.rows}
    full = tiny.site().boards["models-7d"]
    for row in full.ranked:
        held = by_model[row["model_permaslug"].id]  # type: ignore[attr-defined]
        for key in ("rank_low", "rank_high", "moved_low", "moved_high", "total_tokens_high"):
            assert held[key] == row[key]
    assert by_model[B]["total_tokens_high"] > by_model[B]["total_tokens"]
    assert [column.key for column in week.columns] == [*day_boards.SHOWN_BY_ID["models-7d"].columns]


def test_a_first_day_of_the_catalog_alone_shows_no_board_and_credits_the_catalog(
    tiny: TinyArchive,
) -> None:
    tiny.models(listing(A))
    document = json.loads(day_boards.file(TODAY, tiny.site().boards))
    assert document["boards"] == []
    assert document["citation"].startswith("Source: OpenRouter (openrouter.ai/models)")

    withheld = [
        replace(board, citations=tuple(one.as_withheld() for one in board.citations))
        for board in tiny.site().boards.values()
    ]
    document = json.loads(day_boards.file(TODAY, Boards(withheld)))
    assert document["citation"].startswith("Source: OpenRouter (openrouter.ai/models)")
    assert document["license"] == WITHHELD


def test_a_file_has_the_first_rows_of_what_may_be_handed_on_and_credits_its_events(
    tiny: TinyArchive,
) -> None:
    tiny.rankings(weeks({f"{letter}/x": 100 + at for at, letter in enumerate("abcdefghijkl")}))
    tiny.models(listing("a/x"), on=YESTERDAY)
    tiny.models(listing("a/x"), listing("b/x", created=created_on(TODAY)))
    boards = tiny.site().boards
    document = json.loads(day_boards.file(TODAY, boards))
    rows = {board["board"]: len(board["rows"]) for board in document["boards"]}
    assert rows == {"models-7d": 12, "authors-7d": 10}
    assert [event["kind"] for event in document["events"]] == ["New listing"]
    assert "openrouter.ai/models" in document["citation"]

    models = boards["models-7d"]
    credits_ = tuple(citation.as_withheld() for citation in models.citations)
    withheld = Boards([replace(models, citations=credits_), boards["authors-7d"]])
    document = json.loads(day_boards.file(TODAY, withheld))
    assert [board["board"] for board in document["boards"]] == ["authors-7d"]


def test_a_file_keeps_to_its_schema(tiny: TinyArchive) -> None:
    tiny.models(listing(A), on=YESTERDAY)
    tiny.models(listing(A), listing(B, created=created_on(TODAY)))
    tiny.rankings(weeks({A: 700, B: 300}))
    document = json.loads(day_boards.file(TODAY, tiny.site().boards))
    assert document["events"]
    assert schema_errors("day-boards", document) == []
    document["boards"][0]["columns"][0]["kind"] = "guess"
    document["boards"][0]["rows"][0]["rank"] = []
    assert len(schema_errors("day-boards", document)) == 2
    nothing = json.loads(day_boards.file(TODAY, Boards()))
    assert schema_errors("day-boards", nothing) == []


def test_tokens_of_a_day_gone_by_stand_beside_those_of_the_same_days_as_restated(
    tiny: TinyArchive,
) -> None:
    before = weeks({A: 510, B: 490}, last=LAST - timedelta(days=1))
    tiny.rankings(before, on=YESTERDAY)
    restated = {**weeks({A: 510, B: 490}), LAST - timedelta(days=1): {A: 510, B: 640}}
    tiny.rankings(restated)
    week, authors = _published(tiny, YESTERDAY).boards
    assert _today(tiny).since(week) == {
        (0, "rank"): "2",
        (0, "share"): "49.9%",
        (1, "rank"): "1",
        (1, "total_tokens"): "3,580",
        (1, "share"): "50.1%",
    }
    assert _today(tiny).since(authors)[1, "total_tokens"] == "3,580"
    newest = _published(tiny, TODAY).boards
    assert [_today(tiny).since(board) for board in newest] == [{}, {}]


def test_scores_of_a_day_gone_by_stand_beside_those_of_today(tiny: TinyArchive) -> None:
    tiny.scores(score(A, 60.0), score(B, 50.0), on=YESTERDAY)
    tiny.scores(score(B, 55.5))
    [board] = _published(tiny, YESTERDAY).boards
    today = _today(tiny)
    assert today.since(board) == {(1, "rank"): "1", (1, "intelligence_index"): "55.5"}
    [citation] = today.citations(board)
    assert citation.day == TODAY


def test_a_row_that_a_board_had_twice_moves_no_value_to_another_row(tiny: TinyArchive) -> None:
    tiny.scores(score(A, 60.0), score(B, 50.0), on=YESTERDAY)
    tiny.scores(score(A, 60.0), score(B, 55.5))
    [board] = _published(tiny, YESTERDAY).boards
    twice = msgspec.structs.replace(board, rows=(board.rows[0], *board.rows))
    assert _today(tiny).since(twice) == {(2, "intelligence_index"): "55.5"}


def test_two_days_differ_in_rows_that_came_rows_that_left_and_values(tiny: TinyArchive) -> None:
    tiny.scores(score(A, 60.0), score(B, 50.0), on=YESTERDAY)
    tiny.scores(score(B, 55.5), score(C, 40.0))
    [board] = differences(_published(tiny, YESTERDAY), _published(tiny, TODAY))
    assert [column.key for column in board.columns] == ["rank", "intelligence_index"]
    assert [(row.state, *row.values) for row in board.rows] == [
        ("changed", Changed("2", "1"), Changed("50", "55.5")),
        ("entered", Changed(None, "2"), Changed(None, "40")),
        ("left", Changed("1", None), Changed("60", None)),
    ]
    [same] = differences(_published(tiny, TODAY), _published(tiny, TODAY))
    assert (same.columns, same.rows) == ((), ())


def test_a_bound_is_marked_as_one_wherever_two_days_are_compared(tiny: TinyArchive) -> None:
    *before, last = weeks({A: 700, B: 300}).items()
    tiny.rankings(dict(before), on=YESTERDAY)
    # On the last day B is outside the top 50, where it has at most what its last place has.
    tiny.rankings({**dict(before), last[0]: {A: 700, C: 90, "other": 80}})
    [models, authors] = differences(_published(tiny, YESTERDAY), _published(tiny, TODAY))
    for board in (models, authors):
        columns = [column.key for column in board.columns]
        values = {row.name: dict(zip(columns, row.values, strict=True)) for row in board.rows}
        [name] = {"openai/gpt-b", "gpt-b", "openai", "OpenAI"} & set(values)
        assert values[name]["total_tokens"] == Changed("1,800", "≥1,800"), name
        share = values[name]["share"]
        assert share, name
        assert str(share.after).startswith("≥"), name
    page = _pages(tiny)[f"d/{TODAY}/changes/index.html"]
    assert '<span aria-hidden="true">≥</span><span class="sr">at least </span>1,800' in page
    assert "at least 1,800 before: 1,800" in " ".join(read(page).text.replace("≥", "").split())


def test_a_bound_of_a_day_gone_by_that_is_still_one_has_not_changed(tiny: TinyArchive) -> None:
    *before, last = weeks({A: 700, B: 300}, last=LAST - timedelta(days=1)).items()
    outside = {**dict(before), last[0]: {A: 700, C: 90, "other": 80}}
    tiny.rankings(outside, on=YESTERDAY)
    tiny.rankings({**outside, LAST: {A: 700, B: 300}})
    week, authors = _published(tiny, YESTERDAY).boards
    assert [_today(tiny).since(board) for board in (week, authors)] == [{}, {}]
    tiny.rankings({**outside, last[0]: {A: 800, C: 90, "other": 80}, LAST: {A: 700, B: 300}})
    assert _today(tiny).since(week)[1, "share"].startswith("≥")


def test_a_range_of_ranks_is_compared_as_one(tiny: TinyArchive) -> None:
    def board(**ranks: int) -> DayBoards:
        rows = [{"model_permaslug": A, "model_permaslug_short_name": "A", **ranks}]
        columns = [{"key": "rank", "label": "Rank", "kind": "rank"}]
        shown = {
            "board": "models-7d",
            "title": "",
            "window": None,
            "columns": columns,
            "rows": rows,
        }
        return day_boards.read(json.dumps({"boards": [shown], "events": []}).encode())

    exact, between = board(rank=3, rank_low=3, rank_high=3), board(rank=3, rank_low=3, rank_high=5)
    [changed] = differences(exact, between)
    assert changed.rows[0].values == (Changed("3", "3–5"),)
    [changed] = differences(exact, board(rank=3))
    assert changed.rows == ()


def test_a_board_that_one_of_two_days_lacks_is_not_compared(tiny: TinyArchive) -> None:
    tiny.scores(score(A, 60.0), on=YESTERDAY)
    tiny.apps({"popular": [app(1, 100)]})
    compared = differences(_published(tiny, YESTERDAY), _published(tiny, TODAY))
    assert [board.after.board for board in compared] == ["artificial-analysis"]


def test_a_value_of_today_is_put_into_its_own_cell_and_escaped() -> None:
    drawn = "<td>1<!--later a.b 0 rank--></td><td>2<!--later a.b 1 rank--></td>"
    values = {("a.b", 1, "rank"): "<3>"}
    made = with_later(drawn, lambda *place: values.get(place, ""))
    assert made == '<td>1</td><td>2<small class="later">now &lt;3&gt;</small></td>'


def _pages(tiny: TinyArchive, config: SiteConfig | None = None) -> dict[str, str]:
    """Return what is published of the days, by path, from the cache where it has it."""
    site = replace(tiny.site(), config=config or SiteConfig())
    context = Context(tiny.history(), site, cache=tiny.root / "cache")
    pages = {}
    for part in render_permalinks(context, interactive_days=0, embedded_days=0):
        assert isinstance(part, Artifact)
        body = part.body
        pages[part.path] = (body if isinstance(body, bytes) else body.read_bytes()).decode()
    return pages


def test_the_cache_of_a_day_never_decides_what_is_published(tiny: TinyArchive) -> None:
    tiny.scores(score(A, 60.0), on=YESTERDAY)
    tiny.scores(score(A, 61.0))
    first = _pages(tiny)
    kept = tiny.root / "cache" / "days" / str(YESTERDAY)
    for name in ("boards.json", "boards.html", "record.json"):
        body = (kept / name).read_bytes()
        (kept / name).unlink()
        assert _pages(tiny) == first, name
        (kept / name).write_bytes(body[:-2])
        assert _pages(tiny) == first, name
    # As another version of the code has left it.
    record = (kept / "record.json").read_text()
    (kept / "record.json").write_text(record.replace('"made_from":"', '"made_from":"other '))
    (kept / "boards.html").write_text("as it was")
    assert _pages(tiny) == first


def test_a_snapshot_of_an_earlier_day_makes_the_days_after_it_again(tiny: TinyArchive) -> None:
    tiny.rankings(weeks({A: 700, B: 300}))
    first = _pages(tiny)
    assert "▲" not in first[f"d/{TODAY}/index.html"]
    tiny.rankings(weeks({A: 100, B: 300}, {}), on=YESTERDAY)
    assert "▲" in _pages(tiny)[f"d/{TODAY}/index.html"]


def test_the_page_of_a_day_gone_by_states_what_is_known_today(tiny: TinyArchive) -> None:
    tiny.scores(score(A, 60.0), on=YESTERDAY)
    tiny.scores(score(A, 61.0))
    pages = _pages(tiny)
    old = read(pages[f"d/{YESTERDAY}/index.html"])
    assert [node.text for node in old.all("small") if node.get("class") == "later"] == ["now 61"]
    assert f"known on {human_day(TODAY)}" in old.text
    new = read(pages[f"d/{TODAY}/index.html"])
    assert [node for node in new.all("small") if node.get("class") == "later"] == []
    assert "<!--later" not in "".join(pages.values())


def _kept(tiny: TinyArchive) -> dict[str, int]:
    """When each page that is kept of an older day was written, by its path."""
    days = tiny.root / "cache" / "days"
    paths = sorted(days.glob("*/pages/**/*.html"))
    return {str(path.relative_to(days)): path.stat().st_mtime_ns for path in paths}


def test_the_page_of_an_older_day_states_what_was_known_at_the_end_of_the_last_month(
    tiny: TinyArchive,
) -> None:
    first, old, end = (TODAY.replace(month=month, day=28) for month in (8, 9, 10))
    for day, index in ((first, 57.0), (old, 58.0), (end, 60.0)):
        tiny.scores(score(A, index), on=day)
    tiny.scores(score(A, 61.0), on=YESTERDAY)
    before = _pages(tiny)
    settled = read(before[f"d/{old}/index.html"])
    assert [node.text for node in settled.all("small") if node.get("class") == "later"] == [
        "now 60"
    ]
    assert f"known on {human_day(end)}" in settled.text
    assert "now 61" in before[f"d/{end}/index.html"]

    written = _kept(tiny)
    assert list(written) == [
        f"{day}/pages/{name}"
        for day in (first, old)
        for name in ("changes/index.html", "index.html")
    ]
    tiny.scores(score(A, 62.0))
    after = _pages(tiny)
    assert _kept(tiny) == written
    assert "now 62" in after[f"d/{end}/index.html"]
    shutil.rmtree(tiny.root / "cache")
    assert _pages(tiny) == after


def test_a_kept_page_is_made_again_where_it_is_damaged_or_what_stands_around_it_changes(
    tiny: TinyArchive,
) -> None:
    old = TODAY.replace(month=8)
    tiny.scores(score(A, 57.0), on=old)
    tiny.scores(score(A, 58.0), on=TODAY.replace(month=10))
    tiny.scores(score(A, 60.0))
    made = _pages(tiny)
    page = tiny.root / "cache" / "days" / str(old) / "pages" / "index.html"
    page.write_text("as nobody made it")
    assert _pages(tiny) == made
    (page.parent / "changes/index.html").unlink()
    assert _pages(tiny) == made

    renamed = _pages(tiny, SiteConfig(name="Another Site"))
    shutil.rmtree(tiny.root / "cache")
    assert _pages(tiny, SiteConfig(name="Another Site")) == renamed
    assert "Another" in renamed[f"d/{old}/index.html"]

    tiny.scores(score(A, 57.5), on=old + timedelta(days=1))
    with_neighbor = _pages(tiny)
    assert f'href="../{old + timedelta(days=1)}/"' in with_neighbor[f"d/{old}/index.html"]


def test_the_page_of_an_older_day_is_made_again_without_the_boards_of_the_last_month(
    tiny: TinyArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, end = (TODAY.replace(month=month, day=28) for month in (9, 10))
    for day, index in ((old, 58.0), (end, 60.0), (TODAY, 61.0)):
        tiny.scores(score(A, index), on=day)
    first = _pages(tiny)
    assert "now 60" in first[f"d/{old}/index.html"]
    folder = tiny.root / "cache" / "days" / str(old)
    with monkeypatch.context() as patch:
        patch.setattr(day_pages, "read_sources", lambda _: pytest.fail("boards were made again"))
        (folder / "pages" / "record.json").unlink()
        assert _pages(tiny) == first
    for spoiled in (b"", (folder / "later.json").read_bytes()[:-2]):
        (folder / "later.json").write_bytes(spoiled)
        (folder / "pages" / "record.json").unlink()
        assert _pages(tiny) == first


def test_the_changes_of_a_day_are_against_the_day_before_and_a_week_before(
    tiny: TinyArchive,
) -> None:
    tiny.scores(score(A, 57.0), on=TODAY - timedelta(days=7))
    tiny.scores(score(A, 60.0), score("z/left", 20.0), on=YESTERDAY)
    tiny.scores(score(A, 61.0), score("z/new", 20.0))
    pages = _pages(tiny)
    told = read(pages[f"d/{TODAY}/changes/index.html"])
    assert [" ".join(node.text.split()) for node in told.all("h2")] == [
        f"Compared with {human_day(YESTERDAY)}, the day before",
        f"Compared with {human_day(TODAY - timedelta(days=7))}, a week before",
    ]
    words = " ".join(told.text.split())
    # Small print in the first column of such a table is not shown.
    flags = [node.text for node in told.all("span") if node.get("class") == "flag"]
    assert flags == ["new in this list", "left this list", "new in this list"]
    assert "61 before: 60" in words
    assert "61 before: 57" in words
    assert f"As of {YESTERDAY}" in words
    first = read(pages[f"d/{TODAY - timedelta(days=7)}/changes/index.html"])
    assert "There is no earlier day to compare with." in first.text
    day, other = human_day(TODAY), human_day(TODAY - timedelta(days=7))
    described = (
        f"How the rankings of {day} differ from those of {human_day(YESTERDAY)} and {other}."
    )
    assert described in pages[f"d/{TODAY}/changes/index.html"]
    assert (
        f"The rankings of {other} are the first."
        in pages[f"d/{TODAY - timedelta(days=7)}/changes/index.html"]
    )


def test_a_day_says_to_which_day_of_use_its_week_is(tiny: TinyArchive) -> None:
    tiny.scores(score(A, 60.0), on=YESTERDAY)
    tiny.rankings(weeks({A: 700, B: 300}))
    pages = _pages(tiny)
    assert f"week to {human_day(LAST)}." in pages[f"d/{TODAY}/index.html"]
    assert "week to" not in pages[f"d/{YESTERDAY}/index.html"]


def test_a_day_without_interactive_embeds_is_not_asked_for_their_files() -> None:
    sums = {
        "boards.html": "1",
        "static/a.html": "2",
        "interactive/a.html": "3",
        "bitmaps/a.png": "4",
    }
    record = Record("x", True, {"a": "A"}, ["b.c"], "", bitmaps=["a.png"], sums=sums)
    static = record.reduced(charts=True)
    assert (static.charts, static.bitmaps) == ({"a": "A"}, [])
    assert list(static.sums) == ["boards.html", "static/a.html"]
    bare = record.reduced(charts=False)
    assert (bare.charts, bare.variants, list(bare.sums)) == ({}, [], ["boards.html"])
