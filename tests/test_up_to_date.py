"""A render that would make the published tree again makes nothing; one that would not makes all of it."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from generator.base.config import Secret
from generator.base.site_config import SiteConfig
from generator.publish import up_to_date
from generator.publish.folders import Folders
from tests.running import LAST, Built, files, leaderboards

TODAY = date(2026, 11, 21)


def states(root: Path) -> dict[str, tuple[int, int]]:
    """Which file stands at each path below a folder, and when it was last written."""
    found = {}
    for path in sorted(root.rglob("*")):
        state = path.stat()
        found[str(path.relative_to(root))] = (state.st_ino, state.st_mtime_ns)
    return found


def test_with_nothing_new_no_file_is_touched_and_with_a_file_gone_the_tree_is_made_again(
    second_day: Built, tmp_path: Path
) -> None:
    site = second_day.copied(tmp_path)
    before = states(site)
    again = leaderboards("render", "--site", site, "--today", str(LAST))
    assert (again.code, again.err) == (0, "")
    assert again.out == f"Nothing is new: {site / 'public'} is unchanged\n"
    assert states(site) == before
    (site / "public/llms.txt").unlink()
    mended = leaderboards("render", "--site", site, "--today", str(LAST))
    assert "Published to" in mended.out
    whole = files(second_day.public)
    assert len([name for name in whole if name.startswith(f"d/{LAST - timedelta(days=1)}/")]) > 30
    assert files(site / "public") == whole, "the day before is that of the cache"


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    """A published site of one file in the archive and one page."""
    made = Folders(tmp_path)
    for path in (made.data / "models/2026-11-20.json.gz", made.public / "index.html"):
        path.parent.mkdir(parents=True)
        path.write_text("as it was")
    return made


def inputs(folders: Folders, config: SiteConfig) -> str:
    return up_to_date.inputs_digest(
        folders, TODAY, "https://x.example/", config, Secret("a-key-of-a-run")
    )


def test_what_was_remembered_stands_with_its_sentences_until_something_changes(
    folders: Folders, tmp_path: Path
) -> None:
    owner = tmp_path / "site.toml"
    owner.write_text('name = "Ours"')
    config = SiteConfig(file=owner)
    made_from = inputs(folders, config)
    assert up_to_date.stale_sentences(folders, made_from) is None
    up_to_date.remember(folders, made_from, ("models: out of date since 2026-11-20",))
    stale = ("models: out of date since 2026-11-20",)
    assert up_to_date.stale_sentences(folders, inputs(folders, config)) == stale

    others = {
        up_to_date.inputs_digest(
            folders, TODAY + timedelta(days=1), "https://x.example/", config, None
        ),
        up_to_date.inputs_digest(folders, TODAY, "https://x.example/", config, None),
        up_to_date.inputs_digest(folders, TODAY, "", config, Secret("a-key-of-a-run")),
        up_to_date.inputs_digest(
            folders, TODAY, "https://x.example/", config, Secret("another-key")
        ),
    }
    assert len(others) == 4
    assert made_from not in others

    changes: dict[str, Callable[[], object]] = {
        "the owner's file": lambda: owner.write_text('name = "Theirs"'),
        "a snapshot": lambda: (folders.data / "models/2026-11-20.json.gz").write_text("more"),
        "another snapshot": (folders.data / "models/2026-11-21.json.gz").touch,
    }
    told = {made_from}
    for change in changes.values():
        change()
        told.add(inputs(folders, config))
    assert len(told) == len(changes) + 1

    made_from = inputs(folders, config)
    up_to_date.remember(folders, made_from, ())
    assert up_to_date.stale_sentences(folders, made_from) == ()
    (folders.public / "index.html").write_text("as nobody made it")
    assert up_to_date.stale_sentences(folders, made_from) is None
    (folders.cache / "standing.json").write_text("no JSON")
    assert up_to_date.stale_sentences(folders, made_from) is None


def test_a_record_without_a_published_tree_stands_for_nothing(tmp_path: Path) -> None:
    folders = Folders(tmp_path)
    folders.cache.mkdir()
    up_to_date.remember(folders, "made from", ())
    assert up_to_date.stale_sentences(folders, "made from") is None
    folders.public.mkdir()
    up_to_date.remember(folders, "made from", ("stale",))
    assert up_to_date.stale_sentences(folders, "made from") == ("stale",)


def test_a_page_of_the_owners_that_moved_to_another_folder_is_made_again(
    folders: Folders, tmp_path: Path
) -> None:
    templates = tmp_path / "templates"
    page = templates / "pages/here/index.md"
    page.parent.mkdir(parents=True)
    page.write_text("the same text")
    config = SiteConfig(templates=templates)
    before = inputs(folders, config)
    page.parent.rename(templates / "pages/there")
    assert inputs(folders, config) != before
