"""The body of a reply as JSON values."""

from typing import Any

import httpx

from generator.base import formats, strict_json
from generator.fetch import failures
from generator.fetch.failures import AttemptFailed


def read(status: int, headers: httpx.Headers, body: bytes) -> Any:
    """Return the body as JSON values.

    Raises:
        AttemptFailed: it is not JSON as the standard has it, or it is an error under a good status.
    """
    media_type = headers.get("content-type", "application/json").split(";")[0].strip().lower()
    if media_type != "application/json" and not media_type.endswith("+json"):
        text = f"the answer is {formats.sanitize(media_type)[:60]}, not JSON"
        raise AttemptFailed(text, retryable=False)

    try:
        value = strict_json.loads(body)
    except ValueError as error:
        # A body that was cut off may come whole the next time; one nested too deep will not.
        retryable = not isinstance(error, strict_json.TooDeepError)
        text = f"the answer is not proper JSON: {formats.sanitize(str(error))[:120]}"
        raise AttemptFailed(text, retryable=retryable) from None

    is_error = isinstance(value, dict) and value.get("error") and value.get("data") is None
    if status == 200 and is_error:
        raise failures.of_error(value, body)
    return value
