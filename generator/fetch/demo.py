"""The demo's days, transport and clock: requests are answered from recordings, on the day of the recordings.

What was recorded after all of the days is played on the last one only, and the demo's sentence names its day.
"""

from datetime import UTC, date, datetime, time

import httpx

from generator.base import dates
from generator.base.dates import Window
from generator.endpoints import CORE, task_classifications
from generator.endpoints.endpoint import AnyEndpoint
from generator.fetch.pacing import Clock
from generator.fetch.recorded import DEMO_DAYS, RecordedApi, recorded_at_other_times


def sentence() -> str:
    """Return what every page of the demo says: which days it shows, and what was recorded at other times."""
    days = Window(DEMO_DAYS[0], DEMO_DAYS[-1]).human()
    others = [f"{what} {dates.human_day(day)}" for what, day in recorded_at_other_times().items()]
    return (
        f"Demo: recorded data of {days}, not today's. Recorded at other times: {', '.join(others)}."
    )


def endpoints(day: date) -> tuple[AnyEndpoint, ...]:
    """Return the endpoints that are asked on one of the demo's days."""
    if day == DEMO_DAYS[-1]:
        return CORE
    return tuple(endpoint for endpoint in CORE if endpoint.name != task_classifications.NAME)


class DemoClock(Clock):
    """A clock that shows late evening of the day that is played.

    A reply that was recorded on another day than it is played on is received on the day of its recording: its
    snapshot would else say that it came before its as_of, or that a list of earlier days was one of that day.
    """

    def __init__(self, day: date) -> None:
        self._played = day
        self._shown = day

    def show(self, recorded: date | None) -> None:
        """Turn to the day on which the next reply was recorded, to the played day where there is no other."""
        self._shown = recorded or self._played

    def now(self) -> datetime:
        return datetime.combine(self._shown, time(23, 30), UTC)


class DemoTransport(httpx.BaseTransport):
    """Answers requests as the API answered on one day, and sets the clock to the time of each recording."""

    def __init__(self, day: date, root: str, clock: DemoClock) -> None:
        self._api = RecordedApi(day, later=day == DEMO_DAYS[-1])
        self._root = httpx.URL(root).path
        self._clock = clock

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        path = request.url.path.removeprefix(self._root)
        authorized = "authorization" in request.headers
        answer = self._api.answer(path, dict(request.url.params), authorized=authorized)
        self._clock.show(answer.recorded)
        body = httpx.ByteStream(answer.body)
        return httpx.Response(answer.status, headers=answer.headers, stream=body)
