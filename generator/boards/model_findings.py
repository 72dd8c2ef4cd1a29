"""The sentence on a model: its rank of the week, its rank by one score, and the tasks that it leads."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from generator.base import formats
from generator.base.dates import human_day
from generator.boards import sentences
from generator.boards.board import Entity
from generator.boards.joined_models import Usage
from generator.boards.model_scores import ARTIFICIAL_ANALYSIS, ScoreRow, index_scores
from generator.boards.model_tasks import ModelTask
from generator.boards.sentences import PUBLISHED_TOKENS

_LEAST_COMPARED = 10
"""A place in a shorter list of scores says little."""
_FIRSTS_NAMED = 2
"""The tasks that are named of those that the model leads; more are counted."""


@dataclass(frozen=True, slots=True)
class _Part:
    """What a sentence says after the name of the model, and the day that its source states it for."""

    words: str
    day: date | None

    @property
    def with_day(self) -> str:
        """The words with the day behind them, where it is known."""
        if self.day is None:
            return self.words
        return f"{self.words} ({human_day(self.day)})"


def finding(
    model: Entity,
    standing: Usage | None,
    scores: Sequence[ScoreRow],
    tasks: Sequence[ModelTask],
    day: date | None = None,
) -> str:
    """Return the model's rank of the week and by one score, each as a range, and the tasks that it leads.

    Parts that do not rest on one day name theirs.

    Args:
        model: whose page it is.
        standing: its place in the ranking of the week, None outside.
        scores: all its scores.
        tasks: those that it is among the listed models of.
        day: that the source states the ranking for.
    """
    name = sentences.model_names([model])[model]
    parts = list(_parts(standing, scores, tasks, day))
    if parts:
        clauses = [part.words for part in parts]
        if len({part.day for part in parts}) > 1:
            clauses = [part.with_day for part in parts]
        return f"{name} {'; it '.join(clauses)}."
    return _without_ranks(name, len(scores), len(tasks))


def _without_ranks(name: str, scores: int, tasks: int) -> str:
    """Return how many scores and tasks a model has of which none gives it a rank."""
    known: list[str] = []
    if scores:
        known.append(f"has {formats.counted(scores, 'benchmark score')}")
    if tasks:
        known.append(f"is among the models listed for {formats.counted(tasks, 'task')}")
    if known:
        return f"{name} is not ranked by tokens this week; it {' and '.join(known)}."
    return f"{name} is not currently ranked."


def _parts(
    standing: Usage | None,
    scores: Sequence[ScoreRow],
    tasks: Sequence[ModelTask],
    day: date | None,
) -> Iterator[_Part]:
    """Yield what ranks say of the model: its week, one score, and the tasks that no other model leads."""
    if standing is not None:
        rank, of = standing.ranks.ordinals, formats.counted(standing.of, "model")
        share = f"{standing.share_in_words} of {PUBLISHED_TOKENS}"
        yield _Part(f"ranks {rank} of {of} by tokens this week, with {share}", day)
    score = told_score(scores)
    if score is not None:
        rank, of = score.ranks.ordinals, formats.counted(score.of, "model")
        yield _Part(f"ranks {rank} of {of} by {_named(score)}", score.day)
    firsts = [task for task in tasks if task.leads]
    if firsts:
        names = _firsts_in_words([task.board.task.name for task in firsts])
        yield _Part(f"handles the most requests for {names}", firsts[0].board.citations[0].day)


def _named(score: ScoreRow) -> str:
    """Return ``the Artificial Analysis Intelligence index``, or source and measure: ``Design Arena, website (models)``."""
    if score.source == ARTIFICIAL_ANALYSIS:
        return f"the {score.source} {score.measure.name}"
    return f"{score.source}, {score.measure.name}"


def told_score(scores: Sequence[ScoreRow]) -> ScoreRow | None:
    """Return the score by the first index that has the model, else that of the longest list; short lists are passed over.

    The best of several lists would be told by its luck.
    """
    long = [row for row in scores if row.of >= _LEAST_COMPARED]
    indices = index_scores(long)
    if indices:
        return indices[0]
    return min(long, key=lambda row: (-row.of, row.measure.name), default=None)


def _firsts_in_words(tasks: Sequence[str]) -> str:
    """Return the first two tasks by name, and how many others."""
    by_name = sorted(tasks, key=str.casefold)
    words = by_name[:_FIRSTS_NAMED]
    rest = len(by_name) - len(words)
    if rest:
        words.append(formats.counted(rest, "other task"))
    return formats.list_in_words(words)
