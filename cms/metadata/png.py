"""PNG (W3C, third edition): a signature, then chunks: length, name, content, checksum."""

SIGNATURE = 8  # bytes
FRAME = 12  # bytes of a chunk besides its content
END = b"IEND"
NEEDED = frozenset(
    b"IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB cICP mDCV cLLI pHYs acTL fcTL fdAT".split()
)


def stripped(data: bytes) -> bytes:
    kept, at = [data[:SIGNATURE]], SIGNATURE
    while at + FRAME <= len(data):
        name, end = data[at + 4 : at + 8], at + FRAME + int.from_bytes(data[at : at + 4], "big")
        if end > len(data):
            break
        if name in NEEDED:
            kept.append(data[at:end])
        if name == END:
            return b"".join(kept)
        at = end
    raise ValueError("the picture has no end")
