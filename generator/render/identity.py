"""``data/v1/identity.json``: which ids, slugs and variants are one model."""

from generator.archive.history import History
from generator.base import tabular
from generator.boards.model_profiles import ModelProfile
from generator.boards.site import Site
from generator.render.json_headers import iso_day, site_header
from generator.render.open_models import open_models


def identity_file(history: History, site: Site) -> bytes:
    """Return the file, as JSON: a record of each model that some open dataset names."""
    rows = map(_record, open_models(history, site).values())
    return tabular.json_file(site_header(site), rows, "models")


def _record(profile: ModelProfile) -> dict[str, object]:
    model = profile.model
    return {
        "canonical_slug": model.id,
        "name": model.source_name,
        "short_name": model.name,
        "author": model.author,
        "ids": list(profile.ids),
        "listed": profile.listed,
        "first_seen": iso_day(profile.first_seen),
        "last_seen": iso_day(profile.last_seen),
        "page": model.path,
    }
