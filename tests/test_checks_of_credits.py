"""Everything that shows data names its source, in its words: one credit missing or wrong at a time."""

import io
import json
import zipfile
from pathlib import Path

import pytest

from generator.base.files import gzip_bytes
from generator.endpoints import BY_NAME
from generator.render.parquet_file import parquet_file
from tests.small_tree import (
    AS_OF,
    BOARD,
    CELL,
    CREDITS,
    FULL,
    LINE,
    SVG,
    TOP,
    findings,
    page,
    verdict,
)

NO_CREDIT = f'shows rankings-daily without its credit "{LINE}"'
REGION = '<section data-sources="rankings-daily">'


@pytest.mark.parametrize(
    ("body", "what"),
    [
        (BOARD.replace(AS_OF, "2026-11-20T00:00:00Z"), f"{REGION}: {NO_CREDIT}"),
        (BOARD.replace("openrouter.ai/rankings", "openrouter.ai"), f"{REGION}: {NO_CREDIT}"),
        (BOARD.replace(f"<p>{LINE}</p>", f"</section><p>{LINE}</p><section>"), f"{REGION}: {NO_CREDIT}"),
        (
            BOARD.replace(f"<p>{LINE}</p>", f'<script type="application/json">"{LINE}"</script>'),
            f"{REGION}: {NO_CREDIT}",
        ),
        (CELL, '<td data-v="12">: shows a value outside any element that names its source'),
        (
            BOARD + '<figure data-chart="x"></figure>',
            '<figure data-chart="x">: shows a chart outside any element that names its source',
        ),
        (
            f'{BOARD}<template><b data-v="1">x</b></template>',
            '<b data-v="1">: shows a value outside any element that names its source',
        ),
        (
            BOARD.replace("rankings-daily", "no-such-set"),
            '<section data-sources="no-such-set">: names the dataset "no-such-set", which is not published',
        ),
        (
            BOARD.replace("rankings-daily", "rankings-daily gone"),
            '<section data-sources="rankings-daily gone">: names the dataset "gone", which is not published',
        ),
        (
            BOARD.replace("rankings-daily", " "),
            '<section data-sources=" ">: shows data and names no dataset',
        ),
    ],
)  # fmt: skip
def test_data_on_a_page_without_their_credit_are_found(
    tmp_path: Path, body: str, what: str
) -> None:
    assert findings(tmp_path, {"index.html": page(body)}) == [f"index.html: {what} [attribution]"]


@pytest.mark.parametrize(
    "body",
    [
        BOARD.replace(LINE, LINE.replace(" ", "\n  ")),
        BOARD.replace(LINE, LINE.replace("OpenRouter", "Open<b>Router</b>")),
        BOARD.replace("<p>", "<p><script src='x'></script>").replace("<script src='x'></script>", ""),
        f'<p data-sources="rankings-daily" data-v="1">{LINE}</p>',
        f'<div data-sources="rankings-daily"><template><b data-v="1">x</b></template>{LINE}</div>',
        BOARD.replace("<p>", '<script type="application/json">{}</script><p>'),
    ],
)  # fmt: skip
def test_a_credit_may_be_written_in_any_markup(tmp_path: Path, body: str) -> None:
    assert findings(tmp_path, {"index.html": page(body)}) == []


def test_each_dataset_of_an_element_is_looked_at(tmp_path: Path) -> None:
    section = '<section data-sources="gone rankings-daily">'
    lines = findings(tmp_path, {"index.html": page(f"{section}x</section>")})
    assert [line.removeprefix(f"index.html: {section}: ") for line in lines] == [
        'names the dataset "gone", which is not published [attribution]',
        f"{NO_CREDIT} [attribution]",
    ]


def test_a_dataset_that_is_credited_does_not_credit_the_next(tmp_path: Path) -> None:
    own = credit_of(SCORES, AS_OF)
    body = BOARD.replace("rankings-daily", f"rankings-daily {SET}")
    edit = {f"data/v1/{SET}/latest.json": json.dumps(own), "index.html": page(body)}
    [line] = findings(tmp_path, edit)
    assert line.endswith(f': shows {SET} without its credit "{SCORES}" [attribution]')


def test_every_credit_of_a_page_is_counted(tmp_path: Path) -> None:
    counted = verdict(tmp_path, {"index.html": page(BOARD + BOARD)}).counted
    assert counted["credits on pages"] == 2


def test_a_credit_on_a_page_that_shows_nothing_is_found_once(tmp_path: Path) -> None:
    two = json.dumps(
        {**TOP, "dataset": "x", "citations": [{"text": "Source: OpenRouter", "as_of": AS_OF}]}
    )
    edit = {"404.html": page(f"<p>{LINE}</p>"), "data/v1/x/latest.json": two}
    assert findings(tmp_path, edit) == [
        f'404.html: credits a source of which it shows nothing: "{LINE}" [attribution]'
    ]


@pytest.mark.parametrize(
    ("document", "what"),
    [
        ({**TOP, "citation": "OpenRouter"}, "has no citation in the source's words"),
        ({**TOP, "citation": None}, "has no citation in the source's words"),
        ({"usermeta": 3}, "has no citation in the source's words"),
        ({**TOP, "usermeta": {}}, "has no citation in the source's words"),
        ({**TOP, "as_of": None}, "has no as_of or no license beside its citation"),
        ({**TOP, "license": ""}, "has no as_of or no license beside its citation"),
        ({**TOP, "as_of": "2021"}, "its citation does not state its as_of"),
        ({**TOP, "license": "mine"}, 'has a license of unknown words: "mine"'),
        ([1], "is JSON without a place for a credit"),
    ],
)
def test_a_json_document_without_its_credit_is_found(
    tmp_path: Path, document: object, what: str
) -> None:
    text = json.dumps(document)
    assert findings(tmp_path, {"x.json": text}) == [f"x.json: {what} [attribution]"]
    packed = gzip_bytes(text.encode())
    assert findings(tmp_path, {"x.json": None, "y.json.gz": packed})[-1:] == [
        f"y.json.gz: {what} [attribution]"
    ]


@pytest.mark.parametrize(
    ("name", "document"),
    [
        ("x.json", {**TOP, "license": "none stated by the source"}),
        ("x.json", {"usermeta": TOP}),
        ("x.schema.json", {}),
        ("schema.json", [1]),
    ],
)
def test_a_json_document_with_its_credit_or_without_data_passes(
    tmp_path: Path, name: str, document: object
) -> None:
    assert findings(tmp_path, {name: json.dumps(document)}) == []


HEADING = "a,citation,as_of,license\n"
ROW = f'1,"{FULL}",{AS_OF},CC-BY-4.0\n'


@pytest.mark.parametrize(
    ("table", "line"),
    [
        ("a,b\n1,2\n", "x.csv: its last columns are not citation, as_of, license"),
        (
            "citation,as_of,license,a\n" + ROW,
            "x.csv: its last columns are not citation, as_of, license",
        ),
        (HEADING + "1,,x,y\n", "x.csv:2: a row without its credit"),
        (HEADING + ROW + f"1,Mine,{AS_OF},CC-BY-4.0\n", "x.csv:3: a row without its credit"),
        (HEADING + ROW + ROW.replace(",CC-BY-4.0", ","), "x.csv:3: a row without its credit"),
        (HEADING + ROW.replace(f"{AS_OF},CC", ",CC"), "x.csv:2: a row without its credit"),
        (
            HEADING + ROW + ROW.replace(f"{AS_OF},CC", "2025,CC") + "1,,,\n",
            "x.csv:3: a row without its credit",
        ),
    ],
)
def test_a_row_of_a_table_without_its_credit_is_found(
    tmp_path: Path, table: str, line: str
) -> None:
    assert findings(tmp_path, {"x.csv": table}) == [f"{line} [attribution]"]


def test_a_row_of_another_length_is_found_as_one_without_its_credit(tmp_path: Path) -> None:
    lines = findings(tmp_path, {"x.csv": HEADING + ROW + "1," + ROW})
    assert "x.csv:3: a row without its credit [attribution]" in lines


def test_a_row_may_leave_out_the_credit_of_the_row_above(tmp_path: Path) -> None:
    first, other = f'1,"{FULL}",{AS_OF},CC-BY-4.0', f"2,,{AS_OF},"
    for rows, where in (
        ([first, other, other], None),
        ([first, first, other], None),
        ([other], 2),
        ([other, first], 2),
        ([first, "2,,2026-11-20T00:00:00Z,"], 3),
        ([first, f"2,,{AS_OF},CC-BY-4.0"], 3),
        ([first, other, f"3,Nobody,{AS_OF},"], 4),
    ):
        table = "\n".join(["a,citation,as_of,license", *rows]) + "\n"
        fault = f"t.csv:{where}: a row without its credit [attribution]"
        assert findings(tmp_path, {"t.csv": table}) == ([fault] if where else []), rows


def test_a_parquet_file_describes_itself_with_its_credit(tmp_path: Path) -> None:
    columns, row = BY_NAME["models"].columns[:1], {"id": "a/one"}
    made = parquet_file(columns, [row], lambda: {"citation": FULL})
    looked_at = verdict(tmp_path, {"t.parquet": made})
    assert (looked_at.findings, looked_at.counted["credits in Parquet"]) == ((), 1)
    fault = "t.parquet: is a table without a credit in its description [attribution]"
    for without in (
        parquet_file(columns, [row], lambda: {"citation": "Nobody."}),
        made[:-1],
        # It states that its description is as long as the whole file.
        made[:-8] + len(made).to_bytes(4, "little") + made[-4:],
        made.replace(b"openrouter.ai/rankings", b"openrouter.ai/elsewhere"),
    ):
        assert findings(tmp_path, {"t.parquet": without}) == [fault]


def test_every_row_of_a_table_is_looked_at(tmp_path: Path) -> None:
    counted = verdict(tmp_path, {"x.csv": HEADING + ROW * 3}).counted
    assert counted["credits in CSV"] == 1 + 3


def test_a_row_of_several_lines_is_one_row(tmp_path: Path) -> None:
    """Rows without quotes are not parsed; those with quotes may go on in the lines below."""
    broken, shared = f'"one,\n,,\n",{ROW.removeprefix("1,")}', f"2,,{AS_OF},\n"
    looked_at = verdict(tmp_path, {"x.csv": HEADING + broken + shared + broken + shared})
    assert (looked_at.findings, looked_at.counted["credits in CSV"]) == ((), 1 + 4)
    lines = findings(tmp_path, {"x.csv": HEADING + broken + shared + "3,,x,\n"})
    assert lines == ["x.csv:4: a row without its credit [attribution]"]


BARE = "is a picture of data without a credit inside it"


@pytest.mark.parametrize(
    ("name", "body", "what"),
    [
        ("charts/x.svg", SVG + "</svg>", BARE),
        ("charts/x.svg", f"{SVG}<text>{LINE.replace(AS_OF, '2025')}</text></svg>", BARE),
        ("x.png", b"\x89PNG\r\n\xff pixels", BARE),
        ("feed.xml", "<feed/>", "has no citation in the source's words"),
        ("feed.atom", "<feed/>", "has no citation in the source's words"),
    ],
)
def test_a_picture_or_feed_without_its_credit_is_found(
    tmp_path: Path, name: str, body: str | bytes, what: str
) -> None:
    assert findings(tmp_path, {name: body}) == [f"{name}: {what} [attribution]"]


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("x.png", b"\x89PNG\r\n\xff tEXt " + LINE.encode() + b" pixels"),
        ("feed.xml", f"<feed><x>{LINE}</x></feed>"),
        ("sitemap.xml", "<urlset/>"),
        ("static/x.png", b"\x89PNG"),
        ("static/x.svg", SVG + "</svg>"),
        ("x.txt", "nothing"),
    ],
)
def test_a_picture_with_its_credit_or_without_data_passes(
    tmp_path: Path, name: str, body: str | bytes
) -> None:
    assert findings(tmp_path, {name: body}) == []


def test_pictures_are_counted_unless_they_belong_to_the_design(tmp_path: Path) -> None:
    png = b"\x89PNG" + LINE.encode()
    edit: dict[str, str | bytes] = {
        "x.png": png,
        "static/y.png": png,
        "static/y.svg": SVG + "</svg>",
        "z.svg": f"{SVG}<text>{LINE}</text></svg>",
    }
    assert verdict(tmp_path, edit).counted["credits in pictures"] == 3


def zipped(**members: str) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, text in members.items():
            archive.writestr(name.replace("_", "."), text.encode(errors="surrogateescape"))
    return data.getvalue()


def test_every_file_in_a_zip_carries_its_credit(tmp_path: Path) -> None:
    drawn = f"<svg><text>{LINE[:18]}</text>\n<desc>{LINE[:18]}\n{LINE[19:44]}<b/>{LINE[45:]}</desc></svg>"
    good = {"README_txt": LINE, "a_csv": LINE, "b_svg": drawn, "c_json": LINE}
    found = verdict(tmp_path, {"x.zip": zipped(**good, spec_js="")})
    assert found.findings == ()
    assert found.counted["credits in zips"] == 5
    as_text = zipped(a_csv=f"<{LINE}>", b_csv=f"\udcff{LINE}")
    assert findings(tmp_path, {"x.zip": as_text}) == []
    for name in good:
        lines = findings(tmp_path, {"x.zip": zipped(**{**good, name: "none"})})
        what = "is a packed file without a credit inside it [attribution]"
        assert lines == [f"x.zip: {name.replace('_', '.')}: {what}"]


def test_a_zip_that_cannot_be_unpacked_is_found(tmp_path: Path) -> None:
    assert findings(tmp_path, {"x.zip": b"PK"}) == [
        "x.zip: cannot be unpacked: File is not a zip file [attribution]"
    ]
    whole = zipped(README_txt=LINE, a_csv=LINE)
    for data in (whole[len(whole) // 2 :], whole.replace(LINE.encode(), b"x" * len(LINE), 1)):
        [fault] = findings(tmp_path, {"x.zip": data})
        assert fault.startswith("x.zip: cannot be unpacked: ")


# A source that changed its words

OLD_DAY, OLD_AS_OF = "2026-11-20", "2026-11-20T05:00:00Z"
SCORES = (
    "Source: Artificial Analysis (artificialanalysis.ai) via OpenRouter (openrouter.ai/rankings)."
)
REWORDED = "Scores by Artificial Analysis, artificialanalysis.ai. Please keep this line."
SET = "benchmarks-artificial-analysis"
OLD_PAGE = f"d/{OLD_DAY}/index.html"
OLD_SNAPSHOT = f"data/v1/{SET}/{OLD_DAY}.json.gz"
SECTION = f'<section data-sources="{SET}">'


def credit_of(text: str, as_of: str) -> dict[str, object]:
    """Return the head of a document with one credit of scores."""
    line = f"{text} As of {as_of}. Licensed under CC BY 4.0."
    citations = [{"text": text, "url": None, "as_of": as_of, "license": "CC-BY-4.0"}]
    head = {"citation": line, "as_of": as_of, "license": "CC-BY-4.0"}
    return {**head, "citations": citations, "dataset": SET}


def scores(text: str, as_of: str) -> str:
    cell = '<b data-v="1">1</b>'
    return f"{SECTION}{cell}<p>{text} As of {as_of}.</p></section>"


def snapshot(text: str, as_of: str) -> bytes:
    return gzip_bytes(json.dumps(credit_of(text, as_of)).encode())


def a_source_that_changed_its_words(**other: str) -> dict[str, bytes | str | None]:
    """Return a tree with a day of the old words and one of the new ones, some texts replaced by ``other``."""
    texts = {"day": SCORES, "today": REWORDED, "picture": SCORES, "csv": REWORDED, **other}
    newest = credit_of(REWORDED, AS_OF)
    drawn = f"{texts['picture']} As of {OLD_AS_OF}."
    return {
        OLD_SNAPSHOT: snapshot(SCORES, OLD_AS_OF),
        f"data/v1/{SET}/2026-11-21.json.gz": snapshot(REWORDED, AS_OF),
        f"data/v1/{SET}/latest.json": json.dumps({**newest, "rows": []}),
        f"data/v1/{SET}/latest.csv": f'{HEADING}1,"{texts["csv"]} As of {AS_OF}.",{AS_OF},CC-BY-4.0\n',
        "index.html": page(BOARD + scores(texts["today"], AS_OF)),
        OLD_PAGE: page(scores(texts["day"], OLD_AS_OF), "../../"),
        f"d/{OLD_DAY}/charts/x.svg": f"{SVG}<text>{drawn}</text></svg>",
    }


def test_a_source_that_changes_its_words_is_credited_in_the_words_of_each_day(
    tmp_path: Path,
) -> None:
    found = verdict(tmp_path, a_source_that_changed_its_words())
    assert found.findings == ()
    assert found.notes == (
        f'{SET}: the source changed the words of its credit, and this site follows it: "{REWORDED}"',
    )


def test_a_source_that_changed_its_words_back_is_noted_no_more(tmp_path: Path) -> None:
    newest = json.dumps({**credit_of(SCORES, AS_OF), "rows": []})
    tree = {OLD_SNAPSHOT: snapshot(REWORDED, OLD_AS_OF), f"data/v1/{SET}/latest.json": newest}
    found = verdict(tmp_path, tree)
    assert (found.findings, found.notes) == ((), ())


def test_a_source_without_documented_words_is_followed_and_noted(tmp_path: Path) -> None:
    new = credit_of("Seen at OpenRouter.", AS_OF) | {"dataset": "benchmarks-new"}
    found = verdict(tmp_path, {"data/v1/benchmarks-new/latest.json": json.dumps(new)})
    assert found.findings == ()
    [note] = found.notes
    assert note.startswith("benchmarks-new: the source changed the words")


@pytest.mark.parametrize(
    ("other", "line"),
    [
        (
            {"day": REWORDED},
            f'{OLD_PAGE}: {SECTION}: shows {SET} without its credit "{SCORES}"',
        ),
        ({"day": "Scores."}, f'{OLD_PAGE}: {SECTION}: shows {SET} without its credit "{SCORES}"'),
        ({"today": SCORES}, f'index.html: {SECTION}: shows {SET} without its credit "{REWORDED}"'),
        ({"picture": REWORDED}, f"d/{OLD_DAY}/charts/x.svg: {BARE}"),
        (
            {"csv": "Scores by Artificial Analysis."},
            f"data/v1/{SET}/latest.csv:2: a row without its credit",
        ),
    ],
)
def test_a_credit_in_the_words_of_another_day_or_in_made_up_words_is_found(
    tmp_path: Path, other: dict[str, str], line: str
) -> None:
    lines = findings(tmp_path, a_source_that_changed_its_words(**other))
    assert lines == [f"{line} [attribution]"]


def withheld(days: object) -> dict[str, bytes | str | None]:
    """Return a tree with pages of scores of which only the credits are published."""
    newest = credit_of(REWORDED, AS_OF)
    return {
        f"data/v1/{SET}/credits.json": json.dumps({**newest, "days": days}),
        "index.html": page(BOARD + scores(REWORDED, AS_OF)),
        OLD_PAGE: page(scores(SCORES, OLD_AS_OF), "../../"),
    }


def test_what_is_withheld_is_credited_in_the_words_of_each_day(tmp_path: Path) -> None:
    days = [
        {"day": "2026-11-21", "citations": credit_of(REWORDED, AS_OF)["citations"]},
        {"day": OLD_DAY, "citations": credit_of(SCORES, OLD_AS_OF)["citations"]},
    ]
    edit = withheld(days)
    assert verdict(tmp_path, edit).findings == ()
    edit[OLD_PAGE] = page(scores(REWORDED, AS_OF), "../../")
    edit["index.html"] = page(BOARD + scores(SCORES, AS_OF))
    assert findings(tmp_path, edit) == [
        f'{OLD_PAGE}: {SECTION}: shows {SET} without its credit "{SCORES}" [attribution]',
        f'index.html: {SECTION}: shows {SET} without its credit "{REWORDED}" [attribution]',
    ]


@pytest.mark.parametrize("days", [None, "2026-11-20", ["2026-11-20"], [{"day": OLD_DAY}]])
def test_days_of_another_shape_credit_nothing(tmp_path: Path, days: object) -> None:
    notes = verdict(tmp_path, withheld(days)).notes
    assert f"d/{OLD_DAY}/: credits {SET} as of a time of which no snapshot is held" in notes


def test_a_page_may_credit_any_snapshot_held_on_its_day_and_no_later_one(tmp_path: Path) -> None:
    edit = a_source_that_changed_its_words()
    older, later = "2026-11-19T05:00:00Z", "2026-11-20T23:00:00Z"
    edit[f"data/v1/{SET}/2026-11-19.json.gz"] = snapshot("AA at artificialanalysis.ai.", older)
    edit[f"data/v1/{SET}/{OLD_DAY}.r2.json.gz"] = snapshot("Artificial Analysis again.", later)
    edit[OLD_PAGE] = page(scores("AA at artificialanalysis.ai.", older), "../../")
    assert findings(tmp_path, edit) == []
    edit[OLD_PAGE] = page(scores("Artificial Analysis again.", later), "../../")
    assert findings(tmp_path, edit) == []
    edit[OLD_PAGE] = page(scores(REWORDED, AS_OF), "../../")
    [line] = findings(tmp_path, edit)
    assert f"shows {SET} without its credit" in line


def test_a_dated_page_credits_each_dataset_in_the_words_of_that_dataset(tmp_path: Path) -> None:
    other = credit_of("Own words of OpenRouter.", OLD_AS_OF)
    edit = a_source_that_changed_its_words(day="Own words of OpenRouter.") | {
        f"data/v1/rankings-daily/{OLD_DAY}.json.gz": gzip_bytes(json.dumps(other).encode())
    }
    assert findings(tmp_path, edit) == [
        f'{OLD_PAGE}: {SECTION}: shows {SET} without its credit "{SCORES}" [attribution]'
    ]


def test_a_source_whose_words_do_not_name_it_is_no_credit(tmp_path: Path) -> None:
    nobody = credit_of("Some numbers.", AS_OF)
    edit: dict[str, str | bytes] = {
        f"data/v1/{SET}/2026-11-21.json.gz": gzip_bytes(json.dumps(nobody).encode()),
        f"data/v1/{SET}/latest.json": json.dumps({**nobody, "rows": []}),
    }
    no_credit = "has no citation in the source's words [attribution]"
    nameless = 'has a citation that does not name its source: "Some numbers." [attribution]'
    assert findings(tmp_path, edit) == [
        f"data/v1/{SET}/2026-11-21.json.gz: {no_credit}",
        f"data/v1/{SET}/latest.json: {no_credit}",
        f"data/v1/{SET}/latest.json: {nameless}",
    ]


def test_a_dated_page_whose_snapshot_has_gone_keeps_its_credit_and_is_noted(tmp_path: Path) -> None:
    edit = a_source_that_changed_its_words() | {OLD_SNAPSHOT: None}
    edit[f"d/{OLD_DAY}/charts/x.svg"] = None
    found = verdict(tmp_path, edit)
    assert found.findings == ()
    note = f"d/{OLD_DAY}/: credits {SET} as of a time of which no snapshot is held"
    assert note in found.notes
    # Without a day, or in words that are neither documented nor the source's own, it is no credit.
    for text, as_of in ((SCORES, "once"), ("Scores.", OLD_AS_OF)):
        edit[OLD_PAGE] = page(scores(text, as_of), "../../")
        [line] = findings(tmp_path, edit)
        assert line.endswith(f'shows {SET} without its credit "{REWORDED}" [attribution]')


def test_a_credit_as_of_a_time_that_has_gone_does_not_credit_the_next_dataset(
    tmp_path: Path,
) -> None:
    edit = a_source_that_changed_its_words() | {
        OLD_SNAPSHOT: None,
        f"d/{OLD_DAY}/charts/x.svg": None,
    }
    body = scores(SCORES, OLD_AS_OF).replace(f'"{SET}"', f'"{SET} rankings-daily"')
    edit[OLD_PAGE] = page(body, "../../")
    [line] = findings(tmp_path, edit)
    assert line.endswith(f"{NO_CREDIT} [attribution]")


def test_a_dated_page_may_keep_the_words_of_an_earlier_snapshot_with_a_time_that_has_gone(
    tmp_path: Path,
) -> None:
    edit = a_source_that_changed_its_words() | {
        OLD_SNAPSHOT: snapshot(f"AA, artificialanalysis.ai, {OLD_AS_OF}, kept.", OLD_AS_OF),
        f"d/{OLD_DAY}/charts/x.svg": None,
    }
    words = "AA, artificialanalysis.ai, 2026-11-20T04:00:00Z, kept."
    edit[OLD_PAGE] = page(scores(words, "then"), "../../")
    found = verdict(tmp_path, edit)
    assert found.findings == ()
    assert any("no snapshot is held" in note for note in found.notes)


def test_a_picture_of_a_day_may_show_any_dataset_of_that_day(tmp_path: Path) -> None:
    day = {**TOP, "dataset": "rankings-daily", "citations": CREDITS}
    edit = a_source_that_changed_its_words() | {
        "data/v1/rankings-daily/2026-11-20.json.gz": gzip_bytes(json.dumps(day).encode()),
        f"d/{OLD_DAY}/charts/y.svg": f"{SVG}<text>{LINE}</text></svg>",
    }
    assert findings(tmp_path, edit) == []


@pytest.mark.parametrize(
    "citations",
    [3, [3], [{}], [{"text": 3, "as_of": AS_OF}], [{"text": LINE, "as_of": None}], None],
)
def test_a_citation_of_another_shape_is_no_citation(tmp_path: Path, citations: object) -> None:
    latest = json.dumps({**TOP, "dataset": "rankings-daily", "citations": citations})
    lines = findings(tmp_path, {"data/v1/rankings-daily/latest.json": latest})
    assert lines == [
        f"charts/x.svg: {BARE} [attribution]",
        f'index.html: {REGION}: shows rankings-daily without its credit "its citation" [attribution]',
    ]


def test_a_citation_without_a_time_is_known_by_all_its_words(tmp_path: Path) -> None:
    own = {"text": "OpenRouter, own words.", "as_of": ""}
    latest = {"dataset": "x", "citations": [own], "license": "CC-BY-4.0", "as_of": "2026"}
    whole = {**latest, "citation": "OpenRouter, own words. 2026"}
    assert findings(tmp_path, {"data/v1/x/latest.json": json.dumps(whole)}) == []
    part = {**latest, "citation": "OpenRouter, own 2026"}
    assert findings(tmp_path, {"data/v1/x/latest.json": json.dumps(part)}) == [
        "data/v1/x/latest.json: has no citation in the source's words [attribution]"
    ]


@pytest.mark.parametrize("body", [b"{", b"\xff", b"3", b"[1]"])
def test_a_newest_table_that_cannot_be_read_states_nothing(tmp_path: Path, body: bytes) -> None:
    lines = findings(tmp_path, {"data/v1/rankings-daily/latest.json": body})
    assert any(f"index.html: {REGION}: names the dataset" in line for line in lines)


DATACITE = {
    "descriptions": [{"description": "About."}, {"description": FULL}],
    "dates": [{"date": AS_OF, "dateType": "Updated"}],
    "rightsList": [{"rightsIdentifier": "CC-BY-4.0"}],
}
"""A description that takes no members but those of its format."""


@pytest.mark.parametrize(
    ("name", "document", "what"),
    [
        ("openapi.json", {"x-source": TOP}, ""),
        ("openapi.json", {"x-source": {**TOP, "as_of": "2021"}}, "its citation does not state its as_of"),
        ("c.jsonld", {"_source": TOP}, ""),
        ("c.jsonld", {"@type": "dcat:Catalog"}, "has no citation in the source's words"),
        ("a/datacite.json", DATACITE, ""),
        (
            "a/datacite.json",
            {**DATACITE, "descriptions": [{"description": "About."}]},
            "has no citation in the source's words",
        ),
        ("a/datacite.json", {**DATACITE, "dates": 3}, "has no as_of or no license beside its citation"),
        (
            "a/datacite.json",
            {**DATACITE, "rightsList": [{"rights": "mine"}]},
            'has a license of unknown words: "mine"',
        ),
    ],
)  # fmt: skip
def test_a_description_for_programs_is_credited_where_its_format_has_room(
    tmp_path: Path, name: str, document: object, what: str
) -> None:
    expected = [f"{name}: {what} [attribution]"] if what else []
    assert findings(tmp_path, {name: json.dumps(document)}) == expected


@pytest.mark.parametrize(
    ("name", "text", "what"),
    [
        ("x/index.md", f"---\ndatasets: rankings-daily\n---\n{LINE}\n", ""),
        (
            "x/index.md",
            f"---\ndatasets: rankings-daily {SET}\n---\n{LINE}\n",
            f"shows {SET} without its credit",
        ),
        ("x/index.md", "---\ndatasets: rankings-daily\n---\n| 1 |\n", "shows rankings-daily without its credit"),
        ("README.md", f"- {LINE}", ""),
        ("README.md", "datasets: rankings-daily\n", "has no citation in the source's words"),
        ("llms.txt", "# Boards", "has no citation in the source's words"),
        ("llms.txt", f"# Boards\n{LINE}", ""),
        ("robots.txt", "User-agent: *", ""),
    ],
)  # fmt: skip
def test_a_text_for_programs_carries_the_credit_of_what_it_shows(
    tmp_path: Path, name: str, text: str, what: str
) -> None:
    expected = [f"{name}: {what} [attribution]"] if what else []
    assert findings(tmp_path, {name: text}) == expected


def test_every_text_for_programs_is_counted_once(tmp_path: Path) -> None:
    counted = verdict(tmp_path, {"a.md": "x", "llms.txt": "x", "b/c.md": "x"}).counted
    assert counted["credits in texts"] == 3
