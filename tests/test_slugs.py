"""The grammar of slugs: every text has parts, and the parts give back the text."""

import pytest

from generator.base.slugs import Slug, listing_slug


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("openai/gpt-5", Slug("openai", "gpt-5")),
        ("openai/gpt-5:free", Slug("openai", "gpt-5", "free")),
        ("~openai/gpt-latest", Slug("openai", "gpt-latest", alias=True)),
        ("openai/gpt/5", Slug("openai", "gpt/5")),
        ("gpt-5:free", Slug("", "gpt-5", "free")),
        ("other", Slug("", "other")),
    ],
)
def test_a_slug_falls_into_author_name_and_variant(text: str, slug: Slug) -> None:
    assert Slug.parse(text) == slug


@pytest.mark.parametrize(
    "text",
    ["", "/", ":", "~", "a/", "/b", "a/b:", ":free", "~/b", "~~a/b", "a:b/c", "a/b:c:d", "a b/ü\n"],
)
def test_no_text_is_refused_or_changed(text: str) -> None:
    assert str(Slug.parse(text)) == text


def test_what_lacks_an_author_or_a_name_is_unlisted() -> None:
    unlisted = ("other", "a/", "/b", "~/b", "")
    assert not any(Slug.parse(text).is_listed for text in unlisted)
    assert Slug.parse("~a/b:free").is_listed


def test_the_base_has_no_variant_and_stays_an_alias() -> None:
    assert str(Slug.parse("~a/b:free").base) == "~a/b"
    assert Slug.parse("a/b:free").is_variant
    assert not Slug.parse("a/b:free").base.is_variant


def test_a_listing_has_the_canonical_slug_with_the_variant_of_its_id() -> None:
    assert listing_slug("a/b:free", "a/b-2026") == "a/b-2026:free"
    assert listing_slug("a/b", "a/b-2026") == "a/b-2026"
