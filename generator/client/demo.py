"""The demo's only difference: what carries a request is a recording, and the clock shows its day."""

from datetime import UTC, date, datetime, time

import httpx

from generator.client.pace import Clock
from generator.recorded import RecordedApi


class DemoTransport(httpx.BaseTransport):
    """Answers from the replies recorded up to one day."""

    def __init__(self, day: date, root: str) -> None:
        self._api = RecordedApi(day)
        self._root = httpx.URL(root).path

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        path = request.url.path.removeprefix(self._root)
        authorized = "authorization" in request.headers
        answer = self._api.answer(path, dict(request.url.params), authorized=authorized)
        return httpx.Response(answer.status, headers=answer.headers, stream=httpx.ByteStream(answer.body))


class DemoClock(Clock):
    """Late on the recorded day, when that day's recordings were made."""

    def __init__(self, day: date) -> None:
        self._now = datetime.combine(day, time(23, 30), UTC)

    def now(self) -> datetime:
        return self._now
