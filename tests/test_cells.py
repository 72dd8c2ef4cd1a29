"""Cells: what is shown, and the exact value beside it."""

from dataclasses import replace
from datetime import date

import pytest

from generator.boards.board import Column, Entity, Kind, Moved
from generator.boards.concentration import ConcentrationRow
from generator.render import table_body, table_cells, table_layout
from generator.render.card_contents import board_card
from tests.board_samples import HOSTILE, board, rows, used
from tests.board_samples import MODELS as SOME
from tests.page_reading import Node, read
from tests.tiny_archive import TinyArchive, app
from tests.typed_boards import row


def _cell(kind: Kind, value: object, **more: object) -> Node:
    return read(table_cells.cell(Column("key", "Label", kind), value, "../", **more)).all("td")[0]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "value", "exact", "shown"),
    [
        ("rank", 12, "12", "12"),
        ("moved", Moved(3, "up"), "3", "▲3 places up"),
        ("moved", Moved(-1, "down"), "-1", "▼1 place down"),
        ("moved", Moved(0, "same"), "0", "–unchanged"),
        ("moved", Moved(None, "new"), "new", "new"),
        ("moved", Moved(None, "returned"), "returned", "back"),
        ("moved", Moved(None, "unknown"), "", "–not known"),
        ("tokens", 11295219517497, "11295219517497", "11.3 T"),
        ("integer", 101139, "101139", "101,139"),
        ("share", 0.1882, "0.1882", "18.8%"),
        ("share", 0.0001, "0.0001", "<0.1%"),
        ("change", -0.125, "-0.125", "−12.5%"),
        ("points", 0.021, "0.021", "+2.1"),
        ("price", "0.00000028", "0.00000028", "$0.28"),
        ("price", "0", "0", "free"),
        ("price", "-1", "-1", "varies"),
        ("score", 63.1, "63.1", "63.1"),
        ("score", 58, "58", "58"),
        ("score", -5.25, "-5.25", "−5.25"),
        ("score", -0.004, "-0.004", "0"),
        ("integer", -8, "-8", "−8"),
        ("context", 1048576, "1048576", "1.05M"),
        ("day", date(2026, 7, 31), "2026-07-31", "31 Jul 2026"),
        ("text", HOSTILE, HOSTILE, HOSTILE),
    ],
)
def test_a_value_is_shown_for_people_with_the_exact_one_beside_it(
    kind: Kind, value: object, exact: str, shown: str
) -> None:
    cell = _cell(kind, value)
    assert (cell.get("data-v"), cell.text) == (exact, shown)


@pytest.mark.parametrize(
    "kind", ["rank", "tokens", "share", "change", "price", "score", "context", "day", "text"]
)
def test_a_missing_value_is_a_dash_with_an_empty_exact_value(kind: Kind) -> None:
    cell = _cell(kind, None)
    assert (cell.get("data-v"), cell.text) == ("", "–")


def test_a_rise_and_a_fall_differ_by_sign_and_not_by_color_alone() -> None:
    rise, fall = _cell("points", 0.021), _cell("points", -0.004)
    assert (rise.text[0], fall.text[0]) == ("+", "−")
    assert ("up" in rise.get("class"), "down" in fall.get("class")) == (True, True)


def test_a_price_that_rises_has_the_color_of_a_loss() -> None:
    column = Column("price_change", "Price difference", "change")
    rise, fall, same = (
        read(table_cells.cell(column, by, "")).all("td")[0] for by in (0.2, -0.2, 0)
    )
    assert [cell.get("class") for cell in (rise, fall, same)] == ["n down", "n up", "n same"]
    assert (rise.text, fall.text) == ("+20.0%", "−20.0%")


def test_a_bar_is_drawn_against_the_largest_of_its_column() -> None:
    bar = _cell("tokens", 50, largest=200, color="#4b6bdb").all("rect")[0]
    assert (bar.get("width"), bar.get("fill")) == ("25", "#4b6bdb")
    assert _cell("tokens", 50, largest=200).get("class") == "n barred"


def test_a_name_links_relative_to_its_page_and_isolates_its_direction() -> None:
    entity = Entity("a/b:free", HOSTILE, "models/a/b--free/", "a", "a/b:free")
    columns = "model_permaslug|Model|entity"
    named = board("movers-7d", columns, [{"model_permaslug": entity}], "rankings-daily")
    cell = read(f"<table>{table_body.body(named, '../../')}</table>").all("th")[0]
    assert cell.all("a")[0].get("href") == "../../models/a/b--free/"
    assert [bdi.text for bdi in cell.all("bdi")] == [HOSTILE, "a/b:free"]
    assert cell.get("data-v") == "a/b:free"


def test_an_id_may_continue_on_the_next_line_after_each_of_its_parts() -> None:
    listed = Entity("a/b_c", "B", author="a", detail="Acme · a/b_c:free")
    unlisted = Entity("task:a/b_", "task:a/b_", author="a", is_slug=True)
    assert "<bdi>a/<wbr>b_<wbr>c:<wbr>free</bdi>" in table_cells.entity(listed, "")
    assert "<code>task:<wbr>a/<wbr>b_</code>" in table_cells.entity(unlisted, "")


def test_a_path_with_odd_characters_is_quoted_as_a_link() -> None:
    assert table_cells.link("../", "models/a/ü&?/") == "../models/a/%C3%BC%26%3F/"
    assert table_cells.link("", "") == "./"


def test_a_sparkline_leaves_a_gap_where_a_value_is_missing() -> None:
    path = _cell("spark", (1.0, 2.0, None, 3.0, 2.0)).all("path")[0].get("d")
    assert path.count("M") == 2


def test_a_sparkline_says_its_range_and_its_end_to_those_who_do_not_see_it() -> None:
    cell = _cell("spark", (2e9, 8e9, None, 3e9))
    assert cell.text == "lowest 2.00 B, highest 8.00 B, latest 3.00 B"
    assert _cell("spark", (None, None)).text == ""


def _scores(*values: float | None, mixed: bool = False) -> list[str]:
    listed = [{"model_permaslug": SOME[0], "elo": value} for value in values]
    made = board("da.models.any", "model_permaslug|Model|entity elo|Elo|score", listed, "models")
    model, elo = made.columns
    table = table_body.body(replace(made, columns=(model, replace(elo, mixed=mixed))), "")
    return [row.all("td")[0].text for row in read(f"<table>{table}</table>").all("tr")]


def test_the_scores_of_a_column_have_the_same_decimals() -> None:
    assert _scores(78, 76.5, None) == ["78.0", "76.5", "–"]
    assert _scores(1403, 1259) == ["1,403", "1,259"]
    assert _scores(1.255, 38) == ["1.26", "38.00"]
    assert _scores(-1.5, 38) == ["−1.5", "38.0"]
    assert _scores(1403, 76.5, mixed=True) == ["1,403", "76.5"]


def test_a_phone_sees_the_change_of_rank_below_the_rank() -> None:
    columns = ("rank", "model_permaslug", "total_tokens")
    narrow = replace(used(), phone=columns)
    assert table_layout.folded(narrow, narrow.columns) == (2, 5, 6, 7)
    first = read(f"<table>{table_body.body(narrow, '')}</table>").all("tr")[0].all("td")[0]
    assert (first.get("data-v"), first.all("small")[0].text) == ("1", "▲2 places up")
    for shown in (used(), replace(used(), phone=(*columns, "moved"))):
        row = read(f"<table>{table_body.body(shown, '')}</table>").all("tr")[0]
        assert not row.all("td")[0].all("small")


def test_a_table_of_which_a_phone_would_show_one_column_keeps_all() -> None:
    narrow = replace(used(), phone=("rank",))
    assert table_layout.folded(narrow, narrow.columns) == ()


def test_a_text_too_long_for_a_column_is_folded_and_whole() -> None:
    column = Column("what", "Details", "text")
    words = "input $0.10 to $0.20; " * 5
    assert "<details><summary>Show</summary><bdi>" in table_cells.cell(column, words, "")
    assert f"<bdi>{words}</bdi>" in table_cells.cell(column, words, "")
    assert "<details>" not in table_cells.cell(column, words[:80], "")


def test_a_long_id_is_not_folded() -> None:
    column = Column("id", "Model ID", "text")
    slug = "author/" + "very-long-name-" * 6
    assert "<details>" not in table_cells.cell(column, slug, "")


def test_a_word_that_is_wider_than_a_phone_may_break_anywhere() -> None:
    short, long = Entity("a/b", "Flash 0731"), Entity("a/c", "anything-unpronounceable")
    assert 'class="name"' in table_cells.entity(short, "")
    assert 'class="name long"' in table_cells.entity(long, "")


def test_the_other_row_comes_last_below_the_ranked_and_is_never_ranked() -> None:
    table = read(f"<table>{table_body.body(used(), '')}</table>")
    assert len(table.all("tbody")[0].all("tr")) == 14
    other = table.all("tfoot")[0].all("tr")[0]
    assert other.get("class") == "other"
    assert other.all("td")[0].text == "–"
    assert not read(f"<table>{table_body.body(used(), '', limit=10)}</table>").all("tfoot")


@pytest.mark.parametrize(
    ("standings", "classes"),
    [
        (("ranked", "unranked"), [None, "unranked"]),
        (("unranked", "unranked"), [None, None]),
        (("unranked", "other"), [None, "other"]),
    ],
)
def test_a_row_without_a_rank_is_marked_where_another_has_one(
    standings: tuple[str, str], classes: list[str | None]
) -> None:
    listed = [
        {**row, "standing": standing}
        for row, standing in zip(rows("model_permaslug", SOME[:2]), standings, strict=True)
    ]
    made = board("catalogue", "rank|#|rank model_permaslug|Model|entity", listed, "models")
    table = read(f"<table>{table_body.body(made, '')}</table>")
    assert [row.get("class") or None for row in table.all("tr")] == classes
    assert len(table.all("tbody")[0].all("tr")) == 2 - standings.count("other")


def test_the_row_below_a_table_has_a_number_and_attributes_of_its_own() -> None:
    marks = [f' data-n="{number}"' for number in range(15)]
    table = table_body.body(used(), "", dated=True, marks=marks)
    foot = table.partition("<tfoot>")[2]
    assert foot.count("<!--later models-7d 14 ") == foot.count("<td")
    assert 'class="other" data-n="14"' in foot


def test_the_rows_of_a_whole_list_of_apps_alone_have_addresses(tiny: TinyArchive) -> None:
    tiny.apps({"popular": [app(1, 500), app(2, 400)]})
    popular = tiny.board("apps.popular")
    assert 'id="app-2"' in table_body.body(popular, "")
    # Another table of the page may have the same rows.
    assert "id=" not in table_body.body(popular, "", limit=1)


def test_a_second_name_in_a_row_is_one_line_and_a_flag_is_a_word() -> None:
    shown = str(table_cells.cell(Column("leader", "Leader", "entity"), SOME[1], ""))
    assert SOME[1].detail
    assert "<small>" not in shown
    words = [_cell("flag", value).text for value in (True, False)]
    assert words == ["yes", "no"]
    assert ["word" in str(_cell("price", price).get("class")) for price in ("-1", "1")] == [
        True,
        False,
    ]


def test_eight_hundred_rows_are_all_written_in_their_order() -> None:
    listed = rows("model_permaslug", SOME * 58, total_tokens=11295219517497, prompt="0.000005")
    described = (
        "rank|#|rank model_permaslug|Model|entity total_tokens|Tokens|tokens|bar prompt|In|price"
    )
    many = board("catalogue", described, listed, "models")
    html = table_body.body(many, "../")
    assert html.count("<tr") == 812
    shown = read(f"<table>{html}</table>").all("tr")
    ranks = [int(row.all("td")[0].get("data-v")) for row in shown]
    assert ranks == list(range(1, 813))


def test_of_more_than_two_hundred_rows_all_but_forty_wait_for_a_reader() -> None:
    listed = rows("model_permaslug", SOME * 15, prompt="0.000005")
    for count, waiting in ((200, []), (201, list(range(40, 201)))):
        described = "model_permaslug|Model|entity prompt|In|price"
        html = table_body.body(board("catalogue", described, listed[:count], "models"), "../")
        shown = read(f"<table>{html}</table>").all("tr")
        late = [at for at, row in enumerate(shown) if "late" in (row.get("class") or "").split()]
        assert (len(shown), late) == (count, waiting)


def _shown(key: str, **fields: object) -> list[str]:
    """The class and the text of the cell of ``key`` in a row with these fields."""
    kinds = {
        "rank": "rank",
        "moved": "moved",
        "total_tokens": "tokens",
        "share": "share",
        "change": "change",
    }
    described = f"model_permaslug|Model|entity {key}|Label|{kinds[key]}"
    one = board("models-7d", described, [{"model_permaslug": SOME[0], **fields}], "rankings-daily")
    cell = read(f"<table>{table_body.body(one, '../')}</table>").all("td")[0]
    return [cell.get("class") or "", cell.get("data-v") or "", cell.text]


def test_a_rank_that_is_not_settled_is_a_range_and_sorts_by_the_rank() -> None:
    assert _shown("rank", rank=4, rank_low=3, rank_high=5) == ["n rank", "4", "3–5"]
    assert _shown("rank", rank=4, rank_low=4, rank_high=4) == ["n rank", "4", "4"]
    assert _shown("rank", rank=4) == ["n rank", "4", "4"]


def test_a_move_that_is_not_firm_is_gray_and_says_so() -> None:
    up = Moved(3, "up")
    assert _shown("moved", moved=up, firm=False) == ["n not-firm", "3", "▲3 places up (not firm)"]
    assert _shown("moved", moved=up, firm=True) == ["n up", "3", "▲3 places up"]
    assert _shown("moved", moved=Moved(None, "new"), firm=False)[2] == "new (not firm)"
    assert _shown("moved", moved=Moved(0, "same"), firm=None)[0] == "n same"


def test_a_bound_says_that_it_is_one() -> None:
    least = _shown("total_tokens", total_tokens=5, total_tokens_high=9)
    assert least == ["n", "5", "≥at least 5"]
    assert _shown("total_tokens", total_tokens=9, total_tokens_high=9)[2] == "9"
    assert _shown("total_tokens", total_tokens=None, total_tokens_high=9)[2] == "≤at most 9"
    rise = _shown("change", change=0.25, change_low=0.25, change_high=None)
    assert rise[2] == "≥at least +25.0%"
    fall = _shown("change", change=-0.25, change_low=-0.5, change_high=-0.25)
    assert fall[2] == "≤at most −25.0%"
    assert _shown("change", change=0.25, change_low=0.25, change_high=0.25)[2] == "+25.0%"


def test_a_number_between_its_bounds_is_no_bound() -> None:
    numbers = {"effective_low": 7.51, "effective": 9.47, "effective_high": 10.1, "authors": 18}
    week = row(ConcentrationRow, {"week": date(2026, 8, 17), **numbers})
    column = Column("effective", "Effective authors", "score")
    assert read(table_cells.cell(column, 9.47, "", row=week)).text == "9.47"


def test_a_card_says_of_a_number_what_the_table_does() -> None:
    described = "model_permaslug|Model|entity total_tokens|Tokens|tokens|bar"
    fields = {"total_tokens": 6_286_252_776_588, "total_tokens_high": 7 * 10**12}
    listed = [
        {"model_permaslug": SOME[0], **fields},
        {"model_permaslug": SOME[1], **fields, "total_tokens_high": fields["total_tokens"]},
        {"model_permaslug": SOME[2], **fields, "total_tokens": None},
    ]
    card = board_card(board("models-7d", described, listed, "rankings-daily"))
    said = [(leader.value, leader.part) for leader in card.leaders]
    assert said == [("≥6.28 T", 1), ("6.29 T", 1), ("–", None)]


def test_a_card_leads_by_the_column_with_bars() -> None:
    described = "model_permaslug|Model|entity share|Share|share total_tokens|Tokens|tokens|bar"
    listed = [{"model_permaslug": SOME[0], "share": 0.5, "total_tokens": 7}]
    card = board_card(board("models-7d", described, listed, "rankings-daily"))
    assert ([leader.value for leader in card.leaders], card.kicker[:6]) == (["7"], "Tokens")


def test_a_gain_of_tokens_has_its_sign_and_says_the_exact_number() -> None:
    column = Column("difference", "Change", "tokens")
    shown = [str(table_cells.cell(column, value, "")) for value in (1_500_000, -7, 0)]
    assert shown == [
        '<td class="n up" data-v="1500000"><span title="+1,500,000">+1.50 M</span></td>',
        '<td class="n down" data-v="-7"><span title="−7">−7</span></td>',
        '<td class="n same" data-v="0"><span title="0">0</span></td>',
    ]


def test_a_share_is_as_firm_as_the_tokens_that_it_is_of() -> None:
    of_bound = _shown("share", share=0.05, total_tokens=5, total_tokens_high=9)
    assert of_bound == ["n", "0.05", "≥at least 5.0%"]
    assert _shown("share", share=0.05, total_tokens=5, total_tokens_high=5)[2] == "5.0%"
    assert _shown("share", share=0.05)[2] == "5.0%"


def test_a_bound_is_rounded_toward_zero() -> None:
    tokens = {"total_tokens": 6_286_252_776_588, "total_tokens_high": 7 * 10**12}
    assert _shown("total_tokens", **tokens)[2] == "≥at least 6.28 T"
    assert _shown("share", share=0.08881, **tokens)[2] == "≥at least 8.8%"
    assert _shown("share", share=0.00046, **tokens)[2] == "≥at least 0.04%"
    whole = {**tokens, "total_tokens_high": tokens["total_tokens"]}
    assert _shown("total_tokens", **whole)[2] == "6.29 T"
    assert _shown("share", share=0.08881, **whole)[2] == "8.9%"
    rise = {"change_low": 0.5566, "change_high": None}
    assert _shown("change", change=0.5566, **rise)[2] == "≥at least +55.6%"
    fall = {"change_low": -0.9, "change_high": -0.5566}
    assert _shown("change", change=-0.5566, **fall)[2] == "≤at most −55.6%"
    # Never "≤ ±0": the sign is certain, the places are too few.
    tiny = {"change_low": -0.9, "change_high": -0.0004}
    assert _shown("change", change=-0.0004, **tiny)[2].endswith("< 0")
    tiny = {"change_low": 0.0004, "change_high": None}
    assert _shown("change", change=0.0004, **tiny)[2].endswith("> 0")
    most = _shown("total_tokens", total_tokens=None, total_tokens_high=136_100_000_000)
    assert most[2] == "≤at most 137 B"
    many = {"change_low": 4.19, "change_high": None}
    assert _shown("change", change=4.19, **many)[2] == "≥at least ×5.1"


def test_a_change_whose_sign_is_open_says_which_days_are_known() -> None:
    shown = _shown("change", change=None, change_low=-0.2, change_high=0.3, days=3, days_before=7)
    assert shown[1:] == [
        "",
        "–Not known: in the daily top 50 on 3 days, and on 7 a week before",
    ]
    once = _shown("change", change=None, change_low=-0.2, change_high=0.3, days=1, days_before=7)
    assert once[2] == "–Not known: in the daily top 50 on 1 day, and on 7 a week before"


def test_a_column_for_files_alone_is_in_no_table() -> None:
    column = Column("rank_low", "Best rank", "rank", in_table=False)
    one = used()
    assert column not in table_layout.chosen(replace(one, columns=(*one.columns, column)))
