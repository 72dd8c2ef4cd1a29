"""The house style as one Altair theme, and the few shorthands in which every kind of chart is written.

A kind is an ordinary Altair chart on named data, with Vega's own axes, titles and tooltips. Rows, texts, lengths
and colors are bound after it is compiled, so that it is compiled once for all its drawings.
"""

import importlib.util
import sys
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from generator.base.palette import LIGHT
from generator.charts.kinds import text_width

if TYPE_CHECKING:
    import altair

    alt = altair
else:

    class _NotInstalled:
        """Stands in for a package that is not there: as one that is broken, it fails at its first use."""

        def __getattr__(self, _name: str) -> Any:
            raise ModuleNotFoundError("No module named 'altair'", name="altair")

    def _imported_at_first_use() -> Any:
        # Saves 0.4 s of 8 s in a render of the demo from a warm cache.
        spec = importlib.util.find_spec("altair")
        if spec is None:
            return _NotInstalled()
        spec.loader = importlib.util.LazyLoader(spec.loader)
        module = sys.modules["altair"] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module

    alt = sys.modules.get("altair") or _imported_at_first_use()

FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
"""The first is what vl-convert brings; the second and third have the same widths."""
HOVER = "hover"
"""Start of the names of layers that only have tooltips; pictures are drawn without them."""

HEADLINE, BYLINE, CREDIT, LABEL = 16, 13, 10.5, 12
HEADLINE_LEADING, BYLINE_LEADING, CREDIT_LEADING = 20, 17, 14
LABEL_GAP = 15
"""Font sizes, the heights of lines, and the least distance of two labels at the ends of lines, in pixels."""
FADED, FADED_LABEL = 0.2, 0.45
"""Opacity of the marks and the labels of series that are not in focus."""
_EDGE = 6

TOKENS_TICK = (
    "datum.value >= 1e12 ? format(datum.value / 1e12, '~r') + ' T' : "
    "datum.value >= 1e9 ? format(datum.value / 1e9, '~r') + ' B' : "
    "datum.value >= 1e6 ? format(datum.value / 1e6, '~r') + ' M' : format(datum.value, ',')"
)
PERCENT_TICK = "format(datum.value * 100, '~r') + '%'"
DOLLARS_TICK = (
    "'$' + (abs(datum.value * 100 - round(datum.value * 100)) > 1e-6 ? format(datum.value, '~r') : "
    "format(datum.value, datum.value % 1 ? ',.2f' : ',.0f'))"
)
DAY_TICK = (
    "utchours(datum.value) ? '' : span(domain('x')) <= 100 * 864e5 || utcdate(datum.value) != 1 ? "
    "utcFormat(datum.value, '%-d %b') : "
    "utcFormat(datum.value, datum.index == 0 || utcmonth(datum.value) == 0 ? '%b %Y' : '%b')"
)
HALF_YEARS_TICK = (
    f"span(domain('x')) <= 366 * 864e5 ? ({DAY_TICK}) : utcmonth(datum.value) % 6 ? '' : "
    "utcFormat(datum.value, utcmonth(datum.value) ? '%b' : '%b %Y')"
)
_BANDS = "length(domain('x'))"
_NTH = f"round(datum.index * ({_BANDS} - 1))"
_STEP = f"ceil({_BANDS} * 46 / width)"
_MONTHS = f"({_BANDS} * 64 / width / 4.35)"
_MONTH_STEP = " : ".join([*(f"{_MONTHS} <= {step} ? {step}" for step in (1, 2, 3, 6, 12)), "24"])
_MONTH_NUMBER = "(utcyear(toDate(datum.value)) * 12 + utcmonth(toDate(datum.value)))"
WEEK_TICK = (
    f"{_BANDS} <= 26 ? (({_BANDS} - 1 - {_NTH}) % {_STEP} == 0 ? utcFormat(toDate(datum.value), '%-d %b') : '') : "
    f"utcdate(toDate(datum.value)) > 7 || {_MONTH_NUMBER} % ({_MONTH_STEP}) != 0 ? '' : "
    f"utcFormat(toDate(datum.value), {_NTH} < 4.4 * ({_MONTH_STEP}) || utcmonth(toDate(datum.value)) == 0 ? '%b %Y' : '%b')"
)
_DENSE_STEPS = {1: 1, 2: 2, 6: 3, 12: 6, 24: 12}
_DENSE_STEP = " : ".join(
    [*(f"{_MONTHS} <= {most} ? {n}" for most, n in _DENSE_STEPS.items()), "24"]
)
_MONTH_OF_YEAR = "utcmonth(toDate(datum.value))"
# Two labels with a year need twice the room of one beside another month.
_APART = f"({_MONTHS} <= ({_DENSE_STEP}) || {_MONTH_OF_YEAR} + ({_DENSE_STEP}) < 12)"
_WITH_YEAR = f"{_MONTH_OF_YEAR} == 0 || {_NTH} < 4.4 * ({_DENSE_STEP}) && {_APART}"
DENSE_WEEK_TICK = (
    f"utcdate(toDate(datum.value)) > 7 || {_MONTH_NUMBER} % ({_DENSE_STEP}) != 0 ? '' : "
    f"utcFormat(toDate(datum.value), {_WITH_YEAR} ? '%b %Y' : '%b')"
)
_EACH_MONTH = f"({_BANDS} * 56 / width)"
_EVERY = " : ".join([*(f"{_EACH_MONTH} <= {step} ? {step}" for step in (1, 2, 3, 6)), "12"])
MONTH_TICK = (
    f"utcmonth(toDate(datum.value)) % ({_EVERY}) != 0 ? '' : utcFormat(toDate(datum.value), "
    f"{_NTH} < ({_EVERY}) || utcmonth(toDate(datum.value)) == 0 ? '%b %Y' : '%b')"
)
"""Labels of axes as Vega expressions. The words are those of :mod:`generator.base.formats`, which the tests compare.

Up to 100 days are labeled as ``17 Aug``; of more, the first of a month as ``Aug``, with its year in January
and at the start. Weeks and months stand in bands, of which as many are labeled as there is room for, of the
weeks the newest always. Where weeks are a few pixels wide, labels stand closer, and the one before a January has no year.
"""


_NOTHING: Mapping[str, str] = MappingProxyType({})
_SUBTITLE = (
    r"split(replace(replace(join(lines, '\n'), '{days}', days_said), '{late}', late_said), '\n')"
)
_SAID: Mapping[str, str] = {
    "begins": "toNumber(toDate(since == '' ? oldest : since)) - (each - 1) * 864e5",
    "finishes": "toNumber(toDate(until == '9' ? newest : until))",
    "days_said": "since == '' && until == '9' ? days : utcFormat(begins, utcyear(begins) != utcyear(finishes) ? "
    "'%-d %b %Y' : utcmonth(begins) != utcmonth(finishes) ? '%-d %b' : '%-d') + utcFormat(finishes, ' to %-d %b %Y')",
    "late_said": "until == '9' ? late : ''",
}
"""The days that are shown, in the words of :mod:`generator.base.dates`, and what is said of the newest of them."""

UNCHOSEN: Mapping[str, Any] = {"since": "", "until": "9", "focus": [], "events": 0}
"""The parameters of choices that several kinds offer, as they are before the reader has chosen anything."""

_CONFIG: Any = {
    "font": FONT,
    "background": LIGHT.paper,
    "view": {"stroke": None},
    "mark": {"aria": False},
    "point": {"shape": "circle", "filled": True, "opacity": 1},
    "scale": {"zero": False},
    "legend": {"disable": True},
    "axis": {
        "title": None,
        "labelFontSize": LABEL,
        "labelColor": LIGHT.soft,
        "titleFontSize": LABEL,
        "titleColor": LIGHT.soft,
        "titleFontWeight": "normal",
        "gridColor": LIGHT.line,
        "domain": False,
        "ticks": False,
        "labelPadding": 8,
        "labelLimit": 0,
        # Decided by the ticks, not by measured widths, which differ between fonts.
        "labelOverlap": False,
        "labelFlush": False,
        "labelBound": False,
    },
    "axisX": {"grid": False},
    # Above the axis, from left to right, as it is read.
    "axisY": {
        "titleAngle": 0,
        "titleAlign": "left",
        "titleBaseline": "bottom",
        "titleX": 0,
        "titleY": -8,
    },
    "title": {
        "anchor": "start",
        "frame": "group",
        "color": LIGHT.ink,
        "fontSize": HEADLINE,
        "fontWeight": "bold",
        "lineHeight": HEADLINE_LEADING,
        "subtitleColor": LIGHT.soft,
        "subtitleFontSize": BYLINE,
        "subtitleLineHeight": BYLINE_LEADING,
        "subtitlePadding": 6,
    },
}


def _theme() -> "alt.theme.ThemeConfig":
    # Any numbers: without them a band scale would choose the size of the plot itself.
    return {"config": _CONFIG, "autosize": {"type": "none"}, "width": 100, "height": 100}


def between(low: str, high: str, **scale: Any) -> Any:
    """Return a scale that ends where two expressions say."""
    ends = {"domainMin": alt.ExprRef(low), "domainMax": alt.ExprRef(high)}
    return alt.Scale(**ends, nice=False, **scale)


def in_bands(field: str, tick: str, **scale: Any) -> Any:
    """Return the position of weeks or months, which stand in bands."""
    axis = alt.Axis(labelExpr=tick, labelAngle=0)
    return alt.X(f"{field}:O", axis=axis, sort=None, scale=alt.Scale(**scale))


def titled(title: str, **axis: Any) -> Any:
    """Return an axis below the plot whose title ends where the plot does."""
    align: dict[str, Any] = {"titleAlign": "right", "titleAnchor": "end", "titleBaseline": "middle"}
    return alt.Axis(title=title, titleX=alt.ExprRef("width"), titleY=34, **align, **axis)


def rows(data: str = "rows") -> "alt.Chart":
    """Return a chart of the rows in the data set of that name."""
    return alt.Chart(alt.NamedData(data))


def color(field: str, channel: str = "color") -> Any:
    """Return the color scale of a drawing, whose colors are bound with its rows, by the values of ``field``."""
    of_channel = getattr(alt, channel.capitalize())
    return of_channel(f"{field}:N", scale=alt.Scale(domain=[""], range=[""]))


def placed(marks: Any, **channels: Any) -> Any:
    """Return marks with these encodings, of which a text is an expression of the value itself.

    Positions are in pixels, from ``width``, ``height``, the kind's parameters and ``datum``.
    """
    for name, encoding in channels.items():
        if isinstance(encoding, str):
            # By its class, which altair otherwise looks for among all that it has: 4 ms.
            of_value = getattr(alt, f"{name.capitalize()}Value")
            channels[name] = of_value(alt.ExprRef(encoding))
    return marks.encode(**channels)


def text(
    chart: Any, field: str, x: Any, y: Any, *, size: float = LABEL, soft: bool = False, **mark: Any
) -> Any:
    """Return text marks of a chart's rows, in ink or softer; positions are those of :func:`placed`."""
    fill = LIGHT.soft if soft else LIGHT.ink
    look = {"fontSize": size, "fill": fill, "baseline": "middle", "align": "left", **mark}
    return placed(chart.mark_text(**look).encode(text=alt.Text(f"{field}:N")), x=x, y=y)


def haloed(chart: Any, field: str, x: Any, y: Any, **mark: Any) -> tuple[Any, Any]:
    """Return text marks that can be read over other marks: a rim in the paper's color, then the letters."""
    rim = {**mark, "stroke": LIGHT.paper, "strokeWidth": 3}
    return text(chart, field, x, y, **rim), text(chart, field, x, y, **mark)


def in_focus(field: str, faded: float = FADED) -> str:
    """Return an expression of opacity: full where a row's series is in the parameter ``focus``, or nothing is."""
    return f"!length(focus) || indexof(focus, datum.{field}) >= 0 ? 1 : {faded}"


def within(chart: Any, field: str) -> Any:
    """Return the chart of the days that the parameters ``since`` and ``until`` leave."""
    return chart.transform_filter(f"datum.{field} >= since && datum.{field} <= until")


def end_label(name: str, more: str, room: float) -> dict[str, Any]:
    """Return the fields of a label for :func:`end_labels`; a name that needs more than ``room`` pixels is cut."""
    gap = 8 if name and more else 0
    name = text_width.short(name, LABEL, room - text_width.width(more, LABEL) - gap)
    return {"name": name, "more": more, "shift": round(text_width.width(name, LABEL) + gap, 1)}


def end_room(labels: Iterable[Mapping[str, Any]]) -> float:
    """Return the room that labels take right of the plot, in pixels."""
    widths = [16 + label["shift"] + text_width.width(label["more"], LABEL) for label in labels]
    return float(max(widths))


def end_labels(ends: Any, middle: str, key: str) -> tuple[Any, ...]:
    """Return direct labels right of the plot, each joined to its mark, moved apart where they would touch.

    Args:
        ends: a chart of one row for each label, with what :func:`end_label` says.
        middle: an expression of the height at which the mark ends, in pixels.
        key: the field of the series.
    """
    down = [alt.SortField("middle")]
    moved = (
        ends.transform_calculate(middle=f"max({_EDGE}, {middle})")
        .transform_window(nth="row_number()", sort=down)
        .transform_joinaggregate(labels="count()")
        # From the top down each is at least one gap below the one above ...
        .transform_calculate(slack=f"datum.middle - datum.nth * {LABEL_GAP}")
        .transform_window(pushed="max(slack)", frame=[None, 0], sort=down)
        # ... and none stands so low that those below it would leave the plot.
        .transform_calculate(
            place=f"min(datum.pushed + datum.nth * {LABEL_GAP}, "
            f"height - {_EDGE} - (datum.labels - datum.nth) * {LABEL_GAP})"
        )
    )
    ends_at = {"x": "width + 3", "x2": "width + 12", "y": "datum.middle", "y2": "datum.place"}
    rule = moved.mark_rule(strokeWidth=1.5)
    lead = placed(rule, **ends_at, stroke=color(key, "stroke"), opacity=in_focus(key))
    name = text(moved, "name", "width + 16", "datum.place")
    more = text(moved, "more", "width + 16 + datum.shift", "datum.place", soft=True)
    return lead, *(placed(words, opacity=in_focus(key, FADED_LABEL)) for words in (name, more))


def hatch(data: str, roof: str) -> Any:
    """Return what marks the bars of the weeks in a data set: thin lines in the paper's color, below their ``roof``."""
    lines = (
        within(rows(data), "week")
        .transform_calculate(roof=roof)
        .transform_calculate(y="sequence(datum.roof, 2 * height, 7)")
        .transform_flatten(["y"])
    )
    return placed(
        lines.mark_rule(stroke=LIGHT.paper, strokeWidth=1.5, clip=True),
        x="scale('x', datum.week)",
        x2="scale('x', datum.week) + min(bandwidth('x'), datum.y - datum.roof)",
        y="datum.y",
        y2="max(datum.y - bandwidth('x'), datum.roof)",
    )


def spec(
    *layers: Any, derived: Mapping[str, str] = _NOTHING, dated: bool = False
) -> dict[str, Any]:
    """Return a whole kind of chart as Vega-Lite: the layers, with title, subtitle, credit and the site's theme.

    Its layers may name any parameters; their values are given with the rows.

    Args:
        derived: expressions of parameters that follow from others, by their names.
        dated: whether the reader may choose the days that are shown.
    """
    small: dict[str, Any] = {"size": CREDIT, "soft": True, "baseline": "alphabetic"}
    credit = text(rows("credit"), "text", "datum.px", "datum.py", **small)
    # Vega puts the title above whatever stands highest: this always does.
    spacer = alt.Chart(alt.InlineData([{}])).mark_rule(opacity=0)
    every = (placed(spacer, x="0", y="-gap", y2="0"), *layers, credit)
    # Vega-Lite takes no expression as a subtitle: the compiler puts ``byline`` in.
    headline, edge = alt.ExprRef("headline"), alt.ExprRef("edge")
    title = alt.TitleParams(text=headline, subtitle=[""], dx=edge, offset=0)
    alt.theme.register("leaderboards", enable=True)(_theme)
    # Validating a kind takes longer than compiling it; the tests do that, of the whole spec.
    whole: dict[str, Any] = alt.LayerChart(title=title).to_dict(validate=False)
    # Altair's own layer() compares and copies all layers: 1.4 s of the 2.3 s in which all kinds are built.
    within_whole: dict[str, Any] = {"top_level": False, "datasets": {}}
    whole["layer"] = [layer.to_dict(validate=False, context=within_whole) for layer in every]
    said: Mapping[str, str] = {"days_said": "days", "late_said": "late"}
    if dated:
        said = _SAID
    expressions = {**derived, **said, "byline": _SUBTITLE}
    params = [{"name": name, "expr": expression} for name, expression in expressions.items()]
    return {**whole, "params": params, "datasets": within_whole["datasets"]}
