"""Errors, dates, formats, files, attribution: used by every other package, and importing none of them."""
