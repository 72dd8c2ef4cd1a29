"""How well colors can be told apart."""


def contrast(color: str, ground: str) -> float:
    """Return the WCAG 2 contrast ratio of two ``#rrggbb`` colors, 1 to 21."""
    brighter, darker = sorted((_luminance(color), _luminance(ground)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def _luminance(color: str) -> float:
    channels = (int(color[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (
        c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
