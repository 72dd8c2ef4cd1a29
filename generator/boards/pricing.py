"""What models cost, side by side, and how prices have moved."""

from collections.abc import Iterator
from datetime import date

from generator.archive.listings import Listings
from generator.base import formats
from generator.base.dates import parse_day
from generator.boards import changes, frontier
from generator.boards.board import Board, Column, Row
from generator.boards.catalogue import SCOPE, listed
from generator.boards.names import Names
from generator.endpoints.endpoint import Facts
from generator.endpoints.models import NAME, ModelRow

_MODEL = Column("model_permaslug", "Model", "entity")


def boards(facts: Facts, memory: Listings, names: Names, today: date) -> Iterator[Board]:
    """Every price that does not vary, cheapest first, and the change points so far."""
    yield _prices(facts, names)
    yield _steps(facts, memory, names, today)


def _slug(row_id: str, canonical: str) -> str:
    variant = row_id.partition(":")[2]
    return f"{canonical}:{variant}" if variant else canonical


def _prices(facts: Facts, names: Names) -> Board:
    priced = []
    for row in listed(facts):
        prompt, completion = (
            formats.decimal(row.pricing.prompt),
            formats.decimal(row.pricing.completion),
        )
        # Routers say -1: the price is that of whichever model they choose.
        if prompt is not None and completion is not None and min(prompt, completion) >= 0:
            priced.append((frontier.blended(prompt, completion), row))
    priced.sort(key=lambda one: (one[0], one[1].id))
    paid = [one for one in priced if one[0] > 0]
    finding = ""
    if paid:
        name = names.model(_slug(paid[0][1].id, paid[0][1].canonical_slug)).name
        cheapest = formats.per_million(f"{paid[0][0]:f}")
        free = len(priced) - len(paid)
        finding = f"{free} models are free; of the others {name} is cheapest at {cheapest} per million tokens."
    return Board(
        id="prices",
        title="What do models cost?",
        columns=(
            _MODEL,
            Column(
                "blended",
                "Blend",
                "price",
                "Three input tokens to one output token, US dollars per million",
            ),
            Column("prompt", "Input", "price", "US dollars per million input tokens"),
            Column("completion", "Output", "price", "US dollars per million output tokens"),
            Column(
                "input_cache_read",
                "Cached input",
                "price",
                "US dollars per million tokens read from the cache",
            ),
            Column("context_length", "Context", "context", "Tokens of context"),
        ),
        rows=tuple(_row(row, f"{blend:f}", names) for blend, row in priced),
        citations=facts.citations[:1],
        datasets=(NAME,),
        finding=finding,
        notes=(
            "The blend is three input tokens to one output token.",
            "Routers, whose price varies, are left out.",
        ),
        scope=SCOPE,
        processing="The blend and the order are computed here.",
    )


def _row(row: ModelRow, blend: str, names: Names) -> Row:
    return Row(
        {
            "model_permaslug": names.model(_slug(row.id, row.canonical_slug)),
            "blended": blend,
            "prompt": row.pricing.prompt,
            "completion": row.pricing.completion,
            "input_cache_read": row.pricing.input_cache_read,
            "context_length": row.context_length,
        },
        "unranked",
    )


def _steps(facts: Facts, memory: Listings, names: Names, today: date) -> Board:
    rows: list[tuple[date, Row]] = []
    for entry in memory.entries:
        if entry.alias_of is not None or entry.id.startswith("~"):
            continue
        model = names.model(_slug(entry.id, entry.canonical_slug))
        for (_, *before), (day, *now) in zip(entry.prices, entry.prices[1:], strict=False):
            moves = [move for move in map(changes.relative, before, now) if move is not None]
            if (
                parse_day(day) > today
                or not moves
                or max(map(abs, moves)) < changes.LEAST_PRICE_CHANGE
            ):
                continue
            values = {
                "day": parse_day(day),
                "model_permaslug": model,
                "prompt_before": before[0],
                "prompt": now[0],
                "completion_before": before[1],
                "completion": now[1],
                "change": sum(moves) / len(moves),
            }
            rows.append((parse_day(day), Row(values, "unranked")))
    rows.sort(key=lambda one: (-one[0].toordinal(), one[1].entity("model_permaslug").id))
    cuts = sum(1 for _, row in rows if (row.number("change") or 0) < 0)
    return Board(
        id="price-changes",
        title="Which prices have changed?",
        columns=(
            Column("day", "Day", "day", "The snapshot in which the new price was first seen"),
            _MODEL,
            Column("prompt_before", "Input before", "price"),
            Column("prompt", "Input now", "price"),
            Column("completion_before", "Output before", "price"),
            Column("completion", "Output now", "price"),
            Column("change", "Change", "change", "Mean of the changes of input and output"),
        ),
        rows=tuple(row for _, row in rows),
        citations=facts.citations[:1],
        datasets=(NAME,),
        finding=f"{cuts} cuts and {len(rows) - cuts} rises since this site began to watch."
        if rows
        else "",
        notes=(
            "Changes under one in a hundred are left out.",
            "Prices that are free or vary have no relative change.",
        ),
        scope=SCOPE,
        processing="Changes are computed here from successive snapshots.",
    )
