"""What is known of every model, laid out so that any few can stand side by side: one measure a row."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain, groupby

from generator.base.attribution import Citation
from generator.boards.board import Board, Column, Entity
from generator.boards.site import ModelProfile, Site

SERIES_DAYS = 60
_BOARDS = (
    "models-7d",
    "catalogue",
    "prices",
    "artificial-analysis",
    "design-arena",
    "openrouter-evals",
    "tasks",
)
_USE, _OFFER = "Use", "Price and offer"
_PLAIN = (
    (_USE, Column("rank", "Place by tokens, 7 days", "rank")),
    (_USE, Column("total_tokens", "Tokens, 7 days", "tokens")),
    (_USE, Column("share", "Share of all tokens", "share")),
    (_OFFER, Column("prompt", "Input, per million tokens", "price")),
    (_OFFER, Column("completion", "Output, per million tokens", "price")),
    (_OFFER, Column("context_length", "Context", "context")),
    (_OFFER, Column("input_modalities", "Takes", "text")),
    (_OFFER, Column("output_modalities", "Gives", "text")),
    (_OFFER, Column("created", "Added", "day")),
)


@dataclass(frozen=True, slots=True)
class Measure:
    """One row of a comparison: the group it stands in, and how its values are shown."""

    group: str
    column: Column

    @property
    def barred(self) -> bool:
        """Whether its values have a zero to draw a bar from: a rating has none."""
        return self.column.kind in ("tokens", "share") or (
            self.column.kind == "score" and self.group != "Design Arena"
        )


@dataclass(frozen=True, slots=True)
class Compared:
    """One model: its values by measure, and its tokens of the last days (None outside the top fifty)."""

    model: Entity
    values: Mapping[str, object]
    series: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One measure of a few models.

    Attributes:
        measure: what is compared.
        values: in the order of the models, None where the source has none.
        largest: of the values, where bars are drawn against it; 0 where there are none to draw.
    """

    measure: Measure
    values: tuple[object, ...]
    largest: float


@dataclass(frozen=True, slots=True)
class SideBySide:
    """A few models next to each other.

    Attributes:
        models: in the order asked for.
        groups: the lines by the name of their group, in reading order; none without a value.
    """

    models: tuple[Compared, ...]
    groups: tuple[tuple[str, tuple[Line, ...]], ...]

    @property
    def drawn(self) -> list[Compared]:
        """Return the models that have tokens to draw by day."""
        return [one for one in self.models if one.series]

    @property
    def lines(self) -> list[tuple[Sequence[int | None], str]]:
        """Return the tokens by day and the colour of each model that is drawn."""
        return [(one.series, one.model.colour) for one in self.drawn]

    @property
    def highest(self) -> int:
        """Return the tokens of the largest day of all, 0 while nothing is drawn."""
        days = chain.from_iterable(one.series for one in self.drawn)
        return max((tokens for tokens in days if tokens is not None), default=0)


@dataclass(frozen=True, slots=True)
class Comparison:
    """All models, the most used first, by what names them in an address.

    Attributes:
        measures: in reading order; every value belongs to one of them.
        models: by the part of their page's path that is their own.
        first: the first day of the series.
        citations, datasets: of everything in it.
    """

    measures: tuple[Measure, ...]
    models: Mapping[str, Compared]
    first: date | None
    citations: tuple[Citation, ...]
    datasets: tuple[str, ...]

    @property
    def last(self) -> date | None:
        return self.first + timedelta(days=SERIES_DAYS - 1) if self.first else None

    def side_by_side(self, keys: Iterable[str]) -> SideBySide:
        """Return the models with these keys, and what is known of at least one of them.

        Raises:
            KeyError: a key names no model.
        """
        models = tuple(self.models[name] for name in keys)
        known = [line for measure in self.measures if (line := _line(measure, models)) is not None]
        groups = groupby(known, key=lambda line: line.measure.group)
        return SideBySide(models, tuple((name, tuple(lines)) for name, lines in groups))


def _line(measure: Measure, models: Sequence[Compared]) -> Line | None:
    values = tuple(one.values.get(measure.column.key) for one in models)
    if all(value is None for value in values):
        return None
    numbers = [float(value) for value in values if isinstance(value, int | float)]
    return Line(measure, values, max(numbers, default=0) if measure.barred else 0)


def comparison(site: Site) -> Comparison | None:
    """Everything that can be compared; None while nothing is held."""
    sources = [site.boards[name] for name in _BOARDS if name in site.boards]
    profiles = in_order(site)
    if not sources or not profiles:
        return None
    used, offered = _by_path(site.boards.get("models-7d")), _by_path(site.boards.get("catalogue"))
    last = max(
        (day for one in profiles if one.usage for day in [_last(one.usage)] if day), default=None
    )
    first = last - timedelta(days=SERIES_DAYS - 1) if last else None
    measures = {column.key: Measure(group, column) for group, column in _PLAIN}
    found: dict[str, Compared] = {}
    for profile in profiles:
        path = str(profile.model.path)
        values: dict[str, object] = {"rank": profile.rank, "share": profile.share}
        values |= {"total_tokens": used.get(path, {}).get("total_tokens")}
        values |= {
            column.key: offered.get(path, {}).get(column.key)
            for group, column in _PLAIN
            if group == _OFFER
        }
        for measure, value in (*_scores(profile), *_tasks(profile)):
            measures.setdefault(measure.column.key, measure)
            values.setdefault(measure.column.key, value)
        given = {key: value for key, value in values.items() if value is not None}
        found[key(path)] = Compared(profile.model, given, _series(profile, first))
    return Comparison(
        measures=tuple(_ordered(measures)),
        models=found,
        first=first,
        citations=tuple(
            dict.fromkeys(citation for board in sources for citation in board.citations)
        ),
        datasets=tuple(dict.fromkeys(name for board in sources for name in board.datasets)),
    )


def in_order(site: Site) -> list[ModelProfile]:
    """The models that have a page, the most used first, then what is listed, then what was."""
    shown = [one for one in site.profiles.values() if one.model.path]
    return sorted(
        shown,
        key=lambda one: (
            one.rank or 10**6,
            not one.listed,
            one.model.name.casefold(),
            one.model.id,
        ),
    )


def key(path: str) -> str:
    """What names a model in an address: the part of its page's path that is its own."""
    return path.removeprefix("models/").strip("/")


def _by_path(board: Board | None) -> dict[str, Mapping[str, object]]:
    """The first row of each model: of several variants the most used, and then the plain one."""
    found: dict[str, Mapping[str, object]] = {}
    rows = (
        sorted(board.ranked or board.rows, key=lambda row: ":" in row.entity("model_permaslug").id)
        if board
        else ()
    )
    for row in rows:
        path = row.entity("model_permaslug").path
        if path:
            found.setdefault(path, row.values)
    return found


def _ordered(measures: Mapping[str, Measure]) -> Iterator[Measure]:
    groups = [_USE, _OFFER, "Artificial Analysis", "Design Arena", "OpenRouter", _CHOSEN]
    plain = [column.key for _, column in _PLAIN]

    def place(one: Measure) -> tuple[int, int, str]:
        name = one.column.key
        group = groups.index(one.group) if one.group in groups else len(groups)
        return group, plain.index(name) if name in plain else 0, one.column.label

    return iter(sorted(measures.values(), key=place))


def _scores(profile: ModelProfile) -> Iterator[tuple[Measure, object]]:
    for row in (
        sorted(profile.scores.rows, key=lambda row: -(row.number("score") or 0))
        if profile.scores
        else ()
    ):
        name, source = row["measure"], str(row["source"])
        label = name.name if isinstance(name, Entity) else str(name)
        yield Measure(source, Column(f"{source}: {label}", label, "score")), row["score"]


_CHOSEN = "Chosen for, share of the task's requests"


def _tasks(profile: ModelProfile) -> Iterator[tuple[Measure, object]]:
    for row in profile.tasks.rows if profile.tasks else ():
        task = row.entity("tag")
        yield (
            Measure(_CHOSEN, Column(f"task: {task.id}", task.name, "share")),
            row["tag_usage_share"],
        )


def _last(usage: Board | None) -> date | None:
    day = usage.rows[-1]["date"] if usage and usage.rows else None
    return day if isinstance(day, date) else None


def _series(profile: ModelProfile, first: date | None) -> tuple[int | None, ...]:
    if profile.usage is None or first is None:
        return ()
    tokens = {row["date"]: row["total_tokens"] for row in profile.usage.rows}
    found = [tokens.get(first + timedelta(days=n)) for n in range(SERIES_DAYS)]
    return tuple(one if isinstance(one, int) else None for one in found) if any(found) else ()
