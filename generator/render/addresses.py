"""Full addresses of pages and files."""

from urllib.parse import quote, urlsplit

from generator.boards.site import Site

_PAGES_HOST = ".github.io"


def absolute(site: Site, path: str) -> str:
    """Return the full address of a path inside the site; the quoted path alone for a site without a public URL."""
    quoted = quote(path, safe="/~#")
    return f"{site.public_url.rstrip('/')}/{quoted}" if site.public_url else quoted


def repository(site: Site) -> str:
    """Return the address of the repository of a site on GitHub Pages, an empty text for any other site."""
    parts = urlsplit(site.public_url)
    owner = (parts.hostname or "").removesuffix(_PAGES_HOST)
    if owner == (parts.hostname or ""):
        return ""
    return f"https://github.com/{owner}/{parts.path.strip('/') or parts.hostname}"
