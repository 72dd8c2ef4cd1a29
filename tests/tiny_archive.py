"""Archives of a few facts, stored by the same code as a run's, and the boards made of them.

A test states its facts as the API would send them and compares rows with numbers worked out by hand.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from generator.archive.envelope import Snapshot
from generator.archive.history import History
from generator.archive.store import Archive
from generator.boards import all_boards
from generator.boards.all_boards import BOARDS
from generator.boards.board import Board
from generator.boards.site import AuthorProfile, Figure, ModelProfile, Site
from generator.boards.sources import read_sources
from generator.endpoints import (
    app_rankings,
    benchmarks,
    models,
    ranking_slices,
    rankings_daily,
    session_cost,
)
from generator.endpoints import task_classifications as tasks
from generator.endpoints.endpoint import Call, Endpoint, HeldState, Parsed, Reply

TODAY = date(2026, 11, 21)
LAST = date(2026, 11, 20)
"""The newest complete day: a Friday."""

SLICED: dict[str, Endpoint] = {
    **dict.fromkeys(ranking_slices.DAILY_SLICES, ranking_slices.DAILY),
    **dict.fromkeys(ranking_slices.WEEKLY_SLICES, ranking_slices.WEEKLY),
}
"""The dataset of each filter of the rankings."""

Json = dict[str, Any]
Day = Mapping[str, int]
"""Tokens by permaslug."""


def ago(days: int) -> date:
    """The day that many days before TODAY."""
    return TODAY - timedelta(days=days)


def created_on(day: date) -> int:
    """The first second of a day, as the catalog writes when a model was added."""
    return int(datetime.combine(day, time(), UTC).timestamp())


def daily(*days: Day, last: date = LAST) -> dict[date, Day]:
    """Successive days, the newest of which is ``last``."""
    first = last - timedelta(days=len(days) - 1)
    return {first + timedelta(days=at): tokens for at, tokens in enumerate(days)}


def weeks(*every: Day, last: date = LAST) -> dict[date, Day]:
    """Successive weeks whose seven days are all alike."""
    return daily(*(day for day in every for _ in range(7)), last=last)


def listing(
    id_: str, slug: str = "", name: str = "", prompt: str = "0.000001", **more: Any
) -> Json:
    """A catalog entry; ``pricing`` in ``more`` adds prices, anything else replaces a field."""
    prices = {"prompt": prompt, "completion": "0.000002", **more.pop("pricing", {})}
    return {
        "id": id_,
        "canonical_slug": slug or id_.partition(":")[0],
        "name": name or id_,
        "created": created_on(date(2026, 10, 1)),
        "architecture": {"input_modalities": ["text"], "output_modalities": ["text"]},
        "pricing": prices,
        **more,
    }


def score(
    slug: str, index: float | None, prompt: str | None = None, completion: str = "", **more: Any
) -> Json:
    """A row of Artificial Analysis."""
    pricing = {"prompt": prompt, "completion": completion or prompt} if prompt else None
    return {
        "source": "artificial-analysis",
        "model_permaslug": slug,
        "display_name": slug,
        "intelligence_index": index,
        "coding_index": None,
        "agentic_index": None,
        "pricing": pricing,
        **more,
    }


def rating(
    slug: str, elo: float, category: str = "website", arena: str = "models", **more: Any
) -> Json:
    """A row of Design Arena."""
    return {
        "source": "design-arena",
        "model_permaslug": slug,
        "display_name": slug,
        "arena": arena,
        "category": category,
        "elo": elo,
        "win_rate": 50,
        **more,
    }


def evaluation(slug: str, accuracy: float, kind: str = "gpqa", **more: Any) -> Json:
    """A row of OpenRouter's own evaluations, classic form."""
    return {
        "source": "openrouter",
        "model_permaslug": slug,
        "display_name": slug,
        "benchmark_type": kind,
        "accuracy": accuracy,
        "total_tasks": 100,
        "last_run_timestamp": "2026-11-01T00:00:00Z",
        **more,
    }


def search_evaluation(slug: str, primary_score: float, kind: str, **more: Any) -> Json:
    """A row of OpenRouter's own evaluations, search form."""
    row = evaluation(slug, 0, kind, primary_metric="accuracy", primary_score=primary_score, **more)
    del row["accuracy"]
    return row


def task(tag: str, usage: float, tokens: float, *chosen: Json, kind: str = "general") -> Json:
    """A classified task with the models chosen for it."""
    return {
        "tag": tag,
        "display_name": tag.title(),
        "macro_category": kind,
        "usage_share": usage,
        "token_share": tokens,
        "category_usage_share": usage,
        "category_token_share": tokens,
        "models": list(chosen),
    }


def chosen(slug: str, usage: float, tokens: float = 0.1) -> Json:
    """A model's part of one task."""
    return {"id": slug, "tag_usage_share": usage, "tag_token_share": tokens}


def kind_of_work(key: str, usage: float, tokens: float) -> Json:
    """A macro-category."""
    return {"key": key, "label": key.title(), "usage_share": usage, "token_share": tokens}


def app(id_: int, tokens: int, requests: int = 10, name: str = "") -> Json:
    """An app of a list, which gives it its rank by its place."""
    return {
        "app_id": id_,
        "app_name": name or f"App {id_}",
        "total_tokens": str(tokens),
        "total_requests": requests,
    }


def cost(app_: str, slug: str, turns: str, dollars: float, name: str = "") -> Json:
    """What a session of an app costs with a model at the median."""
    return {
        "app_name": name or app_.title(),
        "app_slug": app_,
        "median_session_cost_usd": dollars,
        "model_permaslug": slug,
        "turn_range": turns,
    }


class TinyArchive:
    """An archive in a folder of the test's own, and what is made of it as of TODAY.

    Args:
        root: the folder.
        kept: the folder of what is remembered from one history to the next; None remembers nothing.
    """

    def __init__(self, root: Path, kept: Path | None = None) -> None:
        self.root = root
        self.kept = kept

    def rankings(self, days: Mapping[date, Day], on: date = TODAY, as_of: str = "") -> None:
        """Tokens of days as a snapshot of the day ``on`` states them."""
        rows = [
            {"date": str(day), "model_permaslug": slug, "total_tokens": str(count)}
            for day, tokens in days.items()
            for slug, count in tokens.items()
        ]
        window = {"start_date": str(min(days)), "end_date": str(max(days))}
        meta = {"as_of": as_of or _as_of(on), "version": "v1", **window}
        call = Call(rankings_daily.NAME, rankings_daily.PATH, tuple(window.items()))
        self._keep(rankings_daily.ENDPOINT, on, (call, {"data": rows, "meta": meta}, 200))

    def models(self, *entries: Json, on: date = TODAY, as_of: date | None = None) -> None:
        """A catalog."""
        self.catalogue(entries, {}, on, as_of)

    def catalogue(
        self,
        entries: Sequence[Json],
        look_ups: Mapping[str, Json | None],
        on: date = TODAY,
        as_of: date | None = None,
    ) -> None:
        """A catalog with look-ups of single slugs; None is a slug that the API does not know.

        It is as of the day that it was received, by default that of its snapshot.
        """
        every: list[tuple[Call, Json, int]] = [
            (Call(models.NAME, models.LIST, keyed=False), {"data": list(entries)}, 200)
        ]
        for slug, found in look_ups.items():
            call = Call(models.NAME, models.ONE + slug, keyed=False, optional=True)
            body = {"data": found} if found else {"error": {"code": 404}}
            every.append((call, body, 200 if found else 404))
        self._keep(models.ENDPOINT, on, *every, received_on=as_of)

    def scores(self, *rows: Json, on: date = TODAY, as_of: date | None = None) -> None:
        """Scores of Artificial Analysis."""
        self._benchmark(benchmarks.ARTIFICIAL_ANALYSIS, [rows], on, as_of)

    def ratings(self, *arenas: Sequence[Json], on: date = TODAY) -> None:
        """Ratings of Design Arena, one reply for each arena."""
        self._benchmark(benchmarks.DESIGN_ARENA, arenas, on)

    def evaluations(self, *rows: Json, on: date = TODAY) -> None:
        """OpenRouter's own evaluations."""
        self._benchmark(benchmarks.OPENROUTER, [rows], on)

    def tasks(
        self, *rows: Json, kinds: Sequence[Json] = (), on: date = TODAY, as_of: date | None = None
    ) -> None:
        """Classified tasks and kinds of work; the source states the day before as its own."""
        day = str(as_of or on - timedelta(days=1))
        data = {"as_of": day, "classifications": list(rows), "macro_categories": list(kinds)}
        call = Call(tasks.NAME, tasks.PATH, (("window", "7d"),))
        self._keep(tasks.ENDPOINT, on, (call, {"data": data}, 200))

    def apps(self, lists: Mapping[str, Sequence[Json]], on: date = TODAY) -> None:
        """Lists of apps by ``sort``, ``sort.category`` or ``sort.category.subcategory``."""
        start, end = str(on - timedelta(days=30)), str(on - timedelta(days=1))
        every: list[tuple[Call, Json, int]] = []
        for name, listed in lists.items():
            sort, category, subcategory = (*name.split("."), "", "")[:3]
            params = (("sort", sort), ("category", category), ("subcategory", subcategory))
            call = Call(app_rankings.NAME, app_rankings.PATH, params)
            rows = [{"rank": rank, **row} for rank, row in enumerate(listed, 1)]
            meta = {"as_of": _as_of(on), "version": "v1", "start_date": start, "end_date": end}
            every.append((call, {"data": rows, "meta": meta}, 200))
        self._keep(app_rankings.ENDPOINT, on, *every)

    def slices(
        self, slices: Mapping[tuple[str, str], Mapping[date, Day]], on: date = TODAY
    ) -> None:
        """Tokens of days, or of the weeks that start on them, by filter and value; the filters of one dataset."""
        every: list[tuple[Call, Json, int]] = []
        for (kind, value), days in slices.items():
            endpoint = SLICED[kind]
            (window,) = {
                (call.params[0], call.params[1]) for call in endpoint.calls(on, HeldState())
            }
            meta = {"as_of": _as_of(on, len(every)), "version": "v1", **dict(window)}
            rows = [
                {"date": str(day), "model_permaslug": slug, "total_tokens": str(count)}
                for day, tokens in days.items()
                for slug, count in tokens.items()
            ]
            call = Call(endpoint.name, rankings_daily.PATH, (*window, (kind, value)))
            every.append((call, {"data": rows, "meta": meta}, 200))
        self._keep(endpoint, on, *every)

    def costs(
        self, *rows: Json, on: date = TODAY, days: int | None = 30, end: date | None = None
    ) -> None:
        """Session costs of the days up to ``end``, by default to six days before the snapshot's."""
        last = end or on - timedelta(days=6)
        window = {"window_days": days, "window_end_date": str(last) if days else None}
        meta = {"as_of": _as_of(on), "version": "v1", **window}
        call = Call(session_cost.NAME, session_cost.PATH, (("limit", "500"), ("offset", "0")))
        self._keep(session_cost.ENDPOINT, on, (call, {"data": list(rows), "meta": meta}, 200))

    def history(self, today: date = TODAY) -> History:
        return History(Archive(self.root, self.kept), today)

    def board(self, id_: str, today: date = TODAY) -> Board:
        """The board of that id as of a day; those that are made after it are left out, a third of the cost."""
        family = id_.partition(".")[0]
        last = next(at for at, maker in enumerate(BOARDS) if family in maker.families)
        sources = read_sources(self.history(today))
        return all_boards.gather(sources, BOARDS[: last + 1]).boards[id_]

    def boards(self, today: date = TODAY) -> dict[str, Board]:
        return all_boards.gather(read_sources(self.history(today))).boards

    def site(self, today: date = TODAY) -> Site:
        return all_boards.site(self.history(today), demo="", public_url="", version="1.0")

    def model(self, slug: str) -> ModelProfile:
        return self.site().profiles[slug]

    def author(self, name: str) -> AuthorProfile:
        return self.site().authors[name]

    def figures(self) -> dict[str, Figure]:
        """The overview's figures by label."""
        return {figure.label: figure for figure in self.site().figures}

    def _benchmark(
        self,
        endpoint: Endpoint,
        replies: Sequence[Sequence[Json]],
        on: date,
        as_of: date | None = None,
    ) -> None:
        every: list[tuple[Call, Json, int]] = []
        for number, rows in enumerate(replies):
            call = Call(endpoint.name, benchmarks.PATH, (("arena", str(number)),))
            meta = {"as_of": _as_of(as_of or on, number), "version": "v1"}
            every.append((call, {"data": list(rows), "meta": meta}, 200))
        self._keep(endpoint, on, *every)

    def _keep(
        self,
        endpoint: Endpoint,
        on: date,
        *answers: tuple[Call, Json, int],
        received_on: date | None = None,
    ) -> None:
        start = datetime.combine(received_on or on, time(6, 17), UTC)
        replies = []
        for second, (call, value, status) in enumerate(answers):
            received = start + timedelta(seconds=second)
            body = json.dumps(value).encode()
            replies.append(Reply(call, body, json.loads(body), received, status))
        parsed: list[Parsed] = [endpoint.parse(reply) for reply in replies]
        rows = [row for reply in parsed for row in reply.rows]
        citations = tuple(dict.fromkeys(reply.citation for reply in parsed))
        states_days = endpoint.row_day is not None
        days = sorted({row.date for row in rows}) if states_days else []
        snapshot = Snapshot(endpoint, on, tuple(replies), citations, len(rows), (), tuple(days))
        Archive(self.root).keep(snapshot, "test")


def _as_of(day: date, minute: int = 0) -> str:
    return f"{day}T06:{minute:02d}:00Z"


def table(board: Board | None, *keys: str) -> list[tuple[Any, ...]]:
    """The board's rows as tuples of these fields; fractions to six places, a change of rank in places or a word."""
    assert board is not None
    rows = []
    for record in board.records():
        places_or_word = {"moved": record.get("moved")}
        if places_or_word["moved"] is None:
            places_or_word["moved"] = record.get("moved_how")
        shown = {**record, **places_or_word}
        rows.append(tuple(_rounded(shown[key]) for key in keys))
    return rows


def days_of(board: Board) -> tuple[date, date]:
    """The first and the last day that the board covers."""
    assert board.window is not None
    return board.window.start, board.window.end


def _rounded(value: object) -> object:
    return round(value, 6) if isinstance(value, float) else value
