"""Full addresses of pages and files."""

from urllib.parse import quote, urlsplit

from generator.boards.site import Site

_PAGES_HOST = ".github.io"


def absolute(site: Site, path: str) -> str:
    """Return the full address of a path inside the site; the quoted path alone for a site without a public URL."""
    quoted = quote(path, safe="/~#")
    if not site.public_url:
        return quoted
    return f"{site.public_url.rstrip('/')}/{quoted}"


def repository(site: Site) -> str:
    """Return the address of the repository of a site on GitHub Pages, an empty text for any other site.

    It is named by the first folder of the site's address, or as the host where the site is at its top.
    """
    parts = urlsplit(site.public_url)
    host = parts.hostname or ""
    if not host.endswith(_PAGES_HOST):
        return ""
    owner = host.removesuffix(_PAGES_HOST)
    folder = parts.path.strip("/").partition("/")[0]
    return f"https://github.com/{owner}/{folder or host}"
