"""Ranks of models, week by week."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from generator.archive.history import DailyTokens
from generator.base.dates import Window
from generator.boards import token_columns
from generator.boards.board import AnyBoard, Board, BoardId, BoardRow, Entity
from generator.boards.names import Names
from generator.boards.sources import BoardMaker, Sources, required
from generator.boards.totals import ABSENT, SCOPE, recent_weeks, token_totals
from generator.endpoints.rankings_daily import NAME

MODELS = 15
"""How many of the newest week's models are followed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RankRow(BoardRow):
    """A model's place in a week."""

    week: date
    model_permaslug: Entity
    rank: int

    @property
    def own_window(self) -> Window:
        """The week."""
        return Window.ending(self.week, 7)


def boards(sources: Sources) -> Iterator[AnyBoard]:
    """Yield the ranks of the newest week's leading models in every week."""
    daily, names = required(sources.daily_tokens), sources.names
    weeks = recent_weeks(daily)
    leaders = token_totals(daily, weeks[-1]).ranked()[:MODELS]
    rows: list[RankRow] = []
    for week in weeks:
        places = token_totals(daily, week).ranks()
        for slug in leaders:
            if slug in places:
                model = names.model(slug)
                rows.append(RankRow(week=week.end, model_permaslug=model, rank=places[slug]))
    window = Window(weeks[0].start, weeks[-1].end)
    yield Board(
        id=BoardId("models-ranks"),
        title="How have the ranks changed?",
        columns=(token_columns.WEEK, token_columns.MODEL, token_columns.RANK),
        rows=tuple(rows),
        citations=(daily.citation,),
        datasets=(NAME,),
        finding=_finding(daily, names, weeks, leaders),
        notes=("A line breaks where a model was in no daily top fifty of that week.", ABSENT),
        scope=SCOPE,
        window=window,
        coverage=daily.coverage(window),
        processing=token_columns.PROCESSING,
    )


def _finding(daily: DailyTokens, names: Names, weeks: list[Window], leaders: list[str]) -> str:
    first_places = token_totals(daily, weeks[0]).ranks()
    climbs: dict[str, int] = {}
    for place, slug in enumerate(leaders, 1):
        if slug in first_places:
            climbs[slug] = first_places[slug] - place
    new = len(leaders) - len(climbs)

    finding = f"{new} of today's top {len(leaders)} were not in a top fifty {len(weeks) - 1} weeks earlier"
    best = max(climbs, key=lambda slug: (climbs[slug], slug), default=None)
    if best is not None and climbs[best] > 0:
        name = names.model(best).name
        finding += f"; of those that were, {name} climbed most, {climbs[best]} places"
    finding += "."
    for week in dict.fromkeys((weeks[0], weeks[-1])):
        finding = daily.coverage(week).qualified(finding)
    return finding


MAKER = BoardMaker(families=("models-ranks",), make=boards, needs=("daily_tokens",))
