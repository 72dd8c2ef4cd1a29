"""When the next call may go out."""

import email.utils
import re
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

WINDOW_SECONDS = 60.0
_SECONDS = re.compile(r"[0-9]{1,6}", re.ASCII)


class Clock:
    """Time as the client sees it, so that a test can give it another."""

    monotonic: Callable[[], float] = staticmethod(time.monotonic)
    sleep: Callable[[float], None] = staticmethod(time.sleep)

    def now(self) -> datetime:
        return datetime.now(UTC)


@dataclass
class Pace:
    """A sliding window over keyed calls: a slot is free again a minute after the *reply* that used it.

    Counting from the reply keeps the promise however the server counts: no minute of its own sees more
    calls than ours.
    """

    per_minute: int
    clock: Clock
    _freed: deque[float] = field(default_factory=deque)

    def wait(self) -> float:
        """How long the next keyed call has to wait, in seconds."""
        if not self.per_minute or len(self._freed) < self.per_minute:
            return 0.0
        return max(0.0, self._freed[-self.per_minute] + WINDOW_SECONDS - self.clock.monotonic())

    def used(self) -> None:
        self._freed.append(self.clock.monotonic())
        while len(self._freed) > max(self.per_minute, 1):
            self._freed.popleft()


def retry_after(text: str | None, now: datetime) -> float | None:
    """Seconds to wait, from either form of Retry-After; None for anything that is neither."""
    if text is None:
        return None
    if _SECONDS.fullmatch(text.strip()):
        return float(text)
    try:
        moment = email.utils.parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - now).total_seconds())
