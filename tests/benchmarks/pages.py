"""The pages of 1,000 and 5,000 models, by this generator's templates, by Hugo and by staticjinja.

    python -m tests.benchmarks.pages site          # a site folder with a built demo; takes 3 GB for temporary files

Each gets the same content: the models of the demo, copied under other names until there are enough. Hugo and
staticjinja read JSON with bare values and format them; this generator reads its own rows, which are as bare. The
three take turns, so that whatever else the machine does slows all of them. Hugo is taken from the path, and
staticjinja from the same environment: what is not installed is left out, and said so.
"""

import gc
import io
import json
import os
import pickle
import shutil
import statistics
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from types import FunctionType
from typing import Any, BinaryIO

from generator.archive.history import History
from generator.archive.store import Archive
from generator.base.artifact import Artifact
from generator.boards.model_profiles import ModelProfile
from generator.boards.site import Site
from generator.charts.chart import DrawnChart, UndrawnChart
from generator.publish import tree
from generator.render.collector import young_only
from generator.render.context import Context
from generator.render.ordering import models_by_use, with_ranked_neighbors
from generator.render.page_collections import COLLECTIONS
from generator.render.page_list import read_pages
from generator.render.page_values import shared_values
from generator.render.pages import render_collection
from tests.benchmarks.model_pages import ModelPages
from tests.benchmarks.processes import Cost, measured

COUNTS = (1_000, 5_000)
ROUNDS = 5
PEERS = Path(__file__).parent / "peers"
_SELF = (sys.executable, "-m", "tests.benchmarks.pages")
MODEL = "collections/model.html.j2"


@dataclass(frozen=True, slots=True)
class Held:
    """What all pages of models are made of; ``shared`` is what several models have in common."""

    site: Site
    charts: dict[str, DrawnChart]
    shared: tuple[object, ...] = ()

    def with_models(self, count: int) -> "Held":
        """Return the same with so many models: those that it has, and copies of them under other names."""
        profiles = list(self.site.profiles.values())
        shared = _shared(profiles)
        made = {profile.model.id: profile for profile in profiles[:count]}
        while len(made) < count:
            copied = len(made) // len(profiles)
            for profile in profiles[: count - len(made)]:
                one = _copy(profile, copied, shared)
                made[one.model.id] = one
        site = replace(self.site, profiles=made)
        return replace(self, site=site, shared=tuple(shared.values()))


class _Seen(pickle.Pickler):
    """Notes the objects that one profile is made of."""

    def __init__(self) -> None:
        super().__init__(io.BytesIO())
        self.objects: dict[int, object] = {}

    def persistent_id(self, value: object) -> None:
        if not isinstance(value, int | float | type | FunctionType | None):
            self.objects[id(value)] = value


def _shared(profiles: Sequence[ModelProfile]) -> dict[int, object]:
    """Return what several models of the site have in common, by its id: columns, titles, credits, names."""
    owners: Counter[int] = Counter()
    objects: dict[int, object] = {}
    for profile in profiles:
        seen = _Seen()
        seen.dump(profile)
        owners.update(seen.objects.keys())
        objects |= seen.objects
    return {id_: value for id_, value in objects.items() if owners[id_] > 1}


def _copy(profile: ModelProfile, number: int, shared: Mapping[int, object]) -> ModelProfile:
    """Return a model of another name. What is its own is made anew, and what models of the site share is shared."""
    file = io.BytesIO()
    _Writer(file, shared).dump(profile)
    file.seek(0)
    own: ModelProfile = _Reader(file, shared).load()
    model = own.model
    path = f"{str(model.path).removesuffix('/')}-{number}/"
    named = replace(model, id=f"{model.id}-{number}", name=f"{model.name} {number}", path=path)
    return replace(own, model=named)


def held(site: Path) -> Held:
    """Return the demo's content, with the charts of its models."""
    # Not at the top: what makes pages from boards and charts that are there does not need them.
    from generator.boards import all_boards
    from generator.charts.draw import draw_all
    from generator.fetch.recorded import DEMO_DAYS

    day = DEMO_DAYS[-1]
    history = History(Archive(site / "data"), day)
    found = all_boards.site(history, demo="Demo", public_url="", version="0")
    drawn = draw_all(found.drawn_boards, site / ".cache")
    charts = {one.id: replace(one, files=()) for one in drawn if not isinstance(one, UndrawnChart)}
    wanted = {id_: one for id_, one in charts.items() if "-model." in id_}
    return Held(found, wanted)


def ours(folder: Path, out: Path) -> None:
    """Write the pages of the models that :func:`prepare` has put into a folder."""
    content = _read(folder)
    context = Context(
        History(Archive(folder / "no-archive"), content.site.today),
        content.site,
        charts=content.charts,
        page_list=read_pages(),
    )
    out.mkdir()
    with young_only():
        tree.write(out, _pages(context))


class _Writer(pickle.Pickler):
    """Writes keys in place of what several models share, and rows so that they are read in a third of the time.

    That is the time that dataclasses with slots take by themselves.
    """

    def __init__(self, file: BinaryIO, shared: Mapping[int, object]) -> None:
        super().__init__(file)
        self._keys = {id(value): key for key, value in shared.items()}

    def persistent_id(self, value: object) -> int | None:
        return self._keys.get(id(value))

    def reducer_override(self, value: object) -> Any:
        if not is_dataclass(value) or isinstance(value, type):
            return NotImplemented
        return _row, (type(value), *(getattr(value, one.name) for one in fields(value)))


class _Reader(pickle.Unpickler):
    def __init__(self, file: BinaryIO, shared: Mapping[int, object]) -> None:
        super().__init__(file)
        self._shared = shared

    def persistent_load(self, key: int) -> object:
        return self._shared[key]


def _row(kind: type, *values: object) -> object:
    made = object.__new__(kind)
    for put, value in zip(_setters(kind), values, strict=True):
        put(made, value)
    return made


@cache
def _setters(kind: Any) -> list[Callable[[object, object], None]]:
    return [getattr(kind, one.name).__set__ for one in fields(kind)]


def _write(content: Held, path: Path) -> None:
    """Write the content, each model by itself as the other generators have it, so that none waits for all."""
    site = replace(content.site, profiles={})
    with path.open("wb") as file:
        _Writer(file, {}).dump(replace(content, site=site))
        for profile in content.site.profiles.values():
            _Writer(file, dict(enumerate(content.shared))).dump(profile)


def _read(folder: Path) -> Held:
    """Return the content; the garbage collector would look again and again at rows that all stay."""
    gc.disable()
    profiles: dict[str, ModelProfile] = {}
    with (folder / "content.pickle").open("rb") as file:
        content: Held = pickle.load(file)  # noqa: S301
        shared = dict(enumerate(content.shared))
        while file.peek(1):
            profile: ModelProfile = _Reader(file, shared).load()
            profiles[profile.model.id] = profile
    gc.enable()
    return replace(content, site=replace(content.site, profiles=profiles))


def _pages(context: Context) -> Iterator[Artifact]:
    shared = shared_values(context, {})
    for collection in COLLECTIONS:
        if collection.template == MODEL:
            yield from render_collection(context, shared, collection)


def jinja(folder: Path, out: Path) -> None:
    """Write the same with staticjinja, whose rule for a page of data fills one template for each."""
    from staticjinja import Site as Pages  # type: ignore[import-not-found, unused-ignore]

    source = folder / "staticjinja"
    out.mkdir()

    def page_of(template: Any) -> dict[str, object]:
        return {"page": json.loads(Path(template.filename).read_text("utf-8"))}

    def written(site: Any, template: Any, **values: object) -> None:
        target = out / "models" / Path(template.name).stem / "index.html"
        target.parent.mkdir(parents=True)
        site.get_template("_model.html").stream(**values).dump(str(target), encoding="utf-8")

    made = Pages.make_site(
        searchpath=str(source),
        outpath=str(out),
        contexts=[(r".*\.json", page_of)],
        rules=[(r".*\.json", written)],
        env_kwargs={"autoescape": True, "trim_blocks": True, "lstrip_blocks": True},
        env_globals={"day": _day, "moment": _day},
    )
    made.render()


def _day(text: str) -> str:
    return f"{date.fromisoformat(text[:10]):%-d %b %Y}"


def prepare(site: Path, count: int, folder: Path) -> None:
    """Put the content of so many pages into a folder, for each of the generators in the form that it reads."""
    content = held(site)
    many = content.with_models(count)
    _write(many, folder / "content.pickle")
    shutil.copytree(PEERS / "hugo", folder / "hugo")
    shutil.copytree(PEERS / "staticjinja", folder / "staticjinja")
    header, footer = _frame(content)
    partials = folder / "hugo" / "layouts" / "partials"
    for name, text in (("header", header), ("footer", footer)):
        (partials / f"{name}.html").write_text(text, "utf-8")
        (folder / "staticjinja" / f"_{name}.html").write_text(text, "utf-8")
    pages = folder / "hugo" / "content" / "models"
    pages.mkdir(parents=True)
    for number, page in enumerate(_described(many)):
        values = json.dumps(page, ensure_ascii=False)
        (folder / "staticjinja" / f"{number}.json").write_text(values, "utf-8")
        front = json.dumps({"title": page["title"], "page": page}, ensure_ascii=False)
        (pages / f"{number}.md").write_text(f"{front}\n", "utf-8")


def _described(content: Held) -> Iterator[dict[str, Any]]:
    pages = ModelPages(content.site, content.charts)
    for before, profile, after in with_ranked_neighbors(models_by_use(content.site)):
        yield pages.page(profile, before, after)


def _frame(content: Held) -> tuple[str, str]:
    """Return the header and the footer that every page of a model has."""
    history = History(Archive(Path("no-archive")), content.site.today)
    context = Context(history, content.with_models(1).site, page_list=read_pages())
    page = next(_pages(context)).body
    assert isinstance(page, bytes)
    text = page.decode("utf-8")
    header = text[text.index("<header") : text.index("</header>") + len("</header>")]
    return header, text[text.index("<footer") : text.index("</footer>") + len("</footer>")]


def _size(out: Path) -> tuple[int, int]:
    pages = [page.stat().st_size for page in out.rglob("index.html")]
    return len(pages), sum(pages)


def _generators(folder: Path) -> dict[str, Callable[[Path], Cost]]:
    """Return what measures each generator that is installed, by its name."""
    code = folder / "bytecode"
    found: dict[str, Callable[[Path], Cost]] = {
        "leaderboards": lambda out: measured([*_SELF, "ours", folder, out], code)
    }
    hugo = shutil.which("hugo")
    if hugo:
        source = folder / "hugo"
        found["Hugo"] = lambda out: measured(
            [hugo, "--quiet", "--source", source, "--destination", out]
        )
    else:
        print("Hugo is not installed, and left out (Debian: apt-get install hugo)")
    if find_spec("staticjinja"):
        found["staticjinja"] = lambda out: measured([*_SELF, "jinja", folder, out], code)
    else:
        print("staticjinja is not installed, and left out (pip install staticjinja)")
    return found


def _compared(site: Path, count: int, rounds: int, folder: Path) -> dict[str, float]:
    """Print a line for each generator, and return the peaks of their memory by name."""
    # Not in this process: its own memory would count as that of each that it starts.
    measured([*_SELF, "prepare", site, str(count), folder])
    generators = _generators(folder)
    costs: dict[str, list[Cost]] = {name: [] for name in generators}
    sizes: dict[str, tuple[int, int]] = {}
    for turn in range(rounds + 1):
        for name, run in generators.items():
            # Stays until the end: for a minute ext4 looks at each file that was removed before it makes another one,
            # which doubled the time of 1,000 pages.
            out = folder / f"{name}-{turn}"
            costs[name].append(run(out))
            sizes[name] = _size(out)
    # In the first round code was compiled and files were read from the disk.
    costs = {name: all_costs[1:] for name, all_costs in costs.items()}
    for name, all_costs in costs.items():
        cpu = statistics.median(cost.cpu for cost in all_costs)
        memory = statistics.median(cost.mebibytes for cost in all_costs)
        pairs = zip(costs["leaderboards"], all_costs, strict=True)
        ratio = statistics.median(one.cpu / other.cpu for one, other in pairs)
        pages, size = sizes[name]
        print(
            f"{name:14}{pages:7,}{size / pages / 1000:9.1f}{cpu:9.2f}{cpu / pages * 1000:9.2f}"
            f"{memory:8.0f}{ratio:10.2f}"
        )
    return {
        name: statistics.median(cost.mebibytes for cost in all_costs)
        for name, all_costs in costs.items()
    }


def main(site: Path, rounds: int = ROUNDS) -> None:
    """Print a table for each number of models, and what each page adds to the memory."""
    peaks = []
    with tempfile.TemporaryDirectory() as made:
        for count in COUNTS:
            print(
                f"{'pages of models':14}{'pages':>6}{'kB each':>9}{'CPU s':>9}{'ms each':>9}{'MiB':>8}{'ours / it':>10}"
            )
            folder = Path(made) / str(count)
            folder.mkdir()
            peaks.append(_compared(site, count, rounds, folder))
            print()
    for name, first in peaks[0].items():
        grown = (peaks[-1][name] - first) * 1024 / (COUNTS[-1] - COUNTS[0])
        print(f"{name}: {grown:.1f} KiB of memory for each further page")


if __name__ == "__main__":
    first, *others = sys.argv[1:]
    if first == "prepare":
        prepare(Path(others[0]), int(others[1]), Path(others[2]))
    elif first == "ours":
        ours(Path(others[0]), Path(others[1]))
    elif first == "jinja":
        jinja(Path(others[0]), Path(others[1]))
    else:
        main(Path(first), int(os.environ.get("ROUNDS", ROUNDS)))
