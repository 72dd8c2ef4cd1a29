"""Every price of a model: one row for each listing and condition, one column for each kind of token."""

from collections.abc import Iterator, Sequence

from generator.archive.listings import ListingHistory
from generator.base import formats
from generator.base.dates import parse_day
from generator.boards import catalogue
from generator.boards.board import Board, Column, Entity, Row
from generator.endpoints.endpoint import Facts
from generator.endpoints.models import NAME, ModelRow, Override

_PER_TOKEN = {
    "prompt": "Input",
    "completion": "Output",
    "input_cache_read": "Cache read",
    "input_cache_write": "Cache write",
    "input_cache_write_1h": "Cache write, 1 h",
    "internal_reasoning": "Reasoning",
    "audio": "Audio in",
    "audio_output": "Audio out",
    "input_audio_cache": "Audio cache read",
    "image_token": "Image tokens",
}
_PER_UNIT = {
    "image": "Image",
    "image_output": "Image out",
    "request": "Request",
    "web_search": "Web search",
}
_KINDS = {**_PER_TOKEN, **_PER_UNIT}
_ABOUT = {
    "input_cache_read": "Input that the provider still holds from an earlier request",
    "input_cache_write": "Input that the provider is asked to hold for later",
    "input_cache_write_1h": "The same, held for an hour",
    "internal_reasoning": "Tokens the model thinks with and does not show",
}


def board(
    slug: str,
    model: Entity,
    entries: Sequence[ModelRow],
    facts: Facts,
    former: Sequence[ListingHistory] = (),
) -> Board:
    """All prices of all variants of one model, tiers and time windows included.

    Args:
        slug, model: whose prices.
        entries: what the catalogue lists now.
        facts: the catalogue.
        former: what it listed once and does not any more: their last prices come after those of today.
    """
    rows = [row for entry in entries for row in _entry(entry)] + [_last(entry) for entry in former]
    told = [sentence for entry in entries for sentence in _sentences(entry)]
    given = [name for name in _KINDS if any(row[name] is not None for row in rows)]
    if told:
        told.append(
            "Where several conditions hold, the later one counts; what it does not name stays as it is."
        )
    return Board(
        id=f"prices.{slug}",
        title=f"What {'does' if entries else 'did'} {model.name} cost?",
        columns=(
            Column("id", "Listed as", "text"),
            *([Column("condition", "When", "text")] if told else []),
            *(
                Column(
                    name,
                    _KINDS[name],
                    "price" if name in _PER_TOKEN else "text",
                    _ABOUT.get(
                        name,
                        "US dollars per million tokens"
                        if name in _PER_TOKEN
                        else "US dollars each",
                    ),
                )
                for name in given
            ),
            *([_LAST_SEEN] if former else []),
        ),
        rows=tuple(rows),
        citations=facts.citations[:1],
        datasets=(NAME,),
        notes=(*told, *([_GONE] if former else [])),
        scope=catalogue.SCOPE,
        processing="Shown per million tokens.",
    )


_LAST_SEEN = Column(
    "last_seen", "Last listed", "day", "For what is no longer in the catalogue: its last day there"
)
_GONE = "What is no longer listed stands with the prices of its last day in the catalogue; they buy nothing any more."


def _last(entry: ListingHistory) -> Row:
    """The last prices of a listing that is gone; of those only input and output are remembered."""
    _, prompt, completion = entry.prices[-1]
    values = {
        "id": formats.sanitize(entry.id),
        "condition": "always",
        "prompt": prompt,
        "completion": completion,
    }
    return Row({**values, "last_seen": parse_day(entry.last_seen)}, "unranked")


def _entry(entry: ModelRow) -> Iterator[Row]:
    """The listing's plain prices, then those under each condition with the plain ones where it names none."""
    plain = {name: getattr(entry.pricing, name) for name in _KINDS}
    yield _row(entry, "always", plain)
    for override in entry.pricing.overrides:
        yield _row(
            entry,
            condition(override),
            {name: _under(override, name) or plain[name] for name in _KINDS},
        )


def _under(override: Override, name: str) -> str | None:
    value: str | None = getattr(override, name, None)
    return value


def _row(entry: ModelRow, when: str, prices: dict[str, str | None]) -> Row:
    shown = {
        name: price if price is None or name in _PER_TOKEN else _per_unit(price)
        for name, price in prices.items()
    }
    return Row({"id": formats.sanitize(entry.id), "condition": when, **shown}, "unranked")


def _sentences(entry: ModelRow) -> Iterator[str]:
    """Each condition in words, such as ``above 272K prompt tokens, input costs $0.40 instead of $0.20``."""
    for override in entry.pricing.overrides:
        parts = [
            f"{label.lower()} {formats.per_million(now)} instead of {formats.per_million(before)}"
            for name, label in _PER_TOKEN.items()
            for now, before in [(_under(override, name), getattr(entry.pricing, name))]
            if now is not None and before is not None and now != before
        ]
        if parts:
            when = condition(override)
            yield f"{formats.sanitize(entry.id)}, {when}: {', '.join(parts)}, for a million tokens."


def _per_unit(price: str) -> str:
    value = formats.decimal(price)
    return formats.MISSING if value is None else f"${value.normalize():f}"


def condition(override: Override) -> str:
    """When other prices hold: ``above 128K prompt tokens``, ``16:00 to 00:00 UTC``."""
    parts = []
    if override.min_prompt_tokens is not None:
        parts.append(f"above {formats.context(override.min_prompt_tokens)} prompt tokens")
    if override.utc_start is not None and override.utc_end is not None:
        parts.append(f"{_clock(override.utc_start)} to {_clock(override.utc_end)} UTC")
    if override.utc_days:
        parts.append("on " + ", ".join(formats.sanitize(str(day)) for day in override.utc_days))
    return ", ".join(parts) or "in cases the catalogue does not name"


def _clock(hhmm: int) -> str:
    return f"{hhmm // 100:02d}:{hhmm % 100:02d}"
