"""This program."""

from importlib import metadata


def version() -> str:
    """Return the generator's version, as installed; ``0`` where it is not installed."""
    try:
        return metadata.version("openrouter-leaderboards")
    except metadata.PackageNotFoundError:
        return "0"
