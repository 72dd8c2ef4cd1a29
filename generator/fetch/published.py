"""Files of a published site, fetched to verify them. No key is ever sent."""

from collections.abc import Callable

import httpx

from generator.base.errors import LeaderboardsError
from generator.fetch.client import LARGEST_BODY


def fetcher(
    root: str, transport: httpx.BaseTransport | None = None
) -> Callable[[str], bytes | None]:
    """Return a function from a path below ``root`` to its bytes, None for 404.

    The function raises LeaderboardsError when the server cannot be reached or answers something else.
    """
    client = httpx.Client(transport=transport, trust_env=False, follow_redirects=True, timeout=30.0)
    address = root.rstrip("/")

    def fetch(path: str) -> bytes | None:
        headers = {"Accept-Encoding": "identity"}
        try:
            with client.stream("GET", f"{address}/{path}", headers=headers) as response:
                if response.status_code == 404:
                    return None
                if response.status_code != 200:
                    raise LeaderboardsError(f"{root}: HTTP {response.status_code} for {path}")
                return _body(response, root, path)
        # Some addresses, of a redirect too, fail outside httpx's family of errors; UnicodeError is a host's.
        except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
            kind = type(error).__name__
            raise LeaderboardsError(f"{root}: {path} cannot be fetched ({kind})") from None

    return fetch


def _body(response: httpx.Response, root: str, path: str) -> bytes:
    body = bytearray()
    for part in response.iter_raw():
        body += part
        if len(body) > LARGEST_BODY:
            limit = f"{LARGEST_BODY // 2**20} MiB"
            raise LeaderboardsError(f"{root}: {path} is larger than {limit}")
    return bytes(body)
