"""Sites that lack something: after their first day, without some of the datasets, and long after their last run."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from generator.boards.site import Site
from generator.render import notices
from generator.render.citing import Citing
from generator.render.page_list import PageList
from generator.render.pages import render_pages
from tests.board_samples import TODAY
from tests.page_reading import Node, read
from tests.site_samples import charts, context, site, state
from tests.tiny_archive import TODAY as LAST_RUN
from tests.tiny_archive import TinyArchive, ago, listing, score, weeks

REJECTED = 'HTTP 403: the key was rejected; check OPENROUTER_API_KEY ("Forbidden: no")'


def page(path: str, of: Site) -> Node:
    """Return one page of a site without charts."""
    for made in render_pages(context(of, {})):
        if made.path == f"{path}index.html" and isinstance(made.body, bytes):
            return read(made.body.decode())
    raise AssertionError(f"no page {path}")


def words(tree: Node) -> str:
    return " ".join(tree.text.split())


def links(tree: Node) -> set[str]:
    return {link.get("href") for link in tree.all("a")}


def test_what_was_last_updated_weeks_ago_says_so_however_new_the_build_is() -> None:
    late = site(today=TODAY + timedelta(days=20), headline="")
    assert late.updated == TODAY
    assert "Updated 18 Aug 2026 ·" in words(page("", late))
    for path in ("", "attribution/"):
        told = words(page(path, late))
        assert "last updated 18 Aug 2026." in told
        assert "7 Sep 2026" not in told, path
    citing = Citing(late, TODAY)
    assert "Data as of 18 Aug 2026." in citing.sentence("A", "a/")
    assert "-2026-08-18,\n" in citing.bibtex("A", "a/", [])


def test_without_a_snapshot_a_site_is_of_the_day_of_its_build() -> None:
    assert site(datasets=()).updated == TODAY


def test_the_frame_around_an_older_day_states_no_younger_one() -> None:
    then = TODAY - timedelta(days=5)
    assert site(today=then).updated == then


def test_datasets_that_failed_for_one_reason_share_a_sentence_whatever_was_asked_for_each() -> None:
    asked = f"benchmarks: GET /benchmarks?source=a: {REJECTED}"
    skipped = "apps: skipped after 3 similar failures: " + REJECTED.removeprefix("HTTP 403: ")
    failed = [
        replace(state("rankings-daily"), stale=True, message=message)
        for message in (asked, skipped, "GET /models gave 503 four times")
    ]
    groups = [(reason, len(states)) for (_, reason), states in notices.by_reason(failed)]
    assert groups == [("the key was rejected", 2), ("GET /models gave 503 four times", 1)]


@pytest.mark.parametrize(
    ("message", "reason"),
    [
        ('apps, data[3].rank: expected an integer, got "n/a"', 'expected an integer, got "n/a"'),
        ("models: GET /models: HTTP 503", "HTTP 503"),
        ("", ""),
    ],
)
def test_a_reason_is_told_without_what_only_the_owner_of_the_site_needs(
    message: str, reason: str
) -> None:
    assert notices.reason_in_short(message) == reason


def test_the_overview_leads_only_to_pages_that_have_data(tiny: TinyArchive) -> None:
    tiny.models(listing("a/x"))
    bare = page("", tiny.site())
    assert {"models/?cost=free", "compare/", "prices/calculator/"} <= links(bare)
    assert not {"coding/?price=1", "rankings/?open_weights=yes"} & links(bare)
    (find,) = [nav for nav in bare.all("nav") if nav.get("aria-label") == "Find a model"]
    assert "Best value" not in [link.text for link in find.all("a")]
    tiny.scores(score("a/x", 50, "0.000001", coding_index=40))
    assert "coding/?price=1" in links(page("", tiny.site()))


def test_a_section_without_data_does_not_repeat_its_heading(tiny: TinyArchive) -> None:
    tiny.models(listing("a/x"))
    told = words(page("", tiny.site()))
    assert "No data yet. It will appear after the first successful update" in told
    assert "No data for Most-used models" not in told


@pytest.mark.parametrize(
    ("tokens", "heading"),
    [
        (weeks({"a/x": 1}), "Weekly tokens"),
        (weeks(*[{"a/x": 1}] * 3), "Weekly tokens, last 3 weeks"),
        (weeks(*[{"a/x": 1}] * 14), "Weekly tokens, last 12 weeks"),
    ],
    ids=["one week", "three weeks", "more weeks than are drawn"],
)
def test_the_overview_names_as_many_weeks_as_there_are(
    tiny: TinyArchive, tokens: object, heading: str
) -> None:
    tiny.rankings(tokens)  # type: ignore[arg-type]
    assert heading in [one.text for one in page("", tiny.site()).all("h2")]


def _first_day(tiny: TinyArchive) -> None:
    tiny.models(listing("a/x"))


def _two_days(tiny: TinyArchive) -> None:
    for day in (ago(1), LAST_RUN):
        tiny.models(listing("a/x"), on=day)


@pytest.mark.parametrize(
    ("store", "said"),
    [
        (_first_day, "Nothing to compare yet: a change needs two days."),
        (_two_days, "No change in the last 60 days."),
    ],
    ids=["the first day", "two days that are alike"],
)
@pytest.mark.parametrize("path", ["", "changes/"])
def test_where_nothing_has_changed_both_pages_say_whether_it_could_have(
    tiny: TinyArchive, store: Callable[[TinyArchive], None], said: str, path: str
) -> None:
    store(tiny)
    tree = page(path, tiny.site())
    assert said in words(tree)
    assert not [one for one in tree.all("ul") if one.get("class") == "news"]


def test_a_day_is_compared_only_where_there_is_an_earlier_one(tiny: TinyArchive) -> None:
    leaders = [{"a/x": 2, "b/y": 1}, {"a/x": 1, "b/y": 2}]
    tiny.rankings(weeks(*leaders))
    compared = f"../d/{LAST_RUN}/changes/"
    alone = page("changes/", tiny.site())
    assert "took the lead" in words(alone)
    assert compared not in links(alone)
    tiny.rankings(weeks(*leaders), on=ago(1))
    assert compared in links(page("changes/", tiny.site()))


def test_a_single_chart_of_a_family_is_not_called_each() -> None:
    drawn = {"da-elo.models.codecategories": charts()["da-elo.models.codecategories"]}
    found = [
        read(made.body.decode())
        for made in render_pages(context(site(), drawn, page_list=PageList(())))
        if made.path == "charts/da-elo/index.html" and isinstance(made.body, bytes)
    ]
    assert "1 chart, with its own page, data and embed." in words(found[0])
