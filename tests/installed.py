"""The wheel as a user gets it, installed in an environment of its own."""

import subprocess
import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path

from tests.rehearsal import ROOT


@dataclass(frozen=True, slots=True)
class Installed:
    """A wheel, and an environment that has it and its dependencies."""

    wheel: Path
    venv: Path

    @property
    def replies(self) -> Path:
        """The recorded replies of which the installed command makes the demo."""
        [packages] = self.venv.glob("lib/python*/site-packages")
        return packages / "generator" / "fetch" / "recorded" / "replies"

    def run(self, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
        """The command in that folder, with an environment that knows no other Python."""
        return subprocess.run(
            [self.venv / "bin" / "leaderboards", *arguments],
            cwd=folder,
            env={"PATH": "/usr/bin:/bin", "HOME": str(folder)},
            capture_output=True,
            text=True,
            timeout=900,
            check=False,
        )


def install(folder: Path) -> Installed:
    """Build the wheel of this checkout in an empty folder, and install it there."""
    _run(
        [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", folder],
        cwd=ROOT,
    )
    (wheel,) = folder.glob("*.whl")
    venv = folder / "venv"
    _run([sys.executable, "-m", "venv", "--without-pip", venv])
    pip = [
        sys.executable,
        "-m",
        "pip",
        "--quiet",
        "--disable-pip-version-check",
        "--python",
        venv / "bin" / "python",
    ]
    _run([*pip, "install", "--no-deps", "--no-index", wheel])
    # The dependencies are those of the tests; a path named in a .pth file has its own .pth files ignored, so the
    # checkout, which is installed there as editable, stays out.
    packages = next(venv.glob("lib/python*/site-packages"))
    (packages / "dependencies.pth").write_text(sysconfig.get_paths()["purelib"])
    return Installed(wheel, venv)


def _run(command: list[str | Path], cwd: Path | None = None) -> None:
    done = subprocess.run(
        command, cwd=cwd, capture_output=True, text=True, timeout=900, check=False
    )
    assert done.returncode == 0, done.stderr
