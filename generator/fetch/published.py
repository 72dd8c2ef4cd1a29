"""Files of a published site, fetched to verify them. No key is ever sent."""

from collections.abc import Callable

import httpx

from generator.base.errors import LeaderboardsError
from generator.fetch.client import LARGEST_BODY


def fetcher(
    root: str, transport: httpx.BaseTransport | None = None
) -> Callable[[str], bytes | None]:
    """A function from a path below ``root`` to its bytes, None for 404.

    The function raises LeaderboardsError when the server cannot be reached or answers something else.
    """
    client = httpx.Client(transport=transport, trust_env=False, follow_redirects=True, timeout=30.0)

    def fetch(path: str) -> bytes | None:
        parts: list[bytes] = []
        try:
            with client.stream(
                "GET", root.rstrip("/") + "/" + path, headers={"Accept-Encoding": "identity"}
            ) as reply:
                if reply.status_code == 404:
                    return None
                if reply.status_code != 200:
                    raise LeaderboardsError(f"{root}: HTTP {reply.status_code} for {path}")
                for part in reply.iter_raw():
                    parts.append(part)
                    if sum(map(len, parts)) > LARGEST_BODY:
                        raise LeaderboardsError(
                            f"{root}: {path} is larger than {LARGEST_BODY // 2**20} MiB"
                        )
        # Some addresses, of a redirect too, fail outside httpx's family of errors; UnicodeError is a host's.
        except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
            raise LeaderboardsError(
                f"{root}: {path} cannot be fetched ({type(error).__name__})"
            ) from None
        return b"".join(parts)

    return fetch
