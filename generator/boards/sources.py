"""The sources of all boards: everything the archive holds as of one day, typed."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from itertools import chain
from pathlib import Path
from types import ModuleType
from typing import Generic, Literal, TypeVar

import msgspec

from generator.archive import remembered
from generator.archive.daily_tokens import DailyTokens
from generator.archive.history import History
from generator.archive.listings import Listings
from generator.archive.remembered import Remembered
from generator.archive.stored_snapshot import StoredSnapshot
from generator.archive.summaries import Digest
from generator.base.attribution import Citation
from generator.base.dates import Window, parse_as_of
from generator.base.isolation import Failure
from generator.boards.board import AnyBoard, Boards
from generator.boards.names import Names
from generator.boards.weeks_told import WEEKS, WeekTold
from generator.endpoints import (
    app_rankings,
    benchmarks,
    models,
    ranking_slices,
    session_cost,
    task_classifications,
)
from generator.endpoints.app_rankings import ListedApp
from generator.endpoints.benchmarks import AnalysisRow, ArenaRow, EvalRow, SearchRow
from generator.endpoints.endpoint import Facts, Parsed, RowT, rows_of_kind
from generator.endpoints.models import ModelRow
from generator.endpoints.ranking_slices import SliceRow
from generator.endpoints.session_cost import SessionCost
from generator.endpoints.task_classifications import MacroRow, TaskRow

DAILY_WITHIN_DAYS = 56
"""For this many days back every snapshot of tasks is read."""
WEEKLY_WITHIN_DAYS = 366
"""For this many days back the newest of each week is, and of each month before that the first."""

SourceName = Literal[
    "daily_tokens",
    "analysis",
    "analysis_days",
    "arenas",
    "evaluations",
    "tasks",
    "kinds_of_work",
    "task_days",
    "catalogue",
    "app_pages",
    "session_costs",
    "weekly_slices",
]
"""The fields of :class:`Sources` that can be empty, because nothing was fetched yet."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class AnalysisDay:
    """The Artificial Analysis scores of one snapshot.

    Attributes:
        day: of the snapshot.
        stated: the day as of which the source stated them, at most that of the snapshot.
        key: the checksum of the snapshot.
        read: returns the rows, which it reads from the archive: of years of days they are more than fit in memory.
    """

    day: date
    stated: date
    key: str
    read: Callable[[], tuple[AnalysisRow, ...]]


@dataclass(frozen=True, slots=True)
class TaskDay:
    """The tasks, without their models, and kinds of work that the source stated as of one day."""

    day: date
    tasks: tuple[TaskRow, ...]
    kinds: tuple[MacroRow, ...]
    citation: Citation


@dataclass(frozen=True, slots=True)
class AppPage:
    """One page of one list of apps; empty strings stand for all categories or subcategories."""

    sort: str
    category: str
    subcategory: str
    rows: tuple[ListedApp, ...]
    window: Window | None
    citation: Citation


@dataclass(frozen=True, slots=True)
class Continued(Generic[T]):
    """How a value is made from what was known before something was added to all that it follows from.

    Attributes:
        key: returns that of the earlier value, by the number of the later one.
        make: returns the later value from its number and the earlier one.
    """

    key: Callable[[int], str]
    make: Callable[[int, T], T]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """All sources as of ``today``; None or empty where the archive holds nothing.

    Attributes:
        today: the UTC day; nothing is younger.
        names: of all models and authors.
        listings: every catalog entry ever seen, with its prices over time.
        daily_tokens: tokens by day and permaslug.
        weeks_told: its weeks as snapshots first stated them, for what is said once and kept.
        analysis, analysis_days: Artificial Analysis scores, of the newest snapshot and of each so far.
        arenas: Design Arena ratings, one reply for each arena.
        evaluations: OpenRouter's own evaluations.
        tasks, kinds_of_work, task_days: task classifications, of the newest snapshot and of the days so far.
        catalogue: the model list.
        app_pages, apps_week_before: app rankings of the newest snapshot, and of one seven to nine days older.
        session_costs: what a session of an app costs with a model.
        weekly_slices: estimated tokens by category and language type; of sites that ask for them.
        boards: those made so far, for boards that are made from others.
        remembered: what was computed of earlier days.
        is_newest: whether the archive has nothing later, so that what is computed is kept for the next run.
    """

    today: date
    names: Names
    listings: Listings = field(default_factory=lambda: Listings([], [], {}))
    daily_tokens: DailyTokens | None = None
    weeks_told: tuple[WeekTold, ...] = ()
    analysis: Facts[AnalysisRow] | None = None
    analysis_days: tuple[AnalysisDay, ...] = ()
    arenas: tuple[Facts[ArenaRow], ...] = ()
    evaluations: Facts[EvalRow | SearchRow] | None = None
    tasks: Facts[TaskRow] | None = None
    kinds_of_work: Facts[MacroRow] | None = None
    task_days: tuple[TaskDay, ...] = ()
    catalogue: Facts[ModelRow] | None = None
    app_pages: tuple[AppPage, ...] = ()
    apps_week_before: tuple[ListedApp, ...] = ()
    session_costs: Facts[SessionCost] | None = None
    weekly_slices: Facts[SliceRow] | None = None
    boards: Boards = field(default_factory=Boards)
    remembered: Remembered = field(default_factory=Remembered)
    is_newest: bool = False

    def recalled(
        self,
        name: str,
        form: type[T],
        modules: Sequence[ModuleType],
        keys: Sequence[str],
        make: Callable[[int], T],
        *,
        continued: Continued[T] | None = None,
    ) -> list[T]:
        """Return the value of each key: as it was computed once, or else made now.

        Args:
            name: of what the values are.
            form: their type.
            modules: that compute them, beside those that read the archive.
            keys: each a checksum of all that its value follows from.
            make: returns the value of the key with this number.
            continued: how it is made from an earlier value where that is known; by default it is not.
        """
        files = [Path(str(module.__file__)) for module in modules]
        code = remembered.code(*files)
        known = self.remembered.values(name, code, form)
        values: list[T] = []
        for number, key in enumerate(keys):
            if key in known:
                values.append(known[key])
            else:
                values.append(_made(number, make, continued, known))
        if self.is_newest:
            known.update(zip(keys, values, strict=True))
            self.remembered.keep(name, code, keys)
            # Saves 30 MiB of 240 with five years of days. Boards of days gone by, which come one after another, ask
            # for the same values again.
            self.remembered.release(name)
        return values

    def holds(self, name: SourceName) -> bool:
        """Return whether anything was fetched of a source."""
        return bool(getattr(self, name))


def _made(
    number: int, make: Callable[[int], T], continued: Continued[T] | None, known: Mapping[str, T]
) -> T:
    """Return the value of a number: made from an earlier one where that is known, or else anew."""
    if continued is None:
        return make(number)
    earlier = known.get(continued.key(number))
    if earlier is None:
        return make(number)
    return continued.make(number, earlier)


@dataclass(frozen=True, slots=True)
class BoardMaker:
    """One entry of the list of boards.

    Attributes:
        families: the families of the boards it makes, each made by no other.
        make: the boards, each of which may be a failure that costs only itself; it may rely on what it needs.
        needs: sources without which it is left out.
        after: families of boards that must have been made before; without any of them it is left out.
    """

    families: tuple[str, ...]
    make: Callable[[Sources], Iterator[AnyBoard | Failure]]
    needs: tuple[SourceName, ...] = ()
    after: tuple[str, ...] = ()

    def can_run(self, sources: Sources) -> bool:
        """Return whether all that it needs is there."""
        has_sources = all(sources.holds(name) for name in self.needs)
        return has_sources and all(sources.boards.family(name) for name in self.after)


def required(source: T | None) -> T:
    """Return a source that the maker named among its needs.

    Raises:
        LookupError: nothing is held of it, so that the maker should have named it.
    """
    if source is None:
        raise LookupError(
            "a source is missing that the board's maker does not name among its needs"
        )
    return source


def read_sources(history: History) -> Sources:
    """Return everything that boards are made from, as of the history's day."""
    weeks_told = history.summarized(WEEKS)
    daily_tokens = history.daily_tokens
    analysis = history.facts(benchmarks.ARTIFICIAL_ANALYSIS)
    arenas = tuple(_arenas(history))
    evaluations = history.facts(benchmarks.OPENROUTER)
    classified = history.facts(task_classifications.ENDPOINT)
    tasks = _of_kind(TaskRow, classified)
    kinds_of_work = _of_kind(MacroRow, classified)
    listed = history.facts(models.ENDPOINT)
    session_costs = history.facts(session_cost.ENDPOINT)

    slugs = _slugs_ranked(daily_tokens) | _slugs_of_tasks(tasks)
    for facts in (analysis, evaluations, *arenas, session_costs):
        if facts is not None:
            slugs.update(row.model_permaslug for row in facts.rows)

    return Sources(
        today=history.today,
        names=Names(history.listings, slugs),
        listings=history.listings,
        daily_tokens=daily_tokens,
        weeks_told=weeks_told,
        analysis=analysis,
        analysis_days=tuple(_analysis_days(history)),
        arenas=arenas,
        evaluations=evaluations,
        tasks=tasks,
        kinds_of_work=kinds_of_work,
        task_days=tuple(_task_days(history)),
        catalogue=_of_kind(ModelRow, listed),
        app_pages=tuple(_app_pages(history)),
        apps_week_before=tuple(_apps_week_before(history)),
        session_costs=session_costs,
        weekly_slices=history.facts(ranking_slices.WEEKLY),
        remembered=history.archive.remembered,
        is_newest=history.is_newest,
    )


def _of_kind(row_type: type[RowT], facts: Facts[msgspec.Struct] | None) -> Facts[RowT] | None:
    """Return the rows of one type, with all sources; None where nothing is held."""
    if facts is None:
        return None
    return facts.of_kind(row_type)


def _slugs_ranked(daily_tokens: DailyTokens | None) -> set[str]:
    """Return all slugs that the rankings of some day name."""
    slugs: set[str] = set()
    if daily_tokens is not None:
        for tokens in daily_tokens.days.values():
            slugs.update(tokens)
    return slugs


def _slugs_of_tasks(tasks: Facts[TaskRow] | None) -> set[str]:
    """Return the slugs of all models that some task lists."""
    slugs: set[str] = set()
    if tasks is not None:
        for task in tasks.rows:
            slugs.update(model.id for model in task.models)
    return slugs


def _analysis_days(history: History) -> Iterator[AnalysisDay]:
    """Yield the scores of the last readable snapshot of each day, oldest first."""
    days: dict[date, AnalysisDay] = {}
    endpoint = benchmarks.ARTIFICIAL_ANALYSIS
    snapshots = history.archive.snapshots(endpoint.name, history.today)
    for snapshot, (stated,) in history.digests(endpoint, _STATED, snapshots):
        read = partial(_analysis_rows, history, snapshot)
        key = f"{snapshot.day} {stated} {snapshot.manifest.sha256}"
        days[snapshot.day] = AnalysisDay(snapshot.day, stated, key, read)
    yield from days.values()


def _stated_on(snapshot: StoredSnapshot, replies: Sequence[Parsed[AnalysisRow]]) -> list[date]:
    """Return the one day as of which a snapshot's scores are: the earliest of its replies, at most its own."""
    days = [reply.citation.day for reply in replies]
    return [min([snapshot.day, *days])]


_STATED = Digest("analysis-stated", _stated_on, date, lambda: remembered.code(Path(__file__)))


def _analysis_rows(history: History, snapshot: StoredSnapshot) -> tuple[AnalysisRow, ...]:
    replies = history.parsed_once(benchmarks.ARTIFICIAL_ANALYSIS, snapshot)
    return tuple(chain.from_iterable(reply.rows for reply in replies))


def _arenas(history: History) -> Iterator[Facts[ArenaRow]]:
    for _, reply in history.newest_answers(benchmarks.DESIGN_ARENA):
        yield Facts(reply.rows, (reply.citation,))


def _task_days(history: History) -> list[TaskDay]:
    """Return each day that the source has stated, oldest first; a day that it stated twice counts as last seen."""
    snapshots = history.archive.snapshots(task_classifications.NAME, history.today)
    days: dict[date, TaskDay] = {}
    thinned = _thinned(snapshots, history.today)
    for _, stated in history.digests(task_classifications.ENDPOINT, _TASK_DAYS, thinned):
        for task_day in stated:
            days[task_day.day] = task_day
    return [days[day] for day in sorted(days)]


def _stated_tasks(
    _snapshot: StoredSnapshot, replies: Sequence[Parsed[TaskRow | MacroRow]]
) -> list[TaskDay]:
    """Return what the replies of a snapshot state, each as of its own day; nothing of a reply without rows."""
    stated: list[TaskDay] = []
    for reply in replies:
        if reply.rows:
            day = parse_as_of(reply.citation.as_of).date()
            rows = rows_of_kind(reply.rows, TaskRow)
            tasks = tuple(msgspec.structs.replace(row, models=()) for row in rows)
            kinds = rows_of_kind(reply.rows, MacroRow)
            stated.append(TaskDay(day, tasks, kinds, reply.citation))
    return stated


_TASK_DAYS = Digest("task-days", _stated_tasks, TaskDay, lambda: remembered.code(Path(__file__)))


def _thinned(snapshots: Sequence[StoredSnapshot], today: date) -> list[StoredSnapshot]:
    """Return every snapshot of the last weeks, of each earlier week the newest, of each month long ago the first.

    Reading years of days would take longer each day, and the lines would be no clearer.
    """
    oldest_daily = today - timedelta(days=DAILY_WITHIN_DAYS)
    oldest_weekly = today - timedelta(days=WEEKLY_WITHIN_DAYS)
    first_of_month: dict[tuple[int, int], StoredSnapshot] = {}
    newest_of_week: dict[tuple[int, int], StoredSnapshot] = {}
    recent: list[StoredSnapshot] = []
    for snapshot in snapshots:
        if snapshot.day >= oldest_daily:
            recent.append(snapshot)
        elif snapshot.day >= oldest_weekly:
            year, week, _ = snapshot.day.isocalendar()
            newest_of_week[year, week] = snapshot
        else:
            first_of_month.setdefault((snapshot.day.year, snapshot.day.month), snapshot)
    return [*first_of_month.values(), *newest_of_week.values(), *recent]


def _app_pages(history: History) -> Iterator[AppPage]:
    for call, reply in history.newest_answers(app_rankings.ENDPOINT):
        yield AppPage(
            sort=call.param("sort"),
            category=call.param("category"),
            subcategory=call.param("subcategory"),
            rows=reply.rows,
            window=reply.window,
            citation=reply.citation,
        )


def _apps_week_before(history: History) -> Iterator[ListedApp]:
    snapshot = history.week_before(app_rankings.NAME)
    if snapshot is None:
        return
    for reply in history.parsed(app_rankings.ENDPOINT, snapshot):
        yield from reply.rows
