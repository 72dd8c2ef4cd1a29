"""The colors of authors: told apart in both themes and every kind of sight, and seen on both papers.

Distances and contrasts are those of coloraide, which shares no code with the package.
"""

import math
from collections.abc import Iterable
from functools import cache
from itertools import combinations

import pytest
from coloraide import Color

from generator.base import vision
from generator.base.palette import (
    APART,
    AUTHORS,
    DARK,
    DARK_OF,
    LIGHT,
    OWN_COLORS,
    author_color,
    series_colors,
    tints,
    tones,
)

SIGHTS = ("", "protan", "deutan", "tritan")
MEETING = (
    "deepseek",
    "openai",
    "anthropic",
    "google",
    "tencent",
    "minimax",
    "z-ai",
    "xiaomi",
    "nvidia",
    "moonshotai",
    "qwen",
    "x-ai",
)
"""The authors of the largest shares, of the stacks and of the tops of benchmarks."""
ROUNDING = 0.02
STRANGERS = tuple(f"author-{number}" for number in range(200))


@cache
def _seen(color: str, sight: str) -> list[float]:
    shown = Color(color)
    if sight:
        shown = shown.filter(sight, method="machado").clip("srgb")
    return shown.convert("oklab").coords()


def _distance(one: str, other: str, sight: str) -> float:
    return 100 * math.dist(_seen(one, sight), _seen(other, sight))


def _least(one: str, other: str) -> float:
    """Return the distance of two colors of the light theme in the theme and the sight where it is smallest."""
    pairs = ((one, other), (DARK_OF[one], DARK_OF[other]))
    return min(_distance(*pair, sight) for pair in pairs for sight in SIGHTS)


def _near(colors: Iterable[str]) -> dict[tuple[str, str], float]:
    """Return the pairs that cannot be told apart, with their distance."""
    distances = {pair: _least(*pair) for pair in combinations(colors, 2)}
    return {pair: least for pair, least in distances.items() if least < APART - ROUNDING}


def test_the_authors_that_meet_most_and_the_remainder_are_told_apart_by_all() -> None:
    assert not _near([LIGHT.other, *(author_color(author) for author in MEETING)])


def test_no_two_authors_of_our_own_choice_share_a_color() -> None:
    assert len(set(AUTHORS.values())) == len({DARK_OF[color] for color in AUTHORS.values()})
    assert len(set(AUTHORS.values())) == len(AUTHORS)


@pytest.mark.parametrize("author", [*AUTHORS, *STRANGERS[:40]])
def test_four_models_of_one_author_are_told_apart(author: str) -> None:
    assert tones(author)[0] == author_color(author)
    assert len(tones(author)) == 4
    assert not _near(tones(author))


def test_every_color_of_a_mark_stands_out_from_the_paper_of_its_theme() -> None:
    marks = {LIGHT.other, *AUTHORS.values()}
    for author in (*AUTHORS, *STRANGERS):
        marks.update(tones(author))
    grounds = ((marks, LIGHT.paper), ({DARK_OF[color] for color in marks}, DARK.paper))
    for colors, paper in grounds:
        assert not {one for one in colors if Color(one).contrast(paper, method="wcag21") < 3}


def test_one_color_of_either_theme_is_one_of_the_other_and_none_is_in_both() -> None:
    assert len(set(DARK_OF.values())) == len(DARK_OF)
    assert not set(DARK_OF) & set(DARK_OF.values())
    assert set(OWN_COLORS) <= set(DARK_OF)


def test_an_author_we_do_not_know_has_the_same_color_each_time_and_under_an_alias() -> None:
    assert author_color("author-1") == author_color("~author-1") == author_color("author-1")
    assert {author_color(author) for author in STRANGERS} <= set(OWN_COLORS)
    assert not {author_color(author) for author in STRANGERS} & set(AUTHORS.values())


@pytest.mark.parametrize("sight", SIGHTS)
def test_distances_are_never_larger_than_another_library_finds_in_any_sight(sight: str) -> None:
    for one, other in combinations([LIGHT.other, *AUTHORS.values()], 2):
        assert vision.distance(one, other) <= _distance(one, other, sight) + ROUNDING


def test_authors_far_from_each_other_keep_their_own_colors_in_a_chart() -> None:
    assert series_colors(MEETING) == tuple(AUTHORS[author] for author in MEETING)


def test_an_author_that_meets_most_keeps_its_color_behind_any_other() -> None:
    others = [*STRANGERS[:30], "meta-llama", "poolside"]
    assert series_colors([*others, "deepseek", "tencent"])[-2:] == (
        AUTHORS["deepseek"],
        AUTHORS["tencent"],
    )


def test_further_models_of_an_author_get_other_tones_of_it() -> None:
    first, second, google, third = series_colors(["deepseek", "deepseek", "google", "deepseek"])
    assert (first, google) == (AUTHORS["deepseek"], AUTHORS["google"])
    assert {second, third} < set(tones("deepseek")) - {first}
    assert not _near([first, second, third, google])


def test_an_author_too_near_to_one_before_it_gets_another_tone() -> None:
    assert _near([AUTHORS["tencent"], AUTHORS["meta-llama"]])
    tencent, llama = series_colors(["tencent", "meta-llama"])
    assert tencent == AUTHORS["tencent"]
    assert llama in tones("meta-llama")[1:]
    assert not _near([tencent, llama])


def test_authors_that_cannot_be_told_apart_have_the_color_of_the_remainder() -> None:
    authors = (*MEETING, *AUTHORS.keys() - set(MEETING), *STRANGERS[:20])
    chosen = series_colors(sorted(authors, key=authors.index))
    colored = [color for color in chosen if color != LIGHT.other]
    assert len(colored) < len(authors)
    assert len(colored) == len(set(colored)) >= len(MEETING)
    assert not _near([LIGHT.other, *colored])


def test_a_model_without_a_tone_of_its_own_looks_like_its_authors_first_one() -> None:
    chosen = series_colors(["qwen"] * 5)
    assert chosen[4] == chosen[0] == AUTHORS["qwen"]
    assert 3 <= len(set(chosen)) < 5
    assert not _near({LIGHT.other, *chosen})


def test_series_of_two_authors_are_told_apart_however_many_models_each_has() -> None:
    weekly = (*MEETING[:7], "deepseek", "tencent", "openrouter", "deepseek", "openrouter", "google")
    for authors in (weekly, weekly[::-1], (*STRANGERS[:9], *STRANGERS[:9])):
        chosen = series_colors(authors)
        assert not _near({LIGHT.other, *chosen})
        owners = {(color, author) for color, author in zip(chosen, authors, strict=True)}
        colored = [color for color, _ in owners if color != LIGHT.other]
        assert len(colored) == len(set(colored)), "one color is of one author"


def test_ink_can_be_read_on_every_tint_of_a_table_in_both_themes() -> None:
    for theme, other in ((LIGHT, DARK), (DARK, LIGHT)):
        for color in (theme.accent, theme.soft):
            shades = tints(color, theme.paper)
            contrasts = [Color(theme.ink).contrast(shade, method="wcag21") for shade in shades]
            assert contrasts == sorted(contrasts, reverse=True)
            assert contrasts[-1] >= 4.5
            assert not set(shades) & set(tints(other.accent, other.paper))
    for name in ("accent", "soft"):
        light = tints(getattr(LIGHT, name), LIGHT.paper)
        assert tuple(map(DARK_OF.get, light)) == tints(getattr(DARK, name), DARK.paper)


def test_a_chart_without_series_has_no_colors() -> None:
    assert series_colors([]) == ()
