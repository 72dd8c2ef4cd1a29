"""Clocks of the tests' own, so that nothing waits."""

from datetime import UTC, datetime, timedelta

from generator.fetch.pacing import Clock

START = datetime(2026, 11, 21, tzinfo=UTC)


class FakeClock(Clock):
    """A clock that starts at START and advances when something sleeps, or as a test sets ``at``, in seconds."""

    def __init__(self) -> None:
        self.at = 0.0
        self.slept: list[float] = []
        self.monotonic = lambda: self.at
        self.sleep = self._sleep

    def _sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.at += seconds

    def now(self) -> datetime:
        """Return START and the seconds since."""
        return START + timedelta(seconds=self.at)
