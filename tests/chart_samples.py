"""One board for every chart of the catalog, with names that try to break out of wherever they are put."""

import functools
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, NoReturn

from generator.archive.coverage import Coverage
from generator.base import attribution, formats
from generator.base.dates import Window
from generator.boards import (
    app_shares,
    apps,
    artificial_analysis,
    author_profiles,
    catalogue,
    design_arena,
    frontier,
    frontier_history,
    open_weights,
    parameters,
    restatements,
    session_costs,
    task_lift,
    use_test_taste,
)
from generator.boards.board import AnyBoard, Boards, Column, Entity, EventMark
from generator.charts import native
from generator.charts.catalogue import CHARTS
from generator.charts.chart import Chart
from tests.typed_boards import typed_board

LAST = date(2026, 8, 17)
WINDOW = Window.ending(LAST, 7)
RANKINGS = attribution.rankings("2026-08-18T06:00:00.000Z")
SCORES = attribution.benchmark("artificial-analysis", "2026-08-17T12:12:25+00:00")
LEADER = "DeepSeek V4 Flash"
FATAL_SPEC = (
    '{"$schema":"https://vega.github.io/schema/vega/v6.json",'
    '"marks":[{"type":"text","encode":{"update":{"text":{"value":"ESC\\u001b"}}}}]}'
)
"""A spec at which vl-convert ends its process with SIGABRT."""


def cannot_load(*_: object, **__: object) -> NoReturn:
    """Stand in for any function of :mod:`generator.charts.native` where vl-convert cannot be loaded."""
    raise native.CannotLoad("vl-convert-python", "not there")


HOSTILE = tuple(
    formats.sanitize(name)
    for name in (
        "</script><script>alert(1)</script>",
        "NUL\x00 ESC\x1b BEL\x07 \ufffe\uffff",
        "javascript:alert(1)",
        "W" * 300,
        "\"quoted\" & 'single' <b>",
        "=HYPERLINK(1)",
        "}}{{ ]]> --> &amp; \\u003c",
        "مساعد البرمجة 模型排行榜",
    )
)
AUTHORS = (
    "deepseek",
    "tencent",
    "openai",
    "xiaomi",
    "z-ai",
    "google",
    "anthropic",
    "nvidia",
    "poolside",
    "qwen",
)


def model(at: int) -> Entity:
    author = AUTHORS[at % len(AUTHORS)]
    name = LEADER if at == 0 else HOSTILE[at - 1] if at <= len(HOSTILE) else f"Model {at}"
    page = f"models/{author}/model-{at}/"
    return Entity(f"{author}/model-{at}", name, page, author, author_name=author.title())


OTHER = Entity("other", "All other models")


def _finding(board_: AnyBoard) -> str:
    """What the site says of such a board, for those whose charts repeat it."""
    rows: Any = board_.rows
    family = board_.id.family
    if isinstance(board_, apps.AppsBoard):
        trending = board_.sort == apps.TRENDING
        finding = apps.trending_finding if trending else apps.popular_finding
        return finding(rows, board_.subcategory or board_.category, board_.window)
    if isinstance(board_, design_arena.CategoryBoard):
        return design_arena.category_finding(rows, board_.category_key)
    if family == "use-test-taste":
        leaders = use_test_taste.WholeList((model(0),), len(rows))
        return use_test_taste.finding(rows, [leaders] * 3)
    if family == "frontier-history":
        days = [one.day for one in rows]
        return frontier_history.finding(rows, min(days), max(days), rebased=False)
    findings: dict[str, Callable[[Any], str]] = {
        "apps-shares": app_shares.finding,
        "artificial-analysis": artificial_analysis.finding,
        "author": lambda listed: author_profiles.largest_share("Ada", listed, len(listed)),
        "frontier": frontier.finding,
        "frontier-cheapest": lambda listed: frontier_history.cheapest_finding(listed, LAST),
        "modalities": lambda listed: catalogue.modality_finding(listed, 500, 250),
        "parameters": lambda listed: parameters.finding(listed, 400),
        "restatements": lambda listed: restatements.finding(listed, 21),
        "session-cost": session_costs.finding,
        "task-lift": task_lift.finding,
    }
    return findings[family](rows) if family in findings else board_.finding


def board(name: str, kinds: str, rows: list[dict[str, Any]], **more: Any) -> AnyBoard:
    """``kinds`` lists ``key:kind``; a row with ``standing`` is not ranked."""
    columns = tuple(
        Column(*(pair.split(":")[0], pair, pair.split(":")[1])) for pair in kinds.split()
    )  # type: ignore[arg-type]
    citations = more.pop("citations", (RANKINGS,))
    more = {"title": f"What is {name}?", "datasets": ("rankings-daily",), **more}
    made = typed_board(name, rows, columns=columns, citations=citations, **more)
    return replace(made, finding=_finding(made))


def covered(window: Window, provisional: int, *missing: date) -> Coverage:
    """The window, the last days of which are provisional."""
    days = list(window)
    return Coverage(window, missing, provisional=tuple(days[len(days) - provisional :]))


def _tokens(at: int) -> int:
    return 11_295_219_517_497 // (at + 1)


def used() -> AnyBoard:
    rows: list[dict[str, Any]] = [
        {
            "rank": at + 1,
            "model_permaslug": model(at),
            "total_tokens": _tokens(at),
            "total_tokens_high": _tokens(at),
            "share": 0.2 / (at + 1),
            "change": (0.125, -0.031, None, 8.2)[at % 4],
        }
        for at in range(14)
    ]
    rows.append(
        {"model_permaslug": OTHER, "total_tokens": 5 * 10**12, "share": 0.3, "standing": "other"}
    )
    kinds = "rank:rank model_permaslug:entity total_tokens:tokens share:share change:change"
    more: dict[str, Any] = {"window": WINDOW, "coverage": covered(WINDOW, 3)}
    return board("models-7d", kinds, rows, finding=f"{LEADER} leads with 20.0% of tokens.", **more)


def _exact(tokens: int, share: float) -> dict[str, float]:
    """Tokens and a share of which no day is unknown."""
    most = {"total_tokens_high": tokens, "share_high": share}
    return {"total_tokens": tokens, "share": share, **most}


def _weeks(name: str, key: str, provisional: int, **more: Any) -> AnyBoard:
    rows: list[dict[str, Any]] = []
    for back in range(11, -1, -1):
        week = LAST - timedelta(days=7 * back)
        for at in range(9):
            entity = (
                model(at)
                if key == "model_permaslug"
                else Entity(AUTHORS[at], AUTHORS[at].title(), None, AUTHORS[at])
            )
            rows.append({"week": week, key: entity, **_exact(_tokens(at), 0.08)})
        rows.append({"week": week, key: OTHER, **_exact(10**12, 0.28), "standing": "other"})
    window = Window(LAST - timedelta(days=83), LAST)
    kinds = f"week:day {key}:entity total_tokens:tokens share:share"
    return board(name, kinds, rows, window=window, coverage=covered(window, provisional), **more)


def _open_weights() -> AnyBoard:
    rows: list[dict[str, Any]] = []
    for back in (2, 1, 0):
        for at, (part, name) in enumerate(open_weights.PARTS.items()):
            tokens = 10**12 * (4 - at)
            values = {"part": Entity(part, name), "total_tokens": tokens, "share": (4 - at) / 10}
            values["standing"] = "unranked"
            rows.append({"week": LAST - timedelta(days=7 * back), **values})
    window = Window.ending(LAST, 21)
    kinds = "week:day part:entity total_tokens:tokens share:share"
    more = {"window": window, "coverage": covered(window, 3), "citations": (RANKINGS, SCORES)}
    return board("open-weights.parts", kinds, rows, finding="Open weights lead.", **more)


def _through_weeks() -> Iterator[AnyBoard]:
    """The boards of every week: by author, by what is free, their spread and what they cost."""
    window = Window.ending(LAST, 84)
    more: dict[str, Any] = {"window": window, "coverage": covered(window, 3)}
    weeks = [LAST - timedelta(days=7 * back) for back in range(11, -1, -1)]
    yield _weeks("use-history.authors", "author", 3, finding="DeepSeek had the most tokens.")
    parts = [
        {"week": week, "part": Entity(part, part.title()), "total_tokens": 10**12 * part_of}
        | {"share": part_of / 10, "standing": "unranked"}
        for week in weeks
        for part, part_of in (("free", 1), ("unpriced", 1), ("other", 2), ("paid", 6))
    ]
    kinds = "week:day part:entity total_tokens:tokens share:share"
    yield board(
        "free-use.parts", kinds, parts, finding="Free listings had between 10.0% and 40.0%.", **more
    )
    spread: list[dict[str, Any]] = [
        {"week": week, "effective_low": 6.4, "effective": 7.0 + at / 10, "effective_high": 9.0}
        | {"authors": 18, "largest": 0.2, "standing": "unranked"}
        for at, week in enumerate(weeks)
    ]
    # All tokens of one week are outside the top 50.
    spread[4] |= {"effective_low": None, "effective": None, "effective_high": None}
    kinds = "week:day effective_low:score effective:score effective_high:score authors:integer"
    marks = (EventMark(LAST - timedelta(days=20), f"{HOSTILE[0]} took the lead."),)
    yield board(
        "concentration",
        kinds,
        spread,
        finding="It was as if between 6.4 and 9.0 authors had equal shares.",
        marks=marks,
        **more,
    )
    costs = [
        {
            "week": week,
            "spend_low": 5.7e7,
            "spend_high": 2.64e8,
            "covered": 0.936,
            "prices_of": LAST,
        }
        for week in weeks
    ]
    kinds = "week:day spend_low:score spend_high:score covered:share prices_of:day"
    yield board(
        "implied-spend", kinds, costs, finding="They would cost between $57 M and $264 M.", **more
    )


def _restated() -> AnyBoard:
    first, then, now = 10**13, 10_070_000_000_000, 10_060_000_000_000
    steps = [(9, 2, first, then), (9, 5, then, now), (6, 2, first, 9_987_000_000_000)]
    steps += [(5, 1, 10**12, first), (5, 2, first, now), (2, 1, first, 10_004_000_000_000)]
    rows: list[dict[str, Any]] = [
        {
            "day": LAST - timedelta(days=back),
            "seen": LAST - timedelta(days=back - later),
            "days_after": later,
            "tokens_before": before,
            "tokens_after": after,
            "change": round(after / before - 1, 6),
            "completed": after > 2 * before,
            "standing": "unranked",
        }
        for back, later, before, after in reversed(steps)
    ]
    window = Window.ending(LAST, 21)
    more = {"window": window, "coverage": covered(window, 3)}
    kinds = (
        "day:day seen:day days_after:integer tokens_before:tokens tokens_after:tokens "
        "change:change completed:flag"
    )
    return board("restatements", kinds, rows, **more)


def _launched() -> AnyBoard:
    rows = [
        {
            "model_permaslug": model(at),
            "days": days,
            "day": LAST - timedelta(days=6 * at + 40 - days),
            # One model is outside the top 50 for some days: a gap, not a line across it.
            "tokens": None if at == 3 and 12 <= days <= 14 else 10**10 * (days + 1) * (at + 1),
        }
        for at in range(10)
        for days in range(6, 41)
    ]
    window = Window.ending(LAST, 100)
    kinds = "model_permaslug:entity days:integer day:day tokens:tokens"
    return board(
        "adoption.days",
        kinds,
        [{**row, "standing": "unranked"} for row in rows],
        window=window,
        coverage=covered(window, 3),
        finding=f"Of 45 models, {LEADER} had the most tokens.",
    )


def _against_score() -> AnyBoard:
    rows: list[dict[str, Any]] = [
        {
            "model_permaslug": model(at),
            "ratio": round(3.0 / (at + 1), 2),
            "total_tokens": _tokens(at),
            "expected_tokens": _tokens(at) * (at + 1) // 3,
            "intelligence_index": 60.0 - at,
            "blended": "0.0000005",
            "standing": "unranked",
        }
        for at in range(24)
    ]
    kinds = (
        "model_permaslug:entity ratio:score total_tokens:tokens expected_tokens:tokens "
        "intelligence_index:score blended:price"
    )
    finding = f"{LEADER} is used the most, 3 times as much as expected."
    more = {"window": WINDOW, "coverage": covered(WINDOW, 3), "citations": (RANKINGS, SCORES)}
    return board("use-against-score", kinds, rows, finding=finding, **more)


def price_steps(*steps: tuple[str | None, str | None], slug: str = "model-0") -> AnyBoard:
    """The prices of input and output of a model, each for two days."""
    rows: list[dict[str, Any]] = []
    for at, (prompt, completion) in enumerate(steps):
        day = LAST - timedelta(days=2 * (len(steps) - at) - 1)
        ends = {"day": day, "until": day + timedelta(days=1), "standing": "unranked"}
        prices = {"prompt": prompt, "completion": completion}
        rows.append({"model_permaslug": model(0), **ends, **prices})
    kinds = "model_permaslug:entity day:day until:day prompt:price completion:price"
    finding = f"The price of {LEADER} changed twice: input from $1 to $2."
    return board(f"model-prices.deepseek.{slug}", kinds, rows, finding=finding)


def _price_index() -> AnyBoard:
    rows = [
        {
            "day": LAST - timedelta(days=back),
            "index": 100.0 - back / 2,
            "index_prompt": 100.0 - back,
        }
        | {"index_completion": 100.0, "models": 300 - back, "standing": "unranked"}
        for back in range(9, -1, -1)
    ]
    kinds = "day:day index:score index_prompt:score index_completion:score models:integer"
    return board("price-index", kinds, rows, finding="List prices were 4.5% lower.")


def _ranks() -> AnyBoard:
    rows = [
        {"week": LAST - timedelta(days=7 * back), "model_permaslug": model(at), "rank": at + 1}
        for back in range(11, -1, -1)
        for at in range(15)
        # One model is outside the top 50 for three weeks: a gap, not a line across it.
        if not (at == 3 and 4 <= back <= 6)
    ]
    return board("models-ranks", "week:day model_permaslug:entity rank:rank", rows, window=WINDOW)


def _movers() -> AnyBoard:
    rows = [
        {
            "model_permaslug": model(at),
            "total_tokens": 10**12,
            "total_tokens_high": 10**12,
            "before": 10**12 - step,
            "before_high": 10**12 - step,
            "difference": step,
            "change": step / 10**12,
            "firm": step != 5 * 10**11,
            "standing": "unranked",
        }
        for at, step in enumerate((9 * 10**11, 5 * 10**11, -2 * 10**11, -7 * 10**11))
    ]
    kinds = (
        "model_permaslug:entity total_tokens:tokens before:tokens difference:tokens change:change"
    )
    finding = f"{LEADER} gained the most, 900 billion tokens."
    return board("movers-7d", kinds, rows, window=WINDOW, finding=finding)


def _apps() -> Iterator[AnyBoard]:
    for name in ("apps.popular", "apps.popular.coding.cli-agent", "apps.trending"):
        rows = [
            {
                "rank": at + 1,
                "app": Entity(str(at), model(at).name),
                "total_tokens": _tokens(at),
                "total_requests": 10**6,
                "tokens_per_request": _tokens(at) // 10**6,
            }
            for at in range(16)
        ]
        kinds = "rank:rank app:entity total_tokens:tokens total_requests:tokens tokens_per_request:integer"
        yield board(name, kinds, rows, window=WINDOW)
    yield board("apps.popular.productivity.legal", "rank:rank app:entity", [])


def _kinds() -> AnyBoard:
    rows: list[dict[str, Any]] = [
        {
            "subcategory": key,
            "kind": kind,
            "place": place,
            "app": Entity(str(at), name),
            "total_tokens": 10**10,
            "share": part,
            "listed": 5,
        }
        | {"standing": "ranked" if place else "other"}
        for key, kind, part in (
            ("cli-agent", "CLI agent", 0.3),
            ("roleplay", HOSTILE[0], 0.2),
            ("game", HOSTILE[3], 0.1),
        )
        for at, (place, name) in enumerate(
            ((1, HOSTILE[3]), (2, HOSTILE[1]), (3, LEADER), (None, "Others"))
        )
    ]
    for row in rows:
        row["share"] = 1 - 3 * row["share"] if row["place"] is None else row["share"]
    kinds = "subcategory:text kind:text place:integer app:entity total_tokens:tokens share:share"
    return board("apps-shares", kinds, rows, window=WINDOW)


def _sessions() -> AnyBoard:
    lengths = {"1-turn": "1 turn", "2-9-turns": "2–9 turns", "50-plus-turns": "50+ turns"}
    rows: list[dict[str, Any]] = [
        {
            "app_slug": "coder",
            "app_name": HOSTILE[0],
            "turn_range": turn_range,
            "length": words,
            "rank": at + 1,
            "rank_low": at + 1,
            "rank_high": at + 1,
            "model_permaslug": model(at),
            "median_session_cost_usd": str(0.003 * 7**number * (at + 1)),
        }
        for number, (turn_range, words) in enumerate(lengths.items())
        for at in range(number, 24)
    ]
    kinds = "app_name:text length:text model_permaslug:entity median_session_cost_usd:cost"
    return board("session-cost", kinds, rows, window=WINDOW)


def _scored() -> Iterator[AnyBoard]:
    rows: list[dict[str, Any]] = [
        {
            "rank": at + 1,
            "model_permaslug": model(at),
            "intelligence_index": 63.1 - at,
            "coding_index": 70.0 - at,
            "agentic_index": None if at == 5 else 60.0 - 2 * at,
            "prompt": "0.000001",
        }
        for at in range(22)
    ]
    rows.append({"model_permaslug": model(30), "intelligence_index": None, "standing": "unranked"})
    kinds = "rank:rank model_permaslug:entity intelligence_index:score coding_index:score agentic_index:score prompt:price"
    yield board("artificial-analysis", kinds, rows, citations=(SCORES,))
    prices = ("0", "0.00000001", "0.0000001", "0.000001", "0.00001")
    priced: list[dict[str, Any]] = [
        {
            "model_permaslug": model(at),
            "intelligence_index": 20.0 + at * 4,
            **dict.fromkeys(("prompt", "completion", "blended"), prices[at % 5]),
            "on_frontier": "yes" if 5 <= at < 10 else "",
            "standing": "unranked",
        }
        for at in range(10)
    ]
    kinds = "model_permaslug:entity intelligence_index:score blended:price on_frontier:text"
    yield board("frontier", kinds, priced, citations=(SCORES,))
    rated: list[dict[str, Any]] = [
        {
            "rank": at + 1,
            "model_permaslug": model(at),
            "elo": 1403.2 - at * 9,
            "win_rate": 66.0,
            "tournaments": 27,
        }
        | {
            "first": max(0, 12 - at),
            "second": 6,
            "third": 5,
            "fourth": 4,
            "seconds": 12.5 * (at + 1),
        }
        for at in range(18)
    ]
    kinds = "rank:rank model_permaslug:entity elo:score win_rate:score tournaments:integer seconds:score"
    places = " first:integer second:integer third:integer fourth:integer"
    yield board("da.models.codecategories", kinds + places, rated, citations=(SCORES,))
    bare = [
        {key: row[key] for key in ("rank", "model_permaslug", "elo", "win_rate")} for row in rated
    ]
    yield board(
        "da.models.website", "rank:rank model_permaslug:entity elo:score", bare, citations=(SCORES,)
    )
    yield from _watched()


def _watched() -> Iterator[AnyBoard]:
    """Boards that look back, or across categories."""
    placed: list[dict[str, Any]] = [
        {"model_permaslug": model(at), "category": name, "rank": at + 1, "of": 11, "elo": 1200 - at}
        | {"standing": "unranked"}
        for name in (HOSTILE[0], "codecategories", "website")
        for at in range(11)
    ]
    kinds = "model_permaslug:entity category:text rank:rank of:integer elo:score"
    yield board("da-arena", kinds, placed, citations=(SCORES,), arena=HOSTILE[4])
    frontier: list[dict[str, Any]] = [
        {
            "day": LAST - timedelta(days=back),
            "era": 1 if back > 60 else 2,
            "model_permaslug": model(at),
            "intelligence_index": 20.0 + at * 5 - back / 10,
            **dict.fromkeys(("prompt", "completion", "blended"), f"0.0000{at + 1:03d}"),
            "standing": "unranked",
        }
        for back in (90, 58, 29, 0)
        for at in range(9)
    ]
    kinds = "day:day era:integer model_permaslug:entity intelligence_index:score blended:price"
    yield board("frontier-history", kinds, frontier, citations=(SCORES,))
    cheapest: list[dict[str, Any]] = [
        {
            "day": LAST - timedelta(days=back),
            "era": 1 if back > 60 else 2,
            "level": level,
            **dict.fromkeys(("prompt", "completion", "blended"), f"0.00000{level}{back:02d}"),
            "model_permaslug": model(level % 9),
            "standing": "unranked",
        }
        for back in range(90, -1, -1)
        for level in (30, 40, 50, 60)
    ]
    kinds = "day:day era:integer level:integer blended:price model_permaslug:entity"
    yield board("frontier-cheapest", kinds, cheapest, citations=(SCORES,))
    yield from _over_time()


def _over_time() -> Iterator[AnyBoard]:
    rest: list[dict[str, Any]] = [
        {
            "date": LAST - timedelta(days=back),
            "other": 10**12,
            "share": 0.05 + back / 1000,
            "standing": "unranked",
        }
        for back in range(79, -1, -1)
    ]
    window = Window.ending(LAST, 85)
    kinds = "date:day other:tokens share:share"
    yield board(
        "other-share",
        kinds,
        rest,
        window=window,
        coverage=covered(window, 3),
        finding="It was between 5.5% and 8.7%.",
    )
    added: list[dict[str, Any]] = [
        {
            "month": date(2025 + at // 12, at % 12 + 1, 1),
            "author": Entity(name, name, None, name),
            "models": at % 5 + 1,
        }
        for at in range(18)
        for name in (*AUTHORS, HOSTILE[0], HOSTILE[3])
        if at != 4
    ]
    yield board("releases", "month:day author:entity models:integer", added)
    moved: list[dict[str, Any]] = [
        {
            "day": LAST - timedelta(days=at),
            "model_permaslug": model(at),
            "prompt_before": "0.000001",
            "prompt": ("0.000002", "0.0000005", "0", "0.000001")[at % 4],
            "completion_before": "0.000004",
            "completion": ("0.000008", "0.000002", "0", "0.000005")[at % 4],
            "prompt_change": (1.0, -0.5, -1.0, 0.0)[at % 4],
            "completion_change": (1.0, -0.5, -1.0, 0.25)[at % 4],
            "standing": "unranked",
        }
        for at in range(20)
    ]
    kinds = "day:day model_permaslug:entity prompt_before:price prompt:price completion_before:price completion:price"
    yield board("price-changes", f"{kinds} prompt_change:change completion_change:change", moved)
    weeks: list[dict[str, Any]] = [
        {
            "week": LAST - timedelta(days=7 * back),
            "total_tokens": 10**11,
            "total_tokens_high": 10**11,
            "share": 0.01 * (back + 1),
            "share_high": 0.01 * (back + 1),
            "rank": 7,
        }
        for back in (11, 10, 8, 4, 3, 2, 1, 0)
    ]
    kinds = "week:day total_tokens:tokens share:share rank:rank"
    yield board(
        "author.openai", kinds, weeks, title=f"How much are the models of {HOSTILE[0]} used?"
    )


def _trends() -> Iterator[AnyBoard]:
    window = Window.ending(LAST, 60)
    for name, key, many in (("task-trend", "macro_category", 4), ("task-trend.tasks", "tag", 8)):
        rows: list[dict[str, Any]] = [
            {
                "day": LAST - timedelta(days=back),
                key: Entity(f"{key}-{at}", model(at).name),
                "standing": "unranked",
            }
            | {"usage_share": 0.3 / (at + 1) + back / 1000, "token_share": 0.05 * (at + 1)}
            for back in range(59, -1, -1)
            for at in range(many)
        ]
        kinds = f"day:day {key}:entity usage_share:share token_share:share"
        yield board(
            name,
            kinds,
            rows,
            window=window,
            finding="It moved the most, +1.0 percentage points.",
            title="What changes?",
        )


def _asked() -> Iterator[AnyBoard]:
    tasks: list[dict[str, Any]] = [
        {
            "rank": at + 1,
            "tag": Entity(f"tag:{at}", model(at).name),
            "macro_category": "Code",
            "leader": model(at),
        }
        | {
            "usage_share": 0.2 / (at + 1),
            "token_share": 0.02 * at,
            "intensity": 0.02 * at * (at + 1) / 0.2,
        }
        for at in range(16)
    ]
    kinds = "rank:rank tag:entity macro_category:text usage_share:share token_share:share intensity:score leader:entity"
    yield board("tasks", kinds, tasks)
    macros: list[dict[str, Any]] = [
        {
            "macro_category": key,
            "label": key.title(),
            "usage_share": part,
            "token_share": 0.5 - part,
        }
        for key, part in (("code", 0.4), ("general", 0.3), ("data", 0.2), ("agent", 0.1))
    ]
    yield board(
        "tasks-macro", "macro_category:text label:text usage_share:share token_share:share", macros
    )
    yield from _trends()
    chosen: list[dict[str, Any]] = [
        {
            "rank": at + 1,
            "model_permaslug": model(at),
            "tag_usage_share": 0.2 / (at + 1),
            "tag_token_share": 0.05,
        }
        for at in range(10)
    ]
    rest = Entity("other", "All other models")
    chosen.append(
        {
            "model_permaslug": rest,
            "tag_usage_share": 0.3,
            "tag_token_share": 0.3,
            "standing": "other",
        }
    )
    kinds = "rank:rank model_permaslug:entity tag_usage_share:share tag_token_share:share"
    yield board("task.code--general_impl", kinds, chosen)
    lifted: list[dict[str, Any]] = [
        {
            "model_permaslug": model(at),
            "tag": Entity(f"tag:{of}", HOSTILE[of % len(HOSTILE)]),
            "lift": 0.3 + at * of / 5,
            "least_lift": 0.2 + at * of / 5,
            "most_lift": 0.4 + at * of / 5,
            "tag_usage_share": 0.1,
            "overall": 0.2 / (at + 1),
            "standing": "unranked",
        }
        for at in range(8)
        for of in range(20)
        if (at + of) % 3
    ]
    kinds = "model_permaslug:entity tag:entity lift:score tag_usage_share:share overall:share"
    yield board("task-lift", kinds, lifted)
    ranks = [(at + 1, (at * 3) % 9 + 1, (at * 5) % 9 + 1) for at in range(9)]
    orders: list[dict[str, Any]] = [
        {
            "model_permaslug": model(at),
            "use_rank": a,
            "use_rank_low": a,
            "use": 0.2 / a,
            "test_rank": b,
            "test_rank_low": b,
            "test": 70.0 - b,
            "taste_rank": c,
            "taste_rank_low": c,
        }
        | {"taste": 1300.0 - c, "spread": max(a, b, c) - min(a, b, c), "standing": "unranked"}
        for at, (a, b, c) in enumerate(ranks)
    ]
    kinds = "use_rank:rank use:share test_rank:rank test:score taste_rank:rank taste:score spread:integer"
    kinds = f"model_permaslug:entity {kinds}"
    yield board("use-test-taste", kinds, orders, citations=(RANKINGS, SCORES))


def _offered() -> Iterator[AnyBoard]:
    rows: list[dict[str, Any]] = [
        {
            "rank": at + 1 if at < 12 else None,
            "model_permaslug": model(at),
            "prompt": ("0", "0.00000028", "-1", "0.000003", None)[at % 5],
            "context_length": (131_072, 1_048_576, None, 8_192)[at % 4],
            "input_modalities": "text, image",
        }
        for at in range(40)
    ]
    kinds = (
        "rank:rank model_permaslug:entity prompt:price context_length:context input_modalities:text"
    )
    yield board(
        "catalogue", kinds, rows, citations=(attribution.models("2026-08-18T06:02:00Z"), RANKINGS)
    )
    pairs: list[dict[str, Any]] = [
        {
            "input_modality": into,
            "output_modality": out,
            "models": count,
            "input_models": 401 if into == "text" else 235,
            "output_models": 401 if out == "text" else 11,
        }
        for into, out, count in (
            ("text", "text", 401),
            ("image", "text", 235),
            ("text", "image", 11),
        )
    ]
    kinds = (
        "input_modality:text output_modality:text models:integer "
        "input_models:integer output_models:integer"
    )
    yield board("modalities", kinds, pairs)
    taken: list[dict[str, Any]] = [
        {"rank": at + 1, "parameter": model(at).name, "models": 300 - at, "share": 0.9 - at / 40}
        for at in range(22)
    ]
    yield board("parameters", "rank:rank parameter:text models:integer share:share", taken)


def daily(slug: str = "model-0") -> AnyBoard:
    rows: list[dict[str, Any]] = []
    for at in range(60):
        outside = 20 <= at < 30 or at in (40, 42)
        tokens = None if outside else 10**9 * (at + 5)
        values = {
            "date": LAST - timedelta(days=59 - at),
            "total_tokens": tokens,
            "model_rank": 3,
            "share": 0.02,
        }
        rows.append({**values, "bound": 10**9 if outside else None, "standing": "unranked"})
    kinds = "date:day total_tokens:tokens model_rank:rank share:share bound:tokens"
    window = Window.ending(LAST, 60)
    finding = f"{LEADER} was in the top 50 on 48 of 60 days."
    return board(
        f"model.deepseek.{slug}",
        kinds,
        rows,
        window=window,
        finding=finding,
        title=f"How much is {LEADER} used?",
    )


# It takes 35 ms to make them.
@functools.cache
def boards() -> Boards:
    """By id; every chart of the catalog finds one with rows, and one list of apps is empty."""
    made = (
        used(),
        _weeks("models-weekly", "model_permaslug", 3, finding=f"{LEADER} has the most, 8.0%."),
        _weeks("authors-weekly", "author", 0, finding="DeepSeek has at least 8.0% of them."),
        _open_weights(),
        *_through_weeks(),
        _restated(),
        _launched(),
        _against_score(),
        price_steps(("0.000001", "0.000002"), (None, None), ("0.000002", "0.000001")),
        _price_index(),
        _ranks(),
        _movers(),
        *_apps(),
        _kinds(),
        _sessions(),
        *_scored(),
        *_asked(),
        *_offered(),
        daily(),
    )
    return Boards(made)


def one_of_each() -> dict[str, tuple[Chart, AnyBoard]]:
    """By the id of the drawing, for each chart of the catalog the first board that it can draw; nothing is drawn."""
    held = boards()
    found: dict[str, tuple[Chart, AnyBoard]] = {}
    for chart in CHARTS:
        for name in sorted(held):
            board_ = held[name]
            id_ = chart.id_for(board_.id)
            if id_ is not None and board_.rows and chart.applies_to(board_):
                found[id_] = (chart, board_)
                break
    return found
