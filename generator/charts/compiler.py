"""From a kind of chart to what draws it: compiled once, then only given rows, texts, lengths and colors."""

import functools
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from generator.charts import native, still
from generator.charts.chart import Drawing, Rows, Template
from generator.charts.frame import Layout
from generator.charts.kinds.theme import UNCHOSEN, alt
from generator.charts.runtime import unsupported_transforms
from generator.charts.still import Spec

VEGA_LITE = "6.4"


@dataclass(frozen=True, slots=True)
class Compiled:
    """One kind in its three forms, all without rows."""

    lite: Spec  # the Vega-Lite spec
    live: Spec  # the Vega spec for the browser
    still: Spec  # the Vega spec for the picture: as :mod:`generator.charts.still` makes it


# Saves 10 s of 32 s in the first render of the demo, which draws the same kinds for each of its days.
COMPILED: dict[str, Compiled] = {}
"""By name, for the life of the program."""
_compiling = threading.Lock()


def compiled(template: Template) -> Compiled:
    """Return the template built and compiled, which takes some 30 ms the first time.

    Raises:
        CannotLoad: the package that builds the spec, or the one that compiles it, cannot be loaded.
        LibraryFailed: the spec cannot be compiled.
        ValueError: the spec needs a transform that the browser's runtime does not have.
    """
    # Charts are drawn two at a time, and Altair is told for all of them not to check.
    with _compiling:
        if template.name not in COMPILED:
            COMPILED[template.name] = _compiled(template)
    return COMPILED[template.name]


def _compiled(template: Template) -> Compiled:
    # Altair would check every part as it is made, 1.1 s of the 4.5 s that all kinds take; the tests do it.
    with _altair().utils.schemapi.debug_mode(False):
        lite = template.build()
    live: Spec = native.vegalite_to_vega(lite, VEGA_LITE)
    lacking = unsupported_transforms(live)
    if lacking:
        raise ValueError(
            f"template {template.name} needs {', '.join(sorted(lacking))}, which the runtime leaves out"
        )
    live["title"]["subtitle"] = {"signal": "byline"}
    picture = still.picture(live)
    still.each_mark(live, _let_pointer_through)
    return Compiled(lite, live, picture)


def _altair() -> Any:
    """Return the package, which is loaded where it is used first.

    Raises:
        CannotLoad: it cannot be.
    """
    fault = altair_fault()
    if fault:
        raise native.CannotLoad("altair", fault)
    return alt


@functools.cache
def altair_fault() -> str:
    """Return why the package cannot be loaded, or nothing; asked again, a package that is half loaded has other errors."""
    try:
        _ = alt.utils
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return ""


def _let_pointer_through(mark: Spec) -> None:
    """Let the pointer through marks that have nothing to tell."""
    update = mark.get("encode", {}).get("update")
    if update is not None and "tooltip" not in update:
        mark["interactive"] = False


def filled(spec: Spec, drawing: Drawing, framed: Layout) -> Spec:
    """Return a compiled spec with rows, texts, lengths and colors.

    Raises:
        ValueError: the template and the drawing disagree on the names of data sets.
    """
    rows = {**drawing.data, "credit": framed.credit}
    wanted = {entry["name"] for entry in spec["data"] if not {"source", "values"} & set(entry)}
    if wanted != set(rows):
        raise ValueError(
            f"template {drawing.template.name} draws {sorted(wanted)}, but was given {sorted(rows)}"
        )
    return {
        **spec,
        **framed.lengths,
        "signals": [*values(drawing, framed), *spec["signals"]],
        "data": [_with_rows(entry, rows) for entry in spec["data"]],
        "scales": [with_colors(scale, drawing.colors) for scale in spec.get("scales", [])],
    }


def values(drawing: Drawing, framed: Layout) -> list[Spec]:
    """Return the parameters of a drawing with their values; others are computed from these."""
    given = {**UNCHOSEN, **framed.params, **drawing.params}
    return [{"name": name, "value": value} for name, value in given.items()]


def with_colors(scale: Spec, colors: Mapping[str, str]) -> Spec:
    """Return a scale, with the drawing's colors if it is the one that waits for them."""
    if scale.get("range") != [""]:
        return scale
    return {**scale, "domain": list(colors), "range": list(colors.values())}


def _with_rows(entry: Spec, rows: Mapping[str, Rows]) -> Spec:
    """Return a data set with its rows, if it is one that is given."""
    if entry["name"] not in rows:
        return entry
    return {**entry, "values": rows[entry["name"]]}
