"""The terminal: messages, errors, and a progress bar where someone is watching.

Any message may quote what a source sent: none is printed with characters that a terminal obeys.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click


class Terminal:
    """Prints messages to standard output and errors to standard error, with a progress bar on a terminal."""

    def __init__(self, *, quiet: bool = False, verbose: bool = False) -> None:
        self._quiet = quiet
        self._verbose = verbose
        self._bar: Any = None

    def info(self, text: str) -> None:
        if not self._quiet and self._bar is None:
            click.echo(_cleaned(text))

    def detail(self, text: str) -> None:
        if self._verbose:
            click.echo(f"  {_cleaned(text)}")

    def error(self, text: str) -> None:
        click.echo(f"leaderboards: {_cleaned(text)}", err=True)

    def advance(self) -> None:
        if self._bar is not None:
            self._bar.update(1)

    @contextmanager
    def progress(self, label: str, length: int) -> Iterator[None]:
        if self._quiet or not sys.stdout.isatty():
            yield
            return
        try:
            with click.progressbar(length=length, label=label) as self._bar:
                yield
        finally:
            self._bar = None


def _cleaned(text: str) -> str:
    from generator.base import formats

    # A carriage return would write over what stands in the line.
    return formats.clean(text).replace("\r", " ")
