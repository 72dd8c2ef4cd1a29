"""A site to render, and charts with everything but their drawings."""

import functools
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from generator.archive.history import History
from generator.archive.store import Archive
from generator.base.attribution import Citation
from generator.boards.board import AnyBoard, Entity
from generator.boards.model_profiles import ModelProfile
from generator.boards.overview import Figure
from generator.boards.rank_stability import RankRange
from generator.boards.site import DatasetState, Site
from generator.charts.chart import Control, Option, Picture
from generator.render.context import Context
from generator.render.latest import Checksum
from tests.board_samples import CREDITS, HOSTILE, LONG, MODELS, TODAY, board, boards

DEMO = "Demo: recorded replies of August 2026, not today's numbers."


@dataclass(frozen=True)
class SampleChart:
    """What pages need of a chart, without the drawing of it."""

    id: str
    board: AnyBoard
    title: str
    citations: tuple[Citation, ...]
    alt: str = "DeepSeek V4 Flash leads with 20.4% of all tokens, up 2.1 points."
    subtitle: str = "Tokens a week, the nine largest models and all others"
    pictures: tuple[Picture, ...] = (
        Picture("wide", "", 880, 480, head=20, title_lines=1, credit_lines=1),
        Picture("medium", ".medium", 556, 480, head=20, title_lines=1, credit_lines=1),
        Picture("narrow", ".narrow", 336, 480, head=40, title_lines=2, credit_lines=1),
    )
    controls: tuple[Control, ...] = (
        Control("range", "Period", (Option("", "All"), Option("4w", "4 weeks"))),
    )
    is_variant: bool = False
    is_interactive: bool = True

    notes: tuple[str, ...] = ("The last three days are provisional.",)

    @property
    def wide(self) -> Picture:
        return self.pictures[0]

    def has(self, suffix: str) -> bool:
        return suffix in (".svg", ".csv", ".png", ".zip")


def charts() -> Any:
    """By id, as pages take them."""
    held = boards()
    drawn = {
        "tok-top-stack": "models-weekly",
        "tok-movers": "movers-7d",
        "aa-bars": "artificial-analysis",
        "fr-scatter": "frontier",
        "da-elo.models.codecategories": "da.models.codecategories",
        "app-top": "apps.popular",
    }
    return {
        name: SampleChart(
            name, held[of], HOSTILE if name == "tok-movers" else held[of].title, held[of].citations
        )
        for name, of in drawn.items()
    }


@functools.cache
def profile(at: int) -> ModelProfile:
    """One of the first four models in full, any other with next to nothing known."""
    model, full = MODELS[at], at < 4
    totals = [None if 10 < n < 16 else 10**11 * (n % 7 + 3) for n in range(60)]
    days = [
        {
            "date": TODAY - timedelta(days=60 - n),
            "total_tokens": total,
            "model_rank": total and n % 9 + 1,
            "bound": 2 * 10**11,
        }
        for n, total in enumerate(totals)
    ]
    usage = board(
        f"model.{model.id.replace('/', '.')}",
        "date|Day|day total_tokens|Tokens|tokens model_rank|#|rank bound|At_most|tokens",
        days,
        "rankings-daily",
    )
    price = {"id": model.id, "condition": "up to 200K tokens", "prompt": "0.00000028"}
    prices = board(
        f"prices.{at}",
        "id|Listed_as|text condition|When|text prompt|Input|price",
        [price],
        "models",
    )
    score = {
        "source": "Artificial Analysis",
        "measure": Entity("Intelligence index", "Intelligence index"),
        "score": 63.1,
        "rank": 1,
        "rank_low": 1,
        "rank_high": 2,
        "of": 101,
    }
    scores = board(
        f"scores.{at}",
        "source|Source|text measure|Measure|entity score|Score|score rank|#|rank",
        [score],
        "benchmarks-artificial-analysis",
    )
    sources = ("rankings-daily", "models", "benchmarks-artificial-analysis")
    return ModelProfile(
        model=model,
        ids=(model.id, f"{model.id}:free"),
        listed=full,
        first_seen=TODAY,
        last_seen=TODAY,
        facts=(("Released", "31 Jul 2026"), ("Context", "1M"), ("Modalities", HOSTILE)),
        finding=f"{model.name} is used a great deal.",
        rank=at + 1 if full else None,
        ranks=RankRange(at + 1, at + 2) if full else None,
        of=119,
        share=0.188 if full else None,
        usage_board=usage if full else None,
        prices=prices if full else None,
        scores=scores if full else None,
        tasks=None,
        neighbors=(MODELS[0], MODELS[1]),
        citations=tuple(CREDITS[name] for name in sources),
        datasets=sources,
    )


def _figures() -> tuple[Figure, ...]:
    week, month = "rankings/", "apps/"
    return (
        Figure(
            "Tokens in seven days",
            "60.1 T",
            "60100000000000",
            "+4.2% in a week",
            week,
            ("rankings-daily",),
        ),
        Figure(
            "Most-used model",
            "DeepSeek V4 Flash",
            "0.188",
            "18.8% of all",
            week,
            ("rankings-daily", "models"),
        ),
        Figure(
            "Top author",
            "deepseek",
            "0.31",
            "31.0%, up 1.4 points",
            "rankings/authors/",
            ("rankings-daily",),
        ),
        Figure(
            "Highest score",
            LONG[:60],
            "63.1",
            "63.1 points",
            "frontier/",
            ("benchmarks-artificial-analysis",),
        ),
        Figure(
            "Top app",
            "Hermes Agent",
            "13830076672451",
            "13.8 T tokens",
            month,
            ("app-rankings",),
        ),
    )


def state(name: str, **changed: Any) -> DatasetState:
    values: dict[str, Any] = {
        "name": name,
        "title": name.replace("-", " ").capitalize(),
        "about": "What it holds, in one sentence.",
        "day": TODAY,
        "as_of": CREDITS[name].as_of if name in CREDITS else None,
        "rows": 1530,
        "stale": False,
        "message": "",
        "citations": (CREDITS[name],) if name in CREDITS else (),
        "days": tuple(TODAY - timedelta(days=n) for n in range(300, -1, -1)),
    }
    return DatasetState(**values | changed)


def site(**changed: Any) -> Site:
    """A demo in which one dataset is stale and one holds nothing; keywords replace what they name."""
    why = "GET /models gave 503 four times"
    stale = {
        "stale": True,
        "failed": True,
        "message": why,
        "notes": (f"the field {HOSTILE} is new",),
    }
    datasets = tuple(state(name, **(stale if name == "models" else {})) for name in CREDITS)
    nothing = state(
        "benchmarks-openrouter", day=None, rows=0, stale=True, message="no key is set", days=()
    )
    values: dict[str, Any] = {
        "today": TODAY,
        "demo": DEMO,
        "public_url": "",
        "boards": boards(),
        "profiles": {model.id: profile(at) for at, model in enumerate(MODELS)},
        "datasets": (*datasets, nothing),
        "figures": _figures(),
        "headline": "DeepSeek V4 Flash leads for the third week with 18.8% of all tokens, up 2.1 points",
        "version": "0.1.0",
    }
    return Site(**values | changed)


def published(of: Site) -> dict[str, Checksum]:
    """What stands for the files of each dataset: their checksums by path."""
    sums: dict[str, Checksum] = {}
    for held in of.datasets:
        if held.day and held.redistributable:
            sums |= _published(held.name, held.days)
    return sums


# The sample has 1,800 days in all: half of the 14 ms that a context took.
@functools.cache
def _published(dataset: str, days: tuple[date, ...]) -> dict[str, Checksum]:
    endings = ["latest.csv", "latest.json", "latest.manifest.json", "schema.json"]
    for day in days:
        endings += [f"{day}.json.gz", f"{day}.manifest.json"]
    names = [f"{dataset}/{ending}" for ending in endings]
    return {f"data/v1/{name}": Checksum.of(name.encode()) for name in names}


def context(of: Site, drawn: Any = None, **more: Any) -> Context:
    """A context over an empty archive; ``drawn`` are its charts by id, all the samples by default."""
    more.setdefault("published", published(of))
    history = History(Archive(Path("no-archive")), of.today)
    return Context(history, of, charts() if drawn is None else drawn, **more)
