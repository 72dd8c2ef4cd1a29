"""What a page of a model shows, as JSON with bare values, for other site generators to format and lay out."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from generator.base import attribution
from generator.base.attribution import Citation
from generator.boards import comparison
from generator.boards.board import AnyBoard, BoardRow, Column, Entity, Moved
from generator.boards.model_profiles import ModelProfile
from generator.boards.site import Site
from generator.charts.chart import DrawnChart
from generator.render import column_room, filters, table_layout

Json = dict[str, Any]
_MEDIA = {"narrow": "(max-width: 32.5rem)", "medium": "(max-width: 51.5rem)"}


class ModelPages:
    """Describes the pages of models of one site."""

    def __init__(self, site: Site, charts: dict[str, DrawnChart]) -> None:
        self._site = site
        self._charts = charts
        board = site.boards.get("price-changes")
        self._changes: dict[str | None, list[BoardRow]] = {}
        for row in board.rows if board else ():
            self._changes.setdefault(row.entity("model_permaslug").path, []).append(row)
        self._change_columns = board

    def page(
        self, profile: ModelProfile, before: ModelProfile | None, after: ModelProfile | None
    ) -> Json:
        """Return all that one page shows."""
        model = profile.model
        owner = self._site.authors.get(model.author)
        title = f"{model.name} ({owner.author.name})" if owner else model.name
        use = self._site.boards.get("models-7d") if profile.rank else None
        near = [other for other in profile.neighbors if other.path and other.path != model.path]
        return {
            "title": f"{title}: price, rank and benchmarks",
            "description": profile.finding or model.name,
            "name": model.name,
            "id": profile.offer.listing.id if profile.offer else model.id,
            "key": comparison.key(str(model.path)),
            "color": model.color if model.author else "",
            "owner": {"name": owner.author.name, "path": owner.author.path} if owner else None,
            "datasets": profile.datasets,
            "links": profile.links,
            "updated": use.citations[0].as_of if use else "",
            "finding": profile.finding,
            "price": profile.offer.price if profile.offer else "",
            "rank": profile.rank,
            "of": profile.of,
            "share": profile.share,
            "tokens": profile.tokens or 0,
            "facts": profile.facts,
            "parameters": profile.parameters,
            "near": [
                {"name": other.name, "key": comparison.key(str(other.path))} for other in near[:3]
            ],
            "sections": list(self._sections(profile)),
            "credit": attribution.in_short(profile.citations) if profile.citations else "",
            "citations": _citations(profile.citations),
            "sources": _citations(profile.citations),
            "data": [
                (state.name, state.title)
                for state in self._site.datasets
                if state.name in profile.datasets
            ],
            "copies": list(self._copies(profile)),
            "scopes": [
                board.scope for board in (profile.usage_board, profile.prices) if board is not None
            ],
            "before": _linked(before),
            "after": _linked(after),
            "scripts": ["page", "search", "address", "table", "chart"],
        }

    def _sections(self, profile: ModelProfile) -> Iterator[Json]:
        used = profile.usage_board
        if used and used.rows:
            days = used.rows[-30:][::-1]
            yield {
                "heading": "Usage",
                "said": used.finding,
                "figure": self._figure(used, "model.", "tok-model."),
                "more": {"summary": "Daily figures, last 30 days", "table": _table(used, days)},
            }
        else:
            yield {"heading": "Usage", "empty": "Not in OpenRouter’s daily top 50 on any day."}
        yield self._prices(profile)
        if profile.alternatives:
            yield _section("Alternatives", profile.alternatives, profile.alternatives.notes)
        yield _section("Benchmark scores", profile.scores)
        yield _section("Top tasks", profile.tasks)
        if profile.listings:
            yield _section("IDs and variants", profile.listings, profile.listings.notes)

    def _prices(self, profile: ModelProfile) -> Json:
        section = _section("Prices", profile.prices, profile.prices.notes if profile.prices else ())
        if profile.price_history:
            section["figure"] = self._figure(profile.price_history, "model-prices.", "price-model.")
        changed = self._changes.get(profile.model.path, [])
        if changed and self._change_columns:
            summary = f"{len(changed)} price changes"
            section["more"] = {"summary": summary, "table": _table(self._change_columns, changed)}
        return section

    def _figure(self, board: AnyBoard, family: str, chart: str) -> Json | None:
        drawn = self._charts.get(chart + board.id.removeprefix(family))
        if drawn is None:
            return None
        pictures = [asdict(picture) for picture in drawn.pictures]
        return {
            **pictures[0],
            "id": drawn.id,
            "title": drawn.title,
            "alt": drawn.alt,
            "datasets": board.datasets,
            "narrower": [{**one, "media": _MEDIA[one["size"]]} for one in pictures[1:]],
            "credit": attribution.in_short(drawn.citations),
            "citations": _citations(drawn.citations),
        }

    def _copies(self, profile: ModelProfile) -> Iterator[Json]:
        address = f"https://example.org/{profile.model.path}"
        if profile.rank and profile.usage_board:
            badge = f"https://example.org/badges/{comparison.key(str(profile.model.path))}"
            picture = (
                f'<a href="{address}"><img src="{badge}.svg" alt="Usage rank on OpenRouter"></a>'
            )
            shown = f"[![Usage rank on OpenRouter]({badge}.svg)]({address})"
            texts = [("HTML", picture), ("Markdown", shown)] * 2
            yield {"id": "badge", "summary": "Rank badges for your README", "texts": texts}
        if profile.citations:
            full = "\n".join(citation.full for citation in profile.citations)
            day = self._site.today
            entry = f"@misc{{{profile.model.id},\n  title = {{{profile.model.name}}},\n  year = {{{day.year}}},"
            bibtex = f"{entry}\n  url = {{{address}}},\n  note = {{Data as of {day}. {full}}}\n}}"
            texts = [
                ("Data sources", full),
                ("This page", f"{profile.model.name}. Data as of {day}. {address}"),
                ("BibTeX", bibtex),
            ]
            yield {"id": "cite", "summary": "Cite this page", "texts": texts}


def _section(heading: str, board: AnyBoard | None, notes: Sequence[str] = ()) -> Json:
    if board is None or not board.rows:
        return {"heading": heading, "empty": "No figures available."}
    section: Json = {"heading": heading, "said": "", "notes": notes}
    if len(board.rows) > 12:
        section["table"] = _table(board, board.rows[:10])
        section["more"] = {
            "summary": f"All {len(board.rows)}",
            "table": _table(board, board.rows),
        }
    else:
        section["table"] = _table(board, board.rows)
    return section


def _table(board: AnyBoard, rows: Sequence[BoardRow]) -> Json:
    columns = table_layout.chosen(board)
    folded = table_layout.folded(board, columns)
    widths = column_room.widths(columns, folded)
    heading = next((column.key for column in columns if column.kind == "entity"), "")
    shown = [column for column in columns if column.kind != "spark"]
    until = f" until-{max(widths.values())}" if folded else ""
    folds = "".join(f" fold-{at} from-{widths[at]}-{at}" for at in folded)
    return {
        "id": board.id,
        "title": board.title,
        "order": filters.order(board, columns),
        "fitted": f"fitted{until}",
        "folded": bool(folded),
        "sorts": len(rows) > 1,
        "classes": f"board sorts{folds}",
        "terms": filters.credit(board),
        "columns": [{**asdict(column), "numeric": column.numeric} for column in shown],
        "rows": [
            {
                "standing": row.standing,
                "cells": [
                    _cell(column, row[column.key], column.key == heading) for column in shown
                ],
            }
            for row in rows
        ],
    }


def _cell(column: Column, value: object, is_heading: bool) -> Json:
    numeric = "n" if column.numeric else "t"
    if isinstance(value, Entity):
        if not is_heading:
            return {"k": "text", "c": numeric, "v": value.name}
        return {
            "k": "name",
            "id": value.id,
            "v": value.name,
            "path": value.path,
            "color": value.color if value.author else "",
            "detail": value.detail,
        }
    if isinstance(value, Moved):
        return {"k": "text", "c": numeric, "v": f"{value.how} {value.places or ''}"}
    if value is None or isinstance(value, int | float | str):
        return {"k": column.kind, "c": numeric, "v": value}
    return {"k": column.kind, "c": numeric, "v": str(value)}


def _citations(citations: Sequence[Citation]) -> list[Json]:
    return [{"line": one.line, "url": one.url, "license": one.license} for one in citations]


def _linked(profile: ModelProfile | None) -> Json | None:
    return {"name": profile.model.name, "path": profile.model.path} if profile else None
