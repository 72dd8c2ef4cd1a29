"""What today's site leaves out where it has so many models that the days alone cannot make room, by a written order.

Nothing is left out while there is room. What is left out follows from the archive and this code alone: sizes are
reckoned before the pages are made, so that these can say what there is. Rows, pictures and pages are never left out.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import chain

from generator.base import formats
from generator.boards.author_profiles import AuthorProfile
from generator.boards.catalogue import created
from generator.boards.model_profiles import ModelProfile
from generator.boards.site import Site
from generator.charts.chart import SIZES, DrawnChart
from generator.render import long_tables

LIMIT = 950_000_000
"""In bytes: what a site may be reckoned at, of the 1,000 MB of GitHub Pages; the rest is for what is reckoned too low."""
CARD = 22_000
"""In bytes: the card of a model, as measured."""
MOST_USED = 100
"""The number of models that keep all of their files for longest."""
_NEW = timedelta(days=92)
_PAGE, _EMBED = 16_000, 4_500
"""In bytes: a chart's page and that of its embed without rows, as measured."""
_PER_ROWS = 2
"""The length of the table on the page of a model's chart, divided by that of the same rows in JSON, as measured."""
_BASE, _OF_MODEL, _OF_AUTHOR = 35_000_000, 38_000, 60_000
"""In bytes: what every site has, and what a model and an author add beside charts and cards: pages, lists, search."""


@dataclass(frozen=True, slots=True)
class Format:
    """Files of a chart that can be left out.

    Attributes:
        what: those of one chart, in words.
        suffixes: of their names.
        again: the part of their bytes that the site has once more, in a file that goes with them.
    """

    what: str
    suffixes: tuple[str, ...]
    again: float = 0

    def size(self, chart: DrawnChart) -> int:
        """Return the bytes of these files."""
        return sum(chart.size(suffix) for suffix in self.suffixes if chart.has(suffix))

    def sentence(self, charts: int) -> str:
        """Return a sentence on so many charts that go without it."""
        count = formats.counted(charts, "chart")
        return f"{count} of single models or authors, the least used first: {self.what}."

    def saved(self, chart: DrawnChart) -> int:
        """Return the bytes that the site has for them."""
        return round(self.size(chart) * (1 + self.again))


EDITABLE = Format("no Vega-Lite spec to download", (".vl.json",))
# The script of the embed has the same specs, and what they have alike once.
INTERACTIVE = Format(
    "a picture, table and files, and no interactive form",
    tuple(f"{size.suffix}.vg.json" for size in SIZES),
    again=0.4,
)
FORMATS = (EDITABLE, INTERACTIVE)
"""In the order in which they go."""


@dataclass(frozen=True, slots=True)
class LeftOutToday:
    """What today's site has no room for.

    Attributes:
        cards: the models without a card of their own, by the paths of their pages.
        formats: of each chart that lacks any, by id.
    """

    cards: frozenset[str] = frozenset()
    formats: Mapping[str, tuple[Format, ...]] = field(default_factory=dict)

    @property
    def sentences(self) -> tuple[str, ...]:
        """Return a sentence for each kind of files that something no longer has."""
        sentences: list[str] = []
        if self.cards:
            models = formats.counted(len(self.cards), "model")
            sentences.append(
                f"{models} no longer in the catalog and without use in the last year: no card of their own."
            )
        for format_ in FORMATS:
            lacking = sum(format_ in lacks for lacks in self.formats.values())
            if lacking:
                sentences.append(format_.sentence(lacking))
        return tuple(sentences)

    def applied(self, charts: Mapping[str, DrawnChart]) -> dict[str, DrawnChart]:
        """Return the charts without what is left out of them."""
        left = dict(charts)
        for id_, lacks in self.formats.items():
            if id_ in left:
                left[id_] = _without(left[id_], lacks)
        return left


def _without(chart: DrawnChart, lacks: Sequence[Format]) -> DrawnChart:
    """Return a chart without these files; without an interactive form it has nothing to choose either."""
    gone: set[str] = set()
    for format_ in lacks:
        gone.update(f"charts/{chart.id}{suffix}" for suffix in format_.suffixes)
    kept = tuple(artifact for artifact in chart.files if artifact.path not in gone)
    controls = () if INTERACTIVE in lacks else chart.controls
    return replace(chart, files=kept, controls=controls)


def reckoned(site: Site, charts: Iterable[DrawnChart], tables: int) -> int:
    """Return the bytes of today's site with nothing left out, rather too many than too few.

    Args:
        site: its models and authors.
        charts: as drawn.
        tables: the bytes of the newest tables and of all histories.
    """
    models, authors = len(site.profiles), len(site.authors)
    size = _BASE + tables + models * _OF_MODEL + authors * _OF_AUTHOR
    if site.public_url:
        size += (models + authors) * CARD
    for chart in charts:
        size += sum(artifact.size for artifact in chart.files) + _PAGE + _EMBED
        size += INTERACTIVE.saved(chart) - INTERACTIVE.size(chart)
        if chart.has(".json"):
            shown = long_tables.newest(chart.board, long_tables.most_rows(chart))
            part = len(shown.board.rows) / max(1, shown.all_rows)
            size += round(_PER_ROWS * chart.size(".json") * part)
    return size


def left_out_today(site: Site, charts: Mapping[str, DrawnChart], excess: int) -> LeftOutToday:
    """Return what is left out of today's site, in the written order, until so many bytes are saved.

    The order: cards of models that are no longer in the catalog and had no use in the last year. Then, of the charts of
    models without use in the last year, the Vega-Lite specs, and what makes them interactive. The same of models with
    use, the least used first; and at last of the most used, the newest, and authors.

    Args:
        site: its models and authors.
        charts: by id.
        excess: the bytes that there is no room for.
    """
    if excess <= 0:
        return LeftOutToday()
    groups = _groups(site)
    cards: set[str] = set()
    if site.public_url:
        cards = _cards_left_out(groups[0], excess)
        excess -= len(cards) * CARD
    formats_: dict[str, tuple[Format, ...]] = {}
    for chart, format_ in _in_order(groups, site, charts):
        if excess <= 0:
            break
        saved = format_.saved(chart)
        if saved:
            formats_[chart.id] = (*formats_.get(chart.id, ()), format_)
            excess -= saved
    return LeftOutToday(frozenset(cards), formats_)


def _cards_left_out(unused: Sequence[ModelProfile], excess: int) -> set[str]:
    """Return the pages of the models without use that lose their cards, until so many bytes are saved."""
    cards: set[str] = set()
    for profile in unused:
        if len(cards) * CARD >= excess:
            break
        if not profile.listed and profile.model.path:
            cards.add(profile.model.path)
    return cards


def _in_order(
    groups: Sequence[Sequence[ModelProfile]], site: Site, charts: Mapping[str, DrawnChart]
) -> Iterator[tuple[DrawnChart, Format]]:
    """Yield each chart of a single model or author with each format, in the order in which they go."""
    by_board: dict[str, list[DrawnChart]] = {}
    for chart in charts.values():
        by_board.setdefault(str(chart.board.id), []).append(chart)
    for group in groups:
        boards = list(chain.from_iterable(map(_boards_of, group)))
        if group is groups[-1]:
            boards += _boards_of_authors(site.authors.values())
        of_boards = list(chain.from_iterable(by_board.get(board, ()) for board in boards))
        for format_ in FORMATS:
            for chart in of_boards:
                yield chart, format_


def _boards_of(profile: ModelProfile) -> Iterator[str]:
    """Yield the ids of a model's boards that have charts of their own."""
    for board in (profile.price_history, profile.usage_board):
        if board:
            yield str(board.id)


def _boards_of_authors(profiles: Iterable[AuthorProfile]) -> list[str]:
    """Return the ids of the authors' boards, those with the lowest rank first."""
    ordered = sorted(
        profiles,
        key=lambda profile: (profile.rank is not None, -(profile.rank or 0), profile.author.id),
    )
    return [str(profile.usage_board.id) for profile in ordered if profile.usage_board]


def _groups(site: Site) -> tuple[list[ModelProfile], list[ModelProfile], list[ModelProfile]]:
    """Return the models without use in the last year, those with use, and the most used with the newest.

    In each, those go first that were used the least in the last year, and of those with equal use the ones that were
    last named the longest ago.
    """
    tokens = {slug: _tokens(profile) for slug, profile in site.profiles.items()}

    def matters(slug: str) -> tuple[int, str, str]:
        return tokens[slug], str(site.profiles[slug].last_seen or ""), slug

    ordered = sorted(tokens, key=matters)
    most_used = set(ordered[-MOST_USED:])
    unused: list[ModelProfile] = []
    used: list[ModelProfile] = []
    last: list[ModelProfile] = []
    for slug in ordered:
        profile = site.profiles[slug]
        if _is_new(profile, site) or (tokens[slug] and slug in most_used):
            last.append(profile)
        elif tokens[slug]:
            used.append(profile)
        else:
            unused.append(profile)
    return unused, used, last


def _tokens(profile: ModelProfile) -> int:
    """Return the tokens of the days that the chart of a model's use shows: those of the last year."""
    if profile.usage_board is None:
        return 0
    return sum(row.total_tokens or 0 for row in profile.usage_board.rows)


def _is_new(profile: ModelProfile, site: Site) -> bool:
    """Return whether the catalog states of a model that it was added within the last three months."""
    if profile.offer is None:
        return False
    return site.today - created(profile.offer.listing) <= _NEW
