"""Pictures as cameras, telephones and ill-wishers send them."""

import io
import struct
import zlib
from functools import cache

from PIL import Image, ImageCms, PngImagePlugin

GPS = {1: "N", 2: (53.0, 33.0, 7.0), 3: "E", 4: (9.0, 59.0, 36.0)}
MAKER = "Kamerawerk Cawle"
XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf>shot by Wilf at home</rdf></x:xmpmeta>'
SECRETS = (b"Kamerawerk", b"Wilf", b"<script", b"Exif\0\0MM", b"adobe:ns")
TAIL = b"<script>alert(1)</script>"


def exif(turned: int = 1) -> bytes:
    found = Image.Exif()
    found[0x010F], found[0x0112] = MAKER, turned
    found.get_ifd(0x8825).update(GPS)
    return found.tobytes()


@cache  # it holds the second at which it was made
def profile() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def drawn(width: int, height: int, mode: str = "RGB") -> Image.Image:
    """White, with a red upper left quarter, so that it shows how it is turned."""
    image = Image.new(mode, (width, height), "white")
    image.paste("red", (0, 0, width // 2, height // 2))
    return image


@cache
def picture(kind: str = "JPEG", width: int = 80, height: int = 60, turned: int = 1) -> bytes:
    """A picture with everything in it that is nobody's business."""
    file = io.BytesIO()
    more: dict = {"exif": exif(turned), "icc_profile": profile()}
    if kind == "PNG":
        more["pnginfo"] = text = PngImagePlugin.PngInfo()
        text.add_text("Author", "Wilf", zip=False)
        text.add_itxt("XML:com.adobe.xmp", XMP.decode())
    elif kind == "GIF":
        more = {"comment": b"Wilf was here"}
    else:
        more["xmp"] = XMP
    if kind == "JPEG":
        more["comment"] = b"Wilf was here"
    drawn(width, height).save(file, kind, **more)
    return file.getvalue() + TAIL


def plain(kind: str = "PNG", width: int = 3, height: int = 2) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (width, height)).save(file, kind)
    return file.getvalue()


def two_in_one() -> bytes:
    """A JPEG with a second picture behind it, as telephones write it."""
    file = io.BytesIO()
    drawn(80, 60).save(file, "MPO", save_all=True, append_images=[drawn(80, 60)], exif=exif(6))
    return file.getvalue()


def moving(kind: str = "GIF") -> bytes:
    file = io.BytesIO()
    frames = [Image.new("RGB", (500, 400), colour) for colour in ("red", "green", "blue")]
    frames[0].save(file, kind, save_all=True, append_images=frames[1:], duration=70, loop=0)
    return file.getvalue()


def bomb(width: int = 50_000, height: int = 50_000) -> bytes:
    """A PNG of some hundred bytes that says that it has thousands of millions of pixels."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", head), (b"IDAT", zlib.compress(b"\0" * 100)), (b"IEND", b"")]
    packed = [
        struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
        for name, content in chunks
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(packed)


def opened(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image
