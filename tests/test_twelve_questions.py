"""What readers come with: each question is answered from the front page in at most two clicks and some typing."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from tests.browsing import Tab

MOST_CLICKS = 2


@dataclass(frozen=True, slots=True)
class Question:
    """A question, the way to its answer, and what is seen there.

    Attributes:
        asked: the question.
        clicked: the names of links to click, one after the other.
        typed: what is typed into the search of the front page, before Enter.
        address: what the address ends with.
        seen: words of the answer, all of them within ``inside``.
        inside: the part of the page that answers.
    """

    asked: str
    clicked: tuple[str, ...]
    address: str
    seen: tuple[str, ...]
    inside: str = "main"
    typed: str = ""


QUESTIONS = (
    Question(
        "How has GPT-5.6 Luna been used?",
        (),
        "models/openai/gpt-5.6-luna-20260709/",
        ("GPT-5.6 Luna", "Tokens"),
        typed="luna",
    ),
    Question(
        "Which models are used for coding?",
        ("Coding: usage vs benchmarks vs votes",),
        "coding/",
        ("Model", "Coding requests"),
        inside=".board",
    ),
    Question(
        "Which apps use Claude?",
        ("Tasks & apps", "Apps"),
        "apps/",
        ("not which models an app uses",),
    ),
    Question(
        "Which prices changed this month?",
        ("Price changes",),
        "prices/changes/",
        ("price cuts", "price increases"),
        inside="main .finding",
    ),
    Question(
        "How do I cite this chart?",
        ("Details and data",),
        "charts/tok-top-stack/",
        ("BibTeX", "@misc{"),
        inside="#cite",
    ),
    Question(
        "How do I download everything?",
        ("Data",),
        "data/",
        ("All of it", "ZIP of the newest CSV and JSON files"),
    ),
    Question(
        "How do I embed it in my blog?",
        ("Embed",),
        "charts/tok-top-stack/#embed",
        ("<iframe",),
        inside="#embed",
    ),
    Question(
        "Where is the data?",
        ("Data",),
        "data/",
        ("CSV", "JSON", "SHA256SUMS"),
    ),
    Question(
        "Who gains share?",
        ("Rankings", "By author"),
        "rankings/authors/",
        ("Change (pp)", "DeepSeek"),
        inside=".board",
    ),
    Question(
        "What changed since yesterday?",
        ("What's new",),
        "changes/",
        ("18 Aug 2026", "17 Aug 2026"),
        inside=".days-log",
    ),
    Question(
        "Which model is the best value?",
        ("Best value",),
        "frontier/",
        ("Intelligence",),
        inside=".board",
    ),
    Question("Is it current?", (), "/", ("18 Aug 2026",), inside=".dateline"),
)


@pytest.fixture(scope="module")
def tab(browser: Any, site: str) -> Iterator[Tab]:
    opened = Tab(browser, f"{site}/")
    yield opened
    opened.leave()


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.asked)
def test_a_question_is_answered_in_two_clicks(tab: Tab, site: str, question: Question) -> None:
    assert len(question.clicked) <= MOST_CLICKS
    tab.page.goto(f"{site}/")
    if question.typed:
        tab.keys("/")
        tab.write(question.typed)
        tab.until("document.querySelectorAll('#found [role=option]').length > 0")
        tab.keys("ArrowDown", "Enter")
    for name in question.clicked:
        links = tab.page.get_by_role("link", name=name, exact=True)
        links.locator("visible=true").first.click()
    tab.until(f"location.href.endsWith('{question.address}')")
    inside = tab.page.locator(question.inside).first
    text = inside.text_content()
    assert [words for words in question.seen if words not in text] == []


def test_two_models_are_compared_by_typing_their_names(tab: Tab, site: str) -> None:
    tab.page.goto(f"{site}/")
    tab.page.get_by_role("link", name="Compare models", exact=True).first.click()
    for typed, name in (("gpt-5.6-luna", "GPT-5.6 Luna"), ("claude-opus-5", "Claude Opus 5")):
        tab.page.fill("#pick", typed)
        tab.page.press("#pick", "Enter")
        tab.until(f"document.querySelector('.beside-table thead').textContent.includes('{name}')")


def test_models_for_coding_below_a_dollar_are_one_click_away(tab: Tab, site: str) -> None:
    tab.page.goto(f"{site}/")
    tab.page.get_by_role("link", name="For coding under $1", exact=True).click()
    tab.until("location.href.endsWith('/coding/?price=1')")
    tab.until("document.querySelector('[data-tools] [role=status]').textContent.includes(' of ')")
    prices = tab(
        "[...document.querySelectorAll('[data-table=coding] tbody tr:not([hidden])')].map(row => row.dataset.price)"
    )
    assert len(prices) > 10
    assert [price for price in prices if not 0 <= float(price) <= 1] == []


def test_a_month_of_a_workload_has_a_bill_for_each_model(tab: Tab, site: str) -> None:
    tab.page.goto(f"{site}/")
    links = tab.page.get_by_role("link", name="Cost calculator", exact=True)
    links.locator("visible=true").first.click()
    tab.until("document.querySelector('th[data-key=bill]')?.textContent.includes('Your workload')")
    workload = {"Input tokens": "100000", "Output tokens": "0", "Requests": "100"}
    for label, number in workload.items():
        tab.page.get_by_label(label).fill(number)
    assert tab("location.search") == "?in=100000&out=0&requests=100"
    luna = tab.page.locator("[data-table=bills] tbody tr", has_text="openai/gpt-5.6-luna").first
    # Ten million tokens at $0.20 per million.
    assert luna.locator("td").first.text_content() == "$2"
