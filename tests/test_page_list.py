"""The list of pages: read from the front matter of each file, and followed by all that lists pages."""

from pathlib import Path

import pytest

from generator.base.errors import NotPublishable, UsageError
from generator.render import front_matter
from generator.render.page_fields import PageEntry
from generator.render.page_list import PageList, read_pages
from generator.render.templates import Templates

OURS = read_pages()


def write(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = folder / "pages" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("text", "fields", "body"),
    [
        ("plain", {}, "plain"),
        ("---\nname: A\n---\nbody\n", {"name": "A"}, "body\n"),
        ("---\nname:  A: b \nmenu: yes\n---\n", {"name": "A: b", "menu": "yes"}, ""),
        ("---\nname: a,\n  b: c\nmenu: yes\n---\n", {"name": "a, b: c", "menu": "yes"}, ""),
        ("---\n  indented: A\n---\n", {"indented": "A"}, ""),
        # As YAML has them: a title with a colon would need its quotes there.
        ("---\nname: \"A: b\"\nview: 'it'\n---\n", {"name": "A: b", "view": "it"}, ""),
        ('---\nname: "A" and "B"\n---\n', {"name": '"A" and "B"'}, ""),
        ("---\nname: A\nno end", {}, "---\nname: A\nno end"),
        ("text\n---\nname: A\n---\n", {}, "text\n---\nname: A\n---\n"),
    ],
)
def test_front_matter_is_what_stands_between_two_fences_at_the_top(
    text: str, fields: dict[str, str], body: str
) -> None:
    assert front_matter.split(text) == (fields, body)


def test_pages_come_in_their_order_and_those_without_one_last_by_address(tmp_path: Path) -> None:
    names = {"z.md": "---\n---\n", "b/index.html.j2": "", "a/index.md": "---\norder: 20\n---\n"}
    names |= {"c/index.html.j2": "---\norder: 3\n---\n", "robots.txt.j2": ""}
    pages = read_pages(write(tmp_path, names))
    assert [entry.path for entry in pages.entries] == ["c/", "a/", "b/", "robots.txt", "z.html"]


def test_a_page_is_listed_where_its_front_matter_says(tmp_path: Path) -> None:
    front = (
        "name: A\nsection: All\nmenu: yes\nview: First\nshortcut: To A\n"
        "search: All of A\ncard: x\ncovers: as/\nsitemap: no"
    )
    files = {"a/index.html.j2": f"---\n{front}\n---\n", "b/index.html.j2": "---\nname: B\n---\n"}
    pages = read_pages(write(tmp_path, files))
    entry, bare = pages.entries[0], pages.entries[1]
    assert entry == PageEntry(
        template="pages/a/index.html.j2",
        path="a/",
        name="A",
        section="All",
        in_menu=True,
        view="First",
        shortcut="To A",
        search="All of A",
        card="x",
        covers="as/",
        in_sitemap=False,
    )
    assert pages.menu == pages.searchable == pages.shortcuts == [entry]
    assert pages.footer == [("All", [entry]), ("About", [])]
    assert bare.view == "B"
    assert pages.cards == ("x",)
    assert bare.in_sitemap


@pytest.mark.parametrize(
    ("front", "message"),
    [
        ("nmae: A", "pages/a.md: unknown field 'nmae' in the front matter; known are title, desc"),
        ("name: A\nsection: Abuot", "pages/a.md: section: 'Abuot' has no page with menu: yes; use"),
        ("order: first", "pages/a.md: order: expected a whole number, got 'first'"),
        ("order: -1", "pages/a.md: order: expected a whole number, got '-1'"),
        ("name: A\nmenu: true", "pages/a.md: menu: expected yes or no, got 'true'"),
        ("sitemap: false", "pages/a.md: sitemap: expected yes or no, got 'false'"),
        ("menu: yes", "pages/a.md: menu: add a line such as section: Rankings"),
        ("section: About", "pages/a.md: section: add a line such as name: Daily ranking"),
    ],
)
def test_what_a_front_matter_cannot_say_is_named_with_its_page(
    front: str, message: str, tmp_path: Path
) -> None:
    with pytest.raises(UsageError) as raised:
        read_pages(write(tmp_path, {"a.md": f"---\n{front}\n---\n"}))
    assert str(raised.value).startswith(f"{tmp_path}/{message}")


@pytest.mark.parametrize("name", ["imprint.html", "a/index.htm", "b.markdown"])
def test_a_page_that_is_no_template_by_its_name_is_not_left_out_in_silence(
    name: str, tmp_path: Path
) -> None:
    write(tmp_path, {"notes.txt": "", "picture.svg": "", name: "<p>Ours"})
    with pytest.raises(UsageError) as raised:
        read_pages(overrides=tmp_path)
    line = f"{tmp_path}/pages/{name}: the name of a page ends in .html.j2 or .md; rename it"
    assert str(raised.value) == line


def test_what_a_page_of_the_owner_cannot_say_is_named_with_the_owners_file(tmp_path: Path) -> None:
    page = tmp_path / "ours.md"
    page.write_text("---\norder: first\n---\n")
    with pytest.raises(UsageError, match=rf"^{page}: order: expected a whole number"):
        read_pages(write(tmp_path, {}), own={"imprint/": page})


@pytest.mark.parametrize("name", ["pages/a.md", "ours.md"])
def test_a_page_in_another_encoding_is_one_line_with_its_file(tmp_path: Path, name: str) -> None:
    folder = write(tmp_path, {"a.md": ""})
    page = tmp_path / name
    page.write_bytes("---\ntitle: Über uns\n---\n".encode("latin-1"))
    with pytest.raises(UsageError, match=rf"^{page} is not UTF-8; save it as UTF-8$"):
        read_pages(folder, own={"imprint/": page} if name == "ours.md" else {})


def test_a_page_that_cannot_be_read_is_one_line_with_its_file(tmp_path: Path) -> None:
    folder = write(tmp_path, {"a.md": ""})
    (folder / "pages/gone.md").symlink_to("nowhere")
    with pytest.raises(UsageError, match=r"gone\.md cannot be read: No such file"):
        read_pages(folder)


def test_a_page_may_begin_with_a_byte_order_mark(tmp_path: Path) -> None:
    page = tmp_path / "ours.md"
    page.write_bytes(b"\xef\xbb\xbf---\ntitle: A\ndescription: B\nname: C\n---\nText.")
    (entry,) = read_pages(write(tmp_path, {}), own={"imprint/": page}).entries
    assert entry.name == "C"
    fields, html = Templates(tmp_path).prose(page)
    assert (fields["title"], html) == ("A", "<p>Text.</p>")


def test_two_pages_cannot_lead_to_one_section(tmp_path: Path) -> None:
    front = "---\nname: A\nsection: All\nmenu: yes\n---\n"
    with pytest.raises(UsageError, match=r"md: menu: another page leads the section 'All', too"):
        read_pages(write(tmp_path, {"a.md": front, "b.md": front}))


TREE = PageList(
    (
        PageEntry("", "", "Top", card="top"),
        PageEntry("", "a/", "A", section="As", in_menu=True, card="a"),
        PageEntry("", "a/b/", "B", section="Bs", in_menu=True, covers="c/"),
        PageEntry("", "a/b/d/", "D", card="d"),
        PageEntry("", "f/", "F", section="As"),
        PageEntry("", "e/"),
    )
)


@pytest.mark.parametrize(
    ("path", "section", "card", "breadcrumb"),
    [
        ("", "", "top", []),
        ("x/", "", "top", []),
        ("a/", "As", "a", []),
        ("a/x/", "As", "a", ["A"]),
        ("a/b/", "Bs", "a", ["A"]),
        ("a/b/d/", "Bs", "d", ["A", "B"]),
        ("a/b/d/x/", "Bs", "d", ["A", "B", "D"]),
        ("c/x/", "Bs", "top", []),
        ("f/x/", "As", "top", ["F"]),
        ("e/x/", "", "top", []),
    ],
)
def test_an_address_belongs_to_the_nearest_page_above_it(
    path: str, section: str, card: str, breadcrumb: list[str]
) -> None:
    assert TREE.section(path) == section
    assert TREE.card(path) == card
    assert [entry.name for entry in TREE.breadcrumb(path)] == breadcrumb


@pytest.mark.parametrize(
    ("path", "views"), [("a/", "AF"), ("f/x/", "AF"), ("a/b/", ""), ("e/", "")]
)
def test_the_views_of_an_address_are_the_pages_of_its_section_if_there_are_several(
    path: str, views: str
) -> None:
    assert "".join(entry.name for entry in TREE.views(path)) == views


def test_our_own_pages_are_in_the_menu_the_footer_and_the_search_box() -> None:
    footer = {
        "Rankings": 5,
        "Models": 4,
        "Benchmarks": 5,
        "Prices": 4,
        "Tasks & apps": 3,
        "What's new": 1,
        "Data": 5,
        "About": 4,
    }
    assert {heading: len(entries) for heading, entries in OURS.footer} == footer
    assert [*(entry.section for entry in OURS.menu), "About"] == list(footer)
    assert [entry.path for entry in OURS.shortcuts] == [
        "compare/", "coding/", "prices/changes/", "frontier/", "prices/calculator/",
    ]  # fmt: skip
    unlisted = [entry.path for entry in OURS.entries if not entry.search]
    assert unlisted == ["", "404.html", "robots.txt", "search/"]


def test_the_menu_leads_to_a_view_of_each_section_and_a_page_below_belongs_to_it() -> None:
    for entry in OURS.menu:
        assert OURS.section(entry.path) == entry.section
    for path, section in (
        ("models/openai/gpt-5/", "Models"),
        ("authors/openai/", "Models"),
        ("benchmarks/design-arena/models/website/", "Benchmarks"),
        ("prices/changes/", "Prices"),
        ("apps/coding/", "Tasks & apps"),
        ("d/2026-08-18/", "Data"),
        ("status/", "About"),
    ):
        assert OURS.section(path) == section


def test_no_two_pages_have_one_place_in_the_order() -> None:
    named = [entry.order for entry in OURS.entries if entry.name]
    assert len(set(named)) == len(named)


def test_an_error_in_a_template_names_its_line_in_the_file(tmp_path: Path) -> None:
    write(tmp_path, {"a.html.j2": "---\nname: A\norder: 1\n---\nfine\n{% nothing %}\n"})
    with pytest.raises(NotPublishable, match=r"pages/a\.html\.j2:6: "):
        Templates(tmp_path).render("pages/a.html.j2", {})


def test_front_matter_does_not_show_in_the_page(tmp_path: Path) -> None:
    write(tmp_path, {"a.html.j2": "---\nname: A\n---\n<p>{{ x }}</p>\n"})
    assert Templates(tmp_path).render("pages/a.html.j2", {"x": 1}) == "<p>1</p>\n"


def test_of_two_pages_that_an_address_belongs_to_alike_the_first_stands_for_it() -> None:
    own = PageEntry("pages/a/index.md", "a/", card="of-a")
    covering = PageEntry("pages/b/index.md", "b/", card="of-b", covers="a/")
    assert PageList((own, covering)).card("a/z/") == "of-a"
    assert PageList((covering, own)).card("a/z/") == "of-b"
