"""The wheel as a user gets it: everything it needs inside, and nothing of the source tree beside it."""

import subprocess
import zipfile
from pathlib import Path

from tests.installed import Installed
from tests.rehearsal import ROOT
from tests.running import Built


def test_the_wheel_holds_the_code_the_templates_the_styles_and_the_recordings_and_no_more(
    installed: Installed,
) -> None:
    names = zipfile.ZipFile(installed.wheel).namelist()
    for part in ("templates", "static"):
        expected = {
            f"generator/{path.relative_to(ROOT).as_posix()}"
            for path in (ROOT / part).rglob("*")
            if path.is_file()
        }
        assert {name for name in names if name.startswith(f"generator/{part}/")} == expected
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
    licenses = {name.rpartition("/")[2] for name in names if "/licenses/" in name}
    assert licenses == {"LICENSE", "LICENSE-DATA.md"}


def test_the_installed_wheel_builds_and_verifies_the_demo_in_a_folder_without_a_checkout(
    installed: Installed, demo: Built
) -> None:
    folder = demo.site.parent
    assert (demo.ran.code, demo.ran.err) == (0, "")
    assert (folder / "site" / "public" / "index.html").is_file()
    assert installed.run(folder, "verify", "--quiet").returncode == 0
    assert [path.name for path in folder.iterdir()] == ["site"]


def test_the_installed_command_is_that_of_the_wheel_and_names_its_version(
    installed: Installed, tmp_path: Path
) -> None:
    # -E: where PYTHONPATH names the checkout, the code would be that.
    where = [installed.venv / "bin" / "python", "-E", "-c"]
    where += ["import generator; print(generator.__file__)"]
    said = subprocess.run(where, cwd=tmp_path, capture_output=True, text=True, check=True).stdout
    assert said.startswith(str(installed.venv))
    version = installed.wheel.name.split("-")[1]
    assert installed.run(tmp_path, "--version").stdout == f"leaderboards, version {version}\n"
