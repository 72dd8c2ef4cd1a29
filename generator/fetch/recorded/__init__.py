"""The API as it answered on eight successive days of August 2026: recorded facts behind the documented rules.

It stands in for the network wherever the real one must not be asked: ``--demo`` and the tests. The files
it reads, and what was left out of them, are described in ``replies/README.md``. What was never recorded is
answered with an empty list, never with a number.
"""

import functools
import gzip
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any

from generator.base import attribution, files
from generator.base.dates import Window, parse_as_of, parse_day
from generator.base.errors import UsageError
from generator.fetch.recorded import rules

REPLIES = Path(__file__).parent / "replies"
DEMO_DAYS = tuple(Window(date(2026, 8, 11), date(2026, 8, 18)))
"""The days on which the API can be asked."""

_LIST_DAYS = ("2026-08-01", "2026-08-14", "2026-08-15", "2026-08-16", "2026-08-17", "2026-08-18")
"""The days whose model list was recorded; on a day between, the last list before it is the answer."""

_APPS = "/datasets/app-rankings"
_TASKS = "/classifications/task"
_LIST = "/models"
_COUNT = "/models/count"
_KEYED = ("/datasets/", "/benchmarks", "/classifications/")
_MESSAGES = {401: "Missing Authentication header", 404: "Resource not found"}
_JSON = {"content-type": "application/json"}
# Documented for this endpoint alone.
_TASKS_CACHE = {"cache-control": "private, max-age=60, stale-while-revalidate=300"}

# The documented values, written down here and not taken from the endpoints: what those ask for and is not
# documented has to be refused.
_SORTS = ("popular", "trending")
_SUBCATEGORIES = {
    "coding": (
        "cli-agent",
        "ide-extension",
        "cloud-agent",
        "programming-app",
        "native-app-builder",
    ),
    "creative": ("creative-writing", "video-gen", "image-gen", "audio-gen"),
    "productivity": ("writing-assistant", "general-chat", "personal-agent", "legal"),
    "entertainment": ("roleplay", "game"),
}
_ARENAS = ("models", "builders", "agents")
_TURN_RANGES = ("1-turn", "2-9-turns", "10-49-turns", "50-plus-turns")
_SAMPLED = {
    "category": (
        *("programming", "roleplay", "marketing", "marketing/seo", "technology", "science"),
        *("translation", "legal", "finance", "health", "trivia", "academia"),
    ),
    "language_type": ("natural", "programming"),
}
_SLICED = {
    "modality": ("text", "image", "image_output", "audio", "tool_calling"),
    "context_bucket": ("1K", "10K", "100K", "1M", "10M"),
}


@dataclass(frozen=True, slots=True)
class Answer:
    """The response to a request; header names are in lower case.

    Attributes:
        recorded: the day on which the reply was recorded, if that is another than the day it is played on.
    """

    status: int
    headers: dict[str, str]
    body: bytes
    recorded: date | None = None


class _UnknownError(Exception):
    """No model has that name."""


@dataclass(frozen=True, slots=True)
class RecordedApi:
    """The API on one day: the same request gets the same bytes.

    Attributes:
        day: one of :data:`DEMO_DAYS`.
        later: whether replies that were recorded after all of these days are given too; without them, lists
            of apps are empty and tasks are not found.

    Raises:
        UsageError: nothing was recorded on that day.
    """

    day: date
    later: bool = True

    def __post_init__(self) -> None:
        if self.day not in DEMO_DAYS:
            raise UsageError(
                f"no replies were recorded on {self.day}; the recorded days run from {DEMO_DAYS[0]} to {DEMO_DAYS[-1]}"
            )

    def answer(self, path: str, params: rules.Params, *, authorized: bool) -> Answer:
        """Return the response to one GET request.

        Args:
            path: below the API root, with a leading slash, percent-decoded.
            params: decoded.
            authorized: a valid key came with the request; the catalog does not ask for one.
        """
        if path not in _ENDPOINTS and not _ONE_MODEL.fullmatch(path):
            return _error(404, _MESSAGES[404])
        if path.startswith(_KEYED) and not authorized:
            return _error(401, _MESSAGES[401])
        if path == _TASKS and not self.later:
            return _error(404, _MESSAGES[404])
        try:
            body = self._body(path, params)
        except _UnknownError:
            return _error(404, _MESSAGES[404])
        except rules.RefusedError as refusal:
            return _error(400, f"Invalid request parameters: {refusal}")
        headers = _JSON | (_TASKS_CACHE if path == _TASKS else {})
        return Answer(200, headers, body, self._recorded_on(path, params))

    def _body(self, path: str, params: rules.Params) -> bytes:
        """Return the reply to a request for a path that there is.

        Raises:
            RefusedError: a parameter breaks a documented rule.
            _UnknownError: no model has the name in the path.
        """
        one_model = _ONE_MODEL.fullmatch(path)
        if one_model:
            return _one_model(self.day, one_model[1])
        body = _ENDPOINTS[path](self.day, params)
        if _recorded_later(path, params) and not self.later:
            return _json({"data": [], "meta": _meta(self.day, rules.window(self.day, params))})
        return body

    def _recorded_on(self, path: str, params: rules.Params) -> date | None:
        """Return the day on which a reply was recorded; None where it is the one that it is played on."""
        if path in (_LIST, _COUNT) or _ONE_MODEL.fullmatch(path):
            return parse_day(_list_day(self.day))
        return _recorded_later(path, params) if self.later else None


def recorded_at_other_times() -> dict[str, date]:
    """Return what was not recorded on one of the eight days, in words, with the day of its as_of."""
    return {
        "growing apps": _day_of(_recorded("app-rankings/trending")["meta"]),
        "tasks": _day_of(_recorded("task-classifications")["data"]),
        "apps of CLI agents": _day_of(_recorded("app-rankings/cli-agent")["meta"]),
    }


def _day_of(stated: Mapping[str, Any]) -> date:
    return parse_as_of(stated["as_of"]).date()


def _recorded_later(path: str, params: rules.Params) -> date | None:
    """Return the day of a reply that was recorded after the eight days, None for any other."""
    if path == _TASKS:
        return _day_of(_recorded("task-classifications")["data"])
    is_popular = params.get("sort", "popular") == "popular"
    if path == _APPS and is_popular and params.get("subcategory") == "cli-agent":
        return _day_of(_recorded("app-rankings/cli-agent")["meta"])
    return None


def _error(status: int, message: str) -> Answer:
    return Answer(status, dict(_JSON), _json({"error": {"code": status, "message": message}}))


def _rankings(day: date, params: rules.Params) -> bytes:
    window = rules.window(day, params)
    period = rules.one_of(params, "period", ("day", "week", "month"))
    sampled = _filters(params, _SAMPLED)
    sliced = _filters(params, _SLICED)
    if len(sampled) > 1 or (sampled and sliced):
        first, second, *_ = [*sampled, *sliced]
        raise rules.RefusedError(f"{first} cannot be combined with {second}")
    if sampled and period == "day":
        raise rules.RefusedError(f"period=day cannot be combined with {sampled[0]}")
    rows: list[Any] = []
    # Only days of all models were recorded.
    if period in (None, "day") and not sampled and not sliced:
        days = set(map(str, window))
        rows = [row for row in _recorded("rankings-daily")["data"] if row["date"] in days]
    return _json({"data": rows, "meta": _meta(day, window)})


def _filters(params: rules.Params, documented: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Return the names of those of the documented filters that are sent.

    Raises:
        RefusedError: one has a value that is not documented.
    """
    return [name for name, values in documented.items() if rules.one_of(params, name, values)]


def _apps(day: date, params: rules.Params) -> bytes:
    window = rules.window(day, params)
    sort = rules.one_of(params, "sort", _SORTS) or "popular"
    category = rules.one_of(params, "category", _SUBCATEGORIES)
    subcategory = rules.one_of(params, "subcategory", tuple(chain(*_SUBCATEGORIES.values())))
    if category and subcategory and subcategory not in _SUBCATEGORIES[category]:
        raise rules.RefusedError(
            f"subcategory {subcategory} does not belong to category {category}"
        )
    limit = rules.whole(params, "limit", 50, range(1, 101))
    offset = rules.whole(params, "offset", 0, range(101))
    listed = _app_list(day, window, sort, subcategory or category or "")
    return _json({**listed, "data": listed["data"][offset : offset + limit]})


def _app_list(day: date, window: Window, sort: str, group: str) -> Any:
    """Return a whole list as recorded; one recorded in another window keeps its own meta, which says so."""
    if (sort, group) == ("trending", ""):
        return _recorded("app-rankings/trending")
    if (sort, group) == ("popular", "cli-agent"):
        return _recorded("app-rankings/cli-agent")
    popular = _recorded(f"app-rankings/popular/{day}")
    if (sort, group) == ("popular", "") and popular["meta"] == _meta(day, window):
        return popular
    return {"data": [], "meta": _meta(day, window)}


def _session_costs(day: date, params: rules.Params) -> bytes:
    rules.one_of(params, "turn_range", _TURN_RANGES)
    rules.whole(params, "limit", 100, range(1, 501))
    rules.whole(params, "offset", 0, range(5001))
    # They were never recorded: the answer is the one that is documented for the time before the first release.
    meta = {"as_of": _as_of(day), "version": "v1", "window_days": None, "window_end_date": None}
    return _json({"data": [], "meta": meta})


def _benchmarks(day: date, params: rules.Params) -> bytes:
    source = rules.one_of(params, "source", attribution.BENCHMARKS)
    arena = rules.one_of(params, "arena", _ARENAS) or "models"
    most = rules.whole(params, "max_results", 10**6, range(1, 10**6 + 1))
    sources = tuple(attribution.BENCHMARKS)
    if source:
        sources = (source,)
    wanted = {"arena": arena}
    if "category" in params:
        wanted["category"] = params["category"]
    rows: list[Any] = []
    for name in sources:
        rows += [row for row in _scores(day, name) if _is_wanted(row, wanted)]
    rows = rows[:most]
    meta = {
        # An empty answer states the time of the request.
        "as_of": _list_day(day) if rows else _as_of(day),
        "version": "v1",
        "source": source,
        "source_url": source and attribution.BENCHMARK_URLS[source],
        "citation": source and attribution.BENCHMARKS[source],
        "model_count": len({row["model_permaslug"] for row in rows}),
        "task_type": None,
    }
    return _json({"data": rows, "meta": meta})


def _is_wanted(row: Mapping[str, Any], wanted: Mapping[str, str]) -> bool:
    """Return whether no field of a row is another than is wanted; a source without arenas has no such field."""
    return all(row.get(name, value) == value for name, value in wanted.items())


def _scores(day: date, source: str) -> Iterator[Any]:
    # OpenRouter's own evaluations were never recorded.
    if source != "openrouter":
        yield from _recorded(f"benchmarks/{source}/{_list_day(day)}")["data"]


def _tasks(_day: date, params: rules.Params) -> bytes:
    rules.one_of(params, "window", ("7d",))
    return _text("task-classifications")


def _models(day: date, _params: rules.Params) -> bytes:
    return _text(f"models/{_list_day(day)}")


def _count(day: date, _params: rules.Params) -> bytes:
    return _json({"data": {"count": len(_recorded(f"models/{_list_day(day)}")["data"])}})


def _one_model(day: date, name: str) -> bytes:
    rows = _recorded(f"models/{_list_day(day)}")["data"]
    # The look-up was recorded for that id alone: by its slug it would make the paid twin look free.
    by_id = [row for row in (*rows, _recorded("model")["data"]) if row["id"] == name]
    # Variants share their model's canonical slug; the one without a suffix is the model itself.
    by_slug = [row for row in rows if row["canonical_slug"] == name]
    by_slug.sort(key=lambda row: ":" in row["id"])
    if not by_id and not by_slug:
        raise _UnknownError(name)
    return _json({"data": [*by_id, *by_slug][0]})


_ONE_MODEL = re.compile(r"/model/([^/]+/[^/]+)")
_ENDPOINTS: Mapping[str, Callable[[date, rules.Params], bytes]] = {
    "/datasets/rankings-daily": _rankings,
    _APPS: _apps,
    "/datasets/session-cost": _session_costs,
    "/benchmarks": _benchmarks,
    _TASKS: _tasks,
    _LIST: _models,
    _COUNT: _count,
}


def _meta(day: date, window: Window) -> dict[str, str]:
    return {
        "as_of": _as_of(day),
        "version": "v1",
        "start_date": str(window.start),
        "end_date": str(window.end),
    }


def _as_of(day: date) -> str:
    """Return the time of that day's recording; rankings and apps were recorded together."""
    moment: str = _recorded(f"app-rankings/popular/{day}")["meta"]["as_of"]
    return moment


def _list_day(day: date) -> str:
    return max(listed for listed in _LIST_DAYS if listed <= str(day))


# Saves 0.3 s of 3.5 s in fetching the eight days of the demo. Callers must not change the values.
@functools.cache
def _recorded(name: str) -> Any:
    return json.loads(_text(name))


def _text(name: str) -> bytes:
    return gzip.decompress(files.read(REPLIES / f"{name}.json.gz"))


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
