"""Replies that depart from their documented form in one place: each must end in a way that was foreseen.

Foreseen are: the dataset keeps its last good snapshot; the row is set aside; the change is noticed in a sentence;
the value is one that the documentation allows; no table holds it. What was kept must be rendered.
"""

import itertools
import json
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from generator.base import strict_json
from generator.checks import check
from generator.endpoints import BY_NAME, CORE
from generator.endpoints.endpoint import Call, HeldState, Reply
from generator.fetch.recorded import RecordedApi
from generator.fetch.report import Outcome as DatasetOutcome
from generator.publish.folders import Folders
from generator.publish.stage import stage
from tests.forking import know_some_charts, know_some_lists
from tests.replies import small
from tests.tiny import ROWS
from tests.torture.mutations import (
    ANY,
    LOOK_ALIKE,
    MUTATIONS,
    Node,
    found,
    mutated,
    nodes,
)
from tests.torture.outcome import Outcome
from tests.torture.runs import DAY, RECEIVED, Answering, Params, taken

FILLED = {
    "benchmarks-openrouter": ("model_permaslug", "a/{}"),
    "session-cost": ("app_slug", "app-{}"),
}
"""The datasets whose recordings have no rows, with a member that tells apart the rows that they get."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """One documented reply with one value changed.

    Attributes:
        call: that gets the reply.
        node: the changed value's place.
        change: the name of the mutation.
        everywhere: whether it is made in all items of the lists on the way.
    """

    call: Call
    node: Node
    change: str
    everywhere: bool

    def __str__(self) -> str:
        items = "every" if self.everywhere else "the first"
        return f"{self.call.dataset}, {self.call}, {items} {self.node}: {self.change}"

    def reply(self) -> Any:
        """Return the changed reply."""
        change = MUTATIONS[self.change]
        return mutated(documented(self.call), self.node.path, change, everywhere=self.everywhere)

    def is_documented(self) -> bool:
        """Return whether every changed value is one that the documentation allows."""
        change = MUTATIONS[self.change]
        values = self.node.values if self.everywhere else self.node.values[:1]
        return all(self.node.allows(change(value)) for value in values)


@cache
def documented(call: Call) -> Any:
    """Return the reply to a call as it was recorded, of a few models; with rows where none were recorded."""
    answer = RecordedApi(DAY).answer(call.path, dict(call.params), authorized=True)
    value = json.loads(small(call.path, answer).body)
    filled = FILLED.get(call.dataset)
    if filled:
        member, form = filled
        rows = [ROWS[call.dataset] | {member: form.format(number)} for number in range(3)]
        value["data"] = rows
    return value


def mutants() -> Iterator[Mutant]:
    """Yield all mutants of all documented replies; each place of a reply that several calls get is mutated once."""
    seen: set[tuple[str, tuple[str, ...]]] = set()
    for endpoint in CORE:
        # Of calls that differ in a parameter alone, the one with the most in its reply.
        calls = sorted(
            endpoint.calls(DAY, HeldState()), key=lambda call: -len(str(documented(call)))
        )
        for call in calls:
            for path in nodes(documented(call)):
                if (call.path + call.dataset, path) in seen:
                    continue
                seen.add((call.path + call.dataset, path))
                yield from _of_place(call, Node(path, tuple(found(documented(call), path))))


def _of_place(call: Call, node: Node) -> Iterator[Mutant]:
    in_list = ANY in node.path
    for change in MUTATIONS:
        yield Mutant(call, node, change, everywhere=False)
        if in_list:
            yield Mutant(call, node, change, everywhere=True)


def answering(changed: Sequence[Mutant]) -> Answering:
    """Return what answers as recorded, but for the calls of some mutants."""
    replies = {(one.call.path, one.call.params): one.reply() for one in changed}

    def answer(path: str, params: Params) -> tuple[int, bytes]:
        key = (path, tuple(params.items()))
        filled = _filled(path, params)
        if key in replies:
            return 200, json.dumps(replies[key]).encode()
        if filled:
            return 200, json.dumps(documented(Call(filled, *key))).encode()
        found = small(path, RecordedApi(DAY).answer(path, params, authorized=True))
        return found.status, found.body

    return answer


def _filled(path: str, params: Params) -> str:
    """Return the dataset of a call whose recording has no rows, empty for any other."""
    if path == "/datasets/session-cost":
        return "session-cost"
    return "benchmarks-openrouter" if params.get("source") == "openrouter" else ""


def ending(mutant: Mutant) -> tuple[str, str]:
    """Return the class in which a run ends that gets the mutant, and what is wrong about it, empty if nothing."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            (outcome,) = taken(answering([mutant]), Path(folder), [mutant.call.dataset])
        except Exception as error:
            return "crash", f"{mutant}: {type(error).__name__}: {str(error)[:200]}"
    told = " ".join([outcome.message, *outcome.notes])
    if LOOK_ALIKE[:20] in told or "\x1b" in told or "\u202e" in told:
        return "raw", f"{mutant}: {told[:200]!r}"
    if outcome.traceback:
        return "crash", f"{mutant}: {outcome.traceback.splitlines()[-1][:200]}"
    name = _ending(mutant, outcome)
    return name, f"{mutant}: kept without a note" if name == "silent" else ""


def _ending(mutant: Mutant, outcome: DatasetOutcome) -> str:
    if outcome.state != "fresh":
        return "last good"
    new_notes = set(outcome.notes) - set(_usual_notes(mutant.call.dataset))
    if new_notes:
        skipped = any("row skipped" in note for note in new_notes)
        return "set aside" if skipped else "noticed"
    if mutant.is_documented():
        return "documented"
    return "not shown" if _shows_the_same(mutant) else "silent"


@cache
def _usual_notes(dataset: str) -> tuple[str, ...]:
    """Return what a run says of the dataset's replies as they are documented."""
    with tempfile.TemporaryDirectory() as folder:
        (outcome,) = taken(answering(()), Path(folder), [dataset])
        assert outcome.state == "fresh", outcome.message
        return outcome.notes


def _shows_the_same(mutant: Mutant) -> bool:
    endpoint = BY_NAME[mutant.call.dataset]
    read = []
    for value in (documented(mutant.call), mutant.reply()):
        body = json.dumps(value).encode()
        parsed = endpoint.read(Reply(mutant.call, body, strict_json.loads(body), RECEIVED))
        tables = [list(endpoint.table(row)) for row in parsed.rows]
        read.append((tables, parsed.citation, parsed.window))
    return read[0] == read[1]


def rendered(changed: Sequence[Mutant], root: Path) -> str:
    """Return what goes wrong when a site is rendered from what is kept of mutants of different datasets."""
    names = ", ".join(str(one) for one in changed)
    try:
        taken(answering(changed), root / "data")
        staged = stage(Folders(root), DAY)
    except Exception as error:
        return f"{names}: {type(error).__name__}: {str(error)[:300]}"
    findings = check(staged.path).findings
    if findings:
        return f"{names}: {findings[0]}"
    return f"{names}: {staged.omissions[0]}" if staged.omissions else ""


KEPT = ("set aside", "noticed", "documented")


def play(every: int = 1, sites: int | None = None) -> Iterator[Outcome]:
    """Yield how many mutants ended in each class, and what was wrong.

    Args:
        every: only each so-manieth mutant.
        sites: the number of sites to render; None renders what was kept of every mutant.
    """
    with pytest.MonkeyPatch.context() as patch:
        know_some_lists(patch)
        know_some_charts(patch)
        classes: Counter[str] = Counter()
        wrong: dict[str, list[str]] = {}
        kept: dict[str, list[Mutant]] = {}
        for mutant in itertools.islice(mutants(), 0, None, every):
            name, fault = ending(mutant)
            classes[name] += 1
            wrong.setdefault(name, [])
            if fault:
                wrong[name].append(fault)
            if name in KEPT:
                kept.setdefault(mutant.call.dataset, []).append(mutant)
        for name, count in sorted(classes.items()):
            yield Outcome(f"one value of a reply changed: {name}", count, tuple(wrong[name]))
        yield _sites(kept, sites)


def _sites(kept: dict[str, list[Mutant]], most: int | None) -> Outcome:
    """Render sites from one mutant of each dataset at a time."""
    faults, played = [], 0
    with tempfile.TemporaryDirectory() as folder:
        cache_of_all = Path(folder) / "site" / ".cache"
        for changed in itertools.islice(itertools.zip_longest(*kept.values()), most):
            batch = [one for one in changed if one is not None]
            played += len(batch)
            fault = rendered(batch, Path(folder) / "site")
            if fault:
                faults.append(fault)
            _clear(Path(folder) / "site", cache_of_all)
    return Outcome("what was kept of them rendered and checked", played, tuple(faults))


def _clear(site: Path, but: Path) -> None:
    """Remove everything of a site but what it has drawn."""
    for path in site.iterdir():
        if path != but:
            shutil.rmtree(path)
