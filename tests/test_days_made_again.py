"""What could not be made of an earlier day: the next run makes it as if nothing had failed, at a bounded cost."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from generator.archive.history import History
from generator.archive.store import Archive
from generator.base.artifact import Artifact, Omission
from generator.boards import all_boards
from generator.boards.board import Boards
from generator.boards.sources import Sources
from generator.charts import native, png
from generator.charts.chart import DrawnChart, UndrawnChart
from generator.charts.draw import LETTER, draw_all
from generator.cli import steps
from generator.fetch.recorded import DEMO_DAYS
from generator.publish.folders import Folders, demo_sentence
from generator.render.context import Context
from generator.render.permalinks import day_builder, render_permalinks, replay
from generator.render.permalinks.store import DayCache
from tests.chart_samples import cannot_load
from tests.forking import SOME_DAYS, know_some_charts
from tests.running import LAST, Built, leaderboards

DAYS = [DEMO_DAYS[at] for at in SOME_DAYS]
PAST = DAYS[:-1]
BEFORE = PAST[-1]
ID, FIELD = "tok-movers", '"Change, tokens"'
VARIANT = "da-elo.models.codecategories"
WHY = "ValueError: no such thing can be drawn"
DRAW = native.vega_to_svg


@dataclass(frozen=True)
class Made:
    """What one run makes of the days.

    Attributes:
        files: by path.
        said: what could not be made.
        tried: the days that were made again from the archive, in their order.
    """

    files: dict[str, bytes]
    said: list[str]
    tried: list[date]


Publish = Callable[..., Made]


def _cannot_draw(part: str) -> Callable[[str], str]:
    """Return what draws all but specs that have this part."""

    def draw(spec: str) -> str:
        if part in spec:
            raise ValueError("no such thing can be drawn")
        return DRAW(spec)

    return draw


@pytest.fixture(scope="module", autouse=True)
def _few_charts() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        know_some_charts(patch)
        # As commands pack theirs.
        patch.setattr(png, "LEVEL", 1)
        yield


@pytest.fixture(scope="module")
def context(plain: Built, drawn: dict[str, DrawnChart]) -> Context:
    """The boards of the newest day, whose charts are all drawn: the cache has its embeds."""
    archive = Archive(plain.data)
    history = History(archive, LAST)
    site = all_boards.site(history, demo=demo_sentence(archive), public_url="", version="0")
    folders = (plain.public / "charts").iterdir()
    anything = next(iter(drawn.values()))
    return Context(history, site, {path.name: anything for path in folders if path.is_dir()})


@pytest.fixture
def publish(context: Context, monkeypatch: pytest.MonkeyPatch) -> Publish:
    """Return what makes the files of the days; all of them are interactive."""
    tried: list[date] = []

    def replayed(archive: Archive, day: date, *others: object) -> object:
        tried.append(day)
        return replay.replay(archive, day, *others)  # type: ignore[arg-type]

    monkeypatch.setattr(day_builder, "replay", replayed)

    def published(cache: Path, **changes: object) -> Made:
        tried.clear()
        made, said = {}, []
        for part in render_permalinks(replace(context, cache=cache, **changes)):  # type: ignore[arg-type]
            if isinstance(part, Omission):
                said.append(part.sentence)
            else:
                body = part.body
                assert isinstance(body, bytes | Path)
                made[part.path] = body if isinstance(body, bytes) else body.read_bytes()
        return Made(made, said, list(tried))

    return published


@pytest.fixture(scope="module")
def whole(plain: Built, context: Context, tmp_path_factory: pytest.TempPathFactory) -> Made:
    """Every file of the days where nothing ever failed."""
    cache = tmp_path_factory.mktemp("whole")
    shutil.copytree(plain.site / ".cache" / "days", cache / "days")
    made = {}
    for part in render_permalinks(replace(context, cache=cache)):
        assert isinstance(part, Artifact)
        assert isinstance(part.body, bytes | Path)
        made[part.path] = part.body if isinstance(part.body, bytes) else part.body.read_bytes()
    return Made(made, [], [])


@pytest.fixture
def cache(plain: Built, tmp_path: Path) -> Path:
    """A cache with the newest day alone."""
    shutil.copytree(plain.site / ".cache" / "days" / str(LAST), tmp_path / "days" / str(LAST))
    return tmp_path


def _days(*days: date) -> str:
    return f"{days[0]} to {days[-1]} ({len(days)} days)" if len(days) > 1 else str(days[0])


def test_what_failed_is_tried_on_each_day_once_more_and_then_on_one_day_in_each_run(
    cache: Path, publish: Publish, whole: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(native, "vega_to_svg", _cannot_draw(FIELD))
    first = publish(cache)
    assert first.tried == PAST
    assert first.said == [f"{_days(*PAST)}: chart {ID} could not be drawn: {WHY}"]
    lost = {path for path in whole.files if path.startswith("d/") and f"/{ID}" in path}
    assert lost >= {f"d/{BEFORE}/embed/{ID}/index.html", f"d/{BEFORE}/charts/{ID}.svg"}
    assert whole.files.keys() - first.files.keys() == {
        path for path in lost if not path.startswith(f"d/{LAST}")
    }

    again = publish(cache)
    assert (again.tried, again.said) == (PAST, first.said)
    for _ in range(2):
        later = publish(cache)
        assert (later.tried, later.said) == (PAST[:1], first.said)
        assert later.files == first.files

    monkeypatch.setattr(native, "vega_to_svg", DRAW)
    cured = publish(cache)
    assert (cured.tried, cured.said) == (PAST, [])
    assert cured.files == whole.files
    assert publish(cache).tried == []


def test_days_without_a_package_are_tried_one_a_run_and_all_once_it_is_there(
    cache: Path, publish: Publish, whole: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(native, "vega_to_svg", cannot_load)
    first = publish(cache)
    assert first.tried == PAST
    assert all("the package vl-convert-python cannot be loaded" in line for line in first.said)
    assert not [path for path in first.files if path.startswith(f"d/{BEFORE}/embed/")]
    for _ in range(2):
        again = publish(cache)
        assert (again.tried, again.said) == (PAST[:1], first.said)

    monkeypatch.setattr(native, "vega_to_svg", DRAW)
    cured = publish(cache)
    assert (cured.tried, cured.said) == (PAST, [])
    assert cured.files == whole.files


def test_another_attempt_that_makes_less_takes_nothing_away(
    cache: Path, publish: Publish, whole: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(native, "vega_to_svg", _cannot_draw(FIELD))
    first = publish(cache)
    monkeypatch.setattr(native, "vega_to_svg", cannot_load)
    assert publish(cache).files == first.files
    monkeypatch.setattr(native, "vega_to_svg", DRAW)
    assert publish(cache).files == whole.files


def test_a_bitmap_that_fails_costs_its_chart_and_no_other(
    cache: Path, publish: Publish, whole: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> bytes:
        raise native.LibraryFailed("vl-convert ended its process")

    with monkeypatch.context() as patch:
        patch.setattr(png, "png", fail)
        lacking = publish(cache)
    bitmaps = {path for path in whole.files if path.endswith(LETTER) and str(LAST) not in path}
    charts = {path.removesuffix(LETTER) for path in bitmaps}
    lost = {path for path in whole.files if path.partition(".")[0] in charts}
    assert f"d/{BEFORE}/charts/tok-top-stack.svg" in lost
    assert not lost & lacking.files.keys()
    assert f"d/{BEFORE}/embed/{ID}/index.html" in lacking.files
    assert all("LibraryFailed: vl-convert ended its process" in line for line in lacking.said)
    assert publish(cache).files == whole.files


def test_the_last_page_of_a_chart_that_ended_is_drawn_once_it_can_be(
    context: Context,
    plain: Built,
    tmp_path: Path,
    publish: Publish,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shutil.copytree(plain.site / ".cache" / "days", tmp_path / "days")
    charts = {id_: chart for id_, chart in context.charts.items() if id_ != VARIANT}
    path = f"d/{LAST}/embed/{VARIANT}/index.html"
    with monkeypatch.context() as patch:
        patch.setattr(native, "vega_to_svg", _cannot_draw(""))
        for _ in range(3):
            lacking = publish(tmp_path, charts=charts)
            assert lacking.tried == [LAST]
            assert lacking.said == [f"{LAST}: chart {VARIANT} could not be drawn: {WHY}"]
            assert not {path, f"charts/{VARIANT}/index.html"} & lacking.files.keys()
    cured = publish(tmp_path, charts=charts)
    assert (cured.tried, cured.said) == ([LAST], [])
    assert b"this is the last" in cured.files[path]
    assert publish(tmp_path, charts=charts) == replace(cured, tried=[])


def test_the_last_page_of_a_chart_whose_board_failed_is_drawn_once_there_is_the_board(
    context: Context,
    plain: Built,
    tmp_path: Path,
    publish: Publish,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shutil.copytree(plain.site / ".cache" / "days", tmp_path / "days")
    charts = {id_: chart for id_, chart in context.charts.items() if id_ != VARIANT}
    path = f"d/{LAST}/embed/{VARIANT}/index.html"
    gather, lost = all_boards.gather, "boards of arenas could not be made (ValueError in boards)"

    def without(lacking: str) -> Callable[..., object]:
        def gathered(sources: Sources) -> object:
            made = gather(sources)
            boards = [board for board in made.boards.values() if not board.id.startswith(lacking)]
            return replace(made, boards=Boards(boards), failures=(lost,))

        return gathered

    with monkeypatch.context() as patch:
        patch.setattr(all_boards, "gather", without("da."))
        lacking = publish(tmp_path, charts=charts)
        assert lacking.said == [f"{LAST}: {lost}"]
        assert path not in lacking.files
        # Another board that is lost takes nothing from this page.
        patch.setattr(all_boards, "gather", without("apps."))
        cured = publish(tmp_path, charts=charts)
    assert (cured.tried, cured.said) == ([LAST], [])
    assert b"this is the last" in cured.files[path]


def test_what_failed_on_the_newest_day_is_made_on_the_next(
    context: Context, cache: Path, publish: Publish, whole: Made
) -> None:
    shutil.rmtree(cache / "days" / str(LAST))
    lost = "boards of prices could not be made (ValueError in boards, line 1)"
    less = replace(context.site, failures=(lost,))
    today = publish(cache, site=less, charts={})
    # It is told of the whole site, and not of its day once more.
    assert not [line for line in today.said if "prices" in line]
    record = DayCache(cache / "days").record(LAST)
    assert record
    assert record.missing.boards == [lost]
    tomorrow = publish(cache, site=replace(context.site, today=LAST + timedelta(days=1)))
    assert tomorrow.tried == [LAST]
    assert tomorrow.said == []
    path = f"d/{LAST}/embed/{ID}/index.html"
    assert ID.encode() in tomorrow.files[path]


def test_a_site_without_a_chart_of_an_earlier_day_is_not_taken_for_finished(
    second_day: Built, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = second_day.unpublished(tmp_path / "site")

    def lacking(*boards: object, **more: object) -> Iterator[DrawnChart | UndrawnChart]:
        for chart in draw_all(*boards, **more):  # type: ignore[arg-type]
            failed = UndrawnChart(chart.id, chart.chart, chart.board, chart.title, (), WHY)
            yield failed if chart.id == ID else chart

    said: list[str] = []

    class Listener:
        def error(self, text: str) -> None:
            said.append(text)

        def __getattr__(self, _name: str) -> Callable[..., None]:
            return lambda *_: None

    with monkeypatch.context() as patch:
        patch.setattr(replay, "draw_all", lacking)
        assert steps.render(Folders(site), LAST, "", Listener())  # type: ignore[arg-type]
    assert said == [f"2026-08-17: chart {ID} could not be drawn: {WHY}"]
    render = ("render", "--site", site, "--today", str(LAST))
    again = leaderboards(*render, key=None)
    assert (again.code, again.err) == (0, "")
    assert "Nothing is new" not in again.out
    made = {path.relative_to(site / "public") for path in (site / "public").rglob("*")}
    for path in second_day.public.rglob("*"):
        name = path.relative_to(second_day.public)
        assert name in made
        if path.is_file():
            assert (site / "public" / name).read_bytes() == path.read_bytes(), name
    assert "Nothing is new" in leaderboards(*render, key=None).out
