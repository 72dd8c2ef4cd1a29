"""What a failed attempt means, in words that never quote a request."""

import json
import ssl
from dataclasses import dataclass
from datetime import datetime

import httpx

from generator.base import formats
from generator.fetch.pacing import retry_after

_RETRIED = frozenset({408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524, 529})


@dataclass
class AttemptFailed(Exception):
    """One attempt that failed: what to say, whether another may help, how long the server asks to wait."""

    text: str
    again: bool
    wait: float | None = None


def of_transport(error: httpx.HTTPError) -> str:
    """What went wrong underneath HTTP, without any text that could quote a request."""
    reason = error.__cause__ or error.__context__
    while reason is not None and not isinstance(reason, OSError):
        reason = reason.__cause__ or reason.__context__
    if isinstance(reason, ssl.SSLCertVerificationError):
        return f"the server's certificate was refused: {reason.verify_message}"
    words: dict[type[httpx.HTTPError], str] = {
        httpx.ConnectError: "no connection",
        httpx.ConnectTimeout: "no connection in time",
        httpx.ReadTimeout: "no answer in time",
        httpx.RemoteProtocolError: "the answer was cut off or is no HTTP",
        httpx.ReadError: "the connection broke off",
        httpx.WriteError: "the connection broke off",
        httpx.UnsupportedProtocol: "not an address that can be asked",
    }
    text = words.get(type(error), "the exchange failed")
    return f"{text}: {reason.strerror}" if isinstance(reason, OSError) and reason.strerror else text


def check_encoding(headers: httpx.Headers) -> None:
    encoding = headers.get("content-encoding", "identity").strip().lower()
    if encoding not in ("", "identity"):
        raise AttemptFailed("the reply came compressed, though that was not asked for", again=False)


def of_status(status: int, headers: httpx.Headers, body: bytes, now: datetime) -> AttemptFailed:
    again = status in _RETRIED
    text = f"HTTP {status}"
    if status in (401, 403):
        text += ": the key was refused"
    elif 300 <= status < 400:
        text += f": moved to {formats.sanitize(headers.get('location', 'nowhere'))[:120]}, which was not followed"
    elif status == 404:
        text += ": the endpoint may have moved"
    words = message(body)
    if words:
        text += f' ("{words}")'
    return AttemptFailed(
        text, again, retry_after(headers.get("retry-after"), now) if again else None
    )


def of_echo(status: int, headers: httpx.Headers, now: datetime) -> AttemptFailed:
    """Return what to say of a reply that holds the key: nothing that it says, only how it was answered."""
    text = "the reply repeats the API key; it was thrown away"
    if status == 200:
        return AttemptFailed(text, again=False)
    again = status in _RETRIED
    return AttemptFailed(
        f"HTTP {status}: {text}",
        again,
        retry_after(headers.get("retry-after"), now) if again else None,
    )


def message(body: bytes) -> str:
    """The error's own words, in any of the shapes it comes in, cleaned and short."""
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        return ""
    error = value.get("error") if isinstance(value, dict) else None
    message = error.get("message") if isinstance(error, dict) else error
    return formats.sanitize(message)[:200] if isinstance(message, str) and message else ""
