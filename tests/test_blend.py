"""What charts compute at a ratio of input to output tokens and say of the days shown, next to what Python says."""

import html
import json
import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from itertools import product
from random import Random
from typing import Any

import altair

from generator.base import formats
from generator.base.dates import Window
from generator.boards import frontier
from generator.boards.frontier import Offer
from generator.charts import native
from generator.charts.chart import Template
from generator.charts.compiler import compiled
from generator.charts.kinds import blend, theme
from generator.endpoints.benchmarks import AnalysisRow

RATIOS = (0.01, 0.5, 3, 10, 1000)


def _prices() -> list[str]:
    """Prices per token: each power of ten, both sides of each threshold, halves to be rounded, and random ones."""
    numbers = Random(7)  # noqa: S311 - the same prices in every run
    powers = [Decimal(1).scaleb(power) for power in range(-16, 0)]
    thresholds = [
        Decimal(text)
        for text in ("1e-10", "1e-7", "1e-6", "9.995e-8", "9.95e-7", "9.995e-6", "9.9995e-5")
    ]
    near = [number + step * Decimal("1e-12") for number in thresholds for step in range(-3, 4)]
    halves = [
        Decimal(digits).scaleb(power)
        for digits, power in product((5, 125, 135, 245, 1005, 100500), range(-16, -6))
    ]
    drawn = [Decimal(numbers.randint(1, 10**6)).scaleb(-numbers.randint(6, 17)) for _ in range(400)]
    return [f"{price:f}" for price in (Decimal(0), *powers, *near, *halves, *drawn)]


def _computed(rows: Sequence[dict[str, Any]], made: Any, said: str, ratio: float) -> list[str]:
    """Return an expression of each row of a chart, in their order."""
    chart = altair.Chart(altair.InlineData(list(rows)))
    texts = (
        made(chart)
        .transform_calculate(said=said)
        .transform_aggregate(all="values(said)")
        .transform_calculate(said="join(pluck(datum.all, 'said'), '|')")
        .mark_text()
        .encode(text="said:N")
        .add_params(altair.param(name="blend", value=ratio))
    )
    compiled = native.vegalite_to_vega(texts.to_dict(validate=False), "6.4")
    drawn = native.vega_to_svg(json.dumps(compiled))
    [words] = re.findall(r"<text[^>]*>([^<]*)</text>", drawn)
    return html.unescape(words).split("|")


def test_charts_write_prices_as_tables_do() -> None:
    prices = _prices()
    millions = [float(Decimal(price) * 1_000_000) for price in prices]
    rows = [{"prompt": price, "completion": price} for price in millions]
    written = _computed(rows, blend.priced, "datum.words", 3)
    assert len(written) > 450
    pairs = zip(prices, written, strict=True)
    assert [pair for pair in pairs if formats.per_million(pair[0]) != pair[1]] == []


def _model(name: str, index: float, prompt: float, completion: float) -> dict[str, Any]:
    return {"name": name, "y": index, "prompt": prompt, "completion": completion}


MODELS = [
    _model("gift", 55, 0, 0),
    _model("cheap", 50, 0.1, 0.4),
    _model("twin", 50, 0.1, 0.4),
    _model("dull", 40, 2, 10),
    _model("input", 60, 2, 20),
    _model("output", 60, 4, 8),
]
PLACES = [{**model, "place": place} for place, model in enumerate(MODELS)]


def _placed(ratio: float) -> dict[str, str]:
    """Return the rival of each model by name, ``best`` where it has none and ``free`` where it costs nothing."""
    said = "datum.name + ' ' + (datum.best ? 'best' : datum.paid ? datum.rival : 'free')"
    found = [one.split() for one in _computed(PLACES, blend.placed, said, ratio)]
    return {name: MODELS[int(rival)]["name"] if rival.isdigit() else rival for name, rival in found}


def test_the_frontier_of_a_chart_follows_the_ratio() -> None:
    same = {"gift": "free", "cheap": "best", "twin": "best", "dull": "cheap"}
    assert _placed(3) == {**same, "input": "output", "output": "best"}
    assert _placed(30) == {**same, "input": "best", "output": "input"}


def _offer(name: str, index: float, prompt: float, completion: float) -> Offer:
    row = AnalysisRow("", name, name, index, None, None)
    costs = Decimal(str(prompt)), Decimal(str(completion))
    return Offer(row, index, frontier.blended(*costs), *costs)


def test_no_model_that_is_best_at_some_ratio_is_left_out() -> None:
    numbers = Random(3)  # noqa: S311 - the same models in every run
    models = [
        _model(str(at), *(numbers.randint(1, 12) for _ in range(3))) | {"place": at}
        for at in range(40)
    ]
    kept = {
        offer.row.model_permaslug
        for offer in frontier.at_some_ratio(
            _offer(*(one[key] for key in ("name", "y", "prompt", "completion"))) for one in models
        )
    }
    best: set[str] = set()
    for ratio in RATIOS:
        said = _computed(models, blend.placed, "datum.best ? datum.name : ''", ratio)
        best |= set(filter(None, said))
    assert best <= kept
    assert len(kept) < 20
    alike = [_offer("a", 5, 1, 2), _offer("b", 5, 1, 2), _offer("c", 4, 1, 2), _offer("d", 4, 0, 0)]
    assert [one.row.model_permaslug for one in frontier.at_some_ratio(alike)] == ["a", "b"]


def test_a_subtitle_names_the_days_that_are_shown_as_pages_do() -> None:
    layer = theme.text(theme.rows(), "name", "0", "0")
    kind = compiled(Template("days-said", lambda: theme.spec(layer, dated=True))).live
    windows = [
        Window(date(2026, 6, 1), date(2026, 6, 30)),
        Window(date(2026, 5, 26), date(2026, 8, 17)),
        Window(date(2025, 12, 31), date(2026, 1, 2)),
        Window(date(2025, 8, 1), date(2026, 8, 2)),
    ]
    for window in windows:
        given = {"since": str(window.start), "until": str(window.end), "late": ", two provisional"}
        assert _subtitle(kind, given) == ["Tokens,", f"{window.human()}."]
    newest = {"since": "2026-08-10", "newest": "2026-08-17", "late": ", two provisional"}
    assert _subtitle(kind, newest) == ["Tokens,", "10 to 17 Aug 2026, two provisional."]
    assert _subtitle(kind, {**newest, "each": 7})[1].startswith("4 to 17 Aug 2026,")
    assert _subtitle(kind, {"days": "all days"}) == ["Tokens,", "all days."]


def _subtitle(kind: dict[str, Any], params: dict[str, object]) -> list[str]:
    texts = {"headline": "Tokens", "lines": ["Tokens,", "{days}{late}."], "days": "", "late": ""}
    ends = {"oldest": "", "newest": "", "each": 1, "edge": 0, "gap": 0}
    given = {**theme.UNCHOSEN, **texts, **ends, **params}
    signals = [{"name": name, "value": value} for name, value in given.items()]
    signals += kind["signals"]
    data = [{"values": [], **one} for one in kind["data"]]
    drawn = native.vega_to_svg(json.dumps({**kind, "signals": signals, "data": data}))
    subtitle = drawn[drawn.index("role-title-subtitle") :]
    return re.findall(r"<t(?:ext|span)[^>]*>([^<]+)</t", subtitle)
