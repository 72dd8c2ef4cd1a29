"""The embeds of a day, out of the cache, or drawn where the cache lacks them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from generator.base.artifact import Omission
from generator.boards.board import Boards
from generator.charts.catalogue import CHARTS
from generator.charts.chart import DrawnChart
from generator.render.context import Context
from generator.render.permalinks import embeds, replay
from generator.render.permalinks.store import DayCache, Kept, Record


@dataclass(frozen=True, slots=True)
class BuiltDay:
    """A day's record in the cache, and a sentence on each thing that could not be made for it."""

    record: Record
    failures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StaticPages:
    """Static embeds of a day, by the chart's id, and what could not be drawn."""

    pages: Mapping[str, str]
    omissions: tuple[Omission, ...]


@dataclass(frozen=True, slots=True)
class DayBuilder:
    """Fills the cache."""

    context: Context
    cache: DayCache

    def record(self, day: date, made_from: str, kept: Kept) -> BuiltDay:
        """Return what the cache has of the day, drawn or reduced where that was due.

        Args:
            day: one of the days in the archive.
            made_from: the fingerprint of all that its files are made from.
            kept: what the day has.
        """
        record = self.cache.record(day)
        if record is not None and not self._is_outdated(day, record, made_from, kept):
            stays = kept.charts or kept.spare
            if record.interactive > kept.interactive or bool(record.charts) > stays:
                record = self.cache.reduced(day, record, charts=stays)
            return BuiltDay(record if kept.charts else record.reduced(charts=False))
        boards, charts, failures = self._drawn(day, kept)
        made, bodies = embeds.build_day(
            self.context.templates,
            self.context.site,
            day,
            boards,
            charts,
            made_from=made_from,
            kept=kept,
        )
        return BuiltDay(self.cache.store(day, made, bodies), failures)

    def _is_outdated(self, day: date, record: Record, made_from: str, kept: Kept) -> bool:
        if record.made_from != made_from or kept.interactive > record.interactive:
            return True
        if kept.charts and not record.charts:
            return True
        return day == self.context.site.today and self._has_more_charts(record)

    def _has_more_charts(self, record: Record) -> bool:
        """Return whether a chart that failed in an earlier run of today has now been drawn."""
        drawn = [chart.id for chart in self.context.charts.values() if not chart.is_variant]
        return any(id_ not in record.charts for id_ in drawn)

    def _drawn(self, day: date, kept: Kept) -> tuple[Boards, Sequence[DrawnChart], tuple[str, ...]]:
        """Return the boards and the charts as they were, variants left out of what has to be drawn."""
        context = self.context
        if day == context.site.today:
            return context.site.boards, list(context.charts.values()), ()
        wanted: set[str] = set()
        if kept.charts:
            wanted.update(chart.id for chart in CHARTS)
        then = replay.replay(context.history.archive, day, wanted, context.site.config)
        return then.boards, then.charts, then.failures

    def static_pages(self, day: date, ids: Sequence[str]) -> StaticPages:
        """Return the static embeds of these charts of a day, as far as they can be drawn."""
        context = self.context
        then = replay.replay(context.history.archive, day, ids, context.site.config)
        pages = {
            chart.id: embeds.static_page(context.templates, context.site, day, chart)
            for chart in then.charts
        }
        omissions = tuple(Omission(f"{day}: {sentence}") for sentence in then.failures)
        return StaticPages(pages, omissions)
