"""What the documentation says is true: its recipes work, its links lead somewhere, its commands exist."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from generator.cli.commands import cli
from generator.render.page_list import read_pages
from tests.benchmarks import archives
from tests.loopback import Loopback
from tests.page_reading import read
from tests.rehearsal import ROOT, copy_code
from tests.running import LAST, Built, leaderboards, run

PROSE = [
    ROOT / name
    for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md", "LICENSE-DATA.md")
]
RECIPE = re.compile(r"`(?P<path>[\w./-]+)`:\n\n```\w+\n(?P<text>.*?\n)```", re.DOTALL)
NAMED = {
    "generator/endpoints/__init__.py": ("    models,\n", "    model_count,\n    models,\n"),
    "generator/boards/all_boards.py": (
        "    concentration,\n",
        "    concentration,\n    context_windows,\n",
    ),
    "generator/charts/catalogue/__init__.py": ("    da_speed,\n", "    da_speed,\n    da_wins,\n"),
    "generator/checks/__init__.py": ("    syntax,\n", "    syntax,\n    titles,\n"),
}
LISTED = {
    "generator/endpoints/__init__.py": ("= (\n", "= (\n    model_count.ENDPOINT,\n"),
    "generator/boards/all_boards.py": ("] = (\n", "] = (\n    context_windows.MAKER,\n"),
    "generator/charts/catalogue/__init__.py": ("] = (\n", "] = (\n    da_wins.CHART,\n"),
    "generator/render/gallery.py": (
        '            "aa-bars",\n',
        '            "aa-bars",\n            "da-wins",\n',
    ),
    "generator/checks/__init__.py": ("] = (\n", "] = (\n    titles.Titles,\n"),
}
FEW = '\nCHARTS = tuple(chart for chart in CHARTS if chart.id in ("da-wins", "tok-top-bar"))\n'
"""Leaves out most charts of the checkout, which nothing has drawn before: they are not what the recipes are about."""
FEW_LISTS = '\nCATEGORIES = {"coding": ("cli-agent",)}\n'
"""Leaves out most lists of apps, each of which has a page, an embed and six files."""


def recipes() -> dict[str, str]:
    """The files of all recipes, by path."""
    prose = (ROOT / "CONTRIBUTING.md").read_text()
    return {found["path"]: found["text"] for found in RECIPE.finditer(prose)}


@pytest.fixture(scope="module")
def newcomer(tmp_path_factory: pytest.TempPathFactory, first_day: Built) -> Path:
    """A checkout in which all five recipes were followed, and the site that it builds.

    What another site has made is lent to it: to bundle the script that draws in browsers takes a second.
    """
    assert first_day.ran.code == 0
    folder = tmp_path_factory.mktemp("newcomer")
    copy_code(folder)
    files = recipes()
    assert len(files) == 5
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        with (folder / path).open("x") as file:
            file.write(text)
    for edits in (NAMED, LISTED):
        for path, (before, after) in edits.items():
            text = (folder / path).read_text()
            assert text.count(before) >= 1, path
            (folder / path).write_text(text.replace(before, after, 1))
    with (folder / "generator/charts/catalogue/__init__.py").open("a") as catalogue:
        catalogue.write(FEW)
    with (folder / "generator/endpoints/app_rankings.py").open("a") as lists:
        lists.write(FEW_LISTS)
    with Loopback(small=True) as server:
        built = run(server, folder / "site", LAST, folder=folder)
    assert built.ran.code == 0, built.ran.err
    return folder


def test_a_newcomers_endpoint_is_fetched_listed_and_downloadable(newcomer: Path) -> None:
    table = (newcomer / "site/public/data/v1/model-count/latest.csv").read_text().splitlines()
    assert table[0] == "count,citation,as_of,license"
    assert re.match(r"\d+,.*openrouter.ai/models", table[1])
    assert "Number of models" in (newcomer / "site/public/data/model-count/index.html").read_text()


def test_a_newcomers_board_is_made_from_the_archive(newcomer: Path) -> None:
    code = (
        "from datetime import date; from pathlib import Path\n"
        "from generator.archive.history import History; from generator.archive.store import Archive\n"
        "from generator.boards.all_boards import gather; from generator.boards.sources import read_sources\n"
        f"history = History(Archive(Path('site/data')), date({LAST.year}, {LAST.month}, {LAST.day}))\n"
        "print(gather(read_sources(history)).boards['context-windows'].finding)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=newcomer,
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )
    assert done.stdout.endswith("is the most frequent.\n"), done.stderr


def test_a_newcomers_chart_has_its_page_its_embed_and_its_files(newcomer: Path) -> None:
    public = newcomer / "site/public"
    assert re.search(r"leads: it wins [0-9.]+%", (public / "charts/da-wins/index.html").read_text())
    assert (public / "embed/da-wins/index.html").is_file()
    assert "Which models win most often?" in (public / "charts/da-wins.svg").read_text()
    gallery = read((public / "charts/index.html").read_text())
    (scores,) = [node for node in gallery.all("section") if node.get("id") == "scores"]
    assert "../charts/da-wins/" in [link.get("href") for link in scores.all("a")]


def test_a_newcomers_page_is_in_the_menu_the_footer_the_search_box_and_the_audit(
    newcomer: Path,
) -> None:
    public = newcomer / "site/public"
    overview = read((public / "index.html").read_text())
    menu, footer = overview.all("nav")[0], overview.all("nav")[-1]
    for listed in (menu, footer):
        assert [node.get("href") for node in listed.all("a")].count("glossary/") == 1
    own = read((public / "glossary/index.html").read_text())
    current = [node.text for node in own.all("nav")[0].all("a") if node.get("aria-current")]
    assert current == ["Glossary"]
    groups = json.loads((public / "search/index.json").read_text())["groups"]
    (pages,) = [group["rows"] for group in groups if group["kind"] == "Page"]
    assert ["Glossary: what the words mean", "glossary/"] in pages
    assert "glossary/" in [entry.path for entry in read_pages(newcomer / "templates").entries]


def test_a_newcomers_page_and_check_are_part_of_the_site(newcomer: Path) -> None:
    public = newcomer / "site/public"
    assert "<h1>Glossary</h1>" in (public / "glossary/index.html").read_text()
    (public / "glossary/index.html").write_text(
        (public / "glossary/index.html").read_text().replace("<title>", "<p>")
    )
    done = leaderboards("check", folder=newcomer)
    assert done.code == 6
    assert "glossary/index.html: has no title [titles]" in done.err


def test_a_newcomers_code_is_formatted_and_linted(newcomer: Path) -> None:
    files = [
        "generator/endpoints/model_count.py",
        "generator/boards/context_windows.py",
        "generator/charts/catalogue/da_wins.py",
        "generator/checks/titles.py",
        *LISTED,
    ]
    shutil.copy(ROOT / "pyproject.toml", newcomer)
    for tool in (["ruff", "format", "--check"], ["ruff", "check"]):
        command = [sys.executable, "-m", *tool, *files]
        done = subprocess.run(
            command, cwd=newcomer, capture_output=True, text=True, timeout=900, check=False
        )
        assert done.returncode == 0, done.stdout


def test_a_newcomers_endpoint_is_typed_by_its_rows(tmp_path: Path) -> None:
    right = recipes()["generator/endpoints/model_count.py"]
    wrong = right.replace("row.count}", "row.counted}")
    (tmp_path / "right.py").write_text(right)
    (tmp_path / "wrong.py").write_text(wrong)
    files = [str(tmp_path / name) for name in ("right.py", "wrong.py")]
    command = [sys.executable, "-m", "mypy", "--cache-dir", str(tmp_path / "cache"), *files]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, timeout=900, check=False
    )
    errors = [line for line in done.stdout.splitlines() if ": error:" in line]
    assert len(errors) == 1, done.stdout + done.stderr
    assert "wrong.py" in errors[0]
    assert '"CountRow" has no attribute "counted"' in errors[0]


@pytest.mark.parametrize("path", PROSE, ids=lambda path: path.name)
def test_every_file_that_is_linked_or_named_is_there(path: Path) -> None:
    text = path.read_text()
    linked = [link for link in re.findall(r"\]\(([^)#]+)\)", text) if "://" not in link]
    made = {
        "generator/endpoints/model_count.py",
        "generator/boards/context_windows.py",
        "generator/charts/catalogue/da_wins.py",
        "generator/checks/titles.py",
    }
    made |= {"templates/pages/glossary/index.md"}
    named = (
        set(re.findall(r"`((?:generator|templates|tests|static|\.github)/[\w./-]+)`", text)) - made
    )
    missing = [
        name
        for name in (*linked, *named)
        if not (ROOT / name).exists() and not name.startswith("../")
    ]
    assert missing == []


def test_every_command_and_option_that_the_readme_prints_exists() -> None:
    text = (ROOT / "README.md").read_text()
    lines = [
        line.partition("#")[0].split()
        for line in re.findall(r"leaderboards ([a-z]+ ?[^\n`]*)", text)
    ]
    assert {line[0] for line in lines} >= {
        "build",
        "serve",
        "verify",
        "mirror",
        "export",
        "render",
        "snapshot",
    }
    for name, *rest in lines:
        known = {option for one in cli.commands[name].params for option in one.opts}
        assert {word for word in rest if word.startswith("--")} <= known, name
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert set(re.findall(r"`?\bmake ([a-z]+)", text)) - {"its"} <= set(targets)


def test_the_changelog_keeps_its_form() -> None:
    text = (ROOT / "CHANGELOG.md").read_text()
    assert re.findall(r"^## (.*)", text, re.MULTILINE)[0] == "[Unreleased]"
    kinds = set(re.findall(r"^### (.*)", text, re.MULTILINE))
    assert kinds <= {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}


def test_an_archive_beyond_today_is_not_measured_as_a_shorter_one() -> None:
    with pytest.raises(SystemExit, match=r"99,999 days from 2026-01-01 on end after today"):
        archives.measure(51, 99_999)
