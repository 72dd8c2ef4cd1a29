"""When the next call may be sent."""

import email.utils
import re
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

WINDOW_SECONDS = 60.0
MOST_CALLS = 150
"""The requests of a run, retries included."""
_SECONDS = re.compile(r"[0-9]{1,6}", re.ASCII)
_RESET = re.compile(r"[0-9]{1,16}", re.ASCII)
_LEAST_MILLISECONDS = 10**11
_LEAST_TIME = 10**9


class Clock:
    """The time as the client sees it; a test can pass another."""

    monotonic: Callable[[], float] = staticmethod(time.monotonic)
    sleep: Callable[[float], None] = staticmethod(time.sleep)

    def now(self) -> datetime:
        """Return the current time in UTC."""
        return datetime.now(UTC)


@dataclass
class Pace:
    """A sliding window over keyed calls: a slot is free again a minute after the *reply* that used it.

    Counting from the reply keeps the promise however the server counts: no minute of its own sees more
    calls than ours.

    Attributes:
        per_minute: the number of slots; 0 for no pacing.
    """

    per_minute: int
    clock: Clock
    _reply_times: deque[float] = field(default_factory=deque)

    def wait(self) -> float:
        """Return how long the next keyed call has to wait, in seconds."""
        if not self.per_minute or len(self._reply_times) < self.per_minute:
            return 0.0
        free_at = self._reply_times[0] + WINDOW_SECONDS
        return max(0.0, free_at - self.clock.monotonic())

    def used(self) -> None:
        """Note that the reply to a keyed call has come, or that the call has failed."""
        self._reply_times.append(self.clock.monotonic())
        if len(self._reply_times) > self.per_minute:
            self._reply_times.popleft()


def parse_retry_after(text: str | None, now: datetime) -> float | None:
    """Return the seconds to wait, from either form of Retry-After; None for anything that is neither."""
    if text is None:
        return None
    if _SECONDS.fullmatch(text.strip()):
        return float(text)
    moment = parse_http_date(text)
    return None if moment is None else max(0.0, (moment - now).total_seconds())


def parse_reset(text: str | None, now: datetime) -> float | None:
    """Return the seconds until a limit is reset, from X-RateLimit-Reset; None for anything that is no number.

    The API states the time in milliseconds; other servers state it in seconds, or how many seconds are left.
    """
    if text is None or not _RESET.fullmatch(text.strip()):
        return None
    value = float(text)
    if value < _LEAST_TIME:
        return value
    seconds = value / 1000 if value >= _LEAST_MILLISECONDS else value
    return max(0.0, seconds - now.timestamp())


def parse_http_date(text: str | None) -> datetime | None:
    """Return the moment of an HTTP header; None for anything that is no date."""
    try:
        moment = email.utils.parsedate_to_datetime(text or "")
    except (ValueError, TypeError, OverflowError):
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
