"""Keys of categories in words: ``cli-agent`` is ``CLI agent``, ``agenticslides(html)`` is ``Agentic slides (HTML)``.

Sources write them without spaces. Those made of terms that are known here fall apart into them; a key with
one unknown letter between two terms stays as it came, since half a guess reads worse than the key.
"""

import re

from generator.base import formats

_TERMS = {
    "3d": "3D",
    "agent": "agent",
    "agentic": "agentic",
    "android": "Android",
    "apps": "apps",
    "art": "art",
    "ascii": "ASCII",
    "categories": "categories",
    "cli": "CLI",
    "code": "code",
    "component": "components",
    "data": "data",
    "design": "design",
    "dev": "development",
    "editing": "editing",
    "full": "full",
    "game": "game",
    "gen": "generation",
    "godot": "Godot",
    "graphic": "graphic",
    "html": "HTML",
    "ide": "IDE",
    "image": "image",
    "ios": "iOS",
    "logo": "logo",
    "mobile": "mobile",
    "native": "native",
    "pptx": "PPTX",
    "python": "Python",
    "slides": "slides",
    "speech": "speech",
    "stack": "stack",
    "svg": "SVG",
    "text": "text",
    "to": "to",
    "ui": "UI",
    "video": "video",
    "viz": "visualization",
    "web": "web",
    "website": "website",
}
_WHOLE = {"codecategories": "all coding categories"}
"""Keys that mean something else than their terms do."""

_RUN = re.compile(r"[^\W_]+")
"""Letters and digits without anything between them."""
_TERM = re.compile("|".join(sorted(_TERMS, key=len, reverse=True)))
"""The longest term that starts at a place: ``agentic`` comes before ``agent``."""
_JOINT = re.compile(r"(?<=[a-z])(?=[A-Z])|[-_]+|(?<=\w)(?=\()")
"""Where two words meet: before a capital letter, at dashes and underscores, and before a bracket."""


def phrase(key: str) -> str:
    """Return the words as they stand inside a sentence, safe to show."""
    if key in _WHOLE:
        return _WHOLE[key]
    shown = formats.sanitize(key)
    spaced = _JOINT.sub(" ", shown)
    words = _RUN.sub(_in_terms, spaced).split()
    return " ".join(words) or shown


def heading(key: str) -> str:
    """Return the words as they stand alone, the first letter a capital one; ``iOS`` keeps its own."""
    text = phrase(key)
    if text.startswith("iOS"):
        return text
    return text[:1].upper() + text[1:]


def within(key: str) -> str:
    """Return where something is that is in a category: ``in the website category``, ``in all coding categories``.

    Only the word makes it a place for every key: a model is not *in website*, and an app not *in game*.
    """
    words = phrase(key)
    return f"in {words}" if key in _WHOLE else f"in the {words} category"


def _in_terms(match: re.Match[str]) -> str:
    """Return the terms that the matched text is made of, with spaces between; the text where it is more than them."""
    run = match[0]
    terms = _TERM.findall(run.lower())
    if "".join(terms) != run.lower():
        return run
    return " ".join(_TERMS[term] for term in terms)
