"""Every file is what its name says: HTML that nests, CSV with rows of one length.

That CSV, JSON and XML can be read is found where they are parsed for all checks.
"""

from collections.abc import Iterator

from generator.checks.built_tree import Check, Finding
from generator.checks.csv_table import Table
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

    def table(self, name: str, table: Table) -> Iterator[Finding]:
        """Find tables with rows of several lengths."""
        if len(table.widths) > 1:
            yield self.finding(name, "its rows differ in length")
