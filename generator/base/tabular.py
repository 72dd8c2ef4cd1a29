"""Rows as JSON and CSV files, each with the credit that data must carry wherever it goes."""

import csv
import io
import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from generator.base.attribution import NO_LICENSE, Citation

_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?", re.ASCII)
_FORMULA = re.compile(
    "[\t\r\n]|[\\s\ufeff\u00ad\u200b-\u200f\u2060]*[=+@\uff1d\uff0b\uff0d\uff20-]"
)
"""The beginning of a text that a spreadsheet computes: it passes over spaces, and reads wide forms as narrow ones."""
# Made once: json.dumps makes one at each call, which takes longer than a row does.
_ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"))
_PART = 1 << 18
"""So many characters of a table are put together before they are encoded."""
CREDIT_COLUMNS = ("citation", "as_of", "license")


def csv_rows(table: bytes) -> Iterator[list[str]]:
    """Return the rows of a CSV file in UTF-8, its heading first, decoded one by one.

    Raises:
        UnicodeDecodeError: while rows are taken, where it is not UTF-8.
    """
    return csv.reader(text_lines(table))


def text_lines(data: bytes) -> Iterator[str]:
    """Return the lines of a text in UTF-8 with their ends, decoded one by one.

    As one text, a history of 16 MB takes 79 MiB beside its bytes, and 4 so.

    Raises:
        UnicodeDecodeError: while lines are taken, where it is not UTF-8.
    """
    return io.TextIOWrapper(io.BytesIO(data), "utf-8", newline="")


def header(citations: Sequence[Citation]) -> dict[str, Any]:
    """Return the members at the top of every published JSON document.

    ``citation`` is one line per source, ``as_of`` and ``license`` are the first source's (every license
    where they differ); ``citations`` has them all.
    """
    first = first_of_each_source(citations)
    licenses = list(dict.fromkeys(citation.license for citation in first))
    stated = [license_ for license_ in licenses if license_ != NO_LICENSE]
    return {
        "citation": " ".join(dict.fromkeys(citation.full for citation in first)),
        "as_of": first[0].as_of if first else None,
        "license": "; ".join(
            [*stated, *(license_ for license_ in licenses if license_ == NO_LICENSE)]
        ),
        "citations": [
            {
                "text": citation.text,
                "url": citation.url,
                "as_of": citation.as_of,
                "license": citation.license,
            }
            for citation in dict.fromkeys(citations)
        ],
    }


def first_of_each_source(citations: Iterable[Citation]) -> list[Citation]:
    """Return the first of the citations that differ in their as_of only."""
    first: dict[str, Citation] = {}
    for citation in citations:
        words = citation.text.replace(citation.as_of, "")
        first.setdefault(words, citation)
    return list(first.values())


def credit(citation: Citation) -> dict[str, str]:
    """Return the three fields that credit one row, by :data:`CREDIT_COLUMNS`."""
    values = (citation.full, citation.as_of, citation.license)
    return dict(zip(CREDIT_COLUMNS, values, strict=True))


def compact(value: object) -> bytes:
    """Return a value as JSON without spaces; a lone surrogate, legal in JSON and impossible in UTF-8, is replaced."""
    return _ENCODER.encode(value).encode("utf-8", "replace")


def indented(value: object) -> bytes:
    """Return JSON for people: one member a line, and a newline at its end; a lone surrogate is replaced."""
    # Python's own indents in Python: a tenth of the cost of a small site.
    return msgspec.json.format(compact(value), indent=1) + b"\n"


def json_file(
    top: Mapping[str, object], rows: Iterable[Mapping[str, object]], name: str = "rows"
) -> bytes:
    """Return one JSON object: the members of ``top``, then the rows, one a line."""
    return b"".join(json_parts(top, [json_lines(rows)], name))


def json_lines(rows: Iterable[Mapping[str, object]]) -> bytes:
    """Return rows as :func:`json_file` has them, one a line, with a comma between two."""
    return ",\n".join(_ENCODER.encode(row) for row in rows).encode("utf-8", "replace")


def json_parts(
    top: Mapping[str, object], parts: Iterable[bytes], name: str = "rows"
) -> Iterator[bytes]:
    """Yield what :func:`json_file` returns, part by part, of rows that :func:`json_lines` has encoded in parts."""
    head = indented(dict(top)).removesuffix(b"\n}\n")
    yield head + f',\n "{name}": ['.encode("utf-8", "replace")
    yield from _listed(parts)
    yield b"]\n}\n"


def _listed(parts: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the parts that are not empty on lines of their own, with a comma between two."""
    before = b"\n"
    for part in parts:
        if part:
            yield before
            yield part
            before = b",\n"
    if before != b"\n":
        yield b"\n"


def csv_file(
    columns: Sequence[str], rows: Iterable[tuple[Mapping[str, object], Citation]]
) -> bytes:
    """Return a table in UTF-8 with LF and RFC 4180 quoting; its last columns are the credit, see :func:`csv_parts`."""
    return csv_heading(columns) + csv_lines(columns, rows)


def csv_heading(columns: Sequence[str]) -> bytes:
    """Return the first line of a table, with the columns of the credit."""
    target = io.StringIO()
    csv.writer(target, lineterminator="\n").writerow([*columns, *CREDIT_COLUMNS])
    return target.getvalue().encode("utf-8", "replace")


def csv_lines(
    columns: Sequence[str],
    rows: Iterable[tuple[Mapping[str, object], Citation]],
    plain: Collection[str] = (),
) -> bytes:
    """Return the rows of a table without its heading.

    The arguments are those of :func:`csv_parts`.
    """
    return b"".join(csv_parts(columns, rows, plain))


def csv_parts(
    columns: Sequence[str],
    rows: Iterable[tuple[Mapping[str, object], Citation]],
    plain: Collection[str] = (),
    above: Citation | None = None,
) -> Iterator[bytes]:
    """Yield the rows of a table without its heading, some thousand at a time.

    ``citation`` and ``license`` stand in the first row, and where they differ from the row above; each row has its
    ``as_of``. So every reader takes the file as it is, the credit is inside it, and is not most of it.

    Args:
        columns: in their order.
        rows: each with its credit.
        plain: columns whose values are numbers, days or missing, and cannot be taken for anything else.
        above: the credit of the row before them, where there is one.
    """
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\n")
    written = [(name, name in plain) for name in columns]
    for row, citation in rows:
        cells = [row.get(name) if is_plain else cell(row.get(name)) for name, is_plain in written]
        stated: Iterable[str] = ("", citation.as_of, "")
        if citation != above:
            stated = credit(citation).values()
        writer.writerow([*cells, *stated])
        above = citation
        if target.tell() > _PART:
            yield target.getvalue().encode("utf-8", "replace")
            target.seek(0)
            target.truncate()
    yield target.getvalue().encode("utf-8", "replace")


def cell(value: object) -> str:
    """Return a value as a CSV cell; a text that a spreadsheet would run as a formula gets a leading apostrophe."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        # A carriage return alone ends a row for some readers, and older Pythons write it without quotes.
        text = value.replace("\x00", "\ufffd").replace("\r", " ")
        return "'" + text if _FORMULA.match(value) and not _NUMBER.fullmatch(text) else text
    return str(value)
