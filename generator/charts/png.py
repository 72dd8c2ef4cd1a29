"""Charts as PNG, for places that take no SVG: small, the same bytes every time, the credit inside as text too."""

import struct
import zlib
from collections.abc import Iterator, Mapping, Sequence

import vl_convert

SCALES = (1.5, 1.25, 1.1, 1.0)
LARGEST = 100_000
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_RGB, _RGBA = 2, 6
_LESS_THE_LAST = 1
_KEPT = (b"IHDR", b"pHYs", b"IEND")


def png(svg: str, said: Mapping[str, str]) -> bytes:
    """The picture at one and a half times its size, or less where that would take more than 100 kB.

    Args:
        said: texts for the file itself by keyword, such as ``Title`` and ``Copyright``.
    """
    made = b""
    for scale in SCALES:
        made = packed(vl_convert.svg_to_png(svg, scale=scale), said)
        if len(made) <= LARGEST:
            break
    return made


def packed(png_: bytes, said: Mapping[str, str]) -> bytes:
    """vl-convert hardly packs its pixels; packed again, and without alpha, they take less than a third of the bytes."""
    chunks = _opaque(list(_chunks(png_)))
    pixels = b"".join(body for kind, body in chunks if kind == b"IDAT")
    parts = [_SIGNATURE]
    for kind, body in chunks:
        if kind == b"IEND":
            parts.append(_chunk(b"IDAT", zlib.compress(pixels, 9)))
        if kind in _KEPT:
            parts.append(_chunk(kind, body))
        if kind == b"IHDR":
            parts += [_chunk(b"iTXt", _international(key, text)) for key, text in said.items()]
    return b"".join(parts)


def _opaque(chunks: Sequence[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """The chunks with the pixels unpacked, and in three channels where nothing shows through.

    Each byte was filtered by bytes of its own channel alone, so one channel can go and the others stay as they are.
    """
    start = next(body for kind, body in chunks if kind == b"IHDR")
    pixels = zlib.decompress(b"".join(body for kind, body in chunks if kind == b"IDAT"))
    others = [(kind, body) for kind, body in chunks if kind not in (b"IHDR", b"IDAT")]
    width, _, depth, kind_of_colour = struct.unpack(">IIBB", start[:10])
    line, whole = 1 + 4 * width, b"\xff" + bytes(width - 1)
    rows = bytearray()
    for at in range(0, len(pixels), line):
        row = bytearray(pixels[at : at + line])
        # Every row states the difference to the pixel before: opaque are the first, and none differs.
        if (depth, kind_of_colour, row[0]) != (8, _RGBA, _LESS_THE_LAST) or row[4::4] != whole:
            return [(b"IHDR", start), (b"IDAT", pixels), *others]
        del row[4::4]
        rows += row
    return [(b"IHDR", start[:9] + bytes([_RGB]) + start[10:]), (b"IDAT", bytes(rows)), *others]


def _international(key: str, text: str) -> bytes:
    """A text in UTF-8: keyword, not compressed, no language, no translated keyword."""
    return key.encode("latin-1") + b"\0\0\0\0\0" + text.encode("utf-8", "replace")


def texts(png_: bytes) -> dict[str, str]:
    """The texts inside a PNG, by keyword."""
    found = {}
    for kind, body in _chunks(png_):
        if kind == b"iTXt":
            key, _, rest = body.partition(b"\0")
            found[key.decode("latin-1")] = rest[4:].decode("utf-8")
    return found


def _chunks(png_: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(_SIGNATURE)
    while at < len(png_):
        (length,) = struct.unpack(">I", png_[at : at + 4])
        yield png_[at + 4 : at + 8], png_[at + 8 : at + 8 + length]
        at += length + 12


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
