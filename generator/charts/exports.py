"""What is published of a chart beside its pictures: the spec with its rows, the compiled specs, the data."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from generator import tabular
from generator.attribution import Citation
from generator.boards.board import Board
from generator.charts import compiler
from generator.charts.chart import Drawing
from generator.charts.compiler import Spec
from generator.charts.frame import Framed
from generator.charts.svg import RECOLOUR


def usermeta(board: Board) -> dict[str, object]:
    """The credit as data, and how the browser turns the light theme into the dark one."""
    return {
        **tabular.header(board.citations),
        "datasets": list(board.datasets),
        "changes": board.processing,
        "recolour": dict(RECOLOUR),
    }


def vega_lite(lite: Spec, drawing: Drawing, framed: Framed, meta: Mapping[str, object], alt: str) -> bytes:
    """The whole chart as one Vega-Lite spec that any editor opens, rows and credit inside."""
    params = [{**one, "value": drawing.params[one["name"]]} for one in lite["params"]]
    return _json(
        {
            **lite,
            "description": alt,
            "usermeta": dict(meta),
            "width": framed.plot_width,
            "height": framed.plot_height,
            "padding": compiler.padding(framed),
            "params": params,
            "datasets": {**drawing.data, **framed.texts},
        }
    )


def vega(live: Spec, drawing: Drawing, framed: Framed, meta: Mapping[str, object], alt: str) -> bytes:
    """The compiled spec for the browser, rows and credit inside.

    Embeds carry it inside a script element, which nothing in it can close: ``<``, ``>`` and ``&`` are escaped.
    """
    spec = _json({**compiler.filled(live, drawing, framed), "description": alt, "usermeta": dict(meta)})
    return spec.replace(b"<", b"\\u003c").replace(b">", b"\\u003e").replace(b"&", b"\\u0026")


def rows_json(board: Board, title: str) -> bytes:
    top = {**tabular.header(board.citations), "datasets": list(board.datasets), "title": title}
    return tabular.json_file(top, board.records())


def rows_csv(board: Board) -> bytes:
    """The rows; a board that rests on several sources credits all of them in every row."""
    records = board.records()
    columns = list(dict.fromkeys(key for one in records for key in one))
    return tabular.csv_file(columns, ((one, _combined(board.citations)) for one in records))


def _combined(citations: Sequence[Citation]) -> Citation:
    if len(citations) == 1:
        return citations[0]
    top = tabular.header(citations)
    # The combined line already says under which licences; with none of its own nothing is said twice.
    return Citation(top["citation"], None, top["as_of"], top["license"])


def _json(value: Any) -> bytes:
    return (
        json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode("utf-8", "replace") + b"\n"
    )


def said(alt: str, board: Board) -> Sequence[str]:
    """For those who do not see the picture: the finding, and each credit line as one piece."""
    return (alt, *(citation.full for citation in board.citations))
