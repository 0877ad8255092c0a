"""WebP (RFC 9649): a RIFF file of chunks, each of an even number of bytes."""

HEAD = 12  # bytes: "RIFF", length, "WEBP"
NEEDED = frozenset({b"VP8 ", b"VP8L", b"VP8X", b"ANIM", b"ANMF", b"ALPH", b"ICCP"})
EXIF_AND_XMP = 0x08 | 0x04  # among the flags of VP8X


def stripped(data: bytes) -> bytes:
    kept, at = [], HEAD
    end = min(8 + int.from_bytes(data[4:8], "little"), len(data))
    while at + 8 <= end:
        name, size = data[at : at + 4], int.from_bytes(data[at + 4 : at + 8], "little")
        if at + 8 + size > len(data):
            raise ValueError("a chunk has no end")
        if name in NEEDED:
            kept.append(chunk(name, data[at + 8 : at + 8 + size]))
        at += 8 + size + size % 2
    body = b"WEBP" + b"".join(kept)
    return b"RIFF" + len(body).to_bytes(4, "little") + body


def chunk(name: bytes, content: bytes) -> bytes:
    if name == b"VP8X" and content:
        content = bytes([content[0] & ~EXIF_AND_XMP]) + content[1:]
    return name + len(content).to_bytes(4, "little") + content + b"\0" * (len(content) % 2)
