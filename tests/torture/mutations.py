"""Changes of one value in a documented reply, and whether what comes of them is documented too."""

import copy
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from generator.base import dates

Path = tuple[str, ...]
ANY = "[]"
"""The step into each item of a list."""
LOOK_ALIKE = "sk-or-v1-" + "0123456789abcdef" * 2
HOSTILE = f'</script><img src=x onerror=alert(1)>{{{{7*7}}}}"]]>\x1b[2J\u202e\ud83d {LOOK_ALIKE}'
ABSENT = object()
UNKNOWN_OBJECT = {"x": {"y": [1]}}


def _nested(depth: int) -> Any:
    value: Any = 0
    for _ in range(depth):
        value = [value]
    return value


def _as_text(value: Any) -> Any:
    """Return a number as text, and any text as number."""
    if isinstance(value, str):
        return 5
    return str(value)


MUTATIONS: dict[str, Callable[[Any], Any]] = {
    "absent": lambda _value: ABSENT,
    "null": lambda _value: None,
    "another type": _as_text,
    "true": lambda _value: True,
    "an empty text": lambda _value: "",
    "an empty list": lambda _value: [],
    "an unknown object": lambda _value: UNKNOWN_OBJECT,
    "below zero": lambda _value: -1,
    "a fraction": lambda _value: 1.5,
    "4,000 digits": lambda _value: 10**3999,
    "beyond 64 bits": lambda _value: 2**64,
    "deep nesting": lambda _value: _nested(90),
    "a hostile text": lambda _value: HOSTILE,
    "the edge of the calendar": lambda _value: "9999-12-31T23:59:59-14:00",
}
"""What a value becomes, by what is said of it."""


def nodes(value: Any, path: Path = ()) -> Iterator[Path]:
    """Yield the way to every value of a reply, the items of a list counted as one."""
    yield path
    if isinstance(value, dict):
        for name, member in value.items():
            yield from nodes(member, (*path, name))
    elif isinstance(value, list):
        below: dict[Path, None] = {}
        for item in value:
            below.update(dict.fromkeys(nodes(item, (*path, ANY))))
        yield from below


def found(value: Any, path: Path) -> list[Any]:
    """Return the values at the end of a way."""
    if not path:
        return [value]
    step, rest = path[0], path[1:]
    if step == ANY and isinstance(value, list):
        return [inner for item in value for inner in found(item, rest)]
    if isinstance(value, dict) and step in value:
        return found(value[step], rest)
    return []


def mutated(value: Any, path: Path, change: Callable[[Any], Any], *, everywhere: bool) -> Any:
    """Return a copy of a reply in which the value at the end of the way is changed, in the first item or in all."""
    if not path:
        changed = change(value)
        return {} if changed is ABSENT else changed
    made = copy.deepcopy(value)
    _change(made, path, change, everywhere=everywhere)
    return made


def _change(value: Any, path: Path, change: Callable[[Any], Any], *, everywhere: bool) -> bool:
    """Change in place; return whether there was anything to change."""
    step, rest = path[0], path[1:]
    if step == ANY:
        return _change_items(value, rest, change, everywhere=everywhere)
    if not isinstance(value, dict) or step not in value:
        return False
    if rest:
        return _change(value[step], rest, change, everywhere=everywhere)
    changed = change(value[step])
    if changed is ABSENT:
        del value[step]
    else:
        value[step] = changed
    return True


def _change_items(
    items: Any, rest: Path, change: Callable[[Any], Any], *, everywhere: bool
) -> bool:
    if not isinstance(items, list):
        return False
    done = False
    for number, item in enumerate(items):
        if done and not everywhere:
            break
        if rest:
            done = _change(item, rest, change, everywhere=everywhere) or done
        else:
            changed = change(item)
            items[number] = {} if changed is ABSENT else changed
            done = True
    return done


_DIGITS = re.compile(r"[0-9]{1,20}")
_DECIMAL = re.compile(r"-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?")
_SHARES = re.compile(r".*(share|accuracy|primary_score)$")
_IDS = ("id", "canonical_slug", "model_permaslug")
_MAY_LACK = frozenset(
    {
        *("intelligence_index", "coding_index", "agentic_index", "avg_generation_time_ms"),
        *("avg_cost_per_task", "avg_latency_per_task_ms", "accuracy_stddev", "citation"),
        *("source_url", "source", "task_type", "first_place", "second_place", "third_place"),
        *("fourth_place", "total", "description", "hugging_face_id", "knowledge_cutoff"),
        *("expiration_date", "context_length", "max_completion_tokens", "overrides", "discount"),
        *("run_config", "max_agent_turns", "reasoning_effort", "temperature", "window_days"),
        *("window_end_date", "supported_voices", "modality", "tokenizer", "instruct_type"),
        *("min_prompt_tokens", "utc_start", "utc_end", "utc_days", "version"),
        *("pricing", "top_provider", "supported_parameters"),
    }
)
"""Documented as nullable or not always there; without a version it is the first one."""
_OPTIONAL_PRICES = re.compile(
    r"(request|image.*|audio.*|input_.*|internal_reasoning|web_search)$|overrides\.\[\]\.\w+$"
)


@dataclass(frozen=True, slots=True)
class Node:
    """One value of a documented reply: the way to it, and the values that it had."""

    path: Path
    values: tuple[Any, ...]

    def __str__(self) -> str:
        return ".".join(self.path) or "top level"

    def allows(self, value: Any) -> bool:
        """Return whether a value here is as documented."""
        name = self.path[-1] if self.path else ""
        if value is ABSENT and name == ANY:
            value = {}
        if value is ABSENT or value is None:
            return name in _MAY_LACK or bool(_OPTIONAL_PRICES.search(str(self)))
        if value == UNKNOWN_OBJECT:
            return False
        kinds = {type(one) for one in self.values if one is not None}
        if not kinds:
            # Always null in the recordings: a number or a text.
            return isinstance(value, str | int | float) and not isinstance(value, bool)
        if kinds <= {int, float}:
            return _number_allowed(name, value)
        if kinds == {str}:
            return isinstance(value, str) and self._text_allowed(name, value)
        return type(value) in kinds

    def _text_allowed(self, name: str, value: str) -> bool:
        texts = [one for one in self.values if isinstance(one, str)]
        if name == "as_of":
            return _is_time(value)
        if name in ("date", "start_date", "end_date"):
            return _is_day(value)
        if name in _IDS:
            return value != ""
        for form in (_DIGITS, _DECIMAL):
            if texts and all(map(form.fullmatch, texts)):
                return form.fullmatch(value) is not None
        return True


def _number_allowed(name: str, value: Any) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    if _SHARES.fullmatch(name):
        return 0 <= value <= 1
    if name.endswith(("_index", "discount")):
        return -(10**4) <= value <= 10**4
    if name == "elo":
        return -(10**4) <= value <= 10**5
    return 0 <= value < 2**63


def _is_time(text: str) -> bool:
    try:
        dates.parse_as_of(text)
    except ValueError:
        return False
    return True


def _is_day(text: str) -> bool:
    try:
        dates.parse_day(text)
    except ValueError:
        return False
    return True
