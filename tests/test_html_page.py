"""A page is read as a browser reads it."""

import pytest

from generator.checks.html_page import Page


def read(text: str) -> Page:
    return Page(text.encode())


def test_elements_have_their_tag_and_their_attributes_unescaped() -> None:
    [element] = read('<p ID="a &amp; b" hidden title="">x</p>').select("p")
    assert element.tag == "p"
    assert element.attributes == {"id": "a & b", "hidden": "", "title": ""}
    assert str(element) == '<p id="a & b" hidden="" title="">'


def test_an_element_with_long_attributes_is_named_by_their_beginning() -> None:
    fits, longer = read(f'<p a="{"x" * 155}"></p><p a="{"x" * 156}"></p>').select("p")
    assert str(fits) == f'<p a="{"x" * 155}">'
    assert str(longer) == f'<p a="{"x" * 156}...>'


def test_elements_come_once_and_in_the_order_of_the_page() -> None:
    page = read('<p id="a" class="b"></p><b id="c"></b><p class="d"></p>')
    found = page.select("p, [id], [class]")
    assert [element.attributes.get("id") for element in found] == ["a", "c", None]


def test_what_stands_in_a_template_is_found_after_the_rest_however_deep() -> None:
    page = read("<template><b>x</b><template><i>y</i></template></template><b>z</b>")
    assert [element.text() for element in page.select("b, i")] == ["z", "x", "y"]


def test_an_attribute_is_looked_for_up_to_the_page_and_through_templates() -> None:
    page = read('<div a><p><b></b></p></div><template c><i></i></template><u b=""></u>')
    [bold], [italic], [underlined] = page.select("b"), page.select("i"), page.select("u")
    assert bold.has_around("a")
    assert italic.has_around("c")
    assert underlined.has_around("b")
    assert not bold.has_around("c")
    assert not underlined.has_around("a")


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("x &lt; y<br>z", "x < yz"),
        ("  a\n\n b&nbsp;c ", "a b c"),
        ("a<b>b</b> <i> c</i>", "ab c"),
        ("a<script>b</script>c<style>d</style>e", "ace"),
        ("a<script>b</script>\n\n c<b>d</b>", "a cd"),
        ("a<template>b</template><!-- c -->d", "ad"),
        ("<script>b</script>", ""),
    ],
)
def test_the_text_is_what_readers_see(body: str, text: str) -> None:
    page = read(f"<!doctype html><title>T</title><div>{body}</div>")
    assert page.select("div")[0].text() == text
    assert page.text().replace("T", "", 1).strip() == text


def test_the_text_of_a_script_is_not_seen_even_when_asked_of_it() -> None:
    assert read("<script>x</script>").select("script")[0].text() == ""


def test_markup_that_differs_in_spaces_and_escaped_characters_alone_is_read_as_it_is_written() -> (
    None
):
    body = '<body>\n<p hidden\nclass="a">it&#39;s 1\u00a0T</p>\n</body>'
    whole = f"<html><head></head>{body}</html>"
    assert read(whole).misread_markup() == ""
    faults = {
        whole.replace("<p", "<b><p"): 'line 4: a browser reads "</b>" where "</body>" is written',
        whole.replace(
            "</html>", "</i></html>"
        ): 'line 4: a browser reads "</html>" where "</i>" is written',
        whole.replace(
            "</head>", "<p></head>"
        ): 'line 1: a browser reads "</head>" where "<p>" is written',
        whole.replace(
            "<html>", "<html lang=en>"
        ): "line 1: an attribute is written twice, or not in double quotes: <html lang=en>",
    }
    assert {page: read(page).misread_markup() for page in faults} == faults
