"""What many pages share is made once: ``{% once %}`` in templates, its keys, and the garbage collector meanwhile."""

import gc
from pathlib import Path
from weakref import ref

import pytest

from generator.base.site_config import Link
from generator.render.collector import seldom, young_only
from generator.render.page_list import read_pages
from generator.render.templates import Templates, scripts

SHARED = "{% once root, place %}{{ made.append(root) or place }} {% endonce %}{{ name }}"


def _pages(templates: Templates) -> tuple[list[str], list[str]]:
    """Return three pages of two places, and what was made for the places."""
    made: list[str] = []
    places = (("../", "a<b"), ("../", "a<b"), ("", "c"))
    pages = [
        templates.render("page.j2", {"root": root, "place": place, "name": at, "made": made})
        for at, (root, place) in enumerate(places)
    ]
    return pages, made


def test_what_pages_share_is_made_once_for_each_key_and_stays_escaped(tmp_path: Path) -> None:
    (tmp_path / "page.j2").write_text(SHARED)
    pages, made = _pages(Templates(tmp_path))
    assert pages == ["a&lt;b 0", "a&lt;b 1", "c 2"]
    assert made == ["../", ""]


def test_with_templates_of_the_owner_nothing_is_kept_from_one_page_to_the_next(
    tmp_path: Path,
) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "page.j2").write_text("{% once 0 %}{{ place }}{% endonce %}")
    pages, _ = _pages(Templates(tmp_path, overrides=own))
    assert pages == ["a&lt;b", "a&lt;b", "c"]


def test_the_frame_of_a_page_depends_on_its_section_or_on_its_address_where_the_menu_names_it() -> (
    None
):
    pages = read_pages(added=[Link("Own", "models/a/own/", "")])
    assert pages.place("models/a/b/") == pages.place("models/c/d/") == "Models"
    assert pages.place("models/") == "models/"
    assert pages.place("models/a/own/") == "models/a/own/"
    assert pages.place("no/such/") == ""


def test_a_page_loads_the_scripts_of_what_it_uses_in_one_order() -> None:
    assert scripts({"chart", "table", "What is used most?"}) == ("address", "table", "chart")
    assert scripts({"chart-page", "moved"}) == ("moved", "chart-page")
    assert scripts(set()) == ()


def test_while_pages_are_made_the_collector_leaves_alone_what_was_there_before() -> None:
    before = gc.get_freeze_count()
    with young_only():
        assert gc.get_freeze_count() > before
    assert gc.get_freeze_count() == 0


def test_the_values_of_the_last_page_are_gone_when_all_pages_are_made() -> None:
    with young_only():
        values = _Values()
        values.itself, last = values, ref(values)
        del values
    assert last() is None


def test_a_render_lets_the_collector_look_less_often(monkeypatch: pytest.MonkeyPatch) -> None:
    chosen: list[int] = []
    monkeypatch.setattr(gc, "set_threshold", chosen.append)
    seldom()
    assert chosen == [10_000]


class _Values:
    """Values that hold themselves in a circle, as those of a page do by its macros."""

    itself: object = None
