"""Announced retirements: the board, what is kept of them, the calendar file, and the event that tells of one."""

import json
import re
from dataclasses import replace
from datetime import date
from typing import Any

from generator.archive import listings
from generator.archive.store import Archive
from generator.boards.board import Board
from generator.boards.retirements import RetirementRow
from generator.render.retirement_calendar import calendar
from tests.tiny_archive import TODAY, Json, TinyArchive, ago, listing, table

KEYS = ("day", "model_permaslug", "days_left", "status", "announced", "last_listed")


def _fill(tiny: TinyArchive) -> None:
    late = listing("c/late", expiration_date=str(ago(3)))
    gone = listing("d/gone", expiration_date=str(ago(2)))
    tiny.models(listing("a/x"), listing("b/x", expiration_date="2027-02-01"), late, gone, on=ago(4))
    tiny.models(
        listing("a/x", name="Acme; Inc: Ex, with a name that is long enough to need a second line"),
        listing("b/x", expiration_date="2026-12-01T00:00:00Z"),
        late,
        listing("e/never", expiration_date="2098-12-31"),
        listing("f/soon", expiration_date="soon"),
        listing(
            "~b/latest", expiration_date="2026-12-01", alias_target={"name": "b", "slug": "b/x"}
        ),
    )


def test_what_is_to_come_stands_first_and_what_is_gone_stays(tiny: TinyArchive) -> None:
    _fill(tiny)
    board = tiny.board("retirements")
    assert table(board, *KEYS) == [
        ("2026-12-01", "b/x", 10, "announced", "2026-11-21", None),
        ("2026-11-19", "d/gone", -2, "no longer listed", "2026-11-17", "2026-11-17"),
        ("2026-11-18", "c/late", -3, "past its day, still listed", "2026-11-17", None),
    ]
    assert board.finding == "1 retirement is announced. Next: b/x, on 1 Dec 2026, in 10 days."


def test_today_is_to_come_and_models_of_one_day_are_named_together(tiny: TinyArchive) -> None:
    def retiring(id_: str, day: date, **more: Any) -> Json:
        return listing(id_, expiration_date=str(day), **more)

    tiny.models(retiring("g/withdrawn", ago(-9)), retiring("a/x", TODAY, name="Former"), on=ago(1))
    tiny.models(
        *(retiring(id_, TODAY) for id_ in ("b/x", "a/x")),
        retiring("c/x", ago(-1)),
        *(retiring(id_, ago(1)) for id_ in ("e/x", "d/x")),
        retiring("f/x", ago(2)),
    )
    board = tiny.board("retirements")
    assert table(board, "id", "days_left", "status") == [
        ("a/x", 0, "announced"),
        ("b/x", 0, "announced"),
        ("c/x", 1, "announced"),
        ("g/withdrawn", 9, "no longer listed"),
        ("d/x", -1, "past its day, still listed"),
        ("e/x", -1, "past its day, still listed"),
        ("f/x", -2, "past its day, still listed"),
    ]
    # Of a listing that was renamed the newest name is shown.
    assert board.finding == (
        "3 retirements are announced. Next: a/x and b/x, on 21 Nov 2026, which is the day of this catalog."
    )


def test_without_any_announcement_the_board_says_so(tiny: TinyArchive) -> None:
    tiny.models(listing("a/x"))
    board = tiny.board("retirements")
    assert (board.records(), board.finding) == ([], "The catalog announces no retirement.")


def test_a_day_that_is_taken_back_is_announced_no_more(tiny: TinyArchive) -> None:
    tiny.models(listing("a/x", expiration_date="2026-12-01"), on=ago(1))
    tiny.models(listing("a/x"))
    assert tiny.board("retirements").records() == []


def test_a_new_day_is_an_event_and_that_of_the_first_snapshot_is_none(tiny: TinyArchive) -> None:
    _fill(tiny)
    rows = table(tiny.board("changes"), "day", "kind", "text")
    assert [row for row in rows if row[1] == "Retirement announced"] == [
        (
            "2026-11-21",
            "Retirement announced",
            "b/x is to be retired on 1 Dec 2026, not on 1 Feb 2027 as announced before.",
        )
    ]


def test_a_day_that_is_moved_or_taken_back_is_an_event_too(tiny: TinyArchive) -> None:
    tiny.models(listing("a/x", expiration_date="2026-12-01"), listing("b/x"), on=ago(2))
    moved = listing("b/x", expiration_date="2026-12-02")
    tiny.models(listing("a/x", expiration_date="2026-12-09"), moved, on=ago(1))
    tiny.models(listing("a/x"), moved)
    assert table(tiny.board("changes"), "day", "kind", "text") == [
        (
            "2026-11-21",
            "Retirement no longer announced",
            "The retirement of a/x on 9 Dec 2026 is no longer announced.",
        ),
        (
            "2026-11-20",
            "Retirement announced",
            "a/x is to be retired on 9 Dec 2026, not on 1 Dec 2026 as announced before.",
        ),
        ("2026-11-20", "Retirement announced", "b/x is to be retired on 2 Dec 2026."),
    ]


def test_what_an_earlier_version_kept_is_read_anew_from_the_snapshots(tiny: TinyArchive) -> None:
    _fill(tiny)
    archive = Archive(tiny.root)
    listings.remember(archive, TODAY)
    path = tiny.root / "models" / "memory.json"
    kept = json.loads(path.read_text("utf-8"))
    for entry in kept["entries"]:
        entry.pop("retirements", None)
    del kept["form"]
    path.write_text(json.dumps(kept), "utf-8")
    assert len(tiny.board("retirements").rows) == 3


def test_the_calendar_has_an_event_for_each_and_credits_its_source(tiny: TinyArchive) -> None:
    _fill(tiny)
    tiny.models(
        listing(
            "a/x", name="Acme; Inc: Ex, with a name that is long", expiration_date="2026-11-30"
        ),
        listing("b/x", expiration_date="2026-12-01"),
    )
    site = tiny.site()
    board = site.boards.find("retirements", RetirementRow)
    assert board is not None
    text = calendar(board, site)
    lines = text.split("\r\n")
    assert lines[-1] == ""
    assert max(len(line.encode()) for line in lines) <= 75
    unfolded = text.replace("\r\n ", "")
    assert re.findall("DTSTART;VALUE=DATE:(.*)\r", unfolded) == ["20261130", "20261201"]
    assert "SUMMARY:Ex\\, with a name that is long retires on OpenRouter\r" in unfolded
    credit = f"Source: OpenRouter (openrouter.ai/models)\\, as of {board.citations[0].as_of}."
    assert unfolded.count(credit) == 3
    assert len(set(re.findall("UID:(.*)\r", unfolded))) == 2
    assert "URL:" not in unfolded


def test_an_event_links_the_page_of_its_model_where_the_address_of_the_site_is_known(
    tiny: TinyArchive,
) -> None:
    tiny.models(listing("a/x", expiration_date="2026-11-30"))
    site = replace(tiny.site(), public_url="https://someone.github.io/boards/")
    board = site.boards.find("retirements", RetirementRow)
    assert board is not None
    links = re.findall("URL:(.*)\r", calendar(board, site))
    assert links == ["https://someone.github.io/boards/models/a/x/"]


def test_a_calendar_without_an_event_is_still_one(tiny: TinyArchive) -> None:
    tiny.models(listing("a/x"))
    site = tiny.site()
    board: Board[RetirementRow] | None = site.boards.find("retirements", RetirementRow)
    assert board is not None
    lines = calendar(board, site).split("\r\n")
    assert (lines[0], lines[-2]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
    # The format wants one component at least.
    assert "BEGIN:VTIMEZONE" in lines
    assert "BEGIN:VEVENT" not in lines
