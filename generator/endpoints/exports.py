"""The source's own dated files: where they are, and what they say in whichever form they have.

Only their addresses are documented: ``/datasets/exports/index.json`` and, for a dataset and a day, ``DAY.json``,
``DAY.csv`` and ``DAY.manifest.json``. So they are read by what they must contain: names of datasets, checksums, and rows
with the fields of the documented endpoints, or with other names that these endpoints have for the same.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from generator.base import dates, formats, strict_json
from generator.endpoints import benchmarks, rankings_daily
from generator.endpoints.endpoint import Call

FOLDER = "/datasets/exports"
INDEX = f"{FOLDER}/index.json"
MOST_NAMES = 4
"""The datasets of one reading."""
KNOWN_NAMES = ("rankings", "rankings-daily", "model-rankings", "benchmarks", "benchmark-results")
"""The names with which an address may be asked with the key: it then holds no text of the source's."""

_MOST_PLACES = 40
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,60}", re.ASCII)
_IN_ADDRESS = re.compile(
    r"(?:^|/)([a-z0-9][a-z0-9_-]{0,60})/(?:latest|\d{4}-\d\d-\d\d)\.", re.ASCII
)
_HELD = re.compile(r"ranking|benchmark|analysis|arena")
_SHA256 = re.compile(r"(?:sha256[:-])?([0-9a-f]{64})", re.ASCII | re.IGNORECASE)
_LISTS = ("data", "rows", "results", "records", "items", "models", "rankings", "benchmarks")
# The source's names for a model: in rankings and benchmarks, in task classifications, in the list of models.
_MODELS = (
    "model_permaslug",
    "permaslug",
    "model",
    "model_id",
    "model_slug",
    "canonical_slug",
    "slug",
    "id",
)
_DAYS = ("date", "day", "utc_date", "snapshot_date")
_TOKENS = ("total_tokens", "tokens", "token_count")
_INDICES = ("intelligence_index", "coding_index", "agentic_index")
_SCORES = ("primary_score", "accuracy", "score", "value")
_TESTS = ("benchmark_type", "benchmark", "metric", "measure", "index")


@dataclass(frozen=True, slots=True, order=True)
class Fact:
    """What a number of an export is about.

    Attributes:
        dataset: of ours that holds such numbers.
        day: that a row of the rankings states; empty in other datasets.
        model: its slug, as it is given.
        measure: the field, and for ratings and evaluations the list that the model is rated in.
    """

    dataset: str
    day: str
    model: str
    measure: str


def file_call(name: str, ending: str) -> Call:
    """Return the call for a file of one of the datasets; ``ending`` is what follows the folder."""
    return Call("exports", f"{FOLDER}/{name}/{ending}", keyed=False, optional=True)


def held_names(index: object) -> tuple[str, ...]:
    """Return the names in an index of datasets that are held here too: those known before, then others in its order."""
    named = [name for name in _names_in(index) if _HELD.search(name) and "app" not in name]
    known = [name for name in KNOWN_NAMES if name in named]
    return tuple(dict.fromkeys([*known, *named]))[:MOST_NAMES]


def _names_in(value: object) -> Iterator[str]:
    """Yield each name in a document: a text on its own, part of an address, or the name of a member with members."""
    if isinstance(value, str):
        if _NAME.fullmatch(value):
            yield value
        yield from _IN_ADDRESS.findall(value)
    elif isinstance(value, list):
        for item in value:
            yield from _names_in(item)
    elif isinstance(value, dict):
        yield from _names_in_object(value)


def _names_in_object(members: Mapping[str, object]) -> Iterator[str]:
    for name, member in members.items():
        has_members = isinstance(member, dict | list)
        if has_members and name not in _LISTS and _NAME.fullmatch(name):
            yield name
        yield from _names_in(member)
    # A dataset may have the name that elsewhere is one of a list.
    for name in _LISTS:
        if isinstance(members.get(name), dict):
            yield name


def checksum_agrees(manifest: object, name: str, sha256: str) -> bool | None:
    """Return whether a manifest states that checksum; None where it states none of the file of that name.

    Args:
        manifest: in any form.
        name: of the file, as ``2026-11-17.json``.
        sha256: of the file as it came.
    """
    stated = list(_checksums(manifest, ""))
    if any(digest == sha256 for _, digest in stated):
        return True
    states_one = len(stated) == 1 or any(_is_about(where, name) for where, _ in stated)
    return False if states_one else None


def _is_about(where: str, name: str) -> bool:
    """Return whether what stands around a checksum names a file, or the ending of its name."""
    ending = name.rpartition(".")[2]
    return name in where or ending in re.split(r"\W+", where)


def _checksums(value: object, where: str) -> Iterator[tuple[str, str]]:
    """Yield each checksum behind the names of the members around it and the texts beside it."""
    if isinstance(value, str):
        match = _SHA256.fullmatch(value.strip())
        if match:
            yield where, match[1].lower()
    elif isinstance(value, list):
        for item in value:
            yield from _checksums(item, where)
    elif isinstance(value, dict):
        texts = [member for member in value.values() if isinstance(member, str)]
        for name, member in value.items():
            beside = texts if isinstance(member, str) else []
            yield from _checksums(member, " ".join([where, name, *beside]))


def numbers(body: bytes, file_day: date) -> dict[Fact, Decimal]:
    """Return the numbers in a dated file, JSON or CSV; a row that states no day is of the file's.

    Raises:
        ValueError: it is neither, or has no row with a model and a number that is known here.
    """
    stated: dict[Fact, Decimal] = {}
    for row in _rows(body):
        for fact, value in numbers_of(row, file_day):
            stated.setdefault(fact, value)
    if not stated:
        raise ValueError("it has no rows with a model and a number that are known here")
    return stated


def _rows(body: bytes) -> Iterable[Mapping[str, Any]]:
    """Return the rows of a file: those of its JSON, or else of its CSV, in which lines with # in front are comments.

    Raises:
        ValueError: it begins as JSON and is none, is not text in UTF-8, or has a quote that does not end.
    """
    text = body.removeprefix(strict_json.BYTE_ORDER_MARK)
    if text.lstrip()[:1] in (b"{", b"["):
        return [row for row in _first_list(strict_json.loads(text)) if isinstance(row, dict)]
    lines = [line for line in text.decode("utf-8").splitlines() if not line.startswith("#")]
    try:
        return list(csv.DictReader(io.StringIO("\n".join(lines))))
    except csv.Error as error:
        raise ValueError(f"it is not a CSV table ({error})") from None


def _first_list(value: object) -> list[Any]:
    """Return the rows of a document: itself, or the first member that is a list, those of the usual names first."""
    if isinstance(value, list):
        return value
    if not isinstance(value, dict):
        return []
    members = [value[name] for name in _LISTS if name in value]
    for member in members:
        rows = _first_list(member)
        if rows:
            return rows
    return []


def numbers_of(row: Mapping[str, Any], file_day: date) -> Iterator[tuple[Fact, Decimal]]:
    """Yield the numbers of a row, of an export or of a table of this site."""
    model = _text(row, _MODELS)
    if not model:
        return
    tokens = _number(row, _TOKENS)
    if tokens is not None:
        yield Fact(rankings_daily.NAME, _day(row, file_day), model, "total_tokens"), tokens
        return
    elo = _number(row, ("elo",))
    if elo is not None:
        rated_in = f"elo {_text(row, ('arena',))} {_text(row, ('category',))}"
        yield Fact(benchmarks.DESIGN_ARENA.name, "", model, rated_in), elo
    for index in _INDICES:
        value = _number(row, (index,))
        if value is not None:
            yield Fact(benchmarks.ARTIFICIAL_ANALYSIS.name, "", model, index), value
    test, score = _text(row, _TESTS), _number(row, _SCORES)
    if test and score is not None:
        is_index = test in _INDICES
        dataset = benchmarks.ARTIFICIAL_ANALYSIS if is_index else benchmarks.OPENROUTER
        yield Fact(dataset.name, "", model, test), score


def _text(row: Mapping[str, Any], fields: tuple[str, ...]) -> str:
    """Return the first of the fields that is a text with something in it; empty where none is."""
    texts = (row.get(field) for field in fields)
    return next((text for text in texts if isinstance(text, str) and text), "")


def _number(row: Mapping[str, Any], fields: tuple[str, ...]) -> Decimal | None:
    """Return the first of the fields that is a number, as such or as text; None where none is.

    A number far beyond all that is held is none: written out, ``1e999999999`` would fill the memory.
    """
    for field in fields:
        value = row.get(field)
        if isinstance(value, str | int | float) and not isinstance(value, bool):
            number = formats.decimal(str(value))
            if number is not None and abs(number.adjusted()) <= _MOST_PLACES:
                return number
    return None


def _day(row: Mapping[str, Any], file_day: date) -> str:
    """Return the day that a row states, that of its file where it states none."""
    text = _text(row, _DAYS)[:10]
    try:
        return str(dates.parse_day(text))
    except ValueError:
        return str(file_day)
