"""Every price of a model: for each kind of token, under each condition."""

from generator import formats
from generator.boards import catalogue
from generator.boards.board import Board, Column, Entity, Row
from generator.endpoints.endpoint import Facts
from generator.endpoints.models import NAME, ModelRow, Override

_PER_TOKEN = {
    "prompt": "Input",
    "completion": "Output",
    "input_cache_read": "Input read from cache",
    "input_cache_write": "Input written to cache",
    "input_cache_write_1h": "Input written to cache for an hour",
    "internal_reasoning": "Reasoning",
    "audio": "Audio input",
    "audio_output": "Audio output",
    "input_audio_cache": "Audio input read from cache",
    "image_token": "Image tokens",
}
_PER_UNIT = {"image": "Image", "image_output": "Image output", "request": "Request", "web_search": "Web search"}


def board(slug: str, model: Entity, entries: list[ModelRow], facts: Facts) -> Board:
    """All prices of all variants of one model, tiers and time windows included."""
    rows = [row for entry in entries for row in _entry(entry)]
    tiered = any(entry.pricing.overrides for entry in entries)
    return Board(
        id=f"prices.{slug}",
        title=f"What does {model.name} cost?",
        columns=(
            Column("id", "Listed as", "text"),
            Column("what", "For", "text"),
            Column("condition", "When", "text"),
            Column("price", "Price", "text", "In US dollars per million tokens, or per unit where it says so"),
            Column("usd", "Exact, in USD", "text", "As the catalogue states it, per token or unit", minor=True),
        ),
        rows=tuple(rows),
        citations=facts.citations[:1],
        datasets=(NAME,),
        notes=("Where several conditions hold, the later one counts.",) if tiered else (),
        scope=catalogue.SCOPE,
        processing="Shown per million tokens.",
    )


def _entry(entry: ModelRow) -> list[Row]:
    rows = [
        _row(entry, name, label, "always", getattr(entry.pricing, name))
        for name, label in (*_PER_TOKEN.items(), *_PER_UNIT.items())
    ]
    for override in entry.pricing.overrides:
        when = condition(override)
        rows += [
            _row(entry, name, label, when, getattr(override, name, None))
            for name, label in (*_PER_TOKEN.items(), *_PER_UNIT.items())
        ]
    return [row for row in rows if row is not None]


def _row(entry: ModelRow, name: str, label: str, when: str, price: str | None) -> Row | None:
    if price is None:
        return None
    shown = formats.per_million(price) if name in _PER_TOKEN else _per_unit(price)
    return Row(
        {"id": formats.clean(entry.id), "what": label, "condition": when, "price": shown, "usd": price}, "unranked"
    )


def _per_unit(price: str) -> str:
    value = formats.decimal(price)
    return formats.MISSING if value is None else f"${value.normalize():f} each"


def condition(override: Override) -> str:
    """When other prices hold: ``above 128K prompt tokens``, ``16:00 to 00:00 UTC``."""
    parts = []
    if override.min_prompt_tokens is not None:
        parts.append(f"above {formats.context(override.min_prompt_tokens)} prompt tokens")
    if override.utc_start is not None and override.utc_end is not None:
        parts.append(f"{_clock(override.utc_start)} to {_clock(override.utc_end)} UTC")
    if override.utc_days:
        parts.append("on " + ", ".join(formats.clean(str(day)) for day in override.utc_days))
    return ", ".join(parts) or "in cases the catalogue does not name"


def _clock(hhmm: int) -> str:
    return f"{hhmm // 100:02d}:{hhmm % 100:02d}"
