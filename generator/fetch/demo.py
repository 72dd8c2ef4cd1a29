"""The demo's only difference: what carries a request is a recording, and the clock shows its day."""

from datetime import UTC, date, datetime, time

import httpx

from generator.fetch.pacing import Clock
from generator.fetch.recorded import RecordedApi


class DemoClock(Clock):
    """Late on the recorded day, when that day's recordings were made.

    A reply that was recorded later than the day it is played on is received late on its own day: that is
    when somebody received it, and no snapshot then says that it came before its as_of.
    """

    def __init__(self, day: date) -> None:
        self._played = day
        self._shown = day

    def show(self, recorded: date) -> None:
        """Turn to the day on which the next reply was recorded, or to the day it is played on if that is later."""
        self._shown = max(self._played, recorded)

    def now(self) -> datetime:
        return datetime.combine(self._shown, time(23, 30), UTC)


class DemoTransport(httpx.BaseTransport):
    """Answers from the recorded replies as the API answered on one day, and tells the clock when each was made."""

    def __init__(self, day: date, root: str, clock: DemoClock) -> None:
        self._api = RecordedApi(day)
        self._root = httpx.URL(root).path
        self._clock = clock

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        path = request.url.path.removeprefix(self._root)
        authorized = "authorization" in request.headers
        answer = self._api.answer(path, dict(request.url.params), authorized=authorized)
        self._clock.show(answer.recorded)
        return httpx.Response(
            answer.status, headers=answer.headers, stream=httpx.ByteStream(answer.body)
        )
