"""The whole job on recorded replies, over a real socket: from nothing, and the next day."""

import csv
import gzip
import io
import json
import re
import urllib.error
import urllib.request
import zipfile
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from generator.endpoints import CORE
from generator.fetch.recorded import Answer
from generator.publish import preview
from tests import replies
from tests.fewer_replies import RANKED
from tests.loopback import KEY, Loopback, Request
from tests.planted_cache import plant
from tests.rehearsal import ROOT
from tests.replies import long_list
from tests.running import LAST, Built, files, leaderboards, run
from tests.serving import serving

KEY_IN_FULL = "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"
NAMES = [endpoint.name for endpoint in CORE]


def recorded(path: str, **params: str) -> dict[str, list[dict[str, object]]]:
    return json.loads(replies.recorded(LAST, path, params).body)  # type: ignore[no-any-return]


def exact(page: str, name: str) -> list[str]:
    """Return the exact values of the row that a name, or a model's slug, heads."""
    rows = re.findall(r"<tr.*?</tr>", page, re.DOTALL)
    row = next(row for row in rows if f">{name}<" in row or f'data-v="{name}"' in row)
    return re.findall(r'data-v="([^"]*)"', row)


def test_a_build_from_nothing_fills_the_archive_and_publishes(first_day: Built) -> None:
    assert first_day.ran.code == 0, first_day.ran.err
    assert first_day.ran.err == ""
    for name in NAMES:
        assert (first_day.data / name / f"{first_day.today}.json.gz").is_file()
    for page in (
        "index.html",
        "rankings/index.html",
        "status/index.html",
        "404.html",
        "data/v1/index.json",
    ):
        assert (first_day.public / page).is_file(), page


def test_the_next_day_adds_a_snapshot_and_leaves_the_old_ones_alone(
    first_day: Built, second_day: Built
) -> None:
    assert second_day.ran.code == 0, second_day.ran.err
    before, after = files(first_day.data), files(second_day.data)
    kept = {name for name in before if name != "models/memory.json"}
    assert {name: after[name] for name in kept} == {name: before[name] for name in kept}
    for name in NAMES:
        assert f"{name}/{LAST}.json.gz" in after
        assert (
            second_day.public / "data/v1" / name / f"{LAST - timedelta(days=1)}.json.gz"
        ).is_file()


def test_a_second_run_of_the_same_day_changes_no_file_of_the_archive(
    second_day: Built, tmp_path: Path
) -> None:
    site = second_day.copied(tmp_path)
    with Loopback(small=True) as server:
        again = run(server, site, LAST, "snapshot")
    assert again.ran.code == 0, again.ran.err
    assert files(site / "data") == files(second_day.data)


def test_tokens_on_the_page_are_the_sums_of_the_replies(plain: Built) -> None:
    start, end = LAST - timedelta(days=7), LAST - timedelta(days=1)
    reply = recorded(
        "/datasets/rankings-daily", start_date=str(start), end_date=str(end), period="day"
    )
    sums: dict[str, int] = {}
    for row in reply["data"]:
        slug = str(row["model_permaslug"])
        sums[slug] = sums.get(slug, 0) + int(str(row["total_tokens"]))
    leader = max((slug for slug in sums if slug != "other"), key=lambda slug: sums[slug])
    page = plain.text("rankings/index.html")
    values = exact(page, leader)
    assert str(sums[leader]) in values
    assert repr(sums[leader] / sum(sums.values())) in values
    assert "1" in values
    kept = [row["model_permaslug"] for row in reply["data"] if row["date"] == str(end)][:RANKED]
    others = sum(sums.values()) - sum(sums[slug] for slug in kept)
    assert str(others) in exact(page, "All other models")


def test_scores_and_apps_on_the_pages_are_those_of_the_replies(plain: Built) -> None:
    app = recorded(
        "/datasets/app-rankings", sort="popular", start_date="2026-07-19", end_date="2026-08-17"
    )["data"][0]
    assert str(app["total_tokens"]) in exact(plain.text("apps/index.html"), str(app["app_name"]))
    rows = recorded("/benchmarks", source="artificial-analysis")["data"]
    best = max(rows, key=lambda row: float(str(row["intelligence_index"] or 0)))
    scores = exact(
        plain.text("benchmarks/artificial-analysis/index.html"),
        str(best["model_permaslug"]),
    )
    assert str(best["intelligence_index"]) in scores
    assert str(best["coding_index"]) in scores
    arena = recorded("/benchmarks", source="design-arena", arena="agents")["data"]
    best = max(
        (row for row in arena if row["category"] == "webapps"),
        key=lambda row: float(str(row["elo"])),
    )
    page = plain.text("benchmarks/design-arena/agents/webapps/index.html")
    assert str(best["elo"]) in exact(page, str(best["model_permaslug"]))
    task = recorded("/classifications/task")["data"]["classifications"][0]  # type: ignore[call-overload]
    assert str(task["usage_share"]) in exact(plain.text("tasks/index.html"), str(task["tag"]))


def test_a_model_page_joins_all_sources(plain: Built) -> None:
    page = plain.text("models/anthropic/claude-opus-5-20260723/index.html")
    for words in (
        "Artificial Analysis",
        "Design Arena",
        "openrouter.ai/rankings",
        "openrouter.ai/models",
    ):
        assert words in page


def test_lists_of_apps_are_followed_to_the_last_documented_page(tmp_path: Path) -> None:
    site = tmp_path / "site"
    with Loopback(small=True) as server:
        server.replace(
            "/datasets/app-rankings", {"category": "coding", "sort": "popular"}, long_list(250)
        )
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


LOOK_ALIKE = "sk-or-v1-0123456789abcdef0123456789abcdef"
EXAMPLE = "Call it with sk-or-v1-ffffeeeeddddccccbbbbaaaa99998888, for example."
DATED = re.compile(r"[0-9-]{10}(\.r[0-9]+)?\.json\.gz")


def look_alikes(server: Loopback, request: Request) -> Answer:
    """Return the short reply, with an app and a model named like a key and an example in a description."""
    answer = replies.recorded(server.day, request.path, request.params, few=True)
    value = json.loads(answer.body)
    for row in value["data"][:1]:
        if "app_name" in row:
            row["app_name"] = LOOK_ALIKE
        else:
            row["description"], row["name"] = EXAMPLE, f"Model {LOOK_ALIKE}"
    body = json.dumps(value).replace("with sk-", "with \\u0073k-")
    return Answer(answer.status, answer.headers, body.encode())


def day_of_look_alikes(site: Path, today: date, command: str) -> Built:
    with Loopback(small=True) as server:
        server.fail("/datasets/app-rankings", fault=lambda request: look_alikes(server, request))
        server.fail(
            "/models",
            fault=lambda request: (
                look_alikes(server, request) if request.path == "/models" else None
            ),
        )
        return run(server, site, today, command)


@pytest.fixture(scope="module")
def look_alike_days(once: Callable[..., list[Built]]) -> list[Built]:
    """Two days on which an app, a model and a description hold a text that looks like a key."""

    def make(folder: Path) -> list[Built]:
        site = folder / "site"
        return [
            day_of_look_alikes(site, LAST - timedelta(days=1), "snapshot"),
            day_of_look_alikes(site, LAST, "build"),
        ]

    return once("look-alikes", make)


def shown_look_alikes(built: Built) -> list[str]:
    """Published files, dated snapshots apart, that hold the text itself."""
    texts = (LOOK_ALIKE.encode(), EXAMPLE[13:-13].encode())
    found = {
        name: data
        for name, data in files(built.public).items()
        if not DATED.fullmatch(Path(name).name)
    }
    return [name for name, data in found.items() if any(text in data for text in texts)]


def test_a_text_that_looks_like_a_key_is_published_masked_on_this_day_and_the_next(
    look_alike_days: list[Built],
) -> None:
    for built in look_alike_days:
        assert (built.ran.code, built.ran.err) == (0, "")
        assert LOOK_ALIKE not in built.ran.out
    last = look_alike_days[-1]
    assert "holds a text that looks like an API key" in last.ran.out
    assert shown_look_alikes(last) == []
    for page in (
        "apps/index.html",
        "data/v1/app-rankings/latest.json",
        "data/v1/models/latest.csv",
    ):
        assert "sk-or-…" in last.text(page), page
    notes = json.loads(last.text("data/v1/status.json"))["datasets"]
    noted = {
        row["dataset"]
        for row in notes
        if any("looks like an API key" in note for note in row["notes"])
    }
    assert noted == {"app-rankings", "models"}


def test_a_snapshot_keeps_a_text_that_looks_like_a_key_word_for_word(
    look_alike_days: list[Built],
) -> None:
    for built in look_alike_days:
        folder = built.site / "public/data/v1"
        assert LOOK_ALIKE.encode() in gzip.decompress(
            (folder / f"app-rankings/{built.today}.json.gz").read_bytes()
        )
        assert b"\\u0073k-or-v1-ffff" in gzip.decompress(
            (folder / f"models/{built.today}.json.gz").read_bytes()
        )
    assert leaderboards("verify", look_alike_days[-1].site).code == 0


def test_an_archive_that_remembers_a_text_that_looks_like_a_key_publishes_it_masked(
    look_alike_days: list[Built], tmp_path: Path
) -> None:
    """Write the text as an earlier version did: into the listing history, the manifests and the run's report.

    It is known by its form: no key is set.
    """
    before = look_alike_days[-1]
    site = before.copied(tmp_path)
    for path in (
        site / "data/models/memory.json",
        *site.glob("data/*/*.manifest.json"),
        *site.glob("data/runs/*"),
    ):
        path.write_text(path.read_text().replace("sk-or-…", LOOK_ALIKE))
    done = leaderboards("render", "--site", site, "--today", str(LAST), key=None)
    assert (done.code, done.err) == (0, "")
    # A manifest is published as it was written, alone and in the zip of its day.
    as_written = (".manifest.json", f"data/v1/{LAST - timedelta(days=1)}.zip")
    shown = [
        name for name in shown_look_alikes(Built(site, done, LAST)) if not name.endswith(as_written)
    ]
    assert shown == []


def test_an_echo_of_the_key_reaches_neither_output_nor_archive(tmp_path: Path) -> None:
    part = KEY_IN_FULL.removeprefix("sk-or-v1-")
    escaped = "".join(f"\\u{ord(char):04x}" for char in KEY_IN_FULL)
    head = {"content-type": "application/json"}
    with Loopback(small=True, key=KEY_IN_FULL) as server:
        server.fail("/classifications", 400, f'{{"error":{{"message":"{escaped}"}}}}', headers=head)
        piece = Answer(200, head, f'{{"data":[],"meta":{{"note":"{part[8:20]}"}}}}'.encode())
        server.fail(
            "/benchmarks",
            fault=lambda request: piece if request.params["source"] == "openrouter" else None,
        )
        server.fail(
            "/datasets/rankings-daily",
            302,
            b"",
            headers={"location": f"https://x.example/{KEY_IN_FULL}"},
        )
        options = ("--base-url", server.url, "--requests-per-minute", "0", "--today", str(LAST))
        done = leaderboards("snapshot", "--site", tmp_path, *options, key=KEY_IN_FULL)
    assert done.code == 3
    assert done.err.count("the reply repeats the API key; it was thrown away") == 3
    written = [
        gzip.decompress(data) if name.endswith(".gz") else data
        for name, data in files(tmp_path).items()
    ]
    text = done.out + done.err + b"".join(written).decode()
    pieces = {part[at : at + 12] for at in range(len(part) - 11)}
    assert [piece for piece in pieces if piece in text] == []
    assert escaped not in text


def test_the_same_archive_and_day_give_the_same_bytes_anywhere_whatever_was_planted_in_the_cache(
    first_day: Built, tmp_path: Path
) -> None:
    site = first_day.lend_cache(first_day.unpublished(tmp_path))
    assert plant(site / ".cache") > 20
    elsewhere = {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "7"}
    done = leaderboards(
        "render",
        "--site",
        site,
        "--today",
        str(first_day.today),
        environment=elsewhere,
        key=None,
        drawn_anew=True,
    )
    assert done.code == 0, done.err
    ours, theirs = files(first_day.public), files(site / "public")
    assert ours.keys() == theirs.keys()
    assert [name for name in ours if ours[name] != theirs[name]] == []


def test_published_tables_hold_what_the_pages_show(plain: Built) -> None:
    latest = json.loads(plain.text("data/v1/app-rankings/latest.json"))
    rows = list(
        csv.DictReader(io.StringIO(plain.text("data/v1/app-rankings/latest.csv"), newline=""))
    )
    assert len(rows) == len(latest["rows"])
    first = rows[0]
    assert first["total_tokens"] == latest["rows"][0]["total_tokens"]
    assert first["citation"] == (
        "Source: OpenRouter (openrouter.ai/apps), as of 2026-08-18T22:46:17.000Z. Licensed under CC BY 4.0."
    )
    assert (first["as_of"], first["license"]) == ("2026-08-18T22:46:17.000Z", "CC-BY-4.0")


def test_one_zip_has_the_newest_tables_of_all_datasets_and_their_terms(plain: Built) -> None:
    with zipfile.ZipFile(plain.public / "data/v1/latest.zip") as box:
        packed = {name: box.read(name) for name in box.namelist()}
    published = {name: (plain.public / "data/v1" / name).read_bytes() for name in packed}
    assert packed == published
    datasets = {name.partition("/")[0] for name in packed if name.endswith("/latest.json")}
    assert datasets == {endpoint.name for endpoint in CORE}
    assert {"LICENSE", "README.md", "CITATION.cff", "models/latest.csv"} <= set(packed)


def test_the_snapshot_is_the_reply_word_for_word(plain: Built) -> None:
    envelope = gzip.decompress(
        (plain.data / "task-classifications" / f"{LAST}.json.gz").read_bytes()
    )
    body = replies.recorded(LAST, "/classifications/task", {"window": "7d"}).body
    assert b'"reply":' + body in envelope


def test_the_preview_serves_the_site_and_its_own_404(plain: Built) -> None:
    running = preview.make_server(plain.public, 0)
    address = f"http://127.0.0.1:{running.server_address[1]}/"
    with serving(running):
        with urllib.request.urlopen(address) as page:
            assert b"Demo: recorded data of 11 to 18 Aug 2026" in page.read()
        with pytest.raises(urllib.error.HTTPError) as caught:
            urllib.request.urlopen(address + "no/such/page")
    assert caught.value.code == 404
    with caught.value as reply:
        missing = reply.read()
    assert b"Page not found</h1>" in missing
    assert b'href="/static/css/site.css?v=' in missing
    assert b'href="/models/"' in missing


def test_the_preview_of_a_site_that_lives_in_a_folder_leads_from_its_404_to_its_pages(
    tmp_path: Path,
) -> None:
    (tmp_path / "index.html").write_text("<p>home</p>")
    (tmp_path / "404.html").write_text(
        '<link href="/repo/static/css/site.css"><a href="/repo/">Home</a>'
    )
    running = preview.make_server(tmp_path, 0)
    with serving(running), pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(f"http://127.0.0.1:{running.server_address[1]}/a/b/c")
    with caught.value as reply:
        assert reply.read() == b'<link href="/static/css/site.css"><a href="/">Home</a>'


def test_every_page_of_the_demo_says_that_it_is_one(plain: Built) -> None:
    assert plain.ran.code == 0, plain.ran.err
    pages = list(plain.public.rglob("*.html"))
    assert len(pages) > 400
    assert [
        str(page) for page in pages if "recorded data of 11 to 18 Aug 2026" not in page.read_text()
    ] == []


def test_the_plan_needs_no_key_and_touches_nothing(tmp_path: Path) -> None:
    options = ("--site", tmp_path / "s", "--today", "2026-08-18")
    done = leaderboards("snapshot", "--plan", *options, key=None, folder=ROOT)
    assert done.code == 0
    assert (
        "GET /datasets/rankings-daily?start_date=2025-01-01&end_date=2025-12-31&period=day"
        in done.out
    )
    total, exports = done.out.splitlines()[-2:]
    assert total == (
        "51 requests, at most 121 with further pages and look-ups; about 1 min, at most 3 min "
        "at 28 requests per minute with the key."
    )
    assert exports == "Then, once a day, at most 26 requests for the source's own dated files."
    assert not (tmp_path / "s").exists()
