"""The share of open weights: at least what is known to be open, at most all that is not known to be closed."""

from tests.tiny_archive import TinyArchive, ago, listing, table, weeks


def _fill(tiny: TinyArchive) -> None:
    tiny.models(listing("gone/open", hugging_face_id="gone/open"), on=ago(1))
    tiny.models(
        listing("a/open", hugging_face_id="a/open"),
        listing("a/open:free", "a/open"),
        listing("b/closed", hugging_face_id=""),
    )
    before = {"a/open": 10, "b/closed": 60, "no/where": 10, "other": 20}
    tiny.rankings(
        weeks(
            before,
            {"a/open:free": 20, "gone/open": 20, "b/closed": 30, "no/where": 10, "other": 20},
        )
    )


def test_a_week_has_the_least_and_the_most_that_open_weights_can_have(tiny: TinyArchive) -> None:
    _fill(tiny)
    board = tiny.board("open-weights")
    keys = ("week", "open_share", "open_share_most", "open_of_known", "known")
    assert table(board, *keys) == [
        ("2026-11-20", 0.4, 0.7, 0.571429, 0.7),
        ("2026-11-13", 0.1, 0.4, 0.142857, 0.7),
    ]
    assert board.finding == (
        "Models listed with open weights had between 40.0% and 70.0% of the tokens in the week to 20 Nov 2026; "
        "1 week before it was between 10.0% and 40.0%."
    )
    assert board.datasets == ("rankings-daily", "models")


def test_what_is_not_known_lies_between_open_and_closed(tiny: TinyArchive) -> None:
    _fill(tiny)
    board = tiny.board("open-weights.parts")
    assert table(board, "part", "part_name", "total_tokens", "share")[4:] == [
        ("open", "Open weights", 280, 0.4),
        ("unlisted", "Not in the model list", 70, 0.1),
        ("other", "Outside the top 50", 140, 0.2),
        ("closed", "No open weights stated", 210, 0.3),
    ]
    assert board.finding == tiny.board("open-weights").finding


def test_when_everything_is_known_the_share_is_one_number(tiny: TinyArchive) -> None:
    tiny.models(listing("a/open", hugging_face_id="a/open"), listing("b/closed"))
    tiny.rankings(weeks({"a/open": 1, "b/closed": 3, "other": 0}))
    assert tiny.board("open-weights").finding == (
        "Models listed with open weights had 25.0% of the tokens in the week to 20 Nov 2026."
    )
    parts = table(tiny.board("open-weights.parts"), "total_tokens")
    assert parts == [(7,), (0,), (0,), (21,)]


def test_where_no_model_is_known_anything_is_possible(tiny: TinyArchive) -> None:
    tiny.models(listing("a/open", hugging_face_id="a/open"))
    nowhere = {"no/where": 1, "other": 1}
    tiny.rankings(weeks(nowhere, nowhere, nowhere))
    board = tiny.board("open-weights")
    assert table(board, "open_share", "open_share_most", "open_of_known", "known")[0] == (
        0,
        1,
        None,
        0,
    )
    assert board.finding == (
        "Models listed with open weights had between 0.0% and 100.0% of the tokens in the week to 20 Nov 2026; "
        "2 weeks before it was between 0.0% and 100.0%."
    )
