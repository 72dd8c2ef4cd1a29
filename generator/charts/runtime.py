"""The browser's part of Vega, bundled out of the vl-convert wheel, so that pages load nothing from elsewhere.

Specs are compiled when the site is built, so the browser needs no Vega-Lite; pages allow no ``eval``, so it
needs Vega's expression interpreter. What is bundled is about half of Vega: 163 kB with gzip. The bundler strips
its notices; they are published as ``static/THIRD-PARTY.txt``.
"""

import contextlib
from collections.abc import Iterator, Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from generator.base import browser_runtime, files
from generator.base.errors import LeaderboardsError
from generator.charts import native

GLOBAL = "leaderboardsVega"

# vl-convert carries Vega's modules under the addresses they had when it was built. Nothing is fetched; an
# address that it does not carry ends its process, so these are the versions of the release that is pinned.
_MODULES: Mapping[str, str] = {
    "vega-dataflow": "6.1.0",
    "vega-transforms": "5.1.0",
    "vega-view-transforms": "5.1.0",
    "vega-encode": "5.1.0",
    "vega-voronoi": "5.1.0",
    "vega-view": "6.1.0",
    "vega-parser": "7.1.0",
    "vega-interpreter": "2.0.0",
    "vega-tooltip": "1.0.0",
}
_SNIPPET = """
import {{transforms}} from "{vega-dataflow}";
import * as base from "{vega-transforms}";
import * as views from "{vega-view-transforms}";
import * as encoders from "{vega-encode}";
import * as voronoi from "{vega-voronoi}";
import {{View}} from "{vega-view}";
import {{parse}} from "{vega-parser}";
import {{expressionInterpreter}} from "{vega-interpreter}";
import {{Handler}} from "{vega-tooltip}";
Object.assign(transforms, base, views, encoders, voronoi);
window.{name} = {{parse, View, expressionInterpreter, Handler}};
"""
_SUPPORTED = (
    "aggregate bin collect countpattern cross density dotbin extent facet filter flatten fold formula identifier "
    "impute joinaggregate kde linkpath lookup pie pivot project quantile sample sequence stack timeunit voronoi "
    "window"
)
"""Data transforms that the bundle has."""


def unsupported_transforms(spec: Mapping[str, Any]) -> set[str]:
    """Return the data transforms of a compiled spec that the bundle lacks: in the browser they would end the chart."""
    return {name for name in _transforms(spec) if name not in _SUPPORTED.split()}


def _transforms(part: Any) -> Iterator[str]:
    if isinstance(part, Mapping):
        steps = part.get("transform")
        if isinstance(steps, list):
            yield from (str(step.get("type")) for step in steps)
        for inner in part.values():
            yield from _transforms(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from _transforms(inner)


def vl_convert_version() -> str:
    """Return the version of the installed package, nothing where there is none."""
    try:
        return version("vl-convert-python")
    except PackageNotFoundError:
        return ""


def runtime_js(cache: Path | None = None) -> bytes:
    """Return the script for ``static/js/vega.js``; it sets ``window.leaderboardsVega`` and nothing else.

    Args:
        cache: a folder that keeps it per version of vl-convert; what is in it counts only with the known checksum.

    Raises:
        CannotLoad: vl-convert cannot be loaded, and the folder has no script.
        LeaderboardsError: the installed vl-convert lacks one of the modules that are listed here, or its bundle has
            another checksum than the known one.
    """
    # Saves 1.7 s of 10 s in a render of the demo.
    cached_file = None
    if cache:
        cached_file = cache / f"vega-{vl_convert_version()}.js"
        kept = _kept(cached_file)
        if _is_known(kept):
            return kept
    try:
        bundle = native.javascript_bundle(_snippet(), "6.4")
    except native.CannotLoad:
        raise
    except native.LibraryFailed as error:
        raise LeaderboardsError(
            f"vl-convert-python {vl_convert_version()} cannot bundle the browser runtime: {error}; its modules "
            "are listed in generator/charts/runtime.py"
        ) from None
    # The bundle is a module's text; as a plain script its one-letter functions would become globals.
    script = f'(()=>{{"use strict";{bundle}}})();\n'.encode()
    if not _is_known(script):
        raise LeaderboardsError(
            f"the browser runtime that vl-convert-python {vl_convert_version()} bundles is not the known one: its "
            f"sha256 is {files.sha256(script)}; reinstall it, or list the sum in generator/base/browser_runtime.py"
        )
    if cached_file:
        # Something else may stand in its place; then it is bundled anew each time.
        with contextlib.suppress(OSError):
            files.write_over(cached_file, script)
    return script


def _kept(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def _is_known(script: bytes) -> bool:
    return files.sha256(script) == browser_runtime.CHECKSUMS.get(vl_convert_version())


def _snippet() -> str:
    addresses = {
        name: f"https://cdn.jsdelivr.net/npm/{name}@{number}/+esm.js"
        for name, number in _MODULES.items()
    }
    return _SNIPPET.format(name=GLOBAL, **addresses)
