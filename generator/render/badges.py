"""A small picture of a model's rank among models, for its own page or readme: always the newest, with its credit inside."""

from collections.abc import Iterator
from html import escape

from generator.base import formats
from generator.base.artifact import Artifact
from generator.base.palette import LIGHT, author_colour
from generator.boards import models_used, sentences
from generator.boards.board import AnyBoard
from generator.boards.model_profiles import ModelProfile
from generator.boards.rank_stability import RankRange
from generator.boards.sentences import PUBLISHED_TOKENS
from generator.charts.kinds import text_width
from generator.render.context import Context

_FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
_LONGEST = 260.0


def draw_badges(context: Context) -> Iterator[Artifact]:
    """Yield ``badges/<author>/<slug>.svg`` for each model in the week's ranking."""
    week = context.site.boards.get(models_used.WEEK)
    if week is not None and week.id not in context.site.drawn_boards:
        return
    for profile in context.site.profiles.values():
        if profile.ranks is not None and profile.usage_board is not None and profile.model.path:
            name = profile.model.path.removeprefix("models/").rstrip("/")
            yield Artifact.text(f"badges/{name}.svg", _badge(profile, profile.ranks, week))


def _badge(profile: ModelProfile, ranks: RankRange, week: AnyBoard | None) -> str:
    coverage = week.coverage if week else None
    citations = profile.usage_board.citations if profile.usage_board else ()
    credit = " ".join(citation.full for citation in citations)
    model = profile.model
    name = text_width.fit(sentences.model_names([model])[model], 13, _LONGEST, bold=True)
    days = f"{coverage.held} of 7 days" if coverage and not coverage.whole else "7 days"
    standing = f"No. {ranks.words} of {formats.counted(profile.of, 'model')} by tokens in {days}"
    if profile.share is not None:
        standing += f", {formats.share(profile.share)} of {PUBLISHED_TOKENS}"
    small = (
        f"OpenRouter (openrouter.ai/rankings), as of {citations[0].as_of[:10]}" if citations else ""
    )
    if week is not None and week.provisional:
        small += ", provisional"
    text = max(
        text_width.width(name, 13, bold=True),
        text_width.width(standing, 11),
        text_width.width(small, 9),
    )
    place = f"#{ranks.words}"
    left = 24 + text_width.width(place, 22, bold=True)
    width = round(left + text + 14)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="60" viewBox="0 0 {width} 60" '
        f'font-family="{_FONT}" role="img" aria-labelledby="t d"><title id="t">{escape(name)}: {escape(standing)}</title>'
        f'<desc id="d">{escape(credit)}</desc>'
        f'<rect x=".5" y=".5" width="{width - 1}" height="59" rx="2" fill="{LIGHT.paper}" stroke="{LIGHT.line}"/>'
        f'<rect width="4" height="60" fill="{author_colour(model.author)}"/>'
        f'<text x="14" y="37" font-size="22" font-weight="bold" fill="{LIGHT.ink}">{place}</text>'
        f'<text x="{left:g}" y="20" font-size="13" font-weight="bold" fill="{LIGHT.ink}">{escape(name)}</text>'
        f'<text x="{left:g}" y="36" font-size="11" fill="{LIGHT.ink}">{escape(standing)}</text>'
        f'<text x="{left:g}" y="51" font-size="9" fill="{LIGHT.soft}">{escape(small)}</text></svg>\n'
    )
