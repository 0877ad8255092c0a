"""AVIF (ISO/IEC 23008-12): boxes in boxes. What is taken out is blanked, so that nothing moves."""

from collections.abc import Iterator
from itertools import islice

EMPTY_EXIF = b"\0\0\0\0MM\0*\0\0\0\x08\0\0\0\0\0\0"  # an offset, then a TIFF file without entries
MOST_PARTS = 10_000
FILLING = {b"Exif": b"\0", b"mime": b" ", b"uri ": b" "}


def stripped(data: bytes) -> bytes:
    blank, end = bytearray(data), 0
    for name, start, end in boxes(data, 0, len(data)):
        if name == b"meta":
            blank_items(blank, start + 4, end)
        elif name in (b"uuid", b"free", b"skip"):
            blank[start:end] = bytes(end - start)
    return bytes(blank[:end])


def boxes(data: bytes | bytearray, at: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """The boxes from ``at`` to ``end``: name, and where the content begins and ends."""
    while at + 8 <= end:
        size, start = number(data, at, 4), at + 8
        if size == 1:
            size, start = number(data, at + 8, 8), at + 16
        stop = at + size if size else end
        if stop < start or stop > end:
            return
        yield bytes(data[at + 4 : at + 8]), start, stop
        at = stop


def number(data: bytes | bytearray, at: int, size: int) -> int:
    return int.from_bytes(data[at : at + size], "big")


def blank_items(data: bytearray, start: int, end: int) -> None:
    """Blank the items of a ``meta`` box that hold metadata."""
    inside = {name: (at, stop) for name, at, stop in boxes(data, start, end)}
    if b"iinf" not in inside or b"iloc" not in inside:
        return
    filled = {item: kind for item, kind in kinds(data, *inside[b"iinf"]) if kind in FILLING}
    base = inside.get(b"idat", (0, 0))[0]
    left = len(data)
    for item, within, at, size in islice(places(data, inside[b"iloc"][0]), MOST_PARTS):
        if item in filled:
            at += base if within else 0
            size = max(0, min(size, len(data) - at, left))
            left -= size
            data[at : at + size] = filling(filled[item], size)


def filling(kind: bytes, size: int) -> bytes:
    begun = EMPTY_EXIF[:size] if kind == b"Exif" else b""
    return begun.ljust(size, FILLING[kind])


def kinds(data: bytes, at: int, end: int) -> Iterator[tuple[int, bytes]]:
    """The number and the type of each item, from ``iinf``."""
    at += 6 if data[at] == 0 else 8
    for _name, start, _stop in boxes(data, at, end):
        wide = 4 if data[start] == 3 else 2
        yield number(data, start + 4, wide), bytes(data[start + 6 + wide : start + 10 + wide])


def places(data: bytes, at: int) -> Iterator[tuple[int, bool, int, int]]:
    """From ``iloc``, of each part of each item: its number, whether it lies in ``idat``, where, how long."""
    version, sizes = data[at], number(data, at + 4, 2)
    offset_size, length_size, base_size = sizes >> 12, sizes >> 8 & 15, sizes >> 4 & 15
    index_size = sizes & 15 if version in (1, 2) else 0
    wide = 4 if version == 2 else 2
    count, at = number(data, at + 6, wide), at + 6 + wide
    for _item in range(min(count, MOST_PARTS)):
        item, at = number(data, at, wide), at + wide
        method = number(data, at, 2) & 15 if version else 0
        at += 4 if version else 2
        base, at = number(data, at, base_size), at + base_size
        parts, at = number(data, at, 2), at + 2
        for _part in range(parts):
            at += index_size
            size = number(data, at + offset_size, length_size)
            yield item, method == 1, base + number(data, at, offset_size), size
            at += offset_size + length_size
