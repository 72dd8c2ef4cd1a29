"""Whole days of replies with values at every edge, through the run, the boards, the charts and the pages.

Hypothesis makes the replies. Most values are ones that the documentation allows, or nearly: what is refused at once
says nothing of the pages.
"""

import json
import posixpath
import re
import tempfile
import traceback
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from generator.base import strict_json
from generator.base.errors import NothingToPublish
from generator.checks import check
from generator.checks.html_page import Page
from generator.publish.folders import Folders
from generator.publish.stage import stage
from tests import tiny_archive as tiny
from tests.torture import hostile_strings
from tests.torture.mutations import mutated, nodes
from tests.torture.outcome import Outcome
from tests.torture.runs import DAY, Params, taken

COUNT = 150
"""Days to play, each of which becomes a whole site."""
MOST_ROWS, MOST_BYTES = 5_000, 4 * 2**20
"""Of one chart's specification."""
_OURS = re.compile(
    r"\b(?:NaN|nan|Infinity|inf|undefined|(?<![=])(?<!Highlight )None(?! (?:of|is|has|was)\b))\b"
)
"""What stands on no page unless something went wrong, but for code and a choice; no name says any of it."""
_MARK = "hostile-mark"
_NAMES = (
    f"<{_MARK}>",
    f'" {_MARK}="1',
    f"' {_MARK}='1",
    f"</script><{_MARK}>",
    *(text for text in hostile_strings.PAYLOADS if not _OURS.search(text)),
)
_SLUGS = (
    *hostile_strings.SLUGS,
    *(
        "embed/embed",
        "con/con",
        "..",
        "../..",
        "nul/a",
        "other",
        "m0001",
        "~a/b-latest",
        "a/b:free",
    ),
    *(
        "a/b:beta",
        "a.b-c_d/e.f-g_h:i.j",
        "a/b.index.html",
        "charts/charts",
        "d/d",
        "A/b",
        "a/B:free",
    ),
)
_TOKENS = ("0", "1", "9007199254740993", "9223372036854775807", "9" * 20)
_PRICES = ("0", "-1", "0.0000000000000001", "1e-40", "0.000001", "9999999", "9" * 30)
_SCORES = (None, 0, -0.0, 1e-9, 0.1 + 0.2, 50, 1e4, -1e4)
_SHARES = (0, 1e-12, 0.1 + 0.2, 0.5, 1)
_COUNTS = (0, 1, 2**31, 2**53 + 1, 2**63 - 1)
_DAYS = (None, "9999-12-31", "0001-01-01", "2026-02-30", "2026-08-18", "soon")
_SECONDS = (0, 1, 1_767_225_600, 253_402_300_799)

ABSURD: st.SearchStrategy[Any] = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.text(max_size=30),
        st.sampled_from(hostile_strings.PAYLOADS + hostile_strings.SLUGS),
        st.integers(min_value=-(10**4000), max_value=10**4000),
        st.floats(allow_nan=True, allow_infinity=True),
        st.dates().map(str),
        st.datetimes(timezones=st.timezones()).map(str),
    ),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3)
    ),
    max_leaves=6,
)
"""Any value that JSON can hold, and some that it cannot."""

Json = dict[str, Any]


@dataclass(frozen=True)
class World:
    """What the API answers on one day: the reply to each kind of call."""

    replies: Mapping[str, Any]

    def answer(self, path: str, params: Params) -> tuple[int, bytes]:
        """Return the reply to a path with parameters; the window that was asked for is stated."""
        value = self.replies.get(params.get("source") or path)
        if value is None:
            return 404, b'{"error":{"code":404}}'
        if path == "/models/count":
            value = {"data": {"count": 0}}
        window = {name: params[name] for name in ("start_date", "end_date") if name in params}
        if isinstance(value, dict) and isinstance(value.get("meta"), dict):
            value = {**value, "meta": {**window, **value["meta"]}}
        return 200, json.dumps(value).encode()


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """Return days whose replies are right in form, but for one value in some of them."""
    slugs = draw(st.lists(st.sampled_from(_SLUGS), max_size=6, unique=True))
    replies = {
        "/models": {"data": [_listing(draw, slug) for slug in slugs]},
        "/models/count": {},
        "/datasets/rankings-daily": _enveloped(_rankings(draw, slugs)),
        "/datasets/app-rankings": _enveloped(_apps(draw)),
        "/datasets/session-cost": _enveloped(_costs(draw, slugs), **_costs_window()),
        "/classifications/task": {"data": _tasks(draw, slugs)},
        "artificial-analysis": _enveloped([_score(draw, slug) for slug in slugs]),
        "design-arena": _enveloped(_ratings(draw, slugs)),
        "openrouter": _enveloped([_evaluation(draw, slug) for slug in slugs]),
    }
    if draw(st.booleans()):
        changed = draw(st.sampled_from(sorted(replies)))
        place = draw(st.sampled_from([*nodes(replies[changed])]))
        value = draw(ABSURD)
        everywhere = draw(st.booleans())
        replies[changed] = mutated(
            replies[changed], place, lambda _value: value, everywhere=everywhere
        )
    return World(replies)


def _one_of(draw: st.DrawFn, values: tuple[Any, ...]) -> Any:
    return draw(st.sampled_from(values))


def _name(draw: st.DrawFn) -> str:
    return draw(
        st.sampled_from(_NAMES) | st.text(max_size=30).filter(lambda it: not _OURS.search(it))
    )


def _enveloped(rows: list[Json], **meta: Any) -> Json:
    return {"data": rows, "meta": {"as_of": f"{DAY}T00:00:00Z", "version": "v1", **meta}}


def _alike_or_not(draw: st.DrawFn, values: tuple[Any, ...], count: int) -> list[Any]:
    """Return so many of the values: all of them one and the same, or any."""
    if draw(st.booleans()):
        return [_one_of(draw, values)] * count
    return [_one_of(draw, values) for _ in range(count)]


def _rankings(draw: st.DrawFn, slugs: list[str]) -> list[Json]:
    listed = [*slugs, "other"] if draw(st.booleans()) else slugs
    days = draw(st.integers(min_value=1, max_value=16))
    tokens = iter(_alike_or_not(draw, _TOKENS, days * len(listed)))
    rows = []
    for back in range(days, 0, -1):
        day = str(DAY - timedelta(days=back))
        for slug in dict.fromkeys(listed):
            rows.append({"date": day, "model_permaslug": slug, "total_tokens": next(tokens)})
    return rows


def _apps(draw: st.DrawFn) -> list[Json]:
    count = draw(st.integers(min_value=0, max_value=4))
    tokens = sorted(map(int, _alike_or_not(draw, _TOKENS, count)), reverse=True)
    return [
        {"rank": rank, **tiny.app(rank, total, _one_of(draw, _COUNTS), _name(draw))}
        for rank, total in enumerate(tokens, 1)
    ]


def _listing(draw: st.DrawFn, slug: str) -> Json:
    modalities = draw(st.lists(st.sampled_from(("text", "image", *_NAMES)), max_size=3))
    return tiny.listing(
        slug,
        slug,
        _name(draw),
        _one_of(draw, _PRICES),
        created=_one_of(draw, _SECONDS),
        context_length=_one_of(draw, _COUNTS),
        expiration_date=_one_of(draw, _DAYS),
        knowledge_cutoff=_one_of(draw, _DAYS),
        architecture={
            "input_modalities": modalities,
            "output_modalities": modalities[:1],
            "tokenizer": _name(draw),
        },
        pricing={"completion": _one_of(draw, _PRICES), "request": _one_of(draw, _PRICES)},
        supported_parameters=[_name(draw)],
        description=_name(draw),
    )


def _priced(draw: st.DrawFn) -> Json | None:
    prices = {"prompt": _one_of(draw, _PRICES), "completion": _one_of(draw, _PRICES)}
    return prices if draw(st.booleans()) else None


def _score(draw: st.DrawFn, slug: str) -> Json:
    indices = {f"{name}_index": _one_of(draw, _SCORES) for name in ("coding", "agentic")}
    index = _one_of(draw, _SCORES)
    made = tiny.score(slug, index, **indices, pricing=_priced(draw))
    return made | {"display_name": _name(draw)}


def _ratings(draw: st.DrawFn, slugs: list[str]) -> list[Json]:
    category = draw(st.sampled_from(("website", *_SLUGS)))
    made = []
    for slug in slugs:
        rating = tiny.rating(slug, _one_of(draw, _SCORES[1:]), category)
        places = {f"{place}_place": _one_of(draw, _COUNTS) for place in ("first", "second")}
        rating["tournament_stats"] = places | {"total": _one_of(draw, _COUNTS)}
        rating["win_rate"] = _one_of(draw, (0, 0.5, 100))
        rating["avg_generation_time_ms"] = _one_of(draw, (None, 0, 1e-9, 1e9))
        made.append(rating | {"display_name": _name(draw)})
    return made


def _evaluation(draw: st.DrawFn, slug: str) -> Json:
    made = tiny.evaluation(slug, _one_of(draw, _SHARES), total_tasks=_one_of(draw, _COUNTS))
    return made | {"display_name": _name(draw), "avg_cost_per_task": _one_of(draw, (None, 0, 1e6))}


def _tasks(draw: st.DrawFn, slugs: list[str]) -> Json:
    tags = draw(st.lists(st.sampled_from(("code:x", *_SLUGS)), max_size=3, unique=True))
    rows = []
    for tag in tags:
        models = [tiny.chosen(slug, _one_of(draw, _SHARES)) for slug in slugs]
        row = tiny.task(tag, _one_of(draw, _SHARES), _one_of(draw, _SHARES), *models)
        rows.append(row | {"display_name": _name(draw)})
    kinds = [tiny.kind_of_work("general", _one_of(draw, _SHARES), 1) | {"label": _name(draw)}]
    return {"as_of": str(DAY), "classifications": rows, "macro_categories": kinds if rows else []}


def _costs(draw: st.DrawFn, slugs: list[str]) -> list[Json]:
    app = draw(st.sampled_from(_SLUGS))
    costs = _alike_or_not(draw, (0, 1e-12, 0.1 + 0.2, 1e6), len(slugs))
    lengths = ("1-turn", "50-plus-turns", *_NAMES)
    return [
        tiny.cost(app, slug, _one_of(draw, lengths), dollars, _name(draw))
        for slug, dollars in zip(slugs, costs, strict=True)
    ]


def _costs_window() -> Json:
    return {"window_days": 30, "window_end_date": str(DAY - timedelta(days=6))}


# What is looked at


def unsaid(outcomes: Iterable[Any]) -> list[str]:
    """Return a sentence for each dataset of a run that failed without a line of words."""
    return [
        f"{one.dataset}: {one.state}, {one.message!r}"
        for one in outcomes
        if one.state == "failed" and (not one.message or "\n" in one.message)
    ]


def spec_faults(name: str, body: bytes) -> Iterator[str]:
    """Yield what is wrong with the specification of a chart: no strict JSON, no title or credit, or no end."""
    try:
        spec = strict_json.loads(body)
    except ValueError as error:
        yield f"{name}: {error}"
        return
    said = body.decode()
    if '"usermeta"' not in said or "Source: " not in said or not spec.get("title"):
        yield f"{name}: without a title or a credit"
    tables = spec.get("datasets") or {one["name"]: one.get("values", []) for one in spec["data"]}
    longest = max((len(rows) for rows in tables.values()), default=0)
    if longest > MOST_ROWS or len(body) > MOST_BYTES:
        yield f"{name}: {longest} rows, {len(body)} bytes"


def page_faults(name: str, text: str) -> Iterator[str]:
    """Yield what is wrong with a page by itself: markup to repair or of the data's, and values that are none."""
    page = Page(text.encode())
    fault = page.misread_markup()
    if fault:
        yield f"{name}: {fault}"
    for strange in page.select(f"{_MARK}, [{_MARK}]"):
        yield f"{name}: {strange} came from the data"
    for body in page.select("body"):
        found = _OURS.search(body.text())
        if found:
            start = max(0, found.start() - 40)
            yield f"{name}: shows {body.text()[start : found.end() + 20]!r}"


def dangling(pages: Mapping[str, str]) -> Iterator[str]:
    """Yield each link of a page to a page that is not there; frozen days are left out."""
    for name, text in pages.items():
        if not name.endswith(".html"):
            continue
        for link in Page(text.encode()).select("a[href]"):
            href = unquote(link.attributes["href"].partition("#")[0].partition("?")[0])
            if not href or "://" in href or href.startswith(("mailto:", "/")):
                continue
            target = posixpath.normpath(posixpath.join(posixpath.dirname(name), href))
            is_page = href.endswith("/") or href in (".", "..")
            if is_page and not target.startswith("d/"):
                folder = "" if target == "." else f"{target}/"
                if f"{folder}index.html" not in pages:
                    yield f"{name}: {href} leads nowhere"


def ending(world: World, root: Path) -> list[str]:
    """Return what is wrong with the site of a day, rendered in whole."""
    wrong = unsaid(taken(world.answer, root / "data"))
    try:
        staged = stage(Folders(root), DAY, "https://someone.example/")
    except NothingToPublish:
        return wrong
    except Exception as error:
        place = traceback.extract_tb(error.__traceback__)[-1]
        said = f"{type(error).__name__}: {str(error)[:300]}"
        return [*wrong, f"{said} ({Path(place.filename).name}, line {place.lineno})"]
    wrong += staged.omissions
    wrong += map(str, check(staged.path).findings)
    for path in sorted(staged.path.rglob("*")):
        name = path.relative_to(staged.path).as_posix()
        if path.is_dir():
            continue
        if name.endswith(".html"):
            wrong += page_faults(name, path.read_text("utf-8"))
        elif name.endswith((".vg.json", ".vl.json")):
            wrong += spec_faults(name, path.read_bytes())
    return wrong


def play(count: int = COUNT) -> Iterator[Outcome]:
    """Yield what came of so many days; the smallest day that ends wrong is shown.

    Args:
        count: the number of days.
    """
    played: list[World] = []

    @settings(
        max_examples=count,
        deadline=None,
        derandomize=True,
        database=None,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )
    @given(world=worlds())
    def each(world: World) -> None:
        played.append(world)
        with tempfile.TemporaryDirectory() as folder:
            wrong.update(dict.fromkeys(ending(world, Path(folder))))

    wrong: dict[str, None] = {}
    each()
    yield Outcome("days of hostile replies, each a whole site", len(played), tuple(wrong))
