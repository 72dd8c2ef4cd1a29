"""Every model's figures, laid out so that any few can stand side by side: one measure a row."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import chain

from generator.archive.coverage import Coverage
from generator.base import formats
from generator.base.attribution import Citation
from generator.base.dates import Window
from generator.boards.board import Board, Column, Entity, citations_of, datasets_of, grouped
from generator.boards.catalogue import created, modalities_in_words
from generator.boards.joined_models import Offer
from generator.boards.model_days import ModelDaysBoard
from generator.boards.model_profiles import ModelProfile, most_used_first
from generator.boards.model_scores import (
    ARTIFICIAL_ANALYSIS,
    DESIGN_ARENA,
    INDICES,
    OPENROUTER,
    ScoreRow,
)
from generator.boards.model_tasks import ModelTaskRow
from generator.boards.site import Site
from generator.endpoints import benchmarks, models, rankings_daily, task_classifications

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
_USE, _OFFER = "Usage", "Pricing and specs"
_CHOSEN = "Share of each task's requests"
_DATASETS = {
    _USE: rankings_daily.NAME,
    _OFFER: models.NAME,
    ARTIFICIAL_ANALYSIS: benchmarks.ARTIFICIAL_ANALYSIS.name,
    DESIGN_ARENA: benchmarks.DESIGN_ARENA.name,
    OPENROUTER: benchmarks.OPENROUTER.name,
    _CHOSEN: task_classifications.NAME,
}
"""The dataset of each group of measures, in the order of the page."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One row of a comparison: the group it stands in, and how its values are shown."""

    group: str
    column: Column

    @property
    def dataset(self) -> str:
        """Return the dataset that its values come from."""
        return _DATASETS[self.group]

    @property
    def barred(self) -> bool:
        """Whether its values have a zero to draw a bar from: a rating has none."""
        if self.column.kind == "score":
            return self.group != DESIGN_ARENA
        return self.column.kind in ("tokens", "share")


_PLAIN = (
    Measure(_USE, Column("model_rank", "Model rank by tokens, 7 days", "rank")),
    Measure(_USE, Column("model_tokens", "Tokens, 7 days", "tokens")),
    Measure(_USE, Column("model_share", "Share of published tokens", "share")),
    Measure(_OFFER, Column("prompt", "Input, per million tokens", "price")),
    Measure(_OFFER, Column("completion", "Output, per million tokens", "price")),
    Measure(_OFFER, Column("also_free", "Free listing", "text")),
    Measure(_OFFER, Column("context_length", "Context", "context")),
    Measure(_OFFER, Column("input_modalities", "Input types", "text")),
    Measure(_OFFER, Column("output_modalities", "Output types", "text")),
    Measure(_OFFER, Column("created", "Added", "day")),
)
"""Measures that every model has a place for; scores and tasks are added as models have them."""

_Measured = tuple[Measure, float]
"""A measure, and what a model has by it."""


@dataclass(frozen=True, slots=True)
class Compared:
    """One model.

    Attributes:
        values: by the key of their measure.
        series: its tokens of the last days, None outside the top fifty.
        texts: how a value is shown, where its number alone does not say it: a rank that is open, a lower bound.
    """

    model: Entity
    values: Mapping[str, object]
    series: tuple[int | None, ...]
    texts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Line:
    """One measure of a few models.

    Attributes:
        measure: what is compared.
        values: in the order of the models, None where the source has none.
        texts: in the same order, how a value is shown where its number alone does not say it, else empty.
        largest: of the values, where bars are drawn against it; 0 where there are none to draw.
    """

    measure: Measure
    values: tuple[object, ...]
    texts: tuple[str, ...]
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
        return [model for model in self.models if model.series]

    @property
    def lines(self) -> list[tuple[Sequence[int | None], str]]:
        """Return the tokens by day and the color of each model that is drawn."""
        return [(model.series, model.model.color) for model in self.drawn]

    @property
    def highest(self) -> int:
        """Return the tokens of the largest day of all, 0 while nothing is drawn."""
        days = chain.from_iterable(model.series for model in self.drawn)
        return max((tokens for tokens in days if tokens is not None), default=0)


@dataclass(frozen=True, slots=True)
class Comparison:
    """All models, the most used first, by what names them in an address.

    Attributes:
        measures: in reading order; every value belongs to one of them.
        models: by the part of their page's path that is their own.
        first: the first day of the series.
        citations, datasets: of everything in it.
        coverage: of the days of the series.
    """

    measures: tuple[Measure, ...]
    models: Mapping[str, Compared]
    first: date | None
    citations: tuple[Citation, ...]
    datasets: tuple[str, ...]
    coverage: Coverage | None = None

    @property
    def causes(self) -> str:
        """``17 Aug 2026 is missing``; empty where every day of the series is held whole."""
        return self.coverage.causes if self.coverage else ""

    @property
    def last(self) -> date | None:
        """The last day of the series."""
        if self.first is None:
            return None
        return self.first + timedelta(days=SERIES_DAYS - 1)

    def side_by_side(self, keys: Iterable[str]) -> SideBySide:
        """Return the models with these keys, and what is known of at least one of them.

        Raises:
            KeyError: a key names no model.
        """
        models = tuple(self.models[name] for name in keys)
        lines = [_line(measure, models) for measure in self.measures]
        known = [line for line in lines if line is not None]
        by_group = grouped(known, lambda line: line.measure.group)
        return SideBySide(models, tuple((name, tuple(own)) for name, own in by_group.items()))


def _line(measure: Measure, models: Sequence[Compared]) -> Line | None:
    """Return one measure of the models; None where no source has it of any of them."""
    values = tuple(model.values.get(measure.column.key) for model in models)
    if all(value is None for value in values):
        return None
    texts = tuple(model.texts.get(measure.column.key, "") for model in models)
    largest: float = 0
    if measure.barred:
        numbers = [float(value) for value in values if isinstance(value, int | float)]
        largest = max(numbers, default=0)
    return Line(measure, values, texts, largest)


def comparison(site: Site) -> Comparison | None:
    """Return everything that can be compared; None while nothing is held."""
    sources = [site.boards[name] for name in _BOARDS if name in site.boards]
    profiles = models_with_pages(site)
    if not sources or not profiles:
        return None

    usage_boards = [profile.usage_board for profile in profiles if profile.usage_board]
    first = _first_day(usage_boards)
    measures = {measure.column.key: measure for measure in _PLAIN}
    models: dict[str, Compared] = {}
    for profile in profiles:
        measured = [*_scores(profile.scores), *_tasks(profile.tasks)]
        for measure, _ in measured:
            measures.setdefault(measure.column.key, measure)
        models[key(str(profile.model.path))] = _compared(profile, measured, first)

    return Comparison(
        measures=_in_reading_order(measures.values(), site, models.values()),
        models=models,
        first=first,
        citations=citations_of(sources),
        datasets=datasets_of(sources),
        coverage=_coverage(usage_boards, first),
    )


def _compared(profile: ModelProfile, measured: Iterable[_Measured], first: date | None) -> Compared:
    """Return a model with the values that are known of it.

    Args:
        profile: the model's.
        measured: its scores and tasks.
        first: the first day of the series.
    """
    values: dict[str, object] = {
        "model_rank": profile.rank,
        "model_tokens": profile.tokens,
        "model_share": profile.share,
    }
    if profile.offer:
        values |= _offer(profile.offer)
    for measure, value in measured:
        values[measure.column.key] = value
    return Compared(
        # Half a dozen columns have room for the author, and not for the ID.
        model=replace(profile.model, detail=profile.model.author_name),
        values={name: value for name, value in values.items() if value is not None},
        series=_series(profile.usage_board, first),
        texts=dict(_texts(profile)),
    )


def _coverage(boards: Iterable[ModelDaysBoard], first: date | None) -> Coverage | None:
    """Return the days of the series, as far back as any model's days go."""
    known = [board.coverage for board in boards if board.coverage]
    longest = min(known, key=lambda coverage: coverage.window.start, default=None)
    if longest is None or first is None:
        return None
    return longest.within(Window(first, longest.window.end))


def models_with_pages(site: Site) -> list[ModelProfile]:
    """Return the models that have a page, the most used first."""
    return most_used_first(profile for profile in site.profiles.values() if profile.model.path)


def key(path: str) -> str:
    """Return what names a model in an address: the part of its page's path that is its own."""
    return path.removeprefix("models/").strip("/")


def _texts(profile: ModelProfile) -> Iterator[tuple[str, str]]:
    """Yield how figures are shown that are open, lower bounds or indices, by the key of their measure."""
    if profile.ranks:
        yield "model_rank", profile.ranks.words
    if profile.tokens is not None and profile.share is not None and not profile.exact:
        yield "model_tokens", f"≥{formats.tokens_at_least(profile.tokens)}"
        yield "model_share", f"≥{formats.share_at_least(profile.share)}"
    for measure, score in _scores(profile.scores):
        if measure.group == ARTIFICIAL_ANALYSIS:
            yield measure.column.key, formats.index(score)


def _offer(offer: Offer) -> dict[str, object]:
    """Return what the catalog says of the listing that gives the model's price, by the key of its measure."""
    listing = offer.listing
    return {
        "prompt": listing.pricing.prompt,
        "completion": listing.pricing.completion,
        "also_free": offer.free_note,
        "context_length": listing.context_length,
        "input_modalities": modalities_in_words(listing.architecture.input_modalities),
        "output_modalities": modalities_in_words(listing.architecture.output_modalities),
        "created": created(listing),
    }


def _in_reading_order(
    measures: Iterable[Measure], site: Site, compared: Iterable[Compared]
) -> tuple[Measure, ...]:
    """Return the measures by group, within it those that have places of their own, then what most models have."""
    groups = list(_DATASETS)
    places = {key: place for place, key in enumerate(_placed_keys(site))}
    models_with = Counter(chain.from_iterable(model.values for model in compared))

    def order(measure: Measure) -> tuple[int, int, int, str]:
        key = measure.column.key
        place = places.get(key, len(places))
        return groups.index(measure.group), place, -models_with[key], measure.column.label

    return tuple(sorted(measures, key=order))


def _placed_keys(site: Site) -> Iterator[str]:
    """Yield the keys of the measures that every model has, then of indices, then of tasks, the largest first."""
    for measure in _PLAIN:
        yield measure.column.key
    for name in INDICES:
        yield f"{ARTIFICIAL_ANALYSIS}: {name}"
    tasks = site.boards.get("tasks")
    if tasks is not None:
        for row in tasks.rows:
            yield f"task: {row.entity('tag').id}"


def _scores(board: Board[ScoreRow] | None) -> Iterator[_Measured]:
    """Yield the model's scores, one by each measure, the highest first."""
    if board is None:
        return
    for row in sorted(board.rows, key=lambda row: -row.score):
        label = name = row.measure.name
        if row.source == DESIGN_ARENA:
            label = f"{name}, Elo"
        yield Measure(row.source, Column(f"{row.source}: {name}", label, "score")), row.score


def _tasks(board: Board[ModelTaskRow] | None) -> Iterator[_Measured]:
    if board is None:
        return
    for row in board.rows:
        task = row.tag
        yield Measure(_CHOSEN, Column(f"task: {task.id}", task.name, "share")), row.tag_usage_share


def _first_day(boards: Iterable[ModelDaysBoard]) -> date | None:
    """Return the first day of all series, which end on the newest day of any model."""
    last = max((board.rows[-1].date for board in boards), default=None)
    if last is None:
        return None
    return last - timedelta(days=SERIES_DAYS - 1)


def _series(board: ModelDaysBoard | None, first: date | None) -> tuple[int | None, ...]:
    """Return the tokens of each day from the first on; empty for a model that was never in the top 50 since."""
    if board is None or first is None:
        return ()
    tokens = {row.date: row.total_tokens for row in board.rows}
    series = tuple(tokens.get(first + timedelta(days=days)) for days in range(SERIES_DAYS))
    if not any(series):
        return ()
    return series
