"""Names and descriptions that try to break out of where they are shown."""

from collections.abc import Iterator

from tests.torture.outcome import Outcome


def play() -> Iterator[Outcome]:
    """Yield what came of the strings in each kind of file."""
    yield from ()
