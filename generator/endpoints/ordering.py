"""The order of the rows of published tables: ours, so that a source that lists the same rows anew changes no byte."""

from collections.abc import Callable, Mapping
from typing import Any

Record = Mapping[str, Any]
Order = Callable[[Record], tuple[Any, ...]]
"""Returns what a flat record of a dataset's table is sorted by."""


def largest_first(value: float | None) -> tuple[bool, float]:
    """Return what sorts the largest number first and missing ones last."""
    return (value is None, -(value or 0))
