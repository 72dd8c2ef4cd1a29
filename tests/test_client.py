"""The client against a real socket: what it sends, what it refuses, when it tries again."""

import base64
import json
import traceback
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import httpx
import pytest

from generator.base.config import Api, Secret
from generator.base.errors import ReplyError
from generator.endpoints.endpoint import Call
from generator.fetch.client import Client, Limits
from generator.fetch.pacing import Clock, Pace, parse_retry_after
from generator.fetch.recorded import DEMO_DAYS, Answer
from tests.clocks import START, FakeClock
from tests.loopback import KEY, Loopback

TASKS = Call("task-classifications", "/classifications/task", (("window", "7d"),))
LIST = Call("models", "/models", (("output_modalities", "all"),), keyed=False)
GOOD = b'{"data":{}}'
JSON = {"content-type": "application/json"}


@pytest.fixture
def api() -> Iterator[Loopback]:
    with Loopback(day=DEMO_DAYS[-1], key=KEY) as server:
        yield server


def client(
    server: Loopback,
    *,
    key: str | None = KEY,
    pace: int = 0,
    clock: Clock | None = None,
    jitter: float = 1.0,
    limits: Limits | None = None,
) -> Client:
    api = Api(server.url, Secret(key) if key else None, pace)
    return Client(api, clock=clock or FakeClock(), jitter=lambda: jitter, limits=limits)


def raw(head: str, body: bytes = b"") -> Callable[[Any], bytes]:
    return lambda _request: head.replace("\n", "\r\n").encode() + b"\r\n\r\n" + body


def test_the_key_is_sent_only_where_it_is_needed(api: Loopback) -> None:
    with client(api) as one:
        one.get(TASKS)
        one.get(LIST)
    keyed, bare = api.requests
    assert keyed.headers["authorization"] == f"Bearer {KEY}"
    assert "authorization" not in bare.headers
    assert keyed.headers["accept-encoding"] == "identity"


def test_a_catalogue_that_wants_a_key_after_all_gets_it(api: Loopback) -> None:
    refused = Answer(401, JSON, b'{"error":{"message":"no"}}')
    api.fail(
        "/models", fault=lambda request: None if "authorization" in request.headers else refused
    )
    with client(api) as one:
        assert one.get(LIST).value["data"]
    assert ["authorization" in request.headers for request in api.requests] == [False, True]


def test_without_a_key_keyed_endpoints_are_not_asked(api: Loopback) -> None:
    with client(api, key=None) as one, pytest.raises(ReplyError, match="needs a key"):
        one.get(TASKS)
    assert api.requests == []


def test_the_reply_is_kept_word_for_word(api: Loopback) -> None:
    body = b'{"data": {"a" : 1.50, "b":"\\u00e9"}}'
    api.fail("/classifications", 200, body, headers=JSON)
    with client(api) as one:
        reply = one.get(TASKS)
    assert reply.body == body
    assert reply.value == {"data": {"a": 1.5, "b": "é"}}


def test_trouble_that_passes_is_tried_again(api: Loopback) -> None:
    api.fail("/classifications", 503, b"{}", times=2)
    clock = FakeClock()
    with client(api, clock=clock) as one:
        assert one.get(TASKS).status == 200
    assert len(api.requests) == 3
    assert clock.slept == [2.0, 4.0]


@pytest.mark.parametrize(
    ("header", "slept"),
    [
        ("5", [5.0]),
        ("abc", [20.0]),
        ("-1", [20.0]),
        ("٣", [20.0]),
        ("", [20.0]),
    ],
)
def test_retry_after_is_honored_and_garbage_is_not(
    api: Loopback, header: str, slept: list[float]
) -> None:
    reply = Answer(429, {**JSON, "retry-after": header.encode().decode("latin-1")}, b"{}")
    api.fail("/classifications", times=1, fault=lambda _request: reply)
    clock = FakeClock()
    with client(api, clock=clock) as one:
        one.get(TASKS)
    assert clock.slept == slept


@pytest.mark.parametrize("header", ["3600", "Fri, 31 Dec 9999 23:59:59 GMT", "999999"])
def test_a_wait_beyond_the_deadline_is_not_slept_and_not_cut_short(
    api: Loopback, header: str
) -> None:
    api.fail("/classifications", 429, b"{}", headers={**JSON, "retry-after": header})
    clock = FakeClock()
    told = r"HTTP 429 \(asks for a longer wait than a run makes; a later run asks again\)$"
    with client(api, clock=clock) as one, pytest.raises(ReplyError, match=told):
        one.get(TASKS)
    assert clock.slept == []
    assert len(api.requests) == 1


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (400, "HTTP 400"),
        (401, "the key was rejected"),
        (403, "the key was rejected"),
        (404, "may have moved"),
    ],
)
def test_a_refusal_is_not_asked_again_and_its_words_are_shown(
    api: Loopback, status: int, said: str
) -> None:
    api.fail(
        "/classifications", status, b'{"error":{"message":"no such\\u0000 window"}}', headers=JSON
    )
    with client(api) as one, pytest.raises(ReplyError) as caught:
        one.get(TASKS)
    assert len(api.requests) == 1
    assert said in str(caught.value)
    assert "no such\ufffd window" in str(caught.value)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", "not proper JSON"),
        (b'{"data":', "not proper JSON"),
        (b"{}{}", "not proper JSON"),
        (b'{"data":NaN}', "NaN is no JSON number"),
        (b'{"data":1e400}', "too large"),
        (b'{"data":1,"data":2}', "one member twice"),
        (b"[" * 200_000, "nested too deep"),
        (b'{"data":' + b"1" * 5000 + b"}", "not proper JSON"),
        ('{"data":"é"}'.encode("utf-16"), "not proper JSON"),
        ('{"data":"é"}'.encode("latin-1"), "not proper JSON"),
        (b'{"error":{"message":"broken"}}', 'an error ("broken")'),
    ],
)
def test_what_is_no_proper_json_is_refused(api: Loopback, body: bytes, said: str) -> None:
    api.fail("/classifications", 200, body, headers=JSON)
    with client(api) as one, pytest.raises(ReplyError) as caught:
        one.get(TASKS)
    assert said in str(caught.value)


def test_a_byte_order_mark_is_accepted(api: Loopback) -> None:
    api.fail("/classifications", 200, b"\xef\xbb\xbf" + GOOD, headers=JSON)
    with client(api) as one:
        assert one.get(TASKS).body == GOOD


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (raw("HTTP/1.1 200 OK\nContent-Type: text/html", b"<html>"), "the answer is text/html"),
        (
            raw("HTTP/1.1 302 Found\nLocation: https://elsewhere.example/"),
            "redirected to https://elsewhere.example/",
        ),
        (raw("HTTP/1.1 200 OK\nContent-Encoding: gzip\nContent-Length: 3", b"abc"), "damaged gzip"),
        (
            raw("HTTP/1.1 200 OK\nContent-Length: 100\nContent-Type: application/json", b"{}"),
            "cut off",
        ),
        (raw("HTTP/1.1 200 OK\nTransfer-Encoding: chunked", b"5\r\n{"), "cut off"),
        (raw("HTTP/1.1 200 OK\nContent-Encoding: br", b"abc"), "compressed"),
        (raw("HTTP/1.1 200 OK\nContent-Length: abc", b"{}"), "cut off or is not HTTP"),
        (raw("HTTP/1.1 200 OK\nContent-Length: 1\nContent-Length: 2", b"{}"), "is not HTTP"),
        (raw("HTTP/1.1 200 OK\nX: " + "x" * 200_000, b"{}"), "cut off or is not HTTP"),
        # Nothing says how long it is, and its list ends where it was cut: what is left is no answer.
        (raw("HTTP/1.1 200 OK\nContent-Type: application/json", b'{"data":[1,2]'), "proper JSON"),
        (lambda _request: b"", "cut off"),
        (lambda _request: b"\x00\x01\x02", "cut off"),
        (raw("HTTP/1.1 204 No Content"), "HTTP 204"),
    ],
)
def test_broken_exchanges_become_one_clear_line(api: Loopback, fault: Any, said: str) -> None:
    api.fail("/classifications", fault=fault)
    with client(api) as one, pytest.raises(ReplyError) as caught:
        one.get(TASKS)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("before", [b"", b'HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{"data":'])
def test_a_connection_that_is_reset_is_one_clear_line(before: bytes) -> None:
    import socket
    import struct
    import threading

    def reset() -> None:
        line, _ = listener.accept()
        with line:
            line.recv(10_000)
            line.sendall(before)
            # Closed so, the connection is reset and not ended.
            line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=reset, daemon=True).start()
        api = Api(f"http://127.0.0.1:{listener.getsockname()[1]}", Secret(KEY), 0)
        with (
            Client(api, clock=FakeClock(), limits=Limits(tries=1)) as one,
            pytest.raises(ReplyError) as caught,
        ):
            one.get(TASKS)
    assert "connection lost" in str(caught.value) or "cut off" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_closed_port_is_no_connection() -> None:
    with Loopback(day=DEMO_DAYS[-1], key=KEY) as server:
        gone = server.url
    with (
        Client(Api(gone, Secret(KEY), 0), clock=FakeClock()) as one,
        pytest.raises(ReplyError, match="no connection"),
    ):
        one.get(TASKS)


def test_a_reply_that_repeats_the_key_is_thrown_away_and_never_quoted(api: Loopback) -> None:
    for status in (200, 400):
        api.mend()
        api.fail(
            "/classifications",
            status,
            json.dumps({"error": {"message": KEY}}).encode(),
            headers=JSON,
        )
        with client(api) as one, pytest.raises(ReplyError) as caught:
            one.get(TASKS)
        assert KEY not in str(caught.value)
        assert "repeats the API key" in str(caught.value)
        assert caught.value.__cause__ is None


SECRET = "sk-or-v1-8d1f0c7ab2e946530b7d9a4e6c15f283d70e4b9a8c3f6152"


def escaped(text: str) -> str:
    return "".join(f"\\u{ord(char):04x}" for char in text)


def percented(text: str) -> str:
    return "".join(f"%{ord(char):02X}" for char in text)


ECHOES = {
    "as it is": SECRET,
    "in capitals": SECRET.upper(),
    "with JSON escapes": escaped(SECRET),
    "with escaped hyphens": SECRET.replace("-", "\\u002d"),
    "escaped twice": json.dumps(escaped(SECRET))[1:-1],
    "with percent escapes": percented(SECRET),
    "with percent escapes twice": percented(SECRET).replace("%", "%25"),
    "with HTML escapes": "".join(f"&#{ord(char)};" for char in SECRET),
    "in base64": base64.b64encode(SECRET.encode()).decode(),
    "in base64 with its scheme": base64.b64encode(f"Bearer {SECRET}".encode()).decode(),
    "in base64 for addresses": base64.urlsafe_b64encode(f"Bearer: {SECRET}?".encode()).decode(),
    "in hexadecimal digits": SECRET.encode().hex(),
    "split by spaces": " ".join(SECRET),
    "split by line breaks": "\\n".join(SECRET[at : at + 5] for at in range(0, len(SECRET), 5)),
    "split by invisible characters": "\u200b".join(SECRET),
    "cut off": SECRET[:30],
    "its last twelve": SECRET[-12:],
    "twelve from the middle": SECRET[30:42],
}


def error(words: str) -> str:
    """The body of an error; the words stand in it as they are, escapes included."""
    return f'{{"error":{{"message":"{words}"}}}}'


def told(caught: BaseException) -> str:
    """All that a traceback of the error would show, and its repr."""
    return "".join(traceback.format_exception(caught)) + repr(caught)


def hits(text: str) -> list[str]:
    """Pieces of the key that the text holds."""
    part = SECRET.removeprefix("sk-or-v1-").lower()
    pieces = {part[at : at + 12] for at in range(len(part) - 11)}
    plain = "".join(text.lower().split())
    return [piece for piece in pieces if piece in plain] + [
        form for form in ECHOES.values() if form in text
    ]


@pytest.mark.parametrize("status", [200, 400, 401, 404, 503])
@pytest.mark.parametrize("form", ECHOES)
def test_an_echo_of_the_key_in_a_body_is_neither_shown_nor_kept(
    api: Loopback, form: str, status: int
) -> None:
    api.fail("/classifications", status, error(ECHOES[form]), headers=JSON)
    api.key = SECRET
    with client(api, key=SECRET) as one, pytest.raises(ReplyError) as caught:
        one.get(TASKS)
    assert "the reply repeats the API key; it was thrown away" in str(caught.value)
    assert hits(told(caught.value)) == []


def test_an_echo_in_a_field_of_a_good_reply_refuses_the_reply(api: Loopback) -> None:
    for echo in ECHOES.values():
        api.fail("/classifications", 200, f'{{"data":{{"note":"{echo}"}}}}', headers=JSON)
        with client(api, key=SECRET) as one, pytest.raises(ReplyError, match="repeats the API key"):
            one.get(TASKS)


def test_an_echo_in_a_reply_to_a_call_that_may_fail_is_not_kept(api: Loopback) -> None:
    retired = Call("models", "/model/a/b", keyed=True, optional=True)
    api.fail("/model/", 404, error(escaped(SECRET)), headers=JSON)
    with client(api, key=SECRET) as one, pytest.raises(ReplyError, match="repeats the API key"):
        one.get(retired)


def test_an_echo_in_utf_16_is_found(api: Loopback) -> None:
    api.fail(
        "/classifications",
        400,
        json.dumps({"error": {"message": SECRET}}).encode("utf-16"),
        headers=JSON,
    )
    with client(api, key=SECRET) as one, pytest.raises(ReplyError, match="repeats the API key"):
        one.get(TASKS)


HEADS = {
    "location": "HTTP/1.1 302 Found\nLocation: https://elsewhere.example/?key={}",
    "an address that is none": "HTTP/1.1 302 Found\nLocation: http://[{}",
    "a script as an address": "HTTP/1.1 302 Found\nLocation: javascript:{}",
    "a port that is none": "HTTP/1.1 302 Found\nLocation: http://a:{}/",
    "content type": "HTTP/1.1 200 OK\nContent-Type: text/{}",
    "encoding": "HTTP/1.1 200 OK\nContent-Encoding: {}",
    "reason": "HTTP/1.1 400 Bad key {}",
    "any header": "HTTP/1.1 400 Bad\nX-Seen: {}",
    "a header's name": "HTTP/1.1 400 Bad\n{}: 1",
    "retry-after": "HTTP/1.1 429 Slow\nRetry-After: {}",
    "no HTTP": "{}",
}


@pytest.mark.parametrize("place", HEADS)
def test_an_echo_in_the_head_of_a_reply_is_never_shown(api: Loopback, place: str) -> None:
    for form in ("as it is", "with percent escapes", "in base64", "twelve from the middle"):
        api.fail("/classifications", fault=raw(HEADS[place].replace("{}", ECHOES[form]), b"{}"))
        with client(api, key=SECRET) as one, pytest.raises(ReplyError) as caught:
            one.get(TASKS)
        assert hits(told(caught.value)) == []


def test_a_key_whose_parts_stand_in_fields_or_headers_of_their_own_is_found(api: Loopback) -> None:
    parts = [SECRET[at : at + 10] for at in range(0, len(SECRET), 10)]
    body = json.dumps(
        {"data": {f"name-{place}": part for place, part in enumerate(parts)}}
    ).encode()
    heads = "".join(f"\nX-{place}: {part}" for place, part in enumerate(parts))
    content = "HTTP/1.1 200 OK\nContent-Type: application/json"
    for head, sent in ((content, body), (content + heads, b"{}")):
        api.fail("/classifications", fault=raw(head, sent))
        with client(api, key=SECRET) as one, pytest.raises(ReplyError, match="repeats the API key"):
            one.get(TASKS)


def test_the_beginning_that_all_keys_share_and_other_keys_are_no_echo(api: Loopback) -> None:
    for text in ("keys begin with sk-or-v1-", "sk-or-v1-" + "0123456789abcdef" * 4, SECRET[:20]):
        body = json.dumps({"data": {"note": text}}).encode()
        api.fail("/classifications", 200, body, headers=JSON)
        with client(api, key=SECRET) as one:
            assert one.get(TASKS).body == body


def test_the_words_of_an_error_are_shown_without_what_looks_like_a_key(api: Loopback) -> None:
    other = "sk-or-v1-" + "0123456789abcdef" * 4
    api.fail("/classifications", 400, error("x " * 80 + escaped(other) + " is bad"), headers=JSON)
    with client(api, key=SECRET) as one, pytest.raises(ReplyError) as caught:
        one.get(TASKS)
    assert "sk-or-… is bad" in str(caught.value)
    assert "0123" not in told(caught.value)


def test_a_body_is_read_up_to_its_largest_size_and_not_beyond(api: Loopback) -> None:
    body = b'{"data":"' + b"x" * 2**20 + b'"}'
    api.fail("/classifications", 200, body, headers=JSON)
    with client(api, limits=Limits(largest_body=len(body))) as largest:
        assert largest.get(TASKS).body == body
    with (
        client(api, limits=Limits(largest_body=len(body) - 1)) as smaller,
        pytest.raises(ReplyError, match=r"the reply is larger than 1 MiB$"),
    ):
        smaller.get(TASKS)


def test_a_server_that_never_answers_is_left_at_the_deadline() -> None:
    import socket
    import threading

    with socket.create_server(("127.0.0.1", 0)) as listener:
        done = threading.Event()

        def drip() -> None:
            line, _ = listener.accept()
            with line:
                line.recv(1000)
                line.sendall(b"HTTP/1.1 200 OK\r\n")
                while not done.wait(0.02):
                    try:
                        line.sendall(b"X-Drip: 1\r\n")
                    except OSError:
                        return

        threading.Thread(target=drip, daemon=True).start()
        url = f"http://127.0.0.1:{listener.getsockname()[1]}/api/v1"
        with (
            Client(Api(url, Secret(KEY), 0), limits=Limits(call_seconds=0.3, tries=1)) as one,
            pytest.raises(ReplyError, match=r"no answer within its deadline$"),
        ):
            one.get(TASKS)
        done.set()


def test_the_environment_redirects_nothing(api: Loopback, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "SSL_CERT_FILE"):
        monkeypatch.setenv(name, "http://127.0.0.1:9/")
    with client(api) as one:
        assert one.get(TASKS).status == 200


def test_the_window_frees_a_slot_a_minute_after_the_reply_that_used_it() -> None:
    clock = FakeClock()
    pace = Pace(2, clock)
    for at in (0.0, 10.0):
        clock.at = at
        assert pace.wait() == 0
        pace.used()
    assert pace.wait() == 50.0
    clock.at = 60.0
    assert pace.wait() == 0
    pace.used()
    assert pace.wait() == 10.0


def test_sixty_calls_take_two_windows_and_never_meet_a_limit_of_thirty() -> None:
    clock = FakeClock()
    stamps: list[float] = []

    def answer(_request: httpx.Request) -> httpx.Response:
        stamps.append(clock.at)
        clock.at += 0.3
        return httpx.Response(200, headers=JSON, stream=httpx.ByteStream(GOOD))

    api = Api("http://127.0.0.1/api/v1", Secret(KEY), 28)
    with Client(api, transport=httpx.MockTransport(answer), clock=clock) as one:
        for _ in range(60):
            one.get(TASKS)
    assert max(sum(1 for other in stamps if at <= other < at + 60) for at in stamps) <= 28
    assert clock.at < 1.05 * 120 + 60 * 0.3


@pytest.mark.parametrize(
    "text",
    [
        *(None, "", "abc", "-1", "1e9", "٣", "1.5", "99999999"),
        "Mon, 01 Jan 99999999999999999999 00:00:00 GMT",
        "Mon, 01 Jan 2026 00:00:00 +99999999999999999999",
    ],
)
def test_retry_after_in_another_form_counts_as_absent(text: str | None) -> None:
    assert parse_retry_after(text, START) is None


def test_the_replies_of_a_day_carry_the_time_of_their_arrival(api: Loopback) -> None:
    with client(api) as one:
        assert one.get(TASKS).received_at.date() == date(2026, 11, 21)
