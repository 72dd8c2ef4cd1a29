"""One model's tokens, day by day, with the days outside the top fifty as gaps.

There are hundreds of these, so the still picture is written here, in a fraction of the time that Vega
takes; the interactive one is a template like all others, with the same lines in the same places.
"""

from collections import Counter
from datetime import date, timedelta
from typing import Any

from generator import dates, formats, palette
from generator.boards.board import Board, Entity, Row
from generator.charts import measure, timeline, words
from generator.charts.chart import Chart, Drawing, Rows, Size, Template
from generator.charts.grammar import HOVER, alt, at, chart, grid, spec, text, tick_labels
from generator.palette import LIGHT

_LEFT, _RIGHT, _BOTTOM = 48.0, 64.0, 24.0
_PALE = 0.4
_DAY = "utcFormat(toDate(datum.date), '%-d %b %Y')"
# There are a year of days in hundreds of files: what the pointer is told is put together in the browser.
_TIP = (
    f"{{'title': {_DAY}, 'Tokens': format(datum.total_tokens, ','), 'Rank': '' + datum.rank, "
    "'Share': format(datum.share * 100, '.1f') + ' %'}"
)
_GAP_TIP = f"{{'title': {_DAY}, 'Outside the top fifty': 'at most ' + format(datum.bound, ',')}}"


def _author(board: Board) -> str:
    model = board.extra.get("model")
    return model.author if isinstance(model, Entity) else board.id.split(".")[1]


def _colour(board: Board) -> str:
    return palette.author_colour(_author(board))


def _draw(board: Board, size: Size) -> Drawing:
    days = [words.day(row, "date") for row in board.rows]
    first, last = days[0], days[-1] + timedelta(days=1)
    reach = max(max(row.number("total_tokens") or 0, row.number("bound") or 0) for row in board.rows)
    ticks = measure.ticks(reach, 4)
    rows = _rows(board)
    settled = days[-1] - timedelta(days=board.provisional)
    data: dict[str, Rows] = {
        "rows": rows,
        "lone": _lone(rows),
        "gaps": [_gap(row) for row in board.rows if row["total_tokens"] is None and row["bound"] is not None],
        "days": _day_ticks(days, 2 if size.narrow else 5),
        "ticks": [{"v": value, "label": words.tokens_tick(value)} for value in ticks],
        "ends": _end(board),
    }
    height = 180.0 if size.narrow else 260.0
    width = size.width - 2 * size.margin - _LEFT - _RIGHT
    return Drawing(
        template=_TEMPLATE,
        data=data,
        height=height,
        left=_LEFT,
        right=_RIGHT,
        top=4,
        bottom=_BOTTOM,
        params={
            "first": timeline.moment(first),
            "last": timeline.moment(last),
            "top": ticks[-1],
            "settled": timeline.moment(settled + timedelta(days=1)),
            "hue": _colour(board),
        },
        sketch=_Sketch(data, (first, last), ticks[-1], (width, height)).svg(_colour(board), settled),
        controls=tuple(control for control in (timeline.ranges(first, days[-1]),) if control),
    )


def _rows(board: Board) -> Rows:
    """The days with a number; each unbroken run of days is a line of its own."""
    rows: Rows = []
    run = 0
    before: date | None = None
    for row in board.rows:
        tokens, day = row.number("total_tokens"), words.day(row, "date")
        if tokens is None:
            continue
        run += before != day - timedelta(days=1)
        before = day
        shown = {"date": f"{day}T12:00Z", "total_tokens": round(tokens), "run": run, "rank": row["rank"]}
        rows.append({**shown, "share": round(words.number(row, "share"), 5)})
    return rows


def _lone(rows: Rows) -> Rows:
    """Days between two gaps: a line of one point would not be seen."""
    days = Counter(row["run"] for row in rows)
    return [row for row in rows if days[row["run"]] == 1]


def _gap(row: Row) -> dict[str, Any]:
    day = words.day(row, "date")
    return {"date": str(day), "until": str(day + timedelta(days=1)), "bound": row["bound"]}


def _day_ticks(days: list[date], most: int) -> Rows:
    """A few days, evenly apart, the newest always."""
    step = max(1, (len(days) - 1) // most)
    chosen = days[::-1][::step][::-1]
    return [{"date": f"{day}T12:00Z", "label": words.short_day(day), "align": "center"} for day in chosen]


def _end(board: Board) -> Rows:
    """The newest day's tokens beside the end of the line; nothing where the line has ended before."""
    newest = board.rows[-1]
    tokens = newest.number("total_tokens")
    return [] if tokens is None else [{"v": tokens, "label": formats.tokens(round(tokens))}]


class _Sketch:
    """The plot as SVG."""

    def __init__(self, data: dict[str, Rows], days: tuple[date, date], top: float, plot: tuple[float, float]) -> None:
        self._data = data
        self._start, self._span = days[0].toordinal(), (days[1] - days[0]).days
        self._top = top
        self._width, self._height = plot

    def svg(self, colour: str, settled: date) -> str:
        bands = "".join(
            f"M{self._x(row['date']):.1f},{self._height:g}V{self._y(row['bound']):.1f}H{self._x(row['until']):.1f}"
            f"V{self._height:g}Z"
            for row in self._data["gaps"]
        )
        lone = "".join(f"M{self._at(row)}h0" for row in self._data["lone"])
        grid_ = "".join(f"M0,{self._y(row['v']):.1f}H{self._width:g}" for row in self._data["ticks"])
        firm, pale = self._lines(str(settled))
        return (
            f'<path d="{grid_}" stroke="{LIGHT.line}"/>'
            + (f'<path d="{bands}" fill="{LIGHT.other}" fill-opacity="0.3"/>' if bands else "")
            + f'<path d="{firm}" stroke="{colour}" stroke-width="2" stroke-linejoin="round" '
            'stroke-linecap="round"/>'
            + (f'<path d="{pale}" stroke="{colour}" stroke-width="2" stroke-opacity="{_PALE}"/>' if pale else "")
            + (f'<path d="{lone}" stroke="{colour}" stroke-width="6" stroke-linecap="round"/>' if lone else "")
            + self._words()
        )

    def _lines(self, settled: str) -> tuple[str, str]:
        """The days that are settled, and from the last of them on those that are not."""
        rows = self._data["rows"]
        firm = [row for row in rows if row["date"][:10] <= settled]
        pale = [row for row in rows if row["date"][:10] >= settled]
        return self._line(firm), self._line(pale) if len(firm) < len(rows) else ""

    def _line(self, rows: Rows) -> str:
        """Starts anew with every run."""
        path: list[str] = []
        run = None
        for row in rows:
            path.append(f"{'L' if row['run'] == run else 'M'}{self._at(row)}")
            run = row["run"]
        return "".join(path)

    def _at(self, row: dict[str, Any]) -> str:
        return f"{self._x(row['date']):.1f},{self._y(row['total_tokens']):.1f}"

    def _words(self) -> str:
        soft = f'font-size="11px" fill="{LIGHT.soft}"'
        parts = [
            f'<text text-anchor="end" x="-8" y="{self._y(row["v"]) + 4:.1f}" {soft}>{row["label"]}</text>'
            for row in self._data["ticks"]
        ]
        parts += [
            f'<text text-anchor="middle" x="{self._x(row["date"]):.1f}" y="{self._height + 17:g}" {soft}>'
            f"{row['label']}</text>"
            for row in self._data["days"]
        ]
        parts += [
            f'<text x="{self._width + 8:g}" y="{self._y(row["v"]) + 4:.1f}" font-size="12px" font-weight="bold" '
            f'fill="{LIGHT.ink}">{row["label"]}</text>'
            for row in self._data["ends"]
        ]
        return "".join(parts)

    def _x(self, moment: str) -> float:
        half = 0.5 if moment.endswith("T12:00Z") else 0.0
        return (date.fromisoformat(moment[:10]).toordinal() - self._start + half) / self._span * self._width

    def _y(self, value: float) -> float:
        return self._height * (1 - value / self._top)


def _told(expression: str) -> Any:
    return alt.value(alt.ExprRef(expression))


def _spec() -> dict[str, Any]:
    time = alt.Scale(type="utc", domainMin=alt.ExprRef("first"), domainMax=alt.ExprRef("last"), nice=False)
    tokens = alt.Scale(domainMin=0, domainMax=alt.ExprRef("top"), nice=False)
    x = alt.X("date:T", axis=None, scale=time)

    def y(name: str) -> Any:
        return alt.Y(f"{name}:Q", axis=None, scale=tokens)

    hue = alt.ExprRef("hue")
    band = chart("gaps").mark_rect(fill=LIGHT.other, fillOpacity=0.3)
    line = (
        chart("rows")
        .transform_filter("toDate(datum.date) < settled")
        .mark_line(stroke=hue, strokeWidth=2, strokeJoin="round", strokeCap="round")
    )
    pale = chart("rows").transform_filter("toDate(datum.date) >= settled - 864e5")
    pale = pale.mark_line(stroke=hue, strokeWidth=2, strokeOpacity=_PALE)
    lone = chart("lone").mark_point(shape="circle", size=30, fill=hue, opacity=1)
    point = chart("rows").mark_point(shape="circle", size=60, fill=hue, opacity=0).properties(name=HOVER)
    end = text("ends", "label", fontWeight="bold", align="left", baseline="middle")
    return spec(
        grid("ticks", "y", y("v")),
        band.encode(x=x, x2=alt.X2("until:T"), y=y("bound"), y2=alt.datum(0), tooltip=_told(_GAP_TIP)),
        line.encode(x=x, y=y("total_tokens"), detail="run:N"),
        pale.encode(x=x, y=y("total_tokens"), detail="run:N"),
        lone.encode(x=x, y=y("total_tokens")),
        point.encode(x=x, y=y("total_tokens"), tooltip=_told(_TIP)),
        tick_labels("ticks", "y", y("v")),
        tick_labels("days", "x", x),
        end.encode(x=at("x", "width + 8"), y=y("v")),
        params=("first", "last", "top", "settled", "hue"),
    )


_TEMPLATE = Template("model-days", _spec)


def _alt(board: Board) -> str:
    known = [row for row in board.rows if row["total_tokens"] is not None]
    best = max(known, key=lambda row: words.number(row, "total_tokens"))
    tokens, day = formats.tokens_in_words(round(words.number(best, "total_tokens"))), words.day(best, "date")
    return f"Its highest day was {dates.human_day(day)} with {tokens} tokens. {board.finding}".strip()


CHART = Chart(
    id="tok-model",
    board="model.",
    title=lambda board: board.title,
    subtitle=lambda board: (
        f"Tokens a day, {words.when(board)}. A pale band is a day outside the top fifty: "
        "somewhere between nothing and the band's height. A pale line may still be restated."
    ),
    alt=_alt,
    draw=_draw,
    notes=("A day outside the top fifty is not zero: at most it had what the fiftieth had.",),
    many=True,
)
