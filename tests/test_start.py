"""What a command loads before it does anything: help and requests to the API come without the rendering."""

import contextlib
import json
import signal
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from generator.cli import commands, main
from generator.cli.commands import cli
from generator.cli.help_text import HELP

HEAVY = ("altair", "vl_convert", "duckdb", "jinja2", "markdown")
_STARTED = """
import contextlib, io, json, sys
from generator.cli import main

def loaded(*arguments):
    sys.argv[1:] = arguments
    with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):
        main()
    return sorted(sys.modules)

found = {"-h": loaded("-h"), "--help": loaded("--help")}
found["snapshot --help"] = loaded("snapshot", "--help")
from generator.cli import online, steps
found["snapshot"] = sorted(sys.modules)
print(json.dumps(found))
"""


def test_help_and_a_snapshot_load_nothing_that_draws_or_renders() -> None:
    started = subprocess.run([sys.executable, "-c", _STARTED], capture_output=True, check=True)
    loaded: dict[str, list[str]] = json.loads(started.stdout)
    assert list(loaded) == ["-h", "--help", "snapshot --help", "snapshot"]
    for step, modules in loaded.items():
        assert [name for name in HEAVY if name in modules] == [], step
        assert "generator.render" not in modules, step
        assert "generator.charts" not in modules, step
    for step in ("-h", "--help"):
        assert "click" not in loaded[step], step
    own = [name for name in loaded["snapshot --help"] if name.startswith("generator.base.")]
    assert own == ["generator.base.defaults", "generator.base.errors"]
    assert "httpx" not in loaded["snapshot --help"]


@pytest.mark.parametrize(
    ("command", "variable"),
    [
        ("render", "LEADERBOARDS_PUBLIC_URL"),
        ("build", "LEADERBOARDS_PUBLIC_URL"),
        ("snapshot", "OPENROUTER_BASE_URL"),
    ],
)
def test_help_names_what_is_read_from_the_environment(command: str, variable: str) -> None:
    shown = CliRunner().invoke(cli, [command, "--help"], terminal_width=200).output
    assert f"[env var: {variable}" in shown


@pytest.mark.parametrize("option", ["-h", "--help"])
def test_help_is_shown_on_any_terminal_alike(
    option: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    monkeypatch.setattr(sys, "argv", ["leaderboards", option])
    main()
    assert capsys.readouterr() == (f"{HELP}\n", "")


def test_help_that_cannot_be_written_is_a_line_on_stderr(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    terminated = signal.getsignal(signal.SIGTERM)
    full = Path("/dev/full").open("w")  # noqa: SIM115
    monkeypatch.setattr(sys, "argv", ["leaderboards", "--help"])
    monkeypatch.setattr(sys, "stdout", full)
    try:
        with pytest.raises(SystemExit) as ended:
            main()
    finally:
        signal.signal(signal.SIGTERM, terminated)
        with contextlib.suppress(OSError):
            full.close()
    assert ended.value.code == 2
    assert capsys.readouterr().err.startswith("leaderboards: No space left on device; free up")


def test_a_command_that_is_interrupted_before_it_begins_leaves_no_traceback(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def interrupted() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(sys, "argv", ["leaderboards", "render"])
    monkeypatch.setattr(commands, "run", interrupted)
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 130


def test_help_names_every_command_and_option_and_is_the_same_with_click() -> None:
    shown = CliRunner().invoke(cli, ["--help"])
    assert (shown.exit_code, shown.output) == (0, f"{HELP}\n")
    _, _, below = HELP.partition("\nCommands:\n")
    listed = [line.split()[0] for line in below.partition("\n\n")[0].splitlines()]
    assert listed == sorted(cli.commands)
    for option in cli.get_params(click.Context(cli, help_option_names=["-h", "--help"])):
        assert f"\n  {', '.join(option.opts)}  " in HELP
