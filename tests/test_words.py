"""The words that readers see keep to a few rules; each rule knows a sentence that it would refuse."""

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.running import Built
from tests.unused_names import ROOT

_PROSE = ("README.md", "LICENSE-DATA.md", "SECURITY.md")
_PAGES = ("about", "methodology", "embed-guide", "attribution", "status")
_VERBS = "uses?|used|gain(?:s|ed)|los(?:es|t)|takes?|grew|adds?|added|moved|climbed"
_CODE = {"generator": "py", "tests": "py", "templates": "j2", "static": "[cj]s*"}
_BRITISH = "catalogue|licence|colour|grey|visualisation|customise|labelled|favour|per cent"


@dataclass(frozen=True, slots=True)
class Rule:
    """What no text for readers may hold, and a sentence that does."""

    name: str
    refused: str
    example: str

    def breaches(self, text: str) -> list[str]:
        """Return each breach with a little of what is around it."""
        found = re.finditer(self.refused, text)
        return [text[max(0, one.start() - 40) : one.end() + 40] for one in found]


RULES = (
    Rule("a percent sign follows its number", r"\d %", "X leads with 14.5 % of tokens."),
    Rule("most has its article", rf"\b(?:{_VERBS}) most\b", "Which apps use most tokens?"),
    Rule("a model is used the most", r"\bused most\b", "Which models are used most?"),
    Rule("a rank is no number", r"\b(?:at|is) number \d", "X is back, at number 4."),
    Rule("input and output", r"\b(?:Takes|Gives)\b", "Takes: text, image"),
    Rule("per and not a", r"\b[Tt]okens a (?:day|week|request)\b", "Tokens a week, by model."),
    Rule("from the previous week", r"\bon the week before\b", "up 12.5% on the week before"),
    Rule("percentage points", r"\d points (?:since|to \d)", "moved by +4.0 points since 11 Aug"),
    Rule("archived and not held", r"\b(?:nothing|days|day) held\b", "8 days held"),
    Rule("tracking began on a day", r"this site began to watch", "since this site began to watch"),
    Rule("paid models", r"\b[Pp]riced models\b", "Of 100 priced models, 10 are best value."),
    Rule("a named actor", r"\bnothing beats\b|\bnone beats\b", "Models that nothing beats"),
    Rule("American spelling", rf"(?i)\b(?:{_BRITISH})s?\b", "The model catalogue has 401 rows."),
)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_refuses_its_example(rule: Rule) -> None:
    assert rule.breaches(rule.example)


def test_the_code_is_spelled_like_the_pages() -> None:
    refused = re.compile(
        r"colour|neighbour|favour|honour|\bgrey\b|[mlz]alis(?:e|ing|ation)|customis|licence"
    )
    files: list[Path] = []
    for folder, ends in _CODE.items():
        files += sorted((ROOT / folder).rglob(f"*.{ends}"))
    files.remove(Path(__file__))
    assert len(files) > 400
    found: list[str] = []
    for path in files:
        for line in path.read_text("utf-8").splitlines():
            # Readers search for the other spelling, too.
            if refused.search(line.lower()) and not line.startswith("keywords: "):
                found.append(f"{path.relative_to(ROOT)}: {line}")
    assert found == []


def _visible(page: str) -> str:
    """Return the text of a page or picture, without scripts, lines to copy and addresses."""
    scripts = re.sub(r"<(script|style|pre)\b.*?</\1>", " ", page, flags=re.S)
    return html.unescape(re.sub(r"<[^>]*>", " ", scripts))


def _main(page: str) -> str:
    return _visible(page.partition("<main")[2].partition("</main>")[0])


def _own_words(plain: Built) -> Iterator[tuple[str, str]]:
    """Each text that boards, charts, feeds and pages of prose are written in, with where it stands."""
    for name in _PROSE:
        yield name, re.sub(r"\]\([^)]*\)", "]", (ROOT / name).read_text("utf-8"))
    for name in _PAGES:
        yield name, _main(plain.text(f"{name}/index.html"))
    for path in sorted((plain.public / "charts").glob("*.svg")):
        if ".dark." not in path.name and ".narrow." not in path.name and path.is_file():
            yield path.name, _visible(path.read_text("utf-8"))
    for item in json.loads(plain.text("changes/feed.json"))["items"]:
        yield "changes/feed.json", item["title"]


def test_own_words_keep_to_the_rules(plain: Built) -> None:
    texts = list(_own_words(plain))
    assert len(texts) > 100
    breaches = [
        (rule.name, where, breach)
        for where, text in texts
        for rule in RULES
        for breach in rule.breaches(text)
    ]
    assert breaches == []


def test_whole_pages_keep_to_the_rules_and_call_a_model_by_its_short_name(plain: Built) -> None:
    models = json.loads(plain.text("data/v1/identity.json"))["models"]
    long = {model["name"] for model in models if model["name"] != model["short_name"]}
    assert len(long) > 90
    authors = {name.partition(": ")[0] for name in long}
    named = re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(authors)))}): [^.<\n]+")
    pages = [
        "",
        "rankings/",
        "models/",
        "prices/",
        "changes/",
        "compare/",
        "coding/",
        "benchmarks/",
        "tasks/",
        "apps/",
        "data/",
        "frontier/",
        "authors/openai/",
        "charts/fr-scatter/",
    ]
    pages += [str(model["page"]) for model in models[:20]]
    for path in pages:
        text = _visible(plain.text(f"{path}index.html"))
        said = [match.group() for match in named.finditer(text)]
        assert [words for words in said if words.strip() in long] == [], path
        for rule in RULES:
            assert rule.breaches(text) == [], path
