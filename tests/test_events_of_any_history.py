"""Over histories of any shape: every event is shown by two snapshots, none is lost, and none changes later."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from generator.archive import listings
from generator.archive.store import Archive
from generator.boards import changes
from generator.boards.changes import ChangeRow
from generator.boards.events import Event
from generator.boards.sources import read_sources
from tests.tiny_archive import TODAY, Json, TinyArchive, ago, created_on, listing

IDS = ("a/x", "b/x", "b/x:free")
PRICE_KINDS = {"cheaper", "dearer", "mixed", "paid", "free"}
Hours = tuple[str, str]
"""The prices by day and by night."""


@dataclass(frozen=True)
class Stated:
    """A listing in one snapshot: its prices by day and by night, and the one that the call met."""

    prompt: Hours
    completion: str
    by_day: bool
    created: date

    def entry(self, id_: str) -> Json:
        by_day, by_night = self.prompt
        hours = [{"utc_start": 900, "utc_end": 1800, "prompt": by_day}]
        pricing: Json = {"completion": self.completion}
        if by_day != by_night:
            pricing["overrides"] = hours
        prompt = by_day if self.by_day else by_night
        return listing(id_, prompt=prompt, created=created_on(self.created), pricing=pricing)

    @property
    def shown(self) -> dict[str, float]:
        """The prices that the snapshot shows; at night's the day's is stated, by day the night's is hidden."""
        by_day, by_night = self.prompt
        prices = {"day": float(by_day), "completion": float(self.completion)}
        if by_day == by_night or not self.by_day:
            prices["night"] = float(by_night)
        return prices


Catalogue = Mapping[str, Stated]
History = Mapping[date, Catalogue]

prices = st.sampled_from(["0", "0.000001", "0.000002", "0.000004"])
stated = st.builds(
    Stated,
    prompt=st.one_of(prices.map(lambda one: (one, one)), st.tuples(prices, prices)),
    completion=prices,
    by_day=st.booleans(),
    created=st.sampled_from([date(2024, 1, 1), ago(20), ago(11), ago(3)]),
)
# A listing that stays keeps the catalog from being empty.
catalogues = st.dictionaries(st.sampled_from(IDS), stated)
histories = st.dictionaries(st.integers(0, 12).map(ago), catalogues, min_size=2, max_size=5)


def events(tiny: TinyArchive, today: date) -> list[Event]:
    (board,) = changes.boards(read_sources(tiny.history(today)))
    return [row.event for row in board.rows if isinstance(row, ChangeRow)]


def told_day_by_day(root: Path, history: History) -> Iterator[tuple[date, list[Event]]]:
    """Each day of a snapshot with the events as of it; what was learned is stored in between."""
    tiny = TinyArchive(root)
    for day in sorted(history):
        entries = [one.entry(id_) for id_, one in history[day].items()]
        tiny.models(listing("k/stays"), *entries, on=day)
        listings.remember(Archive(root), day)
        yield day, events(tiny, day)


def of_listing(event: Event) -> str:
    return event.of


def neighbors(history: History, event: Event) -> tuple[Stated | None, Stated | None]:
    """The listing in the snapshots between which the event happened."""
    assert event.after is not None
    assert event.after < event.day
    before, now = history[event.after], history[event.day]
    return before.get(of_listing(event)), now.get(of_listing(event))


def is_next(history: History, event: Event) -> bool:
    """Whether the former state is dated by the first of the equal lists that end before the event."""
    days = sorted(history)
    at = days.index(event.day) - 1
    while at > 0 and history[days[at - 1]] == history[days[at]]:
        at -= 1
    return event.after == days[at]


def listed_before(history: History, event: Event) -> bool:
    return any(of_listing(event) in history[day] for day in history if day < event.day)


def check_presence(history: History, event: Event) -> None:
    before, now = neighbors(history, event)
    assert is_next(history, event)
    if event.kind == "withdrawn":
        assert before is not None
        assert now is None
        return
    assert before is None
    assert now is not None
    assert (event.kind == "relisted") == listed_before(history, event)
    if event.kind == "added":
        assert event.after is not None
        assert now.created >= event.after or (event.day - now.created).days <= 7


def shown_since(history: History, event: Event) -> list[Mapping[str, float]]:
    """What snapshots show of the listing from the last with its former prices to the one before the event."""
    days = [day for day in sorted(history) if day < event.day]
    assert event.after in days
    held = [history[day].get(of_listing(event)) for day in days if event.after <= day]
    return [one.shown for one in held if one is not None]


def check_prices(history: History, event: Event) -> None:
    former = shown_since(history, event)
    new = history[event.day][of_listing(event)].shown
    falls: set[bool] = set()
    for old in former:
        moved = [key for key in old.keys() & new.keys() if old[key] != new[key]]
        falls.update(new[key] < old[key] for key in moved)
    if event.kind in ("cheaper", "mixed", "free"):
        assert True in falls
    if event.kind in ("dearer", "mixed", "paid"):
        assert False in falls
    if event.kind == "paid":
        assert set(former[-1].values()) == {0}
    if event.kind == "free":
        assert set(new.values()) == {0}


def turns(history: History) -> set[tuple[date, str, bool]]:
    """Each day on which a listing came (true) or went (false)."""
    days = sorted(history)
    found = set()
    for before, day in pairwise(days):
        changed = history[before].keys() ^ history[day].keys()
        found |= {(day, id_, id_ in history[day]) for id_ in changed}
    return found


def plain_price_changes(history: History) -> set[tuple[date, str]]:
    """Each day on which a listing without hours states other prices than in the snapshot before."""
    days = sorted(history)
    found = set()
    for before, day in pairwise(days):
        for id_ in history[before].keys() & history[day].keys():
            old, new = history[before][id_], history[day][id_]
            has_hours = len({*old.prompt}) > 1 or len({*new.prompt}) > 1
            if not has_hours and old.shown != new.shown:
                found.add((day, id_))
    return found


def check_all(history: History, told: Sequence[Event]) -> None:
    assert len({event.id for event in told}) == len(told)
    presence = [event for event in told if event.kind not in PRICE_KINDS]
    moved = [event for event in told if event.kind in PRICE_KINDS]
    for event in presence:
        check_presence(history, event)
    for event in moved:
        check_prices(history, event)
    found = {(event.day, of_listing(event), event.kind != "withdrawn") for event in presence}
    assert found == turns(history)
    assert plain_price_changes(history) <= {(event.day, of_listing(event)) for event in moved}


@settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    database=None,
    phases=(Phase.explicit, Phase.generate),
)
@given(histories)
def test_every_event_is_shown_by_two_snapshots_and_stays_as_it_was_told(history: History) -> None:
    with TemporaryDirectory() as folder:
        root = Path(folder)
        told_by_day = dict(told_day_by_day(root, history))
        final = events(TinyArchive(root), TODAY)
        (root / "models" / "memory.json").unlink()
        assert events(TinyArchive(root), TODAY) == final
    check_all(history, final)
    for day, told in told_by_day.items():
        assert told == [event for event in final if event.day <= day]
