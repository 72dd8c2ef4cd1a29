"""``llms.txt``: what this site is and where its data are, for language models and programs that use them."""

from collections import Counter
from collections.abc import Iterator

from generator.base.artifact import Artifact
from generator.render.addresses import absolute
from generator.render.context import Context
from generator.render.dataset_descriptions import describe_datasets
from generator.render.latest import ROOT
from generator.render.markdown_twins import NAME as TWIN
from generator.render.markdown_twins import boards_of_twins
from generator.render.openapi import NAME as OPENAPI
from generator.render.page_list import ABOUT

NAME = "llms.txt"
_CATALOG = {
    "index.json": "every dataset, day and file with size and checksum",
    "changes.json": "the changes of the last 60 days",
    "identity.json": "which ids, slugs and variants are one model",
    "status.json": "what the last run could refresh",
    "LICENSE": "the terms of each source",
}


_TABLES = ("latest.csv", "latest.json", "history.csv", "schema.json")
_ABOUT = (
    "> Usage, benchmarks and prices of AI models, from the public OpenRouter Data API, rebuilt every day. "
    "This edition is of {day}."
)
_TERMS = (
    "These are dated, static files without query parameters; they do not stand in for the API of the source. "
    "State the day of a number (`as_of`), and show the credit of its source: each file has it. "
    "Shares are shares of the tokens that OpenRouter publishes, not of all use of AI."
)


def make_llms_txt(context: Context) -> Iterator[Artifact]:
    """Yield the file: boards as Markdown, datasets as CSV and JSON, and the credit of each."""
    site = context.site
    lines = [f"# {site.config.name}", "", _ABOUT.format(day=site.today), "", _TERMS]
    for heading, found in (
        ("Leaderboards as Markdown", _boards(context)),
        ("Datasets", _datasets(context)),
        ("Catalog", _catalog(context)),
        ("Explanations", _explanations(context)),
    ):
        listed = list(found)
        if listed:
            lines += ["", f"## {heading}", "", *listed]
    yield Artifact.text(NAME, "\n".join(lines) + "\n")


def _boards(context: Context) -> Iterator[str]:
    """Yield a line for each board; those with one title are told apart by their days."""
    boards = boards_of_twins(context.site, context.page_list)
    titles = Counter(board.title for board in boards.values())
    for page, board in boards.items():
        title = board.title
        if titles[title] > 1 and board.window:
            title = f"{title} ({board.window.human()})"
        finding = f": {board.finding}" if board.finding else ""
        yield f"- [{title}]({absolute(context.site, page)}{TWIN}){finding}"


def _datasets(context: Context) -> Iterator[str]:
    for dataset in describe_datasets(context.site, context.published).values():
        files = [file for file in dataset.files if file.name in _TABLES]
        links = [_link(context, file.name, f"{ROOT}/{file.path}") for file in files]
        yield f"- {dataset.title}: {dataset.about} {', '.join(links)}. {dataset.credit}"


def _catalog(context: Context) -> Iterator[str]:
    for name, about in _CATALOG.items():
        if f"{ROOT}/{name}" in context.published:
            yield f"- {_link(context, name, f'{ROOT}/{name}')}: {about}"
    if context.published:
        yield f"- {_link(context, OPENAPI, OPENAPI)}: all of these paths as OpenAPI 3.1"


def _explanations(context: Context) -> Iterator[str]:
    for entry in context.page_list.entries:
        if entry.section == ABOUT:
            yield f"- {_link(context, entry.name, entry.path)}"


def _link(context: Context, name: str, path: str) -> str:
    return f"[{name}]({absolute(context.site, path)})"
