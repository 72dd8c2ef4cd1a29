"""Each check finds what it is there for, at its place, once: a small good tree, and one fault at a time."""

import gzip
import io
import json
import os
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest

from generator.base import paths
from generator.base.files import gzip_bytes
from generator.checks import CHECKS, built_tree, check
from generator.checks.built_tree import Check, Finding
from generator.checks.html_page import Page
from generator.checks.layout import LARGEST_FILE, LARGEST_SITE, REQUIRED, Layout
from generator.checks.xml_file import XmlFile
from tests.small_tree import (
    AS_OF,
    BOARD,
    CREDITS,
    FULL,
    GOOD,
    LINE,
    POLICY,
    SVG,
    TOP,
    findings,
    page,
    picture,
    verdict,
    write,
)


def test_a_good_tree_has_no_findings_and_everything_was_looked_at(tmp_path: Path) -> None:
    found = verdict(tmp_path, {})
    assert found.findings == ()
    assert found.notes == ()
    assert found.counted == {
        "pages": 3,
        "policies": 3,
        "links": 7,
        "credits on pages": 1,
        "credits in JSON": 3,
        "credits in CSV": 1,
        "credits in pictures": 1,
        "files searched for a key": len(GOOD),
    }


def test_every_module_of_checks_is_run() -> None:
    folder = Path(built_tree.__file__).parent
    names = {path.stem for path in folder.glob("*.py")}
    names -= {"__init__", "built_tree", "citations", "csv_table", "html_page", "memory", "twins"}
    names -= {"xml_file"}
    assert names == {check.name for check in CHECKS}
    assert len(names) == len(CHECKS)


class Paragraphs(Check):
    """A newcomer's check."""

    name = "paragraphs"

    def page(self, name: str, page: Page) -> Iterator[Finding]:
        for element in page.select("p, span, td, li, b, svg"):
            if "class" in element.attributes:
                yield self.finding(f"{name}: {element}", "has a class")


def test_a_check_sees_every_element_with_every_attribute(tmp_path: Path) -> None:
    cell = '<table><tbody><tr><td class="c">1</td></tr></tbody></table>'
    body = (
        f'<p class="a"><span class="b">x</span></p>{cell}<template><li class="d"></li></template>'
    )
    write(tmp_path, {"index.html": page(body)})
    assert [str(finding) for finding in check(tmp_path, checks=[Paragraphs]).findings] == [
        'index.html: <p class="a">: has a class [paragraphs]',
        'index.html: <span class="b">: has a class [paragraphs]',
        'index.html: <td class="c">: has a class [paragraphs]',
        'index.html: <li class="d">: has a class [paragraphs]',
    ]


# Layout


@pytest.mark.parametrize("name", REQUIRED)
def test_a_file_that_every_site_needs_is_missed(tmp_path: Path, name: str) -> None:
    assert f"{name}: is missing [layout]" in findings(tmp_path, {name: None})


@pytest.mark.parametrize("char", list('":<>|*?\\\x01\x1f\n'))
def test_a_name_that_some_file_systems_refuse_is_found(tmp_path: Path, char: str) -> None:
    name = f"a{char}b.txt"
    assert findings(tmp_path, {name: "x", "a b!.txt": "x"}) == [
        f"{name}: has a name that some file systems and uploads refuse [layout]"
    ]


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("con/a.txt", "has a name that Windows keeps for a device"),
        ("a/AUX.b.txt", "has a name that Windows keeps for a device"),
        ("a/com9", "has a name that Windows keeps for a device"),
        ("a/lpt\u00b2.txt", "has a name that Windows keeps for a device"),
        ("a./b.txt", "has a name that ends in a dot or a space, which Windows drops"),
        ("a/b ", "has a name that ends in a dot or a space, which Windows drops"),
        (f"{'a' * 127}/{'b' * 128}", "has a path of more than 255 bytes"),
        ("a/b.xhtml", "is of a kind that browsers run and that no check reads"),
        ("a/b.HTM", "is of a kind that browsers run and that no check reads"),
        ("a/b.svgz", "is of a kind that browsers run and that no check reads"),
    ],
)
def test_a_path_that_windows_or_tar_refuses_is_found(tmp_path: Path, name: str, what: str) -> None:
    fitting = {"a/console.txt": "", "a/com.txt": "", "a .b/.c": "", f"{'c' * 127}/{'d' * 127}": ""}
    assert findings(tmp_path, {name: "", **fitting}) == [f"{name}: {what} [layout]"]


@pytest.mark.parametrize(
    "id_", ["con", "AUX.txt", "nul.b:free", "com1.svg", "x/lpt9.y", "a." * 200]
)
def test_no_id_becomes_a_path_that_windows_or_tar_refuses(tmp_path: Path, id_: str) -> None:
    assert findings(tmp_path, {f"models/{paths.slug(id_)}/x.txt": ""}) == []


def test_ids_that_differ_only_in_case_or_as_a_path_would_get_paths_of_their_own(
    tmp_path: Path,
) -> None:
    ids = ("Web:x", "web:x", "WEB:x", "web--x", "caf\u00e9", "cafe\u0301", "CAF\u00c9")
    made = {f"tasks/{paths.lone_part(id_)}/x.txt": "" for id_ in ids}
    assert len(made) == len(ids)
    assert "tasks/web--x/x.txt" in made
    assert findings(tmp_path, made) == []


def test_two_names_that_differ_only_in_case_or_composition_are_found(tmp_path: Path) -> None:
    names = ("A.txt", "a.txt", "B.txt", "caf\u00e9.txt", "cafe\u0301.txt")
    assert findings(tmp_path, dict.fromkeys(names, "")) == [
        "a.txt: differs from A.txt only in case [layout]",
        "caf\u00e9.txt: differs from cafe\u0301.txt only in case [layout]",
    ]


def test_what_is_no_plain_file_is_found_and_never_opened(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "link").symlink_to("index.html")
    (tmp_path / "linked-folder").symlink_to("folder", target_is_directory=True)
    (tmp_path / "nowhere.html").symlink_to("gone")
    os.mkfifo(tmp_path / "folder/pipe.json")
    assert findings(tmp_path, {}) == [
        "folder/pipe.json: is neither a file nor a folder [layout]",
        "link: is a symbolic link [layout]",
        "linked-folder: is a symbolic link [layout]",
        "nowhere.html: is a symbolic link [layout]",
    ]


def test_a_name_that_is_not_utf8_is_found(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"caf\xe9.json")).write_text("{}")
    (tmp_path / "caf\u00e9.txt").write_text("")
    assert findings(tmp_path, {}) == [
        "caf\\udce9.json: has a name that is not UTF-8 [layout]",
    ]


def test_a_site_may_be_as_large_as_its_host_takes_and_not_a_byte_larger(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert LARGEST_SITE == 10**9
    # A check reads every byte: of so many it would take seconds.
    monkeypatch.setattr("generator.checks.layout.LARGEST_SITE", 10**6)
    write(tmp_path, {"a": b"x"})
    sizes = sum(path.stat().st_size for path in tmp_path.rglob("*") if path.is_file())
    with (tmp_path / "large").open("wb") as file:
        file.truncate(10**6 - sizes)
    assert check(tmp_path, checks=[Layout]).findings == ()
    (tmp_path / "a").write_bytes(b"xy" + b"x" * 1_300_000)
    [finding] = check(tmp_path, checks=[Layout]).findings
    assert str(finding).startswith(
        "the whole site: is 2.3 MB; GitHub Pages takes 1,000 MB at most: "
    )
    assert "leaderboards render --report says what weighs most" in str(finding)
    (tmp_path / "a").write_bytes(b"xy")
    assert len(check(tmp_path, checks=[Layout]).findings) == 1


def test_a_file_may_be_as_large_as_a_branch_takes_and_not_a_byte_larger(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert LARGEST_FILE == 100 * 2**20
    monkeypatch.setattr("generator.checks.layout.LARGEST_FILE", 10**6)
    write(tmp_path, {"a.bin": bytes(10**6), "b.bin": bytes(10**6 + 1)})
    assert [str(finding) for finding in check(tmp_path, checks=[Layout]).findings] == [
        "b.bin: is 1.0 MB; GitHub takes 104.8 MB in one file at most [layout]"
    ]


# Syntax


@pytest.mark.parametrize(
    ("body", "what"),
    [
        ("<p><b>x</p></b>", 'a browser reads "</b>" where "</p>" is written'),
        ("<div>", 'a browser reads "</div>" where "</body>" is written'),
        ("<div><span></div></span>", 'a browser reads "</span>" where "</div>" is written'),
        ("</div>", 'a browser reads "</body>" where "</div>" is written'),
        ("<p>x<p>y</p>", 'a browser reads "</p>" where "<p>" is written'),
        ("a < b", 'a browser reads "</body>" where "<>" is written'),
        ("<tr><td>x</td></tr>", 'a browser reads "</body>" where "<tr>" is written'),
        (
            "<table><tr><td>x</td></tr></table>",
            'a browser reads "<tbody>" where "<tr>" is written',
        ),
        ("<div/><p>x</p>", 'a browser reads "<p>" where "</div>" is written'),
        (
            '<svg><path d="a"><path d="b"/></svg>',
            'a browser reads "</path>" where "</svg>" is written',
        ),
        (
            '<p id="a" id="b">x</p>',
            'an attribute is written twice, or not in double quotes: <p id="a" id="b">',
        ),
        (
            "<p class=a>x</p>",
            "an attribute is written twice, or not in double quotes: <p class=a>",
        ),
        (
            "<p class='a'>x</p>",
            "an attribute is written twice, or not in double quotes: <p class='a'>",
        ),
    ],
)
def test_markup_that_a_browser_has_to_mend_is_found_with_its_line(
    tmp_path: Path, body: str, what: str
) -> None:
    text = page(f"\n\n{BOARD}\n{body}")
    lines = [line for line in findings(tmp_path, {"index.html": text}) if "[syntax]" in line]
    [line] = lines
    assert line.startswith("index.html: line ")
    assert line.endswith(f": {what} [syntax]")


def test_the_line_of_malformed_markup_is_that_of_the_first_fault(tmp_path: Path) -> None:
    text = page(f"\n{BOARD}\n<p>a</p>\n<p><b>x</p></b>\n<p><i>y</p></i>")
    assert findings(tmp_path, {"index.html": text}) == [
        'index.html: line 4: a browser reads "</b>" where "</p>" is written [syntax]'
    ]
    text = page(f'\n{BOARD}\n<p>a</p>\n\n<p id="a" id="b">\n</p><p id="c" id="d">\n</p>')
    [line] = findings(tmp_path, {"index.html": text})
    assert line.startswith("index.html: line 5: an attribute is written twice")
    [line] = findings(tmp_path, {"index.html": "\n" + text})
    assert line.startswith("index.html: line 6: an attribute is written twice")


@pytest.mark.parametrize(
    "body",
    [
        "<P>capitals</P>",
        "<p>x<br>y<br/>z<br /><img src=\"static/site.css\" alt=''/></p>",
        '<svg viewBox="0 0 1 1"><g><path d="a"/><circle r="1"></circle><use href="#u" /><g id="u"/></g></svg>',
        '<p hidden title="" data-x="a &#34;b=&quot;">&lt;p id=&quot;a&quot; alt=&#34;&#34;></p>',
        '<script type="application/json">{"a": "<b> />", "c=": "<i>"}</script>',
        "<!-- <p> and <b> -->",
        "<ul>\n<li>x</li>\n</ul> /> text",
    ],
)
def test_markup_that_a_browser_reads_as_it_is_written_passes(tmp_path: Path, body: str) -> None:
    assert findings(tmp_path, {"index.html": page(BOARD + body)}) == []


@pytest.mark.parametrize(
    ("text", "start"), [("", "the end"), ("text", "the end"), ("<p>x</p>", "<p>")]
)
def test_a_page_that_is_no_html_document_is_found(tmp_path: Path, text: str, start: str) -> None:
    lines = findings(tmp_path, {"x.html": text})
    assert [line for line in lines if "[syntax]" in line] == [
        f'x.html: line 1: a browser reads "<html>" where "{start}" is written [syntax]'
    ]


@pytest.mark.parametrize(
    ("name", "body", "reason"),
    [
        ("a.json", "{", "cannot be parsed: Input data was truncated"),
        ("a.json", json.dumps(TOP)[:-1] + ',"x":NaN}', "cannot be parsed: "),
        ("a.json", "[" * 100_000, "cannot be parsed: "),
        ("a.svg", "<svg><text></svg>", "cannot be parsed: mismatched tag: line 1, column 13"),
        ("a.xml", "", "cannot be parsed: "),
        ("a.atom", "<a>&b;</a>", "cannot be parsed: undefined entity"),
        ("a.html", page("").encode() + b"\xff", "cannot be parsed: 'utf-8' codec can't decode"),
        (
            "a.csv",
            f'a,citation,as_of,license\n1,"{FULL}",{AS_OF},CC-BY-4.0\n1,2\n',
            "its rows differ in length",
        ),
        ("a.csv", "a,citation,as_of,license\n\n", "its rows differ in length"),
        ("a.csv", "", "cannot be parsed: it has no heading"),
        ("a.csv", 'a,citation,as_of,license\n"1"x', "cannot be parsed: "),
        ("a.csv", b"a,citation,as_of,license\n\xff", "cannot be parsed: 'utf-8' codec"),
    ],
)
def test_a_file_that_is_not_what_its_name_says_is_found(
    tmp_path: Path, name: str, body: bytes | str, reason: str
) -> None:
    lines = [line for line in findings(tmp_path, {name: body}) if "[syntax]" in line]
    [line] = lines
    assert line.startswith(f"{name}: {reason}")


LARGE = b",\n".join([b'{"x":"yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy"}'] * 25_000)
"""Rows of more than a megabyte."""


@pytest.mark.parametrize("name", ["rows", "others"])
def test_a_large_document_is_held_to_its_credit_and_read_to_its_last_row(
    tmp_path: Path, name: str
) -> None:
    start = f'{{"{name}":['.encode()
    end = b"]," + json.dumps(TOP).encode()[1:]
    assert findings(tmp_path / "good", {"a.json": start + LARGE + end}) == []
    [line] = findings(tmp_path / "uncredited", {"a.json": start + LARGE + b"]}"})
    assert line.startswith("a.json: has no citation in the source's words")
    for broken in (LARGE[:-1], LARGE[:-3] + b'\xff"}', LARGE[:-3] + b'\x01"}'):
        [line] = findings(tmp_path / str(hash(broken)), {"a.json": start + broken + end})
        assert line.startswith("a.json: cannot be parsed: ")


def test_rows_of_a_large_document_that_are_no_list_are_read_as_they_are(tmp_path: Path) -> None:
    body = b'{"rows":{"x":[' + LARGE + b"]}," + json.dumps(TOP).encode()[1:]
    assert findings(tmp_path, {"a.json": body}) == []


@pytest.mark.parametrize(
    "packed",
    [
        b"\x1f\x8b broken",
        b"no gzip at all",
        gzip_bytes(json.dumps(TOP).encode())[:-9],
        gzip.compress(b"", mtime=0)[:10] + b"\xff" * 20,
    ],
)
def test_a_packed_file_that_cannot_be_unpacked_is_found(tmp_path: Path, packed: bytes) -> None:
    first, second = findings(tmp_path, {"data/v1/rankings-daily/2026-11-21.json.gz": packed})
    where = "data/v1/rankings-daily/2026-11-21.json.gz"
    assert first == f"{where}: cannot be searched for a key [secrets]"
    assert second.startswith(f"{where}: cannot be parsed: ")


def test_an_archived_reply_may_hold_half_an_emoji(tmp_path: Path) -> None:
    reply = {**TOP, "citations": CREDITS, "name": "\ud83d", "other": "\udc00\ud800"}
    where = "data/v1/rankings-daily/2026-11-21.json.gz"
    # The picture of a day is credited as its snapshots say.
    edit = {
        where: gzip_bytes(json.dumps(reply).encode()),
        "d/2026-11-21/charts/x.svg": picture(""),
    }
    assert findings(tmp_path, edit) == []


# Policy


def with_policy(policy: str) -> str:
    return page(BOARD).replace(POLICY, policy)


@pytest.mark.parametrize(
    ("policy", "what"),
    [
        (POLICY.replace("base-uri 'none'; ", ""), "lacks base-uri 'none'"),
        (POLICY.replace("default-src 'none'; ", ""), "lacks default-src 'none'"),
        (POLICY.replace("; form-action 'none'", ""), "lacks form-action 'none'"),
        (POLICY.replace("script-src 'self'", "script-src 'none'"), "lacks script-src 'self'"),
        (POLICY.replace("img-src 'self' data:; ", ""), "lacks img-src 'self'"),
        (
            POLICY.replace("base-uri 'none'", "base-uri 'self'").replace("default", "other"),
            "lacks default-src 'none'; base-uri 'none'",
        ),
        (
            POLICY.replace("script-src 'self'", "script-src 'self' 'unsafe-eval'"),
            "lets through more than this site's own files: 'unsafe-eval' in script-src",
        ),
        (
            POLICY.replace("script-src 'self'", "script-src 'self' data:"),
            "lets through more than this site's own files: data: in script-src",
        ),
        (
            POLICY.replace("script-src 'self'", "script-src 'self' blob:"),
            "lets through more than this site's own files: blob: in script-src",
        ),
        (
            POLICY + "; script-src-elem *",
            "lets through more than this site's own files: * in script-src-elem",
        ),
        (
            POLICY.replace("data:", "https:"),
            "lets through more than this site's own files: https: in img-src",
        ),
        (
            f"script-src 'self' x.example; {POLICY}",
            "lets through more than this site's own files: x.example in script-src",
        ),
    ],
)
def test_a_policy_that_is_loose_is_found(tmp_path: Path, policy: str, what: str) -> None:
    assert findings(tmp_path, {"index.html": with_policy(policy)}) == [
        f"index.html: its content security policy {what} [policy]"
    ]


@pytest.mark.parametrize(
    "policy",
    [
        POLICY.upper()
        .replace("'NONE'", "'none'")
        .replace("'SELF'", "'self'")
        .replace("DATA:", "data:"),
        f"{POLICY}; script-src https:; ; connect-src 'self';",
    ],
)
def test_a_policy_is_read_as_browsers_read_it(tmp_path: Path, policy: str) -> None:
    assert findings(tmp_path, {"index.html": with_policy(policy)}) == []


@pytest.mark.parametrize(
    "text",
    [
        page(BOARD).replace("Content-Security-Policy", "x"),
        page(BOARD).replace(
            f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">', ""
        )
        .replace("<body>", f'<body><meta http-equiv="Content-Security-Policy" content="{POLICY}">'),
    ],
)  # fmt: skip
def test_a_page_without_a_policy_in_its_head_is_found(tmp_path: Path, text: str) -> None:
    assert findings(tmp_path, {"index.html": text}) == [
        "index.html: has no content security policy in its head [policy]"
    ]


def test_a_link_that_would_open_inside_the_frame_of_an_embed_is_found(tmp_path: Path) -> None:
    stays = page(BOARD, "../../")
    files = {
        "embed/a/index.html": stays,
        "embed/b/index.html": stays.replace("<title>", '<base target="_blank"><title>', 1),
        "embed/c/index.html": stays.replace("<a ", '<a target="_blank" '),
        "models/a/index.html": stays,
    }
    found = [line for line in findings(tmp_path, files) if line.endswith("[policy]")]
    assert found
    assert {line.partition(": ")[0] for line in found} == {"embed/a/index.html"}
    assert found[0].endswith(": a link that would open inside the frame [policy]")


def test_the_page_of_an_author_who_is_called_embed_is_none_for_frames(tmp_path: Path) -> None:
    deep = page(BOARD, "../../../")
    assert findings(tmp_path, {"models/embed/embed/index.html": deep}) == []
    found = findings(tmp_path, {"d/2026-08-18/embed/x/index.html": page(BOARD, "../../../../")})
    assert "a link that would open inside the frame" in found[0]


def test_a_policy_without_content_lacks_everything(tmp_path: Path) -> None:
    text = page(BOARD).replace(f' content="{POLICY}"', "")
    [line] = findings(tmp_path, {"index.html": text})
    assert line.endswith(
        "lacks default-src 'none'; script-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none' [policy]"
    )


def test_what_is_loaded_before_the_policy_is_found(tmp_path: Path) -> None:
    script = '<script src="static/x.js"></script>'
    text = page(BOARD).replace("<head>", f"<head>{script}")
    assert findings(tmp_path, {"index.html": text, "static/x.js": ""}) == [
        'index.html: <script src="static/x.js">: stands before the content security policy [policy]'
    ]
    after = page(BOARD).replace("</head>", f"{script}</head>")
    assert findings(tmp_path, {"index.html": after}) == []


@pytest.mark.parametrize(
    ("body", "what"),
    [
        ("<script>x()</script>", "<script>: a script inside the page"),
        (
            '<script type="module">x()</script>',
            '<script type="module">: a script inside the page',
        ),
        ("<style>p{}</style>", "<style>: a style inside the page"),
        ('<p style="color:red">x</p>', '<p style="color:red">: a style inside the page'),
        ('<p onclick="x()">x</p>', '<p onclick="x()">: a script inside an attribute'),
        ('<p ONCLICK="x()">x</p>', '<p onclick="x()">: a script inside an attribute'),
        ('<p/onclick="x()">x</p>', '<p onclick="x()">: a script inside an attribute'),
        (
            '<svg><g onload="x()"></g></svg>',
            '<g onload="x()">: a script inside an attribute',
        ),
        (
            '<template><b onclick="x()">x</b></template>',
            '<b onclick="x()">: a script inside an attribute',
        ),
        (
            '<iframe srcdoc="&lt;p&gt;" title="x"></iframe>',
            '<iframe srcdoc="<p>" title="x">: a page inside an attribute',
        ),
    ],
)
def test_what_could_run_inside_a_page_is_found(tmp_path: Path, body: str, what: str) -> None:
    assert findings(tmp_path, {"index.html": page(BOARD + body)}) == [
        f"index.html: {what} [policy]"
    ]


@pytest.mark.parametrize(
    "body",
    [
        '<script type="application/json">{}</script>',
        '<script type="application/ld+json">{}</script>',
        '<p title=\' only="x"\'>x</p>'.replace("'", "&#39;").replace('=&#39; only="x"&#39;', '=" only=&#34;x&#34;"'),
        '<p>a word on="x"</p>',
    ],
)  # fmt: skip
def test_data_and_words_are_no_scripts(tmp_path: Path, body: str) -> None:
    assert findings(tmp_path, {"index.html": page(BOARD + body)}) == []


@pytest.mark.parametrize(
    ("inside", "what"),
    [
        ("<script>x()</script>", "a picture with <script> inside"),
        ("<g><foreignObject/></g>", "a picture with <foreignObject> inside"),
        (
            '<s:script xmlns:s="http://www.w3.org/2000/svg"/>',
            "a picture with <script> inside",
        ),
        ('<g onload="x()"/>', "<g> has a script in its attribute onload"),
        (
            '<image href="https://x.example/y.png"/>',
            "<image> points to https://x.example/y.png, which no picture here may",
        ),
        (
            '<h:meta xmlns:h="http://www.w3.org/1999/xhtml" http-equiv="refresh" content="0;url=//x.example"/>',
            "a picture with <meta> inside",
        ),
        (
            '<set attributeName="href" to="https://x.example/"/>',
            "a picture with <set> inside",
        ),
        ("<animate/>", "a picture with <animate> inside"),
        ('<g xmlns="http://www.w3.org/1999/xhtml"/>', "a picture with <g> inside"),
        ("<g\nonload = 'x()'/>", "<g> has a script in its attribute onload"),
        ("<rect src='gone.png'/>", "<rect> points to gone.png, which no picture here may"),
        (
            '<a xlink:href="javascript:x()"/>',
            "<a> points to javascript:x(), which no picture here may",
        ),
        (
            '<image href="data:text/html,x"/>',
            "<image> points to data:text/html,x, which no picture here may",
        ),
    ],
)
def test_a_picture_that_could_run_or_fetch_something_is_found(
    tmp_path: Path, inside: str, what: str
) -> None:
    drawn = picture(inside)
    if "xlink" not in inside:
        # As we draw them.
        drawn = drawn.replace(' xmlns:xlink="http://www.w3.org/1999/xlink"', "")
    assert findings(tmp_path, {"charts/x.svg": drawn}) == [f"charts/x.svg: {what} [policy]"]


def test_a_credit_in_a_picture_may_be_drawn_in_lines(tmp_path: Path) -> None:
    lines = "".join(f"<text>{word}</text>" for word in LINE.split())
    assert findings(tmp_path, {"charts/x.svg": f"{SVG}{lines}</svg>"}) == []
    assert findings(tmp_path, {"charts/x.svg": f"{SVG}{lines.replace('ai/', '')}</svg>"}) == [
        "charts/x.svg: is a picture of data without a credit inside it [attribution]"
    ]


def test_a_light_picture_like_its_dark_one_counts_as_looked_at(tmp_path: Path) -> None:
    found = verdict(tmp_path, {"charts/x.dark.svg": picture("")})
    assert (found.findings, found.counted["credits in pictures"]) == ((), 2)


def test_a_light_picture_is_looked_at_where_more_than_colors_differ_from_its_dark_one(
    tmp_path: Path,
) -> None:
    dark, light = '<path fill="#1a2b3c"/>', '<path fill="#ffffff"/>'
    files = {"charts/x.dark.svg": picture(dark), "charts/x.svg": picture(light)}
    assert findings(tmp_path / "same", files) == []
    files["charts/x.svg"] = picture(f'{light}<a href="#1a2b3c"/><script/>')
    assert findings(tmp_path / "more", files) == [
        "charts/x.svg: a picture with <script> inside [policy]"
    ]
    files = dict.fromkeys(files, picture("<script/>"))
    assert findings(tmp_path / "both", files) == [
        "charts/x.dark.svg: a picture with <script> inside [policy]",
        "charts/x.svg: a picture with <script> inside [policy]",
    ]
    files["charts/x.svg"] = "<svg"
    [_, fault] = findings(tmp_path / "broken", files)
    assert fault.startswith("charts/x.svg: cannot be parsed")


@pytest.mark.parametrize(
    ("before", "what"),
    [
        ('<?xml-stylesheet href="https://x.example/y.css"?>', "<?xml-stylesheet"),
        ('<!DOCTYPE svg [<!ENTITY a "b">]>', "<!DOCTYPE"),
    ],
)
def test_a_picture_begins_with_itself(tmp_path: Path, before: str, what: str) -> None:
    stated = picture("<text>&lt;!DOCTYPE &lt;?xml-stylesheet</text>")
    files = {"charts/x.svg": before + picture(""), "charts/y.svg": f'<?xml version="1.0"?>{stated}'}
    assert findings(tmp_path, files) == [f"charts/x.svg: a picture after {what} [policy]"]


def test_a_file_that_needs_what_another_defines_cannot_be_parsed() -> None:
    with pytest.raises(ElementTree.ParseError, match="undefined entity"):
        XmlFile(b'<!DOCTYPE svg SYSTEM "x.dtd"><svg>&a;</svg>')


def test_a_picture_may_point_to_its_own_parts_and_hold_bitmaps(tmp_path: Path) -> None:
    inside = '<!-- c --><use xlink:href=" #a"/><image href="data:image/png;base64,AA"/><text on="">'
    inside = inside.replace(' on=""', "") + "</text>"
    assert findings(tmp_path, {"charts/x.svg": picture(inside)}) == []


def test_a_feed_is_no_picture(tmp_path: Path) -> None:
    feed = f'<feed><link href="https://x.example/"/><rights>{FULL}</rights></feed>'
    assert findings(tmp_path, {"feed.xml": feed}) == []


@pytest.mark.parametrize(
    ("feed", "what"),
    [
        (
            '<feed><h:script xmlns:h="http://www.w3.org/1999/xhtml">x()</h:script></feed>',
            "a feed with <script> of a page inside",
        ),
        (
            '<urlset><s:a xmlns:s="http://www.w3.org/2000/svg" onclick="x()"/></urlset>',
            "a feed with <a> of a page inside",
        ),
        (
            '<?xml-stylesheet href="x.xsl"?><feed/>',
            "a feed that names a style sheet or a document type",
        ),
    ],
)
def test_a_feed_that_could_run_something_is_found(tmp_path: Path, feed: str, what: str) -> None:
    assert f"x.xml: {what} [policy]" in findings(tmp_path, {"x.xml": feed})


# Links


def test_a_link_on_one_page_leads_elsewhere_than_the_same_on_another(tmp_path: Path) -> None:
    linking = '<a href="#here">x</a><a href="more.html">y</a>'
    files = {
        "a/index.html": page(f'<p id="here">{linking}</p>', "../"),
        "a/more.html": page("", "../"),
        "b/index.html": page(linking, "../"),
    }
    assert findings(tmp_path, files) == [
        'b/index.html: <a href="#here">: #here: no element there has that id [links]',
        'b/index.html: <a href="more.html">: more.html leads to b/more.html, which is not there [links]',
    ]


@pytest.mark.parametrize(
    ("body", "line"),
    [
        (
            '<a href="gone/">x</a>',
            '<a href="gone/">: gone/ leads to gone/index.html, which is not there',
        ),
        (
            '<a href="gone?a=b#c">x</a>',
            '<a href="gone?a=b#c">: gone?a=b#c leads to gone, which is not there',
        ),
        (
            '<a href="about/#nowhere">x</a>',
            '<a href="about/#nowhere">: about/#nowhere: no element there has that id',
        ),
        ('<a href="#gone">x</a>', '<a href="#gone">: #gone: no element there has that id'),
        (
            '<a\nhref="gone&#38;x/">x</a>',
            '<a href="gone&x/">: gone&x/ leads to gone&x/index.html, which is not there',
        ),
        (
            '<a href="/about/">x</a>',
            '<a href="/about/">: /about/ starts at the root, but the site may live in a folder',
        ),
        (
            '<a href="../index.html">x</a>',
            '<a href="../index.html">: ../index.html leads to ../index.html, which is not there',
        ),
        (
            '<source srcset="about/index.html 1x, b.svg 2x">',
            '<source srcset="b.svg">: b.svg leads to b.svg, which is not there',
        ),
        (
            '<meta http-equiv="Refresh" content="0; url=gone/">',
            '<meta content="gone/">: gone/ leads to gone/index.html, which is not there',
        ),
        (
            '<object data="gone.svg"></object>',
            '<object data="gone.svg">: gone.svg leads to gone.svg, which is not there',
        ),
        (
            '<figure data-src="gone.svg"></figure>',
            '<figure data-src="gone.svg">: gone.svg leads to gone.svg, which is not there',
        ),
        (
            '<link rel="preload" imagesrcset="gone.svg 1x, about/index.html">',
            '<link imagesrcset="gone.svg">: gone.svg leads to gone.svg, which is not there',
        ),
        (
            '<a ping="about/ gone/" href="about/">x</a>',
            '<a ping="gone/">: gone/ leads to gone/index.html, which is not there',
        ),
    ],
)
def test_a_link_that_leads_nowhere_is_found(tmp_path: Path, body: str, line: str) -> None:
    assert findings(tmp_path, {"index.html": page(BOARD + body)}) == [f"index.html: {line} [links]"]


@pytest.mark.parametrize(
    ("body", "place"),
    [
        ('<img src="https://x.example/x.png">', '<img src="https://x.example/x.png">'),
        ('<script src="//x.example/x.js"></script>', '<script src="//x.example/x.js">'),
        ('<a href="javascript:alert(1)">x</a>', '<a href="javascript:alert(1)">'),
        ('<a href="http://plain.example/">x</a>', '<a href="http://plain.example/">'),
        ('<a href="https:gone">x</a>', '<a href="https:gone">'),
        ('<a href="data:text/html,x">x</a>', '<a href="data:text/html,x">'),
        ('<iframe src="https://x.example/"></iframe>', '<iframe src="https://x.example/">'),
        ('<iframe src="data:text/html,x"></iframe>', '<iframe src="data:text/html,x">'),
        ('<form action="https://x.example/"></form>', '<form action="https://x.example/">'),
        (
            '<meta http-equiv="refresh" content="0;URL=\'https://x.example/\'">',
            '<meta content="https://x.example/">',
        ),
        (
            '<meta http-equiv="refresh" content=" 0 https://x.example/">',
            '<meta content="https://x.example/">',
        ),
        (
            '<meta http-equiv="refresh" content="0;url=data:text/html,x">',
            '<meta content="data:text/html,x">',
        ),
        (
            '<svg><use xlink:href="https://x.example/#a"/></svg>',
            '<use xlink:href="https://x.example/#a">',
        ),
        (
            '<link rel="preload" href="https://x.example/a.css">',
            '<link href="https://x.example/a.css">',
        ),
        ('<img srcset="https://x.example/a 2x">', '<img srcset="https://x.example/a">'),
        ('<video poster="https://x.example/a"></video>', '<video poster="https://x.example/a">'),
        ('<p><a href="https://x.example/" ping="https://y.example/">x</a></p>', '<a ping="https://y.example/">'),
    ],
)  # fmt: skip
def test_anything_but_a_plain_link_that_leads_off_site_is_found(
    tmp_path: Path, body: str, place: str
) -> None:
    [line] = findings(tmp_path, {"index.html": page(BOARD + body)})
    tag = place[1:].partition(" ")[0]
    url = place.partition('"')[2].removesuffix('">')
    assert line == f"index.html: {place}: <{tag}> points off-site: {url} [links]"


def test_a_link_that_leads_nowhere_is_found_on_each_page_beside_one_that_leads_off_site(
    tmp_path: Path,
) -> None:
    links = page('<a href="../gone">x</a><a href="https://[a">y</a>', "../")
    where = '<a href="../gone">: ../gone leads to gone, which is not there [links]'
    faults = findings(tmp_path, {"a/index.html": links, "b/index.html": links})
    assert [fault for fault in faults if "gone" in fault] == [
        f"a/index.html: {where}",
        f"b/index.html: {where}",
    ]
    assert len(faults) == 4


def test_an_address_that_is_no_url_is_found(tmp_path: Path) -> None:
    body = '<a href="https://[x/">x</a>'
    assert findings(tmp_path, {"index.html": page(BOARD + body)}) == [
        'index.html: <a href="https://[x/">: is not a valid URL: Invalid IPv6 URL [links]'
    ]


@pytest.mark.parametrize(
    "body",
    [
        '<a href="https://openrouter.ai/" rel="noopener">x</a>',
        '<a href="mailto:a@b.example">x</a>',
        '<link rel="canonical" href="https://site.example/">',
        '<link rel="alternate" href="https://site.example/feed.xml">',
        '<link rel="icon" href="data:image/svg+xml,x">',
        '<img src="data:image/png;base64,AA" alt="">',
        '<a href=" about/#top ">x</a><a href="about/?q=1#t%6Fp">x</a><a href="?q=1">x</a>',
        '<a href="about%2Findex.html">x</a><a href="./">x</a><a href="about/../index.html#">x</a>',
        '<p data="gone" content="0;gone">x</p><meta name="x" content="0; url=gone">',
        '<meta http-equiv="refresh" content="5"><source srcset="">',
        '<meta http-equiv="refresh" content="0; url=about/">',
        '<object data="about/" type="text/html"></object><a href="about/" data="gone">x</a>',
        '<p title="&lt;a href=&#34;gone&#34;>">a word href="gone" or src="//x.example/" in a text</p>',
        '<!-- href="gone" and src="//x.example/" -->',
    ],
)
def test_a_link_that_leads_somewhere_passes(tmp_path: Path, body: str) -> None:
    assert findings(tmp_path, {"index.html": page(BOARD + body)}) == []


def test_links_are_followed_from_the_folder_of_their_page(tmp_path: Path) -> None:
    body = '<a href="x.txt">x</a><a href="../about/">x</a><a href="/about/">x</a>'
    lines = findings(tmp_path, {"about/index.html": page('<h1 id="top"></h1>' + body, "../")})
    assert lines == [
        'about/index.html: <a href="x.txt">: x.txt leads to about/x.txt, which is not there [links]',
        'about/index.html: <a href="/about/">: /about/ starts at the root, but the site may live in a folder [links]',
    ]


@pytest.mark.parametrize(
    "urls",
    [
        ["/about/"],
        ["/a/folder/about/", "/a/folder/", "/a/folder/static/site.css", "/a/folder/about/?a#b"],
        ["/", "/static/site.css"],
    ],
)
def test_the_page_that_is_shown_at_any_address_names_the_folder_of_the_site(
    tmp_path: Path, urls: list[str]
) -> None:
    body = "".join(f'<a href="{url}">x</a>' for url in urls)
    assert findings(tmp_path, {"404.html": page(body)}) == []


@pytest.mark.parametrize("url", ["/a/gone/", "/b/about/", "/a/static/gone.css", "/a/index.htm"])
def test_the_page_that_is_shown_at_any_address_names_one_folder(tmp_path: Path, url: str) -> None:
    body = f'<a href="/a/static/site.css">x</a><a href="{url}">y</a>'
    assert findings(tmp_path, {"404.html": page(body)}) == [
        f'404.html: <a href="{url}">: {url} leads to no page of this site [links]'
    ]


def test_a_long_address_is_cut_in_what_is_said_of_it(tmp_path: Path) -> None:
    url = "https://x.example/" + "y" * 200
    [line] = findings(tmp_path, {"index.html": page(f'{BOARD}<img src="{url}" alt="">')})
    cut = url[:120]
    assert line == f'index.html: <img src="{cut}">: <img> points off-site: {cut} [links]'
    [line] = findings(
        tmp_path,
        {"index.html": GOOD["index.html"], "charts/x.svg": picture(f'<image href="{url}"/>')},
    )
    assert line == f"charts/x.svg: <image> points to {cut}, which no picture here may [policy]"


def test_a_dot_leads_to_the_page_of_its_folder(tmp_path: Path) -> None:
    text = page('<h1 id="top"></h1><a href=".">x</a><a href="..">y</a>', "../")
    assert findings(tmp_path, {"about/index.html": text}) == [
        'about/index.html: <a href=".">: . leads to about, which is not there [links]'
    ]


def test_an_id_that_stands_twice_is_found(tmp_path: Path) -> None:
    body = '<p id="a">x</p><p id="a">y</p><p id="b">z</p>'
    assert findings(tmp_path, {"index.html": page(BOARD + body)}) == [
        'index.html: the id "a" stands twice [links]'
    ]


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("a{background:url(//x.example/Y)}", "//x.example/Y"),
        ("a{background:URL( 'https://x.example/y' )}", "https://x.example/y"),
        ('@import "https://x.example/y.css";', "https://x.example/y.css"),
        ("@IMPORT url(y.css);", "y.css"),
        ("@import/**/ 'y.css';", "y.css"),
        ("a{background:u\\72 l(//x.example/y)}", "//x.example/y"),
        ("@\\69mport 'y.css';", "y.css"),
    ],
)
def test_a_style_that_points_anywhere_is_found(tmp_path: Path, text: str, url: str) -> None:
    what = f"points to {url}, which no style or picture here may [links]"
    assert findings(tmp_path, {"static/site.css": text}) == [f"static/site.css: {what}"]
    drawn = picture(f"<style>{text}</style>")
    assert findings(tmp_path, {"static/site.css": "", "charts/x.svg": drawn}) == [
        f"charts/x.svg: {what}"
    ]


def test_a_sheet_that_names_an_address_as_a_text_is_found(tmp_path: Path) -> None:
    text = "a{background:image-set('https://x.example/y.png' 1x);content:'a//b'}"
    assert findings(tmp_path, {"static/site.css": text}) == [
        "static/site.css: points to https://x.example/y.png, which no style or picture here may [links]"
    ]


def test_a_style_inside_an_attribute_of_a_picture_is_read_and_words_are_not(tmp_path: Path) -> None:
    words = r"<text aria-label='url(a) u\72l(b)'>url(https://x.example) @import \'c\' &#x27;</text>"
    edit = {"charts/x.svg": picture(words + '<g fill="&#117;rl(//x.example/y)"/>')}
    assert findings(tmp_path, edit) == [
        "charts/x.svg: points to //x.example/y, which no style or picture here may [links]"
    ]


def test_a_style_may_hold_a_picture_and_point_to_a_part_of_one(tmp_path: Path) -> None:
    text = "a{background:url(data:image/png,x);clip-path:url(#a)}"
    assert findings(tmp_path, {"static/site.css": text, "a.txt": "url(x)"}) == []


def test_a_site_without_any_link_is_found(tmp_path: Path) -> None:
    bare = page("").replace('<a href="index.html">Home</a>', "")
    bare = bare.replace('<link rel="stylesheet" href="static/site.css">', "")
    pages = dict.fromkeys(("index.html", "about/index.html", "404.html"), bare)
    assert findings(tmp_path, pages) == ["the whole site: has no link at all [links]"]


# Secrets

SECRET = "sk-or-v1-8d1f0c7ab2e946530b7d9a4e6c15f283d70e4b9a8c3f6152"


def named(data: bytes, name: str) -> bytes:
    """Return packed data whose head holds the name of the file they are from."""
    packed = io.BytesIO()
    with gzip.GzipFile(name, "wb", fileobj=packed, mtime=0) as file:
        file.write(data)
    return packed.getvalue()


ESCAPED = "".join(f"\\u{ord(char):04x}" for char in SECRET)


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("page.html", page(SECRET)),
        ("piece.txt", SECRET[20:32]),
        ("end.csv", f'a,citation,as_of,license\n{SECRET[-12:]},"{FULL}",{AS_OF},CC-BY-4.0\n'),
        ("chart.svg", picture(f"<title>{SECRET}</title>")),
        ("script.js", f"x('{SECRET}')"),
        ("escaped.json", json.dumps(TOP)[:-1] + f',"x":"{ESCAPED}"}}'),
        ("escaped.json.gz", gzip_bytes((json.dumps(TOP)[:-1] + f',"x":"{ESCAPED}"}}').encode())),
        ("piece.json.gz", gzip_bytes(json.dumps({**TOP, "x": SECRET[20:32]}).encode())),
        ("comment.json.gz", named(json.dumps(TOP).encode(), SECRET)),
    ],
)
def test_the_key_of_the_run_is_found_whole_in_pieces_and_behind_escapes(
    tmp_path: Path, name: str, body: str
) -> None:
    lines = findings(tmp_path, {name: body}, secret=SECRET)
    assert lines == [
        f"{name}: holds the text of the API key; replace the key at openrouter.ai [secrets]"
    ]


@pytest.mark.parametrize("name", ["x.svg", "x.js"])
def test_only_the_whole_key_is_searched_in_what_is_drawn(tmp_path: Path, name: str) -> None:
    body = picture(f"<title>{SECRET[20:40]}</title>")
    assert findings(tmp_path, {name: body}, secret=SECRET) == []


def test_what_only_looks_like_a_key_is_noted_and_holds_nothing_back(tmp_path: Path) -> None:
    look_alike = "sk-or-v1-" + "a1" * 32
    edit: dict[str, str | bytes] = {
        "a.txt": look_alike,
        "b.json.gz": gzip_bytes(json.dumps(TOP | {"x": look_alike}).encode()),
    }
    for secret in (None, SECRET):
        found = verdict(tmp_path, edit, secret)
        assert found.findings == ()
        assert found.notes == (
            "a.txt: holds a text that looks like an API key [secrets]",
            "b.json.gz: holds a text that looks like an API key [secrets]",
        )


def test_a_mere_sequence_is_no_piece_of_a_key(tmp_path: Path) -> None:
    for part in ("0123456789abcdef" * 2, "0" * 32):
        edit = {"a.txt": "digits: 0123456789abcdef 00000000000000"}
        assert findings(tmp_path, edit, "sk-or-v1-" + part) == []


# Feeds

ATOM = '<feed xmlns="http://www.w3.org/2005/Atom">'


def atom(rights: str = FULL, entry_rights: str = FULL, id_: str = "b") -> str:
    entry = f"<entry><id>{id_}</id><rights>{entry_rights}</rights></entry>"
    last = f"<entry><id>c</id><rights>{FULL}</rights></entry>"
    return f"{ATOM}<id>a</id><rights>{rights}</rights>{entry}{last}</feed>"


@pytest.mark.parametrize(
    ("feed", "whats"),
    [
        (atom(), []),
        (atom(rights="Mine"), ["the feed has no credit in the source's words"]),
        (atom(entry_rights="Mine"), ["entry 1 has no credit in the source's words"]),
        (atom(entry_rights=""), ["entry 1 has no credit in the source's words"]),
        (atom(id_=""), ["entry 1 has no id of its own"]),
        (atom(id_="c"), ["entry 1 has no id of its own", "entry 2 has no id of its own"]),
        (atom(id_="a"), ["the feed has no id of its own", "entry 1 has no id of its own"]),
    ],
)
def test_an_atom_feed_has_an_id_and_a_credit_for_each_entry(
    tmp_path: Path, feed: str, whats: list[str]
) -> None:
    found = verdict(tmp_path, {"feed.xml": feed})
    assert [str(finding) for finding in found.findings] == [
        f"feed.xml: {what} [feeds]" for what in whats
    ]
    assert found.counted["credits in feeds"] == 3


ITEM = {
    "id": "b",
    "content_text": f"News. {LINE}",
    "_source": {"citation": LINE, "as_of": AS_OF, "license": "CC-BY-4.0"},
}


@pytest.mark.parametrize(
    ("change", "whats"),
    [
        ({}, []),
        (
            {"_source": {**ITEM["_source"], "license": "none stated by the source"}},  # type: ignore[dict-item]
            [],
        ),
        ({"content_text": "News."}, ["entry 1 has no credit in the source's words"]),
        ({"_source": {}}, ["entry 1 has no credit in the source's words"]),
        ({"_source": None}, ["entry 1 has no credit in the source's words"]),
        ({"content_text": None}, ["entry 1 has no credit in the source's words"]),
        (
            {"_source": {**ITEM["_source"], "license": "mine"}},  # type: ignore[dict-item]
            ["entry 1 has no credit in the source's words"],
        ),
        (
            {"_source": {**ITEM["_source"], "as_of": ""}},  # type: ignore[dict-item]
            ["entry 1 has no credit in the source's words"],
        ),
        (
            {"_source": {**ITEM["_source"], "citation": "News"}},  # type: ignore[dict-item]
            ["entry 1 has no credit in the source's words"],
        ),
        ({"id": None}, ["entry 1 has no id of its own"]),
    ],
)
def test_a_json_feed_has_an_id_and_a_credit_for_each_entry(
    tmp_path: Path, change: dict[str, object], whats: list[str]
) -> None:
    head = {"_source": TOP, "version": "https://jsonfeed.org/version/1.1"}
    item = {name: value for name, value in {**ITEM, **change}.items() if value is not None}
    feed = json.dumps({**head, "items": [item]})
    found = verdict(tmp_path, {"feed.json": feed})
    assert [str(finding) for finding in found.findings] == [
        f"feed.json: {what} [feeds]" for what in whats
    ]
    assert found.counted["credits in feeds"] == 2


@pytest.mark.parametrize(
    "feed",
    [
        {"_source": TOP, "version": "https://jsonfeed.org/version/1.1"},
        {**TOP, "version": 2, "items": [{}]},
        {**TOP, "items": [{}]},
    ],
)
def test_a_json_document_is_a_feed_by_its_version(tmp_path: Path, feed: dict[str, object]) -> None:
    assert findings(tmp_path, {"x.json": json.dumps(feed)}) == []


def test_a_picture_beside_a_feed_is_no_feed(tmp_path: Path) -> None:
    assert findings(tmp_path, {"x.svg": f"{SVG}<entry/><desc>{LINE}</desc></svg>"}) == []
