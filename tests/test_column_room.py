"""The columns that a table shows at a width: those for phones first, the others as far as there is room."""

import re
from dataclasses import replace

from generator.boards.board import Column
from generator.render import column_room, table_layout
from tests.board_samples import used
from tests.test_audits import SHEET

COLUMNS = (
    Column("rank", "Rank", "rank"),
    Column("moved", "Change", "moved"),
    Column("model_permaslug", "Model", "entity"),
    Column("total_tokens", "Tokens", "tokens", bar=True),
    Column("best", "Top model", "entity"),
)


def test_a_column_waits_for_the_width_that_it_and_those_before_it_need() -> None:
    # Always: 4 for the rank, 13 for the name. Then 4.75, 11.75 with the bar, and 8.
    assert column_room.widths(COLUMNS, (2, 4, 5)) == {2: 26, 4: 34, 5: 48}


def test_columns_for_phones_come_before_those_to_their_left() -> None:
    assert column_room.widths(COLUMNS, (2, 5)) == {2: 34, 5: 48}
    assert column_room.widths(COLUMNS, ()) == {}


def test_half_a_page_has_less_room_for_names() -> None:
    assert column_room.widths(COLUMNS, (2, 4, 5), short=True) == {2: 26, 4: 34, 5: 41}


def test_a_long_word_in_a_heading_takes_room_and_none_waits_for_more_than_a_whole_page() -> None:
    long = replace(COLUMNS[1], label="Incomprehensibilities")
    assert column_room.widths((*COLUMNS[::2], long), (4,)) == {4: 41}
    assert column_room.widths(COLUMNS * 3, range(2, 16))[15] == column_room.WIDTHS[-1]


def test_the_style_has_a_rule_for_each_width_and_column() -> None:
    rules = [f".from-{width}-{at} " for width in column_room.WIDTHS for at in range(1, 17)]
    assert [rule for rule in rules if rule not in SHEET] == []
    queries = re.findall(r"@container \(max-width: (\d+)\.99rem\) \{\n    \.until-(\d+) ", SHEET)
    assert queries == [(str(width - 1), str(width)) for width in column_room.WIDTHS]


def test_a_rule_for_the_cells_of_a_column_names_their_elements() -> None:
    # A browser tries a rule that may be of any element on every one, which long tables have thousands of.
    for at in range(1, 17):
        cells = f".board > * > tr > td:nth-child({at}), .board > * > tr > th:nth-child({at})"
        assert f"{cells} {{ display: var(--c{at}, table-cell); }}" in SHEET
        assert f".fold-{at} {{ --c{at}: none; }}" in SHEET
    assert "tr > :nth-child" not in SHEET


def test_columns_of_the_main_board_that_wait_are_those_that_phones_fold() -> None:
    narrow = replace(used(), phone=("rank", "model_permaslug", "total_tokens"))
    folded = table_layout.folded(narrow, narrow.columns)
    assert tuple(column_room.widths(narrow.columns, folded)) == folded
