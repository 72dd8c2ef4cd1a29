"""``data/v1/rankings-daily/revisions.csv``: each number that a later snapshot stated otherwise."""

from collections.abc import Iterator, Mapping

from generator.archive.daily_tokens import DailyTokens
from generator.base import tabular
from generator.base.attribution import Citation
from generator.endpoints import rankings_daily
from generator.render import schemas
from generator.render.history_formats import plain_columns


def revisions(usage: DailyTokens) -> Iterator[bytes]:
    """Yield the file, part by part; each row has the credit of the later snapshot."""
    columns = [column.name for column in schemas.REVISION_COLUMNS]
    yield tabular.csv_heading(columns)
    yield from tabular.csv_parts(columns, _rows(usage), plain_columns(schemas.REVISION_COLUMNS))


def _rows(usage: DailyTokens) -> Iterator[tuple[Mapping[str, object], Citation]]:
    for revision in usage.revisions:
        row = {
            "date": revision.day,
            "model_permaslug": revision.slug,
            "tokens_before": revision.before,
            "tokens_after": revision.after,
            "snapshot_date": revision.seen.snapshot_day,
            rankings_daily.PROVISIONAL: revision.seen.provisional(revision.day),
        }
        yield row, revision.seen.citation
