"""Sites that lack something: after their first day, without some of the datasets, and long after their last run."""

from dataclasses import replace
from datetime import timedelta

import pytest

from generator.boards.site import Site
from generator.render import notices
from generator.render.citing import Citing
from generator.render.pages import render_pages
from tests.board_samples import TODAY
from tests.page_reading import Node, read
from tests.site_samples import context, site, state

REJECTED = 'HTTP 403: the key was rejected; check OPENROUTER_API_KEY ("Forbidden: no")'


def page(path: str, of: Site) -> Node:
    """Return one page of a site without charts."""
    for made in render_pages(context(of, {})):
        if made.path == f"{path}index.html" and isinstance(made.body, bytes):
            return read(made.body.decode())
    raise AssertionError(f"no page {path}")


def words(tree: Node) -> str:
    return " ".join(tree.text.split())


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
