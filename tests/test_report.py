"""What a published site weighs by kind of file, and what it will weigh in ten years."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from generator.publish import report
from generator.render.thinning import PAGE, SHORT_PAGE, ZIPPED_BOARDS
from tests.running import LAST, Built, leaderboards


def _write_site(folder: Path, frozen: int) -> None:
    """Write a site of forty days, in files without content, with frozen charts of so many bytes a day."""
    sizes = {"index.html": 5_000_000, "charts/a/wide.svg": 1_000_000}
    for ago in range(40):
        day = date(2026, 11, 21) - timedelta(days=ago)
        sizes[f"d/{day}/index.html"] = 50_000
        sizes[f"d/{day}/changes/index.html"] = 20_000
        sizes[f"d/{day}/boards.json"] = 30_000
        sizes[f"d/{day}/embed/a/index.html"] = frozen
        sizes[f"data/v1/models/{day}.json.gz"] = 200_000
        if ago < 14:
            sizes[f"d/{day}/embed/a/spec.js"] = 400_000
        if 0 < ago <= 31:
            sizes[f"data/v1/{day}.zip"] = 210_000
    for month in (10, 11):
        sizes[f"data/v1/models/history/year=2026/month={month}/part-0.parquet"] = 400_000
    for dataset in ("apps", "models"):
        sizes[f"data/v1/{dataset}/2025.zip"] = 5_000_000
    for name, size in sizes.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            file.truncate(size)


def test_each_kind_grows_by_the_days_that_it_is_kept_for(tmp_path: Path) -> None:
    _write_site(tmp_path, frozen=100_000)
    assert list(report.lines(report.weigh(tmp_path))) == [
        "                                files       MB  per year  10 years",
        "pages of days                      40      2.0     +18.2     182.7",
        "changes of days                    40      0.8      +7.3       7.3",
        "boards of days as data             40      1.2     +10.9     109.6",
        "zips of boards of days              0      0.0      +0.0       0.0",
        "interactive charts of days         28      7.0      +0.0       7.0",
        "frozen charts of days              26      2.6     +32.6      10.2",
        "snapshots                          40      8.0     +73.0      73.2",
        "zips of days                       31      6.5      +0.0       6.5",
        "zips of years                       2     10.0      +0.0       0.0",
        "histories                           2      0.8      +7.3      73.1",
        "charts and embeds                   1      1.0      +0.0       1.0",
        "all other files                     1      5.0      +0.0       5.0",
        "the whole site                    251     44.9    +149.4     475.5",
        "GitHub Pages takes 1,000 MB; the oldest is left out before that, as counted here.",
    ]


def test_ten_years_fit_however_heavy_the_charts_are(tmp_path: Path) -> None:
    _write_site(tmp_path, frozen=2_000_000)
    weights = report.weigh(tmp_path)
    frozen = next(one for one in weights if one.kind.name == "frozen charts of days")
    assert frozen.in_ten_years == 51 * 2_000_000
    assert sum(one.in_ten_years for one in weights) < 650_000_000


def test_charts_of_models_make_room_in_ten_years_once_the_days_have_given_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _write_site(tmp_path, frozen=100_000)
    for name in ("charts/tok-model.a.b.vg.json", "charts/price-model.a.b.vl.json"):
        (tmp_path / name).write_bytes(b"x" * 50_000)
    (tmp_path / "charts/tok-model.a.b.json").write_bytes(b"x" * 50_000)
    whole = {one.kind.name: one for one in report.weigh(tmp_path)}
    days = "frozen charts of days"
    for limit, of_charts in ((10**9, 1_150_000), (250 * 10**6, 1_050_000)):
        monkeypatch.setattr("generator.publish.report.LIMIT", limit)
        weights = {one.kind.name: one for one in report.weigh(tmp_path)}
        assert weights["charts and embeds"].in_ten_years == of_charts
        assert weights["charts and embeds"].size == whole["charts and embeds"].size == 1_150_000
    assert weights[days].in_ten_years < whole[days].in_ten_years
    # The days alone would fit; with all other files beside them, they do not.
    monkeypatch.setattr("generator.publish.report.LIMIT", 700 * 10**6)
    tight = sum(one.in_ten_years for one in report.weigh(tmp_path))
    assert tight < sum(one.in_ten_years for one in whole.values())


def test_once_there_is_no_room_boards_are_zipped_and_pages_short_in_ten_years(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _write_site(tmp_path, frozen=100_000)
    monkeypatch.setattr("generator.publish.report.LIMIT", 10**6)
    weights = {one.kind.name: one.in_ten_years for one in report.weigh(tmp_path)}
    last = date(2025, 1, 1) + timedelta(days=3652)
    finished = (date(2034, 12, 31) - date(2025, 1, 1)).days + 1
    assert last == date(2035, 1, 1)
    # The year that has just ended is not packed yet.
    finished -= 365
    assert weights["zips of boards of days"] == finished * ZIPPED_BOARDS
    assert weights["boards of days as data"] == (3653 - finished) * 30_000
    # Whole pages weigh 50 kB here.
    short = 3653 - 366
    pages = 50_000 * (366 + short * SHORT_PAGE / PAGE)
    assert weights["pages of days"] == pytest.approx(pages, abs=50_000)


def test_what_a_page_of_a_day_weighs_is_seen_from_those_of_the_newest_year(tmp_path: Path) -> None:
    for ago in range(800):
        page = tmp_path / f"d/{date(2026, 11, 21) - timedelta(days=ago)}/index.html"
        page.parent.mkdir(parents=True)
        page.write_bytes(b"x" * (20 if ago < 365 else 10))
    (tmp_path / "d/boards-2024.zip").write_bytes(b"x" * 7)
    pages, *_ = report.weigh(tmp_path)
    assert (pages.files, pages.size) == (800, 365 * 20 + 435 * 10)
    assert pages.in_ten_years == 3653 * 20
    zips = next(one for one in report.weigh(tmp_path) if one.kind.name == "zips of boards of days")
    assert (zips.files, zips.size) == (1, 7)


def test_the_report_counts_the_charts_that_have_lost_files(tmp_path: Path) -> None:
    (tmp_path / "charts").mkdir()
    ends = {"a": (), "b": (".vg.json",), "c": (".vg.json", ".vl.json")}
    for name, had in ends.items():
        for end in (".metadata.json", *had):
            (tmp_path / f"charts/tok-model.x.{name}{end}").touch()
    (tmp_path / "charts/tok-top-bar.metadata.json").touch()
    few = "of single models or authors, the least used first:"
    assert list(report.lacking(tmp_path)) == [
        f"Left out already: 2 charts {few} no Vega-Lite spec to download.",
        f"Left out already: 1 chart {few} a picture, table and files, and no interactive form.",
    ]


def test_a_render_prints_the_report_when_asked(second_day: Built, tmp_path: Path) -> None:
    site = second_day.copied(tmp_path)
    ran = leaderboards("render", "--site", site, "--today", str(LAST), "--report")
    assert ran.code == 0, ran.err
    told = ran.out.splitlines()
    published = sum(1 for path in (site / "public").rglob("*") if path.is_file())
    assert told[-2].split()[:4] == ["the", "whole", "site", f"{published:,}"]
