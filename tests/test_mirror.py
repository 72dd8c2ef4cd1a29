"""A site on an object store, against a server that speaks S3."""

import hashlib
import json
import logging
import os
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import obstore
import pytest
from obstore.store import S3Store

from generator.archive.store import Archive
from generator.base.artifact import Artifact
from generator.base.errors import ArchiveDamaged, UsageError
from generator.base.files import alone_in
from generator.publish import mirror, tree, verify
from tests.running import Built, leaderboards
from tests.tiny_archive import TinyArchive, ago, daily

URL = "s3://boards/site"


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    # It takes half a second to import, and each worker imports this file.
    from moto import backends
    from moto.server import ThreadedMotoServer

    # It looks into the folder of each of its 200 services at each request: a third of what it costs.
    services = list(backends.list_of_moto_modules())
    vars(backends)["list_of_moto_modules"] = lambda: services
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def store(endpoint: str, monkeypatch: pytest.MonkeyPatch) -> S3Store:
    """An empty bucket, and the environment that Amazon's own tools would need."""
    for method, path in (("POST", "moto-api/reset"), ("PUT", "boards")):
        asked = urllib.request.Request(f"{endpoint}/{path}", method=method)
        urllib.request.urlopen(asked, timeout=5).close()
    for name, value in environment(endpoint).items():
        monkeypatch.setenv(name, value)
    return S3Store("boards", prefix="site")


def environment(endpoint: str) -> dict[str, str]:
    return {
        "AWS_ACCESS_KEY_ID": "someone",
        "AWS_SECRET_ACCESS_KEY": "something",
        "AWS_REGION": "us-east-1",
        "AWS_ENDPOINT_URL": endpoint,
        "AWS_ALLOW_HTTP": "true",
    }


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A small site with one of everything."""
    folder = tmp_path / "site"
    for path in (
        "public/index.html",
        "public/models/index.html",
        "public/models/someone/a~b-v1.5/index.html",
        "public/static/css/site.css",
        "public/data/v1/index.json",
        "public/data/v1/SHA256SUMS",
        "public/data/v1/models/2026-08-11.json.gz",
        "public/data/v1/models/2026-08-11.manifest.json",
        "public/.nojekyll",
        "data/models/2026-08-11.json.gz",
        "data/models/2026-08-11.manifest.json",
        "data/models/memory.json",
        "data/runs/2026-08-11.json",
        "data/.git/HEAD",
        "parquet/models/year=2026/month=8/part-0.parquet",
    ):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(path)
    return folder


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """A site of enough files to be killed in the middle of."""
    folder = tmp_path / "many"
    paths = ["index.html", "models/index.html"]
    for number in range(40):
        paths += [f"models/a/{number}/index.html", f"charts/{number}.svg"]
    tree.write(folder / "public", [Artifact.text(path, path) for path in paths])
    tiny = TinyArchive(folder / "data")
    for day in (1, 2, 3):
        tiny.rankings(daily({"a/one": day}, last=ago(day + 1)), on=ago(day))
    return folder


def names(store: S3Store) -> set[str]:
    """All objects but the list of what was mirrored."""
    return {one["path"] for batch in obstore.list(store) for one in batch} - {mirror.LIST}


PHOTOS = ("family-photos/wedding.jpg", "backup.sql")


@pytest.fixture
def bucket(store: S3Store) -> S3Store:
    """The bucket that has ``store`` as a folder."""
    assert store.prefix
    return S3Store("boards")


def put(store: S3Store, *paths: str) -> None:
    for path in paths:
        obstore.put(store, path, f"mine: {path}".encode())


def mine(store: S3Store) -> list[str]:
    """The photos that are as they were."""
    there = [path for path in PHOTOS if path in names(store)]
    return [
        path
        for path in there
        if bytes(obstore.get(store, path).bytes()) == f"mine: {path}".encode()
    ]


def test_a_bucket_without_a_folder_that_holds_something_else_is_refused_untouched(
    site: Path, bucket: S3Store, endpoint: str
) -> None:
    put(bucket, *PHOTOS)
    for url in ("s3://boards", "s3://boards/"):
        ran = leaderboards(
            "mirror", url, "--site", site, environment=environment(endpoint), key=None
        )
        assert (ran.code, ran.out, len(ran.err.splitlines())) == (2, "", 1)
        assert "contains other files" in ran.err
        assert "s3://boards/leaderboards" in ran.err
    assert names(bucket) == set(PHOTOS)
    assert mirror.LIST not in {one["path"] for batch in obstore.list(bucket) for one in batch}
    assert mine(bucket) == list(PHOTOS)


def test_another_site_in_a_bucket_without_a_folder_is_not_written_over(
    site: Path, bucket: S3Store
) -> None:
    put(bucket, "index.html")
    with pytest.raises(UsageError, match="contains other files"):
        mirror.push(site, "s3://boards")
    assert bytes(obstore.get(bucket, "index.html").bytes()) == b"mine: index.html"


@pytest.mark.parametrize("url", ["s3://boards", URL])
def test_what_others_put_beside_a_mirror_stays_and_what_the_site_no_longer_has_goes(
    site: Path, bucket: S3Store, store: S3Store, url: str
) -> None:
    place = store if url == URL else bucket
    mirror.push(site, url)
    put(place, *PHOTOS)
    (site / "public/models/index.html").unlink()
    assert mirror.push(site, url) == mirror.Mirrored(sent=0, same=12, removed=1, left=2)
    assert mirror.push(site, url) == mirror.Mirrored(sent=0, same=12, removed=0, left=2)
    assert "models/index.html" not in names(place)
    assert mine(place) == list(PHOTOS)


def test_what_may_not_be_redistributed_is_not_sent_in_files_of_several_datasets_either(
    site: Path, store: S3Store
) -> None:
    (site / "data/exports").mkdir()
    (site / "data/exports/2026-08-11.gz").write_bytes(b"as received")
    mirror.push(site, URL)
    assert "archive/exports/2026-08-11.gz" in names(store)
    mirror.push(site, URL, {"models"})
    assert not any("exports" in name or "models/2026" in name for name in names(store))


def test_a_changed_byte_in_a_bucket_is_found(site: Path, store: S3Store, endpoint: str) -> None:
    listed = ("index.html", "models/index.html", "static/css/site.css")
    public = site / "public"
    lines = [
        f"{hashlib.sha256((public / one).read_bytes()).hexdigest()}  {one}\n" for one in listed
    ]
    (public / "SHA256SUMS").write_text("".join(lines))
    mirror.push(site, URL)
    asked = ("verify", URL)
    ran = leaderboards(*asked, environment=environment(endpoint), key=None)
    assert (ran.code, ran.out) == (0, f"{URL}: 3 published files match SHA256SUMS\n")
    obstore.put(store, "models/index.html", b"public/models/index.htm1")
    obstore.delete(store, ["static/css/site.css"])
    ran = leaderboards(*asked, environment=environment(endpoint), key=None)
    assert ran.code != 0
    assert f"{URL}: 1 of 3 published files match SHA256SUMS" in ran.out
    assert "models/index.html: does not match SHA256SUMS" in ran.err
    assert "static/css/site.css: is missing" in ran.err


def test_a_folder_that_holds_something_else_keeps_it(
    site: Path, bucket: S3Store, store: S3Store
) -> None:
    put(bucket, *PHOTOS)
    put(store, *PHOTOS)
    assert mirror.push(site, URL) == mirror.Mirrored(sent=13, same=0, removed=0, left=2)
    assert mine(bucket) == mine(store) == list(PHOTOS)


def test_what_an_interrupted_mirror_sent_is_known_to_the_next(
    site: Path, bucket: S3Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    sending = obstore.put
    sent: list[str] = []

    def stop_at_the_front_page(store: S3Store, path: str, *rest: object, **options: object) -> None:
        if path == "index.html":
            raise KeyboardInterrupt
        sent.append(path)
        sending(store, path, *rest, **options)  # type: ignore[call-overload]

    with monkeypatch.context() as patch:
        patch.setattr(obstore, "put", stop_at_the_front_page)
        with pytest.raises(KeyboardInterrupt):
            mirror.push(site, "s3://boards")
    assert sent[0] == mirror.LIST
    assert "models/index.html" in names(bucket)
    put(bucket, *PHOTOS)
    (site / "public/models/index.html").unlink()
    done = mirror.push(site, "s3://boards")
    assert (done.removed, done.left) == (1, 2)
    assert "models/index.html" not in names(bucket)
    assert mine(bucket) == list(PHOTOS)


@pytest.mark.parametrize("url", ["s3://boards", URL])
def test_a_mirror_of_an_older_version_goes_on_and_loses_nothing_at_first(
    site: Path, bucket: S3Store, store: S3Store, url: str
) -> None:
    place = store if url == URL else bucket
    index = {"schema_version": 1, "stability": "Dated files never change.", "datasets": []}
    (site / "public/data/v1/index.json").write_text(json.dumps(index))
    mirror.push(site, url)
    obstore.delete(place, mirror.LIST)
    put(place, *PHOTOS)
    (site / "public/models/index.html").unlink()
    assert mirror.push(site, url) == mirror.Mirrored(sent=0, same=12, removed=0, left=3)
    (site / "public/static/css/site.css").unlink()
    assert mirror.push(site, url) == mirror.Mirrored(sent=0, same=11, removed=1, left=3)
    assert mine(place) == list(PHOTOS)


def test_a_list_that_cannot_be_read_takes_nothing_away(site: Path, store: S3Store) -> None:
    mirror.push(site, URL)
    (site / "public/models/index.html").unlink()
    for body in (b"", b"[]", b'{"files": 7}', b"[" * 100_000):
        obstore.put(store, mirror.LIST, body)
        assert mirror.push(site, URL).removed == 0
    assert "models/index.html" in names(store)


def test_the_site_its_archive_and_its_tables_go_up_and_nothing_hidden(
    site: Path, store: S3Store
) -> None:
    assert mirror.push(site, URL) == mirror.Mirrored(sent=13, same=0, removed=0)
    found = names(store)
    assert {
        "index.html",
        "models/someone/a~b-v1.5/index.html",
        "archive/models/memory.json",
    } <= found
    assert "parquet/models/year=2026/month=8/part-0.parquet" in found
    assert not [name for name in found if "/." in name or name.startswith(".")]
    got = obstore.get(store, "models/index.html")
    assert bytes(got.bytes()) == b"public/models/index.html"
    assert got.attributes["Content-Type"] == "text/html; charset=utf-8"
    assert "immutable" in str(
        obstore.get(store, "data/v1/models/2026-08-11.json.gz").attributes["Cache-Control"]
    )


def test_every_file_has_the_content_type_of_what_it_is(site: Path, store: S3Store) -> None:
    types = {
        "SHA256SUMS": "text/plain; charset=utf-8",
        "data/v1/LICENSE": "text/plain; charset=utf-8",
        "data/v1/README.md": "text/markdown; charset=utf-8",
        "data/v1/CITATION.cff": "application/yaml",
        "data/v1/dcat.jsonld": "application/ld+json",
        "changes/feed.xml": "application/atom+xml",
        "changes/feed.json": "application/feed+json",
        "sitemap.xml": "application/xml",
        "data/v1/index.json": "application/json",
        "models/retirements/retirements.ics": "text/calendar; charset=utf-8",
    }
    for name in types:
        (site / "public" / name).parent.mkdir(parents=True, exist_ok=True)
        (site / "public" / name).write_text(name)
    mirror.push(site, URL)
    sent = {name: obstore.get(store, name).attributes["Content-Type"] for name in types}
    assert sent == types


def test_only_what_changed_is_sent_and_what_is_gone_is_removed_but_never_a_dated_snapshot(
    site: Path, store: S3Store
) -> None:
    mirror.push(site, URL)
    assert mirror.push(site, URL) == mirror.Mirrored(sent=0, same=13, removed=0)
    (site / "public/index.html").write_text("new")
    shutil.rmtree(site / "public/models")
    shutil.rmtree(site / "public/data/v1/models")
    shutil.rmtree(site / "data")
    assert mirror.push(site, URL) == mirror.Mirrored(sent=1, same=4, removed=2)
    kept = {name for name in names(store) if "2026-08-11" in name}
    assert len(kept) == 5, kept


def test_what_points_goes_up_after_what_it_points_to(site: Path, store: S3Store) -> None:
    order: list[str] = []
    server_log = logging.getLogger("werkzeug")
    seen = _Seen(order)
    server_log.addHandler(seen)
    server_log.setLevel(logging.INFO)
    try:
        mirror.push(site, URL)
    finally:
        server_log.removeHandler(seen)
        server_log.setLevel(logging.ERROR)
    place = {name: order.index(name) for name in order}
    snapshot, manifest = (
        "data/v1/models/2026-08-11.json.gz",
        "archive/models/2026-08-11.manifest.json",
    )
    assert place[manifest] < place["archive/models/2026-08-11.json.gz"] < place[snapshot]
    assert place[snapshot] < place["models/index.html"] < place["index.html"]
    assert place["static/css/site.css"] < place["models/index.html"] < place["data/v1/index.json"]


class _Seen(logging.Handler):
    """The names of the files put, in order, from the server's own log."""

    def __init__(self, order: list[str]) -> None:
        super().__init__()
        self.order = order

    def emit(self, record: logging.LogRecord) -> None:
        line = record.getMessage()
        if "PUT /boards/site/" in line:
            self.order.append(
                line.partition("PUT /boards/site/")[2].partition(" HTTP")[0].partition("?")[0]
            )


def test_another_snapshot_under_a_date_that_is_taken_is_refused_before_anything_is_sent(
    site: Path, store: S3Store
) -> None:
    mirror.push(site, URL)
    (site / "data/models/2026-08-11.json.gz").write_text("something else")
    (site / "public/index.html").write_text("new")
    with pytest.raises(ArchiveDamaged, match="a dated snapshot never changes"):
        mirror.push(site, URL)
    assert bytes(obstore.get(store, "index.html").bytes()) == b"public/index.html"


SNAPSHOT = "data/v1/models/2026-08-11.json.gz"


def test_a_snapshot_that_the_store_damaged_is_sent_again(site: Path, store: S3Store) -> None:
    held = site / "public" / SNAPSHOT
    manifest = held.with_name("2026-08-11.manifest.json")
    manifest.write_text(json.dumps({"sha256": hashlib.sha256(held.read_bytes()).hexdigest()}))
    mirror.push(site, URL)
    obstore.put(store, SNAPSHOT, bytes(held.stat().st_size))
    assert mirror.push(site, URL) == mirror.Mirrored(sent=1, same=12, removed=0)
    assert bytes(obstore.get(store, SNAPSHOT).bytes()) == held.read_bytes()


@pytest.mark.parametrize("manifest", ["{}", "no JSON", '{"sha256": "of something else"}'])
def test_a_snapshot_that_differs_and_may_be_damaged_here_is_not_sent(
    site: Path, store: S3Store, manifest: str
) -> None:
    (site / "public/data/v1/models/2026-08-11.manifest.json").write_text(manifest)
    mirror.push(site, URL)
    whole = (site / "public" / SNAPSHOT).read_bytes()
    (site / "public" / SNAPSHOT).write_bytes(bytes(len(whole)))
    with pytest.raises(ArchiveDamaged, match="check which is intact"):
        mirror.push(site, URL)
    assert bytes(obstore.get(store, SNAPSHOT).bytes()) == whole


def test_a_mirror_that_is_killed_again_and_again_ends_whole_and_never_shows_a_front_page_without_its_pages(
    many: Path, store: S3Store, endpoint: str
) -> None:
    command = [sys.executable, "-m", "generator", "mirror", URL, "--site", str(many)]
    counts = []
    for _ in range(3):
        before = len(names(store))
        running = subprocess.Popen(
            command, env=os.environ | environment(endpoint), stdout=subprocess.DEVNULL
        )
        while running.poll() is None and len(names(store)) <= before:
            time.sleep(0.01)
        running.kill()
        running.wait()
        found = names(store)
        counts.append(len(found))
        assert "index.html" not in found or "models/index.html" in found
    assert counts == sorted(counts)
    done = mirror.push(many, URL)
    assert done.sent + done.same == len(names(store))
    assert done.same >= counts[-1] > 0

    there = names(store)

    def fetch(name: str) -> bytes | None:
        return bytes(obstore.get(store, name).bytes()) if name in there else None

    assert verify.verify_published(fetch).wrong == ()


def test_the_archive_comes_back_as_it_was_and_over_nothing(
    plain: Built, store: S3Store, tmp_path: Path
) -> None:
    (tmp_path / "site" / "public").mkdir(parents=True)
    (tmp_path / "site" / "public" / "index.html").touch()
    (tmp_path / "site" / "data").symlink_to(plain.data)
    mirror.push(tmp_path / "site", URL)
    came = mirror.restore(tmp_path / "new", URL)
    files = {
        path.relative_to(plain.data): path.read_bytes()
        for path in plain.data.rglob("*")
        if path.is_file()
    }
    back = tmp_path / "new" / "data"
    assert {
        path.relative_to(back): path.read_bytes() for path in back.rglob("*") if path.is_file()
    } == files
    assert came == len(files)
    (back / "models" / "memory.json").write_text("mine")
    assert mirror.restore(tmp_path / "new", URL) == 0
    assert (back / "models" / "memory.json").read_text() == "mine"


def test_a_year_that_is_packed_takes_the_place_of_its_files_there_and_comes_back(
    many: Path, store: S3Store, tmp_path: Path
) -> None:
    data, zipped = many / "data", "archive/rankings-daily/2026.zip"
    mirror.push(many, URL)
    obstore.put(store, "archive/rankings-daily/2026-01-01.json.gz", b"of another machine")
    first = [name for name in names(store) if name.startswith("archive/rankings-daily/")]
    kept = data / "rankings-daily" / f"{ago(3)}.json.gz"
    body = kept.read_bytes()
    assert list(Archive(data).pack_finished_years(date(2027, 4, 3)))
    assert mirror.push(many, URL).removed == len(first) - 1
    assert sorted(name for name in names(store) if name.startswith("archive/")) == [
        "archive/rankings-daily/2026-01-01.json.gz",
        zipped,
    ]
    obstore.put(store, f"archive/rankings-daily/{kept.name}", body)
    assert mirror.restore(tmp_path / "new", URL) == 2
    back = tmp_path / "new" / "data" / "rankings-daily"
    assert sorted(path.name for path in back.iterdir()) == ["2026-01-01.json.gz", "2026.zip"]
    assert mirror.restore(many, URL) == 1

    path = data / "rankings-daily" / "2026.zip"
    whole = path.read_bytes()
    obstore.put(store, zipped, bytes(len(whole)))
    assert mirror.push(many, URL).sent == 1
    path.write_bytes(whole[:-40] + bytes(40))
    with pytest.raises(ArchiveDamaged, match=r"2026\.zip .* check which is intact"):
        mirror.push(many, URL)
    assert bytes(obstore.get(store, zipped).bytes()) == whole


def test_a_site_that_is_being_built_is_not_mirrored(site: Path) -> None:
    with alone_in(site):
        ran = leaderboards("mirror", URL, "--site", site, key=None)
    assert (ran.code, len(ran.err.splitlines())) == (2, 1)
    assert "another command is using" in ran.err


def test_what_cannot_be_done_is_one_line_with_the_cure(
    site: Path, store: S3Store, endpoint: str
) -> None:
    ran = leaderboards(
        "mirror", "s3://nobody/x", "--site", site, environment=environment(endpoint), key=None
    )
    assert (ran.code, ran.out, len(ran.err.splitlines())) == (2, "", 1)
    assert "check the address, the credentials and the endpoint" in ran.err
    for url, cause in {
        "https://example.com/x": "is not the address of a bucket",
        "s3://boards/none": "contains no archive",
    }.items():
        with pytest.raises(UsageError, match=cause):
            mirror.restore(site / "other", url)
    with pytest.raises(UsageError, match="contains no site"):
        mirror.push(site / "other", URL)
