"""What is wrong in a template is told with its file and line."""

from pathlib import Path

import pytest

from generator.base.errors import NotPublishable, UsageError
from generator.render.templates import Templates


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("one\n{{ not_there }}", "page.html.j2:2: 'not_there' is undefined"),
        ("one\n\n{% if %}", "page.html.j2:3: Expected an expression, got 'end of statement block'"),
        ("{% include 'part.html.j2' %}", "part.html.j2:2: 'int object' has no attribute 'name'"),
        ("one\n{% include 'none.html.j2' %}", "page.html.j2:2: 'none.html.j2' not found"),
    ],
)
def test_a_wrong_template_is_one_line_with_its_place(tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / "page.html.j2").write_text(text)
    (tmp_path / "part.html.j2").write_text("{% set one = 1 %}\n{{ one.name }}")
    with pytest.raises(NotPublishable) as raised:
        Templates(tmp_path).render("page.html.j2", {})
    assert str(raised.value).startswith(f"{tmp_path}/{told}")
    assert str(raised.value).endswith("; correct the template")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("one\n{{ 1 / 0 }}", "page.html.j2:2: division by zero"),
        ("{{ 'one' + 1 }}", "page.html.j2:1: can only concatenate str"),
        ("\n{% extends 'none.html.j2' %}", "page.html.j2:2: 'none.html.j2' not found"),
    ],
)
def test_whatever_goes_wrong_in_a_template_of_the_owner_is_told_as_well(
    tmp_path: Path, text: str, told: str
) -> None:
    (tmp_path / "page.html.j2").write_text(text)
    with pytest.raises(NotPublishable) as raised:
        Templates(overrides=tmp_path).render("page.html.j2", {})
    assert str(raised.value).startswith(f"{tmp_path}/{told}")
    assert str(raised.value).endswith("; correct the template")


def test_what_goes_wrong_in_a_template_of_the_package_is_a_bug(tmp_path: Path) -> None:
    (tmp_path / "page.html.j2").write_text("{{ 1 / 0 }}")
    (tmp_path / "own").mkdir()
    with pytest.raises(ZeroDivisionError):
        Templates(tmp_path, overrides=tmp_path / "own").render("page.html.j2", {})


def test_a_template_of_the_owner_may_begin_with_a_byte_order_mark_and_has_to_be_utf_8(
    tmp_path: Path,
) -> None:
    page = tmp_path / "page.html.j2"
    page.write_bytes(b"\xef\xbb\xbf---\nname: A\n---\n\xc3\xbc")
    assert Templates(overrides=tmp_path).render("page.html.j2", {}) == "ü"
    page.write_bytes(b"\xfc")
    with pytest.raises(UsageError, match=rf"^{page} is not UTF-8; save it as UTF-8$"):
        Templates(overrides=tmp_path).render("page.html.j2", {})
