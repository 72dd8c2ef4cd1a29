"""The whole job on recorded replies, over a real socket: from nothing, the next day, and with trouble."""

import csv
import gzip
import io
import json
import re
import shutil
import urllib.request
from datetime import timedelta
from pathlib import Path

import pytest
from conftest import LAST, Built, Ran, leaderboards, run
from loopback import KEY, Loopback

from generator.endpoints.catalogue import ENDPOINTS
from generator.recorded import RecordedApi

NAMES = [endpoint.name for endpoint in ENDPOINTS]
JSON = {"content-type": "application/json"}


def files(root: Path) -> dict[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def recorded(path: str, **params: str) -> dict[str, list[dict[str, object]]]:
    return json.loads(RecordedApi(LAST).answer(path, params, authorized=True).body)  # type: ignore[no-any-return]


def exact(page: str, name: str) -> list[str]:
    """The exact values of the row that a name heads."""
    row = next(row for row in re.findall(r"<tr.*?</tr>", page, re.DOTALL) if f">{name}<" in row)
    return re.findall(r'data-v="([^"]*)"', row)


def test_a_build_from_nothing_fills_the_archive_and_publishes(first_day: Built) -> None:
    assert first_day.ran.code == 0, first_day.ran.err
    assert first_day.ran.err == ""
    for name in NAMES:
        assert (first_day.data / name / f"{first_day.today}.json.gz").is_file()
    for page in ("index.html", "rankings/index.html", "status/index.html", "404.html", "data/v1/index.json"):
        assert (first_day.public / page).is_file(), page


def test_the_next_day_adds_a_snapshot_and_leaves_the_old_ones_alone(first_day: Built, second_day: Built) -> None:
    assert second_day.ran.code == 0, second_day.ran.err
    before, after = files(first_day.data), files(second_day.data)
    kept = {name for name in before if name != "models/memory.json"}
    assert {name: after[name] for name in kept} == {name: before[name] for name in kept}
    for name in NAMES:
        assert f"{name}/{LAST}.json.gz" in after
        assert (second_day.public / "data/v1" / name / f"{LAST - timedelta(days=1)}.json.gz").is_file()


def test_a_second_run_of_the_same_day_changes_no_file_of_the_archive(second_day: Built, tmp_path: Path) -> None:
    site = tmp_path / "site"
    shutil.copytree(second_day.site, site)
    with Loopback(day=LAST, key=KEY) as server:
        again = run(server, site, LAST, "snapshot")
    assert again.ran.code == 0, again.ran.err
    assert files(site / "data") == files(second_day.data)


def test_tokens_on_the_page_are_the_sums_of_the_replies(second_day: Built) -> None:
    start, end = LAST - timedelta(days=7), LAST - timedelta(days=1)
    reply = recorded("/datasets/rankings-daily", start_date=str(start), end_date=str(end), period="day")
    sums: dict[str, int] = {}
    for row in reply["data"]:
        slug = str(row["model_permaslug"])
        sums[slug] = sums.get(slug, 0) + int(str(row["total_tokens"]))
    leader = max((slug for slug in sums if slug != "other"), key=lambda slug: sums[slug])
    page = second_day.text("rankings/index.html")
    values = exact(page, leader)
    assert str(sums[leader]) in values
    assert repr(sums[leader] / sum(sums.values())) in values
    assert "1" in values
    assert str(sums["other"]) in exact(page, "All other models")


def test_scores_and_apps_on_the_pages_are_those_of_the_replies(second_day: Built) -> None:
    app = recorded("/datasets/app-rankings", sort="popular", start_date="2026-07-19", end_date="2026-08-17")["data"][0]
    assert str(app["total_tokens"]) in exact(second_day.text("apps/index.html"), str(app["app_name"]))
    rows = recorded("/benchmarks", source="artificial-analysis")["data"]
    best = max(rows, key=lambda row: float(str(row["intelligence_index"] or 0)))
    scores = exact(second_day.text("benchmarks/artificial-analysis/index.html"), str(best["model_permaslug"]))
    assert str(best["intelligence_index"]) in scores
    assert str(best["coding_index"]) in scores
    arena = recorded("/benchmarks", source="design-arena", arena="agents")["data"]
    best = max((row for row in arena if row["category"] == "webapps"), key=lambda row: float(str(row["elo"])))
    page = second_day.text("benchmarks/design-arena/agents/webapps/index.html")
    assert str(best["elo"]) in exact(page, str(best["model_permaslug"]))
    task = recorded("/classifications/task")["data"]["classifications"][0]  # type: ignore[call-overload]
    assert str(task["usage_share"]) in exact(second_day.text("tasks/index.html"), str(task["tag"]))


def test_a_model_page_joins_all_sources(second_day: Built) -> None:
    page = second_day.text("models/anthropic/claude-opus-5-20260723/index.html")
    for words in ("Artificial Analysis", "Design Arena", "openrouter.ai/rankings", "openrouter.ai/models"):
        assert words in page
    assert 'data-chart="tok-model.anthropic.claude-opus-5-20260723"' in page


@pytest.mark.parametrize("broken", NAMES)
def test_with_one_endpoint_failing_the_others_are_fresh_and_it_says_since_when_it_is_stale(
    first_day: Built, tmp_path: Path, broken: str
) -> None:
    site = tmp_path / "site"
    shutil.copytree(first_day.data, site / "data")
    paths = {endpoint.name: endpoint.calls(LAST, _nothing())[0] for endpoint in ENDPOINTS}
    call = paths[broken]
    with Loopback(day=LAST, key=KEY) as server:
        params = dict(call.params)
        source = params.get("source")
        server.replace(call.path, {"source": source} if source else {}, b'{"data": 7, "meta": {}}')
        done = run(server, site, LAST, "snapshot")
    assert done.ran.code == 3
    (line,) = done.ran.err.splitlines()
    assert line.startswith(f"leaderboards: {broken} reply to GET {call.path}")
    for name in NAMES:
        assert (site / "data" / name / f"{LAST}.json.gz").is_file() == (name != broken)


def _nothing():  # type: ignore[no-untyped-def]
    from generator.endpoints.endpoint import Held

    return Held()


def test_a_stale_dataset_is_published_with_its_own_date_and_exit_code_3(first_day: Built, tmp_path: Path) -> None:
    site = tmp_path / "site"
    shutil.copytree(first_day.site, site)
    with Loopback(day=LAST, key=KEY) as server:
        server.fail(
            "/classifications", 400, b'{"error":{"message":"gone"}}', headers={"content-type": "application/json"}
        )
        built = run(server, site, LAST)
    assert built.ran.code == 3
    assert 'HTTP 400 ("gone")' in built.ran.err
    assert "task-classifications: stale since 2026-08-17" in built.ran.err
    assert "17 Aug 2026" in built.text("status/index.html")
    status = json.loads(built.text("data/v1/status.json"))
    states = {row["dataset"]: row["stale"] for row in status["datasets"]}
    assert states == {name: name == "task-classifications" for name in NAMES}


def test_a_first_run_that_gets_nothing_publishes_nothing(tmp_path: Path) -> None:
    site = tmp_path / "site"
    with Loopback(day=LAST, key=KEY) as server:
        server.fail("/", 401, b'{"error":{"message":"User not found."}}', headers=JSON)
        built = run(server, site, LAST)
    assert built.ran.code == 4
    assert "the key was refused" in built.ran.err
    assert built.ran.err.splitlines()[-1].startswith("leaderboards: no data yet")
    assert not built.public.exists()


def test_lists_of_apps_are_followed_to_the_last_documented_page(tmp_path: Path) -> None:
    from loopback import long_list

    site = tmp_path / "site"
    with Loopback(day=LAST, key=KEY) as server:
        server.replace("/datasets/app-rankings", {"category": "coding", "sort": "popular"}, long_list(250))
        built = run(server, site, LAST, "snapshot")
    assert built.ran.code == 0, built.ran.err
    offsets = [
        request.params["offset"]
        for request in server.asked("/datasets/app-rankings")
        if request.params.get("category") == "coding"
        and request.params["sort"] == "popular"
        and "subcategory" not in request.params
    ]
    assert offsets == ["0", "100"]


def test_the_key_reaches_no_file_and_no_output(second_day: Built) -> None:
    for name, data in files(second_day.site).items():
        text = gzip.decompress(data) if name.endswith(".gz") else data
        assert KEY.encode() not in text, name
    assert KEY not in second_day.ran.out + second_day.ran.err


def test_the_same_archive_and_day_give_the_same_bytes_anywhere(second_day: Built, tmp_path: Path) -> None:
    site = tmp_path / "site"
    shutil.copytree(second_day.data, site / "data")
    elsewhere = {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "7"}
    done = leaderboards("render", "--site", site, "--today", str(LAST), environment=elsewhere, key=None)
    assert done.code == 0, done.err
    ours, theirs = files(second_day.public), files(site / "public")
    assert ours.keys() == theirs.keys()
    assert [name for name in ours if ours[name] != theirs[name]] == []


def test_published_tables_hold_what_the_pages_show(second_day: Built) -> None:
    latest = json.loads(second_day.text("data/v1/app-rankings/latest.json"))
    rows = list(csv.DictReader(io.StringIO(second_day.text("data/v1/app-rankings/latest.csv"), newline="")))
    assert len(rows) == len(latest["rows"])
    first = rows[0]
    assert first["total_tokens"] == latest["rows"][0]["total_tokens"]
    assert first["citation"] == (
        "Source: OpenRouter (openrouter.ai/apps), as of 2026-08-18T22:46:17.000Z. Licensed under CC BY 4.0."
    )
    assert (first["as_of"], first["license"]) == ("2026-08-18T22:46:17.000Z", "CC-BY-4.0")


def test_the_snapshot_is_the_reply_word_for_word(second_day: Built) -> None:
    envelope = gzip.decompress((second_day.data / "task-classifications" / f"{LAST}.json.gz").read_bytes())
    body = RecordedApi(LAST).answer("/classifications/task", {"window": "7d"}, authorized=True).body
    assert b'"reply":' + body in envelope


def test_every_sum_is_right_and_an_edited_file_is_named(second_day: Built, tmp_path: Path) -> None:
    assert leaderboards("verify", second_day.site).code == 0
    site = tmp_path / "site"
    shutil.copytree(second_day.site, site)
    snapshot = site / "data" / "models" / f"{LAST}.json.gz"
    snapshot.write_bytes(snapshot.read_bytes() + b" ")
    told = leaderboards("verify", site)
    assert told.code == 5
    assert f"data/models/{LAST}.json.gz: its contents are not what its manifest says" in told.err


def test_a_snapshot_edited_by_hand_is_passed_over_for_the_one_before(second_day: Built, tmp_path: Path) -> None:
    site = tmp_path / "site"
    shutil.copytree(second_day.data, site / "data")
    snapshot = site / "data" / "task-classifications" / f"{LAST}.json.gz"
    snapshot.write_bytes(gzip.compress(gzip.decompress(snapshot.read_bytes()).replace(b"0.237", b"0.999")))
    done = leaderboards("render", "--site", site, "--today", str(LAST))
    assert done.code == 3
    assert f"{LAST}.json.gz: its contents are not what its manifest says" in done.err
    assert "task-classifications: stale since 2026-08-17" in done.err
    assert "0.999" not in (site / "public/tasks/index.html").read_text()


def test_when_no_snapshot_of_a_dataset_is_whole_nothing_is_published(second_day: Built, tmp_path: Path) -> None:
    site = tmp_path / "site"
    shutil.copytree(second_day.data, site / "data")
    for snapshot in (site / "data" / "models").glob("*.json.gz"):
        snapshot.write_bytes(b"")
    done = leaderboards("render", "--site", site, "--today", str(LAST))
    assert done.code == 5
    assert not (site / "public").exists()


def test_a_finding_leaves_the_published_site_as_it_was(second_day: Built, tmp_path: Path) -> None:
    site = tmp_path / "site"
    shutil.copytree(second_day.site, site)
    before = files(site / "public")
    # A key inside an upstream name: the site built from it must not go out.
    done = leaderboards("render", "--site", site, "--today", str(LAST), key="openrouter.ai/rankings")
    assert done.code == 6
    assert "holds the text of the API key" in done.err
    assert files(site / "public") == before
    assert [path.name for path in site.glob(".staging*")] == []


def test_the_preview_serves_the_site_and_its_own_404(demo: Built) -> None:
    import threading

    from generator.serve import server

    preview = server(demo.public, 0)
    threading.Thread(target=preview.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{preview.server_address[1]}/"
    with urllib.request.urlopen(address) as page:
        assert b"Demo: recorded data of 18 Aug 2026" in page.read()
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(address + "no/such/page")
    assert caught.value.code == 404
    assert b"<h1" in caught.value.read()
    preview.shutdown()
    preview.server_close()


def test_every_page_of_the_demo_says_that_it_is_one(demo: Built) -> None:
    assert demo.ran.code == 0, demo.ran.err
    pages = list(demo.public.rglob("*.html"))
    assert len(pages) > 500
    assert [str(page) for page in pages if "recorded data of 18 Aug 2026" not in page.read_text()] == []


def test_demo_data_and_real_snapshots_never_mix(demo: Built, first_day: Built) -> None:
    mixed = leaderboards("build", "--site", demo.site)
    assert (mixed.code, "holds demo data" in mixed.err) == (2, True)
    mixed = leaderboards("build", "--demo", "--site", first_day.site)
    assert (mixed.code, "holds real snapshots" in mixed.err) == (2, True)


@pytest.mark.parametrize(
    ("arguments", "key", "said"),
    [
        (("build", "--site", "{tmp}/s"), None, "OPENROUTER_API_KEY is not set"),
        (("build", "--site", "{tmp}/s"), "sk-or-abc\n", "OPENROUTER_API_KEY holds a space, a line break"),
        (("build", "--site", "{tmp}/s", "--base-url", "https://example.org/api/v1"), KEY, "not a place to send a key"),
        (("build", "--site", "{tmp}/s", "--today", "2026-02-30"), KEY, "2026-02-30 is no day of the calendar"),
        (("build", "--site", "{tmp}/s", "--today", "20260511"), KEY, "expected a day as YYYY-MM-DD"),
        (("build", "--site", "{tmp}/s", "--today", "2999-01-01"), KEY, "must lie between"),
        (("build", "--site", "{tmp}/file"), KEY, "is a file, not a folder"),
        (("render", "--site", "{tmp}/s", "--public-url", "example"), KEY, "is not a web address"),
        (("check", "--site", "{tmp}/s"), KEY, "run leaderboards build first"),
        (("serve", "--site", "{tmp}/s"), KEY, "holds no built site"),
        (("verify", "{tmp}/s"), KEY, "neither a published site nor an archive"),
        (("build", "--no-such-option"), KEY, "No such option"),
    ],
)
def test_bad_input_gets_one_clear_line(tmp_path: Path, arguments: tuple[str, ...], key: str | None, said: str) -> None:
    (tmp_path / "file").write_text("x")
    done: Ran = leaderboards(*(one.replace("{tmp}", str(tmp_path)) for one in arguments), key=key)
    assert done.code == 2
    (line,) = done.err.splitlines()
    assert said in line
    assert "sk-or" not in line


def test_the_plan_needs_no_key_and_touches_nothing(tmp_path: Path) -> None:
    done = leaderboards("snapshot", "--plan", "--site", tmp_path / "s", "--today", "2026-08-18", key=None)
    assert done.code == 0
    assert "GET /datasets/rankings-daily?start_date=2025-01-01&end_date=2025-12-31&period=day" in done.out
    assert done.out.splitlines()[-1] == (
        "50 calls, at most 110 with further pages and look-ups; about 1 min, at most 3 min at 28 keyed calls a minute."
    )
    assert not (tmp_path / "s").exists()


def test_two_runs_at_once_are_refused(tmp_path: Path) -> None:
    from generator.files import alone_in

    with alone_in(tmp_path):
        done = leaderboards("render", "--site", tmp_path)
    assert done.code == 2
    assert "another run is at work" in done.err


def test_a_folder_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    done = leaderboards("snapshot", "--site", "/proc/leaderboards")
    assert done.code == 2
    (line,) = done.err.splitlines()
    assert "/proc/leaderboards cannot be made" in line


@pytest.mark.parametrize("command", ["build", "render"])
def test_a_run_that_is_ended_leaves_the_published_site_as_it_was(
    second_day: Built, tmp_path: Path, command: str
) -> None:
    import signal
    import subprocess
    import sys
    import time

    site = tmp_path / "site"
    shutil.copytree(second_day.site, site)
    before = files(site / "public")
    run_ = subprocess.Popen(
        [sys.executable, "-m", "generator", command, "--site", site, "--today", str(LAST)],
        env={"PATH": "/usr/bin:/bin", "OPENROUTER_API_KEY": KEY, "OPENROUTER_BASE_URL": "http://127.0.0.1:9/api/v1"},
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
    )
    time.sleep(1.0)
    run_.send_signal(signal.SIGTERM)
    _, err = run_.communicate(timeout=30)
    assert run_.returncode in (143, 0, 3)
    assert "Traceback" not in err
    assert files(site / "public") == before
    after = leaderboards("render", "--site", site, "--today", str(LAST))
    assert after.code == 0, after.err
    assert [path.name for path in site.glob(".staging*")] == []
