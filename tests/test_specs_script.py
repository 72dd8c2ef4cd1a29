"""The script of an embed sets each width's spec as it is, and says once what several have alike."""

import json
import os
import shutil
import subprocess
from typing import Any

import pytest

from generator.charts.specs_script import specs_script

NODE = shutil.which("node")
ROWS = {"name": "rows", "values": [{"tokens": at, "price": 0.1 * at} for at in range(20)]}
MARK = {"type": "text", "encode": "\u003cb> & \u2028 " + "x" * 60}


def _read(script: bytes) -> Any:
    """The specs, as a browser has them."""
    if NODE is None:
        assert "CI" not in os.environ, "continuous integration needs Node.js for this"
        pytest.skip("no Node.js was found")
    code = "globalThis.window={};eval(require('fs').readFileSync(0,'utf8'));"
    code += "console.log(JSON.stringify(window.leaderboardsSpecs))"
    ran = subprocess.run([NODE, "-e", code], input=script, stdout=subprocess.PIPE, check=True)
    return json.loads(ran.stdout)


def _specs() -> dict[str, dict[str, Any]]:
    of_all = {"$schema": "https://vega.github.io/schema/vega/v6.json", "background": "white"}
    return {
        "wide": {
            **of_all,
            "width": 880,
            "data": [ROWS, {"name": "only here", "on": "x" * 40}],
            "marks": [MARK],
        },
        "medium": {**of_all, "width": 556, "data": [ROWS], "marks": [MARK, MARK]},
        "narrow": {"width": 336, "data": [], "marks": [], "title": {"text": "a, s[0]: [s[1]]"}},
    }


def _packed(specs: dict[str, dict[str, Any]]) -> dict[str, bytes]:
    return {name: json.dumps(spec).encode() + b"\n" for name, spec in specs.items()}


def test_every_spec_comes_out_as_it_went_in_and_shared_rows_stand_once() -> None:
    script = specs_script(_packed(_specs()))
    assert _read(script) == _specs()
    assert script.count(b'"values"') == 1
    assert script.count(b"schema/vega") == 1
    of_its_own, alike = script.split(b"}))([")
    assert (b"only here" in of_its_own, b"only here" in alike) == (True, False)
    assert script == specs_script(_packed(_specs()))


def test_what_one_spec_has_twice_stays_two_things() -> None:
    # A browser that is given one object for both could change one through the other.
    assert specs_script(_packed(_specs())).count(b"x" * 60) == 3


def test_numbers_and_escapes_keep_their_bytes() -> None:
    spec = b'{"a":[1.50,1e3,"\\u003c/script"],"b":1.0}'
    script = specs_script({"wide": spec, "narrow": spec})
    assert spec in script
