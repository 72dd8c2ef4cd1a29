"""What the newest catalog and the indices say of a model: the facts, links and parameters of its page."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from urllib.parse import quote

from generator.archive.listings import ListingHistory
from generator.base import formats
from generator.base.dates import human_day, parse_day
from generator.boards.catalogue import created, modalities_in_words
from generator.boards.joined_models import Offer
from generator.boards.model_scores import ScoreRow, index_scores
from generator.endpoints import models

_REPOSITORY = re.compile(r"[A-Za-z0-9][\w.-]*/[\w.-]+", re.ASCII)
_DAY_LENGTH = len("2026-08-20")


def indices(scores: Sequence[ScoreRow]) -> Iterator[tuple[str, str]]:
    """Yield the indices that have the model with its ranks, as pairs of label and text."""
    for row in index_scores(scores):
        score = formats.index(row.score)
        yield row.measure.name, f"{score}, ranked {row.ranks.ordinals} of {row.of}"


def of_listing(offer: Offer) -> list[tuple[str, str]]:
    """Return the catalog's facts on the listing that gives the model's price, as pairs of label and text.

    Facts that the catalog does not state are left out.
    """
    row = offer.listing
    provider = row.top_provider or models.TopProvider()
    facts = (
        ("Added", human_day(created(row))),
        ("Context window", _tokens(row.context_length)),
        ("Max output", _tokens(provider.max_completion_tokens)),
        ("Input", modalities_in_words(row.architecture.input_modalities)),
        ("Output", modalities_in_words(row.architecture.output_modalities)),
        ("Knowledge cutoff", _day(row.knowledge_cutoff)),
        ("Retires on", _retirement(row.expiration_date)),
        ("Open weights", _text(row.hugging_face_id)),
    )
    return [(label, text) for label, text in facts if text]


def of_unlisted(entries: Sequence[ListingHistory], last_seen: date | None) -> list[tuple[str, str]]:
    """Return what is known of a model that is not in the catalog, as pairs of label and text.

    Args:
        entries: its listings in earlier catalogs, the plain one first.
        last_seen: the last day on which a catalog had one of them, None if none ever did.
    """
    if last_seen is None:
        return [("Catalog", "not listed since tracking began")]
    return [
        ("Added", human_day(created(entries[0]))),
        ("Catalog", f"last listed on {human_day(last_seen)}"),
    ]


def parameters(offer: Offer) -> str:
    """Return the parameters of the API that the listing supports, by name."""
    names = [formats.sanitize(name) for name in offer.listing.supported_parameters]
    return ", ".join(sorted(names))


def links(offer: Offer) -> Iterator[tuple[str, str]]:
    """Yield label and address of the model's pages on other sites; none for an id that is not a plain path."""
    listing = offer.listing
    yield "OpenRouter", f"https://openrouter.ai/{quote(listing.id, safe='/:')}"
    if listing.hugging_face_id and _REPOSITORY.fullmatch(listing.hugging_face_id):
        yield "Hugging Face", f"https://huggingface.co/{listing.hugging_face_id}"


def _tokens(count: int | None) -> str:
    """Return ``128K tokens``, empty where it is not known."""
    return f"{formats.context(count)} tokens" if count else ""


def _text(text: str | None) -> str:
    """Return a text of the catalog that is safe to show, empty where it states none."""
    return formats.sanitize(text) if text else ""


def _retirement(stated: str | None) -> str:
    """Return the day of a retirement in words, empty where none is stated."""
    return "" if stated == models.NO_RETIREMENT else _day(stated)


def _day(stated: str | None) -> str:
    """Return a day of the catalog in words; a text that is not a day as it is, empty where none is stated."""
    if not stated:
        return ""
    try:
        return human_day(parse_day(stated[:_DAY_LENGTH]))
    except ValueError:
        return formats.sanitize(stated)
