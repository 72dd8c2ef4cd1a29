"""Small pictures of a model's rank among models, for its own page or readme: always the newest, with the credit inside.

``badges/<author>/<model>.svg`` is 60 pixels high and ``<model>.small.svg`` 20, each with a twin ``.dark.svg``.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from generator.base import formats
from generator.base.artifact import Artifact
from generator.base.attribution import Citation
from generator.base.dates import human_day
from generator.base.palette import DARK, DARK_OF, LIGHT, Theme, author_color
from generator.boards import models_used, sentences
from generator.boards.board import AnyBoard
from generator.boards.model_profiles import ModelProfile
from generator.boards.rank_stability import RankRange
from generator.boards.sentences import PUBLISHED_TOKENS
from generator.charts.kinds import text_width
from generator.render.context import Context

HEIGHT, SMALL_HEIGHT = 60, 20
_FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
_LONGEST = 260.0
_MEASURE = "most used on OpenRouter this week"


@dataclass(frozen=True, slots=True)
class _Words:
    """What a badge says.

    Attributes:
        place: ``#8``, or a range of ranks.
        measure: what the place is of.
        measure_alone: the same where no source stands beside it: it says that the week may still be restated.
        name: of the model, cut where it is too long.
        standing: the same with all numbers, for those who do not see the picture.
        source: where it is from and as of when.
        credit: the words of the source.
    """

    place: str
    measure: str
    measure_alone: str
    name: str
    standing: str
    source: str
    credit: str


def draw_badges(context: Context) -> Iterator[Artifact]:
    """Yield the four badges of each model in the week's ranking."""
    week = context.site.boards.get(models_used.WEEK)
    if week is not None and week.id not in context.site.drawn_boards:
        return
    for profile in context.site.profiles.values():
        if profile.ranks is not None and profile.usage_board is not None and profile.model.path:
            path = f"badges/{profile.model.path.removeprefix('models/').rstrip('/')}"
            words = _words(profile, profile.ranks, profile.usage_board.citations, week)
            light = author_color(profile.model.author)
            for theme, bar, end in ((LIGHT, light, ".svg"), (DARK, DARK_OF[light], ".dark.svg")):
                yield Artifact.text(f"{path}{end}", _badge(words, bar, theme))
                yield Artifact.text(f"{path}.small{end}", _small_badge(words, bar, theme))


def _words(
    profile: ModelProfile,
    ranks: RankRange,
    citations: tuple[Citation, ...],
    week: AnyBoard | None,
) -> _Words:
    provisional = ", provisional" if week and week.provisional else ""
    partial = _held_days(week)
    measure = f"{_MEASURE} ({partial})" if partial else _MEASURE
    name = sentences.model_names([profile.model])[profile.model]
    return _Words(
        place=f"#{ranks.words}",
        measure=measure,
        measure_alone=f"{measure}{provisional}",
        name=text_width.fit(name, 13, _LONGEST, bold=True),
        standing=f"{_standing(profile, ranks, week)}{provisional}",
        source=f"OpenRouter (openrouter.ai/rankings), as of {citations[0].day}{provisional}",
        credit=" ".join(citation.full for citation in citations),
    )


def _held_days(week: AnyBoard | None) -> str:
    """Return ``6 of 7 days`` of a week that is not held whole, else nothing."""
    if week is None or week.coverage is None or week.coverage.whole:
        return ""
    return f"{week.coverage.held} of 7 days"


def _standing(profile: ModelProfile, ranks: RankRange, week: AnyBoard | None) -> str:
    """Return ``No. 8 of 300 models by tokens in 7 days to 20 Aug 2026``, and the model's share where it is known."""
    days = _held_days(week) or "7 days"
    if week is not None and week.window:
        days = f"{days} to {human_day(week.window.end)}"
    standing = f"No. {ranks.words} of {formats.counted(profile.of, 'model')} by tokens in {days}"
    if profile.share is None:
        return standing
    share = sentences.share_of(profile.share, exact=profile.exact)
    return f"{standing}, {share} of {PUBLISHED_TOKENS}"


def _badge(words: _Words, bar: str, theme: Theme) -> str:
    text = max(
        text_width.width(words.name, 13, bold=True),
        text_width.width(words.measure, 11),
        text_width.width(words.source, 9),
    )
    left = 24 + text_width.width(words.place, 22, bold=True)
    width = round(left + text + 14)
    return _picture(
        words,
        (width, HEIGHT),
        bar,
        theme,
        f'<text x="14" y="37" font-size="22" font-weight="bold" fill="{theme.ink}">{words.place}</text>'
        f'<text x="{left:g}" y="20" font-size="13" font-weight="bold" fill="{theme.ink}">{escape(words.name)}</text>'
        f'<text x="{left:g}" y="36" font-size="11" fill="{theme.ink}">{escape(words.measure)}</text>'
        f'<text x="{left:g}" y="51" font-size="9" fill="{theme.soft}">{escape(words.source)}</text>',
    )


def _small_badge(words: _Words, bar: str, theme: Theme) -> str:
    left = 14 + text_width.width(words.place, 11, bold=True)
    width = round(left + text_width.width(words.measure_alone, 11) + 8)
    return _picture(
        words,
        (width, SMALL_HEIGHT),
        bar,
        theme,
        f'<text x="10" y="14" font-size="11" font-weight="bold" fill="{theme.ink}">{words.place}</text>'
        f'<text x="{left:g}" y="14" font-size="11" fill="{theme.ink}">{escape(words.measure_alone)}</text>',
    )


def _picture(words: _Words, size: tuple[int, int], bar: str, theme: Theme, texts: str) -> str:
    width, height = size
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
        f'font-family="{_FONT}" role="img" aria-labelledby="t d"><title id="t">{escape(words.name)}: '
        f'{escape(words.standing)}</title><desc id="d">{escape(words.credit)}</desc>'
        f'<rect x=".5" y=".5" width="{width - 1}" height="{height - 1}" rx="2" fill="{theme.paper}" stroke="{theme.line}"/>'
        f'<rect width="4" height="{height}" fill="{bar}"/>{texts}</svg>\n'
    )
