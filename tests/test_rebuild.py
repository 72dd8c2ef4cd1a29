"""A published day is made again from the archive, and every file of the site compared."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from generator.base import files
from generator.base.errors import UsageError
from generator.base.site_config import SiteConfig
from generator.publish.folders import Folders
from generator.publish.rebuild import rebuild
from generator.publish.tree import SUMS
from tests.running import LAST, Built, leaderboards

BEFORE = LAST - timedelta(days=1)


@pytest.fixture(scope="module")
def built(second_day: Built, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A small site of two days, each built on its own day."""
    site = second_day.copied(tmp_path_factory.mktemp("rebuilt"))
    return Built(site, second_day.ran, second_day.today)


def test_a_day_is_made_again_as_it_was_published(built: Built) -> None:
    ran = leaderboards("verify", built.site, "--rebuild", str(BEFORE), key=None)
    assert ran.code == 0, ran.err
    assert f"of them made anew for {BEFORE}" in ran.out
    assert sorted(path.name for path in built.site.iterdir()) == sorted(
        [".cache", ".cache.sha256", ".lock", "data", "public"]
    )


def test_what_the_archive_does_not_give_is_named_though_its_checksum_is_right(
    built: Built, tmp_path: Path
) -> None:
    site = built.copied(tmp_path)
    path = f"d/{BEFORE}/boards.json"
    right = (site / "public" / path).read_bytes()
    wrong = right.replace(b'"rank":1,', b'"rank":9,', 1)
    # As it would be, had a build taken over a planted entry of the cache.
    for planted in (site / "public" / path, site / f".cache/days/{BEFORE}/boards.json"):
        planted.unlink()
        planted.write_bytes(wrong)
    sums = site / "public" / SUMS
    lines = [line for line in sums.read_text("utf-8").splitlines() if "llms.txt" not in line]
    text = "\n".join(lines).replace(files.sha256(right), files.sha256(wrong))
    sums.unlink()
    sums.write_text(f"{text}\n", encoding="utf-8")
    (site / "public/extra.html").write_text("not ours")
    (site / "public/llms.txt").unlink()
    ran = leaderboards("verify", site, "--rebuild", str(BEFORE), key=None)
    assert ran.code == 5
    assert ran.err.splitlines() == [
        "leaderboards: SHA256SUMS: is not what the archive gives",
        f"leaderboards: {path}: is not what the archive gives",
        "leaderboards: extra.html: is published, and the archive does not give it",
        "leaderboards: llms.txt: is missing, and the archive gives it",
        "leaderboards: 4 files differ from what the archive gives",
    ]


def test_a_day_without_a_snapshot_or_a_tree_of_another_version_cannot_be_compared(
    built: Built, tmp_path: Path
) -> None:
    folders = Folders(built.site)
    with pytest.raises(UsageError, match="no snapshot of 2026-01-01"):
        rebuild(folders, BEFORE.replace(month=1, day=1), "", SiteConfig())
    with pytest.raises(UsageError, match="holds no published site"):
        rebuild(Folders(tmp_path), BEFORE, "", SiteConfig())
    site = built.copied(tmp_path)
    status = site / "public/data/v1/status.json"
    text = status.read_text("utf-8")
    status.unlink()
    status.write_text(text.replace('"generator": "', '"generator": "0.0.0-'), encoding="utf-8")
    with pytest.raises(UsageError, match=r"rendered by version 0\.0\.0-"):
        rebuild(Folders(site), BEFORE, "", SiteConfig())


def test_a_tree_that_was_rendered_for_another_address_is_not_compared(
    built: Built, tmp_path: Path
) -> None:
    with pytest.raises(UsageError, match="for no address; leave --public-url out"):
        rebuild(Folders(built.site), BEFORE, "https://a.example/", SiteConfig())
    site = built.copied(tmp_path)
    described = site / "public/openapi.json"
    document = json.loads(described.read_bytes())
    described.unlink()
    described.write_text(json.dumps(document | {"servers": [{"url": "https://a.example/b"}]}))
    for address in ("", "https://a.example/"):
        with pytest.raises(UsageError, match=r"add --public-url https://a\.example/b/"):
            rebuild(Folders(site), BEFORE, address, SiteConfig())
    assert rebuild(Folders(site), BEFORE, "https://a.example/b/", SiteConfig()).wrong
    described.write_text("{}")
    wrong = "openapi.json: is not what the archive gives"
    assert wrong in rebuild(Folders(site), BEFORE, "", SiteConfig()).wrong
