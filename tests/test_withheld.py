"""Each dataset withheld in turn: nothing that only it has is in any file that a program reads."""

from dataclasses import replace
from pathlib import Path

import pytest

from generator.archive.history import History
from generator.archive.store import Archive
from generator.base.artifact import Artifact
from generator.base.site_config import SiteConfig
from generator.boards import all_boards
from generator.render.board_files import make_board_files
from generator.render.comparison_data import make_comparison_data
from generator.render.context import Context
from generator.render.downloads import make_downloads
from generator.render.feeds import make_feeds
from generator.render.history_files import history_files
from generator.render.latest import Checksum, latest_files
from generator.render.llms_txt import make_llms_txt
from generator.render.markdown_twins import make_markdown_twins
from generator.render.openapi import make_openapi
from generator.render.search_index import make_search_index
from tests.marked_datasets import MARKS, fill, marks_in
from tests.tiny_archive import TODAY, TinyArchive
from tests.whole_files import read_whole

MAKERS = (
    make_feeds,
    make_search_index,
    make_comparison_data,
    make_board_files,
    make_markdown_twins,
    make_openapi,
    make_llms_txt,
)
"""What makes the files for programs, but for the data and for those of charts and of days."""


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    folder = tmp_path_factory.mktemp("data")
    fill(TinyArchive(folder))
    return Archive(folder)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the histories of all sites have in common."""
    return tmp_path_factory.mktemp("cache")


def published(archive: Archive, kept: Path, *withheld: str) -> dict[str, bytes]:
    """The files for programs, by path, of a site without these datasets."""
    barred = frozenset(withheld)
    history = History(archive, TODAY, barred)
    config = SiteConfig(withheld=barred)
    site = all_boards.site(
        history, demo="", public_url="https://x.example/", version="1", config=config
    )
    tables = history_files(history, kept).files
    context = Context(history, site, latest=latest_files(history, site), tables=tables)
    made: list[Artifact] = [*read_whole(make_downloads(context))]
    sums = {one.path: Checksum(one.sha256, one.size) for one in made}
    described = replace(context, published=sums)
    for make in MAKERS:
        made += [one for one in make(described) if isinstance(one, Artifact)]
    return {
        one.path: one.body if isinstance(one.body, bytes) else one.body.read_bytes() for one in made
    }


def holders(files: dict[str, bytes], dataset: str) -> set[str]:
    """The files in which something stands that only this dataset has."""
    return {name for name, body in files.items() if marks_in(name, body, MARKS[dataset])}


@pytest.fixture(scope="module")
def whole(archive: Archive, kept: Path) -> dict[str, bytes]:
    return published(archive, kept)


@pytest.mark.parametrize("dataset", MARKS)
def test_a_withheld_dataset_is_in_no_file(
    archive: Archive, kept: Path, whole: dict[str, bytes], dataset: str
) -> None:
    usual = holders(whole, dataset)
    for ending in ("latest.csv", f"{TODAY}.json.gz", "history.json", "part-0.parquet"):
        assert any(dataset in name and name.endswith(ending) for name in usual), ending
    assert "data/v1/latest.zip" in usual
    assert holders(published(archive, kept, dataset), dataset) == set()
