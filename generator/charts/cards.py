"""Cards: what a link to this site shows where it is shared, at 1200 by 630 and legible at half of that.

A card has a headline, and below it either a few facts, or the leaders of a board as bars, or a sentence;
at its foot stand the credits.
"""

from collections.abc import Iterable, Iterator
from dataclasses import astuple, replace
from pathlib import Path

from PIL import Image

from generator.base import formats, isolation, resources
from generator.base.artifact import Artifact, Omission
from generator.base.palette import LIGHT
from generator.base.site_config import SiteConfig
from generator.charts import native, png
from generator.charts.cache import Cache
from generator.charts.card import HEIGHT, WIDTH, Card, Fact, Leader
from generator.charts.kinds import text_width
from generator.charts.lettering import Canvas

ICON = "static/apple-touch-icon.png"
_ICON_SIDE = 180

_BAND, _LEFT, _RIGHT = 14, 60, WIDTH - 48
_ROOM = _RIGHT - _LEFT
_HEAD, _RULE = 50, 74
_KICKER, _CREDIT = 30, 20
_CREDIT_LEADING = 26
_HEADLINES = (76, 60, 48)
"""Sizes of a headline, the largest first: one that takes two lines of one size is tried in the next."""
_VALUE, _LABEL, _FACT_HEIGHT = 56, 30, 96
_NAME, _NAME_ROOM, _VALUE_ROOM = 28, 430, 170
_SENTENCES = (48, 38, 30)


def draw_cards(
    cards: Iterable[Card], config: SiteConfig, day: str, cache: Path | None = None
) -> Iterator[Artifact | Omission]:
    """Yield each card as a PNG, and the icon for home screens.

    Args:
        cards: each with a path of its own.
        config: says the name of the site, which stands at the head of each, and its accent color.
        day: shown beside the site's name, such as ``18 Aug 2026``.
        cache: a folder for drawn cards, so that a second render of one day draws none.
    """
    # Saves 5 s in a second render of the demo.
    card_cache = Cache(cache, "cards")
    unloadable: list[str] = []

    def drawn(card: Card) -> Artifact | Omission | None:
        try:
            colored = replace(card, color=config.recolored(card.color))
            return Artifact(card.path, _drawn(card_cache, colored, config.name, day))
        except native.CannotLoad as error:
            unloadable.append(str(error))
            return None
        except Exception as error:
            return Omission(isolation.sentence(f"the card {card.path}", error))

    for made in native.each(drawn, cards):
        if made is not None:
            yield made
    yield from _icon(card_cache, config)
    if unloadable:
        missing = formats.counted(len(unloadable), "card")
        yield Omission(f"{missing} of shared pages could not be drawn: {unloadable[0]}")
    else:
        card_cache.forget_unused()


def _drawn(cache: Cache, card: Card, site_name: str, day: str) -> bytes:
    content = repr((astuple(card), site_name, day))
    texts = {"Title": card.headline, "Copyright": " ".join(card.credits)}
    key = cache.key(b"card", content.encode())
    return cache.made(key, lambda: png.written(_canvas(card, site_name, day).picture, texts))


def _icon(cache: Cache, config: SiteConfig) -> Iterator[Artifact | Omission]:
    """Yield the icon; where it cannot be drawn, a square of its color, since every page links it."""
    try:
        yield Artifact(ICON, _drawn_icon(cache, config))
    except native.LibraryFailed as error:
        outcome = "a plain square is published in its place"
        yield Omission(isolation.sentence("the icon for home screens", error, outcome))
        square = Image.new("RGB", (_ICON_SIDE, _ICON_SIDE), config.recolored(LIGHT.accent))
        yield Artifact(ICON, png.written(square, {}))


def _drawn_icon(cache: Cache, config: SiteConfig) -> bytes:
    icon = (resources.folder("static") / "favicon.svg").read_text(encoding="utf-8")
    side = f'<svg width="{_ICON_SIDE}" height="{_ICON_SIDE}" '
    sized = config.recolored(icon.replace("<svg ", side, 1).replace(' rx="3"', ""))
    key = cache.key(b"icon", sized.encode())
    return cache.made(key, lambda: png.png(sized, 1, {}))


def _canvas(card: Card, site_name: str, day: str) -> Canvas:
    canvas = Canvas(WIDTH, HEIGHT, LIGHT.paper)
    canvas.rectangle(0, 0, _BAND, HEIGHT, card.color)
    canvas.text((_LEFT, _HEAD), site_name, 26, LIGHT.ink, bold=True)
    canvas.text((_RIGHT, _HEAD), day, 26, LIGHT.soft, from_right=True)
    canvas.rectangle(_LEFT, _RULE, _RIGHT, _RULE + 1, LIGHT.ink)

    foot = _write_credits(canvas, card.credits)
    top = _write_headline(canvas, card)
    if card.facts:
        _write_facts(canvas, card.facts, top, foot)
    elif card.leaders:
        _write_leaders(canvas, card.leaders, top, foot)
    elif card.sentence:
        _write_sentence(canvas, card.sentence, top, foot)
    return canvas


def _write_credits(canvas: Canvas, credit_lines: Iterable[str]) -> float:
    """Write the credits at the foot and return where their first line starts, from the top."""
    lines: list[str] = []
    for credit in credit_lines:
        lines += text_width.wrap(credit, _CREDIT, _ROOM)
    last = HEIGHT - 26
    for number, line in enumerate(reversed(lines)):
        canvas.text((_LEFT, last - number * _CREDIT_LEADING), line, _CREDIT, LIGHT.soft)
    return last - len(lines) * _CREDIT_LEADING


def _write_headline(canvas: Canvas, card: Card) -> float:
    """Write the headline, in as large a type as has room, and return where it ends, from the top."""
    top = _RULE + 18.0
    if card.kicker:
        kicker = text_width.fit(card.kicker, _KICKER, _ROOM)
        canvas.text((_LEFT, top + _KICKER), kicker, _KICKER, LIGHT.soft)
        top += _KICKER * 1.3
    size, lines = _headline(card.headline)
    for line in lines:
        top += size * 1.12
        fitting = text_width.fit(line, size, _ROOM, bold=True)
        canvas.text((_LEFT, top - size * 0.12), fitting, size, LIGHT.ink, bold=True)
    return top + size * 0.2


def _headline(words: str) -> tuple[int, list[str]]:
    """Return the size of a headline, and its lines: one where a size allows it, else the first two."""
    for size in _HEADLINES:
        lines = text_width.wrap(words, size, _ROOM, bold=True)
        if len(lines) == 1 and text_width.width(words, size, bold=True) <= _ROOM:
            return size, lines
    if len(lines) > 2:
        lines[1:] = [" ".join(lines[1:])]
    return size, lines


def _write_facts(canvas: Canvas, facts: tuple[Fact, ...], top: float, foot: float) -> None:
    height = min(_FACT_HEIGHT, (foot - top) / len(facts))
    values = [text_width.width(fact.value, _VALUE, bold=True) for fact in facts]
    labels = _LEFT + min(max(values), _ROOM * 0.45) + 28
    start = top + (foot - top - height * len(facts)) / 2
    for number, fact in enumerate(facts):
        line = start + number * height + height / 2 + _VALUE * 0.36
        value = text_width.fit(fact.value, _VALUE, _ROOM * 0.45, bold=True)
        canvas.text((_LEFT, line), value, _VALUE, LIGHT.ink, bold=True)
        label = text_width.fit(fact.label, _LABEL, _RIGHT - labels)
        canvas.text((labels, line), label, _LABEL, LIGHT.soft)


def _write_leaders(canvas: Canvas, leaders: tuple[Leader, ...], top: float, foot: float) -> None:
    height = min(66.0, (foot - top) / len(leaders))
    bars = _LEFT + _NAME_ROOM + 20
    longest = _RIGHT - _VALUE_ROOM - bars
    for number, leader in enumerate(leaders):
        middle = top + (number + 0.5) * height
        line = middle + _NAME * 0.36
        name = text_width.fit(leader.name, _NAME, _NAME_ROOM)
        canvas.text((_LEFT, line), name, _NAME, LIGHT.ink)
        end = bars
        if leader.part is not None:
            end = bars + max(3, round(leader.part * longest))
            thick = min(40.0, height * 0.66)
            color = leader.color or LIGHT.soft
            canvas.rectangle(bars, middle - thick / 2, end, middle + thick / 2, color)
            end += 14
        canvas.text((end, line), leader.value, _NAME, LIGHT.ink, bold=True)


def _write_sentence(canvas: Canvas, sentence: str, top: float, foot: float) -> None:
    """Write a sentence in as large a type as has room; of one that never has, as much as fits."""
    for size in _SENTENCES:
        leading = size * 1.3
        lines = text_width.wrap(sentence, size, _ROOM)
        room = int((foot - top) / leading)
        if len(lines) <= room:
            break
    else:
        rest = text_width.fit(" ".join(lines[room - 1 :]), size, _ROOM)
        lines = [*lines[: room - 1], rest]
    for number, line in enumerate(lines):
        canvas.text((_LEFT, top + (number + 1) * leading), line, size, LIGHT.ink)
