"""The command as a user runs it, and what a run leaves."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from generator.fetch.recorded import DEMO_DAYS
from tests.loopback import KEY, Loopback

LAST = DEMO_DAYS[-1]
PUBLIC_URL = "https://someone.example/leaderboards/"


@dataclass(frozen=True, slots=True)
class Ran:
    """A finished command."""

    code: int
    out: str
    err: str


def leaderboards(
    *arguments: str | Path,
    environment: Mapping[str, str] | None = None,
    key: str | None = KEY,
    folder: Path | None = None,
) -> Ran:
    """The command as a process of its own, with nothing of ours in its environment; in ``folder``, or here."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    kept |= {"OPENROUTER_API_KEY": key} if key is not None else {}
    done = subprocess.run(
        [sys.executable, "-m", "generator", *map(str, arguments)],
        cwd=folder,
        env={**kept, **(environment or {})},
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )
    return Ran(done.returncode, done.stdout, done.stderr)


@dataclass(frozen=True, slots=True)
class Built:
    """What a run left, and what it said. Many tests look at the same one: whoever changes something takes a copy."""

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

    def copied(self, folder: Path) -> Path:
        """The whole site folder once more."""
        return shutil.copytree(self.site, folder / "site")

    def unpublished(self, folder: Path) -> Path:
        """A site folder with the same archive and nothing else; not even what was drawn of it."""
        shutil.copytree(self.data, folder / "site" / "data")
        return folder / "site"

    def lend_drawings(self, site: Path) -> Path:
        """Spares a site folder to draw again what was drawn here; what differs is drawn all the same."""
        return Path(shutil.copytree(self.site / ".cache", site / ".cache")).parent


def run(
    server: Loopback, site: Path, today: date, command: str = "build", folder: Path | None = None
) -> Built:
    """One command of the day against the loopback API."""
    server.day = today
    options = ["--site", site, "--today", str(today)]
    if command != "render":
        options += ["--base-url", server.url, "--requests-per-minute", "0"]
    return Built(site, leaderboards(command, *options, folder=folder), today)


def files(root: Path) -> dict[str, bytes]:
    """Every file's bytes, by its path below the folder."""
    return {
        str(path.relative_to(root)): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }
