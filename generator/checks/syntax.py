"""Every file is what its name says: HTML that nests, CSV with rows of one length.

That JSON and XML can be read is found where they are parsed for all checks.
"""

import csv
from collections.abc import Iterator

from generator.base import tabular
from generator.checks.built_tree import Check, Finding
from generator.checks.html_page import Page


class Syntax(Check):
    """What a browser or a reader's program would choke on."""

    name = "syntax"

    def page(self, name: str, page: Page) -> Iterator[Finding]:
        """Find markup that a browser has to repair."""
        self.counted["pages"] += 1
        fault = page.misread_markup()
        if fault:
            yield self.finding(name, fault)

    def file(self, name: str, data: bytes) -> Iterator[Finding]:
        """Find tables that cannot be read."""
        if name.endswith(".csv"):
            reason = _table_fault(data)
            if reason:
                yield self.finding(name, reason)


def _table_fault(table: bytes) -> str:
    try:
        widths = {len(row) for row in tabular.csv_rows(table, strict=True)}
    except (ValueError, csv.Error) as error:
        return f"cannot be parsed: {error}"
    return "" if len(widths) == 1 else "its rows differ in length"
