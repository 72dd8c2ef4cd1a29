"""Which fonts of the machine are read when charts are drawn."""

from pathlib import Path

import pytest

from generator.charts import system_fonts
from generator.charts.native import Library

TEXT = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="20" font-family="Liberation Sans">'
    '<text y="15">Tokens 1</text></svg>'
)


def test_all_folders_of_fonts_are_read_but_those_with_a_font_that_the_library_has(
    tmp_path: Path,
) -> None:
    for name in (
        "truetype/liberation/LiberationSans-Regular.ttf",
        "truetype/noto/NotoSansCJK.ttc",
        "opentype/cjk/Han.otf",
        "opentype/more/Han.otf",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True)
        path.touch()
    roots = (tmp_path / "nowhere", tmp_path)
    found = [path.relative_to(tmp_path).as_posix() for path in system_fonts.folders(roots)]
    assert found == ["opentype", "truetype/noto"]


def test_words_are_drawn_with_the_font_of_the_library_and_with_no_file_of_that_font(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = Path(system_fonts.listing()).read_text("utf-8")
    assert listed.startswith("<fontconfig>")
    assert "liberation" not in listed.lower()
    drawn = _drawn()
    empty = tmp_path / "fonts.conf"
    empty.write_text(f"<fontconfig><dir>{tmp_path}</dir></fontconfig>")
    monkeypatch.setenv(system_fonts.VARIABLE, str(empty))
    assert _drawn() == drawn


def _drawn() -> bytes:
    library = Library()
    try:
        return bytes(library.call("svg_to_png", TEXT, scale=1.0))
    finally:
        library.stop()
