"""The meaning of failed attempts, in words that never quote a request."""

import json
import ssl
from dataclasses import dataclass
from datetime import datetime

import httpx

from generator.base import formats
from generator.base.config import KEY_VARIABLE
from generator.fetch.pacing import WINDOW_SECONDS, parse_http_date, parse_reset, parse_retry_after

_RETRYABLE = frozenset({408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524, 529})
_TOO_MANY = 429
_OF_KEY = frozenset({401, 402, 403, _TOO_MANY})
_OF_CALL = frozenset({400, 404, 410, 422})
_BLIND_SECONDS = WINDOW_SECONDS / 3
"""The wait after a limit that does not say for how long: four of them outlast the API's minute."""
_TRANSPORT_ERRORS: dict[type[httpx.HTTPError], str] = {
    httpx.ConnectError: "no connection",
    httpx.ConnectTimeout: "no connection in time",
    httpx.ReadTimeout: "no answer in time",
    httpx.RemoteProtocolError: "the response was cut off or is not HTTP",
    httpx.ReadError: "connection lost",
    httpx.WriteError: "connection lost",
    httpx.UnsupportedProtocol: "not an address that can be asked",
}


@dataclass
class AttemptFailed(Exception):
    """One attempt to get a reply failed.

    Attributes:
        text: the cause, for people.
        retryable: another attempt may succeed.
        retry_after: the seconds that the server asks to wait before it, None where it does not say.
        of_key: it says something of the key or its account, and nothing of calls without one.
        of_call: what was asked for is not there.
    """

    text: str
    retryable: bool
    retry_after: float | None = None
    of_key: bool = False
    of_call: bool = False


def of_transport(error: httpx.HTTPError) -> str:
    """Return what went wrong underneath HTTP, without any text that could quote a request."""
    cause = _os_error(error)
    if isinstance(cause, ssl.SSLCertVerificationError):
        return f"invalid certificate: {cause.verify_message}"
    text = _TRANSPORT_ERRORS.get(type(error), "request failed")
    if cause is not None and cause.strerror:
        return f"{text}: {cause.strerror}"
    return text


def _os_error(error: BaseException) -> OSError | None:
    """Return the system's error that led to this one, None where there is none."""
    cause: BaseException | None = error
    while cause is not None and not isinstance(cause, OSError):
        cause = cause.__cause__ or cause.__context__
    return cause


def check_not_a_page(headers: httpx.Headers, body: bytes) -> None:
    """Raise AttemptFailed for a page in place of a file, as servers answer what they do not know."""
    if _is_page(headers, body):
        raise AttemptFailed("the answer is a page of HTML", retryable=False)


def _is_page(headers: httpx.Headers, body: bytes) -> bool:
    media_type = headers.get("content-type", "").split(";")[0].strip().lower()
    return media_type in ("text/html", "application/xhtml+xml") or body.lstrip()[:1] == b"<"


def of_status(status: int, headers: httpx.Headers, body: bytes, now: datetime) -> AttemptFailed:
    """Return the failure of a reply whose status is not the one of an answer."""
    text = f"HTTP {status}"
    if status in (401, 403) and _is_page(headers, body):
        # What stands before the API knows no keys.
        text += ": a web page came, not an answer of the API; a firewall may refuse this computer"
        return AttemptFailed(text, retryable=False)
    if status in (401, 403):
        text += f": the key was rejected; check {KEY_VARIABLE}"
    elif 300 <= status < 400:
        target = formats.sanitize(headers.get("location", "nowhere"))[:120]
        text += f": redirected to {target} (not followed)"
    elif status == 404:
        text += ": the endpoint may have moved"
    words = message(body)
    if words:
        text += f' ("{words}")'
    return _with_status(status, text, headers, now)


def of_echo(status: int, headers: httpx.Headers, now: datetime) -> AttemptFailed:
    """Return the failure of a reply that holds the key, in words that quote nothing of the reply."""
    text = "the reply repeats the API key; it was thrown away"
    if status == 200:
        return AttemptFailed(text, retryable=False)
    return _with_status(status, f"HTTP {status}: {text}", headers, now)


def _with_status(status: int, text: str, headers: httpx.Headers, now: datetime) -> AttemptFailed:
    of_key = status in _OF_KEY
    if status not in _RETRYABLE:
        return AttemptFailed(text, retryable=False, of_key=of_key, of_call=status in _OF_CALL)
    retry_after = _retry_after(status, headers, now)
    return AttemptFailed(text, retryable=True, retry_after=retry_after, of_key=of_key)


def _retry_after(status: int, headers: httpx.Headers, now: datetime) -> float | None:
    """Return the seconds to wait before another attempt, None where nothing says how many."""
    # A time is of the server's clock.
    server_now = parse_http_date(headers.get("date")) or now
    stated = parse_retry_after(headers.get("retry-after"), server_now)
    if stated is not None or status != _TOO_MANY:
        return stated
    reset = parse_reset(headers.get("x-ratelimit-reset"), server_now)
    return _BLIND_SECONDS if reset is None else reset


def of_error(value: object, body: bytes) -> AttemptFailed:
    """Return the failure of an answer that is an error under a good status, and may state another one."""
    error = value.get("error") if isinstance(value, dict) else None
    code = error.get("code") if isinstance(error, dict) else None
    status = code if isinstance(code, int) else 0
    text = f'the answer is an error ("{message(body)}")'
    return AttemptFailed(text, retryable=status in _RETRYABLE, of_key=status in _OF_KEY)


def message(body: bytes) -> str:
    """Return the error's own words, cleaned and cut as names are; empty where there are none.

    They come as ``{"error": {"message": ...}}`` or as ``{"error": ...}``.
    """
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        return ""
    error = value.get("error") if isinstance(value, dict) else None
    words = error.get("message") if isinstance(error, dict) else error
    if not isinstance(words, str) or not words:
        return ""
    return formats.sanitize(words)
