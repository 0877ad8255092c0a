"""Making a picture smaller, as WebP: for jobs, as it takes a while."""

import io
from collections.abc import Iterator

from PIL import Image, ImageOps

from cms.images import FORMATS

QUALITY = 80


def scaled(data: bytes, widths: list[int]) -> Iterator[tuple[int, bytes]]:
    """``(width, file)`` for each of ``widths``, in pixels, the widest first; upright, in WebP.

    Raises what Pillow raises where the picture is damaged, see `cms.images.UNREADABLE`.
    """
    if not widths:
        return
    with Image.open(io.BytesIO(data), formats=list(FORMATS)) as opened:
        opened.draft(None, (max(widths), max(widths)))  # a JPEG is decoded in a smaller size at once
        profile = opened.info.get("icc_profile")
        image = ImageOps.exif_transpose(opened)
    image = image.convert("RGBA" if image.has_transparency_data else "RGB")
    for width in sorted(widths, reverse=True):
        image = image.resize(
            (width, max(1, round(image.height * width / image.width))), Image.Resampling.LANCZOS
        )
        yield width, as_webp(image, profile)


def as_webp(image: Image.Image, profile: bytes | None) -> bytes:
    file = io.BytesIO()
    image.save(file, "WEBP", quality=QUALITY, icc_profile=profile if is_rgb(profile) else None)
    return file.getvalue()


def is_rgb(profile: bytes | None) -> bool:
    """Whether a colour profile (ICC) is one of red, green and blue, as every WebP picture is."""
    return bool(profile) and profile[16:20] == b"RGB "
