"""``status.json``: each day in the member that it belongs to."""

import json
import re
from dataclasses import replace
from datetime import date

from generator.archive.export_comparison import Comparison, ExportsState
from generator.archive.gates import GATE_NAMES, HeldBack, Objection
from generator.render.context import Context
from generator.render.identity import identity_file
from generator.render.status_file import status_file
from tests.running import Built
from tests.site_samples import profile, site, state
from tests.tiny_archive import TODAY, TinyArchive

HELD_BACK = HeldBack(
    dataset="rankings-daily",
    snapshot="2026-08-14.json.gz",
    snapshot_day=date(2026, 8, 14),
    day=date(2026, 8, 13),
    objections=(Objection(GATE_NAMES[0], "half of the rows are gone"),),
    shown=date(2026, 8, 12),
)


def test_a_dataset_states_its_own_days_and_those_of_what_is_held_back(tiny: TinyArchive) -> None:
    of_dataset = state(
        "rankings-daily",
        day=date(2026, 8, 16),
        unchanged_since=date(2026, 8, 15),
        days=(date(2026, 8, 10), date(2026, 8, 16)),
        held_back=(HELD_BACK,),
    )
    listed = json.loads(status_file(Context(tiny.history(), site(datasets=(of_dataset,)))))
    assert (listed["snapshot_date"], listed["last_run"]) == ("2026-08-18", None)
    [dataset] = listed["datasets"]
    assert (dataset["newest"], dataset["unchanged_since"]) == ("2026-08-16", "2026-08-15")
    assert (dataset["rows"], dataset["days_held"]) == (1530, 2)
    assert dataset["held_back"] == [
        {
            "snapshot": "2026-08-14.json.gz",
            "snapshot_date": "2026-08-14",
            "day": "2026-08-13",
            "gates": [GATE_NAMES[0]],
            "reason": "half of the rows are gone",
            "shown": "2026-08-12",
        }
    ]


def test_a_dataset_has_as_many_rows_in_every_file_and_on_every_page_as_its_table(
    plain: Built,
) -> None:
    """A response of the catalog has the number of all models as a row of its own."""
    status, index = (
        {
            entry["dataset"]: entry["rows"]
            for entry in json.loads(plain.text(f"data/v1/{name}.json"))["datasets"]
        }
        for name in ("status", "index")
    )
    listed = index["models"]
    assert listed == len(plain.text("data/v1/models/latest.csv").splitlines()) - 1 > 1
    assert status == index
    for name, rows in index.items():
        assert json.loads(plain.text(f"data/v1/{name}/latest.manifest.json"))["rows"] == rows, name
        shown = re.findall(r"([\d,]+) rows?</dd>", plain.text(f"data/{name}/index.html"))
        assert [int(number.replace(",", "")) for number in shown] == [rows], name


def test_the_last_run_may_have_been_before_the_day_of_the_build(tiny: TinyArchive) -> None:
    run = date(2026, 8, 17)
    listed = json.loads(status_file(Context(tiny.history(), site(last_run=run))))
    assert (listed["last_run"], listed["exports"]) == ("2026-08-17", None)


def test_what_was_compared_with_the_sources_own_files_keeps_its_numbers(
    tiny: TinyArchive,
) -> None:
    compared = Comparison("a.csv", date(2026, 8, 9), True, 10, 7, 2, 3, 4, 5, ("one differs",))
    exports = ExportsState(date(2026, 8, 10), (compared,), ("b.csv: gone",))
    listed = json.loads(status_file(Context(tiny.history(), site(exports=exports))))["exports"]
    assert listed == {
        "read_on": "2026-08-10",
        "unread": ["b.csv: gone"],
        "files": [
            {
                "path": "a.csv",
                "day": "2026-08-09",
                "checksum_agrees": True,
                "unreadable": "",
                "compared": 10,
                "equal": 7,
                "equal_to_another_snapshot": 2,
                "different": 3,
                "missing_here": 4,
                "missing_there": 5,
                "differences": ["one differs"],
            }
        ],
    }


def test_a_model_keeps_its_first_and_its_last_day_apart(tiny: TinyArchive) -> None:
    first = replace(profile(0), first_seen=date(2026, 8, 1), last_seen=TODAY)
    named = site(profiles={first.model.id: first})
    [model] = json.loads(identity_file(tiny.history(), named))["models"]
    assert (model["first_seen"], model["last_seen"]) == ("2026-08-01", str(TODAY))
    assert (model["canonical_slug"], model["page"]) == (first.model.id, first.model.path)
