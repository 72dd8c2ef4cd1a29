"""Embeds that stay as they were on one day: for texts that rest on the numbers of that day.

Each is drawn again from what the archive held on its day, so that nothing later can change its numbers.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from generator import files, resources
from generator.archive import Archive
from generator.boards import gather
from generator.boards.site import Site
from generator.charts import CHARTS, DrawnChart, draw_all
from generator.history import History
from generator.outputs import Artifact
from generator.render import Templates

DAYS = 14
"""So many of the newest days keep theirs, at 3 MB a day, and most of a second for a day that is drawn anew."""
_PICTURES = (".svg", ".dark.svg", ".narrow.svg", ".narrow.dark.svg")


def frozen(
    archive: Archive,
    site: Site,
    charts: Mapping[str, DrawnChart],
    templates: Templates,
    cache: Path,
    *,
    lost: list[str],
) -> Iterator[Artifact]:
    """``d/<day>/embed/<id>/`` and its pictures for each chart that is no variant, on each of the newest days held.

    Args:
        charts: those of the day of the build, which need not be drawn again.
        templates: as pages use them.
        cache: a folder for what the days before gave; what it holds of other days is removed.
        lost: hears one sentence for each chart that could not be drawn.
    """
    days = held(site)
    code = _code()
    for path in set(cache.glob("*.json")) - {cache / f"{day}.json" for day in days}:
        path.unlink()
    for day in days:
        if day == site.today:
            yield from _embeds(templates, site, charts.values(), day, newer=False)
        else:
            newer = day != days[-1]
            shelf = cache / f"{day}.json"
            key = "\0".join((code, *_snapshots(archive, site, day), site.demo, site.public_url, str(newer)))
            made = _kept(shelf, files.sha256(key.encode()))
            if made is None:
                made = list(_embeds(templates, site, _drawn(archive, day, lost), day, newer=newer))
                _keep(shelf, files.sha256(key.encode()), made)
            yield from made


def held(site: Site) -> list[date]:
    """The days that have frozen embeds, oldest first."""
    days = {day for state in site.datasets for day in state.days if day <= site.today}
    return sorted(days)[-DAYS:]


def _code() -> str:
    """All that decides what an embed looks like besides the data."""
    rooms = (Path(__file__).parent, resources.folder("templates"))
    texts = (path.read_bytes() for room in rooms for path in sorted(room.rglob("*")) if path.suffix in (".py", ".j2"))
    return files.sha256(b"\0".join(texts))


def _snapshots(archive: Archive, site: Site, day: date) -> Iterator[str]:
    for state in site.datasets:
        yield from (kept.manifest.sha256 for kept in archive.snapshots(state.name, day))


def _kept(shelf: Path, key: str) -> list[Artifact] | None:
    try:
        held_ = json.loads(shelf.read_bytes())
        return [Artifact.text(path, body) for path, body in held_["files"].items()] if held_["key"] == key else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _keep(shelf: Path, key: str, made: Sequence[Artifact]) -> None:
    shelf.parent.mkdir(parents=True, exist_ok=True)
    bodies = {one.path: one.body.decode("utf-8") for one in made if isinstance(one.body, bytes)}
    files.write_over(shelf, json.dumps({"key": key, "files": bodies}, ensure_ascii=False).encode())


def _drawn(archive: Archive, day: date, lost: list[str]) -> Iterator[DrawnChart]:
    boards = gather.boards_alone(History(archive, day))
    main = {id_: board for id_, board in boards.items() if any(chart.id_for(id_) == chart.id for chart in CHARTS)}
    told: list[str] = []
    yield from draw_all(main, undrawn=told, pictures_only=True)
    lost += [f"{day}: {sentence}" for sentence in told]


def _embeds(
    templates: Templates, site: Site, charts: Iterable[DrawnChart], day: date, *, newer: bool
) -> Iterator[Artifact]:
    for chart in (one for one in charts if one.main):
        for end in _PICTURES:
            yield Artifact(f"d/{day}/charts/{chart.id}{end}", chart.file(end))
        values = {
            "site": site,
            "c": chart,
            "root": "../../../../",
            "path": f"d/{day}/embed/{chart.id}/",
            "pictures": f"d/{day}/charts/",
            "day": day,
            "newer": newer,
            "absolute": lambda path: f"{site.public_url.rstrip('/')}/{path}",
        }
        yield Artifact(f"d/{day}/embed/{chart.id}/spec.js", chart.script)
        yield Artifact.text(str(values["path"]) + "index.html", templates.render("collections/embed.html.j2", values))
