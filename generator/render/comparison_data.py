"""``compare/models.json``: what the page that sets models side by side draws from, fetched when it is asked to."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from generator.base import formats, tabular
from generator.base.artifact import Artifact
from generator.boards.comparison import Compared, Comparison, Measure, comparison
from generator.endpoints import models, rankings_daily
from generator.render import model_ids, table_cells
from generator.render.context import Context
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
    if compared is not None:
        withheld = {state.name for state in context.site.withheld}
        profiles = context.site.profiles.values() if models.NAME not in withheld else ()
        ids = {profile.model.id: model_ids.ids_of(profile) for profile in profiles}
        open_ = open_models(context.history, context.site)
        kept = {key: one for key, one in compared.models.items() if one.model.id in open_}
        compared = replace(_without(compared, withheld), models=_without_series(kept, withheld))
        yield Artifact(PATH, _written(compared, ids))


def _without(compared: Comparison, withheld: Collection[str]) -> Comparison:
    """Return a comparison without what comes from datasets that may not be redistributed."""
    if not withheld:
        return compared
    kept = tuple(measure for measure in compared.measures if measure.dataset not in withheld)
    citations = tuple(citation for citation in compared.citations if not citation.withheld)
    return replace(compared, measures=kept, citations=citations or compared.citations)


def _without_series(
    models_: Mapping[str, Compared], withheld: Collection[str]
) -> Mapping[str, Compared]:
    """Return the models, without their tokens of each day where the rankings may not be redistributed."""
    if rankings_daily.NAME not in withheld:
        return models_
    return {key: replace(one, series=()) for key, one in models_.items()}


def _written(compared: Comparison, ids: Mapping[str, Sequence[str]]) -> bytes:
    measures = [
        {
            "key": one.column.key,
            "group": one.group,
            "label": one.column.label,
            "kind": one.column.kind,
            "barred": one.barred,
        }
        for one in compared.measures
    ]
    body = {
        **tabular.header(compared.citations),
        "note": _NOTE,
        "first_day": str(compared.first) if compared.first else None,
        "missing_days": [str(day) for day in compared.coverage.missing]
        if compared.coverage
        else [],
        "measures": measures,
        "models": {
            key: {**_model(one, compared.measures), "ids": ids.get(one.model.id, ())}
            for key, one in compared.models.items()
        },
    }
    return tabular.compact(body)


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
        values[str(place)] = _plain(value)
        text = compared.texts.get(measure.column.key) or table_cells.text(measure.column, value)
        if {str(values[str(place)]), _in_browser(values[str(place)])} != {text}:
            shown[str(place)] = text
    highest = max((tokens for tokens in compared.series if tokens is not None), default=None)
    return {
        "name": compared.model.name,
        "author": compared.model.author_name,
        "colour": compared.model.colour,
        "values": values,
        "shown": shown,
        "series": [_millions(tokens) for tokens in compared.series],
        "highest": "" if highest is None else formats.tokens(highest),
    }


def _in_browser(value: object) -> str:
    """Return how a browser writes a value of the file: a whole number has no places there, ``38`` for 38.0."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _plain(value: object) -> object:
    return value if isinstance(value, int | float | str) else str(value)


def _millions(tokens: int | None) -> int | float | None:
    if tokens is None:
        return None
    rounded = float(f"{tokens / 1e6:.3g}")
    return int(rounded) if rounded.is_integer() else rounded
