"""The body of a response in parts, unpacked where a server compressed it though that was not asked for.

What stands between, or an answer that was compressed once for everyone, may not heed what a client accepts. Gzip is what
such servers send; it is unpacked by so few bytes at a time that a small reply cannot fill the memory.
"""

import zlib
from collections.abc import Iterable, Iterator

import httpx

from generator.fetch.failures import AttemptFailed

_STEP = 2**16
_GZIP = 16 + zlib.MAX_WBITS


def parts(response: httpx.Response) -> Iterator[bytes]:
    """Yield the body part by part; of an error what can be read of it: its status says enough.

    Raises:
        AttemptFailed: an answer is compressed otherwise than with gzip, or its gzip is damaged or cut off.
    """
    encoding = response.headers.get("content-encoding", "identity").strip().lower()
    if encoding in ("", "identity"):
        yield from response.iter_raw()
    elif encoding in ("gzip", "x-gzip"):
        try:
            yield from _unpacked(response.iter_raw())
        except AttemptFailed:
            if response.status_code == 200:
                raise
    elif response.status_code == 200:
        # Not quoted: nothing of the reply has been searched for the key yet.
        text = "the reply came compressed, though that was not asked for"
        raise AttemptFailed(text, retryable=False)


def _unpacked(packed: Iterable[bytes]) -> Iterator[bytes]:
    gzip = zlib.decompressobj(_GZIP)
    try:
        for part in packed:
            piece = gzip.decompress(part, _STEP)
            while piece:
                yield piece
                piece = gzip.decompress(gzip.unconsumed_tail, _STEP)
    except zlib.error:
        raise AttemptFailed("the reply is damaged gzip", retryable=True) from None
    if not gzip.eof or gzip.unused_data:
        raise AttemptFailed("the reply is not one whole gzip file", retryable=True)
