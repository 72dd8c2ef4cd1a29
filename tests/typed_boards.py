"""Boards of their real types from a few values: what a sample leaves out is missing, what it adds is dropped."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from typing import Any

from generator.boards import (
    adoption,
    app_shares,
    apps,
    artificial_analysis,
    author_profiles,
    authors_listed,
    authors_used,
    catalogue,
    categories,
    changes,
    concentration,
    design_arena,
    design_arena_leaders,
    design_arena_places,
    free_use,
    frontier,
    frontier_history,
    implied_spend,
    known_shares,
    model_days,
    model_prices,
    model_scores,
    models_used,
    movers,
    open_weights,
    outside_top_fifty,
    parameters,
    price_changes,
    price_history,
    price_index,
    rebasing,
    releases,
    restatement_ages,
    restatements,
    session_costs,
    task_lift,
    task_trend,
    tasks,
    use_against_score,
    use_history,
    use_test_taste,
    weekly,
    weekly_ranks,
)
from generator.boards.board import AnyBoard, Board, BoardId, BoardRow, Entity

ROW_TYPES: Mapping[str, type[BoardRow]] = {
    "adoption": adoption.LaunchRow,
    "adoption.days": adoption.AdoptionRow,
    "apps": apps.AppRow,
    "apps-shares": app_shares.AppShareRow,
    "artificial-analysis": artificial_analysis.AnalysisBoardRow,
    "author": author_profiles.AuthorWeekRow,
    "authors": authors_listed.AuthorListedRow,
    "authors-7d": authors_used.AuthorUseRow,
    "authors-weekly": weekly.AuthorWeekRow,
    "catalogue": catalogue.CatalogueRow,
    "categories": categories.CategoryRow,
    "changes": changes.ChangeRow,
    "concentration": concentration.ConcentrationRow,
    "da": design_arena.CategoryRow,
    "da-arena": design_arena_places.PlaceRow,
    "design-arena": design_arena_leaders.LeaderRow,
    "free-use": free_use.FreeWeekRow,
    "free-use.parts": known_shares.PartRow,
    "frontier": frontier.FrontierRow,
    "frontier-cheapest": frontier_history.CheapestRow,
    "frontier-history": frontier_history.FrontierDayRow,
    "implied-spend": implied_spend.SpendWeekRow,
    "modalities": catalogue.ModalityRow,
    "model": model_days.ModelDayRow,
    "model-prices": price_history.PriceStepRow,
    "models-1d": models_used.ModelUseRow,
    "models-30d": models_used.ModelUseRow,
    "models-7d": models_used.ModelUseRow,
    "models-ranks": weekly_ranks.RankRow,
    "models-weekly": weekly.ModelWeekRow,
    "movers-7d": movers.MoverRow,
    "open-weights": open_weights.OpenWeekRow,
    "open-weights.parts": known_shares.PartRow,
    "other-share": outside_top_fifty.OutsideRow,
    "parameters": parameters.ParameterRow,
    "price-changes": price_changes.PriceChangeRow,
    "price-history": price_history.PriceStepRow,
    "price-index": price_index.PriceIndexRow,
    "prices": model_prices.ModelPriceRow,
    "rebasings": rebasing.RebasingRow,
    "releases": releases.ReleaseRow,
    "session-cost": session_costs.CostRow,
    "restatements": restatements.RestatementRow,
    "restatement-ages": restatement_ages.AgeRow,
    "scores": model_scores.ScoreRow,
    "task": tasks.TaskModelRow,
    "task-lift": task_lift.LiftRow,
    "task-trend": task_trend.KindDayRow,
    "task-trend.tasks": task_trend.TaskDayRow,
    "tasks": tasks.TaskBoardRow,
    "tasks-macro": tasks.KindRow,
    "use-against-score": use_against_score.AgainstScoreRow,
    "use-history": use_history.UseWeekRow,
    "use-history.authors": use_history.AuthorUseWeekRow,
    "use-test-taste": use_test_taste.AgreementRow,
}


def _apps(id_: BoardId) -> dict[str, str]:
    sort, category, subcategory = (*id_.parts, "", "")[:3]
    return {"sort": sort, "category": category, "subcategory": subcategory}


def _category(id_: BoardId) -> dict[str, str]:
    arena, category = id_.parts
    words = {"arena_key": arena, "category_key": category, "arena": arena, "category": category}
    return {**words, "path": f"benchmarks/design-arena/{arena}/{category}/"}


def _task(id_: BoardId) -> dict[str, object]:
    (tag,) = id_.parts
    return {"task": Entity(tag, tag, f"tasks/{tag}/"), "path": f"tasks/{tag}/"}


def _model(id_: BoardId) -> dict[str, object]:
    author, name = id_.parts
    return {"model": Entity(f"{author}/{name}", name, author=author)}


def _author(id_: BoardId) -> dict[str, object]:
    (author,) = id_.parts
    return {"author": Entity(author, author, f"authors/{author}/", author)}


BOARD_TYPES: Mapping[str, tuple[type[AnyBoard], Callable[[BoardId], Mapping[str, object]]]] = {
    "apps": (apps.AppsBoard, _apps),
    "author": (author_profiles.AuthorWeeksBoard, _author),
    "da": (design_arena.CategoryBoard, _category),
    "da-arena": (design_arena_places.PlacesBoard, lambda _: {"arena": "models"}),
    "model": (model_days.ModelDaysBoard, _model),
    "task": (tasks.TaskBoard, _task),
}
"""Types that carry more than rows, and what their id says of that."""


def row(row_type: type[BoardRow], values: Mapping[str, Any]) -> BoardRow:
    """A row of the type; without a standing it is ranked."""
    given = {field.name: values.get(field.name) for field in fields(row_type)}
    return row_type(**given | {"standing": values.get("standing", "ranked")})


def typed_board(name: str, listed: Iterable[Mapping[str, Any]], **values: Any) -> AnyBoard:
    """A board of the type that its id has in the site."""
    # The name of a model can hold dots of its own.
    id_ = BoardId(*name.split(".", 2 if name.startswith("model.") else -1))
    row_type = ROW_TYPES.get(id_, ROW_TYPES[id_.family])
    board_type, said = BOARD_TYPES.get(id_.family, (Board, lambda _: {}))
    rows = tuple(row(row_type, one) for one in listed)
    return board_type(id=id_, rows=rows, **{**said(id_), **values})
