"""What is known of one model, as boards: its days, its scores, its tasks."""

from collections.abc import Mapping
from datetime import date

from generator.archive.history import DailyTokens
from generator.base import formats
from generator.base.dates import Window, human_day
from generator.boards import token_columns
from generator.boards import totals as use
from generator.boards.board import Board, Column, Entity, Row
from generator.endpoints import rankings_daily

Days = Mapping[date, tuple[int, int, float]]
"""Per day: tokens with all variants, the best rank among them, and the share of all tokens."""


def days(model: Entity, usage: DailyTokens | None, daily: Days, today: date) -> Board | None:
    if usage is None or not daily:
        return None
    first, last = min(daily), max(daily)
    window = Window(first, usage.last)
    rows = []
    for day in window:
        count, rank, share = daily.get(day, (None, None, None))
        bound = usage.bound(day) if count is None else None
        values = {"date": day, "total_tokens": count, "rank": rank, "share": share, "bound": bound}
        rows.append(Row(values, "unranked"))
    best = min(daily.values(), key=lambda one: one[1])[1]
    finding = f"{model.name} was in the top fifty on {len(daily)} of {window.days} days; its best place was {best}."
    if last < usage.last:
        finding += f" It was last there on {human_day(last)}."
    return Board(
        id=f"model.{(model.path or model.id).removeprefix('models/').strip('/').replace('/', '.')}",
        title=f"How much is {model.name} used?",
        columns=(
            Column("date", "Day", "day"),
            Column("total_tokens", "Tokens", "tokens", "All variants of the model together"),
            Column("rank", "Rank", "rank", "Best place of its variants on that day"),
            Column("share", "Share", "share"),
            Column(
                "bound",
                "At most",
                "tokens",
                "Outside the top fifty: the tokens of the last one in it",
            ),
        ),
        rows=tuple(rows),
        citations=(usage.citation,),
        datasets=(rankings_daily.NAME,),
        finding=finding,
        notes=(
            "A gap is a day outside the top fifty: not zero, but at most what the last model in it had.",
        ),
        scope=use.SCOPE,
        window=window,
        provisional=use.provisional(usage, window, today.toordinal()),
        processing=token_columns.PROCESSING,
        extra={"model": model},
    )


def scores(slug: str, model: Entity, found: list[tuple[Board, Row]]) -> Board | None:
    rows: list[Row] = []
    for board, row in found:
        for measure, key, source in _MEASURES.get(board.id, _arena_measures(board)):
            score = row.number(key)
            if score is not None:
                values = {
                    "source": source,
                    "measure": _measure(
                        board, measure if source != "OpenRouter" else f"{row['benchmark_type']}"
                    ),
                    "score": round(score * 100, 1) if source == "OpenRouter" else score,
                    "rank": _place(board, key, score),
                    "of": sum(1 for one in board.rows if one.number(key) is not None),
                    "tournaments": row["tournaments"],
                    "as_of": board.citations[0].human_as_of,
                }
                rows.append(Row(values, "unranked"))
    if not rows:
        return None
    rows.sort(
        key=lambda row: (str(row["source"]), row.number("rank") or 0, row.entity("measure").name)
    )
    boards = [board for board, _ in found]
    return Board(
        id=f"scores.{slug}",
        title=f"How does {model.name} score?",
        columns=(
            Column("source", "Source", "text"),
            Column("measure", "Measure", "entity"),
            Column("score", "Score", "score"),
            Column("rank", "Rank", "rank"),
            Column("of", "Of", "integer", "Models with this score"),
            *([_TOURNAMENTS] if any(row["tournaments"] is not None for row in rows) else []),
            Column("as_of", "As of", "text", minor=True),
        ),
        rows=tuple(rows),
        citations=tuple(
            dict.fromkeys(citation for board in boards for citation in board.citations)
        ),
        datasets=tuple(dict.fromkeys(name for board in boards for name in board.datasets)),
        notes=("Each measure has its own scale; ranks are among all models with that score.",),
        processing="Ranks are computed here.",
    )


_TOURNAMENTS = Column(
    "tournaments", "Tournaments", "integer", "On which the rating rests; few of them say little"
)
_PAGES = {
    "artificial-analysis": "benchmarks/artificial-analysis/",
    "openrouter-evals": "benchmarks/openrouter/",
}


def _measure(board: Board, name: str) -> Entity:
    """What was measured, with the page of all models measured so."""
    return Entity(
        name, name, str(board.extra["path"]) if "path" in board.extra else _PAGES.get(board.id)
    )


_MEASURES = {
    "artificial-analysis": (
        ("Intelligence index", "intelligence_index", "Artificial Analysis"),
        ("Coding index", "coding_index", "Artificial Analysis"),
        ("Agentic index", "agentic_index", "Artificial Analysis"),
    ),
    "openrouter-evals": (("", "score", "OpenRouter"),),
}


def _arena_measures(board: Board) -> tuple[tuple[str, str, str], ...]:
    name = f"{board.extra.get('category', '')} ({board.extra.get('arena', '')})"
    return ((formats.sanitize(name), "elo", "Design Arena"),)


def _place(board: Board, key: str, score: float) -> int:
    return 1 + sum(1 for row in board.rows if (row.number(key) or float("-inf")) > score)


def tasks(slug: str, model: Entity, found: list[tuple[Board, Row]]) -> Board | None:
    if not found:
        return None
    rows = [
        Row(
            {
                "tag": Entity(
                    str(board.extra["tag"]), str(board.extra["name"]), str(board.extra["path"])
                ),
                "rank": row["rank"],
                "tag_usage_share": row["tag_usage_share"],
                "tag_token_share": row["tag_token_share"],
            },
            "unranked",
        )
        for board, row in found
    ]
    rows.sort(key=lambda row: (row.number("rank") or 0, row.entity("tag").name))
    first = found[0][0]
    return Board(
        id=f"tasks.{slug}",
        title=f"What is {model.name} chosen for?",
        columns=(
            Column("tag", "Task", "entity"),
            Column("rank", "Rank", "rank", "Place among the models listed for the task"),
            Column("tag_usage_share", "Requests", "share", "Of the task's requests", bar=True),
            Column("tag_token_share", "Tokens", "share", "Of the task's tokens"),
        ),
        rows=tuple(rows),
        citations=first.citations,
        datasets=first.datasets,
        notes=("Only the most chosen models of each task are listed by the source.",),
        scope=first.scope,
        processing="Ranks are computed here.",
    )
