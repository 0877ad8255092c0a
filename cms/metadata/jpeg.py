"""JPEG (ITU-T T.81): a row of segments, each begun by a marker; scans hold the picture."""

import re

START, END = b"\xff\xd8", b"\xff\xd9"
SCAN, COMMENT = 0xDA, 0xFE
JFIF, COLOURS, ADOBE = 0xE0, 0xE2, 0xEE
OF_PROGRAMS = range(0xE0, 0xFE)  # APP0 to APP15, and what is reserved for extensions
MARKER = re.compile(rb"\xff+([^\x00\xff\xd0-\xd7])", re.DOTALL)  # a scan holds FF 00 and FF D0 to D7


def stripped(data: bytes) -> bytes:
    kept, at, in_scan = [START], len(START), False
    while found := MARKER.search(data, at):
        if in_scan:
            kept.append(data[at : found.start()])
        if found[0].endswith(END):
            return b"".join([*kept, END])
        content, at = segment(data, found.end())
        kept.append(needed(found[1][0], content))
        in_scan = in_scan or found[1][0] == SCAN
    raise ValueError("the picture has no end")


def segment(data: bytes, at: int) -> tuple[bytes, int]:
    """What the segment holds whose length stands there, and where it ends."""
    end = at + int.from_bytes(data[at : at + 2], "big")
    if end < at + 2 or end > len(data):
        raise ValueError("a segment has no end")
    return data[at + 2 : end], end


def needed(marker: int, content: bytes) -> bytes:
    """What of a segment the picture needs, as it is written: nothing, or the segment without its preview."""
    if marker == JFIF and content.startswith(b"JFIF\0"):
        content = content[:12] + b"\0\0"  # a preview of 0 by 0 pixels
    elif marker == ADOBE and content.startswith(b"Adobe"):
        content = content[:12]
    elif marker == COLOURS and content.startswith(b"ICC_PROFILE\0"):
        pass
    elif marker in OF_PROGRAMS or marker == COMMENT:
        return b""
    return bytes([0xFF, marker]) + (len(content) + 2).to_bytes(2, "big") + content
