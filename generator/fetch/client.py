"""The only door to the network.

Each concern is a function or a small class: pacing, one attempt under a deadline, what a failure means,
reading the body strictly. httpx by itself has no total timeout, decodes bombs, takes NaN, and retries
nothing but connects; all of that is decided here.
"""

import contextlib
import random
from collections.abc import Callable
from typing import Any

import httpx

from generator.base import formats, strict_json
from generator.base.config import Api
from generator.base.errors import ReplyError
from generator.endpoints.endpoint import Call, Reply
from generator.fetch import failures
from generator.fetch.deadline import SocketDeadline
from generator.fetch.failures import AttemptFailed
from generator.fetch.pacing import Clock, Pace

CALL_SECONDS = 60.0
OPTIONAL_SECONDS = 15.0
"""An optional call has one try of this length, so that twenty hanging ones leave time for the rest of the run."""
RUN_SECONDS = 600.0
TRIES = 5
ATTEMPTS = 150
LARGEST_BODY = 32 * 2**20


class Client:
    """Asks the API for one call after the other, within one budget for the whole run.

    Args:
        api: where to, with which key, how fast.
        transport: what carries the requests; the demo and tests put their own underneath httpx.
        clock: time.
        jitter: a number from 0 to 1 for the back-off.
    """

    def __init__(
        self,
        api: Api,
        *,
        transport: httpx.BaseTransport | None = None,
        clock: Clock | None = None,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self._api = api
        self._clock = clock or Clock()
        self._jitter = jitter
        self._pace = Pace(api.requests_per_minute, self._clock)
        self._ends = self._clock.monotonic() + RUN_SECONDS
        self._keyless_refused = False
        self._line = SocketDeadline()
        self.attempts = 0
        # Nothing of the environment may redirect the key: no proxy, no netrc, no other certificates.
        self._http = httpx.Client(
            transport=transport,
            trust_env=False,
            follow_redirects=False,
            timeout=httpx.Timeout(CALL_SECONDS, connect=20.0),
            headers={
                "Accept": "application/json",
                "Accept-Encoding": "identity",
                "User-Agent": "openrouter-leaderboards",
            },
        )

    def __enter__(self) -> "Client":
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    def get(self, call: Call) -> Reply:
        """The reply to one call, after as many tries as it is worth.

        Raises:
            ReplyError: no usable reply came; the text says why and never holds the key.
        """
        tries = 1 if call.optional else TRIES
        for number in range(1, tries + 1):
            try:
                return self._attempt(call)
            except AttemptFailed as failed:
                wait = self._before_next(number, failed) if number < tries else None
                if wait is None:
                    raise ReplyError(
                        f"{call.dataset}: {call}: {failed.text}{_tries(number)}"
                    ) from None
            self._clock.sleep(wait)
        raise AssertionError("the last try either returned or raised")

    def _before_next(self, number: int, failed: AttemptFailed) -> float | None:
        if not failed.again or self.attempts >= ATTEMPTS:
            return None
        wait = failed.wait
        if wait is None:
            wait = self._jitter() * min(30.0, 2.0**number)
        # To try earlier than the server asked only burns the day's quota.
        return None if wait > CALL_SECONDS or self._clock.monotonic() + wait >= self._ends else wait

    def _attempt(self, call: Call) -> Reply:
        keyed = call.keyed or self._keyless_refused
        self._take_slot(keyed)
        try:
            status, reason, headers, body = self._exchange(call, keyed)
        finally:
            if keyed:
                self._pace.used()
        received = self._clock.now()
        if status in (401, 403) and not keyed and self._api.key is not None and not call.optional:
            # The catalogue's declared security and its documented use disagree; the key settles it. A look-up
            # names what an upstream string says: no reason to send the key there.
            self._keyless_refused = True
            return self._attempt(call)
        if self._repeats_key(reason, headers, body):
            raise failures.of_echo(status, headers, received)
        known_absence = status == 404 and call.optional
        if status != 200 and not known_absence:
            raise failures.of_status(status, headers, body, received)
        return Reply(call, _without_mark(body), _value(status, headers, body), received, status)

    def _repeats_key(self, reason: bytes, headers: httpx.Headers, body: bytes) -> bool:
        """Return whether anything that was received holds the key; only then may it be shown or stored."""
        if self._api.key is None:
            return False
        fields = [part for field in headers.raw for part in field]
        # Apart from each other: two harmless fields side by side must not make up a piece of the key.
        return any(self._api.key.within(data) for data in (body, reason, *fields))

    def _take_slot(self, keyed: bool) -> None:
        if keyed and self._api.key is None:
            raise AttemptFailed("needs a key, and none is set", again=False)
        if self.attempts >= ATTEMPTS:
            raise AttemptFailed(f"the run's {ATTEMPTS} attempts are used up", again=False)
        wait = self._pace.wait() if keyed else 0.0
        if self._clock.monotonic() + wait >= self._ends:
            raise AttemptFailed(f"the run's {RUN_SECONDS:.0f} seconds are used up", again=False)
        if wait:
            self._clock.sleep(wait)
        self.attempts += 1

    def _exchange(self, call: Call, keyed: bool) -> tuple[int, bytes, httpx.Headers, bytes]:
        headers = {}
        if keyed and self._api.key is not None:
            headers["Authorization"] = f"Bearer {self._api.key.reveal()}"
        seconds = OPTIONAL_SECONDS if call.optional else CALL_SECONDS
        deadline = min(self._clock.monotonic() + seconds, self._ends)
        try:
            request = self._http.build_request(
                "GET", self._api.base_url + call.path, params=call.params or None, headers=headers
            )
        except httpx.InvalidURL:
            raise AttemptFailed("not an address that can be asked", again=False) from None
        request.extensions = {**request.extensions, "trace": self._line.trace}
        try:
            with (
                self._line.cut_after(deadline - self._clock.monotonic()),
                contextlib.closing(self._http.send(request, stream=True)) as response,
            ):
                failures.check_encoding(response.headers)
                reason = response.extensions.get("reason_phrase", b"")
                return (
                    response.status_code,
                    reason,
                    response.headers,
                    self._body(response, deadline),
                )
        except httpx.HTTPError as error:
            text = (
                "no answer within its deadline"
                if self._line.was_cut
                else failures.of_transport(error)
            )
            # `from None`: the chained exception's text may quote the request's headers.
            raise AttemptFailed(text, again=True) from None
        except httpx.InvalidURL:
            # httpx prepares the request that would follow a redirect even where none is followed; the error's
            # text quotes the address, in which a server may have put anything.
            raise AttemptFailed("moved to an address that cannot be asked", again=False) from None

    def _body(self, response: httpx.Response, deadline: float) -> bytes:
        parts: list[bytes] = []
        size = 0
        for part in response.iter_raw():
            parts.append(part)
            size += len(part)
            if size > LARGEST_BODY:
                raise AttemptFailed(
                    f"the reply is larger than {LARGEST_BODY // 2**20} MiB", again=False
                )
            if self._clock.monotonic() > deadline:
                raise AttemptFailed("the reply did not end within its deadline", again=True)
        return b"".join(parts)


def _tries(number: int) -> str:
    return f" (tried {number} times)" if number > 1 else ""


def _without_mark(body: bytes) -> bytes:
    return body.removeprefix(b"\xef\xbb\xbf")


def _value(status: int, headers: httpx.Headers, body: bytes) -> Any:
    kind = headers.get("content-type", "application/json").split(";")[0].strip().lower()
    if kind != "application/json" and not kind.endswith("+json"):
        raise AttemptFailed(f"the answer is {formats.sanitize(kind)[:60]}, not JSON", again=False)
    try:
        value = strict_json.loads(_without_mark(body))
    except ValueError as error:
        # What is cut off may come whole the next time; what is nested too deep was meant so.
        again = not isinstance(error, strict_json.TooDeepError)
        raise AttemptFailed(
            f"the answer is not proper JSON: {formats.sanitize(str(error))[:120]}", again=again
        ) from None
    if status == 200 and isinstance(value, dict) and "error" in value and "data" not in value:
        raise AttemptFailed(f'the answer is an error ("{failures.message(body)}")', again=False)
    return value
