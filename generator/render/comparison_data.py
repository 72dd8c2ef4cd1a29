"""``compare/models.json``: what the page that sets models side by side draws from, fetched when it is asked to."""

from collections.abc import Iterator

from generator.base import tabular
from generator.base.artifact import Artifact
from generator.boards.comparison import Comparison, comparison
from generator.boards.site import Site

PATH = "compare/models.json"
_NOTE = (
    "values: by the place of their measure in measures; prices are US dollars per token. "
    "series: tokens of each day from first_day on in millions, to three figures; null is outside the top fifty."
)


def comparison_file(site: Site) -> Iterator[Artifact]:
    """One file; none while there is nothing to compare."""
    compared = comparison(site)
    if compared is not None:
        yield Artifact(PATH, _written(compared))


def _written(compared: Comparison) -> bytes:
    keys = {measure.column.key: at for at, measure in enumerate(compared.measures)}
    measures = [
        {
            "group": one.group,
            "label": one.column.label,
            "kind": one.column.kind,
            "barred": one.barred,
        }
        for one in compared.measures
    ]
    models = {
        key: {
            "name": one.model.name,
            "colour": one.model.colour,
            "values": {
                str(keys[name]): _plain(value) for name, value in sorted(one.values.items())
            },
            "series": [_millions(tokens) for tokens in one.series],
        }
        for key, one in compared.models.items()
    }
    body = {
        **tabular.header(compared.citations),
        "note": _NOTE,
        "first_day": str(compared.first) if compared.first else None,
        "measures": measures,
        "models": models,
    }
    return tabular.compact(body)


def _plain(value: object) -> object:
    return value if isinstance(value, int | float | str) else str(value)


def _millions(tokens: int | None) -> int | float | None:
    if tokens is None:
        return None
    rounded = float(f"{tokens / 1e6:.3g}")
    return int(rounded) if rounded.is_integer() else rounded
