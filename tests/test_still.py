"""A picture is drawn from less than the live drawing, and shows the same."""

import json
import re
from collections import Counter

from generator.charts import native, svg
from generator.charts.chart import DrawnChart, Template
from generator.charts.compiler import compiled
from generator.charts.kinds import strokes, theme
from generator.charts.kinds.theme import alt, rows

_WEEKS = ("first", "last")
_LINE = re.compile(rb'"type": ?"line"')


def _parts(drawn: str) -> Counter[str]:
    """Return the unbroken parts of all paths, each as often as it is drawn."""
    parts: Counter[str] = Counter()
    for path in re.findall(r'<path[^>]* d="([^"]*)"', drawn):
        parts.update(re.findall("M[^M]*", path))
    return parts


def _lines(live: bytes) -> Counter[str]:
    """Return the unbroken parts of all lines that the browser would draw; what has none need not be drawn."""
    if not _LINE.search(live):
        return Counter()
    drawn = native.vega_to_svg(live.decode("utf-8"))
    groups = re.findall(r'<g class="mark-line.*?</g>', drawn)
    return _parts(svg.normalized(f"<g >{''.join(groups)}</g></svg>", "live"))


def test_a_picture_has_every_line_of_the_live_drawing(drawn: dict[str, DrawnChart]) -> None:
    several = 0
    for one in drawn.values():
        if not one.is_interactive:
            continue
        lines = _lines(one.file(".vg.json"))
        assert not lines - _parts(one.file(".svg").decode("utf-8")), one.id
        several += lines.total() > 1
    assert several > 8


def test_all_parts_of_a_broken_line_are_one_path(drawn: dict[str, DrawnChart]) -> None:
    (daily,) = (one for one in drawn.values() if one.chart == "tok-model")
    picture = daily.file(".svg").decode("utf-8")
    (firm,) = re.findall(r'<path d="([^"]*)"[^>]*stroke-width="2"[^>]*dasharray="1,0"', picture)
    assert len(re.findall("M", firm)) == 4


def test_many_lines_are_clipped_together(drawn: dict[str, DrawnChart]) -> None:
    picture = drawn["tok-rank-bump"].file(".svg").decode("utf-8")
    assert len(_lines(drawn["tok-rank-bump"].file(".vg.json"))) > 4
    assert picture.count("<clipPath") == 2, "that of the lines and that of the dots"


def test_a_picture_has_nothing_for_a_pointer_and_asks_no_rows_for_stated_ends() -> None:
    x = alt.X("week:Q", scale=theme.between(*_WEEKS))
    points = rows().transform_filter("datum.week > 1")
    told = points.mark_point().encode(x=x, tooltip="tip:N").properties(name=theme.HOVER)
    line = strokes.line(rows().encode(x=x, y=alt.Y("rank:Q")), "series")
    kind = compiled(Template("still", lambda: theme.spec(line, told)))
    assert '"tooltip"' in json.dumps(kind.live)
    assert '"tooltip"' not in json.dumps(kind.still)
    domains = {scale["name"]: scale["domain"] for scale in kind.still["scales"]}
    assert domains["x"] == [0, 1], "its ends are stated"
    assert domains["y"] != [0, 1], "nobody says where it ends but the rows"
