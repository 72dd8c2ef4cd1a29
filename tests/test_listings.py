"""What the catalog has ever said: first and last days, change points, slugs it does not know."""

from datetime import date
from pathlib import Path

import pytest

from generator.archive import listings
from generator.archive.listings import ListingHistory, Listings, Naming, PricePoint, Span
from generator.archive.store import Archive
from generator.archive.stored_snapshot import StoredSnapshot
from generator.endpoints import models
from generator.endpoints.endpoint import AnyEndpoint, Reply
from generator.endpoints.models import Pricing
from tests.tiny_archive import TODAY, Json, TinyArchive, ago, created_on, listing


def known(tiny: TinyArchive, today: date = TODAY) -> Listings:
    return listings.recall(Archive(tiny.root), today)


def entry(tiny: TinyArchive, id_: str) -> ListingHistory:
    return next(found for found in known(tiny).entries if found.id == id_)


def prices(found: ListingHistory) -> list[tuple[str, str, str]]:
    """The prices of input and output with the days on which they changed."""
    return [(one.day, one.pricing.prompt, one.pricing.completion) for one in found.prices]


def stored(tiny: TinyArchive) -> bytes:
    """What is kept beside the snapshots, which is the only file of that name there."""
    return (tiny.root / "models" / "memory.json").read_bytes()


def test_an_entry_has_the_first_and_the_last_day_it_was_listed(tiny: TinyArchive) -> None:
    for day in (5, 3, 1):
        tiny.models(listing("a/x", "a/x-1", f"Name of {day}"), listing(f"b/{day}"), on=ago(day))
    assert entry(tiny, "a/x") == ListingHistory(
        id="a/x",
        canonical_slug="a/x-1",
        name="Name of 1",
        created=created_on(date(2026, 10, 1)),
        first_seen="2026-11-16",
        last_seen="2026-11-20",
        alias_of=None,
        prices=[PricePoint("2026-11-16", Pricing("0.000001", "0.000002"))],
        namings=[
            Naming("2026-11-16", "Name of 5", "a/x-1", created_on(date(2026, 10, 1))),
            Naming("2026-11-18", "Name of 3", "a/x-1", created_on(date(2026, 10, 1))),
            Naming("2026-11-20", "Name of 1", "a/x-1", created_on(date(2026, 10, 1))),
        ],
        spans=[Span("2026-11-16", "2026-11-20")],
    )
    assert [found.id for found in known(tiny).entries] == ["a/x", "b/1", "b/3", "b/5"]
    assert (entry(tiny, "b/3").first_seen, entry(tiny, "b/3").last_seen) == (
        "2026-11-18",
        "2026-11-18",
    )


def test_prices_change_on_the_first_day_that_says_so(tiny: TinyArchive) -> None:
    def priced(prompt: str, completion: str) -> Json:
        return listing("a/x", prompt=prompt, pricing={"completion": completion})

    tiny.models(priced("1", "2"), on=ago(5))
    tiny.models(priced("1", "2"), on=ago(4))
    tiny.models(priced("1", "3"), on=ago(3))
    tiny.models(priced("0", "3"), on=ago(2))
    tiny.models(priced("1", "2"), on=ago(1))
    assert prices(entry(tiny, "a/x")) == [
        ("2026-11-16", "1", "2"),
        ("2026-11-18", "1", "3"),
        ("2026-11-19", "0", "3"),
        ("2026-11-20", "1", "2"),
    ]


def test_an_alias_says_where_it_leads(tiny: TinyArchive) -> None:
    tiny.models(listing("~a/latest", alias_target={"name": "X", "slug": "a/x"}))
    assert entry(tiny, "~a/latest").alias_of == "a/x"


def test_the_second_snapshot_of_a_day_counts_as_the_last_of_that_day(tiny: TinyArchive) -> None:
    tiny.models(listing("a/x", prompt="1"))
    tiny.models(listing("a/x", prompt="2", name="Second"))
    found = entry(tiny, "a/x")
    assert (found.name, found.first_seen, found.last_seen) == ("Second", str(TODAY), str(TODAY))
    assert [price for _, price, _ in prices(found)] == ["1", "2"]


def test_catalogues_younger_than_the_day_do_not_exist(tiny: TinyArchive) -> None:
    tiny.models(listing("a/x"), on=ago(1))
    tiny.models(listing("a/x"), listing("b/x"))
    assert [found.id for found in known(tiny, ago(1)).entries] == ["a/x"]
    assert known(tiny, ago(1)).entries[0].last_seen == "2026-11-20"
    found = known(tiny, ago(2))
    assert (found.read, found.entries, found.absent, found.days) == ([], [], {}, [])


# Look-ups


def test_a_slug_the_api_does_not_know_is_held_with_the_last_day_it_was_asked(
    tiny: TinyArchive,
) -> None:
    tiny.catalogue([listing("a/x")], {"b/lost": None, "a/early": None}, on=ago(2))
    tiny.catalogue([listing("a/x")], {"b/lost": None}, on=ago(1))
    assert known(tiny).absent == {"a/early": "2026-11-19", "b/lost": "2026-11-20"}
    assert list(known(tiny).absent) == ["a/early", "b/lost"]


def test_a_slug_that_is_found_later_is_absent_no_more(tiny: TinyArchive) -> None:
    tiny.catalogue([listing("a/x")], {"b/late": None, "c/lost": None}, on=ago(1))
    tiny.catalogue([listing("a/x")], {"b/late": listing("b/late", name="Late")})
    assert known(tiny).absent == {"c/lost": "2026-11-20"}
    assert entry(tiny, "b/late").name == "Late"
    assert entry(tiny, "b/late").first_seen == str(TODAY)


# Times in the list


def test_a_break_in_the_list_ends_a_span_and_a_day_without_a_snapshot_does_not(
    tiny: TinyArchive,
) -> None:
    tiny.models(listing("a/x"), listing("b/x"), on=ago(9))
    tiny.models(listing("a/x"), listing("b/x"), on=ago(5))
    tiny.models(listing("a/x"), on=ago(4))
    tiny.models(listing("a/x"), listing("b/x"), on=ago(3))
    assert known(tiny).days == ["2026-11-12", "2026-11-16", "2026-11-17", "2026-11-18"]
    assert entry(tiny, "a/x").spans == [Span("2026-11-12", "2026-11-18")]
    assert entry(tiny, "b/x").spans == [
        Span("2026-11-12", "2026-11-16"),
        Span("2026-11-18", "2026-11-18"),
    ]


def test_what_any_snapshot_of_a_day_lists_was_listed_on_that_day(tiny: TinyArchive) -> None:
    for day in (ago(2), ago(0)):
        tiny.models(listing("a/x"), listing("b/x"), on=day)
    tiny.models(listing("a/x"), listing("c/x"), on=ago(1))
    tiny.models(listing("a/x"), listing("b/x"), on=ago(1))
    assert entry(tiny, "b/x").spans == [Span("2026-11-19", "2026-11-21")]
    assert entry(tiny, "c/x").spans == [Span("2026-11-20", "2026-11-20")]


def test_a_look_up_lists_nothing(tiny: TinyArchive) -> None:
    tiny.catalogue([listing("a/x")], {"b/x": listing("b/x")})
    assert entry(tiny, "b/x").spans == []


def test_a_look_up_of_what_is_listed_changes_nothing_of_it(tiny: TinyArchive) -> None:
    tiny.catalogue([listing("a/x", prompt="1")], {"b/old": listing("a/x", prompt="2")}, on=ago(1))
    tiny.models(listing("a/x", prompt="1"))
    assert prices(entry(tiny, "a/x")) == [("2026-11-20", "1", "0.000002")]
    history = tiny.history()
    assert [row.pricing.prompt for row in history.facts(models.ENDPOINT).rows] == ["1"]
    assert history.refused("models") == ()


def test_a_name_that_leads_to_another_entry_is_not_looked_up_each_day(tiny: TinyArchive) -> None:
    found = {"b/old": listing("b/new", "b/new-1"), "c/x": listing("c/x:free", "c/x")}
    tiny.catalogue([listing("a/x")], found | {"d/lost": None}, on=ago(2))
    assert known(tiny).absent == {"b/old": "2026-11-19", "d/lost": "2026-11-19"}
    tiny.catalogue([listing("a/x")], {"b/old": listing("b/old")}, on=ago(1))
    assert known(tiny).absent == {"d/lost": "2026-11-19"}


# What is kept between runs


def test_what_was_learned_is_kept_and_extended_by_later_days(tiny: TinyArchive) -> None:
    tiny.catalogue([listing("a/x", prompt="1")], {"b/lost": None}, on=ago(2))
    listings.remember(Archive(tiny.root), ago(2))
    before = stored(tiny)
    tiny.models(listing("a/x", prompt="2"), on=ago(1))
    listings.remember(Archive(tiny.root), ago(1))
    assert stored(tiny) != before
    extended = known(tiny)
    (tiny.root / "models" / "memory.json").unlink()
    assert known(tiny) == extended
    assert len(extended.read) == 2
    assert prices(extended.entries[0]) == [
        ("2026-11-19", "1", "0.000002"),
        ("2026-11-20", "2", "0.000002"),
    ]


def test_what_was_read_once_is_not_read_again(tiny: TinyArchive) -> None:
    tiny.models(listing("a/x"), on=ago(1))
    listings.remember(Archive(tiny.root), ago(1))
    kept = stored(tiny).replace(b'"name":"a/x"', b'"name":"From the file"')
    (tiny.root / "models" / "memory.json").write_bytes(kept)
    assert entry(tiny, "a/x").name == "From the file"


def test_learning_nothing_new_changes_no_file(tiny: TinyArchive) -> None:
    tiny.models(listing("a/x"))
    listings.remember(Archive(tiny.root), TODAY)
    path = tiny.root / "models" / "memory.json"
    first = path.stat()
    listings.remember(Archive(tiny.root), TODAY)
    assert path.stat().st_ino == first.st_ino
    assert stored(tiny).endswith(b"}\n")


def test_what_is_younger_than_the_day_is_not_learned(tiny: TinyArchive) -> None:
    tiny.models(listing("a/x"), on=ago(1))
    tiny.models(listing("b/later"))
    listings.remember(Archive(tiny.root), ago(1))
    assert b"b/later" not in stored(tiny)


def test_where_no_catalogue_is_held_nothing_is_stored(tiny: TinyArchive) -> None:
    listings.remember(Archive(tiny.root), TODAY)
    assert not (tiny.root / "models").exists()


def test_a_file_that_does_not_fit_the_archive_is_made_anew(tiny: TinyArchive) -> None:
    tiny.models(listing("a/x"), on=ago(2))
    tiny.models(listing("a/x"), listing("b/gone"), on=ago(1))
    listings.remember(Archive(tiny.root), ago(1))
    for path in (tiny.root / "models").glob("2026-11-20*"):
        path.unlink()
    # A snapshot that the file has read is gone, and with it all that it alone has said.
    assert [found.id for found in known(tiny).entries] == ["a/x"]
    assert known(tiny).entries[0].last_seen == "2026-11-19"


def test_a_day_in_the_past_is_told_without_what_came_later(tiny: TinyArchive) -> None:
    tiny.models(listing("a/x"), on=ago(2))
    tiny.models(listing("b/x"), on=ago(1))
    listings.remember(Archive(tiny.root), TODAY)
    assert [found.id for found in known(tiny, ago(2)).entries] == ["a/x"]


class CountingArchive(Archive):
    """Notes the day of each snapshot that is read."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self.days_read: list[date] = []

    def replies(self, endpoint: AnyEndpoint, snapshot: StoredSnapshot) -> list[Reply]:
        self.days_read.append(snapshot.day)
        return super().replies(endpoint, snapshot)


def test_days_that_are_asked_for_one_after_another_each_read_what_is_new(
    tiny: TinyArchive,
) -> None:
    for day in (4, 3, 2, 1):
        tiny.models(listing("a/x", prompt=str(day)), listing(f"b/{day}"), on=ago(day))
    alone = {day: known(tiny, ago(day)) for day in (4, 3, 1)}
    archive = CountingArchive(tiny.root)
    for day, expected in alone.items():
        assert listings.recall(archive, ago(day)) == expected
    assert archive.days_read == [ago(4), ago(3), ago(2), ago(1)]
    assert listings.recall(archive, ago(3)) == alone[3]


_OF_AN_EARLIER_VERSION = (
    b'{"read":[],"entries":[{"id":"a/x","canonical_slug":"a/x","name":"X","created":1,'
    b'"first_seen":"2026-11-01","last_seen":"2026-11-01","prices":[["2026-11-01","1","2"]]}],"absent":{}}'
)


@pytest.mark.parametrize("content", [b"", b"{}", b"[1, 2", b'{"read": 3}', _OF_AN_EARLIER_VERSION])
def test_a_file_that_cannot_be_read_is_made_anew(tiny: TinyArchive, content: bytes) -> None:
    tiny.models(listing("a/x"))
    expected = known(tiny)
    (tiny.root / "models" / "memory.json").write_bytes(content)
    assert known(tiny) == expected
    listings.remember(Archive(tiny.root), TODAY)
    assert known(tiny) == expected
    assert stored(tiny) != content


def test_an_older_snapshot_that_comes_late_is_read_before_the_newer_ones(
    tiny: TinyArchive,
) -> None:
    tiny.models(listing("a/x", name="Newest", prompt="2"), on=ago(1))
    listings.remember(Archive(tiny.root), TODAY)
    tiny.models(listing("a/x", name="Older", prompt="1"), on=ago(4))
    found = entry(tiny, "a/x")
    assert (found.name, found.first_seen, found.last_seen) == (
        "Newest",
        "2026-11-17",
        "2026-11-20",
    )
    assert prices(found) == [("2026-11-17", "1", "0.000002"), ("2026-11-20", "2", "0.000002")]


@pytest.mark.parametrize(
    ("day", "listed"),
    [
        ("2026-11-09", False),
        ("2026-11-10", True),
        ("2026-11-11", True),
        ("2026-11-12", False),
        ("2026-11-14", True),
        ("2026-11-15", False),
    ],
)
def test_an_entry_was_listed_from_the_first_to_the_last_day_of_each_span(
    day: str, listed: bool
) -> None:
    spans = [Span("2026-11-10", "2026-11-11"), Span("2026-11-14", "2026-11-14")]
    entry = ListingHistory(
        "a/x", "a/x", "X", 0, first_seen="2026-11-10", last_seen="2026-11-14", spans=spans
    )
    assert entry.was_listed(day) is listed


@pytest.mark.parametrize(
    ("days", "held"),
    [
        (["10", "11", "12", "14"], 2),
        (["11", "14"], 2),
        (["10", "11", "13", "14"], 4),
        (["09", "10"], 0),
        (["20"], 0),
        ([], 0),
    ],
)
def test_an_entry_was_listed_from_the_first_of_some_days_until_one_that_no_span_holds(
    days: list[str], held: int
) -> None:
    spans = [Span("2026-11-10", "2026-11-11"), Span("2026-11-13", "2026-11-14")]
    entry = ListingHistory(
        "a/x", "a/x", "X", 0, first_seen="2026-11-10", last_seen="2026-11-14", spans=spans
    )
    of_november = [f"2026-11-{day}" for day in days]
    assert entry.listed_from_first(of_november) == of_november[:held]
    assert all(entry.was_listed(day) for day in of_november[:held])
    assert not any(entry.was_listed(day) for day in of_november[held : held + 1])
