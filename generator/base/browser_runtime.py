"""What is published as the browser's part of Vega: where it stands, and its checksum."""

from collections.abc import Mapping

PATH = "static/js/vega.js"
"""Its path below the published tree."""
CHECKSUMS: Mapping[str, str] = {
    "1.9.0.post1": "efa69eea105b33f0128a1933284716d703d8febdbe39f16a074832d258117a55",
}
"""The sha256 of the script that each version of vl-convert-python bundles. A new version is added here by hand."""
