"""Everything a render shows, gathered before the first page is written."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from generator.base.attribution import Citation
from generator.boards.board import Board, Entity


@dataclass(frozen=True, slots=True)
class DatasetState:
    """How fresh one dataset is, and what happened to it in the last run.

    Attributes:
        name, title, about: as the endpoint says.
        day: the day of the newest good snapshot, None when nothing is held.
        as_of: that snapshot's own, verbatim.
        rows: facts in that snapshot.
        stale: the newest snapshot is older than the day of the build.
        message: why the last run could not refresh it, empty when it could.
        citations: of that snapshot.
        days: all days held, oldest first.
        notes: what was set aside, noticed or doubted in that snapshot, one sentence each.
        packed: name, sha256 and size in bytes of the newest snapshot's file, None where they are not known.
    """

    name: str
    title: str
    about: str
    day: date | None
    as_of: str | None
    rows: int
    stale: bool
    message: str
    citations: tuple[Citation, ...]
    days: tuple[date, ...] = ()
    notes: tuple[str, ...] = ()
    packed: tuple[str, str, int] | None = None


@dataclass(frozen=True, slots=True)
class ModelProfile:
    """One model across all sources, joined by canonical slug.

    Attributes:
        model: name, author, page; ``id`` is the canonical slug.
        ids: every id and permaslug it runs under: variants, dated slugs, former ids.
        aliases: the names that lead to it for now, such as ``~author/x-latest``.
        listed: it is in the newest catalogue.
        first_seen, last_seen: the first and last day on which a held snapshot names it.
        facts: what the catalogue says, as (label, text) pairs in reading order: released, context, modalities.
        finding: one sentence on its standing.
        rank, of, share: its place by tokens over the last seven days, None outside the top 50.
        usage: daily tokens with rank and share, oldest first; None when it was never in the top 50.
        prices: every price the catalogue has for it, tiers and time windows included.
        scores: every benchmark score with its source, rank and date.
        tasks: the tasks it is among the listed models of.
        neighbours: models just above and below by tokens.
        citations: of everything above.
        datasets: where it comes from.
    """

    model: Entity
    ids: tuple[str, ...]
    listed: bool
    first_seen: date | None
    last_seen: date | None
    facts: tuple[tuple[str, str], ...]
    finding: str
    rank: int | None
    of: int
    share: float | None
    usage: Board | None
    prices: Board | None
    scores: Board | None
    tasks: Board | None
    neighbours: tuple[Entity, ...]
    citations: tuple[Citation, ...]
    datasets: tuple[str, ...]
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AuthorProfile:
    """One author across all sources.

    Attributes:
        author: name and page (``authors/<author>/``).
        rank, share: by tokens over the last seven days, None outside the top fifty.
        finding: one sentence on its standing.
        usage: tokens, share and rank week by week, oldest first; None when it was never in a top fifty.
        models: all its models, used ones first, former ones with the day they were last seen.
        citations, datasets: of everything above.
    """

    author: Entity
    rank: int | None
    share: float | None
    finding: str
    usage: Board | None
    models: Board | None
    citations: tuple[Citation, ...]
    datasets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """One of the overview's headline figures: ``value`` is for people, ``exact`` for ``data-v``, ``path`` its board."""

    label: str
    value: str
    exact: str
    detail: str
    path: str
    datasets: tuple[str, ...]
    citations: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class Site:
    """What the pages are made of.

    Attributes:
        today: the UTC day of the build; nothing is younger.
        demo: the sentence that every page of a demo carries, empty otherwise.
        boards: by id.
        profiles: every model that has a page, by canonical slug.
        authors: every author that has a page, by name.
        datasets: in the order of the catalogue.
        figures: for the overview.
        headline: the finding of the day.
        version: of the generator.
        omitted: a sentence for each thing that could not be made and is missing.
    """

    today: date
    demo: str
    public_url: str
    boards: Mapping[str, Board]
    profiles: Mapping[str, ModelProfile]
    datasets: tuple[DatasetState, ...]
    figures: tuple[Figure, ...]
    headline: str
    version: str
    authors: Mapping[str, AuthorProfile] = field(default_factory=dict)
    omitted: tuple[str, ...] = ()

    def dataset(self, name: str) -> DatasetState:
        return next(state for state in self.datasets if state.name == name)
