"""Boards of every kind, with real names and numbers of August 2026 and the ugliest strings among them."""

import functools
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from generator.archive.coverage import Coverage
from generator.base import attribution
from generator.base.dates import Window
from generator.boards.board import AnyBoard, Boards, Column, Entity, Moved
from tests.typed_boards import typed_board

TODAY = date(2026, 8, 18)
HOSTILE = "</script><img src=x onerror=alert(1)> \"quoted\" {{ 7*7 }} **bold** & 'more'"
BIDI = "مساعد البرمجة"
LONG = "W" * 199 + "…"
CREDITS = {
    "rankings-daily": attribution.rankings("2026-08-18T06:00:00.000Z"),
    "app-rankings": attribution.apps("2026-08-18T06:01:12.481Z"),
    "models": attribution.models("2026-08-18T06:02:00Z"),
    "benchmarks-artificial-analysis": attribution.benchmark(
        "artificial-analysis", "2026-08-17T12:12:25+00:00"
    ),
    "benchmarks-design-arena": attribution.benchmark("design-arena", "2026-08-17T00:02:03Z"),
    "task-classifications": attribution.rankings("2026-08-17"),
}
WEEK = Window.ending(date(2026, 8, 17), 7)
SCOPE = "Tokens are counted by each provider's own tokenizer; only the fifty most used models of a day are named."

USED = (
    ("deepseek/deepseek-v4-flash-20260731", "DeepSeek V4 Flash", 11295219517497, 2),
    ("tencent/hy3-20260706", "Hy3", 9704303977221, -1),
    ("openai/gpt-5.6-luna-20260709", "GPT-5.6 Luna", 5568028520442, 0),
    ("xiaomi/mimo-v2.5-20260422", "MiMo-V2.5", 4992337388894, 14),
    ("z-ai/glm-5.2-20260616", "GLM 5.2", 4407784764603, -3),
    ("google/gemini-3.6-flash-20260721", "Gemini 3.6 Flash", 2768643632500, None),
    ("anthropic/claude-opus-5-20260723", "Claude Opus 5", 2699900787569, 0),
    (
        "nvidia/nemotron-3-ultra-550b-a55b-20260604:free",
        "Nemotron 3 Ultra (free)",
        2390511906903,
        1,
    ),
    ("poolside/laguna-s-2.1-20260720:free", "Laguna S 2.1 (free)", 1633569495532, None),
    ("openrouter/auto", "Auto Router", 1547981082273, -7),
    ("acme/" + "w" * 60, LONG, 1081800593999, 2),
    ("evil/x", HOSTILE, 921832442245, 3),
    ("falak/barmaja", BIDI, 814433158028, 1),
    ("stepfun/step-3.7-flash-20260528", "Step 3.7 Flash", 716861744679, 0),
)
_PRICES = ("0.00000028", "0", "0.0000025", "0.0000001", "-1", None, "0.000005")
_SCORES = (63.1, 62.1, 60.9, 59.5, 58, None)


def model(at: int) -> Entity:
    slug, name, *_ = USED[at]
    path = f"models/{slug.replace(':', '--')}/"
    return Entity(slug, name, None if slug == "openrouter/auto" else path, slug.split("/")[0], slug)


MODELS = [model(at) for at in range(len(USED))]
_APPS = [
    Entity(str(at), name)
    for at, name in enumerate(("Hermes Agent", "Claude Code", "pi", HOSTILE, BIDI, LONG))
]
_TASKS = [
    Entity("classification_tagging", "Classification", "tasks/classification_tagging/"),
    Entity("code:general_impl", "Code Generation", "tasks/code--general_impl/"),
]


def moved(places: int | None) -> Moved:
    if places is None:
        return Moved(None, "new")
    return Moved(places, "up" if places > 0 else "down" if places < 0 else "same")


def columns(described: str) -> tuple[Column, ...]:
    """From words like ``total_tokens|Tokens|tokens|bar``; a ``_`` in a label is a space."""
    parts = (word.split("|") for word in described.split())
    return tuple(
        Column(key, label.replace("_", " "), kind, f"what {label} says", bar="bar" in more)  # type: ignore[arg-type]
        for key, label, kind, *more in parts
    )


def board(
    name: str, described: str, listed: Sequence[dict[str, Any]], *datasets: str, **more: Any
) -> AnyBoard:
    sources = tuple(CREDITS[one] for one in datasets)
    more = {"title": f"What does {name} say?", "finding": f"{name} says a lot.", **more}
    return typed_board(
        name,
        listed,
        columns=columns(described),
        citations=sources,
        datasets=datasets,
        **more,
    )


def rows(key: str, entities: Sequence[Entity], **values: Any) -> list[dict[str, Any]]:
    """Ranked rows; a tuple gives each row its own value in turn, anything else is the same for all."""
    return [
        {"rank": at + 1, key: entity}
        | {
            name: value[at % len(value)] if isinstance(value, tuple) else value
            for name, value in values.items()
        }
        for at, entity in enumerate(entities)
    ]


def used(name: str = "models-7d", repeat: int = 1) -> AnyBoard:
    """The main board; ``repeat`` makes it that many times as long."""
    totals = tuple(total for _, _, total, _ in USED)
    sparks = tuple(
        tuple(None if n in (4, 5) else float(n * at % 7) for n in range(30)) for at in range(7)
    )
    listed = rows(
        "model_permaslug",
        MODELS * repeat,
        moved=tuple(moved(places) for *_, places in USED),
        firm=tuple(bool(places) for *_, places in USED),
        days=7,
        days_before=7,
        total_tokens=totals,
        share=tuple(total / 60e12 for total in totals),
        change=(-0.125, 0.083, 12.4, 0.0, None),
        spark=sparks,
    )
    other = {
        "model_permaslug": Entity("other", "Models outside the top 50"),
        "total_tokens": 4997245458736,
        "share": 0.083,
        "standing": "other",
    }
    return board(
        name,
        "rank|#|rank moved|±|moved model_permaslug|Model|entity total_tokens|Tokens|tokens|bar share|Share|share "
        "change|Change|change spark|30_days|spark",
        [*listed, other],
        "rankings-daily",
        "models",
        title="Which models are used the most?",
        finding="DeepSeek V4 Flash leads for the third week with 18.8% of all tokens, up 2.1 points.",
        notes=("Public traffic only.",),
        scope=SCOPE,
        window=WEEK,
        coverage=Coverage(WEEK, provisional=tuple(WEEK)[-3:]),
        processing="Sums of daily totals, shares, ranks and changes.",
    )


def _apps(sort: str, part: str) -> AnyBoard:
    listed = rows(
        "app",
        _APPS,
        moved=moved(1),
        total_tokens=(13830076672451, 4627844060640),
        total_requests=136743708,
    )
    return board(
        f"apps.{sort}{part}",
        "rank|#|rank moved|±|moved app|App|entity total_tokens|Tokens|tokens|bar total_requests|Requests|tokens",
        [] if "legal" in part else listed,
        "app-rankings",
    )


_NAME = "model_permaslug|Model|entity"
_RANK = "rank|#|rank"
_PRICED = "prompt|Input|price completion|Output|price"
_ANALYSIS, _ARENA, _CLASSIFIED = (
    "benchmarks-artificial-analysis",
    "benchmarks-design-arena",
    "task-classifications",
)


def _usage() -> list[AnyBoard]:
    weeks = [
        {
            "week": TODAY - timedelta(days=7 * n),
            "model_permaslug": MODELS[0],
            "total_tokens": 10**12 * n,
        }
        for n in (3, 2, 1)
    ]
    gains = rows(
        "model_permaslug",
        MODELS,
        firm=True,
        difference=(12_000_000_000, -5_000_000_000),
        change=(0.4, -0.2),
    )
    people = [Entity(one.author, one.author, None, one.author) for one in MODELS]
    authors = rows(
        "author",
        people,
        moved=Moved(None, "returned"),
        total_tokens=9 * 10**12,
        points=(0.021, -0.004),
    )
    return [
        used(),
        used("models-30d", 4),
        board(
            "movers-7d",
            f"{_NAME} difference|Gain|tokens change|Change|change",
            gains,
            "rankings-daily",
            window=WEEK,
        ),
        board(
            "models-weekly",
            f"week|Week|day {_NAME} total_tokens|Tokens|tokens",
            weeks,
            "rankings-daily",
        ),
        board(
            "authors-7d",
            f"{_RANK} moved|±|moved author|Author|entity total_tokens|Tokens|tokens|bar points|Points|points",
            authors,
            "rankings-daily",
        ),
    ]


def _tested() -> list[AnyBoard]:
    priced = {"prompt": _PRICES, "completion": _PRICES}
    listed = {
        "context_length": (131072, 1048576, None),
        "input_modalities": "text, image",
        "created": (TODAY, None),
    }
    path = "benchmarks/design-arena/models/codecategories/"
    category = {
        "arena": "models",
        "category": Entity("code", "Code", path),
        "leader": MODELS[6],
        "elo": 1298,
    }
    about = "context_length|Context|context input_modalities|In|text created|Since|day"
    scored = rows(
        "model_permaslug", MODELS, intelligence_index=_SCORES, coding_index=45.1, **priced
    )
    frontier = rows(
        "model_permaslug",
        MODELS,
        intelligence_index=_SCORES[:5],
        blended=_PRICES,
        on_frontier=("yes", ""),
    )
    elo = rows(
        "model_permaslug", MODELS, elo=(1298, 1259), tournaments=(27, None), seconds=(None, 41.25)
    )
    return [
        board(
            "catalogue",
            f"{_NAME} {_PRICED} {about}",
            rows("model_permaslug", MODELS * 3, **listed, **priced),
            "models",
        ),
        board(
            "artificial-analysis",
            f"{_RANK} {_NAME} intelligence_index|Index|score|bar {_PRICED}",
            scored,
            _ANALYSIS,
        ),
        board(
            "frontier",
            f"{_NAME} blended|Blended|price on_frontier|Frontier|text",
            frontier,
            _ANALYSIS,
        ),
        board(
            "design-arena",
            "arena|Arena|text category|Category|entity elo|Elo|score",
            [category],
            _ARENA,
        ),
        board(
            "da.models.codecategories",
            f"{_RANK} {_NAME} elo|Elo|score|bar tournaments|Votes|integer seconds|Seconds|score",
            elo,
            _ARENA,
        ),
    ]


def _asked() -> list[AnyBoard]:
    described = f"{_RANK} tag|Task|entity macro_category|Kind|text usage_share|Requests|share|bar"
    tasks = rows(
        "tag",
        _TASKS,
        macro_category="general",
        usage_share=(0.237, 0.0004),
        rank_low=(1, 2),
        rank_high=(1, 2),
    )
    chosen = rows("model_permaslug", MODELS[:4], tag_usage_share=(0.2, 0.1))
    return [
        board("tasks", described, tasks, _CLASSIFIED),
        *(
            board(
                f"task.{place}",
                f"{_RANK} {_NAME} tag_usage_share|Requests|share|bar",
                chosen,
                _CLASSIFIED,
            )
            for place in ("classification_tagging", "code--general_impl")
        ),
    ]


# Boards and profiles are 8 of the 9 ms that a sample of a site took.
@functools.cache
def boards() -> Boards:
    """One board of each family, and one with nothing in it."""
    parts = ("", ".coding", ".coding.cli-agent", ".productivity.legal")
    apps = [_apps(sort, part) for sort in ("popular", "trending") for part in parts]
    return Boards((*_usage(), *_tested(), *_asked(), *apps))
