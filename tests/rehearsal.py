"""A workflow's own steps, run here: its jobs, conditions, outputs and environments, without the runner and GitHub.

What a step runs is the text in the workflow file. Only actions made elsewhere (``uses:``), and the one step that
installs packages, have stand-ins.
"""

import re
import shutil
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parent.parent
CODE = ("generator", "static", "templates")
StandIn = Callable[[Path], Mapping[str, str]]
"""Does in a workspace what the action would; returns the step's outputs, or raises to fail it."""


@dataclass
class Job:
    """What a job did: its result as GitHub names it, its outputs, the steps that ran, and what they printed."""

    result: str = "skipped"
    outputs: dict[str, str] = field(default_factory=dict)
    ran: list[str] = field(default_factory=list)
    said: str = ""
    summary: str = ""


class Rehearsal:
    """A workflow file, and the repository and services that it runs with.

    Attributes:
        context: values of ``github.*`` and ``secrets.*`` by their dotted names; what is missing is an error.
        environment: what every step finds, beside what the workflow gives it.
        stand_ins: by the name of an action without its version, or by the whole text of a ``run``.
        readers: (job, step) of each step that was handed a secret.
    """

    def __init__(
        self,
        workflow: Path,
        folder: Path,
        context: dict[str, str],
        environment: dict[str, str],
        stand_ins: Mapping[str, StandIn],
    ) -> None:
        self.jobs: dict[str, Any] = _jobs(workflow.read_text(encoding="utf-8"))
        self.folder = folder
        self.context = context
        self.environment = environment
        self.stand_ins = stand_ins
        self.readers: set[tuple[str, str]] = set()

    def run(self, *only: str) -> dict[str, Job]:
        """Every job in the order of the file, each in an empty workspace, or only those named."""
        done: dict[str, Job] = {}
        for name in only or self.jobs:
            done[name] = self._job(name, self.jobs[name], done)
        return done

    def _job(self, name: str, job: dict[str, Any], done: dict[str, Job]) -> Job:
        needs = job.get("needs", [])
        needed = {one: done[one] for one in ([needs] if isinstance(needs, str) else needs)}
        known = dict(self.context)
        for one, earlier in needed.items():
            known[f"needs.{one}.result"] = earlier.result
            known.update(
                {f"needs.{one}.outputs.{key}": value for key, value in earlier.outputs.items()}
            )
        well = all(earlier.result == "success" for earlier in needed.values())
        found = Job()
        if not _holds(job.get("if"), known, well=well):
            return found
        workspace = self.folder / "workspace"
        shutil.rmtree(workspace, ignore_errors=True)
        workspace.mkdir(parents=True)
        found.result = "success"
        for step in job["steps"]:
            self._step(name, step, workspace, known, found)
        found.outputs = {key: _filled(text, known) for key, text in job.get("outputs", {}).items()}
        return found

    def _step(
        self, job: str, step: dict[str, Any], workspace: Path, known: dict[str, str], found: Job
    ) -> None:
        if not _holds(step.get("if"), known, well=found.result == "success"):
            return
        found.ran.append(step["name"])
        id_ = f"steps.{step.get('id', step['name'])}"
        try:
            outputs = self._act(job, step, workspace, known, found)
        except subprocess.CalledProcessError:
            known[f"{id_}.outcome"] = "failure"
            found.result = found.result if step.get("continue-on-error") else "failure"
            outputs = _outputs(workspace.parent / "output")
        else:
            known[f"{id_}.outcome"] = "success"
        known.update({f"{id_}.outputs.{key}": value for key, value in outputs.items()})

    def _act(
        self, job: str, step: dict[str, Any], workspace: Path, known: dict[str, str], found: Job
    ) -> Mapping[str, str]:
        stand_in = self.stand_ins.get(step.get("uses", step.get("run", "")).partition("@")[0])
        if stand_in:
            return stand_in(workspace)
        files = {
            name: workspace.parent / name.lower().removeprefix("github_")
            for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")
        }
        for path in files.values():
            path.write_text("")
        given = step.get("env", {})
        if any("secrets." in text for text in given.values()):
            self.readers.add((job, step["name"]))
        environment = {key: _filled(text, known) for key, text in given.items()}
        # As the runner starts bash for "shell: bash".
        done = subprocess.run(
            ["/bin/bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
            cwd=workspace,
            env=self.environment | {key: str(path) for key, path in files.items()} | environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=900,
            check=False,
        )
        found.said += done.stdout
        found.summary += files["GITHUB_STEP_SUMMARY"].read_text()
        done.check_returncode()
        return _outputs(files["GITHUB_OUTPUT"])


def copy_code(folder: Path) -> None:
    """Copy what the program consists of, with what Python has compiled of it: to compile it again takes 2 s."""
    for part in CODE:
        # Python may be writing a compiled file, under a name of its own.
        shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("*.pyc.*"))


def checkout(workspace: Path) -> Mapping[str, str]:
    """The scripts, where a checkout has them."""
    (workspace / ".github").symlink_to(ROOT / ".github")
    return {}


def nothing(_workspace: Path) -> Mapping[str, str]:
    return {}


@cache
def _jobs(workflow: str) -> dict[str, Any]:
    """Return the jobs of a workflow, which are not changed; each reading takes 20 ms."""
    return dict(yaml.safe_load(workflow)["jobs"])


def _outputs(path: Path) -> dict[str, str]:
    """A file of ``name=value`` lines and ``name<<END`` blocks."""
    found: dict[str, str] = {}
    if not path.exists():
        return found
    lines = iter(path.read_text(encoding="utf-8").splitlines())
    for line in lines:
        if "<<" in line.partition("=")[0]:
            name, _, end = line.partition("<<")
            found[name] = "\n".join(iter(lambda: next(lines), end))
        else:
            name, _, found[name] = line.partition("=")
    return found


def _filled(text: str, known: Mapping[str, str]) -> str:
    return re.sub(r"\$\{\{ (.+?) \}\}", lambda found: _value(found[1], known), str(text))


def _value(name: str, known: Mapping[str, str]) -> str:
    """A dotted name's value; as on GitHub, an output that nobody set is empty, and so is an input."""
    if name.startswith(("steps.", "needs.", "inputs.")):
        return known.get(name, "")
    return known[name]


def _holds(condition: str | None, known: Mapping[str, str], *, well: bool) -> bool:
    """An ``if:`` made of ``!cancelled()`` and comparisons, joined by ``&&``; without one, nothing may have failed."""
    if condition is None:
        return well
    terms = condition.removeprefix("${{").removesuffix("}}").strip().split(" && ")
    return ("!cancelled()" in terms or well) and all(_true(term, known) for term in terms)


def _true(term: str, known: Mapping[str, str]) -> bool:
    if term == "!cancelled()":
        return True
    compared = re.fullmatch(r"([\w.]+) (==|!=) '([^']*)'", term)
    if compared is None:
        raise ValueError(f"a condition that a rehearsal cannot read: {term}")
    return (_value(compared[1], known) == compared[3]) == (compared[2] == "==")
