"""What models cost at a ratio of input to output tokens that the reader chooses: the parameter ``blend``.

Rows state ``prompt`` and ``completion`` in US dollars per million tokens; everything that follows from them and
from the ratio is computed by the chart itself, as :mod:`generator.boards.frontier` does for the usual ratio.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from generator.boards.board import BoardRow
from generator.boards.frontier import INPUT_PARTS, OUTPUT_PARTS
from generator.charts.chart import Control, Option
from generator.charts.kinds import phrases
from generator.charts.kinds.theme import alt

USUAL = INPUT_PARTS / OUTPUT_PARTS
WORDS = "three input tokens to one output token"
"""The usual ratio, as subtitles say it."""
_MOST = 1000
_OTHERS = ((1, "1:1"), (10, "10:1"), (30, "30:1 (agents)"))


def control(usual: str = WORDS, other: str = "{}:1 input to output tokens") -> Control:
    """Return the choice of a ratio: one of a few, or any number.

    Args:
        usual: what the subtitle says of the usual ratio.
        other: what it says of another one; ``{}`` stands for its number.
    """
    listed = [Option("", f"{USUAL:g}:1 (default)")]
    for ratio, label in _OTHERS:
        renamed = usual, other.format(ratio)
        listed.append(Option(f"{ratio}", label, {"blend": ratio}, renamed=renamed))
    own = Option("{}", "{}:1", {"blend": "{}"}, renamed=(usual, other))
    label = "Input : output tokens"
    return Control("ratio", label, tuple(listed), any=own, other="Other ratio", most=_MOST)


def prices(row: BoardRow) -> dict[str, float]:
    """Return the fields from which a price is blended, in US dollars per million tokens."""
    return {key: max(0.0, phrases.fixed(row, key)) for key in ("prompt", "completion")}


def params(rows: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Return the usual ratio, and the least and the largest prices of input and of output of rows that cost money."""
    pairs = [(row["prompt"], row["completion"]) for row in rows]
    inputs, outputs = zip(*(list(filter(any, pairs)) or [(1.0, 1.0)]), strict=True)
    cheap, dear = [min(inputs), min(outputs)], [max(inputs), max(outputs)]
    return {"blend": USUAL, "cheap": cheap, "dear": dear}


def usual(prices: Sequence[float]) -> float:
    """Return a price of input and one of output, blended at the usual ratio."""
    return (prices[0] * USUAL + prices[1]) / (USUAL + 1)


def bound(name: str) -> str:
    """Return the expression of ``cheap`` or ``dear`` at the ratio that is chosen."""
    return f"(({name}[0] * blend + {name}[1]) / (blend + 1) || 1e-6)"


def priced(chart: Any) -> Any:
    """Return the chart of rows with their blended ``price``, and in ``words`` as tables show it.

    The words are those of :func:`generator.base.formats.per_million`, with which the tests compare them.
    """
    return (
        chart
        # Without the noise of floating point, which would tell equal prices apart.
        .transform_calculate(
            price="toNumber(format((datum.prompt * blend + datum.completion) / (blend + 1), '.12r'))"
        )
        .transform_calculate(
            places="datum.price >= 99.995 ? 0 : datum.price >= 0.09995 ? 2 : "
            "max(4, 1 - floor(log(datum.price || 1) / LN10))"
        )
        .transform_calculate(scaled="datum.price * pow(10, datum.places)")
        # Halves go up, those too that a float has a little below.
        .transform_calculate(scaled="floor(datum.scaled + 0.5 + 1e-7)")
        .transform_calculate(scaled="datum.scaled / pow(10, datum.places)")
        .transform_calculate(
            words="datum.price == 0 ? 'free' : '$' + (datum.places == 2 ? "
            "replace(format(datum.scaled, '.2f'), '.00', '') : "
            "format(datum.scaled, ',.' + datum.places + '~f'))"
        )
    )


def placed(chart: Any, groups: Sequence[str] = ()) -> Any:
    """Return the chart of rows with whether each is on the frontier of its groups, ``best``, and else its ``rival``.

    The rival is the ``place`` of the row with the highest score that costs no more.
    """
    order = [alt.SortField("price"), alt.SortField("y", "descending")]
    groups = [*groups, "paid"]
    return (
        priced(chart)
        .transform_calculate(paid="datum.prompt + datum.completion > 0")
        .transform_window(top="max(y)", frame=[None, 0], groupby=groups, sort=order)
        .transform_window(
            least="first_value(price)",
            rival="first_value(place)",
            frame=[None, None],
            groupby=[*groups, "top"],
            sort=order,
        )
        .transform_calculate(
            best="datum.paid && datum.y == datum.top && datum.price == datum.least"
        )
    )


def cheapest(chart: Any, groups: Sequence[str]) -> Any:
    """Return the chart of the cheapest row of each group, the first of several."""
    return (
        priced(chart)
        .transform_window(nth="row_number()", groupby=list(groups), sort=[alt.SortField("price")])
        .transform_filter("datum.nth == 1")
    )
