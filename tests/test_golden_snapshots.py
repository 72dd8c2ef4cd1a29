"""Snapshots of earlier formats, which every later version reads: see "Change what is stored" in CONTRIBUTING.md."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from generator.archive.coverage import Revision
from generator.archive.history import History
from generator.archive.store import Archive
from generator.base.attribution import WITHHELD
from generator.base.files import sha256
from generator.endpoints import BY_NAME, benchmarks, models, rankings_daily

GOLDEN = Path(__file__).parent / "golden"
ARENA = benchmarks.DESIGN_ARENA.name
CHECKSUMS = {
    "app-rankings/2026-08-18": "833c3f5f240877f0",
    "benchmarks-artificial-analysis/2026-08-18": "dd98c89d73445a06",
    "benchmarks-design-arena/2026-08-18": "a79b2ff7553b3986",
    "benchmarks-openrouter/2026-08-17": "bb589a442cbdb4fd",
    "benchmarks-openrouter/2026-08-18": "15ef61f03802aa42",
    "models/2026-08-12": "5fab0d0ae03c13f2",
    "models/2026-08-14": "8e2d2682d8c69ba9",
    "rankings-daily/2026-08-17": "79289fb53f5986a8",
    "rankings-daily/2026-08-18": "59d7dd370043497d",
    "rankings-daily/2026-08-18.r2": "592cef24f094fdc4",
    "rankings-slices/2026-08-18": "ff06c542fe21346e",
    "rankings-slices-weekly/2026-08-18": "9faa9f25a79a7a74",
    "session-cost/2026-08-18": "db301c3f86b4c8bf",
    "task-classifications/2026-08-18": "ce3ef303161f91ed",
}
"""The first sixteen digits of the sha256 of each snapshot. Lines are added here, and never changed."""


@pytest.fixture(scope="module")
def history() -> History:
    return History(Archive(GOLDEN), date(2026, 8, 18))


def records(history: History, dataset: str, day: str, *columns: str) -> list[tuple[object, ...]]:
    """Return these columns of every record of the dataset's table on a day."""
    (snapshot,) = (one for one in history.snapshots(dataset) if str(one.day) == day)
    endpoint: Any = BY_NAME[dataset]
    found = []
    for parsed in history.parsed(endpoint, snapshot):
        for row in parsed.rows:
            found += [tuple(map(record.get, columns)) for record in endpoint.table(row)]
    return found


def test_every_golden_snapshot_is_the_one_that_was_stored() -> None:
    paths = sorted(GOLDEN.rglob("*.json.gz"))
    sums = {
        path.relative_to(GOLDEN).as_posix().removesuffix(".json.gz"): sha256(path.read_bytes())[:16]
        for path in paths
    }
    assert sums == CHECKSUMS


def test_there_is_a_golden_snapshot_of_every_dataset() -> None:
    assert {name.partition("/")[0] for name in CHECKSUMS} == set(BY_NAME)


@pytest.mark.parametrize("dataset", sorted({name.partition("/")[0] for name in CHECKSUMS}))
def test_every_golden_snapshot_is_whole_and_read_to_its_last_row(
    history: History, dataset: str
) -> None:
    archive = history.archive
    assert archive.damages(dataset) == []
    snapshots = archive.snapshots(dataset)
    assert history.snapshots(dataset) == snapshots
    assert history.refused(dataset) == ()
    for snapshot in snapshots:
        endpoint = BY_NAME[dataset]
        parsed = history.parsed(endpoint, snapshot)
        assert sum(len(reply.rows) for reply in parsed) == snapshot.manifest.rows
        assert [note for reply in parsed for note in reply.set_aside] == []
        credits_ = tuple(dict.fromkeys(reply.citation for reply in parsed))
        assert history.stored_citations(snapshot) == credits_


def test_a_restated_day_has_its_newest_numbers_and_the_restatement_is_known(
    history: History,
) -> None:
    snapshots = history.snapshots(rankings_daily.NAME)
    assert [(str(one.day), one.revision) for one in snapshots] == [
        ("2026-08-17", 1),
        ("2026-08-18", 1),
        ("2026-08-18", 2),
    ]
    usage = history.daily_tokens
    assert usage is not None
    assert usage.days == {
        date(2026, 8, 15): {
            "deepseek/deepseek-v4-flash-20260731": 1_407_526_668_596,
            "tencent/hy3-20260706": 1_117_668_844_080,
            "openai/gpt-5.6-luna-20260709": 652_006_253_602,
            "other": 641_140_079_526,
        },
        date(2026, 8, 16): {
            "deepseek/deepseek-v4-flash-20260731": 1_456_626_623_174,
            "tencent/hy3-20260706": 1_064_840_646_049,
            "anthropic/claude-opus-5-20260723": 793_290_055_781,
            "other": 593_538_679_936,
        },
        date(2026, 8, 17): {
            "xiaomi/mimo-v2.5-20260422": 1_857_309_284_772,
            "deepseek/deepseek-v4-flash-20260731": 1_691_677_097_998,
            "tencent/hy3-20260706": 1_517_431_295_872,
            "other": 750_927_751_436,
        },
    }

    def told(revision: Revision) -> tuple[object, ...]:
        return (str(revision.day), revision.slug, revision.before, revision.after)

    slug = "deepseek/deepseek-v4-flash-20260731"
    assert [told(revision) for revision in usage.revisions] == [
        ("2026-08-16", slug, 1_455_626_623_174, 1_456_626_623_174),
        ("2026-08-17", slug, 1_691_677_097_991, 1_691_677_097_998),
    ]
    assert usage.citation.line == (
        "Source: OpenRouter (openrouter.ai/rankings), as of 2026-08-18T22:46:17.000Z."
    )


def test_a_catalog_has_its_aliases_price_steps_and_look_ups(history: History) -> None:
    memory = history.listings
    assert [(one.id, one.first_seen, one.last_seen, one.is_alias) for one in memory.entries] == [
        ("openai/gpt-oss-120b", "2026-08-12", "2026-08-14", False),
        ("qwen/qwen3.7-flash", "2026-08-12", "2026-08-12", False),
        ("x-ai/grok-4.6", "2026-08-14", "2026-08-14", False),
        ("~x-ai/grok-latest", "2026-08-12", "2026-08-14", True),
    ]
    (model,) = (one for one in memory.entries if one.id == "openai/gpt-oss-120b")
    assert [(point.day, point.pricing.prompt) for point in model.prices] == [
        ("2026-08-12", "0.000000037"),
        ("2026-08-14", "0.00000003"),
    ]
    steps = memory.entries[1].prices[0].pricing.overrides
    assert [(step.min_prompt_tokens, step.prompt) for step in steps] == [
        (32_000, "0.0000001"),
        (256_000, "0.0000002"),
    ]
    first, second = history.snapshots(models.NAME)
    answers = [
        (call.path, call.optional, len(parsed.rows))
        for snapshot in (first, second)
        for call, parsed in history.answers(models.ENDPOINT, snapshot)
    ]
    assert answers == [
        ("/models", False, 3),
        ("/models/count", False, 1),
        ("/model/qwen/qwen3.8-max-20260803", True, 0),
        ("/models", False, 2),
        ("/models/count", False, 1),
        ("/model/x-ai/grok-4.6-20260810", True, 1),
    ]


def test_benchmarks_have_their_scores_and_what_was_not_measured(history: History) -> None:
    indices = ("model_permaslug", "intelligence_index", "coding_index", "agentic_index")
    assert records(history, "benchmarks-artificial-analysis", "2026-08-18", *indices) == [
        ("google/gemini-3.7-flash-20260813", 56, 76.1, 45.1),
        ("meituan/longcat-2.0-20260720", None, 45.3, None),
    ]
    rated = ("model_permaslug", "arena", "category", "elo", "win_rate")
    assert records(history, ARENA, "2026-08-18", *rated) == [
        ("google/gemini-3.7-flash-20260813", "models", "3d", 1374, 67.6),
        ("google/gemini-3.7-flash-20260813", "models", "codecategories", 1331, 58.7),
        ("google/gemini-3.7-flash-20260813", "agents", "androidnative", 1253, 58.1),
        ("x-ai/grok-4.6-20260810", "agents", "androidnative", 1177, 45.9),
    ]
    evaluated = ("benchmark_type", "accuracy", "primary_score", "search_engine")
    assert records(history, "benchmarks-openrouter", "2026-08-17", *evaluated) == []
    assert records(history, "benchmarks-openrouter", "2026-08-18", *evaluated) == [
        ("gpqa_diamond", 0.731, None, None),
        ("browsecomp", None, 0.402, "exa"),
    ]


def test_a_credit_can_be_withheld_after_it_was_stored() -> None:
    withheld = History(Archive(GOLDEN), date(2026, 8, 18), {ARENA})
    (snapshot,) = withheld.snapshots(ARENA)
    stored = withheld.stored_citations(snapshot)
    assert [(credit.license, credit.as_of) for credit in stored] == [
        (WITHHELD, "2026-08-18"),
        (WITHHELD, "2026-08-18T22:46:17.000Z"),
    ]
    # The second is that of an empty list, which credits nothing.
    assert withheld.citations(ARENA) == stored[:1]


def test_apps_tasks_and_sessions_have_their_rows_windows_and_notes(history: History) -> None:
    listed = ("sort", "start_date", "end_date", "rank", "app_name", "total_tokens")
    popular, trending = ("2026-07-19", "2026-08-17"), ("2026-05-30", "2026-06-28")
    # The second name ends in half of a character, as the reply does.
    assert records(history, "app-rankings", "2026-08-18", *listed) == [
        ("popular", *popular, 1, "Hermes Agent", "36494808019704"),
        ("popular", *popular, 2, "Half \ufffd", "8900004253582"),
        ("trending", *trending, 1, "Hermes Agent", "24831846778734"),
        ("trending", *trending, 2, "pi", "1846890025361"),
    ]
    chosen = ("level", "tag", "usage_share", "id", "tag_usage_share")
    tag, model = "classification_tagging", "deepseek/deepseek-v4-flash-20260731"
    assert records(history, "task-classifications", "2026-08-18", *chosen)[:2] == [
        ("task", tag, 0.237, None, None),
        ("model", tag, 0.237, model, 0.113),
    ]
    cell = ("app_slug", "turn_range", "median_session_cost_usd", "window_days", "window_end_date")
    assert records(history, "session-cost", "2026-08-18", *cell) == [
        ("cline", "2-9", "0.1234", 30, "2026-08-12")
    ]
    notes = {
        dataset: [note for one in history.snapshots(dataset) for note in one.manifest.notes]
        for dataset in ("app-rankings", "task-classifications")
    }
    assert [note[-65:] for note in notes["app-rankings"]] == [
        "05-30 to 2026-06-28, where 2026-07-19 to 2026-08-17 was asked for"
    ]
    assert notes["task-classifications"] == [
        "task-classifications: as of 2026-09-21, which lies after the day of the snapshot (2026-08-18)"
    ]


def test_slices_have_their_filters_days_and_weeks(history: History) -> None:
    chosen = ("slice_kind", "slice_value", "date", "model_permaslug", "total_tokens")
    flash = "google/gemini-3.7-flash-20260813"
    assert records(history, "rankings-slices", "2026-08-18", *chosen) == [
        ("modality", "image", "2026-08-16", flash, "7123456789"),
        ("modality", "image", "2026-08-16", "other", "1000000001"),
        ("modality", "image", "2026-08-17", flash, "7223456789"),
        ("modality", "image", "2026-08-17", "other", "1100000001"),
        ("context_bucket", "10M", "2026-08-17", "x-ai/grok-4.6-20260810", "12"),
    ]
    assert records(history, "rankings-slices-weekly", "2026-08-18", *chosen) == [
        (
            "category",
            "marketing/seo",
            "2026-08-10",
            "deepseek/deepseek-v4-flash-20260731",
            "998877665544",
        ),
        ("category", "marketing/seo", "2026-08-10", "other", "5"),
        ("language_type", "programming", "2026-08-10", "tencent/hy3-20260706", "33"),
    ]
