"""Reading a picture that somebody handed in: what it is, how large, and whether it is safe to keep."""

import io
import re
from dataclasses import dataclass

from flask_babel import gettext as _
from lxml import etree
from PIL import Image, UnidentifiedImageError

from cms import drawings
from cms.errors import Refused

LARGEST_FILE = 20 * 2**20  # bytes
LARGEST_DRAWING = 2 * 2**20
MOST_PIXELS = 60_000_000
FORMATS = {"PNG": "png", "JPEG": "jpg", "GIF": "gif", "WEBP": "webp", "AVIF": "avif"}
UNREADABLE = (  # what Pillow raises for a damaged picture; its decoder of AVIF raises RuntimeError
    UnidentifiedImageError,
    OSError,
    SyntaxError,
    ValueError,
    RuntimeError,
    Image.DecompressionBombError,
)
SVG = "image/svg+xml"
LONGEST_SIDE = 10**6  # pixels of a drawing
LENGTH = re.compile(r"\s*((?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:e[+-]?[0-9]+)?)(?:px)?\s*", re.IGNORECASE)


@dataclass(frozen=True)
class Picture:
    """What a file turned out to hold; ``width`` and ``height`` in pixels, 0 where a drawing names none."""

    content_type: str
    extension: str
    width: int
    height: int


def read_picture(data: bytes) -> Picture:
    """Tell by its content what picture ``data`` is.

    Raises `Refused` if it is none, is too large, or is a drawing (SVG) that could run or load something.
    """
    if len(data) > LARGEST_FILE:
        raise Refused(_("The picture is larger than %(mb)d MB.", mb=LARGEST_FILE // 2**20))
    if drawings.is_drawing(data):
        return read_drawing(data)
    try:
        with Image.open(io.BytesIO(data), formats=list(FORMATS)) as image:
            width, height, kind = *image.size, image.format
            if width * height > MOST_PIXELS:
                raise Refused(_("The picture has more than %(n)d million pixels.", n=MOST_PIXELS // 10**6))
            image.verify()
    except UNREADABLE as error:
        raise Refused(_("This is not a picture that we can read.")) from error
    return Picture(Image.MIME[kind], FORMATS[kind], width, height)


def read_drawing(data: bytes) -> Picture:
    if len(data) > LARGEST_DRAWING:
        raise Refused(_("The drawing is larger than %(mb)d MB.", mb=LARGEST_DRAWING // 2**20))
    try:
        root = drawings.parse(data)
    except etree.XMLSyntaxError as error:
        raise Refused(_("The drawing is not well-formed: %(reason)s", reason=error.msg)) from error
    if etree.QName(root).localname != "svg":
        raise Refused(_("This is not a picture that we can read."))
    for part in drawings.unsafe_parts(root):
        what = _("an entity") if part.name == drawings.ENTITY else part
        raise Refused(_("The drawing holds %(what)s, which is not allowed in pictures.", what=what))
    return Picture(SVG, "svg", *drawing_size(root))


def drawing_size(root: etree._Element) -> tuple[int, int]:
    """Width and height of a drawing, from its attributes or its view box; (0, 0) where it names none."""
    box = re.split(r"[\s,]+", root.get("viewBox", "").strip())
    for sides in ([root.get("width", ""), root.get("height", "")], box[2:] if len(box) == 4 else []):
        size = tuple(length(side) for side in sides)
        if size and all(size):
            return size
    return 0, 0


def length(text: str) -> int:
    """A length in whole pixels; 0 where it is relative, in another unit, or beyond all measure."""
    found = LENGTH.fullmatch(text)
    number = float(found[1]) if found else 0.0
    return round(number) if number <= LONGEST_SIDE else 0
