"""``llms.txt``: what this site is and where its data are, for language models and programs that use them."""

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
_ROUND = str.maketrans("[]", "()")
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
    sections = {
        "Leaderboards as Markdown": _boards(context),
        "Datasets": _datasets(context),
        "Catalog": _catalog(context),
        "Explanations": _explanations(context),
    }
    for heading, entries in sections.items():
        listed = list(entries)
        if listed:
            lines += ["", f"## {heading}", "", *listed]
    yield Artifact.text(NAME, "\n".join(lines) + "\n")


def _boards(context: Context) -> Iterator[str]:
    """Yield a line for each board, no two of which have one title."""
    for page, board in boards_of_twins(context.site, context.page_list).items():
        entry = f"- {_link(context, board.title, f'{page}{TWIN}')}"
        yield f"{entry}: {board.finding}" if board.finding else entry


def _datasets(context: Context) -> Iterator[str]:
    """Yield a line for each dataset: its page, what it is, its files and its credit."""
    for dataset in describe_datasets(context.site, context.published).values():
        links = []
        for file in dataset.files:
            if file.name in _TABLES:
                links.append(_link(context, file.name, f"{ROOT}/{file.path}"))
        page = _link(context, dataset.title, dataset.page)
        yield f"- {page}: {dataset.about} {', '.join(links)}. {dataset.credit}"


def _catalog(context: Context) -> Iterator[str]:
    for name, about in _CATALOG.items():
        path = f"{ROOT}/{name}"
        if path in context.published:
            yield f"- {_link(context, name, path)}: {about}"
    if context.published:
        yield f"- {_link(context, OPENAPI, OPENAPI)}: the data and the feeds as OpenAPI 3.1"


def _explanations(context: Context) -> Iterator[str]:
    for entry in context.page_list.entries:
        if entry.section == ABOUT:
            yield f"- {_link(context, entry.name, entry.path)}"


def _link(context: Context, name: str, path: str) -> str:
    """Return a link in Markdown; brackets in its name would end it, so that round ones take their place."""
    return f"[{name.translate(_ROUND)}]({absolute(context.site, path)})"
