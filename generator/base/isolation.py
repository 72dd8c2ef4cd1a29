"""Make one thing so that its failure costs nothing else: the failure is a value, with one sentence."""

import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

_HERE = Path(__file__).parent.parent

Made = TypeVar("Made")


def sentence(
    what: str, error: BaseException, outcome: str = "the site is published without it"
) -> str:
    """Return one line on the missing part, the kind of error, and the place in the code that raised it.

    Args:
        what: names the part.
        error: as it was raised.
        outcome: what is published all the same.
    """
    # Not the error's own words: they can hold whatever a source sent.
    return f"{what} could not be made ({type(error).__name__} in {_place(error)}); {outcome}"


def _place(error: BaseException) -> str:
    """Return the last line of our own code that the error passed, else its very last."""
    frames = traceback.extract_tb(error.__traceback__)
    if not frames:
        return "an unknown place"
    for frame in reversed(frames):
        path = Path(frame.filename)
        if path.is_relative_to(_HERE) and frame.filename != __file__:
            return f"{path.relative_to(_HERE).as_posix()}, line {frame.lineno}"
    last = frames[-1]
    return f"{Path(last.filename).name}, line {last.lineno}"


@dataclass(frozen=True, slots=True)
class Failure:
    """A thing that could not be made, as one sentence."""

    sentence: str


def attempt(make: Callable[[], Made], what: str) -> Made | Failure:
    """Return what ``make`` returns, or the failure where it raises; ``what`` names the thing."""
    try:
        return make()
    except Exception as error:
        return Failure(sentence(what, error))
