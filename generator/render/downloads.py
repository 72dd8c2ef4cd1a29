"""``data/v1/``: every snapshot as it was stored, and each dataset's newest state as JSON and CSV."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from generator.archive.history import DailyTokens, History
from generator.archive.store import StoredSnapshot
from generator.base import attribution, files, tabular
from generator.base.artifact import Artifact
from generator.base.attribution import Citation
from generator.boards.site import DatasetState, Site
from generator.endpoints import BY_NAME, rankings_daily
from generator.endpoints.endpoint import Endpoint
from generator.render import data_readme, schemas

ROOT = "data/v1"
SCHEMA_VERSION = 1


class ChecksumIndex:
    """Hands on artifacts and remembers what was put where, for the sums and the index."""

    def __init__(self) -> None:
        self.sums: dict[str, tuple[str, int]] = {}

    def put(self, path: str, body: bytes) -> Artifact:
        self.sums[path] = (files.sha256(body), len(body))
        return Artifact(f"{ROOT}/{path}", body)

    def link(self, path: str, kept: StoredSnapshot) -> Artifact:
        self.sums[path] = (kept.manifest.sha256, kept.manifest.bytes)
        return Artifact(f"{ROOT}/{path}", kept.path)

    def under(self, folder: str) -> list[dict[str, Any]]:
        return [
            {"path": path, "sha256": digest, "bytes": size}
            for path, (digest, size) in self.sums.items()
            if path.startswith(folder)
        ]


def downloads(history: History, site: Site) -> Iterator[Artifact]:
    """Every file below ``data/v1/``, the index and the sums last."""
    index = ChecksumIndex()
    for state in site.datasets:
        if state.day is not None:
            yield from _dataset(history, state, index)
    usage = history.usage
    if usage is not None:
        yield from _rankings_history(usage, index)
    yield index.put("identity.json", _identity(site))
    yield index.put("status.json", _status(history, site))
    yield index.put("datapackage.json", _datapackage(site))
    yield index.put("LICENSE", data_readme.LICENCE.encode())
    yield index.put("README.md", data_readme.readme(site).encode())
    yield index.put("CITATION.cff", data_readme.citation_file(site).encode())
    yield index.put("index.json", _index(site, index))
    sums = "".join(f"{digest}  {path}\n" for path, (digest, _) in sorted(index.sums.items()))
    yield Artifact.text(f"{ROOT}/SHA256SUMS", sums)


def _dataset(history: History, state: DatasetState, index: ChecksumIndex) -> Iterator[Artifact]:
    endpoint = BY_NAME[state.name]
    for kept in history.archive.snapshots(state.name, history.today):
        yield index.link(f"{state.name}/{kept.path.name}", kept)
        yield index.put(f"{state.name}/{kept.manifest_path.name}", kept.manifest_path.read_bytes())
    records = list(_records(history, endpoint))
    top = {**_top(state.citations, state.name, str(state.day)), "stale": state.stale}
    many = len(state.citations) > 1
    rows = ({**record, "as_of": citation.as_of} if many else record for record, citation in records)
    latest = index.put(f"{state.name}/latest.json", tabular.json_file(top, rows))
    table = index.put(
        f"{state.name}/latest.csv",
        tabular.csv_file([column.name for column in endpoint.columns], records),
    )
    yield latest
    yield table
    yield index.put(
        f"{state.name}/latest.manifest.json", _manifest(top, state, index, len(records))
    )
    yield index.put(f"{state.name}/schema.json", _json(schemas.latest(endpoint)))


def _records(history: History, endpoint: Endpoint) -> Iterator[tuple[dict[str, Any], Citation]]:
    kept = history.newest(endpoint.name)
    for one in history.parsed(kept) if kept else ():
        for row in one.rows:
            for record in endpoint.table(row):
                yield record, one.citation


def _top(citations: Sequence[Citation], dataset: str, day: str) -> dict[str, Any]:
    return {
        **tabular.header(citations),
        "license_url": attribution.LICENCE_URL
        if citations[0].licence == attribution.LICENCE_ID
        else None,
        "schema_version": SCHEMA_VERSION,
        "dataset": dataset,
        "snapshot_date": day,
    }


def _manifest(top: dict[str, Any], state: DatasetState, index: ChecksumIndex, rows: int) -> bytes:
    names = ("latest.json", "latest.csv")
    described = {
        name: dict(zip(("sha256", "bytes"), index.sums[f"{state.name}/{name}"], strict=True))
        for name in names
    }
    note = (
        "Aliases of the newest snapshot, made anew by every build; cite the dated snapshot instead."
    )
    return _json(
        {**top, "rows": rows, "files": described, "snapshot": f"{state.day}.json.gz", "note": note}
    )


def _rankings_history(usage: DailyTokens, index: ChecksumIndex) -> Iterator[Artifact]:
    """Every day so far, as last stated."""
    columns = [column.name for column in rankings_daily.ENDPOINT.columns]
    rows = [
        {"date": str(day), "model_permaslug": slug, "total_tokens": str(tokens[slug])}
        for day, tokens in usage.days.items()
        for slug in sorted(
            tokens, key=lambda name: (name == rankings_daily.OTHER, -tokens[name], name)
        )
    ]
    top = _top((usage.citation,), rankings_daily.NAME, str(usage.last))
    folder = rankings_daily.NAME
    yield index.put(f"{folder}/history.json", tabular.json_file(top, rows))
    yield index.put(
        f"{folder}/history.csv", tabular.csv_file(columns, ((row, usage.citation) for row in rows))
    )


def _identity(site: Site) -> bytes:
    """Which ids, slugs and variants are one model."""
    rows = [
        {
            "canonical_slug": profile.model.id,
            "name": profile.model.name,
            "author": profile.model.author,
            "ids": list(profile.ids),
            "listed": profile.listed,
            "first_seen": str(profile.first_seen) if profile.first_seen else None,
            "last_seen": str(profile.last_seen) if profile.last_seen else None,
            "page": profile.model.path,
        }
        for profile in site.profiles.values()
    ]
    top = {
        **tabular.header(_all_citations(site)),
        "schema_version": SCHEMA_VERSION,
        "snapshot_date": str(site.today),
    }
    return tabular.json_file(top, rows, "models")


def _status(history: History, site: Site) -> bytes:
    top = {
        **tabular.header(_all_citations(site)),
        "schema_version": SCHEMA_VERSION,
        "snapshot_date": str(site.today),
        "generator": site.version,
        "demo": bool(site.demo),
    }
    rows = [
        {
            "dataset": state.name,
            "newest": str(state.day) if state.day else None,
            "as_of": state.as_of,
            "stale": state.stale,
            "message": state.message,
            "rows": state.rows,
            "days_held": len(state.days),
            "notes": list(state.notes),
        }
        for state in site.datasets
    ]
    top["runs"] = [
        {
            "day": str(day),
            "datasets": {
                name: one.get("state") for name, one in report.get("datasets", {}).items()
            },
        }
        for day, report in history.archive.runs(history.today)[-60:]
    ]
    return tabular.json_file(top, rows, "datasets")


def _index(site: Site, index: ChecksumIndex) -> bytes:
    top = {
        **tabular.header(_all_citations(site)),
        "schema_version": SCHEMA_VERSION,
        "snapshot_date": str(site.today),
        "demo": bool(site.demo),
        "stability": "Dated files never change. Aliases (latest, history) are made anew by every build.",
        "files": [one for one in index.under("") if "/" not in one["path"]],
    }
    rows = [
        {
            **tabular.header(state.citations[:1]),
            "dataset": state.name,
            "title": state.title,
            "description": state.about,
            "snapshot_date": str(state.day),
            "stale": state.stale,
            "rows": state.rows,
            "dates": [str(day) for day in state.days],
            "files": index.under(f"{state.name}/"),
        }
        for state in site.datasets
        if state.day is not None
    ]
    return tabular.json_file(top, rows, "datasets")


def _datapackage(site: Site) -> bytes:
    """A Frictionless data package of the newest tables."""
    return _json(
        {
            **tabular.header(_all_citations(site)),
            "name": "openrouter-leaderboards",
            "title": "OpenRouter leaderboards",
            "created": f"{site.today}T00:00:00Z",
            "licenses": [
                {
                    "name": attribution.LICENCE_ID,
                    "path": attribution.LICENCE_URL,
                    "title": "CC BY 4.0 where stated",
                }
            ],
            "resources": [
                schemas.resource(BY_NAME[state.name])
                for state in site.datasets
                if state.day is not None
            ],
        }
    )


def _all_citations(site: Site) -> list[Citation]:
    return [citation for state in site.datasets for citation in state.citations[:1]]


def _json(value: dict[str, Any]) -> bytes:
    return (json.dumps(value, ensure_ascii=False, allow_nan=False, indent=1) + "\n").encode(
        "utf-8", "replace"
    )
