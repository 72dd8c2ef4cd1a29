"""Everything that the makers of artifacts read, known before the first artifact is made."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from generator.archive.history import History
from generator.base.artifact import Artifact, Omission
from generator.base.cache_seal import Vouched
from generator.boards.site import DatasetState, Site
from generator.charts.chart import DrawnChart, UndrawnChart
from generator.render.latest import Checksum, LatestFiles
from generator.render.page_list import PageList, read_pages
from generator.render.templates import Templates
from generator.render.thinned_charts import LeftOutToday
from generator.render.thinning import Thinned

if TYPE_CHECKING:
    # Loads the library for Parquet, which pages do without.
    from generator.render.history_files import HistoryFiles


@dataclass(frozen=True, slots=True)
class Context:
    """One day's site, with its charts drawn and its newest tables written.

    Attributes:
        history: the archive as of that day.
        site: boards, profiles and the state of each dataset.
        charts: those drawn, by id.
        undrawn: those that could not be drawn, by id.
        latest: the files of each dataset's newest rows, by dataset.
        tables: the files of all its rows in two times, by dataset.
        published: the checksums of the files below ``data/v1/``, by path; pages list them with their sizes.
            Empty while these files are made.
        templates: of pages and embeds.
        page_list: every page that is one file.
        left_out: what days no longer have, for room.
        left_out_today: what there is no room for of today's site; the charts are without it.
        cache: a folder that lasts from one build to the next; None keeps nothing.
        vouched: the files of that folder that were read already; None for none.
    """

    history: History
    site: Site
    charts: Mapping[str, DrawnChart] = field(default_factory=dict)
    undrawn: Mapping[str, UndrawnChart] = field(default_factory=dict)
    latest: Mapping[str, LatestFiles] = field(default_factory=dict)
    tables: Mapping[str, "HistoryFiles"] = field(default_factory=dict)
    published: Mapping[str, Checksum] = field(default_factory=dict)
    templates: Templates = field(default_factory=Templates)
    page_list: PageList = field(default_factory=read_pages)
    left_out: Thinned = field(default_factory=Thinned)
    left_out_today: LeftOutToday = field(default_factory=LeftOutToday)
    cache: Path | None = None
    vouched: Vouched | None = None

    @property
    def figures(self) -> Mapping[str, DrawnChart | UndrawnChart]:
        """Return every chart that has a page, drawn or not, by id."""
        return {**self.charts, **self.undrawn}

    def rows_of(self, state: DatasetState) -> int:
        """Return the rows of a dataset's newest table; of one without a file those of its responses.

        A response can have rows that no table has, such as the number of all models, or one for several of a table.
        """
        latest = self.latest.get(state.name)
        return latest.rows if latest else state.rows


Maker = Callable[[Context], Iterator[Artifact | Omission]]
"""Makes one kind of artifacts, one at a time, and tells what it could not make."""
