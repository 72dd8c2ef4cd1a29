"""/models, /models/count and /model/{author}/{slug}: the catalogue, with prices and names.

Asked without a key: the catalogue is public, and ``/models/user`` would depend on the key's owner.
"""

import re
from datetime import date
from typing import Any

import msgspec

from generator.base import attribution
from generator.base.slugs import Slug
from generator.endpoints import parsing
from generator.endpoints.endpoint import Call, Endpoint, HeldState, Parsed, Reply

NAME = "models"
LIST = "/models"
COUNT = "/models/count"
ONE = "/model/"

FIRST_LOOK_UPS = 20
LOOK_UPS = 8
"""How many ranked slugs that no list names are looked up in a first and in a later run; the rest wait."""

ASK_AGAIN_DAYS = 30
"""A slug the API did not know is asked for again after this long."""


class Override(msgspec.Struct, frozen=True):
    """Prices that hold under a condition: above so many prompt tokens, or in hours (HHMM) or on days, UTC."""

    min_prompt_tokens: parsing.Count | None = None
    utc_start: parsing.ClockTime | None = None
    utc_end: parsing.ClockTime | None = None
    utc_days: list[Any] | None = None
    prompt: parsing.Decimal | None = None
    completion: parsing.Decimal | None = None
    input_cache_read: parsing.Decimal | None = None
    input_cache_write: parsing.Decimal | None = None
    input_cache_write_1h: parsing.Decimal | None = None
    audio: parsing.Decimal | None = None
    audio_output: parsing.Decimal | None = None
    image: parsing.Decimal | None = None
    image_output: parsing.Decimal | None = None
    image_token: parsing.Decimal | None = None
    input_audio_cache: parsing.Decimal | None = None
    internal_reasoning: parsing.Decimal | None = None
    request: parsing.Decimal | None = None
    web_search: parsing.Decimal | None = None
    discount: parsing.Score | None = None


class Pricing(msgspec.Struct, frozen=True):
    """US dollars, mostly per token, as decimal strings; "-1" means that the price varies (routers)."""

    prompt: parsing.Decimal
    completion: parsing.Decimal
    audio: parsing.Decimal | None = None
    audio_output: parsing.Decimal | None = None
    image: parsing.Decimal | None = None
    image_output: parsing.Decimal | None = None
    image_token: parsing.Decimal | None = None
    input_audio_cache: parsing.Decimal | None = None
    input_cache_read: parsing.Decimal | None = None
    input_cache_write: parsing.Decimal | None = None
    input_cache_write_1h: parsing.Decimal | None = None
    internal_reasoning: parsing.Decimal | None = None
    request: parsing.Decimal | None = None
    web_search: parsing.Decimal | None = None
    discount: parsing.Score | None = None
    overrides: tuple[Override, ...] = ()


class Architecture(msgspec.Struct, frozen=True):
    """What goes in and what comes out; the modalities are open sets."""

    input_modalities: tuple[str, ...]
    output_modalities: tuple[str, ...]
    modality: str | None = None
    tokenizer: str | None = None
    instruct_type: str | None = None


class TopProvider(msgspec.Struct, frozen=True):
    """The limits at the provider that is tried first."""

    is_moderated: bool = False
    context_length: parsing.Count | None = None
    max_completion_tokens: parsing.Count | None = None


class AliasTarget(msgspec.Struct, frozen=True):
    """Where a ``~author/x-latest`` alias leads."""

    name: str
    slug: str


class ModelRow(msgspec.Struct, frozen=True):
    """One entry of the catalogue. ``canonical_slug`` joins it to the other datasets and is not unique."""

    id: parsing.Name
    canonical_slug: parsing.Name
    name: str
    created: parsing.UnixSeconds
    architecture: Architecture
    pricing: Pricing
    context_length: parsing.Count | None = None
    top_provider: TopProvider | None = None
    supported_parameters: tuple[str, ...] = ()
    hugging_face_id: str | None = None
    knowledge_cutoff: str | None = None
    expiration_date: str | None = None
    alias_target: AliasTarget | None = None
    description: str | None = None
    per_request_limits: Any = None
    default_parameters: Any = None
    supported_voices: Any = None
    links: Any = None
    reasoning: Any = None
    benchmarks: Any = None

    @property
    def is_alias(self) -> bool:
        return self.alias_target is not None or Slug.parse(self.id).alias


class CountRow(msgspec.Struct, frozen=True):
    """How many models the API says there are."""

    count: parsing.Count


_SLUG = re.compile(r"(?P<author>[\w.-]+)/(?P<model>[\w.-]+)(?::[\w.-]+)?", re.ASCII)
_LONGEST_SLUG = 200


def can_be_asked(slug: str) -> bool:
    """The slug has the documented form ``author/slug`` or ``author/slug:variant``, and names no other path."""
    match = _SLUG.fullmatch(slug)
    return (
        match is not None
        and len(slug) <= _LONGEST_SLUG
        and not {".", ".."} & {match["author"], match["model"]}
    )


def unasked(held: HeldState) -> list[str]:
    """A sentence on the ranked slugs that are not looked up for their form, none when all have the documented one."""
    odd = [
        slug
        for slug in held.wanted_slugs
        if slug not in held.known_slugs and not can_be_asked(slug)
    ]
    if not odd:
        return []
    return [
        f"{NAME}: {len(odd)} ranked slugs are not author/slug and were not looked up, first {parsing.quote(odd[0])}"
    ]


def calls(today: date, held: HeldState) -> list[Call]:
    """The whole list, its count, and look-ups of ranked slugs that no list so far has named."""
    everything = (("output_modalities", "all"),)
    budget = FIRST_LOOK_UPS if held.newest is None else LOOK_UPS
    unknown = [
        slug for slug in held.wanted_slugs if slug not in held.known_slugs and can_be_asked(slug)
    ]
    wanted = [slug for slug in unknown if _worth_asking(slug, today, held)]
    return [
        Call(NAME, LIST, everything, keyed=False),
        Call(NAME, COUNT, everything, keyed=False),
        # The slash of a permaslug must not be encoded.
        *(Call(NAME, ONE + slug, keyed=False, optional=True) for slug in wanted[:budget]),
    ]


def _worth_asking(slug: str, today: date, held: HeldState) -> bool:
    asked = held.absent_slugs.get(slug)
    return asked is None or (today - asked).days >= ASK_AGAIN_DAYS


def longest(today: date, held: HeldState) -> int:
    """With all look-ups: which slugs are missing is only known once the rankings have come."""
    budget = FIRST_LOOK_UPS if held.newest is None else LOOK_UPS
    return len(calls(today, HeldState(newest=held.newest))) + budget


def parse(reply: Reply) -> Parsed:
    """Rows of the list; one row for a look-up, none for a slug the API does not know."""
    citation = attribution.models(f"{reply.received_at:%Y-%m-%dT%H:%M:%SZ}")
    if reply.call.path == COUNT:
        data = parsing.member(reply, "data", dict, "an object")
        count = data.get("count")
        if not isinstance(count, int) or isinstance(count, bool) or not 0 <= count < 2**63:
            raise parsing.refuse(reply.call, "data.count", "an integer", count)
        return Parsed((CountRow(count),), citation)
    if reply.call.path == LIST:
        found = parsing.rows(reply, parsing.member(reply, "data", list, "a list"), ModelRow)
        rows = parsing.unique(reply.call, found.rows, lambda row: row.id)
        return Parsed(tuple(rows), citation, None, found.set_aside, found.noticed)
    if reply.status == 404:
        return Parsed((), citation)
    found = parsing.rows(reply, [parsing.member(reply, "data", dict, "an object")], ModelRow)
    return Parsed(found.rows, citation, None, found.set_aside, found.noticed)


def table(row: ModelRow | CountRow) -> list[dict[str, Any]]:
    """One flat record per model; the count is no fact of its own."""
    if isinstance(row, CountRow):
        return []
    prices = {f"pricing.{name}": getattr(row.pricing, name) for name in _PRICES}
    return [
        {
            "id": row.id,
            "canonical_slug": row.canonical_slug,
            "name": row.name,
            "created": row.created,
            "context_length": row.context_length,
            "input_modalities": ",".join(row.architecture.input_modalities),
            "output_modalities": ",".join(row.architecture.output_modalities),
            "tokenizer": row.architecture.tokenizer,
            **prices,
            "max_completion_tokens": row.top_provider.max_completion_tokens
            if row.top_provider
            else None,
            "supported_parameters": ",".join(row.supported_parameters),
            "knowledge_cutoff": row.knowledge_cutoff,
            "expiration_date": row.expiration_date,
            "hugging_face_id": row.hugging_face_id or None,
        }
    ]


def doubts(rows: list[ModelRow | CountRow]) -> list[str]:
    """The count should be the list's length."""
    listed = sum(isinstance(row, ModelRow) for row in rows)
    counts = [row.count for row in rows if isinstance(row, CountRow)]
    return [
        f"{NAME}: /models/count says {count}, the list has {listed}"
        for count in counts
        if count > listed
    ]


def key(row: ModelRow | CountRow) -> tuple[object, ...]:
    return ("count",) if isinstance(row, CountRow) else (row.id,)


_PRICES = tuple(name for name in Pricing.__struct_fields__ if name not in ("discount", "overrides"))

ENDPOINT = Endpoint(
    name=NAME,
    title="Model catalogue",
    about="Every model on offer, with prices, context, modalities and parameters.",
    calls=calls,
    parse=parse,
    key=key,
    table=table,
    doubts=doubts,
    unasked=unasked,
    longest=longest,
    columns=(
        ("id", "what a request names"),
        (
            "canonical_slug",
            "the permanent slug; joins to the other datasets and is shared by variants",
        ),
        ("name", "for people"),
        ("created", "when it was added, in Unix seconds"),
        ("context_length", "tokens of context"),
        ("input_modalities", "comma-separated"),
        ("output_modalities", "comma-separated"),
        ("tokenizer", "family of its tokenizer"),
        *(
            (
                f"pricing.{name}",
                "US dollars per token or unit, an exact decimal; -1 means it varies",
            )
            for name in _PRICES
        ),
        ("max_completion_tokens", "most tokens of one answer at the first provider"),
        ("supported_parameters", "comma-separated"),
        ("knowledge_cutoff", "as its author states it"),
        ("expiration_date", "when it will be withdrawn; 2098-12-31 means no date is set"),
        ("hugging_face_id", "where open weights are"),
    ),
)
