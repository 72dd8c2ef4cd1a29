"""The report of the mutants: which files are meant, and what the totals count."""

from tests.mutants import names, outcomes, report


def test_a_file_and_a_folder_are_named_as_their_modules() -> None:
    assert names(["generator/boards/apps.py", "generator/archive/"]) == [
        "generator.boards.apps.*",
        "generator.archive.*",
    ]


def test_mutants_that_were_not_run_are_not_counted() -> None:
    lines = ["    a.x__mutmut_1: killed", "  b.x__mutmut_1: not checked", "", "c: survived"]
    assert outcomes(lines) == {"a.x__mutmut_1": "killed", "c": "survived"}


def test_survivors_are_listed_and_a_mutant_that_never_ends_is_noticed() -> None:
    found = {"d": "timeout", "c": "survived", "b": "no tests", "a": "killed"}
    assert report(found).splitlines()[:-1] == [
        "no tests: b",
        "survived: c",
        "timeout: d",
        "2 killed, 2 survived, 50.0 % killed",
    ]


def test_where_nothing_was_run_nothing_is_killed() -> None:
    assert "0 killed, 0 survived" in report({})
