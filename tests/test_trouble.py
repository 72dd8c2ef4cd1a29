"""Whole runs with faults: endpoints that fail, files that were edited, runs that are killed, broken texts."""

import errno
import gzip
import itertools
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import replace
from datetime import date
from pathlib import Path
from subprocess import PIPE
from threading import Event
from typing import Any

import pytest

from generator.archive.envelope import Snapshot
from generator.archive.store import Archive
from generator.base.dates import human_day, parse_day
from generator.base.errors import UsageError
from generator.base.files import alone_in, unchanged
from generator.cli import commands, online, options, steps
from generator.cli.commands import cli
from generator.cli.terminal import Terminal
from generator.endpoints import CORE, rankings_daily
from generator.endpoints.endpoint import HeldState
from generator.fetch.recorded import Answer
from tests.forking import FORKER
from tests.loopback import KEY, KEYED, Loopback, Request
from tests.running import LAST, PUBLIC_URL, Built, Ran, files, heed_interrupts, leaderboards, run

NAMES = [endpoint.name for endpoint in CORE]
JSON = {"content-type": "application/json"}


def test_a_full_disk_is_told_with_the_folder_that_has_no_room(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No space") as caught, steps.site_lock(tmp_path / "site"):
        # A write names no file.
        raise OSError(errno.ENOSPC, "No space left on device")
    assert caught.value.filename == str(tmp_path / "site")


@pytest.mark.parametrize("broken", NAMES)
def test_with_one_endpoint_failing_the_others_are_fresh_and_it_says_since_when_it_is_stale(
    first_day: Built, tmp_path: Path, broken: str
) -> None:
    site = first_day.unpublished(tmp_path)
    paths = {endpoint.name: endpoint.calls(LAST, HeldState())[0] for endpoint in CORE}
    call = paths[broken]
    with Loopback(small=True) as server:
        params = dict(call.params)
        source = params.get("source")
        server.replace(call.path, {"source": source} if source else {}, b'{"data": 7, "meta": {}}')
        done = run(server, site, LAST, "snapshot")
    assert done.ran.code == 3
    (line,) = done.ran.err.splitlines()
    assert line.startswith(f"leaderboards: {broken} reply to GET {call.path}")
    for name in NAMES:
        assert (site / "data" / name / f"{LAST}.json.gz").is_file() == (name != broken)


def test_a_first_run_that_gets_the_catalog_alone_is_published(tmp_path: Path) -> None:
    statuses = itertools.cycle((403, 404, 422))

    def refuse(_request: Request) -> Answer:
        # After three failures alike a run would not ask for the catalog either.
        return Answer(next(statuses), JSON, b'{"error":{"message":"no"}}')

    with Loopback(small=True) as server:
        for keyed in KEYED:
            server.fail(keyed, fault=refuse)
        built = run(server, tmp_path / "site", LAST)
    assert built.ran.code == 3, built.ran.err
    assert "Source: OpenRouter (openrouter.ai/models)" in built.text("models/index.html")
    assert json.loads(built.text("data/v1/index.json"))["as_of"]


def test_a_first_run_that_gets_nothing_publishes_nothing(tmp_path: Path) -> None:
    site = tmp_path / "site"
    with Loopback(small=True) as server:
        server.fail("/", 401, b'{"error":{"message":"User not found."}}', headers=JSON)
        built = run(server, site, LAST)
    assert built.ran.code == 4
    assert "the key was rejected" in built.ran.err
    assert built.ran.err.splitlines()[-1].startswith(
        "leaderboards: no data: nothing could be fetched and the archive is empty"
    )
    assert not built.public.exists()


def test_every_sum_is_right_and_an_edited_file_is_named(second_day: Built, tmp_path: Path) -> None:
    assert leaderboards("verify", second_day.site).code == 0
    site = second_day.copied(tmp_path)
    snapshot = site / "data" / "models" / f"{LAST}.json.gz"
    snapshot.write_bytes(snapshot.read_bytes() + b" ")
    told = leaderboards("verify", site)
    assert told.code == 5
    assert f"data/models/{LAST}.json.gz: its contents are not what its manifest says" in told.err


def test_a_snapshot_edited_by_hand_is_passed_over_for_the_one_before(
    second_day: Built, tmp_path: Path
) -> None:
    site = second_day.copied(tmp_path)
    snapshot = site / "data" / "task-classifications" / f"{LAST}.json.gz"
    snapshot.write_bytes(
        gzip.compress(gzip.decompress(snapshot.read_bytes()).replace(b"0.237", b"0.999"))
    )
    done = leaderboards("render", "--site", site, "--today", str(LAST))
    assert done.code == 3
    assert f"{LAST}.json.gz: its contents are not what its manifest says" in done.err
    assert "task-classifications: out of date since 2026-08-17" in done.err
    assert "0.999" not in (site / "public/tasks/index.html").read_text()


def test_when_no_snapshot_of_a_dataset_is_whole_nothing_is_published(
    second_day: Built, tmp_path: Path
) -> None:
    site = second_day.unpublished(tmp_path)
    for snapshot in (site / "data" / "models").glob("*.json.gz"):
        snapshot.write_bytes(b"")
    done = leaderboards("render", "--site", site, "--today", str(LAST))
    assert done.code == 5
    assert not (site / "public").exists()


def test_a_finding_leaves_the_published_site_as_it_was(second_day: Built, tmp_path: Path) -> None:
    site = second_day.copied(tmp_path)
    before = files(site / "public")
    # A key inside an upstream name: the site built from it must not go out.
    done = leaderboards(
        "render", "--site", site, "--today", str(LAST), key="openrouter.ai/rankings"
    )
    assert done.code == 6
    assert "holds the text of the API key" in done.err
    assert files(site / "public") == before
    assert [path.name for path in site.glob(".staging*")] == []


def test_demo_data_and_real_snapshots_never_mix(
    plain: Built, first_day: Built, tmp_path: Path
) -> None:
    mixed = leaderboards("build", "--site", plain.unpublished(tmp_path / "demo"))
    assert (mixed.code, "contains demo data" in mixed.err) == (2, True)
    mixed = leaderboards("build", "--demo", "--site", first_day.unpublished(tmp_path / "real"))
    assert (mixed.code, "contains real snapshots" in mixed.err) == (2, True)


@pytest.mark.parametrize(
    ("arguments", "key", "said"),
    [
        (("build", "--site", "{tmp}/s"), None, "OPENROUTER_API_KEY is not set"),
        (
            ("build", "--site", "{tmp}/s"),
            "sk-or-abc\n",
            "OPENROUTER_API_KEY holds a space, a line break",
        ),
        (
            ("build", "--site", "{tmp}/s", "--base-url", "https://example.org/api/v1"),
            KEY,
            "not an allowed host",
        ),
        (
            ("build", "--site", "{tmp}/s", "--today", "2026-02-30"),
            KEY,
            "2026-02-30 is not a valid date",
        ),
        (
            ("build", "--site", "{tmp}/s", "--today", "20260511"),
            KEY,
            "expected a day as YYYY-MM-DD",
        ),
        (("build", "--site", "{tmp}/s", "--today", "2999-01-01"), KEY, "must lie between"),
        (("build", "--site", "{tmp}/file"), KEY, "is a file, not a folder"),
        (("render", "--site", "{tmp}/s", "--public-url", "example"), KEY, "is not a web address"),
        (("check", "--site", "{tmp}/s"), KEY, "run leaderboards build first"),
        (("serve", "--site", "{tmp}/s"), KEY, "contains no site"),
        (("verify", "{tmp}/s"), KEY, "neither a published site nor an archive"),
        (("verify", "--site", "{tmp}/s"), KEY, "neither a published site nor an archive"),
        (("verify", "{tmp}/s", "--site", "{tmp}/s"), KEY, "a path is given already"),
        (
            ("build", "--demo", "--site", "{tmp}/s", "--accept", "models"),
            KEY,
            "--accept changes nothing with --demo",
        ),
        (
            ("snapshot", "--plan", "--site", "{tmp}/s", "--accept", "models"),
            KEY,
            "--accept changes nothing with --plan",
        ),
        (
            ("verify", "{tmp}/s", "--public-url", "https://a.example/"),
            KEY,
            "--public-url changes nothing without --rebuild",
        ),
        (
            ("verify", "{tmp}/tree", "--rebuild", "2026-08-18"),
            KEY,
            "--rebuild: {tmp}/tree is no site folder",
        ),
        (
            ("verify", "http://127.0.0.1:1/", "--rebuild", "2026-08-18"),
            KEY,
            "--rebuild: http://127.0.0.1:1/ is no site folder",
        ),
        (
            ("verify", "http://"),
            KEY,
            '"http://" is not the web address of a site; write it as https://',
        ),
        (
            ("export", "--site", "{tmp}/s", "--to", "{tmp}/s/data"),
            KEY,
            "--to {tmp}/s/data: only runs write to {tmp}/s/data; name another folder",
        ),
        (
            ("export", "--site", "{tmp}/s", "--to", "{tmp}/s/public/tables"),
            KEY,
            "--to {tmp}/s/public/tables: only runs write to {tmp}/s/public",
        ),
        (("build", "--no-such-option"), KEY, "(see leaderboards build --help)"),
        (
            ("build", "--today"),
            KEY,
            "Option '--today' requires an argument. (see leaderboards build --help)",
        ),
        (("--no-such-option",), KEY, "(see leaderboards --help)"),
        (("build", "--demo", "--site", "{tmp}/s"), "", "OPENROUTER_API_KEY is set but empty"),
        (("render", "--site", "{tmp}/s"), " ", "OPENROUTER_API_KEY is set but empty"),
        (("check", "--site", "{tmp}/s"), "", "OPENROUTER_API_KEY is set but empty"),
    ],
)
def test_bad_input_gets_one_clear_line(
    tmp_path: Path, arguments: tuple[str, ...], key: str | None, said: str
) -> None:
    (tmp_path / "file").write_text("x")
    (tmp_path / "tree").mkdir()
    (tmp_path / "tree/SHA256SUMS").write_text("")
    done: Ran = leaderboards(*(one.replace("{tmp}", str(tmp_path)) for one in arguments), key=key)
    assert done.code == 2
    (line,) = done.err.splitlines()
    assert said.replace("{tmp}", str(tmp_path)) in line
    assert "sk-or" not in line
    assert [path.name for path in (tmp_path / "tree").iterdir()] == ["SHA256SUMS"]
    if not (key or "x").strip():
        # Drawings of other tests may have been lent to it.
        assert not (tmp_path / "s/.lock").exists()
        assert not (tmp_path / "s/data").exists()


@pytest.mark.parametrize(
    ("stream", "arguments"),
    [
        ("stdout", ("--help",)),
        ("stdout", ("build", "--help")),
        ("stdout", ("snapshot", "--plan", "--site", "{tmp}")),
        ("stderr", ("check", "--site", "{tmp}")),
    ],
)
def test_a_command_whose_output_nobody_reads_ends_as_the_signal_for_it_ends_others(
    tmp_path: Path, stream: str, arguments: tuple[str, ...]
) -> None:
    """As ``leaderboards snapshot --plan | head -1`` does once that line has come."""
    reading, unread = os.pipe()
    os.close(reading)
    words = [one.replace("{tmp}", str(tmp_path)) for one in arguments]
    streams: Any = {"stdout": PIPE, "stderr": PIPE, stream: unread}
    command = [sys.executable, "-m", "generator", *words]
    ended = subprocess.run(command, check=False, **streams)
    os.close(unread)
    assert (ended.returncode, ended.stdout or b"", ended.stderr or b"") == (141, b"", b"")


@pytest.mark.parametrize("value", ["models,nothing", "models, nothing", " nothing "])
def test_datasets_to_accept_are_listed_with_commas_or_spaces(tmp_path: Path, value: str) -> None:
    ended = leaderboards("snapshot", "--site", tmp_path / "s", "--accept", value)
    assert ended.code == 2
    assert "--accept nothing: no such dataset; use one of " in ended.err


def test_a_clock_that_is_days_ahead_of_the_api_stores_nothing(tmp_path: Path) -> None:
    headers = {**JSON, "date": "Wed, 01 Jan 2025 06:17:30 GMT"}
    with Loopback(small=True) as server:
        server.fail("/", 200, {"data": []}, headers=headers)
        done = run(server, tmp_path / "s", LAST, "snapshot").ran
    assert done.code == 2
    assert re.fullmatch(
        r"leaderboards: the clock of this computer is wrong: it says \d{4}-\d\d-\d\d \d\d:\d\d UTC, "
        r"and the API says 2025-01-01 06:17 UTC; set it\n",
        done.err,
    )
    assert not [path for path in (tmp_path / "s/data").rglob("*") if path.is_file()]


def test_a_mistyped_folder_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(UsageError), steps.site_lock(tmp_path / "typo"):
        raise UsageError("there is no archive")
    assert not (tmp_path / "typo").exists()
    with steps.site_lock(tmp_path / "new") as folders:
        folders.data.mkdir()
    assert folders.data.is_dir()


def test_two_runs_at_once_are_refused(tmp_path: Path) -> None:
    with alone_in(tmp_path):
        done = leaderboards("render", "--site", tmp_path)
    assert done.code == 2
    assert "another command is using" in done.err


def test_a_site_is_not_read_while_it_changes_and_is_read_by_several_at_once(tmp_path: Path) -> None:
    (tmp_path / "public").mkdir()
    with alone_in(tmp_path):
        for where in (tmp_path, tmp_path / "public"):
            with pytest.raises(UsageError, match=r"a build is changing .*; wait for it to finish"):
                online.verify_site(str(where), Terminal())
        with pytest.raises(UsageError, match="a build is changing"):
            steps.check_published(tmp_path, Terminal())
    with unchanged(tmp_path):
        with unchanged(tmp_path), pytest.raises(UsageError, match="is using"), alone_in(tmp_path):
            pass
        # Nothing but the lock, and that is of the run before.
        assert sorted(path.name for path in tmp_path.iterdir()) == [".lock", "public"]


def test_a_folder_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    done = leaderboards("snapshot", "--site", "/proc/leaderboards")
    assert done.code == 2
    (line,) = done.err.splitlines()
    assert "/proc/leaderboards cannot be created" in line


def _begun(site: Path, command: str, *options: str) -> int:
    """Return the id of a command that goes on, with the charts that other commands of the tests draw."""
    arguments = [command, "--site", str(site), "--today", str(LAST), *options]
    environment = {"PATH": "/usr/bin:/bin", "OPENROUTER_API_KEY": KEY}
    return FORKER.begin(arguments, environment, site.parent)


ENDS = [(signal.SIGTERM, 143), (signal.SIGINT, 130)]
"""How a run is ended from outside, and its exit code."""


def _ended(site: Path, begun: int, by: signal.Signals, code: int) -> None:
    """End a command and all that it has started, as a terminal does."""
    os.killpg(begun, by)
    assert FORKER.ended(begun) == code
    err = (site.parent / "err").read_text()
    interrupted = "leaderboards: interrupted; the published site is unchanged"
    # The line begins below the ^C that a terminal shows.
    assert err.strip() == (interrupted if by == signal.SIGINT else "")


def test_a_run_that_is_ended_while_it_renders_leaves_the_published_site_as_it_was(
    second_day: Built, tmp_path: Path
) -> None:
    site = second_day.copied(tmp_path)
    before = files(site / "public")
    for by, code in ENDS:
        # With no day gone by kept there is time to end it in the middle.
        shutil.rmtree(site / ".cache" / "days", ignore_errors=True)
        begun = _begun(site, "render", "--public-url", PUBLIC_URL)
        until = time.monotonic() + 60
        while not any(path.is_file() for path in site.glob(".staging*/charts/*")):
            assert time.monotonic() < until
            time.sleep(0.01)
        _ended(site, begun, by, code)
    assert files(site / "public") == before
    shutil.rmtree(site / ".cache", ignore_errors=True)
    second_day.lend_cache(site)
    # With every file in its place nothing would be rendered.
    (site / "public/llms.txt").unlink()
    after = leaderboards("render", "--site", site, "--today", str(LAST))
    assert after.code == 0, after.err
    assert files(site / "public") == before
    assert [path.name for path in site.glob(".staging*")] == []


def half_of_a_day(archive: Archive) -> date:
    """Store the newest rankings once more, with half of the tokens of the first day in them; return that day."""
    newest = archive.newest(rankings_daily.NAME)
    assert newest is not None
    replies = []
    for reply in archive.replies(rankings_daily.ENDPOINT, newest):
        for row in reply.value["data"]:
            if row["date"] == newest.manifest.days[0]:
                row["total_tokens"] = str(int(row["total_tokens"]) // 2)
        replies.append(replace(reply, body=json.dumps(reply.value).encode()))
    credits_ = tuple(credit.citation() for credit in archive.opened(newest).citations)
    days = tuple(parse_day(stated) for stated in newest.manifest.days)
    snapshot = Snapshot(
        rankings_daily.ENDPOINT,
        newest.day,
        tuple(replies),
        credits_,
        newest.manifest.rows,
        (),
        days,
    )
    assert archive.keep(snapshot, "test")
    return days[0]


def test_commands_can_be_interrupted_where_the_tests_run_in_the_background() -> None:
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        heed_interrupts()
        interrupted = "import os, signal; os.kill(os.getpid(), signal.SIGINT)"
        ended = subprocess.run([sys.executable, "-S", "-c", interrupted], check=False, stderr=PIPE)
    finally:
        signal.signal(signal.SIGINT, before)
    assert ended.returncode == -signal.SIGINT


def test_a_run_that_is_ended_while_it_asks_leaves_the_site_and_a_render_says_which_day_it_holds_back(
    second_day: Built, tmp_path: Path
) -> None:
    site = second_day.copied(tmp_path)
    before = files(site / "public")
    for by, code in ENDS:
        asked, ended = Event(), Event()

        def wait(_request: Request, asked: Event = asked, ended: Event = ended) -> None:
            asked.set()
            ended.wait(timeout=30)

        with Loopback(small=True) as server:
            server.fail("/", fault=wait)
            begun = _begun(site, "build", "--base-url", server.url)
            assert asked.wait(timeout=30)
            _ended(site, begun, by, code)
            ended.set()
    assert files(site / "public") == before
    day = half_of_a_day(Archive(site / "data"))
    after = leaderboards("render", "--site", site, "--today", str(LAST))
    assert after.code == 3, after.err
    assert human_day(day) in after.err, after.err


@pytest.mark.parametrize(
    ("given", "day"), [((), "2026-08-18"), (("--today", "2026-08-14"), "2026-08-14")]
)
def test_a_demo_is_of_the_day_that_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: tuple[str, ...], day: str
) -> None:
    rendered: list[str] = []
    monkeypatch.setattr(online, "demo_snapshots", lambda *_: date(2026, 8, 18))
    monkeypatch.setattr(steps, "render", lambda _folders, today, *_: rendered.append(str(today)))
    build = ["build", "--demo", "--site", str(tmp_path), *given]
    assert cli.main(build, standalone_mode=False) == 0
    assert rendered == [day]


def test_what_the_environment_sets_for_other_calls_is_no_mistake_in_a_demo(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENROUTER_BASE_URL", "https://eu.openrouter.ai/api/v1")
    monkeypatch.setattr(online, "demo_snapshots", lambda *_: date(2026, 8, 18))
    monkeypatch.setattr(steps, "render", lambda *_: False)
    assert cli.main(["build", "--demo", "--site", str(tmp_path)], standalone_mode=False) == 0


@pytest.mark.parametrize("command", ["build", "snapshot", "render"])
def test_a_clock_that_stands_before_the_first_day_is_one_line_and_nothing_is_stored(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.setattr(options, "utc_today", lambda: date(1970, 1, 1))
    site = tmp_path / "site"
    with pytest.raises(UsageError, match=r"^the clock .* is wrong: it says 1970-01-01; set it$"):
        cli.main([command, "--site", str(site)], standalone_mode=False)
    assert not site.exists()


@pytest.mark.parametrize(
    ("limit", "said"),
    [
        (errno.EFBIG, "File too large; raise this limit of the system"),
        (errno.EMFILE, "Too many open files; raise this limit of the system"),
        (errno.EBUSY, "Device or resource busy; a mount point, or a folder of a container image, "),
        (errno.EXDEV, "Invalid cross-device link; a mount point, or a folder of a container "),
    ],
)
def test_what_the_system_refuses_is_one_line_with_its_cure(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    limit: int,
    said: str,
) -> None:
    def render(*_: object) -> bool:
        raise OSError(limit, os.strerror(limit))

    terminated = signal.getsignal(signal.SIGTERM)
    monkeypatch.setattr(steps, "render", render)
    monkeypatch.setattr(sys, "argv", ["leaderboards", "render", "--site", str(tmp_path)])
    try:
        with pytest.raises(SystemExit) as ended:
            commands.run()
    finally:
        signal.signal(signal.SIGTERM, terminated)
    assert ended.value.code == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(f"leaderboards: {tmp_path}: {said}")


def test_what_fails_below_a_progress_bar_leaves_room_for_messages(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    terminal = Terminal()
    with pytest.raises(UsageError), terminal.progress("Asking", 3):
        raise UsageError("a full disk")
    terminal.info("what follows")
    assert "what follows" in capsys.readouterr().out
