"""``search/index.json``: everything that has a page, for the search box.

It is fetched when somebody turns to the box, so it is small: a row is a name, the part of its address that
differs, what it is in short (author, rank, price), the ids under which the API knows it, and other words for it.
Rows stand in order of importance, which decides between equally good matches.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from generator.base import formats, tabular
from generator.base.artifact import Artifact
from generator.boards import authors_used, category_words, models_used, sentences
from generator.boards.apps import POPULAR, AppRow, AppsBoard
from generator.boards.authors_used import AuthorUseRow
from generator.boards.board import AnyBoard, Entity
from generator.boards.comparison import models_with_pages
from generator.boards.design_arena import CategoryBoard
from generator.boards.joined_models import Offer
from generator.boards.model_profiles import ModelProfile
from generator.boards.rank_stability import RankRange
from generator.boards.site import Site
from generator.boards.tasks import TaskBoardRow
from generator.endpoints import app_rankings, models, rankings_daily, task_classifications
from generator.render.context import Context
from generator.render.open_models import open_models
from generator.render.ordering import authors_by_use
from generator.render.table_body import app_anchor

PATH = "search/index.json"
_OTHER_NAMES = {
    "meta": "Facebook",
    "meta-llama": "Facebook",
    "openai": "ChatGPT",
    "qwen": "Alibaba",
    "x-ai": "xAI",
    "z-ai": "Zhipu",
}
"""What authors are looked for by and the source does not call them: a product, an owner, an earlier name."""

_Row = list[str]


def make_search_index(context: Context) -> Iterator[Artifact]:
    """Yield one file; none without a snapshot whose source it could credit."""
    site = context.site
    if not site.citations:
        return
    withheld = {state.name for state in site.withheld}
    open_ = open_models(context.history, site)
    groups = [
        _group("Model", "models/", _models(site, withheld, open_)),
        _group("Author", "authors/", _authors(site, withheld, open_)),
        _group("Page", "", _pages(context)),
        _group("Task", "tasks/", _tasks(site, withheld)),
        _group("App", "apps/", _apps(site, withheld)),
        _group("Benchmark", "benchmarks/design-arena/", _arenas(site)),
        _group("Chart", "charts/", _charts(context)),
        _group("Dataset", "data/", [[state.title, f"{state.name}/"] for state in site.datasets]),
    ]
    body = {**tabular.header(site.citations), "groups": groups}
    yield Artifact(PATH, tabular.compact(body))


def _group(kind: str, at: str, rows: Iterable[_Row]) -> dict[str, object]:
    """Return the rows of one kind, whose addresses all begin with ``at``."""
    return {"kind": kind, "at": at, "rows": [_cut(row) for row in rows]}


def _cut(row: Sequence[str]) -> _Row:
    """Return a row without the empty texts at its end."""
    kept = list(row)
    while kept and not kept[-1]:
        kept.pop()
    return kept


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def _ranked(rank: int | RankRange | None, week: AnyBoard | None = None) -> str:
    """Return ``No. 3–5``, with a mark where the week it is the rank of has days that may still be restated."""
    if not rank:
        return ""
    words = rank.words if isinstance(rank, RankRange) else rank
    if week and week.provisional:
        return f"No. {words} (provisional)"
    return f"No. {words}"


def _pages(context: Context) -> Iterator[_Row]:
    for page in context.page_list.searchable:
        yield [page.search, page.path, "", "", page.keywords]


def _charts(context: Context) -> Iterator[_Row]:
    """Yield title and path of each chart; variants, which have a dot in their ids, are left out."""
    for chart in context.figures.values():
        if "." not in chart.id:
            yield [chart.title, f"{chart.id}/"]


def _models(site: Site, withheld: set[str], open_: Mapping[str, ModelProfile]) -> Iterator[_Row]:
    """Yield every model that may be named: the most used first, those no longer listed last."""
    profiles = [profile for profile in models_with_pages(site) if profile.model.id in open_]
    week = site.boards.get(models_used.WEEK)
    names = sentences.model_names([profile.model for profile in profiles])
    for profile in profiles:
        model = profile.model
        path = str(model.path).removeprefix("models/")
        author = site.authors.get(model.author)
        about = [author.author.name if author else model.author]
        ids = [model.id]
        if rankings_daily.NAME not in withheld:
            about.append(_ranked(profile.ranks, week))
        if models.NAME not in withheld:
            about.append(_price(profile.offer))
            ids = _ids(profile, path)
        yield [names[model], path, _joined(*about), " ".join(ids)]


def _price(offer: Offer | None) -> str:
    """Return the price of a million tokens, empty for a model that is not on offer."""
    if offer is None:
        return ""
    if "$" not in offer.price:
        return offer.price
    return f"{offer.price} per 1M"


def _ids(profile: ModelProfile, path: str) -> list[str]:
    """Return the ids of a model, that of its offer first; without an offer, all but the one that its path says."""
    ids = [*profile.ids, profile.model.id, *profile.aliases]
    if profile.offer:
        return list(dict.fromkeys([profile.offer.listing.id, *ids]))
    in_path = path.strip("/")
    return [id_ for id_ in dict.fromkeys(ids) if id_ != in_path]


def _authors(site: Site, withheld: set[str], open_: Mapping[str, ModelProfile]) -> Iterator[_Row]:
    """Yield every author of a model that may be named, the most used first."""
    week = site.boards.find(authors_used.WEEK, AuthorUseRow)
    ranks: dict[str, RankRange | None] = {}
    if week and rankings_daily.NAME not in withheld:
        ranks = {row.author.id: row.ranks for row in week.rows}
    available: Counter[str] = Counter()
    if models.NAME not in withheld:
        available = _available(site)
    named = {profile.model.author for profile in open_.values()}
    for profile in authors_by_use(site):
        author = profile.author
        if author.id not in named:
            continue
        count = available[author.id]
        listed = formats.counted(count, "model") if count else ""
        path = str(author.path).removeprefix("authors/")
        ranked = _ranked(ranks.get(author.id), week)
        yield [
            author.name,
            path,
            _joined(ranked, listed),
            author.id,
            _OTHER_NAMES.get(author.id, ""),
        ]


def _available(site: Site) -> Counter[str]:
    """Return the number of models by author, as the page of all authors counts them: of those that left, none."""
    return Counter(profile.model.author for profile in site.profiles.values() if profile.listed)


def _tasks(site: Site, withheld: set[str]) -> Iterator[_Row]:
    board = site.boards.find("tasks", TaskBoardRow)
    if board is None or task_classifications.NAME in withheld:
        return
    for row in board.rows:
        task = row.tag
        if task.path:
            share = f"{formats.share(row.usage_share)} of requests"
            about = _joined(_ranked(RankRange(row.rank_low, row.rank_high)), share)
            yield [task.name, task.path.removeprefix("tasks/"), about, task.id]


def _apps(site: Site, withheld: set[str]) -> Iterator[_Row]:
    """Yield the apps, the most used first. None has a page: each leads to its row in the narrowest list of it."""
    if app_rankings.NAME in withheld:
        return
    lists = _narrowest_lists(site)
    names = sentences.app_names(lists)
    used: dict[Entity, AppRow] = {}
    popular = site.boards.find("apps.popular", AppRow)
    if popular:
        used = {row.app: row for row in popular.rows}
    others = [app for app in lists if app not in used]
    others.sort(key=lambda app: (app.name.casefold(), app.id))
    for app in (*used, *others):
        board = lists[app]
        yield [names[app], _place(board, app), _about_app(board, used.get(app))]


def _narrowest_lists(site: Site) -> dict[Entity, AppsBoard]:
    """Return for each app the narrowest list that it stands in."""
    narrowest: dict[Entity, AppsBoard] = {}
    for board in site.boards.of_type(AppsBoard):
        for row in board.rows:
            so_far = narrowest.get(row.app)
            if so_far is None or _depth(board) >= _depth(so_far):
                narrowest[row.app] = board
    return narrowest


def _about_app(board: AppsBoard, use: AppRow | None) -> str:
    """Return an app's category, rank and tokens; of one that is not among the most used, what else it is."""
    category = board.subcategory or board.category
    heading = category_words.heading(category) if category else ""
    if use is None:
        return heading or "Fastest-growing"
    return _joined(heading, _ranked(use.rank), f"{formats.tokens(use.total_tokens)} tokens")


def _depth(board: AppsBoard) -> tuple[int, bool]:
    """Return how narrow a list is, and whether it is one whose rows have addresses of their own."""
    return len(_categories(board)), board.sort == POPULAR


def _categories(board: AppsBoard) -> list[str]:
    """Return the category and the subcategory of a list, without those that it has not."""
    return [part for part in (board.category, board.subcategory) if part]


def _place(board: AppsBoard, app: Entity) -> str:
    """Return where a list stands below ``apps/``, and the app's row in it where that has an address."""
    folder = "".join(f"{part}/" for part in _categories(board))
    return f"{folder}#{app_anchor(app)}" if board.sort == POPULAR else folder


def _arenas(site: Site) -> Iterator[_Row]:
    for board in site.boards.of_type(CategoryBoard):
        words = f"Design Arena: {board.category}, {board.arena}"
        yield [words, board.path.removeprefix("benchmarks/design-arena/")]
