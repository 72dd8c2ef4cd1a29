"""From the archive to a staged tree, and from there, in one step, to the published one."""

import difflib
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from generator.archive.history import History
from generator.archive.store import Archive
from generator.base import allocator, files
from generator.base.cache_seal import Vouched
from generator.base.errors import (
    ArchiveDamaged,
    NothingToPublish,
    NotPublishable,
    UsageError,
)
from generator.base.program import version
from generator.base.site_config import SiteConfig
from generator.boards import all_boards
from generator.boards.all_boards import BOARDS
from generator.boards.site import DatasetState, Site
from generator.boards.sources import BoardMaker
from generator.charts.catalogue import CHARTS
from generator.charts.chart import DrawnChart, UndrawnChart
from generator.charts.draw import draw_all, failures
from generator.endpoints import ENDPOINTS
from generator.publish import tree
from generator.publish.folders import Folders, demo_sentence
from generator.render import collector
from generator.render.all_artifacts import artifacts
from generator.render.context import Context
from generator.render.history_files import HistoryFiles, history_files
from generator.render.latest import LatestFiles, latest_files
from generator.render.page_list import PageList, read_pages
from generator.render.templates import Templates
from generator.render.thinned_charts import LIMIT, LeftOutToday, left_out_today, reckoned
from generator.render.thinning import (
    ROOM,
    ChartWeights,
    Thinned,
    days_size,
    snapshot_sizes,
    thinned,
)


@dataclass(frozen=True, slots=True)
class Staged:
    """A rendered tree that is not published yet.

    Attributes:
        path: its folder.
        sums: the sha256 of each of its files, by name.
        stale: a sentence for each dataset that is not of today, or of which something is held back.
        damages: a sentence for each file of the archive that is damaged or cannot be read.
        omissions: a sentence for each thing that could not be made and is missing.
    """

    path: Path
    sums: Mapping[str, str]
    stale: tuple[str, ...]
    damages: tuple[str, ...]
    omissions: tuple[str, ...]


def stage(
    folders: Folders,
    today: date,
    public_url: str = "",
    makers: Sequence[BoardMaker] = BOARDS,
    config: SiteConfig | None = None,
    *,
    vouched: Vouched | None = None,
) -> Staged:
    """Render the whole site beside the published one.

    Args:
        folders: of the site; what is in the cache is used as it is.
        today: the day to render for; nothing younger is read.
        public_url: where the site will be published; empty where that is not known.
        makers: of the boards of that day; one that raises costs its own boards only.
        config: what the owner of the site says of it.
        vouched: the files of the cache that were read already.

    Raises:
        UsageError: a page of the owner's cannot be read, or has an address that is taken.
        NothingToPublish: no dataset has a snapshot up to that day.
        ArchiveDamaged: a dataset has snapshots, and none of them is whole.
        NotPublishable: there is no board of which a chart could be drawn.
    """
    config = config or SiteConfig()
    page_list = _page_list(config)

    allocator.map_large_blocks()
    collector.seldom()
    archive = Archive(folders.data, folders.cache / "remembered")
    damages = _damages(archive)
    history = _history(archive, today, config)
    site = _site(history, public_url, makers, config)
    damages += _refused(history)
    context = replace(_drawn(history, site, page_list, folders.cache), vouched=vouched)

    allocator.give_back()
    staging, written = tree.staged(folders.root, artifacts(context), folders.public)
    return Staged(
        path=staging,
        sums=written.sums,
        stale=tuple(_stale(site.datasets)),
        damages=tuple(damages),
        omissions=(*context.site.failures, *written.omissions),
    )


def _page_list(config: SiteConfig) -> PageList:
    """Return the pages of the site, the owner's among them.

    Raises:
        UsageError: a page cannot be read or has an address that is taken, or a link leads to none.
    """
    page_list = read_pages(overrides=config.templates, own=config.pages, added=config.menu)
    _check_menu(config, page_list)
    _check_cards(page_list)
    return page_list


def _check_cards(page_list: PageList) -> None:
    """Refuse a card of a board that there never is; of one that only this site lacks, a page has that of another.

    Raises:
        UsageError: there is one.
    """
    families: set[str] = set()
    for maker in BOARDS:
        families.update(maker.families)
    for entry in page_list.entries:
        family = entry.card.partition(".")[0]
        if family and family not in families:
            raise UsageError(
                f"{entry.file}: card: {entry.card!r} is no board; {_instead(family, sorted(families))}"
            )


def _instead(name: str, families: Sequence[str]) -> str:
    """Return what to use in place of a name that is no board's: the board of that chart, or those of similar names."""
    for chart in CHARTS:
        if chart.id == name:
            return f"the board of this chart is {chart.board.removesuffix('.')}"
    near = difflib.get_close_matches(name, families)
    if near:
        return f"did you mean {' or '.join(near)}?"
    return f"use one of {', '.join(families)}"


def _check_menu(config: SiteConfig, page_list: PageList) -> None:
    """Refuse an entry of the menu, or a link in the footer, that leads to no page, and one of no section.

    Raises:
        UsageError: there is one. Pages of single models and the like are left to the checks of the built site.
    """
    for key, links in (("menu", config.menu), ("footer", config.footer)):
        for link in links:
            if link.address and not link.is_outside and not page_list.may_have(link.address):
                raise UsageError(
                    f"{config.file}: {key}: {link.address!r} is no page of this site; add it under [pages], "
                    "or name another"
                )
            if link.section and link.section not in page_list.sections:
                raise UsageError(
                    f"{config.file}: {key}: {link.section!r} is no section; "
                    f"use one of {', '.join(page_list.sections)}, or leave it out"
                )


def _damages(archive: Archive) -> list[str]:
    """Return a sentence for each damaged file.

    Raises:
        ArchiveDamaged: a dataset has no whole snapshot.
    """
    sentences = []
    for endpoint in ENDPOINTS:
        damages = archive.damages(endpoint.name)
        sentences += [str(damage) for damage in damages]
        if damages and not archive.snapshots(endpoint.name):
            raise ArchiveDamaged(
                f"{damages[0]} (no other snapshot of {endpoint.name} can serve instead)"
            )
    return sentences


def _history(archive: Archive, today: date, config: SiteConfig) -> History:
    """Return the archive as of that day.

    Raises:
        NothingToPublish: no dataset has a snapshot up to it.
    """
    history = History(archive, today, config.withheld)
    if not any(history.newest(endpoint.name) for endpoint in ENDPOINTS):
        raise NothingToPublish(
            f"no data yet: {archive.root} holds no snapshot up to {today}; "
            "run leaderboards snapshot with a key, or leaderboards build --demo"
        )
    return history


def _site(
    history: History, public_url: str, makers: Sequence[BoardMaker], config: SiteConfig
) -> Site:
    """Return the boards and profiles of the day; what only they needed is given back."""
    site = all_boards.site(
        history,
        demo=demo_sentence(history.archive),
        public_url=public_url,
        version=version(),
        makers=makers,
        config=config,
    )
    # Saves 25 MB of 200 with five years of days: boards have what they need of it.
    history.archive.remembered.release()
    # Saves 14 MiB of 164 with five years of days, and that before the artifacts 7 of 290.
    allocator.give_back()
    return site


def _refused(history: History) -> list[str]:
    """Return a sentence for each snapshot that was read and that this version does not take."""
    sentences = []
    for endpoint in ENDPOINTS:
        sentences += [str(refused) for refused in history.refused(endpoint.name)]
    return sentences


def _drawn(history: History, site: Site, page_list: PageList, cache: Path) -> Context:
    """Return the site with its charts and its newest tables.

    Raises:
        NotPublishable: something could not be made, and there is no board of which a chart could be drawn.
    """
    charts, undrawn = _charts(site, cache)
    histories = history_files(history, cache)
    failed = (*site.failures, *failures(undrawn.values()), *histories.failures)
    if failed and not charts and not undrawn:
        raise NotPublishable(
            f"{failed[0]} (and no board has a chart; a site without its boards is not published)"
        )
    latest = latest_files(history, site)
    tables = _size(latest, histories.files)
    of_days, of_today = _left_out(snapshot_sizes(history, site), site, charts, tables)
    return Context(
        history=history,
        site=replace(site, failures=failed),
        charts=of_today.applied(charts),
        undrawn=undrawn,
        latest=latest,
        tables=histories.files,
        templates=Templates(overrides=site.config.templates),
        page_list=page_list,
        left_out=of_days,
        left_out_today=of_today,
        cache=cache,
    )


def _charts(site: Site, cache: Path) -> tuple[dict[str, DrawnChart], dict[str, UndrawnChart]]:
    """Return the charts that could be drawn, and those that could not, each by id."""
    charts: dict[str, DrawnChart] = {}
    undrawn: dict[str, UndrawnChart] = {}
    for chart in draw_all(site.drawn_boards, cache, recolor=site.config.recolored):
        if isinstance(chart, UndrawnChart):
            undrawn[chart.id] = chart
        else:
            charts[chart.id] = chart
    return charts, undrawn


def _size(latest: Mapping[str, LatestFiles], histories: Mapping[str, HistoryFiles]) -> int:
    """Return the bytes of the newest tables, which are packed into a zip as well, and of the histories."""
    size = sum(history.size for history in histories.values())
    for of_dataset in latest.values():
        size += 2 * sum(map(len, of_dataset.files.values()))
    return size


def _left_out(
    snapshots: Mapping[date, int], site: Site, charts: Mapping[str, DrawnChart], tables: int
) -> tuple[Thinned, LeftOutToday]:
    """Return what the days no longer have, and what today's site goes without once that is not enough.

    Args:
        snapshots: the bytes of the snapshots of each day held.
        site: of today.
        charts: as drawn.
        tables: the bytes of the newest tables and of all histories.
    """
    today, weights = reckoned(site, charts.values(), tables), ChartWeights.of(charts.values())
    of_days = thinned(snapshots, min(ROOM, LIMIT - today), weights)
    excess = today + days_size(snapshots, of_days, weights) - LIMIT
    return of_days, left_out_today(site, charts, excess)


def _stale(datasets: Iterable[DatasetState]) -> Iterator[str]:
    """Yield a sentence for each dataset that is out of date, and for each day of another that is held back."""
    for state in datasets:
        if not state.asked:
            continue
        if state.stale:
            yield _out_of_date(state)
        elif state.is_held_back:
            yield from map(str, state.held_back)


def _out_of_date(state: DatasetState) -> str:
    since = state.unchanged_since or state.day
    sentence = f"{state.name}: "
    sentence += f"out of date since {since}" if since else "no snapshot yet"
    return f"{sentence}: {state.message}" if state.message else sentence


def publish(folders: Folders, staged: Staged) -> None:
    """Put the staged tree where the published one is, in one step.

    Raises:
        OSError: the staged tree cannot be brought to the disk; the published one is unchanged.
    """
    files.exchange(staged.path, folders.public, synced=True)


def discard(staged: Staged) -> None:
    """Remove a staged tree that must not be published."""
    shutil.rmtree(staged.path, ignore_errors=True)
