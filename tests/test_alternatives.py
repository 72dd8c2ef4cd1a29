"""Which models could take the place of another: as good for less, or better at a similar price."""

from generator.boards.alternatives import BETTER, CHEAPER
from tests.tiny_archive import TinyArchive, listing, score, table


def _alternatives(tiny: TinyArchive, slug: str) -> list[tuple[object, ...]]:
    return table(tiny.model(slug).alternatives, "kind", "model_permaslug", "blended")


def test_cheaper_models_score_as_high_for_less_and_better_ones_more_at_a_similar_price(
    tiny: TinyArchive,
) -> None:
    tiny.scores(
        score("own/x", 50, "0.000004"),
        score("free/x", 90, "0"),
        score("level/x", 50, "0.000004"),
        score("equal/cheap", 50, "0.000001"),
        score("high/cheap", 60, "0.000002"),
        score("low/cheap", 49, "0.000001"),
        score("high/near", 61, "0.000005"),
        score("equal/near", 50, "0.000005"),
        score("high/dear", 70, "0.0000051"),
    )
    assert _alternatives(tiny, "own/x") == [
        (CHEAPER, "equal/cheap", "0.000001"),
        (CHEAPER, "high/cheap", "0.000002"),
        (BETTER, "high/near", "0.000005"),
    ]
    changes = table(tiny.model("own/x").alternatives, "intelligence_index", "price_change")
    assert changes == [(50, -0.75), (60, -0.5), (61, 0.25)]


def test_there_are_three_of_a_kind_at_most_and_a_model_is_named_once(tiny: TinyArchive) -> None:
    near = [score(f"near/{n}", 60 + n, "0.0000039") for n in range(5)]
    tiny.scores(score("own/x", 50, "0.000004"), *near)
    assert [(kind, id_) for kind, id_, _ in _alternatives(tiny, "own/x")] == [
        (CHEAPER, "near/4"),
        (CHEAPER, "near/3"),
        (CHEAPER, "near/2"),
    ]


def test_a_better_model_costs_a_fifth_less_at_most(tiny: TinyArchive) -> None:
    cheap = [score(f"cheap/{n}", 50, f"{n}e-6") for n in (1, 2, 3)]
    tiny.scores(
        score("own/x", 50, "5e-6"),
        *cheap,
        score("near/x", 70, "4e-6"),
        score("far/x", 80, "3.9e-6"),
    )
    kinds = table(tiny.model("own/x").alternatives, "kind", "model_permaslug")
    assert kinds == [*((CHEAPER, f"cheap/{n}") for n in (1, 2, 3)), (BETTER, "near/x")]


def test_a_model_counts_with_its_best_score_and_is_no_alternative_to_itself(
    tiny: TinyArchive,
) -> None:
    tiny.scores(
        score("own/x", 50, "0.000004"),
        score("own/x", 40, "0.000001", display_name="own/x (low)"),
        score("other/x", 45, "0.000001"),
    )
    assert _alternatives(tiny, "own/x") == []
    assert _alternatives(tiny, "other/x") == []


def test_of_equal_scores_of_a_model_the_cheaper_one_counts(tiny: TinyArchive) -> None:
    tiny.scores(
        score("own/x", 50, "0.000001"),
        score("own/x", 50, "0.000002", display_name="own/x (fast)"),
        score("own/x", 40, "0.000004", display_name="own/x (long)"),
        score("other/x", 60, "0.0000012"),
    )
    assert table(tiny.model("own/x").alternatives, "kind", "price_change") == [(BETTER, 0.2)]


def test_a_free_model_has_better_free_ones_and_a_model_without_a_score_has_none(
    tiny: TinyArchive,
) -> None:
    tiny.scores(score("own/x", 50, "0"), score("free/x", 60, "0"), score("dear/x", 70, "0.000001"))
    assert _alternatives(tiny, "own/x") == [(BETTER, "free/x", "0")]
    assert table(tiny.model("own/x").alternatives, "price_change") == [(None,)]
    free, paid = tiny.model("own/x").alternatives, tiny.model("dear/x").alternatives
    assert free is not None
    assert paid is not None
    assert (free.id, paid.id) == ("alternatives.own/x", "alternatives.dear/x")
    assert free.notes[0].startswith("Better: a free model")
    assert paid.notes[0].startswith("Cheaper: a paid model")
    tiny.models(listing("unscored/x"))
    assert tiny.model("unscored/x").alternatives is None
