"""The settings of a run, checked before anything is sent or written."""

import ipaddress
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from generator.base.defaults import BASE_URL
from generator.base.errors import UsageError
from generator.base.key_text import Needle

KEY_VARIABLE = "OPENROUTER_API_KEY"
_NOT_IN_ADDRESSES = re.compile(r"[\s\x00-\x1f\x7f\"<>\\^`{|}]")
_HOSTS = ("openrouter.ai", "eu.openrouter.ai")
_SITE_CURE = "write it as https://user.github.io/repository/"


class Secret:
    """The API key: only :meth:`reveal` shows it, and no repr, log or traceback."""

    __slots__ = ("_needle", "_value")

    def __init__(self, value: str) -> None:
        self._value = value
        self._needle = Needle(value)

    def reveal(self) -> str:
        """Return the key."""
        return self._value

    def within(self, data: bytes) -> bool:
        """Return whether the key, or twelve characters of it in a row, occurs in the data in any encoding."""
        return self._needle.in_any_form(data)

    def split_within(self, data: bytes) -> bool:
        """Return whether the whole key occurs in the data once all but letters and digits is left out."""
        return self._needle.split_in(data)

    def plainly_within(self, data: bytes, *, escaped: bool) -> bool:
        """Return the same at less cost: the data are searched as they are and, if ``escaped``, behind JSON escapes."""
        return self._needle.plainly_in(data) or (escaped and self._needle.in_escapes(data))

    def whole_within(self, data: bytes) -> bool:
        """Return whether the whole key occurs in the data as it is."""
        return self._value.encode() in data

    def __repr__(self) -> str:
        return "Secret(…)"

    __str__ = __repr__


@dataclass(frozen=True, slots=True)
class Api:
    """The address of the API, the key, and the pace of the calls.

    Attributes:
        base_url: its root, without a trailing slash.
        key: None when there is none; only endpoints that need none can then be asked.
        requests_per_minute: of keyed calls; 0 for no pacing.
    """

    base_url: str = BASE_URL
    key: Secret | None = None
    requests_per_minute: int = 28


def key_from(environment: Mapping[str, str] = os.environ) -> Secret | None:
    """Return the key from the environment, None when it is not set.

    Raises:
        UsageError: what is there cannot be a key. The message never holds any part of it.
    """
    value = environment.get(KEY_VARIABLE)
    if value is None:
        return None
    if not value.strip():
        raise UsageError(f"{KEY_VARIABLE} is set but empty; put the key into it, or unset it")
    # httpx would put a key with a newline into the text of its exception.
    if value != value.strip() or any(not "!" <= char <= "~" or char in "\"'" for char in value):
        raise UsageError(
            f"{KEY_VARIABLE} holds a space, a line break, a quote or another invalid character; "
            "copy the key again, without anything around it"
        )
    return Secret(value)


def base_url(text: str) -> str:
    """Return the API root without a trailing slash: https on OpenRouter's hosts, or http on this machine.

    Raises:
        UsageError: it is anywhere else.
    """
    cure = f"use {BASE_URL}, its counterpart on eu.openrouter.ai, or http on the loopback"
    try:
        parts = urlsplit(text)
        is_allowed = _is_openrouter(parts) or _is_local(parts)
    except ValueError:
        raise UsageError(f'--base-url "{text[:80]}" is not a valid URL; {cure}') from None
    is_plain = not (parts.username or parts.password or parts.query or parts.fragment)
    if not (is_plain and is_allowed):
        raise UsageError(f'--base-url "{text[:80]}" is not an allowed host; {cure}')
    return text.rstrip("/")


def public_url(text: str) -> str:
    """Return the address of the published site with a trailing slash; empty when it is not known.

    Raises:
        UsageError: it is not an http(s) URL without query, or has a user, whose password would be published.
    """
    if not text:
        return ""
    try:
        parts = urlsplit(text)
        is_usable = parts.port is None or parts.port > 0
    except ValueError:
        parts, is_usable = urlsplit(""), False
    if parts.username is not None or parts.password is not None:
        raise UsageError(f"--public-url has a user name before the host; {_SITE_CURE}")
    is_plain = not (parts.query or parts.fragment or _NOT_IN_ADDRESSES.search(text))
    if parts.scheme not in ("http", "https") or not (parts.hostname and is_usable and is_plain):
        raise UsageError(f'--public-url "{text[:80]}" is not a web address; {_SITE_CURE}')
    return text.rstrip("/") + "/"


def refuse_no_host(address: str) -> None:
    """Refuse a URL of a published site that names no host, or whose host or port no URL can have.

    Raises:
        UsageError: it is such a one.
    """
    try:
        parts = urlsplit(address)
        has_host = bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        has_host = False
    if not has_host or _NOT_IN_ADDRESSES.search(address):
        raise UsageError(f'"{address[:80]}" is not the web address of a site; {_SITE_CURE}')


def _is_openrouter(parts: SplitResult) -> bool:
    """Return whether an address is on OpenRouter's hosts.

    Raises:
        ValueError: its port is no number.
    """
    return parts.port in (None, 443) and parts.scheme == "https" and parts.hostname in _HOSTS


def _is_local(parts: SplitResult) -> bool:
    return parts.scheme == "http" and _is_loopback(parts.hostname or "")


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
