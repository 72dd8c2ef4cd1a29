"""``compare/models.json``: what the page that sets models side by side draws from, fetched when it is asked to."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from generator.base import formats, tabular
from generator.base.artifact import Artifact
from generator.boards.comparison import Compared, Comparison, Measure, comparison
from generator.endpoints import models, rankings_daily
from generator.render import cell_values, model_ids
from generator.render.context import Context
from generator.render.json_headers import iso_day
from generator.render.open_models import open_models

PATH = "compare/models.json"
_NOTE = (
    "values: by the place of their measure in measures; model_rank, model_tokens and model_share are of the sum over "
    "a model's listings, prices are US dollars per token, of its paid listing. "
    "ids: other ids and aliases that name the model. "
    "shown: the text for a value, where it is not the value itself; highest: that for the largest of the series. "
    "series: tokens of each day from first_day on in millions, to three figures; null is outside the top 50, "
    "or a day of missing_days."
)


def make_comparison_data(context: Context) -> Iterator[Artifact]:
    """Yield one file; none while there is nothing to compare."""
    compared = comparison(context.site)
    if compared is None:
        return
    withheld = {state.name for state in context.site.withheld}
    shown = _of_open_models(_without_measures(compared, withheld), context, withheld)
    yield Artifact(PATH, _written(shown, _other_ids(context, withheld)))


def _without_measures(compared: Comparison, withheld: Collection[str]) -> Comparison:
    """Return a comparison without the measures of datasets that may not be redistributed."""
    if not withheld:
        return compared
    kept = tuple(measure for measure in compared.measures if measure.dataset not in withheld)
    citations = tuple(citation for citation in compared.citations if not citation.withheld)
    return replace(compared, measures=kept, citations=citations or compared.citations)


def _of_open_models(
    compared: Comparison, context: Context, withheld: Collection[str]
) -> Comparison:
    """Return a comparison of the models that a file may name, without their use of each day where that is withheld."""
    open_ = open_models(context.history, context.site)
    kept: dict[str, Compared] = {}
    for key, model in compared.models.items():
        if model.model.id in open_:
            kept[key] = model
            if rankings_daily.NAME in withheld:
                kept[key] = replace(model, series=())
    return replace(compared, models=kept)


def _other_ids(context: Context, withheld: Collection[str]) -> dict[str, tuple[str, ...]]:
    """Return the other ids of each model; none where the catalog, which has them, is withheld."""
    if models.NAME in withheld:
        return {}
    return {
        profile.model.id: model_ids.ids_of(profile) for profile in context.site.profiles.values()
    }


def _written(compared: Comparison, ids: Mapping[str, Sequence[str]]) -> bytes:
    shown: dict[str, dict[str, object]] = {}
    for key, model in compared.models.items():
        shown[key] = {**_model(model, compared.measures), "ids": ids.get(model.model.id, ())}
    missing = compared.coverage.missing if compared.coverage else ()
    body = {
        **tabular.header(compared.citations),
        "note": _NOTE,
        "first_day": iso_day(compared.first),
        "missing_days": list(map(str, missing)),
        "measures": list(map(_measure, compared.measures)),
        "models": shown,
    }
    return tabular.compact(body)


def _measure(measure: Measure) -> dict[str, object]:
    return {
        "key": measure.column.key,
        "group": measure.group,
        "label": measure.column.label,
        "kind": measure.column.kind,
        "barred": measure.barred,
    }


def _model(compared: Compared, measures: Sequence[Measure]) -> dict[str, object]:
    """Return all that is shown of one model.

    The texts are written here, so that the browser does not have to know how numbers are written.
    """
    values: dict[str, object] = {}
    shown: dict[str, str] = {}
    for place, measure in enumerate(measures):
        value = compared.values.get(measure.column.key)
        if value is None:
            continue
        plain = value if isinstance(value, int | float | str) else str(value)
        values[str(place)] = plain
        text = compared.texts.get(measure.column.key) or cell_values.text(measure.column, value)
        if {str(plain), _in_browser(plain)} != {text}:
            shown[str(place)] = text
    return {
        "name": compared.model.name,
        "author": compared.model.author_name,
        "color": compared.model.color,
        "values": values,
        "shown": shown,
        "series": list(map(_millions, compared.series)),
        "highest": _highest(compared.series),
    }


def _highest(series: Sequence[int | None]) -> str:
    """Return the text for the most tokens of a day, an empty one where no day has any."""
    known = [tokens for tokens in series if tokens is not None]
    return formats.tokens(max(known)) if known else ""


def _in_browser(value: object) -> str:
    """Return how a browser writes a value of the file: a whole number has no places there, ``38`` for 38.0."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _millions(tokens: int | None) -> int | float | None:
    """Return tokens in millions, to three figures."""
    if tokens is None:
        return None
    rounded = float(f"{tokens / 1e6:.3g}")
    return int(rounded) if rounded.is_integer() else rounded
