"""The colors of the two themes, and one color per author, the same in every chart and page.

The twenty largest authors have a color of their own. Any other gets one from its name: fixed lightness
and chroma in OKLCH, the hue from a hash, so that none stands out. All keep at least 3:1 against both papers.
"""

import hashlib
import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Theme:
    """The neutral colors of one theme; charts are drawn in LIGHT and recolored to DARK one to one."""

    paper: str
    ink: str
    soft: str
    line: str
    other: str
    accent: str


LIGHT = Theme(
    paper="#fbf9f4",
    ink="#1f1d1a",
    soft="#655f56",
    line="#ddd7cb",
    other="#a39b8d",
    accent="#9a3412",
)
DARK = Theme(
    paper="#191714",
    ink="#e9e4da",
    soft="#a8a093",
    line="#3a362f",
    other="#7d766a",
    accent="#f0a36b",
)

AUTHORS = {
    "anthropic": "#c2643f",
    "arcee-ai": "#7c8a2e",
    "bytedance-seed": "#5f7fd0",
    "deepseek": "#4b6bdb",
    "google": "#2e8b57",
    "meta-llama": "#3f7fb5",
    "minimax": "#d0487a",
    "mistralai": "#c9741a",
    "moonshotai": "#7a5cc0",
    "nvidia": "#6f9415",
    "openai": "#1f8f88",
    "openrouter": "#8a6bb0",
    "poolside": "#b0704d",
    "qwen": "#9459c9",
    "stealth": "#857b6c",
    "stepfun": "#3d8fa8",
    "tencent": "#2f86c4",
    "x-ai": "#7d7f86",
    "xiaomi": "#d9622b",
    "z-ai": "#b5559b",
}


def author_colour(author: str) -> str:
    """Return the color of an author as ``#rrggbb``; the alias mark ``~`` is ignored."""
    name = author.lstrip("~")
    return AUTHORS.get(name) or _derived(name)


def _derived(name: str) -> str:
    digest = hashlib.sha256(name.encode("utf-8", "replace")).digest()
    hue = int.from_bytes(digest[:4], "big") / 2**32 * 2 * math.pi
    return _oklch(0.60, 0.09, hue)


def _oklch(lightness: float, chroma: float, hue: float) -> str:
    """Return OKLCH as sRGB (Björn Ottosson's matrices), clipped to the gamut."""
    a, b = chroma * math.cos(hue), chroma * math.sin(hue)
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    red = 4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short
    green = -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short
    blue = -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short
    return "#" + "".join(f"{round(_gamma(channel) * 255):02x}" for channel in (red, green, blue))


def _gamma(linear: float) -> float:
    linear = min(1.0, max(0.0, linear))
    return 12.92 * linear if linear <= 0.0031308 else 1.055 * linear ** (1 / 2.4) - 0.055
