"""Keys of categories in words."""

import pytest

from generator.boards.category_words import heading, phrase
from tests.board_samples import HOSTILE


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("codecategories", "All coding categories"),
        ("uicomponent", "UI components"),
        ("agenticslides(html)", "Agentic slides (HTML)"),
        ("python-pptxslides", "Python PPTX slides"),
        ("text-to-speech", "Text to speech"),
        ("cli-agent", "CLI agent"),
        ("webApps", "Web apps"),
    ],
)
def test_a_key_made_of_known_terms_falls_apart_into_them(key: str, words: str) -> None:
    assert heading(key) == words


@pytest.mark.parametrize("key", ["partner", "datacentre", "3dx", "日本語"])
def test_a_key_with_an_unknown_part_stays_whole(key: str) -> None:
    assert phrase(key) == key


def test_inside_a_sentence_only_names_have_capitals() -> None:
    assert [phrase(key) for key in ("asciiart", "gamedev")] == ["ASCII art", "game development"]


def test_a_hostile_key_is_cleaned_and_never_empty() -> None:
    assert all(phrase(key) for key in (*HOSTILE, "", "\u200b", "---"))
    assert "\x00" not in phrase("web\x00apps")
