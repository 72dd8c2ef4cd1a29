"""What is kept of a snapshot, from one run to the next, in place of reading it again."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from generator.archive.daily_tokens import DailyTokens
from generator.archive.stored_snapshot import StoredSnapshot
from generator.endpoints.endpoint import Parsed

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class FirstStatement:
    """The rankings as known when a snapshot first stated some days: what is said of these days rests on it.

    Attributes:
        snapshot_day: the day of the snapshot.
        new_days: the days that no snapshot before states and that follow on those stated, oldest first.
        daily: the tokens of these days and of the six before them.
    """

    snapshot_day: date
    new_days: tuple[date, ...]
    daily: DailyTokens


@dataclass(frozen=True, slots=True)
class Summary(Generic[T]):
    """What is kept of the days that a snapshot was the first to state.

    Attributes:
        name: under which it is kept.
        make: returns it; it follows from what it is given alone.
        form: the type of each part of it.
        code: returns a checksum of the code that makes it.
    """

    name: str
    make: Callable[[FirstStatement], list[T]]
    form: type[T]
    code: Callable[[], str]


@dataclass(frozen=True, slots=True)
class Digest(Generic[T]):
    """What is kept of a snapshot of any dataset; the attributes are those of :class:`Summary`."""

    name: str
    make: Callable[[StoredSnapshot, Sequence[Parsed[Any]]], list[T]]
    form: type[T]
    code: Callable[[], str]
