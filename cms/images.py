"""Reading a picture that somebody handed in: what it is, how large, and whether it is safe to keep."""

import io
import re
from dataclasses import dataclass, field
from threading import Lock

from flask_babel import gettext as _
from lxml import etree
from PIL import ExifTags, Image, ImageOps, UnidentifiedImageError

from cms import drawings
from cms.errors import Refused
from cms.metadata import without_metadata

LARGEST_FILE = 20 * 2**20  # bytes
LARGEST_DRAWING = 2 * 2**20
MOST_PIXELS = 60_000_000
FORMATS = {"PNG": "png", "JPEG": "jpg", "GIF": "gif", "WEBP": "webp", "AVIF": "avif"}
SEVERAL_IN_ONE = "MPO"  # how Pillow calls a JPEG with further pictures behind it, as telephones write it
UNREADABLE = (  # what Pillow raises for a damaged picture; its decoder of AVIF raises RuntimeError
    UnidentifiedImageError,
    OSError,
    EOFError,
    SyntaxError,
    ValueError,
    LookupError,
    RuntimeError,
)
TOO_MANY_PIXELS = (Image.DecompressionBombError, Image.DecompressionBombWarning)
QUALITY = 92  # of a picture that has to be turned
UPRIGHT, ON_THEIR_SIDE = 1, range(5, 9)  # EXIF's orientations
SVG = "image/svg+xml"
LONGEST_SIDE = 10**6  # pixels of a drawing
LENGTH = re.compile(r"\s*((?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:e[+-]?[0-9]+)?)(?:px)?\s*", re.IGNORECASE)


Image.MAX_IMAGE_PIXELS = MOST_PIXELS
_decoding = Lock()  # a decoded picture takes hundreds of megabytes: one at a time


class TooLarge(Refused):
    status = 413


class NoPicture(Refused):
    status = 415


@dataclass(frozen=True)
class Picture:
    """What a file turned out to hold; ``width`` and ``height`` in pixels, 0 where a drawing names none.

    ``data`` is the file as it may be kept: upright, and without what a camera wrote into it.
    """

    content_type: str
    extension: str
    width: int
    height: int
    data: bytes = field(repr=False)
    animated: bool = False


@dataclass(frozen=True)
class Look:
    """What a file says about its picture, which is not decoded yet; ``turned`` is EXIF's orientation."""

    kind: str
    width: int
    height: int
    turned: int
    animated: bool


def read_picture(data: bytes) -> Picture:
    """Tell by its content what picture ``data`` is, and take out what is none of the readers' business.

    Raises `Refused` if it is none, is too large, or is a drawing (SVG) that could run or load something.
    """
    if len(data) > LARGEST_FILE:
        raise TooLarge(_("The picture is larger than %(mb)d MB.", mb=LARGEST_FILE // 2**20))
    if drawings.is_drawing(data):
        return read_drawing(data)
    try:
        return read_pixels(data)
    except TOO_MANY_PIXELS as error:
        raise Refused(_("The picture has more than %(n)d million pixels.", n=MOST_PIXELS // 10**6)) from error
    except UNREADABLE as error:
        raise NoPicture(_("This is not a picture that we can read.")) from error


def read_pixels(data: bytes) -> Picture:
    seen = look_at(data)
    width, height = seen.width, seen.height
    if seen.turned in ON_THEIR_SIDE:
        width, height = height, width
    if seen.turned != UPRIGHT and seen.kind != "AVIF" and not seen.animated:  # AVIF turns without EXIF
        data = set_upright(data, seen.kind)
    data = without_metadata(data, seen.kind)
    look_at(data)
    return Picture(
        Image.MIME[seen.kind], FORMATS[seen.kind], width, height, data=data, animated=seen.animated
    )


def look_at(data: bytes) -> Look:
    """Read what stands in front of the picture. Raises one of `TOO_MANY_PIXELS` or `UNREADABLE`."""
    with Image.open(io.BytesIO(data), formats=list(FORMATS)) as image:
        if image.width * image.height > MOST_PIXELS:  # of which Pillow only warns
            raise Image.DecompressionBombError
        several = image.format == SEVERAL_IN_ONE
        kind = "JPEG" if several else image.format
        turned = Image.Image.getexif(image).get(ExifTags.Base.Orientation, UPRIGHT)  # PNG's own decodes
        animated = not several and getattr(image, "is_animated", False)
        found = Look(kind, *image.size, turned if turned in range(1, 9) else UPRIGHT, animated)
        image.verify()
    return found


def set_upright(data: bytes, kind: str) -> bytes:
    """The picture as its orientation says that it is to be seen, with its colour profile."""
    with _decoding, Image.open(io.BytesIO(data), formats=[kind]) as image:
        upright, file = ImageOps.exif_transpose(image), io.BytesIO()
        profile = image.info.get("icc_profile")
        upright.save(file, kind, quality=QUALITY, icc_profile=profile)
    return file.getvalue()


def read_drawing(data: bytes) -> Picture:
    if len(data) > LARGEST_DRAWING:
        raise TooLarge(_("The drawing is larger than %(mb)d MB.", mb=LARGEST_DRAWING // 2**20))
    try:
        root = drawings.parse(data)
    except etree.XMLSyntaxError as error:
        raise Refused(_("The drawing is not well-formed: %(reason)s", reason=error.msg)) from error
    if etree.QName(root).localname != "svg":
        raise NoPicture(_("This is not a picture that we can read."))
    for part in drawings.unsafe_parts(root):
        what = _("an entity") if part.name == drawings.ENTITY else part
        raise Refused(_("The drawing holds %(what)s, which is not allowed in pictures.", what=what))
    return Picture(SVG, "svg", *drawing_size(root), data=data)


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
