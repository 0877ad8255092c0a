"""Reading a picture that somebody handed in: what it is, how large, and whether it is safe to keep."""

import io
import re
from dataclasses import dataclass

from flask_babel import gettext as _
from lxml import etree
from PIL import Image, UnidentifiedImageError

from cms.errors import Refused

LARGEST_FILE = 20 * 2**20  # bytes
LARGEST_DRAWING = 2 * 2**20
MOST_PIXELS = 60_000_000
FORMATS = {"PNG": "png", "JPEG": "jpg", "GIF": "gif", "WEBP": "webp", "AVIF": "avif"}
SVG = "image/svg+xml"
ACTIVE_ELEMENTS = {"script", "foreignobject", "iframe", "embed", "object", "audio", "video", "handler", "set"}
REFERENCES = {"href", "src"}


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
    if b"<svg" in data[:4096].lower():
        return read_drawing(data)
    try:
        with Image.open(io.BytesIO(data), formats=list(FORMATS)) as image:
            width, height, kind = *image.size, image.format
            if width * height > MOST_PIXELS:
                raise Refused(_("The picture has more than %(n)d million pixels.", n=MOST_PIXELS // 10**6))
            image.verify()
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise Refused(_("This is not a picture that we can read.")) from error
    return Picture(Image.MIME[kind], FORMATS[kind], width, height)


def read_drawing(data: bytes) -> Picture:
    if len(data) > LARGEST_DRAWING:
        raise Refused(_("The drawing is larger than %(mb)d MB.", mb=LARGEST_DRAWING // 2**20))
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise Refused(_("The drawing is not well-formed: %(reason)s", reason=error.msg)) from error
    if etree.QName(root).localname != "svg":
        raise Refused(_("This is not a picture that we can read."))
    if reason := unsafe_part(root):
        raise Refused(_("The drawing holds %(what)s, which is not allowed in pictures.", what=reason))
    return Picture(SVG, "svg", *drawing_size(root))


def unsafe_part(root: etree._Element) -> str | None:
    """The first thing in a drawing that could run, or load something from elsewhere."""
    if (
        root.getroottree().docinfo.internalDTD is not None
        and root.getroottree().docinfo.internalDTD.entities()
    ):
        return _("an entity")
    for element in root.iter():
        if element.tag is etree.ProcessingInstruction or isinstance(element, etree._ProcessingInstruction):
            return f"<?{element.target}?>"
        if not isinstance(element.tag, str):
            continue
        name = etree.QName(element).localname.lower()
        if name in ACTIVE_ELEMENTS:
            return f"<{name}>"
        for attribute, value in element.attrib.items():
            local = etree.QName(attribute).localname.lower()
            if local.startswith("on"):
                return local
            if local in REFERENCES and not re.match(r"\s*(#|data:image/(png|jpeg|gif|webp);)", value, re.I):
                return f"{local}=“{value[:40]}”"
            if local == "attributename" and value.strip().lower().endswith(("href", "src")):
                return f"<{name} attributeName=“{value[:40]}”>"
            if loads_something(value):
                return f"{local}=“{value[:40]}”"
        if name == "style" and loads_something("".join(element.itertext())):
            return "<style>"
    return None


def loads_something(style: str) -> bool:
    """Whether a style refers to anything outside its drawing; an escape is taken for an attempt to."""
    return bool(re.search(r"@import|\\|url\(\s*[\"']?\s*[^#\"'\s]", style, re.I))


def drawing_size(root: etree._Element) -> tuple[int, int]:
    """Width and height of a drawing, from its attributes or its view box; (0, 0) where it names none."""
    measures = [re.fullmatch(r"\s*([\d.]+)(px)?\s*", root.get(side, "")) for side in ("width", "height")]
    if all(measures):
        return tuple(round(float(measure[1])) for measure in measures)
    numbers = re.findall(r"-?[\d.]+(?:e-?\d+)?", root.get("viewBox", ""))
    return (round(float(numbers[2])), round(float(numbers[3]))) if len(numbers) == 4 else (0, 0)
