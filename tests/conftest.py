"""Sites that are built once and looked at by many tests."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest
from loopback import KEY, Loopback

from generator.recorded import DEMO_DAYS

LAST = DEMO_DAYS[-1]
PUBLIC_URL = "https://someone.example/leaderboards/"


@dataclass(frozen=True, slots=True)
class Ran:
    """A finished command."""

    code: int
    out: str
    err: str


def leaderboards(*arguments: str | Path, environment: Mapping[str, str] | None = None, key: str | None = KEY) -> Ran:
    """The command as a user runs it: a process of its own, with nothing of ours in its environment."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    kept |= {"OPENROUTER_API_KEY": key} if key is not None else {}
    done = subprocess.run(
        [sys.executable, "-m", "generator", *map(str, arguments)],
        env={**kept, **(environment or {})},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return Ran(done.returncode, done.stdout, done.stderr)


@dataclass(frozen=True, slots=True)
class Built:
    """What a run left, and what it said."""

    site: Path
    ran: Ran
    today: date

    @property
    def public(self) -> Path:
        return self.site / "public"

    @property
    def data(self) -> Path:
        return self.site / "data"

    def text(self, path: str) -> str:
        return (self.public / path).read_text(encoding="utf-8")


def run(server: Loopback, site: Path, today: date, command: str = "build") -> Built:
    """One command of the day against the loopback API."""
    server.day = today
    options = ["--site", site, "--today", str(today)]
    if command != "render":
        options += ["--base-url", server.url, "--requests-per-minute", "0"]
    return Built(site, leaderboards(command, *options), today)


@pytest.fixture(scope="session")
def first_day(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Built]:
    """A build from nothing, on the last recorded day but one."""
    site = tmp_path_factory.mktemp("first") / "site"
    with Loopback(day=LAST, key=KEY) as server:
        yield run(server, site, LAST - timedelta(days=1))


@pytest.fixture(scope="session")
def second_day(first_day: Built, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Built]:
    """The next day's build on the same archive."""
    site = tmp_path_factory.mktemp("second") / "site"
    shutil.copytree(first_day.site, site)
    with Loopback(day=LAST, key=KEY) as server:
        yield run(server, site, LAST)


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The demo, built as a newcomer does."""
    site = tmp_path_factory.mktemp("demo") / "site"
    return Built(site, leaderboards("build", "--demo", "--site", site, key=None), LAST)
