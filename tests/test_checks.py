"""Each check finds what it is there for: a small good tree, and one fault at a time."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.base.config import Secret
from generator.base.files import gzip_bytes
from generator.checks import CHECKS, check, html_page

AS_OF = "2026-11-21T06:17:00Z"
LINE = f"Source: OpenRouter (openrouter.ai/rankings), as of {AS_OF}."
FULL = f"{LINE} Licensed under CC BY 4.0."
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'"
HEAD = (
    f'<!doctype html><html lang="en"><head><meta charset="utf-8">'
    f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
    f'<title>T</title><link rel="stylesheet" href="static/site.css"></head>'
)
TOP = {"citation": FULL, "as_of": AS_OF, "license": "CC-BY-4.0"}
BOARD = f'<section data-sources="rankings-daily"><td data-v="12">12</td><p>{LINE}</p></section>'
CREDITS = [
    {"text": LINE, "url": "https://openrouter.ai/rankings", "as_of": AS_OF, "license": "CC-BY-4.0"}
]


def page(body: str) -> str:
    return f'{HEAD}<body><a href="index.html">Home</a>{body}</body></html>'


GOOD: dict[str, bytes] = {
    "index.html": page(BOARD + '<a href="about/#top">About</a>').encode(),
    "about/index.html": page('<h1 id="top">About</h1>').replace('="static', '="../static').replace(
        '"index.html"', '"../index.html"'
    ).encode(),
    "404.html": page("<p>Nothing here</p>").encode(),
    "static/site.css": b"body{color:#000}",
    "data/v1/index.json": json.dumps({**TOP, "datasets": []}).encode(),
    "data/v1/rankings-daily/latest.json": json.dumps(
        {**TOP, "dataset": "rankings-daily", "citations": CREDITS, "rows": []}
    ).encode(),
    "data/v1/rankings-daily/latest.csv": f'a,citation,as_of,license\n1,"{FULL}",{AS_OF},CC-BY-4.0\n'.encode(),
    "data/v1/rankings-daily/2026-11-21.json.gz": gzip_bytes(json.dumps(TOP).encode()),
    "data/v1/SHA256SUMS": b"",
    "charts/x.svg": f'<svg xmlns="http://www.w3.org/2000/svg"><text>{LINE[:30]}</text><text>{LINE[30:]}</text></svg>'.encode(),
}  # fmt: skip


def found(
    tmp_path: Path, edit: dict[str, bytes | str | None], secret: str | None = None
) -> list[str]:
    for name, body in {**GOOD, **edit}.items():
        if body is not None:
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(body.encode() if isinstance(body, str) else body)
    return [
        str(finding) for finding in check(tmp_path, Secret(secret) if secret else None).findings
    ]


def test_a_good_tree_has_no_findings_and_everything_was_looked_at(tmp_path: Path) -> None:
    assert found(tmp_path, {}) == []
    counted = check(tmp_path).counted
    assert counted["pages"] == 3
    assert counted["links"] == 7
    assert counted["credits on pages"] == 1
    assert counted["credits in JSON"] == 3
    assert counted["credits in CSV"] == 1
    assert counted["credits in pictures"] == 1
    assert counted["files searched for a key"] == len(GOOD)


@pytest.mark.parametrize(
    ("edit", "sentence"),
    [
        (
            {"index.html": page(BOARD.replace(AS_OF, "2026-11-20T00:00:00Z"))},
            "shows rankings-daily without its credit",
        ),
        (
            {"index.html": page(BOARD.replace("openrouter.ai/rankings", "openrouter.ai"))},
            "without its credit",
        ),
        (
            {"index.html": page('<td data-v="12">12</td>')},
            "outside any element that names its source",
        ),
        ({"index.html": page('<figure data-chart="x"></figure>')}, "shows a chart outside"),
        (
            {"index.html": page(BOARD.replace("rankings-daily", "no-such-set"))},
            "which is not published",
        ),
        ({"index.html": page(BOARD.replace('"rankings-daily"', '""'))}, "names no dataset"),
        ({"404.html": page(f"<p>{LINE}</p>")}, "credits a source of which it shows nothing"),
        (
            {"data/v1/index.json": json.dumps({**TOP, "citation": "OpenRouter"})},
            "no citation in the source's words",
        ),
        ({"data/v1/index.json": json.dumps({**TOP, "as_of": None})}, "no as_of or no license"),
        (
            {"data/v1/index.json": json.dumps({**TOP, "as_of": "2026"[:3] + "1"})},
            "does not state its as_of",
        ),
        (
            {"data/v1/index.json": json.dumps({**TOP, "license": "mine"})},
            "license of unknown words",
        ),
        ({"data/v1/index.json": "[1]"}, "JSON without a place for a credit"),
        ({"data/v1/x.json.gz": gzip_bytes(b"{}")}, "no citation in the source's words"),
        ({"data/v1/rankings-daily/latest.csv": "a,b\n1,2\n"}, "last columns are not citation"),
        (
            {"data/v1/rankings-daily/latest.csv": "a,citation,as_of,license\n1,,x,y\n"},
            "latest.csv:2: a row without its credit",
        ),
        (
            {"charts/x.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>'},
            "picture of data without a credit",
        ),
        ({"feed.xml": "<feed/>"}, "no citation in the source's words"),
    ],
)
def test_a_missing_or_wrong_credit_is_found(
    tmp_path: Path, edit: dict[str, bytes | str], sentence: str
) -> None:
    assert any(sentence in line and "[attribution]" in line for line in found(tmp_path, dict(edit)))


OLD_DAY, OLD_AS_OF = "2026-11-20", "2026-11-20T05:00:00Z"
SCORES = (
    "Source: Artificial Analysis (artificialanalysis.ai) via OpenRouter (openrouter.ai/rankings)."
)
REWORDED = "Scores by Artificial Analysis, artificialanalysis.ai. Please keep this line."
SET = "benchmarks-artificial-analysis"


def credit_of(text: str, as_of: str) -> dict[str, object]:
    """The head of a document with one credit of scores."""
    line = f"{text} As of {as_of}. Licensed under CC BY 4.0."
    citations = [{"text": text, "url": None, "as_of": as_of, "license": "CC-BY-4.0"}]
    return {
        "citation": line,
        "as_of": as_of,
        "license": "CC-BY-4.0",
        "citations": citations,
        "dataset": SET,
    }


def scores(text: str, as_of: str) -> str:
    return (
        f'<section data-sources="{SET}"><td data-v="1">1</td><p>{text} As of {as_of}.</p></section>'
    )


def old_page(body: str) -> str:
    return (
        page(body)
        .replace('="static', '="../../static')
        .replace('"index.html"', '"../../index.html"')
    )


def a_source_that_changed_its_words(**other: str) -> dict[str, bytes | str | None]:
    """A tree with a day of the old words and one of the new ones; ``other`` takes the place of a text in it."""
    said = {"day": SCORES, "today": REWORDED, "picture": SCORES, "csv": REWORDED, **other}
    newest = credit_of(REWORDED, AS_OF)
    drawn = f"{said['picture']} As of {OLD_AS_OF}."
    return {
        f"data/v1/{SET}/{OLD_DAY}.json.gz": gzip_bytes(
            json.dumps(credit_of(SCORES, OLD_AS_OF)).encode()
        ),
        f"data/v1/{SET}/2026-11-21.json.gz": gzip_bytes(json.dumps(newest).encode()),
        f"data/v1/{SET}/latest.json": json.dumps({**newest, "rows": []}),
        f"data/v1/{SET}/latest.csv": f'a,citation,as_of,license\n1,"{said["csv"]} As of {AS_OF}.",{AS_OF},CC-BY-4.0\n',
        "index.html": page(BOARD + scores(said["today"], AS_OF)),
        f"d/{OLD_DAY}/index.html": old_page(scores(said["day"], OLD_AS_OF)),
        f"d/{OLD_DAY}/charts/x.svg": f'<svg xmlns="http://www.w3.org/2000/svg"><text>{drawn}</text></svg>',
    }


def test_a_source_that_changes_its_words_is_credited_in_the_words_of_each_day(
    tmp_path: Path,
) -> None:
    assert found(tmp_path, a_source_that_changed_its_words()) == []
    [note] = check(tmp_path).notes
    assert note.startswith(f"{SET}: ")
    assert REWORDED in note


@pytest.mark.parametrize(
    ("other", "sentence"),
    [
        ({"day": REWORDED}, f"d/{OLD_DAY}/index.html:1: shows {SET} without its credit"),
        ({"day": "Scores."}, f"d/{OLD_DAY}/index.html:1: shows {SET} without its credit"),
        ({"today": SCORES}, f"index.html:1: shows {SET} without its credit"),
        ({"picture": REWORDED}, f"d/{OLD_DAY}/charts/x.svg: is a picture of data without a credit"),
        (
            {"csv": "Scores by Artificial Analysis."},
            f"data/v1/{SET}/latest.csv:2: a row without its credit",
        ),
    ],
)
def test_a_credit_in_the_words_of_another_day_or_in_made_up_words_is_found(
    tmp_path: Path, other: dict[str, str], sentence: str
) -> None:
    lines = found(tmp_path, a_source_that_changed_its_words(**other))
    assert [line for line in lines if line.startswith(sentence)], lines


def test_the_words_of_a_source_must_name_it(tmp_path: Path) -> None:
    nobody = credit_of("Some numbers.", AS_OF)
    edit: dict[str, bytes | str | None] = {
        f"data/v1/{SET}/2026-11-21.json.gz": gzip_bytes(json.dumps(nobody).encode()),
        f"data/v1/{SET}/latest.json": json.dumps({**nobody, "rows": []}),
    }
    lines = found(tmp_path, edit)
    assert any("does not name its source" in line for line in lines)
    assert any(
        "2026-11-21.json.gz: has no citation in the source's words" in line for line in lines
    )


def test_a_dated_page_whose_snapshot_has_gone_keeps_its_credit_and_is_noted(tmp_path: Path) -> None:
    edit = a_source_that_changed_its_words() | {f"data/v1/{SET}/{OLD_DAY}.json.gz": None}
    edit[f"d/{OLD_DAY}/charts/x.svg"] = None
    assert found(tmp_path, edit) == []
    assert any("of which no snapshot is held" in note for note in check(tmp_path).notes)
    edit[f"d/{OLD_DAY}/index.html"] = old_page(scores(SCORES, "once"))
    assert any("without its credit" in line for line in found(tmp_path, edit))


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ('<a href="gone/">x</a>', "leads to gone/index.html, which is not there"),
        ('<a href="about/#nowhere">x</a>', "no element there has that id"),
        ('<a href="/about/">x</a>', "starts at the root"),
        ('<a href="../../etc/passwd">x</a>', "which is not there"),
        ('<img src="https://elsewhere.example/x.png">', "<img> points off-site"),
        ('<script src="//cdn.example/x.js"></script>', "<script> points off-site"),
        ('<a href="javascript:alert(1)">x</a>', "<a> points off-site"),
        ('<a href="http://plain.example/">x</a>', "<a> points off-site"),
        ('<source srcset="a.svg 1x, b.svg 2x">', "leads to a.svg"),
        ('<iframe src="https://openrouter.ai/"></iframe>', "<iframe> points off-site"),
        ('<form action="https://x.example/"></form>', "<form> points off-site"),
    ],
)
def test_a_link_that_leads_nowhere_or_anything_off_site_is_found(
    tmp_path: Path, body: str, sentence: str
) -> None:
    assert any(
        sentence in line and "[links]" in line
        for line in found(tmp_path, {"index.html": page(BOARD + body)})
    )


def test_plain_links_may_lead_away_and_styles_may_not(tmp_path: Path) -> None:
    away = '<a href="https://openrouter.ai/" rel="noopener">x</a>'
    assert found(tmp_path, {"index.html": page(BOARD + away)}) == []
    assert any(
        "no style" in line
        for line in found(tmp_path, {"static/site.css": "a{background:url(//x.example/y)}"})
    )


@pytest.mark.parametrize(
    ("edit", "sentence"),
    [
        ({"index.html": page("<p><b>x</p></b>")}, "</p> closes nothing that is open"),
        ({"index.html": page("<div>")}, "closes nothing that is open"),
        ({"index.html": page("a < b")}, 'a "<" that starts no tag'),
        ({"a.json": "{"}, "cannot be parsed"),
        ({"a.json": json.dumps(TOP)[:-1] + ',"x":NaN}'}, "cannot be parsed"),
        ({"a.json.gz": b"\x1f\x8b broken"}, "cannot be parsed"),
        ({"a.svg": "<svg><text></svg>"}, "cannot be parsed"),
        ({"a.csv": "a,citation,as_of,license\n1,2\n"}, "rows differ in length"),
    ],
)
def test_a_file_that_does_not_parse_is_found(
    tmp_path: Path, edit: dict[str, bytes | str], sentence: str
) -> None:
    assert any(sentence in line and "[parse]" in line for line in found(tmp_path, dict(edit)))


@pytest.mark.parametrize(
    ("edit", "sentence"),
    [
        (
            lambda text: text.replace("Content-Security-Policy", "x"),
            "before the content security policy",
        ),
        (
            lambda text: text.replace("script-src 'self'", "script-src 'self' 'unsafe-eval'"),
            "lets through more",
        ),
        (lambda text: text.replace("base-uri 'none'; ", ""), "lacks base-uri 'none'"),
        (
            lambda text: text.replace("<body>", '<body onload="x()">'),
            "a script inside an attribute",
        ),
        (
            lambda text: text.replace("<body>", "<body><script>x()</script>"),
            "a script inside the page",
        ),
        (
            lambda text: text.replace("<body>", '<body style="color:red">'),
            "a style inside the page",
        ),
        (
            lambda text: text.replace("<head>", '<head><script src="static/x.js"></script>'),
            "before the content",
        ),
    ],
)
def test_a_loose_policy_is_found(tmp_path: Path, edit: Callable[[str], str], sentence: str) -> None:
    lines = found(tmp_path, {"index.html": edit(page(BOARD)), "static/x.js": ""})
    assert any(sentence in line and "[policy]" in line for line in lines)


def test_the_key_is_found_even_inside_a_packed_file_and_is_never_repeated(tmp_path: Path) -> None:
    key = "canary-0123456789"
    packed = gzip_bytes(json.dumps({**TOP, "note": key}).encode())
    lines = found(tmp_path, {"data/v1/x.json.gz": packed}, secret=key)
    assert any("holds the text of the API key" in line for line in lines)
    assert not any(key in line for line in lines)


SECRET = "sk-or-v1-8d1f0c7ab2e946530b7d9a4e6c15f283d70e4b9a8c3f6152"


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("page.html", page(SECRET)),
        ("piece.txt", SECRET[20:32]),
        ("end.csv", f"a,citation,as_of,license\n{SECRET[-12:]},{LINE},{AS_OF},x\n"),
        ("chart.svg", f"<svg><title>{SECRET}</title></svg>"),
        (
            "escaped.json",
            json.dumps(TOP)[:-1]
            + ',"x":"'
            + "".join(f"\\u{ord(char):04x}" for char in SECRET)
            + '"}',
        ),
        ("piece.json.gz", gzip_bytes(json.dumps({**TOP, "x": SECRET[20:32]}).encode())),
    ],
)
def test_the_key_of_the_run_is_found_whole_in_pieces_and_behind_escapes(
    tmp_path: Path, name: str, body: str
) -> None:
    lines = found(tmp_path, {name: body}, secret=SECRET)
    assert (
        f"{name}: holds the text of the API key; replace the key at openrouter.ai [secret]" in lines
    )
    assert not any(SECRET[20:32] in line for line in lines)


def test_what_only_looks_like_a_key_is_noted_and_holds_nothing_back(tmp_path: Path) -> None:
    look_alike = "sk-or-v1-" + "a1" * 32
    edit: dict[str, bytes | str | None] = {
        "a.txt": look_alike,
        "b.json.gz": gzip_bytes(json.dumps(TOP | {"x": look_alike}).encode()),
    }
    for secret in (None, SECRET):
        assert found(tmp_path, edit, secret) == []
    notes = check(tmp_path).notes
    assert [note.partition(":")[0] for note in notes] == ["a.txt", "b.json.gz"]
    assert not any(look_alike in note for note in notes)


def test_a_mere_sequence_is_no_piece_of_a_key(tmp_path: Path) -> None:
    for part in ("0123456789abcdef" * 2, "0" * 32):
        assert (
            found(
                tmp_path, {"a.txt": "digits: 0123456789abcdef 00000000000000"}, "sk-or-v1-" + part
            )
            == []
        )


@pytest.mark.parametrize(
    ("edit", "sentence"),
    [
        ({"404.html": None}, "404.html: is missing"),
        ({"a:b.txt": "x"}, "some file systems and uploads refuse"),
        ({"About/Index.html": page("")}, "differs from"),
    ],
)
def test_a_tree_that_cannot_be_deployed_is_found(
    tmp_path: Path, edit: dict[str, bytes | str | None], sentence: str
) -> None:
    assert any(sentence in line and "[tree]" in line for line in found(tmp_path, edit))


def test_a_symbolic_link_is_found(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("index.html")
    assert any("is a symbolic link" in line for line in found(tmp_path, {}))


def test_every_module_of_checks_is_run() -> None:
    folder = Path(html_page.__file__).parent
    helpers = {"__init__", "built_tree", "html_page"}
    names = {path.stem for path in folder.glob("*.py")} - helpers
    assert len(names) == len(CHECKS) == len({check.name for check in CHECKS})


def test_attributes_and_text_are_read_as_a_browser_would() -> None:
    read = html_page.Page('<p id="a &amp; b">x &lt; y<br>z</p><script>"<p>"</script>')
    assert read.faults == []
    assert read.elements[0].attributes == {"id": "a & b"}
    assert read.text(read.elements[0]) == "x < yz"
