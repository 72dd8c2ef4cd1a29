"""Design Arena: whose designs win, per arena and category."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from generator.base import paths
from generator.base.attribution import Citation
from generator.boards import category_words, score_columns
from generator.boards.board import Board, Column, Entity, Row
from generator.boards.names import Names
from generator.endpoints import benchmarks as source
from generator.endpoints.endpoint import Facts

COUNTED = (
    Column("tournaments", "Tournaments", "integer", "Tournaments it took part in"),
    Column("seconds", "Seconds", "score", "Mean time to a design", minor=True),
    Column("first", "First", "integer", "Tournaments it won", minor=True),
    Column("second", "Second", "integer", "Tournaments in which it came second", minor=True),
    Column("third", "Third", "integer", "Tournaments in which it came third", minor=True),
    Column("fourth", "Fourth", "integer", "Tournaments in which it came fourth", minor=True),
)
"""Columns that are there where the source counts what they say."""

PLACES = ("first", "second", "third", "fourth")


def boards(parsed: list[Facts], names: Names) -> Iterator[Board]:
    """One board per arena and category, one per arena, an overview; each arena has its own reply and credit."""
    overview: list[Row] = []
    citations: list[Citation] = []
    made: dict[str, list[Board]] = {}
    for facts in parsed:
        groups: dict[tuple[str, str], list[source.ArenaRow]] = {}
        for row in facts.rows:
            groups.setdefault((row.arena, row.category), []).append(row)
        for (arena, category), rows in sorted(groups.items()):
            board = _arena(arena, category, rows, facts, names)
            overview.append(_summary(board, arena, category))
            citations += list(facts.citations)
            made.setdefault(arena, []).append(board)
            yield board
    yield from _by_arena(made)
    if overview:
        yield _overview(overview, tuple(dict.fromkeys(citations)))


def category_path(arena: str, category: str) -> str:
    return f"benchmarks/design-arena/{paths.part(arena)}/{paths.part(category)}/"


def _arena(
    arena: str, category: str, rows: list[source.ArenaRow], facts: Facts, names: Names
) -> Board:
    ordered = sorted(rows, key=lambda row: (-row.elo, row.model_permaslug, row.display_name))
    placed = score_columns.ranks([row.elo for row in ordered])
    board_rows = tuple(
        Row(
            {
                "rank": place,
                "model_permaslug": score_columns.entity(row, names),
                "elo": row.elo,
                "win_rate": row.win_rate,
                "tournaments": row.tournament_stats.total if row.tournament_stats else None,
                "seconds": row.avg_generation_time_ms / 1000
                if row.avg_generation_time_ms is not None
                else None,
                **_podium(row),
            }
        )
        for place, row in zip(placed, ordered, strict=True)
    )
    return Board(
        id=f"da.{paths.part(arena)}.{paths.part(category)}",
        title=f"Whose designs win: {category_words.phrase(category)} ({category_words.phrase(arena)})?",
        columns=(
            score_columns.RANK,
            score_columns.MODEL,
            Column("elo", "Elo", "score", "Rating from blind votes"),
            Column("win_rate", "Win rate", "score", "Percent of comparisons won"),
            *(
                column
                for column in COUNTED
                if any(row[column.key] is not None for row in board_rows)
            ),
        ),
        rows=board_rows,
        citations=facts.citations,
        datasets=(source.DESIGN_ARENA.name,),
        finding=score_columns.leads(board_rows, "elo", f"in {category_words.phrase(category)}"),
        notes=("With few tournaments the order of neighbours is close to chance.",),
        scope=score_columns.DA_SCOPE,
        processing="Ranks are computed here; ratings are the source's.",
        extra={
            "arena": category_words.phrase(arena),
            "category": category_words.heading(category),
            "path": category_path(arena, category),
        },
    )


def _podium(row: source.ArenaRow) -> dict[str, int | None]:
    """How often it came first to fourth; empty where the source does not say."""
    counted = row.tournament_stats
    if counted is None or counted.total is None:
        return {}
    every = (counted.first_place, counted.second_place, counted.third_place, counted.fourth_place)
    return dict(zip(PLACES, every, strict=True))


def _by_arena(arenas: Mapping[str, Sequence[Board]]) -> Iterator[Board]:
    """Per arena the place of each model in each of its categories; the largest arena is ``da-arena`` itself."""
    largest = max(
        arenas, key=lambda arena: sum(len(member.rows) for member in arenas[arena]), default=""
    )
    for arena, members in arenas.items():
        if len(members) > 1:
            yield _places(
                "da-arena" if arena == largest else f"da-arena.{paths.part(arena)}", arena, members
            )


def _places(id_: str, arena: str, members: Sequence[Board]) -> Board:
    rows = [
        Row(
            {
                "model_permaslug": row["model_permaslug"],
                "category": member.extra["category"],
                "rank": row["rank"],
                "of": len(member.rows),
                "elo": row["elo"],
            },
            "unranked",
        )
        for member in members
        for row in member.rows
    ]
    return Board(
        id=id_,
        title=f"Who is good at what: {category_words.phrase(arena)}?",
        columns=(
            score_columns.MODEL,
            Column("category", "Category", "text"),
            Column("rank", "Place", "rank", "By Elo in the category"),
            Column("of", "Of", "integer", "Models rated in the category"),
            Column("elo", "Elo", "score"),
        ),
        rows=tuple(rows),
        citations=tuple(
            dict.fromkeys(citation for member in members for citation in member.citations)
        ),
        datasets=members[0].datasets,
        notes=(
            "A model that is not rated in a category has no place there; that is not a bad place.",
        ),
        scope=score_columns.DA_SCOPE,
        processing="Places are computed here; ratings are the source's.",
        extra={"arena": category_words.phrase(arena)},
    )


def _summary(board: Board, arena: str, category: str) -> Row:
    first = board.rows[0]
    return Row(
        {
            "arena": category_words.heading(arena),
            "category": Entity(
                category, category_words.heading(category), category_path(arena, category)
            ),
            "leader": first["model_permaslug"],
            "elo": first["elo"],
            "models": len(board.rows),
        },
        "unranked",
    )


def _most_led(rows: list[Row]) -> str:
    led = Counter(row.entity("leader").name for row in rows)
    name = min(led, key=lambda one: (-led[one], one))
    return f"{name} leads in {led[name]} of {len(rows)} categories; each has its own order."


def _overview(rows: list[Row], citations: tuple[Citation, ...]) -> Board:
    return Board(
        id="design-arena",
        title="Who leads in which arena?",
        columns=(
            Column("arena", "Arena", "text"),
            Column("category", "Category", "entity"),
            Column("leader", "Leader", "entity"),
            Column("elo", "Elo", "score"),
            Column("models", "Models", "integer", "Models rated in the category"),
        ),
        rows=tuple(rows),
        citations=citations,
        datasets=(source.DESIGN_ARENA.name,),
        finding=_most_led(rows),
        scope=score_columns.DA_SCOPE,
        processing="Leaders and counts are computed here.",
    )
