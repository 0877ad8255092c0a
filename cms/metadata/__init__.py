"""What cameras and programs write into a picture's file besides the picture: places, times, names, previews.

It is taken out byte by byte, so that the picture itself stays as it was. What stands behind the end of the
picture goes too: there is room for a second file there.
"""

from cms.metadata import avif, gif, jpeg, png, webp

FORMATS = {
    "AVIF": avif.stripped,
    "GIF": gif.stripped,
    "JPEG": jpeg.stripped,
    "PNG": png.stripped,
    "WEBP": webp.stripped,
}


def without_metadata(data: bytes, kind: str) -> bytes:
    """The file ``data`` of one of `FORMATS`, with its picture and its colour profile and nothing else.

    Raises ValueError where the file is not whole.
    """
    return FORMATS[kind](data)
