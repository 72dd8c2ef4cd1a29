"""``data/v1/<dataset>/earlier.json``: where the snapshots are that the site has no room for as files of their own."""

from collections.abc import Iterable

from generator.archive.packs import Member
from generator.archive.stored_snapshot import StoredSnapshot
from generator.base import tabular
from generator.boards.site import DatasetState
from generator.render.addresses import repository
from generator.render.context import Context
from generator.render.json_headers import dataset_header

NAME = "earlier.json"
_NOTE = (
    "These files have left their addresses. Where zip names one, it has each as member, with its manifest beside it, "
    "below data/v1/. The archive of this site keeps all: archive names the file there, or the zip that has it by its "
    "name. Their rows are in the history of the dataset."
)


def earlier_file(
    context: Context, state: DatasetState, snapshots: Iterable[StoredSnapshot]
) -> bytes:
    """Return name, place, checksum, size and credit of each of these snapshots, as JSON."""
    top = {**dataset_header(state.citations, state.name, str(state.day)), "note": _NOTE}
    rows = [_record(context, snapshot) for snapshot in snapshots]
    return tabular.json_file(top, rows, "days")


def _record(context: Context, snapshot: StoredSnapshot) -> dict[str, object]:
    manifest, dataset = snapshot.manifest, snapshot.manifest.dataset
    zip_, member, archive_url = None, None, None
    if context.left_out.is_zipped(snapshot.day):
        zip_ = f"{dataset}/{snapshot.day.year}.zip"
        member = f"{dataset}/{snapshot.path.name}"
    source = snapshot.source
    file = source.zip if isinstance(source, Member) else source
    archive = f"{dataset}/{file.name}"
    branch = repository(context.site)
    if branch:
        archive_url = f"{branch}/raw/snapshots/{archive}"
    citation = {"text": manifest.citation, "as_of": manifest.as_of, "license": manifest.license}
    return {
        "day": str(snapshot.day),
        "path": snapshot.path.name,
        "zip": zip_,
        "member": member,
        "archive": archive,
        "archive_url": archive_url,
        "sha256": manifest.sha256,
        "bytes": manifest.bytes,
        "citations": [citation],
    }
