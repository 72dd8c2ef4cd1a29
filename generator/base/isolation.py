"""What could not be made, so that it is missing from the site: one sentence for each, and the rest goes on."""

import traceback
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TypeVar

_HERE = Path(__file__).parent.parent

Made = TypeVar("Made")


def sentence(what: str, error: BaseException) -> str:
    """Return the line that tells of it: what is missing, the kind of error, and where in the code it arose."""
    # Not the error's own words: they can hold whatever a source sent.
    return f"{what} could not be made ({type(error).__name__} in {_place(error)}); the site is published without it"


def _place(error: BaseException) -> str:
    """Return the last line of our own code that the error passed, else its very last."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [
        frame
        for frame in frames
        if Path(frame.filename).is_relative_to(_HERE) and frame.filename != __file__
    ]
    if not frames:
        return "an unknown place"
    frame = (ours or frames)[-1]
    path = Path(frame.filename)
    shown = path.relative_to(_HERE).as_posix() if ours else path.name
    return f"{shown}, line {frame.lineno}"


def or_else(make: Callable[[], Made], instead: Made, what: str, omissions: list[str]) -> Made:
    """Return what ``make`` makes; where that raises, note it in ``omissions`` and return ``instead``."""
    try:
        return make()
    except Exception as error:
        omissions.append(sentence(what, error))
        return instead


def each(make: Callable[[], Iterable[Made]], what: str, omissions: list[str]) -> Iterator[Made]:
    """Yield what ``make`` gives, one after the other; note in ``omissions`` each that raises, and go on.

    A generator ends when it raises; ``map`` goes on with the next.
    """
    nothing: Iterable[Made] = ()
    iterator = iter(or_else(make, nothing, what, omissions))
    while True:
        try:
            one = next(iterator)
        except StopIteration:
            return
        except Exception as error:
            omissions.append(sentence(what, error))
        else:
            yield one
