"""Full addresses of pages and files."""

from urllib.parse import quote

from generator.boards.site import Site


def absolute(site: Site, path: str) -> str:
    """Return the full address of a path inside the site; the quoted path alone for a site without a public URL."""
    quoted = quote(path, safe="/~#")
    return f"{site.public_url.rstrip('/')}/{quoted}" if site.public_url else quoted
