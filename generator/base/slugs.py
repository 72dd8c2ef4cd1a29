"""The grammar of model slugs: ``author/name``, ``author/name:variant``, and ``~author/name`` for an alias."""

from dataclasses import dataclass, replace

FREE, BATCH = "free", "batch"
"""Variants that cost nothing, and that answer later for less."""


@dataclass(frozen=True, slots=True)
class Slug:
    """A slug in its parts; ``str()`` gives back the text that was parsed.

    Attributes:
        author: whose model it is; empty for an unlisted slug, which is not of the form ``author/name``.
        name: the model's own part; of an unlisted slug all but the variant.
        variant: what follows the colon, such as ``free``; empty for the plain model.
        alias: it starts with ``~`` and leads to another model, such as ``~author/x-latest``.
    """

    author: str
    name: str
    variant: str = ""
    alias: bool = False

    @classmethod
    def parse(cls, text: str) -> "Slug":
        """Return the parts of any upstream text; what is not ``author/name`` is kept as an unlisted slug."""
        base, _, variant = text.partition(":")
        if not base or not variant:
            base, variant = text, ""

        alias = base.startswith("~")
        base = base.removeprefix("~")

        author, _, name = base.partition("/")
        if author and name:
            return cls(author, name, variant, alias)
        return cls("", base, variant, alias)

    def __str__(self) -> str:
        text = self.name
        if self.author:
            text = f"{self.author}/{text}"
        if self.alias:
            text = f"~{text}"
        if self.variant:
            text = f"{text}:{self.variant}"
        return text

    @property
    def base(self) -> "Slug":
        """The slug without its variant, which is what the catalog's canonical slugs are."""
        return replace(self, variant="") if self.variant else self

    @property
    def is_variant(self) -> bool:
        return bool(self.variant)

    @property
    def is_listed(self) -> bool:
        """Whether it has the form of a catalog entry: an author and a name."""
        return bool(self.author)


def listing_slug(listed_id: str, canonical_slug: str) -> str:
    """Return the permaslug of a catalog entry: its canonical slug with the variant of its id."""
    variant = Slug.parse(listed_id).variant
    if not variant:
        return canonical_slug
    return f"{canonical_slug}:{variant}"
