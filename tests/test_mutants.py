"""The report of the mutants: which files are meant, and what the totals count."""

import tomllib

from tests.mutants import names, outcomes, report
from tests.rehearsal import ROOT


def test_a_file_and_a_folder_are_named_as_their_modules() -> None:
    assert names(["generator/boards/apps.py", "generator/archive/"]) == [
        "generator.boards.apps.*",
        "generator.archive.*",
    ]


def test_mutants_that_were_not_run_are_not_counted() -> None:
    lines = ["    a.x__mutmut_1: killed", "  b.x__mutmut_1: not checked", "", "c: survived"]
    assert outcomes(lines, []) == {"a.x__mutmut_1": "killed", "c": "survived"}


def test_mutants_of_an_earlier_run_of_other_files_are_not_counted() -> None:
    lines = ["a.b.x__mutmut_1: killed", "a.c.x__mutmut_1: survived", "c: survived"]
    assert outcomes(lines, ["a.c.*"]) == {"a.c.x__mutmut_1": "survived"}


def test_survivors_are_listed_and_a_mutant_that_never_ends_is_noticed() -> None:
    found = {"d": "timeout", "c": "survived", "b": "no tests", "a": "killed"}
    assert report(found).splitlines()[:-1] == [
        "no tests: b",
        "survived: c",
        "timeout: d",
        "2 killed, 2 survived, 50.0% killed",
    ]


def test_where_nothing_was_run_nothing_is_killed() -> None:
    assert "0 killed, 0 survived" in report({})


def test_the_files_that_mutants_are_run_with_exist() -> None:
    config = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["mutmut"]
    assert all((ROOT / name).is_file() for name in config["pytest_add_cli_args_test_selection"])
    assert all(list(ROOT.glob(pattern)) for pattern in config["only_mutate"])
