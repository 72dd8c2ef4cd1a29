"""The wheel as a user gets it: everything it needs inside, and nothing of the source tree beside it."""

import subprocess
import sys
import sysconfig
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.rehearsal import ROOT
from tests.running import Built


@dataclass(frozen=True, slots=True)
class Installed:
    """A wheel, and an environment that has it and its dependencies."""

    wheel: Path
    venv: Path

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


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    folder = tmp_path_factory.mktemp("wheel")
    run(
        [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", folder],
        cwd=ROOT,
    )
    (wheel,) = folder.glob("*.whl")
    venv = folder / "venv"
    run([sys.executable, "-m", "venv", "--without-pip", venv])
    pip = [
        sys.executable,
        "-m",
        "pip",
        "--quiet",
        "--disable-pip-version-check",
        "--python",
        venv / "bin" / "python",
    ]
    run([*pip, "install", "--no-deps", "--no-index", wheel])
    # The dependencies are those of the tests; a path named in a .pth file has its own .pth files ignored, so the
    # checkout, which is installed there as editable, stays out.
    packages = next(venv.glob("lib/python*/site-packages"))
    (packages / "dependencies.pth").write_text(sysconfig.get_paths()["purelib"])
    return Installed(wheel, venv)


def run(command: list[str | Path], cwd: Path | None = None) -> None:
    done = subprocess.run(
        command, cwd=cwd, capture_output=True, text=True, timeout=900, check=False
    )
    assert done.returncode == 0, done.stderr


def test_the_wheel_holds_the_code_the_templates_the_styles_and_the_recordings_and_no_more(
    installed: Installed,
) -> None:
    names = zipfile.ZipFile(installed.wheel).namelist()
    for room in ("templates", "static"):
        expected = {
            f"generator/{path.relative_to(ROOT).as_posix()}"
            for path in (ROOT / room).rglob("*")
            if path.is_file()
        }
        assert {name for name in names if name.startswith(f"generator/{room}/")} == expected
    assert {
        "generator/cli/__init__.py",
        "generator/py.typed",
        "generator/fetch/recorded/replies/model.json.gz",
    } <= set(names)
    assert not [
        name
        for name in names
        if "__pycache__" in name
        or "/tests/" in name
        or not name.startswith(("generator/", "openrouter_"))
    ]
    licences = {name.rpartition("/")[2] for name in names if "/licenses/" in name}
    assert licences == {"LICENSE", "LICENSE-DATA.md"}


def test_the_installed_wheel_builds_and_verifies_the_demo_in_a_folder_without_a_checkout(
    installed: Installed, demo: Built, tmp_path: Path
) -> None:
    demo.lend_drawings(tmp_path / "site")
    built = installed.run(tmp_path, "build", "--demo")
    assert (built.returncode, built.stderr) == (0, ""), built
    assert (tmp_path / "site" / "public" / "index.html").is_file()
    assert installed.run(tmp_path, "verify", "--quiet").returncode == 0
    found = [path.name for path in tmp_path.iterdir()]
    assert found == ["site"]


def test_the_installed_command_is_that_of_the_wheel_and_names_its_version(
    installed: Installed, tmp_path: Path
) -> None:
    where = [installed.venv / "bin" / "python", "-c", "import generator; print(generator.__file__)"]
    said = subprocess.run(where, cwd=tmp_path, capture_output=True, text=True, check=True).stdout
    assert said.startswith(str(installed.venv))
    version = installed.wheel.name.split("-")[1]
    assert installed.run(tmp_path, "--version").stdout == f"leaderboards, version {version}\n"
