"""Everything a render shows: boards, profiles of models and authors, the state of each dataset."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from generator.archive.export_comparison import ExportsState
from generator.archive.gates import HeldBack
from generator.base import dates
from generator.base.attribution import Citation
from generator.base.dates import Window
from generator.base.site_config import SiteConfig
from generator.boards import changes
from generator.boards.author_profiles import AuthorProfile
from generator.boards.board import AnyBoard, Board, Boards
from generator.boards.changes import ChangeRow
from generator.boards.event_marks import marked
from generator.boards.model_profiles import ModelProfile
from generator.boards.overview import Figure


@dataclass(frozen=True, slots=True)
class DatasetState:
    """The freshness of one dataset, and the outcome of its last run.

    Attributes:
        name, title, about: as the endpoint says.
        day: the day of the newest good snapshot, None when nothing is held.
        as_of: that snapshot's own, verbatim.
        rows: facts in that snapshot.
        stale: the newest snapshot is older than the day of the build, and a newer one was due; or its as_of stands
            still where it should move every day.
        every_days: how many days lie between two of its snapshots.
        failed: the last run asked for it and could not refresh it.
        asked: runs ask for it; False for an extended one that the owner of the site does not want.
        unchanged_since: the day of the as_of, where it has stood still for some days; None otherwise.
        covered: the days that its rows are of, None where those of the snapshots say it.
        message: why the last run could not refresh it, empty when it could.
        citations: of that snapshot.
        days: all days held, oldest first.
        notes: what was set aside, noticed or doubted in that snapshot, one sentence each.
        redistributable: its files are published; False where the owner of the site says that they may not be.
        held_back: the snapshots, or days of the rankings, that the gates hold back, oldest first.
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
    failed: bool = False
    asked: bool = True
    every_days: int = 1
    unchanged_since: date | None = None
    covered: Window | None = None
    redistributable: bool = True
    held_back: tuple[HeldBack, ...] = ()

    @property
    def is_held_back(self) -> bool:
        """Whether the newest that came is held back: a snapshot, or some days in it."""
        newest = self.day or date.min
        return any(held.day is not None or held.snapshot_day > newest for held in self.held_back)

    @property
    def stale_since(self) -> date | None:
        """The day of the newest snapshot, or of what it states where that is a later day; None when nothing is held.

        Where its as_of stands still, the day on which that began.
        """
        if self.unchanged_since is not None:
            return self.unchanged_since
        if self.day is None or self.as_of is None:
            return self.day
        return max(self.day, dates.parse_as_of(self.as_of).date())


@dataclass(frozen=True, slots=True)
class Site:
    """Everything the pages are made of.

    Attributes:
        today: the UTC day of the build; nothing is younger.
        demo: the sentence that every page of a demo carries, empty otherwise.
        public_url: the address of the site, empty where the owner states none.
        boards: by id.
        profiles: every model that has a page, by canonical slug.
        authors: every author that has a page, by name.
        failures: boards that could not be made, a sentence each.
        datasets: in the order in which the boards rest on them, those without a board last.
        figures: for the overview.
        headline: the finding of the day.
        version: of the generator.
        last_run: the day of the last run that reported, None before the first.
        config: what the owner of the site says of it.
        exports: how the source's own dated files agree with what is held; None where no run has asked for them.
    """

    today: date
    demo: str
    public_url: str
    boards: Boards
    profiles: Mapping[str, ModelProfile]
    datasets: tuple[DatasetState, ...]
    figures: tuple[Figure, ...]
    headline: str
    version: str
    authors: Mapping[str, AuthorProfile] = field(default_factory=dict)
    failures: tuple[str, ...] = ()
    last_run: date | None = None
    config: SiteConfig = field(default_factory=SiteConfig)
    exports: ExportsState | None = None

    @property
    def updated(self) -> date:
        """Return the day of the newest snapshot that is shown, the day of the build where there is none.

        Pages of older days are made of a site whose day is set back, and state nothing younger.
        """
        days = [state.day for state in self.datasets if state.day]
        return min(max(days, default=self.today), self.today)

    @property
    def citations(self) -> list[Citation]:
        """Return the first citation of each dataset that has one."""
        return [state.citations[0] for state in self.datasets if state.citations]

    @property
    def charted_boards(self) -> Boards:
        """Return every board that charts are drawn from, by id: the site's own, and one for each profile."""
        return with_events(self._boards_without_events(), self._events, self.config.uncharted)

    def charted_board(self) -> Callable[[str], AnyBoard | None]:
        """Return a function that finds one of them, for whoever needs few: most of their time goes into events."""
        boards, events = Boards(self._boards_without_events()), self._events

        @cache
        def find(id_: str) -> AnyBoard | None:
            board = boards.get(id_)
            if board is None:
                return None
            return with_events([board], events, self.config.uncharted)[id_]

        return find

    @property
    def _events(self) -> Board[ChangeRow] | None:
        return self.boards.find(changes.ID, ChangeRow)

    def _boards_without_events(self) -> list[AnyBoard]:
        boards: list[AnyBoard] = list(self.boards.values())
        boards += [model.usage_board for model in self.profiles.values() if model.usage_board]
        boards += [model.price_history for model in self.profiles.values() if model.price_history]
        boards += [author.usage_board for author in self.authors.values() if author.usage_board]
        return boards

    @property
    def drawn_boards(self) -> Boards:
        """Return the same without those of datasets that are not to be charted."""
        return chartable(self.charted_boards.values(), self.config.uncharted)

    @property
    def withheld(self) -> list[DatasetState]:
        """Return the datasets that may not be redistributed."""
        return [state for state in self.datasets if not state.redistributable]

    def dataset(self, name: str) -> DatasetState:
        """Return the state of a dataset.

        Raises:
            KeyError: there is none of that name.
        """
        by_name = {state.name: state for state in self.datasets}
        return by_name[name]


def with_events(
    boards: Iterable[AnyBoard], events: Board[ChangeRow] | None, uncharted: Collection[str]
) -> Boards:
    """Return the boards with the events of their days, where there are events; see :func:`marked`."""
    if events is None:
        return Boards(boards)
    return Boards(marked(board, events, uncharted) for board in boards)


def chartable(boards: Iterable[AnyBoard], uncharted: Collection[str]) -> Boards:
    """Return the boards that rest on none of the datasets that are not to be charted."""
    return Boards(board for board in boards if not set(board.datasets) & set(uncharted))
