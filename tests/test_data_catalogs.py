"""One description of each dataset: what its page, the catalogs of data and the tools for programs make of it."""

import io
import json
import re
import zipfile
from dataclasses import dataclass, replace
from datetime import date, timedelta
from hashlib import sha256
from typing import Any

import jsonschema
import pytest
import yaml

from generator.archive.history import History
from generator.archive.store import Archive
from generator.base.artifact import Artifact
from generator.base.attribution import rankings
from generator.base.site_config import SiteConfig
from generator.boards import all_boards
from generator.boards.board import Board, BoardId, BoardRow, Column
from generator.render.addresses import repository
from generator.render.change_list import change_list
from generator.render.comparison_data import make_comparison_data
from generator.render.context import Context
from generator.render.croissant import VERSION
from generator.render.data_readme import LICENSE, citation_file
from generator.render.dataset_descriptions import describe_datasets
from generator.render.day_zips import DAYS, day_zips
from generator.render.downloads import make_downloads
from generator.render.feeds import make_feeds
from generator.render.history_files import history_files
from generator.render.latest import Checksum, LatestFiles, latest_files
from generator.render.llms_txt import make_llms_txt
from generator.render.markdown_twins import make_markdown_twins, markdown
from generator.render.openapi import make_openapi
from generator.render.pages import render_pages
from generator.render.sample_rows import sample_rows
from tests.page_reading import Node, read
from tests.site_samples import site, state
from tests.tiny_archive import TODAY, TinyArchive, ago, chosen, daily, listing, task
from tests.whole_files import read_whole

PUBLIC = "https://someone.github.io/boards/"
CREDIT = f"Source: OpenRouter (openrouter.ai/rankings), as of {TODAY}T06:00:00Z. Licensed under CC BY 4.0."
NAME = "rankings-daily"
DATA = f"data/v1/{NAME}"


def fill(tiny: TinyArchive) -> None:
    """Two days of rankings, the second of which restates two numbers, and a catalog."""
    first = {ago(9): {"a/x": 100, "b/y": 60}, ago(8): {"a/x": 50, "b/y": 40}}
    tiny.rankings(first, on=ago(7))
    tiny.rankings({**first, ago(8): {"a/x": 51, "b/y": 30}, ago(1): {"a/x": 9}})
    tiny.models(listing("a/x", name="A: X|1"), listing("b/y", name="B: Y"))


def context_of(tiny: TinyArchive, *withheld: str, public: str = PUBLIC) -> Context:
    history = History(Archive(tiny.root), TODAY, withheld=frozenset(withheld))
    made = all_boards.site(history, demo="", public_url=public, version="1")
    tables = history_files(history, None).files
    return Context(history, made, latest=latest_files(history, made), tables=tables)


def data_of(context: Context) -> dict[str, bytes]:
    """The data and what describes them to programs, by path."""
    data = list(read_whole(make_downloads(context)))
    described = described_by(context, data)
    return bodies([*data, *make_openapi(described), *make_llms_txt(described)])


def described_by(context: Context, data: list[Artifact]) -> Context:
    """The context once the data are written."""
    published = {part.path: Checksum(part.sha256, part.size) for part in data}
    return replace(context, published=published)


def read_bytes(made: Artifact) -> bytes:
    assert isinstance(made.body, bytes)
    return made.body


def bodies(made: list[Artifact]) -> dict[str, bytes]:
    return {part.path: part.body for part in made if isinstance(part.body, bytes)}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    tiny = TinyArchive(tmp_path_factory.mktemp("tiny"))
    fill(tiny)
    context = context_of(tiny)
    data = data_of(context)
    described = described_by(context, list(read_whole(make_downloads(context))))
    pages = [*render_pages(described), *make_markdown_twins(described), *make_feeds(described)]
    return {**data, **bodies(pages)}


def loaded(made: dict[str, bytes], path: str) -> Any:
    return json.loads(made[path])


@pytest.fixture(scope="module")
def page(made: dict[str, bytes]) -> Node:
    return read(made[f"data/{NAME}/index.html"].decode())


# The page


def cells(page: Node, section: str, table: int = 0) -> list[list[str]]:
    """The rows of one of the tables of a section."""
    [found] = [node for node in page.all("section") if node.get("id") == section]
    body = found.all("tbody")[table]
    return [
        [node.text.strip() for node in row if node.tag in ("th", "td")] for row in body.all("tr")
    ]


def test_the_page_lists_every_file_with_its_size_and_day(
    made: dict[str, bytes], page: Node
) -> None:
    listed = {name: (size, day) for name, _, size, day in cells(page, "files")}
    published = {path.removeprefix(f"{DATA}/") for path in made if path.startswith(f"{DATA}/")}
    whole = {name for name in published if "/" not in name and not name[0].isdigit()}
    assert set(listed) == whole
    links = {node.get("href").partition(f"{DATA}/")[2] for node in page.all("a")}
    parts = {name for name in published if name.startswith("history/")}
    assert parts
    assert parts <= links
    assert listed["schema.json"] == (
        f"{len(made[f'{DATA}/schema.json']) / 1000:.1f} kB",
        "21 Nov 2026",
    )
    assert [row[0] for row in cells(page, "files")][:3] == [
        "latest.csv",
        "latest.json",
        "history.csv",
    ]
    days = [
        node.get("href").rpartition("/")[2]
        for node in page.all("a")
        if ".json.gz" in node.get("href")
    ]
    assert days == [f"{TODAY}.json.gz", f"{ago(7)}.json.gz"]


def test_the_page_describes_columns_and_shows_the_first_rows_and_the_gap(page: Node) -> None:
    assert cells(page, "columns")[2] == [
        "total_tokens",
        "a token count as text of digits",
        "prompt plus completion tokens of that day, an exact integer",
    ]
    assert cells(page, "rows")[0] == [str(ago(9)), "a/x", "100", "false"]
    facts = {
        node.all("dt")[0].text: node.all("dd")[0].text.split()
        for node in page.all("div")
        if node.all("dt")
    }
    assert " ".join(facts["Days without a snapshot"]) == "6: 15 to 20 Nov 2026"
    assert " ".join(facts["All snapshots cover"]) == "12 to 20 Nov 2026"
    assert " ".join(facts["Days archived"]) == "2 since 14 Nov 2026"


def test_the_pages_count_the_rows_of_the_table_that_can_be_downloaded(tiny: TinyArchive) -> None:
    of_one_task = task("code:x", 1, 1, chosen("a/x", 0.5), chosen("b/x", 0.25), kind="code")
    tiny.tasks(of_one_task)
    pages = bodies(list(render_pages(context_of(tiny))))
    latest = read(pages["data/task-classifications/index.html"].decode())
    (newest,) = [node.all("dd")[0] for node in latest.all("div") if "Newest" in node.text[:20]]
    # The task has a row, and so has each of its models; the response has one row in all.
    assert newest.text.split()[-2:] == ["3", "rows"]
    assert "Snapshot of 21 Nov 2026, 3 rows," in " ".join(
        read(pages["status/index.html"].decode()).text.split()
    )


def test_files_in_folders_are_parts_of_a_table() -> None:
    paths = ("latest.csv", "history/2026-07.parquet", "history/2026-08.parquet")
    checksum = Checksum("ab" * 32, 5)
    described = describe_datasets(site(), {f"{DATA}/{path}": checksum for path in paths})[NAME]
    assert [file.name for file in described.files] == ["latest.csv"]
    assert [file.name for file in described.parts] == [*reversed(paths[1:])]
    assert described.parts[0].media_type == "application/vnd.apache.parquet"


def test_a_long_value_of_a_row_is_cut_and_the_credit_left_out() -> None:
    table = f"a,b,citation,as_of,license\n1,{'x' * 70},c,d,e\n".encode()
    assert sample_rows(LatestFiles({}, 1, {"latest.csv": table})) == (
        ["a", "b"],
        [["1", "x" * 59 + "…"]],
    )
    assert sample_rows(None) == ([], [])


def test_days_between_snapshots_that_come_weekly_are_no_gap() -> None:
    day = date(2026, 8, 1)
    days = tuple(day + timedelta(days=past) for past in (0, 7, 21))
    weekly = state("session-cost", every_days=7, days=days, citations=site().datasets[0].citations)
    [described] = describe_datasets(site(datasets=(weekly,)), {}).values()
    assert [gap.human() for gap in described.gaps] == ["9 to 21 Aug 2026"]


# Catalogs of data


def test_croissant_names_each_table_with_its_columns_and_their_types(
    made: dict[str, bytes],
) -> None:
    described = loaded(made, f"{DATA}/croissant.json")
    required = (
        "@context",
        "@type",
        "name",
        "description",
        "license",
        "url",
        "creator",
        "datePublished",
    )
    assert all(described[member] for member in required)
    assert (described["conformsTo"], described["isLiveDataset"]) == (VERSION, True)
    assert (described["version"], described["citeAs"]) == ("2026.11.21", CREDIT)
    files = {file["@id"]: file for file in described["distribution"]}
    assert list(files) == [
        "latest.csv",
        "latest.json",
        "history.csv",
        "history.json",
        "revisions.csv",
    ]
    for name, file in files.items():
        assert file["sha256"] == sha256(made[f"{DATA}/{name}"]).hexdigest()
        assert file["contentUrl"] == f"{PUBLIC}{DATA}/{name}"
    latest, *_ = described["recordSet"]
    assert {field["name"]: field["dataType"] for field in latest["field"]} == {
        "date": "sc:Date",
        "model_permaslug": "sc:Text",
        "total_tokens": "sc:Integer",
        "provisional": "sc:Boolean",
    }
    for records in described["recordSet"]:
        heading = made[f"{DATA}/{records['name']}.csv"].decode().partition("\n")[0].split(",")
        columns = [field["source"]["extract"]["column"] for field in records["field"]]
        assert columns == heading[:-3]


def test_a_site_without_an_address_names_its_files_from_where_the_description_is(
    tiny: TinyArchive,
) -> None:
    fill(tiny)
    made = data_of(context_of(tiny, public=""))
    described = loaded(made, f"{DATA}/croissant.json")
    assert described["distribution"][0]["contentUrl"] == "latest.csv"
    assert described["url"] == f"../../../data/{NAME}/"
    assert "url" not in loaded(made, f"{DATA}/datacite.json")
    [dataset, *_] = loaded(made, "data/v1/dcat.jsonld")["dcat:dataset"]
    assert dataset["@id"] == f"../../data/{NAME}/"
    assert loaded(made, "openapi.json")["servers"] == [{"url": "."}]


def test_dcat_has_what_a_catalog_requires_of_each_dataset_and_file(made: dict[str, bytes]) -> None:
    catalog = loaded(made, "data/v1/dcat.jsonld")
    assert catalog["@type"] == "dcat:Catalog"
    assert catalog["dct:language"] == {"@id": "http://id.loc.gov/vocabulary/iso639-1/en"}
    datasets = {dataset["dct:identifier"]: dataset for dataset in catalog["dcat:dataset"]}
    assert set(datasets) == {NAME, "models"}
    rankings = datasets[NAME]
    assert rankings["dct:bibliographicCitation"] == CREDIT
    assert rankings["dct:temporal"]["dcat:startDate"]["@value"] == str(ago(9))
    assert rankings["dct:accrualPeriodicity"]["@id"].endswith("/DAILY")
    assert catalog["@context"]["rdfs"] == "http://www.w3.org/2000/01/rdf-schema#"
    for dataset in datasets.values():
        assert all(dataset[f"dct:{member}"] for member in ("title", "description", "publisher"))
        for file in dataset["dcat:distribution"]:
            path = file["dcat:accessURL"]["@id"].removeprefix(PUBLIC)
            assert ("dct:license" in file) == (dataset is rankings)
            if dataset is not rankings:
                assert file["dct:rights"] == {
                    "@type": "dct:RightsStatement",
                    "rdfs:label": "none stated by the source",
                }
            is_packed = "dcat:compressFormat" in file
            assert is_packed == path.endswith(".gz")
            assert not is_packed or file["dcat:mediaType"]["@id"].endswith("/application/json")
            if path in made:
                assert file["spdx:checksum"]["spdx:checksumValue"] == sha256(made[path]).hexdigest()
                assert file["dcat:byteSize"]["@value"] == str(len(made[path]))


def test_datacite_has_what_the_schema_requires_and_the_credit(made: dict[str, bytes]) -> None:
    described = loaded(made, f"{DATA}/datacite.json")
    assert described["schemaVersion"] == "http://datacite.org/schema/kernel-4"
    assert described["creators"] == [{"name": "OpenRouter", "nameType": "Organizational"}]
    assert described["titles"][0]["title"] == "Model rankings by day (OpenRouter Leaderboards)"
    assert described["publisher"] == {"name": "OpenRouter Leaderboards"}
    assert (described["publicationYear"], described["types"]["resourceTypeGeneral"]) == (
        "2026",
        "Dataset",
    )
    assert described["rightsList"][0]["rightsIdentifier"] == "CC-BY-4.0"
    days = {stated["dateType"]: stated["date"] for stated in described["dates"]}
    assert (days["Issued"], days["Updated"]) == (str(ago(7)), f"{TODAY}T06:00:00Z")
    assert days["Collected"] == f"{ago(7)}/{TODAY}"
    assert days["Coverage"] == f"{ago(9)}/{ago(1)}"
    assert described["descriptions"][1]["description"] == CREDIT
    models = loaded(made, "data/v1/models/datacite.json")
    assert models["rightsList"] == [{"rights": "none stated by the source"}]


def test_the_citation_file_has_each_dataset_with_its_creator_and_credit(
    made: dict[str, bytes],
) -> None:
    cited = yaml.safe_load(made["data/v1/CITATION.cff"])
    assert (cited["cff-version"], cited["type"]) == ("1.2.0", "dataset")
    references = {reference["title"]: reference for reference in cited["references"]}
    assert references["Model rankings by day"] == {
        "type": "dataset",
        "title": "Model rankings by day",
        "authors": [{"name": "OpenRouter"}],
        "date-released": str(TODAY),
        "notes": CREDIT,
        "license": "CC-BY-4.0",
        "url": f"{PUBLIC}data/{NAME}/",
    }
    assert "license" not in references["Model catalog"]
    # The catalog has no license, so that all data together have none.
    assert "license" not in cited


def test_the_citation_file_names_a_license_that_all_datasets_have_and_any_title(
    tiny: TinyArchive,
) -> None:
    fill(tiny)
    named = replace(site(), config=SiteConfig(name="Boards: ours #1 📊"))
    described = describe_datasets(context_of(tiny, "models").site, {})
    cited = yaml.safe_load(citation_file(named, described.values()))
    assert (cited["title"], cited["license"]) == ("Boards: ours #1 📊", "CC-BY-4.0")
    assert "license" not in yaml.safe_load(citation_file(named, ()))


def test_the_readme_says_what_the_rows_of_each_dataset_cover(made: dict[str, bytes]) -> None:
    lines = made["data/v1/README.md"].decode().splitlines()
    [line] = [line for line in lines if line.startswith(f"- `{NAME}`: ")]
    assert line.endswith(f"Rows of {ago(9)} to {ago(1)}. {CREDIT}")


@pytest.mark.parametrize(
    ("public_url", "repository_url"),
    [
        ("https://someone.github.io/boards/", "https://github.com/someone/boards"),
        ("https://someone.github.io/boards/of/models/", "https://github.com/someone/boards"),
        ("https://someone.github.io/", "https://github.com/someone/someone.github.io"),
        ("https://boards.example/", ""),
        ("", ""),
    ],
)
def test_the_repository_is_that_of_the_site_on_github_pages(
    public_url: str, repository_url: str
) -> None:
    assert repository(site(public_url=public_url)) == repository_url


def test_the_newest_tables_name_the_snapshot_that_they_are_made_of(tiny: TinyArchive) -> None:
    tiny.models(listing("a/x"))
    tiny.models(listing("a/x"), listing("b/y"))
    made = data_of(context_of(tiny))
    manifest = loaded(made, "data/v1/models/latest.manifest.json")
    assert (manifest["snapshot"], manifest["rows"]) == (f"{TODAY}.r2.json.gz", 2)
    assert manifest["snapshot_date"] == str(TODAY)


def test_the_tenth_snapshot_of_a_day_is_newer_than_the_second(tiny: TinyArchive) -> None:
    names = (f"{TODAY}.json.gz", f"{TODAY}.r2.json.gz", f"{TODAY}.r10.json.gz")
    tiny.models(listing("a/x"))
    published = {f"data/v1/models/{name}": Checksum("0" * 64, 1) for name in names}
    described = describe_datasets(context_of(tiny).site, published)["models"]
    assert [file.name for file in described.snapshots] == list(reversed(names))


# Programs


def test_openapi_names_static_paths_only_and_each_is_a_file(made: dict[str, bytes]) -> None:
    described = loaded(made, "openapi.json")
    assert described["openapi"] == "3.1.0"
    assert described["servers"] == [{"url": PUBLIC.rstrip("/")}]
    assert CREDIT in described["info"]["description"]
    assert "none takes a query parameter" in described["info"]["description"]
    parameters = described["components"]["parameters"].values()
    assert [(one["name"], one["in"]) for one in parameters] == [("day", "path")]
    names = []
    for path, item in described["paths"].items():
        assert list(item) == ["get"]
        names.append(item["get"]["operationId"])
        assert ("{day}" in path) == ("parameters" in item["get"])
        assert "{day}" in path or path.removeprefix("/") in made, path
        [content] = item["get"]["responses"]["200"]["content"].values()
        schema = content.get("schema", {}).get("$ref")
        assert schema is None or schema in made, path
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[a-z0-9_]+", name) for name in names)
    assert f"/{DATA}/history.csv" in described["paths"]
    assert "/data/v1/{day}.zip" in described["paths"]
    contents = {}
    for path, item in described["paths"].items():
        contents[path] = item["get"]["responses"]["200"]["content"]
    assert contents[f"/{DATA}/latest.csv"] == {"text/csv": {"schema": {"type": "string"}}}
    assert contents[f"/{DATA}/{{day}}.json.gz"] == {"application/gzip": {}}
    manifest = {"$ref": "data/v1/manifest.schema.json"}
    assert contents[f"/{DATA}/{{day}}.manifest.json"] == {"application/json": {"schema": manifest}}
    assert contents["/data/v1/latest.zip"] == {"application/zip": {}}
    assert list(contents["/data/v1/dcat.jsonld"]) == ["application/ld+json"]


def test_openapi_has_zips_of_days_where_there_are_some_and_the_schema_of_what_has_moved(
    tiny: TinyArchive,
) -> None:
    fill(tiny)
    context = context_of(tiny)
    paths = (f"{DATA}/latest.json", f"{DATA}/earlier.json", f"{DATA}/2026.zip")
    published = dict.fromkeys(paths, Checksum("0" * 64, 1))
    [described] = make_openapi(replace(context, published=published))
    listed = json.loads(read_bytes(described))["paths"]
    assert "/data/v1/{day}.zip" not in listed
    moved = listed[f"/{DATA}/earlier.json"]["get"]["responses"]["200"]["content"]
    assert moved == {"application/json": {"schema": {"$ref": "data/v1/earlier.schema.json"}}}


def test_llms_txt_leads_to_boards_datasets_and_explanations_with_credits(
    made: dict[str, bytes],
) -> None:
    text = made["llms.txt"].decode()
    assert text.startswith("# OpenRouter Leaderboards\n\n> ")
    linked = re.findall(rf"\({re.escape(PUBLIC)}([^)]*)\)", text)
    assert {
        "rankings/index.md",
        f"{DATA}/latest.csv",
        "openapi.json",
        "data/v1/changes.json",
    } <= set(linked)
    assert [path for path in linked if path not in made and f"{path}index.html" not in made] == []
    assert CREDIT in text
    # The format wants each entry to start with its link.
    entries = [line for line in text.splitlines() if line.startswith("- ")]
    titles = [re.match(r"- \[([^\]]+)\]\([^)]+\)(: .+)?$", line) for line in entries]
    assert None not in titles
    titles = re.findall(r"^- \[(.+?)\]\(", text, re.MULTILINE)
    assert len(set(titles)) == len(titles)
    # The rankings of a day, a week and a month are told apart by their titles.
    assert "- [Which models are used the most?](" in text
    assert "- [Which models were used the most on the latest day?](" in text
    assert "- [All model authors](" in text
    headings = [line for line in text.splitlines() if line.startswith("## ")]
    assert headings == [
        "## Leaderboards as Markdown",
        "## Datasets",
        "## Catalog",
        "## Explanations",
    ]


def test_a_board_is_markdown_too_with_its_rows_its_credit_and_no_markup_of_others(
    made: dict[str, bytes],
) -> None:
    text = made["models/index.md"].decode()
    top, body = text.split("\n---\n\n")
    assert "datasets: models rankings-daily" in top.splitlines()
    assert f'page: "{PUBLIC}models/"' in top.splitlines()
    rows = [line for line in body.splitlines() if line.startswith("|")]
    assert len({line.replace(r"\|", "").count("|") for line in rows}) == 1
    assert any(r"X\|1 (a/x)" in row for row in rows)
    assert "\nSource: OpenRouter (openrouter.ai/models), as of " in body
    # The label of a price has no unit.
    assert "\n- Input: US dollars per million input tokens\n" in body
    twins = {path for path in made if path.endswith("/index.md")}
    linked = {
        path.replace("index.html", "index.md")
        for path, file in made.items()
        if path.endswith(".html") and b'type="text/markdown"' in file
    }
    assert twins == linked
    assert "rankings/index.md" in twins


def test_no_name_makes_a_heading_a_list_or_a_letter_of_a_paragraph(tiny: TinyArchive) -> None:
    tiny.rankings(daily({"a/x": 9, "b/y": 8}))
    board = tiny.board("models-7d")
    findings = {
        "# A leads": "\\# A leads",
        "1. A leads": "1\\. A leads",
        "12) A leads": "12\\) A leads",
        "+ A leads": "\\+ A leads",
        "- A leads": "\\- A leads",
        "---": "\\---",
        "A &lt; B & C": "A \\&lt; B & C",
        "1.5 A leads, +3%": "1.5 A leads, +3%",
    }
    for finding, shown in findings.items():
        text = markdown(replace(board, finding=finding), "rankings/", tiny.site())
        assert shown in text.splitlines(), finding


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteRow(BoardRow):
    """A row of nothing but a text."""

    note: str | None


def test_a_text_that_is_missing_is_a_dash_in_markdown(tiny: TinyArchive) -> None:
    columns, rows = (Column("note", "Note", "text"),), (NoteRow(note="none"), NoteRow(note=None))
    credit = rankings("2026-11-20")
    board = Board(BoardId("x"), "X?", columns, rows, (credit,), ("rankings-daily",))
    lines = markdown(board, "rankings/", tiny.site()).splitlines()
    assert [line for line in lines if line.startswith("| ")] == ["| Note |", "| none |", "| – |"]


def test_bounds_and_places_are_said_in_words(tiny: TinyArchive) -> None:
    tiny.rankings(daily(*[{"a/x": 9, "b/y": 8}] * 7, *[{"a/x": 7, "b/y": 8}] * 7))
    board = tiny.board("models-7d")
    text = markdown(board, "rankings/", tiny.site())
    [leader] = [line for line in text.splitlines() if line.startswith("| 1 |")]
    assert leader.split(" | ")[1:3] == ["1 place up", "b/y"]
    assert "Period: 14 to 20 Nov 2026; last 3 days provisional." in text
    lines = text.splitlines()
    heading = next(line for line in lines if line.startswith("| Rank | Change | Model | Tokens |"))
    assert lines[lines.index(heading) + 1].startswith("|---:|---:|---|---:|")


def test_changes_are_listed_with_the_time_of_their_source_but_not_those_withheld(
    tiny: TinyArchive, made: dict[str, bytes]
) -> None:
    tiny.models(listing("a/x", prompt="0.000002"), on=ago(1))
    tiny.models(listing("a/x", prompt="0.000001"))
    listed = json.loads(change_list(context_of(tiny)) or b"")
    [change] = listed["changes"]
    assert (change["day"], change["kind"], change["subject"]) == (str(TODAY), "cheaper", "a/x")
    assert change["as_of"] == listed["as_of"] == f"{TODAY}T06:17:00Z"
    schema = loaded(made, "data/v1/changes.schema.json")
    jsonschema.Draft202012Validator(schema).validate(listed)
    assert change_list(context_of(tiny, "models")) is None


def test_changes_that_an_open_dataset_shows_stay_without_those_of_a_withheld_one(
    tiny: TinyArchive,
) -> None:
    tiny.models(listing("a/x", prompt="0.000002"), on=ago(1))
    tiny.models(listing("a/x", prompt="0.000001"))
    tiny.rankings(daily(*[{"a/x": 9, "b/y": 8}] * 8, *[{"a/x": 7, "b/y": 8}] * 8))
    shown = json.loads(change_list(context_of(tiny)) or b"")["changes"]
    assert {change["dataset"] for change in shown} == {"models", NAME}
    rest = json.loads(change_list(context_of(tiny, "models")) or b"")
    assert {change["dataset"] for change in rest["changes"]} == {NAME}
    assert "openrouter.ai/models" not in rest["citation"]


def test_a_comparison_has_no_days_of_rankings_that_are_withheld(tiny: TinyArchive) -> None:
    tiny.models(listing("a/x"), listing("b/y"))
    tiny.rankings(daily({"a/x": 9_000_000, "b/y": 8_000_000}))

    def newest(*withheld: str) -> list[list[int]]:
        [made] = make_comparison_data(context_of(tiny, *withheld))
        models = json.loads(read_bytes(made))["models"].values()
        return [model["series"][-1:] for model in models]

    assert newest() == [[9], [8]]
    assert newest(NAME) == [[], []]


def test_a_comparison_has_no_ids_of_a_catalog_that_is_withheld(tiny: TinyArchive) -> None:
    tiny.models(listing("a/short", "a/x"), listing("b/y"))
    tiny.rankings(daily({"a/x": 9_000_000, "b/y": 8_000_000}))

    def ids(*withheld: str) -> list[list[str]]:
        [made] = make_comparison_data(context_of(tiny, *withheld))
        return [model["ids"] for model in json.loads(read_bytes(made))["models"].values()]

    assert ids() == [["a/short"], []]
    assert ids("models") == [[], []]


def test_the_steps_to_a_page_are_numbered_from_one(made: dict[str, bytes]) -> None:
    [linked] = re.findall(r'ld\+json">(.*?)</script>', made["models/a/x/index.html"].decode())
    steps = json.loads(linked)["breadcrumb"]["itemListElement"]
    assert [(step["position"], step["item"]) for step in steps] == [
        (1, PUBLIC),
        (2, f"{PUBLIC}models/"),
        (3, f"{PUBLIC}models/a/x/"),
    ]


def test_the_picture_of_a_page_has_a_license_where_all_its_sources_state_it(
    made: dict[str, bytes],
) -> None:
    licenses = {}
    for path in ("about/index.html", "models/a/x/index.html"):
        [linked] = re.findall(r'ld\+json">(.*?)</script>', made[path].decode())
        licenses[path] = json.loads(linked)["primaryImageOfPage"].get("license")
    assert licenses == {
        "about/index.html": "https://creativecommons.org/licenses/by/4.0/",
        "models/a/x/index.html": None,
    }


# Zips


def test_a_day_that_has_passed_is_packed_and_always_the_same(tiny: TinyArchive) -> None:
    fill(tiny)
    tiny.models(listing("a/x"), on=ago(7))
    before = dict(day_zips(tiny.history(ago(6))))
    assert list(before) == [f"{ago(7)}.zip"]
    tiny.models(listing("a/x"), on=ago(6))
    later = dict(day_zips(tiny.history()))
    assert list(later) == [f"{ago(6)}.zip", f"{ago(7)}.zip"]
    assert later[f"{ago(7)}.zip"] == before[f"{ago(7)}.zip"]


def test_a_zip_holds_snapshots_manifests_terms_credits_and_sums_but_nothing_withheld(
    tiny: TinyArchive,
) -> None:
    fill(tiny)
    tiny.models(listing("a/x"), on=ago(7))
    [(_, body)] = day_zips(tiny.history())
    with zipfile.ZipFile(io.BytesIO(body)) as box:
        members = {name: box.read(name) for name in box.namelist()}
        # Compressed bytes could differ from one machine to the next.
        assert {member.compress_type for member in box.infolist()} == {zipfile.ZIP_STORED}
    stem = f"{NAME}/{ago(7)}"
    assert members[f"{stem}.json.gz"] == (tiny.root / f"{stem}.json.gz").read_bytes()
    manifest = json.loads(members[f"{stem}.manifest.json"])
    readme = members["README.md"].decode()
    assert f"- `{stem}.json.gz`: {manifest['citation']}\n  License: CC-BY-4.0." in readme
    assert members["LICENSE"] == LICENSE.encode()
    sums = dict(reversed(line.split("  ")) for line in members["SHA256SUMS"].decode().splitlines())
    assert sums == {
        name: sha256(body).hexdigest() for name, body in members.items() if name != "SHA256SUMS"
    }
    withheld = History(Archive(tiny.root), TODAY, withheld=frozenset({NAME, "models"}))
    assert list(day_zips(withheld)) == []


def test_only_the_newest_days_have_a_zip_and_the_page_lists_them(tiny: TinyArchive) -> None:
    for past in range(1, DAYS + 3):
        tiny.models(listing("a/x"), on=ago(past))
    assert [name for name, _ in day_zips(tiny.history())] == [
        f"{ago(past)}.zip" for past in range(1, DAYS + 1)
    ]


def test_the_page_of_all_data_leads_to_zips_catalogs_and_how_to_verify(
    made: dict[str, bytes],
) -> None:
    page = read(made["data/index.html"].decode())
    linked = {node.get("href") for node in page.all("a")}
    assert {f"../data/v1/{ago(7)}.zip", "../openapi.json", "../llms.txt"} <= linked
    assert {
        "../data/v1/changes.json",
        "../data/v1/dcat.jsonld",
        "../data/v1/CITATION.cff",
    } <= linked
    [shell] = [node.text for node in page.all("code") if "attestation" in node.text]
    assert "gh attestation verify SHA256SUMS --repo someone/boards" in shell


def test_a_withheld_dataset_is_described_nowhere(tiny: TinyArchive) -> None:
    fill(tiny)
    made = data_of(context_of(tiny, NAME))
    assert not [path for path in made if path.startswith(f"{DATA}/") and "credits" not in path]
    for path in ("openapi.json", "data/v1/dcat.jsonld"):
        assert DATA not in made[path].decode()
    assert f"{DATA}/" not in made["llms.txt"].decode()
