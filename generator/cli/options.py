"""Options that several commands share, with the callbacks that check their values.

Each callback imports what it needs, so that help appears at once.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from itertools import chain
from pathlib import Path
from typing import Any

import click

from generator.base import defaults
from generator.base.errors import UsageError

_FIRST_DAY = date(2025, 1, 2)
"""A run of an earlier day finds no data: rankings begin on the day before."""


def utc_today() -> date:
    """Return the real day, which only the command line reads from the clock."""
    return datetime.now(UTC).date()


def _day(_context: click.Context, _option: click.Parameter, value: str | None) -> date:
    from generator.base import dates

    real = utc_today()
    if real < _FIRST_DAY:
        raise UsageError(f"the clock of this computer is wrong: it says {real}; set it")
    if value is None:
        return real
    try:
        day = dates.parse_day(value)
    except ValueError as error:
        raise UsageError(f"--today: {error}") from None
    if not _FIRST_DAY <= day <= real:
        raise UsageError(
            f"--today {day}: must lie between {_FIRST_DAY}, the first day with data, and {real}"
        )
    return day


def past_day(_context: click.Context, option: click.Parameter, value: str | None) -> date | None:
    """Return the day that an option names, None where it is not given.

    Raises:
        UsageError: it names none.
    """
    from generator.base import dates

    try:
        return dates.parse_day(value) if value is not None else None
    except ValueError as error:
        raise UsageError(f"--{option.name}: {error}") from None


def _base_url(_context: click.Context, _option: click.Parameter, value: str) -> str:
    from generator.base import config

    return config.base_url(value)


def _public_url(_context: click.Context, _option: click.Parameter, value: str) -> str:
    from generator.base import config

    return config.public_url(value)


Accepted = Mapping[str, frozenset[date | None]]
"""By dataset the days whose snapshots the owner takes though they are held back; None for those of this run."""


def _listed(value: str) -> list[str]:
    """Return what a value lists with commas or spaces; one that lists nothing as it is, to be refused."""
    return value.replace(",", " ").split() or [value]


def _accepted(
    _context: click.Context, _option: click.Parameter, values: tuple[str, ...]
) -> Accepted:
    from generator.base import dates
    from generator.endpoints import BY_NAME

    accepted: dict[str, frozenset[date | None]] = {}
    for value in chain.from_iterable(map(_listed, values)):
        dataset, _, written = value.partition("@")
        if dataset not in BY_NAME:
            raise UsageError(
                f"--accept {dataset}: no such dataset; use one of {', '.join(BY_NAME)}"
            )
        try:
            day = dates.parse_day(written) if "@" in value else None
        except ValueError as error:
            raise UsageError(f"--accept {value}: {error}") from None
        accepted[dataset] = accepted.get(dataset, frozenset()) | {day}
    return accepted


_SHARED: dict[str, Callable[[Any], Any]] = {
    "site": click.option(
        "--site",
        "-s",
        type=click.Path(path_type=Path),
        default=Path("site"),
        show_default=True,
        help="Folder with the archive (data/) and the published tree (public/).",
    ),
    "config": click.option(
        "--config",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help=f"What makes the site yours. Default: {defaults.SITE_FILE} in the current folder, if there is one.",
    ),
    "today": click.option(
        "--today",
        metavar="YYYY-MM-DD",
        callback=_day,
        help="UTC date to build for. Default: today.",
    ),
    "base_url": click.option(
        "--base-url",
        envvar=defaults.BASE_URL_VARIABLE,
        show_envvar=True,
        default=defaults.BASE_URL,
        show_default=True,
        callback=_base_url,
        help="Root of the API: https on openrouter.ai or eu.openrouter.ai, or http on the loopback.",
    ),
    "requests_per_minute": click.option(
        "--requests-per-minute",
        type=click.IntRange(0, 1000),
        default=28,
        show_default=True,
        help="Max authenticated requests per minute; 0 = unlimited.",
    ),
    "public_url": click.option(
        "--public-url",
        envvar="LEADERBOARDS_PUBLIC_URL",
        show_envvar=True,
        default="",
        callback=_public_url,
        help="Public URL of the site; adds canonical links, a sitemap and cards.",
    ),
    "accept": click.option(
        "--accept",
        multiple=True,
        metavar="DATASET[@DAY]",
        callback=_accepted,
        help="Show what is held back: what this run receives and earlier responses like it; with @YYYY-MM-DD, "
        "what the run of that day received.",
    ),
    "demo": click.option("--demo", is_flag=True, help="Use recorded API responses; no key needed."),
    "quiet": click.option("--quiet", "-q", is_flag=True, help="Print errors only."),
    "verbose": click.option(
        "--verbose",
        "-v",
        is_flag=True,
        help="Also print warnings about API responses, and tracebacks.",
    ),
}


def options(*names: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Return a decorator that adds shared options to a command, in this order."""

    def decorate(command: Callable[..., Any]) -> Callable[..., Any]:
        for name in reversed(names):
            command = _SHARED[name](command)
        return command

    return decorate
