"""What is wrong in a template is told with its file and line."""

from pathlib import Path

import pytest

from generator.base.errors import NotPublishable
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
