"""Whole sites with each dataset withheld in turn: its name and number are only where people read and look at them."""

import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from generator.base.site_config import SiteConfig
from generator.publish.folders import Folders
from generator.publish.stage import stage
from tests.marked_datasets import MARKS, fill, marks_in
from tests.tiny_archive import TODAY, TinyArchive
from tests.torture.outcome import Outcome

_SHOWN = (".html", ".svg")
"""What is read and looked at; the texts inside a bitmap are those of its title."""
# A page has an address, which these state: it has the name of what the page is about.
_ADDRESSES = re.compile(r"SHA256SUMS|sitemap\.xml|oembed/.+\.json|cards/.+\.png", re.ASCII)


def play() -> Iterator[Outcome]:
    """Yield an outcome for each dataset."""
    folder = Path(tempfile.mkdtemp())
    try:
        site = Folders(folder / "site")
        fill(TinyArchive(site.data))
        for dataset in MARKS:
            yield _without(site, dataset)
    finally:
        shutil.rmtree(folder)


def _without(site: Folders, dataset: str) -> Outcome:
    config = SiteConfig(withheld=frozenset([dataset]))
    staged = stage(site, TODAY, "https://x.example/", config=config)
    wrong: list[str] = []
    try:
        for name in sorted(staged.sums):
            if not name.endswith(_SHOWN):
                wrong += _told(name, (staged.path / name).read_bytes(), dataset)
    finally:
        shutil.rmtree(staged.path)
    return Outcome(f"{dataset} withheld", len(staged.sums), tuple(wrong))


def _told(name: str, body: bytes, dataset: str) -> Iterator[str]:
    """Yield a sentence for each mark of the dataset in a file, but for a name in an address."""
    word, number = MARKS[dataset]
    marks = (number,) if _ADDRESSES.fullmatch(name) else (word, number)
    for mark in marks_in(name, body, marks):
        yield f"{name} holds {mark}"
