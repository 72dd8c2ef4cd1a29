"""The colors of the two themes, and one color per author, the same in every chart and page.

The largest authors have a color of their own in each theme. Any other gets one of a few pale ones by a hash of
its name. Charts and pages are written in the colors of the light theme; ``DARK_OF`` has the counterpart of
each in the dark one. Every color of a mark has at least 3:1 against the paper of its theme.

Colors that can be told apart are at least APART from each other, as the color-blind see them too. About
twelve fit, and these belong to the authors that meet in most charts. Where others meet, and where a chart
has several models of one author, ``series_colors`` chooses among the tones of each.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache
from itertools import chain, zip_longest

from generator.base import contrast, vision

APART = 8.0
"""The least distance (OKLab times 100) at which two colors are taken to be told apart."""


@dataclass(frozen=True, slots=True)
class Theme:
    """The neutral colors of one theme; charts are drawn in LIGHT and recolored to DARK one to one."""

    paper: str
    ink: str
    soft: str
    line: str
    other: str
    accent: str


LIGHT = Theme(
    paper="#fbf9f4",
    ink="#1f1d1a",
    soft="#655f56",
    line="#ddd7cb",
    other="#8f8779",
    accent="#9a3412",
)
DARK = Theme(
    paper="#191714",
    ink="#e9e4da",
    soft="#a8a093",
    line="#3a362f",
    other="#7d766a",
    accent="#f0a36b",
)


@dataclass(frozen=True, slots=True)
class _Pair:
    """One color in the two themes."""

    light: str
    dark: str


_NAMED = {
    # These twelve, and the remainder, are all told apart.
    "deepseek": _Pair("#4871d9", "#6666c3"),
    "openai": _Pair("#005a43", "#9ad29b"),
    "anthropic": _Pair("#873003", "#a64a00"),
    "google": _Pair("#1f7459", "#38ab6b"),
    "tencent": _Pair("#2994f0", "#33d3ff"),
    "minimax": _Pair("#b54894", "#ab76a0"),
    "z-ai": _Pair("#79327f", "#8f4d86"),
    "xiaomi": _Pair("#c3831d", "#d28423"),
    "nvidia": _Pair("#767404", "#e6c04a"),
    "moonshotai": _Pair("#4f0d75", "#aa98cc"),
    "qwen": _Pair("#6041ae", "#7e7fde"),
    "x-ai": _Pair("#293b40", "#d1dfdc"),
    # These are not told apart from all of them.
    "arcee-ai": _Pair("#6c6200", "#d4af35"),
    "bytedance-seed": _Pair("#6756b5", "#9283c2"),
    "meta": _Pair("#6f6fb5", "#8f9afb"),
    "meta-llama": _Pair("#2d8bd9", "#6cb8ff"),
    "mistralai": _Pair("#a87f4d", "#b86b00"),
    "openrouter": _Pair("#7d90bb", "#c5b5cf"),
    "poolside": _Pair("#985a6a", "#c8969d"),
    "stealth": _Pair("#38392a", "#71675a"),
    "stepfun": _Pair("#304757", "#4668a5"),
}
AUTHORS: Mapping[str, str] = {author: pair.light for author, pair in _NAMED.items()}
"""The color of each of the largest authors in the light theme."""

_DERIVED = (
    _Pair("#946070", "#c098a3"),
    _Pair("#703229", "#d79e94"),
    _Pair("#93573b", "#a36649"),
    _Pair("#a37b41", "#d2b285"),
    _Pair("#767f5e", "#9dad6c"),
    _Pair("#5a6828", "#95a271"),
    _Pair("#5a7d46", "#698c55"),
    _Pair("#216559", "#8ed0c2"),
    _Pair("#689695", "#a5d5d5"),
    _Pair("#5693bd", "#85b4d6"),
    _Pair("#566b86", "#6c95c9"),
    _Pair("#6785ad", "#7e9ec7"),
    _Pair("#5d6fa6", "#8ea2de"),
    _Pair("#3d4663", "#b4c0e2"),
    _Pair("#808aab", "#becaec"),
    _Pair("#63506b", "#a792b1"),
)
"""For authors without a color of their own: pale hues at half of APART or more from those that meet most."""
OWN_COLORS = (*AUTHORS.values(), *(pair.light for pair in _DERIVED))
"""Every color in the light theme that an author can have as its own."""
_STEP = 0.01
_DARKEST, _BRIGHTEST = 0.28, 0.92
_TONES = 4
TINTS = 12
_PALEST, _FULLEST = 0.08, 0.5
"""How many tones a shaded table has, and how far the first and the last are from the paper to the full color."""
MARK_CONTRAST = 3.0
"""The least contrast of a mark with the paper of its theme, as WCAG 2 wants it."""


def author_color(author: str) -> str:
    """Return the color of an author as ``#rrggbb`` in the light theme; the alias mark ``~`` is ignored."""
    return _home(author).light


def tones(author: str) -> tuple[str, ...]:
    """Return up to four colors of an author in the light theme: its own, then others of its hue.

    They are for its second, third and fourth model in one chart, darker or brighter in steps that can be told
    apart. Each has its counterpart in ``DARK_OF``.
    """
    return tuple(pair.light for pair in _ladder(_home(author)))


def series_colors(authors: Sequence[str]) -> tuple[str, ...]:
    """Return the color in the light theme of each series of one chart, from the author of each.

    The authors that meet most keep their own colors in every chart. Any other keeps its own unless that is too
    near to one before it; then it gets the first of its tones that is not, or the color of the remainder where
    there is none. A further model of an author gets the first of its tones that can be told from all colors of
    the chart, or else that of its author's first model: series that look alike are always of one author.

    Args:
        authors: in order of importance; again for each further model of the same one. A chart in which all
            models of an author look alike names it once.
    """
    taken = [LIGHT.other]
    own: dict[str, str] = {}
    for author in sorted(dict.fromkeys(authors), key=_standing):
        own[author] = _told_apart(author, taken) or LIGHT.other
        taken.append(own[author])

    chosen: list[str] = []
    for place, author in enumerate(authors):
        further = _told_apart(author, taken) if author in authors[:place] else ""
        chosen.append(further or own[author])
        taken.append(chosen[place])
    return tuple(chosen)


def _standing(author: str) -> int:
    """Return the place of an author among those with a color of their own; the others are behind them."""
    names = list(AUTHORS)
    name = author.lstrip("~")
    return names.index(name) if name in AUTHORS else len(names)


def _told_apart(author: str, taken: Sequence[str]) -> str:
    """Return the first tone of an author that can be told from the colors taken; empty where none can."""
    for tone in tones(author):
        if all(distance(tone, other) >= APART for other in taken):
            return tone
    return ""


@cache
def tints(color: str, paper: str) -> tuple[str, ...]:
    """Return solid tones between a paper and a color, the palest first, on which ink can be read."""
    steps = (_PALEST + (_FULLEST - _PALEST) * step / (TINTS - 1) for step in range(TINTS))
    return tuple(contrast.mixed(paper, color, step) for step in steps)


def distance(one: str, other: str) -> float:
    """Return how far apart two colors of the light theme look, in the theme and the kind of sight where it is least."""
    return min(vision.distance(one, other), vision.distance(DARK_OF[one], DARK_OF[other]))


def _home(author: str) -> _Pair:
    name = author.lstrip("~")
    return _NAMED.get(name) or _DERIVED[_hashed(name) % len(_DERIVED)]


def _hashed(name: str) -> int:
    return int.from_bytes(hashlib.sha256(name.encode("utf-8", "replace")).digest()[:4], "big")


@cache
def _ladder(home: _Pair) -> tuple[_Pair, ...]:
    rungs = zip(_rungs(home.light, LIGHT.paper), _rungs(home.dark, DARK.paper), strict=False)
    pairs = (_Pair(light, dark) for light, dark in rungs)
    return (home, *pairs)[:_TONES]


def _rungs(color: str, paper: str) -> list[str]:
    """Return the brighter and the darker tones of a color that can be seen on a paper, the nearest first."""
    rungs = zip_longest(_walk(color, paper, _STEP), _walk(color, paper, -_STEP))
    return [tone for tone in chain.from_iterable(rungs) if tone]


def _walk(color: str, paper: str, step: float) -> Iterator[str]:
    """Yield tones of a color, each so far from the one before that the two can be told apart."""
    lightness, chroma, hue = vision.lightness_chroma_hue(color)
    lightness += 6 * step
    while _DARKEST <= lightness <= _BRIGHTEST:
        tone = vision.colored(lightness, chroma, hue)
        if contrast.ratio(tone, paper) < MARK_CONTRAST:
            return
        if vision.distance(tone, color) >= APART:
            yield tone
            color = tone
            lightness += 6 * step
        lightness += step


@cache
def _counterparts() -> dict[str, str]:
    roles = [field.name for field in fields(LIGHT)]
    pairs = [_Pair(getattr(LIGHT, role), getattr(DARK, role)) for role in roles]
    for light, dark in ((LIGHT.accent, DARK.accent), (LIGHT.soft, DARK.soft)):
        both = zip(tints(light, LIGHT.paper), tints(dark, DARK.paper), strict=True)
        pairs += [_Pair(*pair) for pair in both]
    for home in (*_NAMED.values(), *_DERIVED):
        pairs += _ladder(home)
    return {pair.light: pair.dark for pair in pairs}


class _Counterparts(Mapping[str, str]):
    """Worked out when the first of them is asked for, which neither help nor a request to the API does."""

    def __getitem__(self, light: str) -> str:
        return _counterparts()[light]

    def __iter__(self) -> Iterator[str]:
        return iter(_counterparts())

    def __len__(self) -> int:
        return len(_counterparts())


DARK_OF: Mapping[str, str] = _Counterparts()
"""Each color of the light theme, of papers, inks and authors, with its counterpart in the dark one."""
