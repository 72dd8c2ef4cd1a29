"""The workflow's steps that restore and save the archive, in a repository whose network and branch fail them."""

import os
import re
import shutil
import subprocess
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from generator.base.files import zipped
from tests.rehearsal import ROOT, Job, Rehearsal, checkout, nothing

GIT = shutil.which("git") or "git"
SLEEP = """#!/bin/bash
# Takes no time; what happens during the first pause is up to the test.
cd "$(dirname "$0")" && echo "$1" >>sleep.log
[ ! -x first-pause ] || { mv first-pause done && ./done; }
"""
GH = """#!/bin/bash
cd "$(dirname "$0")"
[ "$1 $2" != "issue create" ] || cat "${@: -1}" >issue
"""


@dataclass(frozen=True, slots=True)
class Repository:
    """A bare repository, and the tools that its workflow finds."""

    folder: Path

    @property
    def bare(self) -> Path:
        return self.folder / "someone" / "boards.git"

    @property
    def tools(self) -> Path:
        return self.folder / "bin"

    @property
    def environment(self) -> dict[str, str]:
        return {
            "PATH": f"{self.tools}:{os.environ['PATH']}",
            "HOME": str(self.folder),
            "GIT_CONFIG_GLOBAL": "/dev/null",
            "REMOTE": f"file://{self.bare}",
        }

    def tool(self, name: str, text: str) -> None:
        """Put a script among the tools."""
        (self.tools / name).write_text(text)
        (self.tools / name).chmod(0o755)

    def git(self, *arguments: str) -> str:
        done = subprocess.run(
            [GIT, "-C", str(self.bare), *arguments],
            env=self.environment,
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout

    def kept(self) -> list[str]:
        """The paths of the files on the branch, but for the README."""
        listed = self.git("ls-tree", "-r", "--name-only", "snapshots").splitlines()
        return [path for path in listed if path != "README.md"]

    def pauses(self) -> list[str]:
        log = self.tools / "sleep.log"
        return log.read_text().split() if log.exists() else []


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    made = Repository(tmp_path)
    made.bare.mkdir(parents=True)
    made.tools.mkdir()
    made.git("init", "--quiet", "--bare")
    made.tool("sleep", SLEEP)
    return made


def step(repository: Repository, workspace: Path, script: str) -> subprocess.CompletedProcess[str]:
    """Run a script of the workflow in a workspace, whose commits are of a second of their own."""
    workspace.mkdir(exist_ok=True)
    second = 1_790_000_000 + zlib.crc32(workspace.name.encode()) % 1_000_000
    return subprocess.run(
        [ROOT / ".github" / "scripts" / f"{script}.sh"],
        cwd=workspace,
        env={**repository.environment, "GIT_AUTHOR_DATE": f"{second} +0000"},
        capture_output=True,
        text=True,
        check=False,
    )


def snapshot(workspace: Path, day: str) -> None:
    """What a run of a day adds to the archive."""
    for name in (f"models/{day}.json.gz", f"runs/{day}.json"):
        path = workspace / "site" / "data" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{workspace.name} on {day}")


def run_of(repository: Repository, name: str, *days: str) -> Path:
    """A run in a workspace of its own, that takes the snapshots of some days and saves them."""
    workspace = repository.folder / name
    assert step(repository, workspace, "restore").returncode == 0
    for day in days:
        snapshot(workspace, day)
    done = step(repository, workspace, "save")
    assert done.returncode == 0, done.stderr
    return workspace


def test_a_run_that_was_killed_saves_what_is_whole_and_no_unfinished_file(
    repository: Repository,
) -> None:
    workspace = repository.folder / "killed"
    assert step(repository, workspace, "restore").returncode == 0
    models = workspace / "site/data/models"
    models.mkdir(parents=True)
    (models / ".staging-a1").write_text("half")
    assert "Nothing new to save" in step(repository, workspace, "save").stdout
    (models / "2026-11-21.json.gz").write_text("whole")
    assert step(repository, workspace, "save").returncode == 0
    assert repository.kept() == ["models/2026-11-21.json.gz"]
    # There is no report that says of which day it is.
    said = repository.git("log", "-1", "--format=%s", "snapshots")
    assert re.fullmatch(r"Snapshot of [0-9]{4}-[0-9]{2}-[0-9]{2}\n", said)


BOTH = [f"{folder}/2026-11-{day}" for folder in ("models", "runs") for day in (21, 22)]


def names(paths: list[str]) -> list[str]:
    return [path.partition(".")[0] for path in paths]


@pytest.mark.parametrize(
    "lose", [("update-ref", "refs/heads/snapshots", "snapshots~1"), ("branch", "-D", "snapshots")]
)
def test_what_a_forced_push_takes_from_the_branch_the_next_run_puts_back(
    repository: Repository, lose: tuple[str, ...]
) -> None:
    run_of(repository, "first", "2026-11-21")
    # Two saves within a second would have one tag.
    repository.tool("date", "#!/bin/bash\necho 2999-01-01T000000Z\n")
    run_of(repository, "second", "2026-11-22")
    (repository.tools / "date").unlink()
    assert len(repository.git("tag").split()) == 2
    repository.git(*lose)
    workspace = repository.folder / "third"
    said = step(repository, workspace, "restore").stdout
    assert "were missing from the branch snapshots; they are put back" in said
    assert (workspace / "site/data/models/2026-11-22.json.gz").read_text() == "second on 2026-11-22"
    assert step(repository, workspace, "save").returncode == 0
    assert names(repository.kept()) == BOTH


def test_a_branch_that_has_everything_is_left_as_it_is(repository: Repository) -> None:
    run_of(repository, "first", "2026-11-21")
    (tag,) = repository.git("tag").split()
    assert repository.git("rev-parse", tag) == repository.git("rev-parse", "snapshots")
    workspace = repository.folder / "second"
    assert step(repository, workspace, "restore").stdout == ""
    assert "Nothing new to save." in step(repository, workspace, "save").stdout
    assert repository.pauses() == []


@pytest.mark.parametrize("script", ["restore", "save"])
def test_a_moment_without_network_costs_a_pause(repository: Repository, script: str) -> None:
    run_of(repository, "first", "2026-11-21")
    workspace = repository.folder / "second"
    if script == "save":
        assert step(repository, workspace, "restore").returncode == 0
        snapshot(workspace, "2026-11-22")
    away = repository.folder / "away"
    repository.bare.rename(away)
    repository.tool("first-pause", f"#!/bin/bash\nmv {away} {repository.bare}\n")
    done = step(repository, workspace, script)
    assert (done.returncode, repository.pauses()) == (0, ["5"])
    assert names(repository.kept()) == (BOTH if script == "save" else BOTH[::2])


def test_a_remote_that_stays_away_is_asked_five_times(repository: Repository) -> None:
    repository.bare.rename(repository.folder / "away")
    assert step(repository, repository.folder / "run", "restore").returncode != 0
    assert repository.pauses() == ["5", "15", "30", "60"]


def test_a_run_that_was_overtaken_adds_its_files_whatever_the_other_one_removed(
    repository: Repository,
) -> None:
    run_of(repository, "first", "2026-11-21")
    mine = repository.folder / "mine"
    assert step(repository, mine, "restore").returncode == 0
    other = repository.folder / "other"
    assert step(repository, other, "restore").returncode == 0
    (other / "site/data/README.md").unlink()
    snapshot(other, "2026-11-22")
    (mine / "site/data/README.md").write_text("mine")
    snapshot(mine, "2026-11-22")
    snapshot(mine, "2026-11-23")
    assert step(repository, other, "save").returncode == 0
    done = step(repository, mine, "save")
    assert (done.returncode, "Another run has pushed since" in done.stdout) == (0, True)
    assert names(repository.kept()) == [
        *BOTH[:2],
        "models/2026-11-23",
        *BOTH[2:],
        "runs/2026-11-23",
    ]
    # Where both wrote a file, the one that was pushed first stays.
    assert repository.git("show", "snapshots:models/2026-11-22.json.gz") == "other on 2026-11-22"


def test_a_run_that_packs_a_year_is_tagged_and_loses_nothing_where_it_was_overtaken(
    repository: Repository,
) -> None:
    run_of(repository, "first", "2025-06-01", "2026-11-21")
    mine, other = repository.folder / "mine", repository.folder / "other"
    for workspace in (mine, other):
        assert step(repository, workspace, "restore").returncode == 0
    # Git takes a zip for the new name of the one file in it, unless it is told not to.
    old = mine / "site/data/models/2025-06-01.json.gz"
    (old.parent / "2025.zip").write_bytes(zipped({old.name: old.read_bytes()}, packed=False))
    old.unlink()
    snapshot(other, "2026-11-22")
    assert step(repository, other, "save").returncode == 0
    assert step(repository, mine, "save").returncode == 0
    assert "models/2025.zip" in repository.kept()
    assert "models/2026-11-22.json.gz" in repository.kept()
    assert len(repository.git("tag").split()) == 3

    last = repository.folder / "last"
    assert step(repository, last, "restore").returncode == 0
    for path in (last / "site/data/models").glob("*.json.gz"):
        path.unlink()
    repository.tool("leaderboards", "#!/bin/bash\nexit 6\n")
    # It renders: a year of snapshots is an archive.
    assert step(repository, last, "build").returncode == 6


def rehearsed(repository: Repository) -> Job:
    """The job that takes the snapshot, with a snapshot that needs neither network nor key."""

    def taken(workspace: Path) -> Mapping[str, str]:
        snapshot(workspace, "2026-11-21")
        return {"state": "fresh"}

    def keep(workspace: Path) -> Mapping[str, str]:
        shutil.copytree(workspace / "site" / "unsaved", repository.folder / "artifact")
        return {}

    context = {
        "github.server_url": f"file://{repository.folder}",
        "github.repository": "someone/boards",
        "github.token": "",
        "secrets.OPENROUTER_API_KEY": "",
    }
    stand_ins = {
        "actions/checkout": checkout,
        "actions/setup-python": nothing,
        "actions/upload-artifact": keep,
        ".github/scripts/install.sh": nothing,
        ".github/scripts/snapshot.sh": taken,
    }
    workflow = ROOT / ".github" / "workflows" / "daily.yml"
    rehearsal = Rehearsal(
        workflow, repository.folder / "runner", context, repository.environment, stand_ins
    )
    return rehearsal.run("snapshot")["snapshot"]


def test_a_day_that_cannot_be_pushed_is_kept_as_an_artifact_and_the_issue_says_where(
    repository: Repository,
) -> None:
    hook = repository.bare / "hooks" / "pre-receive"
    hook.write_text("#!/bin/bash\nexit 1\n")
    hook.chmod(0o755)
    job = rehearsed(repository)
    assert (job.result, job.outputs) == ("failure", {"state": "fresh", "saved": "failure"})
    assert job.ran[-1] == "Keep what could not be saved"
    assert "Not saved" in job.said
    kept = repository.folder / "artifact"
    assert (kept / "models/2026-11-21.json.gz").read_text() == "workspace on 2026-11-21"
    assert (kept / "runs/2026-11-21.json").is_file()
    assert repository.pauses() == ["5", "15", "30", "60", "0"]

    repository.tool("gh", GH)
    environment = {
        "SNAPSHOT_RESULT": "failure",
        "SNAPSHOT_STATE": "fresh",
        "SAVED": "failure",
        "BUILD_RESULT": "success",
        "BUILD_STATE": "fresh",
        "DEPLOY_RESULT": "success",
        "TABLE": "",
        "RUN_URL": "https://x.example/1",
    }
    subprocess.run(
        [ROOT / ".github" / "scripts" / "report.sh"],
        env=repository.environment | environment,
        check=True,
    )
    assert (
        "They are in the artifact `unsaved` of the run" in (repository.tools / "issue").read_text()
    )


@pytest.mark.parametrize(
    ("accept", "arguments"),
    [
        ("", "snapshot"), (" , ", "snapshot"),
        (" models app-rankings@2026-11-20", "snapshot --accept=models --accept=app-rankings@2026-11-20"),
        ("models,benchmarks , app-rankings@2026-11-20,",
         "snapshot --accept=models --accept=benchmarks --accept=app-rankings@2026-11-20"),
    ],
)  # fmt: skip
def test_the_owner_accepts_datasets_by_name_when_starting_the_workflow(
    repository: Repository, accept: str, arguments: str
) -> None:
    repository.tool("leaderboards", '#!/bin/bash\necho "$*"\n')
    done = subprocess.run(
        [ROOT / ".github" / "scripts" / "snapshot.sh"],
        env=repository.environment
        | {"ACCEPT": accept, "OPENROUTER_API_KEY": "x", "GITHUB_OUTPUT": "/dev/null"},
        capture_output=True,
        text=True,
        check=True,
    )
    # Nothing that it says is a command to the runner.
    stop, said, again = done.stdout.splitlines()
    assert said == arguments
    assert stop.startswith("::stop-commands::end-")
    assert again == f"::{stop.removeprefix('::stop-commands::')}::"


def test_a_day_that_is_pushed_leaves_no_artifact(repository: Repository) -> None:
    job = rehearsed(repository)
    assert (job.result, job.outputs["saved"]) == ("success", "success")
    assert "Keep what could not be saved" not in job.ran
    assert names(repository.kept()) == BOTH[::2]
