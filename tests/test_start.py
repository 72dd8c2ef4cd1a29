"""What a command loads before it does anything: help and requests to the API come without the rendering."""

import json
import subprocess
import sys

HEAVY = ("altair", "vl_convert", "duckdb", "jinja2", "markdown")
_STARTED = """
import contextlib, io, json, sys
from generator.cli import cli

def loaded(*arguments):
    with contextlib.redirect_stdout(io.StringIO()):
        cli.main([*arguments, "--help"], standalone_mode=False)
    return sorted(sys.modules)

found = {"--help": loaded(), "snapshot --help": loaded("snapshot")}
from generator.cli import online, steps
found["snapshot"] = sorted(sys.modules)
print(json.dumps(found))
"""


def test_help_and_a_snapshot_load_nothing_that_draws_or_renders() -> None:
    started = subprocess.run([sys.executable, "-c", _STARTED], capture_output=True, check=True)
    loaded: dict[str, list[str]] = json.loads(started.stdout)
    assert list(loaded) == ["--help", "snapshot --help", "snapshot"]
    for step, modules in loaded.items():
        assert [name for name in HEAVY if name in modules] == [], step
        assert "generator.render" not in modules, step
        assert "generator.charts" not in modules, step
    for step in ("--help", "snapshot --help"):
        own = [name for name in loaded[step] if name.startswith("generator.base.")]
        assert own == ["generator.base.defaults", "generator.base.errors"], step
        assert "httpx" not in loaded[step], step
