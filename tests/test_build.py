"""The whole job on recorded replies, over a real socket: from nothing, and the next day."""

import csv
import gzip
import io
import json
import re
import threading
import urllib.error
import urllib.request
from datetime import timedelta
from pathlib import Path

import pytest

from generator import serve
from generator.endpoints.catalogue import ENDPOINTS
from generator.recorded import RecordedApi
from tests.loopback import KEY, Loopback
from tests.replies import long_list
from tests.running import LAST, Built, files, leaderboards, run

NAMES = [endpoint.name for endpoint in ENDPOINTS]


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
    site = second_day.copied(tmp_path)
    with Loopback(small=True) as server:
        again = run(server, site, LAST, "snapshot")
    assert again.ran.code == 0, again.ran.err
    assert files(site / "data") == files(second_day.data)


def test_tokens_on_the_page_are_the_sums_of_the_replies(full_second_day: Built) -> None:
    start, end = LAST - timedelta(days=7), LAST - timedelta(days=1)
    reply = recorded("/datasets/rankings-daily", start_date=str(start), end_date=str(end), period="day")
    sums: dict[str, int] = {}
    for row in reply["data"]:
        slug = str(row["model_permaslug"])
        sums[slug] = sums.get(slug, 0) + int(str(row["total_tokens"]))
    leader = max((slug for slug in sums if slug != "other"), key=lambda slug: sums[slug])
    page = full_second_day.text("rankings/index.html")
    values = exact(page, leader)
    assert str(sums[leader]) in values
    assert repr(sums[leader] / sum(sums.values())) in values
    assert "1" in values
    assert str(sums["other"]) in exact(page, "All other models")


def test_scores_and_apps_on_the_pages_are_those_of_the_replies(full_second_day: Built) -> None:
    app = recorded("/datasets/app-rankings", sort="popular", start_date="2026-07-19", end_date="2026-08-17")["data"][0]
    assert str(app["total_tokens"]) in exact(full_second_day.text("apps/index.html"), str(app["app_name"]))
    rows = recorded("/benchmarks", source="artificial-analysis")["data"]
    best = max(rows, key=lambda row: float(str(row["intelligence_index"] or 0)))
    scores = exact(full_second_day.text("benchmarks/artificial-analysis/index.html"), str(best["model_permaslug"]))
    assert str(best["intelligence_index"]) in scores
    assert str(best["coding_index"]) in scores
    arena = recorded("/benchmarks", source="design-arena", arena="agents")["data"]
    best = max((row for row in arena if row["category"] == "webapps"), key=lambda row: float(str(row["elo"])))
    page = full_second_day.text("benchmarks/design-arena/agents/webapps/index.html")
    assert str(best["elo"]) in exact(page, str(best["model_permaslug"]))
    task = recorded("/classifications/task")["data"]["classifications"][0]  # type: ignore[call-overload]
    assert str(task["usage_share"]) in exact(full_second_day.text("tasks/index.html"), str(task["tag"]))


def test_a_model_page_joins_all_sources(full_second_day: Built) -> None:
    page = full_second_day.text("models/anthropic/claude-opus-5-20260723/index.html")
    for words in ("Artificial Analysis", "Design Arena", "openrouter.ai/rankings", "openrouter.ai/models"):
        assert words in page
    assert 'data-chart="tok-model.anthropic.claude-opus-5-20260723"' in page


def test_lists_of_apps_are_followed_to_the_last_documented_page(tmp_path: Path) -> None:
    site = tmp_path / "site"
    with Loopback(small=True) as server:
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


def test_the_same_archive_and_day_give_the_same_bytes_anywhere(first_day: Built, tmp_path: Path) -> None:
    # Drawn anew, too: what was drawn before stays behind.
    site = first_day.unpublished(tmp_path)
    elsewhere = {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "7"}
    done = leaderboards("render", "--site", site, "--today", str(first_day.today), environment=elsewhere, key=None)
    assert done.code == 0, done.err
    ours, theirs = files(first_day.public), files(site / "public")
    assert ours.keys() == theirs.keys()
    assert [name for name in ours if ours[name] != theirs[name]] == []


def test_published_tables_hold_what_the_pages_show(full_second_day: Built) -> None:
    latest = json.loads(full_second_day.text("data/v1/app-rankings/latest.json"))
    rows = list(csv.DictReader(io.StringIO(full_second_day.text("data/v1/app-rankings/latest.csv"), newline="")))
    assert len(rows) == len(latest["rows"])
    first = rows[0]
    assert first["total_tokens"] == latest["rows"][0]["total_tokens"]
    assert first["citation"] == (
        "Source: OpenRouter (openrouter.ai/apps), as of 2026-08-18T22:46:17.000Z. Licensed under CC BY 4.0."
    )
    assert (first["as_of"], first["license"]) == ("2026-08-18T22:46:17.000Z", "CC-BY-4.0")


def test_the_snapshot_is_the_reply_word_for_word(full_second_day: Built) -> None:
    envelope = gzip.decompress((full_second_day.data / "task-classifications" / f"{LAST}.json.gz").read_bytes())
    body = RecordedApi(LAST).answer("/classifications/task", {"window": "7d"}, authorized=True).body
    assert b'"reply":' + body in envelope


def test_the_preview_serves_the_site_and_its_own_404(demo: Built) -> None:
    preview = serve.server(demo.public, 0)
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


def test_the_plan_needs_no_key_and_touches_nothing(tmp_path: Path) -> None:
    done = leaderboards("snapshot", "--plan", "--site", tmp_path / "s", "--today", "2026-08-18", key=None)
    assert done.code == 0
    assert "GET /datasets/rankings-daily?start_date=2025-01-01&end_date=2025-12-31&period=day" in done.out
    assert done.out.splitlines()[-1] == (
        "50 calls, at most 110 with further pages and look-ups; about 1 min, at most 3 min at 28 keyed calls a minute."
    )
    assert not (tmp_path / "s").exists()
