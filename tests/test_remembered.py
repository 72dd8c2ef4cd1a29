"""What a render remembers of earlier days: the same boards with it, without it and with a part of it, and fewer reads."""

import re
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest

from generator.archive import listings, remembered
from generator.archive.envelope import Snapshot
from generator.archive.remembered import Remembered
from generator.archive.store import Archive
from generator.archive.stored_snapshot import StoredSnapshot
from generator.base import files
from generator.boards import all_boards, price_changes
from generator.boards.listed_prices import Sheet
from generator.boards.price_changes import PriceChange
from generator.boards.price_differences import Difference, difference
from generator.boards.sources import read_sources
from generator.endpoints import models, rankings_daily
from generator.endpoints.endpoint import Reply
from tests.tiny_archive import (
    TODAY,
    Day,
    TinyArchive,
    ago,
    kind_of_work,
    listing,
    score,
    task,
)

RANKINGS = rankings_daily.NAME
IMPORTED = re.compile(r"^from generator\.base(?:\.(\w+) import .*| import (.+))$", re.MULTILINE)
CODE = files.sha256(b"")
MODELS = [f"author-{number % 3}/model-{number}" for number in range(6)]
SWAPPED_AT = 9
"""On this day of the archive the last model becomes the first, and the scores are re-based."""


@pytest.fixture
def remembering(tmp_path: Path) -> TinyArchive:
    """An archive of which a history remembers what the one before computed."""
    return TinyArchive(tmp_path / "data", tmp_path / "kept")


def tokens_on(number: int, *, restated: int = 0) -> Day:
    ordered = MODELS if number < SWAPPED_AT else [MODELS[-1], *MODELS[:-1]]
    return {slug: 9000 // (at + 1) + number + restated for at, slug in enumerate(ordered)}


def add_days(tiny: TinyArchive, first: date, numbers: range) -> None:
    """Store what a run of each day would: the days restate the one before, and some prices change."""
    for number in numbers:
        day = first + timedelta(days=number)
        days = {day - timedelta(days=1): tokens_on(number)}
        if number:
            days[day - timedelta(days=2)] = tokens_on(number - 1, restated=5)
        tiny.rankings(days, on=day)
        rise = 10 if number >= SWAPPED_AT else 0
        tiny.scores(
            *(score(slug, 30 + at + rise, "0.000001") for at, slug in enumerate(MODELS)), on=day
        )
        tiny.tasks(
            task("code:x", 0.1 + number / 1000, 0.1), kinds=[kind_of_work("code", 0.2, 0.2)], on=day
        )
        prices = [f"0.00000{1 + (number + at) // 4}" for at in range(len(MODELS))]
        listed = zip(MODELS, prices, strict=True)
        tiny.models(*(listing(slug, prompt=price) for slug, price in listed), on=day)


def boards(tiny: TinyArchive, today: date = TODAY) -> str:
    """Return all boards of a day with everything that they say."""
    gathered = all_boards.gather(read_sources(tiny.history(today)))
    assert not gathered.failures
    return repr(list(gathered.boards.values()))


def test_boards_are_the_same_whatever_is_remembered(remembering: TinyArchive) -> None:
    first, forgetful = ago(13), TinyArchive(remembering.root)
    add_days(remembering, first, range(13))
    boards(remembering, ago(1))
    add_days(remembering, first, range(13, 14))
    expected = boards(forgetful)
    assert "re-based" in expected
    assert "took the lead" in expected
    assert boards(remembering) == expected
    assert boards(remembering, ago(2)) == boards(forgetful, ago(2))
    assert remembering.kept is not None
    kept = sorted(remembering.kept.iterdir())
    for lost in (kept[::2], kept[1::2]):
        for path in lost:
            path.unlink()
        assert boards(remembering) == expected


def test_a_new_day_reads_as_many_snapshots_after_twelve_days_as_after_nine(
    remembering: TinyArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: Counter[str] = Counter()
    unpacked = Archive.unpacked

    def counted(archive: Archive, snapshot: StoredSnapshot) -> bytes:
        read[snapshot.manifest.dataset] += 1
        return unpacked(archive, snapshot)

    monkeypatch.setattr(Archive, "unpacked", counted)
    first, reads = ago(11), []
    for days in (range(8), range(8, 11)):
        add_days(remembering, first, days)
        newest = first + timedelta(days=days[-1])
        listings.remember(Archive(remembering.root), newest)
        boards(remembering, newest)
        read.clear()
        add_days(remembering, first, range(days[-1] + 1, days[-1] + 2))
        boards(remembering, newest + timedelta(days=1))
        reads.append(dict(read))
    assert reads[0] == reads[1]
    assert reads[0][RANKINGS] == 1
    assert reads[0][models.NAME] <= 2


def test_a_day_that_is_held_back_stays_so_for_later_runs(remembering: TinyArchive) -> None:
    many = {f"a/{number}": 1000 + number for number in range(30)}
    remembering.rankings({ago(4): many}, on=ago(3))
    remembering.rankings({ago(4): dict(list(many.items())[:10]), ago(3): many}, on=ago(2))
    assert remembering.history(ago(2)).daily_tokens is not None
    remembering.rankings({ago(2): many}, on=ago(1))
    usage = remembering.history(ago(1)).daily_tokens
    assert usage is not None
    assert usage.days[ago(4)] == many
    assert [(one.day, one.snapshot_day) for one in usage.held_back] == [(ago(4), ago(2))]
    assert usage == TinyArchive(remembering.root).history(ago(1)).daily_tokens


def test_an_unreadable_snapshot_is_named_by_each_run(remembering: TinyArchive) -> None:
    remembering.rankings({ago(3): {"a/x": 1}}, on=ago(2))
    (good,) = Archive(remembering.root).snapshots(RANKINGS)
    (reply,) = Archive(remembering.root).replies(rankings_daily.ENDPOINT, good)
    broken = Reply(reply.call, b'{"data": 1}', {"data": 1}, reply.received_at)
    citations = tuple(one.citation() for one in Archive(remembering.root).opened(good).citations)
    snapshot = Snapshot(rankings_daily.ENDPOINT, ago(1), (broken,), citations, 0, (), ())
    Archive(remembering.root).keep(snapshot, "test")
    for _ in range(2):
        history = remembering.history()
        assert history.daily_tokens is not None
        assert list(history.daily_tokens.days) == [ago(3)]
        assert [one.snapshot.day for one in history.refused(RANKINGS)] == [ago(1)]


def test_a_price_of_what_turns_out_to_be_an_alias_has_not_changed(remembering: TinyArchive) -> None:
    for day, price in ((ago(2), "0.000001"), (ago(1), "0.000002")):
        remembering.models(listing("a/x", prompt=price), listing("b/y"), on=day)
    assert len(remembering.board("price-changes", ago(1)).rows) == 1
    target = {"name": "Y", "slug": "b/y"}
    alias = listing("a/x", prompt="0.000002", alias_target=target)
    remembering.models(alias, listing("b/y"), on=ago(1))
    assert remembering.board("price-changes", ago(1)).rows == ()


def test_the_catalogs_after_one_that_cannot_be_read_are_read(remembering: TinyArchive) -> None:
    archive = Archive(remembering.root)
    remembering.models(listing("a/x"), on=ago(4))
    (good,) = archive.snapshots(models.NAME)
    (reply,) = archive.replies(models.ENDPOINT, good)
    broken = Reply(reply.call, b'{"data": 1}', {"data": 1}, reply.received_at)
    citations = tuple(one.citation() for one in archive.opened(good).citations)
    archive.keep(Snapshot(models.ENDPOINT, ago(3), (broken,), citations, 0, (), ()), "test")
    remembering.models(listing("a/x"), listing("b/x"), on=ago(2))
    for _ in range(2):
        history = remembering.history()
        assert history.listings.days == [str(ago(4)), str(ago(2))]
        assert [one.snapshot.day for one in history.refused(models.NAME)] == [ago(3)]
        listings.remember(archive, TODAY)


def test_an_earlier_snapshot_that_goes_and_comes_back_is_noticed(
    remembering: TinyArchive,
) -> None:
    for days in (4, 3, 2):
        remembering.rankings({ago(days): {"a/x": days}}, on=ago(days - 1))
    held = [ago(4), ago(3), ago(2)]
    assert days_of(remembering) == held
    middle = Archive(remembering.root).snapshots(RANKINGS)[1]
    data, manifest = middle.read(), middle.read_manifest()
    middle.path.unlink()
    middle.manifest_path.unlink()
    assert days_of(remembering) == [ago(4), ago(2)]
    middle.manifest_path.write_bytes(manifest)
    middle.path.write_bytes(data)
    assert days_of(remembering) == held


def days_of(tiny: TinyArchive) -> list[date]:
    """Return the days whose rankings are known."""
    usage = tiny.history().daily_tokens
    assert usage is not None
    return sorted(usage.days)


def test_what_was_let_go_of_is_read_again_where_it_was_kept(tmp_path: Path) -> None:
    kept = Remembered(tmp_path)
    kept.values("sums", CODE, int).update(one=1, two=2)
    kept.keep("sums", CODE, ["one"])
    kept.release()
    assert kept.values("sums", CODE, int) == {"one": 1}


def test_a_new_price_is_compared_with_the_one_before_it_alone(
    remembering: TinyArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared: list[Sheet] = []

    def counted(before: Sheet, now: Sheet) -> Difference | None:
        compared.append(now)
        return difference(before, now)

    hours = [{"utc_start": 900, "utc_end": 1800, "prompt": "0.000004"}]
    monkeypatch.setattr(price_changes, "difference", counted)
    for number, price in enumerate(["1", "2", "2", "4", "3", "4", "5"]):
        day = ago(6 - number)
        priced = {"prompt": f"0.00000{price}", "overrides": hours}
        of_day = [listing("a/changing", pricing=priced), listing("a/steady")]
        # Its price of a moment hides the one that it has outside of these hours, and one day it is not listed.
        remembering.models(*(of_day[1:] if number == 2 else of_day), on=day)
        compared.clear()
        known = changes(remembering, day)
        assert len(compared) == (2 if number in (1, 3, 4, 5, 6) else 0)
        assert known == changes(TinyArchive(remembering.root), day)
    assert [len(of_listing) for of_listing in known] == [3, 0, 3, 0]


def changes(tiny: TinyArchive, day: date) -> list[list[PriceChange]]:
    """Return the price changes of each listing, in each of the two ways of telling how long a price stood."""
    sources = read_sources(tiny.history(day))
    told: list[list[PriceChange]] = []
    for in_every_list in (True, False):
        found = price_changes.by_listing(sources, in_every_list=in_every_list)
        told += [of_listing for _, of_listing in found]
    return told


def test_what_is_remembered_is_of_one_version_of_all_that_reads_snapshots(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    summed: list[Path] = []
    monkeypatch.setattr(files, "code_digest", lambda paths: summed.extend(paths) or "")
    remembered.code(Path("a board's own module"))
    used: set[str] = set()
    for path in summed:
        if path.parent.name in ("archive", "endpoints"):
            for names in IMPORTED.findall(path.read_text()):
                used.update((names[0] or names[1]).split(", "))
    # These carry bytes and errors, and decide nothing of what is in them.
    carriers = {"errors", "file_cache", "files"}
    assert used - carriers - {path.stem for path in summed} == set()
    assert {"formats", "dates"} <= used
