"""What a session of an app costs at the median, by app, length of the session and model."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from generator.base import formats
from generator.boards import score_columns, sentences
from generator.boards.board import AnyBoard, Board, BoardId, BoardRow, Column, Entity, grouped
from generator.boards.names import Names
from generator.boards.sources import BoardMaker, Sources, required
from generator.boards.totals import most_first
from generator.endpoints.session_cost import NAME, TURN_RANGES, SessionCost, window

ID = BoardId("session-cost")
_LENGTHS = {
    "1-turn": "1 turn",
    "2-9-turns": "2–9 turns",
    "10-49-turns": "10–49 turns",
    "50-plus-turns": "50+ turns",
}
"""What the source's lengths of a session are called; others are shown as it writes them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CostRow(BoardRow):
    """A model's median cost in the sessions of one app and length, ranked among these from the cheapest.

    Attributes:
        rank, rank_low, rank_high: None where no other model has a cost there.
        app_slug, turn_range: as the source writes them.
        app_name, length: the same for people.
        median_session_cost_usd: a decimal text.
    """

    app_slug: str
    app_name: str
    turn_range: str
    length: str
    rank: int | None
    rank_low: int | None
    rank_high: int | None
    model_permaslug: Entity
    median_session_cost_usd: str

    @property
    def dollars(self) -> Decimal:
        """The cost as a number."""
        return Decimal(self.median_session_cost_usd)

    @property
    def shown_cost(self) -> str:
        """The cost as tables show it."""
        return formats.cost(self.median_session_cost_usd)


_COLUMNS = (
    Column("app_slug", "App ID", "text", "The app's slug", in_table=False),
    Column("app_name", "App", "text"),
    Column("turn_range", "Turns", "text", "As the source writes it", in_table=False),
    Column("length", "Session length", "text", "Number of turns in the session"),
    Column(
        "rank",
        "Rank",
        "rank",
        "Rank by cost within one app and session length, cheapest first; empty for a model without others",
    ),
    *score_columns.RANK_RANGE,
    score_columns.MODEL,
    Column(
        "median_session_cost_usd",
        "Median cost",
        "cost",
        "US dollars per session: half of the sessions cost less, half more",
    ),
)


def boards(sources: Sources) -> Iterator[AnyBoard]:
    """Yield one board of all costs; none while the source has no rows."""
    facts = required(sources.session_costs)
    if not facts.rows:
        return
    rows = tuple(_rows(facts.rows, sources.names))
    windows = {(row.window_days, row.window_end_date) for row in facts.rows}
    days, end = None, None
    if len(windows) == 1:
        ((days, end),) = windows
    # The pages are replies of one run, moments apart; one credit line of the newest is enough for all.
    newest = max(facts.citations, key=lambda citation: citation.as_of)
    yield Board(
        id=ID,
        title="What does a session cost in each app?",
        columns=_COLUMNS,
        models="model_permaslug",
        choices=(("app_slug", "app_name"), ("turn_range", "length")),
        phone=("app_name", "length", "model_permaslug", "median_session_cost_usd"),
        rows=rows,
        citations=(newest,),
        datasets=(NAME,),
        finding=finding(rows),
        notes=(
            f"Median cost of an app's sessions with a model, in US dollars, {_period(days)}. Refreshed weekly.",
            "Ranks are within one app and session length; costs that are displayed alike share a range of ranks.",
        ),
        scope=(
            "Each app has its own mix of tasks, and may use each model for other tasks: "
            "costs of different apps do not compare models alone."
        ),
        window=window(days, end),
        processing="Ranks are computed here.",
    )


def _period(days: int | None) -> str:
    """Return ``over 30 days``, or that the source does not say over which."""
    if days is None:
        return "over a period that the source does not state"
    return f"over {formats.counted(days, 'day')}"


def _rows(costs: Sequence[SessionCost], names: Names) -> Iterator[CostRow]:
    """Yield the costs by app, then length, the cheapest model of each first."""
    apps = _app_names(costs)
    ordered = sorted(costs, key=lambda cost: _order(cost, apps))
    groups = grouped(ordered, lambda cost: (cost.app_slug, cost.turn_range))
    for group in groups.values():
        rows = [_unranked(cost, apps, names) for cost in group]
        # A single model is not ranked.
        if len(rows) == 1:
            yield rows[0]
            continue
        for ranks, row in score_columns.with_ranks(rows, lambda row: row.shown_cost):
            yield replace(row, rank=ranks.low, rank_low=ranks.low, rank_high=ranks.high)


def _app_names(costs: Sequence[SessionCost]) -> Mapping[str, str]:
    """Return what each app is called, by slug: its name, with the slug behind it where two are called alike."""
    first: dict[str, Entity] = {}
    for cost in costs:
        name = formats.sanitize(cost.app_name)
        first.setdefault(cost.app_slug, Entity(cost.app_slug, name))
    names = sentences.app_names(first.values())
    return {slug: names[app] for slug, app in first.items()}


def _order(cost: SessionCost, apps: Mapping[str, str]) -> tuple[object, ...]:
    """Return a sort key: by app, then length of session, the cheapest model first."""
    dollars = Decimal(cost.median_session_cost_usd)
    app = (apps[cost.app_slug].casefold(), cost.app_slug)
    return (*app, *_length_order(cost.turn_range), dollars, cost.model_permaslug)


def _length_order(turn_range: str) -> tuple[int, str]:
    """Return a sort key that puts the shortest sessions first and lengths of unknown names last."""
    if turn_range in TURN_RANGES:
        return TURN_RANGES.index(turn_range), turn_range
    return len(TURN_RANGES), turn_range


def _unranked(cost: SessionCost, apps: Mapping[str, str], names: Names) -> CostRow:
    return CostRow(
        app_slug=formats.sanitize(cost.app_slug),
        app_name=apps[cost.app_slug],
        turn_range=formats.sanitize(cost.turn_range),
        length=_LENGTHS.get(cost.turn_range, formats.sanitize(cost.turn_range)),
        rank=None,
        rank_low=None,
        rank_high=None,
        model_permaslug=names.model(cost.model_permaslug),
        median_session_cost_usd=cost.median_session_cost_usd,
    )


def models_of(rows: Sequence[CostRow]) -> dict[str, int]:
    """Return the number of models that each app has a cost for, by its name, the most first."""
    of_apps = {(row.app_name, row.model_permaslug.id) for row in rows}
    counts = Counter(app for app, _ in of_apps)
    return {app: counts[app] for app in most_first(counts)}


def lengths_of(rows: Sequence[CostRow]) -> dict[str, list[CostRow]]:
    """Return rows of one app by length, the length with the most models first, of equal ones the shortest."""
    lengths = grouped(rows, lambda row: row.length)
    by_models = sorted(lengths, key=lambda length: -len(lengths[length]))
    return {length: lengths[length] for length in by_models}


def finding(rows: Sequence[CostRow]) -> str:
    """Return which app has costs of the most models, and the lowest and highest in its sessions of one length.

    The length is that with the most models. Empty without rows.

    Args:
        rows: by app, then length, the cheapest first.
    """
    if not rows:
        return ""
    models = models_of(rows)
    app = next(iter(models))
    lengths = lengths_of([row for row in rows if row.app_name == app])
    length = next(iter(lengths))
    return f"{_apps_in_words(models)} In {app} sessions of {length}, {_span(lengths[length])}."


def _apps_in_words(models: Mapping[str, int]) -> str:
    """Return which apps have costs of the most models.

    Args:
        models: the number of models by app, the most first.
    """
    most = max(models.values())
    counted = formats.counted(most, "model")
    level = [app for app, count in models.items() if count == most]
    if len(models) == 1:
        return f"Costs are published for 1 app, {level[0]}, and {counted}."
    if len(level) == len(models):
        return f"Costs are published for {len(models):,} apps and {counted} each."
    have = formats.inflected(len(level), "has", "have")
    return (
        f"Of {len(models):,} apps, {sentences.listed(level)} {have} costs for the most models, "
        f"{most:,}{sentences.each(level)}."
    )


def _span(rows: Sequence[CostRow]) -> str:
    """Return the lowest and the highest cost of some models, with who has them."""
    low, high = rows[0].shown_cost, rows[-1].shown_cost
    cheapest = [row for row in rows if row.shown_cost == low]
    dearest = [row for row in rows if row.shown_cost == high]
    with_low = sentences.models_listed(cheapest, among=rows)
    with_high = sentences.models_listed(dearest, among=rows)
    if len(rows) == 1:
        return f"the one model is {with_low}, at a median of {low}"
    if low == high:
        return f"all {len(rows):,} models have a median cost of {low}"
    return (
        f"the lowest median cost of {len(rows):,} models is {low}, with {with_low}; "
        f"the highest is {high}, with {with_high}"
    )


MAKER = BoardMaker(families=("session-cost",), make=boards, needs=("session_costs",))
