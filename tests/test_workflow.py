"""What the workflow files promise by their text alone; zizmor and actionlint read them too, in ``make lint``."""

import hashlib
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.rehearsal import ROOT

FILES = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
SCRIPTS = ROOT / ".github" / "scripts"


def loaded(name: str) -> dict[Any, Any]:
    found: dict[Any, Any] = yaml.safe_load(
        (ROOT / ".github" / "workflows" / f"{name}.yml").read_text()
    )
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_action_is_pinned_by_its_commit_with_the_version_beside_it(path: Any) -> None:
    used = [line.strip() for line in path.read_text().splitlines() if "uses:" in line]
    assert used
    assert [
        line
        for line in used
        if not re.fullmatch(r"(- )?uses: [\w./-]+@[0-9a-f]{40} # v[0-9.]+", line)
    ] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_nothing_is_permitted_unless_a_job_says_so_and_every_job_ends_in_time(path: Any) -> None:
    workflow = yaml.safe_load(path.read_text())
    assert workflow["permissions"] == {}
    assert workflow["defaults"]["run"]["shell"] == "bash"
    for name, job in workflow["jobs"].items():
        assert job["permissions"]
        assert job["timeout-minutes"] <= (120 if (path.stem, name) == ("daily", "build") else 30)
        for step in job["steps"]:
            if step.get("uses", "").startswith("actions/checkout"):
                assert step["with"]["persist-credentials"] is False


def test_one_step_of_one_job_sees_the_key_and_no_pull_request_starts_it() -> None:
    texts = {path.name: path.read_text().count("secrets.") for path in FILES}
    assert texts == {"ci.yml": 0, "daily.yml": 1}
    jobs = loaded("daily")["jobs"]
    readers = [
        name for name, job in jobs.items() for step in job["steps"] if "secrets." in str(step)
    ]
    assert readers == ["snapshot"]
    # YAML reads the word "on" as true.
    assert set(loaded("daily")[True]) == {"schedule", "workflow_dispatch"}


def test_only_the_job_that_needs_it_may_write() -> None:
    jobs = loaded("daily")["jobs"]
    writers = {
        name: {key for key, value in job["permissions"].items() if value == "write"}
        for name, job in jobs.items()
    }
    assert writers == {
        "snapshot": {"contents"},
        "build": set(),
        "vouch": {"contents"},
        "deploy": {"pages", "id-token"},
        "attest": {"attestations", "id-token"},
        "report": {"issues"},
        "stay": {"actions"},
    }


def test_the_checksums_that_were_built_are_attested_by_a_job_that_runs_no_code_of_ours() -> None:
    job = loaded("daily")["jobs"]["attest"]
    [step] = job["steps"]
    assert step["uses"].startswith("actions/attest-build-provenance@")
    assert step["with"] == {
        "subject-name": "SHA256SUMS",
        "subject-digest": "sha256:${{ needs.build.outputs.sums }}",
    }
    # A private repository may have none: its site is deployed all the same.
    assert step["continue-on-error"] is True


def test_the_daily_run_is_off_the_hour_after_the_day_has_settled_and_never_cut_short() -> None:
    workflow = loaded("daily")
    (cron,) = (one["cron"] for one in workflow[True]["schedule"])
    minute, hour, *rest = cron.split()
    assert (int(minute) % 15 != 0, int(hour) >= 6, rest) == (True, True, ["*", "*", "*"])
    assert workflow["concurrency"]["cancel-in-progress"] is False


def test_each_scheduled_run_enables_its_own_workflow_and_runs_no_code_of_ours_for_it() -> None:
    """A repository whose only commits are those of its workflow would lose its schedule after 60 days."""
    job = loaded("daily")["jobs"]["stay"]
    [step] = job["steps"]
    (file,) = re.findall(r"/actions/workflows/([a-z]+\.yml)/enable", step["run"])
    assert (ROOT / ".github" / "workflows" / file).read_text().startswith("# Every day")
    assert (step["continue-on-error"], "needs" in job) == (True, False)


def test_every_script_that_a_workflow_runs_is_there_executable_and_strict() -> None:
    texts = "".join(path.read_text() for path in FILES)
    named = set(re.findall(r"\.github/scripts/([a-z_]+\.sh)", texts))
    assert named >= {
        "install.sh",
        "restore.sh",
        "snapshot.sh",
        "save.sh",
        "build.sh",
        "vouch.sh",
        "report.sh",
        "wheel.sh",
    }
    for name in named:
        script = SCRIPTS / name
        assert script.stat().st_mode & 0o111, name
        assert "set -euo pipefail" in script.read_text(), name


def test_packages_come_with_their_hashes_and_as_wheels_only() -> None:
    for name in ("install.sh", "wheel.sh"):
        installs = re.findall(r"install(?:_into)? .*-r .*", (SCRIPTS / name).read_text())
        assert installs
        assert all("--require-hashes --only-binary :all:" in line for line in installs), installs
    for lock in ROOT.glob("requirements*.lock"):
        packages = re.split(r"\n(?=\S)", lock.read_text().strip())
        assert packages
        assert all("--hash=sha256:" in package for package in packages), lock
        assert "://" not in lock.read_text()


def test_tests_run_with_the_packages_that_the_program_is_locked_to() -> None:
    def locked(name: str) -> set[str]:
        return set(re.findall(r"^\S+==\S+", (ROOT / name).read_text(), re.MULTILINE))

    assert set() < locked("requirements.lock") < locked("requirements-build.lock")
    assert locked("requirements-build.lock") < locked("requirements-dev.lock")


def test_a_package_of_other_bytes_than_the_locked_ones_is_not_installed(tmp_path: Path) -> None:
    wheel = tmp_path / "forged-1-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as packed:
        packed.writestr(
            "forged-1.dist-info/METADATA", "Metadata-Version: 2.1\nName: forged\nVersion: 1\n"
        )
        packed.writestr("forged-1.dist-info/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any\n")
        packed.writestr("forged-1.dist-info/RECORD", "")
    lock = tmp_path / "requirements.lock"
    lock.write_text(f"forged==1 --hash=sha256:{'0' * 64}\n")
    script = (SCRIPTS / "install.sh").read_text()
    (flags,) = re.findall(r" install (--.*) -r requirements-build.lock", script)
    done = subprocess.run(
        [
            *(sys.executable, "-m", "pip", "--disable-pip-version-check", "install"),
            *("--dry-run", "--no-index", "--find-links", str(tmp_path)),
            *(*flags.split(), "-r", str(lock)),
        ],
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    assert "DO NOT MATCH THE HASHES" in done.stderr
    assert hashlib.sha256(wheel.read_bytes()).hexdigest() in done.stderr


def test_updates_wait_a_week() -> None:
    updates = yaml.safe_load((ROOT / ".github" / "dependabot.yml").read_text())["updates"]
    assert {one["package-ecosystem"] for one in updates} == {"github-actions", "npm", "pip"}
    assert all(one["cooldown"]["default-days"] >= 7 for one in updates)
