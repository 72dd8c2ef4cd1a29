"""The feeds of what changed: readable by strict parsers, credited entry by entry, the same in every build."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from xml.dom import minidom
from xml.etree import ElementTree

import pytest

from generator.base.site_config import SiteConfig
from generator.boards.board import AnyBoard, Board, BoardId, Boards, Column, Entity
from generator.boards.changes import ChangeRow
from generator.boards.events import KINDS, Event
from generator.checks import check
from generator.checks.feeds import Feeds
from generator.render.feeds import TOPICS, credit_of_events, make_feeds
from generator.render.pages import render_pages
from tests.board_samples import CREDITS, HOSTILE, MODELS, TODAY
from tests.page_reading import read
from tests.site_samples import context, site
from tests.tiny_archive import TinyArchive, listing

ATOM = "{http://www.w3.org/2005/Atom}"
_USED = ("leader", "entered", "returned", "left")
UGLY = Entity("evil/x", HOSTILE + " ]]> <!ENTITY", "models/evil/x/", "evil")


def _events() -> list[Event]:
    return [
        Event(TODAY - timedelta(days=at), kind, model, f"{model.name} did {kind}.", dataset)
        for at, (kind, model) in enumerate(zip(KINDS, (UGLY, *MODELS, *MODELS), strict=False))
        for dataset in ["rankings-daily" if kind in _USED else "models"]
    ]


def _board() -> AnyBoard:
    rows = [
        ChangeRow(day=e.day, kind=KINDS[e.kind], model_permaslug=e.model, text=e.text, event=e)
        for e in _events()
    ]
    datasets = ("rankings-daily", "models")
    credited = tuple(CREDITS[name] for name in datasets)
    return Board(
        BoardId("changes"),
        "What has changed?",
        (Column("day", "Day", "day"),),
        tuple(rows),
        credited,
        datasets,
    )


def _made(**changed: Any) -> dict[str, bytes]:
    sample = site(boards=Boards([_board()]), **changed)
    files = make_feeds(context(sample))
    return {one.path: one.body for one in files if isinstance(one.body, bytes)}


def _entries(body: bytes) -> list[ElementTree.Element]:
    return ElementTree.fromstring(body).findall(f"{ATOM}entry")  # noqa: S314 - made by us


def test_each_topic_has_both_forms_and_together_they_hold_every_kind() -> None:
    made = _made()
    assert set(made) == {f"changes/{name}.{form}" for name in TOPICS for form in ("xml", "json")}
    split = [kind for name, (_, kinds) in TOPICS.items() if name != "feed" for kind in kinds]
    assert sorted(split) == sorted(KINDS)
    assert len(_entries(made["changes/feed.xml"])) == len(KINDS)
    assert len(_entries(made["changes/prices.xml"])) == 5


def test_every_atom_entry_carries_the_words_of_its_own_source() -> None:
    for entry, event in zip(_entries(_made()["changes/feed.xml"]), _events(), strict=True):
        credit = CREDITS[event.dataset].full
        assert entry.findtext(f"{ATOM}rights") == credit
        assert str(entry.findtext(f"{ATOM}content")).endswith(credit)


def test_a_change_credits_the_first_catalog_that_states_its_day_and_no_old_one_served_again(
    tiny: TinyArchive,
) -> None:
    def ago(days: int) -> date:
        return TODAY - timedelta(days=days)

    tiny.models(listing("a/b"), on=ago(5))
    tiny.models(listing("a/b"), on=ago(4), as_of=ago(9))
    tiny.models(listing("a/b"), on=ago(2))
    credit = credit_of_events(tiny.history(), _board())

    def credited(day: date) -> str:
        return credit(Event(day, "added", UGLY, "New.", "models")).as_of[:10]

    assert [credited(ago(days)) for days in (9, 5, 4, 3, 2)] == [
        str(ago(days)) for days in (5, 5, 2, 2, 2)
    ]
    # Of a day that no catalog states, the newest credit stands.
    assert credited(ago(1)) == CREDITS["models"].as_of[:10]


def test_a_json_feed_carries_the_credit_at_its_top_and_in_every_item() -> None:
    feed = json.loads(_made()["changes/feed.json"])
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["_source"]["as_of"] in feed["_source"]["citation"]
    for item, event in zip(feed["items"], _events(), strict=True):
        credit = CREDITS[event.dataset]
        assert item["_source"] == {
            "citation": credit.full,
            "as_of": credit.as_of,
            "license": credit.license,
        }
        assert credit.full in item["content_text"]


def test_a_feed_of_one_topic_credits_only_what_it_shows() -> None:
    prices = json.loads(_made()["changes/prices.json"])
    credited = prices["_source"]["citations"]
    assert [one["text"] for one in credited] == [CREDITS["models"].text]


def test_a_json_feed_has_no_member_that_the_format_may_one_day_use() -> None:
    known = {
        *("version", "title", "home_page_url", "feed_url", "description", "user_comment"),
        *("next_url", "icon", "favicon", "authors", "language", "expired", "hubs", "items"),
    }
    for name, body in _made().items():
        if name.endswith(".json"):
            own = json.loads(body).keys() - known
            assert own == {"_source"}


def test_hostile_names_come_out_of_both_forms_as_they_went_in() -> None:
    made = _made()
    document = minidom.parseString(made["changes/feed.xml"])  # noqa: S318 - made by us
    titles = [
        node.firstChild.data for node in document.getElementsByTagName("title") if node.firstChild
    ]
    assert f"{UGLY.name} did leader." in titles
    assert json.loads(made["changes/feed.json"])["items"][0]["title"] == f"{UGLY.name} did leader."


def test_an_event_keeps_its_id_wherever_the_site_lives() -> None:
    here, there = (
        _made(public_url=url)["changes/feed.xml"] for url in ("", "https://example.org/repo/")
    )
    ids = [[entry.findtext(f"{ATOM}id") for entry in _entries(body)] for body in (here, there)]
    assert ids[0] == ids[1]
    assert len(set(ids[0])) == len(KINDS)


def test_links_are_absolute_where_the_address_is_known_and_relative_otherwise() -> None:
    link = f"{ATOM}link"
    here, there = (
        _entries(_made(public_url=url)["changes/feed.xml"])[0]
        for url in ("", "https://example.org/repo/")
    )
    assert [one.get("href") for one in here.iter(link)] == ["../models/evil/x/"]
    assert [one.get("href") for one in there.iter(link)] == [
        "https://example.org/repo/models/evil/x/"
    ]


def test_the_same_site_gives_the_same_feeds() -> None:
    assert _made() == _made()


def test_without_anything_to_compare_there_is_no_feed() -> None:
    assert list(make_feeds(context(site(boards=Boards())))) == []


def _findings(tmp_path: Path, made: dict[str, bytes]) -> list[str]:
    for name, body in made.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(body)
    verdict = check(tmp_path, checks=[Feeds])
    assert verdict.counted["credits in feeds"] > 20
    return [str(finding) for finding in verdict.findings]


def test_the_check_passes_what_is_built(tmp_path: Path) -> None:
    assert _findings(tmp_path, _made()) == []


@pytest.mark.parametrize("name", ["changes/feed.xml", "changes/feed.json"])
def test_an_entry_that_lost_its_credit_must_not_be_published(tmp_path: Path, name: str) -> None:
    made = _made()
    made[name] = made[name].replace(b"Source: OpenRouter", b"Seen at OpenRouter")
    found = _findings(tmp_path, made)
    assert len(found) > len(KINDS)
    assert all(one.startswith(name) and "no credit in the source's words" in one for one in found)


def test_two_entries_with_one_id_must_not_be_published(tmp_path: Path) -> None:
    made = _made()
    first, second = (
        entry.findtext(f"{ATOM}id") for entry in _entries(made["changes/feed.xml"])[:2]
    )
    made["changes/feed.xml"] = made["changes/feed.xml"].replace(
        str(second).encode(), str(first).encode()
    )
    assert [one.split(": ")[1] for one in _findings(tmp_path, made)] == [
        "entry 1 has no id of its own [feeds]",
        "entry 2 has no id of its own [feeds]",
    ]


def test_every_page_announces_the_feeds_and_the_page_of_changes_links_them() -> None:
    made = {
        one.path: one.body
        for one in render_pages(context(site(boards=Boards([_board()])), {}))
        if isinstance(one.body, bytes)
    }
    announced = [
        path
        for path, body in made.items()
        if path.endswith(".html")
        and not path.startswith("embed/")
        and b"application/atom+xml" not in body
    ]
    assert announced == []
    tree = read(made["changes/index.html"].decode())
    links = [node.get("href") for node in tree.all("a")]
    assert {f"../changes/{name}.{form}" for name in TOPICS for form in ("xml", "json")} <= set(
        links
    )
    assert {event.kind for event in _events()} <= {node.get("id") for node in tree.having("id")}


@pytest.mark.parametrize(
    ("contact", "tag", "address"),
    [
        ("models@acme.example", "email", "mailto:models@acme.example"),
        ("https://acme.example/", "uri", "https://acme.example/"),
    ],
)
def test_a_feed_names_the_contact_of_its_owner(contact: str, tag: str, address: str) -> None:
    made = _made(config=SiteConfig(name="Acme", contact=contact))
    author = ElementTree.fromstring(made["changes/feed.xml"]).find(f"{ATOM}author")  # noqa: S314
    assert author is not None
    assert [(child.tag, child.text) for child in author] == [
        (f"{ATOM}name", "Acme"),
        (f"{ATOM}{tag}", contact),
    ]
    assert json.loads(made["changes/feed.json"])["authors"] == [{"name": "Acme", "url": address}]
