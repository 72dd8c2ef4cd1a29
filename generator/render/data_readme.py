"""The texts beside the downloads: license, readme, citation file."""

import json
from collections.abc import Collection, Iterator, Mapping

from generator.base import attribution
from generator.boards.site import Site
from generator.render.addresses import absolute
from generator.render.dataset_descriptions import DatasetDescription

LICENSE = f"""Data licenses

Rankings of models and apps, task classifications, session costs and benchmark listings come from the OpenRouter Data API,
which licenses them under {attribution.LICENSE_ID}: {attribution.LICENSE_URL}
Scores of Artificial Analysis and Design Arena remain theirs; name them as the citations do.
The model catalog carries no license statement of its source; it is given as facts with a credit.

Changes made here: tables were flattened and joined, sums, ranks and changes computed, and what looks like an
API key was masked (sk-or-…). The dated snapshots contain the original API responses.
"""


def license_text(site: Site) -> str:
    """Return the terms of the data, with what is left out because it may not be redistributed."""
    names = ", ".join(state.title for state in site.withheld)
    if not names:
        return LICENSE
    return f"{LICENSE}\nNot here, because it may not be redistributed: {names}.\n"


def readme(site: Site, datasets: Mapping[str, DatasetDescription]) -> str:
    """Return Markdown that says what the folder contains, and whose it is.

    Args:
        site: with datasets that may not be redistributed, too.
        datasets: those that may, by name.
    """
    lines = [
        f"# {site.config.name} data, {site.today}",
        "",
        "Each folder is a dataset: one immutable snapshot per UTC day (`<day>.json.gz` with its manifest), and the",
        "newest state as `latest.json` and `latest.csv`, sorted alike every day; `latest.zip` has those of all.",
        "`index.json` lists everything",
        "with its sha256; `sha256sum -c SHA256SUMS` checks a copy. Numbers that exceed 2^53 and prices are strings.",
        "`history.csv` and `history.json` hold every row as it was stated: the days it holds for (`valid_from`, `valid_to`),",
        "and the snapshots that first stated it and stated it otherwise (`stated_on`, `superseded_on`). Rows without",
        "`superseded_on` are the newest; those with `stated_on` up to a day and `superseded_on` empty or later are what was",
        "known on that day. Each file holds the newest months that fit into 16 MB; `history/` has every month as Parquet.",
        "In CSV files a credit stands in the first row that it applies to and holds until the next one.",
        "Where a dataset has `earlier.json`, it says where the snapshots are that have moved into `<year>.zip`.",
        "`schema.json` beside a dataset and `*.schema.json` here are JSON Schemas; `datapackage.json` describes the tables.",
        "",
    ]
    for state in site.datasets:
        if state.name in datasets:
            dataset = datasets[state.name]
            covered = f"{dataset.coverage.start} to {dataset.coverage.end}"
            lines.append(f"- `{dataset.name}`: {dataset.about} Rows of {covered}. {dataset.credit}")
        elif state.citations:
            lines.append(f"- `{state.name}`: {state.about} {state.citations[0].full}")
    return "\n".join(lines) + "\n"


def citation_file(site: Site, datasets: Collection[DatasetDescription]) -> str:
    """Return ``CITATION.cff``, version 1.2.0 of the format, with each dataset as a reference.

    The whole has a license where all datasets have it. Addresses are in it where the site knows its own.
    """
    lines = [
        "cff-version: 1.2.0",
        "message: Cite the dated snapshot you used, with the citation line of its dataset.",
        "type: dataset",
        f"title: {_quoted(site.config.name)}",
        "authors:",
        "  - name: OpenRouter",
        f"date-released: {site.today}",
        f"version: '{site.today}'",
    ]
    if datasets and all(dataset.license_url for dataset in datasets):
        lines.append(f"license: {attribution.LICENSE_ID}")
    if site.public_url:
        lines.append(f"url: {_quoted(absolute(site, 'data/'))}")
    if datasets:
        lines.append("references:")
    for dataset in datasets:
        lines += _reference(site, dataset)
    return "\n".join(lines) + "\n"


def _reference(site: Site, dataset: DatasetDescription) -> Iterator[str]:
    """Yield the lines about one dataset."""
    yield "  - type: dataset"
    yield "    authors:"
    yield f"      - name: {_quoted(dataset.creator)}"
    yield f"    title: {_quoted(dataset.title)}"
    yield f"    date-released: {_quoted(str(dataset.newest))}"
    yield f"    notes: {_quoted(dataset.credit)}"
    if dataset.license_url:
        yield f"    license: {_quoted(attribution.LICENSE_ID)}"
    if site.public_url:
        yield f"    url: {_quoted(absolute(site, dataset.page))}"


def _quoted(text: str) -> str:
    """Return a text as YAML takes it, whatever is in it: JSON quotes it alike, but for letters beyond 16 bits."""
    return json.dumps(text, ensure_ascii=False)
