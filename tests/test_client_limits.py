"""The client's budget: waits, retries and deadlines, at each limit and one beyond, on a clock of the test's own."""

import gzip
import json
import socket
import ssl
import threading
import tracemalloc
import zlib
from collections.abc import Callable, Iterator
from datetime import timedelta
from email.utils import format_datetime
from typing import Any

import httpx
import pytest

from generator.base import formats
from generator.base.config import Api, Secret
from generator.base.errors import LeaderboardsError, ReplyError, UsageError
from generator.endpoints.endpoint import Call
from generator.fetch.client import LARGEST_BODY, Client, Limits
from generator.fetch.deadline import SocketDeadline
from generator.fetch.failures import message
from generator.fetch.pacing import Pace, parse_reset, parse_retry_after
from generator.fetch.published import FILE_SECONDS, SITE_SECONDS, fetcher
from tests.clocks import START, FakeClock

KEY = "sk-or-v1-limits"
KEYED = Call("d", "/x")
BARE = Call("d", "/x", keyed=False)
OPTIONAL = Call("d", "/x", keyed=False, optional=True)
GOOD = b'{"data":1}'


class Slow(httpx.SyncByteStream):
    """A body in parts, before each of which time passes."""

    def __init__(self, clock: FakeClock, seconds: float, parts: tuple[bytes, ...]) -> None:
        self._clock, self._seconds, self._parts = clock, seconds, parts

    def __iter__(self) -> Iterator[bytes]:
        for part in self._parts:
            self._clock.at += self._seconds
            yield part


class Server:
    """Answers with the planned responses, the last of which is repeated, and notes when each was asked for."""

    def __init__(self, clock: FakeClock, *responses: Any) -> None:
        self.clock = clock
        self.responses = list(responses)
        self.times: list[float] = []
        self.requests: list[httpx.Request] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.times.append(self.clock.at)
        self.requests.append(request)
        planned = self.responses.pop(0) if len(self.responses) > 1 else self.responses[0]
        if isinstance(planned, Exception):
            raise planned
        status, headers, body = planned if isinstance(planned, tuple) else (planned, {}, GOOD)
        stream = httpx.ByteStream(body) if isinstance(body, bytes) else body
        return httpx.Response(
            status, headers={"content-type": "application/json", **headers}, stream=stream
        )

    def client(
        self, *, pace: int = 0, jitter: float = 1.0, key: str | None = KEY, **limits: Any
    ) -> Client:
        api = Api("http://127.0.0.1/api/v1", Secret(key) if key else None, pace)
        return Client(
            api,
            transport=httpx.MockTransport(self),
            clock=self.clock,
            jitter=lambda: jitter,
            limits=Limits(**limits),
        )


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


def refusal(client: Client, call: Call = KEYED) -> str:
    with pytest.raises(ReplyError) as caught:
        client.get(call)
    return str(caught.value)


@pytest.mark.parametrize(
    ("jitter", "tries", "slept"),
    [
        (1.0, 5, [2.0, 4.0, 8.0, 16.0]),
        (1.0, 7, [2.0, 4.0, 8.0, 16.0, 30.0, 30.0]),
        (0.5, 5, [1.0, 2.0, 4.0, 8.0]),
        (0.0, 5, [0.0] * 4),
        (1.0, 2, [2.0]),
        (1.0, 1, []),
    ],
)
def test_the_back_off_doubles_up_to_thirty_seconds_times_the_jitter(
    clock: FakeClock, jitter: float, tries: int, slept: list[float]
) -> None:
    server = Server(clock, 503)
    said = refusal(server.client(jitter=jitter, tries=tries))
    tried = f" (tried {formats.how_often(tries)})" if tries > 1 else ""
    assert said == f"d: GET /x: HTTP 503{tried}"
    assert (clock.slept, len(server.times)) == (slept, tries)


def test_the_limits_of_a_run_are_these() -> None:
    assert Limits() == Limits(60.0, 15.0, 600.0, 5, 150, 32 * 2**20, 90.0)
    assert LARGEST_BODY == 33_554_432


RETRIED = (408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524, 529)
TOO_LONG = "(asks for a longer wait than a run makes; a later run asks again)"


@pytest.mark.parametrize("status", RETRIED)
def test_a_status_that_may_pass_is_tried_again(clock: FakeClock, status: int) -> None:
    server = Server(clock, status, 200)
    assert server.client().get(KEYED).value == {"data": 1}
    assert len(server.times) == 2


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (400, "HTTP 400"),
        (401, "HTTP 401: the key was rejected; check OPENROUTER_API_KEY"),
        (403, "HTTP 403: the key was rejected; check OPENROUTER_API_KEY"),
        (404, "HTTP 404: the endpoint may have moved"),
        (402, "HTTP 402"),
        (299, "HTTP 299"),
        (300, "HTTP 300: redirected to nowhere (not followed)"),
        (399, "HTTP 399: redirected to nowhere (not followed)"),
        (501, "HTTP 501"),
        (505, "HTTP 505"),
    ],
)
def test_any_other_status_is_final(clock: FakeClock, status: int, said: str) -> None:
    server = Server(clock, status)
    assert refusal(server.client()) == f"d: GET /x: {said}"
    assert len(server.times) == 1


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b'{"error":{"message":"no credit"}}', ' ("no credit")'),
        (b'{"error":"no credit"}', ' ("no credit")'),
        (b'{"error":{"message":""}}', ""),
        (b'{"error":{"message":7}}', ""),
        (b'{"error":""}', ""),
        (b'{"error":[]}', ""),
        (b"[]", ""),
        (b"<html>", ""),
        (b"[" * 100_000, ""),
    ],
)
def test_the_words_of_an_error_are_quoted_in_each_form(
    clock: FakeClock, body: bytes, words: str
) -> None:
    assert refusal(Server(clock, (400, {}, body)).client()) == f"d: GET /x: HTTP 400{words}"


def test_long_words_are_cut(clock: FakeClock) -> None:
    body = b'{"error":"' + b"x" * 500 + b'"}'
    said = refusal(Server(clock, (400, {}, body)).client())
    assert said.startswith('d: GET /x: HTTP 400 ("xxx')
    assert 190 <= said.count("x") - 1 <= 200
    long_place = {"location": "http://a/" + "y" * 300}
    said = refusal(Server(clock, (302, long_place, b"")).client())
    assert said == f"d: GET /x: HTTP 302: redirected to http://a/{'y' * 111} (not followed)"
    kind = {"content-type": "text/" + "z" * 100}
    said = refusal(Server(clock, (200, kind, b"")).client())
    assert said == f"d: GET /x: the answer is text/{'z' * 55}, not JSON"


@pytest.mark.parametrize(
    ("seconds", "is_waited_for"),
    [("0", True), ("61", True), ("90", True), ("91", False), ("000007", True)],
)
def test_a_wait_is_kept_up_to_a_minute_and_a_half(
    clock: FakeClock, seconds: str, is_waited_for: bool
) -> None:
    server = Server(clock, (429, {"retry-after": seconds}, b"{}"), 200)
    if is_waited_for:
        server.client().get(KEYED)
        assert clock.slept == [float(seconds)]
    else:
        assert refusal(server.client()) == f"d: GET /x: HTTP 429 {TOO_LONG}"
        assert clock.slept == []


@pytest.mark.parametrize("status", [400, 404])
def test_a_final_failure_is_not_waited_for(clock: FakeClock, status: int) -> None:
    server = Server(clock, (status, {"retry-after": "5"}, b"{}"), 200)
    refusal(server.client())
    assert clock.slept == []


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("0", 0.0),
        (" 7 ", 7.0),
        ("999999", 999_999.0),
        ("1000000", None),
        (format_datetime(START + timedelta(seconds=90), usegmt=True), 90.0),
        (format_datetime(START - timedelta(seconds=90), usegmt=True), 0.0),
        ("Sat, 21 Nov 2026 00:01:00 -0000", 60.0),
        ("Sat, 21 Nov 2026 01:00:05 +0100", 5.0),
    ],
)
def test_retry_after_is_seconds_or_a_date(text: str, seconds: float | None) -> None:
    assert parse_retry_after(text, START) == seconds


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        (None, None),
        ("1.5", None),
        ("999999999", 999_999_999.0),  # so many seconds are left
        ("1000000000", 0.0),  # a second of 2001
        ("99999999999", 99_999_999_999 - START.timestamp()),
        ("100000000000", 0.0),  # a millisecond of 1973
        (f" {START.timestamp() * 1000 + 500:.0f} ", 0.5),
    ],
)
def test_a_reset_is_how_long_is_left_a_second_or_a_millisecond(
    text: str | None, seconds: float | None
) -> None:
    assert parse_reset(text, START) == seconds


@pytest.mark.parametrize(
    ("headers", "slept"),
    [
        ({"x-ratelimit-reset": f"{START.timestamp() * 1000 + 42_000:.0f}"}, 42.0),
        ({"x-ratelimit-reset": f"{START.timestamp() + 42:.0f}"}, 42.0),
        ({"x-ratelimit-reset": "42"}, 42.0),
        ({"x-ratelimit-reset": f"{START.timestamp() - 42:.0f}"}, 0.0),
        ({"x-ratelimit-reset": "42", "retry-after": "7"}, 7.0),
        ({"retry-after": "Sat, 21 Nov 2026 00:00:07 GMT"}, 7.0),
        ({"x-ratelimit-reset": "soon"}, 20.0),
        ({"x-ratelimit-reset": "9" * 17}, 20.0),
        ({}, 20.0),
        # Our clock is ten seconds behind the server's.
        (
            {
                "date": "Sat, 21 Nov 2026 00:00:10 GMT",
                "retry-after": "Sat, 21 Nov 2026 00:00:15 GMT",
            },
            5.0,
        ),
    ],
)
def test_a_limit_is_waited_for_until_its_reset(
    clock: FakeClock, headers: dict[str, str], slept: float
) -> None:
    Server(clock, (429, headers, b"{}"), 200).client().get(KEYED)
    assert clock.slept == [slept]


def test_a_limit_is_waited_for_where_the_reply_repeats_the_key(clock: FakeClock) -> None:
    headers = {"x-ratelimit-reset": f"{START.timestamp() + 42:.0f}"}
    Server(clock, (429, headers, KEY.encode()), 200).client().get(KEYED)
    assert clock.slept == [42.0]


def test_a_limit_of_the_day_is_not_waited_for(clock: FakeClock) -> None:
    tomorrow = START.timestamp() + 86_400
    server = Server(clock, (429, {"x-ratelimit-reset": f"{tomorrow:.0f}000"}, b"{}"))
    assert refusal(server.client()) == f"d: GET /x: HTTP 429 {TOO_LONG}"
    assert (clock.slept, len(server.times)) == ([], 1)


@pytest.mark.parametrize(("run_seconds", "slept"), [(2.0, []), (2.1, [2.0])])
def test_a_retry_that_the_run_has_no_time_for_is_not_waited_for(
    clock: FakeClock, run_seconds: float, slept: list[float]
) -> None:
    refusal(Server(clock, 503).client(run_seconds=run_seconds, tries=2))
    assert clock.slept == slept


def test_a_run_ends_on_its_last_second(clock: FakeClock) -> None:
    server = Server(clock, 200)
    client = server.client()
    clock.at = 599.9
    assert client.get(KEYED).status == 200
    clock.at = 600.0
    assert refusal(client) == "d: GET /x: time limit for this run reached (600 s)"
    assert len(server.times) == 1


def test_the_budget_starts_with_the_client(clock: FakeClock) -> None:
    clock.at = 1000.0
    client = Server(clock, 200).client()
    clock.at = 1599.0
    assert client.get(KEYED).status == 200


def test_a_slot_that_is_free_only_after_the_run_is_not_waited_for(clock: FakeClock) -> None:
    server = Server(clock, 200)
    client = server.client(pace=1, run_seconds=60.0)
    client.get(KEYED)
    assert refusal(client) == "d: GET /x: time limit for this run reached (60 s)"
    assert clock.slept == []
    client = server.client(pace=1, run_seconds=60.5)
    client.get(KEYED)
    client.get(KEYED)
    assert clock.slept == [60.0]


def test_a_run_has_so_many_attempts_and_retries_count(clock: FakeClock) -> None:
    server = Server(clock, 503, 200)
    client = server.client(attempts=3)
    client.get(KEYED)
    assert client.attempts == 2
    client.get(KEYED)
    assert refusal(client) == "d: GET /x: request limit for this run reached (3)"
    assert (client.attempts, len(server.times)) == (3, 3)


def test_no_retry_is_waited_for_after_the_last_attempt(clock: FakeClock) -> None:
    client = Server(clock, 503).client(attempts=2)
    assert refusal(client) == "d: GET /x: HTTP 503 (tried twice)"
    assert clock.slept == [2.0]


def test_only_keyed_calls_take_a_slot(clock: FakeClock) -> None:
    server = Server(clock, 200)
    client = server.client(pace=2)
    for call in (BARE, BARE, BARE, KEYED, KEYED, BARE):
        client.get(call)
    assert clock.slept == []
    client.get(KEYED)
    assert clock.slept == [60.0]


def test_a_call_that_fails_takes_a_slot_too(clock: FakeClock) -> None:
    server = Server(clock, httpx.ConnectError("no"), 200)
    client = server.client(pace=1)
    client.get(KEYED)
    # The pause before the retry is part of the minute that its slot takes.
    assert clock.slept == [2.0, 58.0]


@pytest.mark.parametrize(("at", "wait"), [(0.0, 60.0), (59.5, 0.5), (60.0, 0.0), (61.0, 0.0)])
def test_a_slot_is_free_a_minute_after_the_reply_to_the_second(at: float, wait: float) -> None:
    clock = FakeClock()
    pace = Pace(3, clock)
    for number in range(3):
        assert pace.wait() == 0.0
        clock.at = number * 0.25
        pace.used()
    clock.at = at
    assert Pace(0, clock).wait() == 0.0
    assert pace.wait() == wait


def test_without_pacing_nothing_ever_waits(clock: FakeClock) -> None:
    pace = Pace(0, clock)
    for _ in range(3):
        pace.used()
    assert pace.wait() == 0.0


@pytest.mark.parametrize(
    ("call", "seconds", "said"),
    [
        (KEYED, 30.0, None),
        (KEYED, 30.5, "the reply did not end within its deadline"),
        (OPTIONAL, 7.5, None),
        (OPTIONAL, 8.0, "the reply did not end within its deadline"),
    ],
)
def test_a_body_may_take_as_long_as_its_call(
    clock: FakeClock, call: Call, seconds: float, said: str | None
) -> None:
    def slow() -> Slow:
        return Slow(clock, seconds, (GOOD[:5], GOOD[5:]))

    client = Server(clock, (200, {}, slow())).client(tries=1)
    if said is None:
        assert client.get(call).body == GOOD
    else:
        assert refusal(client, call) == f"d: GET /x: {said}"


def test_a_body_has_no_longer_than_the_run_has_left(clock: FakeClock) -> None:
    body = Slow(clock, 10.0, (GOOD[:5], GOOD[5:]))
    client = Server(clock, (200, {}, body)).client(run_seconds=15.0)
    assert refusal(client) == "d: GET /x: the reply did not end within its deadline"


class _Connected:
    """What httpx tells of a connection: its socket."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection

    def get_extra_info(self, _name: str) -> socket.socket:
        return self._connection


def _passed(deadline: SocketDeadline) -> None:
    """Wait until a deadline that has passed has done all that it does."""
    with deadline.cut_after(0):
        for thread in threading.enumerate():
            if isinstance(thread, threading.Timer):
                thread.join()


def test_the_connection_in_use_at_a_deadline_is_shut_and_one_already_closed_is_not() -> None:
    deadline = SocketDeadline()
    _passed(deadline)
    assert deadline.was_cut
    ours, theirs = socket.socketpair()
    with theirs:
        deadline.trace("connect", {"return_value": _Connected(ours)})
        deadline.trace("send", {"return_value": None})
        with ours:
            _passed(deadline)
            assert theirs.recv(1) == b"", "the end of the connection"
        _passed(deadline)
    with deadline.cut_after(60):
        assert not deadline.was_cut


def test_an_optional_call_has_one_try(clock: FakeClock) -> None:
    server = Server(clock, 503)
    assert refusal(server.client(), OPTIONAL) == "d: GET /x: HTTP 503"
    assert len(server.times) == 1


def test_the_words_of_an_error_are_cut_after_two_hundred_characters() -> None:
    assert message(json.dumps({"error": {"message": "x" * 201}}).encode()) == f"{'x' * 199}…"
    assert message(b'{"error": "gone"}') == "gone"
    assert [message(body) for body in (b"gone", b"[]", b'{"error": {}}', b'{"error": ""}')] == [
        ""
    ] * 4


def test_an_absence_is_an_answer_to_an_optional_call_alone(clock: FakeClock) -> None:
    server = Server(clock, (404, {}, b'{"error":{"message":"gone"}}'))
    reply = server.client().get(OPTIONAL)
    assert (reply.status, reply.value) == (404, {"error": {"message": "gone"}})
    assert "HTTP 404" in refusal(server.client(), BARE)


@pytest.mark.parametrize(
    ("call", "key", "status", "sent"),
    [
        (BARE, KEY, 401, [False, True]),
        (BARE, KEY, 403, [False, True]),
        (BARE, None, 401, [False]),
        (OPTIONAL, KEY, 401, [False]),
        (BARE, KEY, 400, [False]),
        (KEYED, KEY, 401, [True]),
    ],
)
def test_a_bare_call_that_is_refused_is_sent_once_more_with_the_key(
    clock: FakeClock, call: Call, key: str | None, status: int, sent: list[bool]
) -> None:
    server = Server(clock, status)
    refusal(server.client(key=key), call)
    assert ["authorization" in request.headers for request in server.requests] == sent


def test_after_one_refusal_every_bare_call_is_sent_with_the_key_at_once(clock: FakeClock) -> None:
    server = Server(clock, 401, 200)
    client = server.client()
    client.get(BARE)
    client.get(BARE)
    sent = [request.headers.get("authorization") for request in server.requests]
    assert sent == [None, f"Bearer {KEY}", f"Bearer {KEY}"]
    assert client.attempts == 3


def test_a_keyed_call_without_a_key_is_not_sent(clock: FakeClock) -> None:
    server = Server(clock, 200)
    assert refusal(server.client(key=None)) == "d: GET /x: needs a key, and none is set"
    assert server.client(key=None).get(BARE).status == 200
    assert len(server.times) == 1


def test_requests_say_what_they_take_and_keep_the_order_of_parameters(clock: FakeClock) -> None:
    server = Server(clock, 200)
    server.client().get(Call("d", "/a/b:c", (("z", "1"), ("a", "2 3"))))
    server.client().get(KEYED)
    with_params, without = server.requests
    assert str(with_params.url) == "http://127.0.0.1/api/v1/a/b:c?z=1&a=2+3"
    assert str(without.url) == "http://127.0.0.1/api/v1/x"
    assert with_params.method == "GET"
    headers = with_params.headers
    assert headers["accept"] == "application/json"
    assert headers["accept-encoding"] == "identity"
    assert headers["user-agent"] == "openrouter-leaderboards"
    seconds = {"connect": 20.0, "read": 60.0, "write": 60.0, "pool": 60.0}
    assert with_params.extensions["timeout"] == seconds


def test_an_address_that_is_none_is_not_sent(clock: FakeClock) -> None:
    server = Server(clock, 200)
    said = refusal(server.client(), Call("d", "/x\x00"))
    assert said == "d: GET /x\x00: not an address that can be asked"


@pytest.mark.parametrize(
    "kind",
    [
        "application/json",
        "application/json; charset=utf-8",
        " Application/JSON ",
        "application/problem+json",
    ],
)
def test_json_may_come_under_each_of_its_names(clock: FakeClock, kind: str) -> None:
    server = Server(clock, (200, {"content-type": kind}, GOOD))
    assert server.client().get(KEYED).body == GOOD


@pytest.mark.parametrize("encoding", ["gzip", " X-GZIP "])
def test_a_reply_that_came_as_gzip_all_the_same_is_read(clock: FakeClock, encoding: str) -> None:
    body = b'{"data":"' + b"xy" * 2**17 + b'"}'
    server = Server(clock, (200, {"content-encoding": encoding}, gzip.compress(body)))
    assert server.client().get(KEYED).body == body


@pytest.mark.parametrize("encoding", ["br", "zstd", "deflate", "gzip, gzip"])
def test_a_reply_in_any_other_compression_is_refused_at_once(
    clock: FakeClock, encoding: str
) -> None:
    server = Server(clock, (200, {"content-encoding": encoding}, GOOD))
    said = refusal(server.client())
    assert said == "d: GET /x: the reply came compressed, though that was not asked for"


@pytest.mark.parametrize("encoding", ["br", "gzip"])
def test_an_error_that_came_compressed_is_told_by_its_status(
    clock: FakeClock, encoding: str
) -> None:
    page = gzip.compress(b"<html>down</html>")
    server = Server(clock, (503, {"content-encoding": encoding}, page), 200)
    assert server.client().get(KEYED).body == GOOD
    server = Server(clock, (400, {"content-encoding": encoding}, page))
    assert refusal(server.client()) == "d: GET /x: HTTP 400"


def test_an_error_that_only_says_to_be_gzip_is_told_by_its_status(clock: FakeClock) -> None:
    plain = b'{"error": {"message": "no such user"}}'
    server = Server(clock, (401, {"content-encoding": "gzip"}, plain))
    told = "d: GET /x: HTTP 401: the key was rejected; check OPENROUTER_API_KEY"
    assert refusal(server.client(), KEYED) == told


def test_gzip_that_is_cut_off_damaged_or_followed_by_more_is_no_reply(clock: FakeClock) -> None:
    whole = gzip.compress(GOOD)
    for body, said in (
        (whole[:-9], "is not one whole gzip file"),
        (b"", "is not one whole gzip file"),
        (whole + whole, "is not one whole gzip file"),
        (GOOD, "is damaged gzip"),
        (whole[:-8] + bytes(8), "is damaged gzip"),
    ):
        server = Server(clock, (200, {"content-encoding": "gzip"}, body))
        assert refusal(server.client(tries=1)) == f"d: GET /x: the reply {said}"


def test_a_small_reply_that_unpacks_to_much_is_left_at_the_limit(clock: FakeClock) -> None:
    packed = zlib.compressobj(9, wbits=31)
    bomb = b"".join(packed.compress(bytes(2**20)) for _ in range(8)) + packed.flush()
    assert len(bomb) < 10_000
    server = Server(clock, (200, {"content-encoding": "gzip"}, bomb))
    tracemalloc.start()
    said = refusal(server.client(largest_body=2**20))
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert said == "d: GET /x: the reply is larger than 1 MiB"
    assert most < 4 * 2**20


def test_a_redirect_that_leads_nowhere_is_refused_at_once(clock: FakeClock) -> None:
    server = Server(clock, (302, {"location": "javascript:alert(1)"}, b""))
    said = refusal(server.client())
    assert said == "d: GET /x: moved to an address that cannot be asked"


def test_a_reply_that_repeats_the_key_is_asked_for_again_only_where_its_status_may_pass(
    clock: FakeClock,
) -> None:
    key = "sk-or-v1-8d1f0c7ab2e946530b7d9a4e6c15f283"
    echo = f'{{"error":"{key}"}}'.encode()
    for status, said in (
        (200, "the reply repeats the API key; it was thrown away"),
        (400, "HTTP 400: the reply repeats the API key; it was thrown away"),
        (503, "HTTP 503: the reply repeats the API key; it was thrown away (tried twice)"),
    ):
        server = Server(clock, (status, {"retry-after": "3"}, echo))
        assert refusal(server.client(key=key, tries=2)) == f"d: GET /x: {said}"
    assert clock.slept == [3.0]


def test_a_reply_without_a_content_type_is_taken_as_json(clock: FakeClock) -> None:
    def bare(_request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, stream=httpx.ByteStream(GOOD))

    api = Api("http://127.0.0.1/api/v1", Secret(KEY), 0)
    with Client(api, transport=httpx.MockTransport(bare), clock=clock) as client:
        assert client.get(KEYED).value == {"data": 1}


@pytest.mark.parametrize(("limit", "is_read"), [(2**20, True), (2**20 - 1, False)])
def test_a_body_may_be_as_large_as_its_limit(clock: FakeClock, limit: int, is_read: bool) -> None:
    body = b'"' + b"x" * (2**20 - 2) + b'"'
    client = Server(clock, (200, {}, body)).client(largest_body=limit)
    if is_read:
        assert client.get(KEYED).body == body
    else:
        assert refusal(client) == "d: GET /x: the reply is larger than 0 MiB"
    client = Server(clock, (200, {}, body * 3)).client(largest_body=2 * 2**20)
    assert refusal(client) == "d: GET /x: the reply is larger than 2 MiB"


def test_a_clock_may_be_a_day_from_that_of_the_api_and_no_more(clock: FakeClock) -> None:
    for hours in (-24, 24):
        stated = format_datetime(START + timedelta(hours=hours), usegmt=True)
        assert Server(clock, (200, {"date": stated}, GOOD)).client().get(KEYED).status == 200
    for day in (19, 23):
        stated = f"Mon, {day} Nov 2026 00:00:00 GMT"
        with pytest.raises(UsageError) as caught:
            Server(clock, (200, {"date": stated}, GOOD)).client().get(KEYED)
        assert str(caught.value) == (
            "the clock of this computer is wrong: it says 2026-11-21 00:00 UTC, "
            f"and the API says 2026-11-{day} 00:00 UTC; set it"
        )


def test_what_a_cache_has_held_for_days_does_not_make_the_clock_wrong(clock: FakeClock) -> None:
    stated = format_datetime(START - timedelta(days=3), usegmt=True)
    held = Server(clock, (200, {"date": stated, "age": "172800"}, GOOD))
    assert held.client().get(KEYED).status == 200
    last = "Fri, 31 Dec 9999 23:59:59 GMT"
    for day, age in (stated, "172799"), (stated, "1" * 5000), (stated, "²"), (last, "9"):
        reply = (200, {"date": day, "age": age.encode()}, GOOD)
        with pytest.raises(UsageError, match="the clock of this computer is wrong"):
            Server(clock, reply).client().get(KEYED)


def test_one_reply_that_tells_the_time_is_enough_and_what_is_no_answer_tells_none(
    clock: FakeClock,
) -> None:
    right, wrong = (
        {"date": format_datetime(START, usegmt=True)},
        {"date": "Mon, 23 Nov 2020 00:00:00 GMT"},
    )
    replies = (
        (503, wrong, GOOD),
        (200, {"date": "today"}, GOOD),
        (200, right, GOOD),
        (200, wrong, GOOD),
    )
    client = Server(clock, *replies).client()
    assert [client.get(KEYED).status for _ in range(3)] == [200, 200, 200]


def test_a_date_to_wait_for_is_compared_with_the_time_of_the_reply(clock: FakeClock) -> None:
    clock.at = 10.0
    until = format_datetime(START + timedelta(seconds=17), usegmt=True)
    server = Server(clock, (429, {"retry-after": until}, b"{}"), 200)
    server.client().get(KEYED)
    assert clock.slept == [7.0]


def test_json_that_python_cannot_read_is_named_with_its_fault(clock: FakeClock) -> None:
    server = Server(clock, (200, {}, b'{"data":NaN}'))
    said = refusal(server.client(tries=1))
    assert said == "d: GET /x: the answer is not proper JSON: NaN is no JSON number"


@pytest.mark.parametrize("encoding", ["", "identity", " Identity "])
def test_a_reply_may_say_that_it_is_not_compressed(clock: FakeClock, encoding: str) -> None:
    server = Server(clock, (200, {"content-encoding": encoding}, GOOD))
    assert server.client().get(KEYED).body == GOOD


@pytest.mark.parametrize(
    ("body", "times"),
    [
        (b'{"data":', 2),
        (b"[" * 200, 2),
        (b"[" * 101 + b"]" * 101, 1),
        (b'{"error":1}', 1),
    ],
)
def test_a_body_that_was_cut_off_is_tried_again_and_one_that_is_wrong_is_not(
    clock: FakeClock, body: bytes, times: int
) -> None:
    server = Server(clock, (200, {}, body))
    refusal(server.client(tries=2))
    assert len(server.times) == times


@pytest.mark.parametrize(
    ("error", "data", "times"),
    [
        ({"code": 502, "message": "m"}, {}, 5),
        ({"code": 502, "message": "m"}, {"data": None}, 5),
        ({"code": 400, "message": "m"}, {}, 1),
        ({"name": "ZodError", "message": "m"}, {"success": False}, 1),
        ("m", {}, 1),
    ],
)
def test_an_error_under_a_good_status_is_tried_again_where_it_may_pass(
    clock: FakeClock, error: Any, data: dict[str, Any], times: int
) -> None:
    server = Server(clock, (200, {}, json.dumps({"error": error, **data}).encode()))
    assert refusal(server.client()).startswith('d: GET /x: the answer is an error ("m")')
    assert len(server.times) == times


@pytest.mark.parametrize("status", [401, 403])
def test_a_page_of_a_firewall_says_nothing_of_the_key(clock: FakeClock, status: int) -> None:
    page = (status, {"content-type": "text/html; charset=UTF-8"}, b"<html>Attention")
    with pytest.raises(ReplyError, match="a firewall may refuse this computer") as caught:
        Server(clock, page).client().get(KEYED)
    assert not caught.value.of_key


@pytest.mark.parametrize(
    ("headers", "said"),
    [
        ({}, ""),
        (
            {"deprecation": "@1767225600", "sunset": "Sat, 26 Dec 2026 00:00:00 GMT"},
            "Deprecation: @1767225600; Sunset: Sat, 26 Dec 2026 00:00:00 GMT",
        ),
        ({"sunset": "x" * 300}, f"Sunset: {'x' * 191}…"),
    ],
)
def test_an_end_that_headers_announce_is_told(
    clock: FakeClock, headers: dict[str, str], said: str
) -> None:
    reply = Server(clock, (200, headers, GOOD)).client().get(KEYED)
    assert reply.announced == (f"d: the API announces the end of /x ({said})" if said else "")


def test_data_beside_an_error_is_an_answer(clock: FakeClock) -> None:
    body = b'{"error":{"message":"one of many"},"data":[]}'
    assert Server(clock, (200, {}, body)).client().get(KEYED).body == body
    assert Server(clock, (200, {}, b"[]")).client().get(KEYED).value == []


def of_os(error: httpx.HTTPError, cause: BaseException) -> httpx.HTTPError:
    between = RuntimeError("between")
    between.__context__ = cause
    error.__cause__ = between
    return error


def refused_certificate() -> ssl.SSLCertVerificationError:
    error = ssl.SSLCertVerificationError(1, "no")
    error.verify_message = "self-signed certificate"
    return error


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (httpx.ConnectError("?"), "no connection"),
        (httpx.ConnectTimeout("?"), "no connection in time"),
        (httpx.ReadTimeout("?"), "no answer in time"),
        (httpx.RemoteProtocolError("?"), "the response was cut off or is not HTTP"),
        (httpx.ReadError("?"), "connection lost"),
        (httpx.WriteError("?"), "connection lost"),
        (httpx.UnsupportedProtocol("?"), "not an address that can be asked"),
        (httpx.PoolTimeout("?"), "request failed"),
        (of_os(httpx.ConnectError("?"), OSError(111, "Refused")), "no connection: Refused"),
        (of_os(httpx.ConnectError("?"), OSError("no words")), "no connection"),
        (
            of_os(httpx.ConnectError("?"), refused_certificate()),
            "invalid certificate: self-signed certificate",
        ),
    ],
)
def test_what_fails_underneath_http_has_words_of_ours(
    clock: FakeClock, error: httpx.HTTPError, said: str
) -> None:
    server = Server(clock, error)
    assert refusal(server.client(tries=2)) == f"d: GET /x: {said} (tried twice)"


Fetch = Callable[[str], bytes | None]


def published(*responses: Any) -> tuple[Server, Fetch]:
    clock = FakeClock()
    server = Server(clock, *responses)
    return server, fetcher("https://site.example/root/", httpx.MockTransport(server), clock)


def test_a_published_file_is_fetched_below_its_root_and_uncompressed() -> None:
    server, fetch = published((200, {}, b"abc"))
    assert fetch("data/v1/x.json") == b"abc"
    (request,) = server.requests
    assert str(request.url) == "https://site.example/root/data/v1/x.json"
    assert request.headers["accept-encoding"] == "identity"
    assert "authorization" not in request.headers


def test_a_published_file_that_is_not_there_is_none() -> None:
    _, fetch = published(404)
    assert fetch("x") is None


@pytest.mark.parametrize(
    ("response", "said"),
    [
        (500, "https://site.example/root/: HTTP 500 for x"),
        (
            httpx.ConnectError("?"),
            "https://site.example/root/: x cannot be fetched (no connection)",
        ),
        (
            (200, {}, b"x" * (LARGEST_BODY + 1)),
            "https://site.example/root/: x is larger than 32 MiB",
        ),
        (
            (302, {"location": "javascript:alert(1)"}, b""),
            "https://site.example/root/: x cannot be fetched (not an address that can be asked)",
        ),
        (
            (302, {"location": "http://[::1"}, b""),
            "https://site.example/root/: x cannot be fetched (the response was cut off or is not HTTP)",
        ),
        ((302, {"location": "/x"}, b""), "https://site.example/root/: x is redirected too often"),
    ],
)
def test_a_published_site_that_fails_is_one_line(response: Any, said: str) -> None:
    _, fetch = published(response)
    with pytest.raises(LeaderboardsError) as caught:
        fetch("x")
    assert str(caught.value) == said


def test_a_redirect_of_a_published_site_is_followed() -> None:
    there = (302, {"location": "https://other.example/y"}, b"")
    server, fetch = published(there, (200, {}, b"x" * LARGEST_BODY))
    assert len(fetch("x") or b"") == LARGEST_BODY
    assert [request.url.host for request in server.requests] == ["site.example", "other.example"]


def test_a_name_of_a_published_site_changes_nothing_on_a_terminal() -> None:
    _, fetch = published(500)
    with pytest.raises(LeaderboardsError, match=r"HTTP 500 for a\ufffd2J\ufffdb$"):
        fetch("a\x9b2J\u202eb")


class Endless(httpx.SyncByteStream):
    """A body of one byte every ten seconds, which never ends."""

    def __init__(self, clock: FakeClock) -> None:
        self.clock = clock

    def __iter__(self) -> Iterator[bytes]:
        while True:
            self.clock.at += 10
            yield b"x"


def test_a_published_file_or_redirect_without_an_end_is_given_up() -> None:
    server, fetch = published(None)
    body = Endless(server.clock)
    server.responses = [(302, {"location": "/y"}, body), (200, {}, body)]
    with pytest.raises(LeaderboardsError, match=r"x cannot be fetched \(out of time\)$"):
        fetch("x")
    assert FILE_SECONDS < server.clock.at <= FILE_SECONDS + 10


def test_a_published_site_is_given_up_after_an_hour() -> None:
    server, fetch = published(200)
    assert fetch("x") == GOOD
    server.clock.at = SITE_SECONDS
    with pytest.raises(LeaderboardsError, match="not all files could be fetched within 60 minutes"):
        fetch("x")
    assert len(server.requests) == 1
