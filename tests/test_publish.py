"""The daily workflow's own steps, day after day: a bare repository, the loopback API, and a gh that takes notes."""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from generator.fetch.recorded import DEMO_DAYS, RecordedApi
from generator.publish import verify
from tests.drawings import DRAWINGS
from tests.forking import forker_at
from tests.loopback import KEY, Loopback
from tests.rehearsal import ROOT, Job, Rehearsal, StandIn, checkout, nothing
from tests.running import Built

OWNERS_TAG = ("tag", "--annotate", "--message", "mine", "snapshots-before-the-move", "snapshots~0")
URL = "https://someone.github.io/boards/"
FIRST, SECOND = DEMO_DAYS[-2:]
GIT = shutil.which("git") or "git"

LEADERBOARDS = """#!{python} -SE
# The command, on the day that the test says.
import json, os, pathlib, shutil, socket, sys
here = pathlib.Path(__file__).parent
words = sys.argv[1:]
if words[0] == "build":
    for part in ("data", "public"):
        built = pathlib.Path((here / "demo").read_text(), part)
        shutil.copytree(built, pathlib.Path("site", part), dirs_exist_ok=True)
    sys.exit()
if words[0] in ("snapshot", "render"):
    words += ["--today", (here / "today").read_text()]
if words[0] == "snapshot":
    words += ["--requests-per-minute", "0"]
with socket.socket(socket.AF_UNIX) as server, server.makefile("rw") as line:
    server.connect(str(here / "forker"))
    line.write(json.dumps([words, dict(os.environ), os.getcwd()]) + "\\n")
    line.flush()
    code, out, err = json.load(line)
sys.stdout.write(out)
sys.stderr.write(err)
sys.exit(code)
"""
GH = """#!{python}
import json, pathlib, sys
here = pathlib.Path(__file__).parent
arguments = sys.argv[1:]
said = [pathlib.Path(one).read_text() if before == "--body-file" else one
        for before, one in zip(["", *arguments], arguments)]
with (here / "gh.log").open("a") as log:
    log.write(json.dumps(said) + "\\n")
if (here / "issues-off").exists():
    sys.exit("the repository has disabled issues")
opened = here / "open-issue"
if arguments[:2] == ["issue", "list"] and opened.exists():
    print(opened.read_text())
if arguments[:2] == ["issue", "create"]:
    opened.write_text("7")
if arguments[:2] == ["issue", "close"]:
    opened.unlink()
"""
SLEEP = """#!/bin/bash
# Takes no time; what happens during the first pause is up to the test.
cd "$(dirname "$0")" && echo "$1" >>sleep.log
[ ! -x first-pause ] || { mv first-pause done && ./done; }
"""


@dataclass(frozen=True, slots=True)
class World:
    """A repository on GitHub, as far as its daily workflow can tell."""

    folder: Path
    server: Loopback
    rehearsal: Rehearsal

    @property
    def live(self) -> Path:
        """What Pages serves."""
        return self.folder / "live"

    @property
    def repository(self) -> str:
        return f"file://{self.folder}/someone/boards.git"

    @property
    def owners(self) -> Path:
        """What the owner has checked in beside the code, if it is there."""
        return self.folder / "owners"

    def day(self, today: date, *jobs: str) -> dict[str, Job]:
        """Run the workflow of a day, or only some of its jobs."""
        self.server.day = today
        (self.folder / "bin" / "today").write_text(str(today))
        return self.rehearsal.run(*jobs)

    def receive(self, repositories: Path) -> None:
        """Take over what another world has on GitHub."""
        shutil.copytree(repositories, self.folder / "someone", dirs_exist_ok=True)

    def kept(self, path: str = "") -> list[str]:
        """Return the paths of the archive's files on the branch."""
        listed = git(
            self.repository.removeprefix("file://"),
            "ls-tree",
            "-r",
            "--name-only",
            "snapshots",
            path or ".",
        )
        return listed.splitlines()

    def told(self, *words: str) -> list[list[str]]:
        """Return the calls of gh that begin with these words."""
        log = self.folder / "bin" / "gh.log"
        calls = [json.loads(line) for line in log.read_text().splitlines()] if log.exists() else []
        return [call for call in calls if tuple(call[: len(words)]) == words]


def git(folder: str | Path, *arguments: str) -> str:
    settings = {"GIT_CONFIG_GLOBAL": "/dev/null", "PATH": os.environ["PATH"], "HOME": str(folder)}
    done = subprocess.run(
        [GIT, "-C", str(folder), *arguments],
        env=settings,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


@pytest.fixture
def world(tmp_path: Path, first_day: Built, second_day: Built) -> Iterator[World]:
    """A repository whose workflow has a cache of these two days' charts, as after earlier runs."""
    with new_world(tmp_path) as made:
        yield made


@pytest.fixture(scope="module")
def first_branch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repositories after the snapshot of the first day."""
    with new_world(tmp_path_factory.mktemp("first")) as made:
        assert results(made.day(FIRST, "snapshot")) == {"snapshot": "success"}
    return made.folder / "someone"


@contextmanager
def new_world(folder: Path) -> Iterator[World]:
    bare = folder / "someone" / "boards.git"
    bare.mkdir(parents=True)
    git(bare, "init", "--quiet", "--bare")
    tools = folder / "bin"
    tools.mkdir()
    for name, text in {"leaderboards": LEADERBOARDS, "gh": GH, "sleep": SLEEP}.items():
        (tools / name).write_text(text.replace("{python}", sys.executable))
        (tools / name).chmod(0o755)
    with Loopback(small=True) as server, forker_at(tools / "forker"):
        environment = {
            "PATH": f"{tools}:{Path(sys.executable).parent}:{os.environ['PATH']}",
            "HOME": str(folder),
            "GIT_CONFIG_GLOBAL": "/dev/null",
            "OPENROUTER_BASE_URL": server.url,
        }
        context = {
            "github.event_name": "schedule",
            "github.server_url": f"file://{folder}",
            "github.repository": "someone/boards",
            "github.token": "",
            "github.run_id": "1",
            "secrets.OPENROUTER_API_KEY": KEY,
        }
        workflow = ROOT / ".github" / "workflows" / "daily.yml"
        rehearsal = Rehearsal(workflow, folder / "runner", context, environment, actions(folder))
        yield World(folder, server, rehearsal)


def actions(folder: Path) -> Mapping[str, StandIn]:
    def check_out(workspace: Path) -> Mapping[str, str]:
        if (folder / "owners").exists():
            shutil.copytree(folder / "owners", workspace, dirs_exist_ok=True)
        return checkout(workspace)

    def keep(workspace: Path) -> Mapping[str, str]:
        DRAWINGS.lend(workspace / "site")
        return {}

    def pack(workspace: Path) -> Mapping[str, str]:
        shutil.copytree(workspace / "site" / "public", folder / "artifact")
        return {}

    def unsaved(workspace: Path) -> Mapping[str, str]:
        shutil.copytree(workspace / "site" / "unsaved", folder / "unsaved")
        return {}

    def deploy(_workspace: Path) -> Mapping[str, str]:
        shutil.rmtree(folder / "live", ignore_errors=True)
        (folder / "artifact").rename(folder / "live")
        return {"page_url": URL}

    return {
        "actions/checkout": check_out,
        "actions/cache": keep,
        "actions/setup-python": nothing,
        ".github/scripts/install.sh": nothing,
        "actions/configure-pages": lambda _workspace: {"base_url": URL},
        "actions/upload-pages-artifact": pack,
        "actions/deploy-pages": deploy,
        "actions/attest-build-provenance": lambda _workspace: {},
        "actions/upload-artifact": unsaved,
    }


def results(run: Mapping[str, Job]) -> dict[str, str]:
    return {name: job.result for name, job in run.items()}


JOBS = ("snapshot", "build", "vouch", "deploy", "attest", "report", "stay")
ALL_WELL = dict.fromkeys(JOBS, "success")
NOT_BUILT = (
    ALL_WELL | {"build": "failure"} | dict.fromkeys(("vouch", "deploy", "attest"), "skipped")
)


def test_the_first_run_makes_the_branch_deploys_the_site_and_opens_no_issue(world: World) -> None:
    run = world.day(FIRST)
    assert results(run) == ALL_WELL, run
    sums = (world.live / "SHA256SUMS").read_bytes()
    assert run["build"].outputs["sums"] == hashlib.sha256(sums).hexdigest()
    assert f"rankings-daily/{FIRST}.json.gz" in world.kept()
    assert "README.md" in world.kept()
    page = (world.live / "index.html").read_text()
    assert URL in page
    assert "recorded data" not in page.lower()
    assert f"`{FIRST}` | fresh" in run["build"].summary
    listed, enabled = world.told()
    assert listed[:2] == ["issue", "list"]
    assert enabled[-1] == "repos/someone/boards/actions/workflows/daily.yml/enable"
    assert world.rehearsal.readers == {("snapshot", "Snapshot")}
    by_hand(world, world.folder / "next", SECOND, "restore")
    seal = (world.folder / "next/site/.cache.sha256").read_text()
    assert seal == run["build"].outputs["cache"] + "\n"
    assert re.fullmatch(r"[0-9a-f]{64}\n", seal)
    for job, word in (("snapshot", "rows from"), ("build", "Published to")):
        quiet = re.search(
            r"^::stop-commands::(end-\w{16,})$(.*)^::\1::$", run[job].said, re.M | re.S
        )
        assert word in (quiet[2] if quiet else "")
    everything = b"".join(path.read_bytes() for path in world.folder.rglob("*") if path.is_file())
    assert KEY.encode() not in everything
    assert KEY not in "".join(job.said for job in run.values())


def test_the_second_day_is_one_commit_more_and_the_first_stays_as_it_was(
    world: World, first_branch: Path
) -> None:
    world.receive(first_branch)
    before = world.kept()
    first = git(
        world.folder / "someone/boards.git",
        "rev-parse",
        f"snapshots:rankings-daily/{FIRST}.json.gz",
    )
    assert results(world.day(SECOND, "snapshot")) == {"snapshot": "success"}
    assert set(before) < set(world.kept())
    assert f"rankings-daily/{SECOND}.json.gz" in world.kept()
    assert (
        git(
            world.folder / "someone/boards.git",
            "rev-parse",
            f"snapshots:rankings-daily/{FIRST}.json.gz",
        )
        == first
    )
    said = git(
        world.folder / "someone/boards.git", "log", "--format=%an %s", "snapshots"
    ).splitlines()
    assert said == [f"github-actions[bot] Snapshot of {day}" for day in (SECOND, FIRST)]
    again = world.day(SECOND, "snapshot")
    assert "Nothing new to save." in again["snapshot"].said
    assert (
        len(
            git(world.folder / "someone/boards.git", "log", "--format=%h", "snapshots").splitlines()
        )
        == 2
    )


def test_after_a_failed_snapshot_the_last_data_is_deployed_and_one_issue_tells_until_the_next_good_run(
    world: World, first_branch: Path
) -> None:
    world.receive(first_branch)
    world.server.fail("/", 401)
    run = world.day(SECOND)
    assert results(run) == ALL_WELL
    assert (run["snapshot"].outputs["state"], run["build"].outputs["state"]) == ("stale", "stale")
    assert str(FIRST) in (world.live / "status" / "index.html").read_text()
    assert f"runs/{SECOND}.json" in world.kept()
    (opened,) = world.told("issue", "create")
    assert f"| `rankings-daily` | `{FIRST}` | stale |" in opened[-1]
    environment = {
        "RUN_URL": "https://x.example/2",
        "TABLE": "",
        "SNAPSHOT_STATE": "stale",
        "BUILD_STATE": "stale",
    }
    report(world, **environment)
    assert len(world.told("issue", "create")) == 1
    assert len(world.told("issue", "edit", "7")) == 1
    report(world, **environment | {"SNAPSHOT_STATE": "fresh", "BUILD_STATE": "fresh"})
    assert world.told("issue", "close", "7") == [
        ["issue", "close", "7", "--comment", "Resolved: https://x.example/2"]
    ]


def report(world: World, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the report's script alone, for tests of the reports of given results."""
    well = {f"{job}_RESULT": "success" for job in ("SNAPSHOT", "BUILD", "DEPLOY")}
    summary = {"GITHUB_STEP_SUMMARY": str(world.folder / "summary")}
    return subprocess.run(
        [ROOT / ".github" / "scripts" / "report.sh"],
        env=world.rehearsal.environment | well | summary | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def by_hand(world: World, folder: Path, today: date, *scripts: str) -> str:
    """The snapshot job's scripts in a workspace of their own, so that two runs can cross; what the last one said."""
    folder.mkdir(exist_ok=True)
    if not (folder / ".github").exists():
        checkout(folder)
    world.server.day = today
    (world.folder / "bin" / "today").write_text(str(today))
    files = {
        name: str(world.folder / name.lower()) for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")
    }
    environment = (
        world.rehearsal.environment
        | files
        | {"REMOTE": world.repository, "OPENROUTER_API_KEY": KEY}
    )
    said = ""
    for script in scripts:
        done = subprocess.run(
            [f".github/scripts/{script}.sh"],
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )
        said = done.stdout
    return said


def test_a_run_that_was_overtaken_keeps_its_day_and_the_other_runs_day(world: World) -> None:
    first, second, third = DEMO_DAYS[:3]
    world.day(first, "snapshot")
    mine, other = world.folder / "mine", world.folder / "other"
    by_hand(world, mine, third, "restore", "snapshot")
    by_hand(world, other, second, "restore", "snapshot", "save")
    assert "Another run has pushed since" in by_hand(world, mine, third, "save")
    for day in (first, second, third):
        assert f"models/{day}.json.gz" in world.kept()
    assert whole(world)


def test_two_runs_of_one_day_leave_one_whole_snapshot_of_it(world: World) -> None:
    """Neither had seen a branch: the harder case, two histories with no common beginning."""
    mine, other = world.folder / "mine", world.folder / "other"
    by_hand(world, mine, FIRST, "restore", "snapshot")
    world.server.replace("/classifications/task", {}, changed_classifications())
    by_hand(world, other, FIRST, "restore", "snapshot", "save")
    theirs = git(other / "site" / "data", "rev-parse", f"HEAD:task-classifications/{FIRST}.json.gz")
    assert git(mine, "hash-object", f"site/data/task-classifications/{FIRST}.json.gz") != theirs
    by_hand(world, mine, FIRST, "save")
    bare = world.folder / "someone/boards.git"
    assert git(bare, "rev-parse", f"snapshots:task-classifications/{FIRST}.json.gz") == theirs
    assert whole(world)


def changed_classifications() -> str:
    reply = RecordedApi(FIRST).answer("/classifications/task", {}, authorized=True)
    return reply.body.decode().replace('"usage_share":0.', '"usage_share":0.0')


def whole(world: World) -> bool:
    """Check out the branch and compare its files with their manifests."""
    fresh = world.folder / "fresh"
    git(world.folder, "clone", "--quiet", "--branch", "snapshots", world.repository, str(fresh))
    return verify.verify_folder(fresh).wrong == ()


def test_a_broken_build_deploys_nothing_and_says_so(world: World, first_branch: Path) -> None:
    world.receive(first_branch)
    world.live.mkdir()
    (world.live / "index.html").write_text("yesterday")
    world.owners.mkdir()
    (world.owners / "base.html.j2").write_text("{{ not_there }}")
    (world.owners / "site.toml").write_text('templates = "."')
    run = world.day(SECOND)
    assert results(run) == NOT_BUILT
    assert "base.html.j2:" in run["build"].said
    assert ": 'not_there' is undefined; correct the template" in run["build"].said
    assert (world.live / "index.html").read_text() == "yesterday"
    assert f"models/{SECOND}.json.gz" in world.kept()
    (opened,) = world.told("issue", "create")
    assert "The build failed; the log of the job Build says why. Nothing was" in opened[-1]
    assert "::error title=Checks failed::Nothing is deployed; the lines above" in run["build"].said


def test_a_mistake_in_the_owners_file_is_named_on_the_page_of_the_run(
    world: World, first_branch: Path
) -> None:
    world.receive(first_branch)
    world.owners.mkdir()
    (world.owners / "site.toml").write_text("nmae = 'x'")
    run = world.day(SECOND)
    assert results(run) == NOT_BUILT | {"snapshot": "failure"}
    for job in ("snapshot", "build"):
        assert "site.toml: nmae: no such key" in run[job].said
        assert "::error title=Not configured::" in run[job].said
    (opened,) = world.told("issue", "create")
    assert "The snapshot failed; the log of the job Snapshot says why." in opened[-1]


def test_without_a_key_the_demo_is_deployed_the_summary_says_so_and_the_branch_is_not_made(
    world: World, second_day: Built
) -> None:
    # It is long to build and to check: the workflow sees no difference.
    (world.folder / "bin" / "demo").write_text(str(second_day.site))
    world.rehearsal.context["secrets.OPENROUTER_API_KEY"] = ""
    run = world.day(FIRST)
    assert results(run) == ALL_WELL | {"vouch": "skipped"}
    assert "OPENROUTER_API_KEY is not set, so the site shows recorded data" in run["build"].summary
    assert (world.live / "index.html").is_file()
    assert git(world.folder / "someone/boards.git", "branch", "--list") == ""
    assert world.told("issue", "create") == []


def test_when_the_api_cannot_be_read_on_the_first_run_nothing_is_deployed_and_the_issue_says_why(
    world: World,
) -> None:
    world.server.fail("/", 401)
    run = world.day(FIRST)
    assert results(run) == NOT_BUILT | {"snapshot": "failure"}
    assert "Nothing to publish" in run["build"].said
    (opened,) = world.told("issue", "create")
    assert "The snapshot failed" in opened[-1]
    assert "The build failed" in opened[-1]


def test_a_key_that_cannot_be_one_makes_no_branch(world: World) -> None:
    world.rehearsal.context["secrets.OPENROUTER_API_KEY"] = f"{KEY}\n"
    run = world.day(FIRST, "snapshot")["snapshot"]
    assert run.result == "failure"
    assert "a line break" in run.said
    assert "::error title=Not configured::The key, site.toml or" in run.said
    assert KEY not in run.said
    assert "Nothing new to save" in run.said
    assert git(world.folder / "someone/boards.git", "branch", "--list") == ""


def test_a_tag_of_the_owners_is_not_taken_for_one_of_a_save(
    world: World, first_branch: Path
) -> None:
    world.receive(first_branch)
    repository = world.folder / "someone" / "boards.git"
    git(repository, "-c", "user.name=a", "-c", "user.email=a@b", *OWNERS_TAG)
    world.day(SECOND, "snapshot")
    restored = world.folder / "restored"
    said = by_hand(world, restored, SECOND, "restore")
    assert "It did not succeed" not in said


def test_a_remote_that_cannot_be_read_is_not_taken_for_an_empty_archive(
    world: World, first_branch: Path
) -> None:
    world.receive(first_branch)
    (world.folder / "someone" / "boards.git").rename(world.folder / "away")
    run = world.day(SECOND)
    assert results(run) == NOT_BUILT | {"snapshot": "failure"}
    assert "Save the archive" not in run["snapshot"].ran


def test_where_issues_are_off_the_run_fails_with_what_is_wrong_and_a_good_run_passes(
    world: World,
) -> None:
    (world.folder / "bin" / "issues-off").touch()
    failed = report(
        world,
        RUN_URL="https://x.example/2",
        TABLE="",
        SNAPSHOT_STATE="",
        BUILD_STATE="",
        BUILD_RESULT="failure",
    )
    assert failed.returncode == 1
    assert "Settings, General, Features" in failed.stdout
    assert "The build failed" in (world.folder / "summary").read_text()
    well = report(
        world, RUN_URL="https://x.example/2", TABLE="", SNAPSHOT_STATE="fresh", BUILD_STATE="fresh"
    )
    assert well.returncode == 0


def test_words_of_upstream_stay_words_in_the_table(tmp_path: Path) -> None:
    message = "x` | </td> @someone [a](https://b) \\n# head\n::set-output"
    rows = [{"dataset": "models", "newest": None, "stale": True, "message": message}]
    (tmp_path / "status.json").write_text(json.dumps({"datasets": rows}))
    script = ROOT / ".github" / "scripts" / "status_table.py"
    done = subprocess.run(
        [sys.executable, script, tmp_path / "status.json"],
        capture_output=True,
        text=True,
        check=True,
    )
    (row,) = done.stdout.splitlines()[2:]
    assert row == "| `models` |  | stale | `x </td> @someone [a](https://b) n# head ::set-output` |"
