"""What the model list says of the models in tables of any board."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from generator.base.slugs import Slug
from generator.boards import catalogue
from generator.boards.author_profiles import AuthorProfile
from generator.boards.board import AnyBoard, Entity
from generator.boards.catalogue import CatalogueRow


@dataclass(frozen=True, slots=True)
class ModelList:
    """What is known of models, to filter tables by.

    Attributes:
        by_listing: the model list by slug, variants included.
        by_page: by the page of a model the listing that stands for it: a paid one before a free one, the
            plain one before variants.
        authors: what an author is called in a list of authors, by its slug.
    """

    by_listing: Mapping[str, CatalogueRow] = field(default_factory=dict)
    by_page: Mapping[str, CatalogueRow] = field(default_factory=dict)
    authors: Mapping[str, str] = field(default_factory=dict)

    def find(self, model: Entity) -> CatalogueRow | None:
        """Return what is listed of a model; None for a variant that is not, or a model that is gone."""
        listed = self.by_listing.get(model.id)
        if listed or Slug.parse(model.id).is_variant:
            return listed
        return self.by_page.get(model.path or "")


def model_list(board: AnyBoard | None, authors: Mapping[str, AuthorProfile]) -> ModelList:
    """Return what the board of all models says; nothing without one.

    Args:
        board: the board of all models, as :mod:`generator.boards.catalogue` makes it.
        authors: by slug.
    """
    rows: list[CatalogueRow] = []
    if board is not None:
        rows += [row for row in board.rows if isinstance(row, CatalogueRow)]
    by_listing = {row.model_permaslug.id: row for row in rows}
    by_page: dict[str, CatalogueRow] = {}
    for row in sorted(rows, key=_stands_for_its_model):
        if row.model_permaslug.path:
            by_page.setdefault(row.model_permaslug.path, row)
    names = {slug: profile.author.name for slug, profile in authors.items()}
    return ModelList(by_listing, by_page, _told_apart(names))


def _stands_for_its_model(row: CatalogueRow) -> tuple[bool, bool, str]:
    """Return a key that sorts the listing that stands for its model before the model's others."""
    slug = row.model_permaslug.id
    return catalogue.is_free(row), Slug.parse(slug).is_variant, slug


def _told_apart(names: Mapping[str, str]) -> dict[str, str]:
    """Return the names by slug; those that several have, with the slug: ``Meta (meta-llama)``."""
    counts = Counter(name.casefold() for name in names.values())
    told_apart: dict[str, str] = {}
    for slug, name in names.items():
        is_shared = counts[name.casefold()] > 1
        told_apart[slug] = f"{name} ({slug})" if is_shared else name
    return told_apart
