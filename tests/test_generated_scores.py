"""No sentence on scores, ratings or tasks claims what its rows do not have, whatever the rows are."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.archive.listings import Listings
from generator.base import attribution, formats
from generator.boards import (
    artificial_analysis,
    design_arena,
    design_arena_leaders,
    design_arena_places,
    openrouter_evals,
    task_lift,
    tasks,
)
from generator.boards.all_boards import gather
from generator.boards.board import AnyBoard, BoardRow
from generator.boards.design_arena import CategoryBoard, CategoryRow
from generator.boards.intervals import LEVEL_ELO
from generator.boards.names import Names
from generator.boards.sources import Sources
from generator.charts.catalogue import CHARTS
from generator.endpoints.benchmarks import AnalysisRow, ArenaRow, EvalRow, Tournaments
from generator.endpoints.endpoint import Facts
from generator.endpoints.task_classifications import MacroRow, TaskModel, TaskRow

CREDIT = (attribution.rankings("2026-08-18"),)
NO_NAMES = Names(Listings([], [], {}), [])
LEADER_WITHOUT_A_NAME = "\u200b"
GENERATED = settings(max_examples=50, deadline=None, derandomize=True, database=None)

# Few values, close together on both sides of a rounding, so that ties and near ties are common.
SCORES = st.sampled_from([-3.0, 0.0, 0.004, 49.496, 49.504, 49.5, 50.0, 62.25])
RATINGS = st.sampled_from([-5.0, 0.0, 1199.996, 1200.0, 1205.0, 1210.004, 1210.0, 1220.0, 1400.0])
SHARES = st.sampled_from([0.0, 0.001, 0.004, 0.005, 0.113, 0.1134, 0.1126, 0.2, 0.5, 1.0])
COUNTS = st.none() | st.tuples(*[st.integers(0, 40)] * 4)


def sources(**facts: object) -> Sources:
    return Sources(today=date(2026, 8, 18), names=NO_NAMES, **facts)  # type: ignore[arg-type]


def shown_name(row: BoardRow, key: str = "model_permaslug") -> str:
    entity = row.entity(key)
    return entity.id if entity.name == "(unnamed)" else entity.name


def display(at: int) -> str:
    """The name of the model of that number; the first has none that can be seen."""
    return LEADER_WITHOUT_A_NAME if at == 0 else f"M{at}"


def claims_of_a_tie(sentence: str, level: set[str]) -> bool:
    """Whether what stands before "level" are these names, or three of them and the number of the others."""
    named = {name for name in re.findall(r"m/\d+|M\d+|task\d+|T\d+", sentence) if name in level}
    more = re.search(r"and (\d+) other", sentence)
    return len(named) + (int(more[1]) if more else 0) == len(level)


def alts(board: AnyBoard) -> list[str]:
    """The alternative texts of all charts that draw the board."""
    drawn = [chart for chart in CHARTS if chart.id_for(board.id) and board.rows]
    return [chart.alt(board) for chart in drawn if chart.applies_to(board)]


# Artificial Analysis and OpenRouter's evaluations


@GENERATED
@given(st.lists(st.none() | SCORES, max_size=7))
def test_who_leads_an_index_has_the_highest_displayed_score_alone(
    indices: list[float | None],
) -> None:
    listed = [
        AnalysisRow("x", f"m/{at}", display(at), index, index, None)
        for at, index in enumerate(indices)
    ]
    (board,) = artificial_analysis.boards(sources(analysis=Facts(tuple(listed), CREDIT)))
    known = [row for row in board.rows if row["intelligence_index"] is not None]
    sentence = board.finding
    assert bool(sentence) == bool(known)
    if not known:
        return
    texts = {
        shown_name(row): formats.number(row.number("intelligence_index") or 0) for row in known
    }
    best = formats.number(max(row.number("intelligence_index") or 0 for row in known))
    first = {name for name, text in texts.items() if text == best}
    assert best in sentence
    assert ("is the only model" in sentence) == (len(known) == 1)
    assert (" leads " in sentence) == (len(first) == 1 < len(known))
    if len(known) > 1:
        assert sentence.startswith(("Level at", *first))
    if len(first) > 1:
        assert claims_of_a_tie(sentence.split(", ahead of")[0], first)
    assert sentence in alts(board)


@GENERATED
@given(st.lists(st.tuples(st.sampled_from(["a", "b"]), SHARES), max_size=7))
def test_one_displayed_score_has_one_range_of_ranks_within_its_evaluation(
    scores: list[tuple[str, float]],
) -> None:
    listed = [
        EvalRow("x", f"m/{at}", display(at), kind, share, 1, "")
        for at, (kind, share) in enumerate(scores)
    ]
    for board in openrouter_evals.boards(sources(evaluations=Facts(tuple(listed), CREDIT))):
        for row in board.rows:
            same_kind = [
                one for one in board.rows if one["benchmark_type"] == row["benchmark_type"]
            ]
            assert_range_is_that_of_a_tie(row, same_kind, "score")


def assert_range_is_that_of_a_tie(row: BoardRow, rows: Sequence[BoardRow], key: str) -> None:
    text = formats.share(row.number(key) or 0)
    value = row.number(key) or 0
    texts = [(formats.share(one.number(key) or 0), one.number(key) or 0) for one in rows]
    above = sum(other != text and number > value for other, number in texts)
    same = sum(other == text for other, _ in texts)
    assert (row["rank"], row["rank_low"], row["rank_high"]) == (above + 1, above + 1, above + same)


# Design Arena

RATED = st.lists(
    st.tuples(RATINGS, COUNTS, st.none() | st.sampled_from([0.0, 900.0, 901.0])), max_size=12
)


def arena(
    category: str, rated: Sequence[tuple[float, tuple[int, ...] | None, float | None]]
) -> list[ArenaRow]:
    rows: list[ArenaRow] = []
    for at, (elo, counts, milliseconds) in enumerate(rated):
        stats = Tournaments(*counts, sum(counts)) if counts else None
        rows.append(
            ArenaRow(
                "x", f"m/{at}", display(at), "models", category, elo, 50.0, milliseconds, stats
            )
        )
    return rows


def interval(row: CategoryRow) -> tuple[float, float]:
    if row.interval_low is None or row.interval_high is None:
        return round(row.elo - LEVEL_ELO / 2, 2), round(row.elo + LEVEL_ELO / 2, 2)
    return row.interval_low, row.interval_high


@GENERATED
@given(RATED)
def test_who_leads_a_category_is_reached_by_no_interval(
    rated: list[tuple[float, tuple[int, ...] | None, float | None]],
) -> None:
    facts = Facts(tuple(arena("website", rated)), CREDIT)
    boards = {board.id: board for board in design_arena.boards(sources(arenas=(facts,)))}
    assert bool(boards) == bool(rated)
    if not rated:
        return
    board = boards["da.models.website"]
    assert isinstance(board, CategoryBoard)
    sentence, rows = board.finding, board.rows
    best = formats.number(rows[0].elo)
    first = {shown_name(row) for row in rows if formats.number(row.elo) == best}
    lowest = min(interval(row)[0] for row in rows if shown_name(row) in first)
    level = [row for row in rows if shown_name(row) not in first and interval(row)[1] >= lowest]

    assert best in sentence
    assert ("is the only model" in sentence) == (len(rows) == 1)
    assert (" leads " in sentence) == (len(rows) > 1 and len(first) == 1 and not level)
    assert ("95% CI" in sentence) <= (rows[0].interval_low is not None)
    if len(first) > 1:
        assert claims_of_a_tie(sentence.split(";")[0], first)
    several = re.search(r"(\d+) others are level with", sentence)
    assert (int(several[1]) if several else int(" is level with" in sentence)) == len(level)
    assert rows[0].rank_high == len(first) + len(level)
    assert all(row.rank_low <= row.rank <= row.rank_high for row in rows)
    ranges = {(formats.number(row.elo), row.rank_low, row.rank_high) for row in rows}
    assert len(ranges) == len({text for text, *_ in ranges})
    texts = alts(board)
    assert (sentence in texts) == (len(rows) > 2), "two ratings are no chart"
    # Other charts of the page speak of a part or of another measure; the page's own leader stands in them too.
    assert all(sentence in text for text in texts)


@GENERATED
@given(st.lists(st.lists(RATINGS, min_size=1, max_size=12), min_size=1, max_size=6))
def test_first_places_are_claimed_of_whom_the_rows_have_alone_at_the_top(
    categories: list[list[float]],
) -> None:
    rows: list[ArenaRow] = []
    for at, ratings in enumerate(categories):
        rows += arena(f"c{at}", [(elo, None, None) for elo in ratings])
    makers = (design_arena.MAKER, design_arena_places.MAKER, design_arena_leaders.MAKER)
    boards = gather(sources(arenas=(Facts(tuple(rows), CREDIT),)), makers).boards
    sentence = boards["design-arena"].finding
    counted = [
        sorted((round(elo, 2) for elo in one), reverse=True) for one in categories if len(one) >= 10
    ]
    alone = [at for at, one in enumerate(categories) if len(one) >= 10 and sole(one)]
    won = Counter(shown_name(boards[f"da.models.c{at}"].rows[0]) for at in alone)
    claim = re.search(r"first in (\d+) of (\d+) ", sentence)
    assert bool(claim) == bool(won)
    if claim is None:
        assert sentence.startswith("No ")
        return
    most = max(won.values())
    best = {name for name in won if won[name] == most}
    assert (int(claim[1]), int(claim[2])) == (most, len(counted))
    assert ("more than any other" in sentence) == (len(best) == 1)
    assert claims_of_a_tie(sentence, best)
    clear = [at for at in alone if shown_name(boards[f"da.models.c{at}"].rows[0]) in best]
    clear = [at for at in clear if lead(categories[at]) > 10]
    assert f"in {len(clear)} by more than 10 Elo points" in sentence
    if "da-arena" in boards:
        assert alts(boards["da-arena"]) == [f"Arena models: {sentence}"]


def sole(ratings: Sequence[float]) -> bool:
    return lead(ratings) > 0


def lead(ratings: Sequence[float]) -> float:
    first, second = sorted((round(elo, 2) for elo in ratings), reverse=True)[:2]
    return round(first - second, 2)


# Tasks


def task(at: int, usage: float, tokens: float, models: Sequence[TaskModel] = ()) -> TaskRow:
    return TaskRow(
        f"task{at}",
        f"T{at}" if at else LEADER_WITHOUT_A_NAME,
        "code",
        usage,
        tokens,
        usage,
        tokens,
        tuple(models),
    )


def task_boards(listed: Sequence[TaskRow]) -> Mapping[str, AnyBoard]:
    kinds: Facts[MacroRow] = Facts((), CREDIT)
    made = tasks.boards(sources(tasks=Facts(tuple(listed), CREDIT), kinds_of_work=kinds))
    return {board.id: board for board in made if not isinstance(board, Exception)}  # type: ignore[union-attr]


def largest(rows: Sequence[BoardRow], key: str, named: str) -> tuple[set[str], str]:
    """The names of the rows with the largest displayed share, and that."""
    share = formats.share(max((row.number(key) or 0 for row in rows), default=0.0))
    return {
        shown_name(row, named) for row in rows if formats.share(row.number(key) or 0) == share
    }, share


@GENERATED
@given(st.lists(st.tuples(SHARES, SHARES), max_size=7))
def test_the_most_common_tasks_and_the_heaviest_are_those_of_the_rows(
    shares: list[tuple[float, float]],
) -> None:
    board = task_boards([task(at, *pair) for at, pair in enumerate(shares)])["tasks"]
    sentence = board.finding
    if len(shares) == 1:
        assert sentence.endswith("is the only task.")
    if len(shares) < 2:
        return
    parts = [part for part in sentence.removesuffix(".").split("; ") if part]
    common, requests = largest(board.rows, "usage_share", "tag")
    heavy, tokens = largest(board.rows, "token_share", "tag")
    said = [part for part in parts if "most common" in part]
    assert bool(said) == (requests != "0.0%")
    for part in said:
        assert requests in part
        assert ("level" in part) == (len(common) > 1)
        assert claims_of_a_tie(part, common)
    said = [part for part in parts if "most tokens" in part]
    assert bool(said) == (
        tokens != "0.0%" and (heavy != common or len(heavy) > 1 or requests == "0.0%")
    )
    for part in said:
        assert tokens in part
        assert ("level" in part) == (len(heavy) > 1)
        assert claims_of_a_tie(part, heavy)
    for row in board.rows:
        assert_range_is_that_of_a_tie(row, board.rows, "usage_share")
        low = min(row.number("usage_share") or 0, row.number("token_share") or 0)
        assert (row["intensity"] is None) == (low < 0.005)
    assert all(alts(board))


@GENERATED
@given(st.lists(SHARES, max_size=6))
def test_the_models_chosen_most_are_those_of_the_rows(shares: list[float]) -> None:
    models = [TaskModel(f"m/{at}", share, 0.0) for at, share in enumerate(shares)]
    board = task_boards([task(1, 1.0, 1.0, models)])["task.task1"]
    listed = list(board.ranked)
    first, share = largest(listed, "tag_usage_share", "model_permaslug")
    sentence = board.finding
    assert bool(sentence) == (bool(shares) and share != "0.0%")
    if not sentence:
        return
    assert share in sentence
    assert ("only listed model" in sentence) == (len(listed) == 1)
    assert (" handles the most" in sentence) == (len(first) == 1 < len(listed))
    assert (" are level" in sentence) == (len(first) > 1)
    assert claims_of_a_tie(sentence, first)
    for row in listed:
        assert_range_is_that_of_a_tie(row, listed, "tag_usage_share")


def assert_a_lift_is_told_with_all_that_reach_it(board: AnyBoard) -> None:
    assert bool(board.finding) == bool(board.rows)
    if not board.rows:
        return
    best, *others = sorted(board.rows, key=lambda row: -(row.number("lift") or 0))
    low, high = best.number("least_lift") or 0, best.number("most_lift") or 0
    told = re.search(r" at least ([\d.,]+) and at most ([\d.,]+) times as often", board.finding)
    assert told
    at_least, at_most = (float(bound.replace(",", "")) for bound in told.groups())
    assert low - 0.1 < at_least <= low + 1e-6
    assert high - 1e-6 <= at_most < high + 0.1
    reaching = [row for row in others if (row.number("most_lift") or 0) >= low]
    claim = re.search(r"\((\d+) others? could be level with it\)", board.finding)
    assert (int(claim[1]) if claim else 0) == len(reaching)


WEIGHTS = st.lists(st.floats(0.02, 1), min_size=2, max_size=4)
MODELS_OF_A_TASK = st.lists(st.floats(0.0, 1), min_size=4, max_size=4)


@GENERATED
@given(WEIGHTS, st.lists(MODELS_OF_A_TASK, min_size=4, max_size=4), st.integers(1, 4))
def test_the_range_of_a_lift_and_of_an_intensity_holds_what_was_there_before_rounding_and_cutting(
    weights: list[float], chosen: list[list[float]], listed: int
) -> None:
    usage = [weight / sum(weights) for weight in weights]
    tokens = [share / sum(reversed(usage)) for share in reversed(usage)]
    shares = [[one / max(1.0, sum(models)) for one in models] for models in chosen[: len(usage)]]
    rows: list[TaskRow] = []
    for at, models in enumerate(shares):
        ordered = sorted(range(4), key=lambda model: -models[model])[:listed]
        stated = [TaskModel(f"m/{model}", round(models[model], 3), 0.0) for model in ordered]
        rows.append(task(at + 1, round(usage[at], 3), round(tokens[at], 3), stated))

    (board,) = task_lift.boards(sources(tasks=Facts(tuple(rows), CREDIT)))
    for row in board.rows:
        model, at = int(row.entity("model_permaslug").id[2:]), int(row.entity("tag").id[4:]) - 1
        overall = sum(weight * models[model] for weight, models in zip(usage, shares, strict=True))
        true = shares[at][model] / overall
        assert (row.number("least_lift") or 0) <= true + 1e-9
        assert true <= (row.number("most_lift") or 0) + 1e-9
    assert_a_lift_is_told_with_all_that_reach_it(board)

    for row in task_boards(rows)["tasks"].rows:
        if row["intensity"] is not None:
            at = int(row.entity("tag").id[4:]) - 1
            true = tokens[at] / usage[at]
            assert (row.number("least_intensity") or 0) <= true + 1e-9
            assert true <= (row.number("most_intensity") or 0) + 1e-9
