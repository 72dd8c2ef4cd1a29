"""One model across all sources: where it stands, what it costs, how it scores, what it is chosen for."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial

from generator.archive.history import DailyTokens
from generator.archive.listings import ListingHistory
from generator.base import formats, isolation
from generator.base.attribution import Citation
from generator.base.dates import human_day, parse_day
from generator.boards import model_boards, model_prices
from generator.boards.board import Board, Entity, Row
from generator.boards.catalogue import created, in_order, listed
from generator.boards.names import Names
from generator.boards.site import ModelProfile
from generator.endpoints import models, rankings_daily
from generator.endpoints.endpoint import Facts
from generator.endpoints.models import ModelRow

NEIGHBOURS = 2


@dataclass(frozen=True, slots=True)
class Sources:
    """What profiles are joined from: the boards of the day and the histories behind them."""

    names: Names
    usage: DailyTokens | None
    catalogue: Facts | None
    boards: Mapping[str, Board]
    today: date


def profiles(sources: Sources, omissions: list[str]) -> Iterator[ModelProfile]:
    """Yield every model that some source has ever named, in the order of its slug.

    Where a profile cannot be made, ``omissions`` hears of it, and the model's page says no more than its name,
    since other pages lead there.
    """
    index = isolation.or_else(
        lambda: _Index(sources), None, "what is known of each model", omissions
    )
    for slug in sources.names.pages:
        bare = _bare(slug, sources)
        if index is None:
            yield bare
        else:
            yield isolation.or_else(
                partial(_profile, slug, sources, index), bare, f"the profile of {slug}", omissions
            )


def _bare(slug: str, sources: Sources) -> ModelProfile:
    """Return the profile that says nothing but the model's name."""
    model = sources.names.page(slug)
    return ModelProfile(
        model=model,
        ids=(slug,),
        listed=True,
        first_seen=None,
        last_seen=None,
        facts=(),
        finding=f"What is known of {model.name} could not be put together for this day.",
        rank=None,
        of=0,
        share=None,
        usage=None,
        prices=None,
        scores=None,
        tasks=None,
        neighbours=(),
        citations=sources.catalogue.citations[:1] if sources.catalogue else (),
        datasets=(models.NAME,) if sources.catalogue else (),
    )


class _Index:
    """All boards once, turned around to be asked by model."""

    def __init__(self, sources: Sources) -> None:
        names = sources.names
        self.entries: dict[str, list[ModelRow]] = {}
        for entry in listed(sources.catalogue) if sources.catalogue else []:
            self.entries.setdefault(names.canonical(entry.canonical_slug), []).append(entry)
        self.places: dict[str, tuple[int, Row]] = {}
        board = sources.boards.get("models-7d")
        self.ranked = board.ranked if board else ()
        for place, row in enumerate(self.ranked):
            self.places.setdefault(names.canonical(row.entity("model_permaslug").id), (place, row))
        self.scores: dict[str, list[tuple[Board, Row]]] = {}
        self.tasks: dict[str, list[tuple[Board, Row]]] = {}
        for id_, other in sources.boards.items():
            if id_ == "artificial-analysis" or id_.startswith("da.") or id_ == "openrouter-evals":
                self._turn(other, self.scores, names)
            elif id_.startswith("task."):
                self._turn(other, self.tasks, names)
        self.daily = _daily(sources.usage, names) if sources.usage else {}

    @staticmethod
    def _turn(board: Board, into: dict[str, list[tuple[Board, Row]]], names: Names) -> None:
        for row in board.rows:
            if row.standing != "other":
                into.setdefault(names.canonical(row.entity("model_permaslug").id), []).append(
                    (board, row)
                )


def _daily(usage: DailyTokens, names: Names) -> dict[str, dict[date, tuple[int, int, float]]]:
    """By model: on each day its tokens with all variants, the best rank among them, and its share."""
    found: dict[str, dict[date, tuple[int, int, float]]] = {}
    for day, tokens in usage.days.items():
        total = sum(tokens.values())
        ordered = sorted(
            (slug for slug in tokens if slug != rankings_daily.OTHER),
            key=lambda slug: (-tokens[slug], slug),
        )
        for rank, slug in enumerate(ordered, 1):
            days = found.setdefault(names.canonical(slug), {})
            count, best, share = days.get(day, (0, rank, 0.0))
            days[day] = (
                count + tokens[slug],
                min(best, rank),
                share + (tokens[slug] / total if total else 0.0),
            )
    return found


def _profile(slug: str, sources: Sources, index: _Index) -> ModelProfile:
    names = sources.names
    model = names.page(slug)
    entries = index.entries.get(slug, [])
    place = index.places.get(slug)
    usage_board = model_boards.days(model, sources.usage, index.daily.get(slug, {}), sources.today)
    former = _former(slug, entries, names)
    listing = sources.catalogue if entries or former else None
    price_board = model_prices.board(slug, model, entries, listing, former) if listing else None
    scores = model_boards.scores(slug, model, index.scores.get(slug, []))
    tasks = model_boards.tasks(slug, model, index.tasks.get(slug, []))
    parts = [board for board in (usage_board, price_board, scores, tasks) if board]
    citations: list[Citation] = [citation for board in parts for citation in board.citations]
    if sources.catalogue and not price_board:
        citations += sources.catalogue.citations[:1]
    datasets = [name for board in parts for name in board.datasets] or [models.NAME]
    share = place[1].number("share") if place else None
    return ModelProfile(
        model=model,
        ids=tuple(dict.fromkeys([slug, *(entry.id for entry in names.entries(slug))])),
        listed=bool(entries),
        first_seen=names.first_seen(slug),
        last_seen=names.last_seen(slug),
        facts=_facts(entries, names, slug),
        finding=_finding(model, place, len(index.ranked), scores),
        rank=place[0] + 1 if place else None,
        of=len(index.ranked),
        share=share,
        usage=usage_board,
        prices=price_board,
        scores=scores,
        tasks=tasks,
        neighbours=_neighbours(index, place),
        citations=tuple(dict.fromkeys(citations)),
        datasets=tuple(dict.fromkeys(datasets)),
        aliases=names.aliases(slug),
    )


def _former(slug: str, entries: list[ModelRow], names: Names) -> list[ListingHistory]:
    """What the catalogue once listed of the model, at a price, and does not list now."""
    now = {entry.id for entry in entries}
    return [entry for entry in names.entries(slug) if entry.id not in now and entry.prices]


def _neighbours(index: _Index, place: tuple[int, Row] | None) -> tuple[Entity, ...]:
    if place is None:
        return ()
    start = max(0, place[0] - NEIGHBOURS)
    around = index.ranked[start : place[0] + NEIGHBOURS + 1]
    return tuple(row.entity("model_permaslug") for row in around)


def _finding(model: Entity, place: tuple[int, Row] | None, of: int, scores: Board | None) -> str:
    parts = []
    if place is not None:
        share = formats.share(place[1].number("share") or 0.0)
        parts.append(
            f"{model.name} is number {place[0] + 1} of {of} by tokens this week, with {share} of all"
        )
    if scores is not None:
        first = min(scores.rows, key=lambda row: row.number("rank") or float("inf"))
        if first["rank"] is not None:
            where = f"{first['source']}, {first.entity('measure').name}"
            standing = f"number {first['rank']} of {first['of']} by {where}"
            parts.append(f"it is {standing}" if parts else f"{model.name} is {standing}")
    return "; ".join(parts) + "." if parts else f"{model.name} is in none of the current rankings."


def _facts(entries: list[ModelRow], names: Names, slug: str) -> tuple[tuple[str, str], ...]:
    if not entries:
        last = names.last_seen(slug)
        return (
            (
                "Catalogue",
                f"last listed on {human_day(last)}"
                if last
                else "never listed while this site has watched",
            ),
        )
    row = next((entry for entry in entries if ":" not in entry.id), entries[0])
    day = created(row)
    found = [("Added", human_day(day) if day else "")]
    found.append(
        ("Context", f"{formats.context(row.context_length)} tokens" if row.context_length else "")
    )
    found.append(("Takes", in_order(row.architecture.input_modalities)))
    found.append(("Gives", in_order(row.architecture.output_modalities)))
    if row.top_provider and row.top_provider.max_completion_tokens:
        found.append(
            ("Longest answer", f"{formats.context(row.top_provider.max_completion_tokens)} tokens")
        )
    found.append(
        ("Knowledge to", formats.sanitize(row.knowledge_cutoff) if row.knowledge_cutoff else "")
    )
    # The source writes this day for models without a date of withdrawal.
    expiry = row.expiration_date if row.expiration_date != "2098-12-31" else None
    found.append(("To be withdrawn on", _day(expiry) if expiry else ""))
    found.append(
        ("Open weights", formats.sanitize(row.hugging_face_id) if row.hugging_face_id else "")
    )
    found.append(
        ("Parameters", ", ".join(formats.sanitize(one) for one in row.supported_parameters))
    )
    return tuple((label, text) for label, text in found if text)


def _day(text: str) -> str:
    """A day of the catalogue for people; what is no plain day stays as it came."""
    try:
        return human_day(parse_day(text[:10]))
    except ValueError:
        return formats.sanitize(text)
