"""The embeds of a day, out of the cache, or drawn where the cache lacks them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date

import msgspec

from generator.boards.board import Boards
from generator.charts.catalogue import CHARTS
from generator.charts.chart import DrawnChart
from generator.charts.draw import failures
from generator.render.context import Context
from generator.render.permalinks import embeds
from generator.render.permalinks.replay import Replayed, missing_of, replay
from generator.render.permalinks.retries import Retries
from generator.render.permalinks.store import DayCache, Kept, Missing, Record


@dataclass(frozen=True, slots=True)
class DayBuilder:
    """Fills the cache."""

    context: Context
    cache: DayCache
    retries: Retries = field(default_factory=Retries)

    def record(self, day: date, made_from: str, kept: Kept) -> Record:
        """Return what the cache has of the day, drawn or reduced where that was due.

        Args:
            day: one of the days in the archive.
            made_from: the fingerprint of all that its files are made from.
            kept: what the day has.
        """
        record = self.cache.record(day)
        if record is None or self._is_outdated(day, record, made_from, kept):
            made, bodies = self._made(day, made_from, kept)
            return self.cache.store(day, made, bodies)
        stays = kept.charts or kept.spare
        if record.interactive > kept.interactive or bool(record.charts) > stays:
            record = self.cache.reduced(day, record, charts=stays)
        shown = _shown(record, kept)
        if day == self.context.site.today or not self.retries.are_due(shown.missing):
            return shown
        return self._made_again(day, record, kept)

    def _is_outdated(self, day: date, record: Record, made_from: str, kept: Kept) -> bool:
        if record.made_from != made_from or kept.interactive > record.interactive:
            return True
        if kept.charts and not record.charts and not record.missing.charts:
            return True
        return day == self.context.site.today and self._has_more(record)

    def _has_more(self, record: Record) -> bool:
        """Return whether something that failed in an earlier run of today has now been made."""
        drawn = [chart.id for chart in self.context.charts.values() if not chart.is_variant]
        if any(id_ not in record.charts for id_ in drawn):
            return True
        return bool(record.missing.boards) and record.missing.boards != self._missing_today.boards

    def _made(self, day: date, made_from: str, kept: Kept) -> tuple[Record, dict[str, bytes]]:
        """Return the record of a day and its files, by their paths in the cache."""
        boards, charts, missing = self._drawn(day, kept)
        self.retries.note(missing)
        record, bodies = embeds.build_day(
            self.context.templates,
            self.context.site,
            day,
            boards,
            charts,
            made_from=made_from,
            kept=kept,
        )
        return msgspec.structs.replace(record, missing=missing), bodies

    def _made_again(self, day: date, record: Record, kept: Kept) -> Record:
        """Return the record of a day of which something is missing, made again unless more of it would be missing."""
        shown = _shown(record, kept)
        made, bodies = self._made(day, record.made_from, kept)
        has_all = shown.sums.keys() <= bodies.keys()
        if has_all and len(made.missing.boards) <= len(shown.missing.boards):
            return self.cache.store(day, _failed_again(made, made.missing), bodies)
        return _shown(self.cache.note(day, _failed_again(record, record.missing)), kept)

    def _drawn(self, day: date, kept: Kept) -> tuple[Boards, Sequence[DrawnChart], Missing]:
        """Return the boards and the charts as they were, variants left out of what has to be drawn."""
        context = self.context
        if day == context.site.today:
            return context.site.boards, list(context.charts.values()), self._missing_today
        wanted: set[str] = set()
        if kept.charts:
            wanted.update(chart.id for chart in CHARTS)
        lettered = embeds.LETTER_CHARTS if kept.interactive else ()
        then = self._replayed(day, wanted, lettered)
        return then.boards, then.charts, then.missing

    def _replayed(
        self, day: date, wanted: Collection[str], lettered: Collection[str] = ()
    ) -> Replayed:
        config = self.context.site.config
        return replay(self.context.history.archive, day, wanted, config, lettered)

    @property
    def _missing_today(self) -> Missing:
        """Return what could not be made today; of the charts, those that days have."""
        undrawn = self.context.undrawn.values()
        of_charts = failures(undrawn)
        others = [sentence for sentence in self.context.site.failures if sentence not in of_charts]
        return missing_of(others, [chart for chart in undrawn if not chart.is_variant])

    def with_last_pages(self, day: date, record: Record, ended: Sequence[str]) -> Record:
        """Draw the static embeds that the cache lacks of charts that ended on a day, and return the day's record.

        The cache has an empty page of a chart that the boards of the day do not give, so that this is asked once.
        """
        lacking = [id_ for id_ in ended if not self.cache.has_static(day, id_)]
        before = record.undrawn_last
        if lacking == before.charts and not self.retries.are_due(before):
            return record
        missing = Missing()
        if lacking:
            missing = self._last_drawn(day, lacking)
            again = bool(missing.charts) and missing.charts == before.charts
            missing = msgspec.structs.replace(missing, again=again)
        return self.cache.note(day, msgspec.structs.replace(record, undrawn_last=missing))

    def _last_drawn(self, day: date, ids: Sequence[str]) -> Missing:
        """Draw static embeds of a day into the cache, and return what could not be drawn."""
        context = self.context
        then = self._replayed(day, ids)
        pages = {
            chart.id: embeds.static_page(context.templates, context.site, day, chart)
            for chart in then.charts
        }
        undrawn = []
        for id_ in ids:
            # Without all its boards, it is not known of a day which charts it had.
            if id_ in then.missing.charts or (then.missing.boards and id_ not in pages):
                undrawn.append(id_)
            else:
                self.cache.add_static(day, id_, pages.get(id_, ""))
        if not undrawn:
            return Missing()
        missing = msgspec.structs.replace(then.missing, charts=undrawn)
        self.retries.note(missing)
        return missing


def _shown(record: Record, kept: Kept) -> Record:
    """Return the record as far as the day has what it lists."""
    return record if kept.charts else record.reduced(charts=False)


def _failed_again(record: Record, missing: Missing) -> Record:
    """Return the record of a day of which this is still missing after another attempt."""
    again = bool(missing.sentences)
    return msgspec.structs.replace(record, missing=msgspec.structs.replace(missing, again=again))
