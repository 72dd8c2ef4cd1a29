"""The command as a user runs it, and what a run leaves."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from generator.fetch.recorded import DEMO_DAYS
from generator.publish.folders import Folders
from tests.drawings import DRAWINGS, DRAWS
from tests.forking import FORKER, PICTURES
from tests.loopback import KEY, Loopback

LAST = DEMO_DAYS[-1]
ROOT = Path(__file__).parent.parent
STARTS_WITH = {"PYTHONHASHSEED", "LC_ALL", "TZ"}
"""What Python reads of the environment when it starts, as far as tests set it."""
PUBLIC_URL = "https://someone.example/leaderboards/"


_OF_ITS_FOLDER = f"""
import os, pathlib
from tests.drawings import share_pictures
share_pictures(pathlib.Path(os.environ["{PICTURES}"]))
from generator.cli import main
main()
"""
"""Runs the code of the current folder, which comes before ours."""


@dataclass(frozen=True, slots=True)
class Ran:
    """A finished command."""

    code: int
    out: str
    err: str


def heed_interrupts() -> None:
    """Let this process be interrupted, and all that it starts, which a script prevents that runs it in the background.

    A test that interrupts a command would wait for its end forever.
    """
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def leaderboards(
    *arguments: str | Path,
    environment: Mapping[str, str] | None = None,
    key: str | None = KEY,
    folder: Path | None = None,
    drawn_anew: bool = False,
) -> Ran:
    """The command as a process of its own, with nothing of ours in its environment; in ``folder``, or here.

    A site without a cache starts with what other sites of this test run drew, unless it is to be ``drawn_anew``.
    """
    site = Path(arguments[arguments.index("--site") + 1]) if "--site" in arguments else None
    draws = arguments[0] in {"build", "render"} and site is not None
    if site and draws and not drawn_anew:
        DRAWINGS.lend(site)
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    kept |= {"OPENROUTER_API_KEY": key} if key is not None else {}
    words = [str(argument) for argument in arguments]
    # The code of another folder has to be imported again.
    run_command = _started if folder or STARTS_WITH & {*(environment or {})} else _forked
    ran = run_command(words, {**kept, **(environment or {})}, folder)
    if site and draws:
        DRAWINGS.collect(site)
    return ran


def _forked(arguments: list[str], environment: Mapping[str, str], folder: Path | None) -> Ran:
    """The command without the cost of starting Python and of its imports."""
    return Ran(*FORKER.run(arguments, environment, folder))


def _started(arguments: list[str], environment: Mapping[str, str], folder: Path | None) -> Ran:
    """Run the command in a new Python, so that what it reads when it starts applies.

    In another folder it is the code of that folder, with all charts; it shares the pictures of this test run.
    """
    program = ["-c", _OF_ITS_FOLDER] if folder else ["-m", "tests.forking"]
    ours = {"PYTHONPATH": str(ROOT), DRAWS: os.environ[DRAWS], PICTURES: str(DRAWINGS.pictures)}
    done = subprocess.run(
        [sys.executable, *program, *arguments],
        cwd=folder,
        env={**environment, **(ours if folder else {})},
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )
    return Ran(done.returncode, done.stdout, done.stderr)


@dataclass(frozen=True, slots=True)
class Built:
    """The files and the output of a run. Tests share it: one that changes files works on a copy."""

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
        """Return a copy of the whole site folder."""
        return shutil.copytree(self.site, folder / "site")

    def unpublished(self, folder: Path) -> Path:
        """Return a site folder with the same archive and nothing else, not even the cache."""
        shutil.copytree(self.data, folder / "site" / "data")
        return folder / "site"

    def lend_cache(self, site: Path) -> Path:
        """Copy the whole cache of this site to another, with the pages of earlier days."""
        shutil.copyfile(Folders(self.site).seal, Folders(site).seal)
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
