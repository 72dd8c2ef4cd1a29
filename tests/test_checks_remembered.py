"""What an earlier check found nothing in is not looked at again, and everything else is."""

from collections.abc import Iterable
from pathlib import Path
from typing import ClassVar

import pytest

from generator.base.config import Secret
from generator.checks import Verdict, check
from generator.checks.built_tree import Check, Result
from generator.checks.memory import Memory
from tests.small_tree import AS_OF, GOOD, page, write

KEY = "sk-or-v1-" + "0123456789abcdef" * 4


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """The small good tree, checked once and remembered beside it."""
    root = tmp_path / "public"
    write(root, {})
    assert again(root).findings == ()
    return root


def again(root: Path, key: str = KEY, sums: dict[str, str] | None = None) -> Verdict:
    """The verdict on the tree, with what was remembered of it and is remembered from now on."""
    secret = Secret(key)
    return check(root, secret, sums=sums, memory=Memory(root.parent / "checked", secret))


def found(root: Path, key: str = KEY) -> list[str]:
    return [str(finding) for finding in again(root, key).findings]


def test_a_file_of_the_same_checksum_is_not_looked_at_and_counts_as_before(tree: Path) -> None:
    first = check(tree, Secret(KEY))
    assert again(tree) == first
    sums = dict.fromkeys(GOOD, Memory.__name__)
    assert again(tree, sums=sums) == first
    # Whoever states the old checksum of a changed file is believed: the file was not read.
    (tree / "about/index.html").write_text("<p>Not what it was")
    assert again(tree, sums=sums) == first
    assert len(found(tree)) > 1


def test_a_remembered_page_is_held_to_what_has_changed_around_it(tree: Path) -> None:
    (tree / "about/index.html").unlink()
    assert found(tree) == [
        'index.html: <a href="about/#top">: about/#top leads to about/index.html, which is not there [links]'
    ]
    write(tree, {"about/index.html": page("<h1>About</h1>", "../")})
    assert found(tree) == [
        'index.html: <a href="about/#top">: about/#top: no element there has that id [links]'
    ]
    write(tree, {})
    assert found(tree) == []
    (tree / "404.html").write_text(page('<a href="/gone/nowhere.html">Gone</a>'))
    assert [finding.split(": ")[0] for finding in found(tree)] == ["404.html"]


def test_a_remembered_page_for_missing_addresses_is_found_to_lead_to_a_page_that_went(
    tree: Path,
) -> None:
    alone = {"alone/only.html": page("<h1>Alone</h1>", "../")}
    write(tree, {"404.html": page('<a href="/alone/only.html">Alone</a>'), **alone})
    assert found(tree) == []
    (tree / "alone/only.html").unlink()
    assert found(tree) == [
        '404.html: <a href="/alone/only.html">: /alone/only.html leads to no page of this site [links]'
    ]


def test_a_remembered_page_that_credits_an_older_day_than_its_data_is_found(tree: Path) -> None:
    newer = "2026-11-22T06:17:00Z"
    latest = (tree / "data/v1/rankings-daily/latest.json").read_text("utf-8")
    (tree / "data/v1/rankings-daily/latest.json").write_text(latest.replace(AS_OF, newer))
    assert [finding.partition(":")[0] for finding in found(tree)] == [
        "charts/x.svg",
        "index.html",
    ]


class Looked(Check):
    """Notes which files are looked at."""

    name = "looked"
    names: ClassVar[list[str]] = []

    def file(self, name: str, _data: bytes) -> Iterable[Result]:
        self.names.append(name)
        return ()


def test_newer_data_have_pages_and_pictures_looked_at_again_and_no_snapshot(tree: Path) -> None:
    def looked_at() -> set[str]:
        Looked.names.clear()
        memory = Memory(tree.parent / "looked")
        assert check(tree, checks=(Looked,), memory=memory).findings == ()
        return set(Looked.names)

    assert looked_at() == set(GOOD)
    assert looked_at() == set()
    latest = tree / "data/v1/rankings-daily/latest.json"
    latest.write_text(latest.read_text("utf-8").replace(AS_OF, "2026-11-22T06:17:00Z"))
    again = {"index.html", "about/index.html", "404.html", "charts/x.svg"}
    assert looked_at() == {*again, "data/v1/rankings-daily/latest.json"}


def test_a_remembered_file_is_searched_for_another_key(tree: Path) -> None:
    (tree / "static/site.css").write_text(f"/* {KEY} */")
    assert found(tree, "another-key-of-this-site") == []
    assert found(tree) == [
        "static/site.css: holds the text of the API key; replace the key at openrouter.ai [secrets]"
    ]


def test_a_memory_that_is_gone_or_damaged_changes_no_verdict(tree: Path) -> None:
    first = again(tree)
    remembered = sorted((tree.parent / "checked").iterdir())
    remembered[0].unlink()
    for path in remembered[1:]:
        path.write_bytes(path.read_bytes()[:-1])
    assert again(tree) == first
    assert again(tree) == first


def test_what_is_known_of_a_folder_stays_when_files_of_another_come_between(tmp_path: Path) -> None:
    names = ["404.html", "d/2026-01-01/index.html", "index.html", "d/2027-01-01/index.html", "top"]
    for run in (1, 2):
        memory = Memory(tmp_path)
        assert [memory.recall(name, "sum") for name in names] == [None if run == 1 else 1] * 5
        for name in reversed(names) if run == 1 else ():
            memory.keep(name, "sum", 1)
        memory.save()
    memory = Memory(tmp_path)
    memory.recall("index.html", "other")
    memory.save()
    assert Memory(tmp_path).recall("index.html", "sum") is None
    assert Memory(tmp_path).recall("d/2026-01-01/index.html", "sum") is None
