"""Names and values to try a sentence with, and what it claims, read back from its words.

A sentence is read with the names it may use: :func:`marked` puts a mark in the place of each, so that
no name can be taken for a word of the sentence. What remains is asked for claims: who stands before a
verb (:func:`subjects`), which counts are stated (:func:`fractions`), and whether nouns agree with their
numbers (:func:`agreement_faults`).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hypothesis import settings
from hypothesis import strategies as st

from generator.base import formats
from generator.boards.board import Entity

RULE = settings(max_examples=40, deadline=None, database=None, derandomize=True)
"""Of every property: the same examples in every run, without a limit of time."""

_AUTHORS = ("acme", "zeta")
_WORDS = ("Ada", "Bo", "Cy", "Dee", "Eli", "Fay", "Gus", "Hal")
_MARK = re.compile(r"‹(\d+)›")
_LIST = r"‹\d+›(?:(?:, | and )‹\d+›)*(?: and (?P<others>\d+) others?)?"
_NOUNS = (
    "model",
    "app",
    "listing",
    "author",
    "place",
    "other",
    "day",
    "week",
    "kind",
    "score",
    "task",
    "month",
    "parameter",
)


def amounts(largest: int = 4) -> st.SearchStrategy[int]:
    """Whole numbers from 0 on, so few that many are equal."""
    return st.integers(0, largest)


def holes(values: st.SearchStrategy[int]) -> st.SearchStrategy[int | None]:
    """The same with missing ones among them."""
    return st.none() | values


@st.composite
def models(draw: st.DrawFn, least: int = 0, most: int = 7) -> list[Entity]:
    """Models with a page: with their author in the name or not, two of one name, and without a name."""
    pairs = st.tuples(st.sampled_from(_AUTHORS), st.sampled_from(_WORDS))
    chosen = draw(st.lists(pairs, min_size=least, max_size=most, unique=True))
    made: list[Entity] = []
    for author, word in chosen:
        name = draw(st.sampled_from((f"{author.title()} {word}", word, formats.UNNAMED)))
        slug = f"{author}/{word.lower()}"
        page = f"models/{slug}/"
        made.append(Entity(slug, name, page, author, author_name=author.title()))
    return made


@st.composite
def apps(draw: st.DrawFn, least: int = 0, most: int = 7) -> list[Entity]:
    """Apps by number: some of the same name, some without one."""
    names = st.sampled_from((*_WORDS[:4], formats.UNNAMED))
    chosen = draw(st.lists(names, min_size=least, max_size=most))
    return [Entity(f"{number}", name) for number, name in enumerate(chosen, 101)]


@dataclass(frozen=True, slots=True)
class Subject:
    """The entities that a sentence names together, and how many others it adds without a name."""

    entities: frozenset[Entity]
    others: int

    def is_exactly(self, expected: Sequence[Entity]) -> bool:
        """Return whether it is about these and no more: all by name, or the named ones and the right rest."""
        named = self.entities <= set(expected)
        return named and len(self.entities) + self.others == len(set(expected))


def marked(sentence: str, names: Mapping[Entity, str]) -> str:
    """Return the sentence with a mark in the place of each name, the longest names first."""
    order = list(names)
    for entity in sorted(order, key=lambda entity: -len(names[entity])):
        whole = rf"(?<![\w‹]){re.escape(names[entity])}(?![\w›])"
        sentence = re.sub(whole, f"‹{order.index(entity)}›", sentence)
    return sentence


def subjects(sentence: str, names: Mapping[Entity, str], words: str) -> list[Subject]:
    """Return who is named right before these words, a regular expression: one for each time they stand there."""
    return _lists(sentence, names, rf"(?P<list>{_LIST}) (?:{words})")


def objects(sentence: str, names: Mapping[Entity, str], words: str) -> list[Subject]:
    """Return who is named right after these words, a regular expression."""
    return _lists(sentence, names, rf"(?:{words}) (?P<list>{_LIST})")


def _lists(sentence: str, names: Mapping[Entity, str], pattern: str) -> list[Subject]:
    order = list(names)
    found: list[Subject] = []
    for match in re.finditer(pattern, marked(sentence, names)):
        entities = frozenset(order[int(at)] for at in _MARK.findall(match["list"]))
        found.append(Subject(entities, int(match["others"] or 0)))
    return found


def named(sentence: str, names: Mapping[Entity, str]) -> set[Entity]:
    """Return every entity that the sentence names."""
    order = list(names)
    return {order[int(at)] for at in _MARK.findall(marked(sentence, names))}


def fractions(sentence: str) -> list[tuple[int, int]]:
    """Return every ``n of m``."""
    pairs = re.findall(r"\b(\d[\d,]*) of (?:the )?(\d[\d,]*)\b", sentence)
    return [(_number(part), _number(whole)) for part, whole in pairs]


def counts(sentence: str, words: str) -> list[int]:
    """Return every whole number right before these words, a regular expression."""
    found = re.findall(rf"(?<![\d.,$])(\d[\d,]*) (?:{words})", sentence)
    return [_number(text) for text in found]


def _number(text: str) -> int:
    return int(text.replace(",", ""))


def agreement_faults(sentence: str) -> list[str]:
    """Return the places where a noun does not agree with its number, and other slips of grammar."""
    noun = "|".join(_NOUNS)
    adjectives = r"(?:[a-z]+ )?"
    faults = re.findall(rf"(?<![\d.,])\b1 {adjectives}(?:{noun})s\b", sentence)
    # "A daily top 50 this week" counts no weeks.
    faults += re.findall(
        rf"(?<!top )\b(?!1 )\d[\d,]* {adjectives}(?:{noun})\b(?! (?:{noun})s)", sentence
    )
    faults += re.findall(
        rf"(?<!of )\b(?!1 )[\d,]+ {adjectives}(?:{noun})s (?:is|was|has)\b", sentence
    )
    # "A, B and 1 other have" is right.
    faults += re.findall(
        rf"(?<![\d.,])(?<!and )\b1 {adjectives}(?:{noun}) (?:are|were|have)\b", sentence
    )
    faults += re.findall(r"  |\.\.|,,| ,| \.|; ?\.|\bNone\b|\bnan\b", sentence)
    if sentence and not sentence.endswith("."):
        faults.append("no full stop")
    if sentence and sentence != sentence.strip():
        faults.append("space around it")
    return faults
