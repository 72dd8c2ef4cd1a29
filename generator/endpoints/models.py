"""/models, /models/count and /model/{author}/{slug}: the catalog, with prices and names.

Asked without a key: the catalog is public, and ``/models/user`` would depend on the key's owner.
"""

import re
import sys
from datetime import date
from typing import Any

import msgspec

from generator.base import attribution
from generator.base.dates import parse_day
from generator.base.slugs import Slug
from generator.endpoints import columns, parsing
from generator.endpoints.endpoint import Call, Endpoint, HeldState, Parsed, Reply, rows_of_kind
from generator.endpoints.ordering import Record

NAME = "models"
LIST = "/models"
COUNT = "/models/count"
ONE = "/model/"

NO_RETIREMENT = "2098-12-31"
"""What the API states as the day of retirement of a model for which none is set."""

FIRST_LOOK_UPS = 20
LOOK_UPS = 8
"""The number of ranked slugs, named by no list, that a first and a later run look up; the rest wait."""

_EVERYTHING = (("output_modalities", "all"),)
_PAGE = 1000
"""The largest page that is documented."""
_MOST_LISTED = 10_000

ASK_AGAIN_DAYS = 30
"""The number of days after which a slug that the API did not know is looked up again."""


class Override(msgspec.Struct, frozen=True, omit_defaults=True):
    """Prices that apply above a number of prompt tokens, in hours (HHMM, UTC) or on days (UTC)."""

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


class Pricing(msgspec.Struct, frozen=True, omit_defaults=True):
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
    """The modalities of input and output; both are open sets."""

    input_modalities: tuple[str, ...]
    output_modalities: tuple[str, ...]
    modality: str | None = None
    tokenizer: str | None = None
    instruct_type: str | None = None


class TopProvider(msgspec.Struct, frozen=True):
    """The limits of the provider that is tried first."""

    is_moderated: bool = False
    context_length: parsing.Count | None = None
    max_completion_tokens: parsing.Count | None = None


class AliasTarget(msgspec.Struct, frozen=True):
    """The model that an alias such as ``~author/x-latest`` stands for at present."""

    name: str
    slug: str


class ModelRow(msgspec.Struct, frozen=True):
    """One entry of the catalog. ``canonical_slug`` joins it to the other datasets and is not unique."""

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

    def without_unread(self) -> "ModelRow":
        """Return the row without what nothing reads, for whoever keeps it; models share the names of parameters."""
        named = tuple(map(sys.intern, self.supported_parameters))
        return msgspec.structs.replace(self, **_UNREAD, supported_parameters=named)

    @property
    def retires(self) -> date | None:
        """The day on which it is to be retired; None where none is set, or what is stated is no day."""
        stated = (self.expiration_date or "")[:10]
        try:
            return None if stated == NO_RETIREMENT else parse_day(stated)
        except ValueError:
            return None

    @property
    def is_alias(self) -> bool:
        return self.alias_target is not None or Slug.parse(self.id).alias


_UNREAD: dict[str, None] = dict.fromkeys(
    (
        "description",
        "per_request_limits",
        "default_parameters",
        "supported_voices",
        "links",
        "benchmarks",
    )
)


class CountRow(msgspec.Struct, frozen=True):
    """The number of models, as the API states it beside the list."""

    count: parsing.Count


_SLUG = re.compile(r"(?P<author>[\w.-]+)/(?P<model>[\w.-]+)(?::[\w.-]+)?", re.ASCII)
_LONGEST_SLUG = 200


def can_be_asked(slug: str) -> bool:
    """Return whether the slug has the documented form ``author/slug[:variant]`` and names no other path."""
    match = _SLUG.fullmatch(slug)
    if match is None or len(slug) > _LONGEST_SLUG:
        return False
    return not {".", ".."} & {match["author"], match["model"]}


def unasked(state: HeldState) -> list[str]:
    """Return a sentence on the ranked slugs that are not looked up for their form; none when there are none."""
    unknown = [slug for slug in state.wanted_slugs if slug not in state.known_slugs]
    malformed = [slug for slug in unknown if not can_be_asked(slug)]
    if not malformed:
        return []
    first = parsing.quote(malformed[0])
    return [
        f"{NAME}: {len(malformed)} ranked slugs are not author/slug and were not looked up, first {first}"
    ]


def calls(today: date, state: HeldState) -> list[Call]:
    """Return calls for the whole list, its count, and ranked slugs that no list so far has named."""
    unknown = [slug for slug in state.wanted_slugs if slug not in state.known_slugs]
    wanted = [slug for slug in unknown if can_be_asked(slug) and _is_due(slug, today, state)]
    # The slash of a permaslug must not be encoded.
    look_ups = [Call(NAME, ONE + slug, keyed=False, optional=True) for slug in wanted]
    return [
        Call(NAME, LIST, _EVERYTHING, keyed=False),
        # It checks the list, which cannot be asked for later and must not fail with it.
        Call(NAME, COUNT, _EVERYTHING, keyed=False, optional=True),
        *look_ups[: _look_up_budget(state)],
    ]


def _look_up_budget(state: HeldState) -> int:
    is_first_run = state.newest is None
    return FIRST_LOOK_UPS if is_first_run else LOOK_UPS


def _is_due(slug: str, today: date, state: HeldState) -> bool:
    asked = state.absent_slugs.get(slug)
    return asked is None or (today - asked).days >= ASK_AGAIN_DAYS


def max_calls(today: date, state: HeldState) -> int:
    """Return the number of calls with all look-ups; the day's rankings decide which slugs are missing."""
    without_look_ups = calls(today, HeldState(newest=state.newest))
    return len(without_look_ups) + _look_up_budget(state)


def more(reply: Reply, _parsed: Parsed[ModelRow | CountRow]) -> list[Call]:
    """Return the call for the next page of the list; none as long as the whole of it comes at once, as documented."""
    links = reply.value.get("links") if reply.call.path == LIST else None
    if not isinstance(links, dict) or not links.get("next"):
        return []
    came = len(parsing.member(reply, "data", list, "a list"))
    offset = int(reply.call.param("offset", "0")) + came
    if not came or offset > _MOST_LISTED:
        return []
    # Counted here: the address in the reply may lead anywhere.
    params = (*_EVERYTHING, ("offset", str(offset)), ("limit", str(_PAGE)))
    return [Call(NAME, LIST, params, keyed=False)]


def parse(reply: Reply) -> Parsed[ModelRow | CountRow]:
    """Return the rows of the list, one row for a count or a look-up, none for a slug unknown to the API.

    Raises:
        ReplyError: the reply cannot be used.
    """
    citation = attribution.models(f"{reply.received_at:%Y-%m-%dT%H:%M:%SZ}")
    if reply.call.path == COUNT:
        return Parsed((_count(reply),), citation)
    if reply.status == 404:
        return Parsed((), citation)

    if reply.call.path == LIST:
        items = parsing.member(reply, "data", list, "a list")
    else:
        items = [parsing.member(reply, "data", dict, "an object")]
    listed = parsing.rows(reply, items, ModelRow)
    return Parsed(listed.rows, citation, None, listed.set_aside, listed.noticed)


def listed_ids(reply: Reply) -> frozenset[str]:
    """Return the ids of all entries of the list, of those too whose rows cannot be used; none of other replies.

    Raises:
        ReplyError: the reply has no list.
    """
    if reply.call.path != LIST:
        return frozenset()
    items = parsing.member(reply, "data", list, "a list")
    ids = [item.get("id") for item in items if isinstance(item, dict)]
    return frozenset(id_ for id_ in ids if isinstance(id_, str))


def _count(reply: Reply) -> CountRow:
    data = parsing.member(reply, "data", dict, "an object")
    count = data.get("count")
    if type(count) is not int or not 0 <= count < 2**63:
        raise parsing.refuse(reply.call, "data.count", "an integer", count)
    return CountRow(count)


def table(row: ModelRow | CountRow) -> list[dict[str, object]]:
    """Return one flat record per model, and none for the count, which only checks the list."""
    if isinstance(row, CountRow):
        return []

    provider = row.top_provider or TopProvider()
    prices = {f"pricing.{name}": getattr(row.pricing, name) for name in _PRICES}
    record = {
        "id": row.id,
        "canonical_slug": row.canonical_slug,
        "name": row.name,
        "created": row.created,
        "context_length": row.context_length,
        "input_modalities": ",".join(row.architecture.input_modalities),
        "output_modalities": ",".join(row.architecture.output_modalities),
        "tokenizer": row.architecture.tokenizer,
        **prices,
        "max_completion_tokens": provider.max_completion_tokens,
        "supported_parameters": ",".join(row.supported_parameters),
        "knowledge_cutoff": row.knowledge_cutoff,
        "expiration_date": row.expiration_date,
        "hugging_face_id": row.hugging_face_id or None,
        "pricing.overrides": _overrides(row.pricing),
        "alias_target": (row.alias_target.slug or None) if row.alias_target else None,
    }
    return [record]


def _overrides(pricing: Pricing) -> str | None:
    """Return the prices that apply at times or to long prompts as JSON; None where there are none."""
    stated = []
    for override in pricing.overrides:
        fields = msgspec.structs.asdict(override)
        stated.append({name: value for name, value in fields.items() if value is not None})
    return msgspec.json.encode(stated).decode() if stated else None


def doubts(rows: list[ModelRow | CountRow]) -> list[str]:
    """Return a sentence when the count is larger than the list."""
    models = len(rows_of_kind(rows, ModelRow))
    sentences = []
    for stated in rows_of_kind(rows, CountRow):
        if stated.count > models:
            sentences.append(f"{NAME}: /models/count says {stated.count}, the list has {models}")
    return sentences


def key(row: ModelRow | CountRow) -> tuple[str, ...]:
    """Return the listing's id; there is one count."""
    if isinstance(row, CountRow):
        return ("count",)
    return ("listing", row.id)


def order(record: Record) -> tuple[object, ...]:
    """Return what sorts listings by when they were added, the newest first."""
    return (-record["created"], record["id"])


_PRICES = tuple(name for name in Pricing.__struct_fields__ if name not in ("discount", "overrides"))
_ALWAYS_PRICED = ("prompt", "completion")
_PRICED_UNITS = {
    "prompt": "input token",
    "completion": "output token",
    "audio": "token of audio input",
    "audio_output": "token of audio output",
    "image": "image or token of images in the input, whichever the model counts",
    "image_output": "image or token of images in the output, whichever the model counts",
    "image_token": "token of images",
    "input_audio_cache": "token of audio input read from the cache",
    "input_cache_read": "input token read from the cache",
    "input_cache_write": "input token written to the cache",
    "input_cache_write_1h": "input token written to the cache for an hour",
    "internal_reasoning": "token of hidden reasoning",
    "request": "request",
    "web_search": "web search",
}


def _about_price(name: str) -> str:
    """Return what one of the prices is for, and what its special values mean."""
    about = f"US dollars per {_PRICED_UNITS[name]}, an exact decimal; -1 means it varies"
    return about if name in _ALWAYS_PRICED else f"{about}, empty where the source states none"


ENDPOINT = Endpoint(
    name=NAME,
    title="Model catalog",
    about="Every available model, with prices, context, modalities and parameters.",
    calls=calls,
    more=more,
    parse=parse,
    key=key,
    table=table,
    doubts=doubts,
    unasked=unasked,
    look_ups=ONE,
    max_calls=max_calls,
    key_columns=("id",),
    order=order,
    columns=(
        columns.text("id", "what a request names", always=True, least=1),
        columns.text(
            "canonical_slug",
            "the permanent slug; joins to the other datasets and is shared by variants",
            always=True,
            least=1,
        ),
        columns.text("name", "for people", always=True),
        columns.integer(
            "created",
            "when it was added, in Unix seconds",
            always=True,
            least=0,
            most=253_402_300_799,
        ),
        columns.integer("context_length", "tokens of context", least=0),
        columns.text_list("input_modalities", "comma-separated", always=True),
        columns.text_list("output_modalities", "comma-separated", always=True),
        columns.text("tokenizer", "family of its tokenizer"),
        *(
            columns.decimal(f"pricing.{name}", _about_price(name), always=name in _ALWAYS_PRICED)
            for name in _PRICES
        ),
        columns.integer(
            "max_completion_tokens", "most tokens of one answer at the first provider", least=0
        ),
        columns.text_list("supported_parameters", "comma-separated", always=True),
        columns.text("knowledge_cutoff", "as its author states it"),
        columns.text(
            "expiration_date", f"when it will be removed; {NO_RETIREMENT} means no date is set"
        ),
        columns.text("hugging_face_id", "where open weights are", least=1),
        columns.text(
            "pricing.overrides",
            "other prices above a number of prompt tokens, at hours (UTC, 930 is 9:30) or on days, as a JSON list",
            least=1,
        ),
        columns.text("alias_target", "the slug of the model that an alias stands for", least=1),
    ),
)
