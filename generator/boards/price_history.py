"""The prices of each listing whose price has changed, as steps: from which day to which it had which price."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from generator.archive.listings import ListingHistory
from generator.base import formats
from generator.base.dates import Window, human_day, parse_day
from generator.boards import price_changes, price_columns, sentences
from generator.boards.board import AnyBoard, Board, BoardId, Column, Entity, UnrankedRow
from generator.boards.catalogue import SCOPE
from generator.boards.names import Names
from generator.boards.price_changes import PriceChange
from generator.boards.sources import BoardMaker, Sources, required
from generator.endpoints.models import NAME

ID = BoardId("price-history")
MODEL_FAMILY = "model-prices"


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceStepRow(UnrankedRow):
    """A listing's prices from one day to another, both included; US dollars per token, for short prompts.

    Attributes:
        day: the first snapshot with these prices.
        until: the last one, before the next price or before the listing was gone.
        prompt, completion: None where they depend on the hour.
    """

    model_permaslug: Entity
    day: date
    until: date
    prompt: str | None
    completion: str | None


def boards(sources: Sources) -> Iterator[AnyBoard]:
    """Yield the newest steps of each listing, the oldest first; no board where no price has changed lately."""
    facts = required(sources.catalogue)
    rows: list[PriceStepRow] = []
    days = sources.listings.days
    shown = price_changes.shown_days(days)
    for entry, changes in price_changes.by_listing(sources, in_every_list=True):
        rows += _steps(entry, changes, shown, sources.names)
    if not rows:
        return
    yield Board(
        id=ID,
        title="How has each model's price changed?",
        columns=(
            Column("model_permaslug", "Model", "entity", "The listing, with its variant"),
            Column("day", "From", "day", "The first snapshot with these prices"),
            Column("until", "Until", "day", "The last snapshot with these prices"),
            price_columns.PROMPT,
            price_columns.COMPLETION,
        ),
        models="model_permaslug",
        phone=("model_permaslug", "day", "prompt", "completion"),
        rows=tuple(rows),
        citations=facts.citations[:1],
        datasets=(NAME,),
        finding=finding(rows, shown.start),
        notes=(
            "Included are listings whose price has changed by at least 1%. Prices are those for short prompts.",
            "A price that depends on the hour is left blank.",
            *price_changes.not_shown(days, "changes"),
        ),
        scope=SCOPE,
        processing="Steps are computed here from successive snapshots.",
    )


def model_board(model: Entity, every: Board[PriceStepRow] | None) -> Board[PriceStepRow] | None:
    """Return the steps of the listings of one model; None where none has changed its price.

    Args:
        model: the model, with its page.
        every: the steps of all listings.
    """
    if every is None or model.path is None:
        return None
    rows = [row for row in every.rows if row.model_permaslug.path == model.path]
    if not rows:
        return None
    return replace(
        every,
        id=BoardId(MODEL_FAMILY, *model.path.removeprefix("models/").strip("/").split("/")),
        title=f"How has the price of {model.name} changed?",
        models="",
        rows=tuple(rows),
        finding=model_finding(rows),
    )


def model_finding(rows: Sequence[PriceStepRow]) -> str:
    """Return the first and the newest prices of the listing whose price changed the most often.

    Args:
        rows: the steps of a model's listings, those of each one after the other, oldest first.
    """
    steps = Counter(sentences.models_of(rows))
    listing = sentences.at_top(steps, steps.get)[0]
    name = sentences.model_names(steps)[listing]
    own = [row for row in rows if row.model_permaslug == listing]
    first, newest = own[0], own[-1]
    changes = len(own) - 1
    often = formats.how_often(changes)
    return (
        f"The price of {name} changed {often} between {human_day(first.day)} and {human_day(newest.until)}, per "
        f"million tokens: input {_moved(first.prompt, newest.prompt)}, output "
        f"{_moved(first.completion, newest.completion)}."
    )


def _moved(before: str | None, now: str | None) -> str:
    """Return ``from $1 to $3``, or ``$1 on both days``; a price that depends on the hour has no number."""
    old, new = _price_in_words(before), _price_in_words(now)
    if old == new:
        return f"{new} on both days"
    return f"from {old} to {new}"


def _price_in_words(price: str | None) -> str:
    if price is None:
        return "a price by the hour"
    return formats.per_million(price)


def _steps(
    entry: ListingHistory, every: Iterable[PriceChange], shown: Window, names: Names
) -> Iterator[PriceStepRow]:
    """Yield the steps of a listing around its changes on the days shown, oldest first; none without a change there.

    A change of other prices alone, such as those of the cache, makes no step.
    """
    moves = [change for change in every if _moves(change)]
    changes = [change for change in moves if change.day in shown]
    if not changes:
        return
    model, first = names.listing(entry, changes[-1].day), changes[0]

    starts = [parse_day(entry.prices[0].day)]
    starts += [change.day for change in moves if change.day < first.day]
    yield PriceStepRow(
        model_permaslug=model,
        day=starts[-1],
        until=first.after,
        prompt=first.prompt_before,
        completion=first.completion_before,
    )
    ends = [change.after for change in changes[1:]] + [parse_day(entry.last_seen)]
    for change, until in zip(changes, ends, strict=True):
        yield PriceStepRow(
            model_permaslug=model,
            day=change.day,
            until=until,
            prompt=change.prompt,
            completion=change.completion,
        )


def _moves(change: PriceChange) -> bool:
    """Return whether the prices of input or output for short prompts are others."""
    before = change.prompt_before, change.completion_before
    return before != (change.prompt, change.completion)


def finding(rows: Sequence[PriceStepRow], since: date) -> str:
    """Return how many listings have changed their price, and which the most often.

    Args:
        rows: at least two of each listing.
        since: the first day whose changes are shown.
    """
    steps = Counter(sentences.models_of(rows))
    names = sentences.model_names(steps)
    often = sentences.at_top(steps, steps.get)
    changed = formats.counted(len(steps), "listing has", "listings have")
    sentence = f"{changed} changed the price of input or output since {human_day(since)}"
    changes = steps[often[0]] - 1
    if changes == 1:
        return f"{sentence}."
    if len(steps) == 1:
        return f"{sentence}, {formats.how_often(changes)}."
    who = sentences.listed([names[model] for model in often])
    return f"{sentence}; {who} the most often, {formats.how_often(changes)}{sentences.each(often)}."


MAKER = BoardMaker(families=("price-history",), make=boards, needs=("catalogue",))
