"""What days no longer have where there is no room: the oldest first, by a written order, and said so."""

import io
import json
import re
import shutil
import zipfile
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import pytest

from generator.base import files
from generator.base.artifact import Artifact
from generator.charts.catalogue import CHARTS
from generator.charts.chart import SIZES, DrawnChart
from generator.charts.draw import draw_all
from generator.checks import check
from generator.checks.attribution import Attribution
from generator.checks.built_tree import Tree
from generator.checks.html_page import Page
from generator.endpoints import benchmarks
from generator.publish.folders import Folders
from generator.publish.stage import stage
from generator.render.context import Context
from generator.render.downloads import make_downloads
from generator.render.latest import Checksum, latest_files
from generator.render.page_list import PageList, read_pages
from generator.render.pages import render_pages
from generator.render.permalinks import board_zips, render_permalinks
from generator.render.permalinks.short_tables import with_first_rows
from generator.render.permalinks.store import DayCache, Record
from generator.render.thinning import (
    BOARDS,
    CHANGES,
    PAGE,
    ROOM,
    SHORT_PAGE,
    ZIPPED_BOARDS,
    ChartWeights,
    Thinned,
    days_size,
    kept_days,
    snapshot_sizes,
    thinned,
)
from tests.board_samples import boards
from tests.drawings import DRAWINGS
from tests.forking import know_some_charts
from tests.page_reading import read
from tests.schema_errors import schema_errors
from tests.tiny_archive import TODAY, TinyArchive, ago, listing, score, weeks
from tests.whole_files import read_whole

MB = 10**6
DAY = PAGE + BOARDS + CHANGES
"""The bytes of the pages and tables of a day."""
SCORES = benchmarks.ARTIFICIAL_ANALYSIS.name


def held(days: int, size: int = MB // 4) -> dict[date, int]:
    """The bytes of the snapshots of so many days up to TODAY."""
    return {TODAY - timedelta(days=ago): size for ago in range(days)}


def test_nothing_is_left_out_while_there_is_room_nor_of_the_newest_two_weeks() -> None:
    assert thinned({}) == Thinned()
    assert thinned(held(1), room=0) == Thinned()
    assert thinned(held(14), room=0) == Thinned()
    assert thinned(held(92), room=0) == Thinned(charts=TODAY - timedelta(days=13))
    assert thinned(held(365)) == Thinned()
    nothing_fits = thinned(held(4000), room=0)
    assert nothing_fits == Thinned(
        snapshots=date(2026, 1, 1),
        zips=date(2026, 1, 1),
        changes=TODAY - timedelta(days=365),
        charts=TODAY - timedelta(days=13),
        month_ends=date(2025, 11, 1),
        boards=date(2026, 1, 1),
        tables=TODAY - timedelta(days=365),
    )


def test_the_oldest_is_left_out_first_and_in_the_written_order() -> None:
    days = held(1000)
    first = min(days)
    all_of_it = 1000 * (MB // 4 + DAY) + 14 * 5 * MB + len(kept_days(sorted(days), 365)) * MB
    assert thinned(days, room=all_of_it) == Thinned()
    # Days of finished years move into zips at once, and the zips of the oldest years go as far as is needed.
    in_zips = {"snapshots": date(2026, 1, 1)}
    of_2024 = sum(day.year == 2024 for day in days) * (MB // 4)
    assert thinned(days, room=all_of_it - 1) == Thinned(**in_zips, zips=date(2025, 1, 1))
    assert thinned(days, room=all_of_it - of_2024) == Thinned(**in_zips, zips=date(2025, 1, 1))
    of_2025 = 365 * (MB // 4)
    least = all_of_it - of_2024 - of_2025
    two_years = Thinned(**in_zips, zips=date(2026, 1, 1))
    assert thinned(days, room=all_of_it - of_2024 - 1) == two_years
    assert thinned(days, room=least) == two_years
    assert thinned(days, room=least - 1).changes == first + timedelta(days=1)
    assert two_years.sentences[0] == "Days before 1 Jan 2026 have no snapshots here."
    assert Thinned(**in_zips, zips=date(2025, 1, 1)).sentences == (
        "Days from 1 Jan 2025 to 31 Dec 2025 have their snapshots in a zip of each dataset and year.",
        "Days before 1 Jan 2025 have no snapshots here.",
    )
    assert Thinned(**in_zips).sentences == (
        "Days before 1 Jan 2026 have their snapshots in a zip of each dataset and year.",
    )


def test_last_boards_of_finished_years_are_zipped_and_then_the_oldest_pages_are_short() -> None:
    days = held(1000)
    first, year = min(days), TODAY - timedelta(days=365)
    before = Thinned(
        snapshots=date(2026, 1, 1),
        zips=date(2026, 1, 1),
        changes=year,
        charts=TODAY - timedelta(days=13),
        month_ends=date(2025, 11, 1),
    )
    room = days_size(days, before, ChartWeights())
    assert thinned(days, room) == before
    for number, end in ((2024, date(2025, 1, 1)), (2025, date(2026, 1, 1))):
        zipped = replace(before, boards=end)
        assert thinned(days, room - 1) == zipped
        room -= sum(day.year == number for day in days) * (BOARDS - ZIPPED_BOARDS)
        assert thinned(days, room) == zipped
        assert days_size(days, zipped, ChartWeights()) == room
    for count in (1, 2, 500):
        short = replace(zipped, tables=first + timedelta(days=count))
        assert thinned(days, room - count * (PAGE - SHORT_PAGE)) == short
    # Those of the last year stay whole, and boards of days since are files of their own.
    assert thinned(days, room=0) == replace(zipped, tables=year)


def test_what_is_elsewhere_of_tables_is_said() -> None:
    left_out = Thinned(boards=date(2025, 1, 1), tables=date(2025, 3, 1))
    assert left_out.sentences == (
        "Days before 1 Jan 2025 have their tables as data in a zip of each year.",
        "Pages of days before 1 Mar 2025 have the first 5 rows of each table.",
    )


def test_what_is_left_out_from_a_day_on_is_left_out_of_the_days_before_it_alone() -> None:
    days, first = held(60, size=1000), TODAY - timedelta(days=20)
    end = date(2026, 10, 31)
    charts = ChartWeights(frozen=10, interactive=20)
    whole = days_size(days, Thinned(), charts)
    assert whole - days_size(days, Thinned(zips=first), charts) == 39 * 1000
    assert whole - days_size(days, Thinned(changes=first), charts) == 39 * CHANGES
    saved = BOARDS - ZIPPED_BOARDS
    assert whole - days_size(days, Thinned(boards=first), charts) == 39 * saved
    assert whole - days_size(days, Thinned(tables=first), charts) == 39 * (PAGE - SHORT_PAGE)
    assert whole - days_size(days, Thinned(charts=first, month_ends=first), charts) == 39 * 10
    kept = kept_days(sorted(days), 365, Thinned(month_ends=end + timedelta(days=1)))
    assert [day for day in days if day not in kept] == [end, date(2026, 9, 30)]


def test_ten_years_of_the_largest_days_recorded_fit() -> None:
    # On the last day before a year is packed, most snapshots are files of their own.
    ago = (TODAY - date(2026, 4, 2)).days
    days = {day - timedelta(days=ago): size for day, size in held(3653).items()}
    charts = ChartWeights(frozen=1_750_000, interactive=6_000_000)
    left_out = thinned(days, charts=charts)
    charted = kept_days(sorted(days), 365, left_out)
    size = sum(bytes_ for day, bytes_ in days.items() if day >= left_out.zips)
    size += 3653 * (PAGE + BOARDS) + sum(CHANGES for day in days if day >= left_out.changes)
    size += (len(charted) - 14) * charts.frozen + 14 * charts.interactive
    assert size <= ROOM
    assert date(2026, 4, 2) - timedelta(days=13) in charted
    assert date(2025, 4, 30) in charted
    assert left_out.sentences[0].startswith("Days before ")


def test_a_year_of_heavy_charts_fits_and_keeps_the_newest_quarter_and_month_ends() -> None:
    days = held(365)
    charts = ChartWeights(frozen=2 * MB, interactive=9 * MB)
    left_out = thinned(days, charts=charts)
    packed = date(2026, 1, 1)
    assert left_out == Thinned(snapshots=packed, zips=packed, charts=left_out.charts)
    charted = kept_days(sorted(days), 365, left_out)
    size = (
        sum(bytes_ for day, bytes_ in days.items() if day >= packed)
        + 365 * DAY
        + (len(charted) - 14) * 2 * MB
        + 14 * 9 * MB
    )
    assert ROOM - 2 * MB < size <= ROOM
    assert left_out.charts < TODAY - timedelta(days=92)
    assert date(2025, 12, 31) in charted


def _chart(id_: str, picture: int, specs: int) -> DrawnChart:
    """A chart with pictures and specs of so many bytes each, all different; without specs where that is 0."""
    bodies: dict[str, bytes] = {}
    for size in SIZES:
        bodies[f"{size.suffix}.svg"] = bodies[f"{size.suffix}.dark.svg"] = b"x" * picture
        if specs:
            rows = size.name.rjust(specs - len('{"a":""}'))
            bodies[f"{size.suffix}.vg.json"] = b'{"a":"%s"}' % rows.encode()
    drawn = tuple(Artifact(f"charts/{id_}{end}", body) for end, body in bodies.items())
    used, chart = next(iter(boards().values())), id_.partition(".")[0]
    return DrawnChart(id_, chart, used, "", drawn, "", "", (), (), ())


def test_charts_that_may_come_back_are_those_of_the_six_weeks_before_the_first() -> None:
    assert Thinned().in_cache == Thinned()
    left_out = Thinned(changes=date(2026, 1, 1), charts=date(2026, 6, 1), month_ends=date.min)
    assert left_out.in_cache == replace(left_out, charts=date(2026, 4, 16))
    assert Thinned(month_ends=date(2026, 6, 1)).in_cache.month_ends == date(2026, 4, 16)


def test_charts_weigh_what_those_of_today_do_rounded_up_and_variants_nothing() -> None:
    assert ChartWeights.of(()) == ChartWeights()
    assert ChartWeights.of([_chart("a", 1000, 9000)]) == ChartWeights()
    two = [_chart("a", 500_000, 2 * MB), _chart("b", 100_000, 0)]
    # Three pictures of each as frozen pages, and six and three specs, or three without specs.
    heavy = ChartWeights(frozen=2 * MB, interactive=9_500_000)
    assert ChartWeights.of(two) == heavy
    assert ChartWeights.of([*two, _chart("b.variant", 9 * MB, 0)]) == heavy


def test_what_may_not_be_published_takes_no_room(tiny: TinyArchive) -> None:
    tiny.models(listing("a/x"))
    tiny.scores(score("a/x", 1), on=ago(1))
    history, site = tiny.history(), tiny.site()
    assert set(snapshot_sizes(history, site)) == {ago(1), TODAY}
    withheld = [replace(one, redistributable=one.name == SCORES) for one in site.datasets]
    assert set(snapshot_sizes(history, replace(site, datasets=tuple(withheld)))) == {ago(1)}


def published(tiny: TinyArchive, left_out: Thinned, *, with_days: bool = True) -> dict[str, bytes]:
    """Every file of the data, and of the days, by path."""
    history, site = tiny.history(), tiny.site()
    context = Context(
        history,
        site,
        latest=latest_files(history, site),
        left_out=left_out,
        cache=tiny.root / "cache",
    )
    parts: list[object] = list(read_whole(make_downloads(context)))
    if with_days:
        parts += render_permalinks(context, embedded_days=0)
    made = {}
    for part in parts:
        assert isinstance(part, Artifact)
        made[part.path] = part.body if isinstance(part.body, bytes) else part.body.read_bytes()
    return made


def page_of_nowhere(tiny: TinyArchive, left_out: Thinned, made: dict[str, bytes]) -> str:
    """The page that a host shows at addresses that lead nowhere."""
    entries = tuple(one for one in read_pages().entries if one.path == "404.html")
    checksums = {path: Checksum.of(body) for path, body in made.items() if path.startswith("data/")}
    context = Context(
        tiny.history(),
        tiny.site(),
        page_list=PageList(entries),
        published=checksums,
        left_out=left_out,
    )
    page = next(render_pages(context))
    assert page.path == "404.html"
    assert isinstance(page.body, bytes)
    return page.body.decode()


def credited(root: Path, made: dict[str, bytes]) -> list[object]:
    """What the check of credits says of these files."""
    for path, body in made.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(body)
    check = Attribution(Tree(root))
    said: list[object] = []
    for path, body in made.items():
        said += check.file(path, body)
        if path.endswith(".html") and path.startswith("d/"):
            said += check.page(path, Page(body))
    return said


def test_days_of_finished_years_have_their_snapshots_in_a_zip_and_a_list_leads_there(
    tiny: TinyArchive, tmp_path: Path
) -> None:
    gone, old = date(2024, 12, 31), date(2025, 3, 1)
    for at, day in enumerate((gone, old, TODAY)):
        tiny.scores(score("a/b", 60.0 + at), on=day)
    before = published(tiny, Thinned(), with_days=False)
    left_out = Thinned(snapshots=date(2026, 1, 1), zips=date(2025, 1, 1))
    list(tiny.history().archive.pack_finished_years(TODAY))
    made = published(tiny, left_out)
    folder = f"data/v1/{SCORES}"
    left = {path for path in before if path not in made}
    assert left == {
        f"{folder}/{day}.{kind}" for day in (gone, old) for kind in ("json.gz", "manifest.json")
    }
    earlier = json.loads(made[f"{folder}/earlier.json"])
    assert schema_errors("earlier", earlier) == []
    first, second = earlier["days"]
    places = [(one["zip"], one["member"], one["archive"]) for one in (first, second)]
    assert places == [
        (None, None, f"{SCORES}/2024.zip"),
        (f"{SCORES}/2025.zip", f"{SCORES}/{old}.json.gz", f"{SCORES}/2025.zip"),
    ]
    with zipfile.ZipFile(io.BytesIO(made[f"data/v1/{second['zip']}"])) as opened:
        inside = {name: opened.read(name) for name in opened.namelist()}
    assert inside[second["member"]] == before[f"{folder}/{old}.json.gz"]
    assert inside[f"{SCORES}/{old}.manifest.json"] == before[f"{folder}/{old}.manifest.json"]
    assert second["citations"][0]["text"] in inside["README.md"].decode()
    assert {"LICENSE", "SHA256SUMS"} < inside.keys()
    [row] = [
        one
        for one in json.loads(made["data/v1/index.json"])["datasets"]
        if one["dataset"] == SCORES
    ]
    assert (row["dates"], row["earlier"]) == ([str(TODAY)], f"{SCORES}/earlier.json")
    assert f"{SCORES}/2025.zip" in {file["path"] for file in row["files"]}
    page = made[f"d/{old}/index.html"].decode()
    assert f'href="../../{folder}/2025.zip"' in page
    assert "are in the archive of this site" in made[f"d/{gone}/index.html"].decode()
    nowhere = page_of_nowhere(tiny, left_out, made)
    assert 'data-snapshots="2026-01-01" data-zips="2025-01-01"' in " ".join(nowhere.split())
    assert f'<a href="/{folder}/earlier.json">' in nowhere
    assert "static/js/moved.js" in nowhere
    assert "earlier.json" not in page_of_nowhere(tiny, Thinned(), before)
    assert credited(tmp_path / "public", made) == []


def test_a_broken_list_of_earlier_snapshots_is_refused(tiny: TinyArchive) -> None:
    tiny.scores(score("a/b", 60.0), on=date(2025, 3, 1))
    tiny.scores(score("a/b", 61.0))
    left_out = Thinned(snapshots=date(2026, 1, 1), zips=date(2025, 1, 1))
    made = published(tiny, left_out, with_days=False)
    earlier = json.loads(made[f"data/v1/{SCORES}/earlier.json"])
    earlier["days"][0].update(sha256="abc", day="soon", extra=1)
    assert len(schema_errors("earlier", earlier)) == 4


def test_the_newest_snapshot_keeps_its_address(tiny: TinyArchive) -> None:
    tiny.scores(score("a/b", 60.0), on=date(2025, 3, 1))
    tiny.models(listing("a/b"))
    left_out = Thinned(snapshots=date(2026, 1, 1), zips=date(2025, 1, 1))
    made = published(tiny, left_out, with_days=False)
    latest = json.loads(made[f"data/v1/{SCORES}/latest.manifest.json"])
    assert f"data/v1/{SCORES}/{latest['snapshot']}" in made
    assert f"data/v1/{SCORES}/earlier.json" not in made


def test_a_day_says_where_its_snapshots_are_and_keeps_tables_checksums_and_credits(
    tiny: TinyArchive, tmp_path: Path
) -> None:
    old = TODAY - timedelta(days=1)
    tiny.scores(score("a/b", 60.0), on=old)
    tiny.scores(score("a/b", 61.0))
    assert list(snapshot_sizes(tiny.history(), tiny.site())) == [old, TODAY]
    before = published(tiny, Thinned())
    made = published(tiny, Thinned(snapshots=TODAY, zips=TODAY, changes=TODAY))
    snapshot = f"data/v1/{SCORES}/{old}.json.gz"
    assert {path for path in before if path not in made} == {
        snapshot,
        snapshot.replace(".json.gz", ".manifest.json"),
    }
    [gone] = json.loads(made[f"data/v1/{SCORES}/earlier.json"])["days"]
    assert (gone["day"], gone["path"]) == (str(old), f"{old}.json.gz")
    page = made[f"d/{old}/index.html"].decode()
    assert "are in the archive of this site" in page
    assert gone["sha256"] in page
    assert f'href="../../{snapshot}"' not in page
    assert (
        f'href="../../data/v1/{SCORES}/{TODAY}.json.gz"' in made[f"d/{TODAY}/index.html"].decode()
    )
    assert "no longer listed, to save space" in made[f"d/{old}/changes/index.html"].decode()
    index = json.loads(made["data/v1/index.json"])["datasets"]
    assert [row["dates"] for row in index if row["dataset"] == SCORES] == [[str(TODAY)]]

    assert credited(tmp_path, made) == []


LONG_AGO, PACKED, OLD = date(2024, 12, 31), date(2025, 3, 1), date(2026, 2, 1)
"""Two days of finished years, and one of the year before today."""


def _staged(folders: Folders) -> dict[str, bytes]:
    """What a render of these days publishes, by path."""
    staged = stage(folders, TODAY, "https://example.org/")
    paths = [path for path in staged.path.rglob("*") if path.is_file()]
    return {path.relative_to(staged.path).as_posix(): path.read_bytes() for path in paths}


@pytest.fixture
def folders(tiny: TinyArchive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folders:
    """An archive of four days with eight models each, whose charts are one."""
    for at, day in enumerate((LONG_AGO, PACKED, OLD, TODAY)):
        scores = [score(f"a/model-{number}", 60.0 + at - number) for number in range(8)]
        tiny.scores(*scores, on=day)
        tiny.rankings(weeks({"a/model-0": 5}, last=day - timedelta(days=1)), on=day)
    (tmp_path / "site").mkdir()
    folders = Folders(tmp_path / "site")
    shutil.copytree(tiny.root, folders.data)
    DRAWINGS.lend(folders.root)
    know_some_charts(monkeypatch)
    some = [one for one in CHARTS if one.id == "tok-top-bar"]
    monkeypatch.setattr("generator.publish.stage.draw_all", partial(draw_all, charts=some))
    return folders


def test_a_site_without_room_keeps_each_day_and_every_row_of_it(
    folders: Folders, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = _staged(folders)
    monkeypatch.setattr("generator.publish.stage.LIMIT", 0)
    short = _staged(folders)
    for path, body in short.items():
        files.place(tmp_path / "short" / path, body)
    assert [str(finding) for finding in check(tmp_path / "short").findings] == []
    # Days in zips have the same file there.
    for day in (LONG_AGO, PACKED):
        with zipfile.ZipFile(io.BytesIO(short[f"d/boards-{day.year}.zip"])) as opened:
            assert set(opened.namelist()) == {f"{day}/boards.json", "LICENSE"}
            assert opened.read(f"{day}/boards.json") == whole[f"d/{day}/boards.json"]
        assert f"d/{day}/boards.json" not in short
        page = read(short[f"d/{day}/index.html"].decode())
        assert (
            f"Tables of this day, all rows: {day}/boards.json in boards-{day.year}.zip" in page.text
        )
        assert f"../boards-{day.year}.zip" in {link.get("href") for link in page.all("a")}
        changes = read(short[f"d/{day}/changes/index.html"].decode())
        assert f"../../boards-{day.year}.zip" in {link.get("href") for link in changes.all("a")}
    for day in (OLD, TODAY):
        assert short[f"d/{day}/boards.json"] == whole[f"d/{day}/boards.json"]
    # The table of scores loses three of eight rows; those of use have one.
    for day, lost in ((LONG_AGO, 3), (PACKED, 3), (OLD, 0), (TODAY, 0)):
        path = f"d/{day}/index.html"
        assert whole[path].count(b"</tr>\n") - short[path].count(b"</tr>\n") == lost, day
    status = short["status/index.html"].decode()
    assert "Days before 1 Jan 2026 have their tables as data in a zip of each year." in status
    assert "have the first 5 rows of each table." in status
    assert "Left out for room" not in whole["status/index.html"].decode()
    nowhere = short["404.html"].decode()
    assert 'data-boards="2026-01-01"' in nowhere
    assert "boards.json of each day before 1 Jan 2026" in nowhere


def test_what_was_kept_decides_nothing_of_a_site_without_room(
    folders: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    _staged(folders)
    monkeypatch.setattr("generator.publish.stage.LIMIT", 0)
    after_whole = _staged(folders)
    assert _staged(folders) == after_whole
    shutil.rmtree(folders.cache / "board-zips")
    shutil.rmtree(folders.cache / "days")
    assert _staged(folders) == after_whole
    monkeypatch.setattr("generator.publish.stage.LIMIT", 10**9)
    assert not any(path.startswith("d/boards-") for path in _staged(folders))
    assert not list((folders.cache / "board-zips").glob("*"))


def test_what_may_not_be_handed_on_stays_whole_on_a_short_page() -> None:
    row = "<tr><td>{}</td></tr>\n"
    rows = [row.format(number) for number in range(7)]

    def board(datasets: str, shown: int) -> str:
        body = "".join(rows[:shown])
        heading = f'<section class="brief" data-sources="{datasets}">\n<thead><tr></tr></thead>\n'
        return f"{heading}<tbody>\n{body}</tbody>\n</section>\n"

    whole = "".join([board("models apps", 7), board("scores", 7), board("models", 2)])
    first = "".join([board("models apps", 3), board("scores", 7), board("models", 2)])
    assert with_first_rows(whole, 3, ["scores", "other"]) == first
    assert with_first_rows(whole, 7, []) == whole
    assert with_first_rows(board("models", 0), 3, []) == board("models", 0)


def test_beside_a_short_table_stands_what_is_known_later_of_its_rows_alone(
    tiny: TinyArchive,
) -> None:
    long_ago = TODAY - timedelta(days=500)
    models = [f"a/model-{number}" for number in range(6)]
    tiny.scores(*(score(slug, 60.0 - at) for at, slug in enumerate(models)), on=long_ago)
    # The sixth alone has another score since, and still is the sixth.
    later = [
        *(score(slug, 60.0 - at) for at, slug in enumerate(models[:5])),
        score(models[5], 50.0),
    ]
    tiny.scores(*later, on=TODAY - timedelta(days=40))
    tiny.scores(*later)
    path = f"d/{long_ago}/index.html"
    whole = published(tiny, Thinned())[path].decode()
    assert "now 50" in read(whole).text
    short = published(tiny, Thinned(tables=TODAY))[path].decode()
    assert "Where a number has changed since" not in short


def test_a_kept_page_is_made_again_once_its_tables_are_elsewhere(tiny: TinyArchive) -> None:
    long_ago = date(2025, 7, 1)
    scores = [score(f"a/model-{number}", 60.0 - number) for number in range(8)]
    for day in (long_ago, TODAY - timedelta(days=40), TODAY):
        tiny.scores(*scores, on=day)
    path, zip_ = f"d/{long_ago}/index.html", b'href="../boards-2025.zip"'
    before = Thinned(changes=TODAY)
    whole = published(tiny, before)[path]
    short = published(tiny, replace(before, tables=TODAY))[path]
    zipped = published(tiny, replace(before, boards=date(2026, 1, 1)))[path]
    rows = [page.count(b"</tr>\n") for page in (whole, short, zipped)]
    assert rows == [8, 5, 8]
    assert [zip_ in page for page in (whole, short, zipped)] == [False, False, True]
    assert published(tiny, before)[path] == whole


def test_a_day_says_the_last_day_of_use_that_was_known_on_it(tiny: TinyArchive) -> None:
    tiny.rankings({ago(4): {"a/x": 1}, ago(3): {"a/x": 1}}, on=ago(2))
    tiny.rankings({ago(4): {"a/x": 1}, ago(1): {"a/x": 1}})
    made = published(tiny, Thinned())
    ends = {
        day: re.findall(r': week to <time datetime="([^"]*)"', made[f"d/{day}/index.html"].decode())
        for day in (ago(2), TODAY)
    }
    assert ends == {ago(2): [str(ago(3))], TODAY: [str(ago(1))]}


def test_a_zip_of_boards_is_made_again_where_those_of_a_day_are_others(tmp_path: Path) -> None:
    cache, kept = DayCache(tmp_path / "days"), tmp_path / "board-zips"
    days = (LONG_AGO, PACKED, date(2025, 3, 2))
    record = Record(made_from="", interactive=False, charts={}, variants=[], headline="")

    def zips(body: bytes, license_: str = "free") -> dict[str, dict[str, bytes]]:
        records: dict[date, Record] = {}
        for day in days:
            made = {"boards.json": body if day == PACKED else b"as it was", "boards.html": b""}
            records[day] = cache.store(day, record, made)
        members: dict[str, dict[str, bytes]] = {}
        for artifact in board_zips.board_zips(cache, kept, days, records, license_):
            assert isinstance(artifact.body, bytes)
            with zipfile.ZipFile(io.BytesIO(artifact.body)) as opened:
                members[artifact.path] = {name: opened.read(name) for name in opened.namelist()}
        return members

    first = zips(b"before")
    assert first == {
        "d/boards-2024.zip": {"2024-12-31/boards.json": b"as it was", "LICENSE": b"free"},
        "d/boards-2025.zip": {
            "2025-03-01/boards.json": b"before",
            "2025-03-02/boards.json": b"as it was",
            "LICENSE": b"free",
        },
    }
    assert zips(b"after")["d/boards-2025.zip"]["2025-03-01/boards.json"] == b"after"
    assert zips(b"after", "paid")["d/boards-2024.zip"]["LICENSE"] == b"paid"
    assert zips(b"before") == first
