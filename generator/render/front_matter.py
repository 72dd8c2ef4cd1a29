"""The lines between two fences at the top of a page's file, as ``name: value``."""

FENCE = "---\n"


def split(text: str) -> tuple[dict[str, str], str]:
    """Return the fields of a page's front matter and the text below it; no fields where it has none."""
    if not text.startswith(FENCE):
        return {}, text
    front, fence, body = text.removeprefix(FENCE).partition("\n" + FENCE)
    if not fence:
        return {}, text
    fields = {}
    for line in front.splitlines():
        name, colon, value = line.partition(":")
        if colon:
            fields[name.strip()] = value.strip()
    return fields, body
