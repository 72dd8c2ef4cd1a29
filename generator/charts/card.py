"""What a card says: the picture that a link to this site shows where it is shared."""

from dataclasses import dataclass

from generator.base.attribution import Citation
from generator.base.palette import LIGHT

WIDTH, HEIGHT = 1200, 630
MOST_LEADERS = 5


@dataclass(frozen=True, slots=True)
class Fact:
    """One number of a card, with the words that say what it is."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Leader:
    """One row of a board on its card."""

    name: str
    value: str  # its number, as the board's table writes it
    part: float | None  # of the longest bar, 0..1; None where bars would mislead
    color: str  # of its bar; empty for the ink of texts


@dataclass(frozen=True, slots=True)
class Card:
    """What a card says. Of facts, leaders and sentence the first that there is stands below the headline."""

    path: str  # the picture's place inside the site
    kicker: str  # what the headline belongs to: the author of a model, the source of a board
    headline: str  # a short name, or the question that a board answers
    citations: tuple[Citation, ...]  # of all that it shows
    facts: tuple[Fact, ...] = ()
    leaders: tuple[Leader, ...] = ()
    sentence: str = ""
    color: str = LIGHT.accent  # of the band at the side

    @property
    def alt(self) -> str:
        """The same in words, for those who do not see the picture."""
        named = self.headline
        if self.kicker:
            named += f" ({self.kicker})"
        content = [f"{fact.value} {fact.label}" for fact in self.facts]
        if not content:
            content = [f"{leader.name} {leader.value}" for leader in self.leaders]
        words = "; ".join(content) or self.sentence.rstrip(".")
        return f"{named}: {words}." if words else named

    @property
    def credits(self) -> tuple[str, ...]:
        """The credit lines, each once."""
        return tuple(dict.fromkeys(citation.full for citation in self.citations))
