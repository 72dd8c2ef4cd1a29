"""Days' runs on replies that a part of the torture has changed, in this process and without any waiting."""

from collections.abc import Callable, Sequence
from pathlib import Path

import httpx

from generator.archive.store import Archive
from generator.base.config import Api, Secret
from generator.endpoints import BY_NAME, CORE
from generator.fetch.client import Client
from generator.fetch.recorded import DEMO_DAYS
from generator.fetch.report import Outcome
from generator.fetch.snapshot import Run, take
from tests.clocks import START, FakeClock

DAY = DEMO_DAYS[-1]
RECEIVED = START
"""After the last recording was made."""
ALL = tuple(endpoint.name for endpoint in CORE)

Params = dict[str, str]
Answering = Callable[[str, Params], tuple[int, bytes]]
"""Returns status and body of the reply to a path with parameters."""


def taken(answer: Answering, data: Path, datasets: Sequence[str] = ALL) -> list[Outcome]:
    """Return how a run of the last recorded day ends for these datasets."""

    def respond(request: httpx.Request) -> httpx.Response:
        path = request.url.path.removeprefix("/api/v1")
        status, body = answer(path, dict(request.url.params))
        headers = {"content-type": "application/json"}
        return httpx.Response(status, stream=httpx.ByteStream(body), headers=headers)

    api = Api("http://127.0.0.1/api/v1", Secret("sk-or-v1-" + "7f" * 32), requests_per_minute=0)
    transport = httpx.MockTransport(respond)
    with Client(api, transport=transport, clock=FakeClock(), jitter=lambda: 0.0) as client:
        asked = tuple(BY_NAME[name] for name in datasets)
        return take(Run(Archive(data), client, DAY, "test", endpoints=asked)).outcomes
