"""The API client: the only module that sends the key.

Each concern is a function or a small class: pacing, one attempt under a deadline, the meaning of a failure,
strict reading of the body. httpx by itself has no total timeout, unpacks compression bombs, accepts NaN, and
retries nothing but connects.
"""

import contextlib
import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import httpx

from generator.base import formats, strict_json
from generator.base.config import Api
from generator.base.errors import ReplyError, UsageError
from generator.endpoints.endpoint import Call, Reply
from generator.fetch import failures, json_body, unpacking
from generator.fetch.deadline import SocketDeadline
from generator.fetch.failures import AttemptFailed
from generator.fetch.pacing import MOST_CALLS, Clock, Pace, parse_http_date

CONNECT_SECONDS = 20.0
LONGEST_BACK_OFF = 30.0
LARGEST_BODY = 32 * 2**20
MOST_APART = timedelta(days=1)
"""How far the clock here may be from that of the API: what is stored is named by the day."""
_SECONDS = re.compile(r"[0-9]{1,8}")
"""In the header ``Age``: of three years at most."""
LARGEST_FILE = 2 * 2**20
"""The largest file that is taken besides the replies about datasets: each is kept in the archive."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The budget of a run and of each of its calls.

    Attributes:
        call_seconds: the longest time for one attempt.
        optional_seconds: the same for an optional call, short enough that twenty hanging ones leave time for the
            rest of the run.
        run_seconds: the longest time for all calls together.
        tries: attempts for one call; an optional call has one.
        attempts: attempts for all calls together.
        largest_body: bytes of one reply.
        wait_seconds: the longest wait before another attempt: a minute, the span of the API's limit, and what two clocks
            and whole seconds add to it.
    """

    call_seconds: float = 60.0
    optional_seconds: float = 15.0
    run_seconds: float = 600.0
    tries: int = 5
    attempts: int = MOST_CALLS
    largest_body: int = LARGEST_BODY
    wait_seconds: float = 90.0


@dataclass(frozen=True, slots=True)
class _Received:
    """A reply as it came, before anything in it is trusted."""

    status: int
    reason: bytes
    headers: httpx.Headers
    body: bytes
    received_at: datetime


@dataclass(frozen=True, slots=True)
class File:
    """A file as it came."""

    body: bytes
    received_at: datetime


class Client:
    """Sends one call after the other to the API, within one budget for the whole run.

    Args:
        api: its address, the key, and the pace.
        transport: carries the requests underneath httpx; the demo and tests pass their own.
        clock: the time; tests pass their own.
        jitter: returns a number from 0 to 1, by which the back-off is multiplied.
        limits: the budget.

    Attributes:
        attempts: the number of requests sent, retries included.
    """

    def __init__(
        self,
        api: Api,
        *,
        transport: httpx.BaseTransport | None = None,
        clock: Clock | None = None,
        jitter: Callable[[], float] = random.random,
        limits: Limits | None = None,
    ) -> None:
        self._api = api
        self._clock = clock or Clock()
        self._jitter = jitter
        self._limits = limits or Limits()
        self._pace = Pace(api.requests_per_minute, self._clock)
        self._run_ends = self._clock.monotonic() + self._limits.run_seconds
        self._bare_calls_refused = False
        self._clock_is_checked = False
        self._deadline = SocketDeadline()
        self.attempts = 0
        # Nothing of the environment may redirect the key: no proxy, no netrc, no other certificates.
        self._http = httpx.Client(
            transport=transport,
            trust_env=False,
            follow_redirects=False,
            timeout=httpx.Timeout(self._limits.call_seconds, connect=CONNECT_SECONDS),
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
        """Return the reply to one call, after retries where a failure may pass.

        Raises:
            ReplyError: no usable reply came; the text says why and never holds the key.
            UsageError: the clock of this computer is wrong.
        """
        tries = 1 if call.optional else self._limits.tries
        for number in range(1, tries + 1):
            try:
                return self._attempt(call)
            except AttemptFailed as failed:
                wait = self._wait_before_retry(number, failed) if number < tries else None
                if wait is None:
                    tried = f" (tried {formats.how_often(number)})" if number > 1 else ""
                    why = f"{failed.text}{self._asked_to_wait(failed)}{tried}"
                    text = f"{call.dataset}: {call}: {why}"
                    raise ReplyError(text, of_key=failed.of_key, of_call=failed.of_call) from None
            self._clock.sleep(wait)
        raise AssertionError("the last try either returned or raised")

    def get_file(self, call: Call, *, may_send_key: bool) -> File:
        """Return a file that need not be there, in whatever form, after one attempt.

        Args:
            call: for the file, which is asked for without the key.
            may_send_key: a refusal is answered with the key; only where the path holds no text of the source's.

        Raises:
            ReplyError: no usable file came; the text says why and never holds the key.
        """
        try:
            received = self._send(call, keyed=False, largest=LARGEST_FILE)
            is_refused = received.status in (401, 403)
            keyed = is_refused and may_send_key and self._api.key is not None
            if keyed:
                received = self._send(call, keyed=True, largest=LARGEST_FILE)
            if received.status in (401, 403) and not keyed:
                text = f"HTTP {received.status} without the key"
                raise AttemptFailed(text, retryable=False)
            self._check(received)
            failures.check_not_a_page(received.headers, received.body)
        except AttemptFailed as failed:
            raise ReplyError(failed.text) from None
        return File(received.body, received.received_at)

    def now(self) -> float:
        """Return the seconds of the clock that the limits are counted by."""
        return self._clock.monotonic()

    def _asked_to_wait(self, failed: AttemptFailed) -> str:
        """Return a note on a wait that is too long for this run, such as the one for the next day's quota.

        It has no number: failures that differ by seconds are still alike.
        """
        seconds = failed.retry_after
        if seconds is None or seconds <= self._limits.wait_seconds:
            return ""
        return " (asks for a longer wait than a run makes; a later run asks again)"

    def _wait_before_retry(self, number: int, failed: AttemptFailed) -> float | None:
        """Return the seconds to wait after the attempt of that number, None where a retry is not worth it."""
        if not failed.retryable or self.attempts >= self._limits.attempts:
            return None

        wait = failed.retry_after
        if wait is None:
            wait = self._jitter() * min(LONGEST_BACK_OFF, 2.0**number)
        # A retry earlier than the server asked only burns the day's quota.
        if wait > self._limits.wait_seconds or self._clock.monotonic() + wait >= self._run_ends:
            return None
        return wait

    def _attempt(self, call: Call) -> Reply:
        """Return the reply to one attempt; a bare call that is refused is sent again with the key where that may be.

        Raises:
            AttemptFailed: no usable reply came.
            UsageError: the clock of this computer is wrong.
        """
        keyed = call.keyed or self._bare_calls_refused
        received = self._send(call, keyed=keyed)
        if not keyed and received.status in (401, 403) and self._may_send_key(call):
            # The catalog's declared security and its documented use disagree; the key settles it.
            self._bare_calls_refused = True
            received = self._send(call, keyed=True)

        self._check(received, may_be_absent=call.optional)
        body = received.body.removeprefix(strict_json.BYTE_ORDER_MARK)
        value = json_body.read(received.status, received.headers, body)
        self._check_clock(received)
        announced = _announced(call, received.headers)
        return Reply(call, body, value, received.received_at, received.status, announced)

    def _check(self, received: _Received, *, may_be_absent: bool = False) -> None:
        """Raise AttemptFailed for a reply that repeats the key or whose status is not the one of an answer."""
        if self._repeats_key(received):
            raise failures.of_echo(received.status, received.headers, received.received_at)
        is_known_absence = received.status == 404 and may_be_absent
        if received.status != 200 and not is_known_absence:
            raise failures.of_status(
                received.status, received.headers, received.body, received.received_at
            )

    def _check_clock(self, received: _Received) -> None:
        """Refuse a clock that the first reply to say what time it is contradicts by more than a day.

        What is stored under days that have not come is never replaced when they do.

        Raises:
            UsageError: it is that far off.
        """
        stated = _time_told(received.headers)
        if self._clock_is_checked or stated is None:
            return
        self._clock_is_checked = True
        if abs(received.received_at - stated) > MOST_APART:
            here, there = (_minute(moment) for moment in (received.received_at, stated))
            raise UsageError(
                f"the clock of this computer is wrong: it says {here}, and the API says {there}; set it"
            )

    def _may_send_key(self, call: Call) -> bool:
        # The path of a look-up holds text of the source, which is no reason to send the key there.
        return self._api.key is not None and not call.optional

    def _repeats_key(self, received: _Received) -> bool:
        """Return whether anything that was received holds the key; otherwise it may be shown and stored."""
        if self._api.key is None:
            return False
        # Apart from each other: two harmless fields side by side must not make up a piece of the key.
        parts = [received.body, received.reason]
        for name, value in received.headers.raw:
            parts += [name, value]
        values = b" ".join(value for _, value in received.headers.raw)
        return any(map(self._api.key.within, parts)) or self._api.key.split_within(values)

    def _send(self, call: Call, *, keyed: bool, largest: int = LARGEST_BODY) -> _Received:
        self._take_slot(keyed=keyed)
        try:
            return self._exchange(call, keyed=keyed, largest=largest)
        finally:
            if keyed:
                self._pace.used()

    def _take_slot(self, *, keyed: bool) -> None:
        """Wait until the next request may be sent.

        Raises:
            AttemptFailed: it may not be sent in this run.
        """
        limits = self._limits
        if keyed and self._api.key is None:
            raise AttemptFailed("needs a key, and none is set", retryable=False)
        if self.attempts >= limits.attempts:
            text = f"request limit for this run reached ({limits.attempts})"
            raise AttemptFailed(text, retryable=False)

        wait = self._pace.wait() if keyed else 0.0
        if self._clock.monotonic() + wait >= self._run_ends:
            text = f"time limit for this run reached ({limits.run_seconds:.0f} s)"
            raise AttemptFailed(text, retryable=False)
        if wait:
            self._clock.sleep(wait)
        self.attempts += 1

    def _exchange(self, call: Call, *, keyed: bool, largest: int) -> _Received:
        """Send one request, and return what came within its deadline.

        Raises:
            AttemptFailed: nothing came, or not in time, or more than the ``largest`` number of bytes.
        """
        request = self._request(call, keyed=keyed)
        limits = self._limits
        seconds = limits.optional_seconds if call.optional else limits.call_seconds
        ends = min(self._clock.monotonic() + seconds, self._run_ends)
        try:
            with (
                self._deadline.cut_after(ends - self._clock.monotonic()),
                contextlib.closing(self._http.send(request, stream=True)) as response,
            ):
                body = self._body(response, ends, largest)
        except httpx.HTTPError as error:
            text = failures.of_transport(error)
            if self._deadline.was_cut:
                text = "no answer within its deadline"
            # `from None`: the chained exception's text may quote the request's headers.
            raise AttemptFailed(text, retryable=True) from None
        except httpx.InvalidURL:
            # httpx prepares the request that would follow a redirect even where none is followed; the error's
            # text quotes the address, in which a server may have put anything.
            text = "moved to an address that cannot be asked"
            raise AttemptFailed(text, retryable=False) from None
        reason = response.extensions.get("reason_phrase", b"")
        return _Received(response.status_code, reason, response.headers, body, self._clock.now())

    def _request(self, call: Call, *, keyed: bool) -> httpx.Request:
        """Return the request for a call.

        Raises:
            AttemptFailed: its address cannot be asked.
        """
        headers = {}
        if keyed and self._api.key is not None:
            headers["Authorization"] = f"Bearer {self._api.key.reveal()}"
        url = self._api.base_url + call.path
        try:
            request = self._http.build_request(
                "GET", url, params=call.params or None, headers=headers
            )
        except httpx.InvalidURL:
            raise AttemptFailed("not an address that can be asked", retryable=False) from None
        request.extensions = {**request.extensions, "trace": self._deadline.trace}
        return request

    def _body(self, response: httpx.Response, ends: float, largest: int) -> bytes:
        """Return the body, read part by part.

        Raises:
            AttemptFailed: it is larger than either limit, unpacked where it came so, cannot be unpacked, or the clock
                passes ``ends`` before its end.
        """
        limit = min(self._limits.largest_body, largest)
        body = bytearray()
        for part in unpacking.parts(response):
            body += part
            if len(body) > limit:
                text = f"the reply is larger than {limit // 2**20} MiB"
                raise AttemptFailed(text, retryable=False)
            if self._clock.monotonic() > ends:
                raise AttemptFailed("the reply did not end within its deadline", retryable=True)
        return bytes(body)


def _time_told(headers: httpx.Headers) -> datetime | None:
    """Return what time it is by the headers of a reply, which a cache may have held for a while; None without a date."""
    stated = parse_http_date(headers.get("date"))
    held = headers.get("age", "")
    if stated is not None and _SECONDS.fullmatch(held):
        # What is beyond the year 9999 is wrong enough without it.
        with contextlib.suppress(OverflowError):
            stated += timedelta(seconds=int(held))
    return stated


def _minute(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def _announced(call: Call, headers: httpx.Headers) -> str:
    """Return what the headers of RFC 8594 and RFC 9745 say of the end of what was asked for, empty without them."""
    stated = [f"{name}: {headers[name]}" for name in ("Deprecation", "Sunset") if name in headers]
    if not stated:
        return ""
    quoted = formats.sanitize("; ".join(stated))
    return f"{call.dataset}: the API announces the end of {call.path} ({quoted})"
