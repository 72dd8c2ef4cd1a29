"""A source changes the words of its credit from one day to the next, and back again."""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest

from generator.base import attribution
from generator.fetch.recorded import Answer, RecordedApi
from tests import replies
from tests.loopback import Loopback, Request
from tests.running import LAST, Built, leaderboards, run
from tests.tiny_archive import TinyArchive, listing, weeks

SCORES = "/benchmarks"
MORE = "See artificialanalysis.ai/methodology for how it is measured."
PAGES = (
    "benchmarks/artificial-analysis/index.html",
    "charts/aa-bars/index.html",
    "charts/aa-bars.svg",
)


def _reworded(request: Request, recorded: Answer) -> Answer:
    """Return a recorded answer with one more sentence in its citation."""
    known = replies.small(request.path, recorded)
    body = json.loads(known.body)
    body["meta"]["citation"] += f" {MORE}"
    return Answer(known.status, known.headers, json.dumps(body).encode())


@dataclass(frozen=True)
class Credited:
    """A site of three days, whose source said more in its credit on the first and on the last.

    Attributes:
        asked: the times as of which the lists of apps were given on the last day, each its own, as by the real API.
    """

    built: Built
    asked: list[str]
    codes: list[int]

    def dated(self, days_before: int) -> str:
        """Return the text of what was published for a day alone: its charts, and the tables as data."""
        folder = self.built.public / "d" / str(LAST - timedelta(days=days_before))
        paths = [folder / "boards.json", *sorted((folder / "embed").rglob("*.html"))]
        return "".join(path.read_text("utf-8") for path in paths)


@pytest.fixture(scope="module")
def credited(once: Callable[..., Credited]) -> Credited:
    return once("credited", _credited)


def _credited(folder: Path) -> Credited:
    asked: list[str] = []
    with Loopback(small=True) as server:

        def reworded(request: Request) -> Answer:
            return _reworded(request, recorded(request))

        def recorded(request: Request) -> Answer:
            return RecordedApi(server.day).answer(request.path, request.params, authorized=True)

        def timed(request: Request) -> Answer:
            known = replies.small(request.path, recorded(request))
            body = json.loads(known.body)
            asked.append(f"{LAST}T22:00:{len(asked):02}.000Z")
            body["meta"]["as_of"] = asked[-1]
            return Answer(known.status, known.headers, json.dumps(body).encode())

        codes = []
        for days_before in (2, 1, 0):
            server.mend()
            if days_before in (2, 0):
                server.fail(SCORES, fault=reworded)
            if days_before == 0:
                server.fail("/datasets/app-rankings", fault=timed)
            day, command = LAST - timedelta(days=days_before), "snapshot"
            built = run(server, folder / "site", day, command if days_before else "build")
            codes.append(built.ran.code)
    return Credited(built, asked, codes)


def test_a_credit_that_is_reworded_and_worded_back_is_published_in_the_words_of_each_day(
    credited: Credited,
) -> None:
    built = credited.built
    assert credited.codes == [0, 0, 0], built.ran.err
    changed = "benchmarks-artificial-analysis: the source changed the words of its credit"
    assert changed in built.ran.out
    assert [path for path in PAGES if MORE not in built.text(path)] == []
    assert [MORE in credited.dated(days) for days in (2, 1, 0)] == [True, False, True]
    assert "Artificial Analysis (artificialanalysis.ai)" in credited.dated(1)
    checked = leaderboards("check", "--site", built.site, key=None)
    assert checked.code == 0, checked.err
    assert "changed the words" in checked.out


@pytest.mark.parametrize("source", sorted(attribution.BENCHMARKS))
@pytest.mark.parametrize("words", ["All rights reserved.", "\u200b", " "])
def test_words_that_name_no_source_follow_the_documented_ones(source: str, words: str) -> None:
    text = attribution.benchmark(source, "2026-08-18T00:00:00Z", words).text
    assert text.startswith(attribution.BENCHMARKS[source])
    assert text.endswith(words.strip("\u200b "))


@pytest.mark.parametrize("source", sorted(attribution.BENCHMARKS))
def test_words_that_name_their_source_stand_alone(source: str) -> None:
    words = {
        "artificial-analysis": "By ARTIFICIAL-ANALYSIS.",
        "design-arena": "See designarena.ai",
        "openrouter": "By Open Router",
    }
    assert (
        attribution.benchmark(source, "2026-08-18T00:00:00Z", words[source]).text == words[source]
    )


def test_calls_of_one_day_share_a_line_that_names_their_first_and_newest_time() -> None:
    calls = [attribution.apps(f"2026-11-23T01:0{minute}:00.5Z") for minute in (1, 0, 2)]
    later = attribution.apps("2026-11-24")
    other = attribution.rankings("2026-11-23T01:00:00Z")
    assert attribution.once_a_day([*calls, other, later]) == [
        (calls[1], "Newest response as of 2026-11-23T01:02:00.5Z."),
        (other, ""),
        (later, ""),
    ]
    assert attribution.full_credits(calls) == (
        f"{calls[1].full} Newest response as of 2026-11-23T01:02:00.5Z.",
    )


def test_calls_of_two_datasets_share_no_line_however_much_their_words_are_alike() -> None:
    tasks = replace(attribution.rankings("2026-11-23"), dataset="task-classifications")
    ranked = replace(attribution.rankings("2026-11-23T01:00:00Z"), dataset="rankings-daily")
    assert attribution.once_a_day([tasks, ranked]) == [(tasks, ""), (ranked, "")]


def test_a_credit_names_the_dataset_whose_reply_it_is_of(tiny: TinyArchive) -> None:
    tiny.models(listing("a/x"))
    tiny.rankings(weeks({"a/x": 7}))
    credited = {citation.dataset for citation in tiny.site().citations}
    assert credited == {"models", "rankings-daily"}


def test_the_foot_of_a_page_names_a_source_once_however_many_calls_it_took(
    credited: Credited,
) -> None:
    foot = credited.built.text("apps/index.html").partition('id="sources"')[2]
    foot = foot.partition("</section>")[0]
    assert len(credited.asked) > 5
    assert foot.count("openrouter.ai/apps)") == 1
    assert f"as of {credited.asked[0]}" in foot
    assert "Newest response as of" in foot
