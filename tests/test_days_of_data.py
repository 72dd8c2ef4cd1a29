"""Dates in what is published: which snapshot states a row, when an entry changed, how old a source is."""

import csv
import io
import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from generator.archive.coverage import Revisions
from generator.archive.store import Archive
from generator.base import tabular
from generator.base.artifact import Artifact
from generator.render.badges import draw_badges
from generator.render.context import Context
from generator.render.dataset_descriptions import describe_datasets
from generator.render.downloads import make_downloads
from generator.render.feeds import make_feeds
from generator.render.history_files import history_files
from generator.render.latest import Checksum, latest_files
from generator.render.metadata import Metadata
from generator.render.page_list import read_pages
from generator.render.pages import render_pages
from generator.render.revisions import revisions
from tests.page_reading import read
from tests.tiny_archive import (
    TODAY,
    TinyArchive,
    ago,
    app,
    chosen,
    daily,
    listing,
    rating,
    score,
    table,
    task,
    weeks,
)
from tests.whole_files import read_whole

ATOM = "{http://www.w3.org/2005/Atom}"


def context(tiny: TinyArchive, today: date = TODAY) -> Context:
    history, site = tiny.history(today), tiny.site(today)
    return Context(history, site, latest=latest_files(history, site))


def downloads(tiny: TinyArchive) -> dict[str, str]:
    """The text of each file below ``data/v1/`` that is made here."""
    described = context(tiny)
    described = replace(described, tables=history_files(described.history, None).files)
    made = read_whole(make_downloads(described))
    packed = (".zip", ".parquet", ".gz")
    texts = [part for part in made if not part.path.endswith(packed)]
    return {
        part.path.removeprefix("data/v1/"): part.body.decode()
        for part in texts
        if isinstance(part.body, bytes)
    }


def rows(text: str, *names: str) -> list[tuple[str, ...]]:
    return [tuple(row[name] for name in names) for row in csv.DictReader(io.StringIO(text))]


def pages(tiny: TinyArchive, today: date = TODAY) -> dict[str, str]:
    made = (part for part in render_pages(context(tiny, today)) if isinstance(part, Artifact))
    return {part.path: part.body.decode() for part in made if isinstance(part.body, bytes)}


def words(page: str) -> str:
    """The text of a page, in one line."""
    return " ".join(read(page).text.split())


# The history of the rankings


def test_every_number_that_is_stated_otherwise_later_is_listed_with_both(tiny: TinyArchive) -> None:
    many = {f"a/{number}": 10 for number in range(20)}
    tiny.rankings({ago(9): many, ago(8): {**many, "a/x": 6}}, on=ago(7))
    tiny.rankings({ago(9): many, ago(8): {**many, "b/new": 7}}, on=ago(3))
    tiny.rankings({ago(8): {**many, "b/new": 8}, ago(1): many})
    names = ("date", "model_permaslug", "tokens_before", "tokens_after", "snapshot_date")
    text = downloads(tiny)["rankings-daily/revisions.csv"]
    assert rows(text, *names) == [
        (str(ago(8)), "a/x", "6", "", str(ago(3))),
        (str(ago(8)), "b/new", "", "7", str(ago(3))),
        (str(ago(8)), "b/new", "7", "8", str(TODAY)),
    ]
    assert rows(text, "as_of", "provisional") == [
        (f"{ago(3)}T06:00:00Z", "false"),
        (f"{ago(3)}T06:00:00Z", "false"),
        (f"{TODAY}T06:00:00Z", "false"),
    ]


def test_numbers_that_former_months_restated_are_written_once(
    tiny: TinyArchive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for seen in (ago(41), ago(40), ago(1), TODAY):
        tiny.rankings({ago(42): {"a/x": 100 + seen.day}}, on=seen)
    usage = tiny.history().daily_tokens
    assert usage is not None
    whole = list(revisions(usage))
    assert [len(rows((whole[0] + month).decode(), "date")) for month in whole[1:]] == [1, 2]
    assert list(revisions(usage, tmp_path)) == whole
    with monkeypatch.context() as patched:
        patched.setattr(tabular, "csv_parts", lambda *_: pytest.fail("rows were made again"))
        assert list(revisions(usage, tmp_path)) == whole
    # Another number in what was restated last month, and a file that was lost.
    of_last_month, *others = usage.revisions.restated
    other = replace(of_last_month, numbers=b'[["a/x",1,2]]')
    changed = replace(usage, revisions=Revisions((other, *others)))
    assert rows(b"".join(revisions(changed, tmp_path)).decode(), "tokens_after")[0] == ("2",)
    (tmp_path / "revisions" / f"{TODAY:%Y-%m}").unlink()
    assert list(revisions(usage, tmp_path)) == whole


def test_a_statement_that_is_cut_short_is_no_restatement(tiny: TinyArchive) -> None:
    tiny.rankings({ago(8): {f"a/{number}": 10 for number in range(20)}}, on=ago(7))
    tiny.rankings({ago(8): {"a/1": 10}, ago(1): {"a/1": 10}})
    assert rows(downloads(tiny)["rankings-daily/revisions.csv"], "date") == []


def test_a_row_of_the_history_carries_the_snapshots_that_state_it_and_supersede_it(
    tiny: TinyArchive,
) -> None:
    tiny.rankings({ago(9): {"a/x": 5, "a/y": 4}, ago(8): {"a/x": 60}}, on=ago(7))
    tiny.rankings({ago(9): {"a/x": 5, "a/y": 4}, ago(8): {"a/x": 65}, ago(1): {"a/x": 8}})
    made = downloads(tiny)
    before = (str(ago(7)), f"{ago(7)}T06:00:00Z")
    expected = [
        (str(ago(9)), "5", str(TODAY), "false", "", *before),
        (str(ago(9)), "4", str(TODAY), "false", "", *before),
        (str(ago(8)), "60", str(ago(7)), "true", str(TODAY), *before),
        (str(ago(8)), "65", str(TODAY), "false", "", str(TODAY), f"{TODAY}T06:00:00Z"),
        (str(ago(1)), "8", str(TODAY), "true", "", str(TODAY), f"{TODAY}T06:00:00Z"),
    ]
    names = (
        "date",
        "total_tokens",
        "snapshot_date",
        "provisional",
        "superseded_on",
        "stated_on",
        "as_of",
    )
    text = made["rankings-daily/history.csv"]
    assert rows(text, *names) == expected
    credited = [credit.partition(", as of ")[2][:10] for (credit,) in rows(text, "citation")]
    assert credited == [str(ago(7)), "", "", str(TODAY), ""]
    document = json.loads(made["rankings-daily/history.json"])
    assert (document["as_of"], document["complete"]) == (f"{TODAY}T06:00:00Z", True)
    in_words = {None: "", True: "true", False: "false"}
    stated = [tuple(row[name] for name in names) for row in document["rows"]]
    assert [tuple(in_words.get(cell, cell) for cell in row) for row in stated] == expected


def test_the_newest_rankings_say_which_days_are_provisional(tiny: TinyArchive) -> None:
    tiny.rankings(daily(*[{"a/x": 5}] * 5))
    made = downloads(tiny)
    expected = ["false", "false", "true", "true", "true"]
    assert [row[0] for row in rows(made["rankings-daily/latest.csv"], "provisional")] == expected
    document = json.loads(made["rankings-daily/latest.json"])
    assert [str(row["provisional"]).lower() for row in document["rows"]] == expected
    schema = json.loads(made["rankings-daily/schema.json"])
    row = schema["properties"]["rows"]["items"]["properties"]
    assert "boolean" in row["provisional"]["type"]


def test_a_file_on_all_datasets_is_as_of_the_newest_of_them(tiny: TinyArchive) -> None:
    tiny.rankings(daily({"a/x": 5}), on=ago(1))
    tiny.scores(score("a/x", 1))
    made = downloads(tiny)
    for name in ("index.json", "status.json", "datapackage.json", "identity.json"):
        document = json.loads(made[name])
        assert document["as_of"] == f"{TODAY}T06:00:00Z", name
        assert document["as_of_rule"].startswith("The newest of all datasets"), name


def test_the_rankings_cover_the_days_of_their_rows_and_list_their_history(
    tiny: TinyArchive,
) -> None:
    tiny.rankings(daily(*[{"a/x": 5}] * 9))
    site = replace(tiny.site(), public_url="https://example.org/")
    described = context(tiny)
    tables = history_files(described.history, None).files
    made = read_whole(make_downloads(replace(described, site=site, tables=tables)))
    datasets = describe_datasets(
        site, {part.path: Checksum(part.sha256, part.size) for part in made}
    )
    rankings = Metadata(read_pages(), site, {}, datasets).dataset("rankings-daily")
    assert rankings is not None
    assert rankings["temporalCoverage"] == f"{ago(9)}/{ago(1)}"
    files: Any = rankings["distribution"]
    assert [file["contentUrl"].rpartition("/")[2] for file in files] == [
        "latest.csv",
        "latest.json",
        "history.csv",
        "history.json",
        "revisions.csv",
        f"{TODAY}.json.gz",
    ]
    assert all("sha256" in file for file in files[2:4])


# Feeds


def entries(tiny: TinyArchive, today: date) -> dict[str, tuple[str, str, str]]:
    """When each entry of the feed was updated, what it says, and its credit, by its id."""
    files = {part.path: part.body for part in make_feeds(context(tiny, today))}
    feed = ElementTree.fromstring(files["changes/feed.xml"])  # type: ignore[arg-type]  # noqa: S314 - made by us
    return {
        entry.findtext(f"{ATOM}id", ""): (
            entry.findtext(f"{ATOM}updated", ""),
            entry.findtext(f"{ATOM}content", ""),
            entry.findtext(f"{ATOM}rights", ""),
        )
        for entry in feed.iter(f"{ATOM}entry")
    }


def test_an_entry_keeps_the_time_and_credit_of_the_snapshot_that_first_showed_it(
    tiny: TinyArchive,
) -> None:
    days = daily(*[{"a/x": 3, "b/x": 2}] * 7, {"b/x": 99}, {"b/x": 99}, last=ago(5))
    tiny.rankings(days, on=ago(4))
    first = entries(tiny, ago(4))
    ((updated, content, rights),) = first.values()
    assert updated == f"{ago(4)}T06:00:00Z"
    assert f"as of {ago(4)}T06:00:00Z" in rights
    assert content.endswith(rights)
    # The same numbers in later snapshots change nothing, and younger days do not either.
    tiny.rankings({**days, ago(4): {"b/x": 99}}, on=ago(3))
    tiny.rankings(daily({"b/x": 99}, {"b/x": 99}, last=ago(2)), on=ago(1))
    assert entries(tiny, ago(1)).items() >= first.items()


def test_an_entry_whose_days_were_restated_stays_as_it_was_told(tiny: TinyArchive) -> None:
    days = daily(*[{"a/x": 3, "b/x": 2}] * 7, {"b/x": 99}, {"b/x": 99}, last=ago(3))
    tiny.rankings(days, on=ago(2))
    before = entries(tiny, ago(2))
    assert [updated for updated, _, _ in before.values()] == [f"{ago(2)}T06:00:00Z"]
    # As restated, a/x would have kept the lead.
    tiny.rankings({**days, ago(4): {"a/x": 99}, ago(3): {"a/x": 99}}, on=ago(1))
    assert entries(tiny, ago(1)) == before


def test_an_entry_on_the_catalogue_keeps_the_credit_of_its_day(tiny: TinyArchive) -> None:
    tiny.models(listing("a/x"), on=ago(5))
    tiny.models(listing("a/x"), listing("b/x"), on=ago(4))
    first = entries(tiny, ago(4))
    assert first
    tiny.models(listing("a/x"), listing("b/x"), on=ago(1))
    assert entries(tiny, ago(1)) == first
    assert all(f"{ago(4)}T06:17:00Z" in rights for _, _, rights in first.values())


def test_an_entry_on_a_list_of_earlier_days_is_credited_as_of_them(tiny: TinyArchive) -> None:
    tiny.models(listing("a/x"), on=ago(3), as_of=ago(9))
    tiny.models(listing("a/x"), listing("b/x"), on=ago(2), as_of=ago(5))
    ((updated, _, rights),) = entries(tiny, ago(1)).values()
    assert updated == f"{ago(5)}T06:17:00Z"
    assert f"{ago(5)}T06:17:00Z" in rights


# Apps


def moved(tiny: TinyArchive) -> tuple[list[Any], str]:
    board = tiny.board("apps.popular")
    return [row[0] for row in table(board, "moved")], board.notes[-1]


def test_apps_are_compared_with_a_list_of_a_week_before_which_is_named(tiny: TinyArchive) -> None:
    tiny.apps({"popular": [app(2, 9), app(1, 5)]}, on=ago(8))
    tiny.apps({"popular": [app(1, 9), app(2, 5)]})
    assert moved(tiny) == (
        [1, -1],
        "Changes of rank are vs the list of 14 Oct to 12 Nov 2026.",
    )


def test_after_a_pause_no_change_of_an_app_is_stated(tiny: TinyArchive) -> None:
    tiny.apps({"popular": [app(2, 9), app(1, 5)]}, on=ago(27))
    tiny.apps({"popular": [app(1, 9), app(2, 5)]})
    assert moved(tiny) == (
        ["unknown", "unknown"],
        "Changes of rank are not shown: no list seven to nine days older is archived.",
    )


# The status page


def report(tiny: TinyArchive, on: date, **states: str) -> None:
    """A run that reported these states."""
    datasets = {
        name.replace("_", "-"): {"state": state, "message": f"{name} said no" * (state != "fresh")}
        for name, state in states.items()
    }
    path = tiny.root / "runs" / f"{on}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"schema_version": 1, "day": str(on), "datasets": datasets}))


NAMES = (
    "rankings_daily",
    "app_rankings",
    "models",
    "task_classifications",
    "benchmarks_artificial_analysis",
    "benchmarks_design_arena",
    "benchmarks_openrouter",
    "session_cost",
)


def status(tiny: TinyArchive, today: date = TODAY) -> str:
    return words(pages(tiny, today)["status/index.html"])


def test_a_render_without_a_run_calls_nothing_failed(tiny: TinyArchive) -> None:
    tiny.rankings(daily({"a/x": 5}, last=ago(2)), on=ago(1))
    report(tiny, ago(1), **dict.fromkeys(NAMES, "fresh"))
    said = status(tiny)
    assert "Last run on 20 Nov 2026 · built for 21 Nov 2026 without a run of that day" in said
    assert "Every dataset due for an update was refreshed in the last run." in said
    assert "could not be refreshed" not in said
    assert "Model rankings by day 1 day old" in said


def test_a_run_that_failed_is_told_with_the_number_of_datasets(tiny: TinyArchive) -> None:
    tiny.rankings(daily({"a/x": 5}))
    report(tiny, TODAY, **{**dict.fromkeys(NAMES, "fresh"), "models": "failed"})
    said = status(tiny)
    assert "Last run on 21 Nov 2026 1 of 8 datasets could not be refreshed." in said
    assert "Model rankings by day Up to date" in said
    assert "1 row, 1 day archived" in said


def test_without_any_run_none_is_made_up(tiny: TinyArchive) -> None:
    tiny.rankings(daily({"a/x": 5}))
    said = status(tiny)
    assert "No run is recorded · built for 21 Nov 2026" in said
    assert "could not be refreshed" not in said


def test_a_source_whose_time_stands_still_is_called_by_its_age(tiny: TinyArchive) -> None:
    for back in (12, 5, 0):
        tiny.rankings({ago(13): {"a/x": 500 + back}}, on=ago(back), as_of="2026-11-09T06:00:00Z")
    state = tiny.site().dataset("rankings-daily")
    assert (state.unchanged_since, state.stale, state.stale_since) == (ago(12), True, ago(12))
    assert state.message == "the last 3 snapshots are all as of 2026-11-09T06:00:00Z"
    assert "Model rankings by day unchanged since 9 Nov 2026, 12 days" in status(tiny)
    Archive(tiny.root).report(TODAY, {"datasets": {"rankings-daily": {"message": "no answer"}}})
    assert tiny.site().dataset("rankings-daily").message == "no answer"


def test_an_old_time_that_comes_back_is_counted_from_then_on(tiny: TinyArchive) -> None:
    old, newer = "2026-11-09T06:00:00Z", "2026-11-13T06:00:00Z"
    for back, as_of in ((12, old), (8, newer), (5, old), (0, old)):
        tiny.rankings({ago(13): {"a/x": 500 + back}}, on=ago(back), as_of=as_of)
    state = tiny.site().dataset("rankings-daily")
    assert state.message == f"the last 2 snapshots are all as of {old}"


def test_a_time_of_the_future_that_stands_still_is_dated_by_its_first_snapshot(
    tiny: TinyArchive,
) -> None:
    for back in (5, 0):
        tiny.rankings({ago(13): {"a/x": 500 + back}}, on=ago(back), as_of="2027-03-01T06:00:00Z")
    assert "unchanged since 16 Nov 2026, 5 days" in status(tiny)


def test_a_source_that_does_not_change_daily_is_unchanged_and_not_out_of_date(
    tiny: TinyArchive,
) -> None:
    for back in (5, 0):
        tiny.scores(score("a/x", back), on=ago(back), as_of=ago(5))
    state = tiny.site().dataset("benchmarks-artificial-analysis")
    assert (state.unchanged_since, state.stale, state.message) == (ago(5), False, "")


@pytest.mark.parametrize(("back", "unchanged"), [(2, None), (3, ago(3))])
def test_a_source_may_stand_still_for_two_days(
    tiny: TinyArchive, back: int, unchanged: date | None
) -> None:
    for on in (back, 0):
        tiny.rankings({ago(13): {"a/x": 500 + on}}, on=ago(on), as_of=f"{ago(back)}T06:00:00Z")
    assert tiny.site().dataset("rankings-daily").unchanged_since == unchanged


# Dates on pages


def test_a_time_of_the_future_is_marked_wherever_it_is_printed(tiny: TinyArchive) -> None:
    tiny.rankings(daily({"a/x": 5}), as_of="2027-03-01T06:00:00Z")
    made = pages(tiny)
    for path in ("index.html", "rankings/index.html", "data/rankings-daily/index.html"):
        assert "1 Mar 2027, 06:00 UTC" in words(made[path]), path
        assert "2027-03-01T06:00:00Z" in words(made[path]), path
        assert "(later than this page)" in words(made[path]), path
    assert "(later than this page)" in status(tiny)


def test_a_page_of_several_sources_names_the_time_of_each(tiny: TinyArchive) -> None:
    tiny.tasks(task("bug", 0.5, 0.5, chosen("a/x", 0.5), kind="code"), on=ago(3))
    tiny.scores(score("a/x", 50, coding_index=40), on=ago(1))
    tiny.ratings([rating("a/x", 1200, "codecategories")])
    said = words(pages(tiny)["coding/index.html"])
    assert (
        "Task classifications updated 17 Nov 2026 · Artificial Analysis indices updated 20 Nov 2026, "
        "06:00 UTC · Design Arena ratings updated 21 Nov 2026, 06:00 UTC"
    ) in said
    assert "good at one thing and not at another, or the lists are too short to tell" in said


def test_models_side_by_side_name_the_time_of_each_source(tiny: TinyArchive) -> None:
    tiny.rankings(weeks({"a/x": 5, "b/x": 2}, {"a/x": 6, "b/x": 2}))
    tiny.models(listing("a/x"), listing("b/x"), on=ago(2))
    tiny.scores(score("a/x", 50), on=ago(3))
    assert (
        "Usage as of 21 Nov 2026, 06:00 UTC, 14 to 20 Nov 2026, last 3 days provisional · "
        "Pricing and specs as of 19 Nov 2026, 06:17 UTC · "
        "Artificial Analysis as of 18 Nov 2026, 06:00 UTC"
    ) in words(pages(tiny)["compare/index.html"])


PAGES_OF_THE_WEEK = (
    "index.html",
    "rankings/index.html",
    "rankings/authors/index.html",
    "models/a/x/index.html",
    "authors/a/index.html",
    "compare/index.html",
    "changes/index.html",
)
"""Pages with numbers of the newest seven days, for an archive with the models a/x and b/x."""


def test_provisional_numbers_are_marked_where_they_stand(tiny: TinyArchive) -> None:
    tiny.rankings(weeks({"a/x": 5, "b/x": 2}, {"a/x": 6, "b/x": 3}))
    tiny.models(listing("a/x"), listing("b/x"))
    made = pages(tiny)
    for path in PAGES_OF_THE_WEEK:
        assert "last 3 days provisional" in words(made[path]), path
    assert "shares of the public traffic through OpenRouter" in words(made["index.html"])
    (badge,) = [part for part in draw_badges(context(tiny)) if part.path.endswith("a/x.svg")]
    assert isinstance(badge.body, bytes)
    assert f"as of {TODAY}, provisional" in badge.body.decode()


def test_a_badge_names_the_utc_day_of_its_source(tiny: TinyArchive) -> None:
    tiny.rankings(weeks({"a/x": 5}), as_of=f"{TODAY}T01:00:00+05:00")
    tiny.models(listing("a/x"))
    (badge,) = [part for part in draw_badges(context(tiny)) if part.path.endswith("a/x.svg")]
    assert isinstance(badge.body, bytes)
    assert f"openrouter.ai/rankings), as of {ago(1)}" in badge.body.decode()


def test_settled_numbers_are_not_marked(tiny: TinyArchive) -> None:
    tiny.rankings(weeks({"a/x": 5}, {"a/x": 6}, last=ago(4)))
    tiny.models(listing("a/x"))
    made = pages(tiny)
    for path in (
        "index.html",
        "rankings/index.html",
        "models/a/x/index.html",
        "compare/index.html",
    ):
        assert "provisional" not in words(made[path]), path


def test_a_missing_day_is_named_where_its_week_is_shown(tiny: TinyArchive) -> None:
    days = weeks({"a/x": 5, "b/x": 2}, {"a/x": 6, "b/x": 3})
    del days[ago(4)]
    tiny.rankings(days)
    tiny.models(listing("a/x"), listing("b/x"))
    made = pages(tiny)
    for path in PAGES_OF_THE_WEEK:
        assert "17 Nov 2026 is missing" in words(made[path]), path
    (badge,) = [part for part in draw_badges(context(tiny)) if part.path.endswith("a/x.svg")]
    assert isinstance(badge.body, bytes)
    assert "No. 1 of 2 models by tokens in 6 of 7 days to 20 Nov 2026, 6" in badge.body.decode()


def test_rows_put_together_in_parts_are_the_lines_of_one_json_file() -> None:
    top, rows = {"a": 1}, [{"b": 2}, {"b": 3}, {"b": 4}]
    whole = tabular.json_file(top, rows)
    assert whole == b'{\n "a": 1,\n "rows": [\n{"b":2},\n{"b":3},\n{"b":4}\n]\n}\n'
    parts = [b"", tabular.json_lines(rows[:2]), b"", tabular.json_lines(rows[2:])]
    assert b"".join(tabular.json_parts(top, parts)) == whole
    assert b"".join(tabular.json_parts(top, [b""])) == b'{\n "a": 1,\n "rows": []\n}\n'
