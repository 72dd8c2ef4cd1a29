"""How well a color can be told from its ground, as WCAG 2 measures it."""


def ratio(color: str, ground: str) -> float:
    """Return the WCAG 2 contrast ratio of two ``#rrggbb`` colors, 1 to 21."""
    brighter, darker = sorted((_luminance(color), _luminance(ground)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def toward(color: str, end: str, ground: str, least: float) -> str:
    """Return the first mix of a color with another that has at least this contrast on a ground; the other if none has."""
    for percent in range(0, 100, 2):
        mix = mixed(color, end, percent / 100)
        if ratio(mix, ground) >= least:
            return mix
    return end


def mixed(color: str, end: str, part: float) -> str:
    """Return the color that lies a part of the way, 0 to 1, from one to another."""
    channels = []
    for channel, target in zip(_channels(color), _channels(end), strict=True):
        channels.append(f"{round(channel + (target - channel) * part):02x}")
    return "#" + "".join(channels)


def _channels(color: str) -> tuple[int, int, int]:
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)


def linear(color: str) -> tuple[float, float, float]:
    """Return red, green and blue of a ``#rrggbb`` in proportion to their light, each 0 to 1."""
    red, green, blue = (_linear(channel / 255) for channel in _channels(color))
    return red, green, blue


def _luminance(color: str) -> float:
    red, green, blue = linear(color)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)
