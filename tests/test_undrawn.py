"""A chart that cannot be drawn on one day: its addresses remain, and the next run draws it again."""

import json
import re
import shutil
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest

from generator.charts import compiler, lettering, native
from generator.checks import check
from generator.cli import steps
from generator.publish.folders import Folders
from tests.chart_samples import FATAL_SPEC, cannot_load
from tests.drawings import PICTURES
from tests.forking import know_some_charts
from tests.running import LAST, PUBLIC_URL, Built, leaderboards

ID, FIELD = "tok-movers", '"Change, tokens"'


@dataclass
class Listener:
    """A reporter that remembers errors."""

    said: list[str] = field(default_factory=list)

    def info(self, text: str) -> None: ...
    def detail(self, text: str) -> None: ...
    def advance(self) -> None: ...

    def error(self, text: str) -> None:
        self.said.append(text)

    def progress(self, *_: object) -> nullcontext[None]:
        return nullcontext()


@dataclass(frozen=True)
class Failed:
    """A site of two days whose second could not draw one chart."""

    site: Path
    stale: bool
    said: list[str]

    def text(self, path: str) -> str:
        return (self.site / "public" / path).read_text("utf-8")


@pytest.fixture(scope="module")
def failed(first_day: Built, second_day: Built, once: Callable[..., Failed]) -> Failed:
    """The second day again, where the native library ends its process at the rows of one chart."""
    return once("failed", lambda folder: _failed(first_day, second_day, folder))


def _failed(first_day: Built, second_day: Built, folder: Path) -> Failed:
    site = first_day.copied(folder)
    shutil.copytree(second_day.data, site / "data", dirs_exist_ok=True)
    draw, reporter = native.vega_to_svg, Listener()

    def abort(spec: str) -> str:
        return draw(FATAL_SPEC if FIELD in spec else spec)

    with pytest.MonkeyPatch.context() as patch:
        know_some_charts(patch)
        patch.setattr(native, "vega_to_svg", abort)
        stale = steps.render(Folders(site), LAST, "", reporter)
    return Failed(site, stale, reporter.said)


def test_a_chart_that_cannot_be_drawn_is_said_and_the_rest_is_published(failed: Failed) -> None:
    assert failed.stale
    assert failed.said == [
        f"chart {ID} could not be drawn: LibraryFailed: vl-convert ended its process"
    ]
    assert check(failed.site / "public").findings == ()


@pytest.mark.parametrize("path", [f"charts/{ID}/index.html", f"embed/{ID}/index.html"])
def test_its_page_and_its_embed_have_the_table_the_credit_and_the_reason(
    failed: Failed, path: str
) -> None:
    text = failed.text(path)
    assert 'This chart could not be drawn on <time datetime="2026-08-18">' in text
    assert "<table" in text
    assert "Source: OpenRouter (openrouter.ai/rankings), as of " in text
    assert "the last" not in text


def test_its_rows_are_still_there_to_take_away(failed: Failed) -> None:
    assert json.loads(failed.text(f"charts/{ID}.json"))["rows"]
    assert failed.text(f"charts/{ID}.csv").startswith("model_permaslug")
    assert f'href="../../charts/{ID}.csv"' in failed.text(f"charts/{ID}/index.html")


def test_pages_that_show_it_say_so_and_lead_to_its_table(failed: Failed) -> None:
    for path, root in (("index.html", ""), ("charts/index.html", "../")):
        text = failed.text(path)
        assert "could not be drawn" in text, path
        assert f'href="{root}charts/{ID}/"' in text, path
        assert f"{ID}.svg" not in text, path


def test_the_next_run_has_it_again(failed: Failed, second_day: Built, tmp_path: Path) -> None:
    site = shutil.copytree(failed.site, tmp_path / "site")
    again = leaderboards("render", "--site", site, "--today", str(LAST), key=None)
    assert (again.code, again.err) == (0, "")
    for path in (
        f"charts/{ID}/index.html",
        f"embed/{ID}/index.html",
        f"d/{LAST}/embed/{ID}/index.html",
        "index.html",
    ):
        assert (site / "public" / path).read_text("utf-8") == second_day.text(path), path


def test_the_run_of_the_next_day_has_it_among_the_charts_of_that_day(
    failed: Failed, second_day: Built, tmp_path: Path
) -> None:
    site = shutil.copytree(failed.site, tmp_path / "site")
    next_day = str(LAST + timedelta(days=1))
    later = leaderboards("render", "--site", site, "--today", next_day, key=None)
    assert "could not be drawn" not in later.err
    path = f"d/{LAST}/embed/{ID}/index.html"
    assert (site / "public" / path).read_text("utf-8") == second_day.text(path)
    assert f'"embed/{ID}/"' in (site / "public" / f"d/{LAST}/index.html").read_text("utf-8")


def _break_altair(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(compiler, "altair_fault", lambda: "ImportError: not there")
    patch.setattr(compiler, "COMPILED", {})


def _break_vl_convert(patch: pytest.MonkeyPatch) -> None:
    for name in PICTURES:
        patch.setattr(native, name, cannot_load)
    # Lines of cards that other tests have set are known.
    patch.setattr(lettering.Canvas, "text", cannot_load)


@dataclass(frozen=True)
class Broken:
    """A package that charts need, made one that cannot be loaded, and what a site then lacks beside charts."""

    name: str
    make: Callable[[pytest.MonkeyPatch], None]
    lacking: tuple[str, ...]


BROKEN = (
    Broken("altair", _break_altair, ()),
    Broken(
        "vl-convert-python",
        _break_vl_convert,
        ("cards of shared pages could not be drawn", "static/js/vega.js is missing"),
    ),
)


@pytest.fixture(scope="module", params=BROKEN, ids=lambda broken: broken.name)
def without(
    request: pytest.FixtureRequest, second_day: Built, once: Callable[..., Failed]
) -> tuple[Broken, Failed]:
    """Both days rendered without a cache, where a package cannot be loaded."""
    broken: Broken = request.param

    def make(folder: Path) -> Failed:
        site, reporter = second_day.unpublished(folder), Listener()
        with pytest.MonkeyPatch.context() as patch:
            know_some_charts(patch)
            broken.make(patch)
            stale = steps.render(Folders(site), LAST, PUBLIC_URL, reporter)
        return Failed(site, stale, reporter.said)

    return broken, once(f"without-{broken.name}", make)


def test_without_a_package_everything_but_charts_is_published_and_it_says_what_is_missing(
    without: tuple[Broken, Failed], second_day: Built
) -> None:
    broken, site = without
    assert site.stale
    assert check(site.site / "public").findings == ()
    why = f"could not be drawn: the package {broken.name} cannot be loaded ("
    assert re.match(rf"\d+ charts {re.escape(why)}.* \(they are .*\b{ID}\b", site.said[0])
    # The day before, in one sentence too.
    assert [line[:12] for line in site.said if why in line and line.startswith("2026")] == [
        "2026-08-17: "
    ]
    for lacking in broken.lacking:
        assert any(lacking in line for line in site.said), lacking
    pages = {path.relative_to(second_day.public) for path in second_day.public.rglob("*.html")}
    lost = [path for path in sorted(map(str, pages)) if not (site.site / "public" / path).is_file()]
    # Embeds of days, and the address of a chart whose variants are drawn in its place.
    assert all(path.startswith("d/") and "/embed/" in path for path in lost), lost


def test_with_the_package_again_the_next_run_has_every_chart(
    without: tuple[Broken, Failed], second_day: Built, tmp_path: Path
) -> None:
    site = shutil.copytree(without[1].site, tmp_path / "site")
    again = leaderboards("render", "--site", site, "--today", str(LAST), key=None)
    assert (again.code, again.err) == (0, "")
    for path in second_day.public.rglob("*.html"):
        name = path.relative_to(second_day.public)
        assert (site / "public" / name).read_bytes() == path.read_bytes(), name
