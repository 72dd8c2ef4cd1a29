"""Sites that lack something: after their first day, without some of the datasets, and long after their last run."""

from datetime import timedelta

from generator.boards.site import Site
from generator.render.citing import Citing
from generator.render.pages import render_pages
from tests.board_samples import TODAY
from tests.page_reading import Node, read
from tests.site_samples import context, site


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
