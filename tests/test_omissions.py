"""What cannot be made is missing and said to be missing; everything else is there."""

import html
import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import pytest
from PIL import Image

from generator.archive.history import History
from generator.archive.store import Archive
from generator.base import isolation
from generator.base.artifact import Artifact, Omission
from generator.base.files import place
from generator.base.isolation import Failure
from generator.base.site_config import SiteConfig
from generator.boards import all_boards, artificial_analysis, model_profiles, tasks
from generator.boards.all_boards import BOARDS
from generator.boards.board import AnyBoard
from generator.boards.site import Site
from generator.boards.sources import BoardMaker, Sources, read_sources
from generator.charts import native
from generator.charts.card import Card
from generator.charts.cards import draw_cards
from generator.charts.catalogue import CHARTS
from generator.charts.chart import SIZES, DrawnChart, UndrawnChart
from generator.charts.draw import draw_all
from generator.charts.kinds.scatter import around
from generator.charts.kinds.text_width import MOST_TICKS, decades, log_ticks, ticks
from generator.checks import check, links
from generator.publish.folders import Folders
from generator.publish.stage import stage
from generator.render.pages import render_pages
from tests.chart_samples import boards as samples
from tests.forking import know_some_charts, know_some_lists
from tests.running import Built
from tests.site_samples import context
from tests.tiny import DAY, Edit, archive, edited


def gathered(held: Archive, **more: Any) -> tuple[Site, list[str]]:
    """The site of the archive, and what is missing from it."""
    site = all_boards.site(History(held, DAY), demo="", public_url="", version="0", **more)
    return site, list(site.failures)


@pytest.fixture(scope="module", autouse=True)
def _some_lists() -> Iterator[None]:
    """Know a few lists of apps: all of them are four fifths of the replies of a tiny archive."""
    with pytest.MonkeyPatch.context() as patch:
        know_some_lists(patch)
        yield


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    return archive(tmp_path_factory.mktemp("held"))


@pytest.fixture(scope="module")
def whole(held: Archive) -> Site:
    """The site of that archive, from which nothing is missing."""
    site, omissions = gathered(held)
    assert omissions == []
    return site


def every_reply(*edits: Edit) -> Edit:
    def edit(value: Any) -> None:
        for one in edits:
            one(value)

    return edit


def no_tasks(value: Any) -> None:
    value["data"] |= {"classifications": [], "macro_categories": []}


def unused_tasks(value: Any) -> None:
    for task in value["data"]["classifications"]:
        for name in ("usage_share", "token_share", "category_usage_share", "category_token_share"):
            task[name] = 0
        for model in task["models"]:
            model.update(tag_usage_share=0, tag_token_share=0)


def no_tournaments(value: Any) -> None:
    for row in value["data"]:
        row["tournament_stats"] = dict.fromkeys(row.get("tournament_stats") or {}, 0)


def free(value: Any) -> None:
    for row in value["data"] if isinstance(value["data"], list) else []:
        row["pricing"] = {"prompt": "0", "completion": "0"}


def without_price(value: Any) -> None:
    for row in value["data"]:
        row["pricing"] = None


def alone(value: Any) -> None:
    value["data"] = value["data"][:1]


INDICES = [edited(name, None) for name in ("intelligence_index", "coding_index", "agentic_index")]
NOTHING: dict[str, dict[str, Edit]] = {
    "no token was used": {
        name: edited("total_tokens", "0") for name in ("rankings-daily", "app-rankings")
    },
    "one token was used by each": {
        name: edited("total_tokens", "1") for name in ("rankings-daily", "app-rankings")
    },
    "no request was made": {"app-rankings": edited("total_requests", 0)},
    "nothing is scored": {"benchmarks-artificial-analysis": every_reply(*INDICES)},
    "all scores are zero": {
        "benchmarks-artificial-analysis": every_reply(
            *(edited(name, 0) for name in ("intelligence_index", "coding_index", "agentic_index"))
        )
    },
    "one model is scored": {
        "benchmarks-artificial-analysis": alone,
        "benchmarks-design-arena": alone,
    },
    "no score has a price": {"benchmarks-artificial-analysis": without_price},
    "all is free": {"benchmarks-artificial-analysis": free, "models": free},
    "all ratings are equal": {"benchmarks-design-arena": edited("elo", 0)},
    "no design was made": {
        "benchmarks-design-arena": every_reply(no_tournaments, edited("avg_generation_time_ms", 0))
    },
    "no model has a context": {"models": lambda value: _contexts(value, 0)},
    "every context is immense": {"models": lambda value: _contexts(value, 2**63 - 1)},
    "no task is known": {"task-classifications": no_tasks},
    "no task is used": {"task-classifications": unused_tasks},
    "every index is as large as it may be": {
        "benchmarks-artificial-analysis": every_reply(
            *(
                edited(name, 10_000)
                for name in ("intelligence_index", "coding_index", "agentic_index")
            )
        ),
        "benchmarks-design-arena": edited("elo", 100_000),
    },
}


def _contexts(value: Any, length: int) -> None:
    for row in value["data"] if isinstance(value["data"], list) else []:
        row["context_length"] = length


@pytest.mark.parametrize("edits", NOTHING.values(), ids=NOTHING)
def test_whatever_is_zero_empty_or_alone_each_board_is_made_and_each_chart_has_its_drawing(
    edits: dict[str, Edit], tmp_path: Path
) -> None:
    site, omissions = gathered(archive(tmp_path, edits))
    assert omissions == []
    made = dict(site.boards)
    profiles = (*site.profiles.values(), *site.authors.values())
    made.update(
        {profile.usage_board.id: profile.usage_board for profile in profiles if profile.usage_board}
    )
    for chart in CHARTS:
        for id_, board in made.items():
            if chart.id_for(id_) is not None and board.rows and chart.applies_to(board):
                assert chart.title_for(board)
                assert chart.subtitle(board)
                assert chart.alt(board)
                for size in SIZES:
                    assert chart.draw(board, size).height > 0


FAR = (1e-300, 1e-15, 0.01, 1.0, 49.9, 51, 1e4, 1e9, 1e19, 2.0**63, 1e129, 1e300)


@pytest.mark.parametrize("top", FAR)
def test_no_scale_has_more_than_fifty_ticks_however_far_its_values_lie_apart(top: float) -> None:
    for about in (1, 4, 8, 1000):
        found = ticks(top, about)
        assert len(found) <= MOST_TICKS
        assert found == sorted(set(found))
        assert found[-1] >= top * 0.999
    for low in (0.0, -top, top / 2):
        for step in (1, 10, 50):
            first, last = around([low, top], step)
            assert first <= low < last
            assert last >= top
    for low in (1e-300, top / 10):
        for factors in ((1,), (1, 3), (1, 2, 5)):
            found = decades(min(low, top), top, factors)
            assert len(found) <= MOST_TICKS
            assert found == sorted(set(found))
            assert top <= low * 10 or found


def test_ticks_within_reach_stand_where_they_always_stood() -> None:
    assert ticks(0.2, 4) == [0.0, 0.05, 0.1, 0.15, 0.2]
    assert decades(0.5, 200, (1, 3)) == [1.0, 3.0, 10.0, 30.0, 100.0]
    assert around([12, 48], 10) == (10, 50)


@pytest.mark.parametrize(
    ("shown", "found"),
    [
        ((0.1, 5), [0.1, 1]),
        ((0.2, 1.5), [0.3, 1]),
        ((0.15, 0.55), [0.2, 0.5]),
        ((0.105, 0.235), [0.12, 0.15, 0.2]),
    ],
    ids=["powers of ten", "and their threes", "twos and fives", "more"],
)
def test_a_logarithmic_axis_has_two_ticks_wherever_it_starts(
    shown: tuple[float, float], found: list[float]
) -> None:
    labeled = log_ticks((0.04, 8), shown, (1,))
    assert [tick for tick in labeled if shown[0] <= tick <= shown[1]] == pytest.approx(found)


def broken(_sources: Sources) -> Iterator[AnyBoard]:
    raise ZeroDivisionError("division by zero")


def with_broken(*families: str) -> list[BoardMaker]:
    return [
        replace(maker, make=broken) if set(families) & set(maker.families) else maker
        for maker in BOARDS
    ]


def test_a_board_that_cannot_be_made_is_named_and_every_other_is_there(
    held: Archive, whole: Site
) -> None:
    site, omissions = gathered(held, makers=with_broken("prices"))
    assert set(whole.boards) - set(site.boards) == {"prices"}
    (sentence,) = omissions
    assert sentence.startswith("boards of prices could not be made (ZeroDivisionError in ")
    assert sentence.endswith("; the site is published without it")


def test_one_task_that_cannot_be_made_takes_no_other_with_it_and_nothing_leads_to_its_page(
    held: Archive, whole: Site, whole_pages: dict[str, str]
) -> None:
    def without_models(sources: Sources) -> Iterator[AnyBoard | Failure]:
        facts = sources.tasks
        assert facts is not None
        first = min((row for row in facts.rows if row.models), key=lambda row: row.tag)
        nameless = msgspec.structs.replace(first.models[0], id=None)
        odd = msgspec.structs.replace(first, models=(*first.models, nameless))
        rows = tuple(odd if row is first else row for row in facts.rows)
        return tasks.boards(replace(sources, tasks=replace(facts, rows=rows)))

    makers = [
        replace(maker, make=without_models, after=()) if maker is tasks.MAKER else maker
        for maker in BOARDS
    ]
    site, omissions = gathered(held, makers=makers)
    lost = set(whole.boards) - set(site.boards)
    assert len(lost) == len(omissions) == 1
    board = whole.boards[lost.pop()]
    assert isinstance(board, tasks.TaskBoard)
    assert omissions[0].startswith(f"the board of the task {board.task.id} could not be made (")
    assert f"{board.path}index.html" in whole_pages
    assert not [name for name, text in made_pages(site).items() if board.path in text]


def made_pages(site: Site) -> dict[str, str]:
    bodies = {one.path: one.body for one in render_pages(context(site, {}))}
    return {path: body.decode() for path, body in bodies.items() if isinstance(body, bytes)}


def dangling(made: dict[str, str], folder: Path) -> set[tuple[str, str]]:
    """What the check of links finds in these pages alone, by page."""
    for path, text in made.items():
        place(folder / path, text.encode())
    findings = check(folder, checks=[links.Links]).findings
    return {(finding.where.partition(":")[0], finding.what) for finding in findings}


@pytest.fixture(scope="module")
def whole_pages(whole: Site) -> dict[str, str]:
    return made_pages(whole)


@pytest.fixture(scope="module")
def leads_to_files(
    whole_pages: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> set[tuple[str, str]]:
    """What pages lead to besides each other, which these tests do not make."""
    return dangling(whole_pages, tmp_path_factory.mktemp("whole"))


ALL = tuple(maker.families[0] for maker in BOARDS)


@pytest.mark.parametrize(
    "missing",
    [
        ("models-7d", "authors-7d", "movers-7d"),
        ("catalogue", "artificial-analysis", "frontier"),
        ("da", "tasks", "apps"),
        ALL,
    ],
)
def test_whichever_boards_are_missing_the_pages_say_so_and_no_link_dangles(
    held: Archive,
    missing: tuple[str, ...],
    whole_pages: dict[str, str],
    leads_to_files: set[tuple[str, str]],
    tmp_path: Path,
) -> None:
    site, omissions = gathered(held, makers=with_broken(*missing))
    assert omissions
    assert [one for one in omissions if one.startswith("boards of ")] == omissions
    made = made_pages(site)
    for sentence in omissions:
        assert html.escape(sentence) in made["status/index.html"]
    assert "Left out of this build" in made["status/index.html"]
    assert "Left out of this build" not in whole_pages["status/index.html"]
    assert not {path for path in whole_pages if path.count("/") == 1} - set(made), (
        "pages that stand alone stay"
    )
    assert dangling(made, tmp_path) - leads_to_files == set()


def test_a_model_whose_profile_cannot_be_made_keeps_a_page_that_says_so(
    held: Archive, whole: Site
) -> None:
    sources = replace(read_sources(History(held, DAY)), boards=whole.boards)
    facts = sources.catalogue
    assert facts is not None
    odd = msgspec.structs.replace(facts.rows[0], architecture=None)
    changed = replace(sources, catalogue=replace(facts, rows=(odd, *facts.rows[1:])))
    made = model_profiles.profiles(changed)
    by_slug = {profile.model.id: profile for profile in made.profiles}
    bare = [slug for slug, one in by_slug.items() if "could not be put together" in one.finding]
    assert bare == [sources.names.canonical(odd.canonical_slug)]
    assert by_slug.keys() == whole.profiles.keys()
    (sentence,) = made.failures
    assert sentence.startswith(f"the profile of {bare[0]} could not be made (AttributeError in ")
    path = f"{by_slug[bare[0]].model.path}index.html"
    pages = render_pages(context(replace(whole, profiles=by_slug), {}))
    page = next(one for one in pages if one.path == path)
    assert isinstance(page.body, bytes)
    assert b"could not be put together for this day" in page.body


def test_when_the_figures_of_all_models_fail_every_model_keeps_its_page(
    held: Archive, whole: Site
) -> None:
    def undated(sources: Sources) -> Iterator[AnyBoard]:
        for board in artificial_analysis.boards(sources):
            citations = tuple(replace(citation, as_of="soon") for citation in board.citations)
            yield replace(board, citations=citations)

    makers = [
        replace(maker, make=undated) if maker is artificial_analysis.MAKER else maker
        for maker in BOARDS
    ]
    site, omissions = gathered(held, makers=makers)
    assert [sentence.partition(" could")[0] for sentence in omissions] == [
        "the figures of each model"
    ]
    assert site.profiles.keys() == whole.profiles.keys()
    assert site.authors.keys() == whole.authors.keys()


def test_what_raises_is_named_with_its_place_and_without_the_words_of_the_error() -> None:
    def fall() -> str:
        raise KeyError("whatever the source sent")

    failure = isolation.attempt(fall, "the headline")
    assert isinstance(failure, Failure)
    sentence = failure.sentence
    assert sentence.startswith(
        "the headline could not be made (KeyError in test_omissions.py, line "
    )
    assert "whatever" not in sentence


def test_a_chart_that_raises_anywhere_is_left_out_and_the_others_are_drawn(tmp_path: Path) -> None:
    def fall(_board: AnyBoard) -> Any:
        raise ZeroDivisionError("division by zero")

    held = {
        id_: board for id_, board in samples().items() if id_ in ("tasks", "artificial-analysis")
    }
    sound = next(chart for chart in CHARTS if chart.id == "aa-bars")
    other = next(chart for chart in CHARTS if chart.id == "task-share")
    for part in ("applies_to", "subtitle", "alt", "title"):
        charts = [replace(other, **{part: fall}), sound]
        failed, drawn = draw_all(held, tmp_path, charts, pictures_only=True)
        assert isinstance(drawn, DrawnChart), part
        assert drawn.id == "aa-bars"
        assert isinstance(failed, UndrawnChart), part
        assert failed.reason == "ZeroDivisionError: division by zero"


def test_a_card_that_cannot_be_drawn_is_left_out_and_the_others_are_made(tmp_path: Path) -> None:
    sound = Card("cards/a.png", "", "A", ())
    broken = replace(sound, path="cards/b.png", color="no color")
    omission, card, icon = draw_cards(
        [broken, sound], SiteConfig(name="A site"), "18 Aug 2026", tmp_path
    )
    assert isinstance(omission, Omission)
    assert omission.sentence.startswith("the card cards/b.png could not be made (")
    assert isinstance(card, Artifact)
    assert card.path == "cards/a.png"
    assert isinstance(icon, Artifact)
    assert icon.path == "static/apple-touch-icon.png"


def test_an_icon_that_cannot_be_drawn_is_a_square_which_the_sentence_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_svg: str, _scale: float) -> bytes:
        raise native.LibraryFailed("vl-convert ended its process")

    monkeypatch.setattr(native, "svg_to_png", fail)
    omission, icon = draw_cards([], SiteConfig(name="A site"), "18 Aug 2026", tmp_path)
    assert isinstance(omission, Omission)
    assert omission.sentence.startswith("the icon for home screens could not be made (")
    assert omission.sentence.endswith("); a plain square is published in its place")
    assert isinstance(icon, Artifact)
    assert isinstance(icon.body, bytes)
    with Image.open(io.BytesIO(icon.body)) as square:
        colors = square.convert("RGB").getcolors()
        assert (square.size, len(colors or ())) == ((180, 180), 1)


def test_a_site_without_some_boards_passes_every_check_and_counts_as_not_whole(
    first_day: Built, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    know_some_charts(monkeypatch)
    folders = Folders(first_day.copied(tmp_path))
    staged = stage(folders, first_day.today, makers=with_broken("tasks", "prices", "changes"))
    named = [sentence for sentence in staged.omissions if sentence.startswith("boards of ")]
    assert [sentence.split(" could not")[0] for sentence in named] == [
        "boards of tasks, tasks-macro, task",
        "boards of prices",
        "boards of changes",
    ]
    assert [str(finding) for finding in check(staged.path, None).findings] == []
    assert "Left out of this build" in (staged.path / "status" / "index.html").read_text()
