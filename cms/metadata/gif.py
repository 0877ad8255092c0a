"""GIF (version 89a): a head with a palette, then blocks, each of a row of sub-blocks up to 255 bytes long."""

HEAD = 13  # bytes
EXTENSION, PICTURE, END = 0x21, 0x2C, 0x3B
TIMING, OF_PROGRAMS = 0xF9, 0xFF
LOOPING = (b"NETSCAPE2.0", b"ANIMEXTS1.0")


def stripped(data: bytes) -> bytes:
    at = HEAD + palette(data[10])
    kept = [data[:at]]
    while at < len(data) and data[at] != END:
        end = end_of_block(data, at)
        if is_needed(data[at : at + 14]):
            kept.append(data[at:end])
        at = end
    return b"".join([*kept, bytes([END])])


def palette(flags: int) -> int:
    """The length of the palette that ``flags`` announce."""
    return 3 * 2 ** (flags % 8 + 1) if flags & 0x80 else 0


def end_of_block(data: bytes, at: int) -> int:
    if data[at] == PICTURE:
        return end_of_sub_blocks(data, at + 11 + palette(data[at + 9]))
    if data[at] == EXTENSION:
        return end_of_sub_blocks(data, at + 2)
    raise ValueError("an unknown block")


def end_of_sub_blocks(data: bytes, at: int) -> int:
    while size := data[at]:
        at += 1 + size
    return at + 1


def is_needed(block: bytes) -> bool:
    """Whether a block is a picture, says how long it is shown, or that all are shown again."""
    looping = block[1] == OF_PROGRAMS and block[3:14] in LOOPING
    return block[0] == PICTURE or block[1] == TIMING or looping
