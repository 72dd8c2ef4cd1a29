"""How far apart two colors look, in OKLab, with normal sight and with each kind of color blindness.

OKLab is Björn Ottosson's. What the color-blind see is simulated with the matrices of Machado, Oliveira and
Fernandes, "A Physiologically-based Model for Simulation of Color Vision Deficiency" (2009), at severity 1.
"""

import math
from functools import cache

from generator.base import contrast

_Triple = tuple[float, float, float]
_Matrix = tuple[_Triple, _Triple, _Triple]

_SIGHTS: tuple[_Matrix, ...] = (
    ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
    # Protanopia, deuteranopia, tritanopia.
    (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
)
_TO_CONES: _Matrix = (
    (0.4122214708, 0.5363325363, 0.0514459929),
    (0.2119034982, 0.6806995451, 0.1073969566),
    (0.0883024619, 0.2817188376, 0.6299787005),
)
_TO_OKLAB: _Matrix = (
    (0.2104542553, 0.7936177850, -0.0040720468),
    (1.9779984951, -2.4285922050, 0.4505937099),
    (0.0259040371, 0.7827717662, -0.8086757660),
)
_FROM_OKLAB: _Matrix = (
    (1.0, 0.3963377774, 0.2158037573),
    (1.0, -0.1055613458, -0.0638541728),
    (1.0, -0.0894841775, -1.2914855480),
)
_FROM_CONES: _Matrix = (
    (4.0767416621, -3.3077115913, 0.2309699292),
    (-1.2684380046, 2.6097574011, -0.3413193965),
    (-0.0041960863, -0.7034186147, 1.7076147010),
)
_HALVINGS, _ROUNDING = 6, 0.0005


@cache
def distance(one: str, other: str) -> float:
    """Return the distance of two ``#rrggbb`` in OKLab times 100, in the kind of sight where it is smallest."""
    return min(100 * math.dist(*pair) for pair in zip(_seen(one), _seen(other), strict=True))


def lightness_chroma_hue(color: str) -> _Triple:
    """Return an ``#rrggbb`` in OKLCH: lightness 0 to 1, chroma, hue in radians."""
    lightness, a, b = _seen(color)[0]
    return lightness, math.hypot(a, b), math.atan2(b, a)


def colored(lightness: float, chroma: float, hue: float) -> str:
    """Return OKLCH as ``#rrggbb``, with the largest chroma up to the one given that a screen can show."""
    linear = _linear(lightness, chroma, hue)
    if not _can_be_shown(linear):
        least, most = 0.0, chroma
        for _ in range(_HALVINGS):
            middle = (least + most) / 2
            if _can_be_shown(_linear(lightness, middle, hue)):
                least = middle
            else:
                most = middle
        linear = _linear(lightness, least, hue)
    return "#" + "".join(f"{round(_gamma(channel) * 255):02x}" for channel in linear)


def _linear(lightness: float, chroma: float, hue: float) -> _Triple:
    lab = (lightness, chroma * math.cos(hue), chroma * math.sin(hue))
    long, medium, short = _times(_FROM_OKLAB, lab)
    return _times(_FROM_CONES, (long**3, medium**3, short**3))


def _can_be_shown(linear: _Triple) -> bool:
    return min(linear) >= -_ROUNDING and max(linear) <= 1 + _ROUNDING


@cache
def _seen(color: str) -> tuple[_Triple, ...]:
    """Return a color in OKLab as each kind of sight has it, normal sight first."""
    linear = contrast.linear(color)
    return tuple(_oklab(_times(sight, linear)) for sight in _SIGHTS)


def _oklab(linear: _Triple) -> _Triple:
    red, green, blue = (min(1.0, max(0.0, channel)) for channel in linear)
    long, medium, short = _times(_TO_CONES, (red, green, blue))
    return _times(_TO_OKLAB, (math.cbrt(long), math.cbrt(medium), math.cbrt(short)))


def _times(matrix: _Matrix, vector: _Triple) -> _Triple:
    x, y, z = vector
    (a, b, c), (d, e, f), (g, h, i) = matrix
    return a * x + b * y + c * z, d * x + e * y + f * z, g * x + h * y + i * z


def _gamma(linear: float) -> float:
    linear = min(1.0, max(0.0, linear))
    return 12.92 * linear if linear <= 0.0031308 else 1.055 * linear ** (1 / 2.4) - 0.055
