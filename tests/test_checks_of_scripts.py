"""Scripts in a tree: the runtime is the known one, and nothing that runs points off-site."""

import json
from pathlib import Path

import pytest

from generator.base import browser_runtime
from generator.base.files import sha256
from tests.small_tree import CREDITS, TOP, findings, verdict


def test_the_runtime_is_the_one_that_the_repository_knows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    runtime = b'make("https://x.example/")'
    monkeypatch.setattr(browser_runtime, "CHECKSUMS", {"1": sha256(runtime)})
    for planted in (runtime + b"\n", runtime.replace(b"http", b"hxxp", 1), b""):
        what = "is not the runtime of the charts that this version knows; render again"
        assert findings(tmp_path, {browser_runtime.PATH: planted}) == [
            f"static/js/vega.js: {what} [scripts]"
        ]
    found = verdict(tmp_path, {browser_runtime.PATH: runtime})
    assert found.findings == ()
    assert found.counted["scripts"] == 1


@pytest.mark.parametrize(
    ("script", "address"),
    [
        ('fetch("https://x.example/a")', "https://x.example/a"),
        ("import x from '//x.example/a.js'", "//x.example/a.js"),
        (r"new WebSocket(`wss:\/\/x.example`)", "wss://x.example"),
        ('new Worker("blob:x")', "blob:x"),
        ('a.href = " JavaScript:alert(1)"', "JavaScript:alert(1)"),
        ('import("data:text/javascript,x()")', "data:text/javascript,x()"),
    ],
)
def test_a_script_that_points_off_site_is_found(tmp_path: Path, script: str, address: str) -> None:
    assert findings(tmp_path, {"static/js/a.js": script}) == [
        f"static/js/a.js: a script that holds the address {address} [scripts]"
    ]


def test_a_script_may_name_its_own_site_namespaces_and_pictures_it_drew(tmp_path: Path) -> None:
    script = """
    // See https://x.example/ and "a" // "b"
    fetch(`${root}a.json`); fetch("./b.json"); make("HTTP://www.w3.org/2000/svg");
    picture.src = "data:image/svg+xml,"; link.dataset.x = "data-v";
    """
    assert findings(tmp_path, {"static/js/a.js": script}) == []


@pytest.mark.parametrize(
    ("part", "target"),
    [
        ({"data": [{"name": "a", "url": "https://x.example/a.json"}]}, '"https://x.example/a.json"'),
        ({"marks": [{"encode": {"url": {"signal": "datum.a"}}}]}, '{"signal": "datum.a"'),
        ({"marks": [{"encode": {"enter": {"href": {"value": "a/"}}}}]}, '{"value": "a/"'),
    ],
)  # fmt: skip
def test_a_spec_that_loads_or_links_something_is_found(
    tmp_path: Path, part: dict[str, object], target: str
) -> None:
    spec = json.dumps({**TOP, "usermeta": {**TOP, "citations": CREDITS}, **part})
    edit = {"charts/a.vg.json": spec, "embed/a/spec.js": f"window.leaderboardsSpecs={spec};"}
    assert findings(tmp_path, edit) == [
        f"{name}: a chart that points to {target} [scripts]" for name in edit
    ]


def test_a_spec_may_show_any_word_and_names_the_pages_of_its_credits(tmp_path: Path) -> None:
    rows = [{"name": 'https://x.example/ "url": "x"', "app": "javascript:x()", "data": "data:x"}]
    spec = json.dumps({"usermeta": {**TOP, "citations": CREDITS}, "data": [{"values": rows}]})
    edit = {"charts/a.vg.json": spec, "embed/a/spec.js": f"window.leaderboardsSpecs={spec};"}
    assert findings(tmp_path, edit) == []
