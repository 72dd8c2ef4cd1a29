"""``render``: from the archive to a staged tree, and from there, in one step, to the published one."""

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from importlib import metadata
from itertools import chain
from pathlib import Path

from generator.archive.history import History
from generator.archive.store import Archive
from generator.base import dates, files, resources
from generator.base.artifact import Artifact
from generator.base.errors import (
    ArchiveDamaged,
    LeaderboardsError,
    NothingToPublish,
    NotPublishable,
)
from generator.boards import all_boards
from generator.boards.all_boards import BOARDS
from generator.boards.site import Site
from generator.boards.sources import BoardMaker
from generator.charts.cards import draw_cards
from generator.charts.chart import UndrawnChart
from generator.charts.draw import draw_all
from generator.charts.runtime import THIRD_PARTY, runtime_js
from generator.endpoints import ENDPOINTS
from generator.render import downloads, feeds
from generator.render.badges import badges
from generator.render.comparison_data import comparison_file
from generator.render.metadata import CARDS
from generator.render.oembed import oembed
from generator.render.pages import pages
from generator.render.permalinks import frozen
from generator.render.search_index import search_index
from generator.render.templates import Templates

DEMO_MARK = "DEMO"
"""A file of this name in the archive says that it was filled from recordings."""


@dataclass(frozen=True, slots=True)
class Folders:
    """The rooms of a site folder."""

    root: Path

    @property
    def data(self) -> Path:
        return self.root / "data"

    @property
    def public(self) -> Path:
        return self.root / "public"

    @property
    def cache(self) -> Path:
        return self.root / ".cache"


@dataclass(frozen=True, slots=True)
class Staged:
    """A tree that nobody sees yet.

    Attributes:
        path: where it lies.
        artifacts: how many files it has.
        stale: a sentence for each dataset that is not of today.
        damages: a sentence for each file of the archive that is damaged or cannot be read.
        lost: a sentence for each thing that could not be made and is missing.
    """

    path: Path
    artifacts: int
    stale: tuple[str, ...]
    damages: tuple[str, ...]
    lost: tuple[str, ...]


def version() -> str:
    """The generator's version, as installed."""
    try:
        return metadata.version("openrouter-leaderboards")
    except metadata.PackageNotFoundError:
        return "0"


def demo_sentence(archive: Archive) -> str:
    """What every page of a demo says; empty for an archive of real runs."""
    mark = archive.root / DEMO_MARK
    return mark.read_text(encoding="utf-8").strip() if mark.is_file() else ""


def stage(
    folders: Folders,
    today: date,
    public_url: str = "",
    makers: Sequence[BoardMaker] = BOARDS,
) -> Staged:
    """Renders the whole site beside the published one.

    Args:
        makers: of the boards of that day; one that raises costs its own boards only.

    Raises:
        NothingToPublish: no dataset has a snapshot up to that day.
        ArchiveDamaged: a dataset has snapshots, and none of them is whole.
    """
    archive = Archive(folders.data)
    damages = _damages(archive)
    history = History(archive, today)
    if not any(history.newest(endpoint.name) for endpoint in ENDPOINTS):
        raise NothingToPublish(
            f"no data yet: {folders.data} holds no snapshot up to {today}; "
            "run leaderboards snapshot with a key, or leaderboards build --demo"
        )
    site = all_boards.site(
        history,
        demo=demo_sentence(archive),
        public_url=public_url,
        version=version(),
        makers=makers,
    )
    lost = list(site.failures)
    for endpoint in ENDPOINTS:
        damages += [str(one) for one in history.refused(endpoint.name)]
    staging = Path(tempfile.mkdtemp(prefix=files.STAGING, dir=folders.root))
    try:
        staging.chmod(0o755)
        with files.readable_by_all():
            count = _write(staging, _artifacts(folders, history, site, lost))
    except BaseException:
        shutil.rmtree(staging, ignore_errors=True)
        raise
    stale = tuple(
        _stale(state.name, state.day, state.message) for state in site.datasets if state.stale
    )
    return Staged(staging, count, stale, tuple(damages), tuple(lost))


def _damages(archive: Archive) -> list[str]:
    found = []
    for endpoint in ENDPOINTS:
        damages = archive.damages(endpoint.name)
        found += [str(damage) for damage in damages]
        if damages and not archive.snapshots(endpoint.name):
            raise ArchiveDamaged(
                f"{damages[0]} (no other snapshot of {endpoint.name} can serve instead)"
            )
    return found


def _stale(name: str, day: date | None, message: str) -> str:
    since = f"stale since {day}" if day else "nothing held yet"
    return f"{name}: {since}{': ' + message if message else ''}"


def _artifacts(
    folders: Folders, history: History, site: Site, lost: list[str]
) -> Iterator[Artifact]:
    boards = dict(site.boards)
    histories = [one.usage for one in site.profiles.values()] + [
        one.usage for one in site.authors.values()
    ]
    boards.update({board.id: board for board in histories if board})
    charts = {}
    failed: list[UndrawnChart] = []
    for drawn in draw_all(boards, folders.cache, lost, failed=failed):
        charts[drawn.id] = drawn
        yield from drawn.files
        yield Artifact(f"embed/{drawn.id}/spec.js", drawn.script)
    if lost and not charts:
        raise NotPublishable(
            f"{lost[0]} (nor could any other; a site without its charts is not published)"
        )
    undrawn = {one.id: one for one in failed}
    yield from chain.from_iterable(one.files for one in failed)
    wanted = CARDS if site.public_url else ()
    site = replace(site, failures=tuple(lost))
    yield from draw_cards(charts, wanted, dates.human_day(site.today), folders.cache, lost)
    sums: dict[str, tuple[str, int]] = {}
    templates = Templates(cache=folders.cache / "templates")
    yield from chain(
        _summed(downloads.downloads(history, site), sums),
        pages(site, charts, sums, templates, undrawn),
        frozen(
            history.archive,
            site,
            charts,
            templates,
            folders.cache / "frozen",
            lost=lost,
            undrawn=undrawn,
        ),
        oembed(site, charts),
        badges(site),
        feeds.feeds(site),
        search_index(site, {**charts, **undrawn}),
        comparison_file(site),
        _static(folders),
    )


def _summed(artifacts: Iterator[Artifact], sums: dict[str, tuple[str, int]]) -> Iterator[Artifact]:
    """Hands on downloads and notes the sums that pages state of them."""
    for artifact in artifacts:
        if isinstance(artifact.body, bytes) and "/latest." in artifact.path:
            sums[artifact.path] = (files.sha256(artifact.body), len(artifact.body))
        yield artifact


def _static(folders: Folders) -> Iterator[Artifact]:
    root = resources.folder("static")
    for path in sorted(root.rglob("*")):
        if path.is_file():
            yield Artifact(f"static/{path.relative_to(root).as_posix()}", path.read_bytes())
    yield Artifact("static/js/vega.js", runtime_js(folders.cache))
    yield Artifact.text("static/THIRD-PARTY.txt", THIRD_PARTY)
    # Pages would otherwise run the tree through Jekyll and drop what starts with an underscore.
    yield Artifact(".nojekyll", b"")


def _write(staging: Path, artifacts: Iterator[Artifact]) -> int:
    count = 0
    for artifact in artifacts:
        count += 1
        if artifact.path.startswith("/") or ".." in artifact.path.split("/"):
            raise LeaderboardsError(f"an artifact would leave the site: {artifact.path}")
        target = staging / artifact.path
        try:
            if isinstance(artifact.body, Path):
                files.link_or_copy(artifact.body, target)
            else:
                files.place(target, artifact.body)
        except FileExistsError:
            raise LeaderboardsError(f"two artifacts for one path: {artifact.path}") from None
    return count


def publish(folders: Folders, staged: Staged) -> None:
    """Puts the staged tree where the published one is, in one step."""
    files.exchange(staged.path, folders.public)


def discard(staged: Staged) -> None:
    """Removes a staged tree that must not be published."""
    shutil.rmtree(staged.path, ignore_errors=True)
