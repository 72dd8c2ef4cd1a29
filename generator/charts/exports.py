"""What is published of a chart beside its pictures: the spec with its rows, the compiled specs, the data."""

import re
from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any

import msgspec

from generator.base import tabular
from generator.base.attribution import Citation
from generator.base.files import zipped
from generator.boards.board import UNITS, AnyBoard, Column
from generator.charts import compiler
from generator.charts.chart import Chart, Control, Drawing, Option
from generator.charts.frame import Layout
from generator.charts.still import Spec
from generator.charts.svg import RECOLOR

Record = Mapping[str, object]

_COLOR = re.compile("#[0-9a-f]{6}")


def usermeta(board: AnyBoard) -> dict[str, object]:
    """Return the credit as data."""
    own = {"datasets": list(board.datasets), "changes": board.processing}
    return {**tabular.header(board.citations), **own}


def vega_lite(
    lite: Spec, drawing: Drawing, framed: Layout, meta: Mapping[str, object], alt: str
) -> bytes:
    """Return the whole chart as one Vega-Lite spec that any editor opens, rows and credit inside."""
    spec = {
        **lite,
        **framed.lengths,
        "layer": [_colored(layer, drawing.colors) for layer in lite["layer"]],
        "description": alt,
        "title": {**lite["title"], "subtitle": framed.byline},
        "params": [*compiler.values(drawing, framed), *lite["params"]],
        "datasets": {**lite["datasets"], **drawing.data, "credit": framed.credit},
    }
    return _with_usermeta(spec, meta)


def _colored(layer: Spec, colors: Mapping[str, str]) -> Spec:
    """Return a layer with the drawing's colors, if it has a scale that waits for them."""
    encoding = dict(layer.get("encoding", {}))
    for name, channel in encoding.items():
        # Of details there may be several, in a list.
        if isinstance(channel, dict) and channel.get("scale"):
            scale = compiler.with_colors(channel["scale"], colors)
            encoding[name] = {**channel, "scale": scale}
    return {**layer, "encoding": encoding}


def vega(
    live: Spec, drawing: Drawing, framed: Layout, meta: Mapping[str, object], alt: str
) -> bytes:
    """Return the compiled spec for the browser, rows and credit inside, escaped so that it could stand in any page."""
    own = {**meta, "controls": [_choices(control, framed) for control in drawing.controls]}
    spec = _with_usermeta({**compiler.filled(live, drawing, framed), "description": alt}, own)
    return spec.replace(b"<", b"\\u003c").replace(b">", b"\\u003e").replace(b"&", b"\\u0026")


def _with_usermeta(spec: Spec, meta: Mapping[str, object]) -> bytes:
    """Return a spec with what is said about it, and how the browser turns its light theme into the dark one."""
    used = set(_COLOR.findall(_json({**spec, **meta}).decode()))
    counterparts = {light: dark for light, dark in RECOLOR.items() if light in used}
    return _json({**spec, "usermeta": {**meta, "recolor": counterparts}})


def _choices(control: Control, framed: Layout) -> dict[str, Any]:
    options = [_choice(option, framed) for option in control.options]
    choices: dict[str, Any] = {"key": control.key, "field": control.field, "options": options}
    if control.days > 1:
        choices["days"] = control.days
    if control.any:
        choices["any"] = {**_choice(control.any, framed), "label": control.any.label}
        choices["most"] = control.most
    return choices


def _choice(option: Option, framed: Layout) -> dict[str, Any]:
    usual = framed.words.subtitle
    subtitle = option.says(usual)
    params = dict(option.params)
    if subtitle != usual:
        params |= framed.texts(subtitle)
    choice: dict[str, Any] = {"value": option.value}
    if params:
        choice["params"] = params
    return choice


def metadata(chart: Chart, id_: str, board: AnyBoard) -> bytes:
    """Return in words for programs what the chart is: its question, its finding, its columns, its sources."""
    window = None
    if board.window:
        window = [str(board.window.start), str(board.window.end)]
    description = {
        **tabular.header(board.citations),
        "id": id_,
        "chart": chart.id,
        "title": chart.title_for(board),
        "subtitle": chart.subtitle(board),
        "finding": chart.alt(board),
        "datasets": list(board.datasets),
        "window": window,
        "provisional_days": board.provisional,
        **_days(board),
        "computed_here": board.processing,
        "scope": board.scope,
        "notes": list(dict.fromkeys((*chart.notes, *board.notes))),
        "rows": len(board.rows),
        "columns": [_described(column) for column in board.columns if column.kind != "spark"],
    }
    return msgspec.json.format(to_json(description), indent=1) + b"\n"


def _described(column: Column) -> dict[str, str]:
    words = {"title": column.label, "kind": column.kind, "description": column.about}
    return {"name": column.key, **words, "unit": UNITS.get(column.kind, "")}


def _days(board: AnyBoard) -> dict[str, object]:
    """Return the days of the window that the source may still restate, and those that are not held whole."""
    coverage = board.coverage
    if coverage is None:
        return {}
    return {
        "provisional": list(map(str, coverage.provisional)),
        "missing": list(map(str, coverage.missing)),
        "cut_short": list(map(str, coverage.cut)),
    }


def bundle(id_: str, title: str, board: AnyBoard, files: Mapping[str, bytes]) -> bytes:
    """Return a zip of these files with a readme: the same bytes for the same files on every day and machine."""
    named = {f"{id_}{suffix}": body for suffix, body in files.items()}
    parts = [title, "\n".join(citation.full for citation in board.citations)]
    if board.processing:
        parts.append(f"Calculated by this site, not by the source: {board.processing}")
    parts += ["Please keep this credit in anything you publish.", "\n".join(named)]
    readme = "\n\n".join(parts) + "\n"
    return zipped({"README.txt": readme.encode("utf-8", "replace"), **named})


def rows_json(board: AnyBoard, title: str, records: Sequence[Record]) -> bytes:
    top = {**tabular.header(board.citations), "datasets": list(board.datasets), "title": title}
    return tabular.json_file(top, records)


def rows_csv(board: AnyBoard, records: Sequence[Record]) -> bytes:
    """Return the rows; a board that rests on several sources credits all of them at once."""
    columns = list(dict.fromkeys(chain.from_iterable(records)))
    columns = columns or [column.key for column in board.columns]
    credit = _combined(board.citations)
    return tabular.csv_file(columns, ((record, credit) for record in records))


def _combined(citations: Sequence[Citation]) -> Citation:
    if len(citations) == 1:
        return citations[0]
    top = tabular.header(citations)
    # The combined line already says under which licenses; with none of its own nothing is said twice.
    return Citation(top["citation"], None, top["as_of"], top["license"])


def to_json(value: Any) -> bytes:
    """Return compact JSON, some eight times as fast as the standard library writes it."""
    try:
        return msgspec.json.encode(value)
    except (UnicodeEncodeError, OverflowError):
        # A lone surrogate in an id, which is replaced, or a sum beyond 64 bits: both are rare.
        return tabular.compact(value)


def _json(value: Any) -> bytes:
    return to_json(value) + b"\n"
